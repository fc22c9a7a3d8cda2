// Reads the objects of one Stripe type into the one table they belong to.

#ifndef PRECISION_NORMALIZE_OBJECT_READER_H_
#define PRECISION_NORMALIZE_OBJECT_READER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "normalize/cells.h"
#include "normalize/layout.h"
#include "normalize/row_writer.h"
#include "precision/base/result.h"
#include "precision/normalize/normalizer.h"
#include "precision/table/schema.h"

namespace precision {

// What became of one object.
struct Seen {
  bool new_row = false;
  bool new_object = false;
};

// A list page's elements are all read before the first is written: a page that
// turns out to be no JSON touches no row.
class ObjectReader {
 public:
  virtual ~ObjectReader() = default;

  // A list page.  kJsonMalformed, kStripeUnreadable: no row was touched.
  Result<ReadSummary> ReadPage(std::string_view body, Sink& sink);
  // One object, which is known to be JSON.  `parent` is the id of the object
  // it was found in, if any.
  void ReadOne(std::string_view json, std::string_view parent, Sink& sink,
               ReadSummary& summary);

  // An object of which only a list is there; the rest of the row of `id` stays.
  void ReadRest(std::string_view json, std::string_view id, Sink& sink);

  virtual std::size_t ByteSize() const {
    return pages_.ByteSize() + singles_.ByteSize();
  }

 protected:
  // What every element has.
  struct Facts {
    raw::CellState state = raw::CellState::kAbsent;
    std::string_view json;
    raw::TextCell object;
    raw::TextCell id;
    raw::IntCell created;
  };

  // Forgets the elements.
  virtual void Clear() = 0;
  // Reads the next element, which may be any value.
  virtual void ReadElement(raw::Cursor& at, const raw::Nested& nested) = 0;
  virtual Facts FactsOf(std::size_t element) const = 0;
  virtual bool Takes(std::string_view object) const = 0;
  // What to know an element by, of it or of `scratch`; empty where there is
  // nothing.
  virtual std::string_view IdOf(std::size_t element, const Facts& facts,
                                std::string& scratch) const;
  virtual Seen Write(std::size_t element, std::string_view id, Sink& sink) = 0;

  std::string_view parent() const { return parent_; }

 private:
  struct Page;

  bool Parse(raw::Cursor& cursor, Page& page);
  Result<ReadSummary> Apply(const Page& page, Sink& sink);
  void NoteTime(const Facts& facts, ListPage& page) const;
  void AddElement(std::size_t element, const Facts& facts, Sink& sink,
                  ReadSummary& summary);

  raw::LayoutTree pages_;
  raw::LayoutTree singles_;
  std::string id_scratch_;
  std::string_view parent_;
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
