// Sorting row numbers by a column: every type is brought to a 64-bit key whose
// order is the column's, sorted by radix; texts that share a key's eight bytes
// by the next eight.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "precision/table/table.h"

namespace precision {

namespace {

bool IsText(ColumnType type) {
  return type == ColumnType::kUtf8 || type == ColumnType::kDecimal;
}

struct Keyed {
  std::uint64_t key;
  std::uint32_t row;
};

// Stable, least byte first; bytes that are the same in all keys cost one look.
void RadixSort(std::span<Keyed> items) {
  std::vector<Keyed> other(items.size());
  std::span<Keyed> from = items;
  std::span<Keyed> to = other;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    std::array<std::size_t, 256> starts{};
    for (const Keyed& item : from) ++starts[item.key >> shift & 0xFF];
    if (std::ranges::find(starts, items.size()) != starts.end()) continue;
    std::size_t sum = 0;
    for (std::size_t& start : starts) {
      const std::size_t count = start;
      start = sum;
      sum += count;
    }
    for (const Keyed& item : from) {
      to[starts[item.key >> shift & 0xFF]++] = item;
    }
    std::swap(from, to);
  }
  if (from.data() != items.data()) std::ranges::copy(from, items.begin());
}

unsigned char Folded(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte + 32)
                                    : byte;
}

std::uint64_t PrefixKey(std::string_view text) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    key = key << 8 | (i < text.size() ? Folded(text[i]) : 0U);
  }
  return key;
}

int CompareFolded(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (Folded(a[i]) != Folded(b[i]))
      return Folded(a[i]) < Folded(b[i]) ? -1 : 1;
  }
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return 0;
}

// "-12.50" in its parts; the digits without leading and trailing zeros.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;

  explicit Decimal(std::string_view text) {
    negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    whole = text.substr(0, point);
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    if (point != std::string_view::npos) {
      fraction = text.substr(point + 1);
      fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    }
    if (whole.empty() && fraction.empty()) negative = false;
  }
};

int CompareDecimal(std::string_view left, std::string_view right) {
  const Decimal a(left);
  const Decimal b(right);
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = 0;
  if (a.whole.size() != b.whole.size()) {
    order = a.whole.size() < b.whole.size() ? -1 : 1;
  } else if (a.whole != b.whole) {
    order = a.whole < b.whole ? -1 : 1;
  } else if (a.fraction != b.fraction) {
    order = a.fraction < b.fraction ? -1 : 1;
  }
  return a.negative ? -order : order;
}

// Compares what the numbers in Keyed stand for: rows of a column, or codes of
// its dictionary.
struct TextOrder {
  const Column* column;
  bool of_codes;
  bool descending;

  int Compare(std::uint32_t a, std::uint32_t b) const {
    if (of_codes) {
      return CompareFolded(column->DictionaryText(a),
                           column->DictionaryText(b));
    }
    return column->type() == ColumnType::kDecimal
               ? CompareDecimal(column->Text(a), column->Text(b))
               : CompareFolded(column->Text(a), column->Text(b));
  }
};

constexpr std::size_t kManyTies = 64;

// By merging runs of twice the length each time: stable, and a fraction of the
// bytes that std::stable_sort() costs the module.
void MergeSort(std::span<Keyed> items, const TextOrder& order) {
  const auto follows = [&](const Keyed& a, const Keyed& b) {
    const int compared = order.Compare(a.row, b.row);
    return order.descending ? compared < 0 : compared > 0;
  };
  // Most often equal texts, which are many.
  if (std::ranges::adjacent_find(items, follows) == items.end()) return;
  std::vector<Keyed> other(items.size());
  for (std::size_t run = 1; run < items.size(); run *= 2) {
    for (std::size_t to = 0, begin = 0; begin < items.size();
         begin += 2 * run) {
      const std::size_t middle = std::min(begin + run, items.size());
      const std::size_t end = std::min(middle + run, items.size());
      std::size_t left = begin;
      std::size_t right = middle;
      while (to < end) {
        bool takes_right = left == middle;
        if (left < middle && right < end) {
          takes_right = follows(items[left], items[right]);
        }
        other[to++] = items[takes_right ? right++ : left++];
      }
    }
    std::ranges::copy(other, items.begin());
  }
}

// Of rows whose texts are alike up to `from`: many by their next eight bytes,
// as comparing whole texts would look each of them up again and again; few, or
// what has come to its end, by comparing.
void SortTies(std::span<Keyed> items, const TextOrder& order,
              std::size_t from) {
  const std::uint64_t flip = order.descending ? ~std::uint64_t{0} : 0;
  for (std::size_t begin = 0; begin < items.size();) {
    std::size_t end = begin + 1;
    while (end < items.size() && items[end].key == items[begin].key) ++end;
    const std::span<Keyed> ties = items.subspan(begin, end - begin);
    begin = end;
    if (ties.size() < kManyTies || (ties.front().key ^ flip) == 0) {
      if (ties.size() > 1) MergeSort(ties, order);
      continue;
    }
    for (Keyed& item : ties) {
      const std::string_view text = order.column->Text(item.row);
      item.key = PrefixKey(text.substr(std::min(from, text.size()))) ^ flip;
    }
    RadixSort(ties);
    SortTies(ties, order, from + 8);
  }
}

// Each dictionary code's place in the order of the texts.
std::vector<std::uint64_t> Ranks(const Column& column) {
  const TextOrder order{&column, /*of_codes=*/true, /*descending=*/false};
  std::vector<Keyed> codes(column.DictionarySize());
  for (std::uint32_t i = 0; i < codes.size(); ++i) codes[i] = {0, i};
  MergeSort(codes, order);
  std::vector<std::uint64_t> ranks(codes.size());
  std::uint64_t rank = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    // "Visa" and "visa" are equal, so that row number decides.
    if (i > 0 && order.Compare(codes[i - 1].row, codes[i].row) != 0) ++rank;
    ranks[codes[i].row] = rank;
  }
  return ranks;
}

}  // namespace

bool Precedes(const Column& column, bool descending, std::uint32_t a,
              std::uint32_t b) {
  if (column.IsNull(a) || column.IsNull(b)) {
    return !column.IsNull(a) && column.IsNull(b);
  }
  int order = 0;
  if (IsText(column.type()) || column.type() == ColumnType::kDictionary) {
    order = TextOrder{&column, false, descending}.Compare(a, b);
  } else {
    const std::int64_t left = column.Int64(a);
    const std::int64_t right = column.Int64(b);
    order = left < right ? -1 : static_cast<int>(left > right);
  }
  return descending ? order > 0 : order < 0;
}

void SortRows(const Table& table, std::size_t column, bool descending,
              std::vector<std::uint32_t>& rows) {
  const Column& cells = table.column(column);
  const ColumnType type = cells.type();
  std::vector<std::uint64_t> ranks;
  if (type == ColumnType::kDictionary) ranks = Ranks(cells);

  std::vector<Keyed> items;
  items.reserve(rows.size());
  std::vector<std::uint32_t> without;
  for (const std::uint32_t row : rows) {
    if (cells.IsNull(row)) {
      without.push_back(row);
      continue;
    }
    std::uint64_t key = 0;
    if (type == ColumnType::kUtf8) {
      key = PrefixKey(cells.Text(row));
    } else if (type == ColumnType::kDictionary) {
      key = ranks[cells.Code(row)];
    } else if (type != ColumnType::kDecimal) {
      key = static_cast<std::uint64_t>(cells.Int64(row)) ^
            (std::uint64_t{1} << 63);
    }
    items.push_back({descending ? ~key : key, row});
  }
  RadixSort(items);
  const TextOrder order{&cells, /*of_codes=*/false, descending};
  if (type == ColumnType::kUtf8) SortTies(items, order, 8);
  if (type == ColumnType::kDecimal) MergeSort(items, order);
  std::size_t to = 0;
  for (const Keyed& item : items) rows[to++] = item.row;
  for (const std::uint32_t row : without) rows[to++] = row;
}

}  // namespace precision
