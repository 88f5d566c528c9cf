/* purser stop list, stop answer -- what warehouses and plants were told to stop, or send elsewhere,
 * and what one of them answered by telephone. */
#include "cli/command.h"
#include "cli/stops.h"

#include "base/decimal.h"
#include "desk/desk.h"
#include "order/order_change.h"

enum { REASON_BYTES_MAX = 500 };

#define STOP_COLUMNS                                                                               \
    {"partner", VIEW_TEXT, 0, 0, M_COLUMN_PARTNER},                                                \
        {"number", VIEW_INTEGER, 1, 0, M_COLUMN_NUMBER},                                           \
        {"action", VIEW_WORD, 2, 0, M_COLUMN_ACTION}, {"order", VIEW_PATH, 3, 4, M_COLUMN_ORDER},  \
        {"release", VIEW_INTEGER, 5, 0, VIEW_HIDDEN},                                              \
        {"production", VIEW_INTEGER, 6, 0, VIEW_HIDDEN},                                           \
        {"shipment", VIEW_TEXT, 7, 0, VIEW_HIDDEN}, {"lines", VIEW_TEXT, 8, 0, M_COLUMN_LINE},     \
        {"state", VIEW_WORD, 9, 0, M_COLUMN_STATE}, {"asked", VIEW_MOMENT, 10, 0, M_COLUMN_ASKED}, \
        {"since", VIEW_MOMENT, 11, 0, VIEW_HIDDEN},                                                \
        {"reminders", VIEW_INTEGER, 12, 0, VIEW_HIDDEN},                                           \
    {                                                                                              \
        "answer_by", VIEW_MOMENT, 13, 0, M_COLUMN_ANSWER_BY                                        \
    }

static const struct view_column list_columns[] = {
    STOP_COLUMNS,
    {"cost", VIEW_MONEY, 14, 15, VIEW_BELOW(M_COLUMN_COST)},
    {"currency", VIEW_TEXT, 15, 0, VIEW_HIDDEN},
    {"reason", VIEW_TEXT, 16, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
static const struct view list_view = VIEW(SQL_view_stops, "stops", VIEW_HIDDEN, list_columns);

static const struct view_column order_columns[] = {
    STOP_COLUMNS,
    {"reason", VIEW_TEXT, 16, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
const struct view stops_of_order_view =
    VIEW(SQL_view_order_stops, "stops", M_HEADING_STOPS, order_columns);

enum outcome
cmd_stop_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "stop.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &list_view, &count, why,
                  TEXT(cli->config.company_currency), TEXT(option_text(cli, OPTION_PARTNER, "")),
                  INTEGER(option_given(cli, OPTION_OPEN)), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_STOP_NONE);
    }
    return DONE;
}

static enum outcome
read_amount(struct cli *cli, enum cli_option option, const char *name, int64_t *micros,
            struct fault *why)
{
    const char *text = option_text(cli, option, NULL);
    *micros = AMOUNT_NONE;
    if (text != NULL && (decimal_parse(text, MICROS_PLACES, micros) != DECIMAL_FINE ||
                         *micros < 0 || *micros > DECIMAL_MICROS_MAX)) {
        return fail_as(why, FAULT_USAGE, "--%s is a number, not below 0, not \"%s\"", name, text);
    }
    return DONE;
}

static enum outcome
read_word(struct cli *cli, struct stop_word *word, struct fault *why)
{
    word->partner = cli->operands[0];
    word->status = cli->operands[2];
    word->line = option_text(cli, OPTION_LINE, "");
    word->reason = option_text(cli, OPTION_REASON, "");
    word->actor = cli_actor(cli);
    word->is_trial = option_given(cli, OPTION_DRY_RUN);
    if (decimal_parse(cli->operands[1], 0, &word->number) != DECIMAL_FINE || word->number < 1) {
        return fail_as(why, FAULT_USAGE, "NUMBER is that of a notice, not \"%s\"",
                       cli->operands[1]);
    }
    if (name_index(word->status, stop_status_names, STOP_STATUS_COUNT) < 0) {
        return fail_as(why, FAULT_USAGE,
                       "the answer is stopped, partly, too-late, done or refused, not \"%s\"",
                       word->status);
    }
    if (*word->reason == '\0' || !cli_is_presentable(word->reason, REASON_BYTES_MAX)) {
        return fail_as(why, FAULT_USAGE,
                       "say who answered, and what, with --reason TEXT: UTF-8 without control "
                       "characters, at most %d bytes",
                       REASON_BYTES_MAX);
    }
    TRY(read_amount(cli, OPTION_QUANTITY, "quantity", &word->quantity_micros, why));
    TRY(read_amount(cli, OPTION_COST, "cost", &word->cost_micros, why));
    const bool is_partly =
        name_index(word->status, stop_status_names, STOP_STATUS_COUNT) == (int)STOP_PARTLY;
    if (is_partly != (*word->line != '\0' && word->quantity_micros != AMOUNT_NONE)) {
        return fail_as(why, FAULT_USAGE,
                       "partly goes with --line N and --quantity N, and no other answer does");
    }
    return DONE;
}

static void
show_json(struct cli *cli, const struct stop_word *word, const struct stop_heard *heard)
{
    struct json json;
    cli_json_begin(cli, &json, "stop.answer");
    json_object(&json, "data");
    json_text(&json, "partner", word->partner);
    json_integer(&json, "number", word->number);
    json_text(&json, "state", heard->state);
    json_text(&json, "order", heard->order);
    json_text(&json, "order_state", headline_names[heard->headline]);
    json_bool(&json, "dry_run", word->is_trial);
    json_end(&json);
    cli_json_end(cli, &json);
}

enum outcome
cmd_stop_answer(struct cli *cli, struct fault *why)
{
    struct stop_word word = {0};
    struct stop_heard heard = {0};
    struct run run = {0};
    TRY(read_word(cli, &word, why));
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome outcome = desk_stop_answer(&run, &word, &cli->arena, &heard, why);
    if (outcome == NONE) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "there is no notice %s to %s; `purser stop list` shows them",
                       cli->operands[1], word.partner);
    }
    TRY(outcome);
    if (cli->wants_json) {
        show_json(cli, &word, &heard);
    } else if (!option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, M_STOP_ANSWER_TAKEN, word.partner, cli->operands[1],
                     message_word(heard.state, cli->language), heard.order,
                     view_headline(cli, heard.headline));
        cli_say(cli, word.is_trial ? M_PRICE_SET_TRIAL : M_CANCEL_DONE_NEXT);
    }
    return DONE;
}
