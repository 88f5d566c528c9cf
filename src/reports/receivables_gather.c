/* What is open when a period ends, put into scratch tables for whoever tells it. */
#include "reports/receivables.h"

#include "base/date.h"

enum { ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

static const char *const ages[RECEIVABLE_AGE_COUNT] = {"not-due", "days-1-30", "days-31-60",
                                                       "days-61-90", "days-over-90"};

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

static enum outcome
put_line(struct store *store, const struct receivables_line *line, struct fault *why)
{
    const struct receivable_invoice *invoice = line->invoice;
    const struct named_value values[] = {
        {":currency", TEXT(invoice->currency)},
        {":customer", TEXT(invoice->customer)},
        {":partner", TEXT(invoice->partner)},
        {":order_number", TEXT(invoice->order_number)},
        {":number", TEXT(invoice->number)},
        {":day", INTEGER(invoice->day)},
        {":due", INTEGER(invoice->due)},
        {":days", INTEGER(line->days_overdue)},
        {":age", TEXT(ages[line->age])},
        {":gross", INTEGER(invoice->gross_minor)},
        {":credited", INTEGER(invoice->credited_minor)},
        {":open", INTEGER(line->open_minor)},
    };
    return store_run_scratch(store, SQL_receivables_add_line, values,
                             sizeof values / sizeof values[0], why);
}

static enum outcome
put_beyond(struct store *store, const struct receivables_beyond *beyond, struct fault *why)
{
    const struct receivable_money *money = beyond->money;
    const struct named_value values[] = {
        {":currency", TEXT(money->currency)},
        {":partner", TEXT(money->partner)},
        {":order_number", TEXT(money->order_number)},
        {":paid", INTEGER(money->paid_minor)},
        {":refunded", INTEGER(money->refunded_minor)},
        {":advance", INTEGER(beyond->rest.advance_minor)},
        {":owed", INTEGER(beyond->rest.owed_minor)},
    };
    return store_run_scratch(store, SQL_receivables_add_beyond, values,
                             sizeof values / sizeof values[0], why);
}

enum outcome
receivables_put_strays(struct store *store, const struct receivable_stray *strays, size_t count,
                       bool in_period, struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        const struct receivable_stray *stray = &strays[index];
        const struct named_value values[] = {
            {":in_period", INTEGER(in_period)},
            {":currency", TEXT(stray->currency)},
            {":kind", TEXT(stray->is_refund ? "refund" : "payment")},
            {":partner", TEXT(stray->partner)},
            {":order_number", TEXT(stray->order_number)},
            {":number", TEXT(stray->number)},
            {":payer", TEXT(stray->payer)},
            {":reference", TEXT(stray->reference)},
            {":paid_on", INTEGER(stray->paid_on)},
            {":amount", INTEGER(stray->is_refund ? -stray->amount_minor : stray->amount_minor)},
        };
        TRY(store_run_scratch(store, SQL_receivables_add_stray, values,
                              sizeof values / sizeof values[0], why));
    }
    return DONE;
}

enum outcome
receivables_put(struct store *store, const struct receivables_figures *figures, struct fault *why)
{
    OWNED(store_scratch) scratch = {0};
    TRY(store_scratch_begin(store, &scratch, why));
    for (size_t index = 0; index < figures->line_count; index++) {
        TRY(put_line(store, &figures->lines[index], why));
    }
    for (size_t index = 0; index < figures->beyond_count; index++) {
        TRY(put_beyond(store, &figures->beyond[index], why));
    }
    return receivables_put_strays(store, figures->strays, figures->stray_count, true, why);
}

static enum outcome
put_total(struct store *store, const struct receivables_total *total, struct fault *why)
{
    const struct receivables_line *oldest = total->oldest;
    const struct named_value values[] = {
        {":currency", TEXT(total->currency)},
        {":invoices", INTEGER(total->invoices)},
        {":open", INTEGER(total->open_minor)},
        {":not_due", INTEGER(total->by_age_minor[RECEIVABLE_NOT_DUE])},
        {":to_30", INTEGER(total->by_age_minor[RECEIVABLE_TO_30])},
        {":to_60", INTEGER(total->by_age_minor[RECEIVABLE_TO_60])},
        {":to_90", INTEGER(total->by_age_minor[RECEIVABLE_TO_90])},
        {":over_90", INTEGER(total->by_age_minor[RECEIVABLE_OVER_90])},
        {":overdue", INTEGER(total->overdue_minor)},
        {":number", TEXT(oldest == NULL ? "" : oldest->invoice->number)},
        {":due", INTEGER_OR_NULL(oldest == NULL ? DAY_NONE : oldest->invoice->due, DAY_NONE)},
        {":days", INTEGER_OR_NULL(oldest == NULL ? DAY_NONE : oldest->days_overdue, DAY_NONE)},
        {":invoiced", INTEGER(total->invoiced_minor)},
        {":credited", INTEGER(total->credited_minor)},
        {":paid", INTEGER(total->paid_minor)},
        {":refunded", INTEGER(total->refunded_minor)},
        {":advance", INTEGER(total->advance_minor)},
        {":owed", INTEGER(total->owed_minor)},
        {":stray", INTEGER(total->stray_minor)},
    };
    return store_run_scratch(store, SQL_receivables_add_total, values,
                             sizeof values / sizeof values[0], why);
}

enum outcome
receivables_gather(const struct outline_view *view, struct period period,
                   const struct named_value *values, size_t count, struct fault *why)
{
    OWNED(arena) arena = {0};
    struct receivables_figures figures;
    struct store *store = view->store;
    const bool is_compared = period.last_day != view->periods[SPAN_NOW].last_day;
    arena_init(&arena, ARENA_BYTES_MAX);
    TRY(receivables_forget(store, why));
    TRY(receivables_load(store, receivables_cut(view, period), &arena, &figures, why));
    for (size_t index = 0; index < figures.total_count; index++) {
        TRY(put_total(store, &figures.totals[index], why));
    }
    if (is_compared) {
        return DONE;
    }
    TRY(receivables_put(store, &figures, why));
    TRY(store_run_scratch(store, SQL_receivables_gather_kept, values, count, why));
    return store_run_scratch(store, SQL_receivables_gather_customers, values, count, why);
}
