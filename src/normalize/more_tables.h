// The tables beyond the four that the setup guide names.

#ifndef PRECISION_NORMALIZE_MORE_TABLES_H_
#define PRECISION_NORMALIZE_MORE_TABLES_H_

#include "normalize/field_table.h"

namespace precision {

extern const FieldTable kSubscriptionItems;
extern const FieldTable kInvoiceLines;
extern const FieldTable kCharges;
extern const FieldTable kRefunds;
extern const FieldTable kDisputes;
extern const FieldTable kProducts;
extern const FieldTable kPrices;
extern const FieldTable kCoupons;
extern const FieldTable kDiscounts;
extern const FieldTable kCreditNotes;
extern const FieldTable kBalanceTransactions;
extern const FieldTable kPayouts;

}  // namespace precision

#endif  // PRECISION_NORMALIZE_MORE_TABLES_H_
