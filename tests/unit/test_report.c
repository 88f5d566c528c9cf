/* Over a real store filled with report_fixture.sql.  Worked out by hand, for November 2026 as known
 * on 1 December: EUR  orders 2, 3, 4 and 10 (version 2): 80.00 + 60.00 + 15.00 + 12.00 = 167.00
 * net, 31.73 tax; October had 100.00 USD  order 5: 200.00; JPY order 11: 1000 12 orders received =
 * 6 sold + 2 waiting (6, 9) + 3 refused (7; 10 version 1 and another by the checks) + 1 repeated
 * and as known on 5 December order 9 is sold too, on 5 November: 207.00 net. */
#include "report_ground.h"

#include "reports/period.h"
#include "reports/sales.h"

#define ON_1_DECEMBER INT64_C(1796115600000) /* 09:00 */
#define ON_5_DECEMBER INT64_C(1796461200000)

static struct report_request
november(int64_t as_of_ms, enum language language)
{
    return (struct report_request){.first_day = day_of(2026, 11, 1),
                                   .last_day = day_of(2026, 11, 30),
                                   .as_of_ms = as_of_ms,
                                   .language = language,
                                   .twin = ""};
}

static const char *
csv(struct ground *ground, const struct report_request *request)
{
    struct fault why = {0};
    buf_clear(&ground->buf);
    assert_int_equal(report_make("sales", REPORT_CSV, ground->store, &ground->config, request,
                                 &ground->buf, &why),
                     DONE);
    return ground->buf.bytes;
}

static const char *
html(struct ground *ground, const struct report_request *request)
{
    struct fault why = {0};
    buf_clear(&ground->buf);
    assert_int_equal(report_make("sales", REPORT_HTML, ground->store, &ground->config, request,
                                 &ground->buf, &why),
                     DONE);
    return ground->buf.bytes;
}

static void
assert_holds(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL) {
        fail_msg("\"%s\" is not in:\n%.6000s", wanted, text);
    }
}

/* The totals of a view, by currency. */
static const struct outline_totals *
totals_of(const struct outline_view *view, const char *currency)
{
    for (size_t index = 0; index < view->currency_count; index++) {
        if (strcmp(view->totals[index].currency, currency) == 0) {
            return &view->totals[index];
        }
    }
    fail_msg("no %s", currency);
    return NULL;
}

static void
the_figures_are_those_worked_out_by_hand(void **state)
{
    enum { NET, ORDERS, TAX, GROSS };
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    struct outline_view view;
    struct outline_day days[31] = {{0}};
    struct fault why = {0};
    assert_int_equal(outline_load(&sales_outline, ground->store, &ground->config, &request,
                                  &ground->arena, &view, &why),
                     DONE);
    assert_int_equal(view.currency_count, 3);
    assert_string_equal(view.totals[0].currency, "USD"); /* the company's comes first */
    assert_string_equal(view.totals[1].currency, "EUR");
    assert_string_equal(view.totals[2].currency, "JPY");
    const struct outline_totals *euro = totals_of(&view, "EUR");
    assert_int_equal(euro->values[SPAN_NOW][ORDERS], 4);
    assert_int_equal(euro->values[SPAN_NOW][NET], 16700);
    assert_int_equal(euro->values[SPAN_NOW][TAX], 3173);
    assert_int_equal(euro->values[SPAN_NOW][GROSS], 19873);
    assert_int_equal(euro->values[SPAN_BEFORE][NET], 10000);
    assert_int_equal(euro->values[SPAN_YEAR][NET], 0);
    assert_int_equal(totals_of(&view, "USD")->values[SPAN_NOW][NET], 20000);
    assert_int_equal(totals_of(&view, "JPY")->values[SPAN_NOW][NET], 1000);
    assert_int_equal(outline_days(&view, view.periods[SPAN_NOW], "EUR", days, &why), DONE);
    assert_int_equal(days[1].net_minor, 14000); /* 2 November */
    assert_int_equal(days[1].orders, 2);
    assert_int_equal(days[2].orders, 0);
    assert_int_equal(days[3].net_minor, 1200);
    assert_int_equal(days[29].net_minor, 1500);
}

/* What of a section's rows stands in a column. */
static int64_t
sum_of(const struct outline_view *view, const struct outline_section *section, const char *currency,
       const char *column)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    struct fault why = {0};
    int64_t sum = 0;
    assert_int_equal(outline_open(&scan, view, section, currency, &why), DONE);
    while (outline_next(&scan, cells, &why) == DONE) {
        sum += outline_cell(cells, scan.count, column)->number;
    }
    return sum;
}

static void
all_ways_of_summing_up_agree(void **state)
{
    struct ground *ground = *state;
    for (int look = 0; look < 2 * DAY_VIEW_COUNT; look++) {
        struct report_request request =
            november(look % 2 == 0 ? ON_1_DECEMBER : ON_5_DECEMBER, LANGUAGE_EN);
        struct outline_view view;
        struct fault why = {0};
        size_t footing = 0;
        request.day_view = (enum day_view)(look / 2);
        assert_int_equal(outline_load(&sales_outline, ground->store, &ground->config, &request,
                                      &ground->arena, &view, &why),
                         DONE);
        for (size_t index = 0; index < view.currency_count; index++) {
            const struct outline_totals *totals = &view.totals[index];
            for (size_t at = 0; at < sales_outline.section_count; at++) {
                const struct outline_section *section = &sales_outline.sections[at];
                if (section->foots) {
                    footing++;
                    assert_int_equal(sum_of(&view, section, totals->currency, "net"),
                                     outline_total(&view, totals, SPAN_NOW, "net"));
                    assert_int_equal(sum_of(&view, section, totals->currency, "tax"),
                                     outline_total(&view, totals, SPAN_NOW, "tax"));
                }
            }
        }
        assert_true(footing >= 30);
    }
}

/* It is no part of the net, is in the total with its tax, and is shown where there is some. */
static void
freight_foots_where_orders_are_added_up(void **state)
{
    static const char *const columns[] = {"net", "freight", "tax", "gross"};
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    struct outline_view view;
    struct fault why = {0};
    assert_null(strstr(html(ground, &request), "Freight"));
    run_sql(ground, "DROP TRIGGER sale_is_final; UPDATE sale SET freight_minor = sign * 100, "
                    "tax_minor = tax_minor + sign * 19");
    assert_int_equal(outline_load(&sales_outline, ground->store, &ground->config, &request,
                                  &ground->arena, &view, &why),
                     DONE);
    for (size_t at = 0; at < view.currency_count * sales_outline.section_count; at++) {
        const struct outline_totals *totals = &view.totals[at / sales_outline.section_count];
        const struct outline_section *section =
            &sales_outline.sections[at % sales_outline.section_count];
        int64_t values[4] = {0};
        for (size_t column = 0; column < 4; column++) {
            values[column] = outline_total(&view, totals, SPAN_NOW, columns[column]);
            if (section->foots && strstr("product category movement", section->name) == NULL) {
                assert_int_equal(sum_of(&view, section, totals->currency, columns[column]),
                                 values[column]);
            }
        }
        assert_true(values[0] + values[1] + values[2] == values[3] && values[1] > 0);
    }
    assert_holds(html(ground, &request), "Freight");
}

/* Bitemporal: what was known then, whenever the report is made again. */
static void
a_report_tells_what_was_known(void **state)
{
    struct ground *ground = *state;
    struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    const char *total = "2026-11-01,2026-11-30,total,EUR,,,,,,,,,,,4,,,,167.00,";
    assert_holds(csv(ground, &request), total);
    char *first = arena_copy(&ground->arena, ground->buf.bytes);
    request.as_of_ms = ON_5_DECEMBER; /* one more was approved on 3 December */
    assert_holds(csv(ground, &request), total);
    request.day_view = DAY_ORDERED;
    assert_holds(csv(ground, &request), "2026-11-01,2026-11-30,total,EUR,,,,,,,,,,,5,,,,207.00,");
    assert_holds(ground->buf.bytes,
                 "2026-11-01,2026-11-30,day,EUR,,,2026-11-05,,,,,,,,1,,,,40.00,");
    request.as_of_ms = ON_1_DECEMBER;
    request.day_view = DAY_BOOKED;
    assert_string_equal(csv(ground, &request), first);
}

/* Of the year up to November: NORD bought four times, last on the 4th; BLUE once, on the 30th. */
static void
customers_are_told_as_buyers(void **state)
{
    static const char *const rows[] = {
        ",loyalty,EUR,came-again,,,,,,,,1,3,152.00,",
        ",loyalty,EUR,first-orders,,,,,,,,1,1,15.00,",
        ",customer,EUR,NORD,,important-keep,,2026-10-10,2026-11-04,26,8,,4,252.00,63.00",
        ",customer,EUR,BLUE,,general-growth,,2026-11-30,2026-11-30,0,,,1,15.00,15.00",
        ",class,EUR,important-keep,,,,,,,,1,4,252.00,",
        ",cohort,EUR,2026-10,,,0,,,,,1,1,100.00,,,100,100\r\n",
        ",cohort,EUR,2026-10,,,1,,,,,1,3,152.00,,,100,152\r\n",
        ",cohort,JPY,2026-11,,,0,,,,,1,1,1000,,,100,100\r\n",
        /* 252.00 of 267.00 */
        ",rank,EUR,top-1,,,,,,,,1,4,252.00,,94.38,,\r\n",
        ",rank,EUR,top-50-percent,,,,,,,,1,4,252.00,,94.38,,\r\n",
        ",rank,EUR,everybody,,,,,,,,2,5,267.00,,100,,\r\n",
    };
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    struct fault why = {0};
    buf_clear(&ground->buf);
    assert_int_equal(report_make("customers", REPORT_CSV, ground->store, &ground->config, &request,
                                 &ground->buf, &why),
                     DONE);
    for (size_t index = 0; index < sizeof rows / sizeof rows[0]; index++) {
        assert_holds(ground->buf.bytes, rows[index]);
    }
    buf_clear(&ground->buf);
    assert_int_equal(report_make("customers", REPORT_HTML, ground->store, &ground->config, &request,
                                 &ground->buf, &why),
                     DONE);
    assert_holds(ground->buf.bytes,
                 "<title>Customers of November 2026: 4 bought, 3 for the first time</title>");
    /* of October's one customer, 100.00; a month later 152.00 */
    assert_holds(ground->buf.bytes,
                 "<tr><th scope=\"row\" class=\"what\">2026-10</th><td class=\"size\">100.00</td>"
                 "<td class=\"heat5\">100</td><td class=\"heat5\">152</td></tr>");
    assert_null(strstr(ground->buf.bytes, ",top-5,"));
}

static void
the_csv_has_every_row(void **state)
{
    static const char *const rows[] = {
        "first_day,last_day,section,currency,key,name,day,class,variant,line,sku,person,reason,"
        "first_order,orders,lines,quantity,unit,list,discount,returned,net,freight,tax,gross,"
        "net_exact,",
        ",orders,,received,,,,,,,,,,12,",
        ",orders,,not-taken,,,,,,,,,,2,",
        ",unsold,EUR,refused,,,,,,,,,,1,,,,,,,5.00,0.00,0.95,5.95,",
        ",unsold,EUR,waiting,,,,,,,,,,2,,,,,,,1039.00,0.00,197.41,1236.41,",
        ",product,EUR,CUP,\"Cup, small\",,A,,,,,,,,3,7,C62,102.00,0.00,0.00,102.00,,19.38,121.38,",
        ",product,EUR,TEA,Green <tea>,,A,,,,,,,,2,13,KGM,65.00,0.00,0.00,65.00,,12.35,77.35,",
        ",product,USD,POT,,,A,,,,,,,,1,1,C62,200.00,0.00,0.00,200.00,,0.00,200.00,",
        ",customer,EUR,NORD,Nordlicht,,,,,,,,2026-10-10,3,,,,152.00,0.00,0.00,152.00,0.00,28.88,"
        "180.88,",
        ",customer,EUR,BLUE,Blue & Co,,,,,,,,2026-11-30,1,,,,15.00,",
        ",customer,JPY,YEN,,,,,,,,,2026-11-09,1,,,,1000,0,0,1000,0,100,1100,",
    };
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    const char *text = csv(ground, &request);
    for (size_t index = 0; index < sizeof rows / sizeof rows[0]; index++) {
        assert_holds(text, rows[index]);
    }
    assert_null(strstr(text, "2026-12-01"));
}

static void
the_page_says_the_finding_and_escapes(void **state)
{
    static const char *const texts[] = {
        "<title>Sales of November 2026: USD\xC2\xA0"
        "200.00, EUR\xC2\xA0"
        "167.00, JPY\xC2\xA0"
        "1,000 net from 6 orders</title>",
        "Lanting &lt;&amp;&gt;",
        "Green &lt;tea&gt;",
        "\xE2\x96\xB2\xC2\xA0"
        "67.0\xC2\xA0%",
        "61.1\xC2\xA0%",
        "Waiting for a decision: 2 orders, EUR\xC2\xA0"
        "1,039.00 net",
        "default-src 'none'; style-src 'sha256-",
    };
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    const char *text = html(ground, &request);
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        assert_holds(text, texts[index]);
    }
    assert_null(strstr(text, "different</td>"));
    assert_null(strstr(text, "style=\""));
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "http://"));
    assert_null(strstr(text, "https://"));
    const struct report_request chinese = november(ON_1_DECEMBER, LANGUAGE_ZH);
    text = html(ground, &chinese);
    assert_holds(text, "<html lang=\"zh-CN\">");
    assert_holds(text, "2026\xE5\xB9\xB4"
                       "11\xE6\x9C\x88\xE9\x94\x80\xE5\x94\xAE");
    assert_holds(text, "\xE7\xBB\xBF\xE8\x8C\xB6"); /* the product's Chinese name */
}

/* What says nothing takes no room: columns without a value, tables of one row that is all. */
static void
a_page_shows_what_its_rows_say(void **state)
{
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    assert_null(strstr(html(ground, &request), ">Margin</th>"));
    assert_null(strstr(ground->buf.bytes, "<h3>By month</h3>")); /* all is of that */
    run_sql(ground, "UPDATE order_line_price SET cost_minor = 100 WHERE order_id = 2");
    assert_holds(html(ground, &request), ">Margin</th>");
}

/* Of a year: its days are for screens, what stands above them is not said twice, as the year before
 * is the period before.  On paper a month keeps its days. */
static void
a_year_is_told_shortly(void **state)
{
    struct ground *ground = *state;
    struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    assert_null(strstr(html(ground, &request), "<div class=\"screen\">"));
    assert_holds(ground->buf.bytes, "<h3>By day</h3>");
    request.first_day = day_of(2026, 1, 1);
    request.last_day = day_of(2026, 12, 31);
    assert_holds(html(ground, &request), "<div class=\"screen\">\n<h3>By day</h3>");
    assert_holds(ground->buf.bytes, "<h3>By month</h3>");
    request.first_day = day_of(2027, 1, 1);
    request.last_day = day_of(2027, 12, 31);
    request.as_of_ms = day_begin(day_of(2028, 1, 5));
    assert_holds(html(ground, &request), " on the period before<");
    assert_null(strstr(ground->buf.bytes, "on the year before"));
}

/* An order line that does not add up to its order must be seen at once. */
static void
a_ledger_that_does_not_add_up_is_shown(void **state)
{
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    run_sql(ground,
            "UPDATE order_line_price SET net_minor = 3001 WHERE order_id = 2 AND ordinal = 2");
    assert_holds(html(ground, &request), "<td class=\"bad\">\xE2\x9C\x97 different</td>");
}

static void
an_empty_store_has_an_empty_report(void **state)
{
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    assert_holds(html(ground, &request), "<h1>No sales: November 2026</h1>");
    assert_holds(csv(ground, &request), ",orders,,received,,,,,,,,,,0,");
}

static void
absurd_periods_are_refused(void **state)
{
    struct ground *ground = *state;
    struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    struct fault why = {0};
    request.last_day = request.first_day - 1;
    assert_int_equal(report_make("sales", REPORT_CSV, ground->store, &ground->config, &request,
                                 &ground->buf, &why),
                     FAILED);
    assert_int_equal(why.kind, FAULT_USAGE);
    fault_clear(&why);
    request.last_day = request.first_day + REPORT_DAYS_MAX;
    assert_int_equal(report_make("sales", REPORT_HTML, ground->store, &ground->config, &request,
                                 &ground->buf, &why),
                     FAILED);
    assert_int_equal(why.kind, FAULT_USAGE);
    request.last_day = request.first_day + REPORT_DAYS_MAX - 1;
    html(ground, &request);
}

/* More products than the page shows: the rest is one row, and the sums still agree. */
static void
a_long_tail_is_summed_up(void **state)
{
    struct ground *ground = *state;
    const struct report_request request = november(ON_1_DECEMBER, LANGUAGE_EN);
    run_sql(ground, "WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 252) "
                    "INSERT INTO order_line (order_id, version, ordinal, number, sku, description, "
                    "quantity_micros, unit, options, line, column) "
                    "SELECT 2, 1, i, i, 'SKU-' || i, '', 1000000, 'C62', '{}', 2, 1 FROM n");
    run_sql(ground,
            "INSERT INTO order_line_price (order_id, version, ordinal, price_micros, net_minor, "
            "tax_rate_micros, tax_minor) SELECT order_id, version, ordinal, 10000, 1, 0, 0 "
            "FROM order_line WHERE order_id = 2 AND ordinal > 2; "
            "UPDATE order_price SET net_minor = net_minor + 250, "
            "gross_minor = gross_minor + 250 WHERE order_id = 2; DROP TRIGGER sale_is_final; "
            "UPDATE sale SET net_minor = net_minor + 250 WHERE order_id = 2");
    assert_holds(html(ground, &request), "others: 202 (see the CSV file)");
    assert_null(strstr(ground->buf.bytes, "different</td>"));
    assert_holds(csv(ground, &request), ",product,EUR,SKU-252,");
}

/* One run at noon of a day. */
static int64_t
run_on(struct ground *ground, const char *day_text, enum report_period period)
{
    const char *ledger[] = {"ledger"};
    const struct schedule schedule = {.name = "plan",
                                      .report = "sales",
                                      .period = period,
                                      .to = "ledger",
                                      .recipients = ledger,
                                      .recipient_count = 1};
    int32_t day;
    struct fault why = {0};
    assert_true(day_parse(day_text, &day));
    ground->config.schedules = &schedule;
    ground->config.schedule_count = 1;
    struct run run = {.config = &ground->config,
                      .store = ground->store,
                      .log = &ground->log,
                      .as_of_ms = day * DAY_MS + DAY_MS / 2};
    assert_int_equal(report_work(&run, &why), DONE);
    ground->config.schedule_count = 0;
    return run.counts.reports_made;
}

static void
each_period_is_reported_once(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(run_on(ground, "2026-10-10", PERIOD_DAY),
                     0); /* nothing came before that day */
    assert_int_equal(run_on(ground, "2026-10-11", PERIOD_DAY), 1);
    assert_int_equal(run_on(ground, "2026-10-11", PERIOD_DAY), 0);
    assert_int_equal(run_on(ground, "2026-10-12", PERIOD_DAY), 1);
    assert_int_equal(run_on(ground, "2026-10-15", PERIOD_DAY), 3);  /* two days were missed */
    assert_int_equal(run_on(ground, "2026-10-14", PERIOD_DAY), 0);  /* a clock set back */
    assert_int_equal(run_on(ground, "2026-11-24", PERIOD_DAY), 12); /* not more at once */
    assert_int_equal(run_on(ground, "2026-11-24", PERIOD_DAY), 0);
    assert_int_equal(number_of(ground, "SELECT count(*) FROM report"), 17);
    assert_int_equal(number_of(ground, "SELECT count(*) FROM outbox_message WHERE kind = 'report' "
                                       "AND partner = 'ledger' AND report_id IS NOT NULL"),
                     17);
    assert_int_equal(number_of(ground, "SELECT count(*) - count(DISTINCT first_day) FROM report"),
                     0);
}

/* One run at a moment, by a schedule of days; how many reports it made. */
static int64_t
run_at(struct ground *ground, const char *moment, int working_day)
{
    const char *readers[] = {"ledger", "boss@example.com"};
    const struct schedule schedule = {.name = "plan",
                                      .report = "sales",
                                      .period = PERIOD_DAY,
                                      .working_day = working_day,
                                      .to = "ledger | boss@example.com",
                                      .recipients = readers,
                                      .recipient_count = 2};
    struct fault why = {0};
    struct run run = {.config = &ground->config, .store = ground->store, .log = &ground->log};
    assert_true(moment_parse(moment, &run.as_of_ms));
    ground->config.schedules = &schedule;
    ground->config.schedule_count = 1;
    assert_int_equal(report_work(&run, &why), DONE);
    ground->config.schedule_count = 0;
    return run.counts.reports_made;
}

/* The days on which clocks change have 23 and 25 hours: a day is over when its local midnight is.
 */
static void
a_day_is_over_at_its_local_midnight(void **state)
{
    struct ground *ground = *state;
    assert_true(zone_use("Europe/Berlin"));
    assert_int_equal(run_at(ground, "2026-10-24T10:00:00Z", 0), 1);
    assert_int_equal(run_at(ground, "2026-10-25T22:59:59Z", 0), 1); /* the 24th */
    assert_int_equal(run_at(ground, "2026-10-25T22:59:59Z", 0), 0);
    assert_int_equal(run_at(ground, "2026-10-25T23:00:00Z", 0), 1); /* the 25th, of 25 hours */
    assert_int_equal(run_at(ground, "2027-03-27T23:00:00Z", 0), 12);
    assert_int_equal(run_at(ground, "2027-03-28T21:59:59Z", 0), 0);
    assert_int_equal(run_at(ground, "2027-03-28T22:00:00Z", 0), 1); /* the 28th, of 23 hours */
    assert_int_equal(number_of(ground, "SELECT max(last_day) FROM report"), day_of(2027, 3, 28));
    assert_int_equal(number_of(ground, "SELECT count(*) FROM outbox_message"),
                     2 * number_of(ground, "SELECT count(*) FROM report"));
}

/* Friday's on the second working day after it, which is Tuesday; so are Saturday's and Sunday's. */
static void
a_report_waits_for_its_working_day(void **state)
{
    struct ground *ground = *state;
    ground->config.working_days = 0x1F;
    ground->config.working_hours = (struct working_hours){0, DAY_MS};
    assert_int_equal(run_at(ground, "2026-11-20T12:00:00Z", 2), 1); /* Wednesday's, on Friday */
    assert_int_equal(number_of(ground, "SELECT max(last_day) FROM report"), day_of(2026, 11, 18));
    assert_int_equal(run_at(ground, "2026-11-22T12:00:00Z", 2), 0);
    assert_int_equal(run_at(ground, "2026-11-23T12:00:00Z", 2), 1); /* Thursday's, on Monday */
    assert_int_equal(run_at(ground, "2026-11-24T12:00:00Z", 2), 3);
    assert_int_equal(number_of(ground, "SELECT max(last_day) FROM report"), day_of(2026, 11, 22));
}

static void
months_missed_are_made_up_for(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(run_on(ground, "2027-03-05", PERIOD_MONTH),
                     1); /* a new plan: the newest only */
    assert_int_equal(run_on(ground, "2027-06-30", PERIOD_MONTH), 3);
    assert_int_equal(number_of(ground, "SELECT max(last_day) FROM report"), day_of(2027, 5, 31));
}

static void
without_files_there_is_nothing_to_report(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(run_on(ground, "2026-11-24", PERIOD_WEEK), 0);
}

#define FILLED(test) cmocka_unit_test_setup_teardown(test, fill, tear_down)
#define EMPTY(test)  cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        FILLED(the_figures_are_those_worked_out_by_hand),
        FILLED(all_ways_of_summing_up_agree),
        FILLED(freight_foots_where_orders_are_added_up),
        FILLED(a_report_tells_what_was_known),
        FILLED(the_csv_has_every_row),
        FILLED(customers_are_told_as_buyers),
        FILLED(the_page_says_the_finding_and_escapes),
        FILLED(a_page_shows_what_its_rows_say),
        FILLED(a_year_is_told_shortly),
        FILLED(a_ledger_that_does_not_add_up_is_shown),
        EMPTY(an_empty_store_has_an_empty_report),
        FILLED(absurd_periods_are_refused),
        FILLED(a_long_tail_is_summed_up),
        FILLED(each_period_is_reported_once),
        FILLED(months_missed_are_made_up_for),
        FILLED(a_day_is_over_at_its_local_midnight),
        FILLED(a_report_waits_for_its_working_day),
        EMPTY(without_files_there_is_nothing_to_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
