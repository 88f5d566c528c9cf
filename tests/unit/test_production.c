/* What plants are asked to make and what they tell of it, over a real store, down to the files. */
#include "desk_world.h"

#include "desk/production.h"
#include "writers/outbox.h"

#include "base/buf.h"

#define HEAD                                                                                       \
    "order_number,order_date,currency,sold_to_code,sold_to_name,sold_to_country,sold_to_city,"     \
    "sold_to_postal_code,sold_to_street,line_number,sku,quantity,unit,options,requested_from,"     \
    "requested_to,delivery_note,packaging_note,gift_note,internal_note,line_packaging_note,"       \
    "line_delivery_note\n"
#define ORDER(number)                                                                              \
    number ",2026-11-20,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,10,TEA-1,8,C62,colour=red,"       \
           "2026-12-01,2026-12-10,ring twice,in silk,for Mia,margin is thin,two a box,leave it\n"
#define SAID                                                                                       \
    "production_number,status,at,quantity_done,"                                                   \
    "expected_on,cause,cost,currency,reason\n"

#define SAYS(number, status, time) number "," status ",2026-11-23T" time ":00Z"

static int
setup(void **state)
{
    struct world *world = world_make();
    *state = world;
    world_stock(world);
    world->partners[0].id = "forge";
    world->partners[0].roles = ROLE_PLANT;
    world->partners[0].format = FORMAT_CSV;
    world->partners[0].language = LANGUAGE_ZH;
    world->partners[5].id = "mill";
    world->partners[5].name = "Mill";
    world->partners[5].roles = ROLE_PLANT;
    world->partners[5].format = FORMAT_XML;
    world_do(world,
             "DELETE FROM approval_matrix;"
             "INSERT INTO product (version_id, sku, name, name_zh, category, unit, tax_class,"
             " tax_rate_micros, line) VALUES (2, 'LEAF', 'Leaf', '叶', 'raw', 'KGM', 'std', 190000,"
             " 4);"
             "INSERT INTO master_version VALUES (6, 'materials', 1, 1, 3, 0);"
             "INSERT INTO material VALUES (6, 'TEA-1', 'LEAF', 333333, 2), (6, 'TEA-1', 'BOX', "
             "1000000, 3), (6, 'TEA-2', 'LEAF', 1, 4)");
    world_come(world, "nordlicht", HEAD ORDER("A-1"));
    return 0;
}

static struct subject
subject(struct world *world, const char *number)
{
    struct fault why = {0};
    struct order_standing standing;
    must(order_find(world->run.store, "nordlicht", number, &standing, &why));
    return flow_subject(&standing, "nordlicht");
}

/* As planning asks for what an order takes of a plant, and notes the allocation. */
static int64_t
ask(struct world *world, const char *number, const char *plant)
{
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    int64_t given = 0;
    char sql[512];
    const struct subject order = subject(world, number);
    const struct production_need need = {
        1, 0, plant, "harbour", "TEA-1", 8000000, day_of(2026, 11, 26), day_of(2026, 12, 2)};
    world_do(world, "INSERT INTO master_in_force VALUES ('materials', 6)");
    must(store_begin(world->run.store, &tx, &why));
    must(production_ask(&world->run, &order, &need, &given, &why));
    must(store_commit(&tx, &why));
    world_do(world, "DELETE FROM master_in_force WHERE master = 'materials'");
    snprintf(sql, sizeof sql,
             "INSERT OR IGNORE INTO order_plan VALUES (%" PRId64
             ", 1, 'complete', 0, 0, NULL, NULL, 0, NULL);"
             "INSERT INTO allocation VALUES (%" PRId64
             ", 1, 0, 'make', 'harbour', '%s', 'TEA-1', 1, 8000000, 20000, 20000)",
             order.id, order.id, plant);
    world_do(world, sql);
    return given;
}

static void
take_back(struct world *world, const char *number)
{
    struct fault why = {0};
    OWNED(store_tx) tx = {0};
    const struct subject order = subject(world, number);
    must(store_begin(world->run.store, &tx, &why));
    must(production_take_back(&world->run, &order, 1, 0, &why));
    must(store_commit(&tx, &why));
}

static const char *
findings(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(code || ' ' || value || ' ' || "
                      "expected, ', '), '') FROM (SELECT * FROM finding WHERE "
                      "interchange_id = (SELECT max(id) FROM interchange) ORDER BY ordinal)");
}

static const char *
production(struct world *world)
{
    return world_text(
        world, "SELECT state || strftime(' %H ', state_ms / 1000, 'unixepoch') || "
               "(done_micros / 1000000) || ' ' || coalesce(expected_day - 20000, '-') || ' ' "
               "|| cause || ' ' || coalesce(cost_minor, '-') || ' ' || reason FROM "
               "production ORDER BY plant, number LIMIT 1");
}

/* All moves of each product together, and what is reserved of it.  (Nobody counts the materials.)
 */
static const char *
stock(struct world *world)
{
    return world_text(world, "SELECT group_concat(sku || ' ' || micros || ' ' || reserved, ', ') "
                             "FROM (SELECT m.sku, sum(m.effect_micros) AS micros, "
                             "coalesce(i.reserved_micros, 0) AS reserved FROM stock_move AS m LEFT "
                             "JOIN stock_item AS i ON i.warehouse = m.warehouse AND i.sku = m.sku "
                             "GROUP BY m.sku ORDER BY m.sku)");
}

static const char *
allocations(struct world *world)
{
    return world_text(world,
                      "SELECT coalesce(group_concat(source || ' ' || (quantity_micros / "
                      "1000000), ', '), '') FROM (SELECT * FROM allocation ORDER BY source)");
}

/* Is its order in line to be planned?  It is asked once. */
static bool
is_due(struct world *world)
{
    const bool due = world_number(world, "SELECT max(is_due) FROM order_plan") != 0;
    world_do(world, "UPDATE order_plan SET is_due = 0");
    return due;
}

static const char *
events(struct world *world)
{
    return world_text(world, "SELECT group_concat(event || strftime(' %H', happened_ms / 1000, "
                             "'unixepoch'), ', ') FROM order_event WHERE event LIKE 'production%'");
}

static char *
written(struct world *world, const char *name)
{
    char path[160];
    snprintf(path, sizeof path, "%s/outbox/%s", world->home, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *bytes = calloc(1, 64 * 1024);
    assert_true(fread(bytes, 1, 64 * 1024 - 1, file) > 0);
    fclose(file);
    return bytes;
}

static void
expect_in(const char *bytes, const char *part)
{
    assert_non_null(bytes);
    if (strstr(bytes, part) == NULL) {
        fail_msg("no %s in:\n%s", part, bytes);
    }
}

static void
is_valid(struct world *world, const char *name)
{
    char command[320];
    snprintf(command, sizeof command,
             "xmllint --nonet --noout --schema schemas/production-request.xsd '%s/outbox/%s' 2>&1 "
             "| grep -v validates",
             world->home, name);
    assert_int_not_equal(system(command), 0); /* grep finds nothing else to say */
}

static void
a_plant_reads_what_to_make_and_how(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    assert_int_equal(ask(world, "A-1", "mill"), 1);
    assert_int_equal(ask(world, "A-1", "forge"), 1); /* each counts its own */
    must(outbox_write(&world->run, &why));
    char *xml = written(world, "mill/production-request-mill-000001.xml");
    expect_in(xml, "<number>1</number>\n    <cancelled>no</cancelled>\n    <partner>nordlicht<");
    expect_in(xml, "<line>10</line>\n    <sku>TEA-1</sku>\n    <name>Green</name>");
    expect_in(xml, "<quantity unit=\"C62\">8</quantity>\n    <option name=\"colour\">red</option>");
    expect_in(xml, "<startOn>2026-11-26</startOn>\n    <finishOn>2026-12-02</finishOn>\n    "
                   "<wantedOn>2026-12-10</wantedOn>\n    <warehouse>harbour</warehouse>");
    expect_in(xml, "<sku>LEAF</sku>\n      <name>Leaf</name>\n      <quantity unit=\"KGM\">2.666664"
                   "</quantity>");
    is_valid(world, "mill/production-request-mill-000001.xml");
    free(xml);
    char *csv = written(world, "forge/production-request-forge-000001.csv");
    expect_in(csv,
              "1,no,nordlicht,A-1,1,10,TEA-1,绿茶,,8,C62,colour=red,2026-11-26,2026-12-02,"
              "2026-12-10,harbour,\"BOX=8; LEAF=2.666664 KGM\",in silk | two a box,for Mia,margin "
              "is thin\r\n");
    free(csv);
}

static void
who_reads_which_note(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    static const struct {
        const char *text;
        bool is_of_the_line;
        bool is_for_warehouse;
        bool is_for_plant;
    } notes[] = {
        {"ring twice", false, true, false}, {"leave it", true, true, false},
        {"in silk", false, true, true},     {"two a box", true, true, true},
        {"for Mia", false, true, true},     {"margin is thin", false, true, true},
    };
    static const char *const customers[] = {
        "nordlicht/acknowledgement-nordlicht-000001.xml",
        "nordlicht/order-response-nordlicht-000001.xml",
        "nordlicht/order-status-nordlicht-000001.xml",
        "nordlicht/shipment-notice-nordlicht-000001.xml",
    };
    ask(world, "A-1", "mill");
    world_come(world, "harbour",
               "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at,carrier,"
               "tracking\nS-1,nordlicht,A-1,10,TEA-1,8,2026-11-23T08:00:00Z,mule,M-1\n");
    must(outbox_write(&world->run, &why));
    char *release = written(world, "harbour/release-harbour-000001.xml");
    char *request = written(world, "mill/production-request-mill-000001.xml");
    expect_in(release, "<from>2026-12-01</from>\n      <to>2026-12-10</to>");
    for (size_t note = 0; note < sizeof notes / sizeof notes[0]; note++) {
        assert_int_equal(strstr(release, notes[note].text) != NULL, notes[note].is_for_warehouse);
        assert_int_equal(strstr(request, notes[note].text) != NULL, notes[note].is_for_plant);
    }
    free(release);
    free(request);
    /* Whatever is for staff is for nobody else. */
    for (size_t file = 0; file < sizeof customers / sizeof customers[0]; file++) {
        char *bytes = written(world, customers[file]);
        assert_non_null(bytes);
        assert_null(strstr(bytes, "margin is thin"));
        free(bytes);
    }
    world_do(world, "DELETE FROM allocation; DELETE FROM order_plan"); /* it has no lines */
}

static void
what_is_done_goes_to_the_stock_and_to_its_order(void **state)
{
    struct world *world = *state;
    ask(world, "A-1", "mill");
    world_come(world, "mill",
               SAID SAYS("1", "accepted", "07:00") ",,,,,,\n" SAYS("1", "done",
                                                                   "08:00") ",3,,,12.504,CNY,\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(production(world), "started 08 3 -  1250 ");
    assert_string_equal(stock(world), "BOX -3000000 0, LEAF -999999 0, TEA-1 3000000 3000000");
    assert_string_equal(allocations(world), "make 5, stock 3");
    assert_true(is_due(world));
    world_come(world, "mill", SAID SAYS("1", "done", "09:00") ",,,,30,,\n");
    assert_string_equal(production(world), "done 09 8 -  3000 ");
    /* What is rounded is rounded once: not each part for itself. */
    assert_string_equal(stock(world), "BOX -8000000 0, LEAF -2666664 0, TEA-1 8000000 8000000");
    assert_string_equal(allocations(world), "stock 8");
    assert_true(is_due(world));
    assert_string_equal(events(world),
                        "production-asked 06, production-accepted 07, production-done 08, "
                        "production-done 09");
    assert_string_equal(world_text(world, "SELECT detail FROM order_event ORDER BY id DESC LIMIT "
                                          "1"),
                        "{\"plant\":\"mill\",\"production\":1,\"sku\":\"TEA-1\",\"quantity\":\"8\","
                        "\"done\":\"8\"}");
    assert_string_equal(world_text(world, "SELECT group_concat(kind || quantity_micros, ' ') FROM "
                                          "stock_move WHERE sku <> 'BOX'"),
                        "production3000000 consumption-999999 production5000000 "
                        "consumption-1666665");
    assert_string_equal(world_text(world, "SELECT approval || fulfilment FROM orders"),
                        "approvedreleased");
}

static void
a_count_knew_of_what_was_made_before_it(void **state)
{
    struct world *world = *state;
    ask(world, "A-1", "mill");
    world_do(world, "INSERT INTO stock_item VALUES ('harbour', 'TEA-1', 5000000, 0, 1795422600000);"
                    "INSERT INTO stock_move VALUES (1, 'harbour', 'TEA-1', 'count', '', 5000000, "
                    "5000000, 1795422600000, 1795422600000, '', '', NULL, 0, NULL)"
             /* 2026-11-23 08:30 */);
    world_come(world, "mill", SAID SAYS("1", "done", "08:00") ",3,,,,,\n");
    assert_string_equal(stock(world), "BOX -3000000 0, LEAF -999999 0, TEA-1 5000000 3000000");
    world_come(world, "mill", SAID SAYS("1", "done", "09:00") ",8,,,,,\n");
    assert_string_equal(stock(world), "BOX -8000000 0, LEAF -2666664 0, TEA-1 10000000 8000000");
}

static void
the_same_comes_out_whatever_order_news_came_in(void **state)
{
    struct world *world = *state;
    static const char *const news[] = {
        SAYS("%d", "accepted", "07:00") ",,2026-12-01,,,,\n",
        SAYS("%d", "started", "08:00") ",2,,,5,,\n",
        SAYS("%d", "late", "09:00") ",,2026-12-08,material,,,no leaf\n",
        SAYS("%d", "late", "10:00") ",,2026-12-05,staff,20,,few hands\n",
        SAYS("%d", "done", "11:00") ",6,,,15,,\n",
    };
    enum { NEWS = 5, PERMUTATIONS = 120 };
    OWNED(buf) orders;
    OWNED(buf) said;
    buf_init(&orders, 1 << 20);
    buf_init(&said, 1 << 20);
    buf_text(&orders, HEAD);
    buf_text(&said, SAID);
    for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
        int left[NEWS] = {0, 1, 2, 3, 4};
        int rest = permutation;
        char number[16];
        snprintf(number, sizeof number, "P-%03d", permutation);
        buf_format(&orders, ORDER("%s"), number);
        for (int count = NEWS; count > 0; count--) {
            const int chosen = rest % count;
            rest /= count;
            buf_format(&said, news[left[chosen]], permutation + 1);
            left[chosen] = left[count - 1];
        }
    }
    world_come(world, "nordlicht", orders.bytes);
    for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
        char number[16];
        snprintf(number, sizeof number, "P-%03d", permutation);
        assert_int_equal(ask(world, number, "mill"), permutation + 1);
    }
    world_come(world, "mill", said.bytes);
    assert_string_equal(findings(world), "");
    assert_int_equal(world_number(world,
                                  "SELECT count(DISTINCT json_array(state, state_ms, told_ms,"
                                  " done_micros, expected_day, expected_ms, cause, reason, "
                                  "cost_minor, cost_ms)) FROM production"),
                     1);
    assert_string_equal(production(world), "late 09 6 792 staff 1500 few hands");
    assert_int_equal(world_number(world,
                                  "SELECT count(DISTINCT json_array(source, quantity_micros))"
                                  " FROM allocation"),
                     2);
    assert_int_equal(world_number(world,
                                  "SELECT sum(quantity_micros) FROM allocation WHERE source ="
                                  " 'stock'"),
                     PERMUTATIONS * 6000000);
    assert_int_equal(world_number(world, "SELECT on_hand_micros - reserved_micros FROM stock_item "
                                         "WHERE sku = 'TEA-1'"),
                     0);
    assert_int_equal(
        world_number(world, "SELECT sum(effect_micros) FROM stock_move WHERE sku = 'LEAF'"),
        -PERMUTATIONS * 1999998);
    /* That some of a material was used makes it no scarcer, as long as nobody counts it. */
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_item WHERE sku = 'LEAF'"), 0);
}

static void
a_delay_has_its_order_planned_anew(void **state)
{
    struct world *world = *state;
    ask(world, "A-1", "mill");
    world_come(world, "mill", SAID SAYS("1", "accepted", "07:00") ",,,,,,\n");
    assert_false(is_due(world));
    world_come(world, "mill", SAID SAYS("1", "late", "08:00") ",,2026-12-05,equipment,,,saw\n");
    assert_true(is_due(world));
    assert_string_equal(production(world), "late 08 0 792 equipment - saw");
    world_come(world, "mill", SAID SAYS("1", "late", "09:00") ",,2026-12-05,equipment,,,saw\n");
    assert_false(is_due(world));
    world_come(world, "mill", SAID SAYS("1", "started", "09:30") ",,2026-12-04,,,,\n");
    assert_true(is_due(world));
    assert_string_equal(production(world), "late 08 0 791 equipment - saw");
    assert_string_equal(events(world), "production-asked 06, production-accepted 07, "
                                       "production-late 08, production-late 09, production-started "
                                       "09");
    assert_string_equal(world_text(world, "SELECT group_concat(is_late) FROM production_news"),
                        "0,0,0,1");
}

static void
what_is_refused_is_promised_no_more(void **state)
{
    struct world *world = *state;
    ask(world, "A-1", "mill");
    world_come(world, "mill", SAID SAYS("1", "done", "07:00") ",2,,,,,\n");
    is_due(world);
    world_come(world, "mill", SAID SAYS("1", "refused", "08:00") ",,,quality,,,cracks\n");
    assert_true(is_due(world));
    assert_string_equal(production(world), "refused 08 2 - quality - cracks");
    assert_string_equal(allocations(world), "stock 2");
    /* It is made after all: then it is there, and free. */
    world_come(world, "mill", SAID SAYS("1", "started", "09:00") ",,,,,,\n");
    assert_string_equal(findings(world), "PRD-CLOSED refused 1");
    world_come(world, "mill", SAID SAYS("1", "done", "10:00") ",,,,,,\n");
    assert_string_equal(production(world), "done 10 8 -  - ");
    assert_string_equal(allocations(world), "stock 2");
    assert_string_equal(world_text(world, "SELECT on_hand_micros || ' ' || reserved_micros FROM "
                                          "stock_item WHERE sku = 'TEA-1'"),
                        "8000000 2000000");
}

static void
what_is_taken_back_is_stopped_and_told(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    ask(world, "A-1", "mill");
    must(outbox_write(&world->run, &why));
    world_come(world, "mill", SAID SAYS("1", "started", "07:00") ",,,,,,\n");
    take_back(world, "A-1");
    take_back(world, "A-1"); /* nothing is open any more */
    assert_string_equal(world_text(world, "SELECT state FROM production"), "stopped");
    must(outbox_write(&world->run, &why));
    char *xml = written(world, "mill/production-request-mill-000002.xml");
    expect_in(xml, "<number>1</number>\n    <cancelled>yes</cancelled>");
    free(xml);
    is_valid(world, "mill/production-request-mill-000002.xml");
    assert_null(written(world, "mill/production-request-mill-000003.xml"));
    /* The number is not given again. */
    world_do(world, "DELETE FROM allocation");
    assert_int_equal(ask(world, "A-1", "mill"), 2);
    world_come(world, "mill", SAID SAYS("1", "stopped", "09:00") ",,,,,,\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(events(world),
                        "production-asked 06, production-started 07, production-stopped 06, "
                        "production-asked 06, production-stopped 09");
}

/* An order that is priced again is another one: nothing of what was planned for it stays. */
static void
another_version_takes_back_what_was_asked(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    OWNED(store_tx) tx = {0}; /* taken back: the version itself is no matter of this test */
    struct production asked;
    const struct cause cause = {"user:anna", 0, world->run.as_of_ms, ""};
    arena_init(&arena, 1 << 20);
    world->config.warehouse = ""; /* it is not released */
    world_come(world, "nordlicht", HEAD ORDER("A-2"));
    world->config.warehouse = "harbour";
    ask(world, "A-2", "mill");
    struct subject order = subject(world, "A-2");
    must(store_begin(world->run.store, &tx, &why));
    world->config.planning.is_on = true;
    must(flow_reprice(&world->run, &order, &cause, &why));
    must(production_find(world->run.store, "mill", 1, &arena, &asked, &why));
    assert_int_equal(asked.standing.state, PRODUCTION_STOPPED);
    assert_int_equal(asked.version, 1);
    world->config.planning.is_on = false;
    world->config.warehouse = "";
}

static void
what_cannot_be_is_told_and_changes_nothing(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *plant;
        const char *row;
        const char *finding;
    } cases[] = {
        {"mill", SAYS("2", "accepted", "07:00") ",,,,,,\n", "PRD-UNKNOWN 2 "},
        {"forge", SAYS("1", "accepted", "07:00") ",,,,,,\n", "PRD-UNKNOWN 1 "},
        {"mill", SAYS("1", "done", "07:00") ",8.5,,,,,\n", "PRD-TOO-MUCH 8.5 8"},
        {"mill", SAYS("1", "started", "07:00") ",,,,5,EUR,\n", "PRD-CURRENCY EUR CNY"},
        {"harbour", SAYS("1", "started", "07:00") ",,,,,,\n", "FILE-ROLE production-status "},
    };
    ask(world, "A-1", "mill");
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        char file[512];
        snprintf(file, sizeof file, SAID "%s", cases[index].row);
        world_come(world, cases[index].plant, file);
        assert_string_equal(findings(world), cases[index].finding);
    }
    assert_string_equal(production(world), "asked 06 0 -  - ");
    assert_int_equal(world_number(world, "SELECT count(*) FROM production_news"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM stock_move"), 0);
    assert_false(is_due(world));
}

static void
what_is_told_twice_is_known(void **state)
{
    struct world *world = *state;
    ask(world, "A-1", "mill");
    world_come(world, "mill", SAID SAYS("1", "done", "08:00") ",3,,,,,\n");
    world->run.as_of_ms += 3600000;
    world_come(
        world, "mill",
        SAID SAYS("1", "done", "08:00") ",3,,,,,\n" SAYS("1", "accepted", "07:00") ",,,,,,\n");
    assert_string_equal(findings(world), "PRD-KNOWN 1 ");
    world_come(world, "mill", SAID SAYS("1", "done", "08:00") ",4,,,,,\n");
    assert_string_equal(findings(world), "PRD-CONFLICT done ");
    assert_string_equal(stock(world), "BOX -3000000 0, LEAF -999999 0, TEA-1 3000000 3000000");
}

static void
xml_says_the_same(void **state)
{
    struct world *world = *state;
    ask(world, "A-1", "mill");
    world_come(world, "mill",
               "<?xml version=\"1.0\"?>\n"
               "<productionStatuses xmlns=\"urn:purser:production-status:1\"><status>"
               "<number>1</number><status>late</status><at>2026-11-23T09:00:00+01:00</at>"
               "<quantityDone>1.5</quantityDone><expectedOn>2026-12-05</expectedOn>"
               "<cause>material</cause><cost>1.5</cost><currency>CNY</currency>"
               "<reason>no leaf</reason></status></productionStatuses>\n");
    assert_string_equal(findings(world), "");
    assert_string_equal(production(world), "late 08 1 792 material 150 no leaf");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_plant_reads_what_to_make_and_how),
        TEST(who_reads_which_note),
        TEST(what_is_done_goes_to_the_stock_and_to_its_order),
        TEST(a_count_knew_of_what_was_made_before_it),
        TEST(the_same_comes_out_whatever_order_news_came_in),
        TEST(a_delay_has_its_order_planned_anew),
        TEST(what_is_refused_is_promised_no_more),
        TEST(what_is_taken_back_is_stopped_and_told),
        TEST(another_version_takes_back_what_was_asked),
        TEST(what_cannot_be_is_told_and_changes_nothing),
        TEST(what_is_told_twice_is_known),
        TEST(xml_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
