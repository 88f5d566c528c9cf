/* table_schema.h -- the Table Schemas (Frictionless, JSON) of schemas/NAME.csv.json as tables of
 * columns.  The only user of jansson in the intake.
 *
 * The files are valid for public tools; what those do not know stands in properties of our own:
 *     purser:kind     how a cell is read (column_kind_names); default: by "type"
 *     purser:title_zh the Chinese title
 *     purser:aliases  other header names that are taken, in any language
 *     purser:column_required  the column must be there; its reader knows what an empty cell means
 *     purser:choices  other words for the values of "enum", e.g. {"同意": "approve"}
 */
#ifndef PURSER_TABLE_SCHEMA_H
#define PURSER_TABLE_SCHEMA_H

#include "base/arena.h"
#include "intake/field.h"
#include "intake/label.h"
#include "intake/reading.h"

enum column_kind {
    COLUMN_TEXT,
    COLUMN_CODE,
    COLUMN_QUANTITY,
    COLUMN_PRICE,
    COLUMN_AMOUNT,         /* a price that may also be zero or negative */
    COLUMN_PERCENT,        /* 19 is stored as 190000 micros */
    COLUMN_PERCENT_CHANGE, /* likewise, may be negative */
    COLUMN_INTEGER,
    COLUMN_DATE,
    COLUMN_MOMENT,
    COLUMN_CURRENCY,
    COLUMN_UNIT,
    COLUMN_COUNTRY,
    COLUMN_EMAIL,
    COLUMN_LATITUDE, /* degrees, in micros */
    COLUMN_LONGITUDE,
    COLUMN_ORDER_TYPE,
    COLUMN_CHOICE,
    COLUMN_OPTIONS,
    COLUMN_COUPONS,
    COLUMN_NOTE,
    COLUMN_KIND_COUNT
};
extern const char *const column_kind_names[COLUMN_KIND_COUNT]; /* "text", "code", ... */

struct column {
    const char *name;
    enum column_kind kind;
    bool is_required;    /* there must be such a column, */
    bool is_filled;      /* with a value in each row */
    size_t length_max;   /* characters; 0: no limit of its own */
    int64_t integer_min; /* COLUMN_INTEGER */
    int64_t integer_max;
    const char *const *choices; /* COLUMN_CHOICE: the values of "enum" */
    size_t choice_count;
    const struct label *choice_labels; /* every word for them -> index in choices */
    size_t choice_label_count;
};

enum { TABLE_COLUMNS_MAX = 100 };

struct table {
    enum document_kind kind;
    struct column columns[TABLE_COLUMNS_MAX];
    size_t column_count;
    struct label *labels; /* names, titles and aliases -> index of column */
    size_t label_count;
};

/* The table of a document kind.  A broken schema is our bug (assert). */
const struct table *table_schema_load(enum document_kind kind, struct arena *arena);

/* One cell into *target, whose type follows from the kind: const char * for texts and codes,
 * int64_t for numbers and moments, int32_t for dates, enum order_type, struct order_line for
 * options, struct order for coupons (whole structs).  False after a finding of severity error. */
bool table_schema_convert(const struct column *column, const struct field *field, void *target);

#endif
