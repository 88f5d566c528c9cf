#include "store/store_document_delay.h"

#include "base/date.h"

int32_t
delay_expected_day(int64_t expected_ms)
{
    return expected_ms == AMOUNT_NONE ? DAY_NONE : moment_day(expected_ms - 1);
}

void
document_delay_get(const struct document_scan *scan, struct document_delay *delay)
{
    const struct rows *rows = &scan->rows;
    *delay = (struct document_delay){
        .partner = rows_text(rows, 1),
        .order_number = rows_text(rows, 2),
        .version = rows_integer(rows, 3),
        .at_ms = rows_integer(rows, 4),
        .grade = rows_text(rows, 5),
        .grade_before = rows_text(rows, 6),
        .cause = rows_text(rows, 7),
        .promised = (int32_t)rows_integer(rows, 8),
        .promised_before = (int32_t)rows_integer(rows, 9),
        .expected = delay_expected_day(rows_integer_or(rows, 10, AMOUNT_NONE)),
        .expected_latest = delay_expected_day(rows_integer_or(rows, 11, AMOUNT_NONE)),
    };
}
