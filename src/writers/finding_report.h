/* finding_report.h -- the findings of checked files, for people and programs: `purser check`.
 *
 * Pure: everything is in the reports.  All forms tell the same: what was found, where, what the
 * rule is and what to do.
 */
#ifndef PURSER_FINDING_REPORT_H
#define PURSER_FINDING_REPORT_H

#include "base/buf.h"
#include "order/document.h"
#include "order/finding.h"
#include "writers/excerpt.h"

#include <stdbool.h>
#include <stdint.h>

struct json;

struct finding_report {
    const char *name;   /* of the file, shown safely */
    int64_t size;       /* bytes */
    const char *sha256; /* "" when it was not calculated */
    const char *format; /* "xml", "csv", "" */
    enum document_kind document;
    int64_t documents;
    int64_t documents_good;
    bool is_all_or_nothing; /* one bad document refuses the file */
    const struct findings *findings;
    const struct excerpt *excerpts; /* one per kept finding, or NULL */
};

/* What the file would get: "taken", "partly" or "refused". */
const char *finding_report_verdict(const struct finding_report *report);

/* The shape of all reports of one call. */
enum finding_form {
    FINDING_FORM_TEXT, /* for a terminal: findings as compilers show them, the verdict last */
    FINDING_FORM_JSON, /* {"schema":"purser.check/1","data":[...]} */
    FINDING_FORM_CSV,  /* a row per finding, and one per file without any; the columns of an
                          acknowledgement's findings */
    FINDING_FORM_HTML, /* one page that needs nothing else, for screen and paper */
    FINDING_FORM_COUNT
};
extern const char *const finding_form_names[FINDING_FORM_COUNT]; /* "text", "json", ... */

/* Reports of any number of files, one after the other: begin, add each, end.  Whoever calls may
 * empty `buf` after each step, so that memory does not grow with the number of files. */
struct finding_reports {
    enum finding_form form;
    enum language language;
    bool has_colour; /* of text */
    struct buf *buf; /* borrowed */
    size_t count;    /* added so far */
    bool has_errors; /* in one of them */
};

void finding_reports_begin(struct finding_reports *reports);
void finding_reports_add(struct finding_reports *reports, const struct finding_report *report);
void finding_reports_end(struct finding_reports *reports);

/* The findings alone, as text, and as members "findings_shown" and "findings" of the open object.
 */
void finding_report_list(const struct finding_report *report, enum language language,
                         bool has_colour, struct buf *buf);
void finding_report_list_json(const struct finding_report *report, enum language language,
                              struct json *json);

/* What each form must be able to do; private to finding_report*.c. */
struct finding_form_steps {
    void (*begin)(struct finding_reports *reports);
    void (*add)(struct finding_reports *reports, const struct finding_report *report);
    void (*end)(struct finding_reports *reports);
};
extern const struct finding_form_steps finding_form_html; /* finding_report_html.c */

#endif
