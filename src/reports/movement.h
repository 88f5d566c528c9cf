/* movement.h -- how products move, gathered for the sales report: XYZ classes, best sellers, and
 * what lies in stock and is not sold any more.
 *
 * What was in stock is told as of the period's end (or of now, when that is earlier), whatever the
 * report's view of days: only what was known then. */
#ifndef PURSER_MOVEMENT_H
#define PURSER_MOVEMENT_H

#include "reports/outline.h"

/* After the scratch tables of what was sold are filled. */
MUST_USE enum outcome movement_gather(const struct outline_view *view, struct fault *why);

#endif
