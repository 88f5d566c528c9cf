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

/* What of the deposit falls on these lines. */
static int64_t
deposit_of(const struct fee_facts *facts, const struct fee_item *item)
{
    const int64_t gross = all_net(item) + all_tax(item);
    return facts->gross_minor <= 0 ? 0
                                   : decimal_divide((int128)facts->deposit_minor * gross,
                                                    facts->gross_minor, ROUND_HALF_UP);
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
compute(const struct telling *telling)
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
        fee = money_rate(base, percent, ROUND_HALF_UP);
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

/* What bears the tax of so much of a fee. */
static int64_t
tax_of(const struct fee_item *item, int64_t fee)
{
    return !item->clause->bears_tax || all_net(item) <= 0
               ? 0
               : decimal_divide((int128)fee * all_tax(item), all_net(item), ROUND_HALF_UP);
}

/* Of what it comes to now what was charged before is no more to be charged. */
static void
subtract(const struct telling *telling, int64_t fee)
{
    struct fee_item *item = telling->item;
    item->net_minor = fee - item->before.net_minor;
    if (item->net_minor < 0) {
        item->net_minor = 0;
    }
    if (item->before.net_minor > 0) {
        const char *values[] = {money(telling, item->before.net_minor),
                                money(telling, item->net_minor), NULL};
        say(telling, M_CANCEL_FEE_BEFORE, values);
    }
}

static void
tax(const struct telling *telling, int64_t fee)
{
    struct fee_item *item = telling->item;
    const int64_t tax_minor = tax_of(item, fee) - item->before.tax_minor;
    if (item->net_minor == 0 || tax_minor <= 0) {
        return;
    }
    item->tax_minor = tax_minor;
    const char *values[] = {money(telling, item->tax_minor),
                            money(telling, item->net_minor + item->tax_minor), NULL};
    say(telling, M_CANCEL_FEE_TAX, values);
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
charge(const struct fee_facts *facts, struct arena *arena, struct fee_item *item)
{
    const struct telling telling = {facts, arena, item};
    const char *values[] = {item->clause->clause, NULL};
    if (strcmp(facts->fault, FEE_FAULT_COMPANY) == 0) {
        say(&telling, M_CANCEL_FEE_COMPANY, values);
        return;
    }
    find_before(facts, item);
    const int64_t fee = compute(&telling);
    if (item->clause->kind != FEE_NONE) {
        const int64_t limited = limit(&telling, fee);
        subtract(&telling, limited);
        tax(&telling, limited);
    }
}

void
cancellation_fee(const struct fee_table *table, const struct fee_facts *facts, struct arena *arena,
                 struct fee_ruling *ruling)
{
    struct fee_item *items = arena_array(arena, struct fee_item, table->count + 1);
    *ruling = (struct fee_ruling){.items = items};
    for (size_t line = 0; line < facts->line_count; line++) {
        struct fee_item *item = &items[clause_of(table, facts, &facts->lines[line])];
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
    for (size_t index = 0; index < ruling->count; index++) {
        struct fee_item *item = &items[index];
        charge(facts, arena, item);
        ruling->net_minor += item->net_minor;
        ruling->tax_minor += item->tax_minor;
        ruling->evaluates |=
            item->clause->evaluates && strcmp(facts->fault, FEE_FAULT_COMPANY) != 0;
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
