/* What the report of partners asks of the store, and what only we know: the partners' names, our
 * sentences, the working calendar. */
#include "reports/partners.h"

#include "base/business_calendar.h"
#include "base/date.h"
#include "order/finding.h"
#include "store/store_master.h"

#include <assert.h>
#include <string.h>

enum { HOUR_MS = 3600000 };

/* ---- whom we know ---------------------------------------------------------------------------- */

const char *
partners_name(const struct outline_view *view)
{
    const struct partner *partner = config_recipient(view->config, view->request->partner);
    return partner == NULL || partner->name[0] == '\0' ? view->request->partner : partner->name;
}

static enum outcome
know(const struct outline_view *view, const char *id, struct fault *why)
{
    const struct partner *partner = config_partner(view->config, id);
    const bool is_named = partner != NULL && partner->name[0] != '\0';
    const int64_t hours = partner == NULL || partner->expect_hours < 0 ? 0 : partner->expect_hours;
    const struct named_value values[] = {
        {":partner", TEXT(id)},
        {":name", TEXT(is_named ? partner->name : id)},
        {":expect_ms", INTEGER_OR_NULL(hours * HOUR_MS, 0)},
    };
    return store_run_scratch(view->store, SQL_partners_know, values,
                             sizeof values / sizeof values[0], why);
}

static enum outcome
know_all(const struct outline_view *view, struct fault *why)
{
    if (view->request->partner != NULL) {
        return know(view, view->request->partner, why);
    }
    for (size_t index = 0; index < view->config->partner_count; index++) {
        TRY(know(view, view->config->partners[index].id, why));
    }
    return DONE;
}

/* ---- files ----------------------------------------------------------------------------------- */

/* The files of the report's own period are gathered last, and stay. */
static enum outcome
gather_files(const struct outline_view *view, struct fault *why)
{
    const enum statement steps[] = {
        SQL_partners_forget_wanted,
        SQL_partners_forget_files,
        view->request->partner == NULL ? SQL_partners_want_all : SQL_partners_want_one,
        SQL_partners_gather_files,
        SQL_partners_forget_span,
        SQL_partners_sum,
    };
    for (int span = SPAN_COUNT - 1; span >= SPAN_NOW; span--) {
        for (size_t index = 0; index < sizeof steps / sizeof steps[0]; index++) {
            TRY(outline_run(view, (enum outline_span)span, steps[index], why));
        }
    }
    return DONE;
}

/* ---- mistakes -------------------------------------------------------------------------------- */

struct example {
    const char *partner;
    struct finding finding;
};

static enum outcome
read_examples(const struct outline_view *view, struct example **examples, size_t *count,
              struct fault *why)
{
    OWNED(rows) rows = {0};
    struct arena *arena = view->arena;
    size_t capacity = 0;
    enum outcome outcome;
    TRY(store_query_bare(view->store, SQL_partners_examples, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *examples = arena_grow(arena, *examples, sizeof **examples, *count, &capacity);
        (*examples)[(*count)++] = (struct example){rows_copy(&rows, 0, arena),
                                                   {.code = message_find(rows_text(&rows, 1)),
                                                    .order_number = rows_copy(&rows, 2, arena),
                                                    .order_line = rows_copy(&rows, 3, arena),
                                                    .field = rows_copy(&rows, 4, arena),
                                                    .value = rows_copy(&rows, 5, arena),
                                                    .expected = rows_copy(&rows, 6, arena),
                                                    .hint = rows_copy(&rows, 7, arena)}};
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
say(const struct outline_view *view, const struct example *example, struct fault *why)
{
    const struct message_entry *entry = message_entry(example->finding.code);
    const enum language language = view->request->language;
    const struct named_value values[] = {
        {":partner", TEXT(example->partner)},
        {":code", TEXT(entry->id)},
        {":rule", TEXT(finding_text(&example->finding, FINDING_RULE, language, view->arena))},
        {":hint", TEXT(finding_text(&example->finding, FINDING_HINT, language, view->arena))},
        {":is_mendable", INTEGER(strcmp(entry->action, "fix-and-resend") == 0)},
    };
    return store_run_scratch(view->store, SQL_partners_say, values,
                             sizeof values / sizeof values[0], why);
}

static enum outcome
gather_mistakes(const struct outline_view *view, struct fault *why)
{
    struct example *examples = NULL;
    size_t count = 0;
    TRY(outline_run(view, SPAN_NOW, SQL_partners_gather_mistakes, why));
    TRY(outline_run(view, SPAN_NOW, SQL_partners_gather_codes, why));
    TRY(read_examples(view, &examples, &count, why));
    for (size_t index = 0; index < count; index++) {
        /* A code that this program does not know any more stands for itself. */
        if (examples[index].finding.code != MESSAGE_COUNT) {
            TRY(say(view, &examples[index], why));
        }
    }
    return DONE;
}

/* ---- days that are asked for ------------------------------------------------------------------
 */

/* The days and lead times of orders. */
struct lead {
    int32_t day;
    int64_t lead_days;
};

static enum outcome
read_leads(const struct outline_view *view, struct lead **leads, size_t *count, struct fault *why)
{
    OWNED(rows) rows = {0};
    size_t capacity = 0;
    enum outcome outcome;
    TRY(store_query_bare(view->store, SQL_partners_leads, &rows, why));
    while ((outcome = rows_next(&rows, why)) == DONE) {
        *leads = arena_grow(view->arena, *leads, sizeof **leads, *count, &capacity);
        (*leads)[(*count)++] =
            (struct lead){(int32_t)rows_integer(&rows, 0), rows_integer(&rows, 1)};
    }
    return outcome == NONE ? DONE : outcome;
}

/* The week of the configuration, with the exceptions that were known. */
static enum outcome
read_calendar(const struct outline_view *view, struct business_calendar *calendar,
              struct fault *why)
{
    struct master_row *rows = NULL;
    size_t count = 0;
    int64_t version_id = 0;
    const struct config *config = view->config;
    TRY(store_number(view->store, SQL_partners_calendar, 0, &version_id, why,
                     INTEGER(view->request->as_of_ms)));
    TRY(master_calendar(view->store, version_id, view->arena, &rows, &count, why));
    struct calendar_exception *exceptions =
        arena_array(view->arena, struct calendar_exception, count + 1);
    for (size_t index = 0; index < count; index++) {
        exceptions[index] = (struct calendar_exception){
            rows[index].calendar.day, strcmp(rows[index].calendar.kind, CALENDAR_WORKING) == 0};
    }
    const bool is_made = business_calendar_init(calendar, config->working_days,
                                                &config->working_hours, exceptions, count);
    assert(is_made && "the configuration is checked when it is read");
    return DONE;
}

/* Where nothing is planned, nobody can say from when on an order could be there. */
static enum outcome
gather_asked(const struct outline_view *view, struct fault *why)
{
    const struct planning_policy *planning = &view->config->planning;
    struct business_calendar calendar;
    struct lead *leads = NULL;
    size_t count = 0;
    TRY(outline_run(view, SPAN_NOW, SQL_partners_gather_asked, why));
    if (!planning->is_on) {
        return DONE;
    }
    TRY(read_leads(view, &leads, &count, why));
    if (count > 0) {
        TRY(read_calendar(view, &calendar, why));
    }
    for (size_t index = 0; index < count; index++) {
        const int64_t days = leads[index].lead_days + planning->pick_days + planning->transit_days;
        const struct named_value values[] = {
            {":day", INTEGER(leads[index].day)},
            {":lead_days", INTEGER(leads[index].lead_days)},
            {":ready_day", INTEGER(calendar_day_after(&calendar, leads[index].day, (int32_t)days))},
        };
        TRY(store_run_scratch(view->store, SQL_partners_ready, values,
                              sizeof values / sizeof values[0], why));
    }
    return DONE;
}

enum outcome
partners_prepare(const struct outline_view *view, struct fault *why)
{
    static const enum statement forgets[] = {
        SQL_partners_forget_known, SQL_partners_forget_sums,  SQL_partners_forget_mistakes,
        SQL_partners_forget_codes, SQL_partners_forget_asked, SQL_partners_forget_news,
        SQL_partners_forget_lines,
    };
    for (size_t index = 0; index < sizeof forgets / sizeof forgets[0]; index++) {
        TRY(outline_run(view, SPAN_NOW, forgets[index], why));
    }
    TRY(know_all(view, why));
    TRY(gather_files(view, why));
    TRY(gather_mistakes(view, why));
    TRY(gather_asked(view, why));
    TRY(outline_run(view, SPAN_NOW, SQL_partners_gather_news, why));
    return outline_run(view, SPAN_NOW, SQL_partners_gather_lines, why);
}
