/* Parts of packages come back: what of them may, what they paid, and what is left of them. */
#include "set_world.h"

/* "part quantity refund", of all that came, in order. */
static const char *
came(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(t, ', ') FROM (SELECT l.sku || ' ' ||"
               " (t.quantity_micros / 1000000) || ' ' || t.refund_minor AS t FROM return_taken"
               " t JOIN return_line l ON l.return_id = t.return_id AND l.ordinal = t.ordinal"
               " ORDER BY t.id)");
}

static const char *
verdicts(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(t, ', ') FROM (SELECT l.sku || ' ' || l.verdict || ' ' ||"
               " l.why AS t FROM return_line l ORDER BY l.return_id, l.ordinal)");
}

/* Quantity, net, tax of what came back in the ledger of sales. */
static const char *
unsold(struct world *world)
{
    return world_text(world,
                      "SELECT (sum(l.quantity_micros) / 1000000) || ' ' || sum(l.net_minor) ||"
                      " ' ' || sum(l.tax_minor) FROM sale_line l");
}

static void
one_part_is_refunded_what_it_paid(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,TEA-2,1,not-wanted,,\n");
    assert_string_equal(verdicts(world), "TEA-2 allow clause");
    assert_string_equal(world_text(world, "SELECT sku || ' ' || package || ' ' || per_micros ||"
                                          " ' ' || unit FROM return_line"),
                        "TEA-2 SET-1 1000000 C62");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "TEA-2,1,new\n");
    /* A set paid 44.33 or 44.34 and tax: of its list 47.99 the red is 20.00. */
    assert_string_equal(came(world), "TEA-2 1 2199");
    assert_string_equal(
        world_text(world,
                   "SELECT i.number || ' ' || l.ordinal || ' ' || l.number || ' ' || l.sku ||"
                   " ' ' || l.quantity_micros || ' ' || l.price_micros || ' ' || l.net_minor"
                   " || ' ' || l.tax_minor || ' ' || l.package_ordinal FROM invoice i JOIN"
                   " invoice_line l ON l.invoice_id = i.id WHERE i.kind = 'credit-note'"),
        "CRN-2026-000001 500001 1 TEA-2 1000000 20000000 1848 351 1");
    assert_string_equal(unsold(world), "0 -1847 -351");
    assert_int_equal(world_number(world, "SELECT effect_micros FROM stock_move WHERE kind ="
                                         " 'return' AND sku = 'TEA-2'"),
                     MICROS);
    world_verify(world);
}

/* Greens of two sets, then all else of both, then the third as a whole: nothing is left. */
static void
part_by_part_comes_to_the_whole(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,TEA-1,3,not-wanted,,\nR-1,A-1,1,,1,not-wanted,,\n"
                       "R-1,A-1,1,TEA-2,2,other,,\nR-1,A-1,1,CAN,6,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "TEA-1,3,new\n");
    world_verify(world);
    world_come(world, "harbour",
               RECEIPT CAME("B-2", "1") "CAN,4,new\n" CAME("B-2", "1") "SET-1,1,opened\n");
    world_verify(world);
    world_come(world, "harbour",
               RECEIPT CAME("B-3", "1") "TEA-2,2,new\n" CAME("B-3", "1") "CAN,2,damaged\n");
    world_verify(world);
    assert_string_equal(unsold(world), "-2 -12469 -2369");
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,TEA-1,1,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-4", "2") "TEA-1,1,new\n");
    assert_string_equal(unsold(world), "-3 -13300 -2527");
    assert_int_equal(world_number(world, "SELECT sum(refund_minor) FROM return_taken"), 15827);
    assert_int_equal(
        world_number(world, "SELECT sum(gross_minor) FROM invoice WHERE kind = 'credit-note'"),
        15827);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_unit WHERE is_back"), 2);
    assert_string_equal(
        world_text(world, "SELECT group_concat(sku || ' ' || back, ', ') FROM (SELECT sku,"
                          " sum(effect_micros) / 1000000 AS back FROM stock_move WHERE kind IN"
                          " ('return', 'scrap') GROUP BY sku ORDER BY sku)"),
        "CAN 7, TEA-1 6, TEA-2 3");
}

static void
without_invoices_too(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,,2,not-wanted,,\nR-1,A-1,1,TEA-1,2,not-wanted,,\n"
                       "R-1,A-1,1,TEA-2,1,other,,\nR-1,A-1,1,CAN,3,not-wanted,,\n");
    world_come(world, "harbour",
               RECEIPT CAME("B-1", "1") "CAN,1,new\n" CAME("B-1", "1") "SET-1,1,opened\n" CAME(
                   "B-1", "1") "CAN,2,new\n");
    world_verify(world);
    world_come(world, "harbour",
               RECEIPT CAME("B-2", "1") "TEA-1,2,new\n" CAME("B-2", "1") "SET-1,1,new\n" CAME(
                   "B-2", "1") "TEA-2,1,new\n");
    world_verify(world);
    assert_int_equal(world_number(world, "SELECT sum(unbilled_minor) FROM return_taken"), 15827);
    assert_string_equal(unsold(world), "-3 -13300 -2527");
}

/* ---- what may come ---- */

static void
what_is_opened_does_not_come_as_a_whole(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,CAN,4,not-wanted,,\n");
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,,2,not-wanted,,\n");
    assert_string_equal(verdicts(world), "CAN allow clause, SET-1 refuse opened");
    assert_string_equal(
        world_text(world, "SELECT text_en FROM return_line WHERE verdict = 'refuse'"),
        "2 are asked for, but of 2 a part came back, or may already: only 1 can come back as a"
        " whole, and of the others the parts that are left.");
    world_come(world, "nordlicht",
               REQUEST "R-3,A-1,1,,1,not-wanted,,\nR-3,A-1,1,CAN,3,not-wanted,,\n");
    world_come(world, "nordlicht",
               REQUEST "R-4,A-1,1,CAN,2,not-wanted,,\nR-4,A-1,1,TEA-1,4,not-wanted,,\n"
                       "R-4,A-1,1,TEA-2,3,not-wanted,,\nR-4,A-1,1,,4,not-wanted,,\n");
    assert_string_equal(verdicts(world),
                        "CAN allow clause, SET-1 refuse opened, SET-1 allow clause, CAN refuse"
                        " not-left, CAN allow clause, TEA-1 allow clause, TEA-2 refuse not-left,"
                        " SET-1 refuse not-left");
}

/* Two rows of one request ask for the same pieces. */
static void
a_request_cannot_ask_twice_for_the_same(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,TEA-2,2,not-wanted,,\nR-1,A-1,1,TEA-2,2,defective,,\n"
                       "R-1,A-1,1,,2,other,,\nR-1,A-1,1,,1,not-wanted,,\n");
    assert_string_equal(verdicts(world), "TEA-2 allow clause, TEA-2 refuse not-left, SET-1 refuse"
                                         " opened, SET-1 allow clause");
}

static void
more_than_was_authorised_waits(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,CAN,3,not-wanted,,\nR-1,A-1,1,,2,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "CAN,5,new\n");
    assert_string_equal(came(world), "CAN 3 1099, CAN 2 0");
    world_come(world, "harbour", RECEIPT CAME("B-2", "1") "SET-1,2,new\n");
    const struct return_settling settling = {.action = RETURN_REFUND_REST,
                                             .name = "RMA-2026-000001",
                                             .actor = "user:anna",
                                             .reason = "why not"};
    /* All three are back by then: no fourth set has cans of its own. */
    assert_int_equal(desk_settle_return(&world->run, &settling, &arena, &settled, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    world_verify(world);
}

static void
what_waits_of_a_part_is_refunded_by_a_person(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,CAN,3,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "CAN,5,new\n");
    const struct return_settling settling = {.action = RETURN_REFUND_REST,
                                             .name = "RMA-2026-000001",
                                             .actor = "user:anna",
                                             .reason = "why not"};
    must(desk_settle_return(&world->run, &settling, &arena, &settled, &why));
    assert_string_equal(came(world), "CAN 3 1099, CAN 2 732");
    assert_int_equal(settled.refund_minor, 732);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_unit"), 2);
}

/* ---- what is wrong ---- */

/* "CODE field value expected", of the last file. */
static const char *
told(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code || ' ' || field || ' ' || value ||"
                             " iif(expected = '', '', ' ' || expected), ', '), '') FROM finding"
                             " WHERE interchange_id = (SELECT max(id) FROM interchange)");
}

static void
parts_that_there_are_not(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,POT,1,not-wanted,,\n");
    assert_string_equal(told(world), "RETURN-PART-UNKNOWN part POT CAN, TEA-1, TEA-2");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,CAN,1.5,not-wanted,,\n");
    assert_string_equal(told(world), "RETURN-QUANTITY-PART quantity 1.5");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,9,CAN,1,not-wanted,,\n");
    assert_string_equal(told(world), "RETURN-LINE-UNKNOWN line_number 9");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 0);
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,CAN,1,not-wanted,,\n");
    world_come(world, "nordlicht",
               "return_number,order_number,line_number,part,quantity,reason,text\n"
               "R-1,A-1,1,CAN,1,not-wanted,again\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,TEA-1,1,not-wanted,,\n");
    assert_string_equal(
        world_text(world, "SELECT group_concat(state, ' ') FROM (SELECT state FROM interchange"
                          " ORDER BY id DESC LIMIT 2)"),
        "refused refused"); /* the number stands for cans, and for no text */
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 1);
}

static void
a_receipt_says_which_part_came(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,CAN,3,not-wanted,,\nR-1,A-1,1,TEA-1,2,not-wanted,,\n");
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,TEA-2,1,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") ",1,new\n");
    assert_string_equal(told(world), "RETURN-PART-UNNAMED sku 1 SET-1");
    world_come(world, "harbour", RECEIPT CAME("B-2", "1") "SET-1,1,new\n");
    assert_string_equal(told(world), "RETURN-SKU-OTHER sku SET-1 CAN");
    world_come(world, "harbour", RECEIPT CAME("B-3", "2") ",1,new\n"); /* there is only one */
    assert_string_equal(told(world), "");
    assert_string_equal(came(world), "TEA-2 1 2199");
}

int
main(void)
{
#define WITH(setup, test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)
    const struct CMUnitTest tests[] = {
        WITH(sets_setup, one_part_is_refunded_what_it_paid),
        WITH(sets_setup, part_by_part_comes_to_the_whole),
        WITH(unbilled_sets_setup, without_invoices_too),
        WITH(sets_setup, what_is_opened_does_not_come_as_a_whole),
        WITH(sets_setup, a_request_cannot_ask_twice_for_the_same),
        WITH(sets_setup, more_than_was_authorised_waits),
        WITH(sets_setup, what_waits_of_a_part_is_refunded_by_a_person),
        WITH(sets_setup, parts_that_there_are_not),
        WITH(sets_setup, a_receipt_says_which_part_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
