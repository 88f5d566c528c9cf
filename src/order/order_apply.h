/* order_apply.h -- a change is carried out on an order, or those parts of it that may be: pure. */
#ifndef PURSER_ORDER_APPLY_H
#define PURSER_ORDER_APPLY_H

#include "order/order_change.h"
#include "order/order_difference.h"

/* A part that cannot be carried out, whatever may be changed. */
struct apply_trouble {
    enum message code; /* of findings */
    const char *line;  /* its number */
    int64_t at;        /* in the file */
};

/* Which kinds of change are carried out, a bit each (1 << MODIFICATION_...). */
enum { APPLY_ALL = (1 << MODIFICATION_COUNT) - 1 };

struct applied {
    struct order order;
    struct apply_trouble *troubles; /* those of all parts, whatever is carried out */
    size_t trouble_count;
};

/* `before` stays as it is; the new order shares its texts, and its lines and notes lie in the
 * arena. */
void order_apply(const struct order *before, const struct order_change *change,
                 unsigned int permitted, struct arena *arena, struct applied *applied);

#endif
