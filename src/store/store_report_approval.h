/* store_report_approval.h -- what the report of approvals reads. */
#ifndef PURSER_STORE_REPORT_APPROVAL_H
#define PURSER_STORE_REPORT_APPROVAL_H

#include "base/arena.h"
#include "base/fault.h"
#include "store/store_report.h"

/* A person who was asked in a step. */
struct report_approval {
    const char *partner;
    const char *order_number;
    int64_t version;
    int64_t step;
    const char *person;
    const char *chosen; /* route_way_names of rules/routing.h */
    const char *chain;
    const char *currency;
    int64_t amount_minor;
    int64_t asked_ms;
    int64_t due_ms;     /* AMOUNT_NONE: no time was set */
    int64_t decided_ms; /* AMOUNT_NONE: it was open when the report was made */
    const char *state;  /* approval_person_state_names; 'asked' when it was open */
    const char *by;     /* who decided the step, where this person did not; "" */
    const char *reason;
};

/* Those decided on the days of the span, by time; then those open at its moment, the oldest
 * first. */
MUST_USE enum outcome
report_approvals(struct store *store, const struct report_span *span, struct arena *arena,
                 struct report_approval **items, size_t *count, struct fault *why);

/* An attempt to decide that was refused. */
struct report_attempt {
    const char *partner;
    const char *order_number;
    int64_t version;
    const char *person;
    const char *verdict;
    const char *code;
    int64_t at_ms;
};
MUST_USE enum outcome
report_attempts(struct store *store, const struct report_span *span, struct arena *arena,
                struct report_attempt **items, size_t *count, struct fault *why);

#endif
