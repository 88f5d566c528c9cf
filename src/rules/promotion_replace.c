/* A best price of a later stage against what was taken before (MODEL_WITHIN).
 *
 * An offer that goes takes with it whatever was built upon it: on each of its lines the offers of
 * later stages, since they were worked out on what it left.  So what goes from a line is always the
 * end of its reductions, and the others stay true.  In one stage a line is taken once. */
#include "rules/promoting.h"

#include <assert.h>

/* The offers found from some lines, or from others, to be worked through while more are found. */
struct search {
    struct promoting *promoting;
    struct numbers *found; /* of offers, from 1 */
    int64_t worth_minor;
};

static struct search
search_begin(struct promoting *promoting, struct numbers *found)
{
    promoting->visit++;
    found->count = 0;
    return (struct search){.promoting = promoting, .found = found};
}

static void
find(struct search *search, uint32_t number)
{
    struct promoting *promoting = search->promoting;
    struct offer *offer = &promoting->offers[number - 1];
    if (offer->visit == promoting->visit) {
        return;
    }
    assert(!offer->is_gone && !offer->is_exclusive);
    offer->visit = promoting->visit;
    search->found->list =
        arena_grow(promoting->scratch, search->found->list, sizeof *search->found->list,
                   search->found->count, &search->found->capacity);
    search->found->list[search->found->count++] = number;
    search->worth_minor += offer->worth_minor;
}

/* The offers on a line of some stages. */
static void
find_on_line(struct search *search, uint32_t line, int first, int end)
{
    for (int stage = first; stage < end; stage++) {
        const uint32_t number = search->promoting->lines[line].offers[stage];
        if (number != 0) {
            find(search, number);
        }
    }
}

/* What was built upon an offer, or what it was built upon. */
static void
find_beside(struct search *search, const struct offer *offer, bool is_after)
{
    const int first = is_after ? (int)offer->stage + 1 : STAGE_LINE;
    const int end = is_after ? STAGE_COUNT : (int)offer->stage;
    promoting_look(search->promoting, offer->lines.count);
    for (size_t index = 0; first < end && index < offer->lines.count; index++) {
        find_on_line(search, offer->lines.lines[index], first, end);
    }
}

static void
search_on(struct search *search, bool is_after)
{
    for (size_t index = 0; index < search->found->count; index++) {
        const uint32_t number = search->found->list[index];
        find_beside(search, &search->promoting->offers[number - 1], is_after);
    }
}

static struct search
search_from(struct promoting *promoting, struct span lines)
{
    struct search search = search_begin(promoting, &promoting->later);
    promoting_look(promoting, lines.count);
    for (size_t index = 0; index < lines.count; index++) {
        find_on_line(&search, lines.lines[index], STAGE_LINE, STAGE_COUNT);
    }
    return search;
}

/* An offer was taken, or goes: those that it was built upon reach more, or less. */
void
replace_reach(struct promoting *promoting, const struct offer *offer, int64_t worth_minor)
{
    struct search search = search_begin(promoting, &promoting->earlier);
    find_beside(&search, offer, false);
    search_on(&search, false);
    for (size_t index = 0; index < search.found->count; index++) {
        promoting->offers[search.found->list[index] - 1].reach_minor += worth_minor;
    }
}

/* On one line all that would go is what the first offer reaches. */
int64_t
replaced_worth(struct promoting *promoting, struct span lines, const struct promotion **first)
{
    const struct promoting_line *line = &promoting->lines[lines.lines[0]];
    *first = NULL;
    for (int stage = STAGE_LINE; lines.count == 1 && stage < STAGE_COUNT; stage++) {
        if (line->offers[stage] != 0) {
            const struct offer *offer = &promoting->offers[line->offers[stage] - 1];
            *first = offer->leader;
            return offer->reach_minor;
        }
    }
    if (lines.count == 1) {
        return 0;
    }
    struct search search = search_from(promoting, lines);
    if (search.found->count > 0) {
        *first = promoting->offers[search.found->list[0] - 1].leader;
    }
    search_on(&search, true);
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
    struct search search = search_from(promoting, lines);
    search_on(&search, true);
    for (size_t index = 0; index < search.found->count; index++) {
        const struct offer *offer = &promoting->offers[search.found->list[index] - 1];
        replace_reach(promoting, offer, -offer->worth_minor);
    }
    for (size_t index = 0; index < search.found->count; index++) {
        give_back(promoting, &promoting->offers[search.found->list[index] - 1], by);
    }
}
