/* delegation.h -- who decides in whose place while somebody is absent; pure.
 *
 * A delegation is of one person, for days: from valid_from to the end of valid_to, midnight of the
 * local zone (the day of a moment is moment_day of base/date.h).  It names a delegate, or nobody:
 * the person is absent, and what waits for them waits.  Delegates may be absent, too: A -> B -> C.
 * Such a chain is followed for at most STAND_IN_LINKS_MAX delegations, and never round and round.
 *
 * The order of rows never matters.  Two delegations of a person on one day are refused when they
 * come in; should there be any, the one that began last holds, of these the one that ends last, of
 * these the one whose delegate is last by its bytes.
 */
#ifndef PURSER_DELEGATION_H
#define PURSER_DELEGATION_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

enum { STAND_IN_LINKS_MAX = 8 };

struct delegation {
    const char *person;
    const char *delegate; /* "": nobody */
    int32_t valid_from;
    int32_t valid_to; /* the last day */
    const char *reason;
    int64_t line; /* in its file */
};

struct delegation_table {
    const struct delegation *items; /* by person, then as they begin */
    size_t count;
};

/* Sorts the items, which must outlive the table. */
void delegation_table_init(struct delegation_table *table, struct delegation *items, size_t count);

/* The delegation of a person that holds on a day; NULL: there is none, the person is there. */
const struct delegation *
delegation_of(const struct delegation_table *table, const char *person, int32_t day);

enum stand_in_verdict {
    STAND_IN_NOT_NEEDED, /* the person is there */
    STAND_IN_FOUND,      /* somebody else decides */
    STAND_IN_NOBODY,     /* the last one is absent, and has no delegate */
    STAND_IN_LOOP,       /* the chain comes back to a person on it */
    STAND_IN_TOO_FAR,    /* it goes on behind STAND_IN_LINKS_MAX delegations */
};

struct stand_in {
    enum stand_in_verdict verdict;
    const char *decides;                       /* the last name; NULL: nobody does */
    const char *names[STAND_IN_LINKS_MAX + 1]; /* the person and everybody on the way, to the last;
                                                  of a loop the last one is there twice */
    size_t name_count;                         /* at least 1 */
    const struct delegation *links[STAND_IN_LINKS_MAX]; /* links[0] is the person's; their reasons
                                                           are on record, too */
    size_t link_count;
};

/* Who decides for a person on a day.  Names and links are those of the table (and `person`). */
void delegation_resolve(const struct delegation_table *table, const char *person, int32_t day,
                        struct stand_in *stand_in);

/* "anna -> boris -> clara". */
const char *stand_in_text(const struct stand_in *stand_in, struct arena *arena);

/* Is there a loop with this row of the table in it, on the day on which the row begins?  Its
 * persons: "anna -> boris -> anna", from the least name on (of a long one the first of them); NULL
 * when there is none.  Each loop of a table is told for exactly one of its rows: for the one that
 * closes it, because it begins last. */
const char *delegation_loop(const struct delegation_table *table, const struct delegation *closing,
                            struct arena *arena);

#endif
