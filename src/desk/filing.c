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
    DIGEST_DIGITS = 12,
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

/* "2026-11-24_3fa9c0d1e2b4_orders.csv"; the second and later files of the same bytes have their
 * number behind the digest. */
static const char *
own_name(const struct interchange *interchange, struct arena *arena)
{
    char day[DATE_TEXT_SIZE];
    char number[24] = "";
    if (interchange->repetition > 0) {
        snprintf(number, sizeof number, "-%" PRId64, interchange->repetition + 1);
    }
    return arena_format(arena, "%s_%.*s%s_%s",
                        day_format(day, moment_day(interchange->received_ms)), (int)DIGEST_DIGITS,
                        interchange->sha256, number, tame_name(interchange->name, arena));
}

static const char *
drawer(const struct interchange *interchange)
{
    return interchange->state == INTERCHANGE_DUPLICATE ? "duplicate"
           : interchange->state == INTERCHANGE_REFUSED ? "quarantine"
                                                       : "archive";
}

/* Move one file; NONE when it is in neither place. */
static enum outcome
move_file(struct run *run, const struct interchange *interchange, const char *folder_name,
          const char *name, struct fault *why)
{
    int folder = -1;
    TRY(file_make_folder(run->state, folder_name, &folder, why));
    enum outcome outcome = file_move(run->state, interchange->place, folder, name, why);
    if (outcome == NONE && file_exists(folder, name)) {
        outcome = DONE; /* an interrupted run moved it */
    }
    close(folder);
    return outcome;
}

/* *place stays NULL when the file is lost. */
static enum outcome
file_away(struct run *run, const struct interchange *interchange, struct arena *arena,
          const char **place, struct fault *why)
{
    const char *folder_name =
        arena_format(arena, "%s/%s", drawer(interchange), interchange->partner);
    const char *name = own_name(interchange, arena);
    const enum outcome moved = move_file(run, interchange, folder_name, name, why);
    if (moved == NONE) {
        log_write(run->log, LOG_TROUBLE, "%s of %s is missing below the state folder",
                  interchange->place, interchange->partner);
        return DONE;
    }
    TRY(moved);
    *place = arena_format(arena, "%s/%s", folder_name, name);
    return DONE;
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
        for (size_t index = 0; index < count; index++) {
            TRY(file_away(run, &items[index], &arena, &places[index], why));
            lost += places[index] == NULL;
        }
        if (count > 0) {
            TRY(store_places(run, items, places, count, why));
        }
    } while (count == INTERCHANGE_BATCH);
    return DONE;
}
