/* promising.h -- private to rules/promise*.c: a promise while it is made. */
#ifndef PURSER_PROMISING_H
#define PURSER_PROMISING_H

#include "base/date.h"
#include "base/decimal.h"
#include "rules/promise.h"

/* Stock at a place, or a receipt that comes to it.  Of one SKU in the order in which it is taken:
 * stock by place, then receipts by day, place and reference. */
struct pool_item {
    const char *sku;
    enum promise_source source;
    size_t place;
    const char *reference;
    int32_t day;         /* it is there then */
    int32_t planned_day; /* as it was told */
    int64_t free_micros; /* what nobody has, nor a need before */
};

/* What there is of one SKU. */
struct pool_group {
    struct pool_item *items;
    size_t count;
    size_t first; /* those before it are empty */
};

/* What needs have taken of a plant's days. */
struct plant_use {
    const char *plant;
    struct promise_load *loads; /* by day */
    size_t count;
    size_t capacity;
};

#define ANY_PLACE SIZE_MAX

struct promising {
    const struct promise_question *question;
    struct arena *arena;
    struct promise_decision *decision;
    size_t take_capacity;
    size_t material_capacity;
    size_t day_capacity;
    const struct promise_need **by_sku; /* all needs */
    struct pool_group *groups;
    size_t group_count;
    struct plant_use *plants;
    size_t plant_count;
    size_t plant_capacity;
    int32_t today;     /* or the first working day after it */
    size_t only_place; /* that serves all of the order; ANY_PLACE: none does */
};

/* a x b / 1000000, rounded up; more than fits is the most that fits. */
int64_t promise_product(int64_t one_micros, int64_t other_micros);

/* Supplies of all that the question names, those that are alike once. */
void promise_pool(struct promising *promising);
/* NULL: there is nothing of it. */
struct pool_group *promise_pool_of(const struct promising *promising, const char *sku);
/* At most so much of an item, which then is no longer free; and back again. */
int64_t promise_pool_take(struct pool_item *item, int64_t most_micros);
void promise_pool_skip(struct pool_group *group);
void promise_pool_return(const struct promising *promising,
                         const struct promise_material_take *take, const char *sku);
/* The first place that has all of the order in stock; ANY_PLACE: none has. */
size_t promise_pool_place(const struct promising *promising);

/* How a quantity would be made; `day` is CALENDAR_DAY_NEVER where it cannot be. */
struct making {
    int32_t start_day;
    int32_t day; /* it is at its place */
    enum promise_reason reason;
    const char *material; /* that is waited for, or that there is too little of; "" */
};
/* Tried only, or decided: then materials and days are taken. */
struct making promise_make_try(struct promising *promising, size_t need, int64_t quantity_micros);
struct making promise_make(struct promising *promising, size_t need, int64_t quantity_micros);

/* Why a need has its day, of its answer and of what was appended to the decision since `from`. */
struct promise_marks {
    size_t take;
    size_t material;
    size_t day;
};
const char *promise_trace(const struct promising *promising, size_t need,
                          const struct promise_answer *answer, const struct promise_marks *from);

#endif
