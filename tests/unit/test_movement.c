/* How products move.  Worked out by hand over report_fixture.sql, whose November 2026 has CUP 2 + 4
 * + 1 in EUR and 1 in JPY, TEA 10 + 3, POT 1; October TEA 1.  Beside it stand the sums of earlier
 * months, what lies in stock, and what it is worth. */
#include "reports/movement.h"
#include "reports/sales.h"
#include "rules/steadiness.h"

#include "base/date.h"
#include "base/file.h"

#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ON_1_DECEMBER INT64_C(1796115600000) /* 09:00 */
#define ON_5_DECEMBER INT64_C(1796461200000)

/* Months are counted: 24311 is December 2025, 24322 November 2026.  Days: 20697 is 1 September
 * 2026, 90 days before the last of November. */
static const char earlier[] =
    "INSERT INTO product_month (sku, unit, month, order_month, quantity_micros, last_day)"
    " WITH RECURSIVE m(month) AS (SELECT 24311 UNION ALL SELECT month + 1 FROM m WHERE month < "
    "24321) SELECT 'CUP', 'C62', month, month, 7000000, NULL FROM m UNION ALL"
    " SELECT 'TEA', 'KGM', month, month, 21000000, NULL FROM m WHERE month < 24316;"
    "INSERT INTO product_month (sku, unit, month, order_month, quantity_micros, last_day) VALUES"
    " ('PAN', 'C62', 24320, 24320, 60000000, 20697), ('PAN', 'BX', 24320, 24320, 1000000, 20690),"
    " ('LID', 'C62', 24320, 24320, 1000000, 20698);"
    "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
    " tax_rate_micros, line) VALUES (3, 'MUG', 'Mug', '', 'ware', 'C62', 'ware', 190000, 4),"
    " (3, 'PAN', 'Pan', '', 'ware', 'C62', 'ware', 190000, 5),"
    " (3, 'NEW', 'New', '', 'ware', 'C62', 'ware', 190000, 6);"
    "INSERT INTO master_version (id, master, number, interchange_id, rows, in_force_ms) VALUES"
    " (4, 'product-units', 1, 1, 1, 1), (5, 'product-costs', 1, 1, 1, 1), (6, 'prices', 1, 1, 1, "
    "1), (7, 'stock', 1, 1, 2, 1), (8, 'stock', 2, 1, 0, 1796115600000);"
    "INSERT INTO master_in_force VALUES ('products', 3), ('product-units', 4);"
    "INSERT INTO product_unit VALUES (4, 'PAN', 'BX', 13000000, 2);"
    "INSERT INTO product_cost VALUES (5, 'MUG', 'EUR', 2500000, 0, -1, 0, 2147483647, 2);"
    "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
    " quantity_from_micros, valid_from, valid_to, price_micros, includes_tax, line) VALUES"
    " (6, 'PAN', 'base', '', 'USD', 'all-units', '', 0, 0, 2147483647, 11900000, 'yes', 2),"
    " (6, 'MUG', 'base', '', 'USD', 'all-units', '', 0, 0, 2147483647, 9000000, 'no', 3);"
    /* thirteen of PAN, of which ten came when November was over */
    "INSERT INTO stock_item VALUES ('w', 'PAN', 13000000, 0, NULL), ('w', 'LID', 9000000, 0, NULL),"
    " ('w', 'CUP', 5000000, 0, NULL), ('w', 'OLD', 0, 0, NULL);"
    "INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, effect_micros,"
    " happened_ms, known_ms, reference, reason, line) VALUES ('w', 'PAN', 'receipt', 'R-1',"
    " 10000000, 10000000, 1795000000000, 1796100000000, '', '', 2);"
    "INSERT INTO stock VALUES (7, 'MUG', 4000000, 2), (7, 'PAN', 99000000, 3);";

struct ground {
    char path[64];
    char database[128];
    struct store *store;
    struct config config;
    struct arena arena;
    struct outline_view view;
};

static void
run_sql(const struct ground *ground, const char *sql)
{
    char *trouble = NULL;
    sqlite3 *connection = NULL;
    assert_int_equal(sqlite3_open(ground->database, &connection), SQLITE_OK);
    if (sqlite3_exec(connection, sql, NULL, NULL, &trouble) != SQLITE_OK) {
        fail_msg("%s", trouble);
    }
    sqlite3_close(connection);
}

static int
set_up(void **state)
{
    static struct ground ground;
    struct fault why = {0};
    char *sql = NULL;
    size_t size = 0;
    memset(&ground, 0, sizeof ground);
    strncpy(ground.path, "/tmp/purser-movement-XXXXXX", sizeof ground.path - 1);
    assert_non_null(mkdtemp(ground.path));
    assert_true(zone_use("UTC"));
    snprintf(ground.database, sizeof ground.database, "%s/purser.db", ground.path);
    arena_init(&ground.arena, 64 * 1024 * 1024);
    ground.config = (struct config){.company_name = "Lanting",
                                    .company_currency = "USD",
                                    .time_zone = "UTC",
                                    .report = {500000, 1000000, 90}};
    assert_int_equal(store_open(&ground.store, ground.database, STORE_CREATE, &why), DONE);
    assert_int_equal(file_read(AT_FDCWD, "tests/unit/report_fixture.sql", 1024 * 1024,
                               &ground.arena, &sql, &size, &why),
                     DONE);
    run_sql(&ground, sql);
    run_sql(&ground, earlier);
    *state = &ground;
    return 0;
}

static int
tear_down(void **state)
{
    struct ground *ground = *state;
    char command[100];
    store_shut(ground->store);
    arena_close(&ground->arena);
    snprintf(command, sizeof command, "rm -rf '%s'", ground->path);
    return system(command);
}

static void
load(struct ground *ground, int32_t first_day, int32_t last_day, enum day_view day_view,
     int64_t as_of_ms)
{
    struct fault why = {0};
    struct report_request *request = arena_new(&ground->arena, struct report_request);
    *request = (struct report_request){.first_day = first_day,
                                       .last_day = last_day,
                                       .day_view = day_view,
                                       .as_of_ms = as_of_ms,
                                       .twin = ""};
    if (outline_load(&sales_outline, ground->store, &ground->config, request, &ground->arena,
                     &ground->view, &why) != DONE) {
        fail_msg("%s", why.text);
    }
}

static void
load_november(struct ground *ground, enum day_view day_view, int64_t as_of_ms)
{
    load(ground, day_of(2026, 11, 1), day_of(2026, 11, 30), day_view, as_of_ms);
}

/* Its rows, without their names: "A|1; B|2". */
static const char *
rows_of(struct ground *ground, const char *name, const char *currency)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    struct fault why = {0};
    const char *text = "";
    for (size_t at = 0; at < sales_outline.section_count; at++) {
        if (strcmp(sales_outline.sections[at].name, name) == 0) {
            assert_int_equal(
                outline_open(&scan, &ground->view, &sales_outline.sections[at], currency, &why),
                DONE);
        }
    }
    while (outline_next(&scan, cells, &why) == DONE) {
        for (size_t at = 0; at < scan.count; at++) {
            const char *column = cells[at].column->name;
            const char *gap = at > 0 ? "|" : text[0] == '\0' ? "" : "; ";
            if (strcmp(column, "name") == 0 || strcmp(column, "tax") == 0) {
                continue;
            }
            if (cells[at].is_null || cells[at].column->type == DESCRIBED_TEXT) {
                text = arena_format(&ground->arena, "%s%s%s", text, gap,
                                    cells[at].is_null ? "-" : cells[at].text);
            } else {
                text = arena_format(&ground->arena, "%s%s%" PRId64, text, gap, cells[at].number);
            }
        }
    }
    return text;
}

static enum steadiness
alternating(int64_t one, int64_t other)
{
    int64_t months[STEADINESS_MONTHS];
    for (size_t index = 0; index < STEADINESS_MONTHS; index++) {
        months[index] = index % 2 == 0 ? one : other;
    }
    return steadiness_of(months, 500000, 1000000);
}

/* Of two values in turn the mean is their middle, and the deviation half of what lies between. */
static void
steadiness_is_told_to_the_unit(void **state)
{
    (void)state;
    const int64_t once[STEADINESS_MONTHS] = {[3] = 12};
    const int64_t half_a_year[STEADINESS_MONTHS] = {5, 5, 5, 5, 5, 5};
    assert_int_equal(steadiness_of(half_a_year, 1000000, 1000000), STEADINESS_X);
    assert_int_equal(steadiness_of(half_a_year, 0, 999999), STEADINESS_Z);
    assert_int_equal(steadiness_of(once, 0, 10000000), STEADINESS_Y); /* 3.3 */
    assert_int_equal(alternating(10, 10), STEADINESS_X);
    assert_int_equal(alternating(5, 15), STEADINESS_X); /* exactly 0.5 */
    assert_int_equal(alternating(5000000, 15000001), STEADINESS_Y);
    assert_int_equal(alternating(0, 20), STEADINESS_Y); /* exactly 1.0 */
    assert_int_equal(steadiness_of(half_a_year, 500000, 1000000), STEADINESS_Y);
    assert_int_equal(alternating(-1, 20), STEADINESS_Z);
    assert_int_equal(steadiness_of(once, 500000, 1000000), STEADINESS_Z);
    assert_int_equal(alternating(0, 0), STEADINESS_UNKNOWN);
    assert_int_equal(alternating(-3, 2), STEADINESS_UNKNOWN);
    assert_int_equal(alternating(INT64_MAX / 3, INT64_MAX / 3 * 3), STEADINESS_X);
    assert_int_equal(alternating(INT64_MAX / 4, INT64_MAX / 4 * 4), STEADINESS_Y);
    assert_int_equal(alternating(INT64_MIN, INT64_MAX), STEADINESS_UNKNOWN);
}

/* CUP is sold seven times a month, and eight times in November.  TEA: five times 21, then 1 and 13:
 * 12 * 2375 - 119 * 119 = 14339, more than 119 * 119. */
static void
products_stand_in_nine_fields(void **state)
{
    struct ground *ground = *state;
    load_november(ground, DAY_BOOKED, ON_1_DECEMBER);
    assert_string_equal(rows_of(ground, "movement", "EUR"),
                        "AX|1|10200; AY|0|0; AZ|1|6500; BX|0|0; BY|0|0; BZ|0|0; CX|0|0; CY|0|0;"
                        " CZ|0|0");
    assert_string_equal(rows_of(ground, "movement", "JPY"),
                        "AX|1|1000; AY|0|0; AZ|0|0; BX|0|0; BY|0|0; BZ|0|0; CX|0|0; CY|0|0;"
                        " CZ|0|0");
    /* On 5 December by the dates of orders November has 21 of TEA: 12 * 2647 - 127 * 127 = 15635,
     * less than 127 * 127.  Eight of them were booked in a month that is not over. */
    load_november(ground, DAY_ORDERED, ON_5_DECEMBER);
    assert_string_equal(rows_of(ground, "movement", "EUR"),
                        "AX|1|10200; AY|1|10500; AZ|0|0; BX|0|0; BY|0|0; BZ|0|0; CX|0|0; CY|0|0;"
                        " CZ|0|0");
    /* Without sales in twelve whole months there is a letter alone: here they end with October. */
    run_sql(ground, "DELETE FROM product_month");
    load(ground, day_of(2026, 11, 1), day_of(2026, 11, 29), DAY_BOOKED, ON_1_DECEMBER);
    assert_string_equal(rows_of(ground, "movement", "EUR"), "A|2|15200");
}

/* By net CUP goes first, by units TEA; in October TEA brought 100.00 and CUP nothing. */
static void
best_sellers_differ_by_measure(void **state)
{
    struct ground *ground = *state;
    load_november(ground, DAY_BOOKED, ON_1_DECEMBER);
    assert_string_equal(rows_of(ground, "best", "EUR"), "CUP|1|2|1|1|10200|7000000|C62|3|10200; "
                                                        "TEA|2|1|2|2|6500|13000000|KGM|2|-3500");
}

/* Order 2 is taken back and comes again: with the promotion it is one order, whose reductions of
 * 1.50 count once, too. */
static void
an_order_that_was_changed_is_promoted_once(void **state)
{
    struct ground *ground = *state;
    run_sql(ground, "INSERT INTO order_line_reduction VALUES (2, 1, 1, 1, 'TEN', 100),"
                    " (2, 1, 2, 2, 'TEN', 50), (3, 1, 1, 1, 'TEN', 70), (3, 1, 1, 2, 'HALF', 5)");
    for (int sign = -1; sign <= 1; sign += 2) {
        run_sql(ground,
                arena_format(&ground->arena,
                             "INSERT INTO sale SELECT NULL, order_id, version, 'changed', %d, day,"
                             " known_ms + 1, order_day, currency, customer, customers_version,"
                             " products_version, includes_tax, list_minor, net_minor,"
                             " freight_minor, tax_minor, cost_minor, costed_minor, exact_micros,"
                             " rounded_minor FROM sale WHERE order_id = 2 AND kind = 'ordered'",
                             sign));
    }
    for (int day_view = 0; day_view < DAY_VIEW_COUNT; day_view++) {
        load_november(ground, (enum day_view)day_view, ON_5_DECEMBER);
        assert_string_equal(rows_of(ground, "promotion", "EUR"), "TEN|2|220; HALF|1|5");
    }
}

/* PAN: three at 11.90 with 19 % tax, 73 sold in the year, one box of 13 among them; MUG: never
 * sold, known since 1970, four at 2.50.  LID was sold 89 days before.  NEW and OLD are not there.
 */
static void
what_is_not_sold_any_more_is_told_with_its_value(void **state)
{
    struct ground *ground = *state;
    load_november(ground, DAY_BOOKED, ON_1_DECEMBER);
    assert_string_equal(rows_of(ground, "slow", "USD"),
                        "PAN|20697|90|3000000|C62|3000|list-price|15");
    assert_string_equal(rows_of(ground, "slow", "EUR"), "MUG|-|20787|4000000|C62|1000|cost|-");
    load(ground, day_of(2026, 11, 1), day_of(2026, 12, 1), DAY_BOOKED, ON_5_DECEMBER);
    assert_string_equal(rows_of(ground, "slow", "USD"),
                        "PAN|20697|91|13000000|C62|13000|list-price|65; "
                        "LID|20698|90|9000000||-||3285");
    assert_string_equal(rows_of(ground, "slow", "EUR"), ""); /* the list of 1 December has none */
    ground->config.report.slow_days = 91;
    load(ground, day_of(2026, 11, 1), day_of(2026, 12, 1), DAY_BOOKED, ON_5_DECEMBER);
    assert_string_equal(rows_of(ground, "slow", "USD"),
                        "PAN|20697|91|13000000|C62|13000|list-price|65");
}

/* What is kept of December has a sale of the 3rd, after the period; of November it has all. */
static void
what_is_kept_of_a_month_counts_when_that_is_over(void **state)
{
    struct ground *ground = *state;
    run_sql(ground, "INSERT INTO product_month VALUES ('PAN', '', 24323, 24323, 1000000, 20790)");
    load(ground, day_of(2026, 11, 1), day_of(2026, 12, 1), DAY_BOOKED, ON_5_DECEMBER);
    assert_string_equal(rows_of(ground, "slow", "USD"),
                        "PAN|20697|91|13000000|C62|13000|list-price|65; "
                        "LID|20698|90|9000000||-||3285");
    run_sql(ground, "INSERT INTO product_month VALUES ('MUG', '', 24322, 24322, 1000000, 20780)");
    load_november(ground, DAY_BOOKED, ON_1_DECEMBER);
    assert_string_equal(rows_of(ground, "slow", "EUR"), "");
}

/* As by `purser report run`: scratch tables are filled in the middle of what is read. */
static void
a_store_that_is_opened_to_read_tells_the_same(void **state)
{
    struct ground *ground = *state;
    struct fault why = {0};
    store_shut(ground->store);
    assert_int_equal(store_open(&ground->store, ground->database, STORE_READ, &why), DONE);
    load_november(ground, DAY_BOOKED, ON_1_DECEMBER);
    assert_string_equal(rows_of(ground, "slow", "EUR"), "MUG|-|20787|4000000|C62|1000|cost|-");
    assert_string_equal(rows_of(ground, "slow", "USD"),
                        "PAN|20697|90|3000000|C62|3000|list-price|15");
}

/* Its currency is told of, though nothing was sold in it. */
static void
what_lies_in_stock_has_its_currency(void **state)
{
    struct ground *ground = *state;
    run_sql(ground, "UPDATE product_cost SET currency = 'GBP'");
    load_november(ground, DAY_BOOKED, ON_1_DECEMBER);
    assert_int_equal(ground->view.currency_count, 4);
    assert_string_equal(rows_of(ground, "slow", "GBP"), "MUG|-|20787|4000000|C62|1000|cost|-");
}

#define FILLED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steadiness_is_told_to_the_unit),
        FILLED(products_stand_in_nine_fields),
        FILLED(best_sellers_differ_by_measure),
        FILLED(an_order_that_was_changed_is_promoted_once),
        FILLED(what_is_not_sold_any_more_is_told_with_its_value),
        FILLED(what_is_kept_of_a_month_counts_when_that_is_over),
        FILLED(a_store_that_is_opened_to_read_tells_the_same),
        FILLED(what_lies_in_stock_has_its_currency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
