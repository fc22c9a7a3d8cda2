// Stripe objects of any API version in, rows of stable columns out.  Looks at
// the object, never at a version header.  No row is dropped silently: what
// could not be read is counted with its reason.

#ifndef PRECISION_NORMALIZE_NORMALIZER_H_
#define PRECISION_NORMALIZE_NORMALIZER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "precision/base/result.h"
#include "precision/stripe/list_page.h"
#include "precision/table/table.h"

namespace precision {

// The tables: first the four that the setup guide names, in the order the page
// shows them.
enum class TableId : std::uint8_t {
  kCustomers,
  kInvoices,
  kPayments,
  kSubscriptions,
  // Read when they are asked for.
  kSubscriptionItems,
  kInvoiceLines,
  kCharges,
  kRefunds,
  kDisputes,
  kProducts,
  kPrices,
  kCoupons,
  kDiscounts,
  kCreditNotes,
  kBalanceTransactions,
  kPayouts,
};
inline constexpr std::size_t kTableCount = 16;
inline constexpr std::size_t kUsualTableCount = 4;

// One Schema a table, the one place for its columns (first column `id`).
const Schema& SchemaOf(TableId table);
std::string_view ToString(TableId table);  // "customers"
std::optional<TableId> FindTable(std::string_view name);

// Counts are of distinct rows: a row read again counts once, and no longer if
// it is whole now (a payment, put together from several objects, goes on
// counting).  Refused rows have no identity, so each reading counts.
struct RowIssues {
  struct Count {
    TableId table;
    ErrorCode code;
    std::string_view column;  // of the schema; empty for the whole row
    std::uint64_t count = 0;
    std::vector<std::string> example_ids;  // the first five, less healed ones
  };
  std::vector<Count> counts;
  std::uint64_t refused_rows = 0;  // rows that are in no table
  std::uint64_t marked_rows = 0;   // rows kept with something missing
  // ReadAny() without an object: how many of each type that has no table
  // ("product"); part of refused_rows.  In a list that was asked for, another
  // type is a Count of kObjectUnknown.
  std::map<std::string, std::uint64_t> unknown_objects;
};

struct ReadSummary {
  ListPage page;             // count 1, has_more false for a single object
  std::size_t rows_new = 0;  // added to a table
  std::size_t rows_replaced = 0;
  std::size_t rows_refused = 0;
  // Elements that had not been read before.  Differs from rows_new for
  // payments: a charge may complete the row of its PaymentIntent.
  std::size_t objects_new = 0;
  // ReadAny(): the first line that is no JSON, where others are; 0 for none.
  std::size_t malformed_line = 0;
};

// A row whose object came with only the first elements of a list in it.
struct ShortRow {
  TableId table;
  std::string id;
};

// Owns the tables of one account.
class Normalizer {
 public:
  Normalizer();
  ~Normalizer();
  Normalizer(Normalizer&&) noexcept;
  Normalizer& operator=(Normalizer&&) noexcept;

  // Reads this table too, from now on: the usual four are always read.  The
  // rows of invoice_lines, subscription_items, refunds, disputes and discounts
  // come from the objects that hold them as well.
  void Ask(TableId table);

  // Reads a body that Stripe answered for a list of `object` ("customer",
  // "invoice", "payment_intent", ...): a list page.  The body need not end in
  // NUL.  kObjectUnknown: none of the tables asked for is of such objects.
  //
  // All or nothing for a body that is not JSON or no list: kJsonMalformed,
  // kStripeUnreadable, and no row is touched.  A bad element is an issue, not
  // an error.  Elements of another object type are refused with
  // kObjectUnknown and counted.
  Result<ReadSummary> ReadPage(std::string_view object, std::string_view body);

  // Anything a person may hand to the tool: a list page, one object, JSON
  // lines, an event or a page of events (data.object), a wrapper with the
  // object or list under some name.  A line that is no JSON is passed over, and
  // told in ReadSummary.  `object` may be empty: each object's own `object`
  // field decides.  A table that `object` names is asked for.  Subscriptions
  // come out of the customers that hold them as well, but for those that come
  // by themselves.
  Result<ReadSummary> ReadAny(std::string_view object, std::string_view text);

  // Names the invoice in each payment that an invoice read so far says it was
  // paid by, unless the payment names one itself: since 2025-03-31 Stripe sends
  // the link in invoices only.  ReadAny() does it by itself; for pages it is to
  // be done once both lists are there, as it looks at every invoice.
  void LinkPayments();

  // Of invoices and subscriptions: each row once until ReadRest() has completed
  // it, or AwaitShort() starts over.
  std::vector<ShortRow> TakeShort();
  void AwaitShort();
  // A page of the whole list within the object of such a row, from its first
  // on; with the last page the row is completed.  Errors: as ReadPage.
  Result<ReadSummary> ReadRest(const ShortRow& row, std::string_view body);

  const Table& table(TableId table) const;
  const RowIssues& issues() const;
  std::size_t ByteSize() const;
  void Clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace precision

#endif  // PRECISION_NORMALIZE_NORMALIZER_H_
