#include "order/finding.h"

#include "base/buf.h"
#include "base/fault.h"
#include "order/lifecycle.h"

#include <assert.h>
#include <string.h>

const char *const severity_names[SEVERITY_COUNT] = {"info", "warning", "error", "fatal"};

enum { FINDINGS_BYTES_MAX = 64 * 1024 * 1024 };

void
findings_init(struct findings *findings)
{
    memset(findings, 0, sizeof *findings);
    arena_init(&findings->arena, FINDINGS_BYTES_MAX);
    arena_init(&findings->scratch, FINDINGS_BYTES_MAX);
}

void
findings_close(struct findings *findings)
{
    arena_close(&findings->arena);
    arena_close(&findings->scratch);
    memset(findings, 0, sizeof *findings);
}

enum severity
finding_severity(enum message code)
{
    const int severity = name_index(message_entry(code)->severity, severity_names, SEVERITY_COUNT);
    assert(severity >= 0 && "only messages with a severity are findings");
    return (enum severity)severity;
}

static void
keep(struct findings *findings, const struct finding *finding)
{
    findings->items = arena_grow(&findings->arena, findings->items, sizeof *finding,
                                 findings->count, &findings->capacity);
    struct finding *kept = &findings->items[findings->count++];
    *kept = *finding;
    const char **texts[] = {&kept->order_number, &kept->order_line, &kept->field,
                            &kept->value,        &kept->expected,   &kept->hint};
    for (size_t index = 0; index < sizeof texts / sizeof texts[0]; index++) {
        *texts[index] = *texts[index] == NULL ? "" : arena_copy(&findings->arena, *texts[index]);
    }
}

void
findings_add(struct findings *findings, const struct finding *finding)
{
    const enum severity severity = finding_severity(finding->code);
    findings->counts[severity]++;
    if (findings->count == FINDINGS_KEPT_MAX && severity == SEVERITY_FATAL) {
        findings->count--; /* why nothing was taken must be in the answer */
    }
    if (findings->count < FINDINGS_KEPT_MAX) {
        keep(findings, finding);
    }
    arena_reset(&findings->scratch);
}

void
findings_clear(struct findings *findings)
{
    findings_close(findings);
    findings_init(findings);
}

void
findings_append(struct findings *findings, const struct findings *more)
{
    size_t kept[SEVERITY_COUNT] = {0};
    for (size_t index = 0; index < more->count; index++) {
        kept[finding_severity(more->items[index].code)]++;
        findings_add(findings, &more->items[index]);
    }
    for (int severity = 0; severity < SEVERITY_COUNT; severity++) {
        findings->counts[severity] += more->counts[severity] - kept[severity];
    }
}

bool
findings_has(const struct findings *findings, enum severity at_least)
{
    for (int severity = (int)at_least; severity < SEVERITY_COUNT; severity++) {
        if (findings->counts[severity] > 0) {
            return true;
        }
    }
    return false;
}

size_t
findings_total(const struct findings *findings)
{
    size_t total = 0;
    for (int severity = 0; severity < SEVERITY_COUNT; severity++) {
        total += findings->counts[severity];
    }
    return total;
}

/* A value as it stands, or as one of our words, or as the state of an order. */
static const char *
in_words(const char *value, const char *manner, enum language language)
{
    if (strncmp(manner, ":state}", 7) == 0) {
        return lifecycle_headline_text(value, language);
    }
    const char *word = strncmp(manner, ":word}", 6) == 0 ? message_word(value, language) : NULL;
    return word == NULL ? value : word;
}

/* The value for the placeholder that begins at `at` ("{value}...", "{expected:word}..."), and its
 * length; NULL when it is none. */
static const char *
placeholder(const struct finding *finding, const char *at, enum language language, size_t *length)
{
    const struct {
        const char *name;
        const char *value;
    } known[] = {{"{value", finding->value},        {"{expected", finding->expected},
                 {"{hint", finding->hint},          {"{field", finding->field},
                 {"{order", finding->order_number}, {"{line", finding->order_line}};
    for (size_t index = 0; index < sizeof known / sizeof known[0]; index++) {
        const size_t size = strlen(known[index].name);
        if (strncmp(at, known[index].name, size) == 0 && (at[size] == '}' || at[size] == ':')) {
            *length = size + strcspn(at + size, "}") + 1;
            const char *value = known[index].value;
            return value == NULL ? "" : in_words(value, at + size, language);
        }
    }
    return NULL;
}

static const char *
fill(const struct finding *finding, const char *pattern, enum language language,
     struct arena *arena)
{
    OWNED(buf) text;
    buf_init(&text, 64 * 1024);
    buf_text(&text, "");
    for (const char *at = pattern; *at != '\0';) {
        size_t length = 1;
        const char *value = *at == '{' ? placeholder(finding, at, language, &length) : NULL;
        if (value != NULL) {
            buf_text(&text, value);
            at += length;
        } else {
            buf_char(&text, *at++);
        }
    }
    return arena_copy(arena, text.bytes);
}

/* The end of the sentence that begins at `at`. */
static const char *
sentence_end(const char *at)
{
    for (; *at != '\0'; at++) {
        if (strncmp(at, ". ", 2) == 0) {
            return at + 2;
        }
        if (strncmp(at, "\xE3\x80\x82", 3) == 0) { /* the Chinese full stop */
            return at + 3;
        }
    }
    return at;
}

/* Has the sentence a placeholder for which there is no value? */
static bool
has_gap(const struct finding *finding, const char *at, const char *end)
{
    for (; at < end; at++) {
        size_t length = 1;
        const char *value = *at == '{' ? placeholder(finding, at, LANGUAGE_EN, &length) : NULL;
        if (value != NULL && *value == '\0') {
            return true;
        }
    }
    return false;
}

/* "The nearest one: {hint}" says nothing when there is none: such sentences of a hint are left out.
 */
static const char *
without_gaps(const struct finding *finding, const char *pattern, struct arena *arena)
{
    OWNED(buf) text;
    buf_init(&text, 64 * 1024);
    buf_text(&text, "");
    for (const char *at = pattern; *at != '\0';) {
        const char *end = sentence_end(at);
        if (!has_gap(finding, at, end)) {
            buf_add(&text, at, (size_t)(end - at));
        }
        at = end;
    }
    while (text.size > 0 && text.bytes[text.size - 1] == ' ') {
        text.size--;
    }
    return arena_copy_bytes(arena, text.bytes, text.size);
}

const char *
finding_text(const struct finding *finding, enum finding_text which, enum language language,
             struct arena *arena)
{
    const struct message_entry *entry = message_entry(finding->code);
    switch (which) {
    case FINDING_RULE: return fill(finding, entry->text[language], language, arena);
    case FINDING_HINT:
        return fill(finding, without_gaps(finding, entry->hint[language], arena), language, arena);
    case FINDING_ACTION: break;
    }
    return entry->action;
}
