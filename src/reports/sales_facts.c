#include "reports/sales_facts.h"

#include <string.h>

static enum outcome
load_unsold(struct store *store, const struct report_span *span, struct arena *arena,
            struct sales_facts *facts, struct fault *why)
{
    OWNED(report_scan) scan = {0};
    struct report_figure figure;
    enum outcome outcome;
    size_t capacity = 0;
    TRY(report_scan_open(&scan, store, REPORT_UNSOLD, span, "", why));
    while ((outcome = report_scan_next(&scan, &figure, why)) == DONE) {
        facts->unsold =
            arena_grow(arena, facts->unsold, sizeof *facts->unsold, facts->unsold_count, &capacity);
        figure.currency = arena_copy(arena, figure.currency);
        figure.key = arena_copy(arena, figure.key);
        figure.name = figure.unit = "";
        facts->unsold[facts->unsold_count++] = figure;
        if (strcmp(figure.key, "waiting") == 0) {
            facts->waiting_orders += figure.orders;
        } else {
            facts->refused_orders += figure.orders;
        }
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
sales_facts_load(struct store *store, const struct config *config,
                 const struct report_request *request, struct arena *arena,
                 struct sales_facts *facts, struct fault *why)
{
    const struct report_span span = {request->first_day, request->last_day, request->as_of_ms,
                                     request->language};
    const char **currencies = NULL;
    *facts = (struct sales_facts){.period = {request->first_day, request->last_day}};
    TRY(sales_currencies(store, &span, config->company_currency, arena, &currencies,
                         &facts->currency_count, why));
    facts->currencies = arena_array(arena, struct sales, facts->currency_count);
    for (size_t index = 0; index < facts->currency_count; index++) {
        TRY(sales_load(store, &span, currencies[index], arena, &facts->currencies[index], why));
        facts->sold_orders += facts->currencies[index].ledger.orders;
    }
    TRY(load_unsold(store, &span, arena, facts, why));
    TRY(report_intake_read(store, &span, &facts->intake, why));
    facts->refused_orders += facts->intake.refused;
    facts->repeated_orders =
        facts->intake.received - facts->sold_orders - facts->waiting_orders - facts->refused_orders;
    return DONE;
}
