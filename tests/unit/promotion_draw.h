/* promotion_draw.h -- tables and baskets drawn at random, by a fixed seed. */
#ifndef PURSER_PROMOTION_DRAW_H
#define PURSER_PROMOTION_DRAW_H

#include "promotion_bench.h"

enum { CASES = 4000 };

static uint64_t seed;

static inline int64_t
draw(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static inline const char *
draw_text(const char *const *texts, int64_t count)
{
    return texts[draw(count)];
}

static const char *const codes[] = {"P00", "P01", "P02", "P03", "P04", "P05", "P06", "P07",
                                    "P08", "P09", "P10", "P11", "P12", "P13", "P14", "P15"};
static const char *const sku_lists[] = {"", "", "", "S1", "S2 | S3", "S4|S1", "S9"};
static const char *const category_lists[] = {"", "", "", "tea", "mugs | tea"};
static const char *const never_lists[] = {"", "", "", "", "", "", "P01", "P03 | P00", "P02", "*"};

static inline void
draw_action(struct promotion *row)
{
    row->action = (enum promotion_action)draw(ACTION_COUNT);
    row->value_micros = row->action == ACTION_PERCENT ? draw(20) * 50000 : draw(30) * MICROS;
    row->value_minor = draw(3) == 0 ? 0 : draw(3000);
    row->buy = 1 + draw(4);
    row->get = 1 + draw(2);
    row->get_micros = draw(4) == 0 ? 500000 : MICROS;
    row->get_skus = draw(3) == 0 ? "S2 | G" : "";
    row->choice = (enum choice)draw(CHOICE_COUNT);
    row->grouping = (enum grouping)draw(GROUPING_COUNT);
    row->free_count = (enum free_count)draw(FREE_COUNT);
    row->free_form = (enum free_form)draw(FORM_COUNT);
    row->out_of_stock = (enum out_of_stock)draw(OUT_COUNT);
}

static inline void
draw_row(struct bench *bench)
{
    struct promotion *row = add_percent(bench, codes[bench->row_count], 10);
    draw_action(row);
    row->priority = draw(3);
    row->mode = (enum promotion_mode)draw(MODE_COUNT);
    row->skus = draw_text(sku_lists, 7);
    row->categories = draw_text(category_lists, 5);
    row->never_with = draw_text(never_lists, 10);
    row->together = draw(3) == 0;
    row->level = draw(4) == 0 ? LEVEL_ORDER : LEVEL_LINE;
    row->base = (enum threshold_base)draw(BASE_COUNT);
    row->repeats = draw(3) == 0;
    row->minimum_quantity_micros = draw(4) == 0 ? (1 + draw(6)) * MICROS : 0;
    row->minimum_amount_minor = draw(4) == 0 ? 1 + draw(6000) : 0;
    row->limit_order = draw(4) == 0 ? 1 + draw(3) : 0;
    row->limit_total = draw(4) == 0 ? 1 + draw(9) : 0;
    row->budget_minor = draw(5) == 0 ? 1 + draw(4000) : 0;
    row->needs_coupon = draw(8) == 0;
    row->valid_to = draw(12) == 0 ? bench_day - 1 : INT32_MAX;
    row->customers = draw(8) == 0 ? "NORD | SUD" : draw(12) == 0 ? "SUD" : "";
    row->groups = draw(12) == 0 ? "shops" : draw(12) == 0 ? "none" : "";
}

static inline void
draw_line(struct bench *bench)
{
    static const char *const skus[] = {"S1", "S2", "S3", "S4", "S5"};
    static const char *const categories[] = {"tea", "mugs", ""};
    struct promotion_line *line =
        add_line(bench, draw_text(skus, 5), 1 + draw(6), draw(5) == 0 ? draw(3) : draw(5000));
    line->category = draw_text(categories, 3);
    line->quantity_micros += draw(4) == 0 ? draw(MICROS) : 0;
    line->is_closed = draw(12) == 0;
}

static inline void
draw_bench(struct bench *bench, int round)
{
    seed = UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)(round + 1);
    bench_init(bench);
    bench->basket.model = (enum promotion_model)draw(MODEL_COUNT);
    for (int64_t count = 1 + draw(16); count > 0; count--) {
        draw_row(bench);
    }
    for (int64_t count = 1 + draw(8); count > 0; count--) {
        draw_line(bench);
    }
    for (int64_t count = draw(3); count > 0; count--) {
        add_coupon(bench, "X", codes[draw(16)])->limit_total = draw(2);
    }
    bench->rewards[bench->reward_count++] = (struct reward_fact){"G", draw(4) * MICROS};
    bench->rewards[bench->reward_count++] = (struct reward_fact){"S1", draw(4) * MICROS};
    for (size_t index = 0; index < bench->row_count && bench->usage_count < 3; index += 5) {
        struct promotion_fact *usage = add_usage(bench, &bench->rows[index]);
        usage->uses_total = usage->uses_customer = draw(4);
        usage->spent_minor = draw(1000);
    }
}

static inline void
shuffle(void *list, size_t size, size_t count)
{
    char kept[sizeof(struct promotion)];
    char *bytes = list;
    assert_true(size <= sizeof kept);
    for (size_t index = count; index-- > 1;) {
        const size_t other = (size_t)draw((int64_t)index + 1);
        memcpy(kept, bytes + index * size, size);
        memcpy(bytes + index * size, bytes + other * size, size);
        memcpy(bytes + other * size, kept, size);
    }
}

static inline int
stage_of(const struct promotion *row)
{
    const bool needs = row->minimum_amount_minor > 0 || row->minimum_quantity_micros > 0;
    return row->level == LEVEL_ORDER ? 2 : needs && row->action != ACTION_BUY_GET ? 1 : 0;
}

/* What promotion_candidates should find, by looking at each row. */
static inline bool
is_listed(const char *list, const char *word)
{
    char text[64];
    snprintf(text, sizeof text, "%s", list);
    char *rest = text;
    for (char *part = strsep(&rest, " |"); part != NULL; part = strsep(&rest, " |")) {
        if (part[0] != '\0' && strcmp(part, word) == 0) {
            return true;
        }
    }
    return false;
}

static inline bool
can_touch(const struct bench *bench, const struct promotion *row)
{
    bool has_line = false, has_coupon = !row->needs_coupon;
    for (size_t index = 0; index < bench->basket.line_count; index++) {
        has_line |= (row->skus[0] == '\0' && row->categories[0] == '\0') ||
                    is_listed(row->skus, bench->lines[index].sku) ||
                    is_listed(row->categories, bench->lines[index].category);
    }
    for (size_t index = 0; index < bench->basket.coupon_count; index++) {
        has_coupon |= strcmp(bench->coupons[index].promotion, row->code) == 0;
    }
    return has_line && has_coupon &&
           (row->customers[0] == '\0' || is_listed(row->customers, bench->basket.customer)) &&
           (row->groups[0] == '\0' || is_listed(row->groups, bench->basket.group));
}

#endif
