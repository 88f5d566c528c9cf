/* What is doubtful in an approval matrix, and about those whom it asks. */
#include "rules/approve_people.h"

#include "base/fault.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#pragma GCC diagnostic ignored "-Woverride-init"

#define M INT64_C(1000000)
#define ROW(...)                                                                                   \
    {                                                                                              \
        .type = "", .currency = "EUR", .above_micros = -1, .up_to_micros = -1, .customers = "",    \
        .groups = "", .channels = "", .countries = "", .categories = "", .changed = "",            \
        .manual = "", .lead_days_below = -1, .discount_above_micros = -1,                          \
        .margin_below_micros = APPROVAL_RATE_NONE, .credit = "", .increase_above_micros = -1,      \
        .country_changed = "", .step = 1, .asking.approvers = "", .asking.roles = "",              \
        .asking.quorum = QUORUM_ANY, .asking.remind_hours = -1, .asking.escalate_hours = -1,       \
        .asking.decide_hours = -1, .asking.told = "", __VA_ARGS__                                  \
    }
#define BAND(above, up_to, who)                                                                    \
    .above_micros = (above), .up_to_micros = (up_to), .asking.approvers = (who)
#define PERSON(...)                                                                                \
    {                                                                                              \
        .name = "", .user = "", .roles = "", .superior = "", .currency = "EUR",                    \
        .above_micros = -1, .up_to_micros = -1, .order_types = "", .customers = "", .groups = "",  \
        .discount_up_to_micros = -1, .email = "", __VA_ARGS__                                      \
    }

static const char *const names[MATRIX_DOUBT_COUNT] = {"never",    "hidden", "gap",    "open",
                                                      "overlap",  "hours",  "credit", "role",
                                                      "unlisted", "quorum", "twice",  "authority"};

/* "gap 3: 100 to 200; hidden 2 by 1; twice 4 by 1 linwei; " with the lines of the rows, which are
 * their places here from 1 on. */
static const char *
told(const struct approval_remarks *remarks)
{
    const char *text = "";
    for (size_t index = 0; index < remarks->count; index++) {
        const struct approval_remark *remark = &remarks->items[index];
        text = arena_format(remarks->arena, "%s%s%s %" PRId64, text, index == 0 ? "" : "; ",
                            names[remark->doubt], remark->rule->line);
        if (remark->other != NULL) {
            text = arena_format(remarks->arena, "%s by %" PRId64, text, remark->other->line);
        }
        if (remark->doubt == MATRIX_GAP || remark->doubt == MATRIX_OVERLAP) {
            text = arena_format(remarks->arena, "%s: %" PRId64 " to %" PRId64, text,
                                remark->from_micros / M, remark->to_micros / M);
        }
        if (remark->doubt == MATRIX_OPEN) {
            text = arena_format(remarks->arena, "%s: %" PRId64, text, remark->from_micros / M);
        }
        if (remark->doubt == MATRIX_AUTHORITY) {
            text = arena_format(remarks->arena, "%s: %" PRId64 " %s by %s", text,
                                remark->to_micros < 0 ? -1 : remark->to_micros / M, remark->name,
                                remark->highest->person);
        } else if (remark->name[0] != '\0') {
            text = arena_format(remarks->arena, "%s %s", text, remark->name);
        }
        if (remark->count != 0) {
            text =
                arena_format(remarks->arena, "%s %s %" PRId64, text, remark->field, remark->count);
        }
    }
    return text;
}

static struct approval_matrix
matrix_of(const struct approval_rule *rules, size_t count, struct arena *arena)
{
    struct approval_rule *sorted = arena_array(arena, struct approval_rule, count);
    for (size_t index = 0; index < count; index++) {
        sorted[index] = rules[index];
        sorted[index].line = (int64_t)index + 1;
    }
    approval_sort(sorted, count);
    int64_t *looks_left = arena_new(arena, int64_t);
    *looks_left = MATRIX_LOOKS_MAX;
    return (struct approval_matrix){sorted, count, "EUR", looks_left};
}

static void
expect_rows(const struct approval_rule *rules, size_t count, const char *expected)
{
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    struct approval_remarks remarks = {.arena = &arena};
    const struct approval_matrix matrix = matrix_of(rules, count, &arena);
    approval_check(&matrix, &remarks);
    approval_remarks_sort(&remarks);
    assert_string_equal(told(&remarks), expected);
}

static void
expect_people(const struct approval_rule *rules, size_t count, const struct approver *persons,
              size_t person_count, const char *expected)
{
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    struct approval_remarks remarks = {.arena = &arena};
    const struct approval_matrix matrix = matrix_of(rules, count, &arena);
    const struct approval_people people = {{persons, person_count}, person_count > 0};
    approval_check_people(&matrix, &people, &remarks);
    approval_remarks_sort(&remarks);
    assert_string_equal(told(&remarks), expected);
}

#define EXPECT(expected, ...)                                                                      \
    do {                                                                                           \
        const struct approval_rule rules_[] = {__VA_ARGS__};                                       \
        expect_rows(rules_, sizeof rules_ / sizeof rules_[0], expected);                           \
    } while (0)
#define EXPECT_OF(persons, expected, ...)                                                          \
    do {                                                                                           \
        const struct approval_rule rules_[] = {__VA_ARGS__};                                       \
        expect_people(rules_, sizeof rules_ / sizeof rules_[0], persons,                           \
                      sizeof persons / sizeof persons[0], expected);                               \
    } while (0)

static void
good_matrices_are_not_doubted(void **state)
{
    (void)state;
    expect_rows(NULL, 0, "");
    /* Limits, each above the other; bands; and the same by where they end. */
    EXPECT("", ROW(BAND(100 * M, -1, "a")), ROW(BAND(1000 * M, -1, "b")),
           ROW(BAND(1000 * M, -1, "c"), .step = 2));
    EXPECT("", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(100 * M, 1000 * M, "b")),
           ROW(BAND(1000 * M, -1, "c")));
    EXPECT("", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(-1, 1000 * M, "b")), ROW(BAND(-1, -1, "c")));
    /* Small orders alone. */
    EXPECT("", ROW(BAND(-1, 100 * M, "a")));
    /* Steps may leave numbers out, and the largest orders be asked about in another. */
    EXPECT("", ROW(BAND(100 * M, 1000 * M, "a"), .step = 3),
           ROW(BAND(1000 * M, -1, "b"), .step = 7));
    /* What is special goes before what is not. */
    EXPECT("", ROW(BAND(100 * M, -1, "a")), ROW(BAND(100 * M, -1, "b"), .customers = "X | Y"),
           ROW(BAND(100 * M, -1, "c"), .type = "custom"),
           ROW(BAND(200 * M, -1, "d"), .currency = "USD"),
           ROW(BAND(100 * M, -1, "d"), .is_net = true));
}

static void
rows_that_never_ask_are_told(void **state)
{
    (void)state;
    EXPECT("never 1", ROW(BAND(100 * M, 100 * M, "a")), ROW(BAND(100 * M, -1, "b")));
    EXPECT("", ROW(BAND(100 * M, 100 * M + 1, "a")), ROW(BAND(100 * M + 1, -1, "b")));
    EXPECT("hidden 2 by 1", ROW(BAND(100 * M, -1, "a"), .countries = "CN | DE"),
           ROW(BAND(100 * M, -1, "b"), .countries = "DE"));
    EXPECT("", ROW(BAND(100 * M, -1, "a"), .countries = "CN | DE"),
           ROW(BAND(100 * M, -1, "b"), .countries = "CN | FR"));
    EXPECT("", ROW(BAND(100 * M, -1, "a"), .countries = "CN | DE"),
           ROW(BAND(100 * M, -1, "b"), .countries = "DE", .step = 2));
    EXPECT("hidden 2 by 1", ROW(BAND(-1, -1, "a"), .groups = "A | B", .currency = ""),
           ROW(BAND(-1, -1, "b"), .groups = "B | A"));
    EXPECT("hidden 2 by 1", ROW(BAND(100 * M, 200 * M, "a"), .channels = "A | B"),
           ROW(BAND(100 * M, 200 * M, "b"), .channels = "B", .currency = ""), /* EUR as well */
           ROW(BAND(200 * M, -1, "b")));
}

static void
gaps_between_bands_are_told(void **state)
{
    (void)state;
    EXPECT("gap 2: 100 to 200", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(200 * M, -1, "b")));
    EXPECT("gap 2: 100 to 200; gap 3: 300 to 500; open 3: 900", ROW(BAND(50 * M, 100 * M, "a")),
           ROW(BAND(200 * M, 300 * M, "b")), ROW(BAND(500 * M, 900 * M, "a")));
    /* Each table by itself. */
    EXPECT("gap 2: 100 to 200", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(200 * M, -1, "b")),
           ROW(BAND(-1, 100 * M, "c"), .currency = "USD"),
           ROW(BAND(100 * M, -1, "d"), .currency = "USD"),
           ROW(BAND(100 * M, 150 * M, "e"), .type = "custom"),
           ROW(BAND(150 * M, -1, "e"), .type = "custom"));
    /* What asks about these and others fills the gap; what asks about some of these does not, and
     * neither does another step. */
    EXPECT("", ROW(BAND(-1, 100 * M, "a"), .type = "custom"),
           ROW(BAND(200 * M, -1, "b"), .type = "custom"), ROW(BAND(50 * M, -1, "c")));
    EXPECT("gap 2: 100 to 200", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(200 * M, -1, "b")),
           ROW(BAND(50 * M, -1, "c"), .type = "custom"), ROW(BAND(50 * M, -1, "d"), .step = 2));
}

static void
the_largest_orders_are_asked_about(void **state)
{
    (void)state;
    EXPECT("open 2: 1000", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(100 * M, 1000 * M, "b")));
    EXPECT("open 1: 1000", ROW(BAND(100 * M, 1000 * M, "a")),
           ROW(BAND(100 * M, -1, "b"), .type = "custom", .step = 2));
    EXPECT("", ROW(BAND(100 * M, 1000 * M, "a"), .type = "custom"),
           ROW(BAND(500 * M, -1, "b"), .step = 2));
}

static void
overlaps_of_bands_are_told(void **state)
{
    (void)state;
    EXPECT("overlap 1 by 2: 80 to 100", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(80 * M, -1, "b")));
    EXPECT("overlap 1 by 2: 80 to 90", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(80 * M, 90 * M, "b")),
           ROW(BAND(100 * M, -1, "b")));
    EXPECT("", ROW(BAND(-1, 100 * M, "a | b")), ROW(BAND(80 * M, -1, "b | a")));
    EXPECT("", ROW(BAND(-1, 100 * M, "a")), ROW(BAND(80 * M, -1, "b"), .is_net = true));
}

static void
hours_and_words_are_told(void **state)
{
    (void)state;
    EXPECT("hours 1 escalate_hours 8; hours 1 remind_hours 9; credit 2 above; credit 2 over",
           ROW(BAND(100 * M, -1, "a"), .asking.decide_hours = 8, .asking.escalate_hours = 8,
               .asking.remind_hours = 9),
           ROW(BAND(200 * M, -1, "a"), .credit = "over | none | above | above-limit"),
           ROW(BAND(300 * M, -1, "a"), .asking.decide_hours = 8, .asking.escalate_hours = 7,
               .asking.remind_hours = 1),
           ROW(BAND(400 * M, -1, "a"), .asking.escalate_hours = 7));
}

/* -- whom it asks ------------------------------------------------------------------------------ */

static const struct approver staff[] = {
    PERSON(.person = "chief", .roles = "head"),
    PERSON(.person = "fang", .roles = "finance", .up_to_micros = 1000 * M, .superior = "wu"),
    PERSON(.person = "lead", .roles = "sales", .up_to_micros = 100 * M),
    PERSON(.person = "li", .roles = "sales | desk", .up_to_micros = 500 * M, .superior = "gone",
           .order_types = "custom | sample"),
    PERSON(.person = "mo", .roles = "till", .order_types = "custom | sample"),
    PERSON(.person = "wu", .roles = "finance", .up_to_micros = 5000 * M, .customers = "X | Y",
           .discount_up_to_micros = 200000),
};

static void
roles_and_persons_that_are_not_there_are_told(void **state)
{
    (void)state;
    static const struct approver nobody[] = {PERSON(.person = "z")};
    EXPECT_OF(staff, "role 1 board; unlisted 2 mi",
              ROW(BAND(100 * M, -1, "chief"), .asking.roles = "board | head"),
              ROW(BAND(200 * M, -1, "mi | chief"), .asking.roles = "board"));
    EXPECT_OF(nobody, "unlisted 1 a", ROW(BAND(100 * M, -1, "a")));
    const struct approval_rule row = ROW(BAND(100 * M, -1, "a"), .asking.roles = "head");
    expect_people(&row, 1, NULL, 0, "role 1 head"); /* no list is in force */
}

static void
too_few_people_are_told(void **state)
{
    (void)state;
    EXPECT_OF(staff, "quorum 2 quorum 3",
              ROW(BAND(100 * M, -1, "chief | lead"), .asking.roles = "sales", .asking.quorum = 3),
              ROW(BAND(100 * M, -1, "chief | lead"), .asking.roles = "sales", .asking.quorum = 4,
                  .step = 2));
}

static void
missing_authority_is_told(void **state)
{
    (void)state;
    EXPECT_OF(staff, "", ROW(BAND(-1, 100 * M, "lead")), ROW(BAND(100 * M, -1, "chief")));
    EXPECT_OF(staff, "authority 1: 101 regular by lead", ROW(BAND(-1, 101 * M, "lead")),
              ROW(BAND(101 * M, -1, "chief")));
    /* Without an end it is any amount; but where a stricter row asks it ends. */
    EXPECT_OF(staff, "authority 1: -1 regular by lead", ROW(BAND(50 * M, -1, "lead")));
    EXPECT_OF(staff, "", ROW(BAND(50 * M, -1, "lead")), ROW(BAND(100 * M, -1, "chief")));
    EXPECT_OF(staff, "authority 1: -1 regular by lead", ROW(BAND(50 * M, -1, "lead")),
              ROW(BAND(100 * M, -1, "chief"), .type = "custom"));
    /* Those above count, for their customers; who is not in the list may anything. */
    EXPECT_OF(staff, "authority 2: 5000 regular by wu",
              ROW(BAND(-1, 5000 * M, "fang"), .customers = "Y"),
              ROW(BAND(-1, 5000 * M, "fang | wu"), .customers = "Y | Z", .step = 2));
    EXPECT_OF(staff, "authority 2: 5001 regular by wu",
              ROW(BAND(-1, 9000 * M, "li"), .type = "custom"),
              ROW(BAND(-1, 5001 * M, "fang"), .customers = "Y"));
    /* Types, discounts, other currencies. */
    EXPECT_OF(staff, "authority 1: 100 regular by mo; authority 2: 20 regular by wu",
              ROW(BAND(-1, 100 * M, ""), .asking.roles = "till", .customers = "Y"),
              ROW(BAND(-1, 20 * M, "wu"), .customers = "X", .discount_above_micros = 200000),
              ROW(BAND(-1, 20 * M, "wu"), .customers = "X", .discount_above_micros = 199999),
              ROW(BAND(-1, 9999 * M, "lead"), .currency = "USD", .step = 3));
}

static void
one_person_for_two_steps_is_told(void **state)
{
    (void)state;
    EXPECT_OF(staff, "twice 2 by 1 chief", ROW(BAND(100 * M, -1, "chief")),
              ROW(BAND(200 * M, -1, "chief"), .step = 2),
              ROW(BAND(200 * M, -1, "lead | chief"), .step = 3));
    EXPECT_OF(staff, "twice 2 by 1 chief", ROW(BAND(100 * M, -1, "chief")),
              ROW(BAND(200 * M, -1, ""), .asking.roles = "head", .step = 2, .type = "custom"));
    /* No order meets both: other bands, another stricter row, other conditions. */
    EXPECT_OF(staff, "", ROW(BAND(-1, 100 * M, "chief")),
              ROW(BAND(100 * M, -1, "chief"), .step = 2));
    EXPECT_OF(staff, "", ROW(BAND(100 * M, -1, "chief")), ROW(BAND(200 * M, -1, "lead | chief")),
              ROW(BAND(200 * M, -1, "chief"), .step = 2));
    EXPECT_OF(staff, "", ROW(BAND(100 * M, -1, "chief"), .type = "sample"),
              ROW(BAND(200 * M, -1, "chief"), .type = "custom", .step = 2));
}

static void
superiors_that_go_round_are_found_once(void **state)
{
    (void)state;
    static const struct approver loop[] = {
        PERSON(.person = "a", .superior = "c"), PERSON(.person = "b", .superior = "d"),
        PERSON(.person = "c", .superior = "b"), PERSON(.person = "d", .superior = "c"),
        PERSON(.person = "e", .superior = "f"), PERSON(.person = "f", .superior = "gone"),
    };
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    const struct approval_people people = {{loop, sizeof loop / sizeof loop[0]}, true};
    for (size_t index = 0; index < people.table.count; index++) {
        const char *text = approval_superior_loop(&people, &loop[index], &arena);
        assert_int_equal(text != NULL, index == 1);
        if (text != NULL) {
            assert_string_equal(text, "b -> d -> c -> b");
        }
    }
}

/* Rows that differ in the last of their many customers: it ends within the looks there are. */
static void
the_largest_matrix_is_looked_at_in_measure(void **state)
{
    enum { ROWS = 6000, LIST_SIZE = 2000 };
    (void)state;
    OWNED(arena) arena;
    arena_init(&arena, 64 * 1024 * 1024);
    struct approval_rule *rules = arena_array(&arena, struct approval_rule, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        const struct approval_rule rule =
            ROW(BAND((int64_t)(row % 100) * M, (int64_t)(row % 100 + 1) * M, "chief"));
        char *customers = arena_array(&arena, char, LIST_SIZE);
        for (size_t at = 0; at < LIST_SIZE - 1; at++) {
            customers[at] = at % 10 == 9 ? '|' : (char)('A' + at * 7 % 26);
        }
        snprintf(customers + LIST_SIZE - 9, 9, "%08zu", row);
        rules[row] = rule;
        rules[row].customers = customers;
    }
    struct approval_remarks remarks = {.arena = &arena};
    const struct approval_matrix large = matrix_of(rules, ROWS, &arena);
    approval_check(&large, &remarks);
    const struct approval_people people = {{staff, sizeof staff / sizeof staff[0]}, true};
    approval_check_people(&large, &people, &remarks);
    assert_true(*large.looks_left <= 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_matrices_are_not_doubted),
        cmocka_unit_test(rows_that_never_ask_are_told),
        cmocka_unit_test(gaps_between_bands_are_told),
        cmocka_unit_test(the_largest_orders_are_asked_about),
        cmocka_unit_test(overlaps_of_bands_are_told),
        cmocka_unit_test(hours_and_words_are_told),
        cmocka_unit_test(roles_and_persons_that_are_not_there_are_told),
        cmocka_unit_test(too_few_people_are_told),
        cmocka_unit_test(missing_authority_is_told),
        cmocka_unit_test(one_person_for_two_steps_is_told),
        cmocka_unit_test(the_largest_matrix_is_looked_at_in_measure),
        cmocka_unit_test(superiors_that_go_round_are_found_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
