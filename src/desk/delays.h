/* delays.h -- orders that may come late are warned of; private to src/desk.
 *
 * An order that was promised a day is looked at when it has news, and when without news its grade
 * may become another, at the latest when the next working day begins.  What changes for the worse,
 * or is well again, is told once: to a partner of our own, and to the customer in words for it. */
#ifndef PURSER_DELAYS_H
#define PURSER_DELAYS_H

#include "config/run.h"
#include "desk/facts.h"

MUST_USE enum outcome delays_work(struct run *run, struct facts *facts, struct fault *why);

#endif
