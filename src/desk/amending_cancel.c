/* A change of an order: what is taken off beyond the cancellation point is cancelled. */
#include "desk/amending_work.h"

#include "desk/cancelling.h"

#include <assert.h>
#include <string.h>

static const struct order_line *
line_of(const struct order *order, const char *number)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (strcmp(order->lines[index].number, number) == 0) {
            return &order->lines[index];
        }
    }
    return NULL;
}

/* All that was to become less is refused: the line that is in the way says why, the others that
 * they are not taken without it. */
static void
mark_refused(const struct work *work, const struct cancel_objection *objection)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (!amend_is_taken(item, MODIFY_CANCEL)) {
            continue;
        }
        const bool is_reason =
            *objection->order_line == '\0' || strcmp(objection->order_line, item->line) == 0;
        item->verdict = CHANGE_REFUSED;
        item->code = is_reason ? objection->code : M_CHANGE_NOT_ALONE;
        item->value = is_reason ? objection->value : "";
        item->other = is_reason ? objection->expected : "";
    }
}

/* What is under way is taken too, and waits for whoever has it. */
static void
mark_asked(const struct work *work, const struct cancel_result *result)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        for (size_t at = 0; at < result->ask_count; at++) {
            if (amend_is_taken(item, MODIFY_CANCEL) &&
                strcmp(result->asks[at].number, item->line) == 0) {
                item->code = M_CHANGE_STOP_ASKED;
                item->value = result->asks[at].quantity;
            }
        }
    }
}

/* What is left of the line was counted without what was cancelled before, and with what somebody
 * was asked to stop. */
static size_t
list_less(const struct work *work, const struct order *wanted, const struct order *now,
          struct cancel_item *items)
{
    size_t count = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        const struct change_item *item = &work->answer->items[index];
        if (!amend_is_taken(item, MODIFY_CANCEL)) {
            continue;
        }
        const struct order_line *is = line_of(now, item->line);
        const struct order_line *left = line_of(wanted, item->line);
        assert(is != NULL && "only lines of the order become less");
        int64_t ignored = 0;
        const int64_t asked = amend_asked(work, item->line, &ignored);
        items[count++] = (struct cancel_item){
            item->line,
            left == NULL ? AMOUNT_NONE : is->quantity_micros - left->quantity_micros - asked,
            item->at};
    }
    return count;
}

enum outcome
amend_cancel(struct work *work, const struct order *wanted, const struct order *now,
             struct fault *why)
{
    struct cancel_item *items =
        arena_array(work->arena, struct cancel_item, work->answer->item_count + 1);
    struct cancel_result result;
    const struct cancel_request request = {
        .items = items,
        .item_count = list_less(work, wanted, now, items),
        .request = work->amendment->change->number,
        .reason = cancel_reason_names[CANCEL_OTHER],
        .text = work->amendment->change->reason,
        .fault = "customer",
    };
    if (request.item_count == 0) {
        return DONE;
    }
    TRY(cancelling_do(work->revision->run, work->subject, &request, work->amendment->cause,
                      work->arena, &result, why));
    if (result.objection.is_raised) {
        mark_refused(work, &result.objection);
    } else {
        mark_asked(work, &result);
    }
    return DONE;
}
