/* efficiency.h -- how fast and how well orders go their way, as an outline. */
#ifndef PURSER_EFFICIENCY_H
#define PURSER_EFFICIENCY_H

#include "reports/outline.h"

extern const struct outline efficiency_outline;

#endif
