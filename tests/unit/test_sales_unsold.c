/* What the report of sales tells of orders that are not sold: less what was cancelled of them while
 * they waited. */
#include "desk_world.h"
#include "report_csv.h"
#include "sales_told.h"

#include "base/date.h"
#include "reports/report.h"

#define ORDER(number)                                                                              \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,freight,line_number,sku,quantity,unit\n" number            \
    ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,10.00,1,TEA-2,10,C62\n"

/* Ten at 20.00, 38.00 of tax, and a freight of 10.00 with 1.90: it waits for an approval. */
static int
set_up(void **state)
{
    world_setup(state);
    world_do(*state, "UPDATE approval_matrix SET same_day = 'no'");
    ((struct world *)*state)->config.company_currency = "EUR";
    world_come(*state, "nordlicht", ORDER("A-1"));
    return 0;
}

static void
cancel(struct world *world, int64_t quantity)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .line = quantity == 0 ? "" : "1",
                                       .quantity_micros =
                                           quantity == 0 ? AMOUNT_NONE : quantity * MICROS,
                                       .cause = "other",
                                       .fault = "customer",
                                       .reason = "changed my mind",
                                       .actor = "user:anna"};
    arena_init(&arena, 4 * 1024 * 1024);
    must(desk_cancel(&world->run, &order, &arena, &done, &why));
}

/* "1 200.00 10.00 39.90 249.90": orders, net, freight, tax and gross of a state; "": no row. */
static const char *
unsold(struct world *world, const char *key, int64_t as_of_ms)
{
    static char said[200];
    static const char *const names[] = {"orders", "net", "freight", "tax", "gross"};
    struct fault why = {0};
    struct buf buf;
    const int32_t first = moment_day(WORLD_AS_OF) - 23;
    const struct report_request request = {first,      first + 29, as_of_ms, LANGUAGE_EN,
                                           DAY_BOOKED, "",         NULL};
    buf_init(&buf, REPORT_BYTES_MAX);
    must(report_make("sales", REPORT_CSV, world->run.store, &world->config, &request, &buf, &why));
    const char *row = row_of(buf.bytes, "unsold", key, 0);
    said[0] = '\0';
    for (size_t index = 0; row != NULL && index < sizeof names / sizeof names[0]; index++) {
        char cell[80];
        const size_t length = strlen(said);
        cell_of(row, column_of(buf.bytes, names[index]), cell);
        snprintf(said + length, sizeof said - length, "%s%s", index == 0 ? "" : " ", cell);
    }
    buf_close(&buf);
    return said;
}

static void
what_was_cancelled_while_it_waits_is_not_waiting(void **state)
{
    struct world *world = *state;
    const int64_t before_ms = world->run.as_of_ms;
    assert_string_equal(unsold(world, "waiting", before_ms), "1 200.00 10.00 39.90 249.90");
    world->run.as_of_ms += DAY_MS;
    cancel(world, 3);
    assert_string_equal(unsold(world, "waiting", world->run.as_of_ms),
                        "1 140.00 10.00 28.50 178.50");
    /* Of the day before it stays as it was told. */
    assert_string_equal(unsold(world, "waiting", before_ms), "1 200.00 10.00 39.90 249.90");
    world->run.as_of_ms += DAY_MS;
    cancel(world, 2);
    assert_string_equal(unsold(world, "waiting", world->run.as_of_ms),
                        "1 100.00 10.00 20.90 130.90");
}

/* What is sold is what was left; and what is cancelled wholly is told as it was ordered. */
static void
it_is_sold_or_cancelled_then(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    cancel(world, 3);
    must(world_decide(world, "A-1", true, "linwei", "fine", &why));
    assert_string_equal(unsold(world, "waiting", world->run.as_of_ms), "");
    assert_string_equal(sales_told(world), "A-1 ordered 20000+3990, A-1 cancelled -6000-1140");
}

static void
what_is_cancelled_wholly_is_told_as_it_was_ordered(void **state)
{
    struct world *world = *state;
    cancel(world, 0);
    assert_string_equal(unsold(world, "waiting", world->run.as_of_ms), "");
    assert_string_equal(unsold(world, "cancelled", world->run.as_of_ms),
                        "1 200.00 10.00 39.90 249.90");
}

/* Its next version takes the place of the one that was sold, and asks nobody again. */
static void
what_is_changed_after_its_release_stays_sold(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    must(world_decide(world, "A-1", true, "linwei", "fine", &why));
    world_come(world, "nordlicht",
               "change_number,order_number,reason,action,line_number,sku,quantity,unit\n"
               "C-1,A-1,more,add,2,TEA-2,1,C62\n");
    assert_string_equal(sales_told(world),
                        "A-1 ordered 20000+3990, A-1 changed -20000-3990, A-1 changed 22000+4370");
    assert_string_equal(unsold(world, "waiting", world->run.as_of_ms), "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_cancelled_while_it_waits_is_not_waiting),
        TEST(it_is_sold_or_cancelled_then),
        TEST(what_is_cancelled_wholly_is_told_as_it_was_ordered),
        TEST(what_is_changed_after_its_release_stays_sold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
