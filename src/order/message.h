/* message.h -- every text for people, in English and Chinese, from the CSV files of
 * schemas/messages/.
 *
 * Each file of the catalogue has the columns
 *     id,severity,en,zh,hint_en,hint_zh,action
 * An id is the code that people see ("CSV-QUOTE-001"); in C it is M_CSV_QUOTE_001.  Plain texts
 * leave severity, hints and action empty.  Ids are never used again for something else.
 */
#ifndef PURSER_MESSAGE_H
#define PURSER_MESSAGE_H

#include "base/arena.h"

enum language { LANGUAGE_EN, LANGUAGE_ZH, LANGUAGE_COUNT };
extern const char *const language_names[LANGUAGE_COUNT]; /* "en", "zh" */

enum message {
#include "message_names.gen.h"
    MESSAGE_COUNT
};

struct message_entry {
    const char *id;
    const char *severity;
    const char *text[LANGUAGE_COUNT];
    const char *hint[LANGUAGE_COUNT];
    const char *action; /* fix-and-resend, contact-us, wait, none */
};

const struct message_entry *message_entry(enum message message);
const char *message_text(enum message message, enum language language);

/* The text with {1}, {2} ... replaced by the values (up to NULL). */
const char *message_fill(enum message message, enum language language, const char *const *values,
                         struct arena *arena);

/* The message with this id, or MESSAGE_COUNT. */
enum message message_find(const char *id);

/* One of our words ("partly", "strategic") in a language, by its row WORD-...; NULL when it is
 * none.
 */
const char *message_word(const char *word, enum language language);

#endif
