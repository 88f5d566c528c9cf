/* Each mistake in the formula of a price has a fixture tests/findings/FORMULA-*.csv, a price list
 * that triggers exactly it, from the file to the store: against the products of desk_world.h and
 * PANE below. */
#include "desk_world.h"

#include "intake/intake.h"
#include "rules/price_formula.h"

static int
set_up(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'PANE', '', '', '', 'C62', 'std', 190000, 4);"
             "INSERT INTO product_option (version_id, sku, name, value, surcharge_micros,"
             " minimum_micros, maximum_micros, unit, is_required, line) VALUES"
             " (3, 'PANE', 'length', '*', 0, 100000, 6000000, 'm', 'yes', 3),"
             " (3, 'PANE', 'width', '*', 0, 100000, 3000000, 'm', 'yes', 4),"
             " (3, 'PANE', 'play', '*', 0, 0, 1000000, 'mm', 'yes', 5),"
             " (3, 'PANE', 'depth', '*', 0, 100000, 1000000, 'm', 'no', 6),"
             " (3, 'PANE', 'depth_mm', '*', 0, 1000000, 1000000000, 'mm', 'yes', 7),"
             " (3, 'PANE', 'finish', 'matt', 0, NULL, NULL, '', 'yes', 8),"
             " (3, 'PANE', 'finish', 'gloss', 0, NULL, NULL, '', 'no', 9);");
    return 0;
}

static int
tear_down(void **state)
{
    world_verify(*state);
    world_end(*state);
    return 0;
}

/* What the last file was told, remarks left out: "CODE field value expected hint; ...". */
static const char *
told(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(code || '|' || line || '|' || field || '|' ||"
                      " value || '|' || expected || '|' || hint, '; '), 'none') FROM finding"
                      " WHERE interchange_id = (SELECT max(id) FROM interchange)"
                      " AND severity <> 'info'");
}

static void
deliver(struct world *world, const char *name, const char *bytes)
{
    struct fault why = {0};
    world_land(world, "ledger", name, bytes);
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
}

static void
each_fixture_triggers_exactly_its_finding(void **state)
{
    struct world *world = *state;
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    for (int code = FORMULA_TOO_LONG; code < FORMULA_OVERFLOW; code++) {
        struct fault why = {0};
        char *bytes = NULL;
        size_t size = 0;
        const char *id = message_entry(price_formula_message((enum formula_code)code))->id;
        must(file_read(AT_FDCWD, arena_format(&arena, "tests/findings/%s.csv", id), 100000, &arena,
                       &bytes, &size, &why));
        deliver(world, arena_format(&arena, "%s.csv", id), bytes);
        assert_string_equal(world_text(world,
                                       "SELECT coalesce(group_concat(code), 'none') FROM finding"
                                       " WHERE interchange_id = (SELECT max(id) FROM interchange)"
                                       " AND severity <> 'info'"),
                            id);
        assert_string_equal(
            world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
            formula_is_warning((enum formula_code)code) ? "taken" : "refused");
    }
}

/* The severity in the catalogue is that of the check, and the id says the same word. */
static void
every_mistake_of_the_check_has_its_message(void **state)
{
    (void)state;
    for (int code = FORMULA_TOO_LONG; code < FORMULA_OVERFLOW; code++) {
        const enum message message = price_formula_message((enum formula_code)code);
        char id[80] = "FORMULA-";
        size_t length = strlen(id);
        for (const char *at = formula_code_names[code]; *at != '\0'; at++) {
            id[length++] = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
        }
        assert_string_equal(message_entry(message)->id, id);
        assert_int_equal(finding_severity(message), formula_is_warning((enum formula_code)code)
                                                        ? SEVERITY_WARNING
                                                        : SEVERITY_ERROR);
    }
}

#define HEAD "sku,scope,holder,currency,quantity_from,valid_from,price,formula\n"
#define NAMES                                                                                      \
    "quantity, customer, group, country, channel, order_year, order_month, order_day, depth, "     \
    "depth_mm, finish, length, play, width"
#define REST "TEA-1,base,,EUR,0,2026-01-01,10.00,\nTEA-2,base,,EUR,0,2026-01-01,20.00,\n"

static void
all_mistakes_are_told_with_line_column_and_what_is_nearest(void **state)
{
    struct world *world = *state;
    deliver(world, "prices.csv",
            HEAD REST "PANE,base,,EUR,0,2026-01-01,,lenght * widht + base\n"
                      "PANE,base,,EUR,10,2026-01-01,9.00,base * length + rond(width)\n"
                      "NONE,base,,EUR,0,2026-01-01,,a formula of an unknown product\n");
    assert_string_equal(told(world), "MASTER-SKU-UNKNOWN|6|sku|NONE||; "
                                     "FORMULA-UNKNOWN-NAME|4|formula:1|lenght|" NAMES "|length; "
                                     "FORMULA-UNKNOWN-NAME|4|formula:10|widht|" NAMES "|width; "
                                     "FORMULA-UNKNOWN-NAME|4|formula:18|base|" NAMES "|; "
                                     "FORMULA-UNKNOWN-FUNCTION|5|formula:17|rond||round");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM price WHERE version_id = (SELECT version_id FROM"
                            " master_in_force WHERE master = 'prices') AND formula <> ''"),
        0);
}

/* What a formula refers to may go later: that is told, and orders of the product are refused. */
static void
a_formula_that_loses_its_option_is_told(void **state)
{
    struct world *world = *state;
    deliver(world, "prices.csv", HEAD REST "PANE,base,,EUR,0,2026-01-01,,length * width * 12.00\n");
    assert_string_equal(told(world), "none");
    deliver(world, "options.csv",
            "sku,option,value,surcharge,minimum,maximum,unit,required\n"
            "TEA-1,colour,red,0,,,,\n"
            "PANE,length,*,0,0.1,6,m,yes\nPANE,breadth,*,0,0.1,3,m,yes\n");
    assert_string_equal(told(world), "MASTER-FORMULA-BREAKS|0||PANE|width|FORMULA-UNKNOWN-NAME");
    assert_string_equal(world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
                        "taken");
    deliver(world, "options-2.csv",
            "sku,option,value,surcharge,minimum,maximum,unit,required\n"
            "TEA-1,colour,red,0,,,,\nPANE,length,2.00,0,,,,\n"
            "PANE,length,*,0,0.1,6,m,yes\nPANE,width,*,0,0.1,3,m,yes\n");
    assert_string_equal(told(world), "MASTER-OPTION-MIXED|3|value|PANE length||");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_fixture_triggers_exactly_its_finding, set_up,
                                        tear_down),
        cmocka_unit_test(every_mistake_of_the_check_has_its_message),
        cmocka_unit_test_setup_teardown(all_mistakes_are_told_with_line_column_and_what_is_nearest,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_formula_that_loses_its_option_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
