/* Texts into typed values, case by case: the text, what comes out, and the finding that tells about
 * it. */
#include "base/text.h"
#include "intake/code_list.h"
#include "intake/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct bench {
    struct arena arena;
    struct findings findings;
    struct field field;
};

static int
set_up(void **state)
{
    static struct bench bench;
    arena_init(&bench.arena, 64 * 1024 * 1024);
    findings_init(&bench.findings);
    bench.field = (struct field){.arena = &bench.arena,
                                 .findings = &bench.findings,
                                 .lists = code_lists_load(&bench.arena),
                                 .name = "field",
                                 .order_number = "",
                                 .order_line = ""};
    *state = &bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    arena_close(&bench->arena);
    findings_close(&bench->findings);
    return 0;
}

/* The code of the only finding since the last call, "" when there was none; and its hint. */
static const char *
last_code(struct bench *bench, const char **hint)
{
    const char *code = "";
    *hint = "";
    assert_true(bench->findings.count <= 1);
    if (bench->findings.count == 1) {
        code = message_entry(bench->findings.items[0].code)->id;
        *hint = arena_copy(&bench->arena, bench->findings.items[0].hint);
    }
    findings_close(&bench->findings);
    findings_init(&bench->findings);
    return code;
}

static void
numbers_are_taken_or_told_about(void **state)
{
    static const struct {
        const char *text;
        bool has_decimal_comma;
        int64_t micros; /* -1: refused */
        const char *code;
        const char *hint;
    } cases[] = {
        {"12", false, 12000000, "", ""},
        {"0.5", false, 500000, "", ""},
        {" 12 ", false, 12000000, "", ""},
        {"１２．５", false, 12500000, "", ""},
        {"12,5", true, 12500000, "", ""},
        {"0,125", true, 125000, "", ""},
        {"12.50", true, 12500000, "", ""},
        {"'12", false, 12000000, "FLD-SPREADSHEET-MARK", "12"},
        {"=\"12\"", false, 12000000, "FLD-SPREADSHEET-MARK", "12"},
        {"12,5", false, -1, "FLD-NUMBER-COMMA", "12.5"},
        {"1,234", false, -1, "FLD-NUMBER-AMBIGUOUS", "1234 / 1.234"},
        {"1,234", true, -1, "FLD-NUMBER-AMBIGUOUS", "1234 / 1.234"},
        {"1.234", true, -1, "FLD-NUMBER-AMBIGUOUS", "1234 / 1.234"},
        {"1.234", false, 1234000, "", ""},
        {"1,234.50", false, -1, "FLD-NUMBER-GROUPED", "1234.50"},
        {"1.234,50", true, -1, "FLD-NUMBER-GROUPED", "1234.50"},
        {"1.234.567", false, -1, "FLD-NUMBER-GROUPED", "1234567"},
        {"1 234", false, -1, "FLD-NUMBER-GROUPED", "1234"},
        {"1'234.5", false, -1, "FLD-NUMBER-GROUPED", "1234.5"},
        {"1O", false, -1, "FLD-NUMBER-LETTER", "10"},
        {"l2", false, -1, "FLD-NUMBER-LETTER", "12"},
        {"1.23E+17", false, -1, "FLD-NUMBER-EXPONENT", ""},
        {"1e3", false, -1, "FLD-NUMBER-EXPONENT", ""},
        {"twelve", false, -1, "FLD-NUMBER", ""},
        {"12 kg", false, -1, "FLD-NUMBER", ""},
        {"-", false, -1, "FLD-NUMBER", ""},
        {"1.2345678", false, -1, "FLD-NUMBER-PRECISE", ""},
        {"0", false, -1, "FLD-NUMBER-RANGE", ""},
        {"-1", false, -1, "FLD-NUMBER-RANGE", ""},
        {"1000000000", false, DECIMAL_MICROS_MAX, "", ""},
        {"1000000000.000001", false, -1, "FLD-NUMBER-RANGE", ""},
        {"99999999999999999999999999", false, -1, "FLD-NUMBER-RANGE", ""},
    };
    struct bench *bench = *state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *hint;
        int64_t micros = -1;
        bench->field.text = cases[index].text;
        bench->field.has_decimal_comma = cases[index].has_decimal_comma;
        const bool is_taken = field_quantity(&bench->field, &micros);
        assert_string_equal(last_code(bench, &hint), cases[index].code);
        assert_int_equal(micros, cases[index].micros);
        assert_int_equal(is_taken, cases[index].micros != -1);
        assert_string_equal(hint, cases[index].hint);
    }
    bench->field.has_decimal_comma = false;
}

static void
prices_lose_their_sign_with_a_remark(void **state)
{
    static const struct {
        const char *text;
        int64_t micros;
        const char *code;
    } cases[] = {
        {"0", 0, ""},
        {"12.50", 12500000, ""},
        {"￥12.50", 12500000, "FLD-PRICE-SIGN"},
        {"¥ 12.50", 12500000, "FLD-PRICE-SIGN"},
        {"12.50元", 12500000, "FLD-PRICE-SIGN"},
        {"$12.50", 12500000, "FLD-PRICE-SIGN"},
        {"12.50 €", 12500000, "FLD-PRICE-SIGN"},
        {"￥1,250.00", -1, "FLD-NUMBER-GROUPED"},
        {"-1", -1, "FLD-NUMBER-RANGE"},
        {"￥", -1, "FLD-NUMBER"},
    };
    struct bench *bench = *state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *hint;
        int64_t micros = -1;
        bench->field.text = cases[index].text;
        (void)field_price(&bench->field, &micros);
        assert_string_equal(last_code(bench, &hint), cases[index].code);
        assert_int_equal(micros, cases[index].micros);
    }
}

static void
percents_are_not_fractions(void **state)
{
    struct bench *bench = *state;
    const char *hint;
    int64_t rate = -1;
    bench->field.text = "19";
    assert_true(field_percent(&bench->field, 0, &rate));
    assert_int_equal(rate, 190000);
    bench->field.text = "5.5 %";
    assert_true(field_percent(&bench->field, 0, &rate));
    assert_int_equal(rate, 55000);
    bench->field.text = "0";
    assert_true(field_percent(&bench->field, 0, &rate));
    assert_int_equal(rate, 0);
    assert_string_equal(last_code(bench, &hint), "");
    bench->field.text = "0.19";
    assert_false(field_percent(&bench->field, 0, &rate));
    assert_string_equal(last_code(bench, &hint), "FLD-PERCENT");
    assert_string_equal(hint, "19");
    bench->field.text = "0.5%";
    assert_true(field_percent(&bench->field, 0, &rate));
    assert_int_equal(rate, 5000);
    bench->field.text = "-5";
    assert_true(field_percent(&bench->field, -100, &rate));
    assert_int_equal(rate, -50000);
    assert_false(field_percent(&bench->field, 0, &rate));
    assert_string_equal(last_code(bench, &hint), "FLD-NUMBER-RANGE");
}

static void
dates_are_one_date_or_none(void **state)
{
    static const struct {
        const char *text;
        const char *day; /* "": refused */
        const char *code;
        const char *hint;
    } cases[] = {
        {"2026-11-24", "2026-11-24", "", ""},
        {"2026/11/24", "2026-11-24", "", ""},
        {"2026/1/4", "2026-01-04", "", ""},
        {"2026.11.24", "2026-11-24", "", ""},
        {"20261124", "2026-11-24", "", ""},
        {"2026年11月24日", "2026-11-24", "", ""},
        {"２０２６年１１月４日", "2026-11-04", "", ""},
        {"2026-11-24 00:00:00", "2026-11-24", "", ""},
        {"2026/11/24 0:00", "2026-11-24", "", ""},
        {"2028-02-29", "2028-02-29", "", ""},
        {"2026-02-29", "", "FLD-DATE-UNREAL", ""},
        {"20261324", "", "FLD-DATE-UNREAL", ""},
        {"0026-11-24", "", "FLD-DATE-RANGE", ""},
        {"3000-01-01", "", "FLD-DATE-RANGE", ""},
        {"99991231", "", "FLD-DATE-RANGE", ""},
        {"31.12.9999", "", "FLD-DATE-RANGE", ""},
        {"9999-02-30", "", "FLD-DATE-UNREAL", ""},
        {"03/02/2026", "", "FLD-DATE-AMBIGUOUS", "2026-02-03 / 2026-03-02"},
        {"24.11.2026", "", "FLD-DATE-ORDER", "2026-11-24"},
        {"11/24/2026", "", "FLD-DATE-ORDER", "2026-11-24"},
        {"05/05/2026", "", "FLD-DATE-ORDER", "2026-05-05"},
        {"99/99/2026", "", "FLD-DATE-UNREAL", ""},
        {"46350", "", "FLD-DATE-SERIAL", "2026-11-24"},
        {"2026-11-24x", "", "FLD-DATE", ""},
        {"24-11-26", "", "FLD-DATE", ""},
        {"2026-11", "", "FLD-DATE", ""},
        {"99999999999999999999", "", "FLD-DATE", ""},
        {"soon", "", "FLD-DATE", ""},
    };
    struct bench *bench = *state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *hint;
        char shown[DATE_TEXT_SIZE];
        int32_t day = DAY_NONE;
        bench->field.text = cases[index].text;
        (void)field_date(&bench->field, &day);
        assert_string_equal(last_code(bench, &hint), cases[index].code);
        assert_string_equal(day_format(shown, day), cases[index].day);
        assert_string_equal(hint, cases[index].hint);
    }
}

static void
codes_survive_spreadsheets_or_are_refused(void **state)
{
    static const struct {
        const char *text;
        const char *value;
        const char *code;
    } cases[] = {
        {"TEA-001", "TEA-001", ""},
        {"ＴＥＡ－００１", "TEA-001", ""},
        {"00123", "00123", ""},
        {"'00123", "00123", "FLD-SPREADSHEET-MARK"},
        {"=\"00123\"", "00123", "FLD-SPREADSHEET-MARK"},
        {"1.23457E+17", "", "FLD-SCIENTIFIC"},
        {"6,93E+12", "", "FLD-SCIENTIFIC"},
        {"1E5", "1E5", ""},
        {"A\nB", "", "FLD-LINE-BREAK"},
        {"A\x01", "", "FLD-CONTROL"},
        {"A\u202Etxt", "", "FLD-CONTROL"},
        {"TEA\u200D-1\u200B", "TEA-1", "FLD-INVISIBLE"},
        {"\uFEFFTEA-1", "TEA-1", "FLD-INVISIBLE"},
        {"TEA\u00A01", "TEA 1", ""},
        {"A\u2028B", "", "FLD-LINE-BREAK"},
        {"1234567890123", "", "FLD-LONG"},
        {"茶叶茶叶茶叶茶叶茶叶", "茶叶茶叶茶叶茶叶茶叶", ""},
    };
    struct bench *bench = *state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *hint;
        const char *value = "";
        bench->field.text = cases[index].text;
        (void)field_code(&bench->field, 12, &value);
        assert_string_equal(last_code(bench, &hint), cases[index].code);
        assert_string_equal(value, cases[index].value);
    }
}

static void
lists_are_found_by_code_and_by_name(void **state)
{
    struct bench *bench = *state;
    const char *hint;
    const char *value = "";
    static const struct {
        const char *text;
        const char *unit;
    } units[] = {{"C62", "C62"}, {"kg", "KGM"},   {"公斤", "KGM"}, {"Pieces", "C62"},
                 {"件", "C62"},  {" Box ", "BX"}, {"ｋｇ", "KGM"}};
    for (size_t index = 0; index < sizeof units / sizeof units[0]; index++) {
        bench->field.text = units[index].text;
        assert_true(field_unit(&bench->field, &value));
        assert_string_equal(value, units[index].unit);
    }
    bench->field.text = "kilogran";
    assert_false(field_unit(&bench->field, &value));
    assert_string_equal(last_code(bench, &hint), "FLD-UNIT");
    assert_string_equal(hint, "KGM (kilogram, 千克)");
    static const struct {
        const char *text;
        const char *country;
    } countries[] = {
        {"DE", "DE"}, {"de", "DE"}, {"Germany", "DE"}, {"中国", "CN"}, {"U.S.A.", "US"}};
    for (size_t index = 0; index < sizeof countries / sizeof countries[0]; index++) {
        bench->field.text = countries[index].text;
        assert_true(field_country(&bench->field, &value));
        assert_string_equal(value, countries[index].country);
    }
    bench->field.text = "eur";
    assert_true(field_currency(&bench->field, &value));
    assert_string_equal(value, "EUR");
    bench->field.text = "人民币";
    assert_true(field_currency(&bench->field, &value));
    assert_string_equal(value, "CNY");
    assert_string_equal(last_code(bench, &hint), "FLD-CURRENCY-NAME");
}

static void
options_and_coupons_are_lists(void **state)
{
    struct bench *bench = *state;
    const char *hint;
    struct order_line line;
    struct order order;
    order_line_init(&line);
    order_init(&order);
    bench->field.text = "colour=red | 尺寸＝大|";
    assert_true(field_options(&bench->field, &line));
    assert_int_equal(line.option_count, 2);
    assert_string_equal(line.options[0].name, "colour");
    assert_string_equal(line.options[0].value, "red");
    assert_string_equal(line.options[1].name, "尺寸");
    assert_string_equal(line.options[1].value, "大");
    order_line_init(&line);
    bench->field.text = "red";
    assert_false(field_options(&bench->field, &line));
    assert_string_equal(last_code(bench, &hint), "FLD-OPTION");
    bench->field.text = "A| B ||A";
    assert_true(field_coupons(&bench->field, &order));
    assert_int_equal(order.coupon_count, 2);
    assert_string_equal(order.coupons[1], "B");
    assert_string_equal(last_code(bench, &hint), "FLD-COUPON-REPEATED");
}

static void
emails_have_the_shape_of_one(void **state)
{
    static const char *const good[] = {"a@b.cn", "first.last+tag@sub.example.com", "采购@茶.中国"};
    static const char *const doubtful[] = {"a", "a@b", "@b.cn", "a@@b.cn", "a b@c.cn", "a@.cn"};
    struct bench *bench = *state;
    const char *hint;
    const char *value;
    for (size_t index = 0; index < sizeof good / sizeof good[0]; index++) {
        bench->field.text = good[index];
        assert_true(field_email(&bench->field, &value));
        assert_string_equal(last_code(bench, &hint), "");
    }
    for (size_t index = 0; index < sizeof doubtful / sizeof doubtful[0]; index++) {
        bench->field.text = doubtful[index];
        assert_true(field_email(&bench->field, &value));
        assert_string_equal(last_code(bench, &hint), "FLD-EMAIL");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_are_taken_or_told_about, set_up, tear_down),
        cmocka_unit_test_setup_teardown(prices_lose_their_sign_with_a_remark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(percents_are_not_fractions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_are_one_date_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_survive_spreadsheets_or_are_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(lists_are_found_by_code_and_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(options_and_coupons_are_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(emails_have_the_shape_of_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
