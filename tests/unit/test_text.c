#include "base/text.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The table of RFC 3629 section 4, at its edges. */
static void
utf8_is_judged_by_rfc_3629(void **state)
{
    static const struct {
        const char *bytes;
        bool is_good;
        size_t bad_at;
    } cases[] = {
        {"", true, 0},
        {"tea", true, 0},
        {"\xC3\xA9\xE8\x8C\xB6\xF0\x9F\x8D\xB5", true, 0}, /* e acute, tea, a cup */
        {"\xC2\x80", true, 0},
        {"\xDF\xBF", true, 0},
        {"\xE0\xA0\x80", true, 0},
        {"\xED\x9F\xBF", true, 0},
        {"\xEF\xBF\xBF", true, 0},
        {"\xF0\x90\x80\x80", true, 0},
        {"\xF4\x8F\xBF\xBF", true, 0},
        {"ab\x80", false, 2},   /* a lone continuation */
        {"\xC0\xAF", false, 0}, /* overlong slash */
        {"\xC1\xBF", false, 0},
        {"\xE0\x9F\xBF", false, 0}, /* overlong */
        {"\xF0\x8F\xBF\xBF", false, 0},
        {"\xED\xA0\x80", false, 0},     /* a surrogate */
        {"\xF4\x90\x80\x80", false, 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", false, 0},
        {"x\xE8\x8C", false, 1}, /* cut short */
        {"\xE8\x8C\x41", false, 0},
        {"\xC4\xE3\xBA\xC3", false, 0}, /* GB18030 */
        {"\xFF\xFE", false, 0},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        size_t bad_at = 0;
        const char *bytes = cases[index].bytes;
        assert_int_equal(text_is_utf8(bytes, strlen(bytes), &bad_at), cases[index].is_good);
        assert_int_equal(bad_at, cases[index].bad_at);
    }
    assert_true(text_is_utf8("a\0b", 3, NULL));
}

static void
normalising_trims_and_narrows(void **state)
{
    static const char *const cases[][2] = {
        {"  tea \t\r\n", "tea"},
        {"", ""},
        {" \n ", ""},
        {"\xE3\x80\x80\xE8\x8C\xB6\xE3\x80\x80", "\xE8\x8C\xB6"}, /* ideographic spaces */
        {"\xC2\xA0x\xC2\xA0", "x"},                               /* no-break spaces */
        {"\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\xA1", "12A"},          /* full width */
        {"e\xCC\x81", "\xC3\xA9"},                                /* composed */
        {"a b", "a b"},
        {"a\u00A0b", "a b"},
        {"\uFEFF\u200B tea\u2060\u00AD", "tea"},
        {"\u200E\u200Ftea\u061C", "tea"},
        {"\u200B", ""},
        {"\u26F9\uFE0F\u200D\u2640",
         "\u26F9\uFE0F\u200D\u2640"}, /* a picture of three characters */
        {"\u202Etea", "\u202Etea"},   /* to be refused, not repaired */
    };
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        assert_string_equal(text_normalise(&arena, cases[index][0]), cases[index][1]);
    }
    assert_string_equal(text_fold(&arena, "TEA-\xC3\x89"), "tea-\xC3\xA9");
}

static void
codes_keep_nothing_that_nobody_sees(void **state)
{
    static const char *const hidden[] = {"\u200B", "\u200D", "\uFE0F", "\uFEFF", "\U000E0041"};
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof hidden / sizeof hidden[0]; index++) {
        const char *text = arena_format(&arena, "TEA%s-1%s", hidden[index], hidden[index]);
        assert_true(text_has_invisible(text, true));
        assert_string_equal(text_normalise_code(&arena, text), "TEA-1");
    }
    assert_false(text_has_invisible("TEA-1 茶\u00A0", true));
    assert_false(text_has_invisible("\u26F9\uFE0F\u200D\u2640", false));
    assert_true(text_is_blank(" \t\u00A0\u3000\u200B\uFEFF\r\n"));
    assert_true(text_is_blank(""));
    assert_false(text_is_blank("\u3000茶"));
    assert_false(text_is_blank("-"));
}

static void
width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("tea"), 3);
    assert_int_equal(text_width("\xE8\x8C\xB6\xE6\x9D\xAF"), 4);
    assert_int_equal(text_width("e\xCC\x81"), 1);
}

static void
show_hides_what_would_break_the_line(void **state)
{
    static const struct {
        const char *bytes;
        size_t width_max;
        const char *shown;
    } cases[] = {
        {"tea", 80, "tea"},
        {"a\nb\x1B[31m", 80, "a\\x0Ab\\x1B[31m"},
        {"c:\\x", 80, "c:\\\\x"},
        {"\xC3(", 80, "\\xC3("},
        {"\x7F\xC2\x85", 80, "\\x7F\\xC2\\x85"},
        {"\xE2\x80\xAE"
         "gnp.exe",
         80, "\\xE2\\x80\\xAEgnp.exe"}, /* right-to-left override */
        {"A\u200B\u00AD\uFEFF\u200D", 80,
         "A\\xE2\\x80\\x8B\\xC2\\xAD\\xEF\\xBB\\xBF\\xE2\\x80\\x8D"},
        {"\xE2\x81\xA6x\xE2\x80\xA8", 80, "\\xE2\\x81\\xA6x\\xE2\\x80\\xA8"},
        {"\xE8\x8C\xB6\xE2\x80\x94", 80, "\xE8\x8C\xB6\xE2\x80\x94"},
        {"1234567890", 10, "1234567890"},
        {"12345678901", 10, "1234567890\xE2\x80\xA6"},
        {"\xE8\x8C\xB6\xE8\x8C\xB6", 5, "\xE8\x8C\xB6\xE2\x80\xA6"}, /* never half a character */
        {"123\x01", 6, "123\xE2\x80\xA6"},                           /* nor half an escape */
    };
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const char *bytes = cases[index].bytes;
        assert_string_equal(text_show(&arena, bytes, strlen(bytes), cases[index].width_max),
                            cases[index].shown);
    }
    assert_string_equal(text_show(&arena, "a\0b", 3, 80), "a\\x00b");
}

static void
distance_counts_edits(void **state)
{
    static const struct {
        const char *one, *other;
        size_t limit, distance;
    } cases[] = {
        {"", "", 3, 0},
        {"tea", "tea", 3, 0},
        {"tea", "tee", 3, 1},
        {"tea", "teas", 3, 1},
        {"tea", "eta", 3, 1},
        {"abcd", "acbd", 3, 1},
        {"", "abc", 3, 3},
        {"", "abcd", 3, 4},
        {"kitten", "sitting", 3, 3},
        {"kitten", "sitting", 2, 3},
        {"TEA-100", "TEA-010", 2, 1},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        assert_int_equal(text_distance(cases[index].one, cases[index].other, cases[index].limit),
                         cases[index].distance);
        assert_int_equal(text_distance(cases[index].other, cases[index].one, cases[index].limit),
                         cases[index].distance);
    }
}

static void
escapes_are_exact(void **state)
{
    static const struct {
        const char *text, *xml, *csv, *json;
    } cases[] = {
        {"", "", "", "\"\""},
        {"tea", "tea", "tea", "\"tea\""},
        {"<a & \"b\">'", "&lt;a &amp; &quot;b&quot;&gt;&#39;", "\"<a & \"\"b\"\">'\"",
         "\"<a & \\\"b\\\">'\""},
        {"a,b", "a,b", "\"a,b\"", "\"a,b\""},
        {"two\nlines\r", "two\nlines&#13;", "\"two\nlines\r\"", "\"two\\nlines\\u000d\""},
        {" x", " x", "\" x\"", "\" x\""},
        {"a\\b\tc", "a\\b\tc", "\"a\\b\tc\"", "\"a\\\\b\\tc\""},
        {"\x01z", "\xEF\xBF\xBDz", "\x01z", "\"\\u0001z\""},
        {"\xEF\xBF\xBF!", "\xEF\xBF\xBD!", "\xEF\xBF\xBF!", "\"\xEF\xBF\xBF!\""},
        {"\xE8\x8C\xB6", "\xE8\x8C\xB6", "\xE8\x8C\xB6", "\"\xE8\x8C\xB6\""},
    };
    OWNED(buf) buf;
    (void)state;
    buf_init(&buf, 1000);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        buf_clear(&buf);
        buf_text(&buf, "");
        text_escape_xml(&buf, cases[index].text);
        assert_string_equal(buf.bytes, cases[index].xml);
        buf_clear(&buf);
        text_escape_csv(&buf, cases[index].text);
        assert_string_equal(buf.bytes, cases[index].csv);
        buf_clear(&buf);
        text_escape_json(&buf, cases[index].text);
        assert_string_equal(buf.bytes, cases[index].json);
    }
}

static void
a_list_gives_its_entries_without_blanks(void **state)
{
    static const char *const expected[] = {"anna", "bo ris", "\xE5\xBC\xA0\xE4\xB8\x89"};
    const char *rest = " | anna|\t bo ris ||\xE5\xBC\xA0\xE4\xB8\x89\n | ";
    const char *entry;
    size_t size;
    (void)state;
    for (size_t index = 0; index < 3; index++) {
        entry = text_list_next(&rest, &size);
        assert_non_null(entry);
        assert_int_equal(size, strlen(expected[index]));
        assert_memory_equal(entry, expected[index], size);
    }
    assert_null(text_list_next(&rest, &size));
    assert_string_equal(rest, "");
}

static void
among_compares_whole_texts(void **state)
{
    static const char *const list[] = {"xml", "csv"};
    (void)state;
    assert_true(text_among("csv", list, 2));
    assert_false(text_among("cs", list, 2));
    assert_false(text_among("csv", list, 0));
}

static void
a_skeleton_is_what_people_get_right(void **state)
{
    char one[TEXT_SKELETON_SIZE], other[TEXT_SKELETON_SIZE];
    (void)state;
    assert_string_equal(text_skeleton(one, "LJ-100"), "lj100");
    assert_string_equal(text_skeleton(one, " lj_10.0/ "), text_skeleton(other, "Lj100"));
    assert_string_equal(text_skeleton(one, "\xe8\x8c\xb6-A"), "\xe8\x8c\xb6"
                                                              "a");
    assert_string_equal(text_skeleton(one, "-"), "");
    char text[1000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(strlen(text_skeleton(one, text)), TEXT_SKELETON_SIZE - 1);
}

/* The early end changes no distance: against the whole table, for short words of few letters. */
static void
distances_within_a_limit_are_those_without(void **state)
{
    unsigned int seed = 11;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char words[2][9] = {{0}};
        for (int word = 0; word < 2; word++) {
            seed = seed * 1103515245U + 12345U;
            const size_t length = (seed >> 16) % 9;
            for (size_t at = 0; at < length; at++) {
                seed = seed * 1103515245U + 12345U;
                words[word][at] = (char)('a' + (seed >> 16) % 3);
            }
        }
        const size_t whole = text_distance(words[0], words[1], 100);
        for (size_t limit = 0; limit < 5; limit++) {
            assert_int_equal(text_distance(words[0], words[1], limit),
                             whole <= limit ? whole : limit + 1);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_within_a_limit_are_those_without),
        cmocka_unit_test(utf8_is_judged_by_rfc_3629),
        cmocka_unit_test(normalising_trims_and_narrows),
        cmocka_unit_test(codes_keep_nothing_that_nobody_sees),
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(show_hides_what_would_break_the_line),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(escapes_are_exact),
        cmocka_unit_test(among_compares_whole_texts),
        cmocka_unit_test(a_list_gives_its_entries_without_blanks),
        cmocka_unit_test(a_skeleton_is_what_people_get_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
