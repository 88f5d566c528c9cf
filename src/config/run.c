#include "config/run.h"

enum { SAID_BYTES_MAX = 64 * 1024 };

void
run_say_values(const struct run *run, enum log_level level, enum message message,
               const char *const *values)
{
    OWNED(arena) arena;
    arena_init(&arena, SAID_BYTES_MAX);
    log_write(run->log, level, "%s", message_fill(message, run->language, values, &arena));
}
