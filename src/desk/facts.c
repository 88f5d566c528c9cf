#include "desk/facts.h"

#include "config/config.h"
#include "rules/price_formula.h"

#include <assert.h>
#include <string.h>

enum {
    FACTS_BYTES_KEPT = 8 * 1024 * 1024,
    FACTS_BYTES_FULL = 320 * 1024 * 1024, /* an order that needs more is not priced */
    FACTS_BYTES_MAX = FACTS_BYTES_FULL + 128 * 1024 * 1024, /* and what one more line may have */
    ROWS_BYTES_MAX =
        160 * 1024 * 1024, /* as many as a list may have together, see store_master.h */
};

struct line_entry {
    struct line_entry *next;
    const char *sku;
    const char *currency;
    const char *customer;
    struct line_facts facts;
    bool is_package_read;
    const struct package_fact *package;
};

/* Rates of a class, which many products share. */
struct taxes_entry {
    struct taxes_entry *next;
    const char *tax_class;
    struct tax_fact *taxes;
    size_t count;
};

struct limits_entry {
    struct limits_entry *next;
    enum order_type type;
    const char *currency;
    struct approval_limit *limits;
    size_t count;
};

void
facts_init(struct facts *facts, struct store *store)
{
    memset(facts, 0, sizeof *facts);
    facts->store = store;
    arena_init(&facts->arena, FACTS_BYTES_MAX);
    arena_init(&facts->rows, ROWS_BYTES_MAX);
    arena_init(&facts->book.arena, PROMOTION_BYTES_MAX);
}

void
facts_close(struct facts *facts)
{
    arena_close(&facts->arena);
    arena_close(&facts->rows);
    arena_close(&facts->book.arena);
}

/* All but the table of promotions, which is bounded and dear to read. */
static void
forget_rows(struct facts *facts)
{
    arena_reset(&facts->arena);
    memset(facts->buckets, 0, sizeof facts->buckets);
    facts->taxes = NULL;
    facts->limits = NULL;
    facts->has_authorities = false;
    facts->customer = (struct customer_row){0};
    facts->is_loaded = false;
}

void
facts_forget(struct facts *facts)
{
    forget_rows(facts);
    arena_reset(&facts->book.arena);
    facts->book.table = NULL;
}

void
facts_begin_file(struct facts *facts)
{
    facts->hints_left = FACTS_HINTS_MAX;
}

bool
facts_may_hint(struct facts *facts)
{
    return facts->hints_left > 0 && facts->hints_left-- > 0;
}

void
facts_trim(struct facts *facts)
{
    if (facts->arena.bytes_used > FACTS_BYTES_KEPT) {
        forget_rows(facts);
    }
}

enum outcome
facts_versions(struct facts *facts, const struct master_versions **versions, struct fault *why)
{
    if (!facts->is_loaded) {
        TRY(master_in_force(facts->store, &facts->versions, why));
        facts->is_loaded = true;
    }
    *versions = &facts->versions;
    return DONE;
}

enum outcome
facts_as_of_order(struct facts *facts, int64_t order_id, int64_t version, struct fault *why)
{
    static const enum document_kind powers[] = {DOCUMENT_APPROVAL_LIMITS, DOCUMENT_PRICE_AUTHORITY};
    struct master_versions in_force = {0};
    struct master_versions then = {0};
    facts_forget(facts);
    TRY(master_in_force(facts->store, &in_force, why));
    TRY(master_versions_of_order(facts->store, order_id, version, &then, why));
    for (size_t index = 0; index < sizeof powers / sizeof powers[0]; index++) {
        then.of[powers[index]] = in_force.of[powers[index]];
    }
    facts->versions = then;
    facts->is_loaded = true;
    return DONE;
}

/* FNV-1a, for finding only: nothing is ever listed in the order of hashes. */
static size_t
bucket_of(const char *sku, const char *currency, const char *customer)
{
    const char *const parts[] = {sku, currency, customer};
    uint32_t hash = 2166136261U;
    for (size_t part = 0; part < sizeof parts / sizeof parts[0]; part++) {
        for (const char *at = parts[part]; *at != '\0'; at++) {
            hash = (hash ^ (unsigned char)*at) * 16777619U;
        }
        hash = (hash ^ 0xFFU) * 16777619U;
    }
    return hash % FACTS_BUCKETS;
}

static const char *
keep(struct arena *arena, const char *text)
{
    return text[0] == '\0' ? "" : arena_copy(arena, text);
}

/* A text that is nearly always that of the row before. */
static const char *
keep_again(struct arena *arena, const char *text, const char *before)
{
    return before != NULL && strcmp(before, text) == 0 ? before : keep(arena, text);
}

static bool
is_full(const struct facts *facts)
{
    return facts->arena.bytes_used > FACTS_BYTES_FULL;
}

static void
keep_price(struct facts *facts, const struct price_row *row, struct line_facts *line, size_t index)
{
    const int scope = name_index(row->scope, price_scope_names, SCOPE_COUNT);
    const int breaks = name_index(row->breaks, price_breaks_names, BREAKS_COUNT);
    struct price_candidate *candidate = &line->candidates[index];
    const struct price_candidate none = {0};
    const struct price_candidate *before = index == 0 ? &none : candidate - 1;
    assert(scope >= 0 && breaks >= 0);
    *candidate = (struct price_candidate){
        .scope = (enum price_scope)scope,
        .holder = keep_again(&facts->arena, row->holder, before->holder),
        .breaks = (enum price_breaks)breaks,
        .break_group = keep_again(&facts->arena, row->break_group, before->break_group),
        .quantity_from_micros = row->quantity_from_micros,
        .valid_from = row->valid_from,
        .valid_to = row->valid_to,
        .price_micros = row->price_micros,
        .includes_tax = strcmp(row->includes_tax, "yes") == 0,
    };
    if (row->formula[0] != '\0') {
        struct formula_mistakes mistakes; /* told when the rows came in */
        candidate->formula = price_formula_compile(
            keep(&facts->arena, row->formula), row->price_micros,
            keep(&facts->arena, row->currency), line, &facts->arena, &mistakes);
    }
}

/* NONE: there is no room for all of them. */
static enum outcome
read_prices(struct facts *facts, const struct price_key *key, struct line_facts *line,
            struct fault *why)
{
    struct master_row *rows = NULL;
    arena_reset(&facts->rows);
    TRY(master_prices(facts->store, facts->versions.of[DOCUMENT_PRICES].id, key, &facts->rows,
                      &rows, &line->candidate_count, why));
    line->candidates = arena_array(&facts->arena, struct price_candidate, line->candidate_count);
    for (size_t index = 0; index < line->candidate_count; index++) {
        if (is_full(facts)) {
            return NONE;
        }
        keep_price(facts, &rows[index].price, line, index);
    }
    return DONE;
}

static enum outcome
read_options(struct facts *facts, const char *sku, int64_t options_id, struct arena *arena,
             struct line_facts *line, struct fault *why)
{
    struct master_row *rows = NULL;
    arena_reset(&facts->rows);
    TRY(master_options(facts->store, options_id, sku, &facts->rows, &rows, &line->option_count,
                       why));
    line->options = arena_array(arena, struct option_fact, line->option_count);
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option_row *row = &rows[index].option;
        line->options[index] =
            (struct option_fact){.name = keep(arena, row->name),
                                 .value = keep(arena, row->value),
                                 .surcharge_micros = row->surcharge_micros,
                                 .minimum_micros = row->minimum_micros,
                                 .maximum_micros = row->maximum_micros,
                                 .unit = keep(arena, row->unit),
                                 .is_required = strcmp(row->is_required, "yes") == 0,
                                 .surcharge_percent_micros = row->surcharge_percent_micros,
                                 .excludes = keep(arena, row->excludes),
                                 .needs = keep(arena, row->needs)};
    }
    return DONE;
}

static enum outcome
read_units(struct facts *facts, const char *sku, struct line_facts *line, struct fault *why)
{
    struct master_row *rows = NULL;
    arena_reset(&facts->rows);
    TRY(master_units(facts->store, facts->versions.of[DOCUMENT_PRODUCT_UNITS].id, sku, &facts->rows,
                     &rows, &line->unit_count, why));
    line->units = arena_array(&facts->arena, struct unit_fact, line->unit_count);
    for (size_t index = 0; index < line->unit_count; index++) {
        line->units[index] = (struct unit_fact){keep(&facts->arena, rows[index].unit.unit),
                                                rows[index].unit.factor_micros};
    }
    return DONE;
}

static enum outcome
read_taxes(struct facts *facts, struct taxes_entry *entry, struct fault *why)
{
    struct master_row *rows = NULL;
    const char *before = NULL;
    arena_reset(&facts->rows);
    TRY(master_taxes(facts->store, facts->versions.of[DOCUMENT_TAX_RATES].id, entry->tax_class,
                     &facts->rows, &rows, &entry->count, why));
    entry->taxes = arena_array(&facts->arena, struct tax_fact, entry->count);
    for (size_t index = 0; index < entry->count; index++) {
        const struct tax_row *row = &rows[index].tax;
        before = keep_again(&facts->arena, row->country, before);
        entry->taxes[index] = (struct tax_fact){before, keep(&facts->arena, row->region),
                                                row->valid_from, row->valid_to, row->rate_micros};
    }
    return DONE;
}

static enum outcome
find_taxes(struct facts *facts, struct line_facts *line, struct fault *why)
{
    struct taxes_entry *entry = facts->taxes;
    while (entry != NULL && strcmp(entry->tax_class, line->tax_class) != 0) {
        entry = entry->next;
    }
    if (entry == NULL) {
        entry = arena_new(&facts->arena, struct taxes_entry);
        entry->tax_class = line->tax_class;
        TRY(read_taxes(facts, entry, why));
        entry->next = facts->taxes;
        facts->taxes = entry;
    }
    line->taxes = entry->taxes;
    line->tax_count = entry->count;
    return DONE;
}

enum outcome
facts_of_product(struct facts *facts, const char *sku, int64_t products_id, int64_t options_id,
                 struct arena *arena, struct line_facts *product, struct fault *why)
{
    struct product_row row;
    *product = (struct line_facts){.nearest_sku = "", .category = "", .unit = ""};
    arena_reset(&facts->rows);
    const enum outcome found =
        master_product(facts->store, products_id, sku, &facts->rows, &row, why);
    if (found == NONE) {
        return DONE;
    }
    TRY(found);
    product->product_known = true;
    product->category = keep(arena, row.category);
    product->unit = keep(arena, row.unit);
    product->tax_class = keep(arena, row.tax_class);
    product->tax_rate_micros = row.tax_rate_micros;
    product->minimum_micros = row.minimum_micros;
    product->multiple_micros = row.multiple_micros;
    return read_options(facts, sku, options_id, arena, product, why);
}

enum outcome
facts_costs(struct facts *facts, const char *sku, const char *currency, struct arena *arena,
            struct cost_fact **costs, size_t *count, struct fault *why)
{
    struct master_row *rows = NULL;
    const int64_t version_id = facts->versions.of[DOCUMENT_PRODUCT_COSTS].id;
    if (version_id == 0) {
        return DONE;
    }
    arena_reset(&facts->rows);
    TRY(master_costs(facts->store, version_id, sku, currency, &facts->rows, &rows, count, why));
    *costs = arena_array(arena, struct cost_fact, *count);
    for (size_t index = 0; index < *count; index++) {
        const struct cost_row *row = &rows[index].cost;
        (*costs)[index] =
            (struct cost_fact){row->cost_micros, row->floor_micros, row->margin_least_micros,
                               row->valid_from, row->valid_to};
    }
    return DONE;
}

/* NONE: there is no room for what is known about it. */
static enum outcome
read_line(struct facts *facts, const struct price_key *key, struct line_facts *line,
          struct fault *why)
{
    TRY(facts_of_product(facts, key->sku, facts->versions.of[DOCUMENT_PRODUCTS].id,
                         facts->versions.of[DOCUMENT_PRODUCT_OPTIONS].id, &facts->arena, line,
                         why));
    if (!line->product_known) {
        return DONE; /* the nearest one is looked for by facts_of_order: not every line gets it */
    }
    TRY(find_taxes(facts, line, why));
    TRY(read_units(facts, key->sku, line, why));
    TRY(facts_costs(facts, key->sku, key->currency, &facts->arena, &line->costs, &line->cost_count,
                    why));
    return read_prices(facts, key, line, why);
}

/* The entry of a product, as itself. */
static enum outcome
find_line(struct facts *facts, const struct price_key *key, struct line_entry **found,
          struct fault *why)
{
    struct line_entry **bucket = &facts->buckets[bucket_of(key->sku, key->currency, key->customer)];
    for (struct line_entry *entry = *bucket; entry != NULL; entry = entry->next) {
        if (strcmp(entry->sku, key->sku) == 0 && strcmp(entry->customer, key->customer) == 0 &&
            strcmp(entry->currency, key->currency) == 0) {
            *found = entry;
            return DONE;
        }
    }
    if (is_full(facts)) {
        return NONE;
    }
    struct line_entry *entry = arena_new(&facts->arena, struct line_entry);
    TRY(read_line(facts, key, &entry->facts, why));
    entry->sku = arena_copy(&facts->arena, key->sku);
    entry->currency = arena_copy(&facts->arena, key->currency);
    entry->customer = arena_copy(&facts->arena, key->customer);
    entry->next = *bucket;
    *bucket = entry;
    *found = entry;
    return DONE;
}

/* How it is priced stands in any of its rows; that they agree was checked when they came in. */
static struct package_fact *
package_of(struct facts *facts, const struct master_row *rows, size_t count)
{
    struct package_fact *package = arena_new(&facts->arena, struct package_fact);
    package->part_count = count;
    for (size_t index = 0; index < count; index++) {
        const struct package_row *row = &rows[index].package;
        package->is_sum |= strcmp(row->pricing, "sum") == 0;
        package->less_micros =
            row->less_micros > package->less_micros ? row->less_micros : package->less_micros;
    }
    return package;
}

static enum outcome
read_parts(struct facts *facts, const struct price_key *key, const struct master_row *rows,
           size_t count, const struct part_fact **read, struct fault *why)
{
    struct part_fact *parts = arena_array(&facts->arena, struct part_fact, count);
    for (size_t index = 0; index < count; index++) {
        const struct package_row *row = &rows[index].package;
        struct price_key part_key = *key;
        struct line_entry *part = NULL;
        part_key.sku = arena_copy(&facts->arena, row->part);
        TRY(find_line(facts, &part_key, &part, why));
        parts[index] = (struct part_fact){part_key.sku, row->quantity_micros, &part->facts};
    }
    *read = parts;
    return DONE;
}

/* Of what a product consists.  Where that is too much for the order, only so much is known of it:
 * there may be any number of packages, and parts. */
static enum outcome
read_package(struct facts *facts, const struct price_key *key, struct line_entry *entry,
             size_t *parts_left, const struct package_fact **read, struct fault *why)
{
    OWNED(arena) arena;
    struct master_row *rows = NULL;
    size_t count = 0;
    arena_init(&arena, FACTS_BYTES_MAX);
    TRY(master_package(facts->store, facts->versions.of[DOCUMENT_PACKAGES].id, key->sku, &arena,
                       &rows, &count, why));
    struct package_fact *package = count == 0 ? NULL : package_of(facts, rows, count);
    *read = package;
    if (count > *parts_left) {
        return DONE;
    }
    if (count > 0) {
        TRY(read_parts(facts, key, rows, count, &package->parts, why));
    }
    entry->package = package;
    entry->is_package_read = true;
    return DONE;
}

/* What is known of a product that is ordered. */
static enum outcome
line_facts(struct facts *facts, const struct price_key *key, size_t *parts_left,
           struct line_facts *line, struct fault *why)
{
    struct line_entry *entry = NULL;
    TRY(find_line(facts, key, &entry, why));
    const struct package_fact *package = entry->package;
    if (!entry->is_package_read && entry->facts.product_known &&
        facts->versions.of[DOCUMENT_PACKAGES].id != 0) {
        TRY(read_package(facts, key, entry, parts_left, &package, why));
    }
    *line = entry->facts;
    line->package = package;
    if (package != NULL) {
        line->candidate_count = package->is_sum ? 0 : line->candidate_count;
        *parts_left -= package->part_count < *parts_left ? package->part_count : *parts_left;
    }
    return DONE;
}

enum outcome
facts_customer(struct facts *facts, const char *code, const struct customer_row **customer,
               struct fault *why)
{
    const struct master_versions *versions = NULL;
    TRY(facts_versions(facts, &versions, why));
    if (facts->customer.code == NULL || strcmp(facts->customer.code, code) != 0) {
        struct customer_row row;
        TRY(master_customer(facts->store, versions->of[DOCUMENT_CUSTOMERS].id, code, &facts->arena,
                            &row, why));
        facts->customer = row;
    }
    *customer = &facts->customer;
    return DONE;
}

enum outcome
facts_unit(struct facts *facts, const char *sku, const char **unit, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct product_row product;
    TRY(facts_versions(facts, &versions, why));
    TRY(master_product(facts->store, versions->of[DOCUMENT_PRODUCTS].id, sku, &facts->arena,
                       &product, why));
    *unit = product.unit;
    return DONE;
}

/* NONE: unknown, or of another partner, which must not show. */
static enum outcome
find_customer(struct facts *facts, const char *partner, const char *code, struct fault *why)
{
    const struct customer_row *customer = NULL;
    TRY(facts_customer(facts, code, &customer, why));
    return strcmp(customer->partner, partner) == 0 ? DONE : NONE;
}

enum outcome
facts_of_order(struct facts *facts, const struct order *order, const struct partner *partner,
               struct arena *arena, struct price_facts *price_facts, struct fault *why)
{
    const struct master_versions *versions = NULL;
    const char *code = order->parties[PARTY_SOLD_TO].code;
    size_t parts_left = ORDER_PARTS_MAX;
    TRY(facts_versions(facts, &versions, why));
    const enum outcome found = find_customer(facts, partner->id, code, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    *price_facts = (struct price_facts){
        .customer_known = found == DONE,
        .customer = code,
        .nearest_customer = "",
        .customer_group = found == DONE ? facts->customer.group : "",
        .customer_country = found == DONE ? facts->customer.country : "",
        .tax_exemption = found == DONE ? facts->customer.tax_exemption : "",
        .channel = found == DONE ? partner->channel : "",
        .partner = partner->id,
        .lines = arena_array(arena, struct line_facts, order->line_count),
    };
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        price_facts->versions[kind] = versions->of[kind].number;
    }
    TRY(facts_authorities(facts, order, price_facts, why));
    if (found == NONE && facts_may_hint(facts)) {
        TRY(master_nearest_customer(facts->store, versions->of[DOCUMENT_CUSTOMERS].id, partner->id,
                                    code, arena, &price_facts->nearest_customer, why));
    }
    for (size_t index = 0; index < order->line_count; index++) {
        /* Who is not known (or is another partner's) is kept apart: it has no group, no channel. */
        const struct price_key key = {order->lines[index].sku, order->currency,
                                      found == DONE ? code : "", price_facts->customer_group,
                                      price_facts->channel};
        struct line_facts *line = &price_facts->lines[index];
        TRY(line_facts(facts, &key, &parts_left, line, why));
        if (!line->product_known && facts_may_hint(facts)) {
            TRY(master_nearest_sku(facts->store, versions->of[DOCUMENT_PRODUCTS].id, key.sku, arena,
                                   &line->nearest_sku, why));
        }
    }
    return found == DONE ? promotions_of_order(facts, order, arena, price_facts, why) : DONE;
}

static enum outcome
read_limits(struct facts *facts, struct limits_entry *entry, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct master_row *rows = NULL;
    TRY(facts_versions(facts, &versions, why));
    TRY(master_limits(facts->store, versions->of[DOCUMENT_APPROVAL_LIMITS].id, entry->type,
                      entry->currency, &facts->arena, &rows, &entry->count, why));
    entry->limits = arena_array(&facts->arena, struct approval_limit, entry->count);
    for (size_t index = 0; index < entry->count; index++) {
        const struct limit_row *row = &rows[index].limit;
        entry->limits[index] = (struct approval_limit){
            row->order_type < ORDER_TYPE_COUNT ? order_type_names[row->order_type] : "",
            row->currency,
            money_extend(row->above_micros, MICROS, currency_exponent(row->currency),
                         ROUND_HALF_UP),
            row->step, row->approver};
    }
    return DONE;
}

enum outcome
facts_limits(struct facts *facts, enum order_type type, const char *currency,
             const struct approval_limit **limits, size_t *count, struct fault *why)
{
    struct limits_entry *entry = facts->limits;
    while (entry != NULL && (entry->type != type || strcmp(entry->currency, currency) != 0)) {
        entry = entry->next;
    }
    if (entry == NULL) {
        entry = arena_new(&facts->arena, struct limits_entry);
        entry->type = type;
        entry->currency = arena_copy(&facts->arena, currency);
        TRY(read_limits(facts, entry, why));
        entry->next = facts->limits;
        facts->limits = entry;
    }
    *limits = entry->limits;
    *count = entry->count;
    return DONE;
}
