/* fetch.c -- the station "fetch": all mailboxes at once, each file exactly once.
 *
 * A copied file:  worker copies to .KEY.part, synced -> we rename to its spool name, sync the
 * spool, commit the row (landed, present) -> worker deletes or moves the partner's copy if it is
 * still the same -> we commit (settled). A moved file:   we commit a claim -> worker renames it
 * into the spool, syncs -> we sync the spool, commit (landed, settled). A crash anywhere repeats
 * the step; the row makes the repetition harmless.  Answers that come soon after one another are
 * committed together, see commit_when_due.
 */
#include "courier/fetch.h"

#include "base/date.h"
#include "base/file.h"
#include "courier/fetch_commit.h"
#include "courier/fetch_look.h"
#include "courier/spool.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ASKED_MAX = 2,            /* tasks given to one worker, so that it never waits for our commit */
    FILES_PER_CONNECTION = 8, /* fewer are not worth a connection of their own */
    SILENT_MS = 3000,         /* then a mailbox no longer counts as busy */
    GRACE_MS = 5000,          /* for workers, after a signal asked to stop or a total timeout */
    WAIT_MAX_MS = 250,
    GATHER_MS = 100, /* answers wait so long for others to be committed with them */
};

static void
fetch_close(struct fetch *fetch)
{
    crew_close(&fetch->crew);
    for (size_t index = 0; index < fetch->visit_count; index++) {
        visit_close(&fetch->visits[index]);
    }
    free(fetch->visits);
    free(fetch->batch);
}

/* ---- troubles ---- */

static void
visit_trouble(struct fetch *fetch, struct visit *visit, enum log_level level, const char *text)
{
    log_write(fetch->run->log, level, "%s/%s: %s", visit->partner->id, visit->mailbox->name, text);
    if (!visit->has_failed) {
        visit->has_failed = true;
        fetch->run->counts.mailboxes_failed++;
    }
}

static void
visit_end(struct fetch *fetch, struct visit *visit)
{
    crew_dismiss_all(&fetch->crew, visit);
    visit->workers = 0;
    visit->state = VISIT_ENDED;
}

/* A worker ended.  Others of its mailbox go on with its tasks; the last one's trouble is the
 * mailbox's. */
static void
lose_worker(struct fetch *fetch, struct member *member, const char *text, enum log_level level)
{
    struct visit *visit = member->visit;
    visit_take_back(visit, member);
    crew_dismiss(&fetch->crew, member);
    visit->workers--;
    if (visit->workers > 0) {
        visit->workers_max = visit->workers; /* asking again at once would look like an attack */
        run_say(fetch->run, LOG_NOTE, M_RUN_CONNECTION_LESS, visit->partner->id,
                visit->mailbox->name, text);
        return;
    }
    visit_trouble(fetch, visit, level, text);
    visit_end(fetch, visit);
}

/* ---- what workers tell ---- */

static bool
is_hex_digest(const char *text)
{
    return strlen(text) == DIGEST_HEX_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == DIGEST_HEX_SIZE - 1;
}

static void
note_file(struct visit *visit, const struct parcel *parcel)
{
    if (visit->state == VISIT_LOOKS_AGAIN) {
        visit_mark_steady(visit, parcel);
        return;
    }
    const struct arrival_key key = {"", "", parcel->text, parcel->size, parcel->mtime_s};
    if (visit->state == VISIT_LOOKS && strchr(parcel->text, '/') == NULL) {
        (void)visit_add(visit, &visit->files, ASK_GET, &key);
    }
}

/* Of the first look: the second one would say the same. */
static void
note_remark(const struct fetch *fetch, const struct visit *visit, const struct parcel *parcel)
{
    if (visit->state == VISIT_LOOKS) {
        log_write(fetch->run->log, LOG_WARNING, "%s/%s: %s", visit->partner->id,
                  visit->mailbox->name, parcel->text);
    }
}

/* Only the beginning was copied: intake refuses it for its size, the sender is answered.  We do not
 * hold the file, so the partner's copy is not ours to take away. */
static void
note_cut_off(const struct fetch *fetch, const struct visit *visit, const struct task *task,
             const struct parcel *parcel)
{
    if (parcel->kind == TELL_GOT && parcel->size < task->key.size) {
        char whole[24];
        char kept[24];
        snprintf(whole, sizeof whole, "%" PRId64, task->key.size);
        snprintf(kept, sizeof kept, "%" PRId64, parcel->size);
        run_say(fetch->run, LOG_WARNING, M_RUN_CUT_OFF, visit->partner->id, visit->mailbox->name,
                task->key.name, whole, kept);
    }
}

static void
note_done(struct fetch *fetch, struct member *member, const struct parcel *parcel)
{
    struct visit *visit = member->visit;
    struct task *task = visit_task(visit, member, parcel->key);
    if (task == NULL || (parcel->kind == TELL_GOT && !is_hex_digest(parcel->sha256))) {
        return;
    }
    task->is_done = true;
    if (parcel->kind == TELL_FAILED) {
        char text[PARCEL_TEXT_SIZE + 700];
        snprintf(text, sizeof text, "%s: %s", task->key.name, parcel->text);
        visit_trouble(fetch, visit, LOG_WARNING, text);
        return;
    }
    if (parcel->kind == TELL_GONE) {
        run_say(fetch->run, task->kind == ASK_CLAIM ? LOG_NOTE : LOG_WARNING, M_RUN_CHANGED,
                visit->partner->id, visit->mailbox->name, task->key.name);
    }
    note_cut_off(fetch, visit, task, parcel);
    if (fetch->batch_count == 0) {
        fetch->batch_ms = clock_ticks_ms();
    }
    struct done *done = &fetch->batch[fetch->batch_count++];
    *done = (struct done){.visit = visit, .task = *task, .answer = *parcel};
    snprintf(done->spool, sizeof done->spool, "%s", task->spool);
}

static enum outcome
hear(struct fetch *fetch, struct member *member, const struct parcel *parcel, struct fault *why)
{
    struct visit *visit = member->visit;
    visit->heard_ms = clock_ticks_ms();
    switch (parcel->kind) {
    case TELL_READY: member->worker.is_ready = true; return DONE;
    case TELL_FILE: note_file(visit, parcel); return DONE;
    case TELL_REMARK: note_remark(fetch, visit, parcel); return DONE;
    case TELL_LEFT: visit_note_left(visit, parcel); return DONE;
    case TELL_LISTED: return fetch_look_end(fetch, visit, parcel->size, why);
    case TELL_GAVE_UP:
        lose_worker(fetch, member, parcel->text,
                    parcel->flag == FAULT_TEMPORARY ? LOG_WARNING : LOG_TROUBLE);
        return DONE;
    default: break;
    }
    if (visit->state != VISIT_WORKS) { /* the listing failed */
        lose_worker(fetch, member, parcel->text, LOG_TROUBLE);
        return DONE;
    }
    note_done(fetch, member, parcel);
    return DONE;
}

static enum outcome
hear_member(struct fetch *fetch, struct member *member, struct fault *why)
{
    struct parcel parcel;
    while (member->visit != NULL) {
        if (fetch->batch_count == BATCH_MAX) {
            TRY(fetch_commit(fetch, why));
        }
        const enum parcel_state state = crew_receive(member, &parcel);
        if (state == PARCEL_NOT_YET) {
            return DONE;
        }
        if (state == PARCEL_ENDED) {
            lose_worker(fetch, member, "its worker ended unexpectedly", LOG_WARNING);
            return DONE;
        }
        TRY(hear(fetch, member, &parcel, why));
    }
    return DONE;
}

/* ---- what workers are asked ---- */

static void
ask_list(struct member *member)
{
    const struct parcel parcel = {.kind = ASK_LIST};
    crew_ask(member, &parcel);
}

static struct member *
idle_member(struct fetch *fetch, const struct visit *visit)
{
    for (size_t index = 0; index < CREW_MAX; index++) {
        struct member *member = &fetch->crew.members[index];
        if (member->visit == visit && member->worker.is_ready && member->worker.asked == 0) {
            return member;
        }
    }
    return NULL;
}

static bool
all_ready(const struct fetch *fetch, const struct visit *visit)
{
    for (size_t index = 0; index < CREW_MAX; index++) {
        const struct member *member = &fetch->crew.members[index];
        if (member->visit == visit && !member->worker.is_ready) {
            return false;
        }
    }
    return true;
}

static enum outcome
hire(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    const enum outcome outcome =
        crew_hire(&fetch->crew, visit->partner, visit->mailbox, visit, why);
    if (outcome == DONE) {
        visit->workers++;
        visit->heard_ms = clock_ticks_ms();
    }
    return outcome == NONE ? DONE : outcome;
}

/* One more connection at a time, when there is enough to do and the last one has come up. */
static enum outcome
ramp_up(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    const size_t wanted = (size_t)visit->workers * FILES_PER_CONNECTION;
    if (visit->mailbox->kind != MAILBOX_SFTP || visit->workers >= visit->mailbox->connections ||
        (visit->workers_max > 0 && visit->workers >= visit->workers_max) ||
        visit_left(visit) <= wanted || !all_ready(fetch, visit)) {
        return DONE;
    }
    return hire(fetch, visit, why);
}

static enum outcome
push_work(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    bool is_busy = false;
    for (size_t index = 0; index < CREW_MAX; index++) {
        struct member *member = &fetch->crew.members[index];
        if (member->visit != visit) {
            continue;
        }
        while (fetch->stop_ms == 0 && member->worker.is_ready && member->worker.asked < ASKED_MAX &&
               visit_give(visit, member)) {
        }
        is_busy |= member->worker.asked > (member->worker.is_ready ? 0 : 1);
    }
    if (!is_busy && (fetch->stop_ms != 0 || visit_left(visit) == 0)) {
        visit_end(fetch, visit);
        return DONE;
    }
    return fetch->stop_ms == 0 ? ramp_up(fetch, visit, why) : DONE;
}

static void
look(struct fetch *fetch, struct visit *visit, enum visit_state state)
{
    struct member *member = idle_member(fetch, visit);
    if (member != NULL) {
        visit->state = state;
        ask_list(member);
    }
}

static enum outcome
advance(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    const int64_t now_ms = clock_ticks_ms();
    if (visit->state != VISIT_WORKS && fetch->stop_ms != 0) {
        visit_end(fetch, visit);
        return DONE;
    }
    if (now_ms > visit->deadline_ms) {
        visit_trouble(fetch, visit, LOG_WARNING,
                      "given up: it took longer than total-timeout allows");
        visit_end(fetch, visit);
        return DONE;
    }
    switch (visit->state) {
    case VISIT_LOOKS: look(fetch, visit, VISIT_LOOKS); return DONE;
    case VISIT_RESTS:
        if (now_ms >= visit->second_look_ms) {
            look(fetch, visit, VISIT_LOOKS_AGAIN);
        }
        return DONE;
    case VISIT_WORKS: return push_work(fetch, visit, why);
    default: return DONE;
    }
}

/* ---- the loop ---- */

static bool
is_running(const struct visit *visit)
{
    return visit->state != VISIT_WAITS && visit->state != VISIT_ENDED;
}

static size_t
count_busy(const struct fetch *fetch)
{
    const int64_t now_ms = clock_ticks_ms();
    size_t count = 0;
    for (size_t index = 0; index < fetch->visit_count; index++) {
        const struct visit *visit = &fetch->visits[index];
        count += is_running(visit) && now_ms - visit->heard_ms < SILENT_MS;
    }
    return count;
}

static enum outcome
begin_visits(struct fetch *fetch, struct fault *why)
{
    for (size_t index = 0; index < fetch->visit_count; index++) {
        struct visit *visit = &fetch->visits[index];
        if (visit->state != VISIT_WAITS) {
            continue;
        }
        if (fetch->stop_ms != 0) {
            visit->state = VISIT_ENDED;
            continue;
        }
        if (count_busy(fetch) >= MAILBOXES_AT_ONCE || fetch->crew.count == CREW_MAX) {
            return DONE;
        }
        TRY(hire(fetch, visit, why));
        visit->state = VISIT_LOOKS;
        visit->deadline_ms = clock_ticks_ms() + visit->mailbox->total_timeout_ms;
    }
    return DONE;
}

static bool
advance_all(struct fetch *fetch, enum outcome *outcome, struct fault *why)
{
    bool goes_on = false;
    for (size_t index = 0; index < fetch->visit_count && *outcome == DONE; index++) {
        struct visit *visit = &fetch->visits[index];
        if (is_running(visit)) {
            *outcome = advance(fetch, visit, why);
        }
        goes_on |= visit->state != VISIT_ENDED;
    }
    return goes_on && *outcome == DONE;
}

static int64_t
wait_ms(const struct fetch *fetch)
{
    int64_t wait = fetch->batch_count > 0 ? GATHER_MS : WAIT_MAX_MS;
    const int64_t now_ms = clock_ticks_ms();
    for (size_t index = 0; index < fetch->visit_count; index++) {
        const struct visit *visit = &fetch->visits[index];
        if (visit->state == VISIT_RESTS && visit->second_look_ms - now_ms < wait) {
            wait = visit->second_look_ms > now_ms ? visit->second_look_ms - now_ms : 0;
        }
    }
    return wait;
}

static void
heed_signal(struct fetch *fetch)
{
    if (fetch->stop_ms == 0 && run_must_stop(fetch->run)) {
        fetch->stop_ms = clock_ticks_ms() + GRACE_MS;
    }
    for (size_t index = 0; index < fetch->visit_count; index++) {
        if (fetch->stop_ms != 0 && clock_ticks_ms() > fetch->stop_ms) {
            visit_end(fetch, &fetch->visits[index]);
        }
    }
}

static bool
is_busy(const struct fetch *fetch, const struct visit *visit)
{
    for (size_t index = 0; index < CREW_MAX; index++) {
        const struct member *member = &fetch->crew.members[index];
        if (member->visit == visit && member->worker.is_ready && member->worker.asked > 0) {
            return true;
        }
    }
    return false;
}

/* A commit costs two syncs, whatever it holds.  So answers wait for others; but not for long, and
 * not when nothing else is to do in their mailbox, for then what follows waits for them. */
static enum outcome
commit_when_due(struct fetch *fetch, struct fault *why)
{
    bool is_due = clock_ticks_ms() - fetch->batch_ms >= GATHER_MS;
    for (size_t index = 0; index < fetch->batch_count && !is_due; index++) {
        const struct visit *visit = fetch->batch[index].visit;
        is_due = visit_left(visit) == 0 && !is_busy(fetch, visit);
    }
    return is_due ? fetch_commit(fetch, why) : DONE;
}

static enum outcome
fetch_all(struct fetch *fetch, struct fault *why)
{
    enum outcome outcome = DONE;
    for (;;) {
        heed_signal(fetch);
        TRY(begin_visits(fetch, why));
        if (!advance_all(fetch, &outcome, why)) {
            TRY(outcome);
            return fetch_commit(fetch, why);
        }
        crew_wait(&fetch->crew, wait_ms(fetch));
        for (size_t index = 0; index < CREW_MAX; index++) {
            TRY(hear_member(fetch, &fetch->crew.members[index], why));
        }
        TRY(commit_when_due(fetch, why));
    }
}

static enum outcome
open_visits(struct fetch *fetch, struct fault *why)
{
    const struct config *config = fetch->run->config;
    size_t count = 0;
    for (size_t index = 0; index < config->partner_count; index++) {
        count += config->partners[index].mailbox_count;
    }
    fetch->visits = calloc(count + 1, sizeof *fetch->visits);
    fetch->batch = calloc(BATCH_MAX, sizeof *fetch->batch);
    if (fetch->visits == NULL || fetch->batch == NULL) {
        return fail(why, "out of memory");
    }
    for (size_t index = 0; index < config->partner_count; index++) {
        const struct partner *partner = &config->partners[index];
        for (size_t at = 0; at < partner->mailbox_count; at++) {
            if (partner->mailboxes[at].fetch_path[0] != '\0') {
                visit_open(&fetch->visits[fetch->visit_count++], partner, &partner->mailboxes[at]);
            }
        }
    }
    return DONE;
}

enum outcome
fetch_work(struct run *run, struct fault *why)
{
    int spool;
    TRY(file_make_folder(run->state, "spool", &spool, why));
    OWNED(fetch) fetch = {.run = run, .crew = {.run = run, .spool = spool}};
    int64_t before = 0;
    enum outcome outcome = spool_recover(run, spool, why);
    if (outcome == DONE) {
        outcome = arrival_last(run->store, &before, why);
    }
    if (outcome == DONE) {
        outcome = open_visits(&fetch, why);
    }
    if (outcome == DONE) {
        outcome = fetch_all(&fetch, why);
    }
    if (outcome == DONE) {
        outcome = fetch_hold_back(&fetch, before, why);
    }
    /* OWNED frees what `fetch` holds; the analyzer does not see it. */
    if (outcome == DONE) { /* NOLINT(clang-analyzer-unix.Malloc) */
        outcome = spool_put_strays_aside(run, spool, why);
    }
    log_progress(run->log, "%s", "");
    close(spool);
    return outcome;
}
