/* delay_telling.h -- what is told of a delay, in the words for whoever gets it: private to
 * src/writers. */
#ifndef PURSER_DELAY_TELLING_H
#define PURSER_DELAY_TELLING_H

#include "store/store_document_delay.h"
#include "writers/writer.h"

struct telling {
    const struct document_delay *delay;
    bool is_ours; /* not the customer's */
    const char *cause;
    const char *cause_text;
    const char *text;
    const char *advice; /* "" */
    const char *page;   /* "" */
};

/* Its texts lie in the arena. */
struct telling
telling_of(const struct writing *writing, const struct document_delay *delay, struct arena *arena);

#endif
