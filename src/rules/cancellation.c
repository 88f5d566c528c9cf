#include "rules/cancellation.h"

#include "base/decimal.h"

#include <assert.h>

int64_t
line_share(int64_t amount, int64_t part_micros, int64_t ordered_micros)
{
    return part_micros >= ordered_micros
               ? amount
               : decimal_divide((int128)amount * part_micros, ordered_micros, ROUND_HALF_UP);
}

int64_t
cancel_share(int64_t amount_minor, int64_t ordered_micros, int64_t before_micros,
             int64_t now_micros)
{
    assert(ordered_micros > 0 && before_micros >= 0 && now_micros >= 0 &&
           now_micros <= ordered_micros - before_micros);
    return line_share(amount_minor, ordered_micros - before_micros, ordered_micros) -
           line_share(amount_minor, ordered_micros - before_micros - now_micros, ordered_micros);
}
