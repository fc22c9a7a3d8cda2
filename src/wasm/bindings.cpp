// Names only; what they mean is in js_session.h.

#include <emscripten/bind.h>

#include "wasm/js_session.h"

namespace {

using emscripten::class_;
using emscripten::register_type;
using precision::JsSession;

}  // namespace

EMSCRIPTEN_BINDINGS(precision) {
  // The paths are seen from web/generated, where the build puts the module.
  register_type<precision::JsKeyVerdict>(
      "import('../module/types.js').KeyVerdict");
  register_type<precision::JsKeyFieldsVerdict>(
      "import('../module/types.js').KeyFieldsVerdict");
  register_type<precision::JsOutcomeOfKeyVerdict>(
      "import('../module/types.js').Outcome<import('../module/"
      "types.js').KeyVerdict>");
  register_type<precision::JsOutcomeOfNull>(
      "import('../module/types.js').Outcome<null>");
  register_type<precision::JsPullProgress>(
      "import('../module/types.js').PullProgress");
  register_type<precision::JsPullOptions>(
      "import('../module/types.js').PullOptions");
  register_type<precision::JsColumns>(
      "readonly import('../module/types.js').ColumnSchema[]");
  register_type<precision::JsCells>(
      "readonly (readonly import('../module/types.js').Cell[])[]");
  register_type<precision::JsFigures>(
      "readonly import('../module/types.js').Figure[]");
  register_type<precision::JsIssues>(
      "readonly import('../module/types.js').RowIssueCount[]");
  register_type<precision::JsStrings>("readonly string[]");
  register_type<precision::JsListener>("(kind: string, table: string) => void");
  register_type<precision::JsBytes>("Uint8Array");

  class_<JsSession>("Session")
      .constructor<std::string, double, precision::JsListener>()
      .function("input", &JsSession::Input)
      .function("checkKey", &JsSession::CheckKey)
      .function("checkFields", &JsSession::CheckFields)
      .function("useKey", &JsSession::UseKey)
      .function("handOverKey", &JsSession::HandOverKey)
      .function("usePolicy", &JsSession::UsePolicy)
      .function("checkWrite", &JsSession::CheckWrite)
      .function("useAccount", &JsSession::UseAccount)
      .function("createKeyUrl", &JsSession::CreateKeyUrl)
      .function("startAudit", &JsSession::StartAudit)
      .function("report", &JsSession::Report)
      .function("startPull", &JsSession::StartPull)
      .function("addToPull", &JsSession::AddToPull)
      .function("pause", &JsSession::Pause)
      .function("resume", &JsSession::Resume)
      .function("cancel", &JsSession::Cancel)
      .function("online", &JsSession::Online)
      .function("pullPlan", &JsSession::PullPlan)
      .function("progress", &JsSession::Progress)
      .function("columns", &JsSession::Columns)
      .function("rowCount", &JsSession::RowCount)
      .function("values", &JsSession::Values)
      .function("setView", &JsSession::SetView)
      .function("rows", &JsSession::Rows)
      .function("arrived", &JsSession::Arrived)
      .function("figures", &JsSession::Figures)
      .function("chart", &JsSession::Chart)
      .function("startExport", &JsSession::StartExport)
      .function("nextExport", &JsSession::NextExport)
      .function("issues", &JsSession::Issues)
      .function("minorUnitDigits", &JsSession::MinorUnitDigits)
      .class_function("errorCodes", &JsSession::ErrorCodes);
}
