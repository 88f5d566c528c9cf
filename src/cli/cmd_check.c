/* purser check FILE... -- what a run would say about files, without store or network. */
#include "cli/command.h"
#include "cli/find.h"
#include "cli/input.h"

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "intake/lookup_memory.h"
#include "intake/mapping.h"
#include "intake/reading.h"
#include "writers/finding_report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REPORT_BYTES = 256 * 1024 * 1024, EXCERPT_BYTES_MAX = 16 * 1024 * 1024 };

/* One file that was checked. */
struct checked {
    struct findings findings;
    struct arena arena;
    struct finding_report report;
    char sha256[DIGEST_HEX_SIZE];
};

static void
checked_close(struct checked *checked)
{
    findings_close(&checked->findings);
    arena_close(&checked->arena);
}

/* Where the reports go. */
struct target {
    struct cli *cli;
    int file; /* of --output; -1: standard output, through cli->out */
    const char *path;
    struct buf text;
};

static void
target_close(struct target *target)
{
    if (target->file >= 0) {
        close(target->file);
    }
    buf_close(&target->text);
}

static enum outcome
choose_form(const struct cli *cli, enum finding_form *form, struct fault *why)
{
    const char *text = option_text(cli, OPTION_FORMAT, cli->wants_json ? "json" : "text");
    const int index = name_index(text, finding_form_names, FINDING_FORM_COUNT);
    if (index < 0) {
        return fail_as(why, FAULT_USAGE, "--format is text, json, csv or html, not \"%s\"", text);
    }
    *form = (enum finding_form)index;
    return DONE;
}

/* As --partner is configured, or the most forgiving sender. */
static enum outcome
choose_sender(struct cli *cli, struct sender *sender, const struct partner **partner,
              struct fault *why)
{
    if (option_given(cli, OPTION_PARTNER)) {
        TRY(file_open_folder(AT_FDCWD, option_text(cli, OPTION_HOME, "."), &cli->home, why));
        TRY(config_load(&cli->config, cli->home, &cli->log, why));
        cli->has_config = true;
        TRY(find_partner(cli, cli->values[OPTION_PARTNER], partner, why));
    }
    *sender = input_sender(cli, *partner);
    return DONE;
}

/* How files in the partner's own layout are read, and the rows of those that others need. */
struct layouts {
    struct arena arena;
    struct mappings mappings;
    struct lookup_memory memory;
    struct lookup_source source;
};

static void
layouts_close(struct layouts *layouts)
{
    lookup_memory_close(&layouts->memory);
    arena_close(&layouts->arena);
}

static enum outcome
open_layouts(struct layouts *layouts, const struct partner *partner, struct fault *why)
{
    enum { LAYOUTS_BYTES_MAX = 256 * 1024 * 1024 };
    arena_init(&layouts->arena, LAYOUTS_BYTES_MAX);
    lookup_memory_open(&layouts->memory);
    layouts->source = lookup_memory_source(&layouts->memory);
    if (partner == NULL || partner->mappings[0] == '\0') {
        return DONE;
    }
    mappings_load(&layouts->mappings, partner->mappings_text, partner->mappings_size,
                  &layouts->arena);
    return layouts->mappings.mistake_count == 0
               ? DONE
               : fail_as(why, FAULT_CONFIG, "%s: %s", partner->mappings,
                         layouts->mappings.mistakes[0]);
}

/* Keep the rows of a lookup; what is wrong with it is told when it is checked itself. */
static enum outcome
keep_lookup(struct layouts *layouts, const char *path, const struct sender *sender,
            struct fault *why)
{
    struct findings findings;
    struct reading *reading = NULL;
    struct document *document = NULL;
    const char *name = input_name(path);
    int descriptor = -1;
    TRY(input_open(path, &descriptor, why));
    findings_init(&findings);
    enum outcome outcome =
        reading_open(&reading, descriptor, name, strlen(name), sender, &findings, why);
    if (outcome == DONE && reading_columns(reading) != NULL) {
        lookup_memory_begin(&layouts->memory, sender->mapping->name, reading_columns(reading));
    }
    while (outcome == DONE && (outcome = reading_next(reading, &document, why)) == DONE) {
        lookup_memory_add(&layouts->memory, sender->mapping->name, &document->lookup);
    }
    reading_close(reading);
    findings_close(&findings);
    close(descriptor);
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
keep_lookups(const struct cli *cli, struct layouts *layouts, struct sender *sender,
             struct fault *why)
{
    for (int index = 0; index < cli->operand_count; index++) {
        const char *path = cli->operands[index];
        size_t at = 0;
        while (strcmp(path, "-") != 0 && (sender->mapping = mappings_next(
                                              &layouts->mappings, input_name(path), &at)) != NULL) {
            if (sender->mapping->kind == DOCUMENT_LOOKUP) {
                TRY(keep_lookup(layouts, path, sender, why));
            }
        }
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

/* A report is not begun that a name with a slip would end half-way. */
static enum outcome
look_at_operands(const struct cli *cli, struct fault *why)
{
    for (int index = 0; index < cli->operand_count; index++) {
        struct stat status;
        const char *path = cli->operands[index];
        if (strcmp(path, "-") == 0) {
            continue;
        }
        if (stat(path, &status) != 0 || access(path, R_OK) != 0) {
            return fail_as(why, FAULT_NOT_FOUND, "cannot open %s: %s", path, strerror(errno));
        }
        if (!S_ISREG(status.st_mode)) {
            return fail_as(why, FAULT_NOT_FOUND, "%s is not a file", path);
        }
    }
    return DONE;
}

static enum outcome
check_one(const char *path, const struct sender *sender, struct checked *checked, struct fault *why)
{
    int descriptor = -1;
    TRY(input_open(path, &descriptor, why));
    checked->report.name = text_show(&checked->arena, path, strlen(path), 255);
    checked->report.sha256 = checked->sha256;
    checked->report.findings = &checked->findings;
    checked->report.format = "";
    enum outcome outcome = read_digest(descriptor, checked, why);
    if (outcome == DONE) {
        outcome = read_documents(descriptor, input_name(path), sender, checked, why);
    }
    if (outcome == DONE) {
        outcome = read_excerpts(descriptor, checked, why);
    }
    close(descriptor);
    return outcome;
}

static enum outcome
open_target(struct target *target, struct cli *cli, struct fault *why)
{
    const char *path = option_text(cli, OPTION_OUTPUT, "-");
    *target = (struct target){.cli = cli, .file = -1, .path = path};
    buf_init(&target->text, REPORT_BYTES);
    if (strcmp(path, "-") == 0) {
        return DONE;
    }
    target->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    return target->file < 0 ? fail(why, "cannot write %s: %s", path, strerror(errno)) : DONE;
}

static enum outcome
flush(struct target *target, struct fault *why)
{
    if (target->file < 0) {
        return cli_flush(target->cli, why);
    }
    const enum outcome outcome =
        file_write_all(target->file, target->text.bytes, target->text.size, target->path, why);
    buf_clear(&target->text);
    return outcome;
}

static enum outcome
report_one(struct cli *cli, const char *path, const struct sender *sender, bool is_all_or_nothing,
           struct finding_reports *reports, struct fault *why)
{
    OWNED(checked) checked = {.report = {.is_all_or_nothing = is_all_or_nothing}};
    findings_init(&checked.findings);
    arena_init(&checked.arena, EXCERPT_BYTES_MAX);
    TRY(check_one(path, sender, &checked, why));
    finding_reports_add(reports, &checked.report);
    if (reports->has_errors) {
        cli->exit_code = 3;
    }
    return DONE;
}

/* Once for each mapping that takes it, or in our layout. */
static enum outcome
report_all(struct cli *cli, const struct layouts *layouts, const char *path, struct sender *sender,
           bool is_all_or_nothing, struct finding_reports *reports, struct fault *why)
{
    size_t at = 0;
    bool is_first = true;
    do {
        sender->mapping = mappings_next(&layouts->mappings, input_name(path), &at);
        if (sender->mapping != NULL || is_first) {
            TRY(report_one(cli, path, sender, is_all_or_nothing, reports, why));
        }
        is_first = false;
    } while (sender->mapping != NULL);
    return DONE;
}

/* One file after the other, each told of and forgotten before the next. */
enum outcome
cmd_check(struct cli *cli, struct fault *why)
{
    OWNED(target) target = {.file = -1};
    OWNED(layouts) layouts = {.mappings = {.count = 0}};
    struct sender sender = {0};
    const struct partner *partner = NULL;
    struct finding_reports reports = {.language = cli->language};
    TRY(choose_form(cli, &reports.form, why));
    TRY(choose_sender(cli, &sender, &partner, why));
    TRY(look_at_operands(cli, why));
    TRY(open_layouts(&layouts, partner, why));
    sender.lookups = &layouts.source;
    TRY(keep_lookups(cli, &layouts, &sender, why));
    TRY(open_target(&target, cli, why));
    reports.buf = target.file < 0 ? &cli->out : &target.text;
    reports.has_colour = cli_has_colour(cli) && target.file < 0;
    const bool is_all_or_nothing = partner != NULL && partner->acceptance == ACCEPT_ALL_OR_NOTHING;
    finding_reports_begin(&reports);
    for (int index = 0; index < cli->operand_count; index++) {
        TRY(report_all(cli, &layouts, cli->operands[index], &sender, is_all_or_nothing, &reports,
                       why));
        TRY(flush(&target, why));
    }
    finding_reports_end(&reports);
    return flush(&target, why);
}
