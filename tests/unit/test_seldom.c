/* Findings that come seldom, each by files as partners would send them. */
#include "desk_world.h"

#include "base/buf.h"
#include "desk/promotions.h"
#include "intake/seen.h"
#include "rules/ladder.h"
#include "rules/promotion.h"

#define ORDER_HEAD                                                                                 \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE       "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,4,C62\n"
#define ORDER      ORDER_HEAD LINE
#define CHANGE     "change_number,order_number,action,line_number,quantity\n"
#define PROMOTIONS "code,mode,valid_from,currency,level,skus,categories,action,percent\n"

/* Of the file that came last, without what changed: "CODE line value expected, ...". */
static const char *
findings(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code || ' ' || line || ' ' || value ||"
                             " ' ' || expected, ', '), '') FROM (SELECT * FROM finding WHERE"
                             " interchange_id = (SELECT max(id) FROM interchange) AND code NOT IN"
                             " ('MASTER-CHANGED', 'MASTER-PRICE-MOVED') ORDER BY ordinal)");
}

static const char *
order(struct world *world)
{
    return world_text(world, "SELECT version || ' ' || approval || ' ' || fulfilment FROM orders");
}

static bool
is_in_force(struct world *world, const char *master)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT i.id = (SELECT max(id) FROM interchange) FROM master_in_force f JOIN"
             " master_version v ON v.id = f.version_id JOIN interchange i ON i.id ="
             " v.interchange_id WHERE f.master = '%s' UNION ALL SELECT 0",
             master);
    return world_number(world, sql) == 1;
}

/* -- changes of orders -- */

/* A row says that more is sent elsewhere: nobody can do that. */
static void
what_a_row_says_and_nobody_can_do(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", "change,state,customer_group,way\nincrease,released,,redirect\n");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(order(world), "1 approved released");
    world_come(world, "nordlicht", CHANGE "C-1,A-1,set,1,6\n");
    assert_string_equal(findings(world), "CHANGE-NOT-DONE 2  ");
    assert_string_equal(order(world), "1 approved released");
    assert_string_equal(world_text(world, "SELECT verdict FROM change_answer"), "refused");
}

static void
a_delivered_order_is_changed_no_more(void **state)
{
    struct world *world = *state;
    world->partners[0].id = "ups";
    world->partners[0].name = "United Parcels";
    world->partners[0].roles = ROLE_CARRIER;
    world_come(world, "ledger",
               "carrier,code,state,label_en,cause,is_final\nups,D,delivered,There,,yes\n");
    world_come(world, "nordlicht", ORDER);
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,"
               "tracking\nS-1,nordlicht,A-1,1,TEA-1,4,2026-11-21T08:00:00Z,UPS,1Z1\n");
    world_come(world, "nordlicht", CHANGE "C-1,A-1,set,1,5\n");
    assert_string_equal(findings(world), "CHANGE-REFUSED 2 shipped shipped");
    world_come(world, "ups",
               "tracking,event_id,code,happened_at,place,signed_by,proof\n"
               "1Z1,e1,D,2026-11-22T08:00:00Z,Berlin,,\n");
    assert_string_equal(order(world), "1 approved delivered");
    world_come(world, "nordlicht", CHANGE "C-2,A-1,set,1,5\n");
    assert_string_equal(findings(world), "CHANGE-DELIVERED 2 delivered delivered");
    assert_string_equal(order(world), "1 approved delivered");
}

/* Whatever came in which order: a run works orders before what is asked of them. */
static void
a_change_beside_its_order_finds_it(void **state)
{
    struct world *world = *state;
    world_land(world, "nordlicht", "a-change.csv", CHANGE "C-1,A-1,set,1,3\n");
    world_land(world, "nordlicht", "b-cancellation.csv",
               "cancellation_number,order_number,line_number,quantity\nX-1,A-1,1,1\n");
    world_land(world, "nordlicht", "z-order.csv", ORDER);
    world_work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE code LIKE 'CHANGE-%'"
                                         " AND code NOT IN ('CHANGE-STOP-ASKED')"),
                     0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM change_answer WHERE verdict ="
                                         " 'taken'"),
                     1);
}

/* -- master data -- */

/* Of so many rows the last keys are not remembered while they are read: the store tells. */
static void
a_key_that_comes_again_after_very_many(void **state)
{
    struct world *world = *state;
    OWNED(buf) file;
    buf_init(&file, 8 * 1024 * 1024);
    buf_format(&file, "sku,available\n");
    for (int row = 0; row < SEEN_MAX; row++) {
        buf_format(&file, "S-%d,1\n", row);
    }
    buf_format(&file, "TEA-1,5\nTEA-2,5\nTEA-1,7\n");
    buf_char(&file, '\0');
    world_come(world, "harbour", file.bytes);
    assert_string_equal(world_text(world, "SELECT group_concat(code || ' ' || line || ' ' || value)"
                                          " FROM finding WHERE code LIKE '%-TWICE' OR code ="
                                          " 'MST-REPEATED'"),
                        "MASTER-ROW-TWICE 100004 TEA-1");
    assert_false(is_in_force(world, "stock"));
}

static void
add_promotion(struct buf *file, int number, const char *skus, const char *categories)
{
    buf_format(file, "P%d,compounded,2020-01-01,EUR,line,%s,%s,percent,5\n", number, skus,
               categories);
}

/* One line has one product and one category: those of both count together. */
static void
more_promotions_than_may_touch_one_line(void **state)
{
    struct world *world = *state;
    for (int more = 0; more < 2; more++) {
        OWNED(buf) file;
        buf_init(&file, 4 * 1024 * 1024);
        buf_format(&file, PROMOTIONS);
        for (int number = 0; number < PROMOTION_CANDIDATES_MAX + more; number++) {
            const bool is_of_sku = number < PROMOTION_CANDIDATES_MAX - 10;
            add_promotion(&file, number, is_of_sku ? "TEA-1" : "", is_of_sku ? "" : "tea");
        }
        buf_char(&file, '\0');
        world_come(world, "ledger", file.bytes);
        assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE code ="
                                             " 'MASTER-PROMOTION-CANDIDATES'"),
                         more);
        assert_int_equal(is_in_force(world, "promotions"), more == 0);
    }
    assert_string_equal(world_text(world, "SELECT value || ' ' || expected FROM finding WHERE code"
                                          " = 'MASTER-PROMOTION-CANDIDATES'"),
                        "TEA-1 5000");
}

static void
more_promotions_than_a_table_may_have(void **state)
{
    struct world *world = *state;
    OWNED(buf) file;
    char sku[24];
    buf_init(&file, 8 * 1024 * 1024);
    buf_format(&file, PROMOTIONS);
    for (int number = 0; number <= PROMOTIONS_MAX; number++) {
        snprintf(sku, sizeof sku, "TEA-%d", number);
        add_promotion(&file, number, sku, "");
    }
    buf_char(&file, '\0');
    world_come(world, "ledger", file.bytes);
    assert_string_equal(findings(world), "MASTER-PROMOTIONS-LARGE 0 50001 50000, FILE-WHOLE 0  ");
    assert_false(is_in_force(world, "promotions"));
}

/* Of few rows with long lists. */
static void
more_text_than_promotions_may_have(void **state)
{
    enum { ROWS = 600, NAMES = 950 };
    struct world *world = *state;
    OWNED(buf) file;
    OWNED(buf) skus;
    buf_init(&file, 16 * 1024 * 1024);
    buf_init(&skus, 64 * 1024);
    for (int name = 0; name < NAMES; name++) {
        buf_format(&skus, "%sTEA-LONG-%05d", name == 0 ? "" : " | ", name);
    }
    buf_char(&skus, '\0');
    buf_format(&file, PROMOTIONS);
    for (int number = 0; number < ROWS; number++) {
        add_promotion(&file, number, skus.bytes, "");
    }
    buf_char(&file, '\0');
    assert_true(file.size > PROMOTION_TEXT_MAX);
    world_come(world, "ledger", file.bytes);
    assert_string_equal(world_text(world, "SELECT group_concat(code || ' ' || expected || ' ' ||"
                                          " hint) FROM finding WHERE code LIKE 'MASTER-%'"),
                        "MASTER-PROMOTIONS-LARGE 8388608 skus, categories, customers");
    assert_false(is_in_force(world, "promotions"));
}

/* Each row is another quantity; what is beyond is in force all the same. */
static void
a_ladder_longer_than_is_compared(void **state)
{
    struct world *world = *state;
    for (int more = 0; more < 2; more++) {
        OWNED(buf) file;
        buf_init(&file, 1024 * 1024);
        buf_format(&file, "sku,scope,currency,quantity_from,valid_from,price\nTEA-2,base,EUR,0,"
                          "2020-01-01,20.00\n");
        for (int rung = 0; rung < LADDER_ROWS_MAX + more; rung++) {
            buf_format(&file, "TEA-1,base,EUR,%d,2020-01-01,%d.%02d\n", rung + 1, 40 - rung / 100,
                       99 - rung % 100);
        }
        buf_char(&file, '\0');
        world_come(world, "ledger", file.bytes);
        assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE code ="
                                             " 'MASTER-LADDER-LONG'"),
                         more);
        assert_true(is_in_force(world, "prices"));
    }
    assert_string_equal(world_text(world, "SELECT line || ' ' || value || ' ' || expected FROM"
                                          " finding WHERE code = 'MASTER-LADDER-LONG'"),
                        "3 TEA-1, base, EUR 1000");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(what_a_row_says_and_nobody_can_do),
        IN_WORLD(a_delivered_order_is_changed_no_more),
        IN_WORLD(a_change_beside_its_order_finds_it),
        IN_WORLD(a_key_that_comes_again_after_very_many),
        IN_WORLD(more_promotions_than_may_touch_one_line),
        IN_WORLD(more_promotions_than_a_table_may_have),
        IN_WORLD(more_text_than_promotions_may_have),
        IN_WORLD(a_ladder_longer_than_is_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
