/* promise.h -- what each line of an order takes, of which stock, and when it can be there: pure, no
 * I/O.
 *
 * Available to promise is what nobody else has been promised: the free stock of a place, then what
 * is planned to come to it, by day, then what a plant can still make, then what can be bought.  Of
 * several places the first in the order of preference is emptied first, and so on; or, by the other
 * rule, the first that has all of the order in stock alone serves all of it, if there is one.  What
 * comes only after the rest could be made or bought anyway is not waited for; so more supply never
 * makes the day that a need alone can leave on a later one.
 *
 * Needs are served in the order in which they are given, and nothing is taken twice: two needs of
 * one SKU share what there is of it, a need and a material likewise, and needs made at one plant
 * its days.  Before it asks for the next order, the caller takes what is decided off the supplies
 * and adds it to the loads.
 *
 * Days of work: `today` is the first working day that still counts for the order (the cut-off time
 * is the caller's).  Stock is there today.  A receipt whose day is over counts as one of the next
 * working day.  Goods leave `pick_days` working days after they are there (0: on that day), and
 * arrive `transit_days` working days after that.  What is made is begun on the first working day
 * that materials for all of it are there and the plant has room, fills the plant day by day, and is
 * at its warehouse `lead_days` working days after the last of these days.  All or nothing of what
 * is left is made: a need whose materials do not suffice is short by it.  What is bought is there
 * `lead_days` working days after today.  Nobody looks further than CALENDAR_DAYS_MAX days.
 *
 * Quantities are in the product's unit, in millionths.  The order of supplies does not matter.
 */
#ifndef PURSER_PROMISE_H
#define PURSER_PROMISE_H

#include "base/arena.h"
#include "base/business_calendar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(enumerator, "stored name"): where goods come from. */
#define PROMISE_SOURCES(X)                                                                         \
    X(PROMISE_FROM_STOCK, "stock")                                                                 \
    X(PROMISE_FROM_RECEIPT, "receipt")                                                             \
    X(PROMISE_FROM_PLANT, "make")
#define PROMISE_AS_ENUM(enumerator, name) enumerator,
enum promise_source { PROMISE_SOURCES(PROMISE_AS_ENUM) PROMISE_SOURCE_COUNT };
extern const char *const promise_source_names[PROMISE_SOURCE_COUNT];

/* A place that goods leave from. */
struct promise_place {
    const char *warehouse;
    int64_t transit_days; /* from there to where the order goes */
};

/* What there is of one product at a place, or will be: each place, source and reference once. Where
 * a SKU is named several times in a question, it comes with the same supplies: one array, or
 * several alike. */
struct promise_supply {
    enum promise_source source; /* of stock or a receipt */
    size_t place;               /* of the question's */
    const char *reference;      /* of a receipt; "" */
    int32_t day;                /* of a receipt: it is there then; of stock not used */
    int64_t free_micros;        /* that nobody was promised; 0 and less: nothing */
};

/* What a unit takes of a material.  Only what is, or comes to, the plant's place serves. */
struct promise_material {
    const char *sku;
    int64_t quantity_micros; /* for one unit */
    const struct promise_supply *supplies;
    size_t supply_count;
    bool is_counted; /* false: nobody counts it, there is always enough */
};

/* So much of a plant's capacity is promised already on a day. */
struct promise_load {
    int32_t day;
    int64_t load_micros;
};

struct promise_plant {
    const char *plant;                /* names it: needs of one plant come with the same loads */
    size_t place;                     /* to which its products go, and where its materials are */
    int64_t capacity_micros;          /* of a working day */
    const struct promise_load *loads; /* by day, each day once */
    size_t load_count;
};

/* So much of one product is needed for a line. */
struct promise_need {
    int64_t ordinal; /* names it to the caller, and in the trace */
    int64_t part;
    const char *sku;
    int64_t quantity_micros;
    const struct promise_supply *supplies; /* in any order */
    size_t supply_count;
    bool is_counted;                   /* false: nobody counts it, the first place always has it (or
                                          the one that serves all of the order) */
    const struct promise_plant *plant; /* NULL: it is not made to order */
    int64_t lead_days;                 /* of the plant; of what is bought, from today on */
    bool is_bought;      /* what no supply covers can be bought, for the first place */
    int64_t load_micros; /* of the plant's capacity, for one unit */
    const struct promise_material *materials;
    size_t material_count;
};

struct promise_question {
    const struct business_calendar *calendar;
    int32_t today;
    int64_t pick_days;
    bool one_place;                     /* the rule for several places */
    const struct promise_place *places; /* in the order of preference; at least one */
    size_t place_count;
    const struct promise_need *needs;
    size_t need_count;
};

/* One thing that a need takes.  (What is bought is none: there is nothing to reserve.) */
struct promise_take {
    size_t need;
    enum promise_source source;
    size_t place;
    const char *reference; /* of a receipt; the plant; "" */
    int64_t quantity_micros;
    int64_t free_micros; /* of stock and receipts: what there was of it before */
    int32_t day;         /* it is at the place then */
    int32_t start_day;   /* of what is made: the work begins then; else as day */
    int32_t planned_day; /* of a receipt that is overdue, the day that is over; else as day */
};

/* What else is taken: materials of what is made, and the plant's days. */
struct promise_material_take {
    size_t need;
    size_t material; /* of the need's */
    enum promise_source source;
    size_t place; /* the plant's */
    const char *reference;
    int64_t quantity_micros;
    int32_t day;
    int32_t planned_day; /* as above */
};
struct promise_day_take {
    size_t need; /* names the plant */
    int32_t day;
    int64_t load_micros;
};

/* X(enumerator, "stored name"): what the day of a need hangs on. */
#define PROMISE_REASONS(X)                                                                         \
    X(PROMISE_IN_STOCK, "in-stock")                                                                \
    X(PROMISE_NOT_COUNTED, "not-counted")                                                          \
    X(PROMISE_TO_COME, "to-come")     /* a receipt */                                              \
    X(PROMISE_TO_BUY, "to-buy")       /* nothing is planned: its lead time */                      \
    X(PROMISE_TO_MAKE, "to-make")     /* the plant begins at once */                               \
    X(PROMISE_CAPACITY, "capacity")   /* the plant has no room before */                           \
    X(PROMISE_MATERIAL, "material")   /* a material is not there before */                         \
    X(PROMISE_NO_SUPPLY, "no-supply") /* nobody knows when the rest will be there */
enum promise_reason { PROMISE_REASONS(PROMISE_AS_ENUM) PROMISE_REASON_COUNT };
extern const char *const promise_reason_names[PROMISE_REASON_COUNT];

struct promise_answer {
    int64_t taken_micros;  /* the sum of its takes; the three together are what it needs */
    int64_t bought_micros; /* has to be bought */
    int64_t short_micros;  /* nothing covers it, and nobody knows when something will */
    int32_t bought_day;    /* that is there then; DAY_NONE: nothing is bought */
    int32_t ship_day;      /* all of it can leave; DAY_NONE: nobody can say */
    int32_t arrive_day;    /* likewise */
    enum promise_reason reason;
    const char *material; /* the SKU that is waited for, or that there is too little of; "" */
    const char *trace;    /* JSON, see promise_trace.c: what was taken, and why then */
};

struct promise_decision {
    struct promise_answer *answers; /* one for each need */
    struct promise_take *takes;     /* by need, then in the order in which they were taken */
    size_t take_count;
    struct promise_material_take *materials; /* by need */
    size_t material_count;
    struct promise_day_take *days; /* by need, then by day */
    size_t day_count;
    int32_t arrive_day; /* all of the order; DAY_NONE: nobody can say, or there are no needs */
};

/* The decision lies in `arena`. */
void promise_decide(const struct promise_question *question, struct arena *arena,
                    struct promise_decision *decision);

#endif
