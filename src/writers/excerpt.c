#include "writers/excerpt.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MARK_SIZE = 3,
    READ_SIZE = 256 * 1024,
    LINE_KEPT_MAX = 8 * 1024, /* of a line, from its begin (CSV) */
    BEFORE_MAX = 72,          /* bytes shown before a mark, after it, and of it */
    AFTER_MAX = 24,
    MARK_MAX = 160,
    XML_KEPT_MAX = 4 * BEFORE_MAX + MARK_MAX, /* the characters before a mark may have four bytes */
    HEADER_READ_MAX = 4096, /* of a CSV file, for the line that shows its separator */
};

/* A line that some finding is about, as far as it is kept. */
struct wanted {
    int64_t line;
    size_t finding;
    char *bytes;
    int64_t from; /* characters of the line before the first byte kept */
    size_t size;
    bool is_cut; /* the line goes on */
};

static int
compare_wanted(const void *one, const void *other)
{
    const struct wanted *left = one;
    const struct wanted *right = other;
    return left->line != right->line ? (left->line > right->line) - (left->line < right->line)
                                     : (left->from > right->from) - (left->from < right->from);
}

static struct wanted *
list_wanted(bool is_xml, const struct findings *findings, struct arena *arena, size_t *count)
{
    struct wanted *wanted = arena_array(arena, struct wanted, findings->count + 1);
    *count = 0;
    for (size_t index = 0; index < findings->count; index++) {
        const struct place *place = &findings->items[index].place;
        if (place->line > 0) {
            const int64_t from =
                is_xml && place->column > BEFORE_MAX ? place->column - BEFORE_MAX : 0;
            wanted[(*count)++] =
                (struct wanted){.line = place->line, .finding = index, .from = from};
        }
    }
    qsort(wanted, *count, sizeof *wanted, compare_wanted);
    return wanted;
}

/* Where the pass over the file is. */
struct pass {
    struct wanted *wanted;
    size_t count;
    size_t at; /* the first that is not behind us */
    int64_t line;
    int64_t characters; /* of the line that are behind us */
    size_t kept_max;
    struct arena *arena;
};

static bool
begins_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* How many bytes the first `count` characters take; `size` when there are not so many. */
static size_t
characters_size(const char *bytes, size_t size, int64_t count)
{
    size_t at = 0;
    while (at < size && (count > 0 || !begins_character(bytes[at]))) {
        count -= begins_character(bytes[at]);
        at++;
    }
    return at;
}

static void
keep_bytes(struct pass *pass, struct wanted *wanted, const char *bytes, size_t size)
{
    if (wanted->bytes == NULL) {
        wanted->bytes = arena_alloc(pass->arena, pass->kept_max + 1);
    }
    const size_t room = pass->kept_max - wanted->size;
    const size_t taken = size < room ? size : room;
    memcpy(wanted->bytes + wanted->size, bytes, taken);
    wanted->size += taken;
    wanted->is_cut = wanted->is_cut || taken < size;
}

/* Some bytes of the current line, for everyone who wants it.  Those who do are sorted by where they
 * begin, so one walk over the characters serves all. */
static void
keep(struct pass *pass, const char *bytes, size_t size)
{
    size_t at = 0;
    int64_t characters = pass->characters;
    for (size_t index = pass->at; index < pass->count; index++) {
        struct wanted *wanted = &pass->wanted[index];
        if (wanted->line != pass->line) {
            break;
        }
        if (wanted->bytes != NULL) {
            keep_bytes(pass, wanted, bytes, size);
            continue;
        }
        if (wanted->from > characters) {
            at += characters_size(bytes + at, size - at, wanted->from - characters);
            characters = wanted->from;
        }
        if (at == size) {
            break;
        }
        keep_bytes(pass, wanted, bytes + at, size - at);
    }
    for (size_t index = 0; index < size; index++) {
        pass->characters += begins_character(bytes[index]);
    }
}

static void
pass_over(struct pass *pass, const char *bytes, size_t size)
{
    while (size > 0 && pass->at < pass->count) {
        const char *end = memchr(bytes, '\n', size);
        const size_t length = end == NULL ? size : (size_t)(end - bytes);
        if (pass->wanted[pass->at].line == pass->line) {
            keep(pass, bytes, length);
        }
        if (end == NULL) {
            return;
        }
        while (pass->at < pass->count && pass->wanted[pass->at].line == pass->line) {
            pass->at++;
        }
        pass->line++;
        pass->characters = 0;
        bytes += length + 1;
        size -= length + 1;
    }
}

/* The byte order mark of UTF-8 is no character of the first line. */
static bool
has_mark(int descriptor)
{
    char head[MARK_SIZE];
    return pread(descriptor, head, MARK_SIZE, 0) == MARK_SIZE &&
           memcmp(head, "\xEF\xBB\xBF", MARK_SIZE) == 0;
}

static enum outcome
read_wanted(int descriptor, struct pass *pass, struct fault *why)
{
    char *bytes = arena_alloc(pass->arena, READ_SIZE);
    off_t at = has_mark(descriptor) ? MARK_SIZE : 0;
    while (pass->at < pass->count) {
        const ssize_t got = pread(descriptor, bytes, READ_SIZE, at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(why, "cannot read the file again: %s", strerror(errno));
        }
        if (got == 0) {
            break;
        }
        pass_over(pass, bytes, (size_t)got);
        at += got;
    }
    return DONE;
}

/* The field separator of a row, by what stands there most outside of quotes. */
static char
separator_of(const char *bytes, size_t size)
{
    static const char candidates[] = ",;\t|";
    size_t counts[sizeof candidates - 1] = {0};
    bool is_quoted = false;
    for (size_t at = 0; at < size; at++) {
        is_quoted = is_quoted != (bytes[at] == '"');
        const char *found =
            is_quoted ? NULL : memchr(candidates, bytes[at], sizeof counts / sizeof counts[0]);
        if (found != NULL) {
            counts[found - candidates]++;
        }
    }
    size_t most = 0;
    for (size_t index = 1; index < sizeof counts / sizeof counts[0]; index++) {
        most = counts[index] > counts[most] ? index : most;
    }
    return candidates[most];
}

/* By the first line that is not empty, the header: in a row, marks inside of texts may be more. */
static char
separator_of_file(int descriptor)
{
    char head[HEADER_READ_MAX + 1];
    const ssize_t got = pread(descriptor, head, HEADER_READ_MAX, 0);
    head[got < 0 ? 0 : got] = '\0';
    const char *line = head + strspn(head, "\r\n");
    return separator_of(line, strcspn(line, "\r\n"));
}

/* The bytes of the CSV field with this number. */
static void
mark_field(const struct wanted *wanted, char separator, int64_t field, size_t *begin, size_t *end)
{
    bool is_quoted = false;
    int64_t number = 1;
    *begin = 0;
    for (*end = 0; *end < wanted->size; (*end)++) {
        const char one = wanted->bytes[*end];
        is_quoted = is_quoted != (one == '"');
        if (one != separator || is_quoted) {
            continue;
        }
        if (number == field) {
            return;
        }
        number++;
        *begin = *end + 1;
    }
    if (number != field) {
        *begin = *end = 0;
    }
}

/* The element that begins at the column: its tag and, when that is short, its text and end tag; or
 * else the one character there. */
static void
mark_element(const struct wanted *wanted, int64_t column, size_t *begin, size_t *end)
{
    const size_t at = characters_size(wanted->bytes, wanted->size, column - 1 - wanted->from);
    *begin = *end = 0;
    if (at == wanted->size) {
        return;
    }
    const char *const last = wanted->bytes + wanted->size;
    const char *const start = wanted->bytes + at;
    *begin = at;
    *end = at + characters_size(start, wanted->size - at, 1);
    const char *tag = *start == '<' ? memchr(start, '>', (size_t)(last - start)) : NULL;
    if (tag == NULL) {
        return;
    }
    *end = (size_t)(tag + 1 - wanted->bytes);
    const char *next = memchr(tag, '<', (size_t)(last - tag));
    if (next != NULL && next + 1 < last && next[1] == '/' && tag[-1] != '/') {
        const char *close = memchr(next, '>', (size_t)(last - next));
        *end = (size_t)((close == NULL ? next : close + 1) - wanted->bytes);
    }
}

/* The end of a mark that is not too long, and not in the middle of a character. */
static size_t
mark_cut(const struct wanted *wanted, size_t begin, size_t end)
{
    if (end - begin <= MARK_MAX) {
        return end;
    }
    end = begin + MARK_MAX;
    while (end > begin && !begins_character(wanted->bytes[end])) {
        end--;
    }
    return end;
}

static char *
shown_part(const char *bytes, size_t from, size_t to, struct arena *arena)
{
    return text_show(arena, bytes + from, to - from, 4 * (to - from));
}

/* Cut the line to a window around the mark and show it; nothing when it is not UTF-8. */
static void
show(const struct wanted *wanted, size_t begin, size_t end, struct arena *arena,
     struct excerpt *excerpt)
{
    const char *bytes = wanted->bytes;
    size_t from = begin > BEFORE_MAX ? begin - BEFORE_MAX : 0;
    while (from < begin && !begins_character(bytes[from])) {
        from++; /* not in the middle of a character */
    }
    const size_t most = end + AFTER_MAX + (end == begin ? BEFORE_MAX : 0);
    size_t to = most < wanted->size ? most : wanted->size;
    size_t bad_at = 0;
    if (!text_is_utf8(bytes + from, to - from, &bad_at)) {
        if (from + bad_at + 4 <= to || (to == wanted->size && !wanted->is_cut)) {
            return;
        }
        to = from + bad_at; /* the window ends in the middle of a character */
    }
    to -= to > from && bytes[to - 1] == '\r';
    end = end < to ? end : to;
    begin = begin < end ? begin : end;
    if (memchr(bytes + from, '\0', to - from) != NULL) {
        return; /* UTF-16 */
    }
    const char *before = shown_part(bytes, from, begin, arena);
    const char *mark = shown_part(bytes, begin, end, arena);
    const char *cut_before = from > 0 || wanted->from > 0 ? "…" : "";
    *excerpt = (struct excerpt){
        .text = arena_format(arena, "%s%s%s%s%s", cut_before, before, mark,
                             shown_part(bytes, end, to, arena),
                             wanted->is_cut || to + 1 < wanted->size ? "…" : ""),
        .mark_begin = strlen(cut_before) + strlen(before),
        .mark_end = strlen(cut_before) + strlen(before) + strlen(mark),
    };
}

enum outcome
excerpt_read_all(int descriptor, bool is_xml, const struct findings *findings, struct arena *arena,
                 struct excerpt **excerpts, struct fault *why)
{
    struct excerpt *made = arena_array(arena, struct excerpt, findings->count + 1);
    for (size_t index = 0; index < findings->count; index++) {
        made[index].text = "";
    }
    struct pass pass = {
        .line = 1, .kept_max = is_xml ? XML_KEPT_MAX : LINE_KEPT_MAX, .arena = arena};
    const char separator = is_xml ? '\0' : separator_of_file(descriptor);
    pass.wanted = list_wanted(is_xml, findings, arena, &pass.count);
    TRY(read_wanted(descriptor, &pass, why));
    for (size_t index = 0; index < pass.count; index++) {
        const struct wanted *wanted = &pass.wanted[index];
        const struct place *place = &findings->items[wanted->finding].place;
        size_t begin = 0;
        size_t end = 0;
        if (wanted->bytes == NULL) {
            continue;
        }
        if (place->column > 0 && is_xml) {
            mark_element(wanted, place->column, &begin, &end);
        } else if (place->column > 0) {
            mark_field(wanted, separator, place->column, &begin, &end);
        }
        show(wanted, begin, mark_cut(wanted, begin, end), arena, &made[wanted->finding]);
    }
    *excerpts = made;
    return DONE;
}
