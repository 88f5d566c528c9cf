/* Parts of packages that come back meet exchanges, fees, gifts, credit notes by hand, and verify.
 */
#include "set_world.h"

/* Net and tax of all that was refunded, of what was kept, and of the gifts. */
static const char *
sums(struct world *world)
{
    return world_text(world,
                      "SELECT (SELECT sum(refund_minor) FROM return_taken) || ' ' ||"
                      " (SELECT sum(fee_minor) FROM return_taken) || ' ' ||"
                      " (SELECT coalesce(sum(net_minor + tax_minor), 0) FROM return_gift) || ' ' ||"
                      " (SELECT coalesce(sum(gross_minor), 0) FROM invoice"
                      "  WHERE kind = 'credit-note')");
}

/* ---- exchanges ---- */

/* The red of a set for another: nothing is credited, and no set is opened of what was paid.  Its
 * cans come back for their money, all the same; and only two sets come as a whole. */
static void
a_part_is_exchanged_for_the_same_again(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,TEA-2,1,defective,exchange,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "TEA-2,1,damaged\n");
    assert_string_equal(notes(world), "");
    assert_string_equal(
        world_text(world,
                   "SELECT l.sku || ' ' || (l.quantity_micros / 1000000) || ' ' || l.unit ||"
                   " ' ' || p.net_minor FROM orders o JOIN order_line l ON l.order_id = o.id"
                   " JOIN order_line_price p ON p.order_id = o.id WHERE o.number = 'A-1-X1'"),
        "TEA-2 1 C62 0");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_unit"), 0);
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,,3,not-wanted,,\n");
    assert_string_equal(world_text(world, "SELECT why FROM return_line ORDER BY return_id DESC"),
                        "opened");
    world_come(world, "nordlicht", REQUEST "R-3,A-1,1,CAN,3,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-2", "2") "CAN,3,new\n");
    world_come(world, "nordlicht",
               REQUEST "R-4,A-1,1,,2,not-wanted,,\nR-4,A-1,1,TEA-1,2,other,,\n");
    world_come(world, "harbour",
               RECEIPT CAME("B-3", "3") "SET-1,2,new\n" CAME("B-3", "3") "TEA-1,2,new\n");
    /* All but the red that was exchanged: 18.48 and 3.51 of tax stay, and in the ledger a cent
     * less. */
    assert_string_equal(sums(world), "13628 0 0 13628");
    assert_string_equal(world_text(world, "SELECT (sum(quantity_micros) / 1000000) || ' ' ||"
                                          " (13300 + sum(net_minor)) FROM sale_line"),
                        "-2 1847");
}

static void
a_part_is_exchanged_for_another_product(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,TEA-2,1,not-wanted,exchange,TEA-1\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "TEA-2,1,new\n");
    assert_string_equal(sums(world), "2199 0 0 2199");
    assert_string_equal(
        world_text(world, "SELECT l.sku || ' ' || p.list_minor FROM orders o JOIN order_line l ON"
                          " l.order_id = o.id JOIN order_line_price p ON p.order_id = o.id"
                          " WHERE o.number = 'A-1-X1'"),
        "TEA-1 900");
}

/* ---- fees ---- */

/* The clause of the package keeps 10 %; one of the part goes before it, and is of the part alone.
 */
static void
fees_are_those_of_the_part_or_its_package(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "clause,rank,skus,window_days,fee_new,currency\nCANS,1,CAN,30,0.50,EUR\n"
               "SETS,2,SET-1,30,10%,\n");
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,CAN,3,not-wanted,,\nR-1,A-1,1,TEA-2,1,not-wanted,,\n"
                       "R-1,A-1,1,,1,not-wanted,,\n");
    world_come(world, "harbour",
               RECEIPT CAME("B-1", "1") "CAN,3,new\n" CAME("B-1", "1") "TEA-2,1,new\n");
    assert_string_equal(
        world_text(world, "SELECT group_concat(t, ', ') FROM (SELECT l.sku || ' ' || t.fee_minor AS"
                          " t FROM return_taken t JOIN return_line l ON l.return_id = t.return_id"
                          " AND l.ordinal = t.ordinal ORDER BY t.id)"),
        "CAN 50, TEA-2 220");
    assert_string_equal(
        world_text(world, "SELECT group_concat(t, ', ') FROM (SELECT l.ordinal || ' ' || l.sku ||"
                          " ' ' || l.clause || ' ' || (l.net_minor + l.tax_minor) AS t FROM invoice"
                          " i JOIN invoice_line l ON l.invoice_id = i.id WHERE i.kind ="
                          " 'credit-note' ORDER BY l.ordinal)"),
        "500001 CAN  1099, 500002 TEA-2  2199, 700001 CAN CANS -50, 700002 TEA-2 SETS -220");
    world_come(world, "harbour", RECEIPT CAME("B-2", "1") "SET-1,1,new\n");
    assert_string_equal(sums(world), "8573 797 0 7776");
}

/* ---- gifts ---- */

static int
gift_setup(void **state)
{
    world_setup(state);
    struct world *world = *state;
    sets_begin(world, true, &(struct set){{2, 1, 3}, 3330000, 45000000});
    world_come(world, "ledger",
               "code,mode,valid_from,currency,level,action,amount,buy,get,get_skus,free_units\n"
               "TWO,compounded,2020-01-01,EUR,order,amount,2,,,,\n"
               "GIVE,compounded,2020-01-01,EUR,line,buy-get,,2,1,CAN,exclusive\n");
    world_come(world, "nordlicht", SET_ORDER);
    world_come(world, "harbour", SET_SHIPPED "S-3,nordlicht,A-1,F1,CAN,1,2026-11-24T00:30:00Z\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_free_line"), 1);
    return 0;
}

/* A can is given for two sets.  With a part of one of the three two are left, with a part of a
 * second only one: then the can is kept of the refund, until all of that comes. */
static void
a_package_of_which_a_part_is_back_earns_nothing(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,TEA-1,4,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "TEA-1,2,new\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_gift"), 0);
    world_come(world, "harbour", RECEIPT CAME("B-2", "1") "TEA-1,1,new\n");
    assert_int_equal(world_number(world, "SELECT sum(net_minor + tax_minor) FROM return_gift"),
                     396); /* 3.33 and tax */
    world_come(world, "harbour", RECEIPT CAME("B-3", "1") "TEA-1,1,new\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_gift"), 1);
    world_come(world, "nordlicht", REQUEST "R-2,A-1,F1,,1,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT "B-4,RMA-2026-000002,2026-11-24T01:00:00Z,F1,CAN,1,new\n");
    assert_int_equal(world_number(world, "SELECT sum(net_minor + tax_minor) FROM return_gift"), 0);
}

/* Where they must come with it, a part is refused without them, as the whole is. */
static void
a_part_does_not_come_without_what_was_given(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", "clause,window_days,gifts\nBACK,30,back\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,TEA-1,3,not-wanted,,\n");
    assert_string_equal(world_text(world, "SELECT verdict || ' ' || why FROM return_line"),
                        "refuse gift");
    world_come(world, "nordlicht",
               REQUEST "R-2,A-1,1,TEA-1,3,not-wanted,,\nR-2,A-1,F1,,1,not-wanted,,\n");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM return_line WHERE verdict = 'allow'"), 2);
}

/* ---- credit notes by hand ---- */

static enum outcome
credit(struct world *world, int64_t quantity_micros, struct fault *why)
{
    OWNED(arena) arena;
    struct credit_note note;
    const struct credit_request request = {.number = "INV-2026-000002",
                                           .line = "1",
                                           .quantity_micros = quantity_micros,
                                           .amount_micros = AMOUNT_NONE,
                                           .reason = "a mistake",
                                           .actor = "user:anna"};
    arena_init(&arena, 1 << 20);
    return desk_credit(&world->run, &request, &arena, &note, why);
}

/* The second invoice has two sets, and one of them is opened. */
static void
a_person_takes_back_what_is_not_opened(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,CAN,3,not-wanted,,\nR-1,A-1,1,TEA-1,2,other,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "CAN,1,new\n");
    assert_int_equal(credit(world, 2 * MICROS, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    must(credit(world, MICROS, &why));
    world_verify(world);
    must(credit(world, AMOUNT_NONE, &why)); /* all that is left, and nothing of it is paid twice */
    world_come(world, "harbour",
               RECEIPT CAME("B-2", "1") "CAN,2,new\n" CAME("B-2", "1") "TEA-1,2,new\n");
    assert_string_equal(world_text(world, "SELECT group_concat(refund_minor, ' ') FROM (SELECT *"
                                          " FROM return_taken ORDER BY id)"),
                        "367 0 0");
    assert_int_equal(
        world_number(world, "SELECT sum(gross_minor) FROM invoice WHERE kind = 'credit-note'"),
        10552);
}

/* A set was opened before the company wrote invoices: the rest of it is given back without one, and
 * what the clause keeps is kept of what the note gives. */
static void
invoices_come_in_between(void **state)
{
    open_world(state, false);
    struct world *world = *state;
    world_come(world, "ledger", "clause,window_days,fee_new\nHOUSE,30,10%\n");
    world_come(world, "nordlicht", SET_ORDER);
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-1,nordlicht,A-1,1,SET-1,1,2026-11-23T00:30:00Z\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,CAN,1,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-1", "1") "CAN,1,new\n");
    world->config.invoices = true;
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-2,nordlicht,A-1,1,SET-1,2,2026-11-24T00:30:00Z\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM invoice"), 1);
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,CAN,5,not-wanted,,\n");
    world_come(world, "harbour", RECEIPT CAME("B-2", "2") "CAN,5,new\n");
    assert_string_equal(
        world_text(world, "SELECT group_concat(refund_minor || ' ' || fee_minor || ' ' ||"
                          " unbilled_minor, ', ') FROM (SELECT * FROM return_taken ORDER BY id)"),
        "366 37 329, 1831 183 732");
    assert_string_equal(notes(world), "CRN-2026-000001 916");
}

/* ---- verify ---- */

static size_t
found(struct world *world, enum message code)
{
    struct fault why = {0};
    OWNED(verify_report) report;
    size_t count = 0;
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    for (size_t index = 0; index < report.count; index++) {
        count += report.items[index].code == code;
    }
    return count;
}

static void
what_is_wrong_is_found(void **state)
{
    static const struct {
        const char *spoil;
        const char *mend;
        enum message code;
    } cases[] = {
        {"UPDATE return_unit SET net_minor = net_minor - 1 WHERE unit = 1",
         "UPDATE return_unit SET net_minor = net_minor + 1 WHERE unit = 1", M_VERIFY_PACKAGES},
        {"UPDATE return_unit SET is_back = 0", "UPDATE return_unit SET is_back = 1",
         M_VERIFY_PACKAGES},
        {"UPDATE return_unit SET unit = 2, order_id = 1 WHERE unit = 1;"
         "INSERT INTO return_unit SELECT order_id, ordinal, 1, invoice_id, 0, 0, 1, 0, 0, 0, NULL,"
         " 1 FROM return_unit",
         "DELETE FROM return_unit WHERE unit = 1; UPDATE return_unit SET unit = 1",
         M_VERIFY_PACKAGES},
        {"UPDATE sale_line SET net_minor = net_minor + 1 WHERE sale_id = (SELECT max(sale_id) FROM"
         " sale_line)",
         "UPDATE sale_line SET net_minor = net_minor - 1 WHERE sale_id = (SELECT max(sale_id) FROM"
         " sale_line)",
         M_VERIFY_PACKAGES},
        {"UPDATE shipment_line SET quantity_micros = 1000000 WHERE quantity_micros = 2000000",
         "UPDATE shipment_line SET quantity_micros = 2000000 WHERE shipment_id = 2",
         M_VERIFY_RETURNS},
        {"UPDATE invoice_line SET quantity_micros = 2000000 WHERE ordinal = 1 AND invoice_id >"
         " 2",
         "UPDATE invoice_line SET quantity_micros = 1000000 WHERE ordinal = 1 AND invoice_id > 2",
         M_VERIFY_CREDITED},
    };
    struct world *world = *state;
    world_come(world, "nordlicht",
               REQUEST "R-1,A-1,1,CAN,3,not-wanted,,\nR-1,A-1,1,TEA-1,2,other,,\n"
                       "R-1,A-1,1,TEA-2,1,other,,\nR-1,A-1,1,,2,not-wanted,,\n");
    world_come(world, "harbour",
               RECEIPT CAME("B-1", "1") "CAN,3,new\n" CAME("B-1", "1") "TEA-1,2,new\n" CAME(
                   "B-1", "1") "TEA-2,1,new\n" CAME("B-1", "1") "SET-1,2,new\n");
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        world_do(world, cases[index].spoil);
        if (found(world, cases[index].code) == 0) {
            fail_msg("case %zu is not found", index);
        }
        world_do(world, cases[index].mend);
        world_verify(world);
    }
}

int
main(void)
{
#define WITH(setup, test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)
    const struct CMUnitTest tests[] = {
        WITH(sets_setup, a_part_is_exchanged_for_the_same_again),
        WITH(sets_setup, a_part_is_exchanged_for_another_product),
        WITH(sets_setup, fees_are_those_of_the_part_or_its_package),
        WITH(gift_setup, a_package_of_which_a_part_is_back_earns_nothing),
        WITH(gift_setup, a_part_does_not_come_without_what_was_given),
        WITH(sets_setup, a_person_takes_back_what_is_not_opened),
        cmocka_unit_test_teardown(invoices_come_in_between, world_teardown),
        WITH(sets_setup, what_is_wrong_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
