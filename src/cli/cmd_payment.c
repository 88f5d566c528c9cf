/* purser payment list, payment assign -- money that came for orders. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "desk/desk.h"
#include "order/document.h"

static const struct view_column columns[] = {
    {"number", VIEW_TEXT, 0, 0, M_COLUMN_NUMBER},
    {"kind", VIEW_WORD, 1, 0, M_COLUMN_KIND},
    {"partner", VIEW_TEXT, 2, 0, M_COLUMN_PARTNER},
    {"order_number", VIEW_TEXT, 3, 0, M_COLUMN_ORDER},
    {"amount", VIEW_MONEY, 4, 5, M_COLUMN_AMOUNT},
    {"currency", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"paid_on", VIEW_DAY, 6, 0, M_COLUMN_PAID_ON},
    {"counts_for", VIEW_TEXT, 12, 0, M_COLUMN_COUNTS_FOR},
    {"trouble", VIEW_WORD, 13, 0, VIEW_BELOW(M_COLUMN_REASON)},
    {"payer", VIEW_TEXT, 7, 0, VIEW_BELOW(M_COLUMN_PAYER)},
    {"reference", VIEW_TEXT, 8, 0, VIEW_BELOW(M_COLUMN_REFERENCE)},
    {"invoice", VIEW_TEXT, 9, 0, VIEW_BELOW(M_COLUMN_INVOICE)},
    {"finance", VIEW_TEXT, 10, 0, VIEW_HIDDEN},
    {"assigned_by", VIEW_TEXT, 11, 0, VIEW_BELOW(M_COLUMN_ASSIGNED_BY)},
};
static const struct view all_view = VIEW(SQL_view_payments, "payments", VIEW_HIDDEN, columns);
static const struct view unallocated_view =
    VIEW(SQL_view_payments_unallocated, "payments", VIEW_HIDDEN, columns);

enum outcome
cmd_payment_list(struct cli *cli, struct fault *why)
{
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "payment.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL,
                  option_given(cli, OPTION_UNALLOCATED) ? &unallocated_view : &all_view, &count,
                  why, TEXT(option_text(cli, OPTION_PARTNER, "")), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_PAYMENT_NONE);
    } else if ((int64_t)count == limit) {
        log_write(&cli->log, LOG_NOTE, "%s",
                  cli_phrase(cli, M_PAYMENT_LIMITED, cli_integer(cli, (int64_t)count)));
    }
    return DONE;
}

static void
show_json(struct cli *cli, const struct payment_assignment *assignment,
          const struct payment_assigned *assigned, const char *order)
{
    struct json json;
    const int places = currency_exponent(assigned->currency);
    cli_json_begin(cli, &json, "payment.assign");
    json_object(&json, "data");
    json_text(&json, "number", assignment->number);
    json_text(&json, "finance", assigned->finance);
    json_text(&json, "kind", money_kind_names[assigned->is_refund]);
    json_text(&json, "order", order);
    json_decimal(&json, "amount", assigned->amount_minor, places, places);
    json_text(&json, "currency", assigned->currency);
    json_decimal(&json, "paid", assigned->paid_minor, places, places);
    json_decimal(&json, "open", assigned->open_minor, places, places);
    json_decimal(&json, "to_refund", assigned->owed_minor, places, places);
    json_text(&json, "state", headline_names[assigned->headline]);
    json_bool(&json, "dry_run", assignment->is_trial);
    json_end(&json);
    cli_json_end(cli, &json);
}

static void
show(struct cli *cli, const struct payment_assignment *assignment,
     const struct payment_assigned *assigned, const char *order)
{
    cli_say_with(cli, M_PAYMENT_ASSIGNED, cli_word(cli, money_kind_names[assigned->is_refund]),
                 assignment->number, cli_money(cli, assigned->amount_minor, assigned->currency),
                 order, view_headline(cli, assigned->headline),
                 cli_money(cli, assigned->paid_minor, assigned->currency),
                 cli_money(cli, assigned->open_minor, assigned->currency));
    if (assigned->owed_minor > 0) {
        cli_say_with(cli, M_PAYMENT_ASSIGNED_OVER,
                     cli_money(cli, assigned->owed_minor, assigned->currency));
    }
    if (assignment->is_trial) {
        cli_say(cli, M_PAYMENT_ASSIGN_TRIAL);
    }
}

enum outcome
cmd_payment_assign(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct payment_assigned assigned = {0};
    struct run run = {0};
    TRY(find_order_at(cli, 1, &found, why));
    const struct payment_assignment assignment = {.number = cli->operands[0],
                                                  .finance = option_text(cli, OPTION_PARTNER, ""),
                                                  .partner = found.partner,
                                                  .order_number = found.number,
                                                  .actor = cli_actor(cli),
                                                  .is_trial = option_given(cli, OPTION_DRY_RUN)};
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    const enum outcome outcome =
        desk_assign_payment(&run, &assignment, &cli->arena, &assigned, why);
    if (outcome == NONE) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "there is no payment %s; `purser payment list --unallocated` shows those "
                       "that count for no order",
                       assignment.number);
    }
    TRY(outcome);
    const char *order = arena_format(&cli->arena, "%s/%s", found.partner, found.number);
    if (cli->wants_json) {
        show_json(cli, &assignment, &assigned, order);
    } else if (!option_given(cli, OPTION_QUIET)) {
        show(cli, &assignment, &assigned, order);
    }
    return DONE;
}
