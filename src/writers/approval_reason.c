#include "writers/approval_reason.h"

#include "base/decimal.h"
#include "writers/price_reason.h"
#include "writers/writing.h"

#include <string.h>

/* By the names of rules/approve.h; MESSAGE_COUNT: nothing is said. */
static const struct {
    const char *name;
    enum message sentence;
    bool is_about_costs;
} sentences[] = {
    {"amount-above", M_APPROVAL_WHY, false},
    {"amount-above-day", M_APPROVAL_WHY_DAY, false},
    {"amount-above-net", M_APPROVAL_WHY_NET, false},
    {"amount-above-net-day", M_APPROVAL_WHY_NET_DAY, false},
    {"amount-no-rate", M_APPROVAL_WHY_NO_RATE, false},
    {"amount-up-to", MESSAGE_COUNT, false},
    {"type", M_APPROVAL_WHY_TYPE, false},
    {"customer", M_APPROVAL_WHY_CUSTOMER, false},
    {"group", M_APPROVAL_WHY_GROUP, false},
    {"channel", M_APPROVAL_WHY_CHANNEL, false},
    {"country", M_APPROVAL_WHY_COUNTRY, false},
    {"category", M_APPROVAL_WHY_CATEGORY, false},
    {"lead-time", M_APPROVAL_WHY_LEAD_TIME, false},
    {"changed", M_APPROVAL_WHY_CHANGED, false},
    {"manual-price", M_APPROVAL_WHY_HAND, false},
    {"discount", M_APPROVAL_WHY_DISCOUNT, false},
    {"margin", M_APPROVAL_WHY_MARGIN, true},
    {"credit", M_APPROVAL_WHY_CREDIT, false},
    {"increase", M_APPROVAL_WHY_INCREASE, false},
    {"country-changed", M_APPROVAL_WHY_OTHER_COUNTRY, false},
};

bool
approval_knows_costs(const struct partner *partner)
{
    return (partner->roles & (unsigned int)ROLE_CUSTOMER) == 0;
}

void
approval_hide_costs(const struct partner *partner, struct document_request *request)
{
    if (!approval_knows_costs(partner)) {
        request->cost_minor = request->floor.cost_minor = request->floor.least_minor = AMOUNT_NONE;
    }
}

void
approval_hide_line_costs(const struct partner *partner, struct document_request_line *line)
{
    if (!approval_knows_costs(partner)) {
        line->floor.cost_minor = line->floor.least_minor = AMOUNT_NONE;
    }
}

int
approval_exponent(const struct document_request *request)
{
    const int exponent = currency_exponent(request->currency);
    return exponent < 0 ? 2 : exponent;
}

/* Of yes and no only the first is worth a sentence; a limit of the type's own says the type. */
static bool
is_plain(const struct document_request *request, const struct document_request_reason *reason)
{
    return strcmp(reason->value, "no") == 0 ||
           (strcmp(reason->name, "type") == 0 && request->limit_minor != AMOUNT_NONE);
}

static void
write_sentence(struct buf *why, enum message sentence, const struct document_request *request,
               const struct document_request_reason *reason, enum language language)
{
    char step[DECIMAL_TEXT_SIZE];
    const char *type = message_word(request->type, language);
    const struct filling fillings[] = {
        {"{amount}", reason->value},
        {"{value}", reason->value},
        {"{limit}", reason->limit},
        {"{currency}", request->currency},
        {"{step}", decimal_format(step, request->step, 0, 0)},
        {"{type}", type == NULL ? request->type : type},
    };
    if (why->size > 0) {
        buf_char(why, ' ');
    }
    writing_fill(why, message_text(sentence, language), fillings,
                 sizeof fillings / sizeof fillings[0]);
}

/* The sentence about one condition of the rule that asks.  Some have none beside others (where the
 * whole order is meant). */
static void
add_sentence(struct buf *why, const struct document_request *request,
             const struct document_request_reason *reason, bool may_know_costs,
             enum language language)
{
    for (size_t index = 0; index < sizeof sentences / sizeof sentences[0]; index++) {
        if (strcmp(sentences[index].name, reason->name) == 0 &&
            sentences[index].sentence != MESSAGE_COUNT && !is_plain(request, reason) &&
            (may_know_costs || !sentences[index].is_about_costs)) {
            write_sentence(why, sentences[index].sentence, request, reason, language);
        }
    }
}

static void
add_way(struct buf *why, const struct document_request *request, enum language language)
{
    static const struct {
        const char *chosen;
        enum message sentence;
    } ways[] = {
        {"stands-in", M_APPROVAL_WHY_STAND_IN},
        {"superior", M_APPROVAL_WHY_SUPERIOR},
        {"delegated", M_APPROVAL_WHY_DELEGATED},
        {"escalated", M_APPROVAL_WHY_ESCALATED},
    };
    for (size_t index = 0; index < sizeof ways / sizeof ways[0]; index++) {
        if (strcmp(ways[index].chosen, request->chosen) == 0 && request->chain[0] != '\0') {
            const struct filling filling = {"{chain}", request->chain};
            buf_text(why, why->size == 0 ? "" : " ");
            writing_fill(why, message_text(ways[index].sentence, language), &filling, 1);
        }
    }
}

static void
add_reminder(struct buf *why, const struct document_request *request, enum language language)
{
    char number[DECIMAL_TEXT_SIZE];
    const struct filling filling = {"{number}", decimal_format(number, request->reminder, 0, 0)};
    if (request->reminder > 0) {
        buf_char(why, ' ');
        writing_fill(why, message_text(M_APPROVAL_WHY_REMINDER, language), &filling, 1);
    }
}

enum outcome
approval_reason_gather(const struct partner *partner, struct document_scan *reasons,
                       int64_t position, const struct document_request *request, struct buf *text,
                       struct fault *why)
{
    const enum language language = partner->language;
    enum outcome outcome;
    buf_clear(text);
    buf_text(text, "");
    while ((outcome = document_scan_part(reasons, position, why)) == DONE) {
        struct document_request_reason reason;
        document_request_reason_get(reasons, &reason);
        add_sentence(text, request, &reason, approval_knows_costs(partner), language);
    }
    price_reason_sentences(text, request, approval_exponent(request), language);
    add_way(text, request, language);
    if (text->size == 0) {
        buf_text(text, message_text(M_APPROVAL_WHY_EVERY, language));
    }
    add_reminder(text, request, language);
    return outcome == NONE ? DONE : outcome;
}
