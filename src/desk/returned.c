/* What came back: against its authorisation, into the stock, and back as money. */
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/invoicing.h"
#include "desk/returning.h"
#include "order/document.h"
#include "rules/invoice.h"
#include "rules/returning.h"
#include "store/store.h"
#include "store/store_invoice.h"
#include "store/store_ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DETAIL_BYTES_MAX = 64 * 1024, WORD_BYTES_MAX = 64 };

/* A line of the receipt. */
struct came {
    const struct received_line *line;
    struct stored_return_line *authorised;
    enum return_condition condition;
    enum disposition disposition;
    int64_t good_micros;   /* of it is refunded at once; what is beyond the authorisation waits */
    int64_t before_micros; /* came earlier, of the authorised line */
    int64_t refund_minor;
    int64_t fee_minor;
};

struct receiving {
    struct run *run;
    const struct return_receipt *receipt;
    const char *warehouse;
    const struct cause *cause;
    struct arena *arena;
    struct return_told *told;
    struct stored_return stored;
    struct order_standing standing;
    struct stored_return_line *lines;
    size_t line_count;
    struct came *came;
    const char *currency;
    int64_t moves; /* so many were posted under the receipt's number */
};

/* ---- the terms ---- */

/* The entry of "A | B" at an index; "" behind the last. */
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

/* ---- is it what may come ---- */

static struct stored_return_line *
find_line(const struct receiving *receiving, const struct received_line *line)
{
    for (size_t index = 0; index < receiving->line_count; index++) {
        struct stored_return_line *authorised = &receiving->lines[index];
        if (strcmp(authorised->number, line->order_line) == 0 &&
            strcmp(authorised->verdict, return_verdict_names[RETURN_ALLOW]) == 0) {
            return authorised;
        }
    }
    return NULL;
}

/* NONE after a trouble. */
static enum outcome
fail_line(struct receiving *receiving, enum return_trouble trouble, const char *value,
          const char *expected)
{
    receiving->told->trouble = trouble;
    receiving->told->value = value;
    receiving->told->expected = expected;
    return NONE;
}

static enum outcome
judge_serials(struct receiving *receiving, const struct came *came, struct fault *why)
{
    const char *rest = came->line->serials;
    size_t size = 0;
    for (const char *at = text_list_next(&rest, &size); at != NULL;
         at = text_list_next(&rest, &size)) {
        const char *serial = arena_copy_bytes(receiving->arena, at, size);
        bool has_left = false;
        TRY(return_serial_left(receiving->run->store, receiving->stored.order_id,
                               came->authorised->sku, serial, &has_left, why));
        if (!has_left) {
            return fail_line(receiving, RETURN_SERIAL, serial, came->authorised->sku);
        }
        TRY(return_take_serial(receiving->run->store, receiving->stored.order_id,
                               came->authorised->sku, serial, why));
    }
    return DONE;
}

static enum outcome
judge_line(struct receiving *receiving, struct came *came, struct fault *why)
{
    const struct received_line *line = came->line;
    came->authorised = find_line(receiving, line);
    if (came->authorised == NULL) {
        return fail_line(receiving, RETURN_LINE, line->order_line, receiving->stored.number);
    }
    came->condition = (enum return_condition)name_index(line->condition, return_condition_names,
                                                        RETURN_CONDITION_COUNT);
    if (line->sku[0] != '\0' && strcmp(line->sku, came->authorised->sku) != 0) {
        return fail_line(receiving, RETURN_SKU, line->sku, came->authorised->sku);
    }
    if (line->quantity_micros % MICROS != 0 && unit_is_whole(came->authorised->unit)) {
        return fail_line(receiving, RETURN_PART, line->order_line, came->authorised->unit);
    }
    const char *disposition =
        entry_of(came->authorised->dispositions, (int)came->condition, receiving->arena);
    const int index = name_index(disposition, disposition_names, DISPOSITION_COUNT);
    came->disposition = index < 0 ? DISPOSE_SCRAP : (enum disposition)index;
    came->before_micros = came->authorised->received_micros;
    const int64_t left = came->authorised->quantity_micros - came->before_micros;
    came->good_micros = receiving->told->is_expired    ? 0
                        : left < 0                     ? 0
                        : line->quantity_micros < left ? line->quantity_micros
                                                       : left;
    receiving->told->has_excess |=
        !receiving->told->is_expired && came->good_micros < line->quantity_micros;
    came->authorised->received_micros += line->quantity_micros;
    return judge_serials(receiving, came, why);
}

/* ---- the stock ---- */

/* The warehouse's number of the receipt is that of its first move, and NUMBER/2 that of the second:
 * where a stock report tells of them under these numbers, they are known. */
static enum outcome
post(struct receiving *receiving, const struct came *came, const char *sku, int64_t quantity_micros,
     struct fault *why)
{
    enum ledger_admission admission;
    const char *receipt = receiving->receipt->number;
    receiving->moves++;
    struct ledger_move move = {
        .warehouse = receiving->warehouse,
        .sku = sku,
        .kind = LEDGER_RETURN,
        .number = receiving->moves == 1
                      ? receipt
                      : arena_format(receiving->arena, "%s/%" PRId64, receipt, receiving->moves),
        .quantity_micros = quantity_micros,
        .happened_ms = receiving->receipt->at_ms,
        .known_ms = receiving->run->as_of_ms,
        .reference = "",
        .reason = came->line->reason,
        .interchange_id = receiving->cause->interchange_id,
        .line = came->line->line,
    };
    TRY(ledger_post(receiving->run->store, &move, &admission, why));
    if (admission == LEDGER_CONFLICT) {
        receiving->told->trouble = RETURN_STOCK;
        receiving->told->value = move.number;
    }
    if (came->disposition == DISPOSE_RESTOCK) {
        return DONE;
    }
    move.kind = LEDGER_SCRAP;
    move.number = "";
    move.quantity_micros = -quantity_micros;
    move.reason = arena_format(receiving->arena, "%s %s %s", disposition_names[came->disposition],
                               receiving->stored.number, return_condition_names[came->condition]);
    return ledger_post(receiving->run->store, &move, &admission, why);
}

static int64_t
share(int64_t whole_micros, int64_t part_micros, int64_t of_micros)
{
    return part_micros >= of_micros
               ? whole_micros
               : decimal_divide((int128)whole_micros * part_micros, of_micros, ROUND_HALF_UP);
}

static enum outcome
stock(struct receiving *receiving, const struct came *came, struct fault *why)
{
    struct return_product *products = NULL;
    size_t count = 0;
    int64_t ordered_micros = 0;
    TRY(return_ordered(receiving->run->store, receiving->stored.order_id, receiving->stored.version,
                       came->authorised->order_ordinal, &ordered_micros, why));
    TRY(return_products(receiving->run->store, receiving->stored.order_id,
                        receiving->stored.version, came->authorised->order_ordinal,
                        receiving->arena, &products, &count, why));
    for (size_t index = 0; index < count; index++) {
        const int64_t whole = products[index].whole_micros;
        const int64_t came_micros =
            share(whole, came->before_micros + came->line->quantity_micros, ordered_micros) -
            share(whole, came->before_micros, ordered_micros);
        if (came_micros > 0) {
            TRY(post(receiving, came, products[index].sku, came_micros, why));
        }
    }
    return DONE;
}

/* ---- the money ---- */

/* A credit note that grows. */
struct crediting {
    int64_t invoice_id;
    struct invoice invoice; /* that is corrected */
    const char *partner;
    struct invoice_creditable *from;
    size_t from_count;
    struct invoice_line *taken; /* one for each of `from`; of quantity 0: nothing is taken */
};

static void
take(struct crediting *note, struct came *came, int64_t *open_micros)
{
    for (size_t index = 0; index<note->from_count && * open_micros> 0; index++) {
        struct invoice_creditable *from = &note->from[index];
        const int64_t left = from->credit.quantity_micros - from->credit.credited_micros;
        const int64_t now = left < *open_micros ? left : *open_micros;
        if (strcmp(from->line.number, came->authorised->number) != 0 || now <= 0) {
            continue;
        }
        const struct invoice_amounts amounts = invoice_credit_quantity(&from->credit, now);
        struct invoice_line *taken = &note->taken[index];
        from->credit.credited_micros += now;
        from->credit.credited.net_minor += amounts.net_minor;
        from->credit.credited.tax_minor += amounts.tax_minor;
        taken->quantity_micros += now;
        taken->amounts.net_minor += amounts.net_minor;
        taken->amounts.tax_minor += amounts.tax_minor;
        came->refund_minor += amounts.net_minor + amounts.tax_minor;
        *open_micros -= now;
    }
}

static enum outcome
open_note(struct receiving *receiving, const char *number, struct crediting *note,
          struct fault *why)
{
    struct store *store = receiving->run->store;
    TRY(invoice_find(store, number, receiving->arena, &note->invoice_id, &note->invoice,
                     &note->partner, why));
    TRY(invoice_read_creditable(store, note->invoice_id, receiving->arena, &note->from,
                                &note->from_count, why));
    note->taken = arena_array(receiving->arena, struct invoice_line, note->from_count + 1);
    for (size_t index = 0; index < note->from_count; index++) {
        note->taken[index] = note->from[index].line;
        note->taken[index].quantity_micros = 0;
        note->taken[index].uncharged_micros = 0;
        note->taken[index].amounts = (struct invoice_amounts){0};
    }
    return DONE;
}

static enum outcome
issue_note(struct receiving *receiving, struct crediting *note, struct fault *why)
{
    size_t count = 0;
    for (size_t index = 0; index < note->from_count; index++) {
        if (note->taken[index].quantity_micros > 0) {
            note->taken[count++] = note->taken[index];
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
                              .reason = receiving->stored.number,
                              .issued_by = "purser"};
    const struct invoicing document = {note->partner, &invoice, note->taken, count, 0};
    int64_t credit_id = 0;
    TRY(invoicing_add(receiving->run, &document, receiving->arena, &credit_id, why));
    receiving->currency = note->invoice.currency;
    return return_add_credit(receiving->run->store, receiving->stored.id, credit_id, why);
}

/* Exactly what these units paid: of the invoices of the order, the latest first. */
static enum outcome
credit(struct receiving *receiving, struct fault *why)
{
    const size_t count = receiving->receipt->line_count;
    const char **numbers = NULL;
    size_t number_count = 0;
    int64_t *open_micros = arena_array(receiving->arena, int64_t, count + 1);
    for (size_t index = 0; index < count; index++) {
        open_micros[index] = receiving->came[index].good_micros;
    }
    TRY(return_invoices(receiving->run->store, receiving->stored.order_id, receiving->arena,
                        &numbers, &number_count, why));
    for (size_t at = 0; at < number_count; at++) {
        struct crediting note = {0};
        bool is_open = false;
        for (size_t index = 0; index < count; index++) {
            is_open |= open_micros[index] > 0;
        }
        if (!is_open) {
            return DONE;
        }
        TRY(open_note(receiving, numbers[at], &note, why));
        for (size_t index = 0; index < count; index++) {
            take(&note, &receiving->came[index], &open_micros[index]);
        }
        TRY(issue_note(receiving, &note, why));
    }
    return DONE;
}

/* ---- on record ---- */

static enum outcome
keep(struct receiving *receiving, struct came *came, int64_t quantity_micros, const char *waits,
     struct fault *why)
{
    const bool is_good = waits[0] == '\0';
    const struct return_arrival arrival = {
        .return_id = receiving->stored.id,
        .ordinal = came->authorised->ordinal,
        .warehouse = receiving->warehouse,
        .receipt = receiving->receipt->number,
        .happened_ms = receiving->receipt->at_ms,
        .known_ms = receiving->run->as_of_ms,
        .condition = return_condition_names[came->condition],
        .quantity_micros = quantity_micros,
        .disposition = disposition_names[came->disposition],
        .waits = waits,
        .serials = is_good ? came->line->serials : "",
        .lot = came->line->lot,
        .reason = came->line->reason,
        .refund_minor = is_good ? came->refund_minor : 0,
        .fee_minor = is_good ? came->fee_minor : 0,
        .interchange_id = receiving->cause->interchange_id,
    };
    return quantity_micros > 0 ? return_take(receiving->run->store, &arrival, why) : DONE;
}

static enum outcome
keep_line(struct receiving *receiving, struct came *came, struct fault *why)
{
    const struct return_fee fee =
        fee_of(entry_of(came->authorised->fees, (int)came->condition, receiving->arena));
    struct return_clause clause = {.clause = ""};
    clause.fees[came->condition] = fee;
    const int reason =
        name_index(came->authorised->reason, return_reason_names, RETURN_REASON_COUNT);
    came->fee_minor =
        receiving->currency == NULL
            ? 0
            : returning_fee(&clause, (enum return_reason)reason, came->condition,
                            came->refund_minor, currency_exponent(receiving->currency));
    receiving->told->refund_minor += came->refund_minor;
    receiving->told->fee_minor += came->fee_minor;
    TRY(keep(receiving, came, came->good_micros, "", why));
    return keep(receiving, came, came->line->quantity_micros - came->good_micros,
                receiving->told->is_expired ? "expired" : "excess", why);
}

static const char *
detail_of(const struct receiving *receiving)
{
    OWNED(buf) text;
    struct json json;
    buf_init(&text, DETAIL_BYTES_MAX);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_text(&json, "return", receiving->stored.number);
    json_text(&json, "receipt", receiving->receipt->number);
    if (receiving->currency != NULL) {
        const int exponent = currency_exponent(receiving->currency);
        json_decimal(&json, "refund", receiving->told->refund_minor, exponent, exponent);
        json_decimal(&json, "fee", receiving->told->fee_minor, exponent, exponent);
        json_text(&json, "currency", receiving->currency);
    }
    json_end(&json);
    return arena_copy(receiving->arena, text.bytes);
}

static enum outcome
conclude(struct receiving *receiving, struct fault *why)
{
    const struct subject subject = flow_subject(&receiving->standing, receiving->stored.partner);
    struct cause cause = *receiving->cause;
    bool is_all = true;
    for (size_t index = 0; index < receiving->line_count; index++) {
        const struct stored_return_line *line = &receiving->lines[index];
        is_all &= strcmp(line->verdict, return_verdict_names[RETURN_ALLOW]) != 0 ||
                  line->received_micros >= line->quantity_micros;
    }
    if (is_all && strcmp(receiving->stored.state, "authorised") == 0) {
        TRY(return_stand(receiving->run->store, receiving->stored.id, "received", why));
    }
    receiving->told->currency = receiving->currency == NULL ? "" : receiving->currency;
    cause.detail = detail_of(receiving);
    return flow_news(receiving->run, &subject, EVENT_RETURN_RECEIVED, &cause, why);
}

/* NONE after a trouble. */
static enum outcome
find(struct receiving *receiving, struct fault *why)
{
    struct store *store = receiving->run->store;
    const struct return_receipt *receipt = receiving->receipt;
    bool is_known = false;
    TRY(return_is_known(store, receiving->warehouse, receipt->number, &is_known, why));
    if (is_known) {
        return fail_line(receiving, RETURN_RECEIPT_KNOWN, receipt->number, "");
    }
    const enum outcome found =
        return_find(store, receipt->authorisation, receiving->arena, &receiving->stored, why);
    if (found == NONE ||
        (found == DONE && strcmp(receiving->stored.warehouse, receiving->warehouse) != 0)) {
        return fail_line(receiving, RETURN_UNKNOWN, receipt->authorisation, "");
    }
    TRY(found);
    receiving->told->order_id = receiving->stored.order_id;
    receiving->told->is_expired = strcmp(receiving->stored.state, "expired") == 0 ||
                                  moment_day(receipt->at_ms) > receiving->stored.expires;
    TRY(order_find(store, receiving->stored.partner, receiving->stored.order_number,
                   &receiving->standing, why));
    return return_read_lines(store, receiving->stored.id, receiving->arena, &receiving->lines,
                             &receiving->line_count, why);
}

static enum outcome
take_all(struct receiving *receiving, struct fault *why)
{
    const size_t count = receiving->receipt->line_count;
    for (size_t index = 0; index < count; index++) {
        receiving->told->line = index;
        receiving->came[index].line = &receiving->receipt->lines[index];
        TRY(judge_line(receiving, &receiving->came[index], why));
    }
    for (size_t index = 0; index < count && receiving->run->config->planning.is_on; index++) {
        TRY(stock(receiving, &receiving->came[index], why));
    }
    TRY(credit(receiving, why));
    for (size_t index = 0; index < count; index++) {
        TRY(keep_line(receiving, &receiving->came[index], why));
    }
    return conclude(receiving, why);
}

enum outcome
returning_receive(struct run *run, const struct return_receipt *receipt, const char *warehouse,
                  const struct cause *cause, struct arena *arena, struct return_told *told,
                  struct fault *why)
{
    struct receiving receiving = {.run = run,
                                  .receipt = receipt,
                                  .warehouse = warehouse,
                                  .cause = cause,
                                  .arena = arena,
                                  .told = told};
    *told = (struct return_told){.value = "", .expected = "", .currency = ""};
    receiving.came = arena_array(arena, struct came, receipt->line_count + 1);
    memset(receiving.came, 0, (receipt->line_count + 1) * sizeof *receiving.came);
    const enum outcome found = find(&receiving, why);
    const enum outcome outcome = found == DONE ? take_all(&receiving, why) : found;
    return outcome == NONE ? DONE : outcome;
}
