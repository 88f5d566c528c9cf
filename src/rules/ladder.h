/* ladder.h -- what is doubtful in a price list, and how far it moves prices: pure.
 *
 * A ladder is all rows of one product in one list (the customer's, group's or channel's, or base)
 * and currency: its quantity breaks in all periods.  A row of it holds on its days from its
 * quantity on, up to the next break that is valid then.  Rows with formulas have no price to
 * compare. */
#ifndef PURSER_LADDER_H
#define PURSER_LADDER_H

#include "order/master.h"
#include "rules/lint.h"
#include "rules/price.h"

/* Rows are compared with each other: of a longer ladder only so many are judged, which is told. */
enum { LADDER_ROWS_MAX = 1000 };

struct ladder {
    const struct master_row *rows; /* of kind prices, by quantity_from, then valid_from */
    size_t count;
    int64_t minimum_micros; /* of the product: the least that is sold, and in which steps; 0: any */
    int64_t multiple_micros;
    int32_t today;
};

/* Are two rows of the same ladder? */
bool ladder_is_same(const struct master_row *one, const struct master_row *other);

/* Is it a price that can be compared, not a formula? */
bool ladder_has_price(const struct master_row *row);

/* Mistake: rows of one day that mix kinds of breaks, break groups, or prices with and without tax.
 * Doubts: more quantity costs more per unit; a row that no quantity that is sold can reach; days
 * from today on without base price (at all, or below a break), a base price that begins above the
 * least that is sold; a ladder that has ended. */
void ladder_lint(const struct ladder *ladder, struct lint *lint);

/* All prices of a product in one currency. */
struct price_span {
    const char *sku;
    const char *currency;
    int64_t lowest_micros;
    int64_t highest_micros;
    int64_t line; /* of the lowest, where its file is the one that is judged; else 0 */
};

/* Doubt: options that together may take a price below zero.  `options` by name. */
void ladder_lint_options(const struct price_span *span, const struct option_fact *options,
                         size_t count, struct lint *lint);

/* What a price becomes: of the row `now` against the row that held before it on the same day for
 * the same quantity, or else the one that ended last before it begins. */
struct price_move {
    const struct master_row *before; /* NULL: nothing moved yet */
    const struct master_row *now;
};

/* Is it by more than a share of the price before?  From zero it always is. */
bool price_move_exceeds(const struct price_move *move, int64_t share_max_micros);
bool price_move_is_larger(const struct price_move *move, const struct price_move *than);

/* In percent, rounded to tenths: "+12.5%"; "+" alone from zero. */
const char *price_move_text(const struct price_move *move, struct arena *arena);

/* The largest move of each row of a ladder against the same ladder of another version, in the order
 * of the rows; rows that do not move are left out.  `moves` has room for one per row. */
size_t
ladder_moves(const struct ladder *before, const struct ladder *now, struct price_move *moves);

/* "LJ-100, customer NORD, EUR", with the break for a row: "..., from 12". */
const char *ladder_name(const struct master_row *row, bool with_break, struct arena *arena);

#endif
