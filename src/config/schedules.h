/* schedules.h -- private to config/: when reports come, to whom, and as what. */
#ifndef PURSER_SCHEDULES_H
#define PURSER_SCHEDULES_H

#include "config/keyvalue.h"

/* All schedules with their recipients, one by one. */
void schedules_fill(const struct value_context *context);

/* When the partners are known: those who get reports are among them, or have an address, and become
 * readers (config_recipient). */
void schedules_check(const struct value_context *context);

#endif
