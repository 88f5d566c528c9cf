/* Approved orders get their goods: who stands first first. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define TEA(number, quantity) LINE(number, "1", "TEA-1", quantity)
#define SHIPPED               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.planning = (struct planning_policy){
        .is_on = true, .cut_off_ms = 24 * 3600000, .pick_days = 1, .transit_days = 3};
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

static void
has(struct world *world, const char *warehouse, const char *sku, int64_t quantity)
{
    char file[200];
    snprintf(file, sizeof file,
             "extent,sku,quantity,as_of\nfull,%s,%" PRId64 ",2026-11-20T10:00:00Z\n", sku,
             quantity);
    world_come(world, warehouse, file);
}

static const char *
standings(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(number || ' ' || iif(approval = 'approved',"
                      " fulfilment, approval), ', ') FROM (SELECT * FROM orders ORDER BY number)");
}

static void
what_is_there_is_released_and_leaves(void **state)
{
    struct world *world = *state;
    has(world, "harbour", "TEA-1", 8);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(standings(world), "A-1 released");
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 5000000);
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,5,2026-11-23\n");
    assert_string_equal(standings(world), "A-1 shipped");
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_there_is_released_and_leaves, set_up,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
