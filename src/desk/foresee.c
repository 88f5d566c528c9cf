#include "desk/foresee.h"

#include "base/date.h"
#include "desk/planning.h"
#include "store/store_interchange.h"
#include "store/store_plan.h"

#include <assert.h>
#include <string.h>

enum { FORESIGHT_BYTES_MAX = 512 * 1024 * 1024 };

const char *const promise_move_names[PROMISE_MOVES] = {
    [PROMISE_SAME] = "same",   [PROMISE_EARLIER] = "earlier", [PROMISE_LATER] = "later",
    [PROMISE_JOINS] = "joins", [PROMISE_DROPS] = "drops",
};

void
foresight_close(struct foresight *foresight)
{
    arena_close(&foresight->arena);
}

static enum outcome
plan(struct run *run, struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    return planning_try(run, facts, why);
}

/* What is wanted of an order that is not in line is wanted, and promised for no day. */
static enum outcome
read_own(struct foresight *foresight, struct foreseen_line **lines, size_t *count,
         struct fault *why)
{
    struct store *store = foresight->run->store;
    int64_t version = 0;
    TRY(plan_version(store, foresight->order_id, &version, why));
    TRY(foresee_wanted(store, foresight->order_id, &foresight->arena, lines, count, why));
    for (size_t index = 0; index < *count; index++) {
        TRY(foresee_promised(store, &(*lines)[index], why));
        (*lines)[index].is_wanted |= version == 0;
    }
    return DONE;
}

static enum outcome
read_others(struct foresight *foresight, struct foreseen_line *lines, struct fault *why)
{
    for (size_t index = 0; index < foresight->other_count; index++) {
        TRY(foresee_promised(foresight->run->store, &lines[index], why));
    }
    return DONE;
}

/* Of other orders, those that are open before anything is planned: nothing else can move. */
static enum outcome
find_others(struct foresight *foresight, struct fault *why)
{
    struct foreseen_line *lines = NULL;
    size_t count = 0;
    TRY(foresee_open(foresight->run->store, &foresight->arena, &lines, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (lines[index].order_id != foresight->order_id) {
            lines[foresight->other_count++] = lines[index];
        }
    }
    foresight->others = lines;
    return DONE;
}

enum outcome
foresee_without(struct foresight *foresight, struct run *run, int64_t order_id, struct fault *why)
{
    const struct run_counts counts_before = run->counts;
    struct savepoint savepoint = {0};
    arena_init(&foresight->arena, FORESIGHT_BYTES_MAX);
    foresight->run = run;
    foresight->order_id = order_id;
    if (!run->config->planning.is_on) {
        return DONE;
    }
    TRY(find_others(foresight, why));
    TRY(savepoint_open(run->store, &savepoint, why));
    TRY(plan(run, why));
    TRY(read_own(foresight, &foresight->before, &foresight->before_count, why));
    TRY(read_others(foresight, foresight->others, why));
    run->counts = counts_before;
    return savepoint_undo(&savepoint, why);
}

/* ---- with it ---- */

static enum promise_move
move_of(const struct foreseen_line *before, const struct foreseen_line *after)
{
    const bool was_wanted = before != NULL && before->is_wanted;
    const bool is_wanted = after != NULL && after->is_wanted;
    if (was_wanted != is_wanted) {
        return is_wanted ? PROMISE_JOINS : PROMISE_DROPS;
    }
    if (!is_wanted || before->promised == after->promised) {
        return PROMISE_SAME;
    }
    return after->promised == DAY_NONE ||
                   (before->promised != DAY_NONE && before->promised < after->promised)
               ? PROMISE_LATER
               : PROMISE_EARLIER;
}

/* One of both is a line. */
static struct promise_shift
shift_of(const struct foreseen_line *before, const struct foreseen_line *after, struct arena *arena)
{
    const struct foreseen_line *line = before == NULL ? after : before;
    assert(line != NULL);
    return (struct promise_shift){
        .partner = arena_copy(arena, line->partner),
        .order_number = arena_copy(arena, line->order_number),
        .line = arena_copy(arena, line->number),
        .sku = arena_copy(arena, after == NULL ? line->sku : after->sku),
        .before = before != NULL && before->is_wanted ? before->promised : DAY_NONE,
        .after = after != NULL && after->is_wanted ? after->promised : DAY_NONE,
        .move = move_of(before, after)};
}

static struct foreseen_line *
find_line(struct foreseen_line *lines, size_t count, const char *number)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(lines[index].number, number) == 0) {
            return &lines[index];
        }
    }
    return NULL;
}

/* Its lines as they become, then those that are left out. */
static enum outcome
tell_own(struct foresight *foresight, struct arena *arena, struct change_promises *promises,
         struct fault *why)
{
    struct foreseen_line *after = NULL;
    size_t count = 0;
    TRY(read_own(foresight, &after, &count, why));
    promises->lines = arena_array(arena, struct promise_shift, foresight->before_count + count + 1);
    for (size_t index = 0; index < count; index++) {
        const struct foreseen_line *before =
            find_line(foresight->before, foresight->before_count, after[index].number);
        promises->lines[promises->line_count++] = shift_of(before, &after[index], arena);
    }
    for (size_t index = 0; index < foresight->before_count; index++) {
        const struct foreseen_line *before = &foresight->before[index];
        if (find_line(after, count, before->number) == NULL) {
            promises->lines[promises->line_count++] = shift_of(before, NULL, arena);
        }
    }
    return DONE;
}

static enum outcome
tell_others(struct foresight *foresight, struct arena *arena, struct change_promises *promises,
            struct fault *why)
{
    size_t capacity = 0;
    for (size_t index = 0; index < foresight->other_count; index++) {
        const struct foreseen_line *before = &foresight->others[index];
        struct foreseen_line after = *before;
        TRY(foresee_promised(foresight->run->store, &after, why));
        if (move_of(before, &after) != PROMISE_SAME) {
            promises->others = arena_grow(arena, promises->others, sizeof *promises->others,
                                          promises->other_count, &capacity);
            promises->others[promises->other_count++] = shift_of(before, &after, arena);
        }
    }
    return DONE;
}

enum outcome
foresee_with(struct foresight *foresight, struct arena *arena, struct change_promises *promises,
             struct fault *why)
{
    *promises = (struct change_promises){.is_planned = foresight->run->config->planning.is_on};
    if (!promises->is_planned) {
        return DONE;
    }
    TRY(plan(foresight->run, why));
    TRY(tell_own(foresight, arena, promises, why));
    return tell_others(foresight, arena, promises, why);
}
