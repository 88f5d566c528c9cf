/* What the finance pack tells of, gathered: what is open by the report of receivables, the rest by
 * statements. */
#include "reports/finance.h"

#include "base/date.h"
#include "reports/receivables.h"

static enum outcome
run_all(struct store *store, const enum statement *steps, size_t step_count,
        const struct named_value *values, size_t count, struct fault *why)
{
    for (size_t index = 0; index < step_count; index++) {
        TRY(store_run_scratch(store, steps[index], values, count, why));
    }
    return DONE;
}

static enum outcome
forget(struct store *store, struct fault *why)
{
    static const enum statement steps[] = {
        SQL_finance_forget_entries, SQL_finance_forget_flow,      SQL_finance_forget_taxed,
        SQL_finance_forget_classes, SQL_finance_forget_documents, SQL_finance_forget_payments,
        SQL_finance_forget_orders,  SQL_finance_forget_lines,     SQL_finance_forget_heads,
        SQL_finance_forget_facts,   SQL_finance_forget_controls,
    };
    TRY(receivables_forget(store, why));
    return run_all(store, steps, sizeof steps / sizeof steps[0], NULL, 0, why);
}

/* When the period ends, and the money that counted for no order when it began. */
static enum outcome
gather_open(const struct outline_view *view, struct fault *why)
{
    const int64_t cut_ms = receivables_cut(view, view->periods[SPAN_NOW]);
    TRY(receivables_open(view->store, cut_ms, true, why));
    return receivables_strays_begin(view->store, view->request->first_day, why);
}

/* What is taxed by the ledger of sales, where there are no invoices; and what is to be invoiced,
 * where there are.  Entries are without their freight yet. */
static enum outcome
gather_sold(const struct outline_view *view, const struct named_value *values, size_t count,
            struct fault *why)
{
    static const enum statement taxed[] = {
        SQL_finance_gather_classes, SQL_finance_gather_other_classes,
        SQL_finance_tax_entries,    SQL_finance_tax_others,
        SQL_finance_tax_lines,      SQL_finance_tax_parts,
        SQL_finance_tax_freight,
    };
    static const enum statement to_invoice[] = {
        SQL_finance_gather_orders,
        SQL_finance_gather_lines,
        SQL_finance_gather_heads,
    };
    return view->config->invoices
               ? run_all(view->store, to_invoice, sizeof to_invoice / sizeof to_invoice[0], values,
                         count, why)
               : run_all(view->store, taxed, sizeof taxed / sizeof taxed[0], values, count, why);
}

enum outcome
finance_gather(const struct outline_view *view, struct period period,
               const struct named_value *values, size_t count, struct fault *why)
{
    static const enum statement entries[] = {SQL_finance_gather_entries,
                                             SQL_finance_gather_with_tax, SQL_finance_gather_parts};
    static const enum statement registers[] = {
        SQL_finance_gather_freight,  SQL_finance_gather_flow,   SQL_finance_gather_documents,
        SQL_finance_gather_payments, SQL_finance_tax_documents,
    };
    static const enum statement facts[] = {
        SQL_finance_fact_orders,  SQL_finance_fact_documents, SQL_finance_fact_to_invoice,
        SQL_finance_fact_returns, SQL_finance_fact_rounding,  SQL_finance_fact_receivables,
        SQL_finance_fact_money,   SQL_finance_reconcile,
    };
    (void)period; /* the values have it */
    TRY(forget(view->store, why));
    TRY(run_all(view->store, entries, sizeof entries / sizeof entries[0], values, count, why));
    TRY(gather_sold(view, values, count, why));
    TRY(run_all(view->store, registers, sizeof registers / sizeof registers[0], values, count,
                why));
    TRY(gather_open(view, why));
    return run_all(view->store, facts, sizeof facts / sizeof facts[0], values, count, why);
}
