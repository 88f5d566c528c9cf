/* The whole catalogue: complete in both languages, with the same placeholders, and no severity that
 * does not exist. */
#include "order/message.h"

#include "base/text.h"
#include "order/finding.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The next "{name}" or printf-like "%..." at or after `at`; NULL when there is none. */
static const char *
next_placeholder(const char *at, size_t *length)
{
    for (; *at != '\0'; at++) {
        *length = 0;
        if (*at == '{') {
            *length = strcspn(at, "}") + 1;
        } else if (*at == '%' && (at[1] == '%' || isalnum((unsigned char)at[1]) ||
                                  (at[1] == '.' && isdigit((unsigned char)at[2])))) {
            *length = 1 + strspn(at + 1, "0123456789.lzj") + 1;
        }
        if (*length > 0) {
            return at;
        }
    }
    return NULL;
}

/* How often `wanted` (of `length`) stands in `text` as a placeholder. */
static int
times_in(const char *text, const char *wanted, size_t length)
{
    int count = 0;
    size_t found;
    for (const char *at = text; (at = next_placeholder(at, &found)) != NULL; at += found) {
        count += found == length && strncmp(at, wanted, length) == 0;
    }
    return count;
}

static void
assert_same_placeholders(const char *id, const char *one, const char *other)
{
    size_t length;
    for (const char *at = one; (at = next_placeholder(at, &length)) != NULL; at += length) {
        if (times_in(one, at, length) != times_in(other, at, length)) {
            fail_msg("%s: %.*s is not as often in \"%s\" as in \"%s\"", id, (int)length, at, other,
                     one);
        }
    }
}

static void
every_message_is_in_both_languages(void **state)
{
    (void)state;
    for (unsigned int index = 0; index < MESSAGE_COUNT; index++) {
        const struct message_entry *entry = message_entry((enum message)index);
        const char *const *text = entry->text;
        const char *const *hint = entry->hint;
        if (text[LANGUAGE_EN][0] == '\0' || text[LANGUAGE_ZH][0] == '\0') {
            fail_msg("%s lacks a text", entry->id);
        }
        if ((hint[LANGUAGE_EN][0] == '\0') != (hint[LANGUAGE_ZH][0] == '\0')) {
            fail_msg("%s has a hint in one language only", entry->id);
        }
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            if (!text_is_utf8(text[language], strlen(text[language]), NULL) ||
                !text_is_utf8(hint[language], strlen(hint[language]), NULL)) {
                fail_msg("%s is not UTF-8", entry->id);
            }
        }
    }
}

static void
placeholders_are_equal_in_both_languages(void **state)
{
    (void)state;
    for (unsigned int index = 0; index < MESSAGE_COUNT; index++) {
        const struct message_entry *entry = message_entry((enum message)index);
        assert_same_placeholders(entry->id, entry->text[0], entry->text[1]);
        assert_same_placeholders(entry->id, entry->text[1], entry->text[0]);
        assert_same_placeholders(entry->id, entry->hint[0], entry->hint[1]);
        assert_same_placeholders(entry->id, entry->hint[1], entry->hint[0]);
    }
}

/* A finding has a severity, an action that exists, and only placeholders that finding_text fills.
 */
static void
findings_are_whole(void **state)
{
    static const char *const actions[] = {"fix-and-resend", "contact-us", "wait", "none"};
    static const char *const known[] = {"{value}",      "{expected}",      "{hint}",
                                        "{field}",      "{order}",         "{line}",
                                        "{value:word}", "{expected:word}", "{expected:state}"};
    (void)state;
    for (unsigned int index = 0; index < MESSAGE_COUNT; index++) {
        const struct message_entry *entry = message_entry((enum message)index);
        if (entry->severity[0] == '\0') {
            continue;
        }
        if (!text_among(entry->severity, severity_names, SEVERITY_COUNT)) {
            fail_msg("%s has the severity %s", entry->id, entry->severity);
        }
        if (!text_among(entry->action, actions, sizeof actions / sizeof actions[0])) {
            fail_msg("%s has the action %s", entry->id, entry->action);
        }
        const char *const texts[] = {entry->text[0], entry->text[1], entry->hint[0],
                                     entry->hint[1]};
        for (size_t text = 0; text < 4; text++) {
            size_t length;
            for (const char *at = texts[text]; (at = next_placeholder(at, &length)) != NULL;
                 at += length) {
                char placeholder[64];
                snprintf(placeholder, sizeof placeholder, "%.*s", (int)length, at);
                if (placeholder[0] == '{' &&
                    !text_among(placeholder, known, sizeof known / sizeof known[0])) {
                    fail_msg("%s has the placeholder %s", entry->id, placeholder);
                }
            }
        }
    }
}

static void
ids_are_found_and_unique(void **state)
{
    (void)state;
    for (unsigned int index = 0; index < MESSAGE_COUNT; index++) {
        const char *id = message_entry((enum message)index)->id;
        assert_int_equal(message_find(id), index);
        if (strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != strlen(id)) {
            fail_msg("%s is not written in capitals, digits and hyphens", id);
        }
    }
    assert_int_equal(message_find("NO-SUCH-MESSAGE"), MESSAGE_COUNT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_is_in_both_languages),
        cmocka_unit_test(placeholders_are_equal_in_both_languages),
        cmocka_unit_test(findings_are_whole),
        cmocka_unit_test(ids_are_found_and_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
