/* purser status -- what waits, for whom, since when, and the next command to type. */
#include "cli/command.h"
#include "cli/status.h"
#include "store/store_left.h"
#include "store/store_run.h"
#include "store/store_view.h"

#include "base/date.h"
#include "base/text.h"
#include "order/lifecycle.h"
#include "order/order.h"

#include <string.h>

enum { TENTH_HOUR_MS = 360000 };

void
status_add(struct status *status, const struct item *item)
{
    status_add_silence(status, item, NULL);
}

void
status_add_silence(struct status *status, const struct item *item, const struct silence *silence)
{
    struct cli *cli = status->cli;
    status->count++;
    if (status->json == NULL) {
        buf_format(&cli->out, "  %s", item->text);
        if (item->since_ms != 0) {
            buf_format(&cli->out, " (%s, %s)", cli_time(cli, item->since_ms),
                       cli_age(cli, item->since_ms));
        }
        buf_char(&cli->out, '\n');
        if (item->command[0] != '\0') {
            buf_format(&cli->out, "      -> %s\n", item->command);
        }
        return;
    }
    json_object(status->json, NULL);
    json_text(status->json, "what", item->what);
    json_text(status->json, "for", item->who);
    json_integer(status->json, "count", item->count);
    json_moment(status->json, "since", item->since_ms);
    json_text(status->json, "text", item->text);
    json_text(status->json, "command", item->command);
    if (silence != NULL) {
        json_text(status->json, "document", silence->document);
        json_moment(status->json, "last_file", silence->last_ms);
        json_decimal(status->json, "usual_hours", silence->usual_ms / TENTH_HOUR_MS, 1, 1);
        json_moment(status->json, "expected", silence->expected_ms);
    }
    json_end(status->json);
}

const char *
status_command(struct cli *cli, const char *rest)
{
    return strcmp(cli->home_path, ".") == 0
               ? arena_format(&cli->arena, "purser %s", rest)
               : arena_format(&cli->arena, "purser --home %s %s", cli->home_path, rest);
}

static enum outcome
add_approvals(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query(cli->store, SQL_view_status_approvals, &rows, why, INTEGER(cli->as_of_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *who = rows_copy(&rows, 0, &cli->arena);
        const int64_t count = rows_integer(&rows, 1);
        const int64_t overdue = rows_integer(&rows, 3);
        const struct item item = {
            "approval",
            who,
            count,
            rows_integer(&rows, 2),
            cli_phrase(cli,
                       who[0] == '\0' ? M_STATUS_APPROVAL_NOBODY
                       : overdue > 0  ? M_STATUS_APPROVAL_OVERDUE
                                      : M_STATUS_APPROVAL,
                       cli_integer(cli, count), who, cli_integer(cli, overdue)),
            status_command(cli, who[0] == '\0' ? "approval list"
                                               : arena_format(&cli->arena,
                                                              "approval list --partner %s", who))};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

/* Open orders but those that wait for a person, which have lines of their own. */
static enum outcome
add_orders(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_orders, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const int approval =
            name_index(rows_text(&rows, 0), approval_state_names, APPROVAL_STATE_COUNT);
        const int fulfilment =
            name_index(rows_text(&rows, 1), fulfilment_state_names, FULFILMENT_STATE_COUNT);
        const int payment =
            name_index(rows_text(&rows, 4), payment_state_names, PAYMENT_STATE_COUNT);
        if (approval < 0 || fulfilment < 0 || payment < 0 || approval == APPROVAL_WAITING ||
            approval == APPROVAL_UNPRICED) {
            continue;
        }
        const char *state = headline_names[lifecycle_headline((enum approval_state)approval,
                                                              (enum fulfilment_state)fulfilment,
                                                              (enum payment_state)payment)];
        const bool at_warehouse = fulfilment != FULFILMENT_NONE;
        const int64_t count = rows_integer(&rows, 2);
        const struct item item = {
            state,
            at_warehouse ? cli->config.warehouse : "",
            count,
            rows_integer(&rows, 3),
            cli_phrase(cli, at_warehouse ? M_STATUS_WAREHOUSE : M_STATUS_RUN,
                       cli_integer(cli, count),
                       at_warehouse ? cli->config.warehouse : cli_word(cli, state)),
            status_command(cli, at_warehouse
                                    ? arena_format(&cli->arena, "order list --state %s", state)
                                    : "run")};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

/* Files of one kind: partner, name, since when, and how many of what the message says, or a text.
 */
struct file_items {
    enum statement statement;
    const char *what;
    enum message message;
    const char *command; /* and the file, when it can be named */
    bool names_file;
    bool has_text;
};

static enum outcome
add_file_rows(struct status *status, const struct file_items *items, struct rows *rows,
              struct fault *why)
{
    enum { NAME_SHOWN_MAX = 255 };
    struct cli *cli = status->cli;
    struct arena *arena = &cli->arena;
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        size_t size = 0;
        const char *name = rows_bytes(rows, 1, &size);
        const char *partner = rows_copy(rows, 0, arena);
        const char *file =
            arena_format(arena, "%s/%s", partner, text_show(arena, name, size, NAME_SHOWN_MAX));
        const char *command = items->names_file
                                  ? arena_format(arena, "%s '%s'", items->command, file)
                                  : items->command;
        const int64_t number = items->has_text ? 1 : rows_integer(rows, 3);
        const char *value = items->has_text ? rows_copy(rows, 3, arena) : cli_integer(cli, number);
        const struct item item = {items->what,
                                  partner,
                                  number,
                                  rows_integer(rows, 2),
                                  cli_phrase(cli, items->message, file, value),
                                  status_command(cli, command)};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

/* Those that cannot come through by themselves, however old; what was refused, of the last days. */
static enum outcome
add_files(struct status *status, struct fault *why)
{
    enum { DAYS_BACK = 7 };
    static const struct file_items whole[] = {
        {SQL_view_status_unreadable, "file-unreadable", M_STATUS_UNREADABLE, "run", false, true},
        {SQL_view_status_suspects, "file-suspect", M_STATUS_SUSPECT, "run", false, false},
        {SQL_view_status_set_aside, "file-set-aside", M_STATUS_SET_ASIDE, "file retry", true,
         false}};
    static const struct file_items recent[] = {
        {SQL_view_status_refused, "file-refused", M_STATUS_REFUSED, "file show", true, false},
        {SQL_view_status_partly, "file-partly-taken", M_STATUS_PARTLY, "file show", true, false}};
    struct cli *cli = status->cli;
    for (size_t index = 0; index < sizeof whole / sizeof whole[0]; index++) {
        OWNED(rows) rows = {0};
        TRY(store_query_bare(cli->store, whole[index].statement, &rows, why));
        TRY(add_file_rows(status, &whole[index], &rows, why));
    }
    for (size_t index = 0; index < sizeof recent / sizeof recent[0]; index++) {
        OWNED(rows) rows = {0};
        TRY(store_query(cli->store, recent[index].statement, &rows, why,
                        INTEGER(cli->as_of_ms - DAYS_BACK * DAY_MS)));
        TRY(add_file_rows(status, &recent[index], &rows, why));
    }
    return DONE;
}

/* Of what may be many the oldest are shown, and how many more there are. */
static enum outcome
add_rest(struct status *status, enum statement counted, size_t shown, const char *what,
         enum message message, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    TRY(store_query_bare(cli->store, counted, &rows, why));
    TRY(rows_next(&rows, why));
    const int64_t more = rows_integer(&rows, 0) - (int64_t)shown;
    const struct item item = {
        what, "", more, 0, cli_phrase(cli, message, cli_integer(cli, more), ""), ""};
    if (more > 0) {
        status_add(status, &item);
    }
    return DONE;
}

/* Orders that our price list gives no price. */
static enum outcome
add_unpriced(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    struct arena *arena = &cli->arena;
    const size_t before = status->count;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_unpriced, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *partner = rows_copy(&rows, 0, arena);
        const char *order = arena_format(arena, "%s/%s", partner, rows_text(&rows, 1));
        const char *line = rows_copy(&rows, 2, arena);
        const struct item item = {
            "price",
            partner,
            1,
            rows_integer(&rows, 4),
            cli_phrase(cli, M_STATUS_UNPRICED, order, line, rows_copy(&rows, 3, arena)),
            status_command(
                cli, arena_format(arena, "price set '%s/%s' PRICE --reason TEXT", order, line))};
        status_add(status, &item);
    }
    if (outcome != NONE) {
        return outcome;
    }
    return add_rest(status, SQL_view_status_unpriced_count, status->count - before, "price-more",
                    M_STATUS_UNPRICED_MORE, why);
}

/* Who alone may end it: a person's, as whoever placed it said, ours as it is configured; "":
 * anybody. */
static const char *
enders_of(struct cli *cli, const struct rows *rows)
{
    const int kind =
        name_index(rows_text(rows, 2), order_hold_kind_names, (size_t)ORDER_HOLD_KIND_COUNT);
    return kind <= ORDER_HOLD_BY_HAND ? rows_copy(rows, 7, &cli->arena)
                                      : cli->config.holds[kind].releasers;
}

/* What is said of a hold: kind, reason, last day, who placed it and what it blocks from column 2
 * on, with the moment and who may end it among them. */
static const char *
hold_text(struct cli *cli, const struct rows *rows, const char *order)
{
    static const enum message said[2][2] = {{M_STATUS_HOLD_APPROVAL, M_STATUS_HOLD_APPROVAL_UNTIL},
                                            {M_STATUS_HOLD, M_STATUS_HOLD_UNTIL}};
    char day[DATE_TEXT_SIZE];
    const char *kind = rows_copy(rows, 2, &cli->arena);
    const char *reason = rows_copy(rows, 3, &cli->arena);
    const char *by = rows_copy(rows, 6, &cli->arena);
    const char *enders = enders_of(cli, rows);
    const bool has_end = !rows_is_null(rows, 5);
    const bool is_by_hand = strcmp(kind, order_hold_kind_names[ORDER_HOLD_BY_HAND]) == 0;
    const bool is_release = strcmp(rows_text(rows, 8), hold_blocks_names[HOLD_BLOCKS_RELEASE]) == 0;
    const char *text =
        cli_phrase(cli, said[is_release][has_end], order, by, cli_word(cli, kind),
                   is_by_hand ? reason : cli_word(cli, reason),
                   day_format(day, has_end ? (int32_t)rows_integer(rows, 5) : DAY_NONE));
    return *enders == '\0'
               ? text
               : arena_format(&cli->arena, "%s%s", text,
                              cli_phrase(cli,
                                         is_by_hand ? M_STATUS_HOLD_ONLY : M_STATUS_HOLD_RELEASERS,
                                         enders, by));
}

/* Orders that something keeps from their approval, or from the warehouse. */
static enum outcome
add_holds(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    struct arena *arena = &cli->arena;
    const size_t before = status->count;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_holds, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *partner = rows_copy(&rows, 0, arena);
        const char *order = arena_format(arena, "%s/%s", partner, rows_text(&rows, 1));
        const struct item item = {
            "hold",
            enders_of(cli, &rows),
            1,
            rows_integer(&rows, 4),
            hold_text(cli, &rows, order),
            status_command(cli, arena_format(arena, "order resume '%s' --kind %s --reason TEXT",
                                             order, rows_text(&rows, 2)))};
        status_add(status, &item);
    }
    if (outcome != NONE) {
        return outcome;
    }
    return add_rest(status, SQL_view_status_holds_count, status->count - before, "hold-more",
                    M_STATUS_HOLDS_MORE, why);
}

/* Money that counts for no order. */
static enum outcome
add_unallocated(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    TRY(store_query_bare(cli->store, SQL_view_status_payments, &rows, why));
    TRY(rows_next(&rows, why));
    const int64_t count = rows_integer(&rows, 0);
    const struct item item = {"payment",
                              "",
                              count,
                              rows_integer_or(&rows, 1, 0),
                              cli_phrase(cli, M_STATUS_PAYMENTS, cli_integer(cli, count), ""),
                              status_command(cli, "payment list --unallocated")};
    if (count > 0) {
        status_add(status, &item);
    }
    return DONE;
}

/* Money that is to go back to its customers. */
static enum outcome
add_owed(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    struct arena *arena = &cli->arena;
    const size_t before = status->count;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_owed, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *partner = rows_copy(&rows, 0, arena);
        const char *order = arena_format(arena, "%s/%s", partner, rows_text(&rows, 1));
        const char *amount = cli_money(cli, rows_integer(&rows, 2), rows_text(&rows, 3));
        static const enum message messages[] = {M_STATUS_REFUND, M_STATUS_REFUND_REFUSED,
                                                M_STATUS_REFUND_CANCELLED};
        const enum message message = messages[rows_integer(&rows, 4)];
        const struct item item = {
            "refund",
            partner,
            1,
            0,
            cli_phrase(cli, message, order, amount),
            status_command(cli, arena_format(arena, "order show '%s'", order))};
        status_add(status, &item);
    }
    if (outcome != NONE) {
        return outcome;
    }
    return add_rest(status, SQL_view_status_owed_count, status->count - before, "refund-more",
                    M_STATUS_REFUNDS_MORE, why);
}

/* Master data that a person must look at. */
static enum outcome
add_held(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_held, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *partner = rows_copy(&rows, 0, &cli->arena);
        const char *file = arena_format(&cli->arena, "%s/%s", partner, rows_text(&rows, 1));
        const struct item item = {
            "confirmation",
            partner,
            1,
            rows_integer(&rows, 2),
            cli_phrase(cli, M_STATUS_HELD, file, rows_copy(&rows, 3, &cli->arena)),
            status_command(cli, arena_format(&cli->arena, "rule confirm '%s'", file))};
        status_add(status, &item);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
add_landed(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    TRY(store_query_bare(cli->store, SQL_view_status_landed, &rows, why));
    TRY(rows_next(&rows, why));
    const int64_t count = rows_integer(&rows, 0);
    const struct item item = {"landed",
                              "",
                              count,
                              rows_integer(&rows, 1),
                              cli_phrase(cli, M_STATUS_LANDED, cli_integer(cli, count), ""),
                              status_command(cli, "run")};
    if (count > 0) {
        status_add(status, &item);
    }
    return DONE;
}

static bool
fetches(const struct partner *partner, const char *mailbox)
{
    for (size_t index = 0; partner != NULL && index < partner->mailbox_count; index++) {
        if (strcmp(partner->mailboxes[index].name, mailbox) == 0) {
            return partner->mailboxes[index].fetch_path[0] != '\0';
        }
    }
    return false;
}

/* What no run will ever fetch. */
static enum outcome
add_left(struct status *status, struct fault *why)
{
    enum { NAME_SHOWN_MAX = 255 };
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_left, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        size_t size = 0;
        const char *partner = rows_copy(&rows, 0, &cli->arena);
        const char *mailbox = rows_copy(&rows, 1, &cli->arena);
        const char *name = rows_bytes(&rows, 2, &size);
        const enum left_kind kind = left_kind_of(rows_text(&rows, 3));
        const struct item item = {"left-alone",
                                  partner,
                                  1,
                                  rows_integer(&rows, 4),
                                  cli_phrase(cli, M_STATUS_LEFT, partner, mailbox,
                                             text_show(&cli->arena, name, size, NAME_SHOWN_MAX),
                                             cli_text(cli, left_kind_messages[kind])),
                                  ""};
        if (fetches(config_partner(&cli->config, partner), mailbox)) {
            status_add(status, &item);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static bool
delivers(const struct partner *partner)
{
    for (size_t index = 0; partner != NULL && index < partner->mailbox_count; index++) {
        if (partner->mailboxes[index].deliver_path[0] != '\0') {
            return true;
        }
    }
    return false;
}

/* Files that a mailbox should have got; those of partners without one are where they belong. */
static enum outcome
add_outbox(struct status *status, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = status->cli;
    enum outcome outcome;
    TRY(store_query_bare(cli->store, SQL_view_status_outbox, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *partner = rows_copy(&rows, 0, &cli->arena);
        const int64_t count = rows_integer(&rows, 1);
        const char *trouble = rows_copy(&rows, 4, &cli->arena);
        const char *text = cli_phrase(cli, M_STATUS_OUTBOX, cli_integer(cli, count), partner);
        const struct item item = {
            "delivery",
            partner,
            count,
            rows_integer(&rows, 2),
            trouble[0] == '\0' ? text : arena_format(&cli->arena, "%s: %s", text, trouble),
            status_command(cli, arena_format(&cli->arena, "partner test %s", partner))};
        if (delivers(config_partner(&cli->config, partner))) {
            status_add(status, &item);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
add_all(struct status *status, struct fault *why)
{
    TRY(add_approvals(status, why));
    TRY(add_orders(status, why));
    TRY(add_unpriced(status, why));
    TRY(add_holds(status, why));
    TRY(status_changes(status, why));
    TRY(add_unallocated(status, why));
    TRY(add_owed(status, why));
    TRY(add_held(status, why));
    TRY(add_landed(status, why));
    TRY(add_files(status, why));
    TRY(add_left(status, why));
    TRY(status_late(status, why));
    TRY(status_parcels(status, why));
    TRY(status_progress(status, why));
    TRY(status_stock(status, why));
    TRY(status_returns(status, why));
    TRY(status_partners(status, why));
    return add_outbox(status, why);
}

static void
show_last_run(struct cli *cli, const struct run_row *row)
{
    if (row->id == 0) {
        cli_say(cli, M_STATUS_NO_RUN);
        buf_format(&cli->out, "      -> %s\n", status_command(cli, "run"));
    } else if (row->finished_ms == 0) {
        cli_say_with(cli, M_STATUS_RUN_OPEN, cli_time(cli, row->started_ms));
    } else {
        cli_say_with(cli, M_STATUS_RUN_DONE, cli_time(cli, row->as_of_ms),
                     cli_integer(cli, row->exit_code));
    }
}

static void
last_run_json(struct json *json, const struct run_row *row)
{
    json_object(json, "last_run");
    if (row->id != 0) {
        json_moment(json, "as_of", row->as_of_ms);
        json_moment(json, "started", row->started_ms);
        json_moment(json, "finished", row->finished_ms);
        json_integer(json, "exit_code", row->exit_code);
        json_raw(json, "counts", row->summary[0] == '\0' ? "null" : row->summary);
    }
    json_end(json);
}

enum outcome
cmd_status(struct cli *cli, struct fault *why)
{
    struct run_row row = {0};
    struct json json;
    struct status status = {cli, cli->wants_json ? &json : NULL, 0};
    if (cli->store != NULL) {
        const enum outcome outcome = store_run_last(cli->store, &cli->arena, &row, why);
        if (outcome != NONE && outcome != DONE) {
            return outcome;
        }
    }
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "status");
        json_object(&json, "data");
        last_run_json(&json, &row);
        json_array(&json, "waiting");
    } else {
        show_last_run(cli, &row);
    }
    if (cli->store != NULL) {
        TRY(add_all(&status, why));
    }
    if (cli->wants_json) {
        json_end(&json);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (status.count == 0 && row.id != 0) {
        cli_say(cli, M_STATUS_NOTHING);
    }
    return DONE;
}
