#include "intake/xml_value.h"

#include "base/text.h"
#include "intake/xml_tell.h"

#include <assert.h>
#include <string.h>

static struct arena *
arena_of(struct xml_events *events)
{
    return &events->reading->arena;
}

/* ---- places of header fields ---- */

static int
party_role(const struct xml_events *events, const void *target)
{
    const struct document *document = events->document;
    if (document->kind == DOCUMENT_ORDER_CHANGE) {
        return target == &document->change.ship_to ? PARTY_SHIP_TO : -1;
    }
    for (int role = 0; role < PARTY_ROLE_COUNT; role++) {
        if (target == &events->document->order.parties[role]) {
            return role;
        }
    }
    return -1;
}

static void
remember_place(struct xml_events *events, const struct xml_frame *frame, const void *target)
{
    if (frame->element->column != NULL && events->place_count < XML_PLACES_MAX) {
        events->places[events->place_count++] = (struct xml_place){
            .column = frame->element->column,
            .role = party_role(events, target),
            .place = frame->place,
        };
    }
}

struct place
xml_value_place(const void *context, const char *field)
{
    static const char *const prefixes[PARTY_ROLE_COUNT] = {"sold_to_", "ship_to_", "bill_to_"};
    const struct xml_events *events = context;
    int role = -1;
    for (int index = 0; index < PARTY_ROLE_COUNT; index++) {
        if (strncmp(field, prefixes[index], strlen(prefixes[index])) == 0) {
            role = index;
            field += strlen(prefixes[index]);
        }
    }
    for (size_t index = 0; index < events->place_count; index++) {
        const struct xml_place *place = &events->places[index];
        if (place->role == role && strcmp(place->column, field) == 0) {
            return place->place;
        }
    }
    return (struct place){.line = 0};
}

bool
xml_value_is_blank(const char *text, size_t size)
{
    for (size_t index = 0; index < size; index++) {
        const char one = text[index];
        if (one != ' ' && one != '\n' && one != '\t' && one != '\r') {
            return false;
        }
    }
    return true;
}

/* Was an error told about this field since the list had `since` items? */
static bool
is_told(const struct findings *findings, size_t since, const char *field)
{
    for (size_t index = since; index < findings->count; index++) {
        if (strcmp(findings->items[index].field, field) == 0 &&
            finding_severity(findings->items[index].code) >= SEVERITY_ERROR) {
            return true;
        }
    }
    return false;
}

static bool
is_printable_ascii(const char *text, size_t size)
{
    for (size_t index = 0; index < size; index++) {
        if (text[index] < ' ' || text[index] > '~') {
            return false;
        }
    }
    return true;
}

static void
tell_attribute(struct xml_events *events, const struct xml_frame *frame,
               const struct xml_value *value)
{
    if (frame->attribute == NULL || frame->attribute[0] == '\0') {
        xml_tell(events, (struct finding){.code = M_FLD_REQUIRED,
                                          .place = frame->place,
                                          .field = value->attribute_name,
                                          .expected = frame->element->attribute_expected});
        return;
    }
    xml_tell(events, (struct finding){.code = M_XML_VALUE,
                                      .place = frame->place,
                                      .field = value->attribute_name,
                                      .value = xml_tell_shown(events, frame->attribute),
                                      .expected = frame->element->attribute_expected});
}

/* The path of the element, with the attribute behind it. */
static void
name_attribute(struct xml_events *events, const char *name)
{
    const size_t length = strlen(events->path);
    const size_t name_length = strlen(name);
    char *path = events->attribute_path;
    assert(length + name_length + 3 <= sizeof events->attribute_path);
    memcpy(path, events->path, length);
    memcpy(path + length, "/@", 2);
    memcpy(path + length + 2, name, name_length + 1);
}

/* Our own tables judge a value first, so that a mistake has the same code in every format; what
 * only the schema finds wrong is told as such. */
void
xml_value_end(struct xml_events *events, const struct xml_frame *frame)
{
    const struct xml_element *element = frame->element;
    const struct findings *findings = events->reading->findings;
    const size_t since = findings->count;
    const size_t size = events->text.size;
    const char *text =
        size == 0 ? "" : arena_copy_bytes(arena_of(events), events->text.bytes, size);
    struct xml_value value = {
        .field = {.arena = arena_of(events),
                  .findings = events->reading->findings,
                  .lists = events->reading->lists,
                  .name = xml_tell_path(events, (const char *)frame->name),
                  .text = text,
                  .place = frame->place,
                  .order_number = xml_tell_order_number(events),
                  .order_line = xml_tell_line_number(events),
                  .text_stays = true,
                  .is_plain = is_printable_ascii(text, size)},
        .element = element,
        .attribute = frame->attribute,
        .attribute_name = events->attribute_path,
        .target = frame->target,
        .document = events->document,
        .check = &events->check,
    };
    if (element->attribute != NULL) {
        name_attribute(events, element->attribute);
    }
    const bool is_empty = text_is_blank(text);
    if (events->text_is_too_long) {
        field_complain(&value.field, M_FLD_LONG, "16384", NULL);
    } else if (is_empty && element->is_required) {
        field_complain(&value.field, M_FLD_REQUIRED, element->expected, NULL);
    } else if (!is_empty && frame->target != NULL) {
        remember_place(events, frame, frame->target);
        element->set(&value);
    }
    if (frame->is_hidden) {
        return;
    }
    const size_t before = events->schema.complaints;
    xml_schema_text(&events->schema, text, size);
    xml_schema_end(&events->schema, frame->name);
    if (events->schema.complaints > before && !events->text_is_too_long &&
        !is_told(findings, since, value.field.name)) {
        field_complain(&value.field, M_XML_VALUE, element->expected, NULL);
    }
    if (frame->has_bad_attribute && element->attribute != NULL &&
        !is_told(findings, since, value.attribute_name)) {
        tell_attribute(events, frame, &value);
    }
}
