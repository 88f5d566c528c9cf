/* working_time.h -- the business calendar by which reports count working time and working days. */
#ifndef PURSER_WORKING_TIME_H
#define PURSER_WORKING_TIME_H

#include "base/arena.h"
#include "base/business_calendar.h"
#include "config/config.h"
#include "store/store.h"

/* The week of the configuration, with the exceptions of the calendar in force, which live in the
 * arena. */
MUST_USE enum outcome
working_time_load(struct store *store, const struct config *config, struct arena *arena,
                  struct business_calendar *calendar, struct fault *why);

#endif
