#include "config/suspect.h"

#include "base/trail.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t
suspect_deaths(const struct run *run, int64_t arrival_id)
{
    for (size_t index = 0; index < run->suspect_count; index++) {
        if (run->suspects[index].arrival_id == arrival_id) {
            return run->suspects[index].deaths;
        }
    }
    return 0;
}

static bool
is_last(const struct run *run, const char *partner)
{
    int64_t deaths = 0;
    for (size_t index = 0; index < run->suspect_count; index++) {
        const struct suspect *suspect = &run->suspects[index];
        deaths += strcmp(suspect->partner, partner) == 0 ? suspect->deaths : 0;
    }
    return deaths >= DEATHS_LAST;
}

bool
suspect_waits(const struct run *run, const char *partner)
{
    return is_last(run, partner) != run->is_last_turn;
}

bool
suspect_any_last(const struct run *run)
{
    for (size_t index = 0; index < run->suspect_count; index++) {
        if (is_last(run, run->suspects[index].partner)) {
            return true;
        }
    }
    return false;
}

enum outcome
suspect_begin(struct run *run, int64_t arrival_id, struct fault *why)
{
    char text[TRAIL_SIZE];
    if (run->working == NULL) {
        return DONE;
    }
    snprintf(text, sizeof text, "run %" PRId64 " file %" PRId64, run->id, arrival_id);
    return trail_write(run->working, text, why);
}

enum outcome
suspect_end(struct run *run, enum outcome outcome, struct fault *why)
{
    struct fault unsaid = {0};
    if (run->working == NULL || trail_clear(run->working, &unsaid) == DONE || outcome != DONE) {
        return outcome;
    }
    *why = unsaid;
    return FAILED;
}

/* "WORD NUMBER" and what follows it, or NULL. */
static const char *
read_number(const char *text, const char *word, int64_t *number)
{
    char *end = NULL;
    const size_t size = strlen(word);
    if (strncmp(text, word, size) != 0) {
        return NULL;
    }
    *number = strtoll(text + size, &end, 10);
    return *number > 0 ? end : NULL;
}

enum outcome
suspect_read(const struct trail *trail, int64_t *run_id, int64_t *arrival_id)
{
    int64_t run = 0;
    int64_t arrival = 0;
    const char *rest = read_number(trail->text, "run ", &run);
    rest = rest == NULL ? NULL : read_number(rest, " file ", &arrival);
    if (rest == NULL || *rest != '\0') {
        return NONE;
    }
    *run_id = run;
    *arrival_id = arrival;
    return DONE;
}
