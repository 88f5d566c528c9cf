/* One round: the promotions of one stage and priority make their offers, and the largest saving
 * goes first.
 *
 * Offers wait in a heap: one per line (the best of those that stand on it by themselves), one per
 * promotion over several lines, one per cluster.  What an offer is worth may fall while it waits
 * (limits, budgets, what it never goes with): it is worked out again when its turn comes, and goes
 * back when another is better now. */
#include "rules/promoting.h"

#include <assert.h>
#include <string.h>

/* --- the heap --- */

static bool
is_before(const struct promoting *promoting, const struct entry *one, const struct entry *other)
{
    if (one->is_exclusive != other->is_exclusive) {
        return one->is_exclusive;
    }
    if (one->gain_minor != other->gain_minor) {
        return one->gain_minor > other->gain_minor;
    }
    const uint32_t one_code = promoting->contenders[one->contender].code_rank;
    const uint32_t other_code = promoting->contenders[other->contender].code_rank;
    return one_code != other_code ? one_code < other_code : one->line < other->line;
}

static void
swap(struct entry *one, struct entry *other)
{
    const struct entry kept = *one;
    *one = *other;
    *other = kept;
}

static void
push(struct promoting *promoting, const struct entry *entry)
{
    struct entry *entries = promoting->entries;
    size_t at = promoting->entry_count++;
    entries[at] = *entry;
    entries[at].unsettled = promoting->unsettled;
    while (at > 0 && is_before(promoting, &entries[at], &entries[(at - 1) / 2])) {
        swap(&entries[at], &entries[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static struct entry
pop(struct promoting *promoting)
{
    struct entry *entries = promoting->entries;
    const struct entry top = entries[0];
    entries[0] = entries[--promoting->entry_count];
    for (size_t at = 0, best = 0;; at = best) {
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
            if (child < promoting->entry_count &&
                is_before(promoting, &entries[child], &entries[best])) {
                best = child;
            }
        }
        if (best == at) {
            return top;
        }
        swap(&entries[at], &entries[best]);
    }
}

/* Another is better now: the entry has gone back. */
static bool
goes_back(struct promoting *promoting, const struct entry *entry)
{
    const bool is_back =
        promoting->entry_count > 0 && is_before(promoting, &promoting->entries[0], entry);
    if (is_back) {
        push(promoting, entry);
    }
    return is_back;
}

/* --- bids as they stand in the contest --- */

static void
lose_to(struct bid *bid, const struct promotion *other)
{
    if (bid->verdict == PROMOTION_APPLIED) {
        bid->verdict = PROMOTION_LOST;
        bid->other = other;
    }
}

/* A best price of a later stage must save more than what it would replace. */
static void
weigh_replacing(struct promoting *promoting, const struct contender *contender, struct span lines,
                struct bid *bid)
{
    const struct promotion *first = NULL;
    bid->gain_minor = bid->reduction_minor + bid->goods_minor;
    if (!contender->is_best_price || bid->verdict != PROMOTION_APPLIED) {
        return;
    }
    bid->gain_minor -= replaced_worth(promoting, lines, &first);
    if (first != NULL && bid->gain_minor <= 0) {
        lose_to(bid, first);
    }
}

struct bid
bid_on_line(struct promoting *promoting, const struct contender *contender, uint32_t line,
            int64_t amount_minor)
{
    const enum openness openness = line_openness(promoting, contender, line);
    if (openness == LINE_CLOSED) {
        return (struct bid){.verdict = PROMOTION_LOST, .other = line_closer(promoting, line)};
    }
    struct bid bid = bid_alone(promoting, contender, line, amount_minor);
    if (openness == LINE_OPEN) {
        weigh_replacing(promoting, contender, (struct span){&line, 1}, &bid);
    }
    return bid;
}

/* The lines that the contender may take, or that were taken from it in this round, in the span; the
 * closer of the first when there are none, and the taker of the first that was. */
struct standing {
    const struct promotion *closer, *taker;
};

static struct standing
stand(struct promoting *promoting, const struct contender *contender)
{
    struct standing standing = {0};
    promoting_gather(promoting, contender);
    if (promoting->span.count > 0) {
        standing.closer = line_closer(promoting, promoting->span.lines[0]);
    }
    promoting_leave_open(promoting, contender);
    for (size_t index = 0; index < promoting->span.count && standing.taker == NULL; index++) {
        const struct promoting_line *line = &promoting->lines[promoting->span.lines[index]];
        standing.taker =
            line->takes > 0 && line->round_taken == promoting->round ? line->taken_by : NULL;
    }
    return standing;
}

/* Show the lines of a span that were taken in this round as they were before, or as they are. */
static void
show_before(struct promoting *promoting, struct span lines, bool is_before_round)
{
    for (size_t index = 0; index < lines.count; index++) {
        struct promoting_line *line = &promoting->lines[lines.lines[index]];
        const bool is_taken = line->takes > 0 && line->round_taken == promoting->round;
        line->now_minor = is_before_round && is_taken ? line->round_minor : line->left_minor;
    }
}

/* Set the span, and bid on it. */
static struct bid
bid_over_lines(struct promoting *promoting, const struct contender *contender)
{
    const struct standing standing = stand(promoting, contender);
    show_before(promoting, promoting->span, true);
    struct bid bid = bid_together(promoting, contender);
    show_before(promoting, promoting->span, false);
    if (bid.verdict == PROMOTION_NO_LINE) {
        bid.other = standing.closer;
    } else if (standing.taker != NULL) {
        lose_to(&bid, standing.taker);
    } else {
        weigh_replacing(promoting, contender, promoting->span, &bid);
    }
    return bid;
}

/* --- lines --- */

static int64_t
amount_in_round(const struct promoting *promoting, const struct contender *contender, uint32_t line)
{
    const struct promoting_line *at = &promoting->lines[line];
    const bool is_taken = at->takes > 0 && at->round_taken == promoting->round;
    return contender->is_best_price ? at->line->list_minor
           : is_taken               ? at->round_minor
                                    : at->left_minor;
}

/* The best offer of those that stand on a line by themselves; false: there is none. */
static bool
best_on_line(struct promoting *promoting, uint32_t line, struct entry *best)
{
    bool is_any = false;
    bool is_compound_any = false;
    if (line_is_shut(promoting, line)) {
        return false;
    }
    struct onlookers onlookers = onlookers_of(promoting, line);
    for (const struct contender *contender = onlookers_next(&onlookers); contender != NULL;
         contender = onlookers_next(&onlookers)) {
        if (contender->is_compound) {
            is_compound_any |= !line_is_in_cluster(promoting, line);
            continue;
        }
        if (line_openness(promoting, contender, line) != LINE_OPEN) {
            continue;
        }
        const struct bid bid =
            bid_on_line(promoting, contender, line, amount_in_round(promoting, contender, line));
        const struct entry entry = {.kind = ENTRY_LINE,
                                    .is_exclusive = contender->promotion->mode == MODE_EXCLUSIVE,
                                    .line = line,
                                    .contender = (uint32_t)(contender - promoting->contenders),
                                    .gain_minor = bid.gain_minor};
        if (bid.verdict == PROMOTION_APPLIED && (!is_any || is_before(promoting, &entry, best))) {
            *best = entry;
            is_any = true;
        }
    }
    if (!is_compound_any) {
        return is_any;
    }
    draft_begin(promoting);
    const struct contender *leader = draft_line(promoting, line, (struct hearing){0});
    const struct entry entry = {.kind = ENTRY_LINE,
                                .is_compound = true,
                                .line = line,
                                .contender =
                                    leader == NULL ? 0 : (uint32_t)(leader - promoting->contenders),
                                .gain_minor = promoting->draft.worth_minor};
    draft_end(promoting);
    if (leader != NULL && (!is_any || is_before(promoting, &entry, best))) {
        *best = entry;
        is_any = true;
    }
    return is_any;
}

/* Tell of all on a line but the winner (NULL: nobody on it has won); what could have been applied
 * has lost to `other`. */
static void
tell_line(struct promoting *promoting, uint32_t line, const struct entry *winner,
          const struct promotion *other)
{
    bool is_compound_any = false;
    struct onlookers onlookers = onlookers_of(promoting, line);
    for (struct contender *contender = onlookers_next(&onlookers); contender != NULL;
         contender = onlookers_next(&onlookers)) {
        const size_t place = (size_t)(contender - promoting->contenders);
        is_compound_any |= contender->is_compound && is_to_tell(promoting, contender);
        if (contender->is_compound || !is_to_tell(promoting, contender) ||
            (winner != NULL && !winner->is_compound && winner->contender == place)) {
            continue;
        }
        struct bid bid =
            bid_on_line(promoting, contender, line, amount_in_round(promoting, contender, line));
        lose_to(&bid, other);
        promoting_tell(promoting, contender, line, &bid);
    }
    const bool has_won = winner != NULL && winner->is_compound;
    if (is_compound_any && !has_won && !line_is_in_cluster(promoting, line)) {
        show_before(promoting, (struct span){&line, 1}, true);
        draft_begin(promoting);
        draft_line(promoting, line, (struct hearing){true, other});
        draft_end(promoting);
        show_before(promoting, (struct span){&line, 1}, false);
    }
}

/* Put the winner of a line into the draft. */
static const struct contender *
draft_winner(struct promoting *promoting, const struct entry *entry, struct hearing hearing)
{
    if (entry->is_compound) {
        return draft_line(promoting, entry->line, hearing);
    }
    struct contender *contender = &promoting->contenders[entry->contender];
    const struct bid bid = bid_on_line(promoting, contender, entry->line,
                                       amount_in_round(promoting, contender, entry->line));
    if (hearing.is_told) {
        promoting_tell(promoting, contender, entry->line, &bid);
    }
    draft_alone(promoting, contender, entry->line, &bid);
    return contender;
}

/* Twice drafted: the losers between must be told of as things stand without the winner. */
static void
take_line(struct promoting *promoting, struct entry *entry)
{
    struct stretch told = {.first = promoting->told_count};
    draft_begin(promoting);
    draft_winner(promoting, entry, (struct hearing){.is_told = true});
    draft_end(promoting);
    told.end = promoting->told_count;
    tell_line(promoting, entry->line, entry, promoting->contenders[entry->contender].promotion);
    draft_begin(promoting);
    const struct contender *leader = draft_winner(promoting, entry, (struct hearing){0});
    draft_take(promoting, leader, (struct span){&entry->line, 1}, told);
    draft_end(promoting);
}

static void
settle_line(struct promoting *promoting, struct entry *entry)
{
    const struct promoting_line *line = &promoting->lines[entry->line];
    if (line->takes > 0 && line->round_taken == promoting->round) {
        tell_line(promoting, entry->line, NULL, line->taken_by);
        return;
    }
    if (entry->unsettled != promoting->unsettled) {
        const uint32_t number = entry->line;
        if (!best_on_line(promoting, number, entry)) {
            tell_line(promoting, number, NULL, NULL);
            return;
        }
        if (goes_back(promoting, entry)) {
            return;
        }
    }
    take_line(promoting, entry);
}

/* --- promotions over several lines --- */

static void
settle_together(struct promoting *promoting, struct entry *entry)
{
    struct contender *contender = &promoting->contenders[entry->contender];
    const struct bid bid = bid_over_lines(promoting, contender);
    struct stretch told = {.first = promoting->told_count};
    entry->gain_minor = bid.gain_minor;
    if (bid.verdict == PROMOTION_APPLIED && goes_back(promoting, entry)) {
        return;
    }
    promoting_tell(promoting, contender, SIZE_MAX, &bid);
    told.end = promoting->told_count;
    if (bid.verdict == PROMOTION_APPLIED) {
        draft_begin(promoting);
        draft_together(promoting, contender, &bid);
        draft_take(promoting, contender, promoting->span, told);
        draft_end(promoting);
    }
}

/* --- clusters --- */

static const struct promotion *
cluster_taker(const struct promoting *promoting, const struct cluster *cluster)
{
    for (size_t index = 0; index < cluster->lines.count; index++) {
        const struct promoting_line *line = &promoting->lines[cluster->lines.lines[index]];
        if (line->takes > 0 && line->round_taken == promoting->round) {
            return line->taken_by;
        }
    }
    return NULL;
}

/* What the cluster is worth now; false: nothing. */
static bool
weigh_cluster(struct promoting *promoting, uint32_t number, struct entry *entry)
{
    const struct cluster *cluster = &promoting->clusters[number];
    draft_begin(promoting);
    const struct contender *leader = draft_cluster(promoting, cluster, (struct hearing){0});
    if (leader != NULL) {
        *entry = (struct entry){.kind = ENTRY_CLUSTER,
                                .line = cluster->lines.lines[0],
                                .contender = (uint32_t)(leader - promoting->contenders),
                                .cluster = number,
                                .gain_minor = promoting->draft.worth_minor};
    }
    draft_end(promoting);
    return leader != NULL;
}

static void
tell_cluster(struct promoting *promoting, uint32_t number, const struct promotion *lost_to)
{
    const struct cluster *cluster = &promoting->clusters[number];
    show_before(promoting, cluster->lines, true);
    draft_begin(promoting);
    draft_cluster(promoting, cluster, (struct hearing){true, lost_to});
    draft_end(promoting);
    show_before(promoting, cluster->lines, false);
}

static void
settle_cluster(struct promoting *promoting, struct entry *entry)
{
    const struct cluster *cluster = &promoting->clusters[entry->cluster];
    const struct promotion *taker = cluster_taker(promoting, cluster);
    const bool is_unsettled = entry->unsettled != promoting->unsettled;
    if (taker != NULL || (is_unsettled && !weigh_cluster(promoting, entry->cluster, entry))) {
        tell_cluster(promoting, entry->cluster, taker);
        return;
    }
    if (is_unsettled && goes_back(promoting, entry)) {
        return;
    }
    struct stretch told = {.first = promoting->told_count};
    draft_begin(promoting);
    const struct contender *leader =
        draft_cluster(promoting, cluster, (struct hearing){.is_told = true});
    told.end = promoting->told_count;
    if (!promoting_is_spent(promoting)) {
        draft_take(promoting, leader, cluster->lines, told);
    }
    draft_end(promoting);
}

/* --- the round --- */

/* One over several lines makes its offer, or joins a cluster. */
static void
enter_together(struct promoting *promoting, struct contender *contender)
{
    const struct bid bid = bid_over_lines(promoting, contender);
    if (bid.verdict != PROMOTION_APPLIED) {
        promoting_tell(promoting, contender, SIZE_MAX, &bid);
        contender->is_out = true;
    } else if (!contender->is_compound) {
        const struct entry entry = {.kind = ENTRY_TOGETHER,
                                    .is_exclusive = contender->promotion->mode == MODE_EXCLUSIVE,
                                    .line = promoting->span.lines[0],
                                    .contender = (uint32_t)(contender - promoting->contenders),
                                    .gain_minor = bid.gain_minor};
        push(promoting, &entry);
    }
}

/* One that stands on lines by itself: which are they? */
static void
enter_alone(struct promoting *promoting, struct contender *contender)
{
    promoting_gather(promoting, contender);
    if (promoting->span.count == 0) {
        const struct bid bid = {.verdict = PROMOTION_NO_LINE};
        promoting_tell(promoting, contender, SIZE_MAX, &bid);
    }
    for (size_t index = 0; index < promoting->span.count; index++) {
        bit_set(promoting->round_bits, promoting->span.lines[index]);
    }
}

static void
enter_all(struct promoting *promoting)
{
    promoting->may_replace = false;
    memset(promoting->round_bits, 0, (promoting->line_count / 64 + 1) * sizeof(uint64_t));
    for (size_t index = promoting->first; index < promoting->end && !promoting_is_spent(promoting);
         index++) {
        struct contender *contender = &promoting->contenders[index];
        promoting->may_replace |= contender->is_best_price && promoting->stage != STAGE_LINE;
        if (contender->is_out) {
            const struct bid bid = contender_eligibility(promoting, contender);
            promoting_tell(promoting, contender, SIZE_MAX, &bid);
        } else if (contender->row->is_together) {
            enter_together(promoting, contender);
        } else {
            enter_alone(promoting, contender);
        }
    }
}

static void
enter_clusters(struct promoting *promoting)
{
    promoting_cluster(promoting);
    for (uint32_t number = 0; number < promoting->cluster_count; number++) {
        struct entry entry = {0};
        const bool is_worth = weigh_cluster(promoting, number, &entry);
        if (promoting_is_spent(promoting)) {
            return;
        }
        assert(is_worth); /* each that joined has made a bid of its own */
        push(promoting, &entry);
    }
}

static void
enter_lines(struct promoting *promoting)
{
    const size_t count = promoting->line_count;
    for (size_t line = bit_next(promoting->round_bits, count, 0);
         line < count && !promoting_is_spent(promoting);
         line = bit_next(promoting->round_bits, count, line + 1)) {
        struct entry entry = {0};
        if (best_on_line(promoting, (uint32_t)line, &entry)) {
            push(promoting, &entry);
        } else {
            tell_line(promoting, (uint32_t)line, NULL, NULL);
        }
    }
}

void
promoting_contest(struct promoting *promoting)
{
    static void (*const settle[])(struct promoting *,
                                  struct entry *) = {[ENTRY_LINE] = settle_line,
                                                     [ENTRY_TOGETHER] = settle_together,
                                                     [ENTRY_CLUSTER] = settle_cluster};
    enter_all(promoting);
    if (promoting_is_spent(promoting)) {
        return; /* not all that would join a cluster has made its bid */
    }
    enter_clusters(promoting);
    enter_lines(promoting);
    while (promoting->entry_count > 0 && !promoting_is_spent(promoting)) {
        struct entry entry = pop(promoting);
        settle[entry.kind](promoting, &entry);
    }
}
