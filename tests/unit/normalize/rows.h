// Pages in, rows out as JSON: the tests speak of both in one notation.

#ifndef PRECISION_TESTS_UNIT_NORMALIZE_ROWS_H_
#define PRECISION_TESTS_UNIT_NORMALIZE_ROWS_H_

#include <gtest/gtest.h>

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "precision/normalize/normalizer.h"

namespace precision {

using Json = nlohmann::ordered_json;

std::string PageOf(std::initializer_list<std::string_view> elements,
                   bool has_more = false);

Json ParseJson(std::string_view text);

// The same object with the keys of each object in it the other way round, and
// one more that nobody knows.
Json Reversed(const Json& value);

// Every row of the table, in its order.
Json RowsOf(const Normalizer& normalizer, TableId table);

// The one row that a page of these elements makes.
Json OnlyRow(std::string_view object, TableId table,
             std::initializer_list<std::string_view> elements);

// Of the row, the columns that `expected` names.
Json Only(const Json& row, const Json& expected);

// One fact in an old and in a new shape.
struct OldAndNew {
  const char* name;
  TableId table;
  const char* older_type;
  const char* older;
  const char* newer_type;
  const char* newer;
  const char* row;  // columns that both give
};

void ExpectTheSameRow(const OldAndNew& pair);

// How often `code` was counted for the column.
std::uint64_t CountOf(const Normalizer& normalizer, TableId table,
                      ErrorCode code, std::string_view column);

}  // namespace precision

#endif  // PRECISION_TESTS_UNIT_NORMALIZE_ROWS_H_
