/* store_document_stop.h -- what the writer of stop notices reads, as scans of store_document.h. */
#ifndef PURSER_STORE_DOCUMENT_STOP_H
#define PURSER_STORE_DOCUMENT_STOP_H

#include "store/store_document.h"

/* SQL_document_stops */
struct document_stop {
    int64_t number;
    int64_t reminder; /* 0: the notice itself */
    const char *action;
    const char *partner; /* whose order */
    const char *order_number;
    int64_t version;
    int64_t release;      /* of the order; 0, and so the next: it is about none */
    int64_t production;   /* number of the plant's request */
    const char *shipment; /* the warehouse's own number; "" */
    const char *reason;   /* of the cancellation; "" */
    const char *address;  /* JSON, see writers/pairs.h; "{}" */
    int64_t answer_by_ms; /* AMOUNT_NONE: not said */
};
void document_stop_get(const struct document_scan *scan, struct document_stop *stop);

/* SQL_document_stop_lines */
struct document_stop_line {
    const char *number;
    const char *sku;
    int64_t quantity_micros;
    const char *unit;
};
void document_stop_line_get(const struct document_scan *scan, struct document_stop_line *line);

#endif
