// One pull in progress: the sync engine's pages read into tables, and its
// lists summed up as the tables people know.

#ifndef PRECISION_SRC_SESSION_PULL_RUN_H_
#define PRECISION_SRC_SESSION_PULL_RUN_H_

#include <array>
#include <span>
#include <vector>

#include "precision/permission/report.h"
#include "precision/session/session.h"
#include "precision/sync/sync_engine.h"

namespace precision {

// Stripe's lists behind a table.
std::vector<Endpoint> EndpointsOf(TableId table);

// The list within the objects of a list, and the table of those objects.
struct NestedList {
  Endpoint nested;
  Endpoint list;
  TableId table;
};
std::span<const NestedList> NestedLists();

class PullRun {
 public:
  // `report` may be empty of findings: then everything is asked for.
  PullRun(std::vector<TableId> tables, const PermissionReport& report,
          SyncOptions options, std::uint64_t seed);

  SyncEngine& engine() { return engine_; }
  const SyncEngine& engine() const { return engine_; }
  const std::vector<TableId>& tables() const { return tables_; }

  // More tables, or tables refused before that `report` allows by now.
  void Add(std::span<const TableId> tables, const PermissionReport& report,
           Instant now);

  // Reads a page into `rows`.  Errors: as Normalizer::ReadPage.
  Result<ReadSummary> Read(RequestId id, std::string_view body,
                           Normalizer& rows);

  // Brings the tables' progress up to date; to be called after every input.
  // Returns the tables that settled since the last call.
  std::vector<TableId> Update(const Normalizer& rows, Instant now);

  const PullProgress& progress() const { return progress_; }
  // After Resume(): tables may settle again.
  void Reopen();

 private:
  struct Refused {
    Endpoint endpoint;
    ErrorCode error;
  };

  static std::vector<Endpoint> Allowed(const std::vector<TableId>& tables,
                                       const PermissionReport& report,
                                       std::vector<Refused>& refused);
  TableProgress Sum(TableId table, const SyncProgress& lists) const;

  std::vector<TableId> tables_;
  std::vector<Refused> refused_;  // by the audit, never asked
  SyncEngine engine_;
  PullProgress progress_;
  std::array<bool, kTableCount> told_{};
};

}  // namespace precision

#endif  // PRECISION_SRC_SESSION_PULL_RUN_H_
