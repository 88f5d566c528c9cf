#include "order/message.h"

#include <assert.h>
#include <string.h>

#define MESSAGE_AS_ENTRY(identifier, id, severity, en, zh, hint_en, hint_zh, action)               \
    [M_##identifier] = {id, severity, {en, zh}, {hint_en, hint_zh}, action},

static const struct message_entry entries[MESSAGE_COUNT] = {MESSAGES(MESSAGE_AS_ENTRY)};

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

enum message
message_find(const char *id)
{
    for (unsigned int index = 0; index < MESSAGE_COUNT; index++) {
        if (strcmp(entries[index].id, id) == 0) {
            return (enum message)index;
        }
    }
    return MESSAGE_COUNT;
}
