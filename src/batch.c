#include "batch.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/trail.h"
#include "config/suspect.h"
#include "courier/courier.h"
#include "desk/desk.h"
#include "intake/intake.h"
#include "reports/report.h"
#include "store/store.h"
#include "store/store_death.h"
#include "store/store_run.h"
#include "tracking/tracking_station.h"
#include "writers/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

const struct station batch_stations[] = {
    {"recover", outbox_recover, false}, /* files of an interrupted run, before anything changes */
    {"fetch", courier_fetch, false},    /* mailboxes -> spool */
    {"intake", intake_work, true},      /* spool -> documents and findings in the store */
    {"desk", desk_work, true}, /* documents -> priced, approved, released, shipped orders; messages
                                */
    {"report", report_work, false},    /* periods that ended -> messages */
    {"track", tracking_work, true},    /* orders that changed -> pages for their customers */
    {"write", outbox_write, true},     /* messages -> files in outbox/ */
    {"deliver", courier_deliver, true} /* outbox/ -> mailboxes */
};
const size_t batch_station_count = sizeof batch_stations / sizeof batch_stations[0];

const struct station *
batch_station(const char *name)
{
    for (size_t index = 0; index < batch_station_count; index++) {
        if (strcmp(batch_stations[index].name, name) == 0) {
            return &batch_stations[index];
        }
    }
    return NULL;
}

/* Who holds the lock, as that run wrote it into the file. */
static enum outcome
name_holder(int lock, struct fault *why)
{
    char holder[120] = "";
    const ssize_t size = pread(lock, holder, sizeof holder - 1, 0);
    holder[size > 0 ? size : 0] = '\0';
    holder[strcspn(holder, "\n")] = '\0';
    return fail_as(why, FAULT_LOCKED, "another run holds the lock%s%s; nothing was done",
                   holder[0] == '\0' ? "" : ": ", holder);
}

enum outcome
batch_lock(int state, int64_t started_ms, int *lock, struct fault *why)
{
    const int opened = openat(state, "run.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (opened < 0) {
        return fail(why, "cannot open .purser/run.lock: %s", strerror(errno));
    }
    while (flock(opened, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) {
            continue;
        }
        const enum outcome outcome = errno == EWOULDBLOCK
                                         ? name_holder(opened, why)
                                         : fail(why, "cannot lock: %s", strerror(errno));
        close(opened);
        return outcome;
    }
    /* Only for whoever finds the lock taken: a failure to write it matters to nobody. */
    char text[TIME_TEXT_SIZE];
    if (ftruncate(opened, 0) == 0) {
        dprintf(opened, "process %ld since %s\n", (long)getpid(), moment_format(text, started_ms));
    }
    *lock = opened;
    return DONE;
}

/* The one thing in the program that is global and changes: a signal handler has no other way to
 * tell. */
static volatile sig_atomic_t stop_signal;

static void
note_signal(int number)
{
    stop_signal = number;
}

const volatile sig_atomic_t *
batch_watch_signals(void)
{
    struct sigaction action = {0};
    action.sa_handler = note_signal;
    action.sa_flags = (int)(SA_RESTART | SA_RESETHAND);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    return &stop_signal;
}

enum outcome
batch_check_space(int state, struct fault *why)
{
    enum { FREE_MIB_MIN = 32 };
    struct statvfs status;
    if (fstatvfs(state, &status) != 0) {
        return fail(why, "cannot look at the file system: %s", strerror(errno));
    }
    const uint64_t free_mib = (uint64_t)status.f_bavail * status.f_frsize / (1024 * 1024);
    if (free_mib < FREE_MIB_MIN) {
        return fail(why,
                    "only %llu MiB are free where .purser lies; a run needs %d: nothing was done",
                    (unsigned long long)free_mib, FREE_MIB_MIN);
    }
    return DONE;
}

/* Files that intake has put off until the desk had decided; beyond some rounds they wait for the
 * next run. */
static enum outcome
work_put_off(struct run *run, struct fault *why)
{
    enum { ROUNDS_MAX = 8 };
    for (int round = 0; round < ROUNDS_MAX && run->put_off != NULL && !run_must_stop(run);
         round++) {
        TRY(intake_work(run, why));
        TRY(desk_work(run, why));
    }
    return DONE;
}

static enum outcome
work_turn(struct run *run, unsigned int chosen, struct fault *why)
{
    for (size_t index = 0; index < batch_station_count; index++) {
        const struct station *station = &batch_stations[index];
        if ((chosen & 1U << index) == 0 || (run->is_last_turn && !station->has_last_turn)) {
            continue;
        }
        if (run_must_stop(run)) {
            return DONE;
        }
        log_progress(run->log, "[%zu/%zu] %s", index + 1, batch_station_count, station->name);
        enum outcome outcome = station->work(run, why);
        if (outcome == DONE && station->work == desk_work) {
            outcome = work_put_off(run, why);
        }
        log_progress(run->log, "%s", "");
        if (outcome == FAILED || outcome == RETRY) {
            return outcome;
        }
    }
    return DONE;
}

/* Partners whose files ended earlier runs come when the others are served. */
static enum outcome
work_stations(struct run *run, unsigned int chosen, struct fault *why)
{
    TRY(work_turn(run, chosen, why));
    if (!suspect_any_last(run)) {
        return DONE;
    }
    run->is_last_turn = true;
    return work_turn(run, chosen, why);
}

static void
say_death(const struct run *run, int64_t arrival_id)
{
    char deaths[DECIMAL_TEXT_SIZE];
    char deaths_max[DECIMAL_TEXT_SIZE];
    for (size_t index = 0; index < run->suspect_count; index++) {
        const struct suspect *suspect = &run->suspects[index];
        if (suspect->arrival_id == arrival_id) {
            run_say(run, LOG_WARNING, M_RUN_DIED, suspect->name, suspect->partner,
                    decimal_format(deaths, suspect->deaths, 0, 0),
                    decimal_format(deaths_max, DEATHS_MAX, 0, 0));
        }
    }
}

/* Find out whether the run before this one ended in the middle of a file, and which files did that
 * before. */
static enum outcome
find_suspects(struct run *run, struct arena *arena, struct fault *why)
{
    int64_t run_id = 0;
    int64_t arrival_id = 0;
    enum outcome noted = suspect_read(run->working, &run_id, &arrival_id);
    struct suspect *suspects = NULL;
    if (noted == DONE) {
        noted = death_add(run->store, run_id, arrival_id, run->as_of_ms, why);
    }
    if (noted != DONE && noted != NONE) {
        return noted;
    }
    TRY(trail_clear(run->working, why));
    TRY(death_list(run->store, run->as_of_ms - DAY_MS, arena, &suspects, &run->suspect_count, why));
    run->suspects = suspects;
    if (noted == DONE) {
        say_death(run, arrival_id);
    }
    return DONE;
}

static enum outcome
find_and_work(struct run *run, unsigned int chosen, struct fault *why)
{
    enum { SUSPECTS_BYTES_MAX = 16 * 1024 * 1024 };
    OWNED(arena) arena;
    OWNED(trail) working = {0};
    arena_init(&arena, SUSPECTS_BYTES_MAX);
    TRY(trail_open(&working, run->state, "working", why));
    run->working = &working;
    enum outcome outcome = find_suspects(run, &arena, why);
    if (outcome == DONE) {
        outcome = work_stations(run, chosen, why);
    }
    run->working = NULL;
    run->suspects = NULL;
    run->suspect_count = 0;
    return outcome;
}

static enum outcome
finish_row(struct run *run, int exit_code, struct fault *why)
{
    OWNED(buf) text = {0};
    struct json json;
    buf_init(&text, 64 * 1024);
    json_begin(&json, &text);
    batch_counts_json(&run->counts, &json, NULL);
    const struct run_row row = {run->id, run->as_of_ms, 0, clock_now_ms(), exit_code, text.bytes};
    return store_run_finish(run->store, &row, why);
}

enum outcome
batch_work(struct run *run, unsigned int chosen, int64_t started_ms, struct fault *why)
{
    TRY(store_run_begin(run->store, run->as_of_ms, started_ms, &run->id, why));
    const enum outcome outcome = find_and_work(run, chosen, why);
    /* The row is for people: a store that fails here has failed the run already, or will fail the
     * next. */
    struct fault unsaid = {0};
    const int exit_code = outcome == DONE ? batch_exit_code(run) : (int)why->kind;
    const enum outcome finished = finish_row(run, exit_code, &unsaid);
    if (outcome == DONE && finished != DONE) {
        *why = unsaid;
        return finished;
    }
    return outcome;
}

int
batch_exit_code(const struct run *run)
{
    if (run_must_stop(run)) {
        return 128 + (int)*run->stop_signal;
    }
    const struct run_counts *counts = &run->counts;
    const int64_t failed =
        counts->mailboxes_failed + counts->deliveries_failed + counts->files_waiting;
    return run->config->partner_broken_count > 0 ? (int)FAULT_CONFIG
           : failed > 0                          ? (int)FAULT_TEMPORARY
                                                 : 0;
}

struct count_entry {
    const char *name;
    enum message title;
    size_t offset;
};
#define RUN_COUNT_AS_ENTRY(name, title) {#name, title, offsetof(struct run_counts, name)},
static const struct count_entry count_entries[] = {RUN_COUNTS(RUN_COUNT_AS_ENTRY)};

static int64_t
count_of(const struct run_counts *counts, size_t index)
{
    int64_t count;
    memcpy(&count, (const char *)counts + count_entries[index].offset, sizeof count);
    return count;
}

const char *
batch_summary(const struct run_counts *counts, enum language language, struct arena *arena)
{
    const char *text = "";
    for (size_t index = 0; index < sizeof count_entries / sizeof count_entries[0]; index++) {
        const int64_t count = count_of(counts, index);
        if (count != 0) {
            text =
                arena_format(arena, "%s%s%s %lld", text, text[0] == '\0' ? "" : ", ",
                             message_text(count_entries[index].title, language), (long long)count);
        }
    }
    return text[0] == '\0' ? message_text(M_COUNTS_NONE, language) : text;
}

void
batch_counts_json(const struct run_counts *counts, struct json *json, const char *key)
{
    json_object(json, key);
    for (size_t index = 0; index < sizeof count_entries / sizeof count_entries[0]; index++) {
        json_integer(json, count_entries[index].name, count_of(counts, index));
    }
    json_end(json);
}
