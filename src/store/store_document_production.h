/* store_document_production.h -- what the writer of production requests reads, as scans of
 * store_document.h. */
#ifndef PURSER_STORE_DOCUMENT_PRODUCTION_H
#define PURSER_STORE_DOCUMENT_PRODUCTION_H

#include "store/store_document.h"

/* SQL_document_productions */
struct document_production {
    int64_t number;
    bool is_cancelled;
    const char *partner; /* whose order */
    const char *order_number;
    int64_t version;
    const char *line; /* number of the order line */
    int64_t ordinal;  /* of it */
    const char *sku;
    const char *name[LANGUAGE_COUNT]; /* of the product, "" when it is not known */
    const char *description;          /* as it was ordered */
    int64_t quantity_micros;
    const char *unit;
    const char *options; /* JSON, see writers/pairs.h */
    int32_t start_day;
    int32_t finish_day;
    int32_t wanted_day; /* the last that the goods should arrive on; DAY_NONE */
    const char *warehouse;
};
void
document_production_get(const struct document_scan *scan, struct document_production *production);

/* SQL_document_production_materials: what all of it takes. */
struct document_material {
    const char *sku;
    const char *name[LANGUAGE_COUNT];
    int64_t unit_micros; /* what one unit of the product takes */
    const char *unit;
};
void document_material_get(const struct document_scan *scan, struct document_material *material);

/* SQL_document_production_notes: struct document_note; those that a plant must see. */

#endif
