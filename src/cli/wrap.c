#include "cli/wrap.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_ELSEWHERE = 120, WIDTH_MIN = 60 };

size_t
wrap_width(void)
{
    struct winsize size = {0};
    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0) {
        return WIDTH_ELSEWHERE;
    }
    return size.ws_col < WIDTH_MIN ? WIDTH_MIN : size.ws_col;
}

/* Bytes of the character that begins here. */
static size_t
character_size(const char *at)
{
    size_t size = 1;
    while (((unsigned char)at[size] & 0xC0) == 0x80) {
        size++;
    }
    return size;
}

static size_t
character_width(const char *at, size_t size)
{
    char one[8] = "";
    memcpy(one, at, size < sizeof one ? size : sizeof one - 1);
    return text_width(one);
}

/* Chinese marks that close what stands before them begin no line. */
static bool
closes(const char *at)
{
    static const char *const marks[] = {"；", "，", "。", "：", "、", "）"};
    for (size_t index = 0; index < sizeof marks / sizeof marks[0]; index++) {
        if (strncmp(at, marks[index], strlen(marks[index])) == 0) {
            return true;
        }
    }
    return false;
}

/* How many bytes the next line takes. */
static size_t
line_size(const char *text, size_t width)
{
    size_t used = 0;
    size_t best = 0; /* it may be broken here */
    size_t at = 0;
    while (text[at] != '\0' && text[at] != '\n') {
        const size_t size = character_size(text + at);
        const size_t wide = character_width(text + at, size);
        if (text[at] == ' ' || (wide == 2 && at > 0 && !closes(text + at))) {
            best = at;
        }
        if (used + wide > width) {
            return best > 0 ? best : at > 0 ? at : size;
        }
        used += wide;
        at += size;
    }
    return at;
}

const char **
wrap_lines(struct arena *arena, const char *text, size_t width, size_t *count)
{
    const char **lines = NULL;
    size_t capacity = 0;
    *count = 0;
    do {
        const size_t size = line_size(text, width);
        lines = arena_grow(arena, lines, sizeof *lines, *count, &capacity);
        lines[(*count)++] = arena_copy_bytes(arena, text, size);
        text += size;
        text += *text == '\n' || *text == ' ' ? 1 : 0;
    } while (*text != '\0');
    return lines;
}
