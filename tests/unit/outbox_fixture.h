/* outbox_fixture.h -- a home folder with a small company and a store whose outbox has something of
 * every kind. */
#ifndef PURSER_TEST_OUTBOX_FIXTURE_H
#define PURSER_TEST_OUTBOX_FIXTURE_H

#include "config/run.h"
#include "store/store.h"
#include "writers/outbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIXTURE_AS_OF_MS INT64_C(1795521600000)

/* Nordlicht reads XML in English, Qinghe CSV in Chinese; the warehouse, finance and two approvers.
 */
static const struct partner fixture_partners[] = {
    {.id = "nordlicht", .name = "Nordlicht", .roles = ROLE_CUSTOMER, .format = FORMAT_XML},
    {.id = "qinghe",
     .name = "Qinghe",
     .roles = ROLE_CUSTOMER,
     .language = LANGUAGE_ZH,
     .format = FORMAT_CSV},
    {.id = "harbour", .name = "Harbour", .roles = ROLE_WAREHOUSE, .format = FORMAT_XML},
    {.id = "depot", .name = "Depot", .roles = ROLE_WAREHOUSE, .format = FORMAT_CSV},
    {.id = "linwei",
     .name = "Lin Wei",
     .roles = ROLE_APPROVER,
     .language = LANGUAGE_ZH,
     .format = FORMAT_XML},
};

struct fixture {
    char home[64];
    struct log log;
    struct config config;
    struct run run;
};

/* A whole file; NULL when it is not there.  The caller frees it. */
static inline char *
fixture_read_path(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    const long size = ftell(file);
    rewind(file);
    char *bytes = calloc(1, (size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    fclose(file);
    return bytes;
}

/* The same of the outbox: "PARTNER/NAME". */
static inline char *
fixture_read(const struct fixture *fixture, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/outbox/%s", fixture->home, name);
    return fixture_read_path(path);
}

static inline void
fixture_expect(enum outcome outcome, const struct fault *why)
{
    if (outcome != DONE) {
        print_error("%s:%d: %s\n", why->file == NULL ? "?" : why->file, why->line, why->text);
    }
    assert_int_equal(outcome, DONE);
}

/* Run SQL beside the program, as the other stations would. */
static inline void
fixture_sql(const struct fixture *fixture, const char *sql)
{
    char path[128];
    char *trouble = NULL;
    sqlite3 *connection = NULL;
    snprintf(path, sizeof path, "%s/.purser/purser.db", fixture->home);
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    if (sqlite3_exec(connection, sql, NULL, NULL, &trouble) != SQLITE_OK) {
        print_error("%s\n", trouble);
        fail();
    }
    sqlite3_close(connection);
}

/* The first column of the first row. */
static inline int64_t
fixture_number(const struct fixture *fixture, const char *sql)
{
    char path[128];
    sqlite3 *connection = NULL;
    sqlite3_stmt *statement = NULL;
    snprintf(path, sizeof path, "%s/.purser/purser.db", fixture->home);
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(connection, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return number;
}

static inline void
fixture_file(const struct fixture *fixture, const char *path)
{
    char *sql = fixture_read_path(path);
    assert_non_null(sql);
    fixture_sql(fixture, sql);
    free(sql);
}

/* Three orders of Nordlicht, one of Qinghe, and everything that waits to be told about them. */
static inline void
fixture_fill(const struct fixture *fixture)
{
    fixture_file(fixture, "tests/unit/outbox_fixture.sql");
}

static inline void
fixture_open_store(struct fixture *fixture)
{
    char path[128];
    struct fault why = {0};
    snprintf(path, sizeof path, "%s/.purser/purser.db", fixture->home);
    fixture_expect(store_open(&fixture->run.store, path, STORE_CREATE, &why), &why);
}

static inline void
fixture_open(struct fixture *fixture)
{
    struct fault why = {0};
    memset(fixture, 0, sizeof *fixture);
    /* In memory where that can be had: files are synced often. */
    const char *scratch = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(fixture->home, sizeof fixture->home, "%s/purser-outbox-XXXXXX", scratch);
    assert_non_null(mkdtemp(fixture->home));
    assert_true(zone_use("Asia/Shanghai"));
    fixture->config =
        (struct config){.company_name = "Lanting 兰亭",
                        .company_currency = "EUR",
                        .warehouse = "harbour",
                        .partners = fixture_partners,
                        .partner_count = sizeof fixture_partners / sizeof fixture_partners[0]};
    log_init(&fixture->log, true, false);
    fixture->run = (struct run){
        .config = &fixture->config, .log = &fixture->log, .id = 1, .as_of_ms = FIXTURE_AS_OF_MS};
    fixture_expect(file_open_folder(AT_FDCWD, fixture->home, &fixture->run.home, &why), &why);
    fixture_expect(file_make_folder(fixture->run.home, ".purser", &fixture->run.state, &why), &why);
    fixture_open_store(fixture);
}

static inline void
fixture_close(struct fixture *fixture)
{
    char command[128];
    store_shut(fixture->run.store);
    close(fixture->run.home);
    close(fixture->run.state);
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->home);
    assert_int_equal(system(command), 0);
}

#endif
