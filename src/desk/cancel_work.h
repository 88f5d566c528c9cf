/* cancel_work.h -- what is at hand while something is cancelled, and what of it is chosen; private
 * to cancelling.c and cancel_choose.c. */
#ifndef PURSER_CANCEL_WORK_H
#define PURSER_CANCEL_WORK_H

#include "desk/cancelling.h"

struct cancel_work {
    struct run *run;
    struct subject *subject;
    const struct cause *cause;
    struct arena *arena;
    struct line_stand *lines;
    size_t line_count;
    int64_t *now_micros; /* of each line */
    int64_t *ask_micros; /* of each line: under way, so that somebody must stop it first */
    bool is_stopped;     /* what is chosen nobody has any more */
    struct cancel_objection *objection;
    const struct cancel_waiver *waiver;
    struct cancelled_part *parts; /* with room for one more */
    struct cancel_fee fee;
    struct cancel_charges *charges;
    enum cancel_stage stage_least; /* that what is cancelled had reached */
    int64_t asked_id;              /* these three as in cancel_matter */
    int64_t asked_ms;
    int64_t policy_id;
    bool is_exchange;
};

/* Of the line what nobody has been told to send, and no plant has begun; of pieces whole ones. */
int64_t cancel_free(const struct cancel_work *work, const struct line_stand *line);

const char *cancel_quantity(const struct cancel_work *work, int64_t micros);

/* False with an objection: nothing of it may be cancelled. */
bool cancel_choose(struct cancel_work *work, const struct cancel_request *request);

/* Goods that promotions gave go with the last of what was ordered; what of them is under way is to
 * be stopped with the last that is. */
bool cancel_choose_gifts(struct cancel_work *work);

#endif
