/* What is open of the orders that were not settled at a moment, and how old it is: put into scratch
 * tables, order by order. */
#include "base/date.h"
#include "base/tally.h"
#include "base/vector.h"
#include "reports/receivables.h"
#include "rules/receivable.h"
#include "store/store_receivable.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_BYTES_MAX = 1024 * 1024 * 1024 };

static const char *const ages[RECEIVABLE_AGE_COUNT] = {"not-due", "days-1-30", "days-31-60",
                                                       "days-61-90", "days-over-90"};

/* Of a currency; there are few. */
struct total {
    const char *currency;
    int64_t invoices; /* open ones */
    int64_t by_age_minor[RECEIVABLE_AGE_COUNT];
    int64_t open_minor;
    int64_t overdue_minor;
    const char *oldest; /* due first, and of these the first number; "": nothing is open */
    int32_t oldest_due;
    int64_t invoiced_minor; /* of orders that are not settled, and so the next three */
    int64_t credited_minor;
    int64_t paid_minor;
    int64_t refunded_minor;
    int64_t advance_minor;
    int64_t owed_minor;
    int64_t stray_minor; /* payments that count for no order, less refunds */
};

/* Sums of a customer in a currency. */
enum debtor_sum {
    DEBTOR_INVOICES,
    DEBTOR_NEWEST, /* version of the customers that one of them was priced with */
    DEBTOR_DUE,    /* of the oldest */
    DEBTOR_OPEN,
    DEBTOR_OVERDUE,
    DEBTOR_BY_AGE, /* amounts, then invoices */
    DEBTOR_WIDTH = DEBTOR_BY_AGE + 2 * RECEIVABLE_AGE_COUNT
};

struct figures {
    struct store *store;
    int64_t cut_ms;
    int32_t day; /* the ages are of */
    bool is_told;
    struct total *totals;
    size_t count;
    size_t capacity;
    int64_t *open_minor; /* of the invoices of one order */
    size_t open_capacity;
    struct tally debtors;
    const char **oldest; /* numbers of invoices, of each group of debtors */
    size_t oldest_capacity;
    struct arena texts;
};

static void
figures_close(struct figures *figures)
{
    free(figures->totals);
    free(figures->open_minor);
    free(figures->oldest);
    tally_close(&figures->debtors);
    arena_close(&figures->texts);
}

static struct total *
total_of(struct figures *figures, const char *currency)
{
    for (size_t index = 0; index < figures->count; index++) {
        if (strcmp(figures->totals[index].currency, currency) == 0) {
            return &figures->totals[index];
        }
    }
    figures->totals =
        vector_room(figures->totals, sizeof *figures->totals, figures->count, &figures->capacity);
    struct total *total = &figures->totals[figures->count++];
    *total = (struct total){.currency = arena_copy(&figures->texts, currency), .oldest = ""};
    return total;
}

/* ---- an order ------------------------------------------------------------------------------- */

static void
count_line(struct figures *figures, struct total *total, const struct receivable_invoice *invoice,
           int64_t open_minor)
{
    const enum receivable_age age = receivable_age(invoice->due, figures->day);
    const bool is_older =
        total->invoices == 0 || invoice->due < total->oldest_due ||
        (invoice->due == total->oldest_due && strcmp(invoice->number, total->oldest) < 0);
    total->invoices++;
    total->by_age_minor[age] += open_minor;
    total->open_minor += open_minor;
    if (age != RECEIVABLE_NOT_DUE) {
        total->overdue_minor += open_minor;
    }
    if (is_older) {
        total->oldest = arena_copy(&figures->texts, invoice->number);
        total->oldest_due = invoice->due;
    }
}

static void
count_debtor(struct figures *figures, const char *currency,
             const struct receivable_invoice *invoice, int64_t open_minor)
{
    struct tally *debtors = &figures->debtors;
    const enum receivable_age age = receivable_age(invoice->due, figures->day);
    const size_t known = debtors->count;
    const size_t group = tally_at(debtors, (const char *const[]){currency, invoice->customer});
    int64_t *sums = tally_sums(debtors, group);
    if (group == known) {
        figures->oldest =
            vector_room(figures->oldest, sizeof *figures->oldest, group, &figures->oldest_capacity);
    }
    if (group == known || invoice->due < sums[DEBTOR_DUE] ||
        (invoice->due == sums[DEBTOR_DUE] && strcmp(invoice->number, figures->oldest[group]) < 0)) {
        sums[DEBTOR_DUE] = invoice->due;
        figures->oldest[group] = arena_copy(&figures->texts, invoice->number);
    }
    if (invoice->customers_version > sums[DEBTOR_NEWEST]) {
        sums[DEBTOR_NEWEST] = invoice->customers_version;
    }
    sums[DEBTOR_INVOICES]++;
    sums[DEBTOR_BY_AGE + RECEIVABLE_AGE_COUNT + age]++;
    tally_add(debtors, group, DEBTOR_OPEN, open_minor);
    tally_add(debtors, group, DEBTOR_BY_AGE + age, open_minor);
    if (age != RECEIVABLE_NOT_DUE) {
        tally_add(debtors, group, DEBTOR_OVERDUE, open_minor);
    }
}

static int64_t
days_overdue(const struct figures *figures, int32_t due)
{
    return due < figures->day ? figures->day - due : 0;
}

static enum outcome
tell_line(const struct figures *figures, const struct open_order *order,
          const struct receivable_invoice *invoice, int64_t open_minor, struct fault *why)
{
    return store_run(
        figures->store, SQL_receivables_add_line, why, INTEGER(invoice->id), TEXT(order->currency),
        TEXT(invoice->customer), TEXT(order->partner), TEXT(order->number), TEXT(invoice->number),
        INTEGER(invoice->day), INTEGER(invoice->due), INTEGER(days_overdue(figures, invoice->due)),
        TEXT(ages[receivable_age(invoice->due, figures->day)]), INTEGER(invoice->gross_minor),
        INTEGER(invoice->credited_minor), INTEGER(open_minor));
}

/* More was paid than the invoices of the order say. */
static enum outcome
add_beyond(struct figures *figures, struct total *total, const struct open_order *order,
           int64_t invoiced_minor, int64_t left_minor, struct fault *why)
{
    OWNED(arena) arena;
    struct receivable_standing standing;
    arena_init(&arena, TEXTS_BYTES_MAX);
    TRY(receivable_standing(figures->store, order, figures->cut_ms, &arena, &standing, why));
    const struct receivable_order rule = {standing.is_refused, standing.is_approved,
                                          standing.is_shipped, standing.gross_minor,
                                          invoiced_minor};
    const struct receivable_rest rest = receivable_rest(left_minor, &rule);
    total->advance_minor += rest.advance_minor;
    total->owed_minor += rest.owed_minor;
    return !figures->is_told
               ? DONE
               : store_run(figures->store, SQL_receivables_add_beyond, why, TEXT(order->currency),
                           TEXT(standing.partner), TEXT(standing.order_number),
                           INTEGER(order->paid_minor), INTEGER(order->refunded_minor),
                           INTEGER(rest.advance_minor), INTEGER(rest.owed_minor));
}

/* What is open of each invoice of an order, once its money has paid the oldest first; *left_minor
 * is what the money is beyond that, *open_count how many are not wholly paid. */
static void
pay(struct figures *figures, const struct open_order *order, int64_t *left_minor,
    size_t *open_count)
{
    *open_count = 0;
    for (size_t index = 0; index < order->invoice_count; index++) {
        const struct receivable_invoice *invoice = &order->invoices[index];
        figures->open_minor = vector_room(figures->open_minor, sizeof *figures->open_minor, index,
                                          &figures->open_capacity);
        figures->open_minor[index] = invoice->gross_minor - invoice->credited_minor;
    }
    *left_minor = receivable_pay(figures->open_minor, order->invoice_count,
                                 order->paid_minor - order->refunded_minor);
    for (size_t index = 0; index < order->invoice_count; index++) {
        *open_count += figures->open_minor[index] != 0;
    }
}

/* Settled orders leave no trace, or the figures would depend on which of them were read. */
static enum outcome
add_order(struct figures *figures, const struct open_order *order, struct fault *why)
{
    int64_t left_minor;
    int64_t invoiced_minor = 0;
    size_t open_count;
    pay(figures, order, &left_minor, &open_count);
    if (open_count == 0 && left_minor == 0) {
        return DONE;
    }
    struct total *total = total_of(figures, order->currency);
    for (size_t index = 0; index < order->invoice_count; index++) {
        const struct receivable_invoice *invoice = &order->invoices[index];
        const int64_t open_minor = figures->open_minor[index];
        invoiced_minor += invoice->gross_minor;
        total->credited_minor += invoice->credited_minor;
        if (open_minor != 0) {
            count_line(figures, total, invoice, open_minor);
        }
        if (open_minor != 0 && figures->is_told) {
            count_debtor(figures, order->currency, invoice, open_minor);
            TRY(tell_line(figures, order, invoice, open_minor, why));
        }
    }
    total->invoiced_minor += invoiced_minor;
    total->paid_minor += order->paid_minor;
    total->refunded_minor += order->refunded_minor;
    return left_minor == 0 ? DONE
                           : add_beyond(figures, total, order, invoiced_minor, left_minor, why);
}

/* ---- all of them ---------------------------------------------------------------------------- */

static enum outcome
add_orders(struct figures *figures, struct fault *why)
{
    OWNED(open_orders) orders = {0};
    struct open_order order;
    enum outcome outcome;
    TRY(open_orders_begin(figures->store, figures->cut_ms, &orders, why));
    while ((outcome = open_orders_next(&orders, &order, why)) == DONE) {
        TRY(add_order(figures, &order, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static int64_t
stray_amount(const struct receivable_stray *stray)
{
    return stray->is_refund ? -stray->amount_minor : stray->amount_minor;
}

static enum outcome
tell_stray(struct store *store, const struct receivable_stray *stray, bool in_period,
           struct fault *why)
{
    return store_run(store, SQL_receivables_add_stray, why, INTEGER(in_period),
                     TEXT(stray->currency), TEXT(stray->is_refund ? "refund" : "payment"),
                     TEXT(stray->partner), TEXT(stray->order_number), TEXT(stray->number),
                     TEXT(stray->payer), TEXT(stray->reference), INTEGER(stray->paid_on),
                     INTEGER(stray_amount(stray)));
}

static enum outcome
add_strays(struct figures *figures, struct fault *why)
{
    struct receivable_stray *strays = NULL;
    size_t count = 0;
    TRY(receivable_strays(figures->store, figures->cut_ms, figures->day, &figures->texts, &strays,
                          &count, why));
    for (size_t index = 0; index < count; index++) {
        total_of(figures, strays[index].currency)->stray_minor += stray_amount(&strays[index]);
        if (figures->is_told) {
            TRY(tell_stray(figures->store, &strays[index], true, why));
        }
    }
    return DONE;
}

enum outcome
receivables_strays_begin(struct store *store, int32_t first_day, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(store_scratch) scratch = {0};
    struct receivable_stray *strays = NULL;
    size_t count = 0;
    arena_init(&arena, TEXTS_BYTES_MAX);
    TRY(store_scratch_begin(store, &scratch, why));
    TRY(receivable_strays(store, day_begin(first_day) - 1, first_day - 1, &arena, &strays, &count,
                          why));
    for (size_t index = 0; index < count; index++) {
        TRY(tell_stray(store, &strays[index], false, why));
    }
    return DONE;
}

/* With names and limits, which the statement looks up. */
static enum outcome
put_debtors(const struct figures *figures, struct fault *why)
{
    const struct tally *debtors = &figures->debtors;
    for (size_t group = 0; group < debtors->count; group++) {
        const int64_t *sums = tally_sums(debtors, group);
        const int64_t *amounts = &sums[DEBTOR_BY_AGE];
        const int64_t *counts = &amounts[RECEIVABLE_AGE_COUNT];
        const int32_t due = (int32_t)sums[DEBTOR_DUE];
        TRY(store_run(figures->store, SQL_receivables_add_customer, why,
                      TEXT(tally_part(debtors, group, 0)), TEXT(tally_part(debtors, group, 1)),
                      INTEGER(sums[DEBTOR_NEWEST]), INTEGER(figures->cut_ms),
                      INTEGER(sums[DEBTOR_INVOICES]), TEXT(figures->oldest[group]), INTEGER(due),
                      INTEGER(days_overdue(figures, due)), INTEGER(sums[DEBTOR_OPEN]),
                      INTEGER(sums[DEBTOR_OVERDUE]), INTEGER(amounts[RECEIVABLE_NOT_DUE]),
                      INTEGER(amounts[RECEIVABLE_TO_30]), INTEGER(amounts[RECEIVABLE_TO_60]),
                      INTEGER(amounts[RECEIVABLE_TO_90]), INTEGER(amounts[RECEIVABLE_OVER_90]),
                      INTEGER(counts[RECEIVABLE_NOT_DUE]), INTEGER(counts[RECEIVABLE_TO_30]),
                      INTEGER(counts[RECEIVABLE_TO_60]), INTEGER(counts[RECEIVABLE_TO_90]),
                      INTEGER(counts[RECEIVABLE_OVER_90])));
    }
    return DONE;
}

static enum outcome
put_total(const struct figures *figures, const struct total *total, struct fault *why)
{
    const bool is_open = total->invoices > 0;
    const int64_t days = is_open ? days_overdue(figures, total->oldest_due) : DAY_NONE;
    return store_run(
        figures->store, SQL_receivables_add_total, why, TEXT(total->currency),
        INTEGER(total->invoices), INTEGER(total->open_minor),
        INTEGER(total->by_age_minor[RECEIVABLE_NOT_DUE]),
        INTEGER(total->by_age_minor[RECEIVABLE_TO_30]),
        INTEGER(total->by_age_minor[RECEIVABLE_TO_60]),
        INTEGER(total->by_age_minor[RECEIVABLE_TO_90]),
        INTEGER(total->by_age_minor[RECEIVABLE_OVER_90]), INTEGER(total->overdue_minor),
        TEXT(total->oldest), INTEGER_OR_NULL(is_open ? total->oldest_due : DAY_NONE, DAY_NONE),
        INTEGER_OR_NULL(days, DAY_NONE), INTEGER(total->invoiced_minor),
        INTEGER(total->credited_minor), INTEGER(total->paid_minor), INTEGER(total->refunded_minor),
        INTEGER(total->advance_minor), INTEGER(total->owed_minor), INTEGER(total->stray_minor));
}

enum outcome
receivables_open(struct store *store, int64_t cut_ms, bool is_told, struct fault *why)
{
    OWNED(store_scratch) scratch = {0};
    OWNED(figures) figures = {
        .store = store, .cut_ms = cut_ms, .day = moment_day(cut_ms), .is_told = is_told};
    arena_init(&figures.texts, TEXTS_BYTES_MAX);
    tally_init(&figures.debtors, 2, DEBTOR_WIDTH);
    TRY(store_scratch_begin(store, &scratch, why));
    TRY(add_orders(&figures, why));
    TRY(add_strays(&figures, why));
    if (figures.debtors.is_beyond) {
        return fail(why, "what customers owe comes to more than 64 bits can hold");
    }
    for (size_t index = 0; index < figures.count; index++) {
        TRY(put_total(&figures, &figures.totals[index], why));
    }
    return put_debtors(&figures, why);
}
