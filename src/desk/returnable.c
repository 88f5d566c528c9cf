#include "desk/returnable.h"

#include "base/decimal.h"

#include <string.h>

static enum outcome
read_parts(struct run *run, const struct returnable_line *line, struct arena *arena,
           struct package_part **parts, size_t *count, struct fault *why)
{
    *count = 0;
    return unit_is_whole(line->unit) ? package_read_parts(run->store, line->order_id, line->version,
                                                          line->ordinal, arena, parts, count, why)
                                     : DONE;
}

enum outcome
returnable_part(struct run *run, const struct returnable_line *line, const char *sku,
                struct arena *arena, const struct package_part **part, bool *is_package,
                struct fault *why)
{
    struct package_part *parts = NULL;
    size_t count = 0;
    TRY(read_parts(run, line, arena, &parts, &count, why));
    *is_package = count > 0;
    for (size_t index = 0; index < count; index++) {
        if (strcmp(parts[index].sku, sku) == 0) {
            *part = &parts[index];
            return DONE;
        }
    }
    return NONE;
}

enum outcome
returnable_parts(struct run *run, const struct returnable_line *line, struct arena *arena,
                 const char **parts, struct fault *why)
{
    struct package_part *items = NULL;
    size_t count = 0;
    *parts = "";
    TRY(read_parts(run, line, arena, &items, &count, why));
    for (size_t index = 0; index < count; index++) {
        *parts = arena_format(arena, "%s%s%s", *parts, index == 0 ? "" : ", ", items[index].sku);
    }
    return DONE;
}

enum outcome
returnable_left(struct run *run, int64_t order_id, const struct stored_return_line *line,
                const struct package_claim *more, size_t more_count, struct arena *arena,
                struct return_facts *facts, struct fault *why)
{
    struct package_claim *claims = NULL;
    size_t count = 0;
    int64_t shipped_micros = 0;
    TRY(package_shipped(run->store, order_id, line->number, &shipped_micros, why));
    TRY(package_read_claims(run->store, PACKAGE_CLAIMED, order_id, line->number, arena, &claims,
                            &count, why));
    struct package_claim *all = arena_array(arena, struct package_claim, count + more_count + 1);
    for (size_t index = 0; index < count; index++) {
        all[index] = claims[index];
    }
    for (size_t index = 0; index < more_count; index++) {
        all[count++] = more[index];
    }
    facts->left_micros =
        package_left(all, count, shipped_micros, return_line_claim(line, 0).part, line->per_micros);
    facts->opened_micros = line->package[0] == '\0' ? package_opened(all, count) : 0;
    return DONE;
}

enum outcome
returnable_product(struct run *run, const struct stored_return_line *line, struct arena *arena,
                   struct return_facts *facts, struct fault *why)
{
    bool is_made = false;
    facts->package = line->package;
    facts->package_category = "";
    if (line->package[0] == '\0') {
        return DONE;
    }
    facts->package_category = facts->category;
    TRY(package_part_product(run->store, line->sku, arena, &facts->category, &is_made, why));
    facts->is_custom |= is_made;
    return DONE;
}
