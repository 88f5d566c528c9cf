#include "order/progress_state.h"

#include "base/date.h"
#include "order/order.h"

#define PROGRESS_AS_NAME(enumerator, name) [enumerator] = name,
const char *const release_state_names[] = {RELEASE_STATES(PROGRESS_AS_NAME)};
const char *const production_state_names[] = {PRODUCTION_STATES(PROGRESS_AS_NAME)};
const char *const production_cause_names[] = {"",      "material", "equipment",
                                              "staff", "quality",  "other"};

const struct release_status release_status_blank = {.partner = "",
                                                    .order_number = "",
                                                    .release = 1,
                                                    .status = "",
                                                    .at_ms = AMOUNT_NONE,
                                                    .ship_on = DAY_NONE,
                                                    .order_line = "",
                                                    .quantity_micros = AMOUNT_NONE,
                                                    .reason = ""};

const struct production_status production_status_blank = {.status = "",
                                                          .at_ms = AMOUNT_NONE,
                                                          .done_micros = AMOUNT_NONE,
                                                          .expected_on = DAY_NONE,
                                                          .cause = "",
                                                          .cost_micros = AMOUNT_NONE,
                                                          .currency = "",
                                                          .reason = ""};
