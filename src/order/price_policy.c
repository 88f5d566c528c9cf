#include "order/price_policy.h"

const char *const wait_reason_names[WAIT_REASON_COUNT] = {"price-differs", "manual-price",
                                                          "below-floor"};
