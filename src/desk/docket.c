#include "desk/docket.h"

#include "base/text.h"
#include "desk/consent.h"
#include "order/order.h"

#include <assert.h>
#include <string.h>

/* The partners that may be asked. */
static void
gather_reachable(struct docket *docket)
{
    const struct config *config = docket->run->config;
    const char **names = arena_array(docket->arena, const char *, config->partner_count);
    size_t count = 0;
    for (size_t index = 0; index < config->partner_count; index++) {
        if ((config->partners[index].roles & (unsigned int)ROLE_APPROVER) != 0) {
            names[count++] = config->partners[index].id;
        }
    }
    docket->routing.reachable = names;
    docket->routing.reachable_count = count;
}

static enum outcome
read_matter(struct docket *docket, struct fault *why)
{
    struct authority_matter *matter = &docket->routing.matter;
    struct approval_facts found;
    TRY(approval_facts(docket->run->store, docket->subject->id, docket->subject->version,
                       docket->arena, &found, why));
    const int type = name_index(found.type, order_type_names, ORDER_TYPE_COUNT);
    assert(type >= 0);
    *matter = (struct authority_matter){
        .type = (enum order_type)type,
        .customer = found.customer,
        .customer_group = found.customer_group,
        .currency = found.currency,
        .gross_minor = found.gross_minor,
        .discount_micros = docket->step_count > 0 ? docket->steps[0].discount_micros : 0,
        .company_currency = docket->run->config->company_currency};
    const struct order order = {.currency = found.currency, .order_date = found.order_date};
    return consent_rate(
        &(struct consent){.facts = docket->facts, .config = docket->run->config, .order = &order},
        &matter->rate, why);
}

enum outcome
docket_read(struct docket *docket, struct run *run, struct facts *facts, struct subject *subject,
            struct arena *arena, struct fault *why)
{
    *docket = (struct docket){.run = run, .facts = facts, .arena = arena, .subject = subject};
    TRY(approval_steps(run->store, subject->id, subject->version, arena, &docket->steps,
                       &docket->step_count, why));
    TRY(approval_persons(run->store, subject->id, subject->version, arena, &docket->persons,
                         &docket->person_count, why));
    TRY(facts_approvers(facts, &docket->routing.approvers, why));
    TRY(facts_delegations(facts, &docket->routing.delegations, why));
    docket->routing.day = moment_day(run->as_of_ms);
    gather_reachable(docket);
    return read_matter(docket, why);
}

static const struct approval *
first_in(const struct docket *docket, enum approval_step_state state)
{
    for (size_t index = 0; index < docket->step_count; index++) {
        if (docket->steps[index].state == state) {
            return &docket->steps[index];
        }
    }
    return NULL;
}

const struct approval *
docket_open(const struct docket *docket)
{
    return first_in(docket, STEP_OPEN);
}

const struct approval *
docket_next(const struct docket *docket)
{
    return first_in(docket, STEP_PLANNED);
}

struct names {
    const char **items;
    size_t count;
    size_t capacity;
    struct arena *arena;
};

static void
add_name(struct names *names, const char *name)
{
    if (!text_among(name, names->items, names->count)) {
        names->items = arena_grow(names->arena, names->items, sizeof *names->items, names->count,
                                  &names->capacity);
        names->items[names->count++] = name;
    }
}

/* Whoever decided a step whose decision is kept: "anna, boris". */
static void
add_kept(struct names *names, const char *decided_by)
{
    for (const char *at = decided_by; *at != '\0';) {
        const size_t size = strcspn(at, ",");
        add_name(names, arena_copy_bytes(names->arena, at, size));
        at += size;
        at += strspn(at, ", ");
    }
}

/* The requester of a price was typed as a person, a user or a name. */
static void
add_requester(struct names *names, const struct approver_table *approvers, const char *requester)
{
    static const char prefix[] = "user:";
    const char *bare = strncmp(requester, prefix, sizeof prefix - 1) == 0
                           ? requester + sizeof prefix - 1
                           : requester;
    add_name(names, bare);
    for (size_t index = 0; index < approvers->count; index++) {
        const struct approver *approver = &approvers->items[index];
        if (strcmp(approver->user, bare) == 0 || strcmp(approver->name, bare) == 0) {
            add_name(names, approver->person);
        }
    }
}

enum outcome
docket_bar(struct docket *docket, const struct approval *step, struct fault *why)
{
    struct names names = {.arena = docket->arena};
    const char **requesters = NULL;
    size_t requester_count = 0;
    add_name(&names, docket->subject->partner);
    TRY(approval_requesters(docket->run->store, docket->subject->id, docket->subject->version,
                            docket->arena, &requesters, &requester_count, why));
    for (size_t index = 0; index < requester_count; index++) {
        add_requester(&names, docket->routing.approvers, requesters[index]);
    }
    for (size_t index = 0; index < docket->step_count; index++) {
        if (docket->steps[index].state == STEP_KEPT) {
            add_kept(&names, docket->steps[index].decided_by);
        }
    }
    for (size_t index = 0; index < docket->person_count; index++) {
        const struct approval_person *person = &docket->persons[index];
        if (person->approval_id != step->id && person->state == PERSON_APPROVED) {
            add_name(&names, person->person);
        }
    }
    docket->routing.barred = names.items;
    docket->routing.barred_count = names.count;
    return DONE;
}
