// Tables whose rows are plain fields of one object, as data: which columns, and
// where each comes from in every API version.

#ifndef PRECISION_NORMALIZE_FIELD_TABLE_H_
#define PRECISION_NORMALIZE_FIELD_TABLE_H_

#include <memory>
#include <span>
#include <string_view>

#include "normalize/name_list.h"
#include "normalize/object_reader.h"
#include "precision/table/schema.h"

namespace precision {

// ColumnSchema::from of such a table: paths, newest shape first, "|" between
// them; the first that has a value counts.
//   a.b     member b of the object in member a
//   a.b@    what b refers to: its text, or the id of the object in it
//   a.b?    whether anything is there
//   a[].b   b of the first object in the list a
//   a[].b+  the sum over all of them; nothing plus nothing is 0
//   a^b=c   a, where the text at b begins with c; never the first path

// What values of a column are called, or may be.
struct FieldWords {
  std::string_view column;
  // Where another shape has another name for the same, or a flag.
  std::span<const Renamed> renamed = {};
  // "a,b,..." where any other is to be marked as unknown.
  std::string_view known = {};
};

// A type whose objects are of a table only where a column of theirs says so.
struct OlderType {
  std::string_view object = {};
  std::string_view column = {};
  std::string_view values = {};  // "," between
};

struct FieldTable {
  Schema schema;
  // What `object` may say, "," between.
  std::string_view objects;
  std::span<const FieldWords> words = {};
  // The columns that together name a row whose object has no id, "," between;
  // empty where such a row is refused.
  std::string_view identity = {};
  // The column that says in which object the row was found.
  std::string_view parent = {};
  // Ids that begin so, "," between, are the row's alone only together with the
  // parent's.
  std::string_view shared_ids = {};
  OlderType older = {};
};

// `table` must outlive the reader.
std::unique_ptr<ObjectReader> MakeFieldReader(const FieldTable& table);

}  // namespace precision

#endif  // PRECISION_NORMALIZE_FIELD_TABLE_H_
