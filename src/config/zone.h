/* zone.h -- private to config/: the time zone that was perhaps meant. */
#ifndef PURSER_ZONE_H
#define PURSER_ZONE_H

#include "base/arena.h"

/* What to say behind a name that zone_use does not take: ` (did you mean "Europe/Berlin"?)`, that
 * this machine has no zones at all, or "". */
const char *zone_hint(struct arena *arena, const char *name);

#endif
