#include "reports/sales_gather.h"

#include "base/decimal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of what a section is about, as temp.sold_sum has it. */
enum sum {
    SUM_NEWEST,
    SUM_ORDERS,
    SUM_LIST,
    SUM_DISCOUNT,
    SUM_RETURNED,
    SUM_NET,
    SUM_TAX,
    SUM_COST,
    SUM_COSTED,
    SUM_EXACT,
    SUM_ROUNDED,
    SUM_FREIGHT,
    SUM_COUNT
};

/* Of what was sold, as temp.sold_line has it; and which of the products (without unit) it is. */
enum line_sum {
    LINE_NEWEST,
    LINE_LINES,
    LINE_QUANTITY,
    LINE_DISCOUNT,
    LINE_RETURNED,
    LINE_NET,
    LINE_TAX,
    LINE_COST,
    LINE_COSTED,
    LINE_EXACT,
    LINE_ROUNDED,
    LINE_SUMS,
    LINE_SKU = LINE_SUMS,
    LINE_WIDTH
};

enum promotion_sum { PROMOTION_ORDERS, PROMOTION_DISCOUNT, PROMOTION_ENTRY, PROMOTION_WIDTH };
enum came_sum { CAME_ORDERS, CAME_NET, CAME_TAX, CAME_FREIGHT, CAME_WIDTH };

struct gathering {
    const struct outline_view *view;
    struct store *store;
    const struct named_value *values; /* of the period */
    size_t value_count;
    struct tally sums;       /* topic, currency, name, detail */
    struct tally lines;      /* currency, sku, unit, options */
    struct tally skus;       /* currency, sku */
    struct tally promotions; /* currency, promotion */
    struct tally came;       /* currency, state */
};

static void
gathering_close(struct gathering *gathering)
{
    tally_close(&gathering->sums);
    tally_close(&gathering->lines);
    tally_close(&gathering->skus);
    tally_close(&gathering->promotions);
    tally_close(&gathering->came);
}

/* An entry, of a row of sales_entries; its texts last as long as that. */
enum entry_column {
    ENTRY_ID,
    ENTRY_ORDER_ID,
    ENTRY_VERSION,
    ENTRY_KIND,
    ENTRY_SIGN,
    ENTRY_DAY,
    ENTRY_CURRENCY,
    ENTRY_CUSTOMER,
    ENTRY_CUSTOMERS_VERSION,
    ENTRY_PRODUCTS_VERSION,
    ENTRY_INCLUDES_TAX,
    ENTRY_PARTNER,
    ENTRY_SALES_PERSON,
    ENTRY_COUNTRY,
    ENTRY_REGION,
    ENTRY_LIST,
    ENTRY_NET,
    ENTRY_TAX,
    ENTRY_COST,
    ENTRY_COSTED,
    ENTRY_EXACT,
    ENTRY_ROUNDED,
    ENTRY_FREIGHT,
};
struct entry {
    const struct rows *rows;
    int64_t id;
    int64_t order_id;
    int64_t version;
    int64_t sign;
    int64_t products_version;
    const char *currency;
    const char *kind;
    bool is_returned;
    bool includes_tax;
};

static struct entry
entry_of(const struct rows *rows)
{
    const char *kind = rows_text(rows, ENTRY_KIND);
    return (struct entry){
        .rows = rows,
        .id = rows_integer(rows, ENTRY_ID),
        .order_id = rows_integer(rows, ENTRY_ORDER_ID),
        .version = rows_integer(rows, ENTRY_VERSION),
        .sign = rows_integer(rows, ENTRY_SIGN),
        .products_version = rows_integer(rows, ENTRY_PRODUCTS_VERSION),
        .currency = rows_text(rows, ENTRY_CURRENCY),
        .kind = kind,
        .is_returned = strcmp(kind, "returned") == 0,
        .includes_tax = rows_integer(rows, ENTRY_INCLUDES_TAX) != 0,
    };
}

static void
keep_newest(int64_t *newest, int64_t version)
{
    *newest = *newest < version ? version : *newest;
}

/* ---- what an entry comes to ----------------------------------------------------------------- */

/* By everything that a section is about. */
static void
add_entry(struct gathering *gathering, const struct entry *entry, const int64_t amounts[SUM_COUNT])
{
    char day[24];
    const char *currency = entry->currency;
    const struct rows *rows = entry->rows;
    snprintf(day, sizeof day, "%d", (int)rows_integer(rows, ENTRY_DAY));
    const char *const keys[][TALLY_PARTS_MAX] = {
        {"day", currency, day, ""},
        {"kind", currency, entry->kind, ""},
        {"customer", currency, rows_text(rows, ENTRY_CUSTOMER), ""},
        {"partner", currency, rows_text(rows, ENTRY_PARTNER), ""},
        {"person", currency, rows_text(rows, ENTRY_SALES_PERSON), ""},
        {"place", currency, rows_text(rows, ENTRY_COUNTRY), rows_text(rows, ENTRY_REGION)},
    };
    for (size_t index = 0; index < sizeof keys / sizeof keys[0]; index++) {
        const size_t group = tally_at(&gathering->sums, keys[index]);
        keep_newest(&tally_sums(&gathering->sums, group)[SUM_NEWEST],
                    rows_integer(rows, ENTRY_CUSTOMERS_VERSION));
        for (size_t sum = SUM_NEWEST + 1; sum < SUM_COUNT; sum++) {
            tally_add(&gathering->sums, group, sum, amounts[sum]);
        }
    }
}

/* All lines of a version, or all of them back. */
static void
add_whole(struct gathering *gathering, const struct entry *entry)
{
    const struct rows *rows = entry->rows;
    const int64_t list = rows_integer(rows, ENTRY_LIST);
    const int64_t net = rows_integer(rows, ENTRY_NET);
    const bool is_exact = !rows_is_null(rows, ENTRY_EXACT);
    const int64_t amounts[SUM_COUNT] = {
        [SUM_ORDERS] = entry->sign,
        [SUM_LIST] = list,
        [SUM_DISCOUNT] = list - net,
        [SUM_NET] = net,
        [SUM_TAX] = rows_integer(rows, ENTRY_TAX),
        [SUM_COST] = rows_integer(rows, ENTRY_COST),
        [SUM_COSTED] = rows_integer(rows, ENTRY_COSTED),
        [SUM_EXACT] = rows_integer(rows, ENTRY_EXACT),
        [SUM_ROUNDED] = is_exact ? rows_integer(rows, ENTRY_ROUNDED) : 0,
        [SUM_FREIGHT] = rows_integer(rows, ENTRY_FREIGHT),
    };
    add_entry(gathering, entry, amounts);
}

/* ---- its lines ------------------------------------------------------------------------------ */

/* Which product of which unit and options. */
static size_t
line_group(struct gathering *gathering, const struct entry *entry, const char *sku,
           const char *unit, const char *options)
{
    const size_t known = gathering->lines.count;
    const size_t group =
        tally_at(&gathering->lines, (const char *const[]){entry->currency, sku, unit, options});
    int64_t *sums = tally_sums(&gathering->lines, group);
    if (gathering->lines.count > known) {
        sums[LINE_SKU] =
            (int64_t)tally_at(&gathering->skus, (const char *const[]){entry->currency, sku});
    }
    keep_newest(&sums[LINE_NEWEST], entry->products_version);
    return group;
}

static void
add_line(struct gathering *gathering, size_t group, const int64_t amounts[LINE_SUMS], int64_t sign)
{
    for (size_t sum = LINE_NEWEST + 1; sum < LINE_SUMS; sum++) {
        tally_add(&gathering->lines, group, sum, sign * amounts[sum]);
    }
}

/* What discounts and promotions took off it, without tax. */
static int64_t
taken_off(const struct entry *entry, int64_t list, int64_t net, int64_t tax,
          int64_t tax_rate_micros)
{
    return entry->includes_tax
               ? (int64_t)(((int128)(list - net - tax) * MICROS + (MICROS + tax_rate_micros) / 2) /
                           (MICROS + tax_rate_micros))
               : list - net;
}

/* The columns of the two statements beside each other. */
enum line_column { AT_ORDINAL, AT_SKU, AT_UNIT, AT_OPTIONS, AT_QUANTITY, AT_IS_MANUAL };
enum price_column {
    AT_NET = 1,
    AT_LIST,
    AT_DISCOUNT,
    AT_EXACT,
    AT_TAX_RATE,
    AT_TAX,
    AT_COST,
};

static void
add_priced_line(struct gathering *gathering, const struct entry *entry, const struct rows *lines,
                const struct rows *prices)
{
    const int64_t list = rows_integer(prices, AT_LIST);
    const int64_t net = rows_integer(prices, AT_NET);
    const int64_t tax = rows_integer(prices, AT_TAX);
    const bool is_exact = !entry->includes_tax && !rows_is_null(prices, AT_EXACT);
    const int64_t amounts[LINE_SUMS] = {
        [LINE_LINES] = 1,
        [LINE_QUANTITY] = rows_integer(lines, AT_QUANTITY),
        [LINE_DISCOUNT] = taken_off(entry, list, net, tax, rows_integer(prices, AT_TAX_RATE)),
        [LINE_NET] = net,
        [LINE_TAX] = tax,
        [LINE_COST] = rows_integer(prices, AT_COST),
        [LINE_COSTED] = rows_is_null(prices, AT_COST) ? 0 : net,
        [LINE_EXACT] = is_exact ? rows_integer(prices, AT_EXACT) : 0,
        [LINE_ROUNDED] = is_exact ? list - rows_integer(prices, AT_DISCOUNT) : 0,
    };
    const size_t group = line_group(gathering, entry, rows_text(lines, AT_SKU),
                                    rows_text(lines, AT_UNIT), rows_text(lines, AT_OPTIONS));
    add_line(gathering, group, amounts, entry->sign);
    int64_t *sku =
        tally_sums(&gathering->skus, (size_t)tally_sums(&gathering->lines, group)[LINE_SKU]);
    if (sku[SOLD_SKU_ENTRY] != entry->id) { /* an order with several such lines is one */
        sku[SOLD_SKU_ENTRY] = entry->id;
        sku[SOLD_SKU_ORDERS] += entry->sign;
    }
}

enum outcome
sales_next_line(struct rows *lines, struct rows *prices, struct fault *why)
{
    TRY(rows_next(prices, why));
    do {
        TRY(rows_next(lines, why));
    } while (rows_integer(lines, 0) < rows_integer(prices, 0));
    assert(rows_integer(lines, 0) == rows_integer(prices, 0) && "a price is that of a line");
    return DONE;
}

static enum outcome
add_lines(struct gathering *gathering, const struct entry *entry, struct fault *why)
{
    OWNED(rows) lines = {0};
    OWNED(rows) prices = {0};
    enum outcome outcome;
    TRY(store_query(gathering->store, SQL_sales_lines, &lines, why, INTEGER(entry->order_id),
                    INTEGER(entry->version)));
    TRY(store_query(gathering->store, SQL_sales_prices, &prices, why, INTEGER(entry->order_id),
                    INTEGER(entry->version)));
    while ((outcome = sales_next_line(&lines, &prices, why)) == DONE) {
        add_priced_line(gathering, entry, &lines, &prices);
        if (rows_integer(&lines, AT_IS_MANUAL) != 0 && entry->sign == 1) {
            TRY(store_run(gathering->store, SQL_sales_add_manual, why, TEXT(entry->currency),
                          INTEGER(entry->order_id), INTEGER(entry->version),
                          INTEGER(rows_integer(&lines, AT_ORDINAL))));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* What is taken off single lines: cancelled, or come back. */
enum less_column {
    LESS_SKU,
    LESS_UNIT,
    LESS_OPTIONS,
    LESS_QUANTITY,
    LESS_LIST,
    LESS_NET,
    LESS_TAX,
    LESS_COST,
};

static void
add_line_less(struct gathering *gathering, const struct entry *entry, const struct rows *rows,
              int64_t whole[SUM_COUNT])
{
    const int64_t list = rows_integer(rows, LESS_LIST);
    const int64_t net = rows_integer(rows, LESS_NET);
    const int64_t amounts[LINE_SUMS] = {
        [LINE_QUANTITY] = rows_integer(rows, LESS_QUANTITY),
        [LINE_DISCOUNT] = entry->is_returned ? 0 : list - net,
        [LINE_RETURNED] = entry->is_returned ? -net : 0,
        [LINE_NET] = net,
        [LINE_TAX] = rows_integer(rows, LESS_TAX),
        [LINE_COST] = rows_integer(rows, LESS_COST),
        [LINE_COSTED] = rows_is_null(rows, LESS_COST) ? 0 : net,
    };
    add_line(gathering,
             line_group(gathering, entry, rows_text(rows, LESS_SKU), rows_text(rows, LESS_UNIT),
                        rows_text(rows, LESS_OPTIONS)),
             amounts, 1);
    whole[SUM_LIST] += entry->is_returned ? 0 : list;
    whole[SUM_DISCOUNT] += amounts[LINE_DISCOUNT];
    whole[SUM_RETURNED] += amounts[LINE_RETURNED];
    whole[SUM_NET] += net;
    whole[SUM_TAX] += amounts[LINE_TAX];
    whole[SUM_COST] += amounts[LINE_COST];
    whole[SUM_COSTED] += amounts[LINE_COSTED];
}

static enum outcome
add_less(struct gathering *gathering, const struct entry *entry, struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t whole[SUM_COUNT] = {0};
    bool is_any = false;
    enum outcome outcome;
    TRY(store_query(gathering->store, SQL_sales_lines_less, &rows, why, INTEGER(entry->order_id),
                    INTEGER(entry->version), INTEGER(entry->id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        add_line_less(gathering, entry, &rows, whole);
        is_any = true;
    }
    if (is_any) {
        add_entry(gathering, entry, whole);
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- promotions ----------------------------------------------------------------------------- */

/* An order that was changed has several entries, and counts once. */
static enum outcome
was_counted(const struct gathering *gathering, const struct entry *entry, const char *promotion,
            bool *was, struct fault *why)
{
    const bool is_booked = gathering->view->request->day_view == DAY_BOOKED;
    const struct period period = gathering->view->periods[SPAN_NOW];
    int64_t number = 0;
    if (strcmp(entry->kind, "ordered") != 0) { /* the first that the ledger has of an order */
        TRY(store_number(gathering->store,
                         is_booked ? SQL_sales_is_promoted_before_booked
                                   : SQL_sales_is_promoted_before_ordered,
                         0, &number, why, INTEGER(entry->order_id), INTEGER(entry->id),
                         TEXT(entry->currency), TEXT(promotion), INTEGER(period.first_day),
                         INTEGER(period.last_day), INTEGER(gathering->view->request->as_of_ms)));
    }
    *was = number != 0;
    return DONE;
}

/* What they took off what was ordered (what was cancelled of it later in part is not taken back
 * here). */
static enum outcome
add_promotions(struct gathering *gathering, const struct entry *entry, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    struct tally *promotions = &gathering->promotions;
    TRY(store_query(gathering->store, SQL_sales_reductions, &rows, why, INTEGER(entry->order_id),
                    INTEGER(entry->version)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *promotion = rows_text(&rows, 0);
        const size_t group =
            tally_at(promotions, (const char *const[]){entry->currency, promotion});
        tally_add(promotions, group, PROMOTION_DISCOUNT, entry->sign * rows_integer(&rows, 1));
        if (tally_sums(promotions, group)[PROMOTION_ENTRY] != entry->id) {
            bool was = false;
            tally_sums(promotions, group)[PROMOTION_ENTRY] = entry->id;
            TRY(was_counted(gathering, entry, promotion, &was, why));
            tally_add(promotions, group, PROMOTION_ORDERS, was ? 0 : 1);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static enum outcome
take_entry(struct gathering *gathering, const struct entry *entry, struct fault *why)
{
    if (entry->sign == 0) {
        return add_less(gathering, entry, why);
    }
    add_whole(gathering, entry);
    TRY(add_lines(gathering, entry, why));
    return add_promotions(gathering, entry, why);
}

static enum outcome
read_entries(struct gathering *gathering, struct fault *why)
{
    OWNED(rows) rows = {0};
    int64_t last_id = 0;
    enum outcome outcome;
    TRY(store_query_named(gathering->store,
                          gathering->view->request->day_view == DAY_BOOKED
                              ? SQL_sales_entries_booked
                              : SQL_sales_entries_ordered,
                          gathering->values, gathering->value_count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const struct entry entry = entry_of(&rows);
        if (entry.id != last_id) { /* a second row: its order has a ship-to and a sold-to */
            last_id = entry.id;
            TRY(take_entry(gathering, &entry, why));
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- orders that came ----------------------------------------------------------------------- */

static enum outcome
add_unsold(struct gathering *gathering, const struct rows *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct tally *came = &gathering->came;
    TRY(store_query(gathering->store, SQL_sales_came_state, &rows, why,
                    INTEGER(gathering->view->request->as_of_ms), INTEGER(rows_integer(order, 1)),
                    INTEGER(rows_integer(order, 2))));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome != DONE) {
        return outcome == NONE ? DONE : outcome; /* another version is in its place */
    }
    const size_t group =
        tally_at(came, (const char *const[]){rows_text(order, 0), rows_text(&rows, 0)});
    tally_add(came, group, CAME_ORDERS, 1);
    tally_add(came, group, CAME_NET, rows_integer(&rows, 1));
    tally_add(came, group, CAME_TAX, rows_integer(&rows, 2));
    tally_add(came, group, CAME_FREIGHT, rows_integer(&rows, 3));
    return DONE;
}

static enum outcome
read_came(struct gathering *gathering, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(gathering->store, SQL_sales_came, gathering->values,
                          gathering->value_count, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        if (rows_integer(&rows, 3) == 0) {
            TRY(add_unsold(gathering, &rows, why));
        } else {
            struct tally *came = &gathering->came;
            tally_add(came, tally_at(came, (const char *const[]){rows_text(&rows, 0), "sold"}),
                      CAME_ORDERS, 1);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- into the scratch tables ---------------------------------------------------------------- */

enum { COLUMNS_MAX = 20 };

/* A row for each group: its key, then `sum_count` of its sums. */
static enum outcome
put_groups(struct gathering *gathering, const struct tally *tally, size_t sum_count,
           enum statement statement, struct fault *why)
{
    struct value values[COLUMNS_MAX];
    enum outcome outcome = DONE;
    if (tally->is_beyond) {
        return fail(why, "the amounts of this period come to more than 64 bits can hold");
    }
    assert(tally->part_count + sum_count <= COLUMNS_MAX);
    size_t *order = tally_order(tally);
    for (size_t index = 0; index < tally->count && outcome == DONE; index++) {
        const int64_t *sums = tally_sums(tally, order[index]);
        for (size_t part = 0; part < tally->part_count; part++) {
            values[part] = TEXT(tally_part(tally, order[index], part));
        }
        for (size_t sum = 0; sum < sum_count; sum++) {
            values[tally->part_count + sum] = INTEGER(sums[sum]);
        }
        outcome = store_run_values(gathering->store, statement, values,
                                   tally->part_count + sum_count, why);
    }
    free(order);
    return outcome;
}

static enum outcome
put_all(struct gathering *gathering, struct fault *why)
{
    TRY(put_groups(gathering, &gathering->sums, SUM_COUNT, SQL_sales_add_sum, why));
    TRY(put_groups(gathering, &gathering->lines, LINE_SUMS, SQL_sales_add_line, why));
    TRY(put_groups(gathering, &gathering->promotions, PROMOTION_ENTRY, SQL_sales_add_promotion,
                   why));
    return put_groups(gathering, &gathering->came, CAME_WIDTH, SQL_sales_add_came, why);
}

static enum outcome
run_all(const struct gathering *gathering, const enum statement *steps, size_t count,
        struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        TRY(store_run_scratch(gathering->store, steps[index], gathering->values,
                              gathering->value_count, why));
    }
    return DONE;
}

enum outcome
sales_gather(const struct outline_view *view, const struct named_value *values, size_t count,
             struct fault *why)
{
    static const enum statement forget[] = {
        SQL_sales_forget_sums,       SQL_sales_forget_lines,  SQL_sales_forget_products,
        SQL_sales_forget_promotions, SQL_sales_forget_manual, SQL_sales_forget_best,
        SQL_sales_forget_came,
    };
    static const enum statement products[] = {SQL_sales_gather_products, SQL_sales_forget_lines};
    OWNED(store_scratch) scratch = {0};
    OWNED(gathering) gathering = {
        .view = view, .store = view->store, .values = values, .value_count = count};
    tally_init(&gathering.sums, 4, SUM_COUNT);
    tally_init(&gathering.lines, 4, LINE_WIDTH);
    tally_init(&gathering.skus, 2, SOLD_SKU_SUMS);
    tally_init(&gathering.promotions, 2, PROMOTION_WIDTH);
    tally_init(&gathering.came, 2, CAME_WIDTH);
    TRY(store_scratch_begin(view->store, &scratch, why));
    TRY(run_all(&gathering, forget, sizeof forget / sizeof forget[0], why));
    TRY(read_entries(&gathering, why));
    TRY(read_came(&gathering, why));
    TRY(put_all(&gathering, why));
    TRY(run_all(&gathering, products, sizeof products / sizeof products[0], why));
    return sales_best_gather(view, &gathering.skus, why);
}
