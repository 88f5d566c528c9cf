/* store_stand.h -- where each line of an order version stands: ordered, cancelled, under way, gone.
 *
 * Works within the caller's transaction. */
#ifndef PURSER_STORE_STAND_H
#define PURSER_STORE_STAND_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum line_making { MAKING_NOTHING, MAKING_ASKED, MAKING_STARTED };

/* Quantities in the unit of the line, amounts as it was priced (of goods that are given 0). */
struct line_stand {
    int64_t ordinal; /* 100000 + that of goods that are given */
    const char *number;
    const char *sku;
    const char *unit;
    int64_t ordered_micros;
    int64_t cancelled_micros;
    int64_t cancelled_net_minor, cancelled_tax_minor;
    int64_t released_micros; /* that warehouses were told to send, and did not refuse or stop */
    int64_t shipped_micros;
    bool is_closed;               /* a little less than ordered has left, and nothing more comes */
    enum line_making making;      /* what plants that have not finished do for it */
    int64_t made_micros;          /* of the line itself, that they have begun and not finished */
    bool makes_parts;             /* they have begun parts of it, a package */
    int64_t asked_micros;         /* of what is under way, that somebody was asked to stop */
    int64_t net_minor, tax_minor; /* of all that was ordered */
};

/* By ordinal, goods that are given last. */
MUST_USE enum outcome
stand_lines(struct store *store, int64_t order_id, int64_t version, struct arena *arena,
            struct line_stand **lines, size_t *count, struct fault *why);

/* What has not left and is not cancelled; of it what a warehouse has been told to send; and what
 * nobody has been told to send. */
static inline int64_t
stand_open(const struct line_stand *line)
{
    const int64_t open = line->ordered_micros - line->cancelled_micros - line->shipped_micros;
    return line->is_closed || open < 0 ? 0 : open;
}

static inline int64_t
stand_under_way(const struct line_stand *line)
{
    const int64_t told = line->released_micros - line->shipped_micros;
    const int64_t open = stand_open(line);
    return told < 0 ? 0 : told < open ? told : open;
}

/* That nobody was told to send, whoever makes it. */
static inline int64_t
stand_free(const struct line_stand *line)
{
    return stand_open(line) - stand_under_way(line);
}

/* Of what nobody was told to send: that a plant has begun. */
static inline int64_t
stand_begun(const struct line_stand *line)
{
    const int64_t free = stand_free(line);
    return line->makes_parts || line->made_micros > free ? free : line->made_micros;
}

#endif
