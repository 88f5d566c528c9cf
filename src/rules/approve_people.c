#include "rules/approve_people.h"

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAMES_TOLD_MAX = 50, /* distinct ones, as lint.h tells no more */
    LOOP_BYTES_MAX = 4096
};

/* -- the list ---------------------------------------------------------------------------------- */

const char *
approval_superior_loop(const struct approval_people *people, const struct approver *person,
                       struct arena *arena)
{
    OWNED(buf) chain;
    buf_init(&chain, LOOP_BYTES_MAX * 2);
    buf_text(&chain, person->person);
    const struct approver *above = person;
    for (size_t steps = 0; steps < people->table.count; steps++) {
        above = approver_of(&people->table, above->superior);
        if (above == NULL || strcmp(above->person, person->person) < 0) {
            return NULL;
        }
        if (chain.size < LOOP_BYTES_MAX) {
            buf_format(&chain, " -> %s", above->person);
        }
        if (above == person) {
            return arena_copy(arena, chain.bytes);
        }
    }
    return NULL; /* it leads into a loop of others */
}

/* -- who is asked ------------------------------------------------------------------------------ */

static void
add_person(struct approval_persons *persons, const char *id, struct arena *arena)
{
    if (text_among(id, persons->ids, persons->count)) {
        return;
    }
    persons->ids =
        arena_grow(arena, persons->ids, sizeof *persons->ids, persons->count, &persons->capacity);
    persons->ids[persons->count++] = id;
}

/* Has the person one of the roles of a list? */
static bool
has_role(const struct approver *person, const char *roles)
{
    const char *entry;
    size_t size = 0;
    while ((entry = text_list_next(&roles, &size)) != NULL) {
        const char *rest = person->roles;
        const char *role;
        size_t role_size = 0;
        while ((role = text_list_next(&rest, &role_size)) != NULL) {
            if (role_size == size && memcmp(role, entry, size) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool
has_anybody(const struct approval_people *people, const char *role)
{
    for (size_t index = 0; index < people->table.count; index++) {
        if (has_role(&people->table.items[index], role)) {
            return true;
        }
    }
    return false;
}

void
approval_persons_of(const struct approval_people *people, const struct approval_asking *asking,
                    struct arena *arena, struct approval_persons *persons)
{
    const char *rest = asking->approvers;
    const char *entry;
    size_t size = 0;
    *persons = (struct approval_persons){0};
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        add_person(persons, arena_copy_bytes(arena, entry, size), arena);
    }
    for (size_t index = 0; index < people->table.count && asking->roles[0] != '\0'; index++) {
        if (has_role(&people->table.items[index], asking->roles)) {
            add_person(persons, people->table.items[index].person, arena);
        }
    }
}

/* Names that were told, as places among the remarks. */
struct told {
    size_t places[NAMES_TOLD_MAX];
    size_t count;
};

struct check {
    const struct approval_matrix *matrix;
    const struct approval_people *people;
    struct approval_remarks *remarks;
    struct told told[MATRIX_DOUBT_COUNT];
    const char **alone; /* of each row: the only person who is asked, or NULL */
};

/* Once for each name, at the first row of the file that has it. */
static void
tell_name(struct check *check, const struct approval_remark *remark)
{
    struct told *told = &check->told[remark->doubt];
    for (size_t index = 0; index < told->count; index++) {
        struct approval_remark *before = &check->remarks->items[told->places[index]];
        if (strcmp(before->name, remark->name) == 0) {
            before->rule = remark->rule->line < before->rule->line ? remark->rule : before->rule;
            return;
        }
    }
    if (told->count < NAMES_TOLD_MAX) {
        told->places[told->count++] = check->remarks->count;
        approval_remark_add(check->remarks, remark);
    }
}

static void
tell_unlisted(struct check *check, const struct approval_rule *rule)
{
    const char *rest = rule->asking.approvers;
    const char *entry;
    size_t size = 0;
    while (check->people->is_in_force && (entry = text_list_next(&rest, &size)) != NULL) {
        const char *id = arena_copy_bytes(check->remarks->arena, entry, size);
        if (approver_of(&check->people->table, id) == NULL) {
            tell_name(check,
                      &(struct approval_remark){
                          .doubt = MATRIX_UNLISTED, .rule = rule, .field = "approver", .name = id});
        }
    }
}

static void
tell_roles(struct check *check, const struct approval_rule *rule)
{
    const char *rest = rule->asking.roles;
    const char *entry;
    size_t size = 0;
    while ((entry = text_list_next(&rest, &size)) != NULL) {
        const char *role = arena_copy_bytes(check->remarks->arena, entry, size);
        if (!has_anybody(check->people, role)) {
            tell_name(check,
                      &(struct approval_remark){
                          .doubt = MATRIX_ROLE, .rule = rule, .field = "role", .name = role});
        }
    }
}

/* -- authority --------------------------------------------------------------------------------- */

/* The largest order of a row. */
struct largest {
    const struct approval_rule *rule;
    int64_t amount_micros; /* INT64_MAX: any */
    enum order_type type;
};

static const char *
currency_or(const char *currency, const char *company_currency)
{
    return currency[0] == '\0' ? company_currency : currency;
}

static bool
may_amount(const struct check *check, const struct approver *person, const struct largest *order)
{
    const char *company = check->matrix->company_currency;
    if (order->amount_micros == INT64_MAX) {
        return person->up_to_micros < 0;
    }
    return strcmp(currency_or(person->currency, company),
                  currency_or(order->rule->currency, company)) != 0 ||
           ((person->up_to_micros < 0 || order->amount_micros <= person->up_to_micros) &&
            (person->above_micros < 0 || order->amount_micros > person->above_micros));
}

static bool
may_approve(const struct check *check, const struct approver *person, const struct largest *order)
{
    const struct approval_rule *rule = order->rule;
    return may_amount(check, person, order) &&
           (person->order_types[0] == '\0' ||
            text_list_has(person->order_types, order_type_names[order->type])) &&
           (rule->discount_above_micros < 0 || person->discount_up_to_micros < 0 ||
            rule->discount_above_micros < person->discount_up_to_micros) &&
           approval_list_is_wider(person->customers, rule->customers, check->matrix->looks_left) &&
           approval_list_is_wider(person->groups, rule->groups, check->matrix->looks_left);
}

/* Who of two may approve more; an amount in another currency says nothing. */
static const struct approver *
higher(const struct check *check, const struct approver *one, const struct approver *other)
{
    const char *company = check->matrix->company_currency;
    if (one == NULL) {
        return other;
    }
    return one->up_to_micros >= 0 && (other->up_to_micros < 0 ||
                                      (strcmp(currency_or(one->currency, company),
                                              currency_or(other->currency, company)) == 0 &&
                                       other->up_to_micros > one->up_to_micros))
               ? other
               : one;
}

/* May somebody of those who are asked, or somebody above them, approve it? */
static bool
somebody_may(struct check *check, const struct approval_persons *asked, const struct largest *order,
             const struct approver **highest)
{
    *highest = NULL;
    for (size_t index = 0; index < asked->count; index++) {
        const char *id = asked->ids[index];
        for (size_t steps = 0; steps <= check->people->table.count && id[0] != '\0'; steps++) {
            const struct approver *person = approver_of(&check->people->table, id);
            if (person == NULL || (*check->matrix->looks_left)-- <= 0 ||
                may_approve(check, person, order)) {
                return true;
            }
            *highest = higher(check, *highest, person);
            id = person->superior;
        }
    }
    return asked->count == 0; /* that has been told */
}

static void
check_authority(struct check *check, size_t place, const struct approval_persons *asked)
{
    const struct approval_rule *rule = &check->matrix->rules[place];
    struct approval_band band = approval_band_of(rule);
    const struct approver *highest = NULL;
    if (!check->people->is_in_force) {
        return;
    }
    approval_band_left(check->matrix, place, rule, &band);
    if (band.up_to_micros <= band.above_micros) {
        return; /* it never asks */
    }
    for (enum order_type type = 0; type < ORDER_TYPE_COUNT; type++) {
        const struct largest order = {rule, band.up_to_micros, type};
        if ((rule->type[0] == '\0' || strcmp(rule->type, order_type_names[type]) == 0) &&
            !somebody_may(check, asked, &order, &highest)) {
            approval_remark_compared(
                check->matrix, check->remarks,
                &(struct approval_remark){
                    .doubt = MATRIX_AUTHORITY,
                    .rule = rule,
                    .field = rule->asking.approvers[0] != '\0' ? "approver" : "role",
                    .name = order_type_names[type],
                    .to_micros = band.up_to_micros == INT64_MAX ? -1 : band.up_to_micros,
                    .highest = highest});
            return;
        }
    }
}

/* -- twice ------------------------------------------------------------------------------------- */

/* Is there an order about which both rows ask?  The orders of the narrower one are looked at. */
static bool
ask_together(const struct approval_matrix *matrix, size_t one, size_t other)
{
    const struct approval_rule *rules = matrix->rules;
    const bool is_wider = approval_is_wider(&rules[one], &rules[other], matrix->looks_left);
    const struct approval_rule *orders = is_wider ? &rules[other] : &rules[one];
    const struct approval_rule *wide = is_wider ? &rules[one] : &rules[other];
    if (!approval_is_wider(wide, orders, matrix->looks_left) ||
        !approval_same_measure(matrix, wide, orders)) {
        return false;
    }
    struct approval_band band = approval_band_of(orders);
    const struct approval_band wide_band = approval_band_of(wide);
    if (band.above_micros < wide_band.above_micros) {
        band.above_micros = wide_band.above_micros;
    }
    if (band.up_to_micros > wide_band.up_to_micros) {
        band.up_to_micros = wide_band.up_to_micros;
    }
    approval_band_left(matrix, one, orders, &band);
    approval_band_left(matrix, other, orders, &band);
    return band.up_to_micros > band.above_micros;
}

/* Told at the later step, with the first earlier one that asks the same person alone. */
static void
check_twice(struct check *check)
{
    const struct approval_rule *rules = check->matrix->rules;
    for (size_t later = 0; later < check->matrix->count; later++) {
        const char *person = check->alone[later];
        for (size_t at = 0; person != NULL && rules[at].step < rules[later].step; at++) {
            if (check->alone[at] != NULL && strcmp(check->alone[at], person) == 0 &&
                ask_together(check->matrix, at, later)) {
                approval_remark_compared(check->matrix, check->remarks,
                                         &(struct approval_remark){.doubt = MATRIX_TWICE,
                                                                   .rule = &rules[later],
                                                                   .other = &rules[at],
                                                                   .field = "step",
                                                                   .name = person});
                break;
            }
        }
    }
}

/* -- all --------------------------------------------------------------------------------------- */

static void
check_row(struct check *check, size_t place)
{
    const struct approval_rule *rule = &check->matrix->rules[place];
    struct approval_persons asked;
    tell_unlisted(check, rule);
    tell_roles(check, rule);
    approval_persons_of(check->people, &rule->asking, check->remarks->arena, &asked);
    if (asked.count > 0 && rule->asking.quorum > (int64_t)asked.count) {
        approval_remark_add(check->remarks,
                            &(struct approval_remark){.doubt = MATRIX_QUORUM,
                                                      .rule = rule,
                                                      .field = "quorum",
                                                      .count = (int64_t)asked.count});
    }
    check_authority(check, place, &asked);
    check->alone[place] = asked.count == 1 ? asked.ids[0] : NULL;
}

void
approval_check_people(const struct approval_matrix *matrix, const struct approval_people *people,
                      struct approval_remarks *remarks)
{
    struct check check = {.matrix = matrix,
                          .people = people,
                          .remarks = remarks,
                          .alone = arena_array(remarks->arena, const char *, matrix->count)};
    for (size_t place = 0; place < matrix->count; place++) {
        check_row(&check, place);
    }
    check_twice(&check);
}
