/* store_document_return.h -- what the writer of return authorisations reads, as scans of
 * store_document.h. */
#ifndef PURSER_STORE_DOCUMENT_RETURN_H
#define PURSER_STORE_DOCUMENT_RETURN_H

#include "store/store_document.h"

/* SQL_document_returns: as it was decided; what came since is no matter of theirs. */
struct document_return {
    int64_t telling;     /* enum return_telling of desk/returning.h */
    const char *partner; /* whose order */
    const char *order_number;
    int64_t version;
    const char *request;
    const char *number; /* ""; it is refused */
    int64_t decided_ms;
    int32_t expires; /* DAY_NONE */
    const char *warehouse;
    const char *freight;
    const char *reason; /* that a person gave; "" */
};
void document_return_get(const struct document_scan *scan, struct document_return *told);

/* SQL_document_return_lines */
struct document_return_line {
    const char *number; /* of the order line */
    const char *sku;
    int64_t quantity_micros;
    const char *unit;
    const char *reason;
    const char *wish;
    const char *exchange_sku;
    const char *serials;
    const char *verdict;
    const char *clause;
    const char *why;
    const char *text[LANGUAGE_COUNT];
    const char *package; /* of a part of one: its SKU; "" */
};
void document_return_line_get(const struct document_scan *scan, struct document_return_line *line);

#endif
