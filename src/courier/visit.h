/* visit.h -- private to courier/: one mailbox in one run of "fetch", and the tasks its workers are
 * given. */
#ifndef PURSER_VISIT_H
#define PURSER_VISIT_H

#include "base/arena.h"
#include "courier/crew.h"
#include "store/store_arrival.h"
#include "store/store_left.h"

enum visit_state {
    VISIT_WAITS,       /* not begun */
    VISIT_LOOKS,       /* a worker lists */
    VISIT_RESTS,       /* until the second look shows which files stand still */
    VISIT_LOOKS_AGAIN, /* a worker lists */
    VISIT_WORKS,       /* files are fetched and settled */
    VISIT_ENDED,
};

/* One thing to do about one file.  Its key in parcels tells queue and index. */
struct task {
    enum parcel_kind kind; /* ASK_CLAIM, ASK_GET or ASK_SETTLE */
    int64_t id;            /* row of arrival; 0 for ASK_GET */
    struct arrival_key key;
    const char *spool; /* ASK_CLAIM, ASK_SETTLE: final name; ASK_GET: what the temporary name is
                          made of */
    const struct member *given_to;
    bool is_steady;
    bool is_done;
};

struct queue {
    struct task *tasks;
    size_t count;
    size_t capacity;
    size_t next;
};

struct visit {
    const struct partner *partner;
    const struct mailbox *mailbox;
    enum visit_state state;
    struct arena arena;
    struct queue files;         /* what was listed, then what is fetched */
    struct queue settles;       /* come first */
    struct left left[LEFT_MAX]; /* what is left alone */
    size_t left_count;
    int64_t heard_ms;
    int64_t deadline_ms;
    int64_t second_look_ms;
    int workers;
    int workers_max; /* further connections were refused or lost; 0: none was */
    bool has_failed;
};

void visit_open(struct visit *visit, const struct partner *partner, const struct mailbox *mailbox);
void visit_close(struct visit *visit);

/* Names are copied. */
struct task *visit_add(struct visit *visit, struct queue *queue, enum parcel_kind kind,
                       const struct arrival_key *key);

/* Does purser take files of this mailbox by rename into the spool?  Else it copies them. */
bool visit_claims(const struct visit *visit);

/* Give the worker the next task; false: there is none. */
bool visit_give(struct visit *visit, struct member *member);
/* The task of an answer, or NULL when no worker of this name was given one (a hijacked worker may
 * say anything). */
struct task *visit_task(struct visit *visit, const struct member *member, int64_t key);
size_t visit_left(const struct visit *visit);
/* A worker ended: what it had been given waits again. */
void visit_take_back(struct visit *visit, const struct member *member);

/* In the first look: what lies there and is left alone. */
void visit_note_left(struct visit *visit, const struct parcel *parcel);

/* The second look: what is listed as it was is steady. */
void visit_mark_steady(struct visit *visit, const struct parcel *seen);
void visit_keep_steady(struct visit *visit);

#endif
