#include "desk/delays.h"

#include "base/date.h"
#include "base/text.h"
#include "desk/paces.h"
#include "order/document.h"
#include "order/lifecycle.h"
#include "rules/outlook.h"
#include "store/store.h"
#include "store/store_delay.h"
#include "store/store_order_hold.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <string.h>

enum {
    DUE_BYTES_MAX = 256 * 1024 * 1024,
    TRANSACTION_MAX = 256,
};

/* One order that is looked at. */
struct look {
    struct run *run;
    struct facts *facts;
    struct paces *paces;
    struct arena *arena;
    int64_t order_id;
    bool has_news;
    struct delay_order order;
    int64_t since_ms[OUTLOOK_STAGE_COUNT]; /* AMOUNT_NONE */
    int64_t delivered_ms;                  /* all of it; AMOUNT_NONE */
    struct delay_parcel *parcels;
    size_t parcel_count;
    struct outlook_question question;
    bool has_before;
    struct order_outlook before;
};

/* -- what is left to do ----------------------------------------------------------------------- */

static bool
is(const char *state, const char *name)
{
    return strcmp(state, name) == 0;
}

/* Since when it is where it is. */
static enum outcome
read_steps(struct look *look, struct fault *why)
{
    static const struct {
        const char *event;
        enum outlook_stage stage;
    } table[] = {
        {"received", OUTLOOK_APPROVAL},
        {"repriced", OUTLOOK_APPROVAL},
        {"payment-due", OUTLOOK_PAYMENT},
        {"released", OUTLOOK_WAREHOUSE},
    };
    struct delay_step *steps = NULL;
    size_t count = 0;
    for (int stage = 0; stage < OUTLOOK_STAGE_COUNT; stage++) {
        look->since_ms[stage] = AMOUNT_NONE;
    }
    look->delivered_ms = AMOUNT_NONE;
    TRY(delay_steps(look->run->store, look->order_id, INT64_MAX, look->arena, &steps, &count, why));
    for (size_t index = 0; index < count; index++) {
        for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
            if (is(steps[index].event, table[at].event)) {
                look->since_ms[table[at].stage] = steps[index].happened_ms;
            }
        }
        if (is(steps[index].event, order_event_names[EVENT_DELIVERED])) {
            look->delivered_ms = steps[index].happened_ms;
        }
    }
    return DONE;
}

static void
find_stages(struct look *look)
{
    struct outlook_question *question = &look->question;
    const struct delay_order *order = &look->order;
    const bool is_approved = is(order->approval, approval_state_names[APPROVAL_APPROVED]);
    const bool is_paid = is(order->payment, payment_state_names[PAYMENT_PAID]) ||
                         (is_approved && is(order->payment, payment_state_names[PAYMENT_NONE]));
    const bool is_released = !is(order->fulfilment, fulfilment_state_names[FULFILMENT_NONE]);
    const bool has_left = is_released &&
                          !is(order->fulfilment, fulfilment_state_names[FULFILMENT_RELEASED]) &&
                          !is(order->fulfilment, fulfilment_state_names[FULFILMENT_PARTLY]);
    question->is_left[OUTLOOK_APPROVAL] = !is_approved;
    question->is_left[OUTLOOK_PAYMENT] =
        !is_released && !is_paid && (is_approved || order->is_prepaid);
    question->is_left[OUTLOOK_WAREHOUSE] = !has_left;
    question->is_left[OUTLOOK_TRANSIT] = !has_left;
    question->approval_cause =
        is(order->approval, approval_state_names[APPROVAL_UNPRICED]) ? DELAY_PRICE : DELAY_APPROVAL;
    for (int stage = 0; stage < OUTLOOK_STAGE_COUNT; stage++) {
        question->since_ms[stage] = AMOUNT_NONE;
    }
    question->since_ms[OUTLOOK_APPROVAL] = look->since_ms[OUTLOOK_APPROVAL];
    if (is_approved) {
        question->since_ms[OUTLOOK_PAYMENT] = look->since_ms[OUTLOOK_PAYMENT];
    }
    if (is_released) {
        question->since_ms[OUTLOOK_WAREHOUSE] = look->since_ms[OUTLOOK_WAREHOUSE];
    }
}

static enum outcome
read_plan(struct look *look, struct fault *why)
{
    struct outlook_question *question = &look->question;
    struct delay_plan plan;
    const bool is_left = question->is_left[OUTLOOK_WAREHOUSE];
    TRY(delay_plan(look->run->store, look->order_id, look->order.version, &plan, why));
    question->is_left[OUTLOOK_STOCK] = is_left && plan.awaits_stock && !plan.awaits_production;
    question->stock_day = plan.stock_day;
    question->is_left[OUTLOOK_PRODUCTION] = is_left && plan.awaits_production;
    question->production_day = plan.production_day;
    question->production_cause = plan.lacks_material ? DELAY_MATERIAL : DELAY_PRODUCTION;
    question->leave_day = is_left ? plan.leave_day : DAY_NONE;
    question->cut_off_ms =
        look->run->config->planning.is_on ? look->run->config->planning.cut_off_ms : 0;
    return DONE;
}

static enum outcome
read_holds(struct look *look, struct fault *why)
{
    struct order_hold holds[ORDER_HOLD_KIND_COUNT];
    size_t count = 0;
    TRY(order_hold_list(look->run->store, look->order_id, look->arena, holds, &count, why));
    struct outlook_hold *into = arena_array(look->arena, struct outlook_hold, count + 1);
    for (size_t index = 0; index < count; index++) {
        into[index] =
            (struct outlook_hold){holds[index].kind, holds[index].since_ms, holds[index].expires};
    }
    look->question.holds = into;
    look->question.hold_count = count;
    return DONE;
}

static enum outcome
take_parcel(struct look *look, const struct delay_parcel *from, struct outlook_parcel *parcel,
            struct fault *why)
{
    const int state = name_index(from->state, transport_state_names, TRANSPORT_STATE_COUNT);
    const int cause = name_index(from->cause, transport_cause_names, TRANSPORT_CAUSE_COUNT);
    const struct pace_lanes lanes =
        pace_route(look->run->config, from->is_tracked ? from->carrier : "", from->warehouse,
                   look->order.country, look->arena);
    *parcel = (struct outlook_parcel){
        .number = from->number,
        .shipped_ms = from->shipped_ms,
        .is_tracked = from->is_tracked,
        .state = state < 0 ? TRANSPORT_PENDING : (enum transport_state)state,
        .cause = cause < 0 ? CAUSE_NONE : (enum transport_cause)cause,
        .eta_ms = from->eta_ms,
    };
    return paces_find(look->paces, PACE_TRANSIT, &lanes, &parcel->pace, why);
}

static enum outcome
read_parcels(struct look *look, struct fault *why)
{
    struct outlook_question *question = &look->question;
    TRY(delay_parcels(look->run->store, look->order_id, look->arena, &look->parcels,
                      &look->parcel_count, why));
    struct outlook_parcel *parcels =
        arena_array(look->arena, struct outlook_parcel, look->parcel_count + 1);
    question->parcels = parcels;
    for (size_t index = 0; index < look->parcel_count; index++) {
        if (look->parcels[index].delivered_ms == AMOUNT_NONE) {
            TRY(take_parcel(look, &look->parcels[index], &parcels[question->parcel_count], why));
            question->parcel_count++;
        }
    }
    return DONE;
}

/* Where what has not left yet leaves from, as far as that is known. */
static enum outcome
read_warehouses(struct look *look, const char *names[DELAY_NAMES_MAX], size_t *count,
                struct fault *why)
{
    TRY(delay_warehouses(look->run->store, look->order_id, look->arena, names, count, why));
    if (*count == 0) {
        names[(*count)++] = look->run->config->warehouse;
    }
    return DONE;
}

static enum outcome
find_warehouse_pace(struct look *look, const char *const *warehouses, size_t warehouse_count,
                    struct fault *why)
{
    const char *skus[DELAY_NAMES_MAX];
    size_t count = 0;
    TRY(delay_products(look->run->store, look->order_id, look->order.version, look->arena, skus,
                       &count, why));
    return paces_slowest(look->paces, warehouses, warehouse_count, skus, count,
                         &look->question.paces[OUTLOOK_WAREHOUSE], why);
}

static enum outcome
find_paces(struct look *look, struct fault *why)
{
    struct outlook_question *question = &look->question;
    const char *warehouses[DELAY_NAMES_MAX];
    size_t warehouse_count = 0;
    TRY(read_warehouses(look, warehouses, &warehouse_count, why));
    const struct {
        enum outlook_stage stage;
        enum pace_stage pace;
        struct pace_lanes lanes;
    } table[] = {
        {OUTLOOK_APPROVAL, PACE_APPROVAL, pace_lane("")},
        {OUTLOOK_HOLD, PACE_APPROVAL, pace_lane("")},
        {OUTLOOK_PAYMENT, PACE_PAYMENT, pace_lane(look->order.customer_group)},
        {OUTLOOK_TRANSIT, PACE_TRANSIT,
         pace_route(look->run->config, "", warehouses[0], look->order.country, look->arena)},
    };
    for (size_t index = 0; index < sizeof table / sizeof table[0]; index++) {
        TRY(paces_find(look->paces, table[index].pace, &table[index].lanes,
                       &question->paces[table[index].stage], why));
    }
    return find_warehouse_pace(look, warehouses, warehouse_count, why);
}

static enum outcome
ask(struct look *look, struct fault *why)
{
    look->question = (struct outlook_question){.promised = look->order.promised};
    TRY(facts_calendar(look->facts, look->run->config, &look->question.calendar, why));
    find_stages(look);
    TRY(read_plan(look, why));
    TRY(read_holds(look, why));
    TRY(read_parcels(look, why));
    return find_paces(look, why);
}

/* -- what is told ----------------------------------------------------------------------------- */

static enum outcome
tell(struct look *look, struct order_outlook *now, struct fault *why)
{
    struct run *run = look->run;
    const struct delay_policy *policy = &run->config->delay;
    const char *const partners[] = {policy->to, policy->tells_customers ? look->order.partner : ""};
    now->warnings++;
    now->since_ms = run->as_of_ms;
    if (now->warned_ms == AMOUNT_NONE && !is(now->grade, outlook_grade_names[GRADE_NONE])) {
        now->warned_ms = run->as_of_ms;
    }
    TRY(delay_warning_add(run->store, now, run->as_of_ms, look->before.grade, look->before.promised,
                          why));
    run->counts.delays_told++;
    for (size_t index = 0; index < sizeof partners / sizeof partners[0]; index++) {
        if (partners[index][0] == '\0') {
            continue;
        }
        TRY(outbox_message_add(run->store,
                               &(struct outbox_message){.partner = partners[index],
                                                        .kind = KIND_DELAY_WARNING,
                                                        .order_id = look->order_id,
                                                        .version = now->version,
                                                        .reminder = now->warnings},
                               why));
    }
    return DONE;
}

static int64_t
said(int64_t expected_ms)
{
    return expected_ms == CALENDAR_NEVER ? AMOUNT_NONE : expected_ms;
}

static int64_t
unsaid(int64_t expected_ms)
{
    return expected_ms == AMOUNT_NONE ? CALENDAR_NEVER : expected_ms;
}

static struct outlook
outlook_of(const struct order_outlook *row)
{
    const int grade = name_index(row->grade, outlook_grade_names, OUTLOOK_GRADE_COUNT);
    const int cause = name_index(row->cause, delay_cause_names, DELAY_CAUSE_COUNT);
    assert(grade >= 0 && cause >= 0 && "the store has no others");
    return (struct outlook){(enum outlook_grade)grade, (enum delay_cause)cause,
                            unsaid(row->expected_p50_ms), unsaid(row->expected_p90_ms)};
}

/* The page tells of days. */
static bool
is_other_day(int64_t one_ms, int64_t other_ms)
{
    return one_ms == AMOUNT_NONE || other_ms == AMOUNT_NONE
               ? one_ms != other_ms
               : moment_day(one_ms - 1) != moment_day(other_ms - 1);
}

static enum outcome
refresh_page(const struct look *look, const struct order_outlook *now, struct fault *why)
{
    const struct order_outlook *before = &look->before;
    const bool is_other = !look->has_before || before->warnings != now->warnings ||
                          is_other_day(before->expected_p50_ms, now->expected_p50_ms) ||
                          is_other_day(before->expected_p90_ms, now->expected_p90_ms);
    return is_other ? delay_page_due(look->run->store, look->order_id, why) : DONE;
}

/* The row before: of an order that is new, that all is well. */
static struct order_outlook
begin_row(const struct look *look)
{
    return (struct order_outlook){
        .order_id = look->order_id,
        .version = look->order.version,
        .promised = look->order.promised,
        .first_promised = look->order.promised,
        .grade = outlook_grade_names[GRADE_NONE],
        .cause = "",
        .expected_p50_ms = AMOUNT_NONE,
        .expected_p90_ms = AMOUNT_NONE,
        .since_ms = look->run->as_of_ms,
        .next_ms = AMOUNT_NONE,
        .warned_ms = AMOUNT_NONE,
        .trace = "",
        .outcome = "",
        .finished_ms = AMOUNT_NONE,
        .closed_ms = AMOUNT_NONE,
    };
}

static enum outcome
judge(struct look *look, struct order_outlook *now, struct fault *why)
{
    struct run *run = look->run;
    struct outlook outlook;
    const struct outlook before = outlook_of(&look->before);
    const int64_t day_ms = day_begin(moment_day(run->as_of_ms) + 1);
    outlook_judge(&look->question, run->as_of_ms, &outlook);
    now->expected_p50_ms = said(outlook.p50_ms);
    now->expected_p90_ms = said(outlook.p90_ms);
    now->next_ms = outlook_next(&look->question, run->as_of_ms,
                                calendar_next_working(look->question.calendar, day_ms));
    now->trace = outlook_trace(&look->question, run->as_of_ms, look->arena);
    if (outlook_is_told(&before, &outlook, now->promised, look->has_news)) {
        now->grade = outlook_grade_names[outlook.grade];
        now->cause = delay_cause_names[outlook.cause];
        return tell(look, now, why);
    }
    return now->promised > look->before.promised ? tell(look, now, why) : DONE;
}

/* Nobody tells of its parcels, and they should have arrived by now. */
static bool
is_forgotten(const struct look *look)
{
    struct outlook outlook;
    bool is_tracked = look->question.is_left[OUTLOOK_WAREHOUSE];
    for (size_t index = 0; index < look->question.parcel_count; index++) {
        is_tracked |= look->question.parcels[index].is_tracked;
    }
    outlook_judge(&look->question, look->run->as_of_ms, &outlook);
    return !is_tracked && outlook.p90_ms <= look->run->as_of_ms;
}

/* "": it is open. */
static const char *
outcome_of(const struct look *look, int64_t *finished_ms)
{
    *finished_ms = look->run->as_of_ms;
    if (is(look->order.approval, approval_state_names[APPROVAL_REFUSED]) ||
        is(look->order.approval, approval_state_names[APPROVAL_CANCELLED])) {
        return "refused";
    }
    if (is(look->order.fulfilment, fulfilment_state_names[FULFILMENT_DELIVERED])) {
        *finished_ms = look->delivered_ms;
        return look->delivered_ms >= outlook_end_of(look->order.promised) ? "late" : "in-time";
    }
    return is_forgotten(look) ? "unknown" : "";
}

static enum outcome
settle(struct look *look, struct fault *why)
{
    struct order_outlook now = look->before;
    now.version = look->order.version;
    now.promised = look->order.promised;
    TRY(ask(look, why));
    now.outcome = outcome_of(look, &now.finished_ms);
    if (now.outcome[0] == '\0') {
        now.finished_ms = now.closed_ms = AMOUNT_NONE;
        TRY(judge(look, &now, why));
    } else {
        now.next_ms = AMOUNT_NONE;
        now.closed_ms = now.closed_ms == AMOUNT_NONE ? look->run->as_of_ms : now.closed_ms;
    }
    TRY(refresh_page(look, &now, why));
    return order_outlook_put(look->run->store, &now, why);
}

/* -- all of them ------------------------------------------------------------------------------ */

static enum outcome
look_at(struct look *look, struct fault *why)
{
    struct store *store = look->run->store;
    TRY(delay_looked(store, look->order_id, why));
    const enum outcome exists = delay_order(store, look->order_id, look->arena, &look->order, why);
    if (exists != DONE) {
        return exists == NONE ? DONE : exists;
    }
    const enum outcome found =
        order_outlook_find(store, look->order_id, look->arena, &look->before, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    look->has_before = found == DONE;
    if (look->order.promised == DAY_NONE && !look->has_before) {
        return DONE;
    }
    if (look->order.promised == DAY_NONE) {
        look->order.promised = look->before.promised; /* nobody says another day */
    }
    if (!look->has_before) {
        look->before = begin_row(look);
    }
    TRY(read_steps(look, why));
    return settle(look, why);
}

static enum outcome
look_at_some(const struct look *each, const struct delay_due *items, size_t count, size_t *at,
             struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    const size_t end = count - *at > TRANSACTION_MAX ? *at + TRANSACTION_MAX : count;
    arena_init(&arena, ORDER_BYTES_MAX);
    TRY(store_begin(each->run->store, &tx, why));
    for (; *at < end; (*at)++) {
        struct look look = *each;
        look.arena = &arena;
        look.order_id = items[*at].order_id;
        look.has_news = items[*at].has_news;
        arena_reset(&arena);
        paces_trim(look.paces);
        TRY(look_at(&look, why));
    }
    return store_commit(&tx, why);
}

enum outcome
delays_work(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(arena) arena;
    OWNED(paces) paces;
    struct delay_due *items = NULL;
    size_t count = 0;
    arena_init(&arena, DUE_BYTES_MAX);
    paces_init(&paces, run->store, &run->config->delay);
    if (!run->config->delay.is_on) {
        return delay_forget(run->store, why);
    }
    const struct look each = {.run = run, .facts = facts, .paces = &paces};
    TRY(paces_learn(run, facts, why));
    TRY(delay_due(run->store, run->as_of_ms, &arena, &items, &count, why));
    for (size_t at = 0; at < count && !run_must_stop(run);) {
        TRY(look_at_some(&each, items, count, &at, why));
    }
    return DONE;
}
