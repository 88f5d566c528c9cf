/* cancellation.h -- what a cancelled quantity takes off a line: pure, no I/O.
 *
 * A line was priced as a whole, and is invoiced by what has left of it: amount x left / ordered,
 * rounded half up (rules/invoice.h).  What is cancelled is taken off from the other end: after it
 * the line comes to amount x (ordered - cancelled) / ordered, rounded half up.  So whatever leaves
 * and whatever is cancelled in however many steps, invoices and cancellations add up to the priced
 * amounts exactly. */
#ifndef PURSER_RULES_CANCELLATION_H
#define PURSER_RULES_CANCELLATION_H

#include <stdint.h>

/* What `now_micros` more of a line take off one of its amounts, when `before_micros` were cancelled
 * already.  `ordered_micros` above 0, and together they are no more than that. */
int64_t cancel_share(int64_t amount_minor, int64_t ordered_micros, int64_t before_micros,
                     int64_t now_micros);

/* What the first `part_micros` of a line come to, of one of its amounts (or of what it takes of a
 * product): from this end invoices and returns count.  All of it from `ordered_micros` on. */
int64_t line_share(int64_t amount, int64_t part_micros, int64_t ordered_micros);

#endif
