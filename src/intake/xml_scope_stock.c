/* What may stand where in a stock report. */
#include "intake/xml_set.h"

#include "base/text.h"

static void
set_word(const struct xml_value *value, const char *const *words, int count)
{
    const int said = name_index(field_clean(&value->field), words, count);
    if (said < 0) {
        field_complain(&value->field, M_FLD_CHOICE, value->element->expected, NULL);
    } else {
        *(const char **)member(value) = words[said];
    }
}

static void
set_extent(const struct xml_value *value)
{
    set_word(value, stock_extent_names, STOCK_EXTENT_COUNT);
}

static void
set_kind(const struct xml_value *value)
{
    set_word(value, stock_change_names, STOCK_CHANGE_COUNT);
}

static void
set_stock_quantity(const struct xml_value *value)
{
    struct stock_report *row = value->target;
    const int64_t most = DECIMAL_MICROS_MAX;
    (void)field_number(&value->field, MICROS_PLACES, -most, most, &row->quantity_micros);
    if (value->attribute != NULL && value->attribute[0] != '\0') {
        struct field unit = value->field;
        unit.name = value->attribute_name;
        unit.text = value->attribute;
        unit.is_plain = false;
        (void)field_unit(&unit, &row->unit);
    }
}

const struct xml_element xml_stock_report_elements[1] = {
    {"item", INSIDE(SCOPE_STOCK_ITEM, enter_same), REQUIRED},
};

const struct xml_element xml_stock_item_elements[STOCK_ITEM_ELEMENTS] = {
    {"extent", VALUE(set_extent, stock_report, extent), ONCE, REQUIRED, .column = "extent",
     .expected = "full, change, planned"},
    {"sku", VALUE(set_code, stock_report, sku), ONCE, REQUIRED, .length_max = CODE_CHARACTERS_MAX,
     .expected = CODE_EXPECTED},
    {"quantity", VALUE(set_stock_quantity, stock_report, quantity_micros), ONCE, REQUIRED,
     .attribute = "unit", .attribute_expected = "UN/ECE 20: C62, KGM", .column = "quantity",
     .expected = "-1000000000 ... 1000000000"},
    {"asOf", VALUE(set_moment, stock_report, as_of_ms), ONCE, .column = "as_of",
     .expected = MOMENT_EXPECTED},
    {"kind", VALUE(set_kind, stock_report, kind), ONCE, .column = "kind",
     .expected = "receipt, return, scrap, correction, transfer"},
    {"number", VALUE(set_code, stock_report, number), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .column = "number", .expected = CODE_EXPECTED},
    {"reference", VALUE(set_code, stock_report, reference), ONCE, .length_max = CODE_CHARACTERS_MAX,
     .column = "reference", .expected = CODE_EXPECTED},
    {"expectedOn", VALUE(set_date, stock_report, expected_on), ONCE, .column = "expected_on",
     .expected = DAY_EXPECTED},
    {"reason", VALUE(set_text, stock_report, reason), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
};
