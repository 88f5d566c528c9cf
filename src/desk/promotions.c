/* From the rows of the table to what the rule takes: words become members of enums, amounts minor
 * units.  Then what the rule must know about one order. */
#include "desk/promotions.h"

#include "base/decimal.h"
#include "desk/facts.h"
#include "order/master.h"
#include "store/store_master.h"
#include "store/store_promotion.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int
word(const char *text, const char *const *names, int count)
{
    const int index = name_index(text, names, count);
    assert(index >= 0 && "the schema takes no other words");
    return index;
}

static bool
is_yes(const char *text)
{
    return strcmp(text, "yes") == 0;
}

/* Of a row without a currency amounts mean nothing, and the check says so. */
static int64_t
minor(const struct promotion_row *row, int64_t micros)
{
    const int exponent = currency_exponent(row->currency);
    return micros == MASTER_VALUE_NONE
               ? 0
               : money_extend(micros, MICROS, exponent < 0 ? 2 : exponent, ROUND_HALF_UP);
}

static enum free_form
form_of(const struct promotion_row *row)
{
    if (*row->given_as == '\0') {
        const bool on_top =
            word(row->free_units, free_count_names, FREE_COUNT) == (int)FREE_EXCLUSIVE;
        return on_top ? FORM_IN_KIND : FORM_REDUCTION;
    }
    return (enum free_form)word(row->given_as, free_form_names, FORM_COUNT);
}

static void
take_conditions(const struct promotion_row *row, struct promotion *promotion)
{
    promotion->code = row->code;
    promotion->name = row->name;
    promotion->name_zh = row->name_zh;
    promotion->priority = row->priority;
    promotion->mode = (enum promotion_mode)word(row->mode, promotion_mode_names, MODE_COUNT);
    promotion->valid_from = row->valid_from;
    promotion->valid_to = row->valid_to;
    promotion->customers = row->customers;
    promotion->groups = row->groups;
    promotion->channels = row->channels;
    promotion->currency = row->currency;
    promotion->needs_coupon = is_yes(row->needs_coupon);
    promotion->never_with = row->never_with;
    promotion->limit_order = row->limit_order;
    promotion->limit_customer = row->limit_customer;
    promotion->limit_total = row->limit_total;
    promotion->budget_minor = minor(row, row->budget_micros);
}

static void
take_object(const struct promotion_row *row, struct promotion *promotion)
{
    promotion->level = (enum promotion_level)word(row->level, promotion_level_names, LEVEL_COUNT);
    promotion->skus = row->skus;
    promotion->categories = row->categories;
    promotion->together = is_yes(row->together);
    promotion->minimum_quantity_micros = row->minimum_quantity_micros;
    promotion->minimum_amount_minor = minor(row, row->minimum_amount_micros);
    promotion->base =
        (enum threshold_base)word(row->threshold_base, threshold_base_names, BASE_COUNT);
    promotion->repeats = is_yes(row->repeats);
}

/* A value in a column that the action has no use for was told when the file was read. */
static bool
takes_amount(enum promotion_action action)
{
    return action == ACTION_AMOUNT || action == ACTION_AMOUNT_UNIT || action == ACTION_BUY_GET;
}

static void
take_action(const struct promotion_row *row, struct promotion *promotion)
{
    promotion->action =
        (enum promotion_action)word(row->action, promotion_action_names, ACTION_COUNT);
    promotion->value_micros = promotion->action == ACTION_PERCENT       ? row->percent_micros
                              : promotion->action == ACTION_FIXED_PRICE ? row->price_micros
                                                                        : 0;
    promotion->value_minor = takes_amount(promotion->action) ? minor(row, row->amount_micros) : 0;
    promotion->buy = row->buy;
    promotion->get = row->get;
    promotion->get_micros = row->get_percent_micros;
    assert(row->percent_micros <= MICROS && row->get_percent_micros <= MICROS &&
           "a percentage that is read is at most 100");
    promotion->get_skus = row->get_skus;
    promotion->choice = (enum choice)word(row->pick, choice_names, CHOICE_COUNT);
    promotion->grouping = (enum grouping)word(row->grouping, grouping_names, GROUPING_COUNT);
    promotion->free_count = (enum free_count)word(row->free_units, free_count_names, FREE_COUNT);
    promotion->free_form = form_of(row);
    promotion->out_of_stock =
        (enum out_of_stock)word(row->out_of_stock, out_of_stock_names, OUT_COUNT);
}

enum outcome
promotions_read(struct store *store, int64_t version_id, struct arena *arena,
                struct promotion **promotions, size_t *count, struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(promotion_rows(store, version_id, arena, &rows, count, why));
    *promotions = arena_array(arena, struct promotion, *count);
    for (size_t index = 0; index < *count; index++) {
        struct promotion *promotion = &(*promotions)[index];
        promotion->line = rows[index].line;
        take_conditions(&rows[index].promotion, promotion);
        take_object(&rows[index].promotion, promotion);
        take_action(&rows[index].promotion, promotion);
    }
    return DONE;
}

/* What is known of goods that may be given with one order, and how much of one at most. */
enum { GIFT_BYTES_MAX = PROMOTION_ORDER_BYTES_MAX / 2 };

/* -- One order -------------------------------------------------------------------------------- */

static enum outcome
table_in_force(struct facts *facts, const struct promotion_table **table, struct fault *why)
{
    struct promotion_book *book = &facts->book;
    if (book->table == NULL) {
        const struct master_versions *versions = NULL;
        struct promotion *promotions = NULL;
        size_t count = 0;
        TRY(facts_versions(facts, &versions, why));
        TRY(promotions_read(facts->store, versions->of[DOCUMENT_PROMOTIONS].id, &book->arena,
                            &promotions, &count, why));
        book->table = promotion_compile(promotions, count, &book->arena);
    }
    *table = book->table;
    return DONE;
}

/* Usage by all other orders, and by those of the customer. */
static enum outcome
read_usage(struct facts *facts, enum usage_kind kind, const char *code, const char *customer,
           struct usage *total, struct usage *own, struct fault *why)
{
    if (facts->ignores_uses) {
        return DONE;
    }
    TRY(promotion_usage(facts->store, kind, code, "", total, why));
    return promotion_usage(facts->store, kind, code, customer, own, why);
}

static enum outcome
read_coupon(struct facts *facts, const char *code, const char *customer, struct arena *arena,
            struct coupon_fact *coupon, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct coupon_row row;
    struct usage total = {0};
    struct usage own = {0};
    *coupon = (struct coupon_fact){.code = code, .promotion = "", .customer = ""};
    TRY(facts_versions(facts, &versions, why));
    const enum outcome found =
        promotion_coupon(facts->store, versions->of[DOCUMENT_COUPONS].id, code, arena, &row, why);
    if (found == NONE) {
        return DONE;
    }
    TRY(found);
    TRY(read_usage(facts, USAGE_COUPON, code, customer, &total, &own, why));
    *coupon = (struct coupon_fact){.code = code,
                                   .promotion = row.promotion,
                                   .valid_from = row.valid_from,
                                   .valid_to = row.valid_to,
                                   .customer = row.customer,
                                   .limit_total = row.limit_total,
                                   .limit_customer = row.limit_customer,
                                   .uses_total = total.uses,
                                   .uses_customer = own.uses};
    return DONE;
}

/* A limit asks what was used so far; most promotions have none. */
static enum outcome
count_uses(struct facts *facts, const char *customer, struct promotion_facts *known,
           struct fault *why)
{
    for (size_t index = 0; index < known->candidate_count; index++) {
        struct promotion_fact *candidate = &known->candidates[index];
        const struct promotion *promotion = candidate->promotion;
        struct usage total = {0};
        struct usage own = {0};
        if (promotion->limit_total == 0 && promotion->limit_customer == 0 &&
            promotion->budget_minor == 0) {
            continue;
        }
        TRY(read_usage(facts, USAGE_PROMOTION, promotion->code, customer, &total, &own, why));
        candidate->uses_total = total.uses;
        candidate->uses_customer = own.uses;
        candidate->spent_minor = total.spent_minor;
    }
    return DONE;
}

static int
compare_gift(const void *one, const void *other)
{
    return strcmp(((const struct gift_fact *)one)->sku, ((const struct gift_fact *)other)->sku);
}

/* The first name of a list "A | B". */
static const char *
first_of(const char *list, struct arena *arena)
{
    static const char blanks[] = " \t";
    const char *begin = list + strspn(list, blanks);
    size_t length = strcspn(begin, "|");
    while (length > 0 && strchr(blanks, begin[length - 1]) != NULL) {
        length--;
    }
    return arena_copy_bytes(arena, begin, length);
}

/* Whatever may be given in kind: the first product of a list, or those ordered. */
static size_t
name_gifts(const struct order *order, const struct promotion_facts *known, struct arena *arena,
           struct gift_fact *gifts)
{
    size_t count = 0;
    bool are_bought_given = false;
    for (size_t index = 0; index < known->candidate_count; index++) {
        const struct promotion *promotion = known->candidates[index].promotion;
        if (promotion->action != ACTION_BUY_GET || promotion->free_count != FREE_EXCLUSIVE ||
            promotion->free_form != FORM_IN_KIND) {
            continue;
        }
        if (promotion->get_skus[0] == '\0') {
            are_bought_given = true;
        } else {
            gifts[count++] = (struct gift_fact){.sku = first_of(promotion->get_skus, arena)};
        }
    }
    for (size_t index = 0; are_bought_given && index < order->line_count; index++) {
        gifts[count++] = (struct gift_fact){.sku = order->lines[index].sku};
    }
    return count;
}

static enum outcome
read_gift(struct facts *facts, const char *currency, struct arena *arena, struct gift_fact *gift,
          struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct product_row product;
    gift->unit = "";
    TRY(facts_versions(facts, &versions, why));
    arena_reset(&facts->rows);
    enum outcome found = master_product(facts->store, versions->of[DOCUMENT_PRODUCTS].id, gift->sku,
                                        &facts->rows, &product, why);
    if (found == DONE) {
        gift->unit = arena_copy(arena, product.unit);
    } else if (found != NONE) {
        return found;
    }
    TRY(facts_costs(facts, gift->sku, currency, arena, &gift->costs, why));
    found = promotion_stock(facts->store, versions->of[DOCUMENT_STOCK].id, gift->sku,
                            &gift->available_micros, why);
    gift->is_counted = found == DONE;
    return found == NONE ? DONE : found;
}

/* NONE: they are too many for one order. */
static enum outcome
read_gifts(struct facts *facts, const struct order *order, struct arena *arena,
           struct promotion_facts *known, struct fault *why)
{
    struct gift_fact *gifts =
        arena_array(arena, struct gift_fact, known->candidate_count + order->line_count);
    const size_t bytes_max = arena->bytes_used + GIFT_BYTES_MAX;
    const size_t named = name_gifts(order, known, arena, gifts);
    if (named > 1) {
        qsort(gifts, named, sizeof *gifts, compare_gift);
    }
    for (size_t index = 0; index < named; index++) {
        if (arena->bytes_used > bytes_max) {
            return NONE;
        }
        if (index == 0 || strcmp(gifts[index].sku, gifts[index - 1].sku) != 0) {
            gifts[known->gift_count] = gifts[index];
            TRY(read_gift(facts, order->currency, arena, &gifts[known->gift_count++], why));
        }
    }
    known->gifts = gifts;
    return DONE;
}

/* What candidates are found by: no amounts yet. */
static void
fill_basket(const struct order *order, const struct price_facts *price_facts, struct arena *arena,
            struct basket *basket)
{
    struct promotion_line *lines = arena_array(arena, struct promotion_line, order->line_count);
    for (size_t index = 0; index < order->line_count; index++) {
        lines[index].sku = order->lines[index].sku;
        lines[index].category = price_facts->lines[index].category;
    }
    *basket = (struct basket){.customer = price_facts->customer,
                              .group = price_facts->customer_group,
                              .channel = price_facts->channel,
                              .currency = order->currency,
                              .day = order->order_date,
                              .lines = lines,
                              .line_count = order->line_count,
                              .coupons = price_facts->promotions.coupons,
                              .coupon_count = price_facts->promotions.coupon_count};
}

enum outcome
promotions_of_order(struct facts *facts, const struct order *order, struct arena *arena,
                    struct price_facts *price_facts, struct fault *why)
{
    struct promotion_facts *known = &price_facts->promotions;
    struct basket basket;
    TRY(table_in_force(facts, &known->table, why));
    known->coupons = arena_array(arena, struct coupon_fact, order->coupon_count);
    known->coupon_count = order->coupon_count;
    for (size_t index = 0; index < order->coupon_count; index++) {
        TRY(read_coupon(facts, order->coupons[index], price_facts->customer, arena,
                        &known->coupons[index], why));
    }
    fill_basket(order, price_facts, arena, &basket);
    known->candidate_count = promotion_candidates(known->table, &basket, arena, &known->candidates);
    TRY(count_uses(facts, price_facts->customer, known, why));
    return read_gifts(facts, order, arena, known, why);
}
