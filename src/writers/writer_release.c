/* writer_release.c -- what the warehouse shall ship: to whom, when, and every note on the way; also
 * what promotions give. */
#include "writers/documents.h"

#include "base/decimal.h"
#include "order/order.h"
#include "store/store_document.h"
#include "writers/pairs.h"
#include "writers/writing.h"

#include <string.h>

enum { RELEASE_BYTES_MAX = 64 * 1024 * 1024 };

struct scans {
    struct document_scan heads;
    struct document_scan goods;
    struct document_scan parts;
    struct document_scan notes;
    struct arena arena; /* of one order: its notes and parts */
    struct arena row;   /* of one of its lines */
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->goods);
    document_scan_close(&scans->parts);
    document_scan_close(&scans->notes);
    arena_close(&scans->arena);
    arena_close(&scans->row);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    struct store *store = writing->store;
    const int64_t id = writing->file_id;
    arena_init(&scans->arena, RELEASE_BYTES_MAX);
    arena_init(&scans->row, RELEASE_BYTES_MAX);
    TRY(document_scan_open(&scans->heads, store, SQL_document_releases, id, why));
    TRY(document_scan_open(&scans->goods, store, SQL_document_goods, id, why));
    TRY(document_scan_open(&scans->parts, store, SQL_document_parts, id, why));
    return document_scan_open(&scans->notes, store, SQL_document_notes, id, why);
}

struct release {
    struct document_release head;
    struct document_note *notes;
    size_t note_count;
    struct document_part *parts; /* by line, as the lines come */
    size_t part_count;
    size_t parts_told;
};

static enum outcome
read_parts(struct scans *scans, struct release *release, struct fault *why)
{
    size_t capacity = 0;
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->parts, scans->heads.position, why)) == DONE) {
        struct document_part part;
        document_part_get(&scans->parts, &part);
        part.sku = arena_copy(&scans->arena, part.sku);
        part.unit = arena_copy(&scans->arena, part.unit);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            part.name[language] = arena_copy(&scans->arena, part.name[language]);
        }
        release->parts =
            arena_grow(&scans->arena, release->parts, sizeof part, release->part_count, &capacity);
        release->parts[release->part_count++] = part;
    }
    return outcome == NONE ? DONE : outcome;
}

/* The next part of a line, or NULL; lines come in the order of their ordinals. */
static const struct document_part *
next_part(struct release *release, int64_t line)
{
    const bool is_there = release->parts_told < release->part_count &&
                          release->parts[release->parts_told].line == line;
    return is_there ? &release->parts[release->parts_told++] : NULL;
}

static enum outcome
next_release(struct scans *scans, struct release *release, struct fault *why)
{
    size_t capacity = 0;
    arena_reset(&scans->arena);
    memset(release, 0, sizeof *release);
    TRY(document_scan_next(&scans->heads, why));
    document_release_get(&scans->heads, &release->head);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->notes, scans->heads.position, why)) == DONE) {
        struct document_note note;
        document_note_get(&scans->notes, &note);
        note.kind = arena_copy(&scans->arena, note.kind);
        note.text = arena_copy(&scans->arena, note.text);
        release->notes =
            arena_grow(&scans->arena, release->notes, sizeof note, release->note_count, &capacity);
        release->notes[release->note_count++] = note;
    }
    return outcome == NONE ? read_parts(scans, release, why) : outcome;
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_window_xml(struct xml_out *xml, int32_t from, int32_t to)
{
    if (from != DAY_NONE) {
        xml_out_open(xml, "requestedDelivery");
        xml_out_day_if(xml, "from", from);
        xml_out_day_if(xml, "to", to);
        xml_out_close(xml);
    }
}

static void
put_ship_to_xml(struct xml_out *xml, const struct party *party)
{
    xml_out_open(xml, "shipTo");
    xml_out_text_if(xml, "code", party->code);
    xml_out_text_if(xml, "name", party->name);
    xml_out_text_if(xml, "contact", party->contact);
    xml_out_text_if(xml, "phone", party->phone);
    xml_out_text_if(xml, "email", party->email);
    if (party->country[0] != '\0') {
        xml_out_open(xml, "address");
        xml_out_text(xml, "country", party->country);
        xml_out_text_if(xml, "region", party->region);
        xml_out_text_if(xml, "city", party->city);
        xml_out_text_if(xml, "district", party->district);
        xml_out_text_if(xml, "postalCode", party->postal_code);
        xml_out_text_if(xml, "street", party->street);
        xml_out_text_if(xml, "street2", party->street2);
        xml_out_close(xml);
    }
    xml_out_close(xml);
}

static void
put_notes_xml(struct xml_out *xml, const struct release *release, int64_t line)
{
    for (size_t index = 0; index < release->note_count; index++) {
        const struct document_note *note = &release->notes[index];
        if (note->line == line) {
            xml_out_text_with(xml, "note", "kind", note->kind, note->text);
        }
    }
}

static void
put_parts_xml(struct writing *writing, struct xml_out *xml, struct release *release, int64_t line)
{
    const struct document_part *part;
    while ((part = next_part(release, line)) != NULL) {
        char quantity[DECIMAL_TEXT_SIZE];
        xml_out_open(xml, "part");
        xml_out_text(xml, "sku", part->sku);
        xml_out_text_if(xml, "name", part->name[writing->partner->language]);
        xml_out_text_with(xml, "quantity", "unit", part->unit,
                          decimal_format(quantity, part->quantity_micros, MICROS_PLACES, 0));
        xml_out_close(xml);
    }
}

static void
put_good_xml(struct writing *writing, struct xml_out *xml, struct release *release,
             const struct document_good *good, struct arena *arena)
{
    char quantity[DECIMAL_TEXT_SIZE];
    struct pairs options;
    const char *name;
    const char *value;
    xml_out_open(xml, "line");
    xml_out_text(xml, "number", good->number);
    xml_out_text(xml, "sku", good->sku);
    xml_out_text_if(xml, "name", good->name[writing->partner->language]);
    xml_out_text_if(xml, "description", good->description);
    xml_out_text_with(xml, "quantity", "unit", good->unit,
                      decimal_format(quantity, good->quantity_micros, MICROS_PLACES, 0));
    put_window_xml(xml, good->requested_from, good->requested_to);
    pairs_begin(&options, good->options, arena);
    while (pairs_next(&options, &name, &value)) {
        xml_out_text_with(xml, "option", "name", name, value);
    }
    put_parts_xml(writing, xml, release, good->ordinal);
    put_notes_xml(xml, release, good->ordinal);
    xml_out_text_if(xml, "promotion", good->promotion);
    xml_out_close(xml);
}

static enum outcome
put_release_xml(struct writing *writing, struct scans *scans, struct xml_out *xml,
                struct release *release, struct fault *why)
{
    const struct document_release *head = &release->head;
    xml_out_open(xml, "release");
    xml_out_text(xml, "partner", head->partner);
    xml_out_text(xml, "orderNumber", head->order_number);
    xml_out_integer(xml, "version", head->version);
    xml_out_integer(xml, "releaseNumber", head->number);
    xml_out_text(xml, "type", head->type);
    put_window_xml(xml, head->requested_from, head->requested_to);
    xml_out_text_if(xml, "soldTo", head->sold_to);
    put_ship_to_xml(xml, &head->ship_to);
    put_notes_xml(xml, release, 0);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->goods, scans->heads.position, why)) == DONE) {
        struct document_good good;
        document_good_get(&scans->goods, &good);
        arena_reset(&scans->row);
        put_good_xml(writing, xml, release, &good, &scans->row);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_close(xml);
    return outcome == NONE ? writing_flush_full(writing, why) : outcome;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct release release;
    struct xml_out xml;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "releases", KIND_RELEASE);
    enum outcome outcome;
    while ((outcome = next_release(&scans, &release, why)) == DONE) {
        TRY(put_release_xml(writing, &scans, &xml, &release, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV: a row a line, what belongs to the order on every row, but
 * its notes, which may be long, on the first -------------------------------------------------- */

static const char *const columns[] = {"partner",
                                      "order_number",
                                      "version",
                                      "type",
                                      "requested_from",
                                      "requested_to",
                                      "sold_to",
                                      "ship_to_code",
                                      "ship_to_name",
                                      "ship_to_contact",
                                      "ship_to_phone",
                                      "ship_to_email",
                                      "ship_to_country",
                                      "ship_to_region",
                                      "ship_to_city",
                                      "ship_to_district",
                                      "ship_to_postal_code",
                                      "ship_to_street",
                                      "ship_to_street2",
                                      "delivery_notes",
                                      "packaging_notes",
                                      "gift_notes",
                                      "internal_notes",
                                      "line_number",
                                      "sku",
                                      "name",
                                      "description",
                                      "quantity",
                                      "unit",
                                      "line_requested_from",
                                      "line_requested_to",
                                      "options",
                                      "line_notes",
                                      "parts",
                                      "promotion",
                                      "release"};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static void
put_party_csv(struct csv_out *csv, const struct party *party)
{
    const char *const texts[] = {party->code,        party->name,   party->contact,
                                 party->phone,       party->email,  party->country,
                                 party->region,      party->city,   party->district,
                                 party->postal_code, party->street, party->street2};
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        csv_out_shown(csv, texts[index]);
    }
}

/* The notes of a line (0: of the order) and kind (NULL: all kinds, named) in one field. */
static const char *
join_notes(const struct release *release, int64_t line, const char *kind, struct buf *joined)
{
    buf_clear(joined);
    buf_text(joined, "");
    for (size_t index = 0; index < release->note_count; index++) {
        const struct document_note *note = &release->notes[index];
        if (note->line != line || (kind != NULL && strcmp(kind, note->kind) != 0)) {
            continue;
        }
        buf_text(joined, joined->size == 0 ? "" : " | ");
        if (kind == NULL) {
            buf_text(joined, note->kind);
            buf_text(joined, ": ");
        }
        buf_text(joined, note->text);
    }
    return joined->bytes;
}

/* "CUP-1=4 C62; POT-2=1 C62": what to pick for a package. */
static const char *
join_parts(struct release *release, int64_t line, struct buf *joined)
{
    const struct document_part *part;
    buf_clear(joined);
    buf_text(joined, "");
    while ((part = next_part(release, line)) != NULL) {
        char quantity[DECIMAL_TEXT_SIZE];
        buf_text(joined, joined->size == 0 ? "" : "; ");
        buf_text(joined, part->sku);
        buf_char(joined, '=');
        buf_text(joined, decimal_format(quantity, part->quantity_micros, MICROS_PLACES, 0));
        buf_char(joined, ' ');
        buf_text(joined, part->unit);
    }
    return joined->bytes;
}

static void
put_head_csv(struct csv_out *csv, const struct release *release, bool has_notes, struct buf *joined)
{
    const struct document_release *head = &release->head;
    csv_out_text(csv, head->partner);
    csv_out_shown(csv, head->order_number);
    csv_out_integer(csv, head->version);
    csv_out_text(csv, head->type);
    csv_out_day(csv, head->requested_from);
    csv_out_day(csv, head->requested_to);
    csv_out_shown(csv, head->sold_to);
    put_party_csv(csv, &head->ship_to);
    if (!has_notes) {
        csv_out_empty(csv, NOTE_KIND_COUNT);
        return;
    }
    for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
        csv_out_shown(csv, join_notes(release, 0, note_kind_names[kind], joined));
    }
}

static void
put_good_csv(struct csv_out *csv, struct release *release, const struct document_good *good,
             enum language language, struct arena *arena, struct buf *joined)
{
    csv_out_shown(csv, good->number);
    csv_out_shown(csv, good->sku);
    csv_out_shown(csv, good->name[language]);
    csv_out_shown(csv, good->description);
    csv_out_decimal(csv, good->quantity_micros, MICROS_PLACES, 0);
    csv_out_text(csv, good->unit);
    csv_out_day(csv, good->requested_from);
    csv_out_day(csv, good->requested_to);
    csv_out_shown(csv, pairs_join(good->options, arena, joined));
    csv_out_shown(csv, join_notes(release, good->ordinal, NULL, joined));
    csv_out_shown(csv, join_parts(release, good->ordinal, joined));
    csv_out_shown(csv, good->promotion);
    csv_out_integer(csv, release->head.number);
    csv_out_end_row(csv);
}

static enum outcome
put_release_csv(struct writing *writing, struct scans *scans, struct csv_out *csv,
                struct release *release, struct fault *why)
{
    OWNED(buf) joined;
    bool is_first = true;
    buf_init(&joined, RELEASE_BYTES_MAX);
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->goods, scans->heads.position, why)) == DONE) {
        struct document_good good;
        document_good_get(&scans->goods, &good);
        arena_reset(&scans->row);
        put_head_csv(csv, release, is_first, &joined);
        put_good_csv(csv, release, &good, writing->partner->language, &scans->row, &joined);
        is_first = false;
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct release release;
    struct csv_out csv;
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, COLUMN_COUNT);
    enum outcome outcome;
    while ((outcome = next_release(&scans, &release, why)) == DONE) {
        TRY(put_release_csv(writing, &scans, &csv, &release, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer release_xml_writer = {KIND_RELEASE, "xml", ".xml", write_xml};
const struct writer release_csv_writer = {KIND_RELEASE, "csv", ".csv", write_csv};
