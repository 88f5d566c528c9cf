/* What the steps of pricing share: texts for findings, and how a finding gets its place. */
#include "rules/pricing.h"

#include "base/fault.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 80, LISTED_MAX = 12, LIST_BYTES_MAX = 4096 };

const char *
pricing_shown(struct pricing *pricing, const char *text)
{
    return text_show(&pricing->findings->scratch, text, strlen(text), SHOWN_MAX);
}

const char *
pricing_micros(struct pricing *pricing, int64_t micros, int places_min)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&pricing->findings->scratch,
                      decimal_format(text, micros, MICROS_PLACES, places_min));
}

/* The most an amount may be, in words: "10000000000000.00 EUR". */
const char *
pricing_limit(struct pricing *pricing)
{
    char text[DECIMAL_TEXT_SIZE];
    decimal_format(text, ORDER_AMOUNT_MAX_MINOR, pricing->exponent, pricing->exponent);
    return arena_format(&pricing->findings->scratch, "%s %s", text, pricing->order->currency);
}

bool
price_is_held_by(enum message mistake)
{
    static const enum message mistakes[] = {M_PRICE_FORMULA_BREAKS, M_PRICE_FORMULA_TOO_LARGE,
                                            M_PRICE_FORMULA_NEGATIVE, M_PRICE_FORMULA_BROKEN,
                                            M_PRICE_PACKAGE_FORMULA};
    for (size_t index = 0; index < sizeof mistakes / sizeof mistakes[0]; index++) {
        if (mistakes[index] == mistake) {
            return true;
        }
    }
    return false;
}

enum message
pricing_first(enum message before, enum message now)
{
    return before == MESSAGE_COUNT ||
                   (price_is_held_by(before) && now != MESSAGE_COUNT && !price_is_held_by(now))
               ? now
               : before;
}

/* Add a finding at its place; `line` is NULL for the whole order. */
void
pricing_mistake(struct pricing *pricing, const struct order_line *line, struct finding finding)
{
    if (pricing->is_silent) {
        return;
    }
    finding.place = line == NULL ? pricing->order->place : line->place;
    finding.order_number = pricing->order->number;
    finding.order_line = line == NULL ? "" : line->number;
    findings_add(pricing->findings, &finding);
}

static int
compare_texts(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* "green, red, white": sorted, each once, at most LISTED_MAX of them.  Sorts `texts`. */
const char *
pricing_list(struct pricing *pricing, const char **texts, size_t count)
{
    OWNED(buf) list;
    size_t listed = 0;
    buf_init(&list, LIST_BYTES_MAX);
    buf_text(&list, "");
    if (count > 1) {
        qsort(texts, count, sizeof *texts, compare_texts);
    }
    for (size_t index = 0; index < count; index++) {
        if (index > 0 && strcmp(texts[index], texts[index - 1]) == 0) {
            continue;
        }
        if (listed++ == LISTED_MAX) {
            buf_text(&list, ", \xE2\x80\xA6");
            break;
        }
        buf_text(&list, listed > 1 ? ", " : "");
        buf_text(&list, pricing_shown(pricing, texts[index]));
    }
    return arena_copy(&pricing->findings->scratch, list.bytes);
}
