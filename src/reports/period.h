/* period.h -- the days, weeks (from Monday) and months that reports are about. */
#ifndef PURSER_REPORTS_PERIOD_H
#define PURSER_REPORTS_PERIOD_H

#include "base/buf.h"
#include "config/config.h"
#include "order/message.h"

#include <stdint.h>

struct period {
    int32_t first_day;
    int32_t last_day;
};

/* The period of this kind that ended last before the day `today`. */
struct period period_complete(enum report_period kind, int32_t today);

/* The period of this kind before one. */
struct period period_before(enum report_period kind, struct period period);

/* What to compare with: the month before a whole month, else as many days just before. */
struct period period_compared(struct period period);

/* The same days a year before (of a leap day the last of February); of a whole month that month. */
struct period period_year_before(struct period period);

/* "November 2026", "24 November 2026", "2026-11-01 to 2026-11-15"; in Chinese likewise. */
void period_text(struct buf *buf, struct period period, enum language language);

#endif
