#include "store/store_outbox.h"

#include "store/store.h"

enum outcome
outbox_message_add(struct store *store, const struct outbox_message *message, struct fault *why)
{
    return store_run(store, SQL_outbox_message_insert, why, TEXT(message->partner),
                     TEXT(message->kind), INTEGER_OR_NULL(message->interchange_id, 0),
                     INTEGER_OR_NULL(message->order_id, 0), INTEGER_OR_NULL(message->version, 0),
                     INTEGER_OR_NULL(message->event_id, 0),
                     INTEGER_OR_NULL(message->shipment_id, 0),
                     INTEGER_OR_NULL(message->approval_id, 0),
                     INTEGER_OR_NULL(message->report_id, 0));
}
