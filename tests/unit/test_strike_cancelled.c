/* Lines are struck from an order of which a part is cancelled: what is cancelled stays so, and what
 * is left is worth what it would be if it had been ordered alone. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define LINE(number, line, sku, quantity)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," quantity       \
           ",C62\n"
#define PROMOTIONS                                                                                 \
    "code,mode,valid_from,currency,level,minimum_amount,action,amount,percent,budget\n"

enum { TURNS = 40, LINES = 4, TEXT_SIZE = 2048 };

/* A-1 of three lines, at 9.00, 20.00 and 20.00, waits for linwei, then for boss. */
static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.charge_prefix = "CHG-";
    world->config.invoice_copy_to = "";
    world->config.stock_shortage = SHORTAGE_HOLDS;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    world_come(world, "harbour", "sku,available\nTEA-1,100000\nTEA-2,100000\n");
    return 0;
}

static void
come(struct world *world)
{
    world_come(world, "nordlicht",
               HEAD LINE("A-1", "10", "TEA-1", "20") LINE("A-1", "20", "TEA-2", "10")
                   LINE("A-1", "30", "TEA-2", "50"));
    assert_string_equal(world_text(world, "SELECT approval FROM orders"), "waiting");
}

static void
cancel(struct world *world, const char *number, const char *line, int64_t quantity)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    arena_init(&arena, 4 * 1024 * 1024);
    must(desk_cancel(
        &world->run,
        &(struct cancel_order){.partner = "nordlicht",
                               .order_number = number,
                               .line = line,
                               .quantity_micros = quantity == 0 ? AMOUNT_NONE : quantity * MICROS,
                               .cause = "other",
                               .fault = "customer",
                               .reason = "changed my mind",
                               .actor = "user:anna"},
        &arena, &done, &why));
}

/* "", or why not. */
static const char *
strike(struct world *world, const char *number, const char *lines)
{
    static struct fault why;
    why = (struct fault){0};
    const enum outcome outcome = desk_decide(&world->run,
                                             &(struct desk_decision){.partner = "nordlicht",
                                                                     .order_number = number,
                                                                     .verdict = DECISION_APPROVE,
                                                                     .actor = "user:anna",
                                                                     .reason = "no room",
                                                                     .delegate = "",
                                                                     .strike = lines},
                                             &why);
    return outcome == DONE ? "" : why.text;
}

static void
approve(struct world *world, const char *number)
{
    struct fault why = {0};
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT approval = 'waiting' FROM orders WHERE number = '%s'",
             number);
    while (world_number(world, sql) == 1) {
        must(world_decide(world, number, true, "user:anna", "", &why));
    }
}

/* "2 approved: 10=15 20=10, 33500 + 6365", the version in force. */
static const char *
order(struct world *world, const char *number)
{
    char sql[600];
    snprintf(sql, sizeof sql,
             "SELECT o.version || ' ' || approval || ': ' || (SELECT group_concat(number || '=' ||"
             " (quantity_micros / 1000000), ' ') FROM (SELECT * FROM order_line l WHERE l.order_id"
             " = o.id AND l.version = o.version ORDER BY ordinal)) || ', ' || net_minor || ' + '"
             " || tax_minor FROM orders o JOIN order_price p ON p.order_id = o.id AND p.version ="
             " o.version WHERE number = '%s'",
             number);
    return world_text(world, sql);
}

/* What of the list of stock is given away. */
static const char *
given(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(t, ', '), '') FROM (SELECT sku || ' ' ||"
                      " (given_micros / 1000000) AS t FROM stock_given WHERE version_id = (SELECT"
                      " version_id FROM master_in_force WHERE master = 'stock') AND given_micros <>"
                      " 0 ORDER BY sku)");
}

/* -- one by one -- */

static void
what_is_cancelled_stays_so(void **state)
{
    struct world *world = *state;
    come(world);
    cancel(world, "A-1", "10", 5);
    world_do(world, "INSERT INTO order_note SELECT id, 1, 1, 0, 'gift', 'all' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 2, 2, 'gift', 'twenty' FROM orders;"
                    "INSERT INTO order_note SELECT id, 1, 3, 3, 'gift', 'thirty' FROM orders");
    assert_string_equal(strike(world, "A-1", "30"), "");
    assert_string_equal(order(world, "A-1"), "2 approved: 10=15 20=10, 33500 + 6365");
    assert_string_equal(world_text(world, "SELECT fulfilment FROM orders"), "released");
    assert_string_equal(given(world), "TEA-1 15, TEA-2 10");
    assert_string_equal(world_text(world, "SELECT group_concat(line || text, ' ') FROM order_note"
                                          " WHERE version = 2"),
                        "0all 2twenty");
    /* What was cancelled is on record, of the version that it was cancelled of. */
    assert_string_equal(world_text(world, "SELECT group_concat(version || ':' || ordinal || '=' ||"
                                          " quantity_micros, ' ') FROM order_cancelled"),
                        "1:1=5000000");
    assert_int_equal(world_number(world, "SELECT count(*) FROM cancellation"), 1);
    assert_string_equal(world_text(world, "SELECT group_concat(code || version || order_line) FROM"
                                          " finding WHERE code = 'ORDER-LINE-STRUCK'"),
                        "ORDER-LINE-STRUCK230");
    assert_string_equal(world_text(world, "SELECT json_extract(detail, '$.struck') FROM order_event"
                                          " WHERE event = 'repriced'"),
                        "[\"30\"]");
}

static void
the_rest_of_a_line_is_struck(void **state)
{
    struct world *world = *state;
    come(world);
    cancel(world, "A-1", "30", 20);
    assert_string_equal(strike(world, "A-1", "30"), "");
    assert_string_equal(order(world, "A-1"), "2 approved: 10=20 20=10, 38000 + 7220");
    assert_string_equal(given(world), "TEA-1 20, TEA-2 10");
}

static void
a_cancelled_line_is_none_to_be_struck(void **state)
{
    struct world *world = *state;
    come(world);
    cancel(world, "A-1", "10", 0);
    assert_non_null(strstr(strike(world, "A-1", "10"), "\"10\" cannot be struck"));
    assert_non_null(strstr(strike(world, "A-1", "20 | 30"), "\"20 | 30\" cannot be struck"));
    assert_string_equal(order(world, "A-1"), "1 waiting: 10=20 20=10 30=50, 138000 + 26220");
    assert_string_equal(strike(world, "A-1", "30"), "");
    assert_string_equal(order(world, "A-1"), "2 approved: 20=10, 20000 + 3800");
}

static void
cancelled_and_struck_by_turns(void **state)
{
    struct world *world = *state;
    come(world);
    world_do(world, "UPDATE approval_matrix SET above_micros = 1000000");
    assert_string_equal(strike(world, "A-1", "20"), "");
    cancel(world, "A-1", "30", 49);
    assert_string_equal(order(world, "A-1"), "2 waiting: 10=20 30=50, 118000 + 22420");
    cancel(world, "A-1", "10", 7);
    assert_string_equal(strike(world, "A-1", "10"), "");
    assert_string_equal(order(world, "A-1"), "3 approved: 30=1, 2000 + 380");
    assert_string_equal(given(world), "TEA-2 1");
    assert_int_equal(world_number(world, "SELECT sum(gross_minor) FROM customer_open"), 2380);
}

static void
a_price_set_here_stays_with_its_line(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct price_set set;
    const struct price_setting setting = {.partner = "nordlicht",
                                          .order_number = "A-1",
                                          .line = "20",
                                          .manual = {19000000, AMOUNT_NONE, "agreed", "anna", true},
                                          .actor = "user:anna"};
    world_do(world, "INSERT INTO master_version VALUES (8, 'price-authority', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('price-authority', 8);"
                    "INSERT INTO price_authority VALUES (8, 'all', '', '', '', 1000000, 9000000,"
                    " 'yes', 2)");
    come(world);
    must(desk_set_price(&world->run, &setting, &set, &why));
    cancel(world, "A-1", "20", 4);
    assert_string_equal(strike(world, "A-1", "30"), "");
    approve(world, "A-1");
    assert_string_equal(order(world, "A-1"), "3 approved: 10=20 20=6, 29400 + 5586");
}

/* What it used of promotions is what is left uses: the rest is free for others. */
static void
promotions_are_used_by_what_is_left(void **state)
{
    struct world *world = *state;
    world_come(world, "ledger",
               PROMOTIONS "M1,compounded,2020-01-01,EUR,line,,percent,,10,90.00\n"
                          "M2,compounded,2020-01-01,EUR,order,500.00,amount,50,,\n");
    come(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM promotion_use WHERE is_released ="
                                         " 0"),
                     2);
    cancel(world, "A-1", "10", 10);
    assert_string_equal(strike(world, "A-1", "30"), "");
    /* 10 x 9.00 and 10 x 20.00 less a tenth; not enough for the other. */
    assert_string_equal(order(world, "A-1"), "2 approved: 10=10 20=10, 26100 + 4959");
    assert_string_equal(world_text(world, "SELECT group_concat(version || promotion ||"
                                          " reduction_minor) FROM promotion_use WHERE is_released"
                                          " = 0"),
                        "2M12900");
    assert_string_equal(world_text(world, "SELECT group_concat(code || uses || ' ' || spent_minor,"
                                          " ' ') FROM promotion_total WHERE customer = '' AND uses"
                                          " > 0"),
                        "M11 2900");
}

/* -- many -- */

struct drawn {
    const char *sku[LINES];
    int64_t left[LINES];
};

static uint64_t seed;

static int64_t
draw(int64_t count)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)count);
}

static void
come_drawn(struct world *world, const char *number, const struct drawn *drawn)
{
    char text[TEXT_SIZE] = HEAD;
    size_t size = strlen(text);
    for (int line = 0; line < LINES; line++) {
        if (drawn->left[line] > 0) {
            size += (size_t)snprintf(
                text + size, sizeof text - size,
                "%s,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,%d,%s,%" PRId64 ",C62\n",
                number, line + 1, drawn->sku[line], drawn->left[line]);
        }
    }
    world_come(world, "nordlicht", text);
}

static int
lines_left(const struct drawn *drawn)
{
    int count = 0;
    for (int line = 0; line < LINES; line++) {
        count += drawn->left[line] > 0;
    }
    return count;
}

/* *is_last: nothing was cancelled since lines were struck. */
static void
do_one(struct world *world, const char *number, struct drawn *drawn, bool *is_last, int *struck)
{
    char name[8];
    const int line = (int)draw(LINES);
    snprintf(name, sizeof name, "%d", line + 1);
    if (drawn->left[line] == 0) {
        return;
    }
    if (draw(2) == 0 && lines_left(drawn) > 1) {
        assert_string_equal(strike(world, number, name), "");
        drawn->left[line] = 0;
        *is_last = true;
        *struck += 1;
    } else if (drawn->left[line] > 1) {
        const int64_t quantity = 1 + draw(drawn->left[line] - 1);
        cancel(world, number, name, quantity);
        drawn->left[line] -= quantity;
        *is_last = false;
    }
}

static void
send(struct world *world, const char *number, const struct drawn *drawn)
{
    char text[TEXT_SIZE] =
        "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n";
    size_t size = strlen(text);
    for (int line = 0; line < LINES; line++) {
        if (drawn->left[line] > 0) {
            size += (size_t)snprintf(text + size, sizeof text - size,
                                     "S-%s,nordlicht,%s,%d,%s,%" PRId64 ",2026-11-24T00:30:00Z\n",
                                     number, number, line + 1, drawn->sku[line], drawn->left[line]);
        }
    }
    world_come(world, "harbour", text);
}

static int64_t
invoiced(struct world *world, const char *number)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT coalesce(sum(iif(i.kind = 'invoice', 1, -1) * gross_minor), 0) FROM invoice i"
             " JOIN orders o ON o.id = i.order_id WHERE o.number = '%s' AND i.kind IN ('invoice',"
             " 'credit-note')",
             number);
    return world_number(world, sql);
}

/* Sent and invoiced it comes to what its rest comes to that was ordered alone, by promotions whose
 * amounts are shared among lines. */
static void
what_is_left_is_worth_what_it_is_worth_alone(void **state)
{
    struct world *world = *state;
    int struck = 0;
    int compared = 0;
    seed = 88172645463325252u;
    world_do(world, "UPDATE approval_matrix SET above_micros = 1;"
                    "UPDATE price SET price_micros = price_micros - 10000 * (3 * line + 1);"
                    "UPDATE product SET tax_rate_micros = 70000 WHERE sku = 'TEA-2'");
    world_come(world, "ledger",
               PROMOTIONS "M1,compounded,2020-01-01,EUR,order,90.00,amount,7.77,,\n"
                          "M2,compounded,2020-01-01,EUR,order,200.00,percent,,3.3,\n");
    for (int turn = 0; turn < TURNS; turn++) {
        char number[16];
        char alone[16];
        bool is_last = false;
        struct drawn drawn = {.left = {0}};
        snprintf(number, sizeof number, "A-%d", turn);
        snprintf(alone, sizeof alone, "B-%d", turn);
        for (int line = 0; line < LINES; line++) {
            drawn.sku[line] = draw(2) == 0 ? "TEA-1" : "TEA-2";
            drawn.left[line] = 1 + draw(9);
        }
        come_drawn(world, number, &drawn);
        /* (The last strike also approves; each asks anew, for there are two steps.) */
        for (int step = 0; step < 6; step++) {
            char sql[120];
            snprintf(sql, sizeof sql, "SELECT approval = 'waiting' FROM orders WHERE number = '%s'",
                     number);
            if (world_number(world, sql) == 1) {
                do_one(world, number, &drawn, &is_last, &struck);
            }
        }
        approve(world, number);
        send(world, number, &drawn);
        come_drawn(world, alone, &drawn);
        approve(world, alone);
        send(world, alone, &drawn);
        if (is_last) { /* what is cancelled after it takes off its share */
            assert_int_equal(invoiced(world, number), invoiced(world, alone));
            compared++;
        }
        assert_true(invoiced(world, number) > 0);
        world_verify(world);
    }
    assert_true(struck > TURNS / 2 && compared > TURNS / 4);
    assert_true(world_number(world, "SELECT count(*) FROM promotion_use WHERE is_released = 0") >
                TURNS);
    assert_int_equal(world_number(world, "SELECT coalesce(sum(gross_minor), 0) FROM customer_open"),
                     0);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WORLD(what_is_cancelled_stays_so),
        IN_WORLD(the_rest_of_a_line_is_struck),
        IN_WORLD(a_cancelled_line_is_none_to_be_struck),
        IN_WORLD(cancelled_and_struck_by_turns),
        IN_WORLD(a_price_set_here_stays_with_its_line),
        IN_WORLD(promotions_are_used_by_what_is_left),
        IN_WORLD(what_is_left_is_worth_what_it_is_worth_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
