#include "precision/table/table.h"

#include <cassert>

namespace precision {

Table::Table(const Schema& schema) : schema_(schema) {
  assert(!schema.columns.empty() &&
         schema.columns[0].type == ColumnType::kUtf8 &&
         schema.columns.size() <= RowDraft::kMaxColumns);
  columns_.reserve(schema.columns.size());
  for (const ColumnSchema& column : schema.columns) {
    columns_.emplace_back(column.type, column.repeats);
  }
}

const Schema& Table::schema() const { return schema_; }

std::size_t Table::row_count() const { return columns_[0].size(); }

const Column& Table::column(std::size_t index) const { return columns_[index]; }

Column& Table::column(std::size_t index) {
  ++revision_;  // asked for to be written
  return columns_[index];
}

std::pair<std::size_t, bool> Table::RowFor(std::string_view id) {
  if (const auto found = FindRow(id)) return {*found, false};
  return {Append(id, HashText(id), {}), true};
}

std::size_t Table::Append(const std::string_view& id, std::uint64_t hash,
                          const RowDraft& draft) {
  ++revision_;
  const std::size_t row = row_count();
  ids_.Add(hash, [this](std::uint32_t at) { return columns_[0].Text(at); });
  columns_[0].SetText(row, id);
  // A new row is null where nothing is written.
  draft.EachWithValue(
      [&](std::size_t i) { columns_[i].Update(row, draft, i); });
  return row;
}

void Table::Update(std::size_t row, const RowDraft& draft) {
  ++revision_;
  draft.EachWritten([&](std::size_t i) { columns_[i].Update(row, draft, i); });
}

std::optional<std::size_t> Table::FindRow(const std::string_view& id) const {
  return FindRow(id, HashText(id));
}

std::optional<std::size_t> Table::FindRow(const std::string_view& id,
                                          std::uint64_t hash) const {
  const std::uint32_t row = ids_.Find(
      hash, id, [this](std::uint32_t at) { return columns_[0].Text(at); });
  if (row == TextIndex::kNone) return std::nullopt;
  return row;
}

std::uint64_t Table::revision() const { return revision_; }

std::size_t Table::ByteSize() const {
  std::size_t bytes = ids_.ByteSize();
  for (const Column& column : columns_) bytes += column.ByteSize();
  return bytes;
}

void Table::Clear() {
  for (Column& column : columns_) column.Clear();
  ids_.Clear();
  ++revision_;
}

}  // namespace precision
