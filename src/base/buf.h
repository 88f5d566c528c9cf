/* buf.h -- the one growing buffer, for building text and bytes.
 *
 * Life:    buf_init names the most it may ever hold; buf_close frees.  A zeroed buf is closed.
 * Failure: none to the caller.  Growing past `bytes_max` is our bug (assert): whoever fills a
 * buffer from outside checks sizes first.  `bytes` is always zero-terminated once something was
 * added.
 */
#ifndef PURSER_BUF_H
#define PURSER_BUF_H

#include <stddef.h>
#include <string.h>

struct buf {
    char *bytes;
    size_t size;
    size_t capacity;
    size_t bytes_max;
};

void buf_init(struct buf *buf, size_t bytes_max);
void buf_close(struct buf *buf);
void buf_clear(struct buf *buf);

void buf_reserve(struct buf *buf, size_t more); /* room for so many bytes and the end */
void buf_text(struct buf *buf, const char *text);
static inline void
buf_add(struct buf *buf, const void *bytes, size_t size)
{
    if (buf->capacity - buf->size <= size) {
        buf_reserve(buf, size);
    }
    memcpy(buf->bytes + buf->size, bytes, size);
    buf->size += size;
    buf->bytes[buf->size] = '\0';
}

static inline void
buf_char(struct buf *buf, char one)
{
    buf_add(buf, &one, 1);
}

void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
