#include "writers/csv_out.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static void
begin_field(struct csv_out *csv)
{
    assert(csv->column < csv->column_count);
    if (csv->column > 0) {
        buf_char(csv->buf, ',');
    }
    csv->column++;
}

void
csv_out_begin(struct csv_out *csv, struct buf *buf, const char *const *columns, size_t column_count)
{
    *csv = (struct csv_out){.buf = buf, .column_count = column_count};
    buf_text(buf, "\xEF\xBB\xBF");
    for (size_t index = 0; index < column_count; index++) {
        csv_out_text(csv, columns[index]);
    }
    csv_out_end_row(csv);
}

void
csv_out_text(struct csv_out *csv, const char *text)
{
    begin_field(csv);
    text_escape_csv(csv->buf, text);
}

/* A telephone number like +49409876543x12 is no formula that does anything. */
static bool
is_formula(const char *text)
{
    const bool is_phone = text[0] == '+' && text[1 + strspn(text + 1, "0123456789x")] == '\0';
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL && !is_phone;
}

void
csv_out_shown(struct csv_out *csv, const char *text)
{
    begin_field(csv);
    if (!is_formula(text)) {
        text_escape_csv(csv->buf, text);
        return;
    }
    buf_text(csv->buf, "\"'");
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"') {
            buf_char(csv->buf, '"');
        }
        buf_char(csv->buf, *at);
    }
    buf_char(csv->buf, '"');
}

void
csv_out_integer(struct csv_out *csv, int64_t number)
{
    csv_out_decimal(csv, number, 0, 0);
}

void
csv_out_integer_if(struct csv_out *csv, int64_t number)
{
    if (number == 0) {
        csv_out_empty(csv, 1);
    } else {
        csv_out_integer(csv, number);
    }
}

void
csv_out_decimal(struct csv_out *csv, int64_t value, int places, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    begin_field(csv);
    buf_text(csv->buf, decimal_format(text, value, places, places_min));
}

void
csv_out_day(struct csv_out *csv, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    begin_field(csv);
    buf_text(csv->buf, day_format(text, day));
}

void
csv_out_moment(struct csv_out *csv, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    begin_field(csv);
    buf_text(csv->buf, moment_format(text, moment_ms));
}

void
csv_out_empty(struct csv_out *csv, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        begin_field(csv);
    }
}

void
csv_out_end_row(struct csv_out *csv)
{
    assert(csv->column == csv->column_count && "every column has its field");
    buf_text(csv->buf, "\r\n");
    csv->column = 0;
}
