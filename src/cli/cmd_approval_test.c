/* purser approval test FILE -- whom the approval matrix asks about orders that somebody thought of,
 * and whether these are the right ones. */
#include "cli/command.h"
#include "cli/input.h"
#include "cli/table.h"

#include "base/text.h"
#include "desk/approval_cases.h"
#include "order/master.h"
#include "writers/finding_report.h"

#include <string.h>
#include <unistd.h>

enum { NAME_SHOWN_MAX = 255, TEXT_SHOWN_MAX = 80 };

/* A file that was named, with the good rows that it has. */
struct tested {
    const char *path; /* NULL: none was named */
    enum document_kind kind;
    struct findings findings;
    struct master_row *rows;
    size_t count;
    size_t capacity;
};

enum tested_file { TESTED_CASES, TESTED_MATRIX, TESTED_PEOPLE, TESTED_COUNT };

struct testing {
    struct cli *cli;
    struct json *json; /* NULL: for people */
    struct tested files[TESTED_COUNT];
    struct approval_trial trial;
    struct facts *facts;
    size_t failed;
};

static void
testing_close(struct testing *testing)
{
    facts_free(&testing->facts);
    for (size_t index = 0; index < TESTED_COUNT; index++) {
        findings_close(&testing->files[index].findings);
    }
}

/* -- the files --------------------------------------------------------------------------------- */

static enum outcome
read_rows(struct cli *cli, struct reading *reading, struct tested *file, struct fault *why)
{
    struct document *document = NULL;
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, why)) == DONE) {
        if (document->kind != file->kind) {
            return fail_as(why, FAULT_USAGE, "%s holds no %s, but %s", file->path,
                           document_kind_names[file->kind], document_kind_names[document->kind]);
        }
        if (document->is_good) {
            file->rows = arena_grow(&cli->arena, file->rows, sizeof *file->rows, file->count,
                                    &file->capacity);
            master_row_copy(file->kind, &document->row, &cli->arena, &file->rows[file->count++]);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_file(struct testing *testing, struct tested *file, struct fault *why)
{
    struct cli *cli = testing->cli;
    const char *name = input_name(file->path);
    const struct sender sender = input_sender(cli, NULL);
    struct reading *reading = NULL;
    int descriptor = -1;
    TRY(input_open(file->path, &descriptor, why));
    enum outcome outcome =
        reading_open(&reading, descriptor, name, strlen(name), &sender, &file->findings, why);
    if (outcome == DONE) {
        outcome = read_rows(cli, reading, file, why);
    }
    reading_close(reading);
    close(descriptor);
    return outcome;
}

static enum outcome
read_files(struct testing *testing, struct fault *why)
{
    for (size_t index = 0; index < TESTED_COUNT; index++) {
        struct tested *file = &testing->files[index];
        if (file->path != NULL) {
            TRY(read_file(testing, file, why));
        }
    }
    return DONE;
}

static bool
has_errors(const struct testing *testing)
{
    bool has = false;
    for (size_t index = 0; index < TESTED_COUNT; index++) {
        has |= findings_has(&testing->files[index].findings, SEVERITY_ERROR);
    }
    return has;
}

static void
show_file(struct testing *testing, const struct tested *file)
{
    struct cli *cli = testing->cli;
    const struct finding_report report = {
        .name = text_show(&cli->arena, file->path, strlen(file->path), NAME_SHOWN_MAX),
        .findings = &file->findings};
    if (testing->json == NULL) {
        if (findings_total(&file->findings) > 0) {
            finding_report_list(&report, cli->language, cli_has_colour(cli), &cli->out);
        }
        return;
    }
    json_object(testing->json, NULL);
    json_text(testing->json, "file", report.name);
    json_text(testing->json, "document", document_kind_names[file->kind]);
    json_integer(testing->json, "rows", (int64_t)file->count);
    finding_report_list_json(&report, cli->language, testing->json);
    json_end(testing->json);
}

static void
show_files(struct testing *testing)
{
    if (testing->json != NULL) {
        json_array(testing->json, "files");
    }
    for (size_t index = 0; index < TESTED_COUNT; index++) {
        if (testing->files[index].path != NULL) {
            show_file(testing, &testing->files[index]);
        }
    }
    if (testing->json != NULL) {
        json_end(testing->json);
    } else if (testing->cli->out.size > 0) {
        buf_char(&testing->cli->out, '\n');
    }
}

/* -- the tables -------------------------------------------------------------------------------- */

static void
use_matrix(struct testing *testing, const struct tested *file)
{
    struct approval_rule *rules =
        arena_array(&testing->cli->arena, struct approval_rule, file->count);
    for (size_t index = 0; index < file->count; index++) {
        rules[index] = approval_rule_of(&file->rows[index].approval, file->rows[index].line);
    }
    approval_sort(rules, file->count);
    testing->trial.rules = rules;
    testing->trial.rule_count = file->count;
}

static void
use_people(struct testing *testing, const struct tested *file)
{
    struct approver *people = arena_array(&testing->cli->arena, struct approver, file->count);
    for (size_t index = 0; index < file->count; index++) {
        people[index] = approver_of_row(&file->rows[index].approver, file->rows[index].line);
    }
    approver_table_init(&testing->trial.people.table, people, file->count);
    testing->trial.people.is_in_force = true;
}

/* The files' tables, or those in force. */
static enum outcome
choose_tables(struct testing *testing, struct fault *why)
{
    struct arena *arena = &testing->cli->arena;
    testing->trial.facts = testing->facts;
    testing->trial.config = &testing->cli->config;
    if (testing->files[TESTED_MATRIX].path != NULL) {
        use_matrix(testing, &testing->files[TESTED_MATRIX]);
    } else {
        TRY(approval_trial_rules(&testing->trial, arena, why));
    }
    if (testing->files[TESTED_PEOPLE].path == NULL) {
        return approval_trial_people(&testing->trial, arena, why);
    }
    use_people(testing, &testing->files[TESTED_PEOPLE]);
    return DONE;
}

/* -- the cases --------------------------------------------------------------------------------- */

static const char *
shown(struct cli *cli, const char *text)
{
    return text_show(&cli->arena, text, strlen(text), TEXT_SHOWN_MAX);
}

static void
show_case(struct testing *testing, const char *name, const struct approval_case *result,
          struct table *table)
{
    struct cli *cli = testing->cli;
    if (testing->json == NULL) {
        table_add(table, shown(cli, name),
                  cli_text(cli, result->holds ? M_APPROVAL_CASE_HOLDS : M_APPROVAL_CASE_FAILS),
                  shown(cli, result->asked), shown(cli, result->expected));
        return;
    }
    json_object(testing->json, NULL);
    json_text(testing->json, "case", name);
    json_bool(testing->json, "holds", result->holds);
    json_text(testing->json, "asked", result->asked);
    json_text(testing->json, "expected", result->expected);
    json_end(testing->json);
}

static enum outcome
try_cases(struct testing *testing, struct fault *why)
{
    static const enum message titles[] = {M_COLUMN_CASE, M_COLUMN_RESULT, M_COLUMN_WHO_IS_ASKED,
                                          M_COLUMN_EXPECTED};
    struct cli *cli = testing->cli;
    const struct tested *cases = &testing->files[TESTED_CASES];
    struct table table;
    table_init(&table, cli, "llll", titles);
    if (testing->json != NULL) {
        json_array(testing->json, "cases");
    }
    for (size_t index = 0; index < cases->count; index++) {
        const struct approval_case_row *row = &cases->rows[index].approval_case;
        struct approval_case result;
        facts_trim(testing->facts);
        TRY(approval_case_try(&testing->trial, row, &cli->arena, &result, why));
        testing->failed += !result.holds;
        show_case(testing, row->name, &result, &table);
    }
    if (testing->json != NULL) {
        json_end(testing->json);
        return DONE;
    }
    table_show(&table, cli);
    buf_char(&cli->out, '\n');
    cli_say_with(cli, M_APPROVAL_TESTED,
                 cli_integer(cli, (int64_t)(cases->count - testing->failed)),
                 cli_integer(cli, (int64_t)cases->count));
    return DONE;
}

/* -- the command ------------------------------------------------------------------------------- */

static enum outcome
test(struct testing *testing, struct fault *why)
{
    struct cli *cli = testing->cli;
    const bool is_good = !has_errors(testing);
    show_files(testing);
    if (testing->json != NULL) {
        json_bool(testing->json, "tested", is_good);
    }
    if (is_good) {
        TRY(choose_tables(testing, why));
        TRY(try_cases(testing, why));
    } else if (testing->json == NULL) {
        cli_say(cli, M_APPROVAL_TEST_REFUSED);
    }
    cli->exit_code = is_good && testing->failed == 0 ? 0 : 3;
    return DONE;
}

enum outcome
cmd_approval_test(struct cli *cli, struct fault *why)
{
    struct json json = {0};
    OWNED(testing) testing = {.cli = cli, .json = cli->wants_json ? &json : NULL};
    const struct {
        const char *path;
        enum document_kind kind;
    } files[TESTED_COUNT] = {
        [TESTED_CASES] = {cli->operands[0], DOCUMENT_APPROVAL_CASES},
        [TESTED_MATRIX] = {option_text(cli, OPTION_MATRIX, NULL), DOCUMENT_APPROVAL_MATRIX},
        [TESTED_PEOPLE] = {option_text(cli, OPTION_APPROVERS, NULL), DOCUMENT_APPROVERS},
    };
    for (size_t index = 0; index < TESTED_COUNT; index++) {
        testing.files[index] =
            (struct tested){.path = files[index].path, .kind = files[index].kind};
        findings_init(&testing.files[index].findings);
    }
    testing.facts = facts_new(cli->store);
    TRY(read_files(&testing, why));
    if (testing.json != NULL) {
        cli_json_begin(cli, testing.json, "approval.test");
        json_object(testing.json, "data");
    }
    TRY(test(&testing, why));
    if (testing.json != NULL) {
        json_end(testing.json);
        cli_json_end(cli, testing.json);
    }
    return DONE;
}
