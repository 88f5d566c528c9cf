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
                              note->from_count + 2 * refunding->count + gift_count + 1);
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
static struct invoice_creditable *
find_line(const struct refund_note *note, const struct refund_part *part)
{
    for (size_t index = 0; index < note->from_count; index++) {
        if (is_line_of(&note->from[index].line, part)) {
            return &note->from[index];
        }
    }
    return NULL;
}

static const struct invoice_line *
line_of(const struct refund_note *note, const struct refund_part *part)
{
    const struct invoice_creditable *from = find_line(note, part);
    return from == NULL ? NULL : &from->line;
}

/* Beside the lines of the invoice: another is begun as `from` is, without quantity and amounts. */
static struct invoice_line *
line_beside(struct refund_note *note, int64_t ordinal, const struct invoice_line *from)
{
    for (size_t index = note->from_count; index < note->line_count; index++) {
        if (note->lines[index].ordinal == ordinal) {
            return &note->lines[index];
        }
    }
    struct invoice_line *line = &note->lines[note->line_count++];
    *line = *from;
    line->ordinal = ordinal;
    line->quantity_micros = line->uncharged_micros = line->price_micros = 0;
    line->amounts = (struct invoice_amounts){0};
    return line;
}

/* Of a part of a package its line is one of its own. */
static void
name_part(struct invoice_line *line, const struct invoice_line *from,
          const struct refund_part *part)
{
    line->package_ordinal = from->ordinal;
    line->sku = part->line->sku;
    line->unit = part->line->unit;
}

static struct invoice_line *
fee_line(struct refund_note *note, const struct invoice_line *from, const struct refund_part *part,
         size_t part_index)
{
    const bool is_part = part->line->package[0] != '\0';
    const int64_t ordinal = is_part ? INVOICE_PART_FEE_ORDINAL + (int64_t)part_index + 1
                                    : INVOICE_FEE_ORDINAL + from->ordinal;
    struct invoice_line *line = line_beside(note, ordinal, from);
    if (is_part) {
        name_part(line, from, part);
    }
    line->clause = part->line->clause;
    return line;
}

bool
refund_note_unit(struct refund_note *note, const struct refund_part *part,
                 struct invoice_amounts *paid)
{
    struct invoice_creditable *from = find_line(note, part);
    if (from == NULL || from->credit.quantity_micros - from->credit.credited_micros < MICROS) {
        return false;
    }
    *paid = invoice_credit_quantity(&from->credit, MICROS);
    from->credit.credited_micros += MICROS;
    return true;
}

static int64_t
least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

void
refund_note_pieces(struct refund_note *note, struct refund_part *part,
                   const struct refund_pieces *pieces)
{
    struct invoice_creditable *from = find_line(note, part);
    if (from == NULL) {
        return;
    }
    const struct invoice_amounts left = invoice_left(&from->credit);
    const struct invoice_amounts amounts = {least(pieces->paid.net_minor, left.net_minor),
                                            least(pieces->paid.tax_minor, left.tax_minor), 0};
    struct invoice_line *line =
        line_beside(note, INVOICE_PART_ORDINAL + (int64_t)pieces->part_index + 1, &from->line);
    name_part(line, &from->line, part);
    line->price_micros = pieces->price_micros;
    line->quantity_micros += pieces->micros;
    add_amounts(&line->amounts, &amounts);
    add_amounts(&from->credit.credited, &amounts);
    add_amounts(&note->parts[pieces->part_index], &amounts);
    part->refund_minor += gross_of(&amounts);
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
    struct invoice_line *line = fee_line(note, from, part, part_index);
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
