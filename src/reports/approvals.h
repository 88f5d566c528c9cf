/* approvals.h -- who was asked to approve what in a period, how long it took, and what waits: the
 * figures of the report of approvals, and its shapes.
 *
 * A row is one person who was asked in a step of an approval.  Those who decided in the period are
 * counted (also when time or somebody else decided for them), and those who were still asked at the
 * moment of the report.  Times are hours by the clock, from when a person was asked to when it was
 * decided. */
#ifndef PURSER_APPROVALS_H
#define PURSER_APPROVALS_H

#include "reports/frame.h"
#include "reports/period.h"
#include "reports/report.h"
#include "store/store_report_approval.h"
#include "writers/page.h"

enum { APPROVAL_ROWS_MAX = 200 }; /* in a table of the page; the CSV has all */

/* What a person has done in a step. */
struct approval_group {
    const char *person;
    int64_t step;
    int64_t decided; /* it approved, refused or returned */
    int64_t delegated;
    int64_t passed; /* it was decided without it */
    int64_t open;
    int64_t overdue;   /* decided or still open after its time */
    int64_t stood_in;  /* it was asked in place of somebody absent, a superior's place included */
    int64_t escalated; /* it was asked because somebody else had not decided */
    int64_t *hours_tenths; /* of those decided, ascending */
    int64_t median_tenths; /* AMOUNT_NONE: nothing was decided */
    int64_t longest_tenths;
};

struct approval_figures {
    struct period period;
    struct report_approval *rows; /* decided ones by time, then open ones, the oldest first */
    size_t row_count;
    size_t decided_count; /* of the rows */
    struct report_attempt *attempts;
    size_t attempt_count;
    struct approval_group *groups; /* by person, then step */
    size_t group_count;
    struct approval_group all;
};

/* It was decided after its time, or by that, or is open still. */
bool approvals_is_overdue(const struct report_approval *row, int64_t as_of_ms);

MUST_USE enum outcome
approvals_load(struct store *store, const struct report_request *request, struct arena *arena,
               struct approval_figures *figures, struct fault *why);

extern const struct report_words approvals_words;

MUST_USE enum outcome
approvals_html_write(struct page *page, struct store *store, const struct config *config,
                     const struct report_request *request, struct fault *why);
MUST_USE enum outcome
approvals_csv_write(struct page *page, struct store *store, const struct config *config,
                    const struct report_request *request, struct fault *why);

#endif
