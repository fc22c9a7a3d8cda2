// https://docs.stripe.com/api/customers/object

#include "normalize/nested_lists.h"
#include "normalize/object_reader_impl.h"
#include "normalize/stripe_objects.h"

namespace precision {

namespace {

using enum ColumnType;

constexpr ColumnSchema kColumns[] = {
    {"id", kUtf8, false, "", "Customer id, cus_."},
    {"name", kUtf8, true, "",
     "Full or business name; business_name or individual_name where only those "
     "are set."},
    {"email", kUtf8, true, "", "E-mail address."},
    {"phone", kUtf8, true, "", "Phone number."},
    {"description", kUtf8, true, "", "The account's own note."},
    {"created", kTimestamp, true, "", "When the customer was created."},
    {"currency", kDictionary, true, "",
     "Currency of invoices; null before the first."},
    {"balance", kMoney, true, "currency",
     "Owed by the customer at the next invoice; negative is credit. "
     "account_balance before 2019-10-17."},
    {"delinquent", kBool, true, "", "The latest charge of an invoice failed."},
    {"country", kDictionary, true, "", "address.country."},
    {"city", kUtf8, true, "", "address.city."},
    {"postal_code", kUtf8, true, "", "address.postal_code."},
    {"state", kUtf8, true, "", "address.state."},
    {"tax_exempt", kDictionary, true, "", "none, exempt or reverse."},
    {"invoice_prefix", kUtf8, true, "", "Start of the invoice numbers."},
    {"default_payment_method", kUtf8, true, "",
     "invoice_settings.default_payment_method, or default_source, or "
     "default_card before 2015-02-18, or active_card before 2013-07-05."},
    {"coupon", kDictionary, true, "",
     "Coupon id of the discount; source.coupon since 2025-09-30."},
    {"livemode", kBool, true, "", "False for test data."},
    {"deleted", kBool, false, "", "Only a stub is left at Stripe."},
};
constexpr Schema kSchema{"customers", kColumns};

consteval std::size_t At(std::string_view name) {
  return ColumnAt(kColumns, name);
}

struct CustomerRule {
  using Shape = raw::Customer;
  static constexpr std::string_view kObject = "customer";

  static raw::IntCell CreatedOf(const Shape& customer) {
    return customer.created;
  }

  static Seen Write(const Shape& customer, std::string_view id, Sink& sink) {
    RowWriter row(sink, id);
    const Seen seen{row.is_new(), row.is_new()};
    row.Value(At("deleted"), customer.deleted.is_true() ? 1 : 0);
    // A stub holds nothing else; what was known of the customer stays.
    if (customer.deleted.is_true()) return seen;
    row.Heal();
    row.Text(At("name"), FirstOf(customer.name, customer.business_name,
                                 customer.individual_name));
    row.Text(At("email"), customer.email);
    row.Text(At("phone"), customer.phone);
    row.Text(At("description"), customer.description);
    row.Time(At("created"), customer.created);
    row.Text(At("currency"), customer.currency);
    row.Money(At("balance"),
              FirstOf(customer.balance, customer.account_balance));
    row.Bool(At("delinquent"), customer.delinquent);
    const raw::Address& address = customer.address.value;
    row.Text(At("country"), address.country);
    row.Text(At("city"), address.city);
    row.Text(At("postal_code"), address.postal_code);
    row.Text(At("state"), address.state);
    row.MarkIfUnreadable(customer.address.state, At("country"));
    row.Text(At("tax_exempt"), customer.tax_exempt);
    row.Text(At("invoice_prefix"), customer.invoice_prefix);
    WriteMethod(customer, row);
    const raw::Discount& discount = customer.discount.value;
    row.Id(At("coupon"),
           FirstOf(discount.coupon, discount.source.value.coupon));
    row.Bool(At("livemode"), customer.livemode);
    if (sink.takes_subscriptions) AddSubscriptions(customer, id, row, sink);
    return seen;
  }

 private:
  static void WriteMethod(const Shape& customer, RowWriter& row) {
    const raw::RefCell& method =
        FirstOf(customer.invoice_settings.value.default_payment_method,
                customer.default_source, customer.default_card);
    // Not every active card had an id.
    if (!method.id.has() && customer.active_card.id.has()) {
      row.Id(At("default_payment_method"), customer.active_card);
    } else {
      row.Id(At("default_payment_method"), method);
    }
  }

  [[clang::minsize]] static void AddSubscriptions(const Shape& customer,
                                                  std::string_view id,
                                                  RowWriter& row, Sink& sink) {
    if (customer.subscription.is_object()) {
      sink.children.Add(TableId::kSubscriptions, customer.subscription.json,
                        id);
    }
    if (AddList(sink, TableId::kSubscriptions, customer.subscriptions, id)) {
      row.Mark(ErrorCode::kRowShort, At("id"));
    }
  }
};

}  // namespace

const Schema& CustomerSchema() { return kSchema; }

std::unique_ptr<ObjectReader> MakeCustomerReader() {
  return std::make_unique<ReaderOf<CustomerRule>>();
}

}  // namespace precision
