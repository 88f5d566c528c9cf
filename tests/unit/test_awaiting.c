/* Orders that our price list gives no price: they wait, nothing is charged, and a person or another
 * list ends that. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit,expected_price,"             \
    "requested_price,price_reason,price_person\n"
#define START "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"

/* CUT's formula names what is gone, and so does that of SAW. */
static int
set_up(void **state)
{
    world_setup(state);
    world_do(*state,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'CUT', '', '', '', 'C62', 'std', 0, 20),"
             " (2, 'SAW', '', '', '', 'C62', 'std', 0, 21);"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, formula, line) VALUES"
             " (4, 'CUT', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 'gone * 2', 20),"
             " (4, 'SAW', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 'gone * 3', 21);");
    return 0;
}

/* Prices in force from now on, with a formula in place of 'gone * 2'. */
static void
mend(struct world *world, const char *formula)
{
    char sql[1024];
    snprintf(sql, sizeof sql,
             "INSERT INTO master_version SELECT max(id) + 1, 'prices', max(id), 1, 5, 0"
             " FROM master_version;"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, formula, line)"
             " SELECT (SELECT max(id) FROM master_version), sku, scope, holder, currency, breaks,"
             " break_group, quantity_from_micros, valid_from, valid_to, price_micros,"
             " replace(formula, 'gone * 2', '%s'), line FROM price WHERE version_id = 4;"
             "UPDATE master_in_force SET version_id = (SELECT max(id) FROM master_version)"
             " WHERE master = 'prices';",
             formula);
    world_do(world, sql);
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders");
}

static const char *
story(struct world *world)
{
    return world_text(world, "SELECT group_concat(event || version, ' ') FROM order_event");
}

static const char *
told(struct world *world)
{
    return world_text(world, "SELECT group_concat(kind || version, ' ') FROM outbox_message"
                             " WHERE order_id IS NOT NULL AND partner = 'nordlicht'"); /* by kind */
}

static enum outcome
set_price(struct world *world, const char *line, int64_t price_micros, struct price_set *set,
          struct fault *why)
{
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = line,
        .manual = {price_micros, AMOUNT_NONE, "no price", "anna", true},
        .actor = "user:anna"};
    return desk_set_price(&world->run, &setting, set, why);
}

static void
it_waits_and_is_told_so(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD START "1,TEA-1,2,C62,,,,\n" START "2,CUT,1,C62,,,,\n");
    assert_string_equal(standing(world), "unpriced1 none");
    assert_string_equal(story(world), "received1 price-awaited1");
    assert_string_equal(told(world), "order-status1");
    assert_string_equal(
        world_text(world, "SELECT line || code || since_ms FROM order_awaiting_price"),
        "2PRICE-FORMULA-BROKEN1795500000000");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_price"), 0);
    assert_string_equal(world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
                        "taken");
    assert_int_equal(world->run.counts.orders_unpriced, 1);
}

static void
a_mistake_of_the_partner_refuses_it_all_the_same(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD START "1,CUT,1,C62,,,,\n" START "2,NONE,1,C62,,,,\n");
    assert_string_equal(standing(world), "refused1 none");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_awaiting_price"), 0);
}

static void
another_list_prices_it(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD START "1,CUT,3,C62,,,,\n");
    must(desk_work(&world->run, &why)); /* the same lists */
    mend(world, "still * 2");
    world->run.as_of_ms += 1000;
    must(desk_work(&world->run, &why));
    assert_string_equal(standing(world), "unpriced1 none");
    assert_string_equal(story(world), "received1 price-awaited1");
    assert_string_equal(world_text(world, "SELECT since_ms FROM order_awaiting_price"),
                        "1795500000000"); /* since it began to wait */
    mend(world, "quantity * 2");
    must(desk_work(&world->run, &why));
    assert_string_equal(standing(world), "approved2 released");
    assert_string_equal(story(world), "received1 price-awaited1 repriced2 approved2 released2");
    assert_string_equal(told(world), "order-response2 order-status1 order-status2");
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price"), 1800);
    /* What was said while it waited is not said again. */
    assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE version = 2"), 0);
}

static void
another_list_may_show_what_else_is_wrong(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD START "1,CUT,3,C62,,,,\n");
    mend(world, "1");
    world_do(world, "UPDATE price SET valid_to = 10 WHERE formula = '1'");
    must(desk_work(&world->run, &why));
    assert_string_equal(standing(world), "refused2 none");
    assert_string_equal(world_text(world, "SELECT code FROM finding WHERE version = 2"),
                        "PRICE-DATE");
    assert_string_equal(told(world), "order-response2 order-status1");
}

static void
a_person_prices_line_after_line(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    world_come(world, "nordlicht", HEAD START "1,CUT,1,C62,,,,\n" START "2,SAW,1,C62,,,,\n");
    must(set_price(world, "1", 5000000, &set, &why));
    assert_int_equal(set.headline, HEADLINE_UNPRICED);
    assert_int_equal(set.price_before_micros, AMOUNT_NONE);
    assert_string_equal(world_text(world, "SELECT line FROM order_awaiting_price"), "2");
    must(set_price(world, "2", 6000000, &set, &why)); /* no list price: no authority covers it */
    assert_int_equal(set.headline, HEADLINE_WAITING);
    assert_int_equal(set.wait_reasons, WAIT_MANUAL);
    must(world_decide(world, "A-1", true, "user:chef", "", &why));
    assert_string_equal(standing(world), "approved3 released");
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price"), 1100);
    assert_string_equal(world_text(world, "SELECT detail FROM order_event WHERE version = 2"),
                        "{\"line\":\"1\",\"price\":\"5.00\",\"person\":\"anna\",\"reason\":"
                        "\"no price\"}");
}

static void
a_price_asked_for_stands_beside_a_broken_formula(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD START "1,CUT,1,C62,,7.00,promised,boris\n");
    assert_string_equal(standing(world), "waiting1 none");
    assert_int_equal(world_number(world, "SELECT gross_minor FROM order_price"), 700);
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM finding"),
                        "PRICE-FORMULA-BROKEN,PRICE-MANUAL-WAITS");
    assert_string_equal(world_text(world, "SELECT json_extract(trace, '$.lines[0].list_finding')"
                                          " FROM order_price_trace"),
                        "PRICE-FORMULA-BROKEN");
}

static void
it_can_be_rejected_and_not_approved(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD START "1,CUT,1,C62,,,,\n");
    assert_int_equal(world_decide(world, "A-1", true, "user:anna", "", &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    must(world_decide(world, "A-1", false, "user:anna", "too short", &why));
    assert_string_equal(standing(world), "refused1 none");
    assert_string_equal(told(world), "order-response1 order-status1");
}

/* Held before its approval while it has no price, it waits for that when it has one. */
static void
a_hold_outlasts_the_wait_for_a_price(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    enum headline headline = HEADLINE_COUNT;
    const struct hold_request request = {.partner = "nordlicht",
                                         .order_number = "A-1",
                                         .reason = "wait",
                                         .until = DAY_NONE,
                                         .blocks = HOLD_BLOCKS_APPROVAL,
                                         .may_end = "",
                                         .actor = "user:anna"};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_BY_HAND, "go", "user:anna"};
    world_come(world, "nordlicht", HEAD START "1,CUT,3,C62,,,,\n");
    must(desk_hold(&world->run, &request, &headline, &why));
    assert_int_equal(headline, HEADLINE_UNPRICED);
    mend(world, "quantity * 2");
    must(desk_work(&world->run, &why));
    assert_string_equal(standing(world), "waiting2 none");
    world_verify(world);
    must(desk_resume(&world->run, &ending, &ended, &why));
    assert_string_equal(standing(world), "approved2 released");
    assert_string_equal(story(world), "received1 price-awaited1 hold-placed1 repriced2"
                                      " approval-held2 hold-ended2 approved2 released2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_waits_and_is_told_so, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(a_mistake_of_the_partner_refuses_it_all_the_same, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(another_list_prices_it, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(another_list_may_show_what_else_is_wrong, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_person_prices_line_after_line, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(a_price_asked_for_stands_beside_a_broken_formula, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(it_can_be_rejected_and_not_approved, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_hold_outlasts_the_wait_for_a_price, set_up,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
