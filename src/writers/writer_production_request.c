/* writer_production_request.c -- what a plant shall make, of what, until when, and how it is to be
 * packed; or that it is no longer wanted. */
#include "writers/documents.h"

#include "base/decimal.h"
#include "store/store_document_production.h"
#include "writers/pairs.h"
#include "writers/writing.h"

#include <string.h>

enum { REQUEST_BYTES_MAX = 64 * 1024 * 1024 };

struct scans {
    struct document_scan heads;
    struct document_scan materials;
    struct document_scan notes;
    struct arena arena; /* of one request */
};

static void
scans_close(struct scans *scans)
{
    document_scan_close(&scans->heads);
    document_scan_close(&scans->materials);
    document_scan_close(&scans->notes);
    arena_close(&scans->arena);
}

static enum outcome
open_scans(struct scans *scans, const struct writing *writing, struct fault *why)
{
    struct store *store = writing->store;
    const int64_t id = writing->file_id;
    arena_init(&scans->arena, REQUEST_BYTES_MAX);
    TRY(document_scan_open(&scans->heads, store, SQL_document_productions, id, why));
    TRY(document_scan_open(&scans->materials, store, SQL_document_production_materials, id, why));
    return document_scan_open(&scans->notes, store, SQL_document_production_notes, id, why);
}

/* What all of a request takes of a material. */
static const char *
needed(const struct document_production *request, const struct document_material *material,
       char text[DECIMAL_TEXT_SIZE])
{
    const int64_t micros = decimal_divide((int128)material->unit_micros * request->quantity_micros,
                                          MICROS, ROUND_HALF_UP);
    return decimal_format(text, micros, MICROS_PLACES, 0);
}

/* -- XML -------------------------------------------------------------------------------------- */

static void
put_head_xml(struct writing *writing, struct xml_out *xml, const struct document_production *head,
             struct arena *arena)
{
    char quantity[DECIMAL_TEXT_SIZE];
    struct pairs options;
    const char *name;
    const char *value;
    xml_out_integer(xml, "number", head->number);
    xml_out_text(xml, "cancelled", head->is_cancelled ? "yes" : "no");
    xml_out_text(xml, "partner", head->partner);
    xml_out_text(xml, "orderNumber", head->order_number);
    xml_out_integer(xml, "version", head->version);
    xml_out_text(xml, "line", head->line);
    xml_out_text(xml, "sku", head->sku);
    xml_out_text_if(xml, "name", head->name[writing->partner->language]);
    xml_out_text_if(xml, "description", head->description);
    xml_out_text_with(xml, "quantity", "unit", head->unit,
                      decimal_format(quantity, head->quantity_micros, MICROS_PLACES, 0));
    pairs_begin(&options, head->options, arena);
    while (pairs_next(&options, &name, &value)) {
        xml_out_text_with(xml, "option", "name", name, value);
    }
    xml_out_day_if(xml, "startOn", head->start_day);
    xml_out_day_if(xml, "finishOn", head->finish_day);
    xml_out_day_if(xml, "wantedOn", head->wanted_day);
    xml_out_text(xml, "warehouse", head->warehouse);
}

static enum outcome
put_materials_xml(struct writing *writing, struct scans *scans, struct xml_out *xml,
                  const struct document_production *head, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->materials, scans->heads.position, why)) == DONE) {
        char quantity[DECIMAL_TEXT_SIZE];
        struct document_material material;
        document_material_get(&scans->materials, &material);
        xml_out_open(xml, "material");
        xml_out_text(xml, "sku", material.sku);
        xml_out_text_if(xml, "name", material.name[writing->partner->language]);
        xml_out_text_with(xml, "quantity", "unit", material.unit,
                          needed(head, &material, quantity));
        xml_out_close(xml);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
put_notes_xml(struct scans *scans, struct xml_out *xml, struct fault *why)
{
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->notes, scans->heads.position, why)) == DONE) {
        struct document_note note;
        document_note_get(&scans->notes, &note);
        xml_out_text_with(xml, "note", "kind", note.kind, note.text);
    }
    return outcome == NONE ? DONE : outcome;
}

static enum outcome
write_xml(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    struct xml_out xml;
    TRY(open_scans(&scans, writing, why));
    writing_begin_xml(writing, &xml, "productionRequests", KIND_PRODUCTION_REQUEST);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        struct document_production head;
        document_production_get(&scans.heads, &head);
        arena_reset(&scans.arena);
        xml_out_open(&xml, "productionRequest");
        put_head_xml(writing, &xml, &head, &scans.arena);
        TRY(put_materials_xml(writing, &scans, &xml, &head, why));
        TRY(put_notes_xml(&scans, &xml, why));
        xml_out_close(&xml);
        TRY(writing_flush_full(writing, why));
    }
    xml_out_end(&xml);
    return outcome == NONE ? DONE : outcome;
}

/* -- CSV: a row a request -------------------------------------------------------------------- */

static const char *const columns[] = {
    "production_number", "cancelled",       "partner",    "order_number",
    "version",           "line_number",     "sku",        "name",
    "description",       "quantity",        "unit",       "options",
    "start_on",          "finish_on",       "wanted_on",  "warehouse",
    "materials",         "packaging_notes", "gift_notes", "internal_notes"};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

/* "WOOD-1=4 C62; OIL-2=0.5 LTR" */
static enum outcome
put_materials_csv(struct scans *scans, struct csv_out *csv, const struct document_production *head,
                  struct buf *joined, struct fault *why)
{
    enum outcome outcome;
    buf_clear(joined);
    buf_text(joined, "");
    while ((outcome = document_scan_part(&scans->materials, scans->heads.position, why)) == DONE) {
        char quantity[DECIMAL_TEXT_SIZE];
        struct document_material material;
        document_material_get(&scans->materials, &material);
        buf_text(joined, joined->size == 0 ? "" : "; ");
        buf_text(joined, material.sku);
        buf_char(joined, '=');
        buf_text(joined, needed(head, &material, quantity));
        buf_text(joined, material.unit[0] == '\0' ? "" : " ");
        buf_text(joined, material.unit);
    }
    csv_out_shown(csv, joined->bytes);
    return outcome == NONE ? DONE : outcome;
}

/* The notes of each kind in a field of its own. */
static enum outcome
put_notes_csv(struct scans *scans, struct csv_out *csv, struct fault *why)
{
    static const enum note_kind kinds[] = {NOTE_PACKAGING, NOTE_GIFT, NOTE_INTERNAL};
    const char *texts[] = {"", "", ""};
    enum outcome outcome;
    while ((outcome = document_scan_part(&scans->notes, scans->heads.position, why)) == DONE) {
        struct document_note note;
        document_note_get(&scans->notes, &note);
        for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; index++) {
            if (strcmp(note.kind, note_kind_names[kinds[index]]) == 0) {
                texts[index] = arena_format(&scans->arena, "%s%s%s", texts[index],
                                            texts[index][0] == '\0' ? "" : " | ", note.text);
            }
        }
    }
    for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; index++) {
        csv_out_shown(csv, texts[index]);
    }
    return outcome == NONE ? DONE : outcome;
}

static void
put_head_csv(struct csv_out *csv, const struct document_production *head, enum language language,
             struct arena *arena, struct buf *joined)
{
    csv_out_integer(csv, head->number);
    csv_out_text(csv, head->is_cancelled ? "yes" : "no");
    csv_out_text(csv, head->partner);
    csv_out_shown(csv, head->order_number);
    csv_out_integer(csv, head->version);
    csv_out_shown(csv, head->line);
    csv_out_shown(csv, head->sku);
    csv_out_shown(csv, head->name[language]);
    csv_out_shown(csv, head->description);
    csv_out_decimal(csv, head->quantity_micros, MICROS_PLACES, 0);
    csv_out_text(csv, head->unit);
    csv_out_shown(csv, pairs_join(head->options, arena, joined));
    csv_out_day(csv, head->start_day);
    csv_out_day(csv, head->finish_day);
    csv_out_day(csv, head->wanted_day);
    csv_out_text(csv, head->warehouse);
}

static enum outcome
write_csv(struct writing *writing, struct fault *why)
{
    OWNED(scans) scans = {0};
    OWNED(buf) joined;
    struct csv_out csv;
    buf_init(&joined, REQUEST_BYTES_MAX);
    TRY(open_scans(&scans, writing, why));
    writing_begin_csv(writing, &csv, columns, COLUMN_COUNT);
    enum outcome outcome;
    while ((outcome = document_scan_next(&scans.heads, why)) == DONE) {
        struct document_production head;
        document_production_get(&scans.heads, &head);
        arena_reset(&scans.arena);
        put_head_csv(&csv, &head, writing->partner->language, &scans.arena, &joined);
        TRY(put_materials_csv(&scans, &csv, &head, &joined, why));
        TRY(put_notes_csv(&scans, &csv, why));
        csv_out_end_row(&csv);
        TRY(writing_flush_full(writing, why));
    }
    return outcome == NONE ? DONE : outcome;
}

const struct writer production_request_xml_writer = {KIND_PRODUCTION_REQUEST, "xml", ".xml",
                                                     write_xml};
const struct writer production_request_csv_writer = {KIND_PRODUCTION_REQUEST, "csv", ".csv",
                                                     write_csv};
