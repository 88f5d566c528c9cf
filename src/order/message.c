#include "order/message.h"

/* MESSAGES(X): X(identifier, "ID", "severity", "en", "zh", "hint_en", "hint_zh", "action")
 * MESSAGES_BY_ID(X): X(identifier), sorted by ID */
#include "messages.gen.h"

#include <assert.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE_AS_ENTRY(identifier, id, severity, en, zh, hint_en, hint_zh, action)               \
    [M_##identifier] = {id, severity, {en, zh}, {hint_en, hint_zh}, action},

static const struct message_entry entries[MESSAGE_COUNT] = {MESSAGES(MESSAGE_AS_ENTRY)};

#define MESSAGE_AS_NUMBER(identifier) M_##identifier,

static const unsigned short by_id[MESSAGE_COUNT] = {MESSAGES_BY_ID(MESSAGE_AS_NUMBER)};

const char *const language_names[LANGUAGE_COUNT] = {"en", "zh"};

const struct message_entry *
message_entry(enum message message)
{
    assert(message < MESSAGE_COUNT);
    return &entries[message];
}

const char *
message_text(enum message message, enum language language)
{
    return message_entry(message)->text[language];
}

const char *
message_fill(enum message message, enum language language, const char *const *values,
             struct arena *arena)
{
    size_t count = 0;
    size_t size = 1;
    const char *text = message_text(message, language);
    for (; values[count] != NULL; count++) {
        size += strlen(values[count]);
    }
    enum { TIMES_MAX = 2 }; /* that a text says one value */
    char *filled = arena_array(arena, char, strlen(text) + TIMES_MAX * size);
    char *end = filled;
    for (const char *at = text; *at != '\0'; at++) {
        const bool is_mark = at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}';
        if (is_mark && (size_t)(at[1] - '1') < count) {
            end = stpcpy(end, values[at[1] - '1']);
            at += 2;
        } else {
            *end++ = *at;
        }
    }
    *end = '\0';
    return filled;
}

enum message
message_find(const char *id)
{
    size_t first = 0;
    size_t end = MESSAGE_COUNT;
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        const int order = strcmp(id, entries[by_id[middle]].id);
        if (order == 0) {
            return (enum message)by_id[middle];
        }
        first = order > 0 ? middle + 1 : first;
        end = order > 0 ? end : middle;
    }
    return MESSAGE_COUNT;
}

const char *
message_word(const char *word, enum language language)
{
    enum { ID_SIZE = 64 };
    char id[ID_SIZE];
    const int length = snprintf(id, sizeof id, "WORD-%s", word);
    if (length >= ID_SIZE) {
        return NULL;
    }
    for (char *at = id; *at != '\0'; at++) {
        *at = (char)toupper((unsigned char)*at);
    }
    const enum message message = message_find(id);
    return message == MESSAGE_COUNT ? NULL : message_text(message, language);
}
