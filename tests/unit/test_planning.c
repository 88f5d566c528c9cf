/* Approved orders get their goods: who stands first first. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define TEA(number, quantity) LINE(number, "1", "TEA-1", quantity)
#define SHIPPED                                                                                    \
    "shipment_number,partner,order_number,order_line,"                                             \
    "sku,quantity,shipped_at\n"

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

/* So much is to come; 0: nothing any more. */
static void
expects(struct world *world, const char *sku, const char *reference, int32_t in_days,
        int64_t quantity)
{
    char sql[900];
    snprintf(sql, sizeof sql,
             "INSERT INTO stock_receipt VALUES ('harbour', '%s', '%s', %d, %" PRId64 ", 0, NULL) ON"
             " CONFLICT DO UPDATE SET quantity_micros = excluded.quantity_micros,"
             " day = excluded.day; DELETE FROM stock_receipt WHERE quantity_micros = 0",
             sku, reference, moment_day(WORLD_AS_OF) + in_days, quantity * MICROS);
    world_do(world, sql);
}

static const char *
standings(struct world *world)
{
    return world_text(world,
                      "SELECT group_concat(number || ' ' || iif(approval = 'approved',"
                      " fulfilment, approval), ', ') FROM (SELECT * FROM orders ORDER BY number)");
}

static void
what_is_there_is_released_and_leaves(void **state)
{
    struct world *world = *state;
    has(world, "harbour", "TEA-1", 8);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(standings(world), "A-1 released");
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 5000000);
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,5,2026-11-23\n");
    assert_string_equal(standings(world), "A-1 shipped");
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 0);
}

/* What left of it does not make it scarce; who counts it at last knows what has left since. */
static void
what_left_uncounted_makes_nothing_scarce(void **state)
{
    struct world *world = *state;
    for (int each = 1; each <= 2; each++) {
        char text[400];
        snprintf(text, sizeof text, HEAD TEA("A-%d", "5"), each);
        world_come(world, "nordlicht", text);
        snprintf(text, sizeof text, SHIPPED "S-%d,nordlicht,A-%d,1,TEA-1,5,2026-11-23\n", each,
                 each);
        world_come(world, "harbour", text);
    }
    assert_string_equal(standings(world), "A-1 shipped, A-2 shipped");
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_item"), 0);
    world_verify(world);
    world_come(world, "harbour", "extent,sku,quantity,as_of\nfull,TEA-1,12,2026-11-22T08:00:00Z\n");
    assert_int_equal(world_number(world, "SELECT on_hand_micros FROM stock_item"), 2000000);
    world_come(world, "nordlicht", HEAD TEA("A-3", "5"));
    assert_string_equal(standings(world), "A-1 shipped, A-2 shipped, A-3 none");
    world_verify(world);
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

/* 'A-1 1 harbour whole' and 'A-2 1 harbour 1=5' of all releases. */
static const char *
releases(struct world *world)
{
    return world_text(
        world, "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT o.number || ' ' || r.number"
               " || ' ' || r.warehouse || ' ' || iif(r.is_whole, 'whole', (SELECT"
               " group_concat(ordinal || '=' || (quantity_micros / 1000000), ' ') FROM"
               " warehouse_release_line l WHERE l.release_id = r.id)) AS t FROM warehouse_release r"
               " JOIN orders o ON o.id = r.order_id ORDER BY o.number, r.number)");
}

/* The days that were told, from the day of the test on: 'A-1 +4, A-1 none'. */
static const char *
promises(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(t, ', ') FROM (SELECT o.number || ' ' ||"
               " coalesce('+' || CAST(julianday(json_extract(detail, '$.day')) -"
               " julianday('2026-11-24') AS INTEGER), 'none') AS t FROM order_event e JOIN orders o"
               " ON o.id = e.order_id WHERE event = 'promised' ORDER BY e.id)");
}

static void
run_again(struct world *world)
{
    struct fault why = {0};
    must(desk_work(&world->run, &why));
}

/* 2026-11-24 is a Tuesday: goods leave a working day later and are three under way. */
static void
who_stands_first_is_served_first_whoever_came_first(void **state)
{
    struct world *world = *state;
    has(world, "harbour", "TEA-1", 8);
    world_land(world, "nordlicht", "a.csv",
               HEAD TEA("A-1", "5") TEA("A-2", "6") TEA("A-3", "3") TEA("A-4", "2"));
    world_work(world);
    /* All come at once, without a day and of one class: what is worth most is served first. */
    assert_string_equal(allocations(world), "A-1 stock harbour 2, A-2 stock harbour 6 firm");
    assert_string_equal(standings(world), "A-1 none, A-2 released, A-3 none, A-4 none");
    assert_string_equal(promises(world), "A-2 +6, A-1 none, A-3 none, A-4 none");
    world_verify(world);
    has(world, "harbour", "TEA-1", 13);
    run_again(world);
    assert_string_equal(standings(world), "A-1 released, A-2 released, A-3 none, A-4 none");
    assert_string_equal(allocations(world), "A-1 stock harbour 5 firm, A-2 stock harbour 6 firm, "
                                            "A-3 stock harbour 2");
    run_again(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM planning_due"), 0);
    assert_int_equal(world_number(world, "SELECT max(is_due) FROM order_plan"), 0);
}

static void
a_promise_is_kept_when_somebody_comes_who_would_stand_before(void **state)
{
    struct world *world = *state;
    has(world, "harbour", "TEA-1", 0);
    expects(world, "TEA-1", "PO-77", 3, 5); /* a Friday */
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(allocations(world), "A-1 receipt harbour PO-77 5");
    assert_string_equal(promises(world), "A-1 +9");
    world_come(world, "nordlicht", HEAD TEA("A-2", "9"));
    assert_string_equal(promises(world), "A-1 +9, A-2 none");
    /* It has come: the first who was promised it has it, not the order that is worth more. */
    world->run.as_of_ms += 3 * (int64_t)DAY_MS;
    expects(world, "TEA-1", "PO-77", 3, 0);
    has(world, "harbour", "TEA-1", 5);
    run_again(world);
    assert_string_equal(standings(world), "A-1 released, A-2 none");
    assert_string_equal(allocations(world), "A-1 stock harbour 5 firm");
    assert_string_equal(promises(world), "A-1 +9, A-2 none");
}

static void
who_stands_last_loses_what_is_lost(void **state)
{
    struct world *world = *state;
    world->config.warehouse = "harbour";
    has(world, "harbour", "TEA-1", 10);
    has(world, "harbour", "TEA-2", 0);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "4") LINE("A-1", "2", "TEA-2", "1")
                   LINE("A-2", "1", "TEA-1", "5") LINE("A-2", "2", "TEA-2", "1"));
    assert_string_equal(allocations(world), "A-1 stock harbour 4, A-2 stock harbour 5");
    has(world, "harbour", "TEA-1", 6);
    run_again(world);
    assert_string_equal(allocations(world), "A-1 stock harbour 1, A-2 stock harbour 5");
    has(world, "harbour", "TEA-1", 9);
    has(world, "harbour", "TEA-2", 1);
    run_again(world);
    assert_string_equal(standings(world), "A-1 none, A-2 released");
    assert_string_equal(allocations(world), "A-1 stock harbour 4, A-2 stock harbour 5 firm, "
                                            "A-2 stock harbour 1 firm");
    has(world, "harbour", "TEA-1", 3); /* what is released stays where it is */
    run_again(world);
    assert_string_equal(allocations(world), "A-2 stock harbour 5 firm, A-2 stock harbour 1 firm");
}

static void
the_rest_is_sent_when_it_comes(void **state)
{
    struct world *world = *state;
    world->config.planning.delivery = DELIVERY_BACKORDER;
    has(world, "harbour", "TEA-1", 3);
    expects(world, "TEA-1", "PO-1", 3, 9);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(standings(world), "A-1 released");
    assert_string_equal(releases(world), "A-1 1 harbour 1=3");
    assert_string_equal(allocations(world), "A-1 receipt harbour PO-1 2, A-1 stock harbour 3 firm");
    has(world, "harbour", "TEA-1", 12);
    expects(world, "TEA-1", "PO-1", 3, 0);
    run_again(world);
    assert_string_equal(releases(world), "A-1 1 harbour 1=3, A-1 2 harbour 1=2");
    assert_string_equal(allocations(world), "A-1 stock harbour 5 firm");
    assert_string_equal(standings(world), "A-1 released");
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 partly");
    assert_string_equal(allocations(world), "A-1 stock harbour 2 firm");
    world_come(world, "harbour", SHIPPED "S-2,nordlicht,A-1,1,TEA-1,2,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
    assert_string_equal(allocations(world), "");
    assert_int_equal(world_number(world, "SELECT shipped_micros FROM plan_line"), 5000000);
    assert_string_equal(promises(world), "A-1 +9, A-1 +6");
}

static void
a_further_release_of_what_has_partly_left_keeps_it_there(void **state)
{
    struct world *world = *state;
    world->config.planning.delivery = DELIVERY_BACKORDER;
    has(world, "harbour", "TEA-1", 3);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    has(world, "harbour", "TEA-1", 2);
    run_again(world);
    assert_string_equal(standings(world), "A-1 partly");
    assert_string_equal(releases(world), "A-1 1 harbour 1=3, A-1 2 harbour 1=2");
    world_come(world, "harbour", SHIPPED "S-2,nordlicht,A-1,1,TEA-1,2,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
}

static void
the_rest_is_cancelled_and_told(void **state)
{
    struct world *world = *state;
    world->config.planning.delivery = DELIVERY_CANCEL_REST;
    has(world, "harbour", "TEA-1", 3);
    has(world, "harbour", "TEA-2", 0);
    expects(world, "TEA-1", "PO-1", 3, 9);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "2"));
    assert_string_equal(releases(world), "A-1 1 harbour 1=3");
    assert_string_equal(allocations(world), "A-1 stock harbour 3 firm");
    assert_string_equal(
        world_text(world, "SELECT detail FROM order_event WHERE event = 'rest-cancelled'"),
        "{\"lines\":[{\"line\":\"1\",\"quantity\":\"2\",\"unit\":\"C62\"},"
        "{\"line\":\"2\",\"quantity\":\"2\",\"unit\":\"C62\"}]}");
    assert_string_equal(promises(world), "A-1 +6"); /* of what is sent */
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,4,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 released"); /* so much is not wanted any more */
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
}

static void
of_which_nothing_is_there_nothing_is_cancelled(void **state)
{
    struct world *world = *state;
    world->config.planning.delivery = DELIVERY_CANCEL_REST;
    has(world, "harbour", "TEA-1", 0);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(standings(world), "A-1 none");
    assert_string_equal(promises(world), "A-1 none");
    expects(world, "TEA-1", "PO-1", 3, 9);
    run_again(world);
    assert_string_equal(promises(world), "A-1 none, A-1 +9");
    assert_int_equal(world_number(world, "SELECT cancelled_micros FROM plan_line"), 0);
}

static void
goods_leave_from_two_warehouses(void **state)
{
    static const char *more[] = {"linwei"};
    struct world *world = *state;
    world->partners[4].roles = ROLE_WAREHOUSE;
    world->config.planning.more_warehouses = more;
    world->config.planning.more_warehouse_count = 1;
    has(world, "harbour", "TEA-1", 3);
    has(world, "linwei", "TEA-1", 9);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(releases(world), "A-1 1 harbour 1=3, A-1 2 linwei 1=2");
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message WHERE kind ="
                                         " 'release' AND partner IN ('harbour', 'linwei')"),
                     2);
    world_come(world, "linwei", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,2,2026-11-24\n");
    assert_string_equal(allocations(world), "A-1 stock harbour 3 firm");
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,TEA-1,3,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
    world->config.planning.warehouse_rule = WAREHOUSE_ONE_PLACE;
    has(world, "harbour", "TEA-1", 3);
    has(world, "linwei", "TEA-1", 9);
    world_come(world, "nordlicht", HEAD TEA("A-2", "5"));
    assert_string_equal(releases(world), "A-1 1 harbour 1=3, A-1 2 linwei 1=2, A-2 1 linwei whole");
}

static void
lines_go_in_whole_units(void **state)
{
    struct world *world = *state;
    world->config.planning.delivery = DELIVERY_BACKORDER;
    world_do(world, "INSERT INTO master_version VALUES (6, 'product-units', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('product-units', 6);"
                    "INSERT INTO product_unit VALUES (6, 'TEA-1', 'CT', 4000000, 2)");
    has(world, "harbour", "TEA-1", 7);
    world_come(world, "nordlicht",
               HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,2,CT\n" LINE(
                   "A-1", "2", "TEA-1", "2"));
    assert_string_equal(releases(world), "A-1 1 harbour 1=1 2=2");
    assert_string_equal(allocations(world), "A-1 stock harbour 4 firm, A-1 stock harbour 2 firm");
    has(world, "harbour", "TEA-1", 9);
    run_again(world);
    assert_string_equal(releases(world), "A-1 1 harbour 1=1 2=2");
    has(world, "harbour", "TEA-1", 10);
    run_again(world);
    assert_string_equal(releases(world), "A-1 1 harbour 1=1 2=2, A-1 2 harbour 1=1");
    world_come(world, "harbour",
               SHIPPED "S-1,nordlicht,A-1,1,TEA-1,2,2026-11-24\n"
                       "S-1,nordlicht,A-1,2,TEA-1,2,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
}

static void
packages_go_whole(void **state)
{
    struct world *world = *state;
    world->config.planning.delivery = DELIVERY_BACKORDER;
    world_do(world,
             "INSERT INTO master_version VALUES (6, 'packages', 1, 1, 2, 0);"
             "INSERT INTO master_in_force VALUES ('packages', 6);"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'SET-1', 'Set', '', 'tea', 'C62', 'std',"
             " 190000, 4)");
    world_do(world, "INSERT INTO package VALUES (6, 'SET-1', 'TEA-1', 2000000, 'sum', 0, 2),"
                    " (6, 'SET-1', 'TEA-2', 1000000, 'sum', 0, 3)");
    has(world, "harbour", "TEA-1", 5);
    has(world, "harbour", "TEA-2", 1);
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "SET-1", "3"));
    assert_string_equal(releases(world), "A-1 1 harbour 1=1");
    assert_string_equal(allocations(world), "A-1 stock harbour 2 firm, A-1 stock harbour 1 firm");
    has(world, "harbour", "TEA-1", 6);
    has(world, "harbour", "TEA-2", 3);
    run_again(world);
    assert_string_equal(releases(world), "A-1 1 harbour 1=1, A-1 2 harbour 1=2");
    world_come(world, "harbour", SHIPPED "S-1,nordlicht,A-1,1,SET-1,3,2026-11-24\n");
    assert_string_equal(standings(world), "A-1 shipped");
    assert_string_equal(allocations(world), "");
}

static void
what_nobody_counts_is_always_there(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    assert_string_equal(releases(world), "A-1 1 harbour whole");
    world_verify(world);
    has(world, "harbour", "TEA-1", 9); /* from now on it is counted, and 5 of it are promised */
    run_again(world);
    assert_int_equal(world_number(world, "SELECT reserved_micros FROM stock_item"), 5000000);
}

static void
a_held_order_keeps_what_it_has(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    enum headline headline;
    struct hold_ended ended;
    has(world, "harbour", "TEA-1", 0);
    world_come(world, "nordlicht", HEAD TEA("A-1", "5"));
    must(desk_hold(&world->run,
                   &(struct hold_request){.partner = "nordlicht",
                                          .order_number = "A-1",
                                          .reason = "asked for",
                                          .until = DAY_NONE,
                                          .blocks = HOLD_BLOCKS_RELEASE,
                                          .may_end = "",
                                          .actor = "user:anna"},
                   &headline, &why));
    has(world, "harbour", "TEA-1", 5);
    world_come(world, "nordlicht", HEAD TEA("A-2", "5"));
    assert_string_equal(standings(world), "A-1 none, A-2 none");
    assert_string_equal(allocations(world), "A-1 stock harbour 5");
    must(desk_resume(&world->run,
                     &(struct hold_ending){.partner = "nordlicht",
                                           .order_number = "A-1",
                                           .kind = ORDER_HOLD_KIND_COUNT,
                                           .reason = "done",
                                           .actor = "user:anna"},
                     &ended, &why));
    run_again(world);
    assert_string_equal(standings(world), "A-1 released, A-2 none");
}

/* What an order gives back goes to the next in line. */
static void
an_order_with_another_price_gives_back_and_stands_in_line_again(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    has(world, "harbour", "TEA-1", 6);
    has(world, "harbour", "TEA-2", 0);
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "1"));
    assert_string_equal(allocations(world), "A-1 stock harbour 5");
    world_come(world, "nordlicht", HEAD TEA("A-2", "3"));
    assert_string_equal(standings(world), "A-1 none, A-2 none");
    must(desk_set_price(
        &world->run,
        &(struct price_setting){
            .partner = "nordlicht",
            .order_number = "A-1",
            .line = "1",
            .manual = {.price_micros = 1000000, .reason = "gift", .person = "linwei"},
            .actor = "user:anna"},
        &set, &why));
    run_again(world);
    assert_string_equal(standings(world), "A-1 waiting, A-2 released");
    assert_string_equal(allocations(world), "A-2 stock harbour 3 firm");
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    run_again(world);
    assert_string_equal(allocations(world), "A-1 stock harbour 3, A-2 stock harbour 3 firm");
}

/* Many orders, counts, receipts and shipments in any order: nothing is promised twice. */
static void
nothing_is_promised_twice_whatever_happens(void **state)
{
    struct world *world = *state;
    uint32_t seed = 20261124;
    static const char *const skus[] = {"TEA-1", "TEA-2"};
    for (int round = 0; round < 60; round++) {
        char text[400];
        seed = seed * 1664525 + 1013904223;
        const int what = (int)(seed >> 28);
        const int size = (int)(seed >> 20 & 15);
        const char *sku = skus[seed >> 12 & 1];
        world->config.planning.delivery = (enum delivery_rule)((seed >> 8) % 3);
        world->run.as_of_ms += 3600000;
        if (what < 7) {
            snprintf(text, sizeof text,
                     HEAD LINE("R-%d", "1", "TEA-1", "%d") LINE("R-%d", "2", "TEA-2", "%d"), round,
                     size + 1, round, 16 - size);
            world_come(world, "nordlicht", text);
        } else if (what < 10) {
            has(world, "harbour", sku, 3 * size);
            run_again(world);
        } else if (what < 12) {
            snprintf(text, sizeof text, "PO-%d", round % 3);
            expects(world, sku, text, 3 + size, size);
            run_again(world);
        } else {
            snprintf(text, sizeof text, "%.300s",
                     world_text(world, "SELECT o.number || ',' || ordinal || ',' || a.sku || ',' ||"
                                       " ((quantity_micros + 1000000) / 2000000) FROM allocation a"
                                       " JOIN orders o ON o.id = a.order_id WHERE is_firm AND"
                                       " quantity_micros > 0 ORDER BY o.id LIMIT 1"));
            if (strcmp(text, "no row") != 0) {
                char file[600];
                snprintf(file, sizeof file, SHIPPED "S-%d,nordlicht,%s,2026-11-24\n", round, text);
                world_come(world, "harbour", file);
            }
        }
        world_verify(world);
        assert_int_equal(
            world_number(world, "SELECT count(*) FROM stock_item i WHERE (SELECT"
                                " coalesce(sum(quantity_micros), 0) FROM allocation a WHERE a.sku ="
                                " i.sku AND a.warehouse = i.warehouse AND source = 'stock' AND NOT"
                                " is_firm) > max(on_hand_micros, 0)"),
            0);
    }
    assert_true(world_number(world, "SELECT count(*) FROM orders WHERE fulfilment = 'shipped'") >
                0);
}

int
main(void)
{
#define IN_LINE(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        IN_LINE(what_is_there_is_released_and_leaves),
        IN_LINE(what_left_uncounted_makes_nothing_scarce),
        IN_LINE(who_stands_first_is_served_first_whoever_came_first),
        IN_LINE(a_promise_is_kept_when_somebody_comes_who_would_stand_before),
        IN_LINE(who_stands_last_loses_what_is_lost),
        IN_LINE(the_rest_is_sent_when_it_comes),
        IN_LINE(a_further_release_of_what_has_partly_left_keeps_it_there),
        IN_LINE(the_rest_is_cancelled_and_told),
        IN_LINE(of_which_nothing_is_there_nothing_is_cancelled),
        IN_LINE(goods_leave_from_two_warehouses),
        IN_LINE(lines_go_in_whole_units),
        IN_LINE(packages_go_whole),
        IN_LINE(what_nobody_counts_is_always_there),
        IN_LINE(a_held_order_keeps_what_it_has),
        IN_LINE(an_order_with_another_price_gives_back_and_stands_in_line_again),
        IN_LINE(nothing_is_promised_twice_whatever_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
