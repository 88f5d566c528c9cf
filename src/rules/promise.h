/* promise.h -- what each line of an order takes, of which stock, and when it can be there: pure, no
 * I/O.
 *
 * Available to promise is what nobody else has been promised: the free stock of a place, then what
 * is planned to come to it, by day, then what a plant can still make.  Of several places the first
 * in the order of preference that has it is taken (or, by the other rule, the first that has all of
 * the order alone).  Nothing is promised twice: the caller takes what is decided off the supplies
 * before it asks for the next order.
 *
 * Days of work: `today` is the first working day that still counts for the order (the cut-off time
 * is the caller's).  Goods leave `pick_days` working days after they are there, and arrive
 * `transit_days` working days after that.  What is made is begun on the first working day that its
 * materials are there and the plant has room, fills the plant day by day, and is at its warehouse
 * `lead_days` working days after the last of these days.
 *
 * Quantities are in the product's unit, in millionths.
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

/* What there is of one product at a place, or will be. */
struct promise_supply {
    enum promise_source source; /* of stock or a receipt */
    size_t place;
    const char *reference; /* of a receipt; "" */
    int32_t day;           /* of a receipt: it is there then; of stock not used */
    int64_t free_micros;   /* that nobody was promised; 0 and less: nothing */
};

/* What a unit takes of a material, and where that is: at the plant's warehouse. */
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
    const char *plant;
    size_t place;                     /* to which its products go */
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
    bool is_counted;                   /* false: nobody counts it, the first place always has it */
    const struct promise_plant *plant; /* NULL: it is not made to order */
    int64_t lead_days;                 /* of the plant; of what is bought, from today on */
    bool is_bought;      /* what no supply covers can be bought: it is there after lead_days */
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

/* One thing that a need takes. */
struct promise_take {
    size_t need;
    enum promise_source source;
    size_t place;
    const char *reference; /* of a receipt; the plant; "" */
    int64_t quantity_micros;
    int32_t day;       /* it is at the place then */
    int32_t start_day; /* of what is made: the work begins then; else as day */
};

/* What else is taken: materials of what is made, and the plant's days. */
struct promise_material_take {
    size_t need;
    size_t material;
    enum promise_source source;
    const char *reference;
    int64_t quantity_micros;
};
struct promise_day_take {
    size_t need;
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
    int64_t short_micros; /* of the need, that nothing covers and nobody knows when will */
    int32_t ship_day;     /* all of it can leave; DAY_NONE: nobody can say */
    int32_t arrive_day;
    enum promise_reason reason;
    const char *material; /* of PROMISE_MATERIAL: its SKU; "" */
    const char *trace;    /* JSON, see promise.c: what was there, and what was taken */
};

struct promise_decision {
    struct promise_answer *answers; /* one for each need */
    struct promise_take *takes;     /* by need, then in the order in which they were taken */
    size_t take_count;
    struct promise_material_take *materials;
    size_t material_count;
    struct promise_day_take *days;
    size_t day_count;
    int32_t arrive_day; /* all of the order; DAY_NONE: nobody can say */
};

/* The decision lies in `arena`. */
void promise_decide(const struct promise_question *question, struct arena *arena,
                    struct promise_decision *decision);

#endif
