/* Orders beyond what their customers may owe: what counts, what waits, and what lets it go. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define FIVE(number)                                                                               \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,5,C62\n" /* 53.55 EUR */
#define TWENTY(number)                                                                             \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,20,C62\n" /* asks */
#define LIMITS "customer,currency,limit,unpaid,overdue,overdue_max,terms\n"
#define OTHERS "C1,EUR,1\nC2,EUR,1\nC3,EUR,1\nC4,EUR,1\nC5,EUR,1\n"

/* "A-1 released, A-2 none" */
static const char *
standings(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(number || ' ' || iif(approval = 'approved',"
                      " fulfilment, approval), ', ') FROM (SELECT * FROM orders ORDER BY number)");
}

static const char *
holds(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(t, ', ') FROM (SELECT number || ' ' || reason ||"
                      " ' ' || coalesce(how || ' ' || end_reason, 'open') AS t FROM order_hold"
                      " h JOIN orders o ON o.id = h.order_id ORDER BY h.id)");
}

static const char *
open_orders(struct world *world)
{
    return world_text(world, "SELECT group_concat(customer || ' ' || currency || ' ' || orders ||"
                             " ' ' || gross_minor, ', ') FROM customer_open WHERE orders <> 0");
}

static void
run_again(struct world *world)
{
    struct fault why = {0};
    must(desk_work(&world->run, &why));
}

static void
resume(struct world *world, const char *number)
{
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", number, ORDER_HOLD_CREDIT, "we know them",
                                       "user:anna"};
    must(desk_resume(&world->run, &ending, &ended, &why));
}

static void
ship(struct world *world, const char *number)
{
    char text[256];
    snprintf(
        text, sizeof text,
        "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,tracking\n"
        "S-%s,nordlicht,%s,1,TEA-1,5,2026-11-23T06:00:00+08:00,DHL,1\n",
        number, number);
    world_come(world, "harbour", text);
}

static void
the_limit_itself_is_within(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,107.10,,,,\n");
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    world_come(world, "nordlicht", HEAD FIVE("A-2"));
    assert_string_equal(standings(world), "A-1 released, A-2 released");
    assert_string_equal(open_orders(world), "C100 EUR 2 10710");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_hold"), 0);
}

static void
a_cent_more_is_held_and_the_customer_is_not_told(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,107.10,0.01,,,\n");
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    world_come(world, "nordlicht", HEAD FIVE("A-2"));
    assert_string_equal(standings(world), "A-1 released, A-2 none");
    assert_string_equal(holds(world), "A-2 above-limit open");
    assert_string_equal(open_orders(world), "C100 EUR 1 5355"); /* what is held uses nothing */
    assert_string_equal(
        world_text(world, "SELECT group_concat(event, ' ') FROM order_event e JOIN orders o"
                          " ON o.id = e.order_id WHERE number = 'A-2'"),
        "received hold-placed approved");
    assert_string_equal(
        world_text(world, "SELECT group_concat(kind, ' ') FROM outbox_message m JOIN orders o"
                          " ON o.id = m.order_id WHERE o.number = 'A-2'"),
        "order-response");
    assert_string_equal(world_text(world,
                                   "SELECT json_extract(trace, '$.unpaid', '$.open_total',"
                                   " '$.order.amount', '$.exposure', '$.limit') FROM order_hold"),
                        "[\"0.01\",\"53.55\",\"53.55\",\"107.11\",\"107.10\"]");
    assert_int_equal(world->run.counts.orders_held, 1);
    run_again(world);
    assert_string_equal(standings(world), "A-1 released, A-2 none");
}

static void
what_is_shipped_makes_room(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,100,,,,\n");
    world_come(world, "nordlicht", HEAD FIVE("A-1") FIVE("A-2"));
    assert_string_equal(standings(world), "A-1 released, A-2 none");
    ship(world, "A-1");
    assert_string_equal(standings(world), "A-1 shipped, A-2 released");
    assert_string_equal(holds(world), "A-2 above-limit cleared within-limit");
    assert_string_equal(open_orders(world), "C100 EUR 1 5355");
    assert_non_null(
        strstr(world_text(world, "SELECT detail FROM order_event WHERE event = 'hold-ended'"),
               "{\"hold\":\"credit\",\"how\":\"cleared\",\"reason\":\"within-limit\",\"trace\":{"
               "\"rule\":"));
}

/* Whatever stands where in the file: of one moment the least number goes first. */
static void
room_goes_to_who_came_first(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,50,,,,\n" OTHERS);
    world_come(world, "nordlicht", HEAD FIVE("B-3") FIVE("B-2"));
    world->run.as_of_ms += 1000;
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    assert_string_equal(standings(world), "A-1 none, B-2 none, B-3 none");
    world_come(world, "ledger", LIMITS "C100,EUR,60,,,,\n" OTHERS);
    assert_string_equal(standings(world), "A-1 none, B-2 released, B-3 none");
    world_come(world, "ledger", LIMITS "C100,EUR,110,,,,\n" OTHERS);
    assert_string_equal(standings(world), "A-1 none, B-2 released, B-3 released");
    world_come(world, "ledger", LIMITS OTHERS);
    assert_string_equal(standings(world), "A-1 released, B-2 released, B-3 released");
    assert_string_equal(holds(world), "B-3 above-limit cleared within-limit, "
                                      "B-2 above-limit cleared within-limit, "
                                      "A-1 above-limit cleared no-limit");
}

static void
an_order_that_waits_for_approval_counts(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "ledger", LIMITS "C100,EUR,230,,,,\n");
    world_come(world, "nordlicht", HEAD TWENTY("A-1"));
    world_come(world, "nordlicht", HEAD FIVE("A-2"));
    assert_string_equal(standings(world), "A-1 waiting, A-2 none");
    must(world_decide(world, "A-1", false, "user:linwei", "no", &why));
    assert_string_equal(standings(world), "A-1 refused, A-2 none");
    run_again(world);
    assert_string_equal(standings(world), "A-1 refused, A-2 released");
}

static void
one_that_waits_may_be_held_too(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "ledger", LIMITS "C100,EUR,200,,,,\n");
    world_come(world, "nordlicht", HEAD TWENTY("A-1"));
    assert_string_equal(standings(world), "A-1 waiting");
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    assert_string_equal(standings(world), "A-1 none");
    assert_string_equal(open_orders(world), ""); /* no row */
    world_verify(world);
    resume(world, "A-1");
    assert_string_equal(standings(world), "A-1 released");
    assert_string_equal(open_orders(world), "C100 EUR 1 21420");
}

static void
what_a_person_let_go_stays_so(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {9500000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_come(world, "ledger", LIMITS "C100,EUR,200,,,,\n");
    world_come(world, "nordlicht", HEAD TWENTY("A-1"));
    resume(world, "A-1");
    assert_string_equal(open_orders(world), "C100 EUR 1 21420");
    run_again(world);
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(standings(world), "A-1 waiting");
    assert_string_equal(holds(world), "A-1 above-limit resumed we know them");
    assert_string_equal(open_orders(world), "C100 EUR 1 22610");
}

static void
another_price_is_looked_at_anew(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    struct price_setting setting = {.partner = "nordlicht",
                                    .order_number = "A-1",
                                    .line = "1",
                                    .manual = {9500000, AMOUNT_NONE, "as agreed", "anna", true},
                                    .actor = "user:anna"};
    world_come(world, "ledger", LIMITS "C100,EUR,200,,,,\n");
    world_come(world, "nordlicht", HEAD TWENTY("A-1"));
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(holds(world), "A-1 above-limit repriced , A-1 above-limit open");
    setting.manual.price_micros = 8000000; /* 190.40 EUR */
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(open_orders(world), "C100 EUR 1 19040");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_hold WHERE how IS NULL"), 0);
    setting.manual.price_micros = 10000000;
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(open_orders(world), "");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_hold WHERE how IS NULL"), 1);
}

static void
prepaid_and_unlisted_customers_pass(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,0,500,500,0,prepaid\n");
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    assert_string_equal(standings(world), "A-1 released");
    world_come(world, "ledger", LIMITS "C200,EUR,0,500,500,0,\n");
    world_come(world, "nordlicht", HEAD FIVE("A-2"));
    assert_string_equal(standings(world), "A-1 released, A-2 released");
}

static void
too_much_overdue_is_held(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,9999,500,100.01,100,\n");
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    assert_string_equal(holds(world), "A-1 overdue open");
    world_come(world, "ledger", LIMITS "C100,EUR,9999,500,100.00,100,account\n");
    assert_string_equal(standings(world), "A-1 released");
}

static void
without_a_rate_it_waits_for_one(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,USD,60,,,,\n");
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    assert_string_equal(holds(world), "A-1 no-rate open");
    world_come(world, "ledger", "from,to,date,rate\nEUR,USD,2026-11-23,1.2\n");
    assert_string_equal(holds(world), "A-1 above-limit open"); /* 64.26 USD */
    assert_string_equal(
        world_text(world, "SELECT json_extract(trace, '$.exposure') FROM order_hold"), "64.26");
    world_come(world, "ledger", "from,to,date,rate\nEUR,USD,2026-11-24,1.1204\n");
    assert_string_equal(standings(world), "A-1 released"); /* 59.997 USD */
}

static void
what_is_undone_is_not_counted(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,60,,,,\n");
    world->partners[1].acceptance = ACCEPT_ALL_OR_NOTHING;
    world_come(world, "nordlicht",
               HEAD FIVE("A-1") FIVE("A-2") "A-3,2026-11-20,EUR,C999,Anna "
                                            "Berg,DE,Berlin,10115,Weg 1,1,TEA-1,5,C62\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_hold"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM customer_open"), 0);
    world->partners[1].acceptance = ACCEPT_TEST_ONLY;
    world_come(world, "nordlicht", HEAD FIVE("A-4") FIVE("A-5"));
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_hold"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM customer_open"), 0);
}

static void
more_than_a_batch_is_looked_at_in_order(void **state)
{
    struct world *world = *state;
    char text[64 * 1024] = HEAD;
    size_t size = strlen(text);
    for (int number = 600; number > 0; number--) {
        size += (size_t)snprintf(text + size, sizeof text - size, FIVE("N-%03d"), number);
    }
    world_come(world, "ledger", LIMITS "C100,EUR,0,,,,\n");
    world_come(world, "nordlicht", text);
    assert_int_equal(world->run.counts.orders_held, 600);
    world_come(world, "ledger", LIMITS "C100,EUR,16065,,,,\n"); /* 300 of them */
    assert_int_equal(world->run.counts.holds_ended, 300);
    assert_string_equal(
        world_text(world, "SELECT max(number) FROM orders WHERE fulfilment = 'released'"), "N-300");
}

/* Whether it was looked at shows in what it tells. */
static void
what_has_not_changed_is_not_looked_at_again(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", LIMITS "C100,EUR,60,,,,\n" OTHERS);
    world_come(world, "nordlicht", HEAD FIVE("A-1") FIVE("A-2"));
    run_again(world);
    world_do(world, "UPDATE order_hold SET reason = 'touched', trace = ''");
    run_again(world);
    assert_string_equal(holds(world), "A-2 touched open");
    world_come(world, "nordlicht", HEAD FIVE("A-3")); /* is held too, and nothing else is new */
    assert_string_equal(holds(world), "A-2 above-limit open, A-3 above-limit open");
    run_again(world);
    world_do(world, "UPDATE order_hold SET reason = 'touched', trace = ''");
    run_again(world);
    assert_string_equal(holds(world), "A-2 touched open, A-3 touched open");
    world->run.as_of_ms += DAY_MS; /* rates of another day */
    run_again(world);
    assert_string_equal(holds(world), "A-2 above-limit open, A-3 above-limit open");
    world_do(world, "UPDATE order_hold SET reason = 'touched', trace = ''");
    world_come(world, "ledger", LIMITS "C100,EUR,61,,,,\n" OTHERS);
    assert_string_equal(holds(world), "A-2 above-limit open, A-3 above-limit open");
    world_do(world, "UPDATE order_hold SET reason = 'touched', trace = ''");
    world_come(world, "ledger", "from,to,date,rate\nEUR,USD,2026-11-23,1.2\n");
    assert_string_equal(holds(world), "A-2 above-limit open, A-3 above-limit open");
    ship(world, "A-1");
    assert_string_equal(standings(world), "A-1 shipped, A-2 released, A-3 none");
}

static void
verify_sees_a_wrong_sum(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(verify_report) report;
    world_come(world, "nordlicht", HEAD FIVE("A-1"));
    world_do(world, "UPDATE customer_open SET gross_minor = gross_minor + 1");
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    assert_int_equal(report.total, 1);
    assert_string_equal(message_entry(report.items[0].code)->id, "VERIFY-CREDIT-TOTALS");
    world_do(world, "UPDATE customer_open SET gross_minor = gross_minor - 1");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

/* Each order is asked about by itself. */
static int
set_up(void **state)
{
    world_setup(state);
    world_do(*state, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(the_limit_itself_is_within),
        ABOUT(a_cent_more_is_held_and_the_customer_is_not_told),
        ABOUT(what_is_shipped_makes_room),
        ABOUT(room_goes_to_who_came_first),
        ABOUT(an_order_that_waits_for_approval_counts),
        ABOUT(one_that_waits_may_be_held_too),
        ABOUT(what_a_person_let_go_stays_so),
        ABOUT(another_price_is_looked_at_anew),
        ABOUT(prepaid_and_unlisted_customers_pass),
        ABOUT(too_much_overdue_is_held),
        ABOUT(without_a_rate_it_waits_for_one),
        ABOUT(what_is_undone_is_not_counted),
        ABOUT(more_than_a_batch_is_looked_at_in_order),
        ABOUT(what_has_not_changed_is_not_looked_at_again),
        ABOUT(verify_sees_a_wrong_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
