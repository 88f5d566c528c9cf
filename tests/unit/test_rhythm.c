/* When partners are expected to send, and what is kept of when they did. */
#include "desk_world.h"

#include "rules/rhythm.h"
#include "store/store_rhythm.h"

#define HOUR_MS INT64_C(3600000)
/* Tuesday 2026-11-24, 00:00 UTC */
#define MIDNIGHT INT64_C(1795478400000)

static struct business_calendar
week(void)
{
    static const struct working_hours hours = {9 * HOUR_MS, 18 * HOUR_MS};
    struct business_calendar calendar;
    assert_true(zone_use("UTC"));
    assert_true(business_calendar_init(&calendar, 31, &hours, NULL, 0));
    return calendar;
}

static void
silence_begins_after_twice_the_longest_gap_and_a_working_day(void **state)
{
    const struct business_calendar calendar = week();
    struct rhythm rhythm = {.last_ms = MIDNIGHT + 10 * HOUR_MS, .gap_count = 8};
    struct rhythm_verdict verdict;
    (void)state;
    for (size_t index = 0; index < 8; index++) {
        rhythm.gaps_ms[index] = (int64_t)(index + 1) * HOUR_MS;
    }
    assert_true(rhythm_judge(&rhythm, &calendar, &verdict));
    assert_int_equal(verdict.usual_ms, 4 * HOUR_MS);
    assert_int_equal(verdict.expected_ms, MIDNIGHT + 18 * HOUR_MS);
    /* 16 hours later it is Wednesday 02:00, which counts as 09:00: Thursday 09:00 */
    assert_int_equal(verdict.silent_ms, MIDNIGHT + 57 * HOUR_MS);
    rhythm.gap_count = 7;
    assert_false(rhythm_judge(&rhythm, &calendar, &verdict));
}

static void
a_weekend_is_no_silence(void **state)
{
    const struct business_calendar calendar = week();
    struct rhythm rhythm = {.last_ms = MIDNIGHT + (3 * 24 + 17) * HOUR_MS, .gap_count = 20};
    struct rhythm_verdict verdict;
    (void)state;
    for (size_t index = 0; index < 20; index++) {
        rhythm.gaps_ms[index] = HOUR_MS;
    }
    assert_true(rhythm_judge(&rhythm, &calendar, &verdict)); /* Friday 17:00, 19:00, Monday 09:00 */
    assert_int_equal(verdict.silent_ms, MIDNIGHT + (7 * 24 + 9) * HOUR_MS);
}

static void
comes(struct world *world, const char *document, int64_t at_ms)
{
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    must(store_begin(world->run.store, &tx, &why));
    must(rhythm_note(world->run.store, "nordlicht", document, at_ms, &why));
    must(store_commit(&tx, &why));
}

static struct rhythm
known(struct world *world, const char *document)
{
    struct fault why = {0};
    struct rhythm found = {0};
    struct partner_rhythm *items = NULL;
    size_t count = 0;
    OWNED(arena) arena;
    arena_init(&arena, 1 << 20);
    must(rhythm_list(world->run.store, &arena, &items, &count, &why));
    for (size_t index = 0; index < count; index++) {
        if (strcmp(items[index].document, document) == 0) {
            found = items[index].rhythm;
        }
    }
    return found;
}

static void
the_last_gaps_are_kept_and_no_more(void **state)
{
    struct world *world = *state;
    int64_t at_ms = MIDNIGHT;
    comes(world, "order", at_ms);
    assert_int_equal(known(world, "order").gap_count, 0);
    for (int64_t gap = 1; gap <= 45; gap++) {
        at_ms += gap;
        comes(world, "order", at_ms);
        comes(world, "order", at_ms); /* in the same run */
        comes(world, "order", at_ms - 1);
    }
    comes(world, "payment", at_ms);
    const struct rhythm rhythm = known(world, "order");
    int64_t sum = 0;
    assert_int_equal(rhythm.last_ms, at_ms);
    assert_int_equal(rhythm.gap_count, RHYTHM_GAPS_MAX);
    for (size_t index = 0; index < rhythm.gap_count; index++) {
        sum += rhythm.gaps_ms[index];
    }
    assert_int_equal(sum, (26 + 45) * 20 / 2);
    assert_int_equal(known(world, "payment").gap_count, 0);
}

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define TEA(number)                                                                                \
    HEAD number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,1,C62\n"

static const char *
noted(struct world *world)
{
    return world_text(world, "SELECT group_concat(document || ' ' || arrivals) FROM partner_rhythm"
                             " WHERE partner = 'nordlicht'");
}

static void
files_that_could_be_read_are_noted(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", "what,is,this\n1,2,3\n");
    assert_string_equal(noted(world), "");
    world_come(world, "nordlicht", TEA("A-1"));
    assert_string_equal(noted(world), "order 1");
    world->run.as_of_ms += HOUR_MS;
    world_come(world, "nordlicht", TEA("A-1")); /* once more */
    assert_string_equal(noted(world), "order 1");
    world_come(world, "nordlicht", TEA("")); /* refused: it sends, all the same */
    assert_string_equal(noted(world), "order 2");
    world->partners[1].acceptance = ACCEPT_TEST_ONLY;
    world->run.as_of_ms += HOUR_MS;
    world_come(world, "nordlicht", TEA("A-2"));
    assert_string_equal(noted(world), "order 2");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_begins_after_twice_the_longest_gap_and_a_working_day),
        cmocka_unit_test(a_weekend_is_no_silence),
        ABOUT(the_last_gaps_are_kept_and_no_more),
        ABOUT(files_that_could_be_read_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
