/* planning_turn.h -- one order whose turn it is, shared by the steps of a planning; private to
 * src/desk/planning*. */
#ifndef PURSER_PLANNING_TURN_H
#define PURSER_PLANNING_TURN_H

#include "desk/planning.h"
#include "rules/promise.h"
#include "store/store_plan.h"

struct holders; /* who was promised of a product, see planning_told.c */

struct planner {
    struct run *run;
    struct facts *facts;
    bool is_within; /* the caller's transaction; else each step has its own */
    const struct business_calendar *calendar;
    const struct master_versions *versions; /* in force */
    const char **warehouses;                /* in the order of preference */
    size_t warehouse_count;
    int32_t today;        /* the first working day that still counts */
    struct arena *batch;  /* of the orders of one transaction */
    struct holders *seen; /* in it */
};

/* What was found for a line. */
struct found {
    int64_t in_stock_micros; /* that may go now */
    int64_t short_micros;
    int32_t ship_day; /* DAY_NONE */
    int32_t arrive_day;
    bool is_told; /* something of it is open, and was asked for */
    enum promise_reason reason;
    const char *material;
    const char *trace;
    const char *unmade_by; /* the plant that will not make it; NULL */
};

struct turn {
    struct planner *planner;
    struct arena *arena;
    const struct plan_order *order;
    struct subject subject;
    struct plan_line *lines;
    size_t line_count;
    struct allocation *kept; /* firm ones */
    size_t kept_count;
    struct promise_place *places; /* that it may be sent from: one, if that serves all of it */
    size_t place_count;
    bool is_refused;            /* no warehouse will send it, until one has counted anew */
    struct promise_need *needs; /* of the line that is asked for */
    size_t *need_lines;         /* which line each is for */
    size_t need_count;
    struct promise_decision decision;
    struct found *found;      /* one for each line */
    struct allocation *taken; /* soft: what it is promised from now on */
    size_t taken_count;
    size_t taken_capacity;
    struct going *going; /* by place, then line */
    size_t going_count;
    size_t going_capacity;
    bool is_whole; /* all of the order goes, from one place, and nothing went before */
    bool cancels;  /* what does not go is cancelled */
};

/* What goes of a line from a place now. */
struct going {
    size_t place;
    size_t line;
    int64_t taken_micros; /* in the product's unit */
    int64_t told_micros;  /* in the line's; of the first part of a package, of others 0 */
};

/* planning_settle.c: products of which there is more or less than before; who stands last loses
 * what is not there any more, and whose receipt has come has it in stock. */
MUST_USE enum outcome settle_products(struct planner *planner, struct fault *why);

/* planning_gather.c: where it may be sent from; what these lines need, and what nobody else was
 * promised of that, all of it or (`in_units`) what makes up whole units of the line; and what a
 * plant was asked to make for a line, which is there on the day that is planned. */
MUST_USE enum outcome turn_places(struct turn *turn, struct fault *why);
MUST_USE enum outcome
turn_gather(struct turn *turn, size_t from, size_t to, bool in_units, struct fault *why);
void turn_gather_made(struct turn *turn, size_t line);
int64_t turn_made(const struct turn *turn, const struct plan_line *line);
/* The parts of a package are side by side: behind the last line of the one at `from`. */
size_t turn_line_end(const struct turn *turn, size_t from);

/* planning_take.c: what was decided is allocated, and what is found for each line. */
MUST_USE enum outcome turn_take(struct turn *turn, struct fault *why);

/* planning_make.c: plants are asked for what is to be made; it is among what is kept then. */
MUST_USE enum outcome turn_make(struct turn *turn, struct fault *why);

/* planning_release.c: what may go, by the rule of delivery, and with it what is cancelled; then
 * that goes, and is cancelled. */
void turn_choose(struct turn *turn);
MUST_USE enum outcome turn_send(struct turn *turn, struct fault *why);
/* Is no part of its unit sent: of pieces and packages, nor of units that hold several (a carton),
 * where whole ones were ordered? */
bool planning_is_whole(const struct plan_line *line);
/* So much of a line, in its unit, this quantity of the product makes up. */
int64_t planning_line_units(const struct plan_line *line, int64_t micros);

/* planning_told.c: days and reasons are noted, and the customer is told another day. */
MUST_USE enum outcome turn_tell(struct turn *turn, struct fault *why);

#endif
