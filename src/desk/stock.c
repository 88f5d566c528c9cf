/* The trace: {"rule":"stock","version":3,"short":[{"sku":"TEA-1","needed":"5","available":"3"}]},
 * by SKU. */
#include "desk/stock.h"

#include "base/json.h"
#include "desk/holds.h"
#include "store/store.h"
#include "store/store_promotion.h"
#include "store/store_stock.h"

#include <stdlib.h>
#include <string.h>

enum {
    IDS_BYTES_MAX = 64 * 1024 * 1024,
    NEEDS_BYTES_MAX = 64 * 1024 * 1024,
    TRACE_BYTES_MAX = 1024 * 1024,
    TRANSACTION_MAX = 256,
    SHORT_TOLD_MAX = 1000
};

/* ---- what an order takes ---- */

/* In the product's unit, which pricing has found. */
static int64_t
quantity_of(const struct order_line *line, const struct line_facts *facts)
{
    for (size_t index = 0; index < facts->unit_count; index++) {
        if (strcmp(line->unit, facts->unit) != 0 &&
            strcmp(facts->units[index].unit, line->unit) == 0) {
            return (int64_t)((int128)line->quantity_micros * facts->units[index].factor_micros /
                             MICROS);
        }
    }
    return line->quantity_micros;
}

static int
compare_needs(const void *one, const void *other)
{
    return strcmp(((const struct stock_need *)one)->sku, ((const struct stock_need *)other)->sku);
}

/* Each product once, by SKU. */
static size_t
merge(struct stock_need *needs, size_t count)
{
    size_t kept = 0;
    if (count > 1) {
        qsort(needs, count, sizeof *needs, compare_needs);
    }
    for (size_t index = 0; index < count; index++) {
        if (kept > 0 && strcmp(needs[kept - 1].sku, needs[index].sku) == 0) {
            const int128 sum =
                (int128)needs[kept - 1].quantity_micros + needs[index].quantity_micros;
            needs[kept - 1].quantity_micros = sum > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)sum;
        } else {
            needs[kept++] = needs[index];
        }
    }
    return kept;
}

/* Parts count in place of their package. */
static struct stock_need *
gather(const struct stock_question *question, struct arena *arena, size_t *count)
{
    const struct order *order = question->order;
    struct stock_need *needs = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        const struct priced_line *priced = &question->appraisal->decision.lines[index];
        for (size_t part = 0; part < priced->part_count; part++) {
            needs = arena_grow(arena, needs, sizeof *needs, *count, &capacity);
            needs[(*count)++] = (struct stock_need){priced->parts[part].sku,
                                                    priced->parts[part].quantity_micros, 0};
        }
        if (priced->part_count == 0) {
            needs = arena_grow(arena, needs, sizeof *needs, *count, &capacity);
            needs[(*count)++] = (struct stock_need){
                line->sku, quantity_of(line, &question->appraisal->facts.lines[index]), 0};
        }
    }
    *count = merge(needs, *count);
    return needs;
}

/* ---- is there enough ---- */

struct shortage {
    const char *reason; /* "": there is enough */
    const char *trace;
};

static const char *
text_of(struct arena *arena, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static void
tell(struct json *json, struct arena *arena, const struct stock_need *need, int64_t left_micros,
     size_t told, struct shortage *shortage)
{
    const char *needed = text_of(arena, need->quantity_micros);
    const char *left = text_of(arena, left_micros);
    if (told == 0) {
        shortage->reason = arena_format(arena, "%s %s/%s", need->sku, left, needed);
    } else if (told == 1) {
        shortage->reason = arena_format(arena, "%s ...", shortage->reason);
    }
    if (told < SHORT_TOLD_MAX) {
        json_object(json, NULL);
        json_text(json, "sku", need->sku);
        json_text(json, "needed", needed);
        json_text(json, "available", left);
        json_end(json);
    }
}

static enum outcome
judge(struct run *run, struct facts *facts, const struct stock_need *needs, size_t count,
      struct arena *arena, struct shortage *shortage, struct fault *why)
{
    OWNED(buf) buf;
    struct json json;
    const struct master_versions *versions = NULL;
    size_t told = 0;
    *shortage = (struct shortage){"", ""};
    TRY(facts_in_force(facts, &versions, why));
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "rule", "stock");
    json_integer(&json, "version", versions->of[DOCUMENT_STOCK].number);
    json_array(&json, "short");
    for (size_t index = 0; index < count; index++) {
        int64_t left_micros = 0;
        const enum outcome found = promotion_stock(run->store, versions->of[DOCUMENT_STOCK].id,
                                                   needs[index].sku, &left_micros, why);
        if (found == FAILED) {
            return found;
        }
        if (found == DONE && left_micros < needs[index].quantity_micros) {
            tell(&json, arena, &needs[index], left_micros < 0 ? 0 : left_micros, told, shortage);
            told++;
        }
    }
    json_end(&json);
    json_end(&json);
    shortage->trace = arena_copy_bytes(arena, buf.bytes, buf.size);
    return DONE;
}

static enum outcome
list_in_force(struct facts *facts, int64_t *list_id, struct fault *why)
{
    const struct master_versions *versions = NULL;
    TRY(facts_in_force(facts, &versions, why));
    *list_id = versions->of[DOCUMENT_STOCK].id;
    return DONE;
}

static enum outcome
place(const struct stock_question *question, struct subject *subject,
      const struct shortage *shortage, int64_t list_id, struct fault *why)
{
    const struct placing placing = {
        ORDER_HOLD_STOCK, shortage->reason, shortage->trace, question->interchange_id, "", list_id};
    run_say(question->run, LOG_WARNING, M_RUN_STOCK_HELD, subject->partner, question->order->number,
            shortage->reason);
    return holds_place(question->run, subject, &placing, question->arena, why);
}

/* Told of or held; what is not held is promised, also where there is too little. */
static enum outcome
settle_shortage(const struct stock_question *question, struct subject *subject,
                const struct shortage *shortage, int64_t list_id, struct fault *why)
{
    struct run *run = question->run;
    bool was_let_go = false;
    if (*shortage->reason != '\0' && run->config->stock_shortage == SHORTAGE_HOLDS) {
        TRY(holds_was_let_go(run, subject, ORDER_HOLD_STOCK, &was_let_go, why));
        if (!was_let_go) {
            return place(question, subject, shortage, list_id, why);
        }
    } else if (*shortage->reason != '\0') {
        run_say(run, LOG_WARNING, M_RUN_STOCK_SHORT, subject->partner, question->order->number,
                shortage->reason);
    }
    return stock_promise(run->store, subject->id, subject->version, why);
}

enum outcome
stock_check(const struct stock_question *question, struct subject *subject, struct fault *why)
{
    OWNED(arena) arena;
    struct run *run = question->run;
    struct shortage shortage;
    int64_t list_id = 0;
    size_t count = 0;
    arena_init(&arena, NEEDS_BYTES_MAX);
    TRY(list_in_force(question->facts, &list_id, why));
    if (run->config->stock_shortage == SHORTAGE_IGNORED || list_id == 0) {
        return DONE;
    }
    const struct stock_need *needs = gather(question, &arena, &count);
    for (size_t index = 0; index < count; index++) {
        TRY(stock_need_add(run->store, subject->id, subject->version, &needs[index], why));
    }
    TRY(judge(run, question->facts, needs, count, question->arena, &shortage, why));
    return settle_shortage(question, subject, &shortage, list_id, why);
}

/* ---- looked at again ---- */

static enum outcome
let_go(struct run *run, struct facts *facts, const struct held_order *order, struct arena *arena,
       struct fault *why)
{
    const struct order_hold_end end = {ORDER_HOLD_CLEARED, "purser", "", run->as_of_ms, ""};
    const struct cause cause = {"purser", 0, run->as_of_ms,
                                holds_end_detail(arena, ORDER_HOLD_STOCK, &end)};
    struct subject subject = flow_held_subject(order);
    return holds_end(run, facts, &subject, ORDER_HOLD_STOCK, &end, &cause, why);
}

static enum outcome
look_at(struct run *run, struct facts *facts, int64_t order_id, int64_t list_id,
        struct arena *arena, struct fault *why)
{
    struct held_order order;
    struct shortage shortage;
    struct stock_need *needs = NULL;
    size_t count = 0;
    arena_reset(arena);
    facts_trim(facts);
    TRY(order_hold_order(run->store, order_id, arena, &order, why));
    TRY(stock_needs(run->store, order_id, order.version, arena, &needs, &count, why));
    TRY(judge(run, facts, needs, count, arena, &shortage, why));
    return *shortage.reason == '\0'
               ? let_go(run, facts, &order, arena, why)
               : stock_looked(run->store, order_id, shortage.reason, shortage.trace, list_id, why);
}

/* In one transaction, TRANSACTION_MAX from *at on. */
static enum outcome
look_at_some(struct run *run, struct facts *facts, const int64_t *order_ids, size_t count,
             size_t *at, int64_t list_id, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    const size_t end = count - *at > TRANSACTION_MAX ? *at + TRANSACTION_MAX : count;
    arena_init(&arena, NEEDS_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    for (; *at < end; (*at)++) {
        TRY(look_at(run, facts, order_ids[*at], list_id, &arena, why));
    }
    return store_commit(&tx, why);
}

enum outcome
stock_work(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(arena) arena;
    int64_t *order_ids = NULL;
    int64_t list_id = 0;
    size_t count = 0;
    arena_init(&arena, IDS_BYTES_MAX);
    TRY(list_in_force(facts, &list_id, why));
    if (list_id == 0) {
        return DONE; /* nothing was ever held */
    }
    TRY(stock_held(run->store, list_id, &arena, &order_ids, &count, why));
    for (size_t at = 0; at < count && !run_must_stop(run);) {
        TRY(look_at_some(run, facts, order_ids, count, &at, list_id, why));
    }
    return DONE;
}
