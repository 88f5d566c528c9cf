/* Rows of a table against each other: which can meet on a line, and what becomes of them there.
 *
 * Products are compared as they are named: that a SKU is of a category is not known here, so one
 * that names SKUs and one that names categories are not said to meet. */
#include "rules/promotion_checking.h"

#include <stdlib.h>
#include <string.h>

enum {
    COMPARED_MAX = 256, /* rows that one is compared with, in one list */
    SHADOWS_MAX = 64,   /* rows that are asked whether they shadow others */
};

/* --- do two rows meet? --- */

static bool
lists_meet(const struct promotion_list *one, const struct promotion_list *other)
{
    size_t at = 0, there = 0;
    while (at < one->count && there < other->count) {
        const int order = strcmp(one->words[at].text, other->words[there].text);
        if (order == 0) {
            return true;
        }
        at += order < 0;
        there += order > 0;
    }
    return false;
}

/* Where an empty list means anybody. */
static bool
may_both_be(const struct promotion_list *one, const struct promotion_list *other)
{
    return one->count == 0 || other->count == 0 || lists_meet(one, other);
}

static bool
may_meet(const struct promotion_row *one, const struct promotion_row *other)
{
    const struct promotion *first = one->promotion;
    const struct promotion *second = other->promotion;
    return first->valid_from <= second->valid_to && second->valid_from <= first->valid_to &&
           (first->currency[0] == '\0' || second->currency[0] == '\0' ||
            strcmp(first->currency, second->currency) == 0) &&
           may_both_be(&one->customers, &other->customers) &&
           may_both_be(&one->groups, &other->groups) &&
           may_both_be(&one->channels, &other->channels);
}

/* Do both save the same wherever both can be applied? */
static bool
save_the_same(const struct promotion_row *one, const struct promotion_row *other)
{
    const struct promotion *first = one->promotion;
    const struct promotion *second = other->promotion;
    const bool repeat_alike =
        first->repeats == second->repeats &&
        (!first->repeats || (first->minimum_amount_minor == second->minimum_amount_minor &&
                             first->minimum_quantity_micros == second->minimum_quantity_micros));
    const bool give_alike =
        first->action != ACTION_BUY_GET ||
        (first->buy == second->buy && first->get == second->get &&
         first->get_micros == second->get_micros && first->choice == second->choice &&
         first->grouping == second->grouping && first->free_count == second->free_count &&
         first->free_form == second->free_form && strcmp(first->get_skus, second->get_skus) == 0);
    return first->action == second->action && first->value_micros == second->value_micros &&
           first->value_minor == second->value_minor && one->is_together == other->is_together &&
           repeat_alike && give_alike;
}

/* --- overlaps: the code decides --- */

/* A row under one of its words. */
struct entry_of_word {
    const struct promotion_row *row;
    enum promotion_key key;
    const char *word;
    uint32_t index; /* of the row, by line */
};

struct entries {
    struct entry_of_word *list;
    size_t count;
};

static int
compare_turns(const struct promotion_row *one, const struct promotion_row *other)
{
    const int by_stage = number_compare((int64_t)one->stage, (int64_t)other->stage);
    const int by_priority =
        by_stage != 0 ? by_stage
                      : number_compare(other->promotion->priority, one->promotion->priority);
    return by_priority;
}

static int
compare_contests(const struct promotion_row *one, const struct promotion_row *other)
{
    const int by_turn = compare_turns(one, other);
    return by_turn != 0
               ? by_turn
               : number_compare((int64_t)one->promotion->mode, (int64_t)other->promotion->mode);
}

static int
compare_entries(const void *one_pointer, const void *other_pointer)
{
    const struct entry_of_word *one = one_pointer;
    const struct entry_of_word *other = other_pointer;
    const int by_contest = compare_contests(one->row, other->row);
    const int by_key =
        by_contest != 0 ? by_contest : number_compare((int64_t)one->key, (int64_t)other->key);
    const int by_word = by_key != 0 ? by_key : strcmp(one->word, other->word);
    return by_word != 0 ? by_word : number_compare(one->index, other->index);
}

static void
enter(struct entries *entries, const struct promotion_row *row, enum promotion_key key,
      const struct promotion_list *list, uint32_t index)
{
    for (size_t at = 0; at < list->count; at++) {
        entries->list[entries->count++] =
            (struct entry_of_word){row, key, list->words[at].text, index};
    }
}

/* The rows that contest, under each of their words; one on every line under KEY_NONE. */
static struct entries
enter_contesting(const struct checking *checking)
{
    size_t words = 0;
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion_row *row = &checking->rows[index].row;
        words += row->skus.count + row->categories.count + 1;
    }
    struct entries entries = {.list = arena_array(checking->scratch, struct entry_of_word, words)};
    for (uint32_t index = 0; index < checking->count; index++) {
        const struct promotion_row *row = &checking->rows[index].row;
        if (row->promotion->mode == MODE_COMPOUNDED || !checking->rows[index].is_sound) {
            continue;
        }
        enter(&entries, row, KEY_SKU, &row->skus, index);
        enter(&entries, row, KEY_CATEGORY, &row->categories, index);
        if (row->skus.count + row->categories.count == 0) {
            entries.list[entries.count++] = (struct entry_of_word){row, KEY_NONE, "", index};
        }
    }
    if (entries.count > 1) {
        qsort(entries.list, entries.count, sizeof *entries.list, compare_entries);
    }
    return entries;
}

/* The first row in the file that each overlaps with, from 1. */
static void
compare_pair(uint32_t *others, const struct entry_of_word *one, const struct entry_of_word *other)
{
    const uint32_t later = one->index > other->index ? one->index : other->index;
    const uint32_t earlier = one->index < other->index ? one->index : other->index;
    if (earlier != later && (others[later] == 0 || earlier + 1 < others[later]) &&
        save_the_same(one->row, other->row) && may_meet(one->row, other->row)) {
        others[later] = earlier + 1;
    }
}

/* Those of one contest: each against those under the same word, and those on every line. */
static void
compare_contest(uint32_t *others, const struct entry_of_word *entries, size_t count)
{
    size_t first_on_every = count; /* KEY_NONE is the last of the keys */
    while (first_on_every > 0 && entries[first_on_every - 1].key == KEY_NONE) {
        first_on_every--;
    }
    for (size_t index = 0; index < count; index++) {
        size_t compared = 0;
        for (size_t at = index; at-- > 0 && compared < COMPARED_MAX; compared++) {
            if (entries[at].key != entries[index].key ||
                strcmp(entries[at].word, entries[index].word) != 0) {
                break;
            }
            compare_pair(others, &entries[index], &entries[at]);
        }
        for (size_t at = first_on_every; at < count && at < first_on_every + COMPARED_MAX; at++) {
            compare_pair(others, &entries[index], &entries[at]);
        }
    }
}

void
check_overlaps(struct checking *checking)
{
    const struct entries entries = enter_contesting(checking);
    uint32_t *others = arena_array(checking->scratch, uint32_t, checking->count);
    for (size_t first = 0, end = 0; first < entries.count; first = end) {
        for (end = first + 1; end < entries.count &&
                              compare_contests(entries.list[first].row, entries.list[end].row) == 0;
             end++) {
        }
        compare_contest(others, &entries.list[first], end - first);
    }
    for (size_t index = 0; index < checking->count; index++) {
        if (others[index] != 0) {
            check_remark(checking, DOUBT_OVERLAP, &checking->rows[index],
                         (struct promotion_remark){
                             .column = "priority",
                             .other = checking->rows[others[index] - 1].row.promotion});
        }
    }
}

/* --- shadows: never applied --- */

static bool
covers(const struct promotion_list *wide, const struct promotion_list *narrow)
{
    for (size_t index = 0; index < narrow->count; index++) {
        if (!promotion_list_has(wide, narrow->words[index].text)) {
            return false;
        }
    }
    return true;
}

/* Where an empty list means anybody. */
static bool
is_for_all_of(const struct promotion_list *wide, const struct promotion_list *narrow)
{
    return wide->count == 0 || (narrow->count > 0 && covers(wide, narrow));
}

/* Is it given to every line it is on, whenever it is valid? */
static bool
is_sure(const struct promotion_row *row)
{
    const struct promotion *promotion = row->promotion;
    const bool takes =
        (promotion->action == ACTION_PERCENT && promotion->value_micros > 0) ||
        ((promotion->action == ACTION_AMOUNT || promotion->action == ACTION_AMOUNT_UNIT) &&
         promotion->value_minor > 0);
    return promotion->mode == MODE_EXCLUSIVE && takes && !promotion->needs_coupon &&
           row->never_with.count == 0 && promotion->minimum_amount_minor == 0 &&
           promotion->minimum_quantity_micros == 0 && promotion->limit_total == 0 &&
           promotion->limit_customer == 0 && promotion->budget_minor == 0;
}

static bool
is_shadow_of(const struct promotion_row *wide, const struct promotion_row *row)
{
    const struct promotion *first = wide->promotion;
    const struct promotion *second = row->promotion;
    const bool is_on_every = wide->skus.count + wide->categories.count == 0;
    const bool is_on_some = row->skus.count + row->categories.count > 0;
    return compare_turns(wide, row) < 0 && first->valid_from <= second->valid_from &&
           first->valid_to >= second->valid_to &&
           (first->currency[0] == '\0' || strcmp(first->currency, second->currency) == 0) &&
           is_for_all_of(&wide->customers, &row->customers) &&
           is_for_all_of(&wide->groups, &row->groups) &&
           is_for_all_of(&wide->channels, &row->channels) &&
           (is_on_every || (is_on_some && covers(&wide->skus, &row->skus) &&
                            covers(&wide->categories, &row->categories)));
}

static int
compare_rows(const void *one_pointer, const void *other_pointer)
{
    const struct promotion_row *one = *(const struct promotion_row *const *)one_pointer;
    const struct promotion_row *other = *(const struct promotion_row *const *)other_pointer;
    const int by_turn = compare_turns(one, other);
    return by_turn != 0 ? by_turn : number_compare(one->promotion->line, other->promotion->line);
}

/* Those that come before all that are not exclusive, so that nothing takes their lines from them
 * but what closes these as well. */
static size_t
find_sure(const struct checking *checking, const struct promotion_row **sure)
{
    const struct promotion_row *first = NULL; /* that is not exclusive */
    size_t count = 0;
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion_row *row = &checking->rows[index].row;
        if (row->promotion->mode != MODE_EXCLUSIVE &&
            (first == NULL || compare_turns(row, first) < 0)) {
            first = row;
        }
    }
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion_row *row = &checking->rows[index].row;
        if (checking->rows[index].is_sound && is_sure(row) &&
            (first == NULL || compare_turns(row, first) < 0)) {
            sure[count++] = row;
        }
    }
    if (count > 1) {
        qsort(sure, count, sizeof *sure, compare_rows);
    }
    return count < SHADOWS_MAX ? count : SHADOWS_MAX;
}

void
check_shadows(struct checking *checking)
{
    const struct promotion_row **sure =
        arena_array(checking->scratch, const struct promotion_row *, checking->count);
    const size_t count = find_sure(checking, sure);
    for (size_t index = 0; index < checking->count; index++) {
        const struct promotion_row *row = &checking->rows[index].row;
        if (row->promotion->action == ACTION_BUY_GET && row->get_skus.count > 0) {
            continue; /* it may be given on other lines */
        }
        for (size_t at = 0; at < count; at++) {
            if (is_shadow_of(sure[at], row)) {
                check_remark(
                    checking, DOUBT_SHADOWED, &checking->rows[index],
                    (struct promotion_remark){.column = "priority", .other = sure[at]->promotion});
                break;
            }
        }
    }
}
