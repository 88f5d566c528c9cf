#include "order/order_apply.h"

#include <assert.h>
#include <string.h>

struct work {
    const struct order *before;
    const struct order_change *change;
    unsigned int permitted;
    struct arena *arena;
    struct applied *applied;
    bool *is_removed; /* of each line of `before` */
};

static bool
may(const struct work *work, enum modification kind)
{
    return (work->permitted & (1U << kind)) != 0;
}

static void
blame(struct work *work, enum message code, const char *line, int64_t at)
{
    struct applied *applied = work->applied;
    applied->troubles[applied->trouble_count++] = (struct apply_trouble){code, line, at};
}

/* Index of the line in the order as it becomes, or SIZE_MAX. */
static size_t
find_line(const struct order *order, const char *number)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (strcmp(order->lines[index].number, number) == 0) {
            return index;
        }
    }
    return SIZE_MAX;
}

/* Is a line named by a part of the change before this one? */
static bool
is_named_before(const struct work *work, size_t at, const char *number)
{
    const struct line_change *changes = work->change->lines;
    for (size_t index = 0; index < at; index++) {
        if (strcmp(changes[index].line.number, number) == 0) {
            return true;
        }
    }
    return false;
}

static void
set_quantity(const struct work *work, struct order_line *line, int64_t quantity_micros)
{
    const enum modification kind =
        quantity_micros > line->quantity_micros ? MODIFICATION_INCREASE : MODIFICATION_DECREASE;
    if (quantity_micros != AMOUNT_NONE && may(work, kind)) {
        line->quantity_micros = quantity_micros;
    }
}

static void
set_text(const char **text, const char *to)
{
    if (to != NULL && *to != '\0') {
        *text = to;
    }
}

/* Of price and discount what is not said stays; reason and person are those of the change, and of
 * nothing when neither is left. */
static void
set_price(struct manual_price *manual, const struct manual_price *to)
{
    if (to->price_micros == AMOUNT_NONE && to->discount_micros == AMOUNT_NONE) {
        return;
    }
    struct manual_price set = *to;
    set.price_micros = to->price_micros == AMOUNT_NONE ? manual->price_micros : to->price_micros;
    set.discount_micros =
        to->discount_micros == AMOUNT_NONE ? manual->discount_micros : to->discount_micros;
    if (!manual_price_has_discount(&set)) {
        set.discount_micros = AMOUNT_NONE;
    }
    *manual = manual_price_is_asked(&set) ? set : manual_price_none;
}

static void
set_line(const struct work *work, struct order_line *line, const struct line_change *change)
{
    const struct order_line *to = &change->line;
    set_quantity(work, line, to->quantity_micros);
    if (may(work, MODIFICATION_OPTIONS)) {
        set_text(&line->sku, to->sku);
        set_text(&line->unit, to->unit);
        if (change->has_options) {
            line->options = to->options;
            line->option_count = to->option_count;
        }
        set_price(&line->manual, &to->manual);
    }
    if (may(work, MODIFICATION_OTHER) && to->expected_price_micros != AMOUNT_NONE) {
        line->expected_price_micros = to->expected_price_micros;
    }
    if (may(work, MODIFICATION_DATE)) {
        line->requested_from =
            to->requested_from == DAY_NONE ? line->requested_from : to->requested_from;
        line->requested_to = to->requested_to == DAY_NONE ? line->requested_to : to->requested_to;
    }
}

static void
apply_line(struct work *work, size_t at)
{
    const struct line_change *change = &work->change->lines[at];
    struct order *order = &work->applied->order;
    const char *number = change->line.number;
    const size_t line = find_line(order, number);
    if (is_named_before(work, at, number)) {
        blame(work, M_CHANGE_LINE_TWICE, number, change->line.place.line);
    } else if (change->action == CHANGE_ADD && line != SIZE_MAX) {
        blame(work, M_CHANGE_LINE_THERE, number, change->line.place.line);
    } else if (change->action != CHANGE_ADD && line == SIZE_MAX) {
        blame(work, M_CHANGE_LINE_UNKNOWN, number, change->line.place.line);
    } else if (change->action == CHANGE_SET) {
        set_line(work, &order->lines[line], change);
    } else if (change->action == CHANGE_REMOVE) {
        work->is_removed[line] = may(work, MODIFICATION_REMOVE_LINE);
    } else if (may(work, MODIFICATION_ADD_LINE)) {
        struct order_line *added = &order->lines[order->line_count++];
        *added = change->line;
        added->manual = manual_price_none;
        set_price(&added->manual, &change->line.manual);
    }
}

static bool
is_replaced(const struct work *work, const struct note *note)
{
    const char *line = note->line == 0 ? "" : work->before->lines[note->line - 1].number;
    for (size_t index = 0; index < work->change->note_count; index++) {
        const struct note_change *change = &work->change->notes[index];
        if (change->kind == note->kind && strcmp(change->line, line) == 0) {
            return true;
        }
    }
    return false;
}

static void
add_note(struct order *order, enum note_kind kind, const char *text, size_t line)
{
    order->notes[order->note_count++] = (struct note){kind, text, line};
}

/* A note about a line that neither the order has nor the change names. */
static void
blame_notes(struct work *work)
{
    const struct order_change *change = work->change;
    for (size_t index = 0; index < change->note_count; index++) {
        const char *line = change->notes[index].line;
        if (*line != '\0' && find_line(work->before, line) == SIZE_MAX &&
            !is_named_before(work, change->line_count, line)) {
            blame(work, M_CHANGE_LINE_UNKNOWN, line, 0);
        }
    }
}

/* Notes follow their lines, which move up when others go. */
static void
apply_notes(struct work *work, const size_t *moved_to)
{
    struct order *order = &work->applied->order;
    const struct order *before = work->before;
    const struct order_change *change = work->change;
    const bool may_note = may(work, MODIFICATION_NOTE);
    order->notes =
        arena_array(work->arena, struct note, before->note_count + change->note_count + 1);
    order->note_count = 0;
    for (size_t index = 0; index < before->note_count; index++) {
        const struct note *note = &before->notes[index];
        const size_t line = note->line == 0 ? 0 : moved_to[note->line - 1];
        if ((note->line == 0 || line != 0) && !(may_note && is_replaced(work, note))) {
            add_note(order, note->kind, note->text, line);
        }
    }
    for (size_t index = 0; may_note && index < change->note_count; index++) {
        const struct note_change *note = &change->notes[index];
        const size_t line = *note->line == '\0' ? 0 : find_line(order, note->line) + 1;
        if (*note->text != '\0' && (*note->line == '\0' || line != 0)) {
            add_note(order, note->kind, note->text, line);
        }
    }
}

/* Without what was removed; moved_to[i] is the new ordinal of line i, 0: it went. */
static void
close_gaps(struct work *work, size_t *moved_to)
{
    struct order *order = &work->applied->order;
    size_t left = 0;
    for (size_t index = 0; index < order->line_count; index++) {
        const bool is_old = index < work->before->line_count;
        if (is_old && work->is_removed[index]) {
            moved_to[index] = 0;
            continue;
        }
        order->lines[left] = order->lines[index];
        moved_to[index] = ++left;
    }
    order->line_count = left;
}

static bool
is_same_party(const struct party *one, const struct party *other)
{
    return strcmp(one->name, other->name) == 0 && strcmp(one->contact, other->contact) == 0 &&
           strcmp(one->country, other->country) == 0 && strcmp(one->region, other->region) == 0 &&
           strcmp(one->city, other->city) == 0 &&
           strcmp(one->postal_code, other->postal_code) == 0 &&
           strcmp(one->street, other->street) == 0 && strcmp(one->street2, other->street2) == 0 &&
           strcmp(one->phone, other->phone) == 0 && strcmp(one->email, other->email) == 0 &&
           strcmp(one->code, other->code) == 0 && strcmp(one->district, other->district) == 0;
}

static void
apply_head(const struct work *work)
{
    struct order *order = &work->applied->order;
    const struct order_change *change = work->change;
    if (may(work, MODIFICATION_DATE)) {
        if (change->requested_from != DAY_NONE) {
            order->requested_from = change->requested_from;
        }
        if (change->requested_to != DAY_NONE) {
            order->requested_to = change->requested_to;
        }
    }
    if (may(work, MODIFICATION_TERMS)) {
        set_text(&order->terms, change->terms);
    }
    if (change->has_ship_to && may(work, MODIFICATION_ADDRESS) &&
        !is_same_party(&order->parties[PARTY_SHIP_TO], &change->ship_to)) {
        order->parties[PARTY_SHIP_TO] = change->ship_to;
        order->address_doubt = "";
    }
}

void
order_apply(const struct order *before, const struct order_change *change, unsigned int permitted,
            struct arena *arena, struct applied *applied)
{
    const size_t lines_max = before->line_count + change->line_count;
    struct work work = {before, change,  permitted,
                        arena,  applied, arena_array(arena, bool, before->line_count + 1)};
    size_t *moved_to = arena_array(arena, size_t, lines_max + 1);
    applied->order = *before;
    applied->order.lines = arena_array(arena, struct order_line, lines_max + 1);
    applied->troubles =
        arena_array(arena, struct apply_trouble, change->line_count + change->note_count + 1);
    applied->trouble_count = 0;
    memcpy(applied->order.lines, before->lines, before->line_count * sizeof *before->lines);
    apply_head(&work);
    for (size_t index = 0; index < change->line_count; index++) {
        apply_line(&work, index);
    }
    blame_notes(&work);
    close_gaps(&work, moved_to);
    apply_notes(&work, moved_to);
}
