/* 1. For each line: sort the candidates, best first, by all they say, so that the order of the
 * facts cannot matter; the first that is eligible is applied.
 * 2. Add the surcharges of the options, extend by the quantity, take the tax.
 * 3. Add up.  Lines with a mistake add nothing, and the order is not priced.
 * The trace is written on the way, by price_trace.c. */
#include "rules/price.h"

#include "base/fault.h"
#include "base/text.h"
#include "rules/price_trace.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const price_scope_names[SCOPE_COUNT] = {"customer", "group", "base"};

enum { SHOWN_MAX = 80, LISTED_MAX = 12, LIST_BYTES_MAX = 4096 };

/* What is needed all along while one order is priced. */
struct pricing {
    const struct order *order;
    const struct price_facts *facts;
    struct arena *arena;
    struct findings *findings;
    int exponent; /* of the currency */
};

static bool
is_too_large(int128 minor)
{
    return minor > ORDER_AMOUNT_MAX_MINOR || minor < -ORDER_AMOUNT_MAX_MINOR;
}

static const char *
shown(struct pricing *pricing, const char *text)
{
    return text_show(pricing->arena, text, strlen(text), SHOWN_MAX);
}

static const char *
micros_text(struct pricing *pricing, int64_t micros, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(pricing->arena, decimal_format(text, micros, MICROS_PLACES, places_min));
}

/* The most an amount may be, in words: "10000000000000.00 EUR". */
static const char *
limit_text(struct pricing *pricing)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(text, ORDER_AMOUNT_MAX_MINOR, pricing->exponent, pricing->exponent);
    return arena_format(pricing->arena, "%s %s", text, pricing->order->currency);
}

/* Add a finding at its place; `line` is NULL for the whole order. */
static void
mistake(struct pricing *pricing, const struct order_line *line, struct finding finding)
{
    finding.place = line == NULL ? pricing->order->place : line->place;
    finding.order_number = pricing->order->number;
    finding.order_line = line == NULL ? "" : line->number;
    findings_add(pricing->findings, &finding);
}

static int
compare(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

/* Best first; every member counts, so that only equal candidates are equal. */
static int
compare_candidates(const void *one_pointer, const void *other_pointer)
{
    const struct price_candidate *one = *(const struct price_candidate *const *)one_pointer;
    const struct price_candidate *other = *(const struct price_candidate *const *)other_pointer;
    const int orders[] = {
        compare(one->scope, other->scope),
        compare(other->quantity_from_micros, one->quantity_from_micros),
        compare(other->valid_from, one->valid_from),
        compare(one->valid_to, other->valid_to),
        compare(one->price_micros, other->price_micros),
        strcmp(one->holder, other->holder),
    };
    for (size_t index = 0; index < sizeof orders / sizeof orders[0]; index++) {
        if (orders[index] != 0) {
            return orders[index];
        }
    }
    return 0;
}

static const struct price_candidate **
sorted_candidates(struct pricing *pricing, const struct line_facts *facts)
{
    const struct price_candidate **sorted =
        arena_array(pricing->arena, const struct price_candidate *, facts->candidate_count);
    for (size_t index = 0; index < facts->candidate_count; index++) {
        sorted[index] = &facts->candidates[index];
    }
    if (facts->candidate_count > 1) {
        qsort(sorted, facts->candidate_count, sizeof *sorted, compare_candidates);
    }
    return sorted;
}

enum eligibility
price_eligibility(const struct price_candidate *candidate, int32_t day, int64_t quantity_micros)
{
    return day < candidate->valid_from                         ? NOT_YET_VALID
           : day > candidate->valid_to                         ? NO_LONGER_VALID
           : quantity_micros < candidate->quantity_from_micros ? BREAK_NOT_REACHED
                                                               : ELIGIBLE;
}

static int
compare_texts(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* "green, red, white": sorted, each once, at most LISTED_MAX of them.  Sorts `texts`. */
static const char *
list_text(struct pricing *pricing, const char **texts, size_t count)
{
    OWNED(buf) list;
    size_t listed = 0;
    buf_init(&list, LIST_BYTES_MAX);
    buf_text(&list, "");
    if (count > 1) {
        qsort(texts, count, sizeof *texts, compare_texts);
    }
    for (size_t index = 0; index < count; index++) {
        if (index > 0 && strcmp(texts[index], texts[index - 1]) == 0) {
            continue;
        }
        if (listed++ == LISTED_MAX) {
            buf_text(&list, ", \xE2\x80\xA6");
            break;
        }
        buf_text(&list, listed > 1 ? ", " : "");
        buf_text(&list, shown(pricing, texts[index]));
    }
    return arena_copy(pricing->arena, list.bytes);
}

/* "2026-01-01 to 2026-06-30, from 2027-01-01", sorted. */
static const char *
validity_text(struct pricing *pricing, const struct line_facts *facts)
{
    const char **ranges = arena_array(pricing->arena, const char *, facts->candidate_count);
    for (size_t index = 0; index < facts->candidate_count; index++) {
        const struct price_candidate *candidate = &facts->candidates[index];
        char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];
        day_format(from, candidate->valid_from);
        ranges[index] =
            candidate->valid_to == INT32_MAX
                ? arena_format(pricing->arena, "%s/..", from)
                : arena_format(pricing->arena, "%s/%s", from, day_format(to, candidate->valid_to));
    }
    return list_text(pricing, ranges, facts->candidate_count);
}

/* Why no candidate is eligible: there is none, none on that day, or none for so few. */
static enum message
no_price(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts)
{
    const int32_t day = pricing->order->order_date;
    int64_t quantity_min_micros = INT64_MAX;
    for (size_t index = 0; index < facts->candidate_count; index++) {
        const struct price_candidate *candidate = &facts->candidates[index];
        if (price_eligibility(candidate, day, line->quantity_micros) == BREAK_NOT_REACHED &&
            candidate->quantity_from_micros < quantity_min_micros) {
            quantity_min_micros = candidate->quantity_from_micros;
        }
    }
    struct finding finding = {.code = M_PRICE_NONE,
                              .field = "sku",
                              .value = shown(pricing, line->sku),
                              .expected = pricing->order->currency};
    char text[DATE_TEXT_SIZE];
    if (quantity_min_micros != INT64_MAX) {
        finding = (struct finding){.code = M_PRICE_QUANTITY,
                                   .field = "quantity",
                                   .value = micros_text(pricing, line->quantity_micros, 0),
                                   .expected = micros_text(pricing, quantity_min_micros, 0)};
    } else if (facts->candidate_count > 0) {
        finding = (struct finding){.code = M_PRICE_DATE,
                                   .field = "order_date",
                                   .value = arena_copy(pricing->arena, day_format(text, day)),
                                   .expected = validity_text(pricing, facts)};
    }
    mistake(pricing, line, finding);
    return finding.code;
}

/* An option that the product does not offer: the name is wrong, or only the value. */
static enum message
wrong_option(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
             const struct option *option)
{
    const char **names = arena_array(pricing->arena, const char *, facts->option_count);
    const char **values = arena_array(pricing->arena, const char *, facts->option_count);
    size_t value_count = 0;
    for (size_t index = 0; index < facts->option_count; index++) {
        names[index] = facts->options[index].name;
        if (strcmp(facts->options[index].name, option->name) == 0) {
            values[value_count++] = facts->options[index].value;
        }
    }
    struct finding finding = {.code = M_PRICE_OPTION_VALUE,
                              .field = shown(pricing, option->name),
                              .value = shown(pricing, option->value)};
    if (value_count > 0) {
        finding.expected = list_text(pricing, values, value_count);
    } else {
        finding.code = M_PRICE_OPTION_UNKNOWN;
        finding.value = finding.field;
        finding.field = "options";
        finding.expected = list_text(pricing, names, facts->option_count);
    }
    mistake(pricing, line, finding);
    return finding.code;
}

static const struct option_fact *
option_find(const struct line_facts *facts, const struct option *option)
{
    for (size_t index = 0; index < facts->option_count; index++) {
        if (strcmp(facts->options[index].name, option->name) == 0 &&
            strcmp(facts->options[index].value, option->value) == 0) {
            return &facts->options[index];
        }
    }
    return NULL;
}

static bool
is_named_before(const struct order_line *line, size_t at)
{
    for (size_t index = 0; index < at; index++) {
        if (strcmp(line->options[index].name, line->options[at].name) == 0) {
            return true;
        }
    }
    return false;
}

/* All options of the line, with their surcharges; `verdict` gets the first mistake. */
static void
take_options(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
             struct line_verdict *verdict)
{
    verdict->options = arena_array(pricing->arena, const struct option_fact *, line->option_count);
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option *option = &line->options[index];
        enum message code = MESSAGE_COUNT;
        verdict->options[index] = option_find(facts, option);
        if (is_named_before(line, index)) {
            code = M_PRICE_OPTION_TWICE;
            mistake(pricing, line,
                    (struct finding){.code = code,
                                     .field = shown(pricing, option->name),
                                     .value = shown(pricing, option->value)});
        } else if (verdict->options[index] == NULL) {
            code = wrong_option(pricing, line, facts, option);
        } else {
            verdict->surcharge_micros += verdict->options[index]->surcharge_micros;
        }
        verdict->mistake = verdict->mistake == MESSAGE_COUNT ? code : verdict->mistake;
    }
}

/* Product and unit; MESSAGE_COUNT when both are right. */
static enum message
check_product(struct pricing *pricing, const struct order_line *line,
              const struct line_facts *facts)
{
    if (!facts->product_known) {
        mistake(pricing, line,
                (struct finding){.code = M_PRICE_SKU_UNKNOWN,
                                 .field = "sku",
                                 .value = shown(pricing, line->sku),
                                 .hint = shown(pricing, facts->nearest_sku)});
        return M_PRICE_SKU_UNKNOWN;
    }
    if (line->unit[0] != '\0' && strcmp(line->unit, facts->unit) != 0) {
        mistake(pricing, line,
                (struct finding){.code = M_PRICE_UNIT_WRONG,
                                 .field = "unit",
                                 .value = shown(pricing, line->unit),
                                 .expected = facts->unit});
        return M_PRICE_UNIT_WRONG;
    }
    return MESSAGE_COUNT;
}

/* The partner's own price, when it gave one, against ours: both are kept, ours is booked. */
static void
check_expectation(struct pricing *pricing, const struct order_line *line, int64_t price_micros)
{
    if (line->expected_price_micros != AMOUNT_NONE && line->expected_price_micros != price_micros) {
        mistake(pricing, line,
                (struct finding){
                    .code = M_PRICE_DIFFERS,
                    .field = "expected_price",
                    .value = micros_text(pricing, line->expected_price_micros, pricing->exponent),
                    .expected = micros_text(pricing, price_micros, pricing->exponent)});
    }
}

/* Price x quantity and its tax; the finding when that cannot be. */
static enum message
extend(struct pricing *pricing, const struct order_line *line, struct priced_line *priced)
{
    if (priced->price_micros < 0) {
        mistake(pricing, line,
                (struct finding){
                    .code = M_PRICE_BELOW_ZERO,
                    .field = "sku",
                    .value = micros_text(pricing, priced->price_micros, pricing->exponent)});
        return M_PRICE_BELOW_ZERO;
    }
    /* At most four decimals in a currency: this bound, a little wide, keeps money_extend in its
     * range. */
    const int128 product = (int128)priced->price_micros * line->quantity_micros;
    const bool fits = !is_too_large(product / ((int128)MICROS * MICROS));
    const int64_t net = !fits ? 0
                              : money_extend(priced->price_micros, line->quantity_micros,
                                             pricing->exponent, ROUND_HALF_UP);
    if (!fits || is_too_large(net) ||
        is_too_large((int128)net * priced->tax_rate_micros / MICROS)) {
        mistake(pricing, line,
                (struct finding){.code = M_PRICE_LINE_TOO_LARGE,
                                 .field = "quantity",
                                 .value = micros_text(pricing, line->quantity_micros, 0),
                                 .expected = limit_text(pricing)});
        return M_PRICE_LINE_TOO_LARGE;
    }
    priced->net_minor = net;
    priced->tax_minor = money_rate(net, priced->tax_rate_micros, ROUND_HALF_UP);
    return MESSAGE_COUNT;
}

static void
price_line(struct pricing *pricing, const struct order_line *line, const struct line_facts *facts,
           struct line_verdict *verdict, struct priced_line *priced)
{
    verdict->mistake = check_product(pricing, line, facts);
    if (!facts->product_known) {
        return;
    }
    verdict->candidates = sorted_candidates(pricing, facts);
    verdict->candidate_count = facts->candidate_count;
    verdict->applied = 0;
    while (verdict->applied < facts->candidate_count &&
           price_eligibility(verdict->candidates[verdict->applied], pricing->order->order_date,
                             line->quantity_micros) != ELIGIBLE) {
        verdict->applied++;
    }
    take_options(pricing, line, facts, verdict);
    if (verdict->applied == facts->candidate_count) {
        const enum message code = no_price(pricing, line, facts);
        verdict->mistake = verdict->mistake == MESSAGE_COUNT ? code : verdict->mistake;
    }
    if (verdict->mistake != MESSAGE_COUNT) {
        return;
    }
    priced->price_micros =
        verdict->candidates[verdict->applied]->price_micros + verdict->surcharge_micros;
    priced->tax_rate_micros = facts->tax_rate_micros;
    verdict->mistake = extend(pricing, line, priced);
    if (verdict->mistake == MESSAGE_COUNT) {
        check_expectation(pricing, line, priced->price_micros);
    }
}

/* Net, tax and gross of all lines; false when one of them is too large.  128 bits hold any sum of
 * lines. */
static bool
add_up(const struct order *order, struct price_decision *decision)
{
    int128 net = 0;
    int128 tax = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        net += decision->lines[index].net_minor;
        tax += decision->lines[index].tax_minor;
    }
    if (is_too_large(net) || is_too_large(tax) || is_too_large(net + tax)) {
        return false;
    }
    if (decision->is_priced) {
        decision->net_minor = (int64_t)net;
        decision->tax_minor = (int64_t)tax;
        decision->gross_minor = (int64_t)(net + tax);
    }
    return true;
}

void
price_order(const struct order *order, const struct price_facts *facts, struct arena *arena,
            struct findings *findings, struct price_decision *decision)
{
    struct pricing pricing = {order, facts, arena, findings, currency_exponent(order->currency)};
    assert(order->order_date != DAY_NONE && pricing.exponent >= 0);
    *decision = (struct price_decision){
        .is_priced = true, .lines = arena_array(arena, struct priced_line, order->line_count)};
    struct order_verdict verdict = {
        .lines = arena_array(arena, struct line_verdict, order->line_count),
        .customer = facts->customer_known ? MESSAGE_COUNT : M_PRICE_CUSTOMER_UNKNOWN,
        .total = MESSAGE_COUNT};
    if (verdict.customer != MESSAGE_COUNT) {
        mistake(&pricing, NULL,
                (struct finding){.code = verdict.customer,
                                 .field = "customer",
                                 .value = shown(&pricing, facts->customer)});
    }
    for (size_t index = 0; index < order->line_count; index++) {
        price_line(&pricing, &order->lines[index], &facts->lines[index], &verdict.lines[index],
                   &decision->lines[index]);
        decision->is_priced &= verdict.lines[index].mistake == MESSAGE_COUNT;
    }
    decision->is_priced &= facts->customer_known;
    if (!add_up(order, decision)) {
        verdict.total = M_PRICE_TOTAL_TOO_LARGE;
        mistake(&pricing, NULL,
                (struct finding){
                    .code = verdict.total, .field = "total", .expected = limit_text(&pricing)});
        decision->is_priced = false;
    }
    decision->trace = price_trace(order, facts, &verdict, decision, arena);
}
