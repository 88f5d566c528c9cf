#include "desk/facts.h"

#include "config/config.h"
#include "desk/facts_line.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    FACTS_BYTES_KEPT = 8 * 1024 * 1024,
    FACTS_BYTES_MAX = FACTS_BYTES_FULL + 128 * 1024 * 1024, /* and what one more line may have */
    ROWS_BYTES_MAX =
        160 * 1024 * 1024, /* as many as a list may have together, see store_master.h */
};

/* The rate of two currencies on a day. */
struct rates_entry {
    struct rates_entry *next;
    int64_t version_id;
    struct rate_key key;
    struct rate_fact rate; /* units 0: there is none */
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

struct facts *
facts_new(struct store *store)
{
    struct facts *facts = malloc(sizeof *facts);
    assert(facts != NULL);
    facts_init(facts, store);
    return facts;
}

void
facts_free(struct facts **facts)
{
    facts_close(*facts);
    free(*facts);
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
    facts->rates = NULL;
    facts->taxes = NULL;
    facts->approvals = NULL;
    facts->has_authorities = false;
    facts->calendar = NULL;
    facts->has_approvers = false;
    facts->has_delegations = false;
    facts->has_returns = false;
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
facts_assume(struct facts *facts, enum document_kind kind, int64_t version_id)
{
    facts_forget(facts);
    facts->assumed[kind].is_set = true;
    facts->assumed[kind].version_id = version_id;
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
        TRY(master_in_force(facts->store, &facts->in_force, why));
        facts->versions = facts->in_force;
        for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
            if (facts->assumed[kind].is_set &&
                facts->assumed[kind].version_id != facts->versions.of[kind].id) {
                facts->versions.of[kind].id = facts->assumed[kind].version_id;
                facts->versions.of[kind].number = 0;
            }
        }
        facts->is_loaded = true;
    }
    *versions = &facts->versions;
    return DONE;
}

enum outcome
facts_in_force(struct facts *facts, const struct master_versions **versions, struct fault *why)
{
    TRY(facts_versions(facts, versions, why));
    *versions = &facts->in_force;
    return DONE;
}

void
facts_set_versions(struct facts *facts, const struct master_versions *versions)
{
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        if (facts->versions.of[kind].id != versions->of[kind].id) {
            facts_forget(facts);
        }
    }
    facts->versions = *versions;
    facts->is_loaded = true;
}

enum outcome
facts_as_of_order(struct facts *facts, int64_t order_id, int64_t version, struct fault *why)
{
    static const enum document_kind powers[] = {DOCUMENT_APPROVAL_MATRIX, DOCUMENT_PRICE_AUTHORITY,
                                                DOCUMENT_CALENDAR, DOCUMENT_DELEGATIONS,
                                                DOCUMENT_APPROVERS};
    struct master_versions then = {0};
    facts_forget(facts);
    TRY(master_in_force(facts->store, &facts->in_force, why));
    TRY(master_versions_of_order(facts->store, order_id, version, &then, why));
    for (size_t index = 0; index < sizeof powers / sizeof powers[0]; index++) {
        then.of[powers[index]] = facts->in_force.of[powers[index]];
    }
    facts->versions = then;
    facts->is_loaded = true;
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

static enum outcome
find_rate(struct facts *facts, int64_t version_id, const struct rate_key *key,
          const struct rate_fact **rate, struct fault *why)
{
    struct rates_entry *entry = facts->rates;
    while (entry != NULL &&
           (entry->version_id != version_id || entry->key.day != key->day ||
            strcmp(entry->key.to, key->to) != 0 || strcmp(entry->key.from, key->from) != 0)) {
        entry = entry->next;
    }
    if (entry == NULL) {
        struct rate_row row = {.units = 0};
        entry = arena_new(&facts->arena, struct rates_entry);
        const enum outcome found =
            master_rate(facts->store, version_id, key, &facts->arena, &row, why);
        if (found != DONE && found != NONE) {
            return found;
        }
        entry->version_id = version_id;
        entry->key = (struct rate_key){arena_copy(&facts->arena, key->from),
                                       arena_copy(&facts->arena, key->to), key->day};
        entry->rate = (struct rate_fact){row.day, row.rate_micros, row.units};
        entry->next = facts->rates;
        facts->rates = entry;
    }
    *rate = entry->rate.units == 0 ? NULL : &entry->rate;
    return DONE;
}

enum outcome
facts_rate(struct facts *facts, const struct rate_key *key, const struct rate_fact **rate,
           struct fault *why)
{
    return find_rate(facts, facts->versions.of[DOCUMENT_EXCHANGE_RATES].id, key, rate, why);
}

enum outcome
facts_rate_in_force(struct facts *facts, const struct rate_key *key, const struct rate_fact **rate,
                    struct fault *why)
{
    const struct master_versions *versions = NULL;
    TRY(facts_in_force(facts, &versions, why));
    return find_rate(facts, versions->of[DOCUMENT_EXCHANGE_RATES].id, key, rate, why);
}

static struct payment_terms
terms_of(const struct customer_row *customer)
{
    const int kind = name_index(customer->payment_terms, payment_kind_names, PAYMENT_KIND_COUNT);
    assert(kind >= 0 && "the store keeps no other word");
    return (struct payment_terms){(enum payment_kind)kind, customer->deposit_micros,
                                  customer->payment_days};
}

enum outcome
facts_of_order(struct facts *facts, const struct order *order, const struct partner *partner,
               const char *list_currency, struct arena *arena, struct price_facts *price_facts,
               struct fault *why)
{
    const struct master_versions *versions = NULL;
    const char *code = order->parties[PARTY_SOLD_TO].code;
    size_t parts_left = ORDER_PARTS_MAX;
    facts->list_currency = list_currency;
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
        .terms = found == DONE ? terms_of(&facts->customer) : (struct payment_terms){0},
        .channel = found == DONE ? partner->channel : "",
        .partner = partner->id,
        .lines = arena_array(arena, struct line_facts, order->line_count),
    };
    for (int kind = 0; kind < DOCUMENT_KIND_COUNT; kind++) {
        price_facts->versions[kind] = versions->of[kind].number;
    }
    TRY(facts_authorities(facts, order, price_facts, why));
    if (list_currency[0] != '\0' && strcmp(list_currency, order->currency) != 0) {
        const struct rate_key rate = {list_currency, order->currency, order->order_date};
        TRY(facts_rate(facts, &rate, &price_facts->rate, why));
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
        TRY(facts_of_line(facts, &key, &parts_left, line, why));
        if (!line->product_known && facts_may_hint(facts)) {
            TRY(master_nearest_sku(facts->store, versions->of[DOCUMENT_PRODUCTS].id, key.sku, arena,
                                   &line->nearest_sku, why));
        }
    }
    return found == DONE ? promotions_of_order(facts, order, arena, price_facts, why) : DONE;
}
