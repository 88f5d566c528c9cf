#include "reports/sales_facts.h"

#include "reports/frame.h"

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

const char *
sales_title(struct page *page, const struct sales_facts *facts)
{
    const char *period = frame_period(page, facts->period);
    if (facts->sold_orders == 0) {
        return page_words(page, M_REPORT_TITLE_NONE, {"period", period});
    }
    const char *amounts = "";
    for (size_t index = 0; index < facts->currency_count; index++) {
        const struct sales *sales = &facts->currencies[index];
        if (sales->ledger.orders > 0) {
            amounts = arena_format(page->arena, "%s%s%s", amounts, amounts[0] == '\0' ? "" : ", ",
                                   page_money(page, sales->ledger.net_minor, sales->currency));
        }
    }
    const char *orders = page_orders(page, facts->sold_orders);
    if (facts->currency_count > 1) {
        return page_words(page, M_REPORT_TITLE_SEVERAL, {"period", period}, {"net", amounts},
                          {"orders", orders});
    }
    const struct sales *only = &facts->currencies[0];
    return page_words(
        page, M_REPORT_TITLE_ONE, {"period", period}, {"net", amounts}, {"orders", orders},
        {"change", page_change(page, only->ledger.net_minor, only->ledger_before.net_minor)});
}

static const struct report_word words[] = {
    {M_REPORT_SOLD, M_REPORT_MEANS_SOLD},         {M_REPORT_WAITING, M_REPORT_MEANS_WAITING},
    {M_REPORT_REFUSED, M_REPORT_MEANS_REFUSED},   {M_REPORT_REPEATED, M_REPORT_MEANS_REPEATED},
    {M_REPORT_DAY, M_REPORT_MEANS_DAY},           {M_REPORT_NET, M_REPORT_MEANS_NET},
    {M_REPORT_FIRST_ORDER, M_REPORT_MEANS_FIRST}, {M_REPORT_SHARE, M_REPORT_MEANS_SHARE},
};
const struct report_words sales_words = {words, sizeof words / sizeof words[0]};
