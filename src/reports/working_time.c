#include "reports/working_time.h"

#include "store/store_master.h"

#include <assert.h>
#include <string.h>

enum outcome
working_time_load(struct store *store, const struct config *config, struct arena *arena,
                  struct business_calendar *calendar, struct fault *why)
{
    struct master_versions versions;
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(master_in_force(store, &versions, why));
    TRY(master_calendar(store, versions.of[DOCUMENT_CALENDAR].id, arena, &rows, &count, why));
    struct calendar_exception *exceptions = arena_array(arena, struct calendar_exception, count);
    for (size_t index = 0; index < count; index++) {
        exceptions[index] = (struct calendar_exception){
            rows[index].calendar.day, strcmp(rows[index].calendar.kind, CALENDAR_WORKING) == 0};
    }
    const bool is_made = business_calendar_init(calendar, config->working_days,
                                                &config->working_hours, exceptions, count);
    assert(is_made && "the configuration is checked when it is read");
    return DONE;
}
