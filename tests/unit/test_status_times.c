/* Order-status files at set times: which run takes a time, and that nothing is lost or told twice.
 */
#include "outbox_fixture.h"

#include "base/date.h"
#include "writers/status_times.h"

#define HOUR_MS   (INT64_C(3600) * 1000)
#define MINUTE_MS INT64_C(60000)

struct world {
    struct fixture fixture;
    struct partner partners[2];
};

/* Nordlicht is told at 08:00 and 14:00, Qinghe in every run. */
static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    fixture_open(&world->fixture);
    fixture_fill(&world->fixture);
    fixture_sql(&world->fixture, "DELETE FROM outbox_message");
    world->partners[0] = fixture_partners[0];
    world->partners[0].status_times = (struct day_times){{8 * HOUR_MS, 14 * HOUR_MS}, 2};
    world->partners[1] = fixture_partners[1];
    world->fixture.config.partners = world->partners;
    world->fixture.config.partner_count = 2;
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;
    fixture_close(&world->fixture);
    free(world);
    return 0;
}

/* An order of both has news, and Nordlicht an answer besides. */
static void
news(struct world *world)
{
    fixture_sql(&world->fixture,
                "INSERT INTO outbox_message (partner, kind, number, order_id, version, event_id)"
                " SELECT p.partner, p.kind, 1 + (SELECT count(*) FROM outbox_message m WHERE"
                " m.partner = p.partner AND m.kind = p.kind), p.o, 1, p.e"
                " FROM (SELECT 'nordlicht' AS partner, 'order-status' AS kind, 2 AS o, 4 AS e"
                " UNION ALL SELECT 'qinghe', 'order-status', 4, 5"
                " UNION ALL SELECT 'nordlicht', 'order-response', 2, 2) p");
}

/* A run on a day of November 2026 in Shanghai. */
static void
run_at(struct world *world, int day, int hour, int minute)
{
    struct fault why = {0};
    world->fixture.run.as_of_ms =
        day_moment(day_of(2026, 11, day), hour * HOUR_MS + minute * MINUTE_MS);
    fixture_expect(outbox_write(&world->fixture.run, &why), &why);
}

static int64_t
files(struct world *world, const char *partner, const char *kind)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM outbox_file WHERE partner = '%s' AND kind = '%s'", partner,
             kind);
    return fixture_number(&world->fixture, sql);
}

#define STATUS(world) files(world, "nordlicht", "order-status")

static void
what_is_new_waits_for_the_first_run_after_the_time(void **state)
{
    struct world *world = *state;
    news(world);
    run_at(world, 24, 9, 0);
    assert_int_equal(STATUS(world), 0);
    assert_int_equal(files(world, "nordlicht", "order-response"), 1);
    assert_int_equal(files(world, "qinghe", "order-status"), 1);
    news(world);
    run_at(world, 24, 13, 59);
    assert_int_equal(STATUS(world), 0);
    news(world); /* of the very run */
    run_at(world, 24, 14, 7);
    assert_int_equal(STATUS(world), 1);
    assert_int_equal(fixture_number(&world->fixture,
                                    "SELECT sum(messages) FROM outbox_file WHERE partner ="
                                    " 'nordlicht' AND kind = 'order-status'"),
                     3);
    assert_int_equal(files(world, "qinghe", "order-status"), 3);
    run_at(world, 24, 14, 7);
    news(world);
    run_at(world, 24, 14, 8);
    run_at(world, 25, 7, 59);
    assert_int_equal(STATUS(world), 1);
    run_at(world, 25, 8, 0); /* at the very moment */
    assert_int_equal(STATUS(world), 2);
}

static void
a_time_without_news_is_taken_too(void **state)
{
    struct world *world = *state;
    run_at(world, 24, 7, 0);
    run_at(world, 24, 14, 7);
    news(world);
    run_at(world, 24, 16, 0);
    assert_int_equal(STATUS(world), 0);
    run_at(world, 25, 8, 7);
    assert_int_equal(STATUS(world), 1);
}

static void
times_that_were_missed_make_one_file(void **state)
{
    struct world *world = *state;
    news(world);
    run_at(world, 24, 9, 0);
    run_at(world, 27, 3, 0); /* nothing ran for days */
    assert_int_equal(STATUS(world), 1);
    news(world);
    run_at(world, 27, 7, 59);
    assert_int_equal(STATUS(world), 1);
    run_at(world, 28, 9, 0);
    assert_int_equal(STATUS(world), 2);
}

static void
the_first_run_may_be_at_the_time(void **state)
{
    struct world *world = *state;
    news(world);
    run_at(world, 24, 14, 0);
    assert_int_equal(STATUS(world), 1);
    run_at(world, 24, 14, 0);
    assert_int_equal(STATUS(world), 1);
}

static void
without_times_nothing_waits_any_more(void **state)
{
    struct world *world = *state;
    news(world);
    run_at(world, 24, 9, 0);
    world->partners[0].status_times.count = 0;
    run_at(world, 24, 9, 15);
    assert_int_equal(STATUS(world), 1);
}

/* The store refuses something at each place of the transaction: all stays as it was. */
static void
a_time_is_taken_with_its_files_or_not_at_all(void **state)
{
    static const char *const triggers[] = {
        "CREATE TRIGGER broken BEFORE INSERT ON outbox_file BEGIN SELECT raise(FAIL, 'no'); END",
        "CREATE TRIGGER broken BEFORE UPDATE ON status_look BEGIN SELECT raise(FAIL, 'no'); END"};
    struct world *world = *state;
    news(world);
    run_at(world, 24, 9, 0);
    world->fixture.run.as_of_ms = day_moment(day_of(2026, 11, 24), 14 * HOUR_MS);
    for (size_t index = 0; index < sizeof triggers / sizeof triggers[0]; index++) {
        struct fault why = {0};
        fixture_sql(&world->fixture, triggers[index]);
        assert_int_equal(outbox_write(&world->fixture.run, &why), FAILED);
        assert_int_equal(STATUS(world), 0);
        fixture_sql(&world->fixture, "DROP TRIGGER broken");
    }
    run_at(world, 24, 14, 30);
    assert_int_equal(STATUS(world), 1);
}

static void
the_last_time_is_found_over_midnight_and_changed_clocks(void **state)
{
    (void)state;
    const struct day_times times = {{2 * HOUR_MS + 30 * MINUTE_MS, 23 * HOUR_MS}, 2};
    char text[TIME_TEXT_SIZE];
    static const struct {
        const char *at, *last;
    } cases[] = {
        {"2026-03-28T23:00:00+01:00", "2026-03-28T23:00:00+01:00"},
        {"2026-03-29T01:59:59+01:00", "2026-03-28T23:00:00+01:00"},
        {"2026-03-29T03:00:00+02:00", "2026-03-29T03:00:00+02:00"}, /* 02:30 is left out */
        {"2026-10-25T02:29:00+02:00", "2026-10-24T23:00:00+02:00"},
        {"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+02:00"},
        {"2026-10-25T02:40:00+01:00", "2026-10-25T02:30:00+02:00"}, /* 02:30 comes once */
        {"2026-01-01T00:00:00+01:00", "2025-12-31T23:00:00+01:00"},
    };
    assert_true(zone_use("Europe/Berlin"));
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int64_t at_ms = 0;
        assert_true(moment_parse(cases[index].at, &at_ms));
        assert_string_equal(moment_format(text, status_times_last(&times, at_ms)),
                            cases[index].last);
    }
    assert_true(zone_use("UTC"));
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(what_is_new_waits_for_the_first_run_after_the_time),
        ABOUT(a_time_without_news_is_taken_too),
        ABOUT(times_that_were_missed_make_one_file),
        ABOUT(the_first_run_may_be_at_the_time),
        ABOUT(without_times_nothing_waits_any_more),
        ABOUT(a_time_is_taken_with_its_files_or_not_at_all),
        cmocka_unit_test(the_last_time_is_found_over_midnight_and_changed_clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
