/* The lists plants, supply, materials and lanes come in, and are found by key. */
#include "desk_world.h"

#include "store/store_master.h"
#include "store/store_supply.h"

/* Each is known by its header, in English and in Chinese, and goes in whole. */
static void
lists_are_recognised_by_their_headers(void **state)
{
    static const struct {
        const char *text;
        const char *said;
    } cases[] = {
        {"plant,warehouse,capacity\nlinwei,harbour,8\n", "plants taken"},
        {"工厂,仓库,日产能\nlinwei,harbour,8\n", "plants taken"},
        {"sku,source,plant,lead_days,load\nTEA-1,make,linwei,2,0.5\n", "supply taken"},
        {"sku,source,lead_days\nTEA-1,buy,10\n", "supply taken"},
        {"商品编码,来源,工厂,提前期\nTEA-1,自制,linwei,2\n", "supply taken"},
        {"sku,material,quantity\nTEA-1,TEA-2,0.25\n", "materials taken"},
        {"商品编码,物料,用量\nTEA-1,TEA-2,0.25\n", "materials taken"},
        {"warehouse,country,region,transit_days\nharbour,DE,,2\n", "lanes taken"},
        {"仓库,国家,运输天数\nharbour,德国,2\n", "lanes taken"},
        {"code,name,partner,group,country,currency,delivery,class\n"
         "C100,Nord,nordlicht,EU,DE,EUR,分批发货,1\nC200,Blue,bluebird,,US,EUR,,\n",
         "customers taken"},
        {"sku,source,lead_days\nTEA-1,borrow,10\n", "supply refused"},
        {"sku,source,lead_days\nTEA-1,buy,-1\n", "supply refused"},
        {"sku,source,plant,lead_days,load\nTEA-1,make,linwei,2,0\n", "supply refused"},
        {"plant,warehouse,capacity\nlinwei,harbour,0\n", "plants refused"},
        {"sku,material,quantity\nTEA-1,TEA-2,-1\n", "materials refused"},
        {"country,transit_days\nDE,2\nDE,3\n", "lanes refused"},
        {"code,name,partner,group,country,currency,class\nC100,N,nordlicht,EU,DE,EUR,0\n",
         "customers refused"},
        {"code,name,partner,group,country,currency,delivery\nC100,N,nordlicht,EU,DE,EUR,never\n",
         "customers refused"},
    };
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        world_come(*state, "ledger", cases[index].text);
        assert_string_equal(world_text(*state, "SELECT document || ' ' || state FROM interchange"
                                               " ORDER BY id DESC LIMIT 1"),
                            cases[index].said);
    }
    assert_string_equal(
        world_text(*state,
                   "SELECT group_concat(c.code || ' ' || c.delivery || ' ' || c.class, ',')"
                   " FROM customer c JOIN master_in_force f ON f.version_id = c.version_id"),
        "C100 backorder 1,C200  1000");
}

/* A warehouse or a customer cannot say what is made where. */
static void
finance_alone_sends_them(void **state)
{
    static const char *const senders[] = {"harbour", "nordlicht", "linwei"};
    for (size_t index = 0; index < 3; index++) {
        world_come(*state, senders[index], "sku,source,lead_days\nTEA-1,buy,10\n");
        world_come(*state, senders[index], "plant,warehouse,capacity\nlinwei,harbour,8\n");
    }
    assert_int_equal(world_number(*state, "SELECT count(*) FROM finding WHERE code = 'FILE-ROLE'"),
                     6);
    assert_int_equal(world_number(*state, "SELECT count(*) FROM supply"), 0);
}

static int64_t
version_of(struct world *world, enum document_kind kind)
{
    struct master_versions versions;
    struct fault why = {0};
    must(master_in_force(world->run.store, &versions, &why));
    return versions.of[kind].id;
}

static int64_t
days_to(struct world *world, const char *warehouse, const char *country, const char *region)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct lane_row lane;
    arena_init(&arena, 65536);
    const struct lane_key key = {warehouse, country, region};
    const enum outcome found =
        master_lane(world->run.store, version_of(world, DOCUMENT_LANES), &key, &arena, &lane, &why);
    assert_true(found == DONE || found == NONE);
    return found == DONE ? lane.transit_days : -1;
}

/* First the warehouse's own rows; of these the region, the country, every other. */
static void
the_lane_that_fits_best_holds(void **state)
{
    assert_int_equal(days_to(*state, "harbour", "DE", ""), -1);
    world_come(*state, "ledger",
               "warehouse,country,region,transit_days\n"
               "harbour,DE,,2\nharbour,CN,广东,3\nharbour,CN,,4\n,DE,Sachsen,5\n,FR,,6\n,,,7\n"
               "linwei,,,8\n");
    assert_int_equal(days_to(*state, "harbour", "DE", ""), 2);
    assert_int_equal(days_to(*state, "harbour", "DE", "Sachsen"), 2);
    assert_int_equal(days_to(*state, "elsewhere", "DE", "Sachsen"), 5);
    assert_int_equal(days_to(*state, "harbour", "CN", "广东"), 3);
    assert_int_equal(days_to(*state, "harbour", "CN", "云南"), 4);
    assert_int_equal(days_to(*state, "harbour", "FR", ""), 6);
    assert_int_equal(days_to(*state, "harbour", "US", "CA"), 7);
    assert_int_equal(days_to(*state, "linwei", "FR", ""), 8);
}

static void
a_product_has_its_plant_and_materials(void **state)
{
    struct world *world = *state;
    OWNED(arena) arena;
    struct fault why = {0};
    struct supply_row supply;
    struct plant_row plant;
    struct master_row *materials = NULL;
    size_t count = 0;
    arena_init(&arena, 65536);
    world_come(world, "ledger", "plant,warehouse,capacity\nlinwei,harbour,7.5\n");
    world_come(world, "ledger", "sku,source,plant,lead_days,load\nTEA-1,make,linwei,2,\n");
    world_come(world, "ledger", "sku,material,quantity\nTEA-1,TEA-2,0.25\n");
    const int64_t supply_id = version_of(world, DOCUMENT_SUPPLY);
    must(master_supply(world->run.store, supply_id, "TEA-1", &arena, &supply, &why));
    assert_string_equal(supply.source, SUPPLY_MAKE);
    assert_int_equal(supply.lead_days, 2);
    assert_int_equal(supply.load_micros, MICROS);
    assert_int_equal(master_supply(world->run.store, supply_id, "TEA-2", &arena, &supply, &why),
                     NONE);
    must(master_plant(world->run.store, version_of(world, DOCUMENT_PLANTS), "linwei", &arena,
                      &plant, &why));
    assert_string_equal(plant.warehouse, "harbour");
    assert_int_equal(plant.capacity_micros, 7500000);
    must(master_materials(world->run.store, version_of(world, DOCUMENT_MATERIALS), "TEA-1", &arena,
                          &materials, &count, &why));
    assert_int_equal(count, 1);
    assert_string_equal(materials[0].material.material, "TEA-2");
    assert_int_equal(materials[0].material.quantity_micros, 250000);
}

int
main(void)
{
#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(lists_are_recognised_by_their_headers),
        IN_A_WORLD(finance_alone_sends_them),
        IN_A_WORLD(the_lane_that_fits_best_holds),
        IN_A_WORLD(a_product_has_its_plant_and_materials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
