/* The work list of an approver where it is long, and where there is little to tell: what the page
 * leaves out stands in the form. */
#include "outbox_fixture.h"

#include "writers/mail_out.h"

#define PAGE "linwei/approval-request-linwei-000001.html"
#define FORM "linwei/approval-request-linwei-000001.csv"
#define MAIL "linwei/approval-request-linwei-000001.eml"

static struct partner partners[sizeof fixture_partners / sizeof fixture_partners[0]];

/* The approver reads mail in English. */
static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture_open(fixture);
    fixture_fill(fixture);
    memcpy(partners, fixture_partners, sizeof partners);
    partners[4].language = LANGUAGE_EN;
    partners[4].email = "lin@lanting.example";
    fixture->config.partners = partners;
    fixture->config.email = "orders@lanting.example";
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

static void
write_all(struct fixture *fixture)
{
    struct fault why = {0};
    fixture_expect(outbox_write(&fixture->run, &why), &why);
}

/* How often the text occurs in a file of the outbox. */
static int
count_in(const struct fixture *fixture, const char *name, const char *text)
{
    int count = 0;
    char *bytes = fixture_read(fixture, name);
    assert_non_null(bytes);
    for (const char *at = strstr(bytes, text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    free(bytes);
    return count;
}

/* The words of the mail, decoded, in a file of the outbox: "words". */
static void
decode_words(const struct fixture *fixture)
{
    char command[512];
    snprintf(command, sizeof command,
             "cd %s/outbox && tr -d '\\r' < %s |"
             " awk '/^Content-Transfer-Encoding/ { at++; body = 0; next } /^--/ { body = 0 }"
             " /^$/ { body = 1; next } body && at == 1' | base64 -d > words",
             fixture->home, MAIL);
    assert_int_equal(system(command), 0);
}

/* One order was asked about before; 510 more, which are due now. */
static void
a_long_list_is_cut(void **state)
{
    struct fixture *fixture = *state;
    fixture_sql(
        fixture,
        "CREATE TEMP TABLE n AS WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n"
        " WHERE n < 510) SELECT n FROM n;"
        "INSERT INTO orders (id, partner, number, version, approval, fulfilment, received_ms) "
        "SELECT 100 + n, 'nordlicht', 'W-' || n, 1, 'waiting', 'none', 1 FROM"
        " n; INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency,"
        " order_date, coupons, lines, line, column) SELECT 100 + n, 1, 1, 'x', 'regular', 'EUR',"
        " 20781, '[]', 0, 1, 1 FROM n;"
        "INSERT INTO approval (id, order_id, version, step, approvers, amount_minor, currency,"
        " trace, state, asked_ms, asked, due_ms) SELECT 100 + n, 100 + n, 1, 1, 'linwei', 1000,"
        " 'EUR', '{}', 'open', 1795500000000, 1, 1795521600000 FROM n;"
        "INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority, chosen,"
        " chain, trace, asked_ms, state) SELECT 100 + n, 1, 1, 'linwei', 'linwei', 'linwei',"
        " 'named', '', '[]', 1795500000000, 'asked' FROM n;"
        "INSERT INTO outbox_message (partner, kind, number, version, approval_id) SELECT 'linwei',"
        " 'approval-request', 1 + n, 1, 100 + n FROM n");
    write_all(fixture);
    assert_int_equal(count_in(fixture, FORM, "\r\nnordlicht,"), 511);
    assert_int_equal(count_in(fixture, PAGE, "<section>"), 500);
    assert_int_equal(count_in(fixture, PAGE,
                              "<p class=\"attention\">Further orders stand in the form alone: 11<"),
                     1);
    assert_int_equal(count_in(fixture, PAGE, "<li>nordlicht/W-"), 10);
    assert_int_equal(count_in(fixture, PAGE, "<li>and 500 more</li>"), 1);
    /* What is due at this moment is overdue. */
    assert_int_equal(count_in(fixture, PAGE, "<dd class=\"bad\">2026-11-24 20:00"), 499);
    decode_words(fixture);
    assert_int_equal(count_in(fixture, "words", "- nordlicht/"), 100);
    assert_int_equal(count_in(fixture, "words", "Further orders stand in the form alone: 411\r\n"),
                     1);
}

/* Of 60 lines and their reductions; those that are not shown do not go to the next order. */
static void
a_long_order_is_cut(void **state)
{
    struct fixture *fixture = *state;
    fixture_sql(
        fixture,
        "CREATE TEMP TABLE n AS WITH RECURSIVE n(n) AS (SELECT 8 UNION ALL SELECT n + 1 FROM n"
        " WHERE n < 60) SELECT n FROM n;"
        "INSERT INTO order_line (order_id, version, ordinal, number, sku, description,"
        " quantity_micros, unit, options, line, column) SELECT 1, 1, n, n, 'LT-CUP', '', 1000000,"
        " 'C62', '{}', 1, 1 FROM n;"
        "INSERT INTO order_line_price (order_id, version, ordinal, price_micros, list_minor,"
        " is_as_expected, net_minor, tax_rate_micros, tax_minor) SELECT 1, 1, n, 1000000, 100, 1,"
        " 90, 70000, 6 FROM n;"
        "INSERT INTO order_line_reduction SELECT 1, 1, n, 1, 'CUPS', 10 FROM n;"
        "UPDATE order_version SET lines = 60 WHERE order_id = 1;"
        "INSERT INTO approval (id, order_id, version, step, approvers, amount_minor, currency,"
        " trace, state, asked_ms, asked) VALUES (2, 2, 1, 1, 'linwei', 1000, 'EUR', '{}', 'open',"
        " 1795500000000, 1);"
        "INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority, chosen,"
        " chain, trace, asked_ms, state) VALUES (2, 1, 1, 'linwei', 'linwei', 'linwei', 'named',"
        " '', '[]', 1795500000000, 'asked');"
        "INSERT INTO outbox_message (partner, kind, number, version, approval_id) VALUES"
        " ('linwei', 'approval-request', 2, 1, 2)");
    write_all(fixture);
    assert_int_equal(count_in(fixture, PAGE, "<tr><th scope=\"row\""), 52);
    assert_int_equal(count_in(fixture, PAGE, "-1.50<br><span class=\"note\">Cups"), 1);
    assert_int_equal(count_in(fixture, PAGE, "and 10 more"), 1);
    assert_int_equal(count_in(fixture, PAGE, "-0.10<br><span class=\"note\">Cups"), 43);
    assert_int_equal(
        count_in(fixture, FORM, "5: 1 x LT-CUP Cup @ 1.00 (less 0.25 by promotions); "), 1);
    assert_int_equal(count_in(fixture, FORM, "and 55 more"), 1);
}

/* A price that was expected is told where ours is another. */
static void
an_expected_price_is_told_where_it_differs(void **state)
{
    struct fixture *fixture = *state;
    fixture_sql(fixture, "UPDATE order_line SET expected_price_micros = 1000000 WHERE order_id = 1"
                         " AND ordinal = 6;"
                         "UPDATE order_line SET expected_price_micros = 1100000 WHERE order_id = 1"
                         " AND ordinal = 5");
    write_all(fixture);
    assert_int_equal(count_in(fixture, PAGE, "(expected "), 1);
    assert_int_equal(count_in(fixture, PAGE, "(expected 1.10)"), 1);
    assert_int_equal(count_in(fixture, FORM, "@ 1.00 (expected 1.10)"), 1);
}

/* One day, also where no last one was named; or from one to another. */
static void
the_wanted_days_are_told(void **state)
{
    static const char *const days[][2] = {{"20790, NULL", "2026-12-03"},
                                          {"20790, 20790", "2026-12-03"},
                                          {"20790, 20792", "2026-12-03 – 2026-12-05"}};
    for (size_t index = 0; index < sizeof days / sizeof days[0]; index++) {
        char text[200];
        if (index > 0) {
            tear_down(state);
            set_up(state);
        }
        struct fixture *fixture = *state;
        snprintf(text, sizeof text,
                 "UPDATE order_version SET (requested_from, requested_to) = (%s) WHERE order_id ="
                 " 1",
                 days[index][0]);
        fixture_sql(fixture, text);
        write_all(fixture);
        snprintf(text, sizeof text, "<dt>Wanted</dt><dd>%s</dd>", days[index][1]);
        assert_int_equal(count_in(fixture, PAGE, text), 1);
    }
}

/* An approver who orders, too, reads what is asked about a price below its floor, and no cost. */
static void
a_mail_keeps_costs_to_us(void **state)
{
    struct fixture *fixture = *state;
    write_all(fixture);
    decode_words(fixture);
    assert_int_equal(count_in(fixture, "words", "0.90"), 1);
    tear_down(state);
    set_up(state);
    fixture = *state;
    partners[4].roles |= (unsigned int)ROLE_CUSTOMER;
    write_all(fixture);
    decode_words(fixture);
    assert_int_equal(count_in(fixture, "words", "- nordlicht/N-2"), 1);
    assert_int_equal(count_in(fixture, "words", "0.90"), 0);
    assert_int_equal(count_in(fixture, "words", "1.20"), 0);
}

static void
a_mail_from_greenwich_has_its_zone(void **state)
{
    OWNED(buf) buf;
    (void)state;
    buf_init(&buf, 1000);
    assert_true(zone_use("UTC"));
    mail_out_date(&buf, FIXTURE_AS_OF_MS);
    assert_string_equal(buf.bytes, "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\n");
}

/* An approval that ended before there was a price, and whose reason looks like a formula. */
static void
a_result_without_a_price_has_no_amount(void **state)
{
    struct fixture *fixture = *state;
    partners[4].format = FORMAT_CSV;
    fixture_sql(fixture,
                "DELETE FROM order_price WHERE order_id = 1;"
                "UPDATE approval SET state = 'rejected', reason = '=1+1', decided_by = 'linwei',"
                " decided_ms = 1795521000000;"
                "INSERT INTO order_event VALUES (9, 1, 1, 'refused', 'refused', 1795521000000,"
                " 1795521000000, 'linwei', NULL, '');"
                "INSERT INTO outbox_message (partner, kind, number, order_id, version, event_id)"
                " VALUES ('linwei', 'approval-result', 1, 1, 1, 9),"
                " ('harbour', 'approval-result', 1, 1, 1, 9)");
    write_all(fixture);
    assert_int_equal(count_in(fixture, "linwei/approval-result-linwei-000001.csv",
                              ",EUR,,1,rejected,linwei,2026-11-24T19:50:00+08:00,\"'=1+1\"\r\n"),
                     1);
    assert_int_equal(
        count_in(fixture, "harbour/approval-result-harbour-000001.xml", "<currency>EUR"), 1);
    assert_int_equal(count_in(fixture, "harbour/approval-result-harbour-000001.xml", "<amount>"),
                     0);
}

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(a_long_list_is_cut),
        WITH_FIXTURE(a_long_order_is_cut),
        WITH_FIXTURE(an_expected_price_is_told_where_it_differs),
        WITH_FIXTURE(the_wanted_days_are_told),
        WITH_FIXTURE(a_mail_keeps_costs_to_us),
        WITH_FIXTURE(a_result_without_a_price_has_no_amount),
        cmocka_unit_test(a_mail_from_greenwich_has_its_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
