/* purser order hold, order resume -- what keeps an order from being released. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "base/date.h"
#include "base/text.h"
#include "desk/desk.h"
#include "order/order.h"

enum { REASON_BYTES_MAX = 500, NAMES_BYTES_MAX = 500 };

static enum outcome
read_reason(struct cli *cli, const char **reason, struct fault *why)
{
    *reason = option_text(cli, OPTION_REASON, "");
    if (**reason == '\0') {
        return fail_as(why, FAULT_USAGE, "say why with --reason TEXT: it stays with the order");
    }
    if (!cli_is_presentable(*reason, REASON_BYTES_MAX)) {
        return fail_as(why, FAULT_USAGE,
                       "--reason is UTF-8 without control characters, at most %d bytes",
                       REASON_BYTES_MAX);
    }
    return DONE;
}

static enum outcome
read_until(struct cli *cli, int32_t *until, struct fault *why)
{
    *until = DAY_NONE;
    const enum outcome given = option_day(cli, OPTION_UNTIL, until, why);
    if (given == DONE && *until < moment_day(cli->as_of_ms)) {
        return fail_as(why, FAULT_USAGE, "--until %s is over already", cli->values[OPTION_UNTIL]);
    }
    return given == NONE ? DONE : given;
}

/* As the actors of who may end it will be written: anna | boris is user:anna | user:boris. */
static enum outcome
read_only_by(struct cli *cli, const char **may_end, struct fault *why)
{
    const char *names = option_text(cli, OPTION_ONLY_BY, "");
    const char *rest = names;
    size_t size = 0;
    *may_end = "";
    for (const char *name = text_list_next(&rest, &size); name != NULL;
         name = text_list_next(&rest, &size)) {
        *may_end = arena_format(&cli->arena, "%s%suser:%.*s", *may_end,
                                **may_end == '\0' ? "" : " | ", (int)size, name);
    }
    if (option_given(cli, OPTION_ONLY_BY) &&
        (**may_end == '\0' || !cli_is_presentable(names, NAMES_BYTES_MAX))) {
        return fail_as(
            why, FAULT_USAGE,
            "--only-by is the name of a user, or several: anna | boris; at most %d bytes",
            NAMES_BYTES_MAX);
    }
    return DONE;
}

static enum outcome
read_blocks(struct cli *cli, enum hold_blocks *blocks, struct fault *why)
{
    const char *name = option_text(cli, OPTION_BLOCKS, hold_blocks_names[HOLD_BLOCKS_RELEASE]);
    const int found = name_index(name, hold_blocks_names, HOLD_BLOCKS_COUNT);
    if (found < 0) {
        return fail_as(why, FAULT_USAGE, "--blocks is approval, release or both, not \"%s\"", name);
    }
    *blocks = (enum hold_blocks)found;
    return DONE;
}

static void
prepare(struct cli *cli, struct run *run)
{
    run->config = &cli->config;
    run->language = cli->language;
    run->store = cli->store;
    run->log = &cli->log;
    run->home = cli->home;
    run->state = cli->state;
    run->as_of_ms = cli->as_of_ms;
}

static void
show_hold(struct cli *cli, const struct hold_request *request, enum headline headline)
{
    char day[DATE_TEXT_SIZE];
    struct json json;
    const char *order = arena_format(&cli->arena, "%s/%s", request->partner, request->order_number);
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "order.hold");
        json_object(&json, "data");
        json_text(&json, "order", order);
        json_text(&json, "kind", order_hold_kind_names[ORDER_HOLD_BY_HAND]);
        json_text(&json, "blocks", hold_blocks_names[request->blocks]);
        json_text(&json, "reason", request->reason);
        json_day(&json, "until", request->until);
        json_text(&json, "only_by", *request->may_end == '\0' ? NULL : request->may_end);
        json_text(&json, "state", headline_names[headline]);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET)) {
        static const enum message said[2][2] = {{M_HOLD_DONE, M_HOLD_DONE_UNTIL},
                                                {M_HOLD_DONE_APPROVAL, M_HOLD_DONE_APPROVAL_UNTIL}};
        cli_say_with(cli, said[request->blocks != HOLD_BLOCKS_RELEASE][request->until != DAY_NONE],
                     order, view_headline(cli, headline), day_format(day, request->until));
    }
}

enum outcome
cmd_order_hold(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct hold_request request = {.actor = cli_actor(cli)};
    struct run run = {0};
    enum headline headline = HEADLINE_COUNT;
    TRY(read_reason(cli, &request.reason, why));
    TRY(read_blocks(cli, &request.blocks, why));
    TRY(read_until(cli, &request.until, why));
    TRY(read_only_by(cli, &request.may_end, why));
    TRY(find_order(cli, false, &found, why));
    request.partner = found.partner;
    request.order_number = found.number;
    prepare(cli, &run);
    TRY(desk_hold(&run, &request, &headline, why));
    show_hold(cli, &request, headline);
    return DONE;
}

static enum outcome
read_kind(struct cli *cli, enum order_hold_kind *kind, struct fault *why)
{
    const char *name = option_text(cli, OPTION_KIND, NULL);
    *kind = ORDER_HOLD_KIND_COUNT;
    if (name == NULL) {
        return DONE;
    }
    const int found = name_index(name, order_hold_kind_names, ORDER_HOLD_KIND_COUNT);
    if (found < 0) {
        return fail_as(
            why, FAULT_USAGE,
            "--kind is by-hand, credit, address, stock, price-difference or payment, not \"%s\"",
            name);
    }
    *kind = (enum order_hold_kind)found;
    return DONE;
}

static void
show_resumed(struct cli *cli, const struct hold_ending *ending, const struct hold_ended *ended)
{
    struct json json;
    const char *order = arena_format(&cli->arena, "%s/%s", ending->partner, ending->order_number);
    const char *kind = order_hold_kind_names[ended->kind];
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "order.resume");
        json_object(&json, "data");
        json_text(&json, "order", order);
        json_text(&json, "kind", kind);
        json_text(&json, "reason", ending->reason);
        json_text(&json, "state", headline_names[ended->headline]);
        json_integer(&json, "holds_left", (int64_t)ended->left);
        json_end(&json);
        cli_json_end(cli, &json);
        return;
    }
    if (option_given(cli, OPTION_QUIET)) {
        return;
    }
    cli_say_with(cli, M_HOLD_ENDED, order, cli_word(cli, kind),
                 view_headline(cli, ended->headline));
    if (ended->left > 0) {
        cli_say_with(cli, M_HOLD_LEFT, cli_integer(cli, (int64_t)ended->left), order);
    }
}

enum outcome
cmd_order_resume(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct hold_ending ending = {.actor = cli_actor(cli)};
    struct hold_ended ended = {0};
    struct run run = {0};
    TRY(read_reason(cli, &ending.reason, why));
    TRY(read_kind(cli, &ending.kind, why));
    TRY(find_order(cli, false, &found, why));
    ending.partner = found.partner;
    ending.order_number = found.number;
    prepare(cli, &run);
    TRY(desk_resume(&run, &ending, &ended, why));
    show_resumed(cli, &ending, &ended);
    return DONE;
}
