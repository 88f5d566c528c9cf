#include "cli/amend_file.h"

#include "base/file.h"
#include "cli/input.h"
#include "store/store_outbox.h"
#include "writers/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROUPS_BYTES_MAX = 16 * 1024 * 1024, ANSWER_BYTES_MAX = 64 * 1024 * 1024 };

void
amend_file_close(struct amend_file *file)
{
    reading_close(file->reading);
    findings_close(&file->findings);
    if (file->descriptor >= 0) {
        close(file->descriptor);
    }
}

/* ---- the change ---- */

static enum outcome
open_reading(const struct cli *cli, const char *path, const struct partner *partner,
             struct amend_file *file, struct fault *why)
{
    const struct sender sender = input_sender(cli, partner);
    const char *name = input_name(path);
    return lseek(file->descriptor, 0, SEEK_SET) != 0
               ? fail(why, "cannot read the file")
               : reading_open(&file->reading, file->descriptor, name, strlen(name), &sender,
                              &file->findings, why);
}

/* Looked through once: what is wrong with it, and how much there is. */
static enum outcome
look_through(struct cli *cli, const char *path, const struct partner *partner,
             struct amend_file *file, size_t *count, struct fault *why)
{
    struct document *document = NULL;
    enum outcome outcome;
    TRY(open_reading(cli, path, partner, file, why));
    while ((outcome = reading_next(file->reading, &document, why)) == DONE) {
        (*count)++;
    }
    const bool is_change = reading_document_kind(file->reading) == DOCUMENT_ORDER_CHANGE;
    reading_close(file->reading);
    file->reading = NULL;
    if (outcome != NONE) {
        return outcome;
    }
    if (is_change && *count == 1 && !findings_has(&file->findings, SEVERITY_ERROR)) {
        return DONE;
    }
    for (size_t index = 0; index < file->findings.count; index++) {
        const struct finding *finding = &file->findings.items[index];
        if (finding_severity(finding->code) >= SEVERITY_ERROR) {
            return fail_as(why, FAULT_USAGE, "%s, line %lld: %s (%s)", path,
                           (long long)finding->place.line,
                           finding_text(finding, FINDING_RULE, cli->language, &cli->arena),
                           message_entry(finding->code)->id);
        }
    }
    return fail_as(why, FAULT_USAGE, "%s must have one change of an order; it has %zu", path,
                   is_change ? *count : 0);
}

enum outcome
amend_file_read(struct cli *cli, const char *path, const char *partner, const char *order_number,
                struct amend_file *file, struct order_change *change, struct fault *why)
{
    size_t count = 0;
    struct document *document = NULL;
    const struct partner *sender = config_partner(&cli->config, partner);
    *file = (struct amend_file){.descriptor = -1};
    findings_init(&file->findings);
    TRY(input_open(path, &file->descriptor, why));
    TRY(look_through(cli, path, sender, file, &count, why));
    TRY(open_reading(cli, path, sender, file, why));
    const enum outcome outcome = reading_next(file->reading, &document, why);
    if (outcome != DONE) {
        return outcome == NONE ? fail(why, "cannot read %s twice", path) : outcome;
    }
    *change = document->change;
    return strcmp(change->order_number, order_number) == 0
               ? DONE
               : fail_as(why, FAULT_USAGE, "%s has a change of order %s, not of %s", path,
                         change->order_number, order_number);
}

/* ---- the answer ---- */

/* The file that its message would be alone. */
static enum outcome
seal(const struct amend_answer *answer, struct arena *arena, const struct writer *writer,
     struct outbox_file *file, struct fault *why)
{
    struct outbox_group *groups = NULL;
    size_t count = 0;
    TRY(outbox_groups(answer->run->store, arena, &groups, &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct outbox_group *group = &groups[index];
        if (strcmp(group->partner, answer->partner) == 0 &&
            strcmp(group->kind, KIND_CHANGE_RESPONSE) == 0) {
            *file = (struct outbox_file){
                .partner = answer->partner,
                .kind = KIND_CHANGE_RESPONSE,
                .sequence = group->sequence + 1,
                .name = arena_format(arena, "%s-%s-%06lld%s", KIND_CHANGE_RESPONSE, answer->partner,
                                     (long long)group->sequence + 1, writer->extension),
                .format = writer->format,
                .first_message = group->newest_message,
                .last_message = group->newest_message,
                .created_ms = answer->run->as_of_ms};
        }
    }
    return outbox_file_add(answer->run->store, file, why);
}

enum outcome
amend_file_put(const char *path, const struct buf *buf, struct fault *why)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return fail_as(why, FAULT_USAGE, "cannot write %s: %s", path, strerror(errno));
    }
    const enum outcome outcome = file_write_all(descriptor, buf->bytes, buf->size, path, why);
    close(descriptor);
    return outcome;
}

static enum outcome
put(const char *path, const struct outbox_file *file, const struct buf *buf, struct arena *arena,
    struct fault *why)
{
    struct stat status;
    const bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return amend_file_put(is_folder ? arena_format(arena, "%s/%s", path, file->name) : path, buf,
                          why);
}

enum outcome
amend_answer_write(void *of, const struct change_answer *ignored, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(buf) buf;
    const struct amend_answer *answer = of;
    const struct partner *partner = config_partner(answer->run->config, answer->partner);
    const struct writer *writer =
        staging_writer(KIND_CHANGE_RESPONSE, file_format_names[partner->format]);
    struct outbox_file file = {0};
    (void)ignored;
    arena_init(&arena, GROUPS_BYTES_MAX);
    buf_init(&buf, ANSWER_BYTES_MAX);
    TRY(seal(answer, &arena, writer, &file, why));
    struct writing writing = {.store = answer->run->store,
                              .config = answer->run->config,
                              .partner = partner,
                              .file_id = file.id,
                              .sequence = file.sequence,
                              .name = file.name,
                              .created_ms = file.created_ms,
                              .draft = NULL,
                              .buf = &buf};
    TRY(writer->write(&writing, why));
    return put(answer->path, &file, &buf, &arena, why);
}
