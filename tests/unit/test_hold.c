/* Holds of orders: what they block, who may end them, and when they end by themselves. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START(number) number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
#define LARGE         HEAD START("A-1") "1,TEA-1,20,C62\n" /* 214.20 EUR: asks Lin Wei */
#define SMALL         HEAD START("A-1") "1,TEA-1,2,C62\n"

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders");
}

static const char *
story(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(event, ' ') FROM (SELECT event FROM order_event ORDER BY id)");
}

static const char *
holds(struct world *world)
{
    return world_text(world, "SELECT group_concat(kind || ' ' || reason || ' ' || "
                             "coalesce(how || ' ' || ended_by, 'open'), ', ') FROM order_hold");
}

static int64_t
releases(struct world *world)
{
    return world_number(world, "SELECT count(*) FROM outbox_message WHERE kind = 'release'");
}

static enum outcome
hold(struct world *world, const char *reason, int32_t until, const char *may_end, struct fault *why)
{
    enum headline headline = HEADLINE_COUNT;
    const struct hold_request request = {.partner = "nordlicht",
                                         .order_number = "A-1",
                                         .reason = reason,
                                         .until = until,
                                         .may_end = may_end,
                                         .actor = "user:anna"};
    return desk_hold(&world->run, &request, &headline, why);
}

static enum outcome
resume(struct world *world, enum order_hold_kind kind, const char *actor, struct hold_ended *ended,
       struct fault *why)
{
    const struct hold_ending ending = {"nordlicht", "A-1", kind, "all is well", actor};
    return desk_resume(&world->run, &ending, ended, why);
}

static void
approve(struct world *world)
{
    struct fault why = {0};
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
}

static void
a_held_order_is_approved_and_not_released(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "the customer asked", DAY_NONE, "", &why));
    assert_string_equal(standing(world), "waiting1 none");
    approve(world);
    assert_string_equal(standing(world), "approved1 none");
    assert_int_equal(releases(world), 0);
    must(desk_work(&world->run, &why)); /* a run changes nothing */
    assert_string_equal(holds(world), "by-hand the customer asked open");
    world_verify(world);
    must(resume(world, ORDER_HOLD_KIND_COUNT, "user:boris", &ended, &why));
    assert_int_equal(ended.kind, ORDER_HOLD_BY_HAND);
    assert_int_equal(ended.headline, HEADLINE_RELEASED);
    assert_int_equal(ended.left, 0);
    assert_string_equal(standing(world), "approved1 released");
    assert_int_equal(releases(world), 1);
    assert_string_equal(story(world),
                        "received approval-asked hold-placed approved hold-ended released");
    assert_string_equal(
        world_text(world, "SELECT detail FROM order_event WHERE event = 'hold-ended'"),
        "{\"hold\":\"by-hand\",\"how\":\"resumed\",\"reason\":\"all is well\"}");
    assert_string_equal(holds(world), "by-hand the customer asked resumed user:boris");
    assert_int_equal(world->run.counts.orders_held, 1);
    assert_int_equal(world->run.counts.holds_ended, 1);
}

static void
a_hold_that_ends_before_approval_releases_nothing(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "wait", DAY_NONE, "", &why));
    must(resume(world, ORDER_HOLD_BY_HAND, "user:anna", &ended, &why));
    assert_int_equal(ended.headline, HEADLINE_WAITING);
    assert_int_equal(releases(world), 0);
    approve(world);
    assert_string_equal(standing(world), "approved1 released");
    assert_string_equal(story(world),
                        "received approval-asked hold-placed hold-ended approved released");
}

static void
it_ends_when_its_last_day_is_over(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    const int32_t today = moment_day(WORLD_AS_OF);
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "till the fair is over", today + 1, "", &why));
    assert_string_equal(
        world_text(world, "SELECT detail FROM order_event WHERE event = 'hold-placed'"),
        "{\"hold\":\"by-hand\",\"blocks\":\"release\",\"reason\":\"till the fair is "
        "over\",\"until\":\"2026-11-25\"}");
    approve(world);
    world->run.as_of_ms = day_begin(today + 2) - 1;
    must(desk_work(&world->run, &why));
    assert_string_equal(standing(world), "approved1 none");
    world->run.as_of_ms = day_begin(today + 2);
    must(desk_work(&world->run, &why));
    assert_string_equal(standing(world), "approved1 released");
    assert_string_equal(holds(world), "by-hand till the fair is over expired purser");
    assert_int_equal(releases(world), 1);
}

static void
many_end_on_one_day(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world->config.warehouse = "";
    world_come(world, "nordlicht", SMALL);
    world_do(world, "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
                    " INSERT INTO orders (id, partner, number, version, approval, fulfilment,"
                    " received_ms) SELECT (SELECT max(id) FROM orders) + i, partner,"
                    " 'B-' || i, 1, 'approved', 'none', i FROM orders, n;");
    world_do(world, "INSERT INTO order_hold (order_id, version, kind, reason, trace, since_ms,"
                    " expires, placed_by, may_end) SELECT id, 1, 'by-hand', '', '', 0, 0,"
                    " 'user:anna', '' FROM orders");
    must(desk_work(&world->run, &why));
    assert_int_equal(world->run.counts.holds_ended, 600);
    assert_int_equal(releases(world), 0);
    world->config.warehouse = "harbour"; /* from now on: what was approved is sent there */
    must(desk_work(&world->run, &why));
    assert_int_equal(releases(world), 600);
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders WHERE fulfilment = 'none'"),
                     0);
    world_do(world,
             "DELETE FROM outbox_message WHERE order_id IN (SELECT id FROM orders"
             " WHERE number GLOB 'B-*'); DELETE FROM order_hold; DELETE FROM order_event WHERE"
             " order_id IN (SELECT id FROM orders WHERE number GLOB 'B-*');"
             " DELETE FROM warehouse_release WHERE order_id IN (SELECT id FROM orders WHERE"
             " number GLOB 'B-*'); DELETE FROM orders WHERE number GLOB 'B-*'");
}

static void
held_again_the_new_hold_takes_its_place(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "one", 30000, "", &why));
    approve(world);
    must(hold(world, "two", DAY_NONE, "", &why));
    assert_string_equal(holds(world), "by-hand one superseded user:anna, by-hand two open");
    assert_string_equal(standing(world), "approved1 none");
    assert_string_equal(story(world), "received approval-asked hold-placed approved hold-placed");
}

static void
who_alone_may_end_it_is_kept(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "legal looks at it", DAY_NONE, "user:carla", &why));
    assert_int_equal(resume(world, ORDER_HOLD_KIND_COUNT, "user:boris", &ended, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_PERMITTED);
    assert_non_null(strstr(why.text, "user:carla or user:anna, not by user:boris"));
    assert_string_equal(story(world), "received approval-asked hold-placed");
    why = (struct fault){0};
    must(resume(world, ORDER_HOLD_KIND_COUNT, "user:carla", &ended, &why));
}

static void
what_is_not_open_cannot_be_held_or_resumed(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    assert_int_equal(hold(world, "none", DAY_NONE, "", &why), NONE);
    assert_int_equal(resume(world, ORDER_HOLD_BY_HAND, "user:anna", &ended, &why), NONE);
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(standing(world), "approved1 released");
    assert_int_equal(hold(world, "late", DAY_NONE, "", &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "is released: only an order"));
    why = (struct fault){0};
    assert_int_equal(resume(world, ORDER_HOLD_BY_HAND, "user:anna", &ended, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "has no hold of the kind by-hand"));
    why = (struct fault){0};
    assert_int_equal(resume(world, ORDER_HOLD_KIND_COUNT, "user:anna", &ended, &why), FAILED);
    assert_non_null(strstr(why.text, "has no hold that is open, it is released"));
}

static void
an_order_that_no_run_has_priced_is_not_held(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_land(world, "nordlicht", "orders.csv", LARGE);
    must(intake_work(&world->run, &why));
    assert_int_equal(hold(world, "early", DAY_NONE, "", &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "when the next run has priced it"));
    why = (struct fault){0};
    must(desk_work(&world->run, &why));
}

static void
of_several_holds_one_is_named(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "one", DAY_NONE, "", &why));
    approve(world);
    world_do(world, "INSERT INTO order_hold (order_id, version, kind, reason, trace, since_ms,"
                    " placed_by, may_end) SELECT id, 1, 'address', 'ADR-X', '', 0, 'purser', ''"
                    " FROM orders");
    assert_int_equal(resume(world, ORDER_HOLD_KIND_COUNT, "user:anna", &ended, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "--kind by-hand or address"));
    why = (struct fault){0};
    must(resume(world, ORDER_HOLD_ADDRESS, "user:anna", &ended, &why));
    assert_int_equal(ended.left, 1);
    assert_string_equal(standing(world), "approved1 none");
    must(resume(world, ORDER_HOLD_KIND_COUNT, "user:anna", &ended, &why));
    assert_string_equal(standing(world), "approved1 released");
}

static void
a_refused_order_is_not_held_any_more(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "one", DAY_NONE, "", &why));
    must(world_decide(world, "A-1", false, "user:linwei", "no", &why));
    assert_string_equal(holds(world), "by-hand one refused purser");
    world_come(world, "nordlicht", SMALL); /* it comes again, and nothing holds it */
    assert_string_equal(standing(world), "approved2 released");
}

static void
another_price_leaves_the_hold(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {9000000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_do(world,
             "INSERT INTO master_version VALUES (6, 'price-authority', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('price-authority', 6);"
             "INSERT INTO price_authority VALUES (6, 'lead', 'anna', '', '', 0, 0, 'no', 2)");
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "one", DAY_NONE, "", &why));
    approve(world);
    must(desk_set_price(&world->run, &setting, &set, &why));
    /* It comes to the same, so nobody is asked again. */
    assert_string_equal(standing(world), "approved2 none");
    assert_string_equal(holds(world), "by-hand one open");
}

/* What `purser verify` says of a store that somebody has touched. */
static void
verify_finds(struct world *world, enum message code)
{
    struct fault why = {0};
    OWNED(verify_report) report;
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    assert_int_equal(report.total, 1);
    assert_string_equal(message_entry(report.items[0].code)->id, message_entry(code)->id);
}

static void
verify_sees_a_lost_release_and_a_hold_too_many(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    world_come(world, "nordlicht", LARGE);
    must(hold(world, "one", DAY_NONE, "", &why));
    approve(world);
    world_do(world, "UPDATE order_hold SET how = 'cleared', ended_ms = 1");
    verify_finds(world, M_VERIFY_ORDER_RELEASED);
    world->config.warehouse = "";
    world_verify(world);
    world->config.warehouse = "harbour";
    world_do(world, "UPDATE order_hold SET how = NULL, ended_ms = NULL");
    must(resume(world, ORDER_HOLD_BY_HAND, "user:anna", &ended, &why));
    world_do(world, "UPDATE order_hold SET how = NULL, ended_ms = NULL");
    verify_finds(world, M_VERIFY_ORDER_HELD);
    world_do(world, "UPDATE order_hold SET how = 'resumed', ended_ms = 1");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(a_held_order_is_approved_and_not_released),
        ABOUT(a_hold_that_ends_before_approval_releases_nothing),
        ABOUT(it_ends_when_its_last_day_is_over),
        ABOUT(many_end_on_one_day),
        ABOUT(held_again_the_new_hold_takes_its_place),
        ABOUT(who_alone_may_end_it_is_kept),
        ABOUT(what_is_not_open_cannot_be_held_or_resumed),
        ABOUT(an_order_that_no_run_has_priced_is_not_held),
        ABOUT(of_several_holds_one_is_named),
        ABOUT(a_refused_order_is_not_held_any_more),
        ABOUT(another_price_leaves_the_hold),
        ABOUT(verify_sees_a_lost_release_and_a_hold_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
