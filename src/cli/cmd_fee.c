/* purser fee list [ORDER], purser fee waive ORDER --amount AMOUNT -- what cancellations cost. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "base/decimal.h"
#include "desk/desk.h"

#include <string.h>

static const struct view_column list_columns[] = {
    {"partner", VIEW_TEXT, 0, 0, M_COLUMN_PARTNER},
    {"order", VIEW_TEXT, 1, 0, M_COLUMN_ORDER},
    {"number", VIEW_INTEGER, 2, 0, M_COLUMN_NUMBER},
    {"cancellation", VIEW_INTEGER, 3, 0, VIEW_HIDDEN},
    {"return", VIEW_TEXT, 16, 0, VIEW_BELOW(M_COLUMN_RETURN_NUMBER)},
    {"kind", VIEW_TEXT, 4, 0, VIEW_HIDDEN},
    {NULL, VIEW_WORD, 4, 0, M_COLUMN_KIND},
    {"clause", VIEW_TEXT, 5, 0, M_COLUMN_CLAUSE},
    {"net", VIEW_MONEY, 7, 6, M_COLUMN_NET},
    {"tax", VIEW_MONEY, 8, 6, M_COLUMN_TAX},
    {"less_net", VIEW_MONEY, 9, 6, M_COLUMN_WAIVED},
    {"less_tax", VIEW_MONEY, 10, 6, VIEW_HIDDEN},
    {"invoice", VIEW_TEXT, 11, 0, VIEW_BELOW(M_COLUMN_INVOICE)},
    {NULL, VIEW_TEXT, 15, 0, VIEW_BELOW(M_COLUMN_REASON)},
    {"computed", VIEW_TEXT, 12, 0, VIEW_HIDDEN},
    {"computed_zh", VIEW_TEXT, 13, 0, VIEW_HIDDEN},
    {"waived_by", VIEW_TEXT, 14, 0, VIEW_HIDDEN},
};
static const struct view list_view = VIEW(SQL_fee_orders, "fees", VIEW_HIDDEN, list_columns);

enum outcome
option_waived(const struct cli *cli, enum cli_option option, int64_t *micros, struct fault *why)
{
    const char *text = option_text(cli, option, "");
    if (strcmp(text, "all") == 0) {
        *micros = CANCEL_WAIVE_ALL;
        return DONE;
    }
    return decimal_parse(text, MICROS_PLACES, micros) == DECIMAL_FINE && *micros > 0 &&
                   *micros <= DECIMAL_MICROS_MAX
               ? DONE
               : fail_as(why, FAULT_USAGE, "--%s is an amount above zero, or all, not \"%s\"",
                         option_entries[option].name, text);
}

enum outcome
cmd_fee_list(struct cli *cli, struct fault *why)
{
    struct found_order found = {.partner = "", .number = ""};
    struct json json;
    size_t count = 0;
    if (cli->operand_count > 0) {
        TRY(find_order(cli, false, &found, why));
    }
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "fee.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &list_view, &count, why,
                  TEXT(cli->language == LANGUAGE_ZH ? "zh" : "en"), TEXT(found.partner),
                  TEXT(found.number)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_FEE_NONE);
    }
    return DONE;
}

enum outcome
cmd_fee_waive(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct fee_waived done = {0};
    struct json json;
    struct run run = {.config = &cli->config,
                      .language = cli->language,
                      .store = cli->store,
                      .log = &cli->log,
                      .home = cli->home,
                      .state = cli->state,
                      .as_of_ms = cli->as_of_ms};
    struct fee_waiver waiver = {.actor = cli_actor(cli),
                                .is_trial = option_given(cli, OPTION_DRY_RUN),
                                .micros = CANCEL_WAIVE_ALL};
    TRY(option_reason(cli, true, &waiver.reason, why));
    if (option_given(cli, OPTION_AMOUNT)) {
        TRY(option_waived(cli, OPTION_AMOUNT, &waiver.micros, why));
    }
    TRY(find_order(cli, false, &found, why));
    waiver.partner = found.partner;
    waiver.order_number = found.number;
    TRY(desk_waive(&run, &waiver, &cli->arena, &done, why));
    const int places = currency_exponent(done.currency);
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "fee.waive");
        json_object(&json, "data");
        json_text(&json, "partner", found.partner);
        json_text(&json, "number", found.number);
        json_decimal(&json, "waived", done.waived_minor, places, places);
        json_decimal(&json, "owed", done.owed_minor, places, places);
        json_text(&json, "currency", done.currency);
        json_bool(&json, "dry_run", waiver.is_trial);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, M_FEE_WAIVED, cli_money(cli, done.waived_minor, done.currency),
                     arena_format(&cli->arena, "%s/%s", found.partner, found.number));
        cli_say(cli, waiver.is_trial ? M_PRICE_SET_TRIAL : M_CANCEL_DONE_NEXT);
    }
    return DONE;
}
