/* Files in their partner's own layout through the intake station and the store. */
#include "desk_world.h"

#include <sys/stat.h>

static const char layouts[] =
    "{\"lookups\": {\"kinds\": {\"files\": \"kinds*\", \"key\": \"kind\"}},"
    " \"mappings\": {"
    "  \"p\": {\"files\": [\"goods*\", \"more*\"], \"as\": \"products\","
    "   \"joins\": {\"kinds\": \"kind\"}, \"columns\": {\"sku\": \"no\", \"name\": \"title\","
    "   \"category\": {\"column\": \"words\", \"of\": \"kinds\"},"
    "   \"unit\": {\"constant\": \"C62\"}, \"tax_class\": {\"constant\": \"std\"},"
    "   \"tax_rate\": {\"constant\": \"19\"}}},"
    "  \"c\": {\"files\": \"goods*\", \"as\": \"stock\","
    "   \"columns\": {\"sku\": \"no\", \"available\": \"there\"}}}}";

#define KINDS "kind,words\n1,tea\n2,cups\n"
#define GOODS "no,title,kind,there\nTEA-1,Green,1,5\nTEA-2,Red,1,0\nTEA-4,White,1,1\nCUP,Cup,2,7\n"

static void
configure(struct world *world, const char *json)
{
    world->partners[3].mappings = "mappings/ledger.json";
    world->partners[3].mappings_text = json;
    world->partners[3].mappings_size = strlen(json);
}

/* Every file, as it came: "goods.csv p products taken 4, ...". */
static const char *
files(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT name || ' ' ||"
                      " mapping || ' ' || document || ' ' || state || ' ' || documents_taken"
                      " AS t FROM interchange WHERE id > 1 ORDER BY id)");
}

static const char *
category(struct world *world)
{
    return world_text(world, "SELECT category FROM product p JOIN master_in_force f"
                             " ON f.version_id = p.version_id WHERE sku = 'TEA-1'");
}

static void
a_file_is_taken_by_each_mapping(void **state)
{
    struct world *world = *state;
    configure(world, layouts);
    world_land(world, "ledger", "goods.csv", GOODS);
    world_land(world, "ledger", "kinds.csv", KINDS); /* is taken first */
    world_work(world);
    assert_string_equal(files(world),
                        "kinds.csv kinds lookup taken 2, goods.csv p products taken 4, "
                        "goods.csv c stock taken 4");
    assert_string_equal(category(world), "tea");
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message m JOIN interchange i"
                                         " ON i.id = m.interchange_id WHERE i.id > 1"),
                     3);
    world_verify(world);
}

static void
the_same_bytes_are_taken_once_by_each(void **state)
{
    struct world *world = *state;
    configure(world, layouts);
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_land(world, "ledger", "more.csv", GOODS); /* products alone */
    world_work(world);
    world_land(world, "ledger", "goods.csv", GOODS);
    world_work(world);
    assert_string_equal(files(world),
                        "kinds.csv kinds lookup taken 2, more.csv p products taken 4, "
                        "goods.csv p  duplicate 0, goods.csv c stock taken 4");
    world_verify(world);
}

static void
a_lookup_replaces_the_one_before_and_may_come_back(void **state)
{
    struct world *world = *state;
    configure(world, layouts);
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_work(world);
    world_land(world, "ledger", "kinds.csv", "kind,words\n1,green tea\n2,cups\n3,pots\n");
    world_work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM lookup_row"), 3);
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_land(world, "ledger", "goods.csv", GOODS);
    world_work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM lookup"), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM lookup_row"), 2);
    assert_string_equal(category(world), "tea");
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_work(world);
    assert_non_null(strstr(files(world), "duplicate"));
    world_verify(world);
}

static void
a_wrong_lookup_leaves_the_old_one(void **state)
{
    struct world *world = *state;
    configure(world, layouts);
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_work(world);
    world_land(world, "ledger", "kinds-2.csv", "kind,words\n1,green tea\n1,cups\n");
    world_work(world);
    assert_string_equal(files(world), "kinds.csv kinds lookup taken 2, "
                                      "kinds-2.csv kinds lookup refused 0");
    assert_string_equal(world_text(world, "SELECT group_concat(cells) FROM lookup_row"),
                        "[\"1\",\"tea\"],[\"2\",\"cups\"]");
    world_verify(world);
}

/* A run that is killed between the rows of the copies and their files. */
static void
a_copy_is_made_by_the_next_run(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct stat status;
    configure(world, layouts);
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_work(world);
    world_land(world, "ledger", "goods.csv", GOODS);
    /* What intake has committed when it begins to make files. */
    world_do(
        world,
        "UPDATE arrival SET mapping = 'p', turn = 1 WHERE mapping IS NULL;"
        "INSERT INTO arrival (partner, mailbox, name, remote_size, remote_mtime_s, spool, size,"
        " sha256, state, remote, arrived_ms, mapping, turn) SELECT partner, mailbox, name, -1,"
        " remote_mtime_s, spool || '.as-2', size, sha256, state, remote, arrived_ms, 'c', 1"
        " FROM arrival WHERE state = 'landed'");
    assert_int_not_equal(fstatat(world->run.state, "spool/f000003.as-2", &status, 0), 0);
    must(intake_work(&world->run, &why));
    assert_int_equal(fstatat(world->run.state, "spool/f000003.as-2", &status, 0), 0);
    world_work(world);
    assert_non_null(
        strstr(files(world), "goods.csv p products taken 4, goods.csv c stock taken 4"));
    world_verify(world);
}

static void
files_wait_while_the_mappings_are_wrong(void **state)
{
    struct world *world = *state;
    configure(world, "{\"mappings\": {\"p\": {}}}");
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_land(world, "nordlicht", "a.csv", "a,b\n1,2\n");
    world_work(world);
    assert_string_equal(files(world), "a.csv   refused 0");
    configure(world, layouts);
    world_work(world);
    assert_string_equal(files(world), "a.csv   refused 0, kinds.csv kinds lookup taken 2");
    world_verify(world);
}

static void
a_file_without_its_lookup_is_refused_and_may_come_again(void **state)
{
    struct world *world = *state;
    configure(world, layouts);
    world_land(world, "ledger", "more.csv", GOODS);
    world_work(world);
    assert_string_equal(files(world), "more.csv p products refused 0");
    world_land(world, "ledger", "more.csv", GOODS);
    world_land(world, "ledger", "kinds.csv", KINDS);
    world_work(world);
    assert_non_null(strstr(files(world), "more.csv p products taken 4"));
    world_verify(world);
}

/* Files that no mapping takes are in our layout, as before. */
static void
other_files_are_in_our_layout(void **state)
{
    struct world *world = *state;
    configure(world, layouts);
    world_land(world, "ledger", "stock.csv", "sku,available\nTEA-1,3\n");
    world_work(world);
    assert_string_equal(files(world), "stock.csv  stock taken 1");
}

static int
setup(void **state)
{
    struct world *world = world_make();
    world_stock(world);
    *state = world;
    return 0;
}

static int
teardown(void **state)
{
    world_end(*state);
    return 0;
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_taken_by_each_mapping),
        TEST(the_same_bytes_are_taken_once_by_each),
        TEST(a_lookup_replaces_the_one_before_and_may_come_back),
        TEST(a_wrong_lookup_leaves_the_old_one),
        TEST(a_copy_is_made_by_the_next_run),
        TEST(files_wait_while_the_mappings_are_wrong),
        TEST(a_file_without_its_lookup_is_refused_and_may_come_again),
        TEST(other_files_are_in_our_layout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
