/* What customers owe by age: the rule by hand, the figures, and that a day that is over stays. */
#include "desk_world.h"

#include "reports/report.h"
#include "rules/receivable.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START(number) number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
/* 27.00 + 19 %: 32.13 */
#define SMALL(number) HEAD START(number) "1,TEA-1,3,C62\n"
#define SHIPPED       "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define PARCEL(number, order, quantity)                                                            \
    SHIPPED number ",nordlicht," order ",1,TEA-1," quantity ",2026-11-24T00:30:00Z\n"
#define PAYMENTS "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
/* 2026-11-24, 00:00 */
#define MIDNIGHT INT64_C(1795478400000)

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    return 0;
}

static char *
report_of(struct world *world, bool is_html, int32_t last_day, int64_t as_of_ms)
{
    struct fault why = {0};
    struct buf buf;
    const struct report_request request = {moment_day(MIDNIGHT), last_day, as_of_ms, LANGUAGE_EN,
                                           DAY_BOOKED,           "",       NULL};
    buf_init(&buf, REPORT_BYTES_MAX);
    must(report_make("receivables", is_html ? REPORT_HTML : REPORT_CSV, world->run.store,
                     &world->config, &request, &buf, &why));
    char *text = strdup(buf.bytes);
    buf_close(&buf);
    return text;
}

/* The rows of the CSV of a day that is over, each without its first two columns. */
static char *
rows_of(struct world *world, int32_t last_day)
{
    static char rows[8192];
    char *csv = report_of(world, false, last_day, world->run.as_of_ms + 1000 * DAY_MS);
    char *rest = NULL;
    size_t used = 0;
    rows[0] = '\0';
    strtok_r(csv, "\r\n", &rest);
    for (char *row; (row = strtok_r(NULL, "\r\n", &rest)) != NULL;) {
        used += (size_t)snprintf(rows + used, sizeof rows - used, "%s\n", row + 22);
        assert_true(used < sizeof rows);
    }
    free(csv);
    return rows;
}

static void
goes_on(struct world *world, int days)
{
    world->run.as_of_ms += days * DAY_MS;
}

static void
pays(struct world *world, const char *row)
{
    char file[300];
    snprintf(file, sizeof file, PAYMENTS "%s\n", row);
    world_come(world, "ledger", file);
}

static void
credits(struct world *world, const char *number, int64_t amount_micros)
{
    struct fault why = {0};
    struct credit_note note = {0};
    OWNED(arena) arena;
    arena_init(&arena, 1 << 20);
    const struct credit_request request = {.number = number,
                                           .line = "",
                                           .quantity_micros = AMOUNT_NONE,
                                           .amount_micros = amount_micros,
                                           .reason = "late",
                                           .actor = "user:anna"};
    must(desk_credit(&world->run, &request, &arena, &note, &why));
}

/* -- the rule --------------------------------------------------------------------------------- */

static void
ages_change_after_the_day_and_each_30_days(void **state)
{
    static const struct {
        int32_t day; /* due on day 100 */
        enum receivable_age age;
    } cases[] = {{0, RECEIVABLE_NOT_DUE},   {99, RECEIVABLE_NOT_DUE},    {100, RECEIVABLE_NOT_DUE},
                 {101, RECEIVABLE_TO_30},   {130, RECEIVABLE_TO_30},     {131, RECEIVABLE_TO_60},
                 {160, RECEIVABLE_TO_60},   {161, RECEIVABLE_TO_90},     {190, RECEIVABLE_TO_90},
                 {191, RECEIVABLE_OVER_90}, {100000, RECEIVABLE_OVER_90}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        assert_int_equal(receivable_age(100, cases[index].day), cases[index].age);
    }
}

static void
money_pays_the_oldest_first(void **state)
{
    static const struct {
        int64_t money, left;
        int64_t open[3]; /* of 100, 0 and 50 */
    } cases[] = {{0, 0, {100, 0, 50}},  {1, 0, {99, 0, 50}}, {100, 0, {0, 0, 50}},
                 {120, 0, {0, 0, 30}},  {150, 0, {0, 0, 0}}, {151, 1, {0, 0, 0}},
                 {-7, -7, {100, 0, 50}}};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        int64_t open[3] = {100, 0, 50};
        assert_int_equal(receivable_pay(open, 3, cases[index].money), cases[index].left);
        assert_memory_equal(open, cases[index].open, sizeof open);
    }
    assert_int_equal(receivable_pay(NULL, 0, 5), 5);
}

static void
what_is_left_is_an_advance_or_owed(void **state)
{
    static const struct {
        int64_t left;
        struct receivable_order order; /* refused, approved, shipped, gross, invoiced */
        struct receivable_rest rest;
    } cases[] = {
        {80, {false, true, false, 100, 0}, {80, 0}},    /* prepaid */
        {120, {false, true, false, 100, 0}, {100, 20}}, /* and more than it costs */
        {60, {false, true, false, 100, 50}, {50, 10}},  /* partly shipped; credited 10 */
        {20, {false, true, true, 100, 100}, {0, 20}},   /* shipped; credited 20 */
        {20, {false, true, true, 100, 80}, {0, 20}},    /* the rest will not be shipped */
        {100, {false, true, true, 100, 0}, {100, 0}},   /* nobody invoices it */
        {80, {false, false, false, 0, 0}, {80, 0}},     /* it waits for a price, or an approver */
        {80, {true, false, false, 100, 0}, {0, 80}},    /* refused */
        {30, {false, true, false, 100, 110}, {0, 30}},  /* charged beyond the order */
        {-5, {false, true, false, 100, 0}, {0, -5}},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct receivable_rest rest = receivable_rest(cases[index].left, &cases[index].order);
        assert_int_equal(rest.advance_minor, cases[index].rest.advance_minor);
        assert_int_equal(rest.owed_minor, cases[index].rest.owed_minor);
    }
}

/* -- the figures ------------------------------------------------------------------------------ */

/* Columns: section, currency, customer, partner, order, number, day, due, days overdue, invoices,
 * invoiced, credited, paid, refunded, open, five ages, advance, owed, not allocated, payer,
 * reference. */
static void
an_invoice_grows_old_and_is_paid(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", SMALL("A-1"));
    assert_string_equal(rows_of(world, today), "");
    world_come(world, "harbour", PARCEL("S-1", "A-1", "3"));
    assert_string_equal(
        rows_of(world, today),
        "total,EUR,,,,INV-2026-000001,,2026-12-24,0,1,32.13,0.00,0.00,0.00,32.13,32.13,0.00,0.00,"
        "0.00,0.00,0.00,0.00,0.00,,\n"
        "customer,EUR,C100,,,INV-2026-000001,,2026-12-24,0,1,,,,,32.13,32.13,0.00,0.00,0.00,0.00,,"
        ",,,\n"
        "invoice,EUR,C100,nordlicht,A-1,INV-2026-000001,2026-11-24,2026-12-24,0,,32.13,0.00,0.00,,"
        "32.13,32.13,,,,,,,,,\n");
    goes_on(world, 60); /* 30 days overdue */
    pays(world, "P-1,,nordlicht,A-1,12.13,EUR,2026-12-24");
    assert_string_equal(
        rows_of(world, today + 60),
        "total,EUR,,,,INV-2026-000001,,2026-12-24,30,1,32.13,0.00,12.13,0.00,20.00,0.00,20.00,0.00,"
        "0.00,0.00,0.00,0.00,0.00,,\n"
        "customer,EUR,C100,,,INV-2026-000001,,2026-12-24,30,1,,,,,20.00,0.00,20.00,0.00,0.00,0.00,"
        ",,,,\n"
        "invoice,EUR,C100,nordlicht,A-1,INV-2026-000001,2026-11-24,2026-12-24,30,,32.13,0.00,12.13,"
        ",20.00,,20.00,,,,,,,,\n");
    goes_on(world, 61); /* 91 days overdue */
    credits(world, "INV-2026-000001", 5 * MICROS);
    assert_non_null(strstr(rows_of(world, today + 121),
                           "total,EUR,,,,INV-2026-000001,,2026-12-24,91,1,32.13,5.00,12.13,0.00,"
                           "15.00,0.00,0.00,0.00,0.00,15.00,"));
    pays(world, "P-2,,nordlicht,A-1,15.00,EUR,2027-03-25");
    assert_string_equal(rows_of(world, today + 121), "");
}

static void
what_is_paid_before_and_beyond_stands_apart(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", SMALL("A-1"));
    pays(world, "P-1,,nordlicht,A-1,40.00,EUR,2026-11-24");
    assert_string_equal(
        rows_of(world, today),
        "total,EUR,,,,,,,,0,0.00,0.00,40.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,32.13,7.87,0.00,,\n"
        "beyond,EUR,,nordlicht,A-1,,,,,,,,40.00,0.00,,,,,,,32.13,7.87,,,\n");
    goes_on(world, 1);
    world_come(world, "harbour", PARCEL("S-1", "A-1", "1")); /* 10.71 */
    assert_non_null(strstr(rows_of(world, today + 1),
                           "beyond,EUR,,nordlicht,A-1,,,,,,,,40.00,0.00,,,,,,,21.42,7.87,"));
    pays(world, "P-2,refund,nordlicht,A-1,7.87,EUR,2026-11-25");
    assert_string_equal(
        rows_of(world, today + 1),
        "total,EUR,,,,,,,,0,10.71,0.00,40.00,7.87,0.00,0.00,0.00,0.00,0.00,0.00,21.42,0.00,0.00,,\n"
        "beyond,EUR,,nordlicht,A-1,,,,,,,,40.00,7.87,,,,,,,21.42,0.00,,,\n");
    world_come(world, "harbour", PARCEL("S-2", "A-1", "2"));
    assert_string_equal(rows_of(world, today + 1), "");
    credits(world, "INV-2026-000002", 2 * MICROS); /* all has left: it is owed */
    assert_non_null(strstr(rows_of(world, today + 1),
                           "beyond,EUR,,nordlicht,A-1,,,,,,,,40.00,7.87,,,,,,,0.00,2.00,"));
    assert_non_null(strstr(rows_of(world, today), ",,,,32.13,7.87,"));
}

static void
money_of_one_order_pays_no_other(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", SMALL("A-1"));
    world_come(world, "nordlicht", SMALL("A-2"));
    world_come(world, "harbour", PARCEL("S-1", "A-1", "3"));
    world_come(world, "harbour", PARCEL("S-2", "A-2", "3"));
    pays(world, "P-1,,nordlicht,A-1,50.00,EUR,2026-11-24");
    const char *rows = rows_of(world, today);
    assert_non_null(strstr(rows, "total,EUR,,,,INV-2026-000002,,2026-12-24,0,1,64.26,0.00,50.00,"
                                 "0.00,32.13,32.13,0.00,0.00,0.00,0.00,0.00,17.87,0.00,,\n"));
    char *html = report_of(world, true, today, world->run.as_of_ms);
    assert_non_null(strstr(html, "What customers owe on 24 November 2026: 1 invoice open"));
    assert_non_null(strstr(html, "✓ equal"));
    assert_null(strstr(html, "✗ different"));
    free(html);
}

static void
an_order_is_refused_and_its_money_is_owed(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD START("A-1") "1,TEA-1,30,C62\n"); /* asks Lin Wei */
    pays(world, "P-1,,nordlicht,A-1,40.00,EUR,2026-11-24");
    assert_non_null(strstr(rows_of(world, today), ",,,,,,,40.00,0.00,,,\n"));
    goes_on(world, 1);
    must(world_decide(world, "A-1", false, "user:anna", "no", &why));
    assert_non_null(strstr(rows_of(world, today + 1), ",,,,,,,0.00,40.00,,,\n"));
    assert_non_null(strstr(rows_of(world, today), ",,,,,,,40.00,0.00,,,\n"));
}

static void
strays_wait_until_they_count(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    pays(world, "P-1,,nordlicht,A-1,30.00,EUR,2026-11-24");
    pays(world, "P-2,,nordlicht,A-1,5000,JPY,2026-11-23");
    const char *rows = "total,EUR,,,,,,,,0,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,"
                       "0.00,30.00,,\n"
                       "total,JPY,,,,,,,,0,0,0,0,0,0,0,0,0,0,0,0,0,5000,,\n"
                       "payment,EUR,,nordlicht,A-1,P-1,2026-11-24,,,,,,,,,,,,,,,,30.00,,\n"
                       "payment,JPY,,nordlicht,A-1,P-2,2026-11-23,,,,,,,,,,,,,,,,5000,,\n";
    assert_string_equal(rows_of(world, today), rows);
    goes_on(world, 2);
    world_come(world, "nordlicht", SMALL("A-1")); /* P-1 counts from now on */
    assert_string_equal(rows_of(world, today), rows);
    assert_string_equal(
        rows_of(world, today + 2),
        "total,EUR,,,,,,,,0,0.00,0.00,30.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,30.00,0.00,0.00,,\n"
        "total,JPY,,,,,,,,0,0,0,0,0,0,0,0,0,0,0,0,0,5000,,\n"
        "beyond,EUR,,nordlicht,A-1,,,,,,,,30.00,0.00,,,,,,,30.00,0.00,,,\n"
        "payment,JPY,,nordlicht,A-1,P-2,2026-11-23,,,,,,,,,,,,,,,,5000,,\n");
}

/* -- a day that is over ----------------------------------------------------------------------- */

static void
what_becomes_known_later_counts_later(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", SMALL("A-1"));
    world_come(world, "harbour", PARCEL("S-1", "A-1", "3"));
    char *then = strdup(rows_of(world, today));
    goes_on(world, 7);
    pays(world, "P-1,,nordlicht,A-1,32.13,EUR,2026-11-24"); /* on that very day, says finance */
    assert_int_equal(world_number(world, "SELECT count(*) FROM receivable WHERE open_minor = 0"),
                     1);
    assert_string_equal(rows_of(world, today), then);
    assert_string_equal(rows_of(world, today + 6), then);
    assert_string_equal(rows_of(world, today + 7), "");
    free(then);
}

static void
a_day_does_not_begin_before_its_money(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", SMALL("A-1"));
    pays(world, "P-1,,nordlicht,A-1,10.00,EUR,2026-11-25"); /* another time zone's */
    assert_string_equal(rows_of(world, today), "");
    assert_non_null(strstr(rows_of(world, today + 1), "beyond,EUR,,nordlicht,A-1,"));
}

static void
the_currency_of_an_order_changes(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", HEAD START("A-1") "1,TEA-1,30,C62\n");
    pays(world, "P-1,,nordlicht,A-1,40.00,EUR,2026-11-24");
    char *then = strdup(rows_of(world, today));
    goes_on(world, 1);
    /* As when the next version is in yen. */
    world_do(world, "UPDATE payment_allocation SET until_ms = 1795586400000;"
                    "UPDATE payment SET order_id = NULL, trouble = 'currency';"
                    "UPDATE order_payment SET currency = 'JPY', paid_minor = 0, required_minor = 0,"
                    " enough_minor = 0, owed_minor = 0;");
    assert_string_equal(rows_of(world, today), then);
    assert_non_null(strstr(rows_of(world, today + 1),
                           "payment,EUR,,nordlicht,A-1,P-1,2026-11-24,,,,,,,,,,,,,,,,40.00,"));
    assert_null(strstr(rows_of(world, today + 1), "beyond"));
    free(then);
}

static void
a_report_of_today_tells_what_is_known_now(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    world_come(world, "nordlicht", SMALL("A-1"));
    world_come(world, "harbour", PARCEL("S-1", "A-1", "3"));
    const int64_t then_ms = world->run.as_of_ms;
    char *then = report_of(world, true, today + 40, then_ms);
    world->run.as_of_ms += 1000;
    pays(world, "P-1,,nordlicht,A-1,32.13,EUR,2026-11-24");
    char *again = report_of(world, true, today + 40, then_ms);
    assert_string_equal(again, then);
    assert_non_null(strstr(again, "on 24 November 2026: 1 invoice open, 0 overdue"));
    free(again);
    again = report_of(world, true, today, world->run.as_of_ms);
    assert_non_null(strstr(again, "Nothing is owed by customers on 24 November 2026"));
    free(again);
    free(then);
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_change_after_the_day_and_each_30_days),
        cmocka_unit_test(money_pays_the_oldest_first),
        cmocka_unit_test(what_is_left_is_an_advance_or_owed),
        ABOUT(an_invoice_grows_old_and_is_paid),
        ABOUT(what_is_paid_before_and_beyond_stands_apart),
        ABOUT(money_of_one_order_pays_no_other),
        ABOUT(an_order_is_refused_and_its_money_is_owed),
        ABOUT(strays_wait_until_they_count),
        ABOUT(what_becomes_known_later_counts_later),
        ABOUT(a_day_does_not_begin_before_its_money),
        ABOUT(the_currency_of_an_order_changes),
        ABOUT(a_report_of_today_tells_what_is_known_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
