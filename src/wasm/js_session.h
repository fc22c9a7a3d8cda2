// The one class that crosses: a Session with its driver, in JavaScript's
// types.  No decisions here.

#ifndef PRECISION_SRC_WASM_JS_SESSION_H_
#define PRECISION_SRC_WASM_JS_SESSION_H_

#include <emscripten/val.h>

#include <string>
#include <vector>

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
  void Pause();
  void Resume();
  void Cancel();
  void Online();
  JsPullProgress Progress();
  std::string PullPlan();

  JsColumns Columns(const std::string& table) const;
  std::size_t RowCount(const std::string& table);
  JsCells Rows(const std::string& table, JsStrings columns, std::size_t start,
               std::size_t count);
  // In the order they came in, so that a reader can go on where it stopped.
  JsCells Arrived(const std::string& table, JsStrings columns,
                  std::size_t start, std::size_t count);
  JsFigures Figures(const std::string& table);
  JsIssues Issues();
  int MinorUnitDigits(const std::string& currency) const;

  static JsStrings ErrorCodes();

 private:
  std::string input_;
  emscripten::val listener_;
  Driver driver_;
};

}  // namespace precision

#endif  // PRECISION_SRC_WASM_JS_SESSION_H_
