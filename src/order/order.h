/* order.h -- the canonical order: what every format is read into and everything behind it works on.
 *
 * Pure data, no I/O.  All text lies in the arena that the order was read with, is UTF-8, normalised
 * (NFKC, trimmed) and never NULL; an absent text is "".  Absent days are DAY_NONE, absent amounts
 * AMOUNT_NONE. Prices, quantities and rates are micros, money is minor units (base/decimal.h).
 * Limits: the *_MAX below; what a file has beyond them is a finding, never a bigger buffer.
 */
#ifndef PURSER_ORDER_H
#define PURSER_ORDER_H

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AMOUNT_NONE INT64_MIN

enum {
    ORDER_LINES_MAX = 10000,
    ORDER_NOTES_MAX = 100,
    ORDER_COUPONS_MAX = 20,
    LINE_OPTIONS_MAX = 50,
    ORDER_BYTES_MAX = 64 * 1024 * 1024, /* arena of one order */
    FIELD_BYTES_MAX = 16 * 1024,        /* one field of a file */
    CODE_CHARACTERS_MAX = 64, /* order numbers, SKUs, customer codes, names of options, and so on */
    OPTION_VALUE_CHARACTERS_MAX = 200,
};

/* Who goods go to and who pays (UBL: BuyerCustomerParty, Delivery, AccountingCustomerParty). */
enum party_role { PARTY_SOLD_TO, PARTY_SHIP_TO, PARTY_BILL_TO, PARTY_ROLE_COUNT };
extern const char *const party_role_names[PARTY_ROLE_COUNT]; /* "sold-to", "ship-to", "bill-to" */

struct party {
    const char *code; /* our customer code, when the partner gave one */
    const char *name;
    const char *contact;
    const char *phone; /* E.164-like: +8613812345678, extension after "x" */
    const char *email;
    const char *country; /* ISO 3166-1 alpha-2 */
    const char *region;  /* province, state */
    const char *city;
    const char *district;
    const char *postal_code;
    const char *street;
    const char *street2;
};

enum order_type {
    ORDER_REGULAR,
    ORDER_STRATEGIC,
    ORDER_CUSTOM,
    ORDER_SAMPLE,
    ORDER_RETURN,
    ORDER_TYPE_COUNT
};
extern const char *const order_type_names[ORDER_TYPE_COUNT];

enum note_kind { NOTE_DELIVERY, NOTE_PACKAGING, NOTE_GIFT, NOTE_INTERNAL, NOTE_KIND_COUNT };
extern const char *const note_kind_names[NOTE_KIND_COUNT];

struct note {
    enum note_kind kind;
    const char *text;
    size_t line; /* 1-based order line, 0 for the whole order */
};

struct option {
    const char *name;  /* "colour" */
    const char *value; /* "red" */
};

/* Where in its file something stood; 0 is unknown. */
struct place {
    int64_t line;
    int64_t column;
};

/* A price that a person asks for in place of ours, a discount off the unit price (that one, or ours
 * where none is asked for), or both.  A discount of 0 asks for none: in a change it ends one. */
struct manual_price {
    int64_t price_micros;    /* per unit ordered; AMOUNT_NONE: none is asked for */
    int64_t discount_micros; /* 0 to 1, a rate; AMOUNT_NONE: not said */
    const char *reason;
    const char *person; /* who grants it, by name; "" when not said */
    bool is_ours;       /* set here by `purser price set`, not asked for by the partner */
};

/* Neither price nor discount, reason nor person. */
extern const struct manual_price manual_price_none;

/* Is a discount asked for?  And is either of the two? */
bool manual_price_has_discount(const struct manual_price *manual);
bool manual_price_is_asked(const struct manual_price *manual);

struct order_line {
    const char *number; /* the partner's own line number, unique within the order */
    const char *sku;
    const char *description;
    int64_t quantity_micros;
    const char *unit; /* UN/ECE Recommendation 20 code: "C62" piece, "KGM" kilogram */
    int64_t
        expected_price_micros; /* per unit, what the partner expects; AMOUNT_NONE when not said */
    struct manual_price manual;
    int32_t requested_from; /* DAY_NONE: as the order's */
    int32_t requested_to;
    struct option *options;
    size_t option_count;
    struct place place;
};

struct order {
    const char *number; /* the partner's own, unique per partner for ever */
    bool is_exchange;   /* we made it, in place of what came back; of what is priced alone */
    enum order_type type;
    const char *currency;   /* ISO 4217 */
    int32_t order_date;     /* DAY_NONE: the day it arrived */
    int32_t requested_from; /* delivery window; both equal for a single day */
    int32_t requested_to;
    struct party
        parties[PARTY_ROLE_COUNT]; /* ship-to and bill-to are filled from sold-to when absent */
    const char *sales_person;      /* who sold it, by code or name; "": not said */
    int64_t freight_micros;        /* charged for its carriage, without tax; 0: nothing */
    const char *terms;             /* of payment, that a change asked for; "": its customer's */
    const char *address_doubt;     /* code of the first doubt about where the goods go; "": none */
    const char **coupons;
    size_t coupon_count;
    struct note *notes;
    size_t note_count;
    struct order_line *lines;
    size_t line_count;
    size_t line_capacity; /* used while reading */
    size_t note_capacity;
    struct place place;
};

/* Is there no half of it?  Nobody buys or ships 1.5 pieces. */
bool unit_is_whole(const char *unit);

/* Everything absent: texts "", days and amounts none. */
void order_init(struct order *order);
void order_line_init(struct order_line *line);
void party_init(struct party *party);

/* The digest of all that the partner said (not of where in the file it stood), so that the same
 * order in other dress (XML, CSV, another column order) is recognised. */
void order_digest(const struct order *order, char hex[DIGEST_HEX_SIZE]);

/* Likewise of these two, as parts of another digest. */
void order_party_digest(const struct party *party, struct digest *digest);
void order_line_digest(const struct order_line *line, struct digest *digest);

/* Index of `text` in one of the name tables above, or -1. */
int name_index(const char *text, const char *const *names, int count);

#endif
