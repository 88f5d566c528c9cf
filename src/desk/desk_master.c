/* Master data: checked against the configuration and the other masters in force, then in force as a
 * whole. */
#include "base/decimal.h"
#include "desk/matter.h"
#include "desk/promotions.h"
#include "store/store_master.h"

#include <inttypes.h>
#include <string.h>

enum { DOUBTS_MAX = 100000, PERCENT_PLACES = 4 };

/* Roles that partners named in a master must have. */
static bool
has_role(const struct matter *matter, const char *id, enum role role)
{
    const struct partner *partner = config_partner(matter->run->config, id);
    return partner != NULL && (partner->roles & (unsigned int)role) != 0;
}

/* What a doubt is told as.  A role dispels it when the partner that it names has it. */
static const struct {
    enum message code;
    const char *field;
    enum role role; /* 0: nothing dispels it */
} doubts_told[] = {
    [MASTER_CUSTOMER_PARTNERS] = {M_MASTER_PARTNER_UNKNOWN, "partner", ROLE_CUSTOMER},
    [MASTER_LIMIT_APPROVERS] = {M_MASTER_APPROVER_UNKNOWN, "approver", ROLE_APPROVER},
    [MASTER_OPTIONS_MIXED] = {M_MASTER_OPTION_MIXED, "value", 0},
    [MASTER_OPTION_SKUS] = {M_MASTER_SKU_UNKNOWN, "sku", 0},
    [MASTER_UNIT_SKUS] = {M_MASTER_SKU_UNKNOWN, "sku", 0},
    [MASTER_PRICE_SKUS] = {M_MASTER_SKU_UNKNOWN, "sku", 0},
    [MASTER_PACKAGE_SKUS] = {M_MASTER_SKU_UNKNOWN, "package", 0},
    [MASTER_PACKAGE_PARTS] = {M_MASTER_SKU_UNKNOWN, "part", 0},
    [MASTER_PACKAGE_NESTED] = {M_MASTER_PACKAGE_NESTED, "part", 0},
    [MASTER_PACKAGE_PRICING] = {M_MASTER_PACKAGE_PRICING, "pricing", 0},
    [MASTER_PACKAGE_UNPRICED] = {M_MASTER_PACKAGE_UNPRICED, "part", 0},
    [MASTER_PRICE_HOLDERS] = {M_MASTER_HOLDER_UNKNOWN, "holder", 0},
    [MASTER_PRICE_OVERLAPS] = {M_MASTER_PRICE_OVERLAP, "valid_from", 0},
    [MASTER_TAX_OVERLAPS] = {M_MASTER_PRICE_OVERLAP, "valid_from", 0},
    [MASTER_COUPON_PROMOTIONS] = {M_MASTER_PROMOTION_UNKNOWN, "promotion", 0},
    [MASTER_COUPON_CUSTOMERS] = {M_MASTER_NAME_UNKNOWN, "customer", 0},
    [MASTER_STOCK_SKUS] = {M_MASTER_NAME_UNKNOWN, "sku", 0},
    [MASTER_COST_SKUS] = {M_MASTER_SKU_UNKNOWN, "sku", 0},
    [MASTER_COST_OVERLAPS] = {M_MASTER_PRICE_OVERLAP, "valid_from", 0},
    [MASTER_AUTHORITY_PARTNER] = {M_MASTER_PARTNER_UNKNOWN, "partner", ROLE_CUSTOMER},
};

/* One doubt becomes a finding, unless the configuration dispels it. */
static enum outcome
judge(struct matter *matter, enum master_check check, const struct doubt *doubt, int64_t products,
      struct fault *why)
{
    struct finding finding = {.code = doubts_told[check].code,
                              .field = doubts_told[check].field,
                              .place = {doubt->line, 0},
                              .value = matter_show(matter, doubt->value)};
    if (doubts_told[check].role != 0 && has_role(matter, doubt->value, doubts_told[check].role)) {
        return DONE;
    }
    if (finding.code == M_MASTER_SKU_UNKNOWN && facts_may_hint(matter->facts)) {
        TRY(master_nearest_sku(matter->run->store, products, doubt->value, &matter->arena,
                               &finding.hint, why));
    }
    findings_add(&matter->findings, &finding);
    return DONE;
}

/* `other` is the master that the check compares with, DOCUMENT_NONE for none. */
static enum outcome
run_check(struct matter *matter, enum master_check check, int64_t version_id,
          enum document_kind other, struct fault *why)
{
    const struct master_versions *versions = NULL;
    struct doubt *doubts = NULL;
    size_t count = 0;
    TRY(facts_versions(matter->facts, &versions, why));
    const int64_t ids[2] = {version_id, versions->of[other].id};
    TRY(master_doubts(matter->run->store, check, ids, DOUBTS_MAX, &matter->arena, &doubts, &count,
                      why));
    for (size_t index = 0; index < count; index++) {
        TRY(judge(matter, check, &doubts[index], versions->of[DOCUMENT_PRODUCTS].id, why));
    }
    return DONE;
}

static const char *
count_text(struct matter *matter, int64_t count)
{
    return arena_format(&matter->arena, "%" PRId64, count);
}

/* Rows that belong together and are too many to be looked at together. */
static enum outcome
check_crowds(struct matter *matter, int64_t version_id, struct fault *why)
{
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
        {DOCUMENT_APPROVAL_LIMITS, MASTER_LIMITS_MANY, MASTER_LIMITS_MAX},
        {DOCUMENT_PRODUCT_COSTS, MASTER_COSTS_MANY, MASTER_COSTS_MAX},
        {DOCUMENT_PRICE_AUTHORITY, MASTER_POWERS_MANY, MASTER_POWERS_MAX},
    };
    for (size_t index = 0; index < sizeof crowds / sizeof crowds[0]; index++) {
        const int64_t ids[2] = {version_id, crowds[index].rows_max};
        struct doubt *doubts = NULL;
        size_t count = 0;
        if (crowds[index].kind != matter->interchange->document) {
            continue;
        }
        TRY(master_doubts(matter->run->store, crowds[index].check, ids, DOUBTS_MAX, &matter->arena,
                          &doubts, &count, why));
        for (size_t doubt = 0; doubt < count; doubt++) {
            findings_add(&matter->findings,
                         &(struct finding){.code = M_MASTER_ROWS_MANY,
                                           .place = {doubts[doubt].line, 0},
                                           .value = matter_show(matter, doubts[doubt].value),
                                           .expected = count_text(matter, ids[1])});
        }
    }
    return DONE;
}

static enum outcome
check_version(struct matter *matter, int64_t version_id, struct fault *why)
{
    static const struct {
        enum document_kind kind;
        enum master_check check;
        enum document_kind other;
    } checks[] = {
        {DOCUMENT_CUSTOMERS, MASTER_CUSTOMER_PARTNERS, DOCUMENT_NONE},
        {DOCUMENT_APPROVAL_LIMITS, MASTER_LIMIT_APPROVERS, DOCUMENT_NONE},
        {DOCUMENT_PRODUCT_OPTIONS, MASTER_OPTION_SKUS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PRODUCT_OPTIONS, MASTER_OPTIONS_MIXED, DOCUMENT_NONE},
        {DOCUMENT_PRODUCT_UNITS, MASTER_UNIT_SKUS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PACKAGES, MASTER_PACKAGE_SKUS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PACKAGES, MASTER_PACKAGE_PARTS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PACKAGES, MASTER_PACKAGE_NESTED, DOCUMENT_NONE},
        {DOCUMENT_PACKAGES, MASTER_PACKAGE_PRICING, DOCUMENT_NONE},
        {DOCUMENT_PACKAGES, MASTER_PACKAGE_UNPRICED, DOCUMENT_PRICES},
        {DOCUMENT_PRICES, MASTER_PRICE_SKUS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PRICES, MASTER_PRICE_HOLDERS, DOCUMENT_CUSTOMERS},
        {DOCUMENT_PRICES, MASTER_PRICE_OVERLAPS, DOCUMENT_NONE},
        {DOCUMENT_TAX_RATES, MASTER_TAX_OVERLAPS, DOCUMENT_NONE},
        {DOCUMENT_COUPONS, MASTER_COUPON_PROMOTIONS, DOCUMENT_PROMOTIONS},
        {DOCUMENT_COUPONS, MASTER_COUPON_CUSTOMERS, DOCUMENT_CUSTOMERS},
        {DOCUMENT_STOCK, MASTER_STOCK_SKUS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PRODUCT_COSTS, MASTER_COST_SKUS, DOCUMENT_PRODUCTS},
        {DOCUMENT_PRODUCT_COSTS, MASTER_COST_OVERLAPS, DOCUMENT_NONE},
        {DOCUMENT_PRICE_AUTHORITY, MASTER_AUTHORITY_PARTNER, DOCUMENT_NONE},
    };
    TRY(check_crowds(matter, version_id, why));
    if (findings_has(&matter->findings, SEVERITY_ERROR)) {
        return DONE; /* the other checks look at rows that belong together */
    }
    for (size_t index = 0; index < sizeof checks / sizeof checks[0]; index++) {
        if (checks[index].kind == matter->interchange->document) {
            TRY(run_check(matter, checks[index].check, version_id, checks[index].other, why));
        }
    }
    if (matter->interchange->document == DOCUMENT_PROMOTIONS) {
        TRY(promotions_check(matter, version_id, why));
    }
    return formula_check_master(matter, version_id, why);
}

/* What changes against the version in force is told; a file that leaves out too much of it was
 * probably cut off, or is only a part, and is not taken. */
static enum outcome
check_change(struct matter *matter, int64_t version_id, struct fault *why)
{
    const struct master_versions *versions = NULL;
    const enum document_kind kind = matter->interchange->document;
    const int64_t share_max_micros = matter->run->config->limits.master_shrink_max_micros;
    struct master_change change = {0};
    TRY(facts_versions(matter->facts, &versions, why));
    if (versions->of[kind].id == 0) {
        return DONE;
    }
    TRY(master_compare(matter->run->store, kind, versions->of[kind].id, version_id, &matter->arena,
                       &change, why));
    struct finding finding = {.code = M_MASTER_CHANGED,
                              .value = count_text(matter, change.rows_now - change.rows_common),
                              .expected =
                                  count_text(matter, change.rows_common - change.rows_alike),
                              .hint = count_text(matter, change.rows_before - change.rows_common)};
    if ((int128)change.names_gone * MICROS > (int128)change.names_before * share_max_micros) {
        char percent[DECIMAL_TEXT_SIZE];
        decimal_format(percent, share_max_micros, PERCENT_PLACES, 0);
        finding = (struct finding){.code = M_MASTER_SHRINKS,
                                   .value = arena_format(&matter->arena, "%" PRId64 "/%" PRId64,
                                                         change.names_gone, change.names_before),
                                   .expected = arena_format(&matter->arena, "%s%%", percent),
                                   .hint = matter_show(matter, change.gone)};
    }
    findings_add(&matter->findings, &finding);
    return DONE;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct run *run = matter->run;
    const enum document_kind kind = matter->interchange->document;
    int64_t version_id = 0;
    TRY(master_of_interchange(run->store, matter->interchange->id, &version_id, why));
    TRY(check_version(matter, version_id, why));
    if (!findings_has(&matter->findings, SEVERITY_ERROR)) {
        TRY(check_change(matter, version_id, why));
    }
    if (findings_has(&matter->findings, SEVERITY_ERROR)) {
        matter->refused = matter->interchange->documents_taken;
        return DONE;
    }
    TRY(master_put_in_force(run->store, kind, version_id, run->as_of_ms, why));
    facts_forget(matter->facts);
    run->counts.master_files_in_force++;
    return DONE;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    int64_t version_id = 0;
    facts_forget(matter->facts);
    TRY(master_of_interchange(matter->run->store, matter->interchange->id, &version_id, why));
    return master_discard(matter->run->store, matter->interchange->document, version_id, why);
}

const struct applier master_applier = {apply, discard};
