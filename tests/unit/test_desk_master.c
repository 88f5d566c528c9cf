/* Each finding of the desk about master data has a fixture tests/findings/MASTER-….csv, which comes
 * in as a file of finance and triggers exactly it. */
#include "desk_world.h"

#include "base/buf.h"
#include "intake/intake.h"

#include <glob.h>

/* With a product that is sold in packs, one whose option takes more off than it may cost, and some
 * that are made; one customer pays a deposit. */
static struct world *
stocked_world(void)
{
    struct world *world = world_make();
    world_stock(world);
    world_do(
        world,
        "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
        " tax_rate_micros, minimum_micros, multiple_micros, line) VALUES"
        " (2, 'PACK', '', '', '', 'C62', 'std', 0, 48000000, 24000000, 4),"
        " (2, 'GIFT', '', '', '', 'C62', 'std', 0, 0, 0, 5),"
        " (2, 'CUP-1', '', '', '', 'C62', 'std', 0, 0, 0, 6),"
        " (2, 'BARE', '', '', '', 'C62', 'std', 0, 0, 0, 7),"
        " (2, 'SET', '', '', '', 'C62', 'std', 0, 0, 0, 8);"
        "INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
        " quantity_from_micros, valid_from, valid_to, price_micros, line) VALUES"
        " (4, 'CUP-1', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 5),"
        " (4, 'SET', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647, 1000000, 6);"
        "INSERT INTO product_option (version_id, sku, name, value, surcharge_micros, line)"
        " VALUES (3, 'GIFT', 'wrapping', 'none', -5000000, 3);"
        "INSERT INTO master_version VALUES (6, 'plants', 1, 1, 2, 0), (7, 'supply', 1, 1, 2, 0);"
        "INSERT INTO master_in_force VALUES ('plants', 6), ('supply', 7);"
        "INSERT INTO plant VALUES (6, 'linwei', 'harbour', 1000000, 2),"
        " (6, 'boss', 'harbour', 1000000, 3);"
        "INSERT INTO supply VALUES (7, 'TEA-1', 'make', 'linwei', 2, 1000000, 2),"
        " (7, 'BARE', 'make', 'linwei', 2, 1000000, 3),"
        " (7, 'TEA-2', 'buy', '', 2, 1000000, 4);"
        "UPDATE customer SET payment_terms = 'deposit', deposit_micros = 300000"
        " WHERE code = 'C200';");
    return world;
}

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
    return world_text(
        world, "SELECT coalesce(group_concat(code, ','), '') FROM (SELECT DISTINCT"
               " f.code AS code FROM finding f JOIN interchange i"
               " ON i.id = f.interchange_id WHERE i.id > 1 AND"
               " f.code NOT IN ('MASTER-CHANGED', 'MASTER-PRICE-MOVED', 'FILE-WHOLE') ORDER BY 1)");
}

static bool
fixture_is_exact(const char *path)
{
    struct fault why = {0};
    char code[80] = "";
    struct world *world = stocked_world();
    char *text = text_of(path);
    assert_int_equal(sscanf(strrchr(path, '/'), "/%79[A-Z-]", code), 1);
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

/* Options that come in are judged by the prices in force, page by page. */
static void
options_are_judged_by_the_prices_in_force(void **state)
{
    enum { PRODUCTS = 2500 };
    (void)state;
    struct fault why = {0};
    struct world *world = stocked_world();
    OWNED(arena) arena;
    OWNED(buf) file;
    arena_init(&arena, 1024 * 1024);
    buf_init(&file, 1024 * 1024);
    buf_text(&file, "sku,option,value,surcharge\nTEA-1,colour,red,-0.50\n"
                    "TEA-2,colour,red,-19.50\nTEA-2,lid,none,-1.00\nPACK,lid,none,-1.00\n");
    for (int product = 0; product < PRODUCTS; product++) {
        char sql[300];
        snprintf(sql, sizeof sql,
                 "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
                 " tax_rate_micros, line) VALUES (2, 'A%04d', '', '', '', 'C62', 'std', 0, 9)",
                 product);
        world_do(world, sql);
        buf_format(&file, "A%04d,lid,none,-1.00\n", product);
    }
    world_land(world, "ledger", "options.csv", file.bytes);
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
    assert_string_equal(
        world_text(world, "SELECT group_concat(code || ' ' || line || ' ' || value || ' ' ||"
                          " expected || ' ' || hint) FROM finding WHERE code <> 'MASTER-CHANGED'"),
        "MASTER-PRICE-NEGATIVE 3 TEA-2, EUR: 20.00 -0.50 colour=red | lid=none");
    world_end(world);
}

static const char price_head[] = "sku,scope,holder,currency,quantity_from,valid_from,price\n";

static void
bring_prices(struct world *world, const char *name, const char *rows)
{
    char text[1000];
    struct fault why = {0};
    snprintf(text, sizeof text, "%s%s", price_head, rows);
    world_land(world, "ledger", name, text);
    must(intake_work(&world->run, &why));
    must(desk_work(&world->run, &why));
}

static const char *
standing(struct world *world, const char *name)
{
    char sql[400];
    snprintf(
        sql, sizeof sql,
        "SELECT i.state || ' ' || i.documents_taken || ' ' || coalesce(v.id = f.version_id, '-')"
        " || ' ' || coalesce(h.verdict, 'waits') FROM interchange i"
        " LEFT JOIN master_version v ON v.interchange_id = i.id"
        " LEFT JOIN master_in_force f ON f.master = v.master"
        " LEFT JOIN master_hold h ON h.interchange_id = i.id WHERE i.name = '%s'",
        name);
    return world_text(world, sql);
}

static enum outcome
decide(struct world *world, const char *name, bool confirms, struct fault *why)
{
    char sql[200];
    OWNED(findings) findings;
    findings_init(&findings);
    snprintf(sql, sizeof sql, "SELECT id FROM interchange WHERE name = '%s'", name);
    const enum outcome outcome = desk_confirm(&world->run, world_number(world, sql), confirms,
                                              "user:li", "because", &findings, why);
    assert_int_equal(outcome == NONE, findings_has(&findings, SEVERITY_ERROR));
    world_verify(world);
    return outcome;
}

/* A list that moves a price too far waits; confirmed it is judged once more; what is later goes
 * before what waits. */
static void
prices_that_move_too_far_wait(void **state)
{
    (void)state;
    struct fault why = {0};
    struct world *world = stocked_world();
    world->config.limits.price_move_max_micros = 500000;
    bring_prices(world, "a.csv",
                 "TEA-1,base,,EUR,0,2026-01-01,15\nTEA-2,base,,EUR,0,2026-01-01,10\n");
    assert_string_equal(standing(world, "a.csv"), "taken 2 1 waits");
    bring_prices(world, "b.csv",
                 "TEA-1,base,,EUR,0,2026-01-01,15\nTEA-2,base,,EUR,0,2026-01-01,15.01\n");
    assert_string_equal(standing(world, "b.csv"), "held 0 0 waits");
    assert_int_equal(world->run.counts.files_held, 1);
    world_verify(world);

    world_do(world, "UPDATE product SET sku = 'TEA-0' WHERE sku = 'TEA-2'");
    assert_int_equal(decide(world, "b.csv", true, &why), NONE);
    assert_string_equal(standing(world, "b.csv"), "held 0 0 waits");
    world_do(world, "UPDATE product SET sku = 'TEA-2' WHERE sku = 'TEA-0'");
    must(decide(world, "b.csv", true, &why));
    assert_string_equal(standing(world, "b.csv"), "taken 2 1 confirmed");
    assert_int_equal(decide(world, "b.csv", true, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);

    bring_prices(world, "c.csv",
                 "TEA-1,base,,EUR,0,2026-01-01,1\nTEA-2,base,,EUR,0,2026-01-01,10\n");
    bring_prices(world, "d.csv",
                 "TEA-1,base,,EUR,0,2026-01-01,2\nTEA-2,base,,EUR,0,2026-01-01,10\n");
    assert_string_equal(standing(world, "c.csv"), "refused 0 - superseded");
    assert_string_equal(standing(world, "d.csv"), "held 0 0 waits");
    must(decide(world, "d.csv", false, &why));
    assert_string_equal(standing(world, "d.csv"), "refused 0 - rejected");
    assert_string_equal(standing(world, "b.csv"), "taken 2 1 confirmed");
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message"
                                         " WHERE kind = 'acknowledgement' AND version = 1"),
                     3);
    must(desk_work(&world->run, &why)); /* the files leave the spool */
    assert_int_equal(
        world_number(world,
                     "SELECT count(*) FROM interchange WHERE place GLOB 'spool/*' AND id > 1"),
        0);
    world_verify(world);
    world_end(world);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_of_master_data_is_exact),
        cmocka_unit_test(options_are_judged_by_the_prices_in_force),
        cmocka_unit_test(prices_that_move_too_far_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
