#include "desk/facts.h"

#include "config/config.h"
#include "rules/price_formula.h"

#include <assert.h>
#include <string.h>

enum {
    FACTS_BYTES_KEPT = 8 * 1024 * 1024,
    FACTS_BYTES_MAX = 512 * 1024 * 1024, /* an order of 10,000 lines, each with many prices */
};

struct line_entry {
    struct line_entry *next;
    const char *sku;
    const char *currency;
    const char *customer;
    struct line_facts facts;
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
}

void
facts_close(struct facts *facts)
{
    arena_close(&facts->arena);
}

void
facts_forget(struct facts *facts)
{
    arena_reset(&facts->arena);
    memset(facts->buckets, 0, sizeof facts->buckets);
    facts->limits = NULL;
    facts->customer = (struct customer_row){0};
    facts->is_loaded = false;
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
        facts_forget(facts);
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

static enum outcome
read_prices(struct facts *facts, const struct price_key *key, struct line_facts *line,
            struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(master_prices(facts->store, facts->versions.of[DOCUMENT_PRICES].id, key, &facts->arena,
                      &rows, &line->candidate_count, why));
    line->candidates = arena_array(&facts->arena, struct price_candidate, line->candidate_count);
    for (size_t index = 0; index < line->candidate_count; index++) {
        const struct price_row *row = &rows[index].price;
        const int scope = name_index(row->scope, price_scope_names, SCOPE_COUNT);
        const int breaks = name_index(row->breaks, price_breaks_names, BREAKS_COUNT);
        assert(scope >= 0 && breaks >= 0);
        line->candidates[index] = (struct price_candidate){
            .scope = (enum price_scope)scope,
            .holder = row->holder,
            .breaks = (enum price_breaks)breaks,
            .break_group = row->break_group,
            .quantity_from_micros = row->quantity_from_micros,
            .valid_from = row->valid_from,
            .valid_to = row->valid_to,
            .price_micros = row->price_micros,
            .includes_tax = strcmp(row->includes_tax, "yes") == 0,
        };
        if (row->formula[0] != '\0') {
            struct formula_mistakes mistakes; /* told when the rows came in */
            line->candidates[index].formula = price_formula_compile(
                row->formula, row->price_micros, row->currency, line, &facts->arena, &mistakes);
        }
    }
    return DONE;
}

static enum outcome
read_options(struct facts *facts, const char *sku, int64_t options_id, struct arena *arena,
             struct line_facts *line, struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(master_options(facts->store, options_id, sku, arena, &rows, &line->option_count, why));
    line->options = arena_array(arena, struct option_fact, line->option_count);
    for (size_t index = 0; index < line->option_count; index++) {
        const struct option_row *row = &rows[index].option;
        line->options[index] =
            (struct option_fact){.name = row->name,
                                 .value = row->value,
                                 .surcharge_micros = row->surcharge_micros,
                                 .minimum_micros = row->minimum_micros,
                                 .maximum_micros = row->maximum_micros,
                                 .unit = row->unit,
                                 .is_required = strcmp(row->is_required, "yes") == 0,
                                 .surcharge_percent_micros = row->surcharge_percent_micros,
                                 .excludes = row->excludes,
                                 .needs = row->needs};
    }
    return DONE;
}

static enum outcome
read_units(struct facts *facts, const char *sku, struct line_facts *line, struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(master_units(facts->store, facts->versions.of[DOCUMENT_PRODUCT_UNITS].id, sku,
                     &facts->arena, &rows, &line->unit_count, why));
    line->units = arena_array(&facts->arena, struct unit_fact, line->unit_count);
    for (size_t index = 0; index < line->unit_count; index++) {
        line->units[index] =
            (struct unit_fact){rows[index].unit.unit, rows[index].unit.factor_micros};
    }
    return DONE;
}

static enum outcome
read_taxes(struct facts *facts, struct line_facts *line, struct fault *why)
{
    struct master_row *rows = NULL;
    TRY(master_taxes(facts->store, facts->versions.of[DOCUMENT_TAX_RATES].id, line->tax_class,
                     &facts->arena, &rows, &line->tax_count, why));
    line->taxes = arena_array(&facts->arena, struct tax_fact, line->tax_count);
    for (size_t index = 0; index < line->tax_count; index++) {
        const struct tax_row *row = &rows[index].tax;
        line->taxes[index] = (struct tax_fact){row->country, row->region, row->valid_from,
                                               row->valid_to, row->rate_micros};
    }
    return DONE;
}

enum outcome
facts_of_product(struct facts *facts, const char *sku, int64_t products_id, int64_t options_id,
                 struct arena *arena, struct line_facts *product, struct fault *why)
{
    struct product_row row;
    *product = (struct line_facts){.nearest_sku = "", .unit = ""};
    const enum outcome found = master_product(facts->store, products_id, sku, arena, &row, why);
    if (found == NONE) {
        return DONE;
    }
    TRY(found);
    product->product_known = true;
    product->unit = row.unit;
    product->tax_class = row.tax_class;
    product->tax_rate_micros = row.tax_rate_micros;
    product->minimum_micros = row.minimum_micros;
    product->multiple_micros = row.multiple_micros;
    return read_options(facts, sku, options_id, arena, product, why);
}

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
    TRY(read_taxes(facts, line, why));
    TRY(read_units(facts, key->sku, line, why));
    return read_prices(facts, key, line, why);
}

static enum outcome
line_facts(struct facts *facts, const struct price_key *key, struct line_facts *line,
           struct fault *why)
{
    struct line_entry **bucket = &facts->buckets[bucket_of(key->sku, key->currency, key->customer)];
    for (struct line_entry *entry = *bucket; entry != NULL; entry = entry->next) {
        if (strcmp(entry->sku, key->sku) == 0 && strcmp(entry->customer, key->customer) == 0 &&
            strcmp(entry->currency, key->currency) == 0) {
            *line = entry->facts;
            return DONE;
        }
    }
    struct line_entry *entry = arena_new(&facts->arena, struct line_entry);
    TRY(read_line(facts, key, &entry->facts, why));
    entry->sku = arena_copy(&facts->arena, key->sku);
    entry->currency = arena_copy(&facts->arena, key->currency);
    entry->customer = arena_copy(&facts->arena, key->customer);
    entry->next = *bucket;
    *bucket = entry;
    *line = entry->facts;
    return DONE;
}

/* NONE: unknown, or of another partner, which must not show. */
static enum outcome
find_customer(struct facts *facts, const char *partner, const char *code, struct fault *why)
{
    if (facts->customer.code == NULL || strcmp(facts->customer.code, code) != 0) {
        struct customer_row customer;
        TRY(master_customer(facts->store, facts->versions.of[DOCUMENT_CUSTOMERS].id, code,
                            &facts->arena, &customer, why));
        facts->customer = customer;
    }
    return strcmp(facts->customer.partner, partner) == 0 ? DONE : NONE;
}

enum outcome
facts_of_order(struct facts *facts, const struct order *order, const struct partner *partner,
               struct arena *arena, struct price_facts *price_facts, struct fault *why)
{
    const struct master_versions *versions = NULL;
    const char *code = order->parties[PARTY_SOLD_TO].code;
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
        .lines = arena_array(arena, struct line_facts, order->line_count),
    };
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        price_facts->versions[kind] = versions->of[kind].number;
    }
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
        TRY(line_facts(facts, &key, line, why));
        if (!line->product_known && facts_may_hint(facts)) {
            TRY(master_nearest_sku(facts->store, versions->of[DOCUMENT_PRODUCTS].id, key.sku, arena,
                                   &line->nearest_sku, why));
        }
    }
    return DONE;
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
