/* The longest orders under many promotions, through price_order: what is told of them, and the
 * memory that they take, stay in their bounds. */
#include "price_bench.h"
#include "promotion_row.h"

#include "desk/appraise.h"

#include <stdio.h>

enum { LONG_NAME = 400, CODE_SIZE = 65, ROWS_MAX = 50 };

/* An order of ORDER_LINES_MAX lines, and promotions that are on all of them. */
struct longest {
    struct arena arena; /* as the desk has it, for one order */
    struct arena lasting;
    struct findings findings;
    struct order order;
    struct price_facts facts;
    struct promotion *rows;
    char (*codes)[CODE_SIZE];
    struct price_decision decision;
};

static void
longest_close(struct longest *longest)
{
    findings_close(&longest->findings);
    arena_close(&longest->arena);
    arena_close(&longest->lasting);
}

static void
add_lines(struct longest *longest)
{
    struct order_line *lines = arena_array(&longest->lasting, struct order_line, ORDER_LINES_MAX);
    struct line_facts *facts = arena_array(&longest->lasting, struct line_facts, ORDER_LINES_MAX);
    struct price_candidate *candidate = arena_new(&longest->lasting, struct price_candidate);
    *candidate = (struct price_candidate){.scope = SCOPE_BASE,
                                          .holder = "",
                                          .break_group = "",
                                          .valid_to = INT32_MAX,
                                          .price_micros = 25 * MICROS};
    for (size_t index = 0; index < ORDER_LINES_MAX; index++) {
        order_line_init(&lines[index]);
        lines[index].number = arena_format(&longest->lasting, "%zu", index + 1);
        lines[index].sku = arena_format(&longest->lasting, "S%zu", index);
        lines[index].unit = "C62";
        lines[index].quantity_micros = 3 * MICROS;
        facts[index] = (struct line_facts){.product_known = true,
                                           .nearest_sku = "",
                                           .category = "",
                                           .unit = "C62",
                                           .tax_rate_micros = 190000,
                                           .candidates = candidate,
                                           .candidate_count = 1};
    }
    longest->order.lines = lines;
    longest->order.line_count = ORDER_LINES_MAX;
    longest->facts.lines = facts;
}

/* Rows with codes and names as long as they may be. */
static void
add_rows(struct longest *longest, size_t count, enum promotion_action action)
{
    char *name = arena_alloc(&longest->lasting, LONG_NAME + 1);
    memset(name, 'n', LONG_NAME);
    longest->rows = arena_array(&longest->lasting, struct promotion, count);
    longest->codes = arena_alloc(&longest->lasting, count * CODE_SIZE);
    for (size_t index = 0; index < count; index++) {
        snprintf(longest->codes[index], CODE_SIZE, "%064zu", index);
        struct promotion *row = &longest->rows[index];
        *row = promotion_row(longest->codes[index], name, action);
        row->value_micros = 10000;
        row->buy = row->get = 1;
        row->free_count = FREE_EXCLUSIVE;
        row->free_form = FORM_IN_KIND;
    }
}

static void
longest_init(struct longest *longest, size_t row_count, enum promotion_action action)
{
    memset(longest, 0, sizeof *longest);
    arena_init(&longest->arena, APPRAISAL_BYTES_MAX);
    arena_init(&longest->lasting, APPRAISAL_BYTES_MAX);
    findings_init(&longest->findings);
    longest->order = (struct order){.number = "PO-1", .currency = "EUR", .order_date = order_day};
    longest->facts = (struct price_facts){.customer_known = true,
                                          .customer = "NORD",
                                          .nearest_customer = "",
                                          .customer_group = "",
                                          .customer_country = "DE",
                                          .channel = "",
                                          .partner = "nordlicht",
                                          .tax_exemption = ""};
    add_lines(longest);
    add_rows(longest, row_count, action);
    struct promotion_facts *known = &longest->facts.promotions;
    known->table = promotion_compile(longest->rows, row_count, &longest->lasting);
    known->candidates = arena_array(&longest->lasting, struct promotion_fact, row_count);
    for (size_t index = 0; index < row_count; index++) {
        known->candidates[known->candidate_count++].promotion = &longest->rows[index];
    }
    price_order(&longest->order, &longest->facts, &longest->arena, &longest->findings,
                &longest->decision);
    print_message("%zu promotions on %d lines: %zu KiB, a trace of %zu KiB\n", row_count,
                  ORDER_LINES_MAX, longest->arena.bytes_used / 1024,
                  strlen(longest->decision.trace) / 1024);
}

/* Twenty promotions reduce each of ten thousand lines: all is booked, and what does not fit into
 * the trace is counted there. */
static void
every_line_is_reduced_as_often_as_may_be(void **state)
{
    OWNED(longest) longest;
    (void)state;
    longest_init(&longest, ROWS_MAX, ACTION_PERCENT);
    const size_t size = strlen(longest.decision.trace);
    assert_true(longest.decision.is_priced);
    assert_int_equal(longest.decision.promotions.result.reduction_count,
                     ORDER_LINES_MAX * PROMOTION_STACK_MAX);
    assert_non_null(strstr(longest.decision.trace, "\"reductions_left_out\":20"));
    assert_in_range(size, PRICE_TRACE_BYTES_MAX, 2 * PRICE_TRACE_BYTES_MAX);
    assert_true(longest.arena.bytes_used < ORDER_BYTES_MAX);
}

/* Two goods with each line; with three they are too many, and the order is refused. */
static void
goods_come_with_every_line(void **state)
{
    OWNED(longest) two;
    OWNED(longest) three;
    (void)state;
    longest_init(&two, 2, ACTION_BUY_GET);
    assert_true(two.decision.is_priced);
    assert_int_equal(two.decision.promotions.result.free_goods_count, 2 * ORDER_LINES_MAX);
    assert_true(strlen(two.decision.trace) < 2 * (size_t)PRICE_TRACE_BYTES_MAX);
    longest_init(&three, 3, ACTION_BUY_GET);
    assert_false(three.decision.is_priced);
    assert_int_equal(three.findings.count, 1);
    assert_int_equal(three.findings.items[0].code, M_PRICE_PROMOTIONS_MANY);
    assert_int_equal(three.decision.gross_minor, 0);
    assert_non_null(
        strstr(three.decision.trace, "\"promotions_finding\":\"PRICE-PROMOTIONS-MANY\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_reduced_as_often_as_may_be),
        cmocka_unit_test(goods_come_with_every_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
