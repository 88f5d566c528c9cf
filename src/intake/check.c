#include "intake/check.h"

#include "base/decimal.h"
#include "base/text.h"
#include "intake/address.h"
#include "intake/code_list.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 80 };

/* A field's CSV name as the format writes it: ship_to_postal_code is shipTo/postalCode in XML. */
static const char *
field_name(const struct check *check, const char *name)
{
    static const struct {
        const char *column;
        const char *path;
    } elements[] = {{"order_number", "number"},
                    {"requested_from", "requestedDelivery/from"},
                    {"requested_to", "requestedDelivery/to"},
                    {"line_number", "line/number"},
                    {"quantity", "line/quantity"},
                    {"requested_price", "line/requestedPrice/price"},
                    {"price_reason", "line/requestedPrice/reason"},
                    {"delivery_note", "note"},
                    {"line_requested_to", "line/requestedDelivery/to"}};
    if (check->format != FORMAT_XML) {
        return name;
    }
    for (size_t index = 0; index < sizeof elements / sizeof elements[0]; index++) {
        if (strcmp(name, elements[index].column) == 0) {
            return elements[index].path;
        }
    }
    char *element = arena_copy(check->arena, name);
    const bool is_party = strncmp(name + 4, "_to_", 4) == 0; /* sold_to_, ship_to_, bill_to_ */
    size_t used = 0;
    for (size_t at = 0; name[at] != '\0'; at++) {
        if (is_party && at == 7) {
            element[used++] = '/';
        } else if (name[at] == '_') {
            element[used++] = (char)toupper((unsigned char)name[++at]);
        } else {
            element[used++] = name[at];
        }
    }
    element[used] = '\0';
    return element;
}

/* Of a line's field: the place of the line, with the column of the field where rows have columns.
 */
static struct place
place_of(const struct check *check, const struct order *order, const char *name,
         const struct order_line *line)
{
    const struct place none = {0, 0};
    const struct place place =
        check->place_of == NULL ? none : check->place_of(check->context, name);
    if (line != NULL) {
        const bool has_columns = check->format == FORMAT_CSV;
        return (struct place){line->place.line, has_columns ? place.column : line->place.column};
    }
    return place.line == 0 ? order->place : place;
}

struct complaint {
    const char *field; /* CSV name */
    const char *value;
    const char *expected;
    const char *hint;
    const struct order_line *line; /* NULL: about the order */
};

static void
complain(const struct check *check, const struct order *order, enum message code,
         const struct complaint *complaint)
{
    const char *value = complaint->value == NULL ? "" : complaint->value;
    findings_add(check->findings,
                 &(struct finding){
                     .code = code,
                     .place = place_of(check, order, complaint->field, complaint->line),
                     .order_number = order->number,
                     .order_line = complaint->line == NULL ? "" : complaint->line->number,
                     .field = field_name(check, complaint->field),
                     .value = text_show(check->arena, value, strlen(value), SHOWN_BYTES),
                     .expected = complaint->expected,
                     .hint = complaint->hint,
                 });
}

/* A finding of an earlier order, which may have the same number, or none as well. */
static bool
is_before(const struct finding *finding, const struct order *order)
{
    return finding->place.line < order->place.line || (finding->place.line == order->place.line &&
                                                       finding->place.column < order->place.column);
}

/* Has this order a finding about the field already?  Then that it is absent is no news: it was
 * there and wrong. */
static bool
is_known(const struct check *check, const struct order *order, const char *field)
{
    const struct findings *findings = check->findings;
    const char *name = field_name(check, field);
    for (size_t index = findings->count; index > 0; index--) {
        const struct finding *finding = &findings->items[index - 1];
        if (strcmp(finding->order_number, order->number) != 0 || is_before(finding, order)) {
            return false;
        }
        if (strcmp(finding->field, name) == 0) {
            return true;
        }
    }
    return false;
}

static void
complain_absent(const struct check *check, const struct order *order, enum message code,
                const char *field)
{
    if (!is_known(check, order, field)) {
        complain(check, order, code, &(struct complaint){.field = field});
    }
}

static const char *
count_text(const struct check *check, size_t count)
{
    return arena_format(check->arena, "%zu", count);
}

static const char *
day_text(const struct check *check, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(check->arena, day_format(text, day));
}

struct order_line *
check_add_line(const struct check *check, struct order *order)
{
    if (order->line_count == ORDER_LINES_MAX) {
        complain(check, order, M_ORD_LINES_MANY,
                 &(struct complaint){.field = "line_number",
                                     .expected = count_text(check, ORDER_LINES_MAX)});
        return NULL;
    }
    order->lines = arena_grow(check->arena, order->lines, sizeof *order->lines, order->line_count,
                              &order->line_capacity);
    struct order_line *line = &order->lines[order->line_count++];
    order_line_init(line);
    return line;
}

struct note *
check_add_note(const struct check *check, struct order *order)
{
    if (order->note_count == ORDER_NOTES_MAX) {
        complain(check, order, M_ORD_NOTES_MANY,
                 &(struct complaint){.field = "delivery_note",
                                     .expected = count_text(check, ORDER_NOTES_MAX)});
        return NULL;
    }
    order->notes = arena_grow(check->arena, order->notes, sizeof *order->notes, order->note_count,
                              &order->note_capacity);
    struct note *note = &order->notes[order->note_count++];
    *note = (struct note){.text = ""};
    return note;
}

/* "ship_to_phone" and the like. */
static const char *
party_field(const struct check *check, enum party_role role, const char *member)
{
    static const char *const prefixes[PARTY_ROLE_COUNT] = {"sold_to_", "ship_to_", "bill_to_"};
    return arena_format(check->arena, "%s%s", prefixes[role], member);
}

static bool
party_is_absent(const struct party *party)
{
    const char *const texts[] = {party->code,        party->name,   party->contact,
                                 party->phone,       party->email,  party->country,
                                 party->region,      party->city,   party->district,
                                 party->postal_code, party->street, party->street2};
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        if (texts[index][0] != '\0') {
            return false;
        }
    }
    return true;
}

/* A complaint about an address; the first that is a warning is remembered. */
static void
doubt(const struct check *check, const struct order *order, enum message code,
      const struct complaint *complaint, enum message *first)
{
    complain(check, order, code, complaint);
    if (*first == MESSAGE_COUNT && finding_severity(code) == SEVERITY_WARNING) {
        *first = code;
    }
}

static void
check_phone(const struct check *check, const struct order *order, enum party_role role,
            struct party *party, enum message *first)
{
    const struct code_entry *country = code_by_code(&check->lists->countries, party->country);
    const char *normal = NULL;
    const enum address_verdict verdict =
        address_phone(party->phone, country == NULL ? "" : country->calling, check->arena, &normal);
    const char *beginning =
        country == NULL ? NULL : arena_format(check->arena, "+%s", country->calling);
    if (verdict != ADDRESS_FINE) {
        doubt(check, order, verdict == ADDRESS_DOUBTFUL ? M_ADR_PHONE : M_ADR_PHONE_CORRECTED,
              &(struct complaint){.field = party_field(check, role, "phone"),
                                  .value = party->phone,
                                  .expected = beginning,
                                  .hint = normal},
              first);
    }
    if (normal != NULL) {
        party->phone = normal;
    }
}

/* "99999|99999-9999" for people. */
static const char *
alternatives(const struct check *check, const char *patterns)
{
    const char *text = "";
    for (const char *at = patterns; *at != '\0'; at += *at == '|') {
        const size_t size = strcspn(at, "|");
        text = arena_format(check->arena, "%s%s%.*s", text, at == patterns ? "" : " / ", (int)size,
                            at);
        at += size;
    }
    return text;
}

/* The code with the zeros that it has lost; NULL when it may have lost another digit instead. */
static const char *
padded_postal(const struct check *check, const struct party *party,
              const struct code_entry *country)
{
    const char *padded = address_postal_padded(party->postal_code, country, check->arena);
    if (padded == NULL || strcmp(party->country, "CN") != 0) {
        return padded;
    }
    const struct address_province *province = address_province(party->region, check->arena);
    return province != NULL && address_province_has(province, padded) ? padded : NULL;
}

/* The finding about a postal code, and the better one. */
static void
check_postal(const struct check *check, const struct order *order, enum party_role role,
             struct party *party, enum message *first)
{
    const struct code_entry *country = code_by_code(&check->lists->countries, party->country);
    if (country == NULL) {
        return;
    }
    const char *normal = NULL;
    enum message code = M_ADR_POSTAL_CORRECTED;
    const enum address_verdict verdict =
        address_postal(party->postal_code, country, check->arena, &normal);
    if (verdict == ADDRESS_DOUBTFUL) {
        normal = padded_postal(check, party, country);
        code = normal == NULL ? M_ADR_POSTAL : M_ADR_POSTAL_ZEROS;
    }
    if (verdict != ADDRESS_FINE) {
        doubt(check, order, code,
              &(struct complaint){.field = party_field(check, role, "postal_code"),
                                  .value = party->postal_code,
                                  .expected = alternatives(check, country->postal),
                                  .hint = normal},
              first);
    }
    if (normal != NULL) {
        party->postal_code = normal;
    }
}

static void
check_chinese_region(const struct check *check, const struct order *order, enum party_role role,
                     const struct party *party, enum message *first)
{
    const struct address_province *province = address_province(party->region, check->arena);
    if (province == NULL) {
        doubt(check, order, M_ADR_REGION,
              &(struct complaint){.field = party_field(check, role, "region"),
                                  .value = party->region,
                                  .hint = address_province_near(party->region)},
              first);
    } else if (strlen(party->postal_code) == 6 &&
               !address_province_has(province, party->postal_code)) {
        doubt(check, order, M_ADR_POSTAL_REGION,
              &(struct complaint){.field = party_field(check, role, "postal_code"),
                                  .value = party->postal_code,
                                  .expected = party->region},
              first);
    }
}

static void
check_party(const struct check *check, const struct order *order, enum party_role role,
            struct party *party, enum message *first)
{
    const bool has_address = party->city[0] != '\0' || party->street[0] != '\0';
    if (party->country[0] == '\0' && has_address) {
        party->country = check->sender->default_country;
    }
    if (party->phone[0] != '\0') {
        check_phone(check, order, role, party, first);
    }
    if (party->postal_code[0] != '\0') {
        check_postal(check, order, role, party, first);
    }
    if (strcmp(party->country, "CN") == 0 && party->region[0] != '\0') {
        check_chinese_region(check, order, role, party, first);
    }
}

/* Goods need a country, a city, a street and somebody who takes them. */
static void
check_delivery(const struct check *check, const struct order *order, enum party_role role,
               const struct party *party, enum message *first)
{
    const struct {
        const char *member;
        const char *text;
    } needed[] = {{"country", party->country}, {"city", party->city}, {"street", party->street}};
    for (size_t index = 0; index < sizeof needed / sizeof needed[0]; index++) {
        if (needed[index].text[0] == '\0') {
            complain_absent(check, order, M_ADR_INCOMPLETE,
                            party_field(check, role, needed[index].member));
        }
    }
    if (party->name[0] == '\0' && party->contact[0] == '\0') {
        complain_absent(check, order, M_ADR_RECIPIENT, party_field(check, role, "name"));
        *first = *first == MESSAGE_COUNT ? M_ADR_RECIPIENT : *first;
    }
}

static void
check_parties(const struct check *check, struct order *order)
{
    struct party *sold_to = &order->parties[PARTY_SOLD_TO];
    enum message doubts[PARTY_ROLE_COUNT] = {
        [PARTY_SOLD_TO] = MESSAGE_COUNT,
        [PARTY_SHIP_TO] = MESSAGE_COUNT,
        [PARTY_BILL_TO] = MESSAGE_COUNT,
    };
    if (sold_to->code[0] == '\0') {
        sold_to->code = check->sender->customer;
    }
    if (sold_to->code[0] == '\0' && check->sender->roles != 0) {
        complain_absent(check, order, M_ORD_CUSTOMER, "sold_to_code");
    }
    check_party(check, order, PARTY_SOLD_TO, sold_to, &doubts[PARTY_SOLD_TO]);
    enum party_role delivered_to = PARTY_SOLD_TO;
    for (int role = PARTY_SHIP_TO; role < PARTY_ROLE_COUNT; role++) {
        struct party *party = &order->parties[role];
        if (party_is_absent(party)) {
            *party = *sold_to;
        } else {
            check_party(check, order, (enum party_role)role, party, &doubts[role]);
            delivered_to = role == PARTY_SHIP_TO ? PARTY_SHIP_TO : delivered_to;
        }
    }
    enum message *first = &doubts[delivered_to];
    check_delivery(check, order, delivered_to, &order->parties[PARTY_SHIP_TO], first);
    order->address_doubt = *first == MESSAGE_COUNT ? "" : message_entry(*first)->id;
}

/* A window with one end is a single day. */
static void
check_window(const struct check *check, const struct order *order, struct order_line *line)
{
    int32_t from = line == NULL ? order->requested_from : line->requested_from;
    int32_t to = line == NULL ? order->requested_to : line->requested_to;
    const struct complaint about = {.field = line == NULL ? "requested_to" : "line_requested_to",
                                    .value = day_text(check, to),
                                    .line = line};
    if (from != DAY_NONE && to != DAY_NONE && from > to) {
        struct complaint reversed = about;
        reversed.expected = day_text(check, from);
        complain(check, order, M_ORD_WINDOW, &reversed);
    } else if (to != DAY_NONE && check->sender->today != DAY_NONE && to < check->sender->today) {
        struct complaint past = about;
        past.expected = day_text(check, check->sender->today);
        complain(check, order, M_ORD_PAST, &past);
    }
}

static void
fill_window(int32_t *from, int32_t *to)
{
    if (*from == DAY_NONE) {
        *from = *to;
    } else if (*to == DAY_NONE) {
        *to = *from;
    }
}

static int
compare_lines(const void *one, const void *other)
{
    const struct order_line *const *left = one;
    const struct order_line *const *right = other;
    const int order = strcmp((*left)->number, (*right)->number);
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

/* Numbers that grow (by length, then text) are unique; only others need sorting. */
static bool
lines_grow(const struct order *order)
{
    for (size_t index = 1; index < order->line_count; index++) {
        const char *before = order->lines[index - 1].number;
        const char *here = order->lines[index].number;
        const size_t length_before = strlen(before);
        const size_t length = strlen(here);
        if (length < length_before || (length == length_before && strcmp(before, here) >= 0)) {
            return false;
        }
    }
    return true;
}

static void
check_line_numbers(const struct check *check, struct order *order)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (order->lines[index].number[0] == '\0') {
            order->lines[index].number = count_text(check, index + 1);
        }
    }
    if (lines_grow(order)) {
        return;
    }
    const struct order_line **sorted =
        arena_array(check->arena, const struct order_line *, order->line_count);
    for (size_t index = 0; index < order->line_count; index++) {
        sorted[index] = &order->lines[index];
    }
    qsort(sorted, order->line_count, sizeof(*sorted), compare_lines);
    for (size_t index = 1; index < order->line_count; index++) {
        if (strcmp(sorted[index - 1]->number, sorted[index]->number) == 0) {
            complain(check, order, M_ORD_LINE_REPEATED,
                     &(struct complaint){.field = "line_number",
                                         .value = sorted[index]->number,
                                         .line = sorted[index]});
        }
    }
}

/* 1.500 of a German system is 1500, and must not become a piece and a half. */
static void
check_whole(const struct check *check, const struct order *order, const struct order_line *line)
{
    char text[DECIMAL_TEXT_SIZE];
    if (line->quantity_micros == AMOUNT_NONE || line->quantity_micros % MICROS == 0 ||
        !unit_is_whole(line->unit)) {
        return;
    }
    complain(
        check, order, M_FLD_NUMBER_WHOLE,
        &(struct complaint){.field = "quantity",
                            .value = decimal_format(text, line->quantity_micros, MICROS_PLACES, 0),
                            .expected = line->unit,
                            .line = line});
}

/* Who asks for another price says why; a reason without a price or a discount is a column too many,
 * or a price forgotten. */
static void
check_requested_price(const struct check *check, const struct order *order,
                      const struct order_line *line)
{
    const struct manual_price *manual = &line->manual;
    const bool has_price = manual->price_micros != AMOUNT_NONE;
    const char *field = has_price ? "price_reason" : "requested_price";
    const bool is_missing = has_price
                                ? manual->reason[0] == '\0'
                                : manual->discount_micros == AMOUNT_NONE &&
                                      (manual->reason[0] != '\0' || manual->person[0] != '\0');
    if (is_missing && !is_known(check, order, field)) {
        complain(check, order, has_price ? M_ORD_PRICE_REASON : M_ORD_PRICE_MISSING,
                 &(struct complaint){.field = field, .line = line});
    }
}

void
check_order_line(const struct check *check, const struct order *order, struct order_line *line)
{
    check_whole(check, order, line);
    check_requested_price(check, order, line);
    if (line->requested_from != DAY_NONE || line->requested_to != DAY_NONE) {
        fill_window(&line->requested_from, &line->requested_to);
        check_window(check, order, line);
    }
}

static void
check_lines(const struct check *check, struct order *order)
{
    if (order->line_count == 0) {
        complain(check, order, M_ORD_NO_LINES, &(struct complaint){.field = "line"});
    }
    check_line_numbers(check, order);
    for (size_t index = 0; index < order->line_count; index++) {
        struct order_line *line = &order->lines[index];
        check_order_line(check, order, line);
        if (!manual_price_has_discount(&line->manual)) {
            line->manual.discount_micros = AMOUNT_NONE;
        }
    }
}

static void
check_order_window(const struct check *check, struct order *order)
{
    if (order->requested_from != DAY_NONE || order->requested_to != DAY_NONE) {
        fill_window(&order->requested_from, &order->requested_to);
        check_window(check, order, NULL);
    }
}

bool
check_order_delivery(const struct check *check, struct order *order)
{
    struct party *party = &order->parties[PARTY_SHIP_TO];
    enum message first = MESSAGE_COUNT;
    check_order_window(check, order);
    if (party_is_absent(party)) {
        return false;
    }
    check_party(check, order, PARTY_SHIP_TO, party, &first);
    check_delivery(check, order, PARTY_SHIP_TO, party, &first);
    return true;
}

/* No more decimals than the currency has. */
static void
check_freight(const struct check *check, const struct order *order)
{
    char text[DECIMAL_TEXT_SIZE];
    const int exponent = currency_exponent(order->currency);
    if (exponent < 0 || order->freight_micros % (money_unit_picos(exponent) / MICROS) == 0) {
        return;
    }
    complain(
        check, order, M_ORD_FREIGHT_PRECISE,
        &(struct complaint){.field = "freight",
                            .value = decimal_format(text, order->freight_micros, MICROS_PLACES, 0),
                            .expected = order->currency});
}

void
check_order(const struct check *check, struct order *order)
{
    if (order->currency[0] == '\0') {
        order->currency = check->sender->default_currency;
    }
    if (order->currency[0] == '\0') {
        complain_absent(check, order, M_ORD_CURRENCY, "currency");
    }
    check_freight(check, order);
    check_order_window(check, order);
    if (order->order_date != DAY_NONE && check->sender->today != DAY_NONE &&
        order->order_date > check->sender->today) {
        complain(check, order, M_ORD_DATE_FUTURE,
                 &(struct complaint){.field = "order_date",
                                     .value = day_text(check, order->order_date),
                                     .expected = day_text(check, check->sender->today)});
    }
    check_parties(check, order);
    check_lines(check, order);
}
