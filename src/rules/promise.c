/* Needs one after the other: stock, then receipts as far as it pays to wait for them, then what is
 * made or bought, whichever is there sooner. */
#include "rules/promise.h"

#include "rules/promising.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE_AS_NAME(enumerator, name) [enumerator] = name,
const char *const promise_source_names[PROMISE_SOURCE_COUNT] = {PROMISE_SOURCES(SOURCE_AS_NAME)};
const char *const promise_reason_names[PROMISE_REASON_COUNT] = {PROMISE_REASONS(SOURCE_AS_NAME)};

/* A need while it is served. */
struct serving {
    size_t need;
    int64_t left_micros;
    struct promise_answer *answer;
};

/* How what is left of a need would come about. */
struct rest {
    struct making making;
    int32_t bought_day; /* or never */
};

int64_t
promise_product(int64_t one_micros, int64_t other_micros)
{
    const int128 product = decimal_divide_wide((int128)one_micros * other_micros, MICROS, ROUND_UP);
    return product > INT64_MAX ? INT64_MAX : product < 0 ? 0 : (int64_t)product;
}

static const struct promise_need *
need_of(const struct promising *promising, const struct serving *serving)
{
    return &promising->question->needs[serving->need];
}

/* The day of a need is that of its part which arrives last, and of those the first one. */
static void
put_day(const struct promising *promising, struct serving *serving, size_t place, int32_t day,
        enum promise_reason reason)
{
    const struct promise_question *question = promising->question;
    struct promise_answer *answer = serving->answer;
    const int32_t ship_day = calendar_day_after(question->calendar, day, question->pick_days);
    const int32_t arrive_day =
        calendar_day_after(question->calendar, ship_day, question->places[place].transit_days);
    if (arrive_day > answer->arrive_day) {
        answer->arrive_day = arrive_day;
        answer->reason = reason;
    }
    answer->ship_day = ship_day > answer->ship_day ? ship_day : answer->ship_day;
}

static void
put_take(struct promising *promising, struct serving *serving, const struct promise_take *take,
         enum promise_reason reason)
{
    struct promise_decision *decision = promising->decision;
    decision->takes = arena_grow(promising->arena, decision->takes, sizeof *decision->takes,
                                 decision->take_count, &promising->take_capacity);
    decision->takes[decision->take_count++] = *take;
    serving->left_micros -= take->quantity_micros;
    serving->answer->taken_micros += take->quantity_micros;
    put_day(promising, serving, take->place, take->day, reason);
}

static void
take_item(struct promising *promising, struct serving *serving, struct pool_item *item)
{
    const int64_t free_micros = item->free_micros;
    const int64_t taken_micros = promise_pool_take(item, serving->left_micros);
    if (taken_micros > 0) {
        put_take(promising, serving,
                 &(struct promise_take){.need = serving->need,
                                        .source = item->source,
                                        .place = item->place,
                                        .reference = item->reference,
                                        .quantity_micros = taken_micros,
                                        .free_micros = free_micros,
                                        .day = item->day,
                                        .start_day = item->day,
                                        .planned_day = item->planned_day},
                 item->source == PROMISE_FROM_STOCK ? PROMISE_IN_STOCK : PROMISE_TO_COME);
    }
}

/* Of the one place that serves all of the order, where there is one. */
static void
take_stock(struct promising *promising, struct serving *serving, struct pool_group *group)
{
    for (size_t at = group->first; at < group->count && serving->left_micros > 0; at++) {
        struct pool_item *item = &group->items[at];
        if (item->source != PROMISE_FROM_STOCK) {
            return;
        }
        if (promising->only_place == ANY_PLACE || promising->only_place == item->place) {
            take_item(promising, serving, item);
        }
    }
}

/* --- receipts, and how far it pays to wait for them --- */

static struct rest
rest_of(struct promising *promising, const struct serving *serving, int64_t left_micros)
{
    const struct promise_need *need = need_of(promising, serving);
    struct rest rest = {
        .making = {.day = CALENDAR_DAY_NEVER, .reason = PROMISE_NO_SUPPLY, .material = ""},
        .bought_day = CALENDAR_DAY_NEVER};
    if (need->plant != NULL) {
        rest.making = promise_make_try(promising, serving->need, left_micros);
    }
    if (need->is_bought) {
        rest.bought_day =
            calendar_day_after(promising->question->calendar, promising->today, need->lead_days);
    }
    return rest;
}

static int32_t
rest_day(const struct rest *rest)
{
    return rest->making.day < rest->bought_day ? rest->making.day : rest->bought_day;
}

/* What is left after so many of the receipts from `first` on. */
static int64_t
left_after(const struct pool_group *group, size_t first, size_t count, int64_t left_micros)
{
    for (size_t at = first; at < first + count && left_micros > 0; at++) {
        const int64_t free_micros = group->items[at].free_micros;
        left_micros -= free_micros <= 0 ? 0 : free_micros < left_micros ? free_micros : left_micros;
    }
    return left_micros;
}

/* Is this receipt waited for, after those from `first` on that come before it? */
static bool
is_worth(struct promising *promising, const struct serving *serving, const struct pool_group *group,
         size_t receipt, size_t first)
{
    const int64_t left_micros = left_after(group, first, receipt - first, serving->left_micros);
    if (left_micros == 0) {
        return false;
    }
    const struct rest rest = rest_of(promising, serving, left_micros);
    return rest_day(&rest) >= group->items[receipt].day;
}

/* How many receipts from `first` on are waited for: the fewest after which the rest can be there
 * before the next.  The fewer are taken, the more is left, and the later that is there; so this is
 * found by halving. */
static size_t
receipts_worth(struct promising *promising, const struct serving *serving,
               const struct pool_group *group, size_t first)
{
    const struct promise_need *need = need_of(promising, serving);
    size_t least = 0;
    size_t most = group->count - first;
    if (need->plant == NULL && !need->is_bought) {
        return most;
    }
    while (least < most) {
        const size_t middle = least + (most - least) / 2;
        if (is_worth(promising, serving, group, first + middle, first)) {
            least = middle + 1;
        } else {
            most = middle;
        }
    }
    while (least > 0 && first + least < group->count &&
           group->items[first + least].day == group->items[first + least - 1].day) {
        least++; /* what comes on the day that is waited for anyway need not be made */
    }
    return least;
}

static void
take_receipts(struct promising *promising, struct serving *serving, struct pool_group *group)
{
    size_t first = group->first;
    while (first < group->count && group->items[first].source == PROMISE_FROM_STOCK) {
        first++;
    }
    if (serving->left_micros == 0 || first == group->count) {
        return;
    }
    const size_t end = first + receipts_worth(promising, serving, group, first);
    for (size_t at = first; at < end && serving->left_micros > 0; at++) {
        take_item(promising, serving, &group->items[at]);
    }
}

/* --- what is made or bought --- */

static void
take_made(struct promising *promising, struct serving *serving)
{
    const struct promise_plant *plant = need_of(promising, serving)->plant;
    const struct making making = promise_make(promising, serving->need, serving->left_micros);
    put_take(promising, serving,
             &(struct promise_take){.need = serving->need,
                                    .source = PROMISE_FROM_PLANT,
                                    .place = plant->place,
                                    .reference = plant->plant,
                                    .quantity_micros = serving->left_micros,
                                    .day = making.day,
                                    .start_day = making.start_day,
                                    .planned_day = making.day},
             making.reason);
    if (serving->answer->reason == PROMISE_MATERIAL) {
        serving->answer->material = making.material;
    }
}

static void
take_rest(struct promising *promising, struct serving *serving)
{
    struct promise_answer *answer = serving->answer;
    if (serving->left_micros == 0) {
        return;
    }
    const struct rest rest = rest_of(promising, serving, serving->left_micros);
    if (rest_day(&rest) == CALENDAR_DAY_NEVER) {
        answer->short_micros = serving->left_micros;
        answer->material = rest.making.material;
    } else if (rest.making.day <= rest.bought_day) {
        take_made(promising, serving);
    } else {
        answer->bought_micros = serving->left_micros;
        answer->bought_day = rest.bought_day;
        put_day(promising, serving, 0, rest.bought_day, PROMISE_TO_BUY);
    }
}

/* --- a need --- */

static void
take_uncounted(struct promising *promising, struct serving *serving)
{
    const size_t place = promising->only_place == ANY_PLACE ? 0 : promising->only_place;
    put_take(promising, serving,
             &(struct promise_take){.need = serving->need,
                                    .source = PROMISE_FROM_STOCK,
                                    .place = place,
                                    .reference = "",
                                    .quantity_micros = serving->left_micros,
                                    .free_micros = serving->left_micros,
                                    .day = promising->today,
                                    .start_day = promising->today,
                                    .planned_day = promising->today},
             PROMISE_NOT_COUNTED);
}

static void
take_counted(struct promising *promising, struct serving *serving)
{
    struct pool_group *group = promise_pool_of(promising, need_of(promising, serving)->sku);
    if (group != NULL) {
        promise_pool_skip(group);
        take_stock(promising, serving, group);
        take_receipts(promising, serving, group);
    }
    take_rest(promising, serving);
}

static void
serve(struct promising *promising, size_t index)
{
    const struct promise_need *need = &promising->question->needs[index];
    struct promise_decision *decision = promising->decision;
    const struct promise_marks marks = {decision->take_count, decision->material_count,
                                        decision->day_count};
    struct promise_answer *answer = &decision->answers[index];
    struct serving serving = {
        .need = index, .left_micros = need->quantity_micros, .answer = answer};
    *answer = (struct promise_answer){
        .bought_day = DAY_NONE, .ship_day = DAY_NONE, .arrive_day = DAY_NONE, .material = ""};
    if (need->quantity_micros <= 0) {
        put_day(promising, &serving, 0, promising->today, PROMISE_IN_STOCK);
    } else if (!need->is_counted) {
        take_uncounted(promising, &serving);
    } else {
        take_counted(promising, &serving);
    }
    if (answer->short_micros > 0 || answer->arrive_day == CALENDAR_DAY_NEVER) {
        answer->ship_day = answer->arrive_day = DAY_NONE;
        answer->reason = PROMISE_NO_SUPPLY;
    }
    answer->trace = promise_trace(promising, index, answer, &marks);
}

static int
compare_needs(const void *one, const void *other)
{
    const struct promise_need *const *left = one;
    const struct promise_need *const *right = other;
    const int order = strcmp((*left)->sku, (*right)->sku);
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

static const struct promise_need **
sort_needs(const struct promise_question *question, struct arena *arena)
{
    const struct promise_need **by_sku =
        arena_array(arena, const struct promise_need *, question->need_count + 1);
    for (size_t index = 0; index < question->need_count; index++) {
        by_sku[index] = &question->needs[index];
    }
    qsort(by_sku, question->need_count, sizeof(by_sku[0]), compare_needs);
    return by_sku;
}

static int32_t
last_day(const struct promise_question *question, const struct promise_decision *decision)
{
    int32_t day = DAY_NONE;
    for (size_t index = 0; index < question->need_count; index++) {
        const int32_t arrive_day = decision->answers[index].arrive_day;
        if (arrive_day == DAY_NONE) {
            return DAY_NONE;
        }
        day = arrive_day > day ? arrive_day : day;
    }
    return day;
}

void
promise_decide(const struct promise_question *question, struct arena *arena,
               struct promise_decision *decision)
{
    assert(question->place_count > 0);
    *decision = (struct promise_decision){
        .answers = arena_array(arena, struct promise_answer, question->need_count + 1)};
    struct promising promising = {.question = question,
                                  .arena = arena,
                                  .decision = decision,
                                  .by_sku = sort_needs(question, arena),
                                  .today = calendar_day_from(question->calendar, question->today),
                                  .only_place = ANY_PLACE};
    promise_pool(&promising);
    if (question->one_place) {
        promising.only_place = promise_pool_place(&promising);
    }
    for (size_t index = 0; index < question->need_count; index++) {
        serve(&promising, index);
    }
    decision->arrive_day = last_day(question, decision);
}
