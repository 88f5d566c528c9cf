#include "desk/amending.h"

#include "base/json.h"
#include "desk/cancelling.h"
#include "desk/revision.h"
#include "order/order_apply.h"
#include "rules/modification.h"
#include "store/store_cancellation.h"
#include "store/store_change.h"
#include "store/store_interchange.h"
#include "store/store_order_whole.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <string.h>

enum { DETAIL_BYTES_MAX = 16 * 1024 * 1024 };

/* What is at hand while an order is changed. */
struct work {
    struct revision *revision;
    struct subject *subject;
    const struct amendment *amendment;
    struct arena *arena;
    struct change_answer *answer;
    struct order before;
    struct order_standing standing;
    struct modification_decision decisions[MODIFICATION_COUNT];
    const char *state; /* of the order, as people call it */
};

/* ---- what is wanted, and what the matrix says of it ---- */

static enum outcome
decide_kinds(struct work *work, struct fault *why)
{
    const struct subject *subject = work->subject;
    const struct customer_row *customer = NULL;
    struct modification_question question = {
        .state = modification_state_of(subject->approval, subject->fulfilment),
        .group = "",
        .cancellation_point = MODIFY_APPROVED,
    };
    const enum outcome found = facts_customer(
        &work->revision->facts, work->before.parties[PARTY_SOLD_TO].code, &customer, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    question.group = found == DONE ? customer->group : "";
    for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
        question.change = (enum modification)kind;
        modification_decide(modification_built_in, modification_built_in_count, &question,
                            work->arena, &work->decisions[kind]);
    }
    return DONE;
}

/* Is it carried out in place, before the release? */
static bool
is_in_place(enum modification_way way)
{
    return way == MODIFY_ALLOW || way == MODIFY_ASK || way == MODIFY_NEW_LINE ||
           way == MODIFY_REDIRECT;
}

static void
judge(const struct work *work, const struct difference *difference, struct change_item *item)
{
    const struct modification_decision *decision = &work->decisions[difference->kind];
    const bool is_open = work->subject->fulfilment == FULFILMENT_NONE;
    *item = (struct change_item){.kind = modification_names[difference->kind],
                                 .line = difference->line,
                                 .field = difference->field,
                                 .before = difference->before,
                                 .after = difference->after,
                                 .verdict = CHANGE_TAKEN,
                                 .way = modification_way_names[decision->way],
                                 .code = MESSAGE_COUNT,
                                 .value = "",
                                 .rule = decision->trace};
    if (decision->way == MODIFY_REFUSE) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CHANGE_REFUSED;
        item->value = work->state;
    } else if (decision->way != MODIFY_CANCEL && !(is_open && is_in_place(decision->way))) {
        item->verdict = CHANGE_REFUSED;
        item->code = M_CHANGE_NOT_DONE;
    }
}

static struct change_item *
add_item(struct work *work, size_t *capacity)
{
    struct change_answer *answer = work->answer;
    answer->items =
        arena_grow(work->arena, answer->items, sizeof *answer->items, answer->item_count, capacity);
    return &answer->items[answer->item_count++];
}

static void
list_items(struct work *work, const struct applied *wanted)
{
    struct difference *differences = NULL;
    size_t count = 0;
    size_t capacity = 0;
    order_compare(&work->before, &wanted->order, work->arena, &differences, &count);
    for (size_t index = 0; index < count; index++) {
        judge(work, &differences[index], add_item(work, &capacity));
    }
    for (size_t index = 0; index < wanted->trouble_count; index++) {
        const struct apply_trouble *trouble = &wanted->troubles[index];
        *add_item(work, &capacity) = (struct change_item){.kind = "",
                                                          .line = trouble->line,
                                                          .field = "",
                                                          .before = "",
                                                          .after = "",
                                                          .verdict = CHANGE_REFUSED,
                                                          .way = "",
                                                          .code = trouble->code,
                                                          .value = "",
                                                          .rule = "",
                                                          .at = trouble->at};
    }
    if (*work->amendment->change->terms != '\0') {
        *add_item(work, &capacity) =
            (struct change_item){.kind = modification_names[MODIFICATION_TERMS],
                                 .line = "",
                                 .field = "payment_terms",
                                 .before = "",
                                 .after = work->amendment->change->terms,
                                 .verdict = CHANGE_REFUSED,
                                 .way = "",
                                 .code = M_CHANGE_TERMS,
                                 .value = "",
                                 .rule = work->decisions[MODIFICATION_TERMS].trace};
    }
}

static size_t
count_items(const struct work *work, enum change_verdict verdict)
{
    size_t count = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        count += work->answer->items[index].verdict == verdict;
    }
    return count;
}

/* All that was to be taken is refused. */
static void
refuse_all(struct work *work, enum message code, const char *value)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (item->verdict != CHANGE_REFUSED) {
            item->verdict = CHANGE_REFUSED;
            item->code = code;
            item->value = value;
        }
    }
}

/* The change as a whole is refused. */
static void
refuse_change(struct work *work, enum message code, const char *value)
{
    size_t capacity = 0;
    work->answer->items = NULL;
    work->answer->item_count = 0;
    *add_item(work, &capacity) =
        (struct change_item){.kind = "",
                             .line = "",
                             .field = code == M_CHANGE_VERSION_OLD ? "version" : "",
                             .before = "",
                             .after = "",
                             .verdict = CHANGE_REFUSED,
                             .way = "",
                             .code = code,
                             .value = value,
                             .rule = ""};
}

/* ---- a version that is not the one in force ---- */

static bool
touch_alike(const struct difference *one, const struct difference *other)
{
    const bool is_whole_line = one->field[0] == '\0' || other->field[0] == '\0';
    return strcmp(one->line, other->line) == 0 &&
           (is_whole_line || strcmp(one->field, other->field) == 0);
}

/* Has something of what the change touches changed since the version that it names? */
static enum outcome
check_version(struct work *work, const struct order *wanted, bool *is_current, struct fault *why)
{
    const int64_t named = work->amendment->change->version;
    struct order then = {0};
    struct difference *since = NULL;
    struct difference *asked = NULL;
    size_t since_count = 0;
    size_t asked_count = 0;
    *is_current = true;
    if (named == 0 || named == work->subject->version) {
        return DONE;
    }
    if (named > work->subject->version) {
        *is_current = false;
        return DONE;
    }
    TRY(order_read_whole(work->revision->run->store, work->subject->id, named, work->arena, &then,
                         why));
    order_compare(&then, &work->before, work->arena, &since, &since_count);
    order_compare(&work->before, wanted, work->arena, &asked, &asked_count);
    for (size_t at = 0; at < asked_count; at++) {
        for (size_t index = 0; index < since_count; index++) {
            *is_current = *is_current && !touch_alike(&asked[at], &since[index]);
        }
    }
    return DONE;
}

/* ---- the next version ---- */

static unsigned int
permitted(const struct work *work)
{
    unsigned int kinds = 0;
    for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
        kinds |= is_in_place(work->decisions[kind].way) ? 1U << kind : 0;
    }
    return kinds;
}

static bool
is_taken(const struct change_item *item, enum modification kind)
{
    return item->verdict == CHANGE_TAKEN && strcmp(item->kind, modification_names[kind]) == 0;
}

/* Of all kinds that are taken, the strictest. */
static struct modification_rule
strictest(const struct work *work, bool *asks)
{
    struct modification_rule rule = {.basis = BASIS_KEEP, .approval = CHANGE_NEVER};
    *asks = false;
    for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
        const struct modification_decision *decision = &work->decisions[kind];
        for (size_t index = 0; index < work->answer->item_count; index++) {
            if (!is_taken(&work->answer->items[index], (enum modification)kind)) {
                continue;
            }
            const enum modification_approval approval = decision->rule.approval;
            rule.basis = decision->rule.basis == BASIS_ALL ? BASIS_ALL : rule.basis;
            if (approval == CHANGE_ALWAYS || rule.approval == CHANGE_NEVER) {
                rule.approval = approval;
            }
            *asks = *asks || decision->way == MODIFY_ASK;
        }
    }
    return rule;
}

/* What the event says: {"change":"C-1","reason":"...","differences":[{"line":"1",...}]}. */
static const char *
detail_of(const struct work *work)
{
    OWNED(buf) buf;
    struct json json;
    const struct change_answer *answer = work->answer;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "change", answer->change_number);
    json_text(&json, "reason", work->amendment->change->reason);
    json_array(&json, "differences");
    for (size_t index = 0; index < answer->item_count; index++) {
        const struct change_item *item = &answer->items[index];
        json_object(&json, NULL);
        json_text(&json, "kind", item->kind);
        json_text(&json, "line", item->line);
        json_text(&json, "field", item->field);
        json_text(&json, "before", item->before);
        json_text(&json, "after", item->after);
        json_text(&json, "verdict", change_verdict_names[item->verdict]);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    return arena_copy_bytes(work->arena, buf.bytes, buf.size);
}

/* NONE: as it becomes it has no price; the caller undoes what was done. */
static enum outcome
make_version(struct work *work, struct order *after, struct fault *why)
{
    struct revision *revision = work->revision;
    struct run *run = revision->run;
    struct subject *subject = work->subject;
    struct cause cause = *work->amendment->cause;
    bool asks = false;
    const struct modification_rule rule = strictest(work, &asks);
    const struct revision_end end = {.brought_id = work->standing.interchange_id,
                                     .interchange_id = cause.interchange_id,
                                     .approval = asks ? CHANGE_ALWAYS : rule.approval};
    if (rule.basis == BASIS_ALL) {
        after->order_date = moment_day(run->as_of_ms);
        facts_forget(&revision->facts);
    } else if (subject->approval != APPROVAL_UNPRICED) {
        TRY(facts_as_of_order(&revision->facts, subject->id, subject->version, why));
    }
    cause.detail = detail_of(work);
    TRY(order_read(run->store, subject->id, subject->version, &revision->arena, &revision->order,
                   why));
    TRY(order_change(run->store, subject->id, subject->version, after, why));
    TRY(revision_change(revision, subject, after, &cause, why));
    TRY(revision_appraise(revision, subject, why));
    if (!revision->appraisal.is_good && !revision->appraisal.is_held) {
        return NONE;
    }
    return revision_conclude(revision, &end, subject, why);
}

/* In a savepoint: what cannot be priced has changed nothing. */
static enum outcome
try_version(struct work *work, struct order *after, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct run_counts counts_before = run->counts;
    const struct subject subject_before = *work->subject;
    struct savepoint savepoint = {0};
    TRY(savepoint_open(run->store, &savepoint, why));
    const enum outcome outcome = make_version(work, after, why);
    if (outcome == DONE) {
        return savepoint_keep(&savepoint, why);
    }
    if (outcome != NONE) {
        return outcome;
    }
    const struct finding *reason = appraisal_reason(&work->revision->findings);
    refuse_all(work, M_CHANGE_NO_PRICE, message_entry(reason->code)->id);
    run->counts = counts_before;
    *work->subject = subject_before;
    return savepoint_undo(&savepoint, why);
}

/* ---- what is taken off beyond the cancellation point ---- */

static bool
is_cancelling(const struct change_item *item)
{
    return item->verdict == CHANGE_TAKEN &&
           strcmp(item->way, modification_way_names[MODIFY_CANCEL]) == 0;
}

static size_t
count_taken(const struct work *work, bool is_cancelled)
{
    size_t count = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        const struct change_item *item = &work->answer->items[index];
        count += item->verdict == CHANGE_TAKEN && is_cancelling(item) == is_cancelled;
    }
    return count;
}

static const struct order_line *
line_of(const struct order *order, const char *number, size_t *ordinal)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (strcmp(order->lines[index].number, number) == 0) {
            *ordinal = index + 1;
            return &order->lines[index];
        }
    }
    return NULL;
}

/* How it ended stands at each of its items. */
static void
mark_cancelled(const struct work *work, const struct cancel_result *result)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (!is_cancelling(item)) {
            continue;
        }
        item->verdict = result->objection.is_raised ? CHANGE_REFUSED : CHANGE_TAKEN;
        item->code = result->objection.is_raised ? result->objection.code : MESSAGE_COUNT;
    }
}

/* `wanted` has what should be left; `now` is the version in force. */
static enum outcome
cancel_less(struct work *work, const struct order *wanted, const struct order *now,
            struct fault *why)
{
    const size_t most = count_taken(work, true);
    struct cancel_item *items = arena_array(work->arena, struct cancel_item, most + 1);
    struct cancel_result result;
    size_t count = 0;
    if (most == 0) {
        return DONE;
    }
    for (size_t index = 0; index < work->answer->item_count; index++) {
        const struct change_item *item = &work->answer->items[index];
        size_t ordinal = 0;
        size_t ignored = 0;
        if (is_cancelling(item)) {
            const struct order_line *is = line_of(now, item->line, &ordinal);
            const struct order_line *left = line_of(wanted, item->line, &ignored);
            items[count++] = (struct cancel_item){
                item->line,
                left == NULL ? AMOUNT_NONE : is->quantity_micros - left->quantity_micros, 0};
        }
    }
    const struct cancel_request request = {.items = items,
                                           .item_count = count,
                                           .request = work->amendment->change->number,
                                           .reason = cancel_reason_names[CANCEL_OTHER],
                                           .text = work->amendment->change->reason,
                                           .fault = "customer"};
    TRY(cancelling_do(work->revision->run, work->subject, &request, work->amendment->cause,
                      work->arena, &result, why));
    mark_cancelled(work, &result);
    return DONE;
}

static enum outcome
carry_out(struct work *work, const struct order *wanted, struct fault *why)
{
    struct applied after;
    if (work->amendment->is_all_or_nothing && count_items(work, CHANGE_REFUSED) > 0) {
        refuse_all(work, M_CHANGE_NOT_ALONE, "");
    }
    if (count_items(work, CHANGE_TAKEN) == 0) {
        return DONE;
    }
    if (wanted->line_count == 0) {
        refuse_all(work, M_CHANGE_NOTHING_LEFT, "");
        return DONE;
    }
    order_apply(&work->before, work->amendment->change, permitted(work), work->arena, &after);
    if (count_taken(work, false) > 0) {
        TRY(try_version(work, &after.order, why));
    }
    return cancel_less(work, wanted, &after.order, why);
}

/* ---- the answer ---- */

static enum change_verdict
verdict_of(const struct work *work)
{
    const size_t refused = count_items(work, CHANGE_REFUSED);
    const size_t waits = count_items(work, CHANGE_WAITS);
    const size_t taken = count_items(work, CHANGE_TAKEN);
    return waits > 0      ? CHANGE_WAITS
           : refused == 0 ? CHANGE_TAKEN
           : taken == 0   ? CHANGE_REFUSED
                          : CHANGE_PARTLY;
}

static enum outcome
answer_customer(struct work *work, struct fault *why)
{
    struct run *run = work->revision->run;
    struct change_answer *answer = work->answer;
    const struct subject *subject = work->subject;
    int64_t number = 0;
    answer->verdict = verdict_of(work);
    answer->version = subject->version;
    answer->headline = lifecycle_headline(subject->approval, subject->fulfilment, subject->payment);
    TRY(change_amounts(run->store, subject->id, subject->version, &answer->after, why));
    TRY(change_answer_add(run->store, subject->id, work->amendment->cause->actor, run->as_of_ms,
                          answer, &number, why));
    return outbox_message_add(run->store,
                              &(struct outbox_message){.partner = subject->partner,
                                                       .kind = KIND_CHANGE_RESPONSE,
                                                       .order_id = subject->id,
                                                       .version = subject->version,
                                                       .reminder = number},
                              why);
}

static enum outcome
change(struct work *work, struct fault *why)
{
    struct applied wanted;
    bool is_current = false;
    const int64_t named = work->amendment->change->version;
    order_apply(&work->before, work->amendment->change, APPLY_ALL, work->arena, &wanted);
    TRY(check_version(work, &wanted.order, &is_current, why));
    if (!is_current) {
        refuse_change(
            work, named > work->subject->version ? M_CHANGE_VERSION_UNKNOWN : M_CHANGE_VERSION_OLD,
            arena_format(work->arena, "%lld", (long long)named));
        return DONE;
    }
    TRY(decide_kinds(work, why));
    list_items(work, &wanted);
    if (work->answer->item_count == 0) {
        refuse_change(work, M_CHANGE_NOTHING, "");
        return DONE;
    }
    return carry_out(work, &wanted.order, why);
}

/* What is cancelled of it is not there to be changed, and the next version begins without it. */
static enum outcome
leave_out_cancelled(struct work *work, struct fault *why)
{
    struct order *order = &work->before;
    struct cancelled_part *parts = NULL;
    size_t count = 0;
    size_t left = 0;
    TRY(order_cancelled_list(work->revision->run->store, work->subject->id, work->subject->version,
                             work->arena, &parts, &count, why));
    for (size_t index = 0; index < count; index++) {
        if (parts[index].ordinal <= (int64_t)order->line_count) {
            order->lines[parts[index].ordinal - 1].quantity_micros -= parts[index].quantity_micros;
        }
    }
    for (size_t index = 0; index < order->line_count && count > 0; index++) {
        if (order->lines[index].quantity_micros > 0) {
            order->lines[left++] = order->lines[index];
        }
    }
    order->line_count = count > 0 ? left : order->line_count;
    return DONE;
}

enum outcome
amending(struct run *run, struct subject *subject, const struct amendment *amendment,
         struct arena *arena, struct change_answer *answer, struct fault *why)
{
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(run);
    struct work work = {.revision = revision,
                        .subject = subject,
                        .amendment = amendment,
                        .arena = arena,
                        .answer = answer};
    work.state = headline_names[lifecycle_headline(subject->approval, subject->fulfilment,
                                                   subject->payment)];
    TRY(order_read_whole(run->store, subject->id, subject->version, arena, &work.before, why));
    TRY(leave_out_cancelled(&work, why));
    TRY(order_find(run->store, subject->partner, work.before.number, &work.standing, why));
    *answer = (struct change_answer){.change_number = amendment->change->number,
                                     .version_before = subject->version,
                                     .currency = work.before.currency};
    TRY(change_amounts(run->store, subject->id, subject->version, &answer->before, why));
    if (modification_state_of(subject->approval, subject->fulfilment) == MODIFY_STATE_COUNT ||
        subject->fulfilment == FULFILMENT_DELIVERED) {
        refuse_change(&work, M_CHANGE_CLOSED, work.state);
    } else {
        TRY(change(&work, why));
    }
    return answer_customer(&work, why);
}
