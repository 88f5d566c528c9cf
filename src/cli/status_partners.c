/* Partners whose files have stopped. */
#include "cli/status.h"

#include "desk/facts.h"
#include "order/document_kind.h"
#include "rules/rhythm.h"
#include "store/store_rhythm.h"

#include <string.h>

enum { HOUR_MS = 3600000 };

/* "1.5", of hours. */
static const char *
hours_text(struct cli *cli, int64_t ms)
{
    char text[DECIMAL_TEXT_SIZE];
    return arena_copy(&cli->arena, decimal_format(text, ms / (HOUR_MS / 10), 1, 0));
}

static void
add(struct status *status, const struct partner *partner, const char *document,
    const struct silence *silence)
{
    struct cli *cli = status->cli;
    const char *text =
        silence->last_ms == 0 ? cli_phrase(cli, M_STATUS_NEVER_SENT, partner->id)
        : silence->usual_ms == 0
            ? cli_phrase(cli, M_STATUS_STOPPED, partner->id, document,
                         cli_time(cli, silence->last_ms), cli_integer(cli, partner->expect_hours))
            : cli_phrase(cli, M_STATUS_STOPPED_RHYTHM, partner->id, document,
                         cli_time(cli, silence->last_ms), hours_text(cli, silence->usual_ms));
    const struct item item = {
        .what = "partner-silent",
        .who = partner->id,
        .count = 1,
        .since_ms = silence->expected_ms,
        .text = text,
        .command = status_command(cli, arena_format(&cli->arena, "partner test %s", partner->id))};
    status_add_silence(status, &item, silence);
}

/* By the hours that are configured: of its last file, of whatever kind. */
static void
judge_hours(struct status *status, const struct partner *partner,
            const struct partner_rhythm *rhythms, size_t count)
{
    struct silence silence = {.document = ""};
    for (size_t index = 0; index < count; index++) {
        const struct partner_rhythm *one = &rhythms[index];
        if (strcmp(one->partner, partner->id) == 0 && one->rhythm.last_ms > silence.last_ms) {
            silence.last_ms = one->rhythm.last_ms;
            silence.document = one->document;
        }
    }
    if (silence.last_ms != 0) {
        silence.expected_ms = silence.last_ms + partner->expect_hours * HOUR_MS;
    }
    if (status->cli->as_of_ms > silence.expected_ms) {
        add(status, partner, silence.document, &silence);
    }
}

/* Decisions follow what is asked; nobody's rhythm. */
static void
judge_rhythm(struct status *status, const struct partner *partner,
             const struct partner_rhythm *rhythm, const struct business_calendar *calendar)
{
    struct rhythm_verdict verdict;
    if (strcmp(rhythm->document, document_kind_names[DOCUMENT_DECISION]) == 0 ||
        !rhythm_judge(&rhythm->rhythm, calendar, &verdict) ||
        status->cli->as_of_ms <= verdict.silent_ms) {
        return;
    }
    const struct silence silence = {rhythm->document, rhythm->rhythm.last_ms, verdict.usual_ms,
                                    verdict.expected_ms};
    add(status, partner, rhythm->document, &silence);
}

static enum outcome
judge_all(struct status *status, struct facts *facts, struct fault *why)
{
    struct cli *cli = status->cli;
    const struct business_calendar *calendar = NULL;
    struct partner_rhythm *rhythms = NULL;
    size_t count = 0;
    TRY(facts_calendar(facts, &cli->config, &calendar, why));
    TRY(rhythm_list(cli->store, &cli->arena, &rhythms, &count, why));
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const struct partner *partner = &cli->config.partners[index];
        if (partner->expect_hours > 0) {
            judge_hours(status, partner, rhythms, count);
        }
        for (size_t at = 0; at < count && partner->expect_hours < 0; at++) {
            if (strcmp(rhythms[at].partner, partner->id) == 0) {
                judge_rhythm(status, partner, &rhythms[at], calendar);
            }
        }
    }
    return DONE;
}

enum outcome
status_partners(struct status *status, struct fault *why)
{
    struct facts *facts = arena_new(&status->cli->arena, struct facts);
    facts_init(facts, status->cli->store);
    const enum outcome outcome = judge_all(status, facts, why);
    facts_close(facts);
    return outcome;
}
