#include "order/order.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const party_role_names[PARTY_ROLE_COUNT] = {"sold-to", "ship-to", "bill-to"};
const char *const order_type_names[ORDER_TYPE_COUNT] = {"regular", "strategic", "custom", "sample",
                                                        "return"};
const char *const note_kind_names[NOTE_KIND_COUNT] = {"delivery", "packaging", "gift", "internal"};

int
name_index(const char *text, const char *const *names, int count)
{
    for (int index = 0; index < count; index++) {
        if (strcmp(text, names[index]) == 0) {
            return index;
        }
    }
    return -1;
}

bool
unit_is_whole(const char *unit)
{
    static const char *const counted[] = {"C62", "NAR", "PR", "SET", "ST"};
    return name_index(unit, counted, sizeof counted / sizeof counted[0]) >= 0;
}

void
party_init(struct party *party)
{
    *party = (struct party){"", "", "", "", "", "", "", "", "", "", "", ""};
}

const struct manual_price manual_price_none = {AMOUNT_NONE, AMOUNT_NONE, "", "", false};

bool
manual_price_has_discount(const struct manual_price *manual)
{
    return manual->discount_micros != AMOUNT_NONE && manual->discount_micros > 0;
}

bool
manual_price_is_asked(const struct manual_price *manual)
{
    return manual->price_micros != AMOUNT_NONE || manual_price_has_discount(manual);
}

void
order_line_init(struct order_line *line)
{
    *line = (struct order_line){.number = "",
                                .sku = "",
                                .description = "",
                                .unit = "",
                                .expected_price_micros = AMOUNT_NONE,
                                .manual = manual_price_none,
                                .requested_from = DAY_NONE,
                                .requested_to = DAY_NONE};
}

void
order_init(struct order *order)
{
    *order = (struct order){.number = "",
                            .currency = "",
                            .sales_person = "",
                            .terms = "",
                            .address_doubt = "",
                            .order_date = DAY_NONE,
                            .requested_from = DAY_NONE,
                            .requested_to = DAY_NONE};
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        party_init(&order->parties[role]);
    }
}

static void
add_number(struct digest *digest, int64_t number)
{
    digest_add(digest, &number, sizeof number);
}

void
order_party_digest(const struct party *party, struct digest *digest)
{
    const char *const fields[] = {party->code,        party->name,   party->contact,
                                  party->phone,       party->email,  party->country,
                                  party->region,      party->city,   party->district,
                                  party->postal_code, party->street, party->street2};
    for (size_t index = 0; index < sizeof fields / sizeof fields[0]; index++) {
        digest_add_text(digest, fields[index]);
    }
}

void
order_line_digest(const struct order_line *line, struct digest *digest)
{
    digest_add_text(digest, line->number);
    digest_add_text(digest, line->sku);
    digest_add_text(digest, line->description);
    digest_add_text(digest, line->unit);
    add_number(digest, line->quantity_micros);
    add_number(digest, line->expected_price_micros);
    add_number(digest, line->manual.price_micros);
    digest_add_text(digest, line->manual.reason);
    digest_add_text(digest, line->manual.person);
    add_number(digest, line->requested_from);
    add_number(digest, line->requested_to);
    add_number(digest, (int64_t)line->option_count);
    for (size_t index = 0; index < line->option_count; index++) {
        digest_add_text(digest, line->options[index].name);
        digest_add_text(digest, line->options[index].value);
    }
    if (line->manual.discount_micros != AMOUNT_NONE) { /* (of most there is none) */
        digest_add_text(digest, "discount");
        add_number(digest, line->manual.discount_micros);
    }
}

void
order_digest(const struct order *order, char hex[DIGEST_HEX_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add_text(&digest, order->number);
    digest_add_text(&digest, order->currency);
    add_number(&digest, order->type);
    add_number(&digest, order->order_date);
    add_number(&digest, order->requested_from);
    add_number(&digest, order->requested_to);
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        order_party_digest(&order->parties[role], &digest);
    }
    add_number(&digest, (int64_t)order->coupon_count);
    for (size_t index = 0; index < order->coupon_count; index++) {
        digest_add_text(&digest, order->coupons[index]);
    }
    if (order->sales_person[0] != '\0') { /* as if there were no such field where it is not said */
        digest_add_text(&digest, "sales_person");
        digest_add_text(&digest, order->sales_person);
    }
    add_number(&digest, (int64_t)order->note_count);
    for (size_t index = 0; index < order->note_count; index++) {
        add_number(&digest, order->notes[index].kind);
        add_number(&digest, (int64_t)order->notes[index].line);
        digest_add_text(&digest, order->notes[index].text);
    }
    for (size_t index = 0; index < order->line_count; index++) {
        order_line_digest(&order->lines[index], &digest);
    }
    if (order->freight_micros != 0) { /* (of most there is none) */
        digest_add_text(&digest, "freight");
        add_number(&digest, order->freight_micros);
    }
    digest_finish(&digest, hex);
}
