/* What is wrong with a table of promotions: row by row, then between rows. */
#include "rules/promotion_checking.h"

#include "base/fault.h"

#include <stdlib.h>
#include <string.h>

bool
promotion_doubt_is_warning(enum promotion_doubt doubt)
{
    return doubt == DOUBT_VALUE_UNUSED || doubt == DOUBT_OVERLAP || doubt == DOUBT_SHADOWED ||
           doubt == DOUBT_SELF_FINANCED;
}

void
check_remark(struct checking *checking, enum promotion_doubt doubt, const struct checked *row,
             struct promotion_remark remark)
{
    remark.doubt = doubt;
    remark.promotion = row->row.promotion;
    checking->remarks = arena_grow(checking->scratch, checking->remarks, sizeof *checking->remarks,
                                   checking->remark_count, &checking->remark_capacity);
    checking->remarks[checking->remark_count++] = remark;
}

/* --- what an action uses --- */

static bool
gives_units(const struct promotion *promotion)
{
    return promotion->action == ACTION_BUY_GET;
}

static bool
gives_ordered_units(const struct promotion *promotion)
{
    return gives_units(promotion) && promotion->free_count == FREE_INCLUSIVE;
}

static bool
gives_goods(const struct promotion *promotion)
{
    return gives_units(promotion) && promotion->free_count == FREE_EXCLUSIVE &&
           promotion->free_form == FORM_IN_KIND;
}

static bool
gives_units_beyond(const struct promotion *promotion)
{
    return gives_units(promotion) && promotion->free_count == FREE_EXCLUSIVE;
}

static bool
takes_amount(const struct promotion *promotion)
{
    return promotion->action == ACTION_AMOUNT || promotion->action == ACTION_AMOUNT_UNIT ||
           gives_units_beyond(promotion);
}

static bool
takes_micros(const struct promotion *promotion)
{
    return promotion->action == ACTION_PERCENT || promotion->action == ACTION_FIXED_PRICE;
}

static bool
groups_units(const struct promotion *promotion)
{
    return gives_ordered_units(promotion) && promotion->get_skus[0] == '\0';
}

static bool
takes_percent_of_units(const struct promotion *promotion)
{
    return gives_units(promotion) &&
           (!gives_goods(promotion) || promotion->out_of_stock == OUT_REDUCTION);
}

static bool
may_repeat(const struct promotion *promotion)
{
    return promotion->action == ACTION_AMOUNT || gives_units(promotion);
}

static bool
has_minimum_amount(const struct promotion *promotion)
{
    return promotion->minimum_amount_minor > 0;
}

/* --- what stands in a row --- */

static bool
has_micros(const struct promotion *promotion)
{
    return promotion->value_micros != 0;
}

static bool
has_amount(const struct promotion *promotion)
{
    return promotion->value_minor != 0;
}

static bool
has_buy(const struct promotion *promotion)
{
    return promotion->buy != 0;
}

static bool
has_get(const struct promotion *promotion)
{
    return promotion->get != 0;
}

static bool
has_part(const struct promotion *promotion)
{
    return promotion->get_micros != 0 && promotion->get_micros != MICROS;
}

static bool
has_get_skus(const struct promotion *promotion)
{
    return promotion->get_skus[0] != '\0';
}

static bool
has_choice(const struct promotion *promotion)
{
    return promotion->choice != CHOOSE_CHEAPEST;
}

static bool
has_grouping(const struct promotion *promotion)
{
    return promotion->grouping != GROUPS_ALL;
}

static bool
has_free_count(const struct promotion *promotion)
{
    return promotion->free_count != FREE_INCLUSIVE;
}

static bool
has_form(const struct promotion *promotion)
{
    return promotion->free_form != FORM_REDUCTION;
}

static bool
has_out_of_stock(const struct promotion *promotion)
{
    return promotion->out_of_stock != OUT_OWED;
}

static bool
has_repeats(const struct promotion *promotion)
{
    return promotion->repeats;
}

static bool
has_base(const struct promotion *promotion)
{
    return promotion->base != BASE_LIST;
}

typedef bool question(const struct promotion *promotion);

static const struct {
    const char *column;
    question *has, *uses;
} columns[] = {{"percent", has_micros, takes_micros},
               {"amount", has_amount, takes_amount},
               {"buy", has_buy, gives_units},
               {"get", has_get, gives_units},
               {"get_percent", has_part, takes_percent_of_units},
               {"get_skus", has_get_skus, gives_units},
               {"pick", has_choice, gives_ordered_units},
               {"grouping", has_grouping, groups_units},
               {"free_units", has_free_count, gives_units},
               {"given_as", has_form, gives_units_beyond},
               {"out_of_stock", has_out_of_stock, gives_goods},
               {"repeats", has_repeats, may_repeat},
               {"threshold_base", has_base, has_minimum_amount}};

static void
check_unused(struct checking *checking, const struct checked *row)
{
    for (size_t index = 0; index < sizeof columns / sizeof *columns; index++) {
        if (columns[index].has(row->row.promotion) && !columns[index].uses(row->row.promotion)) {
            check_remark(checking, DOUBT_VALUE_UNUSED, row,
                         (struct promotion_remark){.column = columns[index].column});
        }
    }
}

/* --- errors of one row --- */

static bool
needs_amount(const struct promotion *promotion)
{
    const bool is_valued =
        gives_units_beyond(promotion) && has_get_skus(promotion) &&
        (promotion->free_form == FORM_REDUCTION || promotion->out_of_stock == OUT_REDUCTION);
    return promotion->action == ACTION_AMOUNT || promotion->action == ACTION_AMOUNT_UNIT ||
           is_valued;
}

static bool
lacks_percent(const struct promotion *promotion)
{
    return promotion->action == ACTION_PERCENT && promotion->value_micros <= 0;
}

static bool
lacks_amount(const struct promotion *promotion)
{
    return needs_amount(promotion) && promotion->value_minor <= 0;
}

static bool
lacks_part(const struct promotion *promotion)
{
    return takes_percent_of_units(promotion) && promotion->get_micros <= 0;
}

static bool
lacks_threshold(const struct promotion *promotion)
{
    return promotion->repeats && may_repeat(promotion) && promotion->minimum_amount_minor == 0 &&
           promotion->minimum_quantity_micros == 0;
}

static bool
lacks_currency(const struct promotion *promotion)
{
    const bool has_any = has_amount(promotion) || has_minimum_amount(promotion) ||
                         promotion->budget_minor > 0 || promotion->action == ACTION_FIXED_PRICE;
    return has_any && promotion->currency[0] == '\0';
}

static bool
is_buy_wrong(const struct promotion *promotion)
{
    return gives_units(promotion) && (promotion->buy < 1 || promotion->buy > PROMOTION_UNITS_MAX);
}

static bool
is_get_wrong(const struct promotion *promotion)
{
    return gives_units(promotion) && (promotion->get < 1 || promotion->get > PROMOTION_UNITS_MAX);
}

static bool
is_over_before(const struct promotion *promotion)
{
    return promotion->valid_to < promotion->valid_from;
}

static bool
takes_all(const struct promotion *promotion)
{
    const bool is_amount =
        promotion->action == ACTION_AMOUNT || promotion->action == ACTION_AMOUNT_UNIT;
    return (promotion->action == ACTION_FIXED_PRICE && promotion->value_micros == 0) ||
           (is_amount && has_minimum_amount(promotion) &&
            promotion->value_minor >= promotion->minimum_amount_minor);
}

static const struct {
    enum promotion_doubt doubt;
    const char *column;
    question *is_so;
} doubts[] = {{DOUBT_VALUE_MISSING, "percent", lacks_percent},
              {DOUBT_VALUE_MISSING, "amount", lacks_amount},
              {DOUBT_VALUE_MISSING, "get_percent", lacks_part},
              {DOUBT_VALUE_MISSING, "minimum_amount", lacks_threshold},
              {DOUBT_CURRENCY, "currency", lacks_currency},
              {DOUBT_BUY_GET, "buy", is_buy_wrong},
              {DOUBT_BUY_GET, "get", is_get_wrong},
              {DOUBT_PERIOD, "valid_to", is_over_before},
              {DOUBT_SELF_FINANCED, "action", takes_all}};

static void
check_values(struct checking *checking, struct checked *row)
{
    for (size_t index = 0; index < sizeof doubts / sizeof *doubts; index++) {
        if (doubts[index].is_so(row->row.promotion)) {
            row->is_sound &= promotion_doubt_is_warning(doubts[index].doubt);
            check_remark(checking, doubts[index].doubt, row,
                         (struct promotion_remark){.column = doubts[index].column});
        }
    }
}

/* --- names of others --- */

static int
compare_codes(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static const char **
sorted_codes(const struct checking *checking)
{
    const char **codes = arena_array(checking->scratch, const char *, checking->count);
    for (size_t index = 0; index < checking->count; index++) {
        codes[index] = checking->rows[index].row.promotion->code;
    }
    if (checking->count > 1) {
        qsort(codes, checking->count, sizeof *codes, compare_codes);
    }
    return codes;
}

static void
check_names(struct checking *checking)
{
    const char **codes = sorted_codes(checking);
    for (size_t index = 0; index < checking->count; index++) {
        const struct checked *row = &checking->rows[index];
        for (size_t at = 0; at < row->row.never_with.count; at++) {
            const char *name = row->row.never_with.words[at].text;
            const bool is_known =
                strcmp(name, "*") == 0 ||
                (strcmp(name, row->row.promotion->code) != 0 &&
                 bsearch(&name, codes, checking->count, sizeof name, compare_codes) != NULL);
            if (!is_known) {
                check_remark(checking, DOUBT_NEVER_WITH, row,
                             (struct promotion_remark){.column = "never_with",
                                                       .text = arena_copy(checking->arena, name)});
            }
        }
    }
}

/* --- the whole --- */

static int
compare_remarks(const void *one_pointer, const void *other_pointer)
{
    const struct promotion_remark *one = one_pointer;
    const struct promotion_remark *other = other_pointer;
    const int by_line = number_compare(one->promotion->line, other->promotion->line);
    const int by_code =
        by_line != 0 ? by_line : strcmp(one->promotion->code, other->promotion->code);
    const int by_doubt =
        by_code != 0 ? by_code : number_compare((int64_t)one->doubt, (int64_t)other->doubt);
    const int by_column = by_doubt != 0 ? by_doubt : strcmp(one->column, other->column);
    return by_column != 0 || one->text == NULL || other->text == NULL
               ? by_column
               : strcmp(one->text, other->text);
}

static int
compare_lines(const void *one_pointer, const void *other_pointer)
{
    const struct promotion *one = ((const struct checked *)one_pointer)->row.promotion;
    const struct promotion *other = ((const struct checked *)other_pointer)->row.promotion;
    const int by_line = number_compare(one->line, other->line);
    return by_line != 0 ? by_line : strcmp(one->code, other->code);
}

size_t
promotion_check(const struct promotion *rows, size_t count, size_t max, struct arena *arena,
                struct promotion_remark **remarks)
{
    OWNED(arena) scratch;
    arena_init(&scratch, PROMOTING_BYTES_MAX);
    struct checking checking = {.scratch = &scratch,
                                .arena = arena,
                                .rows = arena_array(&scratch, struct checked, count),
                                .count = count};
    for (size_t index = 0; index < count; index++) {
        struct checked *row = &checking.rows[index];
        promotion_row_read(&rows[index], &scratch, &row->row);
        row->is_sound = true;
    }
    if (count > 1) {
        qsort(checking.rows, count, sizeof *checking.rows, compare_lines);
    }
    for (size_t index = 0; index < count; index++) {
        check_values(&checking, &checking.rows[index]);
        check_unused(&checking, &checking.rows[index]);
    }
    check_names(&checking);
    check_overlaps(&checking);
    check_shadows(&checking);
    check_crowd(&checking);
    if (checking.remark_count > 1) {
        qsort(checking.remarks, checking.remark_count, sizeof *checking.remarks, compare_remarks);
    }
    const size_t kept = checking.remark_count < max ? checking.remark_count : max;
    *remarks = arena_array(arena, struct promotion_remark, kept);
    if (kept > 0) {
        memcpy(*remarks, checking.remarks, kept * sizeof **remarks);
    }
    return kept;
}
