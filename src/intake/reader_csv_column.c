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
    PARTY("sold_to_", PARTY_SOLD_TO),
    PARTY("ship_to_", PARTY_SHIP_TO),
    PARTY("bill_to_", PARTY_BILL_TO),
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
    LINE("order_line", struct shipment_line, order_line),
    LINE("sku", struct shipment_line, sku),
    LINE("quantity", struct shipment_line, quantity_micros),
};

static const struct binding decision_bindings[] = {
    LINE("partner", struct staged, decision.partner),
    LINE("order_number", struct staged, decision.order_number),
    LINE("version", struct staged, decision.version),
    LINE("decision", struct staged, verdict),
    LINE("reason", struct staged, decision.reason),
};

static const struct binding customer_bindings[] = {
    LINE("code", struct staged, row.code),       LINE("name", struct staged, row.name),
    LINE("partner", struct staged, row.partner), LINE("group", struct staged, row.group),
    LINE("country", struct staged, row.country), LINE("currency", struct staged, row.currency),
    LINE("email", struct staged, row.email),
};

static const struct binding product_bindings[] = {
    LINE("sku", struct staged, row.sku),
    LINE("name", struct staged, row.name),
    LINE("name_zh", struct staged, row.name_zh),
    LINE("category", struct staged, row.category),
    LINE("unit", struct staged, row.unit),
    LINE("tax_class", struct staged, row.tax_class),
    LINE("tax_rate", struct staged, row.tax_rate_micros),
};

static const struct binding option_bindings[] = {
    LINE("sku", struct staged, row.sku),
    LINE("option", struct staged, row.option_name),
    LINE("value", struct staged, row.option_value),
    LINE("surcharge", struct staged, row.surcharge_micros),
};

static const struct binding price_bindings[] = {
    LINE("sku", struct staged, row.sku),
    LINE("scope", struct staged, row.scope),
    LINE("holder", struct staged, row.code),
    LINE("currency", struct staged, row.currency),
    LINE("quantity_from", struct staged, row.quantity_from_micros),
    LINE("valid_from", struct staged, row.valid_from),
    LINE("valid_to", struct staged, row.valid_to),
    LINE("price", struct staged, row.price_micros),
};

static const struct binding limit_bindings[] = {
    LINE("order_type", struct staged, order_type), LINE("currency", struct staged, row.currency),
    LINE("above", struct staged, above_micros),    LINE("step", struct staged, row.step),
    LINE("approver", struct staged, row.partner),
};

#define ALL_OF(bindings)                                                                           \
    {                                                                                              \
        bindings, sizeof(bindings) / sizeof(bindings)[0]                                           \
    }

const struct binding *
reader_csv_bindings(enum document_kind kind, size_t *count)
{
    static const struct {
        const struct binding *items;
        size_t count;
    } all[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_ORDER] = ALL_OF(order_bindings),
        [DOCUMENT_SHIPMENT] = ALL_OF(shipment_bindings),
        [DOCUMENT_DECISION] = ALL_OF(decision_bindings),
        [DOCUMENT_CUSTOMERS] = ALL_OF(customer_bindings),
        [DOCUMENT_PRODUCTS] = ALL_OF(product_bindings),
        [DOCUMENT_PRODUCT_OPTIONS] = ALL_OF(option_bindings),
        [DOCUMENT_PRICES] = ALL_OF(price_bindings),
        [DOCUMENT_APPROVAL_LIMITS] = ALL_OF(limit_bindings),
    };
    *count = all[kind].count;
    return all[kind].items;
}

const char *
reader_csv_cell(const struct csv_state *state, const char *bytes, size_t cell)
{
    return cell < state->row.count ? bytes + state->row.cells[cell].offset : "";
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

/* Blank cells that are not trimmed by the parser (quoted ones) count as empty. */
static bool
is_empty(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
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
        field->text = reader_csv_cell(state, bytes, step->cell);
        field->name = step->column->name;
        field->place.column = (int64_t)step->cell + 1;
        if (field->text[0] == '\0' || (field->text[0] <= ' ' && is_empty(field->text))) {
            if (step->column->is_required) {
                field_complain(field, M_FLD_REQUIRED, NULL, NULL);
            }
            continue;
        }
        field->is_plain = state->row.is_plain || is_plain(field->text);
        if (!is_note) {
            /* A value that is wrong stays absent; its finding says so. */
            (void)table_schema_convert(step->column, field, (char *)base + step->binding->offset);
            continue;
        }
        const char *text;
        struct order *order = base;
        if (!table_schema_convert(step->column, field, &text)) {
            continue;
        }
        struct note *note = check_add_note(&state->check, order);
        if (note != NULL) {
            note->kind = step->binding->note;
            note->text = text;
            note->line = scope == SCOPE_LINE_NOTE ? order->line_count : 0;
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
