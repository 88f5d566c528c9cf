/* reader.h -- what every input format must be able to do; private to src/intake.
 *
 * reading.c judges the file as a whole, picks the reader of its format and drives it.  A format
 * lives in files reader_<format>*.c and exports one `const struct reader`.
 *
 * Life:      open once, next until it says NONE or FAILED, close always (also after an open that
 * failed half-way; state may be NULL then). Ownership: the texts of a yielded document lie in
 * reading->arena, which is reset before every next; what must live as long as the file lies in
 * reading->state (the reader's own, from malloc) or reading->file_arena. Failure:   a fault is
 * ours; a mistake of the partner is a finding (reading->findings), and next goes on.  After a fatal
 * finding reading.c stops by itself.  A document is good when its next added no finding of severity
 *            error or worse: reading.c counts, readers need not.
 */
#ifndef PURSER_READER_H
#define PURSER_READER_H

#include "intake/check.h"
#include "intake/reading.h"
#include "intake/seen.h"

/* The character set of the bytes, as judged by reading_open. */
enum encoding {
    ENCODING_UTF8, /* valid UTF-8 throughout, with or without BOM (XML: not judged, libxml2 does it)
                    */
    ENCODING_UTF16LE, /* with BOM */
    ENCODING_UTF16BE, /* with BOM */
    ENCODING_PARTNER, /* not UTF-8, but valid in sender->encoding */
};

struct reader;
struct code_lists; /* code_list.h */

struct reading {
    int descriptor; /* the raw bytes, positioned at 0 when the reader is opened */
    int64_t size;
    enum encoding encoding;
    const struct sender *sender;
    struct findings *findings;
    struct arena arena;             /* of the document being read */
    struct arena file_arena;        /* until reading_close */
    const struct code_lists *lists; /* for struct field and struct check */
    enum file_format format;
    enum document_kind kind;     /* the reader's open sets it */
    const struct reader *reader; /* NULL: the file is hopeless */
    struct seen seen;            /* keys of the documents so far */
    void *state;                 /* the reader's own */
    struct stock_told stock;     /* what the rows of a stock report have in common */
    const char *columns;         /* of a lookup's file, as JSON */
    struct document document;    /* the one that was yielded */
};

struct reader {
    /* Set reading->kind and reading->state.  DONE also after a finding. */
    MUST_USE enum outcome (*open)(struct reading *reading, struct fault *why);
    /* Fill *document (zeroed by the caller); NONE after the last. */
    MUST_USE enum outcome (*next)(struct reading *reading, struct document *document,
                                  struct fault *why);
    void (*close)(struct reading *reading);
};

extern const struct reader reader_csv; /* reader_csv.c */
extern const struct reader reader_xml; /* reader_xml.c */

/* Add a finding about the whole file; value and expected may be NULL. */
void reading_complain(struct reading *reading, enum message code, const char *value,
                      const char *expected);

/* May the sender send documents of this kind?  If not, a fatal finding is added and the answer is
 * no.  Readers call it as soon as they know the kind. */
bool reading_allows(struct reading *reading, enum document_kind kind);

#endif
