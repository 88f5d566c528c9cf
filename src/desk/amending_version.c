/* A change of an order before its release: the next version. */
#include "desk/amending_work.h"

#include "store/store_interchange.h"
#include "store/store_master.h"

#include <string.h>

enum outcome
amend_assume_promotions(struct work *work, const struct master_versions *versions,
                        struct fault *why)
{
    struct facts *facts = &work->revision->facts;
    const struct master_versions *now = NULL;
    TRY(facts_versions(facts, &now, why));
    struct master_versions assumed = *now;
    assumed.of[DOCUMENT_PROMOTIONS] = versions->of[DOCUMENT_PROMOTIONS];
    assumed.of[DOCUMENT_COUPONS] = versions->of[DOCUMENT_COUPONS];
    facts_set_versions(facts, &assumed);
    return DONE;
}

/* By which prices it is priced: *since is the first line that is by those of this day. */
static enum outcome
choose_prices(struct work *work, const struct modification_rule *rule, struct order *after,
              struct fault *why)
{
    struct revision *revision = work->revision;
    const struct subject *subject = work->subject;
    struct master_versions then = {0};
    if (rule->basis != BASIS_ALL) {
        return subject->approval == APPROVAL_UNPRICED
                   ? DONE
                   : facts_as_of_order(&revision->facts, subject->id, subject->version, why);
    }
    after->order_date = moment_day(revision->run->as_of_ms);
    facts_forget(&revision->facts);
    if (rule->promotions != PROMOTIONS_KEEP || subject->approval == APPROVAL_UNPRICED) {
        return DONE;
    }
    TRY(master_versions_of_order(revision->run->store, subject->id, subject->version, &then, why));
    return amend_assume_promotions(work, &then, why);
}

/* What is added to lines becomes lines of their own, behind those that are added: what was ordered
 * keeps its price.  Returns how many lines were ordered. */
static size_t
split(struct work *work, struct order *after)
{
    const struct order wanted = *after;
    struct change_answer *answer = work->answer;
    size_t ordered = 0;
    after->lines =
        arena_array(work->arena, struct order_line, wanted.line_count + answer->item_count + 1);
    for (size_t index = 0; index < wanted.line_count; index++) {
        after->lines[index] = wanted.lines[index];
        ordered += amend_line(&work->before, wanted.lines[index].number) != NULL;
    }
    for (size_t index = 0; index < answer->item_count; index++) {
        struct change_item *item = &answer->items[index];
        if (!amend_is_taken(item, MODIFY_ALLOW) || !amend_is_kind(item, MODIFICATION_INCREASE)) {
            continue;
        }
        after->lines[after->line_count] = amend_added(work, item, &wanted, false, after);
        after->line_count++;
        for (size_t line = 0; line < wanted.line_count; line++) {
            if (strcmp(after->lines[line].number, item->line) == 0) {
                after->lines[line].quantity_micros =
                    amend_line(&work->before, item->line)->quantity_micros;
            }
        }
    }
    return ordered;
}

/* NONE: as it becomes it has no price; the caller undoes what was done. */
static enum outcome
make_version(struct work *work, const struct modification_rule *rule, struct order *after,
             struct fault *why)
{
    struct revision *revision = work->revision;
    struct run *run = revision->run;
    struct subject *subject = work->subject;
    struct cause cause = *work->amendment->cause;
    const struct revision_end end = {.brought_id = work->standing.interchange_id,
                                     .interchange_id = cause.interchange_id,
                                     .approval = rule->approval};
    TRY(choose_prices(work, rule, after, why));
    cause.detail = amend_detail(work);
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

/* Where only what is added is by the prices of this day. */
static enum outcome
make_split(struct work *work, const struct modification_rule *rule, struct order *after,
           struct fault *why)
{
    struct revision *revision = work->revision;
    __attribute__((cleanup(facts_free))) struct facts *today = facts_new(revision->run->store);
    const struct appraise_since since = {split(work, after), today,
                                         moment_day(revision->run->as_of_ms)};
    revision->since = since.line < after->line_count ? &since : NULL;
    const enum outcome outcome = make_version(work, rule, after, why);
    revision->since = NULL;
    return outcome;
}

/* In a savepoint: what cannot be priced has changed nothing. */
enum outcome
amend_version(struct work *work, struct order *after, struct fault *why)
{
    struct run *run = work->revision->run;
    const struct run_counts counts_before = run->counts;
    const struct subject subject_before = *work->subject;
    struct savepoint savepoint = {0};
    TRY(savepoint_open(run->store, &savepoint, why));
    const struct modification_rule rule = amend_strictest(work, MODIFY_ALLOW);
    const bool is_split =
        rule.basis == BASIS_NEW_QUANTITY && work->subject->approval != APPROVAL_UNPRICED;
    const enum outcome outcome =
        is_split ? make_split(work, &rule, after, why) : make_version(work, &rule, after, why);
    if (outcome == DONE) {
        return savepoint_keep(&savepoint, why);
    }
    if (outcome != NONE) {
        return outcome;
    }
    amend_refuse_all(work, M_CHANGE_NO_PRICE, message_entry(amend_price_reasons(work)->code)->id);
    run->counts = counts_before;
    *work->subject = subject_before;
    return savepoint_undo(&savepoint, why);
}
