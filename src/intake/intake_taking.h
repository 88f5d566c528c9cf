/* intake_taking.h -- one file while it is taken, and where its good documents go; private to
 * src/intake. */
#ifndef PURSER_INTAKE_TAKING_H
#define PURSER_INTAKE_TAKING_H

#include "config/run.h"
#include "order/document.h"
#include "order/finding.h"
#include "store/store_interchange.h"

struct mapping;

struct taking {
    struct run *run;
    const struct partner *partner;
    struct interchange interchange;
    struct findings findings;
    struct arena arena;            /* texts of the file, and of one document's findings */
    int64_t stored;                /* documents that wait for the desk */
    int64_t known;                 /* documents that had come before */
    int64_t master_version;        /* 0 until the first row */
    bool must_wait;                /* for what the desk makes of another file */
    const struct mapping *mapping; /* NULL: the file is in our layout */
    const char *columns;           /* of a lookup's file */
    int64_t lookup_id;             /* 0 until its first row */
    int64_t kept;                  /* its rows */
    struct fault trouble;          /* with reading the file; kind 0: none */
};

/* Count a document, and store it when it is good: for the desk, or as a row of master data.  What
 * the store knows against it is a finding. */
MUST_USE enum outcome
taking_store(struct taking *taking, const struct document *document, struct fault *why);

#endif
