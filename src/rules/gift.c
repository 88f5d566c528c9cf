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
    const int64_t stay = gift->given_micros - gift->back_micros - gift->earned_micros;
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

struct gift_amount
gift_change(const struct gift *gift, int64_t refund_minor)
{
    const int64_t stay = gift_stay(gift);
    struct gift_amount change = {0, 0};
    if (stay > 0) {
        change.net_minor = line_share(gift->worth.net_minor, stay, gift->given_micros);
        change.tax_minor = line_share(gift->worth.tax_minor, stay, gift->given_micros);
    }
    change.net_minor -= gift->kept.net_minor;
    change.tax_minor -= gift->kept.tax_minor;
    return gift_gross(&change) > refund_minor ? gift_part(&change, refund_minor) : change;
}

const char *
gift_text(const struct gift *gift, const struct gift_amount *change, const char *currency,
          enum language language, struct arena *arena)
{
    char text[5][DECIMAL_TEXT_SIZE];
    const int places = currency_exponent(currency);
    const int64_t now = gift_gross(change);
    const int64_t stay = gift_stay(gift);
    const int64_t worth = stay == 0
                              ? 0
                              : line_share(gift->worth.net_minor, stay, gift->given_micros) +
                                    line_share(gift->worth.tax_minor, stay, gift->given_micros);
    const char *values[] = {gift->sku,
                            decimal_format(text[0], stay, MICROS_PLACES, 0),
                            decimal_format(text[1], gift->earned_micros, MICROS_PLACES, 0),
                            decimal_format(text[2], worth, places, places),
                            decimal_format(text[3], gift_gross(&gift->kept), places, places),
                            decimal_format(text[4], now < 0 ? -now : now, places, places),
                            currency,
                            NULL};
    return message_fill(now < 0 ? M_RETURN_GIFT_BACK : M_RETURN_GIFT_KEPT, language, values, arena);
}
