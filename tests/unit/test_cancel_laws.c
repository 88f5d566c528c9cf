/* What must hold for any order that is given up piece by piece, by whatever clause, over a real
 * store: all of it foots to the cent.  By a fixed seed. */
#include "desk_world.h"

#include "base/date.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define POLICY                                                                                     \
    "clause,rank,stages,faults,currency,fee,amount,percent,minimum,maximum,tax,promotions,"        \
    "waived_by,waive_up_to\n"

enum { CASES = 40, TWINS = 30, LINES = 4, TEXT_SIZE = 2048, STEPS = 6 };

struct drawn_order {
    const char *sku[LINES];
    int64_t left[LINES]; /* pieces */
    int count;
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

/* Prices that leave odd cents, taxes that differ, invoices, and who pays first. */
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
    world_do(world, "UPDATE approval_matrix SET above_micros = above_micros * 100");
    world_do(world, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
    world_do(world, "UPDATE price SET price_micros = price_micros - 10000 * (3 * line + 1)");
    world_do(world, "UPDATE product SET tax_rate_micros = 70000 WHERE sku = 'TEA-2'");
    seed = 88172645463325252u;
    return 0;
}

static void
print(char *text, const char *format, ...)
{
    va_list values;
    const size_t used = strlen(text);
    va_start(values, format);
    const int length = vsnprintf(text + used, TEXT_SIZE - used, format, values);
    va_end(values);
    assert_true(length >= 0 && used + (size_t)length < TEXT_SIZE);
}

static void
draw_order(struct drawn_order *order)
{
    order->count = (int)(1 + draw(LINES));
    for (int line = 0; line < order->count; line++) {
        order->sku[line] = draw(2) == 0 ? "TEA-1" : "TEA-2";
        order->left[line] = 1 + draw(9);
    }
}

static void
come(struct world *world, const char *number, const struct drawn_order *order)
{
    char text[TEXT_SIZE] = HEAD;
    for (int line = 0; line < order->count; line++) {
        if (order->left[line] > 0) {
            print(text,
                  "%s,2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,%d,%s,%" PRId64 ",C62\n",
                  number, line + 1, order->sku[line], order->left[line]);
        }
    }
    world_come(world, "nordlicht", text);
}

/* Tens of percents and of euros off, from some amount on: several at once. */
static void
promise(struct world *world)
{
    char text[TEXT_SIZE] = "code,mode,valid_from,currency,level,minimum_amount,action,amount\n";
    for (int row = 0; row < 2; row++) {
        print(text, "M%d,compounded,2020-01-01,EUR,order,%" PRId64 ".00,amount,%" PRId64 ".%02d\n",
              row, 40 + draw(160), 3 + draw(30), (int)draw(100));
    }
    world_come(world, "ledger", text);
}

static void
draw_policy(struct world *world, int number)
{
    static const char *const fees[] = {"none", "fixed", "percent", "deposit"};
    char text[TEXT_SIZE] = POLICY;
    for (int row = 0; row < 3; row++) {
        print(text,
              "C-%d-%d,%" PRId64 ",,%s,EUR,%s,%" PRId64 ".%02d,%" PRId64 ",%" PRId64 ".00,%d.00,"
              "%s,%s,anna,\n",
              number, row, draw(9), draw(2) == 0 ? "customer" : "nobody", fees[draw(4)], draw(20),
              (int)draw(100), draw(31), draw(4), (int)(4 + draw(20)),
              draw(2) == 0 ? "with" : "without", draw(2) == 0 ? "lock" : "evaluate");
    }
    world_come(world, "ledger", text);
}

static void
cancel(struct world *world, const char *number, int line, int64_t quantity, const char *fault)
{
    char name[16];
    struct fault why = {0};
    OWNED(arena) arena;
    struct order_cancelled done = {0};
    snprintf(name, sizeof name, "%d", line + 1);
    arena_init(&arena, 4 * 1024 * 1024);
    must(desk_cancel(&world->run,
                     &(struct cancel_order){.partner = "nordlicht",
                                            .order_number = number,
                                            .line = name,
                                            .quantity_micros = quantity * MICROS,
                                            .cause = "other",
                                            .fault = fault,
                                            .reason = "changed my mind",
                                            .actor = "user:anna"},
                     &arena, &done, &why));
}

static void
waive(struct world *world, const char *number, int64_t gross_minor)
{
    struct fault why = {0};
    OWNED(arena) arena;
    struct fee_waived done = {0};
    arena_init(&arena, 4 * 1024 * 1024);
    must(desk_waive(&world->run,
                    &(struct fee_waiver){.partner = "nordlicht",
                                         .order_number = number,
                                         .micros = gross_minor * (MICROS / 100),
                                         .actor = "user:anna",
                                         .reason = "goodwill"},
                    &arena, &done, &why));
    assert_int_equal(done.waived_minor, gross_minor);
}

/* One number of an order: %s in the text stands for it. */
static int64_t
of(struct world *world, const char *number, const char *sql)
{
    char text[TEXT_SIZE];
    snprintf(text, sizeof text, sql, number);
    return world_number(world, text);
}

#define ORDER "(SELECT id FROM orders WHERE number = '%s')"

static int64_t
charged(struct world *world, const char *number)
{
    return of(world, number,
              "SELECT coalesce(sum(net_minor + tax_minor), 0) FROM charge_open WHERE order_id"
              " = " ORDER);
}

static int64_t
priced(struct world *world, const char *number)
{
    return of(world, number,
              "SELECT net_minor + tax_minor FROM order_price WHERE order_id = " ORDER);
}

static int64_t
cancelled(struct world *world, const char *number)
{
    return of(world, number,
              "SELECT coalesce(sum(net_minor + tax_minor), 0) FROM cancellation WHERE order_id"
              " = " ORDER);
}

/* Documents claim what is charged, and the last statement asks for it and for what stays. */
static void
foots(struct world *world, const char *number)
{
    const int64_t due = priced(world, number) - cancelled(world, number) + charged(world, number);
    assert_int_equal(of(world, number,
                        "SELECT coalesce(sum(iif(i.kind = 'charge', i.gross_minor,"
                        " -i.gross_minor)), 0) FROM invoice i LEFT JOIN invoice x ON x.id ="
                        " i.corrects WHERE 'charge' IN (i.kind, x.kind) AND i.order_id = " ORDER),
                     charged(world, number));
    assert_int_equal(of(world, number,
                        "SELECT due_minor FROM cancellation_statement WHERE order_id = " ORDER
                        " ORDER BY number DESC LIMIT 1"),
                     due);
    /* What an order that is over costs is no more open with it, but with its document. */
    assert_int_equal(
        world_number(world, "SELECT sum(gross_minor) FROM customer_open"),
        of(world, number, "SELECT approval = 'approved' FROM orders WHERE number = '%s'") ? due
                                                                                          : 0);
}

/* Whatever is left is paid, is sent, and is invoiced. */
static void
send_rest(struct world *world, const char *number, const struct drawn_order *order)
{
    char text[TEXT_SIZE] = "payment_number,kind,partner,order_number,amount,currency,paid_on\n";
    const int64_t due =
        of(world, number, "SELECT required_minor FROM order_payment WHERE order_id = " ORDER);
    if (due > 0) {
        print(text, "P-%s,,nordlicht,%s,%" PRId64 ".%02d,EUR,2026-11-24\n", number, number,
              due / 100, (int)(due % 100));
        world_come(world, "ledger", text);
    }
    snprintf(text, sizeof text,
             "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n");
    for (int line = 0; line < order->count; line++) {
        if (order->left[line] > 0) {
            print(text, "S-%s,nordlicht,%s,%d,%s,%" PRId64 ",2026-11-24T00:30:00Z\n", number,
                  number, line + 1, order->sku[line], order->left[line]);
        }
    }
    world_come(world, "harbour", text);
}

/* A piece of it that is left: its line, or -1. */
static int
draw_line(const struct drawn_order *order, int64_t *quantity)
{
    const int from = (int)draw(order->count);
    for (int step = 0; step < order->count; step++) {
        const int line = (from + step) % order->count;
        if (order->left[line] > 0) {
            *quantity = 1 + draw(order->left[line]);
            return line;
        }
    }
    return -1;
}

static void
play(struct world *world, const char *number, struct drawn_order *order)
{
    static const char *const faults[] = {"customer", "nobody", "company"};
    int64_t quantity = 0;
    const int64_t steps = 1 + draw(STEPS);
    for (int64_t step = 0; step < steps; step++) {
        const int line = draw_line(order, &quantity);
        if (line < 0) {
            break;
        }
        cancel(world, number, line, quantity, faults[draw(3)]);
        order->left[line] -= quantity;
        foots(world, number);
        const int64_t fees =
            of(world, number,
               "SELECT coalesce(sum(net_minor + tax_minor), 0) FROM charge_open WHERE kind = 'fee'"
               " AND order_id = " ORDER);
        if (fees > 0 && draw(3) == 0) {
            waive(world, number, 1 + draw(fees));
            foots(world, number);
        }
    }
}

/* Cancelled, invoiced and charged is what it was priced at, and what was paid. */
static void
whatever_is_cancelled_foots_to_the_cent(void **state)
{
    struct world *world = *state;
    for (int turn = 0; turn < CASES; turn++) {
        char number[16];
        struct drawn_order order = {.count = 0};
        int64_t quantity = 0;
        snprintf(number, sizeof number, "A-%d", turn);
        if (turn % 4 == 0) {
            promise(world);
        }
        draw_policy(world, turn);
        draw_order(&order);
        come(world, number, &order);
        play(world, number, &order);
        if (draw_line(&order, &quantity) >= 0) {
            send_rest(world, number, &order);
        }
        assert_int_equal(of(world, number,
                            "SELECT coalesce(sum(gross_minor), 0) FROM invoice WHERE kind ="
                            " 'invoice' AND order_id = " ORDER) +
                             cancelled(world, number),
                         priced(world, number));
        assert_int_equal(world_number(world, "SELECT coalesce(sum(gross_minor), 0) FROM"
                                             " customer_open"),
                         0);
        world_verify(world);
    }
    assert_true(world_number(world, "SELECT count(*) FROM charge WHERE net_minor > 0 AND kind ="
                                    " 'fee'") > CASES / 4);
    assert_true(world_number(world, "SELECT count(*) FROM charge WHERE kind = 'claw-back'") > 5);
    assert_true(world_number(world, "SELECT count(*) FROM charge_less WHERE kind = 'given-back'") >
                1);
    assert_true(world_number(world, "SELECT count(*) FROM invoice WHERE kind = 'invoice'") > 5);
}

/* Of two of the same one is locked and one priced again: this costs what stays would cost when it
 * were ordered alone, or as much as the other when that is more. */
static void
priced_again_nobody_is_better_off(void **state)
{
    struct world *world = *state;
    int dearer = 0;
    for (int turn = 0; turn < TWINS; turn++) {
        char names[3][16];
        struct drawn_order order = {.count = 0};
        int64_t quantity = 0;
        for (int name = 0; name < 3; name++) {
            snprintf(names[name], sizeof names[name], "%c-%d", "LEN"[name], turn);
        }
        if (turn % 3 == 0) {
            char text[TEXT_SIZE] = POLICY "L,1,,customer,,none,,,,,,lock,,\n";
            print(text, "E-%d,1,,nobody,,none,,,,,,evaluate,,\n", turn);
            promise(world);
            world_come(world, "ledger", text);
        }
        draw_order(&order);
        come(world, names[0], &order);
        come(world, names[1], &order);
        for (int64_t step = 1 + draw(STEPS); step > 0; step--) {
            const int line = draw_line(&order, &quantity);
            if (line < 0) {
                break;
            }
            cancel(world, names[0], line, quantity, "customer");
            cancel(world, names[1], line, quantity, "nobody");
            order.left[line] -= quantity;
        }
        const int64_t locked = priced(world, names[0]) - cancelled(world, names[0]);
        const int64_t evaluated =
            priced(world, names[1]) - cancelled(world, names[1]) + charged(world, names[1]);
        int64_t alone = 0;
        assert_int_equal(charged(world, names[0]), 0);
        if (draw_line(&order, &quantity) >= 0) {
            come(world, names[2], &order);
            alone = priced(world, names[2]);
        }
        assert_int_equal(evaluated, alone > locked ? alone : locked);
        dearer += evaluated > locked;
    }
    assert_true(dearer > TWINS / 6);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_is_cancelled_foots_to_the_cent, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(priced_again_nobody_is_better_off, set_up, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
