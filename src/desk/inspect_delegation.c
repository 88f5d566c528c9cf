/* Delegations that came in: nobody has two on one day, and none goes round. */
#include "base/date.h"
#include "base/text.h"
#include "desk/inspect.h"
#include "rules/delegation.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_MAX = 80, CHAIN_SHOWN_MAX = 400 };

static const char *
shown(struct inspection *inspection, const char *text, size_t max)
{
    return text_show(lint_scratch(&inspection->lint), text, strlen(text), max);
}

static const char *
day_text(struct inspection *inspection, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(lint_scratch(&inspection->lint), day_format(text, day));
}

/* `reaching` is the row of a person that reaches furthest, of those that begin before. */
static void
tell_overlaps(struct inspection *inspection, const struct delegation_table *table)
{
    const struct delegation *reaching = NULL;
    for (size_t index = 0; index < table->count; index++) {
        const struct delegation *item = &table->items[index];
        if (reaching == NULL || strcmp(reaching->person, item->person) != 0) {
            reaching = item;
            continue;
        }
        if (item->valid_from <= reaching->valid_to) {
            lint_tell(&inspection->lint,
                      &(struct finding){.code = M_MASTER_DELEGATION_OVERLAP,
                                        .place = {item->line, 0},
                                        .field = "valid_from",
                                        .value = shown(inspection, item->person, SHOWN_MAX),
                                        .expected = day_text(inspection, item->valid_from),
                                        .hint = arena_format(lint_scratch(&inspection->lint),
                                                             "%" PRId64, reaching->line)});
        }
        reaching = item->valid_to > reaching->valid_to ? item : reaching;
    }
}

static void
tell_loops(struct inspection *inspection, const struct delegation_table *table)
{
    for (size_t index = 0; index < table->count; index++) {
        const struct delegation *item = &table->items[index];
        const char *loop = delegation_loop(table, item, lint_scratch(&inspection->lint));
        if (loop != NULL) {
            lint_tell(&inspection->lint,
                      &(struct finding){.code = M_MASTER_DELEGATION_LOOP,
                                        .place = {item->line, 0},
                                        .field = "delegate",
                                        .value = shown(inspection, loop, CHAIN_SHOWN_MAX),
                                        .expected = day_text(inspection, item->valid_from)});
        }
    }
}

enum outcome
inspect_delegations(struct inspection *inspection, struct fault *why)
{
    struct master_row *rows = NULL;
    struct delegation_table table;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(master_delegations(inspection->store, inspection->version_id, &inspection->arena, &rows,
                           &count, why));
    struct delegation *items = arena_array(&inspection->arena, struct delegation, count);
    for (size_t index = 0; index < count; index++) {
        const struct delegation_row *row = &rows[index].delegation;
        items[index] = (struct delegation){row->person,   row->delegate, row->valid_from,
                                           row->valid_to, row->reason,   rows[index].line};
    }
    delegation_table_init(&table, items, count);
    tell_overlaps(inspection, &table);
    tell_loops(inspection, &table);
    return DONE;
}
