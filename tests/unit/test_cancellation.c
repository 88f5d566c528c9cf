/* What cancelled quantities take off: with what is invoiced it foots to the cent, in whatever
 * steps. */
#include "base/decimal.h"
#include "base/fault.h"
#include "rules/cancellation.h"
#include "rules/invoice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* 满300减50 over three lines of 100.00: they pay 83.33, 83.33 and 83.34. */
static void
what_a_line_paid_comes_back(void **state)
{
    (void)state;
    assert_int_equal(cancel_share(8334, MICROS, 0, MICROS), 8334);
    assert_int_equal(25000 - cancel_share(8334, MICROS, 0, MICROS), 16666);
}

static void
parts_take_off_from_the_other_end(void **state)
{
    (void)state;
    /* 10.00 for three: one of them is 3.33, two 6.67, three 10.00. */
    assert_int_equal(cancel_share(1000, 3 * MICROS, 0, MICROS), 333);
    assert_int_equal(cancel_share(1000, 3 * MICROS, MICROS, MICROS), 334);
    assert_int_equal(cancel_share(1000, 3 * MICROS, 2 * MICROS, MICROS), 333);
    assert_int_equal(cancel_share(1000, 3 * MICROS, 0, 0), 0);
    assert_int_equal(cancel_share(0, 3 * MICROS, 0, MICROS), 0);
    /* The greatest amounts do not overflow. */
    assert_int_equal(cancel_share(INT64_C(1000000000000000), INT64_C(1000000000000000), 0,
                                  INT64_C(1000000000000000)),
                     INT64_C(1000000000000000));
}

static uint64_t
next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Some leaves, some is cancelled, in any order: nothing is lost in rounding. */
static void
invoices_and_cancellations_add_up(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252;
    for (int trial = 0; trial < 20000; trial++) {
        const int64_t ordered = (int64_t)(1 + next(&seed) % 50) * MICROS;
        const int64_t amount = (int64_t)(next(&seed) % 100000);
        struct invoice_item item = {.ordered_micros = ordered,
                                    .priced = {.net_minor = amount, .tax_minor = amount / 5}};
        const struct invoice_terms terms = {false, false, 2, ROUND_HALF_UP};
        int64_t left = 0;
        int64_t cancelled = 0;
        int64_t sum = 0;
        while (left + cancelled < ordered) {
            const int64_t rest = (ordered - left - cancelled) / MICROS;
            const int64_t step = (int64_t)(1 + next(&seed) % (uint64_t)rest) * MICROS;
            if (next(&seed) % 2 == 0) {
                sum += cancel_share(amount, ordered, cancelled, step);
                cancelled += step;
            } else {
                item.before_micros = left;
                item.now_micros = step;
                sum += invoice_share(&item, &terms).amounts.net_minor;
                left += step;
            }
        }
        assert_int_equal(sum, amount);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_line_paid_comes_back),
        cmocka_unit_test(parts_take_off_from_the_other_end),
        cmocka_unit_test(invoices_and_cancellations_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
