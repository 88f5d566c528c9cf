/* store_charge.h -- the policy of cancellations, what they cost their customers beside what they
 * take off, and what customers are told of it.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_CHARGE_H
#define PURSER_STORE_CHARGE_H

#include "order/master.h"
#include "store/store_document.h"

struct store;

/* The clauses of a version, by rank and name; each row has its line. */
MUST_USE enum outcome master_policies(struct store *store, int64_t version_id, struct arena *arena,
                                      struct master_row **items, size_t *count, struct fault *why);

/* What the policy asks of an order version, beside its lines.  Texts lie in the arena. */
struct fee_order {
    int64_t received_ms;
    const char *group; /* of the customer, as it was priced; "" */
    const char *currency;
    int64_t net_minor; /* as it was priced; 0: it has no price */
    int64_t tax_minor;
    int32_t promised; /* day; DAY_NONE: none was */
    const char *customer;
    bool includes_tax;
    int64_t payment_days;
    int64_t tax_rate_micros; /* of all lines; -1: they have several */
};
MUST_USE enum outcome
fee_order_get(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
              struct fee_order *order, struct fault *why);

#define CHARGE_FEE       "fee"
#define CHARGE_CLAW_BACK "claw-back"
#define CHARGE_GIFT      "gift"
#define LESS_WAIVED      "waived"
#define LESS_GIVEN_BACK  "given-back"

struct charge {
    int64_t id;
    int64_t number;       /* of the order's charges, from 1 */
    int64_t cancellation; /* number of the order's cancellations; 0: of a return, which is */
    int64_t return_id;    /* written alone, and so the next two */
    int64_t at_ms;
    int64_t statement; /* of the order, that tells of it first; 0 of a return */
    const char *kind;
    const char *clause;   /* "" of a claw-back */
    int64_t gift_ordinal; /* of CHARGE_GIFT, as in struct line_stand; 0, and "" in the next two */
    const char *gift_number;
    const char *gift_sku;
    int64_t net_minor;
    int64_t tax_minor;
    int64_t tax_rate_micros;
    const char *text[LANGUAGE_COUNT]; /* how it was computed */
    const char *waived_by;
    int64_t waive_up_to_minor; /* -1: all */
    int64_t invoice_id;        /* 0: none claims it */
    const char *invoice;       /* its number; "" */
    const char *currency;
    int64_t base_net_minor; /* that a fee is charged for; written alone, and so the next two */
    int64_t base_tax_minor;
    int64_t base_cost_minor;
    int64_t less_net_minor; /* not claimed any more */
    int64_t less_tax_minor;
    int64_t less_count;
};
MUST_USE enum outcome
charge_number(struct store *store, int64_t order_id, int64_t *number, struct fault *why);
MUST_USE enum outcome
charge_add(struct store *store, int64_t order_id, const struct charge *charge, struct fault *why);

/* What a request has been charged before, by clause: the cancellation that it led to at once, and
 * those of what was stopped for it. */
struct charged_before {
    const char *clause;
    int64_t base_net_minor;
    int64_t base_tax_minor;
    int64_t base_cost_minor;
    int64_t net_minor;
    int64_t tax_minor;
};
MUST_USE enum outcome
charges_before(struct store *store, int64_t order_id, int64_t asked_id, struct arena *arena,
               struct charged_before **items, size_t *count, struct fault *why);

/* What is claimed of an order, with tax, all charges together. */
MUST_USE enum outcome
charges_open(struct store *store, int64_t order_id, int64_t *gross_minor, struct fault *why);

/* Of an order, by number. */
MUST_USE enum outcome charge_list(struct store *store, int64_t order_id, struct arena *arena,
                                  struct charge **items, size_t *count, struct fault *why);

struct charge_less {
    int64_t charge_id;
    int64_t sequence;
    const char *kind; /* LESS_... */
    int64_t net_minor;
    int64_t tax_minor;
    const char *actor;
    const char *reason;
    int64_t at_ms;
    int64_t statement; /* of the order: that tells of it; 0: of a return */
    int64_t invoice_id;
};
MUST_USE enum outcome
charge_less_add(struct store *store, const struct charge_less *less, struct fault *why);

/* The number that the next statement of an order gets. */
MUST_USE enum outcome
statement_next(struct store *store, int64_t order_id, int64_t *number, struct fault *why);
struct statement_sums {
    int64_t paid_minor;
    int64_t due_minor;
    int64_t refund_minor;
};
MUST_USE enum outcome
statement_add(struct store *store, int64_t order_id, int64_t number, int64_t cancellation,
              int64_t at_ms, const struct statement_sums *sums, struct fault *why);

/* What the writer of cancellation statements reads.  SQL_document_statements */
struct document_statement {
    const char *order_number;
    int64_t version;
    int64_t number;
    int64_t cancellation;
    bool is_whole;
    const char *request;
    const char *actor;
    const char *reason;
    const char *text;
    const char *fault;
    int64_t cancelled_ms;
    int64_t at_ms;
    const char *currency;
    int64_t net_minor;
    int64_t tax_minor;
    struct statement_sums sums;
};
void document_statement_get(const struct document_scan *scan, struct document_statement *told);

/* SQL_document_statement_lines */
struct document_statement_line {
    const char *number;
    const char *sku;
    const char *unit;
    int64_t quantity_micros;
    int64_t net_minor;
    int64_t tax_minor;
};
void
document_statement_line_get(const struct document_scan *scan, struct document_statement_line *line);

/* SQL_document_statement_charges */
struct document_statement_charge {
    int64_t number;
    const char *kind; /* CHARGE_..., LESS_... */
    const char *clause;
    int64_t net_minor; /* below 0: not claimed any more */
    int64_t tax_minor;
    const char *text[LANGUAGE_COUNT];
    const char *actor;   /* who waived it; "" */
    const char *invoice; /* or credit note; "" */
    const char *of_kind; /* CHARGE_...: of what is less */
};
void document_statement_charge_get(const struct document_scan *scan,
                                   struct document_statement_charge *charge);

#endif
