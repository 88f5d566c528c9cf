#include "desk/cancel_work.h"

#include "base/decimal.h"
#include "base/json.h"
#include "desk/cancel_evaluate.h"
#include "desk/cancel_stock.h"
#include "desk/parcels.h"
#include "desk/paying.h"
#include "desk/planning.h"
#include "desk/selling.h"
#include "desk/stopping.h"
#include "rules/cancellation.h"
#include "store/store_cancellation.h"
#include "store/store_release.h"
#include "store/store_return.h"
#include "store/store_stand.h"

#include <assert.h>
#include <string.h>

enum {
    DETAIL_BYTES_MAX = 4 * 1024 * 1024,
    WORK_BYTES_MAX = 64 * 1024 * 1024,
    GIFT_ORDINAL = 100000
};

static int64_t
least(int64_t one, int64_t other)
{
    const int64_t less = one < other ? one : other;
    return less < 0 ? 0 : less;
}

/* {"reason":"mistake","lines":[{"line":"2","quantity":"5","unit":"C62"}]} */
static const char *
detail_of(const struct cancel_work *work, const char *reason)
{
    OWNED(buf) buf;
    struct json json;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    if (*reason != '\0') {
        json_text(&json, "reason", reason);
    }
    json_array(&json, "lines");
    for (size_t index = 0; index < work->line_count; index++) {
        if (work->now_micros[index] > 0) {
            json_object(&json, NULL);
            json_text(&json, "line", work->lines[index].number);
            json_decimal(&json, "quantity", work->now_micros[index], MICROS_PLACES, 0);
            json_text(&json, "unit", work->lines[index].unit);
            json_end(&json);
        }
    }
    json_end(&json);
    json_end(&json);
    return arena_copy_bytes(work->arena, buf.bytes, buf.size);
}

static void
gather_parts(struct cancel_work *work, struct cancellation *cancellation)
{
    struct cancelled_part *parts =
        arena_array(work->arena, struct cancelled_part, work->line_count + 2);
    cancellation->part_count = 0;
    cancellation->net_minor = cancellation->tax_minor = 0; /* freight */
    for (size_t index = 0; index < work->line_count; index++) {
        const struct line_stand *line = &work->lines[index];
        const int64_t now = work->now_micros[index];
        if (now == 0) {
            continue;
        }
        struct cancelled_part *part = &parts[cancellation->part_count++];
        *part = (struct cancelled_part){
            line->ordinal, now,
            cancel_share(line->net_minor, line->ordered_micros, line->cancelled_micros, now),
            cancel_share(line->tax_minor, line->ordered_micros, line->cancelled_micros, now), 0};
        cancellation->net_minor += part->net_minor;
        cancellation->tax_minor += part->tax_minor;
    }
    cancellation->parts = work->parts = parts;
}

/* Nothing was carried. */
static enum outcome
gather_freight(const struct cancel_work *work, struct cancellation *cancellation, struct fault *why)
{
    struct cancelled_part *freight = &work->parts[cancellation->part_count];
    TRY(cancel_freight(work->run->store, cancellation->order_id, cancellation->version, freight,
                       why));
    if (freight->net_minor > 0) {
        cancellation->part_count++;
        cancellation->net_minor += freight->net_minor;
        cancellation->tax_minor += freight->tax_minor;
    }
    return DONE;
}

static enum outcome
count_less(const struct cancel_work *work, const struct cancellation *cancellation,
           struct fault *why)
{
    bool is_counted = false;
    const int64_t gross_minor = cancellation->net_minor + cancellation->tax_minor;
    TRY(flow_is_counted(work->run, work->subject, &is_counted, why));
    return is_counted && gross_minor != 0 ? credit_less(work->run->store, work->subject->id,
                                                        work->subject->version, gross_minor, why)
                                          : DONE;
}

static bool
is_nothing_left(const struct cancel_work *work)
{
    for (size_t index = 0; index < work->line_count; index++) {
        if (stand_open(&work->lines[index]) > work->now_micros[index]) {
            return false;
        }
    }
    return true;
}

static bool
has_left(const struct cancel_work *work)
{
    for (size_t index = 0; index < work->line_count; index++) {
        if (work->lines[index].shipped_micros > 0) {
            return true;
        }
    }
    return false;
}

/* All of it, before anything left. */
static enum outcome
cancel_whole(const struct cancel_work *work, struct cancellation *cancellation, int64_t *number,
             struct fault *why)
{
    TRY(flow_cancel(work->run, work->subject, work->cause, why));
    TRY(cancellation_add(work->run->store, cancellation, number, why));
    return cancel_fee_take(work->run, work->subject, &work->fee, *number, work->waiver, work->arena,
                           work->charges, why);
}

/* Some of it; where that is all that had not left, the order counts as shipped. */
static enum outcome
cancel_part(const struct cancel_work *work, const struct cancellation *cancellation, bool is_last,
            int64_t *number, struct fault *why)
{
    struct run *run = work->run;
    struct subject *subject = work->subject;
    TRY(cancel_give_back_stock(work->run, subject, work->lines, work->line_count, work->now_micros,
                               work->arena, why));
    TRY(count_less(work, cancellation, why));
    TRY(cancellation_add(run->store, cancellation, number, why));
    TRY(selling_cancel(run, subject, cancellation->parts, cancellation->part_count, why));
    TRY(cancel_fee_take(run, subject, &work->fee, *number, work->waiver, work->arena, work->charges,
                        why));
    for (size_t index = 0; index < cancellation->part_count; index++) {
        TRY(planning_cancel(run, subject, cancellation->parts[index].ordinal,
                            cancellation->parts[index].quantity_micros, why));
    }
    TRY(flow_cancel_part(run, subject, work->cause, is_last, why));
    TRY(paying_changed(run, subject, work->cause->interchange_id, why));
    if (!is_last) {
        return DONE;
    }
    TRY(release_ship(run->store, subject->id, run->as_of_ms, true, why));
    TRY(planning_end(run, subject->id, why));
    return parcels_arrived(run, subject->id, work->cause->interchange_id, work->arena, why);
}

static struct cancellation
cancellation_of(const struct cancel_work *work, const struct cancel_request *request)
{
    return (struct cancellation){.order_id = work->subject->id,
                                 .version = work->subject->version,
                                 .interchange_id = work->cause->interchange_id,
                                 .request = request->request,
                                 .actor = work->cause->actor,
                                 .reason = request->reason,
                                 .text = request->text,
                                 .fault = request->fault,
                                 .at_ms = work->run->as_of_ms,
                                 .policy_id = work->policy_id,
                                 .cost_minor = AMOUNT_NONE,
                                 .gifts = gift_terms_names[GIFTS_KEEP],
                                 .gift_clause = ""};
}

static enum outcome
begin(struct cancel_work *work, struct fault *why)
{
    TRY(stand_lines(work->run->store, work->subject->id, work->subject->version, work->arena,
                    &work->lines, &work->line_count, why));
    work->now_micros = arena_array(work->arena, int64_t, work->line_count + 1);
    work->ask_micros = arena_array(work->arena, int64_t, work->line_count + 1);
    return return_replaces(work->run->store, work->subject->id, &work->is_exchange, why);
}

/* Where promotions are evaluated, goods that they do not give any more go too, but for those that
 * have left. */
static enum outcome
drop_gifts(struct cancel_work *work, struct cancellation *cancellation, struct fault *why)
{
    int64_t *lost_micros = NULL;
    TRY(cancel_gifts(work->run, work->subject, &work->fee, work->arena, &lost_micros, why));
    for (size_t index = 0; lost_micros != NULL && index < work->line_count; index++) {
        const struct line_stand *line = &work->lines[index];
        const int64_t free = cancel_free(work, line) - work->now_micros[index];
        const int64_t now = least(lost_micros[index], free);
        const int64_t left = stand_open(line) - line->asked_micros - work->ask_micros[index] -
                             work->now_micros[index] - now;
        work->now_micros[index] += now;
        work->ask_micros[index] += least(lost_micros[index] - now, left);
    }
    gather_parts(work, cancellation);
    return DONE;
}

/* Of which lines what is cancelled counts for goods that were given, and what becomes of those that
 * have left: fees are judged by lines, in the order of the parts. */
static void
count_for_gifts(const struct cancel_work *work, struct cancellation *cancellation)
{
    const struct fee_ruling *ruling = &work->fee.ruling;
    size_t at = 0;
    for (size_t index = 0; index < cancellation->part_count; index++) {
        struct cancelled_part *part = &work->parts[index];
        if (part->ordinal < GIFT_ORDINAL) {
            const struct fee_clause *clause = ruling->clauses[at++];
            part->counted_micros = cancellation_gifts(clause, cancellation->fault) == GIFTS_KEEP
                                       ? 0
                                       : part->quantity_micros;
        }
    }
    if (ruling->gifts != NULL) {
        cancellation->gifts = gift_terms_names[ruling->gifts->gifts];
        cancellation->gift_clause = ruling->gifts->clause;
    }
}

/* What is chosen is cancelled. */
static enum outcome
finish(struct cancel_work *work, struct cancellation *cancellation, struct cancel_result *result,
       struct fault *why)
{
    struct cause *told = arena_new(work->arena, struct cause);
    gather_parts(work, cancellation);
    if (cancellation->part_count == 0) { /* all of it is under way */
        return cancellation_add(work->run->store, cancellation, &result->number, why);
    }
    const struct cancel_matter matter = {.cancellation = cancellation,
                                         .lines = work->lines,
                                         .line_count = work->line_count,
                                         .now_micros = work->now_micros,
                                         .stage_least = work->stage_least,
                                         .asked_id = work->asked_id,
                                         .asked_ms = work->asked_ms,
                                         .policy_id = work->policy_id};
    TRY(cancel_fee_judge(work->run, work->subject, &matter, work->arena, &work->fee, why));
    TRY(drop_gifts(work, cancellation, why));
    count_for_gifts(work, cancellation);
    const bool is_last = is_nothing_left(work);
    *told = *work->cause;
    told->detail = detail_of(work, cancellation->reason);
    work->cause = told;
    cancellation->is_whole = is_last && !has_left(work);
    if (cancellation->is_whole && cancellation->part_count > 0) {
        TRY(gather_freight(work, cancellation, why));
    }
    result->is_whole = cancellation->is_whole;
    result->net_minor = cancellation->net_minor;
    result->tax_minor = cancellation->tax_minor;
    result->part_count = cancellation->part_count;
    TRY(cancellation->is_whole ? cancel_whole(work, cancellation, &result->number, why)
                               : cancel_part(work, cancellation, is_last, &result->number, why));
    return cancel_fee_tell(work->run, work->subject, work->fee.statement, result->number, why);
}

static void
note_asked(const struct cancel_work *work, size_t index, struct cancel_result *result)
{
    const struct line_stand *line = &work->lines[index];
    const char *quantity = arena_format(work->arena, "%s %s",
                                        cancel_quantity(work, work->ask_micros[index]), line->unit);
    result->asked = arena_format(work->arena, "%s%s%s=%s", result->asked,
                                 result->ask_count == 0 ? "" : "; ", line->number, quantity);
    result->asks[result->ask_count++] = (struct cancel_asked){line->number, quantity};
}

/* Who has what is under way is asked to stop it. */
static enum outcome
ask_to_stop(const struct cancel_work *work, struct cancel_result *result, struct fault *why)
{
    struct stop_cancellation own = {.id = work->asked_id};
    struct stop_item *items = arena_array(work->arena, struct stop_item, work->line_count + 1);
    size_t count = 0;
    result->asks = arena_array(work->arena, struct cancel_asked, work->line_count + 1);
    for (size_t index = 0; index < work->line_count; index++) {
        const struct line_stand *line = &work->lines[index];
        if (work->ask_micros[index] > 0) {
            items[count++] = (struct stop_item){line->ordinal, work->ask_micros[index]};
            note_asked(work, index, result);
        }
    }
    if (count == 0) {
        return DONE;
    }
    if (work->asked_id == 0) {
        TRY(stop_cancellation_find(work->run->store, work->subject->id, result->number, work->arena,
                                   &own, why));
    }
    return stopping_ask(work->run, work->subject, own.id, items, count, &result->notices, why);
}

enum outcome
cancelling_do(struct run *run, struct subject *subject, const struct cancel_request *request,
              const struct cause *cause, struct arena *arena, struct cancel_result *result,
              struct fault *why)
{
    struct cancel_work work = {.run = run,
                               .subject = subject,
                               .cause = cause,
                               .arena = arena,
                               .objection = &result->objection,
                               .waiver = &request->waiver,
                               .charges = &result->charges,
                               .asked_ms = run->as_of_ms};
    *result = (struct cancel_result){.number = 0, .asked = ""};
    TRY(begin(&work, why));
    if (!cancel_choose(&work, request)) {
        return DONE;
    }
    TRY(cancel_policy_in_force(run, &work.policy_id, why));
    struct cancellation cancellation = cancellation_of(&work, request);
    TRY(cancel_deposit(run, subject, work.lines, work.line_count, &cancellation, why));
    TRY(finish(&work, &cancellation, result, why));
    return ask_to_stop(&work, result, why);
}

enum outcome
cancelling_stopped(struct run *run, struct subject *subject, const struct stop_notice *notice,
                   const struct stop_item *items, size_t count, const struct cause *cause,
                   struct arena *arena, struct fault *why)
{
    struct cancel_result result = {.number = 0, .asked = ""};
    struct stop_cancellation own;
    struct cancel_work work = {.run = run,
                               .subject = subject,
                               .cause = cause,
                               .arena = arena,
                               .objection = &result.objection,
                               .waiver = &(const struct cancel_waiver){.micros = 0},
                               .charges = &result.charges,
                               .is_stopped = true,
                               .stage_least = notice->production_id != 0 ? CANCEL_IN_PRODUCTION
                                                                         : CANCEL_RELEASED};
    int64_t chosen_micros = 0;
    TRY(begin(&work, why));
    for (size_t index = 0, at = 0; index < work.line_count; index++) {
        const int64_t open_micros = stand_open(&work.lines[index]);
        while (at < count && items[at].ordinal < work.lines[index].ordinal) {
            at++;
        }
        if (at < count && items[at].ordinal == work.lines[index].ordinal) {
            work.now_micros[index] =
                items[at].quantity_micros < open_micros ? items[at].quantity_micros : open_micros;
            chosen_micros += work.now_micros[index];
        }
    }
    if (chosen_micros == 0 || !cancel_choose_gifts(&work)) {
        return DONE;
    }
    TRY(stop_cancellation_get(run->store, notice->cancellation_id, arena, &own, why));
    work.asked_id = own.id;
    work.asked_ms = own.at_ms;
    work.policy_id = own.policy_id;
    const struct cancel_request request = {
        .request = own.request, .reason = own.reason, .text = own.text, .fault = own.fault};
    struct cancellation cancellation = cancellation_of(&work, &request);
    cancellation.notice_id = notice->id;
    cancellation.cost_minor = notice->cost_minor;
    cancellation.deposit_minor = own.deposit_minor;
    cancellation.deposit_for_minor = own.deposit_for_minor;
    TRY(finish(&work, &cancellation, &result, why));
    return ask_to_stop(&work, &result, why); /* what was given for it and is under way */
}

enum outcome
cancelling_rest(struct run *run, struct subject *subject, const struct rest_line *lines,
                size_t count, struct fault *why)
{
    OWNED(arena) arena;
    struct cause ours = {"purser", 0, run->as_of_ms, ""};
    struct cancel_work work = {.run = run, .subject = subject, .cause = &ours, .arena = &arena};
    struct cancellation cancellation = {.order_id = subject->id,
                                        .version = subject->version,
                                        .request = "",
                                        .actor = "purser",
                                        .reason = "rest",
                                        .text = "",
                                        .fault = "company",
                                        .at_ms = run->as_of_ms,
                                        .cost_minor = AMOUNT_NONE,
                                        .gifts = gift_terms_names[GIFTS_KEEP],
                                        .gift_clause = ""};
    int64_t number = 0, statement = 0;
    arena_init(&arena, WORK_BYTES_MAX);
    TRY(stand_lines(run->store, subject->id, subject->version, &arena, &work.lines,
                    &work.line_count, why));
    work.now_micros = arena_array(&arena, int64_t, work.line_count + 1);
    for (size_t index = 0; index < work.line_count; index++) {
        for (size_t at = 0; at < count; at++) {
            const struct line_stand *line = &work.lines[index];
            if (lines[at].ordinal == line->ordinal) {
                const int64_t now = lines[at].quantity_micros - line->cancelled_micros;
                work.now_micros[index] = now < 0 ? 0 : now;
            }
        }
    }
    gather_parts(&work, &cancellation);
    if (cancellation.part_count == 0) {
        return DONE;
    }
    ours.detail = detail_of(&work, "");
    TRY(count_less(&work, &cancellation, why));
    TRY(cancellation_add(run->store, &cancellation, &number, why));
    TRY(selling_cancel(run, subject, cancellation.parts, cancellation.part_count, why));
    TRY(flow_tell(run, subject, EVENT_REST_CANCELLED, &ours, why));
    TRY(paying_changed(run, subject, 0, why));
    TRY(statement_next(run->store, subject->id, &statement, why));
    return cancel_fee_tell(run, subject, statement, number, why);
}
