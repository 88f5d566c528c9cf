/* A best price of a later stage against what was taken before (MODEL_WITHIN).
 *
 * An offer that goes takes with it whatever was built upon it: on each of its lines the offers of
 * later stages, since they were worked out on what it left.  So what goes from a line is always the
 * end of its reductions, and the others stay true.  In one stage a line is taken once. */
#include "rules/promoting.h"

#include <assert.h>

/* Offers met by one search, those still to be looked at last. */
struct search {
    struct promoting *promoting;
    uint32_t first, last; /* from 1 */
    int64_t worth_minor;
};

static struct search
search_begin(struct promoting *promoting)
{
    promoting->visit++;
    return (struct search){.promoting = promoting};
}

static void
meet(struct search *search, uint32_t number)
{
    struct offer *offer = &search->promoting->offers[number - 1];
    if (offer->visit == search->promoting->visit) {
        return;
    }
    assert(!offer->is_gone && !offer->is_exclusive);
    offer->visit = search->promoting->visit;
    offer->met_next = 0;
    if (search->last == 0) {
        search->first = number;
    } else {
        search->promoting->offers[search->last - 1].met_next = number;
    }
    search->last = number;
    search->worth_minor += offer->worth_minor;
}

/* The offers on a line from a stage on. */
static void
meet_on_line(struct search *search, uint32_t line, int stage)
{
    for (; stage < STAGE_COUNT; stage++) {
        const uint32_t number = search->promoting->lines[line].offers[stage];
        if (number != 0) {
            meet(search, number);
        }
    }
}

static void
search_on(struct search *search)
{
    for (uint32_t number = search->first; number != 0;
         number = search->promoting->offers[number - 1].met_next) {
        const struct offer *offer = &search->promoting->offers[number - 1];
        for (size_t index = 0; index < offer->lines.count; index++) {
            meet_on_line(search, offer->lines.lines[index], (int)offer->stage + 1);
        }
    }
}

/* Of one line, remembered until something changes: many lines may stand in one large offer. */
static int64_t
reach_of_line(struct promoting *promoting, uint32_t line, const struct promotion **first)
{
    struct search search = search_begin(promoting);
    meet_on_line(&search, line, STAGE_LINE);
    if (search.first == 0) {
        return 0;
    }
    struct offer *offer = &promoting->offers[search.first - 1];
    *first = offer->leader;
    if (offer->reach_version != promoting->version) {
        search_on(&search);
        offer->reach_minor = search.worth_minor;
        offer->reach_version = promoting->version;
    }
    return offer->reach_minor;
}

int64_t
replaced_worth(struct promoting *promoting, struct span lines, const struct promotion **first)
{
    *first = NULL;
    if (promoting->offer_count == 0) {
        return 0;
    }
    if (lines.count == 1) {
        return reach_of_line(promoting, lines.lines[0], first);
    }
    struct search search = search_begin(promoting);
    for (size_t index = 0; index < lines.count; index++) {
        meet_on_line(&search, lines.lines[index], STAGE_LINE);
    }
    if (search.first != 0) {
        *first = promoting->offers[search.first - 1].leader;
    }
    search_on(&search);
    return search.worth_minor;
}

/* --- replacing --- */

static void
give_back_steps(struct promoting *promoting, const struct offer *offer)
{
    for (size_t index = offer->steps.first; index < offer->steps.end; index++) {
        const struct reduction *reduction = &promoting->steps.list[index].reduction;
        struct promoting_line *line = &promoting->lines[reduction->line];
        line->left_minor += reduction->reduction_minor;
        line->stack--;
        promoting->steps.list[index].is_gone = true;
    }
}

static void
give_back_goods(struct promoting *promoting, const struct offer *offer)
{
    for (size_t index = offer->goods.first; index < offer->goods.end; index++) {
        struct goods *goods = &promoting->goods.list[index];
        if (goods->reward != NO_REWARD) {
            struct reward *reward = &promoting->rewards[goods->reward];
            const int64_t units =
                (goods->goods.quantity_micros - goods->goods.owed_micros) / MICROS;
            reward->left_units += units;
            reward->now_units += units;
        }
        goods->is_gone = true;
    }
}

static void
give_back_gifts(struct promoting *promoting, const struct offer *offer)
{
    for (size_t index = offer->gifts.first; index < offer->gifts.end; index++) {
        const struct gift *gift = &promoting->gifts.list[index];
        struct contender *contender = &promoting->contenders[gift->contender];
        struct tally *tally = &contender->so_far;
        tally->takes--;
        tally->uses = contender->row->repeats ? tally->uses - gift->uses : tally->takes > 0;
        tally->reduction_minor -= gift->reduction_minor;
        tally->spent_minor -= gift->spent_minor;
        if (tally->takes == 0) {
            promoting->applied_count--;
            promoting->loner = contender->is_loner ? 0 : promoting->loner;
        }
    }
}

static void
give_back_lines(struct promoting *promoting, const struct offer *offer)
{
    for (size_t index = 0; index < offer->lines.count; index++) {
        struct promoting_line *line = &promoting->lines[offer->lines.lines[index]];
        line->offers[offer->stage] = 0;
        line->takes--;
        line->round_taken = 0;
        line->taken_by = NULL;
        for (int stage = 0; stage < STAGE_COUNT; stage++) {
            if (line->offers[stage] != 0) {
                const struct offer *before = &promoting->offers[line->offers[stage] - 1];
                line->round_taken = before->round;
                line->taken_by = before->leader;
            }
        }
        line->now_minor = line->left_minor;
        line->stack_now = line->stack;
    }
}

static void
give_back(struct promoting *promoting, struct offer *offer, const struct promotion *by)
{
    offer->is_gone = true;
    give_back_steps(promoting, offer);
    give_back_goods(promoting, offer);
    give_back_gifts(promoting, offer);
    give_back_lines(promoting, offer);
    for (size_t index = offer->told.first; index < offer->told.end; index++) {
        if (promoting->told[index].verdict == PROMOTION_APPLIED) {
            promoting->told[index].verdict = PROMOTION_REPLACED;
            promoting->told[index].other = by;
        }
    }
}

void
replace(struct promoting *promoting, struct span lines, const struct promotion *by)
{
    struct search search = search_begin(promoting);
    for (size_t index = 0; index < lines.count; index++) {
        meet_on_line(&search, lines.lines[index], STAGE_LINE);
    }
    search_on(&search);
    for (uint32_t number = search.first; number != 0;
         number = promoting->offers[number - 1].met_next) {
        give_back(promoting, &promoting->offers[number - 1], by);
    }
}
