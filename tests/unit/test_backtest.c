/* Orders of the past priced again: what their own uses of promotions mean, whose days they are, and
 * that the sums agree and nothing stays. */
#include "desk_world.h"

#include "base/buf.h"
#include "desk/backtest.h"
#include "intake/reading.h"
#include "store/store_backtest.h"

#define ORDERS                                                                                     \
    "order_number,order_date,line_number,sku,quantity,unit,currency,sold_to_code,"                 \
    "sold_to_name,sold_to_country,sold_to_city,sold_to_postal_code,sold_to_street,coupons\n"
#define TO(coupons) ",C62,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," coupons "\n"
#define TEN                                                                                        \
    "code,mode,valid_from,action,percent,limit_total\n"                                            \
    "TEN,compounded,2020-01-01,percent,10,"
#define PRICES "sku,scope,holder,currency,quantity_from,valid_from,price\n"

static int32_t
day(const char *text)
{
    int32_t found = 0;
    assert_true(day_parse(text, &found));
    return found;
}

/* All that the store says outside a backtest. */
static char *
dump(struct world *world)
{
    struct fault why = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    must(verify_dump(world->run.store, file, &why));
    fclose(file);
    return text;
}

static enum document_kind
add_rows(struct backtest *backtest, const char *bytes, struct findings *findings)
{
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    enum document_kind kind = DOCUMENT_NONE;
    const struct sender sender = {.encoding = "",
                                  .default_currency = "",
                                  .default_country = "",
                                  .customer = "",
                                  .today = moment_day(WORLD_AS_OF),
                                  .file_bytes_max = INT64_MAX};
    FILE *file = tmpfile();
    assert_non_null(file);
    fputs(bytes, file);
    fflush(file);
    rewind(file);
    must(reading_open(&reading, fileno(file), "t.csv", 5, &sender, findings, &why));
    while (reading_next(reading, &document, &why) == DONE) {
        kind = document->kind;
        must(backtest_add_row(backtest, "t.csv", document, findings, &why));
    }
    reading_close(reading);
    fclose(file);
    return kind;
}

/* "total||EUR 2 18.10 2 17.10" and so on: within the transaction, so by the store's connection. */
static const char *
sums(struct world *world, const char *kind)
{
    static char text[4096];
    struct fault why = {0};
    OWNED(rows) rows = {0};
    int length = 0;
    text[0] = '\0';
    must(store_query(world->run.store, SQL_backtest_sums, &rows, &why, TEXT(kind), INTEGER(0),
                     INTEGER(1000)));
    while (rows_next(&rows, &why) == DONE) {
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "%s%s:%s %" PRId64 "/%" PRId64 " %" PRId64 ">%" PRId64,
                           length == 0 ? "" : "; ", rows_text(&rows, 0), rows_text(&rows, 1),
                           rows_integer(&rows, 3), rows_integer(&rows, 4), rows_integer(&rows, 5),
                           rows_integer(&rows, 6));
    }
    return text;
}

struct expected {
    const char *total, *products, *rules;
};

static void
try_table(struct world *world, const char *from, const char *to, const char *table,
          const struct expected *expected)
{
    struct fault why = {0};
    struct backtest *backtest = NULL;
    OWNED(findings) findings;
    char *before = dump(world);
    findings_init(&findings);
    must(backtest_open(&backtest, &world->run, day(from), day(to), &why));
    must(backtest_judge(backtest, add_rows(backtest, table, &findings), &findings, &why));
    assert_false(findings_has(&findings, SEVERITY_ERROR));
    must(backtest_price(backtest, &why));
    assert_string_equal(sums(world, "total"), expected->total);
    assert_string_equal(sums(world, "product"), expected->products);
    assert_string_equal(sums(world, "rule"), expected->rules);
    backtest_close(backtest);
    char *after = dump(world);
    assert_string_equal(after, before);
    assert_string_equal(sums(world, "total"), "");
    free(before);
    free(after);
}

/* The very table in force changes nothing: what an order used itself does not count against it,
 * and what it uses again counts for those behind it. */
static void
own_uses_do_not_count(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", TEN "1\n");
    world_come(world, "nordlicht",
               ORDERS "A-1,2026-03-01,1,TEA-1,1" TO("") "A-2,2026-03-02,1,TEA-1,1" TO(""));
    try_table(world, "2026-03-01", "2026-03-31", TEN "1\n",
              &(struct expected){": 2/2 1710>1710", ":TEA-1 2/2 1710>1710",
                                 "group:EU 2/2 1800>1800; promotion:TEN 1/1 -90>-90"});
    /* With one more to give, the second gets it too. */
    try_table(world, "2026-03-01", "2026-03-31", TEN "2\n",
              &(struct expected){": 2/2 1710>1620", ":TEA-1 2/2 1710>1620",
                                 "promotion:TEN 1/2 -90>-180; group:EU 2/2 1800>1800"});
    /* Of the second day alone: the first has used it before. */
    try_table(world, "2026-03-02", "2026-03-02", TEN "1\n",
              &(struct expected){": 1/1 900>900", ":TEA-1 1/1 900>900", "group:EU 1/1 900>900"});
    /* Of the first day alone: the second came later. */
    try_table(world, "2026-03-01", "2026-03-01", TEN "1\n",
              &(struct expected){": 1/1 810>810", ":TEA-1 1/1 810>810",
                                 "group:EU 1/1 900>900; promotion:TEN 1/1 -90>-90"});
}

/* Another list: the rule that made the price then loses what the one of now wins.  What the partner
 * expected does not count, and refused orders do not. */
static void
prices_move_from_rule_to_rule(void **state)
{
    struct world *world = *state;
    world->partners[1].price_policy.beyond = DIFFERENCE_REFUSES;
    world_come(world, "nordlicht",
               ORDERS "A-1,2026-03-01,1,TEA-1,2" TO("") "A-1,2026-03-01,2,TEA-2,1" TO(
                   "") "A-2,2026-03-01,1,TEA-9,1" TO(""));
    world_come(world, "nordlicht", ORDERS "A-3,2026-03-01,1,TEA-1,20" TO(""));
    world_come(world, "linwei",
               "partner,order_number,version,decision,reason\nnordlicht,A-3,1,reject,no\n");
    world_do(world, "UPDATE order_line SET expected_price_micros = 9000000 WHERE sku = 'TEA-1'");
    try_table(world, "2026-03-01", "2026-03-01",
              PRICES "TEA-1,base,,EUR,0,2026-01-01,9.50\nTEA-2,base,,EUR,0,2026-01-01,20\n",
              &(struct expected){": 1/1 3800>3900", ":TEA-1 1/1 1800>1900; :TEA-2 1/1 2000>2000",
                                 "base: 1/2 2000>3900; group:EU 1/0 1800>0"});
}

/* What has changed since, and is not tried, makes no difference. */
static void
the_rest_is_as_it_was_booked(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDERS "A-1,2026-03-01,1,TEA-1,1" TO(""));
    world_come(world, "ledger",
               PRICES "TEA-1,base,,EUR,0,2026-01-01,11\nTEA-2,base,,EUR,0,2026-01-01,22\n");
    world_come(world, "nordlicht",
               ORDERS "A-2,2026-03-02,1,TEA-1,1" TO("") "A-3,2026-03-03,1,TEA-1,1" TO(""));
    try_table(world, "2026-03-01", "2026-03-03", TEN "\n",
              &(struct expected){": 3/3 3100>2790", ":TEA-1 3/3 3100>2790",
                                 "promotion:TEN 0/3 0>-310; base: 2/2 2200>2200; group:EU 1/1 "
                                 "900>900"});
}

/* More orders than are read at a time, and each once. */
static void
all_orders_of_the_period_are_priced_once(void **state)
{
    enum { COUNT = 600 };
    struct world *world = *state;
    OWNED(buf) file;
    char expected[100];
    buf_init(&file, 1024 * 1024);
    buf_text(&file, ORDERS);
    for (int number = 0; number < COUNT; number++) {
        buf_format(&file, "N-%d,2026-03-%02d,1,TEA-1,1" TO(""), number, number % 3 + 1);
    }
    world_come(world, "nordlicht", file.bytes);
    snprintf(expected, sizeof expected, ": %d/%d %d>%d", COUNT * 2 / 3, COUNT * 2 / 3,
             COUNT * 2 / 3 * 900, COUNT * 2 / 3 * 810);
    try_table(world, "2026-03-02", "2026-03-03", TEN "\n",
              &(struct expected){expected, ":TEA-1 400/400 360000>324000",
                                 "promotion:TEN 0/400 0>-36000; group:EU 400/400 360000>360000"});
}

/* Without a price an order is told, and its amounts are in no sum. */
static void
what_loses_its_price_is_told(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct backtest *backtest = NULL;
    OWNED(findings) findings;
    findings_init(&findings);
    world_come(world, "nordlicht",
               ORDERS "A-1,2026-03-01,1,TEA-1,2" TO("") "A-2,2026-03-01,1,TEA-2,1" TO(""));
    must(backtest_open(&backtest, &world->run, day("2026-03-01"), day("2026-03-01"), &why));
    must(backtest_judge(backtest,
                        add_rows(backtest, PRICES "TEA-1,base,,EUR,0,2026-01-01,9\n", &findings),
                        &findings, &why));
    must(backtest_price(backtest, &why));
    assert_string_equal(sums(world, "total"), ": 1/1 1800>1800");
    OWNED(rows) rows = {0};
    must(store_query(world->run.store, SQL_backtest_unpriced, &rows, &why, INTEGER(10)));
    must(rows_next(&rows, &why));
    assert_string_equal(rows_text(&rows, 2), "A-2");
    assert_int_equal(rows_integer(&rows, 4), 2000);
    assert_string_equal(rows_text(&rows, 6), "PRICE-NONE");
    assert_int_equal(rows_next(&rows, &why), NONE);
    rows_close(&rows);
    backtest_close(backtest);
}

/* What could not come into force is told, and the same kind comes once. */
static void
tables_are_judged_as_if_they_had_come(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct backtest *backtest = NULL;
    struct document document = {.kind = DOCUMENT_PRICES, .is_good = true};
    OWNED(findings) findings;
    findings_init(&findings);
    must(backtest_open(&backtest, &world->run, day("2026-03-01"), day("2026-03-01"), &why));
    must(backtest_judge(backtest,
                        add_rows(backtest, PRICES "TEA-7,base,,EUR,0,2026-01-01,9\n", &findings),
                        &findings, &why));
    assert_true(findings_has(&findings, SEVERITY_ERROR));
    assert_int_equal(backtest_add_row(backtest, "u.csv", &document, &findings, &why), FAILED);
    assert_int_equal(why.kind, FAULT_USAGE);
    backtest_close(backtest);
}

static void
a_row_of_a_table_that_is_tried_comes_once(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct backtest *backtest = NULL;
    OWNED(findings) findings;
    findings_init(&findings);
    must(backtest_open(&backtest, &world->run, day("2026-03-01"), day("2026-03-01"), &why));
    add_rows(backtest, PRICES "TEA-1,base,,EUR,0,2026-01-01,9\n", &findings);
    assert_int_equal(findings.count, 0);
    add_rows(backtest, PRICES "TEA-1,base,,EUR,0,2026-01-01,8\n", &findings);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].code, M_MASTER_ROW_TWICE);
    assert_non_null(strstr(findings.items[0].value, "TEA-1"));
    backtest_close(backtest);
}

/* "A-2 linwei>none; ": of the orders about which others would be asked. */
static const char *
asked_otherwise(struct world *world)
{
    static char text[4096];
    struct fault why = {0};
    int length = 0;
    text[0] = '\0';
    for (int is_gone = 0; is_gone < 2; is_gone++) {
        OWNED(rows) rows = {0};
        must(store_query(world->run.store, SQL_backtest_asked, &rows, &why, INTEGER(is_gone),
                         INTEGER(100)));
        while (rows_next(&rows, &why) == DONE) {
            length += snprintf(text + length, sizeof text - (size_t)length, "%s%s %s>%s",
                               length == 0 ? "" : "; ", rows_text(&rows, 2), rows_text(&rows, 6),
                               rows_text(&rows, 7));
        }
    }
    return text;
}

static void
try_matrix(struct world *world, const char *table, const char *asked, const char *approvers,
           const char *orders)
{
    struct fault why = {0};
    struct backtest *backtest = NULL;
    OWNED(findings) findings;
    char *before = dump(world);
    findings_init(&findings);
    must(backtest_open(&backtest, &world->run, day("2026-03-01"), day("2026-03-01"), &why));
    must(backtest_judge(backtest, add_rows(backtest, table, &findings), &findings, &why));
    assert_false(findings_has(&findings, SEVERITY_ERROR));
    must(backtest_price(backtest, &why));
    assert_string_equal(sums(world, "asked"), asked);
    assert_string_equal(sums(world, "approver"), approvers);
    assert_string_equal(asked_otherwise(world), orders);
    backtest_close(backtest);
    char *after = dump(world);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

/* Three orders of 53.55 on one day, where 100.00 ask, and one that was refused: each matrix counts
 * those that it lets through itself. */
static void
a_matrix_decides_again(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDERS "A-1,2026-03-01,1,TEA-1,5" TO(""));
    world_come(world, "nordlicht", ORDERS "A-2,2026-03-01,1,TEA-1,5" TO(""));
    world_come(world, "nordlicht", ORDERS "A-3,2026-03-01,1,TEA-1,5" TO(""));
    world_come(world, "nordlicht", ORDERS "A-4,2026-03-01,1,TEA-1,200" TO(""));
    world_come(world, "linwei",
               "partner,order_number,version,decision,reason\nnordlicht,A-4,1,reject,no\n");
    try_matrix(world, "currency,above,step,approver\nEUR,100.00,1,linwei\nEUR,1000.00,2,boss\n",
               ": 3/3 0>0", "1:linwei 3/3 0>0; 2:boss 1/1 0>0", "");
    try_matrix(world, "currency,above,step,approver\nEUR,150.00,1,linwei\nEUR,3000.00,2,boss\n",
               ": 3/2 0>0", "1:linwei 3/2 0>0; 2:boss 1/0 0>0",
               "A-4 linwei; boss>linwei; A-2 linwei>none");
    try_matrix(world,
               "currency,above,same_day,step,approver\nEUR,60.00,no,1,linwei | boss\n"
               "EUR,3000.00,no,2,boss\n",
               ": 3/1 0>0", "1:boss 0/1 0>0; 1:linwei 3/1 0>0; 2:boss 1/0 0>0",
               "A-4 linwei; boss>boss | linwei; A-2 linwei>none; A-3 linwei>none");
}

/* Who is asked is not tried together with what orders cost. */
static void
a_matrix_is_tried_by_itself(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct backtest *backtest = NULL;
    struct document document = {.kind = DOCUMENT_PRICES, .is_good = true};
    OWNED(findings) findings;
    findings_init(&findings);
    must(backtest_open(&backtest, &world->run, day("2026-03-01"), day("2026-03-01"), &why));
    add_rows(backtest, "currency,above,step,approver\nEUR,100.00,1,linwei\n", &findings);
    assert_true(backtest_is_of_approvals(backtest));
    assert_int_equal(backtest_add_row(backtest, "u.csv", &document, &findings, &why), FAILED);
    assert_int_equal(why.kind, FAULT_USAGE);
    backtest_close(backtest);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(own_uses_do_not_count, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_row_of_a_table_that_is_tried_comes_once, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(prices_move_from_rule_to_rule, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(the_rest_is_as_it_was_booked, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(all_orders_of_the_period_are_priced_once, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_loses_its_price_is_told, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_matrix_decides_again, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_matrix_is_tried_by_itself, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(tables_are_judged_as_if_they_had_come, world_setup,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
