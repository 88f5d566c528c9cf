/* Markup is recognised by its first characters only; whether it is well-formed is libxml2's
 * business.  Up to its first complaint both see the same tags, and after it nothing of the file
 * counts. */
#include "intake/xml_source.h"

#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Incomplete markup is kept at the front and one more block read behind it. */
enum { BUFFER_BYTES = XML_REMARK_BYTES_MAX + DECODER_BLOCK_BYTES, DECLARATION_BYTES = 1024 };

enum markup { MARKUP_START, MARKUP_EMPTY, MARKUP_END, MARKUP_REMARK, MARKUP_DECLARATION };

static void
add_fatal(struct xml_source *source, enum message code, struct place place, const char *value,
          const char *expected)
{
    const struct finding finding = {
        .code = code, .place = place, .value = value, .expected = expected};
    findings_add(source->reading->findings, &finding);
    source->is_refused = true;
}

/* The place of an offset in the buffer; columns count characters. */
static struct place
place_at(const struct xml_source *source, size_t offset)
{
    struct place place = source->place;
    for (size_t index = 0; index < offset; index++) {
        const unsigned char byte = (unsigned char)source->bytes[index];
        if (byte == '\n') {
            place.line++;
            place.column = 1;
        } else {
            place.column += (byte & 0xC0) != 0x80;
        }
    }
    return place;
}

static void
refuse_at(struct xml_source *source, enum message code, size_t offset, const char *expected)
{
    enum { SHOWN_BYTES = 60 };
    const size_t rest = source->size - offset;
    const char *value = text_show(&source->reading->arena, source->bytes + offset,
                                  rest < SHOWN_BYTES ? rest : SHOWN_BYTES, SHOWN_BYTES);
    add_fatal(source, code, place_at(source, offset), value, expected);
}

/* ---- the encoding ---- */

/* Encodings that anybody may send, and the decoder's name for them; "" is UTF-8. */
static const struct {
    const char *declared;
    const char *name;
} allowed_encodings[] = {
    {"UTF-8", ""},
    {"UTF8", ""},
    {"US-ASCII", ""},
    {"ASCII", ""},
    {"ISO-8859-1", "ISO-8859-1"},
    {"LATIN1", "ISO-8859-1"},
    {"ISO-8859-15", "ISO-8859-15"},
    {"WINDOWS-1252", "WINDOWS-1252"},
    {"CP1252", "WINDOWS-1252"},
};
#define ALLOWED_ENCODINGS "UTF-8, UTF-16, ISO-8859-1, ISO-8859-15, windows-1252"

/* GB18030 contains the older Chinese sets. */
static const char *const chinese_encodings[] = {"GB18030", "GBK", "GB2312", "CP936"};

static bool
is_chinese(const char *name)
{
    for (size_t index = 0; index < sizeof chinese_encodings / sizeof chinese_encodings[0];
         index++) {
        if (strcasecmp(name, chinese_encodings[index]) == 0) {
            return true;
        }
    }
    return false;
}

/* The decoder's name for a declared encoding, or NULL when this sender may not use it. */
static const char *
allowed_name(const char *declared, const char *agreed)
{
    for (size_t index = 0; index < sizeof allowed_encodings / sizeof allowed_encodings[0];
         index++) {
        if (strcasecmp(declared, allowed_encodings[index].declared) == 0) {
            return allowed_encodings[index].name;
        }
    }
    if (agreed[0] == '\0') {
        return NULL;
    }
    if (is_chinese(declared) && is_chinese(agreed)) {
        return "GB18030";
    }
    return strcasecmp(declared, agreed) == 0 ? agreed : NULL;
}

/* The value of encoding="..." in the XML declaration at the front, or "". */
static const char *
declared_encoding(const char *head, struct arena *arena)
{
    static const char before[] = "encoding";
    const char *end = strncmp(head, "<?xml", 5) == 0 ? strstr(head, "?>") : NULL;
    const char *at = end == NULL ? NULL : strstr(head, before);
    if (at == NULL || at > end) {
        return "";
    }
    at += strlen(before);
    at += strspn(at, " \t\r\n=");
    if (*at != '"' && *at != '\'') {
        return "";
    }
    const char *close = strchr(at + 1, *at);
    return close == NULL || close > end ? ""
                                        : arena_copy_bytes(arena, at + 1, (size_t)(close - at - 1));
}

struct mark {
    const char *bytes;
    size_t size;
    enum encoding encoding;
    const char *refused; /* the name of an encoding that is never allowed */
};

/* The first that fits counts, so the longer ones of UTF-32 stand before UTF-16. */
static const struct mark marks[] = {
    {"\x00\x00\xFE\xFF", 4, ENCODING_UTF8, "UTF-32"},
    {"\xFF\xFE\x00\x00", 4, ENCODING_UTF8, "UTF-32"},
    {"\x00\x00\x00<", 4, ENCODING_UTF8, "UTF-32"},
    {"<\x00\x00\x00", 4, ENCODING_UTF8, "UTF-32"},
    {"\x4C\x6F\xA7\x94", 4, ENCODING_UTF8, "EBCDIC"},
    {"\xEF\xBB\xBF", 3, ENCODING_UTF8, NULL},
    {"\xFE\xFF", 2, ENCODING_UTF16BE, NULL},
    {"\xFF\xFE", 2, ENCODING_UTF16LE, NULL},
    {"\x00<", 2, ENCODING_UTF16BE, NULL},
    {"<\x00", 2, ENCODING_UTF16LE, NULL},
};

static const struct mark *
find_mark(const char *head, size_t size)
{
    for (size_t index = 0; index < sizeof marks / sizeof marks[0]; index++) {
        if (size >= marks[index].size && memcmp(head, marks[index].bytes, marks[index].size) == 0) {
            return &marks[index];
        }
    }
    return NULL;
}

/* The encoding by its first bytes; false when they do not tell. */
static bool
decide_by_mark(struct xml_source *source, const char *head, size_t size, enum encoding *encoding)
{
    const struct mark *mark = find_mark(head, size);
    if (mark == NULL) {
        return false;
    }
    *encoding = mark->encoding;
    source->encoding = mark->encoding == ENCODING_UTF8 ? "UTF-8" : "UTF-16";
    if (mark->refused != NULL) {
        add_fatal(source, M_XML_ENCODING, source->place, mark->refused, ALLOWED_ENCODINGS);
    }
    return true;
}

/* By the XML declaration; without one it is UTF-8, or what is agreed with the sender when it is
 * not. */
static enum outcome
decide_by_declaration(struct xml_source *source, const char *head, enum encoding *encoding,
                      struct fault *why)
{
    struct reading *reading = source->reading;
    const char *agreed = reading->sender->encoding == NULL ? "" : reading->sender->encoding;
    const char *declared = declared_encoding(head, &reading->file_arena);
    if (declared[0] == '\0' && agreed[0] != '\0') {
        struct encoding_survey survey;
        TRY(encoding_survey(reading->descriptor, &survey, why));
        declared = survey.is_utf8 ? "UTF-8" : agreed;
    }
    const char *name = allowed_name(declared[0] == '\0' ? "UTF-8" : declared, agreed);
    if (name == NULL) {
        const char *shown = text_show(&reading->file_arena, declared, strlen(declared), 40);
        add_fatal(source, M_XML_ENCODING, source->place, shown, ALLOWED_ENCODINGS);
    } else {
        *encoding = name[0] == '\0' ? ENCODING_UTF8 : ENCODING_PARTNER;
        source->encoding = name[0] == '\0' ? "UTF-8" : name;
    }
    return DONE;
}

enum outcome
xml_source_open(struct xml_source *source, struct reading *reading, struct fault *why)
{
    char head[DECLARATION_BYTES + 1] = {0};
    memset(source, 0, sizeof *source);
    source->reading = reading;
    source->place = (struct place){.line = 1, .column = 1};
    const ssize_t got = pread(reading->descriptor, head, DECLARATION_BYTES, 0);
    if (got < 0) {
        return fail(why, "reading a file: %s", strerror(errno));
    }
    enum encoding encoding = ENCODING_UTF8;
    if (!decide_by_mark(source, head, (size_t)got, &encoding)) {
        TRY(decide_by_declaration(source, head, &encoding, why));
    }
    if (source->is_refused) {
        return DONE;
    }
    TRY(decoder_open(&source->decoder, reading->descriptor, encoding, source->encoding, why));
    if (head[0] == '<' || head[1] == '<') {
        source->decoder.offset = 0; /* UTF-16 without a byte order mark */
    }
    source->bytes = malloc(BUFFER_BYTES);
    assert(source->bytes != NULL);
    return DONE;
}

void
xml_source_close(struct xml_source *source)
{
    if (source->reading != NULL) {
        decoder_close(&source->decoder);
    }
    free(source->bytes);
    memset(source, 0, sizeof *source);
}

/* ---- the pieces ---- */

static size_t
length_until(const char *bytes, size_t size, size_t from, const char *end)
{
    const size_t end_size = strlen(end);
    const char *found = size > from ? memmem(bytes + from, size - from, end, end_size) : NULL;
    return found == NULL ? 0 : (size_t)(found - bytes) + end_size;
}

/* A start tag ends at the first '>' outside quotes. */
static size_t
start_tag_length(const char *bytes, size_t size, enum markup *markup)
{
    for (size_t at = 1; at < size; at++) {
        if (bytes[at] == '>') {
            *markup = bytes[at - 1] == '/' ? MARKUP_EMPTY : MARKUP_START;
            return at + 1;
        }
        if (bytes[at] == '"' || bytes[at] == '\'') {
            const char *close = memchr(bytes + at + 1, bytes[at], size - at - 1);
            if (close == NULL) {
                return 0;
            }
            at = (size_t)(close - bytes);
        }
    }
    return 0;
}

/* The length of the markup at the front of bytes ("<..."), or 0 when its end is not there; *markup
 * is right for incomplete markup as far as its first 9 bytes tell. */
static size_t
markup_length(const char *bytes, size_t size, enum markup *markup)
{
    static const char cdata[] = "<![CDATA[";
    *markup = MARKUP_START;
    if (size < 2) {
        return 0;
    }
    switch (bytes[1]) {
    case '/': *markup = MARKUP_END; return length_until(bytes, size, 2, ">");
    case '?': *markup = MARKUP_REMARK; return length_until(bytes, size, 2, "?>");
    case '!': break;
    default: return start_tag_length(bytes, size, markup);
    }
    *markup = MARKUP_REMARK;
    if (size < strlen(cdata) &&
        (strncmp(bytes, cdata, size) == 0 || strncmp(bytes, "<!--", size) == 0)) {
        return 0; /* it cannot be told yet */
    }
    if (strncmp(bytes, "<!--", 4) == 0) {
        return length_until(bytes, size, 4, "-->");
    }
    if (strncmp(bytes, cdata, strlen(cdata)) == 0) {
        return length_until(bytes, size, strlen(cdata), "]]>");
    }
    *markup = MARKUP_DECLARATION;
    return 0;
}

/* Move what is left to the front and decode another block behind it. */
static enum outcome
refill(struct xml_source *source, struct fault *why)
{
    source->place = place_at(source, source->at);
    memmove(source->bytes, source->bytes + source->at, source->size - source->at);
    source->size -= source->at;
    source->at = 0;
    assert(source->size + DECODER_BLOCK_BYTES <= BUFFER_BYTES);
    size_t got = 0;
    TRY(decoder_read(&source->decoder, source->bytes + source->size, &got, why));
    const char *nul = memchr(source->bytes + source->size, '\0', got);
    source->size += got;
    source->is_at_end = got == 0;
    if (nul != NULL) {
        refuse_at(source, M_XML_CHARACTER, (size_t)(nul - source->bytes), "");
    } else if (source->decoder.is_broken) {
        refuse_at(source, M_ENC_BROKEN, source->size, source->encoding);
    }
    return DONE;
}

static const char *const markup_limits[] = {
    [MARKUP_START] = "16384",  [MARKUP_EMPTY] = "16384",  [MARKUP_END] = "16384",
    [MARKUP_REMARK] = "65536", [MARKUP_DECLARATION] = "",
};

/* What was wrong with markup of which `length` bytes were looked at (complete or not)?  M_..., or
 * MESSAGE_COUNT. */
static enum message
judge_markup(enum markup markup, size_t length)
{
    if (markup == MARKUP_DECLARATION) {
        return M_XML_DOCTYPE;
    }
    const size_t most = markup == MARKUP_REMARK ? XML_REMARK_BYTES_MAX : XML_TAG_BYTES_MAX;
    return length > most ? M_XML_TAG_LONG : MESSAGE_COUNT;
}

/* Follow the depth over one markup; true when a piece must end behind it. */
static bool
count_depth(struct xml_source *source, enum markup markup)
{
    source->depth += markup == MARKUP_START;
    source->depth -= markup == MARKUP_END;
    if (!source->has_root && (markup == MARKUP_START || markup == MARKUP_EMPTY)) {
        source->has_root = true;
        return true;
    }
    source->ends_document = source->depth == 1 && (markup == MARKUP_END || markup == MARKUP_EMPTY);
    return source->ends_document;
}

/* How many bytes from `at` make a piece; 0 when more must be read first (or the file was refused).
 */
static size_t
piece_size(struct xml_source *source)
{
    size_t at = source->at;
    source->ends_document = false;
    while (at < source->size) {
        const char *open = memchr(source->bytes + at, '<', source->size - at);
        if (open == NULL) {
            return source->size - source->at;
        }
        at = (size_t)(open - source->bytes);
        enum markup markup;
        const size_t rest = source->size - at;
        const size_t length = markup_length(open, rest, &markup);
        const enum message wrong = judge_markup(markup, length == 0 ? rest : length);
        if (wrong != MESSAGE_COUNT) {
            refuse_at(source, wrong, at, markup_limits[markup]);
            return 0;
        }
        if (length == 0) {
            if (source->is_at_end && at == source->at) {
                refuse_at(source, M_XML_TRUNCATED, at, "");
            }
            return at - source->at;
        }
        if (markup == MARKUP_START && source->depth == XML_DEPTH_MAX) {
            refuse_at(source, M_XML_DEPTH, at, "32");
            return 0;
        }
        at += length;
        if (count_depth(source, markup)) {
            break;
        }
    }
    return at - source->at;
}

enum outcome
xml_source_next(struct xml_source *source, struct xml_piece *piece, struct fault *why)
{
    while (!source->is_refused) {
        const bool is_prolog = !source->has_root;
        const size_t found = piece_size(source);
        if (found > 0) {
            *piece = (struct xml_piece){.bytes = source->bytes + source->at,
                                        .size = found,
                                        .ends_document = source->ends_document};
            source->at += found;
            source->prolog_size += is_prolog ? found : 0;
            if (source->prolog_size > XML_PROLOG_BYTES_MAX) {
                refuse_at(source, M_XML_PROLOG, source->at, "65536");
                break;
            }
            return DONE;
        }
        if (source->is_refused || source->is_at_end) {
            break;
        }
        TRY(refill(source, why));
    }
    return NONE;
}
