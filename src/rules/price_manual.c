/* A price set by hand stands in place of what list, options and formula give.  How far it is from
 * that decides whether its person may set it: the authorities are sorted, the widest first, so that
 * the order of the facts cannot matter; the first that covers person, partner and customer is the
 * limit. */
#include "rules/pricing.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 80 };

/* The most that the rules' amount of a line may come to, to be compared with: what is larger no
 * order may have. */
#define RULES_PICOS_MAX ((int128)ORDER_AMOUNT_MAX_MINOR * MICROS * MICROS)

bool
price_is_manual(const struct order_line *line)
{
    return line->manual.price_micros != AMOUNT_NONE;
}

int128
price_manual_amount(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
                    int128 rules_picos)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    if (!manual_price_is_asked(&line->manual)) {
        return rules_picos;
    }
    verdict->manual = (struct manual_verdict){
        .has_rules_price =
            verdict->has_list_price && rules_picos >= 0 && rules_picos <= RULES_PICOS_MAX,
        .rules_picos = rules_picos,
        .manual_picos = price_is_manual(line)
                            ? (int128)line->manual.price_micros * line->quantity_micros
                            : rules_picos};
    return verdict->manual.manual_picos;
}

/* -- whose authority --------------------------------------------------------------------------- */

/* The widest first; every member counts, so that only equal ones are equal. */
static int
compare_authorities(const void *one_pointer, const void *other_pointer)
{
    const struct authority_fact *one = *(const struct authority_fact *const *)one_pointer;
    const struct authority_fact *other = *(const struct authority_fact *const *)other_pointer;
    const int orders[] = {
        number_compare(other->below_micros, one->below_micros),
        number_compare(other->above_micros, one->above_micros),
        number_compare(other->may_go_below_floor, one->may_go_below_floor),
        strcmp(one->role, other->role),
        strcmp(one->partner, other->partner),
        strcmp(one->customer_group, other->customer_group),
        strcmp(one->persons, other->persons),
    };
    for (size_t index = 0; index < sizeof orders / sizeof orders[0]; index++) {
        if (orders[index] != 0) {
            return orders[index];
        }
    }
    return 0;
}

static void
sort_authorities(struct pricing *pricing)
{
    const size_t count = pricing->facts->authority_count;
    if (pricing->authorities != NULL || count == 0) {
        return;
    }
    pricing->authorities = arena_array(pricing->arena, const struct authority_fact *, count);
    for (size_t index = 0; index < count; index++) {
        pricing->authorities[index] = &pricing->facts->authorities[index];
    }
    qsort(pricing->authorities, count, sizeof(*pricing->authorities), compare_authorities);
}

enum coverage { COVERS, OTHER_PARTNER, OTHER_GROUP, OTHER_PERSON, COVERAGE_COUNT };

static enum coverage
coverage_of(const struct pricing *pricing, const struct authority_fact *authority,
            const struct manual_price *manual)
{
    const char *partner = manual->is_ours ? "" : pricing->facts->partner;
    return strcmp(authority->partner, partner) != 0 ? OTHER_PARTNER
           : authority->customer_group[0] != '\0' &&
                   strcmp(authority->customer_group, pricing->facts->customer_group) != 0
               ? OTHER_GROUP
           : authority->persons[0] == '\0' || text_list_has(authority->persons, manual->person)
               ? COVERS
               : OTHER_PERSON;
}

/* -- how far ----------------------------------------------------------------------------------- */

static bool
is_below(const struct manual_verdict *manual)
{
    return manual->manual_picos < manual->rules_picos;
}

static int64_t
allowance_of(const struct authority_fact *authority, const struct manual_verdict *manual)
{
    return is_below(manual) ? authority->below_micros : authority->above_micros;
}

/* Exactly, by cross-multiplication: within the bounds of amounts 128 bits hold it. */
static bool
is_within(const struct authority_fact *authority, const struct manual_verdict *manual)
{
    const int128 difference = manual->rules_picos - manual->manual_picos;
    return (difference < 0 ? -difference : difference) * MICROS <=
           manual->rules_picos * allowance_of(authority, manual);
}

/* Below the rules' amount, of it; rounded away from it, so that what is beyond a limit also looks
 * so.  AMOUNT_NONE where that is nothing, or more than can be said. */
static int64_t
deviation_of(const struct manual_verdict *manual)
{
    const int128 difference = manual->rules_picos - manual->manual_picos;
    if (!manual->has_rules_price || manual->rules_picos == 0) {
        return manual->has_rules_price && difference == 0 ? 0 : AMOUNT_NONE;
    }
    const int128 deviation =
        decimal_divide_wide(difference * MICROS, manual->rules_picos, ROUND_UP);
    return deviation < -DECIMAL_MICROS_MAX ? AMOUNT_NONE : (int64_t)deviation;
}

/* The widest authority in the direction of the price that covers it. */
static size_t
widest_authority(const struct pricing *pricing, const struct manual_price *price,
                 const struct manual_verdict *manual)
{
    const size_t count = pricing->facts->authority_count;
    size_t widest = count;
    for (size_t index = 0; index < count; index++) {
        const struct authority_fact *authority = pricing->authorities[index];
        if (coverage_of(pricing, authority, price) == COVERS &&
            (widest == count || allowance_of(authority, manual) >
                                    allowance_of(pricing->authorities[widest], manual))) {
            widest = index;
        }
    }
    return widest;
}

bool
price_manual_covers_floor(const struct pricing *pricing, size_t line_index,
                          const struct line_verdict *verdict)
{
    const struct manual_price *price = &pricing->order->lines[line_index].manual;
    if (verdict->manual.outcome != MANUAL_APPLIED) {
        return false;
    }
    for (size_t index = 0; index < pricing->facts->authority_count; index++) {
        const struct authority_fact *authority = pricing->authorities[index];
        if (authority->may_go_below_floor && coverage_of(pricing, authority, price) == COVERS &&
            is_within(authority, &verdict->manual)) {
            return true;
        }
    }
    return false;
}

static void
judge(struct pricing *pricing, const struct order_line *line, struct manual_verdict *manual)
{
    const size_t count = pricing->facts->authority_count;
    sort_authorities(pricing);
    manual->authority =
        manual->has_rules_price ? widest_authority(pricing, &line->manual, manual) : count;
    const bool is_granted =
        manual->has_rules_price &&
        (manual->manual_picos == manual->rules_picos ||
         (manual->authority < count && is_within(pricing->authorities[manual->authority], manual)));
    manual->outcome = is_granted                     ? MANUAL_APPLIED
                      : pricing->facts->has_approver ? MANUAL_WAITS
                                                     : MANUAL_REFUSED;
}

/* What is said of a line that is asked for with a discount, or with a price. */
static enum message
code_of(const struct manual_price *price, enum manual_outcome outcome)
{
    enum { BY_PARTNER, BY_US, DISCOUNT, KINDS };
    static const enum message codes[KINDS][MANUAL_OUTCOME_COUNT] = {
        [BY_PARTNER] = {[MANUAL_APPLIED] = M_PRICE_MANUAL,
                        [MANUAL_WAITS] = M_PRICE_MANUAL_WAITS,
                        [MANUAL_REFUSED] = M_PRICE_MANUAL_REFUSED},
        [BY_US] = {[MANUAL_APPLIED] = M_PRICE_SET,
                   [MANUAL_WAITS] = M_PRICE_SET_WAITS,
                   [MANUAL_REFUSED] = M_PRICE_MANUAL_REFUSED},
        [DISCOUNT] = {[MANUAL_APPLIED] = M_PRICE_DISCOUNT,
                      [MANUAL_WAITS] = M_PRICE_DISCOUNT_WAITS,
                      [MANUAL_REFUSED] = M_PRICE_DISCOUNT_REFUSED},
    };
    return codes[manual_price_has_discount(price) ? DISCOUNT
                 : price->is_ours                 ? BY_US
                                                  : BY_PARTNER][outcome];
}

/* The finding: of a discount the percent, and the price that it is off. */
static void
complain(struct pricing *pricing, const struct order_line *line,
         const struct manual_verdict *manual, const struct priced_line *priced)
{
    const bool is_less = manual_price_has_discount(&line->manual);
    const int64_t micros = is_less ? priced->price_micros : line->manual.price_micros;
    const char *price = pricing_micros(pricing, micros, pricing->exponent);
    pricing_mistake(
        pricing, line,
        (struct finding){
            .code = code_of(&line->manual, manual->outcome),
            .field = is_less                ? "requested_discount"
                     : line->manual.is_ours ? "price"
                                            : "requested_price",
            .value = is_less ? price_discount_percent(&pricing->findings->scratch, &line->manual)
                             : price,
            .expected = manual->has_rules_price
                            ? pricing_micros(pricing, priced->rules_price_micros, pricing->exponent)
                            : "no-price",
            .hint = is_less ? price : ""});
}

enum message
price_manual_check(struct pricing *pricing, size_t line_index, struct line_verdict *verdict,
                   struct priced_line *priced)
{
    const struct order_line *line = &pricing->order->lines[line_index];
    struct manual_verdict *manual = &verdict->manual;
    priced->rules_price_micros = priced->deviation_micros = priced->allowed_micros = AMOUNT_NONE;
    if (!manual_price_is_asked(&line->manual)) {
        return MESSAGE_COUNT;
    }
    judge(pricing, line, manual);
    if (manual->has_rules_price) {
        priced->rules_price_micros =
            decimal_divide(manual->rules_picos, line->quantity_micros, ROUND_HALF_UP);
    }
    priced->deviation_micros = deviation_of(manual);
    if (manual->authority < pricing->facts->authority_count) {
        priced->allowed_micros = allowance_of(pricing->authorities[manual->authority], manual);
    }
    complain(pricing, line, manual, priced);
    pricing->wait_reasons |= manual->outcome == MANUAL_WAITS ? WAIT_MANUAL : 0U;
    return manual->outcome == MANUAL_REFUSED ? code_of(&line->manual, MANUAL_REFUSED)
                                             : MESSAGE_COUNT;
}

/* -- the trace --------------------------------------------------------------------------------- */

static void
tell_text(struct json *json, const struct pricing *pricing, const char *key, const char *text)
{
    const size_t size = strlen(text);
    json_text(json, key,
              size <= SHOWN_MAX ? text : text_show(pricing->arena, text, size, SHOWN_MAX));
}

static void
tell_authority(struct json *json, const struct pricing *pricing, size_t at,
               const struct manual_price *price, const struct manual_verdict *manual)
{
    static const char *const reasons[COVERAGE_COUNT] = {[OTHER_PARTNER] = "other-partner",
                                                        [OTHER_GROUP] = "other-group",
                                                        [OTHER_PERSON] = "other-person"};
    const struct authority_fact *authority = pricing->authorities[at];
    const enum coverage coverage = coverage_of(pricing, authority, price);
    json_object(json, NULL);
    tell_text(json, pricing, "role", authority->role);
    if (authority->persons[0] != '\0') {
        tell_text(json, pricing, "persons", authority->persons);
    }
    if (authority->partner[0] != '\0') {
        tell_text(json, pricing, "partner", authority->partner);
    }
    if (authority->customer_group[0] != '\0') {
        tell_text(json, pricing, "group", authority->customer_group);
    }
    json_decimal(json, "max_below", authority->below_micros, MICROS_PLACES, 2);
    json_decimal(json, "max_above", authority->above_micros, MICROS_PLACES, 2);
    if (coverage != COVERS) {
        json_text(json, "verdict", "not-eligible");
        json_text(json, "why", reasons[coverage]);
    } else if (at != manual->authority) {
        json_text(json, "verdict", "lost");
        json_integer(json, "to", (int64_t)manual->authority + 1);
        json_text(json, "why", "narrower");
    } else {
        json_text(json, "verdict", is_within(authority, manual) ? "applied" : "exceeded");
    }
    json_end(json);
}

/* All of them while there is room, then only the one that counts.  Without a price to compare with
 * none was asked. */
static void
tell_authorities(struct json *json, const struct pricing *pricing, const struct manual_price *price,
                 const struct manual_verdict *manual)
{
    int64_t left_out = 0;
    json_array(json, "authorities");
    for (size_t index = 0; manual->has_rules_price && index < pricing->facts->authority_count;
         index++) {
        if (index == manual->authority || json->buf->size <= PRICE_TRACE_BYTES_MAX) {
            tell_authority(json, pricing, index, price, manual);
        } else {
            left_out++;
        }
    }
    json_end(json);
    if (left_out > 0) {
        json_integer(json, "authorities_left_out", left_out);
    }
}

/* What the rules give, and how far the price is from it. */
static void
tell_difference(struct json *json, const struct pricing *pricing,
                const struct line_verdict *verdict, const struct priced_line *priced)
{
    const struct manual_verdict *manual = &verdict->manual;
    const int exponent = pricing->exponent;
    const int64_t rules_minor = money_of_picos(manual->rules_picos, exponent, ROUND_HALF_UP);
    json_decimal(json, "rules_price", priced->rules_price_micros, MICROS_PLACES, exponent);
    json_decimal(json, "rules_amount", rules_minor, exponent, exponent);
    json_decimal(json, "difference", verdict->amount_minor - rules_minor, exponent, exponent);
    if (priced->deviation_micros != AMOUNT_NONE) {
        json_decimal(json, priced->deviation_micros < 0 ? "above" : "below",
                     priced->deviation_micros < 0 ? -priced->deviation_micros
                                                  : priced->deviation_micros,
                     MICROS_PLACES, 2);
    }
    if (priced->allowed_micros != AMOUNT_NONE) {
        json_decimal(json, "allowed", priced->allowed_micros, MICROS_PLACES, 2);
    }
}

void
price_manual_tell(struct json *json, const struct pricing *pricing, size_t line_index,
                  const struct line_verdict *verdict, const struct priced_line *priced)
{
    static const char *const outcomes[MANUAL_OUTCOME_COUNT] = {
        [MANUAL_APPLIED] = "applied", [MANUAL_WAITS] = "waits", [MANUAL_REFUSED] = "refused"};
    const struct manual_price *price = &pricing->order->lines[line_index].manual;
    if (verdict->manual.outcome == MANUAL_NONE) {
        return;
    }
    json_object(json, "manual");
    json_decimal(json, "price",
                 decimal_divide(verdict->manual.manual_picos,
                                pricing->order->lines[line_index].quantity_micros, ROUND_HALF_UP),
                 MICROS_PLACES, pricing->exponent);
    tell_text(json, pricing, "reason", price->reason);
    tell_text(json, pricing, "person", price->person);
    json_text(json, "set", price->is_ours ? "here" : "in-order");
    if (verdict->manual.has_rules_price) {
        tell_difference(json, pricing, verdict, priced);
    }
    tell_authorities(json, pricing, price, &verdict->manual);
    json_text(json, "verdict", outcomes[verdict->manual.outcome]);
    json_end(json);
}
