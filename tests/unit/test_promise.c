/* Promises that were worked out by hand. */
#include "promise_bench.h"

#include "base/buf.h"

enum { TOLD_BYTES_MAX = 65536 };

/* An array of supplies, and how many. */
#define SUPPLIES(...)                                                                              \
    .supplies = (const struct promise_supply[]){__VA_ARGS__},                                      \
    .supply_count =                                                                                \
        sizeof((const struct promise_supply[]){__VA_ARGS__}) / sizeof(struct promise_supply)
#define UNITS(n) ((n)*MICROS)
#define STOCK(place, count)                                                                        \
    {                                                                                              \
        PROMISE_FROM_STOCK, place, "", 0, UNITS(count)                                             \
    }
#define RECEIPT(place, reference, day, count)                                                      \
    {                                                                                              \
        PROMISE_FROM_RECEIPT, place, reference, day_named(day), UNITS(count)                       \
    }

static void
need(struct bench *bench, struct promise_need need)
{
    assert_true(bench->question.need_count < BENCH_NEEDS);
    need.ordinal = (int64_t)bench->question.need_count + 1;
    bench->needs[bench->question.need_count++] = need;
}

static void
tell_day(struct buf *told, const char *before, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    buf_format(told, "%s%s", before, day == DAY_NONE ? "-" : day_format(text, day) + 5);
}

static void
tell_number(struct buf *told, const char *before, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    buf_format(told, "%s%s", before, decimal_format(text, micros, MICROS_PLACES, 0));
}

static void
tell_need(struct buf *told, const struct bench *bench, size_t index)
{
    const struct promise_decision *decision = &bench->decision;
    const struct promise_answer *answer = &decision->answers[index];
    for (size_t at = 0; at < decision->take_count; at++) {
        const struct promise_take *take = &decision->takes[at];
        if (take->need == index) {
            buf_format(told, "%s %s%s%s", promise_source_names[take->source],
                       bench->places[take->place].warehouse, take->reference[0] == '\0' ? "" : " ",
                       take->reference);
            tell_number(told, " ", take->quantity_micros);
            if (take->start_day != take->day) {
                tell_day(told, " ", take->start_day);
            }
            tell_day(told, " ", take->day);
            buf_text(told, ", ");
        }
    }
    if (answer->bought_micros > 0) {
        tell_number(told, "buy ", answer->bought_micros);
        tell_day(told, " ", answer->bought_day);
        buf_text(told, ", ");
    }
    if (answer->short_micros > 0) {
        tell_number(told, "short ", answer->short_micros);
        buf_text(told, ", ");
    }
    tell_day(told, "ship ", answer->ship_day);
    tell_day(told, " arrive ", answer->arrive_day);
    buf_format(told, " %s%s%s", promise_reason_names[answer->reason],
               answer->material[0] == '\0' ? "" : " ", answer->material);
}

static void
tell_makings(struct buf *told, const struct bench *bench)
{
    const struct promise_decision *decision = &bench->decision;
    for (size_t at = 0; at < decision->material_count; at++) {
        const struct promise_material_take *take = &decision->materials[at];
        buf_format(told, "; %zu: %s %s %s", take->need,
                   bench->needs[take->need].materials[take->material].sku,
                   promise_source_names[take->source], take->reference);
        tell_number(told, " ", take->quantity_micros);
    }
    for (size_t at = 0; at < decision->day_count; at++) {
        buf_format(told, "; %zu:", decision->days[at].need);
        tell_day(told, " ", decision->days[at].day);
        tell_number(told, " ", decision->days[at].load_micros);
    }
}

/* All of a decision, in one line. */
static void
assert_told(struct bench *bench, const char *expected)
{
    OWNED(buf) told;
    buf_init(&told, TOLD_BYTES_MAX);
    (void)bench_decide(bench);
    for (size_t index = 0; index < bench->question.need_count; index++) {
        buf_text(&told, index == 0 ? "" : "; ");
        tell_need(&told, bench, index);
    }
    tell_makings(&told, bench);
    tell_day(&told, "; ", bench->decision.arrive_day);
    assert_string_equal(told.bytes, expected);
}

static int
setup(void **state)
{
    *state = bench_make();
    return 0;
}

static int
teardown(void **state)
{
    bench_end(*state);
    return 0;
}

/* --- stock and receipts --- */

static void
what_is_in_stock_leaves_after_picking(void **state)
{
    struct bench *bench = *state;
    need(bench, (struct promise_need){.sku = "TEA",
                                      .quantity_micros = UNITS(75),
                                      .is_counted = true,
                                      SUPPLIES(STOCK(0, 75))});
    assert_told(bench, "stock harbour 75 11-30, ship 12-01 arrive 12-03 in-stock; 12-03");
    bench->question.pick_days = 0;
    assert_told(bench, "stock harbour 75 11-30, ship 11-30 arrive 12-02 in-stock; 12-02");
    bench->question.today = day_named("2026-12-05"); /* a Saturday */
    assert_told(bench, "stock harbour 75 12-07, ship 12-07 arrive 12-09 in-stock; 12-09");
}

/* The Saturday of the receipt's week is worked. */
static void
more_than_is_in_stock_waits_for_what_comes(void **state)
{
    struct bench *bench = *state;
    need(bench,
         (struct promise_need){.sku = "TEA",
                               .quantity_micros = UNITS(80),
                               .is_counted = true,
                               SUPPLIES(RECEIPT(0, "PO-2", "2026-12-17", 10),
                                        RECEIPT(0, "PO-1", "2026-12-10", 10), STOCK(0, 75))});
    assert_told(bench, "stock harbour 75 11-30, receipt harbour PO-1 5 12-10, "
                       "ship 12-11 arrive 12-14 to-come; 12-14");
    bench->needs[0].quantity_micros = UNITS(95);
    assert_told(bench, "stock harbour 75 11-30, receipt harbour PO-1 10 12-10, "
                       "receipt harbour PO-2 10 12-17, ship 12-18 arrive 12-22 to-come; 12-22");
    bench->needs[0].quantity_micros = UNITS(96);
    assert_told(bench, "stock harbour 75 11-30, receipt harbour PO-1 10 12-10, "
                       "receipt harbour PO-2 10 12-17, short 1, ship - arrive - no-supply; -");
}

static void
an_overdue_receipt_counts_as_tomorrow(void **state)
{
    struct bench *bench = *state;
    need(bench, (struct promise_need){.sku = "TEA",
                                      .quantity_micros = UNITS(15),
                                      .is_counted = true,
                                      SUPPLIES(RECEIPT(0, "PO-1", "2026-11-20", 10),
                                               RECEIPT(1, "PO-2", "2026-11-30", 3),
                                               RECEIPT(0, "PO-0", "2026-12-01", 10))});
    assert_told(bench, "receipt inland PO-2 3 11-30, receipt harbour PO-0 10 12-01, "
                       "receipt harbour PO-1 2 12-01, ship 12-02 arrive 12-08 to-come; 12-08");
    assert_non_null(strstr(bench->decision.answers[0].trace,
                           "{\"from\":\"receipt\",\"place\":\"harbour\",\"reference\":\"PO-1\","
                           "\"overdue\":\"2026-11-20\",\"quantity\":\"2\",\"free\":\"10\","
                           "\"day\":\"2026-12-01\"}"));
}

/* What comes on a Sunday is handled from Monday on. */
static void
what_comes_on_a_day_off_waits_for_the_next(void **state)
{
    struct bench *bench = *state;
    need(bench, (struct promise_need){.sku = "TEA",
                                      .quantity_micros = UNITS(1),
                                      .is_counted = true,
                                      SUPPLIES(RECEIPT(0, "PO-1", "2026-12-06", 1))});
    assert_told(bench, "receipt harbour PO-1 1 12-06, ship 12-08 arrive 12-10 to-come; 12-10");
    bench->question.pick_days = 0;
    assert_told(bench, "receipt harbour PO-1 1 12-06, ship 12-07 arrive 12-09 to-come; 12-09");
}

static void
two_lines_of_one_product_share_what_there_is(void **state)
{
    struct bench *bench = *state;
    static const struct promise_supply stock[] = {STOCK(0, 75)};
    const struct promise_need line = {.sku = "TEA",
                                      .quantity_micros = UNITS(50),
                                      .is_counted = true,
                                      .supplies = stock,
                                      .supply_count = 1};
    static const char told[] = "stock harbour 50 11-30, ship 12-01 arrive 12-03 in-stock; "
                               "stock harbour 25 11-30, short 25, ship - arrive - no-supply; -";
    need(bench, line);
    need(bench, line);
    assert_told(bench, told);
    const struct promise_supply copy[] = {STOCK(0, 75)};
    bench->needs[1].supplies = copy; /* said again, it is no more */
    assert_told(bench, told);
}

/* --- places --- */

static void
places_are_emptied_in_the_order_of_preference(void **state)
{
    struct bench *bench = *state;
    need(bench, (struct promise_need){.sku = "TEA",
                                      .quantity_micros = UNITS(5),
                                      .is_counted = true,
                                      SUPPLIES(STOCK(1, 10), STOCK(0, 3))});
    assert_told(bench, "stock harbour 3 11-30, stock inland 2 11-30, "
                       "ship 12-01 arrive 12-08 in-stock; 12-08");
}

static void
one_place_serves_all_where_it_can(void **state)
{
    struct bench *bench = *state;
    bench->question.one_place = true;
    need(bench, (struct promise_need){.sku = "TEA",
                                      .quantity_micros = UNITS(3),
                                      .is_counted = true,
                                      SUPPLIES(STOCK(1, 10), STOCK(0, 3))});
    need(bench, (struct promise_need){.sku = "CUP",
                                      .quantity_micros = UNITS(2),
                                      .is_counted = true,
                                      SUPPLIES(STOCK(1, 2), STOCK(0, 1))});
    need(bench, (struct promise_need){.sku = "NOTE", .quantity_micros = UNITS(1)});
    assert_told(bench, "stock inland 3 11-30, ship 12-01 arrive 12-08 in-stock; "
                       "stock inland 2 11-30, ship 12-01 arrive 12-08 in-stock; "
                       "stock inland 1 11-30, ship 12-01 arrive 12-08 not-counted; 12-08");
    assert_non_null(strstr(bench->decision.answers[2].trace, "\"one_place\":\"inland\""));
    bench->needs[0].quantity_micros = UNITS(11); /* now none has all of it */
    assert_told(bench, "stock harbour 3 11-30, stock inland 8 11-30, "
                       "ship 12-01 arrive 12-08 in-stock; "
                       "stock harbour 1 11-30, stock inland 1 11-30, "
                       "ship 12-01 arrive 12-08 in-stock; "
                       "stock harbour 1 11-30, ship 12-01 arrive 12-03 not-counted; 12-08");
}

/* Each line alone would fit into the first place, but not both. */
static void
one_place_counts_lines_of_one_product_together(void **state)
{
    struct bench *bench = *state;
    static const struct promise_supply stock[] = {STOCK(0, 75), STOCK(1, 100)};
    bench->question.one_place = true;
    for (int line = 0; line < 2; line++) {
        need(bench, (struct promise_need){.sku = "TEA",
                                          .quantity_micros = UNITS(50),
                                          .is_counted = true,
                                          .supplies = stock,
                                          .supply_count = 2});
    }
    assert_told(bench, "stock inland 50 11-30, ship 12-01 arrive 12-08 in-stock; "
                       "stock inland 50 11-30, ship 12-01 arrive 12-08 in-stock; 12-08");
}

/* --- what is made --- */

static const struct promise_plant verka = {
    .plant = "verka", .place = 0, .capacity_micros = UNITS(8)};

/* Eight a day, and two days to the warehouse. */
static struct promise_need
made(int64_t count)
{
    return (struct promise_need){.sku = "POT",
                                 .quantity_micros = UNITS(count),
                                 .is_counted = true,
                                 .plant = &verka,
                                 .lead_days = 2,
                                 .load_micros = UNITS(1)};
}

static void
a_plant_is_filled_day_by_day(void **state)
{
    struct bench *bench = *state;
    need(bench, made(20));
    assert_told(bench, "make harbour verka 20 11-30 12-04, ship 12-07 arrive 12-09 to-make; "
                       "0: 11-30 8; 0: 12-01 8; 0: 12-02 4; 12-09");
    bench->question.today = day_named("2026-12-23"); /* Friday is Christmas Day */
    assert_told(bench, "make harbour verka 20 12-23 12-30, ship 12-31 arrive 01-05 to-make; "
                       "0: 12-23 8; 0: 12-24 8; 0: 12-28 4; 01-05");
    bench->question.today = day_named("2026-12-11"); /* the Saturday is worked */
    assert_told(bench, "make harbour verka 20 12-11 12-16, ship 12-17 arrive 12-21 to-make; "
                       "0: 12-11 8; 0: 12-12 8; 0: 12-14 4; 12-21");
}

static void
days_that_are_promised_are_left_out(void **state)
{
    struct bench *bench = *state;
    const struct promise_load loads[] = {{day_named("2026-11-27"), UNITS(8)},
                                         {day_named("2026-11-30"), UNITS(8)},
                                         {day_named("2026-12-01"), UNITS(3)},
                                         {day_named("2026-12-03"), UNITS(9)}};
    struct promise_plant busy = verka;
    busy.loads = loads;
    busy.load_count = 4;
    need(bench, made(20));
    bench->needs[0].plant = &busy;
    assert_told(bench, "make harbour verka 20 12-01 12-08, ship 12-09 arrive 12-11 capacity; "
                       "0: 12-01 5; 0: 12-02 8; 0: 12-04 7; 12-11");
    bench->needs[0].quantity_micros = UNITS(1);
    bench->needs[0].load_micros = 2500000; /* two and a half of it for each */
    assert_told(bench, "make harbour verka 1 12-01 12-03, ship 12-04 arrive 12-08 capacity; "
                       "0: 12-01 2.5; 12-08");
}

static void
two_lines_share_the_days_of_a_plant(void **state)
{
    struct bench *bench = *state;
    need(bench, made(20));
    need(bench, made(10));
    bench->needs[1].sku = "PAN";
    assert_told(bench, "make harbour verka 20 11-30 12-04, ship 12-07 arrive 12-09 to-make; "
                       "make harbour verka 10 12-02 12-07, ship 12-08 arrive 12-10 capacity; "
                       "0: 11-30 8; 0: 12-01 8; 0: 12-02 4; 1: 12-02 4; 1: 12-03 6; 12-10");
}

/* A quarter of LEAF for each pot. */
static void
made_with(struct bench *bench, const struct promise_supply *supplies, size_t count)
{
    struct promise_material *leaf = arena_new(&bench->arena, struct promise_material);
    *leaf = (struct promise_material){.sku = "LEAF",
                                      .quantity_micros = 250000,
                                      .supplies = supplies,
                                      .supply_count = count,
                                      .is_counted = true};
    need(bench, made(20));
    bench->needs[bench->question.need_count - 1].materials = leaf;
    bench->needs[bench->question.need_count - 1].material_count = 1;
}

static void
making_begins_when_all_materials_are_there(void **state)
{
    struct bench *bench = *state;
    const struct promise_supply leaves[] = {STOCK(1, 100), RECEIPT(0, "PO-9", "2026-12-04", 9),
                                            RECEIPT(0, "PO-8", "2026-12-03", 1), STOCK(0, 3)};
    made_with(bench, leaves, 4);
    assert_told(bench, "make harbour verka 20 12-04 12-10, ship 12-11 arrive 12-14 material LEAF; "
                       "0: LEAF stock  3; 0: LEAF receipt PO-8 1; 0: LEAF receipt PO-9 1; "
                       "0: 12-04 8; 0: 12-07 8; 0: 12-08 4; 12-14");
    bench->needs[0].quantity_micros = UNITS(16);
    assert_told(bench, "make harbour verka 16 12-03 12-08, ship 12-09 arrive 12-11 material LEAF; "
                       "0: LEAF stock  3; 0: LEAF receipt PO-8 1; "
                       "0: 12-03 8; 0: 12-04 8; 12-11");
    bench->needs[0].quantity_micros = UNITS(12);
    assert_told(bench, "make harbour verka 12 11-30 12-03, ship 12-04 arrive 12-08 to-make; "
                       "0: LEAF stock  3; 0: 11-30 8; 0: 12-01 4; 12-08");
}

/* Neither is anything taken for what is not made. */
static void
without_its_materials_nothing_is_made(void **state)
{
    struct bench *bench = *state;
    const struct promise_supply leaves[] = {STOCK(1, 100), STOCK(0, 4)};
    made_with(bench, leaves, 2);
    assert_told(bench, "short 20, ship - arrive - no-supply LEAF; -");
    assert_string_equal(bench->decision.answers[0].trace,
                        "{\"needed\":\"20\",\"taken\":[],\"short\":\"20\",\"reason\":\"no-supply\","
                        "\"material\":\"LEAF\",\"ship\":null,\"arrive\":null}");
    bench->needs[0].quantity_micros = UNITS(16);
    need(bench, (struct promise_need){.sku = "LEAF",
                                      .quantity_micros = UNITS(4),
                                      .is_counted = true,
                                      .supplies = leaves,
                                      .supply_count = 2});
    assert_told(bench, "make harbour verka 16 11-30 12-03, ship 12-04 arrive 12-08 to-make; "
                       "stock inland 4 11-30, ship 12-01 arrive 12-08 in-stock; "
                       "0: LEAF stock  4; 0: 11-30 8; 0: 12-01 8; 12-08");
    const struct promise_need first = bench->needs[0]; /* and the other way round */
    bench->needs[0] = bench->needs[1];
    bench->needs[1] = first;
    assert_told(bench, "stock harbour 4 11-30, ship 12-01 arrive 12-03 in-stock; "
                       "short 16, ship - arrive - no-supply LEAF; -");
}

/* A material that is said twice is needed twice; and what was taken for nothing is there again. */
static void
a_material_may_be_said_twice(void **state)
{
    struct bench *bench = *state;
    const struct promise_supply leaves[] = {STOCK(0, 5)};
    const struct promise_material leaf = {.sku = "LEAF",
                                          .quantity_micros = 250000,
                                          .supplies = leaves,
                                          .supply_count = 1,
                                          .is_counted = true};
    const struct promise_material both[] = {leaf, leaf};
    need(bench, made(20));
    bench->needs[0].materials = both;
    bench->needs[0].material_count = 2;
    need(bench, (struct promise_need){.sku = "LEAF",
                                      .quantity_micros = UNITS(5),
                                      .is_counted = true,
                                      .supplies = leaves,
                                      .supply_count = 1});
    assert_told(bench, "short 20, ship - arrive - no-supply LEAF; "
                       "stock harbour 5 11-30, ship 12-01 arrive 12-03 in-stock; -");
}

/* What the plant would do at once, and its material keeps it from, and the other way round. */
static void
the_reason_is_what_would_help_more(void **state)
{
    struct bench *bench = *state;
    const struct promise_load loads[] = {{day_named("2026-11-30"), UNITS(8)},
                                         {day_named("2026-12-01"), UNITS(8)}};
    const struct promise_supply late[] = {RECEIPT(0, "PO-8", "2026-12-03", 5)};
    const struct promise_supply soon[] = {RECEIPT(0, "PO-8", "2026-12-01", 5)};
    struct promise_plant busy = verka;
    busy.loads = loads;
    busy.load_count = 2;
    made_with(bench, late, 1);
    bench->needs[0].plant = &busy;
    (void)bench_decide(bench);
    assert_int_equal(bench->decision.answers[0].reason, PROMISE_MATERIAL);
    made_with(bench, soon, 1);
    bench->needs[0] = bench->needs[1];
    bench->needs[0].plant = &busy;
    bench->question.need_count = 1;
    (void)bench_decide(bench);
    assert_int_equal(bench->decision.answers[0].reason, PROMISE_CAPACITY);
    assert_string_equal(bench->decision.answers[0].material, "");
}

static void
what_is_there_goes_before_what_is_made(void **state)
{
    struct bench *bench = *state;
    need(bench, made(25));
    const struct promise_supply pots[] = {STOCK(1, 3), RECEIPT(0, "PO-1", "2026-12-01", 2),
                                          RECEIPT(0, "PO-2", "2026-12-31", 99)};
    bench->needs[0].supplies = pots;
    bench->needs[0].supply_count = 3;
    assert_told(bench, "stock inland 3 11-30, receipt harbour PO-1 2 12-01, "
                       "make harbour verka 20 11-30 12-04, ship 12-07 arrive 12-09 to-make; "
                       "0: 11-30 8; 0: 12-01 8; 0: 12-02 4; 12-09");
    assert_string_equal(
        bench->decision.answers[0].trace,
        "{\"needed\":\"25\",\"taken\":[{\"from\":\"stock\",\"place\":\"inland\",\"quantity\":\"3\","
        "\"free\":\"3\",\"day\":\"2026-11-30\"},{\"from\":\"receipt\",\"place\":\"harbour\","
        "\"reference\":\"PO-1\",\"quantity\":\"2\",\"free\":\"2\",\"day\":\"2026-12-01\"},"
        "{\"from\":\"make\",\"plant\":\"verka\",\"place\":\"harbour\",\"quantity\":\"20\","
        "\"start\":\"2026-11-30\",\"day\":\"2026-12-04\",\"days\":[{\"day\":\"2026-11-30\","
        "\"load\":\"8\"},{\"day\":\"2026-12-01\",\"load\":\"8\"},{\"day\":\"2026-12-02\","
        "\"load\":\"4\"}],\"materials\":[]}],\"short\":\"0\",\"reason\":\"to-make\","
        "\"material\":\"\",\"ship\":\"2026-12-07\",\"arrive\":\"2026-12-09\"}");
}

/* --- what is bought, or not counted --- */

static void
what_is_bought_is_there_after_its_lead_time(void **state)
{
    struct bench *bench = *state;
    struct promise_supply supplies[] = {STOCK(0, 4), RECEIPT(0, "PO-1", "2026-12-04", 5)};
    need(bench, (struct promise_need){.sku = "TEA",
                                      .quantity_micros = UNITS(10),
                                      .is_counted = true,
                                      .supplies = supplies,
                                      .supply_count = 2,
                                      .is_bought = true,
                                      .lead_days = 5});
    assert_told(bench, "stock harbour 4 11-30, receipt harbour PO-1 5 12-04, buy 1 12-07, "
                       "ship 12-08 arrive 12-10 to-buy; 12-10");
    supplies[1].day = day_named("2026-12-07"); /* as soon as one could buy it: it is taken */
    assert_told(bench, "stock harbour 4 11-30, receipt harbour PO-1 5 12-07, buy 1 12-07, "
                       "ship 12-08 arrive 12-10 to-come; 12-10");
    supplies[1].day = day_named("2026-12-08"); /* nobody waits for that */
    assert_told(bench, "stock harbour 4 11-30, buy 6 12-07, ship 12-08 arrive 12-10 to-buy; "
                       "12-10");
}

static void
what_nobody_counts_is_always_there(void **state)
{
    struct bench *bench = *state;
    need(bench, (struct promise_need){.sku = "NOTE", .quantity_micros = UNITS(1000)});
    assert_told(bench, "stock harbour 1000 11-30, ship 12-01 arrive 12-03 not-counted; 12-03");
    bench->needs[0].quantity_micros = 0;
    assert_told(bench, "ship 12-01 arrive 12-03 in-stock; 12-03");
    bench->question.need_count = 0;
    assert_told(bench, "; -");
}

/* --- the ends of numbers and of time --- */

static void
looking_for_room_ends(void **state)
{
    struct bench *bench = *state;
    need(bench, made(1000000));
    assert_told(bench, "short 1000000, ship - arrive - no-supply; -");
    bench->needs[0].quantity_micros = INT64_MAX;
    bench->needs[0].load_micros = INT64_MAX;
    (void)bench_decide(bench);
    assert_int_equal(bench->decision.answers[0].short_micros, INT64_MAX);
    const struct promise_plant closed = {.plant = "verka", .place = 0, .capacity_micros = 0};
    need(bench, made(1));
    bench->needs[1].plant = &closed;
    bench->needs[1].sku = "PAN";
    (void)bench_decide(bench);
    assert_int_equal(bench->decision.answers[1].short_micros, UNITS(1));
    bench->question.need_count = 1;
    bench->needs[0] = made(1);
    bench->needs[0].lead_days = 100000;
    assert_told(bench, "short 1, ship - arrive - no-supply; -");
    bench->needs[0] = made(1);
    bench->places[0].transit_days = 100000; /* it is there, and never arrives */
    assert_told(bench, "make harbour verka 1 11-30 12-02, ship - arrive - no-supply; 0: 11-30 1; "
                       "-");
}

static void
the_largest_quantities_are_added_up(void **state)
{
    struct bench *bench = *state;
    const struct promise_supply stock[] = {{PROMISE_FROM_STOCK, 0, "", 0, INT64_MAX},
                                           {PROMISE_FROM_STOCK, 1, "", 0, INT64_MIN}};
    bench->question.one_place = true;
    for (int line = 0; line < 2; line++) {
        need(bench, (struct promise_need){.sku = "TEA",
                                          .quantity_micros = INT64_MAX,
                                          .is_counted = true,
                                          .supplies = stock,
                                          .supply_count = 2});
    }
    (void)bench_decide(bench);
    assert_int_equal(bench->decision.answers[0].short_micros, 0);
    assert_int_equal(bench->decision.answers[1].short_micros, INT64_MAX);
}

int
main(void)
{
#define PROMISED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        PROMISED(what_is_in_stock_leaves_after_picking),
        PROMISED(more_than_is_in_stock_waits_for_what_comes),
        PROMISED(an_overdue_receipt_counts_as_tomorrow),
        PROMISED(what_comes_on_a_day_off_waits_for_the_next),
        PROMISED(two_lines_of_one_product_share_what_there_is),
        PROMISED(places_are_emptied_in_the_order_of_preference),
        PROMISED(one_place_serves_all_where_it_can),
        PROMISED(one_place_counts_lines_of_one_product_together),
        PROMISED(a_plant_is_filled_day_by_day),
        PROMISED(days_that_are_promised_are_left_out),
        PROMISED(two_lines_share_the_days_of_a_plant),
        PROMISED(making_begins_when_all_materials_are_there),
        PROMISED(without_its_materials_nothing_is_made),
        PROMISED(a_material_may_be_said_twice),
        PROMISED(the_reason_is_what_would_help_more),
        PROMISED(what_is_there_goes_before_what_is_made),
        PROMISED(what_is_bought_is_there_after_its_lead_time),
        PROMISED(what_nobody_counts_is_always_there),
        PROMISED(looking_for_room_ends),
        PROMISED(the_largest_quantities_are_added_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
