/* described.h -- the columns of a file that we write, as its Table Schema (schemas/NAME.csv.json)
 * tells them to others: so that who shows the file once more knows what stands where. */
#ifndef PURSER_DESCRIBED_H
#define PURSER_DESCRIBED_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum described_type {
    DESCRIBED_TEXT,
    DESCRIBED_INTEGER,
    DESCRIBED_NUMBER,
    DESCRIBED_DATE,
    DESCRIBED_MOMENT
};
struct described_column {
    const char *name;
    const char *title;
    const char *title_zh;
    enum described_type type;
    bool is_amount; /* "purser:kind" is "amount": money of the row's currency */
    bool is_word;   /* it is "word": a key of our own words (WORD-X of the messages) */
    bool is_summed; /* "purser:sum": rows of one kind may be added up */
};
/* A broken schema is our bug (assert). */
void described_columns(const char *name, struct arena *arena, struct described_column **columns,
                       size_t *count);

#endif
