/* rhythm.h -- when the next file of a partner is expected, by how it sent before.
 *
 * A partner sends in bursts and with pauses; what it usually does is told by the times between its
 * last files.  It is silent when more than twice the longest of these has passed, and a working day
 * besides, so that a weekend or a holiday is no silence.  With few gaps nothing is expected. */
#ifndef PURSER_RHYTHM_H
#define PURSER_RHYTHM_H

#include "base/business_calendar.h"
#include "order/rhythm.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RHYTHM_GAPS_MIN = 8 };

struct rhythm_verdict {
    int64_t usual_ms;    /* the middle gap, of an even number the shorter one */
    int64_t expected_ms; /* after the longest gap at the latest */
    int64_t silent_ms;   /* it is silent after this moment */
};

/* False when too little is known. */
bool rhythm_judge(const struct rhythm *rhythm, const struct business_calendar *calendar,
                  struct rhythm_verdict *verdict);

#endif
