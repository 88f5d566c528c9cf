#include "reports/approvals.h"

#include "base/date.h"

#include <stdlib.h>
#include <string.h>

enum { TENTH_MS = 360 * 1000 };

/* By person, then step. */
static int
compare_rows(const void *one_pointer, const void *other_pointer)
{
    const struct report_approval *one = *(const struct report_approval *const *)one_pointer;
    const struct report_approval *other = *(const struct report_approval *const *)other_pointer;
    const int order = strcmp(one->person, other->person);
    return order != 0 ? order : (one->step > other->step) - (one->step < other->step);
}

static int
compare_tenths(const void *one, const void *other)
{
    const int64_t left = *(const int64_t *)one;
    const int64_t right = *(const int64_t *)other;
    return (left > right) - (left < right);
}

static bool
is_state(const struct report_approval *row, const char *state)
{
    return strcmp(row->state, state) == 0;
}

static bool
has_decided(const struct report_approval *row)
{
    return is_state(row, "approved") || is_state(row, "rejected") || is_state(row, "returned");
}

bool
approvals_is_overdue(const struct report_approval *row, int64_t as_of_ms)
{
    const int64_t until_ms = row->decided_ms == AMOUNT_NONE ? as_of_ms : row->decided_ms;
    const bool is_its_matter = !is_state(row, "delegated") &&
                               (!is_state(row, "withdrawn") || strcmp(row->by, "purser") == 0);
    return is_its_matter && row->due_ms != AMOUNT_NONE &&
           (until_ms > row->due_ms || (until_ms == row->due_ms && is_state(row, "withdrawn")));
}

static void
add_row(struct approval_group *group, const struct report_approval *row, int64_t as_of_ms)
{
    if (has_decided(row)) {
        group->hours_tenths[group->decided++] = (row->decided_ms - row->asked_ms) / TENTH_MS;
    }
    group->delegated += is_state(row, "delegated");
    group->passed += is_state(row, "withdrawn");
    group->open += is_state(row, "asked");
    group->overdue += approvals_is_overdue(row, as_of_ms);
    group->stood_in +=
        strcmp(row->chosen, "stands-in") == 0 || strcmp(row->chosen, "superior") == 0;
    group->escalated += strcmp(row->chosen, "escalated") == 0;
}

/* The middle of the times; of an even number the earlier of the two. */
static void
finish(struct approval_group *group)
{
    group->median_tenths = group->longest_tenths = AMOUNT_NONE;
    if (group->decided > 0) {
        qsort(group->hours_tenths, (size_t)group->decided, sizeof *group->hours_tenths,
              compare_tenths);
        group->median_tenths = group->hours_tenths[(group->decided - 1) / 2];
        group->longest_tenths = group->hours_tenths[group->decided - 1];
    }
}

static void
group_rows(struct approval_figures *figures, int64_t as_of_ms, struct arena *arena)
{
    const size_t count = figures->row_count;
    const struct report_approval **sorted =
        arena_array(arena, const struct report_approval *, count);
    figures->groups = arena_array(arena, struct approval_group, count);
    figures->all.hours_tenths = arena_array(arena, int64_t, count);
    for (size_t index = 0; index < count; index++) {
        sorted[index] = &figures->rows[index];
        figures->decided_count += figures->rows[index].decided_ms != AMOUNT_NONE;
        add_row(&figures->all, &figures->rows[index], as_of_ms);
    }
    if (count > 1) {
        qsort(sorted, count, sizeof *sorted, compare_rows);
    }
    for (size_t index = 0; index < count; index++) {
        if (index == 0 || compare_rows(&sorted[index - 1], &sorted[index]) != 0) {
            figures->groups[figures->group_count++] =
                (struct approval_group){.person = sorted[index]->person,
                                        .step = sorted[index]->step,
                                        .hours_tenths = arena_array(arena, int64_t, count - index)};
        }
        add_row(&figures->groups[figures->group_count - 1], sorted[index], as_of_ms);
    }
    for (size_t index = 0; index < figures->group_count; index++) {
        finish(&figures->groups[index]);
    }
    finish(&figures->all);
}

enum outcome
approvals_load(struct store *store, const struct report_request *request, struct arena *arena,
               struct approval_figures *figures, struct fault *why)
{
    const struct report_span span = {request->first_day, request->last_day, request->as_of_ms,
                                     request->language};
    *figures = (struct approval_figures){.period = {request->first_day, request->last_day}};
    TRY(report_approvals(store, &span, arena, &figures->rows, &figures->row_count, why));
    TRY(report_attempts(store, &span, arena, &figures->attempts, &figures->attempt_count, why));
    group_rows(figures, request->as_of_ms, arena);
    return DONE;
}
