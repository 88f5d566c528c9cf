/* A change of an order after its release: what is added becomes lines of their own, what is told
 * (days, notes, another address) is noted, and all that was ordered stays as it is. */
#include "desk/amending_work.h"

#include "desk/consent.h"
#include "desk/credit.h"
#include "desk/paying.h"
#include "desk/priced.h"
#include "store/store_amend.h"
#include "store/store_interchange.h"

#include <string.h>

const struct order_line *
amend_line(const struct order *order, const char *number)
{
    for (size_t index = 0; index < order->line_count; index++) {
        if (strcmp(order->lines[index].number, number) == 0) {
            return &order->lines[index];
        }
    }
    return NULL;
}

static void
refuse(struct change_item *item, enum message code, const char *value)
{
    item->verdict = CHANGE_REFUSED;
    item->code = code;
    item->value = value;
}

/* ---- the lines that join it ---- */

/* "1.2" for what is added to line 1: the first that no line has, nor one of those that join. */
static const char *
number_of(const struct work *work, const struct order *more, const char *line)
{
    for (size_t count = 1;; count++) {
        const char *number = arena_format(work->arena, "%s.%zu", line, count);
        if (amend_line(&work->whole, number) == NULL && amend_line(more, number) == NULL) {
            return number;
        }
    }
}

/* By the prices of another day, what was agreed or expected of the line does not hold. */
struct order_line
amend_added(const struct work *work, struct change_item *item, const struct order *wanted,
            bool keep, const struct order *others)
{
    const struct order_line *is = amend_line(&work->before, item->line);
    const struct order_line *becomes = amend_line(wanted, item->line);
    struct order_line line = *becomes;
    line.number = number_of(work, others, item->line);
    line.quantity_micros = becomes->quantity_micros - is->quantity_micros;
    if (!keep) {
        line.expected_price_micros = AMOUNT_NONE;
        line.manual.price_micros = line.manual.discount_micros = AMOUNT_NONE;
    }
    item->code = M_CHANGE_NEW_LINE;
    item->value = line.number;
    return line;
}

/* A number that a line once had stays its own: shipments name lines by it. */
static void
add_line(const struct work *work, struct change_item *item, const struct order *wanted,
         struct order *more)
{
    if (amend_line(&work->whole, item->line) != NULL) {
        refuse(item, M_CHANGE_LINE_THERE, "");
        return;
    }
    more->lines[more->line_count++] = *amend_line(wanted, item->line);
}

/* The order with nothing but these lines. */
static void
gather(const struct work *work, const struct order *wanted, enum modification_basis basis,
       struct order *more)
{
    const struct change_answer *answer = work->answer;
    *more = work->whole;
    more->lines = arena_array(work->arena, struct order_line, answer->item_count + 1);
    more->line_count = 0;
    more->note_count = 0;
    more->coupon_count = 0;   /* they are used up by what was ordered */
    more->freight_micros = 0; /* it is charged once */
    for (size_t index = 0; index < answer->item_count; index++) {
        struct change_item *item = &answer->items[index];
        if (!amend_is_taken(item, MODIFY_NEW_LINE)) {
            continue;
        }
        if (amend_is_kind(item, MODIFICATION_INCREASE)) {
            more->lines[more->line_count] =
                amend_added(work, item, wanted, basis == BASIS_KEEP, more);
            more->line_count++;
        } else {
            add_line(work, item, wanted, more);
        }
    }
}

static void
refuse_lines(const struct work *work, enum message code, const char *value)
{
    for (size_t index = 0; index < work->answer->item_count; index++) {
        struct change_item *item = &work->answer->items[index];
        if (amend_is_taken(item, MODIFY_NEW_LINE)) {
            refuse(item, code, value);
        }
    }
}

/* ---- what they cost, and who must consent ---- */

/* *code stays MESSAGE_COUNT where they can be priced. */
static enum outcome
price(struct work *work, const struct modification_rule *rule, struct order *more,
      const char **code, struct fault *why)
{
    struct revision *revision = work->revision;
    const struct subject *subject = work->subject;
    bool includes_tax = false;
    if (rule->basis == BASIS_KEEP) {
        TRY(facts_as_of_order(&revision->facts, subject->id, subject->version, why));
    } else {
        more->order_date = moment_day(revision->run->as_of_ms);
        facts_forget(&revision->facts);
    }
    if (rule->promotions == PROMOTIONS_KEEP) {
        TRY(amend_assume_promotions(work, &(struct master_versions){0}, why));
    }
    revision->order.id = subject->id;
    revision->order.version = subject->version + 1;
    revision->order.is_ours = true;
    revision->order.order = *more;
    revision->order.line_count = more->line_count;
    TRY(revision_appraise(revision, subject, why));
    TRY(amend_includes_tax(revision->run->store, subject->id, subject->version, &includes_tax,
                           why));
    if (!revision->appraisal.is_good) {
        *code = message_entry(amend_price_reasons(work)->code)->id;
    } else if (revision->appraisal.decision.prices_include_tax != includes_tax) {
        *code = message_entry(M_PRICE_TAX_BASIS)->id;
    }
    return DONE;
}

/* The matrix looks at these lines alone, and at what else the customer ordered on their day.
 * *verdict is that of the customer's credit. */
static enum outcome
must_ask(struct work *work, enum modification_approval approval, bool *is_asked, struct fault *why)
{
    struct revision *revision = work->revision;
    struct run *run = revision->run;
    const struct appraisal *appraisal = &revision->appraisal;
    const char *currency = revision->order.order.currency;
    const char *verdict = CREDIT_UNKNOWN;
    bool goes_beyond = false;
    struct order_day same_day;
    struct approval_decision decision = {0};
    TRY(credit_ask(run, &revision->facts,
                   &(struct credit_order){revision->order.order.number, appraisal->facts.customer,
                                          appraisal->facts.terms.kind, currency,
                                          appraisal->decision.gross_minor},
                   work->arena, &verdict, &goes_beyond, why));
    const struct consent consent = {&revision->facts,  run->config, &revision->order.order,
                                    &appraisal->facts, NULL,        verdict};
    TRY(order_day_get(run->store, appraisal->facts.customer, moment_day(run->as_of_ms), currency,
                      &same_day, why));
    TRY(consent_decide(&consent, &appraisal->decision, &same_day, false, work->arena, &decision,
                       why));
    *is_asked = goes_beyond || approval == CHANGE_ALWAYS ||
                (approval == CHANGE_BY_MATRIX && !decision.is_approved);
    return DONE;
}

/* ---- the next version ---- */

static void
join(struct work *work, const struct applied *told, const struct order *more, struct order *grown)
{
    const size_t old_count = work->whole.line_count;
    *grown = told->order;
    grown->lines = arena_array(work->arena, struct order_line, old_count + more->line_count + 1);
    memcpy(grown->lines, told->order.lines, old_count * sizeof *grown->lines);
    for (size_t index = 0; index < more->line_count; index++) {
        grown->lines[old_count + index] = more->lines[index];
    }
    grown->line_count = old_count + more->line_count;
}

static enum outcome
store_more(struct work *work, size_t count, struct amend_sum *sum, struct fault *why)
{
    struct revision *revision = work->revision;
    const struct subject *subject = work->subject;
    const struct price_decision *decision = &revision->appraisal.decision;
    int64_t reductions = 0;
    int64_t free_lines = 0;
    if (count == 0) {
        return DONE;
    }
    TRY(amend_sizes(revision->run->store, subject->id, subject->version, &reductions, &free_lines,
                    why));
    *sum = (struct amend_sum){decision->net_minor, decision->tax_minor, decision->gross_minor,
                              decision->cost_minor, decision->trace};
    const struct priced_after after = {work->whole.line_count, (size_t)reductions,
                                       (size_t)free_lines};
    return priced_store_more(revision->run->store, &revision->order, &revision->appraisal, &after,
                             work->arena, why);
}

/* Days, notes, and the address of what has not left. */
static bool
is_told(const struct work *work, const struct change_item *item)
{
    return amend_is_taken(item, MODIFY_ALLOW) || (amend_is_taken(item, MODIFY_REDIRECT) &&
                                                  work->subject->fulfilment < FULFILMENT_SHIPPED);
}

static unsigned int
told_kinds(const struct work *work)
{
    unsigned int kinds = 0;
    for (size_t index = 0; index < work->answer->item_count; index++) {
        const struct change_item *item = &work->answer->items[index];
        for (int kind = 0; kind < MODIFICATION_COUNT; kind++) {
            const bool is_of_kind = amend_is_kind(item, (enum modification)kind);
            kinds |= is_told(work, item) && is_of_kind ? 1U << kind : 0;
        }
    }
    return kinds;
}

static enum outcome
make_version(struct work *work, const struct order *more, struct fault *why)
{
    struct run *run = work->revision->run;
    struct subject *subject = work->subject;
    struct cause cause = *work->amendment->cause;
    struct amend_sum sum = {0, 0, 0, 0, "{\"lines\":[]}"};
    struct applied told;
    struct order grown;
    order_apply(&work->whole, work->amendment->change, told_kinds(work), work->arena, &told);
    join(work, &told, more, &grown);
    cause.detail = amend_detail(work);
    TRY(order_change(run->store, subject->id, subject->version, &grown, why));
    TRY(store_more(work, more->line_count, &sum, why));
    TRY(amend_carry(run->store, subject->id, subject->version, &sum, why));
    TRY(interchange_add_version_findings(run->store, work->standing.interchange_id,
                                         subject->version + 1, &work->revision->findings, why));
    TRY(flow_amend(run, subject, &cause, why));
    return paying_changed(run, subject, cause.interchange_id, why);
}

/* Whoever pays first has paid for what was released: more of it would be on account. */
static bool
pays_first(const struct work *work)
{
    return work->subject->payment != PAYMENT_NONE;
}

enum outcome
amend_price_lines(struct work *work, const struct order *wanted, struct order *more, bool *is_asked,
                  struct fault *why)
{
    const char *code = NULL;
    const struct modification_rule rule = amend_strictest(work, MODIFY_NEW_LINE);
    *is_asked = false;
    if (pays_first(work)) {
        refuse_lines(work, M_CHANGE_PAID_FIRST, "");
    }
    gather(work, wanted, rule.basis, more);
    if (more->line_count == 0) {
        return DONE;
    }
    TRY(price(work, &rule, more, &code, why));
    if (code != NULL) {
        refuse_lines(work, M_CHANGE_NO_PRICE, code);
        more->line_count = 0;
        return DONE;
    }
    return must_ask(work, rule.approval, is_asked, why);
}

enum outcome
amend_lines(struct work *work, const struct order *more, struct fault *why)
{
    return told_kinds(work) == 0 && more->line_count == 0 ? DONE : make_version(work, more, why);
}
