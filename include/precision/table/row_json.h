// Rows as JSON, numbers in Stripe's own units: minor units, unix seconds.

#ifndef PRECISION_TABLE_ROW_JSON_H_
#define PRECISION_TABLE_ROW_JSON_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "precision/table/table.h"

namespace precision {

// One JSON object, {"id":"in_...","total":1200}, without a line break in it.
void AppendRowAsJson(const Table& table, std::size_t row,
                     std::span<const std::size_t> columns, std::string& out);
// Of all columns.
std::string RowAsJson(const Table& table, std::size_t row);

// The number in decimal.
void AppendInteger(std::int64_t value, std::string& out);

}  // namespace precision

#endif  // PRECISION_TABLE_ROW_JSON_H_
