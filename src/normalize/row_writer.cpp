#include "normalize/row_writer.h"

#include <algorithm>

#include "normalize/text.h"
#include "precision/base/money.h"
#include "precision/base/time.h"

namespace precision {

namespace {

using raw::CellState;

[[gnu::noinline, clang::minsize]] bool IsPlainDecimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto digits = [&] {
    const std::size_t end =
        std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(end);
    return end != 0;
  };
  if (!digits()) return false;
  if (!text.starts_with('.')) return text.empty();
  text.remove_prefix(1);
  return digits() && text.empty();
}

[[gnu::noinline, clang::minsize]] bool HasExponent(std::string_view text) {
  const std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos) return false;
  std::string_view power = text.substr(mark + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  return IsPlainDecimal(text.substr(0, mark)) && IsPlainDecimal(power);
}

// 8.5e-05, as small rates are sent, written out.  Left empty where it would be
// a long row of zeros.  REQUIRES: HasExponent().
[[gnu::noinline, clang::minsize]] void WriteOut(std::string_view text,
                                                std::string& out) {
  constexpr int kMostPlaces = 40;
  const std::size_t mark = text.find_first_of("eE");
  int shift = 0;
  for (const char c : text.substr(mark)) {
    if (c >= '0' && c <= '9' && shift <= kMostPlaces) {
      shift = shift * 10 + (c - '0');
    }
  }
  if (shift > kMostPlaces) return;
  if (text[mark + 1] == '-') shift = -shift;
  text = text.substr(0, mark);
  if (text.starts_with('-')) {
    out += '-';
    text.remove_prefix(1);
  }
  const int size = static_cast<int>(text.size());
  const int point = static_cast<int>(std::min(text.find('.'), text.size()));
  const int count = point == size ? size : size - 1;
  const auto digit = [&](int i) {
    return i < 0 || i >= count
               ? '0'
               : text[static_cast<std::size_t>(i < point ? i : i + 1)];
  };
  int first = 0;
  while (first < count && digit(first) == '0') ++first;
  if (first == count) shift = 0;  // 0 by any power
  const int whole = point + shift;
  for (int i = std::min(first, whole - 1); i < std::max(count, whole); ++i) {
    if (i == whole) out += '.';
    out += digit(i);
  }
}

}  // namespace

RowWriter::RowWriter(Sink& sink, const std::string_view& id)
    : sink_(sink), id_(id), hash_(HashText(id)) {
  const std::optional<std::size_t> row = sink.table.FindRow(id, hash_);
  is_new_ = !row;
  row_ = row.value_or(sink.table.row_count());
}

RowWriter::~RowWriter() {
  if (is_new_) {
    sink_.table.Append(id_, hash_, draft_);
  } else {
    sink_.table.Update(row_, draft_);
  }
  if (!sink_.unescaped.empty()) sink_.unescaped.clear();
}

void RowWriter::Heal() { sink_.issues.Heal(sink_.id, row_, id_); }

void RowWriter::Mark(ErrorCode code, std::size_t column) {
  sink_.issues.Mark(sink_.id, row_, id_, code,
                    sink_.table.schema().columns[column].name);
}

[[clang::minsize]] void RowWriter::MarkShort(std::size_t column,
                                             bool is_short) {
  if (is_short) {
    Mark(ErrorCode::kRowShort, column);
    sink_.children.NoteShort(sink_.id, row_, id_);
  } else {
    sink_.issues.Unmark(sink_.id, row_, id_, ErrorCode::kRowShort,
                        sink_.table.schema().columns[column].name);
  }
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
  if (cell.has() && cell.is_plain) {
    return draft_.SetText(column, cell.escaped());
  }
  if (!Take(column, cell.state)) return;
  const DecodedText decoded =
      DecodeText(cell.escaped(), sink_.unescaped.emplace_back());
  if (decoded.repaired) Mark(ErrorCode::kTextRepaired, column);
  draft_.SetText(column, decoded.text);
}

std::string_view RowWriter::Decoded(const raw::TextCell& cell) {
  if (cell.is_plain) return cell.escaped();
  return DecodeText(cell.escaped(), sink_.unescaped.emplace_back()).text;
}

void RowWriter::Status(std::size_t column, const raw::TextCell& cell,
                       std::span<const std::string_view> known,
                       std::span<const Renamed> older) {
  const bool is_odd =
      cell.has() && std::ranges::none_of(known, [&](std::string_view name) {
        return IsSameText(name, cell.escaped());
      });
  if (is_odd) {
    const std::string_view name = NewName(older, cell.escaped());
    if (!name.empty()) return Value(column, name);
    Mark(ErrorCode::kFieldUnreadable, column);
  }
  Text(column, cell);
}

void RowWriter::Int(std::size_t column, const raw::IntCell& cell) {
  if (cell.has() || Take(column, cell.state)) {
    draft_.SetInt64(column, cell.value);
  }
}

void RowWriter::Money(std::size_t column, const raw::IntCell& cell) {
  Int(column, cell);
}

void RowWriter::Time(std::size_t column, const raw::IntCell& cell) {
  raw::IntCell time = cell;
  if (cell.state == CellState::kOutOfRange ||
      (cell.has() && !IsTime({cell.value}))) {
    time.state = CellState::kUnreadable;
  }
  Int(column, time);
}

void RowWriter::Bool(std::size_t column, const raw::BoolCell& cell) {
  if (Take(column, cell.state)) {
    draft_.SetInt64(column, cell.value ? 1 : 0);
  }
}

void RowWriter::Decimal(std::size_t column, const raw::DecimalCell& cell) {
  if (!Take(column, cell.state)) return;
  std::string_view text = cell.text();
  if (HasExponent(text)) {
    std::string& out = sink_.unescaped.emplace_back();
    WriteOut(text, out);
    text = out;
  }
  if (IsPlainDecimal(text)) {
    // 25 and 25.0 are the same.
    if (text.contains('.')) {
      text = text.substr(0, text.find_last_not_of('0') + 1);
      if (text.ends_with('.')) text.remove_suffix(1);
    }
    return draft_.SetText(column, text);
  }
  Mark(ErrorCode::kFieldUnreadable, column);
  Null(column);
}

void RowWriter::Value(std::size_t column, std::int64_t value) {
  draft_.SetInt64(column, value);
}

void RowWriter::Value(std::size_t column, std::string_view text) {
  draft_.SetText(column, text);
}

void RowWriter::Null(std::size_t column) { draft_.SetNull(column); }

std::string_view RowWriter::TextAt(std::size_t column) const {
  if (draft_.kind(column) == RowDraft::Kind::kText) return draft_.Text(column);
  if (is_new_ || draft_.kind(column) == RowDraft::Kind::kNull) return {};
  const Table& table = sink_.table;
  const Column& cells = table.column(column);
  return cells.IsNull(row_) ? std::string_view() : cells.Text(row_);
}

std::optional<std::int64_t> RowWriter::IntAt(std::size_t column) const {
  if (draft_.kind(column) == RowDraft::Kind::kInt64) {
    return draft_.Int64(column);
  }
  if (is_new_ || draft_.kind(column) == RowDraft::Kind::kNull) {
    return std::nullopt;
  }
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
