#include "intake/xml_check.h"

#include "intake/xml_tell.h"
#include "intake/xml_value.h"

#include <string.h>

static bool
has_errors(struct xml_events *events)
{
    return xml_tell_error_count(events) != events->error_count_before;
}

static void
check_decision(struct xml_events *events, const struct decision *decision)
{
    const char *field = "";
    const enum message code = check_decision_fields(decision, &field);
    if (code != MESSAGE_COUNT && !has_errors(events)) {
        xml_tell(events,
                 (struct finding){.code = code, .place = events->document_place, .field = field});
    }
}

static void
check_transport(struct xml_events *events, const struct transport_event *event)
{
    const char *field = "";
    const char *value = "";
    const enum message code = check_transport_fields(event, events->reading->sender->today,
                                                     &events->reading->arena, &field, &value);
    if (code != MESSAGE_COUNT && !has_errors(events)) {
        const struct place place = xml_value_place(events, field);
        xml_tell(events, (struct finding){.code = code,
                                          .place = place.line == 0 ? events->document_place : place,
                                          .field = field,
                                          .value = value});
    }
}

/* Elements of a payment that have other names than the columns of its CSV form. */
static void
check_payment(struct xml_events *events, struct payment *payment)
{
    static const struct {
        const char *column;
        const char *element;
    } names[] = {{"amount", "amount"}, {"paid_on", "paidOn"}, {"order_number", "orderNumber"}};
    struct payment_trouble_told told;
    const enum message code =
        check_payment_fields(payment, events->check.sender, events->check.arena, &told);
    /* The schema has said that an amount is above zero. */
    if (code == MESSAGE_COUNT || (code == M_PAY_AMOUNT && has_errors(events))) {
        return;
    }
    size_t at = 0;
    while (strcmp(names[at].column, told.field) != 0) {
        at++;
    }
    xml_tell(events, (struct finding){.code = code,
                                      .place = events->document_place,
                                      .field = names[at].element,
                                      .value = told.value,
                                      .expected = told.expected});
}

/* Here too a name of our CSV form may not be that of the element. */
static void
check_stock(struct xml_events *events, const struct stock_report *row)
{
    struct stock_trouble_told told;
    const enum message code =
        check_stock_fields(row, &events->reading->stock, events->reading->sender->today,
                           &events->reading->arena, &told);
    if (code == MESSAGE_COUNT || has_errors(events)) {
        return;
    }
    const struct place place = xml_value_place(events, told.field);
    const bool is_moment = strcmp(told.field, "as_of") == 0;
    const bool is_day = strcmp(told.field, "expected_on") == 0;
    xml_tell(events, (struct finding){.code = code,
                                      .place = place.line == 0 ? events->document_place : place,
                                      .field = is_moment ? "asOf"
                                               : is_day  ? "expectedOn"
                                                         : told.field,
                                      .value = told.value,
                                      .expected = told.expected});
}

/* Fields have other names in XML than in CSV. */
static const char *
element_of(const char *column)
{
    static const struct {
        const char *column;
        const char *element;
    } names[] = {{"line_number", "lineNumber"}, {"quantity_done", "quantityDone"}};
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        if (strcmp(names[index].column, column) == 0) {
            return names[index].element;
        }
    }
    return column;
}

/* The schema has said what lies below zero; of what it has refused, nothing is missing. */
static void
tell_status(struct xml_events *events, enum message code, const struct trouble_told *told)
{
    if (code != MESSAGE_COUNT && !has_errors(events)) {
        const struct place place = xml_value_place(events, told->field);
        xml_tell(events, (struct finding){.code = code,
                                          .place = place.line == 0 ? events->document_place : place,
                                          .field = element_of(told->field),
                                          .value = told->value,
                                          .expected = told->expected});
    }
}

static void
check_release_status(struct xml_events *events, const struct release_status *status)
{
    struct trouble_told told;
    tell_status(
        events,
        check_release_status_fields(status, events->check.sender, events->check.arena, &told),
        &told);
}

static void
check_production_status(struct xml_events *events, const struct production_status *status)
{
    struct trouble_told told;
    tell_status(
        events,
        check_production_status_fields(status, events->check.sender, events->check.arena, &told),
        &told);
}

static void
check_stop_status(struct xml_events *events, const struct stop_answer *answer)
{
    struct trouble_told told;
    tell_status(events, check_stop_fields(answer, events->check.sender, events->check.arena, &told),
                &told);
}

void
xml_check_document(struct xml_events *events)
{
    struct document *document = events->document;
    switch (document->kind) {
    case DOCUMENT_ORDER: check_order(&events->check, &events->document->order); break;
    case DOCUMENT_SHIPMENT: check_shipment(&events->check, &document->shipment); break;
    case DOCUMENT_DECISION: check_decision(events, &document->decision); break;
    case DOCUMENT_PAYMENT: check_payment(events, &document->payment); break;
    case DOCUMENT_STOCK_REPORT: check_stock(events, &document->stock); break;
    case DOCUMENT_TRANSPORT_EVENT: check_transport(events, &document->transport); break;
    case DOCUMENT_RELEASE_STATUS: check_release_status(events, &document->release_status); break;
    case DOCUMENT_PRODUCTION_STATUS:
        check_production_status(events, &document->production_status);
        break;
    case DOCUMENT_STOP_STATUS: check_stop_status(events, &document->stop_answer); break;
    default: check_request(&events->check, document); break;
    }
}
