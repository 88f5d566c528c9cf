/* What the report of receivables asks for: what is open when a period ends. */
#include "reports/receivables.h"

#include "base/date.h"

int64_t
receivables_cut(const struct outline_view *view, struct period period)
{
    const int64_t end_ms = day_begin(period.last_day + 1) - 1;
    return view->request->as_of_ms < end_ms ? view->request->as_of_ms : end_ms;
}

enum outcome
receivables_forget(struct store *store, struct fault *why)
{
    static const enum statement steps[] = {
        SQL_receivables_forget_lines,  SQL_receivables_forget_beyond,
        SQL_receivables_forget_strays, SQL_receivables_forget_totals,
        SQL_receivables_forget_kept,   SQL_receivables_forget_customers,
    };
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        TRY(store_run_scratch(store, steps[index], NULL, 0, why));
    }
    return DONE;
}

enum outcome
receivables_gather(const struct outline_view *view, struct period period,
                   const struct named_value *values, size_t count, struct fault *why)
{
    struct store *store = view->store;
    const bool is_told = period.last_day == view->periods[SPAN_NOW].last_day;
    TRY(receivables_forget(store, why));
    TRY(receivables_open(store, receivables_cut(view, period), is_told, why));
    if (!is_told) {
        return DONE;
    }
    return store_run_scratch(store, SQL_receivables_gather_kept, values, count, why);
}
