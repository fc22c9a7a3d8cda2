// One object of each type in the shape of the newest API version, as Stripe
// indents the elements of a list.  Long because the objects are.

#ifndef PRECISION_TESTS_BENCH_PAGE_TEMPLATES_H_
#define PRECISION_TESTS_BENCH_PAGE_TEMPLATES_H_

#include <string_view>

namespace precision::bench {

// "@name" stands for a text, "#name" for a whole number.
inline constexpr std::string_view kCustomerTemplate = R"json({
      "id": "cus_@customer",
      "object": "customer",
      "address": {
        "city": "@city",
        "country": "@country",
        "line1": "@line",
        "line2": null,
        "postal_code": "@postal",
        "state": null
      },
      "balance": #balance,
      "business_name": null,
      "created": #created,
      "currency": "@currency",
      "customer_account": null,
      "default_source": null,
      "delinquent": false,
      "description": null,
      "discount": null,
      "email": "@email",
      "individual_name": null,
      "invoice_prefix": "@number",
      "invoice_settings": {
        "custom_fields": null,
        "default_payment_method": "pm_@method",
        "footer": null,
        "rendering_options": null
      },
      "livemode": true,
      "metadata": {
        "plan": "team",
        "ref": "@id"
      },
      "name": "@name",
      "next_invoice_sequence": 12,
      "phone": "+1 555 0100",
      "preferred_locales": [
        "en"
      ],
      "shipping": null,
      "tax_exempt": "none",
      "test_clock": null
    })json";

inline constexpr std::string_view kInvoiceTemplate = R"json({
      "id": "in_@id",
      "object": "invoice",
      "account_country": "US",
      "account_name": "Example Supplies",
      "account_tax_ids": null,
      "amount_due": #total,
      "amount_overpaid": 0,
      "amount_paid": #paid,
      "amount_remaining": #remaining,
      "amount_shipping": 0,
      "application": null,
      "attempt_count": 1,
      "attempted": true,
      "auto_advance": false,
      "automatic_tax": {
        "disabled_reason": null,
        "enabled": false,
        "liability": null,
        "provider": null,
        "status": null
      },
      "automatically_finalizes_at": null,
      "billing_reason": "subscription_cycle",
      "collection_method": "charge_automatically",
      "created": #created,
      "currency": "@currency",
      "custom_fields": null,
      "customer": "cus_@customer",
      "customer_account": null,
      "customer_address": {
        "city": "@city",
        "country": "@country",
        "line1": "@line",
        "line2": null,
        "postal_code": "@postal",
        "state": null
      },
      "customer_email": "@email",
      "customer_name": "@name",
      "customer_phone": null,
      "customer_shipping": null,
      "customer_tax_exempt": "none",
      "customer_tax_ids": [],
      "default_payment_method": null,
      "default_source": null,
      "default_tax_rates": [],
      "description": null,
      "discounts": [],
      "due_date": null,
      "effective_at": #created,
      "ending_balance": 0,
      "footer": null,
      "from_invoice": null,
      "hosted_invoice_url": "https://invoice.example.com/i/acct_1/@id@id@id?s=ap",
      "invoice_pdf": "https://pay.example.com/invoice/acct_1/@id@id@id/pdf?s=ap",
      "issuer": {
        "type": "self"
      },
      "last_finalization_error": null,
      "latest_revision": null,
      "lines": {
        "object": "list",
        "data": [
          {
            "id": "il_@id",
            "object": "line_item",
            "amount": #subtotal,
            "currency": "@currency",
            "description": "3 x Plan (at 19.00 / month)",
            "discount_amounts": [],
            "discountable": true,
            "discounts": [],
            "invoice": "in_@id",
            "livemode": true,
            "metadata": {},
            "parent": {
              "invoice_item_details": null,
              "subscription_item_details": {
                "invoice_item": null,
                "proration": false,
                "proration_details": {
                  "credited_items": null
                },
                "subscription": "sub_@subscription",
                "subscription_item": "si_@customer"
              },
              "type": "subscription_item_details"
            },
            "period": {
              "end": #end,
              "start": #created
            },
            "pretax_credit_amounts": [],
            "pricing": {
              "price_details": {
                "price": "price_@price",
                "product": "prod_@product"
              },
              "type": "price_details",
              "unit_amount_decimal": "1900"
            },
            "quantity": 3,
            "quantity_decimal": "3",
            "subtotal": #subtotal,
            "taxes": [
              {
                "amount": #tax,
                "tax_behavior": "exclusive",
                "tax_rate_details": {
                  "tax_rate": "txr_@subscription"
                },
                "taxability_reason": "standard_rated",
                "taxable_amount": #subtotal,
                "type": "tax_rate_details"
              }
            ]
          }
        ],
        "has_more": false,
        "total_count": 1,
        "url": "/v1/invoices/in_@id/lines"
      },
      "livemode": true,
      "metadata": {
        "order": "@customer"
      },
      "next_payment_attempt": null,
      "number": "@number",
      "on_behalf_of": null,
      "parent": {
        "quote_details": null,
        "subscription_details": {
          "metadata": {},
          "subscription": "sub_@subscription",
          "subscription_proration_date": null
        },
        "type": "subscription_details"
      },
      "payment_settings": {
        "default_mandate": null,
        "payment_method_options": {
          "acss_debit": null,
          "bancontact": null,
          "card": {
            "request_three_d_secure": "automatic"
          },
          "customer_balance": null,
          "konbini": null,
          "sepa_debit": null,
          "us_bank_account": null
        },
        "payment_method_types": [
          "card",
          "link"
        ]
      },
      "period_end": #created,
      "period_start": #start,
      "post_payment_credit_notes_amount": 0,
      "pre_payment_credit_notes_amount": 0,
      "receipt_number": null,
      "rendering": {
        "amount_tax_display": null,
        "pdf": {
          "page_size": "letter"
        },
        "template": null,
        "template_version": null
      },
      "shipping_cost": null,
      "shipping_details": null,
      "starting_balance": 0,
      "statement_descriptor": null,
      "status": "@status",
      "status_transitions": {
        "finalized_at": #created,
        "marked_uncollectible_at": null,
        "paid_at": #paid_at,
        "voided_at": null
      },
      "subtotal": #subtotal,
      "subtotal_excluding_tax": #subtotal,
      "test_clock": null,
      "total": #total,
      "total_discount_amounts": [],
      "total_excluding_tax": #subtotal,
      "total_pretax_credit_amounts": [],
      "total_taxes": [
        {
          "amount": #tax,
          "tax_behavior": "exclusive",
          "tax_rate_details": {
            "tax_rate": "txr_@subscription"
          },
          "taxability_reason": "standard_rated",
          "taxable_amount": #subtotal,
          "type": "tax_rate_details"
        }
      ],
      "webhooks_delivered_at": #created
    })json";

inline constexpr std::string_view kPaymentIntentTemplate = R"json({
      "id": "pi_@id",
      "object": "payment_intent",
      "amount": #total,
      "amount_capturable": 0,
      "amount_details": {
        "tip": {}
      },
      "amount_received": #paid,
      "application": null,
      "application_fee_amount": null,
      "automatic_payment_methods": null,
      "canceled_at": null,
      "cancellation_reason": null,
      "capture_method": "automatic",
      "client_secret": null,
      "confirmation_method": "automatic",
      "created": #created,
      "currency": "@currency",
      "customer": "cus_@customer",
      "customer_account": null,
      "description": "Subscription update",
      "excluded_payment_method_types": null,
      "last_payment_error": null,
      "latest_charge": "ch_@id",
      "livemode": true,
      "managed_payments": null,
      "metadata": {},
      "next_action": null,
      "on_behalf_of": null,
      "payment_details": {
        "customer_reference": null,
        "order_reference": "in_@id"
      },
      "payment_method": "pm_@method",
      "payment_method_configuration_details": null,
      "payment_method_options": {
        "card": {
          "installments": null,
          "mandate_options": null,
          "network": null,
          "request_three_d_secure": "automatic"
        },
        "link": {
          "persistent_token": null
        }
      },
      "payment_method_types": [
        "card",
        "link"
      ],
      "payment_record": null,
      "processing": null,
      "receipt_email": "@email",
      "review": null,
      "setup_future_usage": "off_session",
      "shipping": null,
      "source": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "status": "@intent_status",
      "transfer_data": null,
      "transfer_group": null
    })json";

inline constexpr std::string_view kChargeTemplate = R"json({
      "id": "ch_@id",
      "object": "charge",
      "amount": #total,
      "amount_captured": #paid,
      "amount_refunded": #refunded,
      "application": null,
      "application_fee": null,
      "application_fee_amount": null,
      "balance_transaction": "txn_@id",
      "billing_details": {
        "address": {
          "city": "@city",
          "country": "@country",
          "line1": "@line",
          "line2": null,
          "postal_code": "@postal",
          "state": null
        },
        "email": "@email",
        "name": "@name",
        "phone": null,
        "tax_id": null
      },
      "calculated_statement_descriptor": "EXAMPLE SUPPLIES",
      "captured": true,
      "created": #created,
      "currency": "@currency",
      "customer": "cus_@customer",
      "description": "Subscription update",
      "disputed": false,
      "failure_balance_transaction": null,
      "failure_code": null,
      "failure_message": null,
      "fraud_details": {},
      "livemode": true,
      "metadata": {},
      "on_behalf_of": null,
      "outcome": {
        "advice_code": null,
        "network_advice_code": null,
        "network_decline_code": null,
        "network_status": "approved_by_network",
        "reason": null,
        "risk_level": "normal",
        "risk_score": 14,
        "seller_message": "Payment complete.",
        "type": "authorized"
      },
      "paid": true,
      "payment_intent": "pi_@id",
      "payment_method": "pm_@method",
      "payment_method_details": {
        "card": {
          "amount_authorized": #total,
          "authorization_code": "123456",
          "brand": "visa",
          "checks": {
            "address_line1_check": "pass",
            "address_postal_code_check": "pass",
            "cvc_check": null
          },
          "country": "US",
          "exp_month": 8,
          "exp_year": 2029,
          "extended_authorization": {
            "status": "disabled"
          },
          "fingerprint": "@customer",
          "funding": "credit",
          "incremental_authorization": {
            "status": "unavailable"
          },
          "installments": null,
          "last4": "4242",
          "mandate": null,
          "multicapture": {
            "status": "unavailable"
          },
          "network": "visa",
          "network_token": {
            "used": false
          },
          "network_transaction_id": "@number",
          "overcapture": {
            "maximum_amount_capturable": #total,
            "status": "unavailable"
          },
          "regulated_status": "unregulated",
          "three_d_secure": null,
          "wallet": null
        },
        "type": "card"
      },
      "radar_options": {},
      "receipt_email": "@email",
      "receipt_number": null,
      "receipt_url": "https://pay.example.com/receipts/invoices/@id@id@id?s=ap",
      "refunded": false,
      "review": null,
      "shipping": null,
      "source": null,
      "source_transfer": null,
      "statement_descriptor": null,
      "statement_descriptor_suffix": null,
      "status": "@charge_status",
      "transfer_data": null,
      "transfer_group": null
    })json";

inline constexpr std::string_view kSubscriptionTemplate = R"json({
      "id": "sub_@subscription",
      "object": "subscription",
      "application": null,
      "application_fee_percent": null,
      "automatic_tax": {
        "disabled_reason": null,
        "enabled": false,
        "liability": null
      },
      "billing_cycle_anchor": #start,
      "billing_cycle_anchor_config": null,
      "billing_mode": {
        "flexible": null,
        "type": "classic"
      },
      "billing_schedules": [],
      "billing_thresholds": null,
      "cancel_at": null,
      "cancel_at_period_end": false,
      "canceled_at": null,
      "cancellation_details": {
        "comment": null,
        "feedback": null,
        "reason": null
      },
      "collection_method": "charge_automatically",
      "created": #created,
      "currency": "@currency",
      "customer": "cus_@customer",
      "customer_account": null,
      "days_until_due": null,
      "default_payment_method": "pm_@method",
      "default_source": null,
      "default_tax_rates": [],
      "description": null,
      "discounts": [],
      "ended_at": null,
      "invoice_settings": {
        "account_tax_ids": null,
        "issuer": {
          "type": "self"
        }
      },
      "items": {
        "object": "list",
        "data": [
          {
            "id": "si_@customer",
            "object": "subscription_item",
            "billing_thresholds": null,
            "created": #start,
            "current_period_end": #end,
            "current_period_start": #start,
            "discounts": [],
            "metadata": {},
            "plan": {
              "id": "price_@price",
              "object": "plan",
              "active": true,
              "amount": #subtotal,
              "amount_decimal": "@decimal",
              "billing_scheme": "per_unit",
              "created": #start,
              "currency": "@currency",
              "interval": "@interval",
              "interval_count": 1,
              "livemode": true,
              "metadata": {},
              "meter": null,
              "nickname": null,
              "product": "prod_@product",
              "tiers_mode": null,
              "transform_usage": null,
              "trial_period_days": null,
              "usage_type": "licensed"
            },
            "price": {
              "id": "price_@price",
              "object": "price",
              "active": true,
              "billing_scheme": "per_unit",
              "created": #start,
              "currency": "@currency",
              "custom_unit_amount": null,
              "livemode": true,
              "lookup_key": null,
              "metadata": {},
              "nickname": null,
              "product": "prod_@product",
              "recurring": {
                "interval": "@interval",
                "interval_count": 1,
                "meter": null,
                "trial_period_days": null,
                "usage_type": "licensed"
              },
              "tax_behavior": "unspecified",
              "tiers_mode": null,
              "transform_quantity": null,
              "type": "recurring",
              "unit_amount": #subtotal,
              "unit_amount_decimal": "@decimal"
            },
            "quantity": 3,
            "subscription": "sub_@subscription",
            "tax_rates": []
          }
        ],
        "has_more": false,
        "total_count": 1,
        "url": "/v1/subscription_items?subscription=sub_@subscription"
      },
      "latest_invoice": "in_@id",
      "livemode": true,
      "managed_payments": null,
      "metadata": {},
      "next_pending_invoice_item_invoice": null,
      "on_behalf_of": null,
      "pause_collection": null,
      "payment_settings": {
        "payment_method_options": null,
        "payment_method_types": null,
        "save_default_payment_method": "off"
      },
      "pending_invoice_item_interval": null,
      "pending_setup_intent": null,
      "pending_update": null,
      "schedule": null,
      "start_date": #start,
      "status": "@subscription_status",
      "test_clock": null,
      "transfer_data": null,
      "trial_end": null,
      "trial_settings": {
        "end_behavior": {
          "missing_payment_method": "create_invoice"
        }
      },
      "trial_start": null
    })json";

}  // namespace precision::bench

#endif  // PRECISION_TESTS_BENCH_PAGE_TEMPLATES_H_
