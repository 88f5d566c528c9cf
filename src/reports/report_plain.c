#include "reports/report_plain.h"

#include "base/fault.h"

#include <stdbool.h>
#include <string.h>

enum { TITLE_BYTES_MAX = 4096 };

/* What a tag of the page is in plain words; a line that is empty takes no other end. */
static const struct {
    const char *tag;
    const char *words;
} tags[] = {
    {"/h1>", "\r\n"},
    {"h2>", "\r\n"},
    {"h2 ", "\r\n"},
    {"/h2>", "\r\n"},
    {"/p>", "\r\n"},
    {"li>", "- "},
    {"li ", "- "},
    {"/li>", "\r\n"},
    {"/dt>", ": "},
    {"/div>", "\r\n"},
    {"/dl>", "\r\n"},
    {"/strong>", "\r\n"},
    {"dd class=\"delta\"", " ("},
    {"/header>", "\r\n"},
};

/* Here the figures begin that are no key figures. */
static const char *const ends[] = {
    "section aria-labelledby=\"words\"", "table", "figure", "h3", "details", "svg", "/main"};

static const struct {
    const char *entity;
    char sign;
} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};

static bool
begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool
is_end(const char *tag)
{
    bool found = false;
    for (size_t index = 0; index < sizeof ends / sizeof ends[0]; index++) {
        found |= begins(tag, ends[index]);
    }
    return found;
}

static bool
ends_line(const struct buf *buf)
{
    return buf->size == 0 || buf->bytes[buf->size - 1] == '\n';
}

/* Two line ends at most follow each other. */
static void
add_words(struct buf *buf, const char *words)
{
    const bool is_line = words[0] == '\r';
    const bool is_gap = buf->size >= 4 && memcmp(buf->bytes + buf->size - 4, "\r\n\r\n", 4) == 0;
    if (!is_line || (buf->size > 0 && !is_gap)) {
        buf_text(buf, words);
    }
}

/* The tag at `tag` (behind its bracket); where it ends. */
static const char *
take_tag(struct buf *buf, const char *tag, bool *has_note)
{
    for (size_t index = 0; index < sizeof tags / sizeof tags[0]; index++) {
        if (begins(tag, tags[index].tag)) {
            add_words(buf, tags[index].words);
            break;
        }
    }
    if (begins(tag, "/dd>") && *has_note) {
        buf_text(buf, ")");
    }
    *has_note = begins(tag, "dd class=\"delta\"");
    const char *end = strchr(tag, '>');
    return end == NULL ? tag + strlen(tag) : end + 1;
}

/* One character; line breaks of the markup are none. */
static const char *
take_sign(struct buf *buf, const char *at)
{
    for (size_t index = 0; index < sizeof entities / sizeof entities[0]; index++) {
        if (begins(at, entities[index].entity)) {
            buf_char(buf, entities[index].sign);
            return at + strlen(entities[index].entity);
        }
    }
    if (*at == '\n' || *at == '\r') {
        if (!ends_line(buf)) {
            buf_char(buf, ' ');
        }
    } else {
        buf_char(buf, *at);
    }
    return at + 1;
}

void
report_plain(struct buf *buf, const char *html)
{
    const char *at = strstr(html, "<h1");
    bool has_note = false;
    bool is_heading = false; /* within one */
    size_t heading = 0;      /* where one begins that nothing follows yet */
    buf_text(buf, "");
    while (at != NULL && *at != '\0' && !(*at == '<' && is_end(at + 1))) {
        if (*at == '<') {
            heading = begins(at, "<h2") ? buf->size : heading;
            is_heading = begins(at, "<h2") || (is_heading && !begins(at, "</h2>"));
            at = take_tag(buf, at + 1, &has_note);
        } else {
            heading = is_heading || *at == '\n' ? heading : 0;
            at = take_sign(buf, at);
        }
    }
    if (heading != 0) {
        buf->size = heading;
        buf->bytes[heading] = '\0';
    }
}

const char *
report_plain_title(struct arena *arena, const char *html)
{
    OWNED(buf) title;
    bool has_note = false;
    const char *at = strstr(html, "<h1");
    buf_init(&title, TITLE_BYTES_MAX);
    buf_text(&title, "");
    at = at == NULL ? "</h1>" : take_tag(&title, at + 1, &has_note);
    while (*at != '\0' && !begins(at, "</h1>") && title.size < TITLE_BYTES_MAX / 2) {
        at = *at == '<' ? take_tag(&title, at + 1, &has_note) : take_sign(&title, at);
    }
    return arena_copy(arena, title.bytes);
}
