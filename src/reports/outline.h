/* outline.h -- a report as data: which sections it has, what each asks of the store, and how it is
 * told; so that one page, one CSV and one workbook serve all reports.
 *
 * A section is a statement.  Its columns have the names of the report's Table Schema
 * (schemas/report-NAME.csv.json), which knows their titles, types and which may be added up:
 * amounts come as minor units of the currency that is asked for, numbers as millionths, days as
 * days. Statements take what they need of :first_day, :last_day, :from_ms, :until_ms, :as_of_ms,
 * :as_of_day, :cut_ms (the last moment of the period, or as far as is known), :currency,
 * :unit_micros (how many millionths its minor unit is), :is_invoicing, :language and
 * :partner (whom alone the report is about, or "").
 *
 * On the page a column "block" parts the rows of its section, and "agrees" says yes or no; what
 * became known from :since_ms to :moment_ms counts in the period; :is_compared is 1 of an earlier
 * one, of which only totals are told.
 *
 * A customer's code is told with its name, where rows have a column "customer_name"; so is what
 * rows are about, in a column "name".
 *
 * Figures are held against each other: the sums of a section that `foots` must be those of the
 * totals, and every form of the report says whether they are.
 */
#ifndef PURSER_OUTLINE_H
#define PURSER_OUTLINE_H

#include "intake/described.h"
#include "reports/frame.h"
#include "reports/report.h"
#include "store/store.h"
#include "writers/page.h"

enum outline_span { SPAN_NOW, SPAN_BEFORE, SPAN_YEAR, SPAN_COUNT }; /* a year before */

struct outline_section {
    const char *name; /* in column "section" */
    enum message heading;
    enum message note; /* a sentence beneath it; the heading once more: none */
    enum statement statement;
    const char *shown; /* columns of the page, parted by blanks; the first names the row */
    const char *bar;   /* of which rows have a bar; "": none */
    bool is_general;   /* of no currency */
    bool foots;        /* its sum is that of the totals; see outline_foot */
    bool says_words;   /* keys are words of ours */
    bool is_folded;    /* the page opens it when asked to */
    size_t rows_max;   /* on the page */
};

/* A section's rows as tables of shaded cells, before it on the page: months (column "key", 2026-11)
 * down, months later (column "months_later") across. */
struct outline_map {
    const char *column; /* a percentage */
    const char *size;   /* what 100 % is, of row 0 */
    enum message caption;
};

/* One of the totals, by its column.  Of a report without currency none is an amount, and what there
 * is nothing of (no median of no orders) is AMOUNT_NONE. */
enum outline_figure {
    FIGURE_AMOUNT,
    FIGURE_COUNT,
    FIGURE_HOURS, /* millionths */
    FIGURE_SHARE, /* millionths: 125000 is 12.5 % */
};
struct outline_tile {
    const char *column;
    enum message name;
    enum outline_figure figure;
    bool is_rare; /* where the period has none, neither it nor its column is shown on the page */
};

enum { OUTLINE_TOTALS_MAX = 8, OUTLINE_COLUMNS_MAX = 60 };
struct outline_totals {
    const char *currency;
    int64_t values[SPAN_COUNT][OUTLINE_TOTALS_MAX]; /* as the report's tiles are */
    int64_t closing_minor;                          /* by the statement `closing` */
    int64_t faults;
};

struct outline_view;
struct outline {
    const char *name; /* "sales" */
    enum message masthead;
    enum message heading; /* of a currency */
    const struct report_words *words;
    const struct outline_section *sections;
    size_t section_count;
    /* As columns of `totals`; where `has_average`, the first two are net and orders. */
    const struct outline_tile *tiles;
    size_t tile_count;
    const char *trend; /* a section that is drawn, too (chart_trend); NULL: none */
    /* Rows: currency and the tiles' columns; and by day, for the chart. */
    enum statement totals[DAY_VIEW_COUNT];
    enum statement days[DAY_VIEW_COUNT];
    enum statement currencies; /* of which there is something to tell without any total */
    /* Of what was gathered: currency, an amount when the period ends, lines that do not agree. */
    enum statement closing;
    bool has_currencies;
    bool has_closing;
    bool has_average; /* net per order */
    bool has_days;
    const char *unsummed; /* a section whose rows overlap, or are chosen; NULL: none */
    const char *mapped;   /* name of the section that is shown as maps, too; NULL: none */
    const struct outline_map *maps;
    size_t map_count;
    /* Its totals are one row of the currency "": counts, hours and shares.  General sections come
     * first, then those of each currency, if it has any. */
    bool is_general;
    /* And of what is gathered, which is done for each span, this period last. */
    bool gathers_spans;
    bool is_of_moment; /* sums are as of the period's end, not of all of it */
    /* Before anything is asked; NULL: nothing is to be done. */
    MUST_USE enum outcome (*prepare)(const struct outline_view *view, struct fault *why);
    /* What sections ask of scratch tables is there after this; or NULL. */
    MUST_USE enum outcome (*gather)(const struct outline_view *view, struct period period,
                                    const struct named_value *values, size_t count,
                                    struct fault *why);
    /* A word of a column that is said otherwise than WORD-...; NULL: it is none of its own. */
    const char *(*word)(const char *column, const char *text, enum language language);
    const char *(*title)(struct page *page, const struct outline_view *view);
    /* Sentences about what needs attention, as <li>. */
    MUST_USE enum outcome (*attention)(struct page *page, const struct outline_view *view,
                                       struct fault *why);
};

/* A report of a period, ready to be told. */
struct outline_view {
    const struct outline *outline;
    struct store *store;
    const struct config *config;
    const struct report_request *request;
    struct arena *arena;
    struct period periods[SPAN_COUNT];
    struct described_column *columns; /* of its schema */
    size_t column_count;
    struct outline_totals *totals; /* by currency, the company's first */
    size_t currency_count;
};
MUST_USE enum outcome
outline_load(const struct outline *outline, struct store *store, const struct config *config,
             const struct report_request *request, struct arena *arena, struct outline_view *view,
             struct fault *why);

/* Of a currency, added where it has none yet. */
struct outline_totals *outline_totals_of(struct outline_view *view, const char *currency);

/* Fill scratch tables, with the values that sections have, of a span and no currency. */
MUST_USE enum outcome outline_run(const struct outline_view *view, enum outline_span span,
                                  enum statement statement, struct fault *why);

/* Rows of a section. */
struct outline_cell {
    const struct described_column *column;
    const char *text; /* of texts, until the next row; "" of others */
    int64_t number;
    bool is_null;
    bool is_word; /* its text may be one of ours */
};
struct outline_scan {
    struct rows rows;
    size_t count; /* of cells */
    const struct described_column *columns[OUTLINE_COLUMNS_MAX];
    bool says_words[OUTLINE_COLUMNS_MAX];
};
MUST_USE enum outcome
outline_open(struct outline_scan *scan, const struct outline_view *view,
             const struct outline_section *section, const char *currency, struct fault *why);
MUST_USE enum outcome
outline_next(struct outline_scan *scan, struct outline_cell *cells, struct fault *why);
void outline_scan_close(struct outline_scan *scan);

/* The cell of a column, or NULL. */
const struct outline_cell *
outline_cell(const struct outline_cell *cells, size_t count, const char *name);

/* Its number; 0 where there is none. */
int64_t outline_number(const struct outline_cell *cells, size_t count, const char *name);

/* Net by day over a period, `days` of them from its first. */
struct outline_day {
    int64_t orders;
    int64_t net_minor;
};
MUST_USE enum outcome
outline_days(const struct outline_view *view, struct period period, const char *currency,
             struct outline_day *days, struct fault *why);

/* In words, where its text is one of ours: a key of such a section, a class, a severity, what is
 * measured...; else the text. */
const char *outline_word(const struct outline *outline, const struct outline_cell *cell,
                         enum language language);

/* A person of whom an id is told: as the configuration names the partner, else the id. */
const char *outline_person(const struct outline_view *view, const char *id);

/* What the column of a section's keys is called: what its rows are. */
const char *outline_row_title(const struct outline_section *section, enum language language);

const char *outline_column_title(const struct described_column *column, enum language language);

/* What a section comes to, column by column as the cells of its rows; only those that may be added
 * up mean something. */
struct outline_sum {
    int64_t count; /* of rows */
    int64_t values[OUTLINE_COLUMNS_MAX];
    int64_t known[OUTLINE_COLUMNS_MAX]; /* rows that say it */
};
void outline_add(struct outline_sum *sum, const struct outline_cell *cells, size_t count);

/* The column that sections foot in: the first of the totals. */
const char *outline_foot(const struct outline *outline);

/* Does it tell of the ledger of orders?  What else is summed up is named otherwise. */
bool outline_is_of_sales(const struct outline *outline);

/* Do sums of a section's rows mean anything? */
bool outline_has_sums(const struct outline *outline, const struct outline_section *section);

/* Is it one of a rare kind, of which the period has none?  (`totals` may be NULL.) */
bool outline_is_left_out(const struct outline_view *view, const struct outline_totals *totals,
                         const char *column);

/* Of the totals by a column's name; 0 when they have no such column. */
int64_t outline_total(const struct outline_view *view, const struct outline_totals *totals,
                      enum outline_span span, const char *column);

MUST_USE enum outcome
outline_html(struct page *page, const struct outline_view *view, struct fault *why);
MUST_USE enum outcome
outline_csv(struct page *page, const struct outline_view *view, struct fault *why);
MUST_USE enum outcome
outline_xlsx(struct page *page, const struct outline_view *view, struct fault *why);

#endif
