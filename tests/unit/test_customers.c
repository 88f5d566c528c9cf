/* What the report of customers says needs attention: each rule at its edge. */
#include "report_ground.h"

/* 30 November 2026, and the first of December. */
#define LAST_MS INT64_C(1795996800000)
#define NOW_MS  (LAST_MS + 2 * 86400000)

/* So many orders on a day, so many days before the last of November. */
static void
buys(const struct ground *ground, const char *customer, int days, int orders, int net_minor)
{
    char sql[300];
    const int day = moment_day(LAST_MS) - days;
    snprintf(sql, sizeof sql,
             "INSERT OR REPLACE INTO customer_sale VALUES ('%s', 'USD', %d, %d, %d, %d)", customer,
             day, day, orders, net_minor);
    run_sql(ground, sql);
}

/* With plain blanks. */
static const char *
page_of(struct ground *ground, enum language language)
{
    struct fault why = {0};
    const int32_t last_day = moment_day(LAST_MS);
    const struct report_request request = {last_day - 29, last_day, NOW_MS, language,
                                           DAY_BOOKED,    "",       NULL};
    buf_clear(&ground->buf);
    assert_int_equal(report_make("customers", REPORT_HTML, ground->store, &ground->config, &request,
                                 &ground->buf, &why),
                     DONE);
    for (char *at = ground->buf.bytes; (at = strstr(at, "\u00a0")) != NULL;) {
        *at++ = ' ';
        memmove(at, at + 1, strlen(at));
    }
    return ground->buf.bytes;
}

static void
assert_said(struct ground *ground, const char *sentence)
{
    const char *page = page_of(ground, LANGUAGE_EN);
    if (strstr(page, sentence) == NULL) {
        fail_msg("%s\n%s", sentence, strstr(page, "<main>"));
    }
}

/* Nothing needs attention. */
static void
assert_silent(struct ground *ground)
{
    const char *page = page_of(ground, LANGUAGE_EN);
    const char *said = strstr(page, "<div class=\"attention\">");
    if (said != NULL) {
        fail_msg("%.500s", said);
    }
}

static void
large_customers_have_lapsed_after_90_days(void **state)
{
    struct ground *ground = *state;
    buys(ground, "C1", 89, 1, 100000);
    buys(ground, "C2", 88, 1, 50000); /* the average */
    buys(ground, "C3", 200, 1, 40000);
    buys(ground, "C4", 5, 9, 10000);
    assert_silent(ground);
    run_sql(ground, "DELETE FROM customer_sale WHERE customer = 'C1'");
    buys(ground, "C1", 90, 1, 100000);
    assert_said(ground, "<li>C1 bought more than the average, USD 1,000.00 in the year, and has "
                        "not bought for 90 days.</li></ul>");
    run_sql(ground, "DELETE FROM customer_sale WHERE customer = 'C2'");
    buys(ground, "C2", 300, 1, 50000);
    assert_said(ground, "<li>2 customers who bought more than the average have not bought for 90 "
                        "days or longer; the largest is C1, with USD 1,000.00 in the year, 90 days "
                        "ago.</li></ul>");
}

/* Twenty buy for 100.00 each: some of them twice, 60 days ago. */
static void
who_buys_much_but_not_lately_is_a_risk_from_a_tenth_on(void **state)
{
    struct ground *ground = *state;
    char name[8];
    for (int index = 10; index < 30; index++) {
        snprintf(name, sizeof name, "C%d", index);
        buys(ground, name, index == 10 ? 60 : 5, index == 10 ? 2 : 1, 10000);
    }
    assert_silent(ground); /* 5 % */
    run_sql(ground, "DELETE FROM customer_sale WHERE customer = 'C11'");
    buys(ground, "C11", 60, 2, 10000);
    assert_said(ground, "<li>At risk: 2 customers who buy much and often, but not lately, make up "
                        "10.0 % of the year&#39;s net (USD 200.00); the largest is C10.</li></ul>");
    run_sql(ground, "DELETE FROM customer_sale WHERE customer NOT IN ('C10', 'C12', 'C13')");
    assert_said(ground, "<li>At risk: C10 buys much and often, 33.3 % of the year&#39;s net, but "
                        "last bought 60 days ago.</li></ul>");
}

static void
one_of_five_may_make_up_less_than_a_quarter(void **state)
{
    struct ground *ground = *state;
    buys(ground, "C1", 1, 1, 9999);
    buys(ground, "C2", 1, 1, 7500);
    buys(ground, "C3", 1, 1, 7500);
    buys(ground, "C4", 1, 1, 7500);
    assert_silent(ground); /* of four */
    buys(ground, "C5", 1, 1, 7500);
    assert_silent(ground);
    buys(ground, "C1", 1, 1, 10000);
    assert_said(ground, "<li>C1 alone makes up 25.0 % of the year&#39;s net in USD.</li></ul>");
}

/* In October six, then five buy. */
static void
a_fifth_fewer_is_said(void **state)
{
    struct ground *ground = *state;
    char name[8];
    for (int index = 1; index <= 6; index++) {
        snprintf(name, sizeof name, "C%d", index);
        buys(ground, name, 40, 1, 10000);
        if (index < 6) {
            buys(ground, name, 10, 1, 10000);
        }
    }
    assert_silent(ground); /* a sixth */
    run_sql(ground, "DELETE FROM customer_sale WHERE customer = 'C6'");
    run_sql(ground, "DELETE FROM customer_sale WHERE customer = 'C5' AND net_minor > 0"
                    " AND day > (SELECT min(day) FROM customer_sale)");
    assert_said(ground, "<li>Fewer customers bought in USD: 4, and 5 in the period before.</li>");
    run_sql(ground, "DELETE FROM customer_sale WHERE customer IN ('C4', 'C5')");
    run_sql(ground, "DELETE FROM customer_sale WHERE customer IN ('C2', 'C3')"
                    " AND day > (SELECT min(day) FROM customer_sale)");
    assert_silent(ground); /* one of three: too few to say */
}

static void
the_title_says_who_bought(void **state)
{
    struct ground *ground = *state;
    assert_said(ground, "<h1>Customers of November 2026: nobody bought</h1>");
    buys(ground, "C1", 40, 1, 10000);
    buys(ground, "C1", 10, 1, 10000);
    assert_said(ground,
                "<h1>Customers of November 2026: 1 bought, none of them for the first time</h1>");
    buys(ground, "C2", 10, 1, 10000);
    assert_said(ground, "<h1>Customers of November 2026: 2 bought, 1 for the first time</h1>");
    assert_non_null(strstr(page_of(ground, LANGUAGE_ZH), "2026年11月客户：2 家下单，其中 1 家"));
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ABOUT(large_customers_have_lapsed_after_90_days),
        ABOUT(who_buys_much_but_not_lately_is_a_risk_from_a_tenth_on),
        ABOUT(one_of_five_may_make_up_less_than_a_quarter),
        ABOUT(a_fifth_fewer_is_said),
        ABOUT(the_title_says_who_bought),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
