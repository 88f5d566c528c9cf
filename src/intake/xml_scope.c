#include "intake/xml_scope.h"
#include "intake/xml_set.h"

#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* ---- values ---- */

static void
set_country(const struct xml_value *value)
{
    (void)field_country(&value->field, member(value));
}

static void
set_email(const struct xml_value *value)
{
    (void)field_email(&value->field, member(value));
}

void
set_price(const struct xml_value *value)
{
    (void)field_price(&value->field, member(value));
}

/* Percent at four places is the rate in millionths. */
static void
set_percent(const struct xml_value *value)
{
    enum { PERCENT_PLACES = 4 };
    (void)field_number(&value->field, PERCENT_PLACES, 0, MICROS, member(value));
}

void
set_quantity(const struct xml_value *value)
{
    (void)field_quantity(&value->field, member(value));
}

static void
set_latitude(const struct xml_value *value)
{
    (void)field_degrees(&value->field, 90, member(value));
}

static void
set_longitude(const struct xml_value *value)
{
    (void)field_degrees(&value->field, 180, member(value));
}

static void
set_version(const struct xml_value *value)
{
    (void)field_number(&value->field, 0, 1, INT32_MAX, member(value));
}

static void
set_order_type(const struct xml_value *value)
{
    (void)field_order_type(&value->field, member(value));
}

/* The attribute of the value as a field of its own. */
static struct field
attribute_field(const struct xml_value *value)
{
    struct field field = value->field;
    field.name = value->attribute_name;
    field.text = value->attribute == NULL ? "" : value->attribute;
    field.is_plain = false;
    return field;
}

void
set_line_quantity(const struct xml_value *value)
{
    struct order_line *line = value->target;
    (void)field_quantity(&value->field, &line->quantity_micros);
    if (value->attribute != NULL && value->attribute[0] != '\0') {
        const struct field unit = attribute_field(value);
        (void)field_unit(&unit, &line->unit);
    }
}

void
set_option(const struct xml_value *value)
{
    struct order_line *line = value->target;
    struct option option = {.name = "", .value = ""};
    const struct field name = attribute_field(value);
    bool is_fine = field_text(&value->field, value->element->length_max, &option.value);
    if (value->attribute != NULL && value->attribute[0] != '\0') {
        is_fine = field_code(&name, CODE_CHARACTERS_MAX, &option.name) && is_fine;
    }
    if (!is_fine || line->option_count == LINE_OPTIONS_MAX) {
        return; /* too many is a matter of structure, and told there */
    }
    for (size_t index = 0; index < line->option_count; index++) {
        if (strcmp(line->options[index].name, option.name) == 0) {
            field_complain(&name, M_FLD_OPTION_REPEATED, NULL, option.name);
            return;
        }
    }
    if (line->options == NULL) {
        line->options = arena_array(value->field.arena, struct option, LINE_OPTIONS_MAX);
    }
    line->options[line->option_count++] = option;
}

static void
set_coupon(const struct xml_value *value)
{
    struct order *order = value->target;
    const char *coupon;
    if (order->coupon_count == ORDER_COUPONS_MAX ||
        !field_code(&value->field, value->element->length_max, &coupon)) {
        return;
    }
    if (text_among(coupon, order->coupons, order->coupon_count)) {
        field_complain(&value->field, M_FLD_COUPON_REPEATED, NULL, coupon);
        return;
    }
    if (order->coupons == NULL) {
        order->coupons = arena_array(value->field.arena, const char *, ORDER_COUPONS_MAX);
    }
    order->coupons[order->coupon_count++] = coupon;
}

bool
xml_note(const struct xml_value *value, enum note_kind *kind, const char **text)
{
    int said = NOTE_DELIVERY;
    if (value->attribute != NULL) {
        const struct field attribute = attribute_field(value);
        said = name_index(field_clean(&attribute), note_kind_names, NOTE_KIND_COUNT);
        if (said < 0) {
            field_complain(&attribute, M_FLD_CHOICE, value->element->attribute_expected, NULL);
        }
    }
    if (!field_text(&value->field, value->element->length_max, text) || said < 0) {
        return false;
    }
    *kind = (enum note_kind)said;
    return true;
}

static void
add_note(const struct xml_value *value, size_t line)
{
    const char *text = "";
    enum note_kind kind = NOTE_DELIVERY;
    if (!xml_note(value, &kind, &text)) {
        return;
    }
    struct note *note = check_add_note(value->check, &value->document->order);
    if (note != NULL) {
        note->kind = kind;
        note->text = text;
        note->line = line;
    }
}

static void
set_order_note(const struct xml_value *value)
{
    add_note(value, 0);
}

static void
set_line_note(const struct xml_value *value)
{
    add_note(value, value->document->order.line_count);
}

static void
set_verdict(const struct xml_value *value)
{
    struct decision *decision = value->target;
    const int verdict =
        name_index(field_clean(&value->field), decision_verdict_names, DECISION_VERDICT_COUNT);
    if (verdict < 0) {
        field_complain(&value->field, M_FLD_CHOICE, value->element->expected, NULL);
    } else {
        decision->verdict = (enum decision_verdict)verdict;
    }
}

static void
set_yes_no(const struct xml_value *value)
{
    static const char *const words[] = {"yes", "no"};
    const int said = name_index(field_clean(&value->field), words, 2);
    if (said < 0) {
        field_complain(&value->field, M_FLD_CHOICE, value->element->expected, NULL);
    } else {
        *(const char **)member(value) = words[said];
    }
}

static void
set_money_kind(const struct xml_value *value)
{
    struct payment *payment = value->target;
    const int kind = name_index(field_clean(&value->field), money_kind_names, 2);
    if (kind < 0) {
        field_complain(&value->field, M_FLD_CHOICE, value->element->expected, NULL);
    } else {
        payment->is_refund = kind == 1;
    }
}

/* ---- where scopes lead ---- */

static void *
enter_sold_to(struct document *document, void *target, const struct check *check)
{
    (void)target;
    (void)check;
    return &document->order.parties[PARTY_SOLD_TO];
}

static void *
enter_ship_to(struct document *document, void *target, const struct check *check)
{
    (void)target;
    (void)check;
    return &document->order.parties[PARTY_SHIP_TO];
}

static void *
enter_bill_to(struct document *document, void *target, const struct check *check)
{
    (void)target;
    (void)check;
    return &document->order.parties[PARTY_BILL_TO];
}

static void *
enter_line(struct document *document, void *target, const struct check *check)
{
    (void)target;
    return check_add_line(check, &document->order);
}

static void *
enter_shipment_line(struct document *document, void *target, const struct check *check)
{
    struct shipment *shipment = target;
    if (shipment->line_count == ORDER_LINES_MAX) {
        findings_add(check->findings, &(struct finding){.code = M_SHP_LINES_MANY,
                                                        .place = shipment->place,
                                                        .order_number = shipment->order_number,
                                                        .expected = "10000"});
        return NULL;
    }
    (void)document;
    shipment->lines = arena_grow(check->arena, shipment->lines, sizeof *shipment->lines,
                                 shipment->line_count, &shipment->line_capacity);
    struct shipment_line *line = &shipment->lines[shipment->line_count++];
    *line = shipment_line_blank;
    return line;
}

/* ---- the tables, in the order of the schemas ---- */

static_assert(CODE_CHARACTERS_MAX == 64 && OPTION_VALUE_CHARACTERS_MAX == 200, "the texts here");

static const struct xml_element orders_elements[] = {
    {"order", INSIDE(SCOPE_ORDER, enter_same), REQUIRED},
};

static const struct xml_element order_elements[] = {
    {"number", VALUE(set_code, order, number), ONCE, REQUIRED, .length_max = CODE_CHARACTERS_MAX,
     .column = "order_number", .expected = CODE_EXPECTED},
    {"type", VALUE(set_order_type, order, type), ONCE, .column = "order_type",
     .expected = "regular, strategic, custom, sample, return"},
    {"orderDate", VALUE(set_date, order, order_date), ONCE, .column = "order_date",
     .expected = DAY_EXPECTED},
    {"currency", VALUE(set_currency, order, currency), ONCE, .column = "currency",
     .expected = "ISO 4217: EUR, USD, CNY"},
    {"requestedDelivery", INSIDE(SCOPE_ORDER_WINDOW, enter_same), ONCE},
    {"soldTo", INSIDE(SCOPE_PARTY, enter_sold_to), ONCE},
    {"shipTo", INSIDE(SCOPE_PARTY, enter_ship_to), ONCE},
    {"billTo", INSIDE(SCOPE_PARTY, enter_bill_to), ONCE},
    {"salesPerson", VALUE(set_text, order, sales_person), ONCE, .length_max = 40,
     .column = "sales_person", .expected = "1 ... 40"},
    {"coupon", VALUE(set_coupon, order, coupons), .times_max = ORDER_COUPONS_MAX,
     .too_many = M_FLD_COUPONS_MANY, .length_max = CODE_CHARACTERS_MAX, .column = "coupons",
     .expected = CODE_EXPECTED},
    {"freight", VALUE(set_price, order, freight_micros), ONCE, .column = "freight",
     .expected = PRICE_EXPECTED},
    {"note", VALUE(set_order_note, order, notes), .length_max = 4000, .attribute = "kind",
     .attribute_expected = "delivery, packaging, gift, internal", .expected = "1 ... 4000"},
    {"line", INSIDE(SCOPE_LINE, enter_line)}, /* check_order tells when there is none */
};

static const struct xml_element order_window_elements[] = {
    {"from", VALUE(set_date, order, requested_from), ONCE, REQUIRED, .column = "requested_from",
     .expected = DAY_EXPECTED},
    {"to", VALUE(set_date, order, requested_to), ONCE, .column = "requested_to",
     .expected = DAY_EXPECTED},
};

static const struct xml_element party_elements[] = {
    {"code", VALUE(set_code, party, code), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .column = "code", .expected = CODE_EXPECTED},
    {"name", VALUE(set_text, party, name), ONCE, .length_max = 200, .column = "name",
     .expected = "1 ... 200"},
    {"contact", VALUE(set_text, party, contact), ONCE, .length_max = 200, .column = "contact",
     .expected = "1 ... 200"},
    {"phone", VALUE(set_text, party, phone), ONCE, .length_max = 60, .column = "phone",
     .expected = "1 ... 60"},
    {"email", VALUE(set_email, party, email), ONCE, .column = "email",
     .expected = "name@example.com"},
    {"address", INSIDE(SCOPE_ADDRESS, enter_same), ONCE},
};

static const struct xml_element address_elements[] = {
    {"country", VALUE(set_country, party, country), ONCE, .column = "country",
     .expected = "ISO 3166-1: DE, US, CN"},
    {"region", VALUE(set_text, party, region), ONCE, .length_max = 100, .column = "region",
     .expected = "1 ... 100"},
    {"city", VALUE(set_text, party, city), ONCE, .length_max = 100, .column = "city",
     .expected = "1 ... 100"},
    {"district", VALUE(set_text, party, district), ONCE, .length_max = 100, .column = "district",
     .expected = "1 ... 100"},
    {"postalCode", VALUE(set_text, party, postal_code), ONCE, .length_max = 20,
     .column = "postal_code", .expected = "1 ... 20"},
    {"street", VALUE(set_text, party, street), ONCE, .length_max = 200, .column = "street",
     .expected = "1 ... 200"},
    {"street2", VALUE(set_text, party, street2), ONCE, .length_max = 200, .column = "street2",
     .expected = "1 ... 200"},
};

static const struct xml_element line_elements[] = {
    {"number", VALUE(set_code, order_line, number), ONCE, .length_max = 20, .expected = "1 ... 20"},
    {"sku", VALUE(set_code, order_line, sku), ONCE, REQUIRED, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"description", VALUE(set_text, order_line, description), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
    {"quantity", VALUE(set_line_quantity, order_line, quantity_micros), ONCE, REQUIRED,
     .attribute = "unit", .attribute_expected = "UN/ECE 20: C62, KGM",
     .expected = QUANTITY_EXPECTED},
    {"expectedPrice", VALUE(set_price, order_line, expected_price_micros), ONCE,
     .expected = PRICE_EXPECTED},
    {"requestedPrice", INSIDE(SCOPE_LINE_PRICE, enter_same), ONCE},
    {"requestedDelivery", INSIDE(SCOPE_LINE_WINDOW, enter_same), ONCE},
    {"option", VALUE(set_option, order_line, options), .times_max = LINE_OPTIONS_MAX,
     .too_many = M_FLD_OPTIONS_MANY, .length_max = OPTION_VALUE_CHARACTERS_MAX, .attribute = "name",
     .attribute_expected = CODE_EXPECTED, .expected = "1 ... 200"},
    {"note", VALUE(set_line_note, order_line, options), .length_max = 4000, .attribute = "kind",
     .attribute_expected = "delivery, packaging, gift, internal", .expected = "1 ... 4000"},
};

static const struct xml_element line_price_elements[] = {
    {"price", VALUE(set_price, order_line, manual.price_micros), ONCE, .expected = PRICE_EXPECTED},
    {"discount", VALUE(set_percent, order_line, manual.discount_micros), ONCE,
     .expected = "0 ... 100, 12.3456"},
    {"reason", VALUE(set_text, order_line, manual.reason), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
    {"person", VALUE(set_code, order_line, manual.person), ONCE, .length_max = 64,
     .expected = "1 ... 64"},
};

static const struct xml_element line_window_elements[] = {
    {"from", VALUE(set_date, order_line, requested_from), ONCE, REQUIRED, .expected = DAY_EXPECTED},
    {"to", VALUE(set_date, order_line, requested_to), ONCE, .expected = DAY_EXPECTED},
};

static const struct xml_element shipments_elements[] = {
    {"shipment", INSIDE(SCOPE_SHIPMENT, enter_same), REQUIRED},
};

static const struct xml_element shipment_elements[] = {
    {"number", VALUE(set_code, shipment, number), ONCE, REQUIRED, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"partner", VALUE(set_code, shipment, partner), ONCE, REQUIRED, .length_max = 32,
     .expected = "a-z 0-9 -, 1 ... 32"},
    {"orderNumber", VALUE(set_code, shipment, order_number), ONCE, REQUIRED,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"shippedAt", VALUE(set_moment, shipment, shipped_ms), ONCE, REQUIRED, .column = "shipped_at",
     .expected = "YYYY-MM-DDThh:mm:ss+hh:mm"},
    {"carrier", VALUE(set_text, shipment, carrier), ONCE, .length_max = 200,
     .expected = "1 ... 200"},
    {"trackingNumber", VALUE(set_text, shipment, tracking), ONCE, .length_max = 200,
     .expected = "1 ... 200"},
    {"load", VALUE(set_code, shipment, load), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"line", INSIDE(SCOPE_SHIPMENT_LINE, enter_shipment_line), REQUIRED},
};

static const struct xml_element shipment_line_elements[] = {
    {"orderLine", VALUE(set_code, shipment_line, order_line), ONCE, REQUIRED, .length_max = 20,
     .expected = "1 ... 20"},
    {"sku", VALUE(set_code, shipment_line, sku), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"quantity", VALUE(set_quantity, shipment_line, quantity_micros), ONCE, REQUIRED,
     .expected = QUANTITY_EXPECTED},
    {"lot", VALUE(set_text, shipment_line, lot), ONCE, .length_max = 500, .expected = "A | B"},
    {"serialNumbers", VALUE(set_text, shipment_line, serials), ONCE, .length_max = 10000,
     .expected = "A | B"},
    {"final", VALUE(set_yes_no, shipment_line, final), ONCE, .expected = "yes, no"},
};

static const struct xml_element decisions_elements[] = {
    {"decision", INSIDE(SCOPE_DECISION, enter_same), REQUIRED},
};

static const struct xml_element decision_elements[] = {
    {"partner", VALUE(set_code, decision, partner), ONCE, REQUIRED, .length_max = 32,
     .expected = "a-z 0-9 -, 1 ... 32"},
    {"orderNumber", VALUE(set_code, decision, order_number), ONCE, REQUIRED,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"version", VALUE(set_version, decision, version), ONCE, REQUIRED, .expected = "1, 2, 3 ..."},
    {"verdict", VALUE(set_verdict, decision, verdict), ONCE, REQUIRED,
     .expected = "approve, reject, return, delegate"},
    {"reason", VALUE(set_text, decision, reason), ONCE, .length_max = 1000,
     .expected = "1 ... 1000"},
    {"delegateTo", VALUE(set_code, decision, delegate), ONCE, .length_max = 32,
     .expected = "a-z 0-9 -, 1 ... 32"},
    {"shown", VALUE(set_code, decision, shown), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"strike", VALUE(set_text, decision, strike), ONCE, .length_max = 1000,
     .expected = "1 | 2 | 3"},
};

static const struct xml_element transport_events_elements[] = {
    {"event", INSIDE(SCOPE_TRANSPORT_EVENT, enter_same), REQUIRED},
};

static const struct xml_element transport_event_elements[] = {
    {"trackingNumber", VALUE(set_code, transport_event, tracking), ONCE, REQUIRED,
     .length_max = CODE_CHARACTERS_MAX, .column = "tracking", .expected = CODE_EXPECTED},
    {"eventId", VALUE(set_code, transport_event, event_id), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"code", VALUE(set_code, transport_event, code), ONCE, REQUIRED,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"happenedAt", VALUE(set_moment, transport_event, happened_ms), ONCE, REQUIRED,
     .column = "happened_at", .expected = MOMENT_EXPECTED},
    {"place", VALUE(set_text, transport_event, where), ONCE, .length_max = 200,
     .expected = "1 ... 200"},
    {"country", VALUE(set_country, transport_event, country), ONCE, .expected = "DE, CN ..."},
    {"region", VALUE(set_text, transport_event, region), ONCE, .length_max = 100,
     .expected = "1 ... 100"},
    {"latitude", VALUE(set_latitude, transport_event, latitude_micros), ONCE, .column = "latitude",
     .expected = "-90 ... 90"},
    {"longitude", VALUE(set_longitude, transport_event, longitude_micros), ONCE,
     .column = "longitude", .expected = "-180 ... 180"},
    {"text", VALUE(set_text, transport_event, text), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
    {"etaFrom", VALUE(set_moment, transport_event, eta_from_ms), ONCE, .column = "eta_from",
     .expected = MOMENT_EXPECTED},
    {"etaTo", VALUE(set_moment, transport_event, eta_to_ms), ONCE, .column = "eta_to",
     .expected = MOMENT_EXPECTED},
    {"signedBy", VALUE(set_text, transport_event, signed_by), ONCE, .length_max = 200,
     .expected = "1 ... 200"},
    {"proof", VALUE(set_text, transport_event, proof), ONCE, .length_max = 200,
     .expected = "1 ... 200"},
};

static const struct xml_element payments_elements[] = {
    {"payment", INSIDE(SCOPE_PAYMENT, enter_same), REQUIRED},
};

static const struct xml_element payment_elements[] = {
    {"number", VALUE(set_code, payment, number), ONCE, REQUIRED, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"kind", VALUE(set_money_kind, payment, is_refund), ONCE, .expected = "payment, refund"},
    {"partner", VALUE(set_code, payment, partner), ONCE, REQUIRED, .length_max = 32,
     .expected = "a-z 0-9 -, 1 ... 32"},
    {"orderNumber", VALUE(set_code, payment, order_number), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"invoiceNumber", VALUE(set_code, payment, invoice_number), ONCE,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"amount", VALUE(set_amount, payment, amount_micros), ONCE, REQUIRED,
     .expected = "0.01 ... 1000000000"},
    {"currency", VALUE(set_currency, payment, currency), ONCE, REQUIRED,
     .expected = "ISO 4217: EUR, USD, CNY"},
    {"paidOn", VALUE(set_date, payment, paid_on), ONCE, REQUIRED, .expected = DAY_EXPECTED},
    {"payer", VALUE(set_text, payment, payer), ONCE, .length_max = 200, .expected = "1 ... 200"},
    {"reference", VALUE(set_text, payment, reference), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
};

const struct xml_scope_table xml_scopes[SCOPE_COUNT] = {
    [SCOPE_UNKNOWN] = {NULL, 0},
    [SCOPE_TEXT] = {NULL, 0},
    [SCOPE_ORDERS] = TABLE(orders_elements),
    [SCOPE_ORDER] = TABLE(order_elements),
    [SCOPE_PARTY] = TABLE(party_elements),
    [SCOPE_ADDRESS] = TABLE(address_elements),
    [SCOPE_ORDER_WINDOW] = TABLE(order_window_elements),
    [SCOPE_LINE] = TABLE(line_elements),
    [SCOPE_LINE_PRICE] = TABLE(line_price_elements),
    [SCOPE_LINE_WINDOW] = TABLE(line_window_elements),
    [SCOPE_SHIPMENTS] = TABLE(shipments_elements),
    [SCOPE_SHIPMENT] = TABLE(shipment_elements),
    [SCOPE_SHIPMENT_LINE] = TABLE(shipment_line_elements),
    [SCOPE_DECISIONS] = TABLE(decisions_elements),
    [SCOPE_DECISION] = TABLE(decision_elements),
    [SCOPE_TRANSPORT_EVENTS] = TABLE(transport_events_elements),
    [SCOPE_TRANSPORT_EVENT] = TABLE(transport_event_elements),
    [SCOPE_PAYMENTS] = TABLE(payments_elements),
    [SCOPE_PAYMENT] = TABLE(payment_elements),
    [SCOPE_STOCK_REPORT] = TABLE(xml_stock_report_elements),
    [SCOPE_STOCK_ITEM] = TABLE(xml_stock_item_elements),
    [SCOPE_RELEASE_STATUSES] = TABLE(xml_release_statuses_elements),
    [SCOPE_RELEASE_STATUS] = TABLE(xml_release_status_elements),
    [SCOPE_PRODUCTION_STATUSES] = TABLE(xml_production_statuses_elements),
    [SCOPE_PRODUCTION_STATUS] = TABLE(xml_production_status_elements),
    [SCOPE_CHANGES] = TABLE(xml_changes_elements),
    [SCOPE_CHANGE] = TABLE(xml_change_elements),
    [SCOPE_CHANGE_WINDOW] = TABLE(xml_change_window_elements),
    [SCOPE_CHANGE_LINE] = TABLE(xml_change_line_elements),
    [SCOPE_CANCELLATIONS] = TABLE(xml_cancellations_elements),
    [SCOPE_CANCELLATION] = TABLE(xml_cancellation_elements),
    [SCOPE_CANCELLED_LINE] = TABLE(xml_cancelled_line_elements),
    [SCOPE_STOP_STATUSES] = TABLE(xml_stop_statuses_elements),
    [SCOPE_STOP_STATUS] = TABLE(xml_stop_status_elements),
    [SCOPE_RETURN_REQUESTS] = TABLE(xml_return_requests_elements),
    [SCOPE_RETURN_REQUEST] = TABLE(xml_return_request_elements),
    [SCOPE_RETURN_LINE] = TABLE(xml_return_line_elements),
    [SCOPE_RETURN_RECEIPTS] = TABLE(xml_return_receipts_elements),
    [SCOPE_RETURN_RECEIPT] = TABLE(xml_return_receipt_elements),
    [SCOPE_RECEIVED_LINE] = TABLE(xml_received_line_elements),
};

const struct xml_root xml_roots[] = {
    {"orders", "urn:purser:order:1", "order.xsd", DOCUMENT_ORDER, SCOPE_ORDERS},
    {"shipments", "urn:purser:shipment:1", "shipment.xsd", DOCUMENT_SHIPMENT, SCOPE_SHIPMENTS},
    {"decisions", "urn:purser:decision:1", "decision.xsd", DOCUMENT_DECISION, SCOPE_DECISIONS},
    {"transportEvents", "urn:purser:transport-event:1", "transport-event.xsd",
     DOCUMENT_TRANSPORT_EVENT, SCOPE_TRANSPORT_EVENTS},
    {"payments", "urn:purser:payment:1", "payment.xsd", DOCUMENT_PAYMENT, SCOPE_PAYMENTS},
    {"stockReport", "urn:purser:stock-report:1", "stock-report.xsd", DOCUMENT_STOCK_REPORT,
     SCOPE_STOCK_REPORT},
    {"releaseStatuses", "urn:purser:release-status:1", "release-status.xsd",
     DOCUMENT_RELEASE_STATUS, SCOPE_RELEASE_STATUSES},
    {"productionStatuses", "urn:purser:production-status:1", "production-status.xsd",
     DOCUMENT_PRODUCTION_STATUS, SCOPE_PRODUCTION_STATUSES},
    {"orderChanges", "urn:purser:order-change:1", "order-change.xsd", DOCUMENT_ORDER_CHANGE,
     SCOPE_CHANGES},
    {"orderCancellations", "urn:purser:order-cancellation:1", "order-cancellation.xsd",
     DOCUMENT_ORDER_CANCELLATION, SCOPE_CANCELLATIONS},
    {"stopStatuses", "urn:purser:stop-status:1", "stop-status.xsd", DOCUMENT_STOP_STATUS,
     SCOPE_STOP_STATUSES},
    {"returnRequests", "urn:purser:return-request:1", "return-request.xsd", DOCUMENT_RETURN_REQUEST,
     SCOPE_RETURN_REQUESTS},
    {"returnReceipts", "urn:purser:return-receipt:1", "return-receipt.xsd", DOCUMENT_RETURN_RECEIPT,
     SCOPE_RETURN_RECEIPTS},
};
const size_t xml_root_count = sizeof xml_roots / sizeof xml_roots[0];
