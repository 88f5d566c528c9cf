/* The finance pack of two months, by hand: every control total, that a month that is over stays,
 * and that each of them tells when something is wrong. */
#include "return_world.h"

#include "reports/report.h"

#define LINE(number, day, quantity)                                                                \
    HEAD number "," day ",EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define ROW(number, day, quantity)                                                                 \
    number "," day ",EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1,1,TEA-1," quantity ",C62\n"
#define LINE_OF(number, line, sku)                                                                 \
    number ",2026-11-28,EUR,C100,Anna Berg,DE,Berlin,10115,Weg 1," line "," sku ",1,C62\n"
#define LEFT(number, order, quantity)                                                              \
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n" number             \
    ",nordlicht," order ",1,TEA-1," quantity ",2026-11-24T00:30:00Z\n"
#define MONEY(row) "payment_number,kind,partner,order_number,amount,currency,paid_on\n" row "\n"
#define NOVEMBER   (moment_day(WORLD_AS_OF) - 23) /* the first of it */
#define DECEMBER   (NOVEMBER + 30)

static void
cancel(struct world *world, const char *number)
{
    OWNED(arena) arena;
    struct fault why = {0};
    struct order_cancelled done = {0};
    const struct cancel_order order = {.partner = "nordlicht",
                                       .order_number = number,
                                       .line = "",
                                       .quantity_micros = AMOUNT_NONE,
                                       .cause = "other",
                                       .fault = "customer",
                                       .reason = "not wanted",
                                       .actor = "user:anna"};
    arena_init(&arena, 4 * 1024 * 1024);
    must(desk_cancel(&world->run, &order, &arena, &done, &why));
}

/* An amount, or a quantity of a line. */
static void
credits(struct world *world, const char *number, const char *line, int64_t micros)
{
    struct fault why = {0};
    struct credit_note note = {0};
    OWNED(arena) arena;
    arena_init(&arena, 1 << 20);
    const struct credit_request request = {.number = number,
                                           .line = line,
                                           .quantity_micros = *line == '\0' ? AMOUNT_NONE : micros,
                                           .amount_micros = *line == '\0' ? micros : AMOUNT_NONE,
                                           .reason = "dented",
                                           .actor = "user:anna"};
    must(desk_credit(&world->run, &request, &arena, &note, &why));
}

/* Pieces of 9.00 and 19 % of tax.  Of November three orders, of which one leaves wholly, one in
 * part and is paid beyond that, and one is cancelled for a fee of 10 %; and money that names no
 * order. */
static void
play_november(struct world *world)
{
    world_come(world, "ledger", "clause,window_days,fee_new\nHOUSE,30,10%\n");
    world_come(world, "ledger",
               "clause,rank,stages,faults,currency,fee,amount,percent,tax,promotions,waived_by,"
               "waive_up_to\nC-1,1,approved,,EUR,percent,,10,with,,anna,\n");
    world_come(world, "nordlicht", LINE("A-1", "2026-11-20", "3"));
    world_come(world, "nordlicht", LINE("A-2", "2026-11-20", "6"));
    world->config.warehouse = ""; /* it is not released */
    world_come(world, "nordlicht", LINE("A-3", "2026-11-20", "4"));
    world->config.warehouse = "harbour";
    cancel(world, "A-3");
    world_come(world, "harbour", LEFT("S-1", "A-1", "3"));
    world_come(world, "harbour", LEFT("S-2", "A-2", "2"));
    world_come(world, "ledger", MONEY("P-1,,nordlicht,A-2,40.00,EUR,2026-11-24"));
    world_come(world, "ledger", MONEY("P-2,,nordlicht,A-9,5.00,EUR,2026-11-24"));
}

/* On the third of December comes an order of November, late; the rest of one leaves, a piece of the
 * other comes back less 10 %, 5.00 are credited, and one is paid too much, of which a part goes
 * back. */
static void
play_december(struct world *world)
{
    world->run.as_of_ms += 9 * DAY_MS;
    world_come(world, "nordlicht", LINE("A-4", "2026-11-28", "2"));
    world_come(world, "harbour", LEFT("S-3", "A-2", "4"));
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").fee_minor, 107);
    credits(world, "INV-2026-000003", "", 5 * MICROS);
    world_come(world, "ledger", MONEY("P-3,,nordlicht,A-1,40.00,EUR,2026-12-02"));
    world_come(world, "ledger", MONEY("P-4,refund,nordlicht,A-1,10.00,EUR,2026-12-03"));
}

static int
set_up(void **state)
{
    world_setup(state);
    struct world *world = *state;
    world->config.company_currency = "EUR";
    world->config.invoices = true;
    world->config.invoice_prefix = "INV-";
    world->config.credit_note_prefix = "CRN-";
    world->config.charge_prefix = "CHG-";
    world->config.invoice_copy_to = "";
    world->config.payment_days = 30;
    world->config.rma_prefix = "RMA-";
    world->config.return_days = 30;
    world_do(world, "UPDATE approval_matrix SET same_day = 'no'");
    play_november(world);
    return 0;
}

/* ---- what it tells ---- */

static char *
report_of(struct world *world, enum report_form form, int32_t first_day, int64_t as_of_ms)
{
    struct fault why = {0};
    struct buf buf;
    const struct report_request request = {
        first_day,  first_day + (first_day == NOVEMBER ? 29 : 30),
        as_of_ms,   LANGUAGE_EN,
        DAY_BOOKED, "",
        NULL};
    buf_init(&buf, REPORT_BYTES_MAX);
    must(report_make("finance", form, world->run.store, &world->config, &request, &buf, &why));
    char *text = strdup(buf.bytes);
    buf_close(&buf);
    return text;
}

/* The cell of a row in the column that the header names so. */
static const char *
cell(const char *header, const char *row, const char *name)
{
    static char cells[8][100];
    static size_t at;
    char *text = cells[at++ % 8];
    const size_t length = strlen(name);
    while (strncmp(header, name, length) != 0 || strchr(",\r", header[length]) == NULL) {
        header = strchr(header, ',') + 1;
        row = strchr(row, ',') + 1;
    }
    snprintf(text, sizeof cells[0], "%.*s", (int)strcspn(row, ",\r\n"), row);
    return text;
}

/* Of a section the columns that are named (four at most), row by row. */
static const char *
told(struct world *world, int32_t first_day, const char *section, const char *const names[4])
{
    static char text[4000];
    size_t used = 0;
    char *csv = report_of(world, REPORT_CSV, first_day, WORLD_AS_OF + 100 * DAY_MS);
    text[0] = '\0';
    for (char *row = strchr(csv, '\n') + 1; *row != '\0'; row = strchr(row, '\n') + 1) {
        if (strcmp(cell(csv, row, "section"), section) != 0) {
            continue;
        }
        for (size_t index = 0; index < 4 && names[index] != NULL; index++) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", index == 0 ? "" : " ",
                                     cell(csv, row, names[index]));
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
        assert_true(used < sizeof text);
    }
    free(csv);
    return text;
}
#define TOLD(world, first_day, section, ...)                                                       \
    told(world, first_day, section, (const char *const[4]){__VA_ARGS__})
#define LINES(world, first_day)                                                                    \
    TOLD(world, first_day, "reconciliation", "key", "amount", "against", "agrees")

/* ---- by hand ---- */

#define NOVEMBER_LINES                                                                             \
    "ordered 117.00 117.00 yes\n" /* 13 pieces */                                                  \
    "cancelled -36.00 -36.00 yes\n"                                                                \
    "net-booked 81.00 81.00 yes\n"                                                                 \
    "booked-with-tax 96.39 96.39 yes\n"                                                            \
    "invoiced -53.55 -53.55 yes\n"     /* 5 pieces: 32.13 + 21.42 */                               \
    "to-invoice-end 42.84 42.84 yes\n" /* 4 pieces of A-2 */                                       \
    "open-invoiced 53.55 53.55 yes\n"                                                              \
    "open-charged 4.28 4.28 yes\n" /* 3.60 + 0.68 */                                               \
    "open-received -40.00  \n"                                                                     \
    "open-end 17.83 17.83 yes\n" /* 32.13 + 4.28, less 18.58 in advance */                         \
    "open-kept 17.83 17.83 yes\n"                                                                  \
    "money-received 45.00  \n"                                                                     \
    "money-counted -40.00  \n"                                                                     \
    "unassigned-end 5.00 5.00 yes\n"                                                               \
    "tax-booked 15.39 15.39 yes\n"                                                                 \
    "tax-invoiced 9.23 9.23 yes\n" /* 5.13 + 3.42 + 0.68 */

#define DECEMBER_LINES                                                                             \
    "ordered 18.00 18.00 yes\n"                                                                    \
    "returned -9.00 -9.00 yes\n"                                                                   \
    "net-booked 9.00 9.00 yes\n"                                                                   \
    "to-invoice-begin 42.84 42.84 yes\n"                                                           \
    "booked-with-tax 21.42 21.42 yes\n"                                                            \
    "invoiced -42.84 -42.84 yes\n"                                                                 \
    "to-invoice-end 21.42 21.42 yes\n" /* A-4 */                                                   \
    "came-back 10.71  \n"                                                                          \
    "kept-back -1.07  \n"                                                                          \
    "returns-credited 9.64 9.64 yes\n"                                                             \
    "open-begin 17.83 17.83 yes\n"                                                                 \
    "open-invoiced 42.84 42.84 yes\n"                                                              \
    "open-returned -9.64 -9.64 yes\n"                                                              \
    "open-credited -5.00 -5.00 yes\n"                                                              \
    "open-received -40.00  \n"                                                                     \
    "open-refunded 10.00  \n"                                                                      \
    "open-end 16.03 16.03 yes\n" /* A-1 -7.51, A-2 19.26, A-3 4.28 */                              \
    "open-kept 16.03 16.03 yes\n"                                                                  \
    "unassigned-begin 5.00  \n"                                                                    \
    "money-received 40.00  \n"                                                                     \
    "money-refunded -10.00  \n"                                                                    \
    "money-counted -30.00  \n"                                                                     \
    "unassigned-end 5.00 5.00 yes\n"                                                               \
    "tax-booked 1.71 1.71 yes\n"                                                                   \
    "tax-invoiced 6.84 6.84 yes\n"                                                                 \
    "tax-credited -2.34 -2.34 yes\n" /* 1.71 - 0.17, and 0.80 of 5.00 */

static void
every_total_is_as_by_hand(void **state)
{
    struct world *world = *state;
    assert_string_equal(LINES(world, NOVEMBER), NOVEMBER_LINES);
    play_december(world);
    assert_string_equal(LINES(world, DECEMBER), DECEMBER_LINES);
    assert_string_equal(LINES(world, DECEMBER + 31), /* nothing moves */
                        "to-invoice-begin 21.42 21.42 yes\n"
                        "to-invoice-end 21.42 21.42 yes\n"
                        "open-begin 16.03 16.03 yes\n"
                        "open-end 16.03 16.03 yes\n"
                        "open-kept 16.03 16.03 yes\n"
                        "unassigned-begin 5.00  \n"
                        "unassigned-end 5.00 5.00 yes\n");
}

/* Its last day is 2026-12-31; 23.54 / 42.84 x 31 = 17.03. */
static void
the_sections_are_as_by_hand(void **state)
{
    struct world *world = *state;
    play_december(world);
    assert_string_equal(TOLD(world, NOVEMBER, "fee", "key", "clause", "stage", "charged"),
                        "fee C-1 approved 4.28\n");
    assert_string_equal(TOLD(world, DECEMBER, "fee", "key", "clause", "stage", "charged"),
                        "return-fee HOUSE  1.07\n");
    assert_string_equal(TOLD(world, DECEMBER, "age", "key", "documents", "open"),
                        "not-due 1 19.26\ndays-1-30 1 4.28\n");
    assert_string_equal(TOLD(world, DECEMBER, "debtor", "key", "name", "open", "to_30"),
                        "C100 Nordlicht 23.54 4.28\n");
    assert_string_equal(TOLD(world, DECEMBER, "dso", "open", "invoiced", "days", "dso"),
                        "23.54 42.84 31 17\n");
    assert_string_equal(TOLD(world, NOVEMBER, "dso", "open", "invoiced", "days", "dso"),
                        "36.41 57.83 30 18.9\n");
    assert_string_equal(TOLD(world, NOVEMBER, "beyond", "key", "paid", "advance", "owed"),
                        "nordlicht/A-2 40.00 18.58 0.00\n");
    assert_string_equal(TOLD(world, DECEMBER, "beyond", "key", "paid", "refunded", "owed"),
                        "nordlicht/A-1 40.00 10.00 7.51\n");
    assert_string_equal(TOLD(world, DECEMBER, "tax", "key", "kind", "rate", "net"),
                        "DE credit-note 19 -12.30\nDE invoice 19 36.00\n");
    assert_string_equal(TOLD(world, DECEMBER, "adjustment", "key", "kind", "month", "net"),
                        "nordlicht/A-1 returned 2026-11 -9.00\n"
                        "nordlicht/A-4 late-arrival 2026-11 18.00\n");
    assert_string_equal(TOLD(world, NOVEMBER, "order", "key", "kind", "net", "tax"),
                        "nordlicht/A-1 ordered 27.00 5.13\nnordlicht/A-2 ordered 54.00 10.26\n"
                        "nordlicht/A-3 cancelled -36.00 -6.84\n"
                        "nordlicht/A-3 ordered 36.00 6.84\n");
    assert_string_equal(TOLD(world, NOVEMBER, "invoice", "key", "kind", "gross", "open"),
                        "CHG-2026-000001 charge 4.28 4.28\nINV-2026-000001 invoice 32.13 32.13\n"
                        "INV-2026-000002 invoice 21.42 0.00\n");
    assert_string_equal(TOLD(world, DECEMBER, "credit", "key", "invoice", "reason", "gross"),
                        "CRN-2026-000001 INV-2026-000001 RMA-2026-000001 9.64\n"
                        "CRN-2026-000002 INV-2026-000003 dented 5.00\n");
    assert_string_equal(TOLD(world, DECEMBER, "payment", "key", "order", "gross", "unassigned"),
                        "ledger/P-3 nordlicht/A-1 40.00 0.00\n"
                        "ledger/P-4 nordlicht/A-1 -10.00 0.00\n");
    assert_string_equal(
        TOLD(world, NOVEMBER, "payment", "key", "order", "gross", "unassigned"),
        "ledger/P-1 nordlicht/A-2 40.00 0.00\nledger/P-2 nordlicht/A-9 5.00 5.00\n");
}

/* The same bytes, by the store as it was and as it is after all that came late; money that was paid
 * in November, and is told of in December, too. */
static void
a_month_that_is_over_stays(void **state)
{
    struct world *world = *state;
    const int64_t as_of_ms = WORLD_AS_OF + 8 * DAY_MS; /* 2026-12-02 */
    char *csv = report_of(world, REPORT_CSV, NOVEMBER, as_of_ms);
    char *page = report_of(world, REPORT_HTML, NOVEMBER, as_of_ms);
    play_december(world);
    world_come(world, "ledger", MONEY("P-5,,nordlicht,A-1,1.00,EUR,2026-11-24"));
    char *csv_after = report_of(world, REPORT_CSV, NOVEMBER, as_of_ms);
    char *page_after = report_of(world, REPORT_HTML, NOVEMBER, as_of_ms);
    char *csv_later = report_of(world, REPORT_CSV, NOVEMBER, WORLD_AS_OF + 100 * DAY_MS);
    assert_string_equal(page_after, page);
    assert_string_equal(csv_after, csv);
    assert_string_equal(csv_later, csv);
    assert_non_null(strstr(TOLD(world, DECEMBER, "payment", "key", "day", "gross"),
                           "ledger/P-5 2026-11-24 1.00\n"));
    free(csv);
    free(page);
    free(csv_after);
    free(page_after);
    free(csv_later);
}

/* Without invoices tax goes by the ledger, and nothing waits to be invoiced. */
static void
a_company_that_does_not_invoice_has_its_ledger(void **state)
{
    struct world *world = *state;
    world->config.invoices = false;
    world->run.as_of_ms += 9 * DAY_MS;
    world_come(world, "nordlicht", LINE("A-4", "2026-11-28", "2"));
    world_come(world, "harbour", LEFT("S-4", "A-4", "2"));
    assert_string_equal(TOLD(world, DECEMBER, "tax", "kind", "rate", "net", "tax"),
                        "sales-ledger 19 18.00 3.42\n");
    assert_non_null(strstr(LINES(world, DECEMBER), "booked-with-tax 21.42 21.42 yes\n"
                                                   "not-invoiced-here -21.42  \n"
                                                   "to-invoice-end 0.00 0.00 yes\n"));
    assert_null(strstr(LINES(world, DECEMBER), " no\n"));
}

/* Lines of another class than most products, and an order of several rates. */
static void
the_ledger_is_taxed_by_class_and_rate(void **state)
{
    struct world *world = *state;
    world->config.invoices = false;
    world->run.as_of_ms += 9 * DAY_MS;
    world_do(world, "UPDATE product SET tax_class = 'food' WHERE sku = 'TEA-2';"
                    "INSERT INTO product (version_id, sku, name, name_zh, category, unit,"
                    " tax_class, tax_rate_micros, line) VALUES"
                    " (2, 'MUG', 'Mug', '杯', 'mugs', 'C62', 'std', 190000, 4),"
                    " (2, 'BOOK', 'Book', '书', 'books', 'C62', 'print', 70000, 5);"
                    "INSERT INTO price (version_id, sku, scope, holder, currency, breaks,"
                    " break_group, quantity_from_micros, valid_from, valid_to, price_micros, line)"
                    " VALUES (4, 'BOOK', 'base', '', 'EUR', 'all-units', '', 0, 0, 2147483647,"
                    " 10000000, 5)");
    world_come(world, "nordlicht",
               LINE("A-4", "2026-11-28", "1") LINE_OF("A-4", "2", "TEA-2")
                   ROW("A-5", "2026-11-28", "1") LINE_OF("A-5", "2", "BOOK"));
    assert_string_equal(TOLD(world, DECEMBER, "tax", "tax_class", "rate", "net", "tax"),
                        "food 19 20.00 3.80\n"
                        "print 7 10.00 0.70\n"
                        "std 19 18.00 3.42\n");
}

/* What is kept of goods that came back is a fee there, too; nothing is credited. */
static void
a_return_without_an_invoice_costs_its_fee(void **state)
{
    struct world *world = *state;
    world->run.as_of_ms += 9 * DAY_MS;
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").fee_minor, 99);
    assert_string_equal(TOLD(world, DECEMBER, "fee", "key", "clause", "stage", "charged"),
                        "return-fee HOUSE  0.99\n");
    assert_non_null(strstr(LINES(world, DECEMBER), "came-back 9.91  \n"
                                                   "came-back-unbilled -9.91  \n"
                                                   "returns-credited 0.00 0.00 yes\n"));
    assert_null(strstr(LINES(world, DECEMBER), " no\n"));
}

static int
unbilled(void **state)
{
    unbilled_setup(state);
    struct world *world = *state;
    world_come(world, "ledger", "clause,window_days,fee_new\nHOUSE,30,10%\n");
    return 0;
}

/* 25.00 and 4.75 of tax in three invoices, of 9.91, 9.93 and 9.91; the last is credited by hand.
 * What comes back is credited of the second, and is a first third of the order. */
static void
shares_that_are_rounded_otherwise_are_named(void **state)
{
    struct world *world = *state;
    world->run.as_of_ms += 9 * DAY_MS;
    credits(world, "INV-2026-000003", "1", MICROS);
    assert_int_equal(ask(world, "R-1", 1, "not-wanted"), RETURN_ASKED_AUTHORISED);
    assert_int_equal(receive(world, "B-1", "RMA-2026-000001", 1, "new").refund_minor, 993);
    assert_non_null(strstr(LINES(world, DECEMBER), "came-back 9.91  \n"
                                                   "rounded-otherwise 0.02  \n"
                                                   "returns-credited 9.93 9.93 yes\n"));
    assert_null(strstr(LINES(world, DECEMBER), " no\n"));
}

static int
in_three(void **state)
{
    not_shipped_setup(state, true, ORDER);
    struct world *world = *state;
    world_come(world, "harbour", LEFT("S-1", "A-1", "1"));
    world_come(world, "harbour", LEFT("S-2", "A-1", "1"));
    world_come(world, "harbour", LEFT("S-3", "A-1", "1"));
    return 0;
}

/* ---- what is wrong is told ---- */

static const struct {
    const char *sql;
    const char *line; /* of December that does not agree */
} breakages[] = {
    {"UPDATE invoice SET gross_minor = gross_minor + 100 WHERE number = 'INV-2026-000003'",
     "open-kept 17.03 16.03 no\n"},
    {"UPDATE invoice SET gross_minor = gross_minor + 100 WHERE number = 'INV-2026-000003'",
     "open-invoiced 43.84 42.84 no\n"},
    {"UPDATE invoice SET gross_minor = gross_minor + 100 WHERE number = 'INV-2026-000001'",
     "open-begin 18.83 17.83 no\n"},
    {"UPDATE invoice SET tax_minor = tax_minor + 1 WHERE number = 'INV-2026-000003'",
     "tax-invoiced 6.85 6.84 no\n"},
    {"UPDATE invoice_line SET net_minor = net_minor + 1 WHERE invoice_id ="
     " (SELECT id FROM invoice WHERE number = 'INV-2026-000003')",
     "invoiced -42.84 -42.85 no\n"},
    {"UPDATE invoice SET gross_minor = gross_minor - 1 WHERE number = 'CRN-2026-000001'",
     "open-returned -9.63 -9.64 no\n"},
    {"UPDATE invoice SET gross_minor = gross_minor - 100, net_minor = net_minor - 100"
     " WHERE number = 'CRN-2026-000001'",
     "returns-credited 9.64 8.64 no\n"},
    {"DELETE FROM sale_line WHERE sale_id = (SELECT max(id) FROM sale)",
     "net-booked 18.00 9.00 no\n"},
    {"UPDATE order_price SET net_minor = net_minor + 100 WHERE order_id ="
     " (SELECT id FROM orders WHERE number = 'A-4')",
     "ordered 19.00 18.00 no\n"},
    {"UPDATE order_line_price SET net_minor = net_minor + 100 WHERE order_id ="
     " (SELECT id FROM orders WHERE number = 'A-4')",
     "to-invoice-end 21.42 22.42 no\n"},
    {"UPDATE receivable SET open_minor = open_minor - 100 WHERE order_id ="
     " (SELECT id FROM orders WHERE number = 'A-2')",
     "open-begin 17.83 16.83 no\n"},
    {"DELETE FROM payment_allocation WHERE payment_id ="
     " (SELECT id FROM payment WHERE number = 'P-3')",
     "open-kept 56.03 16.03 no\n"},
    {"DELETE FROM payment_allocation WHERE payment_id ="
     " (SELECT id FROM payment WHERE number = 'P-3')",
     "unassigned-end 45.00 5.00 no\n"},
};

static void
what_is_wrong_does_not_agree(void **state)
{
    struct world *world = *state;
    play_december(world);
    for (size_t index = 0; index < sizeof breakages / sizeof breakages[0]; index++) {
        world_do(world, breakages[index].sql);
        const char *lines = LINES(world, DECEMBER);
        if (strstr(lines, breakages[index].line) == NULL) {
            fail_msg("%s: no %s in\n%s", breakages[index].sql, breakages[index].line, lines);
        }
        world_end(world);
        set_up(state);
        world = *state;
        play_december(world);
    }
}

static void
the_title_says_that_nothing_is_open(void **state)
{
    struct world *world = *state;
    const int64_t as_of_ms = WORLD_AS_OF + 40 * DAY_MS;
    world->run.as_of_ms += 9 * DAY_MS;
    world_come(world, "nordlicht", LINE("A-4", "2026-11-28", "2"));
    char *page = report_of(world, REPORT_HTML, DECEMBER, as_of_ms);
    assert_non_null(strstr(page, "Finance pack of December 2026: all totals agree, EUR\xC2\xA0"
                                 "17.83 open</h1>"));
    assert_non_null(strstr(page, "<li>Adjustments: 1 entry of an order of an earlier period was "
                                 "booked in this one, "));
    free(page);
    world_come(world, "ledger", MONEY("P-6,,nordlicht,A-1,13.55,EUR,2026-12-02"));
    world_come(world, "ledger", MONEY("P-7,,nordlicht,A-3,4.28,EUR,2026-12-02"));
    page = report_of(world, REPORT_HTML, DECEMBER, as_of_ms);
    assert_non_null(strstr(page, "all totals agree, nothing is open on balance</h1>"));
    free(page);
    world_come(world, "ledger", MONEY("P-8,,nordlicht,A-1,50.00,EUR,2026-12-02"));
    page = report_of(world, REPORT_HTML, DECEMBER, as_of_ms);
    assert_non_null(strstr(page, "all totals agree, EUR\xC2\xA0"
                                 "50.00 paid beyond the invoices</h1>"));
    free(page);
    world_come(world, "ledger", MONEY("P-9,refund,nordlicht,A-1,50.00,EUR,2026-12-02"));
    world->config.invoices = false;
    page = report_of(world, REPORT_HTML, DECEMBER, as_of_ms);
    assert_non_null(strstr(page, "all totals agree, EUR\xC2\xA0"
                                 "18.00 net booked</h1>"));
    free(page);
}

/* The page says so first. */
static void
the_title_says_that_something_is_wrong(void **state)
{
    struct world *world = *state;
    const int64_t as_of_ms = WORLD_AS_OF + 8 * DAY_MS;
    char *page = report_of(world, REPORT_HTML, NOVEMBER, as_of_ms);
    assert_non_null(strstr(page, "Finance pack of November 2026: all totals agree, "));
    assert_null(strstr(page, "Does not agree"));
    free(page);
    world_do(world, "UPDATE invoice SET gross_minor = gross_minor + 100 WHERE number ="
                    " 'INV-2026-000001'");
    page = report_of(world, REPORT_HTML, NOVEMBER, as_of_ms);
    assert_non_null(strstr(page, "Finance pack of November 2026: 5 totals do not agree"));
    assert_non_null(strstr(page, "<li>Does not agree: + invoices is "));
    assert_non_null(strstr(page, "<td class=\"bad\">no</td>"));
    free(page);
    world_do(world, "UPDATE invoice SET gross_minor = gross_minor - 100 WHERE number ="
                    " 'INV-2026-000001'");
}

/* Their list amounts have the tax in them; the register has none. */
static void
prices_with_tax_are_told_without_it(void **state)
{
    struct world *world = *state;
    world_do(world, "UPDATE price SET includes_tax = 'yes'");
    world_come(world, "nordlicht", LINE("A-5", "2026-11-20", "3"));
    assert_string_equal(TOLD(world, NOVEMBER, "order", "key", "list", "net", "tax"),
                        "nordlicht/A-1 27.00 27.00 5.13\n"
                        "nordlicht/A-2 54.00 54.00 10.26\n"
                        "nordlicht/A-3 -36.00 -36.00 -6.84\n"
                        "nordlicht/A-3 36.00 36.00 6.84\n"
                        "nordlicht/A-5 22.69 22.69 4.31\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_total_is_as_by_hand, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(the_sections_are_as_by_hand, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(a_month_that_is_over_stays, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(prices_with_tax_are_told_without_it, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_company_that_does_not_invoice_has_its_ledger, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(the_ledger_is_taxed_by_class_and_rate, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(a_return_without_an_invoice_costs_its_fee, unbilled,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(shares_that_are_rounded_otherwise_are_named, in_three,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_is_wrong_does_not_agree, set_up, world_teardown),
        cmocka_unit_test_setup_teardown(the_title_says_that_nothing_is_open, set_up,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(the_title_says_that_something_is_wrong, set_up,
                                        world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
