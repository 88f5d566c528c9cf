#include "base/log.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* systemd names the device and inode of the journal's socket; compare them as sd-daemon(3) says. */
static bool
stderr_is_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat status;
    unsigned long long device, inode;
    return stream != NULL && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
           fstat(STDERR_FILENO, &status) == 0 && status.st_dev == device && status.st_ino == inode;
}

void
log_init(struct log *log, bool is_quiet, bool is_verbose)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    memset(log, 0, sizeof *log);
    log->is_terminal = isatty(STDERR_FILENO) == 1;
    log->is_journal = stderr_is_journal();
    log->has_colour = log->is_terminal && (no_colour == NULL || no_colour[0] == '\0') &&
                      (terminal == NULL || strcmp(terminal, "dumb") != 0);
    log->level_max = is_quiet                                            ? LOG_TROUBLE
                     : is_verbose || log->is_terminal || log->is_journal ? LOG_NOTE
                                                                         : LOG_WARNING;
}

static void
clear_progress(struct log *log)
{
    if (log->has_progress) {
        fputs("\r\033[K", stderr);
        log->has_progress = false;
    }
}

void
log_write(struct log *log, enum log_level level, const char *format, ...)
{
    static const char *const priorities[] = {"<3>", "<4>", "<6>"};
    static const char *const colours[] = {"\033[31m", "\033[33m", ""};
    char line[1200];
    if (level > log->level_max) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    struct arena arena;
    arena_init(&arena, 64 * 1024);
    const char *shown = text_show(&arena, line, strlen(line), 2 * sizeof line);
    clear_progress(log);
    const bool coloured = log->has_colour && colours[level][0] != '\0';
    fprintf(stderr, "%spurser: %s%s%s\n", log->is_journal ? priorities[level] : "",
            coloured ? colours[level] : "", shown, coloured ? "\033[0m" : "");
    arena_close(&arena);
}

void
log_progress(struct log *log, const char *format, ...)
{
    if (!log->is_terminal || log->level_max < LOG_NOTE) {
        return;
    }
    clear_progress(log);
    if (format[0] != '\0') {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fflush(stderr);
        log->has_progress = true;
    }
}
