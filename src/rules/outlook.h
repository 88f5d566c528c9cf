/* outlook.h -- when an order is expected to arrive, and whether that is too late.  Pure.
 *
 * What is left to do is a chain of stages, then parcels that are under way.  A stage takes as long
 * as it took before: half of them no longer than the p50 of its pace, nine of ten no longer than
 * the p90.  One that is under way longer than some of those takes as long as the others did; one
 * that is under way longer than all takes so long once more.  Dates that are known (stock,
 * production, a carrier's estimate) take the place of such times.  The p90 of the whole is the sum
 * of those of its stages, which errs towards the warning.
 *
 * Without news an order can only become later: as time goes by, neither expected moment ever goes
 * back.  outlook_next is built on that.
 */
#ifndef PURSER_OUTLOOK_H
#define PURSER_OUTLOOK_H

#include "base/arena.h"
#include "base/business_calendar.h"
#include "order/order_hold.h"
#include "order/transport_state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OUTLOOK_GRADES(X)                                                                          \
    X(GRADE_NONE, "none")       /* in time, as far as one can say */                               \
    X(GRADE_AT_RISK, "at-risk") /* the p90 lies beyond the promised day */                         \
    X(GRADE_LATE, "late")       /* so does the p50 */                                              \
    X(GRADE_OVERDUE, "overdue") /* the promised day is over */
#define OUTLOOK_AS_ENUM(enumerator, name) enumerator,
enum outlook_grade { OUTLOOK_GRADES(OUTLOOK_AS_ENUM) OUTLOOK_GRADE_COUNT };
extern const char *const outlook_grade_names[OUTLOOK_GRADE_COUNT];

#define DELAY_CAUSES(X)                                                                            \
    X(DELAY_NONE, "")                                                                              \
    X(DELAY_APPROVAL, "approval")                                                                  \
    X(DELAY_PRICE, "price") /* it has none, or another than its customer expects */                \
    X(DELAY_PAYMENT, "payment")                                                                    \
    X(DELAY_CREDIT, "credit")                                                                      \
    X(DELAY_HOLD, "hold") /* by hand */                                                            \
    X(DELAY_ADDRESS, "address")                                                                    \
    X(DELAY_STOCK, "stock")                                                                        \
    X(DELAY_MATERIAL, "material")                                                                  \
    X(DELAY_PRODUCTION, "production")                                                              \
    X(DELAY_WAREHOUSE, "warehouse")                                                                \
    X(DELAY_CARRIER, "carrier")                                                                    \
    X(DELAY_CUSTOMS, "customs")                                                                    \
    X(DELAY_WEATHER, "weather")                                                                    \
    X(DELAY_NOT_ACCEPTED, "not-accepted") /* the receiver did not take it */                       \
    X(DELAY_DAMAGED, "damaged")                                                                    \
    X(DELAY_TIME, "time") /* nothing is amiss, but the promised day is too near */
enum delay_cause { DELAY_CAUSES(OUTLOOK_AS_ENUM) DELAY_CAUSE_COUNT };
extern const char *const delay_cause_names[DELAY_CAUSE_COUNT];

/* What is left, in this order. */
#define OUTLOOK_STAGES(X)                                                                          \
    X(OUTLOOK_APPROVAL, "approval")                                                                \
    X(OUTLOOK_PAYMENT, "payment")                                                                  \
    X(OUTLOOK_HOLD, "hold")                                                                        \
    X(OUTLOOK_STOCK, "stock")                                                                      \
    X(OUTLOOK_PRODUCTION, "production")                                                            \
    X(OUTLOOK_WAREHOUSE, "warehouse")                                                              \
    X(OUTLOOK_TRANSIT, "transit") /* of what has not left yet */
enum outlook_stage { OUTLOOK_STAGES(OUTLOOK_AS_ENUM) OUTLOOK_STAGE_COUNT };
extern const char *const outlook_stage_names[OUTLOOK_STAGE_COUNT];

/* How long a stage takes. */
struct outlook_pace {
    const char *key;             /* "ups CN DE"; "" all of its stage; "configured" */
    const int64_t *durations_ms; /* ascending; NULL: those two alone are known */
    size_t count;
    int64_t usual_ms; /* p50 */
    int64_t most_ms;  /* p90 */
};

/* The value at the nearest rank: the smallest that `percent` of them do not exceed.  At least one,
 * ascending. */
int64_t outlook_percentile(const int64_t *durations_ms, size_t count, int percent);

struct outlook_hold {
    enum order_hold_kind kind;
    int64_t since_ms;
    int32_t expires; /* its last day; DAY_NONE: somebody must end it */
};

struct outlook_parcel {
    const char *number; /* of the shipment */
    int64_t shipped_ms;
    bool is_tracked; /* else nobody will tell when it has arrived */
    enum transport_state state;
    enum transport_cause cause;
    int64_t eta_ms; /* the end of the carrier's window; AMOUNT_NONE: not said */
    const struct outlook_pace *pace;
};

struct outlook_question {
    const struct business_calendar *calendar;
    int32_t promised;                      /* all of it arrives on this day at the latest */
    bool is_left[OUTLOOK_STAGE_COUNT];     /* those under way too; HOLD by the holds below */
    int64_t since_ms[OUTLOOK_STAGE_COUNT]; /* AMOUNT_NONE: not begun */
    const struct outlook_pace *paces[OUTLOOK_STAGE_COUNT]; /* none of STOCK and PRODUCTION; of HOLD
                                                              how long people take */
    enum delay_cause approval_cause; /* APPROVAL, or PRICE of one that waits for its price */
    const struct outlook_hold *holds;
    size_t hold_count;
    int32_t stock_day;      /* goods are there then; DAY_NONE: nobody can say */
    int32_t production_day; /* likewise */
    enum delay_cause production_cause;
    int32_t leave_day;  /* it does not leave before; DAY_NONE: it may */
    int64_t cut_off_ms; /* after 00:00: what is not released by then waits for the next working
                           day; 0: none */
    const struct outlook_parcel *parcels; /* that have not arrived */
    size_t parcel_count;
};

struct outlook {
    enum outlook_grade grade;
    enum delay_cause cause;
    int64_t p50_ms; /* all of it has arrived; CALENDAR_NEVER: nobody can say */
    int64_t p90_ms;
};

void
outlook_judge(const struct outlook_question *question, int64_t as_of_ms, struct outlook *outlook);

/* The first moment after `as_of_ms`, at most `latest_ms`, at which the grade will be another,
 * without news. */
int64_t outlook_next(const struct outlook_question *question, int64_t as_of_ms, int64_t latest_ms);

/* How it came about, as JSON in the arena. */
const char *
outlook_trace(const struct outlook_question *question, int64_t as_of_ms, struct arena *arena);

/* Is another outlook told?  `before` is what was told last.  What is worse is; what is better by
 * less than a day is not, unless there is news: estimates move by minutes with each run.  Without
 * news a cause stays what it was told to be. */
bool outlook_is_told(const struct outlook *before, const struct outlook *now, int32_t promised,
                     bool has_news);

/* The promised day is over then. */
int64_t outlook_end_of(int32_t promised);

#endif
