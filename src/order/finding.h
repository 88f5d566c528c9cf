/* finding.h -- one mistake or remark about a file, an order, a line or a field, which its sender
 * can act on.
 *
 * A finding is data: it is stored, answered and counted; it never stops a run.  Its code names an
 * entry of the message catalogue (schemas/messages/findings.csv), which holds severity, rule, hint
 * and what to do, in English and Chinese; the finding itself holds the place and the values that
 * fill the sentence.
 *
 * Sentences have the placeholders {value} {expected} {hint} {field} {order} {line}.  {value:word}
 * is one of our words in the reader's language (message_word), {expected:state} the state of an
 * order. A sentence of a hint whose placeholder has no value is left out.
 */
#ifndef PURSER_FINDING_H
#define PURSER_FINDING_H

#include "base/arena.h"
#include "order/message.h"
#include "order/order.h"

#include <stdbool.h>
#include <stddef.h>

enum severity {
    SEVERITY_INFO,    /* for the record: a duplicate, a corrected value */
    SEVERITY_WARNING, /* taken, but somebody should look */
    SEVERITY_ERROR,   /* this order (or row) is not taken */
    SEVERITY_FATAL,   /* nothing of the file is taken */
    SEVERITY_COUNT
};
extern const char *const severity_names[SEVERITY_COUNT]; /* "info", "warning", "error", "fatal" */

struct finding {
    enum message code;        /* M_ORD_..., with severity in the catalogue */
    struct place place;       /* in the file, 0 when it has none */
    const char *order_number; /* "" when it is about the whole file */
    const char *order_line;   /* the partner's line number, "" when about no line */
    const char *field;        /* column name or element, "" */
    const char *value;        /* what stood there, shown safely (text_show, 80 columns) */
    const char *expected;     /* what may stand there, "" */
    const char *hint;         /* nearest SKU and the like, "" */
};

enum { FINDINGS_KEPT_MAX = 1000 };

/* All findings of one file.  Beyond FINDINGS_KEPT_MAX only the counts grow (a fatal one takes the
 * last place), and the answer says so.  Texts of an added finding are copied into the list's own
 * arena.  They can be made in `scratch`, which each findings_add empties: so a document may have
 * any number of mistakes. */
struct findings {
    struct arena arena;
    struct arena scratch; /* texts of the next finding */
    struct finding *items;
    size_t count; /* kept */
    size_t capacity;
    size_t counts[SEVERITY_COUNT]; /* all, kept or not */
};

void findings_init(struct findings *findings);
void findings_close(struct findings *findings);
void findings_add(struct findings *findings, const struct finding *finding);
/* Take all findings back. */
void findings_clear(struct findings *findings);
/* Add those of another list, and its counts. */
void findings_append(struct findings *findings, const struct findings *more);
bool findings_has(const struct findings *findings, enum severity at_least);
size_t findings_total(const struct findings *findings);

/* The catalogue's severity of a code. */
enum severity finding_severity(enum message code);

/* The sentence (or hint, or what to do) in a language, placeholders filled. */
enum finding_text { FINDING_RULE, FINDING_HINT, FINDING_ACTION };
const char *finding_text(const struct finding *finding, enum finding_text which,
                         enum language language, struct arena *arena);

#endif
