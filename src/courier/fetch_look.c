#include "courier/fetch_look.h"

#include "base/date.h"
#include "base/decimal.h"
#include "courier/spool.h"
#include "store/store.h"

#include <string.h>

/* ---- what is left alone ---- */

static void
say_left(const struct fetch *fetch, const struct visit *visit, const struct left *left)
{
    const struct run *run = fetch->run;
    run_say(run, LOG_WARNING, M_RUN_LEFT_ALONE, visit->partner->id, visit->mailbox->name,
            left->name, message_text(left_kind_messages[left->kind], run->language));
}

/* Both are sorted: what is new is said, what is gone forgotten. */
static enum outcome
merge_left(const struct fetch *fetch, const struct visit *visit, const struct left *known,
           size_t known_count, size_t *said, struct fault *why)
{
    struct store *store = fetch->run->store;
    const char *partner = visit->partner->id;
    const char *mailbox = visit->mailbox->name;
    size_t old = 0;
    size_t here = 0;
    while (old < known_count || here < visit->left_count) {
        const int order = old == known_count ? 1
                          : here == visit->left_count
                              ? -1
                              : strcmp(known[old].name, visit->left[here].name);
        const bool is_new = order > 0 || (order == 0 && known[old].kind != visit->left[here].kind);
        if (order < 0) {
            TRY(left_gone(store, partner, mailbox, known[old].name, why));
        } else if (is_new) {
            TRY(left_found(store, partner, mailbox, &visit->left[here], fetch->run->as_of_ms, why));
            say_left(fetch, visit, &visit->left[here]);
            ++*said;
        }
        old += order <= 0;
        here += order >= 0;
    }
    return DONE;
}

static bool
is_same_left(const struct visit *visit, const struct left *known, size_t count)
{
    bool is_same = count == visit->left_count;
    for (size_t index = 0; index < count && is_same; index++) {
        is_same = known[index].kind == visit->left[index].kind &&
                  strcmp(known[index].name, visit->left[index].name) == 0;
    }
    return is_same;
}

static enum outcome
compare_left(struct fetch *fetch, struct visit *visit, int64_t total, struct fault *why)
{
    struct left *known;
    size_t count;
    size_t said = 0;
    TRY(left_list(fetch->run->store, visit->partner->id, visit->mailbox->name, &visit->arena,
                  &known, &count, why));
    if (is_same_left(visit, known, count)) {
        return DONE;
    }
    OWNED(store_tx) tx = {0};
    TRY(store_begin(fetch->run->store, &tx, why));
    TRY(merge_left(fetch, visit, known, count, &said, why));
    if (said > 0 && total > LEFT_MAX) {
        char more[DECIMAL_TEXT_SIZE];
        run_say(fetch->run, LOG_WARNING, M_RUN_LEFT_MORE, visit->partner->id, visit->mailbox->name,
                decimal_format(more, total - LEFT_MAX, 0, 0));
    }
    return store_commit(&tx, why);
}

/* ---- what is to be fetched ---- */

/* Copies that an earlier run left with the partner, and claims it did not finish. */
static enum outcome
resume_open(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    const struct arrival_key key = {visit->partner->id, visit->mailbox->name, "", 0, 0};
    struct arrival_open *list;
    size_t count;
    TRY(arrival_list_open(fetch->run->store, &key, &visit->arena, &list, &count, why));
    for (size_t index = 0; index < count; index++) {
        const struct arrival_key file = {key.partner, key.mailbox, list[index].name,
                                         list[index].size, list[index].mtime_s};
        struct task *task =
            visit_add(visit, &visit->settles, list[index].is_claim ? ASK_CLAIM : ASK_SETTLE, &file);
        task->id = list[index].id;
        task->spool = list[index].spool;
    }
    return DONE;
}

/* Is the partner's copy left where it is?  So are those over the limit, see note_cut_off; a limit
 * that is raised later brings them in. */
static bool
stays(const struct fetch *fetch, const struct visit *visit, const struct arrival_key *key)
{
    return visit->mailbox->afterwards == AFTER_REMEMBER ||
           (!visit_claims(visit) && key->size > fetch->run->config->limits.file_bytes_max);
}

/* Leave what we have: remembered, or still waiting to be settled. */
static enum outcome
drop_known(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    struct queue *files = &visit->files;
    const size_t files_max = (size_t)fetch->run->config->limits.files_per_fetch_max;
    size_t kept = 0;
    for (size_t index = 0; index < files->count && kept < files_max; index++) {
        struct arrival_known known;
        TRY(arrival_known(fetch->run->store, &files->tasks[index].key, &known, why));
        const bool is_ours =
            known.present > 0 || (known.count > 0 && stays(fetch, visit, &files->tasks[index].key));
        if (!is_ours) {
            files->tasks[kept++] = files->tasks[index];
        }
    }
    files->count = kept;
    return DONE;
}

static enum outcome
claim_all(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    struct store *store = fetch->run->store;
    OWNED(store_tx) tx = {0};
    TRY(store_begin(store, &tx, why));
    for (size_t index = 0; index < visit->files.count; index++) {
        struct task *task = &visit->files.tasks[index];
        struct arrival_known known;
        char name[SPOOL_NAME_SIZE];
        TRY(arrival_known(store, &task->key, &known, why));
        spool_name(name, &task->key, "", known.count);
        TRY(arrival_claim(store, &task->key, name, fetch->run->as_of_ms, why));
        task->kind = ASK_CLAIM;
        task->id = store_last_id(store);
        task->spool = arena_copy(&visit->arena, name);
    }
    return store_commit(&tx, why);
}

/* Now it is known what to fetch. */
static enum outcome
begin_work(struct fetch *fetch, struct visit *visit, struct fault *why)
{
    visit->state = VISIT_WORKS;
    if (visit->files.count == 0) {
        return DONE;
    }
    if (visit_claims(visit)) {
        return claim_all(fetch, visit, why);
    }
    for (size_t index = 0; index < visit->files.count; index++) {
        struct task *task = &visit->files.tasks[index];
        char name[SPOOL_NAME_SIZE];
        spool_name(name, &task->key, "", 0);
        task->spool = arena_copy(&visit->arena, name);
    }
    return DONE;
}

enum outcome
fetch_look_end(struct fetch *fetch, struct visit *visit, int64_t left_total, struct fault *why)
{
    if (visit->state == VISIT_LOOKS_AGAIN) {
        visit_keep_steady(visit);
        return begin_work(fetch, visit, why);
    }
    TRY(compare_left(fetch, visit, left_total, why));
    TRY(resume_open(fetch, visit, why));
    TRY(drop_known(fetch, visit, why));
    if (visit->mailbox->readiness != READY_WHEN_STABLE || visit->files.count == 0) {
        return begin_work(fetch, visit, why);
    }
    visit->state = VISIT_RESTS;
    visit->second_look_ms = clock_ticks_ms() + visit->mailbox->settle_ms;
    return DONE;
}
