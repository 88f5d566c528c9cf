/* Conditions that have nothing to do with amounts: who, when, coupons, how often, and what does not
 * go with what. */
#include "rules/promoting.h"

#include <stdlib.h>
#include <string.h>

static const struct bid fine = {.verdict = PROMOTION_APPLIED};

struct contender *
promoting_find(const struct promoting *promoting, const char *code)
{
    size_t low = 0;
    size_t high = promoting->contender_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        struct contender *contender = &promoting->contenders[promoting->by_code[middle]];
        const int order = strcmp(contender->promotion->code, code);
        if (order == 0) {
            return contender;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

/* --- coupons --- */

static enum coupon_verdict
judge_coupon(const struct basket *basket, const struct coupon_fact *coupon)
{
    if (coupon->promotion[0] == '\0') {
        return COUPON_UNKNOWN;
    }
    if (coupon->customer[0] != '\0' && strcmp(coupon->customer, basket->customer) != 0) {
        return COUPON_OTHER_CUSTOMER;
    }
    if (basket->day < coupon->valid_from || basket->day > coupon->valid_to) {
        return basket->day < coupon->valid_from ? COUPON_NOT_YET : COUPON_NO_LONGER;
    }
    if (coupon->limit_total > 0 && coupon->uses_total >= coupon->limit_total) {
        return COUPON_USED_UP;
    }
    return coupon->limit_customer > 0 && coupon->uses_customer >= coupon->limit_customer
               ? COUPON_USED_BY_CUSTOMER
               : COUPON_UNUSED;
}

/* A coupon of the basket, to be sorted by its promotion. */
struct presented {
    const struct coupon_fact *coupon;
    size_t index;
};

static int
compare_presented(const void *one_pointer, const void *other_pointer)
{
    const struct presented *one = one_pointer;
    const struct presented *other = other_pointer;
    const int by_promotion = strcmp(one->coupon->promotion, other->coupon->promotion);
    return by_promotion != 0 ? by_promotion
                             : (one->index > other->index) - (one->index < other->index);
}

/* Of several coupons for one promotion the first that can be used is. */
void
promoting_judge_coupons(struct promoting *promoting)
{
    const struct basket *basket = promoting->basket;
    const size_t count = basket->coupon_count;
    struct presented *presented = arena_array(promoting->scratch, struct presented, count);
    for (size_t index = 0; index < count; index++) {
        presented[index] = (struct presented){&basket->coupons[index], index};
    }
    if (count > 1) {
        qsort(presented, count, sizeof *presented, compare_presented);
    }
    const struct coupon_fact *used = NULL;
    for (size_t index = 0; index < count; index++) {
        const struct coupon_fact *coupon = presented[index].coupon;
        enum coupon_verdict *verdict = &promoting->coupons[presented[index].index];
        *verdict = judge_coupon(basket, coupon);
        if (*verdict != COUPON_UNUSED) {
            continue;
        }
        if (used != NULL && strcmp(used->promotion, coupon->promotion) == 0) {
            *verdict = COUPON_TWICE;
            continue;
        }
        used = coupon;
        struct contender *contender = promoting_find(promoting, coupon->promotion);
        if (contender != NULL) {
            contender->coupon = coupon;
        }
    }
}

static bool
has_any_coupon(const struct basket *basket, const char *code)
{
    for (size_t index = 0; index < basket->coupon_count; index++) {
        if (strcmp(basket->coupons[index].promotion, code) == 0) {
            return true;
        }
    }
    return false;
}

/* --- who and when --- */

static struct bid
refuse(enum promotion_verdict verdict, int64_t compared, int64_t needed)
{
    return (struct bid){.verdict = verdict, .compared = compared, .needed = needed};
}

static struct bid
check_period(const struct promoting *promoting, const struct contender *contender)
{
    const struct promotion *promotion = contender->promotion;
    const int32_t day = promoting->basket->day;
    return day < promotion->valid_from ? refuse(PROMOTION_NOT_YET, day, promotion->valid_from)
           : day > promotion->valid_to ? refuse(PROMOTION_NO_LONGER, day, promotion->valid_to)
                                       : fine;
}

static bool
is_meant(const struct promotion_list *list, const char *who)
{
    return list->count == 0 || promotion_list_has(list, who);
}

static struct bid
check_who(const struct promoting *promoting, const struct contender *contender)
{
    const struct promotion_row *row = contender->row;
    const struct basket *basket = promoting->basket;
    const char *currency = row->promotion->currency;
    return !is_meant(&row->customers, basket->customer) ? refuse(PROMOTION_OTHER_CUSTOMER, 0, 0)
           : !is_meant(&row->groups, basket->group)     ? refuse(PROMOTION_OTHER_GROUP, 0, 0)
           : !is_meant(&row->channels, basket->channel) ? refuse(PROMOTION_OTHER_CHANNEL, 0, 0)
           : currency[0] != '\0' && strcmp(currency, basket->currency) != 0
               ? refuse(PROMOTION_OTHER_CURRENCY, 0, 0)
               : fine;
}

static struct bid
check_coupon(const struct promoting *promoting, const struct contender *contender)
{
    if (!contender->promotion->needs_coupon || contender->coupon != NULL) {
        return fine;
    }
    return refuse(has_any_coupon(promoting->basket, contender->promotion->code)
                      ? PROMOTION_COUPON
                      : PROMOTION_NO_COUPON,
                  0, 0);
}

static struct bid
check_uses(const struct promoting *promoting, const struct contender *contender)
{
    struct bid bid = fine;
    return contender_uses_left(promoting, contender, &bid) > 0 ? fine : bid;
}

struct bid
contender_eligibility(const struct promoting *promoting, const struct contender *contender)
{
    static struct bid (*const checks[])(const struct promoting *, const struct contender *) = {
        check_period, check_who, check_coupon, check_uses};
    struct bid bid = fine;
    for (size_t at = 0; bid.verdict == PROMOTION_APPLIED && at < sizeof checks / sizeof *checks;
         at++) {
        bid = checks[at](promoting, contender);
    }
    return bid;
}

/* --- how often, how much --- */

const struct tally *
contender_tally(const struct promoting *promoting, const struct contender *contender)
{
    return contender->draft == promoting->draft_number ? &contender->now : &contender->so_far;
}

int64_t
contender_uses_left(const struct promoting *promoting, const struct contender *contender,
                    struct bid *bid)
{
    const struct promotion *promotion = contender->promotion;
    const struct promotion_fact *fact = contender->fact;
    const int64_t here = contender->row->repeats ? contender_tally(promoting, contender)->uses : 0;
    const struct {
        int64_t limit, used;
        enum promotion_verdict verdict;
    } limits[] = {{promotion->limit_order, 0, PROMOTION_LIMIT_ORDER},
                  {promotion->limit_customer, fact->uses_customer, PROMOTION_LIMIT_CUSTOMER},
                  {promotion->limit_total, fact->uses_total, PROMOTION_LIMIT_TOTAL}};
    int64_t left = INT64_MAX;
    for (size_t index = 0; left > 0 && index < sizeof limits / sizeof *limits; index++) {
        if (limits[index].limit == 0) {
            continue;
        }
        const int64_t rest = limits[index].limit - limits[index].used - here;
        left = rest < left ? rest : left;
        if (left <= 0) {
            *bid = refuse(limits[index].verdict, limits[index].used + here, limits[index].limit);
        }
    }
    return left > 0 ? left : 0;
}

void
contender_check_budget(const struct promoting *promoting, const struct contender *contender,
                       struct bid *bid)
{
    if (contender->promotion->budget_minor == 0) {
        return;
    }
    const int64_t left = contender->promotion->budget_minor - contender->fact->spent_minor -
                         contender_tally(promoting, contender)->spent_minor;
    const int64_t cost = bid->reduction_minor + bid->goods_minor;
    if (cost > left) {
        bid->verdict = PROMOTION_BUDGET;
        bid->compared = cost;
        bid->needed = left;
    }
}

/* --- what does not go with what --- */

/* That one never goes with the other. */
struct feud {
    uint32_t one, other;
};

struct feuds {
    struct feud *list;
    size_t count, capacity;
};

static int
compare_feuds(const void *one_pointer, const void *other_pointer)
{
    const struct feud *one = one_pointer;
    const struct feud *other = other_pointer;
    return one->one != other->one ? (one->one < other->one ? -1 : 1)
                                  : (one->other > other->other) - (one->other < other->other);
}

static void
add_feud(struct promoting *promoting, struct feuds *feuds, uint32_t one, uint32_t other)
{
    feuds->list = arena_grow(promoting->scratch, feuds->list, sizeof *feuds->list, feuds->count,
                             &feuds->capacity);
    feuds->list[feuds->count++] = (struct feud){one, other};
}

/* Both sides know, so that whoever comes first stays. */
static void
collect_feuds(struct promoting *promoting, struct feuds *feuds)
{
    for (uint32_t index = 0; index < promoting->contender_count; index++) {
        struct contender *contender = &promoting->contenders[index];
        const struct promotion_list *names = &contender->row->never_with;
        for (size_t at = 0; at < names->count; at++) {
            const struct contender *foe = promoting_find(promoting, names->words[at].text);
            contender->is_loner |= strcmp(names->words[at].text, "*") == 0;
            if (foe != NULL && foe != contender) {
                const uint32_t other = (uint32_t)(foe - promoting->contenders);
                add_feud(promoting, feuds, index, other);
                add_feud(promoting, feuds, other, index);
            }
        }
    }
}

void
promoting_find_foes(struct promoting *promoting)
{
    struct feuds feuds = {0};
    collect_feuds(promoting, &feuds);
    if (feuds.count > 0) {
        qsort(feuds.list, feuds.count, sizeof *feuds.list, compare_feuds);
    }
    uint32_t *foes = arena_array(promoting->scratch, uint32_t, feuds.count);
    for (size_t index = 0; index < feuds.count; index++) {
        struct contender *contender = &promoting->contenders[feuds.list[index].one];
        foes[index] = feuds.list[index].other;
        contender->foes = contender->foe_count == 0 ? &foes[index] : contender->foes;
        contender->foe_count++;
    }
}

static bool
is_applied(const struct promoting *promoting, const struct contender *contender)
{
    return contender_tally(promoting, contender)->takes > 0;
}

static const struct promotion *
first_applied_beside(const struct promoting *promoting, const struct contender *contender)
{
    for (size_t index = 0; index < promoting->contender_count; index++) {
        const struct contender *other = &promoting->contenders[index];
        promoting_look(promoting, 1);
        if (other != contender && is_applied(promoting, other)) {
            return other->promotion;
        }
    }
    return NULL;
}

/* A loner that was applied is the only one that was. */
struct bid
contender_meets_foe(const struct promoting *promoting, const struct contender *contender)
{
    struct bid bid = fine;
    const uint32_t applied = promoting->applied_count + promoting->draft.applied_count;
    const uint32_t loner = promoting->loner != 0 ? promoting->loner : promoting->draft.loner;
    if (loner != 0 && &promoting->contenders[loner - 1] != contender) {
        bid.other = promoting->contenders[loner - 1].promotion;
    } else if (contender->is_loner && applied > is_applied(promoting, contender)) {
        bid.other = first_applied_beside(promoting, contender);
    }
    promoting_look(promoting, contender->foe_count);
    for (uint32_t index = 0; bid.other == NULL && index < contender->foe_count; index++) {
        const struct contender *foe = &promoting->contenders[contender->foes[index]];
        bid.other = is_applied(promoting, foe) ? foe->promotion : NULL;
    }
    bid.verdict = bid.other == NULL ? PROMOTION_APPLIED : PROMOTION_NEVER_WITH;
    return bid;
}
