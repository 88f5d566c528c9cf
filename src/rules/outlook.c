/* The trace:
 * {"rule":"outlook","promised":"2026-03-09","grade":"late","cause":"carrier",
 *  "p50":"2026-03-11T09:30:00+08:00","p90":...,
 *  "left":[{"stage":"warehouse","key":"harbour","samples":34,"since":...,"p50":...,"p90":...}],
 *  "parcels":[{"number":"HB-1","key":"ups CN DE","samples":34,"eta":...,"p50":...,"p90":...}]}
 * A moment that nobody can say is null. */
#include "rules/outlook.h"

#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"
#include "order/order.h"

#include <assert.h>

#define OUTLOOK_AS_NAME(enumerator, name) [enumerator] = name,
const char *const outlook_grade_names[OUTLOOK_GRADE_COUNT] = {OUTLOOK_GRADES(OUTLOOK_AS_NAME)};
const char *const delay_cause_names[DELAY_CAUSE_COUNT] = {DELAY_CAUSES(OUTLOOK_AS_NAME)};
const char *const outlook_stage_names[OUTLOOK_STAGE_COUNT] = {OUTLOOK_STAGES(OUTLOOK_AS_NAME)};

enum { AT_P50, AT_P90, AT_COUNT, PARCELS_TOLD_MAX = 50, TRACE_BYTES_MAX = 1024 * 1024 };
static const int percents[AT_COUNT] = {50, 90};

static int64_t
later(int64_t one_ms, int64_t other_ms)
{
    return one_ms > other_ms ? one_ms : other_ms;
}

int64_t
outlook_end_of(int32_t promised)
{
    return day_begin(promised + 1);
}

/* -- paces ------------------------------------------------------------------------------------ */

int64_t
outlook_percentile(const int64_t *durations_ms, size_t count, int percent)
{
    assert(count > 0 && percent > 0 && percent <= 100);
    return durations_ms[((size_t)percent * count + 99) / 100 - 1];
}

static int64_t
whole_of(const struct outlook_pace *pace, int at)
{
    return pace->durations_ms != NULL
               ? outlook_percentile(pace->durations_ms, pace->count, percents[at])
           : at == AT_P50 ? pace->usual_ms
                          : pace->most_ms;
}

/* So long it takes in all, of which this has passed: as those did that took longer; when none did,
 * so long once more. */
static int64_t
whole_after(const struct outlook_pace *pace, int64_t passed_ms, int at)
{
    size_t shorter = 0;
    if (passed_ms <= 0) {
        return whole_of(pace, at);
    }
    if (pace->durations_ms == NULL) {
        return passed_ms <= whole_of(pace, at) ? whole_of(pace, at)
               : passed_ms <= pace->most_ms    ? pace->most_ms
                                               : passed_ms + whole_of(pace, at);
    }
    while (shorter < pace->count && pace->durations_ms[shorter] <= passed_ms) {
        shorter++;
    }
    return shorter < pace->count ? outlook_percentile(pace->durations_ms + shorter,
                                                      pace->count - shorter, percents[at])
                                 : passed_ms + whole_of(pace, at);
}

/* -- the chain of what has not left ------------------------------------------------------------ */

struct span {
    enum outlook_stage stage;
    enum delay_cause cause;
    const struct outlook_pace *pace; /* NULL: its day is known, or not at all */
    int64_t since_ms;                /* AMOUNT_NONE: not begun */
    int64_t begin_ms[AT_COUNT];
    int64_t usual_ms[AT_COUNT]; /* so late it would end, were all as usual */
    int64_t end_ms[AT_COUNT];
};

struct chain {
    const struct outlook_question *question;
    int64_t as_of_ms;
    struct span spans[OUTLOOK_STAGE_COUNT];
    size_t count;
    int64_t at_ms[AT_COUNT]; /* the end of the last one */
};

static int64_t
after(const struct chain *chain, enum outlook_stage stage, int64_t begin_ms, int64_t time_ms)
{
    if (begin_ms == CALENDAR_NEVER) {
        return CALENDAR_NEVER;
    }
    return stage == OUTLOOK_TRANSIT ? begin_ms + time_ms
                                    : calendar_add(chain->question->calendar, begin_ms, time_ms);
}

static int64_t
passed(const struct chain *chain, enum outlook_stage stage, int64_t since_ms)
{
    return stage == OUTLOOK_TRANSIT
               ? chain->as_of_ms - since_ms
               : calendar_between(chain->question->calendar, since_ms, chain->as_of_ms);
}

static void
add(struct chain *chain, const struct span *span)
{
    for (int at = 0; at < AT_COUNT; at++) {
        chain->at_ms[at] = later(chain->at_ms[at], span->end_ms[at]);
    }
    chain->spans[chain->count++] = *span;
}

/* A stage that takes as long as it did before. */
static struct span
paced(const struct chain *chain, enum outlook_stage stage, enum delay_cause cause, int64_t since_ms)
{
    const struct outlook_pace *pace = chain->question->paces[stage];
    struct span span = {.stage = stage, .cause = cause, .pace = pace, .since_ms = since_ms};
    for (int at = 0; at < AT_COUNT; at++) {
        const bool has_begun = since_ms != AMOUNT_NONE;
        const int64_t passed_ms = has_begun ? passed(chain, stage, since_ms) : 0;
        span.begin_ms[at] = has_begun ? since_ms : chain->at_ms[at];
        span.usual_ms[at] = after(chain, stage, span.begin_ms[at], whole_of(pace, AT_P50));
        span.end_ms[at] = later(chain->as_of_ms, after(chain, stage, span.begin_ms[at],
                                                       whole_after(pace, passed_ms, at)));
    }
    return span;
}

static void
add_paced(struct chain *chain, enum outlook_stage stage, enum delay_cause cause)
{
    const struct outlook_question *question = chain->question;
    if (question->is_left[stage]) {
        const struct span span = paced(chain, stage, cause, question->since_ms[stage]);
        add(chain, &span);
    }
}

static enum delay_cause
cause_of_hold(enum order_hold_kind kind)
{
    static const enum delay_cause causes[ORDER_HOLD_KIND_COUNT] = {
        [ORDER_HOLD_BY_HAND] = DELAY_HOLD,    [ORDER_HOLD_CREDIT] = DELAY_CREDIT,
        [ORDER_HOLD_ADDRESS] = DELAY_ADDRESS, [ORDER_HOLD_STOCK] = DELAY_STOCK,
        [ORDER_HOLD_PRICE] = DELAY_PRICE,     [ORDER_HOLD_PAYMENT] = DELAY_PAYMENT,
        [ORDER_HOLD_CHANGE] = DELAY_HOLD,
    };
    return causes[kind];
}

/* It was placed while other things went on, and keeps the order until somebody ends it, or its last
 * day is over.  (That of a payment says the same as its stage.) */
static void
add_holds(struct chain *chain)
{
    const struct outlook_question *question = chain->question;
    struct span last = {.stage = OUTLOOK_HOLD};
    bool has_one = false;
    for (size_t index = 0; index < question->hold_count; index++) {
        const struct outlook_hold *hold = &question->holds[index];
        if (hold->kind == ORDER_HOLD_PAYMENT) {
            continue;
        }
        struct span span = paced(chain, OUTLOOK_HOLD, cause_of_hold(hold->kind), hold->since_ms);
        for (int at = 0; at < AT_COUNT; at++) {
            span.usual_ms[at] = hold->since_ms;
            if (hold->expires != DAY_NONE) {
                span.end_ms[at] =
                    later(chain->as_of_ms,
                          calendar_next_working(question->calendar, day_begin(hold->expires + 1)));
            }
        }
        if (!has_one || span.end_ms[AT_P90] > last.end_ms[AT_P90]) {
            last = span;
        }
        has_one = true;
    }
    if (has_one) {
        add(chain, &last);
    }
}

/* It goes on when something is there.  What should be there and is not may come tomorrow. */
static void
add_wait(struct chain *chain, enum outlook_stage stage, enum delay_cause cause, int32_t day)
{
    const struct outlook_question *question = chain->question;
    struct span span = {.stage = stage, .cause = cause, .since_ms = AMOUNT_NONE};
    if (!question->is_left[stage]) {
        return;
    }
    for (int at = 0; at < AT_COUNT; at++) {
        span.begin_ms[at] = span.usual_ms[at] = span.end_ms[at] = chain->at_ms[at];
        if (day != DAY_NONE) {
            span.end_ms[at] =
                later(span.end_ms[at], calendar_next_working(question->calendar, day_begin(day)));
        }
    }
    if (day == DAY_NONE) {
        span.end_ms[AT_P90] = CALENDAR_NEVER;
    } else if (day_begin(day + 1) <= chain->as_of_ms) {
        span.end_ms[AT_P90] =
            later(span.end_ms[AT_P90], calendar_add_days(question->calendar, chain->as_of_ms, 1));
    }
    add(chain, &span);
}

/* What is not at the warehouse before the cut-off is begun on the next working day. */
static int64_t
after_cut_off(const struct outlook_question *question, int64_t moment_ms)
{
    if (question->cut_off_ms == 0 || moment_ms == CALENDAR_NEVER) {
        return moment_ms;
    }
    const int64_t working_ms = calendar_next_working(question->calendar, moment_ms);
    if (working_ms == CALENDAR_NEVER || moment_time(working_ms) <= question->cut_off_ms) {
        return working_ms;
    }
    return calendar_next_working(question->calendar, day_begin(moment_day(working_ms) + 1));
}

static void
add_warehouse(struct chain *chain)
{
    const struct outlook_question *question = chain->question;
    if (!question->is_left[OUTLOOK_WAREHOUSE]) {
        return;
    }
    const int64_t since_ms = question->since_ms[OUTLOOK_WAREHOUSE];
    for (int at = 0; at < AT_COUNT && since_ms == AMOUNT_NONE; at++) {
        chain->at_ms[at] = after_cut_off(question, chain->at_ms[at]);
    }
    struct span span = paced(chain, OUTLOOK_WAREHOUSE, DELAY_WAREHOUSE, since_ms);
    for (int at = 0; at < AT_COUNT && question->leave_day != DAY_NONE; at++) {
        span.end_ms[at] =
            later(span.end_ms[at],
                  calendar_next_working(question->calendar, day_begin(question->leave_day)));
    }
    add(chain, &span);
}

static void
forge(struct chain *chain, const struct outlook_question *question, int64_t as_of_ms)
{
    *chain =
        (struct chain){.question = question, .as_of_ms = as_of_ms, .at_ms = {as_of_ms, as_of_ms}};
    add_paced(chain, OUTLOOK_APPROVAL, question->approval_cause);
    add_paced(chain, OUTLOOK_PAYMENT, DELAY_PAYMENT);
    add_holds(chain);
    add_wait(chain, OUTLOOK_STOCK, DELAY_STOCK, question->stock_day);
    add_wait(chain, OUTLOOK_PRODUCTION, question->production_cause, question->production_day);
    add_warehouse(chain);
    add_paced(chain, OUTLOOK_TRANSIT, DELAY_TIME);
}

/* Something is amiss with it: it takes longer than half of them did, or waits for something. */
static bool
is_amiss(const struct chain *chain, const struct span *span)
{
    return span->pace == NULL || span->stage == OUTLOOK_HOLD ||
           (span->since_ms != AMOUNT_NONE && chain->as_of_ms > span->usual_ms[AT_P50]);
}

/* What is longest beyond what is usual, of those that something is amiss with; else of all. */
static const struct span *
worst_of(const struct chain *chain, int at, bool amiss_alone)
{
    const struct span *worst = NULL;
    int64_t worst_ms = 0;
    for (size_t index = 0; index < chain->count; index++) {
        const struct span *span = &chain->spans[index];
        const int64_t beyond_ms = span->end_ms[at] - span->usual_ms[at];
        if (beyond_ms > worst_ms && (!amiss_alone || is_amiss(chain, span))) {
            worst = span;
            worst_ms = beyond_ms;
        }
    }
    return worst;
}

/* All is as usual, and that is too long. */
static const struct span *
longest_of(const struct chain *chain, int at)
{
    const struct span *longest = NULL;
    int64_t longest_ms = 0;
    for (size_t index = 0; index < chain->count; index++) {
        const struct span *span = &chain->spans[index];
        const int64_t takes_ms = span->end_ms[at] - later(span->begin_ms[at], chain->as_of_ms);
        if (longest == NULL || takes_ms > longest_ms) {
            longest = span;
            longest_ms = takes_ms;
        }
    }
    return longest;
}

static enum delay_cause
cause_in(const struct chain *chain, int at)
{
    const struct span *span = worst_of(chain, at, true);
    span = span == NULL ? worst_of(chain, at, false) : span;
    span = span == NULL ? longest_of(chain, at) : span;
    return span == NULL ? DELAY_NONE : span->cause;
}

/* -- parcels ---------------------------------------------------------------------------------- */

static enum delay_cause
cause_of_parcel(const struct outlook_parcel *parcel)
{
    static const enum delay_cause causes[TRANSPORT_CAUSE_COUNT] = {
        [CAUSE_NONE] = DELAY_CARRIER,         [CAUSE_CUSTOMS] = DELAY_CUSTOMS,
        [CAUSE_WEATHER] = DELAY_WEATHER,      [CAUSE_ADDRESS] = DELAY_ADDRESS,
        [CAUSE_REFUSED] = DELAY_NOT_ACCEPTED, [CAUSE_DAMAGED] = DELAY_DAMAGED,
        [CAUSE_CARRIER] = DELAY_CARRIER,
    };
    return parcel->is_tracked && parcel->state == TRANSPORT_EXCEPTION ? causes[parcel->cause]
                                                                      : DELAY_CARRIER;
}

static bool
is_in_trouble(const struct outlook_parcel *parcel)
{
    return parcel->state == TRANSPORT_EXCEPTION || parcel->state == TRANSPORT_ATTEMPT_FAILED ||
           parcel->state == TRANSPORT_EXPIRED;
}

/* What is not taken, or broken, does not arrive unless somebody does something.  An exception takes
 * as much time as lies between what is usual and the worst. */
static int64_t
arrival(const struct outlook_parcel *parcel, int64_t as_of_ms, int at)
{
    const struct outlook_pace *pace = parcel->pace;
    const enum delay_cause cause = cause_of_parcel(parcel);
    if (!parcel->is_tracked) {
        return parcel->shipped_ms + whole_of(pace, at);
    }
    if (cause == DELAY_NOT_ACCEPTED || cause == DELAY_DAMAGED) {
        return CALENDAR_NEVER;
    }
    int64_t end_ms = parcel->eta_ms;
    if (end_ms == AMOUNT_NONE || end_ms < as_of_ms) {
        const int64_t whole_ms = whole_after(pace, as_of_ms - parcel->shipped_ms, at);
        end_ms = later(end_ms, later(as_of_ms, parcel->shipped_ms + whole_ms));
    }
    if (at == AT_P90 && is_in_trouble(parcel)) {
        end_ms = later(end_ms, as_of_ms + whole_of(pace, AT_P90) - whole_of(pace, AT_P50));
    }
    return end_ms;
}

/* The one that comes last; NULL: there is none. */
static const struct outlook_parcel *
last_parcel(const struct outlook_question *question, int64_t as_of_ms, int at, int64_t *end_ms)
{
    const struct outlook_parcel *last = NULL;
    *end_ms = as_of_ms;
    for (size_t index = 0; index < question->parcel_count; index++) {
        const int64_t arrives_ms = arrival(&question->parcels[index], as_of_ms, at);
        if (last == NULL || arrives_ms > *end_ms) {
            last = &question->parcels[index];
            *end_ms = arrives_ms;
        }
    }
    return last;
}

/* -- all of it -------------------------------------------------------------------------------- */

/* Where nobody will tell of the end, it is not said that it has not come. */
static bool
can_be_overdue(const struct chain *chain)
{
    const struct outlook_question *question = chain->question;
    bool is_tracked = chain->count > 0;
    for (size_t index = 0; index < question->parcel_count; index++) {
        is_tracked |= question->parcels[index].is_tracked;
    }
    return is_tracked;
}

void
outlook_judge(const struct outlook_question *question, int64_t as_of_ms, struct outlook *outlook)
{
    const struct outlook_parcel *parcels[AT_COUNT];
    int64_t arrives_ms[AT_COUNT];
    int64_t end_ms[AT_COUNT];
    struct chain chain;
    const int64_t promise_ends_ms = outlook_end_of(question->promised);
    forge(&chain, question, as_of_ms);
    for (int at = 0; at < AT_COUNT; at++) {
        parcels[at] = last_parcel(question, as_of_ms, at, &arrives_ms[at]);
        end_ms[at] = parcels[at] == NULL ? chain.at_ms[at]
                     : chain.count == 0  ? arrives_ms[at]
                                         : later(chain.at_ms[at], arrives_ms[at]);
    }
    *outlook = (struct outlook){.p50_ms = end_ms[AT_P50], .p90_ms = end_ms[AT_P90]};
    outlook->grade = as_of_ms >= promise_ends_ms && can_be_overdue(&chain) ? GRADE_OVERDUE
                     : end_ms[AT_P50] > promise_ends_ms                    ? GRADE_LATE
                     : end_ms[AT_P90] > promise_ends_ms                    ? GRADE_AT_RISK
                                                                           : GRADE_NONE;
    const int at = outlook->grade == GRADE_AT_RISK ? AT_P90 : AT_P50;
    if (outlook->grade != GRADE_NONE) {
        const bool is_parcel =
            parcels[at] != NULL && (chain.count == 0 || arrives_ms[at] > chain.at_ms[at]);
        outlook->cause = is_parcel ? cause_of_parcel(parcels[at]) : cause_in(&chain, at);
    }
}

int64_t
outlook_next(const struct outlook_question *question, int64_t as_of_ms, int64_t latest_ms)
{
    struct outlook now;
    struct outlook then;
    int64_t same_ms = as_of_ms;
    int64_t other_ms = latest_ms;
    outlook_judge(question, as_of_ms, &now);
    outlook_judge(question, latest_ms, &then);
    if (then.grade == now.grade) {
        return latest_ms;
    }
    while (other_ms - same_ms > 1) {
        const int64_t middle_ms = same_ms + (other_ms - same_ms) / 2;
        outlook_judge(question, middle_ms, &then);
        if (then.grade == now.grade) {
            same_ms = middle_ms;
        } else {
            other_ms = middle_ms;
        }
    }
    return other_ms;
}

bool
outlook_is_told(const struct outlook *before, const struct outlook *now, int32_t promised,
                bool has_news)
{
    if (now->grade > before->grade) {
        return true;
    }
    if (now->grade == before->grade) {
        return has_news && now->grade != GRADE_NONE && now->cause != before->cause;
    }
    const int64_t end_ms = before->grade == GRADE_AT_RISK ? now->p90_ms : now->p50_ms;
    return has_news || end_ms <= outlook_end_of(promised) - DAY_MS;
}

/* -- the trace -------------------------------------------------------------------------------- */

static void
put_end(struct json *json, const char *key, int64_t end_ms)
{
    json_moment(json, key, end_ms == CALENDAR_NEVER ? 0 : end_ms);
}

static void
put_pace(struct json *json, const struct outlook_pace *pace)
{
    if (pace != NULL) {
        json_text(json, "key", pace->key);
        json_integer(json, "samples", (int64_t)pace->count);
    }
}

static void
put_spans(struct json *json, const struct chain *chain)
{
    json_array(json, "left");
    for (size_t index = 0; index < chain->count; index++) {
        const struct span *span = &chain->spans[index];
        json_object(json, NULL);
        json_text(json, "stage", outlook_stage_names[span->stage]);
        json_text(json, "cause", delay_cause_names[span->cause]);
        put_pace(json, span->pace);
        json_moment(json, "since", span->since_ms == AMOUNT_NONE ? 0 : span->since_ms);
        put_end(json, "p50", span->end_ms[AT_P50]);
        put_end(json, "p90", span->end_ms[AT_P90]);
        json_end(json);
    }
    json_end(json);
}

static void
put_parcels(struct json *json, const struct outlook_question *question, int64_t as_of_ms)
{
    json_array(json, "parcels");
    for (size_t index = 0; index < question->parcel_count && index < PARCELS_TOLD_MAX; index++) {
        const struct outlook_parcel *parcel = &question->parcels[index];
        json_object(json, NULL);
        json_text(json, "number", parcel->number);
        json_text(json, "cause", delay_cause_names[cause_of_parcel(parcel)]);
        put_pace(json, parcel->pace);
        json_moment(json, "eta", parcel->eta_ms == AMOUNT_NONE ? 0 : parcel->eta_ms);
        put_end(json, "p50", arrival(parcel, as_of_ms, AT_P50));
        put_end(json, "p90", arrival(parcel, as_of_ms, AT_P90));
        json_end(json);
    }
    json_end(json);
}

const char *
outlook_trace(const struct outlook_question *question, int64_t as_of_ms, struct arena *arena)
{
    OWNED(buf) buf;
    struct json json;
    struct chain chain;
    struct outlook outlook;
    outlook_judge(question, as_of_ms, &outlook);
    forge(&chain, question, as_of_ms);
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "rule", "outlook");
    json_day(&json, "promised", question->promised);
    json_text(&json, "grade", outlook_grade_names[outlook.grade]);
    json_text(&json, "cause", delay_cause_names[outlook.cause]);
    put_end(&json, "p50", outlook.p50_ms);
    put_end(&json, "p90", outlook.p90_ms);
    put_spans(&json, &chain);
    put_parcels(&json, question, as_of_ms);
    json_end(&json);
    return arena_copy_bytes(arena, buf.bytes, buf.size);
}
