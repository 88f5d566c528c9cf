/* What must hold between the fields of a transport event. */
#include "intake/check.h"

#include "base/date.h"

enum message
check_transport_fields(const struct transport_event *event, int32_t today, struct arena *arena,
                       const char **field, const char **value)
{
    char text[DATE_TEXT_SIZE];
    *value = "";
    if (today != DAY_NONE && event->happened_ms != AMOUNT_NONE &&
        moment_day(event->happened_ms) > today + SHIPPED_AHEAD_DAYS_MAX) {
        *field = "happened_at";
        *value = arena_copy(arena, day_format(text, moment_day(event->happened_ms)));
        return M_TRN_FUTURE;
    }
    if (event->eta_from_ms != AMOUNT_NONE && event->eta_to_ms != AMOUNT_NONE &&
        event->eta_from_ms > event->eta_to_ms) {
        *field = "eta_to";
        *value = arena_copy(arena, day_format(text, moment_day(event->eta_to_ms)));
        return M_TRN_ETA;
    }
    if ((event->latitude_micros == AMOUNT_NONE) != (event->longitude_micros == AMOUNT_NONE)) {
        *field = event->latitude_micros == AMOUNT_NONE ? "latitude" : "longitude";
        return M_TRN_COORDINATES;
    }
    return MESSAGE_COUNT;
}
