#include "rules/approve.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "base/json.h"
#include "rules/approve_match.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A trace has one object per rule; a matrix has tens of rows, and this is room for some 20,000. */
enum { TRACE_BYTES_MAX = 32 * 1024 * 1024 };

#define CONDITION_AS_NAME(enumerator, name) [enumerator] = name,
const char *const approval_condition_names[CONDITION_COUNT] = {
    APPROVAL_CONDITIONS(CONDITION_AS_NAME)};
const char *const undecided_names[UNDECIDED_COUNT] = {UNDECIDED_WAYS(CONDITION_AS_NAME)};

/* -- the strictest first ----------------------------------------------------------------------- */

static int
count_conditions(const struct approval_rule *rule)
{
    int count = 0;
    for (enum approval_condition condition = 0; condition < CONDITION_COUNT; condition++) {
        count += approval_asks(rule, condition);
    }
    return count;
}

static int
compare_texts(const struct approval_rule *one, const struct approval_rule *other)
{
    const char *const texts[][2] = {
        {one->type, other->type},
        {one->customers, other->customers},
        {one->groups, other->groups},
        {one->channels, other->channels},
        {one->countries, other->countries},
        {one->categories, other->categories},
        {one->changed, other->changed},
        {one->manual, other->manual},
        {one->currency, other->currency},
        {one->credit, other->credit},
        {one->country_changed, other->country_changed},
        {one->asking.approvers, other->asking.approvers},
        {one->asking.roles, other->asking.roles},
    };
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        const int order = strcmp(texts[index][0], texts[index][1]);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

/* By step, within it the strictest first. */
static int
compare_rules(const void *one_pointer, const void *other_pointer)
{
    const struct approval_rule *one = one_pointer;
    const struct approval_rule *other = other_pointer;
    const int orders[] = {
        number_compare(one->step, other->step),
        number_compare(other->above_micros, one->above_micros),
        number_compare(count_conditions(other), count_conditions(one)),
        number_compare(one->margin_below_micros, other->margin_below_micros),
        number_compare(other->discount_above_micros, one->discount_above_micros),
        number_compare(other->increase_above_micros, one->increase_above_micros),
        number_compare(one->lead_days_below, other->lead_days_below),
        number_compare(one->up_to_micros, other->up_to_micros),
        number_compare(one->is_net, other->is_net),
        number_compare(one->is_alone, other->is_alone),
        compare_texts(one, other),
        number_compare(one->line, other->line),
    };
    for (size_t index = 0; index < sizeof orders / sizeof orders[0]; index++) {
        if (orders[index] != 0) {
            return orders[index];
        }
    }
    return 0;
}

void
approval_sort(struct approval_rule *rules, size_t rule_count)
{
    if (rule_count > 1) {
        qsort(rules, rule_count, sizeof *rules, compare_rules);
    }
}

/* -- whom to ask about prices ------------------------------------------------------------------ */

/* Could the rule ask about an order like this one, were it only large enough?  It says nothing
 * about what comes of pricing. */
static bool
could_ask(const struct approval_scale *scale, const struct approval_rule *rule)
{
    for (enum approval_condition condition = CONDITION_CHANGED;
         condition <= CONDITION_COUNTRY_CHANGED; condition++) {
        if (approval_asks(rule, condition)) {
            return false;
        }
    }
    return approval_match(scale, rule) >= CONDITION_ABOVE;
}

bool
approve_can_ask(const struct approval_matter *matter, const struct approval_rule *rules,
                size_t rule_count)
{
    const struct approval_scale scale = approval_scale_of(matter, rules, rule_count);
    for (size_t index = 0; index < rule_count; index++) {
        if (could_ask(&scale, &rules[index])) {
            return true;
        }
    }
    return false;
}

/* The rule whose approver is asked about prices alone: the lowest of the first step that has one;
 * rule_count when a rule matches, which asks anyway, or there is none. */
static size_t
position_for_price(const struct approval_scale *scale, const struct approval_rule *sorted,
                   size_t rule_count)
{
    size_t lowest = rule_count;
    for (size_t index = 0; index < rule_count; index++) {
        if (approval_match(scale, &sorted[index]) == CONDITION_COUNT) {
            return rule_count;
        }
        if (could_ask(scale, &sorted[index]) &&
            (lowest == rule_count || sorted[index].step == sorted[lowest].step)) {
            lowest = index;
        }
    }
    return scale->matter->wait_reasons != 0 ? lowest : rule_count;
}

/* -- the trace --------------------------------------------------------------------------------- */

/* What a rule of the sorted list says about the order. */
struct opinion {
    enum approval_condition failing; /* CONDITION_COUNT: it matches */
    size_t asked_position; /* of the rule of its step that asks; 0: it is this one, or none */
    bool asks_for_price;
};

struct telling {
    struct json json;
    const struct approval_scale *scale;
    struct arena *arena;
};

/* The names of the bits that are set, as an array; nothing when none is. */
static void
tell_wait_reasons(struct json *json, unsigned int wait_reasons)
{
    if (wait_reasons == 0) {
        return;
    }
    json_array(json, "wait_reasons");
    for (int bit = 0; bit < WAIT_REASON_COUNT; bit++) {
        if ((wait_reasons & (1U << bit)) != 0) {
            json_text(json, NULL, wait_reason_names[bit]);
        }
    }
    json_end(json);
}

static void
tell_conditions(struct telling *telling, const struct approval_rule *rule)
{
    for (enum approval_condition condition = 0; condition < CONDITION_COUNT; condition++) {
        if (approval_asks(rule, condition)) {
            json_text(&telling->json, approval_condition_names[condition],
                      approval_limit_text(telling->scale, rule, condition, telling->arena));
        }
    }
    if (rule->is_net) {
        json_text(&telling->json, "basis", "net");
    }
    if (rule->is_alone) {
        json_text(&telling->json, "same_day", "no");
    }
    const char *currency =
        approval_limit_text(telling->scale, rule, CONDITION_CURRENCY, telling->arena);
    if (approval_asks(rule, CONDITION_ABOVE) &&
        strcmp(telling->scale->matter->currency, currency) != 0) {
        json_text(&telling->json, "currency", currency);
    }
}

static void
tell_verdict(struct telling *telling, const struct approval_rule *rule,
             const struct opinion *opinion)
{
    struct json *json = &telling->json;
    if (opinion->asks_for_price) {
        json_text(json, "verdict", "asks");
        json_text(json, "why", "prices");
    } else if (opinion->failing != CONDITION_COUNT) {
        json_text(json, "verdict", "not-eligible");
        json_text(json, "why", approval_condition_names[opinion->failing]);
        json_text(json, "compared",
                  approval_value_text(telling->scale, rule, opinion->failing, telling->arena));
    } else if (opinion->asked_position != 0) {
        json_text(json, "verdict", "lost");
        json_integer(json, "to", (int64_t)opinion->asked_position);
    } else {
        json_text(json, "verdict", "asks");
    }
}

static void
tell_asking(struct json *json, const struct approval_asking *asking)
{
    if (asking->approvers[0] != '\0') {
        json_text(json, "approver", asking->approvers);
    }
    if (asking->roles[0] != '\0') {
        json_text(json, "role", asking->roles);
    }
    if (asking->quorum == QUORUM_ALL) {
        json_text(json, "quorum", "all");
    } else if (asking->quorum != QUORUM_ANY) {
        json_integer(json, "quorum", asking->quorum);
    }
}

static void
tell_rule(struct telling *telling, const struct approval_rule *rule, const struct opinion *opinion)
{
    json_object(&telling->json, NULL);
    json_integer(&telling->json, "step", rule->step);
    tell_conditions(telling, rule);
    tell_asking(&telling->json, &rule->asking);
    tell_verdict(telling, rule, opinion);
    json_end(&telling->json);
}

static void
tell_rate(struct json *json, const struct approval_scale *scale)
{
    const struct approval_matter *matter = scale->matter;
    if (scale->has_own_currency || strcmp(matter->currency, matter->company_currency) == 0) {
        return;
    }
    json_object(json, "exchange");
    json_text(json, "from", matter->company_currency);
    json_text(json, "to", matter->currency);
    if (matter->rate == NULL) {
        json_text(json, "rate", NULL);
        json_end(json);
        return;
    }
    json_decimal(json, "rate", matter->rate->rate_micros, MICROS_PLACES, 2);
    json_decimal(json, "units", matter->rate->units, 0, 0);
    json_day(json, "date", matter->rate->day);
    json_end(json);
}

static void
tell_same_day(struct json *json, const struct approval_scale *scale)
{
    const struct approval_matter *matter = scale->matter;
    if (matter->same_day_count == 0) {
        return;
    }
    json_object(json, "same_day");
    json_integer(json, "orders", matter->same_day_count);
    json_decimal(json, "gross", matter->same_day_gross_minor, scale->exponent, scale->exponent);
    json_decimal(json, "net", matter->same_day_net_minor, scale->exponent, scale->exponent);
    json_end(json);
}

static void
tell_head(struct telling *telling)
{
    const struct approval_matter *matter = telling->scale->matter;
    struct json *json = &telling->json;
    const int exponent = telling->scale->exponent;
    json_text(json, "rule", "approval-matrix");
    json_text(json, "type", order_type_names[matter->type]);
    json_text(json, "currency", matter->currency);
    json_decimal(json, "gross", matter->gross_minor, exponent, exponent);
    json_decimal(json, "net", matter->net_minor, exponent, exponent);
    tell_same_day(json, telling->scale);
    tell_rate(json, telling->scale);
    tell_wait_reasons(json, matter->wait_reasons);
}

/* -- the decision ------------------------------------------------------------------------------ */

/* "0.12501" as "12.51": rounded up, so that what is beyond a limit looks so; a margin down. */
static const char *
percent_text(int64_t rate_micros, enum rounding rounding, struct arena *arena)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena,
                      decimal_format(text, decimal_divide(rate_micros, 100, rounding), 2, 0));
}

/* An order that is above the limit by itself is told so; the others of its day do not matter. */
static struct approval_reason
amount_reason(const struct telling *telling, const struct approval_rule *rule)
{
    const struct approval_scale *scale = telling->scale;
    struct approval_rule alone = *rule;
    alone.is_alone = true;
    const bool is_of_day = approval_match(scale, &alone) == CONDITION_ABOVE;
    const struct approval_rule *told = is_of_day ? rule : &alone;
    const char *name = approval_limit(scale, rule, rule->above_micros) == AMOUNT_NONE
                           ? "amount-no-rate"
                       : rule->is_net ? (is_of_day ? "amount-above-net-day" : "amount-above-net")
                       : is_of_day    ? "amount-above-day"
                                      : approval_condition_names[CONDITION_ABOVE];
    return (struct approval_reason){
        name, approval_value_text(scale, told, CONDITION_ABOVE, telling->arena),
        approval_limit_text(scale, told, CONDITION_ABOVE, telling->arena)};
}

static struct approval_reason
reason_of(const struct telling *telling, const struct approval_rule *rule,
          enum approval_condition condition)
{
    const struct approval_matter *matter = telling->scale->matter;
    struct arena *arena = telling->arena;
    switch (condition) {
    case CONDITION_ABOVE: return amount_reason(telling, rule);
    case CONDITION_DISCOUNT:
        return (struct approval_reason){
            approval_condition_names[condition],
            percent_text(matter->discount_micros, ROUND_UP, arena),
            percent_text(rule->discount_above_micros, ROUND_DOWN, arena)};
    case CONDITION_MARGIN:
        return (struct approval_reason){
            approval_condition_names[condition],
            percent_text(matter->margin_micros, matter->margin_micros < 0 ? ROUND_UP : ROUND_DOWN,
                         arena),
            percent_text(rule->margin_below_micros, ROUND_DOWN, arena)};
    case CONDITION_INCREASE:
        return (struct approval_reason){
            approval_condition_names[condition],
            matter->increase_micros == INT64_MAX
                ? ""
                : percent_text(matter->increase_micros, ROUND_UP, arena),
            percent_text(rule->increase_above_micros, ROUND_DOWN, arena)};
    case CONDITION_COUNTRY_CHANGED:
        return (struct approval_reason){approval_condition_names[condition], matter->country,
                                        matter->approved_country};
    default:
        return (struct approval_reason){
            approval_condition_names[condition],
            approval_value_text(telling->scale, rule, condition, arena),
            approval_limit_text(telling->scale, rule, condition, arena)};
    }
}

static void
add_step(struct telling *telling, const struct approval_rule *rule, const struct opinion *opinion,
         struct approval_decision *decision)
{
    struct approval_step *step = &decision->steps[decision->step_count++];
    *step = (struct approval_step){
        .step = rule->step, .asking = rule->asking, .limit_minor = AMOUNT_NONE};
    if (opinion->asks_for_price) {
        return;
    }
    step->limit_minor = approval_limit(telling->scale, rule, rule->above_micros);
    step->reasons = arena_array(telling->arena, struct approval_reason, CONDITION_COUNT);
    for (enum approval_condition condition = 0; condition < CONDITION_COUNT; condition++) {
        if (approval_asks(rule, condition)) {
            step->reasons[step->reason_count++] = reason_of(telling, rule, condition);
        }
    }
}

/* The rules come sorted, so the first match of a step is the one that asks. */
static void
decide(struct telling *telling, const struct approval_rule *sorted, size_t rule_count,
       struct approval_decision *decision)
{
    const size_t for_price = position_for_price(telling->scale, sorted, rule_count);
    struct opinion opinion = {0};
    for (size_t index = 0; index < rule_count; index++) {
        const struct approval_rule *rule = &sorted[index];
        if (index > 0 && sorted[index - 1].step != rule->step) {
            opinion.asked_position = 0;
        }
        opinion.failing = approval_match(telling->scale, rule);
        opinion.asks_for_price = index == for_price;
        tell_rule(telling, rule, &opinion);
        if (opinion.asks_for_price ||
            (opinion.failing == CONDITION_COUNT && opinion.asked_position == 0)) {
            opinion.asked_position = index + 1;
            add_step(telling, rule, &opinion, decision);
        }
    }
    decision->is_approved = decision->step_count == 0;
}

void
approve_order(const struct approval_matter *matter, const struct approval_rule *rules,
              size_t rule_count, struct arena *arena, struct approval_decision *decision)
{
    OWNED(buf) buf;
    const struct approval_scale scale = approval_scale_of(matter, rules, rule_count);
    struct telling telling = {.scale = &scale, .arena = arena};
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&telling.json, &buf);
    json_object(&telling.json, NULL);
    tell_head(&telling);
    json_array(&telling.json, "rules");
    *decision =
        (struct approval_decision){.steps = arena_array(arena, struct approval_step, rule_count),
                                   .discount_micros = matter->discount_micros};
    decide(&telling, rules, rule_count, decision);
    json_end(&telling.json);
    json_bool(&telling.json, "approved_by_rule", decision->is_approved);
    json_end(&telling.json);
    decision->trace = arena_copy_bytes(arena, buf.bytes, buf.size);
}
