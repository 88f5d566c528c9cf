#include "reports/delays_report.h"

#include "base/date.h"
#include "order/delay_words.h"
#include "order/order.h"
#include "store/store_document_delay.h"
#include "store/store_report_delay.h"

#include <stdlib.h>
#include <string.h>

#define NO_NOTE(heading) (heading), (heading)
#define ROW_SHOWN        "key grade cause promised expected expected_latest told"

enum { TENTH_MS = 360 * 1000, ROWS_MAX = 200 };

static const struct outline_section sections[] = {
    {"quality", NO_NOTE(M_REPORT_TOTAL), SQL_delays_quality, "", "", true, false, false, false, 1},
    {"cause", NO_NOTE(M_REPORT_DELAYS_BY_CAUSE), SQL_delays_cause,
     "cause open_count overdue_count late_open_count risk_count", "open_count", true, true, true,
     false, 50},
    {"open", NO_NOTE(M_REPORT_DELAYS_OPEN), SQL_delays_open, ROW_SHOWN, "", true, false, false,
     false, ROWS_MAX},
    {"told", NO_NOTE(M_REPORT_DELAYS_TOLD), SQL_delays_told, ROW_SHOWN, "", true, false, false,
     false, ROWS_MAX},
};

/* As columns of delays_totals. */
enum { OPEN, TOLD };
static const struct outline_tile tiles[] = {
    {"open_count", M_REPORT_DELAYS_OPEN, FIGURE_COUNT, false},
    {"told_count", M_REPORT_DELAYS_TOLD, FIGURE_COUNT, false},
    {"finished_count", M_REPORT_DELAYS_FINISHED, FIGURE_COUNT, false},
    {"late_count", M_REPORT_DELAYS_LATE, FIGURE_COUNT, false},
    {"warned_count", M_REPORT_DELAYS_WARNED, FIGURE_COUNT, false},
    {"precision", M_REPORT_DELAYS_PRECISION, FIGURE_SHARE, false},
    {"recall", M_REPORT_DELAYS_RECALL, FIGURE_SHARE, false},
    {"lead_hours", M_REPORT_DELAYS_LEAD, FIGURE_HOURS, false},
};

static const struct report_word words[] = {
    {M_DELAY_GRADE_AT_RISK, M_REPORT_MEANS_AT_RISK},
    {M_DELAY_GRADE_LATE, M_REPORT_MEANS_LATE},
    {M_DELAY_GRADE_OVERDUE, M_REPORT_MEANS_DAY_OVER},
    {M_REPORT_DELAYS_FINISHED, M_REPORT_MEANS_FINISHED},
    {M_REPORT_DELAYS_WARNED, M_REPORT_MEANS_WARNED},
    {M_REPORT_DELAYS_PRECISION, M_REPORT_MEANS_PRECISION},
    {M_REPORT_DELAYS_RECALL, M_REPORT_MEANS_RECALL},
    {M_REPORT_DELAYS_LEAD, M_REPORT_MEANS_LEAD},
};
static const struct report_words delays_words = {words, sizeof words / sizeof words[0]};

/* ---- how good the warnings were -------------------------------------------------------------- */

struct warning_quality {
    int64_t finished;
    int64_t late;
    int64_t warned;
    int64_t warned_late;
    int64_t late_warned;      /* before the promised day had begun */
    int64_t precision_tenths; /* percent; AMOUNT_NONE where there is nothing to divide by, and so
                                 the next */
    int64_t recall_tenths;
    int64_t lead_tenths; /* hours, p50 of those warned and late */
};

static int
compare_times(const void *one, const void *other)
{
    const int64_t left = *(const int64_t *)one;
    const int64_t right = *(const int64_t *)other;
    return (left > right) - (left < right);
}

/* In tenths of a percent. */
static int64_t
share(int64_t part, int64_t whole)
{
    return whole == 0 ? AMOUNT_NONE : (2000 * part + whole) / (2 * whole);
}

static void
judge(const struct report_arrival *rows, size_t count, struct arena *arena,
      struct warning_quality *quality)
{
    int64_t *leads_ms = arena_array(arena, int64_t, count + 1);
    size_t lead_count = 0;
    *quality = (struct warning_quality){.finished = (int64_t)count};
    for (size_t index = 0; index < count; index++) {
        const struct report_arrival *row = &rows[index];
        const int64_t end_ms = day_begin(row->promised + 1);
        const bool is_warned = row->warned_ms != AMOUNT_NONE && row->warned_ms < end_ms;
        quality->late += row->is_late;
        quality->warned += is_warned;
        quality->warned_late += is_warned && row->is_late;
        quality->late_warned +=
            is_warned && row->is_late && row->warned_ms < day_begin(row->promised);
        if (is_warned && row->is_late) {
            leads_ms[lead_count++] = end_ms - row->warned_ms;
        }
    }
    if (lead_count > 1) {
        qsort(leads_ms, lead_count, sizeof *leads_ms, compare_times);
    }
    quality->precision_tenths = share(quality->warned_late, quality->warned);
    quality->recall_tenths = share(quality->late_warned, quality->late);
    quality->lead_tenths =
        lead_count == 0 ? AMOUNT_NONE : leads_ms[(lead_count - 1) / 2] / TENTH_MS;
}

/* ---- gathering ------------------------------------------------------------------------------- */

static enum outcome
add_rows(const struct outline_view *view, const char *section, const struct report_delay *rows,
         size_t count, struct fault *why)
{
    for (size_t index = 0; index < count; index++) {
        const struct report_delay *row = &rows[index];
        const struct named_value values[] = {
            {":section", TEXT(section)},
            {":partner", TEXT(row->partner)},
            {":order_number", TEXT(row->order_number)},
            {":version", INTEGER(row->version)},
            {":at_ms", INTEGER(row->at_ms)},
            {":grade", TEXT(row->grade)},
            {":grade_before", TEXT(row->grade_before)},
            {":cause", TEXT(row->cause)},
            {":promised", INTEGER(row->promised)},
            {":expected", INTEGER_OR_NULL(delay_expected_day(row->expected_p50_ms), DAY_NONE)},
            {":expected_latest",
             INTEGER_OR_NULL(delay_expected_day(row->expected_p90_ms), DAY_NONE)},
        };
        TRY(store_run_scratch(view->store, SQL_delays_add_row, values,
                              sizeof values / sizeof values[0], why));
    }
    return DONE;
}

static enum outcome
add_quality(const struct outline_view *view, const struct warning_quality *quality,
            struct fault *why)
{
    const struct named_value values[] = {
        {":finished", INTEGER(quality->finished)},
        {":late", INTEGER(quality->late)},
        {":warned", INTEGER(quality->warned)},
        {":warned_late", INTEGER(quality->warned_late)},
        {":late_warned", INTEGER(quality->late_warned)},
        {":precision", INTEGER_OR_NULL(quality->precision_tenths, AMOUNT_NONE)},
        {":recall", INTEGER_OR_NULL(quality->recall_tenths, AMOUNT_NONE)},
        {":lead", INTEGER_OR_NULL(quality->lead_tenths, AMOUNT_NONE)},
    };
    return store_run_scratch(view->store, SQL_delays_add_quality, values,
                             sizeof values / sizeof values[0], why);
}

/* What is open is as of the report's moment; of a period that is compared, as of its end. */
static enum outcome
gather(const struct outline_view *view, struct period period, const struct named_value *values,
       size_t count, struct fault *why)
{
    const int64_t end_ms = day_begin(period.last_day + 1);
    const bool is_compared = period.last_day != view->periods[SPAN_NOW].last_day;
    const int64_t known_ms = view->request->as_of_ms;
    const int64_t as_of_ms = is_compared && end_ms - 1 < known_ms ? end_ms - 1 : known_ms;
    const struct report_span span = {period.first_day, period.last_day, as_of_ms,
                                     view->request->language};
    struct report_delay *told = NULL;
    struct report_delay *open = NULL;
    struct report_arrival *arrivals = NULL;
    struct warning_quality quality;
    size_t told_count = 0;
    size_t open_count = 0;
    size_t arrival_count = 0;
    TRY(store_run_scratch(view->store, SQL_delays_forget_rows, values, count, why));
    TRY(store_run_scratch(view->store, SQL_delays_forget_quality, values, count, why));
    TRY(report_delays_told(view->store, &span, view->arena, &told, &told_count, why));
    TRY(report_delays_open(view->store, &span, view->arena, &open, &open_count, why));
    TRY(report_arrivals(view->store, day_begin(period.last_day + 1 - QUALITY_DAYS),
                        end_ms <= as_of_ms ? end_ms : as_of_ms + 1, view->arena, &arrivals,
                        &arrival_count, why));
    judge(arrivals, arrival_count, view->arena, &quality);
    TRY(add_rows(view, "open", open, open_count, why));
    TRY(add_rows(view, "told", told, told_count, why));
    return add_quality(view, &quality, why);
}

/* ---- what is said --------------------------------------------------------------------------- */

static const char *
word(const char *column, const char *text, enum language language)
{
    return strncmp(column, "grade", strlen("grade")) == 0 ? delay_grade_words(text, language)
           : strcmp(column, "cause") == 0                 ? delay_cause_words(text, language)
                                                          : NULL;
}

/* "12 warnings were given" */
static const char *
warnings_words(struct page *page, int64_t count)
{
    return page_words(page,
                      count == 0   ? M_REPORT_WARNINGS_NONE
                      : count == 1 ? M_REPORT_WARNINGS_ONE
                                   : M_REPORT_WARNINGS_TOLD,
                      {"count", page_count(page, count)});
}

static const char *
title(struct page *page, const struct outline_view *view)
{
    const int64_t *values = view->totals[0].values[SPAN_NOW];
    const enum message message = values[OPEN] > 1    ? M_REPORT_DELAYS_TITLE
                                 : values[OPEN] == 1 ? M_REPORT_DELAYS_TITLE_ONE
                                 : values[TOLD] > 0  ? M_REPORT_DELAYS_TITLE_CLEAR
                                                     : M_REPORT_DELAYS_TITLE_NONE;
    return page_words(page, message, {"period", frame_period(page, view->periods[SPAN_NOW])},
                      {"open", page_count(page, values[OPEN])},
                      {"warnings", warnings_words(page, values[TOLD])});
}

/* Orders whose promised day is over; they come by that day. */
static enum outcome
tell_overdue(struct page *page, const struct outline_view *view, bool *is_begun, struct fault *why)
{
    static const struct outline_section open = {.name = "open", .statement = SQL_delays_open};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    char day[DATE_TEXT_SIZE] = "";
    const char *first = "";
    int64_t count = 0;
    enum outcome outcome;
    TRY(outline_open(&scan, view, &open, "", why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        if (strcmp(outline_cell(cells, scan.count, "grade")->text, "overdue") == 0 &&
            count++ == 0) {
            first = arena_copy(view->arena, outline_cell(cells, scan.count, "key")->text);
            day_format(day, (int32_t)outline_cell(cells, scan.count, "promised")->number);
        }
    }
    if (count > 0) {
        frame_item(page, is_begun,
                   page_words(page,
                              count == 1 ? M_REPORT_DELAYS_OVERDUE_ONE : M_REPORT_DELAYS_OVERDUE,
                              {"count", page_count(page, count)}, {"order", first}, {"day", day}));
    }
    return outcome == NONE ? DONE : outcome;
}

/* Orders that came late, and of which nobody was warned in time. */
static enum outcome
tell_missed(struct page *page, const struct outline_view *view, bool *is_begun, struct fault *why)
{
    static const struct outline_section quality = {.name = "quality",
                                                   .statement = SQL_delays_quality};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    TRY(outline_open(&scan, view, &quality, "", why));
    TRY(outline_next(&scan, cells, why));
    const int64_t late = outline_cell(cells, scan.count, "late_count")->number;
    const int64_t missed = late - outline_cell(cells, scan.count, "late_warned_count")->number;
    if (missed > 0) {
        frame_item(page, is_begun, frame_missed(page, late, missed));
    }
    return DONE;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    bool is_begun = false;
    TRY(tell_overdue(page, view, &is_begun, why));
    TRY(tell_missed(page, view, &is_begun, why));
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline delays_outline = {
    .name = "delays",
    .masthead = M_REPORT_DELAYS_MASTHEAD,
    .words = &delays_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_delays_totals, SQL_delays_totals},
    .is_general = true,
    .gathers_spans = true,
    .gather = gather,
    .word = word,
    .title = title,
    .attention = attention,
};
