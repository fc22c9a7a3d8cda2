// The one class that crosses: a Session with its driver, in JavaScript's
// types.  No decisions here.

#ifndef PRECISION_SRC_WASM_JS_SESSION_H_
#define PRECISION_SRC_WASM_JS_SESSION_H_

#include <emscripten/val.h>

#include <optional>
#include <string>
#include <vector>

#include "precision/export/table_export.h"
#include "wasm/driver.h"
#include "wasm/js_types.h"

namespace precision {

class JsSession {
 public:
  // `listener(kind, table)` is called with what changed.
  JsSession(const std::string& proxy, double seed, JsListener listener);
  ~JsSession();
  JsSession(const JsSession&) = delete;
  JsSession& operator=(const JsSession&) = delete;

  // What was typed crosses through this buffer, which is wiped after each use,
  // and never as a string: Embind would leave copies in freed memory.  The
  // view dies with the next call.
  JsBytes Input(std::size_t length);

  JsKeyVerdict CheckKey();
  // The first `first_length` bytes of the input are the first field.
  JsKeyFieldsVerdict CheckFields(std::size_t first_length);
  JsOutcomeOfKeyVerdict UseKey();
  // A view of the input buffer, to be copied and overwritten; empty when the
  // key was handed over before, or there is none.
  JsBytes HandOverKey();

  void UseAccount(const std::string& account);
  JsOutcomeOfNull UsePolicy(const std::string& json);
  void CheckWrite(bool check);
  std::string CreateKeyUrl(bool live);
  JsOutcomeOfNull StartAudit(bool again);
  // In the form of src/permission/report.schema.json.
  std::string Report();
  JsOutcomeOfNull StartPull(JsStrings tables, JsPullOptions options);
  JsOutcomeOfNull AddToPull(JsStrings tables);
  void Pause();
  void Resume();
  void Cancel();
  void Online();
  JsPullProgress Progress();
  std::string PullPlan();

  JsColumns Columns(const std::string& table) const;
  std::size_t RowCount(const std::string& table);
  // The distinct texts of a dictionary column.
  JsStrings Values(const std::string& table, const std::string& column);
  // Returns how many rows it has by now.  `spec` is as FromJs() reads it.
  std::size_t SetView(const std::string& table, JsStrings spec);
  JsCells Rows(const std::string& table, JsStrings columns, std::size_t start,
               std::size_t count);
  // In the order they came in, so that a reader can go on where it stopped.
  JsCells Arrived(const std::string& table, JsStrings columns,
                  std::size_t start, std::size_t count);
  JsFigures Figures(const std::string& table);
  JsFigures Chart(const std::string& chart);

  // One at a time.  `format` begins with c, j or a (see ExportFormat); columns
  // are those of `columns`, rows those of the view, or all.  Returns how many.
  std::size_t StartExport(const std::string& table, JsStrings columns,
                          const std::string& format, bool all);
  // The next rows' bytes; the view dies with the next call.  None ends it.
  JsBytes NextExport(std::size_t count);
  JsIssues Issues();
  int MinorUnitDigits(const std::string& currency) const;

  static JsStrings ErrorCodes();

 private:
  std::string input_;
  std::optional<TableExport> export_;
  std::string export_bytes_;
  emscripten::val listener_;
  Driver driver_;
};

}  // namespace precision

#endif  // PRECISION_SRC_WASM_JS_SESSION_H_
