/* The report of efficiency over a store that each test fills; its figures are worked out by hand.
 * The period is November 2026 (the 2nd is a Monday), as known on 1 December; working time is Monday
 * to Friday, 09:00 to 18:00 UTC. */
#include "reports/report.h"

#include "base/date.h"
#include "report_csv.h"
#include "store/store.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HOUR_MS (DAY_MS / 24)

struct ground {
    char path[64];
    char database[128];
    struct store *store;
    sqlite3 *connection;
    struct config config;
    struct report_request request;
    struct buf buf;
};

static void run_sql(const struct ground *ground, const char *pattern, ...)
    __attribute__((format(printf, 2, 3)));
static void
run_sql(const struct ground *ground, const char *pattern, ...)
{
    char sql[2000];
    char *trouble = NULL;
    va_list values;
    va_start(values, pattern);
    const int size = vsnprintf(sql, sizeof sql, pattern, values);
    va_end(values);
    assert_true(size > 0 && size < (int)sizeof sql);
    if (sqlite3_exec(ground->connection, sql, NULL, NULL, &trouble) != SQLITE_OK) {
        fail_msg("%s: %s", sql, trouble);
    }
}

static int
set_up(void **state)
{
    static struct ground ground;
    struct fault why = {0};
    ground = (struct ground){.path = "/tmp/purser-efficiency-XXXXXX"};
    if (mkdtemp(ground.path) == NULL || !zone_use("UTC")) {
        return -1;
    }
    snprintf(ground.database, sizeof ground.database, "%s/purser.db", ground.path);
    buf_init(&ground.buf, REPORT_BYTES_MAX);
    ground.config = (struct config){.company_name = "Lanting",
                                    .company_currency = "EUR",
                                    .time_zone = "UTC",
                                    .working_days = 31,
                                    .working_hours = {9 * HOUR_MS, 18 * HOUR_MS}};
    ground.request =
        (struct report_request){.first_day = day_of(2026, 11, 1),
                                .last_day = day_of(2026, 11, 30),
                                .as_of_ms = day_begin(day_of(2026, 12, 1)) + 9 * HOUR_MS,
                                .language = LANGUAGE_EN,
                                .twin = ""};
    *state = &ground;
    assert_int_equal(store_open(&ground.store, ground.database, STORE_CREATE, &why), DONE);
    store_shut(ground.store); /* a report only reads */
    assert_int_equal(sqlite3_open(ground.database, &ground.connection), SQLITE_OK);
    return store_open(&ground.store, ground.database, STORE_READ, &why) == DONE ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct ground *ground = *state;
    char command[100];
    sqlite3_close(ground->connection);
    store_shut(ground->store);
    buf_close(&ground->buf);
    snprintf(command, sizeof command, "rm -rf '%s'", ground->path);
    return system(command); /* NOLINT(cert-env33-c): our own folder */
}

/* ---- orders --------------------------------------------------------------------------------- */

static int64_t
at(int day_of_november, int hour)
{
    return day_begin(day_of(2026, 11, 1) + day_of_november - 1) + hour * HOUR_MS;
}

/* An order of 2 November, that was requested for the 10th. */
static void
order(const struct ground *ground, int id, const char *approval, const char *fulfilment)
{
    run_sql(ground,
            "INSERT INTO orders (id, partner, number, version, approval, fulfilment, received_ms)"
            " VALUES (%d, 'p', 'PO-%d', 1, '%s', '%s', 0);"
            "INSERT INTO order_version (order_id, version, interchange_id, sha256, type, currency,"
            " order_date, requested_to, coupons, lines, line, column)"
            " VALUES (%d, 1, 1, '', 'regular', 'EUR', %d, %d, '[]', 1, 1, 1);",
            id, id, approval, fulfilment, id, day_of(2026, 11, 2), day_of(2026, 11, 10));
}

static void
event_known(const struct ground *ground, int id, const char *event, int64_t happened_ms,
            int64_t known_ms)
{
    run_sql(ground,
            "INSERT INTO order_event (order_id, version, event, headline, happened_ms, known_ms,"
            " actor, interchange_id, detail) SELECT id, version, '%s', '', %lld, %lld, 'p', %d, ''"
            " FROM orders WHERE id = %d",
            event, (long long)happened_ms, (long long)known_ms, 1000 + id, id);
}

static void
event(const struct ground *ground, int id, const char *name, int64_t at_ms)
{
    event_known(ground, id, name, at_ms, at_ms);
}

static void
line(const struct ground *ground, int id, int ordinal, int quantity)
{
    run_sql(ground,
            "INSERT INTO order_line (order_id, version, ordinal, number, sku, description,"
            " quantity_micros, unit, options, line, column)"
            " VALUES (%d, 1, %d, '%d', 'TEA', '', %d, 'C62', '{}', 1, 1)",
            id, ordinal, ordinal, quantity * 1000000);
}

/* Shipment `number` of an order leaves, by its file, with so much of a line. */
static void
ship(const struct ground *ground, int number, int id, const char *carrier, int64_t shipped_ms,
     int line_number, int quantity)
{
    run_sql(
        ground,
        "INSERT INTO shipment (id, interchange_id, warehouse, number, partner, order_number,"
        " order_id, shipped_ms, carrier, tracking, line)"
        " VALUES (%d, %d, 'w', 'S%d', 'p', 'PO-%d', %d, %lld, '%s', 'T%d', 1);"
        "INSERT INTO shipment_line (shipment_id, ordinal, order_line, sku, quantity_micros, line)"
        " VALUES (%d, 1, '%d', 'TEA', %d, 1);",
        number, 1000 + id, number, id, id, (long long)shipped_ms, carrier, number, number,
        line_number, quantity * 1000000);
}

/* ---- what the CSV says ---------------------------------------------------------------------- */

static const char *
made(struct ground *ground, enum report_form form)
{
    struct fault why = {0};
    buf_clear(&ground->buf);
    if (report_make("efficiency", form, ground->store, &ground->config, &ground->request,
                    &ground->buf, &why) != DONE) {
        fail_msg("%s", why.text);
    }
    return ground->buf.bytes;
}

/* What it says in these columns: "finished=10 p50=5". */
static void
assert_row(struct ground *ground, const char *section, const char *key, int skip,
           const char *wanted)
{
    const char *csv = made(ground, REPORT_CSV);
    const char *row = row_of(csv, section, key, skip);
    char name[80], cell[80], said[500] = "";
    if (row == NULL) {
        fail_msg("no row %s of section %s:\n%s", key, section, csv);
    }
    for (const char *at_name = wanted; *at_name != '\0';) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at_name, "="), at_name);
        cell_of(row, column_of(csv, name), cell);
        snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s=%s",
                 said[0] == '\0' ? "" : " ", name, cell);
        at_name += strcspn(at_name, " ");
        at_name += strspn(at_name, " ");
    }
    assert_string_equal(said, wanted);
}

static void
assert_no_section(struct ground *ground, const char *section)
{
    char part[80];
    snprintf(part, sizeof part, ",2026-11-30,%s,", section);
    assert_null(strstr(made(ground, REPORT_CSV), part));
}

static void
assert_page(struct ground *ground, const char *wanted)
{
    const char *page = made(ground, REPORT_HTML);
    if (strstr(page, wanted) == NULL) {
        fail_msg("\"%s\" is not in:\n%.9000s", wanted, strstr(page, "<h1"));
    }
}

/* ---- tests ---------------------------------------------------------------------------------- */

/* 1, 2, ... 10 hours: nearest rank takes the 5th, 8th, 9th, 10th and 10th. */
static void
percentiles_are_by_nearest_rank(void **state)
{
    struct ground *ground = *state;
    for (int id = 1; id <= 10; id++) {
        order(ground, id, "approved", "none");
        event(ground, id, "received", at(2, 8));
        event(ground, id, "approved", at(2, 8 + id));
    }
    assert_row(ground, "stage", "approval", 0,
               "measure=hours finished=10 mean=5.5 p50=5 p80=8 p90=9 p95=10 p99=10 longest=10");
    order(ground, 11, "approved", "none");
    event(ground, 11, "received", at(2, 0));
    event(ground, 11, "approved", at(2, 0) + 60 * 1000); /* a minute: 0.02 h */
    assert_row(ground, "stage", "approval", 0, "finished=11 mean=5 p50=5 p80=8 p90=9 p95=10");
}

/* Friday 17:00 to Tuesday 10:00, and that Monday is a holiday: one hour and one hour. */
static void
working_hours_leave_out_the_weekend_and_holidays(void **state)
{
    struct ground *ground = *state;
    order(ground, 1, "approved", "none");
    event(ground, 1, "received", at(6, 17));
    event(ground, 1, "approved", at(10, 10));
    assert_row(ground, "stage", "approval", 0, "finished=1 p50=89 longest=89");
    assert_row(ground, "working", "approval", 0, "measure=working-hours finished=1 p50=11");
    run_sql(ground,
            "INSERT INTO master_version (id, master, number, interchange_id, rows, in_force_ms)"
            " VALUES (9, 'calendar', 1, 1, 1, 1);"
            "INSERT INTO master_in_force (master, version_id) VALUES ('calendar', 9);"
            "INSERT INTO calendar_day (version_id, day, kind, name, line)"
            " VALUES (9, %d, 'holiday', 'Founders', 2);",
            day_of(2026, 11, 9));
    assert_row(ground, "working", "approval", 0, "p50=2");
}

/* 80 and 20 ordered, 75 and 20 there at first: 95 % of units, 50 % of lines, 0 % of orders. */
static void
an_order_that_is_not_there_at_once(const struct ground *ground)
{
    order(ground, 1, "approved", "shipped");
    line(ground, 1, 1, 80);
    line(ground, 1, 2, 20);
    event(ground, 1, "received", at(2, 9));
    event(ground, 1, "approved", at(2, 9));
    event(ground, 1, "released", at(2, 12));
    event(ground, 1, "partly-shipped", at(9, 12));
    event(ground, 1, "shipped", at(12, 12));
    run_sql(
        ground,
        "INSERT INTO warehouse_release (id, order_id, number, version, warehouse, is_whole,"
        " released_ms, state, state_ms, reason) VALUES (1, 1, 1, 1, 'w', 0, 10, 'shipped', 10, ''),"
        " (2, 1, 2, 1, 'w', 0, 20, 'shipped', 20, '');"
        "INSERT INTO warehouse_release_line (release_id, ordinal, quantity_micros)"
        " VALUES (1, 1, 75000000), (1, 2, 20000000), (2, 1, 5000000);");
    ship(ground, 1, 1, "slow", at(9, 12), 1, 75);
    ship(ground, 2, 1, "slow", at(9, 12), 2, 20);
    ship(ground, 3, 1, "slow", at(12, 12), 1, 5);
}

static void
fill_rates_differ_by_unit_line_and_order(void **state)
{
    struct ground *ground = *state;
    an_order_that_is_not_there_at_once(ground);
    assert_row(ground, "fill", "units", 0, "unit=C62 wanted=100 filled=95 fill_share=95");
    assert_row(ground, "fill", "lines", 0, "wanted=2 filled=1 fill_share=50");
    assert_row(ground, "fill", "orders", 0, "wanted=1 filled=0 fill_share=0");
    /* Released, but it did not leave: the warehouse had less. */
    run_sql(ground, "UPDATE shipment_line SET quantity_micros = 10000000 WHERE shipment_id = 2");
    assert_row(ground, "fill", "units", 0, "filled=85 fill_share=85");
    assert_row(ground, "otif", "requested-day", 0, "in_full=0");
    /* Unless the customer wanted less. */
    run_sql(ground,
            "INSERT INTO cancellation (id, order_id, number, version, is_whole, request, actor,"
            " reason, text, fault, at_ms, currency, net_minor, tax_minor)"
            " VALUES (1, 1, 1, 1, 0, '', 'p', 'other', '', 'customer', 1, 'EUR', 0, 0);"
            "INSERT INTO cancellation_line (cancellation_id, ordinal, quantity_micros, net_minor,"
            " tax_minor) VALUES (1, 2, 10000000, 0, 0);");
    assert_row(ground, "fill", "units", 0, "wanted=90 filled=85 fill_share=94.4");
    assert_row(ground, "otif", "requested-day", 0, "in_full=1");
}

/* Requested for the 10th, promised first the 10th and last the 12th, complete on the 12th; its
 * second line was there on the 9th. */
static void
in_time_is_read_from_tolerant_to_strict(void **state)
{
    struct ground *ground = *state;
    an_order_that_is_not_there_at_once(ground);
    run_sql(ground,
            "INSERT INTO order_outlook (order_id, version, promised, first_promised, grade, cause,"
            " since_ms, warnings, trace) VALUES (1, 1, %d, %d, 'none', '', 1, 0, '')",
            day_of(2026, 11, 12), day_of(2026, 11, 10));
    assert_row(
        ground, "otif", "last-promise", 2,
        "tolerance=0 orders=1 in_time=1 in_full=1 otif=1 otif_share=100 lines=2 line_share=100");
    assert_row(ground, "otif", "first-promise", 0, "tolerance=3 otif=1 line_share=100");
    assert_row(ground, "otif", "first-promise", 1, "tolerance=1 in_time=0 otif=0 line_share=50");
    assert_row(
        ground, "otif", "requested-day", 2,
        "tolerance=0 orders=1 in_time=0 in_full=1 otif=0 otif_share=0 lines=2 line_share=50");
    assert_row(ground, "total", "", 0, "orders=1 otif_share=100");
    run_sql(ground, "UPDATE order_line SET requested_to = %d WHERE ordinal = 2",
            day_of(2026, 11, 8));
    assert_row(ground, "otif", "requested-day", 2, "line_share=0");
}

static void
days_to_shipment_run_from_the_date_of_the_order(void **state)
{
    struct ground *ground = *state;
    an_order_that_is_not_there_at_once(ground);
    assert_row(ground, "shipment", "order-to-shipment", 0,
               "measure=days finished=1 total=10 mean=10 p50=10 longest=10");
    assert_row(ground, "trend", "2026-11-09", 0, "orders=1 p50=243 shipped=1 days_p50=10");
    ground->request.first_day = day_of(2026, 6, 1);
    assert_row(ground, "trend", "2026-11", 0, "orders=1 shipped=1 days_p90=10");
}

/* Order 1 waits for its approval since the 29th, 09:00; order 2 was approved on 1 December, which
 * is known, and waited at the end of November; order 3 stands with the warehouse. */
static void
open_work_is_as_it_was_at_the_end(void **state)
{
    struct ground *ground = *state;
    order(ground, 1, "waiting", "none");
    event(ground, 1, "received", at(29, 9));
    order(ground, 2, "approved", "none");
    event(ground, 2, "received", at(30, 14));
    event(ground, 2, "approved", at(31, 8));
    order(ground, 3, "approved", "released");
    event(ground, 3, "received", at(30, 0));
    event(ground, 3, "approved", at(30, 0));
    event(ground, 3, "released", at(30, 12));
    order(ground, 5, "approved", "released"); /* since 31 October, and nothing happened since */
    event(ground, 5, "received", at(0, 9));
    event(ground, 5, "approved", at(0, 9));
    event(ground, 5, "released", at(0, 12));
    order(ground, 4, "waiting", "none"); /* of December */
    event(ground, 4, "received", at(31, 7));
    assert_row(ground, "open", "approval", 0,
               "open=2 beyond=2 p50=10 p90=39 longest=39 working_p90=9 order=p/PO-1");
    assert_row(ground, "open", "warehouse", 0, "open=2 beyond= p50=12 longest=732 order=p/PO-5");
    assert_row(ground, "bottleneck", "approval", 0, "begun=3 ended=1 growth=2 again=0 open=2");
    assert_row(ground, "total", "", 0, "orders=0 open=4");
    assert_page(ground, "Open in stage approval: 2; the oldest is p/PO-1, there for 39 h.");
}

/* What becomes known later belongs to the later period, whenever it happened. */
static void
what_was_told_of_a_period_stays_true(void **state)
{
    struct ground *ground = *state;
    order(ground, 1, "approved", "none");
    event(ground, 1, "received", at(20, 9));
    event_known(ground, 1, "approved", at(20, 12), at(31, 8));
    assert_no_section(ground, "stage");
    assert_row(ground, "open", "approval", 0, "open=1");
    ground->request.day_view = DAY_ORDERED; /* orders of the period, as they are known now */
    assert_row(ground, "stage", "approval", 0, "finished=1 p50=3");
    ground->request.as_of_ms = at(30, 0);
    assert_no_section(ground, "stage");
    ground->request.first_day = day_of(2026, 11, 3);
    assert_no_section(ground, "open");
}

static void
outlook(const struct ground *ground, int id, const char *outcome, int64_t warned_ms)
{
    order(ground, id, "approved", "delivered");
    event(ground, id, "received", at(2, 9));
    run_sql(ground,
            "INSERT INTO order_outlook (order_id, version, promised, first_promised, grade, cause,"
            " since_ms, warnings, warned_ms, trace, outcome, finished_ms, closed_ms)"
            " VALUES (%d, 1, %d, %d, 'none', '', 1, 0, nullif(%lld, 0), '', '%s', 1, %lld)",
            id, day_of(2026, 11, 10), day_of(2026, 11, 10), (long long)warned_ms, outcome,
            (long long)at(11, 9));
}

/* Three were warned of, two of these came late: on the 9th at noon, 36 hours before the day was
 * over, and on that day itself, 12 hours before; of four that came late one was warned of before.
 */
static void
warnings_are_held_against_what_came(void **state)
{
    struct ground *ground = *state;
    outlook(ground, 1, "late", at(9, 12));
    outlook(ground, 2, "late", at(10, 12));
    outlook(ground, 3, "in-time", at(9, 12));
    outlook(ground, 4, "late", 0);
    outlook(ground, 5, "late", at(11, 1)); /* no warning: it was over */
    outlook(ground, 6, "in-time", 0);
    run_sql(
        ground,
        "INSERT INTO delay_warning (order_id, number, version, at_ms, grade, grade_before, cause,"
        " promised, promised_before, trace) VALUES (1, 1, 1, %lld, 'late', 'none', '', 1, 1, '')",
        (long long)at(9, 12));
    assert_row(ground, "warnings", "warnings", 0,
               "finished=6 issued=1 warned=3 correct=2 needless=1 late=4 missed=3 precision=66.7"
               " recall=25 mean=24");
    assert_page(ground, "Of 4 orders that came late, 3 came without a warning");
}

static void
carrier_tells(const struct ground *ground, int number, const char *state, int64_t happened_ms,
              int64_t known_ms)
{
    run_sql(ground,
            "INSERT INTO transport_event (interchange_id, line, carrier, tracking, identity, code,"
            " happened_ms, known_ms, place, country, region, text, signed_by, proof, state)"
            " VALUES (5, 1, 'fast', 'T%d', '%s', '', %lld, %lld, '', '', '', '', '', '', '%s')",
            number, state, (long long)happened_ms, (long long)known_ms, state);
}

/* One parcel in time by its carrier's first word, one a day later with an exception on its way, one
 * that nobody has news of. */
static void
carriers_are_held_against_their_own_word(void **state)
{
    struct ground *ground = *state;
    for (int id = 1; id <= 3; id++) {
        const int64_t arrived_ms = at(id == 1 ? 6 : 7, 9);
        order(ground, id, "approved", id == 3 ? "shipped" : "delivered");
        line(ground, id, 1, 1);
        event(ground, id, "received", at(3, 9));
        event(ground, id, "shipped", at(4, 9));
        ship(ground, id, id, "fast", id == 3 ? at(11, 9) : at(4, 9), 1, 1);
        run_sql(
            ground,
            "INSERT INTO parcel (shipment_id, order_id, carrier, tracking, state, rank, cause,"
            " since_ms, last_ms, events, first_eta_to_ms, delivered_ms, signed_by, proof, is_final)"
            " VALUES (%d, %d, 'fast', 'T%d', 'delivered', 1, '', 1, 1, 1, %lld, %lld, '', '', 1)",
            id, id, id, (long long)at(6, 0), (long long)arrived_ms);
        if (id < 3) {
            event(ground, id, "delivered", arrived_ms);
            carrier_tells(ground, id, "delivered", arrived_ms, arrived_ms + HOUR_MS);
        }
    }
    carrier_tells(ground, 2, "exception", at(5, 9), at(5, 9));
    assert_row(ground, "carrier", "fast", 0,
               "shipments=3 late=1 late_share=33.3 delivered=2 days_said=2 in_time_share=50 p50=48"
               " p90=72 exceptions=1 exceptions_per_1000=500");
    assert_row(ground, "stage", "transit", 0, "finished=2 p50=48 p90=72");
}

static void
what_is_done_again_is_rework(void **state)
{
    struct ground *ground = *state;
    order(ground, 1, "approved", "none");
    order(ground, 2, "waiting", "none");
    event(ground, 1, "received", at(2, 9));
    event(ground, 1, "approved", at(2, 10));
    run_sql(ground, "UPDATE orders SET version = 2 WHERE id = 1");
    event(ground, 1, "changed", at(3, 9));
    event(ground, 1, "approved", at(3, 11));
    run_sql(ground, "UPDATE orders SET version = 3 WHERE id = 1");
    run_sql(
        ground,
        "INSERT INTO order_event (order_id, version, event, headline, happened_ms, known_ms,"
        " actor, detail) VALUES (1, 3, 'repriced', '', %lld, %lld, 'p', '{\"struck\":[\"2\"]}')",
        (long long)at(4, 9), (long long)at(4, 9));
    event(ground, 1, "approved", at(4, 10));
    event(ground, 2, "received", at(4, 9));
    run_sql(
        ground,
        "INSERT INTO approval (order_id, version, step, approvers, amount_minor, currency, trace,"
        " state, asked_ms, decided_ms) VALUES (1, 1, 1, 'a', 1, 'EUR', '', 'returned', %lld, %lld)",
        (long long)at(2, 9), (long long)at(3, 8));
    assert_row(ground, "rework", "more-versions", 0, "times=3 orders=1 share=50");
    assert_row(ground, "rework", "changed", 0, "times=1 orders=1 share=50");
    assert_row(ground, "rework", "lines-struck", 0, "times=1 orders=1");
    assert_row(ground, "rework", "sent-back", 0, "times=1 orders=1");
    assert_row(ground, "bottleneck", "approval", 0, "finished=3 begun=4 ended=3 growth=1 again=2");
}

static void
asked(const struct ground *ground, int id, int64_t asked_ms, int64_t decided_ms)
{
    order(ground, id, "waiting", "none");
    event(ground, id, "received", asked_ms);
    run_sql(
        ground,
        "INSERT INTO approval (id, order_id, version, step, approvers, amount_minor, currency,"
        " trace, state, asked_ms, decided_ms)"
        " VALUES (%d, %d, 1, 1, 'heads', 1, 'EUR', '', '%s', %lld, nullif(%lld, 0));"
        "INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority,"
        " chosen, chain, trace, asked_ms, state, decided_ms)"
        " VALUES (%d, 1, 1, 'wei', 'wei', 'wei', 'named', '', '', %lld, '%s', nullif(%lld, 0));",
        id, id, decided_ms == 0 ? "open" : "approved", (long long)asked_ms, (long long)decided_ms,
        id, (long long)asked_ms, decided_ms == 0 ? "asked" : "approved", (long long)decided_ms);
}

static void
approvals_age_in_steps(void **state)
{
    struct ground *ground = *state;
    asked(ground, 1, at(30, 21), 0);
    asked(ground, 2, at(30, 12), 0);
    asked(ground, 3, at(29, 12), 0);
    asked(ground, 4, at(27, 12), 0);
    asked(ground, 5, at(25, 12), 0);
    asked(ground, 6, at(30, 22), at(31, 8)); /* decided in December */
    asked(ground, 7, at(10, 9), at(10, 11));
    assert_row(ground, "step", "1", 0,
               "name=heads open=6 hours_4=2 day_1=1 day_2=1 day_5=1 later=1 longest=132 finished=1"
               " p50=2 p90=2");
    run_sql(ground, "UPDATE approval_person SET state = 'withdrawn' WHERE approval_id IN (6, 7)");
    run_sql(ground,
            "UPDATE approval SET state = 'withdrawn', decided_ms = NULL WHERE id IN (6, 7)");
    assert_row(ground, "person", "wei", 0, "open=6 hours_4=2 later=1 finished=0 p50=");
    assert_row(ground, "step", "1", 0, "open=6 hours_4=2 finished=0");
}

static void
the_bottleneck_is_named_with_its_reason(void **state)
{
    struct ground *ground = *state;
    for (int id = 1; id <= 2; id++) {
        order(ground, id, "approved", "released");
        event(ground, id, "received", at(2, 9));
        event(ground, id, "approved", at(2, 10));
        event(ground, id, "released", at(2, 11));
    }
    event(ground, 1, "shipped", at(3, 5)); /* 1 h, 1 h and 18 h */
    assert_row(ground, "bottleneck", "warehouse", 0, "finished=1 p90=18 share=90 begun=2 ended=1");
    assert_page(ground, "Bottleneck: warehouse. Nine of ten are through it within 18 h (1 finished)"
                        ", 90 % of the sum of all stages. 2 came, 1 went: the queue grew by 1.");
    assert_page(ground, "<h1>Efficiency of November 2026: 1 order completed, within 20 h");
    ground->request.language = LANGUAGE_ZH;
    assert_page(ground, "瓶颈：仓库。九成在 18 小时内通过（完成 1 次），占各阶段之和的 90%");
    assert_true(made(ground, REPORT_XLSX)[0] == 'P');
}

/* 2 and 4 hours in one week, 8 in the next: the axis ends at 8. */
static void
the_trend_is_drawn(void **state)
{
    struct ground *ground = *state;
    static const int days[] = {2, 3, 10};
    for (int id = 1; id <= 3; id++) {
        order(ground, id, "approved", "shipped");
        event(ground, id, "received", at(days[id - 1], 8));
        event(ground, id, "shipped", at(days[id - 1], 8 + (1 << id)));
    }
    assert_row(ground, "trend", "2026-11-02", 0, "orders=2 p50=2 p90=4");
    assert_row(ground, "trend", "2026-11-09", 0, "orders=1 p50=8 p90=8");
    assert_page(ground, "y=\"500\" width=\"1050\" height=\"500\"><title>2026-11-02: 2 orders, half "
                        "within 2 h, nine of ten within 4 h");
    assert_page(ground, "<rect class=\"bar\" fill=\"#0072b2\"");
    assert_page(ground,
                "<polyline class=\"before\" fill=\"none\" stroke=\"#b8530a\" stroke-width=\"10\" "
                "stroke-dasharray=\"50 30\" points=\"750,750 2250,0\"/>");
}

static void
nothing_is_told_of_nothing(void **state)
{
    struct ground *ground = *state;
    assert_page(ground, "<h1>Efficiency of November 2026: no order was completed");
    assert_row(ground, "total", "", 0, "orders=0 otif_share= p50= open=0");
    assert_true(made(ground, REPORT_XLSX)[0] == 'P');
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(percentiles_are_by_nearest_rank),
        WITH_STORE(working_hours_leave_out_the_weekend_and_holidays),
        WITH_STORE(fill_rates_differ_by_unit_line_and_order),
        WITH_STORE(in_time_is_read_from_tolerant_to_strict),
        WITH_STORE(days_to_shipment_run_from_the_date_of_the_order),
        WITH_STORE(open_work_is_as_it_was_at_the_end),
        WITH_STORE(what_was_told_of_a_period_stays_true),
        WITH_STORE(warnings_are_held_against_what_came),
        WITH_STORE(carriers_are_held_against_their_own_word),
        WITH_STORE(what_is_done_again_is_rework),
        WITH_STORE(approvals_age_in_steps),
        WITH_STORE(the_bottleneck_is_named_with_its_reason),
        WITH_STORE(the_trend_is_drawn),
        WITH_STORE(nothing_is_told_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
