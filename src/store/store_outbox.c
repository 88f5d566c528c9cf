#include "store/store_outbox.h"

#include "store/store.h"

#include <string.h>

enum outcome
outbox_message_add(struct store *store, const struct outbox_message *message, struct fault *why)
{
    return store_run(
        store, SQL_outbox_message_insert, why, TEXT(message->partner), TEXT(message->kind),
        INTEGER_OR_NULL(message->interchange_id, 0), INTEGER_OR_NULL(message->order_id, 0),
        INTEGER(message->version), INTEGER_OR_NULL(message->event_id, 0),
        INTEGER_OR_NULL(message->shipment_id, 0), INTEGER_OR_NULL(message->approval_id, 0),
        INTEGER_OR_NULL(message->report_id, 0), INTEGER_OR_NULL(message->invoice_id, 0),
        INTEGER_OR_NULL(message->production_id, 0), INTEGER_OR_NULL(message->release_id, 0),
        INTEGER_OR_NULL(message->return_id, 0), INTEGER_OR_NULL(message->stop_id, 0),
        INTEGER(message->reminder));
}

/* The next group of the store after `group`, in its place; NONE after the last. */
static enum outcome
next_group(struct store *store, struct arena *arena, struct outbox_group *group, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_outbox_group_next, &rows, why, TEXT(group->partner),
                    TEXT(group->kind)));
    TRY(rows_next(&rows, why));
    *group = (struct outbox_group){.partner = rows_copy(&rows, 0, arena),
                                   .kind = rows_copy(&rows, 1, arena)};
    return DONE;
}

static enum outcome
measure_group(struct store *store, struct outbox_group *group, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_number(store, SQL_outbox_group_newest, 0, &group->newest_message, why,
                     TEXT(group->partner), TEXT(group->kind)));
    TRY(store_query(store, SQL_outbox_group_sealed, &rows, why, TEXT(group->partner),
                    TEXT(group->kind)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        group->sequence = rows_integer(&rows, 0);
        group->sealed_message = rows_integer(&rows, 1);
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
outbox_groups(struct store *store, struct arena *arena, struct outbox_group **groups, size_t *count,
              struct fault *why)
{
    struct outbox_group group = {.partner = "", .kind = ""};
    struct outbox_group *found = NULL;
    size_t found_count = 0;
    size_t capacity = 0;
    enum outcome outcome;
    while ((outcome = next_group(store, arena, &group, why)) == DONE) {
        TRY(measure_group(store, &group, why));
        if (group.newest_message > group.sealed_message) {
            found = arena_grow(arena, found, sizeof *found, found_count, &capacity);
            found[found_count++] = group;
        }
    }
    if (outcome == NONE) {
        *groups = found;
        *count = found_count;
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
status_look_get(struct store *store, const char *partner, int64_t otherwise, int64_t *looked_ms,
                struct fault *why)
{
    return store_number(store, SQL_status_look_get, otherwise, looked_ms, why, TEXT(partner));
}

enum outcome
status_look_put(struct store *store, const char *partner, int64_t looked_ms, struct fault *why)
{
    return store_run(store, SQL_status_look_put, why, TEXT(partner), INTEGER(looked_ms));
}

enum outcome
outbox_file_add(struct store *store, struct outbox_file *file, struct fault *why)
{
    TRY(store_run(store, SQL_outbox_file_insert, why, TEXT(file->partner), TEXT(file->kind),
                  INTEGER(file->sequence), TEXT(file->name), TEXT(file->format),
                  INTEGER_OR_NULL(file->messages_of, 0), INTEGER(file->first_message),
                  INTEGER(file->last_message), INTEGER(outbox_file_messages(file)),
                  INTEGER(file->created_ms)));
    file->id = store_last_id(store);
    return DONE;
}

enum outcome
outbox_files_open(struct store *store, int64_t after, size_t count_max, struct arena *arena,
                  struct outbox_file **files, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct outbox_file *found = arena_array(arena, struct outbox_file, count_max);
    size_t found_count = 0;
    TRY(store_query(store, SQL_outbox_files_open, &rows, why, INTEGER(after), INTEGER(count_max)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        found[found_count++] =
            (struct outbox_file){.id = rows_integer(&rows, 0),
                                 .messages_of = rows_integer(&rows, 1),
                                 .partner = rows_copy(&rows, 2, arena),
                                 .kind = rows_copy(&rows, 3, arena),
                                 .sequence = rows_integer(&rows, 4),
                                 .name = rows_copy(&rows, 5, arena),
                                 .format = rows_copy(&rows, 6, arena),
                                 .is_staged = strcmp(rows_text(&rows, 7), "staged") == 0,
                                 .first_message = rows_integer(&rows, 8),
                                 .last_message = rows_integer(&rows, 9),
                                 .created_ms = rows_integer(&rows, 10)};
    }
    if (outcome == NONE) {
        *files = found;
        *count = found_count;
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
outbox_file_staged(struct store *store, const struct outbox_file *file, struct fault *why)
{
    return store_run(store, SQL_outbox_file_staged, why, INTEGER(file->size), TEXT(file->sha256),
                     INTEGER(file->id));
}

enum outcome
outbox_file_written(struct store *store, const struct outbox_file *file, struct fault *why)
{
    return store_run(store, SQL_outbox_file_written, why, INTEGER(file->id));
}

enum outcome
outbox_file_drop(struct store *store, const struct outbox_file *file, struct fault *why)
{
    return store_run(store, SQL_outbox_file_drop, why, INTEGER(file->id));
}
