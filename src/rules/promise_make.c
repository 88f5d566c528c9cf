/* What a plant makes: first its materials are gathered, then its days are filled.  What does not
 * come about is given back. */
#include "rules/promising.h"

#include <assert.h>
#include <string.h>

/* The days of a plant. */
struct plant_days {
    const struct promise_plant *plant;
    struct plant_use *use;
    size_t load; /* the next ones of both */
    size_t taken;
};

/* What is filled. */
struct filling {
    size_t need;
    int64_t load_micros;
    int32_t from_day;
    bool is_empty;   /* as if nobody else were promised anything */
    bool is_decided; /* the days are taken */
};

static struct plant_use *
use_of(struct promising *promising, const char *plant)
{
    for (size_t index = 0; index < promising->plant_count; index++) {
        if (strcmp(promising->plants[index].plant, plant) == 0) {
            return &promising->plants[index];
        }
    }
    promising->plants = arena_grow(promising->arena, promising->plants, sizeof *promising->plants,
                                   promising->plant_count, &promising->plant_capacity);
    promising->plants[promising->plant_count] = (struct plant_use){.plant = plant};
    return &promising->plants[promising->plant_count++];
}

static void
pass(const struct promise_load *loads, size_t count, int32_t day, size_t *at)
{
    while (*at < count && loads[*at].day < day) {
        (*at)++;
    }
}

/* What of the capacity of a day is free; days are asked in their order. */
static int64_t
room_of(struct plant_days *days, int32_t day)
{
    const struct promise_plant *plant = days->plant;
    int128 room = plant->capacity_micros;
    pass(plant->loads, plant->load_count, day, &days->load);
    pass(days->use->loads, days->use->count, day, &days->taken);
    if (days->load < plant->load_count && plant->loads[days->load].day == day &&
        plant->loads[days->load].load_micros > 0) {
        room -= plant->loads[days->load].load_micros;
    }
    if (days->taken < days->use->count && days->use->loads[days->taken].day == day) {
        room -= days->use->loads[days->taken].load_micros;
    }
    return room < 0 ? 0 : (int64_t)room;
}

/* Keeps the loads in the order of days. */
static void
use_add(struct promising *promising, struct plant_use *use, int32_t day, int64_t load_micros)
{
    size_t at = use->count;
    while (at > 0 && use->loads[at - 1].day > day) {
        at--;
    }
    if (at > 0 && use->loads[at - 1].day == day) {
        use->loads[at - 1].load_micros += load_micros;
        return;
    }
    use->loads =
        arena_grow(promising->arena, use->loads, sizeof *use->loads, use->count, &use->capacity);
    memmove(&use->loads[at + 1], &use->loads[at], (use->count - at) * sizeof *use->loads);
    use->loads[at] = (struct promise_load){day, load_micros};
    use->count++;
}

static void
take_day(struct promising *promising, struct plant_use *use, const struct promise_day_take *take)
{
    struct promise_decision *decision = promising->decision;
    use_add(promising, use, take->day, take->load_micros);
    decision->days = arena_grow(promising->arena, decision->days, sizeof *decision->days,
                                decision->day_count, &promising->day_capacity);
    decision->days[decision->day_count++] = *take;
}

/* Day by day, until all of the load is done; the last day that was needed, or never. */
static int32_t
fill_days(struct promising *promising, const struct filling *filling, struct plant_days *days,
          int32_t *start_day)
{
    const struct business_calendar *calendar = promising->question->calendar;
    int64_t left_micros = filling->load_micros;
    for (int32_t day = filling->from_day; day - promising->today < CALENDAR_DAYS_MAX; day++) {
        const int64_t room_micros = !calendar_works(calendar, day) ? 0
                                    : filling->is_empty            ? days->plant->capacity_micros
                                                                   : room_of(days, day);
        const int64_t used_micros = room_micros < left_micros ? room_micros : left_micros;
        if (used_micros <= 0) {
            continue;
        }
        if (left_micros == filling->load_micros) {
            *start_day = day;
        }
        left_micros -= used_micros;
        if (filling->is_decided) {
            const struct promise_day_take take = {filling->need, day, used_micros};
            take_day(promising, days->use, &take);
        }
        if (left_micros == 0) {
            return day;
        }
    }
    return CALENDAR_DAY_NEVER;
}

/* The day on which it is at its place. */
static int32_t
fill(struct promising *promising, const struct filling *filling, int32_t *start_day)
{
    const struct promise_need *need = &promising->question->needs[filling->need];
    const struct business_calendar *calendar = promising->question->calendar;
    struct plant_days days = {.plant = need->plant, .use = use_of(promising, need->plant->plant)};
    int32_t last_day = *start_day = calendar_day_from(calendar, filling->from_day);
    if (filling->load_micros > 0 && last_day != CALENDAR_DAY_NEVER) {
        last_day = fill_days(promising, filling, &days, start_day);
    }
    return calendar_day_after(calendar, last_day, need->lead_days);
}

/* --- materials --- */

static void
take_material(struct promising *promising, size_t need, size_t material, struct pool_item *item,
              int64_t *left_micros)
{
    struct promise_decision *decision = promising->decision;
    const int64_t taken_micros = promise_pool_take(item, *left_micros);
    if (taken_micros == 0) {
        return;
    }
    decision->materials =
        arena_grow(promising->arena, decision->materials, sizeof *decision->materials,
                   decision->material_count, &promising->material_capacity);
    decision->materials[decision->material_count++] =
        (struct promise_material_take){.need = need,
                                       .material = material,
                                       .source = item->source,
                                       .place = item->place,
                                       .reference = item->reference,
                                       .quantity_micros = taken_micros,
                                       .day = item->day,
                                       .planned_day = item->planned_day};
    *left_micros -= taken_micros;
}

/* All of one material at the plant's place; the day on which it is there, or never. */
static int32_t
gather_one(struct promising *promising, size_t need, size_t material, int64_t quantity_micros)
{
    const struct promise_need *made = &promising->question->needs[need];
    const struct promise_material *needed = &made->materials[material];
    struct pool_group *group = needed->is_counted ? promise_pool_of(promising, needed->sku) : NULL;
    int64_t left_micros = promise_product(quantity_micros, needed->quantity_micros);
    int32_t day = promising->today;
    if (!needed->is_counted || left_micros <= 0) {
        return day;
    }
    if (group != NULL) {
        promise_pool_skip(group);
    }
    for (size_t at = group == NULL ? 0 : group->first;
         group != NULL && at < group->count && left_micros > 0; at++) {
        const int64_t before_micros = left_micros;
        if (group->items[at].place == made->plant->place) {
            take_material(promising, need, material, &group->items[at], &left_micros);
        }
        day =
            left_micros < before_micros && group->items[at].day > day ? group->items[at].day : day;
    }
    return left_micros > 0 ? CALENDAR_DAY_NEVER : day;
}

/* The day on which all of them are there, and the one that is there last; never: that lacks. */
static int32_t
gather(struct promising *promising, size_t need, int64_t quantity_micros, const char **material)
{
    const struct promise_need *made = &promising->question->needs[need];
    int32_t last_day = promising->today;
    *material = "";
    for (size_t index = 0; index < made->material_count; index++) {
        const int32_t day = gather_one(promising, need, index, quantity_micros);
        if (day > last_day) {
            last_day = day;
            *material = made->materials[index].sku;
        }
        if (day == CALENDAR_DAY_NEVER) {
            return day;
        }
    }
    return last_day;
}

static void
give_back(struct promising *promising, size_t from)
{
    struct promise_decision *decision = promising->decision;
    while (decision->material_count > from) {
        const struct promise_material_take *take = &decision->materials[--decision->material_count];
        promise_pool_return(promising, take,
                            promising->question->needs[take->need].materials[take->material].sku);
    }
}

/* --- both --- */

/* What its day hangs on: what would it be if the plant were empty, and what if all materials were
 * there?  The one that would help more is the reason. */
static enum promise_reason
reason_of(struct promising *promising, const struct filling *filling, int32_t day)
{
    int32_t ignored = 0;
    struct filling other = *filling;
    other.is_decided = false;
    other.is_empty = true;
    const int32_t on_empty = fill(promising, &other, &ignored);
    other.from_day = promising->today;
    const int32_t on_both = fill(promising, &other, &ignored);
    other.is_empty = false;
    const int32_t on_material = fill(promising, &other, &ignored);
    return day == on_both            ? PROMISE_TO_MAKE
           : on_material <= on_empty ? PROMISE_MATERIAL
                                     : PROMISE_CAPACITY;
}

static struct making
make(struct promising *promising, size_t need, int64_t quantity_micros, bool is_decided)
{
    const struct promise_need *made = &promising->question->needs[need];
    const size_t from = promising->decision->material_count;
    struct making making = {.day = CALENDAR_DAY_NEVER, .reason = PROMISE_NO_SUPPLY};
    const int32_t material_day = gather(promising, need, quantity_micros, &making.material);
    struct filling filling = {.need = need,
                              .load_micros = promise_product(quantity_micros, made->load_micros),
                              .from_day = material_day};
    if (material_day != CALENDAR_DAY_NEVER) {
        making.day = fill(promising, &filling, &making.start_day);
        making.material = making.day == CALENDAR_DAY_NEVER ? "" : making.material;
    }
    if (!is_decided || making.day == CALENDAR_DAY_NEVER) {
        give_back(promising, from);
        return making;
    }
    making.reason = reason_of(promising, &filling, making.day);
    making.material = making.reason == PROMISE_MATERIAL ? making.material : "";
    filling.is_decided = true;
    (void)fill(promising, &filling, &making.start_day);
    return making;
}

struct making
promise_make_try(struct promising *promising, size_t need, int64_t quantity_micros)
{
    return make(promising, need, quantity_micros, false);
}

struct making
promise_make(struct promising *promising, size_t need, int64_t quantity_micros)
{
    return make(promising, need, quantity_micros, true);
}
