#include "store/store_master.h"

#include "store/store.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 60 };

static const struct {
    enum statement insert;
    enum statement discard;
    enum statement changed;
} statements[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_CUSTOMERS] = {SQL_master_customer_insert, SQL_master_customer_discard,
                            SQL_master_customers_changed},
    [DOCUMENT_PRODUCTS] = {SQL_master_product_insert, SQL_master_product_discard,
                           SQL_master_products_changed},
    [DOCUMENT_PRODUCT_OPTIONS] = {SQL_master_option_insert, SQL_master_option_discard,
                                  SQL_master_options_changed},
    [DOCUMENT_PRODUCT_UNITS] = {SQL_master_unit_insert, SQL_master_unit_discard,
                                SQL_master_units_changed},
    [DOCUMENT_PRICES] = {SQL_master_price_insert, SQL_master_price_discard,
                         SQL_master_prices_changed},
    [DOCUMENT_PRICE_CASES] = {SQL_master_case_insert, SQL_master_case_discard,
                              SQL_master_cases_changed},
    [DOCUMENT_APPROVAL_MATRIX] = {SQL_master_approval_insert, SQL_master_approval_discard,
                                  SQL_master_approvals_changed},
    [DOCUMENT_PROMOTIONS] = {SQL_master_promotion_insert, SQL_master_promotion_discard,
                             SQL_master_promotions_changed},
    [DOCUMENT_COUPONS] = {SQL_master_coupon_insert, SQL_master_coupon_discard,
                          SQL_master_coupons_changed},
    [DOCUMENT_STOCK] = {SQL_master_stock_insert, SQL_master_stock_discard,
                        SQL_master_stock_changed},
    [DOCUMENT_PACKAGES] = {SQL_master_package_insert, SQL_master_package_discard,
                           SQL_master_packages_changed},
    [DOCUMENT_PRODUCT_COSTS] = {SQL_master_cost_insert, SQL_master_cost_discard,
                                SQL_master_costs_changed},
    [DOCUMENT_PRICE_AUTHORITY] = {SQL_master_authority_insert, SQL_master_authority_discard,
                                  SQL_master_authorities_changed},
    [DOCUMENT_CREDIT_LIMITS] = {SQL_master_credit_insert, SQL_master_credit_discard,
                                SQL_master_credits_changed},
    [DOCUMENT_EXCHANGE_RATES] = {SQL_master_rate_insert, SQL_master_rate_discard,
                                 SQL_master_rates_changed},
    [DOCUMENT_TAX_RATES] = {SQL_master_tax_insert, SQL_master_tax_discard,
                            SQL_master_taxes_changed},
    [DOCUMENT_CALENDAR] = {SQL_master_calendar_insert, SQL_master_calendar_discard,
                           SQL_master_calendar_changed},
    [DOCUMENT_DELEGATIONS] = {SQL_master_delegation_insert, SQL_master_delegation_discard,
                              SQL_master_delegations_changed},
    [DOCUMENT_CARRIER_CODES] = {SQL_master_carrier_code_insert, SQL_master_carrier_code_discard,
                                SQL_master_carrier_codes_changed},
    [DOCUMENT_PLACES] = {SQL_master_place_insert, SQL_master_place_discard,
                         SQL_master_places_changed},
    [DOCUMENT_PLANTS] = {SQL_master_plant_insert, SQL_master_plant_discard,
                         SQL_master_plants_changed},
    [DOCUMENT_SUPPLY] = {SQL_master_supply_insert, SQL_master_supply_discard,
                         SQL_master_supplies_changed},
    [DOCUMENT_MATERIALS] = {SQL_master_material_insert, SQL_master_material_discard,
                            SQL_master_materials_changed},
    [DOCUMENT_CANCELLATION_POLICY] = {SQL_master_policy_insert, SQL_master_policy_discard,
                                      SQL_master_policies_changed},
    [DOCUMENT_LANES] = {SQL_master_lane_insert, SQL_master_lane_discard, SQL_master_lanes_changed},
    [DOCUMENT_RETURN_POLICY] = {SQL_master_return_insert, SQL_master_return_discard,
                                SQL_master_returns_changed},
    [DOCUMENT_MODIFICATION_RULES] = {SQL_master_modification_insert,
                                     SQL_master_modification_discard,
                                     SQL_master_modifications_changed},
    [DOCUMENT_APPROVERS] = {SQL_master_approver_insert, SQL_master_approver_discard,
                            SQL_master_approvers_changed},
};

enum outcome
master_begin(struct store *store, enum document_kind kind, int64_t interchange_id,
             int64_t *version_id, struct fault *why)
{
    assert(master_is_kind(kind));
    TRY(store_run(store, SQL_master_version_insert, why, TEXT(document_kind_names[kind]),
                  INTEGER(interchange_id)));
    *version_id = store_last_id(store);
    return DONE;
}

/* What stands in a column of the store: the type says which member it is. */
static struct value
cell_value(const struct master_column *column, const struct master_row *row)
{
    const void *member = (const char *)row + column->offset;
    switch (column->type) {
    case MASTER_TEXT: break;
    case MASTER_MICROS: return INTEGER_OR_NULL(*(const int64_t *)member, AMOUNT_NONE);
    case MASTER_COUNT: return INTEGER(*(const int64_t *)member);
    case MASTER_DAY: return INTEGER(*(const int32_t *)member);
    case MASTER_ORDER_TYPE: {
        const enum order_type type = *(const enum order_type *)member;
        return TEXT(type < ORDER_TYPE_COUNT ? order_type_names[type] : "");
    }
    }
    return TEXT(*(const char *const *)member);
}

/* The same backwards, for column number `at` of a row of the store. */
static void
cell_read(const struct rows *rows, int at, const struct master_column *column,
          struct master_row *row, struct arena *arena)
{
    void *member = (char *)row + column->offset;
    switch (column->type) {
    case MASTER_TEXT: *(const char **)member = rows_copy(rows, at, arena); break;
    case MASTER_MICROS: *(int64_t *)member = rows_integer_or(rows, at, AMOUNT_NONE); break;
    case MASTER_COUNT: *(int64_t *)member = rows_integer(rows, at); break;
    case MASTER_DAY: *(int32_t *)member = (int32_t)rows_integer(rows, at); break;
    case MASTER_ORDER_TYPE: {
        const int type = name_index(rows_text(rows, at), order_type_names, ORDER_TYPE_COUNT);
        *(enum order_type *)member = type < 0 ? ORDER_TYPE_COUNT : (enum order_type)type;
        break;
    }
    }
}

enum outcome
master_insert(struct store *store, enum document_kind kind, int64_t version_id,
              const struct master_row *row, bool *is_new, struct fault *why)
{
    size_t count = 0;
    const struct master_column *columns = master_columns(kind, &count);
    struct value values[COLUMNS_MAX + 2] = {INTEGER(version_id)};
    assert(master_is_kind(kind) && count <= COLUMNS_MAX);
    for (size_t index = 0; index < count; index++) {
        values[index + 1] = cell_value(&columns[index], row);
    }
    values[count + 1] = INTEGER(row->line);
    TRY(store_run_values(store, statements[kind].insert, values, count + 2, why));
    *is_new = store_changes(store) > 0;
    return DONE;
}

enum outcome
master_set_rows(struct store *store, int64_t version_id, int64_t rows, struct fault *why)
{
    return store_run(store, SQL_master_version_rows, why, INTEGER(rows), INTEGER(version_id));
}

enum outcome
master_of_interchange(struct store *store, int64_t interchange_id, int64_t *version_id,
                      struct fault *why)
{
    int64_t id = 0;
    TRY(store_number(store, SQL_master_version_of, 0, &id, why, INTEGER(interchange_id)));
    if (id == 0) {
        return NONE;
    }
    *version_id = id;
    return DONE;
}

enum outcome
master_put_in_force(struct store *store, enum document_kind kind, int64_t version_id,
                    int64_t moment_ms, struct fault *why)
{
    TRY(store_run(store, SQL_master_version_in_force, why, INTEGER(moment_ms),
                  INTEGER(version_id)));
    return store_run(store, SQL_master_put_in_force, why, TEXT(document_kind_names[kind]),
                     INTEGER(version_id));
}

enum outcome
master_discard(struct store *store, enum document_kind kind, int64_t version_id, struct fault *why)
{
    assert(master_is_kind(kind));
    TRY(store_run(store, statements[kind].discard, why, INTEGER(version_id)));
    return store_run(store, SQL_master_version_discard, why, INTEGER(version_id));
}

/* Rows of kind, id and number. */
static enum outcome
read_versions(struct rows *rows, struct master_versions *versions, struct fault *why)
{
    struct master_versions read = {0};
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        const int kind = name_index(rows_text(rows, 0), document_kind_names, DOCUMENT_KIND_COUNT);
        assert(kind >= 0);
        read.of[kind].id = rows_integer(rows, 1);
        read.of[kind].number = rows_integer(rows, 2);
    }
    if (outcome != NONE) {
        return outcome;
    }
    *versions = read;
    return DONE;
}

/* One row of a query that names the columns of a kind in their order, and behind them the line, or
 * not. */
static void
read_row(const struct rows *rows, enum document_kind kind, bool has_line, struct arena *arena,
         struct master_row *row)
{
    size_t count = 0;
    const struct master_column *columns = master_columns(kind, &count);
    for (size_t index = 0; index < count; index++) {
        cell_read(rows, (int)index, &columns[index], row, arena);
    }
    row->line = has_line ? rows_integer(rows, (int)count) : 0;
}

enum outcome
master_versions_of(struct store *store, enum master_standing standing,
                   struct master_versions *versions, struct fault *why)
{
    static const enum statement asked[] = {[MASTER_IN_FORCE] = SQL_master_in_force,
                                           [MASTER_WAITING] = SQL_master_waiting,
                                           [MASTER_HELD] = SQL_master_held};
    OWNED(rows) rows = {0};
    TRY(store_query_bare(store, asked[standing], &rows, why));
    return read_versions(&rows, versions, why);
}

enum outcome
master_in_force(struct store *store, struct master_versions *versions, struct fault *why)
{
    return master_versions_of(store, MASTER_IN_FORCE, versions, why);
}

enum outcome
master_versions_of_order(struct store *store, int64_t order_id, int64_t order_version,
                         struct master_versions *versions, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_priced_by, &rows, why, INTEGER(order_id),
                    INTEGER(order_version)));
    return read_versions(&rows, versions, why);
}

/* Small tables that are read as a whole, with their lines. */
static bool
has_lines(enum document_kind kind)
{
    return kind == DOCUMENT_PROMOTIONS || kind == DOCUMENT_CALENDAR ||
           kind == DOCUMENT_DELEGATIONS || kind == DOCUMENT_APPROVAL_MATRIX ||
           kind == DOCUMENT_APPROVERS || kind == DOCUMENT_MODIFICATION_RULES;
}

enum outcome
master_read_all(struct rows *rows, enum document_kind kind, struct arena *arena,
                struct master_row **items, size_t *count, struct fault *why)
{
    struct master_row *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    enum outcome outcome;
    while ((outcome = rows_next(rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        read_row(rows, kind, has_lines(kind), arena, &list[read++]);
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
master_read_one(struct rows *rows, enum document_kind kind, struct arena *arena,
                struct master_row *row, struct fault *why)
{
    struct master_row *items = NULL;
    size_t count = 0;
    TRY(master_read_all(rows, kind, arena, &items, &count, why));
    if (count == 0) {
        return NONE;
    }
    *row = items[0];
    return DONE;
}

enum outcome
master_customer(struct store *store, int64_t version_id, const char *code, struct arena *arena,
                struct customer_row *customer, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row row;
    TRY(store_query(store, SQL_master_customer, &rows, why, INTEGER(version_id), TEXT(code)));
    TRY(master_read_one(&rows, DOCUMENT_CUSTOMERS, arena, &row, why));
    *customer = row.customer;
    return DONE;
}

enum outcome
master_product(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct product_row *product, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row row;
    TRY(store_query(store, SQL_master_product, &rows, why, INTEGER(version_id), TEXT(sku)));
    TRY(master_read_one(&rows, DOCUMENT_PRODUCTS, arena, &row, why));
    *product = row.product;
    return DONE;
}

enum outcome
master_options(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_options, &rows, why, INTEGER(version_id), TEXT(sku)));
    return master_read_all(&rows, DOCUMENT_PRODUCT_OPTIONS, arena, items, count, why);
}

enum outcome
master_units(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
             struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_units, &rows, why, INTEGER(version_id), TEXT(sku)));
    return master_read_all(&rows, DOCUMENT_PRODUCT_UNITS, arena, items, count, why);
}

enum outcome
master_prices(struct store *store, int64_t version_id, const struct price_key *key,
              struct arena *arena, struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_prices, &rows, why, INTEGER(version_id), TEXT(key->sku),
                    TEXT(key->currency), TEXT(key->customer), TEXT(key->customer_group),
                    TEXT(key->channel)));
    return master_read_all(&rows, DOCUMENT_PRICES, arena, items, count, why);
}

enum outcome
master_rate(struct store *store, int64_t version_id, const struct rate_key *key,
            struct arena *arena, struct rate_row *rate, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row row;
    TRY(store_query(store, SQL_master_rate, &rows, why, INTEGER(version_id), TEXT(key->from),
                    TEXT(key->to), INTEGER(key->day)));
    TRY(master_read_one(&rows, DOCUMENT_EXCHANGE_RATES, arena, &row, why));
    *rate = row.rate;
    return DONE;
}

enum outcome
master_package(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_package, &rows, why, INTEGER(version_id), TEXT(sku)));
    return master_read_all(&rows, DOCUMENT_PACKAGES, arena, items, count, why);
}

enum outcome
master_formulas(struct store *store, int64_t version_id, struct rows *rows, struct fault *why)
{
    return store_query(store, SQL_master_formulas, rows, why, INTEGER(version_id));
}

enum outcome
master_formula_next(struct rows *rows, struct arena *arena, struct master_row *row,
                    struct fault *why)
{
    TRY(rows_next(rows, why));
    read_row(rows, DOCUMENT_PRICES, true, arena, row);
    return DONE;
}

enum outcome
master_taxes(struct store *store, int64_t version_id, const char *tax_class, struct arena *arena,
             struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_taxes, &rows, why, INTEGER(version_id), TEXT(tax_class)));
    return master_read_all(&rows, DOCUMENT_TAX_RATES, arena, items, count, why);
}

enum outcome
master_names(struct store *store, enum master_name name, int64_t version_id, struct rows *rows,
             struct fault *why)
{
    static const enum statement statements_of[] = {
        [NAME_SKU] = SQL_master_skus,
        [NAME_CATEGORY] = SQL_master_categories,
        [NAME_CUSTOMER] = SQL_master_customer_codes,
        [NAME_GROUP] = SQL_master_groups,
    };
    return store_query(store, statements_of[name], rows, why, INTEGER(version_id));
}

enum outcome
master_costs(struct store *store, int64_t version_id, const char *sku, const char *currency,
             struct arena *arena, struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_costs, &rows, why, INTEGER(version_id), TEXT(sku),
                    TEXT(currency)));
    return master_read_all(&rows, DOCUMENT_PRODUCT_COSTS, arena, items, count, why);
}

enum outcome
master_authorities(struct store *store, int64_t version_id, struct arena *arena,
                   struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_authorities, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_PRICE_AUTHORITY, arena, items, count, why);
}

enum outcome
master_modifications(struct store *store, int64_t version_id, struct arena *arena,
                     struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_modifications, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_MODIFICATION_RULES, arena, items, count, why);
}

enum outcome
master_calendar(struct store *store, int64_t version_id, struct arena *arena,
                struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_calendar, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_CALENDAR, arena, items, count, why);
}

enum outcome
master_delegations(struct store *store, int64_t version_id, struct arena *arena,
                   struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_delegations, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_DELEGATIONS, arena, items, count, why);
}

enum outcome
master_returns(struct store *store, int64_t version_id, struct arena *arena,
               struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_returns, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_RETURN_POLICY, arena, items, count, why);
}

enum outcome
master_approvers(struct store *store, int64_t version_id, struct arena *arena,
                 struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_approver_list, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_APPROVERS, arena, items, count, why);
}

enum outcome
master_approval_rules(struct store *store, int64_t version_id, enum order_type type,
                      struct arena *arena, struct master_row **items, size_t *count,
                      struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_approval_rules, &rows, why, INTEGER(version_id),
                    TEXT(order_type_names[type])));
    return master_read_all(&rows, DOCUMENT_APPROVAL_MATRIX, arena, items, count, why);
}

enum outcome
master_approval_rules_all(struct store *store, int64_t version_id, struct arena *arena,
                          struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_approval_rules_all, &rows, why, INTEGER(version_id)));
    return master_read_all(&rows, DOCUMENT_APPROVAL_MATRIX, arena, items, count, why);
}

enum outcome
master_ladder(struct store *store, int64_t version_id, const struct price_row *like, size_t max,
              struct arena *arena, struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_ladder, &rows, why, INTEGER(version_id), TEXT(like->sku),
                    TEXT(like->currency), TEXT(like->scope), TEXT(like->holder), INTEGER(max)));
    return master_read_all(&rows, DOCUMENT_PRICES, arena, items, count, why);
}

enum outcome
master_scan_open(struct master_scan *scan, struct store *store, enum document_kind kind,
                 int64_t version_id, struct fault *why)
{
    assert((kind == DOCUMENT_PRICES || kind == DOCUMENT_PRICE_CASES) && "others are found by key");
    scan->kind = kind;
    return store_query(store,
                       kind == DOCUMENT_PRICES ? SQL_master_price_rows : SQL_master_case_rows,
                       &scan->rows, why, INTEGER(version_id));
}

enum outcome
master_scan_next(struct master_scan *scan, struct arena *arena, struct master_row *row,
                 struct fault *why)
{
    TRY(rows_next(&scan->rows, why));
    read_row(&scan->rows, scan->kind, true, arena, row);
    return DONE;
}

void
master_scan_close(struct master_scan *scan)
{
    rows_close(&scan->rows);
}

enum outcome
master_option_spans(struct store *store, int64_t version_id, int64_t prices_version_id,
                    const char *after, struct arena *arena, struct option_span **items,
                    size_t *count, struct fault *why)
{
    enum { PAGE_PRODUCTS = 1000 };
    OWNED(rows) rows = {0};
    struct option_span *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    enum outcome outcome;
    TRY(store_query(store, SQL_master_option_spans, &rows, why, INTEGER(version_id), TEXT(after),
                    INTEGER(PAGE_PRODUCTS), INTEGER(prices_version_id)));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = (struct option_span){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena),
                                            rows_integer(&rows, 2), rows_integer(&rows, 3),
                                            rows_integer(&rows, 4)};
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
master_compare(struct store *store, enum document_kind kind, int64_t version_before,
               int64_t version_now, struct arena *arena, struct master_change *change,
               struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_change read = {0};
    assert(master_is_kind(kind));
    TRY(store_number(store, SQL_master_version_row_count, 0, &read.rows_before, why,
                     INTEGER(version_before)));
    TRY(store_number(store, SQL_master_version_row_count, 0, &read.rows_now, why,
                     INTEGER(version_now)));
    TRY(store_query(store, statements[kind].changed, &rows, why, INTEGER(version_before),
                    INTEGER(version_now)));
    TRY(rows_next(&rows, why));
    read.rows_common = rows_integer(&rows, 0);
    read.rows_alike = rows_integer(&rows, 1);
    read.names_before = rows_integer(&rows, 2);
    read.names_gone = rows_integer(&rows, 3);
    read.gone = rows_copy(&rows, 4, arena);
    *change = read;
    return DONE;
}
