#include "base/fault.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum outcome
fault_set(struct fault *why, enum fault_kind kind, const char *file, int line, const char *format,
          ...)
{
    assert(why->kind == 0 && "a fault is set once and never overwritten");
    why->kind = kind;
    why->file = file;
    why->line = line;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why->text, sizeof why->text, format, arguments);
    va_end(arguments);
    return kind == FAULT_TEMPORARY ? RETRY : FAILED;
}

void
fault_clear(struct fault *why)
{
    memset(why, 0, sizeof *why);
}
