#include "order/transport_state.h"

#include <string.h>

#define STATE_AS_NAME(enumerator, name, rank) [enumerator] = name,
#define STATE_AS_RANK(enumerator, name, rank) [enumerator] = rank,

const char *const transport_state_names[] = {TRANSPORT_STATES(STATE_AS_NAME)};
const char *const transport_cause_names[TRANSPORT_CAUSE_COUNT] = {
    [CAUSE_NONE] = "",           [CAUSE_CUSTOMS] = "customs", [CAUSE_WEATHER] = "weather",
    [CAUSE_ADDRESS] = "address", [CAUSE_REFUSED] = "refused", [CAUSE_DAMAGED] = "damaged",
    [CAUSE_CARRIER] = "carrier",
};
const char *const transport_verdict_names[TRANSPORT_VERDICT_COUNT] = {
    [VERDICT_APPLIED] = "applied",
    [VERDICT_LATE] = "late",
    [VERDICT_CONTRADICTORY] = "contradictory",
};

const enum message transport_state_messages[TRANSPORT_STATE_COUNT] = {
    [TRANSPORT_PENDING] = M_PARCEL_PENDING,
    [TRANSPORT_INFO_RECEIVED] = M_PARCEL_INFO_RECEIVED,
    [TRANSPORT_IN_TRANSIT] = M_PARCEL_IN_TRANSIT,
    [TRANSPORT_OUT_FOR_DELIVERY] = M_PARCEL_OUT_FOR_DELIVERY,
    [TRANSPORT_ATTEMPT_FAILED] = M_PARCEL_ATTEMPT_FAILED,
    [TRANSPORT_AVAILABLE_FOR_PICKUP] = M_PARCEL_AVAILABLE_FOR_PICKUP,
    [TRANSPORT_EXCEPTION] = M_PARCEL_EXCEPTION,
    [TRANSPORT_EXPIRED] = M_PARCEL_EXPIRED,
    [TRANSPORT_DELIVERED] = M_PARCEL_DELIVERED,
};

const char *
transport_state_text(const char *name, enum language language)
{
    for (int state = 0; state < TRANSPORT_STATE_COUNT; state++) {
        if (strcmp(transport_state_names[state], name) == 0) {
            return message_text(transport_state_messages[state], language);
        }
    }
    return name;
}

int
transport_rank(enum transport_state state)
{
    static const int ranks[] = {TRANSPORT_STATES(STATE_AS_RANK)};
    return ranks[state];
}
