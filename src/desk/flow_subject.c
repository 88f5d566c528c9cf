/* The order that moves, as it stands. */
#include "desk/flow.h"

struct subject
flow_subject(const struct order_standing *standing, const char *partner)
{
    return (struct subject){.id = standing->id,
                            .version = standing->version,
                            .partner = partner,
                            .approval = standing->approval,
                            .fulfilment = standing->fulfilment,
                            .payment = standing->payment};
}

struct subject
flow_held_subject(const struct held_order *order)
{
    return (struct subject){.id = order->id,
                            .version = order->version,
                            .partner = order->partner,
                            .approval = order->approval,
                            .fulfilment = order->fulfilment,
                            .payment = order->payment};
}
