#include "rules/authority.h"

#include "base/decimal.h"
#include "base/text.h"
#include "rules/approve_match.h"

#include <stdlib.h>
#include <string.h>

#define AUTHORITY_AS_NAME(enumerator, name) [enumerator] = name,
const char *const authority_bar_names[AUTHORITY_BAR_COUNT] = {AUTHORITY_BARS(AUTHORITY_AS_NAME)};

static int
compare_approvers(const void *one, const void *other)
{
    return strcmp(((const struct approver *)one)->person, ((const struct approver *)other)->person);
}

void
approver_table_init(struct approver_table *table, struct approver *items, size_t count)
{
    if (count > 1) {
        qsort(items, count, sizeof *items, compare_approvers);
    }
    *table = (struct approver_table){items, count};
}

const struct approver *
approver_of(const struct approver_table *table, const char *person)
{
    const struct approver key = {.person = person};
    return table->count == 0
               ? NULL
               : bsearch(&key, table->items, table->count, sizeof *table->items, compare_approvers);
}

const struct approver *
approver_of_user(const struct approver_table *table, const char *user)
{
    for (size_t index = 0; index < table->count; index++) {
        const char *own = table->items[index].user;
        if (own[0] != '\0' && strcmp(own, user) == 0) {
            return &table->items[index];
        }
    }
    return NULL;
}

static bool
allows(const char *list, const char *value)
{
    return list[0] == '\0' || text_list_has(list, value);
}

static enum authority_bar
bar_of_amount(const struct approver *approver, const struct authority_matter *matter)
{
    const char *company = matter->company_currency;
    const char *currency = approver->currency[0] == '\0' ? company : approver->currency;
    const bool is_own = strcmp(currency, matter->currency) == 0;
    const struct rate_fact *rate = is_own ? NULL : matter->rate;
    const int exponent = currency_exponent(matter->currency);
    if (approver->above_micros < 0 && approver->up_to_micros < 0) {
        return AUTHORITY_ENOUGH;
    }
    if (!is_own && (rate == NULL || strcmp(currency, company) != 0)) {
        return AUTHORITY_NO_RATE;
    }
    if (approver->above_micros >= 0 &&
        approval_compare(matter->gross_minor, exponent, approver->above_micros, rate) <= 0) {
        return AUTHORITY_BELOW;
    }
    return approver->up_to_micros >= 0 &&
                   approval_compare(matter->gross_minor, exponent, approver->up_to_micros, rate) > 0
               ? AUTHORITY_AMOUNT
               : AUTHORITY_ENOUGH;
}

enum authority_bar
authority_of(const struct approver *approver, const struct authority_matter *matter)
{
    if (approver == NULL) {
        return AUTHORITY_ENOUGH;
    }
    return !allows(approver->order_types, order_type_names[matter->type]) ? AUTHORITY_TYPE
           : !allows(approver->customers, matter->customer)               ? AUTHORITY_CUSTOMER
           : !allows(approver->groups, matter->customer_group)            ? AUTHORITY_GROUP
           : approver->discount_up_to_micros >= 0 &&
                   matter->discount_micros > approver->discount_up_to_micros
               ? AUTHORITY_DISCOUNT
               : bar_of_amount(approver, matter);
}
