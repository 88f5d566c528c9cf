#include "desk/paces.h"

#include "base/date.h"
#include "store/store.h"

#include <string.h>

enum {
    PACES_BYTES_MAX = 64 * 1024 * 1024,
    PACES_BYTES_KEPT = 16 * 1024 * 1024,
    LEARN_BYTES_MAX = 64 * 1024 * 1024,
};
#define HOUR_MS (DAY_MS / 24)

/* -- lanes ------------------------------------------------------------------------------------ */

struct pace_lanes
pace_lane(const char *lane)
{
    struct pace_lanes lanes = {{lane, ""}, 2};
    if (lane[0] == '\0') {
        lanes.count = 1;
    }
    return lanes;
}

/* What a product costs a warehouse of time. */
struct pace_lanes
pace_product(const char *warehouse, const char *sku, struct arena *arena)
{
    return (struct pace_lanes){{arena_format(arena, "%s %s", warehouse, sku), warehouse, ""}, 3};
}

/* The country that a warehouse stands in; else where pages say that parcels leave. */
static const char *
origin_of(const struct config *config, const char *warehouse)
{
    const struct partner *partner = config_partner(config, warehouse);
    const char *from = config->tracking.from == NULL ? "" : config->tracking.from;
    const char *comma = strrchr(from, ',');
    if (partner != NULL && partner->default_country[0] != '\0') {
        return partner->default_country;
    }
    return comma == NULL ? "" : comma + 1 + strspn(comma + 1, " ");
}

struct pace_lanes
pace_route(const struct config *config, const char *carrier, const char *warehouse,
           const char *country, struct arena *arena)
{
    const char *origin = origin_of(config, warehouse);
    const char *any = arena_format(arena, "* %s %s", origin, country);
    if (carrier[0] == '\0') {
        return (struct pace_lanes){{any, ""}, 2};
    }
    return (struct pace_lanes){{arena_format(arena, "%s %s %s", carrier, origin, country), any, ""},
                               3};
}

/* -- asked for -------------------------------------------------------------------------------- */

struct pace_entry {
    struct pace_entry *next;
    enum pace_stage stage;
    struct outlook_pace pace;
};

void
paces_init(struct paces *paces, struct store *store, const struct delay_policy *policy)
{
    *paces = (struct paces){.store = store, .policy = policy};
    arena_init(&paces->arena, PACES_BYTES_MAX);
}

void
paces_close(struct paces *paces)
{
    arena_close(&paces->arena);
}

void
paces_trim(struct paces *paces)
{
    if (paces->arena.bytes_used > PACES_BYTES_KEPT) {
        arena_reset(&paces->arena);
        memset(paces->buckets, 0, sizeof paces->buckets);
    }
}

static size_t
bucket_of(enum pace_stage stage, const char *lane)
{
    size_t hash = (size_t)stage;
    for (const char *at = lane; *at != '\0'; at++) {
        hash = hash * 31 + (unsigned char)*at;
    }
    return hash % PACE_BUCKETS;
}

static enum outcome
load(struct paces *paces, struct pace_entry *entry, const char *lane, struct fault *why)
{
    int64_t *durations_ms = arena_array(&paces->arena, int64_t, STAGE_SAMPLES_MAX);
    TRY(stage_samples(paces->store, pace_stage_names[entry->stage], lane, durations_ms,
                      &entry->pace.count, why));
    entry->pace.key = arena_copy(&paces->arena, lane);
    entry->pace.durations_ms = durations_ms;
    return DONE;
}

static enum outcome
find(struct paces *paces, enum pace_stage stage, const char *lane, const struct pace_entry **found,
     struct fault *why)
{
    struct pace_entry **bucket = &paces->buckets[bucket_of(stage, lane)];
    for (const struct pace_entry *entry = *bucket; entry != NULL; entry = entry->next) {
        if (entry->stage == stage && strcmp(entry->pace.key, lane) == 0) {
            *found = entry;
            return DONE;
        }
    }
    struct pace_entry *entry = arena_new(&paces->arena, struct pace_entry);
    entry->stage = stage;
    TRY(load(paces, entry, lane, why));
    entry->next = *bucket;
    *bucket = entry;
    *found = entry;
    return DONE;
}

enum outcome
paces_find(struct paces *paces, enum pace_stage stage, const struct pace_lanes *lanes,
           const struct outlook_pace **pace, struct fault *why)
{
    for (size_t index = 0; index < lanes->count; index++) {
        const struct pace_entry *entry = NULL;
        TRY(find(paces, stage, lanes->of[index], &entry, why));
        if ((int64_t)entry->pace.count >= paces->policy->samples_min) {
            *pace = &entry->pace;
            return DONE;
        }
    }
    struct outlook_pace *configured = arena_new(&paces->arena, struct outlook_pace);
    *configured = (struct outlook_pace){.key = "configured",
                                        .usual_ms = paces->policy->usual_hours[stage] * HOUR_MS,
                                        .most_ms = paces->policy->most_hours[stage] * HOUR_MS};
    *pace = configured;
    return DONE;
}

static int64_t
most_of(const struct outlook_pace *pace)
{
    return pace->durations_ms == NULL ? pace->most_ms
                                      : outlook_percentile(pace->durations_ms, pace->count, 90);
}

enum outcome
paces_slowest(struct paces *paces, const char *const *warehouses, size_t warehouse_count,
              const char *const *skus, size_t sku_count, const struct outlook_pace **pace,
              struct fault *why)
{
    *pace = NULL;
    for (size_t index = 0; index < warehouse_count * sku_count; index++) {
        const struct outlook_pace *found = NULL;
        const struct pace_lanes lanes =
            pace_product(warehouses[index / sku_count], skus[index % sku_count], &paces->arena);
        TRY(paces_find(paces, PACE_WAREHOUSE, &lanes, &found, why));
        if (*pace == NULL || most_of(found) > most_of(*pace)) {
            *pace = found;
        }
    }
    return DONE;
}

/* -- learned ---------------------------------------------------------------------------------- */

/* What ends with an event, where it began, and what must have come between. */
struct ending {
    const char *event;
    enum pace_stage stage;
    const char *begins[2];
    const char *between[2]; /* NULL: nothing */
};
static const struct ending endings[] = {
    /* What was approved by rule took no time, and says nothing of what somebody must decide. */
    {"approved", PACE_APPROVAL, {"received", "repriced"}, {"approval-asked", "approval-held"}},
    {"paid", PACE_PAYMENT, {"payment-due", "payment-due"}, {NULL, NULL}},
    {"shipped", PACE_WAREHOUSE, {"released", "released"}, {NULL, NULL}},
};

static bool
is_one_of(const char *event, const char *const names[2])
{
    return strcmp(event, names[0]) == 0 || strcmp(event, names[1]) == 0;
}

/* When the stage began whose end is the last step; AMOUNT_NONE: it is none of ours. */
static int64_t
begin_of(const struct ending *ending, const struct delay_step *steps, size_t count)
{
    bool has_between = ending->between[0] == NULL;
    for (size_t index = count - 1; index > 0; index--) {
        const struct delay_step *step = &steps[index - 1];
        if (strcmp(step->event, ending->event) == 0) {
            return AMOUNT_NONE; /* it had ended before */
        }
        if (is_one_of(step->event, ending->begins)) {
            return has_between ? step->happened_ms : AMOUNT_NONE;
        }
        has_between |= ending->between[0] != NULL && is_one_of(step->event, ending->between);
    }
    return AMOUNT_NONE;
}

struct lesson {
    struct run *run;
    struct arena *arena;
    const struct business_calendar *calendar;
    const struct delay_event *event;
};

static enum outcome
note(const struct lesson *lesson, enum pace_stage stage, const struct pace_lanes *lanes,
     int64_t duration_ms, int64_t ended_ms, struct fault *why)
{
    for (size_t index = 0; index < lanes->count; index++) {
        TRY(stage_sample_add(lesson->run->store, pace_stage_names[stage], lanes->of[index],
                             duration_ms < 0 ? 0 : duration_ms, ended_ms, why));
    }
    return DONE;
}

/* Each parcel of an order that has arrived. */
static enum outcome
learn_transit(const struct lesson *lesson, const struct delay_order *order, struct fault *why)
{
    struct delay_parcel *parcels = NULL;
    size_t count = 0;
    TRY(delay_parcels(lesson->run->store, lesson->event->order_id, lesson->arena, &parcels, &count,
                      why));
    for (size_t index = 0; index < count; index++) {
        const struct delay_parcel *parcel = &parcels[index];
        if (parcel->delivered_ms == AMOUNT_NONE) {
            continue;
        }
        const struct pace_lanes lanes = pace_route(
            lesson->run->config, parcel->carrier, parcel->warehouse, order->country, lesson->arena);
        TRY(note(lesson, PACE_TRANSIT, &lanes, parcel->delivered_ms - parcel->shipped_ms,
                 parcel->delivered_ms, why));
    }
    return DONE;
}

/* The lane of what has just ended. */
static enum outcome
find_lane(const struct lesson *lesson, enum pace_stage stage, const struct delay_order *order,
          const char **lane, struct fault *why)
{
    struct delay_parcel *parcels = NULL;
    size_t count = 0;
    *lane = stage == PACE_PAYMENT ? order->customer_group : "";
    if (stage == PACE_WAREHOUSE) {
        TRY(delay_parcels(lesson->run->store, lesson->event->order_id, lesson->arena, &parcels,
                          &count, why));
        for (size_t index = 0; index < count; index++) {
            *lane = parcels[index].warehouse;
        }
    }
    return DONE;
}

/* Each product of the order, beside what is learned of the warehouse as such. */
static enum outcome
learn_products(const struct lesson *lesson, const struct delay_order *order, const char *warehouse,
               int64_t duration_ms, int64_t ended_ms, struct fault *why)
{
    const char *skus[DELAY_NAMES_MAX];
    size_t count = 0;
    TRY(delay_products(lesson->run->store, lesson->event->order_id, order->version, lesson->arena,
                       skus, &count, why));
    for (size_t index = 0; index < count; index++) {
        struct pace_lanes lanes = pace_product(warehouse, skus[index], lesson->arena);
        lanes.count = 1;
        TRY(note(lesson, PACE_WAREHOUSE, &lanes, duration_ms, ended_ms, why));
    }
    return DONE;
}

static enum outcome
learn_stage(const struct lesson *lesson, const struct ending *ending,
            const struct delay_order *order, struct fault *why)
{
    struct delay_step *steps = NULL;
    size_t count = 0;
    const char *lane = "";
    TRY(delay_steps(lesson->run->store, lesson->event->order_id, lesson->event->id, lesson->arena,
                    &steps, &count, why));
    const int64_t begin_ms = begin_of(ending, steps, count);
    if (begin_ms == AMOUNT_NONE) {
        return DONE;
    }
    TRY(find_lane(lesson, ending->stage, order, &lane, why));
    const struct pace_lanes lanes = pace_lane(lane);
    const int64_t ended_ms = steps[count - 1].happened_ms;
    const int64_t duration_ms = calendar_between(lesson->calendar, begin_ms, ended_ms);
    TRY(note(lesson, ending->stage, &lanes, duration_ms, ended_ms, why));
    return ending->stage == PACE_WAREHOUSE && *lane != '\0'
               ? learn_products(lesson, order, lane, duration_ms, ended_ms, why)
               : DONE;
}

static enum outcome
learn_from(const struct lesson *lesson, struct fault *why)
{
    struct delay_order order;
    const char *event = lesson->event->event;
    const struct ending *ending = NULL;
    for (size_t index = 0; index < sizeof endings / sizeof endings[0]; index++) {
        ending = strcmp(endings[index].event, event) == 0 ? &endings[index] : ending;
    }
    const bool has_arrived = strcmp(event, "delivered") == 0;
    if (ending == NULL && !has_arrived) {
        return DONE;
    }
    const enum outcome found =
        delay_order(lesson->run->store, lesson->event->order_id, lesson->arena, &order, why);
    if (found != DONE) {
        return found == NONE ? DONE : found;
    }
    return has_arrived ? learn_transit(lesson, &order, why)
                       : learn_stage(lesson, ending, &order, why);
}

/* NONE: there was nothing new. */
static enum outcome
learn_some(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) list;
    OWNED(arena) arena;
    struct lesson lesson = {.run = run, .arena = &arena};
    struct delay_event *events = NULL;
    size_t count = 0;
    arena_init(&list, LEARN_BYTES_MAX);
    arena_init(&arena, LEARN_BYTES_MAX);
    TRY(facts_calendar(facts, run->config, &lesson.calendar, why));
    TRY(store_begin(run->store, &tx, why));
    TRY(delay_events(run->store, &list, &events, &count, why));
    for (size_t index = 0; index < count; index++) {
        arena_reset(&arena);
        lesson.event = &events[index];
        TRY(learn_from(&lesson, why));
    }
    TRY(store_commit(&tx, why));
    return count == 0 ? NONE : DONE;
}

static enum outcome
begin(struct run *run, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(delay_begin(run->store, why));
    return store_commit(&tx, why);
}

enum outcome
paces_learn(struct run *run, struct facts *facts, struct fault *why)
{
    enum outcome outcome = DONE;
    TRY(begin(run, why));
    while (outcome == DONE && !run_must_stop(run)) {
        outcome = learn_some(run, facts, why);
    }
    return outcome == NONE ? DONE : outcome;
}
