#include "desk/refunding.h"

#include "base/decimal.h"
#include "base/text.h"
#include "desk/invoicing.h"
#include "desk/selling.h"
#include "rules/cancellation.h"
#include "rules/invoice.h"
#include "rules/returning.h"
#include "store/store.h"
#include "store/store_invoice.h"

#include <stdlib.h>
#include <string.h>

/* A credit note that grows. */
struct credit_draft {
    int64_t invoice_id;
    struct invoice invoice; /* that is corrected */
    const char *partner;
    struct invoice_creditable *from;
    size_t from_count;
    struct invoice_line *lines; /* first one for each of `from`, then one for each part's fee */
    size_t line_count;
    struct invoice_amounts *parts; /* what each part has of it */
};

/* ---- the terms, as they were frozen: see table return_line ---- */

static const char *
entry_of(const char *list, int at, struct arena *arena)
{
    size_t size = 0;
    const char *entry = text_list_next(&list, &size);
    while (at-- > 0 && entry != NULL) {
        entry = text_list_next(&list, &size);
    }
    return entry == NULL ? "" : arena_copy_bytes(arena, entry, size);
}

static struct return_fee
fee_of(const char *text)
{
    struct return_fee fee = {RETURN_FEE_NONE, 0};
    const char *number = strchr(text, ' ');
    if (number != NULL) {
        fee.kind = strncmp(text, "percent", strlen("percent")) == 0 ? RETURN_FEE_PERCENT
                                                                    : RETURN_FEE_FIXED;
        fee.micros = strtoll(number + 1, NULL, 10);
    }
    return fee;
}

static void
keep_fee(struct refunding *refunding, struct refund_part *part)
{
    struct return_clause clause = {.clause = part->line->clause};
    clause.fees[part->condition] =
        fee_of(entry_of(part->line->fees, (int)part->condition, refunding->arena));
    const int reason = name_index(part->line->reason, return_reason_names, RETURN_REASON_COUNT);
    part->fee_minor =
        refunding->currency[0] == '\0'
            ? 0
            : returning_fee(&clause, (enum return_reason)reason, part->condition,
                            part->refund_minor, currency_exponent(refunding->currency));
}

/* ---- by invoices ---- */

static enum outcome
open_note(struct refunding *refunding, const char *number, struct credit_draft *note,
          struct fault *why)
{
    struct store *store = refunding->run->store;
    struct arena *arena = refunding->arena;
    TRY(invoice_find(store, number, arena, &note->invoice_id, &note->invoice, &note->partner, why));
    TRY(invoice_read_creditable(store, note->invoice_id, arena, &note->from, &note->from_count,
                                why));
    note->lines = arena_array(arena, struct invoice_line, note->from_count + refunding->count + 1);
    note->parts = arena_array(arena, struct invoice_amounts, refunding->count + 1);
    memset(note->parts, 0, (refunding->count + 1) * sizeof *note->parts);
    note->line_count = note->from_count;
    for (size_t index = 0; index < note->from_count; index++) {
        note->lines[index] = note->from[index].line;
        note->lines[index].quantity_micros = 0;
        note->lines[index].uncharged_micros = 0;
        note->lines[index].amounts = (struct invoice_amounts){0};
    }
    return DONE;
}

static void
add_amounts(struct invoice_amounts *sum, const struct invoice_amounts *amounts)
{
    sum->net_minor += amounts->net_minor;
    sum->tax_minor += amounts->tax_minor;
}

static int64_t
gross_of(const struct invoice_amounts *amounts)
{
    return amounts->net_minor + amounts->tax_minor;
}

/* Freight does not come back, whatever number a line of the order has. */
static bool
is_line_of(const struct invoice_line *line, const struct refund_part *part)
{
    return line->ordinal <= INVOICE_FREIGHT_ORDINAL &&
           strcmp(line->number, part->line->number) == 0;
}

/* Of a part as much as the invoice has of its line. */
static void
take(struct credit_draft *note, struct refund_part *part, size_t part_index, int64_t *open_micros)
{
    for (size_t index = 0; index < note->from_count; index++) {
        struct invoice_creditable *from = &note->from[index];
        const int64_t left = from->credit.quantity_micros - from->credit.credited_micros;
        const int64_t now = left < *open_micros ? left : *open_micros;
        if (now <= 0 || !is_line_of(&from->line, part)) {
            continue;
        }
        const struct invoice_amounts amounts = invoice_credit_quantity(&from->credit, now);
        from->credit.credited_micros += now;
        add_amounts(&from->credit.credited, &amounts);
        note->lines[index].quantity_micros += now;
        add_amounts(&note->lines[index].amounts, &amounts);
        add_amounts(&note->parts[part_index], &amounts);
        part->refund_minor += gross_of(&amounts);
        *open_micros -= now;
    }
}

/* A part's line in what the invoice has. */
static const struct invoice_line *
line_of(const struct credit_draft *note, const struct refund_part *part)
{
    for (size_t index = 0; index < note->from_count; index++) {
        if (is_line_of(&note->from[index].line, part)) {
            return &note->from[index].line;
        }
    }
    return NULL;
}

static struct invoice_line *
fee_line(struct credit_draft *note, const struct invoice_line *from, const struct refund_part *part)
{
    for (size_t index = note->from_count; index < note->line_count; index++) {
        if (note->lines[index].ordinal == INVOICE_FEE_ORDINAL + from->ordinal) {
            return &note->lines[index];
        }
    }
    struct invoice_line *line = &note->lines[note->line_count++];
    *line = *from;
    line->ordinal = INVOICE_FEE_ORDINAL + from->ordinal;
    line->clause = part->line->clause;
    line->quantity_micros = line->uncharged_micros = line->price_micros = 0;
    line->amounts = (struct invoice_amounts){0};
    return line;
}

/* What is kept of a part, as far as this note gives some of it back: net and tax as in that. */
static void
charge(struct credit_draft *note, const struct refund_part *part, size_t part_index,
       int64_t *left_minor)
{
    const struct invoice_amounts *given = &note->parts[part_index];
    const int64_t gross_minor = gross_of(given);
    const int64_t now_minor = *left_minor < gross_minor ? *left_minor : gross_minor;
    const struct invoice_line *from = line_of(note, part);
    if (now_minor <= 0 || from == NULL) {
        return;
    }
    const int64_t net_minor =
        decimal_divide((int128)now_minor * given->net_minor, gross_minor, ROUND_HALF_UP);
    struct invoice_line *line = fee_line(note, from, part);
    line->amounts.net_minor -= net_minor;
    line->amounts.tax_minor -= now_minor - net_minor;
    *left_minor -= now_minor;
}

static enum outcome
issue(struct refunding *refunding, struct credit_draft *note, struct fault *why)
{
    size_t count = 0;
    for (size_t index = 0; index < note->line_count; index++) {
        if (note->lines[index].quantity_micros > 0 || index >= note->from_count) {
            note->lines[count++] = note->lines[index];
        }
    }
    if (count == 0) {
        return DONE;
    }
    struct invoice invoice = {.kind = INVOICE_CREDIT_NOTE,
                              .order_id = note->invoice.order_id,
                              .version = note->invoice.version,
                              .corrects = note->invoice_id,
                              .customer = note->invoice.customer,
                              .currency = note->invoice.currency,
                              .includes_tax = note->invoice.includes_tax,
                              .reason = refunding->stored->number,
                              .issued_by = "purser"};
    const struct invoicing document = {note->partner, &invoice, note->lines, count, 0};
    int64_t id = 0;
    TRY(invoicing_add(refunding->run, &document, refunding->arena, &id, why));
    return return_add_credit(refunding->run->store, refunding->stored->id, id, why);
}

static enum outcome
credit(struct refunding *refunding, const char *const *numbers, size_t number_count,
       struct fault *why)
{
    struct credit_draft *notes =
        arena_array(refunding->arena, struct credit_draft, number_count + 1);
    memset(notes, 0, (number_count + 1) * sizeof *notes);
    for (size_t at = 0; at < number_count; at++) {
        TRY(open_note(refunding, numbers[at], &notes[at], why));
        refunding->currency = notes[at].invoice.currency;
    }
    for (size_t index = 0; index < refunding->count; index++) {
        struct refund_part *part = &refunding->parts[index];
        int64_t open_micros = part->quantity_micros;
        for (size_t at = 0; at < number_count; at++) {
            take(&notes[at], part, index, &open_micros);
        }
        keep_fee(refunding, part);
        int64_t fee_minor = part->fee_minor;
        for (size_t at = 0; at < number_count; at++) {
            charge(&notes[at], part, index, &fee_minor);
        }
    }
    for (size_t at = 0; at < number_count; at++) {
        TRY(issue(refunding, &notes[at], why));
    }
    return DONE;
}

/* ---- by the price ---- */

/* What came of the order line before, of earlier receipts and of parts before this one. */
static int64_t
before_of(const struct refunding *refunding, size_t index, int64_t earlier_micros)
{
    int64_t before_micros = earlier_micros;
    for (size_t at = 0; at < index; at++) {
        if (strcmp(refunding->parts[at].line->number, refunding->parts[index].line->number) == 0) {
            before_micros += refunding->parts[at].quantity_micros;
        }
    }
    return before_micros;
}

static enum outcome
give_by_price(struct refunding *refunding, size_t index, struct fault *why)
{
    struct refund_part *part = &refunding->parts[index];
    struct return_price price;
    TRY(return_priced(refunding->run->store, refunding->stored, part->line, refunding->arena,
                      &price, why));
    if (price.ordered_micros == 0) {
        return DONE; /* goods that were given have no price */
    }
    const int64_t before = before_of(refunding, index, price.refunded_micros);
    const int64_t after = before + part->quantity_micros;
    refunding->currency = price.currency;
    part->refund_minor = line_share(price.net_minor, after, price.ordered_micros) -
                         line_share(price.net_minor, before, price.ordered_micros) +
                         line_share(price.tax_minor, after, price.ordered_micros) -
                         line_share(price.tax_minor, before, price.ordered_micros);
    keep_fee(refunding, part);
    part->unbilled_minor = part->refund_minor - part->fee_minor;
    return DONE;
}

/* They are sold no more. */
static enum outcome
unsell(const struct refunding *refunding, struct fault *why)
{
    struct cancelled_part *parts =
        arena_array(refunding->arena, struct cancelled_part, refunding->count + 1);
    for (size_t index = 0; index < refunding->count; index++) {
        parts[index] =
            (struct cancelled_part){.ordinal = refunding->parts[index].line->order_ordinal,
                                    .quantity_micros = refunding->parts[index].quantity_micros};
    }
    return selling_return(refunding->run, refunding->stored->order_id, parts, refunding->count,
                          why);
}

enum outcome
refunding_give(struct refunding *refunding, struct fault *why)
{
    const char **numbers = NULL;
    size_t number_count = 0;
    refunding->currency = "";
    TRY(return_invoices(refunding->run->store, refunding->stored->order_id, refunding->arena,
                        &numbers, &number_count, why));
    if (number_count > 0) {
        TRY(credit(refunding, numbers, number_count, why));
        return unsell(refunding, why);
    }
    for (size_t index = 0; index < refunding->count; index++) {
        if (refunding->parts[index].quantity_micros > 0) {
            TRY(give_by_price(refunding, index, why));
        }
    }
    return unsell(refunding, why);
}
