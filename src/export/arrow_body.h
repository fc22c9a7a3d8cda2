#ifndef PRECISION_SRC_EXPORT_ARROW_BODY_H_
#define PRECISION_SRC_EXPORT_ARROW_BODY_H_

#include <cstdint>
#include <span>
#include <string>

#include "precision/table/column.h"

namespace precision {

// A column of a record batch: see ExportFormat::kArrow.
void AppendArrowColumn(const Column& column,
                       std::span<const std::uint32_t> rows, std::string& out);

}  // namespace precision

#endif  // PRECISION_SRC_EXPORT_ARROW_BODY_H_
