/* deliver.c -- the station "deliver": written outbox files to the partners, each exactly once.
 *
 * written -> worker uploads under a temporary name, closed and measured -> commit `renaming` ->
 * worker renames -> commit `delivered` -> the local file moves to .purser/sent/PARTNER/.  A crash
 * anywhere repeats the step; see exchange_finish for a rename whose answer was lost.  When it turns
 * out that no rename was carried out, the file goes back to `uploaded`, so that a temporary name
 * that vanishes later does not pass for a delivery.  Files of one partner go one after the other,
 * in the order they were made.
 */
#include "courier/deliver.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "courier/crew.h"
#include "store/store.h"
#include "store/store_delivery.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    TRIP_BYTES_MAX = 256 * 1024 * 1024,
    PATH_SIZE = 1200,
    WAIT_MAX_MS = 250,
    SILENT_MS = 3000,
    GRACE_MS = 5000,
};

enum trip_state { TRIP_WAITS, TRIP_GOES, TRIP_ENDED };

/* The files of one partner. */
struct trip {
    const struct partner *partner;
    const struct mailbox *mailbox;
    enum trip_state state;
    struct arena arena;
    struct delivery *files;
    size_t count;
    size_t next;
    bool has_asked;
    int64_t heard_ms;
    int64_t deadline_ms;
};

/* An answer that waits for its commit. */
struct step {
    struct trip *trip;
    struct delivery *file;
    struct parcel answer;
};

struct journey {
    struct run *run;
    struct crew crew;
    struct trip *trips;
    size_t trip_count;
    struct step *batch;
    size_t batch_count;
    int64_t stop_ms;
};

static void
journey_close(struct journey *journey)
{
    crew_close(&journey->crew);
    for (size_t index = 0; index < journey->trip_count; index++) {
        arena_close(&journey->trips[index].arena);
    }
    free(journey->trips);
    free(journey->batch);
}

/* ---- putting delivered files away ---- */

static enum outcome
put_away(struct run *run, const char *partner, const char *name, struct fault *why)
{
    char from[PATH_SIZE], folder[PATH_SIZE];
    int sent;
    snprintf(from, sizeof from, "outbox/%s/%s", partner, name);
    snprintf(folder, sizeof folder, "sent/%s", partner);
    TRY(file_make_folder(run->state, folder, &sent, why));
    const enum outcome outcome = file_move(run->home, from, sent, name, why);
    close(sent);
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_away_if_done(struct run *run, const char *partner, const char *name, struct fault *why)
{
    bool is_done = false;
    if (name[0] == '.') {
        return DONE;
    }
    TRY(delivery_is_done(run->store, partner, name, &is_done, why));
    return is_done ? put_away(run, partner, name, why) : DONE;
}

/* Files that a run delivered and could not put away any more.  Costs as much as lies in the outbox.
 */
static enum outcome
put_away_left_overs(struct run *run, const char *partner, struct fault *why)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "outbox/%s", partner);
    const int folder = openat(run->home, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *directory = folder < 0 ? NULL : fdopendir(folder);
    if (directory == NULL) {
        if (folder >= 0) {
            close(folder);
        }
        return errno == ENOENT ? DONE : fail(why, "cannot read %s: %s", path, strerror(errno));
    }
    enum outcome outcome = DONE;
    const struct dirent *entry;
    while (outcome == DONE && (entry = readdir(directory)) != NULL) {
        outcome = put_away_if_done(run, partner, entry->d_name, why);
    }
    closedir(directory);
    return outcome;
}

/* ---- committing ---- */

static enum outcome
record_failure(struct journey *journey, const struct step *step, struct fault *why)
{
    const struct trip *trip = step->trip;
    if (step->file->state == DELIVERY_RENAMING && step->answer.rename_is_open == 0) {
        TRY(delivery_move(journey->run->store, step->file->id, DELIVERY_UPLOADED, why));
    }
    run_say(journey->run, step->answer.flag == FAULT_TEMPORARY ? LOG_WARNING : LOG_TROUBLE,
            M_RUN_NOT_DELIVERED, trip->partner->id, trip->mailbox->name, step->file->name,
            step->answer.text);
    journey->run->counts.deliveries_failed++;
    return delivery_failed(journey->run->store, step->file->id, step->answer.text, why);
}

/* Once in a run it is uploaded again at once; a partner that takes away whatever appears is told.
 */
static enum outcome
record_damage(struct journey *journey, const struct step *step, struct fault *why)
{
    if (step->file->was_damaged) {
        TRY(record_failure(journey, step, why));
    }
    return delivery_move(journey->run->store, step->file->id, DELIVERY_WRITTEN, why);
}

static enum outcome
record_delivery(struct journey *journey, const struct step *step, struct fault *why)
{
    const struct run *run = journey->run;
    const struct delivery *file = step->file;
    const bool is_odd = step->answer.size >= 0 && step->answer.size != file->size;
    journey->run->counts.files_delivered++;
    if (is_odd) {
        char ours[24];
        char theirs[24];
        snprintf(ours, sizeof ours, "%" PRId64, file->size);
        snprintf(theirs, sizeof theirs, "%" PRId64, step->answer.size);
        run_say(run, LOG_WARNING, M_RUN_DELIVERED_ODD, step->trip->partner->id,
                step->trip->mailbox->name, file->name, theirs, ours);
    }
    return delivery_delivered(run->store, file->id, run->as_of_ms,
                              is_odd ? "another file lies under its name" : "", why);
}

static enum outcome
record_step(struct journey *journey, const struct step *step, struct fault *why)
{
    struct store *store = journey->run->store;
    const int64_t id = step->file->id;
    switch (step->answer.kind) {
    case TELL_UPLOADED: return delivery_move(store, id, DELIVERY_RENAMING, why);
    case TELL_DAMAGED: return record_damage(journey, step, why);
    case TELL_DELIVERED: return record_delivery(journey, step, why);
    case TELL_GONE:
        run_say(journey->run, LOG_WARNING, M_RUN_TAKEN_BY_HAND, step->trip->partner->id,
                step->file->name);
        return delivery_delivered(store, id, journey->run->as_of_ms, "was no longer in the outbox",
                                  why);
    default: return record_failure(journey, step, why);
    }
}

static enum outcome
record_batch(struct journey *journey, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(journey->run->store, &tx, why));
    for (size_t index = 0; index < journey->batch_count; index++) {
        TRY(record_step(journey, &journey->batch[index], why));
    }
    return store_commit(&tx, why);
}

static enum outcome
flush(struct journey *journey, struct fault *why)
{
    if (journey->batch_count == 0) {
        return DONE;
    }
    TRY(record_batch(journey, why));
    for (size_t index = 0; index < journey->batch_count; index++) {
        const struct step *step = &journey->batch[index];
        struct trip *trip = step->trip;
        switch (step->answer.kind) {
        case TELL_UPLOADED: step->file->state = DELIVERY_RENAMING; break;
        case TELL_DAMAGED:
            trip->next += step->file->was_damaged;
            step->file->state = DELIVERY_WRITTEN;
            step->file->rename_is_open = false;
            step->file->was_damaged = true;
            break;
        case TELL_DELIVERED:
            TRY(put_away(journey->run, trip->partner->id, step->file->name, why));
            trip->next++;
            break;
        default: trip->next++; break;
        }
    }
    journey->batch_count = 0;
    return DONE;
}

/* ---- what workers tell ---- */

static void
trip_end(struct journey *journey, struct trip *trip)
{
    crew_dismiss_all(&journey->crew, trip);
    trip->state = TRIP_ENDED;
}

/* The mailbox does not answer: the file that was next has failed, and the others wait for the next
 * run. */
static void
trip_fail(struct journey *journey, struct trip *trip, const struct parcel *parcel)
{
    if (trip->next < trip->count) {
        struct step *step = &journey->batch[journey->batch_count++];
        *step = (struct step){trip, &trip->files[trip->next], *parcel};
        if (!trip->has_asked) {
            step->answer.rename_is_open = step->file->rename_is_open;
        }
    }
    trip_end(journey, trip);
    journey->run->counts.mailboxes_failed++;
}

static void
hear(struct journey *journey, struct member *member, const struct parcel *parcel)
{
    struct trip *trip = member->visit;
    trip->heard_ms = clock_ticks_ms();
    if (parcel->kind == TELL_READY) {
        member->worker.is_ready = true;
        return;
    }
    if (parcel->kind == TELL_GAVE_UP) {
        trip_fail(journey, trip, parcel);
        return;
    }
    if (trip->has_asked && parcel->key == (int64_t)trip->next) {
        trip->has_asked = false;
        journey->batch[journey->batch_count++] =
            (struct step){trip, &trip->files[trip->next], *parcel};
    }
}

/* What a worker that says nothing any more would have said: a rename that it was asked for may have
 * been carried out. */
static void
give_up(struct parcel *parcel, const char *text)
{
    *parcel =
        (struct parcel){.kind = TELL_GAVE_UP, .flag = FAULT_TEMPORARY, .rename_is_open = true};
    parcel_text(parcel, text);
}

/* One answer at a time: each partner has one step in the batch at most. */
static void
hear_member(struct journey *journey, struct member *member)
{
    struct parcel parcel;
    if (member->visit == NULL) {
        return;
    }
    const enum parcel_state state = crew_receive(member, &parcel);
    if (state == PARCEL_HERE) {
        hear(journey, member, &parcel);
    } else if (state == PARCEL_ENDED) {
        give_up(&parcel, "its worker ended unexpectedly");
        trip_fail(journey, member->visit, &parcel);
    }
}

/* ---- what workers are asked ---- */

/* Before a rename may be sent the store knows of it. */
static enum outcome
promise_rename(const struct journey *journey, struct delivery *file, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(journey->run->store, &tx, why));
    TRY(delivery_move(journey->run->store, file->id, DELIVERY_RENAMING, why));
    TRY(store_commit(&tx, why));
    file->state = DELIVERY_RENAMING;
    return DONE;
}

static enum outcome
ask(struct journey *journey, struct trip *trip, struct fault *why)
{
    struct delivery *file = &trip->files[trip->next];
    for (size_t index = 0; index < CREW_MAX; index++) {
        struct member *member = &journey->crew.members[index];
        if (member->visit != trip || !member->worker.is_ready || member->worker.asked > 0) {
            continue;
        }
        if (file->state == DELIVERY_UPLOADED) {
            TRY(promise_rename(journey, file, why));
        }
        struct parcel parcel = {
            .kind = file->state == DELIVERY_WRITTEN ? ASK_PUT : ASK_FINISH,
            .rename_is_open = file->rename_is_open,
            .key = (int64_t)trip->next,
            .size = file->size,
        };
        snprintf(parcel.sha256, sizeof parcel.sha256, "%s", file->sha256);
        parcel_text(&parcel, file->name);
        crew_ask(member, &parcel);
        trip->has_asked = true;
        return DONE;
    }
    return DONE;
}

/* Asked to stop, it leaves no file between the two names. */
static bool
must_end(const struct journey *journey, const struct trip *trip)
{
    return trip->next == trip->count || (journey->stop_ms != 0 && !trip->has_asked &&
                                         (trip->files[trip->next].state != DELIVERY_RENAMING ||
                                          trip->files[trip->next].rename_is_open));
}

static enum outcome
advance(struct journey *journey, struct trip *trip, struct fault *why)
{
    if (must_end(journey, trip)) {
        trip_end(journey, trip);
        return DONE;
    }
    if (clock_ticks_ms() > trip->deadline_ms) {
        struct parcel parcel;
        give_up(&parcel, "given up: it took longer than total-timeout allows");
        trip_fail(journey, trip, &parcel);
        return DONE;
    }
    return trip->has_asked ? DONE : ask(journey, trip, why);
}

/* ---- the loop ---- */

static size_t
count_busy(const struct journey *journey)
{
    const int64_t now_ms = clock_ticks_ms();
    size_t count = 0;
    for (size_t index = 0; index < journey->trip_count; index++) {
        const struct trip *trip = &journey->trips[index];
        count += trip->state == TRIP_GOES && now_ms - trip->heard_ms < SILENT_MS;
    }
    return count;
}

static enum outcome
begin_trips(struct journey *journey, struct fault *why)
{
    for (size_t index = 0; index < journey->trip_count; index++) {
        struct trip *trip = &journey->trips[index];
        if (trip->state != TRIP_WAITS) {
            continue;
        }
        if (journey->stop_ms != 0) {
            trip->state = TRIP_ENDED;
            continue;
        }
        if (count_busy(journey) >= MAILBOXES_AT_ONCE || journey->crew.count == CREW_MAX) {
            return DONE;
        }
        const enum outcome outcome =
            crew_hire(&journey->crew, trip->partner, trip->mailbox, trip, why);
        TRY(outcome);
        trip->state = TRIP_GOES;
        trip->heard_ms = clock_ticks_ms();
        trip->deadline_ms = trip->heard_ms + trip->mailbox->total_timeout_ms;
    }
    return DONE;
}

static void
heed_signal(struct journey *journey)
{
    if (journey->stop_ms == 0 && run_must_stop(journey->run)) {
        journey->stop_ms = clock_ticks_ms() + GRACE_MS;
    }
    for (size_t index = 0; index < journey->trip_count; index++) {
        if (journey->stop_ms != 0 && clock_ticks_ms() > journey->stop_ms) {
            trip_end(journey, &journey->trips[index]);
        }
    }
}

static enum outcome
advance_all(struct journey *journey, bool *goes_on, struct fault *why)
{
    *goes_on = false;
    for (size_t index = 0; index < journey->trip_count; index++) {
        struct trip *trip = &journey->trips[index];
        if (trip->state == TRIP_GOES) {
            TRY(advance(journey, trip, why));
        }
        *goes_on |= trip->state != TRIP_ENDED;
    }
    *goes_on |= journey->batch_count > 0;
    return DONE;
}

static enum outcome
deliver_all(struct journey *journey, struct fault *why)
{
    for (;;) {
        bool goes_on;
        heed_signal(journey);
        TRY(begin_trips(journey, why));
        TRY(advance_all(journey, &goes_on, why));
        if (!goes_on) {
            return DONE;
        }
        if (journey->batch_count == 0) {
            crew_wait(&journey->crew, WAIT_MAX_MS);
        }
        for (size_t index = 0; index < CREW_MAX; index++) {
            hear_member(journey, &journey->crew.members[index]);
        }
        TRY(flush(journey, why));
    }
}

static const struct mailbox *
delivery_mailbox(const struct partner *partner)
{
    for (size_t index = 0; index < partner->mailbox_count; index++) {
        if (partner->mailboxes[index].deliver_path[0] != '\0') {
            return &partner->mailboxes[index];
        }
    }
    return NULL;
}

static enum outcome
open_trip(struct journey *journey, const struct partner *partner, const struct mailbox *mailbox,
          struct fault *why)
{
    TRY(put_away_left_overs(journey->run, partner->id, why));
    struct trip *trip = &journey->trips[journey->trip_count++];
    *trip = (struct trip){.partner = partner, .mailbox = mailbox};
    arena_init(&trip->arena, TRIP_BYTES_MAX);
    TRY(delivery_list(journey->run->store, partner->id, &trip->arena, &trip->files, &trip->count,
                      why));
    trip->state = trip->count == 0 ? TRIP_ENDED : TRIP_WAITS;
    return DONE;
}

static enum outcome
open_trips(struct journey *journey, struct fault *why)
{
    const struct config *config = journey->run->config;
    journey->trips = calloc(config->partner_count + 1, sizeof *journey->trips);
    journey->batch = calloc(config->partner_count + 2 * CREW_MAX, sizeof *journey->batch);
    if (journey->trips == NULL || journey->batch == NULL) {
        return fail(why, "out of memory");
    }
    for (size_t index = 0; index < config->partner_count; index++) {
        const struct mailbox *mailbox = delivery_mailbox(&config->partners[index]);
        if (mailbox != NULL) {
            TRY(open_trip(journey, &config->partners[index], mailbox, why));
        }
    }
    return DONE;
}

enum outcome
deliver_work(struct run *run, struct fault *why)
{
    OWNED(journey) journey = {.run = run, .crew = {.run = run, .spool = -1}};
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): OWNED frees it, unseen by the analyzer */
    TRY(open_trips(&journey, why));
    return deliver_all(&journey, why);
}
