#include "normalize/row_writer.h"

#include <algorithm>

#include "normalize/text.h"

namespace precision {

namespace {

using raw::CellState;

constexpr std::int64_t kMaxExact = (std::int64_t{1} << 53) - 1;
// 9999-12-31: later than that is no date that anything can show.
constexpr std::int64_t kMaxTime = 253402300799;

}  // namespace

RowWriter::RowWriter(Sink& sink, std::string_view id) : sink_(sink) {
  const auto [row, is_new] = sink.table.RowFor(id);
  row_ = row;
  is_new_ = is_new;
}

void RowWriter::Heal() {
  sink_.issues.Heal(sink_.id, row_, sink_.table.column(0).Text(row_));
}

void RowWriter::Mark(ErrorCode code, std::size_t column) {
  sink_.issues.Mark(sink_.id, row_, sink_.table.column(0).Text(row_), code,
                    sink_.table.schema().columns[column].name);
}

void RowWriter::MarkIfUnreadable(CellState state, std::size_t column) {
  if (state == CellState::kUnreadable) {
    Mark(ErrorCode::kFieldUnreadable, column);
  }
}

bool RowWriter::Take(std::size_t column, CellState state) {
  if (state == CellState::kValue) return true;
  if (state == CellState::kUnreadable) {
    Mark(ErrorCode::kFieldUnreadable, column);
  } else if (state == CellState::kOutOfRange) {
    Mark(ErrorCode::kAmountOutOfRange, column);
  }
  Null(column);
  return false;
}

void RowWriter::Text(std::size_t column, const raw::TextCell& cell) {
  if (!Take(column, cell.state)) return;
  if (cell.is_plain) {
    sink_.table.column(column).SetText(row_, cell.escaped());
    return;
  }
  const DecodedText decoded = DecodeText(cell.escaped(), sink_.scratch);
  if (decoded.repaired) Mark(ErrorCode::kTextRepaired, column);
  sink_.table.column(column).SetText(row_, decoded.text);
}

void RowWriter::Status(std::size_t column, const raw::TextCell& cell,
                       std::span<const std::string_view> known) {
  Text(column, cell);
  if (cell.has() && std::ranges::find(known, cell.escaped()) == known.end()) {
    Mark(ErrorCode::kFieldUnreadable, column);
  }
}

void RowWriter::Int(std::size_t column, const raw::IntCell& cell) {
  if (Take(column, cell.state)) {
    sink_.table.column(column).SetInt64(row_, cell.value);
  }
}

void RowWriter::Money(std::size_t column, const raw::IntCell& cell) {
  Int(column, cell);
}

void RowWriter::Time(std::size_t column, const raw::IntCell& cell) {
  raw::IntCell time = cell;
  if (cell.state == CellState::kOutOfRange ||
      (cell.has() && (cell.value < 0 || cell.value > kMaxTime))) {
    time.state = CellState::kUnreadable;
  }
  Int(column, time);
}

void RowWriter::Bool(std::size_t column, const raw::BoolCell& cell) {
  if (Take(column, cell.state)) {
    sink_.table.column(column).SetInt64(row_, cell.value ? 1 : 0);
  }
}

void RowWriter::Value(std::size_t column, std::int64_t value) {
  sink_.table.column(column).SetInt64(row_, value);
}

void RowWriter::Value(std::size_t column, std::string_view text) {
  sink_.table.column(column).SetText(row_, text);
}

void RowWriter::Null(std::size_t column) {
  sink_.table.column(column).SetNull(row_);
}

std::string_view RowWriter::TextAt(std::size_t column) const {
  const Table& table = sink_.table;
  const Column& cells = table.column(column);
  return cells.IsNull(row_) ? std::string_view() : cells.Text(row_);
}

std::optional<std::int64_t> RowWriter::IntAt(std::size_t column) const {
  const Table& table = sink_.table;
  const Column& cells = table.column(column);
  if (cells.IsNull(row_)) return std::nullopt;
  return cells.Int64(row_);
}

raw::IntCell SumOf(std::span<const raw::IntCell> cells) {
  raw::IntCell sum;
  for (const raw::IntCell& cell : cells) {
    if (!cell.has()) {
      if (cell.state != CellState::kAbsent && cell.state != CellState::kNull) {
        return {0, cell.state};
      }
      continue;
    }
    sum.value += cell.value;  // neither is above 2^53
    sum.state = CellState::kValue;
    if (sum.value > kMaxExact || sum.value < -kMaxExact) {
      return {0, CellState::kOutOfRange};
    }
  }
  return sum;
}

}  // namespace precision
