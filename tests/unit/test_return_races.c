/* Returns that come too early, twice, or of what is not there: nothing goes back twice. */
#include "return_world.h"

#define REQUEST  "return_number,order_number,line_number,quantity,reason,wish\n"
#define RECEIPT  "receipt_number,authorisation,received_at,order_line,sku,quantity,condition\n"
#define SHIPMENT "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,final\n"

/* An order that has not left. */
static int
ordered_only(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    world_come(world, "nordlicht", ORDER);
    return 0;
}

static const char *
codes(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(code), '') FROM (SELECT code FROM finding"
                      " WHERE code LIKE 'RETURN-%' ORDER BY interchange_id)");
}

static void
a_request_before_anything_has_left_may_come_again(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,refund\n");
    assert_string_equal(codes(world), "RETURN-NOTHING-LEFT");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 0);
    world_come(world, "harbour", SHIPMENT "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z,\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,refund\n\n");
    assert_string_equal(world_text(world, "SELECT state FROM return_authorisation"), "authorised");
}

/* What is wanted in its place must be something that we have; a piece is no half. */
static void
what_is_not_there_is_not_exchanged_for(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", SHIPMENT "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z,\n");
    world_come(world, "nordlicht",
               "return_number,order_number,line_number,quantity,reason,wish,exchange_sku\n"
               "R-1,A-1,1,1,not-wanted,exchange,TEA-11\nR-2,A-1,1,1.5,not-wanted,refund,\n"
               "R-3,A-1,1,1,not-wanted,exchange,TEA-2\n");
    assert_string_equal(world_text(world, "SELECT group_concat(code || ' ' || line || ' ' || value"
                                          " || ' ' || hint, '; ') FROM finding"),
                        "RETURN-EXCHANGE-UNKNOWN 2 TEA-11 TEA-1; RETURN-QUANTITY-PART 3 1.5 ");
    assert_string_equal(world_text(world, "SELECT group_concat(request) FROM return_authorisation"),
                        "R-3");
}

/* Of three one is cancelled and two leave: the third cannot come back. */
static void
what_was_cancelled_does_not_come_back(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", SHIPMENT "S-1,nordlicht,A-1,1,TEA-1,2,2026-11-24T00:30:00Z,yes\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,3,defective,refund\n");
    assert_string_equal(world_text(world, "SELECT verdict || ' ' || why FROM return_line"),
                        "refuse not-left");
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,2,defective,refund\n");
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 2, "new").trouble, RETURN_TAKEN);
}

/* The goods are there before anybody has decided: the receipt comes again when it is authorised. */
static void
a_receipt_before_its_authorisation_may_come_again(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    world_come(world, "ledger", "clause,window_days,verdict\nASK,30,ask\n");
    world_come(world, "harbour", SHIPMENT "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z,\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,refund\n");
    world_come(world, "harbour", RECEIPT "B-1,RMA-2026-000001,2026-11-24T01:00:00Z,1,,1,new\n");
    assert_string_equal(codes(world), "RETURN-WAITS,RETURN-AUTHORISATION-UNKNOWN");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 0);
    must(desk_settle_return(&world->run,
                            &(struct return_settling){.action = RETURN_AUTHORISE,
                                                      .name = "nordlicht/A-1/R-1",
                                                      .reason = "so be it",
                                                      .actor = "user:anna"},
                            &arena, &settled, &why));
    assert_string_equal(settled.number, "RMA-2026-000001");
    world_come(world, "harbour", RECEIPT "B-1,RMA-2026-000001,2026-11-24T01:00:00Z,1,,1,new\n\n");
    world_come(world, "harbour", RECEIPT "B-1,RMA-2026-000001,2026-11-24T01:00:00Z,1,,1,new\n\n\n");
    assert_string_equal(notes(world), "CRN-2026-000001 1071");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_taken"), 1);
}

static enum outcome
settle(struct world *world, bool refunds, struct return_settled *settled, struct arena *arena,
       struct fault *why)
{
    return desk_settle_return(
        &world->run,
        &(struct return_settling){.action = refunds ? RETURN_REFUND_REST : RETURN_REJECT_REST,
                                  .name = "RMA-2026-000001",
                                  .reason = "so be it",
                                  .actor = "user:anna"},
        arena, settled, why);
}

/* Five come back of three that have left: two are excess, and of these one is too many. */
static void
more_than_has_left_is_never_refunded(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    world_come(world, "harbour", SHIPMENT "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z,\n");
    assert_int_equal(ask(world, "R-1", 2, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_true(receive(world, "B-1", "RMA-2026-000001", 4, "new").has_excess);
    assert_int_equal(settle(world, true, &settled, &arena, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_string_equal(notes(world), "CRN-2026-000001 2142");
    why = (struct fault){0};
    must(settle(world, false, &settled, &arena, &why));
    assert_int_equal(settle(world, false, &settled, &arena, &why), FAILED);
    assert_string_equal(world_text(world, "SELECT partner || ' ' || reminder FROM outbox_message"
                                          " WHERE kind = 'return-authorisation' AND reminder > 0"),
                        "nordlicht 2");
}

static void
what_is_beyond_it_is_refunded_by_a_person(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    world_come(world, "ledger", "clause,window_days,fee_opened\nHOUSE,30,10%\n");
    world_come(world, "harbour", SHIPMENT "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z,\n");
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    receive(world, "B-1", "RMA-2026-000001", 3, "opened");
    must(settle(world, true, &settled, &arena, &why));
    assert_int_equal(settled.refund_minor, 2142);
    assert_int_equal(settled.fee_minor, 214);
    assert_string_equal(notes(world), "CRN-2026-000001 964, CRN-2026-000002 1928");
    assert_string_equal(world_text(world, "SELECT settled FROM return_authorisation"), "so be it");
}

#define RACE(test) cmocka_unit_test_setup_teardown(test, ordered_only, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        RACE(a_request_before_anything_has_left_may_come_again),
        RACE(what_is_not_there_is_not_exchanged_for),
        RACE(what_was_cancelled_does_not_come_back),
        RACE(a_receipt_before_its_authorisation_may_come_again),
        RACE(more_than_has_left_is_never_refunded),
        RACE(what_is_beyond_it_is_refunded_by_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
