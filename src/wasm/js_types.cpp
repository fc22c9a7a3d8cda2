#include "wasm/js_types.h"

#include <chrono>
#include <cstdlib>
#include <list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

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

// A member's name as JavaScript has it, made with its first use: Embind would
// make one with each.
const val& Name(const char* name) {
  struct Known {
    const char* name;
    val value;
  };
  static auto& names = *new std::list<Known>;
  for (const Known& known : names) {
    if (known.name == name) return known.value;
  }
  return names.emplace_back(name, val(name)).value;
}

void Set(val& object, const char* name, const val& value) {
  object.set(Name(name), value);
}

template <typename T>
void Set(val& object, const char* name, const T& value) {
  Set(object, name, val(value));
}

void Set(val& object, const char* name, std::string_view text) {
  Set(object, name, Text(text));
}

template <typename Items, typename Convert>
val Array(const Items& items, Convert convert) {
  val array = val::array();
  int index = 0;
  for (const auto& item : items) array.set(index++, convert(item));
  return array;
}

val Good(val value) {
  val outcome = val::object();
  Set(outcome, "ok", true);
  Set(outcome, "value", std::move(value));
  return outcome;
}

val Bad(const Error& error) {
  val inner = val::object();
  Set(inner, "code", ToString(error.code));
  Set(inner, "detail", error.detail);
  val outcome = val::object();
  Set(outcome, "ok", false);
  Set(outcome, "error", inner);
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
  Set(out, "error", CodeOrNull(verdict.error));
  Set(out, "mode", verdict.mode ? Text(ToString(*verdict.mode)) : val::null());
  Set(out, "redacted", verdict.redacted);
  Set(out, "repairs", Array(verdict.repairs, [](KeyRepair repair) {
        return Text(ToString(repair));
      }));
  Set(out, "length", verdict.length);
  Set(out, "lengthUnusual", verdict.length_unusual);
  Set(out, "badCharacter", verdict.bad_character);
  Set(out, "badPosition", verdict.bad_position);
  Set(out, "objectKind", verdict.object_kind);
  Set(out, "keysFound", verdict.keys_found);
  return JsKeyVerdict(out);
}

JsKeyFieldsVerdict ToJs(const KeyFieldsVerdict& verdict) {
  val out = val::object();
  Set(out, "first", val(ToJs(verdict.first)));
  Set(out, "second", val(ToJs(verdict.second)));
  Set(out, "error", CodeOrNull(verdict.error));
  Set(out, "ready", verdict.ready);
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
  Set(out, "tables", Array(progress.tables, [](const TableProgress& table) {
        val line = val::object();
        Set(line, "table", ToString(table.table));
        Set(line, "state", ToString(table.state));
        Set(line, "rows", static_cast<double>(table.rows));
        Set(line, "share", table.share);
        Set(line, "error", CodeOrNull(table.error));
        return line;
      }));
  Set(out, "share", progress.share);
  Set(out, "rowsPerSecond", progress.rows_per_second);
  Set(out, "remaining", SecondsOrNull(progress.remaining));
  Set(out, "waitingFor", CodeOrNull(progress.waiting_for));
  Set(out, "waitingSeconds", SecondsOrNull(progress.waiting));
  Set(out, "requests", static_cast<double>(progress.requests));
  Set(out, "requestsExpected",
      progress.requests_expected
          ? val(static_cast<double>(*progress.requests_expected))
          : val::null());
  Set(out, "asking", progress.asking);
  Set(out, "paused", progress.paused);
  Set(out, "settled", progress.settled);
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
    Set(out, "name", column.name);
    Set(out, "type", ToString(column.type));
    Set(out, "nullable", column.nullable);
    Set(out, "currencyColumn", column.currency_column);
    return out;
  }));
}

JsFigures ToJs(const std::vector<Figure>& figures) {
  return JsFigures(Array(figures, [](const Figure& figure) {
    val out = val::object();
    Set(out, "name", figure.name);
    Set(out, "isMoney", figure.is_money);
    Set(out, "count", static_cast<double>(figure.count));
    Set(out, "from", static_cast<double>(figure.from));
    Set(out, "amounts", Array(figure.amounts, [](const Figure::Amount& amount) {
          val part = val::object();
          Set(part, "currency", amount.currency);
          Set(part, "minor", static_cast<double>(amount.minor));
          Set(part, "count", static_cast<double>(amount.count));
          return part;
        }));
    return out;
  }));
}

JsIssues ToJs(const RowIssues& issues) {
  return JsIssues(Array(issues.counts, [](const RowIssues::Count& count) {
    val out = val::object();
    Set(out, "table", ToString(count.table));
    Set(out, "code", ToString(count.code));
    Set(out, "column", count.column);
    Set(out, "count", static_cast<double>(count.count));
    Set(out, "exampleIds", Array(count.example_ids, Text));
    return out;
  }));
}

JsStrings ToJs(const std::vector<std::string>& texts) {
  return JsStrings(Array(texts, Text));
}

JsCells ToJs(const Table& table, const std::vector<std::string>& columns,
             std::span<const std::uint32_t> rows) {
  return JsCells(Array(columns, [&](const std::string& name) {
    const std::optional<std::size_t> index = table.schema().Find(name);
    return Array(rows, [&](std::uint32_t row) {
      return index ? Cell(table.column(*index), row) : val::null();
    });
  }));
}

}  // namespace precision
