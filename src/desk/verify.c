#include "desk/verify.h"
#include "desk/parcels.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "base/tree.h"
#include "order/finding.h"
#include "store/store.h"
#include "store/store_verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LIST_BYTES_MAX = 512 * 1024 * 1024,
    REPORT_BYTES_MAX = 64 * 1024 * 1024,
    PATH_BYTES_MAX = 64 * 1024,
    SHOWN_MAX = 300
};

void
verify_report_init(struct verify_report *report)
{
    memset(report, 0, sizeof *report);
    arena_init(&report->arena, REPORT_BYTES_MAX);
}

void
verify_report_close(struct verify_report *report)
{
    arena_close(&report->arena);
}

static void
add(struct verify_report *report, enum message code, const char *value, const char *expected)
{
    report->total++;
    if (report->count == VERIFY_PROBLEMS_KEPT_MAX) {
        return;
    }
    report->items = arena_grow(&report->arena, report->items, sizeof *report->items, report->count,
                               &report->capacity);
    report->items[report->count++] =
        (struct verify_problem){code, text_show(&report->arena, value, strlen(value), SHOWN_MAX),
                                text_show(&report->arena, expected, strlen(expected), SHOWN_MAX)};
}

const char *
verify_sentence(const struct verify_problem *problem, enum language language, struct arena *arena)
{
    const struct finding finding = {
        .code = problem->code, .value = problem->value, .expected = problem->expected};
    return finding_text(&finding, FINDING_RULE, language, arena);
}

/* Questions that the store answers alone. */
struct question {
    struct verify_report *report;
    enum message code;
};

static void
note_wrong(void *context, const char *value, const char *expected)
{
    const struct question *question = context;
    add(question->report, question->code, value, expected);
}

static const enum message codes[VERIFY_QUESTION_COUNT] = {
    [VERIFY_ARRIVAL_UNTOLD] = M_VERIFY_ARRIVAL_UNTOLD,
    [VERIFY_ARRIVAL_UNMARKED] = M_VERIFY_ARRIVAL_UNMARKED,
    [VERIFY_FINDINGS_COUNT] = M_VERIFY_FINDINGS_COUNT,
    [VERIFY_INTERCHANGE_FINAL] = M_VERIFY_INTERCHANGE_FINAL,
    [VERIFY_INTERCHANGE_TEST] = M_VERIFY_INTERCHANGE_TEST,
    [VERIFY_ORDER_VERSION] = M_VERIFY_ORDER_VERSION,
    [VERIFY_ORDER_LINES] = M_VERIFY_ORDER_LINES,
    [VERIFY_ORDER_PARTIES] = M_VERIFY_ORDER_PARTIES,
    [VERIFY_ORDER_TOTALS] = M_VERIFY_ORDER_TOTALS,
    [VERIFY_ORDER_PARTS] = M_VERIFY_ORDER_PARTS,
    [VERIFY_ORDER_UNPRICED] = M_VERIFY_ORDER_UNPRICED,
    [VERIFY_ORDER_REDUCTIONS] = M_VERIFY_ORDER_REDUCTIONS,
    [VERIFY_PROMOTION_TOTALS] = M_VERIFY_PROMOTION_TOTALS,
    [VERIFY_PROMOTION_RELEASED] = M_VERIFY_PROMOTION_RELEASED,
    [VERIFY_APPROVAL_OPEN] = M_VERIFY_APPROVAL_OPEN,
    [VERIFY_APPROVAL_PERSONS] = M_VERIFY_APPROVAL_PERSONS,
    [VERIFY_AWAITING_PRICE] = M_VERIFY_AWAITING_PRICE,
    [VERIFY_CUSTOMER_DAYS] = M_VERIFY_CUSTOMER_DAYS,
    [VERIFY_SALES] = M_VERIFY_SALES,
    [VERIFY_CUSTOMER_SALES] = M_VERIFY_CUSTOMER_SALES,
    [VERIFY_PRODUCT_MONTHS] = M_VERIFY_PRODUCT_MONTHS,
    [VERIFY_SHIPPED] = M_VERIFY_SHIPPED,
    [VERIFY_SHIPMENT_MATCHED] = M_VERIFY_SHIPMENT_MATCHED,
    [VERIFY_INVOICE_NUMBERS] = M_VERIFY_INVOICE_NUMBERS,
    [VERIFY_INVOICE_TOTALS] = M_VERIFY_INVOICE_TOTALS,
    [VERIFY_INVOICE_SHIPMENTS] = M_VERIFY_INVOICE_SHIPMENTS,
    [VERIFY_FREIGHT] = M_VERIFY_FREIGHT,
    [VERIFY_INVOICE_TOLD] = M_VERIFY_INVOICE_TOLD,
    [VERIFY_INVOICED] = M_VERIFY_INVOICED,
    [VERIFY_CREDITED] = M_VERIFY_CREDITED,
    [VERIFY_PARCELS] = M_VERIFY_PARCELS,
    [VERIFY_TRANSPORT_EVENTS] = M_VERIFY_TRANSPORT_EVENTS,
    [VERIFY_STOCK_SUMS] = M_VERIFY_STOCK_SUMS,
    [VERIFY_STOCK_REPORTS] = M_VERIFY_STOCK_REPORTS,
    [VERIFY_ARRIVED] = M_VERIFY_ARRIVED,
    [VERIFY_SEQUENCES] = M_VERIFY_SEQUENCES,
    [VERIFY_OUTBOX_MESSAGES] = M_VERIFY_OUTBOX_MESSAGES,
    [VERIFY_ACKNOWLEDGED] = M_VERIFY_ACKNOWLEDGED,
    [VERIFY_HELD] = M_VERIFY_HELD,
    [VERIFY_ANSWERED] = M_VERIFY_ANSWERED,
    [VERIFY_ORDER_HELD] = M_VERIFY_ORDER_HELD,
    [VERIFY_CANCELLED] = M_VERIFY_CANCELLED,
    [VERIFY_CANCELLED_WHOLE] = M_VERIFY_CANCELLED_WHOLE,
    [VERIFY_CHANGE_PENDING] = M_VERIFY_CHANGE_PENDING,
    [VERIFY_CREDIT_TOTALS] = M_VERIFY_CREDIT_TOTALS,
    [VERIFY_ORDER_RELEASED] = M_VERIFY_ORDER_RELEASED,
    [VERIFY_PAYMENT_SUMS] = M_VERIFY_PAYMENT_SUMS,
    [VERIFY_RECEIVABLES] = M_VERIFY_RECEIVABLES,
    [VERIFY_PAYMENT_STATE] = M_VERIFY_PAYMENT_STATE,
    [VERIFY_PAYMENT_RELEASED] = M_VERIFY_PAYMENT_RELEASED,
    [VERIFY_RELEASES] = M_VERIFY_RELEASES,
    [VERIFY_PRODUCTION] = M_VERIFY_PRODUCTION,
    [VERIFY_PRODUCTION_TOLD] = M_VERIFY_PRODUCTION_TOLD,
    [VERIFY_STOPS] = M_VERIFY_STOPS,
    [VERIFY_DELAYS] = M_VERIFY_DELAYS,
    [VERIFY_CHARGES] = M_VERIFY_CHARGES,
    [VERIFY_RETURNS] = M_VERIFY_RETURNS,
    [VERIFY_PACKAGES] = M_VERIFY_PACKAGES,
    [VERIFY_RESERVED] = M_VERIFY_RESERVED,
    [VERIFY_PLANNED] = M_VERIFY_PLANNED,
    [VERIFY_PLANNED_LINES] = M_VERIFY_PLANNED_LINES,
    [VERIFY_RELEASES_TOLD] = M_VERIFY_RELEASES_TOLD,
};

static enum outcome
ask_store(struct run *run, struct verify_report *report, struct fault *why)
{
    for (int question = 0; question < VERIFY_QUESTION_COUNT; question++) {
        struct question context = {report, codes[question]};
        const struct verify_visitor visitor = {&context, note_wrong};
        if (question == VERIFY_ORDER_RELEASED && *run->config->warehouse == '\0') {
            continue; /* nobody is told to ship */
        }
        TRY(verify_ask(run->store, (enum verify_question)question, &visitor, why));
    }
    return DONE;
}

static enum outcome
check_database(struct run *run, struct verify_report *report, struct fault *why)
{
    OWNED(arena) arena;
    const char *text = "";
    arena_init(&arena, REPORT_BYTES_MAX);
    TRY(store_check(run->store, &arena, &text, why));
    if (*text != '\0') {
        add(report, M_VERIFY_STORE, text, "");
    }
    return DONE;
}

/* One order followed through its events. */
struct walk {
    struct verify_report *report;
    int64_t order_id; /* 0: none yet */
    bool is_lost;     /* an event was no legal move: said once */
    int approval;
    int fulfilment;
    int payment;
};

/* The state after an event; false when the life cycle has no such move. */
static bool
advance(struct walk *walk, enum order_event event)
{
    if (lifecycle_is_news(event)) {
        return walk->approval >= 0;
    }
    const int approval = walk->approval < 0 ? (event == EVENT_RECEIVED ? APPROVAL_RECEIVED : -1)
                                            : lifecycle_next(AXIS_APPROVAL, walk->approval, event);
    const int fulfilment = walk->approval == APPROVAL_APPROVED
                               ? lifecycle_next(AXIS_FULFILMENT, walk->fulfilment, event)
                               : -1;
    if (approval >= 0) {
        walk->approval = approval;
    }
    if (fulfilment >= 0) {
        walk->fulfilment = fulfilment;
    }
    /* Another price, another content and the end are moves of both. */
    const bool is_of_both =
        event == EVENT_REPRICED || event == EVENT_CHANGED || event == EVENT_CANCELLED;
    const int payment =
        approval >= 0 && !is_of_both ? -1 : lifecycle_next(AXIS_PAYMENT, walk->payment, event);
    if (payment >= 0) {
        walk->payment = payment;
    }
    return approval >= 0 || fulfilment >= 0 || payment >= 0;
}

/* The steps of an order come one after the other; what they have led to is compared after the last
 * one. */
static void
walk_step(void *context, const struct verify_step *step)
{
    struct walk *walk = context;
    if (step->order_id != walk->order_id) {
        *walk =
            (struct walk){walk->report, step->order_id, false, -1, FULFILMENT_NONE, PAYMENT_NONE};
    }
    if (walk->is_lost) {
        return;
    }
    if (step->event < 0 || !advance(walk, (enum order_event)step->event)) {
        walk->is_lost = true;
        add(walk->report, M_VERIFY_PATH, step->order,
            step->event < 0 ? "" : order_event_names[step->event]);
        return;
    }
    const enum headline headline = lifecycle_headline((enum approval_state)walk->approval,
                                                      (enum fulfilment_state)walk->fulfilment,
                                                      (enum payment_state)walk->payment);
    if (strcmp(headline_names[headline], step->headline) != 0) {
        walk->is_lost = true;
        add(walk->report, M_VERIFY_PATH, step->order, step->headline);
    } else if (step->is_last &&
               ((int)step->approval != walk->approval ||
                (int)step->fulfilment != walk->fulfilment || (int)step->payment != walk->payment ||
                step->event_version != step->version)) {
        add(walk->report, M_VERIFY_STATE, step->order, headline_names[headline]);
    }
}

static enum outcome
walk_orders(struct run *run, struct verify_report *report, struct fault *why)
{
    struct walk walk = {.report = report};
    const struct verify_step_visitor visitor = {&walk, walk_step};
    return verify_steps(run->store, &visitor, why);
}

static void
note_parcel(void *context, const char *value, const char *expected)
{
    add(context, M_VERIFY_PARCEL_STATE, value, expected);
}

/* Files. */
struct search {
    struct run *run;
    struct verify_report *report;
};

static enum outcome
digest_file(int descriptor, const char *path, char hex[DIGEST_HEX_SIZE], struct fault *why)
{
    OWNED(digest) digest = {0};
    char bytes[64 * 1024];
    ssize_t size;
    digest_init(&digest);
    while ((size = read(descriptor, bytes, sizeof bytes)) != 0) {
        if (size < 0 && errno != EINTR) {
            return fail(why, "cannot read %s: %s", path, strerror(errno));
        }
        if (size > 0) {
            digest_add(&digest, bytes, (size_t)size);
        }
    }
    digest_finish(&digest, hex);
    return DONE;
}

/* Has the file at `path` the digest?  NONE: there is no such file. */
static enum outcome
compare_file(int at, const char *path, const char *sha256, bool *is_equal, struct fault *why)
{
    int descriptor = -1;
    int64_t size = 0;
    char hex[DIGEST_HEX_SIZE];
    TRY(file_open_read(at, path, &descriptor, &size, why));
    const enum outcome outcome = digest_file(descriptor, path, hex, why);
    close(descriptor);
    TRY(outcome);
    *is_equal = strcmp(hex, sha256) == 0;
    return DONE;
}

static enum outcome
check_arrived(void *context, const struct verify_file *file, struct fault *why)
{
    struct search *search = context;
    struct fault trouble = {0};
    bool is_equal = false;
    (void)why;
    const enum outcome found =
        compare_file(search->run->state, file->place, file->sha256, &is_equal, &trouble);
    if (found == NONE) {
        add(search->report, M_VERIFY_FILE_MISSING, file->place, file->partner);
    } else if (found != DONE) {
        add(search->report, M_VERIFY_FILE_UNREADABLE, file->place, trouble.text);
    } else if (!is_equal) {
        add(search->report, M_VERIFY_FILE_ALTERED, file->place, file->partner);
    }
    return DONE;
}

/* An outgoing file may have been taken by its partner; where it is, it must be complete. */
static enum outcome
check_outgoing(void *context, const struct verify_file *file, struct fault *why)
{
    struct search *search = context;
    (void)why;
    OWNED(arena) arena;
    arena_init(&arena, PATH_BYTES_MAX);
    const struct {
        int at;
        const char *path;
    } places[] = {
        {search->run->home, arena_format(&arena, "outbox/%s/%s", file->partner, file->name)},
        {search->run->state, arena_format(&arena, "sent/%s/%s", file->partner, file->name)},
    };
    for (size_t index = 0; index < sizeof places / sizeof places[0]; index++) {
        struct fault trouble = {0};
        bool is_equal = true;
        const enum outcome found =
            compare_file(places[index].at, places[index].path, file->sha256, &is_equal, &trouble);
        if (found != DONE && found != NONE) {
            add(search->report, M_VERIFY_FILE_UNREADABLE, places[index].path, trouble.text);
        } else if (!is_equal) {
            add(search->report, M_VERIFY_OUTBOX_ALTERED, file->name, file->partner);
        }
    }
    return DONE;
}

/* The files that lie in one of our folders, sorted, against those that the store knows, sorted too.
 */
struct strays {
    struct verify_report *report;
    const char **files;
    size_t count;
    size_t at;
};

/* All files before `place` are known to nobody. */
static enum outcome
pass_known(void *context, const struct verify_file *known, struct fault *why)
{
    struct strays *strays = context;
    (void)why;
    int order = -1;
    while (strays->at < strays->count &&
           (order = strcmp(strays->files[strays->at], known->place)) <= 0) {
        if (order < 0) {
            add(strays->report, M_VERIFY_FILE_STRAY, strays->files[strays->at], "");
        }
        strays->at++;
    }
    return DONE;
}

static int
compare_paths(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static enum outcome
check_strays(struct run *run, struct verify_report *report, struct fault *why)
{
    const struct {
        int at;
        const char *path;
    } places[] = {{run->home, "outbox"},      {run->state, "sent"},      {run->state, "archive"},
                  {run->state, "quarantine"}, {run->state, "duplicate"}, {run->state, "spool"}};
    for (size_t index = 0; index < sizeof places / sizeof places[0]; index++) {
        OWNED(arena) arena;
        struct strays strays = {report, NULL, 0, 0};
        const struct verify_file_visitor visitor = {&strays, pass_known};
        const struct verify_file last = {.place = "\xFF"}; /* behind all names */
        arena_init(&arena, LIST_BYTES_MAX);
        TRY(tree_list(places[index].at, places[index].path, &arena, &strays.files, &strays.count,
                      why));
        if (strays.count > 0) {
            qsort(strays.files, strays.count, sizeof *strays.files, compare_paths);
            TRY(verify_each_file(run->store, VERIFY_FILES_KNOWN, &visitor, why));
            TRY(pass_known(&strays, &last, why));
        }
    }
    return DONE;
}

static enum outcome
check_files(struct run *run, struct verify_report *report, struct fault *why)
{
    struct search search = {run, report};
    const struct verify_file_visitor arrived = {&search, check_arrived};
    const struct verify_file_visitor outgoing = {&search, check_outgoing};
    TRY(verify_each_file(run->store, VERIFY_FILES_OF_INTERCHANGES, &arrived, why));
    TRY(verify_each_file(run->store, VERIFY_FILES_LANDED, &arrived, why));
    TRY(verify_each_file(run->store, VERIFY_FILES_OF_OUTBOX, &outgoing, why));
    return check_strays(run, report, why);
}

enum outcome
verify_work(struct run *run, struct verify_report *report, struct fault *why)
{
    TRY(check_database(run, report, why));
    TRY(ask_store(run, report, why));
    TRY(walk_orders(run, report, why));
    TRY(parcels_verify(run->store, &(const struct verify_visitor){report, note_parcel}, why));
    return check_files(run, report, why);
}
