#include "intake/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *phone;
    const char *calling;
    enum address_verdict verdict;
    const char *normal;
} phones[] = {
    {"13812345678", "86", ADDRESS_FINE, "+8613812345678"},
    {"138 1234 5678", "86", ADDRESS_FINE, "+8613812345678"},
    {"138-1234-5678", "86", ADDRESS_FINE, "+8613812345678"},
    {"+86 138 1234 5678", "86", ADDRESS_FINE, "+8613812345678"},
    {"8613812345678", "86", ADDRESS_FINE, "+8613812345678"},
    {"008613812345678", "86", ADDRESS_CORRECTED, "+8613812345678"},
    {"1381234567O", "86", ADDRESS_CORRECTED, "+8613812345670"},
    {"17012345678-1234", "86", ADDRESS_FINE, "+8617012345678x1234"},
    {"17012345678转1234", "86", ADDRESS_FINE, "+8617012345678x1234"},
    {"0571-87654321", "86", ADDRESS_FINE, "+8657187654321"},
    {"0571-8765 4321", "86", ADDRESS_FINE, "+8657187654321"},
    {"010-66554433", "86", ADDRESS_FINE, "+861066554433"},
    {"010-66554433-802", "86", ADDRESS_FINE, "+861066554433x802"},
    {"(021) 6655 4433 ext. 12", "86", ADDRESS_FINE, "+862166554433x12"},
    {"400-123-4567", "86", ADDRESS_FINE, "+864001234567"},
    {"1381234567", "86", ADDRESS_DOUBTFUL, ""},
    {"12812345678", "86", ADDRESS_DOUBTFUL, ""},
    {"138123456789", "86", ADDRESS_DOUBTFUL, ""},
    {"+49 30 1234567", "49", ADDRESS_FINE, "+49301234567"},
    {"+49 (0)30 1234567", "49", ADDRESS_CORRECTED, "+49301234567"},
    {"+49 030 1234567", "49", ADDRESS_CORRECTED, "+49301234567"},
    {"030 1234567", "49", ADDRESS_CORRECTED, "+49301234567"},
    {"06 12345678", "39", ADDRESS_CORRECTED, "+390612345678"},
    {"+1 503 555 0142", "1", ADDRESS_FINE, "+15035550142"},
    {"(503) 555-0142", "1", ADDRESS_FINE, "+15035550142"},
    {"1-503-555-0142", "1", ADDRESS_FINE, "+15035550142"},
    {"555-0142", "1", ADDRESS_DOUBTFUL, ""},
    {"+44 20 7946 0000", "86", ADDRESS_FINE, "+442079460000"},
    {"+44 20 7946 0000", "", ADDRESS_FINE, "+442079460000"},
    {"020 7946 0000", "", ADDRESS_DOUBTFUL, ""},
    /* Italy's zero belongs to the number. */
    {"+39 06 12345678", "39", ADDRESS_FINE, "+390612345678"},
    {"+39 (0)6 12345678", "39", ADDRESS_FINE, "+390612345678"},
    {"+39 6 12345678", "39", ADDRESS_DOUBTFUL, ""},
    {"333 1234567", "39", ADDRESS_CORRECTED, "+393331234567"},
    {"1234567", "39", ADDRESS_DOUBTFUL, ""},
    /* Trunks that are no zero. */
    {"06 1 234 5678", "36", ADDRESS_CORRECTED, "+3612345678"},
    {"06 20 123 4567", "36", ADDRESS_CORRECTED, "+36201234567"},
    {"+36 06 1 234 5678", "36", ADDRESS_CORRECTED, "+3612345678"},
    {"1 234 5678", "36", ADDRESS_DOUBTFUL, ""},
    {"8 (495) 123-45-67", "7", ADDRESS_CORRECTED, "+74951234567"},
    {"495 123-45-67", "7", ADDRESS_CORRECTED, "+74951234567"},
    {"7 495 123 45 67", "7", ADDRESS_CORRECTED, "+74951234567"},
    {"800 123 45 67", "7", ADDRESS_CORRECTED, "+78001234567"},
    {"+7 8 495 123 45 67", "7", ADDRESS_DOUBTFUL, ""},
    {"123-45-67", "7", ADDRESS_DOUBTFUL, ""},
    {"8 612 34567", "370", ADDRESS_CORRECTED, "+37061234567"},
    {"8 029 123-45-67", "375", ADDRESS_CORRECTED, "+375291234567"},
    /* No trunk at all: a zero in front is a mistake, and none is ever dropped. */
    {"912 345 678", "34", ADDRESS_CORRECTED, "+34912345678"},
    {"0912 345 678", "34", ADDRESS_DOUBTFUL, ""},
    {"+34 (0)912 345 678", "34", ADDRESS_DOUBTFUL, ""},
    {"2345 6789", "852", ADDRESS_CORRECTED, "+85223456789"},
    {"02 123 4567", "48", ADDRESS_DOUBTFUL, ""},
    /* Without an area it is only half a number. */
    {"1234567", "49", ADDRESS_DOUBTFUL, ""},
    {"20 7946 0000", "44", ADDRESS_DOUBTFUL, ""},
    {"020 7946 0000", "44", ADDRESS_CORRECTED, "+442079460000"},
    {"06 12 34 56 78", "33", ADDRESS_CORRECTED, "+33612345678"},
    {"6 12 34 56 78", "33", ADDRESS_CORRECTED, "+33612345678"},
    {"06 12 34 56 7", "33", ADDRESS_DOUBTFUL, ""},
    {"87654321", "86", ADDRESS_DOUBTFUL, ""},
    /* Plans with a rule of their own: nothing but what is written. */
    {"011 15 2345-6789", "54", ADDRESS_DOUBTFUL, ""},
    {"+54 9 11 2345 6789", "54", ADDRESS_FINE, "+5491123456789"},
    {"+54 (0)11 2345 6789", "54", ADDRESS_DOUBTFUL, ""},
    {"07 12 34 56 78", "225", ADDRESS_DOUBTFUL, ""},
    /* 00 is not the way out everywhere. */
    {"0049 30 1234567", "49", ADDRESS_CORRECTED, "+49301234567"},
    {"0049 30 1234567", "86", ADDRESS_CORRECTED, "+49301234567"},
    {"0033 12 345 678", "81", ADDRESS_DOUBTFUL, ""},
    {"0049 30 1234567", "", ADDRESS_DOUBTFUL, ""},
    {"011 49 30 1234567", "1", ADDRESS_DOUBTFUL, ""},
    /* Dashes and slashes divide a number, an extension, or two numbers. */
    {"030-12345678-12", "49", ADDRESS_CORRECTED, "+49301234567812"},
    {"040/123456", "49", ADDRESS_CORRECTED, "+4940123456"},
    {"040/123456/7", "49", ADDRESS_DOUBTFUL, ""},
    {"040123/040456", "49", ADDRESS_DOUBTFUL, ""},
    {"0571-87654321/22", "86", ADDRESS_DOUBTFUL, ""},
    {"0571-8765432/1", "86", ADDRESS_DOUBTFUL, ""},
    {"call 030 1234567 x12", "49", ADDRESS_DOUBTFUL, ""},
    {"(+49) 30 1234567", "49", ADDRESS_FINE, "+49301234567"},
    {"503 055 0142", "1", ADDRESS_DOUBTFUL, ""},
    {"call us", "49", ADDRESS_DOUBTFUL, ""},
    {"+", "49", ADDRESS_DOUBTFUL, ""},
    {"+49", "49", ADDRESS_DOUBTFUL, ""},
    {"x12", "49", ADDRESS_DOUBTFUL, ""},
    {"1234567890123456789012345678901234567890123456789012345678901", "49", ADDRESS_DOUBTFUL, ""},
};

static void
phones_become_international(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof phones / sizeof phones[0]; index++) {
        const char *normal = "";
        const enum address_verdict verdict =
            address_phone(phones[index].phone, phones[index].calling, &arena, &normal);
        if (verdict != phones[index].verdict || strcmp(normal, phones[index].normal) != 0) {
            print_message("%s: %d %s\n", phones[index].phone, verdict, normal);
        }
        assert_int_equal(verdict, phones[index].verdict);
        assert_string_equal(normal, phones[index].normal);
    }
    arena_close(&arena);
}

static void
postal_codes_follow_their_country(void **state)
{
    static const struct {
        const char *country;
        const char *code;
        enum address_verdict verdict;
        const char *normal;
    } cases[] = {
        {"DE", "10115", ADDRESS_FINE, "10115"},
        {"DE", "D-10115", ADDRESS_CORRECTED, "10115"},
        {"DE", "1067", ADDRESS_DOUBTFUL, ""},
        {"DE", "1011S", ADDRESS_DOUBTFUL, ""},
        {"DE", "1067.0", ADDRESS_DOUBTFUL, ""},
        {"DE", "=\"01067\"", ADDRESS_CORRECTED, "01067"},
        {"GB", "SW1A 1AA", ADDRESS_FINE, "SW1A 1AA"},
        {"GB", "sw1a1aa", ADDRESS_CORRECTED, "SW1A 1AA"},
        {"CN", "310013", ADDRESS_FINE, "310013"},
        {"CN", "31001", ADDRESS_DOUBTFUL, ""},
        {"US", "97209", ADDRESS_FINE, "97209"},
        {"US", "97209-1234", ADDRESS_FINE, "97209-1234"},
        {"US", "972091234", ADDRESS_CORRECTED, "97209-1234"},
        {"NL", "1234AB", ADDRESS_CORRECTED, "1234 AB"},
        {"HK", "whatever", ADDRESS_FINE, "whatever"},
        {"LT", "01234", ADDRESS_CORRECTED, "LT-01234"},
        {"DE", "", ADDRESS_DOUBTFUL, ""},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena, 4 * 1024 * 1024);
    const struct code_lists *lists = code_lists_load(&arena);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *normal = "";
        const struct code_entry *country = code_by_code(&lists->countries, cases[index].country);
        assert_non_null(country);
        const enum address_verdict verdict =
            address_postal(cases[index].code, country, &arena, &normal);
        assert_int_equal(verdict, cases[index].verdict);
        assert_string_equal(normal, cases[index].normal);
    }
    const struct code_entry *germany = code_by_code(&lists->countries, "DE");
    assert_string_equal(address_postal_padded("1067", germany, &arena), "01067");
    assert_null(address_postal_padded("67", germany, &arena));
    assert_null(address_postal_padded("10672", germany, &arena));
    arena_close(&arena);
}

static void
provinces_know_their_postal_codes(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    const struct address_province *zhejiang = address_province("浙江省", &arena);
    assert_non_null(zhejiang);
    assert_ptr_equal(zhejiang, address_province("Zhejiang", &arena));
    assert_true(address_province_has(zhejiang, "310013"));
    assert_false(address_province_has(zhejiang, "100010"));
    assert_non_null(address_province("内蒙古自治区", &arena));
    assert_null(address_province("浙东", &arena));
    assert_string_equal(address_province_near("zhejang"), "浙江");
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phones_become_international),
        cmocka_unit_test(postal_codes_follow_their_country),
        cmocka_unit_test(provinces_know_their_postal_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
