/* What is open of the orders that were not settled at a moment, and how old it is. */
#include "reports/receivables.h"

#include "base/date.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What the store tells, and how far it is worked through. */
struct ledger {
    struct receivable_invoice *invoices;
    size_t invoice_count;
    size_t invoice_at;
    struct receivable_money *money;
    size_t money_count;
    size_t money_at;
    int64_t *open_minor; /* of the invoices of one order */
};

static int
compare_orders(const struct receivable_invoice *invoice, const struct receivable_money *money)
{
    const int partner = strcmp(invoice->partner, money->partner);
    const int number = strcmp(invoice->order_number, money->order_number);
    return partner != 0  ? partner
           : number != 0 ? number
                         : strcmp(invoice->currency, money->currency);
}

static bool
is_same_order(const struct receivable_invoice *one, const struct receivable_invoice *other)
{
    return strcmp(one->partner, other->partner) == 0 &&
           strcmp(one->order_number, other->order_number) == 0 &&
           strcmp(one->currency, other->currency) == 0;
}

/* The total of a currency; there are few. */
static struct receivables_total *
total_of(struct receivables_figures *figures, const char *currency, struct arena *arena)
{
    for (size_t index = 0; index < figures->total_count; index++) {
        if (strcmp(figures->totals[index].currency, currency) == 0) {
            return &figures->totals[index];
        }
    }
    struct receivables_total *grown =
        arena_array(arena, struct receivables_total, figures->total_count + 1);
    if (figures->total_count > 0) {
        memcpy(grown, figures->totals, figures->total_count * sizeof *grown);
    }
    figures->totals = grown;
    grown[figures->total_count] = (struct receivables_total){.currency = currency};
    return &grown[figures->total_count++];
}

static void
add_line(struct receivables_figures *figures, const struct receivable_invoice *invoice,
         int64_t open_minor)
{
    if (open_minor != 0) {
        figures->lines[figures->line_count++] = (struct receivables_line){
            invoice, open_minor, invoice->due < figures->day ? figures->day - invoice->due : 0,
            receivable_age(invoice->due, figures->day)};
    }
}

/* One order in one currency: `count` invoices from `first` on, and its money (NULL: none came).
 * Settled orders leave no trace, or the figures would depend on which of them were read. */
static void
add_order(struct receivables_figures *figures, const struct ledger *ledger, size_t first,
          size_t count, const struct receivable_money *money, struct arena *arena)
{
    const struct receivable_invoice *invoices = &ledger->invoices[first];
    struct receivables_total sums = {0};
    for (size_t index = 0; index < count; index++) {
        sums.invoiced_minor += invoices[index].gross_minor;
        sums.credited_minor += invoices[index].credited_minor;
        ledger->open_minor[index] = invoices[index].gross_minor - invoices[index].credited_minor;
    }
    if (money != NULL) {
        sums.paid_minor = money->paid_minor;
        sums.refunded_minor = money->refunded_minor;
    }
    const int64_t left_minor =
        receivable_pay(ledger->open_minor, count, sums.paid_minor - sums.refunded_minor);
    const size_t lines_before = figures->line_count;
    for (size_t index = 0; index < count; index++) {
        add_line(figures, &invoices[index], ledger->open_minor[index]);
    }
    if (figures->line_count == lines_before && left_minor == 0) {
        return;
    }
    struct receivables_total *total =
        total_of(figures, money == NULL ? invoices[0].currency : money->currency, arena);
    total->invoiced_minor += sums.invoiced_minor;
    total->credited_minor += sums.credited_minor;
    total->paid_minor += sums.paid_minor;
    total->refunded_minor += sums.refunded_minor;
    if (left_minor != 0) {
        assert(money != NULL && "what is left was paid");
        const struct receivable_order order = {money->is_refused, money->is_approved,
                                               money->is_shipped, money->gross_minor,
                                               sums.invoiced_minor};
        const struct receivable_rest rest = receivable_rest(left_minor, &order);
        total->advance_minor += rest.advance_minor;
        total->owed_minor += rest.owed_minor;
        figures->beyond[figures->beyond_count++] = (struct receivables_beyond){money, rest};
    }
}

/* The next order of either list. */
static void
take_order(struct receivables_figures *figures, struct ledger *ledger, struct arena *arena)
{
    const size_t first = ledger->invoice_at;
    const bool has_invoice = first < ledger->invoice_count;
    const bool has_money = ledger->money_at < ledger->money_count;
    const int order =
        !has_invoice ? 1
        : !has_money ? -1
                     : compare_orders(&ledger->invoices[first], &ledger->money[ledger->money_at]);
    while (order <= 0 && ledger->invoice_at < ledger->invoice_count &&
           is_same_order(&ledger->invoices[first], &ledger->invoices[ledger->invoice_at])) {
        ledger->invoice_at++;
    }
    add_order(figures, ledger, first, ledger->invoice_at - first,
              order >= 0 ? &ledger->money[ledger->money_at++] : NULL, arena);
}

static int
compare_lines(const void *one_pointer, const void *other_pointer)
{
    const struct receivable_invoice *one = ((const struct receivables_line *)one_pointer)->invoice;
    const struct receivable_invoice *other =
        ((const struct receivables_line *)other_pointer)->invoice;
    const int currency = strcmp(one->currency, other->currency);
    if (currency != 0) {
        return currency;
    }
    return one->due != other->due ? (one->due > other->due) - (one->due < other->due)
                                  : strcmp(one->number, other->number);
}

static int
compare_beyond(const void *one_pointer, const void *other_pointer)
{
    const struct receivable_money *one = ((const struct receivables_beyond *)one_pointer)->money;
    const struct receivable_money *other =
        ((const struct receivables_beyond *)other_pointer)->money;
    const int currency = strcmp(one->currency, other->currency);
    const int partner = strcmp(one->partner, other->partner);
    return currency != 0  ? currency
           : partner != 0 ? partner
                          : strcmp(one->order_number, other->order_number);
}

static int
compare_totals(const void *one, const void *other)
{
    return strcmp(((const struct receivables_total *)one)->currency,
                  ((const struct receivables_total *)other)->currency);
}

/* Nothing to sort is no array either. */
static void
sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    if (count > 1) {
        qsort(items, count, size, compare);
    }
}

/* Lines come with the oldest first. */
static void
add_to_total(struct receivables_total *total, const struct receivables_line *line)
{
    total->oldest = total->oldest == NULL ? line : total->oldest;
    total->invoices++;
    total->by_age_minor[line->age] += line->open_minor;
    total->open_minor += line->open_minor;
    if (line->age != RECEIVABLE_NOT_DUE) {
        total->overdue_minor += line->open_minor;
    }
}

static void
sum_lines(struct receivables_figures *figures, struct arena *arena)
{
    sort(figures->lines, figures->line_count, sizeof *figures->lines, compare_lines);
    for (size_t index = 0; index < figures->line_count; index++) {
        const struct receivables_line *line = &figures->lines[index];
        add_to_total(total_of(figures, line->invoice->currency, arena), line);
    }
}

static void
finish(struct receivables_figures *figures, struct arena *arena)
{
    for (size_t index = 0; index < figures->stray_count; index++) {
        const struct receivable_stray *stray = &figures->strays[index];
        total_of(figures, stray->currency, arena)->stray_minor +=
            stray->is_refund ? -stray->amount_minor : stray->amount_minor;
    }
    sort(figures->beyond, figures->beyond_count, sizeof *figures->beyond, compare_beyond);
    sort(figures->totals, figures->total_count, sizeof *figures->totals, compare_totals);
}

enum outcome
receivables_load(struct store *store, int64_t cut_ms, struct arena *arena,
                 struct receivables_figures *figures, struct fault *why)
{
    struct ledger ledger = {0};
    *figures = (struct receivables_figures){.day = moment_day(cut_ms)};
    TRY(receivable_invoices(store, cut_ms, arena, &ledger.invoices, &ledger.invoice_count, why));
    TRY(receivable_money(store, cut_ms, arena, &ledger.money, &ledger.money_count, why));
    TRY(receivable_strays(store, cut_ms, figures->day, arena, &figures->strays,
                          &figures->stray_count, why));
    figures->lines = arena_array(arena, struct receivables_line, ledger.invoice_count + 1);
    figures->beyond = arena_array(arena, struct receivables_beyond, ledger.money_count + 1);
    ledger.open_minor = arena_array(arena, int64_t, ledger.invoice_count + 1);
    while (ledger.invoice_at < ledger.invoice_count || ledger.money_at < ledger.money_count) {
        take_order(figures, &ledger, arena);
    }
    sum_lines(figures, arena);
    finish(figures, arena);
    return DONE;
}
