/* What customers owe, when more invoices are open than would lie in memory with all they say. */
#include "desk_world.h"

#include "base/date.h"
#include "reports/report.h"

#include <string.h>

#define MANY "200000"

/* Of so many orders one charge each, of 1.19, due on the 60 days before the report by turns. */
static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.invoices = true;
    world->config.company_currency = "EUR";
    world_do(world, "WITH RECURSIVE many(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM many WHERE"
                    " id < " MANY ") INSERT INTO orders (id, partner, number, version, approval,"
                    " fulfilment, received_ms) SELECT id, 'nordlicht', 'A-' || id, 1, 'approved',"
                    " 'shipped', 1 FROM many");
    world_do(world,
             "INSERT INTO invoice (kind, year, sequence, number, day, due, order_id, version,"
             " customer, currency, includes_tax, net_minor, tax_minor, gross_minor, reason,"
             " issued_by, issued_ms) SELECT 'charge', 2026, id, printf('CHG-2026-%06d', id),"
             " 20700, 20780 - id % 60, id, 1, 'C' || id % 1000, 'EUR', 0, 100, 19, 119, '',"
             " 'purser', 1 FROM orders");
    return 0;
}

static void
each_of_them_is_told(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct buf buf;
    const struct report_request request = {
        20780 - 29, 20780, world->run.as_of_ms, LANGUAGE_EN, DAY_BOOKED, "", NULL};
    buf_init(&buf, REPORT_BYTES_MAX);
    must(report_make("receivables", REPORT_HTML, world->run.store, &world->config, &request, &buf,
                     &why));
    assert_non_null(strstr(buf.bytes, "238,000.00"));
    assert_non_null(strstr(buf.bytes, ">200,000<"));
    buf_clear(&buf);
    must(report_make("finance", REPORT_HTML, world->run.store, &world->config, &request, &buf,
                     &why));
    assert_non_null(strstr(buf.bytes, "238,000.00"));
    buf_close(&buf);
    /* Orders without versions are none: what all tests end with would say so. */
    world_do(world, "DELETE FROM invoice; DELETE FROM receivable; DELETE FROM orders");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_of_them_is_told, set_up, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
