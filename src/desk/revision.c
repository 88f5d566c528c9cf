#include "desk/revision.h"

#include "desk/awaiting.h"
#include "desk/cancel_claim.h"
#include "desk/settle.h"
#include "store/store_cancellation.h"
#include "store/store_interchange.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct revision *
revision_new(struct run *run)
{
    struct revision *revision = calloc(1, sizeof *revision);
    assert(revision != NULL);
    revision->run = run;
    arena_init(&revision->arena, APPRAISAL_BYTES_MAX);
    findings_init(&revision->findings);
    facts_init(&revision->facts, run->store);
    facts_begin_file(&revision->facts);
    return revision;
}

void
revision_free(struct revision **revision)
{
    facts_close(&(*revision)->facts);
    findings_close(&(*revision)->findings);
    arena_close(&(*revision)->arena);
    free(*revision);
}

enum outcome
revision_read(struct revision *revision, int64_t order_id, int64_t version, struct fault *why)
{
    struct store *store = revision->run->store;
    TRY(order_read(store, order_id, version, &revision->arena, &revision->order, why));
    return order_read_lines(store, &revision->order, &revision->arena, why);
}

/* Notes of lines that go go with them; the others' follow their lines. */
void
revision_close_gaps(struct order *order, struct arena *arena)
{
    size_t *moved_to = arena_array(arena, size_t, order->line_count + 1);
    size_t left = 0;
    size_t kept = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        if (order->lines[index].quantity_micros > 0) {
            order->lines[left] = order->lines[index];
            moved_to[index + 1] = ++left;
        }
    }
    for (size_t index = 0; index < order->note_count; index++) {
        struct note note = order->notes[index];
        const bool is_of_order = note.line == 0;
        note.line = moved_to[note.line];
        if (is_of_order || note.line != 0) {
            order->notes[kept++] = note;
        }
    }
    order->line_count = left;
    order->note_count = kept;
}

enum outcome
revision_left(struct store *store, int64_t order_id, int64_t version, const struct order *whole,
              struct arena *arena, struct order *left, struct fault *why)
{
    struct cancelled_part *parts = NULL;
    size_t count = 0;
    *left = *whole;
    left->lines = arena_array(arena, struct order_line, whole->line_count + 1);
    left->notes = arena_array(arena, struct note, whole->note_count + 1);
    memcpy(left->lines, whole->lines, whole->line_count * sizeof *left->lines);
    for (size_t index = 0; index < whole->note_count; index++) {
        left->notes[index] = whole->notes[index];
    }
    TRY(order_cancelled_list(store, order_id, version, arena, &parts, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (parts[index].ordinal <= (int64_t)whole->line_count) {
            left->lines[parts[index].ordinal - 1].quantity_micros -= parts[index].quantity_micros;
        }
    }
    if (count > 0) {
        revision_close_gaps(left, arena);
    }
    return DONE;
}

enum outcome
revision_begin(struct revision *revision, struct subject *subject, const struct cause *cause,
               struct fault *why)
{
    TRY(flow_reprice(revision->run, subject, cause, why));
    revision->order.version = subject->version;
    revision->order.is_ours = true;
    return DONE;
}

enum outcome
revision_change(struct revision *revision, struct subject *subject, const struct order *order,
                const struct cause *cause, struct fault *why)
{
    TRY(flow_change(revision->run, subject, cause, why));
    revision->order.version = subject->version;
    revision->order.is_ours = true;
    revision->order.order = *order;
    revision->order.line_count = order->line_count;
    return DONE;
}

enum outcome
revision_appraise(struct revision *revision, const struct subject *subject, struct fault *why)
{
    const struct config *config = revision->run->config;
    const struct appraiser appraiser = {&revision->facts, config,
                                        config_partner(config, subject->partner), revision->since};
    return appraise(&appraiser, &revision->order.order, &revision->arena, &revision->findings,
                    &revision->appraisal, why);
}

enum outcome
revision_conclude(struct revision *revision, const struct revision_end *end,
                  struct subject *subject, struct fault *why)
{
    struct run *run = revision->run;
    assert(revision->appraisal.is_good || revision->appraisal.is_held);
    TRY(interchange_add_version_findings(run->store, end->brought_id, subject->version,
                                         &revision->findings, why));
    if (revision->appraisal.is_held) {
        const struct cause cause = {"purser", 0, run->as_of_ms, ""};
        return await_price(run, &revision->facts, subject, &revision->order.order,
                           &revision->appraisal, &cause, why);
    }
    TRY(settle(&(struct settlement){.run = run,
                                    .facts = &revision->facts,
                                    .arena = &revision->arena,
                                    .order = &revision->order,
                                    .appraisal = &revision->appraisal,
                                    .received_ms = revision->order.received_ms,
                                    .interchange_id = end->interchange_id,
                                    .struck_version = end->struck_version,
                                    .approval = end->approval},
               subject, why));
    return claim_renewed(run, subject, &revision->arena, why);
}
