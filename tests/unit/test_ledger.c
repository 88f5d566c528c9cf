/* Stock reports over a real store: what warehouses have, by all that was told. */
#include "ledger_told.h"

static void
a_count_says_what_there_is_and_what_is_not_there(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               FULL COUNTED("TEA-1", "5", "20T10:00:00") COUNTED("TEA-2", "7", "20T10:00:00"));
    assert_string_equal(stock(world), "TEA-1 5, TEA-2 7");
    assert_string_equal(state_of_file(world), "taken 2/2");
    world_come(world, "harbour", FULL COUNTED("TEA-1", "4", "21T10:00:00"));
    assert_string_equal(stock(world), "TEA-1 4, TEA-2 0");
    assert_string_equal(moves(world),
                        "TEA-1 count 5 5, TEA-1 count 4 -1, TEA-2 count 7 7, TEA-2 count 0 -7");
    assert_string_equal(findings(world), "");
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_report"), 0);
}

static void
a_count_that_finds_what_was_known_leaves_no_move(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "21T10:00:00"));
    assert_string_equal(moves(world), "TEA-1 count 5 5");
    assert_string_equal(world_text(world, "SELECT strftime('%d', counted_ms / 1000, 'unixepoch') "
                                          "FROM stock_item"),
                        "21");
}

static void
changes_count_from_the_count_on(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "10", "20T11:00:00", "receipt", "M-1", "")
                   CHANGE("TEA-1", "-2", "20T12:00:00", "scrap", "M-2", "")
                       CHANGE("TEA-1", "-4", "20T10:00:00", "transfer", "M-3", ""));
    assert_string_equal(stock(world), "TEA-1 13");
    /* The count at ten knew what happened at ten. */
    assert_string_equal(
        moves(world),
        "TEA-1 count 5 5, TEA-1 transfer -4 0, TEA-1 receipt 10 10, TEA-1 scrap -2 -2");
    assert_string_equal(findings(world), "STOCK-LATE 1  0");
}

static void
a_count_keeps_what_came_after_it(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "3", "20T09:00:00", "receipt", "M-1", "")
                   CHANGE("TEA-1", "10", "20T11:00:00", "receipt", "M-2", "")
                       CHANGE("TEA-2", "2", "20T11:00:00", "return", "M-3", ""));
    assert_string_equal(stock(world), "TEA-1 13, TEA-2 2");
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    assert_string_equal(stock(world), "TEA-1 15, TEA-2 2");
}

/* What nobody had told of before the count was not there then. */
static void
news_from_before_the_first_count_of_a_place_change_nothing(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-2", "3", "20T09:00:00", "receipt", "M-1", "")
                   CHANGE("TEA-2", "4", "20T11:00:00", "receipt", "M-2", ""));
    assert_string_equal(stock(world), "TEA-1 5, TEA-2 4");
}

static void
an_older_count_changes_nothing(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    world_come(world, "harbour",
               FULL COUNTED("TEA-1", "9", "19T10:00:00") COUNTED("TEA-2", "1", "19T10:00:00"));
    assert_string_equal(stock(world), "TEA-1 5");
    assert_string_equal(findings(world), "STOCK-OLD 2026-11-19T10:00:00Z 2026-11-20T10:00:00Z 2");
    assert_string_equal(state_of_file(world), "refused 0/2");
    /* One of the same moment is a better one. */
    world_come(world, "harbour", FULL COUNTED("TEA-1", "6", "20T10:00:00"));
    assert_string_equal(stock(world), "TEA-1 6");
}

static void
a_count_with_a_mistake_takes_nothing_away(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               FULL COUNTED("TEA-1", "5", "20T10:00:00") COUNTED("TEA-2", "7", "20T10:00:00")
                   COUNTED("SALT", "2", "20T10:00:00"));
    /* Seen at the desk ... */
    world_come(world, "harbour",
               FULL COUNTED("TEA-1", "4", "21T10:00:00") COUNTED("TEE-2", "6", "21T10:00:00"));
    assert_string_equal(stock(world), "SALT 2, TEA-1 4, TEA-2 7");
    assert_string_equal(findings(world), "STOCK-SKU-UNKNOWN TEE-2  3, STOCK-NOT-NAMED 2  0");
    assert_string_equal(state_of_file(world), "partly 1/2");
    /* ... and at the intake. */
    world_come(world, "harbour",
               FULL COUNTED("TEA-1", "3", "22T10:00:00") COUNTED("TEA-2", "many", "22T10:00:00"));
    assert_string_equal(stock(world), "SALT 2, TEA-1 3, TEA-2 7");
    /* What it did not count is not known of then: news from before are news. */
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-2", "-1", "21T18:00:00", "transfer", "M-1", ""));
    assert_string_equal(stock(world), "SALT 2, TEA-1 3, TEA-2 6");
    world_come(world, "harbour", FULL COUNTED("TEA-1", "3", "23T10:00:00"));
    assert_string_equal(stock(world), "SALT 0, TEA-1 3, TEA-2 0");
}

static void
a_number_counts_once(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "10", "20T11:00:00", "receipt", "M-1", "")
                   CHANGE("TEA-1", "10", "20T11:00:00", "receipt", "M-1", ""));
    assert_string_equal(stock(world), "TEA-1 10");
    assert_string_equal(findings(world), "STOCK-KNOWN 1  0");
    assert_string_equal(state_of_file(world), "taken 2/2");
    world_come(world, "harbour",
               CHANGES "change,TEA-1,10,2026-11-20T11:00:00Z,receipt,M-1,,in other words\n");
    assert_string_equal(findings(world), "STOCK-KNOWN 1  0");
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "11", "20T11:00:00", "receipt", "M-1", "")
                   CHANGE("TEA-2", "1", "20T11:00:00", "receipt", "M-2", ""));
    assert_string_equal(findings(world), "STOCK-CONFLICT M-1  2");
    assert_string_equal(stock(world), "TEA-1 10, TEA-2 1");
    assert_string_equal(state_of_file(world), "partly 1/2");
}

static void
more_may_have_left_than_anybody_told(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "-3", "20T11:00:00", "transfer", "M-1", ""));
    assert_string_equal(stock(world), "TEA-1 -3");
    assert_string_equal(findings(world), "");
    world_come(world, "harbour", CHANGES CHANGE("TEA-1", "3", "20T10:00:00", "receipt", "M-2", ""));
    assert_string_equal(stock(world), "TEA-1 0");
}

static void
what_is_no_quantity_of_the_product_is_told(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               "extent,sku,quantity,unit,as_of\n"
               "full,TEA-1,2.5,,2026-11-20T10:00:00Z\n"
               "full,TEA-2,2,KGM,2026-11-20T10:00:00Z\n"
               "full,SALT,2.5,KGM,2026-11-20T10:00:00Z\n");
    assert_string_equal(findings(world), "FLD-NUMBER-WHOLE 2.5 C62 2, STOCK-UNIT TEA-2 C62 3");
    assert_string_equal(
        world_text(world, "SELECT group_concat(sku || ' ' || on_hand_micros) FROM stock_item"),
        "SALT 2500000");
}

static void
nothing_grows_beyond_all_counting(void **state)
{
    struct world *world = *state;
    world_do(world, "INSERT INTO stock_item VALUES ('harbour', 'TEA-1', 999999999999000000, 0, "
                    "NULL); INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, "
                    "effect_micros, happened_ms, known_ms, reference, reason, line) VALUES "
                    "('harbour', 'TEA-1', 'correction', 'X', 999999999999000000, "
                    "999999999999000000, 1, 1, '', '', 1)");
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "1000000", "20T11:00:00", "receipt", "M-1", ""));
    assert_string_equal(findings(world), "STOCK-TOO-MUCH TEA-1  2");
    assert_string_equal(state_of_file(world), "refused 0/1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_move"), 1);
}

static void
what_is_to_come_is_what_was_said_last(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               PLANNED PLAN("TEA-1", "100", "PO-1", "01") PLAN("TEA-1", "50", "PO-2", "08")
                   PLAN("TEA-2", "5", "PO-1", "01"));
    assert_string_equal(to_come(world), "TEA-1 PO-1 100 2026-12-01, TEA-1 PO-2 50 2026-12-08, "
                                        "TEA-2 PO-1 5 2026-12-01");
    world_come(world, "harbour",
               PLANNED PLAN("TEA-1", "80", "PO-1", "03") "planned,TEA-1,0,PO-2,,\n");
    assert_string_equal(to_come(world), "TEA-1 PO-1 80 2026-12-03, TEA-2 PO-1 5 2026-12-01");
    assert_string_equal(stock(world), "");
}

static void
a_receipt_comes_off_what_was_planned(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour",
               PLANNED PLAN("TEA-1", "100", "PO-1", "01") PLAN("TEA-2", "5", "PO-1", "01"));
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "60", "22T11:00:00", "receipt", "M-1", "PO-1")
                   CHANGE("TEA-2", "6", "22T11:00:00", "receipt", "M-2", "PO-1")
                       CHANGE("TEA-1", "7", "22T11:00:00", "receipt", "M-3", "PO-9")
                           CHANGE("TEA-1", "1", "22T11:00:00", "return", "M-4", "PO-1"));
    assert_string_equal(to_come(world), "TEA-1 PO-1 40 2026-12-01");
    assert_string_equal(stock(world), "TEA-1 68, TEA-2 6");
    /* A count that knew of it makes no difference to that. */
    world_come(world, "harbour", FULL COUNTED("TEA-1", "60", "23T10:00:00"));
    world_come(world, "harbour",
               CHANGES CHANGE("TEA-1", "40", "22T12:00:00", "receipt", "M-5", "PO-1"));
    assert_string_equal(to_come(world), "");
    assert_string_equal(stock(world), "TEA-1 60, TEA-2 0");
}

/* With a moment, a plan and the receipts of it may come in any order. */
static void
a_plan_with_a_moment_knows_what_had_come(void **state)
{
    static const char *const files[] = {
        PLANNED PLAN_AS_OF("TEA-1", "60", "PO-1", "01", "22T12:00:00"),
        CHANGES CHANGE("TEA-1", "40", "22T11:00:00", "receipt", "M-1", "PO-1"),
        CHANGES CHANGE("TEA-1", "10", "22T13:00:00", "receipt", "M-2", "PO-1"),
        PLANNED PLAN_AS_OF("TEA-1", "100", "PO-1", "05", "21T12:00:00"),
    };
    static const int orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 2, 0}};
    struct world *world = *state;
    for (size_t order = 0; order < sizeof orders / sizeof orders[0]; order++) {
        for (size_t at = 0; at < 4; at++) {
            world_come(world, "harbour", files[orders[order][at]]);
        }
        assert_string_equal(to_come(world), "TEA-1 PO-1 50 2026-12-01");
        assert_string_equal(stock(world), "TEA-1 50");
        world_do(world, "DELETE FROM stock_move; DELETE FROM stock_item; DELETE FROM "
                        "stock_receipt; UPDATE interchange SET state = 'refused' WHERE document "
                        "= 'stock-report'");
    }
}

static void
an_older_plan_is_told(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", PLANNED PLAN_AS_OF("TEA-1", "60", "PO-1", "01", "22T12:00:00"));
    world_come(world, "harbour", PLANNED PLAN_AS_OF("TEA-1", "70", "PO-1", "02", "22T11:00:00"));
    assert_string_equal(findings(world), "STOCK-PLAN-OLD PO-1 TEA-1 2026-11-22T12:00:00Z 2");
    assert_string_equal(to_come(world), "TEA-1 PO-1 60 2026-12-01");
}

static void
a_file_that_is_all_or_nothing_is_nothing(void **state)
{
    struct world *world = *state;
    world->partners[2].acceptance = ACCEPT_ALL_OR_NOTHING;
    world_come(world, "harbour",
               FULL COUNTED("TEA-1", "5", "20T10:00:00") COUNTED("TEE-2", "7", "20T10:00:00"));
    assert_string_equal(stock(world), "");
    assert_int_equal(world_number(world, "SELECT (SELECT count(*) FROM stock_report) + (SELECT "
                                         "count(*) FROM stock_move) + (SELECT count(*) FROM "
                                         "stock_place)"),
                     0);
    world->partners[2].acceptance = ACCEPT_TEST_ONLY;
    world_come(world, "harbour", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    assert_string_equal(stock(world), "");
}

static void
only_warehouses_tell_of_stock(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", FULL COUNTED("TEA-1", "5", "20T10:00:00"));
    assert_string_equal(stock(world), "");
    assert_string_equal(findings(world), "FILE-ROLE stock-report  0");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        LEDGER_TEST(a_count_says_what_there_is_and_what_is_not_there),
        LEDGER_TEST(a_count_that_finds_what_was_known_leaves_no_move),
        LEDGER_TEST(changes_count_from_the_count_on),
        LEDGER_TEST(a_count_keeps_what_came_after_it),
        LEDGER_TEST(news_from_before_the_first_count_of_a_place_change_nothing),
        LEDGER_TEST(an_older_count_changes_nothing),
        LEDGER_TEST(a_count_with_a_mistake_takes_nothing_away),
        LEDGER_TEST(a_number_counts_once),
        LEDGER_TEST(more_may_have_left_than_anybody_told),
        LEDGER_TEST(what_is_no_quantity_of_the_product_is_told),
        LEDGER_TEST(nothing_grows_beyond_all_counting),
        LEDGER_TEST(what_is_to_come_is_what_was_said_last),
        LEDGER_TEST(a_receipt_comes_off_what_was_planned),
        LEDGER_TEST(a_plan_with_a_moment_knows_what_had_come),
        LEDGER_TEST(an_older_plan_is_told),
        LEDGER_TEST(a_file_that_is_all_or_nothing_is_nothing),
        LEDGER_TEST(only_warehouses_tell_of_stock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
