#include "rules/cancellation_fee.h"

#include "base/decimal.h"
#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const cancel_stage_names[CANCEL_STAGE_COUNT] = {"submitted", "approved", "released",
                                                            "in-production", "partly-shipped"};
const char *const fee_kind_names[FEE_KIND_COUNT] = {"none", "fixed", "percent", "cost", "deposit"};

/* ---- which clause --------------------------------------------------------------------------- */

static int
compare(const void *one, const void *other)
{
    const struct fee_clause *left = one;
    const struct fee_clause *right = other;
    return left->rank != right->rank ? number_compare(left->rank, right->rank)
                                     : strcmp(left->clause, right->clause);
}

void
fee_table_init(struct fee_table *table, struct fee_clause *items, size_t count)
{
    if (count > 1) {
        qsort(items, count, sizeof *items, compare);
    }
    *table = (struct fee_table){items, count};
}

static bool
has(const char *list, const char *text)
{
    return list[0] == '\0' || text_list_has(list, text);
}

static bool
fits_order(const struct fee_clause *clause, const struct fee_facts *facts)
{
    return has(clause->groups, facts->group) && has(clause->faults, facts->fault) &&
           has(clause->deposit_paid, facts->deposit_minor > 0 ? "yes" : "no") &&
           has(clause->currency, facts->currency) &&
           (clause->hours_from == FEE_NOT_GIVEN || facts->hours_since >= clause->hours_from) &&
           (clause->hours_below == FEE_NOT_GIVEN || facts->hours_since < clause->hours_below) &&
           (clause->promised_within == FEE_NOT_GIVEN ||
            facts->hours_left < clause->promised_within);
}

static bool
fits(const struct fee_clause *clause, const struct fee_facts *facts, const struct fee_line *line)
{
    return fits_order(clause, facts) && has(clause->stages, cancel_stage_names[line->stage]) &&
           has(clause->product_kind, line->is_custom ? "custom" : "standard") &&
           has(clause->categories, line->category) && has(clause->skus, line->sku);
}

/* Its place in the table; the table's size: none fits. */
static size_t
clause_of(const struct fee_table *table, const struct fee_facts *facts, const struct fee_line *line)
{
    size_t index = 0;
    while (index < table->count && !fits(&table->items[index], facts, line)) {
        index++;
    }
    return index;
}

/* ---- how it is told ------------------------------------------------------------------------- */

struct telling {
    const struct fee_facts *facts;
    struct arena *arena;
    struct fee_item *item;
};

static const char *
money(const struct telling *telling, int64_t minor)
{
    char text[DECIMAL_TEXT_SIZE];
    const int places = telling->facts->exponent;
    return arena_format(telling->arena, "%s %s", decimal_format(text, minor, places, places),
                        telling->facts->currency);
}

static const char *
rate(const struct telling *telling, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(telling->arena, decimal_format(text, micros, MICROS_PLACES - 2, 0));
}

/* One more sentence. */
static void
say(const struct telling *telling, enum message message, const char *const *values)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const char **trace = &telling->item->trace[language];
        const char *gap = **trace == '\0' || language == LANGUAGE_ZH ? "" : " ";
        *trace =
            arena_format(telling->arena, "%s%s%s", *trace, gap,
                         message_fill(message, (enum language)language, values, telling->arena));
    }
}

static void
say_money(const struct telling *telling, enum message message, int64_t minor)
{
    const char *values[] = {money(telling, minor), NULL};
    say(telling, message, values);
}

/* ---- what it comes to ----------------------------------------------------------------------- */

static int64_t
minor_of(const struct fee_facts *facts, int64_t micros)
{
    return money_extend(micros, MICROS, facts->exponent, ROUND_HALF_UP);
}

/* Of its request so far. */
static int64_t
all_net(const struct fee_item *item)
{
    return item->before.base_net_minor + item->base_net_minor;
}

static int64_t
all_tax(const struct fee_item *item)
{
    return item->before.base_tax_minor + item->base_tax_minor;
}

/* What of it is here that may be kept. */
static int64_t
deposit_here(const struct fee_facts *facts)
{
    return facts->deposit_minor < facts->deposit_left_minor ? facts->deposit_minor
                                                            : facts->deposit_left_minor;
}

/* What of it falls on these lines. */
static int64_t
deposit_of(const struct fee_facts *facts, const struct fee_item *item)
{
    const int64_t gross = all_net(item) + all_tax(item);
    return gross >= facts->deposit_for_minor
               ? deposit_here(facts)
               : decimal_divide((int128)deposit_here(facts) * gross, facts->deposit_for_minor,
                                ROUND_HALF_UP);
}

/* What clauses by deposit have not kept of it before, for the same request. */
static int64_t
deposit_left(const struct fee_table *table, const struct fee_facts *facts)
{
    int64_t left = deposit_here(facts);
    for (size_t index = 0; index < facts->before_count; index++) {
        const struct fee_before *before = &facts->before[index];
        for (size_t at = 0; at < table->count; at++) {
            const bool is_it = table->items[at].kind == FEE_DEPOSIT &&
                               strcmp(table->items[at].clause, before->clause) == 0;
            left -= is_it ? before->net_minor + before->tax_minor : 0;
        }
    }
    return left < 0 ? 0 : left;
}

/* No more of it than what is left, with what the clause has kept before. */
static int64_t
keep_deposit(const struct fee_item *item, int64_t fee, int64_t *left)
{
    const int64_t before = item->before.net_minor + item->before.tax_minor;
    const int64_t now = fee - before < *left ? fee - before : *left;
    *left -= now < 0 ? 0 : now;
    return before + now;
}

/* What it has cost so far is one sum: where several clauses go by it, each bears what falls on its
 * lines, by their net, so that nothing of it is charged twice. */
static void
share_cost(const struct fee_facts *facts, struct fee_item *items, size_t count)
{
    int64_t net_left = 0;
    int64_t cost_left = facts->cost_minor;
    for (size_t index = 0; index < count; index++) {
        net_left += items[index].clause->kind == FEE_COST ? items[index].base_net_minor : 0;
    }
    for (size_t index = 0; index < count; index++) {
        struct fee_item *item = &items[index];
        if (item->clause->kind != FEE_COST) {
            continue;
        }
        const int64_t net = item->base_net_minor;
        item->cost_minor = net_left <= 0 || net >= net_left
                               ? cost_left
                               : decimal_divide((int128)cost_left * net, net_left, ROUND_HALF_UP);
        cost_left -= item->cost_minor;
        net_left -= net;
    }
}

static int64_t
compute(const struct telling *telling, int64_t *deposit_left_minor)
{
    static const enum message messages[FEE_KIND_COUNT] = {M_CANCEL_FEE_NONE, M_CANCEL_FEE_FIXED,
                                                          M_CANCEL_FEE_PERCENT, M_CANCEL_FEE_COST,
                                                          M_CANCEL_FEE_DEPOSIT};
    const struct fee_facts *facts = telling->facts;
    const struct fee_clause *clause = telling->item->clause;
    const int64_t percent = clause->percent_micros == FEE_NOT_GIVEN ? 0 : clause->percent_micros;
    int64_t base = 0;
    int64_t fee = 0;
    switch (clause->kind) {
    case FEE_FIXED: fee = minor_of(facts, clause->amount_micros); break;
    case FEE_PERCENT:
        base = all_net(telling->item);
        fee = money_rate(base, percent, ROUND_HALF_UP);
        break;
    case FEE_COST:
        base = telling->item->before.cost_minor + telling->item->cost_minor;
        fee = base + money_rate(base, percent, ROUND_HALF_UP);
        break;
    case FEE_DEPOSIT:
        base = deposit_of(facts, telling->item);
        fee = keep_deposit(telling->item, money_rate(base, percent, ROUND_HALF_UP),
                           deposit_left_minor);
        break;
    default: break;
    }
    const char *values[] = {clause->clause, rate(telling, percent), money(telling, base),
                            money(telling, fee), NULL};
    say(telling, messages[clause->kind], values);
    return fee;
}

static int64_t
limit(const struct telling *telling, int64_t fee)
{
    const struct fee_clause *clause = telling->item->clause;
    const int64_t net = all_net(telling->item);
    const bool is_bound = clause->kind == FEE_FIXED || clause->kind == FEE_PERCENT;
    if (clause->minimum_micros != FEE_NOT_GIVEN &&
        fee < minor_of(telling->facts, clause->minimum_micros)) {
        fee = minor_of(telling->facts, clause->minimum_micros);
        say_money(telling, M_CANCEL_FEE_MINIMUM, fee);
    }
    if (clause->maximum_micros != FEE_NOT_GIVEN &&
        fee > minor_of(telling->facts, clause->maximum_micros)) {
        fee = minor_of(telling->facts, clause->maximum_micros);
        say_money(telling, M_CANCEL_FEE_MAXIMUM, fee);
    }
    if (is_bound && fee > net) {
        fee = net < 0 ? 0 : net;
        say_money(telling, M_CANCEL_FEE_VALUE, fee);
    }
    return fee;
}

/* A fee with the tax that it bears: on top of it, but that of a deposit is in it, so that no more
 * than the deposit is kept. */
static struct fee_amount
with_tax(const struct fee_item *item, int64_t fee)
{
    const int64_t net = all_net(item);
    const int64_t tax = all_tax(item);
    if (!item->clause->bears_tax || net <= 0) {
        return (struct fee_amount){fee, 0};
    }
    if (item->clause->kind != FEE_DEPOSIT) {
        return (struct fee_amount){fee, decimal_divide((int128)fee * tax, net, ROUND_HALF_UP)};
    }
    const int64_t kept = decimal_divide((int128)fee * net, net + tax, ROUND_HALF_UP);
    return (struct fee_amount){kept, fee - kept};
}

/* Of what it comes to now what was charged before is no more to be charged. */
static void
subtract(const struct telling *telling, const struct fee_amount *all)
{
    struct fee_item *item = telling->item;
    const bool has_tax_in_it = item->clause->kind == FEE_DEPOSIT;
    item->net_minor = all->net_minor - item->before.net_minor;
    item->tax_minor = all->tax_minor - item->before.tax_minor;
    if (item->net_minor <= 0) {
        item->net_minor = item->tax_minor = 0;
    }
    if (item->tax_minor < 0) {
        item->tax_minor = 0;
    }
    const int64_t before = item->before.net_minor + (has_tax_in_it ? item->before.tax_minor : 0);
    if (before > 0) {
        const char *values[] = {
            money(telling, before),
            money(telling, item->net_minor + (has_tax_in_it ? item->tax_minor : 0)), NULL};
        say(telling, M_CANCEL_FEE_BEFORE, values);
    }
    if (item->tax_minor > 0) {
        const char *values[] = {money(telling, item->tax_minor),
                                money(telling, item->net_minor + item->tax_minor), NULL};
        say(telling, has_tax_in_it ? M_CANCEL_FEE_TAX_IN_IT : M_CANCEL_FEE_TAX, values);
    }
}

static void
find_before(const struct fee_facts *facts, struct fee_item *item)
{
    for (size_t index = 0; index < facts->before_count; index++) {
        if (strcmp(facts->before[index].clause, item->clause->clause) == 0) {
            item->before = facts->before[index];
        }
    }
}

static void
charge(const struct fee_facts *facts, struct arena *arena, struct fee_item *item,
       int64_t *deposit_left_minor)
{
    const struct telling telling = {facts, arena, item};
    const char *values[] = {item->clause->clause, NULL};
    if (strcmp(facts->fault, FEE_FAULT_COMPANY) == 0) {
        say(&telling, M_CANCEL_FEE_COMPANY, values);
        return;
    }
    find_before(facts, item);
    const int64_t fee = compute(&telling, deposit_left_minor);
    if (item->clause->kind != FEE_NONE) {
        const struct fee_amount all = with_tax(item, limit(&telling, fee));
        subtract(&telling, &all);
    }
}

enum gift_terms
cancellation_gifts(const struct fee_clause *clause, const char *fault)
{
    return clause == NULL || !clause->evaluates || strcmp(fault, FEE_FAULT_COMPANY) == 0
               ? GIFTS_KEEP
               : clause->gifts;
}

void
cancellation_fee(const struct fee_table *table, const struct fee_facts *facts, struct arena *arena,
                 struct fee_ruling *ruling)
{
    struct fee_item *items = arena_array(arena, struct fee_item, table->count + 1);
    *ruling = (struct fee_ruling){
        .items = items,
        .clauses = arena_array(arena, const struct fee_clause *, facts->line_count + 1)};
    for (size_t line = 0; line < facts->line_count; line++) {
        const size_t clause = clause_of(table, facts, &facts->lines[line]);
        struct fee_item *item = &items[clause];
        ruling->clauses[line] = clause < table->count ? &table->items[clause] : NULL;
        item->base_net_minor += facts->lines[line].net_minor;
        item->base_tax_minor += facts->lines[line].tax_minor;
        item->trace[LANGUAGE_EN] = item->trace[LANGUAGE_ZH] = ""; /* it decides something */
    }
    for (size_t index = 0; index < table->count; index++) {
        if (items[index].trace[LANGUAGE_EN] == NULL) {
            continue;
        }
        struct fee_item *item = &items[ruling->count++];
        *item = items[index];
        item->clause = &table->items[index];
    }
    share_cost(facts, items, ruling->count);
    int64_t deposit_left_minor = deposit_left(table, facts);
    for (size_t index = 0; index < ruling->count; index++) {
        struct fee_item *item = &items[index];
        charge(facts, arena, item, &deposit_left_minor);
        ruling->net_minor += item->net_minor;
        ruling->tax_minor += item->tax_minor;
        ruling->evaluates |=
            item->clause->evaluates && strcmp(facts->fault, FEE_FAULT_COMPANY) != 0;
        if (ruling->gifts == NULL && cancellation_gifts(item->clause, facts->fault) != GIFTS_KEEP) {
            ruling->gifts = item->clause;
        }
    }
}

struct fee_amount
cancellation_clawback(struct fee_amount locked, struct fee_amount evaluated,
                      struct fee_amount claimed, bool evaluates)
{
    const int64_t more =
        evaluated.net_minor + evaluated.tax_minor - locked.net_minor - locked.tax_minor;
    const int64_t gross = more < 0 ? 0 : more;
    int64_t net = evaluated.net_minor - locked.net_minor;
    net = net < 0 ? 0 : net > gross ? gross : net;
    const struct fee_amount now = {net - claimed.net_minor, gross - net - claimed.tax_minor};
    return !evaluates && now.net_minor + now.tax_minor > 0 ? (struct fee_amount){0, 0} : now;
}

enum waiver_bar
cancellation_waiver(const char *waived_by, int64_t up_to_minor, const char *person,
                    int64_t gross_minor)
{
    static const char user[] = "user:";
    const bool is_user = strncmp(person, user, sizeof user - 1) == 0;
    if (waived_by[0] == '\0') {
        return WAIVER_NOBODY;
    }
    if (!text_list_has(waived_by, is_user ? person + sizeof user - 1 : person)) {
        return WAIVER_PERSON;
    }
    return up_to_minor != FEE_NOT_GIVEN && gross_minor > up_to_minor ? WAIVER_AMOUNT : WAIVER_MAY;
}
