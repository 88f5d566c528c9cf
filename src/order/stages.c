#include "order/stages.h"

#define STAGE_AS_NAME(enumerator, name) [enumerator] = name,
const char *const order_stage_names[STAGE_COUNT] = {ORDER_STAGES(STAGE_AS_NAME)};

static void
begin(struct stage_walk *walk, enum order_stage stage, const struct stage_event *event)
{
    walk->is_under_way = true;
    walk->open = (struct stage_pass){.stage = stage,
                                     .turn = ++walk->turns[stage],
                                     .begun_ms = event->happened_ms,
                                     .begun_known_ms = event->known_ms};
}

static bool
end(struct stage_walk *walk, enum stage_end how, const struct stage_event *event,
    struct stage_pass *ended)
{
    const bool was_under_way = walk->is_under_way;
    *ended = walk->open;
    ended->ended_ms = event->happened_ms;
    ended->ended_known_ms = event->known_ms;
    ended->end = how;
    walk->is_under_way = false;
    return was_under_way;
}

static bool
is_in(const struct stage_walk *walk, enum order_stage stage)
{
    return walk->is_under_way && walk->open.stage == stage;
}

/* Its stage ends well when it is this one; then the next one begins. */
static bool
move_on(struct stage_walk *walk, enum order_stage from, enum order_stage to,
        const struct stage_event *event, struct stage_pass *ended)
{
    const bool has_ended = end(walk, is_in(walk, from) ? STAGE_FINISHED : STAGE_LEFT, event, ended);
    begin(walk, to, event);
    return has_ended;
}

/* It is asked to be paid before its release: that is what it waits for, and did since. */
static bool
ask_payment(struct stage_walk *walk, const struct stage_event *event)
{
    if (is_in(walk, STAGE_RELEASE)) {
        walk->turns[STAGE_RELEASE]--;
        begin(walk, STAGE_PAYMENT, event);
    }
    return false;
}

static bool
complete(struct stage_walk *walk, enum order_stage from, const struct stage_event *event,
         struct stage_pass *ended)
{
    walk->is_complete = true;
    walk->completed_ms = event->happened_ms;
    walk->completed_known_ms = event->known_ms;
    return end(walk, is_in(walk, from) ? STAGE_FINISHED : STAGE_LEFT, event, ended);
}

static bool
begin_anew(struct stage_walk *walk, const struct stage_event *event, struct stage_pass *ended)
{
    const bool has_ended = end(walk, STAGE_LEFT, event, ended);
    begin(walk, STAGE_APPROVAL, event);
    walk->is_unpriced = false;
    if (!walk->is_received) {
        walk->is_received = true;
        walk->received_ms = event->happened_ms;
    }
    return has_ended;
}

/* A price that was awaited is no other price: the order waits on. */
static bool
reprice(struct stage_walk *walk, const struct stage_event *event, struct stage_pass *ended)
{
    const bool was_unpriced = walk->is_unpriced;
    walk->is_unpriced = false;
    return was_unpriced ? false : begin_anew(walk, event, ended);
}

bool
stage_step(struct stage_walk *walk, const struct stage_event *event, struct stage_pass *ended)
{
    switch (event->event) {
    case EVENT_PRICE_AWAITED: walk->is_unpriced = true; return false;
    case EVENT_REPRICED: return reprice(walk, event, ended);
    case EVENT_RECEIVED:
    case EVENT_CHANGED: return begin_anew(walk, event, ended);
    case EVENT_APPROVED: return move_on(walk, STAGE_APPROVAL, STAGE_RELEASE, event, ended);
    case EVENT_PAYMENT_DUE: return ask_payment(walk, event);
    case EVENT_PAID:
        return is_in(walk, STAGE_PAYMENT) &&
               move_on(walk, STAGE_PAYMENT, STAGE_RELEASE, event, ended);
    case EVENT_RELEASED:
        return !is_in(walk, STAGE_WAREHOUSE) &&
               move_on(walk, STAGE_RELEASE, STAGE_WAREHOUSE, event, ended);
    case EVENT_SHIPPED:
    case EVENT_CLOSED:
        return walk->has_parcels ? move_on(walk, STAGE_WAREHOUSE, STAGE_TRANSIT, event, ended)
                                 : complete(walk, STAGE_WAREHOUSE, event, ended);
    case EVENT_DELIVERED: return complete(walk, STAGE_TRANSIT, event, ended);
    case EVENT_REFUSED:
    case EVENT_CANCELLED: return end(walk, STAGE_LEFT, event, ended);
    default: return false;
    }
}

int64_t
stage_duration(const struct stage_pass *pass, int64_t now_ms)
{
    const int64_t until_ms = pass->end == STAGE_OPEN ? now_ms : pass->ended_ms;
    return until_ms > pass->begun_ms ? until_ms - pass->begun_ms : 0;
}
