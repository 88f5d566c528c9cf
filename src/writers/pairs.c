#include "writers/pairs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
pairs_begin(struct pairs *pairs, const char *json, struct arena *arena)
{
    *pairs = (struct pairs){.at = json, .arena = arena};
}

/* One escape of base/json.c (\" \\ \n \t and \u00XX) as the byte it stands for. */
static char
unescape(const char **at)
{
    const char kind = *(*at)++;
    if (kind == 'u') {
        char digits[5] = {0};
        memcpy(digits, *at, strnlen(*at, 4));
        *at += strlen(digits);
        return (char)strtol(digits, NULL, 16);
    }
    return kind == 'n' ? '\n' : kind == 't' ? '\t' : kind;
}

/* The next text in quotes; NULL at the end. */
static const char *
next_text(struct pairs *pairs)
{
    const char *from = strchr(pairs->at, '"');
    if (from == NULL) {
        pairs->at += strlen(pairs->at);
        return NULL;
    }
    pairs->at = from + 1;
    const char *end = pairs->at;
    while (*end != '"' && *end != '\0') {
        end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;
    }
    char *text = arena_alloc(pairs->arena, (size_t)(end - pairs->at) + 1);
    size_t length = 0;
    while (*pairs->at != '"') {
        assert(*pairs->at != '\0' && "we stored what we wrote");
        const char one = *pairs->at++;
        text[length++] = one == '\\' ? unescape(&pairs->at) : one;
    }
    pairs->at++;
    return text;
}

bool
pairs_next(struct pairs *pairs, const char **name, const char **value)
{
    *name = next_text(pairs);
    *value = *name == NULL ? NULL : next_text(pairs);
    return *value != NULL;
}

const char *
pairs_join(const char *json, struct arena *arena, struct buf *joined)
{
    const char *name;
    const char *value;
    struct pairs options;
    buf_clear(joined);
    buf_text(joined, "");
    pairs_begin(&options, json, arena);
    while (pairs_next(&options, &name, &value)) {
        buf_text(joined, joined->size == 0 ? "" : "; ");
        buf_text(joined, name);
        buf_char(joined, '=');
        buf_text(joined, value);
    }
    return joined->bytes;
}
