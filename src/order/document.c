#include "order/document.h"

const char *const document_kind_names[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_NONE] = "",
    [DOCUMENT_ORDER] = "order",
    [DOCUMENT_SHIPMENT] = "shipment",
    [DOCUMENT_DECISION] = "decision",
    [DOCUMENT_CUSTOMERS] = "customers",
    [DOCUMENT_PRODUCTS] = "products",
    [DOCUMENT_PRODUCT_OPTIONS] = "product-options",
    [DOCUMENT_PRODUCT_UNITS] = "product-units",
    [DOCUMENT_PRICES] = "prices",
    [DOCUMENT_PACKAGES] = "packages",
    [DOCUMENT_EXCHANGE_RATES] = "exchange-rates",
    [DOCUMENT_TAX_RATES] = "tax-rates",
    [DOCUMENT_PROMOTIONS] = "promotions",
    [DOCUMENT_COUPONS] = "coupons",
    [DOCUMENT_STOCK] = "stock",
    [DOCUMENT_PRODUCT_COSTS] = "product-costs",
    [DOCUMENT_PRICE_AUTHORITY] = "price-authority",
    [DOCUMENT_PRICE_CASES] = "price-cases",
    [DOCUMENT_APPROVAL_LIMITS] = "approval-limits",
};
