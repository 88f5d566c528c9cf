#include "reports/efficiency.h"

#include "order/order.h"
#include "reports/efficiency_gather.h"

#include <string.h>

#define PERCENTILES "p50 p80 p90 p95 p99 longest"
#define AGES        "open hours_4 day_1 day_2 day_5 later longest finished p50 p90"

static const struct outline_section sections[] = {
    {"total", M_REPORT_TOTAL, M_REPORT_TOTAL, SQL_efficiency_total, "", "", true, false, false,
     false, 1},
    {"bottleneck", M_REPORT_BOTTLENECK, M_REPORT_BOTTLENECK_NOTE, SQL_efficiency_bottleneck,
     "key share p90 finished begun ended growth again open", "share", true, false, true, false, 10},
    {"stage", M_REPORT_STAGES, M_REPORT_STAGES_NOTE, SQL_efficiency_stage,
     "key finished mean " PERCENTILES, "", true, false, true, false, 10},
    {"working", M_REPORT_STAGES_WORKING, M_REPORT_STAGES_WORKING_NOTE, SQL_efficiency_stage_working,
     "key finished mean " PERCENTILES, "", true, false, true, false, 10},
    {"open", M_REPORT_OPEN_WORK, M_REPORT_OPEN_WORK_NOTE, SQL_efficiency_open,
     "key open beyond p50 p90 longest working_p90 order", "", true, false, true, false, 10},
    {"shipment", M_REPORT_TO_SHIPMENT, M_REPORT_TO_SHIPMENT_NOTE, SQL_efficiency_shipment,
     "key finished total mean " PERCENTILES, "", true, false, true, false, 1},
    {"trend", M_REPORT_TREND, M_REPORT_TREND_NOTE, SQL_efficiency_trend,
     "key orders p50 p90 shipped days_p50 days_p90", "", true, false, false, false, 120},
    {"otif", M_REPORT_OTIF, M_REPORT_OTIF_NOTE, SQL_efficiency_otif,
     "key tolerance otif_share line_share orders in_time in_full otif lines", "", true, false, true,
     false, 9},
    {"fill", M_REPORT_FILL, M_REPORT_FILL_NOTE, SQL_efficiency_fill,
     "key unit wanted filled fill_share", "", true, false, true, false, 50},
    {"rework", M_REPORT_REWORK, M_REPORT_REWORK_NOTE, SQL_efficiency_rework,
     "key times orders share", "", true, false, true, false, 20},
    {"warnings", M_REPORT_WARNINGS, M_REPORT_WARNINGS_NOTE, SQL_efficiency_warning,
     "key issued warned correct needless missed precision recall mean", "", true, false, true,
     false, 1},
    {"carrier", M_REPORT_CARRIERS, M_REPORT_CARRIERS_NOTE, SQL_efficiency_carrier,
     "key shipments late late_share delivered in_time_share p50 p90 exceptions exceptions_per_1000",
     "", true, false, false, false, 30},
    {"step", M_REPORT_AGEING_STEP, M_REPORT_AGEING_NOTE, SQL_efficiency_step, "key " AGES, "", true,
     false, false, false, 30},
    {"person", M_REPORT_AGEING_PERSON, M_REPORT_AGEING_NOTE, SQL_efficiency_person, "key " AGES, "",
     true, false, false, false, 50},
};

enum { COMPLETED, OTIF, LEAD_P50, LEAD_P90, OPEN_ORDERS };
static const struct outline_tile tiles[] = {
    [COMPLETED] = {"orders", M_REPORT_COMPLETED, FIGURE_COUNT, false},
    [OTIF] = {"otif", M_REPORT_OTIF_SHARE, FIGURE_SHARE, false},
    [LEAD_P50] = {"p50", M_REPORT_LEAD_P50, FIGURE_HOURS, false},
    [LEAD_P90] = {"p90", M_REPORT_LEAD_P90, FIGURE_HOURS, false},
    [OPEN_ORDERS] = {"open", M_REPORT_OPEN_ORDERS, FIGURE_COUNT, false},
};

static const struct report_word words[] = {
    {M_REPORT_COUNTED_WHEN, M_REPORT_MEANS_COUNTED_WHEN},
    {M_REPORT_COMPLETED, M_REPORT_MEANS_COMPLETED},
    {M_REPORT_STAGE, M_REPORT_MEANS_STAGE},
    {M_REPORT_PERCENTILE, M_REPORT_MEANS_PERCENTILE},
    {M_REPORT_WORKING_HOURS, M_REPORT_MEANS_WORKING_HOURS},
    {M_REPORT_BOTTLENECK, M_REPORT_MEANS_BOTTLENECK},
    {M_REPORT_OTIF, M_REPORT_MEANS_OTIF},
    {M_REPORT_FILL, M_REPORT_MEANS_FILL},
    {M_REPORT_REWORK, M_REPORT_MEANS_REWORK},
    {M_REPORT_WARNINGS, M_REPORT_MEANS_WARNINGS},
    {M_REPORT_CARRIERS, M_REPORT_MEANS_CARRIERS},
};
static const struct report_words efficiency_words = {words, sizeof words / sizeof words[0]};

static int64_t
total_of(const struct outline_view *view, int tile)
{
    return view->currency_count == 0 ? AMOUNT_NONE : view->totals[0].values[SPAN_NOW][tile];
}

static const char *
title(struct page *page, const struct outline_view *view)
{
    const char *period = frame_period(page, view->periods[SPAN_NOW]);
    const int64_t completed = total_of(view, COMPLETED);
    const int64_t otif = total_of(view, OTIF);
    if (completed <= 0) {
        return page_words(page, M_REPORT_EFFICIENCY_NONE, {"period", period});
    }
    const char *orders = page_orders(page, completed);
    const char *within = page_words(
        page, completed == 1 ? M_REPORT_EFFICIENCY_WITHIN : M_REPORT_EFFICIENCY_NINE_WITHIN,
        {"hours", page_quantity(page, total_of(view, LEAD_P90))});
    return otif == AMOUNT_NONE
               ? page_words(page, M_REPORT_EFFICIENCY_TITLE, {"period", period}, {"orders", orders},
                            {"within", within})
               : page_words(page, M_REPORT_EFFICIENCY_TITLE_OTIF, {"period", period},
                            {"orders", orders}, {"within", within},
                            {"share", page_share(page, otif, MICROS)});
}

/* ---- what needs attention ------------------------------------------------------------------- */

static const struct outline_section *
section_named(const char *name)
{
    for (size_t index = 0; index < sizeof sections / sizeof sections[0]; index++) {
        if (strcmp(sections[index].name, name) == 0) {
            return &sections[index];
        }
    }
    return NULL;
}

/* The first stage of the table, with the figures that make it so. */
static void
tell_bottleneck(struct page *page, const struct outline_cell *cells, size_t count, bool *is_begun)
{
    const int64_t share = outline_number(cells, count, "share");
    const int64_t growth = outline_number(cells, count, "growth");
    const int64_t again = outline_number(cells, count, "again");
    if (share <= 0) {
        return;
    }
    const char *sentence = page_words(
        page, M_REPORT_BOTTLENECK_IS, {"stage", message_word(cells[0].text, page->language)},
        {"share", page_quantity(page, share)},
        {"hours", page_quantity(page, outline_number(cells, count, "p90"))},
        {"finished", page_count(page, outline_number(cells, count, "finished"))},
        {"begun", page_count(page, outline_number(cells, count, "begun"))},
        {"ended", page_count(page, outline_number(cells, count, "ended"))},
        {"queue",
         growth > 0 ? page_words(page, M_REPORT_QUEUE_GREW, {"count", page_count(page, growth)})
         : growth < 0
             ? page_words(page, M_REPORT_QUEUE_SHRANK, {"count", page_count(page, -growth)})
             : message_text(M_REPORT_QUEUE_SAME, page->language)});
    if (again > 0) {
        sentence =
            arena_format(page->arena, "%s %s", sentence,
                         page_words(page, M_REPORT_AGAIN, {"count", page_count(page, again)}));
    }
    frame_item(page, is_begun, sentence);
}

/* A stage in which something is open for longer than nine of ten took. */
static void
tell_open(struct page *page, const struct outline_cell *cells, size_t count, bool *is_begun)
{
    const struct outline_cell *beyond = outline_cell(cells, count, "beyond");
    if (!beyond->is_null && beyond->number == 0) {
        return;
    }
    frame_item(page, is_begun,
               page_words(page, M_REPORT_OLDEST_OPEN,
                          {"stage", message_word(cells[0].text, page->language)},
                          {"open", page_count(page, outline_number(cells, count, "open"))},
                          {"order", outline_cell(cells, count, "order")->text},
                          {"hours", page_quantity(page, outline_number(cells, count, "longest"))}));
}

static void
tell_warnings(struct page *page, const struct outline_cell *cells, size_t count, bool *is_begun)
{
    const int64_t missed = outline_number(cells, count, "missed");
    if (missed > 0) {
        frame_item(page, is_begun,
                   frame_missed(page, outline_number(cells, count, "late"), missed));
    }
}

typedef void
tell_rows(struct page *page, const struct outline_cell *cells, size_t count, bool *is_begun);

static enum outcome
tell(struct page *page, const struct outline_view *view, const char *section, size_t rows_max,
     tell_rows *told, bool *is_begun, struct fault *why)
{
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome = DONE;
    TRY(outline_open(&scan, view, section_named(section), "", why));
    for (size_t row = 0; row < rows_max && outcome == DONE; row++) {
        outcome = outline_next(&scan, cells, why);
        if (outcome == DONE) {
            told(page, cells, scan.count, is_begun);
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    enum { STAGES_MAX = 10 };
    bool is_begun = false;
    TRY(tell(page, view, "bottleneck", 1, tell_bottleneck, &is_begun, why));
    TRY(tell(page, view, "open", STAGES_MAX, tell_open, &is_begun, why));
    TRY(tell(page, view, "warnings", 1, tell_warnings, &is_begun, why));
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline efficiency_outline = {
    .name = "efficiency",
    .masthead = M_REPORT_EFFICIENCY_MASTHEAD,
    .words = &efficiency_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .is_general = true,
    .gathers_spans = true,
    .trend = "trend",
    .totals = {SQL_efficiency_totals, SQL_efficiency_totals},
    .gather = efficiency_gather,
    .title = title,
    .attention = attention,
};
