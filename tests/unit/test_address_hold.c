/* Orders whose delivery address is doubtful are held where the configuration says so. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,ship_to_name,ship_to_country,ship_to_city,"                \
    "ship_to_postal_code,ship_to_street,bill_to_name,bill_to_country,bill_to_city,"                \
    "bill_to_postal_code,bill_to_street,line_number,sku,quantity,unit\n"
#define START  "A-1,2026-11-20,EUR,C100,"
#define HERE   "Anna Berg,DE,Berlin,10115,Weg 1,"
#define DOUBT  "Anna Berg,DE,Berlin,A0115,Weg 1,"
#define NOBODY ",DE,Berlin,10115,Weg 1,"
#define DRESS  "Anna Berg,DE,Berlin,D-10115,Weg 1,"
#define NONE_  ",,,,,"
#define SMALL  "1,TEA-1,2,C62\n"
#define LARGE  "1,TEA-1,20,C62\n"

static int
set_up(void **state)
{
    world_setup(state);
    ((struct world *)*state)->config.address_doubts = DIFFERENCE_HOLDS;
    return 0;
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders");
}

static const char *
holds(struct world *world)
{
    return world_text(world, "SELECT group_concat(kind || ' ' || reason || ' ' ||"
                             " coalesce(how, 'open'), ', ') FROM order_hold");
}

static void
resume(struct world *world)
{
    struct fault why = {0};
    struct hold_ended ended = {0};
    const struct hold_ending ending = {"nordlicht", "A-1", ORDER_HOLD_ADDRESS, "asked",
                                       "user:anna"};
    must(desk_resume(&world->run, &ending, &ended, &why));
}

/* Only the address that the goods go to counts, and only warnings. */
static void
it_is_the_delivery_address_that_counts(void **state)
{
    static const struct {
        const char *order;
        const char *standing;
        const char *holds;
    } cases[] = {
        {HEAD START HERE NONE_ NONE_ SMALL, "approved1 released", ""},
        {HEAD START DOUBT NONE_ NONE_ SMALL, "approved1 none", "address ADR-POSTAL open"},
        {HEAD START DOUBT HERE NONE_ SMALL, "approved1 released", ""},
        {HEAD START HERE DOUBT NONE_ SMALL, "approved1 none", "address ADR-POSTAL open"},
        {HEAD START HERE NOBODY NONE_ SMALL, "approved1 none", "address ADR-RECIPIENT open"},
        {HEAD START HERE NONE_ DOUBT SMALL, "approved1 released", ""},
        {HEAD START HERE DRESS NONE_ SMALL, "approved1 released", ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        void *world = NULL;
        set_up(&world);
        world_come(world, "nordlicht", cases[index].order);
        assert_string_equal(standing(world), cases[index].standing);
        assert_string_equal(holds(world), cases[index].holds);
        world_teardown(&world);
    }
}

static void
by_default_its_sender_alone_is_told(void **state)
{
    struct world *world = *state;
    world->config.address_doubts = DIFFERENCE_WARNS;
    world_come(world, "nordlicht", HEAD START DOUBT NONE_ NONE_ SMALL);
    assert_string_equal(standing(world), "approved1 released");
    assert_int_equal(world_number(world, "SELECT count(*) FROM finding WHERE code = 'ADR-POSTAL'"),
                     1);
}

static void
a_person_lets_it_go(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set = {0};
    const struct price_setting setting = {
        .partner = "nordlicht",
        .order_number = "A-1",
        .line = "1",
        .manual = {9000000, AMOUNT_NONE, "as agreed", "anna", true},
        .actor = "user:anna"};
    world_come(world, "nordlicht", HEAD START DOUBT NONE_ NONE_ LARGE);
    assert_string_equal(standing(world), "waiting1 none");
    must(desk_set_price(&world->run, &setting, &set, &why)); /* the hold stays */
    assert_string_equal(holds(world), "address ADR-POSTAL open");
    resume(world);
    assert_string_equal(standing(world), "waiting2 none");
    const struct price_setting other = {.partner = "nordlicht",
                                        .order_number = "A-1",
                                        .line = "1",
                                        .manual = {9100000, AMOUNT_NONE, "as agreed", "anna", true},
                                        .actor = "user:anna"};
    must(desk_set_price(&world->run, &other, &set, &why)); /* and so does what was decided */
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    assert_string_equal(standing(world), "approved3 released");
    assert_string_equal(holds(world), "address ADR-POSTAL resumed");
}

static void
sent_again_it_is_looked_at_anew(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD START DOUBT NONE_ NONE_ LARGE);
    resume(world);
    must(world_decide(world, "A-1", false, "user:linwei", "no", &why));
    world_come(world, "nordlicht", HEAD START NOBODY NONE_ NONE_ SMALL);
    assert_string_equal(standing(world), "approved2 none");
    assert_string_equal(holds(world), "address ADR-POSTAL resumed, address ADR-RECIPIENT open");
}

/* More warnings than are kept of a file change nothing. */
static void
the_last_of_many_doubts_counts_too(void **state)
{
    struct world *world = *state;
    static char text[512 * 1024] = HEAD;
    size_t size = strlen(text);
    for (int number = 1; number <= 1100; number++) {
        size += (size_t)snprintf(text + size, sizeof text - size,
                                 "N-%d,2026-11-20,EUR,C100," DOUBT NONE_ NONE_ SMALL, number);
    }
    world_come(world, "nordlicht", text);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_hold WHERE how IS NULL"),
                     1100);
}

static void
two_reasons_are_two_holds(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", "customer,currency,limit\nC100,EUR,0\n");
    world_come(world, "nordlicht", HEAD START DOUBT NONE_ NONE_ SMALL);
    assert_string_equal(holds(world), "address ADR-POSTAL open, credit above-limit open");
    resume(world);
    assert_string_equal(standing(world), "approved1 none");
    world_come(world, "ledger", "customer,currency,limit\nC100,EUR,22\n");
    assert_string_equal(standing(world), "approved1 released");
}

#define ABOUT(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_delivery_address_that_counts),
        ABOUT(by_default_its_sender_alone_is_told),
        ABOUT(a_person_lets_it_go),
        ABOUT(sent_again_it_is_looked_at_anew),
        ABOUT(the_last_of_many_doubts_counts_too),
        ABOUT(two_reasons_are_two_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
