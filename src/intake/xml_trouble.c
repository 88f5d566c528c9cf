#include "intake/xml_trouble.h"

#include "base/text.h"

#include <string.h>

/* Which of our codes tells it best; whatever is not here is simply not well-formed. */
static const struct {
    int error;
    enum message code;
} known_errors[] = {
    {XML_ERR_TAG_NAME_MISMATCH, M_XML_TAG_MISMATCH},
    {XML_ERR_INVALID_CHAR, M_XML_CHARACTER},
    {XML_ERR_INVALID_CHARREF, M_XML_CHARACTER},
    {XML_ERR_INVALID_HEX_CHARREF, M_XML_CHARACTER},
    {XML_ERR_INVALID_DEC_CHARREF, M_XML_CHARACTER},
    {XML_ERR_INVALID_ENCODING, M_ENC_BROKEN},
    {XML_ERR_UNDECLARED_ENTITY, M_XML_ENTITY},
    {XML_WAR_UNDECLARED_ENTITY, M_XML_ENTITY},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, M_XML_AMPERSAND},
    {XML_ERR_ENTITYREF_NO_NAME, M_XML_AMPERSAND},
    {XML_ERR_NAME_REQUIRED, M_XML_AMPERSAND},
    {XML_ERR_LT_IN_ATTRIBUTE, M_XML_LESS_THAN},
    {XML_ERR_ATTRIBUTE_REDEFINED, M_XML_ATTRIBUTE_TWICE},
    {XML_NS_ERR_ATTRIBUTE_REDEFINED, M_XML_ATTRIBUTE_TWICE},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, M_XML_PREFIX},
    {XML_NS_ERR_XML_NAMESPACE, M_XML_PREFIX},
    {XML_NS_ERR_QNAME, M_XML_PREFIX},
};

struct place
xml_trouble_place(xmlParserCtxtPtr parser)
{
    if (parser->input == NULL) {
        return (struct place){.line = 0};
    }
    return (struct place){.line = parser->input->line, .column = parser->input->col};
}

struct place
xml_trouble_tag_place(xmlParserCtxtPtr parser)
{
    const xmlParserInput *input = parser->input;
    if (input == NULL || input->cur == NULL) {
        return (struct place){.line = 0};
    }
    const xmlChar *at = input->cur;
    struct place place = {.line = input->line, .column = input->col};
    bool is_on_this_line = true;
    while (at > input->base && *at != '<') {
        at--;
        place.column -= is_on_this_line && (*at & 0xC0) != 0x80;
        if (*at == '\n') {
            is_on_this_line = false;
            place.line--;
        }
    }
    if (!is_on_this_line) {
        place.column = 1;
        while (at > input->base && at[-1] != '\n') {
            at--;
            place.column += (*at & 0xC0) != 0x80;
        }
    }
    return place;
}

const char *
xml_trouble_excerpt(xmlParserCtxtPtr parser, struct arena *arena)
{
    enum { BEFORE = 30, AFTER = 30 };
    const xmlParserInput *input = parser->input;
    if (input == NULL || input->cur == NULL || input->base == NULL) {
        return "";
    }
    const xmlChar *from = input->cur;
    while (from > input->base && input->cur - from < BEFORE && from[-1] != '\n') {
        from--;
    }
    while (from < input->cur && (*from & 0xC0) == 0x80) {
        from++; /* not in the middle of a character */
    }
    const xmlChar *to = input->cur;
    while (to < input->end && to - input->cur < AFTER && *to != '\n') {
        to++;
    }
    while (from < input->cur && (*from == ' ' || *from == '\t')) {
        from++;
    }
    return text_show(arena, (const char *)from, (size_t)(to - from), BEFORE + AFTER + 20);
}

static enum message
code_of(const xmlError *error)
{
    for (size_t index = 0; index < sizeof known_errors / sizeof known_errors[0]; index++) {
        if (known_errors[index].error == error->code) {
            return known_errors[index].code;
        }
    }
    return M_XML_NOT_WELL_FORMED;
}

/* A bare & and a bad name elsewhere have the same number. */
bool
xml_trouble_is_at_ampersand(xmlParserCtxtPtr parser)
{
    const xmlParserInput *input = parser->input;
    return input != NULL && input->cur != NULL && input->cur > input->base &&
           (input->cur[-1] == '&' || *input->cur == '&');
}

/* Bytes that are not UTF-8 have the same number as characters that XML forbids. */
static bool
is_at_wrong_bytes(xmlParserCtxtPtr parser)
{
    enum { SEQUENCE_BYTES = 4 };
    const xmlParserInput *input = parser->input;
    if (input == NULL || input->cur == NULL || input->cur >= input->end) {
        return false;
    }
    const size_t rest = (size_t)(input->end - input->cur);
    size_t bad_at = 0;
    return !text_is_utf8((const char *)input->cur, rest < SEQUENCE_BYTES ? rest : SEQUENCE_BYTES,
                         &bad_at) &&
           bad_at == 0;
}

void
xml_trouble_describe(struct finding *finding, xmlParserCtxtPtr parser, const xmlError *error,
                     bool is_cut_off, struct arena *arena)
{
    enum { SHOWN = 60 };
    *finding = (struct finding){.code = code_of(error), .place = xml_trouble_place(parser)};
    const bool is_at_ampersand = xml_trouble_is_at_ampersand(parser);
    if (finding->code == M_XML_ATTRIBUTE_TWICE || finding->code == M_XML_PREFIX) {
        finding->place = xml_trouble_tag_place(parser);
    }
    if (is_cut_off && !(is_at_ampersand && finding->code == M_XML_AMPERSAND)) {
        finding->code = M_XML_TRUNCATED;
    } else if (error->code == XML_ERR_NAME_REQUIRED && !is_at_ampersand) {
        finding->code = M_XML_NOT_WELL_FORMED;
    } else if (finding->code == M_XML_NOT_WELL_FORMED && is_at_ampersand) {
        finding->code = M_XML_AMPERSAND; /* waiting for a ; became too much for the parser */
    } else if (finding->code == M_XML_CHARACTER && is_at_wrong_bytes(parser)) {
        finding->code = M_ENC_BROKEN;
    }
    finding->value = xml_trouble_excerpt(parser, arena);
    if (finding->code == M_ENC_BROKEN) {
        finding->expected = "UTF-8";
    }
    const char *first = error->str1 == NULL ? "" : error->str1;
    if (finding->code == M_XML_TAG_MISMATCH) {
        const char *second = error->str2 == NULL ? "" : error->str2;
        finding->value = text_show(arena, second, strlen(second), SHOWN);
        finding->expected = text_show(arena, first, strlen(first), SHOWN);
    } else if (finding->code == M_XML_ENTITY || finding->code == M_XML_ATTRIBUTE_TWICE ||
               finding->code == M_XML_PREFIX) {
        finding->value = text_show(arena, first, strlen(first), SHOWN);
    }
}
