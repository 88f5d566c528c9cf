/* An approver strikes lines: what becomes of the order, of what was decided before, and what is no
 * strike at all. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ROW           "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
#define DECISION_HEAD "partner,order_number,version,decision,reason,strike,shown\n"

/* Order A-1 of three lines at 9.00, 20.00 and 20.00 comes to 1,642.20 with tax: it waits for
 * linwei (above 100.00), then for boss (above 1,000.00). */
static int
set_up(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world_come(world, "nordlicht",
               HEAD ROW "10,TEA-1,20,C62\n" ROW "20,TEA-2,10,C62\n" ROW "30,TEA-2,50,C62\n");
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "waiting");
    return 0;
}

/* A row of a decision file, without partner and order: "1,approve,reason,20 | 30,". */
static void
decide(struct world *world, const char *approver, const char *row)
{
    char file[512];
    snprintf(file, sizeof file, DECISION_HEAD "nordlicht,A-1,%s\n", row);
    world_come(world, approver, file);
}

/* "1/1approved 1/2withdrawn 2/1kept": the steps of every version. */
static const char *
steps(struct world *world)
{
    return world_text(world, "SELECT group_concat(version || '/' || step || state, ' ') FROM"
                             " (SELECT * FROM approval ORDER BY version, step)");
}

static const char *
state_of(struct world *world)
{
    return world_text(world, "SELECT version || approval || fulfilment FROM orders");
}

static void
the_order_goes_on_without_the_line(void **state)
{
    struct world *world = *state;
    decide(world, "linwei", "1,approve,no room,30,");
    assert_string_equal(state_of(world), "2approvedreleased");
    assert_string_equal(world_text(world, "SELECT group_concat(version || ':' || ordinal || '=' ||"
                                          " number, ' ') FROM order_line"),
                        "1:1=10 1:2=20 1:3=30 2:1=10 2:2=20");
    assert_int_equal(world_number(world, "SELECT lines FROM order_version WHERE version = 2"), 2);
    assert_int_equal(world_number(world, "SELECT gross_minor FROM order_price WHERE version = 2"),
                     45220);
    /* What linwei decided holds, and boss is not needed any more. */
    assert_string_equal(steps(world), "1/1approved 1/2withdrawn 2/1kept");
    assert_string_equal(world_text(world, "SELECT group_concat(state || decided_by || reason) FROM"
                                          " approval_person"),
                        "approvedlinweino room");
    assert_string_equal(world_text(world, "SELECT decided_by || reason FROM approval WHERE"
                                          " version = 2"),
                        "linweino room");
    assert_string_equal(
        world_text(world, "SELECT group_concat(event || version, ' ') FROM order_event"),
        "received1 approval-asked1 repriced2 approved2 released2");
    assert_string_equal(world_text(world, "SELECT actor || detail FROM order_event WHERE event ="
                                          " 'repriced'"),
                        "linwei{\"struck\":[\"30\"],\"person\":\"linwei\",\"reason\":\"no room\"}");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_event AS e JOIN interchange"
                                         " AS i ON i.id = e.interchange_id WHERE e.version = 2 AND"
                                         " i.document = 'decision'"),
                     3);
    assert_string_equal(world_text(world, "SELECT group_concat(code || version || order_line ||"
                                          " value) FROM finding"),
                        "ORDER-LINE-STRUCK230no room");
    assert_string_equal(world_text(world, "SELECT group_concat(kind || version, ' ') FROM"
                                          " outbox_message WHERE order_id IS NOT NULL AND partner"
                                          " IN ('nordlicht', 'harbour', 'boss')"),
                        "release2 order-response1 order-response2 order-status2");
}

/* Ordinals have no gap, notes follow their lines, and the partner's numbers stay. */
static void
what_is_left_moves_up(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO order_note SELECT id, 1, 1, 0, 'gift', 'all' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 2, 1, 'gift', 'ten' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 3, 2, 'gift', 'twenty' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 4, 3, 'gift', 'thirty' FROM orders");
    decide(world, "linwei", "1,approve,,20,");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' || number || sku,"
                                          " ' ') FROM order_line WHERE version = 2"),
                        "1=10TEA-1 2=30TEA-2");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || ':' || line || text, ' ')"
                                          " FROM order_note WHERE version = 2"),
                        "1:0all 2:1ten 3:2thirty");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' || net_minor, ' ')"
                                          " FROM order_line_price WHERE version = 2"),
                        "1=18000 2=100000");
    /* It is still above the limit of boss, who is asked about what is left. */
    assert_string_equal(steps(world), "1/1approved 1/2withdrawn 2/1kept 2/2open");
    assert_string_equal(world_text(world, "SELECT group_concat(person) FROM approval_person WHERE"
                                          " state = 'asked'"),
                        "boss");
}

static void
each_approver_may_strike(void **state)
{
    struct world *world = *state;
    decide(world, "linwei", "1,approve,one,20,");
    decide(world, "boss", "2,approve,two, 30 |,");
    assert_string_equal(state_of(world), "3approvedreleased");
    assert_string_equal(world_text(world, "SELECT group_concat(number) FROM order_line WHERE"
                                          " version = 3"),
                        "10");
    assert_string_equal(steps(world), "1/1approved 1/2withdrawn 2/1kept 2/2approved 3/1kept");
    /* Each answer tells what was struck since the last. */
    assert_string_equal(world_text(world, "SELECT group_concat(version || ':' || order_line, ' ')"
                                          " FROM finding WHERE code = 'ORDER-LINE-STRUCK'"),
                        "2:20 3:30");
}

static void
several_lines_are_struck_at_once(void **state)
{
    struct world *world = *state;
    decide(world, "linwei", "1,approve,,30|10,");
    assert_string_equal(state_of(world), "2approvedreleased");
    assert_string_equal(world_text(world, "SELECT number FROM order_line WHERE version = 2"), "20");
    assert_string_equal(world_text(world, "SELECT json_extract(detail, '$.struck') FROM"
                                          " order_event WHERE event = 'repriced'"),
                        "[\"10\",\"30\"]");
}

/* Nothing was decided, and the one who tried is told why. */
static void
is_refused(struct world *world, const char *approver, const char *row, const char *said)
{
    char sql[256];
    const int64_t version = world_number(world, "SELECT version FROM orders");
    const int64_t events = world_number(world, "SELECT count(*) FROM order_event");
    const int64_t taken = world->run.counts.decisions_taken;
    decide(world, approver, row);
    assert_string_equal(world_text(world, "SELECT code || ' ' || value || ' ' || expected || ' ' ||"
                                          " hint FROM finding ORDER BY interchange_id DESC LIMIT"
                                          " 1"),
                        said);
    snprintf(sql, sizeof sql, "SELECT version = %" PRId64 " AND approval = 'waiting' FROM orders",
             version);
    assert_int_equal(world_number(world, sql), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_event"), events);
    assert_int_equal(world_number(world, "SELECT count(*) FROM approval_person WHERE state <>"
                                         " 'asked'"),
                     0);
    assert_int_equal(world->run.counts.decisions_taken, taken);
    snprintf(sql, sizeof sql, "%s %.*s", approver, (int)strcspn(said, " "), said);
    assert_string_equal(world_text(world, "SELECT person || ' ' || code FROM approval_refused ORDER"
                                          " BY id DESC LIMIT 1"),
                        sql);
}

static void
lines_that_cannot_be_struck_decide_nothing(void **state)
{
    struct world *world = *state;
    is_refused(world, "linwei", "1,approve,,40,", "DECISION-STRIKE 40 line-unknown ");
    is_refused(world, "linwei", "1,approve,,10 | 1,", "DECISION-STRIKE 1 line-unknown ");
    is_refused(world, "linwei", "1,approve,,TEA-2,", "DECISION-STRIKE TEA-2 line-unknown ");
    is_refused(world, "linwei", "1,approve,,|,", "DECISION-STRIKE | line-unknown ");
    is_refused(world, "linwei", "1,approve,,20 | 20,", "DECISION-STRIKE 20 line-twice ");
    is_refused(world, "linwei", "1,approve,,10|20|30,", "DECISION-STRIKE 10|20|30 lines-all ");
    decide(world, "linwei", "1,approve,,30,");
    assert_string_equal(state_of(world), "2approvedreleased");
}

/* What a promotion gives is no line that the partner ordered. */
static void
free_goods_are_no_line(void **state)
{
    struct world *world = *state;
    world_do(world,
             "INSERT INTO order_free_line SELECT id, 1, 1, 'F1', 1, 'GIFT', 'TEA-1', 1000000,"
             " 'C62', 0, 0 FROM orders");
    is_refused(world, "linwei", "1,approve,,F1,", "DECISION-STRIKE F1 line-unknown ");
    world_do(world, "DELETE FROM order_free_line");
}

static void
what_would_be_refused_is_not_made(void **state)
{
    struct world *world = *state;
    world_do(world, "DELETE FROM price WHERE sku = 'TEA-2'");
    is_refused(world, "linwei", "1,approve,,30,", "DECISION-STRIKE 30 lines-needed PRICE-NONE");
    assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE version <> 0"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_version"), 1);
    decide(world, "linwei", "1,approve,,20|30,");
    assert_string_equal(state_of(world), "2approvedreleased");
}

/* Nothing can be told to who is no partner of ours any more. */
static void
an_order_of_nobody_is_left_alone(void **state)
{
    struct world *world = *state;
    world->partners[1].id = "nobody";
    is_refused(world, "linwei", "1,approve,,30,", "DECISION-STRIKE 30 partner-gone ");
    world->partners[1].id = "nordlicht";
}

static void
hold(struct world *world, enum hold_blocks blocks)
{
    struct fault why = {0};
    enum headline headline;
    must(desk_hold(&world->run,
                   &(struct hold_request){.partner = "nordlicht",
                                          .order_number = "A-1",
                                          .reason = "look",
                                          .until = DAY_NONE,
                                          .blocks = blocks,
                                          .may_end = "",
                                          .actor = "user:anna"},
                   &headline, &why));
}

static void
an_order_held_before_its_approval_is_left_alone(void **state)
{
    struct world *world = *state;
    hold(world, HOLD_BLOCKS_APPROVAL);
    is_refused(world, "linwei", "1,approve,,30,", "DECISION-STRIKE 30 approval-held ");
}

static void
an_order_held_from_its_release_stays_so(void **state)
{
    struct world *world = *state;
    hold(world, HOLD_BLOCKS_RELEASE);
    decide(world, "linwei", "1,approve,,30,");
    assert_string_equal(state_of(world), "2approvednone");
}

/* The checks of any decision come first. */
static void
only_who_may_decide_may_strike(void **state)
{
    struct world *world = *state;
    is_refused(world, "boss", "1,approve,,30,", "DECISION-NOT-ASKED nordlicht/A-1  ");
    is_refused(world, "linwei", "1,approve,,30,0123456789abcdef", "DECISION-SHOWN nordlicht/A-1  ");
    decide(world, "linwei", "1,reject,no,,");
    decide(world, "linwei", "1,approve,,30,");
    assert_string_equal(world_text(world, "SELECT code FROM finding ORDER BY interchange_id DESC"
                                          " LIMIT 1"),
                        "DECISION-NOT-OPEN");
}

/* Whoever decided about what was shown before has not seen what is left. */
static void
what_was_decided_about_the_old_version_counts_for_nothing(void **state)
{
    struct world *world = *state;
    char shown[32];
    char row[64];
    snprintf(shown, sizeof shown, "%.16s",
             world_text(world, "SELECT shown FROM approval WHERE version = 1"));
    snprintf(row, sizeof row, "1,approve,,20,%s", shown);
    decide(world, "linwei", row);
    assert_string_equal(state_of(world), "2waitingnone");
    decide(world, "boss", "1,approve,,,");
    assert_string_equal(world_text(world, "SELECT code || value || expected FROM finding ORDER BY"
                                          " interchange_id DESC LIMIT 1"),
                        "DECISION-VERSION12");
    snprintf(row, sizeof row, "2,approve,,,%s", shown);
    decide(world, "boss", row);
    assert_string_equal(world_text(world, "SELECT code FROM finding ORDER BY interchange_id DESC"
                                          " LIMIT 1"),
                        "DECISION-SHOWN");
    assert_string_equal(state_of(world), "2waitingnone");
    decide(world, "boss", "2,approve,,,");
    assert_string_equal(state_of(world), "2approvedreleased");
}

/* A vote that is not enough by itself strikes, and everybody is asked about what is left. */
static void
where_all_must_approve_they_are_asked_anew(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE approval_matrix SET approver = 'linwei | boss', quorum = 'all' WHERE"
                    " step = 1; DELETE FROM approval_matrix WHERE step = 2");
    world_do(world, "UPDATE approval SET approvers = 'linwei | boss', quorum = 0 WHERE step = 1");
    world_do(world, "INSERT INTO approval_person SELECT approval_id, 2, 2, 'boss', 'boss', 'boss',"
                    " chosen, chain, trace, asked_ms, state, NULL, NULL, NULL FROM"
                    " approval_person");
    decide(world, "linwei", "1,approve,mine,30,");
    assert_string_equal(steps(world), "1/1withdrawn 1/2withdrawn 2/1open");
    assert_string_equal(world_text(world, "SELECT group_concat(a.version || p.person || p.state,"
                                          " ' ') FROM approval AS a JOIN approval_person AS p ON"
                                          " p.approval_id = a.id"),
                        "1bosswithdrawn 1linweiapproved 2bossasked 2linweiasked");
    decide(world, "linwei", "2,approve,,,");
    decide(world, "boss", "2,approve,both,20,");
    assert_string_equal(state_of(world), "3approvedreleased");
    assert_string_equal(world_text(world, "SELECT state || decided_by FROM approval WHERE"
                                          " version = 3"),
                        "keptlinwei, boss");
}

/* A version with lines struck is a changed order to the matrix. */
static void
a_row_about_changes_asks(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO approval_matrix (version_id, changed, step, approver, line)"
                    " VALUES (5, 'yes', 3, 'boss', 9)");
    decide(world, "linwei", "1,approve,,30,");
    assert_string_equal(steps(world), "1/1approved 1/2withdrawn 2/1kept 2/3open");
    decide(world, "boss", "2,approve,,20,");
    assert_string_equal(steps(world),
                        "1/1approved 1/2withdrawn 2/1kept 2/3approved 3/1kept 3/3open");
}

/* Lists that came since do not matter. */
static void
it_is_priced_by_the_lists_of_then(void **state)
{
    struct world *world = *state;
    world_do(world,
             "INSERT INTO master_version VALUES (9, 'prices', 2, 1, 3, 0);"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, line) SELECT 9, sku,"
             " scope, holder, currency, breaks, break_group, quantity_from_micros, valid_from,"
             " valid_to, 2 * price_micros, line FROM price;"
             "UPDATE master_in_force SET version_id = 9 WHERE master = 'prices'");
    decide(world, "linwei", "1,approve,,30,");
    assert_int_equal(world_number(world, "SELECT gross_minor FROM order_price WHERE version = 2"),
                     45220);
}

/* Approved once, changed here, and struck from: both are precedents. */
static void
what_was_approved_before_holds_too(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    const struct price_setting setting = {.partner = "nordlicht",
                                          .order_number = "A-1",
                                          .line = "30",
                                          .manual = {30000000, AMOUNT_NONE, "agreed", "anna", true},
                                          .actor = "user:anna"};
    world->config.warehouse = "";
    world_do(
        world,
        "INSERT INTO master_version VALUES (8, 'price-authority', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('price-authority', 8);"
        "INSERT INTO price_authority VALUES (8, 'all', '', '', '', 1000000, 9000000, 'yes', 2);"
        "INSERT INTO approval_matrix (version_id, currency, above_micros, step, approver,"
        " line) VALUES (5, 'EUR', 2000000000, 2, 'boss', 9)");
    decide(world, "linwei", "1,approve,,,");
    decide(world, "boss", "1,approve,,,");
    must(desk_set_price(&world->run, &setting, &set, &why));
    decide(world, "boss", "2,approve,,20,");
    /* 1,999.20: boss approved that above 1,000.00, and 2,237.20 above 2,000.00 since. */
    assert_string_equal(state_of(world), "3approvednone");
    assert_string_equal(steps(world),
                        "1/1approved 1/2approved 2/1kept 2/2approved 3/1kept 3/2kept");
}

/* -- at the command line ------------------------------------------------------------------------
 */

static enum outcome
strike_by_hand(struct world *world, const char *lines, struct fault *why)
{
    return desk_decide(&world->run,
                       &(struct desk_decision){.partner = "nordlicht",
                                               .order_number = "A-1",
                                               .verdict = DECISION_APPROVE,
                                               .actor = "user:anna",
                                               .reason = "no room",
                                               .delegate = "",
                                               .strike = lines},
                       why);
}

static void
a_person_strikes_at_the_command_line(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct fault other = {0};
    assert_int_equal(strike_by_hand(world, "20 | 40", &other), FAILED);
    assert_int_equal(other.kind, FAULT_CONFLICT);
    assert_non_null(strstr(other.text, "\"40\" cannot be struck: the order has no such line"));
    other = (struct fault){0};
    assert_int_equal(strike_by_hand(world, "20, 30", &other), FAILED);
    assert_non_null(strstr(other.text, "no such line (several are separated by |)"));
    assert_string_equal(state_of(world), "1waitingnone");
    assert_int_equal(world_number(world, "SELECT count(*) FROM approval_refused"), 2);
    must(strike_by_hand(world, "20", &why));
    assert_string_equal(steps(world), "1/1approved 1/2withdrawn 2/1kept 2/2open");
    assert_string_equal(world_text(world, "SELECT detail FROM order_event WHERE version = 2"),
                        "{\"struck\":[\"20\"],\"person\":\"user:anna\",\"reason\":\"no room\"}");
    must(strike_by_hand(world, "30", &why));
    assert_string_equal(state_of(world), "3approvedreleased");
}

static void
with_a_list_of_approvers_only_they_do(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct fault other = {0};
    world_do(world, "INSERT INTO master_version VALUES (9, 'approvers', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('approvers', 9);"
                    "INSERT INTO approver VALUES (9, 'linwei', 'Lin Wei', 'wei', '', '', '', -1,"
                    " -1, '', '', '', -1, '', 2)");
    assert_int_equal(strike_by_hand(world, "30", &other), FAILED);
    assert_int_equal(other.kind, FAULT_NOT_PERMITTED);
    world_do(world, "UPDATE approver SET user = 'anna'");
    must(strike_by_hand(world, "30", &why));
    assert_string_equal(state_of(world), "2approvedreleased");
    assert_string_equal(world_text(world, "SELECT group_concat(person || state || decided_by) FROM"
                                          " approval_person"),
                        "linweiapproveduser:anna");
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(the_order_goes_on_without_the_line),
        IN_WORLD(what_is_left_moves_up),
        IN_WORLD(each_approver_may_strike),
        IN_WORLD(several_lines_are_struck_at_once),
        IN_WORLD(lines_that_cannot_be_struck_decide_nothing),
        IN_WORLD(free_goods_are_no_line),
        IN_WORLD(what_would_be_refused_is_not_made),
        IN_WORLD(an_order_of_nobody_is_left_alone),
        IN_WORLD(an_order_held_before_its_approval_is_left_alone),
        IN_WORLD(an_order_held_from_its_release_stays_so),
        IN_WORLD(only_who_may_decide_may_strike),
        IN_WORLD(what_was_decided_about_the_old_version_counts_for_nothing),
        IN_WORLD(where_all_must_approve_they_are_asked_anew),
        IN_WORLD(a_row_about_changes_asks),
        IN_WORLD(it_is_priced_by_the_lists_of_then),
        IN_WORLD(what_was_approved_before_holds_too),
        IN_WORLD(a_person_strikes_at_the_command_line),
        IN_WORLD(with_a_list_of_approvers_only_they_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
