/* purser return list, show, request, authorise, refuse, settle -- what customers send back. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/status.h"
#include "cli/view.h"

#include "base/date.h"
#include "base/decimal.h"
#include "desk/desk.h"
#include "order/order_change.h"
#include "store/store.h"

static const struct view_column list_columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_NUMBER},
    {"request", VIEW_TEXT, 1, 0, M_COLUMN_RETURN_REQUEST},
    {"order", VIEW_PATH, 2, 3, M_COLUMN_ORDER},
    {"state", VIEW_WORD, 4, 0, M_COLUMN_STATE},
    {"asked", VIEW_MOMENT, 5, 0, M_COLUMN_ASKED},
    {"send_until", VIEW_DAY, 6, 0, M_COLUMN_UNTIL},
    {"warehouse", VIEW_TEXT, 7, 0, M_COLUMN_WAREHOUSE},
    {"freight", VIEW_WORD, 8, 0, VIEW_HIDDEN},
    {"waiting", VIEW_INTEGER, 9, 0, M_COLUMN_RETURN_WAITING},
};
static const struct view list_view = VIEW(SQL_view_returns, "returns", VIEW_HIDDEN, list_columns);
static const struct view open_view =
    VIEW(SQL_view_returns_open, "returns", VIEW_HIDDEN, list_columns);
static const struct view overdue_view =
    VIEW(SQL_view_returns_overdue, "returns", VIEW_HIDDEN, list_columns);

static const struct view_column head_columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_NUMBER},
    {"request", VIEW_TEXT, 1, 0, M_COLUMN_RETURN_REQUEST},
    {"order", VIEW_PATH, 2, 3, M_COLUMN_ORDER},
    {"state", VIEW_WORD, 4, 0, M_COLUMN_STATE},
    {"asked", VIEW_MOMENT, 5, 0, M_COLUMN_ASKED},
    {"decided", VIEW_MOMENT, 6, 0, M_COLUMN_RETURN_DECIDED},
    {"decided_by", VIEW_TEXT, 7, 0, M_COLUMN_ACTOR},
    {"reason", VIEW_TEXT, 8, 0, M_COLUMN_REASON},
    {"send_until", VIEW_DAY, 9, 0, M_COLUMN_UNTIL},
    {"warehouse", VIEW_TEXT, 10, 0, M_COLUMN_WAREHOUSE},
    {"freight", VIEW_WORD, 11, 0, M_COLUMN_FREIGHT},
    {"settled", VIEW_TEXT, 12, 0, M_COLUMN_RETURN_SETTLED},
};
static const struct view head_view =
    VIEW(SQL_view_return_head, "return", VIEW_HIDDEN, head_columns);

static const struct view_column line_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {"quantity", VIEW_MICROS, 2, 0, M_COLUMN_QUANTITY},
    {"came", VIEW_MICROS, 3, 0, M_COLUMN_RETURN_CAME},
    {"unit", VIEW_TEXT, 4, 0, M_COLUMN_UNIT},
    {"reason", VIEW_WORD, 5, 0, M_COLUMN_REASON},
    {"wish", VIEW_WORD, 6, 0, M_COLUMN_WISH},
    {"exchange_sku", VIEW_TEXT, 7, 0, VIEW_BELOW(M_COLUMN_EXCHANGE_SKU)},
    {"verdict", VIEW_WORD, 8, 0, M_COLUMN_VERDICT},
    {"clause", VIEW_TEXT, 9, 0, M_COLUMN_CLAUSE},
    {"text", VIEW_TEXT, 10, 0, VIEW_BELOW(M_COLUMN_REASON)},
    {"fees", VIEW_TEXT, 11, 0, VIEW_HIDDEN},
    {"package", VIEW_TEXT, 12, 0, VIEW_BELOW(M_COLUMN_PACKAGE)},
};
static const struct view lines_view =
    VIEW(SQL_view_return_lines, "lines", M_HEADING_LINES, line_columns);

static const struct view_column taken_columns[] = {
    {"receipt", VIEW_TEXT, 0, 0, M_COLUMN_RECEIPT},
    {"at", VIEW_MOMENT, 1, 0, M_COLUMN_AT},
    {"line", VIEW_TEXT, 2, 0, M_COLUMN_LINE},
    {"quantity", VIEW_MICROS, 3, 0, M_COLUMN_QUANTITY},
    {"condition", VIEW_WORD, 4, 0, M_COLUMN_CONDITION},
    {"becomes", VIEW_WORD, 5, 0, M_COLUMN_DISPOSITION},
    {"waits", VIEW_WORD, 6, 0, M_COLUMN_RETURN_WAITS},
    {"refund", VIEW_MONEY, 7, 9, M_COLUMN_REFUND},
    {"fee", VIEW_MONEY, 8, 9, M_COLUMN_FEE},
    {"currency", VIEW_TEXT, 9, 0, VIEW_HIDDEN},
    {"serial_numbers", VIEW_TEXT, 11, 0, VIEW_HIDDEN},
    {"part", VIEW_TEXT, 12, 0, VIEW_BELOW(M_COLUMN_PART)},
    {"reason", VIEW_TEXT, 10, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
static const struct view taken_view =
    VIEW(SQL_view_return_taken, "came", M_HEADING_RETURN_CAME, taken_columns);

static const struct view_column gift_columns[] = {
    {"line", VIEW_TEXT, 0, 0, M_COLUMN_LINE},
    {"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
    {"stays", VIEW_MICROS, 2, 0, M_COLUMN_GIFT_STAYS},
    {"unit", VIEW_TEXT, 3, 0, M_COLUMN_UNIT},
    {"kept", VIEW_MONEY, 4, 5, M_COLUMN_GIFT_KEPT},
    {"currency", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"clause", VIEW_TEXT, 6, 0, M_COLUMN_CLAUSE},
    {"text", VIEW_TEXT, 7, 0, VIEW_BELOW(M_COLUMN_REASON)},
};
static const struct view gifts_view =
    VIEW(SQL_view_return_gifts, "gifts", M_HEADING_RETURN_GIFTS, gift_columns);

static const struct view_column credit_columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_NUMBER}, {"day", VIEW_DAY, 1, 0, M_COLUMN_ISSUED},
    {"net", VIEW_MONEY, 2, 5, M_COLUMN_NET},      {"tax", VIEW_MONEY, 3, 5, M_COLUMN_TAX},
    {"gross", VIEW_MONEY, 4, 5, M_COLUMN_TOTAL},
};
static const struct view credits_view =
    VIEW(SQL_view_return_credits, "credit_notes", M_HEADING_CREDIT_NOTES, credit_columns);

static enum outcome
show_list(struct cli *cli, struct json *json, int64_t limit, size_t *count, struct fault *why)
{
    const char *partner = option_text(cli, OPTION_PARTNER, "");
    if (option_given(cli, OPTION_OVERDUE)) {
        return view_show(cli, json, &overdue_view, count, why,
                         INTEGER(moment_day(cli->as_of_ms) + STATUS_RETURN_DAYS), TEXT(partner),
                         INTEGER(limit));
    }
    return view_show(cli, json, option_given(cli, OPTION_OPEN) ? &open_view : &list_view, count,
                     why, TEXT(partner), INTEGER(limit));
}

enum outcome
cmd_return_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "return.list");
        json_object(&json, "data");
    }
    TRY(show_list(cli, cli->wants_json ? &json : NULL, limit, &count, why));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_RETURN_NONE);
    }
    return DONE;
}

static enum outcome
no_return(const char *name, struct fault *why)
{
    return fail_as(why, FAULT_NOT_FOUND, "there is no return %s; `purser return list` shows them",
                   name);
}

/* NONE: there is none. */
static enum outcome
find_id(struct cli *cli, int64_t *id, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(cli->store, SQL_view_return_head, &rows, why, TEXT(cli->operands[0])));
    TRY(rows_next(&rows, why));
    *id = rows_integer(&rows, 13);
    return DONE;
}

enum outcome
cmd_return_show(struct cli *cli, struct fault *why)
{
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    int64_t id = 0;
    const enum outcome found = cli->store == NULL ? NONE : find_id(cli, &id, why);
    if (found == NONE) {
        return no_return(cli->operands[0], why);
    }
    TRY(found);
    if (into != NULL) {
        cli_json_begin(cli, into, "return.show");
        json_object(into, "data");
    }
    TRY(view_one(cli, into, &head_view, TEXT(cli->operands[0]), why));
    TRY(view_show(cli, into, &lines_view, NULL, why, TEXT(language_names[cli->language]),
                  INTEGER(id)));
    TRY(view_show(cli, into, &taken_view, NULL, why, INTEGER(id)));
    TRY(view_show(cli, into, &gifts_view, NULL, why, TEXT(language_names[cli->language]),
                  INTEGER(id)));
    TRY(view_show(cli, into, &credits_view, NULL, why, INTEGER(id)));
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}

/* ---- a person acts ---- */

static struct run
run_of(struct cli *cli)
{
    return (struct run){.config = &cli->config,
                        .language = cli->language,
                        .store = cli->store,
                        .log = &cli->log,
                        .home = cli->home,
                        .state = cli->state,
                        .as_of_ms = cli->as_of_ms};
}

static void
show_json(struct cli *cli, const struct return_settled *settled, bool is_trial, const char *name)
{
    struct json json;
    cli_json_begin(cli, &json, name);
    json_object(&json, "data");
    json_text(&json, "partner", settled->partner);
    json_text(&json, "order", settled->order_number);
    json_text(&json, "request", settled->request);
    if (settled->number[0] != '\0') {
        json_text(&json, "number", settled->number);
    }
    json_text(&json, "state", settled->state);
    if (settled->expires != DAY_NONE) {
        json_day(&json, "send_until", settled->expires);
    }
    if (settled->currency[0] != '\0') {
        const int places = currency_exponent(settled->currency);
        json_decimal(&json, "refund", settled->refund_minor, places, places);
        json_decimal(&json, "fee", settled->fee_minor, places, places);
        json_decimal(&json, "gifts", settled->gift_minor, places, places);
        json_text(&json, "currency", settled->currency);
    }
    if (settled->text[cli->language][0] != '\0') {
        json_text(&json, "text", settled->text[cli->language]);
    }
    json_bool(&json, "dry_run", is_trial);
    json_end(&json);
    cli_json_end(cli, &json);
}

/* "Return R-1 of nordlicht/N-1 is authorised", its number and last day, and the money. */
static void
show(struct cli *cli, const struct return_settled *settled, bool is_trial)
{
    char day[DATE_TEXT_SIZE];
    const char *order = arena_format(&cli->arena, "%s/%s", settled->partner, settled->order_number);
    cli_say_with(cli, M_RETURN_STANDS, settled->request, order, cli_word(cli, settled->state));
    if (settled->text[cli->language][0] != '\0') {
        buf_format(&cli->out, "%s\n", settled->text[cli->language]);
    }
    if (settled->number[0] != '\0' && settled->expires != DAY_NONE) {
        cli_say_with(cli, M_RETURN_UNTIL, settled->number, day_format(day, settled->expires));
    }
    if (settled->currency[0] != '\0') {
        cli_say_with(cli, M_RETURN_REFUNDED,
                     cli_money(cli, settled->refund_minor, settled->currency),
                     cli_money(cli, settled->fee_minor, settled->currency));
    }
    if (settled->gift_minor != 0) {
        const bool is_kept = settled->gift_minor > 0;
        cli_say_with(cli, is_kept ? M_RETURN_GIFTS_KEPT : M_RETURN_GIFTS_BACK,
                     cli_money(cli, is_kept ? settled->gift_minor : -settled->gift_minor,
                               settled->currency));
    }
    cli_say(cli, is_trial ? M_PRICE_SET_TRIAL : M_CANCEL_DONE_NEXT);
}

static void
answer(struct cli *cli, const struct return_settled *settled, bool is_trial, const char *name)
{
    if (cli->wants_json) {
        show_json(cli, settled, is_trial, name);
    } else if (!option_given(cli, OPTION_QUIET)) {
        show(cli, settled, is_trial);
    }
}

static enum outcome
settle(struct cli *cli, enum return_action action, const char *name, struct fault *why)
{
    struct return_settled settled;
    struct run run = run_of(cli);
    struct return_settling settling = {.action = action,
                                       .name = cli->operands[0],
                                       .actor = cli_actor(cli),
                                       .is_trial = option_given(cli, OPTION_DRY_RUN)};
    TRY(option_reason(cli, true, &settling.reason, why));
    const enum outcome outcome = desk_settle_return(&run, &settling, &cli->arena, &settled, why);
    if (outcome == NONE) {
        return action == RETURN_AUTHORISE || action == RETURN_TURN_DOWN
                   ? fail_as(why, FAULT_NOT_FOUND,
                             "no return %s waits for a decision; `purser return list --open` shows "
                             "those that do",
                             settling.name)
                   : no_return(settling.name, why);
    }
    TRY(outcome);
    answer(cli, &settled, settling.is_trial, name);
    return DONE;
}

enum outcome
cmd_return_authorise(struct cli *cli, struct fault *why)
{
    return settle(cli, RETURN_AUTHORISE, "return.authorise", why);
}

enum outcome
cmd_return_refuse(struct cli *cli, struct fault *why)
{
    return settle(cli, RETURN_TURN_DOWN, "return.refuse", why);
}

enum outcome
cmd_return_settle(struct cli *cli, struct fault *why)
{
    const bool refunds = option_given(cli, OPTION_REFUND);
    if (refunds == option_given(cli, OPTION_REJECT)) {
        return fail_as(why, FAULT_USAGE,
                       "say --refund, or --reject: one of them becomes of what waits");
    }
    return settle(cli, refunds ? RETURN_REFUND_REST : RETURN_REJECT_REST, "return.settle", why);
}

enum outcome
cmd_return_request(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct return_settled settled;
    struct run run = run_of(cli);
    struct return_entry entry = {
        .line = cli->operands[1],
        .part = option_text(cli, OPTION_PART, ""),
        .cause = option_text(cli, OPTION_CAUSE, return_reason_names[RETURN_NOT_WANTED]),
        .exchange_sku = option_text(cli, OPTION_EXCHANGE, ""),
        .actor = cli_actor(cli),
        .is_trial = option_given(cli, OPTION_DRY_RUN)};
    TRY(option_reason(cli, true, &entry.reason, why));
    if (decimal_parse(cli->operands[2], MICROS_PLACES, &entry.quantity_micros) != DECIMAL_FINE ||
        entry.quantity_micros <= 0 || entry.quantity_micros > DECIMAL_MICROS_MAX) {
        return fail_as(why, FAULT_USAGE, "QUANTITY is a number above 0, not \"%s\"",
                       cli->operands[2]);
    }
    if (name_index(entry.cause, return_reason_names, RETURN_REASON_COUNT) < 0) {
        return fail_as(why, FAULT_USAGE,
                       "--cause is not-wanted, damaged, wrong-item, defective, too-late or other, "
                       "not \"%s\"",
                       entry.cause);
    }
    TRY(find_order(cli, false, &found, why));
    entry.partner = found.partner;
    entry.order_number = found.number;
    TRY(desk_enter_return(&run, &entry, &cli->arena, &settled, why));
    answer(cli, &settled, entry.is_trial, "return.request");
    return DONE;
}
