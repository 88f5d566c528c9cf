/* floor.c -- the least that a file of orders can cost: reading it with libcsv and nothing else, and
 * writing the rows that are in a store to an empty one with nothing but prepared statements in one
 * transaction.
 *
 *     floor read FILE.csv        prints the seconds of libcsv alone over the file (fields and rows
 * are only counted) floor write STORE COPY     prints the seconds of writing all rows of STORE to
 * the new file COPY
 *
 * `write` first reads all rows into memory, which is not timed; what is timed is: open, the same
 * tables with the same columns, keys and indexes, the same durability (journal_mode=TRUNCATE,
 * synchronous=EXTRA), BEGIN, one INSERT per row, COMMIT, close.  No triggers, no foreign keys, no
 * checks of ours.
 */
#include <csv.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK_SIZE = 64 * 1024, TABLES_MAX = 200, COLUMNS_MAX = 64 };

struct table {
    char name[64];
    char insert[512];
    int columns;
    sqlite3_value **values; /* all rows, one after the other */
    size_t count;
    size_t capacity;
};

struct counts {
    long fields;
    long rows;
};

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
die(const char *what)
{
    fprintf(stderr, "floor: %s\n", what);
    exit(1);
}

static void
on_field(void *bytes, size_t size, void *data)
{
    (void)bytes;
    (void)size;
    ((struct counts *)data)->fields++;
}

static void
on_row(int end, void *data)
{
    (void)end;
    ((struct counts *)data)->rows++;
}

static int
read_file(const char *path)
{
    static char block[BLOCK_SIZE];
    struct csv_parser parser;
    struct counts counts = {0, 0};
    const double begin = now();
    FILE *file = fopen(path, "rbe");
    if (file == NULL || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        die("cannot read the file");
    }
    for (size_t size = 0; (size = fread(block, 1, sizeof block, file)) > 0;) {
        if (csv_parse(&parser, block, size, on_field, on_row, &counts) != size) {
            die(csv_strerror(csv_error(&parser)));
        }
    }
    csv_fini(&parser, on_field, on_row, &counts);
    csv_free(&parser);
    fclose(file);
    printf("%.4f\n", now() - begin);
    fprintf(stderr, "floor: %ld rows, %ld fields\n", counts.rows, counts.fields);
    return 0;
}

static void
run(sqlite3 *connection, const char *sql)
{
    if (sqlite3_exec(connection, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "floor: %s: %s\n", sql, sqlite3_errmsg(connection));
        exit(1);
    }
}

static sqlite3_stmt *
prepare(sqlite3 *connection, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(connection, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "floor: %s: %s\n", sql, sqlite3_errmsg(connection));
        exit(1);
    }
    return statement;
}

static void
keep_value(struct table *table, sqlite3_value *value)
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity == 0 ? 1024 : 2 * table->capacity;
        table->values = realloc(table->values, table->capacity * sizeof(sqlite3_value *));
        if (table->values == NULL) {
            die("memory");
        }
    }
    table->values[table->count++] = sqlite3_value_dup(value);
}

static void
load_table(sqlite3 *store, struct table *table)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT * FROM %s", table->name);
    sqlite3_stmt *rows = prepare(store, sql);
    table->columns = sqlite3_column_count(rows);
    size_t length = (size_t)snprintf(table->insert, sizeof table->insert, "INSERT INTO %s VALUES (",
                                     table->name);
    for (int column = 0; column < table->columns; column++) {
        length += (size_t)snprintf(table->insert + length, sizeof table->insert - length, "%s?",
                                   column == 0 ? "" : ",");
    }
    snprintf(table->insert + length, sizeof table->insert - length, ")");
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int column = 0; column < table->columns; column++) {
            keep_value(table, sqlite3_column_value(rows, column));
        }
    }
    sqlite3_finalize(rows);
}

/* Tables and their rows, and the SQL that makes tables and indexes. */
static size_t
load_store(const char *path, struct table *tables, char **schema)
{
    sqlite3 *store = NULL;
    size_t count = 0;
    size_t length = 0;
    if (sqlite3_open_v2(path, &store, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        die("cannot open the store");
    }
    sqlite3_stmt *objects =
        prepare(store, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
                       " AND type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'"
                       " ORDER BY type = 'index', rowid");
    while (sqlite3_step(objects) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(objects, 2);
        const size_t size = strlen(sql) + 3;
        *schema = realloc(*schema, length + size);
        if (*schema == NULL || count == TABLES_MAX) {
            die("memory");
        }
        length += (size_t)snprintf(*schema + length, size, "%s;\n", sql);
        if (strcmp((const char *)sqlite3_column_text(objects, 0), "table") == 0) {
            snprintf(tables[count].name, sizeof tables[count].name, "%s",
                     (const char *)sqlite3_column_text(objects, 1));
            load_table(store, &tables[count]);
            count++;
        }
    }
    sqlite3_finalize(objects);
    sqlite3_close(store);
    return count;
}

static void
write_table(sqlite3 *copy, const struct table *table)
{
    sqlite3_stmt *insert = prepare(copy, table->insert);
    for (size_t at = 0; at < table->count; at += (size_t)table->columns) {
        for (int column = 0; column < table->columns; column++) {
            sqlite3_bind_value(insert, column + 1, table->values[at + (size_t)column]);
        }
        if (sqlite3_step(insert) != SQLITE_DONE) {
            die(sqlite3_errmsg(copy));
        }
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

static int
write_rows(const char *store_path, const char *copy_path)
{
    static struct table tables[TABLES_MAX];
    char *schema = NULL;
    sqlite3 *copy = NULL;
    size_t rows = 0;
    const size_t count = load_store(store_path, tables, &schema);
    const double begin = now();
    if (sqlite3_open(copy_path, &copy) != SQLITE_OK) {
        die("cannot make the copy");
    }
    run(copy, "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA cache_size=-16384");
    run(copy, "BEGIN IMMEDIATE");
    run(copy, schema);
    for (size_t index = 0; index < count; index++) {
        write_table(copy, &tables[index]);
        rows += tables[index].count / (size_t)tables[index].columns;
    }
    run(copy, "COMMIT");
    sqlite3_close(copy);
    printf("%.4f\n", now() - begin);
    fprintf(stderr, "floor: %zu rows in %zu tables\n", rows, count);
    return 0;
}

int
main(int count, char **arguments)
{
    if (count == 3 && strcmp(arguments[1], "read") == 0) {
        return read_file(arguments[2]);
    }
    if (count == 4 && strcmp(arguments[1], "write") == 0) {
        return write_rows(arguments[2], arguments[3]);
    }
    fputs("usage: floor read FILE.csv | floor write STORE COPY\n", stderr);
    return 2;
}
