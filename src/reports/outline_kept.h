/* outline_kept.h -- what was gathered for a report is kept until another is asked for, or the store
 * has changed; so that its forms, and those of one language for several recipients, cost the
 * gathering once. */
#ifndef PURSER_OUTLINE_KEPT_H
#define PURSER_OUTLINE_KEPT_H

#include "reports/outline.h"

/* DONE: the scratch tables have what this view asks for, and it has its totals (their currencies
 * live in its arena).  NONE: it is to be gathered. */
MUST_USE enum outcome outline_kept_find(struct outline_view *view, struct fault *why);

/* After all was gathered. */
MUST_USE enum outcome outline_keep(const struct outline_view *view, struct fault *why);

#endif
