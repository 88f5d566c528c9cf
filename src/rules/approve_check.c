#include "rules/approve_check.h"

#include "base/text.h"
#include "rules/credit.h"

#include <stdlib.h>
#include <string.h>

void
approval_remark_add(struct approval_remarks *remarks, const struct approval_remark *remark)
{
    remarks->items = arena_grow(remarks->arena, remarks->items, sizeof *remarks->items,
                                remarks->count, &remarks->capacity);
    struct approval_remark *added = &remarks->items[remarks->count++];
    *added = *remark;
    added->field = added->field == NULL ? "" : added->field;
    added->name = added->name == NULL ? "" : added->name;
}

void
approval_remark_compared(const struct approval_matrix *matrix, struct approval_remarks *remarks,
                         const struct approval_remark *remark)
{
    if (*matrix->looks_left > 0) {
        approval_remark_add(remarks, remark);
    }
}

static int
compare_remarks(const void *one_pointer, const void *other_pointer)
{
    const struct approval_remark *one = one_pointer;
    const struct approval_remark *other = other_pointer;
    const int orders[] = {
        number_compare(one->rule->line, other->rule->line),
        number_compare(one->doubt, other->doubt),
        number_compare(one->other == NULL ? 0 : one->other->line,
                       other->other == NULL ? 0 : other->other->line),
        strcmp(one->field, other->field),
        strcmp(one->name, other->name),
    };
    for (size_t index = 0; index < sizeof orders / sizeof orders[0]; index++) {
        if (orders[index] != 0) {
            return orders[index];
        }
    }
    return 0;
}

void
approval_remarks_sort(struct approval_remarks *remarks)
{
    if (remarks->count > 1) {
        qsort(remarks->items, remarks->count, sizeof *remarks->items, compare_remarks);
    }
}

/* -- what rows have in common ------------------------------------------------------------------ */

bool
approval_list_is_wider(const char *one, const char *other, int64_t *looks_left)
{
    const char *entry;
    size_t size = 0;
    if (one[0] == '\0' || strcmp(one, other) == 0) {
        return true;
    }
    bool is_wider = other[0] != '\0';
    while (is_wider && (entry = text_list_next(&other, &size)) != NULL) {
        const char *rest = one;
        const char *allowed;
        size_t allowed_size = 0;
        is_wider = false;
        while (!is_wider && (allowed = text_list_next(&rest, &allowed_size)) != NULL) {
            is_wider = allowed_size == size && memcmp(allowed, entry, size) == 0;
            *looks_left -= (int64_t)allowed_size + 1;
        }
        is_wider &= *looks_left > 0;
    }
    return is_wider;
}

static bool
word_is_wider(const char *one, const char *other)
{
    return one[0] == '\0' || strcmp(one, other) == 0;
}

bool
approval_is_wider(const struct approval_rule *one, const struct approval_rule *other,
                  int64_t *looks_left)
{
    return word_is_wider(one->type, other->type) && word_is_wider(one->changed, other->changed) &&
           word_is_wider(one->manual, other->manual) &&
           word_is_wider(one->country_changed, other->country_changed) &&
           (one->lead_days_below < 0 ||
            (other->lead_days_below >= 0 && other->lead_days_below <= one->lead_days_below)) &&
           one->discount_above_micros <= other->discount_above_micros &&
           one->increase_above_micros <= other->increase_above_micros &&
           (one->margin_below_micros == APPROVAL_RATE_NONE ||
            (other->margin_below_micros != APPROVAL_RATE_NONE &&
             other->margin_below_micros <= one->margin_below_micros)) &&
           approval_list_is_wider(one->customers, other->customers, looks_left) &&
           approval_list_is_wider(one->groups, other->groups, looks_left) &&
           approval_list_is_wider(one->channels, other->channels, looks_left) &&
           approval_list_is_wider(one->countries, other->countries, looks_left) &&
           approval_list_is_wider(one->categories, other->categories, looks_left) &&
           approval_list_is_wider(one->credit, other->credit, looks_left);
}

static bool
has_band(const struct approval_rule *rule)
{
    return rule->above_micros >= 0 || rule->up_to_micros >= 0;
}

struct approval_band
approval_band_of(const struct approval_rule *rule)
{
    return (struct approval_band){rule->above_micros,
                                  rule->up_to_micros < 0 ? INT64_MAX : rule->up_to_micros};
}

static bool
is_empty(const struct approval_band *band)
{
    return band->up_to_micros <= band->above_micros;
}

static bool
is_never(const struct approval_rule *rule)
{
    const struct approval_band band = approval_band_of(rule);
    return is_empty(&band);
}

static const char *
currency_of(const struct approval_matrix *matrix, const struct approval_rule *rule)
{
    return rule->currency[0] == '\0' ? matrix->company_currency : rule->currency;
}

bool
approval_same_measure(const struct approval_matrix *matrix, const struct approval_rule *one,
                      const struct approval_rule *other)
{
    return !has_band(one) || !has_band(other) ||
           (one->is_net == other->is_net && one->is_alone == other->is_alone &&
            strcmp(currency_of(matrix, one), currency_of(matrix, other)) == 0);
}

/* Of the orders that `narrow` matches, is it the band alone that says which `wide` matches? */
static bool
goes_with(const struct approval_matrix *matrix, const struct approval_rule *wide,
          const struct approval_rule *narrow)
{
    return (!has_band(wide) || (has_band(narrow) && approval_same_measure(matrix, wide, narrow))) &&
           approval_is_wider(wide, narrow, matrix->looks_left);
}

/* Rows of one table of bands. */
static bool
are_alike(const struct approval_matrix *matrix, const struct approval_rule *one,
          const struct approval_rule *other)
{
    return has_band(one) && goes_with(matrix, one, other) && has_band(other) &&
           goes_with(matrix, other, one);
}

static void
cut_off(struct approval_band *band, const struct approval_band *taken)
{
    if (taken->up_to_micros >= band->up_to_micros && taken->above_micros < band->up_to_micros) {
        band->up_to_micros =
            taken->above_micros > band->above_micros ? taken->above_micros : band->above_micros;
    } else if (taken->above_micros <= band->above_micros &&
               taken->up_to_micros > band->above_micros) {
        band->above_micros = taken->up_to_micros;
    }
}

void
approval_band_left(const struct approval_matrix *matrix, size_t place,
                   const struct approval_rule *orders, struct approval_band *band)
{
    for (size_t at = place; at-- > 0 && matrix->rules[at].step == matrix->rules[place].step;) {
        const struct approval_rule *stricter = &matrix->rules[at];
        const struct approval_band taken = approval_band_of(stricter);
        if (!is_empty(&taken) && goes_with(matrix, stricter, orders)) {
            cut_off(band, &taken);
        }
    }
}

/* -- within one row ---------------------------------------------------------------------------- */

static void
check_hours(const struct approval_rule *rule, struct approval_remarks *remarks)
{
    const struct {
        const char *field;
        int64_t hours;
    } times[] = {{"remind_hours", rule->asking.remind_hours},
                 {"escalate_hours", rule->asking.escalate_hours}};
    for (size_t index = 0; index < sizeof times / sizeof times[0]; index++) {
        if (rule->asking.decide_hours >= 0 && times[index].hours >= rule->asking.decide_hours) {
            approval_remark_add(remarks, &(struct approval_remark){.doubt = MATRIX_HOURS,
                                                                   .rule = rule,
                                                                   .field = times[index].field,
                                                                   .count = times[index].hours});
        }
    }
}

static bool
is_credit_word(const char *word)
{
    return strcmp(word, CREDIT_UNKNOWN) == 0 ||
           text_among(word, credit_verdict_names, CREDIT_VERDICT_COUNT);
}

static void
check_credit(const struct approval_rule *rule, struct approval_remarks *remarks)
{
    const char *rest = rule->credit;
    const char *entry;
    size_t size = 0;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        const char *word = arena_copy_bytes(remarks->arena, entry, size);
        if (!is_credit_word(word)) {
            approval_remark_add(remarks, &(struct approval_remark){.doubt = MATRIX_CREDIT,
                                                                   .rule = rule,
                                                                   .field = "credit",
                                                                   .name = word});
        }
    }
}

static void
check_row(const struct approval_rule *rule, struct approval_remarks *remarks)
{
    if (is_never(rule)) {
        approval_remark_add(remarks, &(struct approval_remark){.doubt = MATRIX_NEVER,
                                                               .rule = rule,
                                                               .field = "up_to",
                                                               .from_micros = rule->above_micros,
                                                               .to_micros = rule->up_to_micros});
    }
    check_hours(rule, remarks);
    check_credit(rule, remarks);
}

/* -- rows against each other ------------------------------------------------------------------- */

/* The rows of one step: part of the sorted matrix. */
struct step_rows {
    const struct approval_matrix *matrix;
    const struct approval_rule *rules;
    size_t count;
    const struct approval_rule **bands; /* room for all of them */
    struct approval_remarks *remarks;
};

/* The first row that asks wherever this one would. */
static const struct approval_rule *
hiding(const struct step_rows *step, size_t place)
{
    const struct approval_band band = approval_band_of(&step->rules[place]);
    for (size_t at = 0; at < place; at++) {
        const struct approval_rule *stricter = &step->rules[at];
        const struct approval_band taken = approval_band_of(stricter);
        if (taken.above_micros <= band.above_micros && taken.up_to_micros >= band.up_to_micros &&
            !is_empty(&taken) && goes_with(step->matrix, stricter, &step->rules[place])) {
            return stricter;
        }
    }
    return NULL;
}

static bool
ask_alike(const struct approval_rule *one, const struct approval_rule *other, int64_t *looks_left)
{
    const char *const lists[][2] = {{one->asking.approvers, other->asking.approvers},
                                    {one->asking.roles, other->asking.roles}};
    bool is_alike = true;
    for (size_t index = 0; index < sizeof lists / sizeof lists[0]; index++) {
        is_alike &= approval_list_is_wider(lists[index][0], lists[index][1], looks_left) &&
                    approval_list_is_wider(lists[index][1], lists[index][0], looks_left);
    }
    return is_alike;
}

/* Bands that begin together are told from each other by where they end: the lowest asks.  Of others
 * the one that begins higher asks, and one that says where it ends means to ask until there. */
static void
check_overlaps(const struct step_rows *step, size_t place)
{
    const struct approval_rule *lower = &step->rules[place];
    if (lower->up_to_micros < 0) {
        return;
    }
    for (size_t at = 0; at < place; at++) {
        const struct approval_rule *higher = &step->rules[at];
        const struct approval_band band = approval_band_of(higher);
        if (lower->above_micros < band.above_micros && band.above_micros < lower->up_to_micros &&
            !is_empty(&band) && are_alike(step->matrix, higher, lower) &&
            !ask_alike(higher, lower, step->matrix->looks_left)) {
            const int64_t end =
                band.up_to_micros < lower->up_to_micros ? band.up_to_micros : lower->up_to_micros;
            approval_remark_compared(step->matrix, step->remarks,
                                     &(struct approval_remark){.doubt = MATRIX_OVERLAP,
                                                               .rule = lower,
                                                               .other = higher,
                                                               .field = "up_to",
                                                               .from_micros = band.above_micros,
                                                               .to_micros = end});
        }
    }
}

static int
compare_bands(const void *one_pointer, const void *other_pointer)
{
    const struct approval_rule *one = *(const struct approval_rule *const *)one_pointer;
    const struct approval_rule *other = *(const struct approval_rule *const *)other_pointer;
    const int order = number_compare(one->above_micros, other->above_micros);
    return order != 0 ? order : number_compare(one->line, other->line);
}

/* All rows of the step that ask about orders like those of the rule, by where they begin; 0: the
 * rule is not the first row of its table. */
static size_t
gather_bands(const struct step_rows *step, const struct approval_rule *rule)
{
    size_t count = 0;
    for (size_t at = 0; at < step->count; at++) {
        const struct approval_rule *other = &step->rules[at];
        if (is_never(other) || !goes_with(step->matrix, other, rule)) {
            continue;
        }
        if (other < rule && are_alike(step->matrix, other, rule)) {
            return 0;
        }
        step->bands[count++] = other;
    }
    if (count > 1) {
        qsort(step->bands, count, sizeof(const struct approval_rule *), compare_bands);
    }
    return count;
}

/* Does a row of any step ask about the largest of these orders? */
static bool
asks_above(const struct approval_matrix *matrix, const struct approval_rule *orders)
{
    for (size_t at = 0; at < matrix->count; at++) {
        if (matrix->rules[at].up_to_micros < 0 && goes_with(matrix, &matrix->rules[at], orders)) {
            return true;
        }
    }
    return false;
}

static void
check_gaps(const struct step_rows *step, const struct approval_rule *rule)
{
    const size_t count = gather_bands(step, rule);
    const struct approval_rule *last = NULL; /* of its table, that reaches furthest */
    bool has_begin = false;
    int64_t reach = 0;
    for (size_t at = 0; at < count; at++) {
        const struct approval_rule *next = step->bands[at];
        const struct approval_band band = approval_band_of(next);
        const bool is_alike = are_alike(step->matrix, next, rule);
        if (is_alike && last != NULL && band.above_micros > reach) {
            approval_remark_compared(step->matrix, step->remarks,
                                     &(struct approval_remark){.doubt = MATRIX_GAP,
                                                               .rule = next,
                                                               .field = "above",
                                                               .from_micros = reach,
                                                               .to_micros = band.above_micros});
        }
        has_begin |= is_alike && next->above_micros >= 0;
        reach = at == 0 || band.up_to_micros > reach ? band.up_to_micros : reach;
        if (is_alike &&
            (last == NULL || band.up_to_micros >= approval_band_of(last).up_to_micros)) {
            last = next;
        }
    }
    if (has_begin && reach != INT64_MAX && last->up_to_micros == reach &&
        !asks_above(step->matrix, rule)) {
        approval_remark_compared(step->matrix, step->remarks,
                                 &(struct approval_remark){.doubt = MATRIX_OPEN,
                                                           .rule = last,
                                                           .field = "up_to",
                                                           .from_micros = reach,
                                                           .to_micros = -1});
    }
}

static void
check_step(const struct step_rows *step)
{
    for (size_t place = 0; place<step->count && * step->matrix->looks_left> 0; place++) {
        const struct approval_rule *rule = &step->rules[place];
        if (is_never(rule)) {
            continue;
        }
        const struct approval_rule *other = hiding(step, place);
        if (other != NULL) {
            approval_remark_add(
                step->remarks,
                &(struct approval_remark){.doubt = MATRIX_HIDDEN, .rule = rule, .other = other});
        } else {
            check_overlaps(step, place);
        }
        if (has_band(rule)) {
            check_gaps(step, rule);
        }
    }
}

void
approval_check(const struct approval_matrix *matrix, struct approval_remarks *remarks)
{
    struct step_rows step = {
        .matrix = matrix,
        .bands = arena_array(remarks->arena, const struct approval_rule *, matrix->count),
        .remarks = remarks};
    for (size_t at = 0; at < matrix->count; at += step.count) {
        step.rules = &matrix->rules[at];
        step.count = 0;
        while (at + step.count < matrix->count &&
               matrix->rules[at + step.count].step == step.rules->step) {
            check_row(&step.rules[step.count++], remarks);
        }
        check_step(&step);
    }
}
