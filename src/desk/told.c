#include "desk/told.h"

#include "base/text.h"
#include "order/document.h"
#include "store/store_approval.h"
#include "store/store_outbox.h"

#include <string.h>

enum { NAMES_BYTES_MAX = 4 * 1024 * 1024 };

/* Partners, each once, in the order in which they came. */
struct readers {
    struct run *run;
    struct arena *arena;
    const char **names;
    size_t count;
    size_t capacity;
};

/* Only partners can be told; and who typed a name like a partner's is not a customer. */
static void
add_reader(struct readers *readers, const char *name, bool must_approve)
{
    const struct partner *partner = config_partner(readers->run->config, name);
    const bool may =
        partner != NULL && (!must_approve || (partner->roles & (unsigned int)ROLE_APPROVER) != 0);
    if (may && !text_among(name, readers->names, readers->count)) {
        readers->names = arena_grow(readers->arena, readers->names, sizeof *readers->names,
                                    readers->count, &readers->capacity);
        readers->names[readers->count++] = name;
    }
}

static void
add_list(struct readers *readers, const char *list)
{
    size_t size = 0;
    for (const char *name = text_list_next(&list, &size); name != NULL;
         name = text_list_next(&list, &size)) {
        add_reader(readers, arena_copy_bytes(readers->arena, name, size), false);
    }
}

enum outcome
told_result(struct run *run, int64_t order_id, int64_t version, int64_t event_id, struct fault *why)
{
    OWNED(arena) arena;
    struct readers readers = {.run = run, .arena = &arena};
    struct approval_reader *items = NULL;
    size_t count = 0;
    arena_init(&arena, NAMES_BYTES_MAX);
    TRY(approval_told(run->store, order_id, version, &arena, &items, &count, why));
    const bool was_asked = count > 0 && strcmp(items[0].why, "asked") == 0; /* sorted: the first */
    for (size_t index = 0; index < count && was_asked; index++) {
        if (strcmp(items[index].why, "told") == 0) {
            add_list(&readers, items[index].name);
        } else {
            add_reader(&readers, items[index].name, strcmp(items[index].why, "price") == 0);
        }
    }
    for (size_t index = 0; index < readers.count; index++) {
        TRY(outbox_message_add(run->store,
                               &(struct outbox_message){.partner = readers.names[index],
                                                        .kind = KIND_APPROVAL_RESULT,
                                                        .order_id = order_id,
                                                        .version = version,
                                                        .event_id = event_id},
                               why));
    }
    return DONE;
}
