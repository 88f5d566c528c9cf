/* clocks.h -- approvals that take their time: private to src/desk.
 *
 * By working time (facts_calendar): whoever has not decided is reminded, the superiors are asked
 * too, and what is not decided in time is refused or approved, as the matrix says.  Each happens
 * once for a step, and each reminder once by its number, however often the job runs: what was done
 * is stored with what it caused.  Of reminders that were missed only the last one is sent. */
#ifndef PURSER_CLOCKS_H
#define PURSER_CLOCKS_H

#include "config/run.h"
#include "desk/facts.h"

MUST_USE enum outcome clocks_work(struct run *run, struct facts *facts, struct fault *why);

#endif
