/* What somebody answered to a notice by word of mouth, and a person here writes down. */
#include "desk/desk.h"
#include "desk/stopping.h"
#include "order/finding.h"
#include "store/store.h"

#include <inttypes.h>
#include <string.h>

static enum outcome
refuse(enum message code, const char *value, const char *expected, struct arena *arena,
       struct fault *why)
{
    const struct finding finding = {.code = code, .value = value, .expected = expected};
    return fail_as(why, FAULT_CONFLICT, "%s",
                   finding_text(&finding, FINDING_RULE, LANGUAGE_EN, arena));
}

static const char *
quantity_text(struct arena *arena, int64_t micros)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(arena, decimal_format(text, micros, MICROS_PLACES, 0));
}

/* All of it, none, or some of one line and none of the others. */
static enum outcome
set_lines(const struct stop_word *word, struct stop_notice *notice, struct arena *arena,
          struct fault *why)
{
    const bool is_all = strcmp(word->status, stop_status_names[STOP_STOPPED]) == 0;
    bool is_found = *word->line == '\0';
    for (size_t index = 0; index < notice->line_count; index++) {
        struct stop_notice_line *line = &notice->lines[index];
        line->stopped_micros = is_all ? line->quantity_micros : 0;
        if (*word->line != '\0' && strcmp(line->number, word->line) == 0) {
            is_found = true;
            line->stopped_micros = word->quantity_micros;
        }
        if (line->stopped_micros > line->quantity_micros) {
            return refuse(M_STOP_TOO_MUCH, quantity_text(arena, line->stopped_micros),
                          quantity_text(arena, line->quantity_micros), arena, why);
        }
        if (line->stopped_micros % MICROS != 0 && unit_is_whole(line->unit)) {
            return refuse(M_CANCEL_WHOLE_UNITS, quantity_text(arena, line->stopped_micros),
                          line->unit, arena, why);
        }
    }
    return is_found ? DONE : refuse(M_STOP_LINE, word->line, "", arena, why);
}

static enum outcome
take(struct run *run, const struct stop_word *word, struct stop_notice *notice, struct arena *arena,
     struct stop_heard *heard, struct fault *why)
{
    const char *number = arena_format(arena, "%" PRId64, word->number);
    const bool is_redirect = strcmp(notice->action, STOP_ACTION_REDIRECT) == 0;
    const bool answers_redirect = strcmp(word->status, stop_status_names[STOP_DONE]) == 0 ||
                                  strcmp(word->status, stop_status_names[STOP_REFUSED]) == 0;
    const char *partner = NULL;
    struct order_standing standing;
    if (strcmp(notice->state, STOP_ASKED) != 0) {
        return refuse(M_STOP_OTHERWISE, number, notice->state, arena, why);
    }
    if (is_redirect != answers_redirect) {
        return refuse(M_STOP_UNFIT, word->status, number, arena, why);
    }
    TRY(set_lines(word, notice, arena, why));
    notice->state = word->status;
    notice->reason = word->reason;
    if (word->cost_micros != AMOUNT_NONE) {
        notice->cost_minor = stopping_cost(run->config, word->cost_micros);
    }
    TRY(stop_order(run->store, notice->order_id, arena, &partner, &standing, why));
    struct subject subject = flow_subject(&standing, partner);
    const struct cause cause = {word->actor, 0, run->as_of_ms, ""};
    TRY(stopping_answer(run, &subject, notice, &cause, arena, why));
    heard->state = notice->state;
    heard->headline = lifecycle_headline(subject.approval, subject.fulfilment, subject.payment);
    return stop_order_name(run->store, notice->order_id, arena, &heard->order, why);
}

enum outcome
desk_stop_answer(struct run *run, const struct stop_word *word, struct arena *arena,
                 struct stop_heard *heard, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct stop_notice notice;
    TRY(store_begin(run->store, &tx, why));
    TRY(stop_find(run->store, word->partner, word->number, arena, &notice, why));
    TRY(take(run, word, &notice, arena, heard, why));
    return word->is_trial ? DONE : store_commit(&tx, why);
}
