#include "desk/parcels.h"

#include "base/date.h"
#include "base/text.h"
#include "rules/transport.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    PARCEL_BYTES_MAX = 64 * 1024 * 1024,
    PARTNER_ID_SIZE = 64,
    TRACKING_BYTES_MAX = 4 * 200 + 1,
};

static bool
is_carrier(const struct partner *partner)
{
    return (partner->roles & (unsigned int)ROLE_CARRIER) != 0;
}

const char *
parcels_carrier(const struct config *config, const char *text, struct arena *arena)
{
    const char *folded = text_fold(arena, text);
    for (size_t index = 0; index < config->partner_count && folded[0] != '\0'; index++) {
        const struct partner *partner = &config->partners[index];
        if (is_carrier(partner) && (strcmp(text_fold(arena, partner->id), folded) == 0 ||
                                    strcmp(text_fold(arena, partner->name), folded) == 0)) {
            return partner->id;
        }
    }
    return NULL;
}

/* ---- one number, all that is told of it ---- */

struct judging {
    struct store *store;
    struct matter *matter; /* NULL: nobody is told */
    const struct tracked *tracked;
    struct transport_news *news;
    struct told_event *told; /* by the ids of news */
    size_t count;
    struct parcel_row *parcels;
    size_t parcel_count;
    struct arena *arena;
};

/* Only where it came with the file that is worked: others cannot mend it. */
static void
tell_contradiction(const struct judging *judging, const struct told_event *told,
                   const struct transport_standing *standing)
{
    struct matter *matter = judging->matter;
    if (matter == NULL) {
        return;
    }
    char day[DATE_TEXT_SIZE];
    const bool is_here = told->interchange_id == matter->interchange->id;
    findings_add(&matter->findings,
                 &(struct finding){.code = M_TRANSPORT_CONTRADICTS,
                                   .place = {is_here ? told->line : 0, 0},
                                   .field = "tracking",
                                   .value = matter_show(matter, judging->tracked->tracking),
                                   .expected = day_format(day, moment_day(standing->since_ms))});
}

/* Verdicts that are other than before. */
static enum outcome
store_verdicts(const struct judging *judging, const struct transport_standing *standing,
               struct fault *why)
{
    for (size_t index = 0; index < judging->count; index++) {
        const struct transport_news *news = &judging->news[index];
        const struct told_event *told = &judging->told[news->id - 1];
        const char *verdict =
            judging->parcel_count == 0 ? "unmatched" : transport_verdict_names[news->verdict];
        if (strcmp(told->verdict, verdict) == 0) {
            continue;
        }
        TRY(transport_judge(judging->store, told->id, verdict, why));
        if (judging->parcel_count > 0 && news->verdict == VERDICT_CONTRADICTORY) {
            tell_contradiction(judging, told, standing);
        }
    }
    return DONE;
}

static enum outcome
update_parcels(struct judging *judging, struct fault *why)
{
    struct transport_standing standing = transport_fold(judging->news, judging->count, 0);
    TRY(store_verdicts(judging, &standing, why));
    if (standing.last_event_id != 0) {
        standing.last_event_id = judging->told[standing.last_event_id - 1].id;
    }
    for (size_t index = 0; index < judging->parcel_count && judging->count > 0; index++) {
        TRY(parcel_update(judging->store, judging->parcels[index].shipment_id,
                          (int64_t)judging->count, &standing, why));
    }
    return DONE;
}

/* A matched shipment may have come before its carrier was configured. */
static enum outcome
adopt(struct run *run, const struct tracked *tracked, struct arena *arena, struct fault *why)
{
    struct untracked *items = NULL;
    size_t count = 0;
    TRY(parcel_lacking(run->store, tracked->tracking, arena, &items, &count, why));
    for (size_t index = 0; index < count; index++) {
        const char *carrier = parcels_carrier(run->config, items[index].carrier, arena);
        if (carrier != NULL && strcmp(carrier, tracked->carrier) == 0) {
            TRY(parcel_add(run->store, items[index].shipment_id, carrier, why));
        }
    }
    return DONE;
}

/* What is told of a number, and its parcels as they stand now. */
static enum outcome
load(struct judging *judging, struct fault *why)
{
    struct store *store = judging->store;
    TRY(parcel_list(store, judging->tracked, judging->arena, &judging->parcels,
                    &judging->parcel_count, why));
    return transport_news(store, judging->tracked, judging->arena, &judging->news, &judging->told,
                          &judging->count, why);
}

enum outcome
parcels_begin(struct run *run, int64_t shipment_id, const char *carrier, const char *tracking,
              struct arena *arena, struct fault *why)
{
    const struct tracked tracked = {parcels_carrier(run->config, carrier, arena), tracking};
    if (tracked.carrier == NULL || tracking[0] == '\0') {
        return DONE;
    }
    struct judging judging = {.store = run->store, .tracked = &tracked, .arena = arena};
    TRY(parcel_add(run->store, shipment_id, tracked.carrier, why));
    TRY(load(&judging, why));
    return update_parcels(&judging, why);
}

/* ---- their orders ---- */

enum outcome
parcels_arrived(struct run *run, int64_t order_id, int64_t interchange_id, struct arena *arena,
                struct fault *why)
{
    struct arrivals arrivals;
    struct order_standing standing;
    TRY(parcel_arrivals(run->store, order_id, arena, &arrivals, why));
    const enum outcome found =
        order_find(run->store, arrivals.partner, arrivals.number, &standing, why);
    assert(found != NONE && "a parcel is of an order that is there");
    TRY(found);
    const bool is_all = arrivals.delivered == arrivals.shipments;
    const bool is_news = standing.fulfilment == FULFILMENT_SHIPPED ||
                         (standing.fulfilment == FULFILMENT_PARTLY_DELIVERED && is_all);
    if (arrivals.delivered == 0 || !is_news) {
        return DONE;
    }
    struct subject subject = flow_subject(&standing, arrivals.partner);
    const struct cause cause = {arrivals.carrier, interchange_id, arrivals.last_ms,
                                arrivals.tracking};
    return flow_deliver(run, &subject, &cause, is_all, why);
}

enum outcome
parcels_judge(struct run *run, struct matter *matter, const struct tracked *tracked,
              int64_t interchange_id, struct arena *arena, struct fault *why)
{
    struct judging judging = {
        .store = run->store, .matter = matter, .tracked = tracked, .arena = arena};
    TRY(adopt(run, tracked, arena, why));
    TRY(load(&judging, why));
    TRY(update_parcels(&judging, why));
    for (size_t index = 0; index < judging.parcel_count; index++) {
        TRY(parcels_arrived(run, judging.parcels[index].order_id, interchange_id, arena, why));
    }
    return DONE;
}

enum outcome
parcels_codes_changed(struct run *run, int64_t interchange_id, struct fault *why)
{
    OWNED(arena) arena;
    struct tracked tracked;
    enum outcome outcome;
    arena_init(&arena, PARCEL_BYTES_MAX);
    TRY(transport_name_aside(run->store, why));
    while ((outcome = transport_next_named(run->store, &arena, &tracked, why)) == DONE) {
        TRY(parcels_judge(run, NULL, &tracked, interchange_id, &arena, why));
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- what must hold ---- */

static enum outcome
verify_one(const struct judging *judging, const struct verify_visitor *visitor, struct fault *why)
{
    struct arena *arena = judging->arena;
    const char *name =
        arena_format(arena, "%s %s", judging->tracked->carrier, judging->tracked->tracking);
    const char *shipment = NULL;
    struct transport_standing standing =
        transport_fold(judging->news, judging->count, TRANSPORT_MOMENT_NONE);
    for (size_t index = 0; index < judging->count; index++) {
        const struct transport_news *news = &judging->news[index];
        const char *verdict = judging->told[news->id - 1].verdict;
        if (strcmp(verdict, transport_verdict_names[news->verdict]) != 0) {
            visitor->wrong(visitor->context, name, verdict);
        }
    }
    if (standing.last_event_id != 0) {
        standing.last_event_id = judging->told[standing.last_event_id - 1].id;
    }
    const enum outcome other =
        parcel_other(judging->store, judging->tracked, (int64_t)judging->count, &standing, arena,
                     &shipment, why);
    if (other == DONE) {
        visitor->wrong(visitor->context, name, shipment);
    }
    return other == NONE ? DONE : other;
}

enum outcome
parcels_verify(struct store *store, const struct verify_visitor *visitor, struct fault *why)
{
    OWNED(arena) arena;
    char carrier[PARTNER_ID_SIZE] = "";
    char tracking[TRACKING_BYTES_MAX] = "";
    enum outcome outcome;
    arena_init(&arena, PARCEL_BYTES_MAX);
    struct tracked tracked;
    const struct tracked after = {carrier, tracking};
    while ((outcome = parcel_next(store, &after, &arena, &tracked, why)) == DONE) {
        struct judging judging = {.store = store, .tracked = &tracked, .arena = &arena};
        TRY(load(&judging, why));
        TRY(verify_one(&judging, visitor, why));
        (void)snprintf(carrier, sizeof carrier, "%s", tracked.carrier);
        (void)snprintf(tracking, sizeof tracking, "%s", tracked.tracking);
        arena_reset(&arena);
    }
    return outcome == NONE ? DONE : outcome;
}
