/* What customers owe by age: the rule by hand, the figures, that a day that is over stays, and what
 * is said of it. */
#include "desk_world.h"
#include "report_csv.h"

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

/* With plain blanks. */
static char *
report_named(struct world *world, const char *name, enum report_form form,
             const struct report_request *request)
{
    struct fault why = {0};
    struct buf buf;
    buf_init(&buf, REPORT_BYTES_MAX);
    must(report_make(name, form, world->run.store, &world->config, request, &buf, &why));
    char *text = strdup(buf.bytes);
    buf_close(&buf);
    for (char *at = text; (at = strstr(at, "\u00a0")) != NULL;) {
        *at++ = ' ';
        memmove(at, at + 1, strlen(at));
    }
    return text;
}

static char *
report_of(struct world *world, bool is_html, int32_t last_day, int64_t as_of_ms)
{
    const struct report_request request = {moment_day(MIDNIGHT), last_day, as_of_ms, LANGUAGE_EN,
                                           DAY_BOOKED,           "",       NULL};
    return report_named(world, "receivables", is_html ? REPORT_HTML : REPORT_CSV, &request);
}

/* Where a column of a row begins. */
static char *
column_at(char *row, int index)
{
    while (index-- > 0) {
        row = strchr(row, ',') + 1;
    }
    return row;
}

/* Of the CSV of a day that is over, the rows of what is owed and paid, without those by age and of
 * the check; each from its third column to that of the reference. */
static char *
rows_of(struct world *world, int32_t last_day)
{
    enum { FIRST = 2, BEYOND = 27 };
    static char rows[8192];
    char *csv = report_of(world, false, last_day, world->run.as_of_ms + 1000 * DAY_MS);
    char *rest = NULL;
    size_t used = 0;
    rows[0] = '\0';
    strtok_r(csv, "\r\n", &rest);
    for (char *row; (row = strtok_r(NULL, "\r\n", &rest)) != NULL;) {
        char *from = column_at(row, FIRST);
        if (strncmp(from, "age,", 4) != 0 && strncmp(from, "check,", 6) != 0) {
            column_at(row, BEYOND)[-1] = '\0';
            used += (size_t)snprintf(rows + used, sizeof rows - used, "%s\n", from);
            assert_true(used < sizeof rows);
        }
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
        "beyond,EUR,C100,nordlicht,A-1,,,,,,,,40.00,0.00,,,,,,,32.13,7.87,,,\n");
    goes_on(world, 1);
    world_come(world, "harbour", PARCEL("S-1", "A-1", "1")); /* 10.71 */
    assert_non_null(strstr(rows_of(world, today + 1),
                           "beyond,EUR,C100,nordlicht,A-1,,,,,,,,40.00,0.00,,,,,,,21.42,7.87,"));
    pays(world, "P-2,refund,nordlicht,A-1,7.87,EUR,2026-11-25");
    assert_string_equal(
        rows_of(world, today + 1),
        "total,EUR,,,,,,,,0,10.71,0.00,40.00,7.87,0.00,0.00,0.00,0.00,0.00,0.00,21.42,0.00,0.00,,\n"
        "beyond,EUR,C100,nordlicht,A-1,,,,,,,,40.00,7.87,,,,,,,21.42,0.00,,,\n");
    world_come(world, "harbour", PARCEL("S-2", "A-1", "2"));
    assert_string_equal(rows_of(world, today + 1), "");
    credits(world, "INV-2026-000002", 2 * MICROS); /* all has left: it is owed */
    assert_non_null(strstr(rows_of(world, today + 1),
                           "beyond,EUR,C100,nordlicht,A-1,,,,,,,,40.00,7.87,,,,,,,0.00,2.00,"));
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
    assert_non_null(
        strstr(html, "Customers owed EUR 32.13 on 24 November 2026, none of it overdue"));
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
        "beyond,EUR,C100,nordlicht,A-1,,,,,,,,30.00,0.00,,,,,,,30.00,0.00,,,\n"
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
    assert_non_null(strstr(rows_of(world, today + 1), "beyond,EUR,C100,nordlicht,A-1,"));
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
    assert_non_null(strstr(again, "Customers owed EUR 32.13 on 24 November 2026, none of it"));
    free(again);
    again = report_of(world, true, today, world->run.as_of_ms);
    assert_non_null(strstr(again, "Customers owed nothing on 24 November 2026"));
    free(again);
    free(then);
}

/* -- what is said of it ------------------------------------------------------------------------ */

#define LIMITS "customer,currency,limit,unpaid,overdue,overdue_max,terms\n"
/* 30.00 + 19 %: 35.70 */
#define OF_BLUEBIRD HEAD "B-1,2026-11-20,EUR,C200,Bo,DE,Berlin,10115,Weg 1,1,TEA-1,3,C62\n"

/* What two customers owe: 32.13 and 35.70, both due on 24 December. */
static void
two_owe(struct world *world)
{
    world_come(world, "nordlicht", SMALL("A-1"));
    world_come(world, "bluebird", OF_BLUEBIRD);
    world_come(world, "harbour", PARCEL("S-1", "A-1", "3"));
    world_come(world, "harbour", SHIPPED "S-2,bluebird,B-1,1,TEA-1,3,2026-11-24T00:30:00Z\n");
}

static void
assert_cell(const char *csv, const char *row, const char *column, const char *wanted)
{
    char cell[80];
    assert_non_null(row);
    cell_of(row, column_of(csv, column), cell);
    assert_string_equal(cell, wanted);
}

/* A sentence of the page, or none. */
static void
assert_said(struct world *world, int32_t last_day, const char *sentence, bool is_said)
{
    char *html = report_of(world, true, last_day, world->run.as_of_ms + 1000 * DAY_MS);
    if ((strstr(html, sentence) != NULL) != is_said) {
        print_error("%s\n", strstr(html, "<main>"));
        fail_msg("%s: %s", is_said ? "not said" : "said", sentence);
    }
    free(html);
}

static void
whoever_owes_most_comes_first_with_a_name(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    two_owe(world);
    goes_on(world, 40);
    pays(world, "P-1,,bluebird,B-1,5.70,EUR,2027-01-03"); /* 32.13 and 30.00 */
    char *csv = report_of(world, false, today + 40, world->run.as_of_ms + 1000 * DAY_MS);
    const char *first = row_of(csv, "customer", "", 0);
    const char *second = row_of(csv, "customer", "", 1);
    assert_cell(csv, first, "customer_name", "Nordlicht");
    assert_cell(csv, first, "overdue", "32.13");
    assert_cell(csv, second, "customer", "C200");
    assert_cell(csv, second, "customer_name", "Bluebird");
    assert_cell(csv, second, "open", "30.00");
    assert_null(row_of(csv, "customer", "", 2));
    assert_cell(csv, row_of(csv, "age", "days-1-30", 0), "open", "62.13");
    assert_cell(csv, row_of(csv, "age", "days-1-30", 0), "invoices", "2");
    assert_cell(csv, row_of(csv, "age", "days-1-30", 0), "customers", "2");
    assert_cell(csv, row_of(csv, "age", "days-over-90", 0), "open", "0.00");
    free(csv);
    assert_said(world, today + 40, "Customers owed EUR 62.13 on 3 January 2027, all of it overdue",
                true);
}

/* Of December, when 12.13 of 32.13 were paid; of November nothing was open the year before. */
static void
changes_are_those_that_were_reported(void **state)
{
    struct world *world = *state;
    const int32_t november = moment_day(MIDNIGHT) - 23;
    world_come(world, "nordlicht", SMALL("A-1"));
    world_come(world, "harbour", PARCEL("S-1", "A-1", "3"));
    goes_on(world, 20);
    pays(world, "P-1,,nordlicht,A-1,12.13,EUR,2026-11-25"); /* November did not know */
    goes_on(world, 60);
    pays(world, "P-2,,nordlicht,A-1,20.00,EUR,2027-02-01");
    const struct report_request request = {
        november + 30, november + 60, world->run.as_of_ms, LANGUAGE_EN, DAY_BOOKED, "", NULL};
    char *html = report_named(world, "receivables", REPORT_HTML, &request);
    assert_non_null(strstr(html, "Customers owed EUR 20.00 on 31 December 2026, all of it"));
    assert_non_null(strstr(html, "<dd class=\"value\">20.00</dd><dd class=\"delta\">▼ 37.8 % on "
                                 "the period before</dd>"));
    free(html);
}

static void
the_finance_pack_has_the_same(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    two_owe(world);
    goes_on(world, 5);
    pays(world, "P-1,,bluebird,B-1,50.00,EUR,2026-11-29"); /* 14.30 too much */
    goes_on(world, 100);
    credits(world, "INV-2026-000001", 5 * MICROS);
    const struct report_request request = {
        today, today + 30, world->run.as_of_ms, LANGUAGE_EN, DAY_BOOKED, "", NULL};
    char *csv = report_named(world, "receivables", REPORT_CSV, &request);
    char *finance = report_named(world, "finance", REPORT_CSV, &request);
    assert_cell(csv, row_of(csv, "check", "owed-kept", 0), "amount", "17.83");
    assert_cell(csv, row_of(csv, "check", "owed-kept", 0), "against", "17.83");
    assert_cell(csv, row_of(csv, "check", "owed-balance", 0), "against", "17.83");
    assert_cell(finance, row_of(finance, "reconciliation", "open-kept", 0), "against", "17.83");
    assert_cell(finance, row_of(finance, "reconciliation", "open-end", 0), "amount", "17.83");
    assert_cell(csv, row_of(csv, "age", "days-1-30", 0), "open", "0.00");
    assert_cell(csv, row_of(csv, "age", "not-due", 0), "open", "32.13");
    assert_cell(finance, row_of(finance, "age", "not-due", 0), "open", "32.13");
    free(finance);
    free(csv);
}

static void
what_does_not_agree_is_said_first(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    two_owe(world);
    assert_said(world, today, "Does not agree", false);
    world_do(world, "UPDATE receivable SET open_minor = open_minor + 100 WHERE open_minor = 3213");
    assert_said(world, today, "Receivables on 24 November 2026: some sums do not agree", true);
    assert_said(world, today,
                "Does not agree: = balance of all orders, as in the finance pack is EUR 67.83, and "
                "EUR 68.83 "
                "when it is counted otherwise; EUR -1.00 has no explanation.",
                true);
    world_do(world, "UPDATE receivable SET open_minor = open_minor - 100 WHERE open_minor = 3313");
}

static void
what_is_long_overdue_needs_attention(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    two_owe(world);
    goes_on(world, 121);
    assert_said(world, today + 120, "customers owe EUR 67.83 that is", false); /* 90 days */
    assert_said(world, today + 121,
                "2 customers owe EUR 67.83 that is more than 90 days overdue, Bluebird (C200) most:"
                " EUR 35.70.",
                true);
    pays(world, "P-1,,bluebird,B-1,35.70,EUR,2027-03-25");
    assert_said(world, today + 121,
                "Nordlicht (C100) owes EUR 32.13 that is more than 90 days overdue.", true);
}

/* The limit is that which was in force: it comes a day later, and is raised after two more. */
static void
who_owes_beyond_a_limit_needs_attention(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    two_owe(world);
    goes_on(world, 1);
    world_come(world, "ledger", LIMITS "C100,EUR,32.13,,,,\nC200,EUR,35.69,,,,\n");
    goes_on(world, 2);
    world_come(world, "ledger", LIMITS "C100,EUR,10.00,,,,\nC200,EUR,30.00,,,,\n");
    assert_said(world, today, "a credit limit of", false);
    assert_said(world, today + 1,
                "Bluebird (C200) owes EUR 35.70, beyond a credit limit of EUR 35.69.", true);
    assert_said(world, today + 3,
                "2 customers owe more than their credit limit, Nordlicht (C100) most beyond it: "
                "EUR 32.13, with a limit of EUR 10.00.",
                true);
    goes_on(world, 2);
    world_come(world, "ledger", LIMITS "C100,USD,1.00,,,,\nC200,EUR,1.00,,,,prepaid\n");
    assert_said(world, today + 5, "credit limit of", false); /* of another currency; pays before */
    assert_said(world, today + 3, "2 customers owe more than their credit limit", true);
}

static void
what_is_to_go_back_and_what_counts_for_nothing_need_attention(void **state)
{
    struct world *world = *state;
    const int32_t today = moment_day(MIDNIGHT);
    two_owe(world);
    assert_said(world, today, "What needs attention</strong>", false);
    pays(world, "P-1,,nordlicht,A-1,40.00,EUR,2026-11-24");
    pays(world, "P-2,,nordlicht,A-9,5.00,EUR,2026-11-24");
    assert_said(world, today, "EUR 7.87 is owed to customers and not refunded.", true);
    assert_said(world, today, "Money of EUR 5.00 counts for no order", true);
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
        ABOUT(whoever_owes_most_comes_first_with_a_name),
        ABOUT(changes_are_those_that_were_reported),
        ABOUT(the_finance_pack_has_the_same),
        ABOUT(what_does_not_agree_is_said_first),
        ABOUT(what_is_long_overdue_needs_attention),
        ABOUT(who_owes_beyond_a_limit_needs_attention),
        ABOUT(what_is_to_go_back_and_what_counts_for_nothing_need_attention),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
