#include "order/lifecycle.h"

#include <string.h>

#define STATE_AS_NAME(enumerator, name) [enumerator] = name,

const char *const axis_names[AXIS_COUNT] = {"approval", "fulfilment"};
const char *const approval_state_names[] = {APPROVAL_STATES(STATE_AS_NAME)};
const char *const fulfilment_state_names[] = {FULFILMENT_STATES(STATE_AS_NAME)};
const char *const order_event_names[] = {ORDER_EVENTS(STATE_AS_NAME)};
const char *const headline_names[HEADLINE_COUNT] = {
    [HEADLINE_SUBMITTED] = "submitted",
    [HEADLINE_UNPRICED] = "waiting-for-price",
    [HEADLINE_WAITING] = "waiting-for-approval",
    [HEADLINE_REFUSED] = "refused",
    [HEADLINE_APPROVED] = "approved",
    [HEADLINE_RELEASED] = "released",
    [HEADLINE_PARTLY_SHIPPED] = "partly-shipped",
    [HEADLINE_SHIPPED] = "shipped",
};

const enum message headline_messages[HEADLINE_COUNT] = {
    [HEADLINE_SUBMITTED] = M_HEADLINE_SUBMITTED,
    [HEADLINE_UNPRICED] = M_HEADLINE_UNPRICED,
    [HEADLINE_WAITING] = M_HEADLINE_WAITING,
    [HEADLINE_REFUSED] = M_HEADLINE_REFUSED,
    [HEADLINE_APPROVED] = M_HEADLINE_APPROVED,
    [HEADLINE_RELEASED] = M_HEADLINE_RELEASED,
    [HEADLINE_PARTLY_SHIPPED] = M_HEADLINE_PARTLY_SHIPPED,
    [HEADLINE_SHIPPED] = M_HEADLINE_SHIPPED,
};

const struct edge lifecycle_edges[] = {
    {AXIS_APPROVAL, APPROVAL_RECEIVED, EVENT_REFUSED, APPROVAL_REFUSED},
    {AXIS_APPROVAL, APPROVAL_RECEIVED, EVENT_APPROVAL_ASKED, APPROVAL_WAITING},
    {AXIS_APPROVAL, APPROVAL_RECEIVED, EVENT_APPROVAL_HELD, APPROVAL_WAITING},
    {AXIS_APPROVAL, APPROVAL_WAITING, EVENT_APPROVAL_ASKED, APPROVAL_WAITING},
    {AXIS_APPROVAL, APPROVAL_RECEIVED, EVENT_APPROVED, APPROVAL_APPROVED},
    {AXIS_APPROVAL, APPROVAL_RECEIVED, EVENT_PRICE_AWAITED, APPROVAL_UNPRICED},
    {AXIS_APPROVAL, APPROVAL_UNPRICED, EVENT_REPRICED, APPROVAL_RECEIVED},
    {AXIS_APPROVAL, APPROVAL_UNPRICED, EVENT_REFUSED, APPROVAL_REFUSED},
    {AXIS_APPROVAL, APPROVAL_WAITING, EVENT_APPROVED, APPROVAL_APPROVED},
    {AXIS_APPROVAL, APPROVAL_WAITING, EVENT_REFUSED, APPROVAL_REFUSED},
    {AXIS_APPROVAL, APPROVAL_REFUSED, EVENT_RECEIVED, APPROVAL_RECEIVED},
    {AXIS_APPROVAL, APPROVAL_WAITING, EVENT_REPRICED, APPROVAL_RECEIVED},
    {AXIS_APPROVAL, APPROVAL_APPROVED, EVENT_REPRICED, APPROVAL_RECEIVED},
    {AXIS_APPROVAL, APPROVAL_RECEIVED, EVENT_HOLD_PLACED, APPROVAL_RECEIVED},
    {AXIS_APPROVAL, APPROVAL_UNPRICED, EVENT_HOLD_PLACED, APPROVAL_UNPRICED},
    {AXIS_APPROVAL, APPROVAL_UNPRICED, EVENT_HOLD_ENDED, APPROVAL_UNPRICED},
    {AXIS_APPROVAL, APPROVAL_WAITING, EVENT_HOLD_PLACED, APPROVAL_WAITING},
    {AXIS_APPROVAL, APPROVAL_WAITING, EVENT_HOLD_ENDED, APPROVAL_WAITING},
    {AXIS_FULFILMENT, FULFILMENT_NONE, EVENT_HOLD_PLACED, FULFILMENT_NONE},
    {AXIS_FULFILMENT, FULFILMENT_NONE, EVENT_HOLD_ENDED, FULFILMENT_NONE},
    {AXIS_FULFILMENT, FULFILMENT_NONE, EVENT_RELEASED, FULFILMENT_RELEASED},
    {AXIS_FULFILMENT, FULFILMENT_RELEASED, EVENT_PARTLY_SHIPPED, FULFILMENT_PARTLY},
    {AXIS_FULFILMENT, FULFILMENT_PARTLY, EVENT_PARTLY_SHIPPED, FULFILMENT_PARTLY},
    {AXIS_FULFILMENT, FULFILMENT_RELEASED, EVENT_SHIPPED, FULFILMENT_SHIPPED},
    {AXIS_FULFILMENT, FULFILMENT_PARTLY, EVENT_SHIPPED, FULFILMENT_SHIPPED},
};
const size_t lifecycle_edge_count = sizeof lifecycle_edges / sizeof lifecycle_edges[0];

const char *
lifecycle_headline_text(const char *name, enum language language)
{
    for (int headline = 0; headline < HEADLINE_COUNT; headline++) {
        if (strcmp(headline_names[headline], name) == 0) {
            return message_text(headline_messages[headline], language);
        }
    }
    return name;
}

int
lifecycle_next(enum axis axis, int state, enum order_event on)
{
    for (size_t index = 0; index < lifecycle_edge_count; index++) {
        const struct edge *edge = &lifecycle_edges[index];
        if (edge->axis == axis && edge->from == state && edge->on == on) {
            return edge->to;
        }
    }
    return -1;
}

enum headline
lifecycle_headline(enum approval_state approval, enum fulfilment_state fulfilment)
{
    static const enum headline of_fulfilment[FULFILMENT_STATE_COUNT] = {
        [FULFILMENT_NONE] = HEADLINE_APPROVED,
        [FULFILMENT_RELEASED] = HEADLINE_RELEASED,
        [FULFILMENT_PARTLY] = HEADLINE_PARTLY_SHIPPED,
        [FULFILMENT_SHIPPED] = HEADLINE_SHIPPED,
    };
    switch (approval) {
    case APPROVAL_RECEIVED: return HEADLINE_SUBMITTED;
    case APPROVAL_UNPRICED: return HEADLINE_UNPRICED;
    case APPROVAL_WAITING: return HEADLINE_WAITING;
    case APPROVAL_REFUSED: return HEADLINE_REFUSED;
    default: return of_fulfilment[fulfilment];
    }
}
