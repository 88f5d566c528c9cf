/* digest.c -- one number for everything that a later run of the program can see.
 *
 *     digest PLACE
 *
 * PLACE holds home/ and remote/.  Two places with one digest have the same rows in the store (after
 * SQLite has rolled back what was half written) and the same files with the same bytes in all
 * folders, so the next run does the same in both: the crash sweep needs to look at one of them
 * only. Left out: the table of runs (its rows hold the time of day, and nothing reads them to
 * decide), the lock, and the configuration, which nobody changes.  Database ids are in it, so it
 * can only tell apart too much, never too little.  The store itself is not touched: a copy is
 * opened.
 */
#include <errno.h>
#include <ftw.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 4096, OPEN_MAX_FOR_WALK = 16 };

/* nftw() hands nothing through, so what it collects is here. */
static char *found[FILES_MAX];
static size_t found_count;

static void
die(const char *what)
{
    fprintf(stderr, "digest: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void
add(EVP_MD_CTX *sum, const void *bytes, size_t size)
{
    if (EVP_DigestUpdate(sum, bytes, size) != 1) {
        die("sha256");
    }
}

static int
collect(const char *path, const struct stat *status, int type, struct FTW *level)
{
    (void)level;
    static const char *const left_out[] = {"home/partners.d", "home/.purser/purser.db",
                                           "home/.purser/run.lock"};
    for (size_t index = 0; index < sizeof left_out / sizeof left_out[0]; index++) {
        if (strncmp(path, left_out[index], strlen(left_out[index])) == 0) {
            return 0;
        }
    }
    if (type == FTW_NS || type == FTW_DNR) {
        return 0; /* it went away meanwhile: a server finishing what it was told */
    }
    if (found_count == FILES_MAX) {
        die("too many files");
    }
    char *name = NULL;
    if (asprintf(&name, "%c%s", S_ISDIR(status->st_mode) ? 'd' : 'f', path) < 0) {
        die("memory");
    }
    found[found_count++] = name;
    return 0;
}

static int
by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void
add_file(EVP_MD_CTX *sum, const char *path)
{
    char block[65536];
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        add(sum, "gone", 4);
        return;
    }
    uint64_t total = 0;
    size_t size;
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        add(sum, block, size);
        total += size;
    }
    fclose(file);
    add(sum, &total, sizeof total);
}

static void
add_folders(EVP_MD_CTX *sum)
{
    if (nftw("home", collect, OPEN_MAX_FOR_WALK, FTW_PHYS) != 0 ||
        nftw("remote", collect, OPEN_MAX_FOR_WALK, FTW_PHYS) != 0) {
        die("cannot walk");
    }
    qsort(found, found_count, sizeof found[0], by_name);
    for (size_t index = 0; index < found_count; index++) {
        add(sum, found[index], strlen(found[index]) + 1);
        if (found[index][0] == 'f') {
            add_file(sum, found[index] + 1);
        }
        free(found[index]);
    }
}

static void
copy_file(const char *from, const char *to)
{
    char block[65536];
    FILE *in = fopen(from, "re");
    FILE *out = fopen(to, "we");
    size_t size;
    if (out == NULL) {
        die(to);
    }
    while (in != NULL && (size = fread(block, 1, sizeof block, in)) > 0) {
        if (fwrite(block, 1, size, out) != size) {
            die(to);
        }
    }
    if (in != NULL) {
        fclose(in);
    }
    if (fclose(out) != 0) {
        die(to);
    }
}

static void
add_row(EVP_MD_CTX *sum, sqlite3_stmt *row)
{
    for (int column = 0; column < sqlite3_column_count(row); column++) {
        if (strcmp(sqlite3_column_name(row, column), "run_id") == 0) {
            continue;
        }
        const int type = sqlite3_column_type(row, column);
        const void *bytes = sqlite3_column_blob(row, column);
        const int size = sqlite3_column_bytes(row, column);
        add(sum, &type, sizeof type);
        add(sum, &size, sizeof size);
        add(sum, bytes, (size_t)size);
    }
}

static void
add_table(EVP_MD_CTX *sum, sqlite3 *store, const char *name)
{
    sqlite3_stmt *rows = NULL;
    char *query = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
    add(sum, name, strlen(name) + 1);
    if (sqlite3_prepare_v2(store, query, -1, &rows, NULL) != SQLITE_OK) {
        fprintf(stderr, "digest: %s\n", sqlite3_errmsg(store));
        exit(2);
    }
    while (sqlite3_step(rows) == SQLITE_ROW) {
        add_row(sum, rows);
    }
    sqlite3_finalize(rows);
    sqlite3_free(query);
}

static void
add_store(EVP_MD_CTX *sum)
{
    static const char path[] = "home/.purser/purser.db";
    static const char journal[] = "home/.purser/purser.db-journal";
    struct stat status;
    if (stat(path, &status) != 0) {
        add(sum, "none", 4);
        return;
    }
    const bool has_journal = stat(journal, &status) == 0 && status.st_size > 0;
    add(sum, &has_journal, sizeof has_journal); /* it was caught writing: open it for real, too */
    copy_file(path, "copy.db");
    copy_file(journal, "copy.db-journal");
    sqlite3 *store = NULL;
    sqlite3_stmt *tables = NULL;
    if (sqlite3_open("copy.db", &store) != SQLITE_OK ||
        sqlite3_prepare_v2(store,
                           "SELECT name FROM sqlite_schema WHERE type = 'table'"
                           " AND name <> 'run' ORDER BY name",
                           -1, &tables, NULL) != SQLITE_OK) {
        add(sum, "unreadable", 10);
    }
    while (tables != NULL && sqlite3_step(tables) == SQLITE_ROW) {
        add_table(sum, store, (const char *)sqlite3_column_text(tables, 0));
    }
    sqlite3_finalize(tables);
    sqlite3_close(store);
    unlink("copy.db");
    unlink("copy.db-journal");
}

int
main(int count, char **arguments)
{
    if (count != 2 || chdir(arguments[1]) != 0) {
        die("usage: digest PLACE");
    }
    EVP_MD_CTX *sum = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (sum == NULL || EVP_DigestInit_ex(sum, EVP_sha256(), NULL) != 1) {
        die("sha256");
    }
    add_folders(sum);
    add_store(sum);
    if (EVP_DigestFinal_ex(sum, digest, &size) != 1) {
        die("sha256");
    }
    for (unsigned int index = 0; index < 16; index++) {
        printf("%02x", digest[index]);
    }
    putchar('\n');
    EVP_MD_CTX_free(sum);
    return 0;
}
