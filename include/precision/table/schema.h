// Column types and schemas, in Arrow's vocabulary.
// https://arrow.apache.org/docs/format/Columnar.html

#ifndef PRECISION_TABLE_SCHEMA_H_
#define PRECISION_TABLE_SCHEMA_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace precision {

enum class ColumnType : std::uint8_t {
  kUtf8,        // offsets and bytes
  kDictionary,  // uint32 codes into a list of distinct strings
  kInt64,
  kMoney,      // int64 minor units; ColumnSchema::currency_column names the
               // column that holds the ISO code, lower case
  kTimestamp,  // int64 unix seconds, UTC
  kBool,       // one byte a value, 0 or 1
  kDecimal,    // exact decimal text, no zeros at its end, stored as kUtf8 is
};
std::string_view ToString(ColumnType type);  // "utf8", "dictionary", ...

// What is for documentation alone, which the module in the page is built
// without: there it is empty, and costs no byte.
class Description {
 public:
#ifdef PRECISION_WITHOUT_DESCRIPTIONS
  consteval Description(const char* /*text*/) {}
  constexpr std::string_view text() const { return {}; }
#else
  consteval Description(const char* text) : text_(text) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
#endif
};

// Of ColumnSchema::repeats, for a list of columns to read well.
inline constexpr bool kRepeats = true;

struct ColumnSchema {     // NOLINT(clang-analyzer-optin.performance.Padding)
  std::string_view name;  // Stripe's field name where there is one
  ColumnType type;
  bool nullable;
  std::string_view currency_column;  // kMoney only
  Description description;           // one sentence, with the source
  // Where it comes from, as normalize/field_table.h writes it; empty where the
  // description says it.
  std::string_view from = {};
  // kUtf8 only: many rows have the same text, which is worth storing once.
  bool repeats = false;
};

struct Schema {
  std::string_view name;  // "invoices"
  std::span<const ColumnSchema> columns;

  // Index of the column, if there is one of that name.
  std::optional<std::size_t> Find(std::string_view column) const;
};

}  // namespace precision

#endif  // PRECISION_TABLE_SCHEMA_H_
