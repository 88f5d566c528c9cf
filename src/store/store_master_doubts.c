/* What is doubtful about a version of master data, as far as a statement can tell. */
#include "store/store_master.h"

static const struct {
    enum statement statement;
    size_t parameters;
} checks[] = {
    [MASTER_CUSTOMER_PARTNERS] = {SQL_master_partners, 1},
    [MASTER_OPTION_SKUS] = {SQL_master_options_unknown, 2},
    [MASTER_OPTIONS_MIXED] = {SQL_master_options_mixed, 1},
    [MASTER_UNIT_SKUS] = {SQL_master_units_unknown, 2},
    [MASTER_PRICE_SKUS] = {SQL_master_prices_unknown, 2},
    [MASTER_PACKAGE_SKUS] = {SQL_master_packages_unknown, 2},
    [MASTER_PACKAGE_PARTS] = {SQL_master_package_parts_unknown, 2},
    [MASTER_PACKAGE_NESTED] = {SQL_master_packages_nested, 1},
    [MASTER_PACKAGE_PRICING] = {SQL_master_packages_at_odds, 1},
    [MASTER_PACKAGE_UNPRICED] = {SQL_master_packages_unpriced, 2},
    [MASTER_PRICE_HOLDERS] = {SQL_master_holders_unknown, 2},
    [MASTER_PRICE_OVERLAPS] = {SQL_master_prices_overlapping, 1},
    [MASTER_PRICE_GROUPS] = {SQL_master_groups_unknown, 2},
    [MASTER_PRICE_CHANNELS] = {SQL_master_channels, 1},
    [MASTER_PRICES_SHADOWED] = {SQL_master_prices_shadowed, 2},
    [MASTER_TAX_OVERLAPS] = {SQL_master_taxes_overlapping, 1},
    [MASTER_COUPON_PROMOTIONS] = {SQL_master_coupons_of_none, 2},
    [MASTER_COUPON_CUSTOMERS] = {SQL_master_coupon_customers, 2},
    [MASTER_STOCK_SKUS] = {SQL_master_stock_unknown, 2},
    [MASTER_OPTIONS_MANY] = {SQL_master_options_many, 2},
    [MASTER_UNITS_MANY] = {SQL_master_units_many, 2},
    [MASTER_PRICES_MANY] = {SQL_master_prices_many, 2},
    [MASTER_PARTS_MANY] = {SQL_master_parts_many, 2},
    [MASTER_TAXES_MANY] = {SQL_master_taxes_many, 2},
    [MASTER_APPROVALS_MANY] = {SQL_master_approvals_many, 2},
    [MASTER_COSTS_MANY] = {SQL_master_costs_many, 2},
    [MASTER_POWERS_MANY] = {SQL_master_authorities_many, 2},
    [MASTER_COST_SKUS] = {SQL_master_costs_unknown, 2},
    [MASTER_COST_OVERLAPS] = {SQL_master_costs_overlapping, 1},
    [MASTER_AUTHORITY_PARTNER] = {SQL_master_authority_partners, 1},
    [MASTER_CODE_CARRIERS] = {SQL_master_carrier_code_carriers, 1},
    [MASTER_CALENDAR_MANY] = {SQL_master_calendar_many, 2},
    [MASTER_DELEGATIONS_MANY] = {SQL_master_delegations_many, 2},
    [MASTER_APPROVERS_MANY] = {SQL_master_approver_list_many, 2},
    [MASTER_CREDIT_CUSTOMERS] = {SQL_master_credit_customers, 2},
    [MASTER_SUPPLY_SKUS] = {SQL_master_supplies_unknown, 2},
    [MASTER_SUPPLY_PLANTS] = {SQL_master_supplies_without_plant, 2},
    [MASTER_MATERIAL_SKUS] = {SQL_master_materials_of_unknown, 2},
    [MASTER_MATERIALS] = {SQL_master_materials_unknown, 2},
    [MASTER_MATERIALS_UNUSED] = {SQL_master_materials_unused, 2},
    [MASTER_MATERIALS_MADE] = {SQL_master_materials_made, 2},
    [MASTER_MATERIALS_MANY] = {SQL_master_materials_many, 2},
    [MASTER_PLANT_PARTNERS] = {SQL_master_plant_partners, 1},
    [MASTER_PLANT_WAREHOUSES] = {SQL_master_plant_warehouses, 1},
    [MASTER_PLANTS_MISSED] = {SQL_master_plants_missed, 2},
    [MASTER_CLAUSES_DEPOSIT] = {SQL_master_policies_deposit, 2},
    [MASTER_POLICIES_MANY] = {SQL_master_policies_many, 2},
    [MASTER_LANE_WAREHOUSES] = {SQL_master_lane_warehouses, 1},
    [MASTER_RETURNS_MANY] = {SQL_master_returns_many, 2},
    [MASTER_MODIFICATION_GROUPS] = {SQL_master_modification_groups, 2},
    [MASTER_MODIFICATIONS_MANY] = {SQL_master_modifications_many, 2},
};

enum outcome
master_doubts(struct store *store, enum master_check check, const int64_t ids[2], size_t max,
              struct arena *arena, struct doubt **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct doubt *list = NULL;
    size_t read = 0;
    size_t capacity = 0;
    const struct value values[2] = {INTEGER(ids[0]), INTEGER(ids[1])};
    TRY(store_query_values(store, checks[check].statement, values, checks[check].parameters, &rows,
                           why));
    enum outcome outcome = NONE;
    while (read < max && (outcome = rows_next(&rows, why)) == DONE) {
        list = arena_grow(arena, list, sizeof *list, read, &capacity);
        list[read++] = (struct doubt){rows_copy(&rows, 0, arena), rows_integer(&rows, 1)};
    }
    if (outcome != NONE && outcome != DONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}
