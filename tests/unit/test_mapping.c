/* Files in their sender's own layout: what a mapping may say, and what becomes of rows. */
#include "base/buf.h"
#include "intake/lookup_memory.h"
#include "intake/mapping.h"
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
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { BYTES_MAX = 256 * 1024 * 1024 };

struct bench {
    struct arena arena;
    struct mappings mappings;
    struct lookup_memory memory;
    struct lookup_source source;
    struct findings findings;
    char told[4000]; /* findings, one a line */
    char read[4000]; /* documents, one a line */
};

static struct bench *
open_bench(const char *json)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    arena_init(&bench->arena, BYTES_MAX);
    findings_init(&bench->findings);
    mappings_load(&bench->mappings, json, strlen(json), &bench->arena);
    lookup_memory_open(&bench->memory);
    bench->source = lookup_memory_source(&bench->memory);
    return bench;
}

static void
close_bench(struct bench *bench)
{
    lookup_memory_close(&bench->memory);
    findings_close(&bench->findings);
    arena_close(&bench->arena);
    free(bench);
}

static void
note(char *text, size_t size, const char *format, ...)
{
    va_list arguments;
    const size_t used = strlen(text);
    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

static void
note_order(struct bench *bench, const struct order *order, bool is_good)
{
    char day[DATE_TEXT_SIZE], number[DECIMAL_TEXT_SIZE], price[DECIMAL_TEXT_SIZE];
    note(bench->read, sizeof bench->read, "%s %s%s:", order->number,
         day_format(day, order->order_date), is_good ? "" : " bad");
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        note(bench->read, sizeof bench->read, " %s %s x %s %s @ %s;", line->number, line->sku,
             decimal_format(number, line->quantity_micros, 6, 0), line->unit,
             line->expected_price_micros == AMOUNT_NONE
                 ? "?"
                 : decimal_format(price, line->expected_price_micros, 6, 2));
    }
    note(bench->read, sizeof bench->read, "\n");
}

static void
note_document(struct bench *bench, const char *lookup, const struct document *document)
{
    if (document->kind == DOCUMENT_LOOKUP) {
        note(bench->read, sizeof bench->read, "%s%s\n", document->lookup.key,
             document->lookup.cells);
        lookup_memory_add(&bench->memory, lookup, &document->lookup);
    } else if (document->kind == DOCUMENT_ORDER) {
        note_order(bench, &document->order, document->is_good);
    } else {
        note(bench->read, sizeof bench->read, "%s\n", document->is_good ? "good" : "bad");
    }
}

/* Read a file by the mapping of this name. */
static void
read_file(struct bench *bench, const char *mapping, const char *bytes, size_t size)
{
    const struct sender sender = {.encoding = "",
                                  .default_currency = "",
                                  .default_country = "",
                                  .customer = "",
                                  .today = DAY_NONE,
                                  .file_bytes_max = BYTES_MAX,
                                  .mapping = mappings_named(&bench->mappings, mapping),
                                  .lookups = &bench->source};
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document;
    enum outcome outcome;
    const int descriptor = memfd_create("file", MFD_CLOEXEC);
    assert_non_null(sender.mapping);
    assert_int_equal(write(descriptor, bytes, size), size);
    findings_clear(&bench->findings);
    bench->told[0] = bench->read[0] = '\0';
    assert_int_equal(reading_open(&reading, descriptor, "file", 4, &sender, &bench->findings, &why),
                     DONE);
    if (reading_columns(reading) != NULL) {
        lookup_memory_begin(&bench->memory, mapping, reading_columns(reading));
    }
    while ((outcome = reading_next(reading, &document, &why)) == DONE) {
        note_document(bench, mapping, document);
    }
    assert_int_equal(outcome, NONE);
    reading_close(reading);
    close(descriptor);
    for (size_t index = 0; index < bench->findings.count; index++) {
        const struct finding *finding = &bench->findings.items[index];
        note(bench->told, sizeof bench->told, "%s %lld:%lld %s\n", message_entry(finding->code)->id,
             (long long)finding->place.line, (long long)finding->place.column, finding->field);
    }
}

static void
read_text(struct bench *bench, const char *mapping, const char *text)
{
    read_file(bench, mapping, text, strlen(text));
}

/* -- what a mapping may say ---------------------------------------------------------------------
 */

static void
assert_mistake(const char *json, const char *expected)
{
    struct bench *bench = open_bench(json);
    bool is_found = false;
    for (size_t index = 0; index < bench->mappings.mistake_count; index++) {
        is_found = is_found || strstr(bench->mappings.mistakes[index], expected) != NULL;
    }
    for (size_t index = 0; !is_found && index < bench->mappings.mistake_count; index++) {
        print_message("%s\n", bench->mappings.mistakes[index]);
    }
    if (!is_found) {
        print_message("%s\nhas not the mistake: %s\n", json, expected);
    }
    assert_true(is_found);
    close_bench(bench);
}

#define STOCK(more)   "{\"mappings\": {\"s\": {\"files\": \"s.csv\", \"as\": \"stock\" " more "}}}"
#define STOCK_OF(sku) STOCK(", \"columns\": {\"available\": \"n\", \"sku\": " sku "}")

static void
mistakes_are_told(void **state)
{
    (void)state;
    assert_mistake("{\"mappings\": ", "line 1");
    assert_mistake("[]", "an object");
    assert_mistake("{}", "are objects");
    assert_mistake("{\"mapings\": {}}", "there is no \"mapings\" here");
    assert_mistake(STOCK(""), "\"s\": \"columns\" is missing");
    assert_mistake(STOCK(", \"columns\": {\"sku\": \"a\"}"),
                   "stock needs the column \"available\"");
    assert_mistake(STOCK(", \"columns\": {\"sku\": \"a\", \"avialable\": \"b\"}"),
                   "column \"avialable\": stock has no such column (did you mean \"available\"?)");
    assert_mistake("{\"mappings\": {\"s\": {\"files\": \"s.csv\", \"as\": \"orders\"}}}",
                   "not \"orders\"");
    assert_mistake("{\"mappings\": {\"s\": {\"files\": \"s.csv\", \"as\": \"lookup\"}}}", "\"as\"");
    assert_mistake("{\"mappings\": {\"s\": {\"as\": \"stock\"}}}", "\"files\" is missing");
    assert_mistake("{\"mappings\": {\"s\": {}, \"s\": {}}}", "duplicate");
    assert_mistake("{\"lookups\": {\"s\": {\"files\": \"s\", \"key\": \"a\"}}, \"mappings\": "
                   "{\"s\": {}}}",
                   "a lookup has this name");
    assert_mistake("{\"lookups\": {\"s\": {\"files\": \"s\"}}, \"mappings\": {}}",
                   "\"key\" is missing");
    assert_mistake(STOCK(", \"joins\": {\"x\": \"a\"}"), "join \"x\": there is no lookup \"x\"");
    assert_mistake(STOCK_OF("{\"column\": \"a\", \"of\": \"x\"}"), "there is no join \"x\"");
    assert_mistake(STOCK_OF("{}"), "where it comes from");
    assert_mistake(STOCK_OF("7"), "the name of a column");
    assert_mistake(STOCK_OF("\"\""), "is empty");
    assert_mistake(STOCK_OF("{\"column\": \"a\", \"otherwise\": \"b\"}"), "beside a \"table\"");
    assert_mistake(STOCK_OF("{\"column\": \"a\", \"roud\": 2}"), "\"roud\" does not go with");
    assert_mistake(STOCK_OF("{\"column\": \"a\", \"round\": 7}"), "0 to 6");
    assert_mistake(STOCK_OF("{\"divide\": [\"a\"]}"), "needs two values");
    assert_mistake(STOCK_OF("{\"constant\": 1.5}"), "write numbers as");
    assert_mistake("{\"dates\": \"dd.mm\", \"mappings\": {}}", "\"dates\" is a form");
    assert_mistake("{\"decimal\": \";\", \"mappings\": {}}", "\"decimal\" is one of");
}

static void
a_sound_mapping_has_no_mistake(void **state)
{
    (void)state;
    struct bench *bench = open_bench(STOCK_OF("{\"text\": [\"a\", \"b\"], \"between\": \"-\"}"));
    size_t at = 0;
    assert_int_equal(bench->mappings.mistake_count, 0);
    assert_null(mappings_next(&bench->mappings, "t.csv", &at));
    at = 0;
    assert_non_null(mappings_next(&bench->mappings, "s.csv", &at));
    assert_null(mappings_next(&bench->mappings, "s.csv", &at));
    close_bench(bench);
}

static void
values_within_values_are_bounded(void **state)
{
    (void)state;
    char json[20000] = "";
    for (int depth = 0; depth < 300; depth++) {
        note(json, sizeof json, "{\"text\": [");
    }
    note(json, sizeof json, "\"a\"");
    for (int depth = 0; depth < 300; depth++) {
        note(json, sizeof json, "]}");
    }
    char whole[21000];
    snprintf(whole, sizeof whole, STOCK_OF("%s"), json);
    assert_mistake(whole, "too many values within values");
}

/* -- what becomes of rows -----------------------------------------------------------------------
 */

#define SHIP_TO                                                                                    \
    "\"currency\": {\"constant\": \"EUR\"}, \"ship_to_name\": {\"constant\": \"Teehaus\"}, "       \
    "\"ship_to_country\": {\"constant\": \"DE\"}, \"ship_to_city\": {\"constant\": \"Ulm\"}, "     \
    "\"ship_to_street\": {\"constant\": \"Allee 1\"}, "

static const char german[] =
    "{\"decimal\": \",\", \"dates\": \"dd.mm.yyyy\", \"nothing\": \"NULL\","
    " \"lookups\": {"
    "  \"kopf\": {\"files\": \"kopf*.csv\", \"key\": \"Beleg\"},"
    "  \"einheit\": {\"files\": \"einheit.csv\", \"key\": \"Kurz\"}},"
    " \"mappings\": {\"zeilen\": {\"files\": \"zeilen*.csv\", \"as\": \"order\","
    "  \"joins\": {\"kopf\": \"Beleg\", \"einheit\": {\"lookup\": \"einheit\", \"by\": [\"ME\"],"
    "              \"optional\": true}},"
    "  \"where\": [{\"value\": \"Storno\", \"is-not\": [\"ja\", \"JA\"]}],"
    "  \"columns\": {" SHIP_TO "\"order_number\": {\"text\": [{\"constant\": \"B\"}, \"Beleg\"],"
    "   \"between\": \"-\"},"
    "   \"order_date\": {\"column\": \"Datum\", \"of\": \"kopf\"},"
    "   \"line_number\": {\"number\": \"Beleg\"}, \"sku\": \"Artikel\","
    "   \"quantity\": \"Menge\","
    "   \"unit\": {\"first\": [{\"column\": \"Lang\", \"of\": \"einheit\"}, \"ME\"],"
    "             \"table\": {\"Kilo\": \"KGM\"}},"
    "   \"expected_price\": {\"multiply\": [\"Preis\", {\"subtract\": [1, \"Rabatt\"]}],"
    "                        \"round\": 2}}}}}";

static struct bench *
open_german(void)
{
    struct bench *bench = open_bench(german);
    assert_int_equal(bench->mappings.mistake_count, 0);
    read_text(bench, "kopf", "Datum;Beleg\n24.11.2026;7\n1.2.2026;8\n30.02.2026;9\n");
    assert_string_equal(bench->read, "[\"7\"][\"24.11.2026\",\"7\"]\n"
                                     "[\"8\"][\"1.2.2026\",\"8\"]\n"
                                     "[\"9\"][\"30.02.2026\",\"9\"]\n");
    read_text(bench, "einheit", "Kurz,Lang\nkg,Kilo\nSt,C62\n");
    assert_string_equal(bench->told, "");
    return bench;
}

#define ROWS "Beleg;Artikel;Menge;ME;Preis;Rabatt;Storno\n"

static void
rows_become_ours(void **state)
{
    (void)state;
    struct bench *bench = open_german();
    read_text(bench, "zeilen",
              ROWS "7;T-1;2;St;1.000,00;0,15000000596;\n7;T-9;9;St;1;0;ja\n"
                   "7;T-2;0,5;kg;10,01;0,5;NULL\n8;T-1;3;LTR;;NULL;nein\n");
    assert_string_equal(bench->told, "MAP-NUMBER 2:6 Rabatt (expected_price)\n");
    assert_string_equal(bench->read, "B-7 2026-11-24 bad: 1 T-1 x 2 C62 @ ?;"
                                     " 2 T-2 x 0.5 KGM @ 5.01;\n"
                                     "B-8 2026-02-01: 1 T-1 x 3 LTR @ ?;\n");
    close_bench(bench);
}

static void
mistakes_name_the_columns_of_the_sender(void **state)
{
    (void)state;
    struct bench *bench = open_german();
    read_text(bench, "zeilen",
              ROWS "7;;2;St;1;0;\n7;T-1;-2;St;1;0;\n9;T-1;1;St;1;0;\n5;T-1;1;St;1;0;\n"
                   "8;T-1;1;St;1,2,3;0;;zu viel\n");
    assert_string_equal(bench->told, "FLD-REQUIRED 2:2 Artikel (sku)\n"
                                     "FLD-NUMBER-RANGE 3:3 Menge (quantity)\n"
                                     "MAP-DATE 4:0 Datum (order_date)\n"
                                     "MAP-LOOKUP-ROW 5:1 Beleg\n"
                                     "CSV-CELL-EXTRA 6:8 \n"
                                     "MAP-NUMBER 6:5 Preis (expected_price)\n");
    close_bench(bench);
}

/* The order above a row whose number cannot be made is no worse for it. */
static void
a_row_without_its_number_spoils_no_other_order(void **state)
{
    (void)state;
    char json[sizeof german + 100];
    const char *number = strstr(german, "{\"text\": [{\"constant\": \"B\"}");
    snprintf(json, sizeof json,
             "%.*s{\"text\": [\"Beleg\", {\"column\": \"Datum\", \"of\": \"kopf\"}],%s",
             (int)(number - german), german, strchr(strchr(number, ']'), ',') + 1);
    struct bench *bench = open_bench(json);
    assert_int_equal(bench->mappings.mistake_count, 0);
    read_text(bench, "kopf", "Datum;Beleg\n24.11.2026;7\n");
    read_text(bench, "einheit", "Kurz,Lang\nSt,C62\n");
    read_text(bench, "zeilen", ROWS "7;T-1;2;St;1;0;\n8;T-1;2;St;1;0;\n8;T-2;2;St;1;0;\n");
    assert_string_equal(bench->told, "MAP-LOOKUP-ROW 3:1 Beleg\nMAP-LOOKUP-ROW 4:1 Beleg\n");
    assert_non_null(strstr(bench->read, "7-24.11.2026 2026-11-24: 1 T-1"));
    close_bench(bench);
}

/* One of an order's rows that stands alone is no second order. */
static void
rows_of_an_order_must_stand_together(void **state)
{
    (void)state;
    struct bench *bench = open_german();
    read_text(bench, "zeilen", ROWS "7;T-1;2;St;1;0;\n8;T-1;2;St;1;0;\n7;T-2;2;St;1;0;\n");
    assert_non_null(strstr(bench->told, "ORD-SPLIT"));
    close_bench(bench);
}

static void
scattered_rows_are_brought_together(void **state)
{
    (void)state;
    char json[sizeof german + 100];
    const char *joins = strstr(german, "\"joins\"");
    snprintf(json, sizeof json, "%.*s\"scattered\": true, %s", (int)(joins - german), german,
             joins);
    struct bench *bench = open_bench(json);
    assert_int_equal(bench->mappings.mistake_count, 0);
    read_text(bench, "kopf", "Datum;Beleg\n24.11.2026;7\n1.2.2026;8\n");
    read_text(bench, "einheit", "Kurz,Lang\nSt,C62\n");
    read_text(bench, "zeilen",
              ROWS "8;T-1;2;St;1;0;\n7;T-1;2;St;1;0;\n8;T-2;x;St;1;0;\n7;T-2;2;St;1z;0;\n"
                   "7;T-3;2;St;1;0;\n9;T-3;2;St;1;0;\n");
    assert_string_equal(bench->told, "FLD-NUMBER 4:3 Menge (quantity)\n"
                                     "MAP-NUMBER 5:5 Preis (expected_price)\n"
                                     "MAP-LOOKUP-ROW 7:1 Beleg\n");
    assert_non_null(strstr(bench->read, "B-8 2026-02-01 bad:"));
    assert_non_null(strstr(bench->read, "B-7 2026-11-24 bad:"));
    read_text(bench, "zeilen", ROWS "8;T-1;2;St;1;0;\n7;T-1;2;St;1;0;\n8;T-2;3;St;1;0;\n");
    assert_string_equal(bench->told, "");
    assert_string_equal(bench->read, "B-8 2026-02-01: 1 T-1 x 2 C62 @ 1.00; 2 T-2 x 3 C62 @ 1.00;\n"
                                     "B-7 2026-11-24: 1 T-1 x 2 C62 @ 1.00;\n");
    close_bench(bench);
}

/* One flat file has each product in row after row. */
static void
of_rows_that_are_alike_the_first_counts(void **state)
{
    (void)state;
    assert_mistake(STOCK(", \"distinct\": \"skuu\", \"columns\": {}"), "\"skuu\" is none");
    struct bench *bench = open_bench(STOCK(", \"distinct\": [\"sku\"],"
                                           " \"columns\": {\"sku\": \"a\", \"available\": \"n\"}"));
    assert_int_equal(bench->mappings.mistake_count, 0);
    read_text(bench, "s", "a,n\nT-1,1\nT-2,2\nT-1,x\nT-3,x\n");
    assert_string_equal(bench->read, "good\ngood\nbad\n");
    assert_string_equal(bench->told, "FLD-NUMBER 5:2 n (available)\n");
    close_bench(bench);
}

/* Whatever the file does. */
static void
constants_are_written_as_we_do(void **state)
{
    (void)state;
    struct bench *bench =
        open_bench("{\"decimal\": \",\", \"dates\": \"d.m.yyyy\", \"mappings\": {\"o\": {"
                   "\"files\": \"o\", \"as\": \"order\", \"columns\": {" SHIP_TO
                   "\"order_number\": \"n\", \"sku\": \"n\", \"unit\": {\"constant\": \"KGM\"},"
                   " \"quantity\": {\"constant\": \"1.5\"},"
                   " \"order_date\": {\"constant\": \"2026-11-24\"},"
                   " \"expected_price\": {\"multiply\": [\"p\", {\"constant\": \"0.5\"}]}}}}}");
    assert_int_equal(bench->mappings.mistake_count, 0);
    read_text(bench, "o", "n;p\n7;2,5\n");
    assert_string_equal(bench->told, "");
    assert_string_equal(bench->read, "7 2026-11-24: 1 7 x 1.5 KGM @ 1.25;\n");
    close_bench(bench);
}

static void
columns_must_be_there(void **state)
{
    (void)state;
    struct bench *bench = open_bench(german);
    read_text(bench, "zeilen", ROWS "7;T-1;2;St;1;0;\n");
    assert_string_equal(bench->told, "MAP-LOOKUP-MISSING 0:0 \nMAP-LOOKUP-MISSING 0:0 \n");
    read_text(bench, "kopf", "Datum;Belegnummer\n24.11.2026;7\n");
    assert_string_equal(bench->told, "MAP-COLUMN 1:0 Beleg\n");
    read_text(bench, "kopf", "Beleg\n7\n"); /* what zeilen need of it */
    assert_string_equal(bench->told, "MAP-COLUMN 1:0 Datum\n");
    read_text(bench, "kopf", "BELEG;datum;Beleg\n7;1.1.2026;8\n"); /* as it is written goes first */
    assert_string_equal(bench->read, "[\"8\"][\"7\",\"1.1.2026\",\"8\"]\n");
    read_text(bench, "kopf", "Beleg;Datum;Beleg\n7;1.1.2026;8\n");
    assert_string_equal(bench->told, "CSV-COLUMN-REPEATED 1:1 Beleg\n");
    close_bench(bench);
}

static void
keys_of_a_lookup_are_there_and_once(void **state)
{
    (void)state;
    struct bench *bench = open_bench(german);
    read_text(bench, "kopf", "Datum;Beleg\n1.1.2026;7\n1.1.2026;NULL\n2.1.2026; 7 \n");
    assert_string_equal(bench->told, "MAP-KEY-EMPTY 3:2 Beleg\nMAP-KEY-TWICE 4:0 \n");
    close_bench(bench);
}

static void
assert_date(const char *form, const char *text, const char *expected)
{
    char json[1000], file[200];
    snprintf(json, sizeof json,
             "{\"mappings\": {\"o\": {\"files\": \"o\", \"as\": \"order\", \"columns\": {" SHIP_TO
             "\"order_number\": \"n\", \"sku\": \"n\", \"quantity\": {\"constant\": \"1\"},"
             " \"unit\": {\"constant\": \"C62\"},"
             " \"order_date\": {\"column\": \"d\", \"dates\": \"%s\"}}}}}",
             form);
    snprintf(file, sizeof file, "n,d\n7,%s\n", text);
    struct bench *bench = open_bench(json);
    assert_int_equal(bench->mappings.mistake_count, 0);
    read_text(bench, "o", file);
    if (strstr(bench->read, expected) == NULL) {
        print_message("%s as %s: %s%s", text, form, bench->read, bench->told);
    }
    assert_non_null(strstr(bench->read, expected));
    close_bench(bench);
}

static void
dates_are_read_as_agreed(void **state)
{
    (void)state;
    assert_date("m/d/yyyy", "7/4/1996", "7 1996-07-04:");
    assert_date("d/m/yyyy", "7/4/1996", "7 1996-04-07:");
    assert_date("m/d/yyyy[ h:nn]", "12/31/1996 0:00", "7 1996-12-31:");
    assert_date("m/d/yyyy[ h:nn]", "12/31/1996", "7 1996-12-31:");
    assert_date("yyyy-mm-dd hh:nn:ss", "1996-07-04 23:59:59", "7 1996-07-04:");
    assert_date("dd.mm.yy", "04.07.96", "7 1996-07-04:");
    assert_date("dd.mm.yy", "04.07.26", "7 2026-07-04:");
    assert_date("yyyymmdd", "19960704", "7 1996-07-04:");
    assert_date("m/d/yyyy", "13/4/1996", " bad:");
    assert_date("m/d/yyyy", "7/4/96", " bad:");
    assert_date("m/d/yyyy", "7/4/1996 0:00", " bad:");
    assert_date("yyyy-mm-dd hh:nn:ss", "1996-07-04 24:00:00", " bad:");
}

/* Whatever is cut off or altered: findings, and no more. */
static void
hostile_bytes_do_no_harm(void **state)
{
    (void)state;
    static const char file[] = ROWS "7;\"T\"\"1\";2;St;1.000,00;0,15;\n8;T-1;3;LTR;;NULL;nein\n";
    char bytes[sizeof file];
    unsigned int seed = 7;
    struct bench *bench = open_german();
    for (int round = 0; round < 3000; round++) {
        memcpy(bytes, file, sizeof file);
        for (int change = 0; change < 3; change++) {
            seed = seed * 1103515245U + 12345U;
            bytes[seed / 65536 % (sizeof file - 1)] = (char)(seed >> 8);
        }
        read_file(bench, "zeilen", bytes, sizeof file - 1 - (size_t)round % 40);
    }
    close_bench(bench);
}

/* Memory grows with a row, not with the file. */
static void
large_files_stream(void **state)
{
    (void)state;
    enum { ROWS_COUNT = 200000 };
    struct bench *bench = open_german();
    static const char row[] = "7;T-1;2;St;1;0;ja\n";
    struct buf text;
    buf_init(&text, BYTES_MAX);
    buf_text(&text, ROWS);
    for (int number = 0; number < ROWS_COUNT; number++) {
        buf_text(&text, row);
    }
    buf_text(&text, "7;T-1;2;St;1;0;\n");
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    read_file(bench, "zeilen", text.bytes, text.size);
    getrusage(RUSAGE_SELF, &after);
    /* The file itself lies in memory here. */
    assert_true(after.ru_maxrss - before.ru_maxrss < (long)text.size / 1024 + 4096);
    assert_string_equal(bench->told, "");
    assert_string_equal(bench->read, "B-7 2026-11-24: 1 T-1 x 2 C62 @ 1.00;\n");
    buf_close(&text);
    close_bench(bench);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(a_sound_mapping_has_no_mistake),
        cmocka_unit_test(values_within_values_are_bounded),
        cmocka_unit_test(rows_become_ours),
        cmocka_unit_test(mistakes_name_the_columns_of_the_sender),
        cmocka_unit_test(a_row_without_its_number_spoils_no_other_order),
        cmocka_unit_test(rows_of_an_order_must_stand_together),
        cmocka_unit_test(scattered_rows_are_brought_together),
        cmocka_unit_test(of_rows_that_are_alike_the_first_counts),
        cmocka_unit_test(constants_are_written_as_we_do),
        cmocka_unit_test(columns_must_be_there),
        cmocka_unit_test(keys_of_a_lookup_are_there_and_once),
        cmocka_unit_test(dates_are_read_as_agreed),
        cmocka_unit_test(hostile_bytes_do_no_harm),
        cmocka_unit_test(large_files_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
