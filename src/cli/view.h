/* view.h -- private to cli/: rows of a statement as a table for people, or as members of JSON.
 *
 * A view names the columns of its statement once; both forms follow from it. */
#ifndef PURSER_VIEW_H
#define PURSER_VIEW_H

#include "cli/command.h"
#include "cli/table.h"
#include "order/lifecycle.h"
#include "store/store_view.h"

enum view_kind {
    VIEW_TEXT,
    VIEW_WORD, /* one of our words, see cli_word */
    VIEW_INTEGER,
    VIEW_MICROS, /* quantities, rates */
    VIEW_PRICE,  /* of a unit: as many decimals as it has, two at least for people */
    VIEW_MONEY,  /* minor units; `other` is the column of the currency */
    VIEW_DAY,
    VIEW_MOMENT,
    VIEW_SIZE,
    VIEW_HEADLINE, /* `column` holds the approval state, `other` the fulfilment state, and
                    * the column after it the state of payment */
    VIEW_PATH,     /* `column`/`other`: PARTNER/NUMBER */
    VIEW_RAW,      /* JSON; people do not see it */
    VIEW_PARCEL,   /* the state of a parcel */
    VIEW_EXPECTED, /* a moment, or a day that begins at it; to that of `other` */
    VIEW_GRADE,    /* how late an order is, see rules/outlook.h */
    VIEW_DELAY,    /* why */
    VIEW_DEGREES,  /* coordinates: `column`, `other` */
    VIEW_FINDING,  /* the sentence of a code; `other` and the next five (order .. hint) fill it */
};

/* Titles beside those of the catalogue: of a column that only --json has; and of one that is shown
 * in lines of its own below its row, with its line breaks, when there is something in it. */
enum { VIEW_HIDDEN = MESSAGE_COUNT };
#define VIEW_BELOW(message) ((unsigned int)VIEW_HIDDEN + 1 + (unsigned int)(message))

struct view_column {
    const char *key; /* in JSON; NULL: only for people */
    enum view_kind kind;
    int column;
    int other;
    unsigned int title; /* message, VIEW_HIDDEN or VIEW_BELOW */
};

struct view {
    enum statement statement;
    const char *key;      /* of the JSON array */
    unsigned int heading; /* message above the table, or VIEW_HIDDEN */
    const struct view_column *columns;
    size_t column_count;
};
#define VIEW(statement, key, heading, columns)                                                     \
    {                                                                                              \
        (statement), (key), (heading), (columns), sizeof(columns) / sizeof((columns)[0])           \
    }

/* All rows: a table, or (json not NULL) an array.  *count is the number of rows. */
MUST_USE enum outcome
view_rows(struct cli *cli, struct json *json, const struct view *view, const struct value *values,
          size_t value_count, size_t *count, struct fault *why);
#define view_show(cli, json, view, count, why, ...)                                                \
    view_rows((cli), (json), (view), (const struct value[]){__VA_ARGS__},                          \
              sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), (count), (why))

/* The first row of a statement with one parameter: "title  value" lines, or members of the open
 * JSON object.  NONE: there is no row. */
MUST_USE enum outcome view_one(struct cli *cli, struct json *json, const struct view *view,
                               struct value key, struct fault *why);

/* The same of a statement with several parameters. */
MUST_USE enum outcome
view_one_of(struct cli *cli, struct json *json, const struct view *view, const struct value *values,
            size_t value_count, struct fault *why);

/* Where an order stands, in words. */
const char *view_headline(struct cli *cli, enum headline headline);

/* One value as people read it. */
const char *view_cell(struct cli *cli, const struct rows *rows, const struct view_column *column);

#endif
