/* Prices that people set on orders of the store: what becomes of the order, and of what was asked
 * and answered before. */
#include "desk_world.h"

#include "intake/intake.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit,expected_price\n"
#define ADDRESS "C100,Anna Berg,DE,Berlin,10115,Weg 1"

/* Order A-1: a line of TEA-1 at 9.00 and one of TEA-2 at 20.00, of which the partner expects 2.00.
 */
static int
set_up(void **state)
{
    struct fault why = {0};
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world->partners[1].price_policy =
        (struct price_policy){DIFFERENCE_HOLDS, 10000, 0, FREIGHT_STATED};
    world_do(world,
             "INSERT INTO master_version VALUES (8, 'price-authority', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('price-authority', 8);"
             "INSERT INTO price_authority VALUES (8, 'sales', 'anna', '', '', 100000, -1, 'no', 2),"
             " (8, 'lead', 'boris', '', '', 900000, -1, 'yes', 3);");
    world_land(world, "nordlicht", "orders.csv",
               HEAD "A-1,2026-11-20,EUR," ADDRESS ",1,TEA-1,2,C62,\n"
                    "A-1,2026-11-20,EUR," ADDRESS ",2,TEA-2,1,C62,2.00\n");
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "waiting");
    return 0;
}

static int
tear_down(void **state)
{
    world_verify(*state);
    world_end(*state);
    return 0;
}

static enum outcome
set_price(struct world *world, const char *line, int64_t price_micros, const char *person,
          struct price_set *set, struct fault *why)
{
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = line,
        .manual = {price_micros, AMOUNT_NONE, "promised", person, true},
        .actor = "user:anna"};
    return desk_set_price(&world->run, &setting, set, why);
}

static void
within_the_limit_the_order_goes_on(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    must(set_price(world, "2", 2000000, "boris", &set, &why));
    assert_true(set.is_changed);
    assert_int_equal(set.version, 2);
    assert_int_equal(set.headline, HEADLINE_RELEASED);
    assert_int_equal(set.price_before_micros, 20000000);
    assert_int_equal(set.rules_price_micros, 20000000);
    assert_int_equal(set.deviation_micros, 900000);
    assert_int_equal(set.allowed_micros, 900000);
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price WHERE version = 1"),
                     3800);
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price WHERE version = 2"),
                     2000);
    /* What was answered about the old price is not told of the new one. */
    assert_string_equal(world_text(world, "SELECT group_concat(code || version) FROM finding"),
                        "PRICE-DIFFERS-WAITS0,PRICE-SET2");
    assert_int_equal(world_number(world, "SELECT sum(is_ours) FROM order_version"), 1);
    assert_string_equal(world_text(world, "SELECT group_concat(state) FROM approval"), "withdrawn");
    assert_string_equal(
        world_text(world, "SELECT group_concat(event || version, ' ') FROM order_event"),
        "received1 approval-asked1 repriced2 approved2 released2");
    assert_string_equal(world_text(world, "SELECT group_concat(kind || version, ' ') FROM"
                                          " outbox_message WHERE order_id IS NOT NULL AND"
                                          " partner = 'nordlicht'"),
                        "order-response1 order-response2 order-status2");
    assert_string_equal(world_text(world, "SELECT detail FROM order_event WHERE event='repriced'"),
                        "{\"line\":\"2\",\"price\":\"2.00\",\"before\":\"20.00\","
                        "\"person\":\"boris\",\"reason\":\"promised\"}");
}

static void
beyond_it_somebody_else_decides(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    assert_int_equal(set.headline, HEADLINE_WAITING);
    assert_int_equal(set.wait_reasons, WAIT_MANUAL);
    assert_int_equal(set.allowed_micros, 100000);
    assert_string_equal(world_text(world, "SELECT group_concat(version || state || wait_reasons)"
                                          " FROM approval"),
                        "1withdrawn1,2open2");
    must(world_decide(world, "A-1", true, "user:chef", "", &why));
    assert_string_equal(world_text(world, "SELECT approval || fulfilment FROM orders"),
                        "approvedreleased");
}

/* A version that was made here is a changed order to the matrix. */
static void
the_matrix_may_ask_about_it(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    world_do(world, "INSERT INTO approval_matrix (version_id, changed, step, approver, line)"
                    " VALUES (5, 'yes', 3, 'boss', 9)");
    must(set_price(world, "2", 2000000, "boris", &set, &why));
    assert_int_equal(set.headline, HEADLINE_WAITING);
    assert_string_equal(world_text(world, "SELECT name FROM approval_reason"), "changed");
}

static void
the_same_again_changes_nothing(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    assert_false(set.is_changed);
    assert_int_equal(set.version, 2);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_version"), 2);
    must(set_price(world, "2", 2000000, "boris", &set, &why)); /* he may */
    assert_int_equal(set.version, 3);
    assert_int_equal(set.headline, HEADLINE_RELEASED);
}

/* Prices that came in the meantime are not those of this order; who may do what is. */
/* Prices are twice as high, and another limit holds for those that are set. */
static void
change_lists(struct world *world)
{
    world_do(world,
             "INSERT INTO master_version VALUES (9, 'prices', 2, 1, 3, 0),"
             " (10, 'price-authority', 2, 1, 1, 0);"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, line) SELECT 9, sku,"
             " scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from,"
             " valid_to, 2 * price_micros, line FROM price;"
             "INSERT INTO price_authority VALUES (10, 'all', '', '', '', 1000000, -1, 'no', 2);"
             "UPDATE master_in_force SET version_id = 9 WHERE master = 'prices';"
             "UPDATE master_in_force SET version_id = 10 WHERE master = 'price-authority';");
}

static void
it_is_priced_by_the_lists_of_then(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    change_lists(world);
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    assert_int_equal(set.rules_price_micros, 20000000);
    assert_int_equal(set.headline, HEADLINE_RELEASED);
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price WHERE version = 2"),
                     2000);
}

static void
where_nobody_can_be_asked_nothing_changes(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    world_do(world, "DELETE FROM approval_matrix");
    assert_int_equal(set_price(world, "2", 2000000, "anna", &set, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_PERMITTED);
    assert_non_null(strstr(why.text, "PRICE-MANUAL-REFUSED"));
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_version"), 1);
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "waiting");
    assert_string_equal(world_text(world, "SELECT state FROM approval"), "open");
}

static void
a_trial_leaves_nothing(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "2",
        .manual = {2000000, AMOUNT_NONE, "promised", "boris", true},
        .actor = "user:anna",
        .is_trial = true};
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_int_equal(set.headline, HEADLINE_RELEASED);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_version"), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_event"), 2);
}

static void
only_what_is_open_can_be_priced(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct fault other = {0};
    struct fault third = {0};
    struct price_set set;
    assert_int_equal(set_price(world, "3", 2000000, "anna", &set, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_FOUND);
    must(set_price(world, "2", 2000000, "boris", &set, &other));
    assert_int_equal(set_price(world, "2", 3000000, "boris", &set, &third), FAILED);
    assert_int_equal(third.kind, FAULT_CONFLICT);
    assert_non_null(strstr(third.text, "released"));
}

/* Without a warehouse an approved order goes no further, and can still be priced. */
static void
an_approved_order_that_is_not_released_can_be(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    world->config.warehouse = "";
    must(set_price(world, "2", 2000000, "boris", &set, &why));
    assert_int_equal(set.headline, HEADLINE_APPROVED);
    must(set_price(world, "1", 8500000, "anna", &set, &why));
    assert_int_equal(set.version, 3);
    assert_int_equal(set.headline, HEADLINE_APPROVED);
    /* The price of the other line stays as it was set. */
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price WHERE version = 3"),
                     1900);
}

/* Pricing twice gives the same bytes: back at an earlier price the trace is as it was then. */
static void
back_at_a_price_the_trace_is_the_same(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    must(set_price(world, "2", 3000000, "anna", &set, &why));
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    assert_int_equal(set.version, 4);
    assert_int_equal(world_number(world, "SELECT count(DISTINCT trace) FROM order_price_trace"
                                         " WHERE version IN (2, 4)"),
                     1);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static void
cancel(struct world *world, const char *line, int64_t quantity_micros)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .line = line,
                                       .quantity_micros = quantity_micros,
                                       .cause = "other",
                                       .fault = "customer",
                                       .reason = "changed my mind",
                                       .actor = "user:anna"};
    arena_init(&arena, 1024 * 1024);
    must(desk_cancel(&world->run, &order, &arena, &done, &why));
}

static const char *
second(struct world *world)
{
    return world_text(world, "SELECT (SELECT group_concat(number || '=' || (quantity_micros /"
                             " 1000000), ' ') FROM order_line WHERE version = 2) || ': ' ||"
                             " net_minor || ' ' || (SELECT count(*) FROM order_cancelled WHERE"
                             " version = 2) FROM order_price WHERE version = 2");
}

/* 1 x 9.00 of two is left, and 1 x 2.00. */
static void
what_is_cancelled_of_a_line_stays_cancelled(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    cancel(world, "1", MICROS);
    world->config.warehouse = ""; /* so that it can be priced once more */
    must(set_price(world, "2", 2000000, "boris", &set, &why));
    assert_int_equal(set.headline, HEADLINE_APPROVED);
    assert_string_equal(second(world), "1=1 2=1: 1100 0");
    must(set_price(world, "2", 2000000, "boris", &set, &why));
    assert_false(set.is_changed);
    assert_int_equal(set.version, 2);
}

static void
what_is_left_is_priced_by_the_lists_of_then(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    cancel(world, "1", MICROS);
    change_lists(world);
    must(set_price(world, "2", 2000000, "anna", &set, &why));
    assert_int_equal(set.rules_price_micros, 20000000);
    assert_string_equal(second(world), "1=1 2=1: 1100 0");
}

static void
a_cancelled_line_has_no_price_to_be_set(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    cancel(world, "1", AMOUNT_NONE);
    world_do(world, "INSERT INTO order_note SELECT id, 1, 1, 0, 'gift', 'all' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 2, 1, 'gift', 'one' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 3, 2, 'gift', 'two' FROM orders");
    assert_int_equal(set_price(world, "1", 8000000, "boris", &set, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_FOUND);
    must(set_price(world, "2", 2000000, "boris", &set, &why));
    assert_string_equal(second(world), "2=1: 200 0");
    assert_string_equal(world_text(world, "SELECT group_concat(line || text, ' ') FROM order_note"
                                          " WHERE version = 2"),
                        "0all 1two");
    assert_int_equal(set.headline, HEADLINE_RELEASED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(within_the_limit_the_order_goes_on),
        IN_WORLD(beyond_it_somebody_else_decides),
        IN_WORLD(the_matrix_may_ask_about_it),
        IN_WORLD(the_same_again_changes_nothing),
        IN_WORLD(what_is_cancelled_of_a_line_stays_cancelled),
        IN_WORLD(what_is_left_is_priced_by_the_lists_of_then),
        IN_WORLD(a_cancelled_line_has_no_price_to_be_set),
        IN_WORLD(it_is_priced_by_the_lists_of_then),
        IN_WORLD(where_nobody_can_be_asked_nothing_changes),
        IN_WORLD(a_trial_leaves_nothing),
        IN_WORLD(only_what_is_open_can_be_priced),
        IN_WORLD(an_approved_order_that_is_not_released_can_be),
        IN_WORLD(back_at_a_price_the_trace_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
