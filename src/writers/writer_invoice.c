/* writer_invoice.c -- invoices of shipments and the credit notes that correct them: parties, lines,
 * tax by rate, when it is due. */
#include "writers/documents.h"

#include "order/invoice.h"
#include "order/order.h"
#include "store/store_document_invoice.h"
#include "writers/writing.h"

#include <string.h>

enum { INVOICE_BYTES_MAX = 4 * 1024 * 1024 };

struct scans {
    struct document_scan heads;
    struct document_scan parties;
    struct document_scan taxes;
    struct document_scan lines;
    struct arena arena; /* of one invoice: its head and its parties */
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->parties);
    document_scan_close(&scans->taxes);
    document_scan_close(&scans->lines);
    arena_close(&scans->arena);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    struct store *store = writing->store;
    const int64_t id = writing->file_id;
    arena_init(&scans->arena, INVOICE_BYTES_MAX);
    TRY(document_scan_open(&scans->heads, store, SQL_document_invoices, id, why));
    TRY(document_scan_open(&scans->parties, store, SQL_document_invoice_parties, id, why));
    TRY(document_scan_open(&scans->taxes, store, SQL_document_invoice_taxes, id, why));
    return document_scan_open(&scans->lines, store, SQL_document_invoice_lines, id, why);
}

/* One invoice but for its lines. */
struct head {
    struct document_invoice told;
    int exponent; /* of its currency */
    struct party parties[PARTY_ROLE_COUNT];
    const char *taxes; /* "19 % of 10.00 = 1.90 | 7 % of ..." */
};

static void
keep_party(struct scans *scans, const struct document_invoice_party *from, struct head *head)
{
    const int role = name_index(from->role, party_role_names, PARTY_ROLE_COUNT);
    struct party party = from->party;
    const char **texts[] = {&party.code,     &party.name,        &party.contact, &party.phone,
                            &party.email,    &party.country,     &party.region,  &party.city,
                            &party.district, &party.postal_code, &party.street,  &party.street2};
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        *texts[index] = arena_copy(&scans->arena, *texts[index]);
    }
    if (role >= 0) {
        head->parties[role] = party;
    }
}

/* Ship-to and bill-to are the buyer where nothing else was said. */
static enum outcome
read_parties(struct scans *scans, struct head *head, struct fault *why)
{
    enum outcome outcome;
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        party_init(&head->parties[role]);
    }
    while ((outcome = document_scan_part(&scans->parties, scans->heads.position, why)) == DONE) {
        struct document_invoice_party party;
        document_invoice_party_get(&scans->parties, &party);
        keep_party(scans, &party, head);
        if (strcmp(party.role, party_role_names[PARTY_SOLD_TO]) == 0) { /* it comes first */
            head->parties[PARTY_BILL_TO] = head->parties[PARTY_SOLD_TO];
            head->parties[PARTY_SHIP_TO] = head->parties[PARTY_SOLD_TO];
        }
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
next_head(struct scans *scans, struct head *head, struct fault *why)
{
    arena_reset(&scans->arena);
    TRY(document_scan_next(&scans->heads, why));
    document_invoice_get(&scans->heads, &head->told);
    head->exponent = currency_exponent(head->told.currency);
    head->taxes = "";
    return read_parties(scans, head, why);
}

/* What stands in the line: goods, a part of a package, what is kept back of them, or freight. */
static const char *
name_of_line(struct scans *scans, const struct document_invoice_line *line, enum language language)
{
    const char *values[] = {line->clause, NULL};
    const bool is_claim = line->ordinal > INVOICE_CHARGE_ORDINAL; /* or less of one: an amount */
    const bool is_gift = is_claim || (line->ordinal > INVOICE_FEE_ORDINAL + INVOICE_FREE_ORDINAL &&
                                      line->ordinal < INVOICE_FREIGHT_ORDINAL);
    const char *part[] = {line->name[language][0] == '\0' ? line->sku : line->name[language],
                          line->package, NULL};
    const bool is_kept =
        is_claim ? line->quantity_micros > 0 : line->net_minor + line->tax_minor <= 0;
    const enum message message = !is_gift  ? M_INVOICE_RETURN_FEE
                                 : is_kept ? M_INVOICE_GIFT_KEPT
                                           : M_INVOICE_GIFT_BACK;
    if (line->is_freight) {
        return message_text(M_INVOICE_FREIGHT, language);
    }
    if (line->clause[0] == '\0' && line->package[0] != '\0') {
        return message_fill(M_INVOICE_PART, language, part, &scans->arena);
    }
    return line->clause[0] == '\0' ? line->name[language]
                                   : message_fill(message, language, values, &scans->arena);
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_party_xml(struct xml_out *xml, const char *name, const struct party *party)
{
    xml_out_open(xml, name);
    xml_out_text_if(xml, "code", party->code);
    xml_out_text_if(xml, "name", party->name);
    xml_out_text_if(xml, "contact", party->contact);
    xml_out_text_if(xml, "phone", party->phone);
    xml_out_text_if(xml, "email", party->email);
    if (party->country[0] != '\0') {
        xml_out_open(xml, "address");
        xml_out_text(xml, "country", party->country);
        xml_out_text_if(xml, "region", party->region);
        xml_out_text_if(xml, "city", party->city);
        xml_out_text_if(xml, "district", party->district);
        xml_out_text_if(xml, "postalCode", party->postal_code);
        xml_out_text_if(xml, "street", party->street);
        xml_out_text_if(xml, "street2", party->street2);
        xml_out_close(xml);
    }
    xml_out_close(xml);
}

static void
put_head_xml(const struct writing *writing, struct xml_out *xml, const struct head *head)
{
    const struct document_invoice *told = &head->told;
    xml_out_text(xml, "kind", told->kind);
    xml_out_text(xml, "number", told->number);
    xml_out_day_if(xml, "date", told->day);
    xml_out_day_if(xml, "dueDate", told->due);
    if (told->corrects[0] != '\0') {
        xml_out_open(xml, "corrects");
        xml_out_text(xml, "number", told->corrects);
        xml_out_day_if(xml, "date", told->corrects_day);
        xml_out_text_if(xml, "reason", told->reason);
        xml_out_close(xml);
    }
    xml_out_open(xml, "seller");
    xml_out_text(xml, "name", writing->config->company_name);
    xml_out_close(xml);
    put_party_xml(xml, "soldTo", &head->parties[PARTY_SOLD_TO]);
    put_party_xml(xml, "billTo", &head->parties[PARTY_BILL_TO]);
    put_party_xml(xml, "shipTo", &head->parties[PARTY_SHIP_TO]);
    xml_out_text_if(xml, "customer", told->customer);
    xml_out_text(xml, "orderNumber", told->order_number);
    xml_out_integer(xml, "version", told->version);
    xml_out_day_if(xml, "orderDate", told->order_date);
    xml_out_text_if(xml, "shipmentNumber", told->shipment_number);
    if (told->shipped_ms != 0) {
        xml_out_moment(xml, "shippedAt", told->shipped_ms);
    }
    xml_out_text(xml, "currency", told->currency);
    xml_out_text(xml, "pricesIncludeTax", told->includes_tax ? "yes" : "no");
}

static void
put_line_xml(const struct writing *writing, struct scans *scans, struct xml_out *xml,
             const struct head *head, const struct document_invoice_line *line)
{
    const int exponent = head->exponent;
    char text[DECIMAL_TEXT_SIZE];
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", line->number);
    xml_out_text(xml, "sku", line->sku);
    xml_out_text_if(xml, "name", name_of_line(scans, line, writing->partner->language));
    xml_out_text_if(xml, "description", line->description);
    xml_out_text_with(xml, "quantity", "unit", line->unit,
                      decimal_format(text, line->quantity_micros, MICROS_PLACES, 0));
    if (line->uncharged_micros != 0) {
        xml_out_text_with(xml, "notCharged", "unit", line->unit,
                          decimal_format(text, line->uncharged_micros, MICROS_PLACES, 0));
    }
    xml_out_decimal(xml, "price", line->price_micros, MICROS_PLACES, exponent);
    if (line->discount_micros != AMOUNT_NONE) {
        xml_out_decimal(xml, "discountRate", line->discount_micros, MICROS_PLACES, 0);
    }
    if (line->reduction_minor != 0) {
        xml_out_decimal(xml, "reduction", line->reduction_minor, exponent, exponent);
    }
    xml_out_decimal(xml, "net", line->net_minor, exponent, exponent);
    xml_out_decimal(xml, "taxRate", line->tax_rate_micros, MICROS_PLACES, 0);
    xml_out_decimal(xml, "tax", line->tax_minor, exponent, exponent);
    xml_out_close(xml);
}

static enum outcome
put_taxes_xml(struct scans *scans, struct xml_out *xml, const struct head *head, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->taxes, scans->heads.position, why)) == DONE) {
        struct document_invoice_tax tax;
        document_invoice_tax_get(&scans->taxes, &tax);
        xml_out_open(xml, "taxOfRate");
        xml_out_decimal(xml, "rate", tax.rate_micros, MICROS_PLACES, 0);
        xml_out_decimal(xml, "net", tax.net_minor, head->exponent, head->exponent);
        xml_out_decimal(xml, "tax", tax.tax_minor, head->exponent, head->exponent);
        xml_out_close(xml);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_invoice_xml(struct writing *writing, struct scans *scans, struct xml_out *xml,
                const struct head *head, struct fault *why)
{
    const int exponent = head->exponent;
    xml_out_open(xml, "invoice");
    put_head_xml(writing, xml, head);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_invoice_line line;
        document_invoice_line_get(&scans->lines, &line);
        put_line_xml(writing, scans, xml, head, &line);
        TRY(writing_flush_full(writing, why));
    }
    if (outcome != NONE) {
        return outcome;
    }
    TRY(put_taxes_xml(scans, xml, head, why));
    xml_out_decimal(xml, "net", head->told.net_minor, exponent, exponent);
    xml_out_decimal(xml, "tax", head->told.tax_minor, exponent, exponent);
    xml_out_decimal(xml, "gross", head->told.gross_minor, exponent, exponent);
    xml_out_close(xml);
    return DONE;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct xml_out xml;
    struct head head;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "invoices", KIND_INVOICE);
    enum outcome outcome;
    while ((outcome = next_head(&scans, &head, why)) == DONE) {
        TRY(put_invoice_xml(writing, &scans, &xml, &head, why));
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV -------------------------------------------------------------------------------------- */

static const char *const columns[] = {"kind",
                                      "number",
                                      "date",
                                      "due_date",
                                      "corrects",
                                      "reason",
                                      "seller",
                                      "sold_to",
                                      "bill_to",
                                      "bill_to_country",
                                      "bill_to_city",
                                      "bill_to_postal_code",
                                      "bill_to_street",
                                      "customer",
                                      "order_number",
                                      "order_date",
                                      "shipment_number",
                                      "shipped_at",
                                      "currency",
                                      "net",
                                      "tax",
                                      "gross",
                                      "taxes",
                                      "prices_include_tax",
                                      "line_number",
                                      "sku",
                                      "name",
                                      "description",
                                      "quantity",
                                      "not_charged",
                                      "unit",
                                      "price",
                                      "reduction",
                                      "line_net",
                                      "tax_rate",
                                      "line_tax"};

/* The tax by rate in one cell. */
static enum outcome
read_taxes(struct scans *scans, struct head *head, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->taxes, scans->heads.position, why)) == DONE) {
        struct document_invoice_tax tax;
        char rate[DECIMAL_TEXT_SIZE];
        char net[DECIMAL_TEXT_SIZE];
        char amount[DECIMAL_TEXT_SIZE];
        document_invoice_tax_get(&scans->taxes, &tax);
        head->taxes = arena_format(
            &scans->arena, "%s%s%s %% of %s = %s", head->taxes, head->taxes[0] == '\0' ? "" : " | ",
            decimal_format(rate, tax.rate_micros, 4, 0),
            decimal_format(net, tax.net_minor, head->exponent, head->exponent),
            decimal_format(amount, tax.tax_minor, head->exponent, head->exponent));
    }
    return outcome == NONE ? DONE : outcome;
}

static const char *
name_of(const struct party *party)
{
    return party->name[0] != '\0' ? party->name : party->code;
}

static void
put_head_csv(const struct writing *writing, struct csv_out *csv, const struct head *head)
{
    const struct document_invoice *told = &head->told;
    const struct party *bill_to = &head->parties[PARTY_BILL_TO];
    csv_out_text(csv, told->kind);
    csv_out_text(csv, told->number);
    csv_out_day(csv, told->day);
    csv_out_day(csv, told->due);
    csv_out_text(csv, told->corrects);
    csv_out_shown(csv, told->reason);
    csv_out_shown(csv, writing->config->company_name);
    csv_out_shown(csv, name_of(&head->parties[PARTY_SOLD_TO]));
    csv_out_shown(csv, name_of(bill_to));
    csv_out_shown(csv, bill_to->country);
    csv_out_shown(csv, bill_to->city);
    csv_out_shown(csv, bill_to->postal_code);
    csv_out_shown(csv, bill_to->street);
    csv_out_shown(csv, told->customer);
    csv_out_shown(csv, told->order_number);
    csv_out_day(csv, told->order_date);
    csv_out_shown(csv, told->shipment_number);
    if (told->shipped_ms != 0) {
        csv_out_moment(csv, told->shipped_ms);
    } else {
        csv_out_empty(csv, 1); /* of a claim */
    }
    csv_out_text(csv, told->currency);
    csv_out_decimal(csv, told->net_minor, head->exponent, head->exponent);
    csv_out_decimal(csv, told->tax_minor, head->exponent, head->exponent);
    csv_out_decimal(csv, told->gross_minor, head->exponent, head->exponent);
    csv_out_text(csv, head->taxes);
    csv_out_text(csv, told->includes_tax ? "yes" : "no");
}

static void
put_line_csv(const struct writing *writing, struct scans *scans, struct csv_out *csv,
             const struct head *head, const struct document_invoice_line *line)
{
    const int exponent = head->exponent;
    csv_out_shown(csv, line->number);
    csv_out_shown(csv, line->sku);
    csv_out_shown(csv, name_of_line(scans, line, writing->partner->language));
    csv_out_shown(csv, line->description);
    csv_out_decimal(csv, line->quantity_micros, MICROS_PLACES, 0);
    csv_out_decimal(csv, line->uncharged_micros, MICROS_PLACES, 0);
    csv_out_text(csv, line->unit);
    csv_out_decimal(csv, line->price_micros, MICROS_PLACES, exponent);
    csv_out_decimal(csv, line->reduction_minor, exponent, exponent);
    csv_out_decimal(csv, line->net_minor, exponent, exponent);
    csv_out_decimal(csv, line->tax_rate_micros, MICROS_PLACES, 0);
    csv_out_decimal(csv, line->tax_minor, exponent, exponent);
    csv_out_end_row(csv);
}

static enum outcome
put_invoice_csv(struct writing *writing, struct scans *scans, struct csv_out *csv,
                struct head *head, struct fault *why)
{
    TRY(read_taxes(scans, head, why));
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->lines, scans->heads.position, why)) == DONE) {
        struct document_invoice_line line;
        document_invoice_line_get(&scans->lines, &line);
        put_head_csv(writing, csv, head);
        put_line_csv(writing, scans, csv, head, &line);
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct csv_out csv;
    struct head head;
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, sizeof columns / sizeof columns[0]);
    enum outcome outcome;
    while ((outcome = next_head(&scans, &head, why)) == DONE) {
        TRY(put_invoice_csv(writing, &scans, &csv, &head, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer invoice_xml_writer = {KIND_INVOICE, "xml", ".xml", write_xml};
const struct writer invoice_csv_writer = {KIND_INVOICE, "csv", ".csv", write_csv};
