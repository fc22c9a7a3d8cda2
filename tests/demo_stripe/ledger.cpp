#include "demo_stripe/ledger.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace precision::demo {

namespace {

enum Stream : std::uint64_t { kOrder = 1, kOneOffOrder, kJitter, kTie };

constexpr std::int64_t kBurstBlocks = 7;
// One of an old block's charges failed.
constexpr int kFailedOldCharge = 3;
// Captured charges, refund, payout.
constexpr std::int64_t kMovementsPerBlock = 19;
constexpr std::int64_t kOldMovementsPerBlock = kOldChargesPerBlock - 1;

std::array<InvoiceKind, kInvoicesPerBlock> KindsInOrder() {
  std::array<InvoiceKind, kInvoicesPerBlock> kinds;
  kinds.fill(InvoiceKind::kPaid);
  constexpr std::array kOnce = {
      InvoiceKind::kPaidRetried,  InvoiceKind::kPaidRefunded,
      InvoiceKind::kPaidDisputed, InvoiceKind::kPaidOutOfBand,
      InvoiceKind::kZero,         InvoiceKind::kDraft,
      InvoiceKind::kVoid,         InvoiceKind::kUncollectible,
      InvoiceKind::kOpen};
  std::copy(kOnce.begin(), kOnce.end(), kinds.begin());
  return kinds;
}

bool HasIntent(InvoiceKind kind) {
  return kind != InvoiceKind::kPaidOutOfBand && kind != InvoiceKind::kZero &&
         kind != InvoiceKind::kDraft;
}

// The first invoice of a subscription stands at 0, 4, 8 or 12.
bool IsFirstInvoice(int position) { return position % 4 == 0 && position < 16; }

// A trial's invoice is a subscription's first; drafts and void ones are not.
void Settle(std::array<InvoiceKind, kInvoicesPerBlock>& kinds,
            std::uint64_t roll) {
  const auto zero = std::find(kinds.begin(), kinds.end(), InvoiceKind::kZero);
  std::iter_swap(zero, kinds.begin() + static_cast<int>(roll % 4) * 4);
  int spare = 1;
  for (int p = 0; p < 16; p += 4) {
    auto& kind = kinds[static_cast<std::size_t>(p)];
    if (kind != InvoiceKind::kDraft && kind != InvoiceKind::kVoid) continue;
    while (kinds[static_cast<std::size_t>(spare)] != InvoiceKind::kPaid ||
           IsFirstInvoice(spare)) {
      ++spare;
    }
    std::swap(kind, kinds[static_cast<std::size_t>(spare)]);
  }
}

void AddCharge(BlockPlan& plan, int slot, int intent, bool succeeded,
               bool captured) {
  ChargeSlot& charge =
      plan.charges[static_cast<std::size_t>(plan.charge_count)];
  charge = {static_cast<std::int16_t>(slot), static_cast<std::int16_t>(intent),
            -1, succeeded, captured};
  if (intent >= 0) {
    plan.intents[static_cast<std::size_t>(intent)].latest_charge =
        static_cast<std::int16_t>(plan.charge_count);
  }
  ++plan.charge_count;
}

void AddInvoiceCharges(BlockPlan& plan, int slot, int intent,
                       InvoiceKind kind) {
  switch (kind) {
    case InvoiceKind::kPaidRetried:
      AddCharge(plan, slot, intent, false, false);
      AddCharge(plan, slot, intent, true, true);
      return;
    case InvoiceKind::kPaid:
    case InvoiceKind::kPaidRefunded:
    case InvoiceKind::kPaidDisputed:
      AddCharge(plan, slot, intent, true, true);
      return;
    case InvoiceKind::kUncollectible:
    case InvoiceKind::kOpen:
      AddCharge(plan, slot, intent, false, false);
      return;
    case InvoiceKind::kVoid:
    case InvoiceKind::kPaidOutOfBand:
    case InvoiceKind::kZero:
    case InvoiceKind::kDraft:
      return;
  }
}

}  // namespace

Ledger::Ledger(std::uint64_t seed, std::int64_t blocks, std::int64_t start,
               std::int64_t end, bool burst)
    : dice_(seed),
      blocks_(blocks),
      old_blocks_(blocks / 3),
      start_(start),
      end_(end),
      burst_(burst) {}

std::int64_t Ledger::BlockTime(std::int64_t block) const {
  if (blocks_ == 0) return start_;
  if (block >= blocks_) return end_;
  // Growth: few objects at first, ever more a day.  Only exactly rounded
  // operations, so that every platform agrees.
  const double x = static_cast<double>(block) / static_cast<double>(blocks_);
  const double curve = (std::sqrt(x) * 3 + x * 2) / 5;
  return start_ +
         static_cast<std::int64_t>(static_cast<double>(end_ - start_) * curve);
}

std::int64_t Ledger::TimeOf(std::int64_t block, int slot) const {
  const std::int64_t first_burst = blocks_ / 3;
  if (burst_ && block >= first_burst && block < first_burst + kBurstBlocks) {
    return BlockTime(first_burst);
  }
  // Now and then some objects share a second.
  if (dice_.Percent(30, kTie, block) && slot > 12 && slot < 20) slot = 12;
  const std::int64_t begin = BlockTime(block);
  const std::int64_t length = BlockTime(block + 1) - begin;
  const std::int64_t jitter = dice_.Below(90, kJitter, block * 32 + slot);
  return begin + length * (slot * 100 + jitter) / ((kLastSlot + 1) * 100);
}

BlockPlan Ledger::PlanOf(std::int64_t block) const {
  BlockPlan plan;
  plan.invoices = KindsInOrder();
  for (int i = kInvoicesPerBlock - 1; i > 0; --i) {
    const auto j = dice_.Below(i + 1, kOrder, block * 32 + i);
    std::swap(plan.invoices[static_cast<std::size_t>(i)],
              plan.invoices[static_cast<std::size_t>(j)]);
  }
  Settle(plan.invoices, dice_.Of(kOrder, block * 32));
  const auto turn = dice_.Below(kOneOffsPerBlock, kOneOffOrder, block);
  for (int o = 0; o < kOneOffsPerBlock; ++o) {
    const auto n = (o + turn) % kOneOffsPerBlock;
    plan.one_offs[static_cast<std::size_t>(o)] =
        n == 0   ? OneOffKind::kUnfinished
        : n == 1 ? OneOffKind::kUncaptured
                 : OneOffKind::kSucceeded;
  }

  plan.intent_of_invoice.fill(-1);
  int intents = 0;
  for (int slot = 0; slot <= kLastSlot; ++slot) {
    const int place = slot % 6;
    if (place == 5 || slot == kLastSlot) {
      if (block >= old_blocks_) continue;
      const int old = slot == kLastSlot ? 5 : slot / 6;
      AddCharge(plan, slot, -1, old != kFailedOldCharge,
                old != kFailedOldCharge);
      plan.charges[static_cast<std::size_t>(plan.charge_count - 1)].old =
          static_cast<std::int16_t>(old);
      continue;
    }
    if (place == 4) {
      const int o = slot / 6;
      plan.intents[static_cast<std::size_t>(intents)] = {
          static_cast<std::int16_t>(slot), -1, static_cast<std::int16_t>(o),
          -1};
      const OneOffKind kind = plan.one_offs[static_cast<std::size_t>(o)];
      if (kind != OneOffKind::kUnfinished) {
        AddCharge(plan, slot, intents, true, kind == OneOffKind::kSucceeded);
      }
      ++intents;
      continue;
    }
    const int position = slot / 6 * 4 + place;
    const auto at = static_cast<std::size_t>(position);
    const InvoiceKind kind = plan.invoices[at];
    if (kind == InvoiceKind::kPaidRefunded) plan.refunded_invoice = position;
    if (kind == InvoiceKind::kPaidDisputed && HasDispute(block)) {
      plan.disputed_invoice = position;
    }
    if (!HasIntent(kind)) continue;
    plan.intents[static_cast<std::size_t>(intents)] = {
        static_cast<std::int16_t>(slot), static_cast<std::int16_t>(position),
        -1, -1};
    plan.intent_of_invoice[at] = static_cast<std::int16_t>(intents);
    AddInvoiceCharges(plan, slot, intents, kind);
    ++intents;
  }
  return plan;
}

std::int64_t Ledger::ChargesBefore(std::int64_t block) const {
  return block * kChargesPerBlock +
         std::min(block, old_blocks_) * kOldChargesPerBlock;
}

Place Ledger::PlaceOfCharge(std::int64_t index) const {
  constexpr std::int64_t kWithOld = kChargesPerBlock + kOldChargesPerBlock;
  const std::int64_t early = old_blocks_ * kWithOld;
  if (index < early) {
    return {index / kWithOld, static_cast<int>(index % kWithOld)};
  }
  return {old_blocks_ + (index - early) / kChargesPerBlock,
          static_cast<int>((index - early) % kChargesPerBlock)};
}

std::int64_t Ledger::MovementsBefore(std::int64_t block) const {
  return block * kMovementsPerBlock + (block + 2) / 5 +
         std::min(block, old_blocks_) * kOldMovementsPerBlock;
}

Place Ledger::PlaceOfMovement(std::int64_t index) const {
  std::int64_t low = 0;
  std::int64_t high = blocks_;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (MovementsBefore(middle) <= index ? low : high) = middle;
  }
  return {low, static_cast<int>(index - MovementsBefore(low))};
}

}  // namespace precision::demo
