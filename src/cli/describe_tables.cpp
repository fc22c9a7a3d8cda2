// describe tables: the columns of every table as a page of documentation,
// web/tables.md.

#include <iostream>
#include <string>
#include <string_view>

#include "commands.h"
#include "precision/normalize/normalizer.h"

namespace precision {

namespace {

constexpr std::string_view kHead = R"(# The tables

Written by `precision-stripe describe tables`; a test compares. Names are Stripe's where Stripe has one. Money is a whole
number of the currency's minor units, never a fraction; a timestamp is unix seconds, UTC; a decimal is exact text.

"Comes from" lists paths, newest API version first; the first that has a value counts. `x@` is an id, or the id of the
object that stands there; `x[]` is the first of a list, with `+` the sum over it; `x?` is whether there is any; `x^y=z` is
x where y begins with z. Where it is empty, the meaning tells.
)";

// A column's text within a line of a table.
std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') {
      out += "` or `";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

void WriteColumn(const ColumnSchema& column) {
  std::cout << "| `" << column.name << "` | " << ToString(column.type);
  if (!column.currency_column.empty()) {
    std::cout << " in `" << column.currency_column << '`';
  }
  std::cout << " | " << (column.nullable ? "yes" : "no") << " | "
            << column.description.text() << " | ";
  if (!column.from.empty()) std::cout << '`' << Cell(column.from) << '`';
  std::cout << " |\n";
}

}  // namespace

int DescribeTables() {
  std::cout << kHead;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const Schema& schema = SchemaOf(static_cast<TableId>(i));
    std::cout << "\n## " << schema.name << "\n\n"
              << (i < kUsualTableCount
                      ? "Pulled unless the host says otherwise."
                      : "Pulled when the host asks for it.")
              << "\n\n| column | type | may be null | meaning | comes from |\n"
              << "|---|---|---|---|---|\n";
    for (const ColumnSchema& column : schema.columns) WriteColumn(column);
  }
  return 0;
}

}  // namespace precision
