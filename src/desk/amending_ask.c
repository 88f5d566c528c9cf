/* A change of an order waits for a person, and what becomes of it then. */
#include "desk/amending_work.h"

#include "base/business_calendar.h"
#include "desk/holds.h"
#include "store/store.h"
#include "store/store_pending.h"
#include "store/store_request.h"

enum { WORK_BYTES_MAX = 64 * 1024 * 1024, PENDING_BYTES_MAX = 16 * 1024 * 1024 };

/* ---- it waits ---- */

void
amend_wait(const struct work *work)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (item->verdict == CHANGE_TAKEN) {
            item->verdict = CHANGE_WAITS;
            item->code = MESSAGE_COUNT;
            item->value = "";
        }
    }
}

/* A change of a person here is kept under a number of ours. */
static enum outcome
find_request(struct work *work, int64_t number, int64_t *request_id, struct fault *why)
{
    struct order_change change = *work->amendment->change;
    enum outcome outcome = NONE;
    *request_id = work->amendment->request_id;
    change.order_number = work->before.number;
    for (int attempt = 1; outcome == NONE && *request_id == 0; attempt++) {
        change.number = arena_format(work->arena, attempt == 1 ? "purser/%lld" : "purser/%lld.%d",
                                     (long long)number, attempt);
        outcome = change_request_keep(work->revision->run->store, work->subject->partner,
                                      work->subject->id, &change, request_id, why);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
find_last_day(struct work *work, int32_t *day, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct business_calendar *calendar = NULL;
    *day = DAY_NONE;
    if (run->config->change_ask_days == 0) {
        return DONE;
    }
    TRY(facts_calendar(&work->revision->facts, run->config, &calendar, why));
    *day = calendar_day_after(calendar, moment_day(run->as_of_ms), run->config->change_ask_days);
    return DONE;
}

/* What is released already is not held. */
static enum outcome
hold(struct work *work, int64_t number, struct fault *why)
{
    struct run *run = work->revision->run;
    struct subject *subject = work->subject;
    const struct placing placing = {ORDER_HOLD_CHANGE,
                                    arena_format(work->arena, "%lld", (long long)number),
                                    "",
                                    work->amendment->cause->interchange_id,
                                    "",
                                    0};
    if (subject->fulfilment != FULFILMENT_NONE) {
        return DONE;
    }
    TRY(flow_know_holds(run, subject, why));
    return open_holds_have(&subject->holds, ORDER_HOLD_CHANGE)
               ? DONE
               : holds_place(run, subject, &placing, work->arena, why);
}

enum outcome
amend_ask(struct work *work, int64_t number, struct fault *why)
{
    struct run *run = work->revision->run;
    struct cause cause = *work->amendment->cause;
    struct pending_change pending = {.order_id = work->subject->id, .number = number};
    cause.detail = amend_detail(work);
    TRY(find_request(work, number, &pending.request_id, why));
    TRY(find_last_day(work, &pending.expires, why));
    TRY(pending_add(run->store, &pending, run->as_of_ms, why));
    TRY(flow_news(run, work->subject, EVENT_CHANGE_ASKED, &cause, why));
    return hold(work, number, why);
}

/* ---- somebody has decided, or nobody in time ---- */

static enum outcome
end_hold(struct run *run, struct facts *facts, struct subject *subject, const struct cause *cause,
         struct arena *arena, struct fault *why)
{
    struct pending_change *items = NULL;
    size_t count = 0;
    const struct order_hold_end end = {ORDER_HOLD_CLEARED, "purser", "", run->as_of_ms, ""};
    TRY(pending_of_order(run->store, subject->id, arena, &items, &count, why));
    subject->knows_holds = false;
    subject->holds = (struct open_holds){0};
    TRY(flow_know_holds(run, subject, why));
    if (count > 0 || subject->fulfilment != FULFILMENT_NONE ||
        !open_holds_have(&subject->holds, ORDER_HOLD_CHANGE)) {
        return DONE;
    }
    struct cause ended = *cause;
    ended.detail = holds_end_detail(arena, ORDER_HOLD_CHANGE, &end);
    return holds_end(run, facts, subject, ORDER_HOLD_CHANGE, &end, &ended, why);
}

static enum pending_state
state_of(enum amend_consent consent)
{
    return consent == AMEND_ACCEPTED   ? PENDING_ACCEPTED
           : consent == AMEND_REJECTED ? PENDING_REJECTED
                                       : PENDING_EXPIRED;
}

enum outcome
amending_decide(struct run *run, struct facts *facts, struct subject *subject,
                const struct pending_change *pending, const struct amendment *consent,
                struct arena *arena, struct change_answer *answer, struct fault *why)
{
    struct order_change change;
    struct amendment amendment = *consent;
    const struct pending_end end = {state_of(consent->consent), consent->cause->actor,
                                    consent->reason, run->as_of_ms};
    TRY(change_request_read(run->store, pending->request_id, arena, &change, why));
    change.number = pending->change_number;
    amendment.change = &change;
    amendment.request_id = pending->request_id;
    TRY(pending_close(run->store, pending, &end, why));
    TRY(amending(run, subject, &amendment, arena, answer, why));
    if (consent->consent != AMEND_ACCEPTED) {
        TRY(flow_news(run, subject, EVENT_CHANGE_REFUSED, consent->cause, why));
    }
    return end_hold(run, facts, subject, consent->cause, arena, why);
}

static enum outcome
expire(struct run *run, struct facts *facts, const struct pending_change *pending,
       struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct order_standing standing;
    struct change_answer answer = {0};
    const struct partner *partner = config_partner(run->config, pending->partner);
    const struct cause cause = {"purser", pending->interchange_id, run->as_of_ms, ""};
    const struct amendment consent = {
        .cause = &cause,
        .is_all_or_nothing = partner != NULL && partner->acceptance == ACCEPT_ALL_OR_NOTHING,
        .consent = AMEND_EXPIRED,
        .reason = ""};
    arena_init(&arena, WORK_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(order_find(run->store, pending->partner, pending->order_number, &standing, why));
    struct subject subject = flow_subject(&standing, pending->partner);
    if (subject.approval == APPROVAL_RECEIVED) {
        return DONE;
    }
    facts_trim(facts);
    TRY(amending_decide(run, facts, &subject, pending, &consent, &arena, &answer, why));
    return store_commit(&tx, why);
}

enum outcome
amending_work(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(arena) arena;
    struct pending_change *items = NULL;
    size_t count = 0;
    arena_init(&arena, PENDING_BYTES_MAX);
    TRY(pending_list(run->store, &arena, &items, &count, why));
    for (size_t index = 0; index < count && !run_must_stop(run); index++) {
        const struct pending_change *item = &items[index];
        if (item->expires != DAY_NONE && item->expires < moment_day(run->as_of_ms)) {
            TRY(expire(run, facts, item, why));
        } else if (config_partner(run->config, item->partner) == NULL) {
            run_say(run, LOG_WARNING, M_RUN_CHANGE_WAITS, item->partner, item->order_number,
                    item->name);
        }
    }
    return DONE;
}
