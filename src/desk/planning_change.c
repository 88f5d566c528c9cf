/* An order in line has become another: what it was promised of what has not changed it keeps. */
#include "desk/planning.h"

#include "desk/planning_turn.h"

#include <string.h>

enum { CHANGE_BYTES_MAX = 256 * 1024 * 1024 };

/* The order as it was and as it is in line. */
struct changing {
    struct store *store;
    struct plan_line *before;
    size_t before_count;
    struct plan_line *after;
    size_t after_count;
    int64_t *kept_micros; /* of each line as it is */
};

static const struct plan_line *
line_before(const struct changing *changing, const struct allocation *item)
{
    for (size_t index = 0; index < changing->before_count; index++) {
        const struct plan_line *line = &changing->before[index];
        if (line->ordinal == item->ordinal && line->part == item->part) {
            return line;
        }
    }
    return NULL;
}

/* The same number, and the same product; of a package the same part. */
static size_t
line_after(const struct changing *changing, const struct plan_line *before)
{
    for (size_t index = 0; index < changing->after_count; index++) {
        const struct plan_line *line = &changing->after[index];
        if (strcmp(line->number, before->number) == 0 && strcmp(line->sku, before->sku) == 0 &&
            line->part == before->part) {
            return index;
        }
    }
    return SIZE_MAX;
}

/* What is to be made is planned anew: its plant was told to leave it. */
static enum outcome
keep(struct changing *changing, const struct allocation *item, struct fault *why)
{
    const struct plan_line *before = line_before(changing, item);
    const bool is_made = strcmp(item->source, ALLOCATION_MAKE) == 0;
    const size_t at = before == NULL || is_made || strcmp(item->sku, before->sku) != 0
                          ? SIZE_MAX
                          : line_after(changing, before);
    int64_t micros = 0;
    if (at != SIZE_MAX) {
        const int64_t open = plan_line_open(&changing->after[at]) - changing->kept_micros[at];
        micros = open < item->quantity_micros ? open : item->quantity_micros;
    }
    if (micros > 0) {
        struct allocation kept = *item;
        kept.ordinal = changing->after[at].ordinal;
        kept.quantity_micros = micros;
        kept.is_firm = false;
        changing->kept_micros[at] += micros;
        TRY(plan_allocate(changing->store, &kept, why));
    }
    return micros < item->quantity_micros ? plan_product_due(changing->store, item->sku, why)
                                          : DONE;
}

/* What comes first is kept first. */
static void
sort_by_day(struct allocation *items, size_t count)
{
    for (size_t index = 1; index < count; index++) {
        const struct allocation item = items[index];
        size_t at = index;
        for (; at > 0 && items[at - 1].day > item.day; at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

/* The next version enters in its place, with the days that were promised. */
static enum outcome
enter_again(struct run *run, const struct subject *subject, struct fault *why)
{
    struct plan_promise promise;
    TRY(plan_promise_get(run->store, subject->id, &promise, why));
    TRY(plan_delete(run->store, subject->id, why));
    TRY(planning_enter(run, subject, why));
    return plan_promise_put(run->store, subject->id, &promise, why);
}

enum outcome
planning_change(struct run *run, const struct subject *subject, struct fault *why)
{
    OWNED(arena) arena;
    struct changing changing = {.store = run->store};
    struct allocation *items = NULL;
    size_t count = 0;
    arena_init(&arena, CHANGE_BYTES_MAX);
    TRY(plan_lines(run->store, subject->id, &arena, &changing.before, &changing.before_count, why));
    TRY(plan_allocations(run->store, subject->id, &arena, &items, &count, why));
    for (size_t index = 0; index < count; index++) {
        TRY(plan_unallocate(run->store, &items[index], items[index].quantity_micros, why));
    }
    TRY(enter_again(run, subject, why));
    TRY(plan_lines(run->store, subject->id, &arena, &changing.after, &changing.after_count, why));
    changing.kept_micros = arena_array(&arena, int64_t, changing.after_count + 1);
    sort_by_day(items, count);
    for (size_t index = 0; index < count; index++) {
        TRY(keep(&changing, &items[index], why));
    }
    return DONE;
}
