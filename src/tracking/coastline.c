#include "tracking/coastline.h"

#include "config/embedded.h"

#include <assert.h>
#include <string.h>

struct coastline
coastline_begin(void)
{
    const struct embedded *file = embedded_find("coastline.txt");
    const char *bytes = (const char *)file->bytes;
    return (struct coastline){bytes, bytes + file->size};
}

/* A whole number, and what stands behind it is stepped over. */
static int
read_number(struct coastline *coastline)
{
    const bool is_negative = *coastline->at == '-';
    int number = 0;
    coastline->at += is_negative;
    while (*coastline->at >= '0' && *coastline->at <= '9') {
        number = 10 * number + (*coastline->at - '0');
        coastline->at++;
    }
    return is_negative ? -number : number;
}

bool
coastline_next(struct coastline *coastline, struct geo_point *points, size_t *count)
{
    static const double degrees = 0.1; /* of one step in the file */
    int longitude = 0;
    int latitude = 0;
    while (coastline->at < coastline->end && *coastline->at == '#') {
        coastline->at = strchr(coastline->at, '\n') + 1;
    }
    if (coastline->at >= coastline->end) {
        return false;
    }
    *count = 0;
    char behind;
    do {
        assert(*count < COASTLINE_RING_MAX && "the file is ours");
        longitude += read_number(coastline);
        coastline->at++; /* the comma */
        latitude += read_number(coastline);
        behind = *coastline->at++;
        points[(*count)++] = (struct geo_point){longitude * degrees, latitude * degrees};
    } while (behind == ' ');
    return true;
}
