/* Judges the file as a whole, then lets the reader of its format work. */
#include "intake/reading.h"

#include "base/text.h"
#include "intake/code_list.h"
#include "intake/encoding.h"
#include "intake/filename.h"
#include "intake/reader.h"
#include "intake/reader_csv.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_BYTES = 4096, KEY_SHOWN_BYTES = 80 };

void
reading_complain(struct reading *reading, enum message code, const char *value,
                 const char *expected)
{
    findings_add(reading->findings,
                 &(struct finding){.code = code, .value = value, .expected = expected});
}

bool
reading_allows(struct reading *reading, enum document_kind kind)
{
    enum { NOBODY = 1 << 30 }; /* the role of no partner */
    static const unsigned int senders[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_ORDER] = ROLE_CUSTOMER,
        [DOCUMENT_SHIPMENT] = ROLE_WAREHOUSE,
        [DOCUMENT_DECISION] = ROLE_APPROVER,
        [DOCUMENT_STOCK] = ROLE_WAREHOUSE | ROLE_FINANCE,
        [DOCUMENT_STOCK_REPORT] = ROLE_WAREHOUSE,
        [DOCUMENT_TRANSPORT_EVENT] = ROLE_CARRIER,
        [DOCUMENT_APPROVAL_CASES] = NOBODY,
        [DOCUMENT_RELEASE_STATUS] = ROLE_WAREHOUSE,
        [DOCUMENT_PRODUCTION_STATUS] = ROLE_PLANT,
        [DOCUMENT_ORDER_CHANGE] = ROLE_CUSTOMER,
        [DOCUMENT_ORDER_CANCELLATION] = ROLE_CUSTOMER,
        [DOCUMENT_STOP_STATUS] = ROLE_WAREHOUSE | ROLE_PLANT | ROLE_CARRIER,
        [DOCUMENT_RETURN_REQUEST] = ROLE_CUSTOMER,
        [DOCUMENT_RETURN_RECEIPT] = ROLE_WAREHOUSE,
    };
    if (kind == DOCUMENT_LOOKUP) {
        return true; /* whoever has a mapping for it */
    }
    const unsigned int sender = senders[kind] == 0 ? ROLE_FINANCE : senders[kind];
    if (reading->sender->roles == 0 || (reading->sender->roles & sender) != 0) {
        return true;
    }
    reading_complain(reading, M_FILE_ROLE, document_kind_names[kind], NULL);
    return false;
}

/* Magic numbers of what people send by mistake. */
static const struct magic {
    const char *bytes;
    size_t size;
    const char *name;
    enum message code;
} magics[] = {
    {"\x1F\x8B", 2, "gzip", M_FILE_COMPRESSED},
    {"PK\x03\x04", 4, "zip, xlsx", M_FILE_COMPRESSED},
    {"PK\x05\x06", 4, "zip", M_FILE_COMPRESSED},
    {"\xFD\x37zXZ", 6, "xz", M_FILE_COMPRESSED}, /* the sixth byte is the end of this text */
    {"\x28\xB5\x2F\xFD", 4, "zstd", M_FILE_COMPRESSED},
    {"BZh", 3, "bzip2", M_FILE_COMPRESSED},
    {"7z\xBC\xAF\x27\x1C", 6, "7-Zip", M_FILE_COMPRESSED},
    {"Rar!", 4, "RAR", M_FILE_COMPRESSED},
    {"\xD0\xCF\x11\xE0", 4, "Excel .xls", M_FILE_SPREADSHEET},
    {"%PDF", 4, "PDF", M_FILE_FORMAT},
    {"{\\rtf", 5, "RTF", M_FILE_FORMAT},
    {"UNA:", 4, "EDIFACT", M_FILE_FORMAT},
    {"UNB+", 4, "EDIFACT", M_FILE_FORMAT},
    {"ISA*", 4, "X12", M_FILE_FORMAT},
};

/* An .xlsx file is a zip archive whose first names say so. */
static bool
is_workbook(const char *head, size_t size)
{
    return memmem(head, size, "[Content_Types].xml", 19) != NULL ||
           memmem(head, size, "xl/", 3) != NULL || memmem(head, size, "_rels/", 6) != NULL;
}

static bool
is_other_format(struct reading *reading, const char *head, size_t size)
{
    for (size_t index = 0; index < sizeof magics / sizeof magics[0]; index++) {
        const struct magic *magic = &magics[index];
        if (size >= magic->size && memcmp(head, magic->bytes, magic->size) == 0) {
            const bool workbook = magic->bytes[0] == 'P' && is_workbook(head, size);
            reading_complain(reading, workbook ? M_FILE_SPREADSHEET : magic->code,
                             workbook ? "Excel .xlsx" : magic->name, NULL);
            return true;
        }
    }
    const size_t blanks = strspn(head, " \t\r\n");
    if (head[blanks] == '{' || head[blanks] == '[') {
        reading_complain(reading, M_FILE_FORMAT, "JSON", NULL);
        return true;
    }
    return false;
}

/* The first characters of XML in any encoding that libxml2 may be given. */
static bool
is_xml(const char *head, size_t size)
{
    static const struct {
        const char *bytes;
        size_t size;
    } fronts[] = {
        {"\xFF\xFE<\0", 4},   {"\xFE\xFF\0<", 4},        {"<\0", 2}, {"\0<", 2}, {"\0\0\0<", 4},
        {"\xFF\xFE\0\0<", 5}, {"\0\0\xFE\xFF\0\0\0<", 8}};
    for (size_t index = 0; index < sizeof fronts / sizeof fronts[0]; index++) {
        if (size >= fronts[index].size &&
            memcmp(head, fronts[index].bytes, fronts[index].size) == 0) {
            return true;
        }
    }
    const size_t bom = size >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const size_t blanks = strspn(head + bom, " \t\r\n");
    return bom + blanks < size && head[bom + blanks] == '<';
}

/* Every other byte of ASCII text in UTF-16 is zero. */
static bool
is_unmarked_utf16(const char *head, size_t size)
{
    size_t zeros[2] = {0, 0};
    for (size_t index = 0; index < size; index++) {
        zeros[index % 2] += head[index] == '\0';
    }
    const size_t half = size / 2;
    return size >= 8 && ((zeros[0] == 0 && zeros[1] * 10 >= half * 6) ||
                         (zeros[1] == 0 && zeros[0] * 10 >= half * 6));
}

/* Its byte order mark, or three zeros with each of the first characters.  To be asked before
 * UTF-16, whose mark begins alike. */
static bool
is_utf32(const char *head, size_t size)
{
    enum { CHARACTERS = 4, BYTES = 4 };
    bool is_little = size >= (size_t)CHARACTERS * BYTES;
    bool is_big = is_little;
    for (int index = 0; index < CHARACTERS && (is_little || is_big); index++) {
        const char *at = head + (ptrdiff_t)index * BYTES;
        is_little = is_little && at[0] != '\0' && memcmp(at + 1, "\0\0\0", 3) == 0;
        is_big = is_big && at[3] != '\0' && memcmp(at, "\0\0\0", 3) == 0;
    }
    return is_little || is_big ||
           (size >= BYTES &&
            (memcmp(head, "\xFF\xFE\0\0", BYTES) == 0 || memcmp(head, "\0\0\xFE\xFF", BYTES) == 0));
}

static void
complain_at_line(struct reading *reading, enum message code, int64_t line)
{
    findings_add(reading->findings, &(struct finding){.code = code, .place = {line, 0}});
}

/* Sets reading->encoding; false after a finding. */
static enum outcome
judge_text(struct reading *reading, const char *head, size_t size, struct fault *why)
{
    if (is_utf32(head, size)) {
        reading_complain(reading, M_ENC_UTF32, NULL, NULL);
        return DONE;
    }
    if (size >= 2 && memcmp(head, "\xFF\xFE", 2) == 0) {
        reading->encoding = ENCODING_UTF16LE;
        return DONE;
    }
    if (size >= 2 && memcmp(head, "\xFE\xFF", 2) == 0) {
        reading->encoding = ENCODING_UTF16BE;
        return DONE;
    }
    struct encoding_survey survey;
    TRY(encoding_survey(reading->descriptor, &survey, why));
    if (survey.has_nul && is_unmarked_utf16(head, size)) {
        reading_complain(reading, M_ENC_UTF16_MARK, NULL, NULL);
    } else if (survey.has_nul) {
        complain_at_line(reading, M_FILE_BINARY, survey.nul_line);
    } else if (survey.is_blank) {
        reading_complain(reading, M_FILE_EMPTY, NULL, NULL);
    } else if (survey.is_utf8) {
        reading->encoding = ENCODING_UTF8;
    } else if (reading->sender->encoding[0] != '\0') {
        reading->encoding = ENCODING_PARTNER;
    } else {
        complain_at_line(reading, M_ENC_UNKNOWN, survey.bad_line);
    }
    return DONE;
}

static bool
is_hopeless(const struct reading *reading)
{
    return findings_has(reading->findings, SEVERITY_FATAL);
}

static enum outcome
judge_size(struct reading *reading, struct fault *why)
{
    struct stat status;
    if (fstat(reading->descriptor, &status) != 0) {
        return fail(why, "cannot look at the file: %s", strerror(errno));
    }
    assert(S_ISREG(status.st_mode));
    reading->size = status.st_size;
    const int64_t size_max = reading->sender->file_bytes_max;
    if (reading->size == 0) {
        reading_complain(reading, M_FILE_EMPTY, NULL, NULL);
    } else if (size_max > 0 && reading->size > size_max) {
        reading_complain(reading, M_FILE_TOO_LARGE,
                         arena_format(&reading->arena, "%lld", (long long)reading->size),
                         arena_format(&reading->arena, "%lld", (long long)size_max));
    }
    return DONE;
}

static enum outcome
judge(struct reading *reading, struct fault *why)
{
    char head[HEAD_BYTES + 1];
    TRY(judge_size(reading, why));
    if (is_hopeless(reading)) {
        return DONE;
    }
    const ssize_t got = pread(reading->descriptor, head, HEAD_BYTES, 0);
    if (got < 0) {
        return fail(why, "cannot read the file: %s", strerror(errno));
    }
    head[got] = '\0';
    if (is_other_format(reading, head, (size_t)got)) {
        return DONE;
    }
    if (is_xml(head, (size_t)got)) {
        if (reading->sender->mapping != NULL) {
            reading_complain(reading, M_FILE_FORMAT, "XML", NULL);
            return DONE;
        }
        reading->format = FORMAT_XML;
        reading->reader = &reader_xml;
    } else {
        TRY(judge_text(reading, head, (size_t)got, why));
        if (is_hopeless(reading)) {
            return DONE;
        }
        reading->format = FORMAT_CSV;
        reading->reader = &reader_csv;
    }
    if (lseek(reading->descriptor, 0, SEEK_SET) != 0) {
        return fail(why, "cannot go to the beginning of the file: %s", strerror(errno));
    }
    reading->lists = code_lists_load(&reading->file_arena);
    return reading->reader->open(reading, why);
}

enum outcome
reading_open(struct reading **reading, int descriptor, const char *name, size_t name_size,
             const struct sender *sender, struct findings *findings, struct fault *why)
{
    struct reading *made = calloc(1, sizeof *made);
    assert(made != NULL);
    made->descriptor = descriptor;
    made->sender = sender;
    made->findings = findings;
    made->format = FORMAT_COUNT;
    arena_init(&made->arena, ORDER_BYTES_MAX);
    arena_init(&made->file_arena, ORDER_BYTES_MAX);
    filename_judge(name, name_size, findings);
    const enum outcome outcome = judge(made, why);
    if (outcome != DONE) {
        reading_close(made);
        return outcome;
    }
    *reading = made;
    return DONE;
}

/* A document that the file had before. */
static void
complain_repeated(struct reading *reading, const struct document *document, int64_t line,
                  int64_t earlier_line)
{
    const bool is_csv = reading->format == FORMAT_CSV;
    struct finding finding = {
        .code = M_MST_REPEATED,
        .place = {line, 0},
        .order_number = "",
        .expected = arena_format(&reading->arena, "%lld", (long long)earlier_line),
    };
    if (document->kind == DOCUMENT_LOOKUP) {
        finding.code = M_MAP_KEY_TWICE;
        finding.value = text_show(&reading->arena, document->lookup.key,
                                  strlen(document->lookup.key), KEY_SHOWN_BYTES);
    } else if (document->kind == DOCUMENT_ORDER) {
        finding.code = is_csv ? M_ORD_SPLIT : M_ORD_REPEATED;
        finding.order_number = document->order.number;
        finding.value = document->order.number;
    } else if (document->kind == DOCUMENT_SHIPMENT) {
        finding.code = is_csv ? M_SHP_SPLIT : M_SHP_REPEATED;
        finding.order_number = document->shipment.order_number;
        finding.value = document->shipment.number;
    } else if (document->kind == DOCUMENT_DECISION) {
        finding.code = M_DEC_REPEATED;
        finding.order_number = document->decision.order_number;
        finding.value = document->decision.order_number;
    } else if (document->kind == DOCUMENT_PAYMENT) {
        finding.code = M_PAY_REPEATED;
        finding.order_number = document->payment.order_number;
        finding.value = document->payment.number;
    } else if (document->kind == DOCUMENT_STOCK_REPORT) {
        finding.code = M_STK_REPEATED;
        finding.field = "sku";
        finding.value = document->stock.sku;
    } else if (document_has_lines(document->kind)) {
        const struct document_head head = document_head(document);
        finding.code = is_csv ? M_REQUEST_SPLIT : M_REQUEST_REPEATED;
        finding.order_number = head.order_number;
        finding.value = head.number;
    } else {
        finding.value = master_row_key(document->kind, &document->row, &reading->arena);
    }
    findings_add(reading->findings, &finding);
}

/* What tells a document from the others of its file. */
struct identity {
    uint64_t hash;
    int64_t line;
    bool is_known; /* the document says it */
};

static struct identity
identify(struct reading *reading, const struct document *document)
{
    if (document->kind == DOCUMENT_LOOKUP) {
        const struct lookup_row *row = &document->lookup;
        return (struct identity){seen_hash(SEEN_HASH, row->key), row->line, row->key[0] != '\0'};
    }
    if (document->kind == DOCUMENT_ORDER) {
        const struct order *order = &document->order;
        return (struct identity){seen_hash(SEEN_HASH, order->number), order->place.line,
                                 order->number[0] != '\0'};
    }
    if (document->kind == DOCUMENT_SHIPMENT) {
        const struct shipment *shipment = &document->shipment;
        return (struct identity){seen_hash(SEEN_HASH, shipment->number), shipment->place.line,
                                 shipment->number[0] != '\0'};
    }
    if (document->kind == DOCUMENT_DECISION) {
        const struct decision *decision = &document->decision;
        const uint64_t hash =
            seen_hash(seen_hash(SEEN_HASH, decision->partner), decision->order_number);
        return (struct identity){seen_hash_number(hash, decision->version), decision->line,
                                 decision->order_number[0] != '\0'};
    }
    if (document->kind == DOCUMENT_PAYMENT) {
        const struct payment *payment = &document->payment;
        return (struct identity){seen_hash(SEEN_HASH, payment->number), payment->line,
                                 payment->number[0] != '\0'};
    }
    if (document->kind == DOCUMENT_STOCK_REPORT) {
        /* The store knows changes by their numbers. */
        const struct stock_report *row = &document->stock;
        const uint64_t hash = seen_hash(seen_hash(SEEN_HASH, row->sku), row->reference);
        return (struct identity){hash, row->place.line, row->number[0] == '\0'};
    }
    if (document_has_lines(document->kind)) {
        const struct document_head head = document_head(document);
        const uint64_t hash = seen_hash(seen_hash(SEEN_HASH, head.number), head.order_number);
        return (struct identity){hash, head.place.line, head.number[0] != '\0'};
    }
    const char *key = master_row_key(document->kind, &document->row, &reading->arena);
    return (struct identity){seen_hash(SEEN_HASH, key), document->row.line, true};
}

/* Is it the first time that the file says so about this order? */
static bool
is_first_verdict(struct reading *reading, const struct identity *identity,
                 const struct decision *decision)
{
    const uint64_t with_verdict = seen_hash_number(identity->hash, (int64_t)decision->verdict);
    return seen_add(&reading->seen, with_verdict, identity->line) == 0;
}

/* Approved here and rejected there: nobody knows which is meant, and the first was yielded already;
 * so nothing of the file may count. */
static void
complain_contradiction(struct reading *reading, const struct decision *decision,
                       int64_t earlier_line)
{
    findings_add(reading->findings,
                 &(struct finding){
                     .code = M_DEC_CONTRADICTS,
                     .place = {decision->line, 0},
                     .order_number = decision->order_number,
                     .value = decision_verdict_names[decision->verdict],
                     .expected = arena_format(&reading->arena, "%lld", (long long)earlier_line)});
}

static bool
tells_news(enum document_kind kind)
{
    return kind == DOCUMENT_TRANSPORT_EVENT || kind == DOCUMENT_RELEASE_STATUS ||
           kind == DOCUMENT_PRODUCTION_STATUS || kind == DOCUMENT_STOP_STATUS;
}

/* Of rows, the second half of a document is its repetition; so what was wrong with the first half
 * does not matter: the second alone must not pass for all of it. */
static void
check_repeated(struct reading *reading, const struct document *document, bool is_good)
{
    const bool is_of_rows = reading->format == FORMAT_CSV && document_has_lines(document->kind);
    if (!is_good && !is_of_rows) {
        return;
    }
    if (tells_news(document->kind)) {
        return; /* who tells news repeats itself; the store knows each once */
    }
    const struct identity identity = identify(reading, document);
    if (!identity.is_known) {
        return;
    }
    /* The verdict first: whichever key is known then has its verdict known, also at SEEN_MAX. */
    const bool is_new_verdict = document->kind == DOCUMENT_DECISION &&
                                is_first_verdict(reading, &identity, &document->decision);
    const int64_t earlier_line = seen_add(&reading->seen, identity.hash, identity.line);
    if (earlier_line != 0 && is_new_verdict) {
        complain_contradiction(reading, &document->decision, earlier_line);
    } else if (earlier_line != 0) {
        complain_repeated(reading, document, identity.line, earlier_line);
    }
}

static size_t
errors(const struct findings *findings)
{
    return findings->counts[SEVERITY_ERROR] + findings->counts[SEVERITY_FATAL];
}

enum outcome
reading_next(struct reading *reading, struct document **document, struct fault *why)
{
    if (reading->reader == NULL || is_hopeless(reading)) {
        return NONE;
    }
    arena_reset(&reading->arena);
    memset(&reading->document, 0, sizeof reading->document);
    const size_t before = errors(reading->findings);
    const size_t first = reading->findings->count;
    TRY(reading->reader->next(reading, &reading->document, why));
    reading_name_findings(reading, reading->findings, first);
    check_repeated(reading, &reading->document, errors(reading->findings) == before);
    reading->document.is_good = errors(reading->findings) == before;
    *document = &reading->document;
    return DONE;
}

void
reading_close(struct reading *reading)
{
    if (reading == NULL) {
        return;
    }
    if (reading->reader != NULL) {
        reading->reader->close(reading);
    }
    seen_close(&reading->seen);
    arena_close(&reading->arena);
    arena_close(&reading->file_arena);
    free(reading);
}

enum file_format
reading_format(const struct reading *reading)
{
    return reading->format;
}

const char *
reading_columns(const struct reading *reading)
{
    return reading->columns;
}

void
reading_name_findings(const struct reading *reading, struct findings *findings, size_t first)
{
    if (reading->reader == &reader_csv) {
        reader_csv_name_findings(reading, findings, first);
    }
}

enum document_kind
reading_document_kind(const struct reading *reading)
{
    return reading->kind;
}
