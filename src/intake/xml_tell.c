#include "intake/xml_tell.h"

#include "base/text.h"

#include <string.h>

enum { SHOWN_BYTES = 80 };

static struct arena *
arena_of(struct xml_events *events)
{
    return &events->reading->arena;
}

size_t
xml_tell_error_count(const struct xml_events *events)
{
    const struct findings *findings = events->reading->findings;
    return findings->counts[SEVERITY_ERROR] + findings->counts[SEVERITY_FATAL];
}

const char *
xml_tell_shown(struct xml_events *events, const char *text)
{
    return text_show(arena_of(events), text, strlen(text), SHOWN_BYTES);
}

/* The numbers of the order and line that are being read. */
const char *
xml_tell_order_number(const struct xml_events *events)
{
    const struct document *document = events->document;
    if (document == NULL || events->depth == 0 || events->is_complete) {
        return "";
    }
    switch (document->kind) {
    case DOCUMENT_ORDER: return document->order.number;
    case DOCUMENT_SHIPMENT: return document->shipment.order_number;
    case DOCUMENT_DECISION: return document->decision.order_number;
    case DOCUMENT_PAYMENT: return document->payment.order_number;
    case DOCUMENT_RELEASE_STATUS: return document->release_status.order_number;
    default: return document_head(document).order_number;
    }
}

const char *
xml_tell_line_number(const struct xml_events *events)
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
        const char *number = xml_request_line_number(frame->scope, frame->target);
        if (number != NULL) {
            return number;
        }
    }
    return "";
}

/* Add a finding; texts that are NULL are left out, and so is what its place in an order says. */
void
xml_tell(struct xml_events *events, struct finding finding)
{
    finding.order_number = xml_tell_order_number(events);
    finding.order_line = xml_tell_line_number(events);
    findings_add(events->reading->findings, &finding);
}

/* The file is hopeless: nothing behind this place is looked at. */
void
xml_tell_fatal(struct xml_events *events, const struct finding *finding)
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
const char *
xml_tell_path(struct xml_events *events, const char *child)
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

/* The nearest name that may stand here, for a hint; all of them as what was expected. */
void
xml_tell_unknown(struct xml_events *events, const struct xml_frame *parent, const xmlChar *name,
                 const xmlChar *namespace, struct place place)
{
    const struct xml_scope_table *table = &xml_scopes[parent->scope];
    const char *text = (const char *)name;
    const char *uri = namespace == NULL ? "" : (const char *)namespace;
    struct finding finding = {.code = M_XML_ELEMENT_UNKNOWN,
                              .place = place,
                              .field = xml_tell_path(events, NULL),
                              .value = xml_tell_shown(events, text)};
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
        finding.value = xml_tell_shown(events, uri);
        finding.expected = events->root->namespace;
        finding.hint = NULL;
    }
    xml_tell(events, finding);
}

void
xml_tell_missing(struct xml_events *events, const struct xml_frame *frame)
{
    const struct xml_scope_table *table = &xml_scopes[frame->scope];
    for (size_t index = 0; index < table->count; index++) {
        if (table->elements[index].is_required && (frame->seen & (1U << index)) == 0) {
            events->depth++; /* inside the element that lacks it */
            xml_tell(events,
                     (struct finding){.code = M_FLD_REQUIRED,
                                      .place = frame->place,
                                      .field = xml_tell_path(events, table->elements[index].name),
                                      .expected = table->elements[index].expected});
            events->depth--;
        }
    }
}
