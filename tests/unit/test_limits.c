/* One canonical order: what a field may hold does not depend on the format it came in. */
#include "base/fault.h"
#include "base/text.h"
#include "intake/table_schema.h"
#include "intake/xml_scope.h"
#include "order/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct column *
column_named(const struct table *table, const char *name)
{
    for (size_t index = 0; index < table->column_count; index++) {
        if (strcmp(table->columns[index].name, name) == 0) {
            return &table->columns[index];
        }
    }
    fail_msg("no column %s", name);
    return NULL;
}

static size_t
element_length_max(enum xml_scope scope, const char *name)
{
    for (size_t index = 0; index < xml_scopes[scope].count; index++) {
        if (strcmp(xml_scopes[scope].elements[index].name, name) == 0) {
            return xml_scopes[scope].elements[index].length_max;
        }
    }
    fail_msg("no element %s", name);
    return 0;
}

static void
csv_and_xml_have_the_same_limits(void **state)
{
    static const struct {
        enum document_kind kind;
        const char *column;
        enum xml_scope scope;
        const char *element;
    } pairs[] = {
        {DOCUMENT_ORDER, "order_number", SCOPE_ORDER, "number"},
        {DOCUMENT_ORDER, "delivery_note", SCOPE_ORDER, "note"},
        {DOCUMENT_ORDER, "sold_to_code", SCOPE_PARTY, "code"},
        {DOCUMENT_ORDER, "ship_to_name", SCOPE_PARTY, "name"},
        {DOCUMENT_ORDER, "ship_to_contact", SCOPE_PARTY, "contact"},
        {DOCUMENT_ORDER, "ship_to_phone", SCOPE_PARTY, "phone"},
        {DOCUMENT_ORDER, "bill_to_region", SCOPE_ADDRESS, "region"},
        {DOCUMENT_ORDER, "bill_to_city", SCOPE_ADDRESS, "city"},
        {DOCUMENT_ORDER, "bill_to_district", SCOPE_ADDRESS, "district"},
        {DOCUMENT_ORDER, "bill_to_postal_code", SCOPE_ADDRESS, "postalCode"},
        {DOCUMENT_ORDER, "bill_to_street", SCOPE_ADDRESS, "street"},
        {DOCUMENT_ORDER, "bill_to_street2", SCOPE_ADDRESS, "street2"},
        {DOCUMENT_ORDER, "line_number", SCOPE_LINE, "number"},
        {DOCUMENT_ORDER, "sku", SCOPE_LINE, "sku"},
        {DOCUMENT_ORDER, "description", SCOPE_LINE, "description"},
        {DOCUMENT_ORDER, "line_gift_note", SCOPE_LINE, "note"},
        {DOCUMENT_SHIPMENT, "shipment_number", SCOPE_SHIPMENT, "number"},
        {DOCUMENT_SHIPMENT, "partner", SCOPE_SHIPMENT, "partner"},
        {DOCUMENT_SHIPMENT, "order_number", SCOPE_SHIPMENT, "orderNumber"},
        {DOCUMENT_SHIPMENT, "carrier", SCOPE_SHIPMENT, "carrier"},
        {DOCUMENT_SHIPMENT, "tracking", SCOPE_SHIPMENT, "trackingNumber"},
        {DOCUMENT_SHIPMENT, "order_line", SCOPE_SHIPMENT_LINE, "orderLine"},
        {DOCUMENT_SHIPMENT, "sku", SCOPE_SHIPMENT_LINE, "sku"},
        {DOCUMENT_DECISION, "partner", SCOPE_DECISION, "partner"},
        {DOCUMENT_DECISION, "order_number", SCOPE_DECISION, "orderNumber"},
        {DOCUMENT_DECISION, "reason", SCOPE_DECISION, "reason"},
    };
    OWNED(arena) arena;
    size_t wrong = 0;
    (void)state;
    arena_init(&arena, ORDER_BYTES_MAX);
    for (size_t index = 0; index < sizeof pairs / sizeof pairs[0]; index++) {
        const struct table *table = table_schema_load(pairs[index].kind, &arena);
        const size_t csv = column_named(table, pairs[index].column)->length_max;
        const size_t xml = element_length_max(pairs[index].scope, pairs[index].element);
        if (csv != xml || csv == 0) {
            print_message("%s: %zu in CSV, %zu in XML\n", pairs[index].column, csv, xml);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* What one file names, another must be able to name as well. */
static void
codes_have_one_limit_in_every_file(void **state)
{
    static const char *const others[] = {"partner",     "approver",   "plant",   "warehouse",
                                         "line_number", "order_line", "tracking"};
    OWNED(arena) arena;
    size_t codes = 0;
    size_t wrong = 0;
    (void)state;
    arena_init(&arena, ORDER_BYTES_MAX);
    for (int kind = DOCUMENT_NONE + 1; kind < DOCUMENT_KIND_COUNT; kind++) {
        if (kind == DOCUMENT_LOOKUP) {
            continue; /* its columns are the partner's */
        }
        const struct table *table = table_schema_load((enum document_kind)kind, &arena);
        for (size_t index = 0; index < table->column_count; index++) {
            const struct column *column = &table->columns[index];
            if (column->kind != COLUMN_CODE ||
                text_among(column->name, others, sizeof others / sizeof others[0])) {
                continue;
            }
            codes++;
            if (column->length_max != CODE_CHARACTERS_MAX) {
                print_message("%s of %s: %zu\n", column->name, document_kind_names[kind],
                              column->length_max);
                wrong++;
            }
        }
    }
    assert_true(codes > 20);
    assert_int_equal(wrong, 0);
    const struct table *options = table_schema_load(DOCUMENT_PRODUCT_OPTIONS, &arena);
    assert_int_equal(column_named(options, "option")->length_max, CODE_CHARACTERS_MAX);
    assert_int_equal(column_named(options, "value")->length_max, OPTION_VALUE_CHARACTERS_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_and_xml_have_the_same_limits),
        cmocka_unit_test(codes_have_one_limit_in_every_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
