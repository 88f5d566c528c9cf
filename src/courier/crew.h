/* crew.h -- private to courier/: the workers of a station, and waiting for whichever has something
 * to tell. */
#ifndef PURSER_CREW_H
#define PURSER_CREW_H

#include "courier/worker.h"

enum {
    CREW_MAX = 32,        /* processes at a time */
    MAILBOXES_AT_ONCE = 8 /* that answer; silent ones do not count, so that they hold up nobody */
};

struct crew {
    struct run *run;
    int spool;
    struct member {
        struct worker worker;
        void *visit; /* whom it works for; NULL: free place */
    } members[CREW_MAX];
    size_t count;
};

/* A zeroed crew may be closed; closing ends all workers. */
void crew_close(struct crew *crew);

/* NONE: all places are taken. */
MUST_USE enum outcome crew_hire(struct crew *crew, const struct partner *partner,
                                const struct mailbox *mailbox, void *visit, struct fault *why);
void crew_dismiss(struct crew *crew, struct member *member);
void crew_dismiss_all(struct crew *crew, const void *visit);

/* Ask; the answer comes through crew_wait.  A worker that has just ended is noticed there too. */
void crew_ask(struct member *member, const struct parcel *parcel);

/* Sleep until someone tells something or the time is up. */
void crew_wait(struct crew *crew, int64_t timeout_ms);

/* The next parcel of this member, without waiting. */
enum parcel_state crew_receive(struct member *member, struct parcel *parcel);

#endif
