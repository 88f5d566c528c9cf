/* purser order amend ORDER -- an order is changed here for its customer, or what that would do. */
#include "cli/amend_file.h"
#include "cli/amend_promises.h"
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "base/date.h"
#include "base/text.h"
#include "desk/desk.h"
#include "order/order_difference.h"
#include "order/payment_terms.h"

#include <string.h>

enum { REASON_BYTES_MAX = 500, TEXT_BYTES_MAX = 2000 };

/* The parts that the command line names. */
struct parts {
    struct cli *cli;
    struct order_change change;
};

static enum outcome
blame(struct fault *why, const char *given)
{
    return fail_as(why, FAULT_USAGE,
                   "\"%s\": write LINE:FIELD=VALUE, with sku, quantity, unit or an option for the "
                   "field; several fields are put apart by commas",
                   given);
}

/* The part about a line, which several options may name; a new one if there is none. */
static struct line_change *
part_of(struct parts *parts, enum change_action action, const char *number)
{
    struct order_change *change = &parts->change;
    for (size_t index = 0; index < change->line_count; index++) {
        struct line_change *line = &change->lines[index];
        if (strcmp(line->line.number, number) == 0 && line->action == action) {
            return line;
        }
    }
    change->lines = arena_grow(&parts->cli->arena, change->lines, sizeof *change->lines,
                               change->line_count, &change->line_capacity);
    struct line_change *line = &change->lines[change->line_count++];
    *line = (struct line_change){.action = action};
    order_line_init(&line->line);
    line->line.number = number;
    line->line.sku = line->line.unit = action == CHANGE_ADD ? line->line.sku : "";
    line->line.quantity_micros = AMOUNT_NONE;
    return line;
}

static void
set_option(struct parts *parts, struct line_change *line, const char *name, const char *value)
{
    struct order_line *to = &line->line;
    if (to->options == NULL) {
        to->options = arena_array(&parts->cli->arena, struct option, LINE_OPTIONS_MAX);
    }
    if (to->option_count < LINE_OPTIONS_MAX) {
        to->options[to->option_count++] = (struct option){name, value};
    }
    line->has_options = true;
}

static bool
set_field(struct parts *parts, struct line_change *line, const char *name, const char *value)
{
    if (strcmp(name, "quantity") == 0) {
        return decimal_parse(value, MICROS_PLACES, &line->line.quantity_micros) == DECIMAL_FINE &&
               line->line.quantity_micros > 0 && line->line.quantity_micros <= DECIMAL_MICROS_MAX;
    }
    if (strcmp(name, "sku") == 0) {
        line->line.sku = value;
    } else if (strcmp(name, "unit") == 0) {
        line->line.unit = value;
    } else {
        set_option(parts, line, name, value);
    }
    return true;
}

static bool
set_pair(struct parts *parts, struct line_change *line, char *pair)
{
    char *value = strchr(pair, '=');
    if (value == NULL || value == pair || value[1] == '\0') {
        return false;
    }
    *value++ = '\0';
    return set_field(parts, line, pair, value);
}

/* LINE:FIELD=VALUE[,FIELD=VALUE...] */
static enum outcome
read_line(struct parts *parts, enum change_action action, const char *given, struct fault *why)
{
    char *text = arena_copy(&parts->cli->arena, given);
    char *fields = strchr(text, ':');
    if (fields == NULL || fields == text || !cli_is_presentable(given, TEXT_BYTES_MAX)) {
        return blame(why, given);
    }
    *fields++ = '\0';
    struct line_change *line = part_of(parts, action, text);
    while (fields != NULL) {
        char *next = strchr(fields, ',');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (!set_pair(parts, line, fields)) {
            return blame(why, given);
        }
        fields = next;
    }
    if (action == CHANGE_ADD && (line->line.quantity_micros == AMOUNT_NONE ||
                                 line->line.sku[0] == '\0' || line->line.unit[0] == '\0')) {
        return fail_as(why, FAULT_USAGE, "a line that is added needs sku, quantity and unit");
    }
    return DONE;
}

/* TEXT, or LINE:TEXT where what stands before the colon is a line number; as in files, - alone:
 * there is none any more. */
static enum outcome
read_note(struct parts *parts, const char *given, struct fault *why)
{
    struct order_change *change = &parts->change;
    if (!cli_is_presentable(given, TEXT_BYTES_MAX)) {
        return fail_as(why, FAULT_USAGE, "--note goes into documents: UTF-8, at most %d bytes",
                       TEXT_BYTES_MAX);
    }
    change->notes = arena_grow(&parts->cli->arena, change->notes, sizeof *change->notes,
                               change->note_count, &change->note_capacity);
    const size_t digits = strspn(given, "0123456789");
    const bool has_line = digits > 0 && given[digits] == ':';
    const char *text = has_line ? given + digits + 1 : given;
    change->notes[change->note_count++] =
        (struct note_change){NOTE_DELIVERY, strcmp(text, "-") == 0 ? "" : text,
                             has_line ? arena_copy_bytes(&parts->cli->arena, given, digits) : ""};
    return DONE;
}

static enum outcome
read_given(struct parts *parts, const struct given *given, struct fault *why)
{
    switch ((int)given->option) {
    case OPTION_SET: return read_line(parts, CHANGE_SET, given->value, why);
    case OPTION_ADD: return read_line(parts, CHANGE_ADD, given->value, why);
    case OPTION_REMOVE: part_of(parts, CHANGE_REMOVE, given->value); return DONE;
    case OPTION_NOTE: return read_note(parts, given->value, why);
    default: return DONE;
    }
}

static enum outcome
read_change(struct parts *parts, struct fault *why)
{
    struct cli *cli = parts->cli;
    struct order_change *change = &parts->change;
    int32_t day = DAY_NONE;
    *change = order_change_blank;
    change->reason = option_text(cli, OPTION_REASON, "");
    if (!cli_is_presentable(change->reason, REASON_BYTES_MAX)) {
        return fail_as(why, FAULT_USAGE, "--reason is UTF-8, at most %d bytes", REASON_BYTES_MAX);
    }
    change->terms = option_text(cli, OPTION_TERMS, "");
    if (*change->terms != '\0' &&
        name_index(change->terms, payment_kind_names, PAYMENT_KIND_COUNT) < 0) {
        return fail_as(why, FAULT_USAGE, "--terms is account, prepaid or deposit, not \"%s\"",
                       change->terms);
    }
    const enum outcome dated = option_day(cli, OPTION_DATE, &day, why);
    if (dated != DONE && dated != NONE) {
        return dated;
    }
    change->requested_from = change->requested_to = day;
    for (size_t index = 0; index < cli->given_count; index++) {
        TRY(read_given(parts, &cli->given[index], why));
    }
    return change->line_count + change->note_count == 0 && day == DAY_NONE && *change->terms == '\0'
               ? fail_as(why, FAULT_USAGE,
                         "say what is to change: --set, --add, --remove, --date, --note "
                         "or --terms")
               : DONE;
}

static const char *
reason_text(struct cli *cli, const struct change_item *item)
{
    const struct finding finding = {.code = item->code,
                                    .order_line = item->line,
                                    .value = item->value,
                                    .expected = change_item_expected(item)};
    return item->code == MESSAGE_COUNT
               ? ""
               : finding_text(&finding, FINDING_RULE, cli->language, &cli->arena);
}

static void
put_amounts(struct json *json, const char *name, const struct change_answer *answer,
            const struct change_amounts *amounts)
{
    const int places = currency_exponent(answer->currency);
    json_object(json, name);
    if (amounts->net_minor != AMOUNT_NONE) {
        json_decimal(json, "net", amounts->net_minor, places, places);
        json_decimal(json, "tax", amounts->tax_minor, places, places);
        json_decimal(json, "gross", amounts->gross_minor, places, places);
    }
    json_end(json);
}

static void
put_item(struct cli *cli, struct json *json, const struct change_item *item)
{
    json_object(json, NULL);
    json_text(json, "kind", item->kind);
    json_text(json, "line", item->line);
    json_text(json, "field", item->field);
    json_text(json, "before", item->before);
    json_text(json, "after", item->after);
    json_text(json, "verdict", change_verdict_names[item->verdict]);
    json_text(json, "way", item->way);
    json_text(json, "code", item->code == MESSAGE_COUNT ? "" : message_entry(item->code)->id);
    json_text(json, "text", reason_text(cli, item));
    json_text(json, "rule", item->rule);
    json_end(json);
}

/* Why it cannot be priced as it would become. */
static void
put_reason(struct cli *cli, struct json *json, const struct finding *reason)
{
    json_object(json, NULL);
    json_text(json, "code", message_entry(reason->code)->id);
    json_text(json, "line", reason->order_line);
    json_text(json, "field", reason->field);
    json_text(json, "value", reason->value);
    json_text(json, "expected", reason->expected);
    json_text(json, "text", finding_text(reason, FINDING_RULE, cli->language, &cli->arena));
    json_text(json, "hint", finding_text(reason, FINDING_HINT, cli->language, &cli->arena));
    json_end(json);
}

/* The order and how it was asked. */
struct asked {
    const char *partner;
    const char *order_number;
    bool is_trial;
    struct change_promises promises; /* of a trial */
};

static void
show_json(struct cli *cli, const struct asked *request, const struct change_answer *answer)
{
    struct json json;
    cli_json_begin(cli, &json, "order.amend");
    json_object(&json, "data");
    json_text(&json, "partner", request->partner);
    json_text(&json, "number", request->order_number);
    json_text(&json, "verdict", change_verdict_names[answer->verdict]);
    json_integer(&json, "version_before", answer->version_before);
    json_integer(&json, "version", answer->version);
    json_text(&json, "state", headline_names[answer->headline]);
    json_text(&json, "currency", answer->currency);
    put_amounts(&json, "before", answer, &answer->before);
    put_amounts(&json, "after", answer, &answer->after);
    json_array(&json, "items");
    for (size_t index = 0; index < answer->item_count; index++) {
        put_item(cli, &json, &answer->items[index]);
    }
    json_end(&json);
    json_array(&json, "reasons");
    for (size_t index = 0; index < answer->reason_count; index++) {
        put_reason(cli, &json, &answer->reasons[index]);
    }
    json_end(&json);
    json_bool(&json, "dry_run", request->is_trial);
    if (request->is_trial) {
        amend_promises_json(&json, &request->promises);
    }
    json_end(&json);
    cli_json_end(cli, &json);
}

static void
show_item(struct cli *cli, const struct change_item *item)
{
    const struct difference difference = {
        (enum modification)name_index(item->kind, modification_names, MODIFICATION_COUNT),
        item->line, item->field, item->before, item->after};
    const char *what =
        item->kind[0] == '\0' ? "" : difference_text(&difference, cli->language, &cli->arena);
    const char *reason = reason_text(cli, item);
    const char *text = arena_format(&cli->arena, "%s%s%s", what,
                                    *what != '\0' && *reason != '\0' ? ": " : "", reason);
    cli_say_with(cli, M_AMEND_ITEM, cli_word(cli, change_verdict_names[item->verdict]), text);
}

static const char *
price_reason_text(struct cli *cli, const struct finding *reason)
{
    const char *hint = finding_text(reason, FINDING_HINT, cli->language, &cli->arena);
    const char *gap = *hint != '\0' && cli->language == LANGUAGE_EN ? " " : "";
    return arena_format(&cli->arena, "%s%s%s",
                        finding_text(reason, FINDING_RULE, cli->language, &cli->arena), gap, hint);
}

/* Was something taken that only a person can pass on? */
static bool
is_to_be_told(const struct change_answer *answer)
{
    const bool is_with_others = answer->headline >= HEADLINE_RELEASED;
    for (size_t index = 0; is_with_others && index < answer->item_count; index++) {
        const struct change_item *item = &answer->items[index];
        if (item->verdict == CHANGE_TAKEN &&
            (strcmp(item->kind, modification_names[MODIFICATION_DATE]) == 0 ||
             strcmp(item->kind, modification_names[MODIFICATION_NOTE]) == 0)) {
            return true;
        }
    }
    return false;
}

static void
show(struct cli *cli, const struct asked *request, const struct change_answer *answer)
{
    static const enum message said[CHANGE_VERDICTS] = {
        [CHANGE_TAKEN] = M_AMEND_TAKEN,
        [CHANGE_PARTLY] = M_AMEND_PARTLY,
        [CHANGE_REFUSED] = M_AMEND_REFUSED,
        [CHANGE_WAITS] = M_AMEND_WAITS,
    };
    const struct change_amounts *before = &answer->before;
    const struct change_amounts *after = &answer->after;
    cli_say_with(cli, said[answer->verdict],
                 arena_format(&cli->arena, "%s/%s", request->partner, request->order_number),
                 cli_integer(cli, answer->version), view_headline(cli, answer->headline));
    for (size_t index = 0; index < answer->item_count; index++) {
        show_item(cli, &answer->items[index]);
    }
    for (size_t index = 0; index < answer->reason_count; index++) {
        const struct finding *reason = &answer->reasons[index];
        cli_say_with(cli, M_AMEND_ITEM, message_entry(reason->code)->id,
                     price_reason_text(cli, reason));
    }
    if (before->net_minor != AMOUNT_NONE && after->net_minor != AMOUNT_NONE) {
        cli_say_with(cli, M_AMEND_PRICE, cli_money(cli, before->net_minor, answer->currency),
                     cli_money(cli, after->net_minor, answer->currency),
                     cli_money(cli, before->gross_minor, answer->currency),
                     cli_money(cli, after->gross_minor, answer->currency));
    }
    if (is_to_be_told(answer)) {
        cli_say(cli, M_AMEND_TELL);
    }
    if (request->is_trial) {
        amend_promises_show(cli, &request->promises);
        cli_say(cli, M_AMEND_TRIAL);
    }
}

/* accept or reject, which needs a reason. */
static enum outcome
decide(struct cli *cli, struct run *run, struct asked *asked, struct change_answer *answer,
       struct fault *why)
{
    const char *verdict = cli->values[OPTION_DECIDE];
    const struct change_decision decision = {.partner = asked->partner,
                                             .order_number = asked->order_number,
                                             .number = option_text(cli, OPTION_CHANGE, ""),
                                             .accepts = strcmp(verdict, "accept") == 0,
                                             .reason = option_text(cli, OPTION_REASON, ""),
                                             .actor = cli_actor(cli),
                                             .is_trial = asked->is_trial,
                                             .promises = asked->is_trial ? &asked->promises : NULL};
    if (!decision.accepts && strcmp(verdict, "reject") != 0) {
        return fail_as(why, FAULT_USAGE, "--decide is accept or reject, not \"%s\"", verdict);
    }
    if (!decision.accepts && *decision.reason == '\0') {
        return fail_as(why, FAULT_USAGE, "to reject a change give a --reason for its customer");
    }
    if (!cli_is_presentable(decision.reason, REASON_BYTES_MAX)) {
        return fail_as(why, FAULT_USAGE, "--reason is UTF-8, at most %d bytes", REASON_BYTES_MAX);
    }
    return desk_decide_change(run, &decision, &cli->arena, answer, why);
}

/* All that a trial tells, for programs and people here: else the file is what the customer gets. */
static bool
is_told_as_json(const struct cli *cli)
{
    const char *path = option_text(cli, OPTION_OUTPUT, "");
    const char *extension = strrchr(path, '.');
    return extension != NULL && strcmp(extension, ".json") == 0;
}

static enum outcome
put_json(struct cli *cli, const struct asked *asked, const struct change_answer *answer,
         struct fault *why)
{
    show_json(cli, asked, answer);
    TRY(amend_file_put(cli->values[OPTION_OUTPUT], &cli->out, why));
    buf_clear(&cli->out);
    return DONE;
}

static enum outcome
amend(struct cli *cli, struct run *run, const struct order_change *change, struct asked *asked,
      struct change_answer *answer, struct fault *why)
{
    struct amend_answer written = {run, asked->partner, cli->values[OPTION_OUTPUT]};
    const struct change_look look = {amend_answer_write, &written};
    const bool has_look = option_given(cli, OPTION_OUTPUT) && !is_told_as_json(cli);
    const struct change_request request = {.partner = asked->partner,
                                           .order_number = asked->order_number,
                                           .change = change,
                                           .actor = cli_actor(cli),
                                           .is_trial = asked->is_trial,
                                           .look = has_look ? &look : NULL,
                                           .promises = asked->is_trial ? &asked->promises : NULL};
    return desk_amend(run, &request, &cli->arena, answer, why);
}

/* By options or by a file. */
static enum outcome
change(struct cli *cli, struct run *run, struct asked *asked, struct change_answer *answer,
       struct fault *why)
{
    struct parts parts = {.cli = cli};
    struct amend_file file;
    if (!option_given(cli, OPTION_FILE)) {
        TRY(read_change(&parts, why));
        return amend(cli, run, &parts.change, asked, answer, why);
    }
    enum outcome outcome = amend_file_read(cli, cli->values[OPTION_FILE], asked->partner,
                                           asked->order_number, &file, &parts.change, why);
    if (outcome == DONE) {
        outcome = amend(cli, run, &parts.change, asked, answer, why);
    }
    amend_file_close(&file);
    return outcome;
}

static enum outcome
check_output(const struct cli *cli, struct fault *why)
{
    if (!option_given(cli, OPTION_OUTPUT)) {
        return DONE;
    }
    if (!option_given(cli, OPTION_DRY_RUN)) {
        return fail_as(why, FAULT_USAGE,
                       "--output goes with --dry-run: else the answer goes to the outbox");
    }
    return option_given(cli, OPTION_DECIDE) && !is_told_as_json(cli)
               ? fail_as(why, FAULT_USAGE,
                         "with --decide --output takes the name of a .json file alone")
               : DONE;
}

enum outcome
cmd_order_amend(struct cli *cli, struct fault *why)
{
    struct found_order found;
    struct change_answer answer = {0};
    struct run run = {.config = &cli->config,
                      .language = cli->language,
                      .store = cli->store,
                      .log = &cli->log,
                      .home = cli->home,
                      .state = cli->state,
                      .as_of_ms = cli->as_of_ms};
    TRY(check_output(cli, why));
    TRY(find_order(cli, false, &found, why));
    struct asked asked = {.partner = found.partner,
                          .order_number = found.number,
                          .is_trial = option_given(cli, OPTION_DRY_RUN)};
    TRY(option_given(cli, OPTION_DECIDE) ? decide(cli, &run, &asked, &answer, why)
                                         : change(cli, &run, &asked, &answer, why));
    if (is_told_as_json(cli)) {
        TRY(put_json(cli, &asked, &answer, why));
    }
    if (cli->wants_json) {
        show_json(cli, &asked, &answer);
    } else if (!option_given(cli, OPTION_QUIET)) {
        show(cli, &asked, &answer);
    }
    cli->exit_code = answer.verdict == CHANGE_REFUSED ? 3 : 0;
    return DONE;
}
