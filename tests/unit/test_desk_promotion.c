/* Promotions from files to what orders get of them: limits over orders, what is given back, goods
 * and their shipment. */
#include "desk_world.h"

#define PROMOTIONS                                                                                 \
    "code,mode,valid_from,currency,action,percent,amount,buy,get,get_skus,free_units,"
#define ORDERS                                                                                     \
    "order_number,line_number,sku,quantity,unit,currency,sold_to_code,sold_to_name,"               \
    "sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,coupons\n"
#define TO(coupons) ",C62,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," coupons "\n"

static const char *
codes(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code), '') FROM"
                             " (SELECT code FROM finding WHERE interchange_id ="
                             " (SELECT max(id) FROM interchange) ORDER BY ordinal)");
}

static int64_t
net_of(struct world *world, const char *number)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT p.net_minor FROM orders o JOIN order_price p ON p.order_id = o.id"
             " AND p.version = o.version WHERE o.number = '%s'",
             number);
    return world_number(world, sql);
}

static const char *
standing(struct world *world, const char *number)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT approval || ' ' || fulfilment FROM orders WHERE number = '%s'", number);
    return world_text(world, sql);
}

static void
reject(struct world *world, const char *number)
{
    char text[200];
    snprintf(text, sizeof text,
             "partner,order_number,version,decision,reason\nnordlicht,%s,1,reject,no\n", number);
    world_come(world, "linwei", text);
}

/* The first order of a file uses what the second would have liked to. */
static void
limits_count_over_orders_of_one_run(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "code,mode,valid_from,action,percent,limit_total,limit_customer\n"
               "TEN,compounded,2020-01-01,percent,10,2,1\n");
    assert_string_equal(codes(world), "");
    world_come(world, "nordlicht", ORDERS "A-1,1,TEA-1,1" TO("") "A-2,1,TEA-1,1" TO(""));
    assert_int_equal(net_of(world, "A-1"), 810);
    assert_int_equal(net_of(world, "A-2"), 900); /* one for each customer */
    world_come(world, "bluebird",
               "order_number,sku,quantity,unit,currency,sold_to_name,sold_to_country,sold_to_city,"
               "sold_to_postal_code,sold_to_street\n"
               "B-1,TEA-1,1,C62,EUR,Ann,DE,Berlin,10115,Weg 1\n");
    assert_int_equal(net_of(world, "B-1"), 900); /* of 10.00 */
    assert_int_equal(world_number(world, "SELECT uses FROM promotion_total WHERE customer = ''"),
                     2);
    /* Another table goes on counting by the code. */
    world_come(world, "ledger",
               "code,mode,valid_from,action,percent,limit_total,limit_customer\n"
               "TEN,compounded,2020-01-01,percent,10,3,2\n");
    world_come(world, "nordlicht", ORDERS "A-3,1,TEA-1,1" TO("") "A-4,1,TEA-1,1" TO(""));
    assert_int_equal(net_of(world, "A-3"), 810);
    assert_int_equal(net_of(world, "A-4"), 900);
}

static void
a_refused_order_gives_its_coupon_back(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "code,mode,valid_from,currency,action,amount,needs_coupon,budget\n"
               "FIVE,compounded,2020-01-01,EUR,amount,5.00,yes,6.00\n");
    world_come(world, "ledger", "code,promotion,limit_total\nFIVE-7,FIVE,1\n");
    world_come(world, "nordlicht", ORDERS "A-1,1,TEA-1,20" TO("FIVE-7"));
    assert_string_equal(standing(world, "A-1"), "waiting none");
    assert_int_equal(net_of(world, "A-1"), 17500);
    assert_string_equal(codes(world), "");
    world_come(world, "nordlicht", ORDERS "A-2,1,TEA-1,2" TO("FIVE-7"));
    assert_int_equal(net_of(world, "A-2"), 1800);
    assert_string_equal(codes(world), "PRICE-COUPON-EXHAUSTED");
    reject(world, "A-1");
    assert_string_equal(standing(world, "A-1"), "refused none");
    assert_int_equal(
        world_number(world, "SELECT sum(uses) + sum(spent_minor) FROM promotion_total"), 0);
    world_come(world, "nordlicht", ORDERS "A-3,1,TEA-1,2" TO("FIVE-7"));
    assert_int_equal(net_of(world, "A-3"), 1300);
    assert_string_equal(codes(world), "");
    /* Refused, it may come again, and uses nothing that is gone. */
    world_come(world, "nordlicht", ORDERS "A-1,1,TEA-1,3" TO("FIVE-7"));
    assert_int_equal(net_of(world, "A-1"), 2700);
    assert_int_equal(world_number(world, "SELECT count(*) FROM promotion_use"), 2);
}

static const char gifts[] = PROMOTIONS "out_of_stock\n"
                                       "B3G1,compounded,2020-01-01,,buy-get,,,3,1,TEA-2,exclusive,"
                                       "dropped\n";

static void
goods_are_given_as_far_as_there_are_some(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", gifts);
    world_come(world, "harbour", "sku,available\nTEA-2,3\n");
    world_come(world, "nordlicht", ORDERS "A-1,1,TEA-1,60" TO("")); /* 20 would be given */
    assert_string_equal(standing(world, "A-1"), "waiting none");
    assert_int_equal(world_number(world, "SELECT quantity_micros FROM order_free_line"),
                     3 * MICROS);
    assert_int_equal(world_number(world, "SELECT given_micros FROM stock_given"), 3 * MICROS);
    world_come(world, "nordlicht", ORDERS "A-2,1,TEA-1,3" TO(""));
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_free_line"), 1);
    reject(world, "A-1");
    assert_int_equal(world_number(world, "SELECT given_micros FROM stock_given"), 0);
    world_come(world, "nordlicht", ORDERS "A-3,1,TEA-1,3" TO(""));
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_free_line"), 2);
    assert_int_equal(net_of(world, "A-3"), 2700);
}

static void
goods_given_are_shipped_like_those_ordered(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", gifts);
    world_come(world, "nordlicht", ORDERS "A-1,1,TEA-1,7" TO(""));
    assert_string_equal(standing(world, "A-1"), "approved released");
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-1,nordlicht,A-1,1,TEA-1,7,2026-11-24\n");
    assert_string_equal(standing(world, "A-1"), "approved partly");
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-2,nordlicht,A-1,F1,TEA-2,3,2026-11-24\n");
    assert_string_equal(codes(world), "SHIPMENT-TOO-MUCH");
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-3,nordlicht,A-1,F1,TEA-2,2,2026-11-24\n");
    assert_string_equal(standing(world, "A-1"), "approved shipped");
}

static void
a_test_file_uses_nothing_up(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", gifts);
    world_come(world, "harbour", "sku,available\nTEA-2,3\n");
    world->partners[1].acceptance = ACCEPT_TEST_ONLY;
    world_come(world, "nordlicht", ORDERS "A-1,1,TEA-1,3" TO(""));
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_free_line"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM promotion_total"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_given"), 0);
}

/* What is not known is told once for each name, in the order of the lines. */
static void
names_in_lists_are_looked_up(void **state)
{
    struct world *world = *state;
    world_come(
        world, "ledger",
        "code,mode,valid_from,action,percent,skus,categories,customers,customer_groups,channels\n"
        "ONE,compounded,2020-01-01,percent,10,TEA-1 | TEA-2,tea,C100|C200,EU,\n");
    assert_string_equal(codes(world), "");
    world_come(
        world, "ledger",
        "code,mode,valid_from,action,percent,skus,categories,customers,customer_groups,channels\n"
        "ONE,compounded,2020-01-01,percent,10,TEA-1 | TEA-2,tea|cups,C100|C300,EU|US,web\n"
        "TWO,compounded,2020-01-01,percent,11,,cups,C300,,\n");
    assert_string_equal(world_text(world,
                                   "SELECT group_concat(field || ' ' || value || ' ' || line)"
                                   " FROM finding WHERE code = 'MASTER-NAME-UNKNOWN'"),
                        "categories cups 2,customers C300 2,customer_groups US 2,channels web 2");
    world_come(world, "ledger",
               "code,mode,valid_from,action,buy,get,skus,get_skus\n"
               "ONE,compounded,2020-01-01,buy-get,3,1,TEA-9,CUP-1\n");
    assert_string_equal(codes(world), "MASTER-SKU-UNKNOWN,MASTER-SKU-UNKNOWN,FILE-WHOLE");
}

static void
a_wrong_value_is_not_also_missing(void **state)
{
    world_come(*state, "ledger",
               "code,mode,valid_from,action,percent\nA,compounded,2020-01-01,percent,120%\n");
    assert_string_equal(codes(*state), "FLD-NUMBER-RANGE");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(limits_count_over_orders_of_one_run),
        TEST(a_refused_order_gives_its_coupon_back),
        TEST(goods_are_given_as_far_as_there_are_some),
        TEST(goods_given_are_shipped_like_those_ordered),
        TEST(a_test_file_uses_nothing_up),
        TEST(names_in_lists_are_looked_up),
        TEST(a_wrong_value_is_not_also_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
