/* Each finding of pricing has a fixture tests/findings/CODE.csv that triggers exactly it, from the
 * file to the store: against the master data of desk_world.h and the products below. */
#include "desk_world.h"
#include "said.h"

#include "intake/intake.h"
#include "rules/price.h"

/* Products CUT-1 .. CUT-5 of a length, each with a formula of its own as its price. */
static void
stock_formulas(struct world *world)
{
    world_do(world,
             "CREATE TEMP TABLE cut (sku, formula);"
             "INSERT INTO cut VALUES ('CUT-1', 'length * depth'), ('CUT-2', 'tier(length, 1: 5)'),"
             " ('CUT-3', 'length * 1000000000'), ('CUT-4', 'length - 5'), ('CUT-5', 'gone * 2');"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) SELECT 2, sku, '', '', '', 'C62', 'std', 0, 20 + rowid"
             " FROM cut;"
             "INSERT INTO product_option (version_id, sku, name, value, surcharge_micros,"
             " minimum_micros, maximum_micros, unit, is_required, line)"
             " SELECT 3, sku, 'length', '*', 0, 100000, 6000000, 'm', 'yes', 20 + rowid FROM cut"
             " UNION ALL SELECT 3, sku, 'depth', '*', 0, 100000, 6000000, 'm', 'no', 30 + rowid"
             " FROM cut;"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, formula, line)"
             " SELECT 4, sku, 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, formula,"
             " 20 + rowid FROM cut;");
}

/* A package of a product whose price has ended, and one of more parts than any order may have. */
static void
stock_packages(struct world *world)
{
    world_do(
        world,
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, line) VALUES (2, 'SET', '', '', '', 'C62', 'std', 0, 40),"
        " (2, 'SET-CUT', '', '', '', 'C62', 'std', 0, 42), (2, 'HUGE', '', '', '', 'C62', 'std', "
        "0, 41);"
        "INSERT INTO master_version VALUES (18, 'packages', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('packages', 18);"
        "INSERT INTO package VALUES (18, 'SET', 'TEA-1', 1000000, 'sum', 0, 2),"
        " (18, 'SET', 'OLD', 1000000, '', 0, 3), (18, 'SET-CUT', 'CUT-5', 1000000, 'sum', 0, 4);"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
        "INSERT INTO package SELECT 18, 'HUGE', 'PART-' || i, 1000000, 'sum', 0, i + 5 FROM n;");
}

/* More promotions than are worked give something with one product. */
static void
stock_gifts(struct world *world)
{
    world_do(
        world,
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, line) VALUES (2, 'GIFTS', '', '', '', 'C62', 'std', 0, 60);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES"
        " (4, 'GIFTS', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 60);"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        "INSERT INTO promotion SELECT 20, 'G' || i, '', '', 0, 'compounded', 0, 2147483647, '', '',"
        " '', '', 'no', '', 'line', 'GIFTS', '', 'no', 0, 0, 'list', 'no', 'buy-get', -1, -1, 0, 1,"
        " 1, 1000000, '', 'cheapest', 'all', 'exclusive', 'in-kind', 'owed', 0, 0, 0, 0, i + 10"
        " FROM n;");
}

/* Promotions that need a coupon, but for the last; their coupons have the names of the findings
 * that they are for. */
static void
add_coupons(struct world *world)
{
    world_do(
        world,
        "INSERT INTO master_version VALUES (20, 'promotions', 1, 1, 4, 0), (21, 'coupons', 1, 1, "
        "8, 0);"
        "INSERT INTO master_in_force VALUES ('promotions', 20), ('coupons', 21);"
        "INSERT INTO promotion SELECT 20, code, '', '', 0, 'compounded', 0, 2147483647, '', '', '',"
        " 'EUR', needs, never, 'line', skus, '', 'no', 0, minimum, 'list', 'no', 'amount', -1, -1,"
        " 1000000, 0, 0, 1000000, '', 'cheapest', 'all', 'inclusive', '', 'owed', 0, 0, 0, 0, 2 "
        "FROM"
        " (SELECT 'ONE' AS code, 'yes' AS needs, '' AS never, 'TEA-1' AS skus, 0 AS minimum"
        "  UNION ALL SELECT 'MUCH', 'yes', '', 'TEA-1', 900000000"
        "  UNION ALL SELECT 'ALONE', 'yes', 'ABLE', 'TEA-2', 0"
        "  UNION ALL SELECT 'ABLE', 'no', '', 'TEA-2', 0);"
        "INSERT INTO coupon VALUES (21, 'ONE-A', 'ONE', 0, 2147483647, '', 0, 0, 2),"
        " (21, 'ONE-B', 'ONE', 0, 2147483647, '', 0, 0, 3),"
        " (21, 'OLD', 'ONE', 0, 18000, '', 0, 0, 4),"
        " (21, 'HIS', 'ONE', 0, 2147483647, 'C200', 0, 0, 5),"
        " (21, 'SPENT', 'ONE', 0, 2147483647, '', 1, 0, 6),"
        " (21, 'MUCH-A', 'MUCH', 0, 2147483647, '', 0, 0, 7),"
        " (21, 'ALONE-A', 'ALONE', 0, 2147483647, '', 0, 0, 8);"
        "INSERT INTO promotion_use VALUES (900, 1, 'ONE', 'SPENT', 'C100', 1, 1, 1, 0);"
        "INSERT INTO promotion_total VALUES ('promotion', 'ONE', '', 1, 1),"
        " ('promotion', 'ONE', 'C100', 1, 1), ('coupon', 'SPENT', '', 1, 1),"
        " ('coupon', 'SPENT', 'C100', 1, 1);");
}

/* A product that has prices in francs alone, and a rate to dollars that is too old. */
static void
stock_rates(struct world *world)
{
    world->config.list_currency = "CHF";
    world->config.limits.rate_days_max = 7;
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'ALP', '', '', '', 'C62', 'std', 0, 50);"
             "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES"
             " (4, 'ALP', 'base', '', 'CHF', 'all-units', '', 0, 0, 2147483647, 1000000, 50);"
             "INSERT INTO master_version VALUES (19, 'exchange-rates', 1, 1, 1, 0);"
             "INSERT INTO master_in_force VALUES ('exchange-rates', 19);"
             "INSERT INTO exchange_rate VALUES (19, 'CHF', 'USD', 20000, 1100000, 1, 2),"
             " (19, 'USD', 'CHF', 20777, 900000, 1, 3), (19, 'EUR', 'CHF', 20777, 940000, 1, 4);");
}

static int
set_up(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world_do(
        world,
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, line) VALUES (2, 'OLD', '', '', '', 'C62', 'std', 190000, 4),"
        " (2, 'BULK', '', '', '', 'C62', 'std', 190000, 5),"
        " (2, 'GIFT', '', '', '', 'C62', 'std', 190000, 6),"
        " (2, 'GOLD', '', '', '', 'C62', 'std', 0, 7);"
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, minimum_micros, multiple_micros, line) VALUES"
        " (2, 'PACK', '', '', '', 'C62', 'std', 0, 48000000, 24000000, 8),"
        " (2, 'WINE', '', '', '', 'C62', 'wine', 0, 0, 0, 9),"
        " (2, 'SHOP', '', '', '', 'C62', 'std', 0, 0, 0, 10);"
        "INSERT INTO product_option (version_id, sku, name, value, surcharge_micros,"
        " surcharge_percent_micros, excludes, needs, line) VALUES"
        " (3, 'PACK', 'lid', 'gold', 0, 0, 'box | colour=red', '', 3),"
        " (3, 'PACK', 'colour', 'red', 0, 0, '', '', 4),"
        " (3, 'PACK', 'engraving', 'yes', 0, 0, '', 'colour', 5);"
        "INSERT INTO master_version VALUES (6, 'product-units', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('product-units', 6);"
        "INSERT INTO master_version VALUES (7, 'tax-rates', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('tax-rates', 7);"
        "INSERT INTO tax_rate VALUES (7, 'wine', 'FR', '', 0, 2147483647, 200000, 2);"
        "INSERT INTO master_version VALUES (8, 'price-authority', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('price-authority', 8);"
        "INSERT INTO price_authority VALUES (8, 'sales', 'bert | anna', 'nordlicht', '', 100000,"
        " -1, 'no', 2);"
        "INSERT INTO master_version VALUES (9, 'product-costs', 1, 1, 1, 0);"
        "INSERT INTO master_in_force VALUES ('product-costs', 9);"
        "INSERT INTO product_cost VALUES (9, 'BULK', 'EUR', 500000, 2000000, -1, 0, 2147483647, 2);"
        "INSERT INTO product_unit VALUES (6, 'TEA-1', 'CT', 500000, 2);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, includes_tax, line)"
        " VALUES (4, 'SHOP', 'base', '', 'EUR', 'all-units', '', 0, 0,"
        " 2147483647, 1000000, 'yes', 11);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES"
        " (4, 'WINE', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 12),"
        " (4, 'PACK', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 9),"
        " (4, 'OLD', 'base', '', 'EUR', 'all-units', '', 0, 0, 18000, 1000000, 5),"
        " (4, 'BULK', 'base', '', 'EUR', 'all-units', '', 12000000, 0, 2147483647, 1000000, 6),"
        " (4, 'GIFT', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, -1000000, 7),"
        " (4, 'GOLD', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000000000000, 8);");
    stock_formulas(world);
    stock_packages(world);
    add_coupons(world);
    stock_gifts(world);
    stock_rates(world);
    return 0;
}

static int
tear_down(void **state)
{
    world_verify(*state);
    world_end(*state);
    return 0;
}

static const char *
fixture_read(struct arena *arena, const char *code)
{
    struct fault why = {0};
    char *bytes = NULL;
    size_t size = 0;
    must(file_read(AT_FDCWD, arena_format(arena, "tests/findings/%s.csv", code), 100000, arena,
                   &bytes, &size, &why));
    return bytes;
}

static const char *
latest(struct world *world, struct arena *arena, const char *column)
{
    return arena_copy(arena,
                      world_text(world, arena_format(arena,
                                                     "SELECT %s FROM finding WHERE interchange_id ="
                                                     " (SELECT max(id) FROM interchange)",
                                                     column)));
}

/* The one finding of the file that came last, as it was stored. */
static bool
is_told_well(struct world *world, struct arena *arena, enum message code)
{
    OWNED(buf) said;
    struct findings findings;
    const struct finding finding = {.code = code,
                                    .order_number = latest(world, arena, "order_number"),
                                    .order_line = latest(world, arena, "order_line"),
                                    .field = latest(world, arena, "field"),
                                    .value = latest(world, arena, "value"),
                                    .expected = latest(world, arena, "expected"),
                                    .hint = latest(world, arena, "hint")};
    const struct finding_report report = {.name = "fixture",
                                          .document = DOCUMENT_ORDER,
                                          .documents = 1,
                                          .documents_good = finding_severity(code) < SEVERITY_ERROR,
                                          .findings = &findings};
    findings_init(&findings);
    buf_init(&said, SAID_BYTES_MAX);
    findings_add(&findings, &finding);
    said_write(&report, &said);
    findings_close(&findings);
    return !said_has_gap(&finding) && said_agrees(message_entry(code)->id, &said);
}

/* Option twice on a line is told by reading already, as FLD-OPTION-REPEATED. */
static const enum message codes[] = {
    M_PRICE_CUSTOMER_UNKNOWN,
    M_PRICE_SKU_UNKNOWN,
    M_PRICE_UNIT_WRONG,
    M_PRICE_OPTION_UNKNOWN,
    M_PRICE_OPTION_VALUE,
    M_PRICE_NONE,
    M_PRICE_DATE,
    M_PRICE_QUANTITY,
    M_PRICE_UNIT_CONVERSION,
    M_PRICE_QUANTITY_STEP,
    M_PRICE_OPTION_EXCLUDED,
    M_PRICE_OPTION_NEEDED,
    M_PRICE_OPTION_NUMBER,
    M_PRICE_OPTION_REQUIRED,
    M_PRICE_FORMULA_OPTION,
    M_PRICE_FORMULA_BREAKS,
    M_PRICE_FORMULA_TOO_LARGE,
    M_PRICE_FORMULA_NEGATIVE,
    M_PRICE_FORMULA_BROKEN,
    M_PRICE_PACKAGE_PART,
    M_PRICE_PACKAGE_FORMULA,
    M_PRICE_PACKAGE_PARTS,
    M_PRICE_RATE_NONE,
    M_PRICE_RATE_OLD,
    M_PRICE_TAX_UNKNOWN,
    M_PRICE_TAX_BASIS,
    M_PRICE_BELOW_ZERO,
    M_PRICE_LINE_TOO_LARGE,
    M_PRICE_TOTAL_TOO_LARGE,
    M_PRICE_MANUAL,
    M_PRICE_MANUAL_WAITS,
    M_PRICE_MANUAL_REFUSED,
    M_PRICE_DISCOUNT,
    M_PRICE_DISCOUNT_WAITS,
    M_PRICE_DISCOUNT_REFUSED,
    M_PRICE_FLOOR,
    M_PRICE_FREIGHT,
    M_PRICE_COUPON_UNKNOWN,
    M_PRICE_COUPON_DATE,
    M_PRICE_COUPON_CUSTOMER,
    M_PRICE_COUPON_EXHAUSTED,
    M_PRICE_COUPON_TWICE,
    M_PRICE_COUPON_MINIMUM,
    M_PRICE_COUPON_NOT_WITH,
    M_PRICE_COUPON_UNUSED,
    M_PRICE_PROMOTIONS_MANY,
    M_PRICE_DIFFERS,
    M_PRICE_DIFFERS_WAITS,
    M_PRICE_DIFFERS_REFUSED,
};

static void
each_fixture_triggers_exactly_its_finding(void **state)
{
    struct world *world = *state;
    OWNED(arena) arena;
    size_t wrong = 0;
    arena_init(&arena, 1024 * 1024);
    for (size_t index = 0; index < sizeof codes / sizeof codes[0]; index++) {
        struct fault why = {0};
        const char *code = message_entry(codes[index])->id;
        world->partners[1].price_policy.beyond =
            codes[index] == M_PRICE_DIFFERS_WAITS     ? DIFFERENCE_HOLDS
            : codes[index] == M_PRICE_DIFFERS_REFUSED ? DIFFERENCE_REFUSES
                                                      : DIFFERENCE_WARNS;
        world->partners[1].price_policy.freight =
            codes[index] == M_PRICE_FREIGHT ? FREIGHT_REFUSED : FREIGHT_STATED;
        world->config.below_floor =
            codes[index] == M_PRICE_FLOOR ? DIFFERENCE_REFUSES : DIFFERENCE_WARNS;
        world_land(world, "nordlicht", arena_format(&arena, "%s.csv", code),
                   fixture_read(&arena, code));
        must(intake_work(&world->run, &why));
        must(desk_work(&world->run, &why));
        assert_string_equal(world_text(world,
                                       "SELECT coalesce(group_concat(code), 'none') FROM finding"
                                       " WHERE interchange_id = (SELECT max(id) FROM interchange)"),
                            code);
        assert_string_equal(
            world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
            finding_severity(codes[index]) == SEVERITY_ERROR ? "refused" : "taken");
        if (price_is_held_by(codes[index])) { /* so that the number is free for the next */
            must(world_decide(world, "A-1", false, "user:anna", "", &why));
        }
        wrong += !is_told_well(world, &arena, codes[index]);
    }
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_fixture_triggers_exactly_its_finding, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
