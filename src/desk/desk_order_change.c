/* Changes of orders: each of a file for itself, of its sender's orders alone. */
#include "desk/amending.h"
#include "desk/matter.h"
#include "store/store_order.h"
#include "store/store_request.h"

#include <assert.h>

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

/* There is no such order, or nobody has looked at it: the change was never here. */
static enum outcome
refuse(struct matter *matter, const struct order_change *document, int64_t id, enum message code,
       struct fault *why)
{
    findings_add(&matter->findings,
                 &(struct finding){.code = code,
                                   .place = document->place,
                                   .order_number = document->order_number,
                                   .field = "order_number",
                                   .value = matter_show(matter, document->order_number)});
    matter->refused++;
    return change_request_discard(matter->run->store, id, why);
}

/* What is not taken is told in the acknowledgement, too, with its place. */
static void
tell(struct matter *matter, const struct order_change *document, const struct change_answer *answer)
{
    for (size_t index = 0; index < answer->item_count; index++) {
        const struct change_item *item = &answer->items[index];
        if (item->code != MESSAGE_COUNT) {
            findings_add(
                &matter->findings,
                &(struct finding){.code = item->code,
                                  .place = {item->at == 0 ? document->place.line : item->at, 0},
                                  .order_number = document->order_number,
                                  .order_line = item->line,
                                  .field = item->field,
                                  .value = item->value,
                                  .expected = change_item_expected(item)});
        }
    }
    matter->refused += answer->verdict == CHANGE_REFUSED;
}

static enum outcome
work_change(struct matter *matter, const struct order_change *document, int64_t id,
            struct fault *why)
{
    struct run *run = matter->run;
    const char *partner = matter->interchange->partner;
    struct order_standing standing;
    struct change_answer answer = {0};
    const enum outcome found =
        order_find(run->store, partner, document->order_number, &standing, why);
    if (found == NONE) {
        return refuse(matter, document, id, M_CHANGE_ORDER_UNKNOWN, why);
    }
    TRY(found);
    assert(standing.approval != APPROVAL_RECEIVED && "a partner's orders are worked before");
    struct subject subject = flow_subject(&standing, partner);
    const struct cause cause = {partner, matter->interchange->id, run->as_of_ms, ""};
    const struct amendment amendment = {.change = document,
                                        .cause = &cause,
                                        .is_all_or_nothing =
                                            config_partner(run->config, partner)->acceptance ==
                                            ACCEPT_ALL_OR_NOTHING,
                                        .request_id = id,
                                        .reason = ""};
    TRY(change_request_match(run->store, id, standing.id, why));
    TRY(amending(run, &subject, &amendment, &matter->arena, &answer, why));
    tell(matter, document, &answer);
    return DONE;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct order_change document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = change_request_next(matter->run->store, matter->interchange->id, id,
                                          &matter->arena, &id, &document, why)) == DONE) {
        TRY(work_change(matter, &document, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier order_change_applier = {apply, discard};
