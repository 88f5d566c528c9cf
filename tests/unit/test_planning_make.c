/* What is made to order, the whole way: asked of the plant, told by it, in stock, and gone. */
#include "desk_world.h"

#include "desk/flow.h"
#include "writers/outbox.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define TEA(number, quantity)                                                                      \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define SHIPPED "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define COUNT   "extent,sku,quantity,as_of\n"
#define SAID    "production_number,status,at,quantity_done,expected_on,cause,cost,currency,reason\n"

/* TEA-1 is made of leaves at the mill, 4 a day; there are 20 leaves, and 2 go into each. */
static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.planning = (struct planning_policy){
        .is_on = true, .cut_off_ms = 24 * 3600000, .pick_days = 1, .transit_days = 3};
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_CSV;
    world_do(world,
             "DELETE FROM approval_matrix;"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'LEAF', 'Leaf', '', 'raw', 'C62', 'std', 0, 4);"
             "INSERT INTO master_version VALUES (6, 'supply', 1, 1, 1, 0), (7, 'materials', 1, 1, "
             "1, 0), (8, 'plants', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('supply', 6), ('materials', 7), ('plants', 8);"
             "INSERT INTO supply VALUES (6, 'TEA-1', 'make', 'mill', 1, 1000000, 2);"
             "INSERT INTO material VALUES (7, 'TEA-1', 'LEAF', 2000000, 2);"
             "INSERT INTO plant VALUES (8, 'mill', 'harbour', 4000000, 2)");
    world_come(world, "harbour", COUNT "full,LEAF,20,2026-11-20T10:00:00Z\n");
    return 0;
}

/* "LEAF 20 16": on hand, and reserved. */
static const char *
stock(struct world *world)
{
    return world_text(world, "SELECT group_concat(sku || ' ' || (on_hand_micros / 1000000) || ' ' "
                             "|| (reserved_micros / 1000000), ', ') FROM (SELECT * FROM stock_item "
                             "ORDER BY sku)");
}

static const char *
allocations(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(sku || ' ' || source || ' ' || (quantity_micros / "
               "1000000) || iif(is_firm, ' firm', ''), ', '), '') FROM (SELECT * FROM allocation "
               "ORDER BY order_id, sku, source)");
}

/* What is taken of the mill's days. */
static int64_t
load(struct world *world)
{
    return world_number(world, "SELECT coalesce(sum(load_micros), 0) / 1000000 FROM plan_load");
}

static const char *
promised(struct world *world)
{
    return world_text(world, "SELECT coalesce(date(promised * 86400, 'unixepoch'), 'nobody knows') "
                             "FROM order_plan ORDER BY order_id DESC LIMIT 1");
}

/* "1 asked, 2 refused" */
static const char *
productions(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(number || ' ' || state, ', '), '') FROM "
                             "(SELECT * FROM production ORDER BY number)");
}

static const char *
requests(struct world *world)
{
    return world_text(world, "SELECT group_concat(p.number || iif(m.reminder, ' back', ''), ', ') "
                             "FROM outbox_message m JOIN production p ON p.id = m.production_id "
                             "WHERE m.kind = 'production-request'");
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || ' ' || fulfilment FROM orders ORDER BY id DESC");
}

static void
work_on_at(struct world *world, int64_t days)
{
    struct fault why = {0};
    world->run.as_of_ms = WORLD_AS_OF + days * 86400000;
    must(desk_work(&world->run, &why));
}

static void
what_is_made_to_order_is_asked_for_made_and_sent(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD TEA("A-1", "8"));
    assert_string_equal(productions(world), "1 asked");
    assert_string_equal(requests(world), "1");
    assert_string_equal(allocations(world), "LEAF stock 16 firm, TEA-1 make 8 firm");
    assert_string_equal(stock(world), "LEAF 20 16");
    assert_int_equal(load(world), 8);
    assert_string_equal(standing(world), "approved none");
    /* Two days of 4, the 24th and 25th, there a day later, picked in one, three days under way. */
    assert_string_equal(promised(world), "2026-12-02");
    work_on_at(world, 0); /* it is not asked twice */
    assert_string_equal(productions(world), "1 asked");
    must(outbox_write(&world->run, &why));

    world_come(world, "mill",
               SAID "1,late,2026-11-24T08:00:00Z,,2026-12-07,equipment,,,a belt is torn\n");
    assert_string_equal(promised(world), "2026-12-11");
    assert_string_equal(allocations(world), "LEAF stock 16 firm, TEA-1 make 8 firm");

    world_come(world, "mill", SAID "1,done,2026-11-24T09:00:00Z,3,,,,,\n");
    assert_string_equal(stock(world), "LEAF 14 10, TEA-1 3 3");
    assert_string_equal(allocations(world), "LEAF stock 10 firm, TEA-1 make 5 firm, TEA-1 stock 3");
    assert_string_equal(standing(world), "approved none"); /* it goes when it is complete */
    world_verify(world);

    world_come(world, "mill", SAID "1,done,2026-11-24T10:00:00Z,8,,,,,\n");
    assert_string_equal(stock(world), "LEAF 4 0, TEA-1 8 8");
    assert_string_equal(allocations(world), "TEA-1 stock 8 firm");
    assert_int_equal(load(world), 0);
    assert_string_equal(standing(world), "approved released");
    assert_string_equal(world_text(world, "SELECT group_concat(kind || ' ' || sku || ' ' || "
                                          "(effect_micros / 1000000), ', ') FROM stock_move"),
                        "count LEAF 20, production TEA-1 3, consumption LEAF -6, production TEA-1 "
                        "5, consumption LEAF -10");

    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,8,2026-11-24T12:00:00Z\n");
    assert_string_equal(standing(world), "approved shipped");
    assert_string_equal(stock(world), "LEAF 4 0, TEA-1 0 0");
    assert_string_equal(allocations(world), "");
    work_on_at(world, 1);
    assert_string_equal(productions(world), "1 done");
    assert_string_equal(requests(world), "1");
}

static void
what_a_plant_refuses_is_not_asked_of_it_again_and_again(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD TEA("A-1", "8"));
    world_come(world, "mill", SAID "1,refused,2026-11-24T08:00:00Z,,,quality,,,cracks\n");
    assert_string_equal(productions(world), "1 refused");
    assert_string_equal(allocations(world), "");
    assert_string_equal(stock(world), "LEAF 20 0");
    assert_int_equal(load(world), 0);
    assert_string_equal(promised(world), "nobody knows");
    assert_string_equal(world_text(world, "SELECT json_extract(trace, '$.reason') || ' ' || "
                                          "json_extract(trace, '$.refused') || ' ' || "
                                          "json_extract(trace, '$.short') FROM plan_line"),
                        "no-supply mill 8");
    for (int day = 1; day < 4; day++) {
        work_on_at(world, day);
    }
    /* Leaves were not why; and another order is another need. */
    world_come(world, "harbour", COUNT "full,LEAF,30,2026-11-27T10:00:00Z\n");
    assert_string_equal(productions(world), "1 refused");
    world_come(world, "nordlicht", HEAD TEA("A-2", "1"));
    assert_string_equal(productions(world), "1 refused, 2 asked");
    assert_string_equal(promised(world), "2026-12-04");
    /* It is planned elsewhere. */
    world_come(world, "harbour",
               COUNT "full,LEAF,30,2026-11-27T11:00:00Z\nfull,TEA-1,8,2026-11-27T11:00:00Z\n");
    assert_string_equal(world_text(world, "SELECT fulfilment FROM orders WHERE number = 'A-1'"),
                        "released");
    assert_string_equal(stock(world), "LEAF 30 2, TEA-1 8 8");
    /* And what it stops itself is no other. */
    world_come(world, "mill", SAID "2,stopped,2026-11-27T12:00:00Z,,,,,,\n");
    assert_string_equal(productions(world), "1 refused, 2 stopped");
    assert_string_equal(stock(world), "LEAF 30 0, TEA-1 8 8");
}

static void
another_list_or_a_count_has_it_asked_again(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD TEA("A-1", "8"));
    world_come(world, "mill", SAID "1,refused,2026-11-24T08:00:00Z,,,material,,,all wet\n");
    work_on_at(world, 1);
    assert_string_equal(productions(world), "1 refused");
    world_come(world, "harbour", COUNT "full,LEAF,18,2026-11-25T04:00:00Z\n");
    assert_string_equal(productions(world), "1 refused, 2 asked");
    world_come(world, "mill", SAID "2,refused,2026-11-25T05:00:00Z,,,staff,,,flu\n");
    work_on_at(world, 2);
    assert_string_equal(productions(world), "1 refused, 2 refused");
    world_come(world, "ledger", "plant,warehouse,capacity\nmill,harbour,2\n");
    assert_string_equal(productions(world), "1 refused, 2 refused, 3 asked");
    assert_string_equal(allocations(world), "LEAF stock 16 firm, TEA-1 make 8 firm");
    assert_int_equal(load(world), 8);
}

/* An order that is approved is priced again first: another version of it is refused. */
static void
refuse(struct world *world, const char *number)
{
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    struct order_standing standing;
    const struct cause cause = {"user:anna", 0, world->run.as_of_ms, ""};
    must(order_find(world->run.store, "nordlicht", number, &standing, &why));
    struct subject subject = flow_subject(&standing, "nordlicht");
    must(store_begin(world->run.store, &tx, &why));
    must(order_revise(world->run.store, subject.id, subject.version, 0, &manual_price_none, &why));
    must(flow_reprice(&world->run, &subject, &cause, &why));
    must(flow_refuse(&world->run, &subject, &cause, &why));
    must(store_commit(&tx, &why));
}

static void
what_is_refused_after_all_is_made_no_more(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD TEA("A-1", "8"));
    world_come(world, "mill", SAID "1,done,2026-11-24T05:00:00Z,3,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-2", "4")); /* for which there are no leaves */
    assert_string_equal(promised(world), "nobody knows");
    assert_string_equal(productions(world), "1 started");
    refuse(world, "A-1");
    assert_string_equal(requests(world), "1, 1 back");
    assert_string_equal(productions(world), "1 stopped");
    assert_string_equal(stock(world), "LEAF 14 0, TEA-1 3 0");
    assert_string_equal(allocations(world), "");
    assert_int_equal(load(world), 0);
    /* Who waited has what was made, and leaves for the rest. */
    work_on_at(world, 0);
    assert_string_equal(productions(world), "1 stopped, 2 asked");
    assert_string_equal(allocations(world), "LEAF stock 2 firm, TEA-1 make 1 firm, TEA-1 stock 3");
    assert_string_equal(stock(world), "LEAF 14 2, TEA-1 3 3");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_made_to_order_is_asked_for_made_and_sent),
        TEST(what_a_plant_refuses_is_not_asked_of_it_again_and_again),
        TEST(another_list_or_a_count_has_it_asked_again),
        TEST(what_is_refused_after_all_is_made_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
