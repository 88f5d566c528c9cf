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

/* For a terminal: findings as compilers show them, the verdict last. */
void finding_report_text(const struct finding_report *report, enum language language,
                         bool has_colour, struct buf *buf);

/* {"schema":"purser.check/1","data":[...]} */
void finding_report_json(const struct finding_report *reports, size_t count, enum language language,
                         struct buf *buf);

/* A row per finding, and one per file without any; the columns of an acknowledgement's findings. */
void finding_report_csv(const struct finding_report *reports, size_t count, enum language language,
                        struct buf *buf);

/* One page that needs nothing else, for screen and paper. */
void finding_report_html(const struct finding_report *reports, size_t count, enum language language,
                         struct buf *buf);

#endif
