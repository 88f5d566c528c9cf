/* Changes of an order's terms of payment: what is taken, what waits, and what is not done. */
#include "desk_world.h"

#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ORDER                                                                                      \
    HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1,5,C62\n" /* 53.55 */

static void
agree(struct world *world, const char *terms)
{
    char sql[200];
    snprintf(sql, sizeof sql, "UPDATE customer SET payment_terms = '%s' WHERE code = 'C100'",
             terms);
    world_do(world, sql);
}

/* The verdict, then that of each part, its code and what it was before. */
static const char *
amend(struct world *world, const char *terms, int64_t quantity)
{
    static char said[500];
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    struct line_change line = {.action = CHANGE_SET};
    const struct change_request request = {"nordlicht", "A-1", &change, "user:anna",
                                           false,       NULL,  NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    order_line_init(&line.line);
    line.line.number = "1";
    line.line.sku = line.line.unit = "";
    line.line.quantity_micros = quantity * MICROS;
    change.terms = terms;
    change.lines = &line;
    change.line_count = quantity == 0 ? 0 : 1;
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    size_t size = (size_t)snprintf(said, sizeof said, "%s%" PRId64,
                                   change_verdict_names[answer.verdict], answer.version);
    for (size_t index = 0; index < answer.item_count; index++) {
        const struct change_item *item = &answer.items[index];
        size += (size_t)snprintf(said + size, sizeof said - size, "; %s %s->%s %s %s", item->field,
                                 item->before, item->after, change_verdict_names[item->verdict],
                                 item->code == MESSAGE_COUNT ? "-" : message_entry(item->code)->id);
    }
    return said;
}

static bool
accept(struct world *world)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    const struct change_decision decision = {.partner = "nordlicht",
                                             .order_number = "A-1",
                                             .number = "",
                                             .accepts = true,
                                             .reason = "",
                                             .actor = "user:anna"};
    arena_init(&arena, 64 * 1024 * 1024);
    return desk_decide_change(&world->run, &decision, &arena, &answer, &why) == DONE &&
           answer.verdict == CHANGE_TAKEN;
}

static const char *
standing(struct world *world)
{
    return world_text(
        world, "SELECT o.approval || o.version || ' ' || o.fulfilment || ' ' || o.payment || ' ' ||"
               " p.payment_terms || ' ' || (SELECT coalesce(group_concat(h.kind), '-') FROM"
               " order_hold h WHERE h.ended_ms IS NULL) FROM orders o JOIN order_price p ON"
               " p.order_id = o.id AND p.version = o.version");
}

static int64_t
required(struct world *world)
{
    return world_number(world, "SELECT required_minor FROM order_payment");
}

static void
well(struct world *world)
{
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM orders o JOIN order_version v ON v.order_id ="
                            " o.id AND v.version = o.version JOIN order_price p ON p.order_id ="
                            " o.id AND p.version = o.version WHERE v.terms NOT IN ('',"
                            " p.payment_terms)"),
        0);
}

static void
worse_terms_wait_for_a_person(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(standing(world), "approved1 none due prepaid payment");
    assert_string_equal(amend(world, "account", 0),
                        "waits1; payment_terms prepaid->account waits -");
    assert_string_equal(standing(world), "approved1 none due prepaid change,payment");
    assert_true(accept(world));
    assert_string_equal(standing(world), "approved2 released none account -");
    well(world);
}

static void
a_row_for_terms_allows_worse_ones_and_one_for_all_does_not(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world->config.deposit_micros = 300000;
    world_come(world, "nordlicht", ORDER);
    world_come(world, "ledger", "change,state,customer_group,way\n,,,allow\n");
    assert_string_equal(amend(world, "deposit", 0),
                        "waits1; payment_terms prepaid->deposit waits -");
    assert_true(accept(world));
    assert_string_equal(standing(world), "approved2 none due deposit payment");
    assert_int_equal(required(world), 1607); /* 30 % of 53.55 */
    world_come(world, "ledger", "change,state,customer_group,way\n,,,allow\nterms,,,allow\n");
    assert_string_equal(amend(world, "account", 0),
                        "taken3; payment_terms deposit->account taken -");
    assert_string_equal(standing(world), "approved3 released none account -");
    well(world);
}

static void
other_changes_keep_the_terms_that_were_changed(void **state)
{
    struct world *world = *state;
    world->config.deposit_micros = 500000;
    world_come(world, "nordlicht",
               HEAD "A-1,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,"
                    "Weg 1,1,TEA-1,20,C62\n");
    assert_string_equal(standing(world), "waiting1 none none account -");
    assert_string_equal(amend(world, "account", 0), "refused1;  -> refused CHANGE-NOTHING");
    assert_string_equal(amend(world, "prepaid", 21),
                        "taken2; payment_terms account->prepaid taken -; quantity 20->21 taken -");
    assert_string_equal(amend(world, "", 4), "taken3; quantity 21->4 taken -");
    assert_string_equal(standing(world), "approved3 none due prepaid payment");
    assert_string_equal(amend(world, "deposit", 0),
                        "taken4; payment_terms prepaid->deposit taken -");
    assert_int_equal(required(world), 2142); /* half of 4 x 9.00 and 19 % */
    well(world);
}

static void
without_a_deposit_none_is_asked(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(amend(world, "deposit", 0),
                        "refused1; payment_terms prepaid->deposit refused CHANGE-TERMS-DEPOSIT");
}

/* Whatever else of the same change is taken. */
static void
what_is_refused_stays_as_it_was(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world_come(world, "ledger", "change,state,customer_group,way\nterms,,,allow\n");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(amend(world, "deposit", 6),
                        "partly2; payment_terms prepaid->deposit refused CHANGE-TERMS-DEPOSIT;"
                        " quantity 5->6 taken -");
    assert_string_equal(standing(world), "approved2 none due prepaid payment");
    assert_int_equal(required(world), 6426); /* all of it */
    assert_string_equal(world_text(world, "SELECT terms FROM order_version WHERE version = 2"), "");
    well(world);
}

static void
what_is_released_keeps_its_terms(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger", "change,state,customer_group,way\nterms,,,allow\n");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(standing(world), "approved1 released none account -");
    assert_string_equal(amend(world, "prepaid", 0),
                        "refused1; payment_terms account->prepaid refused CHANGE-TERMS-RELEASED");
}

/* Paid while the change waits: it comes to nothing. */
static void
what_is_paid_keeps_its_terms(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(amend(world, "account", 0),
                        "waits1; payment_terms prepaid->account waits -");
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-1,,nordlicht,A-1,53.55,EUR,2026-11-24\n");
    assert_string_equal(standing(world), "approved1 none paid prepaid change");
    assert_string_equal(amend(world, "deposit", 0),
                        "refused1; payment_terms prepaid->deposit refused CHANGE-TERMS-PAID");
    assert_false(accept(world));
    assert_string_equal(standing(world), "approved1 released paid prepaid -");
    well(world);
}

/* The company's is for those who have none of their own. */
static void
a_deposit_is_the_customers_own(void **state)
{
    struct world *world = *state;
    agree(world, "deposit");
    world_do(world, "UPDATE customer SET deposit_micros = 200000 WHERE code = 'C100'");
    world->config.deposit_micros = 500000;
    world_come(world, "nordlicht", ORDER);
    assert_int_equal(required(world), 1071); /* a fifth of 53.55 */
    assert_string_equal(amend(world, "prepaid", 0),
                        "taken2; payment_terms deposit->prepaid taken -");
    assert_int_equal(required(world), 5355);
    assert_string_equal(amend(world, "deposit", 0),
                        "taken3; payment_terms prepaid->deposit taken -");
    assert_int_equal(required(world), 1071);
    well(world);
}

/* What was agreed with whom nobody knows any more, nothing can be worse than but for who pays
 * before. */
static void
who_is_in_no_list_is_thought_to_pay_before(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world->config.deposit_micros = 500000;
    world_come(world, "nordlicht", ORDER);
    world_do(world, "DELETE FROM customer WHERE code = 'C100'");
    assert_string_equal(amend(world, "deposit", 0),
                        "waits1; payment_terms prepaid->deposit waits -");
}

/* An order without a price asks for nothing yet: its terms are those of its customer, or those that
 * a change gave it. */
static void
an_order_without_a_price_has_terms_too(void **state)
{
    struct world *world = *state;
    agree(world, "prepaid");
    world->config.deposit_micros = 500000;
    world_do(world, "UPDATE price SET price_micros = -1, formula = 'gone * 2' WHERE sku = 'TEA-1'");
    world_come(world, "nordlicht", ORDER);
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "unpriced");
    assert_string_equal(amend(world, "account", 0),
                        "waits1; payment_terms prepaid->account waits -");
    assert_true(accept(world));
    assert_string_equal(world_text(world, "SELECT approval || o.version || terms FROM orders o JOIN"
                                          " order_version v ON v.order_id = o.id AND v.version ="
                                          " o.version"),
                        "unpriced2account");
    assert_string_equal(amend(world, "deposit", 0),
                        "waits2; payment_terms account->deposit waits -");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(worse_terms_wait_for_a_person, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_row_for_terms_allows_worse_ones_and_one_for_all_does_not,
                                        world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(other_changes_keep_the_terms_that_were_changed, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(without_a_deposit_none_is_asked, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_is_refused_stays_as_it_was, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_deposit_is_the_customers_own, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(who_is_in_no_list_is_thought_to_pay_before, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(an_order_without_a_price_has_terms_too, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_is_paid_keeps_its_terms, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(what_is_released_keeps_its_terms, world_setup,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
