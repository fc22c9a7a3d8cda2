#include "precision/permission/catalogue.h"

#include <algorithm>

namespace precision {

namespace {

constexpr PermissionFacts kPermissions[] = {
#define PRECISION_PERMISSION(...) {__VA_ARGS__},
#include "precision/permission/permissions.inc"
#undef PRECISION_PERMISSION
};

}  // namespace

std::span<const PermissionFacts> AllPermissions() { return kPermissions; }

const PermissionFacts* FindPermission(std::string_view id) {
  const auto* found = std::ranges::find(kPermissions, id, &PermissionFacts::id);
  return found == std::ranges::end(kPermissions) ? nullptr : found;
}

}  // namespace precision
