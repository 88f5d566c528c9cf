/* Documents of kind order-change.  Not taken yet: whoever does this replaces this file wholly.
 * Until then every such document is refused, and nothing of it stays. */
#include "desk/matter.h"
#include "store/store_request.h"

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct order_change document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = change_request_next(store, matter->interchange->id, id, &matter->arena, &id,
                                          &document, why)) == DONE) {
        TRY(change_request_discard(store, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    TRY(discard(matter, why));
    matter->refused = matter->interchange->documents_taken;
    findings_add(&matter->findings,
                 &(struct finding){.code = M_FILE_ROLE, .value = "order-change"});
    return DONE;
}

const struct applier order_change_applier = {apply, discard};
