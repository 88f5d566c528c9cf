/* promise_bench.h -- questions for the promise rule, as tests put them together. */
#ifndef PURSER_PROMISE_BENCH_H
#define PURSER_PROMISE_BENCH_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "rules/promise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BENCH_NEEDS = 8, BENCH_EXCEPTIONS = 6, BENCH_ARENA_BYTES = 64 * 1024 * 1024 };

struct bench {
    struct arena arena;
    struct calendar_exception exceptions[BENCH_EXCEPTIONS];
    struct business_calendar calendar;
    struct promise_place places[3];
    struct promise_need needs[BENCH_NEEDS];
    struct promise_question question;
    struct promise_decision decision;
};

static inline int32_t
day_named(const char *text)
{
    int32_t day = DAY_NONE;
    assert_true(day_parse(text, &day));
    return day;
}

/* From Monday to Friday, but for Christmas Day and New Year, and on one Saturday: 2026-12-12.
 * Today is Monday, 2026-11-30. */
static inline struct bench *
bench_make(void)
{
    static const struct working_hours hours = {9 * INT64_C(3600000), 18 * INT64_C(3600000)};
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    arena_init(&bench->arena, BENCH_ARENA_BYTES);
    bench->exceptions[0] = (struct calendar_exception){day_named("2026-12-25"), false};
    bench->exceptions[1] = (struct calendar_exception){day_named("2027-01-01"), false};
    bench->exceptions[2] = (struct calendar_exception){day_named("2026-12-12"), true};
    assert_true(business_calendar_init(&bench->calendar, 31, &hours, bench->exceptions, 3));
    bench->places[0] = (struct promise_place){"harbour", 2};
    bench->places[1] = (struct promise_place){"inland", 5};
    bench->places[2] = (struct promise_place){"island", 0};
    bench->question = (struct promise_question){.calendar = &bench->calendar,
                                                .today = day_named("2026-11-30"),
                                                .pick_days = 1,
                                                .places = bench->places,
                                                .place_count = 2,
                                                .needs = bench->needs};
    return bench;
}

static inline void
bench_end(struct bench *bench)
{
    arena_close(&bench->arena);
    free(bench);
}

static inline const struct promise_decision *
bench_decide(struct bench *bench)
{
    promise_decide(&bench->question, &bench->arena, &bench->decision);
    return &bench->decision;
}

#endif
