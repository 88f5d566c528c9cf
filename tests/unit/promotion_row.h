/* promotion_row.h -- the plainest row of a table of promotions: without a condition, for ever. */
#ifndef PURSER_TESTS_PROMOTION_ROW_H
#define PURSER_TESTS_PROMOTION_ROW_H

#include "base/decimal.h"
#include "rules/promotion.h"

static inline struct promotion
promotion_row(const char *code, const char *name, enum promotion_action action)
{
    return (struct promotion){.code = code,
                              .name = name,
                              .name_zh = name,
                              .mode = MODE_COMPOUNDED,
                              .valid_to = INT32_MAX,
                              .customers = "",
                              .groups = "",
                              .channels = "",
                              .currency = "",
                              .never_with = "",
                              .skus = "",
                              .categories = "",
                              .action = action,
                              .get_micros = MICROS,
                              .get_skus = ""};
}

#endif
