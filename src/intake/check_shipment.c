/* What must hold between the fields of a shipment. */
#include "intake/check.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

/* A field as the formats write it. */
struct shipment_field {
    const char *column;
    const char *element;
};

static void
complain(const struct check *check, const struct shipment *shipment,
         const struct shipment_field *field, struct finding finding)
{
    const struct place place = check->place_of(check->context, field->column);
    finding.field = check->format == FORMAT_XML ? field->element : field->column;
    finding.order_number = shipment->order_number;
    finding.place.column = place.column;
    if (finding.place.line == 0) {
        finding.place = place.line == 0 ? shipment->place : place;
    }
    findings_add(check->findings, &finding);
}

static const char *
quantity_text(const struct check *check, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(check->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static const char *
day_text(const struct check *check, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(check->arena, day_format(text, day));
}

/* Serial numbers, where they are said, are one for each unit. */
static void
check_serials(const struct check *check, const struct shipment *shipment,
              const struct shipment_line *line)
{
    static const struct shipment_field field = {"serial_numbers", "line/serialNumbers"};
    const char *rest = line->serials;
    size_t size = 0;
    int64_t count = 0;
    while (text_list_next(&rest, &size) != NULL) {
        count++;
    }
    if (count > 0 && line->quantity_micros != 0 && count * MICROS != line->quantity_micros) {
        complain(check, shipment, &field,
                 (struct finding){.code = M_SHP_SERIALS,
                                  .place = {line->line, 0},
                                  .order_line = line->order_line,
                                  .value = quantity_text(check, count * MICROS),
                                  .expected = quantity_text(check, line->quantity_micros)});
    }
}

void
check_shipment(const struct check *check, const struct shipment *shipment)
{
    static const struct shipment_field field = {"shipped_at", "shippedAt"};
    const int32_t shipped = moment_day(shipment->shipped_ms);
    const int32_t today = check->sender->today;
    for (size_t index = 0; index < shipment->line_count; index++) {
        check_serials(check, shipment, &shipment->lines[index]);
    }
    if (today != DAY_NONE && shipped > today + SHIPPED_AHEAD_DAYS_MAX) {
        complain(check, shipment, &field,
                 (struct finding){.code = M_SHP_FUTURE,
                                  .value = day_text(check, shipped),
                                  .expected = day_text(check, today)});
    }
}
