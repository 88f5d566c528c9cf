/* Changes of orders after their release: nothing that was ordered is altered. */
#include "desk_world.h"

#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define SHIPPED "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define LEAVES(number, line, sku, quantity)                                                        \
    number ",nordlicht,A-1," line "," sku "," quantity ",2026-11-24T08:00:00Z\n"

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CN-";
    world->config.invoice_copy_to = "";
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

/* "taken2: increase 1 taken CHANGE-NEW-LINE 1.1": the version since, and each part. */
static const char *
amend_note(struct world *world, struct line_change *lines, size_t count, struct note_change *note)
{
    static char said[1000];
    OWNED(arena) arena;
    struct fault why = {0};
    struct change_answer answer = {0};
    struct order_change change = order_change_blank;
    const struct change_request request = {"nordlicht", "A-1", &change, "user:anna",
                                           false,       NULL,  NULL};
    arena_init(&arena, 64 * 1024 * 1024);
    change.lines = lines;
    change.line_count = count;
    change.notes = note;
    change.note_count = note != NULL;
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    size_t size = (size_t)snprintf(said, sizeof said, "%s%" PRId64,
                                   change_verdict_names[answer.verdict], answer.version);
    for (size_t index = 0; index < answer.item_count; index++) {
        const struct change_item *item = &answer.items[index];
        const bool has_other = item->other != NULL && *item->other != '\0';
        size +=
            (size_t)snprintf(said + size, sizeof said - size, "; %s %s %s %s %s%s%s", item->kind,
                             item->line, change_verdict_names[item->verdict],
                             item->code == MESSAGE_COUNT ? "-" : message_entry(item->code)->id,
                             item->value, has_other ? " of " : "", has_other ? item->other : "");
    }
    return said;
}

static const char *
amend(struct world *world, struct line_change *lines, size_t count)
{
    return amend_note(world, lines, count, NULL);
}

/* "1=5 4500+855, ..." of the version in force. */
static const char *
priced(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || '=' || (quantity_micros / 1000000) ||"
                             " ' ' || net_minor || '+' || tax_minor, ', ') FROM (SELECT l.number,"
                             " l.quantity_micros, p.net_minor, p.tax_minor FROM orders o JOIN"
                             " order_line l ON l.order_id = o.id AND l.version = o.version JOIN"
                             " order_line_price p ON p.order_id = o.id AND p.version = o.version"
                             " AND p.ordinal = l.ordinal ORDER BY l.ordinal)");
}

static const char *
releases(struct world *world)
{
    return world_text(
        world, "SELECT group_concat(t, ', ') FROM (SELECT r.number || ' ' || r.version || ' ' ||"
               " iif(r.is_whole, 'all', (SELECT group_concat(l.ordinal || '=' ||"
               " (l.quantity_micros / 1000000), ' ') FROM warehouse_release_line l WHERE"
               " l.release_id = r.id)) AS t FROM warehouse_release r ORDER BY r.number)");
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || version || ' ' || fulfilment FROM orders");
}

/* Prices of TEA-1 for C100 are 9.00 when it is ordered, and 8.00 when it is changed. */
static void
lower_prices(struct world *world)
{
    world_do(world, "INSERT INTO master_version VALUES (14, 'prices', 2, 1, 3, 0);"
                    "INSERT INTO price (version_id, sku, scope, holder, currency, breaks,"
                    " break_group, quantity_from_micros, valid_from, valid_to, price_micros, line)"
                    " SELECT 14, sku, scope, holder, currency, breaks, break_group,"
                    " quantity_from_micros, valid_from, valid_to, price_micros - 1000000, line FROM"
                    " price;"
                    "UPDATE master_in_force SET version_id = 14 WHERE master = 'prices'");
}

static void
more_becomes_a_line_of_its_own(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7), part(CHANGE_ADD, "2", 1)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(standing(world), "approved1 released");
    lower_prices(world);
    assert_string_equal(amend(world, parts, 2), "taken2; increase 1 taken CHANGE-NEW-LINE 1.1;"
                                                " add-line 2 taken - ");
    assert_string_equal(standing(world), "approved2 released");
    assert_string_equal(priced(world), "1=5 4500+855, 1.1=2 1600+304, 2=1 1900+361");
    assert_string_equal(releases(world), "1 1 all, 2 2 2=2 3=1");
    assert_int_equal(world_number(world, "SELECT gross_minor FROM order_price WHERE version = 2"),
                     9520);
    assert_int_equal(world_number(world, "SELECT gross_minor FROM customer_open"), 9520);
    assert_int_equal(world_number(world, "SELECT count(*) FROM outbox_message WHERE kind ="
                                         " 'change-response'"),
                     1);
    /* once more of the same line is another one */
    parts[0] = part(CHANGE_SET, "1", 6);
    assert_string_equal(amend(world, parts, 1), "taken3; increase 1 taken CHANGE-NEW-LINE 1.2");
    assert_string_equal(releases(world), "1 1 all, 2 2 2=2 3=1, 3 3 4=1");
}

static void
what_joined_is_shipped_and_invoiced_with_the_rest(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    world_come(world, "harbour", SHIPPED LEAVES("S-1", "1", "TEA-1", "3"));
    lower_prices(world);
    assert_string_equal(amend(world, parts, 1), "taken2; increase 1 taken CHANGE-NEW-LINE 1.1");
    assert_string_equal(standing(world), "approved2 partly");
    world_come(world, "harbour",
               SHIPPED LEAVES("S-2", "1", "TEA-1", "2") LEAVES("S-2", "1.1", "TEA-1", "2"));
    assert_string_equal(standing(world), "approved2 shipped");
    /* 3 x 9.00, then 2 x 9.00 and 2 x 8.00 */
    assert_string_equal(
        world_text(world, "SELECT group_concat(version || ' ' || net_minor, ', ') FROM invoice"),
        "1 2700, 2 3400");
    assert_int_equal(world_number(world, "SELECT gross_minor FROM customer_open"), 0);
}

static void
less_is_cancelled_where_nobody_sends_it(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 3), part(CHANGE_SET, "2", 2)};
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "1"));
    world_do(world, "UPDATE warehouse_release SET is_whole = 0;"
                    "INSERT INTO warehouse_release_line SELECT id, 1, 2000000 FROM"
                    " warehouse_release");
    /* 3 of line 1 are free, and line 2 */
    assert_string_equal(amend(world, parts, 2), "taken2; decrease 1 taken - ;"
                                                " increase 2 taken CHANGE-NEW-LINE 2.1");
    assert_string_equal(
        world_text(world, "SELECT group_concat(t, ', ') FROM (SELECT version || ' ' || ordinal || '"
                          "=' || (quantity_micros / 1000000) || ' ' || net_minor AS t"
                          " FROM order_cancelled ORDER BY version, ordinal)"),
        "2 1=2 1800");
    assert_string_equal(releases(world), "1 1 1=2, 2 2 1=1 2=1 3=1");
    /* what is cancelled stays so in the version after */
    parts[1] = part(CHANGE_SET, "2", 3);
    assert_string_equal(amend(world, &parts[1], 1), "taken3; increase 2 taken CHANGE-NEW-LINE 2.2");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_cancelled"), 2);
    /* the ledger of sales has each version as it was, and what is cancelled once */
    assert_int_equal(world_number(world, "SELECT count(*) FROM sale WHERE kind = 'cancelled'"), 3);
    assert_int_equal(world_number(world, "SELECT sum(orders) FROM customer_sale"), 1);
    assert_int_equal(world_number(world, "SELECT sum(net_minor) FROM customer_sale"),
                     (int)world_number(world, "SELECT p.net_minor - 1800 FROM order_price p"
                                              " WHERE p.version = 3"));
}

static void
less_of_what_is_under_way_is_asked_back(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 3)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 1), "taken1; decrease 1 taken CHANGE-STOP-ASKED 2 C62");
    assert_string_equal(standing(world), "approved1 released");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_cancelled"), 0);
    /* what was asked for waits: no more and no less than that can be taken off */
    assert_string_equal(amend(world, parts, 1), "refused1; decrease 1 refused CANCEL-STOP-WAITS 3");
    parts[0] = part(CHANGE_SET, "1", 4);
    assert_string_equal(amend(world, parts, 1), "refused1; decrease 1 refused CANCEL-STOP-WAITS 3");
    parts[0] = part(CHANGE_SET, "1", 7);
    assert_string_equal(amend(world, parts, 1), "refused1; increase 1 refused CANCEL-STOP-WAITS 3");
    parts[0] = part(CHANGE_SET, "1", 2);
    assert_string_equal(amend(world, parts, 1), "taken1; decrease 1 taken CHANGE-STOP-ASKED 1 C62");
    world_come(world, "harbour", "stop_number,status\n1,stopped\n");
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) / 1000000 FROM"
                                         " order_cancelled"),
                     2);
    world_come(world, "harbour", "stop_number,status\n2,too-late\n");
    assert_int_equal(world_number(world, "SELECT sum(quantity_micros) / 1000000 FROM"
                                         " order_cancelled"),
                     2);
}

/* Another version since does not make the warehouse's answer void, and what joined the order since
 * is with the release that has it. */
/* Who wants all or nothing gets nothing when a part cannot be taken back, not even what was made.
 */
static void
all_or_nothing_holds_when_less_is_not_taken(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 3)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 1), "taken1; decrease 1 taken CHANGE-STOP-ASKED 2 C62");
    world->partners[1].acceptance = ACCEPT_ALL_OR_NOTHING;
    world_come(world, "nordlicht",
               "change_number,order_number,action,line_number,sku,quantity,unit\n"
               "C-9,A-1,add,2,TEA-2,1,C62\nC-9,A-1,set,1,,4,\n");
    assert_string_equal(standing(world), "approved1 released");
    assert_string_equal(world_text(world, "SELECT group_concat(code, ', ') FROM finding"),
                        "FILE-WHOLE, CANCEL-STOP-WAITS, CHANGE-NOT-ALONE");
    assert_int_equal(world_number(world, "SELECT count(*) FROM change_answer"), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM warehouse_release"), 1);
}

static void
what_was_asked_back_outlives_a_version(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 3)};
    struct line_change more[] = {part(CHANGE_ADD, "2", 4)};
    struct line_change less[] = {part(CHANGE_SET, "2", 1)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 1), "taken1; decrease 1 taken CHANGE-STOP-ASKED 2 C62");
    assert_string_equal(amend(world, more, 1), "taken2; add-line 2 taken - ");
    world_come(world, "harbour", "stop_number,status\n1,stopped\n");
    assert_string_equal(amend(world, less, 1), "taken2; decrease 2 taken CHANGE-STOP-ASKED 3 C62");
    assert_string_equal(world_text(world, "SELECT group_concat(s.number || ' ' || s.state || ' ' ||"
                                          " r.number || ' ' || l.ordinal || '=' ||"
                                          " (l.quantity_micros / 1000000), ', ') FROM stop_notice s"
                                          " JOIN stop_notice_line l ON l.notice_id = s.id JOIN"
                                          " warehouse_release r ON r.id = s.release_id"),
                        "1 stopped 1 1=2, 2 asked 2 2=3");
    assert_string_equal(world_text(world, "SELECT group_concat(version || ' ' || ordinal || '=' ||"
                                          " (quantity_micros / 1000000), ', ') FROM"
                                          " order_cancelled"),
                        "2 1=2");
}

/* What is free of it is cancelled, what a warehouse has is asked for. */
static void
less_may_be_free_in_part(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 1), part(CHANGE_REMOVE, "2", 0)};
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "1"));
    world_do(world, "UPDATE warehouse_release SET is_whole = 0;"
                    "INSERT INTO warehouse_release_line SELECT id, 1, 2000000 FROM"
                    " warehouse_release");
    assert_string_equal(amend(world, parts, 2), "taken1; decrease 1 taken CHANGE-STOP-ASKED 1 C62;"
                                                " remove-line 2 taken - ");
    assert_string_equal(world_text(world, "SELECT group_concat(ordinal || '=' || (quantity_micros /"
                                          " 1000000), ', ') FROM order_cancelled"),
                        "1=3, 2=1");
}

/* Three have left: two are open, and no more can be taken off. */
static void
what_has_left_is_not_taken_off(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 2), part(CHANGE_REMOVE, "2", 0)};
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "1"));
    world_come(world, "harbour", SHIPPED LEAVES("S-1", "1", "TEA-1", "3"));
    assert_string_equal(amend(world, parts, 2),
                        "refused1; decrease 1 refused CANCEL-TOO-MUCH 3 of 2;"
                        " remove-line 2 refused CHANGE-NOT-ALONE ");
}

static void
what_is_shipped_is_not_changed(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7), part(CHANGE_ADD, "2", 1)};
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    world_come(world, "harbour", SHIPPED LEAVES("S-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 2), "refused1; increase 1 refused CHANGE-REFUSED"
                                                " shipped; add-line 2 refused CHANGE-REFUSED"
                                                " shipped");
}

static void
a_number_stays_that_of_its_line(void **state)
{
    struct world *world = *state;
    struct line_change gone[] = {part(CHANGE_REMOVE, "2", 0)};
    struct line_change again[] = {part(CHANGE_ADD, "2", 1)};
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "1", "TEA-1", "5") LINE("A-1", "2", "TEA-2", "1"));
    world_do(world, "UPDATE warehouse_release SET is_whole = 0;"
                    "INSERT INTO warehouse_release_line SELECT id, 1, 5000000 FROM"
                    " warehouse_release");
    assert_string_equal(amend(world, gone, 1), "taken1; remove-line 2 taken - ");
    assert_string_equal(amend(world, again, 1), "refused1; add-line 2 refused CHANGE-LINE-THERE ");
}

static void
who_paid_first_orders_more_elsewhere(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_SET, "1", 7)};
    world_do(world, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    world_come(world, "ledger",
               "payment_number,kind,partner,order_number,amount,currency,paid_on\n"
               "P-1,,nordlicht,A-1,53.55,EUR,2026-11-24\n");
    assert_string_equal(standing(world), "approved1 released");
    assert_string_equal(amend(world, parts, 1), "refused1; increase 1 refused CHANGE-PAID-FIRST ");
}

static void
what_has_no_price_joins_nothing(void **state)
{
    struct world *world = *state;
    struct line_change parts[] = {part(CHANGE_ADD, "2", 1)};
    parts[0].line.sku = "TEA-9";
    world_come(world, "nordlicht", HEAD LINE("A-1", "1", "TEA-1", "5"));
    assert_string_equal(amend(world, parts, 1), "refused1; add-line 2 refused CHANGE-NO-PRICE"
                                                " PRICE-SKU-UNKNOWN");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(more_becomes_a_line_of_its_own),
        TEST(what_joined_is_shipped_and_invoiced_with_the_rest),
        TEST(less_is_cancelled_where_nobody_sends_it),
        TEST(less_of_what_is_under_way_is_asked_back),
        TEST(all_or_nothing_holds_when_less_is_not_taken),
        TEST(what_was_asked_back_outlives_a_version),
        TEST(less_may_be_free_in_part),
        TEST(what_has_left_is_not_taken_off),
        TEST(what_is_shipped_is_not_changed),
        TEST(a_number_stays_that_of_its_line),
        TEST(who_paid_first_orders_more_elsewhere),
        TEST(what_has_no_price_joins_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
