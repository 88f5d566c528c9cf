#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is formatted is nearly always this short, and then formatted once. */
enum { FORMAT_BRIEF_SIZE = 256 };

void
buf_init(struct buf *buf, size_t bytes_max)
{
    memset(buf, 0, sizeof *buf);
    buf->bytes_max = bytes_max;
}

void
buf_close(struct buf *buf)
{
    free(buf->bytes);
    memset(buf, 0, sizeof *buf);
}

void
buf_clear(struct buf *buf)
{
    buf->size = 0;
    if (buf->bytes != NULL) {
        buf->bytes[0] = '\0';
    }
}

void
buf_reserve(struct buf *buf, size_t more)
{
    assert(buf->bytes_max != 0 && "the buffer was never opened");
    const size_t needed = buf->size + more + 1;
    assert(needed > more && needed <= buf->bytes_max + 1);
    if (needed <= buf->capacity) {
        return;
    }
    size_t capacity = buf->capacity == 0 ? 256 : buf->capacity;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *bytes = realloc(buf->bytes, capacity);
    if (bytes == NULL) {
        fputs("purser: out of memory\n", stderr);
        abort();
    }
    buf->bytes = bytes;
    buf->capacity = capacity;
}

void
buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void
buf_format(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    assert(format != NULL);
    va_start(arguments, format);
    char brief[FORMAT_BRIEF_SIZE];
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(brief, sizeof brief, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if ((size_t)length < sizeof brief) {
        buf_add(buf, brief, (size_t)length);
    } else {
        buf_reserve(buf, (size_t)length);
        vsnprintf(buf->bytes + buf->size, (size_t)length + 1, format, again);
        buf->size += (size_t)length;
    }
    va_end(again);
}
