/* routing.h -- who is asked for a step of an approval: pure, no I/O.
 *
 * A step names persons, and roles.  Everybody who has a role is asked who has enough authority and
 * may decide; where nobody of the roles is, and of a named person always, the way goes on: up to
 * the first superior who has enough authority, may decide and is there; and from who is absent to
 * the delegate of that day (rules/delegation.h), who decides by the authority of whom it stands in
 * for, but goes not where nobody stands in, or the delegate may not decide: up to the superior
 * again.  Where the way ends without anybody, the last one on it is asked all the same, and the
 * verdict says why that will not do.  Nobody is asked twice.
 *
 * Whoever may not decide is barred: who ordered, who asked for a price by hand, who decided another
 * step of the order.
 */
#ifndef PURSER_ROUTING_H
#define PURSER_ROUTING_H

#include "base/arena.h"
#include "rules/authority.h"
#include "rules/delegation.h"

#include <stdbool.h>

enum { ROUTE_LINKS_MAX = 24 };

/* X(enumerator, "stored name") -- how somebody came to be asked. */
#define ROUTE_WAYS(X)                                                                              \
    X(ROUTE_NAMED, "named")                                                                        \
    X(ROUTE_ROLE, "role")                                                                          \
    X(ROUTE_SUPERIOR, "superior")                                                                  \
    X(ROUTE_STANDS_IN, "stands-in")                                                                \
    X(ROUTE_DELEGATED, "delegated")                                                                \
    X(ROUTE_ESCALATED, "escalated")
enum route_way { ROUTE_WAYS(AUTHORITY_AS_ENUM) ROUTE_WAY_COUNT };
extern const char *const route_way_names[ROUTE_WAY_COUNT];

/* X(enumerator, "name in traces") -- why the way does not end at somebody. */
#define ROUTE_VERDICTS(X)                                                                          \
    X(ROUTE_CLEAR, "asked")                                                                        \
    X(ROUTE_NO_AUTHORITY, "no-authority")                                                          \
    X(ROUTE_BARRED, "may-not-decide")                                                              \
    X(ROUTE_ABSENT, "absent")
enum route_verdict { ROUTE_VERDICTS(AUTHORITY_AS_ENUM) ROUTE_VERDICT_COUNT };
extern const char *const route_verdict_names[ROUTE_VERDICT_COUNT];

struct route {
    const char *named;
    const char *person;    /* who is asked */
    const char *authority; /* by whose authority it decides */
    enum route_way chosen; /* the last of the way */
    enum route_verdict verdict;
    const char *chain; /* "anna -> boris"; "" when it is one person */
    const char *trace; /* JSON: [{"person":"anna","way":"named","why":"amount"}, ...]: each with why
                          it goes on from there */
};

struct routing {
    const struct approver_table *approvers;
    const struct delegation_table *delegations;
    struct authority_matter matter;
    int32_t day;
    const char *const *barred; /* persons who may not decide */
    size_t barred_count;
    const char *const *reachable; /* persons who can be asked at all; the named ones always are */
    size_t reachable_count;
};

/* Everybody whom a step asks; none for roles that nobody has.  `routes` has room for
 * routing_count_max. */
size_t routing_count_max(const struct routing *routing, const char *approvers);
size_t routing_resolve(const struct routing *routing, const char *approvers, const char *roles,
                       struct arena *arena, struct route *routes);

/* From `person`, who was asked before and has not decided: its superior, and on from there.  False:
 * there is nobody above whom it can go to. */
bool routing_escalate(const struct routing *routing, const char *named, const char *person,
                      struct arena *arena, struct route *route);

#endif
