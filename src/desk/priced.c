#include "desk/priced.h"

#include "store/store_promotion.h"

/* What is at hand while it is stored. */
struct storing {
    struct store *store;
    const struct unpriced *order;
    const struct appraisal *appraisal;
    struct priced_after after;
    struct arena *arena; /* of numbers of goods that are given; NULL: they stay */
};

/* What promotions took off each line. */
static enum outcome
store_reductions(const struct storing *storing, const struct promotion_order *subject,
                 struct fault *why)
{
    const struct price_promotions *promotions = &storing->appraisal->decision.promotions;
    for (size_t line = 0; line < storing->order->order.line_count; line++) {
        for (size_t at = promotions->from[line]; at < promotions->from[line + 1]; at++) {
            const size_t sequence = promotions->of_lines[at];
            const struct reduction *reduction = &promotions->result.reductions[sequence];
            TRY(promotion_add_reduction(storing->store, subject, storing->after.lines + line + 1,
                                        storing->after.reductions + sequence + 1,
                                        reduction->promotion->code, reduction->reduction_minor,
                                        why));
        }
    }
    return DONE;
}

/* The number for the warehouse must be one that no other line has. */
static const char *
number_of(const struct storing *storing, const struct free_good *good, size_t index)
{
    return storing->arena == NULL ? good->number
                                  : arena_format(storing->arena, "%s+%zu", good->number,
                                                 storing->after.free_lines + index + 1);
}

static enum outcome
store_free_goods(const struct storing *storing, const struct promotion_order *subject,
                 struct fault *why)
{
    const struct price_promotions *promotions = &storing->appraisal->decision.promotions;
    const struct price_facts *facts = &storing->appraisal->facts;
    for (size_t index = 0; index < promotions->result.free_goods_count; index++) {
        const struct free_good *good = &promotions->goods[index];
        const struct free_line line = {
            .ordinal = storing->after.free_lines + index + 1,
            .number = number_of(storing, good, index),
            .order_line =
                good->given->line == SIZE_MAX ? 0 : storing->after.lines + good->given->line + 1,
            .promotion = good->given->promotion->code,
            .sku = good->given->sku,
            .quantity_micros = good->given->quantity_micros,
            .unit = good->unit,
            .owed_micros = good->given->owed_micros,
            .stock_version = good->is_counted ? facts->versions[DOCUMENT_STOCK] : 0,
        };
        TRY(promotion_add_free_line(storing->store, subject, &line, why));
    }
    return DONE;
}

static enum outcome
store_promotions(const struct storing *storing, struct fault *why)
{
    const struct price_promotions *promotions = &storing->appraisal->decision.promotions;
    const struct promotion_order subject = {storing->order->id, storing->order->version,
                                            storing->appraisal->facts.customer};
    const struct promotion_result *result = &promotions->result;
    if (promotions->from == NULL) {
        return DONE;
    }
    TRY(store_reductions(storing, &subject, why));
    TRY(store_free_goods(storing, &subject, why));
    for (size_t index = 0; index < result->use_count; index++) {
        const struct promotion_use *use = &result->uses[index];
        TRY(promotion_add_use(storing->store, &subject,
                              &(struct promotion_used){use->promotion->code, use->coupon, use->uses,
                                                       use->reduction_minor, use->spent_minor},
                              why));
    }
    return DONE;
}

static enum outcome
store_parts(struct store *store, const struct order_price *price, size_t ordinal,
            const struct priced_line *line, struct fault *why)
{
    for (size_t index = 0; index < line->part_count; index++) {
        const struct priced_part *part = &line->parts[index];
        const struct order_line_part item = {part->sku, part->quantity_micros, part->unit,
                                             part->list_minor, part->net_minor};
        TRY(order_add_line_part(store, price, ordinal, index + 1, &item, why));
    }
    return DONE;
}

static enum outcome
store_freight(struct store *store, const struct order_price *price,
              const struct price_freight *freight, struct fault *why)
{
    for (size_t index = 0; index < freight->part_count; index++) {
        const struct freight_part *part = &freight->parts[index];
        TRY(order_add_freight(store, price, index + 1, part->tax_rate_micros, part->net_minor,
                              part->tax_minor, why));
    }
    return DONE;
}

/* Of the price only whose it is matters. */
static enum outcome
store_lines(const struct storing *storing, const struct order_price *price, struct fault *why)
{
    const struct price_decision *decision = &storing->appraisal->decision;
    for (size_t index = 0; index < storing->order->order.line_count; index++) {
        const size_t ordinal = storing->after.lines + index + 1;
        const struct priced_line *line = &decision->lines[index];
        const struct order_line_price line_price = {
            .price_micros = line->price_micros,
            .list_minor = line->list_minor,
            .discount_minor = line->discount_minor,
            .list_exact_micros = line->list_exact_micros,
            .exact_micros = line->exact_micros,
            .is_as_expected = line->is_as_expected,
            .net_minor = line->net_minor,
            .tax_rate_micros = line->tax_rate_micros,
            .tax_minor = line->tax_minor,
            .rules_price_micros = line->rules_price_micros,
            .deviation_micros = line->deviation_micros,
            .allowed_micros = line->allowed_micros,
            .cost_minor = line->cost_minor,
            .least_minor = line->least_minor,
            .is_below_floor = line->is_below_floor,
        };
        TRY(order_add_line_price(storing->store, price, ordinal, &line_price, why));
        TRY(store_parts(storing->store, price, ordinal, line, why));
    }
    return store_promotions(storing, why);
}

enum outcome
priced_store(struct store *store, const struct unpriced *order, const struct appraisal *appraisal,
             int32_t day, struct fault *why)
{
    const struct storing storing = {store, order, appraisal, {0, 0, 0}, NULL};
    const struct price_facts *facts = &appraisal->facts;
    const struct price_decision *decision = &appraisal->decision;
    const struct order_price price = {
        .order_id = order->id,
        .version = order->version,
        .customer = facts->customer,
        .customer_group = facts->customer_group,
        .currency = order->order.currency,
        .net_minor = decision->net_minor,
        .tax_minor = decision->tax_minor,
        .gross_minor = decision->gross_minor,
        .freight_minor = decision->freight.net_minor,
        .includes_tax = decision->prices_include_tax,
        .cost_minor = decision->cost_minor,
        .day = day,
        .customers_version = facts->versions[DOCUMENT_CUSTOMERS],
        .products_version = facts->versions[DOCUMENT_PRODUCTS],
        .prices_version = facts->versions[DOCUMENT_PRICES],
        .promotions_version = facts->versions[DOCUMENT_PROMOTIONS],
        .terms = facts->terms,
        .trace = decision->trace,
    };
    TRY(order_add_price(store, &price, why));
    TRY(store_freight(store, &price, &decision->freight, why));
    return store_lines(&storing, &price, why);
}

enum outcome
priced_store_more(struct store *store, const struct unpriced *order,
                  const struct appraisal *appraisal, const struct priced_after *after,
                  struct arena *arena, struct fault *why)
{
    const struct storing storing = {store, order, appraisal, *after, arena};
    const struct order_price price = {.order_id = order->id, .version = order->version};
    return store_lines(&storing, &price, why);
}
