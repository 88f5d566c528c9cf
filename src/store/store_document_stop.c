#include "store/store_document_stop.h"

void
document_stop_get(const struct document_scan *scan, struct document_stop *stop)
{
    const struct rows *rows = &scan->rows;
    *stop = (struct document_stop){
        .number = rows_integer(rows, 1),
        .reminder = rows_integer(rows, 2),
        .action = rows_text(rows, 3),
        .partner = rows_text(rows, 4),
        .order_number = rows_text(rows, 5),
        .version = rows_integer(rows, 6),
        .release = rows_integer_or(rows, 7, 0),
        .production = rows_integer_or(rows, 8, 0),
        .shipment = rows_text(rows, 9),
        .reason = rows_text(rows, 10),
        .address = rows_text(rows, 11),
        .answer_by_ms = rows_integer_or(rows, 12, AMOUNT_NONE),
    };
}

void
document_stop_line_get(const struct document_scan *scan, struct document_stop_line *line)
{
    const struct rows *rows = &scan->rows;
    *line = (struct document_stop_line){.number = rows_text(rows, 1),
                                        .sku = rows_text(rows, 2),
                                        .quantity_micros = rows_integer(rows, 3),
                                        .unit = rows_text(rows, 4)};
}
