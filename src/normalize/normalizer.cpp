#include "precision/normalize/normalizer.h"

#include <array>
#include <utility>

#include "normalize/any_reader.h"
#include "normalize/issue_log.h"
#include "normalize/object_reader.h"

namespace precision {

namespace {

struct TableFacts {
  TableId id;
  const Schema& (*schema)();
};
constexpr TableFacts kTables[] = {
    {TableId::kCustomers, CustomerSchema},
    {TableId::kInvoices, InvoiceSchema},
    {TableId::kPayments, PaymentSchema},
    {TableId::kSubscriptions, SubscriptionSchema},
};
static_assert(std::size(kTables) == kTableCount);

struct ObjectFacts {
  std::string_view object;
  TableId table;
  std::unique_ptr<ObjectReader> (*make)();
};
constexpr ObjectFacts kObjects[] = {
    {"customer", TableId::kCustomers, MakeCustomerReader},
    {"invoice", TableId::kInvoices, MakeInvoiceReader},
    {"payment_intent", TableId::kPayments, MakePaymentIntentReader},
    {"charge", TableId::kPayments, MakeChargeReader},
    {"subscription", TableId::kSubscriptions, MakeSubscriptionReader},
};
constexpr std::size_t kObjectCount = std::size(kObjects);

std::size_t IndexOf(TableId table) { return static_cast<std::size_t>(table); }

}  // namespace

const Schema& SchemaOf(TableId table) {
  return kTables[IndexOf(table)].schema();
}

std::string_view ToString(TableId table) { return SchemaOf(table).name; }

std::optional<TableId> FindTable(std::string_view name) {
  for (const TableFacts& facts : kTables) {
    if (facts.schema().name == name) return facts.id;
  }
  return std::nullopt;
}

struct Normalizer::State {
  std::vector<Table> tables;
  IssueLog issues;
  std::array<std::unique_ptr<ObjectReader>, kObjectCount> readers;

  State() {
    tables.reserve(kTableCount);
    for (const TableFacts& facts : kTables) {
      tables.emplace_back(facts.schema());
    }
    for (std::size_t i = 0; i < kObjectCount; ++i) {
      readers[i] = kObjects[i].make();
    }
  }

  Sink SinkOf(TableId table) {
    return {table, tables[IndexOf(table)], issues, {}};
  }

  static std::optional<std::size_t> FindObject(std::string_view object) {
    for (std::size_t i = 0; i < kObjectCount; ++i) {
      if (kObjects[i].object == object) return i;
    }
    return std::nullopt;
  }
};

Normalizer::Normalizer() : state_(std::make_unique<State>()) {}
Normalizer::~Normalizer() = default;
Normalizer::Normalizer(Normalizer&&) noexcept = default;
Normalizer& Normalizer::operator=(Normalizer&&) noexcept = default;

Result<ReadSummary> Normalizer::ReadPage(std::string_view object,
                                         std::string_view body) {
  const std::optional<std::size_t> at = State::FindObject(object);
  if (!at) {
    return Error{ErrorCode::kObjectUnknown, "no table for this object type"};
  }
  Sink sink = state_->SinkOf(kObjects[*at].table);
  return state_->readers[*at]->ReadPage(body, sink);
}

Result<ReadSummary> Normalizer::ReadAny(std::string_view object,
                                        std::string_view text) {
  Wanted wanted;
  if (!object.empty()) {
    const std::optional<TableId> table = FindTable(object);
    const std::optional<std::size_t> at = State::FindObject(object);
    if (!table && !at) {
      return Error{ErrorCode::kObjectUnknown, "no table for this object type"};
    }
    wanted.table = table ? *table : kObjects[*at].table;
    // "payments" takes both of its types, "charge" only its own.
    wanted.object = at ? kObjects[*at].object : std::string_view();
  }
  const auto add = [this](const FoundObject& found, ReadSummary& summary) {
    const std::optional<std::size_t> at = State::FindObject(found.object);
    Sink sink = state_->SinkOf(kObjects[*at].table);
    state_->readers[*at]->ReadOne(found.json, sink, summary);
  };
  const auto table_of = [](std::string_view type) -> std::optional<TableId> {
    const std::optional<std::size_t> at = State::FindObject(type);
    if (!at) return std::nullopt;
    return kObjects[*at].table;
  };
  return ReadAnything(text, wanted, table_of, add, state_->issues);
}

const Table& Normalizer::table(TableId table) const {
  return state_->tables[IndexOf(table)];
}

const RowIssues& Normalizer::issues() const { return state_->issues.issues(); }

std::size_t Normalizer::ByteSize() const {
  std::size_t bytes = state_->issues.ByteSize();
  for (const Table& table : state_->tables) bytes += table.ByteSize();
  for (const auto& reader : state_->readers) bytes += reader->ByteSize();
  return bytes;
}

void Normalizer::Clear() { *state_ = State(); }

}  // namespace precision
