/* One file: known bytes are a duplicate; else it is read to its end, its good documents are stored
 * on the way, and what must not stay is undone by savepoint.  Files share a transaction until it is
 * large enough to be worth its syncs. */
#include "intake/intake.h"

#include "base/file.h"
#include "base/text.h"
#include "config/suspect.h"
#include "intake/intake_mapping.h"
#include "intake/intake_taking.h"
#include "intake/reading.h"
#include "store/store.h"
#include "store/store_arrival.h"
#include "store/store_death.h"
#include "store/store_interchange.h"
#include "store/store_master.h"
#include "store/store_outbox.h"
#include "store/store_rhythm.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum {
    LIST_BYTES_MAX = 16 * 1024 * 1024, /* arena of one batch of arrivals */
    FILE_TEXTS_BYTES_MAX = 1024 * 1024,
    NAME_SHOWN_MAX = 255,
    TRANSACTION_BYTES_MAX =
        4 * 1024 * 1024, /* a transaction ends when its files are this large together */
};

static void
taking_close(struct taking *taking)
{
    findings_close(&taking->findings);
    arena_close(&taking->arena);
}

static void
reading_shut(struct reading **reading)
{
    reading_close(*reading);
}

static enum outcome
acknowledge(struct taking *taking, struct fault *why)
{
    return outbox_message_add(taking->run->store,
                              &(struct outbox_message){.partner = taking->interchange.partner,
                                                       .kind = KIND_ACKNOWLEDGEMENT,
                                                       .interchange_id = taking->interchange.id},
                              why);
}

static void
tell_known(struct taking *taking)
{
    static const enum message codes[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_TRANSPORT_EVENT] = M_TRANSPORT_KNOWN,
        [DOCUMENT_RELEASE_STATUS] = M_REL_KNOWN,
        [DOCUMENT_PRODUCTION_STATUS] = M_PRD_KNOWN,
        [DOCUMENT_STOP_STATUS] = M_STOP_KNOWN,
    };
    const enum message code = codes[taking->interchange.document];
    if (code != 0 && taking->known > 0) {
        findings_add(
            &taking->findings,
            &(struct finding){.code = code,
                              .value = arena_format(&taking->arena, "%" PRId64, taking->known)});
    }
}

static enum outcome
read_documents(struct taking *taking, struct reading *reading, struct fault *why)
{
    struct document *document = NULL;
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, &taking->trouble)) == DONE) {
        arena_reset(&taking->arena);
        const size_t first = taking->findings.count;
        TRY(taking_store(taking, document, why));
        reading_name_findings(reading, &taking->findings, first);
        if (taking->must_wait) {
            return DONE;
        }
    }
    if (taking->trouble.kind == FAULT_STORE) {
        *why = taking->trouble; /* of a lookup: no fault of the file's */
        return outcome;
    }
    if (outcome != NONE) {
        taking->must_wait = true;
        return DONE;
    }
    tell_known(taking);
    return taking->master_version == 0
               ? DONE
               : master_set_rows(taking->run->store, taking->master_version, taking->stored, why);
}

/* Must all that was stored be undone? */
static bool
is_spoiled(const struct taking *taking)
{
    return findings_has(&taking->findings, SEVERITY_FATAL) ||
           (taking->interchange.acceptance == ACCEPT_ALL_OR_NOTHING &&
            findings_has(&taking->findings, SEVERITY_ERROR));
}

/* Without documents for the desk the file's state is final now. */
static enum interchange_state
judge(const struct taking *taking)
{
    const struct interchange *interchange = &taking->interchange;
    if (taking->stored > 0) {
        return INTERCHANGE_READ;
    }
    if (!findings_has(&taking->findings, SEVERITY_ERROR)) {
        return INTERCHANGE_TAKEN;
    }
    return interchange->documents_taken > 0 ? INTERCHANGE_PARTLY : INTERCHANGE_REFUSED;
}

static void
count_file(struct run *run, const struct taking *taking)
{
    switch (taking->interchange.state) {
    case INTERCHANGE_DUPLICATE: run->counts.files_duplicate++; break;
    case INTERCHANGE_REFUSED: run->counts.files_refused++; break;
    case INTERCHANGE_READ: break; /* the desk counts */
    default: run->counts.files_taken++; break;
    }
    if (taking->interchange.document == DOCUMENT_ORDER &&
        taking->interchange.acceptance != ACCEPT_TEST_ONLY) {
        run->counts.orders_received += taking->stored;
    }
}

/* Store the verdict, and the acknowledgement when it is final. */
static enum outcome
conclude(struct taking *taking, struct fault *why)
{
    struct store *store = taking->run->store;
    TRY(interchange_add_findings(store, &taking->interchange, &taking->findings, why));
    TRY(interchange_update(store, &taking->interchange, why));
    TRY(interchange_arrival_taken(store, taking->interchange.arrival_id, why));
    if (taking->interchange.state != INTERCHANGE_READ) {
        TRY(acknowledge(taking, why));
    }
    count_file(taking->run, taking);
    return DONE;
}

/* Nothing of the file was; it stays landed. */
static enum outcome
put_off(struct taking *taking, struct savepoint *savepoint, struct fault *why)
{
    TRY(savepoint_undo(savepoint, why));
    if (taking->trouble.kind == 0) {
        taking->run->put_off = taking->partner;
    }
    return NONE;
}

/* NONE: it is put off, or cannot be read. */
static enum outcome
take_documents(struct taking *taking, struct reading *reading, struct fault *why)
{
    struct savepoint savepoint = {0};
    TRY(savepoint_open(taking->run->store, &savepoint, why));
    TRY(interchange_insert(taking->run->store, &taking->interchange, why));
    TRY(read_documents(taking, reading, why));
    if (taking->must_wait) {
        return put_off(taking, &savepoint, why);
    }
    if (!is_spoiled(taking)) {
        TRY(savepoint_keep(&savepoint, why));
        taking->interchange.documents_taken = taking->stored + taking->known + taking->kept;
        taking->interchange.state = judge(taking);
        return DONE;
    }
    TRY(savepoint_undo(&savepoint, why));
    TRY(interchange_insert(taking->run->store, &taking->interchange, why));
    if (taking->stored + taking->known + taking->kept > 0 &&
        !findings_has(&taking->findings, SEVERITY_FATAL)) {
        findings_add(&taking->findings, &(struct finding){.code = M_FILE_WHOLE});
    }
    taking->stored = 0;
    taking->interchange.documents_taken = 0;
    taking->interchange.state = INTERCHANGE_REFUSED;
    return DONE;
}

static struct sender
sender_of(const struct taking *taking)
{
    const struct partner *partner = taking->partner;
    return (struct sender){
        .roles = partner->roles,
        .encoding = partner->encoding,
        .default_currency = partner->default_currency,
        .default_country = partner->default_country,
        .customer = partner->customer,
        .today = moment_day(taking->run->as_of_ms),
        .file_bytes_max = taking->run->config->limits.file_bytes_max,
        .mapping = taking->mapping,
    };
}

/* A master file is one thing: all of it, or none. */
static enum acceptance
acceptance_of(const struct taking *taking, enum document_kind kind)
{
    const enum acceptance acceptance = taking->partner->acceptance;
    return acceptance == ACCEPT_PER_ORDER && (master_is_kind(kind) || kind == DOCUMENT_LOOKUP)
               ? ACCEPT_ALL_OR_NOTHING
               : acceptance;
}

/* What was for test, or could be anything, tells nothing of what the partner usually sends. */
static enum outcome
note_rhythm(struct taking *taking, struct fault *why)
{
    const struct interchange *interchange = &taking->interchange;
    return interchange->acceptance == ACCEPT_TEST_ONLY || interchange->document == DOCUMENT_NONE
               ? DONE
               : rhythm_note(taking->run->store, interchange->partner,
                             document_kind_names[interchange->document], interchange->received_ms,
                             why);
}

static enum outcome
read_file(struct taking *taking, int descriptor, const struct landed *landed, struct fault *why)
{
    __attribute__((cleanup(reading_shut))) struct reading *reading = NULL;
    struct sender sender = sender_of(taking);
    struct intake_lookups lookups = {taking->run->store, landed->partner};
    const struct lookup_source source = intake_lookup_source(&lookups);
    sender.lookups = &source;
    if (reading_open(&reading, descriptor, landed->name, landed->name_size, &sender,
                     &taking->findings, &taking->trouble) != DONE) {
        return NONE;
    }
    const enum file_format format = reading_format(reading);
    struct interchange *interchange = &taking->interchange;
    interchange->format = format == FORMAT_COUNT ? "" : file_format_names[format];
    interchange->document = reading_document_kind(reading);
    interchange->acceptance = acceptance_of(taking, interchange->document);
    taking->columns = reading_columns(reading);
    TRY(take_documents(taking, reading, why));
    TRY(note_rhythm(taking, why));
    return conclude(taking, why);
}

static enum outcome
note_duplicate(struct taking *taking, int64_t original_id, struct fault *why)
{
    struct interchange *interchange = &taking->interchange;
    interchange->state = INTERCHANGE_DUPLICATE;
    interchange->duplicate_of = original_id;
    findings_add(&taking->findings, &(struct finding){.code = M_FILE_DUPLICATE});
    TRY(interchange_insert(taking->run->store, interchange, why));
    return conclude(taking, why);
}

/* A file that ended run after run is not read again. */
static enum outcome
set_aside(struct taking *taking, struct fault *why)
{
    struct interchange *interchange = &taking->interchange;
    const char *deaths = arena_format(&taking->arena, "%" PRId64,
                                      suspect_deaths(taking->run, interchange->arrival_id));
    interchange->state = INTERCHANGE_REFUSED;
    findings_add(&taking->findings, &(struct finding){.code = M_FILE_SET_ASIDE, .value = deaths});
    run_say(taking->run, LOG_TROUBLE, M_RUN_SET_ASIDE, interchange->name, interchange->partner,
            deaths);
    TRY(interchange_insert(taking->run->store, interchange, why));
    return conclude(taking, why);
}

static void
begin_taking(struct taking *taking, struct run *run, const struct partner *partner,
             const struct landed *landed, struct arena *arena)
{
    *taking = (struct taking){.run = run, .partner = partner};
    findings_init(&taking->findings);
    arena_init(&taking->arena, FILE_TEXTS_BYTES_MAX);
    taking->interchange = (struct interchange){
        .arrival_id = landed->id,
        .partner = landed->partner,
        .name = text_show(arena, landed->name, landed->name_size, NAME_SHOWN_MAX),
        .sha256 = landed->sha256,
        .size = landed->size,
        .format = "",
        .mapping = landed->mapping,
        .document = DOCUMENT_NONE,
        .acceptance = partner->acceptance,
        .state = INTERCHANGE_READ,
        .place = arena_format(arena, "spool/%s", landed->spool),
        .received_ms = run->as_of_ms,
    };
}

/* What has landed, on its way through. */
struct intake {
    struct run *run;
    struct intake_mappings mappings;
    struct arena arena; /* of the list */
    struct landed *files;
    size_t count;
    size_t at;       /* of the next file */
    int64_t skipped; /* files that have to wait and stay in the list */
    bool is_old;     /* files of the list are not in it any more, for they wait for the next run */
};

static void
intake_close(struct intake *intake)
{
    intake_mappings_close(&intake->mappings);
    arena_close(&intake->arena);
}

/* The file cannot be read.  It waits for the next run, and so does, once, what came with it: lists
 * refer to each other, orders replace each other. */
static enum outcome
hold(struct intake *intake, const struct landed *landed, const char *trouble, struct fault *why)
{
    struct run *run = intake->run;
    int64_t held = 0;
    TRY(arrival_wait(run->store, landed->id, run->id, trouble, why));
    TRY(arrival_hold_rest(run->store, landed->partner, landed->mailbox, run->id, &held, why));
    run->counts.files_waiting += held + 1;
    run_say(run, LOG_TROUBLE, M_RUN_UNREADABLE,
            text_show(&intake->arena, landed->name, landed->name_size, NAME_SHOWN_MAX),
            landed->partner, trouble, arena_format(&intake->arena, "%" PRId64, held));
    intake->is_old = true;
    return DONE;
}

static enum outcome
take_open_file(struct intake *intake, const struct partner *partner, const struct landed *landed,
               int descriptor, struct fault *why)
{
    OWNED(taking) taking;
    struct run *run = intake->run;
    int64_t original_id = 0;
    begin_taking(&taking, run, partner, landed, &intake->arena);
    (void)intake_mapping_of(&intake->mappings, landed, &taking.mapping);
    TRY(interchange_seen(run->store, landed, &original_id, &taking.interchange.repetition, why));
    if (original_id != 0) {
        return note_duplicate(&taking, original_id, why);
    }
    const int64_t deaths = suspect_deaths(run, landed->id);
    if (deaths >= DEATHS_MAX) {
        return set_aside(&taking, why);
    }
    const enum outcome read = read_file(&taking, descriptor, landed, why);
    if (taking.trouble.kind != 0) {
        return hold(intake, landed, taking.trouble.text, why);
    }
    TRY(read);
    return deaths > 0 && taking.interchange.state != INTERCHANGE_READ
               ? death_forget(run->store, landed->id, why)
               : DONE;
}

/* DONE, with a descriptor of -1 when the file waits for the next run. */
static enum outcome
open_file(struct intake *intake, const struct landed *landed, int *descriptor, struct fault *why)
{
    int64_t size = 0;
    struct fault trouble = {0};
    const char *path = arena_format(&intake->arena, "spool/%s", landed->spool);
    const enum outcome opened =
        file_open_read(intake->run->state, path, descriptor, &size, &trouble);
    if (opened == DONE) {
        log_progress(intake->run->log, "reading %s of %s", path, landed->partner);
        return DONE;
    }
    *descriptor = -1;
    return hold(intake, landed,
                opened == NONE ? arena_format(&intake->arena, ".purser/%s is missing", path)
                               : trouble.text,
                why);
}

/* NONE: the file cannot be taken now, and waits. */
static enum outcome
take_file(struct intake *intake, const struct landed *landed, struct fault *why)
{
    struct run *run = intake->run;
    const struct partner *partner = config_partner(run->config, landed->partner);
    int descriptor = -1;
    if (suspect_waits(run, landed->partner)) {
        return NONE;
    }
    if (partner == NULL) {
        run_say(run, LOG_WARNING, M_RUN_SPOOL_WAITS, landed->partner, landed->spool);
        return NONE;
    }
    if (partner == run->put_off) {
        return NONE; /* its files are taken in their order */
    }
    const struct mapping *mapping;
    if (!intake_mapping_of(&intake->mappings, landed, &mapping)) {
        return NONE; /* why, was said */
    }
    TRY(open_file(intake, landed, &descriptor, why));
    if (descriptor < 0) {
        return DONE;
    }
    enum outcome taken = suspect_begin(run, landed->id, why);
    if (taken == DONE) {
        taken = take_open_file(intake, partner, landed, descriptor, why);
    }
    close(descriptor);
    return taken;
}

/* The next files in one transaction, until it is large, all are taken, or the list is old; a file
 * that ended an earlier run has its own. */
static enum outcome
take_some(struct intake *intake, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    struct run *run = intake->run;
    const struct run_counts counts_before = run->counts;
    const size_t first = intake->at;
    int64_t bytes = 0;
    enum outcome outcome = store_begin(run->store, &tx, why);
    while (outcome == DONE && intake->at < intake->count && bytes < TRANSACTION_BYTES_MAX &&
           !intake->is_old && !run_must_stop(run)) {
        const struct landed *landed = &intake->files[intake->at];
        const bool is_alone = suspect_deaths(run, landed->id) > 0;
        if (is_alone && intake->at > first) {
            break;
        }
        bytes += is_alone ? TRANSACTION_BYTES_MAX : landed->size;
        outcome = take_file(intake, landed, why);
        intake->at++;
        if (outcome == NONE) {
            intake->skipped++;
            outcome = DONE;
        }
    }
    if (outcome == DONE) {
        outcome = store_commit(&tx, why);
    }
    if (outcome != DONE) {
        run->counts = counts_before;
    }
    return outcome;
}

static enum outcome
take_all(struct run *run, struct fault *why)
{
    OWNED(intake) intake = {.run = run};
    arena_init(&intake.arena, LIST_BYTES_MAX);
    run->put_off = NULL;
    TRY(intake_mappings_open(&intake.mappings, run, why));
    do {
        arena_reset(&intake.arena);
        intake.at = 0;
        intake.is_old = false;
        TRY(interchange_landed(run->store, run->id, intake.skipped, &intake.arena, &intake.files,
                               &intake.count, why));
        while (intake.at < intake.count && !intake.is_old && !run_must_stop(run)) {
            TRY(take_some(&intake, why));
        }
    } while ((intake.is_old || intake.count == INTERCHANGE_BATCH) && !run_must_stop(run));
    log_progress(run->log, "%s", "");
    return DONE;
}

enum outcome
intake_work(struct run *run, struct fault *why)
{
    return suspect_end(run, take_all(run, why), why);
}
