/* Who is asked, as a text that people write too. */
#include "rules/approve_steps.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PERSON(id, role)                                                                           \
    {                                                                                              \
        .person = (id), .name = "", .user = "", .roles = (role), .superior = "", .currency = "",   \
        .above_micros = -1, .up_to_micros = -1, .order_types = "", .customers = "", .groups = "",  \
        .discount_up_to_micros = -1, .email = ""                                                   \
    }
static const struct approver staff[] = {PERSON("chen", "head"), PERSON("fang", "finance | x"),
                                        PERSON("he", "finance"), PERSON("sales", "")};
static const struct approval_people people = {{staff, sizeof staff / sizeof staff[0]}, true};
static const struct approval_people nobody = {{NULL, 0}, false};

static void
expect(const struct approval_people *of, const char *written, const char *expected)
{
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    assert_string_equal(approval_steps_expected(of, written, &arena), expected);
}

static void
what_people_write_has_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        const char *form;
    } texts[] = {
        {"none", "none"},
        {"rule", "none"},
        {"", "none"},
        {" ; ;", "none"},
        {"linwei", "linwei"},
        {"  linwei\t; he|chen ", "linwei; chen | he"},
        {"b & a;b|a", "a & b; a | b"},
        {"2 of c | b | a", "2 of a | b | c"},
        {"2 of b | a", "a & b"},
        {"3 of b | a", "a & b"},
        {"1 of b | a", "a | b"},
        {"0 of b | a", "0 of b | a"}, /* no number of persons: a name as any other */
        {"99999999999999999999 of a | b", "a & b"},
        {"a & a", "a"},
        {"a & | & b", "a & b"},
        {"finance", "fang | he"},
        {"finance & chen", "chen & fang & he"},
        {"finance | fang", "fang | he"},
        {"head; finance; x", "chen; fang | he; fang"},
        {"sales", "sales"}, /* a person before a role */
        {"board", "board"},
    };
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        expect(&people, texts[index].written, texts[index].form);
    }
    expect(&nobody, "finance & chen", "chen & finance");
}

static const char *
asked(const struct approval_people *of, const struct approval_step *steps, size_t count,
      struct arena *arena)
{
    struct approval_step copies[4];
    assert_true(count <= 4);
    memcpy(copies, steps, count * sizeof *steps);
    const struct approval_decision decision = {
        .is_approved = count == 0, .steps = copies, .step_count = count, .trace = ""};
    return approval_steps_asked(of, &decision, arena);
}

static void
who_is_asked_has_the_same_form(void **state)
{
    (void)state;
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    const struct approval_step steps[] = {
        {.step = 1, .asking = {.approvers = "he | b", .roles = "", .quorum = QUORUM_ANY}},
        {.step = 3, .asking = {.approvers = "he", .roles = "finance", .quorum = QUORUM_ALL}},
        {.step = 4, .asking = {.approvers = "a", .roles = "finance", .quorum = 2}},
        {.step = 9, .asking = {.approvers = "", .roles = "board", .quorum = QUORUM_ANY}},
    };
    const char *text = asked(&people, steps, 4, &arena);
    assert_string_equal(text, "b | he; fang & he; 2 of a | fang | he; board");
    expect(&people, text, text);
    assert_string_equal(asked(&people, steps, 0, &arena), "none");
    assert_string_equal(asked(&nobody, &steps[2], 1, &arena), "a"); /* those whom it knows */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_write_has_one_form),
        cmocka_unit_test(who_is_asked_has_the_same_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
