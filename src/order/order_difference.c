#include "order/order_difference.h"

#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODIFICATION_AS_NAME(enumerator, name) name,
const char *const modification_names[MODIFICATION_COUNT] = {
    MODIFICATION_KINDS(MODIFICATION_AS_NAME)};

enum { SHOWN_BYTES_MAX = 200 };

/* The field of a party, by its name in files and where it stands. */
static const struct {
    const char *name;
    size_t offset;
} party_fields[] = {
    {"code", offsetof(struct party, code)},
    {"name", offsetof(struct party, name)},
    {"contact", offsetof(struct party, contact)},
    {"phone", offsetof(struct party, phone)},
    {"email", offsetof(struct party, email)},
    {"country", offsetof(struct party, country)},
    {"region", offsetof(struct party, region)},
    {"city", offsetof(struct party, city)},
    {"district", offsetof(struct party, district)},
    {"postal_code", offsetof(struct party, postal_code)},
    {"street", offsetof(struct party, street)},
    {"street2", offsetof(struct party, street2)},
};
enum { PARTY_FIELDS = sizeof party_fields / sizeof party_fields[0] };

static const struct {
    const char *name;
    enum modification kind; /* of a change in it */
} roles[PARTY_ROLE_COUNT] = {
    [PARTY_SOLD_TO] = {"sold_to", MODIFICATION_OTHER},
    [PARTY_SHIP_TO] = {"ship_to", MODIFICATION_ADDRESS},
    [PARTY_BILL_TO] = {"bill_to", MODIFICATION_TERMS},
};

static const char *const note_fields[NOTE_KIND_COUNT] = {"delivery_note", "packaging_note",
                                                         "gift_note", "internal_note"};
static const char *const line_note_fields[NOTE_KIND_COUNT] = {
    "line_delivery_note", "line_packaging_note", "line_gift_note", "line_internal_note"};

struct comparison {
    const struct order *before;
    const struct order *after;
    struct arena *arena;
    struct difference *found;
    size_t count;
    size_t capacity;
};

static void
tell(struct comparison *comparison, const struct difference *difference)
{
    comparison->found = arena_grow(comparison->arena, comparison->found, sizeof *comparison->found,
                                   comparison->count, &comparison->capacity);
    comparison->found[comparison->count++] = *difference;
}

static void
tell_texts(struct comparison *comparison, enum modification kind, const char *line,
           const char *field, const char *before, const char *after)
{
    if (strcmp(before, after) != 0) {
        tell(comparison, &(struct difference){kind, line, field, before, after});
    }
}

static const char *
day_text(struct arena *arena, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    return arena_copy(arena, day_format(text, day));
}

/* Of quantities and prices; "" for none. */
static const char *
micros_text(struct arena *arena, int64_t micros, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    return micros == AMOUNT_NONE
               ? ""
               : arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, places_min));
}

static const char *
price_text(struct arena *arena, const struct order *order, int64_t price_micros)
{
    return price_micros == AMOUNT_NONE
               ? ""
               : arena_format(arena, "%s %s", micros_text(arena, price_micros, 2), order->currency);
}

/* "A | B" */
static const char *
add_to_list(struct arena *arena, const char *list, const char *text)
{
    return list[0] == '\0' ? text : arena_format(arena, "%s | %s", list, text);
}

static const char *
coupons_text(struct arena *arena, const struct order *order)
{
    const char *list = "";
    for (size_t index = 0; index < order->coupon_count; index++) {
        list = add_to_list(arena, list, order->coupons[index]);
    }
    return list;
}

/* What notes of a kind say of a line (its ordinal; 0: of the order). */
static const char *
notes_text(struct arena *arena, const struct order *order, enum note_kind kind, size_t ordinal)
{
    const char *list = "";
    for (size_t index = 0; index < order->note_count; index++) {
        const struct note *note = &order->notes[index];
        if (note->kind == kind && note->line == ordinal) {
            list = add_to_list(arena, list, note->text);
        }
    }
    return list;
}

static void
compare_notes(struct comparison *comparison, const char *line, size_t before, size_t after)
{
    const char *const *fields = before == 0 ? note_fields : line_note_fields;
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        tell_texts(comparison, MODIFICATION_NOTE, line, fields[kind],
                   notes_text(comparison->arena, comparison->before, (enum note_kind)kind, before),
                   notes_text(comparison->arena, comparison->after, (enum note_kind)kind, after));
    }
}

static const char *
party_field(const struct party *party, size_t offset)
{
    return *(const char *const *)((const char *)party + offset);
}

static void
compare_parties(struct comparison *comparison)
{
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        for (int field = 0; field < PARTY_FIELDS; field++) {
            const size_t offset = party_fields[field].offset;
            const char *before = party_field(&comparison->before->parties[role], offset);
            const char *after = party_field(&comparison->after->parties[role], offset);
            if (strcmp(before, after) != 0) {
                tell_texts(comparison, roles[role].kind, "",
                           arena_format(comparison->arena, "%s.%s", roles[role].name,
                                        party_fields[field].name),
                           before, after);
            }
        }
    }
}

static void
compare_heads(struct comparison *comparison)
{
    struct arena *arena = comparison->arena;
    const struct order *before = comparison->before;
    const struct order *after = comparison->after;
    tell_texts(comparison, MODIFICATION_OTHER, "", "order_type", order_type_names[before->type],
               order_type_names[after->type]);
    tell_texts(comparison, MODIFICATION_OTHER, "", "order_date",
               day_text(arena, before->order_date), day_text(arena, after->order_date));
    tell_texts(comparison, MODIFICATION_OTHER, "", "currency", before->currency, after->currency);
    tell_texts(comparison, MODIFICATION_DATE, "", "requested_from",
               day_text(arena, before->requested_from), day_text(arena, after->requested_from));
    tell_texts(comparison, MODIFICATION_DATE, "", "requested_to",
               day_text(arena, before->requested_to), day_text(arena, after->requested_to));
    compare_parties(comparison);
    tell_texts(comparison, MODIFICATION_TERMS, "", "payment_terms", before->terms, after->terms);
    tell_texts(comparison, MODIFICATION_OTHER, "", "coupons", coupons_text(arena, before),
               coupons_text(arena, after));
    tell_texts(comparison, MODIFICATION_OTHER, "", "sales_person", before->sales_person,
               after->sales_person);
    compare_notes(comparison, "", 0, 0);
}

/* What a line has for an option; "" when it does not name it. */
static const char *
option_value(struct arena *arena, const struct order_line *line, const char *name)
{
    const char *list = "";
    for (size_t index = 0; index < line->option_count; index++) {
        if (strcmp(line->options[index].name, name) == 0) {
            list = add_to_list(arena, list, line->options[index].value);
        }
    }
    return list;
}

static bool
is_named_before(const struct order_line *line, size_t at)
{
    for (size_t index = 0; index < at; index++) {
        if (strcmp(line->options[index].name, line->options[at].name) == 0) {
            return true;
        }
    }
    return false;
}

static void
compare_option(struct comparison *comparison, const struct order_line *before,
               const struct order_line *after, const char *name)
{
    const char *was = option_value(comparison->arena, before, name);
    const char *is = option_value(comparison->arena, after, name);
    if (strcmp(was, is) != 0) {
        tell_texts(comparison, MODIFICATION_OPTIONS, before->number,
                   arena_format(comparison->arena, "option.%s", name), was, is);
    }
}

static void
compare_options(struct comparison *comparison, const struct order_line *before,
                const struct order_line *after)
{
    for (size_t index = 0; index < before->option_count; index++) {
        if (!is_named_before(before, index)) {
            compare_option(comparison, before, after, before->options[index].name);
        }
    }
    for (size_t index = 0; index < after->option_count; index++) {
        const char *name = after->options[index].name;
        if (!is_named_before(after, index) &&
            option_value(comparison->arena, before, name)[0] == '\0') {
            compare_option(comparison, before, after, name);
        }
    }
}

/* "12.5 %" */
static const char *
discount_text(struct arena *arena, const struct manual_price *manual)
{
    char text[DECIMAL_TEXT_SIZE];
    enum { PERCENT_PLACES = 4 }; /* of a rate in millionths */
    return manual_price_has_discount(manual)
               ? arena_format(arena, "%s %%",
                              decimal_format(text, manual->discount_micros, PERCENT_PLACES, 0))
               : "";
}

static void
compare_prices(struct comparison *comparison, const struct order_line *before,
               const struct order_line *after)
{
    struct arena *arena = comparison->arena;
    const char *line = before->number;
    /* (Another currency is told once, of the order.) */
    if (before->manual.price_micros != after->manual.price_micros) {
        tell_texts(comparison, MODIFICATION_OPTIONS, line, "requested_price",
                   price_text(arena, comparison->before, before->manual.price_micros),
                   price_text(arena, comparison->after, after->manual.price_micros));
    }
    tell_texts(comparison, MODIFICATION_OPTIONS, line, "requested_discount",
               discount_text(arena, &before->manual), discount_text(arena, &after->manual));
    tell_texts(comparison, MODIFICATION_OPTIONS, line, "price_reason", before->manual.reason,
               after->manual.reason);
    tell_texts(comparison, MODIFICATION_OPTIONS, line, "price_person", before->manual.person,
               after->manual.person);
    if (before->expected_price_micros != after->expected_price_micros) {
        tell_texts(comparison, MODIFICATION_OTHER, line, "expected_price",
                   price_text(arena, comparison->before, before->expected_price_micros),
                   price_text(arena, comparison->after, after->expected_price_micros));
    }
}

static void
compare_line(struct comparison *comparison, size_t was, size_t is)
{
    struct arena *arena = comparison->arena;
    const struct order_line *before = &comparison->before->lines[was];
    const struct order_line *after = &comparison->after->lines[is];
    const char *line = before->number;
    tell_texts(comparison, MODIFICATION_OPTIONS, line, "sku", before->sku, after->sku);
    tell_texts(comparison,
               after->quantity_micros > before->quantity_micros ? MODIFICATION_INCREASE
                                                                : MODIFICATION_DECREASE,
               line, "quantity", micros_text(arena, before->quantity_micros, 0),
               micros_text(arena, after->quantity_micros, 0));
    tell_texts(comparison, MODIFICATION_OPTIONS, line, "unit", before->unit, after->unit);
    compare_options(comparison, before, after);
    compare_prices(comparison, before, after);
    tell_texts(comparison, MODIFICATION_DATE, line, "line_requested_from",
               day_text(arena, before->requested_from), day_text(arena, after->requested_from));
    tell_texts(comparison, MODIFICATION_DATE, line, "line_requested_to",
               day_text(arena, before->requested_to), day_text(arena, after->requested_to));
    compare_notes(comparison, line, was + 1, is + 1);
}

/* "LJ-100, 12 C62, colour=red, 2026-03-01 - 2026-03-02" */
static const char *
line_text(struct arena *arena, const struct order *order, size_t at)
{
    const struct order_line *line = &order->lines[at];
    const char *text = arena_format(arena, "%s, %s %s", line->sku,
                                    micros_text(arena, line->quantity_micros, 0), line->unit);
    for (size_t index = 0; index < line->option_count; index++) {
        text = arena_format(arena, "%s, %s=%s", text, line->options[index].name,
                            line->options[index].value);
    }
    if (line->manual.price_micros != AMOUNT_NONE) {
        text = arena_format(arena, "%s, %s", text,
                            price_text(arena, order, line->manual.price_micros));
    }
    if (manual_price_has_discount(&line->manual)) {
        text = arena_format(arena, "%s, -%s", text, discount_text(arena, &line->manual));
    }
    if (line->requested_from != DAY_NONE || line->requested_to != DAY_NONE) {
        text = arena_format(arena, "%s, %s - %s", text, day_text(arena, line->requested_from),
                            day_text(arena, line->requested_to));
    }
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        const char *note = notes_text(arena, order, (enum note_kind)kind, at + 1);
        text = note[0] == '\0' ? text : arena_format(arena, "%s, \"%s\"", text, note);
    }
    return text;
}

/* A line and where it stands, to be found by its number. */
struct numbered {
    const char *number;
    size_t at;
};

static int
by_number(const void *one, const void *other)
{
    return strcmp(((const struct numbered *)one)->number, ((const struct numbered *)other)->number);
}

static struct numbered *
sort_lines(struct arena *arena, const struct order *order)
{
    struct numbered *lines = arena_array(arena, struct numbered, order->line_count + 1);
    for (size_t index = 0; index < order->line_count; index++) {
        lines[index] = (struct numbered){order->lines[index].number, index};
    }
    qsort(lines, order->line_count, sizeof *lines, by_number);
    return lines;
}

static const struct numbered *
find_line(const struct numbered *lines, size_t count, const char *number)
{
    const struct numbered wanted = {number, 0};
    return bsearch(&wanted, lines, count, sizeof wanted, by_number);
}

void
order_compare(const struct order *before, const struct order *after, struct arena *arena,
              struct difference **differences, size_t *count)
{
    struct comparison comparison = {.before = before, .after = after, .arena = arena};
    const struct numbered *old_lines = sort_lines(arena, before);
    const struct numbered *new_lines = sort_lines(arena, after);
    compare_heads(&comparison);
    for (size_t index = 0; index < before->line_count; index++) {
        const char *number = before->lines[index].number;
        const struct numbered *line = find_line(new_lines, after->line_count, number);
        if (line != NULL) {
            compare_line(&comparison, index, line->at);
        } else {
            tell(&comparison, &(struct difference){MODIFICATION_REMOVE_LINE, number, "",
                                                   line_text(arena, before, index), ""});
        }
    }
    for (size_t index = 0; index < after->line_count; index++) {
        const char *number = after->lines[index].number;
        if (find_line(old_lines, before->line_count, number) == NULL) {
            tell(&comparison, &(struct difference){MODIFICATION_ADD_LINE, number, "", "",
                                                   line_text(arena, after, index)});
        }
    }
    *differences = comparison.found;
    *count = comparison.count;
}

/* The words of a field, by the row DIFFERENCE-... of the catalogue. */
static const char *
field_words(const char *prefix, const char *name, size_t size, enum language language)
{
    enum { ID_SIZE = 64 };
    char id[ID_SIZE];
    const int begun = snprintf(id, sizeof id, "DIFFERENCE-%s", prefix);
    assert(begun > 0 && (size_t)begun + size < sizeof id);
    char *end = id + begun;
    for (size_t index = 0; index < size; index++) {
        *end++ = name[index] == '_' ? '-' : (char)toupper((unsigned char)name[index]);
    }
    *end = '\0';
    const enum message message = message_find(id);
    assert(message < MESSAGE_COUNT);
    return message_text(message, language);
}

/* "quantity", "ship-to city", "option colour" */
static const char *
field_text(const char *field, enum language language, struct arena *arena)
{
    static const char line_prefix[] = "line_";
    const char *name =
        strncmp(field, line_prefix, strlen(line_prefix)) == 0 ? field + strlen(line_prefix) : field;
    const char *dot = strchr(name, '.');
    if (dot == NULL) {
        return field_words("", name, strlen(name), language);
    }
    const char *first = field_words("", name, (size_t)(dot - name), language);
    const char *second = strncmp(name, "option.", strlen("option.")) == 0
                             ? dot + 1
                             : field_words("PARTY-", dot + 1, strlen(dot + 1), language);
    return message_fill(M_DIFFERENCE_OF, language, (const char *const[]){first, second, NULL},
                        arena);
}

/* Words that a person wrote are told in quotes. */
static const char *
value_text(const struct difference *difference, const char *value, enum language language,
           struct arena *arena)
{
    const char *shown = text_show(arena, value, strlen(value), SHOWN_BYTES_MAX);
    const bool is_prose = difference->kind == MODIFICATION_NOTE ||
                          difference->kind == MODIFICATION_ADDRESS ||
                          difference->kind == MODIFICATION_TERMS ||
                          strncmp(difference->field, "sold_to.", strlen("sold_to.")) == 0 ||
                          strcmp(difference->field, "price_reason") == 0;
    if (strcmp(difference->field, "order_type") == 0 ||
        strcmp(difference->field, "payment_terms") == 0) {
        const char *word = message_word(value, language);
        return word == NULL ? shown : word;
    }
    return is_prose ? message_fill(M_DIFFERENCE_QUOTED, language,
                                   (const char *const[]){shown, NULL}, arena)
                    : shown;
}

const char *
difference_text(const struct difference *difference, enum language language, struct arena *arena)
{
    const char *before = value_text(difference, difference->before, language, arena);
    const char *after = value_text(difference, difference->after, language, arena);
    if (difference->kind == MODIFICATION_ADD_LINE) {
        return message_fill(M_DIFFERENCE_LINE_ADDED, language,
                            (const char *const[]){difference->line, after, NULL}, arena);
    }
    if (difference->kind == MODIFICATION_REMOVE_LINE) {
        return message_fill(M_DIFFERENCE_LINE_REMOVED, language,
                            (const char *const[]){difference->line, before, NULL}, arena);
    }
    const enum message message = difference->before[0] == '\0'  ? M_DIFFERENCE_CAME
                                 : difference->after[0] == '\0' ? M_DIFFERENCE_WENT
                                                                : M_DIFFERENCE_CHANGED;
    const char *text = message_fill(
        message, language,
        (const char *const[]){field_text(difference->field, language, arena), before, after, NULL},
        arena);
    return difference->line[0] == '\0'
               ? text
               : message_fill(M_DIFFERENCE_IN_LINE, language,
                              (const char *const[]){difference->line, text, NULL}, arena);
}
