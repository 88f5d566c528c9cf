/* purser check FILE... -- what a run would say about files, without store or network. */
#include "cli/command.h"
#include "cli/find.h"

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "intake/reading.h"
#include "writers/finding_report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REPORT_BYTES = 256 * 1024 * 1024, FILES_MAX = 1000, EXCERPT_BYTES_MAX = 16 * 1024 * 1024 };

/* One file that was checked. */
struct checked {
    struct findings findings;
    struct arena arena;
    struct finding_report report;
    char sha256[DIGEST_HEX_SIZE];
};

enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_CSV, CHECK_HTML, CHECK_FORMAT_COUNT };
static const char *const check_formats[] = {"text", "json", "csv", "html"};

static enum outcome
choose_format(const struct cli *cli, enum check_format *format, struct fault *why)
{
    const char *text = option_text(cli, OPTION_FORMAT, cli->wants_json ? "json" : "text");
    const int index = name_index(text, check_formats, CHECK_FORMAT_COUNT);
    if (index < 0) {
        return fail_as(why, FAULT_USAGE, "--format is text, json, csv or html, not \"%s\"", text);
    }
    *format = (enum check_format)index;
    return DONE;
}

/* As --partner is configured, or the most forgiving sender. */
static enum outcome
choose_sender(struct cli *cli, struct sender *sender, const struct partner **partner,
              struct fault *why)
{
    sender->encoding = option_text(cli, OPTION_ENCODING, "");
    sender->default_currency = "";
    sender->default_country = "";
    sender->customer = "";
    sender->today = moment_day(cli->as_of_ms);
    sender->file_bytes_max = INT64_MAX;
    if (!option_given(cli, OPTION_PARTNER)) {
        return DONE;
    }
    TRY(file_open_folder(AT_FDCWD, option_text(cli, OPTION_HOME, "."), &cli->home, why));
    TRY(config_load(&cli->config, cli->home, &cli->log, why));
    cli->has_config = true;
    TRY(find_partner(cli, cli->values[OPTION_PARTNER], partner, why));
    sender->roles = (*partner)->roles;
    sender->default_currency = (*partner)->default_currency;
    sender->default_country = (*partner)->default_country;
    sender->customer = (*partner)->customer;
    sender->file_bytes_max = cli->config.limits.file_bytes_max;
    sender->today = moment_day(cli->as_of_ms);
    if (!option_given(cli, OPTION_ENCODING)) {
        sender->encoding = (*partner)->encoding;
    }
    return DONE;
}

/* Standard input as a file that can be read twice. */
static enum outcome
open_standard_input(int *descriptor, struct fault *why)
{
    enum { PIECE_SIZE = 64 * 1024 };
    char piece[PIECE_SIZE];
    FILE *kept = tmpfile();
    if (kept == NULL) {
        return fail(why, "cannot make a temporary file: %s", strerror(errno));
    }
    *descriptor = fcntl(fileno(kept), F_DUPFD_CLOEXEC, 3);
    fclose(kept);
    ssize_t size;
    while ((size = read(STDIN_FILENO, piece, sizeof piece)) > 0) {
        TRY(file_write_all(*descriptor, piece, (size_t)size, "a temporary file", why));
    }
    return lseek(*descriptor, 0, SEEK_SET) == 0 ? DONE : fail(why, "cannot read standard input");
}

static enum outcome
open_file(const char *path, int *descriptor, struct fault *why)
{
    struct stat status;
    if (strcmp(path, "-") == 0) {
        return open_standard_input(descriptor, why);
    }
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0) {
        return fail_as(why, FAULT_NOT_FOUND, "cannot open %s: %s", path, strerror(errno));
    }
    if (fstat(*descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(*descriptor);
        return fail_as(why, FAULT_NOT_FOUND, "%s is not a file", path);
    }
    return DONE;
}

static enum outcome
read_digest(int descriptor, struct checked *checked, struct fault *why)
{
    enum { PIECE_SIZE = 64 * 1024 };
    char piece[PIECE_SIZE];
    struct digest digest;
    ssize_t size;
    digest_init(&digest);
    while ((size = read(descriptor, piece, sizeof piece)) > 0) {
        digest_add(&digest, piece, (size_t)size);
        checked->report.size += size;
    }
    digest_finish(&digest, checked->sha256);
    return size < 0 || lseek(descriptor, 0, SEEK_SET) != 0 ? fail(why, "cannot read the file")
                                                           : DONE;
}

static enum outcome
read_documents(int descriptor, const char *name, const struct sender *sender,
               struct checked *checked, struct fault *why)
{
    struct reading *reading = NULL;
    struct document *document = NULL;
    enum outcome outcome =
        reading_open(&reading, descriptor, name, strlen(name), sender, &checked->findings, why);
    while (outcome == DONE && (outcome = reading_next(reading, &document, why)) == DONE) {
        checked->report.documents++;
        checked->report.documents_good += document->is_good;
    }
    if (outcome == NONE) {
        const enum file_format format = reading_format(reading);
        checked->report.format = format == FORMAT_COUNT ? "" : file_format_names[format];
        checked->report.document = reading_document_kind(reading);
        outcome = DONE;
    }
    reading_close(reading);
    return outcome;
}

static enum outcome
read_excerpts(int descriptor, struct checked *checked, struct fault *why)
{
    struct excerpt *excerpts = NULL;
    if (lseek(descriptor, 0, SEEK_SET) != 0) {
        return fail(why, "cannot read the file twice");
    }
    TRY(excerpt_read_all(descriptor, strcmp(checked->report.format, "xml") == 0, &checked->findings,
                         &checked->arena, &excerpts, why));
    checked->report.excerpts = excerpts;
    return DONE;
}

static enum outcome
check_one(const char *path, const struct sender *sender, struct checked *checked, struct fault *why)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    int descriptor = -1;
    TRY(open_file(path, &descriptor, why));
    findings_init(&checked->findings);
    arena_init(&checked->arena, EXCERPT_BYTES_MAX);
    checked->report.name = text_show(&checked->arena, path, strlen(path), 255);
    checked->report.sha256 = checked->sha256;
    checked->report.findings = &checked->findings;
    checked->report.format = "";
    enum outcome outcome = read_digest(descriptor, checked, why);
    if (outcome == DONE) {
        outcome = read_documents(descriptor, strcmp(path, "-") == 0 ? "stdin" : name, sender,
                                 checked, why);
    }
    if (outcome == DONE) {
        outcome = read_excerpts(descriptor, checked, why);
    }
    close(descriptor);
    return outcome;
}

static void
write_reports(struct cli *cli, enum check_format format, const struct finding_report *reports,
              size_t count, struct buf *into)
{
    switch (format) {
    case CHECK_JSON: finding_report_json(reports, count, cli->language, into); return;
    case CHECK_CSV: finding_report_csv(reports, count, cli->language, into); return;
    case CHECK_HTML: finding_report_html(reports, count, cli->language, into); return;
    default: break;
    }
    const char *no_colour = getenv("NO_COLOR");
    const bool has_colour = isatty(STDOUT_FILENO) == 1 && !option_given(cli, OPTION_OUTPUT) &&
                            (no_colour == NULL || no_colour[0] == '\0');
    for (size_t index = 0; index < count; index++) {
        finding_report_text(&reports[index], cli->language, has_colour, into);
    }
}

static enum outcome
put_reports(struct cli *cli, const struct buf *text, struct fault *why)
{
    const char *path = cli->values[OPTION_OUTPUT];
    if (path == NULL || strcmp(path, "-") == 0) {
        buf_add(&cli->out, text->bytes, text->size);
        return DONE;
    }
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (file < 0) {
        return fail(why, "cannot write %s: %s", path, strerror(errno));
    }
    const enum outcome outcome = file_write_all(file, text->bytes, text->size, path, why);
    close(file);
    return outcome;
}

static enum outcome
check_all(struct cli *cli, struct checked *checked, struct finding_report *reports,
          struct fault *why)
{
    OWNED(buf) text = {0};
    struct sender sender = {0};
    const struct partner *partner = NULL;
    enum check_format format = CHECK_TEXT;
    TRY(choose_format(cli, &format, why));
    TRY(choose_sender(cli, &sender, &partner, why));
    for (int index = 0; index < cli->operand_count; index++) {
        TRY(check_one(cli->operands[index], &sender, &checked[index], why));
        checked[index].report.is_all_or_nothing =
            partner != NULL && partner->acceptance == ACCEPT_ALL_OR_NOTHING;
        reports[index] = checked[index].report;
        if (findings_has(&checked[index].findings, SEVERITY_ERROR)) {
            cli->exit_code = 3;
        }
    }
    buf_init(&text, REPORT_BYTES);
    write_reports(cli, format, reports, (size_t)cli->operand_count, &text);
    return put_reports(cli, &text, why);
}

enum outcome
cmd_check(struct cli *cli, struct fault *why)
{
    const size_t count = (size_t)cli->operand_count;
    if (count > FILES_MAX) {
        return fail_as(why, FAULT_USAGE, "at most %d files at a time", FILES_MAX);
    }
    struct checked *checked = arena_array(&cli->arena, struct checked, count);
    struct finding_report *reports = arena_array(&cli->arena, struct finding_report, count);
    const enum outcome outcome = check_all(cli, checked, reports, why);
    for (size_t index = 0; index < count; index++) {
        if (checked[index].report.findings != NULL) {
            findings_close(&checked[index].findings);
            arena_close(&checked[index].arena);
        }
    }
    return outcome;
}
