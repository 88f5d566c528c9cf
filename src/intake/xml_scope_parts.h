/* xml_scope_parts.h -- what the tables of xml_scope*.c are written with; private to them. */
#ifndef PURSER_XML_SCOPE_PARTS_H
#define PURSER_XML_SCOPE_PARTS_H

#include "intake/xml_scope.h"

#include <assert.h>

#define ONCE     .times_max = 1
#define REQUIRED .is_required = true
#define VALUE(function, structure, field)                                                          \
    .inner = SCOPE_TEXT, .set = (function), .offset = offsetof(struct structure, field)
#define INSIDE(scope, function) .inner = (scope), .enter = (function)

#define CODE_EXPECTED     "1 ... 64"
#define DAY_EXPECTED      "YYYY-MM-DD"
#define QUANTITY_EXPECTED "0.000001 ... 1000000000"
#define PRICE_EXPECTED    "0 ... 1000000000, 12.345678"

static_assert(CODE_CHARACTERS_MAX == 64 && OPTION_VALUE_CHARACTERS_MAX == 200, "the texts here");
#define MOMENT_EXPECTED "YYYY-MM-DDThh:mm:ss+hh:mm"

/* Of xml_scope_stock.c. */
extern const struct xml_element xml_stock_report_elements[1];
extern const struct xml_element xml_stock_item_elements[9];

#endif
