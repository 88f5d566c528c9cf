/* verdict.h -- what became of a file, in one sentence for its sender. */
#ifndef PURSER_VERDICT_H
#define PURSER_VERDICT_H

#include "base/buf.h"
#include "order/message.h"

#include <stdbool.h>
#include <stdint.h>

struct verdict {
    const char *state;    /* "taken", "partly", "refused", "duplicate", "held" */
    bool is_test;         /* nothing stays stored */
    bool is_check;        /* said by `purser check`: what would happen */
    const char *document; /* "order", "prices", ...; names what is counted */
    int64_t documents;
    int64_t documents_taken;
    const char *duplicate_name; /* of a duplicate: the file that came first, and when */
    const char *duplicate_received;
};

void verdict_sentence(struct buf *buf, const struct verdict *verdict, enum language language);

/* "orders", "order", "rows": the word for so many documents of a kind. */
const char *verdict_things(const char *document, int64_t count, enum language language);

#endif
