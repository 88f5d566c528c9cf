/* Goods that come back, on the desk: authorisations, receipts, and exactly what was paid. */
#include "return_world.h"
#include "sales_told.h"

static void
one_by_one_it_is_exactly_the_invoice(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask(world, "R-1", 3, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_string_equal(world_text(world, "SELECT number FROM return_authorisation"),
                        "RMA-2026-000001");
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").refund_minor, 991);
    assert_string_equal(world_text(world, "SELECT state FROM return_authorisation"), "authorised");
    assert_int_equal(receive(world, "B-2", "RMA-2026-000001", 1, "opened").refund_minor, 993);
    assert_int_equal(receive(world, "B-3", "RMA-2026-000001", 1, "new").refund_minor, 991);
    assert_string_equal(notes(world),
                        "CRN-2026-000001 991, CRN-2026-000002 993, CRN-2026-000003 991");
    assert_string_equal(world_text(world, "SELECT state FROM return_authorisation"), "received");
    assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 0);
    assert_string_equal(sales_told(world),
                        "A-1 ordered 2500+475, A-1 returned -833-158, A-1 returned -834-159, "
                        "A-1 returned -833-158");
    assert_int_equal(world_number(world, "SELECT sum(list_minor) FROM sale_line"), -2700);
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM customer_sale"), 0);
    assert_string_equal(
        world_text(world, "SELECT group_concat(sku || ' ' || quantity_micros || ' ' || last_day)"
                          " FROM product_month"),
        "TEA-1 0 20777");
    assert_int_equal(receive(world, "B-3", "RMA-2026-000001", 1, "new").trouble,
                     RETURN_RECEIPT_KNOWN);
}

/* 10.00 with 1.90 of tax are charged beside the goods. */
static int
carried_setup(void **state)
{
    return ordered_setup(state, true,
                         "order_number,order_date,currency,sold_to_code,sold_to_name,"
                         "sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,freight,"
                         "line_number,sku,quantity,unit\nA-1,2026-11-20,EUR,C100,Anna Berg,DE,"
                         "Berlin,10115,Weg 1,10.00,1,TEA-1,3,C62\n");
}

static void
freight_does_not_come_back(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask(world, "R-1", 3, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 3, "new").refund_minor, 2975);
    assert_string_equal(notes(world), "CRN-2026-000001 2975");
    assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 1190);
    assert_string_equal(sales_told(world), "A-1 ordered 2500+665, A-1 returned -2500-475");
}

/* A row for each condition of the same line; and the ledger of sales has less of it once. */
static void
a_receipt_may_name_a_line_twice(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct received_line lines[2] = {{.order_line = "1",
                                      .sku = "TEA-1",
                                      .quantity_micros = 2 * MICROS,
                                      .condition = "new",
                                      .lot = "",
                                      .serials = "",
                                      .reason = ""}};
    lines[1] = lines[0];
    lines[1].quantity_micros = MICROS;
    lines[1].condition = "damaged";
    const struct return_receipt receipt = {.number = "B-1",
                                           .authorisation = "RMA-2026-000001",
                                           .at_ms = world->run.as_of_ms,
                                           .lines = lines,
                                           .line_count = 2};
    const struct cause cause = {"harbour", 0, world->run.as_of_ms, ""};
    struct return_told told;
    arena_init(&arena, 1 << 20);
    assert_int_equal(ask(world, "R-1", 3, "not-wanted"), RETURN_ASKED_AUTHORISED);
    must(store_begin(world->run.store, &tx, &why));
    must(returning_receive(&world->run, &receipt, "harbour", &cause, &arena, &told, &why));
    must(store_commit(&tx, &why));
    assert_int_equal(told.refund_minor, 2975);
    assert_string_equal(sales_told(world), "A-1 ordered 2500+475, A-1 returned -2500-475");
}

#define POLICY "clause,window_days,fee_new,fee_opened,fee_damaged,currency\n"

static const char *
fees(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(x), '') FROM (SELECT i.number || ' ' ||"
                             " l.clause || ' ' || l.net_minor || ' ' || l.tax_minor AS x FROM"
                             " invoice i JOIN invoice_line l ON l.invoice_id = i.id WHERE"
                             " l.clause <> '' ORDER BY i.id, l.ordinal)");
}

/* 15 % of 9.91 is 1.4865, of 9.93 1.4895: 1.49 both; of these 19/119 or so are tax, as of what is
 * given back (8.33 and 1.58; 8.34 and 1.59). */
static void
a_fee_is_kept_of_the_credit_note(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "HOUSE,30,,15%,5.00,EUR\n");
    assert_int_equal(ask(world, "R-1", 3, "not-wanted"), RETURN_ASKED_AUTHORISED);
    const struct return_told opened = receive(world, "B-1", "RMA-2026-000001", 1, "opened");
    assert_int_equal(opened.refund_minor, 991);
    assert_int_equal(opened.fee_minor, 149);
    assert_int_equal(receive(world, "B-2", "RMA-2026-000001", 1, "new").fee_minor, 0);
    const struct return_told damaged = receive(world, "B-3", "RMA-2026-000001", 1, "damaged");
    assert_int_equal(damaged.refund_minor, 991);
    assert_int_equal(damaged.fee_minor, 500);
    assert_string_equal(notes(world),
                        "CRN-2026-000001 842, CRN-2026-000002 993, CRN-2026-000003 491");
    assert_string_equal(fees(world),
                        "CRN-2026-000001 HOUSE -125 -24,CRN-2026-000003 HOUSE -420 -80");
    assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 149 + 500);
}

static void
the_fault_of_the_company_has_no_fee(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "HOUSE,30,15%,15%,5.00,EUR\n");
    assert_int_equal(ask(world, "R-1", 3, "defective"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 3, "damaged").fee_minor, 0);
    assert_string_equal(notes(world), "CRN-2026-000001 2975");
}

static void
a_fee_is_never_more_than_the_refund(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "HOUSE,30,50.00,,,EUR\n");
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").fee_minor, 991);
    assert_string_equal(notes(world), "CRN-2026-000001 0");
}

/* Terms are those of the day of the authorisation. */
static void
another_policy_does_not_change_what_was_authorised(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "HOUSE,30,10%,,,\n");
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    world_come(world, "ledger", POLICY "HOUSE,30,50%,,,\n");
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").fee_minor, 99);
    assert_int_equal(ask(world, "R-2", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-2", "RMA-2026-000002", 1, "new").fee_minor, 497);
}

/* 25.00 and 4.75 of tax, thirds of them: without an invoice as with one. */
static void
without_invoices_what_was_paid_is_owed(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-1,payment,nordlicht,A-1,29.75,EUR,2026-11-24\n");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 0);
    world_come(world, "ledger", POLICY "HOUSE,30,,15%,,\n");
    assert_int_equal(ask(world, "R-1", 3, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").refund_minor, 991);
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 991);
    assert_int_equal(receive(world, "B-2", "RMA-2026-000001", 1, "opened").fee_minor, 149);
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 991 + 993 - 149);
    assert_int_equal(receive(world, "B-3", "RMA-2026-000001", 1, "new").refund_minor, 991);
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 2975 - 149);
    assert_int_equal(world_number(world, "SELECT count(*) FROM invoice"), 0);
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-2,refund,nordlicht,A-1,28.26,EUR,2026-11-24\n");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 0);
}

static void
with_invoices_credit_notes_are_owed(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-1,payment,nordlicht,A-1,29.75,EUR,2026-11-24\n");
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").refund_minor, 991);
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 991);
}

static void
nothing_is_authorised_twice(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask(world, "R-1", 2, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(ask(world, "R-1", 2, "not-wanted"), RETURN_ASKED_KNOWN);
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_CONFLICT);
    assert_int_equal(ask(world, "R-2", 2, "not-wanted"), RETURN_ASKED_REFUSED);
    assert_string_equal(world_text(world, "SELECT why || ': ' || text_en FROM return_line"
                                          " WHERE return_id = 2"),
                        "not-left: 2 are asked for, but only 1 have been sent and neither come back"
                        " nor may already.");
    assert_int_equal(ask(world, "R-3", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_string_equal(world_text(world, "SELECT group_concat(coalesce(number, '-')) FROM"
                                          " (SELECT * FROM return_authorisation ORDER BY id)"),
                        "RMA-2026-000001,-,RMA-2026-000002");
}

static void
too_late_is_refused_with_the_clause(void **state)
{
    struct world *world = *state;
    world->run.as_of_ms += INT64_C(31) * DAY_MS;
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_REFUSED);
    assert_string_equal(world_text(world, "SELECT clause || ' ' || why FROM return_line"),
                        "DEFAULT-30-DAYS late");
    assert_int_equal(ask(world, "R-2", 1, "defective"), RETURN_ASKED_AUTHORISED);
    assert_string_equal(world_text(world, "SELECT freight FROM return_authorisation WHERE id = 2"),
                        "company");
}

static void
what_is_damaged_is_scrapped_and_beyond_it_waits(void **state)
{
    struct world *world = *state;
    world->config.planning.is_on = true;
    assert_int_equal(ask(world, "R-1", 1, "damaged"), RETURN_ASKED_AUTHORISED);
    const struct return_told told = receive(world, "B-1", "RMA-2026-000001", 2, "damaged");
    assert_true(told.has_excess);
    assert_int_equal(told.refund_minor, 991);
    assert_string_equal(world_text(world, "SELECT group_concat(kind || ' ' || number || ' ' ||"
                                          " (quantity_micros / 1000000), ', ') FROM (SELECT * FROM "
                                          "stock_move WHERE kind IN ('return',"
                                          " 'scrap') ORDER BY id)"),
                        "return B-1 2, scrap  -2");
    assert_string_equal(world_text(world, "SELECT group_concat(waits || ':' || refund_minor) FROM"
                                          " (SELECT * FROM return_taken ORDER BY id)"),
                        ":991,excess:0");
    world->config.planning.is_on = false;
}

static void
what_is_not_used_expires(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    world->run.as_of_ms += INT64_C(30) * DAY_MS;
    world_work(world);
    assert_string_equal(world_text(world, "SELECT state FROM return_authorisation"), "authorised");
    world->run.as_of_ms += DAY_MS;
    world_work(world);
    assert_string_equal(world_text(world, "SELECT state FROM return_authorisation"), "expired");
    assert_string_equal(world_text(world, "SELECT group_concat(partner || ' ' || reminder) FROM"
                                          " outbox_message WHERE kind = 'return-authorisation'"),
                        "harbour 0,harbour 1,nordlicht 0,nordlicht 1");
    const struct return_told told = receive(world, "B-1", "RMA-2026-000001", 1, "new");
    assert_true(told.is_expired);
    assert_int_equal(told.refund_minor, 0);
    assert_string_equal(world_text(world, "SELECT waits FROM return_taken"), "expired");
}

static void
what_is_unknown_is_not_taken(void **state)
{
    struct world *world = *state;
    assert_int_equal(receive(world, "B-1", "RMA-2026-000009", 1, "new").trouble, RETURN_UNKNOWN);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_by_one_it_is_exactly_the_invoice, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(freight_does_not_come_back, carried_setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_receipt_may_name_a_line_twice, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_fee_is_kept_of_the_credit_note, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(the_fault_of_the_company_has_no_fee, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_fee_is_never_more_than_the_refund, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(another_policy_does_not_change_what_was_authorised,
                                        returned_setup, world_teardown),
        cmocka_unit_test_setup_teardown(without_invoices_what_was_paid_is_owed, unbilled_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(with_invoices_credit_notes_are_owed, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(nothing_is_authorised_twice, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(too_late_is_refused_with_the_clause, returned_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_is_damaged_is_scrapped_and_beyond_it_waits,
                                        returned_setup, world_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_used_expires, returned_setup, world_teardown),
        cmocka_unit_test_setup_teardown(what_is_unknown_is_not_taken, returned_setup,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
