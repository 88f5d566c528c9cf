#include "rules/delegation.h"

#include "base/date.h"
#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS_MAX = 64 };

/* Rows "person delegate from to", with - for nobody; the days are those of March 2026. */
struct table {
    char names[ROWS_MAX][2][16];
    struct delegation items[ROWS_MAX];
    struct delegation_table table;
};

static int32_t
march(int day)
{
    return day_of(2026, 3, day);
}

static void
add(struct table *table, const char *person, const char *delegate, int from, int to)
{
    const size_t at = table->table.count++;
    assert_true(at < ROWS_MAX);
    snprintf(table->names[at][0], sizeof table->names[at][0], "%s", person);
    snprintf(table->names[at][1], sizeof table->names[at][1], "%s",
             strcmp(delegate, "-") == 0 ? "" : delegate);
    table->items[at] = (struct delegation){.person = table->names[at][0],
                                           .delegate = table->names[at][1],
                                           .valid_from = march(from),
                                           .valid_to = march(to),
                                           .reason = "leave",
                                           .line = (int64_t)at + 2};
}

static void
make(struct table *table, const char *rows)
{
    memset(table, 0, sizeof *table);
    int used = 0;
    int from, to;
    char person[16], delegate[16];
    for (; sscanf(rows, " %15s %15s %d %d ;%n", person, delegate, &from, &to, &used) == 4;
         rows += used) {
        add(table, person, delegate, from, to);
    }
    delegation_table_init(&table->table, table->items, table->table.count);
}

/* "found anna -> boris" and the like. */
static const char *
resolved(const struct table *table, const char *person, int day, struct arena *arena)
{
    static const char *const verdicts[] = {"there", "found", "nobody", "loop", "too far"};
    struct stand_in stand_in;
    delegation_resolve(&table->table, person, march(day), &stand_in);
    const bool decides =
        stand_in.verdict == STAND_IN_NOT_NEEDED || stand_in.verdict == STAND_IN_FOUND;
    assert_int_equal(stand_in.decides != NULL, decides);
    if (decides) {
        assert_string_equal(stand_in.decides, stand_in.names[stand_in.name_count - 1]);
        assert_int_equal(stand_in.link_count, stand_in.name_count - 1);
    }
    assert_ptr_equal(stand_in.names[0], person);
    return arena_format(arena, "%s %s", verdicts[stand_in.verdict],
                        stand_in_text(&stand_in, arena));
}

static void
chains_are_followed_to_who_is_there(void **state)
{
    static const struct {
        const char *rows, *person;
        int day;
        const char *expected;
    } cases[] = {
        {"", "anna", 4, "there anna"},
        {"anna boris 4 6;", "anna", 3, "there anna"},
        {"anna boris 4 6;", "anna", 4, "found anna -> boris"},
        {"anna boris 4 6;", "anna", 6, "found anna -> boris"}, /* the last day itself */
        {"anna boris 4 6;", "anna", 7, "there anna"},          /* it expired at midnight */
        {"anna boris 4 6;", "boris", 5, "there boris"},
        {"anna boris 4 6;", "ann", 5, "there ann"},
        {"anna boris 4 6; boris clara 5 5;", "anna", 4, "found anna -> boris"},
        {"anna boris 4 6; boris clara 5 5;", "anna", 5, "found anna -> boris -> clara"},
        {"anna boris 4 6; boris clara 5 5;", "anna", 6, "found anna -> boris"},
        {"anna - 4 6;", "anna", 5, "nobody anna"},
        {"anna boris 4 6; boris - 5 5;", "anna", 5, "nobody anna -> boris"},
        {"anna boris 4 6; boris - 5 5;", "anna", 6, "found anna -> boris"},
        {"anna boris 4 6; anna clara 7 9; anna dora 1 2;", "anna", 8, "found anna -> clara"},
        {"anna boris 4 6; anna clara 7 9; anna dora 1 2;", "anna", 3, "there anna"},
        {"anna boris 1 9; boris anna 4 4;", "anna", 4, "loop anna -> boris -> anna"},
        {"anna boris 1 9; boris anna 4 4;", "anna", 5, "found anna -> boris"},
        {"anna boris 1 9; boris clara 1 9; clara boris 1 9;", "anna", 4,
         "loop anna -> boris -> clara -> boris"},
        {"anna anna 1 9;", "anna", 4, "loop anna -> anna"},
        /* should there be two on one day */
        {"anna boris 1 9; anna clara 3 4;", "anna", 4, "found anna -> clara"},
        {"anna boris 1 9; anna clara 3 4;", "anna", 5, "found anna -> boris"},
        {"anna boris 1 9; anna clara 1 9;", "anna", 5, "found anna -> clara"},
    };
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct table table;
        make(&table, cases[index].rows);
        assert_string_equal(resolved(&table, cases[index].person, cases[index].day, &arena),
                            cases[index].expected);
    }
}

static void
eight_links_are_followed_and_no_more(void **state)
{
    struct table table;
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    make(&table, "a b 1 9; b c 1 9; c d 1 9; d e 1 9; e f 1 9; f g 1 9; g h 1 9; h i 1 9; i j 5 5;"
                 "h2 a 1 9; i9 h 9 9;");
    assert_string_equal(resolved(&table, "a", 4, &arena),
                        "found a -> b -> c -> d -> e -> f -> g -> h -> i");
    assert_string_equal(resolved(&table, "a", 5, &arena),
                        "too far a -> b -> c -> d -> e -> f -> g -> h -> i");
    assert_string_equal(resolved(&table, "b", 5, &arena),
                        "found b -> c -> d -> e -> f -> g -> h -> i -> j");
    make(&table, "a b 1 9; b c 1 9; c d 1 9; d e 1 9; e f 1 9; f g 1 9; g h 1 9; h a 1 9;");
    assert_string_equal(resolved(&table, "a", 4, &arena),
                        "loop a -> b -> c -> d -> e -> f -> g -> h -> a");
}

/* All rows for which a loop is told: "line: loop". */
static const char *
loops(const struct table *table, struct arena *arena)
{
    const char *text = "";
    for (size_t index = 0; index < table->table.count; index++) {
        const struct delegation *item = &table->table.items[index];
        const char *loop = delegation_loop(&table->table, item, arena);
        if (loop != NULL) {
            char day[DATE_TEXT_SIZE];
            text =
                arena_format(arena, "%s%s on %s; ", text, loop, day_format(day, item->valid_from));
        }
    }
    return text;
}

static void
each_loop_is_told_once_with_its_day(void **state)
{
    static const struct {
        const char *rows, *expected;
    } cases[] = {
        {"anna boris 1 9; boris clara 1 9;", ""},
        {"anna boris 1 3; boris anna 4 9;", ""}, /* never on the same day */
        {"anna boris 1 4; boris anna 4 9;", "anna -> boris -> anna on 2026-03-04; "},
        {"boris anna 4 9; anna boris 1 4;", "anna -> boris -> anna on 2026-03-04; "},
        {"boris anna 2 9; anna boris 2 4;", "anna -> boris -> anna on 2026-03-02; "},
        {"clara anna 3 9; boris clara 1 9; anna boris 2 9;",
         "anna -> boris -> clara -> anna on 2026-03-03; "},
        /* dora leads into the loop, and is not in it */
        {"dora anna 5 9; anna boris 1 9; boris anna 4 9;", "anna -> boris -> anna on 2026-03-04; "},
        {"anna boris 1 9; boris anna 3 4; boris anna 6 7;",
         "anna -> boris -> anna on 2026-03-03; anna -> boris -> anna on 2026-03-06; "},
        {"anna boris 1 9; boris - 1 9;", ""},
        {"anna boris 1 9; anna clara 1 9; clara anna 1 9;",
         "anna -> clara -> anna on 2026-03-01; "},
        {"d e 2 4; e d 1 9; b c 1 9; c b 1 9;",
         "b -> c -> b on 2026-03-01; d -> e -> d on 2026-03-02; "},
        {"a b 1 9; b c 1 9; c d 1 9; d e 1 9; e f 1 9; f g 1 9; g h 1 9; h i 1 9; i j 1 9; j k 1 9;"
         "k l 1 9; l m 1 9; m n 1 9; n a 1 9;",
         "a -> b -> c -> d -> e -> f -> g -> h -> i -> j -> k -> l -> … -> a on 2026-03-01; "},
    };
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct table table;
        make(&table, cases[index].rows);
        assert_string_equal(loops(&table, &arena), cases[index].expected);
    }
}

/* ---- what holds for every table ---- */

static uint64_t seed;

static int
below(int end)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)(seed % (uint64_t)end);
}

/* Up to six persons, so that there are chains and loops; no one has two delegations on a day. */
static void
draw(struct table *table, uint64_t round)
{
    memset(table, 0, sizeof *table);
    seed = round * 0x9E3779B97F4A7C15U + 1;
    const int persons = 2 + below(5);
    for (int person = 0; person < persons; person++) {
        for (int day = 1 + below(20); day < 28; day += 1 + below(20)) {
            const int to = day + below(4);
            const char name[] = {(char)('a' + person), '\0'};
            const char delegate[] = {(char)('a' + (person + 1 + below(persons - 1)) % persons),
                                     '\0'};
            add(table, name, below(8) == 0 ? "-" : delegate, day, to);
            day = to;
        }
    }
}

static void
the_order_of_rows_never_matters(void **state)
{
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 16 * 1024 * 1024);
    for (uint64_t round = 0; round < 2000; round++) {
        struct table table;
        char first[4000] = "";
        arena_reset(&arena);
        draw(&table, round);
        const size_t count = table.table.count;
        for (int pass = 0; pass < 2; pass++) {
            char told[4000];
            for (size_t at = count; at > 1; at--) { /* another order */
                const size_t other = (size_t)below((int)at);
                const struct delegation moved = table.items[at - 1];
                table.items[at - 1] = table.items[other];
                table.items[other] = moved;
            }
            delegation_table_init(&table.table, table.items, count);
            int used = snprintf(told, sizeof told, "%s", loops(&table, &arena));
            for (int day = 1; day < 29; day += 5) {
                used += snprintf(told + used, sizeof told - (size_t)used, "%s ",
                                 resolved(&table, "a", day, &arena));
            }
            if (pass == 0) {
                memcpy(first, told, sizeof first);
            } else {
                assert_string_equal(told, first);
            }
        }
    }
}

/* There is a day on which somebody's chain goes round if, and only if, a loop is told. */
static void
loops_are_told_where_chains_go_round(void **state)
{
    static const char *const persons[] = {"a", "b", "c", "d", "e", "f"};
    size_t with_loops = 0;
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 16 * 1024 * 1024);
    for (uint64_t round = 0; round < 2000; round++) {
        struct table table;
        bool goes_round = false;
        arena_reset(&arena);
        draw(&table, round);
        delegation_table_init(&table.table, table.items, table.table.count);
        for (int day = 1; day < 40; day++) {
            for (size_t person = 0; person < sizeof persons / sizeof persons[0]; person++) {
                struct stand_in stand_in;
                delegation_resolve(&table.table, persons[person], march(day), &stand_in);
                assert_true(stand_in.verdict != STAND_IN_TOO_FAR); /* of six persons */
                goes_round |= stand_in.verdict == STAND_IN_LOOP;
            }
        }
        assert_int_equal(loops(&table, &arena)[0] != '\0', goes_round);
        with_loops += goes_round;
    }
    assert_true(with_loops > 200 && with_loops < 1800);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_followed_to_who_is_there),
        cmocka_unit_test(eight_links_are_followed_and_no_more),
        cmocka_unit_test(each_loop_is_told_once_with_its_day),
        cmocka_unit_test(the_order_of_rows_never_matters),
        cmocka_unit_test(loops_are_told_where_chains_go_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
