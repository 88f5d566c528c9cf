/* pdf.h -- a page as a PDF, made by another program (config key pdf-converter).
 *
 * The program is started without a shell, in an empty environment but for SOURCE_DATE_EPOCH (the
 * moment of the report, so that the same page gives the same bytes), in a folder of its own where
 * it reads report.html and writes report.pdf.  What it leaves counts only when it ended well, in
 * time, and the file is whole.  Nothing of this is a fault of ours: a report goes out without.
 */
#ifndef PURSER_PDF_H
#define PURSER_PDF_H

#include "base/buf.h"
#include "base/fault.h"
#include "config/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PDF_BYTES_MAX = 64 * 1024 * 1024, PDF_TROUBLE_SIZE = 300 };

/* Is the program there? */
bool pdf_has_converter(const struct pdf_policy *policy);

struct pdf_page {
    const struct pdf_policy *policy;
    const char *html;
    size_t size;
    int64_t made_ms;
};

/* How the converter ended. */
enum pdf_end {
    PDF_MADE,
    PDF_BAD_PAGE,     /* it made nothing of this page, and may of others */
    PDF_NO_CONVERTER, /* it is not there, or hangs: no other page is tried in this run */
};

struct pdf_result {
    enum pdf_end end;
    char trouble[PDF_TROUBLE_SIZE]; /* why not */
    struct buf said;                /* what it wrote to its stderr */
};
void pdf_result_close(struct pdf_result *result);

/* Convert in the open folder; the bytes are added to `pdf` when one was made. */
MUST_USE enum outcome pdf_convert(int folder, const struct pdf_page *page, struct buf *pdf,
                                  struct pdf_result *result, struct fault *why);

/* The same in a folder that is made for it and removed. */
MUST_USE enum outcome pdf_convert_apart(const struct pdf_page *page, struct buf *pdf,
                                        struct pdf_result *result, struct fault *why);

/* For the files of a run: each page is tried once, and what came of it is remembered below the
 * state folder, so that a file and the mails that carry it have the same bytes, also after an
 * interruption.  NONE: there is none; a warning was given, once. */
MUST_USE enum outcome
pdf_of_run(const struct run *run, const struct pdf_page *page, struct buf *pdf, struct fault *why);

/* Forget what earlier runs have made. */
MUST_USE enum outcome pdf_forget(const struct run *run, struct fault *why);

#endif
