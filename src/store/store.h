/* store.h -- the one SQLite file: opening, transactions, statements.  The only user of sqlite3.h is
 * store.c.
 *
 * Statements live in .sql files beside the C that runs them, each headed by `-- name: NAME`, and
 * are called SQL_NAME here.  They are prepared on first use and kept.  Parameters are named in the
 * SQL (`:partner`) and given in the order of their first appearance there; the number is asserted.
 *
 * Durability: journal_mode=TRUNCATE, synchronous=EXTRA, one writer under the run lock (measured:
 * DELETE+FULL and WAL+NORMAL lose acknowledged commits at a power cut).  Every transaction is BEGIN
 * IMMEDIATE. Failure: FAULT_STORE faults; after one, the caller gives up the run.  Constraint
 * violations are our bugs or expected conflicts: those statements say ON CONFLICT and callers look
 * at store_changes.
 */
#ifndef PURSER_STORE_H
#define PURSER_STORE_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum statement {
#include "statement_names.gen.h"
    STATEMENT_COUNT
};

struct store;

enum store_mode {
    STORE_CREATE, /* make it when missing, migrate to the newest version (after a backup) */
    STORE_WRITE,  /* must exist and be of the newest version */
    STORE_READ,   /* likewise; nothing can be written */
};

/* Open HOME/.purser/purser.db; `path` is the file.  NONE: it does not exist (WRITE, READ). */
MUST_USE enum outcome
store_open(struct store **store, const char *path, enum store_mode mode, struct fault *why);
/* One more connection to the same file, to read with on another thread while nobody writes; its
 * cache is small.  NONE while `store` has a transaction, whose rows it would not see. */
MUST_USE enum outcome
store_open_beside(struct store **beside, const struct store *store, struct fault *why);
void store_shut(struct store *store); /* NULL is fine */

/* A transaction: OWNED(store_tx) rolls back on every way out but commit. */
struct store_tx {
    struct store *store; /* NULL once committed */
};
MUST_USE enum outcome store_begin(struct store *store, struct store_tx *tx, struct fault *why);
MUST_USE enum outcome store_commit(struct store_tx *tx, struct fault *why);
void store_tx_close(struct store_tx *tx);

/* A number that another one's commit changes, and nothing else: what was read between two equal
 * ones is of one state, without keeping a writer waiting. */
MUST_USE enum outcome store_generation(struct store *store, int *generation, struct fault *why);

/* Values for parameters. */
enum value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BYTES };
struct value {
    enum value_kind kind;
    int64_t integer; /* or the size of bytes */
    const void *bytes;
};
#define INTEGER(number)    ((struct value){VALUE_INTEGER, (int64_t)(number), NULL})
#define TEXT(text)         ((struct value){VALUE_TEXT, 0, (text)})
#define BYTES(bytes, size) ((struct value){VALUE_BYTES, (int64_t)(size), (bytes)})
#define NOTHING            ((struct value){VALUE_NULL, 0, NULL})
/* NULL in the store for the two values that mean "absent" here. */
#define INTEGER_OR_NULL(number, absent) ((number) == (absent) ? NOTHING : INTEGER(number))

/* Run a statement that returns no rows (or whose rows do not matter):
 *     TRY(store_run(store, SQL_order_insert, why, TEXT(partner), TEXT(number), ...)); */
#define store_run(store, statement, why, ...)                                                      \
    store_run_values((store), (statement), (const struct value[]){__VA_ARGS__},                    \
                     sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), (why))
#define store_run_bare(store, statement, why) store_run_values((store), (statement), NULL, 0, (why))
MUST_USE enum outcome store_run_values(struct store *store, enum statement statement,
                                       const struct value *values, size_t count, struct fault *why);
/* The same, by names: every parameter finds its value, and values may be left over.  It writes
 * tables of schemas/store/scratch.sql alone, which are this connection's own and gone with it, so
 * it may also be run on a store that is opened to read. */
struct named_value {
    const char *name; /* ":first_day" */
    struct value value;
};
MUST_USE enum outcome
store_run_scratch(struct store *store, enum statement statement, const struct named_value *values,
                  size_t count, struct fault *why);
/* Who writes such tables while rows are being read says so before: a store that is opened to read
 * cannot be asked to let it be written in the middle of them.  OWNED(store_scratch) ends it. */
struct store_scratch {
    struct store *store; /* NULL: nothing is to be ended */
};
MUST_USE enum outcome
store_scratch_begin(struct store *store, struct store_scratch *scratch, struct fault *why);
void store_scratch_close(struct store_scratch *scratch);
int64_t store_last_id(struct store *store);
int64_t store_changes(struct store *store);      /* rows changed by the last store_run */
int64_t store_changes_ever(struct store *store); /* by this connection, scratch tables too */

/* Read rows: OWNED(rows) rows = {0}; TRY(store_query(..., &rows, why, TEXT(x)));
 *            while ((outcome = rows_next(&rows, why)) == DONE) { rows_integer(&rows, 0); ... }
 * One statement cannot be read twice at the same time (asserted).  Texts live until the next
 * rows_next. */
struct rows {
    struct store *store;
    void *statement;
    bool *in_use;
};
#define store_query(store, statement, rows, why, ...)                                              \
    store_query_values((store), (statement), (const struct value[]){__VA_ARGS__},                  \
                       sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), (rows), \
                       (why))
#define store_query_bare(store, statement, rows, why)                                              \
    store_query_values((store), (statement), NULL, 0, (rows), (why))
MUST_USE enum outcome
store_query_values(struct store *store, enum statement statement, const struct value *values,
                   size_t count, struct rows *rows, struct fault *why);
/* Likewise by names. */
MUST_USE enum outcome
store_query_named(struct store *store, enum statement statement, const struct named_value *values,
                  size_t count, struct rows *rows, struct fault *why);
MUST_USE enum outcome rows_next(struct rows *rows, struct fault *why); /* NONE after the last */
int rows_width(const struct rows *rows);                               /* columns */
const char *rows_name(const struct rows *rows, int column); /* as the statement calls it */
bool rows_is_text(const struct rows *rows, int column);
void rows_close(struct rows *rows);

bool rows_is_null(const struct rows *rows, int column);
int64_t rows_integer(const struct rows *rows, int column);
int64_t rows_integer_or(const struct rows *rows, int column, int64_t if_null);
const char *rows_text(const struct rows *rows, int column); /* "" for NULL */
const void *rows_bytes(const struct rows *rows, int column, size_t *size);
char *rows_copy(const struct rows *rows, int column, struct arena *arena); /* text that stays */

/* One integer of one row, or if_none. */
#define store_number(store, statement, if_none, number, why, ...)                                  \
    store_number_values((store), (statement), (const struct value[]){__VA_ARGS__},                 \
                        sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value),        \
                        (if_none), (number), (why))
MUST_USE enum outcome
store_number_values(struct store *store, enum statement statement, const struct value *values,
                    size_t count, int64_t if_none, int64_t *number, struct fault *why);

/* PRAGMA integrity_check and foreign_key_check; `report` gets one line per problem (into the
 * arena), "" when clean.  Reads the whole file: for `purser verify`, not for every run. */
MUST_USE enum outcome
store_check(struct store *store, struct arena *arena, const char **report, struct fault *why);

/* A consistent copy by SQLite's backup interface, synced. */
MUST_USE enum outcome store_backup(struct store *store, const char *to_path, struct fault *why);

/* For tests: prepare every statement. */
MUST_USE enum outcome store_prepare_all(struct store *store, struct fault *why);

#endif
