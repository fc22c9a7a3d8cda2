// Rows of a table as the bytes of a file, some rows at a time, so that nobody
// waits long.  Where the bytes go is the caller's.

#ifndef PRECISION_EXPORT_TABLE_EXPORT_H_
#define PRECISION_EXPORT_TABLE_EXPORT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "precision/table/table.h"

namespace precision {

enum class ExportFormat : std::uint8_t {
  // RFC 4180 in UTF-8 with a byte order mark, by which spreadsheets know it.
  // Money in units with a decimal point, times as 2026-01-31T09:30:00Z; a text
  // that a spreadsheet would take for a formula stands behind an apostrophe.
  kCsv,
  kJsonLines,  // one object a line, as AppendRowAsJson() writes it
  // Each call gives the body of an Arrow record batch: for each column a bitmap
  // of what is there, then the values, or offsets and bytes of texts; each
  // begins at a multiple of eight.  Integers and times have eight bytes.
  // https://arrow.apache.org/docs/format/Columnar.html
  kArrow,
};

class TableExport {
 public:
  // `table` must outlive the export; `rows` and `columns` are its numbers.
  TableExport(const Table& table, std::vector<std::uint32_t> rows,
              std::vector<std::size_t> columns, ExportFormat format);

  std::size_t row_count() const { return rows_.size(); }

  // The next `count` rows, or what is left of them, behind what `out` holds.
  // What comes first in the file stands before the first; nothing after the
  // last.
  void Next(std::size_t count, std::string& out);

 private:
  void AppendCsvHead(std::string& out) const;
  void AppendCsvRow(std::size_t row, std::string& out) const;

  const Table* table_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::size_t> columns_;
  ExportFormat format_;
  std::size_t done_ = 0;
  bool begun_ = false;
};

}  // namespace precision

#endif  // PRECISION_EXPORT_TABLE_EXPORT_H_
