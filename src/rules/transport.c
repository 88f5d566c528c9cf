#include "rules/transport.h"

#include <stdlib.h>
#include <string.h>

/* Beside the way of a parcel: it may come from anywhere, and goes on from there. */
static bool
is_side(enum transport_state state)
{
    return state == TRANSPORT_ATTEMPT_FAILED || state == TRANSPORT_EXCEPTION ||
           state == TRANSPORT_EXPIRED;
}

static int
sign_of(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

static int
compare(const void *first, const void *second)
{
    const struct transport_news *one = first;
    const struct transport_news *other = second;
    if (one->happened_ms != other->happened_ms) {
        return sign_of(one->happened_ms, other->happened_ms);
    }
    if (one->state != other->state) {
        return sign_of(transport_rank(one->state), transport_rank(other->state));
    }
    return strcmp(one->identity, other->identity);
}

static bool
is_delivery(const struct transport_news *news)
{
    return news->state == TRANSPORT_DELIVERED;
}

/* Was something that happened later known before each of them?  Walks from the last one back. */
static void
find_late(struct transport_news *news, size_t count)
{
    int64_t known_ms = INT64_MAX; /* the first that anything later was known */
    for (size_t index = count; index-- > 0;) {
        news[index].verdict = known_ms < news[index].known_ms ? VERDICT_LATE : VERDICT_APPLIED;
        if (news[index].known_ms < known_ms) {
            known_ms = news[index].known_ms;
        }
    }
}

static void
move(struct transport_standing *standing, const struct transport_news *news)
{
    if (standing->last_event_id == 0 || standing->state != news->state ||
        standing->cause != news->cause) {
        standing->since_ms = news->happened_ms;
    }
    standing->state = news->state;
    standing->cause = news->cause;
    standing->last_event_id = news->id;
    standing->is_final = standing->is_final || news->is_final || is_delivery(news);
}

/* The first delivery counts; what later ones add about who took it is taken too. */
static void
prove(struct transport_standing *standing, const struct transport_news *news)
{
    if (standing->delivered_ms == TRANSPORT_MOMENT_NONE) {
        standing->delivered_ms = news->happened_ms;
    }
    if (standing->signed_by[0] == '\0') {
        standing->signed_by = news->signed_by;
    }
    if (standing->proof[0] == '\0') {
        standing->proof = news->proof;
    }
}

static void
expect(struct transport_standing *standing, const struct transport_news *news)
{
    if (news->eta_from_ms == TRANSPORT_MOMENT_NONE && news->eta_to_ms == TRANSPORT_MOMENT_NONE) {
        return;
    }
    standing->eta_from_ms = news->eta_from_ms;
    standing->eta_to_ms = news->eta_to_ms;
    if (standing->first_eta_from_ms == TRANSPORT_MOMENT_NONE &&
        standing->first_eta_to_ms == TRANSPORT_MOMENT_NONE) {
        standing->first_eta_from_ms = news->eta_from_ms;
        standing->first_eta_to_ms = news->eta_to_ms;
    }
}

/* One event more; `floor` is the least rank that still moves the parcel. */
static void
take(struct transport_standing *standing, int *floor, struct transport_news *news)
{
    if (standing->is_final && !is_delivery(news)) {
        news->verdict = VERDICT_CONTRADICTORY;
        return;
    }
    expect(standing, news);
    if (is_delivery(news)) {
        prove(standing, news);
    }
    const int rank = transport_rank(news->state);
    if (is_side(news->state)) {
        const int transit = transport_rank(TRANSPORT_IN_TRANSIT);
        *floor = *floor > transit ? transit : *floor;
    } else if (rank < *floor) {
        news->verdict = VERDICT_LATE;
        return;
    } else {
        *floor = rank;
    }
    move(standing, news);
}

struct transport_standing
transport_fold(struct transport_news *news, size_t count, int64_t shipped_ms)
{
    struct transport_standing standing = {
        .state = TRANSPORT_PENDING,
        .since_ms = shipped_ms,
        .last_ms = count == 0 ? shipped_ms : INT64_MIN,
        .first_eta_from_ms = TRANSPORT_MOMENT_NONE,
        .first_eta_to_ms = TRANSPORT_MOMENT_NONE,
        .eta_from_ms = TRANSPORT_MOMENT_NONE,
        .eta_to_ms = TRANSPORT_MOMENT_NONE,
        .delivered_ms = TRANSPORT_MOMENT_NONE,
        .signed_by = "",
        .proof = "",
    };
    int floor = 0;
    if (count > 1) {
        qsort(news, count, sizeof *news, compare);
    }
    find_late(news, count);
    for (size_t index = 0; index < count; index++) {
        take(&standing, &floor, &news[index]);
        standing.last_ms = news[index].happened_ms;
    }
    return standing;
}
