/* Working time: the week of the configuration, with the exceptions of the calendar in force. */
#include "desk/facts.h"

#include "config/config.h"

#include <assert.h>
#include <string.h>

static enum outcome
read_exceptions(struct facts *facts, struct calendar_exception **exceptions, size_t *count,
                struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    arena_reset(&facts->rows);
    TRY(facts_versions(facts, &versions, why));
    TRY(master_calendar(facts->store, versions->of[DOCUMENT_CALENDAR].id, &facts->rows, &rows,
                        count, why));
    *exceptions = arena_array(&facts->arena, struct calendar_exception, *count);
    for (size_t index = 0; index < *count; index++) {
        (*exceptions)[index] = (struct calendar_exception){
            rows[index].calendar.day, strcmp(rows[index].calendar.kind, CALENDAR_WORKING) == 0};
    }
    return DONE;
}

enum outcome
facts_calendar(struct facts *facts, const struct config *config,
               const struct business_calendar **calendar, struct fault *why)
{
    if (facts->calendar == NULL) {
        struct calendar_exception *exceptions = NULL;
        size_t count = 0;
        TRY(read_exceptions(facts, &exceptions, &count, why));
        struct business_calendar *made = arena_new(&facts->arena, struct business_calendar);
        const bool is_made = business_calendar_init(made, config->working_days,
                                                    &config->working_hours, exceptions, count);
        assert(is_made && "the configuration is checked when it is read");
        facts->calendar = is_made ? made : NULL;
    }
    *calendar = facts->calendar;
    return DONE;
}
