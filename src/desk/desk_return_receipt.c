/* Documents of kind return-receipt.  Not taken yet: whoever does this replaces this file wholly.
 * Until then every such document is refused, and nothing of it stays. */
#include "desk/matter.h"
#include "store/store_request.h"

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct return_receipt document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = return_receipt_next(store, matter->interchange->id, id, &matter->arena, &id,
                                          &document, why)) == DONE) {
        TRY(return_receipt_discard(store, id, why));
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
                 &(struct finding){.code = M_FILE_ROLE, .value = "return-receipt"});
    return DONE;
}

const struct applier return_receipt_applier = {apply, discard};
