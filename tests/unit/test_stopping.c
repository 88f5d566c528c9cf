/* What is under way is asked back, over a real store: it waits for the answer, and is cancelled, or
 * goes on, by what is answered or happens. */
#include "desk_world.h"

#include "base/date.h"
#include "desk/stopping.h"
#include "store/store.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define SHIPPED "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define CANCEL  "cancellation_number,order_number,line_number,quantity\n"
#define ANSWER  "stop_number,status,line_number,quantity,cost,currency,reason\n"
#define TOLD    "partner,order_number,release,status,at,reason\n"
#define MADE    "production_number,status,at,quantity_done,cost\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.stop_answer_hours = 8;
    world->config.stop_reminders = 2;
    world_do(world, "DELETE FROM approval_matrix");
    return 0;
}

/* TEA-1 is made at the mill; nothing is in stock. */
static int
set_up_mill(void **state)
{
    set_up(state);
    struct world *world = *state;
    world->config.planning = (struct planning_policy){
        .is_on = true, .cut_off_ms = 24 * 3600000, .pick_days = 1, .transit_days = 3};
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_CSV;
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'LEAF', 'Leaf', '', 'raw', 'C62', 'std', 0, 4);"
             "INSERT INTO master_version VALUES (6, 'supply', 1, 1, 1, 0), (7, 'materials', 1, 1, "
             "1, 0), (8, 'plants', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('supply', 6), ('materials', 7), ('plants', 8);"
             "INSERT INTO supply VALUES (6, 'TEA-1', 'make', 'mill', 1, 1000000, 2);"
             "INSERT INTO material VALUES (7, 'TEA-1', 'LEAF', 2000000, 2);"
             "INSERT INTO plant VALUES (8, 'mill', 'harbour', 4000000, 2)");
    world_come(world, "harbour", "extent,sku,quantity,as_of\nfull,LEAF,40,2026-11-20T10:00:00Z\n");
    return 0;
}

static const char *
standings(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || iif(approval = 'approved',"
                             " fulfilment, approval), ', ') FROM (SELECT * FROM orders ORDER BY"
                             " number)");
}

/* "harbour 1 asked 1=4/-": of line 1 four are asked for, and how much was stopped. */
static const char *
notices(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT partner ||"
                             " ' ' || number || ' ' || state || coalesce(' ' ||"
                             " group_concat(ordinal || '=' || (quantity_micros / 1000000) || '/' ||"
                             " coalesce(stopped_micros / 1000000, '-'), ' '), '') AS t FROM"
                             " stop_notice s LEFT JOIN stop_notice_line l ON l.notice_id = s.id"
                             " GROUP BY s.id ORDER BY s.id)");
}

/* "1=2 1800": cancelled of line 1, net. */
static const char *
ledger(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(ordinal || '=' || (quantity_micros /"
                             " 1000000) || ' ' || net_minor, ', '), '') FROM order_cancelled");
}

/* The codes of the last file's findings. */
static const char *
findings(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code, ' '), '') FROM finding WHERE"
                             " interchange_id = (SELECT max(id) FROM interchange)");
}

static const char *
events(struct world *world)
{
    return world_text(world, "SELECT group_concat(event, ' ') FROM (SELECT event FROM order_event"
                             " WHERE event LIKE '%stop%' OR event LIKE '%cancel%' OR event LIKE"
                             " 'redirect%' OR event = 'closed' ORDER BY id)");
}

/* Ten are with the warehouse, and the customer wants four less. */
static void
ask_for_four(struct world *world)
{
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    assert_string_equal(standings(world), "A-1 released");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,4\n");
    assert_string_equal(findings(world), "CANCEL-ASKED-TO-STOP");
    assert_string_equal(notices(world), "harbour 1 asked 1=4/-");
    assert_string_equal(ledger(world), "");
}

static void
what_a_warehouse_stops_is_cancelled(void **state)
{
    struct world *world = *state;
    ask_for_four(world);
    world_verify(world);
    world_come(world, "nordlicht", CANCEL "X-2,A-1,1,7\n");
    assert_string_equal(findings(world), "CANCEL-STOP-WAITS");
    world_come(world, "harbour", ANSWER "1,stopped,,,12.50,EUR,unpacked\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(notices(world), "harbour 1 stopped 1=4/4");
    assert_string_equal(ledger(world), "1=4 3600");
    assert_string_equal(standings(world), "A-1 released");
    assert_string_equal(events(world), "stop-asked stopped part-cancelled");
    assert_int_equal(world_number(world, "SELECT cost_minor FROM cancellation WHERE number = 2"),
                     1250);
    struct fault why = {0};
    int64_t cost_minor = 0;
    must(stop_cost(world->run.store,
                   world_number(world, "SELECT id FROM cancellation WHERE number = 1"), &cost_minor,
                   &why));
    assert_int_equal(cost_minor, 1250);
    /* They may not leave any more; the rest is all. */
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,10,2026-11-24\n");
    assert_string_equal(findings(world), "SHIPMENT-TOO-MUCH");
    world_come(world, "harbour", SHIPPED "S-2,nordlicht,A-1,1,TEA-1,6,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
}

static void
an_order_that_is_stopped_wholly_is_cancelled(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "3") LINE("A-1", "2", "TEA-2", "1"));
    world_come(world, "nordlicht", CANCEL "X-1,A-1,,\n");
    assert_string_equal(notices(world), "harbour 1 asked 1=3/- 2=1/-");
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(standings(world), "A-1 cancelled");
    assert_string_equal(world_text(world, "SELECT state FROM warehouse_release"), "stopped");
    assert_int_equal(world_number(world, "SELECT sum(gross_minor) FROM customer_open"), 0);
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    assert_string_equal(findings(world), "SHIPMENT-NOT-RELEASED");
}

static void
what_is_too_late_goes_on(void **state)
{
    struct world *world = *state;
    ask_for_four(world);
    world_come(world, "harbour", ANSWER "1,too-late,,,,,on the truck\n");
    assert_string_equal(notices(world), "harbour 1 too-late 1=4/0");
    assert_string_equal(ledger(world), "");
    assert_string_equal(events(world), "stop-asked stop-too-late");
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message m JOIN order_event e"
                                         " ON e.id = m.event_id WHERE e.event = 'stop-too-late'"),
                     1);
    /* It may be asked again. */
    world_come(world, "nordlicht", CANCEL "X-2,A-1,1,10\n");
    assert_string_equal(notices(world), "harbour 1 too-late 1=4/0, harbour 2 asked 1=10/-");
}

static void
of_some_of_it_the_rest_goes_on(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "5"));
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,4\nX-1,A-1,2,4\n");
    world_come(world, "harbour", ANSWER "1,partly,1,3,1.00,,\n1,partly,3,1,,,\n");
    assert_string_equal(findings(world), "STOP-LINE");
    world_come(world, "harbour", ANSWER "1,partly,1,5,1.00,,\n");
    assert_string_equal(findings(world), "STOP-TOO-MUCH");
    world_come(world, "harbour", ANSWER "1,partly,1,3,1.00,,\n1,too-late,,,,,\n");
    assert_string_equal(findings(world), "STOP-TWICE");
    world_come(world, "harbour", ANSWER "1,done,,,,,\n");
    assert_string_equal(findings(world), "STOP-UNFIT");
    world_come(world, "harbour", ANSWER "1,stopped,,,7,USD,\n");
    assert_string_equal(findings(world), "STOP-CURRENCY");
    world_come(world, "harbour", ANSWER "9,stopped,,,,,\n");
    assert_string_equal(findings(world), "STOP-NOTICE-UNKNOWN");
    assert_string_equal(notices(world), "harbour 1 asked 1=4/- 2=4/-");
    world_come(world, "harbour", ANSWER "1,partly,1,3,1.00,,\n1,partly,2,1,0.50,,\n");
    assert_string_equal(notices(world), "harbour 1 partly 1=4/3 2=4/1");
    assert_string_equal(ledger(world), "1=3 2700, 2=1 2000");
    assert_int_equal(world_number(world, "SELECT cost_minor FROM stop_notice"), 150);
    world_come(world, "harbour", ANSWER "1,partly,2,1,0.50,,again\n1,partly,1,3,1.00,,again\n");
    assert_string_equal(findings(world), "STOP-CONFLICT STOP-CONFLICT");
    world_come(world, "harbour", ANSWER "1,too-late,,,,,\n");
    assert_string_equal(findings(world), "STOP-OTHERWISE");
}

static void
what_has_left_is_too_late(void **state)
{
    struct world *world = *state;
    ask_for_four(world);
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,6,2026-11-24\n");
    assert_string_equal(notices(world), "harbour 1 asked 1=4/-"); /* these were not meant */
    world_come(world, "harbour", SHIPPED "S-2,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    assert_string_equal(notices(world), "harbour 1 asked 1=4/-");
    assert_int_equal(world_number(world, "SELECT gone_micros FROM stop_notice_line"), 3000000);
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(notices(world), "harbour 1 partly 1=4/1");
    assert_string_equal(ledger(world), "1=1 900");
    assert_string_equal(standings(world), "A-1 shipped");
}

/* Of one run answers are looked at before shipments, whichever file came first. */
static void
in_one_run_the_answer_is_heard_first(void **state)
{
    struct world *world = *state;
    static const char left[] = SHIPPED "S-1,nordlicht,A-1,1,TEA-1,10,2026-11-24\n";
    ask_for_four(world);
    world_land(world, "harbour", "a.csv", left);
    world_land(world, "harbour", "b.csv", ANSWER "1,stopped,,,,,\n");
    world_work(world);
    assert_string_equal(notices(world), "harbour 1 stopped 1=4/4");
    assert_string_equal(
        world_text(world, "SELECT group_concat(code) FROM finding WHERE code LIKE 'SHIP%'"),
        "SHIPMENT-TOO-MUCH");
    world_come(world, "nordlicht", HEAD LINE("A-2", "1", "TEA-1", "10"));
    world_come(world, "nordlicht", CANCEL "X-2,A-2,1,4\n");
    world_land(world, "harbour", "c.csv", ANSWER "2,stopped,,,,,\n");
    world_land(world, "harbour", "d.csv", SHIPPED "S-2,nordlicht,A-2,1,TEA-1,10,2026-11-24\n");
    world_work(world);
    assert_string_equal(findings(world), "SHIPMENT-TOO-MUCH");
    assert_string_equal(standings(world), "A-1 released, A-2 released");
}

static void
an_answer_after_all_has_left_is_heard_no_more(void **state)
{
    struct world *world = *state;
    ask_for_four(world);
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,10,2026-11-24\n");
    assert_string_equal(notices(world), "harbour 1 too-late 1=4/0");
    assert_string_equal(standings(world), "A-1 shipped");
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(findings(world), "STOP-OTHERWISE");
    world_come(world, "harbour", ANSWER "1,too-late,,,,,\n");
    assert_string_equal(findings(world), "STOP-ANSWERED");
    assert_string_equal(ledger(world), "");
}

static void
a_release_that_is_refused_is_stopped(void **state)
{
    struct world *world = *state;
    ask_for_four(world);
    world_come(world, "harbour", TOLD "nordlicht,A-1,1,refused,2026-11-24T08:00:00Z,damp\n");
    assert_string_equal(notices(world), "harbour 1 stopped 1=4/4");
    assert_string_equal(ledger(world), "1=4 3600");
}

/* Eight are asked of the mill, which has begun. */
static void
begin_eight(struct world *world)
{
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "8"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    assert_string_equal(standings(world), "A-1 none");
}

static const char *
productions(struct world *world)
{
    return world_text(world, "SELECT group_concat(state || ' ' || (done_micros / 1000000) || '/' ||"
                             " (quantity_micros / 1000000)) FROM production");
}

static const char *
reserved(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(sku || ' ' || source || ' ' ||"
                             " (quantity_micros / 1000000), ', '), '') FROM (SELECT * FROM"
                             " allocation ORDER BY sku, source)");
}

static void
what_a_plant_stops_is_cancelled_at_its_cost(void **state)
{
    struct world *world = *state;
    begin_eight(world);
    world_come(world, "nordlicht", CANCEL "X-1,A-1,,\n");
    assert_string_equal(notices(world), "mill 1 asked 1=8/-");
    assert_string_equal(reserved(world), "LEAF stock 16, TEA-1 make 8");
    world_come(world, "mill", ANSWER "1,stopped,,,31.00,EUR,\n");
    assert_string_equal(standings(world), "A-1 cancelled");
    assert_string_equal(productions(world), "stopped 0/8");
    assert_string_equal(reserved(world), "");
    assert_int_equal(world_number(world, "SELECT cost_minor FROM cancellation WHERE is_whole"),
                     3100);
}

static void
a_plant_stops_some_of_it(void **state)
{
    struct world *world = *state;
    begin_eight(world);
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,6\n");
    world_come(world, "mill", ANSWER "1,partly,1,5,9.00,,\n");
    assert_string_equal(notices(world), "mill 1 partly 1=6/5");
    assert_string_equal(productions(world), "started 0/3");
    assert_string_equal(reserved(world), "LEAF stock 6, TEA-1 make 3");
    assert_string_equal(ledger(world), "1=5 4500");
    world_come(world, "mill", MADE "1,done,2026-11-24T09:00:00Z,3,\n");
    assert_string_equal(standings(world), "A-1 released");
    assert_string_equal(productions(world), "done 3/3");
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
}

static void
what_a_plant_has_finished_is_too_late(void **state)
{
    struct world *world = *state;
    begin_eight(world);
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,6\n");
    world_come(world, "mill", MADE "1,done,2026-11-24T09:00:00Z,8,\n");
    assert_string_equal(notices(world), "mill 1 too-late 1=6/0");
    assert_string_equal(ledger(world), "");
    assert_string_equal(standings(world), "A-1 released");
}

static void
a_production_that_ends_is_stopped(void **state)
{
    struct world *world = *state;
    begin_eight(world);
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,6\n");
    world_come(world, "mill", MADE "1,stopped,2026-11-24T09:00:00Z,,5.00\n");
    assert_string_equal(notices(world), "mill 1 stopped 1=6/6");
    assert_string_equal(ledger(world), "1=6 5400");
    assert_int_equal(world_number(world, "SELECT cost_minor FROM stop_notice"), 500);
}

/* Two of ten are in stock already, and free: they are cancelled at once. */
static void
what_is_free_is_cancelled_at_once(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE customer SET delivery = 'complete' WHERE code = 'C100'");
    world_come(world, "harbour",
               "extent,sku,quantity,as_of\nfull,TEA-1,2,2026-11-21T10:00:00Z\n"
               "full,LEAF,40,2026-11-21T10:00:00Z\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    assert_string_equal(productions(world), "started 0/8");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,5\n");
    assert_string_equal(ledger(world), "1=2 1800");
    assert_string_equal(notices(world), "mill 1 asked 1=3/-");
    assert_string_equal(reserved(world), "LEAF stock 16, TEA-1 make 8");
    world_come(world, "mill", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(ledger(world), "1=5 4500");
    assert_string_equal(productions(world), "started 0/5");
    assert_string_equal(reserved(world), "LEAF stock 10, TEA-1 make 5");
}

static void
work_at(struct world *world, int64_t hours)
{
    world->run.as_of_ms = WORLD_AS_OF + hours * 3600000;
    world_work(world);
}

static const char *
reminders(struct world *world)
{
    return world_text(world, "SELECT group_concat(reminder) FROM outbox_message WHERE kind ="
                             " 'stop-notice'");
}

/* Eight working hours, 9 to 18, Tuesday 2026-11-24 06:00 on: 17:00; Wednesday 16:00; overdue from
 * Thursday 15:00 on. */
static void
who_does_not_answer_is_reminded(void **state)
{
    struct world *world = *state;
    const int64_t midnight = (WORLD_AS_OF % 86400000) / 3600000;
    ask_for_four(world);
    assert_string_equal(reminders(world), "0");
    work_at(world, 16 - midnight);
    assert_string_equal(reminders(world), "0");
    work_at(world, 18 - midnight);
    assert_string_equal(reminders(world), "0,1");
    work_at(world, 18 - midnight);
    assert_string_equal(reminders(world), "0,1");
    work_at(world, 48 + 9 - midnight);
    assert_string_equal(reminders(world), "0,1,2");
    work_at(world, 240);
    assert_string_equal(reminders(world), "0,1,2");
    assert_int_equal(world_number(world, "SELECT next_ms IS NULL FROM stop_notice"), 1);
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(notices(world), "harbour 1 stopped 1=4/4");
}

static void
goods_are_sent_elsewhere(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    static const char address[] = "{\"name\":\"Anna Berg\",\"city\":\"Potsdam\"}";
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    struct order_standing standing;
    must(order_find(world->run.store, "nordlicht", "A-1", &standing, &why));
    const struct subject subject = flow_subject(&standing, "nordlicht");
    OWNED(store_tx) tx = {0};
    must(store_begin(world->run.store, &tx, &why));
    must(stopping_redirect(&world->run, &subject, 0, address, &why));
    must(store_commit(&tx, &why));
    assert_string_equal(notices(world), "harbour 1 asked");
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,10,2026-11-24\n");
    assert_string_equal(notices(world), "harbour 1 asked");
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(findings(world), "STOP-UNFIT");
    world_come(world, "harbour", ANSWER "1,done,,,,,\n");
    assert_string_equal(notices(world), "harbour 1 done");
    assert_string_equal(events(world), "redirect-asked redirected");
    world_come(world, "harbour", ANSWER "1,refused,,,,,\n");
    assert_string_equal(findings(world), "STOP-OTHERWISE");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
#define MILL(name) cmocka_unit_test_setup_teardown(name, set_up_mill, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_a_warehouse_stops_is_cancelled),
        TEST(an_order_that_is_stopped_wholly_is_cancelled),
        TEST(what_is_too_late_goes_on),
        TEST(of_some_of_it_the_rest_goes_on),
        TEST(what_has_left_is_too_late),
        TEST(in_one_run_the_answer_is_heard_first),
        TEST(an_answer_after_all_has_left_is_heard_no_more),
        TEST(a_release_that_is_refused_is_stopped),
        TEST(who_does_not_answer_is_reminded),
        TEST(goods_are_sent_elsewhere),
        MILL(what_a_plant_stops_is_cancelled_at_its_cost),
        MILL(a_plant_stops_some_of_it),
        MILL(what_a_plant_has_finished_is_too_late),
        MILL(a_production_that_ends_is_stopped),
        MILL(what_is_free_is_cancelled_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
