/* Who is asked, who may decide, how many must, and what happens when nobody does. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
/* 10.71 EUR each with tax. */
#define TEA(number, quantity)                                                                      \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define MATRIX                                                                                     \
    "order_type,currency,above,step,approver,role,quorum,remind_hours,escalate_hours,"             \
    "decide_hours,undecided\n"
#define PEOPLE    "person,user,roles,superior,currency,up_to,order_types,discount_up_to\n"
#define DECISIONS "partner,order_number,version,decision,reason,delegate_to,shown\n"
#define HOUR_MS   (3600 * 1000)
/* Tuesday 2026-11-24, 00:00. */
#define MIDNIGHT INT64_C(1795478400000)

enum { PEOPLE_COUNT = 5 };

/* Five approvers more, and no matrix yet. */
static int
set_up(void **state)
{
    static const char *const ids[PEOPLE_COUNT] = {"anna", "boris", "clara", "dora", "emil"};
    static struct partner partners[6 + PEOPLE_COUNT];
    world_setup(state);
    struct world *world = *state;
    memcpy(partners, world->partners, sizeof world->partners);
    for (size_t index = 0; index < PEOPLE_COUNT; index++) {
        partners[6 + index] = world->partners[4];
        partners[6 + index].id = ids[index];
    }
    world->config.partners = partners;
    world->config.partner_count = 6 + PEOPLE_COUNT;
    world->config.company_currency = "EUR";
    world_do(world, "DELETE FROM master_in_force WHERE master = 'approval-matrix'");
    return 0;
}

/* "1 anna asked, 2 boris approved": slots and persons of the newest step that was asked. */
static const char *
people(struct world *world)
{
    return world_text(world, "SELECT group_concat(slot || ' ' || person || ' ' || state, ', ') FROM"
                             " (SELECT * FROM approval_person WHERE approval_id ="
                             "  (SELECT max(approval_id) FROM approval_person) ORDER BY ordinal)");
}

static const char *
ways(struct world *world)
{
    return world_text(world, "SELECT group_concat(iif(chain = '', person, chain) || ' ' || chosen,"
                             " ', ') FROM (SELECT * FROM approval_person ORDER BY approval_id,"
                             " ordinal)");
}

static const char *
state_of(struct world *world, const char *number)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT approval FROM orders WHERE number = '%s'", number);
    return world_text(world, sql);
}

static const char *
last_code(struct world *world)
{
    return world_text(world, "SELECT code FROM finding ORDER BY interchange_id DESC, ordinal DESC");
}

static void
decides(struct world *world, const char *approver, const char *row)
{
    char file[400];
    snprintf(file, sizeof file, DECISIONS "nordlicht,%s\n", row);
    world_come(world, approver, file);
}

static int64_t
requests_of(struct world *world, const char *person)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM outbox_message WHERE kind = 'approval-request' AND partner = "
             "'%s'",
             person);
    return world_number(world, sql);
}

static void
runs_at(struct world *world, int64_t moment_ms)
{
    world->run.as_of_ms = moment_ms;
    world_work(world);
}

/* -- how many must ----------------------------------------------------------------------------- */

static void
the_first_answer_decides_where_any_will_do(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna | boris,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "20"));
    assert_int_equal(requests_of(world, "anna"), 2);
    assert_int_equal(requests_of(world, "boris"), 2);
    decides(world, "boris", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
    decides(world, "anna", "A-2,1,reject,too much,,");
    assert_string_equal(state_of(world, "A-2"), "refused");
    assert_string_equal(people(world), "1 anna rejected, 2 boris withdrawn");
    decides(world, "boris", "A-2,1,approve,,,");
    assert_string_equal(last_code(world), "DECISION-NOT-OPEN");
}

static void
all_must_where_all_is_said(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna | boris,,all,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "20"));
    decides(world, "boris", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "waiting");
    decides(world, "boris", "A-1,1,approve,again,,"); /* once is enough */
    assert_string_equal(last_code(world), "DECISION-NOT-ASKED");
    decides(world, "anna", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
    assert_string_equal(
        world_text(world, "SELECT decided_by FROM approval WHERE state = 'approved'"),
        "anna, boris");
    decides(world, "anna", "A-2,1,reject,no,,");
    assert_string_equal(state_of(world, "A-2"), "refused");
}

static void
two_of_three_must_and_two_can_refuse(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna | boris | clara,,2,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "20"));
    decides(world, "anna", "A-1,1,reject,no,,");
    assert_string_equal(state_of(world, "A-1"), "waiting");
    decides(world, "boris", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "waiting");
    decides(world, "clara", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
    decides(world, "anna", "A-2,1,reject,no,,");
    decides(world, "clara", "A-2,1,reject,never,,");
    assert_string_equal(state_of(world, "A-2"), "refused");
}

/* -- who is asked ------------------------------------------------------------------------------ */

static void
a_role_asks_those_who_may(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               PEOPLE "anna,,finance,,EUR,150.00,,\nboris,,sales | finance,,EUR,500.00,,\n"
                      "clara,,finance,,EUR,500.00,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,,finance,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20")); /* 214.20 */
    assert_string_equal(people(world), "1 boris asked, 2 clara asked");
    assert_string_equal(ways(world), "boris role, clara role");
}

/* At the limit is enough, one cent above is not. */
static void
the_first_superior_with_enough_authority_is_asked(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               PEOPLE "anna,,,boris,EUR,214.19,,\nboris,,,clara,EUR,214.19,,\n"
                      "clara,,,dora,EUR,214.20,,\ndora,,,,EUR,,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_string_equal(ways(world), "anna -> boris -> clara superior");
    assert_string_equal(world_text(world, "SELECT trace FROM approval_person"),
                        "[{\"person\":\"anna\",\"way\":\"named\",\"why\":\"amount\"},"
                        "{\"person\":\"boris\",\"way\":\"superior\",\"why\":\"amount\"},"
                        "{\"person\":\"clara\",\"way\":\"superior\"}]");
    decides(world, "anna", "A-1,1,approve,,,");
    assert_string_equal(last_code(world), "DECISION-NOT-ASKED");
    decides(world, "clara", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
}

static void
where_nobody_may_the_last_is_asked_and_cannot_approve(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", PEOPLE "anna,,,boris,EUR,100.00,,\nboris,,,,EUR,200.00,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_string_equal(people(world), "1 boris asked");
    decides(world, "boris", "A-1,1,approve,,,");
    assert_string_equal(last_code(world), "DECISION-AUTHORITY");
    world_come(world, "ledger", PEOPLE "anna,,,boris,EUR,100.00,,\nboris,,,,EUR,300.00,,\n");
    decides(world, "boris", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
}

/* The order is four days younger than the rate. */
static void
a_rate_that_is_too_old_gives_no_authority(void **state)
{
    struct world *world = *state;
    world->config.company_currency = "CNY";
    world->config.limits.rate_days_max = 4;
    world_come(world, "ledger", "from,to,date,rate\nCNY,EUR,2026-11-16,0.125\n");
    world_come(world, "ledger", PEOPLE "anna,,,boris,CNY,2000.00,,\nboris,,,,,,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20")); /* 214.20 EUR, 1,713.60 CNY */
    assert_string_equal(ways(world), "anna named");
    world->config.limits.rate_days_max = 3;
    decides(world, "anna", "A-1,1,approve,,,");
    assert_string_equal(last_code(world), "DECISION-AUTHORITY");
    world_come(world, "nordlicht", HEAD TEA("A-2", "20"));
    assert_string_equal(people(world), "1 boris asked");
    assert_string_equal(
        world_text(world, "SELECT trace FROM approval_person WHERE person = 'boris'"),
        "[{\"person\":\"anna\",\"way\":\"named\",\"why\":\"no-rate\"},"
        "{\"person\":\"boris\",\"way\":\"superior\"}]");
    world->config.limits.rate_days_max = 4;
    decides(world, "anna", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
}

static void
whoever_orders_is_passed_over(void **state)
{
    struct world *world = *state;
    struct partner *partners = (struct partner *)world->config.partners;
    partners[1].roles |= (unsigned int)ROLE_APPROVER; /* nordlicht approves, too */
    world_come(world, "ledger", PEOPLE "nordlicht,,,boris,,,,\nboris,,,,,,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,nordlicht,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_string_equal(ways(world), "nordlicht -> boris superior");
}

static void
nobody_decides_two_steps(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", PEOPLE "anna,,,boris,,,,\nboris,,,,,,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n,EUR,100.00,2,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    decides(world, "anna", "A-1,1,approve,,,");
    assert_string_equal(people(world), "1 boris asked");
    decides(world, "boris", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
}

static void
a_delegate_decides_until_midnight(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", PEOPLE "anna,,,,EUR,500.00,,\nboris,,,,EUR,100.00,,\n");
    world_come(world, "ledger",
               "person,delegate,valid_from,valid_to,reason\n"
               "anna,boris,2026-11-23,2026-11-24,leave\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world->run.as_of_ms = MIDNIGHT + 24 * HOUR_MS - 1;
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_string_equal(ways(world), "anna -> boris stands-in");
    decides(world, "boris", "A-1,1,approve,,,"); /* by anna's authority */
    assert_string_equal(state_of(world, "A-1"), "approved");
    world->run.as_of_ms = MIDNIGHT + 24 * HOUR_MS;
    world_come(world, "nordlicht", HEAD TEA("A-2", "20"));
    assert_string_equal(people(world), "1 anna asked");
}

static void
a_role_that_nobody_has_is_asked_when_somebody_has_it(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,,finance,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_string_equal(state_of(world, "A-1"), "waiting");
    assert_int_equal(world_number(world, "SELECT count(*) FROM approval_person"), 0);
    world_verify(world);
    world_come(world, "ledger", PEOPLE "anna,,finance,,,,,\n");
    assert_string_equal(people(world), "1 anna asked");
    world_work(world);
    assert_int_equal(requests_of(world, "anna"), 1);
}

/* -- decisions --------------------------------------------------------------------------------- */

static void
a_decision_may_be_handed_on(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    decides(world, "anna", "A-1,1,delegate,on the road,,");
    assert_string_equal(last_code(world), "DEC-DELEGATE");
    decides(world, "anna", "A-1,1,delegate,on the road,harbour,");
    assert_string_equal(last_code(world), "DECISION-DELEGATE");
    decides(world, "anna", "A-1,1,delegate,on the road,dora,");
    assert_string_equal(people(world), "1 anna delegated, 1 dora asked");
    assert_string_equal(ways(world), "anna named, anna -> dora delegated");
    decides(world, "anna", "A-1,1,approve,,,");
    assert_string_equal(last_code(world), "DECISION-NOT-ASKED");
    decides(world, "dora", "A-1,1,delegate,not mine,anna,"); /* not back */
    assert_string_equal(last_code(world), "DECISION-DELEGATE");
    decides(world, "dora", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
    assert_string_equal(world_text(world, "SELECT group_concat(person || ' ' || code) FROM"
                                          " approval_refused"),
                        "anna DECISION-DELEGATE,anna DECISION-NOT-ASKED,dora DECISION-DELEGATE");
}

static void
an_order_may_be_returned(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna | boris,,all,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    decides(world, "boris", "A-1,1,return,less tea please,,");
    assert_string_equal(state_of(world, "A-1"), "refused");
    assert_string_equal(people(world), "1 anna withdrawn, 2 boris returned");
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(state_of(world, "A-1"), "approved");
}

static enum outcome
types(struct world *world, enum decision_verdict verdict, const char *user, const char *delegate,
      struct fault *why)
{
    return desk_decide(&world->run,
                       &(struct desk_decision){.partner = "nordlicht",
                                               .order_number = "A-1",
                                               .verdict = verdict,
                                               .actor = user,
                                               .reason = "so be it",
                                               .delegate = delegate,
                                               .strike = ""},
                       why);
}

/* By a person at the command line, whoever is asked, and where nobody could be. */
static void
an_order_may_be_returned_at_the_command_line(void **state)
{
    static const char *const approvers[] = {"anna,", ",finance"};
    struct world *world = *state;
    for (size_t index = 0; index < sizeof approvers / sizeof approvers[0]; index++) {
        struct fault why = {0};
        char file[200];
        snprintf(file, sizeof file, MATRIX ",EUR,100.00,1,%s,,,,,\n", approvers[index]);
        world_do(world, "DELETE FROM master_in_force WHERE master = 'approval-matrix'");
        world_come(world, "ledger", file);
        world_come(world, "nordlicht", index == 0 ? HEAD TEA("A-1", "20") : HEAD TEA("A-1", "21"));
        must(types(world, DECISION_RETURN, "user:zoe", "", &why));
        assert_string_equal(state_of(world, "A-1"), "refused");
        assert_string_equal(world_text(world, "SELECT state || ' ' || decided_by || ' ' || reason"
                                              " FROM approval ORDER BY version DESC"),
                            "returned user:zoe so be it");
    }
    assert_string_equal(people(world), "1 anna withdrawn"); /* nobody the second time */
    assert_int_equal(world_number(world, "SELECT count(*) FROM approval_person"), 1);
}

/* Whom the matrix names is told with those who were asked, and not where nobody was. */
static void
nobody_is_told_where_nobody_was_asked(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    static const char results[] = "SELECT group_concat(partner) FROM (SELECT * FROM outbox_message"
                                  " WHERE kind = 'approval-result' ORDER BY partner)";
    world_come(world, "ledger",
               "currency,above,step,approver,role,told\nEUR,100.00,1,,finance,harbour\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    must(types(world, DECISION_REJECT, "user:zoe", "", &why));
    assert_string_equal(world_text(world, results), "");
    world_do(world, "DELETE FROM master_in_force WHERE master = 'approval-matrix'");
    world_come(world, "ledger",
               "currency,above,step,approver,role,told\nEUR,100.00,1,anna,,harbour\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "21"));
    must(types(world, DECISION_REJECT, "user:zoe", "", &why));
    assert_string_equal(world_text(world, results), "anna,harbour");
}

/* Why is on record with each who was asked. */
static void
a_decision_may_be_handed_on_at_the_command_line(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna | boris,,all,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    must(types(world, DECISION_DELEGATE, "user:zoe", "dora", &why));
    assert_string_equal(people(world), "1 anna delegated, 2 boris delegated, 1 dora asked");
    assert_string_equal(world_text(world, "SELECT DISTINCT decided_by || ' ' || reason FROM"
                                          " approval_person WHERE state = 'delegated'"),
                        "user:zoe so be it");
    decides(world, "dora", "A-1,1,approve,,,");
    assert_string_equal(state_of(world, "A-1"), "approved");
}

/* What was approved before counts, and is not enough. */
static void
what_is_handed_on_at_the_command_line_is_still_to_be_decided(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna | boris | clara,,2,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    decides(world, "anna", "A-1,1,approve,,,");
    must(types(world, DECISION_DELEGATE, "user:zoe", "dora", &why));
    assert_string_equal(people(world), "1 anna approved, 2 boris delegated, 3 clara delegated,"
                                       " 2 dora asked");
    assert_string_equal(state_of(world, "A-1"), "waiting");
    decides(world, "dora", "A-1,1,reject,no,,");
    assert_string_equal(state_of(world, "A-1"), "refused");
}

static void
decides_shown(struct world *world, const char *order, const char *shown)
{
    char row[100];
    assert_true(snprintf(row, sizeof row, "%s,approve,,,%s", order, shown) < 100);
    decides(world, "anna", row);
}

static void
a_decision_is_bound_to_what_was_shown(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "21"));
    char *shown = strdup(world_text(world, "SELECT shown FROM approval a JOIN orders o"
                                           " ON o.id = order_id WHERE number = 'A-2'"));
    assert_int_equal(strlen(shown), 16);
    decides_shown(world, "A-1,1", shown);
    assert_string_equal(last_code(world), "DECISION-SHOWN");
    assert_string_equal(state_of(world, "A-1"), "waiting");
    decides_shown(world, "A-2,1", shown);
    assert_string_equal(state_of(world, "A-2"), "approved");
    free(shown);
}

static void
users_of_the_list_decide_as_themselves(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "ledger",
               PEOPLE "anna,ab,,boris,EUR,100.00,,\nboris,bb,,,EUR,,,\ndora,dd,,,,,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    assert_int_equal(types(world, DECISION_APPROVE, "user:xx", "", &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_PERMITTED);
    why = (struct fault){0};
    assert_int_equal(types(world, DECISION_APPROVE, "user:ab", "", &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_PERMITTED);
    assert_string_equal(
        world_text(world, "SELECT person || ' ' || verdict || ' ' || code FROM approval_refused"),
        "anna approve DECISION-NOT-ASKED");
    must(types(world, DECISION_DELEGATE, "user:bb", "dora", &why));
    must(types(world, DECISION_APPROVE, "user:dd", "", &why)); /* by boris's authority */
    assert_string_equal(state_of(world, "A-1"), "approved");
    assert_string_equal(
        world_text(world, "SELECT decided_by FROM approval_person WHERE state = 'approved'"),
        "user:dd");
}

/* -- time -------------------------------------------------------------------------------------- */

static void
reminders_come_by_working_time_and_once(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,4,,,\n");
    world->run.as_of_ms = MIDNIGHT + 16 * HOUR_MS; /* two hours before the evening */
    world_come(world, "nordlicht", HEAD TEA("A-1", "20"));
    runs_at(world, MIDNIGHT + 24 * HOUR_MS + 11 * HOUR_MS - 1);
    assert_int_equal(requests_of(world, "anna"), 1);
    runs_at(world, MIDNIGHT + 24 * HOUR_MS + 11 * HOUR_MS);
    runs_at(world, MIDNIGHT + 24 * HOUR_MS + 11 * HOUR_MS + 1);
    assert_int_equal(requests_of(world, "anna"), 2);
    runs_at(world, MIDNIGHT + 3 * 24 * HOUR_MS + 12 * HOUR_MS); /* the second to the fifth */
    assert_int_equal(requests_of(world, "anna"), 3);
    assert_string_equal(world_text(world, "SELECT group_concat(reminder) FROM (SELECT reminder FROM"
                                          " outbox_message WHERE partner = 'anna' AND"
                                          " kind = 'approval-request' ORDER BY number)"),
                        "0,1,5");
    decides(world, "anna", "A-1,1,approve,,,");
    runs_at(world, MIDNIGHT + 9 * 24 * HOUR_MS);
    assert_int_equal(requests_of(world, "anna"), 3);
}

static void
superiors_are_asked_too_when_time_passes(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               PEOPLE "anna,,,boris,,,,\nboris,,,clara,EUR,1.00,,\nclara,,,,,,,\n");
    world_come(world, "ledger", MATRIX ",EUR,100.00,1,anna,,,,2,,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "20"));
    runs_at(world, MIDNIGHT + 11 * HOUR_MS);
    runs_at(world, MIDNIGHT + 12 * HOUR_MS);
    assert_string_equal(people(world), "1 anna asked, 1 clara asked");
    assert_int_equal(requests_of(world, "clara"), 2);
    assert_int_equal(world_number(world, "SELECT count(next_ms) FROM approval"), 0);
    decides(world, "clara", "A-1,1,approve,,,");
    decides(world, "anna", "A-2,1,approve,,,"); /* may still */
    assert_string_equal(state_of(world, "A-1"), "approved");
    assert_string_equal(people(world), "1 anna approved, 1 clara withdrawn");
}

static void
what_is_not_decided_in_time_ends_by_rule(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               MATRIX ",EUR,200.00,1,anna,,,,,9,refuse\n,EUR,100.00,1,boris,,,,,9,approve\n"
                      ",EUR,100.00,2,clara,,,,,9,\n");
    world_come(world, "nordlicht", HEAD TEA("A-1", "20") TEA("A-2", "10"));
    runs_at(world, MIDNIGHT + 18 * HOUR_MS - 1);
    assert_string_equal(state_of(world, "A-1"), "waiting");
    runs_at(world, MIDNIGHT + 18 * HOUR_MS);
    assert_string_equal(state_of(world, "A-1"), "refused");
    assert_string_equal(people(world), "1 clara asked"); /* about A-2 */
    assert_string_equal(
        world_text(world, "SELECT group_concat(decided_by || ' ' || reason, '; ') FROM approval"
                          " WHERE decided_ms IS NOT NULL"),
        "purser Nobody decided within 9 working hours; the order is refused by rule.; "
        "purser Nobody decided within 9 working hours; it is approved by rule.");
    runs_at(world, MIDNIGHT + 9 * 24 * HOUR_MS); /* the second step waits */
    assert_string_equal(state_of(world, "A-2"), "waiting");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(the_first_answer_decides_where_any_will_do),
        ABOUT(all_must_where_all_is_said),
        ABOUT(two_of_three_must_and_two_can_refuse),
        ABOUT(a_role_asks_those_who_may),
        ABOUT(the_first_superior_with_enough_authority_is_asked),
        ABOUT(where_nobody_may_the_last_is_asked_and_cannot_approve),
        ABOUT(a_rate_that_is_too_old_gives_no_authority),
        ABOUT(whoever_orders_is_passed_over),
        ABOUT(nobody_decides_two_steps),
        ABOUT(a_delegate_decides_until_midnight),
        ABOUT(a_role_that_nobody_has_is_asked_when_somebody_has_it),
        ABOUT(a_decision_may_be_handed_on),
        ABOUT(a_decision_may_be_handed_on_at_the_command_line),
        ABOUT(what_is_handed_on_at_the_command_line_is_still_to_be_decided),
        ABOUT(nobody_is_told_where_nobody_was_asked),
        ABOUT(an_order_may_be_returned),
        ABOUT(an_order_may_be_returned_at_the_command_line),
        ABOUT(a_decision_is_bound_to_what_was_shown),
        ABOUT(users_of_the_list_decide_as_themselves),
        ABOUT(reminders_come_by_working_time_and_once),
        ABOUT(superiors_are_asked_too_when_time_passes),
        ABOUT(what_is_not_decided_in_time_ends_by_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
