#include "writers/delay_telling.h"

#include "order/delay_words.h"
#include "writers/tracking_link.h"

#include <string.h>

struct telling
telling_of(const struct writing *writing, const struct document_delay *delay, struct arena *arena)
{
    const enum language language = writing->partner->language;
    const struct delay_saying saying = {delay->grade, delay->promised, delay->promised_before,
                                        delay->expected, delay->expected_latest};
    const bool is_ours = strcmp(writing->partner->id, delay->partner) != 0;
    struct telling telling = {
        .delay = delay,
        .is_ours = is_ours,
        .cause = is_ours ? delay->cause : delay_customer_cause(delay->cause),
        .cause_text = is_ours ? delay_cause_words(delay->cause, language)
                              : delay_customer_words(delay->cause, language),
        .text = is_ours ? delay_grade_words(delay->grade, language)
                        : delay_sentence(&saying, language, arena),
        .advice = is_ours ? delay_advice(delay->cause, language) : "",
        .page = "",
    };
    if (!is_ours) {
        telling.page =
            tracking_link(&writing->config->tracking, delay->partner, delay->order_number, arena);
    }
    return telling;
}
