/* stages.h -- the stages that an order goes through, and how long it was in each, by its events.
 *
 * An order is in one stage at a time, so its stages add up to its way.  A stage is passed once more
 * when what was decided is asked again (a change, another price, a repetition of what was refused):
 * each pass counts for itself, and begins anew.  Pure.
 */
#ifndef PURSER_STAGES_H
#define PURSER_STAGES_H

#include "order/lifecycle.h"

#include <stdbool.h>
#include <stdint.h>

/* X(enumerator, "stored name") -- from what to what. */
#define ORDER_STAGES(X)                                                                            \
    X(STAGE_APPROVAL, "approval") /* from its receipt, or its change, to its approval */           \
    X(STAGE_PAYMENT, "payment")   /* from when something is asked to when it is paid */            \
    X(STAGE_RELEASE, "release")   /* from then to its release: holds, goods that are not there */  \
    X(STAGE_WAREHOUSE, "warehouse") /* from its first release until all of it has left */          \
    X(STAGE_TRANSIT, "transit")     /* from then until all of it is delivered */
#define STAGE_AS_ENUM(enumerator, name) enumerator,
enum order_stage { ORDER_STAGES(STAGE_AS_ENUM) STAGE_COUNT };
extern const char *const order_stage_names[STAGE_COUNT];

/* What is known of an order, in the sequence in which it became known. */
struct stage_event {
    enum order_event event;
    int64_t happened_ms;
    int64_t known_ms;
};

enum stage_end { STAGE_OPEN, STAGE_FINISHED, STAGE_LEFT }; /* left: refused, cancelled, or anew */
struct stage_pass {
    enum order_stage stage;
    int turn; /* of the order in that stage, from 1 */
    int64_t begun_ms;
    int64_t begun_known_ms;
    int64_t ended_ms; /* and the next: unless it is open */
    int64_t ended_known_ms;
    enum stage_end end;
};

/* Life: a zeroed walk with `has_parcels` set, then each event. */
struct stage_walk {
    bool has_parcels; /* somebody tells of its delivery; else it is complete when it has left */
    bool is_under_way;
    struct stage_pass open; /* while it is under way */
    int turns[STAGE_COUNT];
    bool is_unpriced;
    bool is_received; /* and so the next */
    int64_t received_ms;
    bool is_complete;
    int64_t completed_ms;
    int64_t completed_known_ms;
};

/* True: a pass has ended, and is told in `ended`. */
bool stage_step(struct stage_walk *walk, const struct stage_event *event, struct stage_pass *ended);

/* How long it took, or has taken by `now_ms` where it is open.  What was told to have ended before
 * it began took no time. */
int64_t stage_duration(const struct stage_pass *pass, int64_t now_ms);

#endif
