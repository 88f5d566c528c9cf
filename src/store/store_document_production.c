#include "store/store_document_production.h"

void
document_production_get(const struct document_scan *scan, struct document_production *production)
{
    const struct rows *rows = &scan->rows;
    *production = (struct document_production){
        .number = rows_integer(rows, 1),
        .is_cancelled = rows_integer(rows, 2) != 0,
        .partner = rows_text(rows, 3),
        .order_number = rows_text(rows, 4),
        .version = rows_integer(rows, 5),
        .line = rows_text(rows, 6),
        .ordinal = rows_integer(rows, 7),
        .sku = rows_text(rows, 8),
        .name = {rows_text(rows, 9), rows_text(rows, 10)},
        .description = rows_text(rows, 11),
        .quantity_micros = rows_integer(rows, 12),
        .unit = rows_text(rows, 13),
        .options = rows_text(rows, 14),
        .start_day = (int32_t)rows_integer(rows, 15),
        .finish_day = (int32_t)rows_integer(rows, 16),
        .wanted_day = (int32_t)rows_integer_or(rows, 17, DAY_NONE),
        .warehouse = rows_text(rows, 18),
    };
}

void
document_material_get(const struct document_scan *scan, struct document_material *material)
{
    const struct rows *rows = &scan->rows;
    *material = (struct document_material){.sku = rows_text(rows, 1),
                                           .name = {rows_text(rows, 2), rows_text(rows, 3)},
                                           .unit_micros = rows_integer(rows, 4),
                                           .unit = rows_text(rows, 5)};
}
