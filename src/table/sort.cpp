// Sorting row numbers by a column: every type is brought to a 64-bit key whose
// order is the column's, sorted by radix; only texts that share a key's eight
// bytes are then compared.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "precision/table/table.h"

namespace precision {

namespace {

struct Keyed {
  std::uint64_t key;
  std::uint32_t row;
};

// Stable, least byte first; bytes that are the same in all keys cost one look.
void RadixSort(std::vector<Keyed>& items) {
  std::vector<Keyed> other(items.size());
  for (unsigned shift = 0; shift < 64; shift += 8) {
    std::array<std::size_t, 256> starts{};
    for (const Keyed& item : items) ++starts[item.key >> shift & 0xFF];
    if (std::ranges::find(starts, items.size()) != starts.end()) continue;
    std::size_t sum = 0;
    for (std::size_t& start : starts) {
      const std::size_t count = start;
      start = sum;
      sum += count;
    }
    for (const Keyed& item : items) {
      other[starts[item.key >> shift & 0xFF]++] = item;
    }
    items.swap(other);
  }
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

template <typename Compare>
void SortTies(std::vector<Keyed>& items, bool descending, Compare compare) {
  const auto before = [&](const Keyed& a, const Keyed& b) {
    const int order = compare(a.row, b.row);
    return descending ? order > 0 : order < 0;
  };
  for (std::size_t begin = 0; begin < items.size();) {
    std::size_t end = begin + 1;
    while (end < items.size() && items[end].key == items[begin].key) ++end;
    if (end - begin > 1) {
      std::stable_sort(items.begin() + static_cast<std::ptrdiff_t>(begin),
                       items.begin() + static_cast<std::ptrdiff_t>(end),
                       before);
    }
    begin = end;
  }
}

// Each dictionary code's place in the order of the texts.
std::vector<std::uint64_t> Ranks(const Column& column) {
  std::vector<std::uint32_t> codes(column.DictionarySize());
  for (std::uint32_t i = 0; i < codes.size(); ++i) codes[i] = i;
  const auto compare = [&](std::uint32_t a, std::uint32_t b) {
    return CompareFolded(column.DictionaryText(a), column.DictionaryText(b));
  };
  std::ranges::stable_sort(codes, [&](std::uint32_t a, std::uint32_t b) {
    return compare(a, b) < 0;
  });
  std::vector<std::uint64_t> ranks(codes.size());
  std::uint64_t rank = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    // "Visa" and "visa" are equal, so that row number decides.
    if (i > 0 && compare(codes[i - 1], codes[i]) != 0) ++rank;
    ranks[codes[i]] = rank;
  }
  return ranks;
}

}  // namespace

std::vector<std::uint32_t> SortedRows(const Table& table, std::size_t column,
                                      bool descending) {
  const Column& cells = table.column(column);
  const ColumnType type = cells.type();
  const bool is_text =
      type == ColumnType::kUtf8 || type == ColumnType::kDecimal;
  std::vector<std::uint64_t> ranks;
  if (type == ColumnType::kDictionary) ranks = Ranks(cells);

  std::vector<Keyed> items;
  items.reserve(table.row_count());
  std::vector<std::uint32_t> without;
  for (std::uint32_t row = 0; row < table.row_count(); ++row) {
    if (cells.IsNull(row)) {
      without.push_back(row);
      continue;
    }
    std::uint64_t key = 0;
    if (type == ColumnType::kUtf8) {
      key = PrefixKey(cells.Text(row));
    } else if (type == ColumnType::kDictionary) {
      key = ranks[cells.Code(row)];
    } else if (!is_text) {
      key = static_cast<std::uint64_t>(cells.Int64(row)) ^
            (std::uint64_t{1} << 63);
    }
    items.push_back({descending ? ~key : key, row});
  }
  RadixSort(items);
  if (is_text) {
    SortTies(items, descending, [&](std::uint32_t a, std::uint32_t b) {
      return type == ColumnType::kUtf8
                 ? CompareFolded(cells.Text(a), cells.Text(b))
                 : CompareDecimal(cells.Text(a), cells.Text(b));
    });
  }

  std::vector<std::uint32_t> rows;
  rows.reserve(table.row_count());
  for (const Keyed& item : items) rows.push_back(item.row);
  rows.insert(rows.end(), without.begin(), without.end());
  return rows;
}

}  // namespace precision
