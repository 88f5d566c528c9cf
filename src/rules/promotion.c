/* One order's promotions, round after round. */
#include "rules/promoting.h"

#include "base/fault.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const promotion_verdict_names[PROMOTION_VERDICT_COUNT] = {"applied",
                                                                      "lost",
                                                                      "replaced",
                                                                      "never-with",
                                                                      "not-yet-valid",
                                                                      "no-longer-valid",
                                                                      "other-customer",
                                                                      "other-group",
                                                                      "other-channel",
                                                                      "other-currency",
                                                                      "no-coupon",
                                                                      "coupon",
                                                                      "no-line",
                                                                      "quantity-not-reached",
                                                                      "amount-not-reached",
                                                                      "limit-order",
                                                                      "limit-customer",
                                                                      "limit-total",
                                                                      "budget",
                                                                      "nothing"};

const char *const coupon_verdict_names[COUPON_VERDICT_COUNT] = {
    "used",           "unused",  "unknown",          "not-yet-valid", "no-longer-valid",
    "other-customer", "used-up", "used-by-customer", "twice"};

/* --- contenders in their sequence --- */

static int
compare_codes(const void *one, const void *other)
{
    return strcmp(((const struct contender *)one)->promotion->code,
                  ((const struct contender *)other)->promotion->code);
}

static int
compare_turns(const void *one_pointer, const void *other_pointer)
{
    const struct contender *one = one_pointer;
    const struct contender *other = other_pointer;
    const int orders[] = {number_compare(one->row->stage, other->row->stage),
                          number_compare(other->promotion->priority, one->promotion->priority),
                          number_compare(one->promotion->action, other->promotion->action),
                          number_compare(one->code_rank, other->code_rank)};
    for (size_t at = 0; at < sizeof orders / sizeof *orders; at++) {
        if (orders[at] != 0) {
            return orders[at];
        }
    }
    return 0;
}

static struct contender
contender_of(const struct promoting *promoting, const struct promotion_fact *fact)
{
    const struct promotion_table *table = promoting->table;
    const struct promotion *promotion = fact->promotion;
    const bool is_within = promoting->basket->model == MODEL_WITHIN;
    assert(promotion >= table->promotions && promotion < table->promotions + table->count);
    return (struct contender){.row = &table->rows[promotion - table->promotions],
                              .promotion = promotion,
                              .fact = fact,
                              .is_best_price = is_within && promotion->mode == MODE_BEST_PRICE,
                              .is_compound = is_within && promotion->mode == MODE_COMPOUNDED};
}

static void
line_up(struct promoting *promoting, const struct promotion_fact *facts, size_t count)
{
    struct contender *contenders = arena_array(promoting->scratch, struct contender, count);
    promoting->contenders = contenders;
    promoting->contender_count = count;
    promoting->by_code = arena_array(promoting->scratch, uint32_t, count);
    for (size_t index = 0; index < count; index++) {
        contenders[index] = contender_of(promoting, &facts[index]);
    }
    qsort(contenders, count, sizeof *contenders, compare_codes);
    for (size_t index = 0; index < count; index++) {
        assert(index == 0 || compare_codes(&contenders[index - 1], &contenders[index]) < 0);
        contenders[index].code_rank = (uint32_t)index;
    }
    qsort(contenders, count, sizeof *contenders, compare_turns);
    for (size_t index = 0; index < count; index++) {
        promoting->by_code[contenders[index].code_rank] = (uint32_t)index;
    }
}

static bool
is_entangled(const struct contender *contender, bool is_any_loner)
{
    const struct promotion *promotion = contender->promotion;
    const bool is_limited =
        promotion->limit_order + promotion->limit_customer + promotion->limit_total > 0;
    return is_any_loner || contender->foe_count > 0 || promotion->budget_minor > 0 ||
           (contender->row->repeats && is_limited) ||
           (promotion->action == ACTION_BUY_GET && promotion->free_form == FORM_IN_KIND);
}

static void
prepare_contenders(struct promoting *promoting)
{
    bool is_any_loner = false;
    promoting_judge_coupons(promoting);
    promoting_find_foes(promoting);
    for (size_t index = 0; index < promoting->contender_count; index++) {
        struct contender *contender = &promoting->contenders[index];
        contender->is_out =
            contender_eligibility(promoting, contender).verdict != PROMOTION_APPLIED;
        promoting_find_shelves(promoting, contender);
        is_any_loner |= contender->is_loner;
    }
    for (size_t index = 0; index < promoting->contender_count; index++) {
        promoting->contenders[index].is_entangled =
            is_entangled(&promoting->contenders[index], is_any_loner);
    }
    promoting_fill_shelves(promoting);
}

/* --- lines, stock, room --- */

static void
prepare_lines(struct promoting *promoting)
{
    const struct basket *basket = promoting->basket;
    int128 sum = 0;
    promoting->line_count = basket->line_count;
    promoting->lines = arena_array(promoting->scratch, struct promoting_line, basket->line_count);
    for (size_t index = 0; index < basket->line_count; index++) {
        const struct promotion_line *line = &basket->lines[index];
        assert(line->list_minor >= 0 && line->quantity_micros > 0);
        promoting->lines[index] = (struct promoting_line){
            .line = line, .left_minor = line->list_minor, .now_minor = line->list_minor};
        sum += line->list_minor;
    }
    assert(sum <= PROMOTION_LIST_MAX_MINOR);
    promoting_shelve(promoting);
}

int
reward_compare(const void *one, const void *other)
{
    return strcmp(((const struct reward *)one)->sku, ((const struct reward *)other)->sku);
}

static void
prepare_rewards(struct promoting *promoting, const struct reward_fact *rewards, size_t count)
{
    promoting->reward_count = count;
    promoting->rewards = arena_array(promoting->scratch, struct reward, count);
    for (size_t index = 0; index < count; index++) {
        const int64_t units = rewards[index].available_micros / MICROS;
        promoting->rewards[index] =
            (struct reward){rewards[index].sku, units > 0 ? units : 0, units > 0 ? units : 0};
    }
    if (count > 1) {
        qsort(promoting->rewards, count, sizeof *promoting->rewards, reward_compare);
    }
}

static void
prepare_room(struct promoting *promoting)
{
    struct arena *scratch = promoting->scratch;
    const size_t lines = promoting->line_count;
    const size_t contenders = promoting->contender_count;
    promoting->span.lines = arena_array(scratch, uint32_t, lines);
    promoting->weights = arena_array(scratch, int64_t, 2 * lines);
    promoting->shares = arena_array(scratch, int64_t, lines);
    promoting->runs = arena_array(scratch, struct heap_run, lines);
    promoting->pending = arena_array(scratch, struct goods, lines);
    promoting->line_bits = arena_array(scratch, uint64_t, lines / 64 + 1);
    promoting->round_bits = arena_array(scratch, uint64_t, lines / 64 + 1);
    promoting->member_bits = arena_array(scratch, uint64_t, contenders / 64 + 1);
    promoting->parents = arena_array(scratch, uint32_t, lines);
    promoting->pairs = arena_array(scratch, uint64_t, lines + contenders);
    promoting->clusters = arena_array(scratch, struct cluster, lines);
    promoting->cluster_lines = arena_array(scratch, uint32_t, lines);
    promoting->cluster_members = arena_array(scratch, uint32_t, contenders);
    promoting->entries = arena_array(scratch, struct entry, 2 * lines + contenders);
}

/* Each is told once, or once per line where it stands on lines by itself; and beyond the most that
 * is told at most twice more. */
static void
prepare_telling(struct promoting *promoting, struct arena *arena)
{
    const size_t most = PROMOTION_TOLD_MAX + 2 * promoting->contender_count;
    size_t count = 0;
    for (size_t index = 0; index < promoting->contender_count; index++) {
        const struct contender *contender = &promoting->contenders[index];
        const bool is_once =
            contender->row->is_together || contender->is_out || contender->line_count == 0;
        count += is_once ? 1 : contender->line_count;
    }
    promoting->told_max = count < most ? count : most;
    promoting->told = arena_array(arena, struct promotion_told, promoting->told_max);
}

/* --- rounds --- */

static bool
is_same_round(const struct contender *one, const struct contender *other)
{
    return one->row->stage == other->row->stage &&
           one->promotion->priority == other->promotion->priority;
}

static void
go_round(struct promoting *promoting)
{
    while (promoting->end < promoting->contender_count && !promoting_is_spent(promoting)) {
        const struct contender *first = &promoting->contenders[promoting->end];
        promoting->first = promoting->end;
        while (promoting->end < promoting->contender_count &&
               is_same_round(first, &promoting->contenders[promoting->end])) {
            promoting->end++;
        }
        promoting->stage = first->row->stage;
        promoting->round++;
        promoting_contest(promoting);
    }
}

/* --- the result --- */

static void
put_reductions(const struct promoting *promoting, struct arena *arena,
               struct promotion_result *result)
{
    const struct steps *steps = &promoting->steps;
    const struct goods_list *goods = &promoting->goods;
    result->reductions = arena_array(arena, struct reduction, steps->count);
    for (size_t index = 0; index < steps->count; index++) {
        if (!steps->list[index].is_gone) {
            result->reductions[result->reduction_count++] = steps->list[index].reduction;
        }
    }
    result->free_goods = arena_array(arena, struct free_goods, goods->count);
    for (size_t index = 0; index < goods->count; index++) {
        if (!goods->list[index].is_gone) {
            result->free_goods[result->free_goods_count++] = goods->list[index].goods;
        }
    }
}

static void
put_uses(struct promoting *promoting, struct arena *arena, struct promotion_result *result)
{
    result->uses = arena_array(arena, struct promotion_use, promoting->applied_count);
    for (size_t rank = 0; rank < promoting->contender_count; rank++) {
        const struct contender *contender = &promoting->contenders[promoting->by_code[rank]];
        const struct tally *tally = &contender->so_far;
        if (tally->takes == 0) {
            continue;
        }
        const char *coupon = contender->coupon == NULL ? "" : contender->coupon->code;
        result->uses[result->use_count++] = (struct promotion_use){
            contender->promotion, coupon, tally->uses, tally->reduction_minor, tally->spent_minor};
        if (contender->coupon != NULL) {
            promoting->coupons[contender->coupon - promoting->basket->coupons] = COUPON_USED;
        }
    }
    assert(result->use_count == promoting->applied_count);
}

static void
put_result(struct promoting *promoting, struct arena *arena, struct promotion_result *result)
{
    if (promoting_is_spent(promoting)) {
        *result = (struct promotion_result){.is_too_much = true};
        return;
    }
    *result = (struct promotion_result){
        .net_minor = arena_array(arena, int64_t, promoting->line_count),
        .told = promoting->told,
        .told_count = promoting->told_count,
        .coupons = arena_array(arena, enum coupon_verdict, promoting->basket->coupon_count)};
    for (size_t index = 0; index < promoting->line_count; index++) {
        result->net_minor[index] = promoting->lines[index].left_minor;
    }
    put_reductions(promoting, arena, result);
    put_uses(promoting, arena, result);
    for (size_t index = 0; index < promoting->basket->coupon_count; index++) {
        result->coupons[index] = promoting->coupons[index];
    }
}

void
promotion_apply(const struct promotion_table *table, const struct basket *basket,
                const struct promotion_fact *facts, size_t count, const struct reward_fact *rewards,
                size_t reward_count, struct arena *arena, struct promotion_result *result)
{
    OWNED(arena) scratch;
    struct effort effort = {0};
    arena_init(&scratch, PROMOTING_BYTES_MAX);
    struct promoting promoting = {
        .table = table,
        .effort = &effort,
        .basket = basket,
        .scratch = &scratch,
        .draft_number = 1,
        .coupons = arena_array(&scratch, enum coupon_verdict, basket->coupon_count)};
    prepare_lines(&promoting);
    prepare_rewards(&promoting, rewards, reward_count);
    line_up(&promoting, facts, count);
    prepare_contenders(&promoting);
    prepare_room(&promoting);
    prepare_telling(&promoting, arena);
    go_round(&promoting);
    put_result(&promoting, arena, result);
}
