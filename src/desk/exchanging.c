#include "desk/exchanging.h"

#include "base/date.h"
#include "desk/awaiting.h"
#include "desk/revision.h"
#include "desk/settle.h"
#include "order/order_change.h"
#include "store/store.h"
#include "store/store_interchange.h"
#include "store/store_master.h"
#include "store/store_order_whole.h"

#include <string.h>

enum { NUMBERS_TRIED_MAX = 1000 };

bool
exchange_is_free(const struct stored_return_line *line)
{
    return strcmp(line->wish, return_wish_names[RETURN_EXCHANGE]) == 0 &&
           (line->exchange_sku[0] == '\0' || strcmp(line->exchange_sku, line->sku) == 0);
}

enum outcome
exchange_product(struct run *run, struct facts *facts, const char *sku, struct arena *arena,
                 const char **nearest, struct fault *why)
{
    const struct master_versions *versions = NULL;
    const char *unit = NULL;
    const enum outcome found = facts_unit(facts, sku, &unit, why);
    *nearest = "";
    if (found != NONE) {
        return found;
    }
    TRY(facts_versions(facts, &versions, why));
    TRY(master_nearest_sku(run->store, versions->of[DOCUMENT_PRODUCTS].id, sku, arena, nearest,
                           why));
    return NONE;
}

/* The line as it was ordered, but for what it is now and how much. */
static struct order_line
line_of(const struct exchange_part *part, const struct order *first, const struct stored_return *of)
{
    const size_t at = (size_t)part->line->order_ordinal - 1;
    struct order_line line;
    order_line_init(&line);
    if (at < first->line_count && strcmp(first->lines[at].number, part->line->number) == 0) {
        line = first->lines[at];
    }
    line.number = part->line->number;
    line.sku = part->line->sku;
    line.unit = part->line->unit;
    line.quantity_micros = part->quantity_micros;
    line.expected_price_micros = AMOUNT_NONE;
    line.requested_from = line.requested_to = DAY_NONE;
    line.manual = manual_price_none;
    if (part->line->package[0] != '\0') { /* as it is, whatever its package was ordered with */
        line.description = "";
        line.option_count = 0;
    }
    if (exchange_is_free(part->line)) {
        line.manual = (struct manual_price){0, AMOUNT_NONE, of->number, "purser", true};
    } else {
        line.sku = part->line->exchange_sku;
        line.description = "";
        line.option_count = 0;
    }
    return line;
}

/* Notes about single lines stay behind. */
static void
keep_notes(struct order *order)
{
    size_t count = 0;
    for (size_t index = 0; index < order->note_count; index++) {
        if (order->notes[index].line == 0) {
            order->notes[count++] = order->notes[index];
        }
    }
    order->note_count = count;
}

/* Under the first number that is free. */
static enum outcome
store_order(struct run *run, const struct stored_return *stored, struct order *order,
            const struct order_standing *first, struct arena *arena, struct fault *why)
{
    const struct order_source source = {stored->partner, first->interchange_id, run->as_of_ms};
    struct order_standing taken;
    for (int at = 1; at <= NUMBERS_TRIED_MAX; at++) {
        enum order_admission admission;
        order->number = arena_format(arena, "%s-X%d", stored->order_number, at);
        const enum outcome found =
            order_find(run->store, stored->partner, order->number, &taken, why);
        if (found == DONE) {
            continue;
        }
        if (found != NONE) {
            return found;
        }
        TRY(order_store(run->store, &source, order, &admission, why));
        return order_find(run->store, stored->partner, order->number, &taken, why);
    }
    return fail_as(why, FAULT_CONFLICT, "order %s/%s has too many exchanges", stored->partner,
                   stored->order_number);
}

static enum outcome
work(struct revision *revision, struct subject *subject, int64_t interchange_id, struct fault *why)
{
    struct run *run = revision->run;
    const struct cause cause = {"purser", 0, run->as_of_ms, ""};
    TRY(revision_read(revision, subject->id, subject->version, why));
    TRY(revision_appraise(revision, subject, why));
    if (revision->appraisal.is_held) {
        return await_price(run, &revision->facts, subject, &revision->order.order,
                           &revision->appraisal, &cause, why);
    }
    if (!revision->appraisal.is_good) {
        TRY(interchange_add_version_findings(run->store, interchange_id, subject->version,
                                             &revision->findings, why));
        return flow_refuse(run, subject, &cause, why);
    }
    return settle(&(struct settlement){.run = run,
                                       .facts = &revision->facts,
                                       .arena = &revision->arena,
                                       .order = &revision->order,
                                       .appraisal = &revision->appraisal,
                                       .received_ms = run->as_of_ms},
                  subject, why);
}

enum outcome
exchange_order(struct run *run, const struct stored_return *stored,
               const struct order_standing *first, const struct exchange_part *parts, size_t count,
               struct arena *arena, const char **number, struct fault *why)
{
    struct order order;
    struct order_standing standing;
    TRY(order_read_whole(run->store, stored->order_id, stored->version, arena, &order, why));
    struct order_line *lines = arena_array(arena, struct order_line, count);
    for (size_t index = 0; index < count; index++) {
        lines[index] = line_of(&parts[index], &order, stored);
    }
    order.lines = lines;
    order.line_count = count;
    order.coupon_count = 0;
    order.freight_micros = 0; /* what is sent in place of goods is not charged again */
    order.order_date = moment_day(run->as_of_ms);
    order.requested_from = order.requested_to = DAY_NONE;
    keep_notes(&order);
    TRY(store_order(run, stored, &order, first, arena, why));
    TRY(order_find(run->store, stored->partner, order.number, &standing, why));
    TRY(return_add_exchange(run->store, standing.id, stored->id, why));
    struct subject subject = flow_subject(&standing, stored->partner);
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(run);
    TRY(work(revision, &subject, first->interchange_id, why));
    *number = order.number;
    return DONE;
}
