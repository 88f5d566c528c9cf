/* What must hold between the fields of what warehouses and plants say. */
#include "intake/check.h"

#include "base/date.h"
#include "base/decimal.h"

#include <string.h>

static bool
is_negative(int64_t micros, const char *field, struct arena *arena, struct trouble_told *told)
{
    char text[DECIMAL_TEXT_SIZE];
    if (micros == AMOUNT_NONE || micros >= 0) {
        return false;
    }
    told->field = field;
    told->value = arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, 0));
    return true;
}

static bool
is_ahead(int64_t at_ms, const struct sender *sender, struct arena *arena, struct trouble_told *told)
{
    char day[DATE_TEXT_SIZE];
    if (at_ms == AMOUNT_NONE || sender->today == DAY_NONE ||
        moment_day(at_ms) <= sender->today + STATUS_AHEAD_DAYS_MAX) {
        return false;
    }
    told->field = "at";
    told->value = arena_copy(arena, day_format(day, moment_day(at_ms)));
    told->expected = arena_copy(arena, day_format(day, sender->today));
    return true;
}

enum message
check_release_status_fields(const struct release_status *status, const struct sender *sender,
                            struct arena *arena, struct trouble_told *told)
{
    *told = (struct trouble_told){"", "", NULL};
    if (is_ahead(status->at_ms, sender, arena, told)) {
        return M_REL_FUTURE;
    }
    if (is_negative(status->quantity_micros, "quantity", arena, told)) {
        return M_REL_NEGATIVE;
    }
    if (strcmp(status->status, release_state_names[RELEASE_SHORT]) == 0 &&
        (status->order_line[0] == '\0' || status->quantity_micros == AMOUNT_NONE)) {
        told->field = status->order_line[0] == '\0' ? "line_number" : "quantity";
        return M_REL_SHORT;
    }
    return MESSAGE_COUNT;
}

enum message
check_stop_fields(const struct stop_answer *answer, const struct sender *sender,
                  struct arena *arena, struct trouble_told *told)
{
    *told = (struct trouble_told){"", "", NULL};
    if (is_ahead(answer->at_ms, sender, arena, told)) {
        return M_REQUEST_FUTURE;
    }
    if (is_negative(answer->quantity_micros, "quantity", arena, told) ||
        is_negative(answer->cost_micros, "cost", arena, told)) {
        return M_STOP_NEGATIVE;
    }
    if (strcmp(answer->status, stop_status_names[STOP_PARTLY]) == 0 &&
        (answer->order_line[0] == '\0' || answer->quantity_micros == AMOUNT_NONE)) {
        told->field = answer->order_line[0] == '\0' ? "line_number" : "quantity";
        return M_STOP_PARTLY;
    }
    return MESSAGE_COUNT;
}

enum message
check_production_status_fields(const struct production_status *status, const struct sender *sender,
                               struct arena *arena, struct trouble_told *told)
{
    *told = (struct trouble_told){"", "", NULL};
    if (is_ahead(status->at_ms, sender, arena, told)) {
        return M_PRD_FUTURE;
    }
    return is_negative(status->done_micros, "quantity_done", arena, told) ||
                   is_negative(status->cost_micros, "cost", arena, told)
               ? M_PRD_NEGATIVE
               : MESSAGE_COUNT;
}
