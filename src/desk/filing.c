#include "desk/filing.h"

#include "base/file.h"
#include "store/store.h"
#include "store/store_interchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    LIST_BYTES_MAX = 16 * 1024 * 1024,
    NAME_BYTES_MAX = 120, /* of the partner's name within ours */
};

/* The partner's name for the file, as far as it can be part of ours. */
static const char *
tame_name(const char *name, struct arena *arena)
{
    size_t size = strlen(name);
    if (size > NAME_BYTES_MAX) {
        size = NAME_BYTES_MAX;
        while (((unsigned char)name[size] & 0xC0) == 0x80) {
            size--; /* not within a character */
        }
    }
    char *tame = arena_copy_bytes(arena, name, size);
    for (char *at = tame; *at != '\0'; at++) {
        if (*at == '/' || *at == '\\' || *at == ' ') {
            *at = '_';
        }
    }
    return tame;
}

/* "2026-11-24_3fa9...c0d1_orders.csv", with all 64 digits of the digest: two files whose digests
 * begin alike are made in seconds, and the second would replace the first.  The second and later
 * files of the same bytes have their number behind it. */
static const char *
own_name(const struct interchange *interchange, struct arena *arena)
{
    char day[DATE_TEXT_SIZE];
    char number[24] = "";
    if (interchange->repetition > 0) {
        snprintf(number, sizeof number, "-%" PRId64, interchange->repetition + 1);
    }
    return arena_format(arena, "%s_%s%s_%s", day_format(day, moment_day(interchange->received_ms)),
                        interchange->sha256, number, tame_name(interchange->name, arena));
}

static const char *
drawer(const struct interchange *interchange)
{
    return interchange->state == INTERCHANGE_DUPLICATE ? "duplicate"
           : interchange->state == INTERCHANGE_REFUSED ? "quarantine"
                                                       : "archive";
}

/* The folders that files were moved to, each once: they are synced together. */
struct touched {
    struct arena *arena; /* of the batch */
    const char **names;
    size_t count;
    size_t capacity;
};

static enum outcome
touch(struct run *run, struct touched *touched, const char *folder_name, struct fault *why)
{
    for (size_t index = touched->count; index > 0; index--) {
        if (strcmp(touched->names[index - 1], folder_name) == 0) {
            return DONE;
        }
    }
    int folder = -1;
    TRY(file_make_folder(run->state, folder_name, &folder, why));
    close(folder);
    touched->names = arena_grow(touched->arena, touched->names, sizeof *touched->names,
                                touched->count, &touched->capacity);
    touched->names[touched->count++] = folder_name;
    return DONE;
}

/* Rename one file; NULL when it is lost, or cannot be moved now: another run tries again. */
static const char *
file_away(struct run *run, const struct interchange *interchange, struct touched *touched)
{
    struct arena *arena = touched->arena;
    struct fault trouble = {0};
    const char *folder_name =
        arena_format(arena, "%s/%s", drawer(interchange), interchange->partner);
    const char *path = arena_format(arena, "%s/%s", folder_name, own_name(interchange, arena));
    enum outcome moved = touch(run, touched, folder_name, &trouble);
    if (moved == DONE) {
        moved = file_rename(run->state, interchange->place, path, &trouble);
    }
    if (moved == DONE || (moved == NONE && file_exists(run->state, path))) {
        return path; /* an interrupted run may have moved it */
    }
    run->counts.files_waiting++;
    if (moved == NONE) {
        run_say(run, LOG_TROUBLE, M_RUN_FILE_MISSING, interchange->place, interchange->partner);
    } else {
        run_say(run, LOG_TROUBLE, M_RUN_NOT_FILED, interchange->name, interchange->partner,
                trouble.text);
    }
    return NULL;
}

static enum outcome
sync_folder(struct run *run, const char *folder_name, struct fault *why)
{
    int folder = -1;
    TRY(file_open_folder(run->state, folder_name, &folder, why));
    const enum outcome outcome = file_sync_folder(folder, folder_name, why);
    close(folder);
    return outcome;
}

/* First where the files are now, then where they were: so a power cut never leaves one in neither.
 */
static enum outcome
sync_folders(struct run *run, const struct touched *touched, struct fault *why)
{
    for (size_t index = 0; index < touched->count; index++) {
        TRY(sync_folder(run, touched->names[index], why));
    }
    return sync_folder(run, "spool", why);
}

static enum outcome
store_places(struct run *run, const struct interchange *items, const char *const *places,
             size_t count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(run->store, &tx, why));
    for (size_t index = 0; index < count; index++) {
        if (places[index] != NULL) {
            TRY(interchange_filed(run->store, items[index].id, places[index], why));
        }
    }
    return store_commit(&tx, why);
}

enum outcome
filing_work(struct run *run, struct fault *why)
{
    OWNED(arena) arena;
    struct interchange *items = NULL;
    size_t count = 0;
    int64_t lost = 0;
    arena_init(&arena, LIST_BYTES_MAX);
    do {
        arena_reset(&arena);
        TRY(interchange_unfiled(run->store, lost, &arena, &items, &count, why));
        const char **places = arena_array(&arena, const char *, count);
        struct touched touched = {.arena = &arena};
        for (size_t index = 0; index < count; index++) {
            places[index] = file_away(run, &items[index], &touched);
            lost += places[index] == NULL;
        }
        if (count > 0) {
            TRY(sync_folders(run, &touched, why));
            TRY(store_places(run, items, places, count, why));
        }
    } while (count == INTERCHANGE_BATCH);
    return DONE;
}
