#include "config/delay_policy.h"

#define PACE_AS_NAME(enumerator, name) [enumerator] = name,
const char *const pace_stage_names[PACE_STAGE_COUNT] = {PACE_STAGES(PACE_AS_NAME)};

/* Nine of ten cannot be faster than half of them. */
void
delay_policy_check(const struct delay_policy *policy, const char *file, struct mistakes *mistakes)
{
    for (int stage = 0; stage < PACE_STAGE_COUNT; stage++) {
        if (policy->most_hours[stage] < policy->usual_hours[stage]) {
            mistake_add(mistakes, file, 0, "delay: %s-hours-most is less than %s-hours",
                        pace_stage_names[stage], pace_stage_names[stage]);
        }
    }
}
