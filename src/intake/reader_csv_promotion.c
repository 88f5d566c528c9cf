/* Promotions: the cells of one row that must agree.  What takes the whole table, or the other
 * master data, to judge is asked on the desk. */
#include "intake/reader_csv.h"

#include <string.h>

/* Which column has the value of an action; buy-get may have an amount, and needs none. */
static const struct {
    const char *action;
    const char *needs;
    const char *may_have;
} values_of_actions[] = {{"fixed-price", "price", ""},
                         {"buy-get", "", "amount"},
                         {"amount-per-unit", "amount", ""},
                         {"amount", "amount", ""},
                         {"percent", "percent", ""}};
enum { ACTIONS = sizeof values_of_actions / sizeof values_of_actions[0] };

struct cell {
    const char *column;
    int64_t micros;
};

static const char *
micros_text(struct reading *reading, int64_t micros, int places)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&reading->arena, decimal_format(text, micros, places, 0));
}

static void
check_value(struct reading *reading, struct field *field, size_t action, const struct cell *cell)
{
    const bool is_needed = strcmp(values_of_actions[action].needs, cell->column) == 0;
    const bool is_used = is_needed || strcmp(values_of_actions[action].may_have, cell->column) == 0;
    const bool is_there = cell->micros != MASTER_VALUE_NONE;
    if (is_needed && reader_csv_is_left_out(reading->state, cell->column)) {
        reader_csv_complain(reading, field, cell->column, "", M_MST_PROMOTION_VALUE,
                            values_of_actions[action].action, NULL);
    } else if (is_there && !is_used) {
        enum { PERCENT_PLACES = 4 };
        const int places = strcmp(cell->column, "percent") == 0 ? PERCENT_PLACES : MICROS_PLACES;
        reader_csv_complain(reading, field, cell->column,
                            micros_text(reading, cell->micros, places), M_MST_PROMOTION_UNUSED,
                            values_of_actions[action].action, NULL);
    }
}

/* An amount of money has no more decimals than its currency. */
static void
check_decimals(struct reading *reading, struct field *field, const char *currency,
               const struct cell *cell)
{
    int64_t unit = MICROS;
    for (int place = currency_exponent(currency); place > 0; place--) {
        unit /= 10;
    }
    if (*currency != '\0' && cell->micros != MASTER_VALUE_NONE && cell->micros % unit != 0) {
        reader_csv_complain(reading, field, cell->column,
                            micros_text(reading, cell->micros, MICROS_PLACES),
                            M_MST_AMOUNT_DECIMALS, currency, NULL);
    }
}

void
reader_csv_check_promotion(struct reading *reading, struct field *field,
                           const struct promotion_row *row)
{
    const struct cell values[] = {{"percent", row->percent_micros},
                                  {"price", row->price_micros},
                                  {"amount", row->amount_micros}};
    const struct cell amounts[] = {{"amount", row->amount_micros},
                                   {"minimum_amount", row->minimum_amount_micros},
                                   {"budget", row->budget_micros}};
    (void)reader_csv_check_validity(reading, field, row->valid_from, row->valid_to);
    size_t action = 0;
    while (action < ACTIONS && strcmp(values_of_actions[action].action, row->action) != 0) {
        action++;
    }
    for (size_t index = 0; index < 3; index++) {
        if (action < ACTIONS) {
            check_value(reading, field, action, &values[index]);
        }
        check_decimals(reading, field, row->currency, &amounts[index]);
    }
}
