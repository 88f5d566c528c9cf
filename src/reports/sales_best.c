/* Which products sell best: the ten largest by what they brought, how much and how often they were
 * sold, and how much more they brought than in the period before. */
#include "reports/sales_gather.h"

#include <stdlib.h>
#include <string.h>

enum measure { BEST_NET, BEST_UNITS, BEST_ORDERS, BEST_GROWTH, MEASURE_COUNT };
enum { BEST_COUNT = 10 };

struct product {
    const char *sku;
    int64_t products_version;
    int64_t measures[MEASURE_COUNT];
};

/* Those of a currency. */
struct contest {
    const struct outline_view *view;
    struct arena *arena;
    const char *currency; /* NULL: none yet */
    struct product *products;
    size_t count;
    size_t capacity;
};

/* ---- the period before ---------------------------------------------------------------------- */

/* Only of products that were sold in this one. */
static void
add_before(struct tally *skus, const char *currency, const char *sku, int64_t net_minor)
{
    const size_t group = tally_find(skus, (const char *const[]){currency, sku});
    if (group != SIZE_MAX) {
        tally_add(skus, group, SOLD_SKU_BEFORE, net_minor);
    }
}

enum key_column { KEY_ID, KEY_ORDER_ID, KEY_VERSION, KEY_SIGN, KEY_CURRENCY };

static enum outcome
add_lines(struct store *store, const struct rows *entry, struct tally *skus, struct fault *why)
{
    OWNED(rows) lines = {0};
    OWNED(rows) nets = {0};
    const int64_t sign = rows_integer(entry, KEY_SIGN);
    const int64_t order_id = rows_integer(entry, KEY_ORDER_ID);
    const int64_t version = rows_integer(entry, KEY_VERSION);
    enum outcome outcome;
    TRY(store_query(store, SQL_sales_skus, &lines, why, INTEGER(order_id), INTEGER(version)));
    TRY(store_query(store, SQL_sales_nets, &nets, why, INTEGER(order_id), INTEGER(version)));
    while ((outcome = sales_next_line(&lines, &nets, why)) == DONE) {
        add_before(skus, rows_text(entry, KEY_CURRENCY), rows_text(&lines, 1),
                   sign * rows_integer(&nets, 1));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
add_less(struct store *store, const struct rows *entry, struct tally *skus, struct fault *why)
{
    enum { SKU = 0, NET = 5 };
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query(
        store, SQL_sales_lines_less, &rows, why, INTEGER(rows_integer(entry, KEY_ORDER_ID)),
        INTEGER(rows_integer(entry, KEY_VERSION)), INTEGER(rows_integer(entry, KEY_ID))));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        add_before(skus, rows_text(entry, KEY_CURRENCY), rows_text(&rows, SKU),
                   rows_integer(&rows, NET));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_before(const struct outline_view *view, struct tally *skus, struct fault *why)
{
    OWNED(rows) rows = {0};
    const struct period before = view->periods[SPAN_BEFORE];
    enum outcome outcome;
    if (skus->count == 0) {
        return DONE;
    }
    TRY(store_query(view->store,
                    view->request->day_view == DAY_BOOKED ? SQL_sales_entry_keys_booked
                                                          : SQL_sales_entry_keys_ordered,
                    &rows, why, INTEGER(before.first_day), INTEGER(before.last_day),
                    INTEGER(view->request->as_of_ms)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        TRY(rows_integer(&rows, KEY_SIGN) == 0 ? add_less(view->store, &rows, skus, why)
                                               : add_lines(view->store, &rows, skus, why));
    }
    return outcome == NONE ? DONE : outcome;
}

/* ---- the ranks ------------------------------------------------------------------------------ */

static int
compare_falling(const void *one, const void *other)
{
    const int64_t left = *(const int64_t *)one;
    const int64_t right = *(const int64_t *)other;
    return (left < right) - (left > right);
}

/* 1 and those that have more. */
static size_t
rank_in(const int64_t *falling, size_t count, int64_t value)
{
    size_t from = 0;
    size_t to = count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (falling[middle] > value) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from + 1;
}

static enum outcome
put_product(const struct contest *contest, const struct product *product,
            int64_t *falling[MEASURE_COUNT], struct fault *why)
{
    size_t ranks[MEASURE_COUNT];
    size_t best = SIZE_MAX;
    for (size_t measure = 0; measure < MEASURE_COUNT; measure++) {
        ranks[measure] = rank_in(falling[measure], contest->count, product->measures[measure]);
        best = ranks[measure] < best ? ranks[measure] : best;
    }
    return best > BEST_COUNT
               ? DONE
               : store_run(contest->view->store, SQL_sales_add_best, why, TEXT(contest->currency),
                           TEXT(product->sku), INTEGER(product->products_version),
                           INTEGER(product->measures[BEST_NET]),
                           INTEGER(product->measures[BEST_UNITS]),
                           INTEGER(product->measures[BEST_ORDERS]),
                           INTEGER(product->measures[BEST_GROWTH]), INTEGER(ranks[BEST_NET]),
                           INTEGER(ranks[BEST_UNITS]), INTEGER(ranks[BEST_ORDERS]),
                           INTEGER(ranks[BEST_GROWTH]));
}

/* All products of the currency are there. */
static enum outcome
end_currency(struct contest *contest, struct fault *why)
{
    int64_t *falling[MEASURE_COUNT];
    for (size_t measure = 0; measure < MEASURE_COUNT; measure++) {
        falling[measure] = arena_array(contest->arena, int64_t, contest->count);
        for (size_t index = 0; index < contest->count; index++) {
            falling[measure][index] = contest->products[index].measures[measure];
        }
        qsort(falling[measure], contest->count, sizeof(int64_t), compare_falling);
    }
    for (size_t index = 0; index < contest->count; index++) {
        TRY(put_product(contest, &contest->products[index], falling, why));
    }
    contest->count = 0;
    return DONE;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void
add_product(struct contest *contest, const struct tally *skus, const struct rows *rows)
{
    const char *currency = rows_text(rows, 0);
    const char *sku = rows_text(rows, 1);
    const size_t group = tally_find(skus, (const char *const[]){currency, sku});
    const int64_t *sold = tally_sums(skus, group);
    const int64_t net_minor = rows_integer(rows, 3);
    contest->products = arena_grow(contest->arena, contest->products, sizeof *contest->products,
                                   contest->count, &contest->capacity);
    contest->products[contest->count++] = (struct product){
        arena_copy(contest->arena, sku),
        rows_integer(rows, 2),
        {net_minor, rows_integer(rows, 4), sold[SOLD_SKU_ORDERS],
         net_minor - sold[SOLD_SKU_BEFORE]},
    };
}

enum outcome
sales_best_gather(const struct outline_view *view, struct tally *skus, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct contest contest = {.view = view, .arena = view->arena};
    enum outcome outcome;
    TRY(read_before(view, skus, why));
    TRY(store_query_bare(view->store, SQL_sales_best_measured, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        if (contest.currency == NULL || strcmp(contest.currency, rows_text(&rows, 0)) != 0) {
            TRY(end_currency(&contest, why));
            contest.currency = rows_copy(&rows, 0, view->arena);
        }
        add_product(&contest, skus, &rows);
    }
    return outcome == NONE ? end_currency(&contest, why) : outcome;
}
