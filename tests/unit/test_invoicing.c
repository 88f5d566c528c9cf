/* Invoices of shipments and credit notes, on the desk: numbers, sums, messages. */
#include "desk_world.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define START(number) number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,"
#define ORDER(number)                                                                              \
    START(number) "1,TEA-1,3,C62\n" START(number) "2,TEA-2,1,C62\n" /* 27.00 + 20.00, 19 % */
#define SHIPPED                                                                                    \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,load,lot,"            \
    "serial_numbers,final\n"
#define PARCEL(number, order, line, sku, quantity)                                                 \
    number ",nordlicht," order "," line "," sku "," quantity ",2026-11-24T00:30:00Z"

static int
invoicing_setup(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    return 0;
}

static const char *
invoices(struct world *world)
{
    return world_text(world, "SELECT group_concat(number || ' ' || net_minor || ' ' || tax_minor ||"
                             " ' ' || gross_minor, ', ') FROM (SELECT * FROM invoice ORDER BY id)");
}

static enum outcome
credit(struct world *world, struct credit_request request, struct fault *why)
{
    struct credit_note note = {0};
    OWNED(arena) arena;
    arena_init(&arena, 1 << 20);
    request.reason = "damaged";
    request.actor = "user:anna";
    if (request.line == NULL) {
        request.line = "";
    }
    return desk_credit(&world->run, &request, &arena, &note, why);
}

static enum outcome
credit_quantity(struct world *world, const char *line, int64_t quantity, struct fault *why)
{
    return credit(world,
                  (struct credit_request){.number = "INV-2026-000001",
                                          .line = line,
                                          .quantity_micros = quantity * MICROS,
                                          .amount_micros = AMOUNT_NONE},
                  why);
}

static enum outcome
credit_amount(struct world *world, int64_t amount_micros, struct fault *why)
{
    return credit(world,
                  (struct credit_request){.number = "INV-2026-000001",
                                          .quantity_micros = AMOUNT_NONE,
                                          .amount_micros = amount_micros},
                  why);
}

static enum outcome
credit_rest(struct world *world, const char *number, struct fault *why)
{
    return credit(world,
                  (struct credit_request){.number = number,
                                          .quantity_micros = AMOUNT_NONE,
                                          .amount_micros = AMOUNT_NONE},
                  why);
}

static void
each_shipment_has_an_invoice_and_they_add_up(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "1") ",,,,\n");
    assert_string_equal(invoices(world), "INV-2026-000001 900 171 1071");
    world_come(world, "harbour",
               SHIPPED PARCEL("S-2", "A-1", "1", "TEA-1",
                              "2") ",,,,\n" PARCEL("S-2", "A-1", "2", "TEA-2", "1") ",,,,\n");
    assert_string_equal(invoices(world),
                        "INV-2026-000001 900 171 1071, INV-2026-000002 3800 722 4522");
    assert_string_equal(world_text(world, "SELECT net_minor || ' ' || tax_minor FROM order_price"),
                        "4700 893");
    assert_int_equal(world_number(world, "SELECT due - day FROM invoice WHERE sequence = 1"), 30);
    assert_int_equal(world_number(world, "SELECT day FROM invoice WHERE sequence = 1"),
                     moment_day(WORLD_AS_OF));
    assert_string_equal(
        world_text(world, "SELECT group_concat(partner || ' ' || number || ' ' || invoice_id, ', ')"
                          " FROM outbox_message WHERE kind = 'invoice'"),
        "nordlicht 1 1, nordlicht 2 2");
    assert_int_equal(world->run.counts.invoices_issued, 2);
}

static void
nothing_is_invoiced_unless_configured(void **state)
{
    struct world *world = *state;
    world->config.invoices = false;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "1") ",,,,\n");
    assert_int_equal(world_number(world, "SELECT count(*) FROM invoice"), 0);
    world->config.invoices = true; /* from now on; what left before is none of ours */
    world_come(world, "harbour",
               SHIPPED PARCEL("S-2", "A-1", "1", "TEA-1",
                              "2") ",,,,\n" PARCEL("S-2", "A-1", "2", "TEA-2", "1") ",,,,\n");
    assert_string_equal(invoices(world), "INV-2026-000001 3800 722 4522");
}

static void
a_refused_shipment_takes_no_number(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1") START("A-2") "1,TEA-1,3,C62\n");
    world_come(world, "harbour",
               SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "3") ",,,,\n" PARCEL(
                   "S-2", "A-2", "1", "TEA-1", "4") ",,,,\n" PARCEL("S-3", "A-2", "1", "TEA-1",
                                                                    "1") ",,,,\n");
    assert_string_equal(invoices(world),
                        "INV-2026-000001 2700 513 3213, INV-2026-000002 900 171 1071");
}

static void
numbers_begin_again_with_the_year(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "1") ",,,,\n");
    world->run.as_of_ms = day_begin(day_of(2027, 1, 1)) - 1;
    world_come(world, "harbour", SHIPPED PARCEL("S-2", "A-1", "1", "TEA-1", "1") ",,,,\n");
    world->run.as_of_ms = day_begin(day_of(2027, 1, 1));
    world_come(world, "harbour", SHIPPED PARCEL("S-3", "A-1", "1", "TEA-1", "1") ",,,,\n");
    assert_string_equal(
        world_text(world, "SELECT group_concat(number, ' ') FROM (SELECT * FROM invoice ORDER BY"
                          " id)"),
        "INV-2026-000001 INV-2026-000002 INV-2027-000001");
}

static void
a_copy_goes_to_finance(void **state)
{
    struct world *world = *state;
    world->config.invoice_copy_to = "ledger";
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "1") ",,,,\n");
    assert_string_equal(world_text(world, "SELECT group_concat(partner, ' ') FROM outbox_message"
                                          " WHERE kind = 'invoice'"),
                        "ledger nordlicht");
}

static void
credit_notes_take_back_no_more_than_is_left(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour",
               SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1",
                              "3") ",,,,\n" PARCEL("S-1", "A-1", "2", "TEA-2", "1") ",,,,\n");
    must(credit_quantity(world, "1", 2, &why));
    must(credit_amount(world, 10 * MICROS, &why));
    assert_string_equal(invoices(world), "INV-2026-000001 4700 893 5593, "
                                         "CRN-2026-000001 1800 342 2142, "
                                         "CRN-2026-000002 841 159 1000");
    assert_int_equal(credit_quantity(world, "1", 2, &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    assert_string_equal(why.text, "only 1 are left of line 1 of the invoice INV-2026-000001");
    why = (struct fault){0};
    assert_int_equal(credit_amount(world, 24510001, &why), FAILED);
    assert_int_equal(why.kind, FAULT_USAGE); /* no such cents */
    why = (struct fault){0};
    assert_int_equal(credit_amount(world, 24520000, &why), FAILED);
    assert_string_equal(why.text, "only 24.51 EUR are left of the invoice INV-2026-000001");
    why = (struct fault){0};
    must(credit_rest(world, "INV-2026-000001", &why));
    assert_int_equal(world_number(world, "SELECT sum(iif(kind = 'invoice', gross_minor,"
                                         " -gross_minor)) FROM invoice"),
                     0);
    assert_int_equal(credit_rest(world, "INV-2026-000001", &why), FAILED);
    assert_string_equal(why.text, "nothing is left of the invoice INV-2026-000001");
    why = (struct fault){0};
    assert_int_equal(credit_rest(world, "CRN-2026-000001", &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    why = (struct fault){0};
    assert_int_equal(credit_rest(world, "INV-2026-000009", &why), NONE);
    assert_int_equal(credit_quantity(world, "9", 1, &why), FAILED);
    assert_int_equal(why.kind, FAULT_NOT_FOUND);
    assert_string_equal(
        world_text(world, "SELECT DISTINCT reason || ' ' || issued_by FROM invoice WHERE kind ="
                          " 'credit-note'"),
        "damaged user:anna");
}

static void
a_trial_leaves_nothing(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "3") ",,,,\n");
    must(credit(world,
                (struct credit_request){.number = "INV-2026-000001",
                                        .quantity_micros = AMOUNT_NONE,
                                        .amount_micros = AMOUNT_NONE,
                                        .is_trial = true},
                &why));
    assert_int_equal(world_number(world, "SELECT count(*) FROM invoice"), 1);
    must(credit_rest(world, "INV-2026-000001", &why));
    assert_string_equal(world_text(world, "SELECT number FROM invoice WHERE kind = 'credit-note'"),
                        "CRN-2026-000001");
}

static void
a_number_that_is_in_use_is_our_mistake(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "3") ",,,,\n");
    world->config.credit_note_prefix = "INV-";
    assert_int_equal(credit_rest(world, "INV-2026-000001", &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFIG);
    assert_int_equal(world_number(world, "SELECT count(*) FROM invoice"), 1);
}

/* So many problems are found, all of one code. */
static size_t
found(struct world *world, enum message code)
{
    struct fault why = {0};
    OWNED(verify_report) report;
    verify_report_init(&report);
    must(verify_work(&world->run, &report, &why));
    for (size_t index = 0; index < report.count; index++) {
        assert_int_equal(report.items[index].code, code);
    }
    return report.total;
}

static void
verify_sees_what_does_not_agree(void **state)
{
    static const struct {
        const char *spoil;
        const char *mend;
        enum message code;
    } cases[] = {
        {"UPDATE invoice SET sequence = 3 WHERE sequence = 2",
         "UPDATE invoice SET sequence = 2 WHERE sequence = 3", M_VERIFY_INVOICE_NUMBERS},
        {"UPDATE invoice SET gross_minor = gross_minor + 1 WHERE id = 1;"
         "UPDATE receivable SET open_minor = open_minor + 1",
         "UPDATE invoice SET gross_minor = gross_minor - 1 WHERE id = 1;"
         "UPDATE receivable SET open_minor = open_minor - 1",
         M_VERIFY_INVOICE_TOTALS},
        {"UPDATE invoice SET net_minor = net_minor + 1, gross_minor = gross_minor + 1 WHERE id = 1;"
         "UPDATE receivable SET open_minor = open_minor + 1;"
         "UPDATE invoice_line SET net_minor = net_minor + 1 WHERE invoice_id = 1",
         "UPDATE invoice SET net_minor = net_minor - 1, gross_minor = gross_minor - 1 WHERE id = 1;"
         "UPDATE receivable SET open_minor = open_minor - 1;"
         "UPDATE invoice_line SET net_minor = net_minor - 1 WHERE invoice_id = 1",
         M_VERIFY_INVOICED},
        {"UPDATE receivable SET open_minor = open_minor + 1",
         "UPDATE receivable SET open_minor = open_minor - 1", M_VERIFY_RECEIVABLES},
        {"UPDATE receivable SET moved_ms = moved_ms - 1",
         "UPDATE receivable SET moved_ms = moved_ms + 1", M_VERIFY_RECEIVABLES},
        {"UPDATE invoice_line SET quantity_micros = quantity_micros - 1 WHERE invoice_id = 1",
         "UPDATE invoice_line SET quantity_micros = quantity_micros + 1 WHERE invoice_id = 1",
         M_VERIFY_INVOICE_SHIPMENTS},
        {"UPDATE outbox_message SET invoice_id = NULL WHERE invoice_id = 1",
         "UPDATE outbox_message SET invoice_id = 1 WHERE kind = 'invoice' AND invoice_id IS NULL",
         M_VERIFY_INVOICE_TOLD},
        {"UPDATE invoice_line SET quantity_micros = 7000000 WHERE invoice_id = 3",
         "UPDATE invoice_line SET quantity_micros = 1000000 WHERE invoice_id = 3",
         M_VERIFY_CREDITED},
    };
    struct world *world = *state;
    struct fault why = {0};
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    world_come(world, "harbour", SHIPPED PARCEL("S-1", "A-1", "1", "TEA-1", "2") ",,,,\n");
    world_come(world, "harbour", SHIPPED PARCEL("S-2", "A-1", "1", "TEA-1", "1") ",,,,\n");
    must(credit_quantity(world, "1", 1, &why));
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        world_do(world, cases[index].spoil);
        assert_int_equal(found(world, cases[index].code), 1);
        world_do(world, cases[index].mend);
        world_verify(world);
    }
}

int
main(void)
{
#define WITH_WORLD(test) cmocka_unit_test_setup_teardown(test, invoicing_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        WITH_WORLD(each_shipment_has_an_invoice_and_they_add_up),
        WITH_WORLD(nothing_is_invoiced_unless_configured),
        WITH_WORLD(a_refused_shipment_takes_no_number),
        WITH_WORLD(numbers_begin_again_with_the_year),
        WITH_WORLD(a_copy_goes_to_finance),
        WITH_WORLD(credit_notes_take_back_no_more_than_is_left),
        WITH_WORLD(a_trial_leaves_nothing),
        WITH_WORLD(a_number_that_is_in_use_is_our_mistake),
        WITH_WORLD(verify_sees_what_does_not_agree),
    };
    return cmocka_run_group_tests_name("invoicing", tests, NULL, NULL);
}
