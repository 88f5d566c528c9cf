/* Cancellations of orders, and of parts of them: each of a file for itself, of its sender's orders
 * alone. */
#include "desk/cancelling.h"
#include "desk/matter.h"
#include "order/order_difference.h"
#include "store/store_order.h"
#include "store/store_order_whole.h"
#include "store/store_request.h"

#include <assert.h>
#include <string.h>

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct order_cancellation document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = cancel_request_next(store, matter->interchange->id, id, &matter->arena, &id,
                                          &document, why)) == DONE) {
        TRY(cancel_request_discard(store, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

/* It was never here: the same may be asked for again. */
static enum outcome
refuse(struct matter *matter, const struct order_cancellation *document, int64_t id,
       struct finding finding, struct fault *why)
{
    finding.order_number = document->order_number;
    if (finding.place.line == 0) {
        finding.place = document->place;
    }
    findings_add(&matter->findings, &finding);
    matter->refused++;
    return cancel_request_discard(matter->run->store, id, why);
}

/* Has something of the lines that are cancelled, or of any line with a whole order, changed since
 * the version that is named?  Then its customer did not know what it gives up. */
static enum outcome
has_changed_since(struct matter *matter, const struct order_cancellation *document,
                  const struct order_standing *standing, bool *has_changed, struct fault *why)
{
    struct store *store = matter->run->store;
    struct order then = {0};
    struct order now = {0};
    struct difference *differences = NULL;
    size_t count = 0;
    TRY(order_read_whole(store, standing->id, document->version, &matter->arena, &then, why));
    TRY(order_read_whole(store, standing->id, standing->version, &matter->arena, &now, why));
    order_compare(&then, &now, &matter->arena, &differences, &count);
    for (size_t index = 0; index < count; index++) {
        const struct difference *difference = &differences[index];
        const bool is_of_goods = difference->kind <= MODIFICATION_OPTIONS;
        *has_changed |= is_of_goods && document->line_count == 0;
        for (size_t line = 0; is_of_goods && line < document->line_count; line++) {
            *has_changed |= strcmp(document->lines[line].number, difference->line) == 0;
        }
    }
    return DONE;
}

/* NONE: it is of a version that is not, or what it is about has changed since, and is refused. */
static enum outcome
check_version(struct matter *matter, const struct order_cancellation *document, int64_t id,
              const struct order_standing *standing, struct fault *why)
{
    const bool is_unknown = document->version > standing->version;
    bool has_changed = false;
    if (document->version == 0 || document->version == standing->version) {
        return DONE;
    }
    if (!is_unknown) {
        TRY(has_changed_since(matter, document, standing, &has_changed, why));
    }
    if (!is_unknown && !has_changed) {
        return DONE;
    }
    TRY(refuse(matter, document, id,
               (struct finding){
                   .code = is_unknown ? M_CHANGE_VERSION_UNKNOWN : M_CHANGE_VERSION_OLD,
                   .field = "version",
                   .value = arena_format(&matter->arena, "%lld", (long long)document->version),
                   .expected = arena_format(&matter->arena, "%lld", (long long)standing->version)},
               why));
    return NONE;
}

static enum outcome
cancel(struct matter *matter, const struct order_cancellation *document, int64_t id,
       const struct order_standing *standing, struct fault *why)
{
    struct run *run = matter->run;
    struct cancel_result result;
    struct cancel_item *items =
        arena_array(&matter->arena, struct cancel_item, document->line_count + 1);
    struct subject subject = flow_subject(standing, matter->interchange->partner);
    for (size_t index = 0; index < document->line_count; index++) {
        const struct cancelled_line *line = &document->lines[index];
        items[index] = (struct cancel_item){line->number, line->quantity_micros, line->line};
    }
    const struct cancel_request request = {
        .items = items,
        .item_count = document->line_count,
        .request = document->number,
        .reason = *document->reason == '\0' ? cancel_reason_names[CANCEL_OTHER] : document->reason,
        .text = document->text,
        .fault = "customer"};
    const struct cause cause = {matter->interchange->partner, matter->interchange->id,
                                run->as_of_ms, ""};
    TRY(cancelling_do(run, &subject, &request, &cause, &matter->arena, &result, why));
    const struct cancel_objection *objection = &result.objection;
    if (result.notices > 0) {
        findings_add(&matter->findings, &(struct finding){.code = M_CANCEL_ASKED_TO_STOP,
                                                          .place = document->place,
                                                          .order_number = document->order_number,
                                                          .value = result.asked});
    }
    if (!objection->is_raised) {
        return cancel_request_match(run->store, id, standing->id, why);
    }
    return refuse(matter, document, id,
                  (struct finding){.code = objection->code,
                                   .place = {objection->line, 0},
                                   .order_line = objection->order_line,
                                   .value = *objection->value == '\0'
                                                ? matter_show(matter, document->order_number)
                                                : matter_show(matter, objection->value),
                                   .expected = objection->expected},
                  why);
}

static enum outcome
work(struct matter *matter, const struct order_cancellation *document, int64_t id,
     struct fault *why)
{
    struct order_standing standing;
    const enum outcome found = order_find(matter->run->store, matter->interchange->partner,
                                          document->order_number, &standing, why);
    const char *number = matter_show(matter, document->order_number);
    if (found == NONE) {
        return refuse(matter, document, id,
                      (struct finding){
                          .code = M_CHANGE_ORDER_UNKNOWN, .field = "order_number", .value = number},
                      why);
    }
    TRY(found);
    assert(standing.approval != APPROVAL_RECEIVED && "a partner's orders are worked before");
    const enum outcome checked = check_version(matter, document, id, &standing, why);
    if (checked != DONE) {
        return checked == NONE ? DONE : checked;
    }
    return cancel(matter, document, id, &standing, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct order_cancellation document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = cancel_request_next(matter->run->store, matter->interchange->id, id,
                                          &matter->arena, &id, &document, why)) == DONE) {
        TRY(work(matter, &document, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier order_cancellation_applier = {apply, discard};
