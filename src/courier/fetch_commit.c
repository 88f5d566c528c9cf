#include "courier/fetch_commit.h"

#include "base/decimal.h"
#include "base/file.h"
#include "courier/spool.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>

static void
temporary_name(char name[SPOOL_NAME_SIZE + 8], const struct task *task)
{
    snprintf(name, SPOOL_NAME_SIZE + 8, ".%s.part", task->spool);
}

/* A copied file gets its name in the spool.  One that is not there any more is fetched again by the
 * next run. */
static enum outcome
name_landed(struct fetch *fetch, struct done *done, struct fault *why)
{
    struct run *run = fetch->run;
    struct arrival_known known;
    char temporary[SPOOL_NAME_SIZE + 8];
    TRY(arrival_known(fetch->run->store, &done->task.key, &known, why));
    spool_name(done->spool, &done->task.key, done->answer.sha256, known.count);
    temporary_name(temporary, &done->task);
    const enum outcome outcome = file_rename(fetch->crew.spool, temporary, done->spool, why);
    if (outcome != NONE) {
        return outcome;
    }
    done->answer.kind = TELL_GONE;
    run->counts.files_waiting++;
    run_say(run, LOG_TROUBLE, M_RUN_FILE_MISSING, temporary, done->visit->partner->id);
    return DONE;
}

static enum outcome
name_batch(struct fetch *fetch, struct fault *why)
{
    bool has_landed = false;
    for (size_t index = 0; index < fetch->batch_count; index++) {
        struct done *done = &fetch->batch[index];
        if (done->answer.kind != TELL_GOT) {
            continue;
        }
        has_landed = true;
        if (done->task.kind == ASK_GET) {
            TRY(name_landed(fetch, done, why));
        }
    }
    return has_landed ? file_sync_folder(fetch->crew.spool, ".purser/spool", why) : DONE;
}

static enum outcome
record_got(struct fetch *fetch, struct done *done, struct fault *why)
{
    struct store *store = fetch->run->store;
    const bool remembers = done->visit->mailbox->afterwards == AFTER_REMEMBER;
    const struct arrival_content content = {
        .spool = done->spool,
        .size = done->answer.size,
        .sha256 = done->answer.sha256,
        .is_settled = remembers || done->answer.flag == 0,
    };
    if (done->task.kind == ASK_CLAIM) {
        TRY(arrival_claim_landed(store, done->task.id, &content, why));
        done->arrival_id = done->task.id;
    } else {
        TRY(arrival_land(store, &done->task.key, &content, fetch->run->as_of_ms, why));
        done->arrival_id = store_last_id(store);
    }
    fetch->run->counts.files_fetched++;
    return DONE;
}

static enum outcome
record(struct fetch *fetch, struct done *done, struct fault *why)
{
    switch (done->answer.kind) {
    case TELL_GOT: return record_got(fetch, done, why);
    case TELL_GONE:
        return done->task.kind == ASK_CLAIM
                   ? arrival_claim_dropped(fetch->run->store, done->task.id, why)
                   : DONE;
    default: return arrival_settled(fetch->run->store, done->task.id, why);
    }
}

static enum outcome
record_batch(struct fetch *fetch, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(fetch->run->store, &tx, why));
    for (size_t index = 0; index < fetch->batch_count; index++) {
        TRY(record(fetch, &fetch->batch[index], why));
    }
    return store_commit(&tx, why);
}

/* Only now, after the commit, may the partner's copies go. */
enum outcome
fetch_commit(struct fetch *fetch, struct fault *why)
{
    if (fetch->batch_count == 0) {
        return DONE;
    }
    TRY(name_batch(fetch, why));
    TRY(record_batch(fetch, why));
    for (size_t index = 0; index < fetch->batch_count; index++) {
        struct done *done = &fetch->batch[index];
        const bool is_copy = done->answer.kind == TELL_GOT && done->answer.flag != 0;
        if (is_copy && done->visit->mailbox->afterwards != AFTER_REMEMBER) {
            struct visit *visit = done->visit;
            struct task *task = visit_add(visit, &visit->settles, ASK_SETTLE, &done->task.key);
            task->id = done->arrival_id;
            task->spool = arena_copy(&visit->arena, done->spool);
        }
    }
    fetch->batch_count = 0;
    log_progress(fetch->run->log, "fetching: %" PRId64 " files", fetch->run->counts.files_fetched);
    return DONE;
}

enum outcome
fetch_hold_back(struct fetch *fetch, int64_t before, struct fault *why)
{
    for (size_t index = 0; index < fetch->visit_count; index++) {
        const struct visit *visit = &fetch->visits[index];
        const struct arrival_key mailbox = {visit->partner->id, visit->mailbox->name, "", 0, 0};
        int64_t count = 0;
        if (!visit->has_failed) {
            continue;
        }
        TRY(arrival_hold(fetch->run->store, &mailbox, before, fetch->run->id, &count, why));
        if (count > 0) {
            char text[DECIMAL_TEXT_SIZE];
            run_say(fetch->run, LOG_NOTE, M_RUN_HELD, mailbox.partner, mailbox.mailbox,
                    decimal_format(text, count, 0, 0));
        }
    }
    return DONE;
}
