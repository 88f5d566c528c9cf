/* What is wrong with a cancellation, a return or a receipt is told with its code, and nothing else
 * happens. */
#include "return_world.h"

#define ROW(number, line, sku, quantity)                                                           \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define CANCEL  "cancellation_number,order_number,line_number,quantity\n"
#define REQUEST "return_number,order_number,line_number,quantity,reason,wish\n"
#define RECEIPT                                                                                    \
    "receipt_number,authorisation,received_at,order_line,sku,quantity,condition,serial_numbers\n"
#define AT   ",RMA-2026-000001,2026-11-24T01:00:00Z,"
#define MADE "production_number,status,at,quantity_done,cost\n"

/* "CODE field value expected order_line", of the last file. */
static const char *
told(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(code || ' ' || field || ' ' || value ||"
                      " iif(expected = '', '', ' ' || expected) || ' @' || order_line, ', '), '')"
                      " FROM finding WHERE interchange_id = (SELECT max(id) FROM interchange)");
}

/* ---- cancellations ---- */

/* A formula names what nobody knows, so that the order waits for its price. */
static int
unpriced(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'CUT', '', '', '', 'C62', 'std', 0, 20);"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, formula, line) VALUES"
             " (4, 'CUT', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 'gone * 2', 20)");
    world_come(world, "nordlicht", HEAD ROW("A-1", "1", "CUT", "3") ROW("A-1", "2", "TEA-1", "2"));
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "unpriced");
    return 0;
}

static void
what_has_no_price_is_cancelled_as_a_whole(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", CANCEL "X-1,A-1,2,1\n");
    assert_string_equal(told(world), "CANCEL-UNPRICED  A-1 @");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 0);
    world_come(world, "nordlicht", CANCEL "X-2,A-1,,\n");
    assert_string_equal(told(world), "");
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "cancelled");
}

/* A set of two that are made; the mill has begun them. */
static int
package_in_production(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.planning = (struct planning_policy){.is_on = true,
                                                      .cut_off_ms = 24 * 3600000,
                                                      .pick_days = 1,
                                                      .transit_days = 3,
                                                      .delivery = DELIVERY_BACKORDER};
    world->config.stop_answer_hours = 8;
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_CSV;
    world_do(world,
             "UPDATE approval_matrix SET above_micros = above_micros * 20;"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'SET-1', 'Set', '', 'tea', 'C62', 'std', 190000,"
             " 4), (2, 'LEAF', 'Leaf', '', 'raw', 'C62', 'std', 0, 5);"
             "INSERT INTO master_version VALUES (6, 'packages', 1, 1, 1, 0), (7, 'supply', 1, 1, 1,"
             " 0), (8, 'materials', 1, 1, 1, 0), (9, 'plants', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('packages', 6), ('supply', 7), ('materials', 8),"
             " ('plants', 9);"
             "INSERT INTO package VALUES (6, 'SET-1', 'TEA-1', 2000000, 'sum', 0, 2);"
             "INSERT INTO supply VALUES (7, 'TEA-1', 'make', 'mill', 1, 1000000, 2);"
             "INSERT INTO material VALUES (8, 'TEA-1', 'LEAF', 2000000, 2);"
             "INSERT INTO plant VALUES (9, 'mill', 'harbour', 4000000, 2)");
    world_come(world, "harbour", "extent,sku,quantity,as_of\nfull,LEAF,40,2026-11-20T10:00:00Z\n");
    world_come(world, "nordlicht", HEAD ROW("A-1", "1", "SET-1", "3"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    return 0;
}

static void
a_package_whose_parts_are_made_is_under_way(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,2\n");
    assert_string_equal(told(world), "CANCEL-UNDER-WAY  0 @1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM stop_notice"), 0);
}

/* ---- what is asked for ---- */

static void
a_line_that_the_order_has_not(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,9,1,not-wanted,\n");
    assert_string_equal(told(world), "RETURN-LINE-UNKNOWN line_number 9 @9");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_request"), 0);
}

static void
a_part_of_what_is_no_package(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               "return_number,order_number,line_number,part,quantity,reason\n"
               "R-1,A-1,1,CUP,1,not-wanted\n");
    assert_string_equal(told(world), "RETURN-PACKAGE-NONE part 1 @1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 0);
}

static void
there_is_no_half_of_a_piece(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1.5,not-wanted,\n");
    assert_string_equal(told(world), "RETURN-QUANTITY-PART quantity 1.5 @1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 0);
    /* And none comes back, whatever a warehouse says. */
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,2,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT "1,TEA-1,0.5,new,\n");
    assert_string_equal(told(world), "RETURN-QUANTITY-PART quantity 0.5 C62 @1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 0);
}

/* A person here has used the number for something else. */
static void
a_number_is_used_once(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    const struct return_entry entry = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .line = "1",
                                       .part = "",
                                       .quantity_micros = MICROS,
                                       .cause = "not-wanted",
                                       .exchange_sku = "",
                                       .reason = "by telephone",
                                       .actor = "user:anna"};
    arena_init(&arena, 1 << 20);
    must(desk_enter_return(&world->run, &entry, &arena, &settled, &why));
    assert_string_equal(settled.request, "OWN-1");
    world_come(world, "nordlicht", REQUEST "OWN-1,A-1,1,2,not-wanted,\n");
    assert_string_equal(told(world), "RETURN-NUMBER-USED return_number OWN-1 @");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_request"), 0);
}

/* ---- what came ---- */

static void
a_line_that_may_not_come(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT "2,TEA-1,1,new,\n");
    assert_string_equal(told(world), "RETURN-LINE-NOT-AUTHORISED order_line 2 RMA-2026-000001 @2");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_receipt"), 0);
}

static void
another_product_than_was_authorised(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT "1,TEA-2,1,new,\n");
    assert_string_equal(told(world), "RETURN-SKU-OTHER sku TEA-2 TEA-1 @1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 0);
}

/* It never left; and what is back is not back twice. */
static void
a_serial_number_that_has_not_left(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO shipment_serial SELECT 'TEA-1', 'N-1', id FROM shipment");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,3,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT "1,TEA-1,1,new,N-2\n");
    assert_string_equal(told(world), "RETURN-SERIAL-UNKNOWN serial_numbers N-2 TEA-1 @1");
    world_come(world, "harbour", RECEIPT "B-1" AT "1,TEA-1,1,new,N-1\n");
    assert_string_equal(told(world), "");
    world_come(world, "harbour", RECEIPT "B-2" AT "1,TEA-1,1,new,N-1\n");
    assert_string_equal(told(world), "RETURN-SERIAL-UNKNOWN serial_numbers N-1 TEA-1 @1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 1);
}

/* Taken, for the goods are there; the stock is as the report said. */
static void
a_stock_report_used_its_number(void **state)
{
    struct world *world = *state;
    world->config.planning.is_on = true;
    world_come(world, "harbour",
               "extent,sku,quantity,as_of,kind,number,reference,reason\n"
               "change,TEA-1,7,2026-11-23T10:00:00Z,receipt,B-1,,\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT "1,TEA-1,1,new,\n");
    assert_string_equal(told(world), "RETURN-STOCK-OTHERWISE receipt_number B-1 @");
    assert_string_equal(world_text(world, "SELECT group_concat(kind || ' ' || quantity_micros)"
                                          " FROM stock_move WHERE number = 'B-1'"),
                        "receipt 7000000");
    assert_string_equal(notes(world), "CRN-2026-000001 991");
    world->config.planning.is_on = false;
}

#define RETURNED(test) cmocka_unit_test_setup_teardown(test, returned_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_has_no_price_is_cancelled_as_a_whole, unpriced,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_package_whose_parts_are_made_is_under_way,
                                        package_in_production, world_teardown),
        RETURNED(a_line_that_the_order_has_not),
        RETURNED(there_is_no_half_of_a_piece),
        RETURNED(a_part_of_what_is_no_package),
        RETURNED(a_number_is_used_once),
        RETURNED(a_line_that_may_not_come),
        RETURNED(another_product_than_was_authorised),
        RETURNED(a_serial_number_that_has_not_left),
        RETURNED(a_stock_report_used_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
