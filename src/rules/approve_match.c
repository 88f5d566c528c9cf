#include "rules/approve_match.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { LIST_BYTES_MAX = 4096 };

/* -- amounts ----------------------------------------------------------------------------------- */

static const char *
currency_of(const struct approval_matter *matter, const struct approval_rule *rule)
{
    return rule->currency[0] == '\0' ? matter->company_currency : rule->currency;
}

static bool
has_amount(const struct approval_rule *rule)
{
    return rule->above_micros >= 0 || rule->up_to_micros >= 0;
}

struct approval_scale
approval_scale_of(const struct approval_matter *matter, const struct approval_rule *rules,
                  size_t rule_count)
{
    struct approval_scale scale = {.matter = matter,
                                   .exponent = currency_exponent(matter->currency)};
    assert(scale.exponent >= 0 && "an order that was priced has a currency we know");
    for (size_t index = 0; index < rule_count; index++) {
        scale.has_own_currency |= has_amount(&rules[index]) &&
                                  strcmp(currency_of(matter, &rules[index]), matter->currency) == 0;
    }
    return scale;
}

static bool
is_in_own_currency(const struct approval_scale *scale, const struct approval_rule *rule)
{
    return strcmp(currency_of(scale->matter, rule), scale->matter->currency) == 0;
}

static int64_t
amount_of(const struct approval_matter *matter, const struct approval_rule *rule)
{
    const int64_t before = rule->is_net ? matter->same_day_net_minor : matter->same_day_gross_minor;
    return (rule->is_net ? matter->net_minor : matter->gross_minor) + (rule->is_alone ? 0 : before);
}

int
approval_compare(int64_t amount_minor, int exponent, int64_t limit_micros,
                 const struct rate_fact *rate)
{
    int128 amount = amount_minor;
    int128 limit = limit_micros;
    for (int place = exponent; place < MICROS_PLACES; place++) {
        amount *= 10;
    }
    if (rate != NULL) {
        limit *= rate->rate_micros;
        amount *= (int128)rate->units * MICROS;
    }
    return amount > limit ? 1 : amount < limit ? -1 : 0;
}

static int
compare_amount(const struct approval_scale *scale, const struct approval_rule *rule,
               int64_t limit_micros)
{
    return approval_compare(amount_of(scale->matter, rule), scale->exponent, limit_micros,
                            is_in_own_currency(scale, rule) ? NULL : scale->matter->rate);
}

static bool
lacks_rate(const struct approval_scale *scale, const struct approval_rule *rule)
{
    return !is_in_own_currency(scale, rule) && scale->matter->rate == NULL;
}

int64_t
approval_limit(const struct approval_scale *scale, const struct approval_rule *rule,
               int64_t amount_micros)
{
    const struct rate_fact *rate = scale->matter->rate;
    if (amount_micros < 0 || lacks_rate(scale, rule)) {
        return AMOUNT_NONE;
    }
    int128 micros = amount_micros;
    if (!is_in_own_currency(scale, rule)) {
        micros = decimal_divide_wide(micros * rate->rate_micros, (int128)MICROS * rate->units,
                                     ROUND_HALF_UP);
    }
    return micros > (int128)DECIMAL_MICROS_MAX * MICROS
               ? INT64_MAX
               : money_of_picos(micros * MICROS, scale->exponent, ROUND_HALF_UP);
}

/* -- conditions -------------------------------------------------------------------------------- */

static bool
allows(const char *list, const char *value)
{
    return list[0] == '\0' || text_list_has(list, value);
}

static bool
allows_category(const char *list, const struct approval_matter *matter)
{
    bool is_allowed = list[0] == '\0';
    for (size_t index = 0; index < matter->category_count; index++) {
        is_allowed |= text_list_has(list, matter->categories[index]);
    }
    return is_allowed;
}

static bool
agrees(const char *wanted, bool is)
{
    return wanted[0] == '\0' || strcmp(wanted, is ? "yes" : "no") == 0;
}

/* Amounts of a rule count when they are in the order's currency, or in the company's and the matrix
 * has none in the order's. */
static bool
counts_currency(const struct approval_scale *scale, const struct approval_rule *rule)
{
    return !has_amount(rule) || is_in_own_currency(scale, rule) ||
           (!scale->has_own_currency &&
            strcmp(currency_of(scale->matter, rule), scale->matter->company_currency) == 0);
}

static bool
is_met(const struct approval_scale *scale, const struct approval_rule *rule,
       enum approval_condition condition)
{
    const struct approval_matter *matter = scale->matter;
    switch (condition) {
    case CONDITION_TYPE:
        return rule->type[0] == '\0' || strcmp(rule->type, order_type_names[matter->type]) == 0;
    case CONDITION_CUSTOMER: return allows(rule->customers, matter->customer);
    case CONDITION_GROUP: return allows(rule->groups, matter->customer_group);
    case CONDITION_CHANNEL: return allows(rule->channels, matter->channel);
    case CONDITION_COUNTRY: return allows(rule->countries, matter->country);
    case CONDITION_CATEGORY: return allows_category(rule->categories, matter);
    case CONDITION_LEAD_TIME:
        return rule->lead_days_below < 0 ||
               (matter->lead_days != AMOUNT_NONE && matter->lead_days < rule->lead_days_below);
    case CONDITION_CHANGED: return agrees(rule->changed, matter->is_changed);
    case CONDITION_MANUAL: return agrees(rule->manual, matter->has_manual);
    case CONDITION_DISCOUNT:
        return rule->discount_above_micros < 0 ||
               matter->discount_micros > rule->discount_above_micros;
    case CONDITION_MARGIN:
        return rule->margin_below_micros == APPROVAL_RATE_NONE ||
               (matter->margin_micros != APPROVAL_RATE_NONE &&
                matter->margin_micros < rule->margin_below_micros);
    case CONDITION_CREDIT: return allows(rule->credit, matter->credit);
    case CONDITION_INCREASE:
        return rule->increase_above_micros < 0 ||
               (matter->increase_micros != AMOUNT_NONE &&
                matter->increase_micros > rule->increase_above_micros);
    case CONDITION_COUNTRY_CHANGED:
        return rule->country_changed[0] == '\0' ||
               (matter->approved_country[0] != '\0' &&
                strcmp(matter->approved_country, matter->country) != 0);
    case CONDITION_CURRENCY: return counts_currency(scale, rule);
    case CONDITION_ABOVE:
        return rule->above_micros < 0 || lacks_rate(scale, rule) ||
               compare_amount(scale, rule, rule->above_micros) > 0;
    case CONDITION_UP_TO:
        return rule->up_to_micros < 0 || lacks_rate(scale, rule) ||
               compare_amount(scale, rule, rule->up_to_micros) <= 0;
    case CONDITION_COUNT: break;
    }
    assert(false && "no condition");
    return false;
}

bool
approval_asks(const struct approval_rule *rule, enum approval_condition condition)
{
    const bool asks[CONDITION_COUNT] = {
        [CONDITION_TYPE] = rule->type[0] != '\0',
        [CONDITION_CUSTOMER] = rule->customers[0] != '\0',
        [CONDITION_GROUP] = rule->groups[0] != '\0',
        [CONDITION_CHANNEL] = rule->channels[0] != '\0',
        [CONDITION_COUNTRY] = rule->countries[0] != '\0',
        [CONDITION_CATEGORY] = rule->categories[0] != '\0',
        [CONDITION_LEAD_TIME] = rule->lead_days_below >= 0,
        [CONDITION_CHANGED] = rule->changed[0] != '\0',
        [CONDITION_MANUAL] = rule->manual[0] != '\0',
        [CONDITION_DISCOUNT] = rule->discount_above_micros >= 0,
        [CONDITION_MARGIN] = rule->margin_below_micros != APPROVAL_RATE_NONE,
        [CONDITION_CREDIT] = rule->credit[0] != '\0',
        [CONDITION_INCREASE] = rule->increase_above_micros >= 0,
        [CONDITION_COUNTRY_CHANGED] = rule->country_changed[0] != '\0',
        [CONDITION_CURRENCY] = false, /* it follows from the amounts */
        [CONDITION_ABOVE] = rule->above_micros >= 0,
        [CONDITION_UP_TO] = rule->up_to_micros >= 0,
    };
    return asks[condition];
}

enum approval_condition
approval_match(const struct approval_scale *scale, const struct approval_rule *rule)
{
    enum approval_condition condition = 0;
    while (condition < CONDITION_COUNT && is_met(scale, rule, condition)) {
        condition++;
    }
    return condition;
}

/* -- in words ---------------------------------------------------------------------------------- */

static const char *
money_text(int64_t minor, int exponent, struct arena *arena)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, minor, exponent, exponent));
}

/* In the order's currency where it is compared in that, else in its own. */
static const char *
amount_text(const struct approval_scale *scale, const struct approval_rule *rule,
            int64_t amount_micros, struct arena *arena)
{
    if (counts_currency(scale, rule) && !lacks_rate(scale, rule)) {
        return money_text(approval_limit(scale, rule, amount_micros), scale->exponent, arena);
    }
    const int exponent = currency_exponent(currency_of(scale->matter, rule));
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(
        arena, decimal_format(text, amount_micros, MICROS_PLACES, exponent < 0 ? 0 : exponent));
}

static const char *
micros_text(int64_t micros, struct arena *arena)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static const char *
categories_text(const struct approval_matter *matter, struct arena *arena)
{
    OWNED(buf) list;
    buf_init(&list, LIST_BYTES_MAX * 2);
    buf_text(&list, "");
    for (size_t index = 0; index < matter->category_count && list.size < LIST_BYTES_MAX; index++) {
        buf_format(&list, index == 0 ? "%.200s" : " | %.200s", matter->categories[index]);
    }
    return arena_copy(arena, list.bytes);
}

const char *
approval_value_text(const struct approval_scale *scale, const struct approval_rule *rule,
                    enum approval_condition condition, struct arena *arena)
{
    const struct approval_matter *matter = scale->matter;
    switch (condition) {
    case CONDITION_TYPE: return order_type_names[matter->type];
    case CONDITION_CUSTOMER: return matter->customer;
    case CONDITION_GROUP: return matter->customer_group;
    case CONDITION_CHANNEL: return matter->channel;
    case CONDITION_COUNTRY: return matter->country;
    case CONDITION_CATEGORY: return categories_text(matter, arena);
    case CONDITION_LEAD_TIME:
        return matter->lead_days == AMOUNT_NONE
                   ? ""
                   : arena_format(arena, "%" PRId64, matter->lead_days);
    case CONDITION_CHANGED: return matter->is_changed ? "yes" : "no";
    case CONDITION_MANUAL: return matter->has_manual ? "yes" : "no";
    case CONDITION_DISCOUNT: return micros_text(matter->discount_micros, arena);
    case CONDITION_MARGIN:
        return matter->margin_micros == APPROVAL_RATE_NONE
                   ? ""
                   : micros_text(matter->margin_micros, arena);
    case CONDITION_CREDIT: return matter->credit;
    case CONDITION_INCREASE:
        return matter->increase_micros == AMOUNT_NONE || matter->increase_micros == INT64_MAX
                   ? ""
                   : micros_text(matter->increase_micros, arena);
    case CONDITION_COUNTRY_CHANGED: return matter->approved_country;
    case CONDITION_CURRENCY: return matter->currency;
    case CONDITION_ABOVE:
    case CONDITION_UP_TO: return money_text(amount_of(matter, rule), scale->exponent, arena);
    case CONDITION_COUNT: break;
    }
    assert(false && "no condition");
    return "";
}

const char *
approval_limit_text(const struct approval_scale *scale, const struct approval_rule *rule,
                    enum approval_condition condition, struct arena *arena)
{
    switch (condition) {
    case CONDITION_TYPE: return rule->type;
    case CONDITION_CUSTOMER: return rule->customers;
    case CONDITION_GROUP: return rule->groups;
    case CONDITION_CHANNEL: return rule->channels;
    case CONDITION_COUNTRY: return rule->countries;
    case CONDITION_CATEGORY: return rule->categories;
    case CONDITION_LEAD_TIME: return arena_format(arena, "%" PRId64, rule->lead_days_below);
    case CONDITION_CHANGED: return rule->changed;
    case CONDITION_MANUAL: return rule->manual;
    case CONDITION_DISCOUNT: return micros_text(rule->discount_above_micros, arena);
    case CONDITION_MARGIN: return micros_text(rule->margin_below_micros, arena);
    case CONDITION_CREDIT: return rule->credit;
    case CONDITION_INCREASE: return micros_text(rule->increase_above_micros, arena);
    case CONDITION_COUNTRY_CHANGED: return rule->country_changed;
    case CONDITION_CURRENCY: return currency_of(scale->matter, rule);
    case CONDITION_ABOVE: return amount_text(scale, rule, rule->above_micros, arena);
    case CONDITION_UP_TO: return amount_text(scale, rule, rule->up_to_micros, arena);
    case CONDITION_COUNT: break;
    }
    assert(false && "no condition");
    return "";
}
