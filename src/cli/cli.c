#include "batch.h"
#include "cli/command.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/text.h"
#include "base/tree.h"
#include "store/store.h"
#include "writers/outbox.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ARENA_BYTES_MAX = 512 * 1024 * 1024,
    OUT_BYTES_MAX = 256 * 1024 * 1024,
    OUT_KEPT_SIZE = 1024 * 1024
};

/* ---- what is shown ---- */

enum outcome
cli_overflow(struct cli *cli, FILE **file, struct fault *why)
{
    if (cli->overflow == NULL) {
        cli->overflow = tmpfile();
    }
    *file = cli->overflow;
    return *file != NULL ? DONE : fail(why, "cannot make a temporary file: %s", strerror(errno));
}

enum outcome
cli_set_aside(struct cli *cli, struct fault *why)
{
    FILE *file;
    if (cli->out.size < OUT_KEPT_SIZE) {
        return DONE;
    }
    TRY(cli_overflow(cli, &file, why));
    if (fwrite(cli->out.bytes, 1, cli->out.size, file) != cli->out.size) {
        return fail(why, "cannot write a temporary file: %s", strerror(errno));
    }
    buf_clear(&cli->out);
    return DONE;
}

static void
drop_overflow(struct cli *cli)
{
    if (cli->overflow != NULL) {
        fclose(cli->overflow);
        cli->overflow = NULL;
    }
}

static enum outcome
flush_overflow(struct cli *cli, struct fault *why)
{
    char bytes[64 * 1024];
    size_t size;
    if (cli->overflow == NULL) {
        return DONE;
    }
    if (fflush(cli->overflow) != 0) {
        return fail(why, "cannot write a temporary file: %s", strerror(errno));
    }
    rewind(cli->overflow);
    while ((size = fread(bytes, 1, sizeof bytes, cli->overflow)) > 0) {
        TRY(file_write_all(STDOUT_FILENO, bytes, size, "standard output", why));
    }
    const bool is_whole = ferror(cli->overflow) == 0;
    drop_overflow(cli);
    return is_whole ? DONE : fail(why, "cannot read a temporary file");
}

enum outcome
cli_flush(struct cli *cli, struct fault *why)
{
    TRY(flush_overflow(cli, why));
    const size_t size = cli->out.size;
    if (size == 0) {
        return DONE;
    }
    const enum outcome outcome =
        file_write_all(STDOUT_FILENO, cli->out.bytes, size, "standard output", why);
    buf_clear(&cli->out);
    return outcome;
}

const char *
cli_text(const struct cli *cli, enum message message)
{
    return message_text(message, cli->language);
}

void
cli_say(struct cli *cli, enum message message)
{
    buf_text(&cli->out, cli_text(cli, message));
    buf_char(&cli->out, '\n');
}

const char *
cli_phrase_values(struct cli *cli, enum message message, const char *const *values)
{
    return message_fill(message, cli->language, values, &cli->arena);
}

void
cli_say_values(struct cli *cli, enum message message, const char *const *values)
{
    buf_text(&cli->out, cli_phrase_values(cli, message, values));
    buf_char(&cli->out, '\n');
}

const char *
cli_word(struct cli *cli, const char *word)
{
    const char *text = message_word(word, cli->language);
    return text == NULL ? text_show(&cli->arena, word, strlen(word), 200) : text;
}

void
cli_json_begin(struct cli *cli, struct json *json, const char *name)
{
    json_begin(json, &cli->out);
    json_object(json, NULL);
    json_text(json, "schema", arena_format(&cli->arena, "purser.%s/1", name));
}

void
cli_json_end(struct cli *cli, struct json *json)
{
    json_end(json);
    buf_char(&cli->out, '\n');
}

void
cli_json_around(struct cli *cli, const char *name)
{
    struct json json;
    if (!cli->wants_json) {
        return;
    }
    const char *text = arena_copy_bytes(&cli->arena, cli->out.bytes, cli->out.size);
    buf_clear(&cli->out);
    cli_json_begin(cli, &json, name);
    json_object(&json, "data");
    json_text(&json, "text", text);
    json_end(&json);
    cli_json_end(cli, &json);
}

const char *
cli_money(struct cli *cli, int64_t amount_minor, const char *currency)
{
    char text[DECIMAL_TEXT_SIZE];
    const int exponent = currency_exponent(currency) < 0 ? 2 : currency_exponent(currency);
    decimal_format(text, amount_minor, exponent, exponent);
    return arena_format(&cli->arena, "%s %s", text, currency);
}

const char *
cli_time(struct cli *cli, int64_t moment_ms)
{
    char text[TIME_TEXT_SIZE];
    if (moment_ms == 0) {
        return "-";
    }
    moment_format(text, moment_ms);
    text[10] = ' ';  /* 2026-11-24 09:30 */
    text[16] = '\0'; /* people read minutes; --json has all of it */
    return arena_copy(&cli->arena, text);
}

const char *
cli_size(struct cli *cli, int64_t bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB"};
    size_t unit = 0;
    int64_t tenths = bytes * 10;
    while (tenths >= 10240 && unit < 3) {
        tenths /= 1024;
        unit++;
    }
    return unit == 0 ? arena_format(&cli->arena, "%lld B", (long long)bytes)
                     : arena_format(&cli->arena, "%lld.%lld %s", (long long)(tenths / 10),
                                    (long long)(tenths % 10), units[unit]);
}

const char *
cli_age(struct cli *cli, int64_t moment_ms)
{
    const int64_t minutes = (cli->as_of_ms - moment_ms) / 60000;
    return minutes < 1         ? "< 1 min"
           : minutes < 60      ? arena_format(&cli->arena, "%lld min", (long long)minutes)
           : minutes < 48 * 60 ? arena_format(&cli->arena, "%lld h", (long long)(minutes / 60))
                               : arena_format(&cli->arena, "%lld d", (long long)(minutes / 1440));
}

const char *
cli_integer(struct cli *cli, int64_t number)
{
    return arena_format(&cli->arena, "%lld", (long long)number);
}

bool
cli_is_presentable(const char *text, size_t bytes_max)
{
    const size_t size = strlen(text);
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            return false;
        }
    }
    return size <= bytes_max && text_is_utf8(text, size, NULL);
}

bool
cli_has_colour(const struct cli *cli)
{
    const char *no_colour = getenv("NO_COLOR");
    return !cli->wants_json && isatty(STDOUT_FILENO) == 1 &&
           (no_colour == NULL || no_colour[0] == '\0');
}

const char *
cli_actor(struct cli *cli)
{
    const struct passwd *entry = getpwuid(getuid());
    return entry != NULL ? arena_format(&cli->arena, "user:%s", entry->pw_name)
                         : arena_format(&cli->arena, "user:%ld", (long)getuid());
}

/* ---- what must be open ---- */

static enum outcome
open_home(struct cli *cli, struct fault *why)
{
    cli->home_path = option_text(cli, OPTION_HOME, ".");
    cli->home = open(cli->home_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (cli->home < 0) {
        return fail_as(why, FAULT_NOT_FOUND, "cannot open the home folder %s: %s", cli->home_path,
                       strerror(errno));
    }
    return DONE;
}

static enum outcome
load_config(struct cli *cli, struct fault *why)
{
    TRY(config_load(&cli->config, cli->home, &cli->log, why));
    cli->has_config = true;
    if (!option_given(cli, OPTION_LANG)) {
        cli->language = cli->config.language;
    }
    return DONE;
}

/* After the configuration, because a day without a zone is one of the company's. */
static enum outcome
set_time(struct cli *cli, struct fault *why)
{
    cli->as_of_ms = cli->started_ms;
    if (option_given(cli, OPTION_AS_OF) &&
        !moment_parse(cli->values[OPTION_AS_OF], &cli->as_of_ms)) {
        return fail_as(why, FAULT_USAGE,
                       "--as-of is a time such as 2026-11-24T09:30:00+08:00, not \"%s\"",
                       cli->values[OPTION_AS_OF]);
    }
    return DONE;
}

/* Files are filed only after the store knows them.  Where there are such and the store is gone or
 * empty, a new one would give out all numbers a second time and take remembered files again. */
static enum outcome
check_not_lost(struct cli *cli, const char *path, struct fault *why)
{
    static const char *const drawers[] = {".purser/archive", ".purser/sent", ".purser/quarantine"};
    struct stat status;
    const int result = stat(path, &status);
    if (result == 0 ? status.st_size > 0 : errno != ENOENT) {
        return DONE;
    }
    for (size_t index = 0; index < sizeof drawers / sizeof drawers[0]; index++) {
        const char **files = NULL;
        size_t count = 0;
        TRY(tree_list(cli->home, drawers[index], &cli->arena, &files, &count, why));
        if (count > 0) {
            return fail_as(why, FAULT_STORE,
                           "the store %s is %s, but %s holds %zu files that it must know: put a "
                           "good copy in its place; or, to begin anew with all numbers from 1, "
                           "move .purser and outbox to another place",
                           path, result == 0 ? "empty" : "missing", drawers[index], count);
        }
    }
    return DONE;
}

enum outcome
cli_open_store(struct cli *cli, bool may_change, struct fault *why)
{
    const char *path = arena_format(&cli->arena, "%s/.purser/purser.db", cli->home_path);
    TRY(check_not_lost(cli, path, why));
    return store_open(&cli->store, path, may_change ? STORE_CREATE : STORE_READ, why);
}

static enum outcome
open_to_read(struct cli *cli, struct fault *why)
{
    const enum outcome outcome = cli_open_store(cli, false, why);
    return outcome == NONE ? DONE : outcome;
}

enum outcome
cli_lock(struct cli *cli, struct fault *why)
{
    if (cli->state < 0) {
        TRY(file_make_folder(cli->home, ".purser", &cli->state, why));
    }
    TRY(batch_lock(cli->state, cli->started_ms, &cli->lock, why));
    TRY(batch_check_space(cli->state, why));
    return cli_open_store(cli, true, why);
}

/* A command that changes the store first finishes the files of an interrupted run, as a run does.
 */
static enum outcome
recover(struct cli *cli, struct fault *why)
{
    struct run run = {0};
    run.config = &cli->config;
    run.language = cli->language;
    run.store = cli->store;
    run.log = &cli->log;
    run.home = cli->home;
    run.state = cli->state;
    run.as_of_ms = cli->as_of_ms;
    return outbox_recover(&run, why);
}

static enum outcome
provide(struct cli *cli, struct fault *why)
{
    const unsigned int needs = cli->command->needs;
    if ((needs & NEED_HOME) != 0) {
        TRY(open_home(cli, why));
    }
    if ((needs & NEED_CONFIG) != 0) {
        TRY(load_config(cli, why));
    }
    TRY(set_time(cli, why));
    if ((needs & NEED_STORE) != 0) {
        TRY(open_to_read(cli, why));
    }
    if ((needs & NEED_LOCK) != 0) {
        TRY(cli_lock(cli, why));
        TRY(recover(cli, why));
    }
    return DONE;
}

/* ---- from start to end ---- */

/* A descriptor of 0 to 2 that is closed would be the next file we open, and our messages would be
 * written into it. */
static bool
has_standard_files(void)
{
    static const char *const names[] = {"input", "output", "error"};
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            dprintf(STDERR_FILENO, "purser: standard %s is closed; give /dev/null instead\n",
                    names[descriptor]);
            return false;
        }
    }
    return true;
}

/* Keys and passwords pass through memory: no core files. */
static void
harden_process(void)
{
    const struct rlimit none = {0, 0};
    umask(007);
    setrlimit(RLIMIT_CORE, &none);
}

static void
show_fault(struct cli *cli, const struct fault *why)
{
    if (!cli->wants_json) {
        log_write(&cli->log, LOG_TROUBLE, "%s", why->text);
        if (option_given(cli, OPTION_VERBOSE)) {
            log_write(&cli->log, LOG_NOTE, "noticed at %s:%d", why->file, why->line);
        }
        return;
    }
    OWNED(buf) text = {0};
    struct json json;
    buf_init(&text, 64 * 1024);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_text(&json, "schema", "purser.error/1");
    json_integer(&json, "exit_code", (int)why->kind);
    json_text(&json, "text", why->text);
    json_end(&json);
    fprintf(stderr, "%s\n", text.bytes);
}

static enum outcome
work(struct cli *cli, int argc, char **argv, struct fault *why)
{
    TRY(option_parse(cli, argc, argv, why));
    log_init(&cli->log, option_given(cli, OPTION_QUIET), option_given(cli, OPTION_VERBOSE));
    if (option_given(cli, OPTION_HELP)) {
        return cmd_help(cli, why);
    }
    TRY(provide(cli, why));
    return cli->command->run(cli, why);
}

/* What others may wait for. */
static void
let_go(struct cli *cli)
{
    store_shut(cli->store);
    cli->store = NULL;
    if (cli->lock >= 0) {
        close(cli->lock);
        cli->lock = -1;
    }
}

static void
cli_end(struct cli *cli)
{
    if (cli->has_config) {
        config_close(&cli->config);
    }
    drop_overflow(cli);
    buf_close(&cli->out);
    arena_close(&cli->arena);
    for (size_t index = 0; index < 2; index++) {
        const int descriptor = ((const int[]){cli->state, cli->home})[index];
        if (descriptor >= 0) {
            close(descriptor);
        }
    }
}

int
cli_main(int argc, char **argv)
{
    struct cli cli = {0};
    struct fault why = {0};
    if (!has_standard_files()) {
        return FAULT_UNEXPECTED;
    }
    harden_process();
    cli.home = cli.state = cli.lock = -1;
    cli.started_ms = clock_now_ms();
    arena_init(&cli.arena, ARENA_BYTES_MAX);
    buf_init(&cli.out, OUT_BYTES_MAX);
    log_init(&cli.log, false, false);
    const enum outcome outcome = work(&cli, argc, argv, &why);
    let_go(&cli);
    if (outcome == DONE || outcome == NONE) {
        (void)!cli_flush(&cli, &why); /* `why` tells of its fault */
    } else {
        /* What was gathered before the fault is shown too: it may explain it. */
        struct fault unsaid = {0};
        if (cli.wants_json) {
            buf_clear(&cli.out); /* half an object helps no program */
            drop_overflow(&cli);
        }
        (void)!cli_flush(&cli, &unsaid);
    }
    int exit_code = cli.exit_code;
    if (why.kind != 0) {
        show_fault(&cli, &why);
        exit_code = (int)why.kind;
    }
    cli_end(&cli);
    return exit_code;
}
