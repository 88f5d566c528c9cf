#include "order/order_hold.h"

#define STATE_AS_NAME(enumerator, name) [enumerator] = name,

const char *const order_hold_kind_names[] = {ORDER_HOLD_KINDS(STATE_AS_NAME)};
const char *const hold_blocks_names[] = {HOLD_BLOCKS(STATE_AS_NAME)[HOLD_BLOCKS_COUNT] = NULL};
