/* In what two orders differ: by hand, field by field; and orders drawn at random, changed in places
 * that are known. */
#include "order/order_difference.h"

#include "outbox_fixture.h"
#include "store/store_order.h"
#include "store/store_order_whole.h"

static int
set_up(void **state)
{
    struct arena *arena = calloc(1, sizeof *arena);
    assert_non_null(arena);
    arena_init(arena, ORDER_BYTES_MAX);
    *state = arena;
    return 0;
}

static int
tear_down(void **state)
{
    arena_close(*state);
    free(*state);
    return 0;
}

/* Two lines: "1" LJ-100, 10 pieces, red; "2" LJ-200, 4.5 kg. */
static struct order *
make_order(struct arena *arena)
{
    struct order *order = arena_new(arena, struct order);
    order_init(order);
    order->number = "A-1";
    order->currency = "EUR";
    order->order_date = day_of(2026, 3, 1);
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        order->parties[role].code = "NORD";
        order->parties[role].city = "Kiel";
        order->parties[role].street = "Hafen 1";
    }
    order->coupons = arena_array(arena, const char *, 2);
    order->notes = arena_array(arena, struct note, 4);
    order->lines = arena_array(arena, struct order_line, 4);
    for (int index = 0; index < 3; index++) {
        struct order_line *line = &order->lines[index];
        order_line_init(line);
        line->options = arena_array(arena, struct option, 4);
    }
    struct order_line *line = &order->lines[0];
    line->number = "1";
    line->sku = "LJ-100";
    line->quantity_micros = 10 * MICROS;
    line->unit = "C62";
    line->options[line->option_count++] = (struct option){"colour", "red"};
    line = &order->lines[1];
    line->number = "2";
    line->sku = "LJ-200";
    line->quantity_micros = 4500000;
    line->unit = "KGM";
    order->line_count = 2;
    return order;
}

static void
nothing(struct arena *arena, struct order *order)
{
    (void)arena;
    order->place.line = 77; /* where it stood is no difference, nor what it is called */
    order->lines[0].place.line = 99;
    order->lines[0].description = "lamp";
}

static void
more_and_less(struct arena *arena, struct order *order)
{
    (void)arena;
    order->lines[0].quantity_micros = 12 * MICROS;
    order->lines[1].quantity_micros = 4 * MICROS;
}

static void
lines_come_and_go(struct arena *arena, struct order *order)
{
    (void)arena;
    order->lines[0] = order->lines[1];
    order->lines[1] = (struct order_line){.number = "3",
                                          .sku = "LJ-300",
                                          .description = "",
                                          .quantity_micros = MICROS,
                                          .unit = "SET",
                                          .expected_price_micros = AMOUNT_NONE,
                                          .manual = {12500000, 50000, "fair", "Lin", false},
                                          .requested_from = day_of(2026, 4, 1),
                                          .requested_to = day_of(2026, 4, 2),
                                          .options = order->lines[2].options,
                                          .option_count = 1};
    order->lines[1].options[0] = (struct option){"lid", "none"};
    order->notes[order->note_count++] = (struct note){NOTE_GIFT, "with love", 2};
}

static void
options_and_prices(struct arena *arena, struct order *order)
{
    struct order_line *line = &order->lines[0];
    (void)arena;
    line->options[0].value = "blue";
    line->options[line->option_count++] = (struct option){"lid", "none"};
    line->manual = (struct manual_price){9000000, 125000, "fair", "Lin", false};
    line->expected_price_micros = 9125000;
    line = &order->lines[1];
    line->sku = "LJ-201";
    line->unit = "GRM";
    line->requested_to = day_of(2026, 5, 1);
}

static void
option_goes(struct arena *arena, struct order *order)
{
    (void)arena;
    order->lines[0].option_count = 0;
}

static void
heads(struct arena *arena, struct order *order)
{
    (void)arena;
    order->type = ORDER_SAMPLE;
    order->currency = "USD";
    order->requested_from = day_of(2026, 3, 9);
    order->requested_to = day_of(2026, 3, 10);
    order->coupons[order->coupon_count++] = "SPRING";
    order->coupons[order->coupon_count++] = "VIP";
}

static void
places(struct arena *arena, struct order *order)
{
    (void)arena;
    order->parties[PARTY_SOLD_TO].phone = "+491";
    order->parties[PARTY_SHIP_TO].city = "Bremen";
    order->parties[PARTY_SHIP_TO].street = "";
    order->parties[PARTY_BILL_TO].code = "NORD-2";
}

static void
notes(struct arena *arena, struct order *order)
{
    (void)arena;
    order->notes[order->note_count++] = (struct note){NOTE_DELIVERY, "ring\ntwice", 0};
    order->notes[order->note_count++] = (struct note){NOTE_PACKAGING, "dry", 2};
    order->notes[order->note_count++] = (struct note){NOTE_PACKAGING, "up", 2};
}

static const struct {
    const char *name;
    void (*change)(struct arena *arena, struct order *order);
    const char *there; /* "kind text" each */
    const char *back;  /* and of the way back */
    const char *zh;
} cases[] = {
    {"nothing", nothing, "", "", ""},
    {"more and less", more_and_less,
     "increase line 1: quantity 10 -> 12\n"
     "decrease line 2: quantity 4.5 -> 4\n",
     "decrease line 1: quantity 12 -> 10\n"
     "increase line 2: quantity 4 -> 4.5\n",
     "increase 第 1 行：数量 10 -> 12\n"
     "decrease 第 2 行：数量 4.5 -> 4\n"},
    {"lines", lines_come_and_go,
     "remove-line line 1 removed: LJ-100, 10 C62, colour=red\n"
     "add-line line 3 added: LJ-300, 1 SET, lid=none, 12.50 EUR, -5 %, 2026-04-01 - 2026-04-02, "
     "\"with "
     "love\"\n",
     "remove-line line 3 removed: LJ-300, 1 SET, lid=none, 12.50 EUR, -5 %, 2026-04-01 - "
     "2026-04-02, "
     "\"with love\"\n"
     "add-line line 1 added: LJ-100, 10 C62, colour=red\n",
     "remove-line 删除第 1 行：LJ-100, 10 C62, colour=red\n"
     "add-line 新增第 3 行：LJ-300, 1 SET, lid=none, 12.50 EUR, -5 %, 2026-04-01 - 2026-04-02, "
     "\"with "
     "love\"\n"},
    {"options", options_and_prices,
     "options line 1: option colour red -> blue\n"
     "options line 1: option lid none (was none)\n"
     "options line 1: price by hand 9.00 EUR (was none)\n"
     "options line 1: discount asked for 12.5 % (was none)\n"
     "options line 1: reason of the price by hand \"fair\" (was none)\n"
     "options line 1: price by hand granted by Lin (was none)\n"
     "other line 1: price expected 9.125 EUR (was none)\n"
     "options line 2: product LJ-200 -> LJ-201\n"
     "options line 2: unit KGM -> GRM\n"
     "date line 2: wanted until 2026-05-01 (was none)\n",
     "options line 1: option colour blue -> red\n"
     "options line 1: option lid none (was none)\n"
     "options line 1: price by hand none (was 9.00 EUR)\n"
     "options line 1: discount asked for none (was 12.5 %)\n"
     "options line 1: reason of the price by hand none (was \"fair\")\n"
     "options line 1: price by hand granted by none (was Lin)\n"
     "other line 1: price expected none (was 9.125 EUR)\n"
     "options line 2: product LJ-201 -> LJ-200\n"
     "options line 2: unit GRM -> KGM\n"
     "date line 2: wanted until none (was 2026-05-01)\n",
     NULL},
    {"an option goes", option_goes, "options line 1: option colour none (was red)\n",
     "options line 1: option colour red (was none)\n",
     "options 第 1 行：选项 colour 无（原为 red）\n"},
    {"heads", heads,
     "other kind of order regular -> sample\n"
     "other currency EUR -> USD\n"
     "date wanted from 2026-03-09 (was none)\n"
     "date wanted until 2026-03-10 (was none)\n"
     "other coupons SPRING | VIP (was none)\n",
     NULL,
     "other 订单类型 常规 -> 样品\n"
     "other 币种 EUR -> USD\n"
     "date 期望最早 2026-03-09（原无）\n"
     "date 期望最晚 2026-03-10（原无）\n"
     "other 优惠码 SPRING | VIP（原无）\n"},
    {"places", places,
     "other sold-to phone \"+491\" (was none)\n"
     "address ship-to city \"Kiel\" -> \"Bremen\"\n"
     "address ship-to street none (was \"Hafen 1\")\n"
     "terms bill-to customer code \"NORD\" -> \"NORD-2\"\n",
     NULL,
     "other 售达方 电话 “+491”（原无）\n"
     "address 收货方 城市 “Kiel” -> “Bremen”\n"
     "address 收货方 街道 无（原为 “Hafen 1”）\n"
     "terms 付款方 客户代码 “NORD” -> “NORD-2”\n"},
    {"notes", notes,
     "note delivery note \"ring\\x0Atwice\" (was none)\n"
     "note line 2: packaging note \"dry | up\" (was none)\n",
     NULL, NULL},
};

static const char *
differences_text(const struct order *before, const struct order *after, enum language language,
                 struct arena *arena)
{
    struct difference *differences = NULL;
    size_t count = 0;
    const char *text = "";
    order_compare(before, after, arena, &differences, &count);
    for (size_t index = 0; index < count; index++) {
        text = arena_format(arena, "%s%s %s\n", text, modification_names[differences[index].kind],
                            difference_text(&differences[index], language, arena));
    }
    return text;
}

static void
by_hand(void **state)
{
    struct arena *arena = *state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        const struct order *before = make_order(arena);
        struct order *after = make_order(arena);
        cases[index].change(arena, after);
        print_message("%s\n", cases[index].name);
        assert_string_equal(differences_text(before, after, LANGUAGE_EN, arena),
                            cases[index].there);
        if (cases[index].back != NULL) {
            assert_string_equal(differences_text(after, before, LANGUAGE_EN, arena),
                                cases[index].back);
        }
        if (cases[index].zh != NULL) {
            assert_string_equal(differences_text(before, after, LANGUAGE_ZH, arena),
                                cases[index].zh);
        }
        assert_string_equal(differences_text(after, after, LANGUAGE_EN, arena), "");
    }
}

static uint64_t
draw(uint64_t *seed, uint64_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % below;
}

/* Lines of numbers drawn without a repetition, each with a quantity. */
static struct order *
draw_order(struct arena *arena, uint64_t *seed)
{
    enum { LINES = 12 };
    struct order *order = make_order(arena);
    order->lines = arena_array(arena, struct order_line, LINES);
    order->line_count = 0;
    const size_t first = (size_t)draw(seed, LINES);
    for (size_t index = 0; index < LINES; index++) {
        struct order_line *line = &order->lines[order->line_count];
        if (draw(seed, 3) == 0) {
            continue;
        }
        order_line_init(line);
        line->number = arena_format(arena, "%zu", (first + index * 5) % LINES);
        line->sku = draw(seed, 4) == 0 ? "B" : "A";
        line->unit = "C62";
        line->quantity_micros = (int64_t)(1 + draw(seed, 3)) * MICROS;
        line->requested_to = draw(seed, 4) == 0 ? day_of(2026, 3, 1) : DAY_NONE;
        order->line_count++;
    }
    order->requested_to = draw(seed, 2) == 0 ? day_of(2026, 3, 1) : DAY_NONE;
    return order;
}

static struct order_line *
line_of(const struct order *order, const char *number)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (strcmp(order->lines[index].number, number) == 0) {
            return &order->lines[index];
        }
    }
    return NULL;
}

/* Make of `order` what one difference says of `after`. */
static void
apply(struct order *order, const struct order *after, const struct difference *difference)
{
    const struct order_line *theirs = line_of(after, difference->line);
    struct order_line *line = line_of(order, difference->line);
    if (difference->kind == MODIFICATION_REMOVE_LINE) {
        assert_null(theirs);
        *line = order->lines[--order->line_count];
    } else if (difference->kind == MODIFICATION_ADD_LINE) {
        assert_null(line);
        order->lines[order->line_count++] = *theirs;
    } else if (strcmp(difference->field, "requested_to") == 0) {
        order->requested_to = after->requested_to;
    } else if (strcmp(difference->field, "sku") == 0) {
        line->sku = theirs->sku;
    } else if (strcmp(difference->field, "quantity") == 0) {
        assert_true((difference->kind == MODIFICATION_INCREASE) ==
                    (theirs->quantity_micros > line->quantity_micros));
        line->quantity_micros = theirs->quantity_micros;
    } else {
        assert_string_equal(difference->field, "line_requested_to");
        line->requested_to = theirs->requested_to;
    }
}

static void
what_is_found_explains_all(void **state)
{
    struct arena *arena = *state;
    uint64_t seed = 20260301;
    size_t found = 0;
    for (int round = 0; round < 2000; round++) {
        arena_reset(arena);
        struct order *before = draw_order(arena, &seed);
        const struct order *after = draw_order(arena, &seed);
        struct difference *differences = NULL;
        size_t count = 0;
        assert_string_equal(differences_text(before, before, LANGUAGE_EN, arena), "");
        order_compare(before, after, arena, &differences, &count);
        for (size_t index = 0; index < count; index++) {
            apply(before, after, &differences[index]);
        }
        found += count;
        assert_int_equal(before->line_count, after->line_count);
        assert_string_equal(differences_text(before, after, LANGUAGE_EN, arena), "");
    }
    assert_true(found > 2000);
}

/* What the store gives back is what was put in. */
static void
an_order_comes_back_whole(void **state)
{
    struct arena *arena = *state;
    struct fixture fixture;
    struct fault why = {0};
    fixture_open(&fixture);
    fixture_fill(&fixture); /* it has a file, number 1 */
    struct store *store = fixture.run.store;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        OWNED(store_tx) tx = {0};
        struct order *order = make_order(arena);
        struct order read;
        struct order_standing standing;
        enum order_admission admission;
        cases[index].change(arena, order);
        order->number = arena_format(arena, "A-%zu", index);
        assert_int_equal(store_begin(store, &tx, &why), DONE);
        assert_int_equal(order_store(store, &(struct order_source){"nordlicht", 1, 1000}, order,
                                     &admission, &why),
                         DONE);
        assert_int_equal(order_find(store, "nordlicht", order->number, &standing, &why), DONE);
        assert_int_equal(order_read_whole(store, standing.id, 1, arena, &read, &why), DONE);
        assert_int_equal(order_read_whole(store, standing.id, 2, arena, &read, &why), NONE);
        char before[DIGEST_HEX_SIZE];
        char after[DIGEST_HEX_SIZE];
        order_digest(order, before);
        order_digest(&read, after);
        assert_string_equal(before, after);
        assert_int_equal(store_commit(&tx, &why), DONE);
    }
    fixture_close(&fixture);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(by_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_found_explains_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_order_comes_back_whole, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
