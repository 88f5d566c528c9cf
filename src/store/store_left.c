#include "store/store_left.h"

#include "store/store.h"

#include <string.h>

static const char *const kind_names[LEFT_KIND_COUNT] = {
    [LEFT_LINK] = "link",       [LEFT_FOLDER] = "folder", [LEFT_PIPE] = "pipe",
    [LEFT_SOCKET] = "socket",   [LEFT_DEVICE] = "device", [LEFT_TWO_NAMES] = "two-names",
    [LEFT_UNKNOWN] = "unknown",
};

const enum message left_kind_messages[LEFT_KIND_COUNT] = {
    [LEFT_LINK] = M_LEFT_LINK,       [LEFT_FOLDER] = M_LEFT_FOLDER,
    [LEFT_PIPE] = M_LEFT_PIPE,       [LEFT_SOCKET] = M_LEFT_SOCKET,
    [LEFT_DEVICE] = M_LEFT_DEVICE,   [LEFT_TWO_NAMES] = M_LEFT_TWO_NAMES,
    [LEFT_UNKNOWN] = M_LEFT_UNKNOWN,
};

enum left_kind
left_kind_of(const char *name)
{
    enum left_kind kind = LEFT_LINK;
    while (kind < LEFT_UNKNOWN && strcmp(kind_names[kind], name) != 0) {
        kind++;
    }
    return kind;
}

enum outcome
left_list(struct store *store, const char *partner, const char *mailbox, struct arena *arena,
          struct left **list, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct left *items = NULL;
    size_t length = 0;
    size_t capacity = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_left_list, &rows, why, TEXT(partner), TEXT(mailbox)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        size_t size;
        const char *name = rows_bytes(&rows, 0, &size);
        items = arena_grow(arena, items, sizeof *items, length, &capacity);
        items[length++] =
            (struct left){arena_copy_bytes(arena, name, size), left_kind_of(rows_text(&rows, 1))};
    }
    *list = items;
    *count = length;
    return outcome == NONE ? DONE : outcome;
}

enum outcome
left_found(struct store *store, const char *partner, const char *mailbox, const struct left *left,
           int64_t since_ms, struct fault *why)
{
    return store_run(store, SQL_left_found, why, TEXT(partner), TEXT(mailbox),
                     BYTES(left->name, strlen(left->name)), TEXT(kind_names[left->kind]),
                     INTEGER(since_ms));
}

enum outcome
left_gone(struct store *store, const char *partner, const char *mailbox, const char *name,
          struct fault *why)
{
    return store_run(store, SQL_left_gone, why, TEXT(partner), TEXT(mailbox),
                     BYTES(name, strlen(name)));
}
