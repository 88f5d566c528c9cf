/* Changes of orders, by file and by hand: what is taken, what is not, and why. */
#include "desk_world.h"

#include "order/order_change.h"
#include "store/store_request.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"

static struct line_change
part(enum change_action action, const char *number, int64_t quantity)
{
    struct line_change change = {.action = action};
    order_line_init(&change.line);
    change.line.number = number;
    change.line.sku = action == CHANGE_ADD ? "TEA-2" : "";
    change.line.unit = action == CHANGE_ADD ? "C62" : "";
    change.line.quantity_micros = quantity == 0 ? AMOUNT_NONE : quantity * MICROS;
    return change;
}

/* A file of nordlicht with one change, as intake leaves it for the desk. */
static void
come(struct world *world, const char *number, const char *order, int64_t version,
     struct line_change *lines, size_t count)
{
    struct fault why = {0};
    char sql[512];
    OWNED(store_tx) tx = {0};
    enum request_admission admission = REQUEST_CONFLICT;
    struct order_change change = order_change_blank;
    const int64_t arrival = world_land(world, "nordlicht", number, number);
    snprintf(sql, sizeof sql,
             "INSERT INTO interchange (arrival_id, partner, name, sha256, size, format, document,"
             " acceptance, state, repetition, place, received_ms, documents, documents_taken)"
             " SELECT id, 'nordlicht', '%s', sha256, size, 'csv', 'order-change', 'per-order',"
             " 'read', 0, 'spool/' || spool, 0, 1, 1 FROM arrival WHERE id = %" PRId64 ";"
             "UPDATE arrival SET state = 'taken' WHERE id = %" PRId64,
             number, arrival, arrival);
    world_do(world, sql);
    change.number = number;
    change.order_number = order;
    change.version = version;
    change.lines = lines;
    change.line_count = count;
    must(store_begin(world->run.store, &tx, &why));
    must(change_request_store(world->run.store, "nordlicht",
                              world_number(world, "SELECT max(id) FROM interchange"), &change,
                              &admission, &why));
    assert_int_equal(admission, REQUEST_STORED);
    must(store_commit(&tx, &why));
    must(desk_work(&world->run, &why));
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders");
}

/* The last answer, and of each part the verdict and the code. */
static const char *
answer(struct world *world)
{
    return world_text(
        world, "SELECT a.verdict || a.version_before || a.version || ': ' || (SELECT group_concat("
               "i.kind || ' ' || i.line || ' ' || i.verdict || ' ' || i.code, '; ')"
               " FROM change_answer_item i WHERE i.order_id = a.order_id AND i.number = a.number)"
               " FROM change_answer a ORDER BY a.number DESC LIMIT 1");
}

static const char *
quantities(struct world *world)
{
    return world_text(world, "SELECT group_concat(l.number || '=' || (l.quantity_micros / 1000000),"
                             " ' ') FROM orders o JOIN order_line l ON l.order_id = o.id AND"
                             " l.version = o.version");
}

/* 20 x 9.00 waits for linwei. */
static void
a_file_changes_an_order_that_waits(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 22), part(CHANGE_ADD, "2", 1),
                                  part(CHANGE_REMOVE, "9", 0)};
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n");
    assert_string_equal(standing(world), "waiting1 none");
    come(world, "C-1", "A-1", 1, parts, 3);
    assert_string_equal(standing(world), "waiting2 none");
    assert_string_equal(quantities(world), "1=22 2=1");
    assert_string_equal(answer(world), "partly12: increase 1 taken ; add-line 2 taken ;"
                                       "  9 refused CHANGE-LINE-UNKNOWN");
    /* 22 x 9.00 + 20.00 = 218.00, and 19 % */
    assert_int_equal(world_number(world, "SELECT gross FROM change_answer"), 25942);
    assert_string_equal(world_text(world, "SELECT group_concat(code || ' ' || order_line) FROM"
                                          " finding"),
                        "CHANGE-LINE-UNKNOWN 9");
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message WHERE kind ="
                                         " 'change-response' AND partner = 'nordlicht'"),
                     1);
    assert_string_equal(world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
                        "taken");
}

static void
an_older_version_is_taken_when_nothing_it_touches_has_changed(void **state)
{
    struct world *world = *state;
    struct line_change first[] = {part(CHANGE_SET, "1", 22)};
    struct line_change other[] = {part(CHANGE_SET, "2", 5)};
    struct line_change same[] = {part(CHANGE_SET, "1", 23)};
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n" START "2,TEA-2,4,C62\n");
    come(world, "C-1", "A-1", 1, first, 1);
    come(world, "C-2", "A-1", 1, other, 1);
    assert_string_equal(answer(world), "taken23: increase 2 taken ");
    come(world, "C-3", "A-1", 1, same, 1);
    assert_string_equal(answer(world), "refused33:   refused CHANGE-VERSION-OLD");
    assert_string_equal(world_text(world, "SELECT value || ' ' || expected FROM finding"), "1 3");
    come(world, "C-4", "A-1", 7, same, 1);
    assert_string_equal(answer(world), "refused33:   refused CHANGE-VERSION-UNKNOWN");
    assert_string_equal(quantities(world), "1=22 2=5");
}

static void
what_changes_nothing_makes_no_version(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 20)};
    struct line_change none[] = {part(CHANGE_REMOVE, "1", 0)};
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n");
    come(world, "C-1", "A-1", 0, parts, 1);
    assert_string_equal(answer(world), "refused11:   refused CHANGE-NOTHING");
    come(world, "C-2", "A-1", 0, none, 1);
    assert_string_equal(answer(world), "refused11: remove-line 1 refused CHANGE-NOTHING-LEFT");
    assert_string_equal(standing(world), "waiting1 none");
}

/* 5 x 9.00 is approved by rule and released. */
static void
a_released_order_keeps_its_lines(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 4)};
    world_come(world, "nordlicht", HEAD START "1,TEA-1,5,C62\n");
    parts[0].line.sku = "TEA-2";
    assert_string_equal(standing(world), "approved1 released");
    come(world, "C-1", "A-1", 0, parts, 1);
    assert_string_equal(answer(world), "partly11: options 1 refused CHANGE-REFUSED;"
                                       " decrease 1 taken CHANGE-STOP-ASKED");
    assert_string_equal(quantities(world), "1=5");
}

/* As in an order; what else is in the change is taken. */
static void
there_is_no_part_of_a_unit(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 22), part(CHANGE_SET, "2", 5),
                                  part(CHANGE_ADD, "3", 1), part(CHANGE_ADD, "4", 1),
                                  part(CHANGE_ADD, "5", 1)};
    parts[0].line.quantity_micros += MICROS / 2;
    parts[2].line.quantity_micros += MICROS / 2;
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n" START "2,TEA-2,4,C62\n");
    come(world, "C-1", "A-1", 0, parts, 5);
    assert_string_equal(answer(world), "partly12: increase 1 refused CHANGE-WHOLE-UNITS; increase 2"
                                       " taken ; add-line 3 refused CHANGE-WHOLE-UNITS;"
                                       " add-line 4 taken ; add-line 5 taken ");
    assert_string_equal(quantities(world), "1=20 2=5 4=1 5=1");
    assert_string_equal(world_text(world, "SELECT group_concat(value || ' ' || expected) FROM"
                                          " finding WHERE code = 'CHANGE-WHOLE-UNITS'"),
                        "22.5 C62,1.5 C62");
}

/* All that the line had are replaced, at the surcharge of what it has then. */
static void
options_are_changed(void **state)
{
    struct world *world = *state;
    struct option red[] = {{"colour", "red"}};
    struct line_change parts[] = {part(CHANGE_SET, "1", 0)};
    parts[0].has_options = true;
    parts[0].line.options = red;
    parts[0].line.option_count = 1;
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n");
    come(world, "C-1", "A-1", 0, parts, 1);
    assert_string_equal(answer(world), "taken12: options 1 taken ");
    assert_string_equal(world_text(world, "SELECT group_concat(net_minor) FROM order_price"),
                        "18000,19000");
    parts[0].line.option_count = 0;
    come(world, "C-2", "A-1", 0, parts, 1);
    assert_string_equal(answer(world), "taken23: options 1 taken ");
    assert_string_equal(world_text(world, "SELECT group_concat(net_minor) FROM order_price"),
                        "18000,19000,18000");
}

/* In the words of an order that is sent so, where the line stands in the file. */
static void
why_it_has_no_price_is_told(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 22), part(CHANGE_ADD, "2", 1)};
    parts[1].line.sku = "TEA-11";
    parts[0].line.place.line = 2;
    parts[1].line.place.line = 3;
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n");
    come(world, "C-1", "A-1", 0, parts, 2);
    assert_string_equal(answer(world), "refused11: increase 1 refused CHANGE-NO-PRICE;"
                                       " add-line 2 refused CHANGE-NO-PRICE");
    assert_string_equal(
        world_text(world, "SELECT group_concat(code || ' ' || line || ' ' || value || ' ' ||"
                          " hint, '; ') FROM finding WHERE severity = 'error'"),
        "CHANGE-NO-PRICE 2 PRICE-SKU-UNKNOWN ; CHANGE-NO-PRICE 3 PRICE-SKU-UNKNOWN ;"
        " PRICE-SKU-UNKNOWN 3 TEA-11 TEA-1");
}

static void
an_order_that_nobody_knows_is_told(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 4)};
    come(world, "C-1", "A-9", 0, parts, 1);
    assert_string_equal(world_text(world, "SELECT code || ' ' || value FROM finding"),
                        "CHANGE-ORDER-UNKNOWN A-9");
    assert_int_equal(world_number(world, "SELECT count(*) FROM change_request"), 0);
    assert_string_equal(world_text(world, "SELECT state FROM interchange ORDER BY id DESC LIMIT 1"),
                        "refused");
}

static void
a_trial_leaves_nothing(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct change_answer found = {0};
    struct line_change parts[] = {part(CHANGE_SET, "1", 22)};
    struct order_change change = order_change_blank;
    struct change_request request = {"nordlicht", "A-1", &change, "user:anna", true, NULL, NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    change.lines = parts;
    change.line_count = 1;
    world_come(world, "nordlicht", HEAD START "1,TEA-1,20,C62\n");
    must(desk_amend(&world->run, &request, &arena, &found, &why));
    assert_int_equal(found.verdict, CHANGE_TAKEN);
    assert_int_equal(found.version, 2);
    assert_string_equal(standing(world), "waiting1 none");
    assert_int_equal(world_number(world, "SELECT count(*) FROM change_answer"), 0);
    request.is_trial = false;
    must(desk_amend(&world->run, &request, &arena, &found, &why));
    assert_string_equal(standing(world), "waiting2 none");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_changes_an_order_that_waits, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(
            an_older_version_is_taken_when_nothing_it_touches_has_changed, world_setup,
            world_teardown),
        cmocka_unit_test_setup_teardown(what_changes_nothing_makes_no_version, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_released_order_keeps_its_lines, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(an_order_that_nobody_knows_is_told, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(options_are_changed, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(why_it_has_no_price_is_told, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(there_is_no_part_of_a_unit, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_trial_leaves_nothing, world_setup, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
