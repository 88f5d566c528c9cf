/* Where what a cancellation costs meets versions, stop notices, plants, exchanges and refusals:
 * each of these was wrong once. */
#include "return_world.h"
#include "waived.h"

#include "order/order_change.h"

#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define PAID(number, order, amount)                                                                \
    "payment_number,kind,partner,order_number,amount,currency,paid_on\n" number                    \
    ",,nordlicht," order "," amount ",EUR,2026-11-24\n"
#define POLICY                                                                                     \
    "clause,rank,stages,faults,currency,fee,amount,percent,tax,promotions,waived_by,waive_up_to\n"
#define CANCEL "cancellation_number,order_number,line_number,quantity\n"
#define ANSWER "stop_number,status,line_number,quantity,cost,currency,reason\n"
#define MADE   "production_number,status,at,quantity_done,cost\n"

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
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

/* Its orders wait for money, and are free until it comes. */
static int
set_up_prepaid(void **state)
{
    set_up(state);
    world_do(*state, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
    return 0;
}

/* TEA-1 is made at the mill, of leaves; of it, and of TEA-2, nothing is in stock. */
static int
set_up_mill(void **state)
{
    set_up(state);
    struct world *world = *state;
    world->config.planning = (struct planning_policy){
        .is_on = true, .cut_off_ms = 24 * 3600000, .pick_days = 1, .transit_days = 3};
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_CSV;
    world_do(world,
             "UPDATE approval_matrix SET above_micros = above_micros * 20;"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'LEAF', 'Leaf', '', 'raw', 'C62', 'std', 0, 4);"
             "INSERT INTO master_version VALUES (6, 'supply', 1, 1, 1, 0), (7, 'materials', 1, 1, "
             "1, 0), (8, 'plants', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('supply', 6), ('materials', 7), ('plants', 8);"
             "INSERT INTO supply VALUES (6, 'TEA-1', 'make', 'mill', 1, 1000000, 2);"
             "INSERT INTO material VALUES (7, 'TEA-1', 'LEAF', 2000000, 2);"
             "INSERT INTO plant VALUES (8, 'mill', 'harbour', 4000000, 2)");
    world_come(world, "harbour", "extent,sku,quantity,as_of\nfull,LEAF,40,2026-11-20T10:00:00Z\n");
    return 0;
}

/* "done", or why not. */
static const char *
cancel(struct world *world, const char *number, const char *line, int64_t quantity, int64_t waive)
{
    static char said[700];
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = number,
                                       .line = line,
                                       .quantity_micros =
                                           quantity == 0 ? AMOUNT_NONE : quantity * MICROS,
                                       .cause = "other",
                                       .fault = "customer",
                                       .reason = "changed my mind",
                                       .waive_micros = waive,
                                       .actor = "user:anna"};
    arena_init(&arena, 4 * 1024 * 1024);
    const enum outcome outcome = desk_cancel(&world->run, &order, &arena, &done, &why);
    snprintf(said, sizeof said, "%s", outcome == DONE ? "done" : why.text);
    return said;
}

/* A line is ordered that was not, or more or less of one. */
static const char *
amend(struct world *world, enum change_action action, const char *number, int64_t quantity)
{
    static char said[64];
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    struct line_change line = {.action = action};
    const struct change_request request = {"nordlicht", "A-1", &change, "user:anna",
                                           false,       NULL,  NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    order_line_init(&line.line);
    line.line.number = number;
    line.line.sku = action == CHANGE_ADD ? "TEA-2" : "";
    line.line.unit = action == CHANGE_ADD ? "C62" : "";
    line.line.quantity_micros = quantity * MICROS;
    change.lines = &line;
    change.line_count = 1;
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    snprintf(said, sizeof said, "%s %" PRId64, change_verdict_names[answer.verdict],
             answer.version);
    return said;
}

/* "1 fee C-1 500+95 CHG, ..." */
static const char *
charges(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT g.number || ' ' || g.kind"
               " || ' ' || g.clause || ' ' || g.net_minor || '+' || g.tax_minor AS t FROM charge g"
               " ORDER BY g.number)");
}

static int64_t
customer_open(struct world *world)
{
    return world_number(world, "SELECT coalesce(sum(gross_minor), 0) FROM customer_open");
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders WHERE"
                             " number = 'A-1'");
}

/* Three of four stay, 32.13, and 5.95 for the fourth, of which two are waived. */
static void
what_is_taken_back_of_a_charge_counts_once(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "C-1,1,approved,,EUR,fixed,5.00,,with,,anna,\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    assert_string_equal(cancel(world, "A-1", "1", 1, 0), "done");
    assert_int_equal(world_number(world, "SELECT required_minor FROM order_payment"), 3213 + 595);
    assert_int_equal(customer_open(world), 3213 + 595);
    assert_int_equal(world_number(world, "SELECT sum(open_minor) FROM receivable"), 595);
    assert_string_equal(waive(world, "user:anna", 2 * MICROS), "done");
    assert_int_equal(world_number(world, "SELECT gross_minor FROM invoice WHERE corrects IS NOT"
                                         " NULL"),
                     200);
    assert_int_equal(world_number(world, "SELECT required_minor FROM order_payment"), 3213 + 395);
    assert_int_equal(customer_open(world), 3213 + 395);
    assert_int_equal(world_number(world, "SELECT sum(open_minor) FROM receivable"), 395);
    assert_int_equal(world_number(world, "SELECT due_minor FROM cancellation_statement ORDER BY"
                                         " number DESC LIMIT 1"),
                     3213 + 395);
    world_come(world, "ledger", PAID("P-1", "A-1", "36.08"));
    assert_string_equal(world_text(world, "SELECT payment FROM orders"), "paid");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 0);
}

/* 50.00 off from 300.00 on: without the third hundred there is no promotion, and what it had given
 * is claimed; with three again there is. */
static void
what_was_clawed_back_is_given_up_when_all_is_priced_anew(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE approval_matrix SET above_micros = above_micros * 20");
    world_come(world, "ledger",
               "code,mode,valid_from,currency,level,minimum_amount,action,amount\n"
               "M300,compounded,2020-01-01,EUR,order,300.00,amount,50.00\n");
    world_come(world, "ledger", POLICY "C-1,1,,,,none,,,,evaluate,,\n");
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-2", "5") LINE("A-1", "2", "TEA-2", "5")
                   LINE("A-1", "3", "TEA-2", "5"));
    assert_string_equal(cancel(world, "A-1", "3", 0, 0), "done");
    assert_true(world_number(world, "SELECT sum(net_minor) FROM charge_open") > 0);
    assert_int_equal(customer_open(world), 20000 * 119 / 100);
    assert_string_equal(amend(world, CHANGE_SET, "2", 6), "taken 2");
    assert_int_equal(world_number(world, "SELECT sum(net_minor + tax_minor) FROM charge_open"), 0);
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price WHERE version = 2"),
                     22000);
    assert_int_equal(customer_open(world), 22000 * 119 / 100);
    assert_int_equal(world_number(world, "SELECT required_minor FROM order_payment"),
                     22000 * 119 / 100);
    assert_string_equal(world_text(world, "SELECT group_concat(number || ' ' || due_minor) FROM"
                                          " cancellation_statement"),
                        "1 23800,2 26180");
    assert_int_equal(world_number(world, "SELECT count(*) FROM charge_less WHERE kind ="
                                         " 'given-back' AND invoice_id IS NOT NULL"),
                     1);
}

#define STAGES                                                                                     \
    POLICY "A,1,approved,,EUR,fixed,1.00,,,,,\nP,1,in-production,,EUR,fixed,7.00,,,,,\n"           \
           "R,1,released,,EUR,fixed,3.00,,,,,\n"

/* What is stopped is not begun any more; its clause is that of what was. */
static void
what_a_plant_has_stopped_was_in_production(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", STAGES);
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "8"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,,\n");
    assert_string_equal(charges(world), "");
    world_come(world, "mill", ANSWER "1,stopped,,,31.00,EUR,\n");
    assert_string_equal(standing(world), "cancelled1 none");
    assert_string_equal(charges(world), "1 fee P 700+0");
}

/* By plan, what a warehouse has stopped is with it no more. */
static void
what_a_warehouse_has_stopped_was_released(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", STAGES);
    world_come(world, "harbour",
               "extent,sku,quantity,as_of\nfull,TEA-1,4,2026-11-21T10:00:00Z\n"
               "full,LEAF,0,2026-11-21T10:00:00Z\n");
    world->config.planning.delivery = DELIVERY_BACKORDER;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    assert_string_equal(standing(world), "approved1 released");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,2\n");
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(charges(world), "1 fee R 300+0");
}

/* TEA-2 is there and has been released, so that what joins the order makes a version with the same
 * lines, and the plant goes on with the one before. */
static void
what_was_begun_before_a_change_is_begun(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", STAGES);
    world->config.planning.delivery = DELIVERY_BACKORDER;
    world_come(world, "harbour",
               "extent,sku,quantity,as_of\nfull,LEAF,40,2026-11-21T10:00:00Z\n"
               "full,TEA-2,9,2026-11-21T10:00:00Z\n");
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "8") LINE("A-1", "2", "TEA-2", "1"));
    world_come(world, "mill", MADE "1,started,2026-11-24T08:00:00Z,,\n");
    assert_string_equal(standing(world), "approved1 released");
    assert_string_equal(amend(world, CHANGE_ADD, "3", 1), "taken 2");
    assert_string_equal(world_text(world, "SELECT state FROM production"), "started");
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,8\n");
    assert_string_equal(charges(world), "");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_cancelled"), 0);
    assert_string_equal(world_text(world, "SELECT n.partner || ' ' || n.state || ' ' ||"
                                          " (l.quantity_micros / 1000000) FROM stop_notice n JOIN"
                                          " stop_notice_line l ON l.notice_id = n.id"),
                        "mill asked 8");
    world_come(world, "mill", ANSWER "1,stopped,,,31.00,EUR,\n");
    assert_string_equal(charges(world), "1 fee P 700+0");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' ||"
                                          " (quantity_micros / 1000000)) FROM order_cancelled"),
                        "1=8");
}

#define FREE "The order nordlicht/A-1-X1 sends goods in place of what came back"

/* It costs nothing, so nothing would be given back for it. */
static void
an_exchange_that_is_free_is_not_cancelled(void **state)
{
    struct world *world = *state;
    assert_int_equal(ask_for(world, "R-1", 1, "defective", "exchange", ""),
                     RETURN_ASKED_AUTHORISED);
    receive(world, "B-1", "RMA-2026-000001", 1, "damaged");
    assert_memory_equal(cancel(world, "A-1-X1", "", 0, 0), FREE, sizeof FREE - 1);
    assert_memory_equal(cancel(world, "A-1-X1", "1", 1, 0), FREE, sizeof FREE - 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM stop_notice"), 0);
    /* Another product is paid for, and may be. */
    assert_int_equal(ask_for(world, "R-2", 1, "not-wanted", "exchange", "TEA-2"),
                     RETURN_ASKED_AUTHORISED);
    receive(world, "B-2", "RMA-2026-000002", 1, "new");
    assert_string_equal(cancel(world, "A-1-X2", "", 0, 0), "done");
}

/* 25.00 paid, of which a fee of 5.95 is kept, whatever becomes of the order. */
static void
a_refused_order_with_a_charge_comes_again(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "ledger", POLICY "C-1,1,submitted,,EUR,fixed,5.00,,with,,anna,\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "13"));
    world_come(world, "ledger", PAID("P-1", "A-1", "25.00"));
    assert_string_equal(standing(world), "waiting1 none");
    assert_string_equal(cancel(world, "A-1", "1", 1, 0), "done");
    assert_string_equal(charges(world), "1 fee C-1 500+95");
    must(world_decide(world, "A-1", false, "user:anna", "no", &why));
    world_work(world);
    assert_string_equal(standing(world), "refused1 none");
    assert_int_equal(world_number(world, "SELECT owed_minor FROM order_payment"), 2500 - 595);
    assert_int_equal(customer_open(world), 0);
    world_verify(world);
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    assert_string_equal(standing(world), "approved2 none");
    assert_string_equal(charges(world), "1 fee C-1 500+95");
    assert_int_equal(customer_open(world), 4284 + 595);
    assert_string_equal(world_text(world, "SELECT required_minor || ' ' || paid_minor || ' ' ||"
                                          " owed_minor FROM order_payment"),
                        "4879 2500 0");
    world_come(world, "ledger", PAID("P-2", "A-1", "23.79"));
    assert_string_equal(world_text(world, "SELECT payment FROM orders"), "paid");
}

/* Nobody knows yet what it costs. */
static void
what_is_under_way_is_waived_later(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", POLICY "C-1,1,,,EUR,fixed,5.00,,,,anna,\n");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "4"));
    assert_memory_equal(cancel(world, "A-1", "", 0, CANCEL_WAIVE_ALL), "Part of it is under way",
                        23);
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM stop_notice"), 0);
    assert_string_equal(cancel(world, "A-1", "", 0, 0), "done");
    assert_memory_equal(waive(world, "user:anna", CANCEL_WAIVE_ALL),
                        "what can be waived of order nordlicht/A-1 comes to less", 55);
    world_come(world, "harbour", ANSWER "1,stopped,,,,,\n");
    assert_string_equal(charges(world), "1 fee C-1 500+0");
    assert_string_equal(waive(world, "user:anna", CANCEL_WAIVE_ALL), "done");
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM charge_open"), 0);
}

/* The codes of the last file's findings. */
static const char *
findings(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code, ' '), '') FROM finding WHERE"
                             " interchange_id = (SELECT max(id) FROM interchange)");
}

/* Files of customers about A-1, which has two lines. */
static void
what_cannot_be_cancelled_is_told(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "3") LINE("A-1", "2", "TEA-2", "1"));
    world_come(world, "nordlicht", CANCEL "X-1,A-1,1,1.5\n");
    assert_string_equal(findings(world), "CANCEL-WHOLE-UNITS");
    world_come(world, "nordlicht", CANCEL "X-2,A-1,2,\n");
    assert_string_equal(findings(world), "");
    world_come(world, "nordlicht", CANCEL "X-3,A-1,2,\n");
    assert_string_equal(findings(world), "CANCEL-NOTHING-OPEN");
    world_come(world, "nordlicht", CANCEL "X-4,A-1,1,4\n");
    assert_string_equal(findings(world), "CANCEL-TOO-MUCH");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 1);
}

int
main(void)
{
#define TEST(name, setup) cmocka_unit_test_setup_teardown(name, setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_taken_back_of_a_charge_counts_once, set_up_prepaid),
        TEST(what_was_clawed_back_is_given_up_when_all_is_priced_anew, set_up_prepaid),
        TEST(what_a_plant_has_stopped_was_in_production, set_up_mill),
        TEST(what_a_warehouse_has_stopped_was_released, set_up_mill),
        TEST(what_was_begun_before_a_change_is_begun, set_up_mill),
        TEST(an_exchange_that_is_free_is_not_cancelled, returned_setup),
        TEST(a_refused_order_with_a_charge_comes_again, set_up_prepaid),
        TEST(what_is_under_way_is_waived_later, set_up),
        TEST(what_cannot_be_cancelled_is_told, set_up_prepaid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
