/* amending_work.h -- one change of an order, shared by the steps that carry it out; private to
 * src/desk/amend*. */
#ifndef PURSER_AMENDING_WORK_H
#define PURSER_AMENDING_WORK_H

#include "desk/amending.h"
#include "desk/revision.h"
#include "order/order_apply.h"
#include "rules/modification.h"
#include "store/store_stand.h"

/* What is at hand while an order is changed. */
struct work {
    struct revision *revision;
    struct subject *subject;
    const struct amendment *amendment;
    struct arena *arena;
    struct change_answer *answer;
    size_t item_capacity;
    struct order whole;  /* the version in force as it is stored */
    struct order before; /* what is left of it: without what is cancelled */
    struct order_standing standing;
    struct modification_decision decisions[MODIFICATION_COUNT];
    struct payment_terms terms; /* that are asked for, and the kind of those that it has; "" */
    const char *terms_now;
    const char *state;         /* of the order, as people call it */
    struct line_stand *stands; /* of each of its lines */
    size_t stand_count;
};

/* amending_judge.c: what is wanted, and what the matrix says of it.  The answer gets an item for
 * each difference, and for each part that cannot be carried out. */
MUST_USE enum outcome
amend_judge(struct work *work, const struct applied *wanted, struct fault *why);
struct change_item *amend_add_item(struct work *work);
size_t amend_count(const struct work *work, enum change_verdict verdict);
/* Is it to be done, and in this way? */
bool amend_is_taken(const struct change_item *item, enum modification_way way);
/* Is it of this kind? */
bool amend_is_kind(const struct change_item *item, enum modification kind);
/* Of a line, what somebody was asked to stop and has not answered for; and what is open beside. */
int64_t amend_asked(const struct work *work, const char *line, int64_t *left_micros);
/* All that was to be taken is refused. */
void amend_refuse_all(struct work *work, enum message code, const char *value);
/* The change as a whole is refused. */
void amend_refuse_change(struct work *work, enum message code, const char *value);
/* The version in force is told beside the one that the change is of. */
void amend_refuse_version(struct work *work, int64_t named);
/* What pricing complained of goes into the answer; the one that decides is returned. */
const struct finding *amend_price_reasons(struct work *work);
/* The strictest of the rules of all that is taken in this way. */
struct modification_rule amend_strictest(const struct work *work, enum modification_way way);
/* What the event of a change says, JSON. */
const char *amend_detail(const struct work *work);

/* What is added to a line of `before`, as a line of its own, by prices of another day or (`keep`)
 * by the same; `item` tells its number, which neither the order nor `others` has. */
struct order_line amend_added(const struct work *work, struct change_item *item,
                              const struct order *wanted, bool keep, const struct order *others);
const struct order_line *amend_line(const struct order *order, const char *number);

/* Promotions and coupons are those of these versions from now on, whatever else prices are by. */
MUST_USE enum outcome
amend_assume_promotions(struct work *work, const struct master_versions *versions,
                        struct fault *why);

/* amend_terms.c: what a change of the terms of payment is about.  Terms that are worse for us than
 * those agreed with the customer are asked about, unless a row for such changes allows them. */
struct customer_row;
MUST_USE enum outcome
amend_terms_know(struct work *work, const struct customer_row *customer, struct fault *why);
/* The order has them already, from its customer. */
bool amend_terms_stay(const struct work *work, const struct difference *difference);
/* Why they cannot be, whatever the matrix says; MESSAGE_COUNT. */
enum message amend_terms_trouble(const struct work *work, const struct difference *difference);
/* What the order has, where the difference is of them; else what it says itself. */
const char *amend_terms_before(const struct work *work, const struct difference *difference);

/* amending_version.c: before the release the order becomes another, its next version; what has no
 * price as it would become is refused. */
MUST_USE enum outcome amend_version(struct work *work, struct order *after, struct fault *why);

/* amending_lines.c: after the release what is added becomes lines of their own: these alone,
 * priced; what they lack is said, and nothing is stored yet.  *is_asked: somebody must consent to
 * them. */
MUST_USE enum outcome amend_price_lines(struct work *work, const struct order *wanted,
                                        struct order *more, bool *is_asked, struct fault *why);
/* They join the order in its next version, for the caller to release, and what is only told (days,
 * notes) is noted in it. */
MUST_USE enum outcome amend_lines(struct work *work, const struct order *more, struct fault *why);

/* amending_ask.c: what was to be done of the change waits, when it has been answered so (the number
 * of the answer): the order is not released before. */
void amend_wait(const struct work *work);
MUST_USE enum outcome amend_ask(struct work *work, int64_t number, struct fault *why);

/* amend_redirect.c: whoever has the goods is asked to send them elsewhere. */
MUST_USE enum outcome amend_redirect(struct work *work, struct fault *why);

/* amending_cancel.c: what is taken off beyond the cancellation point is cancelled, of the version
 * `now`; `wanted` has what should be left. */
MUST_USE enum outcome amend_cancel(struct work *work, const struct order *wanted,
                                   const struct order *now, struct fault *why);

#endif
