/* delay_policy.h -- what does not fit together in section delay; private to src/config. */
#ifndef PURSER_DELAY_POLICY_H
#define PURSER_DELAY_POLICY_H

#include "config/conffile.h"
#include "config/config.h"

void
delay_policy_check(const struct delay_policy *policy, const char *file, struct mistakes *mistakes);

#endif
