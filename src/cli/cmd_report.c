/* purser report list, run. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/table.h"
#include "cli/view.h"

#include "base/date.h"
#include "base/file.h"
#include "reports/plan.h"
#include "reports/report.h"
#include "store/store_schedule.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* -- list ------------------------------------------------------------------------------------- */

static const struct view_column columns[] = {
    {"schedule", VIEW_TEXT, 0, 0, M_COLUMN_SCHEDULE}, {"report", VIEW_TEXT, 1, 0, M_COLUMN_REPORT},
    {"first_day", VIEW_DAY, 2, 0, M_COLUMN_FROM_DAY}, {"last_day", VIEW_DAY, 3, 0, M_COLUMN_TO_DAY},
    {"made", VIEW_MOMENT, 4, 0, M_COLUMN_TIME},
};
static const struct view reports_view = VIEW(SQL_view_reports, "reports", VIEW_HIDDEN, columns);

static const enum message schedule_titles[] = {
    M_COLUMN_SCHEDULE, M_COLUMN_REPORT,      M_COLUMN_EVERY,   M_COLUMN_RECIPIENTS,
    M_COLUMN_FORMS,    M_COLUMN_NEXT_PERIOD, M_COLUMN_NEXT_DAY};

/* What a schedule makes next, and from which day on: that day may be over. */
struct coming {
    struct period period;
    int32_t day; /* CALENDAR_DAY_NEVER: never; DAY_NONE: the next run makes it */
};

static enum outcome
find_coming(struct cli *cli, struct report_planner *planner, const struct schedule *schedule,
            struct coming *coming, struct fault *why)
{
    struct plan plan;
    if (cli->store == NULL) {
        const int32_t today = moment_day(cli->as_of_ms);
        coming->period = period_of(schedule->period, today, cli->config.year_begins);
        coming->day = coming->period.last_day + 1;
        return DONE;
    }
    TRY(plan_read(planner, schedule, &plan, why));
    *coming = plan.count > 0 ? (struct coming){plan.waiting[plan.count - 1], DAY_NONE}
                             : (struct coming){plan.next, plan.next_day};
    return DONE;
}

static const char *
forms_text(struct cli *cli, unsigned int forms)
{
    const char *text = "";
    for (unsigned int form = 0; form < REPORT_FORM_COUNT; form++) {
        if ((forms >> form & 1) != 0) {
            text = arena_format(&cli->arena, "%s%s%s", text, *text == '\0' ? "" : " ",
                                report_form_names[form]);
        }
    }
    return text;
}

static const char *
day_words(struct cli *cli, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return day == CALENDAR_DAY_NEVER ? "-" : arena_copy(&cli->arena, day_format(text, day));
}

static void
show_schedule(struct cli *cli, struct table *table, const struct schedule *schedule,
              const struct coming *coming)
{
    table_add(table, schedule->name, schedule->report, report_period_names[schedule->period],
              schedule->to, forms_text(cli, schedule->forms),
              arena_format(&cli->arena, "%s..%s", day_words(cli, coming->period.first_day),
                           day_words(cli, coming->period.last_day)),
              coming->day == DAY_NONE ? cli_text(cli, M_REPORT_WAITS)
                                      : day_words(cli, coming->day));
}

static void
schedule_json(struct json *json, const struct schedule *schedule, const struct coming *coming)
{
    json_object(json, NULL);
    json_text(json, "schedule", schedule->name);
    json_text(json, "report", schedule->report);
    json_text(json, "every", report_period_names[schedule->period]);
    json_integer(json, "working_day", schedule->working_day);
    json_array(json, "to");
    for (size_t index = 0; index < schedule->recipient_count; index++) {
        json_text(json, NULL, schedule->recipients[index]);
    }
    json_end(json);
    json_array(json, "forms");
    for (unsigned int form = 0; form < REPORT_FORM_COUNT; form++) {
        if ((schedule->forms >> form & 1) != 0) {
            json_text(json, NULL, report_form_names[form]);
        }
    }
    json_end(json);
    json_day(json, "next_first_day", coming->period.first_day);
    json_day(json, "next_last_day", coming->period.last_day);
    json_day(json, "next_made_from", coming->day == CALENDAR_DAY_NEVER ? DAY_NONE : coming->day);
    json_bool(json, "next_waits", coming->day == DAY_NONE);
    json_end(json);
}

/* A table, or (json not NULL) an array. */
static enum outcome
list_schedules(struct cli *cli, struct json *json, struct fault *why)
{
    struct table table;
    OWNED(report_planner) planner = {
        .store = cli->store, .config = &cli->config, .as_of_ms = cli->as_of_ms};
    table_init(&table, cli, "lllllll", schedule_titles);
    if (json != NULL) {
        json_array(json, "schedules");
    }
    for (size_t index = 0; index < cli->config.schedule_count; index++) {
        struct coming coming;
        TRY(find_coming(cli, &planner, &cli->config.schedules[index], &coming, why));
        if (json != NULL) {
            schedule_json(json, &cli->config.schedules[index], &coming);
        } else {
            show_schedule(cli, &table, &cli->config.schedules[index], &coming);
        }
    }
    if (json != NULL) {
        json_end(json);
    } else if (cli->config.schedule_count == 0) {
        cli_say(cli, M_REPORT_NO_SCHEDULES);
    } else {
        table_show(&table, cli);
        buf_text(&cli->out, "\n");
    }
    return DONE;
}

enum outcome
cmd_report_list(struct cli *cli, struct fault *why)
{
    size_t count = 0;
    struct json json;
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "report.list");
        json_object(&json, "data");
    }
    TRY(list_schedules(cli, cli->wants_json ? &json : NULL, why));
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &reports_view, &count, why, INTEGER(100)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_REPORT_NONE);
    }
    return DONE;
}

/* -- run -------------------------------------------------------------------------------------- */

static enum outcome
read_day_view(struct cli *cli, struct report_request *request, struct fault *why)
{
    const char *text = option_text(cli, OPTION_BY, day_view_names[DAY_BOOKED]);
    const int view = name_index(text, day_view_names, DAY_VIEW_COUNT);
    if (view < 0) {
        return fail_as(why, FAULT_USAGE,
                       "--by is booked (the day on which it became known) or ordered (the date of "
                       "the order), not \"%s\"",
                       text);
    }
    request->day_view = (enum day_view)view;
    return DONE;
}

/* Of --period, or --from and --to; without any: the month of the day before as-of. */
static enum outcome
read_period(struct cli *cli, struct report_request *request, struct fault *why)
{
    const char *text = option_text(cli, OPTION_PERIOD, NULL);
    const int32_t yesterday = moment_day(cli->as_of_ms) - 1;
    struct period period = {period_of(PERIOD_MONTH, yesterday, cli->config.year_begins).first_day,
                            yesterday};
    if (text != NULL && (option_given(cli, OPTION_FROM) || option_given(cli, OPTION_TO))) {
        return fail_as(why, FAULT_USAGE, "--period says all of --from and --to: leave these out");
    }
    if (text != NULL && !period_parse(text, cli->config.year_begins, &period)) {
        return fail_as(why, FAULT_USAGE,
                       "--period is a period such as 2026-10, 2026-Q3, 2026, 2026-W40, 2026-10-05 "
                       "or 2026-10-05..2026-10-11, not \"%s\"",
                       text);
    }
    if (option_day(cli, OPTION_FROM, &period.first_day, why) == FAILED ||
        option_day(cli, OPTION_TO, &period.last_day, why) == FAILED) {
        return FAILED;
    }
    if (period.first_day > period.last_day) {
        return fail_as(why, FAULT_USAGE, "--from lies behind --to");
    }
    request->first_day = period.first_day;
    request->last_day = period.last_day;
    return read_day_view(cli, request, why);
}

static enum outcome
find_recipient(struct cli *cli, const struct schedule *schedule, const struct partner **recipient,
               struct fault *why)
{
    const char *id = option_text(cli, OPTION_PARTNER, schedule->recipients[0]);
    for (size_t index = 0; index < schedule->recipient_count; index++) {
        if (strcmp(schedule->recipients[index], id) == 0) {
            *recipient = config_recipient(&cli->config, id);
            return DONE;
        }
    }
    return fail_as(why, FAULT_NOT_FOUND, "\"%s\" gets nothing by the schedule \"%s\"", id,
                   schedule->name);
}

/* What a schedule has made: the moment and, of the recipient, language and link. */
static enum outcome
recall(struct cli *cli, const char **report, struct report_request *request, struct fault *why)
{
    const char *name = cli->values[OPTION_SCHEDULE];
    const struct schedule *schedule = config_schedule(&cli->config, name);
    const struct partner *recipient = NULL;
    struct report_row row;
    int64_t file_id = 0;
    if (schedule == NULL) {
        return fail_as(why, FAULT_NOT_FOUND, "there is no schedule \"%s\"; see purser report list",
                       name);
    }
    if (!option_given(cli, OPTION_PERIOD) && !option_given(cli, OPTION_FROM)) {
        return fail_as(why, FAULT_USAGE, "which one? --schedule needs --period");
    }
    TRY(find_recipient(cli, schedule, &recipient, why));
    const enum outcome made =
        schedule_made(cli->store, name, request->first_day, &cli->arena, &row, why);
    if (made == NONE || (made == DONE && row.last_day != request->last_day)) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "the schedule \"%s\" has made no report of that period; see purser report "
                       "list",
                       name);
    }
    TRY(made);
    *report = row.report;
    request->as_of_ms = option_given(cli, OPTION_AS_OF) ? cli->as_of_ms : row.made_ms;
    request->language = recipient->language;
    request->partner = report_is_own(row.report) ? recipient->id : NULL;
    const enum outcome sent =
        schedule_sent(cli->store, name, row.first_day, recipient->id, &file_id, why);
    if (sent != DONE) {
        return sent == NONE ? DONE : sent;
    }
    return schedule_twin(cli->store, file_id, &cli->arena, &request->twin, why);
}

static enum outcome
write_output(struct cli *cli, const struct buf *report, struct fault *why)
{
    const char *path = cli->values[OPTION_OUTPUT];
    if (path == NULL || strcmp(path, "-") == 0) {
        buf_add(&cli->out, report->bytes, report->size);
        return DONE;
    }
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (file < 0) {
        return fail(why, "cannot write %s", path);
    }
    const enum outcome outcome = file_write_all(file, report->bytes, report->size, path, why);
    close(file);
    return outcome;
}

/* With what was made, or (content NULL) would be. */
static void
report_json(struct cli *cli, const char *report, const struct report_request *request,
            const char *content)
{
    struct json json;
    cli_json_begin(cli, &json, "report.run");
    json_object(&json, "data");
    json_text(&json, "report", report);
    json_day(&json, "first_day", request->first_day);
    json_day(&json, "last_day", request->last_day);
    if (content != NULL) {
        json_text(&json, "content", content);
    } else {
        json_moment(&json, "as_of", request->as_of_ms);
    }
    json_end(&json);
    cli_json_end(cli, &json);
}

static void
say_would(struct cli *cli, const char *report, const char *format,
          const struct report_request *request)
{
    if (cli->wants_json) {
        report_json(cli, report, request, NULL);
        return;
    }
    cli_say_with(cli, M_REPORT_WOULD_MAKE, report, day_words(cli, request->first_day),
                 day_words(cli, request->last_day), format, cli_time(cli, request->as_of_ms));
}

/* Of partners alone there is something about one of them. */
static bool
has_cards(const char *report)
{
    return report_is_own(report) || strcmp(report, "partners") == 0;
}

/* `report run partners --partner ID` is the score card of one. */
static enum outcome
choose_partner(struct cli *cli, const char **report, struct report_request *request,
               struct fault *why)
{
    const struct partner *partner = NULL;
    if (!option_given(cli, OPTION_PARTNER)) {
        return report_is_own(*report)
                   ? fail_as(why, FAULT_USAGE, "whose score card? name a partner with --partner")
                   : DONE;
    }
    TRY(find_partner(cli, cli->values[OPTION_PARTNER], &partner, why));
    *report = REPORT_SCORE_CARD;
    request->partner = partner->id;
    return DONE;
}

static enum outcome
check_usage(struct cli *cli, int form, struct fault *why)
{
    const bool has_name = cli->operand_count > 0;
    if (has_name == option_given(cli, OPTION_SCHEDULE)) {
        return fail_as(why, FAULT_USAGE,
                       has_name ? "a schedule says which report: leave out the name"
                                : "which report? name one, or give --schedule");
    }
    if (has_name && !report_is_known(cli->operands[0])) {
        return fail_as(
            why, FAULT_NOT_FOUND,
            "there is no report \"%s\"; there are sales, customers, finance, approvals, delays, "
            "receivables, partners, efficiency and score-card",
            cli->operands[0]);
    }
    if (has_name && option_given(cli, OPTION_PARTNER) && !has_cards(cli->operands[0])) {
        return fail_as(why, FAULT_USAGE,
                       "--partner makes a score card of the report partners, or is one that a "
                       "schedule sends to; for the language see --lang");
    }
    if (form < 0) {
        return fail_as(why, FAULT_USAGE, "--format is html, csv, xlsx or pdf, not \"%s\"",
                       cli->values[OPTION_FORMAT]);
    }
    if ((form == REPORT_XLSX || form == REPORT_PDF) && !option_given(cli, OPTION_OUTPUT) &&
        !option_given(cli, OPTION_DRY_RUN) && (cli->wants_json || isatty(STDOUT_FILENO))) {
        return fail_as(why, FAULT_USAGE, "a %s is no text; say where with --output FILE",
                       form == REPORT_PDF ? "PDF" : "workbook");
    }
    return DONE;
}

/* Of one state of the store, though a run may write meanwhile; the run does not wait for us. */
static enum outcome
make_of_one_state(struct cli *cli, const char *report, enum report_form form,
                  const struct report_request *request, struct buf *made, struct fault *why)
{
    enum { TRIES = 5 };
    for (int attempt = 0; attempt < TRIES; attempt++) {
        int before = 0;
        int after = 0;
        buf_clear(made);
        TRY(store_generation(cli->store, &before, why));
        TRY(report_make(report, form, cli->store, &cli->config, request, made, why));
        TRY(store_generation(cli->store, &after, why));
        if (before == after) {
            return DONE;
        }
    }
    return fail_as(why, FAULT_LOCKED,
                   "a run keeps changing what is to be reported; try again when it is over");
}

enum outcome
cmd_report_run(struct cli *cli, struct fault *why)
{
    OWNED(buf) made = {0};
    struct report_request request = {
        .as_of_ms = cli->as_of_ms, .language = cli->language, .twin = ""};
    const char *format = option_text(cli, OPTION_FORMAT, "html");
    const int form = name_index(format, report_form_names, REPORT_FORM_COUNT);
    TRY(check_usage(cli, form, why));
    const char *report = cli->operand_count > 0 ? cli->operands[0] : "";
    TRY(read_period(cli, &request, why));
    if (cli->store == NULL) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "there is nothing to report yet; `purser run` comes first");
    }
    TRY(option_given(cli, OPTION_SCHEDULE) ? recall(cli, &report, &request, why)
                                           : choose_partner(cli, &report, &request, why));
    if (option_given(cli, OPTION_BY) && !report_has_day_view(report)) {
        return fail_as(
            why, FAULT_USAGE,
            "--by is of the reports sales and efficiency, not of %s: leave it out%s", report,
            strcmp(report, "customers") == 0 ? " (customers buy on the date of their order)" : "");
    }
    if (option_given(cli, OPTION_DRY_RUN)) {
        say_would(cli, report, format, &request);
        return DONE;
    }
    buf_init(&made, REPORT_BYTES_MAX);
    log_progress(&cli->log, "making the report %s", report);
    const enum outcome outcome =
        make_of_one_state(cli, report, (enum report_form)form, &request, &made, why);
    log_progress(&cli->log, "%s", "");
    TRY(outcome);
    if (cli->wants_json && !option_given(cli, OPTION_OUTPUT)) {
        report_json(cli, report, &request, made.bytes);
        return DONE;
    }
    return write_output(cli, &made, why);
}
