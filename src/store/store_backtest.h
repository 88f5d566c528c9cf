/* store_backtest.h -- orders of the past that are priced again under tables which are not in force,
 * and what would have been different.
 *
 * Everything happens in one transaction that the caller undoes: the sums are rows of tables which
 * are empty outside it, so memory does not grow with what is compared. */
#ifndef PURSER_STORE_BACKTEST_H
#define PURSER_STORE_BACKTEST_H

#include "base/arena.h"
#include "base/fault.h"
#include "store/store_interchange.h"
#include "store/store_order.h"

#include <stddef.h>
#include <stdint.h>

struct store;

/* A file of master data, as if it had come in; sets interchange->id.  The name is its key. */
MUST_USE enum outcome
backtest_arrive(struct store *store, struct interchange *interchange, struct fault *why);

/* What orders of this day and later have used of promotions, and got from stock, counts no more. */
MUST_USE enum outcome backtest_release(struct store *store, int32_t from, struct fault *why);

enum { BACKTEST_BATCH = 256 };

/* An order as it was booked. */
struct booked {
    int32_t order_date;
    int64_t id;
    int64_t version;
    const char *partner;
    const char *customer;
    int64_t net_minor;
};

/* Orders that stand, and on demand those that were refused, up to a day, by date and id, behind
 * `after` (its date and id); at most BACKTEST_BATCH. */
MUST_USE enum outcome
backtest_orders(struct store *store, const struct booked *after, int32_t to, bool with_refused,
                struct arena *arena, struct booked **items, size_t *count, struct fault *why);

/* The rule that made the price of a line: its list ("customer", "group", "channel", "base") with
 * the holder, "package" by its parts, "manual"; or a "promotion" with its code. */
struct backtest_rule {
    const char *what;
    const char *name;
};

struct backtest_line {
    struct backtest_rule rule;
    int64_t net_minor;
    int64_t reduced_minor; /* taken off by promotions */
};

struct backtest_reduction {
    const char *promotion;
    int64_t lines;
    int64_t reduction_minor;
};

/* How an order was booked, line by line, and by promotion (by code). */
MUST_USE enum outcome
backtest_lines(struct store *store, const struct booked *order, struct arena *arena,
               struct backtest_line **lines, size_t *count, struct fault *why);
MUST_USE enum outcome
backtest_reductions(struct store *store, const struct booked *order, struct arena *arena,
                    struct backtest_reduction **items, size_t *count, struct fault *why);

/* The rules of a trace, into its lines. */
MUST_USE enum outcome backtest_rules(struct store *store, const char *trace, struct arena *arena,
                                     struct backtest_line *lines, size_t count, struct fault *why);

enum backtest_kind {
    BACKTEST_TOTAL,
    BACKTEST_CUSTOMER,
    BACKTEST_PRODUCT,
    BACKTEST_RULE,
    BACKTEST_ASKED,    /* orders that are asked about */
    BACKTEST_APPROVER, /* likewise; `what` is the step */
};
extern const char *const backtest_kind_names[];

struct backtest_sum {
    enum backtest_kind kind;
    struct backtest_rule rule; /* `name` of all kinds but a total */
    const char *currency;
    int64_t before_count, before_minor;
    int64_t after_count, after_minor;
};
MUST_USE enum outcome
backtest_add(struct store *store, const struct backtest_sum *sum, struct fault *why);

/* An order that would have no price, and the finding that says why. */
MUST_USE enum outcome
backtest_add_unpriced(struct store *store, const struct booked *order, const char *currency,
                      const struct finding *finding, struct fault *why);

/* An order about which others would be asked, and who: rules/approve_steps.h. */
struct backtest_asked {
    const char *number;
    const char *currency;
    int64_t gross_minor;
    const char *before;
    const char *after;
};
MUST_USE enum outcome backtest_add_asked(struct store *store, const struct booked *order,
                                         const struct backtest_asked *asked, struct fault *why);

/* A customer's orders of a day that are approved by rule, as order_day_get and order_day_count have
 * them: in the world before, and in the one with the new tables. */
struct backtest_day {
    bool is_after;
    const char *customer;
    int32_t day;
    const char *currency;
};
MUST_USE enum outcome backtest_day_get(struct store *store, const struct backtest_day *day,
                                       struct order_day *sum, struct fault *why);
MUST_USE enum outcome backtest_day_count(struct store *store, const struct backtest_day *day,
                                         int64_t net_minor, int64_t gross_minor, struct fault *why);

#endif
