/* The elements of what warehouses and plants say, in the order of the schemas. */
#include "intake/xml_set.h"

const struct xml_element xml_release_statuses_elements[1] = {
    {"status", INSIDE(SCOPE_RELEASE_STATUS, enter_same), REQUIRED},
};

const struct xml_element xml_release_status_elements[RELEASE_STATUS_ELEMENTS] = {
    {"partner", VALUE(set_code, release_status, partner), ONCE, REQUIRED, .length_max = 32,
     .expected = "a-z 0-9 -, 1 ... 32"},
    {"orderNumber", VALUE(set_code, release_status, order_number), ONCE, REQUIRED,
     .length_max = CODE_CHARACTERS_MAX, .expected = CODE_EXPECTED},
    {"release", VALUE(set_whole, release_status, release), ONCE, .expected = "1, 2, 3 ..."},
    {"status", VALUE(set_choice, release_status, status), ONCE, REQUIRED,
     .expected = "received, picking, packed, short, refused"},
    {"at", VALUE(set_moment, release_status, at_ms), ONCE, REQUIRED, .column = "at",
     .expected = MOMENT_EXPECTED},
    {"shipOn", VALUE(set_date, release_status, ship_on), ONCE, .expected = DAY_EXPECTED},
    {"lineNumber", VALUE(set_code, release_status, order_line), ONCE, .length_max = 20,
     .expected = "1 ... 20"},
    {"quantity", VALUE(set_amount, release_status, quantity_micros), ONCE,
     .expected = "0 ... 1000000000"},
    {"reason", VALUE(set_text, release_status, reason), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
};

const struct xml_element xml_production_statuses_elements[1] = {
    {"status", INSIDE(SCOPE_PRODUCTION_STATUS, enter_same), REQUIRED},
};

const struct xml_element xml_production_status_elements[PRODUCTION_STATUS_ELEMENTS] = {
    {"number", VALUE(set_whole, production_status, number), ONCE, REQUIRED,
     .expected = "1, 2, 3 ..."},
    {"status", VALUE(set_choice, production_status, status), ONCE, REQUIRED,
     .expected = "accepted, started, late, done, refused, stopped"},
    {"at", VALUE(set_moment, production_status, at_ms), ONCE, REQUIRED, .column = "at",
     .expected = MOMENT_EXPECTED},
    {"quantityDone", VALUE(set_amount, production_status, done_micros), ONCE,
     .expected = "0 ... 1000000000"},
    {"expectedOn", VALUE(set_date, production_status, expected_on), ONCE, .expected = DAY_EXPECTED},
    {"cause", VALUE(set_choice, production_status, cause), ONCE,
     .expected = "material, equipment, staff, quality, other"},
    {"cost", VALUE(set_amount, production_status, cost_micros), ONCE,
     .expected = "0 ... 1000000000"},
    {"currency", VALUE(set_currency, production_status, currency), ONCE,
     .expected = "ISO 4217: EUR, USD, CNY"},
    {"reason", VALUE(set_text, production_status, reason), ONCE, .length_max = 500,
     .expected = "1 ... 500"},
};
