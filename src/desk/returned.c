/* What came back: against its authorisation, into the stock, and back as money. */
#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/exchanging.h"
#include "desk/gift_claims.h"
#include "desk/paying.h"
#include "desk/refunding.h"
#include "desk/returning.h"
#include "order/document.h"
#include "rules/cancellation.h"
#include "rules/returning.h"
#include "store/store.h"
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
    struct refund_part refund;
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
    const char *currency; /* "": nothing is refunded */
    const char *exchange; /* number of the order that was made; "" */
    int64_t moves;        /* so many were posted under the receipt's number */
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

/* ---- is it what may come ---- */

static bool
is_of_line(const struct stored_return_line *authorised, const struct received_line *line)
{
    return strcmp(authorised->number, line->order_line) == 0 &&
           strcmp(authorised->verdict, return_verdict_names[RETURN_ALLOW]) == 0;
}

/* By its product, for parts of a line's packages may come beside whole ones; else the first of the
 * line. */
static struct stored_return_line *
find_line(const struct receiving *receiving, const struct received_line *line)
{
    struct stored_return_line *found = NULL;
    for (size_t index = 0; index < receiving->line_count; index++) {
        struct stored_return_line *authorised = &receiving->lines[index];
        const bool is_it = is_of_line(authorised, line);
        if (is_it && strcmp(authorised->sku, line->sku) == 0) {
            return authorised;
        }
        found = is_it && found == NULL ? authorised : found;
    }
    return found;
}

/* May only one product come of the line? */
static bool
is_one_product(const struct receiving *receiving, const struct received_line *line,
               const struct stored_return_line *found)
{
    for (size_t index = 0; index < receiving->line_count; index++) {
        const struct stored_return_line *authorised = &receiving->lines[index];
        if (is_of_line(authorised, line) && strcmp(authorised->sku, found->sku) != 0) {
            return false;
        }
    }
    return true;
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

/* Those of parts are not known: shipments tell those of their packages. */
static enum outcome
judge_serials(struct receiving *receiving, const struct came *came, struct fault *why)
{
    const char *rest = came->authorised->package[0] == '\0' ? came->line->serials : "";
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
    if (line->sku[0] == '\0' && !is_one_product(receiving, line, came->authorised)) {
        return fail_line(receiving, RETURN_UNNAMED, line->order_line, came->authorised->package);
    }
    if (line->quantity_micros % MICROS != 0 && unit_is_whole(came->authorised->unit)) {
        char text[DECIMAL_TEXT_SIZE];
        const char *quantity = decimal_format(text, line->quantity_micros, MICROS_PLACES, 0);
        return fail_line(receiving, RETURN_PART, arena_copy(receiving->arena, quantity),
                         came->authorised->unit);
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

static enum outcome
stock(struct receiving *receiving, const struct came *came, struct fault *why)
{
    struct return_product *products = NULL;
    size_t count = 0;
    int64_t ordered_micros = 0;
    if (came->authorised->package[0] != '\0') {
        return post(receiving, came, came->authorised->sku, came->line->quantity_micros, why);
    }
    TRY(return_ordered(receiving->run->store, receiving->stored.order_id, receiving->stored.version,
                       came->authorised->order_ordinal, &ordered_micros, why));
    TRY(return_products(receiving->run->store, receiving->stored.order_id,
                        receiving->stored.version, came->authorised->order_ordinal,
                        receiving->arena, &products, &count, why));
    for (size_t index = 0; index < count; index++) {
        const int64_t whole = products[index].whole_micros;
        const int64_t came_micros =
            line_share(whole, came->before_micros + came->line->quantity_micros, ordered_micros) -
            line_share(whole, came->before_micros, ordered_micros);
        if (came_micros > 0) {
            TRY(post(receiving, came, products[index].sku, came_micros, why));
        }
    }
    return DONE;
}

/* ---- the money ---- */

static enum outcome
refund(struct receiving *receiving, struct fault *why)
{
    const size_t count = receiving->receipt->line_count;
    struct refund_part *parts = arena_array(receiving->arena, struct refund_part, count + 1);
    for (size_t index = 0; index < count; index++) {
        const struct came *came = &receiving->came[index];
        parts[index] = (struct refund_part){
            .line = came->authorised,
            .condition = came->condition,
            .quantity_micros = exchange_is_free(came->authorised) ? 0 : came->good_micros};
    }
    struct refunding refunding = {
        receiving->run, &receiving->stored, parts, count, receiving->arena, "", 0};
    TRY(refunding_give(&refunding, why));
    receiving->currency = refunding.currency;
    receiving->told->gift_minor = refunding.gift_minor;
    for (size_t index = 0; index < count; index++) {
        receiving->came[index].refund = parts[index];
        receiving->told->refund_minor += parts[index].refund_minor;
        receiving->told->fee_minor += parts[index].fee_minor;
    }
    return DONE;
}

/* What is wanted in place of it is ordered. */
static enum outcome
exchange(struct receiving *receiving, struct fault *why)
{
    const size_t count = receiving->receipt->line_count;
    size_t wanted = 0;
    struct exchange_part *parts = arena_array(receiving->arena, struct exchange_part, count + 1);
    for (size_t index = 0; index < count; index++) {
        const struct came *came = &receiving->came[index];
        if (came->good_micros > 0 &&
            strcmp(came->authorised->wish, return_wish_names[RETURN_EXCHANGE]) == 0) {
            parts[wanted++] = (struct exchange_part){came->authorised, came->good_micros};
        }
    }
    return wanted == 0 ? DONE
                       : exchange_order(receiving->run, &receiving->stored, &receiving->standing,
                                        parts, wanted, receiving->arena, &receiving->exchange, why);
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
        .refund_minor = is_good ? came->refund.refund_minor : 0,
        .fee_minor = is_good ? came->refund.fee_minor : 0,
        .unbilled_minor = is_good ? came->refund.unbilled_minor : 0,
        .interchange_id = receiving->cause->interchange_id,
    };
    return quantity_micros > 0 ? return_take(receiving->run->store, &arrival, why) : DONE;
}

static enum outcome
keep_line(struct receiving *receiving, struct came *came, struct fault *why)
{
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
    if (receiving->currency[0] != '\0') {
        const int exponent = currency_exponent(receiving->currency);
        json_decimal(&json, "refund", receiving->told->refund_minor, exponent, exponent);
        json_decimal(&json, "fee", receiving->told->fee_minor, exponent, exponent);
        if (receiving->told->gift_minor != 0) {
            json_decimal(&json, "gifts", receiving->told->gift_minor, exponent, exponent);
        }
        json_text(&json, "currency", receiving->currency);
    }
    if (receiving->exchange[0] != '\0') {
        json_text(&json, "exchange", receiving->exchange);
    }
    json_end(&json);
    return arena_copy(receiving->arena, text.bytes);
}

static enum outcome
conclude(struct receiving *receiving, struct fault *why)
{
    struct subject subject = flow_subject(&receiving->standing, receiving->stored.partner);
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
    receiving->told->currency = receiving->currency;
    cause.detail = detail_of(receiving);
    TRY(flow_news(receiving->run, &subject, EVENT_RETURN_RECEIVED, &cause, why));
    TRY(paying_changed(receiving->run, &subject, cause.interchange_id, why));
    return gift_claims_follow(receiving->run, &subject, receiving->stored.id, why);
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
    TRY(refund(receiving, why));
    TRY(exchange(receiving, why));
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
                                  .told = told,
                                  .currency = "",
                                  .exchange = ""};
    *told = (struct return_told){.value = "", .expected = "", .currency = ""};
    receiving.came = arena_array(arena, struct came, receipt->line_count + 1);
    memset(receiving.came, 0, (receipt->line_count + 1) * sizeof *receiving.came);
    const enum outcome found = find(&receiving, why);
    const enum outcome outcome = found == DONE ? take_all(&receiving, why) : found;
    return outcome == NONE ? DONE : outcome;
}
