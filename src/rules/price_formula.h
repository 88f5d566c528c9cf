/* price_formula.h -- a price as a formula (rules/formula.h): which names it may use, and its value
 * for one line of an order.
 *
 * Names, beside the options of the product:
 *     quantity     of the line, in the product's unit
 *     base         the price that stands beside the formula; only where there is one
 *     customer, group, country, channel       texts: of the customer and of how it orders, "" for
 * none order_year, order_month, order_day      of the order's date, which is the price date An
 * option is a text, or a number where any number within bounds may be ordered (value "*").  Of an
 * option called like one of ours, ours goes before.  An option which need not be ordered is given
 * only when it is: given(engraving).
 *
 * The result is the price of one unit, in the currency of its row, rounded half up to millionths.
 * Below zero it is a mistake, as is no result: never a price of zero that the formula does not say.
 * All these hold the order, but for an option that the partner can still give.
 */
#ifndef PURSER_PRICE_FORMULA_H
#define PURSER_PRICE_FORMULA_H

#include "rules/formula.h"
#include "rules/price.h"

/* Compiled for one product, by what master data in force say about it. */
struct price_formula {
    const char *text;
    const struct formula *formula;  /* NULL: it does not go with the product (any more) */
    struct formula_mistake mistake; /* then why, the first of all */
    struct formula_names names;
    const struct option_fact **options; /* for each name the option, NULL: one of ours */
};

/* Compile the formula of a candidate of a product; of `product` the unit, the least quantity and
 * the options are used.  `base_micros` is AMOUNT_NONE for none.  It lies in `arena` and refers to
 * `product`'s texts. */
const struct price_formula *
price_formula_compile(const char *text, int64_t base_micros, const char *currency,
                      const struct line_facts *product, struct arena *arena,
                      struct formula_mistakes *mistakes);

/* The message of a mistake in a formula, for whoever wrote it. */
enum message price_formula_message(enum formula_code code);

/* "base, channel, colour, ...": all that a formula of this product may name. */
const char *price_formula_names(const struct price_formula *formula, struct arena *arena);

#endif
