#include "store/store_document_invoice.h"

#include "order/invoice.h"

static int32_t
day_at(const struct rows *rows, int column)
{
    return (int32_t)rows_integer_or(rows, column, DAY_NONE);
}

void
document_invoice_get(const struct document_scan *scan, struct document_invoice *invoice)
{
    const struct rows *rows = &scan->rows;
    *invoice = (struct document_invoice){
        .kind = rows_text(rows, 1),
        .number = rows_text(rows, 2),
        .day = day_at(rows, 3),
        .due = day_at(rows, 4),
        .corrects = rows_text(rows, 5),
        .corrects_day = day_at(rows, 6),
        .reason = rows_text(rows, 7),
        .order_number = rows_text(rows, 8),
        .version = rows_integer(rows, 9),
        .order_date = day_at(rows, 10),
        .shipment_number = rows_text(rows, 11),
        .shipped_ms = rows_integer(rows, 12),
        .customer = rows_text(rows, 13),
        .currency = rows_text(rows, 14),
        .includes_tax = rows_integer(rows, 15) != 0,
        .net_minor = rows_integer(rows, 16),
        .tax_minor = rows_integer(rows, 17),
        .gross_minor = rows_integer(rows, 18),
    };
}

void
document_invoice_party_get(const struct document_scan *scan, struct document_invoice_party *party)
{
    const struct rows *rows = &scan->rows;
    *party = (struct document_invoice_party){
        .role = rows_text(rows, 1),
        .party = {.code = rows_text(rows, 2),
                  .name = rows_text(rows, 3),
                  .contact = rows_text(rows, 4),
                  .phone = rows_text(rows, 5),
                  .email = rows_text(rows, 6),
                  .country = rows_text(rows, 7),
                  .region = rows_text(rows, 8),
                  .city = rows_text(rows, 9),
                  .district = rows_text(rows, 10),
                  .postal_code = rows_text(rows, 11),
                  .street = rows_text(rows, 12),
                  .street2 = rows_text(rows, 13)},
    };
}

void
document_invoice_tax_get(const struct document_scan *scan, struct document_invoice_tax *tax)
{
    const struct rows *rows = &scan->rows;
    *tax = (struct document_invoice_tax){rows_integer(rows, 1), rows_integer(rows, 2),
                                         rows_integer(rows, 3)};
}

void
document_invoice_line_get(const struct document_scan *scan, struct document_invoice_line *line)
{
    const struct rows *rows = &scan->rows;
    *line = (struct document_invoice_line){
        .number = rows_text(rows, 1),
        .sku = rows_text(rows, 2),
        .name = {rows_text(rows, 3), rows_text(rows, 4)},
        .description = rows_text(rows, 5),
        .unit = rows_text(rows, 6),
        .quantity_micros = rows_integer(rows, 7),
        .uncharged_micros = rows_integer(rows, 8),
        .price_micros = rows_integer(rows, 9),
        .reduction_minor = rows_integer(rows, 10),
        .net_minor = rows_integer(rows, 11),
        .tax_rate_micros = rows_integer(rows, 12),
        .tax_minor = rows_integer(rows, 13),
        .clause = rows_text(rows, 14),
        .discount_micros = rows_integer_or(rows, 15, AMOUNT_NONE),
        .ordinal = rows_integer(rows, 16),
        .is_freight = rows_integer(rows, 16) > INVOICE_FREIGHT_ORDINAL &&
                      rows_integer(rows, 16) < INVOICE_PART_ORDINAL,
        .package = rows_text(rows, 17),
    };
}
