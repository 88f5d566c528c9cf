/* excerpt.h -- the piece of a file that a finding is about, shown safely, with the mistake marked.
 *
 * One pass over the file serves all its findings; of a line only a window is kept, so that a file
 * that is one long line costs no more.  A line that is not UTF-8 has no excerpt.
 */
#ifndef PURSER_EXCERPT_H
#define PURSER_EXCERPT_H

#include "base/fault.h"
#include "order/finding.h"

struct excerpt {
    const char *text;  /* one line, "" when there is none */
    size_t mark_begin; /* bytes of text that are the mistake; begin == end: not known */
    size_t mark_end;
};

/* One excerpt per kept finding, in the same order, in `arena`.  `is_xml`: columns are characters
 * and point behind the element; else they are the numbers of CSV fields. */
MUST_USE enum outcome
excerpt_read_all(int descriptor, bool is_xml, const struct findings *findings, struct arena *arena,
                 struct excerpt **excerpts, struct fault *why);

#endif
