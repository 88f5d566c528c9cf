#include "intake/xml_check.h"

#include "intake/check.h"
#include "intake/xml_tell.h"

#include <string.h>

void
xml_check_decision(struct xml_events *events, const struct decision *decision)
{
    const char *field = "";
    const enum message code = check_decision_fields(decision, &field);
    if (code != MESSAGE_COUNT && xml_tell_error_count(events) == events->error_count_before) {
        xml_tell(events,
                 (struct finding){.code = code, .place = events->document_place, .field = field});
    }
}

void
xml_check_payment(struct xml_events *events, struct payment *payment)
{
    static const struct {
        const char *column;
        const char *element;
    } names[] = {{"amount", "amount"}, {"paid_on", "paidOn"}, {"order_number", "orderNumber"}};
    struct payment_trouble_told told;
    const enum message code =
        check_payment_fields(payment, events->check.sender, events->check.arena, &told);
    /* The schema has said that an amount is above zero. */
    if (code == MESSAGE_COUNT ||
        (code == M_PAY_AMOUNT && xml_tell_error_count(events) != events->error_count_before)) {
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
