/* Answers to stop notices.  None is sent yet, so that no number is known: each row is told so. */
#include "desk/matter.h"
#include "store/store_request.h"

#include <inttypes.h>

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct stop_answer document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = stop_answer_next(store, matter->interchange->id, id, &matter->arena, &id,
                                       &document, why)) == DONE) {
        TRY(stop_answer_discard(store, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct stop_answer document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = stop_answer_next(matter->run->store, matter->interchange->id, id,
                                       &matter->arena, &id, &document, why)) == DONE) {
        findings_add(
            &matter->findings,
            &(struct finding){.code = M_STOP_NOTICE_UNKNOWN,
                              .place = document.place,
                              .field = "stop_number",
                              .value = arena_format(&matter->arena, "%" PRId64, document.number)});
        matter->refused++;
        TRY(stop_answer_discard(matter->run->store, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier stop_status_applier = {apply, discard};
