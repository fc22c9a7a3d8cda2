// The API versions the demo accepts.  https://docs.stripe.com/changelog

#ifndef PRECISION_DEMO_STRIPE_VERSIONS_H_
#define PRECISION_DEMO_STRIPE_VERSIONS_H_

#include <array>
#include <string_view>

namespace precision::demo {

inline constexpr std::string_view kNewestVersion = "2026-10-28.endive";
// Of an account that never changed it: answers when no header is sent.
inline constexpr std::string_view kAccountVersion = "2024-06-20";

inline constexpr auto kVersions = std::to_array<std::string_view>(
    {"2018-07-27",        "2019-12-03",        "2020-03-02",
     "2020-08-27",        "2022-08-01",        "2022-11-15",
     "2023-08-16",        "2023-10-16",        "2024-04-10",
     "2024-06-20",        "2024-09-30.acacia", "2024-10-28.acacia",
     "2024-11-20.acacia", "2024-12-18.acacia", "2025-01-27.acacia",
     "2025-02-24.acacia", "2025-03-31.basil",  "2025-04-30.basil",
     "2025-05-28.basil",  "2025-06-30.basil",  "2025-07-30.basil",
     "2025-08-27.basil",  "2025-09-30.clover", "2025-10-29.clover",
     "2025-11-17.clover", "2025-12-15.clover", "2026-01-28.clover",
     "2026-02-25.clover", "2026-03-25.dahlia", "2026-04-22.dahlia",
     "2026-05-27.dahlia", "2026-06-24.dahlia", "2026-07-29.dahlia",
     "2026-08-26.dahlia", "2026-09-30.endive", "2026-10-28.endive"});

// "2025-03-31.basil" -> 20250331; 0 for a version there is not.
constexpr int VersionDate(std::string_view version) {
  for (const std::string_view known : kVersions) {
    if (known != version) continue;
    int date = 0;
    for (const char c : known.substr(0, 10)) {
      if (c != '-') date = date * 10 + (c - '0');
    }
    return date;
  }
  return 0;
}

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_VERSIONS_H_
