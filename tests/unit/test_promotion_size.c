/* Large tables and large orders: what is not concerned costs nothing, and nothing is quadratic in
 * lines.  Times are bounds that only another order of growth breaks. */
#include "promotion_bench.h"

#include "base/buf.h"

#include <stdlib.h>
#include <time.h>

enum { ROWS_MAX = 10000, LINES_MAX = 10000, NAME_SIZE = 24 };

/* A table and an order, larger than a bench. */
struct large {
    struct arena arena;
    struct promotion *rows;
    char (*row_names)[NAME_SIZE];
    struct promotion_line *lines;
    char (*skus)[NAME_SIZE];
    struct basket basket;
    struct promotion_result result;
    struct promotion_fact *facts;
    size_t fact_count;
};

static void
large_close(struct large *large)
{
    arena_close(&large->arena);
}

static void
large_init(struct large *large, size_t line_count)
{
    memset(large, 0, sizeof *large);
    arena_init(&large->arena, (size_t)1024 * 1024 * 1024);
    large->rows = arena_array(&large->arena, struct promotion, ROWS_MAX);
    large->row_names = arena_alloc(&large->arena, (size_t)ROWS_MAX * NAME_SIZE);
    large->lines = arena_array(&large->arena, struct promotion_line, line_count);
    large->skus = arena_alloc(&large->arena, line_count * NAME_SIZE);
    large->basket = (struct basket){.customer = "NORD",
                                    .group = "shops",
                                    .channel = "web",
                                    .currency = "EUR",
                                    .exponent = 2,
                                    .day = bench_day,
                                    .lines = large->lines,
                                    .line_count = line_count};
    for (size_t index = 0; index < line_count; index++) {
        snprintf(large->skus[index], NAME_SIZE, "S%zu", index);
        large->lines[index] = (struct promotion_line){.sku = large->skus[index],
                                                      .category = "tea",
                                                      .quantity_micros = 3 * MICROS,
                                                      .list_minor = 1000 + (int64_t)index};
    }
    for (size_t index = 0; index < ROWS_MAX; index++) {
        snprintf(large->row_names[index], NAME_SIZE, "P%zu", index);
        large->rows[index] = bench_promotion(large->row_names[index], ACTION_PERCENT);
        large->rows[index].value_micros = 10000 + (int64_t)(index % 7) * 1000;
    }
}

static int64_t
now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Microseconds of one run. */
static int64_t
run(struct large *large, const struct promotion_table *table)
{
    const int64_t begin = now_us();
    large->fact_count = promotion_candidates(table, &large->basket, &large->arena, &large->facts);
    promotion_apply(table, &large->basket, large->facts, large->fact_count, NULL, 0, &large->arena,
                    &large->result);
    return now_us() - begin;
}

static int64_t
run_rows(struct large *large, size_t row_count)
{
    return run(large, promotion_compile(large->rows, row_count, &large->arena));
}

/* Of several tries the shortest: what else the machine does is no matter of ours. */
static int64_t
many_candidates_us(struct large *large, const struct promotion_table *table)
{
    OWNED(arena) arena; /* of one document after the other */
    int64_t best = INT64_MAX;
    arena_init(&arena, 1024 * 1024);
    for (int try = 0; try < 20; try++) {
        const int64_t begin = now_us();
        for (int time = 0; time < 200; time++) {
            arena_reset(&arena);
            large->fact_count = promotion_candidates(table, &large->basket, &arena, &large->facts);
        }
        const int64_t took = now_us() - begin;
        best = took < best ? took : best;
    }
    return best;
}

/* Ten rows concern the order; 9,990 others do not. */
static void
rows_of_other_products_cost_nothing(void **state)
{
    OWNED(large) large;
    (void)state;
    large_init(&large, 20);
    for (size_t index = 0; index < ROWS_MAX; index++) {
        large.rows[index].skus = index < 10 ? large.skus[index] : large.row_names[index];
        large.rows[index].needs_coupon = index >= 5000;
        large.rows[index].customers = index >= 2500 && index < 5000 ? "SUD | WEST" : "";
    }
    const struct promotion_table *few = promotion_compile(large.rows, 10, &large.arena);
    const struct promotion_table *many = promotion_compile(large.rows, ROWS_MAX, &large.arena);
    const int64_t few_us = many_candidates_us(&large, few);
    assert_int_equal(large.fact_count, 10);
    const int64_t many_us = many_candidates_us(&large, many);
    assert_int_equal(large.fact_count, 10);
    print_message("200 times the candidates of 20 lines: %ld us of 10 rows, %ld us of 10,000\n",
                  (long)few_us, (long)many_us);
    assert_true(many_us < 3 * few_us + 500);
}

/* 1,000 lines with 1,000 promotions, however these are on them. */
enum shape { EACH_A_LINE, ALL_ON_ALL, PRIORITIES, TOGETHER, CLUSTERED, BEST_PRICES, SHAPES };

static void
shape_rows(struct large *large, enum shape shape, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        struct promotion *row = &large->rows[index];
        row->skus = shape == EACH_A_LINE ? large->skus[index] : "";
        row->mode = shape == BEST_PRICES || (shape == ALL_ON_ALL && index % 2 == 0)
                        ? MODE_BEST_PRICE
                        : MODE_COMPOUNDED;
        row->priority = shape == PRIORITIES ? (int64_t)index : 0;
        row->together = shape == TOGETHER || (shape == CLUSTERED && index == 0);
        row->minimum_amount_minor = shape == BEST_PRICES && index > 500 ? 1 : 0;
        row->level = shape == BEST_PRICES && index > 700 ? LEVEL_ORDER : LEVEL_LINE;
        row->never_with = shape == ALL_ON_ALL && index == 0 ? "NOBODY" : "";
    }
}

static void
a_thousand_lines_with_a_thousand_promotions_are_quick(void **state)
{
    static const char *const names[SHAPES] = {"each a line", "all on all", "priorities",
                                              "together",    "clustered",  "best prices"};
    (void)state;
    for (int shape = 0; shape < SHAPES; shape++) {
        for (int model = 0; model < MODEL_COUNT; model++) {
            OWNED(large) large;
            large_init(&large, 1000);
            large.basket.model = (enum promotion_model)model;
            shape_rows(&large, (enum shape)shape, 1000);
            const int64_t took = run_rows(&large, 1000);
            print_message("%s, %s: %ld us\n", names[shape], promotion_model_names[model],
                          (long)took);
            assert_true(large.result.reduction_count >= 1000);
            assert_true(took < 3000000);
        }
    }
}

/* One group, heap or cluster of all lines, which later stages would replace. */
static int64_t
group_us(size_t line_count, int kind)
{
    int64_t best = INT64_MAX;
    for (int try = 0; try < 3; try++) {
        OWNED(large) large;
        large_init(&large, line_count);
        struct promotion *row = &large.rows[0];
        row->together = true;
        row->action = kind == 0 ? ACTION_PERCENT : ACTION_BUY_GET;
        row->buy = 3;
        row->get = 1;
        row->free_count = kind == 2 ? FREE_EXCLUSIVE : FREE_INCLUSIVE;
        row->free_form = FORM_IN_KIND;
        large.rows[1].minimum_amount_minor = 1;
        large.rows[2].minimum_amount_minor = 1;
        large.rows[2].mode = MODE_BEST_PRICE;
        const int64_t took = run_rows(&large, 20);
        best = took < best ? took : best;
    }
    return best;
}

/* Five times the lines take about five times as long, and not twenty-five times. */
static void
groups_of_ten_thousand_lines_are_fine(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        const int64_t few_us = group_us(LINES_MAX / 5, kind);
        const int64_t many_us = group_us(LINES_MAX, kind);
        print_message("group %d: 2,000 lines %ld us, 10,000 lines %ld us\n", kind, (long)few_us,
                      (long)many_us);
        assert_true(many_us < 12 * few_us + 300000);
    }
}

/* As many rows as lines, each on one, and one that joins all to a cluster. */
static void
ten_thousand_rows_in_one_cluster_are_fine(void **state)
{
    OWNED(large) large;
    (void)state;
    large_init(&large, LINES_MAX);
    shape_rows(&large, EACH_A_LINE, ROWS_MAX);
    large.rows[0].skus = "";
    large.rows[0].together = true;
    const int64_t took = run_rows(&large, ROWS_MAX);
    print_message("a cluster of 10,000 lines and rows: %ld us\n", (long)took);
    assert_int_equal(large.result.reduction_count, 2 * LINES_MAX - 1);
    assert_true(took < 5000000);
}

/* The longest order, and on each of its lines as many promotions as a table may have. */
static void
as_much_as_may_come_is_worked(void **state)
{
    OWNED(large) large;
    (void)state;
    large_init(&large, LINES_MAX);
    for (size_t index = 0; index < PROMOTION_CANDIDATES_MAX; index++) {
        large.rows[index].mode = MODE_EXCLUSIVE;
    }
    const int64_t took = run_rows(&large, PROMOTION_CANDIDATES_MAX);
    print_message("10,000 lines, 5,000 exclusive promotions on each: %ld us\n", (long)took);
    assert_false(large.result.is_too_much);
    assert_int_equal(large.result.reduction_count, LINES_MAX);
    assert_true(took < 60000000);
}

/* Each use of any of them changes what all other lines may have. */
static void
entangled_offers_end(void **state)
{
    OWNED(large) large;
    (void)state;
    large_init(&large, LINES_MAX);
    for (size_t index = 0; index < PROMOTION_CANDIDATES_MAX; index++) {
        struct promotion *row = &large.rows[index];
        row->action = ACTION_AMOUNT;
        row->value_minor = 1;
        row->minimum_quantity_micros = MICROS;
        row->repeats = true;
        row->limit_order = 3;
    }
    const int64_t took = run_rows(&large, PROMOTION_CANDIDATES_MAX);
    print_message("10,000 lines, 5,000 entangled promotions: given up after %ld us\n", (long)took);
    assert_true(large.result.is_too_much);
    assert_true(took < 60000000);
}

/* Many goods are given with one line, or with many. */
static void
goods_in_kind_are_bounded(void **state)
{
    static const struct {
        size_t lines, rows;
        bool is_too_much;
    } cases[] = {{2, 10000, false}, {3, 10000, true}, {LINES_MAX, 2, false}, {LINES_MAX, 3, true}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        for (int model = 0; model < MODEL_COUNT; model++) {
            OWNED(large) large;
            large_init(&large, cases[index].lines);
            large.basket.model = (enum promotion_model)model;
            for (size_t at = 0; at < cases[index].rows; at++) {
                struct promotion *row = &large.rows[at];
                row->action = ACTION_BUY_GET;
                row->buy = row->get = 1;
                row->free_count = FREE_EXCLUSIVE;
                row->free_form = FORM_IN_KIND;
                row->priority = model == MODEL_ACROSS ? (int64_t)at : 0;
            }
            run_rows(&large, cases[index].rows);
            assert_int_equal(large.result.is_too_much, cases[index].is_too_much);
            assert_int_equal(large.result.free_goods_count,
                             cases[index].is_too_much ? 0 : PROMOTION_GOODS_MAX);
        }
    }
}

static void
what_is_told_is_bounded(void **state)
{
    OWNED(large) large;
    (void)state;
    large_init(&large, LINES_MAX);
    shape_rows(&large, BEST_PRICES, 50);
    run_rows(&large, 50);
    assert_in_range(large.result.told_count, PROMOTION_TOLD_MAX, PROMOTION_TOLD_MAX + 100);
    size_t told[50] = {0};
    for (size_t index = 0; index < large.result.told_count; index++) {
        told[large.result.told[index].promotion - large.rows]++;
    }
    for (size_t index = 0; index < 50; index++) {
        assert_true(told[index] > 0);
    }
}

/* A list longer than the order has products. */
static void
long_lists_are_matched_by_the_order(void **state)
{
    OWNED(large) large;
    (void)state;
    large_init(&large, 3);
    OWNED(buf) list;
    buf_init(&list, 1024 * 1024);
    for (int index = 0; index < 5000; index++) {
        buf_format(&list, "%sX%d", index == 0 ? "" : " | ", index);
    }
    buf_text(&list, " | S1");
    large.rows[0].skus = list.bytes;
    run_rows(&large, 1);
    assert_int_equal(large.result.reduction_count, 1);
    assert_int_equal(large.result.reductions[0].line, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_other_products_cost_nothing),
        cmocka_unit_test(a_thousand_lines_with_a_thousand_promotions_are_quick),
        cmocka_unit_test(groups_of_ten_thousand_lines_are_fine),
        cmocka_unit_test(ten_thousand_rows_in_one_cluster_are_fine),
        cmocka_unit_test(as_much_as_may_come_is_worked),
        cmocka_unit_test(entangled_offers_end),
        cmocka_unit_test(goods_in_kind_are_bounded),
        cmocka_unit_test(what_is_told_is_bounded),
        cmocka_unit_test(long_lists_are_matched_by_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
