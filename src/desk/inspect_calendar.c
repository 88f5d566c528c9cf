/* A calendar that came in: rows that change nothing, and years in which nobody has a holiday. */
#include "base/date.h"
#include "desk/inspect.h"
#include "store/store_master.h"

#include <stdlib.h>
#include <string.h>

static bool
is_holiday(const struct master_row *row)
{
    return strcmp(row->calendar.kind, CALENDAR_HOLIDAY) == 0;
}

static void
tell(struct inspection *inspection, enum message code, const struct master_row *row,
     const char *value)
{
    lint_tell(&inspection->lint, &(struct finding){.code = code,
                                                   .place = {row == NULL ? 0 : row->line, 0},
                                                   .field = row == NULL ? "" : "date",
                                                   .value = value});
}

static void
tell_needless(struct inspection *inspection, const struct master_row *row)
{
    char day[DATE_TEXT_SIZE];
    const struct business_calendar week = {.weekdays = inspection->config->working_days};
    const bool is_worked = calendar_week_works(&week, row->calendar.day);
    if (is_worked != is_holiday(row)) {
        tell(inspection, is_worked ? M_MASTER_CALENDAR_WORKED : M_MASTER_CALENDAR_OFF, row,
             day_format(day, row->calendar.day));
    }
}

static int
year_of(int32_t day)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    return year;
}

/* Of the years from this one to the last that the rows, which are in the order of their days, name.
 */
static void
tell_years(struct inspection *inspection, const struct master_row *rows, size_t count)
{
    int year = year_of(inspection->today);
    const int named = count == 0 ? year : year_of(rows[count - 1].calendar.day);
    const int last = named > year ? named : year;
    for (size_t index = 0; index < count; index++) {
        const int found = year_of(rows[index].calendar.day);
        if (!is_holiday(&rows[index]) || found < year) {
            continue;
        }
        for (; year < found; year++) {
            tell(inspection, M_MASTER_CALENDAR_YEAR, NULL,
                 arena_format(lint_scratch(&inspection->lint), "%d", year));
        }
        year = found + 1;
    }
    for (; year <= last; year++) {
        tell(inspection, M_MASTER_CALENDAR_YEAR, NULL,
             arena_format(lint_scratch(&inspection->lint), "%d", year));
    }
}

enum outcome
inspect_calendar(struct inspection *inspection, struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(master_calendar(inspection->store, inspection->version_id, &inspection->arena, &rows,
                        &count, why));
    for (size_t index = 0; index < count; index++) {
        tell_needless(inspection, &rows[index]);
    }
    tell_years(inspection, rows, count);
    return DONE;
}
