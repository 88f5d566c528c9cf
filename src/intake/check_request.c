/* What must hold in what is asked for after an order, and in receipts of returns. */
#include "intake/check.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 80 };

/* What a finding is about: a document, and one line of it. */
struct about {
    struct document_head head;
    const char *order_line; /* "": the whole document */
    struct place place;     /* of the line */
};

/* A column as the format writes it. */
static const char *
field_name(const struct check *check, const char *column)
{
    static const struct {
        const char *column;
        const char *path;
    } elements[] = {{"line_number", "line/number"},
                    {"order_line", "line/orderLine"},
                    {"sku", "line/sku"},
                    {"quantity", "line/quantity"},
                    {"unit", "line/quantity/@unit"},
                    {"action", "line/action"},
                    {"requested_price", "line/requestedPrice"},
                    {"options", "line/option"},
                    {"line_requested_from", "line/requestedDelivery"},
                    {"line_delivery_note", "line/note"},
                    {"delivery_note", "note"},
                    {"serial_numbers", "line/serialNumbers"},
                    {"exchange_sku", "line/exchangeSku"},
                    {"part", "line/part"},
                    {"received_at", "receivedAt"},
                    {"change_number", "number"}};
    for (size_t index = 0;
         check->format == FORMAT_XML && index < sizeof elements / sizeof elements[0]; index++) {
        if (strcmp(column, elements[index].column) == 0) {
            return elements[index].path;
        }
    }
    return column;
}

static void
complain(const struct check *check, const struct about *about, const char *column,
         struct finding finding)
{
    const struct place place = check->place_of(check->context, column);
    const bool is_line = about->place.line != 0;
    finding.field = field_name(check, column);
    finding.order_number = about->head.order_number;
    finding.order_line = about->order_line;
    if (is_line) {
        finding.place = about->place;
        finding.place.column = check->format == FORMAT_CSV ? place.column : about->place.column;
    } else {
        finding.place = place.line == 0 ? about->head.place : place;
    }
    findings_add(check->findings, &finding);
}

/* Has the document (of a line: that line) an error already, about this field; NULL: any?  Then that
 * something is absent is no news: it was there and wrong. */
static bool
is_told(const struct check *check, const struct about *about, const char *column)
{
    const struct findings *findings = check->findings;
    const char *name = column == NULL ? NULL : field_name(check, column);
    for (size_t index = findings->count; index > 0; index--) {
        const struct finding *finding = &findings->items[index - 1];
        if (finding->place.line < about->head.place.line) {
            return false;
        }
        const bool is_here =
            about->place.line == 0 ||
            (check->format == FORMAT_CSV ? finding->place.line == about->place.line
                                         : strcmp(finding->order_line, about->order_line) == 0);
        if (is_here && finding_severity(finding->code) >= SEVERITY_ERROR &&
            (name == NULL || strcmp(finding->field, name) == 0)) {
            return true;
        }
    }
    return false;
}

static void
require(const struct check *check, const struct about *about, const char *column)
{
    if (!is_told(check, about, column)) {
        complain(check, about, column, (struct finding){.code = M_FLD_REQUIRED});
    }
}

static const char *
number_text(const struct check *check, int64_t number)
{
    return arena_format(check->arena, "%lld", (long long)number);
}

static const char *
quantity_text(const struct check *check, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(check->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static bool
has_room(const struct check *check, const struct document_head *head, size_t line_count,
         const char *column)
{
    if (line_count < ORDER_LINES_MAX) {
        return true;
    }
    complain(check, &(struct about){.head = *head, .order_line = ""}, column,
             (struct finding){.code = M_REQUEST_LINES_MANY,
                              .value = head->number,
                              .expected = number_text(check, ORDER_LINES_MAX)});
    return false;
}

/* ---- line numbers ---- */

struct numbered {
    const char *key;
    const char *number;
    struct place place;
};

static int
compare_numbered(const void *one, const void *other)
{
    const struct numbered *left = one;
    const struct numbered *right = other;
    const int order = strcmp(left->key, right->key);
    return order != 0
               ? order
               : (left->place.line > right->place.line) - (left->place.line < right->place.line);
}

/* Each is there once; an empty key is no number. */
static void
check_repeated(const struct check *check, const struct document_head *head, struct numbered *items,
               size_t count)
{
    if (count == 0) {
        return;
    }
    qsort(items, count, sizeof *items, compare_numbered);
    for (size_t index = 1; index < count; index++) {
        const struct numbered *item = &items[index];
        if (item->key[0] != '\0' && strcmp(items[index - 1].key, item->key) == 0) {
            complain(
                check,
                &(struct about){.head = *head, .order_line = item->number, .place = item->place},
                "line_number",
                (struct finding){.code = M_REQUEST_LINE_REPEATED,
                                 .value = item->number,
                                 .expected = number_text(check, items[index - 1].place.line)});
        }
    }
}

/* ---- changes ---- */

static struct document_head
head_of_change(const struct order_change *change)
{
    return (struct document_head){change->number, change->order_number, change->place};
}

struct line_change *
check_add_change_line(const struct check *check, struct order_change *change)
{
    const struct document_head head = head_of_change(change);
    if (!has_room(check, &head, change->line_count, "line_number")) {
        return NULL;
    }
    change->lines = arena_grow(check->arena, change->lines, sizeof *change->lines,
                               change->line_count, &change->line_capacity);
    struct line_change *line = &change->lines[change->line_count++];
    *line = (struct line_change){.action = CHANGE_ACTION_COUNT};
    order_line_init(&line->line);
    line->line.quantity_micros = AMOUNT_NONE;
    return line;
}

void
check_change_note(const struct check *check, struct order_change *change, enum note_kind kind,
                  const char *text, const char *line)
{
    const struct document_head head = head_of_change(change);
    if (change->note_count == ORDER_NOTES_MAX) {
        if (!is_told(check, &(struct about){.head = head, .order_line = ""}, "delivery_note")) {
            complain(check, &(struct about){.head = head, .order_line = ""}, "delivery_note",
                     (struct finding){.code = M_ORD_NOTES_MANY,
                                      .expected = number_text(check, ORDER_NOTES_MAX)});
        }
        return;
    }
    change->notes = arena_grow(check->arena, change->notes, sizeof *change->notes,
                               change->note_count, &change->note_capacity);
    change->notes[change->note_count++] =
        (struct note_change){kind, strcmp(text, "-") == 0 ? "" : text, line};
}

static bool
has_note(const struct order_change *change, const char *line)
{
    for (size_t index = 0; index < change->note_count; index++) {
        if (strcmp(change->notes[index].line, line) == 0) {
            return true;
        }
    }
    return false;
}

static bool
says_price(const struct order_line *line)
{
    return line->manual.price_micros != AMOUNT_NONE ||
           line->manual.discount_micros != AMOUNT_NONE || line->manual.reason[0] != '\0' ||
           line->manual.person[0] != '\0' || line->expected_price_micros != AMOUNT_NONE;
}

static bool
says_window(const struct order_line *line)
{
    return line->requested_from != DAY_NONE || line->requested_to != DAY_NONE;
}

static void
check_added(const struct check *check, const struct about *about, const struct order_line *line)
{
    if (line->sku[0] == '\0') {
        require(check, about, "sku");
    }
    if (line->quantity_micros == AMOUNT_NONE) {
        require(check, about, "quantity");
    }
    if (line->unit[0] == '\0') {
        require(check, about, "unit");
    }
}

/* Whoever takes 3 off a line, or gives it another price, has not removed it. */
static void
check_removed(const struct check *check, const struct about *about, const struct line_change *item,
              bool has_notes)
{
    const struct order_line *line = &item->line;
    const char *column = line->quantity_micros != AMOUNT_NONE ? "quantity"
                         : says_price(line)                   ? "requested_price"
                         : item->has_options                  ? "options"
                         : says_window(line)                  ? "line_requested_from"
                         : has_notes                          ? "line_delivery_note"
                                                              : NULL;
    if (column != NULL) {
        complain(check, about, column, (struct finding){.code = M_CHANGE_REMOVE_SAYS});
    }
}

static void
check_set(const struct check *check, const struct about *about, const struct line_change *item,
          bool has_notes)
{
    const struct order_line *line = &item->line;
    const bool says = line->sku[0] != '\0' || line->description[0] != '\0' ||
                      line->unit[0] != '\0' || line->quantity_micros != AMOUNT_NONE ||
                      says_price(line) || says_window(line) || item->has_options || has_notes;
    if (!says && !is_told(check, about, NULL)) {
        complain(check, about, "action", (struct finding){.code = M_CHANGE_LINE_EMPTY});
    }
}

static void
check_change_line(const struct check *check, const struct order_change *change,
                  const struct order *order, struct line_change *item)
{
    struct order_line *line = &item->line;
    const struct about about = {head_of_change(change), line->number, line->place};
    const bool has_notes = has_note(change, line->number);
    if (line->number[0] == '\0') {
        return; /* that is told already */
    }
    if (item->action == CHANGE_ADD) {
        check_added(check, &about, line);
    } else if (item->action == CHANGE_REMOVE) {
        check_removed(check, &about, item, has_notes);
    } else if (item->action == CHANGE_SET) {
        check_set(check, &about, item, has_notes);
    }
    check_order_line(check, order, line);
}

static void
check_change_lines(const struct check *check, struct order_change *change,
                   const struct order *order)
{
    const struct document_head head = head_of_change(change);
    struct numbered *items = arena_array(check->arena, struct numbered, change->line_count + 1);
    for (size_t index = 0; index < change->line_count; index++) {
        struct line_change *line = &change->lines[index];
        check_change_line(check, change, order, line);
        items[index] = (struct numbered){line->line.number, line->line.number, line->line.place};
    }
    check_repeated(check, &head, items, change->line_count);
}

static void
check_change(const struct check *check, struct order_change *change)
{
    struct order order; /* with what the change has of one */
    order_init(&order);
    order.number = change->order_number;
    order.place = change->place;
    order.requested_from = change->requested_from;
    order.requested_to = change->requested_to;
    order.parties[PARTY_SHIP_TO] = change->ship_to;
    change->has_ship_to = check_order_delivery(check, &order);
    change->ship_to = order.parties[PARTY_SHIP_TO];
    change->requested_from = order.requested_from;
    change->requested_to = order.requested_to;
    check_change_lines(check, change, &order);
    const bool says = change->line_count > 0 || change->note_count > 0 || change->has_ship_to ||
                      change->requested_from != DAY_NONE || change->terms[0] != '\0';
    const struct about about = {.head = head_of_change(change), .order_line = ""};
    if (!says && !is_told(check, &about, NULL)) {
        complain(check, &about, "change_number",
                 (struct finding){.code = M_CHANGE_EMPTY, .value = change->number});
    }
}

/* ---- cancellations ---- */

static struct document_head
head_of_cancellation(const struct order_cancellation *cancellation)
{
    return (struct document_head){cancellation->number, cancellation->order_number,
                                  cancellation->place};
}

struct cancelled_line *
check_add_cancelled_line(const struct check *check, struct order_cancellation *cancellation)
{
    const struct document_head head = head_of_cancellation(cancellation);
    if (!has_room(check, &head, cancellation->line_count, "line_number")) {
        return NULL;
    }
    cancellation->lines = arena_grow(check->arena, cancellation->lines, sizeof *cancellation->lines,
                                     cancellation->line_count, &cancellation->line_capacity);
    struct cancelled_line *line = &cancellation->lines[cancellation->line_count++];
    *line = (struct cancelled_line){.number = "", .quantity_micros = AMOUNT_NONE};
    return line;
}

/* One row without a line is the whole order; among others nobody knows what it is. */
static void
check_cancellation(const struct check *check, struct order_cancellation *cancellation)
{
    const struct document_head head = head_of_cancellation(cancellation);
    struct numbered *items =
        arena_array(check->arena, struct numbered, cancellation->line_count + 1);
    if (cancellation->line_count == 1 && cancellation->lines[0].number[0] == '\0' &&
        cancellation->lines[0].quantity_micros == AMOUNT_NONE) {
        cancellation->line_count = 0;
    }
    for (size_t index = 0; index < cancellation->line_count; index++) {
        const struct cancelled_line *line = &cancellation->lines[index];
        items[index] = (struct numbered){line->number, line->number, {line->line, 0}};
        if (line->number[0] == '\0') {
            require(check, &(struct about){head, "", {line->line, 0}}, "line_number");
        }
    }
    check_repeated(check, &head, items, cancellation->line_count);
}

/* ---- returns ---- */

static size_t
count_serials(const char *serials)
{
    size_t size = 0;
    size_t count = 0;
    while (text_list_next(&serials, &size) != NULL) {
        count++;
    }
    return count;
}

/* Serial numbers, where they are said, are one for each unit. */
static void
check_serials(const struct check *check, const struct about *about, const char *serials,
              int64_t quantity_micros)
{
    const int64_t said_micros = (int64_t)count_serials(serials) * MICROS;
    if (said_micros > 0 && quantity_micros > 0 && said_micros != quantity_micros) {
        complain(check, about, "serial_numbers",
                 (struct finding){.code = M_REQUEST_SERIALS,
                                  .value = quantity_text(check, said_micros),
                                  .expected = quantity_text(check, quantity_micros)});
    }
}

static struct document_head
head_of_return(const struct return_request *request)
{
    return (struct document_head){request->number, request->order_number, request->place};
}

struct return_line *
check_add_return_line(const struct check *check, struct return_request *request)
{
    const struct document_head head = head_of_return(request);
    if (!has_room(check, &head, request->line_count, "line_number")) {
        return NULL;
    }
    request->lines = arena_grow(check->arena, request->lines, sizeof *request->lines,
                                request->line_count, &request->line_capacity);
    struct return_line *line = &request->lines[request->line_count++];
    *line = (struct return_line){.number = "",
                                 .part = "",
                                 .reason = "",
                                 .wish = "",
                                 .exchange_sku = "",
                                 .serials = "",
                                 .text = ""};
    return line;
}

/* Some of a line may come back for one reason and some for another; rows with other serial numbers
 * are other units. */
static const char *
return_key(const struct check *check, const struct return_line *line)
{
    return line->number[0] == '\0'
               ? ""
               : arena_format(check->arena, "%s|%s|%s|%s|%s|%s", line->number, line->part,
                              line->reason, line->wish, line->exchange_sku, line->serials);
}

static void
check_return(const struct check *check, struct return_request *request)
{
    const struct document_head head = head_of_return(request);
    struct numbered *items = arena_array(check->arena, struct numbered, request->line_count + 1);
    for (size_t index = 0; index < request->line_count; index++) {
        const struct return_line *line = &request->lines[index];
        const struct about about = {head, line->number, {line->line, 0}};
        items[index] = (struct numbered){return_key(check, line), line->number, about.place};
        check_serials(check, &about, line->serials, line->quantity_micros);
        if (line->exchange_sku[0] != '\0' &&
            strcmp(line->wish, return_wish_names[RETURN_EXCHANGE]) != 0) {
            complain(check, &about, "exchange_sku",
                     (struct finding){.code = M_RETURN_EXCHANGE,
                                      .value = text_show(check->arena, line->exchange_sku,
                                                         strlen(line->exchange_sku), SHOWN_BYTES)});
        }
    }
    check_repeated(check, &head, items, request->line_count);
}

struct received_line *
check_add_received_line(const struct check *check, struct return_receipt *receipt)
{
    const struct document_head head = {receipt->number, "", receipt->place};
    if (!has_room(check, &head, receipt->line_count, "order_line")) {
        return NULL;
    }
    receipt->lines = arena_grow(check->arena, receipt->lines, sizeof *receipt->lines,
                                receipt->line_count, &receipt->line_capacity);
    struct received_line *line = &receipt->lines[receipt->line_count++];
    *line = (struct received_line){
        .order_line = "", .sku = "", .condition = "", .lot = "", .serials = "", .reason = ""};
    return line;
}

static void
check_receipt(const struct check *check, const struct return_receipt *receipt)
{
    const struct document_head head = {receipt->number, "", receipt->place};
    const int32_t today = check->sender->today;
    for (size_t index = 0; index < receipt->line_count; index++) {
        const struct received_line *line = &receipt->lines[index];
        check_serials(check, &(struct about){head, line->order_line, {line->line, 0}},
                      line->serials, line->quantity_micros);
    }
    if (receipt->at_ms != AMOUNT_NONE && today != DAY_NONE &&
        moment_day(receipt->at_ms) > today + STATUS_AHEAD_DAYS_MAX) {
        char received[DATE_TEXT_SIZE];
        char now[DATE_TEXT_SIZE];
        complain(
            check, &(struct about){.head = head, .order_line = ""}, "received_at",
            (struct finding){
                .code = M_REQUEST_FUTURE,
                .value = arena_copy(check->arena, day_format(received, moment_day(receipt->at_ms))),
                .expected = arena_copy(check->arena, day_format(now, today))});
    }
}

void
check_request(const struct check *check, struct document *document)
{
    switch (document->kind) {
    case DOCUMENT_ORDER_CHANGE: check_change(check, &document->change); break;
    case DOCUMENT_ORDER_CANCELLATION: check_cancellation(check, &document->cancellation); break;
    case DOCUMENT_RETURN_REQUEST: check_return(check, &document->return_request); break;
    case DOCUMENT_RETURN_RECEIPT: check_receipt(check, &document->return_receipt); break;
    default: break;
    }
}
