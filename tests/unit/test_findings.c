/* Each finding code that reading can produce has a fixture tests/findings/CODE.csv or .xml (or is
 * made here, when it would be large) that triggers exactly it and no other; what is said of it
 * stands in tests/findings/said/. */
#include "said.h"

#include "base/file.h"
#include "config/embedded.h"
#include "intake/lookup_memory.h"
#include "intake/reading.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { TEXT_BYTES_MAX = 80 * 1024 * 1024 };

static struct sender
plain_sender(void)
{
    return (struct sender){.encoding = "",
                           .default_currency = "",
                           .default_country = "",
                           .customer = "",
                           .today = day_of(2026, 11, 25),
                           .file_bytes_max = TEXT_BYTES_MAX};
}

/* Read everything; findings and figures stay in the report. */
static void
read_all(int descriptor, const char *name, size_t name_size, const struct sender *sender,
         struct findings *findings, struct finding_report *report)
{
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    *report = (struct finding_report){
        .name = "fixture", .sha256 = "", .format = "", .findings = findings};
    assert_int_equal(reading_open(&reading, descriptor, name, name_size, sender, findings, &why),
                     DONE);
    enum outcome outcome;
    while ((outcome = reading_next(reading, &document, &why)) == DONE) {
        assert_true(document->kind != DOCUMENT_NONE);
        report->documents++;
        report->documents_good += document->is_good;
    }
    assert_int_equal(outcome, NONE);
    report->document = reading_document_kind(reading);
    report->format =
        reading_format(reading) == FORMAT_COUNT ? "" : file_format_names[reading_format(reading)];
    reading_close(reading);
}

/* Is what is said of the file as it should be? */
static bool
is_told_well(int descriptor, const char *name, struct finding_report *report)
{
    OWNED(arena) arena;
    OWNED(buf) said;
    struct fault why = {0};
    struct excerpt *excerpts = NULL;
    bool is_right = true;
    arena_init(&arena, TEXT_BYTES_MAX);
    buf_init(&said, SAID_BYTES_MAX);
    assert_int_equal(excerpt_read_all(descriptor, strcmp(report->format, "xml") == 0,
                                      report->findings, &arena, &excerpts, &why),
                     DONE);
    report->excerpts = excerpts;
    said_write(report, &said);
    for (size_t index = 0; index < report->findings->count; index++) {
        if (said_has_gap(&report->findings->items[index])) {
            print_message("%s: a sentence has a gap\n%s\n", name, said.bytes);
            is_right = false;
        }
    }
    return said_agrees(name, &said) && is_right;
}

static bool
has_only(const struct findings *findings, const char *code)
{
    bool is_right = findings->count > 0;
    for (size_t index = 0; index < findings->count; index++) {
        is_right = is_right && strcmp(message_entry(findings->items[index].code)->id, code) == 0;
    }
    for (size_t index = 0; !is_right && index < findings->count; index++) {
        const struct finding *finding = &findings->items[index];
        print_message("%s: found %s at %lld:%lld\n", code, message_entry(finding->code)->id,
                      (long long)finding->place.line, (long long)finding->place.column);
    }
    if (findings->count == 0) {
        print_message("%s: nothing was found\n", code);
    }
    return is_right;
}

/* What is in the sender's own layout: tests/findings/mappings.json has a mapping for each code. */
static struct layouts {
    struct arena arena;
    struct mappings mappings;
    struct lookup_memory memory;
    struct lookup_source source;
} layouts;

static void
open_layouts(void)
{
    struct fault why = {0};
    char *bytes;
    size_t size;
    arena_init(&layouts.arena, TEXT_BYTES_MAX);
    assert_int_equal(file_read(AT_FDCWD, "tests/findings/mappings.json", TEXT_BYTES_MAX,
                               &layouts.arena, &bytes, &size, &why),
                     DONE);
    mappings_load(&layouts.mappings, bytes, size, &layouts.arena);
    assert_int_equal(layouts.mappings.mistake_count, 0);
    lookup_memory_open(&layouts.memory);
    lookup_memory_begin(&layouts.memory, "kunden", "[\"Kunde\",\"Firma\"]");
    lookup_memory_add(&layouts.memory, "kunden",
                      &(struct lookup_row){"[\"K1\"]", "[\"K1\",\"Teehaus\"]", 2});
    layouts.source = lookup_memory_source(&layouts.memory);
}

static void
close_layouts(void)
{
    lookup_memory_close(&layouts.memory);
    arena_close(&layouts.arena);
}

/* Codes whose fixture needs another sender. */
static void
adapt(struct sender *sender, const char *code)
{
    if (strncmp(code, "MAP-", 4) == 0) {
        sender->mapping = mappings_named(&layouts.mappings, code);
        sender->lookups = &layouts.source;
        assert_non_null(sender->mapping);
    } else if (strcmp(code, "FILE-TOO-LARGE") == 0) {
        sender->file_bytes_max = 10;
    } else if (strcmp(code, "FILE-ROLE") == 0 || strcmp(code, "ORD-CUSTOMER") == 0) {
        sender->roles = ROLE_CUSTOMER;
    }
}

static bool
fixture_is_exact(const char *code, const char *path)
{
    struct finding_report report;
    struct sender sender = plain_sender();
    struct findings findings;
    findings_init(&findings);
    adapt(&sender, code);
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(descriptor >= 0);
    read_all(descriptor, "fixture", 7, &sender, &findings, &report);
    const bool is_right =
        has_only(&findings, code) && is_told_well(descriptor, strrchr(path, '/') + 1, &report);
    close(descriptor);
    findings_close(&findings);
    return is_right;
}

static const char order_head[] = "order_number,currency,ship_to_name,ship_to_country,ship_to_city,"
                                 "ship_to_street,line_number,sku,quantity,unit,description\n";
static const char shipment_head[] =
    "shipment_number,partner,order_number,order_line,sku,quantity,shipped_at\n";

static void
write_lines_many(FILE *file)
{
    fputs(order_head, file);
    for (int line = 1; line <= ORDER_LINES_MAX + 1; line++) {
        fprintf(file, "A-1,EUR,Teehaus,DE,Berlin,Allee 1,%d,TEA-1,2,C62,\n", line);
    }
}

static void
write_shipment_many(FILE *file)
{
    fputs(shipment_head, file);
    for (int line = 1; line <= ORDER_LINES_MAX + 1; line++) {
        fprintf(file, "S-1,bluebird,A-1,%d,TEA-1,2,2026-11-24\n", line);
    }
}

static void
write_request_many(FILE *file)
{
    fputs("cancellation_number,order_number,line_number\n", file);
    for (int line = 1; line <= ORDER_LINES_MAX + 1; line++) {
        fprintf(file, "X-1,A-1,%d\n", line);
    }
}

static void
write_group_large(FILE *file)
{
    fprintf(file, "_ignored,%s", order_head);
    for (int line = 1; line <= 1500; line++) {
        fprintf(file, "%016000d,A-1,EUR,Teehaus,DE,Berlin,Allee 1,%d,TEA-1,2,C62,\n", 0, line);
    }
}

static void
write_joined_long(FILE *file)
{
    fprintf(file, "Nr;Artikel;Menge;Vermerk\nA-1;TEA-1;2;%09000d\n", 0);
}

static void
write_scattered_large(FILE *file)
{
    fputs("Nr;Artikel;Menge;Vermerk\n", file);
    for (int line = 1; line <= 4200; line++) {
        fprintf(file, "A-%d;TEA-1;2;%016000d\n", line, 0);
    }
}

static const char xml_head[] = "<orders xmlns=\"urn:purser:order:1\">";
static const char xml_order[] =
    "<order><number>A-1</number><currency>EUR</currency><soldTo><name>Teehaus</name><address>"
    "<country>DE</country><city>Berlin</city><street>Allee 1</street></address></soldTo>"
    "<line><sku>TEA-1</sku><quantity unit=\"C62\">2</quantity></line></order></orders>";

static void
write_tag_long(FILE *file)
{
    fprintf(file, "%s<order note=\"%016384d\"/></orders>", xml_head, 0);
}

static void
write_prolog_long(FILE *file)
{
    fprintf(file, "<!-- %032000d --><!-- %032000d --><!-- %02000d -->%s%s", 0, 0, 0, xml_head,
            xml_order);
}

static void
write_names_many(FILE *file)
{
    fputs(xml_head, file);
    for (int name = 0; name <= 20000; name++) {
        fprintf(file, "<?n%d?>", name);
    }
    fputs(xml_order, file);
}

static void
write_document_large(FILE *file)
{
    fprintf(file,
            "%s<order><number>A-1</number><currency>EUR</currency><soldTo><name>Teehaus</name>"
            "<address><country>DE</country><city>Berlin</city><street>Allee 1</street></address>"
            "</soldTo>",
            xml_head);
    for (int line = 0; line < ORDER_LINES_MAX; line++) {
        fputs("<line><sku>TEA-1</sku><quantity>2</quantity>", file);
        for (int option = 0; option < 20; option++) {
            fprintf(file, "<option name=\"o%d\">%0190d</option>", option, 0);
        }
        fputs("</line>", file);
    }
    fputs("</order></orders>", file);
}

/* Codes whose fixture would be too large for a file.  How much fits into an arena is no matter of
 * the fixture: such a place is not compared. */
static const struct {
    const char *code;
    void (*write)(FILE *file);
    bool has_vague_place;
} made[] = {
    {"ORD-LINES-MANY", write_lines_many, false},
    {"SHP-LINES-MANY", write_shipment_many, false},
    {"REQUEST-LINES-MANY", write_request_many, false},
    {"CSV-GROUP-LARGE", write_group_large, true},
    {"MAP-LONG", write_joined_long, false},
    {"MAP-SCATTERED", write_scattered_large, true},
    {"XML-TAG-LONG", write_tag_long, false},
    {"XML-PROLOG", write_prolog_long, false},
    {"XML-NAMES-MANY", write_names_many, false},
    {"XML-DOCUMENT-LARGE", write_document_large, true},
};

static bool
made_is_exact(const char *code, void (*write)(FILE *file), bool has_vague_place)
{
    const int descriptor = memfd_create("fixture", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    assert_non_null(file);
    write(file);
    assert_int_equal(fflush(file), 0);
    struct sender sender = plain_sender();
    struct findings findings;
    struct finding_report report;
    findings_init(&findings);
    adapt(&sender, code);
    read_all(descriptor, "fixture", 7, &sender, &findings, &report);
    if (has_vague_place && findings.count > 0) {
        findings.items[0].place = (struct place){0, 0};
    }
    const bool is_right = has_only(&findings, code) && is_told_well(descriptor, code, &report);
    findings_close(&findings);
    fclose(file);
    return is_right;
}

/* Codes about names, which no file can be checked in under. */
static const struct {
    const char *code;
    const char *name;
    size_t size;
} names[] = {
    {"NAME-PATH", "../orders.csv", 13},
    {"NAME-PATH", "a/b.csv", 7},
    {"NAME-PATH", "a\\b.csv", 7},
    {"NAME-PATH", "..", 2},
    {"NAME-PATH", "", 0},
    {"NAME-CONTROL", "a\nb.csv", 7},
    {"NAME-CONTROL", "a\0b.csv", 7},
    {"NAME-CONTROL", "a\xC2\x9B.csv", 7},
    {"NAME-LEADING", "-rf", 3},
    {"NAME-LEADING", ".orders.csv", 11},
    {"NAME-LEADING", "~a.csv", 6},
    {"NAME-TRAILING", "orders.csv ", 11},
    {"NAME-TRAILING", "orders.", 7},
    {"NAME-NOT-UTF8", "caf\xE9.csv", 8},
};

static bool
name_is_exact(const char *code, const char *name, size_t size)
{
    struct finding_report report;
    const struct sender sender = plain_sender();
    struct findings findings;
    findings_init(&findings);
    const int descriptor = memfd_create("fixture", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    char text[200];
    const int length =
        snprintf(text, sizeof text, "%sA-1,EUR,Teehaus,DE,Berlin,Allee 1,1,T,2,C62,\n", order_head);
    assert_int_equal(write(descriptor, text, (size_t)length), length);
    read_all(descriptor, name, size, &sender, &findings, &report);
    const bool is_right = has_only(&findings, code) && !said_has_gap(&findings.items[0]);
    findings_close(&findings);
    close(descriptor);
    return is_right;
}

static bool
code_has_exact_fixture(const char *code)
{
    static const char *const endings[] = {"csv", "xml"};
    char path[200];
    int found = 0;
    bool is_right = true;
    for (size_t index = 0; index < sizeof endings / sizeof endings[0]; index++) {
        snprintf(path, sizeof path, "tests/findings/%s.%s", code, endings[index]);
        if (access(path, R_OK) == 0) {
            is_right = fixture_is_exact(code, path) && is_right;
            found++;
        }
    }
    for (size_t index = 0; index < sizeof made / sizeof made[0]; index++) {
        if (strcmp(made[index].code, code) == 0) {
            is_right =
                made_is_exact(code, made[index].write, made[index].has_vague_place) && is_right;
            found++;
        }
    }
    for (size_t index = 0; index < sizeof names / sizeof names[0]; index++) {
        if (strcmp(names[index].code, code) == 0) {
            is_right = name_is_exact(code, names[index].name, names[index].size) && is_right;
            found++;
        }
    }
    if (strcmp(code, "NAME-LONG") == 0) {
        char name[202];
        memset(name, 'a', sizeof name);
        assert_false(name_is_exact(code, name, 200));
        is_right = name_is_exact(code, name, 201) && is_right;
        found++;
    }
    if (found == 0) {
        print_message("%s: has no fixture\n", code);
    }
    return is_right && found > 0;
}

/* The codes of a catalogue file that stand for findings of reading. */
static int
wrong_codes(const char *catalogue)
{
    const struct embedded *file = embedded_lookup(catalogue);
    int wrong = 0;
    for (unsigned int code = 0; file != NULL && code < MESSAGE_COUNT; code++) {
        char row[100];
        const char *id = message_entry((enum message)code)->id;
        const int length = snprintf(row, sizeof row, "\n%s,", id);
        const bool is_here = memmem(file->bytes, file->size, row, (size_t)length) != NULL;
        /* The intake station knows of duplicates, reading does not. */
        if (is_here && strcmp(id, "FILE-DUPLICATE") != 0) {
            wrong += !code_has_exact_fixture(id);
        }
    }
    return wrong;
}

static void
every_code_of_reading_has_an_exact_fixture(void **state)
{
    (void)state;
    open_layouts();
    assert_int_equal(wrong_codes("messages/findings.csv"), 0);
    close_layouts();
}

static void
every_code_of_xml_has_an_exact_fixture(void **state)
{
    (void)state;
    assert_int_equal(wrong_codes("messages/findings-xml.csv"), 0);
}

static void
every_finding_says_all_in_both_languages(void **state)
{
    (void)state;
    for (unsigned int code = 0; code < MESSAGE_COUNT; code++) {
        const struct message_entry *entry = message_entry((enum message)code);
        if (entry->severity[0] == '\0') {
            continue;
        }
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            assert_true(entry->text[language][0] != '\0');
            assert_int_equal(entry->hint[LANGUAGE_EN][0] == '\0',
                             entry->hint[LANGUAGE_ZH][0] == '\0');
        }
        assert_true(entry->action[0] != '\0');
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_of_reading_has_an_exact_fixture),
        cmocka_unit_test(every_code_of_xml_has_an_exact_fixture),
        cmocka_unit_test(every_finding_says_all_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
