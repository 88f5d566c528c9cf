#include "intake/encoding.h"

#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SURVEY_BLOCK_BYTES = 256 * 1024, SEQUENCE_MAX = 4 };

static enum outcome
read_at(int descriptor, void *bytes, size_t size, int64_t offset, size_t *got, struct fault *why)
{
    size_t filled = 0;
    while (filled < size) {
        const ssize_t count =
            pread(descriptor, (char *)bytes + filled, size - filled, offset + (int64_t)filled);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(why, "cannot read the file at byte %lld: %s",
                        (long long)offset + (long long)filled, strerror(errno));
        }
        if (count == 0) {
            break;
        }
        filled += (size_t)count;
    }
    *got = filled;
    return DONE;
}

static int64_t
line_feeds(const char *bytes, size_t size)
{
    int64_t count = 0;
    const char *end = bytes + size;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        count++;
    }
    return count;
}

/* The length of the front that is plain ASCII without NUL, eight bytes at a time. */
static size_t
plain_length(const char *bytes, size_t size)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = UINT64_C(0x8080808080808080);
    size_t at = 0;
    while (size - at >= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        /* A top bit is set where a byte is not ASCII, or (borrow) where it is zero. */
        if (((word | (word - ones)) & tops) != 0) {
            break;
        }
        at += sizeof word;
    }
    while (at < size && (unsigned char)bytes[at] < 0x80 && bytes[at] != '\0') {
        at++;
    }
    return at;
}

/* How many bytes at the end of a block may be the front of a sequence that goes on in the next
 * block. */
static size_t
open_tail(const char *bytes, size_t size)
{
    for (size_t back = 1; back < SEQUENCE_MAX && back <= size; back++) {
        const unsigned char byte = (unsigned char)bytes[size - back];
        if (byte >= 0xC0) {
            const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return length > back ? back : 0;
        }
        if (byte < 0x80) {
            return 0;
        }
    }
    return 0;
}

static bool
is_all_blank(const char *bytes, size_t size)
{
    for (size_t index = 0; index < size; index++) {
        if (strchr(" \t\r\n", bytes[index]) == NULL || bytes[index] == '\0') {
            return false;
        }
    }
    return true;
}

/* Judge the bytes of one block; false when the pass may stop. */
static bool
survey_block(struct encoding_survey *survey, const char *bytes, size_t size, int64_t lines_before)
{
    survey->is_blank = survey->is_blank && is_all_blank(bytes, size);
    for (size_t at = plain_length(bytes, size); at < size;
         at += plain_length(bytes + at, size - at)) {
        if (bytes[at] == '\0') {
            survey->has_nul = true;
            survey->nul_line = lines_before + line_feeds(bytes, at);
            return false;
        }
        size_t end = at;
        while (end < size && (unsigned char)bytes[end] >= 0x80) {
            end++;
        }
        size_t bad_at;
        if (survey->is_utf8 && !text_is_utf8(bytes + at, end - at, &bad_at)) {
            survey->is_utf8 = false;
            survey->bad_line = lines_before + line_feeds(bytes, at + bad_at);
        }
        at = end;
    }
    return true;
}

enum outcome
encoding_survey(int descriptor, struct encoding_survey *survey, struct fault *why)
{
    char *block = malloc(SURVEY_BLOCK_BYTES);
    assert(block != NULL);
    *survey = (struct encoding_survey){.is_utf8 = true, .is_blank = true};
    enum outcome outcome = DONE;
    int64_t offset = 0;
    int64_t line = 1;
    for (;;) {
        size_t got = 0;
        outcome = read_at(descriptor, block, SURVEY_BLOCK_BYTES, offset, &got, why);
        if (outcome != DONE || got == 0) {
            break;
        }
        const bool is_last = got < SURVEY_BLOCK_BYTES;
        const size_t tail = is_last ? 0 : open_tail(block, got);
        const bool has_bom = offset == 0 && got >= 3 && memcmp(block, "\xEF\xBB\xBF", 3) == 0;
        const size_t skip = has_bom ? 3 : 0;
        if (!survey_block(survey, block + skip, got - tail - skip, line) || is_last) {
            break;
        }
        line += line_feeds(block, got - tail);
        offset += (int64_t)(got - tail);
    }
    free(block);
    return outcome;
}

enum outcome
decoder_open(struct decoder *decoder, int descriptor, enum encoding encoding, const char *name,
             struct fault *why)
{
    *decoder = (struct decoder){.descriptor = descriptor};
    char head[3];
    size_t got = 0;
    TRY(read_at(descriptor, head, sizeof head, 0, &got, why));
    if (encoding == ENCODING_UTF8) {
        decoder->offset = got == 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        return DONE;
    }
    const bool has_bom = encoding != ENCODING_PARTNER;
    decoder->offset = has_bom ? 2 : 0;
    const char *from = encoding == ENCODING_UTF16LE   ? "UTF-16LE"
                       : encoding == ENCODING_UTF16BE ? "UTF-16BE"
                                                      : name;
    iconv_t converter = iconv_open("UTF-8", from);
    if (converter == (iconv_t)-1) {
        return fail_as(why, FAULT_CONFIG, "this machine cannot decode \"%s\"", from);
    }
    decoder->converter = converter;
    decoder->raw = malloc(DECODER_BLOCK_BYTES / 4);
    assert(decoder->raw != NULL);
    return DONE;
}

/* Convert what waits; a quarter of the block at most, since one byte may become three. */
static enum outcome
convert(struct decoder *decoder, char *block, size_t *size, struct fault *why)
{
    size_t got = 0;
    TRY(read_at(decoder->descriptor, decoder->raw + decoder->raw_used,
                DECODER_BLOCK_BYTES / 4 - decoder->raw_used, decoder->offset, &got, why));
    decoder->offset += (int64_t)got;
    char *in = decoder->raw;
    size_t in_left = decoder->raw_used + got;
    char *out = block;
    size_t out_left = DECODER_BLOCK_BYTES;
    const size_t result = iconv(decoder->converter, &in, &in_left, &out, &out_left);
    /* EINVAL is a sequence that goes on in the next block, or is cut off by the end of the file. */
    if (result == (size_t)-1 && (errno == EILSEQ || (errno == EINVAL && got == 0))) {
        decoder->is_broken = true;
    }
    memmove(decoder->raw, in, in_left);
    decoder->raw_used = in_left;
    decoder->is_at_end = decoder->is_broken || (got == 0 && in_left == 0);
    *size = DECODER_BLOCK_BYTES - out_left;
    if (memchr(block, '\0', *size) != NULL) {
        decoder->is_broken = true;
        decoder->is_at_end = true;
    }
    return DONE;
}

enum outcome
decoder_read(struct decoder *decoder, char *block, size_t *size, struct fault *why)
{
    *size = 0;
    if (decoder->converter == NULL) {
        TRY(read_at(decoder->descriptor, block, DECODER_BLOCK_BYTES, decoder->offset, size, why));
        decoder->offset += (int64_t)*size;
        decoder->is_at_end = *size == 0;
        return DONE;
    }
    while (*size == 0 && !decoder->is_at_end) {
        TRY(convert(decoder, block, size, why));
    }
    return DONE;
}

void
decoder_close(struct decoder *decoder)
{
    if (decoder->converter != NULL) {
        iconv_close(decoder->converter);
    }
    free(decoder->raw);
    *decoder = (struct decoder){0};
}
