/* purser rule backtest -- what orders of the past would have cost under tables that are not in
 * force.  Everything is undone at the end. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/input.h"
#include "cli/view.h"

#include "base/text.h"
#include "desk/backtest.h"
#include "order/master.h"
#include "store/store_backtest.h"
#include "writers/finding_report.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

enum { NAME_SHOWN_MAX = 255, ROWS_SHOWN = 100 };

/* A file that was named. */
struct tried {
    const char *path;
    enum document_kind kind; /* DOCUMENT_NONE: it has no good row */
    int64_t rows;
    struct findings findings;
};

struct trial {
    struct cli *cli;
    struct json *json; /* NULL: for people */
    struct run run;
    struct backtest *backtest;
    const struct partner *partner; /* whose files they are as; NULL: nobody's */
    int32_t from, to;
    struct tried *files;
    size_t count;
};

static void
trial_close(struct trial *trial)
{
    backtest_close(trial->backtest);
    for (size_t index = 0; index < trial->count; index++) {
        findings_close(&trial->files[index].findings);
    }
}

/* -- the files -------------------------------------------------------------------------------- */

static enum outcome
read_rows(struct trial *trial, struct reading *reading, struct tried *file, struct fault *why)
{
    struct document *document = NULL;
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, why)) == DONE) {
        if (!master_is_kind(document->kind)) {
            return fail_as(why, FAULT_USAGE, "%s holds no table, but %s", file->path,
                           document_kind_names[document->kind]);
        }
        if (document->is_good) {
            file->kind = document->kind;
            file->rows++;
            TRY(backtest_add_row(trial->backtest, file->path, document, &file->findings, why));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_file(struct trial *trial, struct tried *file, struct fault *why)
{
    const char *name = input_name(file->path);
    const struct sender sender = input_sender(trial->cli, trial->partner);
    struct reading *reading = NULL;
    int descriptor = -1;
    TRY(input_open(file->path, &descriptor, why));
    enum outcome outcome =
        reading_open(&reading, descriptor, name, strlen(name), &sender, &file->findings, why);
    if (outcome == DONE) {
        outcome = read_rows(trial, reading, file, why);
    }
    reading_close(reading);
    close(descriptor);
    return outcome;
}

static bool
has_errors(const struct trial *trial)
{
    for (size_t index = 0; index < trial->count; index++) {
        if (findings_has(&trial->files[index].findings, SEVERITY_ERROR)) {
            return true;
        }
    }
    return false;
}

/* By kind, as the desk works what comes in together. */
static enum outcome
judge_files(struct trial *trial, struct fault *why)
{
    for (int kind = DOCUMENT_NONE + 1; kind < DOCUMENT_KIND_COUNT; kind++) {
        for (size_t index = 0; index < trial->count; index++) {
            struct tried *file = &trial->files[index];
            if ((int)file->kind == kind) {
                TRY(backtest_judge(trial->backtest, file->kind, &file->findings, why));
            }
        }
    }
    return DONE;
}

static enum outcome
read_files(struct trial *trial, struct fault *why)
{
    struct cli *cli = trial->cli;
    trial->files = arena_array(&cli->arena, struct tried, (size_t)cli->operand_count);
    for (int index = 0; index < cli->operand_count; index++) {
        struct tried *file = &trial->files[trial->count++];
        findings_init(&file->findings);
        file->path = cli->operands[index];
        file->kind = DOCUMENT_NONE;
        TRY(read_file(trial, file, why));
        if (file->kind == DOCUMENT_NONE && !findings_has(&file->findings, SEVERITY_ERROR)) {
            return fail_as(why, FAULT_USAGE, "%s holds no rows", file->path);
        }
    }
    return has_errors(trial) ? DONE : judge_files(trial, why);
}

static void
show_file(struct trial *trial, struct tried *file)
{
    struct cli *cli = trial->cli;
    const struct finding_report report = {
        .name = text_show(&cli->arena, file->path, strlen(file->path), NAME_SHOWN_MAX),
        .findings = &file->findings};
    if (trial->json == NULL) {
        if (findings_total(&file->findings) > 0) {
            finding_report_list(&report, cli->language, cli_has_colour(cli), &cli->out);
        }
        return;
    }
    json_object(trial->json, NULL);
    json_text(trial->json, "file", report.name);
    json_text(trial->json, "document", document_kind_names[file->kind]);
    json_integer(trial->json, "rows", file->rows);
    finding_report_list_json(&report, cli->language, trial->json);
    json_end(trial->json);
}

static void
show_files(struct trial *trial)
{
    if (trial->json != NULL) {
        json_array(trial->json, "files");
    }
    for (size_t index = 0; index < trial->count; index++) {
        show_file(trial, &trial->files[index]);
    }
    if (trial->json != NULL) {
        json_end(trial->json);
    } else if (trial->cli->out.size > 0) {
        buf_char(&trial->cli->out, '\n');
    }
}

/* -- what would have been different ----------------------------------------------------------- */

static const struct view_column total_columns[] = {
    {"currency", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"orders", VIEW_INTEGER, 1, 0, M_COLUMN_ORDERS},
    {"before", VIEW_MONEY, 2, 0, M_COLUMN_BOOKED},
    {"after", VIEW_MONEY, 3, 0, M_COLUMN_PRICED_AGAIN},
    {"difference", VIEW_MONEY, 4, 0, M_COLUMN_DIFFERENCE},
    {"percent", VIEW_MICROS, 5, 0, M_COLUMN_PERCENT},
    {"orders_unpriced", VIEW_INTEGER, 6, 0, VIEW_HIDDEN},
    {"before_unpriced", VIEW_MONEY, 7, 0, VIEW_HIDDEN},
};
static const struct view totals_view =
    VIEW(SQL_backtest_totals, "totals", VIEW_HIDDEN, total_columns);

#define SUM_COLUMNS(count)                                                                         \
    {"currency", VIEW_TEXT, 2, 0, VIEW_HIDDEN},                                                    \
        {count "_before", VIEW_INTEGER, 3, 0, VIEW_HIDDEN},                                        \
        {count "_after", VIEW_INTEGER, 4, 0, VIEW_HIDDEN},                                         \
        {"before", VIEW_MONEY, 5, 2, M_COLUMN_BOOKED},                                             \
        {"after", VIEW_MONEY, 6, 2, M_COLUMN_PRICED_AGAIN},                                        \
        {"difference", VIEW_MONEY, 7, 2, M_COLUMN_DIFFERENCE},                                     \
    {                                                                                              \
        "percent", VIEW_MICROS, 8, 0, M_COLUMN_PERCENT                                             \
    }

static const struct view_column customer_columns[] = {
    {"customer", VIEW_TEXT, 1, 0, M_COLUMN_CUSTOMER}, SUM_COLUMNS("orders")};
static const struct view_column product_columns[] = {{"sku", VIEW_TEXT, 1, 0, M_COLUMN_SKU},
                                                     SUM_COLUMNS("lines")};
static const struct view_column rule_columns[] = {{"rule", VIEW_WORD, 0, 0, M_COLUMN_RULE},
                                                  {"name", VIEW_TEXT, 1, 0, M_COLUMN_NAME},
                                                  SUM_COLUMNS("lines")};
static const struct {
    enum backtest_kind kind;
    struct view view;
} sums[] = {
    {BACKTEST_CUSTOMER,
     VIEW(SQL_backtest_sums, "customers", M_HEADING_BY_CUSTOMER, customer_columns)},
    {BACKTEST_PRODUCT, VIEW(SQL_backtest_sums, "products", M_HEADING_BY_PRODUCT, product_columns)},
    {BACKTEST_RULE, VIEW(SQL_backtest_sums, "rules", M_HEADING_BY_RULE, rule_columns)},
};

static const struct view_column unpriced_columns[] = {
    {"order_date", VIEW_DAY, 0, 0, M_COLUMN_ORDER_DATE},
    {NULL, VIEW_PATH, 1, 2, M_COLUMN_ORDER},
    {"partner", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"number", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"customer", VIEW_TEXT, 3, 0, M_COLUMN_CUSTOMER},
    {"before", VIEW_MONEY, 4, 5, M_COLUMN_BOOKED},
    {"currency", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"code", VIEW_TEXT, 6, 0, M_COLUMN_CODE},
    {"line", VIEW_TEXT, 8, 0, VIEW_HIDDEN},
    {"text", VIEW_FINDING, 6, 7, M_COLUMN_TEXT},
};
static const struct view unpriced_view =
    VIEW(SQL_backtest_unpriced, "unpriced", M_HEADING_UNPRICED, unpriced_columns);

static const struct view_column approver_columns[] = {
    {"step", VIEW_INTEGER, 0, 0, M_COLUMN_STEP},
    {"approver", VIEW_TEXT, 1, 0, M_COLUMN_APPROVER},
    {"orders_before", VIEW_INTEGER, 2, 0, M_COLUMN_IN_FORCE},
    {"orders_after", VIEW_INTEGER, 3, 0, M_COLUMN_BY_FILE},
    {"difference", VIEW_INTEGER, 4, 0, M_COLUMN_DIFFERENCE_COUNT},
};
static const struct view approvers_view =
    VIEW(SQL_backtest_approvers, "approvers", M_HEADING_BY_APPROVER, approver_columns);

#define ASKED_COLUMNS                                                                              \
    {"order_date", VIEW_DAY, 0, 0, M_COLUMN_ORDER_DATE}, {NULL, VIEW_PATH, 1, 2, M_COLUMN_ORDER},  \
        {"partner", VIEW_TEXT, 1, 0, VIEW_HIDDEN}, {"number", VIEW_TEXT, 2, 0, VIEW_HIDDEN},       \
        {"customer", VIEW_TEXT, 3, 0, M_COLUMN_CUSTOMER},                                          \
        {"amount", VIEW_MONEY, 4, 5, M_COLUMN_AMOUNT}, {"currency", VIEW_TEXT, 5, 0, VIEW_HIDDEN}, \
        {"before", VIEW_TEXT, 6, 0, M_COLUMN_IN_FORCE},                                            \
    {                                                                                              \
        "after", VIEW_TEXT, 7, 0, M_COLUMN_BY_FILE                                                 \
    }
static const struct view_column asked_columns[] = {ASKED_COLUMNS};
static const struct {
    bool is_gone;
    struct view view;
} asked_views[] = {
    {true, VIEW(SQL_backtest_asked, "asked_no_more", M_HEADING_ASKED_NO_MORE, asked_columns)},
    {false, VIEW(SQL_backtest_asked, "asked_otherwise", M_HEADING_ASKED_OTHERWISE, asked_columns)},
};

/* Rows that a person is not shown. */
static void
tell_rest(struct cli *cli, int64_t all, size_t shown)
{
    if (all > (int64_t)shown) {
        cli_say_with(cli, M_BACKTEST_MORE, cli_integer(cli, all - (int64_t)shown));
    }
}

/* For people what would have been different, the largest first; for programs all. */
static enum outcome
show_sums(struct trial *trial, int64_t limit, bool *is_changed, struct fault *why)
{
    struct cli *cli = trial->cli;
    for (size_t index = 0; index < sizeof sums / sizeof sums[0]; index++) {
        const char *kind = backtest_kind_names[sums[index].kind];
        int64_t changed = 0;
        size_t shown = 0;
        TRY(view_show(cli, trial->json, &sums[index].view, &shown, why, TEXT(kind),
                      INTEGER(trial->json == NULL), INTEGER(limit)));
        TRY(store_number(cli->store, SQL_backtest_changed, 0, &changed, why, TEXT(kind)));
        if (trial->json == NULL) {
            tell_rest(cli, changed, shown);
        }
        *is_changed |= changed > 0;
    }
    return DONE;
}

static enum outcome
show_unpriced(struct trial *trial, int64_t limit, int64_t *count, struct fault *why)
{
    size_t shown = 0;
    TRY(store_number_values(trial->cli->store, SQL_backtest_unpriced_count, NULL, 0, 0, count,
                            why));
    TRY(view_show(trial->cli, trial->json, &unpriced_view, &shown, why, INTEGER(limit)));
    if (trial->json == NULL) {
        tell_rest(trial->cli, *count, shown);
    }
    return DONE;
}

static const char *
day_text(struct cli *cli, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(&cli->arena, day_format(text, day));
}

/* For people what the limit says; for programs all. */
static enum outcome
begin_differences(struct trial *trial, enum message title, int64_t *limit, struct fault *why)
{
    struct cli *cli = trial->cli;
    *limit = INT64_MAX;
    if (trial->json == NULL) {
        TRY(option_number(cli, OPTION_LIMIT, ROWS_SHOWN, limit, why));
        cli_say_with(cli, title, day_text(cli, trial->from), day_text(cli, trial->to));
    }
    return DONE;
}

static enum outcome
show_differences(struct trial *trial, struct fault *why)
{
    struct cli *cli = trial->cli;
    int64_t limit = 0;
    int64_t unpriced = 0;
    size_t currencies = 0;
    bool is_changed = false;
    TRY(begin_differences(trial, M_BACKTEST_PERIOD, &limit, why));
    TRY(view_rows(cli, trial->json, &totals_view, NULL, 0, &currencies, why));
    TRY(show_sums(trial, limit, &is_changed, why));
    TRY(show_unpriced(trial, limit, &unpriced, why));
    if (trial->json == NULL && (currencies == 0 || (!is_changed && unpriced == 0))) {
        cli_say(cli, currencies == 0 ? M_BACKTEST_NO_ORDERS : M_BACKTEST_ALIKE);
    }
    cli->exit_code = unpriced > 0 ? 3 : cli->exit_code;
    return DONE;
}

/* -- who would be asked ------------------------------------------------------------------------ */

static enum outcome
show_asked_totals(struct trial *trial, int64_t *orders, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct cli *cli = trial->cli;
    int64_t before = 0;
    int64_t after = 0;
    TRY(store_number_values(cli->store, SQL_backtest_orders_count, NULL, 0, 0, orders, why));
    TRY(store_query_bare(cli->store, SQL_backtest_asked_total, &rows, why));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        before = rows_integer(&rows, 0);
        after = rows_integer(&rows, 1);
    }
    if (trial->json != NULL) {
        json_integer(trial->json, "orders", *orders);
        json_integer(trial->json, "asked_before", before);
        json_integer(trial->json, "asked_after", after);
    } else if (*orders > 0) {
        cli_say_with(cli, M_BACKTEST_ASKED, cli_integer(cli, *orders), cli_integer(cli, before),
                     cli_integer(cli, after));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
show_asked_orders(struct trial *trial, int64_t limit, bool *is_changed, struct fault *why)
{
    for (size_t index = 0; index < sizeof asked_views / sizeof asked_views[0]; index++) {
        const bool is_gone = asked_views[index].is_gone;
        int64_t count = 0;
        size_t shown = 0;
        TRY(store_number(trial->cli->store, SQL_backtest_asked_count, 0, &count, why,
                         INTEGER(is_gone)));
        TRY(view_show(trial->cli, trial->json, &asked_views[index].view, &shown, why,
                      INTEGER(is_gone), INTEGER(limit)));
        if (trial->json == NULL) {
            tell_rest(trial->cli, count, shown);
        }
        *is_changed |= count > 0;
    }
    return DONE;
}

static enum outcome
show_asked(struct trial *trial, struct fault *why)
{
    struct cli *cli = trial->cli;
    int64_t limit = 0;
    int64_t orders = 0;
    int64_t unpriced = 0;
    size_t shown = 0;
    bool is_changed = false;
    TRY(begin_differences(trial, M_BACKTEST_DECIDED_PERIOD, &limit, why));
    TRY(show_asked_totals(trial, &orders, why));
    TRY(view_rows(cli, trial->json, &approvers_view, NULL, 0, &shown, why));
    TRY(show_asked_orders(trial, limit, &is_changed, why));
    TRY(show_unpriced(trial, limit, &unpriced, why));
    if (trial->json == NULL && orders + unpriced == 0) {
        cli_say(cli, M_BACKTEST_NO_ORDERS_AT_ALL);
    } else if (trial->json == NULL && !is_changed && unpriced == 0) {
        cli_say(cli, M_BACKTEST_ALIKE);
    }
    cli->exit_code = unpriced > 0 ? 3 : cli->exit_code;
    return DONE;
}

/* -- the command ------------------------------------------------------------------------------ */

static enum outcome
read_period(struct trial *trial, struct fault *why)
{
    const struct cli *cli = trial->cli;
    if (!option_given(cli, OPTION_FROM) || !option_given(cli, OPTION_TO)) {
        return fail_as(why, FAULT_USAGE,
                       "say which orders: --from DAY --to DAY, by their order date");
    }
    TRY(option_day(cli, OPTION_FROM, &trial->from, why));
    TRY(option_day(cli, OPTION_TO, &trial->to, why));
    return trial->from <= trial->to ? DONE : fail_as(why, FAULT_USAGE, "--from lies behind --to");
}

static enum outcome
prepare(struct trial *trial, struct fault *why)
{
    struct cli *cli = trial->cli;
    TRY(read_period(trial, why));
    if (option_given(cli, OPTION_PARTNER)) {
        TRY(find_partner(cli, cli->values[OPTION_PARTNER], &trial->partner, why));
    }
    trial->run = (struct run){.config = &cli->config,
                              .language = cli->language,
                              .store = cli->store,
                              .log = &cli->log,
                              .home = cli->home,
                              .state = cli->state,
                              .as_of_ms = cli->as_of_ms};
    return backtest_open(&trial->backtest, &trial->run, trial->from, trial->to, why);
}

static void
begin_json(struct trial *trial)
{
    if (trial->json != NULL) {
        cli_json_begin(trial->cli, trial->json, "rule.backtest");
        json_object(trial->json, "data");
        json_day(trial->json, "from", trial->from);
        json_day(trial->json, "to", trial->to);
    }
}

enum outcome
cmd_rule_backtest(struct cli *cli, struct fault *why)
{
    struct json json = {0};
    OWNED(trial) trial = {.cli = cli, .json = cli->wants_json ? &json : NULL};
    TRY(prepare(&trial, why));
    TRY(read_files(&trial, why));
    const bool is_good = !has_errors(&trial);
    begin_json(&trial);
    show_files(&trial);
    if (trial.json != NULL) {
        json_bool(trial.json, "priced", is_good);
    }
    if (is_good) {
        TRY(backtest_price(trial.backtest, why));
        TRY(backtest_is_of_approvals(trial.backtest) ? show_asked(&trial, why)
                                                     : show_differences(&trial, why));
    } else {
        cli->exit_code = 3;
        if (trial.json == NULL) {
            cli_say(cli, M_BACKTEST_REFUSED);
        }
    }
    if (trial.json != NULL) {
        json_end(trial.json);
        cli_json_end(cli, trial.json);
    }
    return DONE;
}
