#include "rules/ladder.h"

#include "base/text.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 80 };

/* -- texts ------------------------------------------------------------------------------------ */

static const char *
shown(struct arena *arena, const char *text)
{
    return text_show(arena, text, strlen(text), SHOWN_MAX);
}

static const char *
micros_text(struct arena *arena, int64_t micros, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, places_min));
}

static const char *
days_text(struct arena *arena, int32_t from, int32_t to)
{
    char first[DATE_TEXT_SIZE];
    char last[DATE_TEXT_SIZE];
    return to == INT32_MAX
               ? arena_format(arena, "%s/..", day_format(first, from))
               : arena_format(arena, "%s/%s", day_format(first, from), day_format(last, to));
}

const char *
ladder_name(const struct master_row *row, bool with_break, struct arena *arena)
{
    const struct price_row *price = &row->price;
    const char *list = price->holder[0] == '\0' ? price->scope
                                                : arena_format(arena, "%s %s", price->scope,
                                                               shown(arena, price->holder));
    const char *name =
        arena_format(arena, "%s, %s, %s", shown(arena, price->sku), list, price->currency);
    return with_break ? arena_format(arena, "%s, from %s", name,
                                     micros_text(arena, price->quantity_from_micros, 0))
                      : name;
}

static const char *
row_price(const struct master_row *row, struct arena *arena)
{
    return arena_format(arena, "%s: %s", micros_text(arena, row->price.quantity_from_micros, 0),
                        micros_text(arena, row->price.price_micros, 2));
}

/* -- one ladder ------------------------------------------------------------------------------- */

bool
ladder_is_same(const struct master_row *one, const struct master_row *other)
{
    return strcmp(one->price.sku, other->price.sku) == 0 &&
           strcmp(one->price.currency, other->price.currency) == 0 &&
           strcmp(one->price.scope, other->price.scope) == 0 &&
           strcmp(one->price.holder, other->price.holder) == 0;
}

/* Is there a day on which both hold? */
static bool
meet(const struct master_row *one, const struct master_row *other)
{
    return one->price.valid_from <= other->price.valid_to &&
           other->price.valid_from <= one->price.valid_to;
}

/* What rows of one day must agree in, with the name of the column; NULL when they do. */
static const char *
difference(const struct price_row *one, const struct price_row *other)
{
    const struct {
        const char *column;
        const char *one;
        const char *other;
    } columns[] = {{"breaks", one->breaks, other->breaks},
                   {"break_group", one->break_group, other->break_group},
                   {"tax_included", one->includes_tax, other->includes_tax}};
    for (size_t index = 0; index < sizeof columns / sizeof columns[0]; index++) {
        if (strcmp(columns[index].one, columns[index].other) != 0) {
            return columns[index].column;
        }
    }
    return NULL;
}

static void
lint_mixed(const struct ladder *ladder, size_t at, struct lint *lint)
{
    const struct master_row *row = &ladder->rows[at];
    for (size_t index = 0; index < at; index++) {
        const struct master_row *other = &ladder->rows[index];
        const char *column = difference(&row->price, &other->price);
        if (column != NULL && meet(row, other)) {
            struct arena *scratch = lint_scratch(lint);
            lint_tell(lint, &(struct finding){.code = M_MASTER_LADDER_MIXED,
                                              .place = {row->line, 0},
                                              .field = column,
                                              .value = ladder_name(row, false, scratch),
                                              .expected =
                                                  arena_format(scratch, "%" PRId64, other->line)});
            return;
        }
    }
}

bool
ladder_has_price(const struct master_row *row)
{
    return row->price.formula[0] == '\0';
}

/* Against the deepest break below that is cheaper. */
static void
lint_rising(const struct ladder *ladder, size_t at, struct lint *lint)
{
    const struct master_row *row = &ladder->rows[at];
    if (!ladder_has_price(row)) {
        return;
    }
    for (size_t index = at; index-- > 0;) {
        const struct master_row *other = &ladder->rows[index];
        if (other->price.quantity_from_micros < row->price.quantity_from_micros &&
            ladder_has_price(other) && other->price.price_micros < row->price.price_micros &&
            meet(row, other)) {
            struct arena *scratch = lint_scratch(lint);
            lint_tell(lint, &(struct finding){.code = M_MASTER_PRICE_RISES,
                                              .place = {row->line, 0},
                                              .field = "price",
                                              .value = ladder_name(row, false, scratch),
                                              .expected = row_price(row, scratch),
                                              .hint = row_price(other, scratch)});
            return;
        }
    }
}

/* The least quantity that is sold and not below `quantity_micros`. */
static int64_t
sold_from(const struct ladder *ladder, int64_t quantity_micros)
{
    const int64_t least =
        quantity_micros > ladder->minimum_micros ? quantity_micros : ladder->minimum_micros;
    const int64_t multiple = ladder->multiple_micros > 0 ? ladder->multiple_micros : 1;
    return (least + multiple - 1) / multiple * multiple;
}

/* The row that holds on the day from the deepest break that is above `above` and not above `upto`;
 * of several the one that ends last. */
static const struct master_row *
deeper_on(const struct ladder *ladder, int64_t above, int64_t upto, int32_t day)
{
    const struct master_row *found = NULL;
    for (size_t index = 0; index < ladder->count; index++) {
        const struct price_row *price = &ladder->rows[index].price;
        if (price->quantity_from_micros > above && price->quantity_from_micros <= upto &&
            price->valid_from <= day && day <= price->valid_to &&
            (found == NULL || price->valid_to >= found->price.valid_to)) {
            found = &ladder->rows[index];
        }
    }
    return found;
}

/* On each of its days every quantity that is sold and reaches the row also reaches a deeper one.
 * Graduated bands fill from below, and lines that reach a break together may come to any sum. */
static void
lint_unreachable(const struct ladder *ladder, size_t at, struct lint *lint)
{
    const struct price_row *price = &ladder->rows[at].price;
    const int64_t first = sold_from(ladder, price->quantity_from_micros);
    const struct master_row *deeper = NULL;
    if (first <= price->quantity_from_micros || price->break_group[0] != '\0' ||
        strcmp(price->breaks, price_breaks_names[BREAKS_ALL_UNITS]) != 0) {
        return;
    }
    for (int32_t day = price->valid_from;;) {
        deeper = deeper_on(ladder, price->quantity_from_micros, first, day);
        if (deeper == NULL) {
            return;
        }
        if (deeper->price.valid_to >= price->valid_to) {
            break;
        }
        day = deeper->price.valid_to + 1;
    }
    struct arena *scratch = lint_scratch(lint);
    lint_tell(lint, &(struct finding){
                        .code = M_MASTER_PRICE_UNREACHABLE,
                        .place = {ladder->rows[at].line, 0},
                        .field = "quantity_from",
                        .value = ladder_name(&ladder->rows[at], true, scratch),
                        .expected = micros_text(scratch, first, 0),
                        .hint = micros_text(scratch, deeper->price.quantity_from_micros, 0)});
}

/* -- days and quantities without base price --------------------------------------------------- */

/* From the smallest break up, the first row that holds on one of the days. */
static const struct master_row *
first_within(const struct ladder *ladder, int32_t from, int32_t to)
{
    for (size_t index = 0; index < ladder->count; index++) {
        const struct price_row *price = &ladder->rows[index].price;
        if (price->valid_from <= to && from <= price->valid_to) {
            return &ladder->rows[index];
        }
    }
    return NULL;
}

static void
tell_gap(const struct ladder *ladder, const struct master_row *row, int32_t from, int32_t to,
         struct lint *lint)
{
    if (from > to || to < ladder->today) {
        return;
    }
    const struct master_row *above = first_within(ladder, from, to);
    if (above != NULL && above->price.quantity_from_micros <= sold_from(ladder, 1)) {
        return; /* less is not sold */
    }
    struct arena *scratch = lint_scratch(lint);
    struct finding finding = {.code = M_MASTER_PRICE_GAP,
                              .place = {row->line, 0},
                              .field = "valid_to",
                              .value = ladder_name(row, false, scratch),
                              .expected = days_text(scratch, from, to)};
    if (above != NULL) {
        finding.code = M_MASTER_PRICE_GAP_BELOW;
        finding.hint = micros_text(scratch, above->price.quantity_from_micros, 0);
    }
    lint_tell(lint, &finding);
}

/* The rows of the smallest break stand first, by the day they begin: between the first and the last
 * day of the ladder they should hold without a gap. */
static void
lint_gaps(const struct ladder *ladder, struct lint *lint)
{
    const int64_t smallest_micros = ladder->rows[0].price.quantity_from_micros;
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    for (size_t index = 0; index < ladder->count; index++) {
        const struct price_row *price = &ladder->rows[index].price;
        first = price->valid_from < first ? price->valid_from : first;
        last = price->valid_to > last ? price->valid_to : last;
    }
    int32_t next = first; /* the first day that is not known to be covered */
    const struct master_row *row = &ladder->rows[0];
    for (size_t index = 0; index < ladder->count; index++) {
        const struct price_row *price = &ladder->rows[index].price;
        if (price->quantity_from_micros != smallest_micros) {
            break;
        }
        row = &ladder->rows[index];
        tell_gap(ladder, row, next, price->valid_from - 1, lint);
        if (price->valid_to == INT32_MAX) {
            return;
        }
        next = price->valid_to >= next ? price->valid_to + 1 : next;
    }
    tell_gap(ladder, row, next, last, lint);
}

static void
lint_minimum(const struct ladder *ladder, struct lint *lint)
{
    const int64_t sold_micros = sold_from(ladder, 1);
    const struct master_row *row = &ladder->rows[0];
    if ((ladder->minimum_micros == 0 && ladder->multiple_micros == 0) ||
        row->price.quantity_from_micros <= sold_micros) {
        return;
    }
    struct arena *scratch = lint_scratch(lint);
    lint_tell(lint,
              &(struct finding){.code = M_MASTER_PRICE_MINIMUM,
                                .place = {row->line, 0},
                                .field = "quantity_from",
                                .value = ladder_name(row, false, scratch),
                                .expected = micros_text(scratch, sold_micros, 0),
                                .hint = micros_text(scratch, row->price.quantity_from_micros, 0)});
}

/* -- all together ----------------------------------------------------------------------------- */

/* Has it ended?  Rows that ended and have followers are what orders of older dates are priced by,
 * and no finding. */
static bool
lint_expired(const struct ladder *ladder, struct lint *lint)
{
    char text[DATE_TEXT_SIZE];
    int32_t last = INT32_MIN;
    for (size_t index = 0; index < ladder->count; index++) {
        const int32_t to = ladder->rows[index].price.valid_to;
        last = to > last ? to : last;
    }
    if (last >= ladder->today) {
        return false;
    }
    struct arena *scratch = lint_scratch(lint);
    lint_tell(lint, &(struct finding){.code = M_MASTER_PRICE_EXPIRED,
                                      .place = {ladder->rows[0].line, 0},
                                      .field = "valid_to",
                                      .value = ladder_name(&ladder->rows[0], false, scratch),
                                      .expected = arena_copy(scratch, day_format(text, last))});
    return true;
}

void
ladder_lint(const struct ladder *ladder, struct lint *lint)
{
    if (ladder->count == 0) {
        return;
    }
    for (size_t at = 0; at < ladder->count; at++) {
        lint_mixed(ladder, at, lint);
        lint_rising(ladder, at, lint);
        lint_unreachable(ladder, at, lint);
    }
    if (lint_expired(ladder, lint) ||
        strcmp(ladder->rows[0].price.scope, price_scope_names[SCOPE_BASE]) != 0) {
        return;
    }
    lint_gaps(ladder, lint);
    lint_minimum(ladder, lint);
}

/* -- options ---------------------------------------------------------------------------------- */

/* The value of the option that begins at `at` which makes the price least: NULL when that is to
 * leave it out.  *end is where the next option begins. */
static const struct option_fact *
least_value(const struct option_fact *options, size_t count, size_t at, int64_t price_micros,
            int128 *least_picos, size_t *end)
{
    const struct option_fact *best = NULL;
    bool is_required = false;
    int128 best_picos = 0;
    for (*end = at; *end < count && strcmp(options[*end].name, options[at].name) == 0; ++*end) {
        const struct option_fact *option = &options[*end];
        const int128 here_picos = (int128)option->surcharge_micros * MICROS +
                                  (int128)option->surcharge_percent_micros * price_micros;
        is_required |= option->is_required;
        if (best == NULL || here_picos < best_picos) {
            best_picos = here_picos;
            best = option;
        }
    }
    if (best_picos >= 0 && !is_required) {
        best_picos = 0;
        best = NULL;
    }
    *least_picos += best_picos;
    return best_picos < 0 ? best : NULL;
}

/* The least that a price may become, in millionths of millionths, with the values that take
 * something off. */
static int128
least_with(const struct option_fact *options, size_t count, int64_t price_micros,
           struct arena *arena, const char **how)
{
    int128 least_picos = (int128)price_micros * MICROS;
    size_t end = 0;
    *how = "";
    for (size_t at = 0; at < count; at = end) {
        const struct option_fact *best =
            least_value(options, count, at, price_micros, &least_picos, &end);
        if (best != NULL) {
            *how = arena_format(arena, "%s%s%s=%s", *how, **how == '\0' ? "" : " | ",
                                shown(arena, best->name), shown(arena, best->value));
        }
    }
    return least_picos;
}

/* A sum of least parts, each straight in the price, is least at one of the ends. */
void
ladder_lint_options(const struct price_span *span, const struct option_fact *options, size_t count,
                    struct lint *lint)
{
    const int64_t ends[] = {span->lowest_micros, span->highest_micros};
    for (size_t end = 0; end < 2; end++) {
        struct arena *scratch = lint_scratch(lint);
        const char *how = "";
        const int128 least_picos = least_with(options, count, ends[end], scratch, &how);
        if (least_picos < 0) {
            lint_tell(lint,
                      &(struct finding){
                          .code = M_MASTER_PRICE_NEGATIVE,
                          .place = {span->line, 0},
                          .field = "surcharge",
                          .value = arena_format(scratch, "%s, %s: %s", shown(scratch, span->sku),
                                                span->currency, micros_text(scratch, ends[end], 2)),
                          .expected = micros_text(
                              scratch, decimal_divide(least_picos, MICROS, ROUND_HALF_UP), 2),
                          .hint = how});
            return;
        }
    }
}

/* -- moves ------------------------------------------------------------------------------------ */

static int128
magnitude(int128 value)
{
    return value < 0 ? -value : value;
}

static int128
distance(const struct price_move *move)
{
    return magnitude((int128)move->now->price.price_micros - move->before->price.price_micros);
}

bool
price_move_exceeds(const struct price_move *move, int64_t share_max_micros)
{
    return distance(move) * MICROS > (int128)move->before->price.price_micros * share_max_micros;
}

bool
price_move_is_larger(const struct price_move *move, const struct price_move *than)
{
    if (than->before == NULL) {
        return true;
    }
    const int128 one = distance(move) * than->before->price.price_micros;
    const int128 other = distance(than) * move->before->price.price_micros;
    return one > other;
}

const char *
price_move_text(const struct price_move *move, struct arena *arena)
{
    char text[DECIMAL_TEXT_SIZE];
    const int64_t before_micros = move->before->price.price_micros;
    const int64_t now_micros = move->now->price.price_micros;
    if (before_micros == 0) {
        return "+";
    }
    const int128 tenths = decimal_divide_wide(((int128)now_micros - before_micros) * 1000,
                                              before_micros, ROUND_HALF_UP);
    if (tenths > INT64_MAX) {
        return "+";
    }
    return arena_format(arena, "%s%s%%", tenths > 0 ? "+" : "",
                        decimal_format(text, (int64_t)tenths, 1, 0));
}

/* What held before for the quantity of the row: the deepest break that holds on one of its days
 * (`from`: of them the first), or what ended last before it begins. */
static bool
goes_before(const struct master_row *one, const struct master_row *other,
            const struct master_row *now)
{
    if (other == NULL) {
        return true;
    }
    const bool one_meets = meet(one, now);
    if (one_meets != meet(other, now)) {
        return one_meets;
    }
    if (one_meets) {
        return one->price.quantity_from_micros > other->price.quantity_from_micros;
    }
    return one->price.valid_to != other->price.valid_to
               ? one->price.valid_to > other->price.valid_to
               : one->price.quantity_from_micros > other->price.quantity_from_micros;
}

/* The row that `now` is compared with first; NULL: there was no such price. */
static const struct master_row *
predecessor(const struct ladder *before, const struct master_row *now)
{
    const struct master_row *found = NULL;
    for (size_t index = 0; index < before->count; index++) {
        const struct master_row *row = &before->rows[index];
        if (row->price.quantity_from_micros <= now->price.quantity_from_micros &&
            row->price.valid_from <= now->price.valid_to && goes_before(row, found, now)) {
            found = row;
        }
    }
    return found;
}

/* Of all periods of the break that it is compared with, the one that it moves away from most. */
static struct price_move
largest_of(const struct ladder *before, const struct master_row *now)
{
    struct price_move largest = {NULL, now};
    const struct master_row *first = predecessor(before, now);
    for (size_t index = 0; first != NULL && index < before->count; index++) {
        const struct master_row *row = &before->rows[index];
        const struct price_move move = {row, now};
        const bool counts =
            row == first || (row->price.quantity_from_micros == first->price.quantity_from_micros &&
                             meet(row, now) && meet(first, now));
        if (counts && ladder_has_price(row) && price_move_is_larger(&move, &largest)) {
            largest = move;
        }
    }
    return largest;
}

size_t
ladder_moves(const struct ladder *before, const struct ladder *now, struct price_move *moves)
{
    size_t count = 0;
    for (size_t index = 0; index < now->count; index++) {
        const struct price_move move = ladder_has_price(&now->rows[index])
                                           ? largest_of(before, &now->rows[index])
                                           : (struct price_move){NULL, NULL};
        if (move.before != NULL && distance(&move) != 0) {
            moves[count++] = move;
        }
    }
    return count;
}
