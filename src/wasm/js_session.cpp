#include "wasm/js_session.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>

#include "precision/base/money.h"
#include "precision/base/wipe.h"

namespace precision {

namespace {

TableId TableNamed(const std::string& name) {
  return FindTable(name).value_or(TableId::kCustomers);
}

std::vector<TableId> TablesFromJs(JsStrings tables) {
  std::vector<TableId> ids;
  for (const std::string& name :
       emscripten::vecFromJSArray<std::string>(tables)) {
    if (const std::optional<TableId> table = FindTable(name)) {
      ids.push_back(*table);
    }
  }
  return ids;
}

JsBytes View(std::string& bytes) {
  return JsBytes(emscripten::val(emscripten::typed_memory_view(
      bytes.size(), reinterpret_cast<unsigned char*>(bytes.data()))));
}

}  // namespace

JsSession::JsSession(const std::string& proxy, double seed, JsListener listener)
    : listener_(std::move(listener)),
      driver_(proxy, static_cast<std::uint64_t>(seed),
              [this](const SessionEvent& event) {
                listener_(std::string(ToString(event.kind)),
                          std::string(ToString(event.table)));
              }) {}

JsSession::~JsSession() {
  Wipe(input_);
  driver_.session().Disconnect();
}

JsBytes JsSession::Input(std::size_t length) {
  Wipe(input_);
  input_.resize(length);
  return View(input_);
}

JsKeyVerdict JsSession::CheckKey() {
  JsKeyVerdict verdict = ToJs(precision::CheckKey(input_));
  Wipe(input_);
  return verdict;
}

JsKeyFieldsVerdict JsSession::CheckFields(std::size_t first_length) {
  const std::string_view text = input_;
  const std::size_t cut = std::min(first_length, text.size());
  JsKeyFieldsVerdict verdict =
      ToJs(CheckKeyFields(text.substr(0, cut), text.substr(cut)));
  Wipe(input_);
  return verdict;
}

JsOutcomeOfKeyVerdict JsSession::UseKey() {
  JsOutcomeOfKeyVerdict outcome = ToJs(driver_.session().UseKey(input_));
  Wipe(input_);
  return outcome;
}

JsBytes JsSession::HandOverKey() {
  constexpr std::size_t kScheme = std::string_view("Bearer ").size();
  Wipe(input_);
  input_ = driver_.session().HandOverKey();
  const std::size_t begin = std::min(kScheme, input_.size());
  return JsBytes(emscripten::val(emscripten::typed_memory_view(
      input_.size() - begin,
      reinterpret_cast<unsigned char*>(input_.data()) + begin)));
}

void JsSession::UseAccount(const std::string& account) {
  driver_.session().UseAccount(account);
}

JsOutcomeOfNull JsSession::UsePolicy(const std::string& json) {
  return ToJs(driver_.session().UsePolicy(json));
}

void JsSession::CheckWrite(bool check) { driver_.session().CheckWrite(check); }

std::string JsSession::CreateKeyUrl(bool live) {
  return precision::CreateKeyUrl(driver_.session().policy(), live);
}

JsOutcomeOfNull JsSession::StartAudit(bool again) {
  JsOutcomeOfNull outcome = ToJs(driver_.session().StartAudit(
      again ? AuditScope::kUnchecked : AuditScope::kEverything,
      MonotonicNow()));
  driver_.Pump();
  return outcome;
}

std::string JsSession::Report() {
  const Session& session = driver_.session();
  return WriteReport(session.report(), session.policy());
}

JsOutcomeOfNull JsSession::StartPull(JsStrings tables, JsPullOptions options) {
  JsOutcomeOfNull outcome = ToJs(driver_.session().StartPull(
      TablesFromJs(tables), FromJs(options), WallNow(), MonotonicNow()));
  driver_.Pump();
  return outcome;
}

JsOutcomeOfNull JsSession::AddToPull(JsStrings tables) {
  JsOutcomeOfNull outcome =
      ToJs(driver_.session().AddToPull(TablesFromJs(tables), MonotonicNow()));
  driver_.Pump();
  return outcome;
}

void JsSession::Pause() {
  driver_.session().Pause(MonotonicNow());
  driver_.Pump();
}

void JsSession::Resume() {
  driver_.session().Resume(MonotonicNow());
  driver_.Pump();
}

void JsSession::Cancel() {
  driver_.session().Cancel(MonotonicNow());
  driver_.Pump();
}

void JsSession::Online() {
  driver_.session().HandleOnline(MonotonicNow());
  driver_.Pump();
}

std::string JsSession::PullPlan() { return driver_.session().PlanText(); }

JsPullProgress JsSession::Progress() {
  return ToJs(driver_.session().progress(MonotonicNow()));
}

JsColumns JsSession::Columns(const std::string& table) const {
  return ToJs(SchemaOf(TableNamed(table)));
}

std::size_t JsSession::RowCount(const std::string& table) {
  return driver_.session().table(TableNamed(table)).row_count();
}

JsStrings JsSession::Values(const std::string& table,
                            const std::string& column) {
  std::vector<std::string> values;
  const Table& rows = driver_.session().table(TableNamed(table));
  if (const auto index = rows.schema().Find(column)) {
    const Column& cells = rows.column(*index);
    for (std::uint32_t i = 0; i < cells.DictionarySize(); ++i) {
      values.emplace_back(cells.DictionaryText(i));
    }
  }
  return ToJs(values);
}

std::size_t JsSession::SetView(const std::string& table, JsStrings spec) {
  const TableId id = TableNamed(table);
  driver_.session().SetView(id, FromJs(spec));
  return driver_.session().View(id).size();
}

JsCells JsSession::Rows(const std::string& table, JsStrings columns,
                        std::size_t start, std::size_t count) {
  const TableId id = TableNamed(table);
  const std::span<const std::uint32_t> order = driver_.session().View(id);
  const std::size_t begin = std::min(start, order.size());
  const std::size_t length = std::min(count, order.size() - begin);
  return ToJs(driver_.session().table(id),
              emscripten::vecFromJSArray<std::string>(columns),
              order.subspan(begin, length));
}

JsCells JsSession::Arrived(const std::string& table, JsStrings columns,
                           std::size_t start, std::size_t count) {
  const Table& rows = driver_.session().table(TableNamed(table));
  const std::size_t begin = std::min(start, rows.row_count());
  std::vector<std::uint32_t> numbers(std::min(count, rows.row_count() - begin));
  std::iota(numbers.begin(), numbers.end(), static_cast<std::uint32_t>(begin));
  return ToJs(rows, emscripten::vecFromJSArray<std::string>(columns), numbers);
}

JsFigures JsSession::Figures(const std::string& table) {
  return ToJs(driver_.session().Figures(TableNamed(table), WallNow()));
}

JsFigures JsSession::Chart(const std::string& chart) {
  return ToJs(driver_.session().Chart(chart, WallNow()));
}

std::size_t JsSession::StartExport(const std::string& table, JsStrings columns,
                                   const std::string& format, bool all) {
  const TableId id = TableNamed(table);
  const Table& rows = driver_.session().table(id);
  RowView newest_first;
  const std::span<const std::uint32_t> order =
      all ? newest_first.Rows(rows, true) : driver_.session().View(id);
  std::vector<std::size_t> indices;
  for (const std::string& name :
       emscripten::vecFromJSArray<std::string>(columns)) {
    if (const auto index = rows.schema().Find(name)) indices.push_back(*index);
  }
  export_.emplace(rows, std::vector(order.begin(), order.end()),
                  std::move(indices),
                  format.starts_with('c')   ? ExportFormat::kCsv
                  : format.starts_with('j') ? ExportFormat::kJsonLines
                                            : ExportFormat::kArrow);
  return export_->row_count();
}

JsBytes JsSession::NextExport(std::size_t count) {
  export_bytes_.clear();
  if (count == 0) {
    export_.reset();
    Wipe(export_bytes_);
  } else if (export_) {
    export_->Next(count, export_bytes_);
  }
  return View(export_bytes_);
}

JsIssues JsSession::Issues() { return ToJs(driver_.session().issues()); }

int JsSession::MinorUnitDigits(const std::string& currency) const {
  return precision::MinorUnitDigits(currency);
}

JsStrings JsSession::ErrorCodes() {
  std::vector<std::string> codes;
  for (const ErrorCode code : AllErrorCodes()) {
    codes.emplace_back(ToString(code));
  }
  return ToJs(codes);
}

}  // namespace precision
