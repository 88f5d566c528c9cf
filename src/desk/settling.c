/* What came after its authorisation had expired, or beyond it: a person says what becomes of it. */
#include "base/json.h"
#include "base/text.h"
#include "desk/gift_claims.h"
#include "desk/paying.h"
#include "desk/refunding.h"
#include "desk/returning.h"
#include "order/document.h"
#include "store/store.h"
#include "store/store_package.h"

#include <assert.h>
#include <string.h>

enum { DETAIL_BYTES_MAX = 64 * 1024 };

struct settling {
    struct run *run;
    const struct stored_return *stored;
    struct arena *arena;
    struct return_waiting *items;
    size_t count;
    struct refund_part *parts;
    struct return_sums *sums;
};

static const struct stored_return_line *
line_of(const struct stored_return_line *lines, size_t count, int64_t ordinal)
{
    for (size_t index = 0; index < count; index++) {
        if (lines[index].ordinal == ordinal) {
            return &lines[index];
        }
    }
    return NULL; /* the store has none without */
}

/* Of all that waits of an order line no more than has left, and did not come already; of packages
 * whole ones together with those of which a part came.  FAULT_CONFLICT: more did. */
static enum outcome
check_left(const struct settling *settling, size_t at, struct fault *why)
{
    const struct stored_return_line *line = settling->parts[at].line;
    struct store *store = settling->run->store;
    struct package_claim *claims = NULL;
    size_t count = 0;
    int64_t shipped_micros = 0;
    TRY(package_shipped(store, settling->stored->order_id, line->number, &shipped_micros, why));
    TRY(package_read_claims(store, PACKAGE_TAKEN, settling->stored->order_id, line->number,
                            settling->arena, &claims, &count, why));
    struct package_claim *all = arena_array(settling->arena, struct package_claim, count + at + 1);
    for (size_t index = 0; index < count; index++) {
        all[index] = claims[index];
    }
    for (size_t index = 0; index <= at; index++) {
        const struct refund_part *part = &settling->parts[index];
        if (strcmp(part->line->number, line->number) == 0) {
            all[count++] = return_line_claim(part->line, part->quantity_micros);
        }
    }
    return package_whole(all, count) + package_opened(all, count) <= shipped_micros
               ? DONE
               : fail_as(why, FAULT_CONFLICT,
                         "more came back of line %s than has left with the order", line->number);
}

static enum outcome
gather(struct settling *settling, struct fault *why)
{
    struct stored_return_line *lines = NULL;
    size_t line_count = 0;
    struct store *store = settling->run->store;
    TRY(return_read_waiting(store, settling->stored->id, settling->arena, &settling->items,
                            &settling->count, why));
    TRY(return_read_lines(store, settling->stored->id, settling->arena, &lines, &line_count, why));
    if (settling->count == 0) {
        return fail_as(why, FAULT_CONFLICT, "nothing that came of %s waits",
                       settling->stored->number);
    }
    settling->parts = arena_array(settling->arena, struct refund_part, settling->count);
    for (size_t index = 0; index < settling->count; index++) {
        const struct return_waiting *item = &settling->items[index];
        settling->parts[index] = (struct refund_part){
            .line = line_of(lines, line_count, item->ordinal),
            .condition = (enum return_condition)name_index(item->condition, return_condition_names,
                                                           RETURN_CONDITION_COUNT),
            .quantity_micros = item->quantity_micros};
        assert(settling->parts[index].line != NULL && "what waits is of a line of the return");
    }
    return DONE;
}

static enum outcome
refund(struct settling *settling, struct fault *why)
{
    struct refunding refunding = {
        settling->run, settling->stored, settling->parts, settling->count, settling->arena, "", 0};
    for (size_t index = 0; index < settling->count; index++) {
        TRY(check_left(settling, index, why));
    }
    TRY(refunding_give(&refunding, why));
    settling->sums->currency = refunding.currency;
    settling->sums->gift_minor = refunding.gift_minor;
    return DONE;
}

static enum outcome
keep(struct settling *settling, bool refunds, struct fault *why)
{
    for (size_t index = 0; index < settling->count; index++) {
        const struct refund_part *part = &settling->parts[index];
        const struct return_settlement settlement = {refunds ? "" : "refused", part->refund_minor,
                                                     part->fee_minor, part->unbilled_minor,
                                                     settling->run->as_of_ms};
        settling->sums->refund_minor += part->refund_minor;
        settling->sums->fee_minor += part->fee_minor;
        TRY(return_settle_one(settling->run->store, settling->items[index].id, &settlement, why));
    }
    return DONE;
}

static const char *
detail_of(const struct settling *settling, bool refunds, const char *reason)
{
    OWNED(buf) text;
    struct json json;
    const struct return_sums *sums = settling->sums;
    buf_init(&text, DETAIL_BYTES_MAX);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_text(&json, "return", settling->stored->number);
    json_bool(&json, "refunded", refunds);
    if (sums->currency[0] != '\0') {
        const int exponent = currency_exponent(sums->currency);
        json_decimal(&json, "refund", sums->refund_minor, exponent, exponent);
        json_decimal(&json, "fee", sums->fee_minor, exponent, exponent);
        if (sums->gift_minor != 0) {
            json_decimal(&json, "gifts", sums->gift_minor, exponent, exponent);
        }
        json_text(&json, "currency", sums->currency);
    }
    json_text(&json, "reason", reason);
    json_end(&json);
    return arena_copy(settling->arena, text.bytes);
}

enum outcome
returning_settle(struct run *run, struct subject *subject, const struct stored_return *stored,
                 bool refunds, const struct cause *cause, struct arena *arena,
                 struct return_sums *sums, struct fault *why)
{
    struct settling settling = {.run = run, .stored = stored, .arena = arena, .sums = sums};
    struct cause told = *cause;
    *sums = (struct return_sums){.currency = ""};
    TRY(gather(&settling, why));
    if (refunds) {
        TRY(refund(&settling, why));
    }
    TRY(keep(&settling, refunds, why));
    TRY(return_settle(run->store, stored->id, cause->detail, why));
    told.detail = detail_of(&settling, refunds, cause->detail);
    TRY(flow_news(run, subject, EVENT_RETURN_SETTLED, &told, why));
    if (!refunds) {
        return returning_tell(run, stored->partner, stored, TELLS_REJECTION, why);
    }
    TRY(paying_changed(run, subject, 0, why));
    return gift_claims_follow(run, subject, stored->id, why);
}
