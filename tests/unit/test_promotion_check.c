/* What is wrong with a table of promotions. */
#include "promotion_draw.h"

struct table {
    struct bench bench;
    struct promotion_remark *remarks;
    size_t remark_count;
};

static void
table_close(struct table *table)
{
    bench_close(&table->bench);
}

static void
table_init(struct table *table)
{
    bench_init(&table->bench);
}

static void
check(struct table *table)
{
    struct bench *bench = &table->bench;
    for (size_t index = 0; index < bench->row_count; index++) {
        bench->rows[index].line = (int64_t)index + 2;
    }
    table->remark_count =
        promotion_check(bench->rows, bench->row_count, 100, &bench->arena, &table->remarks);
}

#define assert_remark(table, at, wanted, where)                                                    \
    do {                                                                                           \
        assert_true((at) < (table)->remark_count);                                                 \
        assert_int_equal((table)->remarks[at].doubt, wanted);                                      \
        assert_string_equal((table)->remarks[at].column, where);                                   \
    } while (0)

/* --- rows by themselves --- */

static void
sound_rows_are_not_remarked_on(void **state)
{
    OWNED(table) table;
    (void)state;
    table_init(&table);
    add_percent(&table.bench, "A", 10)->never_with = "B | *";
    add_order_amount(&table.bench, "B", 30000, 5000)->currency = "EUR";
    add_buy_get(&table.bench, "C", 3, 1)->grouping = GROUPS_BY_PRICE;
    struct promotion *row = add_buy_get(&table.bench, "D", 3, 1);
    row->free_count = FREE_EXCLUSIVE;
    row->free_form = FORM_IN_KIND;
    row->out_of_stock = OUT_REDUCTION;
    row->repeats = true;
    row->minimum_quantity_micros = 1;
    row = add_row(&table.bench, "E", ACTION_FIXED_PRICE);
    row->value_micros = 1;
    row->currency = "EUR";
    check(&table);
    assert_int_equal(table.remark_count, 0);
}

/* One mistake each, in a row that is sound but for it; get_micros: 0 is all, -1 none. */
static const struct {
    struct promotion row;
    enum promotion_doubt doubt;
    const char *column;
} mistakes[] = {
    {{.action = ACTION_PERCENT}, DOUBT_VALUE_MISSING, "percent"},
    {{.action = ACTION_AMOUNT, .currency = "EUR"}, DOUBT_VALUE_MISSING, "amount"},
    {{.action = ACTION_AMOUNT_UNIT, .currency = "EUR"}, DOUBT_VALUE_MISSING, "amount"},
    {{.action = ACTION_BUY_GET, .buy = 1, .get = 1, .get_micros = -1},
     DOUBT_VALUE_MISSING,
     "get_percent"},
    {{.action = ACTION_BUY_GET,
      .buy = 1,
      .get = 1,
      .free_count = FREE_EXCLUSIVE,
      .get_skus = "CAP"},
     DOUBT_VALUE_MISSING,
     "amount"},
    {{.action = ACTION_BUY_GET, .buy = 1, .get = 1, .repeats = true},
     DOUBT_VALUE_MISSING,
     "minimum_amount"},
    {{.action = ACTION_AMOUNT, .value_minor = 1}, DOUBT_CURRENCY, "currency"},
    {{.action = ACTION_FIXED_PRICE, .value_micros = 1}, DOUBT_CURRENCY, "currency"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .budget_minor = 1}, DOUBT_CURRENCY, "currency"},
    {{.action = ACTION_BUY_GET, .buy = 0, .get = 1}, DOUBT_BUY_GET, "buy"},
    {{.action = ACTION_BUY_GET, .buy = 1, .get = PROMOTION_UNITS_MAX + 1}, DOUBT_BUY_GET, "get"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .valid_from = 5, .valid_to = 4},
     DOUBT_PERIOD,
     "valid_to"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .never_with = "X"},
     DOUBT_NEVER_WITH,
     "never_with"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .never_with = "NONE"},
     DOUBT_NEVER_WITH,
     "never_with"},
    {{.action = ACTION_FIXED_PRICE, .currency = "EUR"}, DOUBT_SELF_FINANCED, "action"},
    {{.action = ACTION_AMOUNT, .value_minor = 300, .minimum_amount_minor = 300, .currency = "EUR"},
     DOUBT_SELF_FINANCED,
     "action"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .value_minor = 1, .currency = "EUR"},
     DOUBT_VALUE_UNUSED,
     "amount"},
    {{.action = ACTION_AMOUNT, .value_micros = 1, .value_minor = 1, .currency = "EUR"},
     DOUBT_VALUE_UNUSED,
     "percent"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .buy = 1}, DOUBT_VALUE_UNUSED, "buy"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .get = 1}, DOUBT_VALUE_UNUSED, "get"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .get_micros = 5},
     DOUBT_VALUE_UNUSED,
     "get_percent"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .get_skus = "A"},
     DOUBT_VALUE_UNUSED,
     "get_skus"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .choice = CHOOSE_DEAREST},
     DOUBT_VALUE_UNUSED,
     "pick"},
    {{.action = ACTION_BUY_GET, .buy = 1, .get = 1, .get_skus = "A", .grouping = GROUPS_BY_PRICE},
     DOUBT_VALUE_UNUSED,
     "grouping"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .free_count = FREE_EXCLUSIVE},
     DOUBT_VALUE_UNUSED,
     "free_units"},
    {{.action = ACTION_BUY_GET, .buy = 1, .get = 1, .free_form = FORM_IN_KIND},
     DOUBT_VALUE_UNUSED,
     "given_as"},
    {{.action = ACTION_BUY_GET, .buy = 1, .get = 1, .out_of_stock = OUT_DROPPED},
     DOUBT_VALUE_UNUSED,
     "out_of_stock"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .repeats = true}, DOUBT_VALUE_UNUSED, "repeats"},
    {{.action = ACTION_PERCENT, .value_micros = 1, .base = BASE_REDUCED},
     DOUBT_VALUE_UNUSED,
     "threshold_base"}};

static void
mistakes_of_a_row_name_their_column(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof mistakes / sizeof mistakes[0]; index++) {
        OWNED(table) table;
        table_init(&table);
        struct promotion *row = add_row(&table.bench, "X", ACTION_PERCENT);
        const struct promotion *wrong = &mistakes[index].row;
        const struct promotion sound = *row;
        *row = *wrong;
        row->code = "X";
        row->name = row->name_zh = row->customers = row->groups = row->channels = "";
        row->skus = row->categories = "";
        row->mode = MODE_COMPOUNDED;
        row->currency = wrong->currency == NULL ? "" : wrong->currency;
        row->never_with = wrong->never_with == NULL ? "" : wrong->never_with;
        row->get_skus = wrong->get_skus == NULL ? "" : wrong->get_skus;
        row->valid_to = wrong->valid_to == 0 ? INT32_MAX : wrong->valid_to;
        row->get_micros = wrong->get_micros == 0    ? sound.get_micros
                          : wrong->get_micros == -1 ? 0
                                                    : wrong->get_micros;
        check(&table);
        assert_int_equal(table.remark_count, 1);
        assert_remark(&table, 0, mistakes[index].doubt, mistakes[index].column);
        assert_ptr_equal(table.remarks[0].promotion, row);
    }
}

static void
errors_and_warnings_are_told_apart(void **state)
{
    (void)state;
    for (int doubt = DOUBT_NONE; doubt < DOUBT_COUNT; doubt++) {
        const bool is_warning = doubt == DOUBT_VALUE_UNUSED || doubt == DOUBT_OVERLAP ||
                                doubt == DOUBT_SHADOWED || doubt == DOUBT_SELF_FINANCED;
        assert_int_equal(promotion_doubt_is_warning((enum promotion_doubt)doubt), is_warning);
    }
}

static void
remarks_stand_by_line_and_are_cut(void **state)
{
    OWNED(table) table;
    (void)state;
    table_init(&table);
    for (int index = 0; index < 5; index++) {
        add_percent(&table.bench, codes[index], index == 2 ? 10 : 0)->never_with = "NO | NONE";
        table.bench.rows[index].line = 9 - index;
    }
    table.remark_count =
        promotion_check(table.bench.rows, 5, 7, &table.bench.arena, &table.remarks);
    static const int64_t lines[] = {5, 5, 5, 6, 6, 6, 7};
    assert_int_equal(table.remark_count, 7);
    for (size_t index = 0; index < 7; index++) {
        assert_int_equal(table.remarks[index].promotion->line, lines[index]);
    }
    assert_string_equal(table.remarks[1].text, "NO");
    assert_string_equal(table.remarks[2].text, "NONE");
}

/* --- overlaps --- */

static struct promotion *
add_best(struct table *table, const char *code, int64_t percent)
{
    struct promotion *row = add_percent(&table->bench, code, percent);
    row->mode = MODE_BEST_PRICE;
    return row;
}

/* B is changed in one thing, and does not overlap with A any more. */
static void
rows_overlap_when_the_code_decides(void **state)
{
    enum { OVERLAPS, MODE, PRIORITY, SAVING, PRODUCT, TIME, CUSTOMER, GROUP, CURRENCY, STAGE, ALL };
    (void)state;
    for (int change = OVERLAPS; change < ALL; change++) {
        OWNED(table) table;
        table_init(&table);
        struct promotion *first = add_best(&table, "A", 10);
        struct promotion *second = add_best(&table, "B", change == SAVING ? 11 : 10);
        first->skus = "S1 | S2";
        second->skus = change == PRODUCT ? "S3" : "S3 | S2";
        second->mode = change == MODE ? MODE_EXCLUSIVE : MODE_BEST_PRICE;
        second->priority = change == PRIORITY ? -1 : 0;
        first->valid_to = 100;
        second->valid_from = change == TIME ? 101 : 100;
        first->customers = "NORD | SUD";
        second->customers = change == CUSTOMER ? "WEST" : "SUD";
        first->groups = change == GROUP ? "one" : "";
        second->groups = "two";
        first->currency = "EUR";
        second->currency = change == CURRENCY ? "USD" : "";
        second->level = change == STAGE ? LEVEL_ORDER : LEVEL_LINE;
        check(&table);
        assert_int_equal(table.remark_count, change == OVERLAPS);
        if (change == OVERLAPS) {
            assert_remark(&table, 0, DOUBT_OVERLAP, "priority");
            assert_ptr_equal(table.remarks[0].promotion, second);
            assert_ptr_equal(table.remarks[0].other, first);
        }
    }
}

/* What is bought and got is part of the saving. */
static void
buy_and_get_overlaps_when_it_gives_alike(void **state)
{
    enum { ALIKE, BUY, GET, PART, CHOICE, GROUPING, FREE, SKUS, TIMES, MINIMUM, ALL };
    (void)state;
    for (int change = ALIKE; change < ALL; change++) {
        OWNED(table) table;
        table_init(&table);
        for (int index = 0; index < 2; index++) {
            const bool is_other = index == 1;
            struct promotion *row = add_buy_get(&table.bench, codes[index], 3, 1);
            row->mode = MODE_BEST_PRICE;
            row->repeats = !(change == TIMES && is_other);
            row->minimum_amount_minor = change == MINIMUM && is_other ? 101 : 100;
            row->currency = "EUR";
            row->buy = change == BUY && is_other ? 4 : 3;
            row->get = change == GET && is_other ? 2 : 1;
            row->get_micros = change == PART && is_other ? 500000 : MICROS;
            row->choice = change == CHOICE && is_other ? CHOOSE_DEAREST : CHOOSE_CHEAPEST;
            row->grouping = change == GROUPING && is_other ? GROUPS_BY_PRICE : GROUPS_ALL;
            row->free_count = change == FREE && is_other ? FREE_EXCLUSIVE : FREE_INCLUSIVE;
            row->get_skus = change == SKUS && is_other ? "CAP" : "";
        }
        check(&table);
        assert_int_equal(table.remark_count, change == ALIKE);
    }
}

static void
a_row_on_every_line_overlaps_with_any(void **state)
{
    OWNED(table) table;
    (void)state;
    table_init(&table);
    add_best(&table, "A", 10)->skus = "S1";
    add_best(&table, "B", 10)->categories = "tea";
    add_best(&table, "C", 10);
    add_best(&table, "D", 10)->skus = "S4";
    check(&table);
    assert_int_equal(table.remark_count, 2);
    assert_string_equal(table.remarks[0].promotion->code, "C");
    assert_string_equal(table.remarks[0].other->code, "A");
    assert_string_equal(table.remarks[1].promotion->code, "D");
    assert_string_equal(table.remarks[1].other->code, "C");
}

/* --- shadows --- */

static void
what_can_never_be_applied_is_shadowed(void **state)
{
    enum { SHADOWED, LATER, SHORTER, THRESHOLD, LIMIT, PRODUCTS, CUSTOMERS, BEFORE, COUPON, ALL };
    (void)state;
    for (int change = SHADOWED; change < ALL; change++) {
        OWNED(table) table;
        table_init(&table);
        struct promotion *wide = add_percent(&table.bench, "WIDE", 5);
        struct promotion *row = add_percent(&table.bench, "ROW", 10);
        wide->mode = MODE_EXCLUSIVE;
        wide->priority = change == LATER ? -1 : 1;
        wide->skus = change == PRODUCTS ? "S1" : "S1 | S2 | S3";
        row->skus = "S2 | S1";
        wide->valid_to = change == SHORTER ? 99 : 100;
        row->valid_to = 100;
        wide->minimum_quantity_micros = change == THRESHOLD;
        wide->limit_total = change == LIMIT;
        wide->customers = change == CUSTOMERS ? "NORD" : "";
        wide->needs_coupon = change == COUPON;
        if (change == BEFORE) {
            struct promotion *before = add_percent(&table.bench, "BEFORE", 1);
            before->priority = 2;
            before->skus = "S9";
        }
        check(&table);
        assert_int_equal(table.remark_count, change == SHADOWED);
        if (change == SHADOWED) {
            assert_remark(&table, 0, DOUBT_SHADOWED, "priority");
            assert_ptr_equal(table.remarks[0].promotion, row);
            assert_ptr_equal(table.remarks[0].other, wide);
        }
    }
}

/* Drawn at random, with an exclusive one that comes first. */
static void
what_is_shadowed_is_never_applied(void **state)
{
    size_t shadowed = 0;
    (void)state;
    for (int round = 0; round < CASES; round++) {
        OWNED(table) table;
        struct bench *bench = &table.bench;
        draw_bench(bench, round);
        struct promotion *wide = &bench->rows[0];
        const struct promotion plain = bench_promotion(wide->code, ACTION_PERCENT);
        const struct promotion drawn = *wide;
        *wide = plain;
        wide->value_micros = 50000;
        wide->mode = MODE_EXCLUSIVE;
        wide->priority = 9;
        wide->skus = drawn.skus;
        wide->categories = drawn.categories;
        bench->usage_count = 0;
        for (size_t index = 0; index < bench->row_count; index++) {
            bench->rows[index].never_with = "";
        }
        for (size_t index = 0; index < bench->basket.line_count; index++) {
            bench->lines[index].list_minor += 1000;
        }
        check(&table);
        apply(bench);
        for (size_t index = 0; index < table.remark_count; index++) {
            if (table.remarks[index].doubt == DOUBT_SHADOWED) {
                assert_null(use_of(bench, table.remarks[index].promotion->code));
                shadowed++;
            }
        }
    }
    assert_true(shadowed > CASES);
}

/* --- crowds --- */

enum { MANY = PROMOTION_CANDIDATES_MAX + 1 };

struct crowd {
    struct arena arena;
    struct promotion *rows;
    char (*names)[16];
    struct promotion_remark *remarks;
};

static void
crowd_close(struct crowd *crowd)
{
    arena_close(&crowd->arena);
}

static void
crowd_init(struct crowd *crowd)
{
    arena_init(&crowd->arena, (size_t)512 * 1024 * 1024);
    crowd->rows = arena_array(&crowd->arena, struct promotion, PROMOTIONS_MAX);
    crowd->names = arena_alloc(&crowd->arena, (size_t)PROMOTIONS_MAX * 16);
    for (size_t index = 0; index < PROMOTIONS_MAX; index++) {
        snprintf(crowd->names[index], sizeof crowd->names[index], "P%zu", index);
        crowd->rows[index] = bench_promotion(crowd->names[index], ACTION_PERCENT);
        crowd->rows[index].value_micros = 1000;
        crowd->rows[index].line = (int64_t)index + 2;
    }
}

static size_t
crowd_check(struct crowd *crowd, size_t count)
{
    return promotion_check(crowd->rows, count, 100, &crowd->arena, &crowd->remarks);
}

static void
too_many_rows_for_one_line_are_refused(void **state)
{
    enum { EVERY, PRODUCTS, CUSTOMERS, GROUPS, COUPONS, ONE_SKU, HALVES, WAYS };
    static const size_t wanted[WAYS] = {1, 0, 0, 0, 0, 1, 1};
    (void)state;
    for (int way = EVERY; way < WAYS; way++) {
        OWNED(crowd) crowd;
        crowd_init(&crowd);
        for (size_t index = 0; index < MANY; index++) {
            struct promotion *row = &crowd.rows[index];
            row->skus = way == PRODUCTS ? row->code : way == ONE_SKU ? "S1" : "";
            row->customers = way == CUSTOMERS ? row->code : "";
            row->groups = way == GROUPS ? row->code : "";
            row->categories = way == HALVES && index % 2 == 0 ? "tea" : "";
            row->needs_coupon = way == COUPONS;
        }
        assert_int_equal(crowd_check(&crowd, MANY - 1), 0);
        assert_int_equal(crowd_check(&crowd, MANY), wanted[way]);
        if (wanted[way] > 0) {
            assert_int_equal(crowd.remarks[0].doubt, DOUBT_CANDIDATES);
        }
        if (way == ONE_SKU) {
            assert_string_equal(crowd.remarks[0].column, "skus");
            assert_string_equal(crowd.remarks[0].text, "S1");
        }
    }
}

/* The largest table, with all that is compared between rows. */
static void
the_largest_table_is_checked(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        OWNED(crowd) crowd;
        crowd_init(&crowd);
        for (size_t index = 0; index < PROMOTIONS_MAX; index++) {
            struct promotion *row = &crowd.rows[index];
            row->mode = index % 2 == 0 ? MODE_EXCLUSIVE : MODE_BEST_PRICE;
            row->value_micros = 1000 + (int64_t)index;
            row->skus = way == 0 ? "S1 | S2 | S3" : row->code;
            row->customers = row->code;
        }
        assert_int_equal(crowd_check(&crowd, PROMOTIONS_MAX), 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_rows_are_not_remarked_on),
        cmocka_unit_test(mistakes_of_a_row_name_their_column),
        cmocka_unit_test(errors_and_warnings_are_told_apart),
        cmocka_unit_test(remarks_stand_by_line_and_are_cut),
        cmocka_unit_test(rows_overlap_when_the_code_decides),
        cmocka_unit_test(buy_and_get_overlaps_when_it_gives_alike),
        cmocka_unit_test(a_row_on_every_line_overlaps_with_any),
        cmocka_unit_test(what_can_never_be_applied_is_shadowed),
        cmocka_unit_test(what_is_shadowed_is_never_applied),
        cmocka_unit_test(too_many_rows_for_one_line_are_refused),
        cmocka_unit_test(the_largest_table_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
