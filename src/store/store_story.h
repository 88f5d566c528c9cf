/* store_story.h -- all that is known of an order, as one line of entries, each row of the store
 * once: what happened, what came of it, files that came and went out. */
#ifndef PURSER_STORE_STORY_H
#define PURSER_STORE_STORY_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/story.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

struct story_entry {
    int64_t happened_ms; /* in the world */
    int64_t known_ms;    /* to purser */
    const char *kind;    /* of story.h */
    const char *actor;   /* partner id, 'user:NAME', or 'purser' */
    int64_t version;     /* of the order; 0: of none */
    bool begins_version; /* it made this version, and there was one before */
    const char *partner; /* the file that told it; "": none did, or it is the file */
    const char *file;
    const char *sha256;
    const char *detail; /* of an event, as it is stored; "" */
    struct story_fact *facts;
    size_t fact_count;
    size_t fact_capacity;
};

struct story_ask {
    int64_t order_id;
    bool by_known;   /* sorted, and bounded, by when it became known; else by when it happened */
    int64_t from_ms; /* from this moment on; INT64_MIN: all */
    int64_t to_ms;   /* before this one; INT64_MAX */
};

/* In a total order: of two entries of one moment, what came before what followed from it. */
MUST_USE enum outcome
story_read(struct store *store, const struct story_ask *ask, struct arena *arena,
           struct story_entry **entries, size_t *count, struct fault *why);

#endif
