/* encoding.h -- the bytes of a CSV file as blocks of UTF-8.  The only user of iconv.
 *
 * First the whole file is judged in one pass (it is in the page cache afterwards, and the pass runs
 * at the speed of memory for plain ASCII), so that an encoding is never guessed from the first
 * page.  Then the blocks are decoded. */
#ifndef PURSER_ENCODING_H
#define PURSER_ENCODING_H

#include "base/fault.h"
#include "intake/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one pass over the bytes shows. */
struct encoding_survey {
    bool is_utf8; /* strictly (RFC 3629), BOM or not */
    bool has_nul;
    bool is_blank;    /* nothing but blanks and line ends (and a BOM) */
    int64_t bad_line; /* of the first byte that is not UTF-8 */
    int64_t nul_line; /* of the first NUL */
};
MUST_USE enum outcome
encoding_survey(int descriptor, struct encoding_survey *survey, struct fault *why);

enum { DECODER_BLOCK_BYTES = 64 * 1024 };

struct decoder {
    int descriptor;
    void *converter; /* iconv_t, NULL for UTF-8 */
    char *raw;       /* bytes that wait to be converted */
    size_t raw_used;
    int64_t offset;
    bool is_at_end;
    bool is_broken; /* what follows is not of that encoding */
};

/* `encoding` and its iconv name; the file is read from its beginning, a BOM is skipped. */
MUST_USE enum outcome decoder_open(struct decoder *decoder, int descriptor, enum encoding encoding,
                                   const char *name, struct fault *why);
/* At most DECODER_BLOCK_BYTES into block; *size 0 at the end or when broken. */
MUST_USE enum outcome
decoder_read(struct decoder *decoder, char *block, size_t *size, struct fault *why);
void decoder_close(struct decoder *decoder);

#endif
