/* The desk over a real store: what intake has stored is put there by the store's own functions. */
#include "desk_world.h"

#include "desk/facts.h"

#include "store/store_approval.h"
#include "store/store_shipment.h"

#include <inttypes.h>

/* An interchange in state 'read' with so many documents. */
static struct interchange
bring(struct world *world, const char *partner, const char *name, enum document_kind kind,
      enum acceptance acceptance)
{
    struct fault why = {0};
    static char place[64];
    static char sha256[DIGEST_HEX_SIZE];
    digest_of(name, strlen(name), sha256);
    const int64_t arrival = world_land(world, partner, name, name);
    snprintf(place, sizeof place, "spool/f%06d", world->files);
    struct interchange interchange = {.arrival_id = arrival,
                                      .partner = partner,
                                      .name = name,
                                      .sha256 = sha256,
                                      .size = (int64_t)strlen(name),
                                      .format = "csv",
                                      .document = kind,
                                      .acceptance = acceptance,
                                      .state = INTERCHANGE_READ,
                                      .place = place,
                                      .received_ms = WORLD_AS_OF};
    must(interchange_insert(world->run.store, &interchange, &why));
    must(interchange_arrival_taken(world->run.store, arrival, &why));
    return interchange;
}

static void
counted(struct world *world, struct interchange *interchange, int64_t documents)
{
    struct fault why = {0};
    interchange->documents = documents;
    interchange->documents_taken = documents;
    must(interchange_update(world->run.store, interchange, &why));
}

/* An order of one line. */
static enum order_admission
order_one(struct world *world, const struct interchange *interchange, const char *number,
          const char *sku, int64_t quantity)
{
    struct fault why = {0};
    enum order_admission admission = ORDER_CONFLICT;
    const struct party empty = {"", "", "", "", "", "", "", "", "", "", "", ""};
    struct order_line line = {.number = "1",
                              .sku = sku,
                              .description = "",
                              .quantity_micros = quantity * MICROS,
                              .unit = "C62",
                              .expected_price_micros = AMOUNT_NONE,
                              .manual = {AMOUNT_NONE, AMOUNT_NONE, "", "", false},
                              .requested_from = DAY_NONE,
                              .requested_to = DAY_NONE,
                              .place = {2, 1}};
    struct order order = {.number = number,
                          .address_doubt = "",
                          .sales_person = "",
                          .type = ORDER_REGULAR,
                          .currency = "EUR",
                          .order_date = DAY_NONE,
                          .requested_from = DAY_NONE,
                          .requested_to = DAY_NONE,
                          .lines = &line,
                          .line_count = 1,
                          .place = {2, 1}};
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        order.parties[role] = empty;
    }
    order.parties[PARTY_SOLD_TO].code =
        strcmp(interchange->partner, "nordlicht") == 0 ? "C100" : "";
    const struct order_source source = {interchange->partner, interchange->id, WORLD_AS_OF};
    must(order_store(world->run.store, &source, &order, &admission, &why));
    return admission;
}

static void
work(struct world *world)
{
    struct fault why = {0};
    must(desk_work(&world->run, &why));
}

static const char *
standing(struct world *world, const char *number)
{
    char sql[256];
    snprintf(
        sql, sizeof sql,
        "SELECT approval || ' ' || fulfilment || ' v' || version FROM orders WHERE number = '%s'",
        number);
    return world_text(world, sql);
}

static int
setup(void **state)
{
    *state = world_make();
    world_stock(*state);
    return 0;
}

static int
teardown(void **state)
{
    world_end(*state);
    return 0;
}

static void
orders_are_priced_approved_and_released(void **state)
{
    struct world *world = *state;
    struct interchange file = bring(world, "nordlicht", "a.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    assert_int_equal(order_one(world, &file, "A-1", "TEA-1", 2), ORDER_STORED);
    assert_int_equal(order_one(world, &file, "A-1", "TEA-1", 2), ORDER_KNOWN);
    assert_int_equal(order_one(world, &file, "A-1", "TEA-1", 3), ORDER_CONFLICT);
    counted(world, &file, 1);
    work(world);
    assert_string_equal(standing(world, "A-1"), "approved released v1");
    assert_int_equal(world_number(world, "SELECT net_minor FROM order_price"), 1800);
    assert_int_equal(world_number(world, "SELECT gross_minor FROM order_price"), 2142);
    assert_string_equal(
        world_text(world,
                   "SELECT group_concat(event) FROM (SELECT event FROM order_event ORDER BY id)"),
        "received,approved,released");
    assert_string_equal(world_text(world,
                                   "SELECT group_concat(kind || '>' || partner) FROM outbox_message"
                                   " WHERE partner <> 'ledger'"),
                        "release>harbour,acknowledgement>nordlicht,order-response>nordlicht,"
                        "order-status>nordlicht");
    assert_string_equal(world_text(world, "SELECT state FROM interchange WHERE id = 2"), "taken");
    assert_string_equal(
        world_text(world, "SELECT substr(place, 1, 29) FROM interchange WHERE id = 2"),
        "archive/nordlicht/2026-11-24_");
    assert_int_equal(world->run.counts.orders_approved, 1);
    world_verify(world);
}

/* Whoever sends them can make two files whose digests begin alike. */
static void
files_are_kept_apart_by_all_of_their_digest(void **state)
{
    struct world *world = *state;
    struct interchange one = bring(world, "nordlicht", "d1", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    struct interchange other = bring(world, "nordlicht", "d2", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    counted(world, &one, 0);
    counted(world, &other, 0);
    world_do(world, "UPDATE interchange SET name = 'orders.csv',"
                    " sha256 = substr(hex(zeroblob(32)), 1, 62) || printf('%02d', id)"
                    " WHERE name IN ('d1', 'd2')");
    work(world);
    assert_int_equal(world_number(world, "SELECT count(DISTINCT place) FROM interchange"
                                         " WHERE name = 'orders.csv' AND place NOT LIKE 'spool/%'"),
                     2);
    assert_true(file_exists(world->run.state, world_text(world, "SELECT min(place) FROM interchange"
                                                                " WHERE name = 'orders.csv'")));
    assert_true(file_exists(world->run.state, world_text(world, "SELECT max(place) FROM interchange"
                                                                " WHERE name = 'orders.csv'")));
}

static void
wrong_orders_are_refused_and_may_come_again(void **state)
{
    struct world *world = *state;
    struct interchange file = bring(world, "bluebird", "b.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "B-1", "TEA-3", 2);
    order_one(world, &file, "B-2", "TEA-2", 2);
    counted(world, &file, 2);
    work(world);
    assert_string_equal(standing(world, "B-1"), "refused none v1");
    assert_string_equal(standing(world, "B-2"), "approved released v1");
    assert_string_equal(world_text(world, "SELECT state FROM interchange WHERE id = 2"), "partly");
    assert_string_equal(world_text(world, "SELECT code || ' ' || hint FROM finding"),
                        "PRICE-SKU-UNKNOWN TEA-1");
    struct interchange again = bring(world, "bluebird", "c.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    assert_int_equal(order_one(world, &again, "B-1", "TEA-2", 2), ORDER_STORED);
    counted(world, &again, 1);
    work(world);
    assert_string_equal(standing(world, "B-1"), "approved released v2");
    world_verify(world);
}

static void
a_customer_of_another_partner_is_unknown(void **state)
{
    struct world *world = *state;
    world->partners[0].customer = "C100";
    struct interchange file = bring(world, "bluebird", "b.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "B-1", "TEA-2", 2);
    counted(world, &file, 1);
    work(world);
    assert_string_equal(standing(world, "B-1"), "refused none v1");
    assert_string_equal(world_text(world, "SELECT code FROM finding"), "PRICE-CUSTOMER-UNKNOWN");
    assert_string_equal(world_text(world, "SELECT state FROM interchange WHERE id = 2"), "refused");
    assert_string_equal(
        world_text(world, "SELECT substr(place, 1, 20) FROM interchange WHERE id = 2"),
        "quarantine/bluebird/");
    world_verify(world);
}

/* A search costs milliseconds and a file may have a million unknown codes: the first get a hint,
 * and those of the next file again, though the same codes were met before. */
static void
a_file_gets_so_many_hints(void **state)
{
    enum { ORDERS = FACTS_HINTS_MAX + 10 };
    struct world *world = *state;
    for (int turn = 0; turn < 2; turn++) {
        char name[20];
        snprintf(name, sizeof name, "b%d.csv", turn);
        struct interchange file = bring(world, "bluebird", name, DOCUMENT_ORDER, ACCEPT_PER_ORDER);
        for (int index = 0; index < ORDERS; index++) {
            char number[20];
            snprintf(number, sizeof number, "B%d-%d", turn, index);
            order_one(world, &file, number, "TEE-2", 2);
        }
        counted(world, &file, ORDERS);
    }
    work(world);
    assert_string_equal(world_text(world,
                                   "SELECT group_concat(hints) FROM (SELECT count(*) AS hints"
                                   " FROM finding WHERE code = 'PRICE-SKU-UNKNOWN'"
                                   " AND hint = 'TEA-2' GROUP BY interchange_id)"),
                        "50,50");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM finding WHERE code = 'PRICE-SKU-UNKNOWN'"),
        2 * ORDERS);
}

/* Each formula knows all options of its product, so that these take more memory than an order may:
 * it is refused, and the next one of the same file is priced. */
static void
an_order_with_too_many_facts_is_refused(void **state)
{
    struct world *world = *state;
    struct interchange file = bring(world, "nordlicht", "a.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    world_do(world,
             "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
             " INSERT INTO product_option (version_id, sku, name, value, surcharge_micros, line)"
             " SELECT 3, 'TEA-1', 'o' || i, 'v', 0, i + 2 FROM n");
    world_do(world,
             "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
             " INSERT INTO price (version_id, sku, scope, holder, currency, breaks, break_group,"
             " quantity_from_micros, valid_from, valid_to, price_micros, formula, line)"
             " SELECT 4, 'TEA-1', 'customer', 'C100', 'EUR', 'all-units', '', i * 1000000, 0,"
             " 2147483647, 10000000, 'base', i + 4 FROM n");
    assert_int_equal(order_one(world, &file, "A-1", "TEA-1", 2), ORDER_STORED);
    assert_int_equal(order_one(world, &file, "A-2", "TEA-2", 2), ORDER_STORED);
    counted(world, &file, 2);
    work(world);
    assert_string_equal(standing(world, "A-1"), "refused none v1");
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM finding"),
                        "ORDER-PRICES-MANY");
    assert_string_equal(standing(world, "A-2"), "approved released v1");
    world_verify(world);
}

static void
an_order_without_customer_is_refused(void **state)
{
    struct world *world = *state;
    world->partners[0].customer = "";
    struct interchange file = bring(world, "bluebird", "b.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "B-1", "TEA-2", 2);
    counted(world, &file, 1);
    work(world);
    assert_string_equal(standing(world, "B-1"), "refused none v1");
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM (SELECT code FROM finding"
                                          " ORDER BY interchange_id, ordinal)"),
                        "ORDER-CUSTOMER-NONE");
    world_verify(world);
}

static void
all_or_nothing_takes_nothing_of_a_wrong_file(void **state)
{
    struct world *world = *state;
    struct interchange file =
        bring(world, "nordlicht", "d.csv", DOCUMENT_ORDER, ACCEPT_ALL_OR_NOTHING);
    order_one(world, &file, "D-1", "TEA-1", 2);
    order_one(world, &file, "D-2", "TEA-9", 2);
    counted(world, &file, 2);
    work(world);
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_line"), 0);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_event"), 0);
    assert_string_equal(
        world_text(world, "SELECT state || documents_taken FROM interchange WHERE id = 2"),
        "refused0");
    assert_string_equal(world_text(world, "SELECT group_concat(code) FROM (SELECT code FROM finding"
                                          " ORDER BY interchange_id, ordinal)"),
                        "PRICE-SKU-UNKNOWN,FILE-WHOLE");
    assert_int_equal(world->run.counts.orders_approved, 0);
    world_verify(world);
}

static void
a_test_file_is_judged_and_leaves_nothing(void **state)
{
    struct world *world = *state;
    struct interchange wrong = bring(world, "nordlicht", "e.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &wrong, "E-1", "TEA-7", 2);
    counted(world, &wrong, 1);
    work(world);
    struct interchange file = bring(world, "nordlicht", "f.csv", DOCUMENT_ORDER, ACCEPT_TEST_ONLY);
    assert_int_equal(order_one(world, &file, "E-1", "TEA-1", 2), ORDER_STORED);
    order_one(world, &file, "E-2", "TEA-9", 2);
    order_one(world, &file, "E-3", "TEA-1", 2);
    counted(world, &file, 3);
    work(world);
    assert_string_equal(standing(world, "E-1"), "refused none v1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM orders"), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_version"), 1);
    assert_int_equal(world_number(world, "SELECT count(*) FROM order_price"), 0);
    assert_string_equal(
        world_text(world,
                   "SELECT state || ' ' || documents_taken FROM interchange WHERE name = 'f.csv'"),
        "partly 2");
    world_verify(world);
}

static void
decide_by_file(struct world *world, const char *name, const char *approver, const char *number,
               bool approves)
{
    struct fault why = {0};
    struct interchange file = bring(world, approver, name, DOCUMENT_DECISION, ACCEPT_PER_ORDER);
    const struct decision decision = {.partner = "nordlicht",
                                      .order_number = number,
                                      .version = 1,
                                      .verdict = approves ? DECISION_APPROVE : DECISION_REJECT,
                                      .reason = "because",
                                      .delegate = "",
                                      .shown = "",
                                      .strike = "",
                                      .line = 2};
    must(decision_store(world->run.store, file.id, 1, &decision, &why));
    counted(world, &file, 1);
    work(world);
}

static const char *
last_finding(struct world *world)
{
    return world_text(world, "SELECT code FROM finding ORDER BY interchange_id DESC, ordinal DESC");
}

static void
approvers_decide_one_after_the_other(void **state)
{
    struct world *world = *state;
    struct interchange file = bring(world, "nordlicht", "g.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "G-1", "TEA-1", 200); /* 2142.00 EUR gross */
    counted(world, &file, 1);
    work(world);
    assert_string_equal(standing(world, "G-1"), "waiting none v1");
    assert_string_equal(
        world_text(world, "SELECT group_concat(step || approvers || state) FROM approval"),
        "1linweiopen,2bossplanned");
    world_verify(world);
    decide_by_file(world, "d1.csv", "boss", "G-1", true);
    assert_string_equal(last_finding(world), "DECISION-NOT-ASKED");
    decide_by_file(world, "d2.csv", "linwei", "G-2", true);
    assert_string_equal(last_finding(world), "DECISION-ORDER-UNKNOWN");
    decide_by_file(world, "d3.csv", "linwei", "G-1", true);
    assert_string_equal(standing(world, "G-1"), "waiting none v1");
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM outbox_message WHERE kind = 'approval-request'"
                            " AND partner = 'boss'"),
        1);
    world_verify(world);
    decide_by_file(world, "d4.csv", "boss", "G-1", true);
    assert_string_equal(standing(world, "G-1"), "approved released v1");
    decide_by_file(world, "d5.csv", "boss", "G-1", false);
    assert_string_equal(last_finding(world), "DECISION-NOT-OPEN");
    assert_int_equal(world->run.counts.decisions_taken, 2);
    world_verify(world);
}

/* Four eyes: not on an order of its own, and not in two steps of one. */
static void
nobody_decides_alone(void **state)
{
    struct world *world = *state;
    world->partners[1].roles |= (unsigned int)ROLE_APPROVER;
    world_do(world, "UPDATE approval_matrix SET approver = iif(step = 1, 'nordlicht', 'linwei')");
    struct interchange file = bring(world, "nordlicht", "g.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "G-1", "TEA-1", 200);
    counted(world, &file, 1);
    work(world);
    decide_by_file(world, "d1.csv", "nordlicht", "G-1", true);
    assert_string_equal(last_finding(world), "DECISION-OWN");
    world_do(world, "UPDATE approval SET approvers = 'linwei'");
    world_do(
        world,
        "UPDATE approval_person SET person = 'linwei', named = 'linwei', authority = 'linwei'");
    decide_by_file(world, "d2.csv", "linwei", "G-1", true);
    decide_by_file(world, "d3.csv", "linwei", "G-1", false);
    assert_string_equal(last_finding(world), "DECISION-TWICE");
    assert_string_equal(standing(world, "G-1"), "waiting none v1");
    assert_string_equal(world_text(world, "SELECT group_concat(step || state) FROM approval"),
                        "1approved,2open");
}

static void
a_rejected_order_is_refused_with_its_reason(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    struct interchange file = bring(world, "nordlicht", "h.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "H-1", "TEA-1", 200);
    counted(world, &file, 1);
    work(world);
    assert_int_equal(world_decide(world, "none", true, "user:li", "", &why), NONE);
    must(world_decide(world, "H-1", false, "user:li", "too much", &why));
    assert_string_equal(standing(world, "H-1"), "refused none v1");
    assert_string_equal(
        world_text(world, "SELECT actor || ':' || detail FROM order_event WHERE event = 'refused'"),
        "user:li:too much");
    assert_int_equal(world_decide(world, "H-1", true, "user:li", "", &why), FAILED);
    assert_int_equal(why.kind, FAULT_CONFLICT);
    world_verify(world);
}

static void
ship_micros(struct world *world, const char *name, const char *order, const char *sku,
            int64_t quantity_micros)
{
    struct fault why = {0};
    enum shipment_admission admission;
    struct interchange file = bring(world, "harbour", name, DOCUMENT_SHIPMENT, ACCEPT_PER_ORDER);
    struct shipment_line line = {"1", sku, quantity_micros, "", "", "", 2};
    const struct shipment shipment = {.number = name,
                                      .partner = "nordlicht",
                                      .order_number = order,
                                      .shipped_ms = WORLD_AS_OF - 1,
                                      .carrier = "SF",
                                      .tracking = "T1",
                                      .load = "",
                                      .lines = &line,
                                      .line_count = 1,
                                      .place = {2, 1}};
    must(shipment_store(world->run.store, "harbour", file.id, &shipment, &admission, &why));
    assert_int_equal(admission, SHIPMENT_STORED);
    counted(world, &file, 1);
    work(world);
}

static void
ship(struct world *world, const char *name, const char *order, const char *sku, int64_t quantity)
{
    ship_micros(world, name, order, sku, quantity * MICROS);
}

/* The unit of a shipped quantity is that of the order line. */
static void
half_a_piece_is_not_shipped_and_the_sku_may_be_left_out(void **state)
{
    struct world *world = *state;
    struct interchange file = bring(world, "nordlicht", "h.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "H-1", "TEA-1", 5);
    counted(world, &file, 1);
    work(world);
    ship_micros(world, "h1", "H-1", "TEA-1", 3 * MICROS / 2);
    assert_string_equal(last_finding(world), "FLD-NUMBER-WHOLE");
    assert_string_equal(standing(world, "H-1"), "approved released v1");
    ship(world, "h2", "H-1", "", 5);
    assert_string_equal(standing(world, "H-1"), "approved shipped v1");
    world_verify(world);
}

static void
shipments_ship_what_was_ordered_and_no_more(void **state)
{
    struct world *world = *state;
    struct interchange file = bring(world, "nordlicht", "i.csv", DOCUMENT_ORDER, ACCEPT_PER_ORDER);
    order_one(world, &file, "I-1", "TEA-1", 5);
    order_one(world, &file, "I-2", "TEA-1", 200);
    counted(world, &file, 2);
    work(world);
    ship(world, "s1", "I-1", "TEA-1", 2);
    assert_string_equal(standing(world, "I-1"), "approved partly v1");
    ship(world, "s2", "I-1", "TEA-1", 4);
    assert_string_equal(last_finding(world), "SHIPMENT-TOO-MUCH");
    ship(world, "s3", "I-1", "TEA-2", 1);
    assert_string_equal(last_finding(world), "SHIPMENT-SKU");
    ship(world, "s4", "I-9", "TEA-1", 1);
    assert_string_equal(last_finding(world), "SHIPMENT-ORDER-UNKNOWN");
    ship(world, "s5", "I-2", "TEA-1", 1);
    assert_string_equal(last_finding(world), "SHIPMENT-NOT-RELEASED");
    ship(world, "s6", "I-1", "TEA-1", 3);
    assert_string_equal(standing(world, "I-1"), "approved shipped v1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM shipment"), 2);
    assert_int_equal(
        world_number(world, "SELECT count(*) FROM outbox_message WHERE kind = 'shipment-notice'"),
        2);
    assert_int_equal(
        world_number(world,
                     "SELECT happened_ms < known_ms FROM order_event WHERE event = 'shipped'"),
        1);
    world_verify(world);
}

static struct master_row
price_row(const char *sku, int32_t from, int32_t to, int64_t line)
{
    struct master_row row;
    master_row_init(DOCUMENT_PRICES, &row);
    row.line = line;
    row.price.sku = sku;
    row.price.scope = "base";
    row.price.currency = "EUR";
    row.price.valid_from = from;
    row.price.valid_to = to;
    row.price.price_micros = MICROS;
    return row;
}

static void
bring_prices(struct world *world, const char *name, const struct master_row *rows, size_t count)
{
    struct fault why = {0};
    int64_t version = 0;
    bool is_new = false;
    struct interchange file = bring(world, "ledger", name, DOCUMENT_PRICES, ACCEPT_ALL_OR_NOTHING);
    must(master_begin(world->run.store, DOCUMENT_PRICES, file.id, &version, &why));
    for (size_t index = 0; index < count; index++) {
        must(
            master_insert(world->run.store, DOCUMENT_PRICES, version, &rows[index], &is_new, &why));
    }
    counted(world, &file, (int64_t)count);
    work(world);
}

static void
master_data_is_in_force_wholly_or_not(void **state)
{
    struct world *world = *state;
    const struct master_row wrong[] = {price_row("TEA-1", 0, 10, 2), price_row("TEA-1", 10, 20, 3),
                                       price_row("TEE-2", 0, 10, 4)};
    bring_prices(world, "p1.csv", wrong, 3);
    assert_string_equal(world_text(world, "SELECT group_concat(code || line || hint) FROM"
                                          " (SELECT * FROM finding ORDER BY ordinal)"),
                        "MASTER-SKU-UNKNOWN4TEA-2,MASTER-PRICE-OVERLAP3,MASTER-PRICE-EXPIRED2,"
                        "MASTER-PRICE-EXPIRED4,FILE-WHOLE0");
    assert_int_equal(
        world_number(world, "SELECT version_id FROM master_in_force WHERE master = 'prices'"), 4);
    assert_int_equal(world_number(world, "SELECT count(*) FROM price WHERE version_id > 4"), 0);
    const struct master_row right[] = {price_row("TEA-1", 0, 10, 2), price_row("TEA-1", 11, 20, 3)};
    bring_prices(world, "p2.csv", right, 2);
    assert_string_equal(world_text(world, "SELECT state FROM interchange WHERE name = 'p2.csv'"),
                        "taken");
    assert_int_equal(world_number(world,
                                  "SELECT number FROM master_version v JOIN master_in_force f"
                                  " ON f.version_id = v.id WHERE f.master = 'prices'"),
                     2);
    world_verify(world);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(orders_are_priced_approved_and_released),
        TEST(files_are_kept_apart_by_all_of_their_digest),
        TEST(wrong_orders_are_refused_and_may_come_again),
        TEST(a_customer_of_another_partner_is_unknown),
        TEST(a_file_gets_so_many_hints),
        TEST(an_order_with_too_many_facts_is_refused),
        TEST(an_order_without_customer_is_refused),
        TEST(all_or_nothing_takes_nothing_of_a_wrong_file),
        TEST(a_test_file_is_judged_and_leaves_nothing),
        TEST(approvers_decide_one_after_the_other),
        TEST(a_rejected_order_is_refused_with_its_reason),
        TEST(nobody_decides_alone),
        TEST(a_rejected_order_is_refused_with_its_reason),
        TEST(half_a_piece_is_not_shipped_and_the_sku_may_be_left_out),
        TEST(shipments_ship_what_was_ordered_and_no_more),
        TEST(master_data_is_in_force_wholly_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
