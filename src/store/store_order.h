/* store_order.h -- orders: what partners said, what it costs, what happened.
 *
 * Every function works within the caller's transaction. */
#ifndef PURSER_STORE_ORDER_H
#define PURSER_STORE_ORDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "order/lifecycle.h"
#include "order/order.h"
#include "order/payment_terms.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* Where an order comes from. */
struct order_source {
    const char *partner;
    int64_t interchange_id;
    int64_t received_ms;
};

enum order_admission {
    ORDER_STORED,   /* new, or the next version of one that was refused */
    ORDER_KNOWN,    /* the number is in use by the very same order */
    ORDER_CONFLICT, /* the number is in use by another order */
    ORDER_OPEN,     /* by another order, of another file, about which the desk has not decided */
};

/* Store what the partner said, in state 'received', with its event. */
MUST_USE enum outcome
order_store(struct store *store, const struct order_source *source, const struct order *order,
            enum order_admission *admission, struct fault *why);

/* Where an order stands. */
struct order_standing {
    int64_t id;
    int64_t version;        /* in force */
    int64_t interchange_id; /* that brought it */
    enum approval_state approval;
    enum fulfilment_state fulfilment;
    enum payment_state payment;
    char sha256[DIGEST_HEX_SIZE];
};

/* NONE: the partner has no order of this number. */
MUST_USE enum outcome order_find(struct store *store, const char *partner, const char *number,
                                 struct order_standing *standing, struct fault *why);

/* An order that waits to be priced. */
struct unpriced {
    int64_t id;
    int64_t version;
    int64_t received_ms;
    size_t line_count;
    bool is_ours;       /* a version that we made */
    struct order order; /* without parties (but sold-to's code) and notes; lines by
                           order_read_lines */
};

enum { UNPRICED_BATCH = 256 };

/* The orders of an interchange that wait, with ids above `after`; at most UNPRICED_BATCH. */
MUST_USE enum outcome
order_unpriced(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
               struct unpriced **items, size_t *count, struct fault *why);
/* One order version, whatever its state. */
MUST_USE enum outcome order_read(struct store *store, int64_t id, int64_t version,
                                 struct arena *arena, struct unpriced *order, struct fault *why);
MUST_USE enum outcome order_read_lines(struct store *store, struct unpriced *unpriced,
                                       struct arena *arena, struct fault *why);

/* The options of a line as the JSON text that the store keeps (it may lie in the buffer), and back.
 */
const char *order_options_text(const struct order_line *line, struct buf *buf);
MUST_USE enum outcome order_read_options(struct store *store, const char *text, struct arena *arena,
                                         struct order_line *line, struct fault *why);

/* Make the next version of an order: as the one in force, but for the price of a line (its ordinal,
 * from 1), which is ours from now on; 0: of no line. */
MUST_USE enum outcome
order_revise(struct store *store, int64_t id, int64_t version, int64_t ordinal,
             const struct manual_price *manual, struct fault *why);

/* Likewise, but without some lines (their ordinals, each once, and not all): the others move up,
 * and what notes say of lines follows them. */
MUST_USE enum outcome order_strike(struct store *store, int64_t id, int64_t version,
                                   const size_t *ordinals, size_t count, struct fault *why);

/* Likewise, but with the lines, parties, notes and days of `order`. */
MUST_USE enum outcome order_change(struct store *store, int64_t id, int64_t version,
                                   const struct order *order, struct fault *why);

/* What a unit of a line was priced at; AMOUNT_NONE: it has no price yet. */
MUST_USE enum outcome
order_price_of_line(struct store *store, int64_t id, int64_t version, int64_t ordinal,
                    int64_t *price_micros, struct fault *why);

struct order_price {
    int64_t order_id;
    int64_t version;
    const char *customer;
    const char *customer_group;
    const char *currency;
    int64_t net_minor, tax_minor, gross_minor;
    int64_t freight_minor;
    bool includes_tax;  /* the prices of the lines do */
    int64_t cost_minor; /* AMOUNT_NONE */
    int32_t day;
    int64_t customers_version, products_version, prices_version, promotions_version;
    struct payment_terms terms;
    const char *trace;
};
struct order_line_price {
    int64_t price_micros;
    int64_t list_minor;
    int64_t discount_minor;
    int64_t list_exact_micros; /* AMOUNT_NONE: more than that can hold; and so the next */
    int64_t exact_micros;
    bool is_as_expected;
    int64_t net_minor;
    int64_t tax_rate_micros;
    int64_t tax_minor;
    int64_t rules_price_micros; /* as in struct priced_line of rules/price.h; AMOUNT_NONE */
    int64_t deviation_micros;
    int64_t allowed_micros;
    int64_t cost_minor;
    int64_t least_minor;
    bool is_below_floor;
};
MUST_USE enum outcome
order_add_price(struct store *store, const struct order_price *price, struct fault *why);
MUST_USE enum outcome
order_add_line_price(struct store *store, const struct order_price *price, size_t ordinal,
                     const struct order_line_price *line, struct fault *why);

/* Part number `part`, from 1, of its freight: what of it is taxed at one rate. */
MUST_USE enum outcome
order_add_freight(struct store *store, const struct order_price *price, size_t part,
                  int64_t tax_rate_micros, int64_t net_minor, int64_t tax_minor, struct fault *why);

/* What a customer's orders of a day come to that were approved by rule: those that somebody was
 * asked about have been seen.  order_day_count adds one with its price; order_day_release takes out
 * one that is refused, or gets another version. */
struct order_day {
    int64_t orders;
    int64_t net_minor;
    int64_t gross_minor;
};
MUST_USE enum outcome order_day_get(struct store *store, const char *customer, int32_t day,
                                    const char *currency, struct order_day *sum, struct fault *why);
MUST_USE enum outcome
order_day_count(struct store *store, int64_t order_id, int64_t version, struct fault *why);
MUST_USE enum outcome
order_day_release(struct store *store, int64_t order_id, int64_t version, struct fault *why);

struct order_line_part {
    const char *sku;
    int64_t quantity_micros;
    const char *unit;
    int64_t list_minor;
    int64_t net_minor;
};
/* Part number `part`, from 1, of a line that is a package. */
MUST_USE enum outcome
order_add_line_part(struct store *store, const struct order_price *price, size_t ordinal,
                    size_t part, const struct order_line_part *item, struct fault *why);

struct event {
    int64_t order_id;
    int64_t version;
    enum order_event event;
    enum headline headline; /* after it */
    int64_t happened_ms;
    int64_t known_ms;
    const char *actor;
    int64_t interchange_id; /* 0: none */
    const char *detail;
};
MUST_USE enum outcome order_add_event(struct store *store, const struct event *event,
                                      int64_t *event_id, struct fault *why);

/* The store refuses what lifecycle.h does not allow. */
MUST_USE enum outcome
order_move(struct store *store, int64_t id, enum approval_state approval,
           enum fulfilment_state fulfilment, enum payment_state payment, struct fault *why);

/* Take back all that an interchange brought, as if it had not come.  Only while nothing has been
 * decided on it. */
MUST_USE enum outcome
order_discard_of(struct store *store, int64_t interchange_id, struct fault *why);

#endif
