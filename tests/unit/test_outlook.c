/* When an order is expected, by hand: calendar of Monday to Friday, 09:00 to 18:00 UTC, with one
 * holiday.  Now is Monday, 2026-11-23 10:00. */
#include "base/date.h"
#include "base/fault.h"
#include "order/order.h"
#include "rules/outlook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define HOUR INT64_C(3600000)

static struct calendar_exception holidays[1];
static struct business_calendar calendar;
static const struct outlook_pace approval = {"configured", NULL, 0, 8 * HOUR, 24 * HOUR};
static const struct outlook_pace payment = {"configured", NULL, 0, 9 * HOUR, 45 * HOUR};
static const struct outlook_pace warehouse = {"configured", NULL, 0, 4 * HOUR, 9 * HOUR};
static const struct outlook_pace transit = {"configured", NULL, 0, 24 * HOUR, 48 * HOUR};
static const int64_t days[] = {1 * DAY_MS, 2 * DAY_MS, 2 * DAY_MS, 3 * DAY_MS, 8 * DAY_MS};
static const struct outlook_pace known = {"ups CN DE", days, 5, 0, 0};

static int
set_up(void **state)
{
    static const struct working_hours hours = {9 * HOUR, 18 * HOUR};
    (void)state;
    assert_true(zone_use("UTC"));
    holidays[0] = (struct calendar_exception){day_of(2026, 11, 26), false}; /* a Thursday */
    assert_true(business_calendar_init(&calendar, 31, &hours, holidays, 1));
    return 0;
}

static int64_t
at(const char *text)
{
    int64_t moment_ms = 0;
    assert_true(moment_parse(text, &moment_ms));
    return moment_ms;
}

static int32_t
on(const char *text)
{
    int32_t day = DAY_NONE;
    assert_true(day_parse(text, &day));
    return day;
}

#define NOW at("2026-11-23T10:00Z")

static struct outlook_question
ask(const char *promised)
{
    struct outlook_question question = {
        .calendar = &calendar,
        .promised = on(promised),
        .approval_cause = DELAY_APPROVAL,
        .production_cause = DELAY_PRODUCTION,
        .stock_day = DAY_NONE,
        .production_day = DAY_NONE,
        .leave_day = DAY_NONE,
        .paces = {[OUTLOOK_APPROVAL] = &approval,
                  [OUTLOOK_HOLD] = &approval,
                  [OUTLOOK_PAYMENT] = &payment,
                  [OUTLOOK_WAREHOUSE] = &warehouse,
                  [OUTLOOK_TRANSIT] = &transit},
    };
    for (int stage = 0; stage < OUTLOOK_STAGE_COUNT; stage++) {
        question.since_ms[stage] = AMOUNT_NONE;
    }
    return question;
}

/* Nothing of it has left; it is released at the moment, "" not yet. */
static struct outlook_question
to_send(const char *promised, const char *released)
{
    struct outlook_question question = ask(promised);
    question.is_left[OUTLOOK_WAREHOUSE] = true;
    question.is_left[OUTLOOK_TRANSIT] = true;
    question.since_ms[OUTLOOK_WAREHOUSE] = released[0] == '\0' ? AMOUNT_NONE : at(released);
    return question;
}

/* "late carrier 2026-11-24T14:00 2026-11-26T10:00" */
static const char *
told(const struct outlook_question *question, int64_t as_of_ms)
{
    static char text[160];
    char p50[TIME_TEXT_SIZE] = "never";
    char p90[TIME_TEXT_SIZE] = "never";
    struct outlook outlook;
    outlook_judge(question, as_of_ms, &outlook);
    if (outlook.p50_ms != CALENDAR_NEVER) {
        moment_format(p50, outlook.p50_ms);
    }
    if (outlook.p90_ms != CALENDAR_NEVER) {
        moment_format(p90, outlook.p90_ms);
    }
    snprintf(text, sizeof text, "%s%s%s %.16s %.16s", outlook_grade_names[outlook.grade],
             outlook.cause == DELAY_NONE ? "" : " ", delay_cause_names[outlook.cause], p50, p90);
    return text;
}

static void
percentiles_are_those_of_the_nearest_rank(void **state)
{
    static const int64_t ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    (void)state;
    assert_int_equal(outlook_percentile(ten, 10, 50), 5);
    assert_int_equal(outlook_percentile(ten, 10, 90), 9);
    assert_int_equal(outlook_percentile(ten, 9, 50), 5);
    assert_int_equal(outlook_percentile(ten, 9, 90), 9);
    assert_int_equal(outlook_percentile(ten, 1, 50), 1);
    assert_int_equal(outlook_percentile(ten, 1, 90), 1);
    assert_int_equal(outlook_percentile(ten, 2, 50), 1);
    assert_int_equal(outlook_percentile(ten, 2, 51), 2);
    assert_int_equal(outlook_percentile(ten, 10, 100), 10);
}

/* Monday 10:00 + 4 h = 14:00, a day on the way; at the worst the whole of Monday and an hour of
 * Tuesday, two days on the way. */
static void
each_grade_has_its_border(void **state)
{
    (void)state;
    struct outlook_question question = to_send("2026-11-26", "2026-11-23T10:00Z");
    assert_string_equal(told(&question, NOW), "none 2026-11-24T14:00 2026-11-26T10:00");
    question.promised = on("2026-11-25");
    assert_string_equal(told(&question, NOW), "at-risk time 2026-11-24T14:00 2026-11-26T10:00");
    question.promised = on("2026-11-23");
    assert_string_equal(told(&question, NOW), "late time 2026-11-24T14:00 2026-11-26T10:00");
    question.promised = on("2026-11-22");
    assert_string_equal(told(&question, NOW), "overdue time 2026-11-24T14:00 2026-11-26T10:00");
    /* The day is over when it ends, not before. */
    question.promised = on("2026-11-23");
    assert_string_equal(told(&question, at("2026-11-23T23:59Z")),
                        "late warehouse 2026-11-25T10:00 2026-11-26T10:00");
    assert_memory_equal(told(&question, at("2026-11-24T00:00Z")), "overdue", 7);
}

/* Arriving as the promised day ends is in time; a millisecond later is not. */
static void
the_end_of_the_promised_day_counts(void **state)
{
    (void)state;
    struct outlook_parcel parcel = {.number = "S-1",
                                    .shipped_ms = at("2026-11-22T10:00Z"),
                                    .is_tracked = true,
                                    .state = TRANSPORT_IN_TRANSIT,
                                    .eta_ms = at("2026-11-25T00:00Z"),
                                    .pace = &transit};
    struct outlook_question question = ask("2026-11-24");
    question.parcels = &parcel;
    question.parcel_count = 1;
    assert_string_equal(told(&question, NOW), "none 2026-11-25T00:00 2026-11-25T00:00");
    parcel.eta_ms++;
    assert_string_equal(told(&question, NOW), "late carrier 2026-11-25T00:00 2026-11-25T00:00");
}

/* 8 working hours from Monday 09:00 are Monday 17:00, 24 are Wednesday 15:00; then the warehouse:
 * Monday 17:00 + 4 h = Tuesday 12:00; Wednesday 15:00 + 9 h would be Thursday, which is a holiday:
 * Friday 15:00. */
static void
working_time_leaves_out_nights_weekends_and_holidays(void **state)
{
    (void)state;
    struct outlook_question question = to_send("2026-11-26", "");
    question.is_left[OUTLOOK_APPROVAL] = true;
    question.since_ms[OUTLOOK_APPROVAL] = at("2026-11-23T09:00Z");
    assert_string_equal(told(&question, NOW), "at-risk approval 2026-11-25T12:00 2026-11-29T15:00");
}

/* Five took 1, 2, 2, 3 and 8 days. */
static void
what_takes_longer_takes_as_long_as_the_others_that_did(void **state)
{
    (void)state;
    struct outlook_parcel parcel = {.number = "S-1",
                                    .shipped_ms = at("2026-11-22T10:00Z"),
                                    .is_tracked = true,
                                    .eta_ms = AMOUNT_NONE,
                                    .pace = &known};
    struct outlook_question question = ask("2026-12-31");
    question.parcels = &parcel;
    question.parcel_count = 1;
    /* One day has passed: of 2, 2, 3, 8 half take no more than 2. */
    assert_string_equal(told(&question, NOW), "none 2026-11-24T10:00 2026-11-30T10:00");
    /* Two days and an hour: of 3 and 8. */
    assert_string_equal(told(&question, at("2026-11-24T11:00Z")),
                        "none 2026-11-25T10:00 2026-11-30T10:00");
    assert_string_equal(told(&question, at("2026-11-26T11:00Z")),
                        "none 2026-11-30T10:00 2026-11-30T10:00");
    /* Longer than any: as long again as all of them take. */
    assert_string_equal(told(&question, at("2026-12-01T10:00Z")),
                        "none 2026-12-03T10:00 2026-12-09T10:00");
    /* Of the two of the configuration. */
    parcel.pace = &transit;
    assert_string_equal(told(&question, NOW), "none 2026-11-23T10:00 2026-11-24T10:00");
    assert_string_equal(told(&question, NOW + 1), "none 2026-11-24T10:00 2026-11-24T10:00");
    assert_string_equal(told(&question, at("2026-11-24T11:00Z")),
                        "none 2026-11-25T11:00 2026-11-26T11:00");
}

/* The estimate of a carrier takes the place of history until it has passed. */
static void
an_estimate_counts_until_it_has_passed(void **state)
{
    (void)state;
    struct outlook_parcel parcel = {.number = "S-1",
                                    .shipped_ms = at("2026-11-22T10:00Z"),
                                    .is_tracked = true,
                                    .eta_ms = at("2026-11-23T12:00Z"),
                                    .pace = &known};
    struct outlook_question question = ask("2026-12-31");
    question.parcels = &parcel;
    question.parcel_count = 1;
    assert_string_equal(told(&question, NOW), "none 2026-11-23T12:00 2026-11-23T12:00");
    assert_string_equal(told(&question, at("2026-11-23T12:01Z")),
                        "none 2026-11-24T10:00 2026-11-30T10:00");
}

static void
each_cause_is_named(void **state)
{
    (void)state;
    struct outlook_question question;
    static const struct {
        enum order_hold_kind kind;
        const char *cause;
    } holds[] = {{ORDER_HOLD_BY_HAND, "hold"},
                 {ORDER_HOLD_CREDIT, "credit"},
                 {ORDER_HOLD_ADDRESS, "address"},
                 {ORDER_HOLD_STOCK, "stock"},
                 {ORDER_HOLD_PRICE, "price"}};
    static const struct {
        enum transport_cause cause;
        const char *told;
    } exceptions[] = {{CAUSE_NONE, "at-risk carrier"},    {CAUSE_CUSTOMS, "at-risk customs"},
                      {CAUSE_WEATHER, "at-risk weather"}, {CAUSE_ADDRESS, "at-risk address"},
                      {CAUSE_CARRIER, "at-risk carrier"}, {CAUSE_REFUSED, "late not-accepted"},
                      {CAUSE_DAMAGED, "late damaged"}};
    for (size_t index = 0; index < sizeof holds / sizeof holds[0]; index++) {
        const struct outlook_hold hold = {holds[index].kind, at("2026-11-20T09:00Z"), DAY_NONE};
        question = to_send("2026-11-24", "");
        question.holds = &hold;
        question.hold_count = 1;
        char expected[40];
        snprintf(expected, sizeof expected, "late %s ", holds[index].cause);
        assert_memory_equal(told(&question, NOW), expected, strlen(expected));
    }
    for (size_t index = 0; index < sizeof exceptions / sizeof exceptions[0]; index++) {
        const struct outlook_parcel parcel = {"S-1",
                                              at("2026-11-22T10:00Z"),
                                              true,
                                              TRANSPORT_EXCEPTION,
                                              exceptions[index].cause,
                                              at("2026-11-23T18:00Z"),
                                              &transit};
        question = ask("2026-11-23");
        question.parcels = &parcel;
        question.parcel_count = 1;
        assert_memory_equal(told(&question, NOW), exceptions[index].told,
                            strlen(exceptions[index].told));
    }
    /* 9 and 45 hours of payment: Tuesday 10:00, and (over the holiday) Tuesday 10:00. */
    question = to_send("2026-12-01", "");
    question.is_left[OUTLOOK_PAYMENT] = true;
    question.since_ms[OUTLOOK_PAYMENT] = NOW;
    assert_string_equal(told(&question, NOW), "at-risk payment 2026-11-25T14:00 2026-12-04T10:00");
    question.is_left[OUTLOOK_APPROVAL] = true;
    question.is_left[OUTLOOK_PAYMENT] = false;
    question.since_ms[OUTLOOK_APPROVAL] = at("2026-11-16T09:00Z"); /* a week ago */
    question.approval_cause = DELAY_PRICE;
    question.promised = on("2026-11-24");
    assert_memory_equal(told(&question, NOW), "late price", 10);
    question = to_send("2026-11-24", "2026-11-17T09:00Z"); /* the warehouse forgets it */
    assert_memory_equal(told(&question, NOW), "at-risk warehouse", 17);
}

/* There on Friday 09:00: 4 hours and a day, 9 hours and two days. */
static void
dates_take_the_place_of_times(void **state)
{
    (void)state;
    struct outlook_question question = to_send("2026-11-27", "");
    question.is_left[OUTLOOK_STOCK] = true;
    question.stock_day = on("2026-11-27");
    assert_string_equal(told(&question, NOW), "late stock 2026-11-28T13:00 2026-11-29T18:00");
    question.stock_day = on("2026-11-26"); /* a holiday: nobody is there */
    assert_string_equal(told(&question, NOW), "late stock 2026-11-28T13:00 2026-11-29T18:00");
    question.stock_day = on("2026-11-20"); /* it should be there, and is not */
    question.promised = on("2026-11-26");
    assert_string_equal(told(&question, NOW), "at-risk stock 2026-11-24T14:00 2026-11-27T10:00");
}

static void
what_nobody_can_say_is_a_risk(void **state)
{
    (void)state;
    struct outlook_question question = to_send("2026-12-31", "");
    question.is_left[OUTLOOK_STOCK] = true;
    assert_string_equal(told(&question, NOW), "at-risk stock 2026-11-24T14:00 never");
    question.is_left[OUTLOOK_STOCK] = false;
    question.is_left[OUTLOOK_PRODUCTION] = true;
    assert_string_equal(told(&question, NOW), "at-risk production 2026-11-24T14:00 never");
    question.production_cause = DELAY_MATERIAL;
    assert_string_equal(told(&question, NOW), "at-risk material 2026-11-24T14:00 never");
    question.production_day = on("2026-12-30");
    assert_string_equal(told(&question, NOW), "at-risk material 2026-12-31T13:00 2027-01-01T18:00");
}

/* Released after 12:00, it is begun tomorrow; and it does not leave before it is planned to. */
static void
a_cut_off_moves_it_to_the_next_working_day(void **state)
{
    (void)state;
    struct outlook_question question = to_send("2026-12-31", "");
    question.cut_off_ms = 12 * HOUR;
    assert_string_equal(told(&question, at("2026-11-25T12:00Z")),
                        "none 2026-11-26T16:00 2026-11-29T12:00");
    assert_string_equal(told(&question, at("2026-11-25T12:01Z")),
                        "none 2026-11-28T13:00 2026-11-29T18:00");
    question.leave_day = on("2026-12-01");
    assert_string_equal(told(&question, NOW), "none 2026-12-02T09:00 2026-12-03T09:00");
}

static void
a_hold_with_a_last_day_ends_after_it(void **state)
{
    (void)state;
    struct outlook_hold hold = {ORDER_HOLD_BY_HAND, at("2026-11-20T09:00Z"), on("2026-11-25")};
    struct outlook_question question = to_send("2026-12-31", "");
    question.holds = &hold;
    question.hold_count = 1;
    assert_string_equal(told(&question, NOW), "none 2026-11-28T13:00 2026-11-29T18:00");
    hold.kind = ORDER_HOLD_PAYMENT; /* its stage tells */
    assert_string_equal(told(&question, NOW), "none 2026-11-24T14:00 2026-11-26T10:00");
}

/* What comes last decides: what is under way, or what has not left. */
static void
the_last_of_several_parcels_counts(void **state)
{
    (void)state;
    const struct outlook_parcel parcels[] = {
        {"S-1", at("2026-11-22T10:00Z"), true, TRANSPORT_IN_TRANSIT, CAUSE_NONE,
         at("2026-11-24T12:00Z"), &transit},
        {"S-2", at("2026-11-22T10:00Z"), true, TRANSPORT_EXCEPTION, CAUSE_CUSTOMS,
         at("2026-11-28T12:00Z"), &transit}};
    struct outlook_question question = ask("2026-11-27");
    question.parcels = parcels;
    question.parcel_count = 2;
    assert_string_equal(told(&question, NOW), "late customs 2026-11-28T12:00 2026-11-28T12:00");
    question.parcel_count = 1;
    question.is_left[OUTLOOK_WAREHOUSE] = question.is_left[OUTLOOK_TRANSIT] = true;
    question.since_ms[OUTLOOK_WAREHOUSE] = NOW;
    assert_string_equal(told(&question, NOW), "none 2026-11-24T14:00 2026-11-26T10:00");
}

/* Nobody will tell that it has arrived, so nobody says that it has not. */
static void
a_parcel_that_nobody_tells_of_is_never_overdue(void **state)
{
    (void)state;
    const struct outlook_parcel parcel = {.number = "S-1",
                                          .shipped_ms = at("2026-11-20T10:00Z"),
                                          .eta_ms = AMOUNT_NONE,
                                          .pace = &transit};
    struct outlook_question question = ask("2026-11-21");
    question.parcels = &parcel;
    question.parcel_count = 1;
    assert_string_equal(told(&question, NOW), "at-risk carrier 2026-11-21T10:00 2026-11-22T10:00");
}

static void
a_better_outlook_needs_news_or_a_day(void **state)
{
    const int32_t promised = on("2026-11-25");
    const int64_t end_ms = outlook_end_of(promised);
    const struct outlook risk = {GRADE_AT_RISK, DELAY_CARRIER, end_ms - 2 * DAY_MS, end_ms + 1};
    const struct outlook late = {GRADE_LATE, DELAY_CARRIER, end_ms + 1, end_ms + 2};
    struct outlook well = {GRADE_NONE, DELAY_NONE, end_ms - 2 * DAY_MS, end_ms - DAY_MS + 1};
    (void)state;
    assert_false(outlook_is_told(&risk, &well, promised, false));
    assert_true(outlook_is_told(&risk, &well, promised, true));
    well.p90_ms--;
    assert_true(outlook_is_told(&risk, &well, promised, false));
    assert_true(outlook_is_told(&well, &risk, promised, false));
    assert_true(outlook_is_told(&risk, &late, promised, false));
    assert_true(outlook_is_told(&late, &risk, promised, false)); /* two days better */
    assert_false(outlook_is_told(&risk, &risk, promised, true));
    struct outlook customs = risk;
    customs.cause = DELAY_CUSTOMS;
    assert_false(outlook_is_told(&risk, &customs, promised, false));
    assert_true(outlook_is_told(&risk, &customs, promised, true));
}

static int
draw(unsigned int *seed)
{
    *seed = *seed * 1103515245U + 12345U;
    return (int)(*seed >> 16 & 0x7fffU);
}

/* At the moment that is named the grade is another, and just before it is not; and neither expected
 * moment ever goes back as time goes by. */
static void
without_news_it_only_becomes_later_and_the_moment_is_known(void **state)
{
    (void)state;
    unsigned int seed = 7;
    for (int round = 0; round < 400; round++) {
        struct outlook_question question =
            to_send("2026-11-27", round % 3 == 0 ? "" : "2026-11-20T11:00Z");
        const struct outlook_hold hold = {ORDER_HOLD_BY_HAND, at("2026-11-20T09:00Z"),
                                          round % 2 == 0 ? DAY_NONE : on("2026-11-24")};
        const struct outlook_parcel parcel = {
            "S-1",
            at("2026-11-20T10:00Z"),
            round % 5 != 0,
            round % 4 == 0 ? TRANSPORT_EXCEPTION : TRANSPORT_IN_TRANSIT,
            CAUSE_CUSTOMS,
            round % 3 == 0 ? AMOUNT_NONE : at("2026-11-24T12:00Z") + draw(&seed) % 100 * HOUR,
            round % 2 == 0 ? &known : &transit};
        question.promised = on("2026-11-22") + draw(&seed) % 12;
        question.holds = &hold;
        question.hold_count = (size_t)(round % 2);
        question.parcels = &parcel;
        question.parcel_count = (size_t)(draw(&seed) % 2);
        question.is_left[OUTLOOK_APPROVAL] = draw(&seed) % 3 == 0;
        question.is_left[OUTLOOK_STOCK] = draw(&seed) % 3 == 0;
        question.stock_day = on("2026-11-20") + draw(&seed) % 9;
        question.cut_off_ms = draw(&seed) % 2 * 12 * HOUR;
        question.is_left[OUTLOOK_WAREHOUSE] = question.is_left[OUTLOOK_TRANSIT] =
            draw(&seed) % 4 != 0;
        const int64_t now_ms = at("2026-11-21T10:00Z") + draw(&seed) % 100 * HOUR;
        struct outlook before;
        outlook_judge(&question, now_ms, &before);
        const int64_t next_ms = outlook_next(&question, now_ms, now_ms + 4 * DAY_MS);
        for (int64_t ms = now_ms; ms <= now_ms + 4 * DAY_MS; ms += HOUR / 4) {
            struct outlook now;
            outlook_judge(&question, ms, &now);
            assert_true(now.p50_ms >= before.p50_ms && now.p90_ms >= before.p90_ms);
            assert_true(now.grade >= before.grade);
            assert_true(ms >= next_ms || now.grade == before.grade || ms == now_ms);
            if (ms < next_ms) {
                before = now;
            }
        }
        if (next_ms < now_ms + 4 * DAY_MS) {
            struct outlook then;
            struct outlook just_before;
            outlook_judge(&question, next_ms, &then);
            outlook_judge(&question, next_ms - 1, &just_before);
            assert_true(then.grade > just_before.grade);
        }
    }
}

static void
the_trace_tells_how_it_came_about(void **state)
{
    OWNED(arena) arena;
    const struct outlook_parcel parcel = {.number = "S-1",
                                          .shipped_ms = at("2026-11-22T10:00Z"),
                                          .is_tracked = true,
                                          .eta_ms = AMOUNT_NONE,
                                          .pace = &known};
    struct outlook_question question = to_send("2026-11-24", "2026-11-23T10:00Z");
    (void)state;
    arena_init(&arena, 1 << 20);
    question.parcels = &parcel;
    question.parcel_count = 1;
    assert_string_equal(
        outlook_trace(&question, NOW, &arena),
        "{\"rule\":\"outlook\",\"promised\":\"2026-11-24\",\"grade\":\"at-risk\","
        "\"cause\":\"carrier\",\"p50\":\"2026-11-24T14:00:00Z\",\"p90\":\"2026-11-30T10:00:00Z\","
        "\"left\":[{\"stage\":\"warehouse\",\"cause\":\"warehouse\",\"key\":\"configured\","
        "\"samples\":0,\"since\":\"2026-11-23T10:00:00Z\",\"p50\":\"2026-11-23T14:00:00Z\","
        "\"p90\":\"2026-11-24T10:00:00Z\"},"
        "{\"stage\":\"transit\",\"cause\":\"time\",\"key\":\"configured\",\"samples\":0,"
        "\"since\":null,\"p50\":\"2026-11-24T14:00:00Z\",\"p90\":\"2026-11-26T10:00:00Z\"}],"
        "\"parcels\":[{\"number\":\"S-1\",\"cause\":\"carrier\",\"key\":\"ups CN DE\","
        "\"samples\":5,\"eta\":null,\"p50\":\"2026-11-24T10:00:00Z\","
        "\"p90\":\"2026-11-30T10:00:00Z\"}]}");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_those_of_the_nearest_rank),
        cmocka_unit_test(each_grade_has_its_border),
        cmocka_unit_test(the_end_of_the_promised_day_counts),
        cmocka_unit_test(working_time_leaves_out_nights_weekends_and_holidays),
        cmocka_unit_test(what_takes_longer_takes_as_long_as_the_others_that_did),
        cmocka_unit_test(an_estimate_counts_until_it_has_passed),
        cmocka_unit_test(each_cause_is_named),
        cmocka_unit_test(dates_take_the_place_of_times),
        cmocka_unit_test(what_nobody_can_say_is_a_risk),
        cmocka_unit_test(a_cut_off_moves_it_to_the_next_working_day),
        cmocka_unit_test(a_hold_with_a_last_day_ends_after_it),
        cmocka_unit_test(the_last_of_several_parcels_counts),
        cmocka_unit_test(a_parcel_that_nobody_tells_of_is_never_overdue),
        cmocka_unit_test(a_better_outlook_needs_news_or_a_day),
        cmocka_unit_test(without_news_it_only_becomes_later_and_the_moment_is_known),
        cmocka_unit_test(the_trace_tells_how_it_came_about),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
