/* A change is carried out on an order: part by part, and only what may be. */
#include "order/order_apply.h"

#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA_BYTES = 1024 * 1024 };

static struct order_line
line_of(const char *number, const char *sku, int64_t quantity)
{
    struct order_line line;
    order_line_init(&line);
    line.number = number;
    line.sku = sku;
    line.quantity_micros = quantity == 0 ? AMOUNT_NONE : quantity * MICROS;
    return line;
}

static struct line_change
part(enum change_action action, const char *number, const char *sku, int64_t quantity)
{
    return (struct line_change){.action = action, .line = line_of(number, sku, quantity)};
}

/* Three lines, and a note of the order and of line 3. */
struct fixture {
    struct order_line lines[3];
    struct note notes[2];
    struct order order;
    struct order_change change;
};

static void
prepare(struct fixture *fixture)
{
    order_init(&fixture->order);
    fixture->lines[0] = line_of("1", "A", 10);
    fixture->lines[1] = line_of("2", "B", 20);
    fixture->lines[2] = line_of("3", "C", 30);
    fixture->notes[0] = (struct note){NOTE_DELIVERY, "ring", 0};
    fixture->notes[1] = (struct note){NOTE_GIFT, "for Anna", 3};
    fixture->order.lines = fixture->lines;
    fixture->order.line_count = 3;
    fixture->order.notes = fixture->notes;
    fixture->order.note_count = 2;
    fixture->change = order_change_blank;
}

static const char *
tell(const struct order *order, struct arena *arena)
{
    const char *text = "";
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        text = arena_format(arena, "%s%s:%s*%d ", text, line->number, line->sku,
                            (int)(line->quantity_micros / MICROS));
    }
    for (size_t index = 0; index < order->note_count; index++) {
        const struct note *note = &order->notes[index];
        text = arena_format(arena, "%s[%d %s]", text, (int)note->line, note->text);
    }
    return text;
}

static void
test_parts(void **state)
{
    (void)state;
    OWNED(arena) arena;
    struct applied applied;
    struct fixture fixture;
    arena_init(&arena, ARENA_BYTES);
    prepare(&fixture);
    order_apply(&fixture.order, &fixture.change, APPLY_ALL, &arena, &applied);
    assert_string_equal(tell(&applied.order, &arena), "1:A*10 2:B*20 3:C*30 [0 ring][3 for Anna]");

    struct line_change parts[] = {part(CHANGE_SET, "1", "", 12), part(CHANGE_REMOVE, "2", "", 0),
                                  part(CHANGE_ADD, "4", "D", 1), part(CHANGE_SET, "3", "E", 3)};
    fixture.change.lines = parts;
    fixture.change.line_count = 4;
    order_apply(&fixture.order, &fixture.change, APPLY_ALL, &arena, &applied);
    assert_string_equal(tell(&applied.order, &arena), "1:A*12 3:E*3 4:D*1 [0 ring][2 for Anna]");
    assert_int_equal(applied.trouble_count, 0);
    order_apply(&fixture.order, &fixture.change,
                1U << MODIFICATION_INCREASE | 1U << MODIFICATION_OPTIONS, &arena, &applied);
    assert_string_equal(tell(&applied.order, &arena), "1:A*12 2:B*20 3:E*30 [0 ring][3 for Anna]");
    order_apply(&fixture.order, &fixture.change, 0, &arena, &applied);
    assert_string_equal(tell(&applied.order, &arena), "1:A*10 2:B*20 3:C*30 [0 ring][3 for Anna]");
    assert_int_equal(fixture.lines[0].quantity_micros, 10 * MICROS);
}

/* Of price and discount what is not said stays, 0 ends a discount; without either nothing is left
 * of reason and person. */
static void
test_prices(void **state)
{
    static const struct {
        struct manual_price before, change, after;
    } cases[] = {
        {{5, AMOUNT_NONE, "a", "x", true},
         {AMOUNT_NONE, 125000, "b", "y", false},
         {5, 125000, "b", "y", false}},
        {{5, 125000, "a", "x", false},
         {6, AMOUNT_NONE, "b", "", false},
         {6, 125000, "b", "", false}},
        {{5, 125000, "a", "x", false},
         {AMOUNT_NONE, 0, "b", "y", false},
         {5, AMOUNT_NONE, "b", "y", false}},
        {{AMOUNT_NONE, 125000, "a", "x", false},
         {AMOUNT_NONE, 0, "b", "y", false},
         {AMOUNT_NONE, AMOUNT_NONE, "", "", false}},
        {{5, 125000, "a", "x", true},
         {AMOUNT_NONE, AMOUNT_NONE, "b", "y", false},
         {5, 125000, "a", "x", true}},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(arena) arena;
        struct applied applied;
        struct fixture fixture;
        struct line_change parts[] = {part(CHANGE_SET, "1", "", 0), part(CHANGE_ADD, "4", "D", 1)};
        arena_init(&arena, ARENA_BYTES);
        prepare(&fixture);
        fixture.lines[0].manual = cases[index].before;
        parts[0].line.manual = cases[index].change;
        parts[1].line.manual = cases[index].change;
        fixture.change.lines = parts;
        fixture.change.line_count = 2;
        order_apply(&fixture.order, &fixture.change, APPLY_ALL, &arena, &applied);
        const struct manual_price *is = &applied.order.lines[0].manual;
        assert_int_equal(is->price_micros, cases[index].after.price_micros);
        assert_int_equal(is->discount_micros, cases[index].after.discount_micros);
        assert_string_equal(is->reason, cases[index].after.reason);
        assert_string_equal(is->person, cases[index].after.person);
        assert_int_equal(is->is_ours, cases[index].after.is_ours);
        assert_int_equal(applied.order.lines[3].manual.discount_micros,
                         cases[index].change.discount_micros > 0 &&
                                 cases[index].change.discount_micros != AMOUNT_NONE
                             ? cases[index].change.discount_micros
                             : AMOUNT_NONE);
    }
}

static void
test_troubles(void **state)
{
    (void)state;
    OWNED(arena) arena;
    struct applied applied;
    struct fixture fixture;
    struct line_change parts[] = {part(CHANGE_SET, "9", "", 12), part(CHANGE_REMOVE, "8", "", 0),
                                  part(CHANGE_ADD, "2", "D", 1), part(CHANGE_SET, "1", "", 3),
                                  part(CHANGE_SET, "1", "", 4)};
    struct note_change notes[] = {
        {NOTE_DELIVERY, "knock", "7"}, {NOTE_GIFT, "", "9"}, {NOTE_GIFT, "", "3"}};
    static const enum message expected[] = {M_CHANGE_LINE_UNKNOWN, M_CHANGE_LINE_UNKNOWN,
                                            M_CHANGE_LINE_THERE, M_CHANGE_LINE_TWICE,
                                            M_CHANGE_LINE_UNKNOWN};
    arena_init(&arena, ARENA_BYTES);
    prepare(&fixture);
    fixture.change.lines = parts;
    fixture.change.line_count = 5;
    fixture.change.notes = notes;
    fixture.change.note_count = 3;
    order_apply(&fixture.order, &fixture.change, APPLY_ALL, &arena, &applied);
    assert_int_equal(applied.trouble_count, 5);
    for (size_t index = 0; index < 5; index++) {
        assert_int_equal(applied.troubles[index].code, expected[index]);
    }
    assert_string_equal(applied.troubles[4].line, "7"); /* 9 was told with the line itself */
    assert_string_equal(tell(&applied.order, &arena), "1:A*3 2:B*20 3:C*30 [0 ring]");
}

static void
test_notes_and_days(void **state)
{
    (void)state;
    OWNED(arena) arena;
    struct applied applied;
    struct fixture fixture;
    struct note_change notes[] = {
        {NOTE_DELIVERY, "knock", ""}, {NOTE_GIFT, "", "3"}, {NOTE_PACKAGING, "twice", "2"}};
    arena_init(&arena, ARENA_BYTES);
    prepare(&fixture);
    fixture.change.notes = notes;
    fixture.change.note_count = 3;
    fixture.change.requested_from = 20000;
    order_apply(&fixture.order, &fixture.change, APPLY_ALL, &arena, &applied);
    assert_string_equal(tell(&applied.order, &arena), "1:A*10 2:B*20 3:C*30 [0 knock][2 twice]");
    assert_int_equal(applied.order.requested_from, 20000);
    assert_int_equal(applied.order.requested_to, DAY_NONE);
    order_apply(&fixture.order, &fixture.change, 1U << MODIFICATION_ADDRESS, &arena, &applied);
    assert_string_equal(tell(&applied.order, &arena), "1:A*10 2:B*20 3:C*30 [0 ring][3 for Anna]");
    assert_int_equal(applied.order.requested_from, DAY_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_prices),
        cmocka_unit_test(test_troubles),
        cmocka_unit_test(test_notes_and_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
