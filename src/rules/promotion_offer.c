/* What a promotion would do to one line, or to several together: percent, amounts, fixed prices and
 * their thresholds. */
#include "rules/promoting.h"

#include <assert.h>

static int64_t
at_most(int128 amount, int64_t limit)
{
    return amount < limit ? (int64_t)amount : limit;
}

/* --- what an action takes off an amount; it may be more than there is --- */

struct basis {
    int64_t amount_minor;
    int64_t quantity_micros;
    int64_t times;
    int exponent;
};

static int128
off_fixed_price(const struct promotion *promotion, const struct basis *basis)
{
    const int128 price =
        decimal_divide_wide((int128)promotion->value_micros * basis->quantity_micros,
                            money_unit_picos(basis->exponent), ROUND_HALF_UP);
    return price < basis->amount_minor ? basis->amount_minor - price : 0;
}

static int128
off_each_unit(const struct promotion *promotion, const struct basis *basis)
{
    return decimal_divide_wide((int128)promotion->value_minor * basis->quantity_micros, MICROS,
                               ROUND_HALF_UP);
}

static int128
off_once(const struct promotion *promotion, const struct basis *basis)
{
    return (int128)promotion->value_minor * basis->times;
}

static int128
off_percent(const struct promotion *promotion, const struct basis *basis)
{
    if (basis->amount_minor <= INT64_MAX / MICROS - 1) { /* nearly always, and much faster */
        return (basis->amount_minor * promotion->value_micros + MICROS / 2) / MICROS;
    }
    return money_rate(basis->amount_minor, promotion->value_micros, ROUND_HALF_UP);
}

static int128 (*const off[ACTION_COUNT])(const struct promotion *, const struct basis *) = {
    [ACTION_FIXED_PRICE] = off_fixed_price,
    [ACTION_AMOUNT_UNIT] = off_each_unit,
    [ACTION_AMOUNT] = off_once,
    [ACTION_PERCENT] = off_percent};

static int64_t
take_off(const struct promotion *promotion, const struct basis *basis)
{
    return at_most(off[promotion->action](promotion, basis), basis->amount_minor);
}

/* --- thresholds --- */

static bool
refuse(struct bid *bid, enum promotion_verdict verdict, int128 compared, int64_t needed)
{
    bid->verdict = verdict;
    bid->compared = at_most(compared, INT64_MAX);
    bid->needed = needed;
    return false;
}

/* Is the threshold reached, and how often? */
static bool
is_reached(const struct promotion *promotion, const struct sums *sums, struct bid *bid,
           int64_t *times)
{
    const int128 amount = promotion->base == BASE_LIST ? sums->list_minor : sums->now_minor;
    const struct {
        enum promotion_verdict verdict;
        int128 there;
        int64_t needed;
    } thresholds[] = {
        {PROMOTION_QUANTITY, sums->quantity_micros, promotion->minimum_quantity_micros},
        {PROMOTION_AMOUNT, amount, promotion->minimum_amount_minor}};
    *times = INT64_MAX; /* as often as one likes, when there is none */
    for (size_t index = 0; index < sizeof thresholds / sizeof *thresholds; index++) {
        const int128 there = thresholds[index].there;
        const int64_t needed = thresholds[index].needed;
        if (needed > 0 && there < needed) {
            return refuse(bid, thresholds[index].verdict, there, needed);
        }
        *times = needed > 0 ? at_most(there / needed, *times) : *times;
    }
    return true;
}

int64_t
bid_times(const struct promoting *promoting, const struct contender *contender,
          const struct sums *sums, struct bid *bid)
{
    int64_t times = 0;
    if (!is_reached(contender->promotion, sums, bid, &times)) {
        return 0;
    }
    if (!contender->row->repeats) {
        return 1;
    }
    const int64_t left = contender_uses_left(promoting, contender, bid);
    return contender->row->is_per_threshold && times < left ? times : left;
}

/* --- bids --- */

struct bid
bid_alone(const struct promoting *promoting, const struct contender *contender, uint32_t line,
          int64_t amount_minor)
{
    const struct promotion_line *at = promoting->lines[line].line;
    promoting_look(promoting, LOOKS_PER_BID);
    struct bid bid = contender_meets_foe(promoting, contender);
    if (bid.verdict != PROMOTION_APPLIED) {
        return bid;
    }
    const struct sums sums = {at->quantity_micros, at->list_minor, amount_minor};
    bid.uses = bid_times(promoting, contender, &sums, &bid);
    if (bid.uses == 0) {
        return bid;
    }
    const struct basis basis = {amount_minor, at->quantity_micros, bid.uses,
                                promoting->basket->exponent};
    bid.reduction_minor = take_off(contender->promotion, &basis);
    if (bid.reduction_minor == 0) {
        bid.verdict = PROMOTION_NOTHING;
        return bid;
    }
    contender_check_budget(promoting, contender, &bid);
    return bid;
}

static struct sums
sums_of_span(const struct promoting *promoting, const struct contender *contender)
{
    struct sums sums = {0};
    for (size_t index = 0; index < promoting->span.count; index++) {
        const struct promoting_line *line = &promoting->lines[promoting->span.lines[index]];
        sums.quantity_micros += line->line->quantity_micros;
        sums.list_minor += line->line->list_minor;
        sums.now_minor += line_amount(line, contender);
    }
    return sums;
}

static int64_t
take_off_all(const struct promoting *promoting, const struct contender *contender,
             const struct sums *sums, int64_t times)
{
    const struct basis basis = {(int64_t)sums->now_minor, 0, times, promoting->basket->exponent};
    return take_off(contender->promotion, &basis);
}

static int64_t
take_off_each(struct promoting *promoting, const struct contender *contender)
{
    int64_t total = 0;
    for (size_t index = 0; index < promoting->span.count; index++) {
        const struct promoting_line *line = &promoting->lines[promoting->span.lines[index]];
        const struct basis basis = {line_amount(line, contender), line->line->quantity_micros, 1,
                                    promoting->basket->exponent};
        promoting->shares[index] = take_off(contender->promotion, &basis);
        total += promoting->shares[index];
    }
    return total;
}

static void
bid_reduction(struct promoting *promoting, const struct contender *contender, struct bid *bid)
{
    const enum promotion_action action = contender->promotion->action;
    const struct sums sums = sums_of_span(promoting, contender);
    bid->uses = bid_times(promoting, contender, &sums, bid);
    if (bid->uses > 0) {
        bid->reduction_minor = action == ACTION_AMOUNT || action == ACTION_PERCENT
                                   ? take_off_all(promoting, contender, &sums, bid->uses)
                                   : take_off_each(promoting, contender);
    }
}

/* An amount over all lines is shared only when it is given: most bids lose. */
void
bid_share(struct promoting *promoting, const struct contender *contender, const struct bid *bid)
{
    const struct span *span = &promoting->span;
    const enum promotion_action action = contender->promotion->action;
    if (action != ACTION_AMOUNT && action != ACTION_PERCENT) {
        return;
    }
    for (size_t index = 0; index < span->count; index++) {
        promoting->weights[index] = line_amount(&promoting->lines[span->lines[index]], contender);
    }
    money_share(bid->reduction_minor, promoting->weights, span->count, promoting->shares);
}

struct bid
bid_together(struct promoting *promoting, const struct contender *contender)
{
    struct bid bid = contender_meets_foe(promoting, contender);
    promoting->pending_count = 0;
    if (bid.verdict == PROMOTION_APPLIED && promoting->span.count == 0) {
        bid.verdict = PROMOTION_NO_LINE;
    }
    if (bid.verdict != PROMOTION_APPLIED) {
        return bid;
    }
    if (contender->promotion->action == ACTION_BUY_GET) {
        bid_free(promoting, contender, &bid);
    } else {
        bid_reduction(promoting, contender, &bid);
    }
    if (bid.verdict != PROMOTION_APPLIED) {
        return bid;
    }
    if (bid.reduction_minor == 0 && bid.given_micros == 0) {
        bid.verdict = PROMOTION_NOTHING;
        return bid;
    }
    contender_check_budget(promoting, contender, &bid);
    return bid;
}
