/* What was decided about an order holds for its next version, or is asked again: the change rule of
 * desk/precedent.h, on orders of the store.  A price that is set by hand makes each next version.
 */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ROW "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,"

enum { EURO = 1000000 };

/* Order A-1 comes to 9,900.00, which linwei and boss have approved: above 100.00, above 1,000.00.
 * Whoever sets a price may set any, and nothing is released. */
static int
set_up(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world->config.warehouse = "";
    world_do(
        world,
        "INSERT INTO master_version VALUES (8, 'price-authority', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('price-authority', 8);"
        "INSERT INTO price_authority VALUES (8, 'all', '', '', '', 1000000, 9000000, 'yes', 2);"
        "UPDATE product SET tax_rate_micros = 0;"
        "UPDATE price SET price_micros = 9900000000 WHERE sku = 'TEA-1';");
    return 0;
}

static void
decide(struct world *world, bool approves)
{
    struct fault why = {0};
    must(world_decide(world, "A-1", approves, "user:chef", approves ? "known" : "no", &why));
}

static void
order_and_approve(struct world *world)
{
    world_come(world, "nordlicht", HEAD ROW "1,C62\n");
    decide(world, true);
    decide(world, true);
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "approved");
}

/* The next version, that comes to so much. */
static enum headline
change_to(struct world *world, int64_t euros)
{
    struct fault why = {0};
    struct price_set set;
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {euros * EURO, AMOUNT_NONE, "agreed", "anna", true},
        .actor = "user:anna"};
    must(desk_set_price(&world->run, &setting, &set, &why));
    assert_true(set.is_changed);
    assert_int_equal(world_number(world,
                                  "SELECT gross_minor FROM order_price AS p JOIN orders AS o ON "
                                  "o.id = p.order_id WHERE o.number = 'A-1' ORDER BY p.version"
                                  " DESC LIMIT 1"),
                     euros * 100);
    return set.headline;
}

/* "1kept 2open": the steps of the version in force. */
static const char *
steps(struct world *world)
{
    return world_text(world, "SELECT group_concat(step || state, ' ') FROM (SELECT a.step, a.state"
                             " FROM approval AS a JOIN orders AS o ON o.id = a.order_id AND"
                             " o.version = a.version ORDER BY a.step)");
}

/* Why the step that is open asks: "amount-above 10100.00 10000.00". */
static const char *
reasons(struct world *world)
{
    return world_text(world, "SELECT group_concat(r.name || ' ' || r.value || ' ' || r.limit_text,"
                             " ', ') FROM approval AS a JOIN approval_reason AS r ON"
                             " r.approval_id = a.id WHERE a.state = 'open'");
}

static void
less_in_the_same_band_is_kept(void **state)
{
    struct world *world = *state;
    order_and_approve(world);
    const int64_t asked = world_number(world, "SELECT count(*) FROM approval_person");
    assert_int_equal(change_to(world, 9800), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
    assert_int_equal(world_number(world, "SELECT count(*) FROM approval_person"), asked);
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message WHERE kind ="
                                         " 'approval-request' AND version = 2"),
                     0);
    assert_string_equal(world_text(world, "SELECT decided_by || ' ' || reason FROM approval"
                                          " WHERE version = 2 AND step = 2"),
                        "user:chef known");
    assert_int_equal(world_number(world, "SELECT count(DISTINCT decided_ms) FROM approval"), 1);
    assert_string_equal(world_text(world, "SELECT group_concat(kind || version, ' ') FROM"
                                          " outbox_message WHERE partner = 'nordlicht' AND"
                                          " order_id IS NOT NULL"),
                        "order-response1 order-response1 order-response2");
}

/* Nobody is asked anew when a hold ends that was there before the next version. */
static void
what_is_kept_waits_for_the_end_of_a_hold(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    enum headline headline;
    struct hold_ended ended = {0};
    order_and_approve(world);
    must(desk_hold(&world->run,
                   &(struct hold_request){.partner = "nordlicht",
                                          .order_number = "A-1",
                                          .reason = "look",
                                          .until = DAY_NONE,
                                          .blocks = HOLD_BLOCKS_BOTH,
                                          .may_end = "",
                                          .actor = "user:anna"},
                   &headline, &why));
    change_to(world, 9000);
    assert_string_equal(steps(world), "1kept 2kept");
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "waiting");
    must(desk_resume(
        &world->run,
        &(struct hold_ending){"nordlicht", "A-1", ORDER_HOLD_KIND_COUNT, "fine", "user:anna"},
        &ended, &why));
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "approved");
}

static void
more_in_the_same_band_is_kept(void **state)
{
    struct world *world = *state;
    order_and_approve(world);
    assert_int_equal(change_to(world, 9999), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
}

#define BAND_OF_10000                                                                              \
    "INSERT INTO approval_matrix (version_id, currency, above_micros, step, approver, line)"       \
    " VALUES (5, 'EUR', 10000000000, 2, 'boss', 4)"

static void
the_next_band_asks_again_and_says_why(void **state)
{
    struct world *world = *state;
    world_do(world, BAND_OF_10000);
    order_and_approve(world);
    assert_int_equal(change_to(world, 10000), HEADLINE_APPROVED); /* up to and with it */
    assert_int_equal(change_to(world, 10100), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2open");
    assert_string_equal(reasons(world), "amount-above 10100.00 10000.00");
    assert_string_equal(world_text(world, "SELECT p.person FROM approval AS a JOIN approval_person"
                                          " AS p ON p.approval_id = a.id WHERE a.state = 'open'"),
                        "boss");
    decide(world, true);
    assert_int_equal(change_to(world, 10200), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
}

/* Who consented to an amount above 10,000.00 has to one above 1,000.00, but not the other way
 * round, and not somebody else. */
static void
a_lower_band_is_covered(void **state)
{
    struct world *world = *state;
    world_do(world, BAND_OF_10000);
    world_do(world, "UPDATE approval_matrix SET up_to_micros = 10000000000 WHERE step = 2 AND"
                    " above_micros = 1000000000");
    order_and_approve(world);
    assert_int_equal(change_to(world, 10100), HEADLINE_WAITING);
    decide(world, true);
    assert_int_equal(change_to(world, 9900), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
    assert_int_equal(change_to(world, 10100), HEADLINE_WAITING);
    decide(world, true);
    world_do(world, "UPDATE approval_matrix SET approver = 'linwei' WHERE step = 2 AND"
                    " above_micros = 1000000000");
    assert_int_equal(change_to(world, 9900), HEADLINE_WAITING);
    assert_string_equal(reasons(world),
                        "amount-above 9900.00 1000.00, amount-up-to 9900.00 10000.00");
}

/* By itself it is below 1,000.00 now, but not together with another order of the day. */
static void
an_amount_of_the_day_is_covered(void **state)
{
    struct world *world = *state;
    order_and_approve(world);
    world_come(world, "nordlicht",
               HEAD "A-2,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-2,4,C62\n");
    assert_int_equal(change_to(world, 950), HEADLINE_APPROVED);
    assert_string_equal(world_text(world, "SELECT a.state || ' ' || r.name || ' ' || r.value FROM"
                                          " approval AS a JOIN approval_reason AS r ON"
                                          " r.approval_id = a.id WHERE a.version = 2 AND a.step ="
                                          " 2"),
                        "kept amount-above-day 1030.00");
}

/* What was kept is a precedent again, through any number of versions. */
static void
a_kept_step_is_kept_again(void **state)
{
    struct world *world = *state;
    order_and_approve(world);
    assert_int_equal(change_to(world, 9800), HEADLINE_APPROVED);
    assert_int_equal(change_to(world, 9700), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
    assert_string_equal(world_text(world, "SELECT DISTINCT decided_by FROM approval WHERE"
                                          " version = 3"),
                        "user:chef");
}

/* Only what was approved is a precedent, not what was asked in between. */
static void
a_version_nobody_approved_is_no_precedent(void **state)
{
    struct world *world = *state;
    world_do(world, BAND_OF_10000);
    order_and_approve(world);
    assert_int_equal(change_to(world, 10100), HEADLINE_WAITING);
    assert_int_equal(change_to(world, 10200), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2open");
    assert_int_equal(change_to(world, 9950), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
    assert_string_equal(world_text(world, "SELECT group_concat(version || state, ' ') FROM"
                                          " approval WHERE step = 2"),
                        "1approved 2withdrawn 3withdrawn 4kept");
}

static void
an_increase_beyond_the_limit_asks_each_time(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO approval_matrix (version_id, increase_above_micros, step,"
                    " approver, line) VALUES (5, 100000, 3, 'boss', 4)");
    order_and_approve(world);
    assert_int_equal(change_to(world, 10890), HEADLINE_APPROVED); /* ten per cent */
    assert_string_equal(steps(world), "1kept 2kept");
    assert_int_equal(change_to(world, 12000), HEADLINE_WAITING); /* of what was approved last */
    assert_string_equal(steps(world), "1kept 2kept 3open");
    assert_string_equal(reasons(world), "increase 10.2 10");
    decide(world, true);
    assert_int_equal(change_to(world, 13300), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2kept 3open");
    assert_string_equal(reasons(world), "increase 10.84 10");
    assert_int_equal(change_to(world, 5000), HEADLINE_APPROVED);
}

static void
a_change_is_asked_about_each_time_where_a_row_says_so(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO approval_matrix (version_id, changed, step, approver, line)"
                    " VALUES (5, 'yes', 3, 'boss', 4)");
    order_and_approve(world);
    assert_string_equal(steps(world), "1approved 2approved"); /* the first version is no change */
    assert_int_equal(change_to(world, 9800), HEADLINE_WAITING);
    assert_string_equal(reasons(world), "changed yes yes");
    decide(world, true);
    assert_int_equal(change_to(world, 9700), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2kept 3open");
}

static void
a_manual_price_is_asked_about_each_time_where_a_row_says_so(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO approval_matrix (version_id, manual_price, step, approver, line)"
                    " VALUES (5, 'yes', 3, 'boss', 4)");
    order_and_approve(world);
    assert_int_equal(change_to(world, 9800), HEADLINE_WAITING);
    decide(world, true);
    assert_int_equal(change_to(world, 9700), HEADLINE_WAITING);
    assert_string_equal(reasons(world), "manual-price yes yes");
}

#define COUNTRY_ROW                                                                                \
    "INSERT INTO approval_matrix (version_id, country_changed, step, approver, line)"              \
    " VALUES (5, 'yes', 3, 'boss', 4)"

static void
another_country_is_asked_about(void **state)
{
    struct world *world = *state;
    world_do(world, COUNTRY_ROW ";" BAND_OF_10000);
    order_and_approve(world);
    assert_int_equal(change_to(world, 10100), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2open");
    /* A price leaves the address alone: as if the version that waits had come with another one. */
    world_do(world, "UPDATE order_party SET country = 'FR' WHERE version = 2");
    assert_int_equal(change_to(world, 9800), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2kept 3open");
    assert_string_equal(reasons(world), "country-changed FR DE");
    decide(world, true);
    assert_int_equal(change_to(world, 9700), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
}

/* The delivery address of an order that names none is that of its buyer, whatever the customer's
 * country is by the list of customers. */
static void
the_buyers_country_is_no_change(void **state)
{
    struct world *world = *state;
    world_do(world, COUNTRY_ROW);
    world_do(world, "UPDATE customer SET country = 'FR'");
    order_and_approve(world);
    assert_int_equal(change_to(world, 9800), HEADLINE_APPROVED);
    assert_string_equal(steps(world), "1kept 2kept");
}

/* Refused since it was approved, and sent again: everybody is asked anew. */
static void
an_order_that_was_refused_since_has_none(void **state)
{
    struct world *world = *state;
    world_do(world, BAND_OF_10000);
    order_and_approve(world);
    assert_int_equal(change_to(world, 10100), HEADLINE_WAITING);
    decide(world, false);
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "refused");
    world_come(world, "nordlicht", HEAD ROW "1.000,C62\n");
    assert_int_equal(world_number(world, "SELECT version FROM orders"), 3);
    assert_string_equal(steps(world), "1open 2planned");
    assert_string_equal(reasons(world), "amount-above 9900.00 100.00");
}

/* Who decided then is not who the matrix asks since, or not enough of them. */
static void
a_matrix_that_asks_somebody_else_asks(void **state)
{
    struct world *world = *state;
    order_and_approve(world);
    world_do(world, "UPDATE approval_matrix SET approver = 'boss' WHERE step = 1");
    assert_int_equal(change_to(world, 9800), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1open 2kept");
    decide(world, true);
    world_do(world, "UPDATE approval_matrix SET quorum = 'all' WHERE step = 2");
    assert_int_equal(change_to(world, 9700), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1kept 2open");
}

/* Prices that must be decided are, each time. */
static void
prices_that_must_be_decided_are_asked_about(void **state)
{
    struct world *world = *state;
    order_and_approve(world);
    world_do(world, "UPDATE price_authority SET below_micros = 0");
    assert_int_equal(change_to(world, 9800), HEADLINE_WAITING);
    assert_string_equal(steps(world), "1open 2planned");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(less_in_the_same_band_is_kept),
        IN_WORLD(what_is_kept_waits_for_the_end_of_a_hold),
        IN_WORLD(more_in_the_same_band_is_kept),
        IN_WORLD(the_next_band_asks_again_and_says_why),
        IN_WORLD(a_lower_band_is_covered),
        IN_WORLD(an_amount_of_the_day_is_covered),
        IN_WORLD(a_kept_step_is_kept_again),
        IN_WORLD(a_version_nobody_approved_is_no_precedent),
        IN_WORLD(an_increase_beyond_the_limit_asks_each_time),
        IN_WORLD(a_change_is_asked_about_each_time_where_a_row_says_so),
        IN_WORLD(a_manual_price_is_asked_about_each_time_where_a_row_says_so),
        IN_WORLD(another_country_is_asked_about),
        IN_WORLD(the_buyers_country_is_no_change),
        IN_WORLD(an_order_that_was_refused_since_has_none),
        IN_WORLD(a_matrix_that_asks_somebody_else_asks),
        IN_WORLD(prices_that_must_be_decided_are_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
