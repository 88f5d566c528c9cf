/* Orders: facts, price, approval; each order of the file for itself. */
#include "desk/appraise.h"
#include "desk/flow.h"
#include "desk/matter.h"
#include "store/store_order.h"

#include <assert.h>

/* Documents of one order: its lines, facts, prices and trace. */
enum { BATCH_BYTES_MAX = 8 * 1024 * 1024 };

static enum outcome
store_price(struct matter *matter, const struct unpriced *unpriced, const struct price_facts *facts,
            const struct price_decision *decision, struct fault *why)
{
    struct store *store = matter->run->store;
    const struct order_price price = {
        .order_id = unpriced->id,
        .version = unpriced->version,
        .customer = facts->customer,
        .customer_group = facts->customer_group,
        .currency = unpriced->order.currency,
        .net_minor = decision->net_minor,
        .tax_minor = decision->tax_minor,
        .gross_minor = decision->gross_minor,
        .includes_tax = decision->prices_include_tax,
        .day = moment_day(matter->interchange->received_ms),
        .customers_version = facts->versions[DOCUMENT_CUSTOMERS],
        .products_version = facts->versions[DOCUMENT_PRODUCTS],
        .prices_version = facts->versions[DOCUMENT_PRICES],
        .trace = decision->trace,
    };
    TRY(order_add_price(store, &price, why));
    for (size_t index = 0; index < unpriced->order.line_count; index++) {
        const struct priced_line *line = &decision->lines[index];
        const struct order_line_price line_price = {
            .price_micros = line->price_micros,
            .net_minor = line->net_minor,
            .tax_rate_micros = line->tax_rate_micros,
            .tax_minor = line->tax_minor,
            .rules_price_micros = line->rules_price_micros,
            .deviation_micros = line->deviation_micros,
            .allowed_micros = line->allowed_micros,
        };
        TRY(order_add_line_price(store, &price, index + 1, &line_price, why));
    }
    return DONE;
}

static enum outcome
ask_approvers(struct matter *matter, struct subject *subject, const struct unpriced *unpriced,
              const struct price_decision *price, const struct approval_decision *decision,
              struct fault *why)
{
    struct approval first = {0};
    assert(decision->step_count > 0);
    for (size_t index = 0; index < decision->step_count; index++) {
        const struct approval_step *step = &decision->steps[index];
        struct approval approval = {
            .order_id = subject->id,
            .version = subject->version,
            .step = step->step,
            .approver = step->approver,
            .amount_minor = price->gross_minor,
            .limit_minor = step->limit_minor,
            .wait_reasons = price->wait_reasons,
            .currency = unpriced->order.currency,
            .trace = decision->trace,
            .state = index == 0 ? STEP_OPEN : STEP_PLANNED,
            .asked_ms = matter->run->as_of_ms,
        };
        TRY(approval_add(matter->run->store, &approval, why));
        if (index == 0) {
            first = approval;
        }
    }
    const struct cause cause = {"purser", matter->interchange->id, matter->run->as_of_ms, ""};
    return flow_wait(matter->run, subject, &cause, &first, why);
}

static enum outcome
approve(struct matter *matter, struct subject *subject, const struct unpriced *unpriced,
        const struct price_decision *price, struct fault *why)
{
    const struct order *order = &unpriced->order;
    const struct approval_limit *limits = NULL;
    size_t count = 0;
    struct approval_decision decision = {0};
    TRY(facts_limits(matter->facts, order->type, order->currency, &limits, &count, why));
    approve_order(&(struct approval_matter){order->type, order->currency, price->gross_minor,
                                            price->wait_reasons},
                  limits, count, &matter->arena, &decision);
    if (!decision.is_approved) {
        return ask_approvers(matter, subject, unpriced, price, &decision, why);
    }
    const struct cause cause = {"purser", matter->interchange->id, matter->run->as_of_ms,
                                decision.trace};
    return flow_approve(matter->run, subject, &cause, why);
}

static enum outcome
refuse(struct matter *matter, struct subject *subject, struct fault *why)
{
    const struct cause cause = {"purser", matter->interchange->id, matter->run->as_of_ms, ""};
    matter->refused++;
    return flow_refuse(matter->run, subject, &cause, why);
}

static enum outcome
work_order(struct matter *matter, struct unpriced *unpriced, struct fault *why)
{
    struct run *run = matter->run;
    struct appraisal appraisal = {0};
    struct subject subject = {unpriced->id, unpriced->version, matter->interchange->partner,
                              APPROVAL_RECEIVED, FULFILMENT_NONE};
    const struct appraiser appraiser = {matter->facts, run->config,
                                        config_partner(run->config, subject.partner)};
    arena_reset(&matter->arena);
    facts_trim(matter->facts);
    TRY(order_read_lines(run->store, unpriced, &matter->arena, why));
    TRY(appraise(&appraiser, &unpriced->order, &matter->arena, &matter->findings, &appraisal, why));
    if (!appraisal.is_good) {
        return refuse(matter, &subject, why);
    }
    TRY(store_price(matter, unpriced, &appraisal.facts, &appraisal.decision, why));
    return approve(matter, &subject, unpriced, &appraisal.decision, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    OWNED(arena) arena;
    int64_t after = 0;
    size_t count = 0;
    arena_init(&arena, BATCH_BYTES_MAX);
    do {
        struct unpriced *batch = NULL;
        arena_reset(&arena);
        TRY(order_unpriced(matter->run->store, matter->interchange->id, after, &arena, &batch,
                           &count, why));
        for (size_t index = 0; index < count; index++) {
            TRY(work_order(matter, &batch[index], why));
            after = batch[index].id;
        }
    } while (count == UNPRICED_BATCH);
    return DONE;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    return order_discard_of(matter->run->store, matter->interchange->id, why);
}

const struct applier order_applier = {apply, discard};
