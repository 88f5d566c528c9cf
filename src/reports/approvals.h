/* approvals.h -- the report of approvals: who was asked to approve what in a period, how long it
 * took, and what waits.
 *
 * A row is one person who was asked in a step of an approval.  Those who decided in the period are
 * counted (also when time or somebody else decided for them), and those who were still asked at the
 * moment of the report.  Times are hours by the clock, from when a person was asked to when it was
 * decided. */
#ifndef PURSER_APPROVALS_H
#define PURSER_APPROVALS_H

#include "reports/outline.h"

extern const struct outline approvals_outline;

#endif
