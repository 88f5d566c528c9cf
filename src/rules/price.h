/* price.h -- what an order costs and why: pure, no I/O.
 *
 * List price by customer, else by the customer's group, else by the partner's channel, else base:
 * the first of these that has a price which is valid on the order's date and whose quantity break
 * is reached.  Within it the deepest break wins, of equal breaks the one that became valid last.
 * Its price is for all units of the line, or, where the breaks are graduated, each unit has the
 * price of the band it falls in (what lies below the first band counts at its price).  A break is
 * reached by the quantity of the line, or, where the rows name a break group, by all lines of the
 * order that have a price of that group in the same list; the bands are then filled by the lines in
 * order. Option surcharges come on top;  line amount = amount of all units, rounded half up to the
 * currency. The tax rate is that of the product's class at the destination (ship-to) on the order's
 * date: by region, else country, else any; where the class has none at all, the product's own.  Tax
 * is rounded per line, or per document and rate and then shared among the lines by largest
 * remainder.  Of prices that include it, tax is taken out: tax = amount - amount / (1 + rate).  A
 * customer who is exempt pays the amount without tax.  Prices of one order all include tax, or none
 * does.  Totals are sums of lines.  The price date is order->order_date, never the clock: the
 * caller has filled it in, and the border has checked the currency.
 *
 * A price may be a formula over quantity, options and customer (price_formula.h): its result is the
 * price of one unit, of each band where breaks are graduated.  A formula that has no result, or one
 * below zero, holds the order: it is our mistake, which the partner cannot mend, and there is never
 * a price of zero in its place.  (An option that is missing refuses the line: that is the
 * partner's.)  Where a manual price stands in its place the line has that, and no list price to
 * compare it with.
 *
 * A product that has no price at all in the order's currency may have prices in the list's, which
 * the caller brings: each unit price (a band's, a formula's result, the surcharges) is multiplied
 * by the exchange rate and rounded half up to millionths; then all goes on as usual.  The rate is
 * the last one on or before the order's date; one that is missing or too old refuses the line.  No
 * rate is ever turned round.  Costs and floor prices that are known in the list's currency alone
 * are exchanged likewise; but an old rate still serves for them, and without one no cost is known.
 *
 * A package is a product that consists of others.  It costs its own list price, or the sum of its
 * parts' list prices, less a percentage; options and tax are those of the package.  A part costs by
 * the list what so many of it cost for the same customer on the same day, alone, without options.
 * The line's net (after all reductions) is shared among the parts by largest remainder, weighted by
 * these amounts, each rounded half up to the currency; equal remainders go by SKU.  A part without
 * a list price refuses the line.
 *
 * A manual price stands in place of what list, options and formula give for its line, per unit
 * ordered, with or without tax as our prices are.  What they give stays in the trace beside it,
 * with how far it is from that.  It is applied at once when it is no further than an authority lets
 * its person go; of several authorities the widest counts.  Else the order must wait, or, where
 * nobody can be asked, is refused.  A line that has no list price may have a manual one: no
 * authority covers it.  (rules/price_manual.c)
 *
 * A discount that is asked for is off the unit price: off the manual price where there is one, else
 * off what the rules give.  The line's amount is rounded to the currency once, half up, from
 * quantity x price x (1 - discount); the discount's amount is what that is less than the amount
 * before it, which is rounded likewise.  It is judged as a manual price is, by the same authorities
 * of the same person: what counts is how far the amount after it is from what the rules give.  A
 * discount of 0 asks for nothing.  (rules/price_discount.c)
 *
 * Promotions (promotion.h) then reduce the amounts of the lines; tax and totals follow from what is
 * left (a manual price is not reduced, nor is a line with a discount that was asked for), and a
 * line that is free of charge comes to exactly 0.00 with its tax.  Goods that are given are not
 * lines of the order: the decision lists them.  An order of which some line has no price gets no
 * promotion.
 *
 * What is left of a line after all reductions, without tax, is compared with the least that it may
 * come to: by the floor price of its product, and by the least margin over what it costs us,
 * freight and free goods included.  A line below that makes the order wait, or refuses it, or is
 * only noted, as we have it configured; a manual price may go below when its person may.  Neither
 * costs nor margins are in any finding: those go to partners.  (rules/price_floor.c)
 *
 * Where the partner expects another price, ours is taken, and the policy says what follows: a
 * finding, an order that must wait, or one that is refused.  Ours is the price per unit after the
 * promotions on lines (not those on the whole order); who expects the price before them is not
 * wrong either, for he may not know of them.
 *
 * Freight that the order states is an amount beside its lines, without tax: neither promotions nor
 * minimums, floors and margins know of it.  It is taxed at the rates of the lines, and the total is
 * net, freight and all tax.  Of a partner with whom none is agreed it refuses the order.
 * (rules/price_freight.c)
 *
 * The caller brings the facts (one set per line, candidates in any order), the rule brings the
 * decision with its trace. Every candidate is in the trace with its verdict, in an order that does
 * not depend on how the facts were sorted.
 */
#ifndef PURSER_PRICE_H
#define PURSER_PRICE_H

#include "base/arena.h"
#include "order/document_kind.h"
#include "order/finding.h"
#include "order/master.h"
#include "order/order.h"
#include "order/payment_terms.h"
#include "order/price_policy.h"
#include "rules/promotion.h"

/* The most that one line, and the net, tax and gross of one order, may come to: sums of many orders
 * still fit. */
#define ORDER_AMOUNT_MAX_MINOR INT64_C(1000000000000000)

/* A trace is not longer than about this: beyond it lines tell only which price was applied, and how
 * many candidates were left out. */
enum { PRICE_TRACE_BYTES_MAX = 8 * 1024 * 1024 };

/* Parts of all packages of one order. */
enum { ORDER_PARTS_MAX = 10000 };

enum price_scope { /* most specific first */
                   SCOPE_CUSTOMER,
                   SCOPE_GROUP,
                   SCOPE_CHANNEL,
                   SCOPE_BASE,
                   SCOPE_COUNT
};
extern const char *const price_scope_names[SCOPE_COUNT];

enum price_breaks { BREAKS_ALL_UNITS, BREAKS_GRADUATED, BREAKS_COUNT };
extern const char *const price_breaks_names[BREAKS_COUNT];

struct price_formula; /* price_formula.h */

struct price_candidate {
    enum price_scope scope;
    const char *holder; /* customer, group or channel; "" for base */
    enum price_breaks breaks;
    const char *break_group; /* lines of it reach a break together; "": each line alone */
    int64_t quantity_from_micros;
    int32_t valid_from;
    int32_t valid_to;     /* INT32_MAX: open */
    int64_t price_micros; /* AMOUNT_NONE: only the formula says */
    bool includes_tax;
    const struct price_formula *formula; /* whose result is the price; NULL: price_micros is */
};

/* What prices of the list's currency are worth in the order's: the last rate on or before its date.
 */
struct rate_fact {
    int32_t day;         /* that it is from */
    int64_t rate_micros; /* so much of the order's for so many units of the list's: */
    int64_t units;
};

/* A tax rate of a product's class. */
struct tax_fact {
    const char *country; /* of the destination; "" for every other */
    const char *region;  /* within the country; "" for the rest of it */
    int32_t valid_from;
    int32_t valid_to; /* INT32_MAX: open */
    int64_t rate_micros;
};

struct option_fact {
    const char *name;
    const char *value; /* OPTION_ANY_NUMBER: a number between these two, in this unit */
    int64_t minimum_micros, maximum_micros;
    const char *unit;
    bool is_required;                 /* the product cannot be ordered without the option */
    int64_t surcharge_micros;         /* per unit of the product */
    int64_t surcharge_percent_micros; /* of the list price, on top of it: 50000 is 5 % */
    const char *excludes;             /* "lid=none | colour": options it cannot be ordered with */
    const char *needs;                /* likewise: each of them must be ordered too */
};

/* A unit that the product is sold in beside its own. */
struct unit_fact {
    const char *unit;
    int64_t factor_micros; /* units of the product in one of it */
};

/* How far a person may set a price by hand. */
struct authority_fact {
    const char *role;           /* its name, for people */
    const char *persons;        /* "anna | boris"; "": whoever */
    const char *partner;        /* in whose orders it may be asked for; "": set here */
    const char *customer_group; /* for whom; "": every customer */
    int64_t below_micros;       /* of what the rules give, at most so far below that */
    int64_t above_micros;       /* at most so far above */
    bool may_go_below_floor;
};

/* What a product costs us from a day on, and the least it may be sold at; per unit of the product,
 * without tax. */
struct cost_fact {
    int64_t cost_micros;
    int64_t floor_micros;        /* 0: no least */
    int64_t margin_least_micros; /* of the net amount; -1: no least */
    int32_t valid_from;
    int32_t valid_to; /* INT32_MAX: open */
};

/* Those of one product, of all days. */
struct cost_facts {
    struct cost_fact *of_days;
    size_t count;
    const char *currency; /* the list's, as there are none in the order's; NULL: the order's */
};

/* A product that is sold as several others together. */
struct part_fact {
    const char *sku;
    int64_t quantity_micros; /* in one package, in the part's unit */
    const struct line_facts *facts;
};
struct package_fact {
    bool is_sum;                   /* it costs what its parts do; else it has prices of its own */
    int64_t less_micros;           /* off that sum: 100000 is 10 % */
    const struct part_fact *parts; /* by SKU; not needed where there are more than
                                      ORDER_PARTS_MAX in the lines up to this one */
    size_t part_count;
};

/* What the master data says about one line. */
struct line_facts {
    bool product_known;
    const char *nearest_sku; /* when it is not: the nearest one there is, or "" */
    const char *category;
    const char *unit;
    struct unit_fact *units;
    size_t unit_count;
    int64_t minimum_micros;  /* the least that is sold, in the product's unit; 0: no least */
    int64_t multiple_micros; /* only multiples of this are; 0: any */
    const char *tax_class;
    int64_t tax_rate_micros; /* where the class has no rates by destination */
    struct tax_fact *taxes;  /* of the class, all destinations */
    size_t tax_count;
    struct price_candidate *candidates; /* of this SKU and the order's currency, for this customer,
                                           its group, its channel, and base */
    size_t candidate_count;
    const char *list_currency; /* that all these prices, and surcharges, are in, as there are none
                                  in the order's; NULL: they are in the order's */
    struct cost_facts costs;
    struct option_fact *options; /* all that the product offers */
    size_t option_count;
    const struct package_fact *package; /* NULL: it is none; of a sum there are no candidates */
};

/* A product that some promotion may give in kind. */
struct gift_fact {
    const char *sku;
    const char *unit;
    bool is_counted; /* else it is always there */
    int64_t available_micros;
    struct cost_facts costs;
};

/* What promotions need to know; all 0 where there are none. */
struct promotion_facts {
    const struct promotion_table *table;
    enum promotion_model model;
    struct promotion_fact *candidates; /* with what other orders used of them */
    size_t candidate_count;
    struct coupon_fact *coupons; /* one per coupon of the order */
    size_t coupon_count;
    struct gift_fact *gifts; /* each product once, sorted by SKU in bytes */
    size_t gift_count;
};

struct price_facts {
    bool customer_known;
    const char *nearest_customer; /* when it is not: of the same partner, or "" */
    const char *customer;
    const char *customer_group;
    const char *customer_country;
    const char *channel;          /* by which the partner orders, "" when it has none */
    const char *tax_exemption;    /* why the customer pays no tax, "" when it does */
    struct payment_terms terms;   /* when it pays: kept with the price, of which they are no part */
    const struct rate_fact *rate; /* from the list's currency; NULL: there is none */
    int64_t rate_days_max;        /* how old it may be; 0: any age */
    enum tax_rounding tax_rounding;
    enum rounding rounding;   /* of tax */
    struct line_facts *lines; /* one per order line, same order */
    struct price_policy policy;
    const char *partner;               /* whose order it is */
    bool has_approver;                 /* somebody can be asked about prices */
    enum price_difference below_floor; /* what follows from a line that comes to too little */
    const struct authority_fact *authorities; /* in any order */
    size_t authority_count;
    struct promotion_facts promotions;
    int64_t versions[DOCUMENT_KIND_COUNT]; /* numbers of the master data by kind, for the trace; 0:
                                              none is in force */
};

/* What one part of a package has of the line's net. */
struct priced_part {
    const char *sku;
    const char *unit;
    int64_t quantity_micros; /* in all packages of the line */
    int64_t list_minor;      /* its weight: what so many cost by the list */
    int64_t net_minor;
};

struct priced_line {
    struct priced_part *parts; /* of a package, by SKU */
    size_t part_count;
    int64_t price_micros; /* per unit ordered, before discount and promotions; where it is not the
                             same for all, their average */
    int64_t list_minor;   /* of all units at that price */
    int64_t
        discount_minor; /* that a discount asked for takes off list_minor; promotions reduce what
                           is left, and that is net_minor (of prices with tax: net and tax) */
    /* Before rounding to the currency, in millionths of its unit, as the price is: with tax where
     * prices include it.  Before promotions.  AMOUNT_NONE: more than 64 bits hold. */
    int64_t list_exact_micros; /* quantity x price */
    int64_t exact_micros;      /* less the discount */
    bool is_as_expected;       /* the partner expects this price, or none */
    int64_t net_minor;
    int64_t tax_rate_micros;
    int64_t tax_minor;
    /* Of a manual price or a discount asked for; AMOUNT_NONE where there is none, or nothing to
     * compare it with. */
    int64_t rules_price_micros; /* what the rules give, per unit ordered */
    int64_t deviation_micros;   /* below that, of it; negative: above */
    int64_t allowed_micros;     /* how far its person may go, in that direction */
    /* For us alone. */
    int64_t cost_minor;  /* of all units, with freight and free goods; AMOUNT_NONE: not known */
    int64_t least_minor; /* that the net amount must come to; AMOUNT_NONE: nothing */
    bool is_below_floor; /* it comes to less, and nobody who may has allowed it */
};

/* A line for the warehouse that nobody ordered. */
struct free_good {
    const char *number; /* "F1": no line of the order has it */
    const struct free_goods *given;
    const char *unit; /* of the product */
    bool is_counted;  /* it was taken from stock */
};

/* What promotions did.  The reductions of line `index` are result.reductions[of_lines[at]] for `at`
 * from from[index] to before from[index + 1], in the sequence they were applied. */
struct price_promotions {
    struct promotion_result result;
    size_t *from; /* NULL: no promotion was asked */
    size_t *of_lines;
    int64_t *residues_micros; /* of each reduction: what a share was rounded by, in millionths of a
                                 minor unit; 0 where nothing was shared */
    struct free_good *goods;  /* one per result.free_goods */
};

/* The first line that expects a price too far from ours, where the order is to be held for that. */
struct held_difference {
    bool is_held;
    size_t line;
    int64_t price_micros; /* ours, per unit ordered */
};

/* What the carriage is charged at: without tax, and the tax on it by the rates of the lines. */
struct freight_part {
    int64_t tax_rate_micros;
    int64_t net_minor; /* above 0 */
    int64_t tax_minor;
};
struct price_freight {
    struct freight_part *parts;
    size_t part_count; /* 0: nothing is charged */
    int64_t net_minor, tax_minor;
};

struct price_decision {
    unsigned int wait_reasons; /* bits of enum wait_reason: somebody must decide; 0: nobody need */
    struct held_difference difference;
    bool is_priced; /* false: findings say why, */
    bool is_held;   /* and they are mistakes of our own price list: else of severity error, and the
                       order must be refused */
    size_t held_line;     /* the first that has one, */
    enum message held_by; /* and which */
    struct priced_line *lines;
    struct price_freight freight;
    int64_t net_minor;       /* of all lines */
    int64_t tax_minor;       /* on them and on the freight */
    int64_t gross_minor;     /* net, freight and tax */
    int64_t cost_minor;      /* of all lines; AMOUNT_NONE: of one at least it is not known */
    bool prices_include_tax; /* those of the lines; amounts are told both ways */
    struct price_promotions promotions;
    const char *
        trace; /* JSON:
                  {"lines":[{"line":"1","sku":...,"candidates":[{...,"verdict":"applied"}],...}]} */
};

/* Is it a mistake of our own price list, which the partner cannot mend: one that holds the order?
 */
bool price_is_held_by(enum message mistake);

/* How much of the arena price_order takes at most for the candidates of all lines and parts, in
 * bytes; what it takes beside that is bounded by the size of the order and of the trace. */
size_t price_room(const struct price_facts *facts, size_t line_count);

/* Decide.  Everything in *decision lies in `arena`; mistakes are added to `findings` with the
 * places of the order. */
void price_order(const struct order *order, const struct price_facts *facts, struct arena *arena,
                 struct findings *findings, struct price_decision *decision);

#endif
