#include "order/order_change.h"

#include "order/change_answer.h"

const char *const change_action_names[] = {"set", "add", "remove"};
const char *const cancel_reason_names[] = {"not-needed", "mistake", "too-late", "price", "other"};
const char *const stop_status_names[] = {"stopped", "partly", "too-late", "done", "refused"};
const char *const return_reason_names[] = {"not-wanted", "damaged",  "wrong-item",
                                           "defective",  "too-late", "other"};
const char *const return_wish_names[] = {"refund", "exchange"};
const char *const return_condition_names[] = {"new", "opened", "damaged", "wrong-item"};

#define NO_PARTY                                                                                   \
    {                                                                                              \
        "", "", "", "", "", "", "", "", "", "", "", ""                                             \
    }

const struct order_change order_change_blank = {
    .number = "",
    .order_number = "",
    .reason = "",
    .requested_from = DAY_NONE,
    .requested_to = DAY_NONE,
    .ship_to = NO_PARTY,
    .terms = "",
};
const struct order_cancellation order_cancellation_blank = {
    .number = "", .order_number = "", .reason = "", .text = ""};
const struct stop_answer stop_answer_blank = {
    .status = "",
    .order_line = "",
    .quantity_micros = AMOUNT_NONE,
    .at_ms = AMOUNT_NONE,
    .cost_micros = AMOUNT_NONE,
    .currency = "",
    .reason = "",
};
const struct return_request return_request_blank = {.number = "", .order_number = ""};
const struct return_receipt return_receipt_blank = {
    .number = "", .authorisation = "", .at_ms = AMOUNT_NONE};

static void
add_number(struct digest *digest, int64_t number)
{
    digest_add(digest, &number, sizeof number);
}

/* All of them with a count before, so that they end somewhere. */
static void
add_notes(struct digest *digest, const struct order_change *change)
{
    add_number(digest, (int64_t)change->note_count);
    for (size_t index = 0; index < change->note_count; index++) {
        const struct note_change *note = &change->notes[index];
        add_number(digest, note->kind);
        digest_add_text(digest, note->line);
        digest_add_text(digest, note->text);
    }
}

void
order_change_digest(const struct order_change *change, char hex[DIGEST_HEX_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add_text(&digest, change->number);
    digest_add_text(&digest, change->order_number);
    add_number(&digest, change->version);
    digest_add_text(&digest, change->reason);
    add_number(&digest, change->requested_from);
    add_number(&digest, change->requested_to);
    digest_add_text(&digest, change->terms);
    add_number(&digest, change->has_ship_to);
    if (change->has_ship_to) {
        order_party_digest(&change->ship_to, &digest);
    }
    add_notes(&digest, change);
    for (size_t index = 0; index < change->line_count; index++) {
        const struct line_change *line = &change->lines[index];
        add_number(&digest, line->action);
        add_number(&digest, line->has_options);
        order_line_digest(&line->line, &digest);
    }
    digest_finish(&digest, hex);
}

void
order_cancellation_digest(const struct order_cancellation *cancellation, char hex[DIGEST_HEX_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add_text(&digest, cancellation->number);
    digest_add_text(&digest, cancellation->order_number);
    add_number(&digest, cancellation->version);
    digest_add_text(&digest, cancellation->reason);
    digest_add_text(&digest, cancellation->text);
    for (size_t index = 0; index < cancellation->line_count; index++) {
        digest_add_text(&digest, cancellation->lines[index].number);
        add_number(&digest, cancellation->lines[index].quantity_micros);
    }
    digest_finish(&digest, hex);
}

void
return_request_digest(const struct return_request *request, char hex[DIGEST_HEX_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add_text(&digest, request->number);
    digest_add_text(&digest, request->order_number);
    for (size_t index = 0; index < request->line_count; index++) {
        const struct return_line *line = &request->lines[index];
        digest_add_text(&digest, line->number);
        digest_add_text(&digest, line->part);
        add_number(&digest, line->quantity_micros);
        digest_add_text(&digest, line->reason);
        digest_add_text(&digest, line->wish);
        digest_add_text(&digest, line->exchange_sku);
        digest_add_text(&digest, line->serials);
        digest_add_text(&digest, line->text);
    }
    digest_finish(&digest, hex);
}

void
return_receipt_digest(const struct return_receipt *receipt, char hex[DIGEST_HEX_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add_text(&digest, receipt->number);
    digest_add_text(&digest, receipt->authorisation);
    add_number(&digest, receipt->at_ms);
    for (size_t index = 0; index < receipt->line_count; index++) {
        const struct received_line *line = &receipt->lines[index];
        digest_add_text(&digest, line->order_line);
        digest_add_text(&digest, line->sku);
        add_number(&digest, line->quantity_micros);
        digest_add_text(&digest, line->condition);
        digest_add_text(&digest, line->lot);
        digest_add_text(&digest, line->serials);
        digest_add_text(&digest, line->reason);
    }
    digest_finish(&digest, hex);
}

const char *const change_verdict_names[CHANGE_VERDICTS] = {
    [CHANGE_TAKEN] = "taken",
    [CHANGE_PARTLY] = "partly",
    [CHANGE_REFUSED] = "refused",
    [CHANGE_WAITS] = "waits",
};

const char *
change_item_expected(const struct change_item *item)
{
    return item->other == NULL || *item->other == '\0' ? item->value : item->other;
}
