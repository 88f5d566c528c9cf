#include "cli/command.h"

#include "base/text.h"
#include "order/document_kind.h"

#include <string.h>

#define LOOKS (NEED_HOME | NEED_CONFIG | NEED_STORE)
#define ACTS  (NEED_HOME | NEED_CONFIG | NEED_LOCK)

/* In the order of `purser help`. */
const struct command commands[] = {
    {"init", "DIR", 1, 1, 0, M_COMMAND_INIT, cmd_init, {0}},
    {"run",
     "",
     0,
     0,
     NEED_HOME | NEED_CONFIG,
     M_COMMAND_RUN,
     cmd_run,
     {OPTION_ONLY, OPTION_DRY_RUN}},
    {"status", "", 0, 0, LOOKS, M_COMMAND_STATUS, cmd_status, {0}},
    {"check",
     "FILE...",
     1,
     1000000,
     0,
     M_COMMAND_CHECK,
     cmd_check,
     {OPTION_FORMAT, OPTION_OUTPUT, OPTION_PARTNER, OPTION_ENCODING}},
    {"order list",
     "",
     0,
     0,
     LOOKS,
     M_COMMAND_ORDER_LIST,
     cmd_order_list,
     {OPTION_PARTNER, OPTION_STATE, OPTION_LIMIT, OPTION_GRAPH}},
    {"order show", "ORDER", 1, 1, LOOKS, M_COMMAND_ORDER_SHOW, cmd_order_show, {0}},
    {"order trace", "ORDER", 1, 1, LOOKS, M_COMMAND_ORDER_TRACE, cmd_order_trace, {0}},
    {"order track", "ORDER", 1, 1, LOOKS, M_COMMAND_ORDER_TRACK, cmd_order_track, {0}},
    {"order explain", "ORDER", 1, 1, LOOKS, M_COMMAND_ORDER_EXPLAIN, cmd_order_explain, {0}},
    {"order hold",
     "ORDER",
     1,
     1,
     ACTS,
     M_COMMAND_ORDER_HOLD,
     cmd_order_hold,
     {OPTION_REASON, OPTION_BLOCKS, OPTION_UNTIL, OPTION_ONLY_BY}},
    {"order resume",
     "ORDER",
     1,
     1,
     ACTS,
     M_COMMAND_ORDER_RESUME,
     cmd_order_resume,
     {OPTION_REASON, OPTION_KIND}},
    {"payment list",
     "",
     0,
     0,
     LOOKS,
     M_COMMAND_PAYMENT_LIST,
     cmd_payment_list,
     {OPTION_UNALLOCATED, OPTION_PARTNER, OPTION_LIMIT}},
    {"payment assign",
     "NUMBER ORDER",
     2,
     2,
     ACTS,
     M_COMMAND_PAYMENT_ASSIGN,
     cmd_payment_assign,
     {OPTION_PARTNER, OPTION_DRY_RUN}},
    {"price explain", "ORDER[/LINE]", 1, 1, LOOKS, M_COMMAND_PRICE_EXPLAIN, cmd_price_explain, {0}},
    {"price set",
     "ORDER/LINE PRICE",
     2,
     2,
     ACTS,
     M_COMMAND_PRICE_SET,
     cmd_price_set,
     {OPTION_REASON, OPTION_PERSON, OPTION_DRY_RUN}},
    {"price quote",
     "[FILE]",
     0,
     1,
     LOOKS,
     M_COMMAND_PRICE_QUOTE,
     cmd_price_quote,
     {OPTION_CUSTOMER, OPTION_SKU, OPTION_QTY, OPTION_UNIT, OPTION_OPTION, OPTION_COUPON,
      OPTION_CURRENCY, OPTION_DATE, OPTION_SHIP_TO, OPTION_PARTNER, OPTION_ENCODING}},
    {"rule confirm",
     "PARTNER/FILE",
     1,
     1,
     ACTS,
     M_COMMAND_RULE_CONFIRM,
     cmd_rule_confirm,
     {OPTION_REASON}},
    {"rule reject",
     "PARTNER/FILE",
     1,
     1,
     ACTS,
     M_COMMAND_RULE_REJECT,
     cmd_rule_reject,
     {OPTION_REASON}},
    {"rule backtest",
     "FILE...",
     1,
     DOCUMENT_KIND_COUNT,
     ACTS,
     M_COMMAND_RULE_BACKTEST,
     cmd_rule_backtest,
     {OPTION_FROM, OPTION_TO, OPTION_LIMIT, OPTION_PARTNER, OPTION_ENCODING}},
    {"approval list",
     "",
     0,
     0,
     LOOKS,
     M_COMMAND_APPROVAL_LIST,
     cmd_approval_list,
     {OPTION_PARTNER, OPTION_LIMIT}},
    {"approval test",
     "FILE",
     1,
     1,
     LOOKS,
     M_COMMAND_APPROVAL_TEST,
     cmd_approval_test,
     {OPTION_MATRIX, OPTION_APPROVERS, OPTION_ENCODING}},
    {"approval show", "ORDER", 1, 1, LOOKS, M_COMMAND_APPROVAL_SHOW, cmd_approval_show, {0}},
    {"approval approve",
     "ORDER",
     1,
     1,
     ACTS,
     M_COMMAND_APPROVAL_APPROVE,
     cmd_approval_approve,
     {OPTION_REASON, OPTION_STRIKE}},
    {"approval reject",
     "ORDER",
     1,
     1,
     ACTS,
     M_COMMAND_APPROVAL_REJECT,
     cmd_approval_reject,
     {OPTION_REASON}},
    {"approval return",
     "ORDER",
     1,
     1,
     ACTS,
     M_COMMAND_APPROVAL_RETURN,
     cmd_approval_return,
     {OPTION_REASON}},
    {"approval delegate",
     "ORDER APPROVER",
     2,
     2,
     ACTS,
     M_COMMAND_APPROVAL_DELEGATE,
     cmd_approval_delegate,
     {OPTION_REASON}},
    {"file list",
     "",
     0,
     0,
     LOOKS,
     M_COMMAND_FILE_LIST,
     cmd_file_list,
     {OPTION_PARTNER, OPTION_STATE, OPTION_LIMIT}},
    {"file show", "PARTNER/FILE", 1, 1, LOOKS, M_COMMAND_FILE_SHOW, cmd_file_show, {0}},
    {"file retry", "PARTNER/FILE", 1, 1, ACTS, M_COMMAND_FILE_RETRY, cmd_file_retry, {0}},
    {"invoice list",
     "",
     0,
     0,
     LOOKS,
     M_COMMAND_INVOICE_LIST,
     cmd_invoice_list,
     {OPTION_PARTNER, OPTION_LIMIT}},
    {"invoice show", "NUMBER", 1, 1, LOOKS, M_COMMAND_INVOICE_SHOW, cmd_invoice_show, {0}},
    {"invoice credit",
     "NUMBER",
     1,
     1,
     ACTS,
     M_COMMAND_INVOICE_CREDIT,
     cmd_invoice_credit,
     {OPTION_REASON, OPTION_LINE, OPTION_QUANTITY, OPTION_AMOUNT, OPTION_DRY_RUN}},
    {"report list", "", 0, 0, LOOKS, M_COMMAND_REPORT_LIST, cmd_report_list, {0}},
    {"report run",
     "NAME",
     1,
     1,
     LOOKS,
     M_COMMAND_REPORT_RUN,
     cmd_report_run,
     {OPTION_FROM, OPTION_TO, OPTION_FORMAT, OPTION_OUTPUT}},
    {"partner list",
     "",
     0,
     0,
     NEED_HOME | NEED_CONFIG,
     M_COMMAND_PARTNER_LIST,
     cmd_partner_list,
     {0}},
    {"partner show", "ID", 1, 1, LOOKS, M_COMMAND_PARTNER_SHOW, cmd_partner_show, {0}},
    {"partner test",
     "ID",
     1,
     1,
     NEED_HOME | NEED_CONFIG,
     M_COMMAND_PARTNER_TEST,
     cmd_partner_test,
     {0}},
    {"config check", "", 0, 0, NEED_HOME, M_COMMAND_CONFIG_CHECK, cmd_config_check, {0}},
    {"config show", "[KEY]", 0, 1, NEED_HOME, M_COMMAND_CONFIG_SHOW, cmd_config_show, {0}},
    {"doctor", "", 0, 0, NEED_HOME, M_COMMAND_DOCTOR, cmd_doctor, {OPTION_NETWORK}},
    {"verify", "", 0, 0, LOOKS, M_COMMAND_VERIFY, cmd_verify, {OPTION_DUMP}},
    {"help", "[TOPIC]", 0, 2, 0, M_COMMAND_HELP, cmd_help, {0}},
    {"version", "", 0, 0, 0, M_COMMAND_VERSION, cmd_version, {0}},
    {"completion", "bash", 1, 1, 0, M_COMMAND_COMPLETION, cmd_completion, {0}},
};
const size_t command_count = sizeof commands / sizeof commands[0];

const struct command *
command_find(const char *name)
{
    for (size_t index = 0; index < command_count; index++) {
        if (strcmp(commands[index].name, name) == 0) {
            return &commands[index];
        }
    }
    return NULL;
}

/* All commands of a group: "order" gives "order list, order show, ...". */
static const char *
group_members(const char *name, struct arena *arena)
{
    const size_t size = strcspn(name, " ");
    const char *text = "";
    for (size_t index = 0; index < command_count; index++) {
        const char *command = commands[index].name;
        if (strncmp(command, name, size) == 0 && command[size] == ' ') {
            text = arena_format(arena, "%s%s%s", text, text[0] == '\0' ? "" : ", ", command);
        }
    }
    return text;
}

const char *
command_near(const char *name, struct arena *arena)
{
    enum { DISTANCE_MAX = 2 };
    size_t distance = DISTANCE_MAX + 1;
    const char *nearest = NULL;
    for (size_t index = 0; index < command_count; index++) {
        const size_t here = text_distance(name, commands[index].name, DISTANCE_MAX);
        if (here < distance) {
            distance = here;
            nearest = commands[index].name;
        }
    }
    const char *members = group_members(name, arena);
    return nearest != NULL      ? arena_format(arena, "; did you mean \"%s\"?", nearest)
           : members[0] != '\0' ? arena_format(arena, "; there are: %s", members)
                                : "; `purser help` lists them";
}
