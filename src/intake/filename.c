#include "intake/filename.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static bool
is_path(const char *name, size_t size)
{
    return memchr(name, '/', size) != NULL || memchr(name, '\\', size) != NULL || size == 0 ||
           (size == 1 && name[0] == '.') || (size == 2 && memcmp(name, "..", 2) == 0);
}

static bool
has_control(const char *name, size_t size)
{
    for (size_t index = 0; index < size; index++) {
        const unsigned char byte = (unsigned char)name[index];
        const bool is_c1 =
            byte == 0xC2 && index + 1 < size && (unsigned char)name[index + 1] < 0xA0;
        if (byte < 0x20 || byte == 0x7F || is_c1) {
            return true;
        }
    }
    return false;
}

void
filename_judge(const char *name, size_t size, struct findings *findings)
{
    const bool is_bad_path = is_path(name, size);
    const bool is_utf8 = text_is_utf8(name, size, NULL);
    const char last = size == 0 ? 'x' : name[size - 1];
    const struct {
        enum message code;
        bool applies;
    } judgements[] = {
        {M_NAME_PATH, is_bad_path},
        {M_NAME_CONTROL, is_utf8 && has_control(name, size)},
        {M_NAME_NOT_UTF8, !is_utf8},
        {M_NAME_LEADING, !is_bad_path && strchr(".-~", name[0]) != NULL && name[0] != '\0'},
        {M_NAME_TRAILING, !is_bad_path && (last == ' ' || last == '.')},
        {M_NAME_LONG, size > FILENAME_BYTES_MAX},
    };
    const char *shown = size == 0 ? "\"\"" : text_show(&findings->arena, name, size, 80);
    for (size_t index = 0; index < sizeof judgements / sizeof judgements[0]; index++) {
        if (judgements[index].applies) {
            findings_add(findings, &(struct finding){.code = judgements[index].code,
                                                     .value = shown,
                                                     .expected = "200"});
        }
    }
}
