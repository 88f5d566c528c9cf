/* promise_draw.h -- questions drawn by a fixed seed, and decisions as texts. */
#ifndef PURSER_PROMISE_DRAW_H
#define PURSER_PROMISE_DRAW_H

#include "promise_bench.h"

#include "base/buf.h"

#include <inttypes.h>

enum {
    QUESTIONS = 10000,
    TEXT_BYTES_MAX = 65536,
    SKUS = 5,   /* the last two are materials; anything may be ordered */
    PLACES = 3, /* at most */
    SUPPLIES = 8,
    PLANTS = 2,
    LOADS = 4,
    HORIZON = CALENDAR_DAYS_MAX,
};

static const char *const sku_names[SKUS] = {"A", "B", "C", "M", "N"};

/* One question, and all that it points to. */
struct drawn {
    struct bench *bench;
    uint64_t seed;
    struct promise_supply supplies[SKUS][SUPPLIES + 1];
    size_t supply_counts[SKUS];
    struct promise_plant plants[PLANTS];
    struct promise_load loads[PLANTS][LOADS];
    struct promise_need products[SKUS];
    struct promise_material materials[SKUS][2];
};

/* --- drawing --- */

static inline uint64_t
draw(struct drawn *drawn, uint64_t below)
{
    drawn->seed ^= drawn->seed << 13;
    drawn->seed ^= drawn->seed >> 7;
    drawn->seed ^= drawn->seed << 17;
    return (drawn->seed >> 11) % below;
}

static inline int32_t
draw_day(struct drawn *drawn, int32_t before, int32_t after)
{
    return drawn->bench->question.today - before +
           (int32_t)draw(drawn, (uint64_t)(before + after + 1));
}

static inline void
draw_supplies(struct drawn *drawn, size_t sku)
{
    static const char *const references[] = {"PO-1", "PO-2", "PO-3", "PO-4", "PO-5"};
    struct promise_supply *supplies = drawn->supplies[sku];
    size_t count = 0;
    for (size_t place = 0; place < drawn->bench->question.place_count; place++) {
        if (draw(drawn, 3) > 0) {
            supplies[count++] = (struct promise_supply){PROMISE_FROM_STOCK, place, "", 0,
                                                        ((int64_t)draw(drawn, 9) - 1) * MICROS};
        }
    }
    const size_t receipts = draw(drawn, 6);
    for (size_t index = 0; index < receipts; index++) {
        supplies[count++] = (struct promise_supply){
            PROMISE_FROM_RECEIPT, draw(drawn, drawn->bench->question.place_count),
            references[index], draw_day(drawn, 3, 14), (int64_t)draw(drawn, 8) * MICROS / 2};
    }
    drawn->supply_counts[sku] = count;
}

static inline void
draw_plants(struct drawn *drawn)
{
    static const char *const names[PLANTS] = {"P", "Q"};
    for (size_t plant = 0; plant < PLANTS; plant++) {
        struct promise_load *loads = drawn->loads[plant];
        const size_t count = draw(drawn, LOADS + 1);
        int32_t day = draw_day(drawn, 2, 1);
        for (size_t index = 0; index < count; index++) {
            day += 1 + (int32_t)draw(drawn, 2);
            loads[index] = (struct promise_load){day, (int64_t)draw(drawn, 6) * MICROS};
        }
        drawn->plants[plant] =
            (struct promise_plant){.plant = names[plant],
                                   .place = draw(drawn, drawn->bench->question.place_count),
                                   .capacity_micros = (int64_t)draw(drawn, 6) * MICROS,
                                   .loads = loads,
                                   .load_count = count};
    }
}

static inline void
draw_product(struct drawn *drawn, size_t sku)
{
    struct promise_need *product = &drawn->products[sku];
    const uint64_t kind = draw(drawn, 4); /* 0: neither made nor bought */
    *product = (struct promise_need){.sku = sku_names[sku],
                                     .supplies = drawn->supplies[sku],
                                     .supply_count = drawn->supply_counts[sku],
                                     .is_counted = draw(drawn, 8) > 0,
                                     .is_bought = kind == 1,
                                     .lead_days = (int64_t)draw(drawn, 9)};
    if (kind < 2 || sku >= SKUS - 2) {
        return;
    }
    product->plant = &drawn->plants[kind - 2];
    product->load_micros = (int64_t)draw(drawn, 5) * MICROS / 2;
    product->materials = drawn->materials[sku];
    product->material_count = draw(drawn, 3);
    for (size_t index = 0; index < product->material_count; index++) {
        const size_t material = SKUS - 2 + index;
        drawn->materials[sku][index] =
            (struct promise_material){.sku = sku_names[material],
                                      .quantity_micros = (1 + (int64_t)draw(drawn, 3)) * MICROS / 2,
                                      .supplies = drawn->supplies[material],
                                      .supply_count = drawn->supply_counts[material],
                                      .is_counted = draw(drawn, 6) > 0};
    }
}

static inline void
draw_question(struct drawn *drawn)
{
    struct promise_question *question = &drawn->bench->question;
    question->today = day_named("2026-11-25") + (int32_t)draw(drawn, 30);
    question->pick_days = (int64_t)draw(drawn, 3);
    question->one_place = draw(drawn, 2) == 0;
    question->place_count = 1 + draw(drawn, PLACES);
    question->need_count = 1 + draw(drawn, 5);
    for (size_t place = 0; place < PLACES; place++) {
        drawn->bench->places[place].transit_days = (int64_t)draw(drawn, 4);
    }
    for (size_t sku = 0; sku < SKUS; sku++) {
        draw_supplies(drawn, sku);
    }
    draw_plants(drawn);
    for (size_t sku = 0; sku < SKUS; sku++) {
        draw_product(drawn, sku);
    }
    for (size_t index = 0; index < question->need_count; index++) {
        drawn->bench->needs[index] = drawn->products[draw(drawn, SKUS)];
        drawn->bench->needs[index].quantity_micros = (int64_t)draw(drawn, 25) * MICROS / 2;
    }
}

static inline size_t
sku_index(const char *sku)
{
    size_t index = 0;
    while (strcmp(sku_names[index], sku) != 0) {
        index++;
    }
    return index;
}

/* --- the same of the rule --- */

static inline void
tell_makings(const struct bench *bench, size_t need, struct buf *text)
{
    const struct promise_decision *decision = &bench->decision;
    for (size_t at = 0; at < decision->material_count; at++) {
        const struct promise_material_take *take = &decision->materials[at];
        if (take->need == need) {
            buf_format(text, " %s:%d@%zu%s*%" PRId64,
                       bench->needs[need].materials[take->material].sku, (int)take->source,
                       take->place, take->reference, take->quantity_micros);
        }
    }
    for (size_t at = 0; at < decision->day_count; at++) {
        if (decision->days[at].need == need) {
            buf_format(text, " day:%d*%" PRId64, decision->days[at].day,
                       decision->days[at].load_micros);
        }
    }
}

static inline void
tell_need(const struct bench *bench, size_t need, struct buf *text)
{
    const struct promise_decision *decision = &bench->decision;
    const struct promise_answer *answer = &decision->answers[need];
    for (size_t at = 0; at < decision->take_count; at++) {
        const struct promise_take *take = &decision->takes[at];
        if (take->need == need && take->source == PROMISE_FROM_PLANT) {
            tell_makings(bench, need, text);
            buf_format(text, " make:%" PRId64, take->quantity_micros);
        } else if (take->need == need) {
            buf_format(text, " T:%d@%zu%s*%" PRId64, (int)take->source, take->place,
                       take->reference, take->quantity_micros);
        }
    }
    if (answer->bought_micros > 0) {
        buf_format(text, " buy:%" PRId64, answer->bought_micros);
    }
    if (answer->short_micros > 0) {
        buf_format(text, " short:%" PRId64, answer->short_micros);
    }
    buf_format(text, " %d %d;", answer->ship_day, answer->arrive_day);
}

static inline void
rule_decide(struct bench *bench, struct buf *text)
{
    arena_reset(&bench->arena);
    (void)bench_decide(bench);
    for (size_t index = 0; index < bench->question.need_count; index++) {
        tell_need(bench, index, text);
    }
}

static inline struct drawn *
drawn_make(void)
{
    struct drawn *drawn = calloc(1, sizeof *drawn);
    assert_non_null(drawn);
    drawn->bench = bench_make();
    drawn->seed = UINT64_C(20261130);
    return drawn;
}

static inline void
drawn_end(struct drawn *drawn)
{
    bench_end(drawn->bench);
    free(drawn);
}

#endif
