/* The documents that go out: what they say, and that each is what its schema says. */
#include "base/text.h"
#include "outbox_fixture.h"
#include "statements.gen.h"
#include "writers/pairs.h"

#include <csv.h>
#include <glob.h>
#include <jansson.h>

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct fault why = {0};
    assert_non_null(fixture);
    fixture_open(fixture);
    fixture_fill(fixture);
    fixture_file(fixture, "tests/unit/invoice_fixture.sql");
    fixture_file(fixture, "tests/unit/delay_fixture.sql");
    fixture_expect(outbox_write(&fixture->run, &why), &why);
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

/* "release" of ".../release-harbour-000001.xml": the longest kind that the name begins with. */
static const char *
kind_of(const char *path)
{
    static const char *const kinds[] = {
        KIND_ACKNOWLEDGEMENT, KIND_ORDER_RESPONSE,  KIND_ORDER_STATUS,
        KIND_RELEASE,         KIND_SHIPMENT_NOTICE, KIND_APPROVAL_REQUEST,
        KIND_APPROVAL_RESULT, KIND_INVOICE,         KIND_DELAY_WARNING};
    const char *name = strrchr(path, '/') + 1;
    for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; index++) {
        if (strncmp(name, kinds[index], strlen(kinds[index])) == 0) {
            return kinds[index];
        }
    }
    fail_msg("no kind: %s", path);
    return "";
}

static void
for_each_file(const struct fixture *fixture, const char *pattern, size_t expected,
              void (*check)(const char *path, const char *kind))
{
    char full[128];
    glob_t found;
    snprintf(full, sizeof full, "%s/outbox/*/%s", fixture->home, pattern);
    assert_int_equal(glob(full, 0, NULL, &found), 0);
    assert_int_equal(found.gl_pathc, expected);
    for (size_t index = 0; index < found.gl_pathc; index++) {
        check(found.gl_pathv[index], kind_of(found.gl_pathv[index]));
    }
    globfree(&found);
}

static void
check_xml(const char *path, const char *kind)
{
    char command[512];
    snprintf(command, sizeof command,
             "xmllint --nonet --noout --schema schemas/%s.xsd '%s' 2>&1 | grep -v validates", kind,
             path);
    assert_int_not_equal(system(command), 0); /* grep finds nothing else to say */
}

static void
xml_is_valid_by_its_schema(void **state)
{
    for_each_file(*state, "*.xml", 11, check_xml);
}

/* A CSV file against its Table Schema, field by field. */
struct table {
    json_t *fields;
    size_t column;
    size_t row;
};

static bool
is_in_enum(const char *text, const json_t *allowed)
{
    size_t index;
    json_t *one;
    json_array_foreach(allowed, index, one)
    {
        if (strcmp(text, json_string_value(one)) == 0) {
            return true;
        }
    }
    return allowed == NULL;
}

static bool
is_of_type(const char *text, const char *type)
{
    int64_t value;
    int32_t day;
    if (strcmp(type, "integer") == 0) {
        return decimal_parse(text, 0, &value) == DECIMAL_FINE;
    }
    if (strcmp(type, "number") == 0) {
        return decimal_parse(text, 6, &value) == DECIMAL_FINE;
    }
    if (strcmp(type, "date") == 0) {
        return day_parse(text, &day);
    }
    if (strcmp(type, "datetime") == 0) {
        return moment_parse(text, &value);
    }
    return strcmp(type, "boolean") != 0 || strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
}

static void
judge_field(void *bytes, size_t size, void *context)
{
    struct table *table = context;
    const char *text = bytes == NULL ? "" : bytes;
    json_t *field = json_array_get(table->fields, table->column++);
    assert_non_null(field); /* no column beyond the schema's */
    const char *name = json_string_value(json_object_get(field, "name"));
    const json_t *limits = json_object_get(field, "constraints");
    (void)size;
    if (table->row == 0) {
        assert_string_equal(text, name);
        return;
    }
    const bool is_required = json_is_true(json_object_get(limits, "required"));
    if (text[0] == '\0'
            ? is_required
            : !is_in_enum(text, json_object_get(limits, "enum")) ||
                  !is_of_type(text, json_string_value(json_object_get(field, "type")))) {
        fail_msg("row %zu: %s may not be \"%s\"", table->row, name, text);
    }
}

static void
judge_row(int end, void *context)
{
    struct table *table = context;
    (void)end;
    assert_int_equal(table->column, json_array_size(table->fields));
    table->column = 0;
    table->row++;
}

static void
check_csv(const char *path, const char *kind)
{
    char schema_path[128];
    snprintf(schema_path, sizeof schema_path, "schemas/%s.csv.json", kind);
    json_t *schema = json_load_file(schema_path, 0, NULL);
    assert_non_null(schema);
    struct table table = {.fields = json_object_get(schema, "fields")};
    char *bytes = fixture_read_path(path);
    assert_memory_equal(bytes, "\xEF\xBB\xBF", 3);
    struct csv_parser parser;
    assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL), 0);
    const size_t size = strlen(bytes) - 3;
    assert_int_equal(csv_parse(&parser, bytes + 3, size, judge_field, judge_row, &table), size);
    assert_int_equal(csv_fini(&parser, judge_field, judge_row, &table), 0);
    assert_true(table.row >= 2);
    csv_free(&parser);
    free(bytes);
    json_decref(schema);
}

static void
csv_is_valid_by_its_schema(void **state)
{
    for_each_file(*state, "*.csv", 9, check_csv);
}

/* The columns of the form that do not begin with an underscore are those that a decision file may
 * have. */
static void
the_approval_form_is_a_decision_file(void **state)
{
    json_t *schema = json_load_file("schemas/decision.csv.json", 0, NULL);
    char *form = fixture_read(*state, "linwei/approval-request-linwei-000001.csv");
    size_t index;
    json_t *field;
    assert_non_null(schema);
    json_array_foreach(json_object_get(schema, "fields"), index, field)
    {
        char column[80];
        snprintf(column, sizeof column, "%s,", json_string_value(json_object_get(field, "name")));
        const char *found = strstr(form, column);
        assert_true(found != NULL && found < strstr(form, ",_"));
    }
    assert_non_null(strstr(form, "nordlicht,N-2,1,,,,,0123456789abcdef,C-NORD,"));
    json_decref(schema);
    free(form);
}

static void
expect_part(const struct fixture *fixture, const char *name, const char *part)
{
    char *bytes = fixture_read(fixture, name);
    assert_non_null(bytes);
    if (strstr(bytes, part) == NULL) {
        print_error("%s does not hold %s:\n%s\n", name, part, bytes);
        fail();
    }
    free(bytes);
}

/* Line 2 goes beyond what was allowed, line 3 does not. */
static void
an_approver_reads_why_a_price_by_hand_waits(void **state)
{
    expect_part(*state, "linwei/approval-request-linwei-000001.csv",
                "第 2 行：手工价格 1.00，规则价格 1.25，低 20%，允许 10%；nordlicht 申请："
                "=last \"\"year\"\"");
    expect_part(*state, "linwei/approval-request-linwei-000001.csv",
                "1 x LT-CUP 盖碗 @ 1.00 （手工价格，规则价格 1.05）");
}

static void
an_approver_reads_what_promotions_took_off(void **state)
{
    expect_part(*state, "linwei/approval-request-linwei-000001.csv",
                "1 x LT-CUP 盖碗 @ 1.00 （促销减 0.25）");
    expect_part(*state, "linwei/approval-request-linwei-000001.xml",
                "<reduction>0.25</reduction>\n      <net>1.00</net>");
}

/* Line 4 comes to 1.00 where 1.20 is the least, and costs 0.90: only the approver reads that. */
static void
costs_are_told_to_the_approver_alone(void **state)
{
    static const char *const others[] = {"nordlicht/order-response-nordlicht-000001.xml",
                                         "nordlicht/order-response-nordlicht-000001.csv",
                                         "nordlicht/acknowledgement-nordlicht-000001.xml"};
    const struct fixture *fixture = *state;
    expect_part(fixture, "linwei/approval-request-linwei-000001.csv",
                "第 4 行：净额 1.00 低于最低应收 1.20；成本 0.90，毛利 0.10，毛利率 10%。");
    expect_part(fixture, "linwei/approval-request-linwei-000001.xml",
                "<leastNet>1.20</leastNet>\n      <cost>0.90</cost>\n      <margin>0.10</margin>");
    for (size_t index = 0; index < sizeof others / sizeof others[0]; index++) {
        char *bytes = fixture_read(fixture, others[index]);
        if (bytes != NULL) {
            assert_null(strstr(bytes, "0.90"));
            assert_null(strstr(bytes, "1.20"));
            assert_null(strstr(bytes, "margin"));
        }
        free(bytes);
    }
}

/* The page beside the form: what it tells, and that no text of an order becomes markup. */
static void
an_approver_reads_the_same_on_a_page(void **state)
{
    static const char *const parts[] = {
        "<html lang=\"zh-CN\">",
        "<a href=\"approval-request-linwei-000002.csv\">",
        "<h2>nordlicht/N-2 \xC2\xB7 EUR\xC2\xA0"
        "3,751.42 含税</h2>",
        "手工价格；规则价格 1.25；nordlicht 申请：=last &quot;year&quot;",
        "<td>-0.25<br><span class=\"note\">杯子</span></td>",
        "<td>0.10<br><span class=\"note\">10.0%</span></td>",
        "<dd class=\"bad\">2026-11-24 18:00 \xC2\xB7 已逾期</dd>",
        "<dt>同时询问</dt><dd>&lt;b&gt;zhou (一人答复即可)</dd>",
        "<dt>此前决定</dt><dd>fang：已批准，2026-11-24 13:00 (fine &lt;script&gt;)</dd>",
        "<dt>客户信用</dt><dd>2026-11-24 14:00 暂停：超出信用额度</dd>",
    };
    const char *name = "linwei/approval-request-linwei-000002.html";
    struct fixture *fixture = *state;
    struct fault why = {0};
    fixture_sql(
        fixture,
        "UPDATE approval SET step = 2, due_ms = 1795514400000;"
        "UPDATE order_price SET cost_minor = 1 WHERE order_id = 1;"
        "INSERT INTO approval (id, order_id, version, step, approvers, amount_minor,"
        " currency, trace, state, asked_ms, decided_ms, decided_by, reason) VALUES"
        " (2, 1, 1, 1, 'fang', 375142, 'EUR', '{}', 'approved', 1, 1795496400000, 'fang',"
        " 'fine <script>');"
        "INSERT INTO approval_person (approval_id, ordinal, slot, named, person, authority,"
        " chosen, chain, trace, asked_ms, state) VALUES"
        " (1, 2, 2, 'z', '<b>zhou', 'z', 'named', '', '[]', 1, 'asked'),"
        " (1, 3, 3, 'l', 'nachher', 'l', 'named', '', '[]', 1895500000000, 'asked');"
        "INSERT INTO order_hold (order_id, version, kind, reason, trace, since_ms, placed_by,"
        " may_end) VALUES (1, 1, 'credit', 'above-limit', '', 1795500000000, 'purser', '');"
        "INSERT INTO outbox_message (partner, kind, number, version, approval_id)"
        " VALUES ('linwei', 'approval-request', 2, 1, 1)");
    fixture_expect(outbox_write(&fixture->run, &why), &why);
    for (size_t index = 0; index < sizeof parts / sizeof parts[0]; index++) {
        expect_part(fixture, name, parts[index]);
    }
    char *bytes = fixture_read(fixture, name);
    assert_null(strstr(bytes, "<script"));
    assert_null(strstr(bytes, "<b>"));
    assert_null(strstr(bytes, "nachher"));
    free(bytes);
}

/* How an approval ended: told by the schemas, and apart whether the order may come again. */
static void
the_end_of_an_approval_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct fault why = {0};
    fixture_sql(
        fixture,
        "UPDATE approval SET state = 'returned', reason = '=1+1 & more', decided_by = 'linwei',"
        " decided_ms = 1795521000000;"
        "INSERT INTO order_event VALUES (9, 1, 1, 'refused', 'refused', 1795521000000,"
        " 1795521000000, 'linwei', NULL, ''), (10, 1, 2, 'repriced', 'submitted',"
        " 1795521000000, 1795521000000, 'purser', NULL, '');"
        "INSERT INTO outbox_message (partner, kind, number, order_id, version, event_id)"
        " VALUES ('linwei', 'approval-result', 1, 1, 1, 9),"
        " ('linwei', 'approval-result', 2, 4, 1, 10), ('depot', 'approval-result', 1, 1, 1, 9),"
        " ('depot', 'approval-result', 2, 4, 1, 10),"
        " ('nordlicht', 'order-response', 4, 1, 1, 9)");
    fixture_expect(outbox_write(&fixture->run, &why), &why);
    for_each_file(fixture, "approval-result*.xml", 1, check_xml);
    for_each_file(fixture, "approval-result*.csv", 1, check_csv);
    expect_part(
        fixture, "linwei/approval-result-linwei-000001.xml",
        "<verdict>returned</verdict>\n    <text>订单已退回下单方，可修改后以原订单号重新发送。");
    expect_part(
        fixture, "linwei/approval-result-linwei-000001.xml",
        "<decidedBy>linwei</decidedBy>\n      <decided>2026-11-24T19:50:00+08:00</decided>\n"
        "      <reason>=1+1 &amp; more</reason>");
    expect_part(fixture, "linwei/approval-result-linwei-000001.xml",
                "<verdict>withdrawn</verdict>");
    expect_part(fixture, "depot/approval-result-depot-000001.csv", "N-2,1,returned,");
    expect_part(fixture, "depot/approval-result-depot-000001.csv", ",\"'=1+1 & more\",2026-11-24T");
    expect_part(fixture, "depot/approval-result-depot-000001.csv", "221.48,,,,,\r\n");
    expect_part(fixture, "nordlicht/order-response-nordlicht-000002.xml",
                "<code>ORDER-RETURNED</code>");
    expect_part(fixture, "nordlicht/order-response-nordlicht-000002.xml",
                "<action>fix-and-resend</action>");
}

static void
an_acknowledgement_tells_everything(void **state)
{
    static const char *const parts[] = {"<verdict>partly</verdict>",
                                        "<file>-rf\\x1B &lt;a&gt;.xml</file>",
                                        "<size>4711</size>",
                                        "<sha256>aa11</sha256>",
                                        "<received>2026-11-24T14:00:00+08:00</received>",
                                        "<taken>2</taken>\n    <refused>1</refused>",
                                        "<fileLine>31</fileLine>\n    <fileColumn>12</fileColumn>",
                                        "<value>LT-GREN&lt;1&gt;</value>",
                                        "<suggestion>LT-GREEN-1</suggestion>",
                                        "<action>fix-and-resend</action>"};
    for (size_t index = 0; index < sizeof parts / sizeof parts[0]; index++) {
        expect_part(*state, "nordlicht/acknowledgement-nordlicht-000001.xml", parts[index]);
    }
    expect_part(*state, "nordlicht/acknowledgement-nordlicht-000002.xml",
                "<verdict>duplicate</verdict>");
    expect_part(*state, "nordlicht/acknowledgement-nordlicht-000002.xml",
                "<duplicateOf>\n    <file>-rf");
    expect_part(*state, "qinghe/acknowledgement-qinghe-000001.csv", "refused,true,测试");
}

static void
a_response_prices_each_line_and_hides_the_approver(void **state)
{
    const char *name = "nordlicht/order-response-nordlicht-000001.xml";
    expect_part(*state, name, "<outcome>accepted</outcome>");
    expect_part(*state, name, "<outcome>waiting-for-approval</outcome>");
    expect_part(*state, name, "<outcome>refused</outcome>");
    expect_part(*state, name, "<price>9.00</price>\n      <listAmount>27.00</listAmount>");
    expect_part(*state, name, "<total>78.88</total>");
    expect_part(*state, name, "<verdict>price-changed</verdict>");
    expect_part(*state, name, "<verdict>not-taken</verdict>");
    char *bytes = fixture_read(*state, name);
    assert_null(strstr(bytes, "linwei"));
    assert_null(strstr(bytes, "2000.00"));
    free(bytes);
}

static void
the_reason_of_a_refusal_is_told_when_it_is_decided(void **state)
{
    struct fixture *fixture = *state;
    struct fault why = {0};
    fixture_sql(
        fixture,
        "UPDATE approval SET state = 'rejected', reason = 'Too & much', decided_by = 'linwei';"
        "INSERT INTO order_event VALUES (9, 1, 1, 'refused', 'refused', 1795521000000,"
        " 1795521000000, 'linwei', NULL, '');"
        "INSERT INTO outbox_message (partner, kind, number, order_id, version, event_id)"
        " VALUES ('nordlicht', 'order-response', 4, 1, 1, 1),"
        " ('nordlicht', 'order-response', 5, 1, 1, 9)");
    fixture_expect(outbox_write(&fixture->run, &why), &why);
    char *bytes = fixture_read(fixture, "nordlicht/order-response-nordlicht-000002.xml");
    const char *reason = strstr(bytes, "<reason>Too &amp; much</reason>");
    assert_non_null(reason);
    /* The response about waiting comes first, and is the same as it was before the decision. */
    assert_true(strstr(bytes, "<outcome>waiting-for-approval</outcome>") < reason);
    assert_null(strstr(reason + 1, "<reason>"));
    free(bytes);
}

static void
a_release_tells_each_stage_its_notes(void **state)
{
    const char *name = "harbour/release-harbour-000001.xml";
    expect_part(*state, name, "<note kind=\"internal\">VIP</note>");
    expect_part(*state, name, "<note kind=\"packaging\">Tin</note>\n    </line>");
    expect_part(*state, name, "<phone>+49409876543x12</phone>");
    expect_part(*state, name, "<option name=\"colour\">r&quot;e\\d</option>");
    expect_part(*state, name, "<option name=\"刻字\">兰亭\n序</option>");
    expect_part(*state, name, "<name>清河茶行</name>"); /* sold-to, when there is no ship-to */
    expect_part(*state, "depot/release-depot-000001.csv", "Ring twice | Not on Monday,,,VIP,");
    expect_part(*state, "depot/release-depot-000001.csv",
                ",\"'=1+1\",3,C62,2026-12-08,2026-12-08,,gift: For you,"
                "\"LT-CUP=12 C62; LT-LID=6 C62\",,2\r\n");
    expect_part(*state, name,
                "<part>\n        <sku>LT-CUP</sku>\n        <name>Cup</name>\n"
                "        <quantity unit=\"C62\">12</quantity>\n      </part>\n      <part>\n"
                "        <sku>LT-LID</sku>\n        <quantity unit=\"C62\">6</quantity>");
}

/* To whom it is sold, and to the warehouse: what promotions took off, and what they give. */
static void
what_promotions_gave_is_told(void **state)
{
    const char *response = "nordlicht/order-response-nordlicht-000001.xml";
    const char *form = "qinghe/order-response-qinghe-000001.csv";
    expect_part(*state, response,
                "<listAmount>27.00</listAmount>\n      <reduction>\n"
                "        <promotion>CUPS</promotion>\n        <name>Cups &lt;off&gt;</name>\n"
                "        <amount>1.50</amount>\n      </reduction>\n      <reduction>\n"
                "        <promotion>=HALF</promotion>\n        <name>半价</name>\n"
                "        <amount>0.50</amount>\n      </reduction>\n      <net>25.00</net>");
    expect_part(*state, response,
                "<freeGoods>\n      <number>F1</number>\n      <sku>LT-CUP</sku>\n"
                "      <name>Cup</name>\n      <quantity unit=\"C62\">2</quantity>\n"
                "      <owed unit=\"C62\">1</owed>\n      <promotion>B5G1</promotion>\n"
                "    </freeGoods>");
    expect_part(*state, "harbour/release-harbour-000001.xml",
                "<number>F1</number>\n      <sku>LT-CUP</sku>\n      <name>Cup</name>\n"
                "      <quantity unit=\"C62\">2</quantity>\n"
                "      <promotion>B5G1</promotion>\n    </line>");
    expect_part(*state, "depot/release-depot-000001.csv", ",F1,LT-CUP,Cup,,2,C62,,,,,,B5G1,2\r\n");
    expect_part(*state, "nordlicht/shipment-notice-nordlicht-000001.xml", "<number>F1</number>");
    expect_part(*state, form, "\r\nreduction,订单-1,1,,,,,,10,,,,,,,,,,,,,,,CUPS,杯子,4.00,,,");
    expect_part(
        *state, form,
        "\r\nfree-goods,订单-1,1,,,,,,F1,LT-CUP,盖碗,1,C62,,,0.00,,0.00,0.00,0.00,,,,\"'=HALF\","
        "半价,,0,,");
}

static void
a_notice_counts_up_to_its_shipment_only(void **state)
{
    char *bytes = fixture_read(*state, "nordlicht/shipment-notice-nordlicht-000001.xml");
    char *second = strstr(bytes, "H-2");
    assert_non_null(second);
    second[0] = '\0';
    assert_non_null(
        strstr(bytes, "<shipped unit=\"KGM\">5.5</shipped>\n      <open unit=\"KGM\">7</open>"));
    assert_non_null(
        strstr(bytes, "<shipped unit=\"C62\">0</shipped>\n      <open unit=\"C62\">3</open>"));
    assert_non_null(
        strstr(second + 1, "<shipped unit=\"KGM\">7</shipped>\n      <open unit=\"KGM\">0</open>"));
    free(bytes);
}

/* The cost of a file grows with its messages, not with the store. */
static void
no_statement_reads_a_whole_table(void **state)
{
#define STATEMENT_AS_ROW(name, sql) {#name, sql},
    static const struct {
        const char *name;
        const char *sql;
    } statements[] = {STATEMENTS(STATEMENT_AS_ROW)};
    struct fixture *fixture = *state;
    char path[128];
    sqlite3 *connection = NULL;
    bool uses_finding_index = false;
    snprintf(path, sizeof path, "%s/.purser/purser.db", fixture->home);
    assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
    for (size_t index = 0; index < STATEMENT_COUNT; index++) {
        const bool is_ours = strncmp(statements[index].name, "document_", 9) == 0 ||
                             strncmp(statements[index].name, "outbox_", 7) == 0;
        char *sql =
            sqlite3_mprintf("EXPLAIN QUERY PLAN %s", is_ours ? statements[index].sql : "SELECT 1");
        sqlite3_stmt *plan = NULL;
        assert_int_equal(sqlite3_prepare_v2(connection, sql, -1, &plan, NULL), SQLITE_OK);
        while (is_ours && sqlite3_step(plan) == SQLITE_ROW) {
            const char *detail = (const char *)sqlite3_column_text(plan, 3);
            if (strncmp(detail, "SCAN ", 5) == 0 && strstr(detail, "ranked") == NULL &&
                strstr(detail, "(subquery-") == NULL && strstr(detail, "json_each") == NULL &&
                strcmp(detail, "SCAN c") != 0) {
                fail_msg("%s: %s", statements[index].name, detail);
            }
            /* The findings of an order, not those of its whole file again for each order. */
            if (strcmp(statements[index].name, "document_response_findings") == 0 &&
                strncmp(detail, "SEARCH f ", 9) == 0) {
                uses_finding_index = strstr(detail, "AND order_number=?") != NULL;
            }
        }
        sqlite3_finalize(plan);
        sqlite3_free(sql);
    }
    sqlite3_close(connection);
    assert_true(uses_finding_index);
}

static void
pairs_read_what_json_wrote(void **state)
{
    static const char *const names[] = {"a", "quote \" and \\", "line\nand tab\t"};
    OWNED(arena) arena;
    struct pairs pairs;
    const char *name;
    const char *value;
    size_t count = 0;
    OWNED(buf) buf;
    (void)state;
    arena_init(&arena, 1024 * 1024);
    buf_init(&buf, 1024);
    buf_char(&buf, '{');
    for (size_t index = 0; index < 3; index++) {
        buf_text(&buf, index == 0 ? "" : ",");
        text_escape_json(&buf, names[index]);
        buf_char(&buf, ':');
        text_escape_json(&buf, names[2 - index]);
    }
    buf_char(&buf, '}');
    pairs_begin(&pairs, buf.bytes, &arena);
    while (pairs_next(&pairs, &name, &value)) {
        assert_string_equal(name, names[count]);
        assert_string_equal(value, names[2 - count]);
        count++;
    }
    assert_int_equal(count, 3);
    pairs_begin(&pairs, "{}", &arena);
    assert_false(pairs_next(&pairs, &name, &value));
}

/* Forty options take the memory of forty, not of their sum for each. */
static void
pairs_take_no_more_than_they_hold(void **state)
{
    enum { COUNT = 40, LENGTH = 200 };
    OWNED(arena) arena;
    OWNED(buf) buf;
    struct pairs pairs;
    const char *name;
    const char *value;
    size_t count = 0;
    (void)state;
    arena_init(&arena, COUNT * (LENGTH + 64));
    buf_init(&buf, 64 * 1024);
    for (size_t index = 0; index < COUNT; index++) {
        buf_format(&buf, "%s\"%zu\":\"%*s\\\\\"", index == 0 ? "{" : ",", index, LENGTH, "");
    }
    buf_char(&buf, '}');
    pairs_begin(&pairs, buf.bytes, &arena);
    while (pairs_next(&pairs, &name, &value)) {
        assert_int_equal(strlen(value), LENGTH + 1);
        count++;
    }
    assert_int_equal(count, COUNT);
}

int
main(void)
{
#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(xml_is_valid_by_its_schema),
        WITH_FIXTURE(csv_is_valid_by_its_schema),
        WITH_FIXTURE(the_approval_form_is_a_decision_file),
        WITH_FIXTURE(an_approver_reads_why_a_price_by_hand_waits),
        WITH_FIXTURE(an_approver_reads_what_promotions_took_off),
        WITH_FIXTURE(an_approver_reads_the_same_on_a_page),
        WITH_FIXTURE(the_end_of_an_approval_is_told),
        WITH_FIXTURE(costs_are_told_to_the_approver_alone),
        WITH_FIXTURE(an_acknowledgement_tells_everything),
        WITH_FIXTURE(a_response_prices_each_line_and_hides_the_approver),
        WITH_FIXTURE(the_reason_of_a_refusal_is_told_when_it_is_decided),
        WITH_FIXTURE(a_release_tells_each_stage_its_notes),
        WITH_FIXTURE(what_promotions_gave_is_told),
        WITH_FIXTURE(a_notice_counts_up_to_its_shipment_only),
        WITH_FIXTURE(no_statement_reads_a_whole_table),
        cmocka_unit_test(pairs_read_what_json_wrote),
        cmocka_unit_test(pairs_take_no_more_than_they_hold),
    };
    return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
