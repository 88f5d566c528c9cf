/* Goods that a promotion gave, that have left, and that what is not cancelled does not earn. */
#include "desk_world.h"
#include "waived.h"

#include "base/date.h"
#include "desk/matter.h"
#include "desk/returning.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ORDER  HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,3,C62\n"
#define POLICY "clause,rank,faults,currency,fee,percent,promotions,gifts\n"
#define GIVE                                                                                       \
    "code,mode,valid_from,currency,action,amount,buy,get,get_skus,free_units\n"                    \
    "GIVE,compounded,2020-01-01,EUR,buy-get,%s,2,1,TEA-2,exclusive\n"
#define SHIPMENT "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"

#define GOODS(number, quantity) number ",nordlicht,A-1,1,TEA-1," quantity ",2026-11-24T00:30:00Z\n"
#define GIFT(number)            number ",nordlicht,A-1,F1,TEA-2,1,2026-11-24T00:30:00Z\n"
#define STOPPED(number)                                                                            \
    "stop_number,status,line_number,quantity,cost,currency,reason\n" number ",stopped,,,,,\n"
#define RECEIPT "receipt_number,authorisation,received_at,order_line,sku,quantity,condition\n"
#define CAME    RECEIPT "B-1,RMA-2026-000001,2026-11-24T01:00:00Z,F1,TEA-2,1,new\n"
#define DAY     INT64_C(86400000)

/* Three at 9.00 and 1.71 of tax; for two of them one is given that costs 20.00 and 3.80. */
static int
set_up(void **state, bool has_invoices, const char *policy, const char *amount)
{
    char promotion[256];
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.invoices = has_invoices;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.charge_prefix = "CHG-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    snprintf(promotion, sizeof promotion, GIVE, amount);
    world_come(world, "ledger", promotion);
    world_come(world, "ledger", policy);
    world_come(world, "nordlicht", ORDER);
    return 0;
}

static int
by_value(void **state)
{
    return set_up(state, true, POLICY "C-1,1,,EUR,none,,evaluate,value\n", "");
}

static int
not_invoiced(void **state)
{
    return set_up(state, false, POLICY "C-1,1,,EUR,none,,evaluate,value\n", "");
}

static int
said_worth(void **state)
{
    return set_up(state, true, POLICY "C-1,1,,EUR,percent,10,evaluate,value\n", "5.00");
}

static int
asked_back(void **state)
{
    return set_up(state, true, POLICY "C-1,1,,EUR,none,,evaluate,back\n", "");
}

static int
waivable(void **state)
{
    return set_up(state, true,
                  "clause,rank,faults,currency,fee,promotions,gifts,waived_by,waive_up_to\n"
                  "C-1,1,,EUR,none,evaluate,value,anna,20.00\n",
                  "");
}

static int
kept(void **state)
{
    return set_up(state, true, POLICY "C-1,1,,EUR,none,,evaluate,keep\n", "");
}

static int
locked(void **state)
{
    return set_up(state, true, POLICY "C-1,1,,EUR,none,,lock,value\n", "");
}

static void
cancel(struct world *world, int64_t quantity, const char *fault)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .line = "1",
                                       .quantity_micros = quantity * MICROS,
                                       .cause = "other",
                                       .fault = fault,
                                       .reason = "changed my mind",
                                       .actor = "user:anna"};
    arena_init(&arena, 4 * 1024 * 1024);
    must(desk_cancel(&world->run, &order, &arena, &done, &why));
}

/* One and the gift have left; what is with the warehouse of the other two is stopped. */
static void
leave_and_cancel(struct world *world, const char *fault)
{
    world_come(world, "harbour", SHIPMENT GOODS("S-1", "1") GIFT("S-1"));
    cancel(world, 2, fault);
    world_come(world, "harbour", STOPPED("1"));
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' || (quantity_micros /"
                                          " 1000000)) FROM order_cancelled"),
                        "1=2");
}

/* "gift C-1 2000+380 CHG-2026-000001, ...": but for fees of nothing. */
static const char *
charges(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT g.kind || ' ' || g.clause"
               " || ' ' || g.net_minor || '+' || g.tax_minor || ' ' || coalesce(i.number, '-') AS t"
               " FROM charge g LEFT JOIN invoice i ON i.id = g.invoice_id WHERE g.kind <> 'fee' OR"
               " g.net_minor > 0 ORDER BY g.number)");
}

static int64_t
claimed(struct world *world)
{
    return world_number(world, "SELECT coalesce(sum(net_minor + tax_minor), 0) FROM charge_open");
}

static int64_t
statements(struct world *world)
{
    return world_number(world, "SELECT count(*) FROM cancellation_statement");
}

/* What an order is to be paid: one of its three, and what is claimed. */
static void
it_foots(struct world *world, int64_t claimed_minor)
{
    assert_int_equal(claimed(world), claimed_minor);
    assert_int_equal(world_number(world, "SELECT due_minor FROM cancellation_statement ORDER BY"
                                         " number DESC LIMIT 1"),
                     1071 + claimed_minor);
    if (world->config.invoices) {
        assert_int_equal(world_number(world, "SELECT open_minor FROM receivable"),
                         1071 + claimed_minor);
    }
    world_verify(world);
}

static void
what_it_is_worth_is_claimed(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(charges(world), "gift C-1 2000+380 CHG-2026-000001");
    assert_string_equal(
        world_text(world, "SELECT gift_number || ' ' || gift_sku || ' ' || tax_rate_micros || ': '"
                          " || text_en FROM charge WHERE kind = 'gift'"),
        "F1 TEA-2 190000: Of what a promotion gave, 1 of TEA-2 have left and stay that it does not"
        " give any more for what stays of the order (it gives 0 now). They are worth 23.80 EUR, tax"
        " included; 0.00 EUR of that were kept of refunds or claimed before, and 23.80 EUR are"
        " claimed.");
    assert_string_equal(
        world_text(world, "SELECT text_zh FROM charge WHERE kind = 'gift'"),
        "促销所赠且已发出的 TEA-2 中有 1 件未退回，而订单保留部分已不再满足赠送条件（现仅赠 0 "
        "件）。"
        "其价值为 23.80 EUR（含税），此前已从退款中扣除或收取 0.00 EUR，现收取 23.80 EUR。");
    assert_string_equal(world_text(world, "SELECT group_concat(event) FROM order_event WHERE event"
                                          " IN ('charged', 'fee-waived')"),
                        "charged");
    it_foots(world, 2380);
}

static void
without_invoices_it_is_to_be_paid(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(charges(world), "gift C-1 2000+380 -");
    it_foots(world, 2380);
}

/* The fee is of what is cancelled; of the gift what the promotion says. */
static void
a_promotion_may_say_what_it_is_worth(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(charges(world),
                        "fee C-1 180+0 CHG-2026-000001, gift C-1 500+95 CHG-2026-000001");
    it_foots(world, 180 + 595);
}

static void
a_company_may_let_it_be_kept(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(charges(world), "");
    it_foots(world, 0);
}

static void
of_our_own_fault_it_is_kept(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "company");
    assert_string_equal(charges(world), "");
    it_foots(world, 0);
}

/* And the list that said so was told of. */
static void
where_promotions_are_locked_it_is_kept(void **state)
{
    struct world *world = *state;
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM finding WHERE code = 'MASTER-POLICY-GIFTS'"), 1);
    leave_and_cancel(world, "customer");
    assert_string_equal(charges(world), "");
    it_foots(world, 0);
}

/* Two of three earn it. */
static void
what_is_still_earned_is_not_claimed(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", SHIPMENT GOODS("S-1", "1") GIFT("S-1"));
    cancel(world, 1, "customer");
    world_come(world, "harbour", STOPPED("1"));
    assert_string_equal(charges(world), "");
    cancel(world, 1, "customer");
    world_come(world, "harbour", STOPPED("2"));
    assert_string_equal(charges(world), "gift C-1 2000+380 CHG-2026-000001");
    it_foots(world, 2380);
}

/* It was to be stopped, and left all the same: it is claimed then, by a statement of its own. */
static void
what_leaves_afterwards_is_claimed_then(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", SHIPMENT GOODS("S-1", "1"));
    cancel(world, 2, "customer");
    world_come(world, "harbour", STOPPED("1"));
    assert_string_equal(charges(world), "");
    assert_int_equal(statements(world), 1);
    assert_int_equal(world_number(world,
                                  "SELECT count(*) FROM stop_notice n JOIN stop_notice_line l ON"
                                  " l.notice_id = n.id WHERE n.number = 2 AND l.ordinal = 100001"),
                     1);
    world_come(world, "harbour", SHIPMENT GIFT("S-2"));
    assert_string_equal(charges(world), "gift C-1 2000+380 CHG-2026-000001");
    assert_int_equal(statements(world), 2);
    assert_int_equal(world_number(world, "SELECT statement FROM charge WHERE kind = 'gift'"), 2);
    it_foots(world, 2380);
}

/* It is under way with what was cancelled for it: it is stopped, too, and costs nothing. */
static void
what_is_stopped_in_time_is_not_claimed(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", SHIPMENT GOODS("S-1", "1"));
    cancel(world, 2, "customer");
    world_come(world, "harbour", STOPPED("1"));
    world_come(world, "harbour", STOPPED("2"));
    assert_string_equal(charges(world), "");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' || (quantity_micros /"
                                          " 1000000)) FROM order_cancelled"),
                        "1=2,100001=1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM stop_notice"), 2);
    it_foots(world, 0);
}

static void
ask_for_it(struct world *world, const char *number)
{
    char request[256];
    snprintf(request, sizeof request,
             "return_number,order_number,line_number,quantity,reason,wish\n"
             "%s,A-1,F1,1,not-wanted,\n",
             number);
    world_come(world, "nordlicht", request);
}

/* It comes back after all, as its customer may by the return policy. */
static void
what_comes_back_is_not_claimed_any_more(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    ask_for_it(world, "R-1");
    it_foots(world, 2380);
    world_come(world, "harbour", CAME);
    assert_string_equal(world_text(world, "SELECT kind || ' ' || net_minor || '+' || tax_minor ||"
                                          " ' ' || statement FROM charge_less"),
                        "given-back 2000+380 2");
    assert_string_equal(world_text(world, "SELECT number || ' ' || gross_minor FROM invoice WHERE"
                                          " kind = 'credit-note'"),
                        "CRN-2026-000001 2380");
    it_foots(world, 0);
}

/* What was claimed is not kept of a refund once more. */
static void
it_is_claimed_once_by_cancellations_and_returns(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    world_come(world, "nordlicht",
               "return_number,order_number,line_number,quantity,reason,wish\n"
               "R-1,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour",
               RECEIPT "B-9,RMA-2026-000001,2026-11-24T01:00:00Z,1,TEA-1,1,new\n");
    assert_int_equal(world_number(world, "SELECT sum(refund_minor) FROM return_taken"), 1071);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_gift"), 0);
    assert_int_equal(claimed(world), 2380);
    world_verify(world);
}

/* ---- waived ---- */

/* By whom the clause names, and so much as it says; what is waived is not claimed again, whatever
 * happens next, and when the goods come back after all only the rest is given up. */
static void
a_claim_is_waived_once_and_for_all(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(waive(world, "user:boris", 10 * MICROS),
                        "user:boris may not waive the fee by the clause C-1: ask anna");
    assert_string_equal(waive(world, "user:anna", 21 * MICROS),
                        "of the fee by the clause C-1 no more than 20.00 EUR may be waived, with"
                        " what was waived before: waive less, or raise waive_up_to of the policy");
    it_foots(world, 2380);
    assert_string_equal(waive(world, "user:anna", 10 * MICROS), "done");
    it_foots(world, 1380);
    world_come(world, "nordlicht",
               "return_number,order_number,line_number,quantity,reason,wish\n"
               "R-1,A-1,1,1,not-wanted,\n");
    world_come(world, "harbour",
               RECEIPT "B-9,RMA-2026-000001,2026-11-24T01:00:00Z,1,TEA-1,1,new\n");
    assert_string_equal(charges(world), "gift C-1 2000+380 CHG-2026-000001");
    assert_int_equal(claimed(world), 1380);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_gift"), 0);
    ask_for_it(world, "R-2");
    world_come(world, "harbour",
               RECEIPT "B-1,RMA-2026-000002,2026-11-24T01:00:00Z,F1,TEA-2,1,new\n");
    assert_int_equal(claimed(world), 0);
    assert_string_equal(world_text(world, "SELECT group_concat(kind || ' ' || (net_minor +"
                                          " tax_minor)) FROM charge_less"),
                        "waived 1000,given-back 1380");
    world_verify(world);
}

static void
where_the_clause_names_nobody_it_stays_claimed(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(waive(world, "user:anna", MICROS),
                        "what can be waived of order nordlicht/A-1 comes to less than that: purser"
                        " fee list 'nordlicht/A-1'");
    it_foots(world, 2380);
}

/* ---- asked back ---- */

static const char *
authorisations(struct world *world)
{
    return world_text(world, "SELECT group_concat(r.number || ' ' || r.state || ' ' || l.number ||"
                             " ' ' || l.sku || ' ' || l.clause || ' ' || l.dispositions) FROM"
                             " return_authorisation r JOIN return_line l ON l.return_id = r.id");
}

static void
it_is_asked_back_first(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    assert_string_equal(authorisations(world), "RMA-2026-000001 authorised F1 TEA-2 C-1 "
                                               "restock | restock | scrap | restock");
    assert_string_equal(charges(world), "gift C-1 0+0 -");
    assert_string_equal(
        world_text(world, "SELECT text_en FROM charge WHERE kind = 'gift'"),
        "By the clause C-1, 1 of TEA-2 (line F1), which a promotion gave and does not give any more"
        " for what stays of the order, are asked back under RMA-2026-000001 until 2026-12-24. What"
        " they are worth, 23.80 EUR with tax, is claimed when they have not come by then.");
    assert_string_equal(
        world_text(world, "SELECT group_concat(DISTINCT partner) FROM outbox_message WHERE kind ="
                          " 'return-authorisation'"),
        "harbour,nordlicht");
    it_foots(world, 0);
    world_come(world, "harbour", CAME);
    assert_string_equal(charges(world), "gift C-1 0+0 -");
    assert_int_equal(statements(world), 1);
    it_foots(world, 0);
}

static void
let_it_expire(struct world *world)
{
    struct fault why = {0};
    world->run.as_of_ms += 31 * DAY;
    must(returning_work(&world->run, &why));
}

static void
what_does_not_come_in_time_is_claimed(void **state)
{
    struct world *world = *state;
    leave_and_cancel(world, "customer");
    world->run.as_of_ms += 30 * DAY; /* the last day */
    struct fault why = {0};
    must(returning_work(&world->run, &why));
    assert_int_equal(claimed(world), 0);
    world->run.as_of_ms -= 30 * DAY;
    let_it_expire(world);
    assert_string_equal(charges(world), "gift C-1 0+0 -, gift C-1 2000+380 CHG-2026-000001");
    assert_int_equal(statements(world), 2);
    it_foots(world, 2380);
}

/* A person refunds what came too late: it is not claimed any more. */
static void
what_comes_too_late_a_person_decides(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct return_settled settled;
    arena_init(&arena, 1 << 20);
    leave_and_cancel(world, "customer");
    let_it_expire(world);
    world_come(world, "harbour", CAME);
    it_foots(world, 2380);
    must(desk_settle_return(&world->run,
                            &(struct return_settling){.action = RETURN_REFUND_REST,
                                                      .name = "RMA-2026-000001",
                                                      .reason = "so be it",
                                                      .actor = "user:anna"},
                            &arena, &settled, &why));
    it_foots(world, 0);
}

/* Another cancellation does not ask again for what is on its way, nor for what was asked in vain.
 */
static void
it_is_asked_back_once(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", SHIPMENT GIFT("S-1"));
    cancel(world, 2, "customer");
    world_come(world, "harbour", STOPPED("1"));
    assert_string_equal(charges(world), "gift C-1 0+0 -");
    cancel(world, 1, "customer");
    world_come(world, "harbour", STOPPED("2"));
    assert_string_equal(charges(world), "gift C-1 0+0 -");
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 1);
    let_it_expire(world);
    assert_int_equal(claimed(world), 2380);
    assert_int_equal(world_number(world, "SELECT count(*) FROM return_authorisation"), 1);
    world_verify(world);
}

int
main(void)
{
#define TEST(name, setup) cmocka_unit_test_setup_teardown(name, setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_it_is_worth_is_claimed, by_value),
        TEST(without_invoices_it_is_to_be_paid, not_invoiced),
        TEST(a_promotion_may_say_what_it_is_worth, said_worth),
        TEST(a_company_may_let_it_be_kept, kept),
        TEST(of_our_own_fault_it_is_kept, by_value),
        TEST(where_promotions_are_locked_it_is_kept, locked),
        TEST(what_is_still_earned_is_not_claimed, by_value),
        TEST(what_leaves_afterwards_is_claimed_then, by_value),
        TEST(what_is_stopped_in_time_is_not_claimed, by_value),
        TEST(what_comes_back_is_not_claimed_any_more, by_value),
        TEST(it_is_claimed_once_by_cancellations_and_returns, by_value),
        TEST(a_claim_is_waived_once_and_for_all, waivable),
        TEST(where_the_clause_names_nobody_it_stays_claimed, by_value),
        TEST(it_is_asked_back_first, asked_back),
        TEST(what_does_not_come_in_time_is_claimed, asked_back),
        TEST(what_comes_too_late_a_person_decides, asked_back),
        TEST(it_is_asked_back_once, asked_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
