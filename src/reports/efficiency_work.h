/* efficiency_work.h -- what the parts of efficiency_gather share: the streams that they read, and
 * what they add up.
 *
 * Orders are gone through once, by id.  Each statement tells its rows by order, in that sequence,
 * so that what is known of an order is read side by side, and nothing is looked up or sorted.
 */
#ifndef PURSER_EFFICIENCY_WORK_H
#define PURSER_EFFICIENCY_WORK_H

#include "order/stages.h"
#include "reports/outline.h"
#include "reports/samples.h"
#include "reports/working_time.h"

/* ---- streams -------------------------------------------------------------------------------- */

/* Rows whose first column is an order, in sequence. */
struct stream {
    struct rows rows;
    bool is_ahead; /* the row is of a later order than was asked for */
    bool is_over;
};
struct efficiency_work;
MUST_USE enum outcome stream_open(struct stream *stream, const struct efficiency_work *work,
                                  enum statement statement, struct fault *why);
/* The next row of an order, whose texts live until the next call; NONE after its last.  Rows of
 * orders before it are left out. */
MUST_USE enum outcome stream_next(struct stream *stream, int64_t order_id, struct fault *why);
void stream_close(struct stream *stream);

/* ---- what is added up ----------------------------------------------------------------------- */

/* X(enumerator, "name") -- what samples are of. */
#define SAMPLE_TOPICS(X)                                                                           \
    X(TOPIC_STAGE, "stage") /* that were finished, by stage */                                     \
    X(TOPIC_STAGE_WORKING, "stage-working")                                                        \
    X(TOPIC_OPEN, "open") /* likewise, that are open */                                            \
    X(TOPIC_OPEN_WORKING, "open-working")                                                          \
    X(TOPIC_LEAD, "lead") /* from the receipt of an order until it is complete */                  \
    X(TOPIC_LEAD_WORKING, "lead-working")                                                          \
    X(TOPIC_LEAD_TREND, "lead-trend") /* by week or month */                                       \
    X(TOPIC_DAYS, "days")             /* from the date of an order until all of it has left */     \
    X(TOPIC_DAYS_TREND, "days-trend")                                                              \
    X(TOPIC_TRANSIT, "transit") /* by carrier */                                                   \
    X(TOPIC_STEP, "step")       /* approvals, by step */                                           \
    X(TOPIC_PERSON, "person")
#define TOPIC_AS_ENUM(enumerator, name) enumerator,
enum sample_topic { SAMPLE_TOPICS(TOPIC_AS_ENUM) TOPIC_COUNT };

struct stage_counts {
    int64_t begun; /* in the period, and so the next two */
    int64_t ended;
    int64_t again; /* begun once more */
    int64_t open;
    int64_t oldest_ms; /* when the open ones began that did so first */
    int64_t *oldest;   /* their orders */
    size_t oldest_count;
    size_t oldest_capacity;
};

struct carrier_counts {
    const char *name;
    int64_t shipments;
    int64_t due; /* of them those with a day that was requested */
    int64_t late;
    int64_t parcels; /* somebody tells of their delivery */
    int64_t delivered;
    int64_t days_said; /* of the delivered those whose carrier had said when */
    int64_t in_time;
    int64_t news; /* of which something was told in the period */
    int64_t troubled;
};

/* X(enumerator, "name") -- what was done more than once to orders, by their events. */
#define REWORK_KINDS(X)                                                                            \
    X(REWORK_ONE_VERSION, "one-version")                                                           \
    X(REWORK_TWO_VERSIONS, "two-versions")                                                         \
    X(REWORK_MORE_VERSIONS, "more-versions")                                                       \
    X(REWORK_CHANGED, "changed")                                                                   \
    X(REWORK_AMENDED, "amended")                                                                   \
    X(REWORK_REPRICED, "repriced")                                                                 \
    X(REWORK_RESUBMITTED, "resubmitted")                                                           \
    X(REWORK_LINES_STRUCK, "lines-struck")                                                         \
    X(REWORK_SENT_BACK, "sent-back")                                                               \
    X(REWORK_TURNED_DOWN, "turned-down")                                                           \
    X(REWORK_PUT_ON_HOLD, "put-on-hold")
#define REWORK_AS_ENUM(enumerator, name) enumerator,
enum rework_kind { REWORK_KINDS(REWORK_AS_ENUM) REWORK_COUNT };
struct rework_counts {
    int64_t times;
    int64_t orders;
};

/* Orders with a promised day that came to their end in the period. */
struct outlook_counts {
    int64_t finished;
    int64_t late;
    int64_t warned;   /* a delay was told before the promised day was over */
    int64_t correct;  /* and it was late */
    int64_t seen;     /* late, and a delay was told before that day had begun */
    int64_t ahead_ms; /* of the correct ones: so long before the end of that day, together */
};

/* An order that was completed in the period; days, DAY_NONE: not said. */
struct done_order {
    int64_t order_id;
    int64_t version;
    int32_t done_day;
    int32_t requested_day;
    int32_t promised;
    int32_t first_promised;
    size_t gone_first; /* its shipments, in work->gone */
    size_t gone_count;
};
struct gone_shipment {
    int64_t id;
    int32_t day; /* it arrived, or left where nobody tells of that */
};

struct efficiency_work {
    const struct outline_view *view;
    const struct named_value *values;
    size_t value_count;
    struct working_days days;
    int64_t since_ms; /* what became known from then on counts */
    int64_t moment_ms;
    bool is_by_months;
    bool is_compared; /* of an earlier period: of completed orders alone, and nothing is open */
    int64_t *asked;   /* orders, by id */
    size_t asked_count;
    size_t asked_capacity;
    struct samples samples;
    struct stage_counts stages[STAGE_COUNT];
    struct carrier_counts *carriers;
    size_t carrier_count;
    size_t carrier_capacity;
    struct rework_counts rework[REWORK_COUNT];
    struct outlook_counts outlook;
    int64_t completed;
    struct done_order *done;
    size_t done_count;
    size_t done_capacity;
    struct gone_shipment *gone;
    size_t gone_count;
    size_t gone_capacity;
};
void efficiency_work_close(struct efficiency_work *work);

/* Go through the orders that were asked for: stages, shipments, what was done again. */
MUST_USE enum outcome efficiency_walk(struct efficiency_work *work, struct fault *why);

/* Go through the lines of those that were completed: in time, in full, filled at first. */
MUST_USE enum outcome efficiency_fill(struct efficiency_work *work, struct fault *why);

#endif
