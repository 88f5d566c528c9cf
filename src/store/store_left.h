/* store_left.h -- what lies in mailboxes and is left alone because it is no plain file.
 *
 * It is said once, when it is first seen, and shown by `purser status` until it is gone.
 */
#ifndef PURSER_STORE_LEFT_H
#define PURSER_STORE_LEFT_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/message.h"

#include <stddef.h>
#include <stdint.h>

struct store;

enum left_kind {
    LEFT_LINK,
    LEFT_FOLDER,
    LEFT_PIPE,
    LEFT_SOCKET,
    LEFT_DEVICE,
    LEFT_TWO_NAMES, /* a file with a second name (hard link), under which it could still change */
    LEFT_UNKNOWN,   /* the server does not tell */
    LEFT_KIND_COUNT,
};

/* "a symbolic link", and so on. */
extern const enum message left_kind_messages[LEFT_KIND_COUNT];

/* Known of one mailbox, and no more: what else lies there is only counted. */
enum { LEFT_MAX = 20 };

struct left {
    const char *name; /* any bytes but NUL */
    enum left_kind kind;
};

/* Sorted by name. */
MUST_USE enum outcome
left_list(struct store *store, const char *partner, const char *mailbox, struct arena *arena,
          struct left **list, size_t *count, struct fault *why);
MUST_USE enum outcome left_found(struct store *store, const char *partner, const char *mailbox,
                                 const struct left *left, int64_t since_ms, struct fault *why);
MUST_USE enum outcome left_gone(struct store *store, const char *partner, const char *mailbox,
                                const char *name, struct fault *why);

/* The kind of this name in the store. */
enum left_kind left_kind_of(const char *name);

#endif
