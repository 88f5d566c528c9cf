/* Names that lists of a table mention: which of them nobody knows. */
#include "base/text.h"
#include "desk/inspect.h"
#include "store/store.h"
#include "store/store_master.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 80 };

void
mentions_add(struct mentions *mentions, const char *list, const char *field, int64_t line)
{
    const char *name;
    size_t size = 0;
    while ((name = text_list_next(&list, &size)) != NULL) {
        mentions->items = arena_grow(mentions->arena, mentions->items, sizeof *mentions->items,
                                     mentions->count, &mentions->capacity);
        mentions->items[mentions->count++] =
            (struct mention){arena_copy_bytes(mentions->arena, name, size), field, line, false};
    }
}

static int
compare_by_name(const void *one, const void *other)
{
    const struct mention *left = one;
    const struct mention *right = other;
    const int order = strcmp(left->name, right->name);
    return order != 0 ? order : number_compare(left->line, right->line);
}

/* By line, then field, then name: in the order in which a person reads the file. */
static int
compare_by_line(const void *one, const void *other)
{
    const struct mention *left = one;
    const struct mention *right = other;
    if (left->line != right->line) {
        return left->line < right->line ? -1 : 1;
    }
    const int order = strcmp(left->field, right->field);
    return order != 0 ? order : strcmp(left->name, right->name);
}

static void
sort(struct mentions *mentions, int (*compare)(const void *, const void *))
{
    if (mentions->count > 1) {
        qsort(mentions->items, mentions->count, sizeof *mentions->items, compare);
    }
}

void
mentions_keep_first(struct mentions *mentions)
{
    sort(mentions, compare_by_name);
    for (size_t index = 1; index < mentions->count; index++) {
        if (strcmp(mentions->items[index].name, mentions->items[index - 1].name) == 0) {
            mentions->items[index].is_known = true;
        }
    }
}

/* Both sides are sorted by name: one pass over what there is finds what is known. */
enum outcome
mentions_find(struct mentions *mentions, enum master_name name, int64_t version_id,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t at = 0;
    enum outcome outcome = DONE;
    sort(mentions, compare_by_name);
    TRY(master_names(mentions->inspection->store, name, version_id, &rows, why));
    while (at < mentions->count && (outcome = rows_next(&rows, why)) == DONE) {
        const char *known = rows_text(&rows, 0);
        while (at < mentions->count && strcmp(mentions->items[at].name, known) < 0) {
            at++;
        }
        while (at < mentions->count && strcmp(mentions->items[at].name, known) == 0) {
            mentions->items[at++].is_known = true;
        }
    }
    mentions_keep_first(mentions);
    return outcome == NONE ? DONE : outcome;
}

enum outcome
mentions_tell(struct mentions *mentions, enum message code, struct fault *why)
{
    struct inspection *inspection = mentions->inspection;
    const struct master_versions *versions = NULL;
    TRY(facts_versions(inspection->facts, &versions, why));
    sort(mentions, compare_by_line);
    for (size_t index = 0; index < mentions->count; index++) {
        const struct mention *mention = &mentions->items[index];
        if (mention->is_known) {
            continue;
        }
        struct finding finding = {.code = code,
                                  .place = {mention->line, 0},
                                  .field = mention->field,
                                  .value = text_show(lint_scratch(&inspection->lint), mention->name,
                                                     strlen(mention->name), SHOWN_MAX)};
        if (code == M_MASTER_SKU_UNKNOWN && facts_may_hint(inspection->facts)) {
            TRY(master_nearest_sku(inspection->store, versions->of[DOCUMENT_PRODUCTS].id,
                                   mention->name, mentions->arena, &finding.hint, why));
        }
        lint_tell(&inspection->lint, &finding);
    }
    return DONE;
}
