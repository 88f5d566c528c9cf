/* fuzz_csv.c -- whatever bytes come as a CSV file, reading them ends, with documents that hold what
 * they promise.
 *
 *     tests/fuzz/run.sh csv 600
 *
 * The first byte chooses the sender (also one with a layout of its own), the rest is the file.
 * Seeds: tests/findings, samples. */
#include "intake/lookup_memory.h"
#include "intake/reading.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
look_at_text(const char *text)
{
    assert(text != NULL);
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        assert(*at >= 0x20 || *at == '\n' || *at == '\t');
    }
}

static void
look_at_order(const struct order *order)
{
    look_at_text(order->number);
    look_at_text(order->currency);
    assert(order->line_count <= ORDER_LINES_MAX && order->note_count <= ORDER_NOTES_MAX);
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        look_at_text(order->parties[role].name);
        look_at_text(order->parties[role].phone);
        look_at_text(order->parties[role].postal_code);
        look_at_text(order->parties[role].street);
    }
    for (size_t index = 0; index < order->line_count; index++) {
        const struct order_line *line = &order->lines[index];
        look_at_text(line->number);
        look_at_text(line->sku);
        look_at_text(line->unit);
        assert(line->quantity_micros >= 0 && line->quantity_micros <= DECIMAL_MICROS_MAX);
        for (size_t option = 0; option < line->option_count; option++) {
            look_at_text(line->options[option].name);
            look_at_text(line->options[option].value);
        }
    }
    for (size_t index = 0; index < order->note_count; index++) {
        look_at_text(order->notes[index].text);
        assert(order->notes[index].line <= order->line_count);
    }
}

static void
look_at(const struct document *document)
{
    if (document->kind == DOCUMENT_ORDER) {
        look_at_order(&document->order);
        assert(!document->is_good ||
               (document->order.number[0] != '\0' && document->order.line_count > 0));
    } else if (master_is_table(document->kind)) {
        struct arena arena;
        arena_init(&arena, 1024 * 1024);
        look_at_text(master_row_key(document->kind, &document->row, &arena));
        arena_close(&arena);
    } else if (document->kind == DOCUMENT_LOOKUP) {
        assert(document->lookup.key != NULL && document->lookup.cells[0] == '[');
    }
}

static void
look_at_findings(const struct findings *findings)
{
    struct arena arena;
    arena_init(&arena, 64 * 1024 * 1024);
    for (size_t index = 0; index < findings->count; index++) {
        look_at_text(findings->items[index].value);
        look_at_text(findings->items[index].hint);
        look_at_text(finding_text(&findings->items[index], FINDING_RULE, LANGUAGE_EN, &arena));
        look_at_text(finding_text(&findings->items[index], FINDING_HINT, LANGUAGE_ZH, &arena));
        arena_reset(&arena);
    }
    arena_close(&arena);
}

/* A layout of the sender's own, with all that a mapping can say. */
static const char layout[] =
    "{\"decimal\": \",\", \"dates\": \"d.m.yyyy[ h:nn]\", \"nothing\": \"-\","
    " \"lookups\": {\"k\": {\"files\": \"k\", \"key\": [\"Kunde\", \"Filiale\"]}},"
    " \"mappings\": {\"o\": {\"files\": \"o\", \"as\": \"order\", \"scattered\": true,"
    "  \"joins\": {\"k\": {\"by\": [\"Kunde\", {\"constant\": \"1\"}], \"optional\": true}},"
    "  \"where\": {\"value\": \"Einheit\", \"is-not\": \"x\"},"
    "  \"columns\": {\"order_number\": {\"text\": [\"Nr\", {\"column\": \"Ort\", \"of\": \"k\"}]},"
    "   \"order_date\": \"Datum\", \"line_number\": {\"number\": \"Nr\"}, \"sku\": \"Artikel\","
    "   \"quantity\": \"Menge\", \"delivery_note\": \"Vermerk\","
    "   \"unit\": {\"first\": [\"Einheit\", \"Nr\"], \"table\": {\"Stk\": \"C62\"}},"
    "   \"expected_price\": {\"divide\": [{\"multiply\": [\"Preis\", {\"subtract\": [1, "
    "\"Rabatt\"]}]},"
    "                       {\"add\": [\"Menge\", 1]}], \"round\": 2}}}}}";

static struct own_layout {
    bool is_open;
    struct arena arena;
    struct mappings mappings;
    struct lookup_memory memory;
    struct lookup_source source;
} own;

static void
open_own(void)
{
    if (own.is_open) {
        return;
    }
    own.is_open = true;
    arena_init(&own.arena, 64 * 1024 * 1024);
    mappings_load(&own.mappings, layout, strlen(layout), &own.arena);
    assert(own.mappings.mistake_count == 0);
    lookup_memory_open(&own.memory);
    lookup_memory_begin(&own.memory, "k", "[\"Kunde\",\"Filiale\",\"Ort\"]");
    lookup_memory_add(&own.memory, "k",
                      &(struct lookup_row){"[\"K1\",\"1\"]", "[\"K1\",\"1\",\"Ulm\"]", 2});
    own.source = lookup_memory_source(&own.memory);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    open_own();
    const struct sender sender = {
        .mapping = (data[0] & 64) == 0    ? NULL
                   : (data[0] & 128) != 0 ? mappings_named(&own.mappings, "k")
                                          : mappings_named(&own.mappings, "o"),
        .lookups = &own.source,
        .roles = (data[0] & 1) != 0 ? ROLE_CUSTOMER : 0,
        .encoding = (data[0] & 2) != 0 ? "GB18030" : "",
        .default_currency = (data[0] & 4) != 0 ? "EUR" : "",
        .default_country = (data[0] & 8) != 0 ? "CN" : "",
        .customer = (data[0] & 16) != 0 ? "C1" : "",
        .today = (data[0] & 32) != 0 ? 20000 : DAY_NONE,
        .file_bytes_max = 1024 * 1024,
    };
    struct findings findings;
    findings_init(&findings);
    const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
    assert(descriptor >= 0);
    const ssize_t written = write(descriptor, data + 1, size - 1);
    assert(written == (ssize_t)size - 1);
    struct fault why = {0};
    struct reading *reading = NULL;
    struct document *document = NULL;
    const enum outcome opened =
        reading_open(&reading, descriptor, "orders.csv", 10, &sender, &findings, &why);
    assert(opened == DONE);
    enum outcome outcome = DONE;
    while ((outcome = reading_next(reading, &document, &why)) == DONE) {
        look_at(document);
    }
    assert(outcome == NONE);
    look_at_findings(&findings);
    reading_close(reading);
    findings_close(&findings);
    close(descriptor);
    return 0;
}
