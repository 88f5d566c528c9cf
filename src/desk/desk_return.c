/* Returns that a person enters, decides about, or settles. */
#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"
#include "desk/desk.h"
#include "desk/exchanging.h"
#include "desk/returning.h"
#include "store/store.h"

#include <inttypes.h>
#include <string.h>

static enum outcome
decide(struct run *run, const struct return_settling *settling, struct arena *arena,
       struct stored_return *stored, struct fault *why)
{
    struct order_standing standing;
    const struct cause cause = {settling->actor, 0, run->as_of_ms, settling->reason};
    TRY(return_find_asked(run->store, settling->name, arena, stored, why));
    TRY(order_find(run->store, stored->partner, stored->order_number, &standing, why));
    const struct subject subject = flow_subject(&standing, stored->partner);
    return returning_decide(run, &subject, stored, settling->action == RETURN_AUTHORISE,
                            settling->reason, &cause, arena, why);
}

static enum outcome
settle_rest(struct run *run, const struct return_settling *settling, struct arena *arena,
            struct stored_return *stored, struct return_settled *settled, struct fault *why)
{
    struct order_standing standing;
    struct return_sums sums = {0};
    const struct cause cause = {settling->actor, 0, run->as_of_ms, settling->reason};
    TRY(return_find(run->store, settling->name, arena, stored, why));
    TRY(order_find(run->store, stored->partner, stored->order_number, &standing, why));
    struct subject subject = flow_subject(&standing, stored->partner);
    TRY(returning_settle(run, &subject, stored, settling->action == RETURN_REFUND_REST, &cause,
                         arena, &sums, why));
    settled->currency = sums.currency;
    settled->refund_minor = sums.refund_minor;
    settled->fee_minor = sums.fee_minor;
    settled->gift_minor = sums.gift_minor;
    return DONE;
}

static void
tell(const struct stored_return *stored, struct return_settled *settled)
{
    settled->partner = stored->partner;
    settled->order_number = stored->order_number;
    settled->request = stored->request;
    settled->number = stored->number;
    settled->state = stored->state;
    settled->expires = stored->expires;
}

enum outcome
desk_settle_return(struct run *run, const struct return_settling *settling, struct arena *arena,
                   struct return_settled *settled, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct stored_return stored = {0};
    *settled = (struct return_settled){.currency = "", .text = {"", ""}};
    TRY(store_begin(run->store, &tx, why));
    TRY(settling->action == RETURN_AUTHORISE || settling->action == RETURN_TURN_DOWN
            ? decide(run, settling, arena, &stored, why)
            : settle_rest(run, settling, arena, &stored, settled, why));
    tell(&stored, settled);
    return settling->is_trial ? DONE : store_commit(&tx, why);
}

static enum outcome
check_exchange(struct run *run, struct facts *facts, const struct return_entry *entry,
               struct arena *arena, struct fault *why)
{
    const char *nearest = "";
    if (entry->exchange_sku[0] == '\0') {
        return DONE;
    }
    const enum outcome found =
        exchange_product(run, facts, entry->exchange_sku, arena, &nearest, why);
    return found == NONE
               ? fail_as(why, FAULT_USAGE, "there is no product %s to exchange it for%s%s",
                         entry->exchange_sku, *nearest == '\0' ? "" : "; the nearest is ", nearest)
               : found;
}

/* What the customer would be told, as a fault. */
static enum outcome
refuse(const struct return_entry *entry, enum return_asked asked, struct fault *why)
{
    switch (asked) {
    case RETURN_ASKED_LINE:
        return fail_as(why, FAULT_NOT_FOUND, "order %s/%s has no line %s", entry->partner,
                       entry->order_number, entry->line);
    case RETURN_ASKED_PART:
        return fail_as(why, FAULT_USAGE, "there is no part of a unit of line %s", entry->line);
    case RETURN_ASKED_PACKAGE:
        return fail_as(why, FAULT_USAGE, "line %s is no package: leave out --part", entry->line);
    case RETURN_ASKED_NOTHING:
        return fail_as(why, FAULT_CONFLICT,
                       "nothing of order %s/%s has left yet: cancel what is not wanted",
                       entry->partner, entry->order_number);
    case RETURN_ASKED_KNOWN:
    case RETURN_ASKED_CONFLICT:
        return fail_as(why, FAULT_CONFLICT,
                       "order %s/%s has a return of this number already: the customer has used it",
                       entry->partner, entry->order_number);
    default: return DONE;
    }
}

static enum outcome
enter(struct run *run, const struct return_entry *entry, const struct order_standing *standing,
      struct arena *arena, struct return_settled *settled, struct fault *why)
{
    __attribute__((cleanup(facts_free))) struct facts *facts = facts_new(run->store);
    const struct subject subject = flow_subject(standing, entry->partner);
    const struct cause cause = {entry->actor, 0, run->as_of_ms, entry->reason};
    struct stored_return stored;
    struct stored_return_line *lines = NULL;
    size_t at = 0;
    int64_t number = 0;
    enum return_asked asked;
    TRY(check_exchange(run, facts, entry, arena, why));
    TRY(return_own_number(run->store, standing->id, &number, why));
    const bool exchanges = entry->exchange_sku[0] != '\0';
    struct return_line line = {.number = entry->line,
                               .part = entry->part,
                               .quantity_micros = entry->quantity_micros,
                               .reason = entry->cause,
                               .wish = return_wish_names[exchanges],
                               .exchange_sku = entry->exchange_sku,
                               .serials = "",
                               .text = entry->reason};
    const struct return_request request = {.number = arena_format(arena, "OWN-%" PRId64, number),
                                           .order_number = entry->order_number,
                                           .lines = &line,
                                           .line_count = 1};
    TRY(returning_ask(run, facts, &subject, &request, &cause, arena, &asked, &at, why));
    if (asked == RETURN_ASKED_PIECE) {
        const char *parts = "";
        TRY(returning_parts(run, &subject, entry->line, arena, &parts, why));
        return fail_as(why, FAULT_USAGE, "line %s has no part %s: it has %s", entry->line,
                       entry->part, parts);
    }
    TRY(refuse(entry, asked, why));
    TRY(return_find_request(run->store, standing->id, request.number, arena, &stored, why));
    TRY(return_read_lines(run->store, stored.id, arena, &lines, &at, why));
    tell(&stored, settled);
    settled->text[LANGUAGE_EN] = lines[0].text[LANGUAGE_EN];
    settled->text[LANGUAGE_ZH] = lines[0].text[LANGUAGE_ZH];
    return DONE;
}

enum outcome
desk_enter_return(struct run *run, const struct return_entry *entry, struct arena *arena,
                  struct return_settled *settled, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct order_standing standing;
    *settled = (struct return_settled){.currency = ""};
    TRY(store_begin(run->store, &tx, why));
    TRY(order_find(run->store, entry->partner, entry->order_number, &standing, why));
    TRY(enter(run, entry, &standing, arena, settled, why));
    return entry->is_trial ? DONE : store_commit(&tx, why);
}
