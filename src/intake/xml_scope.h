/* xml_scope.h -- what may stand where in our XML documents, as tables, and where each value goes.
 *
 * The XSD under schemas/ is the contract and the judge; these tables know the same elements in the
 * same order, so that a mistake can be told in plain words, and a structural mistake does not hide
 * the values that stand behind it.
 */
#ifndef PURSER_XML_SCOPE_H
#define PURSER_XML_SCOPE_H

#include "intake/check.h"
#include "intake/field.h"
#include "order/document.h"

#include <stdbool.h>
#include <stddef.h>

/* What an element's content is. */
enum xml_scope {
    SCOPE_UNKNOWN, /* of an element that we do not know: all is passed over */
    SCOPE_TEXT,    /* a value */
    SCOPE_ORDERS,
    SCOPE_ORDER,
    SCOPE_PARTY,
    SCOPE_ADDRESS,
    SCOPE_ORDER_WINDOW,
    SCOPE_LINE,
    SCOPE_LINE_PRICE,
    SCOPE_LINE_WINDOW,
    SCOPE_SHIPMENTS,
    SCOPE_SHIPMENT,
    SCOPE_SHIPMENT_LINE,
    SCOPE_DECISIONS,
    SCOPE_DECISION,
    SCOPE_TRANSPORT_EVENTS,
    SCOPE_TRANSPORT_EVENT,
    SCOPE_PAYMENTS,
    SCOPE_PAYMENT,
    SCOPE_STOCK_REPORT,
    SCOPE_STOCK_ITEM,
    SCOPE_RELEASE_STATUSES,
    SCOPE_RELEASE_STATUS,
    SCOPE_PRODUCTION_STATUSES,
    SCOPE_PRODUCTION_STATUS,
    SCOPE_CHANGES,
    SCOPE_CHANGE,
    SCOPE_CHANGE_WINDOW,
    SCOPE_CHANGE_LINE,
    SCOPE_CANCELLATIONS,
    SCOPE_CANCELLATION,
    SCOPE_CANCELLED_LINE,
    SCOPE_STOP_STATUSES,
    SCOPE_STOP_STATUS,
    SCOPE_RETURN_REQUESTS,
    SCOPE_RETURN_REQUEST,
    SCOPE_RETURN_LINE,
    SCOPE_RETURN_RECEIPTS,
    SCOPE_RETURN_RECEIPT,
    SCOPE_RECEIVED_LINE,
    SCOPE_COUNT
};

enum { XML_SCOPE_ELEMENTS_MAX = 16 };

struct xml_element;

/* A value that was read, and where it belongs. */
struct xml_value {
    struct field field;
    const struct xml_element *element;
    const char *attribute;      /* of the element's own attribute; NULL when it was absent */
    const char *attribute_name; /* for findings: "line/quantity/@unit" */
    void *target;               /* struct order, order_line, party, shipment ... of the scope */
    struct document *document;
    const struct check *check;
};

struct xml_element {
    const char *name;
    enum xml_scope inner;
    unsigned int times_max; /* 0: any number of times */
    enum message too_many;  /* beyond it; 0: M_XML_ELEMENT_REPEATED */
    bool is_required;
    void (*set)(const struct xml_value *value); /* SCOPE_TEXT */
    void *(*enter)(struct document *, void *target,
                   const struct check *); /* other scopes: the new target, NULL: as before */
    size_t offset;                        /* of the member in the target */
    size_t length_max;                    /* characters of a text */
    const char *attribute;                /* the one attribute that the element may have */
    const char *column; /* the same field's name in CSV, without ship_to_ etc.; for places of header
                           fields */
    const char *attribute_expected;
    const char *expected; /* what the schema wants, in signs that need no translation */
};

struct xml_scope_table {
    const struct xml_element *elements; /* in the order of the schema */
    size_t count;
};
extern const struct xml_scope_table xml_scopes[SCOPE_COUNT];

/* A line of a change, cancellation, return request or receipt (other scopes: nothing happens)
 * stands there; and its number, NULL of other scopes. */
void xml_request_line_stands(enum xml_scope scope, void *target, struct place place);
const char *xml_request_line_number(enum xml_scope scope, const void *target);

/* The documents: a root element, its namespace and schema. */
struct xml_root {
    const char *name;
    const char *namespace;
    const char *schema; /* embedded file */
    enum document_kind kind;
    enum xml_scope scope;
};
extern const struct xml_root xml_roots[];
extern const size_t xml_root_count;

#endif
