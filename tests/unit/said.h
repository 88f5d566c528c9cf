/* said.h -- what is said of a fixture, whole and in both languages, against tests/findings/said/.
 *
 * UPDATE=1 writes those files anew: read the difference as the partner would who gets it. */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include "base/buf.h"
#include "writers/finding_report.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_BYTES_MAX = 1024 * 1024 };

/* The report as text, English first. */
static inline void
said_write(const struct finding_report *report, struct buf *said)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct finding_reports reports = {
            .form = FINDING_FORM_TEXT, .language = (enum language)language, .buf = said};
        buf_text(said, language == 0 ? "" : "\n");
        finding_reports_begin(&reports);
        finding_reports_add(&reports, report);
        finding_reports_end(&reports);
    }
}

/* Does tests/findings/said/NAME.txt hold just this? */
static inline bool
said_agrees(const char *name, const struct buf *said)
{
    char path[200];
    snprintf(path, sizeof path, "tests/findings/said/%s.txt", name);
    if (getenv("UPDATE") != NULL) {
        FILE *file = fopen(path, "w");
        const bool is_written =
            file != NULL && fwrite(said->bytes, 1, said->size, file) == said->size;
        return file != NULL && fclose(file) == 0 && is_written;
    }
    static char expected[SAID_BYTES_MAX];
    FILE *file = fopen(path, "r");
    const size_t size = file == NULL ? 0 : fread(expected, 1, sizeof expected, file);
    if (file != NULL) {
        fclose(file);
    }
    if (size == said->size && memcmp(expected, said->bytes, size) == 0) {
        return true;
    }
    fprintf(stderr, "%s says otherwise than:\n%s\n", path, said->bytes);
    return false;
}

/* Has a rule a placeholder for which the finding has no value?  An empty one may stand in quotes.
 */
static inline bool
said_has_gap(const struct finding *finding)
{
    const struct {
        const char *name;
        const char *value;
    } known[] = {{"{value", finding->value},        {"{expected", finding->expected},
                 {"{hint", finding->hint},          {"{field", finding->field},
                 {"{order", finding->order_number}, {"{line", finding->order_line}};
    const char *rule = message_entry(finding->code)->text[LANGUAGE_EN];
    for (const char *at = strchr(rule, '{'); at != NULL; at = strchr(at + 1, '{')) {
        size_t index = 0;
        const size_t count = sizeof known / sizeof known[0];
        while (index < count && strncmp(at, known[index].name, strlen(known[index].name)) != 0) {
            index++;
        }
        const bool is_quoted = at > rule && (at[-1] == '\'' || at[-1] == '"');
        if (index == count || (known[index].value[0] == '\0' && !is_quoted)) {
            return true;
        }
    }
    return false;
}

#endif
