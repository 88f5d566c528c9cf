/* Which lines a contender is on, and which contenders stand on a line: both by shelves. */
#include "rules/promoting.h"

#include <stdlib.h>
#include <string.h>

/* --- shelves --- */

/* Where the number of a word's shelf stands, or the empty place where it would. */
static uint32_t *
shelf_slot(const struct promoting *promoting, enum promotion_key key, const char *text,
           uint64_t hash)
{
    size_t at = (size_t)hash & (promoting->shelf_slot_count - 1);
    for (;; at = (at + 1) & (promoting->shelf_slot_count - 1)) {
        uint32_t *slot = &promoting->shelf_slots[at];
        const struct shelf *shelf = &promoting->shelves[*slot == 0 ? 0 : *slot - 1];
        if (*slot == 0 ||
            (shelf->hash == hash && shelf->key == key && strcmp(shelf->text, text) == 0)) {
            return slot;
        }
    }
}

static uint32_t
shelf_for(struct promoting *promoting, enum promotion_key key, const char *text)
{
    const uint64_t hash = promotion_hash(key, text);
    uint32_t *slot = shelf_slot(promoting, key, text, hash);
    if (*slot == 0) {
        promoting->shelves[promoting->shelf_count++] =
            (struct shelf){.key = key, .text = text, .hash = hash};
        *slot = (uint32_t)promoting->shelf_count;
    }
    return *slot - 1;
}

void
promoting_shelve(struct promoting *promoting)
{
    const size_t shelves_max = 1 + 2 * promoting->line_count;
    promoting->shelves = arena_array(promoting->scratch, struct shelf, shelves_max);
    promoting->shelf_slot_count = 16;
    while (promoting->shelf_slot_count < 2 * shelves_max) {
        promoting->shelf_slot_count *= 2;
    }
    promoting->shelf_slots = arena_array(promoting->scratch, uint32_t, promoting->shelf_slot_count);
    promoting->shelves[promoting->shelf_count++] = (struct shelf){.key = KEY_NONE, .text = ""};
    for (uint32_t index = 0; index < promoting->line_count; index++) {
        struct promoting_line *line = &promoting->lines[index];
        line->shelves[0] = SHELF_EVERY;
        line->shelves[1] = shelf_for(promoting, KEY_SKU, line->line->sku);
        line->shelves[2] = shelf_for(promoting, KEY_CATEGORY, line->line->category);
        for (size_t at = 0; at < SHELVES_PER_LINE; at++) {
            promoting->shelves[line->shelves[at]].line_count++;
        }
    }
    for (size_t index = 0; index < promoting->shelf_count; index++) {
        struct shelf *shelf = &promoting->shelves[index];
        shelf->lines = arena_array(promoting->scratch, uint32_t, shelf->line_count);
        shelf->line_count = 0;
    }
    for (uint32_t index = 0; index < promoting->line_count; index++) {
        for (size_t at = 0; at < SHELVES_PER_LINE; at++) {
            struct shelf *shelf = &promoting->shelves[promoting->lines[index].shelves[at]];
            shelf->lines[shelf->line_count++] = index;
        }
    }
}

/* --- the shelves of a contender --- */

static int
compare_numbers(const void *one_pointer, const void *other_pointer)
{
    const uint32_t one = *(const uint32_t *)one_pointer;
    const uint32_t other = *(const uint32_t *)other_pointer;
    return (one > other) - (one < other);
}

/* Append the shelves whose word is on the list: by the shorter of both. */
static uint32_t
find_shelves(const struct promoting *promoting, enum promotion_key key,
             const struct promotion_list *list, uint32_t *found, uint32_t count)
{
    if (list->count <= promoting->shelf_count) {
        for (size_t index = 0; index < list->count; index++) {
            const struct promotion_word *word = &list->words[index];
            const uint32_t *slot = shelf_slot(promoting, key, word->text, word->hash);
            if (*slot != 0) {
                found[count++] = *slot - 1;
            }
        }
        return count;
    }
    for (uint32_t index = 0; index < promoting->shelf_count; index++) {
        if (promoting->shelves[index].key == key &&
            promotion_list_has(list, promoting->shelves[index].text)) {
            found[count++] = index;
        }
    }
    return count;
}

static uint32_t *
shelf_room(const struct promoting *promoting, size_t words)
{
    const size_t count = words < promoting->shelf_count ? words : promoting->shelf_count;
    return arena_array(promoting->scratch, uint32_t, count + 1);
}

void
promoting_find_shelves(struct promoting *promoting, struct contender *contender)
{
    const struct promotion_row *row = contender->row;
    const size_t words = row->skus.count + row->categories.count;
    contender->shelves = shelf_room(promoting, words);
    contender->shelf_count = words == 0; /* SHELF_EVERY */
    if (words > 0) {
        uint32_t count = find_shelves(promoting, KEY_SKU, &row->skus, contender->shelves, 0);
        contender->shelf_count =
            find_shelves(promoting, KEY_CATEGORY, &row->categories, contender->shelves, count);
        qsort(contender->shelves, contender->shelf_count, sizeof *contender->shelves,
              compare_numbers);
    }
    if (row->get_skus.count > 0 && row->promotion->action == ACTION_BUY_GET &&
        row->promotion->free_count == FREE_INCLUSIVE) {
        contender->get_shelves = shelf_room(promoting, row->get_skus.count);
        contender->get_shelf_count =
            find_shelves(promoting, KEY_SKU, &row->get_skus, contender->get_shelves, 0);
        qsort(contender->get_shelves, contender->get_shelf_count, sizeof *contender->get_shelves,
              compare_numbers);
    }
    for (uint32_t index = 0; index < contender->shelf_count; index++) {
        contender->line_count += promoting->shelves[contender->shelves[index]].line_count;
    }
    for (uint32_t index = 0; index < contender->get_shelf_count; index++) {
        contender->line_count += promoting->shelves[contender->get_shelves[index]].line_count;
    }
}

static bool
stands_alone(const struct contender *contender)
{
    return !contender->row->is_together && !contender->is_out;
}

void
promoting_fill_shelves(struct promoting *promoting)
{
    for (size_t index = 0; index < promoting->contender_count; index++) {
        const struct contender *contender = &promoting->contenders[index];
        for (uint32_t at = 0; stands_alone(contender) && at < contender->shelf_count; at++) {
            promoting->shelves[contender->shelves[at]].contender_count++;
        }
    }
    for (size_t index = 0; index < promoting->shelf_count; index++) {
        struct shelf *shelf = &promoting->shelves[index];
        shelf->contenders = arena_array(promoting->scratch, uint32_t, shelf->contender_count);
        shelf->contender_count = 0;
    }
    for (uint32_t index = 0; index < promoting->contender_count; index++) {
        const struct contender *contender = &promoting->contenders[index];
        for (uint32_t at = 0; stands_alone(contender) && at < contender->shelf_count; at++) {
            struct shelf *shelf = &promoting->shelves[contender->shelves[at]];
            shelf->contenders[shelf->contender_count++] = index;
        }
    }
}

static bool
has_shelf(const uint32_t *shelves, uint32_t count, uint32_t shelf)
{
    return count > 0 && bsearch(&shelf, shelves, count, sizeof shelf, compare_numbers) != NULL;
}

bool
contender_is_on(const struct promoting *promoting, const struct contender *contender, uint32_t line)
{
    const uint32_t *shelves = promoting->lines[line].shelves;
    return (contender->shelf_count > 0 && contender->shelves[0] == SHELF_EVERY) ||
           has_shelf(contender->shelves, contender->shelf_count, shelves[1]) ||
           has_shelf(contender->shelves, contender->shelf_count, shelves[2]);
}

bool
contender_gives(const struct promoting *promoting, const struct contender *contender, uint32_t line)
{
    return has_shelf(contender->get_shelves, contender->get_shelf_count,
                     promoting->lines[line].shelves[1]);
}

/* --- lines that are open --- */

const struct promotion *
line_closer(const struct promoting *promoting, uint32_t line)
{
    return promoting->lines[line].line->is_closed ? NULL : promoting->lines[line].taken_by;
}

enum openness
line_openness(const struct promoting *promoting, const struct contender *contender, uint32_t line)
{
    const struct promoting_line *at = &promoting->lines[line];
    const bool is_taken = at->takes > 0 && at->round_taken == promoting->round;
    const uint32_t takes_before = at->takes - is_taken;
    if (at->line->is_closed || (at->is_exclusive && !is_taken) ||
        (contender->promotion->mode == MODE_EXCLUSIVE && takes_before > 0)) {
        return LINE_CLOSED;
    }
    if (is_taken) {
        return LINE_TAKEN;
    }
    if (promoting->basket->model == MODEL_WITHIN && at->offers[promoting->stage] != 0) {
        return LINE_CLOSED;
    }
    return at->stack_now >= PROMOTION_STACK_MAX && !contender->is_best_price ? LINE_CLOSED
                                                                             : LINE_OPEN;
}

bool
line_is_shut(const struct promoting *promoting, uint32_t line)
{
    const struct promoting_line *at = &promoting->lines[line];
    const bool is_within = promoting->basket->model == MODEL_WITHIN;
    return at->line->is_closed || at->is_exclusive ||
           (is_within && at->offers[promoting->stage] != 0) ||
           (!is_within && at->stack_now >= PROMOTION_STACK_MAX);
}

/* --- the lines of a contender --- */

static void
add_lines(struct promoting *promoting, const uint32_t *shelves, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++) {
        const struct shelf *shelf = &promoting->shelves[shelves[index]];
        for (uint32_t at = 0; at < shelf->line_count; at++) {
            bit_set(promoting->line_bits, shelf->lines[at]);
        }
    }
}

void
promoting_gather(struct promoting *promoting, const struct contender *contender)
{
    struct span *span = &promoting->span;
    span->count = 0;
    promoting_look(promoting, LOOKS_PER_BID * contender->line_count);
    if (contender->shelf_count == 1 && contender->get_shelf_count == 0) {
        const struct shelf *shelf = &promoting->shelves[contender->shelves[0]];
        memcpy(span->lines, shelf->lines, shelf->line_count * sizeof *span->lines);
        span->count = shelf->line_count;
        return;
    }
    memset(promoting->line_bits, 0, (promoting->line_count / 64 + 1) * sizeof(uint64_t));
    add_lines(promoting, contender->shelves, contender->shelf_count);
    add_lines(promoting, contender->get_shelves, contender->get_shelf_count);
    for (size_t line = bit_next(promoting->line_bits, promoting->line_count, 0);
         line < promoting->line_count;
         line = bit_next(promoting->line_bits, promoting->line_count, line + 1)) {
        span->lines[span->count++] = (uint32_t)line;
    }
}

void
promoting_leave_open(struct promoting *promoting, const struct contender *contender)
{
    struct span *span = &promoting->span;
    size_t kept = 0;
    for (size_t index = 0; index < span->count; index++) {
        if (line_openness(promoting, contender, span->lines[index]) != LINE_CLOSED) {
            span->lines[kept++] = span->lines[index];
        }
    }
    span->count = kept;
}

/* --- the contenders on a line --- */

/* The contender that stands at a place of the shelf, END where none of the round does. */
static uint32_t
stands_at(const struct promoting *promoting, const struct shelf *shelf, uint32_t at)
{
    return at < shelf->contender_count && shelf->contenders[at] < promoting->end
               ? shelf->contenders[at]
               : ONLOOKERS_END;
}

struct onlookers
onlookers_of(struct promoting *promoting, uint32_t line)
{
    struct onlookers onlookers = {.promoting = promoting};
    for (size_t index = 0; index < SHELVES_PER_LINE; index++) {
        struct shelf *shelf = &promoting->shelves[promoting->lines[line].shelves[index]];
        while (shelf->cursor < shelf->contender_count &&
               shelf->contenders[shelf->cursor] < promoting->first) {
            shelf->cursor++;
        }
        onlookers.shelves[index] = shelf;
        onlookers.at[index] = shelf->cursor;
        onlookers.heads[index] = stands_at(promoting, shelf, shelf->cursor);
    }
    return onlookers;
}

struct contender *
onlookers_next(struct onlookers *onlookers)
{
    uint32_t next = ONLOOKERS_END;
    promoting_look(onlookers->promoting, 1);
    for (size_t index = 0; index < SHELVES_PER_LINE; index++) {
        next = onlookers->heads[index] < next ? onlookers->heads[index] : next;
    }
    if (next == ONLOOKERS_END) {
        return NULL;
    }
    for (size_t index = 0; index < SHELVES_PER_LINE; index++) {
        if (onlookers->heads[index] == next) {
            onlookers->heads[index] =
                stands_at(onlookers->promoting, onlookers->shelves[index], ++onlookers->at[index]);
        }
    }
    return &onlookers->promoting->contenders[next];
}
