#include "desk/inspect.h"

#include "base/text.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <string.h>

enum { DOUBTS_MAX = 100000, SHOWN_MAX = 80 };

/* Roles that partners named in a master must have. */
static bool
has_role(const struct inspection *inspection, const char *id, enum role role)
{
    const struct partner *partner = config_partner(inspection->config, id);
    return partner != NULL && (partner->roles & (unsigned int)role) != 0;
}

static bool
is_customer(const struct inspection *inspection, const char *value)
{
    return has_role(inspection, value, ROLE_CUSTOMER);
}

static bool
is_carrier(const struct inspection *inspection, const char *value)
{
    return has_role(inspection, value, ROLE_CARRIER);
}

static bool
is_warehouse(const struct inspection *inspection, const char *value)
{
    return has_role(inspection, value, ROLE_WAREHOUSE);
}

static bool
is_partner(const struct inspection *inspection, const char *value)
{
    return config_partner(inspection->config, value) != NULL;
}

bool
inspect_is_approver(const struct inspection *inspection, const char *id)
{
    return has_role(inspection, id, ROLE_APPROVER);
}

bool
inspect_is_channel(const struct inspection *inspection, const char *name)
{
    for (size_t index = 0; index < inspection->config->partner_count; index++) {
        if (strcmp(inspection->config->partners[index].channel, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A check that a statement of the store answers with what is doubtful. */
struct question {
    enum document_kind kind;
    enum master_check check;
    enum document_kind other; /* the master that it is compared with, or none */
    enum message code;
    const char *field;
    bool (*dispels)(const struct inspection *inspection,
                    const char *value); /* NULL: nothing does */
};

static const struct question questions[] = {
    {DOCUMENT_CUSTOMERS, MASTER_CUSTOMER_PARTNERS, DOCUMENT_NONE, M_MASTER_PARTNER_UNKNOWN,
     "partner", is_customer},
    {DOCUMENT_PRODUCT_OPTIONS, MASTER_OPTION_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "sku",
     NULL},
    {DOCUMENT_PRODUCT_OPTIONS, MASTER_OPTIONS_MIXED, DOCUMENT_NONE, M_MASTER_OPTION_MIXED, "value",
     NULL},
    {DOCUMENT_PACKAGES, MASTER_PACKAGE_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "package",
     NULL},
    {DOCUMENT_PACKAGES, MASTER_PACKAGE_PARTS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "part",
     NULL},
    {DOCUMENT_PACKAGES, MASTER_PACKAGE_NESTED, DOCUMENT_NONE, M_MASTER_PACKAGE_NESTED, "part",
     NULL},
    {DOCUMENT_PACKAGES, MASTER_PACKAGE_PRICING, DOCUMENT_NONE, M_MASTER_PACKAGE_PRICING, "pricing",
     NULL},
    {DOCUMENT_PACKAGES, MASTER_PACKAGE_UNPRICED, DOCUMENT_PRICES, M_MASTER_PACKAGE_UNPRICED, "part",
     NULL},
    {DOCUMENT_PRODUCT_UNITS, MASTER_UNIT_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "sku",
     NULL},
    {DOCUMENT_PRICES, MASTER_PRICE_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "sku", NULL},
    {DOCUMENT_PRICES, MASTER_PRICE_OVERLAPS, DOCUMENT_NONE, M_MASTER_PRICE_OVERLAP, "valid_from",
     NULL},
    {DOCUMENT_PRICES, MASTER_PRICE_HOLDERS, DOCUMENT_CUSTOMERS, M_MASTER_HOLDER_UNKNOWN, "holder",
     NULL},
    {DOCUMENT_PRICES, MASTER_PRICE_GROUPS, DOCUMENT_CUSTOMERS, M_MASTER_GROUP_UNKNOWN, "holder",
     NULL},
    {DOCUMENT_PRICES, MASTER_PRICE_CHANNELS, DOCUMENT_NONE, M_MASTER_CHANNEL_UNKNOWN, "holder",
     inspect_is_channel},
    {DOCUMENT_PRICES, MASTER_PRICES_SHADOWED, DOCUMENT_CUSTOMERS, M_MASTER_PRICE_SHADOWED, "scope",
     NULL},
    {DOCUMENT_TAX_RATES, MASTER_TAX_OVERLAPS, DOCUMENT_NONE, M_MASTER_PRICE_OVERLAP, "valid_from",
     NULL},
    {DOCUMENT_COUPONS, MASTER_COUPON_PROMOTIONS, DOCUMENT_PROMOTIONS, M_MASTER_PROMOTION_UNKNOWN,
     "promotion", NULL},
    {DOCUMENT_COUPONS, MASTER_COUPON_CUSTOMERS, DOCUMENT_CUSTOMERS, M_MASTER_NAME_UNKNOWN,
     "customer", NULL},
    {DOCUMENT_STOCK, MASTER_STOCK_SKUS, DOCUMENT_PRODUCTS, M_MASTER_NAME_UNKNOWN, "sku", NULL},
    {DOCUMENT_PRODUCT_COSTS, MASTER_COST_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "sku",
     NULL},
    {DOCUMENT_PRODUCT_COSTS, MASTER_COST_OVERLAPS, DOCUMENT_NONE, M_MASTER_PRICE_OVERLAP,
     "valid_from", NULL},
    {DOCUMENT_PRICE_AUTHORITY, MASTER_AUTHORITY_PARTNER, DOCUMENT_NONE, M_MASTER_PARTNER_UNKNOWN,
     "partner", is_customer},
    {DOCUMENT_CARRIER_CODES, MASTER_CODE_CARRIERS, DOCUMENT_NONE, M_MASTER_CARRIER_UNKNOWN,
     "carrier", is_carrier},
    {DOCUMENT_CREDIT_LIMITS, MASTER_CREDIT_CUSTOMERS, DOCUMENT_CUSTOMERS, M_MASTER_NAME_UNKNOWN,
     "customer", NULL},
    {DOCUMENT_PLANTS, MASTER_PLANT_PARTNERS, DOCUMENT_NONE, M_MASTER_PARTNER_MISSING, "plant",
     is_partner},
    {DOCUMENT_PLANTS, MASTER_PLANT_WAREHOUSES, DOCUMENT_NONE, M_MASTER_WAREHOUSE_UNKNOWN,
     "warehouse", is_warehouse},
    {DOCUMENT_PLANTS, MASTER_PLANTS_MISSED, DOCUMENT_SUPPLY, M_MASTER_PLANT_MISSED, "plant", NULL},
    {DOCUMENT_SUPPLY, MASTER_SUPPLY_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "sku", NULL},
    {DOCUMENT_SUPPLY, MASTER_SUPPLY_PLANTS, DOCUMENT_PLANTS, M_MASTER_PLANT_UNKNOWN, "plant", NULL},
    {DOCUMENT_MATERIALS, MASTER_MATERIAL_SKUS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "sku",
     NULL},
    {DOCUMENT_MATERIALS, MASTER_MATERIALS, DOCUMENT_PRODUCTS, M_MASTER_SKU_UNKNOWN, "material",
     NULL},
    {DOCUMENT_MATERIALS, MASTER_MATERIALS_UNUSED, DOCUMENT_SUPPLY, M_MASTER_MATERIALS_UNUSED, "sku",
     NULL},
    {DOCUMENT_MATERIALS, MASTER_MATERIALS_MADE, DOCUMENT_SUPPLY, M_MASTER_MATERIAL_MADE, "material",
     NULL},
    {DOCUMENT_LANES, MASTER_LANE_WAREHOUSES, DOCUMENT_NONE, M_MASTER_WAREHOUSE_UNKNOWN, "warehouse",
     is_warehouse},
    {DOCUMENT_MODIFICATION_RULES, MASTER_MODIFICATION_GROUPS, DOCUMENT_CUSTOMERS,
     M_MASTER_NAME_UNKNOWN, "customer_group", NULL},
    {DOCUMENT_CANCELLATION_POLICY, MASTER_CLAUSES_DEPOSIT, DOCUMENT_CUSTOMERS,
     M_MASTER_POLICY_DEPOSIT, "fee", NULL},
};

/* Rows that belong together and are too many to be looked at together. */
static const struct {
    enum document_kind kind;
    enum master_check check;
    int64_t rows_max;
} crowds[] = {
    {DOCUMENT_PRODUCT_OPTIONS, MASTER_OPTIONS_MANY, MASTER_OPTIONS_MAX},
    {DOCUMENT_PRODUCT_UNITS, MASTER_UNITS_MANY, MASTER_UNITS_MAX},
    {DOCUMENT_PRICES, MASTER_PRICES_MANY, MASTER_PRICES_MAX},
    {DOCUMENT_PACKAGES, MASTER_PARTS_MANY, MASTER_PARTS_MAX},
    {DOCUMENT_TAX_RATES, MASTER_TAXES_MANY, MASTER_TAXES_MAX},
    {DOCUMENT_APPROVAL_MATRIX, MASTER_APPROVALS_MANY, MASTER_APPROVALS_MAX},
    {DOCUMENT_PRODUCT_COSTS, MASTER_COSTS_MANY, MASTER_COSTS_MAX},
    {DOCUMENT_PRICE_AUTHORITY, MASTER_POWERS_MANY, MASTER_POWERS_MAX},
    {DOCUMENT_CALENDAR, MASTER_CALENDAR_MANY, MASTER_DAYS_MAX},
    {DOCUMENT_DELEGATIONS, MASTER_DELEGATIONS_MANY, MASTER_ABSENCES_MAX},
    {DOCUMENT_APPROVERS, MASTER_APPROVERS_MANY, MASTER_PERSONS_MAX},
    {DOCUMENT_MATERIALS, MASTER_MATERIALS_MANY, MASTER_MATERIALS_MAX},
    {DOCUMENT_RETURN_POLICY, MASTER_RETURNS_MANY, MASTER_CLAUSES_MAX},
    {DOCUMENT_MODIFICATION_RULES, MASTER_MODIFICATIONS_MANY, MASTER_MODIFICATIONS_MAX},
    {DOCUMENT_CANCELLATION_POLICY, MASTER_POLICIES_MANY, MASTER_POLICIES_MAX},
};

/* A check in C. */
static const struct {
    enum document_kind kind;
    enum outcome (*run)(struct inspection *inspection, struct fault *why);
} studies[] = {
    {DOCUMENT_PRICES, inspect_prices},
    {DOCUMENT_PRODUCT_OPTIONS, inspect_options},
    {DOCUMENT_PROMOTIONS, inspect_promotions},
    {DOCUMENT_PRICES, inspect_formulas},
    {DOCUMENT_PRODUCTS, inspect_formulas},
    {DOCUMENT_PRODUCT_OPTIONS, inspect_formulas},
    {DOCUMENT_CALENDAR, inspect_calendar},
    {DOCUMENT_DELEGATIONS, inspect_delegations},
    {DOCUMENT_APPROVAL_MATRIX, inspect_approvals},
    {DOCUMENT_APPROVERS, inspect_approvals},
    {DOCUMENT_RETURN_POLICY, inspect_returns},
    {DOCUMENT_MODIFICATION_RULES, inspect_modifications},
    {DOCUMENT_CANCELLATION_POLICY, inspect_policy},
};

static const char *
shown(struct inspection *inspection, const char *text)
{
    return text_show(&inspection->arena, text, strlen(text), SHOWN_MAX);
}

/* One doubt becomes a finding, unless the configuration dispels it. */
static enum outcome
judge(struct inspection *inspection, const struct question *question, const struct doubt *doubt,
      const struct master_versions *versions, struct fault *why)
{
    struct finding finding = {.code = question->code,
                              .place = {doubt->line, 0},
                              .field = question->field,
                              .value = shown(inspection, doubt->value)};
    if (question->dispels != NULL && question->dispels(inspection, doubt->value)) {
        return DONE;
    }
    if (question->code == M_MASTER_SKU_UNKNOWN && facts_may_hint(inspection->facts)) {
        TRY(master_nearest_sku(inspection->store, versions->of[DOCUMENT_PRODUCTS].id, doubt->value,
                               &inspection->arena, &finding.hint, why));
    }
    lint_tell(&inspection->lint, &finding);
    return DONE;
}

static enum outcome
ask(struct inspection *inspection, const struct question *question, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct doubt *doubts = NULL;
    size_t count = 0;
    arena_reset(&inspection->arena);
    TRY(facts_versions(inspection->facts, &versions, why));
    const int64_t ids[2] = {inspection->version_id, versions->of[question->other].id};
    TRY(master_doubts(inspection->store, question->check, ids, DOUBTS_MAX, &inspection->arena,
                      &doubts, &count, why));
    for (size_t index = 0; index < count; index++) {
        TRY(judge(inspection, question, &doubts[index], versions, why));
    }
    return DONE;
}

static enum outcome
look_for_crowds(struct inspection *inspection, struct fault *why)
{
    for (size_t index = 0; index < sizeof crowds / sizeof crowds[0]; index++) {
        const int64_t ids[2] = {inspection->version_id, crowds[index].rows_max};
        struct doubt *doubts = NULL;
        size_t count = 0;
        if (crowds[index].kind != inspection->kind) {
            continue;
        }
        TRY(master_doubts(inspection->store, crowds[index].check, ids, DOUBTS_MAX,
                          &inspection->arena, &doubts, &count, why));
        for (size_t doubt = 0; doubt < count; doubt++) {
            lint_tell(&inspection->lint,
                      &(struct finding){.code = M_MASTER_ROWS_MANY,
                                        .place = {doubts[doubt].line, 0},
                                        .value = shown(inspection, doubts[doubt].value),
                                        .expected =
                                            arena_format(&inspection->arena, "%" PRId64, ids[1])});
        }
    }
    return DONE;
}

static enum outcome
ask_all(struct inspection *inspection, struct fault *why)
{
    TRY(look_for_crowds(inspection, why));
    if (findings_has(inspection->lint.findings, SEVERITY_ERROR)) {
        lint_end(&inspection->lint);
        return DONE; /* the other checks look at rows that belong together */
    }
    for (size_t index = 0; index < sizeof questions / sizeof questions[0]; index++) {
        if (questions[index].kind == inspection->kind) {
            TRY(ask(inspection, &questions[index], why));
        }
    }
    for (size_t index = 0; index < sizeof studies / sizeof studies[0]; index++) {
        if (studies[index].kind == inspection->kind) {
            TRY(studies[index].run(inspection, why));
        }
    }
    lint_end(&inspection->lint);
    return DONE;
}

static void
inspection_close(struct inspection *inspection)
{
    arena_close(&inspection->arena);
}

enum outcome
inspect(struct run *run, struct facts *facts, enum document_kind kind, int64_t version_id,
        struct findings *findings, struct fault *why)
{
    OWNED(inspection) inspection = {.store = run->store,
                                    .config = run->config,
                                    .facts = facts,
                                    .kind = kind,
                                    .version_id = version_id,
                                    .today = moment_day(run->as_of_ms)};
    arena_init(&inspection.arena, ORDER_BYTES_MAX);
    lint_init(&inspection.lint, findings);
    return ask_all(&inspection, why);
}
