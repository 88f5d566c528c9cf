/* Each finding of the desk about master data has a fixture tests/findings/MASTER-….csv, which comes
 * in as a file of finance and triggers exactly it. */
#include "desk_world.h"

#include "intake/intake.h"

#include <glob.h>

static char *
text_of(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 65536);
    assert_non_null(file);
    assert_non_null(text);
    assert_true(fread(text, 1, 65535, file) > 0);
    fclose(file);
    return text;
}

/* The findings of all files of finance, but for what changed. */
static const char *
codes(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code, ','), '') FROM (SELECT DISTINCT"
                             " f.code AS code FROM finding f JOIN interchange i"
                             " ON i.id = f.interchange_id WHERE i.id > 1 AND"
                             " f.code NOT IN ('MASTER-CHANGED', 'FILE-WHOLE') ORDER BY 1)");
}

static bool
fixture_is_exact(const char *path)
{
    struct fault why = {0};
    char code[80] = "";
    struct world *world = world_make();
    char *text = text_of(path);
    assert_int_equal(sscanf(strrchr(path, '/'), "/%79[A-Z-]", code), 1);
    world_stock(world);
    world_do(
        world,
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, line) VALUES (2, 'CUP-1', '', '', '', 'C62', 'std', 0, 4),"
        " (2, 'BARE', '', '', '', 'C62', 'std', 0, 5), (2, 'SET', '', '', '', 'C62', 'std', 0, 6);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES"
        " (4, 'CUP-1', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 5),"
        " (4, 'SET', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 6);");
    world_land(world, "ledger", "fixture.csv", text);
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
    const bool is_right = strcmp(codes(world), code) == 0;
    if (!is_right) {
        print_message("%s: found %s\n", path, codes(world));
    }
    free(text);
    world_end(world);
    return is_right;
}

static void
every_fixture_of_master_data_is_exact(void **state)
{
    glob_t found = {0};
    int wrong = 0;
    (void)state;
    assert_int_equal(glob("tests/findings/MASTER-*.csv", 0, NULL, &found), 0);
    for (size_t index = 0; index < found.gl_pathc; index++) {
        wrong += !fixture_is_exact(found.gl_pathv[index]);
    }
    globfree(&found);
    assert_int_equal(wrong, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_of_master_data_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
