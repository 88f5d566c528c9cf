/* A request that is answered in several steps: what it costs counts once, whatever their order. */
#include "return_world.h"

#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define POLICY "clause,rank,hours_below,currency,fee,amount,percent,minimum,maximum,tax,waived_by\n"
#define CANCEL "cancellation_number,order_number,line_number,quantity\n"
#define ANSWER "stop_number,status,line_number,quantity,cost,currency,reason\n"
#define MADE   "production_number,status,at,quantity_done,cost\n"

/* TEA-1 is made at the mill, of leaves; of TEA-2 nine are in stock. */
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
    world->config.stop_answer_hours = 8;
    world->config.stop_reminders = 2;
    world->config.planning = (struct planning_policy){.is_on = true,
                                                      .cut_off_ms = 24 * 3600000,
                                                      .pick_days = 1,
                                                      .transit_days = 3,
                                                      .delivery = DELIVERY_BACKORDER};
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_CSV;
    world_do(world,
             "UPDATE approval_matrix SET same_day = 'no', above_micros = above_micros * 20;"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'LEAF', 'Leaf', '', 'raw', 'C62', 'std', 0, 4);"
             "INSERT INTO master_version VALUES (6, 'supply', 1, 1, 1, 0), (7, 'materials', 1, 1, "
             "1, 0), (8, 'plants', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('supply', 6), ('materials', 7), ('plants', 8);"
             "INSERT INTO supply VALUES (6, 'TEA-1', 'make', 'mill', 1, 1000000, 2);"
             "INSERT INTO material VALUES (7, 'TEA-1', 'LEAF', 2000000, 2);"
             "INSERT INTO plant VALUES (8, 'mill', 'harbour', 4000000, 2)");
    world_come(world, "harbour",
               "extent,sku,quantity,as_of\nfull,LEAF,40,2026-11-21T10:00:00Z\n"
               "full,TEA-2,9,2026-11-21T10:00:00Z\n");
    return 0;
}

/* Eight at 9.00 are begun, nine at 20.00 with the warehouse, and three more are free: 312.00 in
 * three steps, of which the customer takes one (`whole`) or two. */
static void
give_up(struct world *world, const char *policy)
{
    world_come(world, "ledger", policy);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "8") LINE("A-1", "2", "TEA-2", "12"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,,\n");
    assert_string_equal(world_text(world,
                                   "SELECT group_concat(t) FROM (SELECT n.partner || ' ' ||"
                                   " (l.quantity_micros / 1000000) AS t FROM stop_notice n JOIN"
                                   " stop_notice_line l ON l.notice_id = n.id ORDER BY n.partner)"),
                        "harbour 9,mill 8");
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM order_cancelled"),
                     3 * MICROS);
}

static void
stop(struct world *world, const char *partner, const char *cost)
{
    char text[128];
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT number FROM stop_notice WHERE partner = '%s'", partner);
    snprintf(text, sizeof text, ANSWER "%" PRId64 ",stopped,,,%s,,\n", world_number(world, sql),
             cost);
    world_come(world, partner, text);
}

/* "C-1 2000+0, C-1 0+0": what each step charged. */
static const char *
charges(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT clause || ' '"
                             " || net_minor || '+' || tax_minor AS t FROM charge ORDER BY number)");
}

static const char *
total(struct world *world)
{
    return world_text(world, "SELECT sum(net_minor) || '+' || sum(tax_minor) || ' ' ||"
                             " sum(base_net_minor) || '+' || sum(base_tax_minor) FROM charge");
}

static void
what_it_costs_counts_once(const char *policy, const char *expected)
{
    for (int first = 0; first < 2; first++) {
        void *state = NULL;
        assert_int_equal(set_up(&state), 0);
        struct world *world = state;
        give_up(world, policy);
        stop(world, first == 0 ? "harbour" : "mill", first == 0 ? "" : "31.00");
        world_verify(world);
        stop(world, first == 0 ? "mill" : "harbour", first == 0 ? "31.00" : "");
        assert_string_equal(total(world), expected);
        assert_int_equal(
            world_number(world, "SELECT (SELECT sum(net_minor + tax_minor) FROM charge) ="
                                " (SELECT sum(gross_minor) FROM invoice WHERE kind = 'charge')"),
            1);
        world_verify(world);
        world_end(world);
    }
}

static void
a_fixed_fee_counts_once(void **state)
{
    (void)state;
    what_it_costs_counts_once(POLICY "C-1,1,,EUR,fixed,20.00,,,,,\n", "2000+0 31200+5928");
    /* More than the first step is worth: the rest of it follows. */
    what_it_costs_counts_once(POLICY "C-1,1,,EUR,fixed,100.00,,,,with,\n", "10000+1900 31200+5928");
}

static void
a_minimum_counts_once(void **state)
{
    (void)state;
    what_it_costs_counts_once(POLICY "C-1,1,,EUR,percent,,10,50.00,,,\n", "5000+0 31200+5928");
    what_it_costs_counts_once(POLICY "C-1,1,,EUR,percent,,10,20.00,,with,\n",
                              "3120+593 31200+5928");
}

static void
a_maximum_counts_once(void **state)
{
    (void)state;
    what_it_costs_counts_once(POLICY "C-1,1,,EUR,percent,,20,,40.00,,\n", "4000+0 31200+5928");
    what_it_costs_counts_once(POLICY "C-1,1,,EUR,cost,,10,5.00,32.00,,\n", "3200+0 31200+5928");
}

/* By the hours and the policy of the request, not of the answers. */
static void
answers_that_come_late_cost_no_more(void **state)
{
    struct world *world = *state;
    give_up(world, POLICY "C-1,1,2,EUR,percent,,10,,,,\nLATE,2,,EUR,percent,,30,,,,\n");
    assert_string_equal(charges(world), "C-1 600+0");
    world->run.as_of_ms += INT64_C(5) * 3600000;
    stop(world, "harbour", "");
    world_come(world, "ledger", POLICY "NEW,1,,EUR,percent,,25,,,,\n");
    stop(world, "mill", "31.00");
    assert_string_equal(charges(world), "C-1 600+0, C-1 1800+0, C-1 720+0");
}

/* What was waived is not charged again. */
static void
what_was_waived_stays_waived(void **state)
{
    struct world *world = *state;
    OWNED(arena) arena;
    struct fault why = {0};
    struct fee_waived done = {0};
    const struct fee_waiver waiver = {.partner = "nordlicht",
                                      .order_number = "A-1",
                                      .micros = CANCEL_WAIVE_ALL,
                                      .actor = "user:anna",
                                      .reason = "goodwill"};
    arena_init(&arena, 1 << 20);
    give_up(world, POLICY "C-1,1,,EUR,fixed,20.00,,,,,anna\n");
    must(desk_waive(&world->run, &waiver, &arena, &done, &why));
    stop(world, "harbour", "");
    stop(world, "mill", "31.00");
    assert_string_equal(charges(world), "C-1 2000+0, C-1 0+0, C-1 0+0");
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM charge_open"), 0);
    assert_string_equal(world_text(world, "SELECT text_en FROM charge WHERE number = 2"),
                        "By the clause C-1 a fixed fee is charged: 20.00 EUR. Of that 20.00 EUR"
                        " were charged before, for what was cancelled earlier of the same request:"
                        " 0.00 EUR.");
}

/* Another request pays for itself. */
static void
another_request_costs_again(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "C-1,1,,EUR,fixed,20.00,,,,,\n");
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "8") LINE("A-1", "2", "TEA-2", "12"));
    world_come(world, "nordlicht", CANCEL "X-1,A-1,2,1\n");
    world_come(world, "nordlicht", CANCEL "X-2,A-1,2,2\n");
    assert_string_equal(charges(world), "C-1 2000+0, C-1 2000+0");
}

/* ---- deposits ---- */

#define DEPOSIT "clause,rank,deposit_paid,currency,fee,percent,tax\n"
#define MONEY   "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
#define PAID(number, kind, amount)                                                                 \
    MONEY number "," kind ",nordlicht,A-1," amount ",EUR,2026-11-24\n"

/* The same order, of 371.28, of which a quarter is paid before it is released: 92.82. */
static struct world *
pay_and_give_up(const char *policy)
{
    void *state = NULL;
    assert_int_equal(set_up(&state), 0);
    struct world *world = state;
    world_do(world, "UPDATE customer SET payment_terms = 'deposit', deposit_micros = 250000 WHERE"
                    " code = 'C100'");
    world_come(world, "ledger", policy);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "8") LINE("A-1", "2", "TEA-2", "12"));
    assert_int_equal(world_number(world, "SELECT required_minor FROM order_payment"), 9282);
    world_come(world, "ledger", PAID("P-1", "payment", "92.82"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,,\n");
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM order_cancelled"),
                     3 * MICROS);
    return world;
}

/* The last statement says what the ledgers say: what is paid, is to be paid, and goes back. */
static void
it_foots(struct world *world, int64_t paid_minor, int64_t kept_minor)
{
    assert_int_equal(world_number(world, "SELECT sum(net_minor + tax_minor) FROM charge_open"),
                     kept_minor);
    assert_int_equal(world_number(world, "SELECT (SELECT sum(net_minor + tax_minor) FROM charge) ="
                                         " (SELECT sum(gross_minor) FROM invoice WHERE kind ="
                                         " 'charge')"),
                     1);
    assert_int_equal(world_number(world, "SELECT paid_minor FROM cancellation_statement ORDER BY"
                                         " number DESC LIMIT 1"),
                     paid_minor);
    assert_int_equal(world_number(world, "SELECT max(0, paid_minor - due_minor) = refund_minor FROM"
                                         " cancellation_statement ORDER BY number DESC LIMIT 1"),
                     1);
    world_verify(world);
}

/* Whatever is answered first, and whatever is paid or goes back in between. */
static void
what_is_kept(const char *policy, const char *between, int64_t paid_minor, const char *expected,
             int64_t kept_minor)
{
    for (int first = 0; first < 2; first++) {
        struct world *world = pay_and_give_up(policy);
        stop(world, first == 0 ? "harbour" : "mill", first == 0 ? "" : "31.00");
        world_verify(world);
        if (between != NULL) {
            world_come(world, "ledger", between);
            world_verify(world);
        }
        stop(world, first == 0 ? "mill" : "harbour", first == 0 ? "31.00" : "");
        assert_string_equal(total(world), expected);
        it_foots(world, paid_minor, kept_minor);
        assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"),
                         paid_minor - kept_minor);
        world_end(world);
    }
}

static void
a_deposit_is_kept_once(void **state)
{
    (void)state;
    what_is_kept(DEPOSIT "C-1,1,yes,EUR,deposit,100,\n", NULL, 9282, "9282+0 31200+5928", 9282);
    what_is_kept(DEPOSIT "C-1,1,yes,EUR,deposit,50,\n", NULL, 9282, "4641+0 31200+5928", 4641);
    /* Its tax is in it: no more is kept than was paid. */
    what_is_kept(DEPOSIT "C-1,1,yes,EUR,deposit,100,with\n", NULL, 9282, "7800+1482 31200+5928",
                 9282);
}

/* It is no deposit: it was not here when the order was given up. */
static void
what_is_paid_later_goes_back(void **state)
{
    (void)state;
    what_is_kept(DEPOSIT "C-1,1,yes,EUR,deposit,100,\n", PAID("P-2", "payment", "100.00"), 19282,
                 "9282+0 31200+5928", 9282);
}

/* More than is here is never kept, for however much of it was charged before. */
static void
what_went_back_is_not_kept(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        struct world *world = pay_and_give_up(DEPOSIT "C-1,1,yes,EUR,deposit,100,\n");
        assert_string_equal(charges(world), "C-1 1785+0");
        world_come(world, "ledger", PAID("P-2", "refund", "50.00"));
        stop(world, first == 0 ? "harbour" : "mill", first == 0 ? "" : "31.00");
        stop(world, first == 0 ? "mill" : "harbour", first == 0 ? "31.00" : "");
        it_foots(world, 4282, 4282);
        world_end(world);
    }
}

/* Of what one has kept another one keeps nothing: both together all of it. */
static void
two_requests_share_a_deposit(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE customer SET payment_terms = 'deposit', deposit_micros = 250000 WHERE"
                    " code = 'C100'");
    world_come(world, "ledger", DEPOSIT "C-1,1,yes,EUR,deposit,100,\n");
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "8") LINE("A-1", "2", "TEA-2", "12"));
    world_come(world, "ledger", PAID("P-1", "payment", "92.82"));
    world_come(world, "nordlicht", CANCEL "X-1,A-1,2,1\n");
    assert_string_equal(charges(world), "C-1 595+0");
    world_come(world, "nordlicht", CANCEL "X-2,A-1,,\n");
    stop(world, "harbour", "");
    it_foots(world, 9282, 9282);
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 0);
}

/* What was claimed otherwise is not there to be kept once more. */
static void
what_is_claimed_is_not_kept_again(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE customer SET payment_terms = 'deposit', deposit_micros = 250000 WHERE"
                    " code = 'C100'");
    world_come(world, "ledger",
               "clause,rank,skus,currency,fee,amount,percent\nC-1,1,TEA-1,EUR,fixed,90.00,\n"
               "C-2,2,TEA-2,EUR,deposit,,100\n");
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "8") LINE("A-1", "2", "TEA-2", "12"));
    world_come(world, "ledger", PAID("P-1", "payment", "92.82"));
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,\n");
    assert_string_equal(charges(world), "C-1 7200+0");
    world_come(world, "nordlicht", CANCEL "X-2,A-1,2,\n");
    stop(world, "harbour", "");
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM charge WHERE clause = 'C-2'"),
                     9282 - 7200);
    it_foots(world, 9282, 9282);
}

/* Several clauses keep no more than all of it, whatever is rounded. */
static void
clauses_share_a_deposit(void **state)
{
    (void)state;
    what_is_kept("clause,rank,skus,currency,fee,percent\nC-1,1,TEA-1,EUR,deposit,100\n"
                 "C-2,2,TEA-2,EUR,deposit,100\n",
                 NULL, 9282, "9282+0 31200+5928", 9282);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fixed_fee_counts_once),
        cmocka_unit_test(a_minimum_counts_once),
        cmocka_unit_test(a_maximum_counts_once),
        TEST(answers_that_come_late_cost_no_more),
        TEST(what_was_waived_stays_waived),
        TEST(another_request_costs_again),
        cmocka_unit_test(a_deposit_is_kept_once),
        cmocka_unit_test(what_is_paid_later_goes_back),
        cmocka_unit_test(what_went_back_is_not_kept),
        TEST(two_requests_share_a_deposit),
        cmocka_unit_test(clauses_share_a_deposit),
        TEST(what_is_claimed_is_not_kept_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
