/* The tax of an order: a rate for each line, then amounts, per line or per document.
 *
 * Per document all lines of one rate are taxed together and the tax is shared among them by largest
 * remainder, so that lines and totals agree to the cent either way. */
#include "rules/pricing.h"

#include <string.h>

/* How well a rate fits: by region 3, by country 2, for every other country 1; 0: not at all. */
static int
fit_of(const struct tax_fact *tax, const struct party *destination, int32_t day)
{
    if (day < tax->valid_from || day > tax->valid_to) {
        return 0;
    }
    if (tax->country[0] == '\0') {
        return tax->region[0] == '\0' ? 1 : 0;
    }
    if (strcmp(tax->country, destination->country) != 0) {
        return 0;
    }
    return tax->region[0] == '\0' ? 2 : strcmp(tax->region, destination->region) == 0 ? 3 : 0;
}

enum message
price_tax_rate(struct pricing *pricing, size_t line_index, struct line_verdict *verdict)
{
    const struct line_facts *facts = &pricing->facts->lines[line_index];
    const struct party *destination = &pricing->order->parties[PARTY_SHIP_TO];
    int best = 0;
    verdict->tax_rate_micros = facts->tax_rate_micros;
    for (size_t index = 0; index < facts->tax_count; index++) {
        const int fit = fit_of(&facts->taxes[index], destination, pricing->order->order_date);
        if (fit > best) {
            best = fit;
            verdict->tax = &facts->taxes[index];
            verdict->tax_rate_micros = verdict->tax->rate_micros;
        }
    }
    if (best > 0 || facts->tax_count == 0) {
        return MESSAGE_COUNT;
    }
    const struct order_line *line = &pricing->order->lines[line_index];
    pricing_mistake(pricing, line,
                    (struct finding){.code = M_PRICE_TAX_UNKNOWN,
                                     .field = "sku",
                                     .value = pricing_shown(pricing, facts->tax_class),
                                     .expected = pricing_shown(pricing, destination->country)});
    return M_PRICE_TAX_UNKNOWN;
}

/* What is the tax in, or on, an amount? */
static int64_t
tax_of(const struct pricing *pricing, int64_t amount_minor, int64_t rate_micros)
{
    const enum rounding rounding = pricing->facts->rounding;
    return pricing->prices_include_tax
               ? amount_minor -
                     decimal_divide((int128)amount_minor * MICROS, MICROS + rate_micros, rounding)
               : money_rate(amount_minor, rate_micros, rounding);
}

/* From the amount of a line and the tax in or on it to what is told and booked. */
static void
book(const struct pricing *pricing, const struct line_verdict *verdict, int64_t tax_minor,
     struct priced_line *priced)
{
    const bool is_exempt = pricing->facts->tax_exemption[0] != '\0';
    priced->net_minor = verdict->amount_minor - (pricing->prices_include_tax ? tax_minor : 0);
    priced->tax_minor = is_exempt ? 0 : tax_minor;
    priced->tax_rate_micros = is_exempt ? 0 : verdict->tax_rate_micros;
}

/* All lines from `first` on that have its rate; those before it were taxed with an earlier one. */
static void
tax_together(struct pricing *pricing, const struct line_verdict *verdicts, size_t first,
             struct price_decision *decision)
{
    const size_t count = pricing->order->line_count;
    size_t *members = arena_array(pricing->arena, size_t, count - first);
    int64_t *weights = arena_array(pricing->arena, int64_t, count - first);
    int64_t *shares = arena_array(pricing->arena, int64_t, count - first);
    size_t member_count = 0;
    int64_t amount_minor = 0;
    for (size_t index = first; index < count; index++) {
        if (verdicts[index].tax_rate_micros == verdicts[first].tax_rate_micros) {
            members[member_count] = index;
            weights[member_count++] = verdicts[index].amount_minor;
            amount_minor += verdicts[index].amount_minor;
        }
    }
    money_share(tax_of(pricing, amount_minor, verdicts[first].tax_rate_micros), weights,
                member_count, shares);
    for (size_t index = 0; index < member_count; index++) {
        book(pricing, &verdicts[members[index]], shares[index], &decision->lines[members[index]]);
    }
}

static bool
has_rate_before(const struct line_verdict *verdicts, size_t at)
{
    for (size_t index = 0; index < at; index++) {
        if (verdicts[index].tax_rate_micros == verdicts[at].tax_rate_micros) {
            return true;
        }
    }
    return false;
}

void
price_taxes(struct pricing *pricing, const struct line_verdict *verdicts,
            struct price_decision *decision)
{
    for (size_t index = 0; index < pricing->order->line_count; index++) {
        const struct line_verdict *verdict = &verdicts[index];
        if (pricing->facts->tax_rounding == TAX_PER_LINE) {
            book(pricing, verdict, tax_of(pricing, verdict->amount_minor, verdict->tax_rate_micros),
                 &decision->lines[index]);
        } else if (!has_rate_before(verdicts, index)) {
            tax_together(pricing, verdicts, index, decision);
        }
    }
}
