/* mapped.h -- rows of a partner's own layout while they become rows of ours; private to
 * reader_csv*.c and mapped_*.c.
 *
 * A row of the sheet goes in; out comes a row whose cells are the mapping's columns in their order
 * (of a lookup: the key alone), or nothing, when it does not count.  What is wrong in it is kept in
 * `pending` until the row is used, for a reader looks one row ahead. */
#ifndef PURSER_MAPPED_H
#define PURSER_MAPPED_H

#include "intake/lookup.h"
#include "intake/mapping.h"
#include "intake/reader.h"
#include "intake/sheet.h"
#include "intake/table_schema.h"

/* A row of another file, kept while the key stays. */
struct joined {
    struct arena arena;
    const char *key;    /* NULL: none yet */
    const char **cells; /* NULL: there is no such row */
    size_t count;
    int64_t told_line; /* its row has no such row, and was told so */
};

/* MAPPED_NUMBER: how far it has counted. */
struct counted {
    uint64_t hash;  /* of what the rows have in common */
    int64_t number; /* 0: free */
};
struct counter {
    const struct mapped_value *value; /* NULL: free */
    struct counted last;
    struct counted *items; /* of rows that stand apart: a hash table, from malloc */
    size_t capacity;       /* a power of two */
    size_t count;
};

struct gathered;

struct mapped {
    const struct mapping *mapping;
    const struct lookup_source *lookups;
    struct reading *reading;
    size_t cells[MAPPED_SLOTS_MAX]; /* of slots: in the sheet, or in the row of their join */
    size_t header_cells;
    struct sheet_row row;    /* the partner's, while it is read */
    struct arena arena;      /* of that row */
    struct findings pending; /* what is wrong with it */
    struct joined joined[MAPPED_JOINS_MAX];
    struct counter counters[MAPPED_COUNTERS_MAX];
    struct counter distinct; /* keys of rows that have counted */
    const char *column;      /* ours, that is being made, for findings; "" */
    bool is_wrong;           /* something of the value that is being made */
    struct buf bytes;        /* of our row */
    struct sheet_cell made[TABLE_COLUMNS_MAX];
    bool wrong[TABLE_COLUMNS_MAX]; /* such a value is absent, and was told */
};

/* mapped_header.c: the file's header, and those of the lookups; findings tell what is wrong. */
char mapped_recognise(struct reading *reading, const struct mapping *mapping, const char *head,
                      size_t size);
MUST_USE enum outcome mapped_open(struct reading *reading, const struct sheet_row *header,
                                  struct mapped **mapped, struct fault *why);
void mapped_close(struct mapped *mapped); /* NULL is fine */
/* The partner's column behind a value, and its cell (0: it is in another file, or there is none);
 * "" for a constant. */
const char *
mapped_origin(const struct mapped *mapped, const struct mapped_value *value, int64_t *cell);
/* Findings from number `first` on get the partner's column. */
void mapped_name_findings(const struct mapped *mapped, struct findings *findings, size_t first);

/* mapped_row.c: make `row` ours.  NONE: it does not count. */
MUST_USE enum outcome mapped_row(struct mapped *mapped, struct sheet_row *row, struct fault *why);
/* What is kept of a lookup's row in mapped->row, as JSON; NULL after a finding. */
const char *mapped_whole_row(struct mapped *mapped, struct arena *arena);
const char *mapped_json(const char *const *texts, size_t count, struct arena *arena);

/* mapped_gather.c: rows of documents whose rows stand apart.  Keep all (false: they are too many),
 * sort, then take them one by one; `row` and what is wrong with it lie there until the end. */
enum { GATHERED_BYTES_MAX = 64 * 1024 * 1024 };
struct gathered *mapped_gather_open(void);
void mapped_gather_close(struct gathered *gathered); /* NULL is fine */
bool mapped_gather_keep(struct gathered *gathered, struct mapped *mapped,
                        const struct sheet_row *row, size_t key_cell);
void mapped_gather_sort(struct gathered *gathered);
MUST_USE enum outcome
mapped_gather_next(struct gathered *gathered, struct mapped *mapped, struct sheet_row *row);

/* mapped_value.c */
MUST_USE enum outcome mapped_text(struct mapped *mapped, const struct mapped_value *value,
                                  const char **text, struct fault *why);
void mapped_complain(struct mapped *mapped, const struct mapped_value *value, enum message code,
                     const char *text, const char *expected);
/* A number without marks between its thousands, if it is one; else as it stands. */
const char *mapped_number(struct mapped *mapped, const char *text);
/* Rewrite a date of the form as YYYY-MM-DD, or, if it is a moment, with its time. */
const char *mapped_date(struct mapped *mapped, const struct mapped_column *column, bool is_moment,
                        const char *text);

/* mapped_count.c: the number of a row among those with this key. */
int64_t mapped_count(struct mapped *mapped, const struct mapped_value *value, const char *key);

/* How often this hash has come; of very many different ones the last are not remembered. */
int64_t counter_add(struct counter *counter, uint64_t hash);

/* mapped_join.c: the cell of a joined row, by slot. */
MUST_USE enum outcome
mapped_joined_cell(struct mapped *mapped, size_t slot, const char **text, struct fault *why);

#endif
