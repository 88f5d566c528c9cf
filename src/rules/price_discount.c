/* A discount asked for on a line: off the unit price, whether that is by hand or by the rules.
 * Whether it may be is price_manual.c's to say. */
#include "rules/pricing.h"

enum { PERCENT_PLACES = 4 }; /* percent of a rate in millionths */

static int64_t
discount_of(const struct order_line *line)
{
    return manual_price_has_discount(&line->manual) ? line->manual.discount_micros : 0;
}

/* What is left, in millionths of millionths; where it is no whole number of them, the one that lies
 * nearer to what the rules give, so that who is within a limit exactly is not beyond it. */
static int128
left_of(const struct manual_verdict *manual, int128 list_picos, int64_t discount_micros)
{
    const int128 left = list_picos * (MICROS - discount_micros);
    const int128 down = decimal_divide_wide(left, MICROS, ROUND_DOWN);
    return down >= manual->rules_picos ? down : decimal_divide_wide(left, MICROS, ROUND_UP);
}

static int64_t
exact_of(int128 list_picos, int64_t discount_micros)
{
    int64_t micros = 0;
    return money_exact_micros(list_picos, discount_micros, &micros) ? micros : AMOUNT_NONE;
}

int64_t
price_discount_take(const struct pricing *pricing, size_t line_index, int128 list_picos,
                    struct line_verdict *verdict, struct priced_line *priced)
{
    const int64_t discount_micros = discount_of(&pricing->order->lines[line_index]);
    priced->list_exact_micros = exact_of(list_picos, 0);
    priced->exact_micros = exact_of(list_picos, discount_micros);
    if (discount_micros == 0) {
        return 0;
    }
    verdict->manual.manual_picos = left_of(&verdict->manual, list_picos, discount_micros);
    priced->discount_minor = money_of_picos(list_picos, pricing->exponent, ROUND_HALF_UP) -
                             money_discounted(list_picos, discount_micros, pricing->exponent);
    return priced->discount_minor;
}

int64_t
price_discount_unit(const struct order_line *line, int64_t price_micros)
{
    return decimal_divide((int128)price_micros * (MICROS - discount_of(line)), MICROS,
                          ROUND_HALF_UP);
}

const char *
price_discount_percent(struct arena *arena, const struct manual_price *manual)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, manual->discount_micros, PERCENT_PLACES, 0));
}

void
price_discount_tell(struct json *json, const struct pricing *pricing, size_t line_index,
                    const struct priced_line *priced)
{
    const struct manual_price *manual = &pricing->order->lines[line_index].manual;
    const int exponent = pricing->exponent;
    if (!manual_price_has_discount(manual)) {
        return;
    }
    json_object(json, "discount");
    json_decimal(json, "percent", manual->discount_micros, PERCENT_PLACES, 0);
    json_decimal(json, "off", priced->price_micros, MICROS_PLACES, exponent);
    json_text(json, "price", manual->price_micros == AMOUNT_NONE ? "by-rules" : "by-hand");
    json_decimal(json, "before", priced->list_minor, exponent, exponent);
    if (priced->exact_micros != AMOUNT_NONE) {
        json_decimal(json, "exact", priced->exact_micros, MICROS_PLACES, exponent);
    }
    json_decimal(json, "amount", priced->discount_minor, exponent, exponent);
    json_decimal(json, "after", priced->list_minor - priced->discount_minor, exponent, exponent);
    json_text(json, "person", manual->person[0] == '\0' ? pricing->facts->partner : manual->person);
    json_end(json);
}
