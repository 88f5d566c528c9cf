#include "courier/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FLUSH_BYTES = 8 * 1024 * 1024,
    SMALL_READ_SIZE = 1024,
    READ_AHEAD = 4, /* of libssh2 */
    BEYOND_END = 8 * 1024,
};

void
exchange_init(struct exchange *exchange)
{
    exchange->buffer = malloc(EXCHANGE_BUFFER_SIZE);
    exchange->is_landing = false;
    memset(&exchange->landing, 0, sizeof exchange->landing);
}

static void
landing_end(struct exchange *exchange)
{
    if (exchange->is_landing) {
        draft_close(&exchange->landing);
        exchange->is_landing = false;
    }
}

void
exchange_close(struct exchange *exchange)
{
    landing_end(exchange);
    remote_close(&exchange->remote);
    free(exchange->buffer);
    exchange->buffer = NULL;
}

static enum outcome
path_in(char path[REMOTE_PATH_SIZE], const char *folder, const char *name, struct fault *why)
{
    return remote_path(path, folder, name) ? DONE
                                           : fail(why, "the path of %.80s is too long", name);
}

static enum outcome
remove_if_there(struct exchange *exchange, const char *path, struct fault *why)
{
    const enum outcome outcome = remote_remove(&exchange->remote, path, why);
    return outcome == NONE ? DONE : outcome;
}

/* Is the file still what was seen?  NONE: gone or changed. */
static enum outcome
look_unchanged(struct exchange *exchange, const char *path, const struct parcel *asked,
               struct fault *why)
{
    struct remote_status status;
    TRY(remote_look(&exchange->remote, path, &status, why));
    return status.is_regular && status.size == asked->size && status.mtime_s == asked->mtime_s
               ? DONE
               : NONE;
}

/* The marker goes before its file, so that it never vouches for a later file of the same name. */
static enum outcome
remove_marker(struct exchange *exchange, const char *path, struct fault *why)
{
    char marker[REMOTE_PATH_SIZE];
    if (exchange->mailbox->readiness != READY_BY_MARKER) {
        return DONE;
    }
    if (snprintf(marker, sizeof marker, "%s%s", path, exchange->mailbox->marker_suffix) >=
        (int)sizeof marker) {
        return fail(why, "the path of %.80s is too long", path);
    }
    return remove_if_there(exchange, marker, why);
}

/* ---- fetching ---- */

/* How much of it is copied?  Of a file over the limit one byte more than that: enough to be refused
 * for its size.  A claim is copied whole, for its original goes. */
static int64_t
size_wanted(const struct exchange *exchange, const struct parcel *asked)
{
    const int64_t size_max = exchange->limits->file_bytes_max;
    return asked->kind == ASK_GET && asked->size > size_max ? size_max + 1 : asked->size;
}

/* How many bytes to ask for.  libssh2 asks the server at once for four times as many as it is given
 * room for, so that the room falls with what is left: a little more than that is asked, to see the
 * end, not a hundred times what a small file has. */
static size_t
room_for(const struct exchange *exchange, int64_t left, bool is_all)
{
    const int64_t room_max = exchange->reads_small ? SMALL_READ_SIZE : EXCHANGE_BUFFER_SIZE;
    const int64_t room = is_all ? left / READ_AHEAD + BEYOND_END : left;
    return (size_t)(room < room_max ? room : room_max);
}

/* Bytes into the landing file: all, until the end (more than was announced is no file we wait for),
 * or as many as are wanted of a larger file. */
static enum outcome
copy_in(struct exchange *exchange, int64_t size, bool is_all, struct fault *why)
{
    struct draft *landing = &exchange->landing;
    int64_t flushed = landing->size;
    while (is_all || landing->size < size) {
        size_t got;
        const size_t room = room_for(exchange, size - landing->size, is_all);
        TRY(remote_read(&exchange->remote, exchange->buffer, room, &got, why));
        if (got == 0) {
            return landing->size == size ? DONE : NONE;
        }
        if ((int64_t)got > size - landing->size) {
            landing->size += (int64_t)got; /* it has grown */
            return NONE;
        }
        TRY(draft_write(landing, exchange->buffer, got, why));
        if (landing->size - flushed >= FLUSH_BYTES) {
            /* Start writing now: less is left to wait for in the sync. */
            (void)sync_file_range(landing->descriptor, flushed, landing->size - flushed,
                                  SYNC_FILE_RANGE_WRITE);
            flushed = landing->size;
        }
    }
    return DONE;
}

/* Did a file that is still the same end early?  Some servers answer reads shorter than libssh2
 * asks, which it takes for the end: then one small read at a time is asked, on a new connection. */
static enum outcome
check_end(struct exchange *exchange, const char *path, const struct parcel *asked,
          struct fault *why)
{
    TRY(look_unchanged(exchange, path, asked, why));
    if (exchange->reads_small || exchange->landing.size > asked->size) {
        return NONE;
    }
    exchange->reads_small = true;
    return fail_as(why, FAULT_TEMPORARY, "%.200s ended early", asked->text);
}

static enum outcome
land(struct exchange *exchange, const char *path, const struct parcel *asked, struct fault *why)
{
    const enum outcome opened =
        remote_read_open(&exchange->remote, path, exchange->landing.size, why);
    TRY(opened);
    const int64_t size = size_wanted(exchange, asked);
    const enum outcome copied = copy_in(exchange, size, size == asked->size, why);
    if (copied != RETRY) {
        remote_read_close(&exchange->remote);
    }
    if (copied == NONE) {
        return check_end(exchange, path, asked, why);
    }
    TRY(copied);
    TRY(look_unchanged(exchange, path, asked, why));
    return draft_seal(&exchange->landing, why);
}

enum outcome
exchange_get(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
             struct fault *why)
{
    char path[REMOTE_PATH_SIZE];
    TRY(path_in(path, exchange->mailbox->fetch_path, asked->text, why));
    const enum outcome looked = look_unchanged(exchange, path, asked, why);
    if (looked == DONE && !exchange->is_landing) {
        TRY(draft_open(&exchange->landing, exchange->spool, asked->spool, why));
        exchange->is_landing = true;
    }
    const enum outcome landed = looked == DONE ? land(exchange, path, asked, why) : looked;
    if (landed == RETRY) {
        exchange->reads_small |= strstr(why->text, "Unexpected Offset") != NULL;
        return RETRY;
    }
    if (landed == DONE) {
        answer->kind = TELL_GOT;
        answer->flag = exchange->landing.size == asked->size;
        answer->size = exchange->landing.size;
        memcpy(answer->sha256, exchange->landing.sha256, sizeof answer->sha256);
    }
    landing_end(exchange);
    answer->kind = landed == NONE ? TELL_GONE : answer->kind;
    return landed == NONE ? DONE : landed;
}

enum outcome
exchange_measure(int spool, const char *name, char *buffer, int64_t *size,
                 char sha256[DIGEST_HEX_SIZE], struct fault *why)
{
    int descriptor;
    int64_t total = 0;
    ssize_t got;
    TRY(file_open_read(spool, name, &descriptor, size, why));
    struct digest digest;
    digest_init(&digest);
    while ((got = read(descriptor, buffer, EXCHANGE_BUFFER_SIZE)) > 0 ||
           (got < 0 && errno == EINTR)) {
        if (got > 0) {
            digest_add(&digest, buffer, (size_t)got);
            total += got;
        }
    }
    digest_finish(&digest, sha256);
    const bool is_good = got == 0 && fsync(descriptor) == 0;
    const int problem = errno;
    close(descriptor);
    *size = total;
    return is_good ? DONE : fail(why, "cannot read %s in the spool: %s", name, strerror(problem));
}

/* The rename took another file than the one that was looked at: someone still writes it.  Give it
 * back, unless its place is taken already (then ours is a complete older one).  DONE: given back.
 */
static bool
give_back(struct exchange *exchange, const char *path, const struct parcel *asked)
{
    struct stat status;
    if (fstatat(exchange->spool, asked->spool, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        (S_ISREG(status.st_mode) && status.st_size == asked->size &&
         status.st_mtim.tv_sec == asked->mtime_s)) {
        return false;
    }
    return renameat2(exchange->spool, asked->spool, exchange->home, path, RENAME_NOREPLACE) == 0;
}

/* Another file system: copy, and leave the original to be settled after the commit. */
static enum outcome
claim_by_copy(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
              struct fault *why)
{
    TRY(exchange_get(exchange, asked, answer, why));
    if (answer->kind == TELL_GONE) {
        return DONE;
    }
    const enum outcome renamed =
        file_rename(exchange->spool, exchange->landing.temporary, asked->spool, why);
    return renamed == NONE ? fail(why, "%s vanished from the spool", asked->spool) : renamed;
}

/* NONE: it is not there (any more), or still being written. */
static enum outcome
claim_now(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
          struct fault *why)
{
    char path[REMOTE_PATH_SIZE];
    TRY(path_in(path, exchange->mailbox->fetch_path, asked->text, why));
    TRY(look_unchanged(exchange, path, asked, why));
    /* What we could take away but not read stays where its owner can give us the right to. */
    if (faccessat(exchange->home, path, R_OK, AT_EACCESS) != 0 && errno == EACCES) {
        return fail_as(why, FAULT_UNEXPECTED, "cannot read %s: %s", path, strerror(errno));
    }
    TRY(remove_marker(exchange, path, why));
    if (renameat(exchange->home, path, exchange->spool, asked->spool) == 0) {
        answer->flag = 0;
        return give_back(exchange, path, asked) ? NONE : DONE;
    }
    if (errno == EXDEV) {
        return claim_by_copy(exchange, asked, answer, why);
    }
    if (errno == ENOENT) {
        return NONE;
    }
    /* A disk that is full or failing may have recovered at the next attempt; a right that is
     * missing will not come. */
    const bool may_pass = errno == EIO || errno == ENOSPC || errno == EDQUOT || errno == EINTR;
    return fail_as(why, may_pass ? FAULT_TEMPORARY : FAULT_UNEXPECTED, "cannot take %s: %s", path,
                   strerror(errno));
}

/* A claim of an interrupted run finds its file in the spool; if the partner's copy is there too,
 * only the copying had been done. */
static enum outcome
claim_found(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
            struct fault *why)
{
    char path[REMOTE_PATH_SIZE];
    TRY(path_in(path, exchange->mailbox->fetch_path, asked->text, why));
    const enum outcome looked = look_unchanged(exchange, path, asked, why);
    answer->flag = looked == DONE;
    return looked == NONE ? DONE : looked;
}

enum outcome
exchange_claim(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
               struct fault *why)
{
    const bool is_here = file_exists(exchange->spool, asked->spool);
    const enum outcome claimed = is_here ? claim_found(exchange, asked, answer, why)
                                         : claim_now(exchange, asked, answer, why);
    if (claimed == NONE || (claimed == DONE && answer->kind == TELL_GONE)) {
        answer->kind = TELL_GONE;
        return DONE;
    }
    TRY(claimed);
    answer->kind = TELL_GOT;
    const enum outcome measured = exchange_measure(exchange->spool, asked->spool, exchange->buffer,
                                                   &answer->size, answer->sha256, why);
    return measured == NONE ? fail(why, "%s vanished from the spool", asked->spool) : measured;
}

/* ---- afterwards ---- */

/* NAME.SUFFIX, of which NAME is cut where file systems would find it too long. */
static void
name_with(char text[PARCEL_TEXT_SIZE], const char *name, const char *suffix)
{
    enum { NAME_BYTES_MAX = 255 };
    const size_t room = NAME_BYTES_MAX - 1 - strlen(suffix);
    size_t size = strlen(name);
    if (size > room) {
        for (size = room; size > 0 && ((unsigned char)name[size] & 0xC0) == 0x80; size--) {
            /* not within a character of UTF-8 */
        }
    }
    snprintf(text, PARCEL_TEXT_SIZE, "%.*s.%s", (int)size, name, suffix);
}

/* A free name in the folder for done files: NAME; NAME.2 and so on when the partner sends the name
 * again; and for names that come every day NAME.SPOOL, which no other file has: each try is a
 * question to the server. */
static enum outcome
free_name(struct exchange *exchange, const struct parcel *asked, char path[REMOTE_PATH_SIZE],
          struct fault *why)
{
    enum { NUMBER_MAX = 4 };
    char name[PARCEL_TEXT_SIZE];
    snprintf(name, sizeof name, "%s", asked->text);
    for (int number = 1; number <= NUMBER_MAX + 1; number++) {
        struct remote_status status;
        TRY(path_in(path, exchange->mailbox->move_to, name, why));
        const enum outcome outcome = remote_look(&exchange->remote, path, &status, why);
        if (outcome != DONE) {
            return outcome == NONE ? DONE : outcome;
        }
        char suffix[16];
        snprintf(suffix, sizeof suffix, "%d", number + 1);
        name_with(name, asked->text, number < NUMBER_MAX ? suffix : asked->spool);
    }
    return fail_as(why, FAULT_CONFLICT,
                   "%s lies in the \"move-to\" folder already: take it away, or clear that folder",
                   path);
}

static enum outcome
settle_now(struct exchange *exchange, const char *path, const struct parcel *asked,
           struct fault *why)
{
    char target[REMOTE_PATH_SIZE];
    TRY(look_unchanged(exchange, path, asked, why));
    if (exchange->mailbox->afterwards == AFTER_REMEMBER) {
        return DONE;
    }
    TRY(remove_marker(exchange, path, why));
    if (exchange->mailbox->afterwards == AFTER_DELETE) {
        return remote_remove(&exchange->remote, path, why);
    }
    TRY(free_name(exchange, asked, target, why));
    const enum outcome renamed = remote_rename(&exchange->remote, path, target, why);
    /* Servers say the same of a file that is gone and of a folder that is not there. */
    if (renamed == NONE && look_unchanged(exchange, path, asked, why) == DONE) {
        return fail_as(why, FAULT_UNEXPECTED, "cannot move %s to %s: is there such a folder?", path,
                       exchange->mailbox->move_to);
    }
    return renamed;
}

/* A newer version that the partner put in its place meanwhile stays: it is the next fetch's. */
enum outcome
exchange_settle(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
                struct fault *why)
{
    char path[REMOTE_PATH_SIZE];
    answer->kind = TELL_SETTLED;
    TRY(path_in(path, exchange->mailbox->fetch_path, asked->text, why));
    const enum outcome outcome = settle_now(exchange, path, asked, why);
    return outcome == NONE ? DONE : outcome;
}

/* ---- delivering ---- */

struct delivery_paths {
    char final[REMOTE_PATH_SIZE];
    char temporary[REMOTE_PATH_SIZE]; /* a leading dot and .part: readers leave both alone */
};

static enum outcome
delivery_paths(const struct exchange *exchange, const char *name, struct delivery_paths *paths,
               struct fault *why)
{
    char temporary[PARCEL_TEXT_SIZE + 16];
    snprintf(temporary, sizeof temporary, ".%s.part", name);
    TRY(path_in(paths->final, exchange->mailbox->deliver_path, name, why));
    return path_in(paths->temporary, exchange->mailbox->deliver_path, temporary, why);
}

static enum outcome
copy_out(struct exchange *exchange, int file, const struct parcel *asked, struct fault *why)
{
    struct digest digest;
    char sha256[DIGEST_HEX_SIZE];
    enum outcome outcome = DONE;
    ssize_t got;
    digest_init(&digest);
    while (outcome == DONE && ((got = read(file, exchange->buffer, EXCHANGE_BUFFER_SIZE)) > 0 ||
                               (got < 0 && errno == EINTR))) {
        if (got > 0) {
            digest_add(&digest, exchange->buffer, (size_t)got);
            outcome = remote_write(&exchange->remote, exchange->buffer, (size_t)got, why);
        }
    }
    digest_finish(&digest, sha256);
    TRY(outcome);
    if (strcmp(sha256, asked->sha256) != 0) {
        return fail(why, "outbox/%s/%s is not as it was written (its SHA-256 differs)",
                    exchange->partner->id, asked->text);
    }
    return DONE;
}

static enum outcome
upload(struct exchange *exchange, int file, const struct delivery_paths *paths,
       const struct parcel *asked, struct fault *why)
{
    TRY(remove_if_there(exchange, paths->temporary, why));
    TRY(remote_write_open(&exchange->remote, paths->temporary, why));
    const enum outcome copied = copy_out(exchange, file, asked, why);
    if (copied == FAILED) {
        struct fault ignored = {0};
        remote_read_close(&exchange->remote);
        (void)!remote_remove(&exchange->remote, paths->temporary, &ignored);
    }
    TRY(copied);
    TRY(remote_write_close(&exchange->remote, why));
    struct remote_status status;
    const enum outcome looked = remote_look(&exchange->remote, paths->temporary, &status, why);
    if (looked == NONE || (looked == DONE && status.size != asked->size)) {
        return fail(why, "%s did not arrive whole at the partner's", asked->text);
    }
    return looked;
}

enum outcome
exchange_put(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
             struct fault *why)
{
    char local[PARCEL_TEXT_SIZE + 64];
    struct delivery_paths paths;
    int file;
    int64_t size;
    answer->kind = TELL_UPLOADED;
    TRY(delivery_paths(exchange, asked->text, &paths, why));
    snprintf(local, sizeof local, "outbox/%s/%s", exchange->partner->id, asked->text);
    const enum outcome opened = file_open_read(exchange->home, local, &file, &size, why);
    if (opened == NONE) {
        answer->kind = TELL_GONE;
        return DONE;
    }
    TRY(opened);
    const enum outcome outcome = upload(exchange, file, &paths, asked, why);
    close(file);
    return outcome;
}

/* Are the bytes under the final name ours?  They are when they have our digest. */
static enum outcome
is_ours(struct exchange *exchange, const char *path, const struct parcel *asked, bool *is_same,
        struct fault *why)
{
    struct digest digest;
    char sha256[DIGEST_HEX_SIZE];
    size_t got = 0;
    TRY(remote_read_open(&exchange->remote, path, 0, why));
    digest_init(&digest);
    enum outcome outcome;
    while ((outcome = remote_read(&exchange->remote, exchange->buffer, EXCHANGE_BUFFER_SIZE, &got,
                                  why)) == DONE &&
           got > 0) {
        digest_add(&digest, exchange->buffer, got);
    }
    digest_finish(&digest, sha256);
    if (outcome != RETRY) {
        remote_read_close(&exchange->remote);
    }
    TRY(outcome);
    *is_same = strcmp(sha256, asked->sha256) == 0;
    return DONE;
}

/* The name is taken: by our own file (an earlier rename of a server that links and unlinks), or by
 * a stranger's. */
static enum outcome
finish_taken(struct exchange *exchange, const struct delivery_paths *paths,
             const struct remote_status *final, const struct parcel *asked, struct fault *why)
{
    bool is_same = false;
    if (final->size == asked->size) {
        const enum outcome compared = is_ours(exchange, paths->final, asked, &is_same, why);
        if (compared != DONE && compared != NONE) {
            return compared;
        }
    }
    if (!is_same) {
        return fail_as(why, FAULT_CONFLICT,
                       "%s lies at the partner's already with other content and is not replaced: "
                       "ask the partner to take it away",
                       paths->final);
    }
    return remove_if_there(exchange, paths->temporary, why);
}

/* The temporary name is gone.  When a rename was sent and its answer lost, that was the rename,
 * even when the final name is gone too because the partner took the file: it is never uploaded
 * twice. When none was, somebody else took it away: only bytes of ours under the final name are a
 * delivery.
 */
static enum outcome
finish_gone(struct exchange *exchange, const struct delivery_paths *paths,
            const struct parcel *asked, struct parcel *answer, struct fault *why)
{
    struct remote_status final = {.size = -1};
    const enum outcome looked = remote_look(&exchange->remote, paths->final, &final, why);
    bool is_same = exchange->rename_is_open;
    if (looked == DONE && !is_same && final.size == asked->size) {
        const enum outcome compared = is_ours(exchange, paths->final, asked, &is_same, why);
        if (compared != DONE && compared != NONE) {
            return compared;
        }
    }
    answer->kind = is_same ? TELL_DELIVERED : TELL_DAMAGED;
    answer->size = final.size;
    parcel_text(answer, is_same ? "" : "what was uploaded is gone from under its temporary name");
    return looked == NONE ? DONE : looked;
}

/* While the temporary name is there, no rename has happened (or only half of one, by link and
 * unlink). */
static enum outcome
finish_now(struct exchange *exchange, const struct delivery_paths *paths,
           const struct parcel *asked, struct parcel *answer, struct fault *why)
{
    struct remote_status temporary, final;
    const enum outcome looked = remote_look(&exchange->remote, paths->temporary, &temporary, why);
    if (looked != DONE) {
        return looked == NONE ? finish_gone(exchange, paths, asked, answer, why) : looked;
    }
    if (temporary.size != asked->size) {
        answer->kind = TELL_DAMAGED;
        parcel_text(answer, "what was uploaded has lost bytes");
        return DONE;
    }
    const enum outcome taken = remote_look(&exchange->remote, paths->final, &final, why);
    if (taken != NONE) {
        if (taken == DONE) {
            exchange->rename_is_open = false;
        }
        return taken == DONE ? finish_taken(exchange, paths, &final, asked, why) : taken;
    }
    const bool was_open = exchange->rename_is_open;
    exchange->rename_is_open = true;
    const enum outcome renamed =
        remote_rename(&exchange->remote, paths->temporary, paths->final, why);
    if (renamed == NONE) {
        exchange->rename_is_open = was_open;
        return finish_gone(exchange, paths, asked, answer, why);
    }
    exchange->rename_is_open = renamed == RETRY;
    return renamed;
}

enum outcome
exchange_finish(struct exchange *exchange, const struct parcel *asked, struct parcel *answer,
                struct fault *why)
{
    struct delivery_paths paths;
    answer->kind = TELL_DELIVERED;
    answer->size = asked->size;
    TRY(delivery_paths(exchange, asked->text, &paths, why));
    if (asked->rename_is_open != 0) {
        exchange->rename_is_open = true;
    }
    const enum outcome outcome = finish_now(exchange, &paths, asked, answer, why);
    answer->rename_is_open = exchange->rename_is_open;
    if (outcome != RETRY) {
        exchange->rename_is_open = false;
    }
    return outcome;
}
