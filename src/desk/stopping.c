#include "desk/stopping.h"

#include "base/decimal.h"
#include "base/json.h"
#include "order/document.h"
#include "store/store.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WORK_BYTES_MAX = 64 * 1024 * 1024, DETAIL_BYTES_MAX = 4 * 1024 * 1024 };

#define HOUR_MS INT64_C(3600000)

/* {"partner":"harbour","notice":1,"lines":[{"line":"1","quantity":"5","asked":"5","unit":"C62"}]}:
 * the quantity is what was stopped, before the answer what is asked for. */
const char *
stopping_detail(const struct stop_notice *notice, struct arena *arena)
{
    OWNED(buf) text;
    struct json json;
    buf_init(&text, DETAIL_BYTES_MAX);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_text(&json, "partner", notice->partner);
    json_integer(&json, "notice", notice->number);
    if (notice->line_count > 0) {
        json_array(&json, "lines");
        for (size_t index = 0; index < notice->line_count; index++) {
            const struct stop_notice_line *line = &notice->lines[index];
            json_object(&json, NULL);
            json_text(&json, "line", line->number);
            json_decimal(&json, "quantity",
                         line->stopped_micros == AMOUNT_NONE ? line->quantity_micros
                                                             : line->stopped_micros,
                         MICROS_PLACES, 0);
            json_decimal(&json, "asked", line->quantity_micros, MICROS_PLACES, 0);
            json_text(&json, "unit", line->unit);
            json_end(&json);
        }
        json_end(&json);
    }
    if (notice->reason[0] != '\0') {
        json_text(&json, "reason", notice->reason);
    }
    json_end(&json);
    return arena_copy_bytes(arena, text.bytes, text.size);
}

int64_t
stopping_cost(const struct config *config, int64_t cost_micros)
{
    int64_t unit = MICROS;
    for (int place = 0; place < currency_exponent(config->company_currency); place++) {
        unit /= 10;
    }
    return decimal_divide(cost_micros, unit, ROUND_HALF_UP);
}

/* The notice itself, or a reminder of it. */
static enum outcome
send(struct run *run, const struct stop_notice *notice, struct fault *why)
{
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = notice->partner,
                                                       .kind = KIND_STOP_NOTICE,
                                                       .order_id = notice->order_id,
                                                       .version = notice->version,
                                                       .stop_id = notice->id,
                                                       .reminder = notice->reminders},
                              why);
}

/* ---- asked ---- */

/* When somebody is reminded who was asked at a moment. */
static enum outcome
next_reminder(struct run *run, struct facts *facts, int64_t from_ms, int64_t *next_ms,
              struct fault *why)
{
    const struct business_calendar *calendar = NULL;
    *next_ms = AMOUNT_NONE;
    if (run->config->stop_answer_hours == 0) {
        return DONE;
    }
    TRY(facts_calendar(facts, run->config, &calendar, why));
    *next_ms = calendar_add(calendar, from_ms, run->config->stop_answer_hours * HOUR_MS);
    return DONE;
}

static enum outcome
ask(struct run *run, const struct subject *subject, struct stop_notice *notice,
    enum order_event event, struct arena *arena, struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    struct stop_notice stored;
    notice->order_id = subject->id;
    notice->version = subject->version;
    notice->asked_ms = run->as_of_ms;
    TRY(next_reminder(run, facts, run->as_of_ms, &notice->next_ms, why));
    TRY(stop_add(run->store, notice, why));
    TRY(send(run, notice, why));
    TRY(stop_find(run->store, notice->partner, notice->number, arena, &stored, why));
    const struct cause cause = {"purser", 0, run->as_of_ms, stopping_detail(&stored, arena)};
    return flow_news(run, subject, event, &cause, why);
}

/* So much of a line from one who has it. */
struct taking {
    const struct stop_target *from;
    int64_t micros;
};

/* Who gets a notice first: plants, then the latest releases; of each its lines. */
static int
compare_takings(const void *one, const void *other)
{
    const struct stop_target *a = ((const struct taking *)one)->from;
    const struct stop_target *b = ((const struct taking *)other)->from;
    const int kinds = (a->release_id != 0) - (b->release_id != 0);
    const int64_t latest_a = a->release_id + a->production_id;
    const int64_t latest_b = b->release_id + b->production_id;
    const int latest = (latest_a < latest_b) - (latest_a > latest_b);
    return kinds != 0    ? kinds
           : latest != 0 ? latest
                         : (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

/* Both sides stand by ordinal. */
static struct taking *
share_out(const struct stop_item *items, size_t count, const struct stop_target *targets,
          size_t target_count, struct arena *arena, size_t *taking_count)
{
    struct taking *takings = arena_array(arena, struct taking, target_count + 1);
    size_t at = 0;
    *taking_count = 0;
    for (size_t index = 0; index < count; index++) {
        int64_t left_micros = items[index].quantity_micros;
        while (at < target_count && targets[at].ordinal < items[index].ordinal) {
            at++;
        }
        for (; left_micros > 0 && at < target_count && targets[at].ordinal == items[index].ordinal;
             at++) {
            const int64_t micros =
                left_micros < targets[at].open_micros ? left_micros : targets[at].open_micros;
            takings[(*taking_count)++] = (struct taking){&targets[at], micros};
            left_micros -= micros;
        }
        assert(left_micros == 0 && "what is under way somebody has");
    }
    return takings;
}

static bool
is_same(const struct stop_target *one, const struct stop_target *other)
{
    return one->release_id == other->release_id && one->production_id == other->production_id;
}

enum outcome
stopping_ask(struct run *run, const struct subject *subject, int64_t cancellation_id,
             const struct stop_item *items, size_t count, size_t *asked, struct fault *why)
{
    OWNED(arena) arena;
    struct stop_target *targets = NULL;
    size_t target_count = 0;
    size_t taking_count = 0;
    arena_init(&arena, WORK_BYTES_MAX);
    *asked = 0;
    TRY(stop_targets(run->store, subject->id, subject->version, &arena, &targets, &target_count,
                     why));
    struct taking *takings = share_out(items, count, targets, target_count, &arena, &taking_count);
    qsort(takings, taking_count, sizeof *takings, compare_takings);
    for (size_t from = 0; from < taking_count;) {
        const struct stop_target *target = takings[from].from;
        struct stop_notice notice = {.partner = target->partner,
                                     .action = STOP_ACTION_STOP,
                                     .cancellation_id = cancellation_id,
                                     .release_id = target->release_id,
                                     .production_id = target->production_id,
                                     .content = "",
                                     .reason = ""};
        notice.lines = arena_array(&arena, struct stop_notice_line, taking_count - from);
        for (; from < taking_count && is_same(takings[from].from, target); from++) {
            notice.lines[notice.line_count++] = (struct stop_notice_line){
                .ordinal = takings[from].from->ordinal, .quantity_micros = takings[from].micros};
        }
        TRY(ask(run, subject, &notice, EVENT_STOP_ASKED, &arena, why));
        (*asked)++;
    }
    return DONE;
}

enum outcome
stopping_redirect(struct run *run, const struct subject *subject, int64_t shipment_id,
                  const char *content, struct fault *why)
{
    OWNED(arena) arena;
    struct stop_target *targets = NULL;
    size_t count = 0;
    arena_init(&arena, WORK_BYTES_MAX);
    TRY(shipment_id == 0
            ? stop_open_releases(run->store, subject->id, &arena, &targets, &count, why)
            : stop_shipment_place(run->store, shipment_id, &arena, &targets, &count, why));
    for (size_t index = 0; index < count; index++) {
        struct stop_notice notice = {.partner = targets[index].partner,
                                     .action = STOP_ACTION_REDIRECT,
                                     .release_id = targets[index].release_id,
                                     .shipment_id = shipment_id,
                                     .content = content,
                                     .reason = ""};
        TRY(ask(run, subject, &notice, EVENT_REDIRECT_ASKED, &arena, why));
    }
    return DONE;
}

/* ---- reminded ---- */

static enum outcome
remind(struct run *run, struct facts *facts, struct stop_notice *notice, struct fault *why)
{
    /* After the last reminder its time runs once more: then it is overdue. */
    const bool is_last = notice->reminders >= run->config->stop_reminders;
    notice->reminders += !is_last;
    notice->next_ms = AMOUNT_NONE;
    if (!is_last) {
        TRY(next_reminder(run, facts, run->as_of_ms, &notice->next_ms, why));
        TRY(send(run, notice, why));
        run->counts.reminders_sent++;
    }
    return stop_reminded(run->store, notice, why);
}

enum outcome
stopping_work(struct run *run, struct facts *facts, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct stop_notice notice = {.id = 0};
    enum outcome outcome;
    arena_init(&arena, WORK_BYTES_MAX);
    TRY(store_begin(run->store, &tx, why));
    while ((outcome = stop_next_due(run->store, run->as_of_ms, notice.id, &arena, &notice, why)) ==
           DONE) {
        TRY(remind(run, facts, &notice, why));
        arena_reset(&arena);
    }
    if (outcome != NONE) {
        return outcome;
    }
    return store_commit(&tx, why);
}
