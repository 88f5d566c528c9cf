#include "store/store_document_return.h"

void
document_return_get(const struct document_scan *scan, struct document_return *told)
{
    const struct rows *rows = &scan->rows;
    *told = (struct document_return){
        .telling = rows_integer(rows, 1),
        .partner = rows_text(rows, 2),
        .order_number = rows_text(rows, 3),
        .version = rows_integer(rows, 4),
        .request = rows_text(rows, 5),
        .number = rows_text(rows, 6),
        .decided_ms = rows_integer(rows, 7),
        .expires = (int32_t)rows_integer_or(rows, 8, DAY_NONE),
        .warehouse = rows_text(rows, 9),
        .freight = rows_text(rows, 10),
        .reason = rows_text(rows, 11),
    };
}

void
document_return_line_get(const struct document_scan *scan, struct document_return_line *line)
{
    const struct rows *rows = &scan->rows;
    *line = (struct document_return_line){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .quantity_micros = rows_integer(rows, 3),
        .unit = rows_text(rows, 4),
        .reason = rows_text(rows, 5),
        .wish = rows_text(rows, 6),
        .exchange_sku = rows_text(rows, 7),
        .serials = rows_text(rows, 8),
        .verdict = rows_text(rows, 9),
        .clause = rows_text(rows, 10),
        .why = rows_text(rows, 11),
        .text = {[LANGUAGE_EN] = rows_text(rows, 12), [LANGUAGE_ZH] = rows_text(rows, 13)},
        .package = rows_text(rows, 14),
    };
}
