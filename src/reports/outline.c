#include "reports/outline.h"

#include "base/date.h"
#include "order/order.h"
#include "reports/outline_kept.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_COUNT = 15, CURRENCIES_MAX = 1000 };

/* Of its minor unit. */
static int64_t
unit_micros(const char *currency)
{
    int64_t micros = MICROS;
    for (int places = currency[0] == '\0' ? 0 : currency_exponent(currency); places > 0; places--) {
        micros /= 10;
    }
    return micros;
}

/* What became known from then on counts in a period; in the other view whenever it did. */
static int64_t
since_of(const struct outline_view *view, struct period period)
{
    return view->request->day_view == DAY_BOOKED ? day_begin(period.first_day) : 0;
}

/* And what did until then. */
static int64_t
moment_of(const struct outline_view *view, struct period period)
{
    const int64_t end_ms = day_begin(period.last_day + 1) - 1;
    const int64_t as_of_ms = view->request->as_of_ms;
    return view->request->day_view == DAY_BOOKED && end_ms < as_of_ms ? end_ms : as_of_ms;
}

static struct named_value *
values_of(const struct outline_view *view, struct period period, const char *currency)
{
    const int64_t end_ms = day_begin(period.last_day + 1) - 1;
    const int64_t as_of_ms = view->request->as_of_ms;
    const struct named_value values[VALUES_COUNT] = {
        {":first_day", INTEGER(period.first_day)},
        {":last_day", INTEGER(period.last_day)},
        {":from_ms", INTEGER(day_begin(period.first_day))},
        {":until_ms", INTEGER(day_begin(period.last_day + 1))},
        {":as_of_ms", INTEGER(as_of_ms)},
        {":as_of_day", INTEGER(moment_day(as_of_ms))},
        {":cut_ms", INTEGER(as_of_ms < end_ms ? as_of_ms : end_ms)},
        {":currency", TEXT(currency)},
        {":unit_micros", INTEGER(unit_micros(currency))},
        {":is_invoicing", INTEGER(view->config->invoices)},
        {":language", TEXT(language_names[view->request->language])},
        {":partner", TEXT(view->request->partner == NULL ? "" : view->request->partner)},
        {":since_ms", INTEGER(since_of(view, period))},
        {":moment_ms", INTEGER(moment_of(view, period))},
        {":is_compared", INTEGER(period.last_day != view->periods[SPAN_NOW].last_day)},
    };
    struct named_value *made = arena_array(view->arena, struct named_value, VALUES_COUNT);
    memcpy(made, values, sizeof values);
    return made;
}

enum outcome
outline_run(const struct outline_view *view, enum outline_span span, enum statement statement,
            struct fault *why)
{
    return store_run_scratch(view->store, statement, values_of(view, view->periods[span], ""),
                             VALUES_COUNT, why);
}

/* ---- rows ----------------------------------------------------------------------------------- */

static const struct described_column *
column_named(const struct outline_view *view, const char *name)
{
    for (size_t index = 0; index < view->column_count; index++) {
        if (strcmp(view->columns[index].name, name) == 0) {
            return &view->columns[index];
        }
    }
    assert(false && "statements name their columns as the schema of the report does");
    return NULL;
}

/* Keys of some sections, and some columns wherever they stand. */
static bool
says_words(const struct outline_section *section, const struct described_column *column)
{
    static const char *const words[] = {"class",    "severity", "state",
                                        "document", "measure",  "valued_at"};
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (strcmp(column->name, words[index]) == 0) {
            return true;
        }
    }
    return column->is_word || (section->says_words && strcmp(column->name, "key") == 0);
}

enum outcome
outline_open(struct outline_scan *scan, const struct outline_view *view,
             const struct outline_section *section, const char *currency, struct fault *why)
{
    TRY(store_query_named(view->store, section->statement,
                          values_of(view, view->periods[SPAN_NOW], currency), VALUES_COUNT,
                          &scan->rows, why));
    scan->count = (size_t)rows_width(&scan->rows);
    assert(scan->count <= OUTLINE_COLUMNS_MAX);
    for (size_t index = 0; index < scan->count; index++) {
        scan->columns[index] = column_named(view, rows_name(&scan->rows, (int)index));
        scan->says_words[index] = says_words(section, scan->columns[index]);
    }
    return DONE;
}

enum outcome
outline_next(struct outline_scan *scan, struct outline_cell *cells, struct fault *why)
{
    TRY(rows_next(&scan->rows, why));
    for (size_t index = 0; index < scan->count; index++) {
        const int column = (int)index;
        const bool is_text = scan->columns[index]->type == DESCRIBED_TEXT;
        cells[index] =
            (struct outline_cell){.column = scan->columns[index],
                                  .text = is_text ? rows_text(&scan->rows, column) : "",
                                  .number = is_text ? 0 : rows_integer_or(&scan->rows, column, 0),
                                  .is_null = rows_is_null(&scan->rows, column),
                                  .is_word = scan->says_words[index]};
    }
    return DONE;
}

void
outline_scan_close(struct outline_scan *scan)
{
    rows_close(&scan->rows);
}

const struct outline_cell *
outline_cell(const struct outline_cell *cells, size_t count, const char *name)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(cells[index].column->name, name) == 0) {
            return &cells[index];
        }
    }
    return NULL;
}

int64_t
outline_number(const struct outline_cell *cells, size_t count, const char *name)
{
    const struct outline_cell *cell = outline_cell(cells, count, name);
    return cell == NULL || cell->is_null ? 0 : cell->number;
}

const char *
outline_word(const struct outline *outline, const struct outline_cell *cell, enum language language)
{
    if (cell->column->type != DESCRIBED_TEXT) {
        return cell->text;
    }
    const char *own =
        outline->word == NULL ? NULL : outline->word(cell->column->name, cell->text, language);
    const char *word = own != NULL     ? own
                       : cell->is_word ? message_word(cell->text, language)
                                       : NULL;
    return word == NULL ? cell->text : word;
}

/* A heading says by what the rows are told, or all that they are about; over their column stands
 * what each of them is. */
static const struct {
    enum message heading;
    enum message row;
} row_titles[] = {
    {M_REPORT_ORDERS_IN, M_REPORT_ROW_OUTCOME},
    {M_REPORT_FLOW, M_REPORT_ROW_ENTRY},
    {M_REPORT_UNSOLD, M_REPORT_ROW_OUTCOME},
    {M_REPORT_BY_MONTH, M_REPORT_ROW_MONTH},
    {M_REPORT_BY_CATEGORY, M_REPORT_ROW_CATEGORY},
    {M_REPORT_BY_PRODUCT, M_REPORT_PRODUCT},
    {M_REPORT_MOVEMENT, M_REPORT_ROW_CLASS},
    {M_REPORT_BEST, M_REPORT_PRODUCT},
    {M_REPORT_SLOW, M_REPORT_PRODUCT},
    {M_REPORT_BY_VARIANT, M_REPORT_PRODUCT},
    {M_REPORT_BY_COUNTRY, M_REPORT_ROW_COUNTRY},
    {M_REPORT_BY_REGION, M_REPORT_ROW_REGION},
    {M_REPORT_BY_CUSTOMER, M_REPORT_CUSTOMER},
    {M_REPORT_BY_PARTNER, M_REPORT_ROW_CHANNEL},
    {M_REPORT_BY_SALES_PERSON, M_REPORT_ROW_SALES_PERSON},
    {M_REPORT_BY_PROMOTION, M_REPORT_ROW_PROMOTION},
    {M_REPORT_OVERRIDES, M_REPORT_ORDER_NUMBER},
    {M_REPORT_BOTTLENECK, M_REPORT_STAGE},
    {M_REPORT_STAGES, M_REPORT_STAGE},
    {M_REPORT_STAGES_WORKING, M_REPORT_STAGE},
    {M_REPORT_OPEN_WORK, M_REPORT_STAGE},
    {M_REPORT_TREND, M_REPORT_ROW_WEEK_OR_MONTH},
    {M_REPORT_OTIF, M_REPORT_ROW_HELD_AGAINST},
    {M_REPORT_FILL, M_REPORT_ROW_COUNTED},
    {M_REPORT_REWORK, M_REPORT_ROW_DONE_AGAIN},
    {M_REPORT_CARRIERS, M_REPORT_ROW_CARRIER},
    {M_REPORT_AGEING_STEP, M_REPORT_ROW_ASKED_AND_STEP},
    {M_REPORT_AGEING_PERSON, M_REPORT_ROW_PERSON},
    {M_REPORT_RECONCILIATION, M_REPORT_ROW_LINE},
    {M_REPORT_OPEN_BY_AGE, M_REPORT_ROW_AGE},
    {M_REPORT_DEBTORS, M_REPORT_CUSTOMER},
    {M_REPORT_BEYOND, M_REPORT_ORDER_NUMBER},
    {M_REPORT_TAX_BY_RATE, M_REPORT_ROW_COUNTRY},
    {M_REPORT_FEES, M_REPORT_ROW_FEE},
    {M_REPORT_ADJUSTMENTS, M_REPORT_ORDER_NUMBER},
    {M_REPORT_REGISTER_ORDERS, M_REPORT_ORDER_NUMBER},
    {M_REPORT_REGISTER_INVOICES, M_REPORT_INVOICE},
    {M_REPORT_REGISTER_CREDITS, M_REPORT_ROW_CREDIT_NOTE},
    {M_REPORT_REGISTER_MONEY, M_REPORT_PAYMENT},
    {M_REPORT_PARTNERS, M_REPORT_ROW_PARTNER},
    {M_REPORT_FIXES, M_REPORT_ROW_PARTNER},
    {M_REPORT_MISTAKES, M_REPORT_ROW_MISTAKE},
    {M_REPORT_PARTNER_MISTAKES, M_REPORT_ROW_PARTNER},
    {M_REPORT_CARD_FILES, M_REPORT_ROW_FILE},
    {M_REPORT_FILE_KINDS, M_REPORT_ROW_KIND},
    {M_REPORT_TIMELINESS, M_REPORT_ROW_PARTNER},
    {M_REPORT_NEWS, M_REPORT_ROW_PARTNER},
    {M_REPORT_WEEKDAYS, M_REPORT_DAY},
    {M_REPORT_ARRIVAL_HOURS, M_REPORT_ROW_HOUR},
    {M_REPORT_ANSWERS, M_REPORT_ROW_PARTNER},
    {M_REPORT_PRICES, M_REPORT_ROW_PARTNER},
    {M_REPORT_PRICE_PRODUCTS, M_REPORT_PRODUCT},
    {M_REPORT_SPEED, M_REPORT_ROW_ANSWERED},
    {M_REPORT_BY_PERSON, M_REPORT_ROW_PERSON},
    {M_REPORT_ATTEMPTS, M_REPORT_ORDER_NUMBER},
    {M_REPORT_WHAT_WAITS, M_REPORT_ORDER_NUMBER},
    {M_REPORT_WHAT_WAS_DECIDED, M_REPORT_ORDER_NUMBER},
    {M_REPORT_DELAYS_OPEN, M_REPORT_ORDER_NUMBER},
    {M_REPORT_DELAYS_TOLD, M_REPORT_ORDER_NUMBER},
    {M_REPORT_RFM, M_REPORT_ROW_CLASS},
    {M_REPORT_LAPSED, M_REPORT_CUSTOMER},
    {M_REPORT_OPEN_LIST, M_REPORT_INVOICE},
    {M_REPORT_STRAYS, M_REPORT_PAYMENT},
    {M_REPORT_BALANCE, M_REPORT_ROW_LINE},
};

const char *
outline_row_title(const struct outline_section *section, enum language language)
{
    for (size_t index = 0; index < sizeof row_titles / sizeof row_titles[0]; index++) {
        if (row_titles[index].heading == section->heading) {
            return message_text(row_titles[index].row, language);
        }
    }
    return message_text(section->heading, language);
}

const char *
outline_person(const struct outline_view *view, const char *id)
{
    const struct partner *partner = config_partner(view->config, id);
    return partner == NULL || partner->name == NULL || partner->name[0] == '\0' ? id
                                                                                : partner->name;
}

const char *
outline_column_title(const struct described_column *column, enum language language)
{
    return language == LANGUAGE_ZH ? column->title_zh : column->title;
}

void
outline_add(struct outline_sum *sum, const struct outline_cell *cells, size_t count)
{
    sum->count++;
    for (size_t index = 0; index < count; index++) {
        sum->values[index] += cells[index].number;
        sum->known[index] += !cells[index].is_null;
    }
}

const char *
outline_foot(const struct outline *outline)
{
    return outline->tiles[0].column;
}

bool
outline_is_of_sales(const struct outline *outline)
{
    return strcmp(outline_foot(outline), "net") == 0;
}

bool
outline_has_sums(const struct outline *outline, const struct outline_section *section)
{
    return (!section->is_general || section->foots) &&
           (outline->unsummed == NULL || strcmp(outline->unsummed, section->name) != 0);
}

int64_t
outline_total(const struct outline_view *view, const struct outline_totals *totals,
              enum outline_span span, const char *column)
{
    for (size_t index = 0; index < view->outline->tile_count; index++) {
        if (strcmp(view->outline->tiles[index].column, column) == 0) {
            return totals->values[span][index];
        }
    }
    return 0;
}

bool
outline_is_left_out(const struct outline_view *view, const struct outline_totals *totals,
                    const char *column)
{
    for (size_t index = 0; totals != NULL && index < view->outline->tile_count; index++) {
        const struct outline_tile *tile = &view->outline->tiles[index];
        if (tile->is_rare && strcmp(tile->column, column) == 0) {
            return totals->values[SPAN_NOW][index] == 0;
        }
    }
    return false;
}

/* ---- totals --------------------------------------------------------------------------------- */

struct outline_totals *
outline_totals_of(struct outline_view *view, const char *currency)
{
    for (size_t index = 0; index < view->currency_count; index++) {
        if (strcmp(view->totals[index].currency, currency) == 0) {
            return &view->totals[index];
        }
    }
    assert(view->currency_count < CURRENCIES_MAX && "ISO 4217 has fewer than two hundred");
    struct outline_totals *added = &view->totals[view->currency_count++];
    *added = (struct outline_totals){.currency = arena_copy(view->arena, currency)};
    return added;
}

static enum outcome
load_totals(struct outline_view *view, enum outline_span span, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(view->store, view->outline->totals[view->request->day_view],
                          values_of(view, view->periods[span], ""), VALUES_COUNT, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        struct outline_totals *totals = outline_totals_of(view, rows_text(&rows, 0));
        for (size_t index = 0; index < view->outline->tile_count; index++) {
            totals->values[span][index] = rows_integer_or(&rows, (int)index + 1, AMOUNT_NONE);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
add_currencies(struct outline_view *view, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    if (!view->outline->has_currencies) {
        return DONE;
    }
    TRY(store_query_named(view->store, view->outline->currencies,
                          values_of(view, view->periods[SPAN_NOW], ""), VALUES_COUNT, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        outline_totals_of(view, rows_text(&rows, 0));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
load_closing(struct outline_view *view, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    if (!view->outline->has_closing) {
        return DONE;
    }
    TRY(store_query_named(view->store, view->outline->closing,
                          values_of(view, view->periods[SPAN_NOW], ""), VALUES_COUNT, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        struct outline_totals *totals = outline_totals_of(view, rows_text(&rows, 0));
        totals->closing_minor = rows_integer(&rows, 1);
        totals->faults = rows_integer(&rows, 2);
    }
    return outcome == NONE ? DONE : outcome;
}

static int
compare_totals(const void *one, const void *other)
{
    return strcmp(((const struct outline_totals *)one)->currency,
                  ((const struct outline_totals *)other)->currency);
}

/* Without a currency, the company's currency, then by code. */
static void
sort_totals(struct outline_view *view)
{
    size_t first = 0;
    if (view->currency_count > 1) {
        qsort(view->totals, view->currency_count, sizeof *view->totals, compare_totals);
    }
    first += view->currency_count > 0 && view->totals[0].currency[0] == '\0';
    for (size_t index = first + 1; index < view->currency_count; index++) {
        if (strcmp(view->totals[index].currency, view->config->company_currency) == 0) {
            const struct outline_totals own = view->totals[index];
            memmove(&view->totals[first + 1], &view->totals[first],
                    (index - first) * sizeof *view->totals);
            view->totals[first] = own;
        }
    }
}

static enum outcome
gather(const struct outline_view *view, struct period period, struct fault *why)
{
    return view->outline->gather(view, period, values_of(view, period, ""), VALUES_COUNT, why);
}

static enum outcome
gather_all(struct outline_view *view, struct fault *why)
{
    const struct outline *outline = view->outline;
    if (outline->prepare != NULL) {
        TRY(outline->prepare(view, why));
    }
    for (int span = SPAN_COUNT - 1; span >= 0; span--) {
        if (outline->gathers_spans) {
            TRY(gather(view, view->periods[span], why));
        }
        TRY(load_totals(view, (enum outline_span)span, why));
    }
    if (outline->gather != NULL && !outline->gathers_spans) {
        TRY(gather(view, view->periods[SPAN_NOW], why));
    }
    TRY(add_currencies(view, why));
    return load_closing(view, why);
}

enum outcome
outline_load(const struct outline *outline, struct store *store, const struct config *config,
             const struct report_request *request, struct arena *arena, struct outline_view *view,
             struct fault *why)
{
    const struct period now = {request->first_day, request->last_day};
    *view = (struct outline_view){
        .outline = outline,
        .store = store,
        .config = config,
        .request = request,
        .arena = arena,
        .periods = {now, period_compared(now), period_year_before(now)},
        .totals = arena_array(arena, struct outline_totals, CURRENCIES_MAX),
    };
    described_columns(arena_format(arena, "report-%s", outline->name), arena, &view->columns,
                      &view->column_count);
    const enum outcome kept = outline_kept_find(view, why);
    if (kept != NONE) {
        return kept;
    }
    TRY(gather_all(view, why));
    sort_totals(view);
    return outline_keep(view, why);
}

enum outcome
outline_days(const struct outline_view *view, struct period period, const char *currency,
             struct outline_day *days, struct fault *why)
{
    OWNED(rows) rows = {0};
    enum outcome outcome;
    TRY(store_query_named(view->store, view->outline->days[view->request->day_view],
                          values_of(view, period, currency), VALUES_COUNT, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        struct outline_day *day = &days[rows_integer(&rows, 0) - period.first_day];
        day->orders = rows_integer(&rows, 1);
        day->net_minor = rows_integer(&rows, 2);
    }
    return outcome == NONE ? DONE : outcome;
}
