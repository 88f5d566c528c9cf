#include "writers/price_reason.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "order/price_policy.h"
#include "writers/writing.h"

enum { PERCENT_PLACES = 2, DISCOUNT_PLACES = 4 };

/* A rate as percent: "11.12", rounded away from zero, so that what is beyond a limit looks so. */
static const char *
percent(char text[DECIMAL_TEXT_SIZE], int64_t rate_micros)
{
    const int64_t rate = rate_micros == AMOUNT_NONE ? 0 : rate_micros;
    return decimal_format(text, decimal_divide(rate < 0 ? -rate : rate, 100, ROUND_UP),
                          PERCENT_PLACES, 0);
}

/* What is left of a net amount over its costs, as percent of it, rounded down: "-12.5". */
static const char *
margin_percent(char text[DECIMAL_TEXT_SIZE], const struct document_floor *floor)
{
    const int128 margin = (int128)(floor->net_minor - floor->cost_minor) * 100 * 100;
    if (floor->net_minor <= 0) {
        return "-";
    }
    return decimal_format(
        text, decimal_divide(margin, floor->net_minor, margin < 0 ? ROUND_UP : ROUND_DOWN),
        PERCENT_PLACES, 0);
}

static const char *
price(char text[DECIMAL_TEXT_SIZE], int64_t price_micros, int exponent)
{
    return price_micros == AMOUNT_NONE
               ? "-"
               : decimal_format(text, price_micros, MICROS_PLACES, exponent);
}

/* A discount as it was asked for: "12.3456". */
static const char *
discount_percent(char text[DECIMAL_TEXT_SIZE], int64_t rate_micros)
{
    return decimal_format(text, rate_micros, DISCOUNT_PLACES, 0);
}

/* Of a price, or of a discount: not to be compared, above the rules, below them. */
static enum message
pattern_of(const struct document_manual *manual)
{
    static const enum message patterns[2][3] = {
        {M_APPROVAL_WHY_MANUAL, M_APPROVAL_WHY_MANUAL_ABOVE, M_APPROVAL_WHY_MANUAL_BELOW},
        {M_APPROVAL_WHY_LESS, M_APPROVAL_WHY_LESS_ABOVE, M_APPROVAL_WHY_LESS_BELOW},
    };
    return patterns[manual->discount_micros != AMOUNT_NONE][manual->deviation_micros == AMOUNT_NONE
                                                                ? 0
                                                            : manual->deviation_micros < 0 ? 1
                                                                                           : 2];
}

/* "Line 1: manual price 8.00, by the rules 10.00, 20 % below it, allowed 10 %; ..." */
static void
manual_sentence(struct buf *why, const struct document_manual *manual, int exponent,
                enum language language)
{
    const bool is_less = manual->discount_micros != AMOUNT_NONE;
    char by_hand[DECIMAL_TEXT_SIZE];
    char discount[DECIMAL_TEXT_SIZE];
    char rules[DECIMAL_TEXT_SIZE];
    char deviation[DECIMAL_TEXT_SIZE];
    char allowed[DECIMAL_TEXT_SIZE];
    const struct filling fillings[] = {
        {"{line}", manual->line},
        {"{price}", price(by_hand, is_less ? manual->off_micros : manual->price_micros, exponent)},
        {"{discount}", is_less ? discount_percent(discount, manual->discount_micros) : ""},
        {"{rules}", price(rules, manual->rules_price_micros, exponent)},
        {"{percent}", percent(deviation, manual->deviation_micros)},
        {"{allowed}", percent(allowed, manual->allowed_micros)},
        {"{person}", manual->person},
        {"{reason}", manual->reason[0] == '\0' ? "-" : manual->reason},
    };
    writing_fill(why, message_text(pattern_of(manual), language), fillings,
                 sizeof fillings / sizeof fillings[0]);
}

/* "Line 1: 90.00 net is less than the 95.00 that it must come to; it costs us 80.00, which leaves a
 * margin of 10.00, 11.12 %" */
static void
floor_sentence(struct buf *why, const struct document_floor *floor, int exponent,
               enum language language)
{
    char net[DECIMAL_TEXT_SIZE];
    char least[DECIMAL_TEXT_SIZE];
    char cost[DECIMAL_TEXT_SIZE];
    char margin[DECIMAL_TEXT_SIZE];
    char rate[DECIMAL_TEXT_SIZE];
    if (floor->cost_minor == AMOUNT_NONE || floor->least_minor == AMOUNT_NONE) {
        const struct filling filling = {"{line}", floor->line};
        writing_fill(why, message_text(M_APPROVAL_WHY_FLOOR_BARE, language), &filling, 1);
        return;
    }
    const int64_t margin_minor = floor->net_minor - floor->cost_minor;
    const struct filling fillings[] = {
        {"{line}", floor->line},
        {"{net}", decimal_format(net, floor->net_minor, exponent, exponent)},
        {"{least}", decimal_format(least, floor->least_minor, exponent, exponent)},
        {"{cost}", decimal_format(cost, floor->cost_minor, exponent, exponent)},
        {"{margin}", decimal_format(margin, margin_minor, exponent, exponent)},
        {"{percent}", margin_percent(rate, floor)},
    };
    writing_fill(why, message_text(M_APPROVAL_WHY_FLOOR, language), fillings,
                 sizeof fillings / sizeof fillings[0]);
}

void
price_reason_sentences(struct buf *why, const struct document_request *request, int exponent,
                       enum language language)
{
    char step[DECIMAL_TEXT_SIZE];
    const struct filling fillings[] = {{"{step}", decimal_format(step, request->step, 0, 0)},
                                       {"{type}", request->type}};
    if ((request->wait_reasons & WAIT_EXPECTATION) != 0) {
        buf_text(why, why->size == 0 ? "" : " ");
        writing_fill(why, message_text(M_APPROVAL_WHY_PRICE, language), fillings,
                     sizeof fillings / sizeof fillings[0]);
    }
    if (document_manual_is_asked(&request->manual)) {
        buf_text(why, why->size == 0 ? "" : " ");
        manual_sentence(why, &request->manual, exponent, language);
    }
    if ((request->wait_reasons & WAIT_FLOOR) != 0) {
        buf_text(why, why->size == 0 ? "" : " ");
        floor_sentence(why, &request->floor, exponent, language);
    }
}

void
price_reason_xml(struct xml_out *xml, const struct document_manual *manual, int exponent)
{
    if (!document_manual_is_asked(manual)) {
        return;
    }
    if (manual->rules_price_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "rulesPrice", manual->rules_price_micros, MICROS_PLACES, exponent);
    }
    if (manual->deviation_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "belowRules", manual->deviation_micros, MICROS_PLACES, 0);
    }
    if (manual->allowed_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "allowed", manual->allowed_micros, MICROS_PLACES, 0);
    }
    xml_out_text_if(xml, "priceReason", manual->reason);
    xml_out_text_if(xml, "pricePerson", manual->person);
}

void
price_reason_floor_xml(struct xml_out *xml, const struct document_floor *floor, int exponent)
{
    if (floor->cost_minor == AMOUNT_NONE) {
        return;
    }
    if (floor->least_minor != AMOUNT_NONE) {
        xml_out_decimal(xml, "leastNet", floor->least_minor, exponent, exponent);
    }
    xml_out_decimal(xml, "cost", floor->cost_minor, exponent, exponent);
    xml_out_decimal(xml, "margin", floor->net_minor - floor->cost_minor, exponent, exponent);
}

void
price_reason_remark(struct buf *buf, const struct document_manual *manual, int exponent,
                    enum language language)
{
    char rules[DECIMAL_TEXT_SIZE];
    char discount[DECIMAL_TEXT_SIZE];
    if (!document_manual_is_asked(manual)) {
        return;
    }
    const bool is_less = manual->discount_micros != AMOUNT_NONE;
    const struct filling fillings[] = {
        {"{price}", price(rules, manual->rules_price_micros, exponent)},
        {"{discount}", is_less ? discount_percent(discount, manual->discount_micros) : ""}};
    buf_char(buf, ' ');
    writing_fill(buf, message_text(is_less ? M_APPROVAL_LESS : M_APPROVAL_BY_HAND, language),
                 fillings, sizeof fillings / sizeof fillings[0]);
}
