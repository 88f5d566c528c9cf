/* reading.h -- one file, from bytes to documents and findings, without store, network or clock.
 *
 * Both the intake station and `purser check` read through this.  The file comes as an open descriptor of a regular file;
 * it is never opened by name, nothing it says makes us open another file or a connection, and memory grows with its
 * largest document, not with its size.
 *
 * Life:      reading_open judges the file as a whole (name, size, emptiness, compression, NUL bytes, encoding, format,
 *            document kind); reading_next yields one document at a time; reading_close always.
 * Ownership: a document lies in the reading's arena and lives until the next call.
 * Failure:   a fault is ours (disk); whatever is wrong with the file is a finding, and reading goes on as far as it can:
 *            all mistakes of a file are reported at once.  After a fatal finding reading_next says NONE, and nothing of
 *            the file may be taken (documents that were yielded before it included).
 */
#ifndef PURSER_READING_H
#define PURSER_READING_H

#include "base/fault.h"
#include "config/config.h"
#include "order/finding.h"
#include "order/order.h"

enum document_kind {
    DOCUMENT_NONE, /* not recognised */
    DOCUMENT_ORDER,
    DOCUMENT_SHIPMENT,
    DOCUMENT_DECISION,
    DOCUMENT_CUSTOMERS,
    DOCUMENT_PRODUCTS,
    DOCUMENT_PRODUCT_OPTIONS,
    DOCUMENT_PRICES,
    DOCUMENT_APPROVAL_LIMITS,
    DOCUMENT_KIND_COUNT
};
extern const char *const document_kind_names[DOCUMENT_KIND_COUNT]; /* "", "order", ..., "approval-limits" */

struct shipment_line {
    const char *order_line;
    const char *sku;
    int64_t quantity_micros;
    int64_t line; /* in the file */
};

struct shipment {
    const char *number; /* the warehouse's own */
    const char *partner; /* whose order */
    const char *order_number;
    int64_t shipped_ms;
    const char *carrier;
    const char *tracking;
    struct shipment_line *lines;
    size_t line_count;
    size_t line_capacity;
    struct place place;
};

struct decision {
    const char *partner;
    const char *order_number;
    int64_t version;
    bool approves;
    const char *reason;
    int64_t line;
};

/* One row of master data; the members in use follow from the kind.  Amounts and texts as in the store's tables. */
struct master_row {
    const char *code;    /* customer code; holder of a price */
    const char *name;
    const char *name_zh; /* products */
    const char *partner; /* customers; approver of limits */
    const char *group;
    const char *country;
    const char *currency;
    const char *email;
    const char *sku;
    const char *category;
    const char *unit;
    const char *tax_class;
    int64_t tax_rate_micros;
    const char *option_name;
    const char *option_value;
    int64_t surcharge_micros;
    const char *scope; /* "customer", "group", "base" */
    int64_t quantity_from_micros;
    int32_t valid_from;
    int32_t valid_to; /* INT32_MAX: open */
    int64_t price_micros;
    const char *order_type;
    int64_t above_minor;
    int64_t step;
    int64_t line;
};

struct document {
    enum document_kind kind;
    bool is_good; /* no finding of severity error about it; a bad one is yielded too, for the counts */
    union {
        struct order order;
        struct shipment shipment;
        struct decision decision;
        struct master_row row;
    };
};

/* What the sender is known for; from its configuration, or defaults for `purser check`. */
struct sender {
    unsigned int roles;           /* which documents it may send; 0: any (for check) */
    const char *encoding;         /* see struct partner */
    const char *default_currency;
    const char *default_country;
    const char *customer;
    int32_t today;                /* for dates that lie in the past; DAY_NONE: not judged */
    int64_t file_bytes_max;
};

struct reading;

/* `name` is the file's name as its sender gave it (name_size bytes, any).  DONE also when the file is hopeless: then
 * findings has the reason and reading_next says NONE. */
MUST_USE enum outcome reading_open(struct reading **reading, int descriptor, const char *name,
                                   size_t name_size, const struct sender *sender,
                                   struct findings *findings, struct fault *why);
MUST_USE enum outcome reading_next(struct reading *reading, struct document **document,
                                   struct fault *why);
void reading_close(struct reading *reading); /* NULL is fine */

enum file_format reading_format(const struct reading *reading);      /* FORMAT_COUNT: not recognised */
enum document_kind reading_document_kind(const struct reading *reading);

#endif
