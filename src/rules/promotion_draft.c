/* Bids one after another, what of them becomes true, and what is told. */
#include "rules/promoting.h"

#include <assert.h>
#include <string.h>

/* --- what is told --- */

bool
is_to_tell(const struct promoting *promoting, const struct contender *contender)
{
    return promoting->told_count < PROMOTION_TOLD_MAX || !contender->was_told;
}

void
promoting_tell(struct promoting *promoting, struct contender *contender, size_t line,
               const struct bid *bid)
{
    const bool is_news = bid->verdict == PROMOTION_APPLIED && !contender->was_told_applied;
    if (!is_news && !is_to_tell(promoting, contender)) {
        return;
    }
    assert(promoting->told_count < promoting->told_max);
    promoting->told[promoting->told_count++] =
        (struct promotion_told){.promotion = contender->promotion,
                                .verdict = bid->verdict,
                                .other = bid->other,
                                .line = line,
                                .compared = bid->compared,
                                .needed = bid->needed,
                                .reduction_minor = bid->reduction_minor,
                                .uses = bid->uses,
                                .given_micros = bid->given_micros,
                                .owed_micros = bid->owed_micros,
                                .dropped_micros = bid->dropped_micros};
    contender->was_told = true;
    contender->was_told_applied |= bid->verdict == PROMOTION_APPLIED;
}

/* --- a draft --- */

void
draft_begin(struct promoting *promoting)
{
    promoting->draft_number++;
    promoting->draft = (struct draft){.step_first = promoting->steps.count,
                                      .goods_first = promoting->goods.count,
                                      .gift_first = promoting->gifts.count};
}

static struct step *
next_step(struct promoting *promoting)
{
    struct steps *steps = &promoting->steps;
    steps->list = arena_grow(promoting->scratch, steps->list, sizeof *steps->list, steps->count,
                             &steps->capacity);
    return &steps->list[steps->count++];
}

static struct goods *
next_goods(struct promoting *promoting)
{
    struct goods_list *goods = &promoting->goods;
    goods->list = arena_grow(promoting->scratch, goods->list, sizeof *goods->list, goods->count,
                             &goods->capacity);
    return &goods->list[goods->count++];
}

static struct gift *
next_gift(struct promoting *promoting)
{
    struct gifts *gifts = &promoting->gifts;
    gifts->list = arena_grow(promoting->scratch, gifts->list, sizeof *gifts->list, gifts->count,
                             &gifts->capacity);
    return &gifts->list[gifts->count++];
}

static void
add_step(struct promoting *promoting, const struct contender *contender, uint32_t line,
         int64_t reduction_minor)
{
    struct promoting_line *at = &promoting->lines[line];
    const int64_t before = line_amount(at, contender);
    assert(reduction_minor > 0 && reduction_minor <= before);
    *next_step(promoting) = (struct step){.reduction = {.promotion = contender->promotion,
                                                        .line = line,
                                                        .before_minor = before,
                                                        .reduction_minor = reduction_minor}};
    at->now_minor = before - reduction_minor;
    at->stack_now++;
}

static int64_t
units_from_stock(const struct goods *goods)
{
    return (goods->goods.quantity_micros - goods->goods.owed_micros) / MICROS;
}

static void
add_goods(struct promoting *promoting, const struct goods *goods)
{
    *next_goods(promoting) = *goods;
    if (goods->reward != NO_REWARD) {
        promoting->rewards[goods->reward].now_units -= units_from_stock(goods);
    }
}

static void
add_to_tally(struct tally *tally, const struct contender *contender, const struct bid *bid)
{
    tally->takes++;
    tally->uses = contender->row->repeats ? tally->uses + bid->uses : 1;
    tally->reduction_minor += bid->reduction_minor;
    tally->spent_minor += bid->reduction_minor + bid->goods_minor;
}

static void
add_gift(struct promoting *promoting, struct contender *contender, const struct bid *bid)
{
    struct draft *draft = &promoting->draft;
    const uint32_t index = (uint32_t)(contender - promoting->contenders);
    if (contender->draft != promoting->draft_number) {
        contender->draft = promoting->draft_number;
        contender->now = contender->so_far;
    }
    if (contender->now.takes == 0) {
        draft->applied_count++;
        draft->loner = contender->is_loner ? index + 1 : draft->loner;
    }
    add_to_tally(&contender->now, contender, bid);
    *next_gift(promoting) = (struct gift){index, bid->uses, bid->reduction_minor,
                                          bid->reduction_minor + bid->goods_minor};
    draft->worth_minor += bid->reduction_minor + bid->goods_minor;
}

void
draft_alone(struct promoting *promoting, struct contender *contender, uint32_t line,
            const struct bid *bid)
{
    assert(bid->verdict == PROMOTION_APPLIED);
    add_step(promoting, contender, line, bid->reduction_minor);
    add_gift(promoting, contender, bid);
}

void
draft_together(struct promoting *promoting, struct contender *contender, const struct bid *bid)
{
    assert(bid->verdict == PROMOTION_APPLIED);
    bid_share(promoting, contender, bid);
    for (size_t index = 0; index < promoting->span.count; index++) {
        if (promoting->shares[index] > 0) {
            add_step(promoting, contender, promoting->span.lines[index], promoting->shares[index]);
        }
    }
    promoting->effort->has_too_many_goods |=
        promoting->goods.count + promoting->pending_count > PROMOTION_GOODS_MAX;
    for (size_t index = 0;
         index < promoting->pending_count && !promoting->effort->has_too_many_goods; index++) {
        add_goods(promoting, &promoting->pending[index]);
    }
    add_gift(promoting, contender, bid);
}

void
draft_end(struct promoting *promoting)
{
    const struct draft *draft = &promoting->draft;
    for (size_t index = draft->step_first; index < promoting->steps.count; index++) {
        struct promoting_line *line =
            &promoting->lines[promoting->steps.list[index].reduction.line];
        line->now_minor = line->left_minor;
        line->stack_now = line->stack;
    }
    for (size_t index = draft->goods_first; index < promoting->goods.count; index++) {
        const struct goods *goods = &promoting->goods.list[index];
        if (goods->reward != NO_REWARD) {
            struct reward *reward = &promoting->rewards[goods->reward];
            reward->now_units = reward->left_units;
        }
    }
    promoting->steps.count = draft->step_first;
    promoting->goods.count = draft->goods_first;
    promoting->gifts.count = draft->gift_first;
    promoting->draft = (struct draft){0};
    promoting->draft_number++;
}

/* --- taking --- */

static void
take_lines(struct promoting *promoting, const struct contender *leader, struct span lines)
{
    for (size_t index = 0; index < lines.count; index++) {
        struct promoting_line *line = &promoting->lines[lines.lines[index]];
        line->round_minor = line->left_minor;
        line->takes++;
        line->round_taken = promoting->round;
        line->taken_by = leader->promotion;
        line->is_exclusive |= leader->promotion->mode == MODE_EXCLUSIVE;
        line->offers[promoting->stage] = (uint32_t)promoting->offer_count;
    }
}

/* Then backwards, so that a line of a compound is taken by the first that reduced it. */
static void
take_steps(struct promoting *promoting, struct stretch steps)
{
    for (size_t index = steps.first; index < steps.end; index++) {
        const struct reduction *reduction = &promoting->steps.list[index].reduction;
        struct promoting_line *line = &promoting->lines[reduction->line];
        assert(line->left_minor == reduction->before_minor);
        line->left_minor -= reduction->reduction_minor;
        line->now_minor = line->left_minor;
        line->stack_now = ++line->stack;
    }
    for (size_t index = steps.end; index-- > steps.first;) {
        const struct reduction *reduction = &promoting->steps.list[index].reduction;
        promoting->lines[reduction->line].taken_by = reduction->promotion;
    }
}

static void
take_goods(struct promoting *promoting, struct stretch goods)
{
    for (size_t index = goods.first; index < goods.end; index++) {
        const struct goods *taken = &promoting->goods.list[index];
        if (taken->reward != NO_REWARD) {
            struct reward *reward = &promoting->rewards[taken->reward];
            reward->left_units -= units_from_stock(taken);
            reward->now_units = reward->left_units;
        }
    }
}

static void
take_gifts(struct promoting *promoting, struct stretch gifts)
{
    for (size_t index = gifts.first; index < gifts.end; index++) {
        struct contender *contender =
            &promoting->contenders[promoting->gifts.list[index].contender];
        contender->so_far = contender->now;
        promoting->unsettled += contender->is_entangled || promoting->may_replace;
    }
    promoting->applied_count += promoting->draft.applied_count;
    promoting->loner = promoting->draft.loner != 0 ? promoting->draft.loner : promoting->loner;
}

/* What stands in the lists stays; the draft is empty. */
static void
settle_lists(struct promoting *promoting)
{
    promoting->draft = (struct draft){.step_first = promoting->steps.count,
                                      .goods_first = promoting->goods.count,
                                      .gift_first = promoting->gifts.count};
}

/* Only MODEL_WITHIN replaces offers, and needs to know their lines. */
static struct span
keep_lines(const struct promoting *promoting, struct span lines)
{
    if (promoting->basket->model != MODEL_WITHIN) {
        return (struct span){0};
    }
    struct span kept = {arena_array(promoting->scratch, uint32_t, lines.count), lines.count};
    memcpy(kept.lines, lines.lines, lines.count * sizeof *lines.lines);
    return kept;
}

void
draft_take(struct promoting *promoting, const struct contender *leader, struct span lines,
           struct stretch told)
{
    const struct draft *draft = &promoting->draft;
    if (leader->is_best_price) {
        replace(promoting, lines, leader->promotion);
    }
    const struct offer offer = {.stage = promoting->stage,
                                .round = promoting->round,
                                .is_exclusive = leader->promotion->mode == MODE_EXCLUSIVE,
                                .leader = leader->promotion,
                                .worth_minor = draft->worth_minor,
                                .reach_minor = draft->worth_minor,
                                .steps = {draft->step_first, promoting->steps.count},
                                .goods = {draft->goods_first, promoting->goods.count},
                                .gifts = {draft->gift_first, promoting->gifts.count},
                                .told = told,
                                .lines = keep_lines(promoting, lines)};
    promoting->offers = arena_grow(promoting->scratch, promoting->offers, sizeof offer,
                                   promoting->offer_count, &promoting->offer_capacity);
    promoting->offers[promoting->offer_count++] = offer;
    take_lines(promoting, leader, lines);
    take_steps(promoting, offer.steps);
    take_goods(promoting, offer.goods);
    take_gifts(promoting, offer.gifts);
    settle_lists(promoting);
    if (offer.lines.count > 0) {
        replace_reach(promoting, &offer, offer.worth_minor);
    }
}
