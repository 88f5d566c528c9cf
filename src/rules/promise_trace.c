/* The trace: {"needed":"80","taken":[{"from":"stock","place":"harbour","quantity":"75","free":"75",
 * "day":"2026-11-30"},{"from":"receipt",...,"reference":"PO-7","overdue":"2026-11-20"},
 * {"from":"make","plant":"verka","place":"harbour","quantity":"5","start":"2026-12-01","day":...,
 * "days":[{"day":"2026-12-01","load":"2.5"}],"materials":[{"sku":"LEAF","needed":"1.25","taken":
 * [{"from":"stock","place":...,"quantity":...,"day":...}]}]},{"from":"buy","place":...,"quantity":
 * ...,"day":...}],"short":"0","reason":"capacity","material":"","ship":"2026-12-04","arrive":
 * "2026-12-07"}.  A day that nobody can say is null.  Of a long list the first ones are told, and
 * how many more there are: "taken_more", "days_more", "materials_more". */
#include "rules/promising.h"

#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"

enum {
    TRACE_BYTES_MAX = 1024 * 1024,
    TAKES_TOLD = 50,
    DAYS_TOLD = 40,
    MATERIALS_TOLD = 30,
    MATERIAL_TAKES_TOLD = 5 /* of each */
};

struct telling {
    const struct promising *promising;
    const struct promise_marks *from;
    size_t need;
    struct json *json;
};

static void
tell_amount(const struct telling *telling, const char *key, int64_t micros)
{
    json_decimal(telling->json, key, micros, MICROS_PLACES, 0);
}

static void
tell_more(const struct telling *telling, const char *key, size_t count, size_t told)
{
    if (count > told) {
        json_integer(telling->json, key, (int64_t)(count - told));
    }
}

static const char *
place_name(const struct telling *telling, size_t place)
{
    return telling->promising->question->places[place].warehouse;
}

static void
tell_overdue(const struct telling *telling, int32_t day, int32_t planned_day)
{
    if (planned_day != day) {
        json_day(telling->json, "overdue", planned_day);
    }
}

static void
tell_days(const struct telling *telling)
{
    const struct promise_decision *decision = telling->promising->decision;
    const size_t from = telling->from->day;
    const size_t count = decision->day_count - from;
    const size_t told = count < DAYS_TOLD ? count : DAYS_TOLD;
    json_array(telling->json, "days");
    for (size_t index = 0; index < told; index++) {
        json_object(telling->json, NULL);
        json_day(telling->json, "day", decision->days[from + index].day);
        tell_amount(telling, "load", decision->days[from + index].load_micros);
        json_end(telling->json);
    }
    json_end(telling->json);
    tell_more(telling, "days_more", count, told);
}

/* Those of one material from `*at` on, which goes behind them. */
static void
tell_material_takes(const struct telling *telling, size_t material, size_t *at)
{
    const struct promise_decision *decision = telling->promising->decision;
    size_t count = 0;
    json_array(telling->json, "taken");
    for (; *at < decision->material_count && decision->materials[*at].material == material; ++*at) {
        const struct promise_material_take *take = &decision->materials[*at];
        if (count++ >= MATERIAL_TAKES_TOLD) {
            continue;
        }
        json_object(telling->json, NULL);
        json_text(telling->json, "from", promise_source_names[take->source]);
        json_text(telling->json, "place", place_name(telling, take->place));
        if (take->source == PROMISE_FROM_RECEIPT) {
            json_text(telling->json, "reference", take->reference);
            tell_overdue(telling, take->day, take->planned_day);
        }
        tell_amount(telling, "quantity", take->quantity_micros);
        json_day(telling->json, "day", take->day);
        json_end(telling->json);
    }
    json_end(telling->json);
    tell_more(telling, "taken_more", count, MATERIAL_TAKES_TOLD);
}

static void
tell_materials(const struct telling *telling, int64_t quantity_micros)
{
    const struct promise_need *need = &telling->promising->question->needs[telling->need];
    const size_t told =
        need->material_count < MATERIALS_TOLD ? need->material_count : MATERIALS_TOLD;
    size_t at = telling->from->material;
    json_array(telling->json, "materials");
    for (size_t index = 0; index < told; index++) {
        const struct promise_material *material = &need->materials[index];
        json_object(telling->json, NULL);
        json_text(telling->json, "sku", material->sku);
        tell_amount(telling, "needed", promise_product(quantity_micros, material->quantity_micros));
        if (material->is_counted) {
            tell_material_takes(telling, index, &at);
        }
        json_end(telling->json);
    }
    json_end(telling->json);
    tell_more(telling, "materials_more", need->material_count, told);
}

static void
tell_take(const struct telling *telling, const struct promise_take *take, bool is_counted)
{
    json_object(telling->json, NULL);
    json_text(telling->json, "from", promise_source_names[take->source]);
    if (take->source == PROMISE_FROM_PLANT) {
        json_text(telling->json, "plant", take->reference);
    }
    json_text(telling->json, "place", place_name(telling, take->place));
    if (take->source == PROMISE_FROM_RECEIPT) {
        json_text(telling->json, "reference", take->reference);
        tell_overdue(telling, take->day, take->planned_day);
    }
    tell_amount(telling, "quantity", take->quantity_micros);
    if (take->source != PROMISE_FROM_PLANT && is_counted) {
        tell_amount(telling, "free", take->free_micros);
    }
    if (take->source == PROMISE_FROM_PLANT) {
        json_day(telling->json, "start", take->start_day);
    }
    json_day(telling->json, "day", take->day);
    if (take->source == PROMISE_FROM_PLANT) {
        tell_days(telling);
        tell_materials(telling, take->quantity_micros);
    }
    json_end(telling->json);
}

static void
tell_bought(const struct telling *telling, const struct promise_answer *answer)
{
    json_object(telling->json, NULL);
    json_text(telling->json, "from", "buy");
    json_text(telling->json, "place", place_name(telling, 0));
    tell_amount(telling, "quantity", answer->bought_micros);
    json_day(telling->json, "day", answer->bought_day);
    json_end(telling->json);
}

/* What is made comes last, so it is told in any case. */
static void
tell_taken(const struct telling *telling, const struct promise_answer *answer)
{
    const struct promise_decision *decision = telling->promising->decision;
    const bool is_counted = telling->promising->question->needs[telling->need].is_counted;
    const size_t count = decision->take_count - telling->from->take;
    const struct promise_take *takes = count == 0 ? NULL : &decision->takes[telling->from->take];
    json_array(telling->json, "taken");
    for (size_t index = 0; index < count; index++) {
        if (index < TAKES_TOLD || takes[index].source == PROMISE_FROM_PLANT) {
            tell_take(telling, &takes[index], is_counted);
        }
    }
    if (answer->bought_micros > 0) {
        tell_bought(telling, answer);
    }
    json_end(telling->json);
    tell_more(telling, "taken_more",
              count - (count > 0 && takes[count - 1].source == PROMISE_FROM_PLANT), TAKES_TOLD);
}

const char *
promise_trace(const struct promising *promising, size_t need, const struct promise_answer *answer,
              const struct promise_marks *from)
{
    OWNED(buf) buf;
    struct json json;
    const struct telling telling = {promising, from, need, &json};
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    tell_amount(&telling, "needed", promising->question->needs[need].quantity_micros);
    if (promising->only_place != ANY_PLACE) {
        json_text(&json, "one_place", place_name(&telling, promising->only_place));
    }
    tell_taken(&telling, answer);
    tell_amount(&telling, "short", answer->short_micros);
    json_text(&json, "reason", promise_reason_names[answer->reason]);
    json_text(&json, "material", answer->material);
    json_day(&json, "ship", answer->ship_day);
    json_day(&json, "arrive", answer->arrive_day);
    json_end(&json);
    return arena_copy(promising->arena, buf.bytes);
}
