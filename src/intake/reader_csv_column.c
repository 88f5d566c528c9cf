#include "intake/reader_csv.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

#define HEADER(column, type, member)                                                               \
    {                                                                                              \
        column, SCOPE_HEADER, offsetof(type, member), NOTE_DELIVERY                                \
    }
#define LINE(column, type, member)                                                                 \
    {                                                                                              \
        column, SCOPE_LINE, offsetof(type, member), NOTE_DELIVERY                                  \
    }
#define NOTE(column, scope, kind)                                                                  \
    {                                                                                              \
        column, scope, 0, kind                                                                     \
    }

#define PARTY_MEMBER(prefix, role, member)                                                         \
    HEADER(prefix #member, struct order, parties[role].member)
#define PARTY(prefix, role)                                                                        \
    PARTY_MEMBER(prefix, role, code), PARTY_MEMBER(prefix, role, name),                            \
        PARTY_MEMBER(prefix, role, contact), PARTY_MEMBER(prefix, role, phone),                    \
        PARTY_MEMBER(prefix, role, email), PARTY_MEMBER(prefix, role, country),                    \
        PARTY_MEMBER(prefix, role, region), PARTY_MEMBER(prefix, role, city),                      \
        PARTY_MEMBER(prefix, role, district), PARTY_MEMBER(prefix, role, postal_code),             \
        PARTY_MEMBER(prefix, role, street), PARTY_MEMBER(prefix, role, street2)

static const struct binding order_bindings[] = {
    {"order_number", SCOPE_KEY, offsetof(struct order, number), NOTE_DELIVERY},
    HEADER("order_type", struct order, type),
    HEADER("order_date", struct order, order_date),
    HEADER("currency", struct order, currency),
    HEADER("requested_from", struct order, requested_from),
    HEADER("requested_to", struct order, requested_to),
    HEADER("sales_person", struct order, sales_person),
    PARTY("sold_to_", PARTY_SOLD_TO),
    PARTY("ship_to_", PARTY_SHIP_TO),
    PARTY("bill_to_", PARTY_BILL_TO),
    HEADER("freight", struct order, freight_micros),
    {"coupons", SCOPE_HEADER, 0, NOTE_DELIVERY}, /* field_coupons takes the whole order */
    NOTE("delivery_note", SCOPE_HEADER_NOTE, NOTE_DELIVERY),
    NOTE("packaging_note", SCOPE_HEADER_NOTE, NOTE_PACKAGING),
    NOTE("gift_note", SCOPE_HEADER_NOTE, NOTE_GIFT),
    NOTE("internal_note", SCOPE_HEADER_NOTE, NOTE_INTERNAL),
    LINE("line_number", struct order_line, number),
    LINE("sku", struct order_line, sku),
    LINE("description", struct order_line, description),
    LINE("quantity", struct order_line, quantity_micros),
    LINE("unit", struct order_line, unit),
    LINE("expected_price", struct order_line, expected_price_micros),
    LINE("requested_price", struct order_line, manual.price_micros),
    LINE("requested_discount", struct order_line, manual.discount_micros),
    LINE("price_reason", struct order_line, manual.reason),
    LINE("price_person", struct order_line, manual.person),
    {"options", SCOPE_LINE, 0, NOTE_DELIVERY}, /* field_options takes the whole line */
    LINE("line_requested_from", struct order_line, requested_from),
    LINE("line_requested_to", struct order_line, requested_to),
    NOTE("line_delivery_note", SCOPE_LINE_NOTE, NOTE_DELIVERY),
    NOTE("line_packaging_note", SCOPE_LINE_NOTE, NOTE_PACKAGING),
    NOTE("line_gift_note", SCOPE_LINE_NOTE, NOTE_GIFT),
    NOTE("line_internal_note", SCOPE_LINE_NOTE, NOTE_INTERNAL),
};

static const struct binding shipment_bindings[] = {
    {"shipment_number", SCOPE_KEY, offsetof(struct shipment, number), NOTE_DELIVERY},
    HEADER("partner", struct shipment, partner),
    HEADER("order_number", struct shipment, order_number),
    HEADER("shipped_at", struct shipment, shipped_ms),
    HEADER("carrier", struct shipment, carrier),
    HEADER("tracking", struct shipment, tracking),
    HEADER("load", struct shipment, load),
    LINE("order_line", struct shipment_line, order_line),
    LINE("sku", struct shipment_line, sku),
    LINE("quantity", struct shipment_line, quantity_micros),
    LINE("lot", struct shipment_line, lot),
    LINE("serial_numbers", struct shipment_line, serials),
    LINE("final", struct shipment_line, final),
};

static const struct binding decision_bindings[] = {
    LINE("partner", struct staged, decision.partner),
    LINE("order_number", struct staged, decision.order_number),
    LINE("version", struct staged, decision.version),
    LINE("decision", struct staged, verdict),
    LINE("reason", struct staged, decision.reason),
    LINE("delegate_to", struct staged, decision.delegate),
    LINE("shown", struct staged, decision.shown),
    LINE("strike", struct staged, decision.strike),
};

static const struct binding transport_bindings[] = {
    LINE("tracking", struct staged, transport.tracking),
    LINE("event_id", struct staged, transport.event_id),
    LINE("code", struct staged, transport.code),
    LINE("happened_at", struct staged, transport.happened_ms),
    LINE("place", struct staged, transport.where),
    LINE("country", struct staged, transport.country),
    LINE("region", struct staged, transport.region),
    LINE("latitude", struct staged, transport.latitude_micros),
    LINE("longitude", struct staged, transport.longitude_micros),
    LINE("text", struct staged, transport.text),
    LINE("eta_from", struct staged, transport.eta_from_ms),
    LINE("eta_to", struct staged, transport.eta_to_ms),
    LINE("signed_by", struct staged, transport.signed_by),
    LINE("proof", struct staged, transport.proof),
};

static const struct binding payment_bindings[] = {
    LINE("payment_number", struct staged, payment.number),
    LINE("kind", struct staged, money_kind),
    LINE("partner", struct staged, payment.partner),
    LINE("order_number", struct staged, payment.order_number),
    LINE("invoice_number", struct staged, payment.invoice_number),
    LINE("amount", struct staged, payment.amount_micros),
    LINE("currency", struct staged, payment.currency),
    LINE("paid_on", struct staged, payment.paid_on),
    LINE("payer", struct staged, payment.payer),
    LINE("reference", struct staged, payment.reference),
};

static const struct binding stock_report_bindings[] = {
    LINE("extent", struct staged, stock.extent),
    LINE("sku", struct staged, stock.sku),
    LINE("quantity", struct staged, stock.quantity_micros),
    LINE("unit", struct staged, stock.unit),
    LINE("as_of", struct staged, stock.as_of_ms),
    LINE("kind", struct staged, stock.kind),
    LINE("number", struct staged, stock.number),
    LINE("reference", struct staged, stock.reference),
    LINE("expected_on", struct staged, stock.expected_on),
    LINE("reason", struct staged, stock.reason),
};

static const struct binding release_status_bindings[] = {
    LINE("partner", struct staged, release_status.partner),
    LINE("order_number", struct staged, release_status.order_number),
    LINE("release", struct staged, release_status.release),
    LINE("status", struct staged, release_status.status),
    LINE("at", struct staged, release_status.at_ms),
    LINE("ship_on", struct staged, release_status.ship_on),
    LINE("line_number", struct staged, release_status.order_line),
    LINE("quantity", struct staged, release_status.quantity_micros),
    LINE("reason", struct staged, release_status.reason),
};

#define CHANGE_PARTY_MEMBER(member) HEADER("ship_to_" #member, struct order_change, ship_to.member)
#define CHANGE_LINE(column, member) LINE(column, struct staged_change, change.line.member)

static const struct binding change_bindings[] = {
    {"change_number", SCOPE_KEY, offsetof(struct order_change, number), NOTE_DELIVERY},
    HEADER("order_number", struct order_change, order_number),
    HEADER("version", struct order_change, version),
    HEADER("reason", struct order_change, reason),
    HEADER("requested_from", struct order_change, requested_from),
    HEADER("requested_to", struct order_change, requested_to),
    CHANGE_PARTY_MEMBER(code),
    CHANGE_PARTY_MEMBER(name),
    CHANGE_PARTY_MEMBER(contact),
    CHANGE_PARTY_MEMBER(phone),
    CHANGE_PARTY_MEMBER(email),
    CHANGE_PARTY_MEMBER(country),
    CHANGE_PARTY_MEMBER(region),
    CHANGE_PARTY_MEMBER(city),
    CHANGE_PARTY_MEMBER(district),
    CHANGE_PARTY_MEMBER(postal_code),
    CHANGE_PARTY_MEMBER(street),
    CHANGE_PARTY_MEMBER(street2),
    HEADER("payment_terms", struct order_change, terms),
    NOTE("delivery_note", SCOPE_HEADER_NOTE, NOTE_DELIVERY),
    NOTE("packaging_note", SCOPE_HEADER_NOTE, NOTE_PACKAGING),
    NOTE("gift_note", SCOPE_HEADER_NOTE, NOTE_GIFT),
    NOTE("internal_note", SCOPE_HEADER_NOTE, NOTE_INTERNAL),
    LINE("action", struct staged_change, action),
    CHANGE_LINE("line_number", number),
    CHANGE_LINE("sku", sku),
    CHANGE_LINE("description", description),
    CHANGE_LINE("quantity", quantity_micros),
    CHANGE_LINE("unit", unit),
    CHANGE_LINE("expected_price", expected_price_micros),
    CHANGE_LINE("requested_price", manual.price_micros),
    CHANGE_LINE("requested_discount", manual.discount_micros),
    CHANGE_LINE("price_reason", manual.reason),
    CHANGE_LINE("price_person", manual.person),
    LINE("options", struct staged_change, change.line), /* field_options takes the whole line */
    CHANGE_LINE("line_requested_from", requested_from),
    CHANGE_LINE("line_requested_to", requested_to),
    NOTE("line_delivery_note", SCOPE_LINE_NOTE, NOTE_DELIVERY),
    NOTE("line_packaging_note", SCOPE_LINE_NOTE, NOTE_PACKAGING),
    NOTE("line_gift_note", SCOPE_LINE_NOTE, NOTE_GIFT),
    NOTE("line_internal_note", SCOPE_LINE_NOTE, NOTE_INTERNAL),
};

static const struct binding cancellation_bindings[] = {
    {"cancellation_number", SCOPE_KEY, offsetof(struct order_cancellation, number), NOTE_DELIVERY},
    HEADER("order_number", struct order_cancellation, order_number),
    HEADER("version", struct order_cancellation, version),
    HEADER("reason", struct order_cancellation, reason),
    HEADER("text", struct order_cancellation, text),
    LINE("line_number", struct cancelled_line, number),
    LINE("quantity", struct cancelled_line, quantity_micros),
};

static const struct binding stop_status_bindings[] = {
    LINE("stop_number", struct staged, stop_answer.number),
    LINE("status", struct staged, stop_answer.status),
    LINE("at", struct staged, stop_answer.at_ms),
    LINE("line_number", struct staged, stop_answer.order_line),
    LINE("quantity", struct staged, stop_answer.quantity_micros),
    LINE("cost", struct staged, stop_answer.cost_micros),
    LINE("currency", struct staged, stop_answer.currency),
    LINE("reason", struct staged, stop_answer.reason),
};

static const struct binding return_request_bindings[] = {
    {"return_number", SCOPE_KEY, offsetof(struct return_request, number), NOTE_DELIVERY},
    HEADER("order_number", struct return_request, order_number),
    LINE("line_number", struct return_line, number),
    LINE("part", struct return_line, part),
    LINE("quantity", struct return_line, quantity_micros),
    LINE("reason", struct return_line, reason),
    LINE("wish", struct return_line, wish),
    LINE("exchange_sku", struct return_line, exchange_sku),
    LINE("serial_numbers", struct return_line, serials),
    LINE("text", struct return_line, text),
};

static const struct binding return_receipt_bindings[] = {
    {"receipt_number", SCOPE_KEY, offsetof(struct return_receipt, number), NOTE_DELIVERY},
    HEADER("authorisation", struct return_receipt, authorisation),
    HEADER("received_at", struct return_receipt, at_ms),
    LINE("order_line", struct received_line, order_line),
    LINE("sku", struct received_line, sku),
    LINE("quantity", struct received_line, quantity_micros),
    LINE("condition", struct received_line, condition),
    LINE("lot", struct received_line, lot),
    LINE("serial_numbers", struct received_line, serials),
    LINE("reason", struct received_line, reason),
};

static const struct binding production_status_bindings[] = {
    LINE("production_number", struct staged, production_status.number),
    LINE("status", struct staged, production_status.status),
    LINE("at", struct staged, production_status.at_ms),
    LINE("quantity_done", struct staged, production_status.done_micros),
    LINE("expected_on", struct staged, production_status.expected_on),
    LINE("cause", struct staged, production_status.cause),
    LINE("cost", struct staged, production_status.cost_micros),
    LINE("currency", struct staged, production_status.currency),
    LINE("reason", struct staged, production_status.reason),
};

#define ALL_OF(bindings)                                                                           \
    {                                                                                              \
        bindings, sizeof(bindings) / sizeof(bindings)[0]                                           \
    }

/* Columns of master data go where order/master.c says. */
static struct binding
master_binding(enum document_kind kind, const char *name)
{
    size_t count = 0;
    const struct master_column *columns = master_columns(kind, &count);
    size_t index = 0;
    while (index < count && strcmp(columns[index].name, name) != 0) {
        index++;
    }
    assert(index < count && "every column of a schema has its place in the row");
    return (struct binding){name, SCOPE_LINE, offsetof(struct staged, row) + columns[index].offset,
                            NOTE_DELIVERY};
}

struct binding
reader_csv_binding(enum document_kind kind, const char *column)
{
    static const struct {
        const struct binding *items;
        size_t count;
    } all[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_ORDER] = ALL_OF(order_bindings),
        [DOCUMENT_SHIPMENT] = ALL_OF(shipment_bindings),
        [DOCUMENT_DECISION] = ALL_OF(decision_bindings),
        [DOCUMENT_TRANSPORT_EVENT] = ALL_OF(transport_bindings),
        [DOCUMENT_PAYMENT] = ALL_OF(payment_bindings),
        [DOCUMENT_STOCK_REPORT] = ALL_OF(stock_report_bindings),
        [DOCUMENT_RELEASE_STATUS] = ALL_OF(release_status_bindings),
        [DOCUMENT_PRODUCTION_STATUS] = ALL_OF(production_status_bindings),
        [DOCUMENT_ORDER_CHANGE] = ALL_OF(change_bindings),
        [DOCUMENT_ORDER_CANCELLATION] = ALL_OF(cancellation_bindings),
        [DOCUMENT_STOP_STATUS] = ALL_OF(stop_status_bindings),
        [DOCUMENT_RETURN_REQUEST] = ALL_OF(return_request_bindings),
        [DOCUMENT_RETURN_RECEIPT] = ALL_OF(return_receipt_bindings),
    };
    if (master_is_table(kind)) {
        return master_binding(kind, column);
    }
    size_t index = 0;
    while (index < all[kind].count && strcmp(all[kind].items[index].column, column) != 0) {
        index++;
    }
    assert(index < all[kind].count && "every column of a schema has its place in the document");
    return all[kind].items[index];
}

const char *
reader_csv_cell(const struct csv_state *state, const char *bytes, size_t cell)
{
    return cell < state->row.count ? bytes + state->row.cells[cell].offset : "";
}

const char *
reader_csv_said(const struct csv_state *state, const char *bytes, enum scope scope,
                const char *column)
{
    for (size_t index = 0; index < state->steps[scope].count; index++) {
        const struct step *step = &state->steps[scope].items[index];
        if (strcmp(step->column->name, column) == 0) {
            return reader_csv_cell(state, bytes, step->cell);
        }
    }
    return "";
}

const char *
reader_csv_order_number(const struct csv_state *state, const char *bytes, enum scope scope,
                        struct arena *arena)
{
    enum { SHOWN_BYTES = 80 };
    const char *number = reader_csv_said(state, bytes, scope, "order_number");
    return text_show(arena, number, strlen(number), SHOWN_BYTES);
}

struct field
reader_csv_field(const struct reading *reading, const char *bytes)
{
    const struct csv_state *state = reading->state;
    return (struct field){
        .arena = (struct arena *)&reading->arena,
        .findings = reading->findings,
        .lists = reading->lists,
        .name = "",
        .text = bytes,
        .place = {state->row.line, 0},
        .order_number = "",
        .order_line = "",
        .text_stays = true,
        .is_plain = state->row.is_plain,
        .has_decimal_comma = state->has_decimal_comma,
    };
}

static bool
is_plain(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at < 0x20 || *at >= 0x7F) {
            return false;
        }
    }
    return true;
}

/* Cells of nothing but blanks count as empty. */
static bool
is_empty(const char *text)
{
    const unsigned char first = (unsigned char)text[0];
    return first <= ' ' || first >= 0x80 ? text_is_blank(text) : false;
}

/* A note of the order or change `base`. */
static void
add_note(struct reading *reading, enum scope scope, enum note_kind kind, const char *text,
         void *base)
{
    struct csv_state *state = reading->state;
    if (reading->kind == DOCUMENT_ORDER_CHANGE) {
        struct order_change *change = base;
        const char *line =
            scope == SCOPE_LINE_NOTE ? change->lines[change->line_count - 1].line.number : "";
        check_change_note(&state->check, change, kind, text, line);
        return;
    }
    struct order *order = base;
    struct note *note = check_add_note(&state->check, order);
    if (note != NULL) {
        note->kind = kind;
        note->text = text;
        note->line = scope == SCOPE_LINE_NOTE ? order->line_count : 0;
    }
}

void
reader_csv_convert(struct reading *reading, enum scope scope, struct field *field,
                   const char *bytes, void *base)
{
    struct csv_state *state = reading->state;
    const struct steps *steps = &state->steps[scope];
    const bool is_note = scope == SCOPE_HEADER_NOTE || scope == SCOPE_LINE_NOTE;
    for (size_t index = 0; index < steps->count; index++) {
        const struct step *step = &steps->items[index];
        if (state->mapped != NULL && state->mapped->wrong[step->cell]) {
            continue;
        }
        field->text = reader_csv_cell(state, bytes, step->cell);
        field->name = step->column->name;
        field->place.column = (int64_t)step->cell + 1;
        if (is_empty(field->text)) {
            if (step->column->is_filled) {
                field_complain(field, M_FLD_REQUIRED, NULL, NULL);
            }
            continue;
        }
        field->is_plain = state->row.is_plain || is_plain(field->text);
        if (!is_note) {
            /* A value that is wrong stays absent; its finding says so. */
            (void)table_schema_convert(step->column, field, (char *)base + step->binding.offset);
            continue;
        }
        const char *text;
        if (table_schema_convert(step->column, field, &text)) {
            add_note(reading, scope, step->binding.note, text, base);
        }
    }
}

void
reader_csv_check_cells(struct reading *reading, struct field *field, const char *bytes)
{
    struct csv_state *state = reading->state;
    const size_t first = state->has_nameless ? 0 : state->header_cells;
    for (size_t cell = first; cell < state->row.count; cell++) {
        const char *text = reader_csv_cell(state, bytes, cell);
        if (state->is_ignored[cell] || is_empty(text)) {
            continue;
        }
        field->text = text;
        field->name = "";
        field->place.column = (int64_t)cell + 1;
        field_complain(field, M_CSV_CELL_EXTRA, NULL, NULL);
        return;
    }
}
