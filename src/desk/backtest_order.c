#include "desk/backtest_order.h"

#include "desk/appraise.h"
#include "store/store_order.h"
#include "store/store_promotion.h"

#include <assert.h>
#include <string.h>

/* An order then and now. */
struct comparison {
    struct run *run;
    struct arena *arena;
    const struct booked *booked;
    const struct order *order;
    struct backtest_line *before;
    struct backtest_line *after;
    size_t count;
};

static enum outcome
add(const struct comparison *comparison, const struct backtest_sum *sum, struct fault *why)
{
    struct backtest_sum whole = *sum;
    whole.currency = comparison->order->currency;
    return backtest_add(comparison->run->store, &whole, why);
}

/* -- what it uses ----------------------------------------------------------------------------- */

enum outcome
backtest_count_uses(struct run *run, const struct appraisal *appraisal, struct fault *why)
{
    struct store *store = run->store;
    const struct price_promotions *promotions = &appraisal->decision.promotions;
    if (promotions->from == NULL) {
        return DONE;
    }
    for (size_t index = 0; index < promotions->result.use_count; index++) {
        const struct promotion_use *use = &promotions->result.uses[index];
        TRY(promotion_count_use(store, appraisal->facts.customer,
                                &(struct promotion_used){use->promotion->code, use->coupon,
                                                         use->uses, use->reduction_minor,
                                                         use->spent_minor},
                                why));
    }
    for (size_t index = 0; index < promotions->result.free_goods_count; index++) {
        const struct free_good *good = &promotions->goods[index];
        if (good->is_counted) {
            TRY(promotion_give(store, good->given->sku,
                               good->given->quantity_micros - good->given->owed_micros,
                               appraisal->facts.versions[DOCUMENT_STOCK], why));
        }
    }
    return DONE;
}

/* -- differences ------------------------------------------------------------------------------ */

/* One line less of the rule before, one more of the rule that makes the price now. */
static enum outcome
compare_rules(const struct comparison *comparison, const struct backtest_line *before,
              const struct backtest_line *after, struct fault *why)
{
    TRY(add(comparison,
            &(struct backtest_sum){.kind = BACKTEST_RULE,
                                   .rule = before->rule,
                                   .before_count = 1,
                                   .before_minor = before->net_minor + before->reduced_minor},
            why));
    return add(comparison,
               &(struct backtest_sum){.kind = BACKTEST_RULE,
                                      .rule = after->rule,
                                      .after_count = 1,
                                      .after_minor = after->net_minor + after->reduced_minor},
               why);
}

static enum outcome
compare_lines(const struct comparison *comparison, struct fault *why)
{
    for (size_t index = 0; index < comparison->count; index++) {
        const struct backtest_line *before = &comparison->before[index];
        const struct backtest_line *after = &comparison->after[index];
        const char *sku = comparison->order->lines[index].sku;
        TRY(add(comparison,
                &(struct backtest_sum){.kind = BACKTEST_PRODUCT,
                                       .rule = {"", sku},
                                       .before_count = 1,
                                       .before_minor = before->net_minor,
                                       .after_count = 1,
                                       .after_minor = after->net_minor},
                why));
        TRY(compare_rules(comparison, before, after, why));
    }
    return DONE;
}

static enum outcome
compare_promotions(const struct comparison *comparison, const struct price_promotions *promotions,
                   struct fault *why)
{
    struct backtest_reduction *before = NULL;
    size_t count = 0;
    TRY(backtest_reductions(comparison->run->store, comparison->booked, comparison->arena, &before,
                            &count, why));
    for (size_t index = 0; index < count; index++) {
        TRY(add(comparison,
                &(struct backtest_sum){.kind = BACKTEST_RULE,
                                       .rule = {"promotion", before[index].promotion},
                                       .before_count = before[index].lines,
                                       .before_minor = -before[index].reduction_minor},
                why));
    }
    const size_t end = promotions->from == NULL ? 0 : promotions->from[comparison->count];
    for (size_t at = 0; at < end; at++) {
        const struct reduction *reduction =
            &promotions->result.reductions[promotions->of_lines[at]];
        TRY(add(comparison,
                &(struct backtest_sum){.kind = BACKTEST_RULE,
                                       .rule = {"promotion", reduction->promotion->code},
                                       .after_count = 1,
                                       .after_minor = -reduction->reduction_minor},
                why));
    }
    return DONE;
}

/* The lines as they are priced now. */
static enum outcome
read_after(struct comparison *comparison, const struct price_decision *decision, struct fault *why)
{
    const struct price_promotions *promotions = &decision->promotions;
    struct backtest_line *lines =
        arena_array(comparison->arena, struct backtest_line, comparison->count);
    for (size_t index = 0; index < comparison->count; index++) {
        lines[index].net_minor = decision->lines[index].net_minor;
        lines[index].reduced_minor = 0;
        for (size_t at = promotions->from == NULL ? 0 : promotions->from[index];
             promotions->from != NULL && at < promotions->from[index + 1]; at++) {
            lines[index].reduced_minor +=
                promotions->result.reductions[promotions->of_lines[at]].reduction_minor;
        }
    }
    comparison->after = lines;
    return backtest_rules(comparison->run->store, decision->trace, comparison->arena, lines,
                          comparison->count, why);
}

static enum outcome
compare(struct comparison *comparison, const struct appraisal *appraisal, struct fault *why)
{
    const struct price_decision *decision = &appraisal->decision;
    const struct booked *booked = comparison->booked;
    struct backtest_sum sum = {.kind = BACKTEST_TOTAL,
                               .rule = {"", ""},
                               .before_count = 1,
                               .before_minor = booked->net_minor,
                               .after_count = 1,
                               .after_minor = decision->net_minor};
    TRY(backtest_lines(comparison->run->store, booked, comparison->arena, &comparison->before,
                       &comparison->count, why));
    assert(comparison->count == comparison->order->line_count);
    TRY(read_after(comparison, decision, why));
    TRY(add(comparison, &sum, why));
    sum.kind = BACKTEST_CUSTOMER;
    sum.rule.name = booked->customer;
    TRY(add(comparison, &sum, why));
    TRY(compare_lines(comparison, why));
    return compare_promotions(comparison, &decision->promotions, why);
}

enum outcome
backtest_tell_unpriced(struct run *run, const struct booked *booked, const struct order *order,
                       const struct findings *mistakes, struct fault *why)
{
    struct finding told = *appraisal_reason(mistakes);
    told.order_number = order->number;
    TRY(backtest_add(run->store,
                     &(struct backtest_sum){
                         .kind = BACKTEST_TOTAL, .rule = {"", ""}, .currency = order->currency},
                     why));
    return backtest_add_unpriced(run->store, booked, order->currency, &told, why);
}

/* Of a partner that is not configured any more it is only known who it is. */
static const struct partner *
partner_of(const struct run *run, const struct booked *booked, struct partner *gone)
{
    const struct partner *partner = config_partner(run->config, booked->partner);
    *gone = (struct partner){
        .id = booked->partner, .customer = booked->customer, .channel = "", .list_currency = ""};
    return partner != NULL ? partner : gone;
}

enum outcome
backtest_reprice(struct run *run, struct facts *facts, const struct booked *booked,
                 struct arena *arena, struct findings *mistakes, struct repriced *repriced,
                 struct fault *why)
{
    struct order *order = &repriced->order.order;
    struct partner gone;
    const struct appraiser appraiser = {facts, run->config, partner_of(run, booked, &gone), NULL};
    *repriced = (struct repriced){0};
    TRY(order_read(run->store, booked->id, booked->version, arena, &repriced->order, why));
    TRY(order_read_lines(run->store, &repriced->order, arena, why));
    order->parties[PARTY_SOLD_TO].code = booked->customer;
    for (size_t index = 0; index < order->line_count; index++) {
        order->lines[index].expected_price_micros = AMOUNT_NONE;
    }
    return appraise(&appraiser, order, arena, mistakes, &repriced->appraisal, why);
}

enum outcome
backtest_order(struct run *run, struct facts *facts, const struct booked *booked,
               struct arena *arena, struct fault *why)
{
    OWNED(findings) mistakes;
    struct repriced repriced;
    struct comparison comparison = {.run = run, .arena = arena, .booked = booked};
    findings_init(&mistakes);
    TRY(backtest_reprice(run, facts, booked, arena, &mistakes, &repriced, why));
    if (!repriced.appraisal.is_good) {
        return backtest_tell_unpriced(run, booked, &repriced.order.order, &mistakes, why);
    }
    comparison.order = &repriced.order.order;
    TRY(compare(&comparison, &repriced.appraisal, why));
    return backtest_count_uses(run, &repriced.appraisal, why);
}
