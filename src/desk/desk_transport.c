/* Transport events: what carriers told of parcels.  None is refused here: one of a parcel that is
 * not known waits for it, and one whose code is not known is set aside. */
#include "desk/matter.h"
#include "desk/parcels.h"

#include <inttypes.h>
#include <stdio.h>

enum { TRACKING_BYTES_MAX = 4 * CODE_CHARACTERS_MAX + 1 };

/* One finding for each code, however many events have it. */
static enum outcome
tell_unknown(struct matter *matter, struct fault *why)
{
    struct unknown_code *codes = NULL;
    size_t count = 0;
    TRY(transport_unknown(matter->run->store, matter->interchange->id, &matter->arena, &codes,
                          &count, why));
    for (size_t index = 0; index < count; index++) {
        findings_add(&matter->findings,
                     &(struct finding){
                         .code = M_TRANSPORT_CODE_UNKNOWN,
                         .place = {codes[index].line, 0},
                         .field = "code",
                         .value = matter_show(matter, codes[index].code),
                         .expected = arena_format(&matter->arena, "%" PRId64, codes[index].events),
                     });
    }
    return DONE;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    const int64_t id = matter->interchange->id;
    struct tracked tracked = {"", ""};
    char after[TRACKING_BYTES_MAX] = "";
    enum outcome outcome;
    arena_reset(&matter->arena);
    TRY(transport_name(store, id, why));
    TRY(tell_unknown(matter, why));
    arena_reset(&matter->arena);
    while ((outcome = transport_next_of(store, id, after, &matter->arena, &tracked, why)) == DONE) {
        TRY(parcels_judge(matter->run, matter, &tracked, id, &matter->arena, why));
        (void)snprintf(after, sizeof after, "%s", tracked.tracking);
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return transport_discard(matter->run->store, matter->interchange->id, why);
}

const struct applier transport_applier = {apply, discard};
