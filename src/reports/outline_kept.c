#include "reports/outline_kept.h"

#include <inttypes.h>

enum { VALUES_MAX = 10 };

/* Columns of the kept totals: the tiles of each span, and two more. */
enum { CLOSING = SPAN_COUNT, FAULTS };

/* What is asked for, and of which state of the store. */
struct wanted {
    struct named_value values[VALUES_MAX];
    size_t count;
};
static enum outcome
want(const struct outline_view *view, int64_t changes, struct wanted *wanted, struct fault *why)
{
    const struct report_request *request = view->request;
    const struct report_policy *policy = &view->config->report;
    int generation = 0;
    TRY(store_generation(view->store, &generation, why));
    *wanted = (struct wanted){
        {{":report", TEXT(view->outline->name)},
         {":first_day", INTEGER(request->first_day)},
         {":last_day", INTEGER(request->last_day)},
         {":as_of_ms", INTEGER(request->as_of_ms)},
         {":day_view", INTEGER(request->day_view)},
         {":language", INTEGER(request->language)},
         {":partner", TEXT(request->partner == NULL ? "" : request->partner)},
         {":terms", TEXT(arena_format(view->arena, "%d %" PRId64 " %" PRId64 " %" PRId64,
                                      view->config->invoices, (int64_t)policy->slow_days,
                                      policy->x_most_micros, policy->y_most_micros))},
         {":generation", INTEGER(generation)},
         {":changes", INTEGER(changes)}},
        VALUES_MAX,
    };
    return DONE;
}

static void
take_total(struct outline_totals *totals, const struct rows *rows)
{
    enum { SPAN = 1, TILE, VALUE };
    const int64_t span = rows_integer(rows, SPAN);
    const int64_t value = rows_integer(rows, VALUE);
    switch (span) {
    case CLOSING: totals->closing_minor = value; break;
    case FAULTS: totals->faults = value; break;
    default: totals->values[span][rows_integer(rows, TILE)] = value;
    }
}

static enum outcome
take_totals(struct outline_view *view, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_bare(view->store, SQL_outline_kept_totals, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        take_total(outline_totals_of(view, rows_text(&rows, 0)), &rows);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
outline_kept_find(struct outline_view *view, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct wanted wanted;
    TRY(want(view, store_changes_ever(view->store), &wanted, why));
    TRY(store_query_named(view->store, SQL_outline_kept, wanted.values, wanted.count, &rows, why));
    TRY(rows_next(&rows, why));
    return take_totals(view, why);
}

static enum outcome
keep_total(const struct outline_view *view, const struct outline_totals *totals, int span, int tile,
           int64_t value, struct fault *why)
{
    const struct named_value values[] = {{":currency", TEXT(totals->currency)},
                                         {":span", INTEGER(span)},
                                         {":tile", INTEGER(tile)},
                                         {":value", INTEGER(value)}};
    return store_run_scratch(view->store, SQL_outline_keep_total, values,
                             sizeof values / sizeof values[0], why);
}

enum outcome
outline_keep(const struct outline_view *view, struct fault *why)
{
    OWNED(store_scratch) scratch = {0};
    struct wanted wanted;
    TRY(store_scratch_begin(view->store, &scratch, why));
    TRY(store_run_scratch(view->store, SQL_outline_forget_totals, NULL, 0, why));
    TRY(store_run_scratch(view->store, SQL_outline_forget, NULL, 0, why));
    for (size_t index = 0; index < view->currency_count; index++) {
        const struct outline_totals *totals = &view->totals[index];
        for (int span = 0; span < SPAN_COUNT; span++) {
            for (size_t tile = 0; tile < view->outline->tile_count; tile++) {
                TRY(keep_total(view, totals, span, (int)tile, totals->values[span][tile], why));
            }
        }
        TRY(keep_total(view, totals, CLOSING, 0, totals->closing_minor, why));
        TRY(keep_total(view, totals, FAULTS, 0, totals->faults, why));
    }
    /* Its own row is the last change. */
    TRY(want(view, store_changes_ever(view->store) + 1, &wanted, why));
    return store_run_scratch(view->store, SQL_outline_keep, wanted.values, wanted.count, why);
}
