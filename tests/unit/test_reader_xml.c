/* What XML files become: documents, and findings at the right place. */
#include "xml_reading.h"

#include <sys/resource.h>

static const char two_lines[] =
    XML_HEAD XML_ORDER("A-1", XML_LINE("1", "12") XML_LINE("2", "3")) XML_FOOT;

/* The same order as two_lines. */
static const char two_rows[] =
    "order_number,order_type,order_date,currency,requested_from,requested_to,sold_to_code,"
    "sold_to_name,sold_to_contact,sold_to_phone,sold_to_email,sold_to_country,sold_to_city,"
    "sold_to_postal_code,sold_to_street,coupons,line_number,sku,description,quantity,unit,"
    "expected_price,options\n"
    "A-1,regular,2026-11-24,EUR,2026-12-01,2026-12-05,C-1,Teehaus Nord,Anna,+49301234567,"
    "anna@nord.example,DE,Berlin,10115,Allee 1,TEN,1,TEA-1,Tea,12,C62,12.50,colour=red\n"
    "A-1,regular,2026-11-24,EUR,2026-12-01,2026-12-05,C-1,Teehaus Nord,Anna,+49301234567,"
    "anna@nord.example,DE,Berlin,10115,Allee 1,TEN,2,TEA-2,Tea,3,C62,12.50,colour=red\n";

static void
read_csv(const char *text, struct result *result)
{
    const struct sender sender = any_sender();
    read_bytes(text, strlen(text), "orders.csv", &sender, result);
}

static void
xml_and_csv_give_the_same_order(void **state)
{
    struct result xml;
    struct result csv;
    (void)state;
    read_xml(two_lines, &xml);
    read_csv(two_rows, &csv);
    assert_int_equal(findings_total(&xml.findings), 0);
    assert_int_equal(findings_total(&csv.findings), 0);
    assert_int_equal(xml.good, 1);
    assert_int_equal(csv.good, 1);
    assert_string_equal(xml.digest, csv.digest);
    findings_close(&xml.findings);
    findings_close(&csv.findings);
}

/* A price and a discount that are asked for, with reason and person, and the same in Chinese
 * columns. */
static void
a_requested_price_is_the_same_in_both_formats(void **state)
{
    static const char rows[] =
        "\xEF\xBB\xBF"
        "订单号,币种,收货人,国家,城市,地址,行号,sku,数量,单位,申请单价,申请折扣,价格理由,"
        "价格批准人\n"
        "A-1,EUR,Teehaus,DE,Berlin,Allee 1,1,TEA-1,2,C62,8.40,12.5%,同往年,安娜\n";
    static const char xml_text[] =
        XML_HEAD "<order><number>A-1</number><currency>EUR</currency>"
                 "<shipTo><name>Teehaus</name><address><country>DE</country><city>Berlin</city>"
                 "<street>Allee 1</street></address></shipTo>"
                 "<line><number>1</number><sku>TEA-1</sku><quantity unit=\"C62\">2</quantity>"
                 "<requestedPrice><price>8.4</price><discount>12.5</discount><reason>同往年</"
                 "reason><person>安娜</person>"
                 "</requestedPrice></line></order>" XML_FOOT;
    struct result xml;
    struct result csv;
    struct result without;
    (void)state;
    char *other = strdup(xml_text);
    assert_non_null(other);
    memcpy(strstr(other, "12.5"), "12.4", 4);
    read_xml(xml_text, &xml);
    read_csv(rows, &csv);
    read_xml(other, &without);
    assert_int_equal(findings_total(&xml.findings), 0);
    assert_int_equal(findings_total(&csv.findings), 0);
    assert_string_equal(xml.digest, csv.digest);
    assert_string_not_equal(xml.digest, without.digest);
    findings_close(&xml.findings);
    findings_close(&csv.findings);
    findings_close(&without.findings);
    free(other);
}

/* `from` in `text` once replaced by `to`; freed by the caller. */
static char *
replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    const size_t size = strlen(text) + strlen(to) + 1;
    char *result = malloc(size);
    assert_non_null(result);
    snprintf(result, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return result;
}

/* Who sold it, as in CSV: blanks around a name are none of it, and another person is another order.
 * A name that is too long stops the order in both. */
static void
who_sold_it_is_the_same_in_both_formats(void **state)
{
    static const char forty[] = "1234567890123456789012345678901234567890";
    static const struct {
        const char *xml;
        const char *csv;
        bool is_good;
        bool is_same; /* as without */
    } cases[] = {
        {"<salesPerson>Anna Peacock</salesPerson>", "Anna Peacock", true, false},
        {"<salesPerson>\n  林薇\t</salesPerson>", " 林薇 ", true, false},
        {"<salesPerson>1234567890123456789012345678901234567890</salesPerson>", forty, true, false},
        {"", "", true, true},
        {"<salesPerson>12345678901234567890123456789012345678901</salesPerson>",
         "12345678901234567890123456789012345678901", false, true},
    };
    char digests[5][DIGEST_HEX_SIZE];
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        char row[100];
        struct result xml;
        struct result csv;
        char *xml_text = replaced(two_lines, "<coupon>", "<!-- --><coupon>");
        snprintf(row, sizeof row, "Allee 1,%s,TEN,1,", cases[index].csv);
        char *text = replaced(xml_text, "<!-- -->", cases[index].xml);
        char *header = replaced(two_rows, "street,coupons", "street,sales_person,coupons");
        char *first = replaced(header, "Allee 1,TEN,1,", row);
        snprintf(row, sizeof row, "Allee 1,%s,TEN,2,", cases[index].csv);
        char *rows = replaced(first, "Allee 1,TEN,2,", row);
        read_xml(text, &xml);
        read_csv(rows, &csv);
        print_message("%s\n", cases[index].xml);
        assert_int_equal(xml.good, cases[index].is_good);
        assert_int_equal(csv.good, cases[index].is_good);
        if (cases[index].is_good) {
            assert_int_equal(findings_total(&xml.findings) + findings_total(&csv.findings), 0);
            assert_string_equal(xml.digest, csv.digest);
        } else {
            assert_true(has_code(&xml, "FLD-LONG"));
            assert_true(has_code(&csv, "FLD-LONG"));
        }
        memcpy(digests[index], xml.digest, DIGEST_HEX_SIZE);
        findings_close(&xml.findings);
        findings_close(&csv.findings);
        read_xml(two_lines, &xml);
        assert_int_equal(strcmp(xml.digest, digests[index]) == 0, cases[index].is_same);
        findings_close(&xml.findings);
        free(xml_text);
        free(text);
        free(header);
        free(first);
        free(rows);
    }
    assert_string_not_equal(digests[0], digests[1]);
}

/* The same mistake in both formats gets the same code. */
static void
xml_and_csv_tell_the_same(void **state)
{
    static const struct {
        const char *code;
        const char *xml_from;
        const char *xml_to;
        const char *csv_from;
        const char *csv_to;
    } cases[] = {
        {"FLD-NUMBER-LETTER", ">12<", ">1O<", ",12,", ",1O,"},
        {"FLD-NUMBER-RANGE", ">12<", ">0<", ",12,", ",0,"},
        {"FLD-UNIT", "\"C62\"", "\"furlong\"", ",C62,", ",furlong,"},
        {"FLD-REQUIRED", "<sku>TEA-1</sku>", "", ",TEA-1,", ",,"},
        {"FLD-REQUIRED", "<sku>TEA-1</sku>", "<sku/>", ",TEA-1,", ",,"},
        {"FLD-DATE-UNREAL", "<to>2026-12-05", "<to>2026-02-30", "2026-12-05", "2026-02-30"},
        {"FLD-COUNTRY", "<country>DE", "<country>XX", ",DE,", ",XX,"},
        {"FLD-CURRENCY", ">EUR<", ">XYZ<", ",EUR,", ",XYZ,"},
        {"FLD-ORDER-TYPE", ">regular<", ">urgent<", ",regular,", ",urgent,"},
        {"ORD-WINDOW", "<to>2026-12-05", "<to>2026-11-30", "2026-12-05", "2026-11-30"},
        {"ADR-POSTAL", "10115", "ABC", "10115", "ABC"},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct result xml;
        struct result csv;
        char *xml_text = replaced(two_lines, cases[index].xml_from, cases[index].xml_to);
        char *csv_text = replaced(two_rows, cases[index].csv_from, cases[index].csv_to);
        read_xml(xml_text, &xml);
        read_csv(csv_text, &csv);
        print_message("%s %s\n", cases[index].code, cases[index].xml_to);
        assert_true(has_code(&xml, cases[index].code));
        assert_true(has_code(&csv, cases[index].code));
        assert_int_equal(xml.findings.count, 1);
        findings_close(&xml.findings);
        findings_close(&csv.findings);
        free(xml_text);
        free(csv_text);
    }
}

static void
values_may_be_written_in_every_way_of_xml(void **state)
{
    static const char *const same[][2] = {
        {">TEA-1<", "><![CDATA[TEA]]><!-- no -->-<?pi no?>1<"},
        {">TEA-1<", ">&#84;E&#x41;-1<"},
        {">12<", "> +012.0 <"},
        {">12.50<", ">0012.500000<"},
        {"unit=\"C62\"", "unit='C&#54;2'"},
        {"<coupon>TEN</coupon>", "<coupon>\n  TEN\n</coupon>"},
        {"<orders xmlns=\"urn:purser:order:1\">",
         "<orders xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "xsi:schemaLocation=\"urn:purser:order:1 http://127.0.0.1:1/order.xsd\" "
         "xmlns=\"urn:purser:order:1\">"},
        {"<street>Allee 1</street>", "<street>Allee 1</street><street2/>"},
    };
    struct result plain;
    (void)state;
    read_xml(two_lines, &plain);
    for (size_t index = 0; index < sizeof same / sizeof same[0]; index++) {
        struct result other;
        char *text = replaced(two_lines, same[index][0], same[index][1]);
        read_xml(text, &other);
        print_message("%s\n", same[index][1]);
        assert_int_equal(findings_total(&other.findings), 0);
        assert_string_equal(other.digest, plain.digest);
        findings_close(&other.findings);
        free(text);
    }
    findings_close(&plain.findings);
}

/* One bad order does not touch the others, and every mistake is told at its tag. */
static void
mistakes_stay_with_their_order(void **state)
{
    static const char text[] = XML_HEAD XML_ORDER("A-1", XML_LINE("1", "2"))
        XML_ORDER("A-2",
                  "<colour>red</colour>" XML_LINE(
                      "1", "none") "\n"
                                   "<line><number>2</number>\n   <sku>TEA-2</sku>\n   <quantity\n"
                                   "      unit='C62'>-1</quantity></line>")
            XML_ORDER("A-3", XML_LINE("1", "4")) XML_FOOT;
    static const struct {
        const char *code;
        int64_t line;
        const char *order;
        const char *order_line;
        const char *field;
    } expected[] = {
        {"XML-ELEMENT-UNKNOWN", 4, "A-2", "", "order"},
        {"FLD-NUMBER", 4, "A-2", "1", "line/quantity"},
        {"FLD-NUMBER-RANGE", 7, "A-2", "2", "line/quantity"},
    };
    struct result result;
    (void)state;
    read_xml(text, &result);
    assert_int_equal(result.documents, 3);
    assert_int_equal(result.good, 2);
    assert_int_equal(result.findings.count, 3);
    for (size_t index = 0; index < 3; index++) {
        const struct finding *finding = &result.findings.items[index];
        assert_string_equal(message_entry(finding->code)->id, expected[index].code);
        assert_int_equal(finding->place.line, expected[index].line);
        assert_string_equal(finding->order_number, expected[index].order);
        assert_string_equal(finding->order_line, expected[index].order_line);
        assert_string_equal(finding->field, expected[index].field);
    }
    assert_int_equal(result.findings.items[2].place.column, 4);
    findings_close(&result.findings);
}

static void
all_encodings_that_are_allowed_are_read(void **state)
{
    static const struct {
        const char *declared;
        const char *agreed;
        const char *name; /* "Müller" or 茶 in it */
        bool is_fine;
    } cases[] = {
        {"UTF-8", "", "M\xC3\xBCller", true},   {"iso-8859-1", "", "M\xFCller", true},
        {"ISO-8859-15", "", "M\xFCller", true}, {"Windows-1252", "", "M\xFCller", true},
        {"GBK", "GB18030", "\xB2\xE8", true},   {"GB18030", "", "\xB2\xE8", false},
        {"UTF-7", "", "Mueller", false},        {"shift_jis", "Shift_JIS", "\x92\x83", true},
        {"IBM037", "", "Mueller", false},       {"x\" y=\"", "", "Mueller", false},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct result result;
        struct sender sender = any_sender();
        sender.encoding = cases[index].agreed;
        char *named = replaced(two_lines, "Anna", cases[index].name);
        char *text = replaced(named, "UTF-8", cases[index].declared);
        print_message("%s\n", cases[index].declared);
        read_bytes(text, strlen(text), "a.xml", &sender, &result);
        assert_int_equal(findings_total(&result.findings) == 0, cases[index].is_fine);
        assert_int_equal(result.good, cases[index].is_fine);
        findings_close(&result.findings);
        free(named);
        free(text);
    }
}

/* Cut off at every byte: always told, never believed. */
static void
a_cut_file_is_never_taken(void **state)
{
    const size_t size = strlen(two_lines);
    const struct sender sender = any_sender();
    (void)state;
    for (size_t length = 0; length < size - 1; length += 1 + length / 200) {
        struct result result;
        read_bytes(two_lines, length, "a.xml", &sender, &result);
        if (!findings_has(&result.findings, SEVERITY_FATAL)) {
            print_message("cut at %zu\n", length);
        }
        assert_true(findings_has(&result.findings, SEVERITY_FATAL));
        findings_close(&result.findings);
    }
}

static void
other_documents_are_read_too(void **state)
{
    struct result result;
    (void)state;
    read_xml("<shipments xmlns='urn:purser:shipment:1'><shipment><number>S-1</number>"
             "<partner>bluebird</partner><orderNumber>A-1</orderNumber>"
             "<shippedAt>2026-11-24T09:30:00+08:00</shippedAt><carrier>SF</carrier>"
             "<line><orderLine>1</orderLine><quantity>2</quantity></line></shipment></shipments>",
             &result);
    assert_int_equal(result.good, 1);
    findings_close(&result.findings);
    read_xml("<decisions xmlns='urn:purser:decision:1'><decision><partner>bluebird</partner>"
             "<orderNumber>A-1</orderNumber><version>1</version><verdict>reject</verdict>"
             "<reason>too dear</reason></decision></decisions>",
             &result);
    assert_int_equal(result.good, 1);
    findings_close(&result.findings);
}

/* 100 MB of orders in the memory of one. */
static void
memory_does_not_grow_with_the_file(void **state)
{
    enum { FILE_BYTES = 100 * 1000 * 1000, RESIDENT_KB_MAX = 40 * 1024, ORDERS_PER_WRITE = 200 };
    static const char order[] = XML_ORDER("A-%06ld", XML_LINE("1", "2") XML_LINE("2", "3"));
    const int descriptor = memfd_create("large", MFD_CLOEXEC);
    FILE *file = fdopen(descriptor, "w");
    long orders = 0;
    struct result result;
    const struct sender sender = any_sender();
    (void)state;
    assert_non_null(file);
    fputs(XML_HEAD, file);
    for (long size = 0; size < FILE_BYTES; orders++) {
        size += fprintf(file, order, orders);
    }
    fputs(XML_FOOT, file);
    assert_int_equal(fflush(file), 0);
    read_descriptor(descriptor, "large.xml", &sender, &result);
    assert_int_equal(result.good, orders);
    assert_int_equal(findings_total(&result.findings), 0);
    findings_close(&result.findings);
    fclose(file);
#ifndef __SANITIZE_ADDRESS__
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    print_message("%ld orders, %ld KB\n", orders, usage.ru_maxrss);
    assert_true(usage.ru_maxrss < RESIDENT_KB_MAX);
#endif
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_and_csv_give_the_same_order),
        cmocka_unit_test(a_requested_price_is_the_same_in_both_formats),
        cmocka_unit_test(who_sold_it_is_the_same_in_both_formats),
        cmocka_unit_test(xml_and_csv_tell_the_same),
        cmocka_unit_test(values_may_be_written_in_every_way_of_xml),
        cmocka_unit_test(mistakes_stay_with_their_order),
        cmocka_unit_test(all_encodings_that_are_allowed_are_read),
        cmocka_unit_test(a_cut_file_is_never_taken),
        cmocka_unit_test(other_documents_are_read_too),
        cmocka_unit_test(memory_does_not_grow_with_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
