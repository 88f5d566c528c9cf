/* What holds block: before its approval nobody is asked about an order; and who may end ours. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define GOOD(number, quantity)                                                                     \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define DOUBT(number, quantity)                                                                    \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,A0115,Weg 1,1,TEA-1," quantity ",C62\n"
#define LIMITS "customer,currency,limit,unpaid,overdue,overdue_max,terms\n"

/* Doubtful addresses hold orders before their approval. */
static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.address_doubts = DIFFERENCE_HOLDS;
    world->config.holds[ORDER_HOLD_ADDRESS].blocks = HOLD_BLOCKS_APPROVAL;
    return 0;
}

static const char *
standings(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || approval || version || ' ' ||"
                             " fulfilment, ', ') FROM (SELECT * FROM orders ORDER BY number)");
}

static const char *
story(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(event, ' ') FROM (SELECT event FROM order_event ORDER BY id)");
}

static const char *
steps(struct world *world)
{
    return world_text(world, "SELECT group_concat(version || approvers || ' ' || state, ', ')"
                             " FROM (SELECT * FROM approval ORDER BY id)");
}

static int64_t
messages(struct world *world, const char *kind)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM outbox_message WHERE kind = '%s'", kind);
    return world_number(world, sql);
}

static enum outcome
hold(struct world *world, enum hold_blocks blocks, struct fault *why)
{
    enum headline headline = HEADLINE_COUNT;
    const struct hold_request request = {.partner = "nordlicht",
                                         .order_number = "A-1",
                                         .reason = "wait",
                                         .until = DAY_NONE,
                                         .blocks = blocks,
                                         .may_end = "",
                                         .actor = "user:anna"};
    return desk_hold(&world->run, &request, &headline, why);
}

static enum headline
resume(struct world *world, const char *number)
{
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", number, ORDER_HOLD_KIND_COUNT, "fine",
                                       "user:anna"};
    must(desk_resume(&world->run, &ending, &ended, &why));
    return ended.headline;
}

static enum outcome
decide(struct world *world, bool approves, struct fault *why)
{
    return world_decide(world, "A-1", approves, "user:linwei", "so be it", why);
}

static void
nobody_is_asked_until_the_hold_ends(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "20"));
    assert_string_equal(standings(world), "A-1 waiting1 none");
    assert_string_equal(steps(world), "1linwei planned");
    assert_int_equal(messages(world, "approval-request"), 0);
    assert_int_equal(messages(world, "order-response"), 1);
    must(desk_work(&world->run, &why)); /* a run changes nothing */
    world_verify(world);
    assert_int_equal(resume(world, "A-1"), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1linwei open");
    assert_int_equal(messages(world, "approval-request"), 1);
    assert_int_equal(messages(world, "order-response"), 1); /* it knows that it waits */
    world_verify(world);
    must(decide(world, true, &why));
    assert_string_equal(standings(world), "A-1 approved1 released");
    assert_string_equal(story(world), "received hold-placed approval-held hold-ended approval-asked"
                                      " approved released");
}

static void
what_the_matrix_lets_pass_is_approved_then(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "5"));
    assert_string_equal(standings(world), "A-1 waiting1 none");
    assert_int_equal(messages(world, "release"), 0);
    world_verify(world);
    assert_int_equal(resume(world, "A-1"), HEADLINE_RELEASED);
    assert_string_equal(story(world),
                        "received hold-placed approval-held hold-ended approved released");
    assert_non_null(
        strstr(world_text(world, "SELECT detail FROM order_event WHERE event = 'approved'"),
               "\"rules\":["));
    assert_int_equal(messages(world, "order-response"), 2);
    assert_string_equal(world_text(world, "SELECT orders || ' ' || gross_minor FROM customer_day"),
                        "1 5355");
}

/* Each alone is below the limit of 100.00. */
static void
held_orders_of_a_day_are_seen_together(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "5") DOUBT("A-2", "5"));
    assert_string_equal(steps(world), "1linwei planned"); /* of the second */
    assert_int_equal(resume(world, "A-2"), HEADLINE_WAITING);
    assert_int_equal(resume(world, "A-1"), HEADLINE_RELEASED);
    world_come(world, "nordlicht", HEAD DOUBT("A-3", "5"));
    must(world_decide(world, "A-3", false, "user:anna", "no", &why));
    assert_string_equal(world_text(world, "SELECT orders || ' ' || gross_minor FROM customer_day"),
                        "1 5355");
}

static void
what_is_held_is_not_approved_but_may_be_rejected(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "20"));
    assert_int_equal(decide(world, true, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "nordlicht/A-1 is held before its approval"));
    world_come(world, "linwei",
               "partner,order_number,version,decision,reason\nnordlicht,A-1,1,approve,\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE code ="
                                         " 'DECISION-NOT-OPEN'"),
                     1);
    why = (struct fault){0};
    must(decide(world, false, &why));
    assert_string_equal(standings(world), "A-1 refused1 none");
}

/* Who was asked already may decide; what follows from it waits. */
static void
a_decision_is_kept_until_the_hold_ends(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD GOOD("A-1", "20"));
    must(hold(world, HOLD_BLOCKS_APPROVAL, &why));
    world_verify(world);
    must(decide(world, true, &why));
    assert_string_equal(standings(world), "A-1 waiting1 none");
    assert_string_equal(steps(world), "1linwei approved");
    must(desk_work(&world->run, &why));
    world_verify(world);
    assert_int_equal(resume(world, "A-1"), HEADLINE_RELEASED);
    assert_string_equal(world_text(world, "SELECT actor FROM order_event WHERE event = 'approved'"),
                        "user:linwei");
    assert_string_equal(story(world),
                        "received approval-asked hold-placed hold-ended approved released");
}

static void
the_next_step_is_asked_when_the_hold_ends(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD GOOD("A-1", "200"));
    must(hold(world, HOLD_BLOCKS_BOTH, &why));
    must(decide(world, true, &why));
    assert_string_equal(steps(world), "1linwei approved, 1boss planned");
    must(hold(world, HOLD_BLOCKS_RELEASE, &why)); /* takes its place */
    assert_string_equal(steps(world), "1linwei approved, 1boss open");
    must(world_decide(world, "A-1", true, "user:boss", "", &why));
    assert_string_equal(standings(world), "A-1 approved1 none");
    assert_int_equal(resume(world, "A-1"), HEADLINE_RELEASED);
}

static void
of_an_approved_order_only_the_release_is_held(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world->config.holds[ORDER_HOLD_ADDRESS].blocks = HOLD_BLOCKS_RELEASE;
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "5"));
    assert_string_equal(standings(world), "A-1 approved1 none");
    assert_int_equal(hold(world, HOLD_BLOCKS_APPROVAL, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_non_null(strstr(why.text, "is approved already"));
    why = (struct fault){0};
    must(hold(world, HOLD_BLOCKS_BOTH, &why));
}

static void
another_price_waits_for_the_same_hold(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {9000000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_come(world, "nordlicht", HEAD GOOD("A-1", "20"));
    must(hold(world, HOLD_BLOCKS_APPROVAL, &why));
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(standings(world), "A-1 waiting2 none");
    assert_string_equal(steps(world), "1linwei withdrawn, 2linwei planned");
    world_verify(world);
    assert_int_equal(resume(world, "A-1"), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1linwei withdrawn, 2linwei open");
}

static void
credit_may_come_before_approval(void **state)
{
    struct world *world = *state;
    world->config.holds[ORDER_HOLD_CREDIT].blocks = HOLD_BLOCKS_BOTH;
    world_come(world, "ledger", LIMITS "C100,EUR,200,,,,\n");
    world_come(world, "nordlicht", HEAD GOOD("A-1", "20"));
    assert_string_equal(steps(world), "1linwei planned");
    world_verify(world);
    world_come(world, "ledger", LIMITS "C100,EUR,0,,,,prepaid\n");
    assert_string_equal(steps(world), "1linwei open");
    world_come(world, "nordlicht", HEAD GOOD("A-2", "20")); /* passes at once */
    assert_string_equal(steps(world), "1linwei open, 1linwei open");
    assert_string_equal(
        world_text(world, "SELECT group_concat(how || ' ' || end_reason) FROM order_hold"),
        "cleared prepaid");
}

static void
only_releasers_end_ours(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_ADDRESS, "fine",
                                       "user:boris"};
    const struct hold_ending partner = {"nordlicht", "A-1", ORDER_HOLD_ADDRESS, "fine", "anna"};
    world->config.holds[ORDER_HOLD_ADDRESS].releasers = "carla | anna";
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "5"));
    assert_int_equal(desk_resume(&world->run, &ending, &ended, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_PERMITTED);
    assert_non_null(strstr(why.text, "can be ended by carla | anna, not by user:boris"));
    why = (struct fault){0};
    assert_int_equal(desk_resume(&world->run, &partner, &ended, &why), FAILED);
    assert_string_equal(standings(world), "A-1 waiting1 none");
    why = (struct fault){0};
    must(hold(world, HOLD_BLOCKS_RELEASE, &why)); /* anybody's own is another matter */
    const struct hold_ending by_hand = {"nordlicht", "A-1", ORDER_HOLD_BY_HAND, "fine",
                                        "user:boris"};
    must(desk_resume(&world->run, &by_hand, &ended, &why));
    assert_int_equal(resume(world, "A-1"), HEADLINE_RELEASED);
}

static void
ours_end_after_so_many_days(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world->config.holds[ORDER_HOLD_ADDRESS].expires_days = 2;
    world->config.holds[ORDER_HOLD_CREDIT].expires_days = 3;
    world_come(world, "ledger", LIMITS "C100,EUR,0,,,,\n");
    world_come(world, "nordlicht", HEAD DOUBT("A-1", "20"));
    world->run.as_of_ms = day_begin(moment_day(WORLD_AS_OF) + 3) - 1;
    must(desk_work(&world->run, &why));
    assert_string_equal(steps(world), "1linwei planned");
    world->run.as_of_ms += 1;
    must(desk_work(&world->run, &why));
    assert_string_equal(steps(world), "1linwei open");
    must(decide(world, true, &why));
    assert_string_equal(standings(world), "A-1 approved1 none");
    world->run.as_of_ms += DAY_MS;
    must(desk_work(&world->run, &why));
    assert_string_equal(standings(world), "A-1 approved1 released");
    assert_string_equal(world_text(world, "SELECT group_concat(kind || ' ' || how || ' ' ||"
                                          " ended_by, ', ') FROM order_hold"),
                        "address expired purser, credit expired purser");
    assert_int_equal(world_number(world, "SELECT sum(orders) FROM customer_open"), 1);
}

#define EXPECTING                                                                                  \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit,expected_price\n"
#define EXPECTED(number, line, price)                                                              \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line ",TEA-1,2,C62," price "\n"

static void
another_price_is_a_hold_where_that_is_agreed(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_PRICE, "ours it is",
                                       "user:boris"};
    world->partners[1].price_policy =
        (struct price_policy){DIFFERENCE_HOLDS_ORDER, 100000, 0, FREIGHT_STATED};
    world->config.holds[ORDER_HOLD_PRICE] = (struct hold_policy){"anna", HOLD_BLOCKS_APPROVAL, 0};
    world_come(world, "nordlicht",
               EXPECTING EXPECTED("A-1", "1", "9.01") EXPECTED("A-1", "2", "7.5")
                   EXPECTED("A-1", "3", "1") EXPECTED("A-2", "1", "8.50"));
    assert_string_equal(standings(world), "A-1 waiting1 none, A-2 approved1 released");
    assert_string_equal(world_text(world, "SELECT kind || ' ' || reason FROM order_hold"),
                        "price-difference 2: 7.50/9.00");
    assert_string_equal(steps(world), ""); /* no approver's matter */
    assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE code ="
                                         " 'PRICE-DIFFERS-WAITS'"),
                     2);
    world_verify(world);
    assert_int_equal(desk_resume(&world->run, &ending, &ended, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_PERMITTED);
    assert_int_equal(resume(world, "A-1"), HEADLINE_RELEASED);
}

static void
of_another_price_nobody_need_be_able_to_decide(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_do(world, "DELETE FROM approval_matrix");
    world->partners[1].price_policy =
        (struct price_policy){DIFFERENCE_HOLDS_ORDER, 0, 0, FREIGHT_STATED};
    world->config.holds[ORDER_HOLD_PRICE].blocks = HOLD_BLOCKS_APPROVAL;
    world_come(world, "nordlicht", EXPECTING EXPECTED("A-1", "1", "7.5"));
    assert_string_equal(standings(world), "A-1 waiting1 none");
    must(decide(world, false, &why)); /* it is rejected */
    world_come(world, "nordlicht", EXPECTING EXPECTED("A-1", "1", "9.00"));
    assert_string_equal(standings(world), "A-1 approved2 released");
    assert_string_equal(world_text(world, "SELECT how FROM order_hold"), "refused");
}

static void
a_price_that_is_agreed_ends_the_hold(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {7500000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_do(world,
             "INSERT INTO master_version VALUES (6, 'price-authority', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('price-authority', 6);"
             "INSERT INTO price_authority VALUES (6, 'lead', 'anna', '', '', 500000, 0, 'no', 2)");
    world->partners[1].price_policy =
        (struct price_policy){DIFFERENCE_HOLDS_ORDER, 0, 0, FREIGHT_STATED};
    world->config.holds[ORDER_HOLD_PRICE].blocks = HOLD_BLOCKS_APPROVAL;
    world_come(world, "nordlicht", EXPECTING EXPECTED("A-1", "1", "7.5"));
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_string_equal(standings(world), "A-1 approved2 released");
    assert_string_equal(world_text(world, "SELECT how FROM order_hold"), "repriced");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(nobody_is_asked_until_the_hold_ends),
        ABOUT(what_the_matrix_lets_pass_is_approved_then),
        ABOUT(held_orders_of_a_day_are_seen_together),
        ABOUT(what_is_held_is_not_approved_but_may_be_rejected),
        ABOUT(a_decision_is_kept_until_the_hold_ends),
        ABOUT(the_next_step_is_asked_when_the_hold_ends),
        ABOUT(of_an_approved_order_only_the_release_is_held),
        ABOUT(another_price_waits_for_the_same_hold),
        ABOUT(credit_may_come_before_approval),
        ABOUT(only_releasers_end_ours),
        ABOUT(ours_end_after_so_many_days),
        ABOUT(another_price_is_a_hold_where_that_is_agreed),
        ABOUT(of_another_price_nobody_need_be_able_to_decide),
        ABOUT(a_price_that_is_agreed_ends_the_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
