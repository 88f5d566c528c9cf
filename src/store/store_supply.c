#include "store/store_supply.h"

#include "store/store_master.h"

enum outcome
master_supply(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
              struct supply_row *supply, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row row;
    TRY(store_query(store, SQL_master_supply, &rows, why, INTEGER(version_id), TEXT(sku)));
    TRY(master_read_one(&rows, DOCUMENT_SUPPLY, arena, &row, why));
    *supply = row.supply;
    return DONE;
}

enum outcome
master_plant(struct store *store, int64_t version_id, const char *plant, struct arena *arena,
             struct plant_row *row, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row read;
    TRY(store_query(store, SQL_master_plant, &rows, why, INTEGER(version_id), TEXT(plant)));
    TRY(master_read_one(&rows, DOCUMENT_PLANTS, arena, &read, why));
    *row = read.plant;
    return DONE;
}

enum outcome
master_materials(struct store *store, int64_t version_id, const char *sku, struct arena *arena,
                 struct master_row **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_master_materials, &rows, why, INTEGER(version_id), TEXT(sku)));
    return master_read_all(&rows, DOCUMENT_MATERIALS, arena, items, count, why);
}

enum outcome
master_lane(struct store *store, int64_t version_id, const struct lane_key *key,
            struct arena *arena, struct lane_row *lane, struct fault *why)
{
    OWNED(rows) rows = {0};
    struct master_row row;
    TRY(store_query(store, SQL_master_lane, &rows, why, INTEGER(version_id), TEXT(key->warehouse),
                    TEXT(key->country), TEXT(key->region)));
    TRY(master_read_one(&rows, DOCUMENT_LANES, arena, &row, why));
    *lane = row.lane;
    return DONE;
}
