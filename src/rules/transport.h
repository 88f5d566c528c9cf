/* transport.h -- where a parcel is, by all that its carrier told of it.  Pure.
 *
 * The events are a set: whatever order they came in, and in however many files, the parcel comes
 * out the same.  They are taken by the time they happened; of equal times the higher rank is the
 * later, then the greater identity.
 * - A parcel goes forward only, by rank: an event of a lower rank leaves it where it is.
 * - Side states (a failed attempt, an exception, expired) may follow anything, and be followed by
 *   whatever is at least in transit.
 * - A final event ends it: what follows is contradictory.  But a delivery ends anything, and
 *   whatever follows the first one, and is none, is contradictory.
 */
#ifndef PURSER_TRANSPORT_H
#define PURSER_TRANSPORT_H

#include "order/transport_state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts `news` and judges each.  A parcel of which nothing is told is pending since `shipped_ms`.
 */
struct transport_standing
transport_fold(struct transport_news *news, size_t count, int64_t shipped_ms);

#endif
