/* What must hold for any table and any basket: thousands of them, drawn by a fixed seed. */
#include "promotion_bench.h"

#include "base/buf.h"

enum { CASES = 4000, TEXT_MAX = 1024 * 1024 };

static uint64_t seed;

static int64_t
draw(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static const char *
draw_text(const char *const *texts, int64_t count)
{
    return texts[draw(count)];
}

static const char *const codes[] = {"P00", "P01", "P02", "P03", "P04", "P05", "P06", "P07",
                                    "P08", "P09", "P10", "P11", "P12", "P13", "P14", "P15"};
static const char *const sku_lists[] = {"", "", "", "S1", "S2 | S3", "S4|S1", "S9"};
static const char *const category_lists[] = {"", "", "", "tea", "mugs | tea"};
static const char *const never_lists[] = {"", "", "", "", "", "", "P01", "P03 | P00", "P02", "*"};

static void
draw_action(struct promotion *row)
{
    row->action = (enum promotion_action)draw(ACTION_COUNT);
    row->value_micros = row->action == ACTION_PERCENT ? draw(20) * 50000 : draw(30) * MICROS;
    row->value_minor = draw(3) == 0 ? 0 : draw(3000);
    row->buy = 1 + draw(4);
    row->get = 1 + draw(2);
    row->get_micros = draw(4) == 0 ? 500000 : MICROS;
    row->get_skus = draw(3) == 0 ? "S2 | G" : "";
    row->choice = (enum choice)draw(CHOICE_COUNT);
    row->grouping = (enum grouping)draw(GROUPING_COUNT);
    row->free_count = (enum free_count)draw(FREE_COUNT);
    row->free_form = (enum free_form)draw(FORM_COUNT);
    row->out_of_stock = (enum out_of_stock)draw(OUT_COUNT);
}

static void
draw_row(struct bench *bench)
{
    struct promotion *row = add_percent(bench, codes[bench->row_count], 10);
    draw_action(row);
    row->priority = draw(3);
    row->mode = (enum promotion_mode)draw(MODE_COUNT);
    row->skus = draw_text(sku_lists, 7);
    row->categories = draw_text(category_lists, 5);
    row->never_with = draw_text(never_lists, 10);
    row->together = draw(3) == 0;
    row->level = draw(4) == 0 ? LEVEL_ORDER : LEVEL_LINE;
    row->base = (enum threshold_base)draw(BASE_COUNT);
    row->repeats = draw(3) == 0;
    row->minimum_quantity_micros = draw(4) == 0 ? (1 + draw(6)) * MICROS : 0;
    row->minimum_amount_minor = draw(4) == 0 ? 1 + draw(6000) : 0;
    row->limit_order = draw(4) == 0 ? 1 + draw(3) : 0;
    row->limit_total = draw(4) == 0 ? 1 + draw(9) : 0;
    row->budget_minor = draw(5) == 0 ? 1 + draw(4000) : 0;
    row->needs_coupon = draw(8) == 0;
    row->valid_to = draw(12) == 0 ? bench_day - 1 : INT32_MAX;
    row->customers = draw(8) == 0 ? "NORD | SUD" : draw(12) == 0 ? "SUD" : "";
    row->groups = draw(12) == 0 ? "shops" : draw(12) == 0 ? "none" : "";
}

static void
draw_line(struct bench *bench)
{
    static const char *const skus[] = {"S1", "S2", "S3", "S4", "S5"};
    static const char *const categories[] = {"tea", "mugs", ""};
    struct promotion_line *line =
        add_line(bench, draw_text(skus, 5), 1 + draw(6), draw(5) == 0 ? draw(3) : draw(5000));
    line->category = draw_text(categories, 3);
    line->quantity_micros += draw(4) == 0 ? draw(MICROS) : 0;
    line->is_closed = draw(12) == 0;
}

static void
draw_bench(struct bench *bench, int round)
{
    seed = UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(round + 1);
    bench_init(bench);
    bench->basket.model = (enum promotion_model)draw(MODEL_COUNT);
    for (int64_t count = 1 + draw(16); count > 0; count--) {
        draw_row(bench);
    }
    for (int64_t count = 1 + draw(8); count > 0; count--) {
        draw_line(bench);
    }
    for (int64_t count = draw(3); count > 0; count--) {
        add_coupon(bench, "X", codes[draw(16)])->limit_total = draw(2);
    }
    bench->rewards[bench->reward_count++] = (struct reward_fact){"G", draw(4) * MICROS};
    bench->rewards[bench->reward_count++] = (struct reward_fact){"S1", draw(4) * MICROS};
    for (size_t index = 0; index < bench->row_count && bench->usage_count < 3; index += 5) {
        struct promotion_fact *usage = add_usage(bench, &bench->rows[index]);
        usage->uses_total = usage->uses_customer = draw(4);
        usage->spent_minor = draw(1000);
    }
}

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

static void
shuffle(void *list, size_t size, size_t count)
{
    char kept[sizeof(struct promotion)];
    char *bytes = list;
    assert_true(size <= sizeof kept);
    for (size_t index = count; index-- > 1;) {
        const size_t other = (size_t)draw((int64_t)index + 1);
        memcpy(kept, bytes + index * size, size);
        memcpy(bytes + index * size, bytes + other * size, size);
        memcpy(bytes + other * size, kept, size);
    }
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

static int
stage_of(const struct promotion *row)
{
    const bool needs = row->minimum_amount_minor > 0 || row->minimum_quantity_micros > 0;
    return row->level == LEVEL_ORDER ? 2 : needs && row->action != ACTION_BUY_GET ? 1 : 0;
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

static bool
is_listed(const char *list, const char *word)
{
    char text[64];
    snprintf(text, sizeof text, "%s", list);
    char *rest = text;
    for (char *part = strsep(&rest, " |"); part != NULL; part = strsep(&rest, " |")) {
        if (part[0] != '\0' && strcmp(part, word) == 0) {
            return true;
        }
    }
    return false;
}

static bool
can_touch(const struct bench *bench, const struct promotion *row)
{
    bool has_line = false, has_coupon = !row->needs_coupon;
    for (size_t index = 0; index < bench->basket.line_count; index++) {
        has_line |= (row->skus[0] == '\0' && row->categories[0] == '\0') ||
                    is_listed(row->skus, bench->lines[index].sku) ||
                    is_listed(row->categories, bench->lines[index].category);
    }
    for (size_t index = 0; index < bench->basket.coupon_count; index++) {
        has_coupon |= strcmp(bench->coupons[index].promotion, row->code) == 0;
    }
    return has_line && has_coupon &&
           (row->customers[0] == '\0' || is_listed(row->customers, bench->basket.customer)) &&
           (row->groups[0] == '\0' || is_listed(row->groups, bench->basket.group));
}

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

/* --- against a plain way to work it out, where each line stands for itself --- */

static void
make_plain(struct bench *bench)
{
    for (size_t index = 0; index < bench->row_count; index++) {
        struct promotion *row = &bench->rows[index];
        row->action = row->action == ACTION_BUY_GET ? ACTION_PERCENT : row->action;
        row->value_micros = row->action == ACTION_PERCENT ? draw(20) * 50000 : row->value_micros;
        row->level = LEVEL_LINE;
        row->never_with = "";
        row->limit_order = row->limit_customer = row->limit_total = row->budget_minor = 0;
        row->together = row->repeats = false;
    }
}

static int64_t
plain_reduction(const struct promotion *row, const struct promotion_line *line, int64_t amount)
{
    const int64_t base = row->base == BASE_LIST ? line->list_minor : amount;
    int64_t off = 0;
    if (line->quantity_micros < row->minimum_quantity_micros || base < row->minimum_amount_minor) {
        return 0;
    }
    if (row->action == ACTION_PERCENT) {
        off = money_rate(amount, row->value_micros, ROUND_HALF_UP);
    } else if (row->action == ACTION_FIXED_PRICE) {
        off = amount - money_extend(row->value_micros, line->quantity_micros, 2, ROUND_HALF_UP);
    } else if (row->action == ACTION_AMOUNT) {
        off = row->value_minor;
    } else {
        off =
            decimal_divide((int128)row->value_minor * line->quantity_micros, MICROS, ROUND_HALF_UP);
    }
    return off < 0 ? 0 : off < amount ? off : amount;
}

struct plain {
    const struct bench *bench;
    const struct promotion_line *line;
    int stage;
    int64_t priority;
    int64_t left;
    bool is_touched, is_exclusive;
};

static bool
is_in_turn(const struct plain *plain, const struct promotion *row)
{
    const bool is_on = (row->skus[0] == '\0' && row->categories[0] == '\0') ||
                       is_listed(row->skus, plain->line->sku) ||
                       is_listed(row->categories, plain->line->category);
    return is_on && can_touch(plain->bench, row) && bench_day <= row->valid_to &&
           stage_of(row) == plain->stage && row->priority == plain->priority;
}

/* All compounded ones of the turn: fixed prices, amounts per unit, amounts, percentages; rows stand
 * in the order of their codes. */
static int64_t
plain_compound(const struct plain *plain)
{
    int64_t left = plain->left;
    for (int action = 0; action < ACTION_COUNT; action++) {
        for (size_t index = 0; index < plain->bench->row_count; index++) {
            const struct promotion *row = &plain->bench->rows[index];
            if ((int)row->action == action && row->mode == MODE_COMPOUNDED &&
                is_in_turn(plain, row)) {
                left -= plain_reduction(row, plain->line, left);
            }
        }
    }
    return plain->left - left;
}

/* What is left after one turn; true when something was taken. */
static bool
plain_turn(struct plain *plain)
{
    const bool is_within = plain->bench->basket.model == MODEL_WITHIN;
    int64_t exclusive = 0, other = is_within ? plain_compound(plain) : 0;
    for (size_t index = 0; index < plain->bench->row_count; index++) {
        const struct promotion *row = &plain->bench->rows[index];
        if (!is_in_turn(plain, row) || (row->mode == MODE_COMPOUNDED && is_within)) {
            continue;
        }
        if (row->mode == MODE_EXCLUSIVE) {
            const int64_t off =
                plain->is_touched ? 0 : plain_reduction(row, plain->line, plain->left);
            exclusive = off > exclusive ? off : exclusive;
        } else {
            const bool is_best = is_within && row->mode == MODE_BEST_PRICE;
            const int64_t from = is_best ? plain->line->list_minor : plain->left;
            const int64_t gain = plain->left - (from - plain_reduction(row, plain->line, from));
            other = gain > other ? gain : other;
        }
    }
    plain->is_exclusive = exclusive > 0;
    const int64_t off = exclusive > 0 ? exclusive : other;
    plain->left -= off;
    plain->is_touched |= off > 0;
    return off > 0;
}

static int64_t
plain_net(const struct bench *bench, const struct promotion_line *line)
{
    struct plain plain = {.bench = bench, .line = line, .left = line->list_minor};
    for (plain.stage = 0; plain.stage < 3; plain.stage++) {
        bool is_done = line->is_closed;
        for (plain.priority = 2; plain.priority >= 0; plain.priority--) {
            if (!is_done && !plain.is_exclusive) {
                is_done = plain_turn(&plain) && bench->basket.model == MODEL_WITHIN;
            }
        }
    }
    return plain.left;
}

/* And the lines may stand in any order. */
static void
lines_for_themselves_come_out_as_worked_out_plainly(void **state)
{
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(bench) bench;
        draw_bench(&bench, round);
        make_plain(&bench);
        bench.basket.coupon_count = 0;
        bench.usage_count = 0;
        for (int again = 0; again < 2; again++) {
            apply(&bench);
            for (size_t line = 0; line < bench.basket.line_count; line++) {
                assert_int_equal(bench.result.net_minor[line],
                                 plain_net(&bench, &bench.lines[line]));
            }
            shuffle(bench.lines, sizeof bench.lines[0], bench.basket.line_count);
        }
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
        cmocka_unit_test(lines_for_themselves_come_out_as_worked_out_plainly),
        cmocka_unit_test(a_total_does_not_depend_on_the_sequence_of_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
