#include "reports/movement.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/tally.h"
#include "order/order.h"
#include "rules/steadiness.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES_COUNT = 15 };

/* Months since the year 0. */
static int64_t
month_of(int32_t day)
{
    int year, month, day_of_month;
    day_split(day, &year, &month, &day_of_month);
    return (int64_t)year * 12 + month - 1;
}

static int32_t
month_begin(int64_t month)
{
    return day_of((int)(month / 12), (int)(month % 12) + 1, 1);
}

static int64_t
least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* What the statements take. */
struct window {
    struct named_value values[VALUES_COUNT];
    int64_t cut_ms; /* until when stock is told of */
    int32_t cut_day;
};

static struct window
window_of(const struct outline_view *view)
{
    const struct period now = view->periods[SPAN_NOW];
    const int64_t as_of_ms = view->request->as_of_ms;
    const int32_t today = moment_day(as_of_ms);
    const int64_t cut_ms = least(as_of_ms, day_begin(now.last_day + 1) - 1);
    const int32_t cut_day = moment_day(cut_ms);
    const int64_t last_month = month_of((int32_t)least(now.last_day + 1, today)) - 1; /* over */
    const int64_t first_month = last_month - STEADINESS_MONTHS + 1;
    return (struct window){
        .values = {{":as_of_ms", INTEGER(as_of_ms)},
                   {":as_of_day", INTEGER(today)},
                   {":month_first", INTEGER(first_month)},
                   {":month_last", INTEGER(last_month)},
                   {":months_first_day", INTEGER(month_begin(first_month))},
                   {":months_last_day", INTEGER(month_begin(last_month + 1) - 1)},
                   {":running_month", INTEGER(month_of(today))},
                   {":running_day", INTEGER(month_begin(month_of(today)))},
                   {":cut_ms", INTEGER(cut_ms)},
                   {":cut_day", INTEGER(cut_day)},
                   {":cut_month_day", INTEGER(month_begin(month_of(cut_day)))},
                   {":cut_month_last_day", INTEGER(month_begin(month_of(cut_day) + 1) - 1)},
                   {":company_currency", TEXT(view->config->company_currency)},
                   {":kept_month", INTEGER(month_of(cut_day))},
                   {":sku", TEXT("")}},
        .cut_ms = cut_ms,
        .cut_day = cut_day,
    };
}

/* With which product it is about, in the last of its values. */
static const struct named_value *
about(struct window *window, const char *sku)
{
    window->values[VALUES_COUNT - 1] = (struct named_value){":sku", TEXT(sku)};
    return window->values;
}

/* ---- XYZ ------------------------------------------------------------------------------------ */

/* A product while its units come. */
struct mover {
    const char *sku; /* NULL: none yet */
    int64_t months_micros[STEADINESS_MONTHS];
};

static enum outcome
end_mover(const struct outline_view *view, const struct mover *mover, struct fault *why)
{
    const struct report_policy *policy = &view->config->report;
    int64_t year_micros = 0;
    if (mover->sku == NULL) {
        return DONE;
    }
    for (size_t index = 0; index < STEADINESS_MONTHS; index++) {
        year_micros += mover->months_micros[index];
    }
    const enum steadiness xyz =
        steadiness_of(mover->months_micros, policy->x_most_micros, policy->y_most_micros);
    return store_run(view->store, SQL_movement_add_product, why, TEXT(mover->sku),
                     TEXT(steadiness_names[xyz]), INTEGER(year_micros));
}

/* Sums of months, by product and unit. */
static enum outcome
read_months(const struct outline_view *view, const struct window *window, struct tally *months,
            struct fault *why)
{
    const bool is_booked = view->request->day_view == DAY_BOOKED;
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(view->store,
                          is_booked ? SQL_movement_months_booked : SQL_movement_months_ordered,
                          window->values, VALUES_COUNT, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        const char *const key[] = {rows_text(&rows, 0), rows_text(&rows, 1)};
        tally_add(months, tally_at(months, key), (size_t)rows_integer(&rows, 2),
                  rows_integer(&rows, 3));
    }
    return outcome == NONE ? DONE : outcome;
}

/* One of its units: `units_version` is that of product-units, 0: nobody has told of any. */
static enum outcome
add_unit(const struct outline_view *view, int64_t units_version, const struct tally *months,
         size_t group, struct mover *mover, struct fault *why)
{
    int64_t factor_micros = MICROS;
    if (units_version != 0) {
        TRY(store_number(view->store, SQL_movement_factor, MICROS, &factor_micros, why,
                         INTEGER(units_version), TEXT(tally_part(months, group, 0)),
                         TEXT(tally_part(months, group, 1))));
    }
    for (size_t index = 0; index < STEADINESS_MONTHS; index++) {
        const int64_t micros = tally_sums(months, group)[index];
        mover->months_micros[index] +=
            micros / MICROS * factor_micros + micros % MICROS * factor_micros / MICROS;
    }
    return DONE;
}

static enum outcome
classify_all(const struct outline_view *view, const struct tally *months, const size_t *order,
             struct fault *why)
{
    struct mover mover = {.sku = NULL};
    int64_t units_version = 0;
    TRY(store_number(view->store, SQL_movement_list_version, 0, &units_version, why,
                     TEXT("product-units")));
    for (size_t index = 0; index < months->count; index++) {
        const char *sku = tally_part(months, order[index], 0);
        if (mover.sku == NULL || strcmp(mover.sku, sku) != 0) {
            TRY(end_mover(view, &mover, why));
            mover = (struct mover){.sku = sku};
        }
        TRY(add_unit(view, units_version, months, order[index], &mover, why));
    }
    return end_mover(view, &mover, why);
}

static enum outcome
classify(const struct outline_view *view, const struct window *window, struct fault *why)
{
    OWNED(tally) months = {0};
    tally_init(&months, 2, STEADINESS_MONTHS);
    TRY(read_months(view, window, &months, why));
    if (months.is_beyond) {
        return fail(why, "the quantities of a product come to more than 64 bits can hold");
    }
    size_t *order = tally_order(&months);
    const enum outcome outcome = classify_all(view, &months, order, why);
    free(order);
    return outcome;
}

/* ---- what is not sold any more -------------------------------------------------------------- */

/* What a unit of a product is worth. */
struct worth {
    const char *currency;
    const char *valued_at; /* "": not known */
    int64_t price_micros;
    int64_t tax_rate_micros; /* that is in it */
};

static enum outcome
ask_worth(const struct outline_view *view, enum statement statement, const char *valued_at,
          const struct named_value *values, struct worth *worth, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query_named(view->store, statement, values, VALUES_COUNT, &rows, why));
    TRY(rows_next(&rows, why));
    *worth = (struct worth){rows_copy(&rows, 0, view->arena), valued_at, rows_integer(&rows, 1),
                            rows_integer(&rows, 2)};
    return DONE;
}

/* Its cost, or else its list price. */
static enum outcome
find_worth(const struct outline_view *view, const struct named_value *values, struct worth *worth,
           struct fault *why)
{
    *worth = (struct worth){view->config->company_currency, "", 0, 0};
    enum outcome found = ask_worth(view, SQL_movement_cost, "cost", values, worth, why);
    if (found == NONE) {
        found = ask_worth(view, SQL_movement_list_price, "list-price", values, worth, why);
    }
    return found == NONE ? DONE : found;
}

/* AMOUNT_NONE: not known, or beyond 64 bits. */
static int64_t
value_of(const struct worth *worth, int64_t on_hand_micros)
{
    const int exponent = currency_exponent(worth->currency);
    const int128 with_tax_picos = (int128)on_hand_micros * worth->price_micros;
    const int128 picos = worth->tax_rate_micros == 0
                             ? with_tax_picos
                             : decimal_divide_wide(with_tax_picos * MICROS,
                                                   MICROS + worth->tax_rate_micros, ROUND_HALF_UP);
    return worth->valued_at[0] == '\0' || picos / money_unit_picos(exponent) >= INT64_MAX
               ? AMOUNT_NONE
               : money_of_picos(picos, exponent, ROUND_HALF_UP);
}

/* One product of the stock, when it has not been sold for long enough. */
static enum outcome
look_at(const struct outline_view *view, struct window *window, const struct rows *rows,
        struct fault *why)
{
    struct worth worth;
    const char *sku = rows_text(rows, 0);
    const int64_t on_hand_micros = rows_integer(rows, 1);
    const bool was_sold = !rows_is_null(rows, 2);
    const int32_t known_day =
        rows_is_null(rows, 3) ? window->cut_day : moment_day(rows_integer(rows, 3));
    const int64_t since = was_sold ? rows_integer(rows, 2) : known_day;
    if (window->cut_day - since < view->config->report.slow_days) {
        return DONE;
    }
    TRY(find_worth(view, about(window, sku), &worth, why));
    const struct named_value values[] = {
        {":currency", TEXT(worth.currency)},
        {":sku", TEXT(sku)},
        {":sold_day", was_sold ? INTEGER(since) : NOTHING},
        {":days", INTEGER(window->cut_day - since)},
        {":on_hand_micros", INTEGER(on_hand_micros)},
        {":value_minor", INTEGER_OR_NULL(value_of(&worth, on_hand_micros), AMOUNT_NONE)},
        {":valued_at", TEXT(worth.valued_at)},
    };
    return store_run_scratch(view->store, SQL_movement_add_slow, values,
                             sizeof values / sizeof values[0], why);
}

static enum outcome
find_slow(const struct outline_view *view, struct window *window, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(view->store, SQL_movement_stock, window->values, VALUES_COUNT, &rows,
                          why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        TRY(look_at(view, window, &rows, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
run_all(const struct outline_view *view, const struct window *window, const enum statement *steps,
        size_t count, struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        TRY(store_run_scratch(view->store, steps[index], window->values, VALUES_COUNT, why));
    }
    return DONE;
}

/* When products were sold last is kept of whole months; of one that goes on after the period, its
 * entries are read. */
static enum outcome
know_lately(const struct outline_view *view, struct window *window, struct fault *why)
{
    static const enum statement lately[] = {SQL_movement_gather_lately};
    OWNED(rows) rows = {0};
    TRY(store_query_named(view->store, SQL_movement_knows_more, window->values, VALUES_COUNT, &rows,
                          why));
    TRY(rows_next(&rows, why));
    if (rows_integer(&rows, 0) != 0) {
        return run_all(view, window, lately, 1, why);
    }
    window->values[VALUES_COUNT - 2] =
        (struct named_value){":kept_month", INTEGER(month_of(window->cut_day) + 1)};
    return DONE;
}

enum outcome
movement_gather(const struct outline_view *view, struct fault *why)
{
    static const enum statement steps[] = {
        SQL_movement_forget_products, SQL_movement_forget_values, SQL_movement_forget_classes,
        SQL_movement_forget_stock,    SQL_movement_forget_lately, SQL_movement_forget_slow,
        SQL_movement_gather_stock,    SQL_movement_gather_listed,
    };
    static const enum statement classes[] = {SQL_movement_gather_values,
                                             SQL_movement_gather_classes};
    struct window window = window_of(view);
    OWNED(store_scratch) scratch = {0};
    TRY(store_scratch_begin(view->store, &scratch, why));
    TRY(run_all(view, &window, steps, sizeof steps / sizeof steps[0], why));
    TRY(know_lately(view, &window, why));
    TRY(find_slow(view, &window, why));
    TRY(classify(view, &window, why));
    return run_all(view, &window, classes, sizeof classes / sizeof classes[0], why);
}
