/* desk_world.h -- a home in a temporary folder with a real store, for the tests of intake and desk.
 */
#ifndef PURSER_DESK_WORLD_H
#define PURSER_DESK_WORLD_H

#include "base/digest.h"
#include "base/file.h"
#include "desk/desk.h"
#include "desk/verify.h"
#include "intake/intake.h"
#include "order/order.h"
#include "store/store.h"
#include "store/store_interchange.h"
#include "store/store_master.h"
#include "store/store_order.h"
#include "store/store_verify.h"

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

#define WORLD_AS_OF INT64_C(1795500000000) /* 2026-11-24 */

struct world {
    char home[64];
    char path[96];
    struct partner partners[6];
    struct config config;
    struct log log;
    struct run run;
    sqlite3 *look; /* a connection of the test's own */
    int files;     /* that arrived */
};

#define must(call)                                                                                 \
    do {                                                                                           \
        const enum outcome outcome_ = (call);                                                      \
        if (outcome_ != DONE) {                                                                    \
            fail_msg("%s: %d %s", #call, outcome_, why.text);                                      \
        }                                                                                          \
    } while (0)

static inline void
world_reopen(struct world *world)
{
    struct fault why = {0};
    store_shut(world->run.store);
    must(store_open(&world->run.store, world->path, STORE_CREATE, &why));
}

static inline struct world *
world_make(void)
{
    struct fault why = {0};
    struct world *world = calloc(1, sizeof *world);
    const struct partner customer = {.roles = ROLE_CUSTOMER,
                                     .encoding = "",
                                     .default_currency = "",
                                     .default_country = "",
                                     .customer = "",
                                     .list_currency = "",
                                     .channel = "",
                                     .mappings = ""};
    assert_non_null(world);
    snprintf(world->home, sizeof world->home, "/tmp/purser-desk-XXXXXX");
    assert_non_null(mkdtemp(world->home));
    for (size_t index = 0; index < 6; index++) {
        world->partners[index] = customer;
    }
    world->partners[0].id = "bluebird";
    world->partners[0].customer = "C200";
    world->partners[1].id = "nordlicht";
    world->partners[2].id = "harbour";
    world->partners[2].roles = ROLE_WAREHOUSE;
    world->partners[3].id = "ledger";
    world->partners[3].roles = ROLE_FINANCE;
    world->partners[4].id = "linwei";
    world->partners[4].roles = ROLE_APPROVER;
    world->partners[5].id = "boss";
    world->partners[5].roles = ROLE_APPROVER;
    world->config = (struct config){.company_name = "Lanting",
                                    .company_currency = "CNY",
                                    .list_currency = "",
                                    .time_zone = "UTC",
                                    .warehouse = "harbour",
                                    .working_days = 31,
                                    .working_hours = {9 * 3600000, 18 * 3600000},
                                    .limits = {1 << 30, 1000, 1000, 500000},
                                    .partners = world->partners,
                                    .partner_count = 6};
    assert_true(zone_use("UTC"));
    log_init(&world->log, true, false);
    world->run =
        (struct run){.config = &world->config, .log = &world->log, .as_of_ms = WORLD_AS_OF};
    world->run.home = open(world->home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    must(file_make_folder(world->run.home, ".purser", &world->run.state, &why));
    int spool = -1;
    must(file_make_folder(world->run.state, "spool", &spool, &why));
    close(spool);
    snprintf(world->path, sizeof world->path, "%s/.purser/purser.db", world->home);
    world_reopen(world);
    must(store_prepare_all(world->run.store, &why));
    assert_int_equal(sqlite3_open(world->path, &world->look), SQLITE_OK);
    return world;
}

static inline void
world_end(struct world *world)
{
    char command[128];
    store_shut(world->run.store);
    sqlite3_close(world->look);
    close(world->run.home);
    close(world->run.state);
    snprintf(command, sizeof command, "rm -rf '%s'", world->home);
    assert_int_equal(system(command), 0);
    free(world);
}

/* One number of the store. */
static inline int64_t
world_number(struct world *world, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(world->look, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

/* One text of the store, into a static buffer. */
static inline const char *
world_text(struct world *world, const char *sql)
{
    static char text[4096];
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(world->look, sql, -1, &statement, NULL), SQLITE_OK);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *found = sqlite3_column_text(statement, 0);
        snprintf(text, sizeof text, "%s", found == NULL ? "" : (const char *)found);
    } else {
        snprintf(text, sizeof text, "no row");
    }
    sqlite3_finalize(statement);
    return text;
}

static inline void
world_do(struct world *world, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(world->look, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

/* A file that the courier has landed. */
static inline int64_t
world_land(struct world *world, const char *partner, const char *name, const char *bytes)
{
    struct fault why = {0};
    char sql[1024];
    char spool[32];
    char path[64];
    char sha256[DIGEST_HEX_SIZE];
    const size_t size = strlen(bytes);
    digest_of(bytes, size, sha256);
    snprintf(spool, sizeof spool, "f%06d", ++world->files);
    snprintf(path, sizeof path, "spool/%s", spool);
    const int descriptor =
        openat(world->run.state, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    must(file_write_all(descriptor, bytes, size, path, &why));
    close(descriptor);
    snprintf(sql, sizeof sql,
             "INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, "
             "size, sha256, state,"
             " remote, arrived_ms) VALUES ('%s', 'main', CAST('%s' AS BLOB), %zu, 0, '%s', %zu, "
             "'%s', 'landed',"
             " 'settled', 0)",
             partner, name, size, spool, size, sha256);
    world_do(world, sql);
    return sqlite3_last_insert_rowid(world->look);
}

/* All invariants hold. */
static inline void
world_verify(struct world *world)
{
    struct fault why = {0};
    OWNED(verify_report) report;
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    for (size_t index = 0; index < report.count; index++) {
        print_error("%s\n", verify_sentence(&report.items[index], LANGUAGE_EN, &report.arena));
    }
    assert_int_equal(report.total, 0);
}

/* A row of master data in force, without a file's way through the desk. */
static inline void
world_master(struct world *world, const char *sql)
{
    world_do(world, sql);
}

/* Customers C100 of nordlicht and C200 of bluebird, products TEA-1 and TEA-2, prices, a limit of
 * 100.00 EUR for linwei and, from 1000.00 EUR on, for boss after him. */
static inline void
world_stock(struct world *world)
{
    const int64_t arrival = world_land(world, "ledger", "stock.csv", "stock");
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO interchange (id, arrival_id, partner, name, sha256, size, format, "
             "document, acceptance,"
             " state, repetition, place, received_ms) SELECT 1, %" PRId64
             ", 'ledger', 'stock.csv', sha256, size, 'csv',"
             " 'customers', 'all-or-nothing', 'taken', 0, 'spool/' || spool, 0 FROM arrival",
             arrival);
    world_do(world, sql);
    world_do(
        world,
        "UPDATE arrival SET state = 'taken';"
        "INSERT INTO outbox_message (partner, kind, number, interchange_id) VALUES ('ledger', "
        "'acknowledgement', 1, 1);"
        "INSERT INTO master_version VALUES (1, 'customers', 1, 1, 2, 0), (2, 'products', 1, 1, 2, "
        "0),"
        " (3, 'product-options', 1, 1, 1, 0), (4, 'prices', 1, 1, 3, 0), (5, 'approval-matrix', 1, "
        "1, 2, 0);"
        "INSERT INTO master_in_force SELECT master, id FROM master_version;"
        "INSERT INTO customer (version_id, code, name, partner, customer_group, country, currency,"
        " email, line) VALUES (1, 'C100', 'Nordlicht', 'nordlicht', 'EU', 'DE', 'EUR', '', "
        "2),"
        " (1, 'C200', 'Bluebird', 'bluebird', '', 'US', 'EUR', '', 3);"
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, line) VALUES (2, 'TEA-1', 'Green', '绿茶', 'tea', 'C62', 'std', 190000, "
        "2),"
        " (2, 'TEA-2', 'Red', '红茶', 'tea', 'C62', 'std', 190000, 3);"
        "INSERT INTO product_option (version_id, sku, name, value, surcharge_micros, line)"
        " VALUES (3, 'TEA-1', 'colour', 'red', 500000, 2);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES (4, 'TEA-1', "
        "'base', '', 'EUR', 'all-units', '', 0, 0, "
        "2147483647, 10000000, 2),"
        " (4, 'TEA-1', 'group', 'EU', 'EUR', 'all-units', '', 0, 0, 2147483647, 9000000, 3),"
        " (4, 'TEA-2', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 20000000, 4);"
        "INSERT INTO approval_matrix (version_id, currency, above_micros, step, approver, line)"
        " VALUES (5, 'EUR', 100000000, 1, 'linwei', 2), (5, 'EUR', 1000000000, 2, 'boss', 3);");
}

/* A decision at the command line about an order of nordlicht. */
static inline enum outcome
world_decide(struct world *world, const char *number, bool approves, const char *actor,
             const char *reason, struct fault *why)
{
    return desk_decide(
        &world->run,
        &(struct desk_decision){.partner = "nordlicht",
                                .order_number = number,
                                .verdict = approves ? DECISION_APPROVE : DECISION_REJECT,
                                .actor = actor,
                                .reason = reason,
                                .delegate = "",
                                .strike = ""},
        why);
}

/* For the tables of tests: a world with its master data; verified when the test is over. */
static inline int
world_setup(void **state)
{
    *state = world_make();
    world_stock(*state);
    return 0;
}

static inline int
world_teardown(void **state)
{
    world_verify(*state);
    world_end(*state);
    return 0;
}

/* Whatever landed is read, then applied. */
static inline void
world_work(struct world *world)
{
    struct fault why = {0};
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
}

/* A file comes, and is read and applied. */
static inline void
world_come(struct world *world, const char *partner, const char *bytes)
{
    char name[32];
    snprintf(name, sizeof name, "file%d.csv", world->files);
    world_land(world, partner, name, bytes);
    world_work(world);
}

#endif
