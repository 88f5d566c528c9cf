/* What a price list is doubted for, each doubt beside the list that is just good; and how far it
 * moves prices. */
#include "rules/ladder.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TODAY = 1000, EVER = INT32_MAX };

static struct master_row
row(int64_t line, int64_t quantity, int32_t from, int32_t to, int64_t price)
{
    struct master_row made;
    master_row_init(DOCUMENT_PRICES, &made);
    made.line = line;
    made.price.sku = "TEA-1";
    made.price.scope = "base";
    made.price.currency = "EUR";
    made.price.quantity_from_micros = quantity * MICROS;
    made.price.valid_from = from;
    made.price.valid_to = to;
    made.price.price_micros = price * MICROS;
    return made;
}

static struct master_row
graduated(struct master_row made)
{
    made.price.breaks = "graduated";
    return made;
}

static struct master_row
pooled(struct master_row made)
{
    made.price.break_group = "teas";
    return made;
}

static struct master_row
taxed(struct master_row made)
{
    made.price.includes_tax = "yes";
    return made;
}

static struct master_row
of_customer(struct master_row made)
{
    made.price.scope = "customer";
    made.price.holder = "C100";
    return made;
}

/* "CODE line expected hint" of each finding, one a line. */
static const char *
told(struct findings *findings)
{
    static char text[4096];
    size_t size = 0;
    text[0] = '\0';
    for (size_t index = 0; index < findings->count; index++) {
        const struct finding *finding = &findings->items[index];
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%s %lld %s%s%s",
                                 index == 0 ? "" : "\n", message_entry(finding->code)->id,
                                 (long long)finding->place.line, finding->expected,
                                 finding->hint[0] == '\0' ? "" : " ", finding->hint);
    }
    return text;
}

#define ROWS_MAX 6
struct example {
    const char *told;
    struct master_row rows[ROWS_MAX];
    size_t count;
    int64_t minimum, multiple;
};

static void
judge(const struct example *examples, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        const struct example *example = &examples[index];
        const struct ladder ladder = {example->rows, example->count, example->minimum * MICROS,
                                      example->multiple * MICROS, TODAY};
        struct findings findings;
        struct lint lint;
        findings_init(&findings);
        lint_init(&lint, &findings);
        ladder_lint(&ladder, &lint);
        lint_end(&lint);
        assert_string_equal(told(&findings), example->told);
        findings_close(&findings);
    }
}
#define judge_all(examples) judge((examples), sizeof(examples) / sizeof(examples)[0])

static void
good_lists_have_no_doubts(void **state)
{
    const struct example examples[] = {
        {"", {row(2, 0, 0, EVER, 10)}, 1, 0, 0},
        {"", {row(2, 0, 0, EVER, 10), row(3, 10, 0, EVER, 9), row(4, 100, 0, EVER, 9)}, 3, 0, 0},
        {"", {row(2, 0, 0, 1100, 10), row(3, 0, 1101, EVER, 12)}, 2, 0, 0},
        {"", {{.line = 0}}, 0, 0, 0},
        /* another kind of breaks, with tax and by groups, from a day on */
        {"",
         {row(2, 0, 0, 1100, 10), taxed(pooled(graduated(row(3, 0, 1101, EVER, 12)))),
          row(4, 10, 0, 1100, 9), taxed(pooled(graduated(row(5, 10, 1101, EVER, 11))))},
         4,
         0,
         0},
    };
    (void)state;
    judge_all(examples);
}

static void
rows_of_one_day_must_agree(void **state)
{
    const struct example examples[] = {
        {"MASTER-LADDER-MIXED 3 2",
         {row(2, 0, 0, EVER, 10), graduated(row(3, 10, 0, EVER, 9))},
         2,
         0,
         0},
        {"MASTER-LADDER-MIXED 3 2",
         {row(2, 0, 0, EVER, 10), pooled(row(3, 10, 2000, EVER, 9))},
         2,
         0,
         0},
        {"MASTER-LADDER-MIXED 3 2",
         {row(2, 0, 0, 1200, 10), taxed(row(3, 10, 1200, 1200, 9))},
         2,
         0,
         0},
        {"MASTER-PRICE-GAP-BELOW 2 2000-01-01/.. 10",
         {row(2, 0, 0, 10956, 10), taxed(row(3, 10, 10957, EVER, 9))},
         2,
         0,
         0},
    };
    (void)state;
    judge_all(examples);
}

static void
more_should_not_cost_more_per_unit(void **state)
{
    const struct example examples[] = {
        {"MASTER-PRICE-RISES 3 10: 11.00 0: 10.00",
         {row(2, 0, 0, EVER, 10), row(3, 10, 0, EVER, 11)},
         2,
         0,
         0},
        /* against the deepest break that is cheaper */
        {"MASTER-PRICE-RISES 4 100: 9.00 10: 8.00",
         {row(2, 0, 0, EVER, 10), row(3, 10, 0, EVER, 8), row(4, 100, 0, EVER, 9)},
         3,
         0,
         0},
        {"MASTER-PRICE-RISES 3 10: 11.00 0: 10.00",
         {graduated(row(2, 0, 0, EVER, 10)), graduated(row(3, 10, 0, EVER, 11))},
         2,
         0,
         0},
        /* never on the same day */
        {"",
         {row(2, 0, 0, 1100, 10), row(3, 0, 1101, EVER, 12), row(4, 10, 1101, EVER, 11)},
         3,
         0,
         0},
    };
    (void)state;
    judge_all(examples);
}

static void
a_row_that_nothing_sold_can_reach(void **state)
{
    const struct example examples[] = {
        /* sold from 48 in steps of 24: whoever reaches 1 reaches 48 */
        {"MASTER-PRICE-UNREACHABLE 2 48 48",
         {row(2, 1, 0, EVER, 10), row(3, 48, 0, EVER, 9)},
         2,
         48,
         24},
        {"MASTER-PRICE-UNREACHABLE 3 24 24",
         {row(2, 0, 0, EVER, 10), row(3, 13, 0, EVER, 9), row(4, 24, 0, EVER, 8)},
         3,
         0,
         12},
        /* 12 is sold, and does not reach 13 */
        {"", {row(2, 0, 0, EVER, 10), row(3, 12, 0, EVER, 9), row(4, 13, 0, EVER, 8)}, 3, 0, 12},
        /* covered by two rows after each other; or not on the day between them */
        {"MASTER-PRICE-UNREACHABLE 2 48 40",
         {row(2, 1, 0, 1500, 10), row(3, 40, 1101, EVER, 9), row(4, 48, 0, 1100, 9)},
         3,
         48,
         0},
        {"", {row(2, 1, 0, 1500, 10), row(3, 40, 1102, EVER, 9), row(4, 48, 0, 1100, 9)}, 3, 48, 0},
        /* bands fill from below, and pools come to any sum */
        {"", {graduated(row(2, 1, 0, EVER, 10)), graduated(row(3, 48, 0, EVER, 9))}, 2, 48, 24},
        {"", {pooled(row(2, 1, 0, EVER, 10)), pooled(row(3, 48, 0, EVER, 9))}, 2, 48, 24},
    };
    (void)state;
    judge_all(examples);
}

static void
days_without_price(void **state)
{
    const struct example examples[] = {
        {"MASTER-PRICE-GAP 3 1973-01-05/1973-01-09",
         {row(2, 0, 0, 1099, 10), row(3, 0, 1105, EVER, 10)},
         2,
         0,
         0},
        /* what is over by now does not matter */
        {"", {row(2, 0, 0, 900, 10), row(3, 0, 1000, EVER, 10)}, 2, 0, 0},
        {"MASTER-PRICE-GAP 3 1972-06-20/1972-09-27",
         {row(2, 0, 0, 900, 10), row(3, 0, 1001, EVER, 10)},
         2,
         0,
         0},
        {"MASTER-PRICE-GAP-BELOW 2 1973-01-06/.. 10",
         {row(2, 0, 0, 1100, 10), row(3, 10, 0, EVER, 9)},
         2,
         0,
         0},
        {"MASTER-PRICE-GAP-BELOW 2 1970-01-01/1973-01-05 10",
         {row(2, 0, 1101, EVER, 10), row(3, 10, 0, EVER, 9)},
         2,
         0,
         0},
        /* the lists of customers may have gaps: there is a base price below them */
        {"",
         {of_customer(row(2, 0, 0, 1099, 10)), of_customer(row(3, 0, 1105, EVER, 10))},
         2,
         0,
         0},
        {"MASTER-PRICE-MINIMUM 2 12 24", {row(2, 24, 0, EVER, 10)}, 1, 12, 0},
        {"MASTER-PRICE-MINIMUM 2 6 24", {row(2, 24, 0, EVER, 10)}, 1, 0, 6},
        {"", {row(2, 24, 0, EVER, 10)}, 1, 0, 0},
        {"", {row(2, 12, 0, EVER, 10)}, 1, 12, 0},
        {"MASTER-PRICE-EXPIRED 2 1972-09-26",
         {row(2, 0, 0, 900, 10), row(3, 0, 950, 999, 10)},
         2,
         0,
         0},
        {"", {row(2, 0, 0, 900, 10), row(3, 0, 901, 1000, 10)}, 2, 0, 0},
    };
    (void)state;
    judge_all(examples);
}

static const struct {
    int64_t lowest, highest;
    const char *told;
    struct option_fact options[4];
    size_t count;
} with_options[] = {
    {10,
     20,
     "",
     {{.name = "colour",
       .value = "red",
       .surcharge_micros = -10000000,
       .surcharge_percent_micros = 0}},
     1},
    {10,
     20,
     "MASTER-PRICE-NEGATIVE 7 -0.50 colour=red | lid=none",
     {{.name = "colour",
       .value = "blue",
       .surcharge_micros = 500000,
       .surcharge_percent_micros = 0},
      {.name = "colour",
       .value = "red",
       .surcharge_micros = -10000000,
       .surcharge_percent_micros = 0},
      {.name = "lid", .value = "none", .surcharge_micros = -500000, .surcharge_percent_micros = 0}},
     3},
    /* values of one option go one at a time */
    {10,
     20,
     "",
     {{.name = "colour",
       .value = "blue",
       .surcharge_micros = -6000000,
       .surcharge_percent_micros = 0},
      {.name = "colour",
       .value = "red",
       .surcharge_micros = -6000000,
       .surcharge_percent_micros = 0}},
     2},
    /* a percentage weighs most on the dearest */
    {1,
     20,
     "MASTER-PRICE-NEGATIVE 7 -1.00 a=x | b=y",
     {{.name = "a", .value = "x", .surcharge_micros = 1000000, .surcharge_percent_micros = -900000},
      {.name = "b", .value = "y", .surcharge_micros = 0, .surcharge_percent_micros = -200000}},
     2},
    /* what must be ordered cannot be left out: its cheapest value counts, whatever it is */
    {1,
     1,
     "",
     {{.name = "a", .value = "x", .surcharge_micros = 2000000, .is_required = true},
      {.name = "b", .value = "y", .surcharge_micros = -2500000}},
     2},
    {0,
     0,
     "",
     {{.name = "a", .value = "x", .surcharge_micros = 0, .surcharge_percent_micros = -1000000}},
     1},
};

static void
options_may_take_a_price_below_zero(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof with_options / sizeof with_options[0]; index++) {
        const struct price_span span = {"TEA-1", "EUR", with_options[index].lowest * MICROS,
                                        with_options[index].highest * MICROS, 7};
        struct findings findings;
        struct lint lint;
        findings_init(&findings);
        lint_init(&lint, &findings);
        ladder_lint_options(&span, with_options[index].options, with_options[index].count, &lint);
        assert_string_equal(told(&findings), with_options[index].told);
        findings_close(&findings);
    }
}

/* Each code so many times; the rest is counted. */
static void
doubts_are_told_in_measure(void **state)
{
    (void)state;
    struct findings findings;
    struct lint lint;
    findings_init(&findings);
    lint_init(&lint, &findings);
    for (int index = 0; index < LINT_TOLD_MAX + 7; index++) {
        lint_tell(&lint, &(struct finding){.code = M_MASTER_PRICE_RISES,
                                           .value = arena_copy(lint_scratch(&lint), "x")});
    }
    lint_tell(&lint, &(struct finding){.code = M_MASTER_PRICE_GAP});
    lint_end(&lint);
    assert_int_equal(findings.count, LINT_TOLD_MAX + 2);
    const struct finding *more = &findings.items[LINT_TOLD_MAX + 1];
    assert_int_equal(more->code, M_MASTER_LINT_MORE);
    assert_string_equal(more->value, "7");
    assert_string_equal(more->expected, "MASTER-PRICE-RISES");
    findings_close(&findings);
}

/* -- moves ------------------------------------------------------------------------------------ */

static void
a_move_is_against_what_held_before(void **state)
{
    static const struct {
        const char *told;     /* "from>to percent" of each move */
        int64_t before[4][4]; /* quantity, from, to, price */
        int64_t now[4][4];
    } cases[] = {
        {"", {{0, 0, EVER, 10}}, {{0, 0, EVER, 10}}},
        {"10>15 +50%", {{0, 0, EVER, 10}}, {{0, 0, EVER, 15}}},
        {"10>5 -50%", {{0, 0, EVER, 10}}, {{0, 0, 99, 10}, {0, 100, EVER, 5}}},
        /* what begins after the end follows what ended last */
        {"20>30 +50%", {{0, 0, 10, 10}, {0, 11, 20, 20}}, {{0, 50, EVER, 30}}},
        /* a price that there was none before for */
        {"", {{0, 100, EVER, 10}}, {{0, 0, 50, 30}}},
        {"", {{10, 0, EVER, 10}}, {{5, 0, EVER, 30}}},
        /* a new break moves what the quantity cost until now */
        {"10>9 -10%", {{0, 0, EVER, 10}, {100, 0, EVER, 8}}, {{0, 0, EVER, 10}, {50, 0, EVER, 9}}},
        {"8>9 +12.5%", {{0, 0, EVER, 10}, {100, 0, EVER, 8}}, {{120, 0, EVER, 9}}},
        /* of all periods the one that it leaves most */
        {"10>22 +120%", {{0, 0, 10, 10}, {0, 11, EVER, 20}}, {{0, 0, EVER, 22}}},
        {"0>1 +", {{0, 0, EVER, 0}}, {{0, 0, EVER, 1}}},
        {"3>4 +33.3%", {{0, 0, EVER, 3}}, {{0, 0, EVER, 4}}},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct master_row before[4];
        struct master_row now[4];
        size_t before_count = 0;
        size_t now_count = 0;
        OWNED(arena) arena;
        arena_init(&arena, 65536);
        for (; before_count < 4 && cases[index].before[before_count][2] != 0; before_count++) {
            const int64_t *cells = cases[index].before[before_count];
            before[before_count] = row(2, cells[0], (int32_t)cells[1], (int32_t)cells[2], cells[3]);
        }
        for (; now_count < 4 && cases[index].now[now_count][2] != 0; now_count++) {
            const int64_t *cells = cases[index].now[now_count];
            now[now_count] = row(2, cells[0], (int32_t)cells[1], (int32_t)cells[2], cells[3]);
        }
        const struct ladder old = {before, before_count, 0, 0, TODAY};
        const struct ladder new = {now, now_count, 0, 0, TODAY};
        struct price_move moves[4];
        const size_t count = ladder_moves(&old, &new, moves);
        const char *text = "";
        for (size_t at = 0; at < count; at++) {
            text = arena_format(&arena, "%s%s%lld>%lld %s", text, at == 0 ? "" : ", ",
                                (long long)(moves[at].before->price.price_micros / MICROS),
                                (long long)(moves[at].now->price.price_micros / MICROS),
                                price_move_text(&moves[at], &arena));
        }
        assert_string_equal(text, cases[index].told);
    }
}

static void
moves_are_compared_by_their_share(void **state)
{
    (void)state;
    const struct master_row ten = row(2, 0, 0, EVER, 10);
    const struct master_row fifteen = row(2, 0, 0, EVER, 15);
    const struct master_row sixteen = row(2, 0, 0, EVER, 16);
    const struct master_row nothing = row(2, 0, 0, EVER, 0);
    const struct price_move up = {&ten, &fifteen};
    const struct price_move further = {&ten, &sixteen};
    const struct price_move down = {&sixteen, &ten};
    const struct price_move from_nothing = {&nothing, &ten};
    const struct price_move none = {NULL, &ten};
    assert_false(price_move_exceeds(&up, 500000));
    assert_true(price_move_exceeds(&further, 500000));
    assert_false(price_move_exceeds(&down, 375000));
    assert_true(price_move_exceeds(&down, 374999));
    assert_true(price_move_exceeds(&from_nothing, 10000000));
    assert_true(price_move_is_larger(&down, &none));
    assert_true(price_move_is_larger(&further, &up));
    assert_true(price_move_is_larger(&up, &down));
    assert_false(price_move_is_larger(&up, &up));
    assert_true(price_move_is_larger(&from_nothing, &further));
    assert_false(price_move_is_larger(&further, &from_nothing));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_lists_have_no_doubts),
        cmocka_unit_test(rows_of_one_day_must_agree),
        cmocka_unit_test(more_should_not_cost_more_per_unit),
        cmocka_unit_test(a_row_that_nothing_sold_can_reach),
        cmocka_unit_test(days_without_price),
        cmocka_unit_test(options_may_take_a_price_below_zero),
        cmocka_unit_test(doubts_are_told_in_measure),
        cmocka_unit_test(a_move_is_against_what_held_before),
        cmocka_unit_test(moves_are_compared_by_their_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
