/* What there is of each SKU that a question names, as needs and materials take it one after the
 * other. */
#include "rules/promising.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Supplies as the question has them: one SKU may have them several times. */
struct pool_list {
    const char *sku;
    const struct promise_supply *supplies;
    size_t count;
};

struct pool_lists {
    struct pool_list *items;
    size_t count;
    size_t capacity;
};

static int
compare_lists(const void *one, const void *other)
{
    const struct pool_list *left = one;
    const struct pool_list *right = other;
    const int order = strcmp(left->sku, right->sku);
    return order != 0 ? order
           : left->supplies != right->supplies
               ? (left->supplies > right->supplies) - (left->supplies < right->supplies)
               : (left->count > right->count) - (left->count < right->count);
}

static void
add_list(struct promising *promising, struct pool_lists *lists, const char *sku,
         const struct promise_supply *supplies, size_t count)
{
    if (count == 0) {
        return;
    }
    lists->items = arena_grow(promising->arena, lists->items, sizeof *lists->items, lists->count,
                              &lists->capacity);
    lists->items[lists->count++] = (struct pool_list){sku, supplies, count};
}

/* Needs of one SKU lie side by side, and mostly have the same materials. */
static void
add_lists(struct promising *promising, struct pool_lists *lists)
{
    const struct promise_question *question = promising->question;
    const struct promise_material *materials = NULL;
    for (size_t index = 0; index < question->need_count; index++) {
        const struct promise_need *need = promising->by_sku[index];
        if (need->is_counted) {
            add_list(promising, lists, need->sku, need->supplies, need->supply_count);
        }
        for (size_t at = 0; need->materials != materials && at < need->material_count; at++) {
            const struct promise_material *material = &need->materials[at];
            if (material->is_counted) {
                add_list(promising, lists, material->sku, material->supplies,
                         material->supply_count);
            }
        }
        materials = need->materials;
    }
    if (lists->count > 0) {
        qsort(lists->items, lists->count, sizeof *lists->items, compare_lists);
    }
}

/* Which are the same: by SKU, place, source and reference. */
static int
compare_identities(const void *one, const void *other)
{
    const struct pool_item *left = one;
    const struct pool_item *right = other;
    const int order = strcmp(left->sku, right->sku);
    const int places = (left->place > right->place) - (left->place < right->place);
    return order != 0                      ? order
           : left->source != right->source ? (int)left->source - (int)right->source
           : places != 0                   ? places
                                           : strcmp(left->reference, right->reference);
}

/* In which order they are taken. */
static int
compare_items(const void *one, const void *other)
{
    const struct pool_item *left = one;
    const struct pool_item *right = other;
    const int order = strcmp(left->sku, right->sku);
    return order != 0                      ? order
           : left->source != right->source ? (int)left->source - (int)right->source
           : left->day != right->day       ? number_compare(left->day, right->day)
                                           : compare_identities(one, other);
}

static struct pool_item
item_of(const struct promising *promising, const char *sku, const struct promise_supply *supply,
        int32_t tomorrow)
{
    const bool is_stock = supply->source == PROMISE_FROM_STOCK;
    assert(supply->source != PROMISE_FROM_PLANT);
    assert(supply->place < promising->question->place_count);
    const int32_t planned_day = is_stock ? promising->today : supply->day;
    return (struct pool_item){.sku = sku,
                              .source = supply->source,
                              .place = supply->place,
                              .reference = is_stock ? "" : supply->reference,
                              .day =
                                  planned_day < promising->question->today ? tomorrow : planned_day,
                              .planned_day = planned_day,
                              .free_micros = supply->free_micros};
}

/* All items of all lists, those that are alike once. */
static struct pool_item *
merge(const struct promising *promising, const struct pool_lists *lists, size_t *count)
{
    const int32_t tomorrow =
        calendar_day_after(promising->question->calendar, promising->question->today, 1);
    size_t total = 0;
    size_t kept = 0;
    for (size_t index = 0; index < lists->count; index++) {
        total += lists->items[index].count;
    }
    struct pool_item *items = arena_array(promising->arena, struct pool_item, total + 1);
    total = 0;
    for (size_t index = 0; index < lists->count; index++) {
        const struct pool_list *list = &lists->items[index];
        if (index > 0 && compare_lists(list, list - 1) == 0) {
            continue;
        }
        for (size_t at = 0; at < list->count; at++) {
            items[total++] = item_of(promising, list->sku, &list->supplies[at], tomorrow);
        }
    }
    qsort(items, total, sizeof *items, compare_identities);
    for (size_t index = 0; index < total; index++) {
        if (kept > 0 && compare_identities(&items[index], &items[kept - 1]) == 0) {
            assert(items[index].planned_day == items[kept - 1].planned_day &&
                   items[index].free_micros == items[kept - 1].free_micros);
        } else {
            items[kept++] = items[index];
        }
    }
    qsort(items, kept, sizeof *items, compare_items);
    *count = kept;
    return items;
}

void
promise_pool(struct promising *promising)
{
    struct pool_lists lists = {0};
    size_t count = 0;
    add_lists(promising, &lists);
    if (lists.count == 0) {
        return;
    }
    struct pool_item *items = merge(promising, &lists, &count);
    struct pool_group *groups = arena_array(promising->arena, struct pool_group, count);
    size_t group_count = 0;
    for (size_t index = 0; index < count; index++) {
        if (index == 0 || strcmp(items[index].sku, items[index - 1].sku) != 0) {
            groups[group_count++] = (struct pool_group){.items = &items[index]};
        }
        groups[group_count - 1].count++;
    }
    promising->groups = groups;
    promising->group_count = group_count;
}

static int
compare_to_group(const void *sku, const void *group)
{
    return strcmp(sku, ((const struct pool_group *)group)->items[0].sku);
}

struct pool_group *
promise_pool_of(const struct promising *promising, const char *sku)
{
    return promising->group_count == 0 ? NULL
                                       : bsearch(sku, promising->groups, promising->group_count,
                                                 sizeof *promising->groups, compare_to_group);
}

int64_t
promise_pool_take(struct pool_item *item, int64_t most_micros)
{
    const int64_t free_micros = item->free_micros < 0 ? 0 : item->free_micros;
    const int64_t taken_micros = free_micros < most_micros ? free_micros : most_micros;
    if (taken_micros <= 0) {
        return 0;
    }
    item->free_micros -= taken_micros;
    return taken_micros;
}

void
promise_pool_skip(struct pool_group *group)
{
    while (group->first < group->count && group->items[group->first].free_micros <= 0) {
        group->first++;
    }
}

void
promise_pool_return(const struct promising *promising, const struct promise_material_take *take,
                    const char *sku)
{
    struct pool_group *group = promise_pool_of(promising, sku);
    assert(group != NULL);
    for (size_t index = 0; index < group->count; index++) {
        struct pool_item *item = &group->items[index];
        if (item->source == take->source && item->place == take->place &&
            strcmp(item->reference, take->reference) == 0) {
            item->free_micros += take->quantity_micros;
            group->first = index < group->first ? index : group->first;
            return;
        }
    }
    assert(!"what was taken came from the pool");
}

static int64_t
stock_at(const struct promising *promising, const char *sku, size_t place)
{
    const struct pool_group *group = promise_pool_of(promising, sku);
    for (size_t index = 0; group != NULL && index < group->count; index++) {
        const struct pool_item *item = &group->items[index];
        if (item->source == PROMISE_FROM_STOCK && item->place == place) {
            return item->free_micros;
        }
    }
    return 0;
}

static bool
has_all(const struct promising *promising, size_t place)
{
    const struct promise_question *question = promising->question;
    int128 needed = 0;
    for (size_t index = 0; index < question->need_count; index++) {
        const struct promise_need *need = promising->by_sku[index];
        const bool is_last = index + 1 == question->need_count ||
                             strcmp(promising->by_sku[index + 1]->sku, need->sku) != 0;
        if (need->is_counted && need->quantity_micros > 0) {
            needed += need->quantity_micros;
        }
        if (is_last && needed > 0 && stock_at(promising, need->sku, place) < needed) {
            return false;
        }
        needed = is_last ? 0 : needed;
    }
    return true;
}

size_t
promise_pool_place(const struct promising *promising)
{
    for (size_t place = 0; place < promising->question->place_count; place++) {
        if (has_all(promising, place)) {
            return place;
        }
    }
    return ANY_PLACE;
}
