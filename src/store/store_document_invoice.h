/* store_document_invoice.h -- what the writer of invoices reads, as scans of store_document.h. */
#ifndef PURSER_STORE_DOCUMENT_INVOICE_H
#define PURSER_STORE_DOCUMENT_INVOICE_H

#include "store/store_document.h"

/* SQL_document_invoices */
struct document_invoice {
    const char *kind; /* invoice_kind_names of order/invoice.h */
    const char *number;
    int32_t day;
    int32_t due;          /* DAY_NONE of a credit note */
    const char *corrects; /* number of the invoice that a credit note corrects; "" */
    int32_t corrects_day;
    const char *reason;
    const char *order_number;
    int64_t version;
    int32_t order_date;
    const char *shipment_number;
    int64_t shipped_ms;
    const char *customer;
    const char *currency;
    bool includes_tax; /* the unit prices do */
    int64_t net_minor;
    int64_t tax_minor;
    int64_t gross_minor;
};
void document_invoice_get(const struct document_scan *scan, struct document_invoice *invoice);

/* SQL_document_invoice_parties: sold-to, then bill-to and ship-to where they differ from it. */
struct document_invoice_party {
    const char *role;
    struct party party;
};
void
document_invoice_party_get(const struct document_scan *scan, struct document_invoice_party *party);

/* SQL_document_invoice_taxes: what the lines of one rate come to. */
struct document_invoice_tax {
    int64_t rate_micros;
    int64_t net_minor;
    int64_t tax_minor;
};
void document_invoice_tax_get(const struct document_scan *scan, struct document_invoice_tax *tax);

/* SQL_document_invoice_lines */
struct document_invoice_line {
    int64_t ordinal; /* as in struct invoice_line */
    const char *number;
    const char *sku;
    const char *name[LANGUAGE_COUNT]; /* of the product, "" when it is not known */
    const char *description;          /* the customer's */
    const char *unit;
    int64_t quantity_micros;
    int64_t uncharged_micros;
    int64_t price_micros;
    int64_t discount_micros; /* asked for; AMOUNT_NONE: none */
    int64_t reduction_minor;
    int64_t net_minor;
    int64_t tax_rate_micros;
    int64_t tax_minor;
    const char *clause; /* that keeps this back; "" */
    bool is_freight;
    const char *package; /* of a part of one: its SKU; "" */
};
void
document_invoice_line_get(const struct document_scan *scan, struct document_invoice_line *line);

#endif
