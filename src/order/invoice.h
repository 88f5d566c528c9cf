/* invoice.h -- invoices and credit notes, as data.
 *
 * Texts are never NULL.  Quantities and prices are micros, money is minor units.
 */
#ifndef PURSER_INVOICE_H
#define PURSER_INVOICE_H

#include <stdbool.h>
#include <stdint.h>

enum invoice_kind { INVOICE_INVOICE, INVOICE_CREDIT_NOTE, INVOICE_CHARGE, INVOICE_KIND_COUNT };
extern const char
    *const invoice_kind_names[INVOICE_KIND_COUNT]; /* "invoice", "credit-note", "charge" */

struct invoice_amounts {
    int64_t net_minor;
    int64_t tax_minor;
    int64_t reduction_minor; /* by promotions or a discount asked for: net (or gross, of prices with
                                tax) is after it */
};

/* An order line and what leaves of it. */
struct invoice_item {
    int64_t ordered_micros;
    int64_t price_micros;    /* per unit, before discount and promotions */
    int64_t discount_micros; /* asked for off that, a rate */
    int64_t tax_rate_micros;
    struct invoice_amounts priced; /* of all that was ordered */
    int64_t before_micros;         /* left in earlier shipments */
    int64_t now_micros;            /* leaves in this one */
};

struct invoice_line {
    int64_t ordinal;    /* of the order line, or as the numbers below say */
    const char *number; /* of the order line */
    const char *sku;
    const char *unit;
    int64_t quantity_micros;
    int64_t uncharged_micros; /* of it */
    int64_t price_micros;     /* per unit, before discount and promotions, as includes_tax says */
    int64_t tax_rate_micros;
    struct invoice_amounts amounts;
    const char *clause; /* of a credit note's line that keeps something back: of the return policy,
                           that says so; likewise of goods that were given and are claimed; "" of
                           all others */
    int64_t package_ordinal; /* of parts of a package, and what is kept of them: the package's line;
                                0 of all others */
};
enum {
    INVOICE_FREE_ORDINAL = 100000, /* + that of goods that are given: beyond any line of an order */
    INVOICE_FEE_ORDINAL = 200000,  /* of what is kept back of a line: no quantity, amounts below 0;
                                      of goods that were given above 0 when it is given back */
    INVOICE_FREIGHT_ORDINAL = 400000, /* + the number of a part of the order's freight, from 1 */
    INVOICE_PART_ORDINAL = 500000, /* + a number within a credit note, from 1: pieces of a part of a
                                      package that came back */
    INVOICE_PART_FEE_ORDINAL = 700000, /* + that number: what is kept back of them */
    INVOICE_CHARGE_ORDINAL = 1000000   /* + the number of a charge */
};

struct invoice {
    enum invoice_kind kind;
    const char *number;
    int64_t year; /* its sequence counts within the year, from 1 */
    int64_t sequence;
    int32_t day;
    int32_t due; /* DAY_NONE of a credit note */
    int64_t order_id;
    const char *order_number; /* of one that was read */
    int64_t version;
    int64_t shipment_id; /* 0 of a credit note, and of a charge */
    int64_t corrects;    /* id of the invoice that a credit note corrects; 0 */
    const char *customer;
    const char *currency;
    bool includes_tax; /* the unit prices of its lines do */
    int64_t net_minor;
    int64_t tax_minor;
    int64_t gross_minor;
    const char *reason; /* of a credit note */
    const char *issued_by;
    int64_t issued_ms;
};

/* A line of an invoice and what credit notes have taken back of it. */
struct invoice_credit {
    int64_t quantity_micros; /* that was charged */
    struct invoice_amounts invoiced;
    int64_t credited_micros;
    struct invoice_amounts credited;
};

#endif
