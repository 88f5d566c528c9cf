/* Orders and parts of them are cancelled, over a real store: all that hung on them comes back. */
#include "sales_told.h"

#include "base/date.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define TWO(number, first, second)                                                                 \
    LINE(number, "1", "TEA-1", first) LINE(number, "2", "TEA-2", second)
#define SHIPPED                                                                                    \
    "shipment_number,partner,order_number,order_line,"                                             \
    "sku,quantity,shipped_at\n"
#define PAID(number, order, amount)                                                                \
    "payment_number,kind,partner,order_number,amount,currency,paid_on\n" number                    \
    ",,nordlicht," order "," amount ",EUR,2026-11-24\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

/* Waiting orders, and such as pay first, are free to be cancelled. */
static void
pay_first(struct world *world)
{
    world_do(world, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
}

/* "done", or why not. */
static const char *
cancel(struct world *world, const char *number, const char *line, int64_t quantity)
{
    static char said[700];
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = number,
                                       .line = line,
                                       .quantity_micros =
                                           quantity == 0 ? AMOUNT_NONE : quantity * MICROS,
                                       .cause = "other",
                                       .fault = "customer",
                                       .reason = "changed my mind",
                                       .actor = "user:anna"};
    arena_init(&arena, 1024 * 1024);
    const enum outcome outcome = desk_cancel(&world->run, &order, &arena, &done, &why);
    snprintf(said, sizeof said, "%s",
             outcome == DONE   ? "done"
             : outcome == NONE ? "none"
                               : why.text);
    return said;
}

static const char *
standings(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || iif(approval = 'approved',"
                             " fulfilment || ' ' || payment, approval), ', ')"
                             " FROM (SELECT * FROM orders ORDER BY number)");
}

/* "A-1 1 1=2000000 1800+342" */
static const char *
ledger(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT o.number ||"
                             " ' ' || ordinal || '=' || (quantity_micros / 1000000) || ' ' ||"
                             " net_minor || '+' || tax_minor AS t FROM order_cancelled c JOIN"
                             " orders o ON o.id = c.order_id ORDER BY o.number, ordinal)");
}

static const char *
open_sums(struct world *world)
{
    return world_text(world, "SELECT group_concat(customer || ' ' || orders || ' ' || gross_minor)"
                             " FROM customer_open WHERE orders <> 0 OR gross_minor <> 0");
}

static const char *
money(struct world *world)
{
    return world_text(world, "SELECT required_minor || ' ' || paid_minor || ' ' || owed_minor"
                             " FROM order_payment");
}

static void
a_whole_order_is_cancelled_and_nothing_hangs_on_it(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD TWO("A-1", "10", "1"));
    assert_string_equal(standings(world), "A-1 waiting");
    assert_string_equal(cancel(world, "A-1", "", 0), "done");
    assert_string_equal(standings(world), "A-1 cancelled");
    assert_string_equal(ledger(world), "A-1 1=10 9000+1710, A-1 2=1 2000+380");
    assert_string_equal(sales_told(world), ""); /* it never was sold */
    assert_int_equal(world_number(world, "SELECT count(*) FROM customer_open WHERE gross_minor <> 0"
                                         " OR orders <> 0"),
                     0);
    assert_string_equal(world_text(world, "SELECT group_concat(state) FROM approval"), "withdrawn");
    assert_string_equal(world_text(world, "SELECT group_concat(partner || ' ' || kind, ', ') FROM"
                                          " outbox_message WHERE kind IN ('order-status',"
                                          " 'approval-result')"),
                        "linwei approval-result, nordlicht order-status");
    world_come(world, "nordlicht", HEAD TWO("A-1", "10", "2"));
    assert_string_equal(standings(world), "A-1 cancelled");
    assert_memory_equal(cancel(world, "A-1", "", 0), "The order nordlicht/A-1 cannot be", 33);
}

/* 36.00 net, 42.84 with tax; two of four are cancelled: what was paid is enough, and more. */
static void
what_is_paid_may_be_enough_when_a_part_is_cancelled(void **state)
{
    struct world *world = *state;
    pay_first(world);
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    world_come(world, "ledger", PAID("P-1", "A-1", "25.00"));
    assert_string_equal(standings(world), "A-1 none part");
    assert_string_equal(money(world), "4284 2500 0");
    assert_string_equal(cancel(world, "A-1", "1", 2), "done");
    assert_string_equal(standings(world), "A-1 released paid");
    assert_string_equal(money(world), "2142 2500 358");
    assert_string_equal(ledger(world), "A-1 1=2 1800+342");
    assert_string_equal(sales_told(world), "A-1 ordered 3600+684, A-1 cancelled -1800-342");
    assert_string_equal(open_sums(world), "C100 1 2142");
    assert_string_equal(world_text(world, "SELECT is_whole || ' ' || ordinal || '=' ||"
                                          " quantity_micros FROM warehouse_release r JOIN"
                                          " warehouse_release_line l ON l.release_id = r.id"),
                        "0 1=2000000");
    /* The warehouse sends the rest, and that is all. */
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,2,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped paid");
    assert_int_equal(world_number(world, "SELECT sum(gross_minor) FROM customer_open"), 0);
}

static void
what_is_paid_for_a_cancelled_order_is_owed(void **state)
{
    struct world *world = *state;
    pay_first(world);
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    world_come(world, "ledger", PAID("P-1", "A-1", "25.00"));
    assert_string_equal(cancel(world, "A-1", "", 0), "done");
    assert_string_equal(standings(world), "A-1 cancelled");
    assert_string_equal(money(world), "0 2500 2500");
    assert_string_equal(sales_told(world), "A-1 ordered 3600+684, A-1 cancelled -3600-684");
    world_come(world, "ledger", PAID("P-2", "A-1", "17.84"));
    assert_string_equal(money(world), "0 4284 4284");
}

/* Without planning all of an approved order is with the warehouse at once, which must stop it
 * first: test_stopping.c. */
static void
what_is_under_way_waits(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    assert_string_equal(standings(world), "A-1 released none");
    assert_string_equal(cancel(world, "A-1", "1", 1), "done");
    assert_string_equal(cancel(world, "A-1", "", 0), "done"); /* the other three */
    assert_memory_equal(cancel(world, "A-1", "", 0), "Who has it was asked before", 27);
    assert_memory_equal(cancel(world, "A-1", "1", 1), "Who has it was asked before", 27);
    assert_string_equal(ledger(world), "");
}

static void
mistakes_are_told_and_change_nothing(void **state)
{
    struct world *world = *state;
    pay_first(world);
    world_come(world, "nordlicht", HEAD TWO("A-1", "4", "1"));
    assert_string_equal(cancel(world, "A-9", "", 0), "none");
    assert_string_equal(cancel(world, "A-1", "3", 0), "The order has no line 3.");
    assert_string_equal(cancel(world, "A-1", "1", 5),
                        "More is to be cancelled than is open: 5 of 4.");
    assert_string_equal(cancel(world, "A-1", "1", 0), "done");
    assert_string_equal(cancel(world, "A-1", "1", 0), "Nothing of it is open any more.");
    /* The last line ends the order. */
    assert_string_equal(cancel(world, "A-1", "2", 0), "done");
    assert_string_equal(standings(world), "A-1 cancelled");
}

/* A customer that names the version that it knows gives up nothing that has become another. */
static void
a_version_may_be_named(void **state)
{
    struct world *world = *state;
    pay_first(world);
    world_come(world, "nordlicht", HEAD TWO("A-1", "4", "1"));
    world_come(world, "nordlicht",
               "change_number,order_number,action,line_number,quantity\nC-1,A-1,set,1,5\n");
    world_come(world, "nordlicht",
               "cancellation_number,order_number,version,line_number\nX-1,A-1,7,2\n");
    world_come(world, "nordlicht",
               "cancellation_number,order_number,version,line_number\nX-2,A-1,1,1\n");
    world_come(world, "nordlicht", "cancellation_number,order_number,version\nX-3,A-1,1\n");
    assert_string_equal(world_text(world, "SELECT group_concat(code || ' ' || value || ' ' ||"
                                          " expected, '; ') FROM finding"),
                        "CHANGE-VERSION-UNKNOWN 7 2; CHANGE-VERSION-OLD 1 2; CHANGE-VERSION-OLD 1 "
                        "2");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 0);
    world_come(world, "nordlicht",
               "cancellation_number,order_number,version,line_number\nX-2,A-1,1,2\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 1);
    world_come(world, "nordlicht", "cancellation_number,order_number,version\nX-3,A-1,2\n");
    assert_string_equal(standings(world), "A-1 cancelled");
}

static void
plan(struct world *world)
{
    world->config.planning = (struct planning_policy){
        .is_on = true, .cut_off_ms = 24 * INT64_C(3600000), .pick_days = 1, .transit_days = 3};
    world_do(world, "UPDATE approval_matrix SET above_micros = above_micros * 20");
    world_do(world, "INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros,"
                    " effect_micros, happened_ms, known_ms, reference, reason, line) VALUES"
                    " ('harbour', 'TEA-1', 'correction', 'C', 8000000, 8000000, 0, 0, '', '', 0);"
                    "INSERT INTO stock_item VALUES ('harbour', 'TEA-1', 8000000, 0, NULL)");
}

/* Five of eight for A-1, which waits for more; A-2 gets what A-1 does not want any more. */
static void
what_one_does_not_want_another_gets(void **state)
{
    struct world *world = *state;
    plan(world);
    world_do(world, "UPDATE customer SET delivery = 'complete' WHERE code = 'C100'");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    world_come(world, "nordlicht", HEAD LINE("A-2", "1", "TEA-1", "5"));
    assert_string_equal(standings(world), "A-1 none none, A-2 none none");
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 8000000);
    assert_string_equal(cancel(world, "A-1", "1", 7), "done");
    world_verify(world);
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 3000000);
    world_work(world);
    assert_string_equal(standings(world), "A-1 released none, A-2 released none");
    assert_string_equal(ledger(world), "A-1 1=7 6300+1197");
}

/* Eight of ten leave, the rest is on backorder and not wanted: the order is done. */
static void
a_rest_that_is_cancelled_closes_the_order(void **state)
{
    struct world *world = *state;
    plan(world);
    world->config.planning.delivery = DELIVERY_BACKORDER;
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CN-";
    world->config.invoice_copy_to = "";
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,8,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 partly none");
    assert_string_equal(cancel(world, "A-1", "", 0), "done");
    assert_string_equal(standings(world), "A-1 shipped none");
    assert_string_equal(ledger(world), "A-1 1=2 1800+342");
    assert_int_equal(world_number(world, "SELECT sum(gross_minor) FROM invoice") + 2142, 10710);
    assert_int_equal(world_number(world, "SELECT sum(gross_minor) FROM customer_open"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM allocation"), 0);
    world_work(world);
    assert_string_equal(standings(world), "A-1 shipped none");
}

/* By the rule of delivery: the same ledger, so that what is counted as open follows. */
static void
what_the_planning_cancels_counts_as_cancelled(void **state)
{
    struct world *world = *state;
    plan(world);
    world->config.planning.delivery = DELIVERY_CANCEL_REST;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "10"));
    assert_string_equal(standings(world), "A-1 released none");
    assert_string_equal(ledger(world), "A-1 1=2 1800+342");
    assert_string_equal(open_sums(world), "C100 1 8568");
    assert_string_equal(world_text(world, "SELECT reason || ' ' || fault || ' ' || actor FROM"
                                          " cancellation"),
                        "rest company purser");
}

/* What waits for its approval may lose a part; what is approved then enters the line without it. */
static void
a_part_cancelled_before_the_approval_is_not_planned(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    plan(world);
    world_do(world, "UPDATE approval_matrix SET above_micros = above_micros / 20");
    world_come(world, "nordlicht", HEAD TWO("A-1", "6", "4"));
    assert_string_equal(cancel(world, "A-1", "2", 0), "done");
    must(world_decide(world, "A-1", true, "user:anna", "", &why));
    world_work(world);
    assert_string_equal(standings(world), "A-1 released none");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' || quantity_micros)"
                                          " FROM warehouse_release_line"),
                        "1=6000000");
}

/* The list of stock promises by order: a part gives back its share. */
static void
a_list_of_stock_gets_its_share_back(void **state)
{
    struct world *world = *state;
    pay_first(world);
    world->config.stock_shortage = SHORTAGE_HOLDS;
    world_come(world, "ledger", "sku,available\nTEA-1,10\nTEA-2,10\n");
    world_come(world, "nordlicht", HEAD TWO("A-1", "4", "2"));
    assert_string_equal(world_text(world, "SELECT group_concat(sku || ' ' || given_micros) FROM"
                                          " stock_given"),
                        "TEA-1 4000000,TEA-2 2000000");
    assert_string_equal(cancel(world, "A-1", "1", 3), "done");
    assert_string_equal(world_text(world, "SELECT group_concat(sku || ' ' || given_micros) FROM"
                                          " stock_given"),
                        "TEA-1 1000000,TEA-2 2000000");
    assert_string_equal(cancel(world, "A-1", "", 0), "done");
    assert_int_equal(world_number(world, "SELECT sum(given_micros) FROM stock_given"), 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_whole_order_is_cancelled_and_nothing_hangs_on_it),
        TEST(what_is_paid_may_be_enough_when_a_part_is_cancelled),
        TEST(what_is_paid_for_a_cancelled_order_is_owed),
        TEST(what_is_under_way_waits),
        TEST(mistakes_are_told_and_change_nothing),
        TEST(a_version_may_be_named),
        TEST(what_one_does_not_want_another_gets),
        TEST(a_rest_that_is_cancelled_closes_the_order),
        TEST(what_the_planning_cancels_counts_as_cancelled),
        TEST(a_part_cancelled_before_the_approval_is_not_planned),
        TEST(a_list_of_stock_gets_its_share_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
