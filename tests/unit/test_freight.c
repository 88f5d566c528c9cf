/* The freight of orders on its way from their files to invoices, money and the ledger. */
#include "sales_told.h"

#include "order/finding.h"
#include "order/order_change.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,freight,line_number,sku,quantity,unit\n"
#define LINE(number, freight, line, sku, quantity)                                                 \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," freight "," line "," sku        \
           "," quantity ",C62\n"
/* 27.00 + 20.00, 19 % */
#define ORDER(number, freight)                                                                     \
    LINE(number, freight, "1", "TEA-1", "3") LINE(number, freight, "2", "TEA-2", "1")
#define SHIPPED      "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define PARCEL(rest) rest ",2026-11-24\n"
#define PAID(number, order, amount)                                                                \
    "payment_number,kind,partner,order_number,amount,currency,paid_on\n" number                    \
    ",,nordlicht," order "," amount ",EUR,2026-11-24\n"

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
    world->config.payment_days = 30;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    return 0;
}

static void
pay_first(struct world *world)
{
    world_do(world, "UPDATE customer SET payment_terms = 'prepaid' WHERE code = 'C100'");
}

/* "47.00 + 10.00 + 10.83 = 67.83", in cents */
static const char *
price(struct world *world)
{
    return world_text(world, "SELECT net_minor || ' + ' || freight_minor || ' + ' || tax_minor ||"
                             " ' = ' || gross_minor FROM order_price ORDER BY version DESC");
}

static const char *
invoices(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || net_minor || ' ' || tax_minor ||"
                             " ' ' || gross_minor, ', ') FROM (SELECT * FROM invoice ORDER BY id)");
}

static const char *
open_sums(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(orders || ' ' || gross_minor), '') FROM"
                             " customer_open WHERE orders <> 0 OR gross_minor <> 0");
}

static const char *
money(struct world *world)
{
    return world_text(world, "SELECT required_minor || ' ' || paid_minor || ' ' || owed_minor"
                             " FROM order_payment");
}

static const char *
standing(struct world *world)
{
    return world_text(world, "SELECT approval || ' ' || fulfilment FROM orders");
}

static void
cancel(struct world *world, const char *line, int64_t quantity)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = "A-1",
                                       .line = line,
                                       .quantity_micros =
                                           quantity == 0 ? AMOUNT_NONE : quantity * MICROS,
                                       .cause = "other",
                                       .fault = "customer",
                                       .reason = "changed my mind",
                                       .actor = "user:anna"};
    arena_init(&arena, 1024 * 1024);
    must(desk_cancel(&world->run, &order, &arena, &done, &why));
}

static void
it_is_invoiced_once_with_the_first_shipment(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1", "10.00"));
    assert_string_equal(price(world), "4700 + 1000 + 1083 = 6783");
    assert_string_equal(open_sums(world), "1 6783");
    world_come(world, "harbour", SHIPPED PARCEL("S-1,nordlicht,A-1,1,TEA-1,1"));
    assert_string_equal(invoices(world), "INV-2026-000001 1900 361 2261");
    assert_string_equal(
        world_text(world, "SELECT number || ' ' || sku || ' ' || quantity_micros || ' ' || unit ||"
                          " ' ' || price_micros || ' ' || net_minor || ' ' || tax_minor"
                          " FROM invoice_line WHERE ordinal > 400000"),
        "freight freight 1000000 C62 10000000 1000 190");
    world_come(world, "harbour",
               SHIPPED PARCEL("S-2,nordlicht,A-1,1,TEA-1,2") PARCEL("S-2,nordlicht,A-1,2,TEA-2,1"));
    assert_string_equal(invoices(world),
                        "INV-2026-000001 1900 361 2261, INV-2026-000002 3800 722 4522");
    assert_string_equal(open_sums(world), "");
    assert_string_equal(sales_told(world), "A-1 ordered 4700+1083");
}

static void
of_several_rates_it_has_several_lines(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE product SET tax_rate_micros = 70000 WHERE sku = 'TEA-2'");
    world_come(world, "nordlicht", HEAD ORDER("A-1", "10.00"));
    assert_string_equal(price(world), "4700 + 1000 + 792 = 6492");
    world_come(world, "harbour",
               SHIPPED PARCEL("S-1,nordlicht,A-1,1,TEA-1,3") PARCEL("S-1,nordlicht,A-1,2,TEA-2,1"));
    assert_string_equal(
        world_text(world, "SELECT group_concat(number || ' ' || tax_rate_micros || ' ' ||"
                          " net_minor || ' ' || tax_minor, ', ') FROM (SELECT * FROM invoice_line"
                          " WHERE ordinal > 400000 ORDER BY ordinal)"),
        "freight 190000 574 109, freight.2 70000 426 30");
    assert_string_equal(invoices(world), "INV-2026-000001 5700 792 6492");
}

static void
credit_notes_may_take_it_back(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct credit_note note = {0};
    OWNED(arena) arena;
    arena_init(&arena, 1 << 20);
    world_come(world, "nordlicht", HEAD ORDER("A-1", "10.00"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1,nordlicht,A-1,1,TEA-1,1"));
    must(desk_credit(&world->run,
                     &(struct credit_request){.number = "INV-2026-000001",
                                              .line = "freight",
                                              .quantity_micros = MICROS,
                                              .amount_micros = AMOUNT_NONE,
                                              .reason = "came late",
                                              .actor = "user:anna"},
                     &arena, &note, &why));
    assert_string_equal(invoices(world),
                        "INV-2026-000001 1900 361 2261, CRN-2026-000001 1000 190 1190");
}

static void
cancelled_before_anything_left_it_is_not_owed(void **state)
{
    struct world *world = *state;
    pay_first(world);
    world_come(world, "nordlicht", HEAD ORDER("A-1", "10.00"));
    assert_string_equal(money(world), "6783 0 0");
    world_come(world, "ledger", PAID("P-1", "A-1", "20.00"));
    cancel(world, "2", 1); /* a part: it is still owed */
    assert_string_equal(money(world), "4403 2000 0");
    world_verify(world);
    cancel(world, "", 0);
    assert_string_equal(standing(world), "cancelled none");
    assert_string_equal(money(world), "0 2000 2000");
    assert_string_equal(open_sums(world), "");
    assert_string_equal(
        world_text(world, "SELECT group_concat(ordinal || ' ' || net_minor || '+' || tax_minor,"
                          " ', ') FROM (SELECT * FROM order_cancelled ORDER BY ordinal)"),
        "1 2700+513, 2 2000+380, 400000 1000+190");
    assert_string_equal(sales_told(world), "A-1 ordered 4700+1083, A-1 cancelled -2000-380,"
                                           " A-1 cancelled 2000+380, A-1 cancelled -4700-1083");
    assert_string_equal(world_text(world, "SELECT group_concat(net_minor || ' ' || tax_minor, ', ')"
                                          " FROM cancellation"),
                        "2000 380, 3700 703");
}

/* Two of three leave, the rest is on backorder and not wanted. */
static void
cancelled_after_something_left_it_is_owed(void **state)
{
    struct world *world = *state;
    world->config.planning = (struct planning_policy){.is_on = true,
                                                      .delivery = DELIVERY_BACKORDER,
                                                      .cut_off_ms = 24 * INT64_C(3600000),
                                                      .pick_days = 1,
                                                      .transit_days = 3};
    world_do(world, "INSERT INTO stock_move (warehouse, sku, kind, number, quantity_micros,"
                    " effect_micros, happened_ms, known_ms, reference, reason, line) VALUES"
                    " ('harbour', 'TEA-1', 'correction', 'C', 2000000, 2000000, 0, 0, '', '', 0);"
                    "INSERT INTO stock_item VALUES ('harbour', 'TEA-1', 2000000, 0, NULL)");
    world_come(world, "nordlicht", HEAD LINE("A-1", "10.00", "1", "TEA-1", "3"));
    assert_string_equal(price(world), "2700 + 1000 + 703 = 4403");
    world_come(world, "harbour", SHIPPED PARCEL("S-1,nordlicht,A-1,1,TEA-1,2"));
    assert_string_equal(standing(world), "approved partly");
    cancel(world, "", 0);
    assert_string_equal(standing(world), "approved shipped");
    assert_string_equal(
        world_text(world, "SELECT ordinal || ' ' || net_minor FROM order_cancelled"), "1 900");
    assert_string_equal(invoices(world), "INV-2026-000001 2800 532 3332");
    assert_string_equal(sales_told(world), "A-1 ordered 2700+703, A-1 cancelled -900-171");
    assert_string_equal(open_sums(world), "");
}

/* The quantity of line 1 becomes another; "taken2": the version since. */
static const char *
amend(struct world *world, int64_t quantity)
{
    static char said[100];
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
    line.line.quantity_micros = quantity * MICROS;
    change.lines = &line;
    change.line_count = 1;
    must(desk_amend(&world->run, &request, &arena, &answer, &why));
    snprintf(said, sizeof said, "%s%" PRId64, change_verdict_names[answer.verdict], answer.version);
    return said;
}

/* Two more are ordered when one has left: the freight stays what it was, and is charged once. */
static void
a_change_after_the_release_keeps_it(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1", "10.00"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1,nordlicht,A-1,1,TEA-1,1"));
    assert_string_equal(amend(world, 5), "taken2");
    assert_string_equal(price(world), "6500 + 1000 + 1425 = 8925");
    assert_string_equal(
        world_text(world, "SELECT gross_before || ' ' || net || ' ' || tax || ' ' || gross FROM"
                          " change_answer"),
        "6783 7500 1425 8925");
    world_verify(world);
    world_come(world, "harbour",
               SHIPPED PARCEL("S-2,nordlicht,A-1,1,TEA-1,2") PARCEL("S-2,nordlicht,A-1,1.1,TEA-1,2")
                   PARCEL("S-2,nordlicht,A-1,2,TEA-2,1"));
    assert_string_equal(invoices(world),
                        "INV-2026-000001 1900 361 2261, INV-2026-000002 5600 1064 6664");
    assert_string_equal(open_sums(world), "");
}

static void
a_change_before_the_release_keeps_it(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "30.00", "1", "TEA-1", "9"));
    assert_string_equal(standing(world), "waiting none");
    assert_string_equal(amend(world, 10), "taken2");
    assert_string_equal(price(world), "9000 + 3000 + 2280 = 14280");
}

static void
who_approves_sees_it_in_the_total(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD LINE("A-1", "", "1", "TEA-1", "9")); /* 96.39 */
    assert_string_equal(standing(world), "approved released");
    world_come(world, "nordlicht", HEAD LINE("A-2", "5.00", "1", "TEA-1", "9"));
    assert_string_equal(world_text(world, "SELECT approval FROM orders WHERE number = 'A-2'"),
                        "waiting");
}

static void
what_is_no_freight_is_told(void **state)
{
    static const struct {
        const char *file;
        const char *codes;
    } cases[] = {
        {HEAD ORDER("A-1", "-1"), "FLD-NUMBER-RANGE"},
        {HEAD ORDER("A-1", "ten"), "FLD-NUMBER"},
        {HEAD ORDER("A-1", "10.005"), "ORD-FREIGHT-PRECISE"},
        {HEAD ORDER("A-1", "1000000000.01"), "FLD-NUMBER-RANGE"},
        {HEAD ORDER("A-1", "1e3"), "FLD-NUMBER-EXPONENT"},
        {HEAD LINE("A-1", "10", "1", "TEA-1", "3") LINE("A-1", "11", "2", "TEA-2", "1"),
         "ORD-HEADER-DIFFERS"},
        {HEAD ORDER("A-1", "0"), ""},
    };
    struct world *world = *state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        world_come(world, "nordlicht", cases[index].file);
        assert_string_equal(
            world_text(world, "SELECT coalesce(group_concat(DISTINCT code), '') FROM finding WHERE"
                              " interchange_id = (SELECT max(id) FROM interchange)"),
            cases[index].codes);
    }
    assert_string_equal(price(world), "4700 + 0 + 893 = 5593");
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_freight"), 0);
}

/* How many of the findings of verify have this code. */
static size_t
found(struct world *world, enum message code)
{
    struct fault why = {0};
    OWNED(verify_report) report;
    size_t count = 0;
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    for (size_t index = 0; index < report.count; index++) {
        count += report.items[index].code == code;
    }
    return count;
}

static void
verify_sees_freight_that_does_not_agree(void **state)
{
    static const struct {
        const char *spoil;
        const char *mend;
        enum message code;
    } cases[] = {
        {"UPDATE order_freight SET net_minor = net_minor + 1",
         "UPDATE order_freight SET net_minor = net_minor - 1", M_VERIFY_ORDER_TOTALS},
        {"UPDATE order_price SET freight_minor = 0", "UPDATE order_price SET freight_minor = 1000",
         M_VERIFY_ORDER_TOTALS},
        {"UPDATE order_version SET freight_micros = 0",
         "UPDATE order_version SET freight_micros = 10000000", M_VERIFY_ORDER_TOTALS},
        {"UPDATE invoice_line SET ordinal = 1000001 WHERE ordinal = 400001",
         "UPDATE invoice_line SET ordinal = 400001 WHERE ordinal = 1000001", M_VERIFY_FREIGHT},
        {"UPDATE invoice_line SET invoice_id = 2 WHERE ordinal = 400001",
         "UPDATE invoice_line SET invoice_id = 1 WHERE ordinal = 400001", M_VERIFY_FREIGHT},
        {"INSERT INTO order_cancelled VALUES (1, 1, 400000, 1000000, 1000, 190, 0)",
         "DELETE FROM order_cancelled", M_VERIFY_FREIGHT},
    };
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1", "10.00"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1,nordlicht,A-1,1,TEA-1,1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-2,nordlicht,A-1,1,TEA-1,1"));
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        world_do(world, cases[index].spoil);
        assert_true(found(world, cases[index].code) > 0);
        world_do(world, cases[index].mend);
        world_verify(world);
    }
}

int
main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, world_teardown)
    const struct CMUnitTest tests[] = {
        WITH_WORLD(it_is_invoiced_once_with_the_first_shipment),
        WITH_WORLD(of_several_rates_it_has_several_lines),
        WITH_WORLD(credit_notes_may_take_it_back),
        WITH_WORLD(cancelled_before_anything_left_it_is_not_owed),
        WITH_WORLD(cancelled_after_something_left_it_is_owed),
        WITH_WORLD(a_change_after_the_release_keeps_it),
        WITH_WORLD(a_change_before_the_release_keeps_it),
        WITH_WORLD(who_approves_sees_it_in_the_total),
        WITH_WORLD(what_is_no_freight_is_told),
        WITH_WORLD(verify_sees_freight_that_does_not_agree),
    };
    return cmocka_run_group_tests_name("freight", tests, NULL, NULL);
}
