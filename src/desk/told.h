/* told.h -- an approval has ended, and those who were asked or wait for it learn of it; private to
 * src/desk. */
#ifndef PURSER_TOLD_H
#define PURSER_TOLD_H

#include "config/run.h"

/* A message to each who was asked about the version, whom its steps name to be told, and who asked
 * for a price by hand and is an approver; in the transaction that ends it, with the event that
 * does. Where nobody was asked, nobody is told. */
MUST_USE enum outcome told_result(struct run *run, int64_t order_id, int64_t version,
                                  int64_t event_id, struct fault *why);

#endif
