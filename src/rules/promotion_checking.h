/* promotion_checking.h -- private to rules/: what the parts of the check of a table share. */
#ifndef PURSER_PROMOTION_CHECKING_H
#define PURSER_PROMOTION_CHECKING_H

#include "rules/promoting.h"

struct checked {
    struct promotion_row row;
    bool is_sound; /* has no mistake of its own */
};

struct checking {
    struct arena *scratch;
    struct arena *arena;  /* of the remarks */
    struct checked *rows; /* by line of the file */
    size_t count;
    struct promotion_remark *remarks;
    size_t remark_count, remark_capacity;
};

/* Add a remark on a row. */
void check_remark(struct checking *checking, enum promotion_doubt doubt, const struct checked *row,
                  struct promotion_remark remark);

/* Rows against each other: promotion_overlap.c, promotion_crowd.c. */
void check_overlaps(struct checking *checking);
void check_shadows(struct checking *checking);
void check_crowd(struct checking *checking);

#endif
