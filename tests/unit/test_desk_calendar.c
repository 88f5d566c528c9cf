/* Calendars and delegations that come in from finance: what is told of them, and what the desk
 * knows from then on. */
#include "desk_world.h"

#include "base/buf.h"
#include "base/date.h"
#include "desk/facts.h"
#include "intake/intake.h"

#define HOURS INT64_C(3600000)

static void
come(struct world *world, const char *name, const char *text)
{
    struct fault why = {0};
    world_land(world, "ledger", name, text);
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
}

/* Of the file that came last, but for what changed: "code line value expected hint; ". */
static const char *
told(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(code || ' ' || line || ' ' || value || ' ' || expected"
               " || ' ' || hint, '; '), '') FROM (SELECT * FROM finding WHERE interchange_id ="
               " (SELECT max(id) FROM interchange) AND code NOT IN ('MASTER-CHANGED', 'FILE-WHOLE')"
               " ORDER BY ordinal)");
}

static const char *
state_of(struct world *world)
{
    return world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1");
}

static int64_t
moment(const char *text)
{
    int64_t moment_ms = 0;
    assert_true(moment_parse(text, &moment_ms));
    return moment_ms;
}

/* Two working hours from half an hour before the evening on. */
static const char *
two_hours_from(struct world *world, struct facts *facts, const char *from)
{
    static char text[TIME_TEXT_SIZE];
    const struct business_calendar *calendar = NULL;
    const struct business_calendar *again = NULL;
    struct fault why = {0};
    must(facts_calendar(facts, &world->config, &calendar, &why));
    must(facts_calendar(facts, &world->config, &again, &why));
    assert_ptr_equal(calendar, again);
    return moment_format(text, calendar_add(calendar, moment(from), 2 * HOURS));
}

static int
set_up(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    return 0;
}

static int
tear_down(void **state)
{
    world_verify(*state);
    world_end(*state);
    return 0;
}

static void
the_calendar_in_force_is_what_working_time_goes_by(void **state)
{
    struct world *world = *state;
    struct facts facts;
    facts_init(&facts, world->run.store);
    assert_string_equal(two_hours_from(world, &facts, "2026-12-24T17:30:00Z"),
                        "2026-12-25T10:30:00Z");
    come(world, "calendar.csv",
         "date,kind,name\n2026-12-26,working,instead of Friday\n2026-12-25,holiday,Christmas\n");
    assert_string_equal(told(world), "");
    assert_string_equal(two_hours_from(world, &facts, "2026-12-24T17:30:00Z"),
                        "2026-12-25T10:30:00Z"); /* remembered */
    facts_forget(&facts);
    assert_string_equal(two_hours_from(world, &facts, "2026-12-24T17:30:00Z"),
                        "2026-12-26T10:30:00Z");
    /* Also where the prices are those of an order: when somebody works is no matter of prices. */
    struct fault why = {0};
    must(facts_as_of_order(&facts, 0, 1, &why));
    assert_string_equal(two_hours_from(world, &facts, "2026-12-24T17:30:00Z"),
                        "2026-12-26T10:30:00Z");
    /* It replaces the one before. */
    come(world, "calendar-2.csv", "date,kind,name\n2026-12-25,holiday,\n2026-12-28,holiday,\n");
    assert_string_equal(state_of(world), "taken");
    facts_forget(&facts);
    assert_string_equal(two_hours_from(world, &facts, "2026-12-24T17:30:00Z"),
                        "2026-12-29T10:30:00Z");
    facts_close(&facts);
}

static void
what_a_calendar_need_not_say_is_told(void **state)
{
    struct world *world = *state;
    world->config.working_days = 1U << 5 | 1U << 6; /* Saturday and Sunday */
    come(world, "calendar.csv",
         "date,kind,name\n2026-12-27,working,a Sunday\n2026-12-25,holiday,a Friday\n"
         "2026-12-26,holiday,a Saturday\n2026-12-28,working,a Monday\n2030-01-05,holiday,\n");
    assert_string_equal(told(world),
                        "MASTER-CALENDAR-OFF 3 2026-12-25  ; "
                        "MASTER-CALENDAR-WORKED 2 2026-12-27  ; "
                        "MASTER-CALENDAR-YEAR 0 2027  ; MASTER-CALENDAR-YEAR 0 2028  ; "
                        "MASTER-CALENDAR-YEAR 0 2029  ");
    assert_string_equal(state_of(world), "taken");
}

/* A calendar of the past alone. */
static void
a_year_without_a_holiday_is_told(void **state)
{
    struct world *world = *state;
    come(world, "old.csv", "date,kind,name\n2025-12-27,working,\n2025-12-25,holiday,\n");
    assert_string_equal(told(world), "MASTER-CALENDAR-YEAR 0 2026  ");
    come(world, "new.csv", "date,kind,name\n2026-12-27,working,\n");
    assert_string_equal(told(world), "MASTER-CALENDAR-YEAR 0 2026  ");
    assert_string_equal(state_of(world), "taken");
}

static void
a_calendar_may_leave_out_the_past_alone(void **state)
{
    struct world *world = *state;
    come(world, "calendar.csv",
         "date,kind,name\n2026-01-01,holiday,\n2026-05-01,holiday,\n"
         "2026-12-25,holiday,\n2027-01-01,holiday,\n");
    come(world, "later.csv", "date,kind,name\n2026-12-25,holiday,\n2027-01-01,holiday,\n");
    assert_string_equal(state_of(world), "taken");
    assert_string_equal(told(world), "");
    come(world, "cut.csv", "date,kind,name\n2026-01-01,holiday,\n");
    assert_string_equal(told(world), "MASTER-SHRINKS 0 2/2 50% 2026-12-25, 2027-01-01");
    assert_string_equal(state_of(world), "refused");
}

static void
a_day_is_named_once(void **state)
{
    struct world *world = *state;
    come(world, "calendar.csv", "date,kind,name\n2026-12-25,holiday,\n2026-12-25,working,\n");
    assert_string_equal(told(world), "MST-REPEATED 3 2026-12-25 2 ");
    assert_string_equal(state_of(world), "refused");
    come(world, "person.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "anna,boris,2026-12-25,2026-12-26,leave\n"
         "anna,clara,2026-12-25,2026-12-26,leave\n");
    assert_string_equal(told(world), "MST-REPEATED 3 anna 2026-12-25 2 ");
}

static void
tables_are_bounded(void **state)
{
    struct world *world = *state;
    OWNED(buf) file;
    buf_init(&file, 1024 * 1024);
    buf_text(&file, "date,kind,name\n");
    for (int32_t day = 0; day <= MASTER_DAYS_MAX; day++) {
        char text[DATE_TEXT_SIZE];
        buf_format(&file, "%s,holiday,\n", day_format(text, 20000 + day));
    }
    come(world, "calendar.csv", file.bytes);
    assert_string_equal(told(world), "MASTER-ROWS-MANY 2 calendar 10000 ");
    buf_clear(&file);
    buf_text(&file, "person,delegate,valid_from,valid_to,reason\n");
    for (int person = 0; person <= MASTER_ABSENCES_MAX; person++) {
        buf_format(&file, "p%d,,2026-01-01,2026-01-02,leave\n", person);
    }
    come(world, "delegations.csv", file.bytes);
    assert_string_equal(told(world), "MASTER-ROWS-MANY 2 delegations 5000 ");
}

/* Who decides for a person on a day: "anna -> boris", with "nobody: " where nobody does. */
static const char *
decides(struct world *world, const char *person, const char *day)
{
    static char text[200];
    const struct delegation_table *delegations = NULL;
    struct fault why = {0};
    struct facts facts;
    struct stand_in stand_in;
    OWNED(arena) arena;
    arena_init(&arena, 10000);
    facts_init(&facts, world->run.store);
    must(facts_delegations(&facts, &delegations, &why));
    must(facts_delegations(&facts, &delegations, &why));
    delegation_resolve(delegations, person, moment_day(moment(day)), &stand_in);
    snprintf(text, sizeof text, "%s%s", stand_in.decides == NULL ? "nobody: " : "",
             stand_in_text(&stand_in, &arena));
    facts_close(&facts);
    return text;
}

static void
delegations_in_force_say_who_decides(void **state)
{
    struct world *world = *state;
    assert_string_equal(decides(world, "anna", "2026-12-01"), "anna");
    come(world, "delegations.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "boris,clara,2026-12-03,2026-12-03,a fair\n"
         "dora,,2026-12-01,2026-12-31,leave\n"
         "anna,boris,2026-12-02,2026-12-04,leave\n");
    assert_string_equal(told(world), "");
    assert_string_equal(decides(world, "anna", "2026-12-01T23:59:59Z"), "anna");
    assert_string_equal(decides(world, "anna", "2026-12-02T00:00:00Z"), "anna -> boris");
    assert_string_equal(decides(world, "anna", "2026-12-03"), "anna -> boris -> clara");
    assert_string_equal(decides(world, "anna", "2026-12-04T23:59:59Z"), "anna -> boris");
    assert_string_equal(decides(world, "anna", "2026-12-05T00:00:00Z"), "anna");
    assert_string_equal(decides(world, "dora", "2026-12-05"), "nobody: dora");
    /* Midnight is that of the company. */
    assert_true(zone_use("Asia/Shanghai"));
    assert_string_equal(decides(world, "anna", "2026-12-04T16:00:00Z"), "anna");
    assert_true(zone_use("UTC"));
    come(world, "delegations-2.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "clara,dora,2026-12-03,2026-12-03,a fair\n");
    assert_string_equal(state_of(world), "taken"); /* delegations end: nothing shrinks */
    assert_string_equal(decides(world, "anna", "2026-12-03"), "anna");
}

static void
delegations_are_remembered_until_they_change(void **state)
{
    struct world *world = *state;
    const struct delegation_table *delegations = NULL;
    struct fault why = {0};
    struct facts facts;
    facts_init(&facts, world->run.store);
    must(facts_delegations(&facts, &delegations, &why));
    assert_int_equal(delegations->count, 0);
    come(world, "delegations.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "boris,clara,2026-12-03,2026-12-03,a fair\n"
         "anna,boris,2026-12-02,2026-12-04,leave\n");
    must(facts_delegations(&facts, &delegations, &why));
    assert_int_equal(delegations->count, 0);
    facts_forget(&facts);
    must(facts_delegations(&facts, &delegations, &why));
    assert_int_equal(delegations->count, 2);
    assert_string_equal(delegations->items[0].reason, "leave");
    assert_int_equal(delegations->items[0].line, 3);
    facts_close(&facts);
}

static void
delegations_that_go_round_leave_the_old_in_force(void **state)
{
    struct world *world = *state;
    come(world, "delegations.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "anna,boris,2026-12-01,2026-12-10,leave\n");
    come(world, "delegations-2.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "boris,clara,2026-12-04,2026-12-09,leave\n"
         "clara,anna,2026-12-02,2026-12-09,leave\n"
         "anna,boris,2026-12-01,2026-12-10,leave\n");
    assert_string_equal(told(world),
                        "MASTER-DELEGATION-LOOP 2 anna -> boris -> clara -> anna 2026-12-04 ");
    assert_string_equal(state_of(world), "refused");
    assert_string_equal(decides(world, "anna", "2026-12-04"), "anna -> boris");
}

static void
nobody_has_two_delegates_on_one_day(void **state)
{
    struct world *world = *state;
    come(world, "delegations.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "anna,clara,2026-12-04,2026-12-05,leave\n"
         "anna,dora,2026-12-08,2026-12-09,leave\n"
         "anna,boris,2026-12-01,2026-12-08,leave\n"
         "boris,clara,2026-12-09,2026-12-09,leave\n"
         "boris,clara,2026-12-10,2026-12-10,leave\n");
    assert_string_equal(told(world), "MASTER-DELEGATION-OVERLAP 2 anna 2026-12-04 4; "
                                     "MASTER-DELEGATION-OVERLAP 3 anna 2026-12-08 4");
    assert_string_equal(state_of(world), "refused");
    assert_string_equal(decides(world, "anna", "2026-12-04"), "anna");
}

static void
the_cells_of_a_delegation_are_checked(void **state)
{
    struct world *world = *state;
    come(world, "delegations.csv",
         "person,delegate,valid_from,valid_to,reason\n"
         "anna,boris,2026-12-04,2026-12-03,leave\n"
         "boris,boris,2026-12-04,2026-12-04,leave\n"
         "clara,dora,2026-12-04,2026-12-04,\n"
         "clara,dora,2026-12-04,,leave\n");
    assert_string_equal(told(world), "MST-VALIDITY 2 2026-12-03 2026-12-04 ; "
                                     "MST-DELEGATE-SAME 3 boris  ; FLD-REQUIRED 4   ; "
                                     "FLD-REQUIRED 5   ");
    assert_string_equal(state_of(world), "refused");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
        IN_A_WORLD(the_calendar_in_force_is_what_working_time_goes_by),
        IN_A_WORLD(what_a_calendar_need_not_say_is_told),
        IN_A_WORLD(a_year_without_a_holiday_is_told),
        IN_A_WORLD(a_calendar_may_leave_out_the_past_alone),
        IN_A_WORLD(a_day_is_named_once),
        IN_A_WORLD(tables_are_bounded),
        IN_A_WORLD(delegations_in_force_say_who_decides),
        IN_A_WORLD(delegations_are_remembered_until_they_change),
        IN_A_WORLD(delegations_that_go_round_leave_the_old_in_force),
        IN_A_WORLD(nobody_has_two_delegates_on_one_day),
        IN_A_WORLD(the_cells_of_a_delegation_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
