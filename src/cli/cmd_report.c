/* purser report list, run. */
#include "cli/command.h"
#include "cli/view.h"

#include "base/date.h"
#include "base/file.h"
#include "reports/report.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const struct view_column columns[] = {
    {"schedule", VIEW_TEXT, 0, 0, M_COLUMN_SCHEDULE}, {"report", VIEW_TEXT, 1, 0, M_COLUMN_REPORT},
    {"first_day", VIEW_DAY, 2, 0, M_COLUMN_FROM_DAY}, {"last_day", VIEW_DAY, 3, 0, M_COLUMN_TO_DAY},
    {"made", VIEW_MOMENT, 4, 0, M_COLUMN_TIME},
};
static const struct view reports_view = VIEW(SQL_view_reports, "reports", VIEW_HIDDEN, columns);

enum outcome
cmd_report_list(struct cli *cli, struct fault *why)
{
    size_t count = 0;
    struct json json;
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "report.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &reports_view, &count, why, INTEGER(100)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_REPORT_NONE);
    }
    return DONE;
}

/* Without --from and --to: the month of the day before as-of. */
static enum outcome
read_period(struct cli *cli, struct report_request *request, struct fault *why)
{
    int year, month, day;
    const int32_t yesterday = moment_day(cli->as_of_ms) - 1;
    day_split(yesterday, &year, &month, &day);
    request->first_day = day_of(year, month, 1);
    request->last_day = yesterday;
    const enum outcome from = option_day(cli, OPTION_FROM, &request->first_day, why);
    if (from == FAILED) {
        return from;
    }
    const enum outcome to = option_day(cli, OPTION_TO, &request->last_day, why);
    if (to == FAILED) {
        return to;
    }
    if (request->first_day > request->last_day) {
        return fail_as(why, FAULT_USAGE, "--from lies behind --to");
    }
    return DONE;
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

static void
report_json(struct cli *cli, const struct buf *report, const struct report_request *request)
{
    struct json json;
    cli_json_begin(cli, &json, "report.run");
    json_object(&json, "data");
    json_text(&json, "report", cli->operands[0]);
    json_day(&json, "first_day", request->first_day);
    json_day(&json, "last_day", request->last_day);
    json_text(&json, "content", report->bytes);
    json_end(&json);
    cli_json_end(cli, &json);
}

enum outcome
cmd_report_run(struct cli *cli, struct fault *why)
{
    OWNED(buf) report = {0};
    struct report_request request = {0};
    const char *format = option_text(cli, OPTION_FORMAT, "html");
    const int form = name_index(format, report_form_names, REPORT_FORM_COUNT);
    if (!report_is_known(cli->operands[0])) {
        return fail_as(
            why, FAULT_NOT_FOUND,
            "there is no report \"%s\"; there are sales, approvals, delays and receivables",
            cli->operands[0]);
    }
    if (form < 0) {
        return fail_as(why, FAULT_USAGE, "--format is html, csv or xlsx, not \"%s\"", format);
    }
    if (form == REPORT_XLSX && !option_given(cli, OPTION_OUTPUT) &&
        (cli->wants_json || isatty(STDOUT_FILENO))) {
        return fail_as(why, FAULT_USAGE, "a workbook is no text; say where with --output FILE");
    }
    TRY(read_period(cli, &request, why));
    if (cli->store == NULL) {
        return fail_as(why, FAULT_NOT_FOUND,
                       "there is nothing to report yet; `purser run` comes first");
    }
    buf_init(&report, REPORT_BYTES_MAX);
    request.as_of_ms = cli->as_of_ms;
    request.language = cli->language;
    request.twin = "";
    TRY(report_make(cli->operands[0], (enum report_form)form, cli->store, &cli->config, &request,
                    &report, why));
    if (cli->wants_json && !option_given(cli, OPTION_OUTPUT)) {
        report_json(cli, &report, &request);
        return DONE;
    }
    return write_output(cli, &report, why);
}
