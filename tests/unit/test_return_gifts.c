/* Goods that a promotion gave, when what they were given for goes back. */
#include "return_world.h"

#include "rules/gift.h"

#define PROMOTION "code,mode,valid_from,currency,action,amount,buy,get,get_skus,free_units\n"
#define POLICY    "clause,window_days,gifts,fee_new,currency\n"
#define REQUEST   "return_number,order_number,line_number,quantity,reason,wish\n"
#define RECEIPT   "receipt_number,authorisation,received_at,order_line,sku,quantity,condition\n"
#define AT        ",RMA-2026-000001,2026-11-24T01:00:00Z,"
#define AT_2      ",RMA-2026-000002,2026-11-24T01:00:00Z,"
#define FIRST     "1,TEA-1,"
#define GIFT      "F1,TEA-2,1,new\n"
#define SENT                                                                                       \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"                    \
    "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T00:30:00Z\n"                                           \
    "S-1,nordlicht,A-1,F1,TEA-2,1,2026-11-24T00:30:00Z\n"

/* Three at 9.00 and 1.71 of tax; for two of them one is given that costs 20.00 and 3.80. */
static int
set_up(void **state, bool has_invoices, const char *amount)
{
    char promotion[256];
    world_setup(state);
    struct world *world = *state;
    world->config.invoices = has_invoices;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    snprintf(promotion, sizeof promotion,
             PROMOTION "GIVE,compounded,2020-01-01,EUR,buy-get,%s,2,1,TEA-2,exclusive\n", amount);
    world_come(world, "ledger", promotion);
    world_come(world, "nordlicht", ORDER);
    world_come(world, "harbour", SENT);
    assert_string_equal(world_text(world, "SELECT number || ' ' || sku FROM order_free_line"),
                        "F1 TEA-2");
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM shipment_line"),
                     4 * MICROS);
    return 0;
}

static int
invoiced(void **state)
{
    return set_up(state, true, "");
}

static int
not_invoiced(void **state)
{
    return set_up(state, false, "");
}

static int
said_worth(void **state)
{
    return set_up(state, true, "5.00");
}

/* "10.71 of refunds, 3.00 kept, 7.71 credited": what of returns came to what. */
static const char *
sums(struct world *world)
{
    return world_text(world,
                      "SELECT (SELECT sum(refund_minor) FROM return_taken) || ' ' ||"
                      " (SELECT coalesce(sum(net_minor + tax_minor), 0) FROM return_gift) || ' ' ||"
                      " (SELECT coalesce(sum(i.gross_minor), 0) FROM invoice i"
                      "  JOIN invoice x ON x.id = i.corrects AND x.kind = 'invoice')");
}

/* "13.09 claimed, of which 13.09 by invoices and 0 given up": what refunds did not cover. */
static const char *
claims(struct world *world)
{
    return world_text(
        world,
        "SELECT (SELECT coalesce(sum(net_minor + tax_minor), 0) FROM charge) || ' ' ||"
        " (SELECT coalesce(sum(gross_minor), 0) FROM invoice WHERE kind = 'charge') || ' ' ||"
        " (SELECT coalesce(sum(i.gross_minor), 0) FROM invoice i"
        "  JOIN invoice x ON x.id = i.corrects AND x.kind = 'charge')");
}

/* One that stays is earned by two, not by one; of a refund of 10.71 no more is kept than that, and
 * what is missing of 23.80 is claimed: nothing of it is lost when nothing else comes back. */
static void
what_is_not_earned_any_more_is_kept_of_the_refund(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,3,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "1,new\n");
    assert_string_equal(sums(world), "1071 0 1071");
    world_come(world, "harbour", RECEIPT "B-2" AT FIRST "1,new\n");
    assert_string_equal(sums(world), "2142 1071 1071");
    assert_string_equal(world_text(world, "SELECT net_minor || ' ' || tax_minor || ' ' || clause"
                                          " FROM return_gift"),
                        "900 171 DEFAULT-30-DAYS");
    assert_string_equal(
        world_text(world, "SELECT text_en FROM return_gift"),
        "Of what a promotion gave, 1 of TEA-2 stay that it does not give any more for what stays of"
        " the order (it gives 0 now). They are worth 23.80 EUR, tax included; 0.00 EUR of that were"
        " kept of refunds or claimed before, and of this one are kept: 10.71 EUR.");
    assert_string_equal(claims(world), "1309 1309 0");
    assert_string_equal(
        world_text(world, "SELECT kind || ' ' || clause || ' ' || gift_number || ' ' || gift_sku ||"
                          " ' ' || net_minor || '+' || tax_minor || ' ' || tax_rate_micros || ': '"
                          " || text_en FROM charge"),
        "gift DEFAULT-30-DAYS F1 TEA-2 1100+209 190000: Of what a promotion gave, 1 of TEA-2 have"
        " left and stay that it does not give any more for what stays of the order (it gives 0"
        " now). They are worth 23.80 EUR, tax included; 10.71 EUR of that were kept of refunds or"
        " claimed before, and 13.09 EUR are claimed.");
    assert_string_equal(world_text(world, "SELECT number || ' ' || sku || ' ' || net_minor || ' '"
                                          " || tax_minor FROM invoice_line WHERE ordinal ="
                                          " 1000001"),
                        "F1 TEA-2 1100 209");
    assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 3213 - 1071 + 1309);
    world_verify(world);
    world_come(world, "harbour", RECEIPT "B-3" AT FIRST "1,new\n");
    assert_string_equal(sums(world), "3213 1071 2142");
    assert_string_equal(claims(world), "1309 1309 0");
    assert_string_equal(notes(world),
                        "CRN-2026-000001 1071, CRN-2026-000002 0, CRN-2026-000003 1071");
    assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 2380);
    /* And when it comes back after all. */
    world_come(world, "nordlicht", REQUEST "R-2,A-1,F1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-4" AT_2 GIFT);
    assert_string_equal(sums(world), "3213 0 3213");
    assert_string_equal(claims(world), "1309 1309 1309");
    assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 0);
    assert_string_equal(world_text(world, "SELECT group_concat(event) FROM order_event WHERE event"
                                          " IN ('charged', 'fee-waived')"),
                        "charged,fee-waived");
    world_verify(world);
}

/* Four rows of the receipts, in every order of their coming: it is the same in the end. */
static void
the_order_of_receipts_does_not_matter(void **state)
{
    static const char *const rows[] = {FIRST "1,new\n", FIRST "1,new\n", FIRST "1,new\n", GIFT};
    struct world *world = *state;
    for (int first = 0; first < 4; first++) {
        void *other = NULL;
        assert_int_equal(invoiced(&other), 0);
        world = other;
        world_come(world, "nordlicht",
                   REQUEST "R-1,A-1,1,3,not-wanted,\nR-1,A-1,F1,1,not-wanted,\n");
        for (int at = 0; at < 4; at++) {
            char receipt[256];
            snprintf(receipt, sizeof receipt, RECEIPT "B-%d" AT "%s", at, rows[(first + at) % 4]);
            world_come(world, "harbour", receipt);
        }
        assert_string_equal(sums(world), "3213 0 3213");
        assert_int_equal(world_number(world, "SELECT coalesce(sum(net_minor + tax_minor), 0) FROM"
                                             " charge_open"),
                         0);
        assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"), 0);
        world_verify(world);
        world_end(world);
    }
}

static void
a_promotion_may_say_what_it_is_worth(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,2,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "2,new\n");
    assert_string_equal(sums(world), "2142 595 1547");
    assert_string_equal(
        world_text(world, "SELECT number || ' ' || sku || ' ' || net_minor || ' ' || tax_minor ||"
                          " ' ' || tax_rate_micros FROM invoice_line WHERE ordinal = 300001"),
        "F1 TEA-2 -500 -95 190000");
}

/* A fee comes first: both together are never more than the refund. */
static void
a_fee_comes_before_it(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "FEE,30,value,10.00,EUR\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,2,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "2,new\n");
    assert_string_equal(sums(world), "2142 1142 0");
    assert_string_equal(claims(world), "1238 1238 0");
    assert_int_equal(world_number(world, "SELECT fee_minor FROM return_taken"), 1000);
}

static void
a_company_may_let_it_be_kept(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "KEEP,30,keep,,\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,3,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "3,new\n");
    assert_string_equal(sums(world), "3213 0 3213");
}

static void
of_our_own_fault_it_is_kept(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,3,defective,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "3,new\n");
    assert_string_equal(sums(world), "3213 0 3213");
}

/* Sent again, so that nothing of the order is missing. */
static void
for_the_same_again_it_is_kept(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,2,not-wanted,exchange\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "2,new\n");
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,1,not-wanted,refund\n");
    world_come(world, "harbour", RECEIPT "B-2" AT_2 FIRST "1,new\n");
    assert_string_equal(sums(world), "1071 0 1071");
}

static const char *
lines(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || verdict || ' ' || why) FROM"
                             " (SELECT * FROM return_line ORDER BY return_id, ordinal)");
}

/* One of three may come alone, for two earn it; the next takes it away. */
static void
it_may_have_to_come_with_it(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "BACK,30,back,,\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,\n");
    assert_string_equal(lines(world), "1 allow clause");
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,1,not-wanted,\n");
    assert_string_equal(lines(world), "1 allow clause,1 refuse gift");
    assert_string_equal(world_text(world, "SELECT text_en FROM return_line WHERE return_id = 2"),
                        "By the clause BACK it comes back only together with what was given for it:"
                        " 1 C62 TEA-2 (F1).");
    world_come(world, "nordlicht", REQUEST "R-3,A-1,1,1,not-wanted,\nR-3,A-1,F1,1,not-wanted,\n");
    assert_string_equal(lines(world),
                        "1 allow clause,1 refuse gift,1 allow clause,F1 allow clause");
    /* It was asked for, and does not come: so much is kept until it does. */
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "1,new\n");
    world_come(world, "harbour", RECEIPT "B-2" AT_2 FIRST "1,new\n");
    assert_string_equal(sums(world), "2142 1071 1071");
    assert_string_equal(claims(world), "1309 1309 0");
    world_come(world, "harbour", RECEIPT "B-3" AT_2 GIFT);
    assert_string_equal(sums(world), "2142 0 2142");
    assert_string_equal(claims(world), "1309 1309 1309");
}

/* What a refund does not cover is owed of what was paid, and is to be paid beyond that. */
static void
without_invoices_it_is_claimed_all_the_same(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-1,payment,nordlicht,A-1,32.13,EUR,2026-11-24\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,2,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "2,new\n");
    assert_string_equal(sums(world), "2142 2142 0");
    assert_string_equal(claims(world), "238 0 0");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 0);
    world_verify(world);
    world_come(world, "nordlicht", REQUEST "R-2,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-2" AT_2 FIRST "1,new\n");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 3213 - 2380);
    world_verify(world);
}

/* Without an invoice no credit note says it; what is owed follows all the same. */
static void
without_invoices_less_is_owed(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-1,payment,nordlicht,A-1,32.13,EUR,2026-11-24\n");
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,3,not-wanted,\nR-1,A-1,F1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "3,new\n");
    assert_string_equal(sums(world), "3213 2380 0");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 3213 - 2380);
    world_verify(world);
    world_come(world, "harbour", RECEIPT "B-2" AT GIFT);
    assert_string_equal(sums(world), "3213 0 0");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 3213);
}

/* What was received beyond the authorisation counts when a person refunds it. */
static void
what_a_person_refunds_counts_too(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    world_come(world, "nordlicht", REQUEST "R-1,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour", RECEIPT "B-1" AT FIRST "3,new\n");
    assert_string_equal(sums(world), "1071 0 1071");
    must(desk_settle_return(&world->run,
                            &(struct return_settling){.action = RETURN_REFUND_REST,
                                                      .name = "RMA-2026-000001",
                                                      .reason = "so be it",
                                                      .actor = "user:anna"},
                            &arena, &settled, &why));
    assert_int_equal(settled.gift_minor, 2142);
    assert_string_equal(sums(world), "3213 2142 1071");
    assert_string_equal(claims(world), "238 238 0");
    world_verify(world);
}

static void
shares_are_exact(void **state)
{
    struct gift gift = {.given_micros = 3 * MICROS, .worth = {1000, 190}};
    (void)state;
    gift.earned_micros = 2 * MICROS;
    const struct gift_amount one = gift_change(&gift, 10000);
    assert_int_equal(one.net_minor, 333);
    assert_int_equal(one.tax_minor, 63);
    gift.kept = one;
    gift.earned_micros = 0;
    const struct gift_amount rest = gift_change(&gift, 10000);
    assert_int_equal(one.net_minor + rest.net_minor, 1000);
    assert_int_equal(one.tax_minor + rest.tax_minor, 190);
    const struct gift_amount less = gift_change(&gift, 100);
    assert_int_equal(gift_gross(&less), 100);
    gift.kept = (struct gift_amount){1000, 190};
    gift.back_micros = 4 * MICROS; /* more than were given: nothing stays */
    const struct gift_amount back = gift_change(&gift, 0);
    assert_int_equal(back.net_minor, -1000);
    assert_int_equal(back.tax_minor, -190);
}

#define INVOICED(test) cmocka_unit_test_setup_teardown(test, invoiced, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        INVOICED(what_is_not_earned_any_more_is_kept_of_the_refund),
        INVOICED(the_order_of_receipts_does_not_matter),
        cmocka_unit_test_setup_teardown(a_promotion_may_say_what_it_is_worth, said_worth,
                                        world_teardown),
        INVOICED(a_fee_comes_before_it),
        INVOICED(a_company_may_let_it_be_kept),
        INVOICED(of_our_own_fault_it_is_kept),
        INVOICED(for_the_same_again_it_is_kept),
        INVOICED(it_may_have_to_come_with_it),
        cmocka_unit_test_setup_teardown(without_invoices_less_is_owed, not_invoiced,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(without_invoices_it_is_claimed_all_the_same, not_invoiced,
                                        world_teardown),
        INVOICED(what_a_person_refunds_counts_too),
        cmocka_unit_test(shares_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
