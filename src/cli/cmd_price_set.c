/* purser price set ORDER/LINE PRICE -- a price that a person sets, with the reason. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "base/text.h"
#include "desk/desk.h"

#include <string.h>

enum { REASON_BYTES_MAX = 500, PERSON_BYTES_MAX = 64 };

/* Whose price it is: --person, else whoever types. */
static const char *
person_of(struct cli *cli)
{
    static const char prefix[] = "user:";
    const char *actor = cli_actor(cli);
    return option_text(cli, OPTION_PERSON, actor + strlen(prefix));
}

static enum outcome
read_setting(struct cli *cli, struct price_setting *setting, struct fault *why)
{
    struct manual_price *manual = &setting->manual;
    *manual = (struct manual_price){.discount_micros = AMOUNT_NONE,
                                    .reason = option_text(cli, OPTION_REASON, ""),
                                    .person = person_of(cli),
                                    .is_ours = true};
    if (decimal_parse(cli->operands[1], MICROS_PLACES, &manual->price_micros) != DECIMAL_FINE ||
        manual->price_micros < 0 || manual->price_micros > DECIMAL_MICROS_MAX) {
        return fail_as(why, FAULT_USAGE, "a price is a number such as 12.50, not \"%s\"",
                       cli->operands[1]);
    }
    if (manual->reason[0] == '\0') {
        return fail_as(why, FAULT_USAGE,
                       "a price needs --reason TEXT: whoever approves it reads it");
    }
    if (!cli_is_presentable(manual->reason, REASON_BYTES_MAX) ||
        !cli_is_presentable(manual->person, PERSON_BYTES_MAX) || manual->person[0] == '\0') {
        return fail_as(why, FAULT_USAGE,
                       "--reason and --person go into documents: UTF-8 without control characters, "
                       "at most %d and %d bytes",
                       REASON_BYTES_MAX, PERSON_BYTES_MAX);
    }
    setting->actor = cli_actor(cli);
    setting->is_trial = option_given(cli, OPTION_DRY_RUN);
    return DONE;
}

static void
show_json(struct cli *cli, const struct price_setting *setting, const struct price_set *set)
{
    struct json json;
    cli_json_begin(cli, &json, "price.set");
    json_object(&json, "data");
    json_text(&json, "partner", setting->partner);
    json_text(&json, "number", setting->order_number);
    json_text(&json, "line", setting->line);
    json_decimal(&json, "price", setting->manual.price_micros, MICROS_PLACES, 2);
    if (set->price_before_micros != AMOUNT_NONE) {
        json_decimal(&json, "before", set->price_before_micros, MICROS_PLACES, 2);
    }
    if (set->rules_price_micros != AMOUNT_NONE) {
        json_decimal(&json, "rules_price", set->rules_price_micros, MICROS_PLACES, 2);
    }
    if (set->deviation_micros != AMOUNT_NONE) {
        json_decimal(&json, "below", set->deviation_micros, MICROS_PLACES, 2);
    }
    if (set->allowed_micros != AMOUNT_NONE) {
        json_decimal(&json, "allowed", set->allowed_micros, MICROS_PLACES, 2);
    }
    json_integer(&json, "version", set->version);
    json_text(&json, "state", headline_names[set->headline]);
    json_bool(&json, "changed", set->is_changed);
    json_bool(&json, "dry_run", setting->is_trial);
    json_end(&json);
    cli_json_end(cli, &json);
}

static const char *
price_text(struct cli *cli, int64_t price_micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&cli->arena, decimal_format(text, price_micros, MICROS_PLACES, 2));
}

/* Rounded away from zero, so that what is beyond a limit looks so. */
static const char *
percent_text(struct cli *cli, int64_t rate_micros)
{
    const int64_t rate = rate_micros == AMOUNT_NONE ? 0 : rate_micros;
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(
        &cli->arena,
        decimal_format(text, decimal_divide(rate < 0 ? -rate : rate, 100, ROUND_UP), 2, 0));
}

static void
show(struct cli *cli, const struct price_setting *setting, const struct price_set *set)
{
    const char *line = arena_format(&cli->arena, "%s/%s/%s", setting->partner,
                                    setting->order_number, setting->line);
    const char *price = price_text(cli, setting->manual.price_micros);
    const char *headline = view_headline(cli, set->headline);
    if (!set->is_changed) {
        cli_say_with(cli, M_PRICE_SET_ALREADY, line, price, headline);
        return;
    }
    if (set->price_before_micros == AMOUNT_NONE) {
        cli_say_with(cli, M_PRICE_SET_FIRST, line, price, cli_integer(cli, set->version), headline);
    } else {
        cli_say_with(cli, M_PRICE_SET_DONE, line, price, price_text(cli, set->price_before_micros),
                     cli_integer(cli, set->version), headline);
    }
    if (set->rules_price_micros != AMOUNT_NONE && set->deviation_micros != AMOUNT_NONE) {
        cli_say_with(cli, set->deviation_micros < 0 ? M_PRICE_SET_ABOVE : M_PRICE_SET_BELOW,
                     price_text(cli, set->rules_price_micros),
                     percent_text(cli, set->deviation_micros),
                     percent_text(cli, set->allowed_micros));
    }
    cli_say(cli, setting->is_trial ? M_PRICE_SET_TRIAL : M_PRICE_SET_NEXT);
}

enum outcome
cmd_price_set(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct price_setting setting = {0};
    struct price_set set = {0};
    struct run run = {0};
    TRY(read_setting(cli, &setting, why));
    TRY(find_order(cli, true, &found, why));
    if (found.line[0] == '\0') {
        return fail_as(why, FAULT_USAGE, "say which line: purser price set %s/%s/LINE %s",
                       found.partner, found.number, cli->operands[1]);
    }
    setting.partner = found.partner;
    setting.order_number = found.number;
    setting.line = found.line;
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    TRY(desk_set_price(&run, &setting, &set, why));
    if (cli->wants_json) {
        show_json(cli, &setting, &set);
    } else if (!option_given(cli, OPTION_QUIET)) {
        show(cli, &setting, &set);
    }
    return DONE;
}
