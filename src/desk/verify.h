/* verify.h -- the invariants, checked over the store and the folders: for `purser verify` and after
 * every fault test.
 *
 * I1 every file that arrived lies in exactly one place, with the bytes that arrived, and no file
 * lies in our folders that the store does not know I2 every order is stored once, from one file for
 * each version, and its lines add up to its totals I3 every outgoing file is complete or absent I4
 * sequence numbers have no gaps and no repeats, neither of files nor of invoices, which add up to
 * the prices of what left I5 every file has exactly one acknowledgement, every
 * decision about an order exactly one response I7 the database itself is sound and each order
 * stands where its events have led it, on a path that the life cycle allows. (I6 and I8 compare two
 * stores: see verify_dump in store/store_verify.h.)
 *
 * Reads everything, writes nothing.  Must not run beside `purser run`.
 */
#ifndef PURSER_VERIFY_H
#define PURSER_VERIFY_H

#include "config/run.h"
#include "order/message.h"

#include <stddef.h>

enum { VERIFY_PROBLEMS_KEPT_MAX = 1000 };

struct verify_problem {
    enum message code;
    const char *value;
    const char *expected;
};

struct verify_report {
    struct arena arena;
    struct verify_problem *items;
    size_t count; /* kept */
    size_t capacity;
    size_t total;
};

void verify_report_init(struct verify_report *report);
void verify_report_close(struct verify_report *report);

/* Needs store, home and state of the run.  DONE also when there are problems; a fault means that it
 * could not look. */
MUST_USE enum outcome verify_work(struct run *run, struct verify_report *report, struct fault *why);

const char *
verify_sentence(const struct verify_problem *problem, enum language language, struct arena *arena);

#endif
