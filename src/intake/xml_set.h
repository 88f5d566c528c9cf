/* xml_set.h -- what the tables of XML scopes are written with; private to xml_scope*.c and
 * xml_set.c. */
#ifndef PURSER_XML_SET_H
#define PURSER_XML_SET_H

#include "intake/xml_scope.h"

/* Where the value goes. */
static inline void *
member(const struct xml_value *value)
{
    return (char *)value->target + value->element->offset;
}

/* The value into the member of the target that its element names. */
void set_text(const struct xml_value *value);
void set_code(const struct xml_value *value);
void set_date(const struct xml_value *value);
void set_moment(const struct xml_value *value);
void set_currency(const struct xml_value *value);
void set_amount(const struct xml_value *value); /* any number */
void set_whole(const struct xml_value *value);  /* from 1 */
void set_choice(const struct xml_value *value); /* one of the words of `expected`: "a, b, c" */

/* xml_scope.c: likewise. */
void set_quantity(const struct xml_value *value);
void set_price(const struct xml_value *value);
/* With the attribute; the target is a struct order_line. */
void set_line_quantity(const struct xml_value *value);
void set_option(const struct xml_value *value);
/* A note's text, and its kind by the attribute; false after a finding. */
bool xml_note(const struct xml_value *value, enum note_kind *kind, const char **text);

/* The content writes into what its parent writes into. */
void *enter_same(struct document *document, void *target, const struct check *check);

#define ONCE     .times_max = 1
#define REQUIRED .is_required = true
#define VALUE(function, structure, field)                                                          \
    .inner = SCOPE_TEXT, .set = (function), .offset = offsetof(struct structure, field)
#define INSIDE(scope, function) .inner = (scope), .enter = (function)

#define CODE_EXPECTED     "1 ... 64"
#define DAY_EXPECTED      "YYYY-MM-DD"
#define QUANTITY_EXPECTED "0.000001 ... 1000000000"
#define PRICE_EXPECTED    "0 ... 1000000000, 12.345678"
#define MOMENT_EXPECTED   "YYYY-MM-DDThh:mm:ss+hh:mm"

#define TABLE(array)                                                                               \
    {                                                                                              \
        (array), sizeof(array) / sizeof(array)[0]                                                  \
    }

/* xml_scope_status.c: what warehouses and plants say. */
enum { RELEASE_STATUS_ELEMENTS = 9, PRODUCTION_STATUS_ELEMENTS = 9 };
extern const struct xml_element xml_release_statuses_elements[1];
extern const struct xml_element xml_release_status_elements[RELEASE_STATUS_ELEMENTS];
extern const struct xml_element xml_production_statuses_elements[1];
extern const struct xml_element xml_production_status_elements[PRODUCTION_STATUS_ELEMENTS];

/* xml_scope_request.c: what is asked for after an order, and what is said of it. */
enum {
    CHANGE_ELEMENTS = 9,
    CHANGE_LINE_ELEMENTS = 10,
    CANCELLATION_ELEMENTS = 6,
    STOP_STATUS_ELEMENTS = 8,
    RETURN_REQUEST_ELEMENTS = 3,
    RETURN_LINE_ELEMENTS = 8,
    RETURN_RECEIPT_ELEMENTS = 4,
    RECEIVED_LINE_ELEMENTS = 7,
};
extern const struct xml_element xml_changes_elements[1];
extern const struct xml_element xml_change_elements[CHANGE_ELEMENTS];
extern const struct xml_element xml_change_window_elements[2];
extern const struct xml_element xml_change_line_elements[CHANGE_LINE_ELEMENTS];
extern const struct xml_element xml_cancellations_elements[1];
extern const struct xml_element xml_cancellation_elements[CANCELLATION_ELEMENTS];
extern const struct xml_element xml_cancelled_line_elements[2];
extern const struct xml_element xml_stop_statuses_elements[1];
extern const struct xml_element xml_stop_status_elements[STOP_STATUS_ELEMENTS];
extern const struct xml_element xml_return_requests_elements[1];
extern const struct xml_element xml_return_request_elements[RETURN_REQUEST_ELEMENTS];
extern const struct xml_element xml_return_line_elements[RETURN_LINE_ELEMENTS];
extern const struct xml_element xml_return_receipts_elements[1];
extern const struct xml_element xml_return_receipt_elements[RETURN_RECEIPT_ELEMENTS];
extern const struct xml_element xml_received_line_elements[RECEIVED_LINE_ELEMENTS];

/* xml_scope_stock.c: what a warehouse has. */
enum { STOCK_ITEM_ELEMENTS = 9 };
extern const struct xml_element xml_stock_report_elements[1];
extern const struct xml_element xml_stock_item_elements[STOCK_ITEM_ELEMENTS];

#endif
