#include "reports/partners.h"

#include <string.h>

#define NO_NOTE(heading) (heading), (heading)

/* Columns of both forms that are told alike. */
#define PRICE_SHOWN "key lines different expected ours difference"
#define NEWS_SHOWN  "news known_p50 known_p90 known_longest"
#define TIME_SHOWN  "key arrivals expected_hours pause_hours late silent_hours dated_orders soon"

enum { FIXES_TOLD_MAX = 3 };

static const struct outline_section sections[] = {
    {"total", NO_NOTE(M_REPORT_TOTAL), SQL_partners_total, "", "", true, false, false, false, 1},
    {"partner", M_REPORT_PARTNERS, M_REPORT_PARTNERS_NOTE, SQL_partners_partner,
     "key files taken partly refused rate rate_before document_rate duplicates changed", "files",
     true, false, false, false, 100},
    {"fix", M_REPORT_FIXES, M_REPORT_FIXES_NOTE, SQL_partners_fix,
     "key alone alone_documents rate rate_then", "", true, false, false, false, 50},
    {"code", NO_NOTE(M_REPORT_MISTAKES), SQL_partners_mistake,
     "key severity partners files findings", "files", true, false, false, false, 30},
    {"mistake", NO_NOTE(M_REPORT_PARTNER_MISTAKES), SQL_partners_partner_mistake,
     "key code severity files findings alone", "", true, false, false, true, 100},
    {"kind", NO_NOTE(M_REPORT_FILE_KINDS), SQL_partners_kind,
     "key files taken partly refused rate documents documents_taken", "files", true, false, true,
     false, 50},
    {"time", M_REPORT_TIMELINESS, M_REPORT_TIMELINESS_NOTE, SQL_partners_time, TIME_SHOWN, "", true,
     false, false, false, 100},
    {"news", M_REPORT_NEWS, M_REPORT_NEWS_NOTE, SQL_partners_news, "key document " NEWS_SHOWN,
     "known_p90", true, false, false, false, 100},
    {"weekday", NO_NOTE(M_REPORT_WEEKDAYS), SQL_partners_weekday, "key files", "files", true, false,
     true, true, 7},
    {"hour", NO_NOTE(M_REPORT_ARRIVAL_HOURS), SQL_partners_hour, "key files", "files", true, false,
     false, true, 24},
    {"answer", M_REPORT_ANSWERS, M_REPORT_ANSWERS_NOTE, SQL_partners_answer,
     "key answers p50 p90 longest", "p90", true, false, false, false, 100},
    {"price", M_REPORT_PRICES, M_REPORT_PRICES_NOTE, SQL_partners_price, PRICE_SHOWN, "different",
     false, false, false, false, 100},
    {"product", NO_NOTE(M_REPORT_PRICE_PRODUCTS), SQL_partners_product, PRICE_SHOWN, "different",
     false, false, false, false, 50},
};

/* What one partner may see: all of it is its own. */
static const struct outline_section card_sections[] = {
    {"total", NO_NOTE(M_REPORT_TOTAL), SQL_partners_total, "", "", true, false, false, false, 1},
    {"fix", M_REPORT_FIXES, M_REPORT_FIXES_NOTE, SQL_partners_fix, "", "", true, false, false,
     false, 1},
    {"mistake", M_REPORT_MISTAKES, M_REPORT_CARD_MISTAKES_NOTE, SQL_partners_code,
     "key severity files rate_then", "files", true, false, false, false, 50},
    {"file", NO_NOTE(M_REPORT_CARD_FILES), SQL_partners_file,
     "key document state received documents documents_taken", "", true, false, false, false, 100},
    {"kind", NO_NOTE(M_REPORT_FILE_KINDS), SQL_partners_kind,
     "key files taken partly refused rate documents documents_taken", "files", true, false, true,
     false, 50},
    {"time", M_REPORT_TIMELINESS, M_REPORT_TIMELINESS_NOTE, SQL_partners_time, TIME_SHOWN, "", true,
     false, false, false, 1},
    {"news", M_REPORT_NEWS, M_REPORT_NEWS_NOTE, SQL_partners_news, "key " NEWS_SHOWN, "known_p90",
     true, false, true, false, 20},
    {"weekday", NO_NOTE(M_REPORT_WEEKDAYS), SQL_partners_weekday, "key files", "files", true, false,
     true, true, 7},
    {"hour", NO_NOTE(M_REPORT_ARRIVAL_HOURS), SQL_partners_hour, "key files", "files", true, false,
     false, true, 24},
    {"answer", M_REPORT_ANSWERS, M_REPORT_ANSWERS_NOTE, SQL_partners_answer,
     "key answers p50 p90 longest", "", true, false, false, false, 1},
    {"product", M_REPORT_PRICE_PRODUCTS, M_REPORT_PRICES_NOTE, SQL_partners_product, PRICE_SHOWN,
     "different", false, false, false, false, 50},
};

/* As columns of partners_totals; shares are of the first. */
enum { FILES, TAKEN, RATE };
static const struct outline_tile tiles[] = {
    {"files", M_REPORT_FILES_JUDGED, FIGURE_COUNT, false},
    {"taken", M_REPORT_FILES_TAKEN, FIGURE_COUNT, false},
    {"rate", M_REPORT_ACCEPTED_FILES, FIGURE_SHARE, false},
    {"document_rate", M_REPORT_ACCEPTED_DOCUMENTS, FIGURE_SHARE, false},
    {"duplicates", M_REPORT_DUPLICATES, FIGURE_COUNT, false},
};

static const struct report_word words[] = {
    {M_REPORT_FILES_JUDGED, M_REPORT_MEANS_JUDGED},
    {M_REPORT_ACCEPTED_FILES, M_REPORT_MEANS_ACCEPTED},
    {M_REPORT_DOCUMENTS, M_REPORT_MEANS_DOCUMENTS},
    {M_REPORT_DUPLICATES, M_REPORT_MEANS_DUPLICATES},
    {M_REPORT_FIXES, M_REPORT_MEANS_FIX},
    {M_REPORT_TIMELINESS, M_REPORT_MEANS_TIMELINESS},
    {M_REPORT_NEWS, M_REPORT_MEANS_NEWS},
    {M_REPORT_ANSWERS, M_REPORT_MEANS_ANSWERS},
    {M_REPORT_PRICES, M_REPORT_MEANS_PRICES},
};
static const struct report_words partners_words = {words, sizeof words / sizeof words[0]};

static const char *
percent(struct page *page, int64_t tenths)
{
    return page_share(page, tenths, 1000);
}

static const char *
files_text(struct page *page, int64_t count)
{
    return count == 1 ? message_text(M_REPORT_FILE_ONE, page->language)
                      : page_words(page, M_REPORT_FILES_MANY, {"count", page_count(page, count)});
}

static const char *
title(struct page *page, const struct outline_view *view)
{
    const int64_t *values = view->totals[0].values[SPAN_NOW];
    const char *period = frame_period(page, view->periods[SPAN_NOW]);
    const enum message message = values[FILES] == 0               ? M_REPORT_PARTNERS_TITLE_NONE
                                 : values[TAKEN] != values[FILES] ? M_REPORT_PARTNERS_TITLE
                                 : values[FILES] == 1             ? M_REPORT_PARTNERS_TITLE_ONE
                                                                  : M_REPORT_PARTNERS_TITLE_ALL;
    return page_words(page, message, {"period", period}, {"files", files_text(page, values[FILES])},
                      {"count", page_count(page, values[FILES])},
                      {"taken", page_count(page, values[TAKEN])},
                      {"share", page_share(page, values[RATE], MICROS)});
}

static const char *
card_title(struct page *page, const struct outline_view *view)
{
    const int64_t *values = view->totals[0].values[SPAN_NOW];
    const char *period = frame_period(page, view->periods[SPAN_NOW]);
    const enum message message = values[FILES] == 0               ? M_REPORT_CARD_TITLE_NONE
                                 : values[TAKEN] != values[FILES] ? M_REPORT_CARD_TITLE
                                 : values[FILES] == 1             ? M_REPORT_CARD_TITLE_ONE
                                                                  : M_REPORT_CARD_TITLE_ALL;
    return page_words(page, message, {"period", period}, {"partner", partners_name(view)},
                      {"count", page_count(page, values[FILES])},
                      {"taken", page_count(page, values[TAKEN])});
}

/* ---- what needs attention -------------------------------------------------------------------- */

static const char *
text_of(const struct outline_cell *cells, size_t count, const char *column)
{
    const struct outline_cell *cell = outline_cell(cells, count, column);
    return cell == NULL ? "" : cell->text;
}

/* Of a rate in millionths of a percent. */
static const char *
rate_text(struct page *page, const struct outline_cell *cells, size_t count, const char *column)
{
    return percent(page, outline_number(cells, count, column) / 100000);
}

static const char *
who(const struct outline_cell *cells, size_t count)
{
    const char *name = text_of(cells, count, "name");
    return *name != '\0' ? name : text_of(cells, count, "key");
}

/* What would be gained without it: files, or where there are none, documents. */
static const char *
fix_text(struct page *page, const struct outline_cell *cells, size_t count, bool is_card)
{
    const int64_t files = outline_number(cells, count, "alone");
    const char *gain =
        files > 0 ? page_words(page, M_REPORT_GAIN_FILES, {"files", files_text(page, files)},
                               {"now", rate_text(page, cells, count, "rate")},
                               {"then", rate_text(page, cells, count, "rate_then")})
                  : page_words(page, M_REPORT_GAIN_DOCUMENTS,
                               {"count",
                                page_count(page, outline_number(cells, count, "alone_documents"))});
    return page_words(page, is_card ? M_REPORT_NEXT_FIX_CARD : M_REPORT_NEXT_FIX,
                      {"partner", who(cells, count)}, {"code", text_of(cells, count, "code")},
                      {"mistake", text_of(cells, count, "mistake")},
                      {"hint", text_of(cells, count, "hint")}, {"gain", gain});
}

/* The mistake that costs each partner most; of those who would gain most. */
static enum outcome
put_fixes(struct page *page, const struct outline_view *view, bool *is_begun, struct fault *why)
{
    static const struct outline_section fixes = {.name = "fix", .statement = SQL_partners_fix};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome = DONE;
    TRY(outline_open(&scan, view, &fixes, "", why));
    for (int told = 0; told < FIXES_TOLD_MAX; told++) {
        outcome = outline_next(&scan, cells, why);
        if (outcome != DONE) {
            break;
        }
        frame_item(page, is_begun,
                   fix_text(page, cells, scan.count, view->request->partner != NULL));
    }
    return outcome == FAILED ? FAILED : DONE;
}

/* Who was late, is silent, or asks for days that cannot be. */
static enum outcome
put_lateness(struct page *page, const struct outline_view *view, bool *is_begun, struct fault *why)
{
    static const struct {
        const char *column;
        enum message message;
    } kinds[] = {{"late", M_REPORT_CAME_LATE},
                 {"silent_hours", M_REPORT_IS_SILENT},
                 {"soon", M_REPORT_ASKED_SOON}};
    static const struct outline_section times = {.name = "time", .statement = SQL_partners_time};
    OWNED(outline_scan) scan = {0};
    struct outline_cell cells[OUTLINE_COLUMNS_MAX];
    enum outcome outcome;
    TRY(outline_open(&scan, view, &times, "", why));
    while ((outcome = outline_next(&scan, cells, why)) == DONE) {
        for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; index++) {
            const int64_t number = outline_number(cells, scan.count, kinds[index].column);
            if (number > 0) {
                frame_item(page, is_begun,
                           page_words(page, kinds[index].message,
                                      {"partner", who(cells, scan.count)},
                                      {"count", page_count(page, number)}));
            }
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    bool is_begun = false;
    TRY(put_fixes(page, view, &is_begun, why));
    TRY(put_lateness(page, view, &is_begun, why));
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline partners_outline = {
    .name = "partners",
    .masthead = M_REPORT_PARTNERS_MASTHEAD,
    .heading = M_REPORT_PRICES_IN,
    .words = &partners_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_partners_totals, SQL_partners_totals},
    .currencies = SQL_partners_currencies,
    .has_currencies = true,
    .is_general = true,
    .prepare = partners_prepare,
    .title = title,
    .attention = attention,
};

const struct outline score_card_outline = {
    .name = "score-card",
    .masthead = M_REPORT_CARD_MASTHEAD,
    .heading = M_REPORT_PRICES_IN,
    .words = &partners_words,
    .sections = card_sections,
    .section_count = sizeof card_sections / sizeof card_sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_partners_totals, SQL_partners_totals},
    .currencies = SQL_partners_currencies,
    .has_currencies = true,
    .is_general = true,
    .prepare = partners_prepare,
    .title = card_title,
    .attention = attention,
};
