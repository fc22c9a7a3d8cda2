// Any bytes may come where a page should be: no crash, no row out of nothing,
// counts that add up, and the same again from the same bytes.  The first byte
// chooses the object; the rest is the body.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "precision/normalize/normalizer.h"
#include "precision/table/row_json.h"

namespace {

using precision::Normalizer;
using precision::ReadSummary;
using precision::Result;
using precision::TableId;

void Require(bool condition) {
  if (!condition) std::abort();
}

constexpr std::array<std::string_view, 5> kObjects = {
    "customer", "invoice", "payment_intent", "charge", "subscription"};

std::string AllRows(const Normalizer& normalizer) {
  std::string rows;
  for (std::size_t i = 0; i < precision::kTableCount; ++i) {
    const precision::Table& table = normalizer.table(static_cast<TableId>(i));
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      rows += RowAsJson(table, row) + "\n";
      Require(table.FindRow(table.column(0).Text(row)) == row);
    }
  }
  return rows;
}

std::size_t RowCount(const Normalizer& normalizer) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < precision::kTableCount; ++i) {
    count += normalizer.table(static_cast<TableId>(i)).row_count();
  }
  return count;
}

void Check(const Normalizer& normalizer, const Result<ReadSummary>& read) {
  if (!read.ok()) {
    Require(RowCount(normalizer) == 0);
    Require(normalizer.issues().refused_rows == 0);
    return;
  }
  const ReadSummary& summary = read.value();
  Require(summary.rows_new == RowCount(normalizer));
  Require(summary.page.count ==
          summary.rows_new + summary.rows_replaced + summary.rows_refused);
  Require(normalizer.issues().refused_rows == summary.rows_refused);
  Require(summary.objects_new <= summary.page.count);
}

// A reader that knows what such objects look like must read as one that does
// not: all of the body, and its front, so that the two part within an object.
void CheckLearned(std::string_view object, std::string_view body) {
  for (const std::string_view taught :
       {body, body.substr(0, body.size() / 2)}) {
    for (const std::string_view asked :
         {body.substr(0, body.size() / 2), body}) {
      Normalizer learned;
      const bool knows = learned.ReadPage(object, taught).ok();
      const std::uint64_t refused = learned.issues().refused_rows;
      const Result<ReadSummary> read = learned.ReadPage(object, asked);
      Normalizer fresh;
      const Result<ReadSummary> expected = fresh.ReadPage(object, asked);
      Require(read.ok() == expected.ok());
      if (!read.ok()) {
        Require(read.error().detail == expected.error().detail);
        continue;
      }
      Require(read.value().page.count == expected.value().page.count);
      Require(read.value().page.last_id == expected.value().page.last_id);
      Require(learned.issues().refused_rows - refused ==
              expected.value().rows_refused);
      if (!knows) Require(AllRows(learned) == AllRows(fresh));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  const std::string_view object = kObjects[data[0] % kObjects.size()];
  // Of its own size, so that a read past the end is seen.
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);

  Normalizer page;
  const Result<ReadSummary> read = page.ReadPage(object, body);
  Check(page, read);

  Normalizer any;
  const Result<ReadSummary> anything = any.ReadAny(object, body);
  Check(any, anything);
  Normalizer mixed;
  Check(mixed, mixed.ReadAny("", body));
  if (read.ok()) Require(anything.ok());

  if (read.ok()) {
    const std::string rows = AllRows(page);
    const std::size_t count = RowCount(page);
    // What was read may be read again: no new rows, and the same ones.
    const Result<ReadSummary> again = page.ReadPage(object, body);
    Require(again.ok() && again.value().rows_new == 0);
    Require(RowCount(page) == count);
    Require(AllRows(page) == rows);
  }
  CheckLearned(object, body);
  AllRows(any);
  AllRows(mixed);
  return 0;
}
