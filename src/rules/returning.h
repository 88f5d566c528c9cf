/* returning.h -- may goods come back, on which terms, and what becomes of them: pure, no I/O.
 *
 * A policy is a table of clauses.  Of those that fit a line (reason, kind of product, category,
 * product, customer group) the one with the least rank decides; of equal ranks the one whose name
 * is first by its bytes, so that the order of rows never matters.  What no clause of the table
 * speaks of, the built-in ones below decide.  What the company is to blame for (damaged, wrong
 * item, defective, too late) has no fee and comes back at its cost, whatever the clause says.
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
    int64_t micros; /* a rate of what is refunded (100000 is 10 %), or an amount per receipt line */
};

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
    const char *group; /* of the customer */
    const char *currency;
    bool is_custom; /* made as this order wanted it */
    int64_t wanted_micros;
    int64_t left_micros; /* has left, and has not come back nor may already */
    int32_t since_day;   /* delivered, or else shipped; DAY_NONE: nothing has left */
    bool is_delivered;   /* that is a day of delivery */
    int32_t today;
};

enum return_why {
    RETURN_WHY_CLAUSE,   /* the clause says so */
    RETURN_WHY_NOT_LEFT, /* so much has not left, or came back already */
    RETURN_WHY_LATE,     /* beyond the window of the clause */
    RETURN_WHY_NO_EXCHANGE,
    RETURN_WHY_NO_REFUND,
    RETURN_WHY_COUNT
};
extern const char *const return_why_names[RETURN_WHY_COUNT]; /* "clause", "not-left", "late",
                                                                "no-exchange", "no-refund" */

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

bool return_is_fault_of_company(enum return_reason reason);

/* In a sentence. */
const char *returning_text(const struct return_ruling *ruling, const struct return_facts *facts,
                           enum language language, struct arena *arena);

/* What is kept back of a refund (with tax) when goods come back in a condition: never more than it.
 * A condition that is the company's fault (another item than was sent for; damaged where the reason
 * was that) is none of the customer's. */
int64_t returning_fee(const struct return_clause *clause, enum return_reason reason,
                      enum return_condition condition, int64_t refund_minor, int exponent);

#endif
