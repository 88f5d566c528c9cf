/* maker.h -- private to tests/bench: files that are the same for the same arguments. */
#ifndef PURSER_MAKER_H
#define PURSER_MAKER_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct maker {
    uint64_t random; /* the state; xorshift64* */
    uint64_t written;
};

#define MAKER_SEED UINT64_C(88172645463325252)

static inline unsigned int
pick(struct maker *maker, unsigned int below)
{
    maker->random ^= maker->random >> 12;
    maker->random ^= maker->random << 25;
    maker->random ^= maker->random >> 27;
    return (unsigned int)((maker->random * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* To stdout; ends the program when that fails. */
__attribute__((format(printf, 2, 3))) static inline void
put(struct maker *maker, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vprintf(format, arguments);
    va_end(arguments);
    if (length < 0) {
        perror("cannot write");
        exit(1);
    }
    maker->written += (uint64_t)length;
}

#endif
