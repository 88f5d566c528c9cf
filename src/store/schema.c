#include "store/schema.h"

#include "base/file.h"
#include "config/embedded.h"
#include "order/lifecycle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "purs" as the application id of the file. */
enum { APPLICATION_ID = 0x70757273 };

static const char *const steps[] = {
    "store/001_foundation.sql",
};
enum { NEWEST_VERSION = sizeof steps / sizeof steps[0] };

enum outcome
schema_complain(sqlite3 *connection, const char *what, struct fault *why)
{
    const char *message = sqlite3_errmsg(connection);
    const char *path = sqlite3_db_filename(connection, "main");
    const int reason = sqlite3_system_errno(connection);
    switch (sqlite3_errcode(connection)) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return fail_as(why, FAULT_STORE,
                       "the store %s is damaged (%s): put a good copy in its place", path, message);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL:
        return fail(why, "cannot use the store %s: %s%s%s", path, message, reason == 0 ? "" : ": ",
                    reason == 0 ? "" : strerror(reason));
    default: return fail_as(why, FAULT_STORE, "store: %s: %s", what, message);
    }
}

static enum outcome
execute(sqlite3 *connection, const char *sql, const char *what, struct fault *why)
{
    return sqlite3_exec(connection, sql, NULL, NULL, NULL) == SQLITE_OK
               ? DONE
               : schema_complain(connection, what, why);
}

enum outcome
schema_number(sqlite3 *connection, const char *sql, int *number, struct fault *why)
{
    sqlite3_stmt *prepared = NULL;
    if (sqlite3_prepare_v2(connection, sql, -1, &prepared, NULL) != SQLITE_OK) {
        return schema_complain(connection, sql, why);
    }
    const int result = sqlite3_step(prepared);
    const int value = sqlite3_column_int(prepared, 0);
    sqlite3_finalize(prepared);
    if (result != SQLITE_ROW) {
        return schema_complain(connection, sql, why);
    }
    *number = value;
    return DONE;
}

static enum outcome
sync_parent_folder(const char *path, struct fault *why)
{
    char folder_path[1024];
    snprintf(folder_path, sizeof folder_path, "%s", path);
    char *slash = strrchr(folder_path, '/');
    if (slash == NULL) {
        snprintf(folder_path, sizeof folder_path, ".");
    } else {
        slash[slash == folder_path] = '\0';
    }
    int folder;
    TRY(file_open_folder(AT_FDCWD, folder_path, &folder, why));
    const enum outcome outcome = file_sync_folder(folder, folder_path, why);
    close(folder);
    return outcome;
}

enum outcome
schema_backup(sqlite3 *connection, const char *to_path, struct fault *why)
{
    char temporary[1024];
    snprintf(temporary, sizeof temporary, "%s.part", to_path);
    unlink(temporary);
    sqlite3 *copy = NULL;
    bool copied = false;
    if (sqlite3_open_v2(temporary, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
        SQLITE_OK) {
        sqlite3_exec(copy, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
        sqlite3_backup *backup = sqlite3_backup_init(copy, "main", connection, "main");
        if (backup != NULL) {
            sqlite3_backup_step(backup, -1);
            copied = sqlite3_backup_finish(backup) == SQLITE_OK;
        }
    }
    if (!copied) {
        fail_as(why, FAULT_STORE, "store: cannot back up to %s: %s", to_path, sqlite3_errmsg(copy));
        sqlite3_close(copy);
        unlink(temporary);
        return FAILED;
    }
    sqlite3_close(copy);
    if (rename(temporary, to_path) != 0) {
        return fail(why, "cannot rename %s: %s", temporary, strerror(errno));
    }
    return sync_parent_folder(to_path, why);
}

static enum outcome
apply_step(sqlite3 *connection, int version, struct fault *why)
{
    char end[80];
    const struct embedded *step = embedded_find(steps[version - 1]);
    char *sql = strndup((const char *)step->bytes, step->size);
    snprintf(end, sizeof end, "PRAGMA user_version = %d; PRAGMA application_id = %d; COMMIT",
             version, APPLICATION_ID);
    enum outcome outcome = execute(connection, "BEGIN EXCLUSIVE", "migrate", why);
    if (outcome == DONE) {
        outcome = execute(connection, sql, steps[version - 1], why);
    }
    if (outcome == DONE) {
        outcome = execute(connection, end, "migrate", why);
    }
    free(sql);
    if (outcome != DONE) {
        sqlite3_exec(connection, "ROLLBACK", NULL, NULL, NULL);
    }
    return outcome;
}

static enum outcome
migrate(sqlite3 *connection, const char *path, int version, struct fault *why)
{
    while (version < NEWEST_VERSION) {
        if (version > 0) {
            char backup_path[1024];
            snprintf(backup_path, sizeof backup_path, "%s.v%d", path, version);
            TRY(schema_backup(connection, backup_path, why));
        }
        version++;
        TRY(apply_step(connection, version, why));
    }
    return DONE;
}

/* The table in the file must be the program's; it is written only when it is not, so that opening
 * an up-to-date store changes nothing. */
static enum outcome
fill_edges(sqlite3 *connection, struct fault *why)
{
    static const char *const *const states[AXIS_COUNT] = {
        [AXIS_APPROVAL] = approval_state_names,
        [AXIS_FULFILMENT] = fulfilment_state_names,
        [AXIS_PAYMENT] = payment_state_names,
    };
    int count = 0;
    size_t moves = 0;
    char *values = sqlite3_mprintf("");
    for (size_t index = 0; index < lifecycle_edge_count; index++) {
        const struct edge *edge = &lifecycle_edges[index];
        const char *const *names = states[edge->axis];
        if (edge->from == edge->to) {
            continue; /* no move in the store's eyes */
        }
        moves++;
        values = sqlite3_mprintf("%z%s(%Q,%Q,%Q)", values, moves > 1 ? "," : "",
                                 axis_names[edge->axis], names[edge->from], names[edge->to]);
    }
    char *compare =
        sqlite3_mprintf("WITH ours(a, b, c) AS (VALUES %s)"
                        " SELECT (SELECT count(*) FROM lifecycle_edge) ="
                        " (SELECT count(*) FROM (SELECT DISTINCT * FROM ours))"
                        " AND NOT EXISTS (SELECT * FROM ours EXCEPT SELECT * FROM lifecycle_edge)",
                        values); /* two events may make one move */
    char *replace = sqlite3_mprintf("BEGIN IMMEDIATE; DELETE FROM lifecycle_edge; "
                                    "INSERT OR IGNORE INTO lifecycle_edge VALUES %s; COMMIT",
                                    values);
    enum outcome outcome = schema_number(connection, compare, &count, why);
    if (outcome == DONE && count == 0) {
        outcome = execute(connection, replace, "life cycle", why);
    }
    sqlite3_free(values);
    sqlite3_free(compare);
    sqlite3_free(replace);
    return outcome;
}

enum outcome
schema_prepare(sqlite3 *connection, const char *path, bool may_migrate, struct fault *why)
{
    int version = 0;
    int application = 0;
    TRY(schema_number(connection, "PRAGMA user_version", &version, why));
    TRY(schema_number(connection, "PRAGMA application_id", &application, why));
    if (version > 0 && application != APPLICATION_ID) {
        return fail_as(why, FAULT_STORE, "%s is a database, but not one of purser", path);
    }
    if (version > NEWEST_VERSION) {
        return fail_as(why, FAULT_STORE, "%s has version %d; this purser knows versions up to %d",
                       path, version, NEWEST_VERSION);
    }
    if (version < NEWEST_VERSION && !may_migrate) {
        return fail_as(why, FAULT_STORE,
                       "%s has version %d and needs `purser run` to bring it to %d", path, version,
                       NEWEST_VERSION);
    }
    TRY(migrate(connection, path, version, why));
    return may_migrate ? fill_edges(connection, why) : DONE;
}
