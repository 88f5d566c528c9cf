#include "intake/xml_schema.h"

#include "config/embedded.h"

#include <limits.h>
#include <string.h>

/* Counts only: what a partner reads is said by our own tables. */
static void
on_complaint(void *context, xmlErrorPtr error)
{
    struct xml_schema *schema = context;
    schema->complaints++;
    schema->last_code = error->code;
}

static void
ignore(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

static xmlSchemaPtr
parse_schema(const char *name)
{
    const struct embedded *file = embedded_find(name);
    xmlSchemaParserCtxtPtr parser =
        xmlSchemaNewMemParserCtxt((const char *)file->bytes, (int)file->size);
    if (parser == NULL) {
        return NULL;
    }
    xmlSchemaSetParserStructuredErrors(parser, ignore, NULL);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

enum outcome
xml_schema_open(struct xml_schema *schema, const struct xml_root *root, xmlDictPtr names,
                struct fault *why)
{
    memset(schema, 0, sizeof *schema);
    schema->schema = parse_schema(root->schema);
    schema->judge = schema->schema == NULL ? NULL : xmlSchemaNewValidCtxt(schema->schema);
    if (schema->judge == NULL) {
        return fail(why, "the schema %s could not be loaded", root->schema);
    }
    xmlSchemaSetValidStructuredErrors(schema->judge, on_complaint, schema);
    schema->plug = xmlSchemaSAXPlug(schema->judge, &schema->events, &schema->judge_data);
    if (schema->plug == NULL) {
        return fail(why, "the schema %s could not be set to work", root->schema);
    }
    schema->root_name = xmlDictLookup(names, (const xmlChar *)root->name, -1);
    schema->root_namespace = xmlDictLookup(names, (const xmlChar *)root->namespace, -1);
    return DONE;
}

void
xml_schema_close(struct xml_schema *schema)
{
    if (schema->plug != NULL) {
        xmlSchemaSAXUnplug(schema->plug);
    }
    if (schema->judge != NULL) {
        xmlSchemaFreeValidCtxt(schema->judge);
    }
    if (schema->schema != NULL) {
        xmlSchemaFree(schema->schema);
    }
    memset(schema, 0, sizeof *schema);
}

void
xml_schema_start(struct xml_schema *schema, const xmlChar *name, int attribute_count,
                 const xmlChar **attributes)
{
    schema->events->startElementNs(schema->judge_data, name, NULL, schema->root_namespace, 0, NULL,
                                   attribute_count, 0, attributes);
}

void
xml_schema_text(struct xml_schema *schema, const char *text, size_t size)
{
    if (size > 0 && size <= INT_MAX) {
        schema->events->characters(schema->judge_data, (const xmlChar *)text, (int)size);
    }
}

void
xml_schema_end(struct xml_schema *schema, const xmlChar *name)
{
    schema->events->endElementNs(schema->judge_data, name, NULL, schema->root_namespace);
}

void
xml_schema_begin(struct xml_schema *schema)
{
    schema->complaints = 0;
    schema->last_code = 0;
    xml_schema_start(schema, schema->root_name, 0, NULL);
}

void
xml_schema_finish(struct xml_schema *schema)
{
    xml_schema_end(schema, schema->root_name);
}
