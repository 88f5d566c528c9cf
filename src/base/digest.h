/* digest.h -- SHA-256 (FIPS 180-4) of files and texts.  The only user of libcrypto.
 *
 * Life: digest_init, digest_add as often as wanted, digest_finish once.  A running digest that is
 * given up is closed with digest_close; finish closes by itself, and close takes a zeroed or
 * finished one. */
#ifndef PURSER_DIGEST_H
#define PURSER_DIGEST_H

#include <stddef.h>

enum { DIGEST_HEX_SIZE = 65 }; /* 64 lower-case hex digits and the end */

struct digest {
    void *context;
    size_t pending_size; /* small pieces are gathered: a call of the library costs more than they */
    unsigned char pending[256];
};

void digest_init(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t size);
/* A text with its end, so that ("ab", "c") and ("a", "bc") differ. */
void digest_add_text(struct digest *digest, const char *text);
void digest_finish(struct digest *digest, char hex[DIGEST_HEX_SIZE]);
void digest_close(struct digest *digest);

/* HMAC-SHA-256 (RFC 2104) of a text under a key. */
void digest_keyed(const void *key, size_t key_size, const char *text, char hex[DIGEST_HEX_SIZE]);

void digest_of(const void *bytes, size_t size, char hex[DIGEST_HEX_SIZE]);

#endif
