/* Orders that take more than the list of stock has. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define TEA(number, quantity) LINE(number, "1", "TEA-1", quantity)
#define STOCK                 "sku,available\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.stock_shortage = SHORTAGE_HOLDS;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

static const char *
standings(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(number || ' ' || iif(approval = 'approved',"
                      " fulfilment, approval), ', ') FROM (SELECT * FROM orders ORDER BY number)");
}

static const char *
holds(struct world *world)
{
    return world_text(world, "SELECT group_concat(t, ', ') FROM (SELECT number || ' ' || reason ||"
                             " ' ' || coalesce(how, 'open') AS t FROM order_hold h JOIN orders o"
                             " ON o.id = h.order_id ORDER BY h.id)");
}

static const char *
given(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(sku || ' ' || (given_micros / 1000000), ', ') FROM"
                      " stock_given WHERE version_id = (SELECT version_id FROM master_in_force"
                      " WHERE master = 'stock') AND given_micros <> 0");
}

static void
run_again(struct world *world)
{
    struct fault why = {0};
    must(desk_work(&world->run, &why));
}

static void
what_there_is_goes_to_who_came_first(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", STOCK "TEA-1,8\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "5") TEA("A-2", "5") TEA("A-3", "3"));
    assert_string_equal(standings(world), "A-1 released, A-2 none, A-3 released");
    assert_string_equal(holds(world), "A-2 TEA-1 3/5 open");
    assert_string_equal(given(world), "TEA-1 8");
    assert_string_equal(world_text(world, "SELECT trace FROM order_hold"),
                        "{\"rule\":\"stock\",\"version\":1,\"short\":[{\"sku\":\"TEA-1\","
                        "\"needed\":\"5\",\"available\":\"3\"}]}");
}

static void
another_list_lets_go_what_it_has_enough_for(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", STOCK "TEA-1,0\n");
    world_come(world, "nordlicht", HEAD TEA("B-2", "5") TEA("B-1", "5"));
    world->run.as_of_ms += 1000;
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(standings(world), "A-1 none, B-1 none, B-2 none");
    world_come(world, "harbour", STOCK "TEA-1,9\n"); /* for one, and nearly for another */
    assert_string_equal(standings(world), "A-1 none, B-1 released, B-2 none");
    assert_string_equal(holds(world), "B-2 TEA-1 4/5 open, B-1 TEA-1 0/5 cleared, "
                                      "A-1 TEA-1 4/5 open");
    world_come(world, "harbour", STOCK "TEA-1,5\nTEA-2,1\n");
    assert_string_equal(standings(world), "A-1 none, B-1 released, B-2 released");
    world_come(world, "harbour", STOCK "TEA-2,1\n"); /* it is not counted any more */
    assert_string_equal(standings(world), "A-1 released, B-1 released, B-2 released");
    assert_string_equal(given(world), "");
}

/* Whether it was looked at shows in what it tells. */
static void
the_same_list_is_not_asked_again(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", STOCK "TEA-1,1\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    world_do(world, "UPDATE order_hold SET reason = 'touched'");
    run_again(world);
    assert_string_equal(holds(world), "A-1 touched open");
    world_come(world, "harbour", STOCK "TEA-1,2\n");
    assert_string_equal(holds(world), "A-1 TEA-1 2/5 open");
    world_do(world, "UPDATE order_hold SET reason = 'touched'");
    run_again(world);
    assert_string_equal(holds(world), "A-1 touched open");
}

static void
lines_and_units_of_a_product_are_added_up(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO master_version VALUES (6, 'product-units', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('product-units', 6);"
                    "INSERT INTO product_unit VALUES (6, 'TEA-1', 'CT', 4000000, 2)");
    world_come(world, "harbour", STOCK "TEA-1,7\nTEA-2,1\n");
    world_come(world, "nordlicht",
               HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,1,CT\n" LINE(
                   "A-1", "2", "TEA-1", "4") LINE("A-1", "3", "TEA-2", "2"));
    assert_string_equal(holds(world), "A-1 TEA-1 7/8 ... open");
    world_come(world, "harbour", STOCK "TEA-1,8\nTEA-2,2\n");
    assert_string_equal(given(world), "TEA-1 8, TEA-2 2");
}

static void
of_a_package_its_parts_are_taken(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO master_version VALUES (6, 'packages', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('packages', 6);"
                    "INSERT INTO package VALUES (6, 'TEA-2', 'TEA-1', 3000000, 'fixed', 0, 2)");
    world_come(world, "harbour", STOCK "TEA-1,5\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-2", "2"));
    assert_string_equal(holds(world), "A-1 TEA-1 5/6 open");
}

static void
refused_and_priced_again_it_takes_nothing(void **state)
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
    world_come(world, "harbour", STOCK "TEA-1,20\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_string_equal(given(world), "TEA-1 20");
    must(desk_set_price(&world->run, &setting, &set, &why)); /* it has its own units again */
    assert_string_equal(holds(world), "");
    assert_string_equal(given(world), "TEA-1 20");
    must(world_decide(world, "A-1", false, "user:linwei", "no", &why));
    assert_string_equal(given(world), "");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_stock"), 0);
    world_come(world, "nordlicht", HEAD TEA("A-2", "5"));
    assert_string_equal(standings(world), "A-1 refused, A-2 released");
}

static void
a_person_lets_it_go_and_it_counts(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_STOCK, "it comes tomorrow",
                                       "user:anna"};
    world_come(world, "harbour", STOCK "TEA-1,3\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    must(desk_resume(&world->run, &ending, &ended, &why));
    assert_string_equal(standings(world), "A-1 released");
    world_come(world, "nordlicht", HEAD TEA("A-2", "1"));
    assert_string_equal(holds(world), "A-1 TEA-1 3/5 resumed, A-2 TEA-1 0/1 open");
}

static void
what_a_person_let_go_stays_so(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    struct price_set set = {0};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_STOCK, "it comes tomorrow",
                                       "user:anna"};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {9000000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_come(world, "harbour", STOCK "TEA-1,3\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    must(desk_resume(&world->run, &ending, &ended, &why));
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(standings(world), "A-1 waiting");
    assert_string_equal(holds(world), "A-1 TEA-1 3/20 resumed");
    assert_string_equal(given(world), "TEA-1 20");
}

static void
by_default_stock_is_not_asked(void **state)
{
    struct world *world = *state;
    world->config.stock_shortage = SHORTAGE_IGNORED;
    world_come(world, "harbour", STOCK "TEA-1,3\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(standings(world), "A-1 released");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_stock"), 0);
    world->config.stock_shortage = SHORTAGE_WARNS;
    world_come(world, "nordlicht", HEAD TEA("A-2", "5"));
    assert_string_equal(standings(world), "A-1 released, A-2 released");
    assert_string_equal(given(world), "TEA-1 5");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(what_there_is_goes_to_who_came_first),
        ABOUT(another_list_lets_go_what_it_has_enough_for),
        ABOUT(the_same_list_is_not_asked_again),
        ABOUT(lines_and_units_of_a_product_are_added_up),
        ABOUT(of_a_package_its_parts_are_taken),
        ABOUT(refused_and_priced_again_it_takes_nothing),
        ABOUT(a_person_lets_it_go_and_it_counts),
        ABOUT(what_a_person_let_go_stays_so),
        ABOUT(by_default_stock_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
