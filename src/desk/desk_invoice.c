/* Credit notes: a person takes back an invoice, or a part of it. */
#include "base/text.h"
#include "desk/desk.h"
#include "desk/invoicing.h"
#include "desk/paying.h"
#include "rules/invoice.h"
#include "store/store.h"
#include "store/store_invoice.h"

#include <string.h>

enum { CREDIT_BYTES_MAX = 64 * 1024 * 1024 };

/* An invoice that is to be corrected. */
struct correction {
    struct arena arena;
    int64_t id;
    struct invoice invoice;
    const char *partner; /* of its order */
    struct invoice_creditable *lines;
    size_t line_count;
    struct invoice_line *taken; /* the lines of the credit note */
    size_t taken_count;
};

static void
correction_close(struct correction *correction)
{
    arena_close(&correction->arena);
}

static enum outcome
find(struct run *run, const struct credit_request *request, struct correction *correction,
     struct fault *why)
{
    arena_init(&correction->arena, CREDIT_BYTES_MAX);
    TRY(invoice_find(run->store, request->number, &correction->arena, &correction->id,
                     &correction->invoice, &correction->partner, why));
    if (correction->invoice.kind != INVOICE_INVOICE) {
        return fail_as(why, FAULT_CONFLICT, "%s is a %s: only an invoice can be taken back",
                       request->number,
                       correction->invoice.kind == INVOICE_CHARGE
                           ? "charge for a cancellation, which is waived with purser fee waive"
                           : "credit note");
    }
    TRY(invoice_read_creditable(run->store, correction->id, &correction->arena, &correction->lines,
                                &correction->line_count, why));
    correction->taken =
        arena_array(&correction->arena, struct invoice_line, correction->line_count + 1);
    return DONE;
}

static void
take(struct correction *correction, const struct invoice_creditable *from, int64_t quantity_micros,
     struct invoice_amounts amounts)
{
    struct invoice_line line = from->line;
    line.quantity_micros = quantity_micros;
    line.uncharged_micros = 0;
    line.amounts = amounts;
    correction->taken[correction->taken_count++] = line;
}

static const char *
quantity_text(struct correction *correction, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&correction->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static const char *
money_text(struct correction *correction, int64_t minor)
{
    const int exponent = currency_exponent(correction->invoice.currency);
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&correction->arena, decimal_format(text, minor, exponent, exponent));
}

static enum outcome
choose_line(struct correction *correction, const struct credit_request *request,
            const struct invoice_creditable **chosen, struct fault *why)
{
    for (size_t index = 0; index < correction->line_count; index++) {
        if (strcmp(correction->lines[index].line.number, request->line) == 0) {
            *chosen = &correction->lines[index];
            return DONE;
        }
    }
    return fail_as(why, FAULT_NOT_FOUND, "the invoice %s has no line %s", request->number,
                   request->line);
}

static enum outcome
take_quantity(struct correction *correction, const struct credit_request *request,
              const struct invoice_creditable *from, struct fault *why)
{
    const int64_t left = from->credit.quantity_micros - from->credit.credited_micros;
    const int64_t quantity = request->quantity_micros;
    if (quantity % MICROS != 0 && unit_is_whole(from->line.unit)) {
        return fail_as(why, FAULT_USAGE, "there is no part of a unit of line %s", request->line);
    }
    if (quantity > left) {
        return fail_as(why, FAULT_CONFLICT, "only %s are left of line %s of the invoice %s",
                       quantity_text(correction, left), request->line, request->number);
    }
    take(correction, from, quantity, invoice_credit_quantity(&from->credit, quantity));
    return DONE;
}

/* An amount off some lines. */
static enum outcome
take_amount(struct correction *correction, const struct credit_request *request,
            const struct invoice_creditable *from, size_t count, struct fault *why)
{
    const int exponent = currency_exponent(correction->invoice.currency);
    const int64_t gross_minor =
        money_extend(request->amount_micros, MICROS, exponent, ROUND_HALF_UP);
    struct invoice_credit *credits =
        arena_array(&correction->arena, struct invoice_credit, count + 1);
    struct invoice_amounts *amounts =
        arena_array(&correction->arena, struct invoice_amounts, count + 1);
    int64_t left_minor = 0;
    for (size_t index = 0; index < count; index++) {
        const struct invoice_amounts left = invoice_left(&from[index].credit);
        credits[index] = from[index].credit;
        left_minor += left.net_minor + left.tax_minor;
    }
    if ((int128)request->amount_micros * MICROS % money_unit_picos(exponent) != 0) {
        return fail_as(why, FAULT_USAGE, "the currency %s has %d decimals",
                       correction->invoice.currency, exponent);
    }
    if (gross_minor > left_minor) {
        return fail_as(why, FAULT_CONFLICT, "only %s %s are left of the invoice %s%s%s",
                       money_text(correction, left_minor), correction->invoice.currency,
                       request->number, *request->line == '\0' ? "" : ", line ", request->line);
    }
    invoice_credit_amount(credits, count, gross_minor, &correction->arena, amounts);
    for (size_t index = 0; index < count; index++) {
        if (amounts[index].net_minor != 0 || amounts[index].tax_minor != 0) {
            take(correction, &from[index], 0, amounts[index]);
        }
    }
    return DONE;
}

/* Whatever is left of some lines. */
static enum outcome
take_rest(struct correction *correction, const struct credit_request *request,
          const struct invoice_creditable *from, size_t count, struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        const struct invoice_credit *credit = &from[index].credit;
        const struct invoice_amounts left = invoice_left(credit);
        const int64_t quantity = credit->quantity_micros - credit->credited_micros;
        if (quantity > 0 || left.net_minor != 0 || left.tax_minor != 0) {
            take(correction, &from[index], quantity, left);
        }
    }
    return correction->taken_count > 0
               ? DONE
               : fail_as(why, FAULT_CONFLICT, "nothing is left of the invoice %s%s%s",
                         request->number, *request->line == '\0' ? "" : ", line ", request->line);
}

static enum outcome
choose(struct correction *correction, const struct credit_request *request, struct fault *why)
{
    const struct invoice_creditable *from = correction->lines;
    size_t count = correction->line_count;
    if (*request->line != '\0') {
        TRY(choose_line(correction, request, &from, why));
        count = 1;
    }
    if (request->quantity_micros != AMOUNT_NONE) {
        return take_quantity(correction, request, from, why);
    }
    return request->amount_micros != AMOUNT_NONE
               ? take_amount(correction, request, from, count, why)
               : take_rest(correction, request, from, count, why);
}

/* Less is to be paid of the order. */
static enum outcome
follow(struct run *run, const struct correction *correction, struct fault *why)
{
    struct order_standing standing;
    TRY(order_find(run->store, correction->partner, correction->invoice.order_number, &standing,
                   why));
    struct subject subject = flow_subject(&standing, correction->partner);
    return paying_changed(run, &subject, 0, why);
}

enum outcome
desk_credit(struct run *run, const struct credit_request *request, struct arena *arena,
            struct credit_note *note, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(correction) correction = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(find(run, request, &correction, why));
    TRY(choose(&correction, request, why));
    const struct invoice *corrected = &correction.invoice;
    struct invoice invoice = {.kind = INVOICE_CREDIT_NOTE,
                              .order_id = corrected->order_id,
                              .version = corrected->version,
                              .corrects = correction.id,
                              .customer = corrected->customer,
                              .currency = corrected->currency,
                              .includes_tax = corrected->includes_tax,
                              .reason = request->reason,
                              .issued_by = request->actor};
    const struct invoicing document = {correction.partner, &invoice, correction.taken,
                                       correction.taken_count, 0};
    int64_t id = 0;
    TRY(invoicing_add(run, &document, arena, &id, why));
    TRY(follow(run, &correction, why));
    *note = (struct credit_note){.number = invoice.number,
                                 .currency = arena_copy(arena, invoice.currency),
                                 .day = invoice.day,
                                 .net_minor = invoice.net_minor,
                                 .tax_minor = invoice.tax_minor,
                                 .gross_minor = invoice.gross_minor};
    return request->is_trial ? DONE : store_commit(&tx, why);
}
