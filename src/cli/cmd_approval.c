/* purser approval list, approve, reject, return, delegate (show stands in cmd_order.c, beside the
 * views it shares).
 */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "desk/desk.h"
#include "store/store_approval.h"
#include "store/store_order.h"

static const struct view_column columns[] = {
    {"approver", VIEW_TEXT, 0, 0, M_COLUMN_APPROVER}, {NULL, VIEW_PATH, 1, 2, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 1, 0, VIEW_HIDDEN},        {"number", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"version", VIEW_INTEGER, 3, 0, VIEW_HIDDEN},     {"amount", VIEW_MONEY, 4, 5, M_COLUMN_AMOUNT},
    {"limit", VIEW_MONEY, 6, 5, M_COLUMN_LIMIT},      {"currency", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"asked", VIEW_MOMENT, 7, 0, M_COLUMN_ASKED},     {"due", VIEW_MOMENT, 8, 0, M_COLUMN_DUE},
    {"step", VIEW_INTEGER, 9, 0, VIEW_HIDDEN},
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

/* What is said of an approval that leaves no step open. */
static enum message
approved_of(const struct open_holds *holds)
{
    return holds->approval != 0 ? M_APPROVAL_KEPT
           : holds->kinds != 0  ? M_APPROVAL_APPROVED_HELD
                                : M_APPROVAL_APPROVED;
}

/* What is said of a decision: the step is decided, or others of it must still decide. */
static enum message
answer_of(enum decision_verdict verdict, bool is_open, bool is_same_step,
          const struct open_holds *holds)
{
    switch (verdict) {
    case DECISION_DELEGATE: return M_APPROVAL_DELEGATED;
    case DECISION_RETURN: return M_APPROVAL_RETURNED;
    default: break;
    }
    return is_open && is_same_step       ? M_APPROVAL_VOTED
           : is_open                     ? M_APPROVAL_NEXT_STEP
           : verdict == DECISION_APPROVE ? approved_of(holds)
                                         : M_APPROVAL_REJECTED;
}

/* The step that is open now, 0: none; and who is asked in it. */
static enum outcome
find_open(struct cli *cli, const struct found_order *found, int64_t *step, const char **asked,
          struct fault *why)
{
    *asked = NULL;
    const enum outcome open =
        approval_open_of(cli->store, found->partner, found->number, &cli->arena, step, asked, why);
    return open == NONE ? DONE : open;
}

/* What became of an order from which lines were struck. */
static enum outcome
tell_struck(struct cli *cli, const struct found_order *found, const struct desk_decision *decision,
            const char *next, struct fault *why)
{
    struct order_standing standing;
    TRY(order_find(cli->store, found->partner, found->number, &standing, why));
    const char *order = arena_format(&cli->arena, "%s/%s", found->partner, found->number);
    cli_say_with(cli, M_APPROVAL_STRUCK, order, decision->strike,
                 cli_integer(cli, standing.version),
                 view_headline(cli, lifecycle_headline(standing.approval, standing.fulfilment,
                                                       standing.payment)));
    if (next == NULL) {
        cli_say(cli, M_PRICE_SET_NEXT);
    } else {
        cli_say_with(cli, M_APPROVAL_DELEGATED, order, next);
    }
    return DONE;
}

static enum outcome
tell(struct cli *cli, const struct found_order *found, const struct desk_decision *decision,
     int64_t step_before, struct fault *why)
{
    const char *next = NULL; /* who is asked after it */
    int64_t step = 0;
    TRY(find_open(cli, found, &step, &next, why));
    const char *order = arena_format(&cli->arena, "%s/%s", found->partner, found->number);
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "approval.decide");
        json_object(&json, "data");
        json_text(&json, "order", order);
        json_text(&json, "verdict", decision_verdict_names[decision->verdict]);
        if (decision->strike[0] != '\0') {
            json_text(&json, "strike", decision->strike);
        }
        json_text(&json, "next_approver", next);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET) && decision->strike[0] != '\0') {
        return tell_struck(cli, found, decision, next, why);
    } else if (!option_given(cli, OPTION_QUIET)) {
        struct open_holds holds;
        TRY(order_hold_kinds(cli->store, found->id, &holds, why));
        cli_say_with(cli, answer_of(decision->verdict, step != 0, step == step_before, &holds),
                     order,
                     decision->verdict == DECISION_DELEGATE ? decision->delegate
                     : next == NULL                         ? ""
                                                            : next);
    }
    return DONE;
}

/* Line numbers, as a decision file has them. */
static enum outcome
read_strike(const struct cli *cli, const char **strike, struct fault *why)
{
    enum { STRIKE_BYTES_MAX = 1000 };
    const char *text = option_text(cli, OPTION_STRIKE, "");
    if (option_given(cli, OPTION_STRIKE) &&
        (text[0] == '\0' || !cli_is_presentable(text, STRIKE_BYTES_MAX))) {
        return fail_as(why, FAULT_USAGE,
                       "--strike names lines of the order by their numbers, \"2 | 3\": at most %d "
                       "bytes",
                       STRIKE_BYTES_MAX);
    }
    *strike = text;
    return DONE;
}

static enum outcome
decide(struct cli *cli, enum decision_verdict verdict, struct fault *why)
{
    struct found_order found;
    struct run run = {0};
    const char *asked = NULL;
    int64_t step = 0;
    struct desk_decision decision = {.verdict = verdict, .actor = cli_actor(cli), .delegate = ""};
    TRY(find_order(cli, false, &found, why));
    TRY(option_reason(cli, verdict != DECISION_APPROVE, &decision.reason, why));
    TRY(read_strike(cli, &decision.strike, why));
    TRY(find_open(cli, &found, &step, &asked, why));
    decision.partner = found.partner;
    decision.order_number = found.number;
    if (verdict == DECISION_DELEGATE) {
        decision.delegate = cli->operands[1];
    }
    run.config = &cli->config;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome outcome = desk_decide(&run, &decision, why);
    if (outcome == NONE) {
        return fail_as(why, FAULT_NOT_FOUND, "there is no order %s/%s", found.partner,
                       found.number);
    }
    TRY(outcome);
    return tell(cli, &found, &decision, step, why);
}

enum outcome
cmd_approval_approve(struct cli *cli, struct fault *why)
{
    return decide(cli, DECISION_APPROVE, why);
}

enum outcome
cmd_approval_reject(struct cli *cli, struct fault *why)
{
    return decide(cli, DECISION_REJECT, why);
}

enum outcome
cmd_approval_return(struct cli *cli, struct fault *why)
{
    return decide(cli, DECISION_RETURN, why);
}

enum outcome
cmd_approval_delegate(struct cli *cli, struct fault *why)
{
    return decide(cli, DECISION_DELEGATE, why);
}
