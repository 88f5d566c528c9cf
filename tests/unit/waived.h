/* waived.h -- a person waives a part of what the order A-1 is charged for its cancellations. */
#ifndef TESTS_WAIVED_H
#define TESTS_WAIVED_H

#include "desk_world.h"

/* "done", or why not. */
static inline const char *
waive(struct world *world, const char *actor, int64_t micros)
{
    static char said[700];
    OWNED(arena) arena;
    struct fault why = {0};
    struct fee_waived done = {0};
    const struct fee_waiver waiver = {.partner = "nordlicht",
                                      .order_number = "A-1",
                                      .micros = micros,
                                      .actor = actor,
                                      .reason = "goodwill"};
    arena_init(&arena, 4 * 1024 * 1024);
    const enum outcome outcome = desk_waive(&world->run, &waiver, &arena, &done, &why);
    snprintf(said, sizeof said, "%s", outcome == DONE ? "done" : why.text);
    return said;
}

#endif
