#include "courier/spool.h"

#include "base/file.h"
#include "courier/exchange.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CLAIMS_BYTES_MAX = 64 * 1024 * 1024 };

void
spool_name(char name[SPOOL_NAME_SIZE], const struct arrival_key *key, const char *sha256,
           int64_t came_before)
{
    struct digest digest;
    char hex[DIGEST_HEX_SIZE], numbers[64];
    snprintf(numbers, sizeof numbers, "%" PRId64 " %" PRId64, key->size, key->mtime_s);
    digest_init(&digest);
    digest_add_text(&digest, key->mailbox);
    digest_add_text(&digest, key->name);
    digest_add_text(&digest, numbers);
    digest_add_text(&digest, sha256);
    digest_finish(&digest, hex);
    const int size = snprintf(name, SPOOL_NAME_SIZE, "%.40s-%.24s", key->partner, hex);
    if (came_before > 0) {
        snprintf(name + size, SPOOL_NAME_SIZE - (size_t)size, "-%" PRId64, came_before);
    }
}

/* ---- walking over the spool ---- */

struct walk {
    struct run *run;
    int spool;
    int stray; /* -1: not opened yet */
};

static enum outcome
remove_half_file(struct walk *walk, const char *name, struct fault *why)
{
    if (name[0] != '.') {
        return DONE;
    }
    const enum outcome outcome = file_remove(walk->spool, name, why);
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_stray_aside(struct walk *walk, const char *name, struct fault *why)
{
    bool is_known = name[0] == '.';
    if (!is_known) {
        TRY(arrival_spool_known(walk->run->store, name, &is_known, why));
    }
    if (is_known) {
        return DONE;
    }
    if (walk->stray < 0) {
        TRY(file_make_folder(walk->run->state, "stray", &walk->stray, why));
    }
    const enum outcome moved = file_move(walk->spool, name, walk->stray, name, why);
    run_say(walk->run, LOG_WARNING, M_RUN_STRAY, name);
    return moved == NONE ? DONE : moved;
}

static enum outcome
walk_spool(struct walk *walk, enum outcome (*visit)(struct walk *, const char *, struct fault *),
           struct fault *why)
{
    const int again = openat(walk->spool, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *directory = again < 0 ? NULL : fdopendir(again);
    if (directory == NULL) {
        if (again >= 0) {
            close(again);
        }
        return fail(why, "cannot read the spool: %s", strerror(errno));
    }
    enum outcome outcome = DONE;
    const struct dirent *entry;
    while (outcome == DONE && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            outcome = visit(walk, entry->d_name, why);
        }
    }
    closedir(directory);
    return outcome;
}

/* ---- claims without a mailbox ---- */

static bool
has_mailbox(const struct config *config, const struct arrival_claimed *claim)
{
    const struct partner *partner = config_partner(config, claim->partner);
    for (size_t index = 0; partner != NULL && index < partner->mailbox_count; index++) {
        const struct mailbox *mailbox = &partner->mailboxes[index];
        if (strcmp(mailbox->name, claim->mailbox) == 0 && mailbox->kind == MAILBOX_FOLDER &&
            mailbox->fetch_path[0] != '\0') {
            return true;
        }
    }
    return false;
}

static enum outcome
end_claim(struct run *run, int spool, char *buffer, const struct arrival_claimed *claim,
          struct fault *why)
{
    char sha256[DIGEST_HEX_SIZE];
    int64_t size;
    struct fault trouble = {0};
    const enum outcome measured =
        exchange_measure(spool, claim->spool, buffer, &size, sha256, &trouble);
    if (measured == NONE) {
        return arrival_claim_dropped(run->store, claim->id, why);
    }
    if (measured != DONE) {
        run->counts.files_waiting++;
        run_say(run, LOG_TROUBLE, M_RUN_CLAIM_UNREADABLE, claim->partner, claim->mailbox,
                trouble.text);
        return arrival_wait(run->store, claim->id, run->id, trouble.text, why);
    }
    const struct arrival_content content = {claim->spool, size, sha256, true};
    return arrival_claim_landed(run->store, claim->id, &content, why);
}

static enum outcome
end_claims(struct run *run, int spool, struct arena *arena, char *buffer, struct fault *why)
{
    struct arrival_claimed *claims;
    size_t count;
    TRY(arrival_list_claims(run->store, arena, &claims, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (!has_mailbox(run->config, &claims[index])) {
            TRY(end_claim(run, spool, buffer, &claims[index], why));
        }
    }
    return DONE;
}

enum outcome
spool_recover(struct run *run, int spool, struct fault *why)
{
    struct walk walk = {run, spool, -1};
    TRY(walk_spool(&walk, remove_half_file, why));
    OWNED(arena) arena;
    arena_init(&arena, CLAIMS_BYTES_MAX);
    char *buffer = malloc(EXCHANGE_BUFFER_SIZE);
    const enum outcome outcome =
        buffer == NULL ? fail(why, "out of memory") : end_claims(run, spool, &arena, buffer, why);
    free(buffer);
    return outcome;
}

enum outcome
spool_put_strays_aside(struct run *run, int spool, struct fault *why)
{
    struct walk walk = {run, spool, -1};
    const enum outcome outcome = walk_spool(&walk, put_stray_aside, why);
    if (walk.stray >= 0) {
        close(walk.stray);
    }
    return outcome;
}
