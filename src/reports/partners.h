/* partners.h -- the report of partners: what they sent, what of it was taken, and what would help
 * most; and the score card of one of them, which is told nothing of any other. */
#ifndef PURSER_PARTNERS_H
#define PURSER_PARTNERS_H

#include "reports/outline.h"

extern const struct outline partners_outline;
extern const struct outline score_card_outline; /* of request->partner */

/* What both ask the store for, in scratch tables. */
MUST_USE enum outcome partners_prepare(const struct outline_view *view, struct fault *why);

/* The name of the partner that a card is about. */
const char *partners_name(const struct outline_view *view);

#endif
