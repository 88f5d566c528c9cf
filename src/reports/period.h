/* period.h -- the days, weeks (from Monday), months, quarters and years that reports are about.
 *
 * Quarters and years are those of a fiscal year: it begins on the same day of each calendar year
 * (`begins`; zeroed: 1 January), and is called after the calendar year that it begins in. */
#ifndef PURSER_REPORTS_PERIOD_H
#define PURSER_REPORTS_PERIOD_H

#include "base/buf.h"
#include "config/config.h"
#include "order/message.h"

#include <stdbool.h>
#include <stdint.h>

struct period {
    int32_t first_day;
    int32_t last_day;
};

/* The period of this kind that a day lies in. */
struct period period_of(enum report_period kind, int32_t day, struct month_day begins);

/* The one that ended last before the day `today`, and the one before another. */
struct period period_complete(enum report_period kind, int32_t today, struct month_day begins);
struct period period_before(enum report_period kind, struct period period, struct month_day begins);

/* What a person calls a period: "2026", "2026-Q3", "2026-10", "2026-W40", "2026-10-05", or days
 * from the first to the last, "2026-10-05..2026-10-11".  False when it is none of these. */
bool period_parse(const char *text, struct month_day begins, struct period *period);

/* What to compare with: as many months before, of whole months (from any day of one to the day
 * before it of another), else as many days just before. */
struct period period_compared(struct period period);

/* The same days a year before (of a leap day the last of February); of a whole month that month. */
struct period period_year_before(struct period period);

/* "November 2026", "24 November 2026", "April to June 2026", "2026", "2026-11-01 to 2026-11-15"; in
 * Chinese likewise. */
void period_text(struct buf *buf, struct period period, enum language language);

#endif
