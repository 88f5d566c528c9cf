/* Changes of orders: each of a file for itself, of its sender's orders alone. */
#include "desk/amending.h"
#include "desk/matter.h"
#include "store/store_change.h"
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

/* Where a part stands: at the line of the order that it names, else where the change begins. */
static struct place
place_of(const struct order_change *document, const char *line, int64_t at)
{
    if (at != 0) {
        return (struct place){at, 0};
    }
    for (size_t index = 0; index < document->line_count; index++) {
        const struct order_line *named = &document->lines[index].line;
        if (strcmp(named->number, line) == 0 && named->place.line != 0) {
            return (struct place){named->place.line, 0};
        }
    }
    return (struct place){document->place.line, 0};
}

/* Why it cannot be priced as it would become: in the words of an order that is sent so. */
static void
tell_reasons(struct matter *matter, const struct order_change *document,
             const struct change_answer *answer)
{
    for (size_t index = 0; index < answer->reason_count; index++) {
        struct finding finding = answer->reasons[index];
        finding.place = place_of(document, finding.order_line, 0);
        findings_add(&matter->findings, &finding);
    }
}

/* What is not taken is told in the acknowledgement, too, with its place. */
static void
tell(struct matter *matter, const struct order_change *document, const struct change_answer *answer)
{
    for (size_t index = 0; index < answer->item_count; index++) {
        const struct change_item *item = &answer->items[index];
        if (item->code != MESSAGE_COUNT) {
            findings_add(&matter->findings,
                         &(struct finding){.code = item->code,
                                           .place = place_of(document, item->line, item->at),
                                           .order_number = document->order_number,
                                           .order_line = item->line,
                                           .field = item->field,
                                           .value = item->value,
                                           .expected = change_item_expected(item)});
        }
    }
    tell_reasons(matter, document, answer);
    matter->refused += answer->verdict == CHANGE_REFUSED;
}

/* Somebody here has carried it out from a file before it came: once is enough. */
static enum outcome
tell_known(struct matter *matter, const struct order_change *document, int64_t id,
           struct fault *why)
{
    findings_add(&matter->findings,
                 &(struct finding){.code = M_REQUEST_KNOWN,
                                   .place = document->place,
                                   .order_number = document->order_number,
                                   .value = matter_show(matter, document->number)});
    return change_request_discard(matter->run->store, id, why);
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
    bool is_answered = false;
    TRY(change_is_answered(run->store, standing.id, document->number, &is_answered, why));
    if (is_answered) {
        return tell_known(matter, document, id, why);
    }
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
