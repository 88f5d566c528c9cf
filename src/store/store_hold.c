#include "store/store_hold.h"

#include "store/store.h"

enum outcome
hold_add(struct store *store, int64_t interchange_id, enum document_kind kind, int64_t moment_ms,
         struct fault *why)
{
    return store_run(store, SQL_hold_insert, why, INTEGER(interchange_id),
                     TEXT(document_kind_names[kind]), INTEGER(moment_ms));
}

static enum outcome
found(int64_t id, int64_t *interchange_id)
{
    if (id == 0) {
        return NONE;
    }
    *interchange_id = id;
    return DONE;
}

enum outcome
hold_find(struct store *store, enum document_kind kind, int64_t *interchange_id, struct fault *why)
{
    int64_t id = 0;
    TRY(store_number(store, SQL_hold_of_master, 0, &id, why, TEXT(document_kind_names[kind])));
    return found(id, interchange_id);
}

enum outcome
hold_find_file(struct store *store, const char *partner, const char *name, int64_t *interchange_id,
               struct fault *why)
{
    int64_t id = 0;
    TRY(store_number(store, SQL_hold_of_file, 0, &id, why, TEXT(partner), TEXT(name)));
    return found(id, interchange_id);
}

enum outcome
hold_decide(struct store *store, int64_t interchange_id, enum hold_verdict verdict,
            int64_t moment_ms, const char *by, struct fault *why)
{
    static const char *const names[HOLD_VERDICT_COUNT] = {[HOLD_CONFIRMED] = "confirmed",
                                                          [HOLD_REJECTED] = "rejected",
                                                          [HOLD_REPLACED] = "superseded"};
    return store_run(store, SQL_hold_decide, why, TEXT(names[verdict]), INTEGER(moment_ms),
                     TEXT(by), INTEGER(interchange_id));
}
