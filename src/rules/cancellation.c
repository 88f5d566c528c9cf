#include "rules/cancellation.h"

#include "base/decimal.h"

#include <assert.h>

/* What a line comes to when so much of it is left. */
static int64_t
rest_of(int64_t amount_minor, int64_t ordered_micros, int64_t cancelled_micros)
{
    return decimal_divide((int128)amount_minor * (ordered_micros - cancelled_micros),
                          ordered_micros, ROUND_HALF_UP);
}

int64_t
cancel_share(int64_t amount_minor, int64_t ordered_micros, int64_t before_micros,
             int64_t now_micros)
{
    assert(ordered_micros > 0 && before_micros >= 0 && now_micros >= 0 &&
           now_micros <= ordered_micros - before_micros);
    return rest_of(amount_minor, ordered_micros, before_micros) -
           rest_of(amount_minor, ordered_micros, before_micros + now_micros);
}
