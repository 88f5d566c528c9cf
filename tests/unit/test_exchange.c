/* What is sent in place of goods that came back: an order of its own. */
#include "return_world.h"

static const char *
line_of(struct world *world, const char *number)
{
    static char sql[600];
    snprintf(
        sql, sizeof sql,
        "SELECT l.sku || ' ' || (l.quantity_micros / 1000000) || ' ' || p.net_minor || ' ' ||"
        " p.tax_minor || ' ' || o.approval || ' ' || o.fulfilment FROM orders o JOIN order_line"
        " l ON l.order_id = o.id AND l.version = o.version JOIN order_line_price p ON"
        " p.order_id = o.id AND p.version = o.version AND p.ordinal = l.ordinal"
        " WHERE o.number = '%s'",
        number);
    return world_text(world, sql);
}

static void
the_same_again_is_free_and_nothing_is_credited(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask_for(world, "R-1", 1, "defective", "exchange", ""),
                     RETURN_ASKED_AUTHORISED);
    const struct return_told told = receive(world, "B-1", "RMA-2026-000001", 1, "damaged");
    assert_int_equal(told.refund_minor, 0);
    assert_string_equal(notes(world), "");
    assert_string_equal(line_of(world, "A-1-X1"), "TEA-1 1 0 0 approved released");
    assert_string_equal(world_text(world, "SELECT r.number FROM order_exchange x JOIN"
                                          " return_authorisation r ON r.id = x.return_id"),
                        "RMA-2026-000001");
    assert_string_equal(world_text(world, "SELECT json_extract(detail, '$.exchange') FROM"
                                          " order_event WHERE event = 'return-received'"),
                        "A-1-X1");
    /* The rest comes back for its money: what was exchanged has used up its share. */
    assert_int_equal(ask(world, "R-2", 2, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-2", "RMA-2026-000002", 2, "new").refund_minor, 991 + 993);
}

static void
an_exchange_is_shipped_as_any_order(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask_for(world, "R-1", 2, "defective", "exchange", "TEA-1"),
                     RETURN_ASKED_AUTHORISED);
    receive(world, "B-1", "RMA-2026-000001", 1, "new");
    receive(world, "B-2", "RMA-2026-000001", 1, "new");
    assert_string_equal(line_of(world, "A-1-X2"), "TEA-1 1 0 0 approved released");
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-2,nordlicht,A-1-X1,1,TEA-1,1,2026-11-24T00:40:00Z\n");
    assert_string_equal(line_of(world, "A-1-X1"), "TEA-1 1 0 0 approved shipped");
}

/* It costs 20.00 today, less the promotion's 2.00; what came back is credited less the fee. */
static void
another_product_costs_what_it_costs_today(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", "clause,window_days,fee_new\nHOUSE,30,10%\n");
    assert_int_equal(ask_for(world, "R-1", 1, "not-wanted", "exchange", "TEA-2"),
                     RETURN_ASKED_AUTHORISED);
    const struct return_told told = receive(world, "B-1", "RMA-2026-000001", 1, "new");
    assert_int_equal(told.refund_minor, 991);
    assert_int_equal(told.fee_minor, 99);
    assert_string_equal(notes(world), "CRN-2026-000001 892");
    assert_string_equal(line_of(world, "A-1-X1"), "TEA-2 1 1800 342 approved released");
}

static void
what_is_not_sold_any_more_is_refused(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask_for(world, "R-1", 1, "not-wanted", "exchange", "GONE"),
                     RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").refund_minor, 991);
    assert_string_equal(world_text(world, "SELECT approval FROM orders WHERE number = 'A-1-X1'"),
                        "refused");
    assert_string_equal(world_text(world, "SELECT code || ' ' || value FROM finding WHERE"
                                          " order_number = 'A-1-X1'"),
                        "PRICE-SKU-UNKNOWN GONE");
}

/* The customer's own order has the number. */
static void
a_number_that_is_taken_is_left_alone(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               HEAD "A-1-X1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,5,C62\n");
    assert_int_equal(ask_for(world, "R-1", 1, "defective", "exchange", ""),
                     RETURN_ASKED_AUTHORISED);
    receive(world, "B-1", "RMA-2026-000001", 1, "new");
    assert_string_equal(line_of(world, "A-1-X2"), "TEA-1 1 0 0 approved released");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_exchange"), 1);
}

#define EXCHANGE(test) cmocka_unit_test_setup_teardown(test, returned_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE(the_same_again_is_free_and_nothing_is_credited),
        EXCHANGE(an_exchange_is_shipped_as_any_order),
        EXCHANGE(another_product_costs_what_it_costs_today),
        EXCHANGE(what_is_not_sold_any_more_is_refused),
        EXCHANGE(a_number_that_is_taken_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
