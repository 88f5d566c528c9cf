/* What must hold for any table and any basket: thousands of them, drawn by a fixed seed. */
#include "promotion_draw.h"

#include "base/buf.h"

enum { TEXT_MAX = 1024 * 1024 };

/* --- all of a result as text --- */

static const char *
code_of(const struct promotion *promotion)
{
    return promotion == NULL ? "-" : promotion->code;
}

static void
write_told(struct buf *text, const struct promotion_result *result)
{
    for (size_t index = 0; index < result->told_count; index++) {
        const struct promotion_told *told = &result->told[index];
        buf_format(text, "%s %s %s %zd %ld %ld %ld %ld %ld %ld %ld\n", told->promotion->code,
                   promotion_verdict_names[told->verdict], code_of(told->other),
                   (ssize_t)told->line, told->compared, told->needed, told->reduction_minor,
                   told->uses, told->given_micros, told->owed_micros, told->dropped_micros);
    }
}

static void
write_result(struct buf *text, const struct bench *bench)
{
    const struct promotion_result *result = &bench->result;
    for (size_t index = 0; index < bench->basket.line_count; index++) {
        buf_format(text, "net %ld\n", result->net_minor[index]);
    }
    for (size_t index = 0; index < result->reduction_count; index++) {
        const struct reduction *reduction = &result->reductions[index];
        buf_format(text, "%s %zu %ld %ld\n", reduction->promotion->code, reduction->line,
                   reduction->before_minor, reduction->reduction_minor);
    }
    for (size_t index = 0; index < result->free_goods_count; index++) {
        const struct free_goods *goods = &result->free_goods[index];
        buf_format(text, "%s %s %zd %ld %ld\n", goods->promotion->code, goods->sku,
                   (ssize_t)goods->line, goods->quantity_micros, goods->owed_micros);
    }
    for (size_t index = 0; index < result->use_count; index++) {
        const struct promotion_use *use = &result->uses[index];
        buf_format(text, "%s %s %ld %ld %ld\n", use->promotion->code, use->coupon, use->uses,
                   use->reduction_minor, use->spent_minor);
    }
    write_told(text, result);
    for (size_t index = 0; index < bench->basket.coupon_count; index++) {
        buf_format(text, "coupon %s\n", coupon_verdict_names[result->coupons[index]]);
    }
    buf_text(text, "");
}

static struct promotion *
row_of(struct bench *bench, const char *code)
{
    struct promotion *row = bench->rows;
    while (strcmp(row->code, code) != 0) {
        row++;
    }
    return row;
}

/* Rows, facts and stock in another order. */
static void
apply_shuffled(struct bench *bench)
{
    const char *used[BENCH_FEW];
    for (size_t index = 0; index < bench->usage_count; index++) {
        used[index] = bench->usage[index].promotion->code;
    }
    shuffle(bench->rows, sizeof bench->rows[0], bench->row_count);
    shuffle(bench->rewards, sizeof bench->rewards[0], bench->reward_count);
    for (size_t index = 0; index < bench->usage_count; index++) {
        bench->usage[index].promotion = row_of(bench, used[index]);
    }
    const struct promotion_table *table = find(bench);
    shuffle(bench->facts, sizeof bench->facts[0], bench->fact_count);
    promotion_apply(table, &bench->basket, bench->facts, bench->fact_count, bench->rewards,
                    bench->reward_count, &bench->arena, &bench->result);
}

static void
no_order_of_rows_facts_or_stock_matters(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        OWNED(buf) first;
        draw_bench(&bench, round);
        apply(&bench);
        buf_init(&first, TEXT_MAX);
        write_result(&first, &bench);
        for (int again = 0; again < 2; again++) {
            OWNED(buf) text;
            buf_init(&text, TEXT_MAX);
            if (again == 0) {
                apply(&bench);
            } else {
                apply_shuffled(&bench);
            }
            write_result(&text, &bench);
            assert_string_equal(first.bytes, text.bytes);
        }
    }
}

/* --- a bill can be read downwards --- */

static void
reductions_lead_from_list_to_net(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        apply(&bench);
        int64_t left[BENCH_LINES];
        size_t stack[BENCH_LINES] = {0};
        for (size_t line = 0; line < bench.basket.line_count; line++) {
            left[line] = bench.lines[line].list_minor;
        }
        for (size_t index = 0; index < bench.result.reduction_count; index++) {
            const struct reduction *reduction = &bench.result.reductions[index];
            assert_int_equal(reduction->before_minor, left[reduction->line]);
            assert_true(reduction->reduction_minor > 0);
            assert_false(bench.lines[reduction->line].is_closed);
            left[reduction->line] -= reduction->reduction_minor;
            assert_true(left[reduction->line] >= 0);
            stack[reduction->line]++;
        }
        for (size_t line = 0; line < bench.basket.line_count; line++) {
            assert_int_equal(bench.result.net_minor[line], left[line]);
            assert_true(stack[line] <= PROMOTION_STACK_MAX);
        }
    }
}

/* --- limits, budgets, stock --- */

static void
check_use(const struct bench *bench, const struct promotion_use *use)
{
    const struct promotion *row = use->promotion;
    struct promotion_fact fact = {0};
    int64_t reduction = 0;
    for (size_t index = 0; index < bench->fact_count; index++) {
        fact = bench->facts[index].promotion == row ? bench->facts[index] : fact;
    }
    for (size_t index = 0; index < bench->result.reduction_count; index++) {
        const struct reduction *at = &bench->result.reductions[index];
        reduction += at->promotion == row ? at->reduction_minor : 0;
    }
    assert_int_equal(use->reduction_minor, reduction);
    assert_true(use->uses > 0 && use->spent_minor >= reduction);
    assert_true(row->limit_order == 0 || use->uses <= row->limit_order ||
                (row->action != ACTION_BUY_GET && !row->repeats));
    assert_true(row->limit_total == 0 || use->uses + fact.uses_total <= row->limit_total);
    assert_true(row->budget_minor == 0 || use->spent_minor + fact.spent_minor <= row->budget_minor);
    assert_true(!row->needs_coupon || use->coupon[0] != '\0');
}

static void
check_stock(const struct bench *bench)
{
    for (size_t at = 0; at < bench->reward_count; at++) {
        int64_t taken = 0;
        for (size_t index = 0; index < bench->result.free_goods_count; index++) {
            const struct free_goods *goods = &bench->result.free_goods[index];
            taken += strcmp(goods->sku, bench->rewards[at].sku) == 0
                         ? goods->quantity_micros - goods->owed_micros
                         : 0;
        }
        assert_true(taken <= bench->rewards[at].available_micros);
    }
}

static void
nothing_is_given_beyond_its_limits(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        apply(&bench);
        for (size_t index = 0; index < bench.result.use_count; index++) {
            check_use(&bench, &bench.result.uses[index]);
        }
        check_stock(&bench);
    }
}

/* --- what was told --- */

static void
check_told(const struct bench *bench, const struct promotion *row)
{
    const struct promotion_use *use = use_of(bench, row->code);
    int64_t reduction = 0;
    bool was_told = false, was_applied = false;
    for (size_t index = 0; index < bench->result.told_count; index++) {
        const struct promotion_told *told = &bench->result.told[index];
        if (told->promotion == row) {
            was_told = true;
            was_applied |= told->verdict == PROMOTION_APPLIED;
            reduction += told->verdict == PROMOTION_APPLIED ? told->reduction_minor : 0;
            assert_true(
                (told->verdict != PROMOTION_NEVER_WITH && told->verdict != PROMOTION_REPLACED) ||
                told->other != NULL);
        }
    }
    assert_true(was_told);
    assert_int_equal(was_applied, use != NULL);
    assert_int_equal(reduction, use == NULL ? 0 : use->reduction_minor);
}

static void
each_candidate_is_told(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        apply(&bench);
        for (size_t index = 0; index < bench.fact_count; index++) {
            check_told(&bench, bench.facts[index].promotion);
        }
        for (size_t index = 0; index < bench.basket.coupon_count; index++) {
            const struct promotion_use *use = use_of(&bench, bench.coupons[index].promotion);
            assert_true(bench.result.coupons[index] != COUPON_USED || use != NULL);
        }
    }
}

/* --- what goes with what --- */

static bool
names(const struct promotion *one, const struct promotion *other)
{
    return one != other &&
           (strcmp(one->never_with, "*") == 0 || strstr(one->never_with, other->code) != NULL);
}

static void
nothing_is_with_what_it_is_never_with(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        apply(&bench);
        for (size_t one = 0; one < bench.result.use_count; one++) {
            for (size_t other = 0; other < bench.result.use_count; other++) {
                assert_false(
                    names(bench.result.uses[one].promotion, bench.result.uses[other].promotion));
            }
        }
    }
}

/* An exclusive promotion is alone on its lines; across priorities only one of each priority is on a
 * line; within priorities only compounded ones of one priority share a stage. */
static void
check_pair(const struct bench *bench, const struct reduction *one, const struct reduction *other)
{
    const struct promotion *first = one->promotion;
    const struct promotion *second = other->promotion;
    assert_true(first->mode != MODE_EXCLUSIVE && second->mode != MODE_EXCLUSIVE);
    assert_true(stage_of(first) <= stage_of(second));
    if (stage_of(first) == stage_of(second)) {
        const bool is_within = bench->basket.model == MODEL_WITHIN;
        assert_true(is_within ? first->priority == second->priority
                              : first->priority > second->priority);
        assert_true(!is_within ||
                    (first->mode == MODE_COMPOUNDED && second->mode == MODE_COMPOUNDED));
    }
}

static void
lines_are_shared_as_the_model_says(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        apply(&bench);
        const struct promotion_result *result = &bench.result;
        for (size_t one = 0; one < result->reduction_count; one++) {
            for (size_t other = one + 1; other < result->reduction_count; other++) {
                if (result->reductions[one].line == result->reductions[other].line) {
                    check_pair(&bench, &result->reductions[one], &result->reductions[other]);
                }
            }
        }
    }
}

/* --- candidates --- */

static void
candidates_are_those_that_can_touch(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        find(&bench);
        size_t at = 0; /* rows were drawn in the order of their codes */
        for (size_t index = 0; index < bench.row_count; index++) {
            if (can_touch(&bench, &bench.rows[index])) {
                assert_true(at < bench.fact_count);
                assert_ptr_equal(bench.facts[at].promotion, &bench.rows[index]);
                at++;
            }
        }
        assert_int_equal(at, bench.fact_count);
    }
}

/* One promotion over all lines comes to the same, however they stand, where no limit cuts it off in
 * their sequence. */
static void
a_total_does_not_depend_on_the_sequence_of_lines(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        bench.row_count = 1;
        bench.rows[0].limit_order = bench.rows[0].limit_total = 0;
        bench.rows[0].budget_minor = 0;
        bench.rows[0].repeats &= bench.rows[0].action != ACTION_BUY_GET;
        bench.rows[0].get_micros = MICROS;
        bench.rows[0].free_form = FORM_REDUCTION;
        apply(&bench);
        const int64_t wanted = total(&bench);
        shuffle(bench.lines, sizeof bench.lines[0], bench.basket.line_count);
        apply(&bench);
        assert_int_equal(total(&bench), wanted);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_order_of_rows_facts_or_stock_matters),
        cmocka_unit_test(reductions_lead_from_list_to_net),
        cmocka_unit_test(nothing_is_given_beyond_its_limits),
        cmocka_unit_test(each_candidate_is_told),
        cmocka_unit_test(nothing_is_with_what_it_is_never_with),
        cmocka_unit_test(lines_are_shared_as_the_model_says),
        cmocka_unit_test(candidates_are_those_that_can_touch),
        cmocka_unit_test(a_total_does_not_depend_on_the_sequence_of_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
