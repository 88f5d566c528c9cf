/* What must hold within a row of a stock report, and between its rows. */
#include "intake/check.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

/* One row on its way through the checks. */
struct checking {
    const struct stock_report *row;
    struct stock_told *first;
    int32_t today;
    struct arena *arena;
    struct stock_trouble_told *told;
};

static enum message
complain(const struct checking *checking, enum message code, const char *field, const char *value)
{
    checking->told->field = field;
    checking->told->value = value;
    return code;
}

static const char *
quantity_text(const struct checking *checking)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(checking->arena,
                      decimal_format(text, checking->row->quantity_micros, MICROS_PLACES, 0));
}

static bool
is_extent(const struct stock_report *row, enum stock_extent extent)
{
    return strcmp(row->extent, stock_extent_names[extent]) == 0;
}

/* What the kind of report needs of a row. */
static enum message
check_presence(const struct checking *checking)
{
    const struct stock_report *row = checking->row;
    const bool is_change = is_extent(row, STOCK_CHANGE);
    const bool is_planned = is_extent(row, STOCK_PLANNED);
    const struct {
        bool is_missing;
        const char *field;
    } needs[] = {
        {!is_planned && row->as_of_ms == AMOUNT_NONE, "as_of"},
        {is_change && row->kind[0] == '\0', "kind"},
        {is_change && row->number[0] == '\0', "number"},
        {is_planned && row->reference[0] == '\0', "reference"},
        {is_planned && row->quantity_micros > 0 && row->expected_on == DAY_NONE, "expected_on"},
    };
    for (size_t index = 0; index < sizeof needs / sizeof needs[0]; index++) {
        if (needs[index].is_missing) {
            return complain(checking, M_FLD_REQUIRED, needs[index].field, "");
        }
    }
    return MESSAGE_COUNT;
}

/* Goods that came are above zero, those that were thrown away below it; to take a booking back is a
 * correction. */
static enum message
check_quantity(const struct checking *checking)
{
    static const int signs[STOCK_CHANGE_COUNT] = {
        [STOCK_RECEIPT] = 1, [STOCK_RETURN] = 1, [STOCK_SCRAP] = -1};
    const struct stock_report *row = checking->row;
    if (row->quantity_micros == AMOUNT_NONE) {
        return MESSAGE_COUNT; /* that is told already */
    }
    if (!is_extent(row, STOCK_CHANGE)) {
        return row->quantity_micros < 0
                   ? complain(checking, M_STK_NEGATIVE, "quantity", quantity_text(checking))
                   : MESSAGE_COUNT;
    }
    if (row->quantity_micros == 0) {
        return complain(checking, M_STK_ZERO, "quantity", "");
    }
    for (int kind = 0; kind < STOCK_CHANGE_COUNT; kind++) {
        if (strcmp(row->kind, stock_change_names[kind]) == 0 && signs[kind] != 0 &&
            (signs[kind] > 0) != (row->quantity_micros > 0)) {
            checking->told->expected = row->kind;
            return complain(checking, M_STK_SIGN, "quantity", quantity_text(checking));
        }
    }
    return MESSAGE_COUNT;
}

static enum message
check_moment(const struct checking *checking)
{
    char text[DATE_TEXT_SIZE];
    const int64_t as_of_ms = checking->row->as_of_ms;
    return checking->today != DAY_NONE && as_of_ms != AMOUNT_NONE &&
                   moment_day(as_of_ms) > checking->today + STOCK_AHEAD_DAYS_MAX
               ? complain(checking, M_STK_FUTURE, "as_of",
                          arena_copy(checking->arena, day_format(text, moment_day(as_of_ms))))
               : MESSAGE_COUNT;
}

/* All rows are of one kind of report, and all of a full one of one moment: else nobody knows when
 * what it does not name was not there. */
static enum message
check_alike(const struct checking *checking)
{
    const struct stock_report *row = checking->row;
    struct stock_told *first = checking->first;
    if (row->extent[0] == '\0') {
        return MESSAGE_COUNT;
    }
    if (first->line == 0) {
        const int extent = name_index(row->extent, stock_extent_names, STOCK_EXTENT_COUNT);
        *first = (struct stock_told){row->place.line, stock_extent_names[extent], row->as_of_ms};
        return MESSAGE_COUNT;
    }
    checking->told->expected = arena_format(checking->arena, "%" PRId64, first->line);
    if (strcmp(row->extent, first->extent) != 0) {
        return complain(checking, M_STK_EXTENT, "extent", row->extent);
    }
    if (is_extent(row, STOCK_FULL) && row->as_of_ms != first->as_of_ms) {
        char text[TIME_TEXT_SIZE];
        return complain(checking, M_STK_AS_OF, "as_of",
                        arena_copy(checking->arena, moment_format(text, row->as_of_ms)));
    }
    checking->told->expected = NULL;
    return MESSAGE_COUNT;
}

enum message
check_stock_fields(const struct stock_report *row, struct stock_told *first, int32_t today,
                   struct arena *arena, struct stock_trouble_told *told)
{
    static enum message (*const checks[])(const struct checking *) = {check_alike, check_presence,
                                                                      check_quantity, check_moment};
    const struct checking checking = {row, first, today, arena, told};
    *told = (struct stock_trouble_told){"", "", NULL};
    for (size_t index = 0; index < sizeof checks / sizeof checks[0]; index++) {
        const enum message code = checks[index](&checking);
        if (code != MESSAGE_COUNT) {
            return code;
        }
    }
    return MESSAGE_COUNT;
}
