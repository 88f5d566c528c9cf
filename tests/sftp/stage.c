#include "stage.h"

#include "base/date.h"
#include "base/file.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void
path_in(const struct stage *stage, const char *name, char path[STAGE_PATH_SIZE])
{
    assert_true(snprintf(path, STAGE_PATH_SIZE, "%s/%s", stage->root, name) < STAGE_PATH_SIZE);
}

int
stage_shell(struct stage *stage, const char *format, ...)
{
    char command[4096], full[4608];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    snprintf(full, sizeof full, "cd %s && { %s\n}", stage->root, command);
    return system(full);
}

static void
read_line(struct stage *stage, const char *command, char *line, size_t size)
{
    char full[1024];
    snprintf(full, sizeof full, "cd %s && %s", stage->root, command);
    FILE *pipe = popen(full, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(line, (int)size, pipe));
    line[strcspn(line, "\n")] = '\0';
    pclose(pipe);
}

/* run.sh makes the keys, once for all programs. */
static void
copy_keys(struct stage *stage)
{
    const char *keys = getenv("PURSER_TEST_KEYS");
    if (keys == NULL) {
        fail_msg("start these tests with tests/sftp/run.sh");
    }
    assert_int_equal(stage_shell(stage, "mkdir -p home/.purser && cp -r %s/. .", keys), 0);
    read_line(stage, "cat fingerprint_ed25519", stage->host_key, sizeof stage->host_key);
    read_line(stage, "cat fingerprint_ecdsa", stage->ecdsa_key, sizeof stage->ecdsa_key);
}

void
stage_open(struct stage *stage)
{
    char path[STAGE_PATH_SIZE];
    memset(stage, 0, sizeof *stage);
    snprintf(stage->root, sizeof stage->root, "/tmp/purser-sftp-XXXXXX");
    assert_non_null(mkdtemp(stage->root));
    snprintf(stage->user, sizeof stage->user, "%s", getpwuid(geteuid())->pw_name);
    copy_keys(stage);
    path_in(stage, "home", path);
    stage->home = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(stage->home >= 0);
    path_in(stage, "home/.purser/purser.db", path);
    assert_int_equal(store_open(&stage->run.store, path, STORE_CREATE, &stage->why), DONE);
    stage->log.level_max = LOG_NOTE;
    stage->config.limits = (struct limits){
        .file_bytes_max = 64 * 1024 * 1024, .files_per_fetch_max = 10000, .listing_max = 100000};
    stage->config.partners = stage->partners;
    stage->run.config = &stage->config;
    stage->run.log = &stage->log;
    stage->run.home = stage->home;
    stage->run.state = openat(stage->home, ".purser", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    stage->run.as_of_ms = INT64_C(1790000000000);
}

void
stage_close(struct stage *stage)
{
    stage_stop_server(stage);
    store_shut(stage->run.store);
    close(stage->run.state);
    close(stage->home);
    assert_int_equal(stage_shell(stage, "chmod -R u+w ."), 0);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", stage->root);
    assert_int_equal(system(command), 0);
}

/* ---- the server ---- */

static int
free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(probe, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(probe, (struct sockaddr *)&address, &size), 0);
    close(probe);
    return ntohs(address.sin_port);
}

static bool
answers(int port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                        .sin_port = htons((uint16_t)port)};
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool is_up = connect(probe, (const struct sockaddr *)&address, sizeof address) == 0;
    close(probe);
    return is_up;
}

static void
write_server_config(struct stage *stage, const char *subsystem, const char *lines)
{
    char path[STAGE_PATH_SIZE];
    path_in(stage, "sshd_config", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    /* The first value of a key counts in sshd_config, so a test's own lines go before ours. */
    fprintf(file, "%s\n", lines);
    fprintf(file,
            "ListenAddress 127.0.0.1\nPort %d\nPidFile none\nUsePAM no\nStrictModes no\n"
            "PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
            "AuthorizedKeysFile %s/authorized\nMaxStartups 100\nSubsystem sftp %s\n",
            stage->port, stage->root, subsystem == NULL ? "internal-sftp" : subsystem);
    if (strstr(lines, "HostKey ") == NULL) {
        fprintf(file, "HostKey %s/host_ed25519\nHostKey %s/host_ecdsa\n", stage->root, stage->root);
    }
    fclose(file);
}

void
stage_stop_server(struct stage *stage)
{
    if (stage->server > 0) {
        kill(stage->server, SIGTERM);
        waitpid(stage->server, NULL, 0);
        stage->server = 0;
    }
}

void
stage_serve(struct stage *stage, const char *subsystem, const char *lines)
{
    char config[STAGE_PATH_SIZE], log[STAGE_PATH_SIZE];
    stage_stop_server(stage);
    stage->port = free_port();
    write_server_config(stage, subsystem, lines);
    path_in(stage, "sshd_config", config);
    path_in(stage, "sshd.log", log);
    if (geteuid() == 0) {
        mkdir("/run/sshd", 0755); /* sshd as root wants it */
    }
    stage->server = fork();
    assert_true(stage->server >= 0);
    if (stage->server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a killed test leaves no server */
        if (getenv("PURSER_TEST_PRELOAD") != NULL) {
            setenv("LD_PRELOAD", getenv("PURSER_TEST_PRELOAD"), 1);
        }
        execl("/usr/sbin/sshd", "/usr/sbin/sshd", "-D", "-f", config, "-E", log, (char *)NULL);
        _exit(127);
    }
    for (int round = 0; round < 500 && !answers(stage->port); round++) {
        const struct timespec moment = {0, 10000000};
        nanosleep(&moment, NULL);
    }
    assert_true(answers(stage->port));
    for (size_t index = 0; index < STAGE_PARTNERS_MAX; index++) {
        stage->mailboxes[index].port = stage->port;
    }
}

struct mailbox *
stage_partner(struct stage *stage, const char *id)
{
    static char paths[STAGE_PARTNERS_MAX][2][STAGE_PATH_SIZE];
    const size_t index = stage->config.partner_count++;
    struct mailbox *mailbox = &stage->mailboxes[index];
    assert_true(index < STAGE_PARTNERS_MAX);
    assert_int_equal(stage_shell(stage, "mkdir -p %s/in %s/out", id, id), 0);
    snprintf(paths[index][0], STAGE_PATH_SIZE, "%s/%s/out", stage->root, id);
    snprintf(paths[index][1], STAGE_PATH_SIZE, "%s/%s/in", stage->root, id);
    stage->pinned[0] = stage->host_key;
    stage->pinned[1] = stage->ecdsa_key;
    static const char *const temporary[] = {".*", "*.part", "*.tmp", "*.filepart", "*.partial"};
    memcpy(stage->temporary, temporary, sizeof temporary);
    *mailbox = (struct mailbox){
        .name = "box",
        .kind = MAILBOX_SFTP,
        .host = "127.0.0.1",
        .port = stage->port,
        .user = stage->user,
        .host_keys = stage->pinned,
        .host_key_count = 1,
        .key_file = "key",
        .passphrase_file = "",
        .password_file = "",
        .fetch_path = paths[index][0],
        .deliver_path = paths[index][1],
        .temporary_patterns = stage->temporary,
        .temporary_pattern_count = 5,
        .readiness = READY_BY_NAME,
        .marker_suffix = ".done",
        .settle_ms = 200,
        .move_to = "",
        .connections = 1,
        .connect_timeout_ms = STAGE_PATIENCE_MS,
        .idle_timeout_ms = STAGE_PATIENCE_MS,
        .total_timeout_ms = 4 * STAGE_PATIENCE_MS,
        .attempts = 2,
        .backoff_ms = 20,
        .backoff_max_ms = 40,
    };
    stage->partners[index] = (struct partner){
        .id = id, .name = id, .mailboxes = mailbox, .mailbox_count = 1, .file = "test"};
    return mailbox;
}

/* ---- running ---- */

static enum outcome
run_station(struct stage *stage, enum outcome (*work)(struct run *, struct fault *))
{
    FILE *caught = tmpfile();
    const int before = dup(STDERR_FILENO);
    memset(&stage->run.counts, 0, sizeof stage->run.counts);
    memset(&stage->why, 0, sizeof stage->why);
    fflush(stderr);
    dup2(fileno(caught), STDERR_FILENO);
    const enum outcome outcome = work(&stage->run, &stage->why);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(caught);
    stage->said[fread(stage->said, 1, sizeof stage->said - 1, caught)] = '\0';
    fclose(caught);
    if (getenv("VERBOSE") != NULL) {
        fprintf(stderr, "-- %s%s\n", stage->said, stage->why.text);
    }
    return outcome;
}

enum outcome
stage_fetch(struct stage *stage)
{
    return run_station(stage, courier_fetch);
}

enum outcome
stage_deliver(struct stage *stage)
{
    return run_station(stage, courier_deliver);
}

/* ---- files ---- */

void
stage_put(struct stage *stage, const char *path, const char *text)
{
    char full[STAGE_PATH_SIZE];
    path_in(stage, path, full);
    const int file = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

void
stage_put_big(struct stage *stage, const char *path, size_t size, unsigned int seed)
{
    char full[STAGE_PATH_SIZE];
    static unsigned char block[65536];
    path_in(stage, path, full);
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    for (size_t at = 0; at < size;) {
        const size_t part = size - at < sizeof block ? size - at : sizeof block;
        for (size_t index = 0; index < part; index++) {
            seed = seed * 1664525U + 1013904223U;
            block[index] = (unsigned char)(seed >> 24);
        }
        assert_int_equal(fwrite(block, 1, part, file), part);
        at += part;
    }
    fclose(file);
}

bool
stage_has(struct stage *stage, const char *path)
{
    char full[STAGE_PATH_SIZE];
    path_in(stage, path, full);
    return access(full, F_OK) == 0;
}

int
stage_count(struct stage *stage, const char *folder)
{
    char command[STAGE_PATH_SIZE + 64], line[32];
    snprintf(command, sizeof command, "ls %s 2>/dev/null | wc -l", folder);
    read_line(stage, command, line, sizeof line);
    return (int)strtol(line, NULL, 10);
}

char *
stage_read(struct stage *stage, const char *path, size_t *size)
{
    char full[STAGE_PATH_SIZE];
    struct stat status;
    path_in(stage, path, full);
    FILE *file = fopen(full, "r");
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    char *bytes = malloc((size_t)status.st_size + 1);
    assert_int_equal(fread(bytes, 1, (size_t)status.st_size, file), (size_t)status.st_size);
    bytes[status.st_size] = '\0';
    *size = (size_t)status.st_size;
    fclose(file);
    return bytes;
}

bool
stage_same(struct stage *stage, const char *one, const char *other)
{
    size_t sizes[2];
    char *first = stage_read(stage, one, &sizes[0]);
    char *second = stage_read(stage, other, &sizes[1]);
    const bool is_same = sizes[0] == sizes[1] && memcmp(first, second, sizes[0]) == 0;
    free(first);
    free(second);
    return is_same;
}

/* ---- the store, seen from outside ---- */

static sqlite3 *
open_store(struct stage *stage)
{
    char path[STAGE_PATH_SIZE];
    sqlite3 *connection = NULL;
    path_in(stage, "home/.purser/purser.db", path);
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    return connection;
}

void
stage_text(struct stage *stage, const char *sql, char text[STAGE_PATH_SIZE])
{
    sqlite3 *connection = open_store(stage);
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(connection, sql, -1, &statement, NULL), SQLITE_OK);
    text[0] = '\0';
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL) {
        snprintf(text, STAGE_PATH_SIZE, "%s", (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    sqlite3_close(connection);
}

long long
stage_number(struct stage *stage, const char *sql)
{
    char text[STAGE_PATH_SIZE];
    stage_text(stage, sql, text);
    return atoll(text);
}

void
stage_execute(struct stage *stage, const char *sql)
{
    sqlite3 *connection = open_store(stage);
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(connection);
}

void
stage_outbox(struct stage *stage, const char *partner, const char *name, const char *text)
{
    char path[STAGE_PATH_SIZE], sql[2048], hex[DIGEST_HEX_SIZE];
    assert_int_equal(stage_shell(stage, "mkdir -p home/outbox/%s", partner), 0);
    snprintf(path, sizeof path, "home/outbox/%s/%s", partner, name);
    stage_put(stage, path, text);
    digest_of(text, strlen(text), hex);
    snprintf(sql, sizeof sql,
             "INSERT INTO outbox_file (partner, kind, sequence, name, format, state, "
             "first_message, last_message, messages, size, sha256, created_ms) "
             "SELECT '%s', 'order-response', count(*) + 1, '%s', 'xml', "
             "'written', count(*) + 1, count(*) + 1, 1, %zu, '%s', 0 FROM outbox_file",
             partner, name, strlen(text), hex);
    stage_execute(stage, sql);
}
