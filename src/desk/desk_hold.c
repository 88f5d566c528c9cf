/* Holds that a person places on an order, or ends. */
#include "base/text.h"
#include "desk/desk.h"
#include "desk/holds.h"
#include "store/store.h"
#include "store/store_order.h"

#include <string.h>

enum { HOLDS_BYTES_MAX = 4 * 1024 * 1024 };

/* An order and the holds that are open on it. */
struct held {
    struct subject subject;
    const char *number;
    struct arena arena;
    struct order_hold open[ORDER_HOLD_KIND_COUNT];
    size_t count;
};

static void
held_close(struct held *held)
{
    arena_close(&held->arena);
}

static enum headline
headline_of(const struct held *held)
{
    return lifecycle_headline(held->subject.approval, held->subject.fulfilment,
                              held->subject.payment);
}

static enum outcome
find(struct run *run, const char *partner, const char *number, struct held *held, struct fault *why)
{
    struct order_standing standing;
    arena_init(&held->arena, HOLDS_BYTES_MAX);
    TRY(order_find(run->store, partner, number, &standing, why));
    held->number = number;
    held->subject = flow_subject(&standing, partner);
    return order_hold_list(run->store, standing.id, &held->arena, held->open, &held->count, why);
}

static const struct order_hold *
open_hold(const struct held *held, enum order_hold_kind kind)
{
    for (size_t index = 0; index < held->count; index++) {
        if (held->open[index].kind == kind) {
            return &held->open[index];
        }
    }
    return NULL;
}

static enum outcome
check_state(const struct held *held, enum hold_blocks blocks, struct fault *why)
{
    const enum approval_state approval = held->subject.approval;
    const bool is_open = approval == APPROVAL_UNPRICED || approval == APPROVAL_WAITING ||
                         approval == APPROVAL_APPROVED;
    if (is_open && held->subject.fulfilment == FULFILMENT_NONE) {
        return approval != APPROVAL_APPROVED || blocks != HOLD_BLOCKS_APPROVAL
                   ? DONE
                   : fail_as(why, FAULT_CONFLICT,
                             "order %s/%s is approved already: only its release can be held",
                             held->subject.partner, held->number);
    }
    return fail_as(why, FAULT_CONFLICT,
                   approval == APPROVAL_RECEIVED
                       ? "order %s/%s is %s: hold it when the next run has priced it"
                       : "order %s/%s is %s: only an order that waits, or is approved and not "
                         "released, can be held",
                   held->subject.partner, held->number, headline_names[headline_of(held)]);
}

/* May the person end one of our own? */
static enum outcome
check_releaser(const struct run *run, const struct held *held, const struct order_hold *hold,
               const char *actor, struct fault *why)
{
    const struct hold_policy *policy = &run->config->holds[hold->kind];
    if (hold_policy_lets(policy, actor)) {
        return DONE;
    }
    return fail_as(why, FAULT_NOT_PERMITTED,
                   "the hold %s on order %s/%s can be ended by %s, not by %s",
                   order_hold_kind_names[hold->kind], held->subject.partner, held->number,
                   policy->releasers, actor);
}

/* May the person end it? */
static enum outcome
check_person(const struct run *run, const struct held *held, const struct order_hold *hold,
             const char *actor, struct fault *why)
{
    if (hold->kind != ORDER_HOLD_BY_HAND) {
        return check_releaser(run, held, hold, actor, why);
    }
    if (*hold->may_end == '\0' || text_list_has(hold->may_end, actor) ||
        strcmp(hold->placed_by, actor) == 0) {
        return DONE;
    }
    return fail_as(why, FAULT_NOT_PERMITTED,
                   "the hold on order %s/%s can be ended by %s or %s, not by %s",
                   held->subject.partner, held->number, hold->may_end, hold->placed_by, actor);
}

/* The hold before gives way, without a moment in which the order could be released. */
static enum outcome
replace(struct run *run, struct held *held, const struct order_hold *before, const char *actor,
        struct fault *why)
{
    const struct order_hold_end end = {ORDER_HOLD_SUPERSEDED, actor, "", run->as_of_ms, ""};
    TRY(check_person(run, held, before, actor, why));
    TRY(flow_know_holds(run, &held->subject, why));
    open_holds_remove(&held->subject.holds, before->kind);
    return order_hold_close(run->store, held->subject.id, before->kind, &end, why);
}

enum outcome
desk_hold(struct run *run, const struct hold_request *request, enum headline *headline,
          struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(held) held = {0};
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    TRY(store_begin(run->store, &tx, why));
    TRY(find(run, request->partner, request->order_number, &held, why));
    TRY(check_state(&held, request->blocks, why));
    const struct order_hold *before = open_hold(&held, ORDER_HOLD_BY_HAND);
    if (before != NULL) {
        TRY(replace(run, &held, before, request->actor, why));
    }
    const struct order_hold hold = {.order_id = held.subject.id,
                                    .version = held.subject.version,
                                    .kind = ORDER_HOLD_BY_HAND,
                                    .blocks = request->blocks,
                                    .reason = request->reason,
                                    .trace = "",
                                    .since_ms = run->as_of_ms,
                                    .expires = request->until,
                                    .placed_by = request->actor,
                                    .may_end = request->may_end,
                                    .customer = "",
                                    .seen = 0};
    const struct cause cause = {request->actor, 0, run->as_of_ms, holds_detail(&held.arena, &hold)};
    TRY(flow_hold(run, &held.subject, &hold, &cause, why));
    TRY(holds_go_on(run, facts, &held.subject, why));
    *headline = headline_of(&held);
    return store_commit(&tx, why);
}

/* The hold that is meant. */
static enum outcome
choose(const struct held *held, enum order_hold_kind kind, const struct order_hold **hold,
       struct fault *why)
{
    *hold = kind == ORDER_HOLD_KIND_COUNT && held->count == 1 ? held->open : open_hold(held, kind);
    if (*hold != NULL) {
        return DONE;
    }
    if (held->count == 0 || kind != ORDER_HOLD_KIND_COUNT) {
        return fail_as(why, FAULT_CONFLICT, "order %s/%s has no hold%s%s that is open, it is %s",
                       held->subject.partner, held->number,
                       kind == ORDER_HOLD_KIND_COUNT ? "" : " of the kind ",
                       kind == ORDER_HOLD_KIND_COUNT ? "" : order_hold_kind_names[kind],
                       headline_names[headline_of(held)]);
    }
    return fail_as(why, FAULT_CONFLICT,
                   "order %s/%s is held for several reasons: say which ends with --kind %s or %s%s",
                   held->subject.partner, held->number, order_hold_kind_names[held->open[0].kind],
                   order_hold_kind_names[held->open[1].kind], held->count > 2 ? " ..." : "");
}

enum outcome
desk_resume(struct run *run, const struct hold_ending *ending, struct hold_ended *ended,
            struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(held) held = {0};
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    const struct order_hold *hold = NULL;
    const struct order_hold_end end = {ORDER_HOLD_RESUMED, ending->actor, ending->reason,
                                       run->as_of_ms, ""};
    TRY(store_begin(run->store, &tx, why));
    TRY(find(run, ending->partner, ending->order_number, &held, why));
    TRY(choose(&held, ending->kind, &hold, why));
    TRY(check_person(run, &held, hold, ending->actor, why));
    const struct cause cause = {ending->actor, 0, run->as_of_ms,
                                holds_end_detail(&held.arena, hold->kind, &end)};
    TRY(holds_end(run, facts, &held.subject, hold->kind, &end, &cause, why));
    *ended = (struct hold_ended){hold->kind, headline_of(&held), held.count - 1};
    return store_commit(&tx, why);
}
