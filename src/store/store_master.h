/* store_master.h -- master data: versions, rows, and the facts that orders are judged by.
 *
 * Rows are read one by one or filtered by key; no table is ever loaded whole. */
#ifndef PURSER_STORE_MASTER_H
#define PURSER_STORE_MASTER_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Versions in force by document kind; id and number are 0 for kinds that have none. */
struct master_versions {
    struct {
        int64_t id;
        int64_t number;
    } of[DOCUMENT_KIND_COUNT];
};

bool master_is_kind(enum document_kind kind);

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

struct customer {
    const char *code;
    const char *partner;
    const char *group;
};
/* Facts by key; NONE when there is no such row. */
MUST_USE enum outcome
master_customer(struct store *store, int64_t version_id, const char *code, struct arena *arena,
                struct customer *customer, struct fault *why);

struct product_fact {
    const char *unit;
    int64_t tax_rate_micros;
};
MUST_USE enum outcome
master_product(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct product_fact *product, struct fault *why);

struct option_row {
    const char *name;
    const char *value;
    int64_t surcharge_micros;
};
MUST_USE enum outcome
master_options(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
               struct option_row **items, size_t *count, struct fault *why);

struct price_row {
    const char *scope;
    const char *holder;
    int64_t quantity_from_micros;
    int32_t valid_from;
    int32_t valid_to;
    int64_t price_micros;
};
struct price_key {
    const char *sku;
    const char *currency;
    const char *customer;
    const char *customer_group;
};
MUST_USE enum outcome
master_prices(struct store *store, int64_t version_id, const struct price_key *key,
              struct arena *arena, struct price_row **items, size_t *count, struct fault *why);

struct limit_row {
    const char *type;
    const char *currency;
    int64_t above_minor;
    int64_t step;
    const char *approver;
};
MUST_USE enum outcome
master_limits(struct store *store, int64_t version_id, const char *type, const char *currency,
              struct arena *arena, struct limit_row **items, size_t *count, struct fault *why);

/* The known SKU nearest to one that is not, among those that begin like it; "" when none is near.
 */
MUST_USE enum outcome
master_nearest_sku(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
                   const char **nearest, struct fault *why);

/* Cross checks of a version: each yields what is doubtful with the first line where it stands, in
 * order of lines. */
enum master_check {
    MASTER_CUSTOMER_PARTNERS, /* partners named by customers */
    MASTER_LIMIT_APPROVERS,   /* partners named by approval limits */
    MASTER_OPTION_SKUS,       /* of options, without product */
    MASTER_PRICE_SKUS,        /* of prices, without product */
    MASTER_PRICE_HOLDERS,     /* customers of prices, without customer */
    MASTER_PRICE_OVERLAPS,    /* SKUs with two prices at one time */
};
struct doubt {
    const char *value;
    int64_t line;
};
/* At most `max` of them; `other_id` is the version checked against (products or customers), 0 for
 * the rest. */
MUST_USE enum outcome
master_doubts(struct store *store, enum master_check check, const int64_t ids[2], size_t max,
              struct arena *arena, struct doubt **items, size_t *count, struct fault *why);

#endif
