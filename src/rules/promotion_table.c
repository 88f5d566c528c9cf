/* The table of promotions, compiled: each row filed under what an order must have for it. */
#include "rules/promoting.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const promotion_model_names[MODEL_COUNT] = {"within-priority", "across-priorities"};
const char *const promotion_mode_names[MODE_COUNT] = {"exclusive", "best-price", "compounded"};
const char *const promotion_level_names[LEVEL_COUNT] = {"line", "order"};
const char *const promotion_action_names[ACTION_COUNT] = {"fixed-price", "buy-get",
                                                          "amount-per-unit", "amount", "percent"};
const char *const threshold_base_names[BASE_COUNT] = {"list", "reduced"};
const char *const choice_names[CHOICE_COUNT] = {"cheapest", "dearest"};
const char *const grouping_names[GROUPING_COUNT] = {"all", "by-price"};
const char *const free_count_names[FREE_COUNT] = {"inclusive", "exclusive"};
const char *const free_form_names[FORM_COUNT] = {"reduction", "in-kind"};
const char *const out_of_stock_names[OUT_COUNT] = {"owed", "dropped", "reduction"};

/* FNV-1a; tables are ours, so nobody makes words that fall together. */
uint64_t
promotion_hash(enum promotion_key key, const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) + (uint64_t)key;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        hash = (hash ^ *at) * UINT64_C(0x100000001b3);
    }
    return hash ^ (hash >> 32);
}

/* --- lists --- */

static int
compare_words(const void *one, const void *other)
{
    return strcmp(((const struct promotion_word *)one)->text,
                  ((const struct promotion_word *)other)->text);
}

/* The next word of "A | B", copied; NULL at the end. */
static const char *
next_word(const char **at, struct arena *arena)
{
    size_t size;
    const char *entry = text_list_next(at, &size);
    return entry == NULL ? NULL : arena_copy_bytes(arena, entry, size);
}

static size_t
drop_repeated(struct promotion_word *words, size_t count)
{
    size_t kept = 0;
    for (size_t index = 0; index < count; index++) {
        if (kept == 0 || strcmp(words[kept - 1].text, words[index].text) != 0) {
            words[kept++] = words[index];
        }
    }
    return kept;
}

struct promotion_list
promotion_list_read(enum promotion_key key, const char *text, struct arena *arena)
{
    struct promotion_list list = {0};
    size_t bars = 0;
    for (const char *at = text; *at != '\0'; at++) {
        bars += *at == '|';
    }
    if (text[0] == '\0') {
        return list;
    }
    list.words = arena_array(arena, struct promotion_word, bars + 1);
    for (const char *word = next_word(&text, arena); word != NULL; word = next_word(&text, arena)) {
        list.words[list.count++] = (struct promotion_word){word, promotion_hash(key, word)};
    }
    qsort(list.words, list.count, sizeof *list.words, compare_words);
    list.count = drop_repeated(list.words, list.count);
    return list;
}

bool
promotion_list_has(const struct promotion_list *list, const char *text)
{
    const struct promotion_word key = {.text = text};
    return list->count > 0 &&
           bsearch(&key, list->words, list->count, sizeof key, compare_words) != NULL;
}

/* --- rows --- */

static bool
has_threshold(const struct promotion *promotion)
{
    return promotion->minimum_quantity_micros > 0 || promotion->minimum_amount_minor > 0;
}

static enum promotion_stage
stage_of(const struct promotion *promotion)
{
    return promotion->level == LEVEL_ORDER                                   ? STAGE_ORDER
           : has_threshold(promotion) && promotion->action != ACTION_BUY_GET ? STAGE_THRESHOLD
                                                                             : STAGE_LINE;
}

/* What the check of a table lets pass. */
static void
assert_is_sound(const struct promotion *promotion)
{
    assert(promotion->code[0] != '\0' && promotion->mode < MODE_COUNT);
    assert(promotion->level < LEVEL_COUNT && promotion->action < ACTION_COUNT);
    assert(promotion->value_minor >= 0 && promotion->value_micros >= 0);
    assert(promotion->action != ACTION_PERCENT || promotion->value_micros <= MICROS);
    assert(promotion->minimum_amount_minor >= 0 && promotion->minimum_quantity_micros >= 0);
    assert(promotion->get_micros >= 0 && promotion->get_micros <= MICROS);
    assert(promotion->action != ACTION_BUY_GET ||
           (promotion->buy >= 1 && promotion->buy <= PROMOTION_UNITS_MAX && promotion->get >= 1 &&
            promotion->get <= PROMOTION_UNITS_MAX));
    assert(promotion->limit_order >= 0 && promotion->limit_customer >= 0 &&
           promotion->limit_total >= 0 && promotion->budget_minor >= 0);
}

void
promotion_row_read(const struct promotion *promotion, struct arena *arena,
                   struct promotion_row *row)
{
    const char *get_skus = promotion->get_skus;
    *row = (struct promotion_row){
        .promotion = promotion,
        .stage = stage_of(promotion),
        .is_together = promotion->together || promotion->level == LEVEL_ORDER ||
                       promotion->action == ACTION_BUY_GET,
        .is_per_threshold =
            promotion->repeats && has_threshold(promotion) &&
            (promotion->action == ACTION_AMOUNT || promotion->action == ACTION_BUY_GET),
        .customers = promotion_list_read(KEY_CUSTOMER, promotion->customers, arena),
        .groups = promotion_list_read(KEY_GROUP, promotion->groups, arena),
        .channels = promotion_list_read(KEY_NONE, promotion->channels, arena),
        .skus = promotion_list_read(KEY_SKU, promotion->skus, arena),
        .categories = promotion_list_read(KEY_CATEGORY, promotion->categories, arena),
        .get_skus = promotion_list_read(KEY_SKU, get_skus, arena),
        .never_with = promotion_list_read(KEY_NONE, promotion->never_with, arena),
        .reward = next_word(&get_skus, arena)};
    row->repeats = row->is_per_threshold || promotion->action == ACTION_BUY_GET;
}

/* --- the index --- */

/* One word that a row is filed under. */
struct filing {
    struct promotion_word word;
    enum promotion_key key;
    uint32_t rank; /* of the row, by code */
};

struct filings {
    struct filing *list;
    size_t count;
};

static int
compare_filings(const void *one_pointer, const void *other_pointer)
{
    const struct filing *one = one_pointer;
    const struct filing *other = other_pointer;
    if (one->word.hash != other->word.hash) {
        return one->word.hash < other->word.hash ? -1 : 1;
    }
    const int by_key = (one->key > other->key) - (one->key < other->key);
    const int by_text = by_key != 0 ? by_key : strcmp(one->word.text, other->word.text);
    return by_text != 0 ? by_text : (one->rank > other->rank) - (one->rank < other->rank);
}

static bool
is_same_word(const struct filing *one, const struct filing *other)
{
    return one->word.hash == other->word.hash && one->key == other->key &&
           strcmp(one->word.text, other->word.text) == 0;
}

static void
file_under(struct filings *filings, enum promotion_key key, const struct promotion_list *list,
           uint32_t rank)
{
    for (size_t index = 0; index < list->count; index++) {
        filings->list[filings->count++] = (struct filing){list->words[index], key, rank};
    }
}

static size_t
words_of(const struct promotion_row *row)
{
    return row->skus.count + row->categories.count + row->customers.count + row->groups.count + 1;
}

static void
file_row(struct filings *filings, const struct promotion_row *row, uint32_t rank)
{
    if (row->promotion->needs_coupon) {
        const char *code = row->promotion->code;
        filings->list[filings->count++] =
            (struct filing){{code, promotion_hash(KEY_COUPON, code)}, KEY_COUPON, rank};
    } else if (row->skus.count + row->categories.count > 0) {
        file_under(filings, KEY_SKU, &row->skus, rank);
        file_under(filings, KEY_CATEGORY, &row->categories, rank);
    } else if (row->customers.count > 0) {
        file_under(filings, KEY_CUSTOMER, &row->customers, rank);
    } else if (row->groups.count > 0) {
        file_under(filings, KEY_GROUP, &row->groups, rank);
    } else {
        filings->list[filings->count++] =
            (struct filing){{"", promotion_hash(KEY_NONE, "")}, KEY_NONE, rank};
    }
}

/* The slot of a word, or the empty one where it would be. */
static struct promotion_slot *
slot_of(const struct promotion_table *table, enum promotion_key key, const char *text,
        uint64_t hash)
{
    size_t at = (size_t)hash & (table->slot_count - 1);
    while (table->slots[at].text != NULL &&
           (table->slots[at].hash != hash || table->slots[at].key != key ||
            strcmp(table->slots[at].text, text) != 0)) {
        at = (at + 1) & (table->slot_count - 1);
    }
    return &table->slots[at];
}

static void
fill_slots(struct promotion_table *table, const struct filings *filings, struct arena *arena)
{
    for (size_t index = 0; index < filings->count; index++) {
        table->word_count +=
            index == 0 || !is_same_word(&filings->list[index - 1], &filings->list[index]);
    }
    table->slot_count = 16;
    while (table->slot_count < 2 * table->word_count) {
        table->slot_count *= 2;
    }
    size_t words = 0;
    table->slots = arena_array(arena, struct promotion_slot, table->slot_count);
    table->filed = arena_array(arena, uint32_t, filings->count);
    for (size_t index = 0; index < filings->count; index++) {
        const struct filing *filing = &filings->list[index];
        struct promotion_slot *slot =
            slot_of(table, filing->key, filing->word.text, filing->word.hash);
        if (slot->text == NULL) {
            *slot = (struct promotion_slot){.hash = filing->word.hash,
                                            .key = filing->key,
                                            .text = filing->word.text,
                                            .number = words,
                                            .first = index};
        }
        words += slot->count == 0;
        slot->count++;
        table->filed[index] = filing->rank;
    }
}

/* One row by its code, to be sorted. */
struct coded {
    const char *code;
    size_t index;
};

static int
compare_codes(const void *one, const void *other)
{
    return strcmp(((const struct coded *)one)->code, ((const struct coded *)other)->code);
}

static void
sort_by_code(struct promotion_table *table, struct arena *arena)
{
    struct coded *coded = arena_array(arena, struct coded, table->count);
    for (size_t index = 0; index < table->count; index++) {
        coded[index] = (struct coded){table->promotions[index].code, index};
    }
    if (table->count > 1) {
        qsort(coded, table->count, sizeof *coded, compare_codes);
    }
    table->by_code = arena_array(arena, size_t, table->count);
    for (size_t rank = 0; rank < table->count; rank++) {
        assert(rank == 0 || strcmp(coded[rank - 1].code, coded[rank].code) != 0);
        table->by_code[rank] = coded[rank].index;
    }
}

const struct promotion_table *
promotion_compile(const struct promotion *rows, size_t count, struct arena *arena)
{
    struct promotion_table *table = arena_new(arena, struct promotion_table);
    assert(count <= PROMOTIONS_MAX);
    *table = (struct promotion_table){.promotions = rows,
                                      .rows = arena_array(arena, struct promotion_row, count),
                                      .count = count};
    size_t words = 0;
    for (size_t index = 0; index < count; index++) {
        assert_is_sound(&rows[index]);
        promotion_row_read(&rows[index], arena, &table->rows[index]);
        words += words_of(&table->rows[index]);
    }
    sort_by_code(table, arena);
    struct filings filings = {.list = arena_array(arena, struct filing, words)};
    for (size_t rank = 0; rank < count; rank++) {
        file_row(&filings, &table->rows[table->by_code[rank]], (uint32_t)rank);
    }
    if (filings.count > 1) {
        qsort(filings.list, filings.count, sizeof *filings.list, compare_filings);
    }
    fill_slots(table, &filings, arena);
    return table;
}

/* --- candidates --- */

/* Which rows were met while one basket is looked up, and which words. */
struct lookup {
    const struct promotion_table *table;
    uint64_t *rows; /* by rank */
    size_t row_count;
    uint64_t *words; /* so that a thousand lines of one category ask once */
};

static void
meet(struct lookup *lookup, enum promotion_key key, const char *text)
{
    const struct promotion_table *table = lookup->table;
    const struct promotion_slot *slot = slot_of(table, key, text, promotion_hash(key, text));
    if (slot->text == NULL || bit_get(lookup->words, slot->number)) {
        return;
    }
    bit_set(lookup->words, slot->number);
    for (size_t index = 0; index < slot->count; index++) {
        const uint32_t rank = table->filed[slot->first + index];
        lookup->row_count += !bit_get(lookup->rows, rank);
        bit_set(lookup->rows, rank);
    }
}

static bool
is_on_some_line(const struct promotion_row *row, const struct basket *basket)
{
    bool is_on = row->skus.count + row->categories.count == 0 && basket->line_count > 0;
    for (size_t index = 0; !is_on && index < basket->line_count; index++) {
        is_on = promotion_list_has(&row->skus, basket->lines[index].sku) ||
                promotion_list_has(&row->categories, basket->lines[index].category);
    }
    return is_on;
}

/* What the word that it was met by does not say. */
static bool
can_touch(const struct promotion_row *row, const struct basket *basket)
{
    return (row->customers.count == 0 || promotion_list_has(&row->customers, basket->customer)) &&
           (row->groups.count == 0 || promotion_list_has(&row->groups, basket->group)) &&
           (!row->promotion->needs_coupon || is_on_some_line(row, basket));
}

static void
meet_all(struct lookup *lookup, const struct basket *basket)
{
    for (size_t index = 0; index < basket->line_count; index++) {
        meet(lookup, KEY_SKU, basket->lines[index].sku);
        meet(lookup, KEY_CATEGORY, basket->lines[index].category);
    }
    for (size_t index = 0; index < basket->coupon_count; index++) {
        meet(lookup, KEY_COUPON, basket->coupons[index].promotion);
    }
    if (basket->line_count > 0) {
        meet(lookup, KEY_CUSTOMER, basket->customer);
        meet(lookup, KEY_GROUP, basket->group);
        meet(lookup, KEY_NONE, "");
    }
}

size_t
promotion_candidates(const struct promotion_table *table, const struct basket *basket,
                     struct arena *arena, struct promotion_fact **facts)
{
    struct lookup lookup = {.table = table,
                            .rows = arena_array(arena, uint64_t, table->count / 64 + 1),
                            .words = arena_array(arena, uint64_t, table->word_count / 64 + 1)};
    meet_all(&lookup, basket);
    *facts = arena_array(arena, struct promotion_fact, lookup.row_count);
    size_t count = 0;
    for (size_t rank = bit_next(lookup.rows, table->count, 0); rank < table->count;
         rank = bit_next(lookup.rows, table->count, rank + 1)) {
        const struct promotion_row *row = &table->rows[table->by_code[rank]];
        if (can_touch(row, basket)) {
            (*facts)[count++] = (struct promotion_fact){.promotion = row->promotion};
        }
    }
    return count;
}
