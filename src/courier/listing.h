/* listing.h -- private to courier/: one look into a mailbox: which files are offered to us.
 *
 * Chosen by the mailbox's patterns, temporary names and markers; sorted by name, so that nothing
 * depends on the order in which a server lists.  Everything lies in the arena.
 */
#ifndef PURSER_LISTING_H
#define PURSER_LISTING_H

#include "base/arena.h"
#include "courier/remote.h"

struct listed {
    const char *name;
    int64_t size;
    int64_t mtime_s;
};

struct listing {
    struct listed *files;
    size_t count;
    size_t capacity;
    const char *
        *remarks; /* what a person should look at: names and sizes we refuse, a listing cut off */
    size_t remark_count;
    size_t remark_capacity;
    struct left *left; /* what would be fetched if it were a plain file, by name */
    size_t left_count;
    size_t left_capacity;
};

/* Folders that the mailboxes of this partner name themselves are none to be told of. */
MUST_USE enum outcome
listing_make(struct listing *listing, struct remote *remote, const struct partner *partner,
             const struct mailbox *mailbox, const struct limits *limits, struct arena *arena,
             struct fault *why);

/* The file of this name, or NULL. */
const struct listed *listing_find(const struct listing *listing, const char *name);

#endif
