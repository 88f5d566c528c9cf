/* work_list.h -- the page of an approver while it is written; private to src/writers. */
#ifndef PURSER_WORK_LIST_H
#define PURSER_WORK_LIST_H

#include "store/store_document.h"
#include "writers/page.h"
#include "writers/writer.h"

struct work_list {
    struct writing *writing;
    struct page page;
    struct arena texts; /* of the order that is written */
    struct buf why;
    struct document_scan heads;
    struct document_scan reasons;
    struct document_scan matters;
    struct document_scan lines;
    struct document_scan reductions;
    struct document_request request; /* that is written, with its lines as far as they are read */
    const char *order;               /* "nordlicht/N-2" */
};

/* The lines of the order that is written: what each costs and how that came about. */
MUST_USE enum outcome work_list_lines(struct work_list *list, struct fault *why);

#endif
