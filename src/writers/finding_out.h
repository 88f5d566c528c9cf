/* finding_out.h -- one finding as a piece of an XML or CSV document: the same fields everywhere. */
#ifndef PURSER_FINDING_OUT_H
#define PURSER_FINDING_OUT_H

#include "order/finding.h"
#include "writers/csv_out.h"
#include "writers/xml_out.h"

/* What it is about: "file", "order", "line" or "field". */
const char *finding_out_scope(const struct finding *finding);

/* An element <finding>; texts in `language`, built in `arena`. */
void finding_out_xml(struct xml_out *xml, const struct finding *finding, enum language language,
                     struct arena *arena);

/* The fields of these columns, in this order. */
#define FINDING_OUT_COLUMNS                                                                        \
    "severity", "code", "scope", "file_line", "file_column", "field", "value", "rule", "expected", \
        "hint", "suggestion", "action"
enum { FINDING_OUT_COLUMN_COUNT = 12 };
void finding_out_csv(struct csv_out *csv, const struct finding *finding, enum language language,
                     struct arena *arena);

#endif
