/* document_kind.h -- the kinds of business documents that come in. */
#ifndef PURSER_DOCUMENT_KIND_H
#define PURSER_DOCUMENT_KIND_H

enum document_kind {
    DOCUMENT_NONE, /* not recognised */
    DOCUMENT_ORDER,
    DOCUMENT_SHIPMENT,
    DOCUMENT_DECISION,
    DOCUMENT_CUSTOMERS,
    DOCUMENT_PRODUCTS,
    DOCUMENT_PRODUCT_OPTIONS,
    DOCUMENT_PRODUCT_UNITS,
    DOCUMENT_PRICES,
    DOCUMENT_PACKAGES,
    DOCUMENT_EXCHANGE_RATES,
    DOCUMENT_TAX_RATES,
    DOCUMENT_PROMOTIONS,
    DOCUMENT_COUPONS,
    DOCUMENT_STOCK,
    DOCUMENT_PRODUCT_COSTS,
    DOCUMENT_PRICE_AUTHORITY,
    DOCUMENT_APPROVAL_LIMITS,
    DOCUMENT_KIND_COUNT
};
extern const char
    *const document_kind_names[DOCUMENT_KIND_COUNT]; /* "", "order", ..., "approval-limits" */

#endif
