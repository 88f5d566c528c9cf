/* gift.h -- goods that promotions gave, when some of what they were given for goes back: pure, no
 * I/O.
 *
 * What stays of the order is priced again as it was ordered, and earns so many of the goods.  Those
 * beyond that, which have left and have not come back, stay without being earned: what they are
 * worth is kept of the refund.  It is counted over the whole order, less what was kept before, so
 * that however many receipts the goods come back with, and in whichever order, it is the same in
 * the end; and when the goods come back after all, it is given back.  Of one refund no more is kept
 * than it comes to; what is missing then is kept of the next. */
#ifndef PURSER_RULES_GIFT_H
#define PURSER_RULES_GIFT_H

#include "base/arena.h"
#include "order/message.h"

#include <stdint.h>

struct gift_amount {
    int64_t net_minor;
    int64_t tax_minor;
};
int64_t gift_gross(const struct gift_amount *amount);

struct gift {
    int64_t ordinal; /* as in struct line_stand */
    const char *number;
    const char *sku;
    const char *unit;
    int64_t given_micros;     /* that have left */
    int64_t back_micros;      /* of them, that came back */
    int64_t earned_micros;    /* that promotions give for what stays of the order */
    struct gift_amount worth; /* all that were given */
    int64_t tax_rate_micros;
    struct gift_amount kept; /* of refunds before */
};

/* So many stay without being earned. */
int64_t gift_stay(const struct gift *gift);

/* What is kept of a refund of so much, with tax; below 0: so much is given back. */
struct gift_amount gift_change(const struct gift *gift, int64_t refund_minor);

/* So much of an amount, of both in proportion; all of it at once is exactly it. */
struct gift_amount gift_part(const struct gift_amount *amount, int64_t gross_minor);

/* How the change came about. */
const char *gift_text(const struct gift *gift, const struct gift_amount *change,
                      const char *currency, enum language language, struct arena *arena);

#endif
