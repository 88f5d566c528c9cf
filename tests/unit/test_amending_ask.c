/* Changes of orders that wait for a person. */
#include "desk_world.h"

#include "order/order_change.h"
#include "store/store_request.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define DAY_MS INT64_C(86400000)

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.change_ask_days = 3;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    world_come(world, "ledger",
               "change,state,customer_group,way\nincrease,,,ask\ndecrease,submitted,,ask\n");
    return 0;
}

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

static const char *
told(const struct change_answer *answer)
{
    static char said[500];
    size_t size = (size_t)snprintf(said, sizeof said, "%s%" PRId64,
                                   change_verdict_names[answer->verdict], answer->version);
    for (size_t index = 0; index < answer->item_count; index++) {
        const struct change_item *item = &answer->items[index];
        size += (size_t)snprintf(said + size, sizeof said - size, "; %s %s %s %s", item->kind,
                                 item->line, change_verdict_names[item->verdict],
                                 item->code == MESSAGE_COUNT ? "-" : message_entry(item->code)->id);
    }
    return said;
}

static const char *
amend(struct world *world, struct line_change *lines, size_t count)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    const struct change_request request = {"nordlicht", "A-1", &change, "user:anna",
                                           false,       NULL,  NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    change.lines = lines;
    change.line_count = count;
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    return told(&answer);
}

static const char *
decide(struct world *world, bool accepts, const char *actor)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    const struct change_decision decision = {.partner = "nordlicht",
                                             .order_number = "A-1",
                                             .number = "",
                                             .accepts = accepts,
                                             .reason = "as agreed",
                                             .actor = actor};
    arena_init(&arena, 64 * 1024 * 1024);
    return desk_decide_change(&world->run, &decision, &arena, &answer, &why) == DONE ? told(&answer)
                                                                                     : "not done";
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment || ' ' || (SELECT"
                             " coalesce(group_concat(kind), '-') FROM order_hold WHERE ended_ms IS"
                             " NULL) FROM orders");
}

static const char *
quantities(struct world *world)
{
    return world_text(world, "SELECT group_concat(l.number || '=' || (l.quantity_micros / 1000000),"
                             " ' ') FROM orders o JOIN order_line l ON l.order_id = o.id AND"
                             " l.version = o.version");
}

static int64_t
responses(struct world *world)
{
    return world_number(world, "SELECT count(*) FROM outbox_message WHERE kind ="
                               " 'change-response'");
}

static const char *
pending(struct world *world)
{
    return world_text(world, "SELECT group_concat(state, ' ') FROM change_pending");
}

/* 20 x 9.00 waits for linwei; 19 and another line are wanted. */
static void
ask_early(struct world *world)
{
    struct line_change parts[] = {part(CHANGE_SET, "1", 19), part(CHANGE_ADD, "2", 1)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "20"));
    assert_string_equal(amend(world, parts, 2), "waits1; decrease 1 waits -; add-line 2 waits -");
    assert_string_equal(standing(world), "waiting1 none change");
    assert_string_equal(quantities(world), "1=20");
    assert_int_equal(responses(world), 1);
}

static void
what_is_accepted_is_carried_out(void **state)
{
    struct world *world = *state;
    ask_early(world);
    assert_string_equal(decide(world, true, "user:anna"),
                        "taken2; decrease 1 taken -; add-line 2 taken -");
    assert_string_equal(quantities(world), "1=19 2=1");
    assert_string_equal(standing(world), "waiting2 none -");
    assert_int_equal(responses(world), 2);
    assert_string_equal(pending(world), "accepted");
    assert_string_equal(decide(world, true, "user:anna"), "not done");
}

static void
what_is_rejected_is_told(void **state)
{
    struct world *world = *state;
    ask_early(world);
    assert_string_equal(
        decide(world, false, "user:anna"),
        "refused1; decrease 1 refused CHANGE-REJECTED; add-line 2 refused CHANGE-REJECTED");
    assert_string_equal(quantities(world), "1=20");
    assert_string_equal(pending(world), "rejected");
}

/* Tuesday; Friday is the last day. */
static void
what_nobody_decides_expires(void **state)
{
    struct world *world = *state;
    ask_early(world);
    world->run.as_of_ms += 3 * DAY_MS;
    world_work(world);
    assert_string_equal(pending(world), "open");
    world->run.as_of_ms += DAY_MS;
    world_work(world);
    assert_string_equal(pending(world), "expired");
    assert_string_equal(standing(world), "waiting1 none -");
    assert_int_equal(responses(world), 2);
}

static void
the_order_is_not_released_before(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    ask_early(world);
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    assert_string_equal(standing(world), "approved1 none change");
    assert_string_equal(
        decide(world, false, "user:anna"),
        "refused1; decrease 1 refused CHANGE-REJECTED; add-line 2 refused CHANGE-REJECTED");
    assert_string_equal(standing(world), "approved1 released -");
}

static void
only_who_may_decides(void **state)
{
    struct world *world = *state;
    world->config.holds[ORDER_HOLD_CHANGE].releasers = "boris";
    ask_early(world);
    assert_string_equal(decide(world, true, "user:anna"), "not done");
    assert_string_equal(decide(world, true, "user:boris"),
                        "taken2; decrease 1 taken -; add-line 2 taken -");
}

static void
what_is_asked_after_the_release_joins_when_accepted(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 1), "waits1; increase 1 waits -");
    assert_string_equal(standing(world), "approved1 released -");
    assert_string_equal(decide(world, true, "user:anna"),
                        "taken2; increase 1 taken CHANGE-NEW-LINE");
    assert_string_equal(quantities(world), "1=5 1.1=2");
}

/* 20 more come to 180.00, which linwei must see. */
static void
what_needs_consent_after_the_release_waits(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_ADD, "2", 20)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 1), "waits1; add-line 2 waits -");
    assert_string_equal(decide(world, false, "user:anna"),
                        "refused1; add-line 2 refused CHANGE-REJECTED");
    assert_string_equal(amend(world, parts, 1), "waits1; add-line 2 waits -");
    assert_string_equal(decide(world, true, "user:anna"), "taken2; add-line 2 taken -");
    assert_string_equal(quantities(world), "1=5 2=20");
}

static void
a_cancelled_order_is_changed_no_more(void **state)
{
    struct world *world = *state;
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    arena_init(&arena, 1024 * 1024);
    ask_early(world);
    must(desk_cancel(&world->run,
                     &(struct cancel_order){.partner = "nordlicht",
                                            .order_number = "A-1",
                                            .line = "",
                                            .quantity_micros = AMOUNT_NONE,
                                            .cause = "other",
                                            .fault = "customer",
                                            .reason = "no",
                                            .actor = "user:anna"},
                     &arena, &done, &why));
    assert_string_equal(decide(world, true, "user:anna"), "refused1;   refused CHANGE-CLOSED");
    assert_string_equal(pending(world), "accepted");
}

/* -- the partner is not configured any more -- */

static int64_t
waiting_for_nordlicht(struct world *world)
{
    return world_number(world, "SELECT count(*) FROM outbox_message WHERE partner = 'nordlicht'"
                               " AND kind = 'change-response'");
}

static void
ask_for_nobody(struct world *world)
{
    ask_early(world);
    world->partners[1].id = "nobody";
}

static void
a_change_of_nobody_waits_till_its_last_day(void **state)
{
    struct world *world = *state;
    ask_for_nobody(world);
    world_work(world);
    assert_string_equal(pending(world), "open");
    assert_string_equal(standing(world), "waiting1 none change");
    assert_string_equal(decide(world, true, "user:anna"), "not done");
    assert_string_equal(pending(world), "open");
    world->run.as_of_ms += 4 * DAY_MS;
    world_work(world);
    assert_string_equal(pending(world), "expired");
    assert_string_equal(standing(world), "waiting1 none -");
    assert_string_equal(quantities(world), "1=20");
    /* Its answer waits for who it is for, as all that is for nobody. */
    assert_int_equal(waiting_for_nordlicht(world), 2);
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM change_answer_item AS i"
                                          " WHERE i.number = 2"),
                        "CHANGE-EXPIRED,CHANGE-EXPIRED");
    world->partners[1].id = "nordlicht";
}

static void
a_change_of_nobody_is_rejected(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    ask_for_nobody(world);
    must(world_decide(world, "A-1", true, "user:linwei", "", &why));
    assert_string_equal(standing(world), "approved1 none change");
    assert_string_equal(
        decide(world, false, "user:anna"),
        "refused1; decrease 1 refused CHANGE-REJECTED; add-line 2 refused CHANGE-REJECTED");
    assert_string_equal(pending(world), "rejected");
    assert_string_equal(standing(world), "approved1 released -");
    assert_string_equal(quantities(world), "1=20");
    world->partners[1].id = "nordlicht";
}

static void
a_partner_that_is_back_is_as_before(void **state)
{
    struct world *world = *state;
    ask_for_nobody(world);
    world_work(world);
    world->partners[1].id = "nordlicht";
    assert_string_equal(decide(world, true, "user:anna"),
                        "taken2; decrease 1 taken -; add-line 2 taken -");
    assert_string_equal(quantities(world), "1=19 2=1");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_accepted_is_carried_out),
        TEST(what_is_rejected_is_told),
        TEST(what_nobody_decides_expires),
        TEST(the_order_is_not_released_before),
        TEST(only_who_may_decides),
        TEST(what_is_asked_after_the_release_joins_when_accepted),
        TEST(what_needs_consent_after_the_release_waits),
        TEST(a_cancelled_order_is_changed_no_more),
        TEST(a_change_of_nobody_waits_till_its_last_day),
        TEST(a_change_of_nobody_is_rejected),
        TEST(a_partner_that_is_back_is_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
