/* store_master.h -- master data: versions, rows, and the facts that orders are judged by.
 *
 * Rows are read one by one or filtered by key; no table is ever loaded whole. */
#ifndef PURSER_STORE_MASTER_H
#define PURSER_STORE_MASTER_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"
#include "order/master.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Versions in force by document kind; id and number are 0 for kinds that have none. */
struct master_versions {
    struct {
        int64_t id;
        int64_t number;
    } of[DOCUMENT_KIND_COUNT];
};

/* All rows of a query that names the columns of a kind in their order. */
MUST_USE enum outcome
master_read_all(struct rows *rows, enum document_kind kind, struct arena *arena,
                struct master_row **items, size_t *count, struct fault *why);

/* Its first row; NONE when there is none. */
MUST_USE enum outcome
master_read_one(struct rows *rows, enum document_kind kind, struct arena *arena,
                struct master_row *row, struct fault *why);

/* The next version of a master, not in force. */
MUST_USE enum outcome master_begin(struct store *store, enum document_kind kind,
                                   int64_t interchange_id, int64_t *version_id, struct fault *why);
/* *is_new is false when the version has a row of this key. */
MUST_USE enum outcome
master_insert(struct store *store, enum document_kind kind, int64_t version_id,
              const struct master_row *row, bool *is_new, struct fault *why);
MUST_USE enum outcome
master_set_rows(struct store *store, int64_t version_id, int64_t rows, struct fault *why);

/* The version that an interchange brought; NONE when it brought none. */
MUST_USE enum outcome master_of_interchange(struct store *store, int64_t interchange_id,
                                            int64_t *version_id, struct fault *why);
MUST_USE enum outcome master_put_in_force(struct store *store, enum document_kind kind,
                                          int64_t version_id, int64_t moment_ms, struct fault *why);
MUST_USE enum outcome
master_discard(struct store *store, enum document_kind kind, int64_t version_id, struct fault *why);
MUST_USE enum outcome
master_in_force(struct store *store, struct master_versions *versions, struct fault *why);

/* The same, and the newest of files that the desk has not judged yet, and of those that wait for a
 * person. */
enum master_standing { MASTER_IN_FORCE, MASTER_WAITING, MASTER_HELD };
MUST_USE enum outcome master_versions_of(struct store *store, enum master_standing standing,
                                         struct master_versions *versions, struct fault *why);

/* Facts by key; NONE when there is no such row. */
MUST_USE enum outcome
master_customer(struct store *store, int64_t version_id, const char *code, struct arena *arena,
                struct customer_row *customer, struct fault *why);
MUST_USE enum outcome
master_product(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct product_row *product, struct fault *why);
MUST_USE enum outcome
master_options(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct master_row **items, size_t *count, struct fault *why);
MUST_USE enum outcome
master_units(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
             struct master_row **items, size_t *count, struct fault *why);

/* The versions that an order version was priced by. */
MUST_USE enum outcome
master_versions_of_order(struct store *store, int64_t order_id, int64_t order_version,
                         struct master_versions *versions, struct fault *why);

/* Of the customer, its group, its channel (each "" when there is none) and base. */
struct price_key {
    const char *sku;
    const char *currency;
    const char *customer;
    const char *customer_group;
    const char *channel;
};
MUST_USE enum outcome
master_prices(struct store *store, int64_t version_id, const struct price_key *key,
              struct arena *arena, struct master_row **items, size_t *count, struct fault *why);

/* The rate that holds on a day: the last one of that day or before; NONE when there is none. */
struct rate_key {
    const char *from;
    const char *to;
    int32_t day;
};
MUST_USE enum outcome
master_rate(struct store *store, int64_t version_id, const struct rate_key *key,
            struct arena *arena, struct rate_row *rate, struct fault *why);

/* The parts of a package, by SKU; none when it is no package. */
MUST_USE enum outcome
master_package(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct master_row **items, size_t *count, struct fault *why);

/* The prices that are formulas, by SKU, one by one: there may be any number.  With OWNED(rows);
 * NONE after the last. */
MUST_USE enum outcome
master_formulas(struct store *store, int64_t version_id, struct rows *rows, struct fault *why);
MUST_USE enum outcome master_formula_next(struct rows *rows, struct arena *arena,
                                          struct master_row *row, struct fault *why);

MUST_USE enum outcome
master_taxes(struct store *store, int64_t version_id, const char *tax_class, struct arena *arena,
             struct master_row **items, size_t *count, struct fault *why);

/* All names of a kind, sorted bytewise and each once, for a list that mentions many of them. */
enum master_name { NAME_SKU, NAME_CATEGORY, NAME_CUSTOMER, NAME_GROUP };
MUST_USE enum outcome master_names(struct store *store, enum master_name name, int64_t version_id,
                                   struct rows *rows, struct fault *why);

/* Of all days. */
MUST_USE enum outcome
master_costs(struct store *store, int64_t version_id, const char *sku, const char *currency,
             struct arena *arena, struct master_row **items, size_t *count, struct fault *why);

/* The modification matrix, in the order of its lines. */
MUST_USE enum outcome
master_modifications(struct store *store, int64_t version_id, struct arena *arena,
                     struct master_row **items, size_t *count, struct fault *why);

/* The whole table. */
MUST_USE enum outcome
master_authorities(struct store *store, int64_t version_id, struct arena *arena,
                   struct master_row **items, size_t *count, struct fault *why);

/* The whole tables, with lines: by day; by person, then as they begin. */
MUST_USE enum outcome master_calendar(struct store *store, int64_t version_id, struct arena *arena,
                                      struct master_row **items, size_t *count, struct fault *why);
/* The whole return policy, as it decides, with lines. */
MUST_USE enum outcome master_returns(struct store *store, int64_t version_id, struct arena *arena,
                                     struct master_row **items, size_t *count, struct fault *why);
MUST_USE enum outcome master_approvers(struct store *store, int64_t version_id, struct arena *arena,
                                       struct master_row **items, size_t *count, struct fault *why);
/* The whole matrix, in order of lines. */
MUST_USE enum outcome
master_approval_rules_all(struct store *store, int64_t version_id, struct arena *arena,
                          struct master_row **items, size_t *count, struct fault *why);
MUST_USE enum outcome
master_delegations(struct store *store, int64_t version_id, struct arena *arena,
                   struct master_row **items, size_t *count, struct fault *why);

/* At most `max` rows of one list, currency and product, by quantity_from, then valid_from:
 * rules/ladder.h. */
MUST_USE enum outcome
master_ladder(struct store *store, int64_t version_id, const struct price_row *like, size_t max,
              struct arena *arena, struct master_row **items, size_t *count, struct fault *why);

/* All rows of a version by their key, one at a time, with their lines.  Only of prices and
 * price cases, and one scan of each at a time. */
struct master_scan {
    struct rows rows;
    enum document_kind kind;
};
MUST_USE enum outcome
master_scan_open(struct master_scan *scan, struct store *store, enum document_kind kind,
                 int64_t version_id, struct fault *why);
/* NONE after the last. */
MUST_USE enum outcome master_scan_next(struct master_scan *scan, struct arena *arena,
                                       struct master_row *row, struct fault *why);
void master_scan_close(struct master_scan *scan);

/* Between what the prices of a product with options lie; currency "" where it has none. */
struct option_span {
    const char *sku;
    const char *currency;
    int64_t lowest_micros;
    int64_t highest_micros;
    int64_t line; /* of its first option */
};
/* For the next products, by SKU, of a version of options behind `after`; none when all are told. */
MUST_USE enum outcome
master_option_spans(struct store *store, int64_t version_id, int64_t prices_version_id,
                    const char *after, struct arena *arena, struct option_span **items,
                    size_t *count, struct fault *why);

/* Of the type and of every type. */
MUST_USE enum outcome
master_approval_rules(struct store *store, int64_t version_id, enum order_type type,
                      struct arena *arena, struct master_row **items, size_t *count,
                      struct fault *why);

/* The known SKU nearest to one that is not, among those that begin like it; "" when none is near.
 */
MUST_USE enum outcome
master_nearest_sku(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
                   const char **nearest, struct fault *why);

/* Likewise among the customers of a partner: those of others must not show. */
MUST_USE enum outcome
master_nearest_customer(struct store *store, int64_t version_id, const char *partner,
                        const char *customer, struct arena *arena, const char **code,
                        struct fault *why);

/* What a version changes against the one in force. */
struct master_change {
    int64_t rows_before;
    int64_t rows_now;
    int64_t rows_common; /* of the same key */
    int64_t rows_alike;
    int64_t names_before; /* customers, SKUs, or currencies of limits */
    int64_t names_gone;
    const char *gone; /* the first of them */
};
MUST_USE enum outcome
master_compare(struct store *store, enum document_kind kind, int64_t version_before,
               int64_t version_now, struct arena *arena, struct master_change *change,
               struct fault *why);

/* How many rows of a list may belong together: more are doubtful, so that what is known about one
 * line of an order stays bounded. */
enum {
    MASTER_OPTIONS_MAX = 2000, /* of a product */
    MASTER_UNITS_MAX = 200,    /* likewise */
    MASTER_PRICES_MAX = 5000,  /* of a product in a currency, for one customer, group or channel */
    MASTER_PARTS_MAX = 500,    /* of a package */
    MASTER_TAXES_MAX = 20000,  /* of a tax class */
    MASTER_APPROVALS_MAX = 1000,     /* of the matrix */
    MASTER_COSTS_MAX = 2000,         /* of a product in a currency */
    MASTER_POWERS_MAX = 1000,        /* rows of price-authority, all together */
    MASTER_DAYS_MAX = 10000,         /* rows of calendar, likewise */
    MASTER_ABSENCES_MAX = 5000,      /* rows of delegations, likewise */
    MASTER_PERSONS_MAX = 2000,       /* rows of approvers, likewise */
    MASTER_MATERIALS_MAX = 500,      /* of a product */
    MASTER_CLAUSES_MAX = 1000,       /* rows of return-policy, all together */
    MASTER_MODIFICATIONS_MAX = 2000, /* rows of modification-rules, all together */
    MASTER_POLICIES_MAX = 500,       /* rows of cancellation-policy, all together */
};

/* Cross checks of a version: each yields what is doubtful with the first line where it stands, in
 * order of lines. */
enum master_check {
    MASTER_CUSTOMER_PARTNERS, /* partners named by customers */
    MASTER_OPTION_SKUS,       /* of options, without product */
    MASTER_OPTIONS_MIXED,     /* options that take any number, and have other values */
    MASTER_UNIT_SKUS,         /* of units, without product */
    MASTER_PRICE_SKUS,        /* of prices, without product */
    MASTER_PACKAGE_SKUS,      /* packages, without product */
    MASTER_PACKAGE_PARTS,     /* parts of packages, without product */
    MASTER_PACKAGE_NESTED,    /* parts that are packages */
    MASTER_PACKAGE_PRICING,   /* packages that do not say once how they are priced */
    MASTER_PACKAGE_UNPRICED,  /* parts, or packages at fixed prices, without any price */
    MASTER_PRICE_HOLDERS,     /* customers of prices, without customer */
    MASTER_PRICE_OVERLAPS,    /* SKUs with two prices at one time */
    MASTER_PRICE_GROUPS,      /* groups of prices, without customer */
    MASTER_PRICE_CHANNELS,    /* channels of prices */
    MASTER_PRICES_SHADOWED,   /* prices of groups whose customers all have their own */
    MASTER_TAX_OVERLAPS,      /* classes with two rates at one time */
    MASTER_COUPON_PROMOTIONS, /* of coupons, without promotion */
    MASTER_COUPON_CUSTOMERS,  /* of coupons, without customer */
    MASTER_STOCK_SKUS,        /* of stock, without product */
    MASTER_COST_SKUS,         /* of costs, without product */
    MASTER_COST_OVERLAPS,     /* SKUs with two costs at one time */
    MASTER_AUTHORITY_PARTNER, /* partners in whose orders prices may be asked for */
    MASTER_OPTIONS_MANY,      /* rows that belong together, and are too many */
    MASTER_UNITS_MANY,
    MASTER_PRICES_MANY,
    MASTER_PARTS_MANY,
    MASTER_TAXES_MANY,
    MASTER_APPROVALS_MANY,
    MASTER_COSTS_MANY,
    MASTER_POWERS_MANY,
    MASTER_CALENDAR_MANY,
    MASTER_DELEGATIONS_MANY,
    MASTER_APPROVERS_MANY,
    MASTER_CODE_CARRIERS,    /* carriers of codes */
    MASTER_CREDIT_CUSTOMERS, /* of credit limits, without customer */
    MASTER_SUPPLY_SKUS,      /* of supply, without product */
    MASTER_SUPPLY_PLANTS, /* of supply, that the list of plants, if there is one, does not name */
    MASTER_MATERIAL_SKUS, /* what consists of materials, without product */
    MASTER_MATERIALS,     /* without product */
    MASTER_MATERIALS_UNUSED, /* of what is not made */
    MASTER_MATERIALS_MADE,   /* that are made themselves */
    MASTER_MATERIALS_MANY,
    MASTER_PLANT_PARTNERS,   /* plants */
    MASTER_PLANT_WAREHOUSES, /* of plants */
    MASTER_PLANTS_MISSED,    /* of supply in force, that the new list leaves out; line 0 */
    MASTER_LANE_WAREHOUSES,  /* of lanes */
    MASTER_RETURNS_MANY,
    MASTER_MODIFICATION_GROUPS, /* of modification rules, that no customer is of */
    MASTER_MODIFICATIONS_MANY,
    MASTER_POLICIES_MANY,
    MASTER_CLAUSES_DEPOSIT, /* that keep deposits, where customers pay large ones */
};
struct doubt {
    const char *value;
    int64_t line;
};
/* At most `max` of them; ids[1] is the version checked against (products or customers), or how many
 * rows may belong together; 0 for the rest. */
MUST_USE enum outcome
master_doubts(struct store *store, enum master_check check, const int64_t ids[2], size_t max,
              struct arena *arena, struct doubt **items, size_t *count, struct fault *why);

#endif
