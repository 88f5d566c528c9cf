#include "intake/xml_events.h"

#include "base/text.h"
#include "intake/xml_check.h"
#include "intake/xml_tell.h"
#include "intake/xml_trouble.h"
#include "intake/xml_value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define XSI_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"

enum { SHOWN_BYTES = 80, ATTRIBUTE_POINTERS = 5 };

static struct arena *
arena_of(struct xml_events *events)
{
    return &events->reading->arena;
}

/* ---- the root ---- */

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
        finding.value = xml_tell_shown(events, text);
        finding.expected = "orders, shipments, decisions, payments, transportEvents, "
                           "stockReport, releaseStatuses, productionStatuses";
        xml_tell_fatal(events, &finding);
        return;
    }
    if (strcmp(found, root->namespace) != 0) {
        finding.code = M_XML_NAMESPACE;
        finding.value = xml_tell_shown(events, found);
        finding.expected = root->namespace;
        xml_tell_fatal(events, &finding);
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

/* ---- attributes ---- */

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
            xml_tell(events,
                     (struct finding){.code = M_XML_ATTRIBUTE_UNKNOWN,
                                      .place = frame->place,
                                      .field = xml_tell_path(events, (const char *)frame->name),
                                      .value = xml_tell_shown(events, name)});
        }
    }
    return own;
}

/* ---- elements ---- */

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
        finding.field = xml_tell_path(events, NULL);
        xml_tell(events, finding);
    }
}

static void
begin_document(struct xml_events *events, struct xml_frame *frame)
{
    frame->target = document_begin(events->document, events->root->kind, frame->place);
    events->error_count_before = xml_tell_error_count(events);
    events->place_count = 0;
    events->document_place = frame->place;
    events->document_count++;
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
        xml_tell_fatal(events,
                       &(struct finding){.code = M_XML_NOT_WELL_FORMED, .place = frame->place});
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
        xml_tell_unknown(events, parent, frame->name, namespace, frame->place);
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
    } else if (frame->target != NULL) {
        xml_request_line_stands(frame->scope, frame->target, frame->place);
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
        xml_tell_fatal(events,
                       &(struct finding){.code = M_XML_DEPTH, .place = place, .expected = "32"});
        return;
    }
    if (namespace_count + attribute_count > XML_ATTRIBUTES_MAX) {
        xml_tell_fatal(
            events,
            &(struct finding){.code = M_XML_ATTRIBUTES_MANY, .place = place, .expected = "32"});
        return;
    }
    if (arena_of(events)->bytes_used > XML_DOCUMENT_BYTES_MAX) {
        xml_tell_fatal(events, &(struct finding){.code = M_XML_DOCUMENT_LARGE,
                                                 .place = place,
                                                 .order_number = xml_tell_order_number(events),
                                                 .expected = "33554432"});
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

/* ---- values ---- */

/* Where the last `size` bytes that the parser has read begin, as far as they tell. */
static struct place
place_before(const struct xml_events *events, const char *text, size_t size, size_t skipped)
{
    struct place place = xml_trouble_place(events->parser);
    const char *newline = memrchr(text, '\n', skipped);
    for (const char *at = text + skipped; at < text + size; at++) {
        place.line -= *at == '\n';
    }
    const char *from = newline == NULL ? text : newline + 1;
    place.column = newline == NULL ? 0 : 1;
    for (const char *at = from; newline != NULL && at < text + skipped; at++) {
        place.column += (*at & 0xC0) != 0x80;
    }
    return place;
}

/* Text between elements; blanks around it say nothing. */
static void
tell_stray_text(struct xml_events *events, const char *text, size_t size)
{
    size_t skipped = 0;
    size_t end = size;
    while (xml_value_is_blank(text + skipped, 1)) {
        skipped++;
    }
    while (xml_value_is_blank(text + end - 1, 1)) {
        end--;
    }
    xml_tell(events, (struct finding){.code = M_XML_TEXT_STRAY,
                                      .place = place_before(events, text, size, skipped),
                                      .field = xml_tell_path(events, NULL),
                                      .value = text_show(arena_of(events), text + skipped,
                                                         end - skipped, SHOWN_BYTES)});
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
    if (frame->scope != SCOPE_UNKNOWN && !frame->has_stray_text &&
        !xml_value_is_blank(text, (size_t)size)) {
        frame->has_stray_text = true;
        tell_stray_text(events, text, (size_t)size);
    }
}

/* ---- ends ---- */

static void
end_document(struct xml_events *events, bool is_known)
{
    xml_schema_finish(&events->schema);
    if (is_known) {
        xml_check_document(events);
    }
    if (events->schema.complaints > 0 &&
        xml_tell_error_count(events) == events->error_count_before) {
        /* The schema knows more than our tables: never take what it refuses. */
        xml_tell(events, (struct finding){.code = M_XML_VALUE,
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
        xml_value_end(events, frame);
    } else if (frame->element != NULL) {
        xml_tell_missing(events, frame);
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
    xml_tell_fatal(events, &(struct finding){.code = M_XML_DOCTYPE,
                                             .place = xml_trouble_place(events->parser)});
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
    xml_tell_fatal(events, &finding);
}

/* ---- the parser ---- */

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
        .place_of = xml_value_place,
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
        xml_tell_fatal(events, &finding);
    } else if (events->parser->wellFormed == 0 || events->parser->nsWellFormed == 0) {
        xml_tell_fatal(events, &(struct finding){
                                   .code = M_XML_NOT_WELL_FORMED,
                                   .place = xml_trouble_place(events->parser),
                                   .value = xml_trouble_excerpt(events->parser, arena_of(events))});
    } else if (xmlDictSize(events->parser->dict) > XML_NAMES_MAX) {
        xml_tell_fatal(events, &(struct finding){.code = M_XML_NAMES_MANY,
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
        xml_tell_fatal(events, &(struct finding){
                                   .code = M_XML_TRUNCATED,
                                   .place = xml_trouble_place(events->parser),
                                   .value = xml_trouble_excerpt(events->parser, arena_of(events))});
    } else if (!events->is_over && events->document_count == 0) {
        xml_tell_fatal(events, &(struct finding){
                                   .code = M_XML_NO_DOCUMENTS,
                                   .place = events->frames[0].place,
                                   .expected = xml_scopes[events->root->scope].elements[0].name});
    }
}
