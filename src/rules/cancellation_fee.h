/* cancellation_fee.h -- what a cancellation costs its customer, and why: pure, no I/O.
 *
 * A policy is a table of clauses.  Of those that fit a cancelled line the one with the least rank
 * decides; of equal ranks the one whose name is first by its bytes, so that the order of rows never
 * matters.  What no clause fits costs nothing.  Lines that go by the same clause are charged
 * together, once:
 *
 *     fixed    the amount
 *     percent  of the net of what is cancelled
 *     cost     what it has cost so far, and percent of that; where several clauses go by cost, each
 *              takes the share of it that falls on its lines, by their net
 *     deposit  percent of what was paid as a deposit, as far as it falls on what is cancelled: what
 *              was here when the request came, so that payments which come later do not count, and
 *              no more than what is still here when it is answered
 *
 * halves up, then no less than the minimum, then no more than the maximum; and, but for cost and
 * deposit, no more than the net of what is cancelled.  Where the fee bears tax, it bears the share
 * that is in what is cancelled.  Of the company's own fault nobody pays.
 *
 * A request may be answered in several steps: what is free is cancelled at once, and what is under
 * way when those who have it have stopped it.  Each clause then charges what all of it so far comes
 * to, less what it has charged before: a fixed amount, a minimum and a maximum count once, and the
 * order of the answers does not matter.
 *
 * Promotions.  LOCK: what stays keeps its share of what promotions gave (rules/cancellation.h).
 * EVALUATE: what stays is priced again as it stood, and what that is more is claimed back; goods
 * that are not given any more are cancelled too, as far as they have not left.  It only claims
 * back: where what stays would be cheaper alone, its price is locked.
 *
 * Of goods that are not given any more and have left, the clause says whether the customer keeps
 * them, what they are worth is claimed, or they are asked back and that is claimed when they do not
 * come (rules/gift.h).  The quantities of lines whose clause lets them be kept count as if they had
 * stayed.  Of the company's own fault they are kept. */
#ifndef PURSER_RULES_CANCELLATION_FEE_H
#define PURSER_RULES_CANCELLATION_FEE_H

#include "base/arena.h"
#include "order/message.h"
#include "rules/returning.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cancel_stage {
    CANCEL_SUBMITTED,
    CANCEL_APPROVED,
    CANCEL_RELEASED,
    CANCEL_IN_PRODUCTION,
    CANCEL_PARTLY_SHIPPED,
    CANCEL_STAGE_COUNT
};
extern const char *const cancel_stage_names[CANCEL_STAGE_COUNT]; /* "submitted", ... */

enum fee_kind { FEE_NONE, FEE_FIXED, FEE_PERCENT, FEE_COST, FEE_DEPOSIT, FEE_KIND_COUNT };
extern const char *const fee_kind_names[FEE_KIND_COUNT]; /* "none", "fixed", ... */

enum { FEE_NOT_GIVEN = -1 };

/* Lists are "A | B"; "": any.  Numbers: FEE_NOT_GIVEN. */
struct fee_clause {
    const char *clause; /* its name */
    int64_t rank;
    const char *stages;
    const char *product_kind; /* "standard", "custom" */
    const char *categories;
    const char *skus;
    const char *groups;
    int64_t hours_from; /* since the order: at least, fewer than */
    int64_t hours_below;
    int64_t promised_within; /* fewer hours than that before the day that was promised */
    const char *faults;
    const char *deposit_paid; /* "yes", "no" */
    const char *currency;     /* of the amounts, and of the orders that it is for; "": any */
    enum fee_kind kind;
    int64_t amount_micros;
    int64_t percent_micros; /* 100000 is 10 % */
    int64_t minimum_micros;
    int64_t maximum_micros;
    bool bears_tax;
    bool evaluates;
    enum gift_terms gifts; /* where it evaluates */
    const char *waived_by;
    int64_t waive_up_to_micros; /* FEE_NOT_GIVEN: all */
    int64_t line;               /* in its file */
};

struct fee_table {
    const struct fee_clause *items; /* by rank and name */
    size_t count;
};
/* Sorts the items, which must outlive the table. */
void fee_table_init(struct fee_table *table, struct fee_clause *items, size_t count);

struct fee_line {
    const char *number;
    const char *sku;
    const char *category;
    bool is_custom;
    enum cancel_stage stage;
    int64_t net_minor; /* that its cancellation takes off */
    int64_t tax_minor;
};

/* What a clause has charged for the same request before, and what for. */
struct fee_before {
    const char *clause;
    int64_t base_net_minor;
    int64_t base_tax_minor;
    int64_t cost_minor;
    int64_t net_minor;
    int64_t tax_minor;
};

#define FEE_FAULT_COMPANY "company"
enum { FEE_HOURS_NONE = INT32_MAX };

struct fee_facts {
    const char *group; /* of the customer */
    const char *fault; /* "customer", "company", "nobody" */
    const char *currency;
    int exponent;
    int64_t hours_since;        /* the order */
    int64_t hours_left;         /* before the day that was promised; FEE_HOURS_NONE: none was */
    int64_t deposit_minor;      /* that was paid when the request came, of what was asked before */
    int64_t deposit_for_minor;  /* for so much of the order, with tax */
    int64_t deposit_left_minor; /* of all that was paid, so much is here: no more is kept */
    int64_t cost_minor;         /* so far, of what is cancelled */
    const struct fee_line *lines;
    size_t line_count;
    const struct fee_before *before; /* each clause once */
    size_t before_count;
};

/* What one clause makes of the lines that it decides. */
struct fee_item {
    const struct fee_clause *clause;
    int64_t base_net_minor; /* of those lines; without those before, and so the next two */
    int64_t base_tax_minor;
    int64_t cost_minor;       /* so far, that falls on those lines: of a clause by cost */
    struct fee_before before; /* of its request */
    int64_t net_minor;        /* the fee */
    int64_t tax_minor;
    const char *trace[LANGUAGE_COUNT];
};

struct fee_ruling {
    struct fee_item *items; /* by rank and name of the clause */
    size_t count;
    int64_t net_minor; /* of all of them */
    int64_t tax_minor;
    bool evaluates;                    /* one of the clauses wants what stays to be priced again */
    const struct fee_clause **clauses; /* of each line; NULL: none fits */
    const struct fee_clause *gifts;    /* the first that does not let gifts be kept; NULL: all do */
};

/* What becomes of goods that were given for a line that goes by the clause (or NULL). */
enum gift_terms cancellation_gifts(const struct fee_clause *clause, const char *fault);

/* Everything lies in `arena`, or in the table. */
void cancellation_fee(const struct fee_table *table, const struct fee_facts *facts,
                      struct arena *arena, struct fee_ruling *ruling);

struct fee_amount {
    int64_t net_minor;
    int64_t tax_minor;
};

/* What is to be claimed back now: `locked` is what stays at its share of the price, `evaluated` the
 * same priced again, `claimed` what was claimed before.  Below 0: so much of that is given back,
 * for what it was claimed for is cancelled now too.  Where promotions are locked nothing is
 * claimed, and what is too much is given back all the same. */
struct fee_amount cancellation_clawback(struct fee_amount locked, struct fee_amount evaluated,
                                        struct fee_amount claimed, bool evaluates);

/* Whether a person may waive it. */
enum waiver_bar { WAIVER_MAY, WAIVER_NOBODY, WAIVER_PERSON, WAIVER_AMOUNT };
/* May the person ("user:anna", or "anna") waive so much of a fee, with tax and with what was waived
 * of it before?  `waived_by` and `up_to_minor` (FEE_NOT_GIVEN) are those of its clause. */
enum waiver_bar cancellation_waiver(const char *waived_by, int64_t up_to_minor, const char *person,
                                    int64_t gross_minor);

#endif
