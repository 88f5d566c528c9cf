#include "desk/strike.h"

#include "base/json.h"
#include "base/text.h"
#include "desk/revision.h"
#include "store/store_cancellation.h"
#include "store/store_order_whole.h"

#include <string.h>

enum { DETAIL_BYTES_MAX = 1024 * 1024, SHOWN_MAX = 80, REASON_SHOWN_MAX = 1000 };

/* What is at hand while lines are struck. */
struct work {
    struct revision *revision;
    struct strike *strike;
    const struct cause *cause;
    bool *is_struck; /* of each line */
    size_t struck_count;
    bool is_cut; /* a part of it is cancelled: it is at hand without that */
};

static void
blame(struct work *work, const char *mistake, const char *value, size_t size)
{
    struct strike *strike = work->strike;
    strike->mistake = mistake;
    strike->value = text_show(strike->arena, value, size, SHOWN_MAX);
}

/* -- which lines ------------------------------------------------------------------------------- */

static void
mark_line(struct work *work, const char *number, size_t size)
{
    const struct order *order = &work->revision->order.order;
    for (size_t index = 0; index < order->line_count; index++) {
        const char *of_line = order->lines[index].number;
        if (strlen(of_line) != size || memcmp(of_line, number, size) != 0) {
            continue;
        }
        if (work->is_struck[index]) {
            blame(work, "line-twice", number, size);
            return;
        }
        work->is_struck[index] = true;
        work->struck_count++;
        return;
    }
    blame(work, "line-unknown", number, size); /* what promotions give is no line of the order */
}

static void
mark_lines(struct work *work)
{
    const char *lines = work->strike->lines;
    const char *rest = lines;
    const char *number;
    size_t size;
    work->is_struck =
        arena_array(&work->revision->arena, bool, work->revision->order.order.line_count);
    while (work->strike->mistake == NULL && (number = text_list_next(&rest, &size)) != NULL) {
        mark_line(work, number, size);
    }
    if (work->strike->mistake != NULL) {
        return;
    }
    if (work->struck_count == 0) {
        blame(work, "line-unknown", lines, strlen(lines));
    } else if (work->struck_count == work->revision->order.order.line_count) {
        blame(work, "lines-all", lines, strlen(lines));
    }
}

/* -- the next version -------------------------------------------------------------------------- */

/* What the event says: {"struck":["2"],"person":"linwei","reason":"..."}. */
static const char *
detail_of(struct work *work)
{
    OWNED(buf) buf;
    struct json json;
    const struct order *order = &work->revision->order.order;
    buf_init(&buf, DETAIL_BYTES_MAX);
    json_begin(&json, &buf);
    json_object(&json, NULL);
    json_array(&json, "struck");
    for (size_t index = 0; index < order->line_count; index++) {
        if (work->is_struck[index]) {
            json_text(&json, NULL, order->lines[index].number);
        }
    }
    json_end(&json);
    json_text(&json, "person", work->cause->actor);
    json_text(&json, "reason", work->cause->detail);
    json_end(&json);
    return arena_copy_bytes(&work->revision->arena, buf.bytes, buf.size);
}

/* The answer to the customer tells each of them. */
static void
tell_struck(struct work *work)
{
    const struct order *order = &work->revision->order.order;
    const char *reason = work->cause->detail;
    for (size_t index = 0; index < order->line_count; index++) {
        if (work->is_struck[index]) {
            const struct order_line *line = &order->lines[index];
            findings_add(&work->revision->findings,
                         &(struct finding){.code = M_ORDER_LINE_STRUCK,
                                           .place = line->place,
                                           .order_number = order->number,
                                           .order_line = line->number,
                                           .value = text_show(&work->revision->arena, reason,
                                                              strlen(reason), REASON_SHOWN_MAX)});
        }
    }
}

/* The order at hand becomes what is left of it. */
static void
drop_struck(struct work *work)
{
    struct order *order = &work->revision->order.order;
    for (size_t index = 0; index < order->line_count; index++) {
        if (work->is_struck[index]) {
            order->lines[index].quantity_micros = 0;
        }
    }
    revision_close_gaps(order, &work->revision->arena);
    work->revision->order.line_count = order->line_count;
}

/* The lines that are not struck, as they are stored; of an order of which a part is cancelled what
 * is left of them, as at a change. */
static enum outcome
store_version(struct work *work, const struct subject *subject, struct fault *why)
{
    struct revision *revision = work->revision;
    struct store *store = revision->run->store;
    size_t *ordinals = arena_array(&revision->arena, size_t, work->struck_count);
    size_t count = 0;
    if (work->is_cut) {
        return order_change(store, subject->id, subject->version, &revision->order.order, why);
    }
    for (size_t index = 0; count < work->struck_count; index++) {
        if (work->is_struck[index]) {
            ordinals[count++] = index + 1;
        }
    }
    return order_strike(store, subject->id, subject->version, ordinals, count, why);
}

/* The next version, in state 'received'. */
static enum outcome
make_version(struct work *work, struct subject *subject, struct fault *why)
{
    struct cause cause = *work->cause;
    cause.detail = detail_of(work);
    tell_struck(work);
    drop_struck(work);
    TRY(store_version(work, subject, why));
    return revision_begin(work->revision, subject, &cause, why);
}

static enum outcome
price_again(struct work *work, struct subject *subject, struct fault *why)
{
    struct revision *revision = work->revision;
    const struct revision_end end = {.brought_id = work->strike->interchange_id,
                                     .interchange_id = work->cause->interchange_id,
                                     .struck_version = subject->version};
    TRY(facts_as_of_order(&revision->facts, subject->id, subject->version, why));
    TRY(make_version(work, subject, why));
    TRY(revision_appraise(revision, subject, why));
    if (!revision->appraisal.is_good) {
        const char *lines = work->strike->lines;
        blame(work, "lines-needed", lines, strlen(lines));
        work->strike->code = message_entry(appraisal_reason(&revision->findings)->code)->id;
        return DONE;
    }
    return revision_conclude(revision, &end, subject, why);
}

/* Of what is cancelled nothing is there to be struck. */
static enum outcome
read_order(struct work *work, const struct subject *subject, struct fault *why)
{
    struct revision *revision = work->revision;
    struct store *store = revision->run->store;
    struct order whole = {0};
    TRY(revision_read(revision, subject->id, subject->version, why));
    TRY(order_is_cancelled_in_part(store, subject->id, subject->version, &work->is_cut, why));
    if (!work->is_cut) {
        return DONE;
    }
    TRY(order_read_whole(store, subject->id, subject->version, &revision->arena, &whole, why));
    return revision_left(store, subject->id, subject->version, &whole, &revision->arena,
                         &revision->order.order, why);
}

static enum outcome
strike_from(struct work *work, struct subject *subject, struct fault *why)
{
    struct run *run = work->revision->run;
    const char *lines = work->strike->lines;
    TRY(flow_know_holds(run, subject, why));
    if (subject->holds.approval != 0) {
        blame(work, "approval-held", lines, strlen(lines));
        return DONE;
    }
    if (config_partner(run->config, subject->partner) == NULL) {
        blame(work, "partner-gone", lines, strlen(lines));
        return DONE;
    }
    TRY(read_order(work, subject, why));
    mark_lines(work);
    return work->strike->mistake != NULL ? DONE : price_again(work, subject, why);
}

enum outcome
strike(struct run *run, struct subject *subject, struct strike *strike, const struct cause *cause,
       struct fault *why)
{
    __attribute__((cleanup(revision_free))) struct revision *revision = revision_new(run);
    struct work work = {.revision = revision, .strike = strike, .cause = cause};
    strike->mistake = NULL;
    strike->value = strike->code = "";
    return strike_from(&work, subject, why);
}
