/* returnable.h -- what of a line may come back: of whole units, and of parts of its packages;
 * private to src/desk. */
#ifndef PURSER_DESK_RETURNABLE_H
#define PURSER_DESK_RETURNABLE_H

#include "config/run.h"
#include "rules/returning.h"
#include "store/store_package.h"
#include "store/store_return.h"

/* The part of an order line's packages with this SKU.  NONE: there is none; `is_package`: it has
 * others. */
struct returnable_line {
    int64_t order_id;
    int64_t version;
    int64_t ordinal;
    const char *unit; /* packages are opened where they are counted in whole units */
};
MUST_USE enum outcome
returnable_part(struct run *run, const struct returnable_line *line, const char *sku,
                struct arena *arena, const struct package_part **part, bool *is_package,
                struct fault *why);

/* The parts, "CUP, POT"; "": it is no package. */
MUST_USE enum outcome returnable_parts(struct run *run, const struct returnable_line *line,
                                       struct arena *arena, const char **parts, struct fault *why);

/* Fills in what is left of a line, and how much of it was opened: less what all requests ask for,
 * and `more` lines of this one. */
MUST_USE enum outcome
returnable_left(struct run *run, int64_t order_id, const struct stored_return_line *line,
                const struct package_claim *more, size_t more_count, struct arena *arena,
                struct return_facts *facts, struct fault *why);

/* Of a part its own category, beside that of its package, and whether it is made as ordered. */
MUST_USE enum outcome
returnable_product(struct run *run, const struct stored_return_line *line, struct arena *arena,
                   struct return_facts *facts, struct fault *why);

#endif
