// Core values as plain JavaScript objects, in the shapes of
// web/module/types.ts.  Everything is copied: nothing handed out needs to be
// freed or dies when memory grows.

#ifndef PRECISION_SRC_WASM_JS_TYPES_H_
#define PRECISION_SRC_WASM_JS_TYPES_H_

#include <emscripten/val.h>

#include <span>
#include <string>
#include <vector>

#include "precision/session/session.h"

namespace precision {

EMSCRIPTEN_DECLARE_VAL_TYPE(JsKeyVerdict)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsKeyFieldsVerdict)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsOutcomeOfKeyVerdict)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsOutcomeOfNull)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsPullProgress)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsPullOptions)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsColumns)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsCells)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsFigures)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsIssues)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsStrings)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsListener)
EMSCRIPTEN_DECLARE_VAL_TYPE(JsBytes)

JsKeyVerdict ToJs(const KeyVerdict& verdict);
JsKeyFieldsVerdict ToJs(const KeyFieldsVerdict& verdict);
JsOutcomeOfKeyVerdict ToJs(const Result<KeyVerdict>& result);
JsOutcomeOfNull ToJs(const Result<Done>& result);
JsPullProgress ToJs(const PullProgress& progress);
PullOptions FromJs(const JsPullOptions& options);
// The column to sort by; "d" for descending; then four texts for each
// condition: "c", "i" or "b" for its kind, columns, text, and other case; for
// "b" the last two are the low and the high number.
RowViewSpec FromJs(const JsStrings& spec);
JsColumns ToJs(const Schema& schema);
JsFigures ToJs(const std::vector<Figure>& figures);
JsIssues ToJs(const RowIssues& issues);
JsStrings ToJs(const std::vector<std::string>& texts);

// One array a column, each with the cells of `rows`.
JsCells ToJs(const Table& table, const std::vector<std::string>& columns,
             std::span<const std::uint32_t> rows);

const char* ToString(SessionEvent::Kind kind);  // "table-settled", ...

}  // namespace precision

#endif  // PRECISION_SRC_WASM_JS_TYPES_H_
