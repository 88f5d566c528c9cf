/* label.h -- names as people write them (column headers, units, countries), made comparable.
 *
 * "Order Number", "order_number", "ＯＲＤＥＲ－ＮＵＭＢＥＲ" and "order number*" have the same key:
 * NFKC, case folded, blanks and punctuation dropped. */
#ifndef PURSER_LABEL_H
#define PURSER_LABEL_H

#include "base/arena.h"

#include <stddef.h>

/* The key of a text that is valid UTF-8. */
char *label_key(struct arena *arena, const char *text);

/* A key and what it stands for; sorted by key for label_find. */
struct label {
    const char *key;
    size_t index;
};
void label_sort(struct label *labels, size_t count);
const struct label *label_find(const struct label *labels, size_t count, const char *key);

/* The label with the key nearest to this one, or NULL when none is near. */
const struct label *label_nearest(const struct label *labels, size_t count, const char *key);

#endif
