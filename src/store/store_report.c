#include "store/store_report.h"

#include <string.h>

static const struct {
    enum statement statement;
    size_t parameter_count; /* first_day, last_day, as_of_ms, currency, language */
} parts[REPORT_PART_COUNT] = {
    [REPORT_TOTALS] = {SQL_report_totals, 4},     [REPORT_DAYS] = {SQL_report_days, 4},
    [REPORT_PRODUCTS] = {SQL_report_products, 5}, [REPORT_CUSTOMERS] = {SQL_report_customers, 4},
    [REPORT_UNSOLD] = {SQL_report_unsold, 4},
};

enum outcome
report_scan_open(struct report_scan *scan, struct store *store, enum report_part part,
                 const struct report_span *span, const char *currency, struct fault *why)
{
    const struct value in_order[] = {INTEGER(span->first_day), INTEGER(span->last_day),
                                     INTEGER(span->as_of_ms), TEXT(currency),
                                     TEXT(language_names[span->language])};
    /* The first of its parameters that report_unsold names is the moment. */
    const struct value moment_first[] = {INTEGER(span->as_of_ms), INTEGER(span->first_day),
                                         INTEGER(span->last_day), TEXT(currency)};
    return store_query_values(store, parts[part].statement,
                              part == REPORT_UNSOLD ? moment_first : in_order,
                              parts[part].parameter_count, &scan->rows, why);
}

enum outcome
report_scan_next(struct report_scan *scan, struct report_figure *figure, struct fault *why)
{
    const struct rows *rows = &scan->rows;
    TRY(rows_next(&scan->rows, why));
    *figure = (struct report_figure){
        .currency = rows_text(rows, 0),
        .key = rows_text(rows, 1),
        .name = rows_text(rows, 2),
        .unit = rows_text(rows, 3),
        .day = (int32_t)rows_integer_or(rows, 4, DAY_NONE),
        .quantity_micros = rows_integer(rows, 5),
        .orders = rows_integer(rows, 6),
        .net_minor = rows_integer(rows, 7),
        .tax_minor = rows_integer(rows, 8),
        .gross_minor = rows_integer(rows, 9),
    };
    return DONE;
}

void
report_scan_close(struct report_scan *scan)
{
    rows_close(&scan->rows);
}

enum outcome
report_intake_read(struct store *store, const struct report_span *span,
                   struct report_intake *intake, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_intake, &rows, why, INTEGER(day_begin(span->first_day)),
                    INTEGER(day_begin(span->last_day + 1))));
    TRY(rows_next(&rows, why));
    intake->received = rows_integer(&rows, 0);
    intake->refused = rows_integer(&rows, 1);
    return DONE;
}

enum outcome
report_first_day(struct store *store, int32_t *day, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, SQL_report_first_received, &rows, why));
    TRY(rows_next(&rows, why));
    *day = rows_is_null(&rows, 0) ? DAY_NONE : moment_day(rows_integer(&rows, 0));
    return DONE;
}

enum outcome
report_last_day(struct store *store, const char *schedule, int32_t *day, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_last_day, &rows, why, TEXT(schedule)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE || outcome == NONE) {
        *day = outcome == NONE ? DAY_NONE : (int32_t)rows_integer(&rows, 0);
        return DONE;
    }
    return outcome;
}

enum outcome
report_add(struct store *store, const struct report_row *row, int64_t *id, struct fault *why)
{
    TRY(store_run(store, SQL_report_insert, why, TEXT(row->schedule), TEXT(row->report),
                  INTEGER(row->first_day), INTEGER(row->last_day), INTEGER(row->made_ms)));
    if (store_changes(store) == 0) {
        return NONE;
    }
    *id = store_last_id(store);
    return DONE;
}

enum outcome
report_of_file(struct store *store, int64_t file_id, struct arena *arena, struct report_row *row,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_report_of_file, &rows, why, INTEGER(file_id)));
    TRY(rows_next(&rows, why));
    row->report = rows_copy(&rows, 0, arena);
    row->first_day = (int32_t)rows_integer(&rows, 1);
    row->last_day = (int32_t)rows_integer(&rows, 2);
    row->made_ms = rows_integer(&rows, 3);
    return DONE;
}
