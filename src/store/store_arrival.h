/* store_arrival.h -- rows of the files that mailboxes gave us.  See the table `arrival` in
 * schemas/store/.
 *
 * A file on the partner's side is known by mailbox, name, size and time.  Its row is made in one of
 * two ways: landed at once (the bytes are complete and synced in the spool), or first as a claim (a
 * local file is about to be renamed into the spool, so that a crash between rename and row can be
 * told from a stranger's file).
 */
#ifndef PURSER_STORE_ARRIVAL_H
#define PURSER_STORE_ARRIVAL_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* A file as the partner shows it. */
struct arrival_key {
    const char *partner;
    const char *mailbox;
    const char *name; /* any bytes but NUL */
    int64_t size;
    int64_t mtime_s;
};

/* What we have of it: how many times it came, and how many of those copies are still with the
 * partner. */
struct arrival_known {
    int64_t count;
    int64_t present;
};
MUST_USE enum outcome arrival_known(struct store *store, const struct arrival_key *key,
                                    struct arrival_known *known, struct fault *why);

MUST_USE enum outcome arrival_claim(struct store *store, const struct arrival_key *key,
                                    const char *spool, int64_t arrived_ms, struct fault *why);

/* What lies in the spool. */
struct arrival_content {
    const char *spool;
    int64_t size;
    const char *sha256;
    bool is_settled; /* nothing is left to do on the partner's side */
};
MUST_USE enum outcome
arrival_land(struct store *store, const struct arrival_key *key,
             const struct arrival_content *content, int64_t arrived_ms, struct fault *why);
MUST_USE enum outcome
arrival_claim_landed(struct store *store, int64_t id, const struct arrival_content *content,
                     struct fault *why);
MUST_USE enum outcome arrival_claim_dropped(struct store *store, int64_t id, struct fault *why);
MUST_USE enum outcome arrival_settled(struct store *store, int64_t id, struct fault *why);

/* Copies that are still with the partner: claims to finish, and landed files to settle. */
struct arrival_open {
    int64_t id;
    const char *name;
    int64_t size;
    int64_t mtime_s;
    const char *spool;
    bool is_claim;
};
MUST_USE enum outcome
arrival_list_open(struct store *store, const struct arrival_key *mailbox, struct arena *arena,
                  struct arrival_open **list, size_t *count, struct fault *why);

/* All claims, of whatever mailbox. */
struct arrival_claimed {
    int64_t id;
    const char *partner;
    const char *mailbox;
    const char *spool;
};
MUST_USE enum outcome
arrival_list_claims(struct store *store, struct arena *arena, struct arrival_claimed **list,
                    size_t *count, struct fault *why);

/* The files of a mailbox that landed since `after` (an earlier arrival_last) wait for the run after
 * `run_id`; *count is how many. */
MUST_USE enum outcome arrival_last(struct store *store, int64_t *id, struct fault *why);
MUST_USE enum outcome
arrival_hold(struct store *store, const struct arrival_key *mailbox, int64_t after, int64_t run_id,
             int64_t *count, struct fault *why);

/* A file cannot be read: it waits for the run after `run_id`, and what troubles it is kept until it
 * is taken.  Those of its mailbox that have never waited do so, too; *count is how many. */
MUST_USE enum outcome arrival_wait(struct store *store, int64_t id, int64_t run_id,
                                   const char *trouble, struct fault *why);
MUST_USE enum outcome
arrival_hold_rest(struct store *store, const char *partner, const char *mailbox, int64_t run_id,
                  int64_t *count, struct fault *why);

/* Files of a partner of which nobody has asked yet what they are in its own layout; at most
 * ARRIVAL_BATCH. */
enum { ARRIVAL_BATCH = 256 };
struct arrival_unmapped {
    int64_t id;
    const char *name;
    const char *spool;
};
MUST_USE enum outcome
arrival_list_unmapped(struct store *store, const char *partner, struct arena *arena,
                      struct arrival_unmapped **list, size_t *count, struct fault *why);

/* What a file is: a mapping of its partner ("": none), and when it is taken. */
struct arrival_mapping {
    const char *name;
    int64_t turn; /* 0: first */
};
MUST_USE enum outcome arrival_map(struct store *store, int64_t id,
                                  const struct arrival_mapping *mapping, struct fault *why);
/* The file is something else as well: one arrival more, whose file in the spool is still to be
 * made. */
MUST_USE enum outcome arrival_copy(struct store *store, int64_t id, const char *spool,
                                   const struct arrival_mapping *mapping, struct fault *why);
/* The names in the spool of all such that are not taken yet. */
MUST_USE enum outcome
arrival_list_copies(struct store *store, const char *partner, struct arena *arena,
                    const char ***list, size_t *count, struct fault *why);

MUST_USE enum outcome
arrival_spool_known(struct store *store, const char *spool, bool *is_known, struct fault *why);

#endif
