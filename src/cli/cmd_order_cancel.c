/* purser order cancel ORDER[/LINE] -- whatever has not left; who is busy with it is asked to stop.
 */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "desk/desk.h"
#include "order/order_change.h"
#include "store/store_charge.h"

#include <string.h>

enum { REASON_BYTES_MAX = 500 };

static const char *const fault_names[] = {"customer", "company", "nobody"};

static enum outcome
read_names(struct cli *cli, struct cancel_order *order, struct fault *why)
{
    order->cause = option_text(cli, OPTION_CAUSE, cancel_reason_names[CANCEL_OTHER]);
    order->fault = option_text(cli, OPTION_FAULT, fault_names[0]);
    if (name_index(order->cause, cancel_reason_names, CANCEL_REASON_COUNT) < 0) {
        return fail_as(why, FAULT_USAGE,
                       "--cause is not-needed, mistake, too-late, price or other, not \"%s\"",
                       order->cause);
    }
    if (name_index(order->fault, fault_names, sizeof fault_names / sizeof fault_names[0]) < 0) {
        return fail_as(why, FAULT_USAGE, "--fault is customer, company or nobody, not \"%s\"",
                       order->fault);
    }
    return DONE;
}

static enum outcome
read_request(struct cli *cli, struct cancel_order *order, struct fault *why)
{
    const char *quantity = option_text(cli, OPTION_QUANTITY, NULL);
    order->reason = option_text(cli, OPTION_REASON, "");
    order->quantity_micros = AMOUNT_NONE;
    order->actor = cli_actor(cli);
    order->is_trial = option_given(cli, OPTION_DRY_RUN);
    if (*order->reason == '\0') {
        return fail_as(why, FAULT_USAGE, "say why with --reason TEXT: it stays with the order");
    }
    if (!cli_is_presentable(order->reason, REASON_BYTES_MAX)) {
        return fail_as(why, FAULT_USAGE,
                       "--reason is UTF-8 without control characters, at most %d bytes",
                       REASON_BYTES_MAX);
    }
    if (quantity != NULL &&
        (decimal_parse(quantity, MICROS_PLACES, &order->quantity_micros) != DECIMAL_FINE ||
         order->quantity_micros <= 0 || order->quantity_micros > DECIMAL_MICROS_MAX)) {
        return fail_as(why, FAULT_USAGE, "--quantity is a number above 0, not \"%s\"", quantity);
    }
    if (option_given(cli, OPTION_WAIVE)) {
        TRY(option_waived(cli, OPTION_WAIVE, &order->waive_micros, why));
    }
    return read_names(cli, order, why);
}

static void
charges_json(struct json *json, const struct cancel_charges *charges, int places)
{
    json_array(json, "charges");
    for (size_t index = 0; index < charges->count; index++) {
        const struct charge *charge = &charges->items[index];
        json_object(json, NULL);
        json_text(json, "kind", charge->kind);
        json_text(json, "clause", charge->clause);
        json_decimal(json, "net", charge->net_minor, places, places);
        json_decimal(json, "tax", charge->tax_minor, places, places);
        json_text(json, "en", charge->text[LANGUAGE_EN]);
        json_text(json, "zh", charge->text[LANGUAGE_ZH]);
        json_end(json);
    }
    json_end(json);
    json_decimal(json, "charged", charges->claimed_minor, places, places);
    json_decimal(json, "waived", charges->waived_minor, places, places);
    json_decimal(json, "given_back", charges->given_back_minor, places, places);
}

static void
show_json(struct cli *cli, const struct cancel_order *order, const struct order_cancelled *done)
{
    struct json json;
    const int places = currency_exponent(done->currency);
    cli_json_begin(cli, &json, "order.cancel");
    json_object(&json, "data");
    json_text(&json, "partner", order->partner);
    json_text(&json, "number", order->order_number);
    if (*order->line != '\0') {
        json_text(&json, "line", order->line);
    }
    json_integer(&json, "cancellation", done->number);
    json_bool(&json, "whole", done->is_whole);
    json_text(&json, "state", headline_names[done->headline]);
    json_text(&json, "currency", done->currency);
    json_decimal(&json, "net", done->net_minor, places, places);
    json_decimal(&json, "tax", done->tax_minor, places, places);
    json_decimal(&json, "gross", done->net_minor + done->tax_minor, places, places);
    json_decimal(&json, "rest", done->rest_minor, places, places);
    json_decimal(&json, "owed", done->owed_minor, places, places);
    if (done->notices > 0) {
        json_integer(&json, "notices", (int64_t)done->notices);
        json_text(&json, "asked_to_stop", done->asked);
    }
    charges_json(&json, &done->charges, places);
    json_bool(&json, "dry_run", order->is_trial);
    json_end(&json);
    cli_json_end(cli, &json);
}

static const char *
money_text(struct cli *cli, const struct order_cancelled *done, int64_t minor)
{
    char text[DECIMAL_TEXT_SIZE];
    const int places = currency_exponent(done->currency);
    return arena_format(&cli->arena, "%s %s", decimal_format(text, minor, places, places),
                        done->currency);
}

static void
show(struct cli *cli, const struct cancel_order *order, const struct order_cancelled *done)
{
    const char *name = arena_format(&cli->arena, "%s/%s", order->partner, order->order_number);
    const char *less = money_text(cli, done, done->net_minor + done->tax_minor);
    if (done->notices > 0 && done->net_minor == 0 && done->tax_minor == 0) {
        cli_say_with(cli, M_CANCEL_DONE_ASKED, name, done->asked);
    } else if (done->is_whole) {
        cli_say_with(cli, M_CANCEL_DONE_WHOLE, name, less);
    } else {
        cli_say_with(cli, M_CANCEL_DONE_PART, name, less, money_text(cli, done, done->rest_minor),
                     view_headline(cli, done->headline));
    }
    if (done->notices > 0 && done->net_minor + done->tax_minor != 0) {
        cli_say_with(cli, M_CANCEL_DONE_ASKED, name, done->asked);
    }
    for (size_t index = 0; index < done->charges.count; index++) {
        const struct charge *charge = &done->charges.items[index];
        cli_say_with(cli, M_CANCEL_DONE_CHARGE,
                     money_text(cli, done, charge->net_minor + charge->tax_minor),
                     charge->text[cli->language]);
    }
    if (done->charges.waived_minor > 0) {
        cli_say_with(cli, M_FEE_WAIVED, money_text(cli, done, done->charges.waived_minor), name);
    }
    if (done->charges.given_back_minor > 0) {
        cli_say_with(cli, M_CANCEL_DONE_BACK,
                     money_text(cli, done, done->charges.given_back_minor));
    }
    if (done->owed_minor > 0) {
        cli_say_with(cli, M_CANCEL_DONE_OWED, money_text(cli, done, done->owed_minor));
    }
    cli_say(cli, order->is_trial ? M_PRICE_SET_TRIAL : M_CANCEL_DONE_NEXT);
}

enum outcome
cmd_order_cancel(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct cancel_order order = {0};
    struct order_cancelled done = {0};
    struct run run = {0};
    TRY(read_request(cli, &order, why));
    TRY(find_order(cli, true, &found, why));
    order.partner = found.partner;
    order.order_number = found.number;
    order.line = found.line;
    if (order.quantity_micros != AMOUNT_NONE && *order.line == '\0') {
        return fail_as(why, FAULT_USAGE, "say of which line: purser order cancel %s/%s/LINE",
                       found.partner, found.number);
    }
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    TRY(desk_cancel(&run, &order, &cli->arena, &done, why));
    if (cli->wants_json) {
        show_json(cli, &order, &done);
    } else if (!option_given(cli, OPTION_QUIET)) {
        show(cli, &order, &done);
    }
    return DONE;
}
