/* store_document_delay.h -- what the writer of delay warnings reads, as a scan of store_document.h.
 */
#ifndef PURSER_STORE_DOCUMENT_DELAY_H
#define PURSER_STORE_DOCUMENT_DELAY_H

#include "store/store_document.h"

/* SQL_document_delays */
struct document_delay {
    const char *partner;
    const char *order_number;
    int64_t version;
    int64_t at_ms;
    const char *grade; /* names of rules/outlook.h */
    const char *grade_before;
    const char *cause; /* "" */
    int32_t promised;
    int32_t promised_before;
    int32_t expected; /* by the p50; DAY_NONE: nobody can say, and so the next */
    int32_t expected_latest;
};
void document_delay_get(const struct document_scan *scan, struct document_delay *delay);

/* The day of an expected moment, which may be the end of that day; DAY_NONE for AMOUNT_NONE. */
int32_t delay_expected_day(int64_t expected_ms);

#endif
