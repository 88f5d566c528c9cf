#include "base/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

void
digest_init(struct digest *digest)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert(context != NULL);
    const int ok = EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    assert(ok == 1);
    (void)ok;
    digest->context = context;
}

void
digest_add(struct digest *digest, const void *bytes, size_t size)
{
    const int ok = EVP_DigestUpdate(digest->context, bytes, size);
    assert(ok == 1);
    (void)ok;
}

void
digest_add_text(struct digest *digest, const char *text)
{
    digest_add(digest, text, strlen(text) + 1);
}

void
digest_finish(struct digest *digest, char hex[DIGEST_HEX_SIZE])
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const int ok = EVP_DigestFinal_ex(digest->context, raw, &size);
    assert(ok == 1 && size == 32);
    (void)ok;
    for (unsigned int index = 0; index < size; index++) {
        snprintf(hex + 2 * (size_t)index, 3, "%02x", raw[index]);
    }
    digest_close(digest);
}

void
digest_close(struct digest *digest)
{
    EVP_MD_CTX_free(digest->context);
    digest->context = NULL;
}

void
digest_of(const void *bytes, size_t size, char hex[DIGEST_HEX_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add(&digest, bytes, size);
    digest_finish(&digest, hex);
}
