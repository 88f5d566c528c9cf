#include "reports/approvals.h"

#include <string.h>

#define NO_NOTE(heading) (heading), (heading)

enum { ROWS_MAX = 200 };

static const struct outline_section sections[] = {
    {"total", NO_NOTE(M_REPORT_TOTAL), SQL_approvals_total, "", "", true, false, false, false, 1},
    {"speed", M_REPORT_SPEED, M_REPORT_SPEED_NOTE, SQL_approvals_speed, "key decided_count",
     "decided_count", true, true, true, false, 5},
    {"person", M_REPORT_BY_PERSON, M_REPORT_PERSONS_CAPTION, SQL_approvals_person,
     "key step decided_count hours longest_hours open_count overdue_count delegated_count "
     "passed_count stood_in_count escalated_count",
     "decided_count", true, true, false, false, ROWS_MAX},
    {"refused", M_REPORT_ATTEMPTS, M_REPORT_TIME_CAPTION, SQL_approvals_refused,
     "key person verdict decided reason", "", true, false, false, false, ROWS_MAX},
    {"open", M_REPORT_WHAT_WAITS, M_REPORT_OLDEST_CAPTION, SQL_approvals_open,
     "key step person chain amount asked hours due overdue", "", false, false, false, false,
     ROWS_MAX},
    {"decided", M_REPORT_WHAT_WAS_DECIDED, M_REPORT_TIME_CAPTION, SQL_approvals_decided,
     "key step person chain amount verdict by decided hours reason", "", false, false, false, false,
     ROWS_MAX},
};

/* As columns of approvals_totals. */
enum { DECIDED, MEDIAN, LONGEST, OPEN, OVERDUE };
static const struct outline_tile tiles[] = {
    {"decided_count", M_REPORT_DECIDED, FIGURE_COUNT, false},
    {"hours", M_REPORT_MEDIAN, FIGURE_HOURS, false},
    {"longest_hours", M_REPORT_LONGEST, FIGURE_HOURS, false},
    {"open_count", M_REPORT_OPEN, FIGURE_COUNT, false},
    {"overdue_count", M_REPORT_OVERDUE, FIGURE_COUNT, false},
    {"delegated_count", M_REPORT_DELEGATED, FIGURE_COUNT, false},
    {"stood_in_count", M_REPORT_STOOD_IN, FIGURE_COUNT, false},
    {"escalated_count", M_REPORT_ESCALATED, FIGURE_COUNT, false},
};

static const struct report_word words[] = {
    {M_REPORT_DECIDED, M_REPORT_MEANS_DECIDED},    {M_REPORT_MEDIAN, M_REPORT_MEANS_MEDIAN},
    {M_REPORT_OPEN, M_REPORT_MEANS_WAITS},         {M_REPORT_OVERDUE, M_REPORT_MEANS_OVERDUE},
    {M_REPORT_STOOD_IN, M_REPORT_MEANS_STOOD_IN},  {M_REPORT_ESCALATED, M_REPORT_MEANS_ESCALATED},
    {M_REPORT_PASSED_OVER, M_REPORT_MEANS_PASSED},
};
static const struct report_words approvals_words = {words, sizeof words / sizeof words[0]};

/* ---- gathering ------------------------------------------------------------------------------ */

static enum outcome
know(const struct outline_view *view, const struct partner *partner, struct fault *why)
{
    const char *name = partner->name == NULL ? "" : partner->name;
    const struct named_value values[] = {{":person", TEXT(partner->id)}, {":name", TEXT(name)}};
    return store_run_scratch(view->store, SQL_approvals_know, values,
                             sizeof values / sizeof values[0], why);
}

static enum outcome
prepare(const struct outline_view *view, struct fault *why)
{
    const struct config *config = view->config;
    TRY(outline_run(view, SPAN_NOW, SQL_approvals_forget_known, why));
    for (size_t index = 0; index < config->partner_count; index++) {
        TRY(know(view, &config->partners[index], why));
    }
    return DONE;
}

static enum outcome
gather(const struct outline_view *view, struct period period, const struct named_value *values,
       size_t count, struct fault *why)
{
    static const enum statement steps[] = {SQL_approvals_forget_asked, SQL_approvals_gather_decided,
                                           SQL_approvals_gather_open, SQL_approvals_judge};
    (void)period; /* the values have it */
    for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
        TRY(store_run_scratch(view->store, steps[index], values, count, why));
    }
    return DONE;
}

/* ---- what is said --------------------------------------------------------------------------- */

static const char *
hours_words(struct page *page, int64_t micros)
{
    return page_words(page, M_REPORT_HOURS, {"hours", page_quantity(page, micros)});
}

static const char *
answers_words(struct page *page, const int64_t *values)
{
    return values[DECIDED] == 0 ? ""
                                : page_words(page,
                                             values[DECIDED] == 1 ? M_REPORT_APPROVALS_ANSWER
                                                                  : M_REPORT_APPROVALS_ANSWERS,
                                             {"decided", page_count(page, values[DECIDED])},
                                             {"median", hours_words(page, values[MEDIAN])});
}

static const char *
title(struct page *page, const struct outline_view *view)
{
    const int64_t *values = view->totals[0].values[SPAN_NOW];
    const char *period = frame_period(page, view->periods[SPAN_NOW]);
    const enum message message = values[DECIDED] == 0 && values[OPEN] == 0 ? M_REPORT_APPROVALS_NONE
                                 : values[DECIDED] == 0 ? M_REPORT_APPROVALS_TITLE_OPEN
                                 : values[OPEN] == 0    ? M_REPORT_APPROVALS_TITLE_DONE
                                                        : M_REPORT_APPROVALS_TITLE;
    return page_words(page, message, {"period", period}, {"answers", answers_words(page, values)},
                      {"open", page_count(page, values[OPEN])});
}

/* What waits longest of all currencies. */
struct oldest {
    const char *order;
    const char *person;
    int64_t hours_micros;
};

static enum outcome
find_oldest(const struct outline_view *view, struct oldest *oldest, struct fault *why)
{
    static const struct outline_section open = {.name = "open", .statement = SQL_approvals_open};
    for (size_t index = 1; index < view->currency_count; index++) {
        OWNED(outline_scan) scan = {0};
        struct outline_cell cells[OUTLINE_COLUMNS_MAX];
        TRY(outline_open(&scan, view, &open, view->totals[index].currency, why));
        const enum outcome outcome = outline_next(&scan, cells, why); /* its oldest */
        if (outcome == FAILED) {
            return FAILED;
        }
        const int64_t hours_micros =
            outcome == DONE ? outline_cell(cells, scan.count, "hours")->number : -1;
        if (hours_micros > oldest->hours_micros) {
            *oldest = (struct oldest){
                arena_copy(view->arena, outline_cell(cells, scan.count, "key")->text),
                arena_copy(view->arena,
                           outline_person(view, outline_cell(cells, scan.count, "person")->text)),
                hours_micros};
        }
    }
    return DONE;
}

static enum outcome
attention(struct page *page, const struct outline_view *view, struct fault *why)
{
    const int64_t *values = view->totals[0].values[SPAN_NOW];
    struct oldest oldest = {.hours_micros = -1};
    bool is_begun = false;
    TRY(find_oldest(view, &oldest, why));
    if (oldest.hours_micros >= 0) {
        frame_item(page, &is_begun,
                   page_words(page, M_REPORT_WAITS_LONGEST, {"order", oldest.order},
                              {"person", oldest.person},
                              {"hours", hours_words(page, oldest.hours_micros)},
                              {"open", page_count(page, values[OPEN])}));
    }
    if (values[OVERDUE] > 0) {
        frame_item(
            page, &is_begun,
            page_words(page, M_REPORT_PAST_TIME, {"count", page_count(page, values[OVERDUE])}));
    }
    frame_items_end(page, is_begun);
    return DONE;
}

const struct outline approvals_outline = {
    .name = "approvals",
    .masthead = M_REPORT_APPROVALS_MASTHEAD,
    .heading = M_REPORT_APPROVALS_IN,
    .words = &approvals_words,
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .tiles = tiles,
    .tile_count = sizeof tiles / sizeof tiles[0],
    .totals = {SQL_approvals_totals, SQL_approvals_totals},
    .currencies = SQL_approvals_currencies,
    .has_currencies = true,
    .is_general = true,
    .gathers_spans = true,
    .prepare = prepare,
    .gather = gather,
    .title = title,
    .attention = attention,
};
