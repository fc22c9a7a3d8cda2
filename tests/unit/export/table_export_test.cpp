#include "precision/export/table_export.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

namespace precision {
namespace {

using enum ColumnType;

constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "", ""},
    {"total", kMoney, true, "currency", ""},
    {"currency", kDictionary, true, "", ""},
    {"created", kTimestamp, true, "", ""},
    {"attempted", kBool, true, "", ""},
    {"quantity", kInt64, true, "", ""},
    {"rate", kDecimal, true, "", ""},
};
constexpr Schema kSchema{"things", kColumns};

std::string Whole(TableExport& file, std::size_t rows_a_time) {
  std::string out;
  for (std::size_t done = 0; done < file.row_count(); done += rows_a_time) {
    file.Next(rows_a_time, out);
  }
  return out;
}

std::string Csv(const Table& table, std::vector<std::uint32_t> rows,
                std::vector<std::size_t> columns, std::size_t rows_a_time = 9) {
  TableExport file(table, std::move(rows), std::move(columns),
                   ExportFormat::kCsv);
  return Whole(file, rows_a_time);
}

const std::string kMark = "\xEF\xBB\xBF";

Table Things() {
  Table table(kSchema);
  const struct {
    const char* id;
    std::int64_t total;
    const char* currency;
    std::int64_t created;
  } rows[] = {{"a", 123456, "usd", 1'769'851'800},
              {"b", -5, "usd", 0},
              {"c", 1200, "jpy", 951'782'399},
              {"d", -5124, "kwd", 4'102'444'799}};
  for (const auto& row : rows) {
    const std::size_t at = table.RowFor(row.id).first;
    table.column(1).SetInt64(at, row.total);
    table.column(2).SetText(at, row.currency);
    table.column(3).SetInt64(at, row.created);
  }
  table.column(4).SetInt64(0, 1);
  table.column(4).SetInt64(1, 0);
  table.column(5).SetInt64(0, -7);
  table.column(6).SetText(1, "-0.125");
  return table;
}

TEST(CsvTest, WritesEveryTypeAndChosenRowsInTheirOrder) {
  const Table table = Things();
  EXPECT_EQ(Csv(table, {3, 0, 2, 1}, {0, 1, 2, 3, 4, 5, 6}),
            kMark +
                "id,total,currency,created,attempted,quantity,rate\r\n"
                "d,-5.124,kwd,2099-12-31T23:59:59Z,,,\r\n"
                "a,1234.56,usd,2026-01-31T09:30:00Z,true,-7,\r\n"
                "c,1200,jpy,2000-02-28T23:59:59Z,,,\r\n"
                "b,-0.05,usd,1970-01-01T00:00:00Z,false,,-0.125\r\n");
  EXPECT_EQ(Csv(table, {1}, {2, 0}), kMark + "currency,id\r\nusd,b\r\n");
}

TEST(CsvTest, IsTheSameInPieces) {
  const Table table = Things();
  EXPECT_EQ(Csv(table, {3, 0, 2, 1}, {0, 1, 3}, 1),
            Csv(table, {3, 0, 2, 1}, {0, 1, 3}, 4));
}

TEST(CsvTest, HasOnlyItsHeadWithoutRows) {
  const Table table = Things();
  TableExport file(table, {}, {0}, ExportFormat::kCsv);
  std::string out;
  file.Next(100, out);
  EXPECT_EQ(out, kMark + "id\r\n");
  file.Next(100, out);
  EXPECT_EQ(out, kMark + "id\r\n");
}

TEST(CsvTest, QuotesAndDisarmsTexts) {
  const struct {
    const char* text;
    const char* cell;
  } cases[] = {
      {"plain", "plain"},
      {"", ""},
      {"a,b", "\"a,b\""},
      {"say \"hi\"", "\"say \"\"hi\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {"two\r\nlines", "\"two\r\nlines\""},
      {"=1+1", "'=1+1"},
      {"+49 30 1234", "'+49 30 1234"},
      {"-5", "'-5"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\tx", "'\tx"},
      {"\rx", "\"'\rx\""},
      {"\nx", "\"'\nx\""},
      {"  =1", "'  =1"},
      {"=HYPERLINK(\"http://x\",\"y\")",
       "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
      {"\xEF\xBC\x9D"
       "1",
       "'\xEF\xBC\x9D"
       "1"},
      {"1=1", "1=1"},
      {"a@b.c", "a@b.c"},
      {"\xC3\x96l", "\xC3\x96l"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    Table table(kSchema);
    table.RowFor(c.text);
    EXPECT_EQ(Csv(table, {0}, {0}), kMark + "id\r\n" + c.cell + "\r\n");
  }
}

TEST(JsonLinesTest, WritesOneObjectALineInStripesUnits) {
  const Table table = Things();
  TableExport file(table, {1, 0}, {0, 1, 3, 4, 6}, ExportFormat::kJsonLines);
  EXPECT_EQ(
      Whole(file, 1),
      R"({"id":"b","total":-5,"created":0,"attempted":false,"rate":"-0.125"})"
      "\n"
      R"({"id":"a","total":123456,"created":1769851800,"attempted":true,"rate":null})"
      "\n");
}

// The bytes as Arrow lays them out, read back by hand; that libraries of others
// read them is tests/module's to say.
TEST(ArrowTest, LaysColumnsOutInBuffersOfWholeWords) {
  const Table table = Things();
  TableExport file(table, {2, 0, 1}, {0, 1, 4}, ExportFormat::kArrow);
  std::string body;
  file.Next(10, body);
  const auto number = [&](std::size_t at, auto value) {
    std::memcpy(&value, body.data() + at, sizeof value);
    return value;
  };
  // id: bitmap, four offsets, three bytes.
  EXPECT_EQ(body[0], 0b111);
  EXPECT_EQ(number(8, std::int32_t{}), 0);
  EXPECT_EQ(number(20, std::int32_t{}), 3);
  EXPECT_EQ(body.substr(24, 8), std::string("cab\0\0\0\0\0", 8));
  // total: bitmap, three integers.
  EXPECT_EQ(body[32], 0b111);
  EXPECT_EQ(number(40, std::int64_t{}), 1200);
  EXPECT_EQ(number(56, std::int64_t{}), -5);
  // attempted: bitmap of what is there, bitmap of values.
  EXPECT_EQ(body[64], 0b110);
  EXPECT_EQ(body[72], 0b010);
  EXPECT_EQ(body.size(), 80U);
}

TEST(ArrowTest, KeepsBatchesApart) {
  Table table(kSchema);
  for (int i = 0; i < 25; ++i) table.RowFor("row " + std::to_string(i));
  std::vector<std::uint32_t> rows(25);
  std::iota(rows.begin(), rows.end(), 0U);
  TableExport file(table, rows, {0}, ExportFormat::kArrow);
  std::string first;
  std::string second;
  file.Next(20, first);
  file.Next(20, second);
  EXPECT_EQ(static_cast<unsigned char>(first[2]), 0x0F);
  EXPECT_EQ(second[0], 0b11111);
  EXPECT_EQ(second.substr(8 + 24, 6), "row 20");
}

}  // namespace
}  // namespace precision
