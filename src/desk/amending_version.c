/* A change of an order before its release: the next version. */
#include "desk/amending_work.h"

#include "store/store_interchange.h"

/* NONE: as it becomes it has no price; the caller undoes what was done. */
static enum outcome
make_version(struct work *work, struct order *after, struct fault *why)
{
    struct revision *revision = work->revision;
    struct run *run = revision->run;
    struct subject *subject = work->subject;
    struct cause cause = *work->amendment->cause;
    const struct modification_rule rule = amend_strictest(work, MODIFY_ALLOW);
    const struct revision_end end = {.brought_id = work->standing.interchange_id,
                                     .interchange_id = cause.interchange_id,
                                     .approval = rule.approval};
    if (rule.basis == BASIS_ALL) {
        after->order_date = moment_day(run->as_of_ms);
        facts_forget(&revision->facts);
    } else if (subject->approval != APPROVAL_UNPRICED) {
        TRY(facts_as_of_order(&revision->facts, subject->id, subject->version, why));
    }
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

/* In a savepoint: what cannot be priced has changed nothing. */
enum outcome
amend_version(struct work *work, struct order *after, struct fault *why)
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
    amend_refuse_all(work, M_CHANGE_NO_PRICE, message_entry(reason->code)->id);
    run->counts = counts_before;
    *work->subject = subject_before;
    return savepoint_undo(&savepoint, why);
}
