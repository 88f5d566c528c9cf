#include "rules/routing.h"

#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { TRACE_BYTES_MAX = 64 * 1024 };

#define ROUTE_AS_NAME(enumerator, name) [enumerator] = name,
const char *const route_way_names[ROUTE_WAY_COUNT] = {ROUTE_WAYS(ROUTE_AS_NAME)};
const char *const route_verdict_names[ROUTE_VERDICT_COUNT] = {ROUTE_VERDICTS(ROUTE_AS_NAME)};

/* A person on the way. */
struct link {
    const char *person;
    enum route_way way;
    const char *why; /* it goes on from here; "": it does not */
};

struct walk {
    const struct routing *routing;
    struct link links[ROUTE_LINKS_MAX];
    size_t count;
    const char *authority;
    enum route_verdict verdict;
};

static bool
is_one_of(const char *const *names, size_t count, const char *name)
{
    return text_among(name, names, count);
}

static bool
is_barred(const struct routing *routing, const char *person)
{
    return is_one_of(routing->barred, routing->barred_count, person);
}

static bool
is_on_the_way(const struct walk *walk, const char *person)
{
    for (size_t index = 0; index < walk->count; index++) {
        if (strcmp(walk->links[index].person, person) == 0) {
            return true;
        }
    }
    return false;
}

static bool
add_link(struct walk *walk, const char *person, enum route_way way)
{
    if (walk->count == ROUTE_LINKS_MAX) {
        return false;
    }
    walk->links[walk->count++] = (struct link){person, way, ""};
    return true;
}

static struct link *
last_of(struct walk *walk)
{
    return &walk->links[walk->count - 1];
}

/* From the last one to whoever stands in for it today; false: nobody does who may. */
static bool
go_to_stand_in(struct walk *walk)
{
    const struct routing *routing = walk->routing;
    struct stand_in stand_in;
    delegation_resolve(routing->delegations, last_of(walk)->person, routing->day, &stand_in);
    if (stand_in.verdict == STAND_IN_NOT_NEEDED) {
        return true;
    }
    last_of(walk)->why = "absent";
    if (stand_in.verdict != STAND_IN_FOUND || is_barred(routing, stand_in.decides) ||
        !is_one_of(routing->reachable, routing->reachable_count, stand_in.decides) ||
        walk->count + stand_in.name_count > ROUTE_LINKS_MAX) {
        return false;
    }
    for (size_t index = 1; index < stand_in.name_count; index++) {
        (void)add_link(walk, stand_in.names[index], ROUTE_STANDS_IN);
        last_of(walk)->why = index + 1 < stand_in.name_count ? "absent" : "";
    }
    return true;
}

/* Does the way end at its last person, or at who stands in for it? */
static bool
ends_here(struct walk *walk)
{
    const struct routing *routing = walk->routing;
    struct link *last = last_of(walk);
    const enum authority_bar bar =
        authority_of(approver_of(routing->approvers, last->person), &routing->matter);
    walk->authority = last->person;
    if (bar != AUTHORITY_ENOUGH) {
        last->why = authority_bar_names[bar];
        walk->verdict = ROUTE_NO_AUTHORITY;
        return false;
    }
    if (is_barred(routing, last->person)) {
        last->why = "may-not-decide";
        walk->verdict = ROUTE_BARRED;
        return false;
    }
    walk->verdict = ROUTE_ABSENT;
    return go_to_stand_in(walk);
}

/* NULL: there is nobody above the last one to go to. */
static const char *
superior_of(const struct walk *walk)
{
    const struct routing *routing = walk->routing;
    const struct approver *last =
        approver_of(routing->approvers, walk->links[walk->count - 1].person);
    if (last == NULL || last->superior[0] == '\0' || is_on_the_way(walk, last->superior) ||
        !is_one_of(routing->reachable, routing->reachable_count, last->superior)) {
        return NULL;
    }
    return last->superior;
}

/* From the last one up, until it ends at somebody or cannot go on. */
static void
follow(struct walk *walk)
{
    while (!ends_here(walk)) {
        const char *superior = superior_of(walk);
        if (superior == NULL || !add_link(walk, superior, ROUTE_SUPERIOR)) {
            return;
        }
    }
    walk->verdict = ROUTE_CLEAR;
}

static const char *
chain_of(const struct walk *walk, struct arena *arena)
{
    const char *chain = "";
    for (size_t index = 0; walk->count > 1 && index < walk->count; index++) {
        chain = arena_format(arena, "%s%s%s", chain, index == 0 ? "" : " -> ",
                             walk->links[index].person);
    }
    return chain;
}

static const char *
trace_of(const struct walk *walk, struct arena *arena)
{
    OWNED(buf) buf;
    struct json json;
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_array(&json, NULL);
    for (size_t index = 0; index < walk->count; index++) {
        const struct link *link = &walk->links[index];
        json_object(&json, NULL);
        json_text(&json, "person", link->person);
        json_text(&json, "way", route_way_names[link->way]);
        if (link->why[0] != '\0') {
            json_text(&json, "why", link->why);
        }
        json_end(&json);
    }
    json_end(&json);
    return arena_copy_bytes(arena, buf.bytes, buf.size);
}

static struct route
route_of(struct walk *walk, const char *named, struct arena *arena)
{
    return (struct route){.named = named,
                          .person = last_of(walk)->person,
                          .authority = walk->authority,
                          .chosen = last_of(walk)->way,
                          .verdict = walk->verdict,
                          .chain = chain_of(walk, arena),
                          .trace = trace_of(walk, arena)};
}

static bool
is_asked(const struct route *routes, size_t count, const char *person)
{
    for (size_t index = 0; index < count; index++) {
        if (strcmp(routes[index].person, person) == 0) {
            return true;
        }
    }
    return false;
}

/* With one more, unless it is asked already. */
static size_t
with_route(const struct routing *routing, const char *named, enum route_way way,
           struct arena *arena, struct route *routes, size_t count)
{
    struct walk walk = {.routing = routing};
    (void)add_link(&walk, named, way);
    follow(&walk);
    if (is_asked(routes, count, last_of(&walk)->person)) {
        return count;
    }
    routes[count] = route_of(&walk, named, arena);
    return count + 1;
}

static bool
has_some_role(const struct approver *approver, const char *roles)
{
    const char *rest = approver->roles;
    size_t size = 0;
    const char *entry;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        char role[512];
        if (size < sizeof role) {
            memcpy(role, entry, size);
            role[size] = '\0';
            if (text_list_has(roles, role)) {
                return true;
            }
        }
    }
    return false;
}

/* Those of the roles who can decide themselves, or all of them. */
static size_t
add_roles(const struct routing *routing, const char *roles, bool is_any, struct arena *arena,
          struct route *routes, size_t count)
{
    for (size_t index = 0; index < routing->approvers->count; index++) {
        const struct approver *approver = &routing->approvers->items[index];
        if (!has_some_role(approver, roles) ||
            !is_one_of(routing->reachable, routing->reachable_count, approver->person)) {
            continue;
        }
        if (is_any || (authority_of(approver, &routing->matter) == AUTHORITY_ENOUGH &&
                       !is_barred(routing, approver->person))) {
            count = with_route(routing, approver->person, ROUTE_ROLE, arena, routes, count);
        }
    }
    return count;
}

size_t
routing_count_max(const struct routing *routing, const char *approvers)
{
    const char *rest = approvers;
    size_t size = 0;
    size_t count = routing->approvers->count;
    while (text_list_next(&rest, &size) != NULL) {
        count++;
    }
    return count;
}

size_t
routing_resolve(const struct routing *routing, const char *approvers, const char *roles,
                struct arena *arena, struct route *routes)
{
    const char *rest = approvers;
    size_t size = 0;
    size_t count = 0;
    const char *entry;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        count = with_route(routing, arena_copy_bytes(arena, entry, size), ROUTE_NAMED, arena,
                           routes, count);
    }
    if (roles[0] == '\0') {
        return count;
    }
    const size_t with_roles = add_roles(routing, roles, false, arena, routes, count);
    return with_roles > 0 ? with_roles : add_roles(routing, roles, true, arena, routes, count);
}

bool
routing_escalate(const struct routing *routing, const char *named, const char *person,
                 struct arena *arena, struct route *route)
{
    struct walk walk = {.routing = routing};
    (void)add_link(&walk, person, ROUTE_ESCALATED);
    last_of(&walk)->why = "undecided";
    const char *superior = superior_of(&walk);
    if (superior == NULL) {
        return false;
    }
    (void)add_link(&walk, superior, ROUTE_ESCALATED);
    follow(&walk);
    *route = route_of(&walk, named, arena);
    route->chosen = ROUTE_ESCALATED;
    return walk.verdict == ROUTE_CLEAR;
}
