#include "order/package.h"

#include "base/decimal.h"

#include <string.h>

int64_t
package_units(int64_t micros, int64_t per_micros)
{
    return per_micros <= 0 ? 0 : micros / per_micros + (micros % per_micros > 0);
}

static int64_t
claimed_of(const struct package_claim *claims, size_t count, const char *part)
{
    int64_t micros = 0;
    for (size_t index = 0; index < count; index++) {
        micros += strcmp(claims[index].part, part) == 0 ? claims[index].micros : 0;
    }
    return micros;
}

int64_t
package_whole(const struct package_claim *claims, size_t count)
{
    return claimed_of(claims, count, "");
}

int64_t
package_opened(const struct package_claim *claims, size_t count)
{
    int64_t most = 0;
    for (size_t index = 0; index < count; index++) {
        const struct package_claim *claim = &claims[index];
        if (claim->part[0] != '\0') {
            const int64_t micros = claimed_of(claims, count, claim->part);
            const int64_t units = package_units(micros, claim->per_micros);
            most = units > most ? units : most;
        }
    }
    return most * MICROS;
}

int64_t
package_left(const struct package_claim *claims, size_t count, int64_t shipped_micros,
             const char *part, int64_t per_micros)
{
    const int64_t rest = shipped_micros - package_whole(claims, count);
    if (part[0] == '\0') {
        return rest - package_opened(claims, count);
    }
    return rest / MICROS * per_micros - claimed_of(claims, count, part);
}

int64_t
package_share(int64_t unit_minor, const struct package_part *parts, size_t count, size_t part,
              int64_t before_micros, int64_t after_micros, int64_t *scratch)
{
    int64_t *weights = scratch;
    int64_t *shares_minor = scratch + count;
    const int64_t per_micros = parts[part].per_micros;
    for (size_t index = 0; index < count; index++) {
        weights[index] = parts[index].list_minor;
    }
    money_share(unit_minor, weights, count, shares_minor);
    const int128 share = shares_minor[part];
    return decimal_divide(share * after_micros, per_micros, ROUND_HALF_UP) -
           decimal_divide(share * before_micros, per_micros, ROUND_HALF_UP);
}
