/* pricing.h -- private to rules/: what the steps of pricing share, what they found out about each
 * line, and how it is told.
 *
 * The trace is one JSON object:
 *     {"rule":"list-price","rounding":"half-up per line","tax_rounding":"half-up per line",
 *      "prices":"tax-included","tax_exemption":...,
 *      "customer":...,"group":...,"channel":...,"currency":...,"date":...,
 *      "versions":{"customers":1,"products":1,"prices":1,"tax-rates":1,...},
 *      "lines":[{"line":"1","sku":...,"quantity":"12","unit":...,"candidates":[...],
 *                "options":[...],"manual":{...},"price":"4.50","net":"54.00",
 *                "tax_rate":"0.19","tax":"10.26"}],
 *      "net":"54.00","tax":"10.26","gross":"64.26"}
 *
 * Of an order with freight "net" is followed by "freight":"12.50" and
 *     "freight_parts":[{"net":"12.50","tax_rate":"0.19","tax":"2.38"}]
 * by tax rates, and "tax" is that of lines and freight.  One whose freight was not agreed has
 * "freight_finding".
 *
 * A candidate has its own values and a verdict: "applied"; "lost" with the position (from 1) of the
 * one that won and why ("less-specific", "smaller-break", "older"); or "not-eligible" with why
 * ("not-yet-valid", "no-longer-valid", "break-not-reached") and the value compared.  A line of
 * graduated breaks has "bands":[{"quantity":"1000","price":"0.10"},...]; one that reached its break
 * with others "pooled":"15000"; one in another unit than its product's "units_of_product":"72".  A
 * line with a manual price has "manual":{"price","reason","person","set":"here" or "in-order",
 * "rules_price","rules_amount","difference","below" (or "above") and "allowed" as rates,
 * "authorities":[{...,"verdict":"applied", "exceeded", "lost" or
 * "not-eligible"}],"verdict":"applied", "waits" or "refused"}, of which what compares is left out
 * when there is no list price ("list_finding" says why its formula gave none).  A tax rate of a
 * table has "tax_country", "tax_region" and "tax_from".  A line with a mistake has "finding" in
 * place of amounts, an order "customer_finding" or "promotions_finding" or "total_finding"; the
 * other lines of an order that has no price have "amount" in place of net and tax.  Members that
 * would say nothing (no channel, no exemption, prices without tax, no table of tax rates) are left
 * out.
 *
 * A candidate whose price is a formula has "formula" (cut), "base" when there is one, and "price"
 * only where it was applied; then the line has
 *     "formulas":[{"formula":"length * 12.00","told":"length 2.40 m * 12.00 = 28.80",
 *                  "price":"28.80"}]
 * with one for each band of graduated breaks.
 *
 * A line whose prices are in another currency (those of its candidates and options are told in it)
 * has
 *     "exchange":{"from":"EUR","to":"JPY","rate":"161.25","units":"1","date":"2026-11-23",
 *                 "rounding":"half-up to millionths","price":"725.625"}
 * with what a unit costs by the list after conversion; "bands" are in the order's currency too.
 *
 * A line with a discount that was asked for has
 *     "discount":{"percent":"12.5","off":"14.00","price":"by-rules" or "by-hand","before":"168.00",
 *                 "exact":"147.00","amount":"21.00","after":"147.00","person":"anna"}
 * where "exact" is what is left before it was rounded (left out beyond 64 bits); its "manual" tells
 * whether it may be, with the price that is left of a unit.
 *
 * A line that is a package has
 *     "package":{"pricing":"sum","less":"0.10","parts":[{"sku":...,"quantity":"2","unit":...,
 *                "candidates":[...],"price":"4.50","list":"9.00","net":"8.10"}]}
 *
 * A line that promotions reduced has "list":"54.00" and
 *     "reductions":[{"promotion":"SPRING","name":"Spring sale","before":"54.00",
 *                    "reduction":"5.40","after":"48.60","residue":"-0.00333333"}]
 * where a residue is what the share of the line was rounded by; beyond the most that a trace may be
 * "reductions_left_out" says how many there are.  Of an order the members
 *     "promotions":{"model":"within-priority","told":[{"promotion":"SPRING","name":...,"line":"1",
 *                   "verdict":"applied","reduction":"5.40","uses":1},...]},
 *     "coupons":[{"coupon":"SPRING-7","promotion":"SPRING","verdict":"used"}],
 *     "free_goods":[{"number":"F1","promotion":...,"line":...,"sku":...,"quantity":...,"unit":...,
 *                    "owed":...}]
 * tell of each promotion that could touch it at least once: what became of it (verdicts of
 * promotion.h), to which "other" it lost, and the value "compared" with the one "needed".
 */
#ifndef PURSER_PRICING_H
#define PURSER_PRICING_H

#include "base/json.h"
#include "rules/price.h"

/* What is needed all along while one order is priced. */
struct pricing {
    const struct order *order;
    const struct price_facts *facts;
    struct arena *arena;
    struct findings *findings;
    int exponent;               /* of the currency */
    int64_t *quantities_micros; /* of the lines, in the units of their products; 0: not known */
    unsigned int wait_reasons;  /* bits of enum wait_reason */
    size_t told_bytes;          /* of formulas, so far */
    size_t part_count;          /* of packages, so far */
    bool is_silent;             /* what is found is not told: parts of packages are priced */
    bool has_tax_basis;
    bool prices_include_tax; /* those of the first line that has a price */
    struct break_pool *pools;
    size_t pool_count;
    const struct authority_fact **authorities; /* the widest first; made when first needed */
};

/* Where one line stands among those of its order that reach a break together. */
struct break_standing {
    int64_t before_micros; /* quantity of the lines before it */
    int64_t total_micros;  /* of all of them */
};

/* Find out which lines reach breaks together; to be called once per order. */
void price_break_pool(struct pricing *pricing);

/* The line's standing for a candidate of its; alone when the candidate has no group. */
struct break_standing price_break_standing(const struct pricing *pricing, size_t line_index,
                                           const struct price_candidate *candidate);

/* A stretch of units at one price. */
struct band {
    const struct price_candidate *candidate;
    int64_t quantity_micros;
    int64_t price_micros;
};

/* The price of one unit by a candidate's formula, and how it came about. */
struct formula_result {
    const struct price_candidate *candidate;
    int64_t price_micros;
    const char *told;
};

enum eligibility { ELIGIBLE, NOT_YET_VALID, NO_LONGER_VALID, BREAK_NOT_REACHED, ELIGIBILITY_COUNT };

/* Whether a candidate may be applied on a day to a quantity. */
enum eligibility
price_eligibility(const struct price_candidate *candidate, int32_t day, int64_t quantity_micros);

/* What became of a manual price. */
enum manual_outcome {
    MANUAL_NONE,
    MANUAL_APPLIED,
    MANUAL_WAITS,
    MANUAL_REFUSED,
    MANUAL_OUTCOME_COUNT
};

struct manual_verdict {
    enum manual_outcome outcome;
    bool has_rules_price; /* there is a price to compare with */
    int128 rules_picos;   /* what all units cost by the rules */
    int128 manual_picos;  /* and by hand, after the discount asked for */
    size_t authority;     /* the widest, an index of the sorted ones; their count: none */
};

/* What else a line costs us, beside its product; freight is 0 until somebody fills it in. */
struct further_costs {
    int64_t freight_minor;    /* that we pay */
    int64_t free_goods_minor; /* what is given with it costs us */
};

enum floor_outcome {
    FLOOR_NONE,    /* nothing is known to compare with */
    FLOOR_KEPT,    /* it comes to enough */
    FLOOR_ALLOWED, /* to less, and whoever set its price may */
    FLOOR_NOTED,   /* to less, which is only told us */
    FLOOR_WAITS,
    FLOOR_REFUSED,
    FLOOR_OUTCOME_COUNT
};

struct floor_verdict {
    enum floor_outcome outcome;
    const struct cost_fact *cost; /* of the order's day, in its currency; NULL: there is none, but
                                     perhaps of parts */
    const char *cost_currency;    /* that it was exchanged from; NULL: it was not */
    struct further_costs further;
    int64_t
        price_least_minor; /* by the floor price, or what parts must come to; AMOUNT_NONE: none */
    int64_t margin_least_minor; /* by the least margin; likewise */
};

struct line_verdict {
    struct floor_verdict floor;
    struct manual_verdict manual;
    const struct price_candidate **candidates; /* best first */
    size_t candidate_count;
    size_t applied;                 /* candidate_count: none is eligible */
    struct break_standing standing; /* for the one applied */
    struct band *bands;             /* of graduated breaks, lowest first */
    size_t band_count;
    struct formula_result
        *formulas; /* of the candidates applied that have one, lowest band first */
    size_t formula_count;
    size_t formula_capacity;
    int128 list_picos;   /* what all units cost by the list, in millionths of millionths */
    int64_t list_micros; /* per unit of the product; of bands the average, rounded half up */
    const struct option_fact **options; /* one per option of the line; NULL: not offered */
    int64_t surcharge_micros;           /* of all of them, per unit of the product */
    int64_t surcharge_percent_micros;   /* likewise, of the list price */
    int64_t amount_minor; /* of all units with their surcharges, as the prices are: with or without
                             tax; promotions leave less of it */
    const struct tax_fact *tax; /* whose rate it is; NULL: the product's own */
    int64_t tax_rate_micros;
    bool has_list_price;             /* there is one, */
    bool includes_tax;               /* and it does */
    struct package_verdict *package; /* NULL: it is none */
    enum message list_mistake; /* why the list gives none, where a manual price stands in its place;
                                  or MESSAGE_COUNT */
    enum message mistake; /* the first, one that refuses before one that holds, or MESSAGE_COUNT
                           */
};

/* The parts of a package: priced like the lines of an order of their own. */
struct package_verdict {
    struct pricing pricing;
    struct order order;
    struct price_facts facts;
    struct line_verdict *parts;
    int64_t *list_minor; /* what each costs by the list */
    int64_t *net_minor;  /* what each has of the line's net */
};

struct order_verdict {
    struct line_verdict *lines;
    enum message customer;   /* the mistake with it, or MESSAGE_COUNT */
    enum message promotions; /* likewise */
    enum message freight;    /* likewise */
    enum message total;      /* likewise */
};

/* Of two, each a mistake or MESSAGE_COUNT, the one to name: the first, but one that refuses goes
 * before one that holds. */
enum message pricing_first(enum message before, enum message now);

/* The steps for one line.  Each adds its findings, fills its part of *verdict and returns the first
 * mistake, or MESSAGE_COUNT. */
enum message price_quantity(struct pricing *pricing, size_t line_index, int64_t *quantity_micros);
enum message
price_list_choose(struct pricing *pricing, size_t line_index, struct line_verdict *verdict);
enum message
price_tax_rate(struct pricing *pricing, size_t line_index, struct line_verdict *verdict);
enum message price_options(struct pricing *pricing, const struct order_line *line,
                           const struct line_facts *facts, struct line_verdict *verdict);

/* What a unit costs by a candidate: its price as it stands, or the result of its formula, which is
 * kept in the verdict.  A line that has a mistake already costs nothing. */
enum message
price_of_candidate(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
                   const struct price_candidate *candidate, int64_t *price_micros);

/* Does the option take any number within bounds?  And is this text one? */
bool price_option_is_number(const struct option_fact *option);
bool
price_option_number(const struct option_fact *option, const char *value, int64_t *value_micros);

/* For the next finding: what can be ordered of an option, "red, white" or "0.1-6 m"; ""
 * when it is not offered. */
const char *
price_option_values(struct pricing *pricing, const struct line_facts *facts, const char *name);

/* Is a price asked for in place of ours? */
bool price_is_manual(const struct order_line *line);

/* What all units cost before a discount: what the rules say, or, where there is a manual price,
 * what that says; where either is asked for the rules' then stands in the verdict. */
int128 price_manual_amount(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
                           int128 rules_picos);

/* What the discount asked for takes off the line's amount before it, in minor units; 0 where there
 * is none.  The exact amounts go into *priced, the amount that is left into verdict->manual. */
int64_t price_discount_take(const struct pricing *pricing, size_t line_index, int128 list_picos,
                            struct line_verdict *verdict, struct priced_line *priced);

/* The price of a unit after it, rounded half up to millionths. */
int64_t price_discount_unit(const struct order_line *line, int64_t price_micros);

/* "12.5" */
const char *price_discount_percent(struct arena *arena, const struct manual_price *manual);

/* The member "discount" of a line in the trace; nothing when it has none. */
void price_discount_tell(struct json *json, const struct pricing *pricing, size_t line_index,
                         const struct priced_line *priced);

/* Whether the manual price of the line, or its discount, may be: adds a finding where there is one,
 * and returns it when it is a mistake. */
enum message price_manual_check(struct pricing *pricing, size_t line_index,
                                struct line_verdict *verdict, struct priced_line *priced);

/* May whoever set the line's price go below its floor? */
bool price_manual_covers_floor(const struct pricing *pricing, size_t line_index,
                               const struct line_verdict *verdict);

/* Once all reductions are made, and before tax: whether each line comes to what it must.  True when
 * one does not and is refused; its verdict has the mistake. */
bool price_floor_check(struct pricing *pricing, struct line_verdict *verdicts,
                       struct price_decision *decision);

/* Once amounts are booked: what all lines cost us, into the decision. */
void price_floor_sum(const struct pricing *pricing, struct price_decision *decision);

/* The members "floor" of a line and "margin" of an order in the trace; nothing when no cost is
 * known. */
void price_floor_tell(struct json *json, const struct pricing *pricing,
                      const struct line_verdict *verdict, const struct priced_line *priced,
                      bool is_priced);
void price_margin_tell(struct json *json, const struct pricing *pricing,
                       const struct price_decision *decision);

/* Whether the order may state freight: adds a finding where it may not, and returns it. */
enum message price_freight_check(struct pricing *pricing);

/* Once lines are taxed: what is charged for the carriage, and the tax on it. */
void price_freight(struct pricing *pricing, struct price_decision *decision);

/* The members "freight" and "freight_parts" of an order in the trace; nothing when it has none. */
void price_freight_tell(struct json *json, const struct pricing *pricing,
                        const struct price_decision *decision);

/* The member "manual" of a line in the trace; nothing when it has none. */
void price_manual_tell(struct json *json, const struct pricing *pricing, size_t line_index,
                       const struct line_verdict *verdict, const struct priced_line *priced);

/* Prices of a line in another currency: whether there is a rate that may be used; and what a price
 * is worth in the order's, which may be too much.  Nothing where they are in the order's. */
enum message price_exchange(struct pricing *pricing, size_t line_index);
enum message price_convert(struct pricing *pricing, size_t line_index, int64_t *price_micros);

/* The members that tell of the rate; there is one. */
void price_rate_tell(struct json *json, const struct pricing *pricing, const char *from);

/* The member "exchange" of a line or part in the trace; nothing where prices are in the order's
 * currency. */
void price_exchange_tell(struct json *json, const struct pricing *pricing, size_t line_index,
                         const struct line_verdict *verdict);

/* The parts of a package, and what it costs when it costs their sum. */
enum message
price_package(struct pricing *pricing, size_t line_index, struct line_verdict *verdict);

/* How many bytes of the arena one part takes beside its candidates. */
size_t price_package_room(void);

/* Once a line has its net: what each part has of it. */
void price_package_share(struct pricing *pricing, struct line_verdict *verdict,
                         struct priced_line *priced);

/* Once all lines have amounts: promotions reduce them, unless a line has a mistake.  Coupons that
 * do not serve are findings.  The finding when it is too much work, and nothing is reduced, or
 * MESSAGE_COUNT. */
enum message price_promotions(struct pricing *pricing, struct order_verdict *verdict,
                              struct price_decision *decision);

/* What a unit ordered costs after the promotions on lines, but not those on the whole order. */
int64_t price_after_promotions(const struct pricing *pricing, size_t line_index,
                               const struct price_decision *decision);

/* What promotions did, in the trace: of one line, and of the order. */
void price_promotion_tell_line(struct json *json, const struct pricing *pricing, size_t line_index,
                               const struct price_decision *decision);
void price_promotion_tell_order(struct json *json, const struct pricing *pricing,
                                const struct price_decision *decision);

/* The cost on the order's day in its currency: of several the one that became valid last; NULL:
 * none is known. */
const struct cost_fact *
price_cost_of_day(const struct pricing *pricing, const struct cost_facts *costs);

/* What a cost is worth in the order's currency; NULL: there is no rate.  One beyond the largest
 * decimal counts as that. */
const struct cost_fact *
price_convert_cost(const struct pricing *pricing, const struct cost_fact *cost);

/* Once all lines have amounts: their tax, into the lines of the decision. */
void price_taxes(struct pricing *pricing, const struct line_verdict *verdicts,
                 struct price_decision *decision);

/* Add a finding at its place; `line` is NULL for the whole order. */
void
pricing_mistake(struct pricing *pricing, const struct order_line *line, struct finding finding);

/* Texts for the next finding, in the findings' scratch arena: a partner's text shown safely; a
 * decimal; the most an amount may be; "green, red, white" (sorted, each once, cut when long; sorts
 * `texts`). */
const char *pricing_shown(struct pricing *pricing, const char *text);
const char *pricing_micros(struct pricing *pricing, int64_t micros, int places_min);
const char *pricing_limit(struct pricing *pricing);
const char *pricing_list(struct pricing *pricing, const char **texts, size_t count);

const char *price_trace(const struct pricing *pricing, const struct order_verdict *verdict,
                        const struct price_decision *decision);

#endif
