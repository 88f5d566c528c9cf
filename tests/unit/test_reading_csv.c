/* The same order in every dress that CSV comes in, and what else holds for CSV files as a whole. */
#include "intake/reading.h"

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { BYTES_MAX = 64 * 1024, TEXT_MAX = 4096 };

struct outcome_of_file {
    struct findings findings;
    char orders[TEXT_MAX]; /* every order as one line of text */
    size_t documents;
    size_t good;
    enum document_kind kind;
};

static const struct sender plain = {.encoding = "",
                                    .default_currency = "",
                                    .default_country = "",
                                    .customer = "",
                                    .today = DAY_NONE,
                                    .file_bytes_max = 1 << 30};

static void
append(char *text, const char *format, ...)
{
    const size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, TEXT_MAX - used, format, arguments);
    va_end(arguments);
}

static void
describe(const struct order *order, char *text)
{
    char day[DATE_TEXT_SIZE];
    char amount[DECIMAL_TEXT_SIZE];
    const struct party *party = &order->parties[PARTY_SHIP_TO];
    append(text, "%s %s %s %s/%s/%s/%s", order->number, order->currency,
           day_format(day, order->requested_to), party->name, party->city, party->street,
           party->country);
    for (size_t index = 0; index < order->note_count; index++) {
        append(text, " %s@%zu:%s", note_kind_names[order->notes[index].kind],
               order->notes[index].line, order->notes[index].text);
    }
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        append(text, " [%s %s %s %s", line->number, line->sku,
               decimal_format(amount, line->quantity_micros, 6, 0), line->unit);
        if (line->expected_price_micros != AMOUNT_NONE) {
            append(text, " %s", decimal_format(amount, line->expected_price_micros, 6, 2));
        }
        append(text, " @%lld]", (long long)line->place.line);
    }
    append(text, "\n");
}

static void
read_bytes(const void *bytes, size_t size, const struct sender *sender,
           struct outcome_of_file *result)
{
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    memset(result, 0, sizeof *result);
    findings_init(&result->findings);
    const int descriptor = memfd_create("orders", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, size), size);
    assert_int_equal(
        reading_open(&reading, descriptor, "orders.csv", 10, sender, &result->findings, &why),
        DONE);
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, &why)) == DONE) {
        result->documents++;
        result->good += document->is_good;
        if (document->kind == DOCUMENT_ORDER) {
            describe(&document->order, result->orders);
        }
    }
    assert_int_equal(outcome, NONE);
    result->kind = reading_document_kind(reading);
    reading_close(reading);
    close(descriptor);
}

static void
assert_reads_as(const void *bytes, size_t size, const struct sender *sender, const char *orders)
{
    struct outcome_of_file result;
    read_bytes(bytes, size, sender, &result);
    for (size_t index = 0; index < result.findings.count; index++) {
        print_message("%s %lld:%lld %s\n", message_entry(result.findings.items[index].code)->id,
                      (long long)result.findings.items[index].place.line,
                      (long long)result.findings.items[index].place.column,
                      result.findings.items[index].value);
    }
    assert_int_equal(findings_total(&result.findings), 0);
    assert_string_equal(result.orders, orders);
    assert_int_equal(result.good, result.documents);
    findings_close(&result.findings);
}

/* The only finding is this one, and nothing of the file is good. */
static void
assert_finds_only(const void *bytes, size_t size, enum message code)
{
    struct outcome_of_file result;
    read_bytes(bytes, size, &plain, &result);
    assert_int_equal(findings_total(&result.findings), 1);
    assert_string_equal(message_entry(result.findings.items[0].code)->id, message_entry(code)->id);
    findings_close(&result.findings);
}

/* Text in another encoding, behind a mark. */
static size_t
encode(const char *text, const char *encoding, const char *mark, size_t mark_size, char *bytes)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    memcpy(bytes, mark, mark_size);
    char *in = (char *)(uintptr_t)text;
    size_t in_left = strlen(text);
    char *out = bytes + mark_size;
    size_t out_left = BYTES_MAX - mark_size;
    assert_int_equal(iconv(converter, &in, &in_left, &out, &out_left), 0);
    iconv_close(converter);
    return BYTES_MAX - out_left;
}

#define HEADER                                                                                     \
    "order_number,currency,requested_to,ship_to_name,ship_to_city,ship_to_street,ship_to_country," \
    "delivery_note,line_number,sku,quantity,unit,expected_price\n"
#define ROWS                                                                                       \
    "A-1,EUR,2026-12-01,Teehaus,Berlin,Allee 1,DE,\"ring, please\",1,TEA-1,2,C62,12.50\n"          \
    "A-1,EUR,2026-12-01,Teehaus,Berlin,Allee 1,DE,\"ring, please\",2,TEA-2,1.5,KGM,\n"             \
    "A-2,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,1,C62,\n"
static const char as_read[] = "A-1 EUR 2026-12-01 Teehaus/Berlin/Allee 1/DE delivery@0:ring, please"
                              " [1 TEA-1 2 C62 12.50 @2] [2 TEA-2 1.5 KGM @3]\n"
                              "A-2 EUR  Teehaus/Berlin/Allee 1/DE [1 TEA-1 1 C62 @4]\n";

static void
plain_utf8_with_and_without_mark(void **state)
{
    (void)state;
    assert_reads_as(HEADER ROWS, strlen(HEADER ROWS), &plain, as_read);
    assert_reads_as("\xEF\xBB\xBF" HEADER ROWS, 3 + strlen(HEADER ROWS), &plain, as_read);
}

static void
line_ends_of_every_system(void **state)
{
    static const char *const ends[] = {"\r\n", "\r"};
    (void)state;
    for (size_t end = 0; end < 2; end++) {
        char bytes[BYTES_MAX];
        size_t size = 0;
        for (const char *at = HEADER ROWS; *at != '\0'; at++) {
            const size_t length = *at == '\n' ? strlen(ends[end]) : 1;
            memcpy(bytes + size, *at == '\n' ? ends[end] : at, length);
            size += length;
        }
        assert_reads_as(bytes, size, &plain, as_read);
    }
}

static void
semicolons_bring_decimal_commas(void **state)
{
    static const char text[] =
        "order_number;currency;ship_to_name;ship_to_city;ship_to_street;ship_to_country;"
        "sku;quantity;unit;expected_price\n"
        "A-1;EUR;Teehaus, Berlin;Berlin;Allee 1;DE;TEA-1;1,5;KGM;12,50\n";
    (void)state;
    assert_reads_as(text, strlen(text), &plain,
                    "A-1 EUR  Teehaus, Berlin/Berlin/Allee 1/DE [1 TEA-1 1.5 KGM 12.50 @2]\n");
}

static void
the_line_for_spreadsheets_is_skipped(void **state)
{
    static const char text[] = "sep=;\r\n\r\n"
                               "order_number;currency;ship_to_name;ship_to_city;ship_to_street;"
                               "ship_to_country;sku;quantity;unit\r\n"
                               "A-1;EUR;Teehaus;Berlin;Allee 1;DE;TEA-1;2;C62\r\n";
    (void)state;
    assert_reads_as(text, strlen(text), &plain,
                    "A-1 EUR  Teehaus/Berlin/Allee 1/DE [1 TEA-1 2 C62 @4]\n");
}

static void
utf16_with_tabs_as_spreadsheets_save_it(void **state)
{
    static const char text[] =
        "Order Number\tCurrency\tRecipient\tCity\tAddress\tCountry\tItem\tQty\tUoM\r\n"
        "A-1\tEUR\tTeehaus Grün\tBerlin\tAllee 1\tDE\tTEA-1\t2\tC62\r\n";
    static const char orders[] = "A-1 EUR  Teehaus Grün/Berlin/Allee 1/DE [1 TEA-1 2 C62 @2]\n";
    char bytes[BYTES_MAX];
    (void)state;
    assert_reads_as(bytes, encode(text, "UTF-16LE", "\xFF\xFE", 2, bytes), &plain, orders);
    assert_reads_as(bytes, encode(text, "UTF-16BE", "\xFE\xFF", 2, bytes), &plain, orders);
}

/* Its mark begins as that of UTF-16. */
static void
utf32_is_told_by_its_name(void **state)
{
    static const char xml[] = "<orders xmlns=\"urn:purser:order:1\"/>";
    char bytes[BYTES_MAX];
    (void)state;
    assert_finds_only(bytes, encode(HEADER ROWS, "UTF-32LE", "\xFF\xFE\0\0", 4, bytes),
                      M_ENC_UTF32);
    assert_finds_only(bytes, encode(HEADER ROWS, "UTF-32BE", "\0\0\xFE\xFF", 4, bytes),
                      M_ENC_UTF32);
    assert_finds_only(bytes, encode(HEADER ROWS, "UTF-32LE", "", 0, bytes), M_ENC_UTF32);
    assert_finds_only(bytes, encode(HEADER ROWS, "UTF-32BE", "", 0, bytes), M_ENC_UTF32);
    assert_finds_only(bytes, encode(xml, "UTF-32LE", "\xFF\xFE\0\0", 4, bytes), M_XML_ENCODING);
    assert_finds_only(bytes, encode(xml, "UTF-32BE", "\0\0\xFE\xFF", 4, bytes), M_XML_ENCODING);
    assert_finds_only(bytes, encode(xml, "UTF-32BE", "", 0, bytes), M_XML_ENCODING);
}

static void
gb18030_with_chinese_headers(void **state)
{
    static const char text[] = "订单号,币种,收货人,市,详细地址,国家,要求到货日期,行号,货号,数量,"
                               "单位,单价,备注\r\n"
                               "清-1,CNY,清河茶业,杭州市,龙井路１８号,中国,2026年12月1日,1,TEA-1,"
                               "１２,件,12.50,工作日送货\r\n";
    char bytes[BYTES_MAX];
    struct sender sender = plain;
    (void)state;
    sender.encoding = "GB18030";
    assert_reads_as(bytes, encode(text, "GB18030", "", 0, bytes), &sender,
                    "清-1 CNY 2026-12-01 清河茶业/杭州市/龙井路18号/CN delivery@0:工作日送货"
                    " [1 TEA-1 12 C62 12.50 @2]\n");
    /* A partner with an encoding of its own may send UTF-8 all the same. */
    assert_reads_as(text, strlen(text), &sender,
                    "清-1 CNY 2026-12-01 清河茶业/杭州市/龙井路18号/CN delivery@0:工作日送货"
                    " [1 TEA-1 12 C62 12.50 @2]\n");
}

static void
line_breaks_inside_quotes_count_for_places(void **state)
{
    static const char text[] =
        HEADER "\n"
               "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,\"one\r\ntwo \"\"three\"\"\",1,TEA-1,2,C62,\n"
               ",,,,,,,,,,,,\n"
               "A-2,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,1,C62,\n";
    (void)state;
    assert_reads_as(text, strlen(text), &plain,
                    "A-1 EUR  Teehaus/Berlin/Allee 1/DE delivery@0:one\ntwo \"three\""
                    " [1 TEA-1 2 C62 @3]\n"
                    "A-2 EUR  Teehaus/Berlin/Allee 1/DE [1 TEA-1 1 C62 @6]\n");
}

static void
columns_stand_in_any_order_and_some_are_ignored(void **state)
{
    static const char text[] =
        "_errors,Unit,QTY,article number,ship-to street,Ship To City,SHIP_TO_COUNTRY,"
        "ｓｈｉｐ＿ｔｏ＿ｎａｍｅ,Currency,PO,,\n"
        "what we said,C62,2,TEA-1,Allee 1,Berlin,DE,Teehaus,EUR,A-1,,\n";
    (void)state;
    assert_reads_as(text, strlen(text), &plain,
                    "A-1 EUR  Teehaus/Berlin/Allee 1/DE [1 TEA-1 2 C62 @2]\n");
}

static void
later_rows_may_leave_the_header_blank(void **state)
{
    static const char text[] = HEADER "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,2,C62,\n"
                                      "A-1,,,,,,,,2,TEA-2,2,C62,\n";
    (void)state;
    assert_reads_as(text, strlen(text), &plain,
                    "A-1 EUR  Teehaus/Berlin/Allee 1/DE [1 TEA-1 2 C62 @2] [2 TEA-2 2 C62 @3]\n");
}

/* Merged cells: the row may be a line of the order above, which must not go in without it. */
static void
a_row_without_a_number_spoils_the_order_above(void **state)
{
    static const char text[] = HEADER "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,2,C62,\n"
                                      "A-2,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,2,C62,\n"
                                      ",,,,,,,,2,TEA-2,2,C62,\n";
    struct outcome_of_file result;
    (void)state;
    read_bytes(text, strlen(text), &plain, &result);
    assert_int_equal(result.documents, 2);
    assert_int_equal(result.good, 1);
    assert_int_equal(findings_total(&result.findings), 1);
    assert_int_equal(result.findings.items[0].code, M_FLD_REQUIRED);
    assert_int_equal(result.findings.items[0].place.line, 4);
    assert_string_equal(result.findings.items[0].order_number, "A-2");
    findings_close(&result.findings);
}

/* The second half of an order whose first half has a mistake is not an order. */
static void
half_an_order_is_not_taken_for_the_whole(void **state)
{
    static const char text[] = HEADER "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,two,C62,\n"
                                      "A-2,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,1,C62,\n"
                                      "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,,2,TEA-2,2,C62,\n";
    struct outcome_of_file result;
    (void)state;
    read_bytes(text, strlen(text), &plain, &result);
    assert_int_equal(findings_total(&result.findings), 2);
    assert_int_equal(result.findings.items[1].code, M_ORD_SPLIT);
    assert_int_equal(result.findings.items[1].place.line, 4);
    assert_string_equal(result.findings.items[1].expected, "2");
    assert_int_equal(result.good, 1);
    findings_close(&result.findings);
}

/* What is decided twice is told by what was decided. */
static void
decisions_repeat_or_contradict(void **state)
{
    static const char head[] = "partner,order_number,version,decision,reason\n";
    static const struct {
        const char *rows;
        enum message code;
    } cases[] = {
        {"b,A-1,1,approve,\nb,A-1,1,yes,\n", M_DEC_REPEATED},
        {"b,A-1,1,approve,\nb,A-1,1,approve,\nb,A-1,1,reject,no\n", M_DEC_CONTRADICTS},
        {"b,A-1,1,reject,no\nb,A-1,1,approve,\n", M_DEC_CONTRADICTS},
        {"b,A-1,1,reject,no\nb,A-1,2,approve,\n", MESSAGE_COUNT},
        {"b,A-1,1,reject,no\nc,A-1,1,approve,\n", MESSAGE_COUNT},
        {"b,A-1,1,,too dear\nb,A-1,1,approve,\n", M_DEC_UNDECIDED},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        char text[TEXT_MAX];
        struct outcome_of_file result;
        const int size = snprintf(text, sizeof text, "%s%s", head, cases[index].rows);
        read_bytes(text, (size_t)size, &plain, &result);
        const size_t count = result.findings.count;
        assert_true((count == 0) == (cases[index].code == MESSAGE_COUNT));
        assert_true(count == 0 || result.findings.items[count - 1].code == cases[index].code);
        findings_close(&result.findings);
    }
}

#define CHARACTERS_31 "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"
#define CHARACTERS_62 CHARACTERS_31 CHARACTERS_31

/* The longest codes, of three bytes a character, alike but for the last one. */
static void
codes_of_full_length_differ_by_their_last_character(void **state)
{
    static const char text[] =
        "sku,scope,holder,currency,quantity_from,valid_from,valid_to,price\n" CHARACTERS_62
        "AB,customer," CHARACTERS_62 "AB,EUR,1,2026-01-01,,4.50\n" CHARACTERS_62
        "AB,customer," CHARACTERS_62 "AC,EUR,1,2026-02-01,,4.50\n";
    struct outcome_of_file result;
    (void)state;
    read_bytes(text, strlen(text), &plain, &result);
    assert_int_equal(findings_total(&result.findings), 0);
    assert_int_equal(result.good, 2);
    findings_close(&result.findings);
}

static void
the_bad_order_is_told_apart_from_the_good(void **state)
{
    static const char text[] = HEADER "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,two,C62,\n"
                                      "A-1,EUR,,Teehaus,Berlin,Allee 1,DE,,2,TEA-2,x,C62,\n"
                                      "A-2,EUR,,Teehaus,Berlin,Allee 1,DE,,1,TEA-1,1,C62,\n";
    struct outcome_of_file result;
    (void)state;
    read_bytes(text, strlen(text), &plain, &result);
    assert_int_equal(result.documents, 2);
    assert_int_equal(result.good, 1);
    assert_int_equal(findings_total(&result.findings), 2);
    const struct finding *second = &result.findings.items[1];
    assert_int_equal(second->code, M_FLD_NUMBER);
    assert_string_equal(second->order_number, "A-1");
    assert_string_equal(second->order_line, "2");
    assert_string_equal(second->field, "quantity");
    assert_string_equal(second->value, "x");
    assert_int_equal(second->place.line, 3);
    assert_int_equal(second->place.column, 11);
    findings_close(&result.findings);
}

static void
rows_and_cells_may_be_cut_by_blocks_anywhere(void **state)
{
    /* Texts of growing length move every boundary through every part of a row. */
    (void)state;
    for (int length = 60; length < 75; length++) {
        FILE *file = tmpfile();
        assert_non_null(file);
        fputs(HEADER, file);
        for (int order = 0; order < 2000; order++) {
            fprintf(file, "A-%d,EUR,,\"Tee\"\"haus\",Berlin,Allee 1,DE,%0*d,1,T,2,C62,\n", order,
                    length, order);
        }
        struct findings findings;
        struct fault why = {0};
        struct reading *reading = NULL;
        struct document *document = NULL;
        findings_init(&findings);
        assert_int_equal(fflush(file), 0);
        assert_int_equal(
            reading_open(&reading, fileno(file), "orders.csv", 10, &plain, &findings, &why), DONE);
        int64_t count = 0;
        while (reading_next(reading, &document, &why) == DONE) {
            char number[30];
            snprintf(number, sizeof number, "A-%lld", (long long)count++);
            assert_string_equal(document->order.number, number);
            assert_string_equal(document->order.parties[PARTY_SHIP_TO].name, "Tee\"haus");
            assert_int_equal(document->order.place.line, count + 1);
        }
        assert_int_equal(count, 2000);
        assert_int_equal(findings_total(&findings), 0);
        reading_close(reading);
        findings_close(&findings);
        fclose(file);
    }
}

static void
master_data_is_recognised_by_its_header(void **state)
{
    static const struct {
        const char *text;
        enum document_kind kind;
    } cases[] = {
        {"code,name,partner,group,country,currency,email\nC1,Blue,bluebird,,US,USD,\n",
         DOCUMENT_CUSTOMERS},
        {"sku,name,name_zh,category,unit,tax_class,tax_rate\nT1,Tea,,,C62,food,9%\n",
         DOCUMENT_PRODUCTS},
        {"sku,option,value,surcharge\nT1,colour,red,-0.50\n", DOCUMENT_PRODUCT_OPTIONS},
        {"sku,scope,holder,currency,quantity_from,valid_from,valid_to,price\n"
         "T1,base,,EUR,1,2026-01-01,,4.50\n",
         DOCUMENT_PRICES},
        {"order_type,currency,above,step,approver\n,EUR,2500,1,linwei\n", DOCUMENT_APPROVAL_MATRIX},
        {"customer,currency,limit,unpaid\nNORD,EUR,2500,1\n", DOCUMENT_CREDIT_LIMITS},
        {"code,mode,valid_from,action,percent\nSPRING,exclusive,2026-01-01,percent,10\n",
         DOCUMENT_PROMOTIONS},
        {"促销编码,名称,叠加方式,生效日期,优惠方式,减免金额,最低金额,币种,每满\n"
         "M300,满300减50,可叠加,2026-01-01,满减,50,300,CNY,是\n",
         DOCUMENT_PROMOTIONS},
        {"code,promotion\nSPRING-7,SPRING\n", DOCUMENT_COUPONS},
        {"优惠券号,促销编码,客户\nSPRING-7,SPRING,C1\n", DOCUMENT_COUPONS},
        {"package,part,quantity,pricing\nSET,T1,2,fixed\n", DOCUMENT_PACKAGES},
        {"套餐编码,组成商品,数量,计价方式\nSET,T1,2,一口价\n", DOCUMENT_PACKAGES},
        {"from,to,date,rate\nEUR,JPY,2026-01-01,161.25\n", DOCUMENT_EXCHANGE_RATES},
        {"原币种,目标币种,日期,汇率,单位数\nJPY,CNY,2026-01-01,4.87,100\n",
         DOCUMENT_EXCHANGE_RATES},
        {"sku,available\nT1,12.5\n", DOCUMENT_STOCK},
        {"商品编码,可用库存\nT1,0\n", DOCUMENT_STOCK},
        {"date,kind,name\n2026-12-25,holiday,Christmas Day\n", DOCUMENT_CALENDAR},
        {"日期,类型,名称\n2026-10-10,补班,国庆节\n", DOCUMENT_CALENDAR},
        {"日期,类型\n2026年10月1日,放假\n", DOCUMENT_CALENDAR},
        {"person,delegate,valid_from,valid_to,reason\nanna,,2026-03-02,2026-03-06,leave\n",
         DOCUMENT_DELEGATIONS},
        {"person,from,until,reason\nanna,2026-03-02,2026-03-06,leave\n", DOCUMENT_DELEGATIONS},
        {"委托人,被委托人,开始日期,结束日期,原因\nanna,boris,2026-03-02,2026-03-06,休假\n",
         DOCUMENT_DELEGATIONS},
        {"合作方,订单号,版本,决定,原因\nbluebird,A-1,1,同意,\n", DOCUMENT_DECISION},
        {"shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
         "S1,bluebird,A-1,1,T1,2,2026-11-24\n",
         DOCUMENT_SHIPMENT},
    };
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        struct outcome_of_file result;
        read_bytes(cases[index].text, strlen(cases[index].text), &plain, &result);
        assert_int_equal(result.kind, cases[index].kind);
        assert_int_equal(findings_total(&result.findings), 0);
        assert_int_equal(result.good, 1);
        findings_close(&result.findings);
    }
}

/* One row with every column, and one with as little as there may be. */
static void
rows_of_promotions_are_read_whole(void **state)
{
    static const char text[] =
        "code,name,name_zh,priority,mode,valid_from,valid_to,customers,customer_groups,channels,"
        "currency,needs_coupon,never_with,level,skus,categories,together,minimum_quantity,"
        "minimum_amount,threshold_base,repeats,action,percent,price,amount,buy,get,get_percent,"
        "get_skus,pick,grouping,free_units,given_as,out_of_stock,limit_order,limit_customer,"
        "limit_total,budget\n"
        "B3G1,Three and one,买三送一,-2,best-price,2026-01-01,2026-02-28,C1 | C2,EU,shop,EUR,yes,*,"
        "order,T1|T2,tea,yes,3,19.90,reduced,no,buy-get,,,2.50,3,1,50%,T3,dearest,by-price,"
        "exclusive,reduction,dropped,4,5,6,1000\n"
        "TEN,,,,exclusive,2026-01-01,,,,,,,,,,,,,,,,percent,10,,,,,,,,,,,,,,,\n";
    struct findings findings;
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    FILE *file = tmpfile();
    (void)state;
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fflush(file), 0);
    findings_init(&findings);
    assert_int_equal(
        reading_open(&reading, fileno(file), "promotions.csv", 14, &plain, &findings, &why), DONE);
    assert_int_equal(reading_next(reading, &document, &why), DONE);
    const struct promotion_row *row = &document->row.promotion;
    assert_int_equal(row->priority, -2);
    assert_string_equal(row->customers, "C1 | C2");
    assert_string_equal(row->groups, "EU");
    assert_string_equal(row->needs_coupon, "yes");
    assert_int_equal(row->minimum_quantity_micros, 3 * MICROS);
    assert_int_equal(row->minimum_amount_micros, 19900000);
    assert_int_equal(row->percent_micros, MASTER_VALUE_NONE);
    assert_int_equal(row->amount_micros, 2500000);
    assert_int_equal(row->get_percent_micros, 500000);
    assert_string_equal(row->given_as, "reduction");
    assert_int_equal(row->limit_total, 6);
    assert_int_equal(row->budget_micros, 1000 * MICROS);
    assert_int_equal(reading_next(reading, &document, &why), DONE);
    row = &document->row.promotion;
    assert_int_equal(row->valid_to, INT32_MAX);
    assert_string_equal(row->level, "line");
    assert_string_equal(row->pick, "cheapest");
    assert_string_equal(row->given_as, "");
    assert_int_equal(row->percent_micros, 100000);
    assert_int_equal(row->get_percent_micros, MICROS);
    assert_int_equal(row->limit_customer, 0);
    assert_int_equal(reading_next(reading, &document, &why), NONE);
    assert_int_equal(findings_total(&findings), 0);
    reading_close(reading);
    findings_close(&findings);
    fclose(file);
}

static void
findings_are_capped_and_counted(void **state)
{
    FILE *file = tmpfile();
    struct findings findings;
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    (void)state;
    assert_non_null(file);
    fputs(HEADER, file);
    for (int order = 0; order < 3000; order++) {
        fprintf(file, "A-%d,EUR,,Teehaus,Berlin,Allee 1,DE,,1,T,none,C62,\n", order);
    }
    assert_int_equal(fflush(file), 0);
    findings_init(&findings);
    assert_int_equal(
        reading_open(&reading, fileno(file), "orders.csv", 10, &plain, &findings, &why), DONE);
    while (reading_next(reading, &document, &why) == DONE) {
        assert_false(document->is_good);
    }
    assert_int_equal(findings.count, FINDINGS_KEPT_MAX);
    assert_int_equal(findings_total(&findings), 3000);
    reading_close(reading);
    findings_close(&findings);
    fclose(file);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_utf8_with_and_without_mark),
        cmocka_unit_test(line_ends_of_every_system),
        cmocka_unit_test(semicolons_bring_decimal_commas),
        cmocka_unit_test(the_line_for_spreadsheets_is_skipped),
        cmocka_unit_test(utf16_with_tabs_as_spreadsheets_save_it),
        cmocka_unit_test(utf32_is_told_by_its_name),
        cmocka_unit_test(gb18030_with_chinese_headers),
        cmocka_unit_test(line_breaks_inside_quotes_count_for_places),
        cmocka_unit_test(columns_stand_in_any_order_and_some_are_ignored),
        cmocka_unit_test(later_rows_may_leave_the_header_blank),
        cmocka_unit_test(a_row_without_a_number_spoils_the_order_above),
        cmocka_unit_test(half_an_order_is_not_taken_for_the_whole),
        cmocka_unit_test(decisions_repeat_or_contradict),
        cmocka_unit_test(codes_of_full_length_differ_by_their_last_character),
        cmocka_unit_test(the_bad_order_is_told_apart_from_the_good),
        cmocka_unit_test(rows_and_cells_may_be_cut_by_blocks_anywhere),
        cmocka_unit_test(master_data_is_recognised_by_its_header),
        cmocka_unit_test(rows_of_promotions_are_read_whole),
        cmocka_unit_test(findings_are_capped_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
