/* Over a real store filled with partners_fixture.sql; worked out by hand, for November 2026 as
 * known on 1 December.  North: six files judged, one of them accepted wholly (16.7 %; in October
 * both), two partly, three refused; 5 of 11 documents; one copy, one test, one that is answered
 * only on 3 December.  FLD-DATE is the only mistake of two files: without it three of six.  South:
 * three files, the last of them 72 hours after the one before, where 48 are expected. */
#include "base/date.h"
#include "reports/report.h"
#include "store/store.h"

#include <fcntl.h>
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
enum { COLUMNS_MAX = 64, CELL_SIZE = 500 };

struct ground {
    char path[64];
    char database[128];
    struct store *store;
    struct config config;
    struct partner partners[3];
    struct arena arena;
    struct buf buf;
};

static int
set_up(void **state)
{
    static struct ground ground;
    struct fault why = {0};
    char *sql = NULL;
    size_t size = 0;
    char *trouble = NULL;
    sqlite3 *connection = NULL;
    memset(&ground, 0, sizeof ground);
    strncpy(ground.path, "/tmp/purser-partners-XXXXXX", sizeof ground.path - 1);
    assert_non_null(mkdtemp(ground.path));
    assert_true(zone_use("UTC"));
    snprintf(ground.database, sizeof ground.database, "%s/purser.db", ground.path);
    arena_init(&ground.arena, 64 * 1024 * 1024);
    buf_init(&ground.buf, REPORT_BYTES_MAX);
    ground.partners[0] = (struct partner){.id = "north", .name = "Nord & Co", .expect_hours = -1};
    ground.partners[1] = (struct partner){.id = "south",
                                          .name = "S\xC3\xBC"
                                                  "d",
                                          .expect_hours = 48};
    ground.partners[2] = (struct partner){.id = "west", .name = "", .expect_hours = 24};
    ground.config = (struct config){
        .company_name = "Lanting",
        .company_currency = "EUR",
        .time_zone = "UTC",
        .working_days = 31,
        .working_hours = {0, INT64_C(86400000)},
        .planning = {.is_on = true, .pick_days = 1, .transit_days = 3},
        .partners = ground.partners,
        .partner_count = 3,
    };
    assert_int_equal(store_open(&ground.store, ground.database, STORE_CREATE, &why), DONE);
    assert_int_equal(file_read(AT_FDCWD, "tests/unit/partners_fixture.sql", 1024 * 1024,
                               &ground.arena, &sql, &size, &why),
                     DONE);
    assert_int_equal(sqlite3_open(ground.database, &connection), SQLITE_OK);
    if (sqlite3_exec(connection, sql, NULL, NULL, &trouble) != SQLITE_OK) {
        fail_msg("%s", trouble);
    }
    sqlite3_close(connection);
    *state = &ground;
    return 0;
}

static void
run_sql(const struct ground *ground, const char *sql)
{
    sqlite3 *connection = NULL;
    assert_int_equal(sqlite3_open(ground->database, &connection), SQLITE_OK);
    if (sqlite3_exec(connection, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s", sqlite3_errmsg(connection));
    }
    sqlite3_close(connection);
}

static int
tear_down(void **state)
{
    struct ground *ground = *state;
    char command[100];
    store_shut(ground->store);
    arena_close(&ground->arena);
    buf_close(&ground->buf);
    snprintf(command, sizeof command, "rm -rf '%s'", ground->path);
    return system(command); /* NOLINT(cert-env33-c): our own folder */
}

/* Of one partner, or (NULL) of all. */
static const char *
made(struct ground *ground, const char *partner, enum report_form form, enum language language,
     int64_t as_of_ms)
{
    struct fault why = {0};
    const struct report_request request = {.first_day = day_of(2026, 11, 1),
                                           .last_day = day_of(2026, 11, 30),
                                           .as_of_ms = as_of_ms,
                                           .language = language,
                                           .twin = "",
                                           .partner = partner};
    buf_clear(&ground->buf);
    if (report_make(partner == NULL ? "partners" : REPORT_SCORE_CARD, form, ground->store,
                    &ground->config, &request, &ground->buf, &why) != DONE) {
        fail_msg("%s", why.text);
    }
    return ground->buf.bytes;
}

/* ---- cells of the CSV ------------------------------------------------------------------------ */

/* The next row; NULL behind the last. */
static const char *
read_row(const char *at, char cells[COLUMNS_MAX][CELL_SIZE], size_t *count)
{
    size_t size = 0;
    bool is_quoted = false;
    *count = 0;
    if (*at == '\0') {
        return NULL;
    }
    for (; is_quoted || *at != '\n'; at++) {
        if (*at == '"') {
            is_quoted = !is_quoted;
        } else if ((*at == ',' || *at == '\r') && !is_quoted) {
            cells[(*count)++][size] = '\0';
            size = 0;
            assert_true(*count < COLUMNS_MAX);
        } else {
            assert_true(size + 1 < CELL_SIZE);
            cells[*count][size++] = *at;
        }
    }
    return at + 1;
}

static void
check(const char *csv, const char *section, const char *key, const char *column, const char *wanted)
{
    static char names[COLUMNS_MAX][CELL_SIZE];
    static char cells[COLUMNS_MAX][CELL_SIZE];
    enum { SECTION = 2, KEY = 4 };
    size_t count = 0;
    size_t width = 0;
    size_t at = 0;
    const char *row = read_row(csv, names, &width);
    while (at < width && strcmp(names[at], column) != 0) {
        at++;
    }
    assert_true(at < width);
    while ((row = read_row(row, cells, &count)) != NULL) {
        assert_int_equal(count, width);
        if (strcmp(cells[SECTION], section) == 0 && strcmp(cells[KEY], key) == 0) {
            if (strcmp(cells[at], wanted) != 0) {
                fail_msg("%s %s: %s is %s, not %s", section, key, column, cells[at], wanted);
            }
            return;
        }
    }
    fail_msg("there is no row %s %s", section, key);
}

struct figure {
    const char *section, *key, *column, *wanted;
};
#define CHECK_ALL(csv, figures)                                                                    \
    for (size_t index = 0; index < sizeof(figures) / sizeof(figures)[0]; index++) {                \
        check((csv), (figures)[index].section, (figures)[index].key, (figures)[index].column,      \
              (figures)[index].wanted);                                                            \
    }

/* ---- tests ----------------------------------------------------------------------------------- */

static void
files_documents_and_mistakes_are_counted(void **state)
{
    static const struct figure figures[] = {
        {"total", "", "files", "9"},
        {"total", "", "taken", "4"},
        {"total", "", "rate", "44.4"},
        {"partner", "north", "name", "Nord & Co"},
        {"partner", "north", "files", "6"},
        {"partner", "north", "taken", "1"},
        {"partner", "north", "partly", "2"},
        {"partner", "north", "refused", "3"},
        {"partner", "north", "rate", "16.7"},
        {"partner", "north", "rate_before", "100"},
        {"partner", "north", "documents", "11"},
        {"partner", "north", "documents_taken", "5"},
        {"partner", "north", "document_rate", "45.5"},
        {"partner", "north", "duplicates", "1"},
        {"partner", "north", "repeated", "1"},
        {"partner", "north", "changed", "1"},
        {"partner", "north", "unanswered", "1"},
        {"partner", "north", "tests", "1"},
        {"partner", "south", "files", "3"},
        {"partner", "west", "files", "0"},
        {"partner", "west", "rate_before", "100"},
        {"partner", "south", "rate", "100"},
        {"fix", "north", "code", "FLD-DATE"},
        {"fix", "north", "alone", "2"},
        {"fix", "north", "alone_documents", "4"},
        {"fix", "north", "rate_then", "50"},
        {"code", "FLD-DATE", "files", "3"},
        {"code", "FLD-DATE", "findings", "4"},
        {"code", "FLD-DATE", "partners", "1"},
        {"code", "FLD-DATE", "mistake", "order_date is not a date: never"},
        {"code", "ADR-PHONE", "severity", "warning"},
        {"code", "FLD-NUMBER", "files", "1"}, /* that of the test does not count */
        {"kind", "order", "files", "5"},
        {"kind", "unknown", "refused", "1"},
        {"weekday", "sunday", "files", "1"},
        {"hour", "09:00", "files", "7"},
        {"hour", "10:00", "files", "4"},
    };
    const char *csv = made(*state, NULL, REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER);
    CHECK_ALL(csv, figures)
    assert_null(strstr(csv, "FILE-DUPLICATE"));
}

static void
times_and_days_are_held_against_what_is_expected(void **state)
{
    static const struct figure figures[] = {
        {"time", "south", "arrivals", "3"},
        {"time", "south", "expected_hours", "48"},
        {"time", "south", "pause_hours", "72"},
        {"time", "south", "late", "1"},
        {"time", "south", "silent_hours", "518"}, /* since 9 November 10:00 */
        {"time", "west", "arrivals", "0"},
        {"time", "west", "silent_hours", "734"}, /* since 31 October 10:00 */
        {"time", "north", "late", ""},
        {"time", "north", "dated_orders", "2"},
        {"time", "north", "soon", "1"}, /* 5 November, where Friday the 6th is the first day */
        {"answer", "north", "answers", "8"},
        {"answer", "north", "p50", "10"},
        {"answer", "north", "p90", "60"},
        {"answer", "north", "longest", "60"},
        {"answer", "south", "longest", "0"},
    };
    const char *csv = made(*state, NULL, REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER);
    CHECK_ALL(csv, figures)
}

static void
prices_are_compared_after_promotions(void **state)
{
    static const struct figure figures[] = {
        {"price", "north", "currency", "EUR"}, {"price", "north", "lines", "3"},
        {"price", "north", "different", "2"},  {"price", "north", "expected", "45.00"},
        {"price", "north", "ours", "49.00"},   {"price", "north", "difference", "4.00"},
        {"product", "TEA", "lines", "2"},      {"product", "TEA", "difference", "4.00"},
    };
    const char *csv = made(*state, NULL, REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER);
    CHECK_ALL(csv, figures)
    assert_null(strstr(csv, "CUP")); /* as it was expected */
}

static void
what_became_known_later_counts_later(void **state)
{
    static const struct figure figures[] = {
        {"partner", "north", "files", "7"},       {"partner", "north", "rate", "28.6"},
        {"partner", "north", "unanswered", "0"},  {"price", "north", "lines", "4"},
        {"price", "north", "difference", "5.00"},
    };
    char *before = strdup(made(*state, NULL, REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER));
    CHECK_ALL(made(*state, NULL, REPORT_CSV, LANGUAGE_EN, ON_5_DECEMBER), figures)
    assert_string_equal(made(*state, NULL, REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER), before);
    free(before);
}

/* Three moves of stock that south told of: 2 and 10 hours after they happened, and 30. */
static void
news_are_held_against_what_happened(void **state)
{
    static const struct figure figures[] = {
        {"news", "south", "document", "stock-report"}, {"news", "south", "news", "3"},
        {"news", "south", "known_p50", "10"},          {"news", "south", "known_p90", "30"},
        {"news", "south", "known_longest", "30"},
    };
    static const struct figure of_card[] = {
        {"news", "stock-report", "news", "3"},
        {"news", "stock-report", "known_p50", "10"},
    };
    struct ground *ground = *state;
    run_sql(ground,
            "INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, effect_micros, "
            "happened_ms, known_ms, reference, reason, interchange_id, line) VALUES "
            "('south', 'TEA', 'receipt', 'A', 1, 1, 1793606400000, 1793613600000, '', '', 21, 1), "
            "('south', 'TEA', 'receipt', 'B', 1, 1, 1793577600000, 1793613600000, '', '', 21, 2), "
            "('south', 'TEA', 'receipt', 'C', 1, 1, 1793678400000, 1793786400000, '', '', 22, 1)");
    CHECK_ALL(made(ground, NULL, REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER), figures)
    CHECK_ALL(made(ground, "south", REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER), of_card)
    assert_null(strstr(made(ground, "north", REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER), "-30,news,"));
}

static void
the_title_says_how_many_were_accepted(void **state)
{
    const char *page = made(*state, NULL, REPORT_HTML, LANGUAGE_EN, ON_1_DECEMBER);
    assert_non_null(strstr(page, "<h1>November 2026: 4 of 9 files accepted wholly, "
                                 "44.4\xC2\xA0%</h1>"));
}

/* Both cards, in each form that is a text, in both languages. */
static void
a_card_tells_nothing_of_another_partner(void **state)
{
    static const char *const of_north[] = {"north", "Nord", "n-0", "N-", "PO-", "TEA", "FLD-DATE"};
    static const char *const of_south[] = {"south",
                                           "S\xC3\xBC"
                                           "d",
                                           "s-0", "stock-report"};
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int form = REPORT_HTML; form <= REPORT_CSV; form++) {
            const char *south = made(*state, "south", (enum report_form)form,
                                     (enum language)language, ON_1_DECEMBER);
            for (size_t index = 0; index < sizeof of_north / sizeof of_north[0]; index++) {
                assert_null(strstr(south, of_north[index]));
            }
            const char *north = made(*state, "north", (enum report_form)form,
                                     (enum language)language, ON_1_DECEMBER);
            for (size_t index = 0; index < sizeof of_south / sizeof of_south[0]; index++) {
                assert_null(strstr(north, of_south[index]));
            }
        }
    }
}

static void
a_card_has_the_figures_of_its_partner(void **state)
{
    static const struct figure figures[] = {
        {"total", "", "files", "6"},
        {"total", "", "taken", "1"},
        {"total", "", "duplicates", "1"},
        {"mistake", "FLD-DATE", "alone", "2"},
        {"mistake", "FLD-DATE", "rate_then", "50"},
        {"mistake", "ORDER-CONFLICT", "alone_documents", "1"},
        {"file", "n-03.csv", "state", "partly"},
        {"file", "n-05.csv", "document", ""},
        {"answer", "Nord & Co", "p50", "10"},
        {"product", "TEA", "difference", "4.00"},
    };
    CHECK_ALL(made(*state, "north", REPORT_CSV, LANGUAGE_EN, ON_1_DECEMBER), figures)
    const char *page = made(*state, "north", REPORT_HTML, LANGUAGE_EN, ON_1_DECEMBER);
    assert_non_null(
        strstr(page, "<h1>Nord &amp; Co, November 2026: 1 of 6 files accepted wholly</h1>"));
    assert_non_null(strstr(page, "Without this mistake 2 files more would be accepted wholly: "
                                 "50.0\xC2\xA0% instead of 16.7\xC2\xA0%."));
    page = made(*state, "south", REPORT_HTML, LANGUAGE_EN, ON_1_DECEMBER);
    assert_non_null(strstr(page, "<h1>All 3 files of S\xC3\xBC"
                                 "d in November 2026 were accepted</h1>"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_documents_and_mistakes_are_counted, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(times_and_days_are_held_against_what_is_expected, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(prices_are_compared_after_promotions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_became_known_later_counts_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(news_are_held_against_what_happened, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_title_says_how_many_were_accepted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_tells_nothing_of_another_partner, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_card_has_the_figures_of_its_partner, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
