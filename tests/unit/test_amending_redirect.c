/* Another address after the release: whoever has the goods is asked, and the customer is told. */
#include "desk_world.h"

#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define SHIPPED "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    return 0;
}

/* "taken2 CHANGE-REDIRECT-ASKED": the verdict, the version since, what is said of the address. */
static const char *
go_to(struct world *world, const char *country, const char *city)
{
    static char said[200];
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    const struct change_request request = {"nordlicht", "A-1", &change, "nordlicht",
                                           false,       NULL,  NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    /* A number is used once. */
    change.number = arena_format(&arena, "C-%" PRId64,
                                 world_number(world, "SELECT count(*) FROM change_answer") + 1);
    change.has_ship_to = true;
    change.ship_to.name = "Anna Berg";
    change.ship_to.country = country;
    change.ship_to.city = city;
    change.ship_to.postal_code = "14467";
    change.ship_to.street = "Hof 2";
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    snprintf(said, sizeof said, "%s%" PRId64 " %s", change_verdict_names[answer.verdict],
             answer.version,
             answer.items[0].code == MESSAGE_COUNT ? "" : message_entry(answer.items[0].code)->id);
    return said;
}

static const char *
notices(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(action || ' ' || partner || ' ' || state"
                      " || ' ' || (release_id IS NOT NULL) || (shipment_id IS NOT NULL) ||"
                      " ' ' || json_extract(content, '$.city'), ', '), '') FROM stop_notice");
}

/* The last answer that went to the customer. */
static const char *
told(struct world *world)
{
    return world_text(world,
                      "SELECT a.change_number || ' ' || a.verdict || ' ' || i.value_after || ' ' ||"
                      " i.code || ' ' || i.code_value FROM outbox_message m JOIN change_answer a"
                      " ON a.order_id = m.order_id AND a.number = m.reminder JOIN"
                      " change_answer_item i ON i.order_id = a.order_id AND i.number = a.number"
                      " WHERE m.kind = 'change-response' ORDER BY m.number DESC, i.item LIMIT 1");
}

static void
the_warehouse_sends_it_elsewhere(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(go_to(world, "DE", "Potsdam"), "taken2 CHANGE-REDIRECT-ASKED");
    assert_string_equal(notices(world), "redirect harbour asked 10 Potsdam");
    assert_string_equal(world_text(world, "SELECT city FROM order_party p JOIN orders o ON o.id ="
                                          " p.order_id AND o.version = p.version WHERE role ="
                                          " 'ship-to'"),
                        "Potsdam");
    world_come(world, "harbour", "stop_number,status\n1,done\n");
    assert_string_equal(notices(world), "redirect harbour done 10 Potsdam");
    assert_string_equal(told(world),
                        "C-1 taken Anna Berg, Potsdam, 14467, Hof 2 CHANGE-REDIRECTED ");
    assert_string_equal(go_to(world, "DE", "Potsdam"), "refused2 CHANGE-NOTHING");
}

static void
the_warehouse_cannot(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(go_to(world, "DE", "Potsdam"), "taken2 CHANGE-REDIRECT-ASKED");
    world_come(world, "harbour", "stop_number,status,reason\n1,refused,loaded\n");
    assert_string_equal(told(world), "C-1 refused Anna Berg, Potsdam, 14467, Hof 2"
                                     " CHANGE-REDIRECT-REASON loaded");
}

/* What has left is asked of who sent it, what has not of who has it. */
static void
each_of_two_parts_is_asked_for(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24T08:00:00Z\n");
    assert_string_equal(go_to(world, "DE", "Potsdam"), "taken2 CHANGE-REDIRECT-ASKED");
    assert_string_equal(notices(world), "redirect harbour asked 10 Potsdam,"
                                        " redirect harbour asked 01 Potsdam");
    world_come(world, "harbour", "stop_number,status\n1,done\n2,refused\n");
    assert_string_equal(told(world), "C-1 refused Anna Berg, Potsdam, 14467, Hof 2"
                                     " CHANGE-REDIRECT-REFUSED ");
}

/* The version stays that of what was sent. */
static void
all_has_left_and_may_still_be_redirected(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,5,2026-11-24T08:00:00Z\n");
    assert_string_equal(go_to(world, "DE", "Potsdam"), "taken1 CHANGE-REDIRECT-ASKED");
    assert_string_equal(notices(world), "redirect harbour asked 01 Potsdam");
}

static void
goods_do_not_leave_where_they_are_taxed(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(go_to(world, "FR", "Lille"), "refused1 CHANGE-TAXED-ELSEWHERE");
    assert_string_equal(notices(world), "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_warehouse_sends_it_elsewhere),
        TEST(the_warehouse_cannot),
        TEST(each_of_two_parts_is_asked_for),
        TEST(all_has_left_and_may_still_be_redirected),
        TEST(goods_do_not_leave_where_they_are_taxed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
