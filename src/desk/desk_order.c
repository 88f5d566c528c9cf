/* Orders: facts, price, approval; each order of the file for itself. */
#include "desk/awaiting.h"
#include "desk/flow.h"
#include "desk/matter.h"
#include "desk/settle.h"
#include "store/store_order.h"

/* Documents of one order: its lines, facts, prices and trace. */
enum { BATCH_BYTES_MAX = 8 * 1024 * 1024 };

static enum outcome
refuse(struct matter *matter, struct subject *subject, struct fault *why)
{
    const struct cause cause = {"purser", matter->interchange->id, matter->run->as_of_ms, ""};
    matter->refused++;
    return flow_refuse(matter->run, subject, &cause, why);
}

static enum outcome
work_order(struct matter *matter, struct unpriced *unpriced, struct fault *why)
{
    struct run *run = matter->run;
    struct appraisal appraisal = {0};
    struct subject subject = {
        .id = unpriced->id, .version = unpriced->version, .partner = matter->interchange->partner};
    const struct appraiser appraiser = {matter->facts, run->config,
                                        config_partner(run->config, subject.partner), NULL};
    arena_reset(&matter->arena);
    facts_trim(matter->facts);
    TRY(order_read_lines(run->store, unpriced, &matter->arena, why));
    TRY(appraise(&appraiser, &unpriced->order, &matter->arena, &matter->findings, &appraisal, why));
    if (appraisal.is_held) {
        const struct cause cause = {"purser", matter->interchange->id, run->as_of_ms, ""};
        return await_price(run, matter->facts, &subject, &unpriced->order, &appraisal, &cause, why);
    }
    if (!appraisal.is_good) {
        return refuse(matter, &subject, why);
    }
    return settle(&(struct settlement){.run = run,
                                       .facts = matter->facts,
                                       .arena = &matter->arena,
                                       .order = unpriced,
                                       .appraisal = &appraisal,
                                       .received_ms = matter->interchange->received_ms,
                                       .interchange_id = matter->interchange->id},
                  &subject, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    OWNED(arena) arena;
    int64_t after = 0;
    size_t count = 0;
    arena_init(&arena, BATCH_BYTES_MAX);
    do {
        struct unpriced *batch = NULL;
        arena_reset(&arena);
        TRY(order_unpriced(matter->run->store, matter->interchange->id, after, &arena, &batch,
                           &count, why));
        for (size_t index = 0; index < count; index++) {
            TRY(work_order(matter, &batch[index], why));
            after = batch[index].id;
        }
    } while (count == UNPRICED_BATCH);
    return DONE;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return order_discard_of(matter->run->store, matter->interchange->id, why);
}

const struct applier order_applier = {apply, discard};
