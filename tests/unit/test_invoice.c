/* Shares of shipments and credit notes: to the cent, whatever leaves when. */
#include "base/date.h"
#include "base/fault.h"
#include "rules/invoice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct invoice_terms plain = {false, false, 2, ROUND_HALF_UP};

static uint64_t
draw(uint64_t *seed, uint64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*seed >> 33) % below;
}

static void
a_third_at_a_time_adds_up(void **state)
{
    struct invoice_item item = {.ordered_micros = 3 * MICROS,
                                .price_micros = 3333333,
                                .tax_rate_micros = 190000,
                                .priced = {1000, 190, 1},
                                .now_micros = MICROS};
    static const int64_t net[] = {333, 334, 333};
    static const int64_t tax[] = {63, 64, 63};
    static const int64_t reduction[] = {0, 1, 0};
    (void)state;
    for (size_t index = 0; index < 3; index++) {
        const struct invoice_share share = invoice_share(&item, &plain);
        assert_int_equal(share.amounts.net_minor, net[index]);
        assert_int_equal(share.amounts.tax_minor, tax[index]);
        assert_int_equal(share.amounts.reduction_minor, reduction[index]);
        assert_int_equal(share.uncharged_micros, 0);
        item.before_micros += MICROS;
    }
}

/* A line of any amounts, shipped in any parts. */
static void
ship_one(uint64_t *seed)
{
    struct invoice_item item = {.ordered_micros = 1 + (int64_t)draw(seed, 1000000000)};
    struct invoice_amounts sum = {0};
    item.priced.net_minor = (int64_t)draw(seed, 100000);
    item.priced.tax_minor = item.priced.net_minor * (int64_t)draw(seed, 26) / 100;
    item.priced.reduction_minor = (int64_t)draw(seed, 1000);
    while (item.before_micros < item.ordered_micros) {
        const int64_t left = item.ordered_micros - item.before_micros;
        item.now_micros = 1 + (int64_t)draw(seed, (uint64_t)left);
        const struct invoice_share share = invoice_share(&item, &plain);
        assert_true(share.amounts.net_minor >= 0 && share.amounts.tax_minor >= 0);
        sum.net_minor += share.amounts.net_minor;
        sum.tax_minor += share.amounts.tax_minor;
        sum.reduction_minor += share.amounts.reduction_minor;
        item.before_micros += item.now_micros;
        assert_int_equal(sum.net_minor,
                         decimal_divide((int128)item.priced.net_minor * item.before_micros,
                                        item.ordered_micros, ROUND_HALF_UP));
    }
    assert_int_equal(sum.net_minor, item.priced.net_minor);
    assert_int_equal(sum.tax_minor, item.priced.tax_minor);
    assert_int_equal(sum.reduction_minor, item.priced.reduction_minor);
}

static void
any_parts_of_any_line_add_up(void **state)
{
    uint64_t seed = 20261128;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        ship_one(&seed);
    }
}

static void
the_largest_amounts_do_not_overflow(void **state)
{
    const int64_t most = INT64_C(1000000000000000);
    struct invoice_item item = {.ordered_micros = DECIMAL_MICROS_MAX,
                                .priced = {most, most, most},
                                .now_micros = DECIMAL_MICROS_MAX - 1};
    (void)state;
    const struct invoice_share first = invoice_share(&item, &plain);
    item.before_micros = item.now_micros;
    item.now_micros = 1;
    const struct invoice_share last = invoice_share(&item, &plain);
    assert_int_equal(first.amounts.net_minor + last.amounts.net_minor, most);
    assert_int_equal(last.amounts.net_minor, 1);
}

static void
more_than_ordered_is_charged_only_when_configured(void **state)
{
    struct invoice_item item = {.ordered_micros = 10 * MICROS,
                                .price_micros = 2 * MICROS,
                                .tax_rate_micros = 190000,
                                .priced = {1800, 342, 200},
                                .before_micros = 8 * MICROS,
                                .now_micros = 3 * MICROS};
    struct invoice_terms terms = plain;
    (void)state;
    struct invoice_share share = invoice_share(&item, &terms);
    assert_int_equal(share.amounts.net_minor, 360);
    assert_int_equal(share.uncharged_micros, MICROS);
    terms.charges_over = true;
    share = invoice_share(&item, &terms);
    assert_int_equal(share.amounts.net_minor, 360 + 200);
    assert_int_equal(share.amounts.tax_minor, 342 - 274 + 38);
    assert_int_equal(share.uncharged_micros, 0);
    terms.includes_tax = true; /* 2.00 with the tax in it */
    share = invoice_share(&item, &terms);
    assert_int_equal(share.amounts.net_minor, 360 + 168);
    assert_int_equal(share.amounts.tax_minor, 342 - 274 + 32);
    item.before_micros = 11 * MICROS; /* all of it is beyond the order */
    item.now_micros = MICROS;
    terms = plain;
    share = invoice_share(&item, &terms);
    assert_int_equal(share.amounts.net_minor, 0);
    assert_int_equal(share.uncharged_micros, MICROS);
}

/* Less the discount that was asked for, rounded once: 3 x 7.70 less 25 % are 17.325. */
static void
more_than_ordered_has_the_discount_too(void **state)
{
    const struct invoice_item item = {.ordered_micros = MICROS,
                                      .price_micros = 7700000,
                                      .discount_micros = 250000,
                                      .priced = {578, 0, 192},
                                      .before_micros = MICROS,
                                      .now_micros = 3 * MICROS};
    struct invoice_terms terms = plain;
    (void)state;
    terms.charges_over = true;
    const struct invoice_share share = invoice_share(&item, &terms);
    assert_int_equal(share.amounts.net_minor, 1733);
    assert_int_equal(share.amounts.reduction_minor, 2310 - 1733);
}

static void
it_is_due_so_many_days_later(void **state)
{
    (void)state;
    assert_int_equal(invoice_due_day(day_of(2026, 12, 15), 30), day_of(2027, 1, 14));
    assert_int_equal(invoice_due_day(day_of(2026, 12, 15), 0), day_of(2026, 12, 15));
}

/* Quantities, amounts and the rest, in any sequence: of no line more than there is. */
static void
credit_one(uint64_t *seed, struct arena *arena)
{
    enum { LINES = 3 };
    struct invoice_credit lines[LINES] = {{0}};
    struct invoice_amounts amounts[LINES];
    for (size_t index = 0; index < LINES; index++) {
        lines[index].quantity_micros = (int64_t)draw(seed, 10) * MICROS;
        lines[index].invoiced.net_minor = (int64_t)draw(seed, 5000);
        lines[index].invoiced.tax_minor = lines[index].invoiced.net_minor * 19 / 100;
    }
    for (int step = 0; step < 6; step++) {
        int64_t left_minor = 0;
        for (size_t index = 0; index < LINES; index++) {
            const struct invoice_amounts left = invoice_left(&lines[index]);
            amounts[index] = (struct invoice_amounts){0};
            left_minor += left.net_minor + left.tax_minor;
        }
        const size_t at = draw(seed, LINES);
        const int64_t quantity_left = lines[at].quantity_micros - lines[at].credited_micros;
        if (step % 2 == 0 && left_minor > 0) {
            const int64_t gross_minor = 1 + (int64_t)draw(seed, (uint64_t)left_minor);
            int64_t sum = 0;
            invoice_credit_amount(lines, LINES, gross_minor, arena, amounts);
            for (size_t index = 0; index < LINES; index++) {
                sum += amounts[index].net_minor + amounts[index].tax_minor;
            }
            assert_int_equal(sum, gross_minor);
        } else if (quantity_left > 0) {
            const int64_t quantity = 1 + (int64_t)draw(seed, (uint64_t)quantity_left);
            amounts[at] = invoice_credit_quantity(&lines[at], quantity);
            lines[at].credited_micros += quantity;
        }
        for (size_t index = 0; index < LINES; index++) {
            lines[index].credited.net_minor += amounts[index].net_minor;
            lines[index].credited.tax_minor += amounts[index].tax_minor;
            const struct invoice_amounts left = invoice_left(&lines[index]);
            assert_true(amounts[index].net_minor >= 0 && amounts[index].tax_minor >= 0);
            assert_true(left.net_minor >= 0 && left.tax_minor >= 0);
        }
    }
}

static void
no_more_is_credited_than_was_invoiced(void **state)
{
    uint64_t seed = 4711;
    OWNED(arena) arena;
    (void)state;
    arena_init(&arena, 64 * 1024);
    for (int round = 0; round < 5000; round++) {
        credit_one(&seed, &arena);
        arena_reset(&arena);
    }
}

static void
all_quantities_of_a_line_are_all_of_it(void **state)
{
    struct invoice_credit line = {.quantity_micros = 3 * MICROS, .invoiced = {1000, 190, 0}};
    int64_t sum = 0;
    (void)state;
    for (int step = 0; step < 3; step++) {
        const struct invoice_amounts amounts = invoice_credit_quantity(&line, MICROS);
        sum += amounts.net_minor;
        line.credited.net_minor += amounts.net_minor;
        line.credited.tax_minor += amounts.tax_minor;
        line.credited_micros += MICROS;
    }
    assert_int_equal(sum, 1000);
    assert_int_equal(line.credited.tax_minor, 190);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_third_at_a_time_adds_up),
        cmocka_unit_test(any_parts_of_any_line_add_up),
        cmocka_unit_test(the_largest_amounts_do_not_overflow),
        cmocka_unit_test(more_than_ordered_is_charged_only_when_configured),
        cmocka_unit_test(more_than_ordered_has_the_discount_too),
        cmocka_unit_test(it_is_due_so_many_days_later),
        cmocka_unit_test(no_more_is_credited_than_was_invoiced),
        cmocka_unit_test(all_quantities_of_a_line_are_all_of_it),
    };
    return cmocka_run_group_tests_name("invoice", tests, NULL, NULL);
}
