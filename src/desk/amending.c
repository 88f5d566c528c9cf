#include "desk/amending.h"

#include "desk/amending_work.h"
#include "store/store_change.h"
#include "store/store_interchange.h"
#include "store/store_order_whole.h"
#include "store/store_outbox.h"

#include <assert.h>
#include <string.h>

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

/* ---- it is carried out ---- */

/* Which kinds of change make the next version. */
static unsigned int
permitted(const struct work *work)
{
    unsigned int kinds = 0;
    for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
        const enum modification_way way = work->decisions[kind].way;
        const bool is_agreed = way == MODIFY_ASK && work->amendment->consent == AMEND_ACCEPTED;
        kinds |=
            is_agreed || way == MODIFY_ALLOW || way == MODIFY_NEW_LINE || way == MODIFY_REDIRECT
                ? 1U << kind
                : 0;
    }
    return kinds;
}

/* A part that is refused for its own sake is left out, whatever may be done of its kind. */
static void
leave_out(struct order_change *change, const struct change_item *item)
{
    if (strcmp(item->field, "payment_terms") == 0) {
        change->terms = "";
    }
    for (size_t index = 0; index < change->line_count; index++) {
        struct line_change *line = &change->lines[index];
        if (strcmp(line->line.number, item->line) != 0) {
            continue;
        }
        if (strcmp(item->field, "quantity") == 0) {
            line->line.quantity_micros = AMOUNT_NONE;
        } else if (strcmp(item->field, "unit") == 0) {
            line->line.unit = "";
        } else if (strcmp(item->kind, modification_names[MODIFICATION_ADD_LINE]) == 0) {
            change->line_count--;
            memmove(line, line + 1, (change->line_count - index) * sizeof *line);
            return;
        }
    }
}

static struct order_change
without_refused(const struct work *work)
{
    const struct order_change *asked = work->amendment->change;
    struct order_change change = *asked;
    change.lines = arena_array(work->arena, struct line_change, asked->line_count + 1);
    for (size_t index = 0; index < asked->line_count; index++) {
        change.lines[index] = asked->lines[index];
    }
    for (size_t index = 0; index < work->answer->item_count; index++) {
        const struct change_item *item = &work->answer->items[index];
        if (item->verdict == CHANGE_REFUSED) {
            leave_out(&change, item);
        }
    }
    return change;
}

static size_t
count_taken(const struct work *work, enum modification_way way)
{
    size_t count = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        count += amend_is_taken(&work->answer->items[index], way);
    }
    return count;
}

/* Before the release: the next version, then less of it. */
static enum outcome
carry_out_early(struct work *work, const struct order *wanted, struct fault *why)
{
    struct applied after = {0};
    const struct order_change change = without_refused(work);
    order_apply(&work->before, &change, permitted(work), work->arena, &after);
    if (count_taken(work, MODIFY_ALLOW) > 0) {
        TRY(amend_version(work, &after.order, why));
    }
    return amend_cancel(work, wanted, &after.order, why);
}

/* After it: lines that join it, less of it, and what is more goes. */
static enum outcome
carry_out_late(struct work *work, const struct order *wanted, struct fault *why)
{
    struct order more;
    bool is_asked = false;
    TRY(amend_price_lines(work, wanted, &more, &is_asked, why));
    if (work->amendment->is_all_or_nothing && amend_count(work, CHANGE_REFUSED) > 0) {
        amend_refuse_all(work, M_CHANGE_NOT_ALONE, "");
        return DONE;
    }
    if (is_asked && work->amendment->consent == AMEND_OPEN) {
        amend_wait(work);
        return DONE;
    }
    const int64_t version = work->subject->version;
    TRY(amend_lines(work, &more, why));
    TRY(amend_cancel(work, wanted, &work->before, why));
    TRY(amend_redirect(work, why));
    return work->subject->version == version
               ? DONE
               : flow_release_more(work->revision->run, work->subject,
                                   work->amendment->cause->interchange_id, why);
}

/* In a savepoint: where all goes or nothing, and a part does not after all, nothing has changed. */
static enum outcome
carry_out_parts(struct work *work, const struct order *wanted, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct run_counts counts_before = run->counts;
    const struct subject subject_before = *work->subject;
    struct savepoint savepoint = {0};
    TRY(savepoint_open(run->store, &savepoint, why));
    TRY(work->subject->fulfilment == FULFILMENT_NONE ? carry_out_early(work, wanted, why)
                                                     : carry_out_late(work, wanted, why));
    if (!work->amendment->is_all_or_nothing || amend_count(work, CHANGE_REFUSED) == 0) {
        return savepoint_keep(&savepoint, why);
    }
    amend_refuse_all(work, M_CHANGE_NOT_ALONE, "");
    run->counts = counts_before;
    *work->subject = subject_before;
    return savepoint_undo(&savepoint, why);
}

static enum outcome
carry_out(struct work *work, const struct order *wanted, struct fault *why)
{
    if (work->amendment->is_all_or_nothing && amend_count(work, CHANGE_REFUSED) > 0) {
        amend_refuse_all(work, M_CHANGE_NOT_ALONE, "");
    }
    if (amend_count(work, CHANGE_WAITS) > 0) {
        amend_wait(work);
        return DONE;
    }
    if (amend_count(work, CHANGE_TAKEN) == 0) {
        return DONE;
    }
    if (wanted->line_count == 0) {
        amend_refuse_all(work, M_CHANGE_NOTHING_LEFT, "");
        return DONE;
    }
    return carry_out_parts(work, wanted, why);
}

/* ---- the answer ---- */

static enum change_verdict
verdict_of(const struct work *work)
{
    const size_t refused = amend_count(work, CHANGE_REFUSED);
    const size_t waits = amend_count(work, CHANGE_WAITS);
    const size_t taken = amend_count(work, CHANGE_TAKEN);
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
    if (answer->verdict == CHANGE_WAITS) {
        TRY(amend_ask(work, number, why));
    }
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
        amend_refuse_version(work, named);
        return DONE;
    }
    TRY(amend_judge(work, &wanted, why));
    if (work->answer->item_count == 0) {
        amend_refuse_change(work, M_CHANGE_NOTHING, "");
        return DONE;
    }
    return carry_out(work, &wanted.order, why);
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
                        .answer = answer,
                        .terms_now = ""};
    assert(config_partner(run->config, subject->partner) != NULL ||
           amendment->consent == AMEND_REJECTED || amendment->consent == AMEND_EXPIRED);
    work.state = headline_names[lifecycle_headline(subject->approval, subject->fulfilment,
                                                   subject->payment)];
    TRY(order_read_whole(run->store, subject->id, subject->version, arena, &work.whole, why));
    TRY(revision_left(run->store, subject->id, subject->version, &work.whole, arena, &work.before,
                      why));
    TRY(stand_lines(run->store, subject->id, subject->version, arena, &work.stands,
                    &work.stand_count, why));
    TRY(order_find(run->store, subject->partner, work.before.number, &work.standing, why));
    *answer = (struct change_answer){.change_number = amendment->change->number,
                                     .version_before = subject->version,
                                     .currency = work.before.currency};
    TRY(change_amounts(run->store, subject->id, subject->version, &answer->before, why));
    if (modification_state_of(subject->approval, subject->fulfilment) == MODIFY_STATE_COUNT ||
        subject->fulfilment == FULFILMENT_DELIVERED) {
        amend_refuse_change(&work,
                            subject->fulfilment == FULFILMENT_DELIVERED ? M_CHANGE_DELIVERED
                                                                        : M_CHANGE_CLOSED,
                            work.state);
    } else {
        TRY(change(&work, why));
    }
    return answer_customer(&work, why);
}
