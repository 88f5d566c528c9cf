/* The list price of a line: sort the candidates, best first, by all they say, so that the order of
 * the facts cannot matter; the first that is eligible is applied. */
#include "rules/price_formula.h"
#include "rules/pricing.h"

#include <stdlib.h>
#include <string.h>

const char *const price_scope_names[SCOPE_COUNT] = {"customer", "group", "channel", "base"};
const char *const price_breaks_names[BREAKS_COUNT] = {"all-units", "graduated"};

static const char *
formula_text(const struct price_candidate *candidate)
{
    return candidate->formula == NULL ? "" : candidate->formula->text;
}

/* Best first; every member counts, so that only equal candidates are equal. */
static int
compare_candidates(const void *one_pointer, const void *other_pointer)
{
    const struct price_candidate *one = *(const struct price_candidate *const *)one_pointer;
    const struct price_candidate *other = *(const struct price_candidate *const *)other_pointer;
    const int orders[] = {
        number_compare(one->scope, other->scope),
        number_compare(other->quantity_from_micros, one->quantity_from_micros),
        number_compare(other->valid_from, one->valid_from),
        number_compare(one->valid_to, other->valid_to),
        number_compare(one->price_micros, other->price_micros),
        strcmp(formula_text(one), formula_text(other)),
        strcmp(one->holder, other->holder),
        number_compare(one->breaks, other->breaks),
        number_compare(one->includes_tax, other->includes_tax),
        strcmp(one->break_group, other->break_group),
    };
    for (size_t index = 0; index < sizeof orders / sizeof orders[0]; index++) {
        if (orders[index] != 0) {
            return orders[index];
        }
    }
    return 0;
}

static const struct price_candidate **
sorted_candidates(struct pricing *pricing, const struct line_facts *facts)
{
    const struct price_candidate **sorted =
        arena_array(pricing->arena, const struct price_candidate *, facts->candidate_count);
    for (size_t index = 0; index < facts->candidate_count; index++) {
        sorted[index] = &facts->candidates[index];
    }
    if (facts->candidate_count > 1) {
        qsort(sorted, facts->candidate_count, sizeof *sorted, compare_candidates);
    }
    return sorted;
}

enum eligibility
price_eligibility(const struct price_candidate *candidate, int32_t day, int64_t quantity_micros)
{
    return day < candidate->valid_from                         ? NOT_YET_VALID
           : day > candidate->valid_to                         ? NO_LONGER_VALID
           : quantity_micros < candidate->quantity_from_micros ? BREAK_NOT_REACHED
                                                               : ELIGIBLE;
}

/* By the quantity that counts for the candidate's break: the line's, or its pool's. */
static enum eligibility
eligibility_of(const struct pricing *pricing, size_t line_index,
               const struct price_candidate *candidate)
{
    return price_eligibility(candidate, pricing->order->order_date,
                             price_break_standing(pricing, line_index, candidate).total_micros);
}

/* "2026-01-01 to 2026-06-30, from 2027-01-01", sorted. */
static const char *
validity_text(struct pricing *pricing, const struct line_facts *facts)
{
    struct arena *scratch = &pricing->findings->scratch;
    const char **ranges = arena_array(scratch, const char *, facts->candidate_count);
    for (size_t index = 0; index < facts->candidate_count; index++) {
        const struct price_candidate *candidate = &facts->candidates[index];
        char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
        day_format(from, candidate->valid_from);
        ranges[index] =
            candidate->valid_to == INT32_MAX
                ? arena_format(scratch, "%s/..", from)
                : arena_format(scratch, "%s/%s", from, day_format(to, candidate->valid_to));
    }
    return pricing_list(pricing, ranges, facts->candidate_count);
}

/* Why no candidate is eligible: there is none, none on that day, or none for so few. */
static enum message
no_price(struct pricing *pricing, size_t line_index)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    const struct line_facts *facts = &pricing->facts->lines[line_index];
    const int32_t day = pricing->order->order_date;
    int64_t quantity_min_micros = INT64_MAX;
    for (size_t index = 0; index < facts->candidate_count; index++) {
        const struct price_candidate *candidate = &facts->candidates[index];
        if (eligibility_of(pricing, line_index, candidate) == BREAK_NOT_REACHED &&
            candidate->quantity_from_micros < quantity_min_micros) {
            quantity_min_micros = candidate->quantity_from_micros;
        }
    }
    struct finding finding = {.code = M_PRICE_NONE,
                              .field = "sku",
                              .value = pricing_shown(pricing, line->sku),
                              .expected = pricing->order->currency};
    char text[DATE_TEXT_SIZE];
    if (quantity_min_micros != INT64_MAX) {
        finding = (struct finding){
            .code = M_PRICE_QUANTITY,
            .field = "quantity",
            .value = pricing_micros(pricing, pricing->quantities_micros[line_index], 0),
            .expected = pricing_micros(pricing, quantity_min_micros, 0)};
    } else if (facts->candidate_count > 0) {
        finding = (struct finding){
            .code = M_PRICE_DATE,
            .field = "order_date",
            .value = arena_copy(&pricing->findings->scratch, day_format(text, day)),
            .expected = validity_text(pricing, facts)};
    }
    pricing_mistake(pricing, line, finding);
    return finding.code;
}

/* The bands of the ladder that the applied candidate belongs to, from the top down: its fellows
 * follow it, deepest break first.  Of equal breaks the first holds. */
static void
fill_bands(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const struct price_candidate *applied = verdict->candidates[verdict->applied];
    const int64_t quantity_micros = pricing->quantities_micros[line_index];
    const int64_t from_micros = verdict->standing.before_micros;
    const struct price_candidate *lowest = applied;
    int64_t top_micros = from_micros + quantity_micros;
    verdict->bands = arena_array(pricing->arena, struct band, verdict->candidate_count);
    for (size_t index = verdict->applied; index < verdict->candidate_count; index++) {
        const struct price_candidate *candidate = verdict->candidates[index];
        if (candidate->scope != applied->scope ||
            eligibility_of(pricing, line_index, candidate) != ELIGIBLE ||
            (candidate != applied &&
             candidate->quantity_from_micros == lowest->quantity_from_micros)) {
            continue;
        }
        lowest = candidate;
        const int64_t bottom_micros = candidate->quantity_from_micros > from_micros
                                          ? candidate->quantity_from_micros
                                          : from_micros;
        if (top_micros > bottom_micros) {
            verdict->bands[verdict->band_count++] =
                (struct band){candidate, top_micros - bottom_micros, 0};
            top_micros = bottom_micros;
        }
    }
    if (top_micros > from_micros) { /* below the first band */
        verdict->bands[verdict->band_count++] = (struct band){lowest, top_micros - from_micros, 0};
    }
}

static void
reverse_bands(struct line_verdict *verdict)
{
    for (size_t low = 0, high = verdict->band_count; high > low + 1; low++, high--) {
        const struct band band = verdict->bands[low];
        verdict->bands[low] = verdict->bands[high - 1];
        verdict->bands[high - 1] = band;
    }
}

/* What all units cost, each band at its price. */
static enum message
price_bands(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const int64_t quantity_micros = pricing->quantities_micros[line_index];
    fill_bands(pricing, line_index, verdict);
    reverse_bands(verdict);
    for (size_t index = 0; index < verdict->band_count; index++) {
        struct band *band = &verdict->bands[index];
        const enum message mistake =
            price_of_candidate(pricing, line_index, verdict, band->candidate, &band->price_micros);
        if (mistake != MESSAGE_COUNT) {
            return mistake;
        }
        verdict->list_picos += (int128)band->price_micros * band->quantity_micros;
    }
    verdict->list_micros =
        quantity_micros == 0 ? 0
                             : decimal_divide(verdict->list_picos, quantity_micros, ROUND_HALF_UP);
    return MESSAGE_COUNT;
}

/* What all units of the line cost by the applied candidate. */
static enum message
list_amount(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const struct price_candidate *applied = verdict->candidates[verdict->applied];
    verdict->standing = price_break_standing(pricing, line_index, applied);
    if (applied->breaks == BREAKS_GRADUATED) {
        return price_bands(pricing, line_index, verdict);
    }
    const enum message mistake =
        price_of_candidate(pricing, line_index, verdict, applied, &verdict->list_micros);
    verdict->list_picos = (int128)verdict->list_micros * pricing->quantities_micros[line_index];
    return mistake;
}

enum message
price_list_choose(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const struct line_facts *facts = &pricing->facts->lines[line_index];
    verdict->candidates = sorted_candidates(pricing, facts);
    verdict->candidate_count = facts->candidate_count;
    verdict->applied = 0;
    while (verdict->applied < facts->candidate_count &&
           eligibility_of(pricing, line_index, verdict->candidates[verdict->applied]) != ELIGIBLE) {
        verdict->applied++;
    }
    if (verdict->applied == facts->candidate_count) {
        return price_is_manual(&pricing->order->lines[line_index]) ? MESSAGE_COUNT
                                                                   : no_price(pricing, line_index);
    }
    const enum message exchange = price_exchange(pricing, line_index);
    if (exchange != MESSAGE_COUNT) {
        return exchange;
    }
    verdict->has_list_price = true;
    verdict->includes_tax = verdict->candidates[verdict->applied]->includes_tax;
    return list_amount(pricing, line_index, verdict);
}
