#include "desk/refund_note.h"

#include "base/decimal.h"
#include "desk/invoicing.h"
#include "rules/invoice.h"
#include "store/store.h"

#include <string.h>

enum outcome
refund_note_open(const struct refunding *refunding, const char *number, size_t gift_count,
                 struct refund_note *note, struct fault *why)
{
    struct store *store = refunding->run->store;
    struct arena *arena = refunding->arena;
    TRY(invoice_find(store, number, arena, &note->invoice_id, &note->invoice, &note->partner, why));
    TRY(invoice_read_creditable(store, note->invoice_id, arena, &note->from, &note->from_count,
                                why));
    note->lines = arena_array(arena, struct invoice_line,
                              note->from_count + refunding->count + gift_count + 1);
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

/* Freight does not come back, whatever number a line of the order has. */
static bool
is_line_of(const struct invoice_line *line, const struct refund_part *part)
{
    return line->ordinal <= INVOICE_FREIGHT_ORDINAL &&
           strcmp(line->number, part->line->number) == 0;
}

static int64_t
gross_of(const struct invoice_amounts *amounts)
{
    return amounts->net_minor + amounts->tax_minor;
}

void
refund_note_take(struct refund_note *note, struct refund_part *part, size_t part_index,
                 int64_t *open_micros)
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
line_of(const struct refund_note *note, const struct refund_part *part)
{
    for (size_t index = 0; index < note->from_count; index++) {
        if (is_line_of(&note->from[index].line, part)) {
            return &note->from[index].line;
        }
    }
    return NULL;
}

static struct invoice_line *
fee_line(struct refund_note *note, const struct invoice_line *from, const struct refund_part *part)
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

void
refund_note_charge(struct refund_note *note, const struct refund_part *part, size_t part_index,
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

int64_t
refund_note_gross(const struct refund_note *note)
{
    int64_t gross_minor = 0;
    for (size_t index = 0; index < note->line_count; index++) {
        gross_minor += gross_of(&note->lines[index].amounts);
    }
    return gross_minor;
}

void
refund_note_keep(struct refund_note *note, const struct gift *gift, const char *clause,
                 const struct gift_amount *amount)
{
    note->lines[note->line_count++] =
        (struct invoice_line){.ordinal = INVOICE_FEE_ORDINAL + gift->ordinal,
                              .number = gift->number,
                              .sku = gift->sku,
                              .unit = gift->unit,
                              .tax_rate_micros = gift->tax_rate_micros,
                              .amounts = {-amount->net_minor, -amount->tax_minor, 0},
                              .clause = clause};
}

enum outcome
refund_note_issue(const struct refunding *refunding, struct refund_note *note, struct fault *why)
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
