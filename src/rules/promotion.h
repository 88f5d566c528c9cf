/* promotion.h -- which promotions reduce an order, by how much, and why the others do not: pure, no
 * I/O, no clock.
 *
 * A promotion is one row of a decision table: conditions, what it is given for, what it gives, and
 * how it goes together with others.  Amounts are minor units of the order's currency; percentages
 * are millionths (150000 is 15 %).  The day that counts is the order's price date.
 *
 * The way of one order
 *   1. promotion_candidates finds the rows that can touch it (by coupon, SKU, category, customer,
 *      group, else all), without looking at the others: 10,000 rows cost what 10 do.  The caller
 *      adds what earlier orders used of each.
 *   2. promotion_apply reduces the amounts of the lines and says all of it.
 *
 * Stages.  Each stage starts from the amounts that the one before left.
 *   1 STAGE_LINE       reductions of lines without a threshold, buy-and-get
 *   2 STAGE_THRESHOLD  those of some products or categories that need a quantity or an amount
 *   3 STAGE_ORDER      those of the whole order
 * Within a stage priorities go from the highest down.  At one priority each promotion makes offers:
 * one per line where every line stands alone (`together` is false), else one over all its lines.
 *
 * Contest at one priority.  The largest saving goes first, ties by the promotion's code in bytes,
 * then by line; an offer whose lines are all still free at this priority is taken, any other has
 * lost to the one that took its line.  Exclusive offers come before all others.  In the model
 *   MODEL_WITHIN  compounded promotions of this priority that share a line are one offer together
 *                 (known by the first of them), applied one after another (fixed prices, then
 *                 buy-and-get, then amounts per unit, amounts, percentages; ties by code); a line
 *                 that was taken is closed to lower priorities of the stage
 *   MODEL_ACROSS  each is an offer of its own, so only the best one wins at one priority; lower
 *                 priorities reduce what is left
 * (the two models of D365 Commerce: "best price and compound within priority, never across", "best
 * price only within priority, always compound across").  An offer takes all the lines it is on,
 * also those whose share comes to nothing; of buy-and-get those bought and those given.
 *
 * Between the stages.  MODE_EXCLUSIVE takes only lines that nothing has taken yet, and closes
 * them to all that follows.  MODE_COMPOUNDED reduces what is left.  MODE_BEST_PRICE in
 * MODEL_WITHIN is worked out on the amounts before all reductions; in a later stage it takes the
 * place of every earlier offer that touches its lines, and of those built upon one of these, when
 * it saves more than all of them together (in the contest it counts with what it saves beyond
 * them), else it has lost; exclusive ones it cannot replace, their lines are not its.  What lost
 * to an offer stays lost when that one is replaced.  In MODEL_ACROSS it reduces what is left, like
 * a compounded one.
 *   A promotion that names another in `never_with` (or "*": any) is not applied to an order where
 * that one was applied, wherever; whichever comes first in the sequence above stays.
 *   At most PROMOTION_STACK_MAX promotions reduce one line; then it is closed.
 *
 * Amounts.  A line never goes below zero.  A percentage of a line is rounded half up; an amount or
 * percentage over several lines is shared by largest remainder, weighted by their amounts as they
 * are at that moment, ties by the line's position.  Fixed prices and amounts per unit are worked
 * out line by line also over several.  100 % off is exactly zero.  A threshold counts the lines
 * that the promotion may take at that moment, no others; when both a quantity and an amount are
 * needed, both must be there, and what repeats does so as often as both are.
 *
 * Buy and get counts whole units only (in the product's unit).  All units of the lines it is on,
 * sorted by price per unit (the line's amount at that moment over its quantity), dearest first,
 * ties by line, form one heap.
 *   inclusive  the units given are among those ordered: with the same products (no get_skus) each
 * buy + get units give `get` of them; with other products each `buy` units bought give `get` units
 * of the lines that carry a get SKU (such a line is never bought), as far as there are some.
 * CHOOSE_CHEAPEST/DEAREST picks among the whole heap (GROUPS_ALL, and always among other products),
 * or within each group of buy + get taken from the heap in its sequence (GROUPS_BY_PRICE).  Each
 * unit given is reduced by get_micros of its price.  Always a reduction.
 *   exclusive  each `buy` units give `get` units beyond the order, of get_skus' first SKU, else of
 * the product bought (then each product counts alone): in kind, at 0.00; or as a reduction by
 * get_micros of their value (value_minor each, else the product's price per unit in this order), no
 * more than the lines come to.  What is out of stock (reward_fact): OUT_OWED gives it none the
 * less, told as owed; OUT_DROPPED gives what there is and drops the rest; OUT_REDUCTION gives the
 * value of the rest as a reduction.  In the contest and in a budget goods in kind count with their
 * value, of which nothing is known where get_skus stands without value_minor.
 *
 * A use is one time the promotion was given: for buy-and-get and repeated thresholds each repeat,
 * else once per order.  limit_order, limit_customer and limit_total count uses; what goes beyond is
 * cut off for those that repeat, or makes it not eligible.  A budget is the most it may cost over
 * all orders: an offer that costs more than what is left is not eligible.  A coupon is used once by
 * an order, however often its promotion is given.
 *
 * Limits.  Time and memory grow with lines x (promotions that can touch one line).  Where limits,
 * budgets and what never goes together entangle very many offers, each that is taken may change all
 * others: such work is counted, and an order that needs too much of it (seconds), or that would be
 * given more than PROMOTION_GOODS_MAX lines of goods, is not worked: is_too_much.  A result takes
 * less than 1 KiB per line, 300 bytes per candidate and 3 MiB; what else is needed meanwhile is
 * given back.
 */
#ifndef PURSER_PROMOTION_H
#define PURSER_PROMOTION_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PROMOTIONS_MAX = 50000,          /* rows of one table */
    PROMOTION_CANDIDATES_MAX = 5000, /* that can touch one line; more are refused when a table
                                        comes in */
    PROMOTION_STACK_MAX = 20,        /* that reduce one line */
    PROMOTION_TOLD_MAX = 20000,      /* beyond it, only what was not told yet of a promotion */
    PROMOTION_UNITS_MAX = 1000000,   /* buy, get */
    PROMOTION_GOODS_MAX = 20000,     /* lines of goods in kind, for one order */
};
/* The most that the lines of one order may come to together, before reductions. */
#define PROMOTION_LIST_MAX_MINOR INT64_C(1000000000000000)

enum promotion_model { MODEL_WITHIN, MODEL_ACROSS, MODEL_COUNT };
extern const char *const promotion_model_names[MODEL_COUNT]; /* "within-priority",
                                                                "across-priorities" */

enum promotion_mode { MODE_EXCLUSIVE, MODE_BEST_PRICE, MODE_COMPOUNDED, MODE_COUNT };
extern const char *const promotion_mode_names[MODE_COUNT]; /* "exclusive", "best-price",
                                                              "compounded" */

enum promotion_level { LEVEL_LINE, LEVEL_ORDER, LEVEL_COUNT };
extern const char *const promotion_level_names[LEVEL_COUNT]; /* "line", "order" */

enum promotion_action {
    ACTION_FIXED_PRICE, /* value_micros per unit of the product, where that is less */
    ACTION_BUY_GET,
    ACTION_AMOUNT_UNIT, /* value_minor off each unit (whole and parts of units alike) */
    ACTION_AMOUNT,      /* value_minor off, once per line or once over all its lines */
    ACTION_PERCENT,     /* value_micros */
    ACTION_COUNT
};
extern const char *const promotion_action_names[ACTION_COUNT]; /* "fixed-price", "buy-get",
                                                    "amount-per-unit", "amount", "percent" */

/* What a minimum amount is compared with. */
enum threshold_base { BASE_LIST, BASE_REDUCED, BASE_COUNT };
extern const char *const threshold_base_names[BASE_COUNT]; /* "list": before all reductions;
                                                              "reduced": as left so far */

enum choice { CHOOSE_CHEAPEST, CHOOSE_DEAREST, CHOICE_COUNT };
extern const char *const choice_names[CHOICE_COUNT]; /* "cheapest", "dearest" */
enum grouping { GROUPS_ALL, GROUPS_BY_PRICE, GROUPING_COUNT };
extern const char *const grouping_names[GROUPING_COUNT]; /* "all", "by-price" */
enum free_count { FREE_INCLUSIVE, FREE_EXCLUSIVE, FREE_COUNT };
extern const char *const free_count_names[FREE_COUNT]; /* "inclusive", "exclusive" */
enum free_form { FORM_REDUCTION, FORM_IN_KIND, FORM_COUNT };
extern const char *const free_form_names[FORM_COUNT]; /* "reduction", "in-kind" */
enum out_of_stock { OUT_OWED, OUT_DROPPED, OUT_REDUCTION, OUT_COUNT };
extern const char *const out_of_stock_names[OUT_COUNT]; /* "owed", "dropped", "reduction" */

/* One row.  Lists are "A | B"; "" sets no condition. */
struct promotion {
    const char *code;
    const char *name;
    const char *name_zh;
    int64_t line; /* in its file */

    /* when it is given */
    int64_t priority; /* the highest first */
    enum promotion_mode mode;
    int32_t valid_from;
    int32_t valid_to;      /* INT32_MAX: open */
    const char *customers; /* list of codes */
    const char *groups;    /* list */
    const char *channels;  /* list */
    const char *currency;  /* needed where there is an amount; "" any */
    bool needs_coupon;
    const char *never_with; /* list of codes of promotions; "*" */

    /* what it is on */
    enum promotion_level level;
    const char *skus;       /* lists; both "": every line */
    const char *categories; /* a line is on it when its SKU or its category is named */
    bool together;          /* its lines count together; LEVEL_ORDER and BUY_GET always do */
    int64_t minimum_quantity_micros; /* in the products' units; 0: none */
    int64_t minimum_amount_minor;    /* 0: none */
    enum threshold_base base;
    bool repeats; /* ACTION_AMOUNT: given each time the threshold is reached again (每满300减50);
                     BUY_GET: no more often than that (每满300送一); others: not used */

    /* what it gives */
    enum promotion_action action;
    int64_t value_micros; /* percent or price */
    int64_t value_minor;  /* amount */
    int64_t buy, get;     /* units */
    int64_t get_micros;   /* what is taken off each unit given: 1000000 is free */
    const char *get_skus; /* list; "": of the products bought */
    enum choice choice;
    enum grouping grouping;
    enum free_count free_count;
    enum free_form free_form;
    enum out_of_stock out_of_stock;

    /* how often: uses; 0: no limit */
    int64_t limit_order;
    int64_t limit_customer;
    int64_t limit_total;
    int64_t budget_minor;
};

struct promotion_table; /* compiled and indexed; never changes */

/* The rows in any order; they and their texts must live as long as the table.  Codes are unique,
 * values within what the schema and promotion_check allow (asserted). */
const struct promotion_table *
promotion_compile(const struct promotion *rows, size_t count, struct arena *arena);

/* A coupon that the order carries and what the table of coupons says of it. */
struct coupon_fact {
    const char *code;      /* as the partner wrote it */
    const char *promotion; /* "": no such coupon */
    int32_t valid_from;
    int32_t valid_to;
    const char *customer; /* whom it was given to; "": anybody */
    int64_t limit_total;  /* 0: none; 1: a single use */
    int64_t limit_customer;
    int64_t uses_total; /* by other orders */
    int64_t uses_customer;
};

/* Who orders what.  The caller has refused an order that comes to more than
 * PROMOTION_LIST_MAX_MINOR (asserted). */
struct promotion_line {
    const char *sku;
    const char *category;
    int64_t quantity_micros; /* in the product's unit */
    int64_t list_minor;      /* the line before reductions, at least 0 */
    bool is_closed;          /* nothing may reduce it: a manual price, a package part */
};

struct basket {
    const char *customer;
    const char *group;
    const char *channel;
    const char *currency;
    int exponent; /* of the currency */
    int32_t day;  /* the price date */
    enum promotion_model model;
    const struct promotion_line *lines;
    size_t line_count;
    const struct coupon_fact *coupons;
    size_t coupon_count;
};

/* A row that can touch the order, and what other orders used of it. */
struct promotion_fact {
    const struct promotion *promotion;
    int64_t uses_customer;
    int64_t uses_total;
    int64_t spent_minor; /* of its budget */
};

/* Stock of what is given in kind; a SKU without one is always there. */
struct reward_fact {
    const char *sku;
    int64_t available_micros;
};

/* The rows that can touch a basket, by code: those for its customer and group that are on one of
 * its lines and, where they need a coupon, have one (nothing else of the basket is looked at, not
 * even whether the coupon can be used).  Usage is 0, for the caller to fill in.  They lie in
 * `arena`. */
size_t promotion_candidates(const struct promotion_table *table, const struct basket *basket,
                            struct arena *arena, struct promotion_fact **facts);

enum promotion_verdict {
    PROMOTION_APPLIED,
    PROMOTION_LOST,       /* `other` is the promotion that it lost to, or NULL: a line was closed */
    PROMOTION_REPLACED,   /* by `other`, of a later stage */
    PROMOTION_NEVER_WITH, /* `other` was applied */
    PROMOTION_NOT_YET,    /* valid; compared: the day */
    PROMOTION_NO_LONGER,  /* valid */
    PROMOTION_OTHER_CUSTOMER,
    PROMOTION_OTHER_GROUP,
    PROMOTION_OTHER_CHANNEL,
    PROMOTION_OTHER_CURRENCY,
    PROMOTION_NO_COUPON, /* one is needed */
    PROMOTION_COUPON,    /* the one there is cannot be used; its own verdict says why */
    PROMOTION_NO_LINE,   /* that it may still be on; `other` closed them, or NULL */
    PROMOTION_QUANTITY,  /* compared: what there is; needed */
    PROMOTION_AMOUNT,    /* likewise, minor units */
    PROMOTION_LIMIT_ORDER,
    PROMOTION_LIMIT_CUSTOMER, /* compared: uses; needed: the limit */
    PROMOTION_LIMIT_TOTAL,
    PROMOTION_BUDGET,  /* compared: what it would cost; needed: what is left */
    PROMOTION_NOTHING, /* it would take nothing off */
    PROMOTION_VERDICT_COUNT
};
extern const char
    *const promotion_verdict_names[PROMOTION_VERDICT_COUNT]; /* "applied", "lost", … */

enum coupon_verdict {
    COUPON_USED,
    COUPON_UNUSED, /* its promotion was not applied: that one's verdict says why */
    COUPON_UNKNOWN,
    COUPON_NOT_YET,
    COUPON_NO_LONGER,
    COUPON_OTHER_CUSTOMER,
    COUPON_USED_UP,          /* limit_total */
    COUPON_USED_BY_CUSTOMER, /* limit_customer */
    COUPON_TWICE,            /* an earlier one of the order is for the same promotion */
    COUPON_VERDICT_COUNT
};
extern const char *const coupon_verdict_names[COUPON_VERDICT_COUNT];

/* One offer and what became of it; in the sequence in which they were judged. */
struct promotion_told {
    const struct promotion *promotion;
    enum promotion_verdict verdict;
    const struct promotion *other; /* as the verdict says, or NULL */
    size_t line;                   /* of an offer on one line: its index; SIZE_MAX: over several */
    int64_t compared; /* day, micros of quantity, minor units, uses: as the verdict says */
    int64_t needed;
    int64_t reduction_minor; /* that it gave, or would have given */
    int64_t uses;
    int64_t given_micros;   /* units given in kind */
    int64_t owed_micros;    /* of them out of stock */
    int64_t dropped_micros; /* not given: out of stock */
};

/* One reduction of one line. */
struct reduction {
    const struct promotion *promotion;
    size_t line;             /* index */
    int64_t before_minor;    /* of the line, so that a bill can be read downwards */
    int64_t reduction_minor; /* above 0 */
};

struct free_goods {
    const struct promotion *promotion;
    const char *sku;
    size_t line; /* index of the line that it came with, SIZE_MAX: of several */
    int64_t quantity_micros;
    int64_t owed_micros; /* of it out of stock */
};

struct promotion_use {
    const struct promotion *promotion;
    const char *coupon; /* code, or "" */
    int64_t uses;
    int64_t reduction_minor;
    int64_t spent_minor; /* of its budget: the reduction and the value of goods in kind */
};

struct promotion_result {
    bool is_too_much;             /* more than is worked for one order; nothing else is set */
    int64_t *net_minor;           /* of each line, what is left */
    struct reduction *reductions; /* in the sequence they were applied */
    size_t reduction_count;
    struct free_goods *free_goods;
    size_t free_goods_count;
    struct promotion_use *uses; /* of those applied, by code */
    size_t use_count;
    struct promotion_told *told; /* each candidate at least once */
    size_t told_count;
    enum coupon_verdict *coupons; /* one per coupon of the basket */
};

/* Decide.  The facts are rows of the table, each at most once.  Facts in any order give the same
 * result; all of it lies in `arena`. */
void
promotion_apply(const struct promotion_table *table, const struct basket *basket,
                const struct promotion_fact *facts, size_t count, const struct reward_fact *rewards,
                size_t reward_count, struct arena *arena, struct promotion_result *result);

/* What is wrong with a row in itself, or with the table, beyond its schema: asked when a file comes
 * in.  Errors stop it, warnings are told. */
enum promotion_doubt {
    DOUBT_NONE,
    DOUBT_VALUE_MISSING, /* the action needs it: `column` */
    DOUBT_VALUE_UNUSED,  /* the action does not use it: warning */
    DOUBT_CURRENCY,      /* an amount or a price without a currency */
    DOUBT_BUY_GET,       /* buy or get below 1 or above PROMOTION_UNITS_MAX */
    DOUBT_PERIOD,        /* it ends before it begins */
    DOUBT_NEVER_WITH,    /* itself, or a code that is not in the table: `text` */
    DOUBT_OVERLAP,       /* with `other`: both exclusive or both best-price at one priority, on a
                            line in common, at a time in common, with the same saving, so that the
                            code decides.  Warning */
    DOUBT_SHADOWED,      /* `other`, exclusive, without conditions and before all that is not
                            exclusive, takes all its lines at all its times: it can never be
                            applied.  Warning */
    DOUBT_SELF_FINANCED, /* takes all away without saying 100 %: a fixed price of 0, or an amount
                            that is not less than the amount needed for it.  Warning */
    DOUBT_CANDIDATES,    /* more than PROMOTION_CANDIDATES_MAX rows can touch one line; told of one
                            of the largest crowd, `text` is its SKU or category */
    DOUBT_COUNT
};
bool promotion_doubt_is_warning(enum promotion_doubt doubt);

struct promotion_remark {
    enum promotion_doubt doubt;
    const struct promotion *promotion;
    const struct promotion *other; /* or NULL */
    const char *column;            /* of the file */
    const char *text;              /* as the doubt says, or NULL */
};

/* At most `max` remarks, by line of the file, into `arena`.  Rows are compared as far as they name
 * the same products; between rows not all of the largest tables is looked at, so that time grows
 * with their size only. */
size_t promotion_check(const struct promotion *rows, size_t count, size_t max, struct arena *arena,
                       struct promotion_remark **remarks);

#endif
