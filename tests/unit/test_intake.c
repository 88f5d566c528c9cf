/* Intake and desk together, from files to a final state, over small CSV files. */
#include "desk_world.h"

#include "store/store_arrival.h"

#define ORDERS                                                                                     \
    "order_number,sku,quantity,unit,currency,sold_to_code,sold_to_name,sold_to_country,"           \
    "sold_to_city,sold_to_postal_code,sold_to_street\n"
#define TO ",Anna Berg,DE,Berlin,10115,Weg 1\n"

/* State and documents of the interchange that came last: "taken 2/2". */
static const char *
last_file(struct world *world)
{
    return world_text(world,
                      "SELECT state || ' ' || documents_taken || '/' || documents FROM interchange"
                      " ORDER BY id DESC");
}

static const char *
codes(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code), '') FROM"
                             " (SELECT * FROM finding ORDER BY interchange_id, ordinal)"
                             " WHERE interchange_id = (SELECT max(id) FROM interchange)");
}

static const char *
drawer(struct world *world)
{
    return world_text(
        world, "SELECT substr(place, 1, instr(place, '/') - 1) FROM interchange ORDER BY id DESC");
}

static void
good_orders_of_a_partly_bad_file_are_taken(void **state)
{
    struct world *world = *state;
    world_land(world, "bluebird", "a.csv",
               ORDERS "A-1,TEA-1,2,C62,EUR," TO "A-2,TEA-1,many,C62,EUR," TO
                      "A-3,TEA-4,2,C62,EUR," TO);
    world_work(world);
    assert_string_equal(last_file(world), "partly 1/3");
    assert_string_equal(codes(world), "FLD-NUMBER,PRICE-SKU-UNKNOWN");
    assert_string_equal(drawer(world), "archive");
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 2);
    assert_int_equal(world->run.counts.files_taken, 1);
    assert_int_equal(world->run.counts.orders_received, 2);
}

static void
the_same_bytes_are_a_duplicate(void **state)
{
    struct world *world = *state;
    const char *bytes = ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO;
    world_land(world, "nordlicht", "a.csv", bytes);
    world_land(world, "nordlicht", "b.csv", bytes);
    world_work(world);
    world_land(world, "nordlicht", "a.csv", bytes);
    world_work(world);
    assert_string_equal(last_file(world), "duplicate 0/0");
    assert_string_equal(codes(world), "FILE-DUPLICATE");
    assert_string_equal(drawer(world), "duplicate");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM interchange WHERE state = 'duplicate'"), 2);
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 1);
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM outbox_message WHERE kind = 'acknowledgement'"
                            " AND partner = 'nordlicht'"),
        3);
    world_land(world, "bluebird", "a.csv", bytes); /* another partner's file is no duplicate */
    world_work(world);
    assert_string_equal(codes(world), "PRICE-CUSTOMER-UNKNOWN");
}

/* What waits, and how many times the file was found to be unreadable: "c.csv,d.csv". */
static const char *
waiting(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(name), '') FROM (SELECT name FROM"
                             " arrival WHERE state = 'landed' ORDER BY name)");
}

/* A file that is not in the spool waits for as many runs as it takes, what came with it for one run
 * each; another mailbox's file for none. */
static void
what_cannot_be_read_waits_and_stops_nobody(void **state)
{
    struct world *world = *state;
    char place[4200];
    world_land(world, "bluebird", "b.csv", ORDERS "B-1,TEA-1,1,C62,EUR,C200" TO);
    world_land(world, "nordlicht", "c.csv", ORDERS "A-1,TEA-1,1,C62,EUR,C100" TO);
    world_land(world, "nordlicht", "d.csv", ORDERS "A-2,TEA-1,1,C62,EUR,C100" TO);
    snprintf(place, sizeof place, "spool/%s",
             world_text(world, "SELECT spool FROM arrival WHERE name = CAST('c.csv' AS BLOB)"));
    assert_int_equal(renameat(world->run.state, place, world->run.state, "kept"), 0);
    world->run.id = 7;
    world_work(world);
    world_work(world); /* the same run, when it has put files off */
    assert_string_equal(waiting(world), "c.csv,d.csv");
    assert_int_equal(world->run.counts.files_waiting, 2);
    world_land(world, "nordlicht", "e.csv", ORDERS "A-3,TEA-1,1,C62,EUR,C100" TO);
    world->run.id = 8;
    world_work(world);
    assert_string_equal(waiting(world), "c.csv,e.csv");
    world->run.id = 9;
    world_work(world);
    assert_string_equal(waiting(world), "c.csv");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM arrival WHERE trouble LIKE '%is missing'"), 1);
    assert_int_equal(renameat(world->run.state, "kept", world->run.state, place), 0);
    world->run.id = 10;
    world->run.counts = (struct run_counts){0};
    world_work(world);
    assert_string_equal(waiting(world), "");
    assert_int_equal(world->run.counts.files_waiting, 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM arrival WHERE trouble IS NOT NULL"),
                     0);
}

/* What landed while its mailbox failed waits one run; another mailbox's file, and one that landed
 * before, do not. */
static void
files_wait_one_run_for_their_mailbox(void **state)
{
    struct world *world = *state;
    const struct arrival_key mailbox = {"nordlicht", "main", "", 0, 0};
    struct fault why = {0};
    int64_t count = 0;
    world_land(world, "nordlicht", "a.csv", ORDERS "A-1,TEA-1,1,C62,EUR,C100" TO);
    const int64_t before =
        world_land(world, "bluebird", "b.csv", ORDERS "B-1,TEA-1,1,C62,EUR,C200" TO);
    world_land(world, "nordlicht", "c.csv", ORDERS "A-2,TEA-1,1,C62,EUR,C100" TO);
    world->run.id = 7;
    must(arrival_hold(world->run.store, &mailbox, before, world->run.id, &count, &why));
    assert_int_equal(count, 1);
    world_work(world);
    assert_string_equal(world_text(world, "SELECT group_concat(name) FROM (SELECT name FROM"
                                          " interchange WHERE id > 1 ORDER BY name)"),
                        "a.csv,b.csv");
    world->run.id = 8;
    world_work(world);
    assert_string_equal(world_text(world, "SELECT group_concat(name) FROM (SELECT name FROM"
                                          " interchange WHERE id > 1 ORDER BY name)"),
                        "a.csv,b.csv,c.csv");
}

static void
a_refused_file_may_be_sent_again(void **state)
{
    struct world *world = *state;
    const char *bytes = ORDERS "A-1,TEA-5,2,C62,EUR,C100" TO;
    world_land(world, "nordlicht", "a.csv", bytes);
    world_work(world);
    assert_string_equal(last_file(world), "refused 0/1");
    assert_string_equal(drawer(world), "quarantine");
    world_do(
        world,
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, line) VALUES (2, 'TEA-5', 'White', '', 'tea', 'C62', 'std', 190000, 9);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES (4, 'TEA-5', "
        "'base', '', 'EUR', 'all-units', '', 0, 0, "
        "2147483647, 1000000, 9)");
    world_land(world, "nordlicht", "a.csv", bytes);
    world_work(world);
    assert_string_equal(last_file(world), "taken 1/1");
    assert_int_equal(world_number(world, "SELECT version FROM orders"), 2);
    assert_int_equal(
        world_number(world, "SELECT repetition FROM interchange WHERE state = 'taken' AND id > 1"),
        1);
}

static void
a_number_in_use_is_known_or_a_conflict(void **state)
{
    struct world *world = *state;
    world_land(world, "nordlicht", "a.csv", ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO);
    world_work(world);
    world_land(world, "nordlicht", "b.csv", ORDERS "A-1,TEA-1,2.0,C62,EUR,C100" TO);
    world_work(world);
    assert_string_equal(last_file(world), "taken 1/1");
    assert_string_equal(codes(world), "ORDER-KNOWN");
    world_land(world, "nordlicht", "c.csv", ORDERS "A-1,TEA-1,3,C62,EUR,C100" TO);
    world_work(world);
    assert_string_equal(last_file(world), "refused 0/1");
    assert_string_equal(world_text(world,
                                   "SELECT code || ' ' || value || ' ' || expected FROM finding"
                                   " ORDER BY interchange_id DESC"),
                        "ORDER-CONFLICT A-1 released");
}

static void
all_or_nothing_and_test_store_nothing(void **state)
{
    struct world *world = *state;
    world->partners[1].acceptance = ACCEPT_ALL_OR_NOTHING;
    world_land(world, "nordlicht", "a.csv",
               ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO "A-2,TEA-1,x,C62,EUR,C100" TO);
    world_work(world);
    assert_string_equal(last_file(world), "refused 0/2");
    assert_string_equal(codes(world), "FLD-NUMBER,FILE-WHOLE");
    world->partners[1].acceptance = ACCEPT_TEST_ONLY;
    const char *good = ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO "A-2,TEA-1,3,C62,EUR,C100" TO;
    world_land(world, "nordlicht", "b.csv", good);
    world_work(world);
    assert_string_equal(last_file(world), "taken 2/2");
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 0);
    assert_int_equal(world->run.counts.orders_received, 0);
    world->partners[1].acceptance = ACCEPT_PER_ORDER;
    world_land(world, "nordlicht", "b.csv", good); /* what was tested may be sent in earnest */
    world_work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 2);
}

static void
a_fatal_mistake_refuses_the_file(void **state)
{
    struct world *world = *state;
    world_land(world, "nordlicht", "a.csv",
               ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO "A-2,\"TEA,2,C62,EUR,C100" TO);
    world_land(world, "nordlicht", "b.csv", "");
    world_work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 0);
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM interchange WHERE state = 'refused'"), 2);
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM (SELECT code FROM finding"
                                          " ORDER BY interchange_id, ordinal)"),
                        "CSV-QUOTE-OPEN,FILE-EMPTY");
    assert_int_equal(world->run.counts.files_refused, 2);
}

static void
an_interrupted_move_is_taken_up_again(void **state)
{
    struct world *world = *state;
    world_land(world, "nordlicht", "a.csv", ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO);
    world_work(world);
    char sql[256];
    snprintf(sql, sizeof sql, "UPDATE interchange SET place = 'spool/f%06d' WHERE id > 1",
             world->files);
    world_do(world, sql); /* as if the run had ended between the move and its note */
    world_work(world);
    assert_string_equal(drawer(world), "archive");
}

static void
files_that_cannot_be_taken_wait(void **state)
{
    struct world *world = *state;
    const int64_t id = world_land(world, "gone", "a.csv", ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO);
    world_land(world, "nordlicht", "b.csv", ORDERS "A-2,TEA-1,2,C62,EUR,C100" TO);
    world->log.level_max = LOG_TROUBLE;
    world_work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 1);
    assert_int_equal(world_number(world, "SELECT id FROM arrival WHERE state = 'landed'"), id);
}

static void
master_files_come_through_the_mailbox(void **state)
{
    struct world *world = *state;
    world_land(
        world, "ledger", "products.csv",
        "sku,name,unit,tax_class,tax_rate\nTEA-1,Green,C62,std,7%\nTEA-9,Black,C62,std,7%\n");
    world_land(world, "ledger", "a-prices.csv",
               "sku,scope,currency,valid_from,price\nTEA-1,base,EUR,2026-01-01,3.00\n"
               "TEA-9,base,EUR,2026-01-01,3.50\n"); /* sorted before its products, worked after */
    world_work(world);
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM (SELECT code FROM finding"
                                          " ORDER BY interchange_id, ordinal)"),
                        "MASTER-CHANGED,MASTER-PRICE-MOVED,MASTER-CHANGED");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM master_version WHERE in_force_ms IS NOT NULL"),
        7);
    assert_int_equal(world->run.counts.master_files_in_force, 2);
    world_land(
        world, "ledger", "customers.csv",
        "code,name,partner,country,currency\nC1,One,bluebird,US,USD\nC1,Two,bluebird,US,USD\n");
    world_work(world);
    assert_string_equal(codes(world), "MST-REPEATED,FILE-WHOLE");
    assert_int_equal(world_number(world, "SELECT count(*) FROM customer"), 2);
    world_land(world, "ledger", "customers.csv",
               "code,name,partner,country,currency\nC1,One,harbour,US,USD\n");
    world_work(world);
    assert_string_equal(codes(world), "MASTER-PARTNER-UNKNOWN,FILE-WHOLE");
    world_land(world, "ledger", "limits.csv", "currency,above,step,approver\nEUR,100,1,ledger\n");
    world_work(world);
    assert_string_equal(codes(world), "MASTER-APPROVER-UNKNOWN,FILE-WHOLE");
    world_land(world, "ledger", "prices.csv",
               "sku,scope,holder,currency,valid_from,price\n"
               "TEA-9,customer,C7,EUR,2026-01-01,3.50\n");
    world_work(world);
    assert_string_equal(codes(world), "MASTER-HOLDER-UNKNOWN,MASTER-CHANGED");
    assert_string_equal(last_file(world), "taken 1/1");
}

static void
shipments_and_decisions_come_by_file(void **state)
{
    struct world *world = *state;
    world_land(world, "nordlicht", "a.csv", ORDERS "A-1,TEA-1,20,C62,EUR,C100" TO);
    world_work(world);
    const char *decision =
        "partner,order_number,version,decision,reason\nnordlicht,A-1,2,approve,\n";
    world_land(world, "linwei", "d.csv", decision);
    world_work(world);
    assert_string_equal(codes(world), "DECISION-VERSION");
    world_land(world, "linwei", "d.csv",
               "partner,order_number,version,decision,reason\nnordlicht,A-1,1,approve,\n");
    world_work(world);
    const char *shipment =
        "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
        "S-1,nordlicht,A-1,1,TEA-1,20,2026-11-24T08:00:00Z\n";
    world_land(world, "harbour", "s.csv", shipment);
    world_work(world);
    assert_string_equal(codes(world), "");
    assert_string_equal(world_text(world, "SELECT fulfilment FROM orders"), "shipped");
    world_land(world, "harbour", "t.csv",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-1,nordlicht,A-1,1,TEA-1,20.0,2026-11-24T08:00:00Z\n"
               "S-1,nordlicht,A-1,1,TEA-1,0.5,2026-11-24T08:00:00Z\n");
    world_work(world);
    assert_string_equal(codes(world), "SHIPMENT-CONFLICT");
    world_land(world, "harbour", "u.csv",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-1,nordlicht,A-1,1,TEA-1,20.0,2026-11-24T08:00:00Z\n");
    world_work(world);
    assert_string_equal(codes(world), "SHIPMENT-KNOWN");
    world_land(world, "harbour", "v.csv",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-2,nordlicht,A-1,7,TEA-1,1,2026-11-24T08:00:00Z\n");
    world_work(world);
    assert_string_equal(codes(world), "SHIPMENT-LINE-UNKNOWN");
    world->config.warehouse = "elsewhere";
    world_land(world, "harbour", "w.csv",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
               "S-3,nordlicht,A-1,1,TEA-1,1,2026-11-24T08:00:00Z\n");
    world_work(world);
    assert_string_equal(codes(world), "SHIPMENT-NOT-WAREHOUSE");
}

/* The same files give the same store, whether they were taken in one run or in many, with the store
 * opened anew. */
static void
interruptions_leave_no_trace_in_the_dump(void **state)
{
    struct world *worlds[2] = {*state, world_make()};
    char *dumps[2] = {NULL, NULL};
    size_t sizes[2];
    struct fault why = {0};
    world_stock(worlds[1]);
    for (int index = 0; index < 2; index++) {
        struct world *world = worlds[index];
        world_land(world, "nordlicht", "a.csv",
                   ORDERS "A-1,TEA-1,20,C62,EUR,C100" TO "A-2,TEA-9,1,C62,EUR,C100" TO);
        world_land(world, "bluebird", "b.csv", ORDERS "B-1,TEA-2,2,C62,EUR," TO);
        if (index == 1) {
            must(intake_work(&world->run, &why));
            world_reopen(world);
        }
        world_work(world);
        if (index == 1) {
            world_reopen(world);
            world_work(world);
        }
        FILE *out = open_memstream(&dumps[index], &sizes[index]);
        must(verify_dump(world->run.store, out, &why));
        fclose(out);
    }
    assert_string_equal(dumps[0], dumps[1]);
    assert_non_null(
        strstr(dumps[0], "[\"order\",\"bluebird\",\"B-1\",1,\"approved\",\"released\""));
    free(dumps[0]);
    free(dumps[1]);
    world_end(worlds[1]);
}

/* The checker finds what is wrong: each statement breaks one thing. */
static void
verify_finds_what_is_broken(void **state)
{
    static const char *const damages[] = {
        "UPDATE order_price SET gross_minor = gross_minor + 1",
        "UPDATE order_line_price SET net_minor = net_minor + 1",
        "INSERT INTO order_line_part SELECT order_id, version, ordinal, 1, 'CUP', 1, 'C62', 0, 7"
        " FROM order_line_price LIMIT 1",
        "UPDATE order_line_price SET list_minor = list_minor + 1",
        "INSERT INTO order_line_reduction VALUES (1, 1, 1, 1, 'SPRING', 1)",
        "INSERT INTO promotion_total VALUES ('promotion', 'SPRING', '', 1, 1)",
        "INSERT INTO promotion_use VALUES (1, 1, 'SPRING', '', 'C100', 1, 1, 1, 0)",
        "INSERT INTO promotion_use VALUES (1, 1, 'SPRING', '', 'C100', 1, 1, 1, 1)",
        "DELETE FROM order_line",
        "DELETE FROM order_event WHERE event = 'approved'",
        "DELETE FROM outbox_message WHERE kind = 'acknowledgement' AND interchange_id > 1",
        "DELETE FROM outbox_message WHERE kind = 'order-response'",
        "UPDATE interchange SET place = 'archive/nordlicht/none' WHERE id > 1",
        "UPDATE interchange SET sha256 = 'x' WHERE id > 1",
        "UPDATE interchange SET findings = 7 WHERE id > 1",
        "UPDATE arrival SET state = 'landed'",
        "INSERT INTO outbox_file (partner, kind, sequence, name, format, state, "
        "first_message, last_message, messages, created_ms)"
        " VALUES ('bluebird', 'release', 2, 'x', 'xml', 'sealed', 1, 0, 0, 0)",
        /* A file whose messages are of the right number, but not those that come next. */
        "INSERT INTO outbox_file (partner, kind, sequence, name, format, state, "
        "first_message, last_message, messages, created_ms)"
        " VALUES ('ledger', 'release', 1, 'x', 'xml', 'sealed', 3, 2, 0, 0)",
        "UPDATE order_version SET lines = 2",
        "DELETE FROM order_party",
        "DELETE FROM order_price",
        "INSERT INTO approval (order_id, version, step, approvers, amount_minor, currency, trace, "
        "state)"
        " SELECT id, 1, 1, 'boss', 0, 'EUR', '', 'open' FROM orders",
        "PRAGMA foreign_keys = OFF; DELETE FROM interchange WHERE id > 1",
    };
    struct world *world = *state;
    struct fault why = {0};
    world_land(world, "nordlicht", "a.csv", ORDERS "A-1,TEA-1,2,C62,EUR,C100" TO);
    world_work(world);
    world_verify(world);
    for (size_t index = 0; index < sizeof damages / sizeof damages[0]; index++) {
        char copy[128];
        OWNED(verify_report) report;
        verify_report_init(&report);
        snprintf(copy, sizeof copy, "%s/copy%zu", world->home, index);
        must(store_backup(world->run.store, copy, &why));
        struct store *store = world->run.store;
        sqlite3 *damaged = NULL;
        assert_int_equal(sqlite3_open(copy, &damaged), SQLITE_OK);
        char *message = NULL;
        if (sqlite3_exec(damaged, damages[index], NULL, NULL, &message) != SQLITE_OK) {
            fail_msg("%s: %s", damages[index], message);
        }
        sqlite3_close(damaged);
        must(store_open(&world->run.store, copy, STORE_READ, &why));
        must(verify_work(&world->run, &report, &why));
        store_shut(world->run.store);
        world->run.store = store;
        if (report.total == 0) {
            fail_msg("not found: %s", damages[index]);
        }
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(good_orders_of_a_partly_bad_file_are_taken),
        TEST(the_same_bytes_are_a_duplicate),
        TEST(files_wait_one_run_for_their_mailbox),
        TEST(what_cannot_be_read_waits_and_stops_nobody),
        TEST(a_refused_file_may_be_sent_again),
        TEST(a_number_in_use_is_known_or_a_conflict),
        TEST(all_or_nothing_and_test_store_nothing),
        TEST(a_fatal_mistake_refuses_the_file),
        TEST(an_interrupted_move_is_taken_up_again),
        TEST(files_that_cannot_be_taken_wait),
        TEST(master_files_come_through_the_mailbox),
        TEST(shipments_and_decisions_come_by_file),
        TEST(interruptions_leave_no_trace_in_the_dump),
        TEST(verify_finds_what_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
