/* Orders in line that are changed keep what they were promised of what has not changed. */
#include "desk_world.h"

#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.planning = (struct planning_policy){
        .is_on = true, .cut_off_ms = 24 * 3600000, .pick_days = 1, .transit_days = 3};
    world_do(world, "UPDATE approval_matrix SET same_day = 'no', above_micros = above_micros * 20");
    return 0;
}

/* From now on the warehouse has so much of it, whatever left before. */
static void
has(struct world *world, const char *warehouse, const char *sku, int64_t quantity)
{
    char sql[900];
    snprintf(
        sql, sizeof sql,
        "INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros, effect_micros,"
        " happened_ms, known_ms, reference, reason, line) SELECT '%s', '%s', 'correction',"
        " 'C' || (SELECT count(*) FROM stock_move), d, d, 0, 0, '', '', 0 FROM (SELECT %" PRId64
        " - (SELECT coalesce(sum(effect_micros), 0) FROM stock_move"
        " WHERE warehouse = '%s' AND sku = '%s') AS d);"
        "INSERT INTO stock_item VALUES ('%s', '%s', %" PRId64 ", 0, NULL) ON CONFLICT DO"
        " UPDATE SET on_hand_micros = excluded.on_hand_micros",
        warehouse, sku, quantity * MICROS, warehouse, sku, warehouse, sku, quantity * MICROS);
    world_do(world, sql);
}

/* What orders have: 'A-1 stock harbour 5 firm'. */
static const char *
allocations(struct world *world)
{
    return world_text(
        world,
        "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT o.number || ' ' || source ||"
        " ' ' || warehouse || iif(reference = '', '', ' ' || reference) || ' ' ||"
        " (quantity_micros / 1000000) || iif(is_firm, ' firm', '') AS t FROM allocation a"
        " JOIN orders o ON o.id = a.order_id ORDER BY o.number, ordinal, part, source,"
        " warehouse, reference, is_firm)");
}

static void
set(struct world *world, const char *line, int64_t quantity)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    struct line_change part = {.action = CHANGE_SET};
    const struct change_request request = {"nordlicht", "A-1", &change, "user:anna",
                                           false,       NULL,  NULL};
    order_line_init(&part.line);
    part.line.number = line;
    part.line.sku = part.line.unit = "";
    part.line.quantity_micros = quantity * MICROS;
    change.lines = &part;
    change.line_count = 1;
    arena_init(&arena, 64 * 1024 * 1024);
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    assert_int_equal(answer.verdict, CHANGE_TAKEN);
    world_work(world);
}

/* 5 of TEA-1 are there, and nothing of TEA-2: A-1 waits for that.  A-2, worth more, waits for
 * TEA-1. */
static void
begin(struct world *world)
{
    world->config.planning.delivery = DELIVERY_COMPLETE;
    has(world, "harbour", "TEA-1", 5);
    has(world, "harbour", "TEA-2", 0);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "3"));
    world_come(world, "nordlicht", HEAD LINE("A-2", "1", "TEA-1", "20"));
    assert_string_equal(allocations(world), "A-1 stock harbour 5");
}

static void
more_of_another_line_changes_nothing(void **state)
{
    struct world *world = *state;
    begin(world);
    set(world, "2", 4);
    assert_string_equal(allocations(world), "A-1 stock harbour 5");
    assert_int_equal(world_number(world, "SELECT version FROM order_plan WHERE order_id = (SELECT"
                                         " id FROM orders WHERE number = 'A-1')"),
                     2);
}

static void
more_of_a_line_asks_for_the_difference(void **state)
{
    struct world *world = *state;
    begin(world);
    set(world, "1", 7);
    assert_string_equal(allocations(world), "A-1 stock harbour 5");
    has(world, "harbour", "TEA-1", 6);
    world_work(world);
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) FROM allocation"), 6000000);
}

static void
more_of_a_line_does_not_lose_what_it_had(void **state)
{
    struct world *world = *state;
    begin(world);
    set(world, "1", 6);
    set(world, "1", 8);
    assert_string_equal(allocations(world), "A-1 stock harbour 5");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(more_of_another_line_changes_nothing),
        TEST(more_of_a_line_asks_for_the_difference),
        TEST(more_of_a_line_does_not_lose_what_it_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
