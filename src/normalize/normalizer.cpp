#include "precision/normalize/normalizer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "normalize/any_reader.h"
#include "normalize/issue_log.h"
#include "normalize/more_tables.h"
#include "normalize/nested_lists.h"
#include "normalize/object_reader.h"

namespace precision {

namespace {

struct TableFacts {
  TableId id;
  const Schema& (*schema)();
};

template <const FieldTable& kTable>
const Schema& SchemaIn() {
  return kTable.schema;
}
template <const FieldTable& kTable>
std::unique_ptr<ObjectReader> ReaderOfFields() {
  return MakeFieldReader(kTable);
}

constexpr TableFacts kTables[] = {
    {TableId::kCustomers, CustomerSchema},
    {TableId::kInvoices, InvoiceSchema},
    {TableId::kPayments, PaymentSchema},
    {TableId::kSubscriptions, SubscriptionSchema},
    {TableId::kSubscriptionItems, SchemaIn<kSubscriptionItems>},
    {TableId::kInvoiceLines, SchemaIn<kInvoiceLines>},
    {TableId::kCharges, SchemaIn<kCharges>},
    {TableId::kRefunds, SchemaIn<kRefunds>},
    {TableId::kDisputes, SchemaIn<kDisputes>},
    {TableId::kProducts, SchemaIn<kProducts>},
    {TableId::kPrices, SchemaIn<kPrices>},
    {TableId::kCoupons, SchemaIn<kCoupons>},
    {TableId::kDiscounts, SchemaIn<kDiscounts>},
    {TableId::kCreditNotes, SchemaIn<kCreditNotes>},
    {TableId::kBalanceTransactions, SchemaIn<kBalanceTransactions>},
    {TableId::kPayouts, SchemaIn<kPayouts>},
};
static_assert(std::size(kTables) == kTableCount);

// Which objects make rows of which table, and which hold some.
struct ObjectFacts {
  std::string_view object;
  std::unique_ptr<ObjectReader> (*make)();
  TableId table;
  std::array<std::optional<TableId>, 2> holds = {};
};
constexpr ObjectFacts kObjects[] = {
    {"customer",
     MakeCustomerReader,
     TableId::kCustomers,
     {TableId::kDiscounts, TableId::kSubscriptions}},
    {"invoice",
     MakeInvoiceReader,
     TableId::kInvoices,
     {TableId::kInvoiceLines, TableId::kDiscounts}},
    {"payment_intent", MakePaymentIntentReader, TableId::kPayments},
    {"charge",
     MakeChargeReader,
     TableId::kPayments,
     {TableId::kRefunds, TableId::kDisputes}},
    {"subscription",
     MakeSubscriptionReader,
     TableId::kSubscriptions,
     {TableId::kSubscriptionItems, TableId::kDiscounts}},
    {"subscription_item",
     ReaderOfFields<kSubscriptionItems>,
     TableId::kSubscriptionItems,
     {TableId::kDiscounts}},
    {"line_item",
     ReaderOfFields<kInvoiceLines>,
     TableId::kInvoiceLines,
     {TableId::kDiscounts}},
    {"charge", ReaderOfFields<kCharges>, TableId::kCharges},
    {"refund", ReaderOfFields<kRefunds>, TableId::kRefunds},
    {"dispute", ReaderOfFields<kDisputes>, TableId::kDisputes},
    {"product", ReaderOfFields<kProducts>, TableId::kProducts},
    {"price", ReaderOfFields<kPrices>, TableId::kPrices},
    {"plan", ReaderOfFields<kPrices>, TableId::kPrices},
    {"coupon", ReaderOfFields<kCoupons>, TableId::kCoupons},
    {"discount", ReaderOfFields<kDiscounts>, TableId::kDiscounts},
    {"credit_note",
     ReaderOfFields<kCreditNotes>,
     TableId::kCreditNotes,
     {TableId::kDiscounts}},
    {"balance_transaction", ReaderOfFields<kBalanceTransactions>,
     TableId::kBalanceTransactions},
    {"payout", ReaderOfFields<kPayouts>, TableId::kPayouts},
    {"transfer", ReaderOfFields<kPayouts>, TableId::kPayouts},
};
constexpr std::size_t kObjectCount = std::size(kObjects);

std::size_t IndexOf(TableId table) { return static_cast<std::size_t>(table); }

bool IsUsual(TableId table) { return IndexOf(table) < kUsualTableCount; }

// Where objects of the type make rows of their own.
std::optional<TableId> TableOfType(std::string_view type) {
  const auto found = std::ranges::find(kObjects, type, &ObjectFacts::object);
  if (found == std::end(kObjects)) return std::nullopt;
  return found->table;
}

// Where objects of the type are of what is wanted, or hold some; kObjectCount
// for nowhere.
std::size_t ObjectFor(std::string_view type, const Wanted& wanted) {
  for (std::size_t i = 0; i < kObjectCount; ++i) {
    const ObjectFacts& facts = kObjects[i];
    if (facts.object == type && (!wanted.is_type || wanted.object == type) &&
        (!wanted.table || facts.table == *wanted.table ||
         std::ranges::contains(facts.holds, wanted.table))) {
      return i;
    }
  }
  return kObjectCount;
}

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

struct Normalizer::State final : Children {
  std::vector<Table> tables;
  std::array<bool, kTableCount> asked{};
  IssueLog issues;
  std::vector<ShortRow> short_rows;
  std::array<RowSet, kTableCount> awaited;
  // What came of lists that take several pages: elements, a comma behind each.
  struct Rest {
    ShortRow row;
    std::string elements;
  };
  std::vector<Rest> rests;
  // Made when first used.
  std::array<std::unique_ptr<ObjectReader>, kObjectCount> readers;

  State() {
    tables.reserve(kTableCount);
    for (const TableFacts& facts : kTables) {
      tables.emplace_back(facts.schema());
    }
  }

  Sink SinkOf(TableId table) {
    return {table, tables[IndexOf(table)], issues, *this, {}, {}, {}, {}, {}};
  }

  // Of objects that are in no other: what is in these comes with them.
  Sink SinkOf(const ObjectFacts& facts) {
    Sink sink = SinkOf(facts.table);
    sink.takes_discounts =
        Wants(TableId::kDiscounts) &&
        std::ranges::contains(facts.holds, TableId::kDiscounts);
    return sink;
  }

  ObjectReader& ReaderAt(std::size_t object) {
    if (!readers[object]) readers[object] = kObjects[object].make();
    return *readers[object];
  }

  bool Wants(TableId table) const override {
    return IsUsual(table) || asked[IndexOf(table)];
  }

  void NoteShort(TableId table, std::size_t row, std::string_view id) override {
    if (awaited[IndexOf(table)].Insert(row)) {
      short_rows.push_back({table, std::string(id)});
    }
  }

  // Of the elements that came before `row`'s next page; none on the first.
  Rest& RestOf(const ShortRow& row) {
    for (Rest& rest : rests) {
      if (rest.row.table == row.table && rest.row.id == row.id) return rest;
    }
    return rests.emplace_back(row, std::string());
  }

  void Complete(const Rest& rest) {
    const std::size_t table = IndexOf(rest.row.table);
    const std::optional<std::size_t> at = tables[table].FindRow(rest.row.id);
    if (!at) return;
    // Read again, it is short again.
    awaited[table].Erase(*at);
    const bool of_invoice = rest.row.table == TableId::kInvoices;
    std::string object =
        of_invoice ? R"({"lines":{"data":[)" : R"({"items":{"data":[)";
    object += rest.elements;
    if (object.ends_with(',')) object.pop_back();
    object += "]}}";
    for (std::size_t i = 0; i < kObjectCount; ++i) {
      if (kObjects[i].table != rest.row.table) continue;
      Sink sink = SinkOf(kObjects[i]);
      ReaderAt(i).ReadRest(object, rest.row.id, sink);
    }
  }

  void Add(TableId table, std::string_view json,
           std::string_view parent) override {
    for (std::size_t i = 0; i < kObjectCount; ++i) {
      if (kObjects[i].table != table) continue;
      Sink sink = SinkOf(table);
      sink.is_held = true;
      ReadSummary summary;  // the page counts its own elements
      ReaderAt(i).ReadOne(json, parent, sink, summary);
      return;
    }
  }

  // REQUIRES: ObjectFor() has a place for it.
  void AddFound(const FoundObject& found, const Wanted& wanted,
                ReadSummary& summary) {
    const std::size_t at = ObjectFor(found.object, wanted);
    Sink sink = SinkOf(kObjects[at]);
    // In a pull they have a list of their own.
    sink.takes_subscriptions =
        !wanted.table || *wanted.table == TableId::kSubscriptions;
    ReaderAt(at).ReadOne(found.json, {}, sink, summary);
  }
};

Normalizer::Normalizer() : state_(std::make_unique<State>()) {}
Normalizer::~Normalizer() = default;
Normalizer::Normalizer(Normalizer&&) noexcept = default;
Normalizer& Normalizer::operator=(Normalizer&&) noexcept = default;

void Normalizer::Ask(TableId table) { state_->asked[IndexOf(table)] = true; }

Result<ReadSummary> Normalizer::ReadPage(std::string_view object,
                                         std::string_view body) {
  std::optional<ReadSummary> first;
  for (std::size_t i = 0; i < kObjectCount; ++i) {
    if (kObjects[i].object != object || !state_->Wants(kObjects[i].table)) {
      continue;
    }
    Sink sink = state_->SinkOf(kObjects[i]);
    Result<ReadSummary> read = state_->ReaderAt(i).ReadPage(body, sink);
    if (!read.ok()) return read;
    if (!first) first = std::move(read).value();
  }
  if (!first) {
    return Error{ErrorCode::kObjectUnknown, "no table for this object type"};
  }
  return *std::move(first);
}

Result<ReadSummary> Normalizer::ReadAny(std::string_view object,
                                        std::string_view text) {
  Wanted wanted;
  if (!object.empty()) {
    wanted.table = FindTable(object);
    // A table takes all of its types, a type only its own.
    wanted.is_type = !wanted.table;
    if (wanted.is_type) wanted.table = TableOfType(object);
    if (!wanted.table) {
      return Error{ErrorCode::kObjectUnknown, "no table for this object type"};
    }
    wanted.object =
        std::ranges::find(kObjects, *wanted.table, &ObjectFacts::table)->object;
    if (wanted.is_type) wanted.object = object;
    Ask(*wanted.table);
  }
  Result<ReadSummary> read = ReadAnything(
      text, wanted,
      [&wanted](std::string_view type) {
        return ObjectFor(type, wanted) != kObjectCount;
      },
      [this, &wanted](const FoundObject& found, ReadSummary& summary) {
        state_->AddFound(found, wanted, summary);
      },
      state_->issues);
  LinkPayments();
  return read;
}

// https://docs.stripe.com/changelog/basil/2025-03-31
void Normalizer::LinkPayments() {
  const Table& invoices = table(TableId::kInvoices);
  Table& payments = state_->tables[IndexOf(TableId::kPayments)];
  const std::size_t invoice = *payments.schema().Find("invoice");
  // A charge has a row of its own only where it has no PaymentIntent.
  for (const std::string_view name : {"payment_intent", "charge"}) {
    const Column& paid_by = invoices.column(*invoices.schema().Find(name));
    for (std::size_t row = 0; row < invoices.row_count(); ++row) {
      if (paid_by.IsNull(row)) continue;
      const auto payment = payments.FindRow(paid_by.Text(row));
      if (!payment ||
          !std::as_const(payments).column(invoice).IsNull(*payment)) {
        continue;
      }
      RowDraft draft;
      draft.SetText(invoice, invoices.column(0).Text(row));
      payments.Update(*payment, draft);
    }
  }
}

std::vector<ShortRow> Normalizer::TakeShort() {
  return std::exchange(state_->short_rows, {});
}

void Normalizer::AwaitShort() {
  state_->short_rows.clear();
  state_->rests.clear();
  state_->awaited = {};
}

Result<ReadSummary> Normalizer::ReadRest(const ShortRow& row,
                                         std::string_view body) {
  State::Rest& rest = state_->RestOf(row);
  Result<ReadSummary> read = ReadRestPage(body, rest.elements);
  if (!read.ok() || read.value().page.has_more) return read;
  state_->Complete(rest);
  std::erase_if(state_->rests,
                [&](const State::Rest& r) { return &r == &rest; });
  return read;
}

const Table& Normalizer::table(TableId table) const {
  return state_->tables[IndexOf(table)];
}

const RowIssues& Normalizer::issues() const { return state_->issues.issues(); }

std::size_t Normalizer::ByteSize() const {
  std::size_t bytes = state_->issues.ByteSize();
  for (const Table& table : state_->tables) bytes += table.ByteSize();
  for (const auto& reader : state_->readers) {
    if (reader) bytes += reader->ByteSize();
  }
  return bytes;
}

void Normalizer::Clear() {
  const std::array<bool, kTableCount> asked = state_->asked;
  state_ = std::make_unique<State>();
  state_->asked = asked;
}

}  // namespace precision
