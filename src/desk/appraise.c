#include "desk/appraise.h"

#include "desk/consent.h"
#include "rules/payment.h"

#include <assert.h>

/* An order names its customer, or the partner's configuration does. */
static bool
name_customer(const struct appraiser *appraiser, struct order *order, struct findings *findings)
{
    struct party *sold_to = &order->parties[PARTY_SOLD_TO];
    if (*sold_to->code == '\0') {
        sold_to->code = appraiser->partner->customer;
    }
    if (*sold_to->code != '\0') {
        return true;
    }
    findings_add(findings, &(struct finding){.code = M_ORDER_CUSTOMER_NONE,
                                             .place = order->place,
                                             .order_number = order->number,
                                             .field = "sold_to_code"});
    return false;
}

/* What the partner's configuration says; but where nobody can be asked, nothing can wait. */
static enum outcome
set_policy(const struct appraiser *appraiser, const struct order *order, struct arena *arena,
           struct price_facts *facts, struct fault *why)
{
    const struct consent consent = {appraiser->facts, appraiser->config, order, facts, NULL, NULL};
    TRY(consent_can_ask(&consent, arena, &facts->has_approver, why));
    facts->policy = appraiser->partner->price_policy;
    if (facts->policy.beyond == DIFFERENCE_HOLDS && !facts->has_approver) {
        facts->policy.beyond = DIFFERENCE_REFUSES;
    }
    return DONE;
}

/* Of the prices those that hold on the day, as if they held always: the order has another one. */
static void
hold_always(struct line_facts *line, int32_t day, struct arena *arena)
{
    struct price_candidate *candidates =
        arena_array(arena, struct price_candidate, line->candidate_count + 1);
    size_t count = 0;
    for (size_t index = 0; index < line->candidate_count; index++) {
        const struct price_candidate *candidate = &line->candidates[index];
        if (candidate->valid_from <= day && day <= candidate->valid_to) {
            candidates[count] = *candidate;
            candidates[count].valid_from = INT32_MIN;
            candidates[count++].valid_to = INT32_MAX;
        }
    }
    line->candidates = candidates;
    line->candidate_count = count;
}

static enum outcome
find_since(const struct appraiser *appraiser, const struct order *order, const char *list_currency,
           struct arena *arena, struct price_facts *facts, struct fault *why)
{
    const struct appraise_since *since = appraiser->since;
    struct price_facts then = {0};
    struct order ordered = *order;
    ordered.order_date = since->day;
    TRY(facts_of_order(since->facts, &ordered, appraiser->partner, list_currency, arena, &then,
                       why));
    for (size_t index = since->line; index < order->line_count; index++) {
        facts->lines[index] = then.lines[index];
        hold_always(&facts->lines[index], since->day, arena);
    }
    return DONE;
}

/* NONE: they are too many for one order. */
static enum outcome
find_facts(const struct appraiser *appraiser, const struct order *order, struct arena *arena,
           struct price_facts *facts, struct fault *why)
{
    const char *own = appraiser->partner->list_currency;
    const char *list_currency = own[0] != '\0' ? own : appraiser->config->list_currency;
    TRY(facts_of_order(appraiser->facts, order, appraiser->partner, list_currency, arena, facts,
                       why));
    if (appraiser->since != NULL) {
        TRY(find_since(appraiser, order, list_currency, arena, facts, why));
    }
    return price_room(facts, order->line_count) <= APPRAISAL_PRICES_MAX ? DONE : NONE;
}

static enum outcome
give_up(const struct order *order, struct findings *findings, struct appraisal *appraisal)
{
    findings_add(findings, &(struct finding){.code = M_ORDER_PRICES_MANY,
                                             .place = order->place,
                                             .order_number = order->number});
    *appraisal = (struct appraisal){.decision = {.trace = ""}};
    return DONE;
}

enum outcome
appraise_partner(struct appraiser *appraiser, const struct order *order, struct partner *stranger,
                 struct fault *why)
{
    const struct customer_row *customer = NULL;
    const enum outcome found =
        facts_customer(appraiser->facts, order->parties[PARTY_SOLD_TO].code, &customer, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    appraiser->partner =
        found == NONE ? NULL : config_partner(appraiser->config, customer->partner);
    if (appraiser->partner == NULL) {
        *stranger = (struct partner){.id = found == NONE ? "" : customer->partner,
                                     .customer = "",
                                     .channel = "",
                                     .list_currency = ""};
        appraiser->partner = stranger;
    }
    return DONE;
}

enum outcome
appraise(const struct appraiser *appraiser, struct order *order, struct arena *arena,
         struct findings *findings, struct appraisal *appraisal, struct fault *why)
{
    struct price_facts *facts = &appraisal->facts;
    const bool has_customer = name_customer(appraiser, order, findings);
    const enum outcome found = find_facts(appraiser, order, arena, facts, why);
    if (found == NONE) {
        return give_up(order, findings, appraisal);
    }
    TRY(found);
    facts->terms = payment_terms_as(&facts->terms, order->terms, appraiser->config->deposit_micros);
    facts->tax_rounding = appraiser->config->tax_rounding;
    facts->rounding = appraiser->config->rounding;
    facts->below_floor = appraiser->config->below_floor;
    facts->promotions.model = (enum promotion_model)appraiser->config->promotion_model;
    facts->rate_days_max = appraiser->config->limits.rate_days_max;
    if (!has_customer) {
        facts->customer_known =
            true; /* that it is missing has been said; find what else is wrong */
    }
    TRY(set_policy(appraiser, order, arena, facts, why));
    price_order(order, facts, arena, findings, &appraisal->decision);
    appraisal->is_good = has_customer && appraisal->decision.is_priced;
    appraisal->is_held = has_customer && appraisal->decision.is_held;
    return DONE;
}

const struct finding *
appraisal_reason(const struct findings *findings)
{
    const struct finding *refuses = NULL;
    const struct finding *holds = NULL;
    for (size_t index = findings->count; index-- > 0;) {
        const struct finding *finding = &findings->items[index];
        refuses = finding_severity(finding->code) >= SEVERITY_ERROR ? finding : refuses;
        holds = price_is_held_by(finding->code) ? finding : holds;
    }
    assert((refuses != NULL || holds != NULL) && "what cannot be priced says why");
    return refuses != NULL ? refuses : holds;
}
