#include "order/invoice.h"

const char *const invoice_kind_names[INVOICE_KIND_COUNT] = {
    [INVOICE_INVOICE] = "invoice",
    [INVOICE_CREDIT_NOTE] = "credit-note",
    [INVOICE_CHARGE] = "charge",
};
