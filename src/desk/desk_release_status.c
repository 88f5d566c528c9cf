/* What warehouses tell of their releases.  States go forward only, so that it does not matter which
 * file came first; what is refused goes back in line, where orders are planned. */
#include "base/decimal.h"
#include "base/json.h"
#include "desk/flow.h"
#include "desk/matter.h"
#include "desk/planning.h"
#include "desk/stopping.h"
#include "rules/progress.h"
#include "store/store_order.h"
#include "store/store_release.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { DETAIL_BYTES_MAX = 64 * 1024 };

/* One row on the desk. */
struct report {
    int64_t id;
    struct release_status news;
    enum release_state state; /* that it tells */
    bool is_good;
};

static void
tell(struct matter *matter, const struct report *report, struct finding finding)
{
    finding.place.line = report->news.line;
    finding.order_number = report->news.order_number;
    finding.order_line = report->news.order_line;
    findings_add(&matter->findings, &finding);
}

static void
complain(struct matter *matter, struct report *report, struct finding finding)
{
    report->is_good = false;
    tell(matter, report, finding);
}

static const char *
order_name(struct matter *matter, const struct release_status *news)
{
    return matter_show(matter,
                       arena_format(&matter->arena, "%s/%s", news->partner, news->order_number));
}

static const char *
quantity_text(struct matter *matter, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&matter->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static const char *
release_text(struct matter *matter, const struct release_status *news)
{
    return arena_format(&matter->arena, "%" PRId64, news->release);
}

/* What is short is less of a line than the release asks for. */
static enum outcome
judge_short(struct matter *matter, struct report *report, const struct stored_release *release,
            struct fault *why)
{
    const struct release_status *news = &report->news;
    int64_t asked = 0;
    const enum outcome found =
        release_line_quantity(matter->run->store, release->id, news->order_line, &asked, why);
    if (found == NONE) {
        complain(matter, report,
                 (struct finding){.code = M_REL_LINE,
                                  .field = "line_number",
                                  .value = matter_show(matter, news->order_line)});
        return DONE;
    }
    TRY(found);
    if (news->quantity_micros >= asked) {
        complain(matter, report,
                 (struct finding){.code = M_REL_QUANTITY,
                                  .field = "quantity",
                                  .value = quantity_text(matter, news->quantity_micros),
                                  .expected = quantity_text(matter, asked)});
    }
    return DONE;
}

/* Is it this warehouse's to tell, and can it have happened? */
static enum outcome
judge(struct matter *matter, struct report *report, const struct stored_release *release,
      struct fault *why)
{
    char moment[TIME_TEXT_SIZE];
    const struct release_status *news = &report->news;
    if (strcmp(release->warehouse, matter->interchange->partner) != 0) {
        complain(matter, report,
                 (struct finding){.code = M_REL_NOT_YOURS,
                                  .field = "release",
                                  .value = release_text(matter, news),
                                  .expected = order_name(matter, news)});
    } else if (release->standing.state == RELEASE_SHIPPED &&
               news->at_ms > release->standing.since_ms) {
        complain(matter, report,
                 (struct finding){
                     .code = M_REL_SHIPPED,
                     .field = "at",
                     .value = arena_copy(&matter->arena, moment_format(moment, news->at_ms))});
    } else if (report->state == RELEASE_SHORT) {
        return judge_short(matter, report, release, why);
    }
    return DONE;
}

static const char *
detail_of(const struct release_status *news, struct arena *arena)
{
    OWNED(buf) text;
    struct json json;
    buf_init(&text, DETAIL_BYTES_MAX);
    json_begin(&json, &text);
    json_object(&json, NULL);
    json_integer(&json, "release", news->release);
    if (news->order_line[0] != '\0') {
        json_text(&json, "line", news->order_line);
    }
    if (news->quantity_micros != AMOUNT_NONE) {
        json_decimal(&json, "quantity", news->quantity_micros, MICROS_PLACES, 0);
    }
    if (news->ship_on != DAY_NONE) {
        json_day(&json, "ships", news->ship_on);
    }
    if (news->reason[0] != '\0') {
        json_text(&json, "reason", news->reason);
    }
    json_end(&json);
    return arena_copy(arena, text.bytes);
}

/* The order's history has each stage once; but each line that is short. */
static enum outcome
note(struct matter *matter, const struct report *report, const struct stored_release *release,
     const struct order_standing *standing, struct fault *why)
{
    static const enum order_event events[RELEASE_STATE_COUNT] = {
        [RELEASE_RECEIVED] = EVENT_WAREHOUSE_RECEIVED,
        [RELEASE_PICKING] = EVENT_PICKING,
        [RELEASE_PACKED] = EVENT_PACKED,
        [RELEASE_SHORT] = EVENT_RELEASE_SHORT,
        [RELEASE_REFUSED] = EVENT_RELEASE_REFUSED,
    };
    const struct release_status *news = &report->news;
    const struct subject subject = flow_subject(standing, news->partner);
    const struct cause cause = {matter->interchange->partner, matter->interchange->id, news->at_ms,
                                detail_of(news, &matter->arena)};
    bool is_first = false;
    TRY(release_news_is_first(matter->run->store, release->id, news->status, &is_first, why));
    return is_first || report->state == RELEASE_SHORT
               ? flow_news(matter->run, &subject, events[report->state], &cause, why)
               : DONE;
}

static enum outcome
take(struct matter *matter, const struct report *report, struct stored_release *release,
     const struct order_standing *standing, struct fault *why)
{
    struct store *store = matter->run->store;
    const struct release_status *news = &report->news;
    const struct progress told = {(int)report->state, news->at_ms, news->at_ms, "", news->reason};
    if (release->standing.state == RELEASE_REFUSED && report->state != RELEASE_REFUSED &&
        news->at_ms > release->standing.since_ms) {
        tell(matter, report,
             (struct finding){
                 .code = M_REL_AFTER_REFUSAL, .field = "status", .value = news->status});
    }
    TRY(note(matter, report, release, standing, why));
    const enum progress_verdict verdict = progress_take(&release->standing, &told);
    if (news->ship_on != DAY_NONE) {
        latest_take(&release->ship_day, news->ship_on, news->at_ms);
    }
    TRY(release_stand(store, release, why));
    TRY(release_news_judge(store, report->id, release->id, verdict == PROGRESS_LATE, why));
    if (verdict != PROGRESS_MOVED || report->state != RELEASE_REFUSED) {
        return DONE;
    }
    struct subject subject = flow_subject(standing, news->partner);
    const struct cause cause = {matter->interchange->partner, matter->interchange->id, news->at_ms,
                                ""};
    TRY(planning_return(matter->run, release, why));
    return stopping_release_refused(matter->run, &subject, release->id, &cause, why);
}

static enum outcome
work_order(struct matter *matter, struct report *report, const struct order_standing *standing,
           struct fault *why)
{
    const struct release_status *news = &report->news;
    struct stored_release release;
    const enum outcome found = release_find(matter->run->store, standing->id, news->release,
                                            &matter->arena, &release, why);
    if (found == NONE) {
        complain(matter, report,
                 (struct finding){.code = M_REL_UNKNOWN,
                                  .field = "release",
                                  .value = release_text(matter, news),
                                  .expected = order_name(matter, news)});
        return DONE;
    }
    TRY(found);
    TRY(judge(matter, report, &release, why));
    return report->is_good ? take(matter, report, &release, standing, why) : DONE;
}

static enum outcome
work_report(struct matter *matter, struct report *report, struct fault *why)
{
    const struct release_status *news = &report->news;
    struct order_standing standing;
    const int state = name_index(news->status, release_state_names, RELEASE_STATE_COUNT);
    assert(state > RELEASE_SENT && state < RELEASE_SHIPPED && "the store has checked it");
    report->state = (enum release_state)state;
    const enum outcome found =
        order_find(matter->run->store, news->partner, news->order_number, &standing, why);
    if (found == NONE) {
        complain(matter, report,
                 (struct finding){.code = M_REL_ORDER_UNKNOWN,
                                  .field = "order_number",
                                  .value = order_name(matter, news)});
        return DONE;
    }
    TRY(found);
    return work_order(matter, report, &standing, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct report report = {0};
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = release_news_next(store, matter->interchange->id, report.id, &matter->arena,
                                        &report.id, &report.news, why)) == DONE) {
        report.is_good = true;
        TRY(work_report(matter, &report, why));
        if (!report.is_good) {
            matter->refused++;
            TRY(release_news_discard(store, report.id, why));
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
    while ((outcome = release_news_next(store, matter->interchange->id, report.id, &matter->arena,
                                        &report.id, &report.news, why)) == DONE) {
        TRY(release_news_discard(store, report.id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier release_status_applier = {apply, discard};
