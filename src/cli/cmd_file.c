/* purser file list, show, retry. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/view.h"

#include "base/file.h"
#include "store/store_interchange.h"

#include <string.h>
#include <unistd.h>

static const struct view_column list_columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_FILE},
    {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"name", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"document", VIEW_WORD, 2, 0, M_COLUMN_DOCUMENT},
    {"format", VIEW_TEXT, 3, 0, VIEW_HIDDEN},
    {"state", VIEW_WORD, 4, 0, M_COLUMN_STATE},
    {"documents", VIEW_INTEGER, 5, 0, M_COLUMN_DOCUMENTS},
    {"documents_taken", VIEW_INTEGER, 6, 0, M_COLUMN_TAKEN},
    {"findings", VIEW_INTEGER, 7, 0, M_COLUMN_FINDINGS},
    {"size", VIEW_SIZE, 8, 0, M_COLUMN_SIZE},
    {"received", VIEW_MOMENT, 9, 0, M_COLUMN_RECEIVED},
    {"sha256", VIEW_TEXT, 10, 0, VIEW_HIDDEN},
    {"repetition", VIEW_INTEGER, 11, 0, VIEW_HIDDEN},
};
static const struct view list_view = VIEW(SQL_view_files, "files", VIEW_HIDDEN, list_columns);

static const struct view_column head_columns[] = {
    {NULL, VIEW_PATH, 0, 1, M_COLUMN_FILE},
    {"partner", VIEW_TEXT, 0, 0, VIEW_HIDDEN},
    {"name", VIEW_TEXT, 1, 0, VIEW_HIDDEN},
    {"mailbox", VIEW_TEXT, 14, 0, M_COLUMN_MAILBOX},
    {"document", VIEW_WORD, 2, 0, M_COLUMN_DOCUMENT},
    {"format", VIEW_TEXT, 3, 0, M_COLUMN_FORMAT},
    {"acceptance", VIEW_WORD, 12, 0, M_COLUMN_ACCEPTANCE},
    {"state", VIEW_WORD, 4, 0, M_COLUMN_STATE},
    {"duplicate_of", VIEW_TEXT, 15, 0, M_COLUMN_DUPLICATE_OF},
    {"decision", VIEW_WORD, 16, 0, M_COLUMN_DECISION},
    {"decided_by", VIEW_TEXT, 17, 0, M_COLUMN_DECIDED_BY},
    {"decided", VIEW_MOMENT, 18, 0, M_COLUMN_DECIDED},
    {"documents", VIEW_INTEGER, 5, 0, M_COLUMN_DOCUMENTS},
    {"documents_taken", VIEW_INTEGER, 6, 0, M_COLUMN_TAKEN},
    {"findings", VIEW_INTEGER, 7, 0, M_COLUMN_FINDINGS},
    {"size", VIEW_SIZE, 8, 0, M_COLUMN_SIZE},
    {"received", VIEW_MOMENT, 9, 0, M_COLUMN_RECEIVED},
    {"sha256", VIEW_TEXT, 10, 0, M_COLUMN_SHA256},
    {"place", VIEW_TEXT, 13, 0, M_COLUMN_PLACE},
};
static const struct view head_view = VIEW(SQL_view_file_head, "file", VIEW_HIDDEN, head_columns);

static const struct view_column finding_columns[] = {
    {"code", VIEW_TEXT, 0, 0, M_COLUMN_CODE},
    {"severity", VIEW_WORD, 1, 0, M_COLUMN_SEVERITY},
    {"line", VIEW_INTEGER, 2, 0, M_COLUMN_LINE},
    {"column", VIEW_INTEGER, 3, 0, VIEW_HIDDEN},
    {"order", VIEW_TEXT, 4, 0, M_COLUMN_ORDER},
    {"order_line", VIEW_TEXT, 5, 0, VIEW_HIDDEN},
    {"field", VIEW_TEXT, 6, 0, M_COLUMN_FIELD},
    {"value", VIEW_TEXT, 7, 0, M_COLUMN_VALUE},
    {"expected", VIEW_TEXT, 8, 0, M_COLUMN_EXPECTED},
    {"hint", VIEW_TEXT, 9, 0, M_COLUMN_HINT},
    {"text", VIEW_FINDING, 0, 4, M_COLUMN_TEXT},
};
static const struct view findings_view =
    VIEW(SQL_view_file_findings, "finding_list", M_HEADING_FINDINGS, finding_columns);

static const struct view_column answer_columns[] = {
    {"partner", VIEW_TEXT, 0, 0, M_COLUMN_TO},
    {"name", VIEW_TEXT, 1, 0, M_COLUMN_FILE},
    {"kind", VIEW_TEXT, 2, 0, VIEW_HIDDEN},
    {"state", VIEW_WORD, 3, 0, M_COLUMN_STATE},
    {"created", VIEW_MOMENT, 4, 0, M_COLUMN_TIME},
    {"delivered", VIEW_MOMENT, 5, 0, M_COLUMN_DELIVERED},
};
static const struct view answers_view =
    VIEW(SQL_view_file_answers, "answers", M_HEADING_ANSWERS, answer_columns);

enum outcome
cmd_file_list(struct cli *cli, struct fault *why)
{
    const char *state = option_text(cli, OPTION_STATE, "");
    int64_t limit = 0;
    size_t count = 0;
    struct json json;
    if (state[0] != '\0' &&
        name_index(state, interchange_state_names, INTERCHANGE_STATE_COUNT) < 0) {
        return fail_as(why, FAULT_USAGE,
                       "--state is read, taken, partly, refused, duplicate or held, not \"%s\"",
                       state);
    }
    TRY(option_number(cli, OPTION_LIMIT, 100, &limit, why));
    if (cli->wants_json) {
        cli_json_begin(cli, &json, "file.list");
        json_object(&json, "data");
    }
    TRY(view_show(cli, cli->wants_json ? &json : NULL, &list_view, &count, why,
                  TEXT(option_text(cli, OPTION_PARTNER, "")), TEXT(state), INTEGER(limit)));
    if (cli->wants_json) {
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (count == 0) {
        cli_say(cli, M_FILE_NONE);
    }
    return DONE;
}

enum outcome
cmd_file_show(struct cli *cli, struct fault *why)
{
    struct json json = {0};
    struct json *into = cli->wants_json ? &json : NULL;
    int64_t id = 0;
    TRY(find_file(cli, &id, why));
    if (into != NULL) {
        cli_json_begin(cli, into, "file.show");
        json_object(into, "data");
    }
    TRY(view_one(cli, into, &head_view, INTEGER(id), why));
    TRY(view_show(cli, into, &findings_view, NULL, why, INTEGER(id)));
    TRY(view_show(cli, into, &answers_view, NULL, why, INTEGER(id)));
    if (into != NULL) {
        json_end(into);
        cli_json_end(cli, into);
    }
    return DONE;
}

/* A copy of the quarantined file in the spool, complete and synced; the one in quarantine stays as
 * evidence. */
static enum outcome
copy_to_spool(const struct cli *cli, const char *place, const char *spool, int64_t size,
              struct fault *why)
{
    enum { PIECE_SIZE = 64 * 1024 };
    char piece[PIECE_SIZE];
    OWNED(draft) draft = {0};
    int from;
    int folder;
    int64_t there = 0;
    const enum outcome opened = file_open_read(cli->state, place, &from, &there, why);
    if (opened == NONE || (opened == DONE && there != size)) {
        return fail(why, "the file is not in .purser/%s any more, or changed", place);
    }
    TRY(opened);
    TRY(file_make_folder(cli->state, "spool", &folder, why));
    enum outcome outcome = draft_open(&draft, folder, spool, why);
    ssize_t got = 1;
    while (outcome == DONE && (got = read(from, piece, sizeof piece)) > 0) {
        outcome = draft_write(&draft, piece, (size_t)got, why);
    }
    close(from);
    if (outcome == DONE && got < 0) {
        outcome = fail(why, "cannot read .purser/%s", place);
    }
    if (outcome == DONE) {
        outcome = draft_seal(&draft, why);
    }
    if (outcome == DONE) {
        outcome = draft_publish(&draft, why);
    }
    close(folder);
    return outcome;
}

static enum outcome
put_back(struct cli *cli, struct rows *rows, struct fault *why)
{
    struct arrival_again again = {0};
    const char *state = rows_text(rows, 8);
    if (strcmp(state, interchange_state_names[INTERCHANGE_REFUSED]) != 0) {
        return fail_as(why, FAULT_CONFLICT,
                       "the file is %s: only a refused one can be taken up again", state);
    }
    again.partner = rows_text(rows, 0);
    again.mailbox = rows_text(rows, 1);
    again.name = rows_bytes(rows, 2, &again.name_size);
    again.remote_size = rows_integer(rows, 3);
    again.remote_mtime_s = rows_integer(rows, 4);
    again.size = rows_integer(rows, 6);
    again.sha256 = rows_text(rows, 7);
    again.arrived_ms = cli->as_of_ms;
    again.mapping = rows_text(rows, 10);
    again.turn = rows_integer(rows, 11);
    /* The name follows from the file and the repetition, so doing it twice is doing it once. */
    again.spool = arena_format(&cli->arena, "retry-%s-%.20s-%lld", again.partner, again.sha256,
                               (long long)rows_integer(rows, 9));
    TRY(copy_to_spool(cli, rows_text(rows, 5), again.spool, again.size, why));
    const enum outcome outcome = view_file_again(cli->store, &again, why);
    return outcome == NONE ? fail_as(why, FAULT_CONFLICT, "the file was put back already")
                           : outcome;
}

enum outcome
cmd_file_retry(struct cli *cli, struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t id = 0;
    TRY(find_file(cli, &id, why));
    TRY(store_query(cli->store, SQL_view_file_retry, &rows, why, INTEGER(id)));
    TRY(rows_next(&rows, why));
    TRY(put_back(cli, &rows, why));
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "file.retry");
        json_object(&json, "data");
        json_text(&json, "file", cli->operands[0]);
        json_end(&json);
        cli_json_end(cli, &json);
    } else if (!option_given(cli, OPTION_QUIET)) {
        cli_say_with(cli, M_FILE_RETRY, cli->operands[0]);
    }
    return DONE;
}
