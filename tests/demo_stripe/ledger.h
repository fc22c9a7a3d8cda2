// Where each object of a business stands in time and how objects belong
// together, by arithmetic alone: a million of them need no storage.
//
// Time is cut into blocks.  Each holds the same number of each kind of object,
// in an order drawn from the seed, so that "the nth charge" is found without
// counting, and `created` never falls as the index rises.

#ifndef PRECISION_DEMO_STRIPE_LEDGER_H_
#define PRECISION_DEMO_STRIPE_LEDGER_H_

#include <array>
#include <cstdint>

#include "demo_stripe/hash.h"

namespace precision::demo {

inline constexpr int kInvoicesPerBlock = 20;
inline constexpr int kIntentsPerBlock = 22;
inline constexpr int kChargesPerBlock = 21;
inline constexpr int kOldChargesPerBlock = 6;  // without a payment intent
inline constexpr int kCustomersPerBlock = 4;
inline constexpr int kSubscriptionsPerBlock = 4;
inline constexpr int kInvoicePaymentsPerBlock = 17;
inline constexpr int kOneOffsPerBlock = 5;
inline constexpr int kLastSlot = 30;

enum class InvoiceKind : std::uint8_t {
  kPaid,
  kPaidRetried,   // the first charge failed
  kPaidRefunded,  // in full or in part
  kPaidDisputed,  // in every fifth block; else as kPaid
  kPaidOutOfBand,
  kZero,  // a trial's invoice
  kDraft,
  kVoid,
  kUncollectible,
  kOpen,
};

enum class OneOffKind : std::uint8_t { kSucceeded, kUnfinished, kUncaptured };

// A payment intent of a block.
struct IntentSlot {
  std::int16_t slot = 0;
  std::int16_t invoice = -1;        // position in the block, or
  std::int16_t one_off = -1;        // which one-off payment
  std::int16_t latest_charge = -1;  // rank among the block's charges
};

// A charge of a block.
struct ChargeSlot {
  std::int16_t slot = 0;
  std::int16_t intent = -1;  // rank among the block's intents, or
  std::int16_t old = -1;     // which charge without one
  bool succeeded = false;
  bool captured = false;
};

struct BlockPlan {
  std::array<InvoiceKind, kInvoicesPerBlock> invoices;
  std::array<OneOffKind, kOneOffsPerBlock> one_offs;
  std::array<IntentSlot, kIntentsPerBlock> intents;
  std::array<std::int16_t, kInvoicesPerBlock> intent_of_invoice;  // rank or -1
  std::array<ChargeSlot, kChargesPerBlock + kOldChargesPerBlock> charges;
  int charge_count = 0;
  int refunded_invoice = 0;  // position
  int disputed_invoice = -1;
};

struct Place {
  std::int64_t block = 0;
  int rank = 0;
};

class Ledger {
 public:
  Ledger(std::uint64_t seed, std::int64_t blocks, std::int64_t start,
         std::int64_t end, bool burst);

  std::int64_t blocks() const { return blocks_; }
  std::int64_t start() const { return start_; }
  std::int64_t end() const { return end_; }
  const Dice& dice() const { return dice_; }

  std::int64_t TimeOf(std::int64_t block, int slot) const;
  BlockPlan PlanOf(std::int64_t block) const;

  static int SlotOfInvoice(int position) {
    return position / 4 * 6 + position % 4;
  }
  static int SlotOfCustomer(int rank) { return rank * 6; }

  std::int64_t charges() const { return ChargesBefore(blocks_); }
  std::int64_t ChargesBefore(std::int64_t block) const;
  Place PlaceOfCharge(std::int64_t index) const;

  bool HasDispute(std::int64_t block) const { return block % 5 == 2; }
  std::int64_t disputes() const { return (blocks_ + 2) / 5; }

  // Every second block's refund is partial, and comes with a credit note.
  bool HasCreditNote(std::int64_t block) const { return block % 2 == 1; }
  std::int64_t credit_notes() const { return blocks_ / 2; }

  // Deleted customers are in no list; others refer to them.
  bool HasDeletedCustomer(std::int64_t block) const { return block % 3 == 1; }
  std::int64_t deleted_customers() const { return (blocks_ + 1) / 3; }

  // Of each block: its captured charges in order, the refund, the dispute, the
  // payout.
  std::int64_t MovementsBefore(std::int64_t block) const;
  Place PlaceOfMovement(std::int64_t index) const;

 private:
  std::int64_t BlockTime(std::int64_t block) const;

  Dice dice_;
  std::int64_t blocks_;
  std::int64_t old_blocks_;  // the first third has charges without intents
  std::int64_t start_;
  std::int64_t end_;
  bool burst_;
};

}  // namespace precision::demo

#endif  // PRECISION_DEMO_STRIPE_LEDGER_H_
