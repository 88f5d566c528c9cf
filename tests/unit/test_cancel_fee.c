/* What cancellations cost, over a real store: claimed, invoiced, waived, and all of it foots. */
#include "desk_world.h"
#include "waived.h"

#include "base/date.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define TWO(number, first, second)                                                                 \
    LINE(number, "1", "TEA-1", first) LINE(number, "2", "TEA-2", second)
#define PAID(number, order, amount)                                                                \
    "payment_number,kind,partner,order_number,amount,currency,paid_on\n" number                    \
    ",,nordlicht," order "," amount ",EUR,2026-11-24\n"
#define POLICY                                                                                     \
    "clause,rank,stages,faults,currency,fee,amount,percent,tax,promotions,waived_by,waive_up_to\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.charge_prefix = "CHG-";
    world->config.invoice_copy_to = "";
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    world_do(world, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
    return 0;
}

/* "done", or why not. */
static const char *
cancel(struct world *world, const char *line, int64_t quantity, const char *fault, int64_t waive)
{
    static char said[700];
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .line = line,
                                       .quantity_micros =
                                           quantity == 0 ? AMOUNT_NONE : quantity * MICROS,
                                       .cause = "other",
                                       .fault = fault,
                                       .reason = "changed my mind",
                                       .waive_micros = waive,
                                       .actor = "user:anna"};
    arena_init(&arena, 4 * 1024 * 1024);
    const enum outcome outcome = desk_cancel(&world->run, &order, &arena, &done, &why);
    snprintf(said, sizeof said, "%s", outcome == DONE ? "done" : why.text);
    return said;
}

/* "1 fee C-1 1000+190 INV, ..." */
static const char *
charges(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT g.number || ' ' || g.kind"
               " || ' ' || g.clause || ' ' || g.net_minor || '+' || g.tax_minor || ' ' ||"
               " coalesce(i.number, '-') AS t FROM charge g LEFT JOIN invoice i ON i.id ="
               " g.invoice_id ORDER BY g.number)");
}

static const char *
money(struct world *world)
{
    return world_text(world, "SELECT paid_minor || ' ' || owed_minor FROM order_payment");
}

static const char *
statements(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(number || ': ' || paid_minor || ' ' || due_minor || ' '"
                      " || refund_minor, ', ') FROM cancellation_statement");
}

static void
a_paid_order_gets_back_what_the_fee_leaves(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               POLICY "C-1,1,approved,,EUR,fixed,5.00,,with,,anna,\n"
                      "C-2,2,released,,EUR,percent,,10,with,,anna,3.00\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    world_come(world, "ledger", PAID("P-1", "A-1", "25.00"));
    assert_string_equal(cancel(world, "", 0, "customer", 0), "done");
    assert_string_equal(charges(world), "1 fee C-1 500+95 CHG-2026-000001");
    assert_string_equal(money(world), "2500 1905");
    assert_string_equal(statements(world), "1: 2500 595 1905");
    assert_string_equal(world_text(world, "SELECT kind || ' ' || gross_minor FROM invoice"),
                        "charge 595");
    assert_memory_equal(waive(world, "user:boris", CANCEL_WAIVE_ALL), "user:boris may not", 18);
    assert_string_equal(waive(world, "user:anna", 2 * MICROS), "done");
    assert_string_equal(money(world), "2500 2105");
    assert_string_equal(world_text(world, "SELECT kind || ' ' || gross_minor || ' ' || reason FROM"
                                          " invoice WHERE corrects IS NOT NULL"),
                        "credit-note 200 goodwill");
    assert_string_equal(waive(world, "user:anna", CANCEL_WAIVE_ALL), "done");
    assert_string_equal(money(world), "2500 2500");
    assert_string_equal(statements(world), "1: 2500 595 1905, 2: 2500 395 2105, 3: 2500 0 2500");
    assert_string_equal(world_text(world, "SELECT group_concat(event) FROM order_event WHERE event"
                                          " IN ('charged', 'fee-waived')"),
                        "charged,fee-waived,fee-waived");
}

static void
our_own_fault_costs_nothing_and_who_may_waives_at_once(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "C-1,1,approved,,EUR,fixed,5.00,,,,anna,4.00\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    assert_string_equal(cancel(world, "1", 1, "company", 0), "done");
    assert_string_equal(charges(world), "1 fee C-1 0+0 -");
    assert_memory_equal(cancel(world, "1", 1, "customer", CANCEL_WAIVE_ALL), "of the fee by", 13);
    assert_string_equal(cancel(world, "1", 1, "customer", 4 * MICROS), "done");
    assert_string_equal(charges(world), "1 fee C-1 0+0 -, 2 fee C-1 500+0 CHG-2026-000001");
    assert_int_equal(world_number(world, "SELECT gross_minor FROM invoice"), 100);
    /* Two of four are left, and one euro: that is asked, and what its customer has open. */
    assert_int_equal(world_number(world, "SELECT required_minor FROM order_payment"), 2142 + 100);
    assert_int_equal(world_number(world, "SELECT gross_minor FROM customer_open"), 2142 + 100);
}

/* 50.00 off from 300.00 on, three lines of 100.00: the third goes, and what it had given too. */
static void
what_stays_is_priced_again(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "code,mode,valid_from,currency,level,minimum_amount,action,amount\n"
               "M300,compounded,2020-01-01,EUR,order,300.00,amount,50.00\n");
    world_come(world, "ledger", POLICY "C-1,1,,,,none,,,,evaluate,,\n");
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-2", "5") LINE("A-1", "2", "TEA-2", "5")
                   LINE("A-1", "3", "TEA-2", "5"));
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price"), 25000);
    assert_string_equal(cancel(world, "3", 0, "customer", 0), "done");
    assert_int_equal(world_number(world, "SELECT net_minor FROM cancellation"), 8334);
    assert_int_equal(world_number(world, "SELECT net_minor FROM charge WHERE kind = 'claw-back'"),
                     3334);
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM promotion_use WHERE is_released = 0"), 0);
    assert_string_equal(cancel(world, "2", 0, "customer", 0), "done");
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM charge_open"), 10000 - 8333);
    assert_string_equal(cancel(world, "", 0, "customer", 0), "done");
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM charge_open"), 0);
}

#define GIVE                                                                                       \
    "code,mode,valid_from,currency,action,buy,get,get_skus,free_units\n"                           \
    "GIVE,compounded,2020-01-01,EUR,buy-get,2,1,TEA-2,exclusive\n"

/* "1=2 100001=1": what is cancelled, by line. */
static const char *
cancelled(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(ordinal || '=' || (quantity_micros /"
                             " 1000000), ' '), '') FROM order_cancelled");
}

/* For two of them one is given: it goes when one stays, where promotions are evaluated. */
static void
what_is_not_given_any_more_is_cancelled_too(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", GIVE);
    world_come(world, "ledger", POLICY "C-1,1,,,EUR,none,,,,evaluate,,\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "3"));
    assert_string_equal(cancel(world, "1", 1, "customer", 0), "done");
    assert_string_equal(cancelled(world), "1=1");
    assert_string_equal(cancel(world, "1", 1, "customer", 0), "done");
    assert_string_equal(cancelled(world), "1=2 100001=1");
    assert_string_equal(charges(world), "1 fee C-1 0+0 -, 2 fee C-1 0+0 -");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation_line WHERE ordinal ="
                                         " 100001 AND net_minor = 0"),
                     1);
}

static void
what_is_locked_is_given_all_the_same(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", GIVE);
    world_come(world, "ledger", POLICY "C-1,1,,,EUR,none,,,,lock,,\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "3"));
    assert_string_equal(cancel(world, "1", 2, "customer", 0), "done");
    assert_string_equal(cancelled(world), "1=2");
}

/* It has left already: nobody sends it back. */
static void
what_has_left_is_not_cancelled(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE customer SET payment_terms = 'account' WHERE code = 'C100'");
    world_come(world, "ledger", GIVE);
    world_come(world, "ledger", POLICY "C-1,1,,,EUR,none,,,,evaluate,,\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "3"));
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-1,nordlicht,A-1,F1,TEA-2,1,2026-11-24T00:30:00Z\n");
    assert_string_equal(cancel(world, "1", 2, "customer", 0), "done");
    world_come(world, "harbour",
               "stop_number,status,line_number,quantity,cost,currency,reason\n1,stopped,,,,,\n");
    assert_string_equal(cancelled(world), "1=2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_paid_order_gets_back_what_the_fee_leaves, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(our_own_fault_costs_nothing_and_who_may_waives_at_once,
                                        set_up, world_teardown),
        cmocka_unit_test_setup_teardown(what_stays_is_priced_again, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_given_any_more_is_cancelled_too, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_is_locked_is_given_all_the_same, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_has_left_is_not_cancelled, set_up, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
