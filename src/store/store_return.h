/* store_return.h -- what customers may send back, and what came back.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_RETURN_H
#define PURSER_STORE_RETURN_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/package.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Texts of the table return_authorisation. */
struct stored_return {
    int64_t id;
    int64_t order_id;
    int64_t version;
    const char *request;
    const char *number; /* "": it is not authorised */
    const char *state;
    int32_t expires; /* DAY_NONE */
    const char *warehouse;
    const char *freight;
    const char *partner; /* of the order, and the order's number */
    const char *order_number;
};

struct stored_return_line {
    int64_t ordinal;
    int64_t order_ordinal;
    const char *number;
    const char *sku;
    const char *unit;
    int64_t quantity_micros;
    int64_t received_micros;
    const char *reason;
    const char *wish;
    const char *exchange_sku;
    const char *serials;
    const char *verdict;
    const char *clause;
    const char *why;
    const char *text[2]; /* by language */
    const char *dispositions;
    const char *fees;
    const char *gifts;   /* word of gift_term_names: what of goods that promotions gave for it */
    const char *package; /* of a part of a package: SKU of the package, and SKU, unit and quantity
                            are those of the part; "": whole units of the order line */
    int64_t per_micros;  /* so much of the part is in one unit of the order line; 0 */
};

/* So much of what it is about. */
static inline struct package_claim
return_line_claim(const struct stored_return_line *line, int64_t micros)
{
    return (struct package_claim){line->package[0] == '\0' ? "" : line->sku, line->per_micros,
                                  micros};
}

MUST_USE enum outcome
return_add(struct store *store, const struct stored_return *request, int64_t asked_ms,
           int64_t interchange_id, int64_t *id, struct fault *why);
MUST_USE enum outcome return_add_line(struct store *store, int64_t id,
                                      const struct stored_return_line *line, struct fault *why);
/* We pay for it. */
MUST_USE enum outcome return_pay_freight(struct store *store, int64_t id, struct fault *why);
/* NONE: there is none. */
MUST_USE enum outcome
return_find_request(struct store *store, int64_t order_id, const char *request, struct arena *arena,
                    struct stored_return *found, struct fault *why);
MUST_USE enum outcome return_find(struct store *store, const char *number, struct arena *arena,
                                  struct stored_return *found, struct fault *why);
MUST_USE enum outcome
return_read_lines(struct store *store, int64_t id, struct arena *arena,
                  struct stored_return_line **lines, size_t *count, struct fault *why);

struct return_decision {
    int64_t year; /* of its number; of a refusal these four are nothing */
    int64_t sequence;
    const char *number;
    int32_t expires;
    int64_t at_ms;
    const char *actor;
    const char *reason;
};
MUST_USE enum outcome
return_next(struct store *store, int64_t year, int64_t *sequence, struct fault *why);
MUST_USE enum outcome return_authorise(struct store *store, int64_t id,
                                       const struct return_decision *decision, struct fault *why);
MUST_USE enum outcome return_refuse(struct store *store, int64_t id,
                                    const struct return_decision *decision, struct fault *why);
MUST_USE enum outcome
return_stand(struct store *store, int64_t id, const char *state, struct fault *why);
/* Of its lines those that wait for a person do not any more. */
MUST_USE enum outcome
return_decide_lines(struct store *store, int64_t id, const char *verdict, const char *text_en,
                    const char *text_zh, struct fault *why);

/* What the policy asks of an order line. */
struct return_known {
    int64_t shipped_micros;
    int64_t since_ms; /* AMOUNT_NONE: nothing has left */
    bool is_delivered;
    const char *group;
    const char *currency; /* of the order */
    const char *category;
    bool is_custom;
};
MUST_USE enum outcome
return_know(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
            const char *number, struct arena *arena, struct return_known *known, struct fault *why);
/* NONE: nothing has left. */
MUST_USE enum outcome return_warehouse(struct store *store, int64_t order_id, struct arena *arena,
                                       const char **warehouse, struct fault *why);

struct return_arrival {
    int64_t return_id;
    int64_t ordinal;
    const char *warehouse;
    const char *receipt;
    int64_t happened_ms;
    int64_t known_ms;
    const char *condition;
    int64_t quantity_micros;
    const char *disposition;
    const char *waits;
    const char *serials;
    const char *lot;
    const char *reason;
    int64_t refund_minor;
    int64_t fee_minor;
    int64_t unbilled_minor;
    int64_t interchange_id;
};
MUST_USE enum outcome return_is_known(struct store *store, const char *warehouse,
                                      const char *receipt, bool *is_known, struct fault *why);
MUST_USE enum outcome
return_take(struct store *store, const struct return_arrival *arrival, struct fault *why);
MUST_USE enum outcome
return_add_credit(struct store *store, int64_t id, int64_t invoice_id, struct fault *why);
/* Numbers of the invoices of an order, the latest first. */
MUST_USE enum outcome return_invoices(struct store *store, int64_t order_id, struct arena *arena,
                                      const char ***numbers, size_t *count, struct fault *why);

/* What was refunded of a request so far, and kept of that. */
struct return_refunded {
    const char *clause;
    const char *condition;
    const char *reason;
    int64_t refund_minor;
    int64_t fee_minor;
};
MUST_USE enum outcome
return_read_refunded(struct store *store, int64_t id, struct arena *arena,
                     struct return_refunded **items, size_t *count, struct fault *why);

/* What a line of an order was priced at, and what is refunded of it already. */
struct return_price {
    int64_t ordered_micros; /* 0: it has no price */
    int64_t net_minor;
    int64_t tax_minor;
    int64_t refunded_micros;
    const char *currency;
};
MUST_USE enum outcome return_priced(struct store *store, const struct stored_return *stored,
                                    const struct stored_return_line *line, struct arena *arena,
                                    struct return_price *price, struct fault *why);

/* Has it left with the order, and not come back?  And: it may leave again. */
MUST_USE enum outcome return_serial_left(struct store *store, int64_t order_id, const char *sku,
                                         const char *serial, bool *has_left, struct fault *why);
MUST_USE enum outcome return_take_serial(struct store *store, int64_t order_id, const char *sku,
                                         const char *serial, struct fault *why);

/* So much of a line was ordered. */
MUST_USE enum outcome return_ordered(struct store *store, int64_t order_id, int64_t version,
                                     int64_t ordinal, int64_t *quantity_micros, struct fault *why);

/* What all of an order line takes of a product, in the product's unit. */
struct return_product {
    const char *sku;
    int64_t whole_micros;
};
MUST_USE enum outcome
return_products(struct store *store, int64_t order_id, int64_t version, int64_t ordinal,
                struct arena *arena, struct return_product **items, size_t *count,
                struct fault *why);

/* The request that waits for a person, by the customer's number of it, or PARTNER/ORDER/NUMBER.
 * NONE: none does; FAULT_USAGE: several have the number. */
MUST_USE enum outcome return_find_asked(struct store *store, const char *name, struct arena *arena,
                                        struct stored_return *found, struct fault *why);

/* What came and waits for a person: expired, or beyond what was authorised. */
struct return_waiting {
    int64_t id;
    int64_t ordinal; /* of its line */
    const char *condition;
    int64_t quantity_micros;
};
MUST_USE enum outcome
return_read_waiting(struct store *store, int64_t id, struct arena *arena,
                    struct return_waiting **items, size_t *count, struct fault *why);
struct return_settlement {
    const char *waits; /* "": it is refunded; "refused" */
    int64_t refund_minor;
    int64_t fee_minor;
    int64_t unbilled_minor;
    int64_t decided_ms;
};
MUST_USE enum outcome
return_settle_one(struct store *store, int64_t waiting_id,
                  const struct return_settlement *settlement, struct fault *why);
MUST_USE enum outcome
return_settle(struct store *store, int64_t id, const char *reason, struct fault *why);

/* This order is sent in place of what came of the return. */
MUST_USE enum outcome
return_add_exchange(struct store *store, int64_t order_id, int64_t return_id, struct fault *why);
/* Does the order send something in place of what came back? */
MUST_USE enum outcome
return_replaces(struct store *store, int64_t order_id, bool *replaces, struct fault *why);

/* The number of the next request that a person enters for an order: from 1. */
MUST_USE enum outcome
return_own_number(struct store *store, int64_t order_id, int64_t *number, struct fault *why);

/* Authorisations whose last day is before `today`, some of them. */
MUST_USE enum outcome
return_expiring(struct store *store, int32_t today, struct arena *arena,
                struct stored_return **items, size_t *count, struct fault *why);

#endif
