/* store_view.h -- what people ask for at the command line: things found by the names they have
 * outside.  The lists themselves are the statements SQL_view_... of store_view.sql, shown by
 * cli/view.h. */
#ifndef PURSER_STORE_VIEW_H
#define PURSER_STORE_VIEW_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "store/store.h"

#include <stdint.h>

/* The order of a partner, or ("" as partner) of whoever has one of this number; NONE when nobody
 * has.  FAULT_USAGE when two partners do. */
MUST_USE enum outcome view_find_order(struct store *store, const char *partner, const char *number,
                                      int64_t *order_id, struct fault *why);

/* The newest file of this name (as it is shown), or of a SHA-256 that begins so. */
MUST_USE enum outcome view_find_file(struct store *store, const char *partner, const char *name,
                                     int64_t *interchange_id, struct fault *why);

/* Put a refused file's copy back: one row of arrival, so that the next run takes it up. NONE: it
 * waits already. */
struct arrival_again {
    const char *partner;
    const char *mailbox;
    const void *name;
    size_t name_size;
    int64_t remote_size;
    int64_t remote_mtime_s;
    const char *spool;
    int64_t size;
    const char *sha256;
    int64_t arrived_ms;
    const char *mapping; /* by which it was refused: others may have taken it; "": find out anew */
    int64_t turn;
};
MUST_USE enum outcome
view_file_again(struct store *store, const struct arrival_again *arrival, struct fault *why);

#endif
