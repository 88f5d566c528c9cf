/* store_schedule.h -- what schedules have made, and what of it was sent to whom. */
#ifndef PURSER_STORE_SCHEDULE_H
#define PURSER_STORE_SCHEDULE_H

#include "base/arena.h"
#include "base/fault.h"
#include "store/store_report.h"

#include <stdint.h>

struct store;

/* The name of the schedule whose report a message (by its number), or an outbox file, is about. */
MUST_USE enum outcome
schedule_of_message(struct store *store, const char *partner, int64_t number, struct arena *arena,
                    const char **schedule, struct fault *why);
MUST_USE enum outcome schedule_of_file(struct store *store, int64_t file_id, struct arena *arena,
                                       const char **schedule, struct fault *why);

/* The name of the CSV that goes out beside a file; "" when there is none. */
MUST_USE enum outcome schedule_twin(struct store *store, int64_t file_id, struct arena *arena,
                                    const char **name, struct fault *why);

/* The report of a schedule whose period begins on that day; its texts in the arena.  NONE: there is
 * none. */
MUST_USE enum outcome schedule_made(struct store *store, const char *schedule, int32_t first_day,
                                    struct arena *arena, struct report_row *row, struct fault *why);

/* The outbox file that a recipient was sent of it; NONE: nothing (yet). */
MUST_USE enum outcome schedule_sent(struct store *store, const char *schedule, int32_t first_day,
                                    const char *partner, int64_t *file_id, struct fault *why);

#endif
