/* The engine against a plain way to work it out, where each line stands for itself. */
#include "promotion_draw.h"

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_for_themselves_come_out_as_worked_out_plainly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
