#include "writers/outbox.h"

#include "base/arena.h"
#include "store/store.h"
#include "store/store_outbox.h"
#include "store/store_schedule.h"
#include "writers/mail_out.h"
#include "writers/staging.h"
#include "writers/status_times.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    FILES_PER_COMMIT = 500, /* few commits, and bounded memory */
    FORMATS_MAX = 8,
    PAGE_BYTES_MAX = 4 * 1024 * 1024,
    GROUPS_BYTES_MAX = 64 * 1024 * 1024,
    ADDRESS_BYTES_MAX = 4096,
};

/* The folder of the partner whose files are worked on; files come sorted by partner. */
struct partner_folder {
    const char *partner;
    int descriptor;
    bool is_open;
};

static void
partner_folder_close(struct partner_folder *folder)
{
    if (folder->is_open) {
        close(folder->descriptor);
        folder->is_open = false;
    }
}

static enum outcome
enter(struct run *run, struct partner_folder *folder, const char *partner, struct fault *why)
{
    if (folder->is_open && strcmp(folder->partner, partner) == 0) {
        return DONE;
    }
    partner_folder_close(folder);
    char path[DRAFT_NAME_SIZE];
    snprintf(path, sizeof path, "outbox/%s", partner);
    TRY(file_make_folder(run->home, path, &folder->descriptor, why));
    folder->partner = partner;
    folder->is_open = true;
    return DONE;
}

/* -- sealing ---------------------------------------------------------------------------------- */

/* Approvers read a page, and fill in the CSV, whatever their programs read. */
static size_t
formats_of(const char *kind, const struct partner *partner, const char *formats[FORMATS_MAX])
{
    size_t count = 0;
    formats[count++] = file_format_names[partner->format];
    if (strcmp(kind, KIND_APPROVAL_REQUEST) == 0) {
        formats[count++] = "html";
        if (partner->format != FORMAT_CSV) {
            formats[count++] = "csv";
        }
    }
    return count;
}

/* Reports are read and calculated with, by programs and by people: as their schedule says.  Who has
 * nothing but an address gets a mail. */
static enum outcome
report_formats(struct run *run, const struct outbox_file *file, const struct partner *partner,
               const char *formats[FORMATS_MAX], size_t *count, struct fault *why)
{
    OWNED(arena) arena;
    const char *name = "";
    arena_init(&arena, ADDRESS_BYTES_MAX);
    TRY(schedule_of_message(run->store, file->partner, file->first_message, &arena, &name, why));
    const unsigned int forms = schedule_forms(run->config, name);
    const bool is_partner = config_partner(run->config, partner->id) != NULL;
    *count = 0;
    for (unsigned int form = 0; form < REPORT_FORM_COUNT && is_partner; form++) {
        if ((forms >> form & 1) != 0) {
            formats[(*count)++] = report_form_names[form];
        }
    }
    return DONE;
}

static int64_t
messages_per_file(const char *kind)
{
    const bool is_single =
        strcmp(kind, KIND_ACKNOWLEDGEMENT) == 0 || strcmp(kind, KIND_REPORT) == 0;
    return is_single ? 1 : OUTBOX_MESSAGES_PER_FILE_MAX;
}

/* And a mail of what people wait for, when it is known where they read mail, and where ours come
 * from. */
static enum outcome
add_mail(struct run *run, const char *kind, const struct partner *partner,
         const char *formats[FORMATS_MAX], size_t *count, struct fault *why)
{
    OWNED(arena) arena;
    const char *address = "";
    arena_init(&arena, ADDRESS_BYTES_MAX);
    const bool is_for_people = strcmp(kind, KIND_APPROVAL_REQUEST) == 0 ||
                               strcmp(kind, KIND_DELAY_WARNING) == 0 ||
                               strcmp(kind, KIND_REPORT) == 0;
    if (!is_for_people || !mail_out_is_sent(run->config)) {
        return DONE;
    }
    TRY(mail_out_address(run->store, partner, &arena, &address, why));
    if (address[0] != '\0') {
        formats[(*count)++] = "eml";
    }
    return DONE;
}

/* One number, one set of messages, one file per format. */
static enum outcome
seal_file(struct run *run, const struct partner *partner, struct outbox_file file,
          struct fault *why)
{
    const char *formats[FORMATS_MAX];
    size_t format_count = 0;
    if (strcmp(file.kind, KIND_REPORT) == 0) {
        TRY(report_formats(run, &file, partner, formats, &format_count, why));
    } else {
        format_count = formats_of(file.kind, partner, formats);
    }
    TRY(add_mail(run, file.kind, partner, formats, &format_count, why));
    for (size_t index = 0; index < format_count; index++) {
        const struct writer *writer = staging_writer(file.kind, formats[index]);
        if (writer == NULL) {
            return fail(why, "no writer makes %s as %s", file.kind, formats[index]);
        }
        char name[DRAFT_NAME_SIZE];
        snprintf(name, sizeof name, "%s-%s-%06" PRId64 "%s", file.kind, file.partner, file.sequence,
                 writer->extension);
        file.name = name;
        file.format = formats[index];
        TRY(outbox_file_add(run->store, &file, why));
        file.messages_of = index == 0 ? file.id : file.messages_of;
    }
    return DONE;
}

/* Does it come at set times, and none has passed? */
static enum outcome
waits_for_its_time(struct run *run, const struct partner *partner, const char *kind, bool *waits,
                   struct fault *why)
{
    bool is_due = true;
    if (strcmp(kind, KIND_ORDER_STATUS) == 0 && partner->status_times.count > 0) {
        TRY(status_times_due(run, partner, &is_due, why));
    }
    *waits = !is_due;
    return DONE;
}

static enum outcome
seal_group(struct run *run, const struct outbox_group *group, struct fault *why)
{
    const struct partner *partner = config_recipient(run->config, group->partner);
    if (partner == NULL) {
        char count[24];
        snprintf(count, sizeof count, "%" PRId64, group->newest_message - group->sealed_message);
        run_say(run, LOG_WARNING, M_RUN_MESSAGES_WAIT, group->partner, group->kind, count);
        return DONE;
    }
    bool waits = false;
    TRY(waits_for_its_time(run, partner, group->kind, &waits, why));
    if (waits) {
        return DONE;
    }
    const int64_t step = messages_per_file(group->kind);
    int64_t sequence = group->sequence;
    for (int64_t sealed = group->sealed_message; sealed < group->newest_message;) {
        const int64_t left = group->newest_message - sealed;
        const int64_t last = sealed + (left < step ? left : step);
        sequence++;
        const struct outbox_file file = {.partner = group->partner,
                                         .kind = group->kind,
                                         .sequence = sequence,
                                         .first_message = sealed + 1,
                                         .last_message = last,
                                         .created_ms = run->as_of_ms};
        TRY(seal_file(run, partner, file, why));
        sealed = last;
    }
    return DONE;
}

/* All that waits, in one transaction: a crash leaves everything waiting or everything sealed. */
static enum outcome
seal_waiting(struct run *run, struct fault *why)
{
    OWNED(arena) arena;
    arena_init(&arena, GROUPS_BYTES_MAX);
    struct outbox_group *groups = NULL;
    size_t count = 0;
    bool is_time = false;
    TRY(outbox_groups(run->store, &arena, &groups, &count, why));
    TRY(status_times_any(run, &is_time, why));
    if (count == 0 && !is_time) {
        return DONE;
    }
    OWNED(store_tx) tx = {0};
    TRY(store_begin(run->store, &tx, why));
    for (size_t index = 0; index < count; index++) {
        TRY(seal_group(run, &groups[index], why));
    }
    TRY(status_times_take(run, why));
    return store_commit(&tx, why);
}

/* -- writing ---------------------------------------------------------------------------------- */

/* Write what is only sealed, and say so in the store. */
static enum outcome
stage_files(struct run *run, struct outbox_file *files, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(staging_write(run, files, count, why));
    size_t first = 0;
    while (first < *count && files[first].sha256[0] == '\0' && !files[first].is_dropped) {
        first++;
    }
    if (first == *count) {
        return DONE;
    }
    TRY(store_begin(run->store, &tx, why));
    for (size_t index = first; index < *count; index++) {
        if (!files[index].is_staged && files[index].sha256[0] != '\0') {
            TRY(outbox_file_staged(run->store, &files[index], why));
            files[index].is_staged = true;
        }
        if (files[index].is_dropped) {
            TRY(outbox_file_drop(run->store, &files[index], why));
        }
    }
    return store_commit(&tx, why);
}

/* Rename what is staged; a temporary name that is gone was renamed before an interruption.  A
 * folder is synced after the last of its files. */
static enum outcome
rename_files(struct run *run, const struct outbox_file *files, size_t count, struct fault *why)
{
    OWNED(partner_folder) folder = {0};
    for (size_t index = 0; index < count; index++) {
        const struct outbox_file *file = &files[index];
        if (!file->is_staged) {
            continue;
        }
        if (folder.is_open && strcmp(folder.partner, file->partner) != 0) {
            TRY(file_sync_folder(folder.descriptor, folder.partner, why));
        }
        TRY(enter(run, &folder, file->partner, why));
        char temporary[DRAFT_NAME_SIZE];
        snprintf(temporary, sizeof temporary, ".%s.part", file->name);
        const enum outcome outcome = file_rename(folder.descriptor, temporary, file->name, why);
        if (outcome != NONE && outcome != DONE) {
            return outcome;
        }
    }
    return folder.is_open ? file_sync_folder(folder.descriptor, folder.partner, why) : DONE;
}

static enum outcome
mark_written(struct run *run, const struct outbox_file *files, size_t count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    int64_t written = 0;
    TRY(store_begin(run->store, &tx, why));
    for (size_t index = 0; index < count; index++) {
        if (files[index].is_staged) {
            TRY(outbox_file_written(run->store, &files[index], why));
            char messages[24];
            snprintf(messages, sizeof messages, "%" PRId64, outbox_file_messages(&files[index]));
            run_say(run, LOG_NOTE, M_RUN_WRITTEN, files[index].partner, files[index].name,
                    messages);
            written++;
        }
    }
    TRY(store_commit(&tx, why));
    run->counts.files_written += written;
    return DONE;
}

static enum outcome
write_open_files(struct run *run, struct fault *why)
{
    OWNED(arena) arena;
    arena_init(&arena, PAGE_BYTES_MAX);
    int64_t after = 0;
    while (!run_must_stop(run)) {
        struct outbox_file *files = NULL;
        size_t count = 0;
        arena_reset(&arena);
        TRY(outbox_files_open(run->store, after, FILES_PER_COMMIT, &arena, &files, &count, why));
        if (count == 0) {
            return DONE;
        }
        after = files[count - 1].id;
        TRY(stage_files(run, files, &count, why));
        TRY(rename_files(run, files, count, why));
        TRY(mark_written(run, files, count, why));
    }
    return DONE;
}

enum outcome
outbox_recover(struct run *run, struct fault *why)
{
    return write_open_files(run, why);
}

enum outcome
outbox_write(struct run *run, struct fault *why)
{
    if (run_must_stop(run)) {
        return DONE;
    }
    TRY(seal_waiting(run, why));
    return write_open_files(run, why);
}
