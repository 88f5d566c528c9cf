#include "desk/production.h"

#include "base/date.h"
#include "base/json.h"
#include "desk/planning.h"
#include "desk/stopping.h"
#include "order/document.h"
#include "rules/progress.h"
#include "store/store_ledger.h"
#include "store/store_outbox.h"

#include <assert.h>

enum { WORK_BYTES_MAX = 64 * 1024 * 1024, DETAIL_BYTES_MAX = 64 * 1024 };

const char *
production_detail(const struct production *production, struct arena *arena)
{
    OWNED(buf) text;
    struct json json;
    const struct progress *standing = &production->standing;
    const bool has_day = production->expected.told_ms != PROGRESS_MOMENT_NONE;
    buf_init(&text, DETAIL_BYTES_MAX);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_text(&json, "plant", production->plant);
    json_integer(&json, "production", production->number);
    json_text(&json, "sku", production->sku);
    json_decimal(&json, "quantity", production->quantity_micros, MICROS_PLACES, 0);
    json_decimal(&json, "done", production->done_micros, MICROS_PLACES, 0);
    if (has_day) {
        json_day(&json, "expected", (int32_t)production->expected.value);
    }
    if (standing->cause[0] != '\0') {
        json_text(&json, "cause", standing->cause);
    }
    if (standing->reason[0] != '\0') {
        json_text(&json, "reason", standing->reason);
    }
    json_end(&json);
    return arena_copy(arena, text.bytes);
}

/* The request itself, or (`reminder` 1) that it is taken back. */
static enum outcome
send(struct run *run, const struct subject *subject, const struct production *production,
     int64_t reminder, struct fault *why)
{
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = production->plant,
                                                       .kind = KIND_PRODUCTION_REQUEST,
                                                       .order_id = subject->id,
                                                       .version = production->version,
                                                       .production_id = production->id,
                                                       .reminder = reminder},
                              why);
}

static enum outcome
tell(struct run *run, const struct subject *subject, const struct production *production,
     enum order_event event, struct arena *arena, struct fault *why)
{
    const struct cause cause = {"purser", 0, run->as_of_ms, production_detail(production, arena)};
    return flow_news(run, subject, event, &cause, why);
}

enum outcome
production_ask(struct run *run, const struct subject *subject, const struct production_need *need,
               int64_t *number, struct fault *why)
{
    OWNED(arena) arena;
    assert(need->quantity_micros > 0 && need->ordinal > 0);
    struct production production = {
        .order_id = subject->id,
        .version = subject->version,
        .ordinal = need->ordinal,
        .part = need->part,
        .plant = need->plant,
        .warehouse = need->warehouse,
        .sku = need->sku,
        .quantity_micros = need->quantity_micros,
        .start_day = need->start_day,
        .finish_day = need->finish_day,
        .asked_ms = run->as_of_ms,
        .standing = {PRODUCTION_ASKED, run->as_of_ms, PROGRESS_MOMENT_NONE, "", ""},
        .expected = {DAY_NONE, PROGRESS_MOMENT_NONE},
        .cost = {0, PROGRESS_MOMENT_NONE},
    };
    arena_init(&arena, WORK_BYTES_MAX);
    TRY(production_add(run->store, &production, why));
    *number = production.number;
    TRY(tell(run, subject, &production, EVENT_PRODUCTION_ASKED, &arena, why));
    return send(run, subject, &production, 0, why);
}

static enum outcome
take_back(struct run *run, const struct subject *subject, int64_t ordinal, int64_t part,
          bool keeps_begun, struct fault *why)
{
    OWNED(arena) arena;
    struct production production = {0};
    const struct progress stopped = {PRODUCTION_STOPPED, run->as_of_ms, run->as_of_ms, "", ""};
    enum outcome outcome;
    arena_init(&arena, WORK_BYTES_MAX);
    while ((outcome = production_open_next(run->store, subject->id, ordinal, part, production.id,
                                           &arena, &production, why)) == DONE) {
        if (keeps_begun && production.standing.state >= PRODUCTION_STARTED) {
            continue; /* its plant must be asked to stop it */
        }
        (void)progress_take(&production.standing, &stopped);
        TRY(production_stand(run->store, &production, why));
        TRY(stopping_production_lapsed(run, production.id, why));
        if (keeps_begun) {
            TRY(planning_unmade(run, &production, why));
        }
        TRY(tell(run, subject, &production, EVENT_PRODUCTION_STOPPED, &arena, why));
        TRY(send(run, subject, &production, 1, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
production_take_back(struct run *run, const struct subject *subject, int64_t ordinal, int64_t part,
                     struct fault *why)
{
    return take_back(run, subject, ordinal, part, false, why);
}

enum outcome
production_take_back_unbegun(struct run *run, const struct subject *subject, int64_t ordinal,
                             int64_t part, struct fault *why)
{
    return take_back(run, subject, ordinal, part, true, why);
}

/* ---- what is done ---- */

/* What `done_micros` of it took of a material, all together, so that nothing is lost in rounding.
 */
static int64_t
consumed(const struct production_material *material, int64_t done_micros)
{
    return decimal_divide((int128)material->quantity_micros * done_micros, MICROS, ROUND_HALF_UP);
}

static enum outcome
post(struct run *run, struct ledger_move *move, struct fault *why)
{
    enum ledger_admission admission = LEDGER_POSTED;
    return move->quantity_micros == 0 ? DONE : ledger_post(run->store, move, &admission, why);
}

static enum outcome
consume(struct run *run, const struct production *production,
        const struct production_posting *posting, struct ledger_move move, struct arena *arena,
        struct fault *why)
{
    struct production_material *materials = NULL;
    size_t count = 0;
    TRY(production_materials(run->store, production->id, arena, &materials, &count, why));
    move.kind = LEDGER_CONSUMPTION;
    for (size_t index = 0; index < count; index++) {
        move.sku = materials[index].sku;
        move.quantity_micros =
            consumed(&materials[index], production->done_micros) -
            consumed(&materials[index], production->done_micros + posting->delta_micros);
        TRY(planning_used(run, production, move.sku, -move.quantity_micros, why));
        TRY(post(run, &move, why));
    }
    return DONE;
}

enum outcome
production_to_stock(struct run *run, const struct production *production,
                    const struct production_posting *posting, struct arena *arena,
                    struct fault *why)
{
    struct ledger_move move = {
        .warehouse = production->warehouse,
        .sku = production->sku,
        .kind = LEDGER_PRODUCTION,
        .number = "",
        .quantity_micros = posting->delta_micros,
        .happened_ms = posting->at_ms,
        .known_ms = run->as_of_ms,
        .reference = "",
        .reason = "",
        .interchange_id = posting->interchange_id,
        .line = posting->line,
    };
    TRY(post(run, &move, why));
    TRY(consume(run, production, posting, move, arena, why));
    return planning_made(run, production, posting->delta_micros, moment_day(posting->at_ms), why);
}
