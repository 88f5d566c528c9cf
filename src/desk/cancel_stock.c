#include "desk/cancel_stock.h"

#include "store/store_cancellation.h"

#include <string.h>

struct work {
    struct run *run;
    const struct subject *subject;
    const struct line_stand *lines;
    size_t line_count;
    const int64_t *now_micros;
};

/* Of what a product is promised by the list of stock: in proportion to what is not wanted of it. */
static enum outcome
give_back_product(const struct work *work, const struct stock_weight *weights, size_t count,
                  struct fault *why)
{
    int128 left = 0;
    int128 less = 0;
    for (size_t index = 0; index < count; index++) {
        const struct stock_weight *weight = &weights[index];
        for (size_t line = 0; line < work->line_count; line++) {
            if (work->lines[line].ordinal == weight->ordinal && weight->ordered_micros > 0) {
                const int128 unit = (int128)weight->micros * 1000 / weight->ordered_micros;
                left += unit * (weight->ordered_micros - weight->cancelled_micros);
                less += unit * work->now_micros[line];
            }
        }
    }
    const int64_t micros = left == 0 ? 0 : (int64_t)(less * (int128)weights[0].taken_micros / left);
    return micros == 0 ? DONE
                       : cancel_stock_reduce(work->run->store, work->subject->id,
                                             work->subject->version, &weights[0], micros, why);
}

enum outcome
cancel_give_back_stock(struct run *run, const struct subject *subject,
                       const struct line_stand *lines, size_t line_count, const int64_t *now_micros,
                       struct arena *arena, struct fault *why)
{
    const struct work work = {run, subject, lines, line_count, now_micros};
    struct stock_weight *weights = NULL;
    size_t count = 0;
    TRY(cancel_stock_weights(run->store, subject->id, subject->version, arena, &weights, &count,
                             why));
    for (size_t from = 0; from < count;) {
        size_t to = from;
        while (to < count && strcmp(weights[to].sku, weights[from].sku) == 0) {
            to++;
        }
        TRY(give_back_product(&work, &weights[from], to - from, why));
        from = to;
    }
    return DONE;
}
