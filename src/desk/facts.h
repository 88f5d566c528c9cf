/* facts.h -- what the master data in force says, remembered for the next order that asks the same.
 *
 * Memory is bounded: between orders everything is forgotten when it has grown large, and an order
 * with more facts than fit is not priced.  Facts live until facts_trim or facts_forget. */
#ifndef PURSER_FACTS_H
#define PURSER_FACTS_H

#include "base/arena.h"
#include "base/business_calendar.h"
#include "base/fault.h"
#include "desk/promotions.h"
#include "order/order.h"
#include "rules/approve.h"
#include "rules/authority.h"
#include "rules/delegation.h"
#include "rules/price.h"
#include "rules/returning.h"
#include "store/store_master.h"

struct config;
struct partner;
struct store;

enum {
    FACTS_BUCKETS = 4096,
    FACTS_HINTS_MAX = 50, /* searches for the nearest code, for one file */
};

struct facts {
    struct store *store;
    struct arena arena;
    struct arena rows; /* of the query that is read now */
    bool is_loaded;    /* the versions are known */
    bool ignores_uses; /* promotions and coupons are as if no order had used them; set by the owner
                        */
    int hints_left;    /* for the file that is worked */
    struct master_versions versions;
    struct master_versions in_force; /* whatever the order is priced by */
    struct {
        bool is_set;
        int64_t version_id;
    } assumed[DOCUMENT_KIND_COUNT];
    struct customer_row customer; /* the last one that was found; code NULL: none */
    struct line_entry *buckets[FACTS_BUCKETS];
    const char *list_currency; /* of the order that is worked; "": nothing is converted */
    struct rates_entry *rates;
    struct taxes_entry *taxes;
    struct approvals_entry *approvals;
    bool has_authorities; /* those below are known */
    struct authority_fact *authorities;
    size_t authority_count;
    const struct business_calendar *calendar; /* NULL: not known */
    bool has_approvers;                       /* those below are known */
    struct approver_table approvers;
    bool has_delegations; /* those below are known */
    struct delegation_table delegations;
    bool has_returns; /* those below are known */
    struct return_table returns;
    struct promotion_book book;
};

void facts_init(struct facts *facts, struct store *store);

/* The same on the heap: they are large. */
struct facts *facts_new(struct store *store);
void facts_free(struct facts **facts);

/* From now on this version counts as the one in force of its kind (0: there is none): what is not
 * in force yet is tried out.  Everything is forgotten, but not what was assumed before. */
void facts_assume(struct facts *facts, enum document_kind kind, int64_t version_id);
void facts_close(struct facts *facts);

/* Master data has changed. */
void facts_forget(struct facts *facts);

/* Price by these versions, until others are set or facts_forget; what is remembered of others is
 * forgotten.  To be called for each order, after facts_trim. */
void facts_set_versions(struct facts *facts, const struct master_versions *versions);

/* Price by the lists that an order version was priced by, until the next facts_forget: all but
 * those that say who may do what, and when, which are the ones in force. */
MUST_USE enum outcome
facts_as_of_order(struct facts *facts, int64_t order_id, int64_t version, struct fault *why);

/* Another file is worked from now on: it has hints of its own. */
void facts_begin_file(struct facts *facts);

/* May the code nearest to one that is not known still be looked for?  It costs milliseconds, and a
 * file may have a million such codes; so the first ones get a hint, whatever was worked before. */
bool facts_may_hint(struct facts *facts);

/* To be called between orders: make room. */
void facts_trim(struct facts *facts);

MUST_USE enum outcome
facts_versions(struct facts *facts, const struct master_versions **versions, struct fault *why);

/* Those in force, also while orders are priced by others (but not after facts_set_versions). */
MUST_USE enum outcome
facts_in_force(struct facts *facts, const struct master_versions **versions, struct fault *why);

/* The customer of a code, until another is asked for; NONE: there is none. */
MUST_USE enum outcome facts_customer(struct facts *facts, const char *code,
                                     const struct customer_row **customer, struct fault *why);

/* The unit of a product; NONE: there is no such product. */
MUST_USE enum outcome
facts_unit(struct facts *facts, const char *sku, const char **unit, struct fault *why);

/* All facts that price an order of the partner for the customer code; a customer of another partner
 * counts as unknown.  Prices of `list_currency` ("": of none) stand in for those that a product has
 * not in the order's.  The array of lines lies in `arena`.  NONE: they are too many for one order.
 */
MUST_USE enum outcome
facts_of_order(struct facts *facts, const struct order *order, const struct partner *partner,
               const char *list_currency, struct arena *arena, struct price_facts *price_facts,
               struct fault *why);

/* What a product offers, without prices: its unit, quantities and options, from these versions of
 * products and product-options.  Remembered nowhere; it lies in `arena`.  `product_known` says
 * whether there is one. */
MUST_USE enum outcome
facts_of_product(struct facts *facts, const char *sku, int64_t products_id, int64_t options_id,
                 struct arena *arena, struct line_facts *product, struct fault *why);

/* How far manual prices may go, into *price_facts; nothing for an order that has none. */
MUST_USE enum outcome facts_authorities(struct facts *facts, const struct order *order,
                                        struct price_facts *price_facts, struct fault *why);

/* What a product costs us, of all days, into the arena; nothing when no list of costs is in force:
 * a company may keep none.  In the list's currency where there is nothing in this one.  The
 * versions are known. */
MUST_USE enum outcome facts_costs(struct facts *facts, const char *sku, const char *currency,
                                  struct arena *arena, struct cost_facts *costs, struct fault *why);

/* A row of the approval matrix as a rule, with the row's texts. */
struct approval_rule approval_rule_of(const struct approval_row *row, int64_t line);

/* The rules of the approval matrix that can match an order of the type, sorted. */
MUST_USE enum outcome
facts_approval_rules(struct facts *facts, enum order_type type, const struct approval_rule **rules,
                     size_t *count, struct fault *why);

/* What one unit of a currency is worth in another on a day: by the last rate on or before it,
 * however old.  NULL: there is none. */
MUST_USE enum outcome facts_rate(struct facts *facts, const struct rate_key *key,
                                 const struct rate_fact **rate, struct fault *why);

/* The same by the rates in force, also while orders are priced by others. */
MUST_USE enum outcome facts_rate_in_force(struct facts *facts, const struct rate_key *key,
                                          const struct rate_fact **rate, struct fault *why);

/* Working time: the week of the configuration, with the calendar in force; in the local zone. */
MUST_USE enum outcome facts_calendar(struct facts *facts, const struct config *config,
                                     const struct business_calendar **calendar, struct fault *why);

/* A row of the list of approvers, with the row's texts. */
struct approver approver_of_row(const struct approver_row *row, int64_t line);

/* Who may approve what, by the list in force; empty when there is none. */
MUST_USE enum outcome
facts_approvers(struct facts *facts, const struct approver_table **approvers, struct fault *why);

/* Who stands in for whom, by the delegations in force. */
MUST_USE enum outcome
facts_delegations(struct facts *facts, const struct delegation_table **delegations,
                  struct fault *why);

/* A row of the return policy as a clause, with the row's texts. */
struct return_clause return_clause_of(const struct return_row *row, int64_t line);

/* The return policy in force; empty when there is none. */
MUST_USE enum outcome
facts_return_policy(struct facts *facts, const struct return_table **table, struct fault *why);

#endif
