/* Quantities of shipments beyond and below what was ordered, serial numbers, and loads. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START(number) number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
#define ORDER         HEAD START("A-1") "1,TEA-1,9,C62\n"
#define SHIPPED                                                                                    \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,load,lot,"            \
    "serial_numbers,final\n"
#define PARCEL(number, quantity) number ",nordlicht,A-1,1,TEA-1," quantity ",2026-11-24T00:30:00Z"
#define PERCENT                  10000

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT fulfilment FROM orders");
}

static const char *
told(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code || ' ' || value || ' ' || expected,"
                             " ', '), '') FROM (SELECT * FROM finding ORDER BY interchange_id,"
                             " ordinal)");
}

static void
more_leaves_as_far_as_was_agreed(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER);
    world->config.ship_tolerance_over_micros = 12 * PERCENT; /* 1.08 of 9 */
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "11") ",,,,\n");
    assert_string_equal(told(world), "SHIPMENT-TOO-MUCH 11 9");
    assert_string_equal(standing(world), "released");
    world_come(world, "harbour", SHIPPED PARCEL("S-2", "5") ",,,,\n");
    world_come(world, "harbour", SHIPPED PARCEL("S-3", "5") ",,,,\n");
    assert_string_equal(standing(world), "shipped");
    world_verify(world);
    world_come(world, "harbour", SHIPPED PARCEL("S-4", "1") ",,,,\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM shipment"), 2);
}

static void
without_tolerance_no_more_and_no_less(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER);
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "10") ",,,,\n");
    assert_string_equal(told(world), "SHIPMENT-TOO-MUCH 10 9");
    world_come(world, "harbour", SHIPPED PARCEL("S-2", "8") ",,,,yes\n");
    assert_string_equal(told(world), "SHIPMENT-TOO-MUCH 10 9, SHIPMENT-SHORT 8 9");
    assert_string_equal(standing(world), "partly");
    assert_int_equal(world_number(world, "SELECT count(*) FROM interchange WHERE state = 'taken'"
                                         " AND document = 'shipment'"),
                     1);
    world_come(world, "harbour", SHIPPED PARCEL("S-3", "1") ",,,,\n");
    assert_string_equal(standing(world), "shipped");
}

static void
a_little_less_is_enough_when_nothing_more_comes(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", ORDER);
    world->config.ship_tolerance_under_micros = 12 * PERCENT;
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "4") ",,,,\n");
    world_come(world, "harbour", SHIPPED PARCEL("S-2", "3") ",,,,\n" PARCEL("S-2", "1") ",,,,no\n");
    assert_string_equal(standing(world), "partly"); /* 8 of 9, and nobody said that this is all */
    world_verify(world);
    world_come(world, "nordlicht", HEAD START("A-2") "1,TEA-1,9,C62\n");
    must(world_decide(world, "A-2", true, "user:linwei", "", &why));
    world_come(world, "harbour",
               SHIPPED "S-3,nordlicht,A-2,1,TEA-1,8,2026-11-24T00:30:00Z,,,,yes\n");
    assert_string_equal(world_text(world, "SELECT fulfilment FROM orders WHERE number = 'A-2'"),
                        "shipped");
    assert_string_equal(told(world), "");
    world->config.ship_tolerance_under_micros = 0; /* what is closed stays so */
    world_verify(world);
}

static void
a_serial_number_leaves_once(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER);
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "2") ",,,X-1 | X-2,\n");
    world_come(world, "harbour", SHIPPED PARCEL("S-2", "2") ",,,X-3 | X-2,\n");
    assert_string_equal(told(world), "SHIPMENT-SERIAL X-2 TEA-1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM shipment_serial"), 2);
    world_come(world, "harbour", SHIPPED PARCEL("S-3", "1") ",,,X-3,\n"); /* is free again */
    assert_int_equal(world_number(world, "SELECT count(*) FROM shipment_serial"), 3);
    world_come(world, "harbour", SHIPPED PARCEL("S-4", "2") ",,,X-5 | X-5,\n");
    assert_string_equal(told(world), "SHIPMENT-SERIAL X-2 TEA-1, SHIPMENT-SERIAL X-5 TEA-1");
    world_verify(world);
}

static void
what_differs_in_load_lot_or_serials_is_another_shipment(void **state)
{
    static const char *const others[] = {",L-2,B-1,X-1,\n", ",L-1,B-2,X-1,\n", ",L-1,B-1,X-2,\n",
                                         ",L-1,B-1,X-1,no\n"};
    struct world *world = *state;
    char file[512];
    world_come(world, "nordlicht", ORDER);
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "1") ",L-1,B-1,X-1,\n");
    for (size_t index = 0; index < sizeof others / sizeof others[0]; index++) {
        snprintf(file, sizeof file, "%s%s%s", SHIPPED, PARCEL("S-1", "1"), others[index]);
        world_come(world, "harbour", file);
        assert_int_equal(
            world_number(world, "SELECT count(*) FROM finding WHERE code = 'SHIPMENT-CONFLICT'"),
            (int64_t)index + 1);
    }
    assert_string_equal(world_text(world, "SELECT load || ' ' || lot || ' ' || serials FROM"
                                          " shipment JOIN shipment_line"),
                        "L-1 B-1 X-1");
}

int
main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        WITH_WORLD(more_leaves_as_far_as_was_agreed),
        WITH_WORLD(without_tolerance_no_more_and_no_less),
        WITH_WORLD(a_little_less_is_enough_when_nothing_more_comes),
        WITH_WORLD(a_serial_number_leaves_once),
        WITH_WORLD(what_differs_in_load_lot_or_serials_is_another_shipment),
    };
    return cmocka_run_group_tests_name("shipment", tests, NULL, NULL);
}
