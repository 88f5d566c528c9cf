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

/* How it ended stands at each of its items. */
static void
mark_cancelled(const struct work *work, const struct cancel_objection *objection)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (amend_is_taken(item, MODIFY_CANCEL) && objection->is_raised) {
            item->verdict = CHANGE_REFUSED;
            item->code = objection->code;
            item->value = objection->value;
        }
    }
}

/* What is left of the line was counted without what was cancelled before. */
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
        items[count++] = (struct cancel_item){
            item->line, left == NULL ? AMOUNT_NONE : is->quantity_micros - left->quantity_micros,
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
    mark_cancelled(work, &result.objection);
    return DONE;
}
