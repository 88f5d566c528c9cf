#include "intake/label.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

char *
label_key(struct arena *arena, const char *text)
{
    char *key = text_fold(arena, text_normalise(arena, text));
    size_t used = 0;
    for (const char *at = key; *at != '\0'; at++) {
        if (strchr(" \t\r\n_-.:*()[]/'\"", *at) == NULL) {
            key[used++] = *at;
        }
    }
    key[used] = '\0';
    return key;
}

static int
compare(const void *one, const void *other)
{
    return strcmp(((const struct label *)one)->key, ((const struct label *)other)->key);
}

void
label_sort(struct label *labels, size_t count)
{
    if (count > 0) {
        qsort(labels, count, sizeof *labels, compare);
    }
}

const struct label *
label_find(const struct label *labels, size_t count, const char *key)
{
    const struct label wanted = {key, 0};
    return count == 0 ? NULL : bsearch(&wanted, labels, count, sizeof *labels, compare);
}

const struct label *
label_nearest(const struct label *labels, size_t count, const char *key)
{
    /* A third of the text may differ: more would suggest something else.  A long text is no name
     * with a slip in it, and comparing it with all others would take long. */
    enum { NAME_BYTES_MAX = 40 };
    const size_t length = strlen(key);
    size_t best = length / 3 + 1;
    const struct label *nearest = NULL;
    if (length > NAME_BYTES_MAX) {
        return NULL;
    }
    for (size_t index = 0; index < count; index++) {
        const size_t distance = text_distance(labels[index].key, key, best);
        if (distance < best) {
            best = distance;
            nearest = &labels[index];
        }
    }
    return nearest;
}
