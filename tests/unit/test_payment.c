/* What must be paid before an order is released, and the money that comes for it. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START(number)        number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
#define SMALL                HEAD START("A-1") "1,TEA-1,2,C62\n"  /* 21.42 EUR */
#define LARGE                HEAD START("A-1") "1,TEA-1,20,C62\n" /* 214.20 EUR: asks Lin Wei */
#define PAYMENTS             "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
#define PAID(number, amount) PAYMENTS number ",,nordlicht,A-1," amount ",EUR,2026-11-24\n"
#define BACK(number, amount) PAYMENTS number ",refund,nordlicht,A-1," amount ",EUR,2026-11-24\n"

static void
terms(struct world *world, const char *kind, int64_t deposit_micros)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "UPDATE customer SET payment_terms = '%s', deposit_micros = %" PRId64
             ", payment_days = 30 WHERE code = 'C100'",
             kind, deposit_micros);
    world_do(world, sql);
}

static int
set_up(void **state)
{
    world_setup(state);
    terms(*state, "prepaid", 0);
    return 0;
}

static const char *
standing(struct world *world)
{
    return world_text(
        world, "SELECT approval || version || ' ' || fulfilment || ' ' || payment FROM orders");
}

static const char *
story(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(event, ' ') FROM (SELECT event FROM order_event ORDER BY id)");
}

static const char *
holds(struct world *world)
{
    return world_text(world, "SELECT group_concat(kind || ' ' || reason || ' ' ||"
                             " coalesce(how, 'open'), ', ') FROM order_hold");
}

/* required/enough paid-refunded owed */
static const char *
sums(struct world *world)
{
    return world_text(world, "SELECT required_minor || '/' || enough_minor || ' ' || paid_minor ||"
                             " '-' || refunded_minor || ' ' || owed_minor FROM order_payment");
}

static const char *
findings(struct world *world)
{
    return world_text(world, "SELECT group_concat(code || ' ' || value, ', ') FROM finding");
}

/* What the customer was told of the order's state. */
static const char *
told(struct world *world)
{
    return world_text(world, "SELECT group_concat(headline, ' ') FROM (SELECT e.headline FROM"
                             " outbox_message m JOIN order_event e ON e.id = m.event_id"
                             " WHERE m.kind = 'order-status' ORDER BY m.number)");
}

static void
resume(struct world *world)
{
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_PAYMENT, "good customer",
                                       "user:anna"};
    must(desk_resume(&world->run, &ending, &ended, &why));
}

static enum outcome
assign(struct world *world, const char *number, bool is_trial, struct payment_assigned *assigned,
       struct fault *why)
{
    OWNED(arena) arena;
    arena_init(&arena, 1 << 20);
    const struct payment_assignment assignment = {.number = number,
                                                  .finance = "",
                                                  .partner = "nordlicht",
                                                  .order_number = "A-1",
                                                  .actor = "user:anna",
                                                  .is_trial = is_trial};
    return desk_assign_payment(&world->run, &assignment, &arena, assigned, why);
}

static void
a_prepaid_order_waits_for_its_money(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(standing(world), "approved1 none due");
    assert_string_equal(holds(world), "payment 21.42 EUR open");
    assert_string_equal(sums(world), "2142/2142 0-0 0");
    world_verify(world);
    world_come(world, "ledger", PAID("P-1", "10"));
    assert_string_equal(standing(world), "approved1 none part");
    assert_string_equal(sums(world), "2142/2142 1000-0 0");
    world_verify(world);
    world_come(world, "ledger", PAID("P-2", "11.42"));
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(holds(world), "payment 21.42 EUR cleared");
    assert_string_equal(story(world), "received approved payment-due hold-placed part-paid paid"
                                      " hold-ended released");
    assert_string_equal(told(world), "waiting-for-payment waiting-for-payment paid released");
    assert_string_equal(
        world_text(world, "SELECT detail FROM order_event WHERE event = 'part-paid'"),
        "{\"required\":\"21.42\",\"paid\":\"10.00\",\"open\":\"11.42\",\"currency\":\"EUR\","
        "\"number\":\"P-1\",\"amount\":\"10.00\"}");
    assert_string_equal(findings(world), "");
}

static void
on_account_nothing_is_asked_and_money_counts(void **state)
{
    struct world *world = *state;
    terms(world, "account", 0);
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(standing(world), "approved1 released none");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_payment"), 0);
    assert_string_equal(world_text(world, "SELECT payment_terms || payment_days FROM order_price"),
                        "account30");
    world_come(world, "ledger", PAID("P-1", "30"));
    assert_string_equal(standing(world), "approved1 released none");
    assert_string_equal(sums(world), "0/0 3000-0 858");
    assert_string_equal(findings(world), "PAYMENT-OVER 8.58 EUR");
    assert_string_equal(story(world), "received approved released");
}

static void
a_deposit_is_a_part_of_it(void **state)
{
    struct world *world = *state;
    terms(world, "deposit", 300000);
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(sums(world), "643/643 0-0 0"); /* 6.426 */
    world_come(world, "ledger", PAID("P-1", "6.43"));
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(findings(world), "");
    world_come(world, "ledger", PAID("P-2", "20"));
    assert_string_equal(sums(world), "643/643 2643-0 501");
    assert_string_equal(findings(world), "PAYMENT-OVER 5.01 EUR");
}

static void
a_little_less_is_enough(void **state)
{
    struct world *world = *state;
    world->config.payment_tolerance_minor = 50;
    world->config.payment_tolerance_micros = 10000;
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(sums(world), "2142/2092 0-0 0");
    world_come(world, "ledger", PAID("P-1", "20.91"));
    assert_string_equal(standing(world), "approved1 none part");
    world_come(world, "ledger", PAID("P-2", "0.01"));
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(findings(world), "PAYMENT-SHORT 0.50 EUR");
}

static void
what_goes_back_does_not_count(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    enum headline headline = HEADLINE_COUNT;
    const struct hold_request request = {.partner = "nordlicht",
                                         .order_number = "A-1",
                                         .reason = "wait",
                                         .until = DAY_NONE,
                                         .may_end = "",
                                         .actor = "user:anna"};
    world_come(world, "nordlicht", SMALL);
    must(desk_hold(&world->run, &request, &headline, &why));
    assert_int_equal(headline, HEADLINE_WAITING_FOR_PAYMENT);
    world_come(world, "ledger", PAID("P-1", "21.42"));
    assert_string_equal(standing(world), "approved1 none paid");
    world_come(world, "ledger", BACK("P-2", "1.42"));
    assert_string_equal(standing(world), "approved1 none part");
    assert_string_equal(holds(world), "payment 21.42 EUR cleared, by-hand wait open,"
                                      " payment 21.42 EUR open");
    world_come(world, "ledger", BACK("P-3", "20.01"));
    assert_string_equal(findings(world), "PAYMENT-REFUND 20.01 EUR");
    assert_string_equal(world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
                        "refused");
    world_come(world, "ledger", BACK("P-3", "20"));
    assert_string_equal(standing(world), "approved1 none due");
    assert_string_equal(sums(world), "2142/2142 2142-2142 0");
    assert_string_equal(story(world), "received approved payment-due hold-placed hold-placed paid"
                                      " hold-ended refunded part-paid hold-placed refunded"
                                      " payment-due");
}

static void
a_person_may_let_it_go_unpaid(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", SMALL);
    resume(world);
    assert_string_equal(standing(world), "approved1 released due");
    assert_string_equal(told(world), "waiting-for-payment released");
    world_verify(world);
    world_come(world, "ledger", PAID("P-1", "21.42"));
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(told(world), "waiting-for-payment released released");
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message"
                                         " WHERE kind = 'release'"),
                     1);
}

static void
money_before_the_approval_counts_at_it(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", LARGE);
    world_come(world, "ledger", PAID("P-1", "214.20"));
    assert_string_equal(standing(world), "waiting1 none none");
    assert_string_equal(sums(world), "0/0 21420-0 0");
    world_verify(world);
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(story(world), "received approval-asked approved paid released");
    assert_string_equal(holds(world), "");
}

static void
money_for_a_refused_order_is_owed(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", LARGE);
    world_come(world, "ledger", PAID("P-1", "100"));
    must(world_decide(world, "A-1", false, "user:linwei", "no", &why));
    assert_string_equal(sums(world), "0/0 10000-0 10000");
    world_verify(world);
    world_come(world, "ledger", PAID("P-2", "5"));
    assert_string_equal(sums(world), "0/0 10500-0 10500");
    world_verify(world);
    world_come(world, "nordlicht", SMALL); /* it comes again, and is paid already */
    assert_string_equal(standing(world), "approved2 released paid");
    assert_string_equal(sums(world), "2142/2142 10500-0 8358");
    assert_string_equal(holds(world), "");
}

static void
a_payment_waits_for_its_order(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", PAID("P-1", "21.42"));
    assert_string_equal(findings(world), "PAYMENT-ORDER-UNKNOWN nordlicht/A-1");
    assert_string_equal(world_text(world, "SELECT trouble FROM payment"), "order-unknown");
    world_verify(world);
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(told(world), "waiting-for-payment paid released");
    assert_string_equal(world_text(world, "SELECT trouble FROM payment"), "");
}

static void
in_one_run_the_order_goes_first(void **state)
{
    struct world *world = *state;
    world_land(world, "ledger", "a.csv", PAID("P-1", "21.42"));
    world_land(world, "nordlicht", "b.csv", SMALL);
    world_work(world);
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(findings(world), "");
}

static void
what_does_not_fit_is_kept(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct payment_assigned assigned = {0};
    world_come(world, "nordlicht", SMALL);
    world_come(world, "ledger",
               "payment_number,partner,order_number,amount,currency,paid_on,reference\n"
               "P-1,nordlicht,A-1,21.42,USD,2026-11-24,\n"
               "P-2,nordlicht,A-9,21.42,EUR,2026-11-24,\n"
               "P-3,nordlicht,,21.42,EUR,2026-11-24,tea\n");
    assert_string_equal(standing(world), "approved1 none due");
    assert_string_equal(findings(world), "PAYMENT-NO-ORDER P-3, PAYMENT-CURRENCY USD,"
                                         " PAYMENT-ORDER-UNKNOWN nordlicht/A-9");
    assert_string_equal(world_text(world, "SELECT group_concat(trouble) FROM payment"),
                        "currency,order-unknown,no-order");
    assert_int_equal(assign(world, "P-1", false, &assigned, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "is in EUR, and the payment P-1 in USD"));
    why = (struct fault){0};
    assert_int_equal(assign(world, "P-7", false, &assigned, &why), NONE);
    must(assign(world, "P-3", true, &assigned, &why)); /* a trial changes nothing */
    assert_int_equal(assigned.headline, HEADLINE_RELEASED);
    assert_string_equal(standing(world), "approved1 none due");
    must(assign(world, "P-3", false, &assigned, &why));
    assert_int_equal(assigned.open_minor, 0);
    assert_string_equal(standing(world), "approved1 released paid");
    assert_string_equal(world_text(world, "SELECT assigned_by FROM payment WHERE number = 'P-3'"),
                        "user:anna");
    assert_int_equal(assign(world, "P-3", false, &assigned, &why), FAILED);
    assert_non_null(strstr(why.text, "counts for an order already"));
    why = (struct fault){0};
    must(assign(world, "P-2", false, &assigned, &why));
    assert_int_equal(assigned.owed_minor, 2142);
}

static void
a_number_is_used_once(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", SMALL);
    world_come(world, "ledger", PAID("P-1", "10"));
    world_come(world, "ledger", PAID("P-1", "10.00"));
    assert_string_equal(findings(world), "PAYMENT-KNOWN P-1");
    world_come(world, "ledger", PAID("P-1", "11"));
    assert_string_equal(findings(world), "PAYMENT-KNOWN P-1, PAYMENT-CONFLICT P-1");
    assert_string_equal(sums(world), "2142/2142 1000-0 0");
}

static void
only_finance_says_so(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", SMALL);
    world_come(world, "nordlicht", PAID("P-1", "21.42"));
    assert_string_equal(findings(world), "FILE-ROLE payment");
    assert_string_equal(standing(world), "approved1 none due");
}

/* What was paid goes along, and what is asked follows the price. */
static void
another_price_asks_for_more(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {10000000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    enum headline headline = HEADLINE_COUNT;
    const struct hold_request request = {.partner = "nordlicht",
                                         .order_number = "A-1",
                                         .reason = "wait",
                                         .until = DAY_NONE,
                                         .may_end = "",
                                         .actor = "user:anna"};
    world_do(world,
             "INSERT INTO master_version VALUES (6, 'price-authority', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('price-authority', 6);"
             "INSERT INTO price_authority VALUES (6, 'lead', 'anna', '', '', 0, 1000000, 'no', 2)");
    world_come(world, "nordlicht", SMALL);
    must(desk_hold(&world->run, &request, &headline, &why));
    world_come(world, "ledger", PAID("P-1", "21.42"));
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(standing(world), "approved2 none part");
    assert_string_equal(sums(world), "2380/2380 2142-0 0");
    assert_int_equal(set.headline, HEADLINE_WAITING_FOR_PAYMENT);
}

/* Nobody waits for what an earlier version cost. */
static void
another_price_asks_anew_where_nothing_is_paid(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {8000000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_do(world,
             "INSERT INTO master_version VALUES (6, 'price-authority', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('price-authority', 6);"
             "INSERT INTO price_authority VALUES (6, 'lead', 'anna', '', '', 1000000, 0, 'no', 2)");
    world_come(world, "nordlicht", SMALL);
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(standing(world), "approved2 none due");
    assert_string_equal(holds(world), "payment 21.42 EUR repriced, payment 19.04 EUR open");
    world_come(world, "ledger", PAID("P-1", "19.04"));
    assert_string_equal(standing(world), "approved2 released paid");
}

/* It was refused, and comes again in another currency: what was paid does not count for that. */
static void
what_came_in_another_currency_is_nobodys(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_do(world,
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES (4,"
             " 'TEA-1', 'base', '', 'USD', 'all-units', '', 0, 0, 2147483647, 10000000, 5)");
    world_come(world, "nordlicht", LARGE);
    world_come(world, "ledger", PAID("P-1", "100"));
    must(world_decide(world, "A-1", false, "user:linwei", "no", &why));
    world_come(world, "nordlicht",
               HEAD "A-1,2026-11-20,USD,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,2,C62\n");
    assert_string_equal(standing(world), "approved2 none due");
    assert_string_equal(sums(world), "2380/2380 0-0 0");
    assert_string_equal(world_text(world, "SELECT trouble FROM payment WHERE order_id IS NULL"),
                        "currency");
}

/* Who pays before is not held for its credit, whatever the list says. */
static void
who_pays_before_needs_no_credit(void **state)
{
    struct world *world = *state;
    world_do(world,
             "INSERT INTO master_version VALUES (6, 'credit-limits', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('credit-limits', 6);"
             "INSERT INTO credit_limit VALUES (6, 'C100', 'EUR', 0, 0, 0, NULL, 'account', 2)");
    world_come(world, "nordlicht", SMALL);
    assert_string_equal(holds(world), "payment 21.42 EUR open");
    terms(world, "deposit", 500000);
    world_come(world, "nordlicht", HEAD START("A-2") "1,TEA-1,2,C62\n");
    assert_string_equal(holds(world), "payment 21.42 EUR open, credit above-limit open,"
                                      " payment 10.71 EUR open");
}

static void
verify_sees_what_does_not_follow(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *sql;
        const char *undo;
        enum message code;
    } cases[] = {
        {"UPDATE order_payment SET paid_minor = 2142, enough_minor = 2142",
         "UPDATE order_payment SET paid_minor = 1000", M_VERIFY_PAYMENT_SUMS},
        {"UPDATE order_payment SET enough_minor = 1000",
         "UPDATE order_payment SET enough_minor = 2142", M_VERIFY_PAYMENT_STATE},
        {"UPDATE order_payment SET owed_minor = 1", "UPDATE order_payment SET owed_minor = 0",
         M_VERIFY_PAYMENT_STATE},
    };
    world_come(world, "nordlicht", SMALL);
    world_come(world, "ledger", PAID("P-1", "10"));
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct fault why = {0};
        bool is_seen = false;
        OWNED(verify_report) report;
        verify_report_init(&report);
        world_do(world, cases[index].sql);
        must(verify_work(&world->run, &report, &why));
        for (size_t at = 0; at < report.count; at++) {
            is_seen |= report.items[at].code == cases[index].code;
        }
        assert_true(is_seen);
        world_do(world, cases[index].undo);
    }
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(a_prepaid_order_waits_for_its_money),
        ABOUT(on_account_nothing_is_asked_and_money_counts),
        ABOUT(a_deposit_is_a_part_of_it),
        ABOUT(a_little_less_is_enough),
        ABOUT(what_goes_back_does_not_count),
        ABOUT(a_person_may_let_it_go_unpaid),
        ABOUT(money_before_the_approval_counts_at_it),
        ABOUT(money_for_a_refused_order_is_owed),
        ABOUT(a_payment_waits_for_its_order),
        ABOUT(in_one_run_the_order_goes_first),
        ABOUT(what_does_not_fit_is_kept),
        ABOUT(a_number_is_used_once),
        ABOUT(only_finance_says_so),
        ABOUT(another_price_asks_for_more),
        ABOUT(another_price_asks_anew_where_nothing_is_paid),
        ABOUT(what_came_in_another_currency_is_nobodys),
        ABOUT(who_pays_before_needs_no_credit),
        ABOUT(verify_sees_what_does_not_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
