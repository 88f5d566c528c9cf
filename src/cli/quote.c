#include "cli/quote.h"

#include "base/text.h"

#include <string.h>

struct quote {
    struct cli *cli;
    struct order *order;
    const char *name;  /* of the option that is read */
    const char *value; /* likewise, clean */
};

static enum outcome
wrong(const struct quote *quote, const char *what, struct fault *why)
{
    return fail_as(why, FAULT_USAGE, "--%s %s, not \"%s\"", quote->name, what, quote->value);
}

static enum outcome
begin_line(struct quote *quote, struct fault *why)
{
    struct order *order = quote->order;
    if (order->line_count == ORDER_LINES_MAX) {
        return fail_as(why, FAULT_USAGE, "an order has at most %d lines", ORDER_LINES_MAX);
    }
    order->lines = arena_grow(&quote->cli->arena, order->lines, sizeof *order->lines,
                              order->line_count, &order->line_capacity);
    struct order_line *line = &order->lines[order->line_count++];
    order_line_init(line);
    line->number = cli_integer(quote->cli, (int64_t)order->line_count);
    line->sku = quote->value;
    return DONE;
}

static enum outcome
set_quantity(struct quote *quote, struct fault *why)
{
    struct order_line *line = &quote->order->lines[quote->order->line_count - 1];
    int64_t quantity_micros = 0;
    if (decimal_parse(quote->value, MICROS_PLACES, &quantity_micros) != DECIMAL_FINE ||
        quantity_micros <= 0 || quantity_micros > DECIMAL_MICROS_MAX) {
        return wrong(quote, "is a number above 0 such as 12 or 2.5", why);
    }
    line->quantity_micros = quantity_micros;
    return DONE;
}

static enum outcome
set_unit(struct quote *quote, struct fault *why)
{
    (void)why;
    quote->order->lines[quote->order->line_count - 1].unit = quote->value;
    return DONE;
}

static enum outcome
add_option(struct quote *quote, struct fault *why)
{
    struct arena *arena = &quote->cli->arena;
    struct order_line *line = &quote->order->lines[quote->order->line_count - 1];
    const char *equal = strchr(quote->value, '=');
    if (equal == NULL || equal == quote->value || equal[1] == '\0') {
        return wrong(quote, "is NAME=VALUE such as colour=red", why);
    }
    if (line->option_count == LINE_OPTIONS_MAX) {
        return fail_as(why, FAULT_USAGE, "a line has at most %d options", LINE_OPTIONS_MAX);
    }
    if (line->options == NULL) {
        line->options = arena_array(arena, struct option, LINE_OPTIONS_MAX);
    }
    line->options[line->option_count++] =
        (struct option){text_normalise(arena, arena_copy_bytes(arena, quote->value,
                                                               (size_t)(equal - quote->value))),
                        text_normalise(arena, equal + 1)};
    return DONE;
}

static enum outcome
add_coupon(struct quote *quote, struct fault *why)
{
    struct order *order = quote->order;
    if (order->coupon_count == ORDER_COUPONS_MAX) {
        return fail_as(why, FAULT_USAGE, "an order has at most %d coupons", ORDER_COUPONS_MAX);
    }
    if (order->coupons == NULL) {
        order->coupons = arena_array(&quote->cli->arena, const char *, ORDER_COUPONS_MAX);
    }
    order->coupons[order->coupon_count++] = quote->value;
    return DONE;
}

static enum outcome
set_freight(struct quote *quote, struct fault *why)
{
    int64_t *freight_micros = &quote->order->freight_micros;
    if (decimal_parse(quote->value, MICROS_PLACES, freight_micros) != DECIMAL_FINE ||
        *freight_micros < 0 || *freight_micros > DECIMAL_MICROS_MAX) {
        return wrong(quote, "is an amount such as 12.50", why);
    }
    return DONE;
}

static enum outcome
set_currency(struct quote *quote, struct fault *why)
{
    if (currency_exponent(quote->value) < 0) {
        return wrong(quote, "is a currency such as EUR", why);
    }
    quote->order->currency = quote->value;
    return DONE;
}

static enum outcome
set_customer(struct quote *quote, struct fault *why)
{
    (void)why;
    quote->order->parties[PARTY_SOLD_TO].code = quote->value;
    return DONE;
}

/* "US" or, where taxes are by region, "US/OR". */
static enum outcome
set_destination(struct quote *quote, struct fault *why)
{
    struct party *ship_to = &quote->order->parties[PARTY_SHIP_TO];
    const char *slash = strchr(quote->value, '/');
    const size_t size = slash == NULL ? strlen(quote->value) : (size_t)(slash - quote->value);
    if (size != 2) {
        return wrong(quote, "is a country such as DE, or with its region US/OR", why);
    }
    ship_to->country = arena_copy_bytes(&quote->cli->arena, quote->value, size);
    ship_to->region = slash == NULL ? "" : slash + 1;
    return DONE;
}

static const struct {
    enum cli_option option;
    bool is_of_line; /* that --sku has begun */
    enum outcome (*take)(struct quote *quote, struct fault *why);
} takers[] = {
    {OPTION_SKU, false, begin_line},        {OPTION_QTY, true, set_quantity},
    {OPTION_UNIT, true, set_unit},          {OPTION_OPTION, true, add_option},
    {OPTION_COUPON, false, add_coupon},     {OPTION_FREIGHT, false, set_freight},
    {OPTION_CURRENCY, false, set_currency}, {OPTION_SHIP_TO, false, set_destination},
    {OPTION_CUSTOMER, false, set_customer},
};

bool
quote_takes(enum cli_option option)
{
    for (size_t index = 0; index < sizeof takers / sizeof takers[0]; index++) {
        if (takers[index].option == option) {
            return true;
        }
    }
    return false;
}

static enum outcome
take(struct quote *quote, enum cli_option option, struct fault *why)
{
    for (size_t index = 0; index < sizeof takers / sizeof takers[0]; index++) {
        if (takers[index].option != option) {
            continue;
        }
        if (takers[index].is_of_line && quote->order->line_count == 0) {
            return fail_as(why, FAULT_USAGE,
                           "--%s stands before --sku: it is about the line that "
                           "--sku begins",
                           quote->name);
        }
        return takers[index].take(quote, why);
    }
    return DONE; /* not about the order */
}

enum outcome
quote_order(struct cli *cli, struct order *order, struct fault *why)
{
    struct quote quote = {.cli = cli, .order = order};
    order_init(order);
    for (size_t index = 0; index < cli->given_count; index++) {
        const struct given *given = &cli->given[index];
        quote.name = option_entries[given->option].name;
        if (strlen(given->value) > FIELD_BYTES_MAX ||
            !text_is_utf8(given->value, strlen(given->value), NULL)) {
            return fail_as(why, FAULT_USAGE, "--%s is no text in UTF-8, or too long", quote.name);
        }
        quote.value = text_normalise(&cli->arena, given->value);
        TRY(take(&quote, given->option, why));
    }
    if (order->line_count == 0) {
        return fail_as(why, FAULT_USAGE, "say what is asked about: --sku SKU --qty N, or a FILE");
    }
    for (size_t index = 0; index < order->line_count; index++) {
        if (order->lines[index].quantity_micros == 0) {
            return fail_as(why, FAULT_USAGE, "--sku %s needs --qty", order->lines[index].sku);
        }
    }
    return DONE;
}
