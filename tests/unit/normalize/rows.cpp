#include "unit/normalize/rows.h"

#include "precision/table/row_json.h"

namespace precision {

std::string PageOf(std::initializer_list<std::string_view> elements,
                   bool has_more) {
  std::string page = R"({"object":"list","has_more":)";
  page += has_more ? "true" : "false";
  page += R"(,"data":[)";
  for (const std::string_view element : elements) {
    if (page.back() != '[') page += ',';
    page += element;
  }
  return page + R"(],"url":"/v1/things"})";
}

Json ParseJson(std::string_view text) {
  return Json::parse(text, nullptr, false);
}

Json Reversed(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& item : value) list.push_back(Reversed(item));
    return list;
  }
  if (!value.is_object()) return value;
  Json reversed = Json::object();
  reversed["zz_unknown"] = {{"deep", {1, "\\\"}", nullptr}}};
  std::vector<std::string> keys;
  for (const auto& [key, of] : value.items()) keys.push_back(key);
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    reversed[*key] = Reversed(value.at(*key));
  }
  return reversed;
}

Json RowsOf(const Normalizer& normalizer, TableId table) {
  Json rows = Json::array();
  const Table& read = normalizer.table(table);
  for (std::size_t row = 0; row < read.row_count(); ++row) {
    rows.push_back(ParseJson(RowAsJson(read, row)));
  }
  return rows;
}

Json OnlyRow(std::string_view object, TableId table,
             std::initializer_list<std::string_view> elements) {
  Normalizer normalizer;
  normalizer.Ask(table);
  const auto summary = normalizer.ReadPage(object, PageOf(elements));
  EXPECT_TRUE(summary.ok());
  const Json rows = RowsOf(normalizer, table);
  EXPECT_EQ(rows.size(), 1U);
  return rows.empty() ? Json::object() : rows[0];
}

Json Only(const Json& row, const Json& expected) {
  Json some = Json::object();
  for (const auto& [name, value] : expected.items()) {
    some[name] = row.contains(name) ? row[name] : Json("no such column");
  }
  return some;
}

void ExpectTheSameRow(const OldAndNew& pair) {
  SCOPED_TRACE(pair.name);
  const Json expected = ParseJson(pair.row);
  ASSERT_TRUE(expected.is_object());
  const Json older = OnlyRow(pair.older_type, pair.table, {pair.older});
  const Json newer = OnlyRow(pair.newer_type, pair.table, {pair.newer});
  EXPECT_EQ(Only(older, expected), expected);
  EXPECT_EQ(Only(newer, expected), expected);
}

std::uint64_t CountOf(const Normalizer& normalizer, TableId table,
                      ErrorCode code, std::string_view column) {
  for (const RowIssues::Count& count : normalizer.issues().counts) {
    if (count.table == table && count.code == code && count.column == column) {
      return count.count;
    }
  }
  return 0;
}

}  // namespace precision
