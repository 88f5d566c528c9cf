#include "desk/approval_cases.h"

#include "base/decimal.h"
#include "base/text.h"
#include "desk/consent.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define CASE_NONE "none"
#define CASE_RULE "rule" /* the same, as people say it: approved by rule */

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
    struct approver_row *people = arena_array(arena, struct approver_row, count);
    for (size_t index = 0; index < count; index++) {
        people[index] = rows[index].approver;
    }
    trial->people = (struct approval_people){people, count, version_id != 0};
    return DONE;
}

/* -- who is asked, as a text ------------------------------------------------------------------- */

static int
compare_names(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* "a & b" of all, "a | b" of any, "2 of a | b | c". */
static const char *
step_text(struct approval_persons *persons, int64_t quorum, struct arena *arena)
{
    const bool is_all = quorum == QUORUM_ALL || quorum >= (int64_t)persons->count;
    const char *text = "";
    if (persons->count > 1) {
        qsort(persons->ids, persons->count, sizeof(const char *), compare_names);
    }
    if (quorum > 1 && !is_all) {
        text = arena_format(arena, "%" PRId64 " of ", quorum);
    }
    for (size_t index = 0; index < persons->count; index++) {
        text = arena_format(arena, "%s%s%s", text,
                            index == 0 ? ""
                            : is_all   ? " & "
                                       : " | ",
                            persons->ids[index]);
    }
    return text;
}

static const char *
join_steps(const char *steps, const char *step, struct arena *arena)
{
    return steps[0] == '\0' ? step : arena_format(arena, "%s; %s", steps, step);
}

static const char *
asked_text(const struct approval_trial *trial, const struct approval_decision *decision,
           struct arena *arena)
{
    const char *steps = "";
    for (size_t index = 0; index < decision->step_count; index++) {
        struct approval_asking asking = decision->steps[index].asking;
        struct approval_persons persons;
        approval_persons_of(&trial->people, &asking, arena, &persons);
        if (persons.count == 0) { /* a role that nobody has */
            asking.approvers = asking.roles;
            approval_persons_of(&trial->people, &asking, arena, &persons);
        }
        steps = join_steps(steps, step_text(&persons, asking.quorum, arena), arena);
    }
    return steps[0] == '\0' ? CASE_NONE : steps;
}

/* One name that is expected: a person, or else everybody who has that role, or else a name. */
static void
add_expected(const struct approval_trial *trial, const char *name, struct approval_asking *asking,
             struct arena *arena)
{
    struct approval_persons persons;
    const struct approval_asking role = {.approvers = "", .roles = name};
    approval_persons_of(&trial->people, &role, arena, &persons);
    const bool is_person = approval_person(&trial->people, name) != NULL || persons.count == 0;
    const char **list = is_person ? &asking->approvers : &asking->roles;
    *list = (*list)[0] == '\0' ? name : arena_format(arena, "%s | %s", *list, name);
}

/* The next piece of a text up to one of the separators, without blanks around it; NULL: none. */
static const char *
next_piece(const char **rest, const char *separators, struct arena *arena)
{
    while (**rest != '\0') {
        const char *begin = *rest + strspn(*rest, " \t");
        const char *end = begin + strcspn(begin, separators);
        *rest = *end == '\0' ? end : end + 1;
        while (end > begin && (end[-1] == ' ' || end[-1] == '\t')) {
            end--;
        }
        if (end > begin) {
            return arena_copy_bytes(arena, begin, (size_t)(end - begin));
        }
    }
    return NULL;
}

/* "2 of ": moves behind it. */
static int64_t
read_quorum(const char **text)
{
    char *end = NULL;
    const int64_t quorum = strtoll(*text, &end, 10);
    if (end == *text || strncmp(end, " of ", 4) != 0 || quorum < 1) {
        return strchr(*text, '&') != NULL ? QUORUM_ALL : QUORUM_ANY;
    }
    *text = end + 4;
    return quorum;
}

static const char *
expected_text(const struct approval_trial *trial, const char *expected, struct arena *arena)
{
    const char *steps = "";
    const char *step;
    if (strcmp(expected, CASE_RULE) == 0) {
        return CASE_NONE;
    }
    while ((step = next_piece(&expected, ";", arena)) != NULL) {
        struct approval_asking asking = {.approvers = "", .roles = ""};
        struct approval_persons persons;
        const char *name;
        asking.quorum = read_quorum(&step);
        while ((name = next_piece(&step, "|&", arena)) != NULL) {
            add_expected(trial, name, &asking, arena);
        }
        approval_persons_of(&trial->people, &asking, arena, &persons);
        steps = join_steps(steps, step_text(&persons, asking.quorum, arena), arena);
    }
    return steps[0] == '\0' ? CASE_NONE : steps;
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

/* How much more than when it was approved before, rounded up. */
static int64_t
increase_of(const struct approval_case_row *row)
{
    return row->approved_micros == MASTER_VALUE_NONE ? AMOUNT_NONE
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
    return consent_rate(&(struct consent){trial->facts, trial->config, &order, NULL}, &matter->rate,
                        why);
}

enum outcome
approval_case_try(const struct approval_trial *trial, const struct approval_case_row *row,
                  struct arena *arena, struct approval_case *result, struct fault *why)
{
    struct approval_matter matter;
    struct approval_decision decision;
    TRY(make_matter(trial, row, arena, &matter, why));
    approve_order(&matter, trial->rules, trial->rule_count, arena, &decision);
    result->asked = asked_text(trial, &decision, arena);
    result->expected = expected_text(trial, row->expected, arena);
    result->holds = strcmp(result->asked, result->expected) == 0;
    return DONE;
}
