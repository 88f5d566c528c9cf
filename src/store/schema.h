/* schema.h -- private to store/: the shape of the store, its migrations and its backups. */
#ifndef PURSER_STORE_SCHEMA_H
#define PURSER_STORE_SCHEMA_H

#include "base/fault.h"

#include <sqlite3.h>
#include <stdbool.h>

/* Bring the store to the newest version (`may_migrate`; each numbered step of schemas/store/ is one
 * transaction, after a backup beside the file when it held data), or refuse: newer than this
 * program, older without leave, or no store of ours.  Also fills lifecycle_edge when it differs
 * from the program's table. */
MUST_USE enum outcome
schema_prepare(sqlite3 *connection, const char *path, bool may_migrate, struct fault *why);

/* Copy to a new file by the backup interface; the copy is complete and synced, or not there. */
MUST_USE enum outcome schema_backup(sqlite3 *connection, const char *to_path, struct fault *why);

/* The number that a statement or pragma says. */
MUST_USE enum outcome
schema_number(sqlite3 *connection, const char *sql, int *number, struct fault *why);

/* The fault of a call that failed.  A store that is damaged or does not fit is FAULT_STORE; a disk
 * that is full, fails or may not be written is not the store's fault (FAULT_UNEXPECTED). */
enum outcome schema_complain(sqlite3 *connection, const char *what, struct fault *why);

#endif
