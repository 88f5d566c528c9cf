#include "rules/gift.h"

#include "base/decimal.h"
#include "rules/cancellation.h"

int64_t
gift_gross(const struct gift_amount *amount)
{
    return amount->net_minor + amount->tax_minor;
}

int64_t
gift_stay(const struct gift *gift)
{
    const int64_t stay =
        gift->given_micros - gift->back_micros - gift->asked_micros - gift->earned_micros;
    return stay < 0 ? 0 : stay;
}

struct gift_amount
gift_part(const struct gift_amount *amount, int64_t gross_minor)
{
    const int64_t whole = gift_gross(amount);
    const int128 product = (int128)amount->net_minor * gross_minor;
    const int64_t net = whole == 0  ? 0
                        : whole < 0 ? decimal_divide(-product, -whole, ROUND_HALF_UP)
                                    : decimal_divide(product, whole, ROUND_HALF_UP);
    return (struct gift_amount){net, gross_minor - net};
}

static struct gift_amount
worth_of(const struct gift *gift)
{
    const int64_t stay = gift_stay(gift);
    return stay == 0
               ? (struct gift_amount){0, 0}
               : (struct gift_amount){line_share(gift->worth.net_minor, stay, gift->given_micros),
                                      line_share(gift->worth.tax_minor, stay, gift->given_micros)};
}

/* What nobody is asked for any more: kept, claimed or waived. */
static struct gift_amount
settled_of(const struct gift *gift)
{
    return (struct gift_amount){
        gift->kept.net_minor + gift->claimed.net_minor + gift->waived.net_minor,
        gift->kept.tax_minor + gift->claimed.tax_minor + gift->waived.tax_minor};
}

struct gift_amount
gift_missing(const struct gift *gift)
{
    struct gift_amount missing = worth_of(gift);
    const struct gift_amount settled = settled_of(gift);
    missing.net_minor -= settled.net_minor;
    missing.tax_minor -= settled.tax_minor;
    return missing;
}

/* Between what was taken, which may be given back, and the most. */
static struct gift_amount
bounded(const struct gift_amount *amount, const struct gift_amount *taken, int64_t most_minor)
{
    const int64_t gross = gift_gross(amount);
    return gross > most_minor           ? gift_part(amount, most_minor)
           : gross < -gift_gross(taken) ? (struct gift_amount){-taken->net_minor, -taken->tax_minor}
                                        : *amount;
}

struct gift_amount
gift_change(const struct gift *gift, int64_t refund_minor)
{
    const struct gift_amount missing = gift_missing(gift);
    return bounded(&missing, &gift->kept, refund_minor);
}

struct gift_amount
gift_claim(const struct gift *gift)
{
    const struct gift_amount missing = gift_missing(gift);
    return bounded(&missing, &gift->claimed, INT64_MAX);
}

int64_t
gift_unasked(const struct gift *gift, bool is_whole)
{
    const int64_t worth = gift_gross(&gift->worth);
    const struct gift_amount settled = settled_of(gift);
    int64_t asked = worth <= 0 ? 0
                               : decimal_divide((int128)gift->given_micros * gift_gross(&settled),
                                                worth, ROUND_HALF_UP);
    if (is_whole) {
        asked = decimal_divide(asked, MICROS, ROUND_HALF_UP) * MICROS;
    }
    asked = asked > gift->lapsed_micros ? asked : gift->lapsed_micros;
    return gift_stay(gift) > asked ? gift_stay(gift) - asked : 0;
}

const char *
gift_text(const struct gift *gift, const struct gift_amount *change, bool is_claim,
          const char *currency, enum language language, struct arena *arena)
{
    char text[5][DECIMAL_TEXT_SIZE];
    const int places = currency_exponent(currency);
    const int64_t now = gift_gross(change);
    const struct gift_amount worth = worth_of(gift);
    const struct gift_amount settled = settled_of(gift);
    const char *values[] = {gift->sku,
                            decimal_format(text[0], gift_stay(gift), MICROS_PLACES, 0),
                            decimal_format(text[1], gift->earned_micros, MICROS_PLACES, 0),
                            decimal_format(text[2], gift_gross(&worth), places, places),
                            decimal_format(text[3], gift_gross(&settled), places, places),
                            decimal_format(text[4], now < 0 ? -now : now, places, places),
                            currency,
                            NULL};
    return message_fill(is_claim  ? M_GIFT_CLAIMED
                        : now < 0 ? M_RETURN_GIFT_BACK
                                  : M_RETURN_GIFT_KEPT,
                        language, values, arena);
}
