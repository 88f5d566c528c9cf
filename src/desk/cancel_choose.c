/* What of an order may be cancelled, and what of that is under way. */
#include "desk/cancel_work.h"

#include "base/decimal.h"
#include "order/order.h"

#include <assert.h>
#include <string.h>

static bool
object(struct cancel_work *work, enum message code, const struct cancel_item *item,
       const char *value, const char *expected)
{
    if (!work->objection->is_raised) {
        *work->objection = (struct cancel_objection){.is_raised = true,
                                                     .code = code,
                                                     .line = item == NULL ? 0 : item->line,
                                                     .order_line = item == NULL ? "" : item->number,
                                                     .value = value,
                                                     .expected = expected};
    }
    return false;
}

const char *
cancel_quantity(const struct cancel_work *work, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(work->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

int64_t
cancel_free(const struct cancel_work *work, const struct line_stand *line)
{
    const int64_t begun = work->subject->approval == APPROVAL_APPROVED ? stand_begun(line) : 0;
    const int64_t free = stand_free(line) - begun;
    return unit_is_whole(line->unit) ? free - free % MICROS : free;
}

/* Of an order line, by its number or (item NULL) with the whole order. */
static bool
choose(struct cancel_work *work, size_t index, int64_t quantity_micros,
       const struct cancel_item *item)
{
    const struct line_stand *line = &work->lines[index];
    const int64_t open = stand_open(line);
    const int64_t free = cancel_free(work, line);
    const int64_t left = open < line->asked_micros ? 0 : open - line->asked_micros;
    const int64_t wanted = quantity_micros == AMOUNT_NONE ? left : quantity_micros;
    if (wanted % MICROS != 0 && unit_is_whole(line->unit)) {
        return object(work, M_CANCEL_WHOLE_UNITS, item, cancel_quantity(work, wanted), line->unit);
    }
    if (item != NULL && open == 0) {
        return object(work, M_CANCEL_NOTHING_OPEN, item, "", "");
    }
    if (wanted > open) {
        return object(work, M_CANCEL_TOO_MUCH, item, cancel_quantity(work, wanted),
                      cancel_quantity(work, open));
    }
    if (wanted > left || (item != NULL && left == 0)) {
        return object(work, M_CANCEL_STOP_WAITS, item, cancel_quantity(work, left), "");
    }
    if (wanted > free && line->makes_parts) { /* who makes one part of a package knows no others */
        return object(work, M_CANCEL_UNDER_WAY, item, cancel_quantity(work, free), "");
    }
    work->now_micros[index] = wanted < free ? wanted : free;
    work->ask_micros[index] = wanted - work->now_micros[index];
    return true;
}

static bool
is_chosen(const struct cancel_work *work, size_t index)
{
    return work->now_micros[index] != 0 || work->ask_micros[index] != 0;
}

static bool
choose_item(struct cancel_work *work, const struct cancel_item *item)
{
    for (size_t index = 0; index < work->line_count; index++) {
        if (strcmp(work->lines[index].number, item->number) == 0) {
            assert(!is_chosen(work, index) && "who asks names each line once");
            return choose(work, index, item->quantity_micros, item);
        }
    }
    return object(work, M_CANCEL_LINE_UNKNOWN, item, item->number, "");
}

static bool
choose_all(struct cancel_work *work)
{
    int64_t chosen = 0;
    bool is_waiting = false;
    for (size_t index = 0; index < work->line_count; index++) {
        if (!choose(work, index, AMOUNT_NONE, NULL)) {
            return false;
        }
        chosen += is_chosen(work, index);
        is_waiting |= work->lines[index].asked_micros > 0;
    }
    return chosen > 0 ||
           (is_waiting ? object(work, M_CANCEL_STOP_WAITS, NULL, cancel_quantity(work, 0), "")
                       : object(work, M_CANCEL_NOTHING_OPEN, NULL, "", ""));
}

bool
cancel_choose_gifts(struct cancel_work *work)
{
    bool is_left = false;
    bool is_asked = false;
    for (size_t index = 0; index < work->line_count; index++) {
        const struct line_stand *line = &work->lines[index];
        const int64_t asked = work->ask_micros[index] + line->asked_micros;
        is_left |= line->ordinal < 100000 && stand_open(line) > work->now_micros[index] + asked;
        is_left |= line->shipped_micros > 0;
        is_asked |= line->ordinal < 100000 && asked > 0;
    }
    for (size_t index = 0; !is_left && index < work->line_count; index++) {
        if (work->lines[index].ordinal < 100000 || is_chosen(work, index)) {
            continue;
        }
        if (!choose(work, index, AMOUNT_NONE, NULL)) {
            return false;
        }
        work->now_micros[index] = is_asked ? 0 : work->now_micros[index];
        work->ask_micros[index] = work->is_stopped ? 0 : work->ask_micros[index];
    }
    return true;
}

/* Nobody would pay back what is sent in place of what came back. */
static bool
is_paid_for(const struct cancel_work *work)
{
    int64_t net_minor = 0;
    for (size_t index = 0; index < work->line_count; index++) {
        net_minor += work->lines[index].net_minor;
    }
    return net_minor > 0;
}

static bool
check_state(struct cancel_work *work, const struct cancel_request *request)
{
    const struct subject *subject = work->subject;
    const enum headline headline =
        lifecycle_headline(subject->approval, subject->fulfilment, subject->payment);
    const bool is_over = subject->approval == APPROVAL_REFUSED ||
                         subject->approval == APPROVAL_CANCELLED ||
                         subject->fulfilment >= FULFILMENT_SHIPPED;
    if (is_over) {
        return object(work, M_CANCEL_STATE, NULL, "", headline_names[headline]);
    }
    if (work->is_exchange && !is_paid_for(work)) {
        return object(work, M_CANCEL_EXCHANGE, NULL, "", "");
    }
    return subject->approval != APPROVAL_UNPRICED || request->item_count == 0 ||
           object(work, M_CANCEL_UNPRICED, NULL, "", "");
}

static bool
choose_lines(struct cancel_work *work, const struct cancel_request *request)
{
    for (size_t index = 0; index < request->item_count; index++) {
        if (!choose_item(work, &request->items[index])) {
            return false;
        }
    }
    return request->item_count == 0 ? choose_all(work) : cancel_choose_gifts(work);
}

/* What it costs to stop something nobody knows yet. */
static bool
check_waiver(struct cancel_work *work, const struct cancel_request *request)
{
    for (size_t index = 0; request->waiver.micros != 0 && index < work->line_count; index++) {
        if (work->ask_micros[index] > 0) {
            return object(work, M_CANCEL_WAIVE_LATER, NULL, "", "");
        }
    }
    return true;
}

bool
cancel_choose(struct cancel_work *work, const struct cancel_request *request)
{
    return check_state(work, request) && choose_lines(work, request) && check_waiver(work, request);
}
