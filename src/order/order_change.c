#include "order/order_change.h"

#include "order/change_answer.h"

const char *const change_action_names[] = {"set", "add", "remove"};
const char *const cancel_reason_names[] = {"not-needed", "mistake", "too-late", "price", "other"};
const char *const stop_status_names[] = {"stopped", "partly", "too-late", "done", "refused"};
const char *const return_reason_names[] = {"not-wanted", "damaged",  "wrong-item",
                                           "defective",  "too-late", "other"};
const char *const return_wish_names[] = {"refund", "exchange"};
const char *const return_condition_names[] = {"new", "opened", "damaged", "wrong-item"};

#define NO_PARTY                                                                                   \
    {                                                                                              \
        "", "", "", "", "", "", "", "", "", "", "", ""                                             \
    }

const struct order_change order_change_blank = {
    .number = "",
    .order_number = "",
    .reason = "",
    .requested_from = DAY_NONE,
    .requested_to = DAY_NONE,
    .ship_to = NO_PARTY,
    .terms = "",
};
const struct order_cancellation order_cancellation_blank = {
    .number = "", .order_number = "", .reason = "", .text = ""};
const struct stop_answer stop_answer_blank = {
    .status = "",
    .order_line = "",
    .quantity_micros = AMOUNT_NONE,
    .at_ms = AMOUNT_NONE,
    .cost_micros = AMOUNT_NONE,
    .currency = "",
    .reason = "",
};
const struct return_request return_request_blank = {.number = "", .order_number = ""};
const struct return_receipt return_receipt_blank = {
    .number = "", .authorisation = "", .at_ms = AMOUNT_NONE};

const char *const change_verdict_names[CHANGE_VERDICTS] = {
    [CHANGE_TAKEN] = "taken",
    [CHANGE_PARTLY] = "partly",
    [CHANGE_REFUSED] = "refused",
    [CHANGE_WAITS] = "waits",
};
