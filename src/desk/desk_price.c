/* Prices that people set: the order makes its next version, which is priced and settled like one
 * that came in. */
#include "base/json.h"
#include "desk/desk.h"
#include "desk/revision.h"
#include "store/store.h"
#include "store/store_approval.h"
#include "store/store_cancellation.h"
#include "store/store_order_whole.h"

#include <string.h>

enum { DETAIL_BYTES_MAX = 64 * 1024 };

/* What is at hand while a price is set. */
struct work {
    struct revision *revision;
    const struct price_setting *setting;
    size_t line_index;
    bool is_cut; /* a part of it is cancelled */
};

static enum outcome
check_state(const struct price_setting *setting, const struct order_standing *standing,
            struct fault *why)
{
    const bool is_open = standing->approval == APPROVAL_UNPRICED ||
                         standing->approval == APPROVAL_WAITING ||
                         standing->approval == APPROVAL_APPROVED;
    if (is_open && standing->fulfilment == FULFILMENT_NONE) {
        return DONE;
    }
    return fail_as(
        why, FAULT_CONFLICT,
        "order %s/%s is %s: a price can be set while an order waits for one, or for a decision, or "
        "is approved and not released",
        setting->partner, setting->order_number,
        headline_names[lifecycle_headline(standing->approval, standing->fulfilment,
                                          standing->payment)]);
}

static enum outcome
find_line(struct work *work, struct fault *why)
{
    const struct order *order = &work->revision->order.order;
    for (size_t index = 0; index < order->line_count; index++) {
        if (strcmp(order->lines[index].number, work->setting->line) == 0) {
            work->line_index = index;
            return DONE;
        }
    }
    return fail_as(why, FAULT_NOT_FOUND, "order %s/%s has no line \"%s\"", work->setting->partner,
                   work->setting->order_number, work->setting->line);
}

/* The first mistake, in words; nothing has been changed. */
static enum outcome
refuse(struct work *work, struct fault *why)
{
    for (size_t index = 0; index < work->revision->findings.count; index++) {
        const struct finding *finding = &work->revision->findings.items[index];
        if (finding_severity(finding->code) >= SEVERITY_ERROR) {
            return fail_as(
                why, finding->code == M_PRICE_MANUAL_REFUSED ? FAULT_NOT_PERMITTED : FAULT_CONFLICT,
                "nothing was changed: %s: %s", message_entry(finding->code)->id,
                finding_text(finding, FINDING_RULE, LANGUAGE_EN, &work->revision->arena));
        }
    }
    return fail(why, "order %s/%s has no price", work->setting->partner,
                work->setting->order_number);
}

/* What the event says: {"line":"1","price":"8.00","before":"10.00","person":"anna","reason":"..."};
 * no "before" where there was no price. */
static const char *
detail_of(struct work *work, int64_t price_before_micros)
{
    OWNED(buf) buf;
    struct json json;
    const struct manual_price *manual = &work->setting->manual;
    const int exponent = currency_exponent(work->revision->order.order.currency);
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_text(&json, "line", work->setting->line);
    json_decimal(&json, "price", manual->price_micros, MICROS_PLACES, exponent);
    if (price_before_micros != AMOUNT_NONE) {
        json_decimal(&json, "before", price_before_micros, MICROS_PLACES, exponent);
    }
    json_text(&json, "person", manual->person);
    json_text(&json, "reason", manual->reason);
    json_end(&json);
    return arena_copy_bytes(&work->revision->arena, buf.bytes, buf.size);
}

/* What is cancelled stays so: the next version begins with what is left, as at a change. */
static enum outcome
begin_left(struct work *work, const struct order_standing *standing, struct fault *why)
{
    struct revision *revision = work->revision;
    struct store *store = revision->run->store;
    struct order whole = {0};
    struct order left = {0};
    TRY(order_read_whole(store, standing->id, standing->version, &revision->arena, &whole, why));
    TRY(revision_left(store, standing->id, standing->version, &whole, &revision->arena, &left,
                      why));
    revision->order.order = left;
    revision->order.line_count = left.line_count;
    TRY(find_line(work, why));
    left.lines[work->line_index].manual = work->setting->manual;
    return order_change(store, standing->id, standing->version, &left, why);
}

/* The next version, in state 'received'. */
static enum outcome
make_version(struct work *work, const struct order_standing *standing, struct subject *subject,
             const struct price_set *set, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct cause cause = {work->setting->actor, 0, run->as_of_ms,
                                detail_of(work, set->price_before_micros)};
    TRY(work->is_cut ? begin_left(work, standing, why)
                     : order_revise(run->store, standing->id, standing->version,
                                    (int64_t)work->line_index + 1, &work->setting->manual, why));
    TRY(revision_begin(work->revision, subject, &cause, why));
    work->revision->order.order.lines[work->line_index].manual = work->setting->manual;
    return DONE;
}

static enum outcome
price_again(struct work *work, const struct order_standing *standing, struct price_set *set,
            struct fault *why)
{
    struct revision *revision = work->revision;
    const struct appraisal *appraisal = &revision->appraisal;
    const struct revision_end end = {.brought_id = standing->interchange_id};
    struct subject subject = flow_subject(standing, work->setting->partner);
    if (standing->approval != APPROVAL_UNPRICED) {
        TRY(facts_as_of_order(&revision->facts, standing->id, standing->version, why));
    }
    TRY(make_version(work, standing, &subject, set, why));
    TRY(revision_appraise(revision, &subject, why));
    if (!appraisal->is_good && !appraisal->is_held) {
        return refuse(work, why);
    }
    TRY(revision_conclude(revision, &end, &subject, why));
    const struct priced_line *line = &appraisal->decision.lines[work->line_index];
    set->is_changed = true;
    set->version = subject.version;
    set->headline = lifecycle_headline(subject.approval, subject.fulfilment, subject.payment);
    set->rules_price_micros = line->rules_price_micros;
    set->deviation_micros = line->deviation_micros;
    set->allowed_micros = line->allowed_micros;
    set->wait_reasons = appraisal->decision.wait_reasons;
    return DONE;
}

/* The same price from the same person again changes nothing, whatever the reason. */
static bool
is_set_already(const struct work *work)
{
    const struct manual_price *is = &work->revision->order.order.lines[work->line_index].manual;
    const struct manual_price *wanted = &work->setting->manual;
    return is->is_ours && is->price_micros == wanted->price_micros &&
           !manual_price_has_discount(is) && strcmp(is->person, wanted->person) == 0;
}

static enum outcome
set_price(struct work *work, struct price_set *set, struct fault *why)
{
    const struct price_setting *setting = work->setting;
    struct run *run = work->revision->run;
    struct order_standing standing;
    TRY(order_find(run->store, setting->partner, setting->order_number, &standing, why));
    TRY(order_is_cancelled_in_part(run->store, standing.id, standing.version, &work->is_cut, why));
    TRY(check_state(setting, &standing, why));
    if (config_partner(run->config, setting->partner) == NULL) {
        return fail_as(why, FAULT_CONFIG, "partner \"%s\" is not configured any more",
                       setting->partner);
    }
    TRY(revision_read(work->revision, standing.id, standing.version, why));
    TRY(find_line(work, why));
    TRY(order_price_of_line(run->store, standing.id, standing.version,
                            (int64_t)work->line_index + 1, &set->price_before_micros, why));
    set->version = standing.version;
    set->headline = lifecycle_headline(standing.approval, standing.fulfilment, standing.payment);
    set->rules_price_micros = set->deviation_micros = set->allowed_micros = AMOUNT_NONE;
    return is_set_already(work) ? DONE : price_again(work, &standing, set, why);
}

enum outcome
desk_set_price(struct run *run, const struct price_setting *setting, struct price_set *set,
               struct fault *why)
{
    OWNED(store_tx) tx = {0};
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(run);
    struct work work = {.revision = revision, .setting = setting};
    struct price_set found = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(set_price(&work, &found, why));
    if (!setting->is_trial) {
        TRY(store_commit(&tx, why));
    }
    *set = found;
    return DONE;
}
