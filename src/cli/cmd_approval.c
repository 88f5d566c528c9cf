/* purser approval list, approve, reject (show stands in cmd_order.c, beside the views it shares).
 */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "desk/desk.h"
#include "store/store_approval.h"

static const struct view_column columns[] = {
    {"approver", VIEW_TEXT, 0, 0, M_COLUMN_APPROVER}, {NULL, VIEW_PATH, 1, 2, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 1, 0, VIEW_HIDDEN},        {"number", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"version", VIEW_INTEGER, 3, 0, VIEW_HIDDEN},     {"amount", VIEW_MONEY, 4, 5, M_COLUMN_AMOUNT},
    {"limit", VIEW_MONEY, 6, 5, M_COLUMN_LIMIT},      {"currency", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"asked", VIEW_MOMENT, 7, 0, M_COLUMN_ASKED},
};
static const struct view approvals_view =
    VIEW(SQL_view_approvals, "approvals", VIEW_HIDDEN, columns);

enum outcome
cmd_approval_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "approval.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &approvals_view, &count, why,
                  TEXT(option_text(cli, OPTION_PARTNER, "")), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_APPROVAL_NONE);
    } else {
        buf_char(&cli->out, '\n');
        cli_say(cli, M_APPROVAL_NEXT);
    }
    return DONE;
}

static enum outcome
decide(struct cli *cli, bool approves, struct fault *why)
{
    struct found_order found;
    struct run run = {0};
    const char *reason = "";
    TRY(find_order(cli, false, &found, why));
    TRY(option_reason(cli, !approves, &reason, why));
    run.config = &cli->config;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome outcome =
        desk_decide(&run, found.partner, found.number, approves, cli_actor(cli), reason, why);
    if (outcome == NONE) {
        return fail_as(why, FAULT_NOT_FOUND, "there is no order %s/%s", found.partner,
                       found.number);
    }
    TRY(outcome);
    const char *next = NULL; /* who is asked after this step */
    const enum outcome asked =
        approval_open_of(cli->store, found.partner, found.number, &cli->arena, &next, why);
    if (asked != DONE && asked != NONE) {
        return asked;
    }
    const char *order = arena_format(&cli->arena, "%s/%s", found.partner, found.number);
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "approval.decide");
        json_object(&json, "data");
        json_text(&json, "order", order);
        json_text(&json, "verdict", approves ? "approve" : "reject");
        json_text(&json, "next_approver", next);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET)) {
        struct open_holds holds;
        TRY(order_hold_kinds(cli->store, found.id, &holds, why));
        cli_say_with(cli,
                     next != NULL          ? M_APPROVAL_NEXT_STEP
                     : !approves           ? M_APPROVAL_REJECTED
                     : holds.approval != 0 ? M_APPROVAL_KEPT
                     : holds.kinds != 0    ? M_APPROVAL_APPROVED_HELD
                                           : M_APPROVAL_APPROVED,
                     order, next == NULL ? "" : next);
    }
    return DONE;
}

enum outcome
cmd_approval_approve(struct cli *cli, struct fault *why)
{
    return decide(cli, true, why);
}

enum outcome
cmd_approval_reject(struct cli *cli, struct fault *why)
{
    return decide(cli, false, why);
}
