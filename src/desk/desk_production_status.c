/* What plants tell of what they were asked to make.  States go forward only, so that it does not
 * matter which file came first; what is done goes to the stock, and whatever changes the plan of
 * its order has it planned anew. */
#include "base/date.h"
#include "base/decimal.h"
#include "desk/matter.h"
#include "desk/planning.h"
#include "desk/production.h"
#include "desk/stopping.h"
#include "rules/progress.h"
#include "store/store_order.h"
#include "store/store_plan.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* One row on the desk. */
struct report {
    int64_t id;
    struct production_status news;
    enum production_state said;
    int64_t done_micros; /* what it says is done; 0: nothing of it */
    bool is_good;
};

static void
tell(struct matter *matter, const struct report *report, struct finding finding)
{
    finding.place.line = report->news.line;
    findings_add(&matter->findings, &finding);
}

static void
complain(struct matter *matter, struct report *report, struct finding finding)
{
    report->is_good = false;
    tell(matter, report, finding);
}

static const char *
number_text(struct matter *matter, const struct report *report)
{
    return arena_format(&matter->arena, "%" PRId64, report->news.number);
}

static const char *
quantity_text(struct matter *matter, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&matter->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static void
judge(struct matter *matter, struct report *report, const struct production *production)
{
    const struct production_status *news = &report->news;
    const char *ours = matter->run->config->company_currency;
    if (report->done_micros > production->quantity_micros) {
        complain(matter, report,
                 (struct finding){.code = M_PRD_TOO_MUCH,
                                  .field = "quantity_done",
                                  .value = quantity_text(matter, report->done_micros),
                                  .expected = quantity_text(matter, production->quantity_micros)});
    } else if (news->currency[0] != '\0' && strcmp(news->currency, ours) != 0) {
        complain(matter, report,
                 (struct finding){.code = M_PRD_CURRENCY,
                                  .field = "currency",
                                  .value = matter_show(matter, news->currency),
                                  .expected = ours});
    }
}

/* The state that follows: all of it is done whenever so much is, and some of it done is begun. */
static enum production_state
state_of(const struct report *report, const struct production *production)
{
    if (report->done_micros == production->quantity_micros) {
        return PRODUCTION_DONE;
    }
    return report->said == PRODUCTION_DONE ? PRODUCTION_STARTED : report->said;
}

static struct subject
subject_of(const struct production *production)
{
    const int approval =
        name_index(production->approval, approval_state_names, APPROVAL_STATE_COUNT);
    const int fulfilment =
        name_index(production->fulfilment, fulfilment_state_names, FULFILMENT_STATE_COUNT);
    const int payment = name_index(production->payment, payment_state_names, PAYMENT_STATE_COUNT);
    assert(approval >= 0 && fulfilment >= 0 && payment >= 0);
    const struct order_standing standing = {.id = production->order_id,
                                            .version = production->order_version,
                                            .approval = (enum approval_state)approval,
                                            .fulfilment = (enum fulfilment_state)fulfilment,
                                            .payment = (enum payment_state)payment};
    return flow_subject(&standing, production->partner);
}

/* The order's history has each stage once, but every delay, and all that is done. */
static enum outcome
note(struct matter *matter, const struct report *report, const struct production *production,
     bool is_more_done, struct fault *why)
{
    static const enum order_event events[PRODUCTION_STATE_COUNT] = {
        [PRODUCTION_ACCEPTED] = EVENT_PRODUCTION_ACCEPTED,
        [PRODUCTION_STARTED] = EVENT_PRODUCTION_STARTED,
        [PRODUCTION_LATE] = EVENT_PRODUCTION_LATE,
        [PRODUCTION_DONE] = EVENT_PRODUCTION_DONE,
        [PRODUCTION_REFUSED] = EVENT_PRODUCTION_REFUSED,
        [PRODUCTION_STOPPED] = EVENT_PRODUCTION_STOPPED,
    };
    const struct production_status *news = &report->news;
    const struct subject subject = subject_of(production);
    struct production told = *production;
    bool is_first = false;
    told.standing.cause = news->cause;
    told.standing.reason = news->reason;
    told.expected = news->expected_on == DAY_NONE ? (struct latest){DAY_NONE, PROGRESS_MOMENT_NONE}
                                                  : (struct latest){news->expected_on, news->at_ms};
    told.done_micros = report->done_micros;
    const struct cause cause = {matter->interchange->partner, matter->interchange->id, news->at_ms,
                                production_detail(&told, &matter->arena)};
    TRY(production_news_is_first(matter->run->store, production->id, news->status, &is_first, why));
    return is_first || is_more_done || report->said == PRODUCTION_LATE
               ? flow_news(matter->run, &subject, events[report->said], &cause, why)
               : DONE;
}

/* It is closed already, and yet the plant tells more. */
static void
tell_closed(struct matter *matter, const struct report *report, const struct production *production)
{
    const struct progress *standing = &production->standing;
    if (standing->state >= PRODUCTION_REFUSED && report->news.at_ms > standing->since_ms) {
        tell(matter, report,
             (struct finding){.code = M_PRD_CLOSED,
                              .field = "status",
                              .value = production_state_names[standing->state],
                              .expected = number_text(matter, report)});
    }
}

static void
take_values(const struct config *config, struct production *production,
            const struct production_status *news)
{
    if (news->expected_on != DAY_NONE) {
        latest_take(&production->expected, news->expected_on, news->at_ms);
    }
    if (news->cost_micros != AMOUNT_NONE) {
        int64_t unit = MICROS;
        for (int place = 0; place < currency_exponent(config->company_currency); place++) {
            unit /= 10;
        }
        latest_take(&production->cost, decimal_divide(news->cost_micros, unit, ROUND_HALF_UP),
                    news->at_ms);
    }
}

static enum outcome
post(struct matter *matter, const struct report *report, struct production *production,
     struct fault *why)
{
    const struct production_posting posting = {report->done_micros - production->done_micros,
                                               report->news.at_ms, matter->interchange->id,
                                               report->news.line};
    if (posting.delta_micros <= 0) {
        return DONE;
    }
    TRY(production_to_stock(matter->run, production, &posting, &matter->arena, why));
    production->done_micros = report->done_micros;
    return DONE;
}

/* What the plant was asked to stop of it is answered with that. */
static enum outcome
end_stops(struct matter *matter, const struct production_status *news,
          const struct production *production, struct fault *why)
{
    struct subject subject = subject_of(production);
    const struct cause cause = {matter->interchange->partner, matter->interchange->id, news->at_ms,
                                ""};
    return stopping_production_ended(matter->run, &subject, production, &cause, why);
}

static enum outcome
take(struct matter *matter, const struct report *report, struct production *production,
     struct fault *why)
{
    struct store *store = matter->run->store;
    const struct production_status *news = &report->news;
    const struct latest expected = production->expected;
    const bool is_more_done = report->done_micros > production->done_micros;
    const struct progress told = {(int)state_of(report, production), news->at_ms, news->at_ms,
                                  news->cause, news->reason};
    TRY(note(matter, report, production, is_more_done, why));
    TRY(post(matter, report, production, why));
    const struct production before = *production;
    const enum progress_verdict verdict = progress_take(&production->standing, &told);
    if (verdict == PROGRESS_LATE) {
        tell_closed(matter, report, &before);
    }
    take_values(matter->run->config, production, news);
    TRY(production_stand(store, production, why));
    TRY(production_news_judge(store, report->id, production->id, verdict == PROGRESS_LATE, why));
    const struct allocation made = {.order_id = production->order_id,
                                    .ordinal = production->ordinal,
                                    .part = production->part,
                                    .warehouse = production->warehouse,
                                    .reference = production->plant,
                                    .day = (int32_t)production->expected.value};
    const bool is_over = verdict == PROGRESS_MOVED &&
                         (told.state == PRODUCTION_REFUSED || told.state == PRODUCTION_STOPPED);
    if (is_over) {
        TRY(planning_unmade(matter->run, production, why));
    }
    if (is_over || (verdict == PROGRESS_MOVED && told.state == PRODUCTION_DONE)) {
        TRY(end_stops(matter, news, production, why));
    }
    if (production->expected.value != expected.value) {
        TRY(plan_made_on(store, &made, why));
    }
    return is_over || is_more_done || production->expected.value != expected.value ||
                   (verdict == PROGRESS_MOVED && told.state == PRODUCTION_LATE)
               ? plan_set_due(store, production->order_id, why)
               : DONE;
}

static int64_t
done_of(const struct report *report, const struct production *production)
{
    const int64_t said = report->news.done_micros;
    return said != AMOUNT_NONE               ? said
           : report->said == PRODUCTION_DONE ? production->quantity_micros
                                             : 0;
}

static enum outcome
work_report(struct matter *matter, struct report *report, struct fault *why)
{
    struct production production;
    const int said =
        name_index(report->news.status, production_state_names, PRODUCTION_STATE_COUNT);
    assert(said > PRODUCTION_ASKED && "the store has checked it");
    report->said = (enum production_state)said;
    const enum outcome found =
        production_find(matter->run->store, matter->interchange->partner, report->news.number,
                        &matter->arena, &production, why);
    if (found == NONE) {
        complain(matter, report,
                 (struct finding){.code = M_PRD_UNKNOWN,
                                  .field = "production_number",
                                  .value = number_text(matter, report)});
        return DONE;
    }
    TRY(found);
    report->done_micros = done_of(report, &production);
    judge(matter, report, &production);
    return report->is_good ? take(matter, report, &production, why) : DONE;
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct report report = {0};
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = production_news_next(store, matter->interchange->id, report.id,
                                           &matter->arena, &report.id, &report.news, why)) ==
           DONE) {
        report.is_good = true;
        TRY(work_report(matter, &report, why));
        if (!report.is_good) {
            matter->refused++;
            TRY(production_news_discard(store, report.id, why));
        }
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct report report = {0};
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = production_news_next(store, matter->interchange->id, report.id,
                                           &matter->arena, &report.id, &report.news, why)) ==
           DONE) {
        TRY(production_news_discard(store, report.id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier production_status_applier = {apply, discard};
