/* The trace of a line: {"rule":"promise","planned":"2026-11-24","place":3,"reason":"to-come",
 * "material":"","short":"0","promise":{...},"before":[{"order":"nordlicht/A-1","quantity":"5",
 * "promised":"2026-11-27","class":1}]}; "promise" is that of rules/promise.c, "refused" the plant
 * that will not make it and is not asked again, and "before" the first of those who have been
 * promised of the product, where that is why it comes later. */
#include "desk/planning_turn.h"

#include "base/decimal.h"
#include "base/json.h"

#include <string.h>

enum { TRACE_BYTES_MAX = 4 * 1024 * 1024, HOLDERS_TOLD_MAX = 10 };

/* ---- who stands before ---- */

/* Of a product; of the orders of one transaction, which are served in the order of the line: when
 * so many are known as are told, later ones change nothing. */
struct holders {
    const char *sku;
    struct plan_holder *items;
    size_t count;
    struct holders *next;
};

static enum outcome
find_holders(struct planner *planner, const char *sku, const struct holders **found,
             struct fault *why)
{
    struct holders *seen = planner->seen;
    while (seen != NULL && strcmp(seen->sku, sku) != 0) {
        seen = seen->next;
    }
    if (seen == NULL) {
        seen = arena_new(planner->batch, struct holders);
        *seen = (struct holders){arena_copy(planner->batch, sku), NULL, 0, planner->seen};
        planner->seen = seen;
    }
    if (seen->count <= HOLDERS_TOLD_MAX) { /* one more, for an order does not stand before itself */
        TRY(plan_holders(planner->run->store, sku, HOLDERS_TOLD_MAX + 1, planner->batch,
                         &seen->items, &seen->count, why));
    }
    *found = seen;
    return DONE;
}

static void
tell_holders(struct json *json, const struct holders *holders, int64_t order_id)
{
    size_t told = 0;
    json_array(json, "before");
    for (size_t index = 0; index < holders->count && told < HOLDERS_TOLD_MAX; index++) {
        const struct plan_holder *holder = &holders->items[index];
        if (holder->order_id == order_id) {
            continue;
        }
        json_object(json, NULL);
        json_text(json, "partner", holder->partner);
        json_text(json, "order", holder->number);
        json_decimal(json, "quantity", holder->quantity_micros, MICROS_PLACES, 0);
        json_day(json, "promised", holder->promised);
        json_integer(json, "class", holder->class);
        json_end(json);
        told++;
    }
    json_end(json);
}

/* ---- lines ---- */

static bool
is_late(const struct found *found)
{
    return found->reason != PROMISE_IN_STOCK && found->reason != PROMISE_NOT_COUNTED;
}

static enum outcome
trace_of(struct turn *turn, size_t index, const char **trace, struct fault *why)
{
    OWNED(buf) buf;
    struct json json;
    const struct found *found = &turn->found[index];
    const struct holders *holders = NULL;
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "rule", "promise");
    json_day(&json, "planned", moment_day(turn->planner->run->as_of_ms));
    json_integer(&json, "place", turn->order->place);
    json_text(&json, "reason", promise_reason_names[found->reason]);
    json_text(&json, "material", found->material == NULL ? "" : found->material);
    if (found->unmade_by != NULL) {
        json_text(&json, "refused", found->unmade_by);
    }
    json_decimal(&json, "short", found->short_micros, MICROS_PLACES, 0);
    if (found->trace != NULL && *found->trace != '\0') {
        json_raw(&json, "promise", found->trace);
    }
    if (is_late(found)) {
        TRY(find_holders(turn->planner, turn->lines[index].sku, &holders, why));
        tell_holders(&json, holders, turn->order->order_id);
    }
    json_end(&json);
    *trace = arena_copy_bytes(turn->arena, buf.bytes, buf.size);
    return DONE;
}

static enum outcome
tell_line(struct turn *turn, size_t index, struct fault *why)
{
    const char *trace = "";
    turn->lines[index].promised = turn->found[index].arrive_day;
    TRY(trace_of(turn, index, &trace, why));
    return plan_line_told(turn->planner->run->store, turn->order->order_id, &turn->lines[index],
                          turn->found[index].ship_day, trace, why);
}

/* ---- the order ---- */

/* The line that all of the order waits for; SIZE_MAX: nothing of it is to come. */
static size_t
last_line(const struct turn *turn)
{
    size_t last = SIZE_MAX;
    for (size_t index = 0; index < turn->line_count; index++) {
        const struct plan_line *line = &turn->lines[index];
        if (line->cancelled_micros >= line->needed_micros) {
            continue;
        }
        if (line->promised == DAY_NONE) {
            return index;
        }
        last = last == SIZE_MAX || line->promised > turn->lines[last].promised ? index : last;
    }
    return last;
}

/* {"day":"2026-12-01","before":"2026-11-30","reason":"to-come","line":"1","sku":"TEA-1"} */
static const char *
promised_detail(struct turn *turn, size_t last, int32_t day)
{
    OWNED(buf) buf;
    struct json json;
    const struct found *found = &turn->found[last];
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_day(&json, "day", day);
    json_day(&json, "before", turn->order->promised);
    if (found->is_told) {
        json_text(&json, "reason", promise_reason_names[found->reason]);
    }
    json_text(&json, "line", turn->lines[last].number);
    json_text(&json, "sku", turn->lines[last].sku);
    json_end(&json);
    return arena_copy_bytes(turn->arena, buf.bytes, buf.size);
}

enum outcome
turn_tell(struct turn *turn, struct fault *why)
{
    struct run *run = turn->planner->run;
    for (size_t index = 0; index < turn->line_count; index++) {
        if (turn->found[index].is_told) {
            TRY(tell_line(turn, index, why));
        }
    }
    const size_t last = last_line(turn);
    const int32_t day = last == SIZE_MAX ? turn->order->promised : turn->lines[last].promised;
    if (last == SIZE_MAX || (day == turn->order->promised && turn->order->was_planned)) {
        return DONE;
    }
    const struct cause cause = {"purser", 0, run->as_of_ms, promised_detail(turn, last, day)};
    TRY(plan_promised(run->store, turn->order->order_id, day, why));
    return flow_tell(run, &turn->subject, EVENT_PROMISED, &cause, why);
}
