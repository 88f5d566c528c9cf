/* The store's own promises to those who only read. */
#include "desk_world.h"

static int
generation(struct world *world)
{
    struct fault why = {0};
    int number = 0;
    must(store_generation(world->run.store, &number, &why));
    return number;
}

/* One who reads in several steps learns whether another wrote meanwhile; his own scratch tables are
 * no such thing. */
static void
a_commit_of_another_is_seen(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    const int before = generation(world);
    must(store_run_scratch(world->run.store, SQL_sales_forget_lines, NULL, 0, &why));
    assert_int_equal(generation(world), before);
    assert_int_equal(
        sqlite3_exec(world->look, "BEGIN IMMEDIATE; CREATE TABLE other (number)", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(generation(world), before);
    assert_int_equal(sqlite3_exec(world->look, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(generation(world), before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_commit_of_another_is_seen, world_setup, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
