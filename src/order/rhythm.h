/* rhythm.h -- when a partner sent files of one kind, as data. */
#ifndef PURSER_ORDER_RHYTHM_H
#define PURSER_ORDER_RHYTHM_H

#include <stddef.h>
#include <stdint.h>

enum { RHYTHM_GAPS_MAX = 20 };

struct rhythm {
    int64_t last_ms;                  /* of the last file */
    int64_t gaps_ms[RHYTHM_GAPS_MAX]; /* between the last files before, in no order */
    size_t gap_count;
};

#endif
