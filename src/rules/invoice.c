#include "rules/invoice.h"

#include <assert.h>

/* So much of an amount belongs to the first `part` of `whole`. */
static int64_t
up_to(int64_t amount_minor, int64_t part_micros, int64_t whole_micros)
{
    return part_micros >= whole_micros
               ? amount_minor
               : decimal_divide((int128)amount_minor * part_micros, whole_micros, ROUND_HALF_UP);
}

static struct invoice_amounts
amounts_up_to(const struct invoice_amounts *whole, int64_t part_micros, int64_t whole_micros)
{
    return (struct invoice_amounts){
        .net_minor = up_to(whole->net_minor, part_micros, whole_micros),
        .tax_minor = up_to(whole->tax_minor, part_micros, whole_micros),
        .reduction_minor = up_to(whole->reduction_minor, part_micros, whole_micros),
    };
}

static struct invoice_amounts
plus(struct invoice_amounts one, struct invoice_amounts other)
{
    return (struct invoice_amounts){one.net_minor + other.net_minor,
                                    one.tax_minor + other.tax_minor,
                                    one.reduction_minor + other.reduction_minor};
}

static struct invoice_amounts
minus(struct invoice_amounts one, struct invoice_amounts other)
{
    return (struct invoice_amounts){one.net_minor - other.net_minor,
                                    one.tax_minor - other.tax_minor,
                                    one.reduction_minor - other.reduction_minor};
}

/* So much of what has left is beyond the order. */
static int64_t
beyond(const struct invoice_item *item, int64_t left_micros)
{
    return left_micros > item->ordered_micros ? left_micros - item->ordered_micros : 0;
}

/* What so much beyond the order costs. */
static struct invoice_amounts
over_amounts(const struct invoice_item *item, const struct invoice_terms *terms,
             int64_t over_micros)
{
    const int64_t list_minor =
        money_extend(item->price_micros, over_micros, terms->exponent, ROUND_HALF_UP);
    const int64_t amount_minor = money_discounted((int128)item->price_micros * over_micros,
                                                  item->discount_micros, terms->exponent);
    const int64_t reduction_minor = list_minor - amount_minor;
    if (!terms->includes_tax) {
        const int64_t tax_minor = money_rate(amount_minor, item->tax_rate_micros, terms->rounding);
        return (struct invoice_amounts){amount_minor, tax_minor, reduction_minor};
    }
    const int64_t net_minor = decimal_divide((int128)amount_minor * MICROS,
                                             MICROS + item->tax_rate_micros, terms->rounding);
    return (struct invoice_amounts){net_minor, amount_minor - net_minor, reduction_minor};
}

struct invoice_share
invoice_share(const struct invoice_item *item, const struct invoice_terms *terms)
{
    const int64_t before = item->before_micros;
    const int64_t after = before + item->now_micros;
    const int64_t over_before = beyond(item, before);
    const int64_t over_after = beyond(item, after);
    struct invoice_share share = {
        .amounts = minus(amounts_up_to(&item->priced, after, item->ordered_micros),
                         amounts_up_to(&item->priced, before, item->ordered_micros))};
    if (terms->charges_over) {
        share.amounts = plus(share.amounts, minus(over_amounts(item, terms, over_after),
                                                  over_amounts(item, terms, over_before)));
    } else {
        share.uncharged_micros = over_after - over_before;
    }
    return share;
}

int32_t
invoice_due_day(int32_t day, int64_t payment_days)
{
    return day + (int32_t)payment_days;
}

struct invoice_amounts
invoice_left(const struct invoice_credit *line)
{
    struct invoice_amounts left = minus(line->invoiced, line->credited);
    left.reduction_minor = 0;
    return left;
}

static int64_t
least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

struct invoice_amounts
invoice_credit_quantity(const struct invoice_credit *line, int64_t quantity_micros)
{
    const int64_t after = line->credited_micros + quantity_micros;
    const struct invoice_amounts left = invoice_left(line);
    assert(after <= line->quantity_micros && "the caller asks for no more than is left");
    const struct invoice_amounts share =
        minus(amounts_up_to(&line->invoiced, after, line->quantity_micros),
              amounts_up_to(&line->invoiced, line->credited_micros, line->quantity_micros));
    return (struct invoice_amounts){least(share.net_minor, left.net_minor),
                                    least(share.tax_minor, left.tax_minor), 0};
}

void
invoice_credit_amount(const struct invoice_credit *lines, size_t count, int64_t gross_minor,
                      struct arena *arena, struct invoice_amounts *amounts)
{
    int64_t *left_minor = arena_array(arena, int64_t, count + 1);
    int64_t *shares_minor = arena_array(arena, int64_t, count + 1);
    for (size_t index = 0; index < count; index++) {
        const struct invoice_amounts left = invoice_left(&lines[index]);
        left_minor[index] = left.net_minor + left.tax_minor;
    }
    money_share(gross_minor, left_minor, count, shares_minor);
    for (size_t index = 0; index < count; index++) {
        const struct invoice_amounts left = invoice_left(&lines[index]);
        const int64_t tax_minor = up_to(left.tax_minor, shares_minor[index], left_minor[index]);
        amounts[index] = (struct invoice_amounts){shares_minor[index] - tax_minor, tax_minor, 0};
    }
}
