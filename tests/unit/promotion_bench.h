/* promotion_bench.h -- one basket and a table of promotions, to be applied in tests. */
#ifndef PURSER_PROMOTION_BENCH_H
#define PURSER_PROMOTION_BENCH_H

#include "promotion_row.h"

#include "base/decimal.h"
#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { bench_day = 20781, BENCH_ROWS = 64, BENCH_LINES = 64, BENCH_FEW = 8 };

struct bench {
    struct arena arena;
    struct promotion rows[BENCH_ROWS];
    size_t row_count;
    struct promotion_line lines[BENCH_LINES];
    struct coupon_fact coupons[BENCH_FEW];
    struct reward_fact rewards[BENCH_FEW];
    size_t reward_count;
    struct promotion_fact usage[BENCH_FEW]; /* copied to the facts of the same row */
    size_t usage_count;
    struct basket basket;
    struct promotion_fact *facts;
    size_t fact_count;
    struct promotion_result result;
};

static inline void
bench_close(struct bench *bench)
{
    arena_close(&bench->arena);
}

static inline void
bench_init(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    arena_init(&bench->arena, 256 * 1024 * 1024);
    bench->basket = (struct basket){.customer = "NORD",
                                    .group = "shops",
                                    .channel = "web",
                                    .currency = "EUR",
                                    .exponent = 2,
                                    .day = bench_day,
                                    .lines = bench->lines,
                                    .coupons = bench->coupons};
}

static inline struct promotion
bench_promotion(const char *code, enum promotion_action action)
{
    return promotion_row(code, code, action);
}

static inline struct promotion *
add_row(struct bench *bench, const char *code, enum promotion_action action)
{
    struct promotion *row = &bench->rows[bench->row_count++];
    *row = bench_promotion(code, action);
    return row;
}

static inline struct promotion *
add_percent(struct bench *bench, const char *code, int64_t percent)
{
    struct promotion *row = add_row(bench, code, ACTION_PERCENT);
    row->value_micros = percent * 10000;
    return row;
}

static inline struct promotion *
add_amount(struct bench *bench, const char *code, int64_t value_minor)
{
    struct promotion *row = add_row(bench, code, ACTION_AMOUNT);
    row->value_minor = value_minor;
    return row;
}

/* 买三送一 and its like: cheapest of all, inclusive, as a reduction. */
static inline struct promotion *
add_buy_get(struct bench *bench, const char *code, int64_t buy, int64_t get)
{
    struct promotion *row = add_row(bench, code, ACTION_BUY_GET);
    row->buy = buy;
    row->get = get;
    return row;
}

/* The whole order, from an amount on: 满300减50. */
static inline struct promotion *
add_order_amount(struct bench *bench, const char *code, int64_t minimum_minor, int64_t value_minor)
{
    struct promotion *row = add_amount(bench, code, value_minor);
    row->level = LEVEL_ORDER;
    row->minimum_amount_minor = minimum_minor;
    return row;
}

static inline struct promotion_line *
add_line(struct bench *bench, const char *sku, int64_t quantity, int64_t list_minor)
{
    struct promotion_line *line = &bench->lines[bench->basket.line_count++];
    *line = (struct promotion_line){.sku = sku,
                                    .category = "tea",
                                    .quantity_micros = quantity * MICROS,
                                    .list_minor = list_minor};
    return line;
}

static inline struct coupon_fact *
add_coupon(struct bench *bench, const char *code, const char *promotion)
{
    struct coupon_fact *coupon = &bench->coupons[bench->basket.coupon_count++];
    *coupon = (struct coupon_fact){
        .code = code, .promotion = promotion, .valid_to = INT32_MAX, .customer = ""};
    return coupon;
}

static inline struct promotion_fact *
add_usage(struct bench *bench, const struct promotion *row)
{
    struct promotion_fact *usage = &bench->usage[bench->usage_count++];
    *usage = (struct promotion_fact){.promotion = row};
    return usage;
}

/* Compile the table, and find the rows for the basket. */
static inline const struct promotion_table *
find(struct bench *bench)
{
    const struct promotion_table *table =
        promotion_compile(bench->rows, bench->row_count, &bench->arena);
    bench->fact_count = promotion_candidates(table, &bench->basket, &bench->arena, &bench->facts);
    for (size_t index = 0; index < bench->fact_count; index++) {
        for (size_t at = 0; at < bench->usage_count; at++) {
            if (bench->usage[at].promotion == bench->facts[index].promotion) {
                bench->facts[index] = bench->usage[at];
            }
        }
    }
    return table;
}

static inline void
apply(struct bench *bench)
{
    const struct promotion_table *table = find(bench);
    promotion_apply(table, &bench->basket, bench->facts, bench->fact_count, bench->rewards,
                    bench->reward_count, &bench->arena, &bench->result);
}

static inline int64_t
total(const struct bench *bench)
{
    int64_t sum = 0;
    for (size_t index = 0; index < bench->basket.line_count; index++) {
        sum += bench->result.net_minor[index];
    }
    return sum;
}

/* What was told of a promotion; of several the one that stands `skip` later. */
static inline const struct promotion_told *
told_of(const struct bench *bench, const char *code, size_t skip)
{
    for (size_t index = 0; index < bench->result.told_count; index++) {
        if (strcmp(bench->result.told[index].promotion->code, code) == 0 && skip-- == 0) {
            return &bench->result.told[index];
        }
    }
    return NULL;
}

#define assert_verdict(bench, name, wanted)                                                        \
    assert_string_equal(promotion_verdict_names[told_of((bench), (name), 0)->verdict],             \
                        promotion_verdict_names[wanted])

#define assert_other(bench, name, wanted)                                                          \
    assert_string_equal(told_of((bench), (name), 0)->other->code, (wanted))

static inline const struct promotion_use *
use_of(const struct bench *bench, const char *code)
{
    for (size_t index = 0; index < bench->result.use_count; index++) {
        if (strcmp(bench->result.uses[index].promotion->code, code) == 0) {
            return &bench->result.uses[index];
        }
    }
    return NULL;
}

#endif
