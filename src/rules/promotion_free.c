/* Buy and get.
 *
 * Units are never taken apart: they stand in a heap as runs of one line each, dearest first, and
 * which of them are given is worked out by where a run begins and ends in the heap. */
#include "rules/promoting.h"

#include <assert.h>
#include <stdlib.h>

/* No more than this is given beyond an order, so that amounts of it stay in their type. */
static const int64_t given_units_max = DECIMAL_MICROS_MAX / MICROS;

static int
compare_prices(const void *one_pointer, const void *other_pointer)
{
    const struct heap_run *one = one_pointer;
    const struct heap_run *other = other_pointer;
    const int128 left = (int128)one->amount_minor * other->quantity_micros;
    const int128 right = (int128)other->amount_minor * one->quantity_micros;
    return left != right ? (left < right ? 1 : -1) : (one->at > other->at) - (one->at < other->at);
}

static int
compare_products(const void *one_pointer, const void *other_pointer)
{
    const struct heap_run *one = one_pointer;
    const struct heap_run *other = other_pointer;
    return one->shelf != other->shelf ? (one->shelf < other->shelf ? -1 : 1)
                                      : (one->at > other->at) - (one->at < other->at);
}

struct heap {
    struct heap_run *runs;
    size_t count;
    int64_t units;
};

static void
heap_add(struct heap *heap, const struct promoting *promoting, const struct contender *contender,
         size_t at)
{
    const struct promoting_line *line = &promoting->lines[promoting->span.lines[at]];
    const int64_t units = line->line->quantity_micros / MICROS;
    if (units > 0) {
        heap->runs[heap->count++] =
            (struct heap_run){(uint32_t)at, line->shelves[1], units, line_amount(line, contender),
                              line->line->quantity_micros};
        heap->units += units;
    }
}

static void
heap_sort(struct heap *heap, int (*compare)(const void *, const void *))
{
    if (heap->count > 1) {
        qsort(heap->runs, heap->count, sizeof *heap->runs, compare);
    }
}

/* The lines of the span as two heaps in one array: those bought, then those given (none where the
 * same products are).  What is bought, in all, goes to *sums. */
static void
make_heaps(struct promoting *promoting, const struct contender *contender, struct heap *bought,
           struct heap *given, struct sums *sums)
{
    bought->runs = promoting->runs;
    for (size_t at = 0; at < promoting->span.count; at++) {
        const struct promoting_line *line = &promoting->lines[promoting->span.lines[at]];
        promoting->shares[at] = 0;
        if (!contender_gives(promoting, contender, promoting->span.lines[at])) {
            heap_add(bought, promoting, contender, at);
            sums->quantity_micros += line->line->quantity_micros;
            sums->list_minor += line->line->list_minor;
            sums->now_minor += line_amount(line, contender);
        }
    }
    given->runs = promoting->runs + bought->count;
    for (size_t at = 0; at < promoting->span.count; at++) {
        if (contender_gives(promoting, contender, promoting->span.lines[at])) {
            heap_add(given, promoting, contender, at);
        }
    }
}

static void
too_few(struct bid *bid, int64_t units, int64_t needed)
{
    bid->verdict = PROMOTION_QUANTITY;
    bid->compared = units * MICROS;
    bid->needed = needed * MICROS;
}

/* --- inclusive: among the units ordered --- */

/* Of each `size` units of a heap `get` are given, from `offset` on. */
struct pattern {
    int64_t size, offset, get;
};

/* How many of the first `units` of a heap are given. */
static int64_t
given_before(const struct pattern *pattern, int64_t times, int64_t units)
{
    const int64_t groups = units / pattern->size;
    if (groups >= times) {
        return times * pattern->get;
    }
    const int64_t rest = units % pattern->size - pattern->offset;
    return groups * pattern->get + (rest < 0 ? 0 : rest < pattern->get ? rest : pattern->get);
}

static void
give_units(struct promoting *promoting, const struct promotion *promotion, const struct heap *heap,
           const struct pattern *pattern, int64_t times, struct bid *bid)
{
    int64_t before = 0;
    for (size_t index = 0; index < heap->count; index++) {
        const struct heap_run *run = &heap->runs[index];
        const int64_t units = given_before(pattern, times, before + run->units) -
                              given_before(pattern, times, before);
        const int64_t off =
            decimal_divide((int128)run->amount_minor * units * promotion->get_micros,
                           run->quantity_micros, ROUND_HALF_UP);
        promoting->shares[run->at] = off;
        bid->reduction_minor += off;
        before += run->units;
    }
}

/* `units` of the whole heap, from its cheap or its dear end. */
static struct pattern
pattern_of_all(const struct promotion *promotion, const struct heap *heap, int64_t units)
{
    return (struct pattern){heap->units,
                            promotion->choice == CHOOSE_CHEAPEST ? heap->units - units : 0, units};
}

static void
give_same(struct promoting *promoting, const struct contender *contender, struct heap *heap,
          int64_t times_max, struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    const int64_t size = promotion->buy + promotion->get;
    const int64_t times = heap->units / size < times_max ? heap->units / size : times_max;
    if (times == 0) {
        too_few(bid, heap->units, size);
        return;
    }
    heap_sort(heap, compare_prices);
    bid->uses = times;
    if (promotion->grouping == GROUPS_ALL) {
        const struct pattern pattern = pattern_of_all(promotion, heap, times * promotion->get);
        give_units(promoting, promotion, heap, &pattern, 1, bid);
    } else {
        const struct pattern pattern = {
            size, promotion->choice == CHOOSE_CHEAPEST ? promotion->buy : 0, promotion->get};
        give_units(promoting, promotion, heap, &pattern, times, bid);
    }
}

static void
give_others(struct promoting *promoting, const struct contender *contender,
            const struct heap *bought, struct heap *given, int64_t times_max, struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    int64_t times = bought->units / promotion->buy;
    times = times < times_max ? times : times_max;
    if (times == 0) {
        too_few(bid, bought->units, promotion->buy);
        return;
    }
    const int64_t there = given->units / promotion->get;
    const int64_t units = times <= there ? times * promotion->get : given->units;
    if (units == 0) {
        return; /* nothing is ordered that could be given */
    }
    heap_sort(given, compare_prices);
    bid->uses = (units + promotion->get - 1) / promotion->get;
    const struct pattern pattern = pattern_of_all(promotion, given, units);
    give_units(promoting, promotion, given, &pattern, 1, bid);
}

/* --- exclusive: beyond the order --- */

/* Runs that count together. */
struct pool {
    const struct heap_run *runs;
    size_t count;
    int64_t units;
    int128 amount_minor, quantity_micros; /* of the lines */
};

static struct pool
pool_of(const struct heap_run *runs, size_t count)
{
    struct pool pool = {.runs = runs, .count = count};
    for (size_t index = 0; index < count; index++) {
        pool.units += runs[index].units;
        pool.amount_minor += runs[index].amount_minor;
        pool.quantity_micros += runs[index].quantity_micros;
    }
    return pool;
}

static int64_t
value_of(const struct contender *contender, const struct pool *pool, int64_t units)
{
    int128 value = (int128)contender->promotion->value_minor * units;
    if (value == 0 && contender->row->reward == NULL) {
        value = decimal_divide_wide(pool->amount_minor * units * MICROS, pool->quantity_micros,
                                    ROUND_HALF_UP);
    }
    return value < PROMOTION_LIST_MAX_MINOR ? (int64_t)value : PROMOTION_LIST_MAX_MINOR;
}

static void
reduce_by_value(struct promoting *promoting, const struct contender *contender,
                const struct pool *pool, int64_t units, struct bid *bid)
{
    int64_t off = money_rate(value_of(contender, pool, units), contender->promotion->get_micros,
                             ROUND_HALF_UP);
    off = off < pool->amount_minor ? off : (int64_t)pool->amount_minor;
    if (off == 0) {
        return;
    }
    int64_t *shares = promoting->weights + pool->count; /* two numbers per run */
    for (size_t index = 0; index < pool->count; index++) {
        promoting->weights[index] = pool->runs[index].amount_minor;
    }
    money_share(off, promoting->weights, pool->count, shares);
    for (size_t index = 0; index < pool->count; index++) {
        promoting->shares[pool->runs[index].at] = shares[index];
    }
    bid->reduction_minor += off;
}

static uint32_t
reward_find(const struct promoting *promoting, const char *sku)
{
    const struct reward key = {.sku = sku};
    const struct reward *found = promoting->reward_count == 0
                                     ? NULL
                                     : bsearch(&key, promoting->rewards, promoting->reward_count,
                                               sizeof key, reward_compare);
    return found == NULL ? NO_REWARD : (uint32_t)(found - promoting->rewards);
}

/* Goods of one product; returns how many units are to be given as a reduction instead. */
static int64_t
give_in_kind(struct promoting *promoting, const struct contender *contender,
             const struct pool *pool, int64_t units, struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    const uint32_t first = promoting->span.lines[pool->runs[0].at];
    const char *sku =
        contender->row->reward != NULL ? contender->row->reward : promoting->lines[first].line->sku;
    const uint32_t reward = reward_find(promoting, sku);
    const int64_t there = reward == NO_REWARD ? units : promoting->rewards[reward].now_units;
    const int64_t missing = units > there ? units - there : 0;
    const int64_t owed = promotion->out_of_stock == OUT_OWED ? missing : 0;
    const int64_t given = units - missing + owed;
    bid->given_micros += given * MICROS;
    bid->owed_micros += owed * MICROS;
    bid->dropped_micros += promotion->out_of_stock == OUT_DROPPED ? missing * MICROS : 0;
    bid->goods_minor += value_of(contender, pool, given);
    bid->goods_minor =
        bid->goods_minor < PROMOTION_LIST_MAX_MINOR ? bid->goods_minor : PROMOTION_LIST_MAX_MINOR;
    if (given > 0) {
        promoting->pending[promoting->pending_count++] =
            (struct goods){.goods = {.promotion = promotion,
                                     .sku = sku,
                                     .line = pool->count == 1 ? first : SIZE_MAX,
                                     .quantity_micros = given * MICROS,
                                     .owed_micros = owed * MICROS},
                           .reward = reward};
    }
    return promotion->out_of_stock == OUT_REDUCTION ? missing : 0;
}

/* Returns the times it was given. */
static int64_t
give_beyond(struct promoting *promoting, const struct contender *contender, const struct pool *pool,
            int64_t times, struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    const int64_t times_max = given_units_max / promotion->get;
    const int64_t units = (times < times_max ? times : times_max) * promotion->get;
    if (promotion->free_form == FORM_REDUCTION) {
        reduce_by_value(promoting, contender, pool, units, bid);
        return units / promotion->get;
    }
    const int64_t dropped_before = bid->dropped_micros;
    const int64_t instead = give_in_kind(promoting, contender, pool, units, bid);
    reduce_by_value(promoting, contender, pool, instead, bid);
    const int64_t kept = units - (bid->dropped_micros - dropped_before) / MICROS;
    return (kept + promotion->get - 1) / promotion->get;
}

/* One pool of all, or one of each product in the order in which they come. */
static void
give_exclusive(struct promoting *promoting, const struct contender *contender, struct heap *heap,
               int64_t times_max, struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    int64_t most = 0;
    int64_t left = times_max;
    heap_sort(heap, compare_products);
    for (size_t first = 0, end = 0; first < heap->count; first = end) {
        for (end = first + 1;
             end < heap->count &&
             (contender->row->reward != NULL || heap->runs[end].shelf == heap->runs[first].shelf);
             end++) {
        }
        const struct pool pool = pool_of(&heap->runs[first], end - first);
        const int64_t times =
            pool.units / promotion->buy < left ? pool.units / promotion->buy : left;
        most = pool.units > most ? pool.units : most;
        if (times > 0) {
            const int64_t used = give_beyond(promoting, contender, &pool, times, bid);
            bid->uses += used;
            left -= used;
        }
    }
    if (most < promotion->buy) {
        too_few(bid, most, promotion->buy);
    }
}

void
bid_free(struct promoting *promoting, const struct contender *contender, struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    struct heap bought = {0};
    struct heap given = {0};
    struct sums sums = {0};
    make_heaps(promoting, contender, &bought, &given, &sums);
    promoting_look(promoting, LOOKS_PER_RUN * (bought.count + given.count));
    const int64_t times_max = bid_times(promoting, contender, &sums, bid);
    if (times_max == 0) {
        return;
    }
    if (promotion->free_count == FREE_EXCLUSIVE) {
        give_exclusive(promoting, contender, &bought, times_max, bid);
    } else if (contender->row->get_skus.count == 0) {
        give_same(promoting, contender, &bought, times_max, bid);
    } else {
        give_others(promoting, contender, &bought, &given, times_max, bid);
    }
}
