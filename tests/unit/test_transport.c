/* Transport events over a real store: parcels, their events, and orders that arrive. */
#include "desk_world.h"

#include "base/buf.h"

#define ORDER_HEAD                                                                                 \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ORDER(number) number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,4,C62\n"
#define SHIPPED_HEAD                                                                               \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,tracking\n"
#define SHIPPED(number, order, quantity, carrier, tracking)                                        \
    number ",nordlicht," order ",1,TEA-1," quantity ",2026-11-21T08:00:00Z," carrier "," tracking  \
           "\n"
#define EVENTS_HEAD                     "tracking,event_id,code,happened_at,place,signed_by,proof\n"
#define EVENT(tracking, id, code, time) tracking "," id "," code "," time ",Berlin,,\n"
#define CODES                                                                                      \
    "carrier,code,state,label_en,cause,is_final\n"                                                 \
    "ups,M,info-received,Label made,,\n"                                                           \
    "ups,I,in-transit,On its way,,\n"                                                              \
    ",I,exception,Something else,weather,\n"                                                       \
    "ups,D,delivered,Delivered,,yes\n"                                                             \
    ",R,exception,Went back,refused,yes\n"

static int
setup(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world->partners[0].id = "ups";
    world->partners[0].name = "United Parcels";
    world->partners[0].roles = ROLE_CARRIER;
    world->partners[5].id = "dhl";
    world->partners[5].name = "";
    world->partners[5].roles = ROLE_CARRIER;
    world_come(world, "ledger", CODES);
    return 0;
}

/* Two parcels of one order left. */
static void
ship_two(struct world *world)
{
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1"));
    world_come(world, "harbour",
               SHIPPED_HEAD SHIPPED("S-1", "A-1", "1", "UPS", "1Z1")
                   SHIPPED("S-2", "A-1", "3", "united parcels", "1Z2"));
}

static void
later(struct world *world)
{
    world->run.as_of_ms += 3600000;
}

static const char *
order(struct world *world)
{
    return world_text(world, "SELECT group_concat(fulfilment, ' ') FROM (SELECT fulfilment FROM "
                             "orders ORDER BY number)");
}

static const char *
parcels(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(tracking || ' ' || state, ', ') FROM (SELECT p.* FROM "
                      "parcel p JOIN shipment s ON s.id = p.shipment_id ORDER BY s.number)");
}

static const char *
verdicts(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(verdict, ' ') FROM (SELECT verdict FROM transport_event "
                      "ORDER BY tracking, happened_ms, identity)");
}

static const char *
findings(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code || ' ' || value, ', '), '') FROM "
                             "(SELECT code, value FROM finding WHERE interchange_id = (SELECT "
                             "max(id) FROM interchange) ORDER BY ordinal)");
}

static int64_t
told(struct world *world)
{
    return world_number(world, "SELECT count(*) FROM outbox_message WHERE kind = 'order-status'");
}

static void
an_order_arrives_parcel_by_parcel(void **state)
{
    struct world *world = *state;
    ship_two(world);
    assert_string_equal(order(world), "shipped");
    assert_string_equal(parcels(world), "1Z1 pending, 1Z2 pending");
    const int64_t before = told(world);
    world_come(world, "ups",
               EVENTS_HEAD EVENT("1Z2", "e1", "I", "2026-11-22T08:00:00Z")
                   EVENT("1Z2", "e2", "D", "2026-11-23T08:00:00Z"));
    assert_string_equal(order(world), "partly-delivered");
    assert_string_equal(parcels(world), "1Z1 pending, 1Z2 delivered");
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e3", "I", "2026-11-22T09:00:00Z"));
    assert_int_equal(told(world), before + 1);
    world_come(world, "ups", EVENTS_HEAD "1Z1,e4,D,2026-11-22T10:00:00Z,Berlin,Anna,P-1\n");
    assert_string_equal(order(world), "delivered");
    assert_int_equal(told(world), before + 2);
    assert_string_equal(world_text(world, "SELECT signed_by || ' ' || proof FROM parcel WHERE "
                                          "tracking = '1Z1'"),
                        "Anna P-1");
    /* The order arrived when the last of its parcels did, not when the last news came. */
    assert_string_equal(world_text(world, "SELECT group_concat(strftime('%d', happened_ms / 1000, "
                                          "'unixepoch')) FROM order_event WHERE event IN "
                                          "('delivered', 'partly-delivered')"),
                        "23,23");
    assert_int_equal(world->run.counts.orders_delivered, 1);
}

static void
a_part_that_arrives_leaves_an_order_partly_shipped(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED_HEAD SHIPPED("S-1", "A-1", "1", "ups", "1Z1"));
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e1", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(order(world), "partly");
    assert_string_equal(parcels(world), "1Z1 delivered");
    world_come(world, "harbour", SHIPPED_HEAD SHIPPED("S-2", "A-1", "3", "ups", "1Z2"));
    assert_string_equal(order(world), "partly-delivered");
}

static void
events_may_come_before_the_shipment(void **state)
{
    struct world *world = *state;
    world_come(world, "ups",
               EVENTS_HEAD EVENT("1Z1", "e1", "D", "2026-11-23T08:00:00Z")
                   EVENT("1Z2", "e2", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(verdicts(world), "unmatched unmatched");
    assert_string_equal(findings(world), "");
    ship_two(world);
    assert_string_equal(order(world), "delivered");
    assert_string_equal(verdicts(world), "applied applied");
    assert_string_equal(
        world_text(world, "SELECT group_concat(event, ' ') FROM order_event WHERE id > 2"),
        "released partly-shipped shipped delivered");
}

static void
several_orders_in_one_parcel_arrive_together(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1") ORDER("A-2"));
    world_come(world, "harbour",
               SHIPPED_HEAD SHIPPED("S-1", "A-1", "4", "ups", "1Z1")
                   SHIPPED("S-2", "A-2", "4", "ups", "1Z1"));
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e1", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(parcels(world), "1Z1 delivered, 1Z1 delivered");
    assert_string_equal(order(world), "delivered delivered");
}

static void
the_same_number_of_another_carrier_is_another_parcel(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "dhl", EVENTS_HEAD EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z"));
    assert_string_equal(parcels(world), "1Z1 pending, 1Z2 pending");
    assert_string_equal(verdicts(world), "unmatched");
    /* And its code means what the row of all carriers says. */
    assert_string_equal(world_text(world, "SELECT state || cause FROM transport_event"),
                        "exceptionweather");
}

static void
an_event_counts_once(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "ups",
               EVENTS_HEAD EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z")
                   EVENT("1Z1", "", "I", "2026-11-22T09:00:00Z"));
    later(world);
    world_come(world, "ups",
               EVENTS_HEAD EVENT("1Z1", "", "I", "2026-11-22T09:00:00Z")
                   EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z")
                       EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z"));
    assert_string_equal(findings(world), "TRANSPORT-KNOWN 3");
    assert_string_equal(verdicts(world), "applied applied");
    assert_string_equal(world_text(world, "SELECT state || documents_taken FROM interchange ORDER "
                                          "BY id DESC LIMIT 1"),
                        "taken3");
    /* The number of an event for something else. */
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e1", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(findings(world), "TRANSPORT-CONFLICT e1");
    assert_string_equal(parcels(world), "1Z1 in-transit, 1Z2 pending");
}

static void
late_and_contradictory_news_move_nothing(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e3", "D", "2026-11-23T08:00:00Z"));
    later(world);
    world_come(world, "ups",
               EVENTS_HEAD EVENT("1Z1", "e4", "I", "2026-11-23T09:00:00Z")
                   EVENT("1Z1", "e2", "I", "2026-11-22T09:00:00Z"));
    assert_string_equal(findings(world), "TRANSPORT-CONTRADICTS 1Z1");
    assert_string_equal(verdicts(world), "late applied contradictory");
    assert_string_equal(parcels(world), "1Z1 delivered, 1Z2 pending");
    assert_string_equal(world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
                        "taken");
}

static void
codes_that_nobody_knows_wait_for_their_list(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "ups",
               EVENTS_HEAD EVENT("1Z1", "e1", "Q", "2026-11-22T08:00:00Z")
                   EVENT("1Z2", "e2", "Q", "2026-11-22T08:00:00Z")
                       EVENT("1Z2", "e3", "X9", "2026-11-22T09:00:00Z"));
    assert_string_equal(findings(world), "TRANSPORT-CODE-UNKNOWN Q, TRANSPORT-CODE-UNKNOWN X9");
    assert_string_equal(verdicts(world), "unknown-code unknown-code unknown-code");
    assert_string_equal(parcels(world), "1Z1 pending, 1Z2 pending");
    later(world);
    world_come(world, "ledger", CODES "ups,Q,delivered,Handed over,,yes\n");
    assert_string_equal(order(world), "delivered");
    assert_string_equal(verdicts(world), "applied applied unknown-code");
    /* What was named stays as it was named. */
    world_come(world, "ledger", CODES "ups,Q,exception,Lost,carrier,yes\n");
    assert_string_equal(parcels(world), "1Z1 delivered, 1Z2 delivered");
}

static void
a_carrier_may_be_configured_after_its_shipments(void **state)
{
    struct world *world = *state;
    world->partners[0].roles = ROLE_CUSTOMER;
    ship_two(world);
    assert_string_equal(parcels(world), "");
    world->partners[0].roles = ROLE_CARRIER;
    world_come(world, "dhl", EVENTS_HEAD EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z"));
    assert_string_equal(parcels(world), ""); /* that one is not its own */
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z2", "e1", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(parcels(world), "1Z2 delivered");
    assert_string_equal(order(world), "partly-delivered"); /* nobody tells of the other */
}

static void
without_a_carrier_or_a_number_there_is_no_parcel(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1"));
    world_come(world, "harbour",
               SHIPPED_HEAD SHIPPED("S-1", "A-1", "1", "our own van", "V-1")
                   SHIPPED("S-2", "A-1", "3", "ups", ""));
    assert_string_equal(order(world), "shipped");
    assert_int_equal(world_number(world, "SELECT count(*) FROM parcel"), 0);
}

static void
nobody_else_may_tell(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "harbour", EVENTS_HEAD EVENT("1Z1", "e1", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(findings(world), "FILE-ROLE transport-event");
    assert_int_equal(world_number(world, "SELECT count(*) FROM transport_event"), 0);
}

static void
a_test_leaves_nothing(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world->partners[0].acceptance = ACCEPT_TEST_ONLY;
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e1", "D", "2026-11-22T08:00:00Z"));
    assert_string_equal(parcels(world), "1Z1 pending, 1Z2 pending");
    assert_int_equal(world_number(world, "SELECT count(*) FROM transport_event"), 0);
}

static void
too_many_events_of_one_parcel_are_refused(void **state)
{
    struct world *world = *state;
    enum { EVENTS = 2003, LINE = 80 };
    OWNED(buf) bytes;
    buf_init(&bytes, (size_t)EVENTS * LINE);
    buf_text(&bytes, EVENTS_HEAD);
    for (int index = 0; index < EVENTS; index++) {
        buf_format(&bytes, "1Z1,n%04d,I,2026-11-22T08:00:00Z,Berlin,,\n", index);
    }
    buf_char(&bytes, '\0');
    world_come(world, "ups", bytes.bytes);
    assert_int_equal(world_number(world, "SELECT count(*) FROM transport_event"), 2000);
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM finding WHERE code = 'TRANSPORT-MANY'"), 3);
}

static void
what_a_carrier_said_is_never_altered(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z"));
    assert_int_not_equal(
        sqlite3_exec(world->look, "UPDATE transport_event SET code = 'D'", NULL, NULL, NULL),
        SQLITE_OK);
}

#define XML(event)                                                                                 \
    "<transportEvents xmlns=\"urn:purser:transport-event:1\">\n<event>" event                      \
    "</event>\n</transportEvents>\n"
#define TRACKED "<trackingNumber>1Z1</trackingNumber>"
#define WHEN    "<happenedAt>2026-11-22T08:00:00Z</happenedAt>"

static void
xml_is_judged_as_csv_is(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "ups",
               XML(TRACKED "<code>D</code>" WHEN "<latitude>91</latitude>"
                           "<longitude>1</longitude>"));
    assert_string_equal(findings(world), "FLD-NUMBER-RANGE 91");
    world_come(world, "ups", XML(TRACKED "<code>D</code>" WHEN "<longitude>1</longitude>"));
    assert_string_equal(findings(world), "TRN-COORDINATES ");
    world_come(world, "ups",
               XML(TRACKED "<code>D</code>" WHEN "<etaFrom>2026-11-26</etaFrom>"
                           "<etaTo>2026-11-25T10:00:00+08:00</etaTo>"));
    assert_string_equal(findings(world), "TRN-ETA 2026-11-25");
    world_come(world, "ups", XML(TRACKED WHEN));
    assert_string_equal(findings(world), "FLD-REQUIRED ");
    assert_int_equal(world_number(world, "SELECT count(*) FROM transport_event"), 0);
    world_come(world, "ups",
               XML(TRACKED "<code>D</code>" WHEN "<latitude>-31.2304165</latitude>"
                           "<longitude>121.473701</longitude><etaFrom>2026-11-26</etaFrom>"));
    assert_string_equal(findings(world), "");
    assert_string_equal(parcels(world), "1Z1 delivered, 1Z2 pending");
    assert_string_equal(world_text(world, "SELECT latitude_micros || ' ' || longitude_micros || "
                                          "' ' || eta_from_ms FROM transport_event"),
                        "-31230417 121473701 1795651200000");
}

static void
a_coordinate_that_is_wrong_is_told_once(void **state)
{
    struct world *world = *state;
    world_come(world, "ups",
               "tracking,code,happened_at,latitude,longitude\n"
               "1Z1,D,2026-11-22T08:00:00Z,north,1\n"
               "1Z1,D,2026-11-22T08:00:00Z,,181\n"
               "1Z1,D,2026-11-22T08:00:00Z,1,\n");
    assert_string_equal(findings(world), "FLD-NUMBER north, FLD-NUMBER-RANGE 181, TRN-COORDINATES "
                                         "");
}

/* How many findings of this code the invariants give. */
static int
wrong(struct world *world, enum message code)
{
    struct fault why = {0};
    OWNED(verify_report) report;
    int count = 0;
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    for (size_t index = 0; index < report.count; index++) {
        count += report.items[index].code == code;
    }
    return count;
}

static void
verify_sees_parcels_and_orders_that_do_not_follow(void **state)
{
    struct world *world = *state;
    ship_two(world);
    world_come(world, "ups", EVENTS_HEAD EVENT("1Z1", "e1", "I", "2026-11-22T08:00:00Z"));
    world_verify(world);
    world_do(world, "UPDATE parcel SET state = 'exception' WHERE tracking = '1Z1'");
    assert_int_equal(wrong(world, M_VERIFY_PARCEL_STATE), 1);
    world_do(world, "UPDATE parcel SET state = 'in-transit', delivered_ms = 1 WHERE tracking = "
                    "'1Z1'");
    assert_int_equal(wrong(world, M_VERIFY_PARCEL_STATE), 1);
    assert_int_equal(wrong(world, M_VERIFY_ARRIVED), 1);
    world_do(world, "UPDATE parcel SET delivered_ms = NULL WHERE tracking = '1Z1'");
    world_do(world, "UPDATE transport_event SET verdict = 'late'");
    assert_int_equal(wrong(world, M_VERIFY_PARCEL_STATE), 1);
    world_do(world, "UPDATE transport_event SET verdict = 'unmatched'");
    assert_int_equal(wrong(world, M_VERIFY_TRANSPORT_EVENTS), 1);
    world_do(world, "UPDATE transport_event SET verdict = 'applied'");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(an_order_arrives_parcel_by_parcel),
        ABOUT(a_part_that_arrives_leaves_an_order_partly_shipped),
        ABOUT(events_may_come_before_the_shipment),
        ABOUT(several_orders_in_one_parcel_arrive_together),
        ABOUT(the_same_number_of_another_carrier_is_another_parcel),
        ABOUT(an_event_counts_once),
        ABOUT(late_and_contradictory_news_move_nothing),
        ABOUT(codes_that_nobody_knows_wait_for_their_list),
        ABOUT(a_carrier_may_be_configured_after_its_shipments),
        ABOUT(without_a_carrier_or_a_number_there_is_no_parcel),
        ABOUT(nobody_else_may_tell),
        ABOUT(a_test_leaves_nothing),
        ABOUT(too_many_events_of_one_parcel_are_refused),
        ABOUT(what_a_carrier_said_is_never_altered),
        ABOUT(xml_is_judged_as_csv_is),
        ABOUT(a_coordinate_that_is_wrong_is_told_once),
        ABOUT(verify_sees_parcels_and_orders_that_do_not_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
