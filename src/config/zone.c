#include "config/zone.h"

#include "base/date.h"
#include "base/fault.h"
#include "base/tree.h"
#include "config/conffile.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

/* Zones as the machine's folder has them, in a second and third dress: without and with leap
 * seconds. */
static bool
is_repetition(const char *name)
{
    return strncmp(name, "posix/", 6) == 0 || strncmp(name, "right/", 6) == 0;
}

static const char *
last_part(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash == NULL ? name : slash + 1;
}

/* "Shanghai" or "China/Shanghai" for Asia/Shanghai. */
static const char *
of_the_same_city(struct arena *arena, const char *name, const char *const *zones, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (strchr(zones[index], '/') != NULL &&
            strcasecmp(last_part(zones[index]), last_part(name)) == 0) {
            return arena_format(arena, " (did you mean \"%s\"?)", zones[index]);
        }
    }
    return "";
}

const char *
zone_hint(struct arena *arena, const char *name)
{
    const size_t prefix = strlen(ZONE_FOLDER "/");
    struct fault unsaid = {0};
    const char **zones = NULL;
    size_t found = 0;
    size_t count = 0;
    if (tree_list(AT_FDCWD, ZONE_FOLDER, arena, &zones, &found, &unsaid) != DONE || found == 0) {
        return " (it has none but UTC: install tzdata)";
    }
    for (size_t index = 0; index < found; index++) {
        const char *zone = zones[index] + prefix;
        if (!is_repetition(zone) && strchr(zone, '.') == NULL) {
            zones[count++] = zone;
        }
    }
    const char *near = near_name(arena, name, zones, count);
    return near[0] != '\0' ? near : of_the_same_city(arena, name, zones, count);
}
