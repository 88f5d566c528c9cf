#include "intake/xml_events.h"

#include "base/text.h"
#include "intake/xml_trouble.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define XSI_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"

enum { SHOWN_BYTES = 80, ATTRIBUTE_POINTERS = 5 };

/* ---- findings
 * -------------------------------------------------------------------------------------------------
 */

static struct arena *
arena_of(struct xml_events *events)
{
    return &events->reading->arena;
}

static size_t
error_count(const struct xml_events *events)
{
    const struct findings *findings = events->reading->findings;
    return findings->counts[SEVERITY_ERROR] + findings->counts[SEVERITY_FATAL];
}

static const char *
show(struct xml_events *events, const char *text)
{
    return text_show(arena_of(events), text, strlen(text), SHOWN_BYTES);
}

/* The numbers of the order and line that are being read. */
static const char *
order_number(const struct xml_events *events)
{
    const struct document *document = events->document;
    if (document == NULL || events->depth == 0 || events->is_complete) {
        return "";
    }
    switch (document->kind) {
    case DOCUMENT_ORDER: return document->order.number;
    case DOCUMENT_SHIPMENT: return document->shipment.order_number;
    case DOCUMENT_DECISION: return document->decision.order_number;
    default: return "";
    }
}

static const char *
line_number(const struct xml_events *events)
{
    for (size_t depth = events->depth; depth > 2; depth--) {
        const struct xml_frame *frame = &events->frames[depth - 1];
        if (frame->target == NULL) {
            continue;
        }
        if (frame->scope == SCOPE_LINE) {
            return ((const struct order_line *)frame->target)->number;
        }
        if (frame->scope == SCOPE_SHIPMENT_LINE) {
            return ((const struct shipment_line *)frame->target)->order_line;
        }
    }
    return "";
}

/* Add a finding; texts that are NULL are left out, and so is what its place in an order says. */
static void
complain(struct xml_events *events, struct finding finding)
{
    finding.order_number = order_number(events);
    finding.order_line = line_number(events);
    findings_add(events->reading->findings, &finding);
}

/* The file is hopeless: nothing behind this place is looked at. */
static void
give_up(struct xml_events *events, const struct finding *finding)
{
    if (!events->is_over) {
        findings_add(events->reading->findings, finding);
        events->is_over = true;
        xmlStopParser(events->parser);
    }
}

static size_t
append_name(struct xml_events *events, size_t used, const char *name)
{
    const size_t length = strlen(name);
    if (used + length + 2 > sizeof events->path) {
        return used;
    }
    if (used > 0) {
        events->path[used++] = '/';
    }
    memcpy(events->path + used, name, length + 1);
    return used + length;
}

/* "line/quantity": the open elements below the document, then the child; NULL: without.  Directly
 * in the document or the root it is that element's name.  Address is left out: the same fields have
 * no such level in other formats. */
static const char *
path_of(struct xml_events *events, const char *child)
{
    size_t used = 0;
    for (size_t depth = 2; depth < events->depth; depth++) {
        if (events->frames[depth].scope != SCOPE_ADDRESS) {
            used = append_name(events, used, (const char *)events->frames[depth].name);
        }
    }
    if (child == NULL && used == 0) {
        const size_t around = events->depth < 2 ? events->depth : 2;
        child = around == 0 ? "/" : (const char *)events->frames[around - 1].name;
    }
    if (child != NULL) {
        (void)append_name(events, used, child);
    }
    return events->path;
}

/* ---- places of header fields
 * ---------------------------------------------------------------------------------- */

static int
party_role(const struct xml_events *events, const void *target)
{
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

static struct place
place_of(const void *context, const char *field)
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

/* ---- the root
 * -------------------------------------------------------------------------------------------------
 */

static void
intern_names(struct xml_events *events)
{
    const xmlDictPtr names = events->parser->dict;
    events->namespace = xmlDictLookup(names, (const xmlChar *)events->root->namespace, -1);
    for (int scope = 0; scope < SCOPE_COUNT; scope++) {
        assert(xml_scopes[scope].count <= XML_SCOPE_ELEMENTS_MAX);
        for (size_t index = 0; index < xml_scopes[scope].count; index++) {
            events->names[scope][index] =
                xmlDictLookup(names, (const xmlChar *)xml_scopes[scope].elements[index].name, -1);
        }
    }
}

static const struct xml_root *
find_root(const char *name)
{
    for (size_t index = 0; index < xml_root_count; index++) {
        if (strcmp(xml_roots[index].name, name) == 0) {
            return &xml_roots[index];
        }
    }
    return NULL;
}

/* The root decides what the file is. */
static void
begin_root(struct xml_events *events, const xmlChar *name, const xmlChar *namespace)
{
    const char *text = (const char *)name;
    const char *found = namespace == NULL ? "" : (const char *)namespace;
    struct finding finding = {.place = events->frames[0].place, .field = "/"};
    const struct xml_root *root = find_root(text);
    if (root == NULL) {
        finding.code = M_XML_ROOT;
        finding.value = show(events, text);
        finding.expected = "orders, shipments, decisions";
        give_up(events, &finding);
        return;
    }
    if (strcmp(found, root->namespace) != 0) {
        finding.code = M_XML_NAMESPACE;
        finding.value = show(events, found);
        finding.expected = root->namespace;
        give_up(events, &finding);
        return;
    }
    events->root = root;
    events->reading->kind = root->kind;
    events->frames[0].scope = root->scope;
    if (!reading_allows(events->reading, root->kind)) {
        events->is_over = true;
        xmlStopParser(events->parser);
        return;
    }
    intern_names(events);
    events->outcome = xml_schema_open(&events->schema, root, events->parser->dict, events->why);
    if (events->outcome != DONE) {
        events->is_over = true;
        xmlStopParser(events->parser);
    }
}

/* ---- attributes
 * -----------------------------------------------------------------------------------------------
 */

/* The value of an attribute, copied.  libxml2 gives & as &#38; here. */
static const char *
attribute_text(struct xml_events *events, const xmlChar **attribute)
{
    static const char escaped[] = "&#38;";
    const size_t size = (size_t)(attribute[4] - attribute[3]);
    char *text = arena_copy_bytes(arena_of(events), attribute[3], size);
    if (memchr(text, '&', size) == NULL) {
        return text;
    }
    char *to = text;
    for (const char *from = text; *from != '\0'; to++) {
        *to = *from;
        from += strncmp(from, escaped, strlen(escaped)) == 0 ? strlen(escaped) : 1;
    }
    *to = '\0';
    return text;
}

static bool
is_schema_hint(const struct xml_frame *frame, const xmlChar **attribute)
{
    const char *namespace = (const char *)attribute[2];
    const char *name = (const char *)attribute[0];
    return frame == NULL && namespace != NULL && strcmp(namespace, XSI_NAMESPACE) == 0 &&
           (strcmp(name, "schemaLocation") == 0 || strcmp(name, "noNamespaceSchemaLocation") == 0);
}

/* Keep the element's own attribute, complain about others.  Returns where the own one stands, or
 * NULL. */
static const xmlChar **
take_attributes(struct xml_events *events, struct xml_frame *frame, int count,
                const xmlChar **attributes, const struct xml_frame *parent)
{
    const char *allowed = frame->element == NULL ? NULL : frame->element->attribute;
    const xmlChar **own = NULL;
    for (int index = 0; index < count; index++) {
        const xmlChar **attribute = attributes + (ptrdiff_t)index * ATTRIBUTE_POINTERS;
        const char *name = (const char *)attribute[0];
        if (attribute[2] == NULL && allowed != NULL && strcmp(name, allowed) == 0) {
            own = attribute;
            frame->attribute = attribute_text(events, attribute);
        } else if (!is_schema_hint(parent, attribute)) {
            complain(events, (struct finding){.code = M_XML_ATTRIBUTE_UNKNOWN,
                                              .place = frame->place,
                                              .field = path_of(events, (const char *)frame->name),
                                              .value = show(events, name)});
        }
    }
    return own;
}

/* ---- elements
 * -------------------------------------------------------------------------------------------------
 */

static const struct xml_element *
find_element(const struct xml_events *events, const struct xml_frame *parent, const xmlChar *name,
             size_t *index)
{
    const struct xml_scope_table *table = &xml_scopes[parent->scope];
    const xmlChar *const *names = events->names[parent->scope];
    /* Elements mostly come in the order of the table. */
    for (size_t step = 0; step < table->count; step++) {
        size_t at = parent->latest + step;
        at -= at >= table->count ? table->count : 0;
        if (names[at] == name) {
            *index = at;
            return &table->elements[at];
        }
    }
    return NULL;
}

/* The nearest name that may stand here, for a hint; all of them as what was expected. */
static void
complain_unknown(struct xml_events *events, const struct xml_frame *parent, const xmlChar *name,
                 const xmlChar *namespace, struct place place)
{
    const struct xml_scope_table *table = &xml_scopes[parent->scope];
    const char *text = (const char *)name;
    const char *uri = namespace == NULL ? "" : (const char *)namespace;
    struct finding finding = {.code = M_XML_ELEMENT_UNKNOWN,
                              .place = place,
                              .field = path_of(events, NULL),
                              .value = show(events, text)};
    size_t nearest = 3;
    OWNED(buf) expected;
    buf_init(&expected, 4096);
    buf_text(&expected, "");
    for (size_t index = 0; index < table->count; index++) {
        const char *known = table->elements[index].name;
        const size_t distance = text_distance(text, known, nearest - 1);
        buf_format(&expected, "%s%s", index == 0 ? "" : ", ", known);
        if (distance < nearest) {
            nearest = distance;
            finding.hint = known;
        }
    }
    finding.code = finding.hint == NULL ? M_XML_ELEMENT_UNKNOWN : M_XML_ELEMENT_SPELLING;
    finding.expected = expected.bytes;
    if (nearest == 0 && strcmp(uri, events->root->namespace) != 0) {
        finding.code = M_XML_NAMESPACE_INSIDE;
        finding.value = show(events, uri);
        finding.expected = events->root->namespace;
        finding.hint = NULL;
    }
    complain(events, finding);
}

/* Does the element stand where and as often as the schema allows?  Otherwise it is hidden from the
 * schema, which would stop judging its siblings. */
static void
judge_position(struct xml_events *events, struct xml_frame *parent, struct xml_frame *frame,
               size_t index)
{
    const struct xml_element *element = frame->element;
    struct finding finding = {.place = frame->place, .value = element->name};
    parent->times =
        (parent->seen & (1U << index)) != 0 && index == parent->latest ? parent->times + 1 : 1;
    if (parent->seen != 0 && index < parent->latest) {
        finding.code = (parent->seen & (1U << index)) != 0 && element->times_max == 1
                           ? M_XML_ELEMENT_REPEATED
                           : M_XML_ELEMENT_ORDER;
        finding.expected = xml_scopes[parent->scope].elements[parent->latest].name;
    } else if (element->times_max != 0 && parent->times > element->times_max) {
        finding.code = element->times_max == 1 ? M_XML_ELEMENT_REPEATED : element->too_many;
        finding.expected = arena_format(arena_of(events), "%u", element->times_max);
    }
    if (parent->seen == 0 || index > parent->latest) {
        parent->latest = index;
    }
    parent->seen |= 1U << index;
    if (finding.expected == NULL) {
        return;
    }
    frame->is_hidden = true;
    /* One finding is enough for a list of any length. */
    if (element->times_max == 0 || parent->times <= element->times_max + 1) {
        finding.field = path_of(events, NULL);
        complain(events, finding);
    }
}

static void
begin_document(struct xml_events *events, struct xml_frame *frame)
{
    xml_document_clear(events->document, events->root->kind);
    events->error_count_before = error_count(events);
    events->place_count = 0;
    events->document_place = frame->place;
    events->document_count++;
    struct document *document = events->document;
    if (document->kind == DOCUMENT_ORDER) {
        document->order.place = frame->place;
        frame->target = &document->order;
    } else if (document->kind == DOCUMENT_SHIPMENT) {
        document->shipment.place = frame->place;
        document->shipment.place = frame->place;
        frame->target = &document->shipment;
    } else {
        document->decision.line = frame->place.line;
        frame->target = &document->decision;
    }
    xml_schema_begin(&events->schema);
}

static void
begin_child(struct xml_events *events, struct xml_frame *parent, struct xml_frame *frame,
            const xmlChar *namespace)
{
    size_t index = 0;
    frame->is_hidden = parent->is_hidden;
    const bool is_document = events->depth == 1;
    if (is_document && events->is_complete) {
        /* Pieces end behind each document, so this cannot be; but nothing a file says may stop the
         * program. */
        give_up(events, &(struct finding){.code = M_XML_NOT_WELL_FORMED, .place = frame->place});
        return;
    }
    if (is_document) {
        begin_document(events, frame);
    }
    if (parent->scope == SCOPE_UNKNOWN) {
        frame->is_hidden = true;
        return;
    }
    frame->element =
        namespace == events->namespace ? find_element(events, parent, frame->name, &index) : NULL;
    if (frame->element == NULL) {
        frame->is_hidden = true;
        complain_unknown(events, parent, frame->name, namespace, frame->place);
        return;
    }
    frame->scope = frame->element->inner;
    judge_position(events, parent, frame, index);
    if (!is_document) {
        frame->target =
            frame->element->enter == NULL || parent->target == NULL
                ? parent->target
                : frame->element->enter(events->document, parent->target, &events->check);
    }
    if (frame->scope == SCOPE_LINE && frame->target != NULL) {
        ((struct order_line *)frame->target)->place = frame->place;
    } else if (frame->scope == SCOPE_SHIPMENT_LINE && frame->target != NULL) {
        ((struct shipment_line *)frame->target)->line = frame->place.line;
    }
}

static void
show_start(struct xml_events *events, struct xml_frame *frame, const xmlChar **own)
{
    if (frame->is_hidden) {
        return;
    }
    const size_t before = events->schema.complaints;
    xml_schema_start(&events->schema, frame->name, own == NULL ? 0 : 1, own);
    /* A complaint about the element's position is one about what is missing before it, which is
     * told at its end. */
    frame->has_bad_attribute = events->schema.complaints > before &&
                               events->schema.last_code != XML_SCHEMAV_ELEMENT_CONTENT;
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace,
         int namespace_count, const xmlChar **namespaces, int attribute_count, int defaulted_count,
         const xmlChar **attributes)
{
    struct xml_events *events = context;
    (void)prefix;
    (void)namespaces;
    (void)defaulted_count;
    if (events->is_over) {
        return;
    }
    const struct place place = xml_trouble_tag_place(events->parser);
    if (events->depth == XML_DEPTH_MAX) {
        give_up(events, &(struct finding){.code = M_XML_DEPTH, .place = place, .expected = "32"});
        return;
    }
    if (namespace_count + attribute_count > XML_ATTRIBUTES_MAX) {
        give_up(events,
                &(struct finding){.code = M_XML_ATTRIBUTES_MANY, .place = place, .expected = "32"});
        return;
    }
    struct xml_frame *parent = events->depth == 0 ? NULL : &events->frames[events->depth - 1];
    struct xml_frame *frame = &events->frames[events->depth];
    *frame = (struct xml_frame){.scope = SCOPE_UNKNOWN, .name = name, .place = place};
    if (parent == NULL) {
        begin_root(events, name, namespace);
    } else {
        begin_child(events, parent, frame, namespace);
    }
    if (events->is_over) {
        return;
    }
    if (parent == NULL || frame->element != NULL) {
        const xmlChar **own = take_attributes(events, frame, attribute_count, attributes, parent);
        if (parent != NULL) {
            show_start(events, frame, own);
        }
    }
    buf_clear(&events->text);
    events->text_is_too_long = false;
    events->depth++;
}

/* ---- values
 * ---------------------------------------------------------------------------------------------------
 */

static bool
is_blank(const char *text, size_t size)
{
    for (size_t index = 0; index < size; index++) {
        const char one = text[index];
        if (one != ' ' && one != '\n' && one != '\t' && one != '\r') {
            return false;
        }
    }
    return true;
}

static void
on_text(void *context, const xmlChar *bytes, int size)
{
    struct xml_events *events = context;
    if (events->is_over || events->depth == 0 || size <= 0) {
        return;
    }
    const char *text = (const char *)bytes;
    struct xml_frame *frame = &events->frames[events->depth - 1];
    if (frame->scope == SCOPE_TEXT) {
        if (events->text.size + (size_t)size > FIELD_BYTES_MAX) {
            events->text_is_too_long = true;
        } else {
            buf_add(&events->text, text, (size_t)size);
        }
        return;
    }
    if (frame->scope != SCOPE_UNKNOWN && !frame->has_stray_text && !is_blank(text, (size_t)size)) {
        frame->has_stray_text = true;
        while (is_blank(text, 1)) {
            text++;
            size--;
        }
        complain(events, (struct finding){.code = M_XML_TEXT_STRAY,
                                          .place = xml_trouble_place(events->parser),
                                          .field = path_of(events, NULL),
                                          .value = text_show(arena_of(events), text, (size_t)size,
                                                             SHOWN_BYTES)});
    }
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
        complain(events, (struct finding){.code = M_FLD_REQUIRED,
                                          .place = frame->place,
                                          .field = value->attribute_name,
                                          .expected = frame->element->attribute_expected});
        return;
    }
    complain(events, (struct finding){.code = M_XML_VALUE,
                                      .place = frame->place,
                                      .field = value->attribute_name,
                                      .value = show(events, frame->attribute),
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
static void
end_value(struct xml_events *events, const struct xml_frame *frame)
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
                  .name = path_of(events, (const char *)frame->name),
                  .text = text,
                  .place = frame->place,
                  .order_number = order_number(events),
                  .order_line = line_number(events),
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
    const bool is_empty = is_blank(text, size);
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

static void
tell_missing(struct xml_events *events, const struct xml_frame *frame)
{
    const struct xml_scope_table *table = &xml_scopes[frame->scope];
    for (size_t index = 0; index < table->count; index++) {
        if (table->elements[index].is_required && (frame->seen & (1U << index)) == 0) {
            events->depth++; /* inside the element that lacks it */
            complain(events, (struct finding){.code = M_FLD_REQUIRED,
                                              .place = frame->place,
                                              .field = path_of(events, table->elements[index].name),
                                              .expected = table->elements[index].expected});
            events->depth--;
        }
    }
}

/* ---- ends
 * -----------------------------------------------------------------------------------------------------
 */

static void
check_decision(struct xml_events *events, const struct decision *decision)
{
    if (!decision->approves && decision->reason[0] == '\0' &&
        error_count(events) == events->error_count_before) {
        complain(events, (struct finding){.code = M_DEC_REASON,
                                          .place = events->document_place,
                                          .field = "reason"});
    }
}

static void
end_document(struct xml_events *events, bool is_known)
{
    struct document *document = events->document;
    xml_schema_finish(&events->schema);
    if (document->kind == DOCUMENT_ORDER && is_known) {
        check_order(&events->check, &document->order);
    }
    if (document->kind == DOCUMENT_DECISION && is_known) {
        check_decision(events, &document->decision);
    }
    if (events->schema.complaints > 0 && error_count(events) == events->error_count_before) {
        /* The schema knows more than our tables: never take what it refuses. */
        complain(events, (struct finding){.code = M_XML_VALUE,
                                          .place = events->document_place,
                                          .field = xml_scopes[events->root->scope].elements[0].name,
                                          .expected = events->root->schema});
    }
    events->is_complete = true;
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace)
{
    struct xml_events *events = context;
    (void)prefix;
    (void)namespace;
    if (events->is_over || events->depth == 0) {
        return;
    }
    events->depth--;
    struct xml_frame *frame = &events->frames[events->depth];
    assert(frame->name == name);
    if (frame->scope == SCOPE_TEXT) {
        end_value(events, frame);
    } else if (frame->element != NULL) {
        tell_missing(events, frame);
        if (!frame->is_hidden) {
            xml_schema_end(&events->schema, frame->name);
        }
    }
    if (events->depth == 1) {
        end_document(events, frame->element != NULL);
    }
}

static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct xml_events *events = context;
    (void)name;
    (void)external;
    (void)system;
    give_up(events,
            &(struct finding){.code = M_XML_DOCTYPE, .place = xml_trouble_place(events->parser)});
}

static void
on_error(void *context, xmlErrorPtr error)
{
    struct xml_events *events = context;
    if (events->is_over || error->level < XML_ERR_ERROR) {
        return;
    }
    struct finding finding;
    const bool is_cut_off = events->is_finishing && (events->depth > 0 || events->root == NULL);
    xml_trouble_describe(&finding, events->parser, error, is_cut_off, arena_of(events));
    give_up(events, &finding);
}

/* ---- the parser
 * -----------------------------------------------------------------------------------------------
 */

static xmlParserInputPtr
load_nothing(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

void
xml_events_open(struct xml_events *events, struct reading *reading)
{
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .internalSubset = on_doctype,
        .serror = on_error,
    };
    memset(events, 0, sizeof *events);
    events->reading = reading;
    buf_init(&events->text, FIELD_BYTES_MAX + 1);
    events->check = (struct check){
        .arena = &reading->arena,
        .findings = reading->findings,
        .sender = reading->sender,
        .lists = reading->lists,
        .format = FORMAT_XML,
        .place_of = place_of,
        .context = events,
    };
    xmlSetExternalEntityLoader(load_nothing);
    events->parser = xmlCreatePushParserCtxt(&handler, events, NULL, 0, NULL);
    if (events->parser == NULL) {
        abort(); /* out of memory */
    }
    /* What reaches the parser is UTF-8, whatever the file's declaration says. */
    xmlCtxtUseOptions(events->parser, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
}

void
xml_events_close(struct xml_events *events)
{
    xml_schema_close(&events->schema);
    if (events->parser != NULL) {
        xmlFreeParserCtxt(events->parser);
    }
    buf_close(&events->text);
    memset(events, 0, sizeof *events);
}

void
xml_events_expect(struct xml_events *events, struct document *document)
{
    events->document = document;
    events->is_complete = false;
}

static void
feed(struct xml_events *events, const char *piece, size_t size, bool ends_document)
{
    (void)xmlParseChunk(events->parser, piece, (int)size, events->is_finishing);
    if (events->is_over) {
        return;
    }
    if (ends_document && !events->is_complete) {
        /* The parser waits for the end of something that is no markup: the ; behind a bare &. */
        struct finding finding = {.code = M_XML_NOT_WELL_FORMED,
                                  .place = xml_trouble_place(events->parser),
                                  .value = xml_trouble_excerpt(events->parser, arena_of(events))};
        if (xml_trouble_is_at_ampersand(events->parser)) {
            finding.code = M_XML_AMPERSAND;
        }
        give_up(events, &finding);
    } else if (events->parser->wellFormed == 0 || events->parser->nsWellFormed == 0) {
        give_up(events,
                &(struct finding){.code = M_XML_NOT_WELL_FORMED,
                                  .place = xml_trouble_place(events->parser),
                                  .value = xml_trouble_excerpt(events->parser, arena_of(events))});
    } else if (xmlDictSize(events->parser->dict) > XML_NAMES_MAX) {
        give_up(events, &(struct finding){.code = M_XML_NAMES_MANY,
                                          .place = xml_trouble_place(events->parser),
                                          .expected = "20000"});
    }
}

enum outcome
xml_events_feed(struct xml_events *events, const struct xml_piece *piece, struct fault *why)
{
    events->why = why;
    events->outcome = DONE;
    feed(events, piece->bytes, piece->size, piece->ends_document);
    events->why = NULL;
    return events->outcome;
}

void
xml_events_finish(struct xml_events *events)
{
    if (events->is_over) {
        return;
    }
    events->is_finishing = true;
    feed(events, "", 0, false);
    if (!events->is_over && (events->root == NULL || events->depth > 0)) {
        give_up(events,
                &(struct finding){.code = M_XML_TRUNCATED,
                                  .place = xml_trouble_place(events->parser),
                                  .value = xml_trouble_excerpt(events->parser, arena_of(events))});
    } else if (!events->is_over && events->document_count == 0) {
        give_up(events,
                &(struct finding){.code = M_XML_NO_DOCUMENTS,
                                  .place = events->frames[0].place,
                                  .expected = xml_scopes[events->root->scope].elements[0].name});
    }
}
