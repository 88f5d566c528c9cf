#include "rules/progress.h"

#include <stdbool.h>
#include <string.h>

/* Of the same moment the greater words stay, so that it does not matter which came first. */
static bool
has_later_words(const struct progress *standing, const struct progress *news)
{
    if (news->told_ms != standing->told_ms) {
        return news->told_ms > standing->told_ms;
    }
    const int causes = strcmp(news->cause, standing->cause);
    return causes != 0 ? causes > 0 : strcmp(news->reason, standing->reason) > 0;
}

enum progress_verdict
progress_take(struct progress *standing, const struct progress *news)
{
    if (news->state < standing->state) {
        return PROGRESS_LATE;
    }
    if (news->state > standing->state) {
        *standing = *news;
        return PROGRESS_MOVED;
    }
    if (news->since_ms < standing->since_ms) {
        standing->since_ms = news->since_ms;
    }
    if (has_later_words(standing, news)) {
        standing->told_ms = news->told_ms;
        standing->cause = news->cause;
        standing->reason = news->reason;
    }
    return PROGRESS_SAID_AGAIN;
}

void
latest_take(struct latest *latest, int64_t value, int64_t told_ms)
{
    if (told_ms > latest->told_ms || (told_ms == latest->told_ms && value > latest->value)) {
        *latest = (struct latest){value, told_ms};
    }
}
