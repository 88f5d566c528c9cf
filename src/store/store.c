#include "store/store.h"

#include "statements.gen.h"

#include "config/embedded.h"
#include "store/schema.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATEMENT_AS_TEXT(name, sql) [SQL_##name] = sql,
static const char *const statement_texts[STATEMENT_COUNT] = {STATEMENTS(STATEMENT_AS_TEXT)};

struct store {
    sqlite3 *connection;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    bool in_use[STATEMENT_COUNT];
    bool has_transaction;
    bool is_to_read;
    bool is_scratching; /* store_scratch */
};

static enum outcome
complain(struct store *store, const char *what, struct fault *why)
{
    return schema_complain(store->connection, what, why);
}

static enum outcome
execute(struct store *store, const char *sql, struct fault *why)
{
    return sqlite3_exec(store->connection, sql, NULL, NULL, NULL) == SQLITE_OK
               ? DONE
               : complain(store, sql, why);
}

/* Tables for what is worked out and not kept. */
static enum outcome
make_scratch(struct store *store, struct fault *why)
{
    const struct embedded *file = embedded_find("store/scratch.sql");
    char *sql = strndup((const char *)file->bytes, file->size);
    assert(sql != NULL);
    const enum outcome outcome = execute(store, sql, why);
    free(sql);
    return outcome;
}

/* What each connection sets; see store.h for the reasons. */
static enum outcome
configure(struct store *store, enum store_mode mode, struct fault *why)
{
    sqlite3_db_config(store->connection, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(store->connection, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(store->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_busy_timeout(store->connection, 10000);
    TRY(execute(
        store,
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
        "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;",
        why));
    TRY(make_scratch(store, why));
    store->is_to_read = mode == STORE_READ;
    return mode == STORE_READ
               ? execute(store, "PRAGMA query_only = ON", why)
               : execute(store, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA", why);
}

/* SQLite refuses a symbolic link anywhere in the path, and a home may well be reached through one;
 * only the file itself must be none. */
static bool
resolve_folder(const char *path, char resolved[PATH_MAX])
{
    char folder[PATH_MAX];
    char real[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path);
    return realpath(name == path ? "." : folder, real) != NULL &&
           snprintf(resolved, PATH_MAX, "%s/%s", real, name) < PATH_MAX;
}

enum outcome
store_open(struct store **store, const char *path, enum store_mode mode, struct fault *why)
{
    struct store *opened = calloc(1, sizeof *opened);
    assert(opened != NULL);
    /* Nobody asks how much memory SQLite uses; counting it costs a lock for every allocation.  Only
     * before the first connection is this heard. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    /* SQLite must be able to play back a hot journal even for a reader, so READ opens for writing
     * too and is kept from it by query_only. */
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
                      (mode == STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
    char resolved[PATH_MAX];
    const int result = resolve_folder(path, resolved)
                           ? sqlite3_open_v2(resolved, &opened->connection, flags, NULL)
                           : SQLITE_CANTOPEN;
    if (result == SQLITE_CANTOPEN && mode != STORE_CREATE && access(path, F_OK) != 0 &&
        errno == ENOENT) {
        store_shut(opened);
        return NONE;
    }
    enum outcome outcome = DONE;
    if (result != SQLITE_OK) {
        const int reason =
            opened->connection == NULL ? errno : sqlite3_system_errno(opened->connection);
        outcome = fail(why, "cannot open the store %s: %s", path,
                       reason == 0 ? sqlite3_errmsg(opened->connection) : strerror(reason));
    }
    if (outcome == DONE) {
        outcome = configure(opened, mode, why);
    }
    if (outcome == DONE) {
        outcome = schema_prepare(opened->connection, path, mode == STORE_CREATE, why);
    }
    if (outcome != DONE) {
        store_shut(opened);
        return outcome;
    }
    *store = opened;
    return DONE;
}

enum outcome
store_open_beside(struct store **beside, const struct store *store, struct fault *why)
{
    if (store->has_transaction) {
        return NONE;
    }
    struct store *opened = NULL;
    TRY(store_open(&opened, sqlite3_db_filename(store->connection, "main"), STORE_READ, why));
    const enum outcome outcome = execute(opened, "PRAGMA cache_size = -2048", why);
    if (outcome != DONE) {
        store_shut(opened);
        return outcome;
    }
    *beside = opened;
    return DONE;
}

void
store_shut(struct store *store)
{
    if (store == NULL) {
        return;
    }
    for (size_t index = 0; index < STATEMENT_COUNT; index++) {
        sqlite3_finalize(store->statements[index]);
    }
    sqlite3_close(store->connection);
    free(store);
}

enum outcome
store_begin(struct store *store, struct store_tx *tx, struct fault *why)
{
    assert(!store->has_transaction && "transactions do not nest");
    TRY(execute(store, "BEGIN IMMEDIATE", why));
    store->has_transaction = true;
    tx->store = store;
    return DONE;
}

enum outcome
store_commit(struct store_tx *tx, struct fault *why)
{
    struct store *store = tx->store;
    TRY(execute(store, "COMMIT", why));
    store->has_transaction = false;
    tx->store = NULL;
    return DONE;
}

enum outcome
store_generation(struct store *store, int *generation, struct fault *why)
{
    return schema_number(store->connection, "PRAGMA data_version", generation, why);
}

void
store_tx_close(struct store_tx *tx)
{
    if (tx->store != NULL) {
        /* After some errors SQLite has rolled back by itself; then this says "no transaction is
         * active". */
        sqlite3_exec(tx->store->connection, "ROLLBACK", NULL, NULL, NULL);
        tx->store->has_transaction = false;
        tx->store = NULL;
    }
}

static enum outcome
prepare(struct store *store, enum statement statement, struct fault *why)
{
    if (store->statements[statement] != NULL) {
        return DONE;
    }
    const int result =
        sqlite3_prepare_v3(store->connection, statement_texts[statement], -1,
                           SQLITE_PREPARE_PERSISTENT, &store->statements[statement], NULL);
    return result == SQLITE_OK ? DONE : complain(store, statement_texts[statement], why);
}

static int
bind_value(sqlite3_stmt *prepared, int index, const struct value *value)
{
    switch (value->kind) {
    case VALUE_NULL: return sqlite3_bind_null(prepared, index);
    case VALUE_INTEGER: return sqlite3_bind_int64(prepared, index, value->integer);
    case VALUE_TEXT:
        assert(value->bytes != NULL);
        return sqlite3_bind_text(prepared, index, value->bytes, -1, SQLITE_STATIC);
    case VALUE_BYTES: break;
    }
    return sqlite3_bind_blob64(prepared, index, value->bytes == NULL ? "" : value->bytes,
                               (sqlite3_uint64)value->integer, SQLITE_STATIC);
}

static const struct value *
value_named(const char *name, const struct named_value *values, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(values[index].name, name) == 0) {
            return &values[index].value;
        }
    }
    assert(false && "each parameter of the statement has a value");
    return NULL;
}

static enum outcome
bind_named(struct store *store, enum statement statement, const struct named_value *values,
           size_t count, struct fault *why)
{
    TRY(prepare(store, statement, why));
    sqlite3_stmt *prepared = store->statements[statement];
    const int parameters = sqlite3_bind_parameter_count(prepared);
    assert(!store->in_use[statement] && "a statement cannot be read twice at the same time");
    for (int index = 1; index <= parameters; index++) {
        const char *name = sqlite3_bind_parameter_name(prepared, index);
        if (bind_value(prepared, index, value_named(name, values, count)) != SQLITE_OK) {
            return complain(store, "bind", why);
        }
    }
    return DONE;
}

static enum outcome
bind_all(struct store *store, enum statement statement, const struct value *values, size_t count,
         struct fault *why)
{
    TRY(prepare(store, statement, why));
    sqlite3_stmt *prepared = store->statements[statement];
    assert(!store->in_use[statement] && "a statement cannot be read twice at the same time");
    assert((size_t)sqlite3_bind_parameter_count(prepared) == count &&
           "each parameter of the statement has one value");
    for (size_t index = 0; index < count; index++) {
        if (bind_value(prepared, (int)index + 1, &values[index]) != SQLITE_OK) {
            return complain(store, "bind", why);
        }
    }
    return DONE;
}

/* To its end, after it was bound. */
static enum outcome
step_all(struct store *store, enum statement statement, struct fault *why)
{
    sqlite3_stmt *prepared = store->statements[statement];
    int result = sqlite3_step(prepared);
    while (result == SQLITE_ROW) {
        result = sqlite3_step(prepared);
    }
    const enum outcome outcome =
        result == SQLITE_DONE ? DONE : complain(store, statement_texts[statement], why);
    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared);
    return outcome;
}

enum outcome
store_run_values(struct store *store, enum statement statement, const struct value *values,
                 size_t count, struct fault *why)
{
    TRY(bind_all(store, statement, values, count, why));
    return step_all(store, statement, why);
}

enum outcome
store_scratch_begin(struct store *store, struct store_scratch *scratch, struct fault *why)
{
    if (store->is_to_read && !store->is_scratching) {
        TRY(execute(store, "PRAGMA query_only = OFF", why));
        store->is_scratching = true;
        scratch->store = store;
    }
    return DONE;
}

void
store_scratch_close(struct store_scratch *scratch)
{
    if (scratch->store != NULL) {
        sqlite3_exec(scratch->store->connection, "PRAGMA query_only = ON", NULL, NULL, NULL);
        scratch->store->is_scratching = false;
        scratch->store = NULL;
    }
}

enum outcome
store_run_scratch(struct store *store, enum statement statement, const struct named_value *values,
                  size_t count, struct fault *why)
{
    OWNED(store_scratch) scratch = {0};
    TRY(store_scratch_begin(store, &scratch, why));
    TRY(bind_named(store, statement, values, count, why));
    return step_all(store, statement, why);
}

int64_t
store_last_id(struct store *store)
{
    return sqlite3_last_insert_rowid(store->connection);
}

int64_t
store_changes(struct store *store)
{
    return sqlite3_changes(store->connection);
}

int64_t
store_changes_ever(struct store *store)
{
    return sqlite3_total_changes64(store->connection);
}

static enum outcome
begin_rows(struct store *store, enum statement statement, struct rows *rows)
{
    rows->store = store;
    rows->statement = store->statements[statement];
    rows->in_use = &store->in_use[statement];
    *rows->in_use = true;
    return DONE;
}

enum outcome
store_query_values(struct store *store, enum statement statement, const struct value *values,
                   size_t count, struct rows *rows, struct fault *why)
{
    TRY(bind_all(store, statement, values, count, why));
    return begin_rows(store, statement, rows);
}

enum outcome
store_query_named(struct store *store, enum statement statement, const struct named_value *values,
                  size_t count, struct rows *rows, struct fault *why)
{
    TRY(bind_named(store, statement, values, count, why));
    return begin_rows(store, statement, rows);
}

const char *
rows_name(const struct rows *rows, int column)
{
    return sqlite3_column_name(rows->statement, column);
}

bool
rows_is_text(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_TEXT;
}

int
rows_width(const struct rows *rows)
{
    return sqlite3_column_count(rows->statement);
}

enum outcome
rows_next(struct rows *rows, struct fault *why)
{
    const int result = sqlite3_step(rows->statement);
    return result == SQLITE_ROW    ? DONE
           : result == SQLITE_DONE ? NONE
                                   : complain(rows->store, sqlite3_sql(rows->statement), why);
}

void
rows_close(struct rows *rows)
{
    if (rows->statement != NULL) {
        sqlite3_reset(rows->statement);
        sqlite3_clear_bindings(rows->statement);
        *rows->in_use = false;
        rows->statement = NULL;
    }
}

bool
rows_is_null(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t
rows_integer(const struct rows *rows, int column)
{
    assert(column < sqlite3_column_count(rows->statement));
    return sqlite3_column_int64(rows->statement, column);
}

int64_t
rows_integer_or(const struct rows *rows, int column, int64_t if_null)
{
    return rows_is_null(rows, column) ? if_null : rows_integer(rows, column);
}

const char *
rows_text(const struct rows *rows, int column)
{
    assert(column < sqlite3_column_count(rows->statement));
    const unsigned char *text = sqlite3_column_text(rows->statement, column);
    return text == NULL ? "" : (const char *)text;
}

const void *
rows_bytes(const struct rows *rows, int column, size_t *size)
{
    const void *bytes = sqlite3_column_blob(rows->statement, column);
    *size = (size_t)sqlite3_column_bytes(rows->statement, column);
    return bytes == NULL ? "" : bytes;
}

char *
rows_copy(const struct rows *rows, int column, struct arena *arena)
{
    return arena_copy(arena, rows_text(rows, column));
}

enum outcome
store_number_values(struct store *store, enum statement statement, const struct value *values,
                    size_t count, int64_t if_none, int64_t *number, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_values(store, statement, values, count, &rows, why));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *number = rows_integer_or(&rows, 0, if_none);
        return DONE;
    }
    if (outcome == NONE) {
        *number = if_none;
        return DONE;
    }
    return outcome;
}

/* Append the rows of a PRAGMA to the report, except the single row "ok". */
static enum outcome
report_pragma(struct store *store, const char *sql, struct arena *arena, const char **report,
              struct fault *why)
{
    sqlite3_stmt *prepared = NULL;
    if (sqlite3_prepare_v2(store->connection, sql, -1, &prepared, NULL) != SQLITE_OK) {
        return complain(store, sql, why);
    }
    int result;
    while ((result = sqlite3_step(prepared)) == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(prepared, 0);
        if (text != NULL && strcmp((const char *)text, "ok") != 0) {
            *report = arena_format(arena, "%s%s: %s\n", *report, sql, (const char *)text);
        }
    }
    sqlite3_finalize(prepared);
    return result == SQLITE_DONE ? DONE : complain(store, sql, why);
}

enum outcome
store_check(struct store *store, struct arena *arena, const char **report, struct fault *why)
{
    const char *text = "";
    TRY(report_pragma(store, "PRAGMA integrity_check", arena, &text, why));
    TRY(report_pragma(store, "PRAGMA foreign_key_check", arena, &text, why));
    *report = text;
    return DONE;
}

enum outcome
store_backup(struct store *store, const char *to_path, struct fault *why)
{
    return schema_backup(store->connection, to_path, why);
}

enum outcome
store_prepare_all(struct store *store, struct fault *why)
{
    for (size_t index = 0; index < STATEMENT_COUNT; index++) {
        TRY(prepare(store, (enum statement)index, why));
    }
    return DONE;
}
