/* order_difference.h -- in what two versions of an order differ, for people and for rules: pure.
 *
 * Lines are the same when their numbers are.  What is compared: the requested days, where the goods
 * go, who pays and on which terms, coupons, currency and kind of the order; its notes; and of each
 * line product, quantity and unit, options, the days, a price set by hand.  Where in a file
 * something stood is no difference. */
#ifndef PURSER_ORDER_DIFFERENCE_H
#define PURSER_ORDER_DIFFERENCE_H

#include "order/message.h"
#include "order/order.h"

/* What kind of change it is; the modification matrix goes by these. */
#define MODIFICATION_KINDS(X)                                                                      \
    X(MODIFICATION_INCREASE, "increase") /* more of a line */                                      \
    X(MODIFICATION_DECREASE, "decrease") /* less of it, not nothing */                             \
    X(MODIFICATION_ADD_LINE, "add-line")                                                           \
    X(MODIFICATION_REMOVE_LINE, "remove-line")                                                     \
    X(MODIFICATION_OPTIONS, "options") /* or another product, unit or price by hand */             \
    X(MODIFICATION_ADDRESS, "address")                                                             \
    X(MODIFICATION_DATE, "date")                                                                   \
    X(MODIFICATION_NOTE, "note")                                                                   \
    X(MODIFICATION_TERMS, "terms") /* of payment, or who pays */                                   \
    X(MODIFICATION_OTHER, "other") /* currency, kind of order, coupons, sales person */
#define MODIFICATION_AS_ENUM(enumerator, name) enumerator,
enum modification { MODIFICATION_KINDS(MODIFICATION_AS_ENUM) MODIFICATION_COUNT };
extern const char *const modification_names[MODIFICATION_COUNT];

struct difference {
    enum modification kind;
    const char *line;   /* number of the line; "": the order */
    const char *field;  /* "quantity", "requested_from", "ship_to.city", "option.colour", ... as in
                           the CSV of orders */
    const char *before; /* for people; "": it was absent */
    const char *after;
};

/* In the order of the fields of the order, then of the lines: those that stay or go as they stood,
 * then those that are new.  In the arena. */
void order_compare(const struct order *before, const struct order *after, struct arena *arena,
                   struct difference **differences, size_t *count);

/* A line for people: "line 2: quantity 10 -> 12". */
const char *
difference_text(const struct difference *difference, enum language language, struct arena *arena);

#endif
