/* What warehouses tell of their releases, over a real store. */
#include "desk_world.h"

#include "base/buf.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START(number) number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
#define ORDER(number) START(number) "1,TEA-1,4,C62\n" START(number) "2,TEA-2,1,C62\n"
#define SAID                                                                                       \
    "partner,order_number,release,status,at,"                                                      \
    "ship_on,line_number,quantity,reason\n"

#define SAYS(number, status, time) "nordlicht," number ",," status ",2026-11-23T" time ":00Z"
#define SHIPPED                                                                                    \
    "shipment_number,partner,order_number,"                                                        \
    "order_line,sku,quantity,shipped_at\n"

static const char *
release(struct world *world)
{
    return world_text(world,
                      "SELECT state || ' ' || strftime('%H', state_ms / 1000, 'unixepoch') || ' ' "
                      "|| coalesce(ship_day - 20000, '-') || ' ' || reason FROM warehouse_release "
                      "ORDER BY order_id, number LIMIT 1");
}

static const char *
findings(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(code || ' ' || value || ' ' || "
                      "expected, ', '), '') FROM (SELECT * FROM finding WHERE "
                      "interchange_id = (SELECT max(id) FROM interchange) ORDER BY ordinal)");
}

static const char *
events(struct world *world)
{
    return world_text(world, "SELECT group_concat(event || strftime(' %H', happened_ms / 1000, "
                             "'unixepoch') || detail, ', ') FROM order_event WHERE event NOT IN "
                             "('received', 'approved', 'released')");
}

static void
a_release_goes_forward_stage_by_stage(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    assert_string_equal(world_text(world, "SELECT group_concat(warehouse || number || is_whole || "
                                          "state) FROM warehouse_release"),
                        "harbour11sent");
    world_come(world, "harbour",
               SAID SAYS("A-1", "received", "08:00") ",2026-11-25,,,\n" SAYS("A-1", "picking",
                                                                             "09:00") ",,,,\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(release(world), "picking 09 782 ");
    world_come(world, "harbour", SAID SAYS("A-1", "packed", "10:00") ",2026-11-24,,,\n");
    assert_string_equal(release(world), "packed 10 781 ");
    assert_string_equal(events(world),
                        "warehouse-received 08{\"release\":1,\"ships\":\"2026-11-25\"}, "
                        "picking 09{\"release\":1}, "
                        "packed 10{\"release\":1,\"ships\":\"2026-11-24\"}");
    /* Nothing of it is for the customer, and the order is where it was. */
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message WHERE kind = "
                                         "'order-status'"),
                     1);
    assert_string_equal(world_text(world, "SELECT fulfilment FROM orders"), "released");
    assert_string_equal(world_text(world, "SELECT group_concat(DISTINCT headline) FROM order_event "
                                          "WHERE event IN ('picking', 'packed')"),
                        "released");
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,4,2026-11-23T11:00:00Z\n");
    assert_string_equal(release(world), "packed 10 781 ");
    world_come(world, "harbour", SHIPPED "S-2,nordlicht,A-1,2,TEA-2,1,2026-11-23T12:00:00Z\n");
    assert_string_equal(release(world), "shipped 12 781 ");
}

static void
the_same_comes_out_whatever_order_news_came_in(void **state)
{
    struct world *world = *state;
    static const char *const news[] = {
        SAYS("%s", "received", "08:00") ",2026-11-27,,,\n",
        SAYS("%s", "picking", "09:00") ",,,,\n",
        SAYS("%s", "short", "10:00") ",2026-11-25,1,3,one broke\n",
        SAYS("%s", "short", "11:00") ",,1,2,two broke\n",
        SAYS("%s", "packed", "12:00") ",2026-11-26,,,\n",
    };
    enum { NEWS = 5, PERMUTATIONS = 120 };
    OWNED(buf) orders;
    OWNED(buf) said;
    buf_init(&orders, 1 << 20);
    buf_init(&said, 1 << 20);
    buf_text(&orders, HEAD);
    buf_text(&said, SAID);
    for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
        int left[NEWS] = {0, 1, 2, 3, 4};
        int rest = permutation;
        char number[16];
        snprintf(number, sizeof number, "P-%03d", permutation);
        buf_format(&orders, ORDER("%s"), number, number);
        for (int count = NEWS; count > 0; count--) {
            const int chosen = rest % count;
            rest /= count;
            buf_format(&said, news[left[chosen]], number);
            left[chosen] = left[count - 1];
        }
    }
    world_come(world, "nordlicht", orders.bytes);
    assert_int_equal(world_number(world, "SELECT count(*) FROM warehouse_release"), PERMUTATIONS);
    world_come(world, "harbour", said.bytes);
    assert_string_equal(findings(world), "");
    assert_int_equal(world_number(world,
                                  "SELECT count(DISTINCT json_array(state, state_ms, told_ms,"
                                  " reason, ship_day, ship_day_ms)) FROM warehouse_release"),
                     1);
    assert_string_equal(release(world), "short 10 783 two broke");
    /* And each order has the same history, but for the order it became known in. */
    assert_int_equal(
        world_number(world, "SELECT count(DISTINCT events) FROM (SELECT group_concat(event || "
                            "happened_ms || detail) AS events FROM (SELECT * FROM order_event "
                            "ORDER BY order_id, happened_ms, event) WHERE event NOT IN ('received',"
                            " 'approved', 'released') GROUP BY order_id)"),
        1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_event WHERE event NOT IN "
                                         "('received', 'approved', 'released')"),
                     PERMUTATIONS * NEWS);
}

static void
what_is_told_twice_is_known(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SAID SAYS("A-1", "short", "08:00") ",,1,3,broken\n");
    world->run.as_of_ms += 3600000;
    world_come(world, "harbour",
               SAID SAYS("A-1", "short", "08:00") ",,1,3,broken\n" SAYS("A-1", "short",
                                                                        "08:00") ",,2,0,\n");
    assert_string_equal(findings(world), "REL-KNOWN 1 ");
    assert_string_equal(world_text(world, "SELECT state || documents_taken FROM interchange ORDER "
                                          "BY id DESC LIMIT 1"),
                        "taken2");
    world_come(world, "harbour", SAID SAYS("A-1", "short", "08:00") ",,1,2,broken\n");
    assert_string_equal(findings(world), "REL-CONFLICT short ");
    assert_string_equal(release(world), "short 08 - broken");
    assert_string_equal(
        events(world),
        "release-short 08{\"release\":1,\"line\":\"1\",\"quantity\":\"3\",\"reason\":"
        "\"broken\"}, release-short 08{\"release\":1,\"line\":\"2\",\"quantity\":"
        "\"0\"}");
}

static void
what_cannot_be_is_told_and_changes_nothing(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *row;
        const char *finding;
    } cases[] = {
        {"nordlicht,A-9,,received,2026-11-23T08:00:00Z,,,,\n", "REL-ORDER-UNKNOWN nordlicht/A-9 "},
        {"bluebird,A-1,,received,2026-11-23T08:00:00Z,,,,\n", "REL-ORDER-UNKNOWN bluebird/A-1 "},
        {"nordlicht,A-1,2,received,2026-11-23T08:00:00Z,,,,\n", "REL-UNKNOWN 2 nordlicht/A-1"},
        {"nordlicht,A-1,,short,2026-11-23T08:00:00Z,,3,0,\n", "REL-LINE 3 "},
        {"nordlicht,A-1,,short,2026-11-23T08:00:00Z,,1,4,\n", "REL-QUANTITY 4 4"},
    };
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        char file[512];
        snprintf(file, sizeof file, SAID "%s", cases[index].row);
        world_come(world, "harbour", file);
        assert_string_equal(findings(world), cases[index].finding);
    }
    assert_int_equal(world_number(world, "SELECT count(*) FROM release_news"), 0);
    assert_string_equal(release(world), "sent 06 - ");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_event"), 3);
    /* What was refused may come again, when it is right. */
    world_come(world, "nordlicht", HEAD ORDER("A-9"));
    world_come(world, "harbour", SAID "nordlicht,A-9,1,received,2026-11-23T08:00:00Z,,,,\n");
    assert_string_equal(findings(world), "");
}

static void
another_warehouse_tells_nothing_of_it(void **state)
{
    struct world *world = *state;
    world->partners[5].id = "inland";
    world->partners[5].roles = ROLE_WAREHOUSE;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "inland", SAID SAYS("A-1", "refused", "08:00") ",,,,\n");
    assert_string_equal(findings(world), "REL-NOT-YOURS 1 nordlicht/A-1");
    assert_string_equal(release(world), "sent 06 - ");
    world_come(world, "ledger", SAID SAYS("A-1", "refused", "08:00") ",,,,\n");
    assert_string_equal(findings(world), "FILE-ROLE release-status ");
}

static void
what_has_left_is_told_no_more(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour",
               SHIPPED "S-1,nordlicht,A-1,1,TEA-1,4,2026-11-23T12:00:00Z\n"
                       "S-1,nordlicht,A-1,2,TEA-2,1,2026-11-23T12:00:00Z\n");
    /* A file that was late belongs to the order's history. */
    world_come(world, "harbour", SAID SAYS("A-1", "packed", "11:00") ",,,,\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(world_text(world, "SELECT group_concat(is_late) FROM release_news"), "1");
    world_come(world, "harbour", SAID SAYS("A-1", "short", "13:00") ",,1,2,\n");
    assert_string_equal(findings(world), "REL-SHIPPED 2026-11-23T13:00:00Z ");
    assert_string_equal(release(world), "shipped 12 - ");
    assert_string_equal(
        world_text(world,
                   "SELECT group_concat(event) FROM (SELECT event FROM order_event ORDER BY id)"),
        "received,approved,released,shipped,packed");
}

/* As planning leaves an order of which all was released. */
static void
plan(struct world *world)
{
    world_do(
        world,
        "INSERT INTO order_plan VALUES (1, 1, 'backorder', 0, 0, NULL, NULL, 0, NULL);"
        "INSERT INTO plan_line VALUES (1, 1, 0, 'TEA-1', 1000000, 4000000, 0, 4000000, 0, NULL, "
        "NULL, "
        "NULL, '{}'), (1, 2, 0, 'TEA-2', 1000000, 1000000, 0, 1000000, 0, NULL, NULL, NULL, '{}');"
        "INSERT INTO allocation VALUES (1, 1, 0, 'stock', 'harbour', '', 'TEA-1', 1, 4000000, "
        "20000, NULL), (1, 2, 0, 'stock', 'harbour', '', 'TEA-2', 1, 1000000, 20000, NULL);");
}

static void
what_is_refused_goes_back_in_line(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    plan(world);
    world_come(world, "harbour", SAID SAYS("A-1", "refused", "08:00") ",,,,flooded\n");
    assert_string_equal(release(world), "refused 08 - flooded");
    assert_int_equal(world_number(world, "SELECT is_due FROM order_plan"), 1);
    assert_string_equal(world_text(world, "SELECT count(*) FROM allocation"), "0");
    assert_int_equal(world_number(world, "SELECT sum(released_micros) FROM plan_line"), 0);
    /* It stays refused, and what is told later is doubted. */
    world_come(world, "harbour", SAID SAYS("A-1", "packed", "09:00") ",,,,\n");
    assert_string_equal(findings(world), "REL-AFTER-REFUSAL packed ");
    assert_string_equal(release(world), "refused 08 - flooded");
    world_come(world, "harbour", SAID SAYS("A-1", "picking", "07:00") ",,,,\n");
    assert_string_equal(findings(world), "");
}

/* Two releases with lines of their own; the second is refused. */
static void
only_what_was_in_it_goes_back(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    plan(world);
    world_do(world, "UPDATE warehouse_release SET is_whole = 0;"
                    "INSERT INTO warehouse_release SELECT 2, 1, 2, 1, 'harbour', 0, released_ms, "
                    "'sent', state_ms, NULL, NULL, NULL, '' FROM warehouse_release;"
                    "INSERT INTO warehouse_release_line VALUES (1, 1, 4000000), (2, 2, 1000000);"
                    "INSERT INTO outbox_message (partner, kind, number, order_id, version, "
                    "release_id) VALUES ('harbour', 'release', 2, 1, 1, 2)");
    world_come(world, "harbour", SAID "nordlicht,A-1,2,refused,2026-11-23T08:00:00Z,,,,\n");
    assert_string_equal(world_text(world, "SELECT group_concat(state) FROM warehouse_release"),
                        "sent,refused");
    assert_string_equal(world_text(world, "SELECT group_concat(sku || is_firm) FROM allocation"),
                        "TEA-11");
    assert_string_equal(world_text(world, "SELECT group_concat(released_micros) FROM plan_line"),
                        "4000000,0");
    world_come(world, "harbour", SAID "nordlicht,A-1,1,short,2026-11-23T08:00:00Z,,2,0,\n");
    assert_string_equal(findings(world), "REL-LINE 2 ");
    /* What the first asked for has left, though more of the order is open. */
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-23T12:00:00Z\n");
    assert_string_equal(release(world), "sent 06 - ");
    world_come(world, "harbour", SHIPPED "S-2,nordlicht,A-1,1,TEA-1,1,2026-11-23T13:00:00Z\n");
    assert_string_equal(release(world), "shipped 13 - ");
    assert_string_equal(world_text(world, "SELECT fulfilment FROM orders"), "partly");
}

/* Two releases of one line: the warehouse had 3 first, then 1. */
static void
what_another_release_has_of_the_line_stays(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    plan(world);
    world_do(world, "UPDATE warehouse_release SET is_whole = 0;"
                    "INSERT INTO warehouse_release SELECT 2, 1, 2, 1, 'harbour', 0, released_ms, "
                    "'sent', state_ms, NULL, NULL, NULL, '' FROM warehouse_release;"
                    "INSERT INTO warehouse_release_line VALUES (1, 1, 3000000), (1, 2, 1000000), "
                    "(2, 1, 1000000);"
                    "INSERT INTO outbox_message (partner, kind, number, order_id, version, "
                    "release_id) VALUES ('harbour', 'release', 2, 1, 1, 2)");
    world_come(world, "harbour", SAID "nordlicht,A-1,2,refused,2026-11-23T08:00:00Z,,,,\n");
    assert_string_equal(world_text(world, "SELECT group_concat(sku || quantity_micros) FROM "
                                          "allocation"),
                        "TEA-13000000,TEA-21000000");
    assert_string_equal(world_text(world, "SELECT group_concat(released_micros) FROM plan_line"),
                        "3000000,1000000");
}

static void
xml_says_the_same(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour",
               "<?xml version=\"1.0\"?>\n"
               "<releaseStatuses xmlns=\"urn:purser:release-status:1\"><status>"
               "<partner>nordlicht</partner><orderNumber>A-1</orderNumber><status>short</status>"
               "<at>2026-11-23T09:00:00+01:00</at><shipOn>2026-11-25</shipOn>"
               "<lineNumber>1</lineNumber><quantity>0</quantity><reason>none left</reason>"
               "</status></releaseStatuses>\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(release(world), "short 08 782 none left");
}

static void
a_file_for_test_leaves_nothing(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world->partners[2].acceptance = ACCEPT_TEST_ONLY;
    world_come(world, "harbour", SAID SAYS("A-1", "packed", "08:00") ",,,,\n");
    assert_string_equal(release(world), "sent 06 - ");
    assert_int_equal(world_number(world, "SELECT count(*) FROM release_news"), 0);
    world->partners[2].acceptance = ACCEPT_ALL_OR_NOTHING;
    world_come(
        world, "harbour",
        SAID SAYS("A-1", "packed", "08:00") ",,,,\n" SAYS("A-2", "packed", "08:00") ",,,,\n");
    assert_string_equal(release(world), "sent 06 - ");
    assert_int_equal(world_number(world, "SELECT count(*) FROM release_news"), 0);
}

/* Nobody is asked about any order. */
static int
setup(void **state)
{
    world_setup(state);
    world_do(*state, "DELETE FROM approval_matrix");
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_release_goes_forward_stage_by_stage),
        TEST(the_same_comes_out_whatever_order_news_came_in),
        TEST(what_is_told_twice_is_known),
        TEST(what_cannot_be_is_told_and_changes_nothing),
        TEST(another_warehouse_tells_nothing_of_it),
        TEST(what_has_left_is_told_no_more),
        TEST(what_is_refused_goes_back_in_line),
        TEST(only_what_was_in_it_goes_back),
        TEST(what_another_release_has_of_the_line_stays),
        TEST(xml_says_the_same),
        TEST(a_file_for_test_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
