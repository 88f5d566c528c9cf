/* Compounded promotions of one round that share a line are one offer (MODEL_WITHIN).
 *
 * Where each of them stands on every line by itself, each line has a compound of its own.  One over
 * several lines joins these to a cluster, and clusters that share a line are one. */
#include "rules/promoting.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* --- clusters --- */

static bool
is_joining(const struct contender *contender)
{
    return contender->is_compound && contender->row->is_together && !contender->is_out;
}

/* The first line of those joined with this one. */
static uint32_t
root_of(const struct promoting *promoting, uint32_t line)
{
    while (promoting->parents[line] != line) {
        promoting->parents[line] = promoting->parents[promoting->parents[line]];
        line = promoting->parents[line];
    }
    return line;
}

bool
line_is_in_cluster(const struct promoting *promoting, uint32_t line)
{
    return promoting->lines[line].cluster_round == promoting->round;
}

static uint64_t
pair(size_t high, size_t low)
{
    return (uint64_t)high << 32 | (uint64_t)low;
}

static int
compare_pairs(const void *one_pointer, const void *other_pointer)
{
    const uint64_t one = *(const uint64_t *)one_pointer;
    const uint64_t other = *(const uint64_t *)other_pointer;
    return (one > other) - (one < other);
}

/* Join the lines of the span; returns how many are in a cluster now that were in none. */
static size_t
join(struct promoting *promoting, uint64_t *joined, size_t count)
{
    const struct span *span = &promoting->span;
    for (size_t index = 0; index < span->count; index++) {
        const uint32_t line = span->lines[index];
        if (!line_is_in_cluster(promoting, line)) {
            promoting->lines[line].cluster_round = promoting->round;
            promoting->parents[line] = line;
            joined[count++] = line;
        }
        const uint32_t one = root_of(promoting, span->lines[0]);
        const uint32_t other = root_of(promoting, line);
        promoting->parents[one > other ? one : other] = one < other ? one : other;
    }
    return count;
}

/* Turn joined lines into clusters. */
static void
make_clusters(struct promoting *promoting, uint64_t *joined, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        const uint32_t line = (uint32_t)joined[index];
        joined[index] = pair(root_of(promoting, line), line);
    }
    if (count > 1) {
        qsort(joined, count, sizeof *joined, compare_pairs);
    }
    for (size_t index = 0; index < count; index++) {
        const bool is_first = index == 0 || joined[index] >> 32 != joined[index - 1] >> 32;
        promoting->cluster_lines[index] = (uint32_t)(joined[index] & UINT32_MAX);
        if (is_first) {
            promoting->clusters[promoting->cluster_count++] =
                (struct cluster){.lines = {&promoting->cluster_lines[index], 0}};
        }
        struct cluster *cluster = &promoting->clusters[promoting->cluster_count - 1];
        cluster->lines.count++;
        promoting->lines[promoting->cluster_lines[index]].cluster =
            (uint32_t)promoting->cluster_count - 1;
    }
}

/* Give each cluster its members. */
static void
add_members(struct promoting *promoting, uint64_t *members)
{
    size_t count = 0;
    for (size_t index = promoting->first; index < promoting->end; index++) {
        const struct contender *contender = &promoting->contenders[index];
        if (is_joining(contender)) {
            members[count++] = pair(promoting->lines[contender->first_line].cluster, index);
        }
    }
    if (count > 1) {
        qsort(members, count, sizeof *members, compare_pairs);
    }
    for (size_t index = 0; index < count; index++) {
        struct cluster *cluster = &promoting->clusters[members[index] >> 32];
        promoting->cluster_members[index] = (uint32_t)(members[index] & UINT32_MAX);
        cluster->members =
            cluster->member_count == 0 ? &promoting->cluster_members[index] : cluster->members;
        cluster->member_count++;
    }
}

void
promoting_cluster(struct promoting *promoting)
{
    size_t count = 0;
    promoting->cluster_count = 0;
    for (size_t index = promoting->first; index < promoting->end; index++) {
        struct contender *contender = &promoting->contenders[index];
        if (is_joining(contender)) {
            promoting_gather(promoting, contender);
            promoting_leave_open(promoting, contender);
            assert(promoting->span.count > 0);
            contender->first_line = promoting->span.lines[0];
            count = join(promoting, promoting->pairs, count);
        }
    }
    make_clusters(promoting, promoting->pairs, count);
    add_members(promoting, promoting->pairs);
}

/* --- what a compound gives --- */

static void
hear(struct promoting *promoting, struct contender *contender, size_t line, const struct bid *bid,
     struct hearing hearing)
{
    struct bid heard = *bid;
    if (hearing.lost_to != NULL && heard.verdict == PROMOTION_APPLIED) {
        heard.verdict = PROMOTION_LOST;
        heard.other = hearing.lost_to;
    }
    if (hearing.is_told) {
        promoting_tell(promoting, contender, line, &heard);
    }
}

static void
add_alone(struct promoting *promoting, struct contender *contender, uint32_t line,
          struct hearing hearing)
{
    const bool is_heard = hearing.is_told && is_to_tell(promoting, contender);
    if (!is_heard && promoting->lines[line].stack_now >= PROMOTION_STACK_MAX) {
        return; /* nothing comes of it, and nobody hears of it */
    }
    const struct bid bid =
        bid_on_line(promoting, contender, line, promoting->lines[line].now_minor);
    hear(promoting, contender, line, &bid, hearing);
    if (bid.verdict == PROMOTION_APPLIED) {
        draft_alone(promoting, contender, line, &bid);
    }
}

static void
add_together(struct promoting *promoting, struct contender *contender, struct hearing hearing)
{
    promoting_gather(promoting, contender);
    promoting_leave_open(promoting, contender);
    const struct bid bid = bid_together(promoting, contender);
    hear(promoting, contender, SIZE_MAX, &bid, hearing);
    if (bid.verdict == PROMOTION_APPLIED) {
        draft_together(promoting, contender, &bid);
    }
}

/* One that stands on lines by itself: by the fewer lines, its own or the cluster's. */
static void
add_on_cluster(struct promoting *promoting, struct contender *contender,
               const struct cluster *cluster, struct hearing hearing)
{
    const size_t number = (size_t)(cluster - promoting->clusters);
    if (contender->line_count < cluster->lines.count) {
        promoting_gather(promoting, contender);
        for (size_t index = 0; index < promoting->span.count; index++) {
            const uint32_t line = promoting->span.lines[index];
            if (line_is_in_cluster(promoting, line) && promoting->lines[line].cluster == number) {
                add_alone(promoting, contender, line, hearing);
            }
        }
        return;
    }
    promoting_look(promoting, cluster->lines.count);
    for (size_t index = 0; index < cluster->lines.count; index++) {
        if (contender_is_on(promoting, contender, cluster->lines.lines[index])) {
            add_alone(promoting, contender, cluster->lines.lines[index], hearing);
        }
    }
}

/* Mark whoever takes part. */
static void
mark_members(struct promoting *promoting, const struct cluster *cluster)
{
    memset(promoting->member_bits, 0,
           ((promoting->end - promoting->first) / 64 + 1) * sizeof(uint64_t));
    for (size_t index = 0; index < cluster->member_count; index++) {
        bit_set(promoting->member_bits, cluster->members[index] - promoting->first);
    }
    for (size_t index = 0; index < cluster->lines.count; index++) {
        struct onlookers onlookers = onlookers_of(promoting, cluster->lines.lines[index]);
        for (const struct contender *contender = onlookers_next(&onlookers); contender != NULL;
             contender = onlookers_next(&onlookers)) {
            if (contender->is_compound) {
                const size_t place = (size_t)(contender - promoting->contenders);
                bit_set(promoting->member_bits, place - promoting->first);
            }
        }
    }
}

static const struct contender *
leader_of(const struct promoting *promoting)
{
    const size_t first = promoting->draft.gift_first;
    return first == promoting->gifts.count
               ? NULL
               : &promoting->contenders[promoting->gifts.list[first].contender];
}

const struct contender *
draft_cluster(struct promoting *promoting, const struct cluster *cluster, struct hearing hearing)
{
    const size_t count = promoting->end - promoting->first;
    mark_members(promoting, cluster);
    for (size_t index = bit_next(promoting->member_bits, count, 0);
         index < count && !promoting_is_spent(promoting);
         index = bit_next(promoting->member_bits, count, index + 1)) {
        struct contender *contender = &promoting->contenders[promoting->first + index];
        if (contender->row->is_together) {
            add_together(promoting, contender, hearing);
        } else {
            add_on_cluster(promoting, contender, cluster, hearing);
        }
    }
    return leader_of(promoting);
}

const struct contender *
draft_line(struct promoting *promoting, uint32_t line, struct hearing hearing)
{
    struct onlookers onlookers = onlookers_of(promoting, line);
    const struct promoting_line *at = &promoting->lines[line];
    for (struct contender *contender = onlookers_next(&onlookers);
         contender != NULL && (hearing.is_told || at->stack_now < PROMOTION_STACK_MAX);
         contender = onlookers_next(&onlookers)) {
        if (contender->is_compound) {
            add_alone(promoting, contender, line, hearing);
        }
    }
    return leader_of(promoting);
}
