/* returning.h -- may goods come back, on which terms, and what becomes of them: pure, no I/O.
 *
 * A policy is a table of clauses.  Of those that fit a line (reason, kind of product, category,
 * product, customer group) the one with the least rank decides; of equal ranks the one whose name
 * is first by its bytes, so that the order of rows never matters.  What no clause of the table
 * speaks of, the built-in ones below decide.  What the company is to blame for (damaged, wrong
 * item, defective, too late) has no fee and comes back at its cost, whatever the clause says; and
 * what was given for it is kept.
 */
#ifndef PURSER_RETURNING_H
#define PURSER_RETURNING_H

#include "base/arena.h"
#include "order/message.h"
#include "order/order_change.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum return_verdict { RETURN_ALLOW, RETURN_ASK, RETURN_REFUSE, RETURN_VERDICT_COUNT };
extern const char *const return_verdict_names[RETURN_VERDICT_COUNT]; /* "allow", "ask", "refuse" */

/* What becomes of what came back. */
enum disposition { DISPOSE_RESTOCK, DISPOSE_REFURBISH, DISPOSE_SCRAP, DISPOSITION_COUNT };
extern const char *const disposition_names[DISPOSITION_COUNT]; /* "restock", "refurbish", "scrap" */

enum return_fee_kind { RETURN_FEE_NONE, RETURN_FEE_PERCENT, RETURN_FEE_FIXED, RETURN_FEE_COUNT };
struct return_fee {
    enum return_fee_kind kind;
    int64_t micros; /* a rate of what is refunded (100000 is 10 %), or an amount per request */
};

/* Goods that a promotion gave, and would not give for what stays: what they are worth is kept of
 * the refund until they come back too (rules/gift.h); likewise, but they must be asked for with it;
 * or the customer keeps them. */
enum gift_terms { GIFTS_VALUE, GIFTS_BACK, GIFTS_KEEP, GIFT_TERMS_COUNT };
extern const char *const gift_terms_names[GIFT_TERMS_COUNT]; /* "value", "back", "keep" */

enum { RETURN_ANY_DAYS = -1 };

/* Lists are "A | B"; "": any. */
struct return_clause {
    const char *clause; /* its name */
    int64_t rank;
    const char *reasons;
    const char *kinds; /* "standard", "custom" */
    const char *categories;
    const char *skus;
    const char *groups;
    int64_t window_days; /* RETURN_ANY_DAYS */
    enum return_verdict verdict;
    enum disposition dispositions[RETURN_CONDITION_COUNT];
    struct return_fee fees[RETURN_CONDITION_COUNT];
    bool company_pays_freight;
    bool refunds;
    bool exchanges;
    enum gift_terms gifts;
    const char *currency; /* of orders that it is for; fixed fees are in it */
    int64_t line;         /* in its file; 0: built in */
};

struct return_table {
    const struct return_clause *items; /* by rank and name */
    size_t count;
};
/* Sorts the items, which must outlive the table. */
void return_table_init(struct return_table *table, struct return_clause *items, size_t count);

/* A line of a request, and what is known of it. */
struct return_facts {
    enum return_reason reason;
    enum return_wish wish;
    const char *sku;
    const char *category;
    const char *package; /* of a part of one: SKU and category; what a clause says of the package
                            holds for its parts, too.  "" */
    const char *package_category;
    const char *group; /* of the customer */
    const char *currency;
    bool is_custom; /* made as this order wanted it */
    int64_t wanted_micros;
    int64_t left_micros;   /* has left, and has not come back nor may already */
    int64_t opened_micros; /* units beyond that, of which a part came back, or may; of a part 0 */
    int32_t since_day;     /* delivered, or else shipped; DAY_NONE: nothing has left */
    bool is_delivered;     /* that is a day of delivery */
    const char *gifts;     /* of RETURN_WHY_GIFT: what is missing, as a text */
    int32_t today;
};

enum return_why {
    RETURN_WHY_CLAUSE,   /* the clause says so */
    RETURN_WHY_NOT_LEFT, /* so much has not left, or came back already */
    RETURN_WHY_LATE,     /* beyond the window of the clause */
    RETURN_WHY_NO_EXCHANGE,
    RETURN_WHY_NO_REFUND,
    RETURN_WHY_GIFT,   /* what was given for it does not come with it */
    RETURN_WHY_OPENED, /* packages of which a part came back are asked for as a whole */
    RETURN_WHY_COUNT
};
extern const char *const return_why_names[RETURN_WHY_COUNT]; /* "clause", "not-left", "late",
                                                                "no-exchange", "no-refund",
                                                                "gift", "opened" */

struct return_ruling {
    enum return_verdict verdict;
    enum return_why why;
    const struct return_clause *clause;
    int32_t last_day; /* that a request was in time on; DAY_NONE: any */
    bool company_pays_freight;
    bool is_fault_of_company;
};

/* The texts of the ruling are those of the table. */
struct return_ruling
returning_judge(const struct return_table *table, const struct return_facts *facts);

/* It is not allowed after all: the goods that were given for it are not asked for with it. */
void returning_refuse_gift(struct return_ruling *ruling);

bool return_is_fault_of_company(enum return_reason reason);

/* What becomes of goods that were given for what comes back; of what is exchanged for the same
 * again nothing is missing. */
enum gift_terms
returning_gifts(const struct return_clause *clause, enum return_reason reason, bool is_same_again);

/* In a sentence. */
const char *returning_text(const struct return_ruling *ruling, const struct return_facts *facts,
                           enum language language, struct arena *arena);

/* What was refunded and kept of it before, of what came back in one condition by one clause of a
 * request; the company's fault aside. */
struct return_before {
    int64_t refund_minor;
    int64_t fee_minor;
};

/* What is kept back of a refund (with tax) when goods come back in a condition: never more than it.
 * A condition that is the company's fault (another item than was sent for; damaged where the reason
 * was that) is none of the customer's.  It is counted over the request, less what was kept before,
 * so that an amount is kept once, and a rate is rounded once, however many receipts there are. */
int64_t returning_fee(const struct return_clause *clause, enum return_reason reason,
                      enum return_condition condition, const struct return_before *before,
                      int64_t refund_minor, int exponent);

#endif
