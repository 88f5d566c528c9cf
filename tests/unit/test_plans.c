/* No statement gets slower with what is stored: SQLite is asked for its plan of each, and none may
 * read a whole table, or all of a partner's rows, but those that are named here with the reason. */
#include "config/embedded.h"
#include "statements.gen.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATEMENT_AS_NAMED(name, sql) {#name, sql},
static const struct {
    const char *name;
    const char *sql;
} statements[] = {STATEMENTS(STATEMENT_AS_NAMED)};
enum { STATEMENTS_KNOWN = sizeof statements / sizeof statements[0] };

/* What may look at everything of a table, and why. */
static const struct {
    const char *name;
    const char *plan; /* the step of the plan begins so */
    const char *why;
} exceptions[] = {
    {"outbox_message_insert", "SEARCH outbox_message", "max() of an index: its last entry"},
    {"outbox_group_newest", "SEARCH outbox_message", "max() of an index: its last entry"},
    {"outbox_group_sealed", "SEARCH outbox_file", "from the end of an index, one row"},
    {"interchange_repetition", "SEARCH interchange", "max() of an index: its last entry"},
    {"document_notice_lines", "SEARCH t", "the lines of one file"},
    {"document_notice_lines", "SEARCH r", "the lots of one file"},
    {"invoice_shipped", "SEARCH t", "the lines of one order"},
    {"sales_day", "SCAN d", "the days of a period"},
    {"sales_movement", "SCAN 12 CONSTANT ROWS", "twelve names"},
    {"sales_movement", "SCAN x", "twelve names"},
    {"movement_months_ordered", "SCAN d", "the products of a period"},
    {"customers_rank", "SCAN 9 CONSTANT ROWS", "nine steps"},
    {"movement_gather_stock", "SCAN i", "one row for each product of a warehouse"},
    {"customers_class", "SCAN m", "one row, of averages"},
    {"customers_customer", "SCAN m", "one row, of averages"},
    {"finance_reconcile", "SCAN 34 CONSTANT ROWS", "the lines of the reconciliation"},
    {"finance_reconcile", "SCAN b", "its parts, for each currency"},
    {"finance_reconcile", "SEARCH s", "likewise"},
    {"finance_reconcile", "SEARCH f", "likewise"},
    {"death_list", "SCAN d", "one row for each run that ended in the middle of a file"},
    {"view_status_suspects", "SCAN d", "likewise"},
    {"view_status_set_aside", "SCAN d", "likewise"},
    {"rhythm_list", "SCAN r", "one row for each partner and kind of file"},
    {"status_look_get", "SEARCH status_look", "one row, by its key"},
    {"left_list", "SEARCH left_alone", "twenty rows of a mailbox at most"},
    {"left_gone", "SEARCH left_alone", "one row, by its key"},
    {"plan_is_refused", "SEARCH f", "one row, by its key"},
    {"view_status_left", "SCAN left_alone", "twenty rows of a mailbox at most"},
    {"master_in_force", "SCAN f", "one row for each kind of master data"},
    {"tracking_due_some", "SCAN tracking_due",
     "orders whose pages are to be made, a batch at a time"},
    {"delay_due_list", "SCAN delay_due", "orders with news, each looked at once"},
    {"plan_products_due", "SCAN planning_due", "products that have news, one after the other"},
    {"view_orders", "SCAN o", "a list for people: newest first, up to a limit"},
    {"view_invoices", "SCAN i", "a list for people: newest first, up to a limit"},
    {"view_payments", "SCAN p", "a list for people: newest first, up to a limit"},
    {"view_status_release_silent", "SEARCH n", "is there any? the first is enough"},
    {"stop_insert", "SEARCH stop_notice", "max() of an index: its last entry"},
    {"view_stops", "SCAN s", "a list for people: newest first, up to a limit"},
    {"view_production", "SCAN x", "a list for people: newest first, up to a limit"},
    {"view_returns", "SCAN r", "a list for people: newest first, up to a limit"},
    {"fee_orders", "SCAN g", "a list for people: what was ever charged, few cancellations are"},
    {"view_files", "SCAN interchange", "a list for people: newest first, up to a limit"},
    {"view_reports", "SCAN report", "a list for people: one row for each period"},
    {"backtest_used", "SEARCH v", "the orders of a period and those behind it, a batch at a time"},
    {"backtest_orders", "SEARCH v", "the orders of a period, a batch at a time"},
    {"backtest_totals", "SCAN u", "once for each currency: orders that lose their price"},
    {"backtest_unpriced", "SCAN backtest_unpriced", "a list for people"},
    {"backtest_unpriced_count", "SCAN backtest_unpriced", "a count for people"},
    {"backtest_asked", "SCAN backtest_asked", "a list for people"},
    {"backtest_asked_count", "SCAN backtest_asked", "a count for people"},
    {"credit_open", "SEARCH customer_open", "a row for each currency"},
    {"credit_to_look", "SEARCH customer_open", "a row for each currency"},
    {"credit_to_look", "SEARCH l", "one row, by its key"},
    {"credit_look_forget", "SEARCH credit_look", "one row, by its key"},
    {"ledger_place", "SEARCH stock_place", "one row, by its key"},
    {"plan_is_unmade", "SEARCH s", "one row, by its key"},
    {"view_stock", "SCAN stock_item", "a list for people: up to a limit"},
    {"view_stock", "SCAN stock_receipt", "a list for people: up to a limit"},
    {"view_status_unpriced_count", "SCAN order_awaiting_price", "orders that wait for a price"},
    {"view_status_unpriced", "SCAN a", "one row for each order that waits for a price"},
    {"view_partner_files", "SEARCH interchange", "a count for people"},
    {"view_partner_orders", "SEARCH orders", "a count for people"},
};
enum { EXCEPTION_COUNT = sizeof exceptions / sizeof exceptions[0] };

/* With these conditions alone there is ever more to read. */
static const char *const growing[] = {
    "(partner=?)",
    "(partner=? AND kind=?)",
    "(partner=? AND sha256=?)",
    "(partner=? AND mailbox=?)",
    "(partner=? AND mailbox=? AND name=?)",
    "(warehouse=?)",
    "(state=?)",
    "(approval=?)",
    "(customer=?)",
    "((", /* a row value: SQLite uses its first column for the beginning and reads on */
};

struct world {
    char folder[64];
    sqlite3 *store;
    bool is_used[EXCEPTION_COUNT];
    int wrong;
};

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct store *made = NULL;
    struct fault why = {0};
    char path[80];
    assert_non_null(world);
    snprintf(world->folder, sizeof world->folder, "/tmp/purser-plans-XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    snprintf(path, sizeof path, "%s/purser.db", world->folder);
    assert_int_equal(store_open(&made, path, STORE_CREATE, &why), DONE);
    store_shut(made);
    assert_int_equal(sqlite3_open(path, &world->store), SQLITE_OK);
    const struct embedded *scratch = embedded_find("store/scratch.sql");
    char *sql = strndup((const char *)scratch->bytes, scratch->size);
    assert_int_equal(sqlite3_exec(world->store, sql, NULL, NULL, NULL), SQLITE_OK);
    free(sql);
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;
    char command[100];
    sqlite3_close(world->store);
    snprintf(command, sizeof command, "rm -rf %s", world->folder);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): our own folder */
    free(world);
    return 0;
}

static sqlite3_stmt *
ask(const struct world *world, const char *sql)
{
    sqlite3_stmt *rows = NULL;
    if (sqlite3_prepare_v2(world->store, sql, -1, &rows, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(world->store));
    }
    return rows;
}

static bool
is_true(const struct world *world, const char *question)
{
    sqlite3_stmt *rows = ask(world, question);
    assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
    const bool answer = sqlite3_column_int(rows, 0) != 0;
    sqlite3_finalize(rows);
    return answer;
}

/* Is the index that this step names one of open work alone?  What is done leaves it. */
static bool
has_partial_index(const struct world *world, const char *step)
{
    char name[80] = "";
    char question[300];
    const char *at = strstr(step, "INDEX ");
    if (at == NULL || sscanf(at, "INDEX %79[a-z0-9_]", name) != 1) {
        return false;
    }
    snprintf(question, sizeof question,
             "SELECT count(*) FROM sqlite_schema WHERE name = '%s' AND sql LIKE '%%)%%WHERE %%'"
             " AND sql NOT LIKE '%%IS NOT NULL'",
             name);
    return is_true(world, question);
}

/* Is what this step goes over the result of a subquery, or no table at all? */
static bool
reads_no_table(const char *step, const char *subqueries)
{
    char name[80] = "";
    char noted[82];
    assert_int_equal(sscanf(strchr(step, ' ') + 1, "%79s", name), 1);
    snprintf(noted, sizeof noted, " %s ", name);
    return name[0] == '(' || strcmp(name, "CONSTANT") == 0 || strstr(step, "VIRTUAL") != NULL ||
           strstr(subqueries, noted) != NULL;
}

/* Is it a table of schemas/store/scratch.sql, by its name or another that the statement gives it?
 * It holds what a report has gathered, and nothing else. */
static bool
reads_scratch(const char *step, const char *sql)
{
    char name[80] = "";
    char table[80];
    char other[80];
    assert_int_equal(sscanf(strchr(step, ' ') + 1, "%79s", name), 1);
    if (strncmp(name, "temp.", 5) == 0) {
        return true;
    }
    for (const char *at = strstr(sql, "temp."); at != NULL; at = strstr(at + 1, "temp.")) {
        other[0] = '\0';
        if (sscanf(at, "temp.%79[a-z_] %79[a-z_]", table, other) >= 1 &&
            (strcmp(name, table) == 0 || strcmp(name, other) == 0)) {
            return true;
        }
    }
    return false;
}

static bool
grows(const struct world *world, const char *step, const char *subqueries)
{
    const bool scans = strncmp(step, "SCAN ", 5) == 0 || strstr(step, "AUTOMATIC") != NULL;
    if ((!scans && strncmp(step, "SEARCH ", 7) != 0) || reads_no_table(step, subqueries) ||
        has_partial_index(world, step)) {
        return false;
    }
    for (size_t index = 0; index < sizeof growing / sizeof growing[0] && !scans; index++) {
        if (strstr(step, growing[index]) != NULL) {
            return true;
        }
    }
    return scans;
}

static bool
is_excepted(struct world *world, const char *name, const char *step)
{
    for (size_t index = 0; index < EXCEPTION_COUNT; index++) {
        if (strcmp(exceptions[index].name, name) == 0 &&
            strncmp(exceptions[index].plan, step, strlen(exceptions[index].plan)) == 0) {
            world->is_used[index] = true;
            return true;
        }
    }
    return false;
}

static void
check_statement(struct world *world, const char *name, const char *sql)
{
    char question[16000];
    char subqueries[4000] = " ";
    snprintf(question, sizeof question, "EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *steps = ask(world, question);
    while (sqlite3_step(steps) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(steps, 3);
        char made[80];
        if (sscanf(step, "MATERIALIZE %79s", made) == 1 ||
            sscanf(step, "CO-ROUTINE %79s", made) == 1) {
            const size_t length = strlen(subqueries);
            snprintf(subqueries + length, sizeof subqueries - length, "%s ", made);
        }
        if (grows(world, step, subqueries) && !reads_scratch(step, sql) &&
            !is_excepted(world, name, step)) {
            print_error("%s reads more the more is stored: %s\n", name, step);
            world->wrong++;
        }
    }
    sqlite3_finalize(steps);
}

static void
no_statement_reads_more_the_more_is_stored(void **state)
{
    struct world *world = *state;
    for (size_t index = 0; index < STATEMENTS_KNOWN; index++) {
        /* `purser verify` and the dump of the tests go over everything: that is what they are for.
         */
        if (strncmp(statements[index].name, "verify_", 7) != 0 &&
            strncmp(statements[index].name, "dump_", 5) != 0) {
            check_statement(world, statements[index].name, statements[index].sql);
        }
    }
    for (size_t index = 0; index < EXCEPTION_COUNT; index++) {
        if (!world->is_used[index]) {
            print_error("%s needs no exception any more\n", exceptions[index].name);
            world->wrong++;
        }
    }
    assert_int_equal(world->wrong, 0);
}

static bool
is_deleted_from(const char *table)
{
    char wanted[100];
    snprintf(wanted, sizeof wanted, "DELETE FROM %s ", table);
    for (size_t index = 0; index < STATEMENTS_KNOWN; index++) {
        if (strstr(statements[index].sql, wanted) != NULL) {
            return true;
        }
    }
    return false;
}

/* Before a row is deleted SQLite looks for rows that refer to it, in each table that declares so:
 * there an index must begin with the column, or the column be its key.  (master_in_force has one
 * row for each kind.) */
static void
what_is_deleted_is_looked_for_by_index(void **state)
{
    struct world *world = *state;
    sqlite3_stmt *rows = ask(
        world, "SELECT child.name, key.\"from\", key.\"table\""
               " FROM sqlite_schema child JOIN pragma_foreign_key_list(child.name) key"
               " WHERE child.type = 'table' AND child.name <> 'master_in_force' AND NOT EXISTS"
               " (SELECT 1 FROM pragma_index_list(child.name) i"
               "  JOIN pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = key.\"from\")"
               " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(child.name) t"
               "                 WHERE t.name = key.\"from\" AND t.type = 'INTEGER' AND t.pk = 1)");
    while (sqlite3_step(rows) == SQLITE_ROW) {
        if (is_deleted_from((const char *)sqlite3_column_text(rows, 2))) {
            print_error("%s.%s refers to %s and has no index\n", sqlite3_column_text(rows, 0),
                        sqlite3_column_text(rows, 1), sqlite3_column_text(rows, 2));
            world->wrong++;
        }
    }
    sqlite3_finalize(rows);
    assert_true(is_deleted_from("orders"));
    assert_int_equal(world->wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_statement_reads_more_the_more_is_stored, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_deleted_is_looked_for_by_index, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
