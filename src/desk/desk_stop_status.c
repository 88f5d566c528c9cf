/* Answers to stop notices, of whoever got the notice.  What a file says of one notice is one
 * answer: a row, or a row for each line that is stopped partly; lines that are left out are too
 * late. */
#include "base/decimal.h"
#include "desk/matter.h"
#include "desk/stopping.h"
#include "store/store_request.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* What a file says of one notice. */
struct reply {
    struct stored_answer *rows;
    size_t count;
    struct stop_notice notice;
    bool is_good;
    bool is_known; /* it says what was said before */
};

static void
tell(struct matter *matter, const struct reply *reply, size_t row, struct finding finding)
{
    finding.place = reply->rows[row].answer.place;
    finding.order_line = reply->rows[row].answer.order_line;
    findings_add(&matter->findings, &finding);
}

static void
complain(struct matter *matter, struct reply *reply, size_t row, struct finding finding)
{
    if (reply->is_good) { /* of one answer the first mistake is told */
        reply->is_good = false;
        tell(matter, reply, row, finding);
    }
}

static const char *
number_text(struct matter *matter, const struct reply *reply)
{
    return arena_format(&matter->arena, "%" PRId64, reply->rows[0].answer.number);
}

static const char *
quantity_text(struct matter *matter, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&matter->arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

static bool
is_status(const struct reply *reply, enum stop_status status)
{
    return strcmp(reply->rows[0].answer.status, stop_status_names[status]) == 0;
}

/* ---- what it says ---- */

static void
judge_line(struct matter *matter, struct reply *reply, size_t row)
{
    const struct stop_answer *answer = &reply->rows[row].answer;
    struct stop_notice_line *line = NULL;
    for (size_t index = 0; index < reply->notice.line_count; index++) {
        if (strcmp(reply->notice.lines[index].number, answer->order_line) == 0) {
            line = &reply->notice.lines[index];
        }
    }
    struct finding finding = {.field = "quantity",
                              .value = quantity_text(matter, answer->quantity_micros)};
    if (line == NULL) {
        finding.code = M_STOP_LINE;
        finding.field = "line_number";
        finding.value = matter_show(matter, answer->order_line);
    } else if (line->stopped_micros != 0) {
        finding.code = M_STOP_TWICE;
        finding.field = "line_number";
        finding.value = number_text(matter, reply);
    } else if (answer->quantity_micros > line->quantity_micros) {
        finding.code = M_STOP_TOO_MUCH;
        finding.expected = quantity_text(matter, line->quantity_micros);
    } else if (answer->quantity_micros % MICROS != 0 && unit_is_whole(line->unit)) {
        finding.code = M_FLD_NUMBER_WHOLE;
        finding.expected = line->unit;
    } else {
        line->stopped_micros = answer->quantity_micros;
        return;
    }
    complain(matter, reply, row, finding);
}

/* Into the lines of the notice. */
static void
judge_quantities(struct matter *matter, struct reply *reply)
{
    for (size_t index = 0; index < reply->notice.line_count; index++) {
        struct stop_notice_line *line = &reply->notice.lines[index];
        line->stopped_micros = is_status(reply, STOP_STOPPED) ? line->quantity_micros : 0;
    }
    for (size_t row = 0; is_status(reply, STOP_PARTLY) && row < reply->count; row++) {
        judge_line(matter, reply, row);
    }
}

/* One way of answering, and one that fits the notice. */
static void
judge_status(struct matter *matter, struct reply *reply)
{
    const bool is_redirect = strcmp(reply->notice.action, STOP_ACTION_REDIRECT) == 0;
    const bool answers_redirect = is_status(reply, STOP_DONE) || is_status(reply, STOP_REFUSED);
    if (is_redirect != answers_redirect) {
        complain(matter, reply, 0,
                 (struct finding){.code = M_STOP_UNFIT,
                                  .field = "status",
                                  .value = reply->rows[0].answer.status,
                                  .expected = number_text(matter, reply)});
    }
    for (size_t row = 1; row < reply->count; row++) {
        if (!is_status(reply, STOP_PARTLY) ||
            strcmp(reply->rows[row].answer.status, stop_status_names[STOP_PARTLY]) != 0) {
            complain(matter, reply, row,
                     (struct finding){.code = M_STOP_TWICE,
                                      .field = "status",
                                      .value = number_text(matter, reply)});
        }
    }
}

/* What several rows say was spent is spent on their lines: together. */
static void
judge_cost(struct matter *matter, struct reply *reply)
{
    const char *ours = matter->run->config->company_currency;
    int64_t cost_micros = AMOUNT_NONE;
    for (size_t row = 0; row < reply->count; row++) {
        const struct stop_answer *answer = &reply->rows[row].answer;
        if (answer->currency[0] != '\0' && strcmp(answer->currency, ours) != 0) {
            complain(matter, reply, row,
                     (struct finding){.code = M_STOP_CURRENCY,
                                      .field = "currency",
                                      .value = matter_show(matter, answer->currency),
                                      .expected = ours});
        }
        if (answer->cost_micros != AMOUNT_NONE) {
            cost_micros = (cost_micros == AMOUNT_NONE ? 0 : cost_micros) + answer->cost_micros;
        }
    }
    reply->notice.cost_minor =
        cost_micros == AMOUNT_NONE ? AMOUNT_NONE : stopping_cost(matter->run->config, cost_micros);
    reply->notice.reason = reply->rows[0].answer.reason;
}

/* ---- against what was said before ---- */

static bool
is_said(const struct reply *reply, const struct stop_notice *before)
{
    if (before->line_count == 0) {
        return strcmp(before->state, reply->rows[0].answer.status) == 0;
    }
    for (size_t index = 0; index < before->line_count; index++) {
        if (before->lines[index].stopped_micros != reply->notice.lines[index].stopped_micros) {
            return false;
        }
    }
    return true;
}

static enum outcome
judge_again(struct matter *matter, struct reply *reply, struct fault *why)
{
    struct stop_notice before;
    if (strcmp(reply->notice.state, STOP_ASKED) == 0 || !reply->is_good) {
        return DONE;
    }
    TRY(stop_find(matter->run->store, reply->notice.partner, reply->notice.number, &matter->arena,
                  &before, why));
    const struct finding finding = {.code = M_STOP_ANSWERED,
                                    .field = "stop_number",
                                    .value = number_text(matter, reply),
                                    .expected = before.state};
    if (is_said(reply, &before)) {
        reply->is_known = true;
        tell(matter, reply, 0, finding);
        return DONE;
    }
    struct finding other = finding;
    other.code = M_STOP_OTHERWISE;
    complain(matter, reply, 0, other);
    return DONE;
}

/* ---- taken ---- */

static enum outcome
take(struct matter *matter, struct reply *reply, struct fault *why)
{
    struct order_standing standing;
    const char *partner = NULL;
    const int64_t at_ms = reply->rows[0].answer.at_ms;
    struct run *run = matter->run;
    for (size_t row = 0; row < reply->count; row++) {
        TRY(stop_answer_match(run->store, reply->rows[row].id, reply->notice.id, why));
    }
    if (reply->is_known) {
        return DONE;
    }
    TRY(stop_order(run->store, reply->notice.order_id, &matter->arena, &partner, &standing, why));
    struct subject subject = flow_subject(&standing, partner);
    const struct cause cause = {matter->interchange->partner, matter->interchange->id,
                                at_ms == AMOUNT_NONE ? run->as_of_ms : at_ms, ""};
    reply->notice.state = reply->rows[0].answer.status;
    return stopping_answer(run, &subject, &reply->notice, &cause, &matter->arena, why);
}

static enum outcome
refuse(struct matter *matter, const struct reply *reply, struct fault *why)
{
    for (size_t row = 0; row < reply->count; row++) {
        TRY(stop_answer_discard(matter->run->store, reply->rows[row].id, why));
        matter->refused++;
    }
    return DONE;
}

static enum outcome
work_reply(struct matter *matter, struct reply *reply, struct fault *why)
{
    assert(reply->count > 0 && "a number stands in a row");
    reply->is_good = true;
    const enum outcome found =
        stop_find(matter->run->store, matter->interchange->partner, reply->rows[0].answer.number,
                  &matter->arena, &reply->notice, why);
    if (found == NONE) {
        for (size_t row = 0; row < reply->count; row++) {
            tell(matter, reply, row,
                 (struct finding){.code = M_STOP_NOTICE_UNKNOWN,
                                  .field = "stop_number",
                                  .value = number_text(matter, reply)});
        }
        return refuse(matter, reply, why);
    }
    TRY(found);
    judge_status(matter, reply);
    judge_quantities(matter, reply);
    judge_cost(matter, reply);
    TRY(judge_again(matter, reply, why));
    return reply->is_good ? take(matter, reply, why) : refuse(matter, reply, why);
}

static enum outcome
apply(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    int64_t number = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = stop_answer_number(store, matter->interchange->id, number, &number, why)) ==
           DONE) {
        struct reply reply = {0};
        TRY(stop_answers_of(store, matter->interchange->id, number, &matter->arena, &reply.rows,
                            &reply.count, why));
        TRY(work_reply(matter, &reply, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
discard(struct matter *matter, struct fault *why)
{
    struct store *store = matter->run->store;
    struct stop_answer document;
    int64_t id = 0;
    enum outcome outcome;
    arena_reset(&matter->arena);
    while ((outcome = stop_answer_next(store, matter->interchange->id, id, &matter->arena, &id,
                                       &document, why)) == DONE) {
        TRY(stop_answer_discard(store, id, why));
        arena_reset(&matter->arena);
    }
    return outcome == NONE ? DONE : outcome;
}

const struct applier stop_status_applier = {apply, discard};
