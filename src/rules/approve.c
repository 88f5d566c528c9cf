#include "rules/approve.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "base/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A trace has one object per limit; a matrix has tens of rows, and this is room for some 50,000. */
enum { TRACE_BYTES_MAX = 16 * 1024 * 1024 };

enum match { MATCHES, OTHER_TYPE, OTHER_CURRENCY, NOT_ABOVE, MATCH_COUNT };

/* By step, within it the highest limit first, of equal ones that of the very type first; then by
 * what is left, so that the order in which the caller brings the rows cannot matter. */
static int
compare_limits(const void *one_pointer, const void *other_pointer)
{
    const struct approval_limit *one = *(const struct approval_limit *const *)one_pointer;
    const struct approval_limit *other = *(const struct approval_limit *const *)other_pointer;
    const int orders[] = {
        number_compare(one->step, other->step),
        number_compare(other->above_minor, one->above_minor),
        number_compare(one->type[0] == '\0', other->type[0] == '\0'),
        strcmp(one->type, other->type),
        strcmp(one->currency, other->currency),
        strcmp(one->approver, other->approver),
    };
    for (size_t index = 0; index < sizeof orders / sizeof orders[0]; index++) {
        if (orders[index] != 0) {
            return orders[index];
        }
    }
    return 0;
}

static enum match
match_limit(const struct approval_limit *limit, const struct approval_matter *matter)
{
    const char *type = order_type_names[matter->type];
    return limit->type[0] != '\0' && strcmp(limit->type, type) != 0 ? OTHER_TYPE
           : strcmp(limit->currency, matter->currency) != 0         ? OTHER_CURRENCY
           : matter->gross_minor <= limit->above_minor              ? NOT_ABOVE
                                                                    : MATCHES;
}

/* What a limit of the sorted list says about the order. */
struct opinion {
    enum match match;
    size_t asked_position; /* of the limit of its step that asks, 0: it is this one, or none */
    bool asks_for_price;
};

/* The names of the bits that are set, as an array; nothing when none is. */
static void
tell_wait_reasons(struct json *json, unsigned int wait_reasons)
{
    if (wait_reasons == 0) {
        return;
    }
    json_array(json, "wait_reasons");
    for (int bit = 0; bit < WAIT_REASON_COUNT; bit++) {
        if ((wait_reasons & (1U << bit)) != 0) {
            json_text(json, NULL, wait_reason_names[bit]);
        }
    }
    json_end(json);
}

static void
tell_limit(struct json *json, const struct approval_limit *limit, const struct opinion *opinion)
{
    static const char *const reasons[MATCH_COUNT] = {[OTHER_TYPE] = "other-type",
                                                     [OTHER_CURRENCY] = "other-currency",
                                                     [NOT_ABOVE] = "amount-not-above"};
    const int exponent = currency_exponent(limit->currency);
    json_object(json, NULL);
    json_integer(json, "step", limit->step);
    json_text(json, "type", limit->type[0] == '\0' ? NULL : limit->type);
    json_text(json, "currency", limit->currency);
    json_decimal(json, "above", limit->above_minor, exponent < 0 ? 0 : exponent,
                 exponent < 0 ? 0 : exponent);
    json_text(json, "approver", limit->approver);
    if (opinion->asks_for_price) {
        json_text(json, "verdict", "asks");
        json_text(json, "why", "prices");
    } else if (opinion->match != MATCHES) {
        json_text(json, "verdict", "not-eligible");
        json_text(json, "why", reasons[opinion->match]);
    } else if (opinion->asked_position != 0) {
        json_text(json, "verdict", "lost");
        json_integer(json, "to", (int64_t)opinion->asked_position);
    } else {
        json_text(json, "verdict", "asks");
    }
    json_end(json);
}

static const struct approval_limit **
sorted_limits(const struct approval_limit *limits, size_t limit_count, struct arena *arena)
{
    const struct approval_limit **sorted =
        arena_array(arena, const struct approval_limit *, limit_count);
    for (size_t index = 0; index < limit_count; index++) {
        sorted[index] = &limits[index];
    }
    if (limit_count > 1) {
        qsort(sorted, limit_count, sizeof *sorted, compare_limits);
    }
    return sorted;
}

/* The limit whose approver is asked about prices alone: the lowest of the first step that has one;
 * limit_count when a limit matches, which asks anyway, or there is none. */
static size_t
position_for_price(const struct approval_matter *matter, const struct approval_limit **sorted,
                   size_t limit_count)
{
    size_t lowest = limit_count;
    for (size_t index = 0; index < limit_count; index++) {
        const enum match match = match_limit(sorted[index], matter);
        if (match == MATCHES) {
            return limit_count;
        }
        if (match == NOT_ABOVE &&
            (lowest == limit_count || sorted[index]->step == sorted[lowest]->step)) {
            lowest = index;
        }
    }
    return matter->wait_reasons != 0 ? lowest : limit_count;
}

/* The limits come sorted, so the first match of a step is the one that asks. */
static void
decide(const struct approval_matter *matter, const struct approval_limit **sorted,
       size_t limit_count, struct json *json, struct approval_decision *decision)
{
    const size_t for_price = position_for_price(matter, sorted, limit_count);
    struct opinion opinion = {0};
    for (size_t index = 0; index < limit_count; index++) {
        const struct approval_limit *limit = sorted[index];
        if (index > 0 && sorted[index - 1]->step != limit->step) {
            opinion.asked_position = 0;
        }
        opinion.match = match_limit(limit, matter);
        opinion.asks_for_price = index == for_price;
        tell_limit(json, limit, &opinion);
        if (opinion.asks_for_price || (opinion.match == MATCHES && opinion.asked_position == 0)) {
            opinion.asked_position = index + 1;
            decision->steps[decision->step_count++] = (struct approval_step){
                .step = limit->step,
                .approver = limit->approver,
                .limit_minor = opinion.asks_for_price ? AMOUNT_NONE : limit->above_minor};
        }
    }
    decision->is_approved = decision->step_count == 0;
}

void
approve_order(const struct approval_matter *matter, const struct approval_limit *limits,
              size_t limit_count, struct arena *arena, struct approval_decision *decision)
{
    const int exponent = currency_exponent(matter->currency);
    assert(exponent >= 0 && "an order that was priced has a currency we know");
    OWNED(buf) buf;
    struct json json;
    buf_init(&buf, TRACE_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "rule", "approval-limits");
    json_text(&json, "type", order_type_names[matter->type]);
    json_text(&json, "currency", matter->currency);
    json_decimal(&json, "gross", matter->gross_minor, exponent, exponent);
    tell_wait_reasons(&json, matter->wait_reasons);
    json_array(&json, "limits");
    *decision =
        (struct approval_decision){.steps = arena_array(arena, struct approval_step, limit_count)};
    decide(matter, sorted_limits(limits, limit_count, arena), limit_count, &json, decision);
    json_end(&json);
    json_bool(&json, "approved_by_rule", decision->is_approved);
    json_end(&json);
    decision->trace = arena_copy_bytes(arena, buf.bytes, buf.size);
}
