#include "writers/staging.h"

#include "store/store.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    WORKERS_MAX = 4,
    MESSAGES_WORTH_THREADS = 2000,       /* fewer are written sooner than threads are started */
    FILE_BUFFER_MAX = 256 * 1024 * 1024, /* of what a writer may gather before it flushes */
};

/* Files that one worker writes. */
struct parcel {
    size_t first; /* places of the first, and after the last */
    size_t end;
    int weight;
    bool is_written;
};

/* The files to write, which workers take one by one, but the forms of a report together, for what
 * was gathered for one of them serves the others; in their order, but the heaviest first. */
struct staging {
    struct run *run;
    struct outbox_file **files;
    size_t file_count;
    struct parcel *parcels;
    struct parcel **queue;
    size_t parcel_count;
    size_t report_count;
    bool has_converted; /* some are made by another program, which one page may stop for the others
                         */
    int64_t messages;
    atomic_size_t next;
    atomic_bool has_failed;
};

struct worker {
    struct staging *staging;
    struct store *store;
    pthread_t thread;
    enum outcome outcome;
    size_t failed_at; /* place of the file that failed */
    struct fault why;
};

const struct writer *
staging_writer(const char *kind, const char *format)
{
    for (size_t index = 0; index < document_writer_count; index++) {
        const struct writer *writer = document_writers[index];
        if (strcmp(writer->kind, kind) == 0 && strcmp(writer->format, format) == 0) {
            return writer;
        }
    }
    return NULL;
}

static enum outcome
write_bytes(const struct run *run, struct store *store, const struct outbox_file *file,
            struct draft *draft, struct fault *why)
{
    const struct writer *writer = staging_writer(file->kind, file->format);
    if (writer == NULL) {
        return fail(why, "no writer makes %s as %s", file->kind, file->format);
    }
    OWNED(buf) buf;
    buf_init(&buf, FILE_BUFFER_MAX);
    struct writing writing = {.store = store,
                              .config = run->config,
                              .run = run,
                              .partner = config_recipient(run->config, file->partner),
                              .file_id = file->messages_of,
                              .sequence = file->sequence,
                              .name = file->name,
                              .created_ms = file->created_ms,
                              .draft = draft,
                              .buf = &buf};
    TRY(writer->write(&writing, why));
    return draft_write(draft, buf.bytes == NULL ? "" : buf.bytes, buf.size, why);
}

static enum outcome
write_draft(const struct run *run, struct store *store, int folder, struct outbox_file *file,
            struct fault *why)
{
    OWNED(draft) draft = {0};
    TRY(draft_open(&draft, folder, file->name, why));
    TRY(write_bytes(run, store, file, &draft, why));
    TRY(draft_seal(&draft, why));
    file->size = draft.size;
    snprintf(file->sha256, sizeof file->sha256, "%s", draft.sha256);
    return DONE;
}

static enum outcome
write_file(const struct run *run, struct store *store, struct outbox_file *file, struct fault *why)
{
    char path[DRAFT_NAME_SIZE];
    int folder;
    snprintf(path, sizeof path, "outbox/%s", file->partner);
    TRY(file_make_folder(run->home, path, &folder, why));
    const enum outcome outcome = write_draft(run, store, folder, file, why);
    close(folder);
    return outcome;
}

/* -- threads ---------------------------------------------------------------------------------- */

static bool
is_report(const struct outbox_file *file)
{
    return strcmp(file->kind, KIND_REPORT) == 0;
}

/* Reports take longest; the main thread tells of its own. */
static void
tell_progress(const struct worker *worker, const struct outbox_file *file)
{
    struct run *run = worker->staging->run;
    if (worker->store == run->store && is_report(file)) {
        log_progress(run->log, "writing %s for %s", file->name, file->partner);
    }
}

static void
work_on(struct worker *worker, struct parcel *parcel)
{
    struct staging *staging = worker->staging;
    for (size_t place = parcel->first; place < parcel->end; place++) {
        struct outbox_file *file = staging->files[place];
        tell_progress(worker, file);
        worker->outcome = write_file(staging->run, worker->store, file, &worker->why);
        if (worker->outcome == NONE) {
            file->is_dropped = true;
            worker->outcome = DONE;
        }
        if (worker->outcome != DONE) {
            worker->failed_at = place;
            atomic_store(&staging->has_failed, true);
            return;
        }
    }
    parcel->is_written = true;
}

/* Take files until there are none, one failed, or the run must stop; what was taken is finished. */
static void *
work(void *argument)
{
    struct worker *worker = argument;
    struct staging *staging = worker->staging;
    while (!atomic_load(&staging->has_failed) && !run_must_stop(staging->run)) {
        const size_t next = atomic_fetch_add(&staging->next, 1);
        if (next >= staging->parcel_count) {
            break;
        }
        work_on(worker, staging->queue[next]);
    }
    return NULL;
}

static size_t
count_workers_wanted(const struct staging *staging)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = cores < 1 ? 1 : (size_t)cores;
    if (wanted > WORKERS_MAX) {
        wanted = WORKERS_MAX;
    }
    if (wanted > staging->parcel_count) {
        wanted = staging->parcel_count;
    }
    const bool is_worth_it = staging->messages > MESSAGES_WORTH_THREADS ||
                             (staging->report_count > 1 && !staging->has_converted);
    return is_worth_it ? wanted : 1;
}

/* Start up to `wanted` more workers; fewer do the same work.  Signals are left to the main thread,
 * so that a call of a worker is never interrupted. */
static enum outcome
start(struct staging *staging, struct worker *workers, size_t wanted, size_t *started,
      struct fault *why)
{
    sigset_t all, before;
    if (staging->report_count > 1) {
        mallopt(M_ARENA_MAX, 1); /* else each thread keeps what its largest report took */
    }
    sigfillset(&all);
    *started = 0;
    while (*started < wanted) {
        struct worker *worker = &workers[*started];
        worker->staging = staging;
        const enum outcome outcome = store_open_beside(&worker->store, staging->run->store, why);
        if (outcome != DONE) {
            return outcome == NONE ? DONE : outcome;
        }
        pthread_sigmask(SIG_SETMASK, &all, &before);
        const int result = pthread_create(&worker->thread, NULL, work, worker);
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        if (result != 0) {
            store_shut(worker->store);
            return DONE;
        }
        ++*started;
    }
    return DONE;
}

/* Of several faults the one of the first file: it is that of a single worker too. */
static enum outcome
judge(const struct worker *workers, size_t count, struct fault *why)
{
    const struct worker *first = NULL;
    for (size_t index = 0; index < count; index++) {
        const struct worker *worker = &workers[index];
        const bool has_failed = worker->outcome != DONE;
        if (has_failed && (first == NULL || worker->failed_at < first->failed_at)) {
            first = worker;
        }
    }
    if (first == NULL) {
        return DONE;
    }
    *why = first->why;
    return first->outcome;
}

/* The main thread is worker 0 and works on the store of the run. */
static enum outcome
work_together(struct staging *staging, struct fault *why)
{
    struct worker workers[WORKERS_MAX] = {{.staging = staging, .store = staging->run->store}};
    size_t started = 0;
    const enum outcome outcome =
        start(staging, &workers[1], count_workers_wanted(staging) - 1, &started, why);
    if (outcome == DONE) {
        work(&workers[0]);
    } else {
        atomic_store(&staging->has_failed, true);
    }
    for (size_t index = 1; index <= started; index++) {
        pthread_join(workers[index].thread, NULL);
        store_shut(workers[index].store);
    }
    return outcome == DONE ? judge(workers, started + 1, why) : outcome;
}

/* Another form of the same report follows it. */
static bool
belongs_to(const struct outbox_file *file, const struct outbox_file *before)
{
    return is_report(file) && is_report(before) && file->messages_of == before->messages_of;
}

static void
make_parcels(struct staging *staging, struct arena *arena)
{
    struct parcel *parcel = NULL;
    staging->parcels = arena_array(arena, struct parcel, staging->file_count);
    for (size_t place = 0; place < staging->file_count; place++) {
        struct outbox_file *const *file = &staging->files[place];
        if (place == 0 || !belongs_to(file[0], file[-1])) {
            parcel = &staging->parcels[staging->parcel_count++];
            *parcel = (struct parcel){.first = place};
            staging->report_count += is_report(*file);
        }
        parcel->end = place + 1;
        staging->has_converted |= is_report(*file) && (strcmp((*file)->format, "pdf") == 0 ||
                                                       strcmp((*file)->format, "eml") == 0);
    }
}

static enum outcome
weigh(const struct staging *staging, struct parcel *parcel, struct fault *why)
{
    const struct run *run = staging->run;
    const struct outbox_file *file = staging->files[parcel->first];
    const struct writing writing = {.store = run->store,
                                    .config = run->config,
                                    .run = run,
                                    .partner = config_recipient(run->config, file->partner),
                                    .file_id = file->messages_of};
    for (size_t index = 0; index < document_weight_count; index++) {
        if (strcmp(document_weights[index].kind, file->kind) == 0) {
            return document_weights[index].weigh(&writing, &parcel->weight, why);
        }
    }
    return DONE;
}

/* The heaviest first; those of one weight in their order. */
static int
compare_parcels(const void *one, const void *other)
{
    const struct parcel *first = *(struct parcel *const *)one;
    const struct parcel *second = *(struct parcel *const *)other;
    const int by_place = (first->first > second->first) - (first->first < second->first);
    return first->weight == second->weight ? by_place : second->weight - first->weight;
}

static enum outcome
queue_parcels(struct staging *staging, struct arena *arena, struct fault *why)
{
    staging->queue = arena_array(arena, struct parcel *, staging->parcel_count);
    for (size_t index = 0; index < staging->parcel_count; index++) {
        staging->queue[index] = &staging->parcels[index];
        TRY(weigh(staging, staging->queue[index], why));
    }
    qsort(staging->queue, staging->parcel_count, sizeof(struct parcel *), compare_parcels);
    return DONE;
}

enum outcome
staging_write(struct run *run, struct outbox_file *files, size_t *count, struct fault *why)
{
    struct staging staging = {.run = run};
    OWNED(arena) arena;
    arena_init(&arena, (*count + 2) * 2 * (sizeof(struct parcel) + 2 * sizeof(void *)));
    staging.files = arena_array(&arena, struct outbox_file *, *count);
    for (size_t index = 0; index < *count; index++) {
        struct outbox_file *file = &files[index];
        if (file->is_staged) {
            continue;
        }
        if (config_recipient(run->config, file->partner) == NULL) {
            run_say(run, LOG_WARNING, M_RUN_FILE_WAITS, file->name, file->partner);
            continue;
        }
        staging.files[staging.file_count++] = file;
        staging.messages += outbox_file_messages(file);
    }
    if (staging.file_count == 0) {
        return DONE;
    }
    make_parcels(&staging, &arena);
    TRY(queue_parcels(&staging, &arena, why));
    TRY(work_together(&staging, why));
    for (size_t index = 0; index < staging.parcel_count; index++) {
        const struct parcel *parcel = &staging.parcels[index];
        if (!parcel->is_written) { /* the run must stop; files after it are written once more */
            *count = (size_t)(staging.files[parcel->first] - files);
            break;
        }
    }
    return DONE;
}
