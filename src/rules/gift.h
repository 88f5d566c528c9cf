/* gift.h -- goods that promotions gave, when some of what they were given for goes back, or is
 * cancelled: pure, no I/O.
 *
 * What stays of the order is priced again as it was ordered, and earns so many of the goods.  Those
 * beyond that, which have left and have not come back, stay without being earned: what they are
 * worth is kept of the refund.  It is counted over the whole order, less what was kept before, so
 * that however many receipts the goods come back with, and in whichever order, it is the same in
 * the end; and when the goods come back after all, it is given back.  Of one refund no more is kept
 * than it comes to: what is missing then is claimed, as all of it is where a cancellation gives
 * nothing back.
 *
 * The policy of cancellations may have them asked back first: those on their way count as if they
 * were back, until their time is over. */
#ifndef PURSER_RULES_GIFT_H
#define PURSER_RULES_GIFT_H

#include "base/arena.h"
#include "order/message.h"

#include <stdbool.h>
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
    int64_t asked_micros;     /* of them, that we have asked back, and that may still come */
    int64_t lapsed_micros;    /* of them, that we have asked back in vain */
    int64_t earned_micros;    /* that promotions give for what stays of the order */
    struct gift_amount worth; /* all that were given */
    int64_t tax_rate_micros;
    struct gift_amount kept;    /* of refunds before */
    struct gift_amount claimed; /* by charges, and neither given up nor waived */
    struct gift_amount waived;  /* of charges: nobody asks for it again */
};

/* So many stay without being earned. */
int64_t gift_stay(const struct gift *gift);

/* What is missing of what those that stay are worth; below 0: so much was kept and claimed for more
 * than stay. */
struct gift_amount gift_missing(const struct gift *gift);

/* What of that is kept of a refund of so much, with tax; below 0: so much of what was kept is given
 * back. */
struct gift_amount gift_change(const struct gift *gift, int64_t refund_minor);

/* What of it is claimed, whatever was refunded; below 0: so much of what was claimed is given up.
 */
struct gift_amount gift_claim(const struct gift *gift);

/* So many of those that stay nobody was asked for: neither back nor to be paid. */
int64_t gift_unasked(const struct gift *gift, bool is_whole);

/* So much of an amount, of both in proportion; all of it at once is exactly it. */
struct gift_amount gift_part(const struct gift_amount *amount, int64_t gross_minor);

/* How the change came about; `is_claim`: it is claimed. */
const char *gift_text(const struct gift *gift, const struct gift_amount *change, bool is_claim,
                      const char *currency, enum language language, struct arena *arena);

#endif
