/* The code nearest to one that no master data know, for hints. */
#include "base/text.h"
#include "store/store.h"
#include "store/store_master.h"

#include <string.h>

enum { HINT_CANDIDATES_MAX = 2000, HINT_DISTANCE_MAX = 3 };

/* The code that comes nearest to one that is not known, so far: by their skeletons, for capitals
 * and hyphens are what people get wrong first. */
struct nearest {
    char skeleton[TEXT_SKELETON_SIZE];
    size_t distance; /* the most it may be; shortened on the way */
    const char *code;
};

static void
nearest_init(struct nearest *nearest, const char *code)
{
    const size_t length = strlen(text_skeleton(nearest->skeleton, code));
    nearest->distance = length / 3 < HINT_DISTANCE_MAX ? length / 3 : HINT_DISTANCE_MAX;
    nearest->code = "";
}

static enum outcome
nearest_among(struct nearest *nearest, struct rows *rows, struct arena *arena, struct fault *why)
{
    char skeleton[TEXT_SKELETON_SIZE];
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        const char *known = rows_text(rows, 0);
        const size_t away =
            text_distance(nearest->skeleton, text_skeleton(skeleton, known), nearest->distance);
        if (away < nearest->distance || (away == nearest->distance && *nearest->code == '\0')) {
            nearest->distance = away;
            nearest->code = arena_copy(arena, known);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* The first `length` bytes, or one less within a character; in capitals if so wished. */
static const char *
prefix_of(const char *sku, size_t length, bool in_capitals, struct arena *arena)
{
    while (length > 0 && ((unsigned char)sku[length] & 0xC0) == 0x80) {
        length--;
    }
    char *prefix = arena_copy_bytes(arena, sku, length);
    for (char *at = prefix; in_capitals && *at != '\0'; at++) {
        *at = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
    }
    return prefix;
}

enum outcome
master_nearest_sku(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
                   const char **code, struct fault *why)
{
    const size_t half = strlen(sku) / 2;
    const struct {
        size_t length;
        bool in_capitals;
    } prefixes[] = {{half, false}, {half, true}, {1, false}, {1, true}, {0, false}};
    struct nearest nearest;
    nearest_init(&nearest, sku);
    for (size_t index = 0; index < sizeof prefixes / sizeof prefixes[0] && *nearest.code == '\0';
         index++) {
        OWNED(rows) rows = {0};
        const char *prefix =
            prefix_of(sku, prefixes[index].length, prefixes[index].in_capitals, arena);
        const char *end = arena_format(arena, "%s\xf4\x8f\xbf\xbf", prefix); /* last character */
        TRY(store_query(store, SQL_master_skus_from, &rows, why, INTEGER(version_id), TEXT(prefix),
                        TEXT(end), INTEGER(HINT_CANDIDATES_MAX)));
        TRY(nearest_among(&nearest, &rows, arena, why));
    }
    *code = nearest.code;
    return DONE;
}

enum outcome
master_nearest_customer(struct store *store, int64_t version_id, const char *partner,
                        const char *customer, struct arena *arena, const char **code,
                        struct fault *why)
{
    OWNED(rows) rows = {0};
    struct nearest nearest;
    nearest_init(&nearest, customer);
    TRY(store_query(store, SQL_master_customers_of, &rows, why, INTEGER(version_id), TEXT(partner),
                    INTEGER(HINT_CANDIDATES_MAX)));
    TRY(nearest_among(&nearest, &rows, arena, why));
    *code = nearest.code;
    return DONE;
}
