/* Lines that reach a quantity break together; and how much room the candidates of an order take.
 *
 * For each line and each list that it has a price in by break group there is one entry; sorted by
 * list, then line, the entries of a list are the lines that add up. */
#include "rules/pricing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct break_pool {
    const struct price_candidate *candidate; /* whose group, scope and holder name the pool */
    size_t line_index;
    struct break_standing standing;
};

static int
compare_lists(const struct price_candidate *one, const struct price_candidate *other)
{
    const int by_group = strcmp(one->break_group, other->break_group);
    const int by_scope = (one->scope > other->scope) - (one->scope < other->scope);
    return by_group != 0 ? by_group : by_scope != 0 ? by_scope : strcmp(one->holder, other->holder);
}

static int
compare_pools(const void *one_pointer, const void *other_pointer)
{
    const struct break_pool *one = one_pointer;
    const struct break_pool *other = other_pointer;
    const int by_list = compare_lists(one->candidate, other->candidate);
    return by_list != 0
               ? by_list
               : (one->line_index > other->line_index) - (one->line_index < other->line_index);
}

static bool
may_enter_pool(const struct pricing *pricing, const struct price_candidate *candidate)
{
    const int32_t day = pricing->order->order_date;
    return candidate->break_group[0] != '\0' && day >= candidate->valid_from &&
           day <= candidate->valid_to;
}

static size_t
collect(struct pricing *pricing, struct break_pool *pools)
{
    size_t count = 0;
    for (size_t line = 0; line < pricing->order->line_count; line++) {
        const struct line_facts *facts = &pricing->facts->lines[line];
        for (size_t index = 0; index < facts->candidate_count; index++) {
            if (may_enter_pool(pricing, &facts->candidates[index])) {
                pools[count++] =
                    (struct break_pool){.candidate = &facts->candidates[index], .line_index = line};
            }
        }
    }
    return count;
}

/* A line has many prices in a list, and is in its pool once. */
static size_t
drop_repeated(struct break_pool *pools, size_t count)
{
    size_t kept = 0;
    for (size_t index = 0; index < count; index++) {
        if (kept == 0 || compare_pools(&pools[kept - 1], &pools[index]) != 0) {
            pools[kept++] = pools[index];
        }
    }
    return kept;
}

/* No break is nearly as deep: beyond it a sum need not be exact, and stays in its type. */
static const int64_t pool_max_micros = 1000 * DECIMAL_MICROS_MAX;

static int64_t
add_bounded(int64_t sum_micros, int64_t quantity_micros)
{
    return sum_micros >= pool_max_micros ? pool_max_micros : sum_micros + quantity_micros;
}

/* Running sums forwards, then each pool's total backwards. */
static void
add_up_pools(struct pricing *pricing)
{
    struct break_pool *pools = pricing->pools;
    for (size_t index = 0; index < pricing->pool_count; index++) {
        struct break_standing *standing = &pools[index].standing;
        const bool follows =
            index > 0 && compare_lists(pools[index - 1].candidate, pools[index].candidate) == 0;
        standing->before_micros = follows ? pools[index - 1].standing.total_micros : 0;
        standing->total_micros = add_bounded(standing->before_micros,
                                             pricing->quantities_micros[pools[index].line_index]);
    }
    for (size_t index = pricing->pool_count; index-- > 1;) {
        if (compare_lists(pools[index - 1].candidate, pools[index].candidate) == 0) {
            pools[index - 1].standing.total_micros = pools[index].standing.total_micros;
        }
    }
}

void
price_break_pool(struct pricing *pricing)
{
    size_t count_max = 0;
    for (size_t line = 0; line < pricing->order->line_count; line++) {
        const struct line_facts *facts = &pricing->facts->lines[line];
        for (size_t index = 0; index < facts->candidate_count; index++) {
            count_max += facts->candidates[index].break_group[0] != '\0';
        }
    }
    if (count_max == 0) {
        return;
    }
    pricing->pools = arena_array(pricing->arena, struct break_pool, count_max);
    pricing->pool_count = collect(pricing, pricing->pools);
    qsort(pricing->pools, pricing->pool_count, sizeof *pricing->pools, compare_pools);
    pricing->pool_count = drop_repeated(pricing->pools, pricing->pool_count);
    add_up_pools(pricing);
}

struct break_standing
price_break_standing(const struct pricing *pricing, size_t line_index,
                     const struct price_candidate *candidate)
{
    const struct break_pool key = {.candidate = candidate, .line_index = line_index};
    const struct break_pool *found =
        candidate->break_group[0] == '\0' || pricing->pool_count == 0
            ? NULL
            : bsearch(&key, pricing->pools, pricing->pool_count, sizeof key, compare_pools);
    return found != NULL ? found->standing
                         : (struct break_standing){0, pricing->quantities_micros[line_index]};
}

enum {
    ROOM_GROWTH = 4,
    ROOM_FORMULAS_MIN = 8,
    ROOM_ROUNDING = 64
}; /* of an arena, and what grows
    in it */

/* What the candidates of one line or part take. */
static size_t
room_of(const struct line_facts *facts)
{
    size_t bytes = ROOM_ROUNDING + ROOM_FORMULAS_MIN * sizeof(struct formula_result);
    for (size_t index = 0; index < facts->candidate_count; index++) {
        const struct price_candidate *candidate = &facts->candidates[index];
        const bool has_bands = candidate->breaks == BREAKS_GRADUATED;
        bytes += sizeof candidate;
        bytes += has_bands ? sizeof(struct band) : 0;
        bytes += has_bands && candidate->formula != NULL
                     ? ROOM_GROWTH * sizeof(struct formula_result)
                     : 0;
        bytes += candidate->break_group[0] != '\0' ? sizeof(struct break_pool) : 0;
    }
    return bytes;
}

size_t
price_room(const struct price_facts *facts, size_t line_count)
{
    size_t bytes = ROOM_ROUNDING;
    for (size_t line = 0; line < line_count; line++) {
        const struct package_fact *package = facts->lines[line].package;
        bytes += room_of(&facts->lines[line]);
        for (size_t part = 0;
             package != NULL && package->parts != NULL && part < package->part_count; part++) {
            bytes += price_package_room() + room_of(package->parts[part].facts);
        }
    }
    return bytes;
}
