/* mapping.h -- how files in a partner's own layout become documents of ours.
 *
 * A partner's key `mappings` names a JSON file of the home; this is that file, checked.  A
 * mapping takes files by the pattern of their names and says how each column of ours gets its
 * value: from a column of the file, from a row of another file (a lookup, found by a key), a
 * constant, a table of values, arithmetic, or texts put together.  A lookup is a file that only
 * others need: its rows are kept by their key.
 *
 * reader_csv_mapped.c makes rows of ours from the partner's; all that follows is as with any CSV.
 *
 * Life:      mappings_load; everything lies in the arena that is given.
 * Failure:   what is wrong in the file is a list of texts, all at once; then the mappings must not
 *            be used.
 */
#ifndef PURSER_MAPPING_H
#define PURSER_MAPPING_H

#include "base/arena.h"
#include "base/fault.h"
#include "order/document_kind.h"

#include <stdbool.h>
#include <stddef.h>

struct table; /* table_schema.h */

enum {
    MAPPINGS_MAX = 100,
    MAPPED_SLOTS_MAX = 200,  /* columns of files that one mapping needs */
    MAPPED_JOINS_MAX = 16,   /* rows of other files beside a row */
    MAPPED_PARTS_MAX = 1000, /* values within values, of one mapping */
    MAPPED_DEPTH_MAX = 8,
    MAPPED_COUNTERS_MAX = 8,          /* MAPPED_NUMBERs of one mapping */
    MAPPED_ROW_BYTES_MAX = 256 * 1024 /* of a row of a lookup */
};

enum mapped_kind {
    MAPPED_COLUMN,
    MAPPED_CONSTANT,
    MAPPED_TEXT,  /* parts, one behind the other */
    MAPPED_FIRST, /* the first part that is not empty */
    MAPPED_ADD,
    MAPPED_SUBTRACT,
    MAPPED_MULTIPLY,
    MAPPED_DIVIDE,
    MAPPED_NUMBER, /* 1, 2, 3 of rows that stand together and agree in the parts */
    MAPPED_KIND_COUNT
};

struct mapped_pair {
    const char *from;
    const char *to;
};

struct mapped_value {
    enum mapped_kind kind;
    size_t slot;      /* MAPPED_COLUMN */
    const char *text; /* a constant, or what stands between texts */
    struct mapped_value *parts;
    size_t part_count;
    const struct mapped_pair *table; /* other values for what came out */
    size_t table_count;
    const char *otherwise; /* for what the table does not name; NULL: it stays */
    bool is_strict;        /* what the table does not name is a mistake */
    int places;            /* rounded to so many; -1: not */
};

/* One column of ours. */
struct mapped_column {
    const char *name;
    struct mapped_value value;
    const char *dates; /* how they are written; "": as we do */
};

/* A column of a file that is needed. */
struct mapped_slot {
    size_t source; /* 0: the file itself; else the join before this number */
    const char *column;
};

struct mapped_join {
    const char *name;
    const struct mapping *lookup;
    struct mapped_value *keys;
    size_t key_count;
    bool is_optional; /* without a row there, its columns are empty */
};

/* Rows count that satisfy all of these. */
struct mapped_condition {
    struct mapped_value value;
    const char **texts;
    size_t text_count;
    bool is_not;
};

struct mapping {
    const char *name;
    const char **patterns; /* globs of file names */
    size_t pattern_count;
    enum document_kind kind;   /* DOCUMENT_LOOKUP: of a lookup */
    const struct table *table; /* our columns; NULL of a lookup */
    char delimiter;            /* '\0': as the header shows */
    char decimal;              /* '.' or ',' */
    bool groups;               /* decimal was said, so the other mark is one of thousands */
    const char *dates;
    const char **nothing; /* texts that mean an empty cell */
    size_t nothing_count;
    struct mapped_column *columns;
    size_t column_count;
    struct mapped_join *joins;
    size_t join_count;
    struct mapped_condition *conditions;
    size_t condition_count;
    struct mapped_slot *slots;
    size_t slot_count;
    const size_t
        *distinct; /* columns of ours, in `columns`: of rows alike in them the first counts */
    size_t distinct_count;
    bool is_scattered; /* rows of one document need not stand together */
    size_t key_count;  /* of a lookup: its first slots */
};

struct mappings {
    struct mapping *items; /* lookups first */
    size_t count;
    const char **mistakes;
    size_t mistake_count;
    size_t mistake_capacity;
};

/* Read the text of a partner's file of mappings (partner->mappings_text). */
void mappings_load(struct mappings *mappings, const char *bytes, size_t size, struct arena *arena);

/* The mapping for a file of this name, from `*at` on, which moves behind it; NULL: no other. */
const struct mapping *mappings_next(const struct mappings *mappings, const char *name, size_t *at);
const struct mapping *
mappings_named(const struct mappings *mappings, const char *name); /* or NULL */

/* mapping_value.c: for mapping.c alone. */
struct mapping_loading {
    struct arena *arena;
    struct mappings *mappings;
    struct mapping *mapping; /* that is being read */
    const char *where;       /* what is being read, in words */
    size_t part_count;
    size_t number_count;
};
void mapping_mistake(struct mapping_loading *loading, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* `json` is a json_t; false after a mistake. */
bool mapping_read_value(struct mapping_loading *loading, const void *json,
                        struct mapped_value *value, int depth);

#endif
