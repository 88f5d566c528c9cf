/* The elements of what is asked for after an order, and of what is said of it, in the order of the
 * schemas. */
#include "intake/xml_set.h"

/* ---- values ---- */

static void
set_action(const struct xml_value *value)
{
    struct line_change *change = value->target;
    const int action =
        name_index(field_clean(&value->field), change_action_names, CHANGE_ACTION_COUNT);
    if (action < 0) {
        field_complain(&value->field, M_FLD_CHOICE, value->element->expected, NULL);
    } else {
        change->action = (enum change_action)action;
    }
}

/* The value as one of the order line within the change. */
static struct xml_value
of_order_line(const struct xml_value *value)
{
    struct xml_value inner = *value;
    inner.target = &((struct line_change *)value->target)->line;
    return inner;
}

static void
set_change_quantity(const struct xml_value *value)
{
    const struct xml_value inner = of_order_line(value);
    set_line_quantity(&inner);
}

static void
set_change_option(const struct xml_value *value)
{
    const struct xml_value inner = of_order_line(value);
    set_option(&inner);
    ((struct line_change *)value->target)->has_options = true;
}

static void
add_note(const struct xml_value *value, const char *line)
{
    const char *text = "";
    enum note_kind kind = NOTE_DELIVERY;
    if (xml_note(value, &kind, &text)) {
        check_change_note(value->check, &value->document->change, kind, text, line);
    }
}

static void
set_change_note(const struct xml_value *value)
{
    add_note(value, "");
}

static void
set_change_line_note(const struct xml_value *value)
{
    add_note(value, ((const struct line_change *)value->target)->line.number);
}

/* ---- where scopes lead ---- */

static void *
enter_ship_to(struct document *document, void *target, const struct check *check)
{
    (void)target;
    (void)check;
    return &document->change.ship_to;
}

static void *
enter_order_line(struct document *document, void *target, const struct check *check)
{
    (void)document;
    (void)check;
    return &((struct line_change *)target)->line;
}

static void *
enter_change_line(struct document *document, void *target, const struct check *check)
{
    (void)target;
    return check_add_change_line(check, &document->change);
}

static void *
enter_cancelled_line(struct document *document, void *target, const struct check *check)
{
    (void)target;
    return check_add_cancelled_line(check, &document->cancellation);
}

static void *
enter_return_line(struct document *document, void *target, const struct check *check)
{
    (void)target;
    return check_add_return_line(check, &document->return_request);
}

static void *
enter_received_line(struct document *document, void *target, const struct check *check)
{
    (void)target;
    return check_add_received_line(check, &document->return_receipt);
}

void
xml_request_line_stands(enum xml_scope scope, void *target, struct place place)
{
    switch (scope) {
    case SCOPE_CHANGE_LINE: ((struct line_change *)target)->line.place = place; break;
    case SCOPE_CANCELLED_LINE: ((struct cancelled_line *)target)->line = place.line; break;
    case SCOPE_RETURN_LINE: ((struct return_line *)target)->line = place.line; break;
    case SCOPE_RECEIVED_LINE: ((struct received_line *)target)->line = place.line; break;
    default: break;
    }
}

const char *
xml_request_line_number(enum xml_scope scope, const void *target)
{
    switch (scope) {
    case SCOPE_CHANGE_LINE: return ((const struct line_change *)target)->line.number;
    case SCOPE_CANCELLED_LINE: return ((const struct cancelled_line *)target)->number;
    case SCOPE_RETURN_LINE: return ((const struct return_line *)target)->number;
    case SCOPE_RECEIVED_LINE: return ((const struct received_line *)target)->order_line;
    default: return NULL;
    }
}

/* ---- changes ---- */

#define NUMBER(structure)                                                                          \
    {                                                                                              \
        "number", VALUE(set_code, structure, number), ONCE, REQUIRED,                              \
            .length_max = CODE_CHARACTERS_MAX, .column = "number", .expected = CODE_EXPECTED       \
    }
#define ORDER_NUMBER(structure)                                                                    \
    {                                                                                              \
        "orderNumber", VALUE(set_code, structure, order_number), ONCE, REQUIRED,                   \
            .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED                           \
    }
#define VERSION(structure)                                                                         \
    {                                                                                              \
        "version", VALUE(set_whole, structure, version), ONCE, .expected = "1, 2, 3 ..."           \
    }
#define WORDS "1 ... 500"

const struct xml_element xml_changes_elements[1] = {
    {"change", INSIDE(SCOPE_CHANGE, enter_same), REQUIRED},
};

const struct xml_element xml_change_elements[CHANGE_ELEMENTS] = {
    NUMBER(order_change),
    ORDER_NUMBER(order_change),
    VERSION(order_change),
    {"reason", VALUE(set_text, order_change, reason), ONCE, .length_max = 500, .expected = WORDS},
    {"requestedDelivery", INSIDE(SCOPE_CHANGE_WINDOW, enter_same), ONCE},
    {"shipTo", INSIDE(SCOPE_PARTY, enter_ship_to), ONCE},
    {"paymentTerms", VALUE(set_choice, order_change, terms), ONCE,
     .expected = "account, prepaid, deposit"},
    {"note", VALUE(set_change_note, order_change, notes), .length_max = 4000, .attribute = "kind",
     .attribute_expected = "delivery, packaging, gift, internal", .expected = "1 ... 4000"},
    {"line", INSIDE(SCOPE_CHANGE_LINE, enter_change_line)},
};

const struct xml_element xml_change_window_elements[2] = {
    {"from", VALUE(set_date, order_change, requested_from), ONCE, REQUIRED,
     .column = "requested_from", .expected = DAY_EXPECTED},
    {"to", VALUE(set_date, order_change, requested_to), ONCE, .column = "requested_to",
     .expected = DAY_EXPECTED},
};

const struct xml_element xml_change_line_elements[CHANGE_LINE_ELEMENTS] = {
    {"action", VALUE(set_action, line_change, action), ONCE, REQUIRED,
     .expected = "set, add, remove"},
    {"number", VALUE(set_code, line_change, line.number), ONCE, REQUIRED, .length_max = 20,
     .expected = "1 ... 20"},
    {"sku", VALUE(set_code, line_change, line.sku), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"description", VALUE(set_text, line_change, line.description), ONCE, .length_max = 500,
     .expected = WORDS},
    {"quantity", VALUE(set_change_quantity, line_change, line.quantity_micros), ONCE,
     .attribute = "unit", .attribute_expected = "UN/ECE 20: C62, KGM",
     .expected = QUANTITY_EXPECTED},
    {"expectedPrice", VALUE(set_price, line_change, line.expected_price_micros), ONCE,
     .expected = PRICE_EXPECTED},
    {"requestedPrice", INSIDE(SCOPE_LINE_PRICE, enter_order_line), ONCE},
    {"requestedDelivery", INSIDE(SCOPE_LINE_WINDOW, enter_order_line), ONCE},
    {"option", VALUE(set_change_option, line_change, line.options), .times_max = LINE_OPTIONS_MAX,
     .too_many = M_FLD_OPTIONS_MANY, .length_max = OPTION_VALUE_CHARACTERS_MAX, .attribute = "name",
     .attribute_expected = CODE_EXPECTED, .expected = "1 ... 200"},
    {"note", VALUE(set_change_line_note, line_change, line.options), .length_max = 4000,
     .attribute = "kind", .attribute_expected = "delivery, packaging, gift, internal",
     .expected = "1 ... 4000"},
};

/* ---- cancellations ---- */

const struct xml_element xml_cancellations_elements[1] = {
    {"cancellation", INSIDE(SCOPE_CANCELLATION, enter_same), REQUIRED},
};

const struct xml_element xml_cancellation_elements[CANCELLATION_ELEMENTS] = {
    NUMBER(order_cancellation),
    ORDER_NUMBER(order_cancellation),
    VERSION(order_cancellation),
    {"reason", VALUE(set_choice, order_cancellation, reason), ONCE,
     .expected = "not-needed, mistake, too-late, price, other"},
    {"text", VALUE(set_text, order_cancellation, text), ONCE, .length_max = 500, .expected = WORDS},
    {"line", INSIDE(SCOPE_CANCELLED_LINE, enter_cancelled_line)},
};

const struct xml_element xml_cancelled_line_elements[2] = {
    {"number", VALUE(set_code, cancelled_line, number), ONCE, REQUIRED, .length_max = 20,
     .expected = "1 ... 20"},
    {"quantity", VALUE(set_quantity, cancelled_line, quantity_micros), ONCE,
     .expected = QUANTITY_EXPECTED},
};

/* ---- answers to stop notices ---- */

const struct xml_element xml_stop_statuses_elements[1] = {
    {"status", INSIDE(SCOPE_STOP_STATUS, enter_same), REQUIRED},
};

const struct xml_element xml_stop_status_elements[STOP_STATUS_ELEMENTS] = {
    {"number", VALUE(set_whole, stop_answer, number), ONCE, REQUIRED, .expected = "1, 2, 3 ..."},
    {"status", VALUE(set_choice, stop_answer, status), ONCE, REQUIRED,
     .expected = "stopped, partly, too-late, done, refused"},
    {"at", VALUE(set_moment, stop_answer, at_ms), ONCE, .column = "at",
     .expected = MOMENT_EXPECTED},
    {"lineNumber", VALUE(set_code, stop_answer, order_line), ONCE, .length_max = 20,
     .expected = "1 ... 20"},
    {"quantity", VALUE(set_amount, stop_answer, quantity_micros), ONCE,
     .expected = "0 ... 1000000000"},
    {"cost", VALUE(set_amount, stop_answer, cost_micros), ONCE, .expected = "0 ... 1000000000"},
    {"currency", VALUE(set_currency, stop_answer, currency), ONCE,
     .expected = "ISO 4217: EUR, USD, CNY"},
    {"reason", VALUE(set_text, stop_answer, reason), ONCE, .length_max = 500, .expected = WORDS},
};

/* ---- returns ---- */

const struct xml_element xml_return_requests_elements[1] = {
    {"request", INSIDE(SCOPE_RETURN_REQUEST, enter_same), REQUIRED},
};

const struct xml_element xml_return_request_elements[RETURN_REQUEST_ELEMENTS] = {
    NUMBER(return_request),
    ORDER_NUMBER(return_request),
    {"line", INSIDE(SCOPE_RETURN_LINE, enter_return_line), REQUIRED},
};

const struct xml_element xml_return_line_elements[RETURN_LINE_ELEMENTS] = {
    {"number", VALUE(set_code, return_line, number), ONCE, REQUIRED, .length_max = 20,
     .expected = "1 ... 20"},
    {"part", VALUE(set_code, return_line, part), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"quantity", VALUE(set_quantity, return_line, quantity_micros), ONCE, REQUIRED,
     .expected = QUANTITY_EXPECTED},
    {"reason", VALUE(set_choice, return_line, reason), ONCE, REQUIRED,
     .expected = "not-wanted, damaged, wrong-item, defective, too-late, other"},
    {"wish", VALUE(set_choice, return_line, wish), ONCE, .expected = "refund, exchange"},
    {"exchangeSku", VALUE(set_code, return_line, exchange_sku), ONCE,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"serialNumbers", VALUE(set_text, return_line, serials), ONCE, .length_max = 10000,
     .expected = "A | B"},
    {"text", VALUE(set_text, return_line, text), ONCE, .length_max = 500, .expected = WORDS},
};

const struct xml_element xml_return_receipts_elements[1] = {
    {"receipt", INSIDE(SCOPE_RETURN_RECEIPT, enter_same), REQUIRED},
};

const struct xml_element xml_return_receipt_elements[RETURN_RECEIPT_ELEMENTS] = {
    NUMBER(return_receipt),
    {"authorisation", VALUE(set_code, return_receipt, authorisation), ONCE, REQUIRED,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"receivedAt", VALUE(set_moment, return_receipt, at_ms), ONCE, REQUIRED,
     .column = "received_at", .expected = MOMENT_EXPECTED},
    {"line", INSIDE(SCOPE_RECEIVED_LINE, enter_received_line), REQUIRED},
};

const struct xml_element xml_received_line_elements[RECEIVED_LINE_ELEMENTS] = {
    {"orderLine", VALUE(set_code, received_line, order_line), ONCE, REQUIRED, .length_max = 20,
     .expected = "1 ... 20"},
    {"sku", VALUE(set_code, received_line, sku), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"quantity", VALUE(set_quantity, received_line, quantity_micros), ONCE, REQUIRED,
     .expected = QUANTITY_EXPECTED},
    {"condition", VALUE(set_choice, received_line, condition), ONCE, REQUIRED,
     .expected = "new, opened, damaged, wrong-item"},
    {"lot", VALUE(set_text, received_line, lot), ONCE, .length_max = 500, .expected = "A | B"},
    {"serialNumbers", VALUE(set_text, received_line, serials), ONCE, .length_max = 10000,
     .expected = "A | B"},
    {"reason", VALUE(set_text, received_line, reason), ONCE, .length_max = 500, .expected = WORDS},
};
