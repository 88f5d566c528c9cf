/* What customers ask for after they have ordered, and what warehouses and plants say of it: read,
 * stored once, and told when it is wrong. */
#include "desk_world.h"

#include "intake/reading.h"
#include "store/store_request.h"

#include <sys/mman.h>

enum { TEXT_MAX = 8192 };

static struct sender
any_sender(void)
{
    return (struct sender){.encoding = "",
                           .default_currency = "",
                           .default_country = "",
                           .customer = "",
                           .today = day_of(2026, 11, 25),
                           .file_bytes_max = 1 << 30};
}

static void
digest_document(const struct document *document, char hex[DIGEST_HEX_SIZE])
{
    switch (document->kind) {
    case DOCUMENT_ORDER_CHANGE: order_change_digest(&document->change, hex); break;
    case DOCUMENT_ORDER_CANCELLATION:
        order_cancellation_digest(&document->cancellation, hex);
        break;
    case DOCUMENT_RETURN_REQUEST: return_request_digest(&document->return_request, hex); break;
    case DOCUMENT_RETURN_RECEIPT: return_receipt_digest(&document->return_receipt, hex); break;
    default: {
        const struct stop_answer *answer = &document->stop_answer;
        char text[512];
        assert_int_equal(document->kind, DOCUMENT_STOP_STATUS);
        snprintf(text, sizeof text, "%" PRId64 "|%s|%s|%" PRId64 "|%" PRId64 "|%" PRId64 "|%s|%s",
                 answer->number, answer->status, answer->order_line, answer->quantity_micros,
                 answer->at_ms, answer->cost_micros, answer->currency, answer->reason);
        digest_of(text, strlen(text), hex);
    }
    }
}

struct read {
    enum document_kind kind;
    size_t documents;
    size_t good;
    char digests[TEXT_MAX];
    char findings[TEXT_MAX]; /* "CODE line:column field, ..." */
};

static void
tell(const struct findings *findings, char *text)
{
    size_t used = 0;
    for (size_t index = 0; index < findings->count && used < TEXT_MAX; index++) {
        const struct finding *finding = &findings->items[index];
        used += (size_t)snprintf(text + used, TEXT_MAX - used, "%s%s %" PRId64 " %s",
                                 index == 0 ? "" : ", ", message_entry(finding->code)->id,
                                 finding->place.line, finding->field);
    }
}

/* `look`, when there is one, is shown each good document. */
static struct read
read_as(const struct sender *sender, const char *text, void (*look)(const struct document *))
{
    struct read result = {.kind = DOCUMENT_NONE};
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    struct findings findings;
    findings_init(&findings);
    const int descriptor = memfd_create("file", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), strlen(text));
    must(reading_open(&reading, descriptor, "file", 4, sender, &findings, &why));
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, &why)) == DONE) {
        result.documents++;
        if (document->is_good) {
            char hex[DIGEST_HEX_SIZE];
            digest_document(document, hex);
            strncat(result.digests, hex, TEXT_MAX - strlen(result.digests) - 1);
            result.good++;
            if (look != NULL) {
                look(document);
            }
        }
    }
    assert_int_equal(outcome, NONE);
    result.kind = reading_document_kind(reading);
    tell(&findings, result.findings);
    reading_close(reading);
    findings_close(&findings);
    close(descriptor);
    return result;
}

static struct read
read_text(const char *text)
{
    const struct sender sender = any_sender();
    return read_as(&sender, text, NULL);
}

#define XML(root, kind, inside) "<" root " xmlns=\"urn:purser:" kind ":1\">" inside "</" root ">"

static const struct {
    enum document_kind kind;
    const char *csv;
    const char *xml;
    size_t count;
} same[] = {
    {DOCUMENT_ORDER_CHANGE,
     "change_number,order_number,version,reason,requested_from,requested_to,ship_to_name,"
     "ship_to_country,ship_to_city,ship_to_street,payment_terms,delivery_note,action,line_number,"
     "sku,quantity,unit,requested_price,requested_discount,price_reason,options,line_requested_to,"
     "line_gift_note\n"
     "C-1,A-1,2,we need less,2026-12-01,2026-12-05,Teehaus,DE,Berlin,Allee 1,prepaid,ring,set,1,,5,"
     ",,7.5,,,,\n"
     "C-1,,,,,,,,,,,,add,9,TEA-2,1,C62,8.4,0,offer,colour=red|size=L,2026-12-24,For Anna\n"
     "C-1,,,,,,,,,,,,remove,3,,,,,,,,,\n"
     "C-1,A-2,,,,,,,,,,-,,,,,,,,,,,\n",
     NULL, 2},
    {DOCUMENT_ORDER_CHANGE,
     "变更单号,订单号,版本,变更原因,最早交货日期,最晚交货日期,收货方名称,国家,城市,地址,付款方式,"
     "配送备注,"
     "操作,行号,商品编码,数量,单位,申请单价,行折扣,价格理由,选项,行最晚交货日期,行礼品留言\n"
     "C-1,A-1,2,we need less,2026-12-01,2026-12-05,Teehaus,DE,Berlin,Allee "
     "1,预付,ring,修改,1,,5,,,7.5%,,,,\n"
     "C-1,,,,,,,,,,,,新增,9,TEA-2,1,件,8.4,0,offer,colour=red|size=L,2026-12-24,For Anna\n"
     "C-1,,,,,,,,,,,,删除,3,,,,,,,,,\n"
     "C-1,A-2,,,,,,,,,,-,,,,,,,,,,,\n",
     XML("orderChanges", "order-change",
         "<change><number>C-1</number><orderNumber>A-1</orderNumber><version>2</version>"
         "<reason>we need "
         "less</reason><requestedDelivery><from>2026-12-01</from><to>2026-12-05</to>"
         "</requestedDelivery><shipTo><name>Teehaus</name><address><country>DE</country>"
         "<city>Berlin</city><street>Allee 1</street></address></shipTo>"
         "<paymentTerms>prepaid</paymentTerms><note>ring</note>"
         "<line><action>set</action><number>1</number><quantity>5</quantity>"
         "<requestedPrice><discount>7.5</discount></requestedPrice></line>"
         "<line><action>add</action><number>9</number><sku>TEA-2</sku>"
         "<quantity "
         "unit=\"C62\">1</quantity><requestedPrice><price>8.40</price><discount>0</discount>"
         "<reason>offer</reason></requestedPrice><requestedDelivery><from>2026-12-24</from>"
         "</requestedDelivery><option name=\"colour\">red</option><option name=\"size\">L</option>"
         "<note kind=\"gift\">For Anna</note></line>"
         "<line><action>remove</action><number>3</number></line></change>"
         "<change><number>C-1</number><orderNumber>A-2</orderNumber><note>-</note></change>"),
     2},
    {DOCUMENT_ORDER_CANCELLATION,
     "cancellation_number,order_number,version,reason,text,line_number,quantity\n"
     "X-1,A-1,1,mistake,twice,1,2.5\nX-1,A-1,,,,2,\nX-2,A-1,,price,,,\n",
     XML("orderCancellations", "order-cancellation",
         "<cancellation><number>X-1</number><orderNumber>A-1</orderNumber><version>1</version>"
         "<reason>mistake</reason><text>twice</text><line><number>1</number>"
         "<quantity>2.5</quantity></line><line><number>2</number></line></cancellation>"
         "<cancellation><number>X-2</number><orderNumber>A-1</orderNumber><reason>price</reason>"
         "</cancellation>"),
     2},
    {DOCUMENT_STOP_STATUS,
     "stop_number,status,at,line_number,quantity,cost,currency,reason\n"
     "1,stopped,,,,,,\n2,partly,2026-11-24T09:00:00+08:00,1,0,12.5,EUR,packed\n2,too-late,,,,,,\n",
     XML("stopStatuses", "stop-status",
         "<status><number>1</number><status>stopped</status></status>"
         "<status><number>2</number><status>partly</status><at>2026-11-24T01:00:00Z</at>"
         "<lineNumber>1</lineNumber><quantity>0</quantity><cost>12.50</cost>"
         "<currency>EUR</currency><reason>packed</reason></status>"
         "<status><number>2</number><status>too-late</status></status>"),
     3},
    {DOCUMENT_RETURN_REQUEST,
     "return_number,order_number,line_number,part,quantity,reason,wish,exchange_sku,"
     "serial_numbers,text\n"
     "R-1,A-1,1,,2,damaged,exchange,TEA-2,S1 | S2,broken\nR-1,A-1,1,CUP,1,not-wanted,,,,\n",
     XML("returnRequests", "return-request",
         "<request><number>R-1</number><orderNumber>A-1</orderNumber><line><number>1</number>"
         "<quantity>2</quantity><reason>damaged</reason><wish>exchange</wish>"
         "<exchangeSku>TEA-2</exchangeSku><serialNumbers>S1 | S2</serialNumbers>"
         "<text>broken</text></line><line><number>1</number><part>CUP</part>"
         "<quantity>1</quantity><reason>not-wanted</reason></line></request>"),
     1},
    {DOCUMENT_RETURN_RECEIPT,
     "receipt_number,authorisation,received_at,order_line,sku,quantity,condition,lot,serial_"
     "numbers,"
     "reason\n"
     "RR-1,RMA-2026-000001,2026-11-24T09:00:00+08:00,1,TEA-1,1,new,L1,S1,\n"
     "RR-1,RMA-2026-000001,,1,,1,damaged,,S2,dented\n",
     XML("returnReceipts", "return-receipt",
         "<receipt><number>RR-1</number><authorisation>RMA-2026-000001</authorisation>"
         "<receivedAt>2026-11-24T09:00:00+08:00</receivedAt><line><orderLine>1</orderLine>"
         "<sku>TEA-1</sku><quantity>1</quantity><condition>new</condition><lot>L1</lot>"
         "<serialNumbers>S1</serialNumbers></line><line><orderLine>1</orderLine>"
         "<quantity>1</quantity><condition>damaged</condition><serialNumbers>S2</serialNumbers>"
         "<reason>dented</reason></line></receipt>"),
     1},
};

static void
csv_and_xml_say_the_same(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof same / sizeof same[0]; index++) {
        const struct read csv = read_text(same[index].csv);
        assert_string_equal(csv.findings, "");
        assert_int_equal(csv.kind, same[index].kind);
        assert_int_equal(csv.good, same[index].count);
        if (same[index].xml != NULL) {
            const struct read xml = read_text(same[index].xml);
            assert_string_equal(xml.findings, "");
            assert_int_equal(xml.kind, same[index].kind);
            assert_int_equal(xml.good, same[index].count);
            assert_string_equal(xml.digests, csv.digests);
        }
    }
    /* Chinese columns and words say what the others do. */
    const struct read english = read_text(same[0].csv);
    const struct read chinese = read_text(same[1].csv);
    assert_string_equal(english.digests, chinese.digests);
}

static int looked;

static void
look_at_change(const struct document *document)
{
    const struct order_change *change = &document->change;
    looked++;
    if (strcmp(change->order_number, "A-2") == 0) {
        assert_int_equal(change->note_count, 1);
        assert_string_equal(change->notes[0].text, ""); /* there is none any more */
        assert_int_equal(change->line_count, 0);
        assert_false(change->has_ship_to);
        assert_int_equal(change->requested_to, DAY_NONE);
        return;
    }
    assert_int_equal(change->version, 2);
    assert_string_equal(change->terms, "prepaid");
    assert_true(change->has_ship_to);
    assert_string_equal(change->ship_to.city, "Berlin");
    assert_int_equal(change->requested_to, day_of(2026, 12, 5));
    assert_int_equal(change->line_count, 3);
    const struct line_change *set = &change->lines[0];
    assert_int_equal(set->action, CHANGE_SET);
    assert_int_equal(set->line.quantity_micros, 5000000);
    assert_string_equal(set->line.sku, "");
    assert_false(set->has_options);
    assert_int_equal(set->line.requested_from, DAY_NONE);
    const struct line_change *add = &change->lines[1];
    assert_int_equal(add->action, CHANGE_ADD);
    assert_true(add->has_options);
    assert_int_equal(add->line.option_count, 2);
    assert_int_equal(add->line.requested_from, day_of(2026, 12, 24)); /* one day */
    assert_int_equal(change->lines[2].action, CHANGE_REMOVE);
    assert_int_equal(change->lines[2].line.quantity_micros, AMOUNT_NONE);
    assert_int_equal(change->note_count, 2);
    assert_string_equal(change->notes[1].line, "9");
    assert_int_equal(change->notes[1].kind, NOTE_GIFT);
}

static void
a_change_says_what_is_new_and_nothing_else(void **state)
{
    const struct sender sender = any_sender();
    (void)state;
    looked = 0;
    (void)read_as(&sender, same[0].csv, look_at_change);
    (void)read_as(&sender, same[1].xml, look_at_change);
    assert_int_equal(looked, 4);
}

/* A change has every column that an order must have. */
static void
a_change_is_no_order_and_an_order_no_change(void **state)
{
    (void)state;
    const struct read change = read_text("change_number,order_number,action,line_number,sku,"
                                         "quantity,unit\nC-1,A-1,add,9,TEA-1,5,C62\n");
    assert_int_equal(change.kind, DOCUMENT_ORDER_CHANGE);
    assert_string_equal(change.findings, "");
    const struct read reversed =
        read_text("quantity,unit,sku,order_number,line_number,action,change_number\n"
                  "5,C62,TEA-1,A-1,9,add,C-1\n");
    assert_int_equal(reversed.kind, DOCUMENT_ORDER_CHANGE);
}

#define CHANGE   "change_number,order_number,action,line_number,sku,quantity,unit,requested_to\n"
#define CANCEL   "cancellation_number,order_number,line_number,quantity\n"
#define STOP     "stop_number,status,at,line_number,quantity,cost\n"
#define RETURN   "return_number,order_number,line_number,quantity,reason,serial_numbers\n"
#define RECEIPT  "receipt_number,authorisation,received_at,order_line,quantity,condition\n"
#define RECEIVED "RR-1,RMA-2026-000001,2026-11-24,"

static const struct {
    const char *text;
    const char *findings;
} mistakes[] = {
    {CHANGE ",A-1,set,1,,5,,\n", "FLD-REQUIRED 2 change_number"},
    {CHANGE "C-1,,set,1,,5,,\n", "FLD-REQUIRED 2 order_number"},
    {CHANGE "C-1,A-1,,1,,5,,\n", "FLD-REQUIRED 2 action"},
    {CHANGE "C-1,A-1,replace,1,,5,,\n", "FLD-CHOICE 2 action"},
    {CHANGE "C-1,A-1,set,,,5,,\n", "FLD-REQUIRED 2 line_number"},
    {CHANGE "C-1,A-1,set,1,,0,,\n", "FLD-NUMBER-RANGE 2 quantity"},
    {CHANGE "C-1,A-1,set,1,,-3,,\n", "FLD-NUMBER-RANGE 2 quantity"},
    {CHANGE "C-1,A-1,set,1,,1.5,C62,\n", "FLD-NUMBER-WHOLE 2 quantity"},
    {CHANGE "C-1,A-1,set,1,,many,,\n", "FLD-NUMBER 2 quantity"},
    {CHANGE "C-1,A-1,add,9,,,,\n",
     "FLD-REQUIRED 2 sku, FLD-REQUIRED 2 quantity, FLD-REQUIRED 2 unit"},
    {CHANGE "C-1,A-1,add,9,TEA-1,x,C62,\n", "FLD-NUMBER 2 quantity"}, /* not absent as well */
    {CHANGE "C-1,A-1,remove,1,,2,,\n", "CHANGE-REMOVE-SAYS 2 quantity"},
    {CHANGE "C-1,A-1,set,1,,,,\n", "CHANGE-LINE-EMPTY 2 action"},
    {CHANGE "C-1,A-1,,,,,,\n", "CHANGE-EMPTY 2 change_number"},
    {CHANGE "C-1,A-1,,,,,,2026-11-24\n", "ORD-PAST 2 requested_to"},
    {CHANGE "C-1,A-1,,,,,,2026-02-30\n", "FLD-DATE-UNREAL 2 requested_to"},
    {CHANGE "C-1,A-1,set,1,,5,,\nC-1,A-1,remove,1,,,,\n", "REQUEST-LINE-REPEATED 3 line_number"},
    {"change_number,order_number,requested_from,requested_to\nC-1,A-1,2026-12-05,2026-12-01\n",
     "ORD-WINDOW 2 requested_to"},
    {"change_number,order_number,ship_to_name,ship_to_country\nC-1,A-1,Teehaus,DE\n",
     "ADR-INCOMPLETE 2 ship_to_city, ADR-INCOMPLETE 2 ship_to_street"},
    {"change_number,order_number,payment_terms\nC-1,A-1,barter\n", "FLD-CHOICE 2 payment_terms"},
    {CANCEL "X-1,A-1,1,0\n", "FLD-NUMBER-RANGE 2 quantity"},
    {CANCEL "X-1,A-1,,3\n", "FLD-REQUIRED 2 line_number"},
    {CANCEL "X-1,A-1,,\nX-1,A-1,1,\n", "FLD-REQUIRED 2 line_number"}, /* all, or a line? */
    {CANCEL "X-1,A-1,,\nX-1,A-1,,\n", "FLD-REQUIRED 2 line_number, FLD-REQUIRED 3 line_number"},
    {CANCEL "X-1,A-1,1,\nX-2,A-1,1,\nX-1,A-1,2,\n", "REQUEST-SPLIT 4 "},
    {STOP "0,stopped,,,,\n", "FLD-NUMBER-RANGE 2 stop_number"},
    {STOP "1,halted,,,,\n", "FLD-CHOICE 2 status"},
    {STOP "1,partly,,,2,\n", "STOP-PARTLY 2 line_number"},
    {STOP "1,partly,,1,x,\n", "FLD-NUMBER 2 quantity"},
    {STOP "1,stopped,yesterday,,,\n", "FLD-DATE 2 at"},
    {RETURN "R-1,A-1,1,2,broken,\n", "FLD-CHOICE 2 reason"},
    {RETURN "R-1,A-1,1,,damaged,\n", "FLD-REQUIRED 2 quantity"},
    {RETURN "R-1,A-1,1,2,damaged,A | B | C\n", "REQUEST-SERIALS 2 serial_numbers"},
    {RETURN "R-1,A-1,1,1.5,damaged,A\n", "REQUEST-SERIALS 2 serial_numbers"},
    {RETURN "R-1,A-1,1,2,damaged,\nR-1,A-1,1,1,damaged,\n", "REQUEST-LINE-REPEATED 3 line_number"},
    {RECEIPT RECEIVED "1,2,mint\n", "FLD-CHOICE 2 condition"},
    {RECEIPT RECEIVED ",2,new\n", "FLD-REQUIRED 2 order_line"},
    {RECEIPT "RR-1,,2026-11-24,1,2,new\n", "FLD-REQUIRED 2 authorisation"},
    {RECEIPT "RR-1,RMA-2026-000001,2026-11-27,1,2,new\n", "REQUEST-FUTURE 2 received_at"},
    {XML("orderChanges", "order-change",
         "<change><number>C-1</number><orderNumber>A-1</orderNumber>\n<line>"
         "<action>swap</action><number>1</number></line></change>"),
     "FLD-CHOICE 2 line/action"},
    {XML("orderChanges", "order-change",
         "<change><orderNumber>A-1</orderNumber>\n<line><action>remove</action></line></"
         "change>"),
     "FLD-REQUIRED 2 line/number, FLD-REQUIRED 1 number"},
    {XML("orderChanges", "order-change",
         "<change><number>C-1</number><orderNumber>A-1</orderNumber>\n<line>"
         "<action>add</action><number>9</number><sku>TEA-1</sku><quantity>2</quantity></line>"
         "</change>"),
     "FLD-REQUIRED 2 line/quantity/@unit"},
    {XML("returnRequests", "return-request",
         "<request><number>R-1</number><orderNumber>A-1</orderNumber></request>"),
     "FLD-REQUIRED 1 line"},
};

static void
mistakes_are_told_where_they_stand(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof mistakes / sizeof mistakes[0]; index++) {
        const struct read found = read_text(mistakes[index].text);
        if (strcmp(found.findings, mistakes[index].findings) != 0) {
            print_message("%s\n", mistakes[index].text);
        }
        assert_string_equal(found.findings, mistakes[index].findings);
    }
}

static void
only_who_may_say_so_is_listened_to(void **state)
{
    static const struct {
        const char *text;
        unsigned int roles;
    } cases[] = {
        {CHANGE "C-1,A-1,set,1,,5,,\n", ROLE_CUSTOMER},
        {CANCEL "X-1,A-1,,\n", ROLE_CUSTOMER},
        {RETURN "R-1,A-1,1,2,damaged,\n", ROLE_CUSTOMER},
        {STOP "1,stopped,,,,\n", ROLE_WAREHOUSE | ROLE_PLANT | ROLE_CARRIER},
        {RECEIPT RECEIVED "1,2,new\n", ROLE_WAREHOUSE},
    };
    static const unsigned int roles[] = {ROLE_CUSTOMER, ROLE_WAREHOUSE, ROLE_FINANCE,
                                         ROLE_APPROVER, ROLE_CARRIER,   ROLE_PLANT};
    (void)state;
    for (size_t index = 0; index < sizeof cases / sizeof cases[0]; index++) {
        for (size_t role = 0; role < sizeof roles / sizeof roles[0]; role++) {
            struct sender sender = any_sender();
            sender.roles = roles[role];
            const struct read found = read_as(&sender, cases[index].text, NULL);
            assert_string_equal(found.findings,
                                (cases[index].roles & roles[role]) != 0 ? "" : "FILE-ROLE 0 ");
        }
    }
}

/* ---- the store ---- */

static void
intake(struct world *world, const char *partner, const char *bytes)
{
    struct fault why = {0};
    char name[32];
    snprintf(name, sizeof name, "file%d", world->files);
    world_land(world, partner, name, bytes);
    must(intake_work(&world->run, &why));
}

static const char *
codes(struct world *world)
{
    return world_text(world, "SELECT coalesce(group_concat(code || ' ' || value, ', '), '') FROM "
                             "finding WHERE interchange_id = (SELECT max(id) FROM interchange)");
}

static const char *
last_file(struct world *world)
{
    return world_text(world, "SELECT document || ' ' || state || ' ' || documents || '/' || "
                             "documents_taken FROM interchange ORDER BY id DESC LIMIT 1");
}

/* The same again is known in whatever dress it comes; other content under a number is refused. */
static void
each_counts_once(void **state)
{
    struct world *world = *state;
    intake(world, "nordlicht", same[0].csv);
    assert_string_equal(last_file(world), "order-change read 2/2");
    intake(world, "nordlicht", same[0].csv);
    assert_string_equal(codes(world), "FILE-DUPLICATE ");
    intake(world, "nordlicht", same[1].xml);
    assert_string_equal(codes(world), "REQUEST-KNOWN C-1, REQUEST-KNOWN C-1");
    assert_string_equal(last_file(world), "order-change taken 2/2");
    intake(world, "nordlicht", CHANGE "C-1,A-1,set,1,,6,,\n");
    assert_string_equal(codes(world), "REQUEST-CONFLICT C-1");
    assert_string_equal(last_file(world), "order-change refused 1/0");
    intake(world, "bluebird", CHANGE "C-1,A-1,set,1,,6,,\n"); /* another's C-1 and A-1 */
    assert_string_equal(last_file(world), "order-change read 1/1");
    assert_int_equal(world_number(world, "SELECT count(*) FROM change_request"), 3);
    intake(world, "bluebird", CHANGE "C-1,A-1,set,1,,7,,\n"); /* one quantity is another */
    assert_string_equal(codes(world), "REQUEST-CONFLICT C-1");

    intake(world, "nordlicht", same[2].csv);
    intake(world, "nordlicht", same[2].xml);
    assert_string_equal(codes(world), "REQUEST-KNOWN X-1, REQUEST-KNOWN X-2");
    intake(world, "nordlicht", CANCEL "X-2,A-1,1,\n");
    assert_string_equal(codes(world), "REQUEST-CONFLICT X-2");

    intake(world, "harbour", same[3].csv);
    assert_string_equal(last_file(world), "stop-status read 3/3");
    intake(world, "harbour", same[3].xml);
    assert_string_equal(codes(world), "STOP-KNOWN 3");
    intake(world, "harbour", "stop_number,status,cost\n1,stopped,4\n");
    assert_string_equal(codes(world), "STOP-CONFLICT stopped");
    assert_int_equal(world_number(world, "SELECT count(*) FROM stop_answer"), 3);

    intake(world, "nordlicht", same[4].csv);
    intake(world, "nordlicht", same[4].xml);
    assert_string_equal(codes(world), "REQUEST-KNOWN R-1");
    intake(world, "harbour", same[5].csv);
    intake(world, "harbour", same[5].xml);
    assert_string_equal(codes(world), "REQUEST-KNOWN RR-1");
    intake(world, "harbour", RECEIPT RECEIVED "1,2,new\n");
    assert_string_equal(codes(world), "REQUEST-CONFLICT RR-1");
}

/* Whatever is stored is read back whole, and leaves nothing when it is discarded. */
#define COMES_BACK(kind, type, digest)                                                             \
    do {                                                                                           \
        type document;                                                                             \
        int64_t id = 0;                                                                            \
        enum outcome outcome;                                                                      \
        while ((outcome = kind##_next(store, interchange, id, &arena, &id, &document, &why)) ==    \
               DONE) {                                                                             \
            char hex[DIGEST_HEX_SIZE];                                                             \
            digest(&document, hex);                                                                \
            strncat(digests, hex, TEXT_MAX - strlen(digests) - 1);                                 \
            must(kind##_discard(store, id, &why));                                                 \
        }                                                                                          \
        assert_int_equal(outcome, NONE);                                                           \
    } while (0)

static void
stop_digest(const struct stop_answer *answer, char hex[DIGEST_HEX_SIZE])
{
    struct document document = {.kind = DOCUMENT_STOP_STATUS};
    document.stop_answer = *answer;
    digest_document(&document, hex);
}

static void
what_is_stored_comes_back_whole_and_goes(void **state)
{
    struct world *world = *state;
    struct store *store = world->run.store;
    struct fault why = {0};
    OWNED(arena) arena;
    arena_init(&arena, ORDER_BYTES_MAX);
    for (size_t index = 1; index < sizeof same / sizeof same[0]; index++) {
        const bool is_customer = same[index].kind == DOCUMENT_ORDER_CHANGE ||
                                 same[index].kind == DOCUMENT_ORDER_CANCELLATION ||
                                 same[index].kind == DOCUMENT_RETURN_REQUEST;
        char digests[TEXT_MAX] = "";
        intake(world, is_customer ? "nordlicht" : "harbour", same[index].csv);
        const int64_t interchange = world_number(world, "SELECT max(id) FROM interchange");
        OWNED(store_tx) tx = {0};
        must(store_begin(store, &tx, &why));
        switch (same[index].kind) {
        case DOCUMENT_ORDER_CHANGE:
            COMES_BACK(change_request, struct order_change, order_change_digest);
            break;
        case DOCUMENT_ORDER_CANCELLATION:
            COMES_BACK(cancel_request, struct order_cancellation, order_cancellation_digest);
            break;
        case DOCUMENT_STOP_STATUS: COMES_BACK(stop_answer, struct stop_answer, stop_digest); break;
        case DOCUMENT_RETURN_REQUEST:
            COMES_BACK(return_request, struct return_request, return_request_digest);
            break;
        default: COMES_BACK(return_receipt, struct return_receipt, return_receipt_digest); break;
        }
        must(store_commit(&tx, &why));
        const struct read read = read_text(same[index].csv);
        assert_string_equal(digests, read.digests);
    }
    assert_int_equal(
        world_number(world,
                     "SELECT (SELECT count(*) FROM change_request_line) + (SELECT count(*) FROM "
                     "change_request_note) + (SELECT count(*) FROM change_request_ship_to) + "
                     "(SELECT count(*) FROM change_request) + (SELECT count(*) FROM "
                     "cancel_request_line) + (SELECT count(*) FROM cancel_request) + (SELECT "
                     "count(*) FROM stop_answer) + (SELECT count(*) FROM return_request_line) + "
                     "(SELECT count(*) FROM return_request) + (SELECT count(*) FROM "
                     "return_receipt_line) + (SELECT count(*) FROM return_receipt)"),
        0);
}

/* Which kind the desk works first. */
static void
the_desk_works_kinds_in_their_order(void **state)
{
    struct world *world = *state;
    struct fault why = {0};
    OWNED(arena) arena;
    struct interchange *items = NULL;
    size_t count = 0;
    arena_init(&arena, ORDER_BYTES_MAX);
    intake(world, "harbour", same[5].csv);
    intake(world, "nordlicht", same[4].csv);
    intake(world, "harbour",
           "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n"
           "S-1,nordlicht,A-1,1,TEA-1,4,2026-11-23\n");
    intake(world, "harbour", same[3].csv);
    intake(world, "linwei", "partner,order_number,version,decision\nnordlicht,A-1,1,approve\n");
    intake(world, "nordlicht", same[2].csv);
    intake(world, "nordlicht", same[0].csv);
    must(interchange_waiting(world->run.store, 0, &arena, &items, &count, &why));
    static const enum document_kind kinds[] = {DOCUMENT_ORDER_CHANGE,  DOCUMENT_ORDER_CANCELLATION,
                                               DOCUMENT_DECISION,      DOCUMENT_STOP_STATUS,
                                               DOCUMENT_SHIPMENT,      DOCUMENT_RETURN_REQUEST,
                                               DOCUMENT_RETURN_RECEIPT};
    assert_int_equal(count, sizeof kinds / sizeof kinds[0]);
    for (size_t index = 0; index < count; index++) {
        assert_int_equal(items[index].document, kinds[index]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_and_xml_say_the_same),
        cmocka_unit_test(a_change_says_what_is_new_and_nothing_else),
        cmocka_unit_test(a_change_is_no_order_and_an_order_no_change),
        cmocka_unit_test(mistakes_are_told_where_they_stand),
        cmocka_unit_test(only_who_may_say_so_is_listened_to),
        TEST(each_counts_once),
        TEST(what_is_stored_comes_back_whole_and_goes),
        TEST(the_desk_works_kinds_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
