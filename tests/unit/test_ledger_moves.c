/* The ledger of stock over a real store: what leaves, whom news concern, news in any order, and
 * large reports. */
#include "ledger_told.h"

#include "base/buf.h"
#include "store/store_ledger.h"

#include <time.h>

/* ---- what leaves ---- */

#define ORDER_HEAD                                                                                 \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit\n"
#define ORDER(number, line, sku, n, unit)                                                          \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku "," n "," unit "\n"
#define SHIPPED_HEAD "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
#define SHIPPED(number, line, sku, n)                                                              \
    number ",nordlicht,A-1," line "," sku "," n ",2026-11-21T08:00:00Z\n"

/* All moves of each product together, also where nobody counts it. */
static const char *
moved(struct world *world)
{
    return world_text(world, "SELECT group_concat(sku || ' ' || (micros / 1000000), ', ') FROM "
                             "(SELECT sku, sum(effect_micros) AS micros FROM stock_move GROUP BY "
                             "sku ORDER BY sku)");
}

static void
what_leaves_is_taken_off_where_orders_are_planned(void **state)
{
    struct world *world = *state;
    world_come(world, "harbour", FULL COUNTED("TEA-1", "10", "20T10:00:00"));
    world_come(world, "nordlicht",
               ORDER_HEAD ORDER("A-1", "1", "TEA-1", "4", "C62")
                   ORDER("A-1", "2", "TEA-1", "2", "C62") ORDER("A-1", "3", "TEA-2", "1", "C62"));
    world->config.planning.is_on = true;
    world_come(world, "harbour",
               SHIPPED_HEAD SHIPPED("S-1", "1", "TEA-1", "3") SHIPPED("S-1", "2", "TEA-1", "2")
                   SHIPPED("S-1", "3", "TEA-2", "1"));
    assert_string_equal(stock(world), "TEA-1 5"); /* nobody has told of the other */
    assert_string_equal(moves(world),
                        "TEA-1 count 10 10, TEA-1 shipment -5 -5, TEA-2 shipment -1 -1");
    assert_string_equal(world_text(world, "SELECT DISTINCT s.number FROM stock_move m JOIN "
                                          "shipment s ON s.id = m.shipment_id"),
                        "S-1");
    /* A count after it knew of it. */
    world_come(world, "harbour", FULL COUNTED("TEA-1", "6", "22T10:00:00"));
    assert_string_equal(stock(world), "TEA-1 6");
    world->config.planning.is_on = false;
    world_come(world, "harbour", SHIPPED_HEAD SHIPPED("S-2", "1", "TEA-1", "1"));
    assert_string_equal(stock(world), "TEA-1 6");
}

static void
boxes_and_packages_leave_as_what_is_in_them(void **state)
{
    struct world *world = *state;
    world_do(world,
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'SET', 'Set', '', '', 'C62', 'std', 190000, 5);"
             "DELETE FROM approval_matrix;"
             "INSERT INTO master_version VALUES (6, 'product-units', 1, 1, 1, 0),"
             " (7, 'packages', 1, 1, 2, 0);"
             "INSERT INTO master_in_force VALUES ('product-units', 6), ('packages', 7);"
             "INSERT INTO product_unit VALUES (6, 'TEA-1', 'CT', 12000000, 2);");
    world_do(world, "INSERT INTO package VALUES (7, 'SET', 'TEA-1', 2000000, 'sum', 0, 2), (7, "
                    "'SET', 'TEA-2', 1000000, 'sum', 0, 3)");
    world_come(world, "nordlicht",
               ORDER_HEAD ORDER("A-1", "1", "TEA-1", "3", "CT")
                   ORDER("A-1", "2", "SET", "2", "C62"));
    world->config.planning.is_on = true;
    world_come(world, "harbour",
               SHIPPED_HEAD SHIPPED("S-1", "1", "TEA-1", "1") SHIPPED("S-1", "2", "SET", "1"));
    assert_string_equal(moved(world), "TEA-1 -14, TEA-2 -1");
    world_come(world, "harbour",
               SHIPPED_HEAD SHIPPED("S-2", "1", "TEA-1", "2") SHIPPED("S-2", "2", "SET", "1"));
    assert_string_equal(moved(world), "TEA-1 -40, TEA-2 -2");
}

/* Ten that are needed for three leave by threes and fours, and ten in all. */
static void
shares_of_what_was_planned_meet_in_the_end(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1", "1", "TEA-1", "3", "C62"));
    world_do(world,
             "INSERT INTO order_plan SELECT id, version, 'backorder', 0, 0, NULL, NULL, 0, NULL "
             "FROM orders; INSERT INTO plan_line SELECT id, 1, 1, 'TEA-1', 3333334, "
             "10000000, 0, 10000000, 0, NULL, NULL, NULL, '{}' FROM orders");
    world->config.planning.is_on = true;
    world_come(world, "harbour", SHIPPED_HEAD SHIPPED("S-1", "1", "TEA-1", "1"));
    assert_string_equal(moved(world), "TEA-1 -3");
    world_come(world, "harbour", SHIPPED_HEAD SHIPPED("S-2", "1", "TEA-1", "1"));
    assert_string_equal(moved(world), "TEA-1 -6");
    world_come(world, "harbour", SHIPPED_HEAD SHIPPED("S-3", "1", "TEA-1", "1"));
    assert_string_equal(moved(world), "TEA-1 -10");
    world_do(world, "DELETE FROM plan_line; DELETE FROM order_plan");
}

/* ---- whom news concern ---- */

/* Nobody is planned at once, so that what was noted for the next planning can be seen. */
static void
told_of(struct world *world, const char *bytes)
{
    world->config.planning.is_on = false;
    world_come(world, "harbour", bytes);
    world->config.planning.is_on = true;
}

/* An order of nordlicht that needs so much of TEA-1, and was promised it so. */
static void
plan_order(struct world *world, int64_t id, const char *source, int64_t promised, bool is_firm)
{
    char sql[1000];
    snprintf(sql, sizeof sql,
             "INSERT INTO order_plan VALUES (%" PRId64
             ", 1, 'complete', 0, 0, NULL, NULL, 0, NULL);"
             "INSERT INTO plan_line VALUES (%" PRId64
             ", 1, 0, 'TEA-1', 1000000, 5000000, 0, 0, 0, NULL, NULL, NULL, '{}');",
             id, id);
    world_do(world, sql);
    if (promised > 0) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO allocation VALUES (%" PRId64
                 ", 1, 0, '%s', 'harbour', '%s', 'TEA-1', %d, %" PRId64 "000000, 20000, NULL)",
                 id, source, strcmp(source, "receipt") == 0 ? "PO-1" : "", is_firm, promised);
        world_do(world, sql);
    }
}

/* The products that the next planning looks at. */
static const char *
due(struct world *world)
{
    const char *text =
        world_text(world, "SELECT coalesce(group_concat(sku, ' '), '') FROM planning_due");
    world_do(world, "DELETE FROM planning_due");
    return text;
}

static void
news_wake_who_wants_the_product(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1", "1", "TEA-1", "5", "C62"));
    world_come(world, "harbour", FULL COUNTED("TEA-1", "20", "20T10:00:00"));
    world_do(world, "DELETE FROM order_plan; DELETE FROM plan_line; DELETE FROM allocation; "
                    "DELETE FROM planning_due; UPDATE stock_item SET reserved_micros = 0");
    told_of(world, CHANGES CHANGE("TEA-1", "1", "20T10:30:00", "receipt", "M-0", ""));
    assert_string_equal(due(world), ""); /* nobody wants it */
    plan_order(world, 1, "", 0, false);
    told_of(world, CHANGES CHANGE("TEA-1", "1", "20T11:00:00", "receipt", "M-1", ""));
    assert_string_equal(due(world), "TEA-1");
    told_of(world, CHANGES CHANGE("TEA-2", "1", "20T11:00:00", "receipt", "M-2", ""));
    assert_string_equal(due(world), "");
    told_of(world, PLANNED PLAN("TEA-1", "100", "PO-1", "01"));
    assert_string_equal(due(world), "TEA-1");
    told_of(world, CHANGES CHANGE("TEA-1", "-10", "20T12:00:00", "transfer", "M-3", ""));
    assert_string_equal(due(world), "TEA-1");
    /* A count that finds what was known is no news. */
    told_of(world, FULL COUNTED("TEA-1", "12", "21T10:00:00") COUNTED("TEA-2", "1", "21T10:00:00"));
    assert_string_equal(due(world), "");
    world_do(world, "DELETE FROM order_plan; DELETE FROM plan_line");
}

static void
a_material_wakes_what_is_made_of_it(void **state)
{
    struct world *world = *state;
    world_come(world, "nordlicht", ORDER_HEAD ORDER("A-1", "1", "TEA-1", "5", "C62"));
    world_do(world, "DELETE FROM order_plan; DELETE FROM plan_line; DELETE FROM planning_due;"
                    "INSERT INTO master_version VALUES (6, 'materials', 1, 1, 1, 0);"
                    "INSERT INTO master_in_force VALUES ('materials', 6);"
                    "INSERT INTO material VALUES (6, 'TEA-1', 'SALT', 1000000, 2)");
    plan_order(world, 1, "", 0, false);
    told_of(world, CHANGES CHANGE("TEA-2", "1", "20T11:00:00", "receipt", "M-1", ""));
    assert_string_equal(due(world), "");
    told_of(world, CHANGES CHANGE("SALT", "1", "20T11:00:00", "receipt", "M-2", ""));
    assert_string_equal(due(world), "SALT");
    world_do(world, "DELETE FROM order_plan; DELETE FROM plan_line; DELETE FROM material; DELETE "
                    "FROM master_in_force WHERE master = 'materials'; DELETE FROM master_version "
                    "WHERE id = 6");
}

/* ---- in any order ---- */

enum {
    SKUS = 3,
    NEWS_MAX = 14,
    HOURS = 40,
    STEPS = 24,
    BATCH = 6,
    ROUNDS = 12,
    FILE_BYTES_MAX = 4096
};
static const char *const skus[SKUS] = {"SALT", "TEA-1", "TEA-2"};

/* A full report, or one change. */
struct news {
    bool is_full;
    int hour;
    int64_t quantities[SKUS]; /* of a full report; below 0: not named */
    int sku;
    int64_t quantity;
    int number;
};

static unsigned int
draw(unsigned int *seed, unsigned int below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % below;
}

static struct news
draw_news(unsigned int *seed, int number)
{
    struct news news = {.is_full = draw(seed, 4) == 0,
                        .hour = (int)draw(seed, HOURS),
                        .sku = (int)draw(seed, SKUS),
                        .quantity = 1 + draw(seed, 9),
                        .number = number};
    news.quantity = draw(seed, 2) == 0 ? news.quantity : -news.quantity;
    for (int sku = 0; sku < SKUS; sku++) {
        news.quantities[sku] = (int64_t)draw(seed, 20) - 5;
    }
    news.quantities[0] = news.quantities[0] < 0 ? 0 : news.quantities[0]; /* a row at least */
    return news;
}

/* `salt` makes other bytes of the same news. */
static void
send(struct world *world, const struct news *news, unsigned int salt)
{
    OWNED(buf) text;
    char time[40];
    char name[40];
    buf_init(&text, FILE_BYTES_MAX);
    snprintf(time, sizeof time, "2026-11-2%dT%02d:00:00Z", news->hour / 24, news->hour % 24);
    if (!news->is_full) {
        buf_format(&text, CHANGES "change,%s,%" PRId64 ",%s,correction,M-%d,,%u\n", skus[news->sku],
                   news->quantity, time, news->number, salt);
    } else {
        buf_text(&text, "extent,sku,quantity,as_of,reason\n");
        for (int sku = 0; sku < SKUS; sku++) {
            if (news->quantities[sku] >= 0) {
                buf_format(&text, "full,%s,%" PRId64 ",%s,%u\n", skus[sku], news->quantities[sku],
                           time, salt);
            }
        }
    }
    snprintf(name, sizeof name, "news%06u.csv", salt);
    world_land(world, "harbour", name, text.bytes);
}

/* What was counted last, and all that happened since. */
struct model {
    const struct news *full; /* NULL: none */
    bool is_told[NEWS_MAX];
    struct news news[NEWS_MAX];
};

static void
learn(struct model *model, int at)
{
    const struct news *news = &model->news[at];
    model->is_told[at] = true;
    if (news->is_full && (model->full == NULL || news->hour >= model->full->hour)) {
        model->full = news;
    }
}

static int64_t
expected(const struct model *model, int sku)
{
    const struct news *full = model->full;
    int64_t sum = full == NULL || full->quantities[sku] < 0 ? 0 : full->quantities[sku];
    for (int at = 0; at < NEWS_MAX; at++) {
        const struct news *news = &model->news[at];
        if (model->is_told[at] && !news->is_full && news->sku == sku &&
            (full == NULL || news->hour > full->hour)) {
            sum += news->quantity;
        }
    }
    return sum;
}

static void
compare(struct world *world, const struct model *model, unsigned int round, int step)
{
    for (int sku = 0; sku < SKUS; sku++) {
        char question[200];
        snprintf(question, sizeof question,
                 "SELECT coalesce(sum(on_hand_micros), 0) FROM stock_item WHERE sku = '%s'",
                 skus[sku]);
        const int64_t on_hand = world_number(world, question);
        if (on_hand != expected(model, sku) * MICROS) {
            fail_msg("round %u, step %d: %s has %" PRId64 ", not %" PRId64, round, step, skus[sku],
                     on_hand / MICROS, expected(model, sku));
        }
    }
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_item i WHERE on_hand_micros "
                                         "<> (SELECT coalesce(sum(effect_micros), 0) FROM "
                                         "stock_move m WHERE m.warehouse = i.warehouse AND m.sku "
                                         "= i.sku)"),
                     0);
}

static void
what_is_on_hand_does_not_depend_on_the_order_of_news(void **state)
{
    struct world *world = *state;
    for (unsigned int round = 1; round <= ROUNDS; round++) {
        struct model model = {0};
        unsigned int seed = round * 7919;
        for (int at = 0; at < NEWS_MAX; at++) {
            model.news[at] = draw_news(&seed, at);
        }
        for (int step = 0; step < STEPS; step++) { /* some never come, some twice */
            const int at = (int)draw(&seed, NEWS_MAX);
            send(world, &model.news[at], round * 1000 + (unsigned int)step);
            learn(&model, at);
            if (step % BATCH == BATCH - 1) {
                world_work(world);
                compare(world, &model, round, step);
            }
        }
        world_do(world, "DELETE FROM stock_move; DELETE FROM stock_item; DELETE FROM stock_place");
    }
}

/* A file of many rows, on its way through. */
static void
a_large_report_takes_a_moment(void **state)
{
    enum { ROWS = 20000, ROW_BYTES = 80 };
    struct world *world = *state;
    OWNED(buf) text;
    buf_init(&text, (size_t)ROWS * ROW_BYTES);
    world_do(world, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    "20000) INSERT INTO product (version_id, sku, name, name_zh, category, unit, "
                    "tax_class, tax_rate_micros, line) SELECT 2, 'S-' || i, '', '', '', 'C62', "
                    "'std', 0, i FROM n");
    for (int pass = 0; pass < 2; pass++) {
        buf_clear(&text);
        buf_text(&text, FULL);
        for (int row = 1; row <= ROWS; row++) {
            buf_format(&text, "full,S-%d,%d,2026-11-2%dT10:00:00Z\n", row, row % 100 + 1 + pass,
                       pass);
        }
        const clock_t began = clock();
        world_come(world, "harbour", text.bytes);
        print_message("%d rows: %ld ms\n", ROWS, (long)((clock() - began) * 1000 / CLOCKS_PER_SEC));
        assert_string_equal(state_of_file(world), "taken 20000/20000");
    }
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_move"), 2 * ROWS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        LEDGER_TEST(what_leaves_is_taken_off_where_orders_are_planned),
        LEDGER_TEST(boxes_and_packages_leave_as_what_is_in_them),
        LEDGER_TEST(shares_of_what_was_planned_meet_in_the_end),
        LEDGER_TEST(news_wake_who_wants_the_product),
        LEDGER_TEST(a_material_wakes_what_is_made_of_it),
        LEDGER_TEST(what_is_on_hand_does_not_depend_on_the_order_of_news),
        LEDGER_TEST(a_large_report_takes_a_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
