// Reads the objects of one Stripe type into the one table they belong to.

#ifndef PRECISION_NORMALIZE_OBJECT_READER_H_
#define PRECISION_NORMALIZE_OBJECT_READER_H_

#include <memory>
#include <string_view>

#include "normalize/row_writer.h"
#include "precision/base/result.h"
#include "precision/normalize/normalizer.h"
#include "precision/table/schema.h"

namespace precision {

class ObjectReader {
 public:
  virtual ~ObjectReader() = default;

  // A list page.  kJsonMalformed, kStripeUnreadable: no row was touched.
  virtual Result<ReadSummary> ReadPage(std::string_view body, Sink& sink) = 0;
  // One object, which is known to be JSON.
  virtual void ReadOne(std::string_view json, Sink& sink,
                       ReadSummary& summary) = 0;
  virtual std::size_t ByteSize() const = 0;
};

std::unique_ptr<ObjectReader> MakeCustomerReader();
std::unique_ptr<ObjectReader> MakeInvoiceReader();
std::unique_ptr<ObjectReader> MakePaymentIntentReader();
std::unique_ptr<ObjectReader> MakeChargeReader();
std::unique_ptr<ObjectReader> MakeSubscriptionReader();

const Schema& CustomerSchema();
const Schema& InvoiceSchema();
const Schema& PaymentSchema();
const Schema& SubscriptionSchema();

}  // namespace precision

#endif  // PRECISION_NORMALIZE_OBJECT_READER_H_
