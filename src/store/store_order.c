#include "store/store_order.h"

#include "base/buf.h"
#include "base/json.h"
#include "store/store.h"

#include <assert.h>
#include <string.h>

enum { JSON_BYTES_MAX = 16 * 1024 * 1024 };

static enum outcome
insert_party(struct store *store, int64_t id, int64_t version, enum party_role role,
             const struct party *party, struct fault *why)
{
    return store_run(store, SQL_order_party_insert, why, INTEGER(id), INTEGER(version),
                     TEXT(party_role_names[role]), TEXT(party->code), TEXT(party->name),
                     TEXT(party->contact), TEXT(party->phone), TEXT(party->email),
                     TEXT(party->country), TEXT(party->region), TEXT(party->city),
                     TEXT(party->district), TEXT(party->postal_code), TEXT(party->street),
                     TEXT(party->street2));
}

static bool
same_party(const struct party *one, const struct party *other)
{
    return strcmp(one->code, other->code) == 0 && strcmp(one->name, other->name) == 0 &&
           strcmp(one->contact, other->contact) == 0 && strcmp(one->phone, other->phone) == 0 &&
           strcmp(one->email, other->email) == 0 && strcmp(one->country, other->country) == 0 &&
           strcmp(one->region, other->region) == 0 && strcmp(one->city, other->city) == 0 &&
           strcmp(one->district, other->district) == 0 &&
           strcmp(one->postal_code, other->postal_code) == 0 &&
           strcmp(one->street, other->street) == 0 && strcmp(one->street2, other->street2) == 0;
}

static enum outcome
insert_parties(struct store *store, int64_t id, int64_t version, const struct order *order,
               struct fault *why)
{
    const struct party *sold_to = &order->parties[PARTY_SOLD_TO];
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        const struct party *party = &order->parties[role];
        if (role == PARTY_SOLD_TO || !same_party(party, sold_to)) {
            TRY(insert_party(store, id, version, (enum party_role)role, party, why));
        }
    }
    return DONE;
}

const char *
order_options_text(const struct order_line *line, struct buf *buf)
{
    if (line->option_count == 0) {
        return "{}";
    }
    struct json json;
    buf_clear(buf);
    json_begin(&json, buf);
    json_object(&json, NULL);
    for (size_t index = 0; index < line->option_count; index++) {
        json_text(&json, line->options[index].name, line->options[index].value);
    }
    json_end(&json);
    return buf->bytes;
}

static enum outcome
insert_lines(struct store *store, int64_t id, int64_t version, const struct order *order,
             struct fault *why)
{
    OWNED(buf) options;
    buf_init(&options, JSON_BYTES_MAX);
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        TRY(store_run(
            store, SQL_order_line_insert, why, INTEGER(id), INTEGER(version), INTEGER(index + 1),
            TEXT(line->number), TEXT(line->sku), TEXT(line->description),
            INTEGER(line->quantity_micros), TEXT(line->unit),
            INTEGER_OR_NULL(line->expected_price_micros, AMOUNT_NONE),
            INTEGER_OR_NULL(line->manual.price_micros, AMOUNT_NONE),
            INTEGER_OR_NULL(line->manual.discount_micros, AMOUNT_NONE), TEXT(line->manual.reason),
            TEXT(line->manual.person), INTEGER(line->manual.is_ours),
            INTEGER_OR_NULL(line->requested_from, DAY_NONE),
            INTEGER_OR_NULL(line->requested_to, DAY_NONE), TEXT(order_options_text(line, &options)),
            INTEGER(line->place.line), INTEGER(line->place.column)));
    }
    return DONE;
}

static enum outcome
insert_notes(struct store *store, int64_t id, int64_t version, const struct order *order,
             struct fault *why)
{
    for (size_t index = 0; index < order->note_count; index++) {
        const struct note *note = &order->notes[index];
        TRY(store_run(store, SQL_order_note_insert, why, INTEGER(id), INTEGER(version),
                      INTEGER(index + 1), INTEGER(note->line), TEXT(note_kind_names[note->kind]),
                      TEXT(note->text)));
    }
    return DONE;
}

static const char *
coupons_text(const struct order *order, struct buf *buf)
{
    if (order->coupon_count == 0) {
        return "[]";
    }
    struct json json;
    json_begin(&json, buf);
    json_array(&json, NULL);
    for (size_t index = 0; index < order->coupon_count; index++) {
        json_text(&json, NULL, order->coupons[index]);
    }
    json_end(&json);
    return buf->bytes;
}

static enum outcome
insert_version(struct store *store, const struct order_source *source, const struct order *order,
               const struct order_standing *standing, struct fault *why)
{
    OWNED(buf) coupons;
    buf_init(&coupons, JSON_BYTES_MAX);
    const int32_t order_date =
        order->order_date == DAY_NONE ? moment_day(source->received_ms) : order->order_date;
    TRY(store_run(
        store, SQL_order_version_insert, why, INTEGER(standing->id), INTEGER(standing->version),
        INTEGER(source->interchange_id), TEXT(standing->sha256),
        TEXT(order_type_names[order->type]), TEXT(order->currency), INTEGER(order_date),
        INTEGER_OR_NULL(order->requested_from, DAY_NONE),
        INTEGER_OR_NULL(order->requested_to, DAY_NONE), TEXT(coupons_text(order, &coupons)),
        INTEGER(order->line_count), INTEGER(order->place.line), INTEGER(order->place.column),
        TEXT(order->address_doubt), TEXT(order->sales_person), INTEGER(order->freight_micros)));
    TRY(insert_parties(store, standing->id, standing->version, order, why));
    TRY(insert_lines(store, standing->id, standing->version, order, why));
    TRY(insert_notes(store, standing->id, standing->version, order, why));
    int64_t event_id = 0;
    return order_add_event(store,
                           &(struct event){.order_id = standing->id,
                                           .version = standing->version,
                                           .event = EVENT_RECEIVED,
                                           .headline = HEADLINE_SUBMITTED,
                                           .happened_ms = source->received_ms,
                                           .known_ms = source->received_ms,
                                           .actor = source->partner,
                                           .interchange_id = source->interchange_id,
                                           .detail = ""},
                           &event_id, why);
}

/* The number is in use: a refused order comes again as its next version, any other stays as it is.
 */
static enum outcome
store_again(struct store *store, const struct order_source *source, const struct order *order,
            const char *sha256, enum order_admission *admission, struct fault *why)
{
    struct order_standing standing;
    TRY(order_find(store, source->partner, order->number, &standing, why));
    if (standing.approval != APPROVAL_REFUSED) {
        const bool is_open = standing.approval == APPROVAL_RECEIVED &&
                             standing.interchange_id != source->interchange_id;
        *admission = strcmp(standing.sha256, sha256) == 0 ? ORDER_KNOWN
                     : is_open                            ? ORDER_OPEN
                                                          : ORDER_CONFLICT;
        return DONE;
    }
    standing.version++;
    memcpy(standing.sha256, sha256, sizeof standing.sha256);
    TRY(store_run(store, SQL_order_again, why, INTEGER(standing.version),
                  INTEGER(source->received_ms), INTEGER(standing.id)));
    TRY(insert_version(store, source, order, &standing, why));
    *admission = ORDER_STORED;
    return DONE;
}

enum outcome
order_store(struct store *store, const struct order_source *source, const struct order *order,
            enum order_admission *admission, struct fault *why)
{
    struct order_standing standing = {.version = 1};
    order_digest(order, standing.sha256);
    TRY(store_run(store, SQL_order_insert, why, TEXT(source->partner), TEXT(order->number),
                  INTEGER(source->received_ms)));
    if (store_changes(store) == 0) {
        return store_again(store, source, order, standing.sha256, admission, why);
    }
    standing.id = store_last_id(store);
    TRY(insert_version(store, source, order, &standing, why));
    *admission = ORDER_STORED;
    return DONE;
}

enum outcome
order_find(struct store *store, const char *partner, const char *number,
           struct order_standing *standing, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_in_force, &rows, why, TEXT(partner), TEXT(number)));
    TRY(rows_next(&rows, why));
    const int approval =
        name_index(rows_text(&rows, 2), approval_state_names, APPROVAL_STATE_COUNT);
    const int fulfilment =
        name_index(rows_text(&rows, 3), fulfilment_state_names, FULFILMENT_STATE_COUNT);
    const char *sha256 = rows_text(&rows, 4);
    const int payment = name_index(rows_text(&rows, 9), payment_state_names, PAYMENT_STATE_COUNT);
    assert(approval >= 0 && fulfilment >= 0 && payment >= 0 &&
           strlen(sha256) == DIGEST_HEX_SIZE - 1);
    standing->id = rows_integer(&rows, 0);
    standing->version = rows_integer(&rows, 1);
    standing->approval = (enum approval_state)approval;
    standing->fulfilment = (enum fulfilment_state)fulfilment;
    standing->payment = (enum payment_state)payment;
    memcpy(standing->sha256, sha256, DIGEST_HEX_SIZE);
    standing->interchange_id = rows_integer(&rows, 8);
    return DONE;
}

static enum outcome
read_coupons(struct store *store, const char *text, struct arena *arena, struct order *order,
             struct fault *why)
{
    OWNED(rows) rows = {0};
    if (strcmp(text, "[]") == 0) {
        return DONE;
    }
    TRY(store_query(store, SQL_order_coupons, &rows, why, TEXT(text)));
    order->coupons = arena_array(arena, const char *, ORDER_COUPONS_MAX);
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(order->coupon_count < ORDER_COUPONS_MAX);
        order->coupons[order->coupon_count++] = rows_copy(&rows, 0, arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
read_unpriced(struct store *store, const struct rows *rows, struct arena *arena,
              struct unpriced *unpriced, struct fault *why)
{
    const int type = name_index(rows_text(rows, 3), order_type_names, ORDER_TYPE_COUNT);
    assert(type >= 0);
    unpriced->id = rows_integer(rows, 0);
    unpriced->version = rows_integer(rows, 1);
    unpriced->line_count = (size_t)rows_integer(rows, 6);
    unpriced->received_ms = rows_integer(rows, 10);
    unpriced->is_ours = rows_integer(rows, 15) != 0;
    struct order *order = &unpriced->order;
    order->is_exchange = rows_integer(rows, 17) != 0;
    order->number = rows_copy(rows, 2, arena);
    order->type = (enum order_type)type;
    order->currency = rows_copy(rows, 4, arena);
    order->order_date = (int32_t)rows_integer(rows, 5);
    order->requested_from = rows_is_null(rows, 16) ? DAY_NONE : (int32_t)rows_integer(rows, 16);
    order->requested_to = DAY_NONE;
    order->place = (struct place){rows_integer(rows, 7), rows_integer(rows, 8)};
    order->parties[PARTY_SOLD_TO].code = rows_copy(rows, 9, arena);
    order->parties[PARTY_SHIP_TO].country = rows_copy(rows, 11, arena);
    order->parties[PARTY_SHIP_TO].region = rows_copy(rows, 12, arena);
    order->address_doubt = rows_copy(rows, 14, arena);
    order->terms = rows_copy(rows, 18, arena);
    order->freight_micros = rows_integer(rows, 19);
    return read_coupons(store, rows_text(rows, 13), arena, order, why);
}

enum outcome
order_unpriced(struct store *store, int64_t interchange_id, int64_t after, struct arena *arena,
               struct unpriced **items, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t read = 0;
    struct unpriced *list = arena_array(arena, struct unpriced, UNPRICED_BATCH);
    TRY(store_query(store, SQL_order_unpriced, &rows, why, INTEGER(interchange_id), INTEGER(after),
                    INTEGER(UNPRICED_BATCH)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(read < UNPRICED_BATCH);
        TRY(read_unpriced(store, &rows, arena, &list[read++], why));
    }
    if (outcome != NONE) {
        return outcome;
    }
    *items = list;
    *count = read;
    return DONE;
}

enum outcome
order_read(struct store *store, int64_t id, int64_t version, struct arena *arena,
           struct unpriced *order, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_of_version, &rows, why, INTEGER(id), INTEGER(version)));
    TRY(rows_next(&rows, why));
    return read_unpriced(store, &rows, arena, order, why);
}

/* `struck` is a JSON array of ordinals. */
static enum outcome
revise(struct store *store, int64_t id, int64_t version, int64_t ordinal,
       const struct manual_price *manual, const char *struck, struct fault *why)
{
    TRY(store_run(store, SQL_order_revise_version, why, TEXT(struck), INTEGER(id),
                  INTEGER(version)));
    TRY(store_run(store, SQL_order_revise_lines, why, INTEGER(ordinal),
                  INTEGER(manual->price_micros), TEXT(manual->reason), TEXT(manual->person),
                  INTEGER(id), INTEGER(version), TEXT(struck)));
    TRY(store_run(store, SQL_order_revise_parties, why, INTEGER(id), INTEGER(version)));
    TRY(store_run(store, SQL_order_revise_notes, why, TEXT(struck), INTEGER(id), INTEGER(version)));
    return store_run(store, SQL_order_revise, why, INTEGER(id));
}

enum outcome
order_revise(struct store *store, int64_t id, int64_t version, int64_t ordinal,
             const struct manual_price *manual, struct fault *why)
{
    return revise(store, id, version, ordinal, manual, "[]", why);
}

enum outcome
order_strike(struct store *store, int64_t id, int64_t version, const size_t *ordinals, size_t count,
             struct fault *why)
{
    OWNED(buf) struck;
    buf_init(&struck, JSON_BYTES_MAX);
    for (size_t index = 0; index < count; index++) {
        buf_format(&struck, index == 0 ? "[%zu" : ",%zu", ordinals[index]);
    }
    buf_char(&struck, ']');
    return revise(store, id, version, 0, &manual_price_none, struck.bytes, why);
}

enum outcome
order_change(struct store *store, int64_t id, int64_t version, const struct order *order,
             struct fault *why)
{
    TRY(store_run(store, SQL_order_change_version, why, INTEGER(order->order_date),
                  INTEGER_OR_NULL(order->requested_from, DAY_NONE),
                  INTEGER_OR_NULL(order->requested_to, DAY_NONE), INTEGER(order->line_count),
                  TEXT(order->address_doubt), TEXT(order->terms), INTEGER(id), INTEGER(version)));
    TRY(insert_parties(store, id, version + 1, order, why));
    TRY(insert_lines(store, id, version + 1, order, why));
    TRY(insert_notes(store, id, version + 1, order, why));
    return store_run(store, SQL_order_revise, why, INTEGER(id));
}

enum outcome
order_price_of_line(struct store *store, int64_t id, int64_t version, int64_t ordinal,
                    int64_t *price_micros, struct fault *why)
{
    return store_number(store, SQL_order_price_of_line, AMOUNT_NONE, price_micros, why, INTEGER(id),
                        INTEGER(version), INTEGER(ordinal));
}

enum outcome
order_read_options(struct store *store, const char *text, struct arena *arena,
                   struct order_line *line, struct fault *why)
{
    OWNED(rows) rows = {0};
    if (strcmp(text, "{}") == 0) {
        return DONE;
    }
    TRY(store_query(store, SQL_order_options, &rows, why, TEXT(text)));
    line->options = arena_array(arena, struct option, LINE_OPTIONS_MAX);
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(line->option_count < LINE_OPTIONS_MAX);
        line->options[line->option_count++] =
            (struct option){rows_copy(&rows, 0, arena), rows_copy(&rows, 1, arena)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
order_read_lines(struct store *store, struct unpriced *unpriced, struct arena *arena,
                 struct fault *why)
{
    OWNED(rows) rows = {0};
    struct order *order = &unpriced->order;
    order->lines = arena_array(arena, struct order_line, unpriced->line_count);
    TRY(store_query(store, SQL_order_lines, &rows, why, INTEGER(unpriced->id),
                    INTEGER(unpriced->version)));
    enum outcome outcome;
    while ((outcome = rows_next(&rows, why)) == DONE) {
        assert(order->line_count < unpriced->line_count);
        struct order_line *line = &order->lines[order->line_count++];
        line->number = rows_copy(&rows, 0, arena);
        line->sku = rows_copy(&rows, 1, arena);
        line->description = "";
        line->quantity_micros = rows_integer(&rows, 2);
        line->unit = rows_copy(&rows, 3, arena);
        line->expected_price_micros = rows_integer_or(&rows, 4, AMOUNT_NONE);
        line->manual = (struct manual_price){
            rows_integer_or(&rows, 8, AMOUNT_NONE), rows_integer_or(&rows, 9, AMOUNT_NONE),
            rows_copy(&rows, 10, arena), rows_copy(&rows, 11, arena), rows_integer(&rows, 12) != 0};
        line->requested_from = DAY_NONE;
        line->requested_to = DAY_NONE;
        line->place = (struct place){rows_integer(&rows, 6), rows_integer(&rows, 7)};
        TRY(order_read_options(store, rows_text(&rows, 5), arena, line, why));
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
order_add_price(struct store *store, const struct order_price *price, struct fault *why)
{
    TRY(store_run(store, SQL_order_price_insert, why, INTEGER(price->order_id),
                  INTEGER(price->version), TEXT(price->customer), TEXT(price->customer_group),
                  TEXT(price->currency), INTEGER(price->net_minor), INTEGER(price->tax_minor),
                  INTEGER(price->gross_minor), INTEGER(price->freight_minor),
                  INTEGER(price->includes_tax), INTEGER_OR_NULL(price->cost_minor, AMOUNT_NONE),
                  INTEGER(price->day), INTEGER(price->customers_version),
                  INTEGER(price->products_version), INTEGER(price->prices_version),
                  INTEGER(price->promotions_version), TEXT(payment_kind_names[price->terms.kind]),
                  INTEGER(price->terms.deposit_micros), INTEGER(price->terms.days)));
    return store_run(store, SQL_order_price_trace_insert, why, INTEGER(price->order_id),
                     INTEGER(price->version), TEXT(price->trace));
}

enum outcome
order_add_freight(struct store *store, const struct order_price *price, size_t part,
                  int64_t tax_rate_micros, int64_t net_minor, int64_t tax_minor, struct fault *why)
{
    return store_run(store, SQL_order_freight_insert, why, INTEGER(price->order_id),
                     INTEGER(price->version), INTEGER(part), INTEGER(tax_rate_micros),
                     INTEGER(net_minor), INTEGER(tax_minor));
}

enum outcome
order_day_get(struct store *store, const char *customer, int32_t day, const char *currency,
              struct order_day *sum, struct fault *why)
{
    OWNED(rows) rows = {0};
    *sum = (struct order_day){0};
    TRY(store_query(store, SQL_order_day_get, &rows, why, TEXT(customer), INTEGER(day),
                    TEXT(currency)));
    const enum outcome outcome = rows_next(&rows, why);
    if (outcome == DONE) {
        *sum = (struct order_day){rows_integer(&rows, 0), rows_integer(&rows, 1),
                                  rows_integer(&rows, 2)};
    }
    return outcome == NONE ? DONE : outcome;
}

enum outcome
order_day_count(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    return store_run(store, SQL_order_day_count, why, INTEGER(order_id), INTEGER(version));
}

enum outcome
order_day_release(struct store *store, int64_t order_id, int64_t version, struct fault *why)
{
    return store_run(store, SQL_order_day_release, why, INTEGER(order_id), INTEGER(version));
}

enum outcome
order_add_line_price(struct store *store, const struct order_price *price, size_t ordinal,
                     const struct order_line_price *line, struct fault *why)
{
    return store_run(
        store, SQL_order_line_price_insert, why, INTEGER(price->order_id), INTEGER(price->version),
        INTEGER(ordinal), INTEGER(line->price_micros), INTEGER(line->list_minor),
        INTEGER(line->discount_minor), INTEGER_OR_NULL(line->list_exact_micros, AMOUNT_NONE),
        INTEGER_OR_NULL(line->exact_micros, AMOUNT_NONE), INTEGER(line->is_as_expected),
        INTEGER(line->net_minor), INTEGER(line->tax_rate_micros), INTEGER(line->tax_minor),
        INTEGER_OR_NULL(line->rules_price_micros, AMOUNT_NONE),
        INTEGER_OR_NULL(line->deviation_micros, AMOUNT_NONE),
        INTEGER_OR_NULL(line->allowed_micros, AMOUNT_NONE),
        INTEGER_OR_NULL(line->cost_minor, AMOUNT_NONE),
        INTEGER_OR_NULL(line->least_minor, AMOUNT_NONE), INTEGER(line->is_below_floor));
}

enum outcome
order_add_line_part(struct store *store, const struct order_price *price, size_t ordinal,
                    size_t part, const struct order_line_part *item, struct fault *why)
{
    return store_run(store, SQL_order_line_part_insert, why, INTEGER(price->order_id),
                     INTEGER(price->version), INTEGER(ordinal), INTEGER(part), TEXT(item->sku),
                     INTEGER(item->quantity_micros), TEXT(item->unit), INTEGER(item->list_minor),
                     INTEGER(item->net_minor));
}

enum outcome
order_add_event(struct store *store, const struct event *event, int64_t *event_id,
                struct fault *why)
{
    TRY(store_run(store, SQL_order_event_insert, why, INTEGER(event->order_id),
                  INTEGER(event->version), TEXT(order_event_names[event->event]),
                  TEXT(headline_names[event->headline]), INTEGER(event->happened_ms),
                  INTEGER(event->known_ms), TEXT(event->actor),
                  INTEGER_OR_NULL(event->interchange_id, 0), TEXT(event->detail)));
    *event_id = store_last_id(store);
    return DONE;
}

enum outcome
order_move(struct store *store, int64_t id, enum approval_state approval,
           enum fulfilment_state fulfilment, enum payment_state payment, struct fault *why)
{
    return store_run(store, SQL_order_move, why, TEXT(approval_state_names[approval]),
                     TEXT(fulfilment_state_names[fulfilment]), TEXT(payment_state_names[payment]),
                     INTEGER(id));
}

static enum outcome
discard_version(struct store *store, int64_t id, int64_t version, struct fault *why)
{
    TRY(store_run(store, SQL_order_discard_lines, why, INTEGER(id), INTEGER(version)));
    TRY(store_run(store, SQL_order_discard_parties, why, INTEGER(id), INTEGER(version)));
    TRY(store_run(store, SQL_order_discard_notes, why, INTEGER(id), INTEGER(version)));
    TRY(store_run(store, SQL_order_discard_events, why, INTEGER(id), INTEGER(version)));
    TRY(store_run(store, SQL_order_discard_version, why, INTEGER(id), INTEGER(version)));
    return version == 1 ? store_run(store, SQL_order_discard, why, INTEGER(id))
                        : store_run(store, SQL_order_discard_again, why, INTEGER(id));
}

/* The next order version that an interchange brought; NONE after the last. */
static enum outcome
next_version(struct store *store, int64_t interchange_id, int64_t after, int64_t *id,
             int64_t *version, struct fault *why)
{
    OWNED(rows) rows = {0};
    TRY(store_query(store, SQL_order_by_interchange, &rows, why, INTEGER(interchange_id),
                    INTEGER(after)));
    TRY(rows_next(&rows, why));
    *id = rows_integer(&rows, 0);
    *version = rows_integer(&rows, 1);
    return DONE;
}

enum outcome
order_discard_of(struct store *store, int64_t interchange_id, struct fault *why)
{
    int64_t id = 0;
    int64_t version = 0;
    enum outcome outcome;
    while ((outcome = next_version(store, interchange_id, id, &id, &version, why)) == DONE) {
        TRY(discard_version(store, id, version, why));
    }
    return outcome == NONE ? DONE : outcome;
}
