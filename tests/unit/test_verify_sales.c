/* What the ledger of sales has been made to say by hand is told by `purser verify`. */
#include "return_world.h"

static void
each_amount_of_an_entry_is_held_against_the_lines(void **state)
{
    static const char *const amounts[] = {"list_minor",   "net_minor",     "tax_minor",
                                          "costed_minor", "rounded_minor", "cost_minor"};
    struct world *world = *state;
    world_do(world, "DROP TRIGGER sale_is_final");
    for (size_t index = 0; index < sizeof amounts / sizeof amounts[0]; index++) {
        struct fault why = {0};
        OWNED(verify_report) report;
        char sql[100];
        verify_report_init(&report);
        snprintf(sql, sizeof sql, "UPDATE sale SET %s = %s + 1", amounts[index], amounts[index]);
        world_do(world, sql);
        must(verify_work(&world->run, &report, &why));
        assert_true(report.total > 0);
        assert_int_equal(report.items[0].code, M_VERIFY_SALES);
        assert_string_equal(report.items[0].value, "nordlicht/A-1");
        snprintf(sql, sizeof sql, "UPDATE sale SET %s = %s - 1", amounts[index], amounts[index]);
        world_do(world, sql);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_amount_of_an_entry_is_held_against_the_lines,
                                        returned_setup, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
