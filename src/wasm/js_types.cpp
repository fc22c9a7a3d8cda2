#include "wasm/js_types.h"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace precision {

namespace {

using emscripten::val;

// u8string: Embind reads std::string as UTF-8.
val Text(std::string_view text) { return val(std::string(text)); }

val CodeOrNull(const std::optional<ErrorCode>& code) {
  return code ? Text(ToString(*code)) : val::null();
}

val SecondsOrNull(const std::optional<Duration>& duration) {
  if (!duration) return val::null();
  return val(std::chrono::duration<double>(*duration).count());
}

template <typename Items, typename Convert>
val Array(const Items& items, Convert convert) {
  val array = val::array();
  for (const auto& item : items) array.call<void>("push", convert(item));
  return array;
}

val Good(val value) {
  val outcome = val::object();
  outcome.set("ok", true);
  outcome.set("value", std::move(value));
  return outcome;
}

val Bad(const Error& error) {
  val inner = val::object();
  inner.set("code", Text(ToString(error.code)));
  inner.set("detail", Text(error.detail));
  val outcome = val::object();
  outcome.set("ok", false);
  outcome.set("error", inner);
  return outcome;
}

val Cell(const Column& column, std::size_t row) {
  if (column.IsNull(row)) return val::null();
  switch (column.type()) {
    case ColumnType::kUtf8:
    case ColumnType::kDictionary:
    case ColumnType::kDecimal:
      return Text(column.Text(row));
    case ColumnType::kBool:
      return val(column.Int64(row) != 0);
    case ColumnType::kInt64:
    case ColumnType::kMoney:
    case ColumnType::kTimestamp:
      // Exact: normalize/ lets nothing beyond 2^53 into a table.
      return val(static_cast<double>(column.Int64(row)));
  }
  return val::null();
}

}  // namespace

const char* ToString(SessionEvent::Kind kind) {
  switch (kind) {
    case SessionEvent::Kind::kReport:
      return "report";
    case SessionEvent::Kind::kAuditDone:
      return "audit-done";
    case SessionEvent::Kind::kProgress:
      return "progress";
    case SessionEvent::Kind::kRows:
      return "rows";
    case SessionEvent::Kind::kTableSettled:
      return "table-settled";
    case SessionEvent::Kind::kPullDone:
      return "pull-done";
  }
  return "progress";
}

JsKeyVerdict ToJs(const KeyVerdict& verdict) {
  val out = val::object();
  out.set("error", CodeOrNull(verdict.error));
  out.set("mode", verdict.mode ? Text(ToString(*verdict.mode)) : val::null());
  out.set("redacted", Text(verdict.redacted));
  out.set("repairs", Array(verdict.repairs, [](KeyRepair repair) {
            return Text(ToString(repair));
          }));
  out.set("length", verdict.length);
  out.set("lengthUnusual", verdict.length_unusual);
  out.set("badCharacter", Text(verdict.bad_character));
  out.set("badPosition", verdict.bad_position);
  out.set("objectKind", Text(verdict.object_kind));
  out.set("keysFound", verdict.keys_found);
  return JsKeyVerdict(out);
}

JsKeyFieldsVerdict ToJs(const KeyFieldsVerdict& verdict) {
  val out = val::object();
  out.set("first", val(ToJs(verdict.first)));
  out.set("second", val(ToJs(verdict.second)));
  out.set("error", CodeOrNull(verdict.error));
  out.set("ready", verdict.ready);
  return JsKeyFieldsVerdict(out);
}

JsOutcomeOfKeyVerdict ToJs(const Result<KeyVerdict>& result) {
  return JsOutcomeOfKeyVerdict(result.ok() ? Good(val(ToJs(result.value())))
                                           : Bad(result.error()));
}

JsOutcomeOfNull ToJs(const Result<Done>& result) {
  return JsOutcomeOfNull(result.ok() ? Good(val::null()) : Bad(result.error()));
}

JsPullProgress ToJs(const PullProgress& progress) {
  val out = val::object();
  out.set("tables", Array(progress.tables, [](const TableProgress& table) {
            val line = val::object();
            line.set("table", Text(ToString(table.table)));
            line.set("state", Text(ToString(table.state)));
            line.set("rows", static_cast<double>(table.rows));
            line.set("share", table.share);
            line.set("error", CodeOrNull(table.error));
            return line;
          }));
  out.set("share", progress.share);
  out.set("rowsPerSecond", progress.rows_per_second);
  out.set("remaining", SecondsOrNull(progress.remaining));
  out.set("waitingFor", CodeOrNull(progress.waiting_for));
  out.set("waitingSeconds", SecondsOrNull(progress.waiting));
  out.set("requests", static_cast<double>(progress.requests));
  out.set("requestsExpected",
          progress.requests_expected
              ? val(static_cast<double>(*progress.requests_expected))
              : val::null());
  out.set("asking", progress.asking);
  out.set("paused", progress.paused);
  out.set("settled", progress.settled);
  return JsPullProgress(out);
}

PullOptions FromJs(const JsPullOptions& options) {
  const auto number = [&](const char* name, double otherwise) {
    const double value = val::global("Number")(options[name]).as<double>();
    return value >= 0 ? value : otherwise;  // NaN when it is left out
  };
  PullOptions out;
  out.share_of_limit = number("shareOfLimit", out.share_of_limit);
  out.max_in_flight =
      static_cast<std::uint32_t>(number("maxInFlight", out.max_in_flight));
  out.max_requests = static_cast<std::uint64_t>(number("maxRequests", 0));
  out.ask_above = static_cast<std::uint64_t>(number("askAbove", 0));
  out.memory_limit = static_cast<std::uint64_t>(
      number("memoryLimit", static_cast<double>(out.memory_limit)));
  out.look_back = static_cast<std::int64_t>(number("lookBack", 0));
  const val since = options["since"];
  if (since.isString()) out.since = since.as<std::string>();
  return out;
}

RowViewSpec FromJs(const JsStrings& spec) {
  std::vector<std::string> texts =
      emscripten::vecFromJSArray<std::string>(spec);
  RowViewSpec out;
  out.sort = texts[0];
  out.descending = texts[1] == "d";
  for (std::size_t i = 2; i + 3 < texts.size(); i += 4) {
    RowCondition& condition = out.conditions.emplace_back();
    condition.columns = std::move(texts[i + 1]);
    condition.text = std::move(texts[i + 2]);
    condition.other_case = std::move(texts[i + 3]);
    if (texts[i] == "i") condition.kind = RowCondition::Kind::kIsOneOf;
    if (texts[i] != "b") continue;
    condition.kind = RowCondition::Kind::kBetween;
    condition.low = std::atoll(condition.text.c_str());
    condition.high = std::atoll(condition.other_case.c_str());
  }
  return out;
}

JsColumns ToJs(const Schema& schema) {
  return JsColumns(Array(schema.columns, [](const ColumnSchema& column) {
    val out = val::object();
    out.set("name", Text(column.name));
    out.set("type", Text(ToString(column.type)));
    out.set("nullable", column.nullable);
    out.set("currencyColumn", Text(column.currency_column));
    return out;
  }));
}

JsFigures ToJs(const std::vector<Figure>& figures) {
  return JsFigures(Array(figures, [](const Figure& figure) {
    val out = val::object();
    out.set("name", Text(figure.name));
    out.set("isMoney", figure.is_money);
    out.set("count", static_cast<double>(figure.count));
    out.set("from", static_cast<double>(figure.from));
    out.set("amounts", Array(figure.amounts, [](const Figure::Amount& amount) {
              val part = val::object();
              part.set("currency", Text(amount.currency));
              part.set("minor", static_cast<double>(amount.minor));
              part.set("count", static_cast<double>(amount.count));
              return part;
            }));
    return out;
  }));
}

JsIssues ToJs(const RowIssues& issues) {
  return JsIssues(Array(issues.counts, [](const RowIssues::Count& count) {
    val out = val::object();
    out.set("table", Text(ToString(count.table)));
    out.set("code", Text(ToString(count.code)));
    out.set("column", Text(count.column));
    out.set("count", static_cast<double>(count.count));
    out.set("exampleIds", Array(count.example_ids, Text));
    return out;
  }));
}

JsCells ToJs(const Table& table, const std::vector<std::string>& columns,
             std::span<const std::uint32_t> rows) {
  return JsCells(Array(columns, [&](const std::string& name) {
    const std::optional<std::size_t> index = table.schema().Find(name);
    val cells = val::array();
    for (const std::uint32_t row : rows) {
      cells.call<void>("push",
                       index ? Cell(table.column(*index), row) : val::null());
    }
    return cells;
  }));
}

}  // namespace precision
