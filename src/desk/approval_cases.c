#include "desk/approval_cases.h"

#include "base/decimal.h"
#include "base/text.h"
#include "desk/consent.h"
#include "rules/approve_steps.h"

#include <string.h>

/* -- the tables in force ----------------------------------------------------------------------- */

enum outcome
approval_trial_rules(struct approval_trial *trial, struct arena *arena, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(facts_versions(trial->facts, &versions, why));
    TRY(master_approval_rules_all(trial->facts->store, versions->of[DOCUMENT_APPROVAL_MATRIX].id,
                                  arena, &rows, &count, why));
    struct approval_rule *rules = arena_array(arena, struct approval_rule, count);
    for (size_t index = 0; index < count; index++) {
        rules[index] = approval_rule_of(&rows[index].approval, rows[index].line);
    }
    approval_sort(rules, count);
    trial->rules = rules;
    trial->rule_count = count;
    return DONE;
}

enum outcome
approval_trial_people(struct approval_trial *trial, struct arena *arena, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    size_t count = 0;
    TRY(facts_versions(trial->facts, &versions, why));
    const int64_t version_id = versions->of[DOCUMENT_APPROVERS].id;
    TRY(master_approvers(trial->facts->store, version_id, arena, &rows, &count, why));
    struct approver *people = arena_array(arena, struct approver, count);
    for (size_t index = 0; index < count; index++) {
        people[index] = approver_of_row(&rows[index].approver, rows[index].line);
    }
    approver_table_init(&trial->people.table, people, count);
    trial->people.is_in_force = version_id != 0;
    return DONE;
}

/* -- one case ---------------------------------------------------------------------------------- */

static int64_t
minor_of(int64_t micros, int exponent)
{
    return money_of_picos((int128)micros * MICROS, exponent, ROUND_HALF_UP);
}

static void
set_categories(struct approval_matter *matter, const char *list, struct arena *arena)
{
    const char **names = NULL;
    size_t capacity = 0;
    const char *entry;
    size_t size = 0;
    while ((entry = text_list_next(&list, &size)) != NULL) {
        names = arena_grow(arena, names, sizeof *names, matter->category_count, &capacity);
        names[matter->category_count++] = arena_copy_bytes(arena, entry, size);
    }
    matter->categories = names;
}

/* How much more than when it was approved before, rounded up; less is nothing more. */
static int64_t
increase_of(const struct approval_case_row *row)
{
    return row->approved_micros == MASTER_VALUE_NONE    ? AMOUNT_NONE
           : row->amount_micros <= row->approved_micros ? 0
           : row->approved_micros == 0
               ? INT64_MAX
               : (int64_t)decimal_divide_wide(((int128)row->amount_micros - row->approved_micros) *
                                                  MICROS,
                                              row->approved_micros, ROUND_UP);
}

static enum outcome
make_matter(const struct approval_trial *trial, const struct approval_case_row *row,
            struct arena *arena, struct approval_matter *matter, struct fault *why)
{
    const char *company = trial->config->company_currency;
    const struct master_versions *versions = NULL;
    struct order order;
    TRY(facts_versions(trial->facts, &versions, why)); /* rates are found by them */
    order_init(&order);
    order.currency = row->currency[0] != '\0' ? row->currency : company;
    order.order_date = row->day;
    const int exponent = currency_exponent(order.currency);
    const int64_t net_micros =
        row->net_micros == MASTER_VALUE_NONE ? row->amount_micros : row->net_micros;
    *matter = (struct approval_matter){
        .type = row->order_type == ORDER_TYPE_COUNT ? ORDER_REGULAR : row->order_type,
        .currency = order.currency,
        .gross_minor = minor_of(row->amount_micros, exponent),
        .net_minor = minor_of(net_micros, exponent),
        .customer = row->customer,
        .customer_group = row->group,
        .channel = row->channel,
        .country = row->country,
        .lead_days = row->lead_days == MASTER_VALUE_NONE ? AMOUNT_NONE : row->lead_days,
        .is_changed = strcmp(row->changed, "yes") == 0,
        .has_manual = strcmp(row->manual, "yes") == 0,
        .discount_micros = row->discount_micros,
        .margin_micros = row->margin_micros,
        .credit = row->credit,
        .increase_micros = increase_of(row),
        .approved_country = row->approved_country,
        .company_currency = company,
        .same_day_count = row->same_day_micros > 0,
        .same_day_gross_minor = minor_of(row->same_day_micros, exponent),
        .same_day_net_minor = minor_of(row->same_day_micros, exponent)};
    set_categories(matter, row->categories, arena);
    return consent_rate(
        &(struct consent){.facts = trial->facts, .config = trial->config, .order = &order},
        &matter->rate, why);
}

enum outcome
approval_case_try(const struct approval_trial *trial, const struct approval_case_row *row,
                  struct arena *arena, struct approval_case *result, struct fault *why)
{
    struct approval_matter matter;
    struct approval_decision decision;
    TRY(make_matter(trial, row, arena, &matter, why));
    approve_order(&matter, trial->rules, trial->rule_count, arena, &decision);
    result->asked = approval_steps_asked(&trial->people, &decision, arena);
    result->expected = approval_steps_expected(&trial->people, row->expected, arena);
    result->holds = strcmp(result->asked, result->expected) == 0;
    return DONE;
}
