#include "desk/holds.h"

#include "base/json.h"
#include "desk/asking.h"
#include "desk/credit.h"
#include "desk/stock.h"
#include "store/store.h"

enum {
    BATCH_BYTES_MAX = 4 * 1024 * 1024,
    STEPS_BYTES_MAX = 4 * 1024 * 1024,
    DETAIL_BYTES_MAX = 2 * 1024 * 1024
};

const char *
holds_detail(struct arena *arena, const struct order_hold *hold)
{
    OWNED(buf) buf;
    struct json json;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "hold", order_hold_kind_names[hold->kind]);
    json_text(&json, "blocks", hold_blocks_names[hold->blocks]);
    json_text(&json, "reason", hold->reason);
    if (hold->expires != DAY_NONE) {
        json_day(&json, "until", hold->expires);
    }
    if (*hold->trace != '\0') {
        json_raw(&json, "trace", hold->trace);
    }
    json_end(&json);
    return arena_copy_bytes(arena, buf.bytes, buf.size);
}

const char *
holds_end_detail(struct arena *arena, enum order_hold_kind kind, const struct order_hold_end *end)
{
    OWNED(buf) buf;
    struct json json;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "hold", order_hold_kind_names[kind]);
    json_text(&json, "how", order_hold_how_names[end->how]);
    if (*end->reason != '\0') {
        json_text(&json, "reason", end->reason);
    }
    if (*end->trace != '\0') {
        json_raw(&json, "trace", end->trace);
    }
    json_end(&json);
    return arena_copy_bytes(arena, buf.bytes, buf.size);
}

enum outcome
holds_place(struct run *run, struct subject *subject, const struct placing *placing,
            struct arena *arena, struct fault *why)
{
    const struct hold_policy *policy = &run->config->holds[placing->kind];
    const struct order_hold hold = {.order_id = subject->id,
                                    .version = subject->version,
                                    .kind = placing->kind,
                                    .blocks = policy->blocks,
                                    .reason = placing->reason,
                                    .trace = placing->trace,
                                    .since_ms = run->as_of_ms,
                                    .expires = policy->expires_days == 0
                                                   ? DAY_NONE
                                                   : moment_day(run->as_of_ms) +
                                                         (int32_t)policy->expires_days,
                                    .placed_by = "purser",
                                    .may_end = "",
                                    .customer = placing->customer,
                                    .seen = placing->seen};
    const struct cause cause = {"purser", placing->interchange_id, run->as_of_ms,
                                holds_detail(arena, &hold)};
    return flow_hold(run, subject, &hold, &cause, why);
}

/* Who decided last, or the rule before the order was held, has approved it. */
static enum outcome
approve(struct run *run, struct subject *subject, const struct approval *last, struct arena *arena,
        struct fault *why)
{
    struct cause cause = {last == NULL || last->decided_by[0] == '\0' ? "purser" : last->decided_by,
                          0, run->as_of_ms, ""};
    if (last == NULL) {
        TRY(order_hold_decision(run->store, subject->id, subject->version, arena, &cause.detail,
                                why));
    }
    return flow_approve(run, subject, &cause, why);
}

static enum outcome
ask(struct run *run, struct facts *facts, struct subject *subject, const struct approval *step,
    bool is_first, struct fault *why)
{
    const struct cause cause = {"purser", 0, run->as_of_ms, ""};
    if (is_first) {
        TRY(flow_ask_late(run, subject, &cause, why));
    }
    return ask_step(run, facts, subject, step->id, why);
}

enum outcome
holds_go_on(struct run *run, struct facts *facts, struct subject *subject, struct fault *why)
{
    OWNED(arena) arena;
    struct approval *steps = NULL;
    size_t count = 0;
    size_t next = 0;
    arena_init(&arena, STEPS_BYTES_MAX);
    TRY(flow_know_holds(run, subject, why));
    if (subject->approval != APPROVAL_WAITING || subject->holds.approval != 0) {
        return DONE;
    }
    TRY(approval_steps(run->store, subject->id, subject->version, &arena, &steps, &count, why));
    while (next < count && (steps[next].state == STEP_APPROVED || steps[next].state == STEP_KEPT)) {
        next++;
    }
    if (next == count) {
        return approve(run, subject, count == 0 ? NULL : &steps[count - 1], &arena, why);
    }
    return steps[next].state == STEP_PLANNED
               ? ask(run, facts, subject, &steps[next], next == 0, why)
               : DONE;
}

enum outcome
holds_end(struct run *run, struct facts *facts, struct subject *subject, enum order_hold_kind kind,
          const struct order_hold_end *end, const struct cause *cause, struct fault *why)
{
    TRY(flow_end_hold(run, subject, kind, end, cause, why));
    return holds_go_on(run, facts, subject, why);
}

/* A first version has no past: the store is not asked. */
enum outcome
holds_was_let_go(struct run *run, const struct subject *subject, enum order_hold_kind kind,
                 bool *was_let_go, struct fault *why)
{
    *was_let_go = false;
    return subject->version == 1 ? DONE
                                 : order_hold_was_resumed(run->store, subject->id, subject->version,
                                                          kind, was_let_go, why);
}

enum outcome
holds_check_address(struct run *run, struct subject *subject, const struct order *order,
                    int64_t interchange_id, struct arena *arena, struct fault *why)
{
    const struct placing placing = {
        ORDER_HOLD_ADDRESS, order->address_doubt, "", interchange_id, "", 0};
    bool was_let_go = false;
    if (run->config->address_doubts != DIFFERENCE_HOLDS || *order->address_doubt == '\0') {
        return DONE;
    }
    TRY(flow_know_holds(run, subject, why));
    TRY(holds_was_let_go(run, subject, ORDER_HOLD_ADDRESS, &was_let_go, why));
    if (open_holds_have(&subject->holds, ORDER_HOLD_ADDRESS) || was_let_go) {
        return DONE;
    }
    run_say(run, LOG_WARNING, M_RUN_ADDRESS_HELD, subject->partner, order->number, placing.reason);
    return holds_place(run, subject, &placing, arena, why);
}

static enum outcome
expire(struct run *run, struct facts *facts, struct arena *arena, const struct held_order *order,
       struct fault *why)
{
    const struct order_hold_end end = {ORDER_HOLD_EXPIRED, "purser", "", run->as_of_ms, ""};
    const struct cause cause = {"purser", 0, run->as_of_ms,
                                holds_end_detail(arena, order->kind, &end)};
    struct subject subject = flow_held_subject(order);
    facts_trim(facts);
    return holds_end(run, facts, &subject, order->kind, &end, &cause, why);
}

/* One batch in one transaction; *count is how many there were. */
static enum outcome
expire_some(struct run *run, struct facts *facts, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct held_order *items = NULL;
    arena_init(&arena, BATCH_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(order_hold_expired(run->store, moment_day(run->as_of_ms), &arena, &items, count, why));
    for (size_t index = 0; index < *count; index++) {
        TRY(expire(run, facts, &arena, &items[index], why));
    }
    return store_commit(&tx, why);
}

static enum outcome
release_some(struct run *run, size_t *count, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct held_order *items = NULL;
    arena_init(&arena, BATCH_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    TRY(order_hold_free(run->store, run->config->planning.is_on, &arena, &items, count, why));
    for (size_t index = 0; index < *count; index++) {
        struct subject subject = flow_held_subject(&items[index]);
        TRY(flow_release(run, &subject, why));
    }
    return store_commit(&tx, why);
}

enum outcome
holds_work(struct run *run, struct facts *facts, struct fault *why)
{
    size_t count = HELD_ORDER_BATCH;
    while (count == HELD_ORDER_BATCH && !run_must_stop(run)) {
        TRY(expire_some(run, facts, &count, why));
    }
    TRY(credit_work(run, facts, why));
    TRY(stock_work(run, facts, why));
    count = *run->config->warehouse == '\0' ? 0 : HELD_ORDER_BATCH;
    while (count == HELD_ORDER_BATCH && !run_must_stop(run)) {
        TRY(release_some(run, &count, why));
    }
    return DONE;
}
