/* What is known of one product: read once, and kept by SKU, currency and customer. */
#include "desk/facts_line.h"

#include "rules/price_formula.h"

#include <assert.h>
#include <string.h>

enum { PACKAGE_BYTES_MAX = 64 * 1024 * 1024 }; /* rows of one: they are bounded when they come in */

struct line_entry {
    struct line_entry *next;
    const char *sku;
    const char *currency;
    const char *customer;
    const char *list_currency;
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

/* Is there a list in another currency than the order's? */
static bool
has_list_currency(const struct facts *facts, const char *currency)
{
    return facts->list_currency[0] != '\0' && strcmp(facts->list_currency, currency) != 0;
}

/* In the order's currency, else in that of the list. */
static enum outcome
find_prices(struct facts *facts, const struct price_key *key, struct master_row **rows,
            struct line_facts *line, struct fault *why)
{
    struct price_key list_key = *key;
    const int64_t version_id = facts->versions.of[DOCUMENT_PRICES].id;
    arena_reset(&facts->rows);
    TRY(master_prices(facts->store, version_id, key, &facts->rows, rows, &line->candidate_count,
                      why));
    if (line->candidate_count > 0 || !has_list_currency(facts, key->currency)) {
        return DONE;
    }
    list_key.currency = facts->list_currency;
    TRY(master_prices(facts->store, version_id, &list_key, &facts->rows, rows,
                      &line->candidate_count, why));
    if (line->candidate_count > 0) {
        line->list_currency = arena_copy(&facts->arena, facts->list_currency);
    }
    return DONE;
}

/* NONE: there is no room for all of them. */
static enum outcome
read_prices(struct facts *facts, const struct price_key *key, struct line_facts *line,
            struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(find_prices(facts, key, &rows, line, why));
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
            struct cost_facts *costs, struct fault *why)
{
    struct master_row *rows = NULL;
    const int64_t version_id = facts->versions.of[DOCUMENT_PRODUCT_COSTS].id;
    *costs = (struct cost_facts){.count = 0};
    if (version_id == 0) {
        return DONE;
    }
    arena_reset(&facts->rows);
    TRY(master_costs(facts->store, version_id, sku, currency, &facts->rows, &rows, &costs->count,
                     why));
    if (costs->count == 0 && has_list_currency(facts, currency)) {
        TRY(master_costs(facts->store, version_id, sku, facts->list_currency, &facts->rows, &rows,
                         &costs->count, why));
        costs->currency = costs->count == 0 ? NULL : keep(arena, facts->list_currency);
    }
    costs->of_days = arena_array(arena, struct cost_fact, costs->count);
    for (size_t index = 0; index < costs->count; index++) {
        const struct cost_row *row = &rows[index].cost;
        costs->of_days[index] =
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
    TRY(facts_costs(facts, key->sku, key->currency, &facts->arena, &line->costs, why));
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
            strcmp(entry->currency, key->currency) == 0 &&
            strcmp(entry->list_currency, facts->list_currency) == 0) {
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
    entry->list_currency = arena_copy(&facts->arena, facts->list_currency);
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
    arena_init(&arena, PACKAGE_BYTES_MAX);
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

enum outcome
facts_of_line(struct facts *facts, const struct price_key *key, size_t *parts_left,
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
        const bool is_known = package->is_sum && package->parts != NULL;
        line->candidate_count = package->is_sum ? 0 : line->candidate_count;
        line->list_currency =
            is_known ? package->parts[0].facts->list_currency : line->list_currency;
        *parts_left -= package->part_count < *parts_left ? package->part_count : *parts_left;
    }
    return DONE;
}
