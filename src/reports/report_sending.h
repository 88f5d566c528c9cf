/* report_sending.h -- private to reports/: a report on its way to one recipient. */
#ifndef PURSER_REPORT_SENDING_H
#define PURSER_REPORT_SENDING_H

#include "reports/report.h"

struct report_sending {
    const char *report;
    struct report_request request; /* without a twin */
};

/* What a file is about; texts in the arena.  A score card is of the partner whom it goes to. */
MUST_USE enum outcome report_sending_read(const struct writing *writing, struct arena *arena,
                                          struct report_sending *sending, struct fault *why);

/* Its PDF, of the page without a link to another file; NONE: there is none. */
MUST_USE enum outcome
report_sending_pdf(const struct writing *writing, const struct report_sending *sending,
                   struct buf *pdf, struct fault *why);

#endif
