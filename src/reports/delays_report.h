/* delays_report.h -- the report of delays: what was told of late orders in a period, which are
 * open, and how good the warnings were.
 *
 * The quality is that of the orders with a promised day of which it became known that they had
 * arrived, in the QUALITY_DAYS up to the end of the period.  Warned is an order of which a delay
 * was told before its promised day was over. */
#ifndef PURSER_DELAYS_REPORT_H
#define PURSER_DELAYS_REPORT_H

#include "reports/outline.h"

enum { QUALITY_DAYS = 90 };

extern const struct outline delays_outline;

#endif
