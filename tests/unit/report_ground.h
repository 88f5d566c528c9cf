/* report_ground.h -- a real store with what reports are about, and how to look into it. */
#include "reports/report.h"

#include "base/date.h"
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

struct ground {
    char path[64];
    char database[128];
    struct store *store;
    struct config config;
    struct log log;
    struct arena arena;
    struct buf buf;
};

static inline void
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

static inline int64_t
number_of(const struct ground *ground, const char *sql)
{
    sqlite3 *connection = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(ground->database, &connection), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(connection, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return number;
}

static inline int
set_up(void **state)
{
    static struct ground ground;
    struct fault why = {0};
    memset(&ground, 0, sizeof ground);
    strncpy(ground.path, "/tmp/purser-report-XXXXXX", sizeof ground.path - 1);
    if (mkdtemp(ground.path) == NULL || !zone_use("UTC")) {
        return -1;
    }
    snprintf(ground.database, sizeof ground.database, "%s/purser.db", ground.path);
    arena_init(&ground.arena, 64 * 1024 * 1024);
    buf_init(&ground.buf, REPORT_BYTES_MAX);
    ground.config = (struct config){
        .company_name = "Lanting <&>", .company_currency = "USD", .time_zone = "UTC"};
    *state = &ground;
    return store_open(&ground.store, ground.database, STORE_CREATE, &why) == DONE ? 0 : -1;
}

static inline int
fill(void **state)
{
    if (set_up(state) != 0) {
        return -1;
    }
    struct ground *ground = *state;
    struct fault why = {0};
    char *sql = NULL;
    size_t size = 0;
    assert_int_equal(file_read(AT_FDCWD, "tests/unit/report_fixture.sql", 1024 * 1024,
                               &ground->arena, &sql, &size, &why),
                     DONE);
    run_sql(ground, sql);
    return 0;
}

static inline int
tear_down(void **state)
{
    struct ground *ground = *state;
    char command[100];
    store_shut(ground->store);
    arena_close(&ground->arena);
    buf_close(&ground->buf);
    snprintf(command, sizeof command, "rm -rf '%s'", ground->path);
    return system(command);
}
