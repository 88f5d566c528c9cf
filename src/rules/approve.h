/* approve.h -- who must consent to an order before it is released: pure, no I/O.
 *
 * The matrix is a table of rules.  A rule matches an order that meets all its conditions; one that
 * is left empty is met.  All rules that match count, and in each step the strictest of them asks:
 * the one with the highest amount; of equal ones the one with more conditions; then the one with
 * the least margin or the most discount; then by what is left, so that the order in which the
 * caller brings the rules cannot matter.  Who must be asked besides has a step of its own.  An
 * order that no rule matches is approved by rule.
 *
 * Amounts.  `above` and `up_to` are a band: above it, up to and with it, of the gross total, or of
 * the net one where the rule says so.  Rules in the order's currency are compared with it; when the
 * matrix has none, those in the company's currency are, exchanged at the rate of the order's date
 * (limit x rate, never the other way round; compared exactly), and where there is no rate the rule
 * counts as exceeded.
 *
 * Split orders.  Orders of a customer that come on one day are seen as one, unless the rule says
 * otherwise: the amount is that of this one and of those before it that were approved by rule.
 * (Those that somebody was asked about have been seen.)
 *
 * An order whose prices must be decided on asks in any case: when no rule matches, the approver of
 * the lowest amount that could ask about such an order, of the first step that has one.
 */
#ifndef PURSER_APPROVE_H
#define PURSER_APPROVE_H

#include "base/arena.h"
#include "order/order.h"
#include "order/price_policy.h"
#include "rules/price.h"

#include <stdbool.h>

/* What a rule may ask about an order.  In the sequence they are looked at: the first that is not
 * met is the one that the trace names. */
#define APPROVAL_CONDITIONS(X)                                                                     \
    X(CONDITION_TYPE, "type")                                                                      \
    X(CONDITION_CUSTOMER, "customer")                                                              \
    X(CONDITION_GROUP, "group")                                                                    \
    X(CONDITION_CHANNEL, "channel")                                                                \
    X(CONDITION_COUNTRY, "country")                                                                \
    X(CONDITION_CATEGORY, "category")                                                              \
    X(CONDITION_LEAD_TIME, "lead-time")                                                            \
    X(CONDITION_CHANGED, "changed")                                                                \
    X(CONDITION_MANUAL, "manual-price")                                                            \
    X(CONDITION_DISCOUNT, "discount")                                                              \
    X(CONDITION_MARGIN, "margin")                                                                  \
    X(CONDITION_CREDIT, "credit")                                                                  \
    X(CONDITION_INCREASE, "increase")                                                              \
    X(CONDITION_COUNTRY_CHANGED, "country-changed")                                                \
    X(CONDITION_CURRENCY, "currency")                                                              \
    X(CONDITION_ABOVE, "amount-above")                                                             \
    X(CONDITION_UP_TO, "amount-up-to")
#define CONDITION_AS_ENUM(enumerator, name) enumerator,
enum approval_condition { APPROVAL_CONDITIONS(CONDITION_AS_ENUM) CONDITION_COUNT };
extern const char *const approval_condition_names[CONDITION_COUNT];

#define APPROVAL_RATE_NONE MASTER_RATE_NONE

/* What a credit condition may name beside the verdicts of rules/credit.h: no limit is known. */
#define CREDIT_UNKNOWN "none"

enum { QUORUM_ALL = 0, QUORUM_ANY = -1 };

/* X(enumerator, "stored name") -- what happens to a step that is not decided in time. */
#define UNDECIDED_WAYS(X)                                                                          \
    X(UNDECIDED_WAITS, "wait")                                                                     \
    X(UNDECIDED_REFUSES, "refuse")                                                                 \
    X(UNDECIDED_APPROVES, "approve")
enum undecided { UNDECIDED_WAYS(CONDITION_AS_ENUM) UNDECIDED_COUNT };
extern const char *const undecided_names[UNDECIDED_COUNT];

/* Whom a rule asks, and how long.  Hours are of working time, -1 for never. */
struct approval_asking {
    const char *approvers; /* partner ids, "A | B" */
    const char *roles;     /* likewise: everybody who has one of them */
    int64_t quorum;        /* how many must approve; or QUORUM_ALL, or QUORUM_ANY: the first answer
                              decides */
    int64_t remind_hours;
    int64_t escalate_hours;
    int64_t decide_hours;
    enum undecided undecided;
    const char *told; /* partner ids: who learns what comes of it */
};

/* Lists are "A | B"; "" is every one. */
struct approval_rule {
    const char *type;     /* order type name */
    const char *currency; /* of the amounts; "": the company's */
    int64_t above_micros; /* -1: none */
    int64_t up_to_micros; /* -1: none */
    bool is_net;
    bool is_alone; /* the customer's other orders of the day do not count */
    const char *customers;
    const char *groups;
    const char *channels;
    const char *countries;         /* of the destination */
    const char *categories;        /* of at least one line's product */
    const char *changed;           /* "yes", "no" or "": a version that we made */
    const char *manual;            /* "yes", "no" or "": some line has a manual price */
    int64_t lead_days_below;       /* fewer days from order to requested date; -1: any */
    int64_t discount_above_micros; /* -1: any */
    int64_t margin_below_micros;   /* APPROVAL_RATE_NONE: any */
    const char *credit;            /* names of rules/credit.h, or CREDIT_UNKNOWN */
    int64_t increase_above_micros; /* of what was approved before; -1: any */
    const char *country_changed;   /* "yes" or "": since it was approved before */
    int64_t step;
    struct approval_asking asking;
    int64_t line; /* in its file */
};

/* A condition of the rule that asks, by its name, and the value that met it, as people write them:
 * amounts in the order's currency, rates in percent.  An amount that is not the gross total of the
 * order alone has "amount-above-net", "amount-above-day" (orders of the day together) or
 * "amount-above-net-day"; one that could not be compared "amount-no-rate". */
struct approval_reason {
    const char *name;
    const char *value;
    const char *limit;
};

struct approval_step {
    int64_t step;
    struct approval_asking asking;
    int64_t limit_minor; /* that the order exceeds, in its currency; AMOUNT_NONE: it is asked for
                            something else */
    struct approval_reason *reasons; /* none where it is asked for its prices alone */
    size_t reason_count;
};

struct approval_decision {
    bool is_approved; /* by rule: no step asks */
    struct approval_step *steps;
    size_t step_count;       /* in sequence */
    int64_t discount_micros; /* of the matter: what an approver's authority must cover */
    const char *trace;       /* JSON: every rule with its verdict and the values compared */
};

struct approval_matter {
    enum order_type type;
    const char *currency;
    int64_t gross_minor;
    int64_t net_minor;
    unsigned int wait_reasons; /* bits of enum wait_reason: what must be decided about its prices */
    const char *customer;
    const char *customer_group;
    const char *channel;
    const char *country;           /* of the destination, else the customer's */
    const char *const *categories; /* of the lines' products, each once, sorted */
    size_t category_count;
    int64_t lead_days; /* AMOUNT_NONE: no date is requested */
    bool is_changed;
    bool has_manual;
    int64_t discount_micros; /* of what the lists give; never below 0 */
    int64_t margin_micros;   /* of the net amount; APPROVAL_RATE_NONE: not known, and no rule about
                                margins is met */
    const char *credit;      /* name of a verdict, or CREDIT_UNKNOWN */
    int64_t increase_micros; /* of the gross amount since it was approved before, rounded up;
                                AMOUNT_NONE: it was not; INT64_MAX: in another currency, or from
                                nothing */
    const char *approved_country; /* where it went when it was approved before; "": it was not */
    const char *company_currency;
    const struct rate_fact *rate; /* from the company's currency on the order's date; NULL: none */
    /* Of the customer's orders of that day that were approved by rule, in this currency. */
    int64_t same_day_count;
    int64_t same_day_gross_minor;
    int64_t same_day_net_minor;
};

/* Can anybody be asked about the prices of such an order?  Of the matter type, customer, group,
 * channel, country, currency, rate and lead time count: what is known before it is priced. */
bool approve_can_ask(const struct approval_matter *matter, const struct approval_rule *rules,
                     size_t rule_count);

/* The rules in the sequence in which they are looked at: by step, within it the strictest first.
 * Every matrix is brought into it once, before it is asked. */
void approval_sort(struct approval_rule *rules, size_t rule_count);

/* The steps' texts are those of the rules. */
void approve_order(const struct approval_matter *matter, const struct approval_rule *rules,
                   size_t rule_count, struct arena *arena, struct approval_decision *decision);

#endif
