#include "desk/consent.h"

#include "base/decimal.h"

#include <stdlib.h>
#include <string.h>

enum outcome
consent_rate(const struct consent *consent, const struct rate_fact **rate, struct fault *why)
{
    const char *company = consent->config->company_currency;
    const struct order *order = consent->order;
    const struct rate_key key = {company, order->currency, order->order_date};
    const int64_t days_max = consent->config->limits.rate_days_max;
    *rate = NULL;
    if (strcmp(company, order->currency) == 0) {
        return DONE;
    }
    TRY(facts_rate(consent->facts, &key, rate, why));
    if (*rate != NULL && days_max > 0 && (int64_t)order->order_date - (*rate)->day > days_max) {
        *rate = NULL;
    }
    return DONE;
}

static const char *
country_of(const struct consent *consent)
{
    const char *country = consent->order->parties[PARTY_SHIP_TO].country;
    return country != NULL && country[0] != '\0' ? country : consent->price_facts->customer_country;
}

/* What is known before it is priced. */
static enum outcome
begin(const struct consent *consent, struct approval_matter *matter, struct fault *why)
{
    const struct order *order = consent->order;
    const bool has_date = order->requested_from != DAY_NONE && order->order_date != DAY_NONE;
    *matter = (struct approval_matter){
        .type = order->type,
        .currency = order->currency,
        .customer = consent->price_facts->customer,
        .customer_group = consent->price_facts->customer_group,
        .channel = consent->price_facts->channel,
        .country = country_of(consent),
        .lead_days = has_date ? (int64_t)order->requested_from - order->order_date : AMOUNT_NONE,
        .margin_micros = APPROVAL_RATE_NONE,
        .credit = consent->credit == NULL ? CREDIT_UNKNOWN : consent->credit,
        .increase_micros = AMOUNT_NONE,
        .approved_country = "",
        .company_currency = consent->config->company_currency};
    return consent_rate(consent, &matter->rate, why);
}

static int
compare_names(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The categories of the lines' products, each once, sorted. */
static void
gather_categories(const struct consent *consent, struct arena *arena,
                  struct approval_matter *matter)
{
    const size_t line_count = consent->order->line_count;
    const char **names = arena_array(arena, const char *, line_count);
    size_t count = 0;
    for (size_t index = 0; index < line_count; index++) {
        names[index] = consent->price_facts->lines[index].category;
    }
    if (line_count > 1) {
        qsort(names, line_count, sizeof *names, compare_names);
    }
    for (size_t index = 0; index < line_count; index++) {
        if (names[index][0] != '\0' &&
            (count == 0 || strcmp(names[count - 1], names[index]) != 0)) {
            names[count++] = names[index];
        }
    }
    matter->categories = names;
    matter->category_count = count;
}

/* What promotions took off a line. */
static int64_t
reduction_of(const struct price_promotions *promotions, size_t line)
{
    int64_t reduction_minor = 0;
    if (promotions->from == NULL) {
        return 0;
    }
    for (size_t at = promotions->from[line]; at < promotions->from[line + 1]; at++) {
        reduction_minor += promotions->result.reductions[promotions->of_lines[at]].reduction_minor;
    }
    return reduction_minor;
}

/* What promotions, manual prices and discounts asked for took off what the lists give, of that,
 * rounded up.  A line that the lists give no price counts for nothing. */
static int64_t
discount_of(const struct order *order, const struct price_decision *price)
{
    const int exponent = currency_exponent(order->currency);
    int128 list_minor = 0;
    int128 left_minor = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        const struct priced_line *priced = &price->lines[index];
        int64_t rules_minor = priced->list_minor;
        if (manual_price_is_asked(&line->manual)) {
            if (priced->rules_price_micros == AMOUNT_NONE) {
                continue;
            }
            rules_minor = money_of_picos((int128)priced->rules_price_micros * line->quantity_micros,
                                         exponent, ROUND_HALF_UP);
        }
        list_minor += rules_minor;
        left_minor +=
            priced->list_minor - priced->discount_minor - reduction_of(&price->promotions, index);
    }
    return list_minor <= 0 || left_minor >= list_minor
               ? 0
               : (int64_t)decimal_divide_wide((list_minor - left_minor) * MICROS, list_minor,
                                              ROUND_UP);
}

/* Of the net amount. */
static int64_t
margin_of(const struct price_decision *price)
{
    if (price->cost_minor == AMOUNT_NONE || price->net_minor <= 0) {
        return APPROVAL_RATE_NONE;
    }
    const int128 margin = decimal_divide_wide(
        ((int128)price->net_minor - price->cost_minor) * MICROS, price->net_minor, ROUND_DOWN);
    return margin <= APPROVAL_RATE_NONE ? APPROVAL_RATE_NONE + 1 : (int64_t)margin;
}

/* How much more it comes to than when it was approved, rounded up; less is nothing more. */
static int64_t
increase_of(const struct approval_base *base, const char *currency, int64_t gross_minor)
{
    if (strcmp(base->currency, currency) != 0 || (base->gross_minor <= 0 && gross_minor > 0)) {
        return INT64_MAX;
    }
    if (gross_minor <= base->gross_minor) {
        return 0;
    }
    const int128 increase = decimal_divide_wide(((int128)gross_minor - base->gross_minor) * MICROS,
                                                base->gross_minor, ROUND_UP);
    return increase >= INT64_MAX ? INT64_MAX : (int64_t)increase;
}

static void
compare_with_base(const struct consent *consent, struct approval_matter *matter)
{
    const struct approval_base *base = consent->base;
    if (base == NULL) {
        return;
    }
    matter->increase_micros = increase_of(base, matter->currency, matter->gross_minor);
    matter->approved_country =
        base->country[0] != '\0' ? base->country : consent->price_facts->customer_country;
}

static bool
has_manual(const struct order *order)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (manual_price_is_asked(&order->lines[index].manual)) {
            return true;
        }
    }
    return false;
}

enum outcome
consent_can_ask(const struct consent *consent, struct arena *arena, bool *can, struct fault *why)
{
    const struct approval_rule *rules = NULL;
    size_t count = 0;
    struct approval_matter matter;
    TRY(facts_approval_rules(consent->facts, consent->order->type, &rules, &count, why));
    TRY(begin(consent, &matter, why));
    gather_categories(consent, arena, &matter);
    *can = approve_can_ask(&matter, rules, count);
    return DONE;
}

enum outcome
consent_matter(const struct consent *consent, const struct price_decision *price,
               const struct order_day *same_day, bool is_changed, struct arena *arena,
               struct approval_matter *matter, struct fault *why)
{
    TRY(begin(consent, matter, why));
    gather_categories(consent, arena, matter);
    matter->gross_minor = price->gross_minor;
    matter->net_minor = price->net_minor;
    matter->wait_reasons = price->wait_reasons;
    matter->is_changed = is_changed;
    compare_with_base(consent, matter);
    matter->has_manual = has_manual(consent->order);
    matter->discount_micros = discount_of(consent->order, price);
    matter->margin_micros = margin_of(price);
    matter->same_day_count = same_day->orders;
    matter->same_day_gross_minor = same_day->gross_minor;
    matter->same_day_net_minor = same_day->net_minor;
    return DONE;
}

enum outcome
consent_decide(const struct consent *consent, const struct price_decision *price,
               const struct order_day *same_day, bool is_changed, struct arena *arena,
               struct approval_decision *decision, struct fault *why)
{
    const struct approval_rule *rules = NULL;
    size_t count = 0;
    struct approval_matter matter;
    TRY(facts_approval_rules(consent->facts, consent->order->type, &rules, &count, why));
    TRY(consent_matter(consent, price, same_day, is_changed, arena, &matter, why));
    approve_order(&matter, rules, count, arena, decision);
    return DONE;
}
