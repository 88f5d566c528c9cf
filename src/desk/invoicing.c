#include "desk/invoicing.h"

#include "base/date.h"
#include "order/document.h"
#include "rules/invoice.h"
#include "store/store_invoice.h"
#include "store/store_outbox.h"

#include <inttypes.h>

enum { INVOICE_BYTES_MAX = 64 * 1024 * 1024 };

static const char *
prefix_of(const struct config *config, enum invoice_kind kind)
{
    return kind == INVOICE_INVOICE       ? config->invoice_prefix
           : kind == INVOICE_CREDIT_NOTE ? config->credit_note_prefix
                                         : config->charge_prefix;
}

/* The next number of its kind in the year of its day. */
static enum outcome
give_number(struct run *run, struct invoice *invoice, struct arena *arena, struct fault *why)
{
    const struct config *config = run->config;
    int year = 0;
    int month = 0;
    int day_of_month = 0;
    day_split(invoice->day, &year, &month, &day_of_month);
    invoice->year = year;
    TRY(invoice_next(run->store, invoice->kind, year, &invoice->sequence, why));
    invoice->number = arena_format(arena, "%s%04d-%06" PRId64, prefix_of(config, invoice->kind),
                                   year, invoice->sequence);
    return DONE;
}

static enum outcome
tell(struct run *run, const char *partner, const struct invoice *invoice, int64_t id,
     struct fault *why)
{
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = partner,
                                                       .kind = KIND_INVOICE,
                                                       .order_id = invoice->order_id,
                                                       .version = invoice->version,
                                                       .invoice_id = id},
                              why);
}

enum outcome
invoicing_add(struct run *run, const struct invoicing *document, struct arena *arena, int64_t *id,
              struct fault *why)
{
    struct invoice *invoice = document->invoice;
    invoice->day = moment_day(run->as_of_ms);
    invoice->due =
        invoice->kind != INVOICE_CREDIT_NOTE
            ? invoice_due_day(invoice->day, document->payment_days < 0 ? run->config->payment_days
                                                                       : document->payment_days)
            : DAY_NONE;
    invoice->issued_ms = run->as_of_ms;
    for (size_t index = 0; index < document->line_count; index++) {
        invoice->net_minor += document->lines[index].amounts.net_minor;
        invoice->tax_minor += document->lines[index].amounts.tax_minor;
    }
    invoice->gross_minor = invoice->net_minor + invoice->tax_minor;
    TRY(give_number(run, invoice, arena, why));
    TRY(invoice_add(run->store, invoice, id, why));
    for (size_t index = 0; index < document->line_count; index++) {
        TRY(invoice_add_line(run->store, *id, &document->lines[index], why));
    }
    run->counts.invoices_issued++;
    TRY(tell(run, document->partner, invoice, *id, why));
    return *run->config->invoice_copy_to == '\0'
               ? DONE
               : tell(run, run->config->invoice_copy_to, invoice, *id, why);
}

static struct invoice_line
line_of(const struct invoice_shipped *shipped, const struct invoice_terms *terms)
{
    const struct invoice_share share = invoice_share(&shipped->item, terms);
    const bool is_free = shipped->ordinal >= INVOICE_FREE_ORDINAL;
    return (struct invoice_line){
        .ordinal = shipped->ordinal,
        .number = shipped->number,
        .sku = shipped->sku,
        .unit = shipped->unit,
        .quantity_micros = shipped->item.now_micros,
        .uncharged_micros = is_free ? shipped->item.now_micros : share.uncharged_micros,
        .price_micros = shipped->item.price_micros,
        .tax_rate_micros = shipped->item.tax_rate_micros,
        .amounts = share.amounts,
        .clause = "",
    };
}

/* "freight", and "freight.2" of what is taxed at another rate. */
static struct invoice_line
line_of_freight(const struct invoice_freight *freight, const struct invoice_order *order,
                struct arena *arena)
{
    const int64_t shown_minor = freight->net_minor + (order->includes_tax ? freight->tax_minor : 0);
    return (struct invoice_line){
        .ordinal = INVOICE_FREIGHT_ORDINAL + freight->part,
        .number =
            freight->part == 1 ? "freight" : arena_format(arena, "freight.%" PRId64, freight->part),
        .sku = "freight",
        .unit = "C62",
        .quantity_micros = MICROS,
        .price_micros = decimal_divide((int128)shown_minor *
                                           money_unit_picos(currency_exponent(order->currency)),
                                       MICROS, ROUND_HALF_UP),
        .tax_rate_micros = freight->tax_rate_micros,
        .amounts = {freight->net_minor, freight->tax_minor, 0},
        .clause = "",
    };
}

/* Freight is charged once, with the first shipment. */
static enum outcome
issue(struct run *run, const struct subject *subject, int64_t shipment_id, struct arena *arena,
      struct fault *why)
{
    struct invoice_order order;
    struct invoice_shipped *shipped = NULL;
    size_t count = 0;
    struct invoice_freight *freight = NULL;
    size_t freight_count = 0;
    const enum outcome found =
        invoice_read_order(run->store, subject->id, subject->version, arena, &order, why);
    if (found != DONE) {
        return found == NONE ? DONE : found; /* what has no price has no invoice */
    }
    TRY(invoice_read_shipped(run->store, shipment_id, subject->version, arena, &shipped, &count,
                             why));
    const struct invoice_terms terms = {run->config->charges_over, order.includes_tax,
                                        currency_exponent(order.currency), run->config->rounding};
    TRY(invoice_read_freight(run->store, subject->id, subject->version, arena, &freight,
                             &freight_count, why));
    struct invoice_line *lines = arena_array(arena, struct invoice_line, count + freight_count + 1);
    for (size_t index = 0; index < count; index++) {
        lines[index] = line_of(&shipped[index], &terms);
    }
    for (size_t index = 0; index < freight_count; index++) {
        lines[count++] = line_of_freight(&freight[index], &order, arena);
    }
    struct invoice invoice = {.kind = INVOICE_INVOICE,
                              .order_id = subject->id,
                              .version = subject->version,
                              .shipment_id = shipment_id,
                              .customer = order.customer,
                              .currency = order.currency,
                              .includes_tax = order.includes_tax,
                              .reason = "",
                              .issued_by = "purser"};
    const struct invoicing document = {subject->partner, &invoice, lines, count,
                                       order.payment_days};
    int64_t id = 0;
    return invoicing_add(run, &document, arena, &id, why);
}

enum outcome
invoicing_issue(struct run *run, const struct subject *subject, int64_t shipment_id,
                struct fault *why)
{
    if (!run->config->invoices) {
        return DONE;
    }
    OWNED(arena) arena;
    arena_init(&arena, INVOICE_BYTES_MAX);
    return issue(run, subject, shipment_id, &arena, why);
}
