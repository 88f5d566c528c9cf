#include "base/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
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
    digest->pending_size = 0;
}

static void
update(struct digest *digest, const void *bytes, size_t size)
{
    const int ok = EVP_DigestUpdate(digest->context, bytes, size);
    assert(ok == 1);
    (void)ok;
}

void
digest_add(struct digest *digest, const void *bytes, size_t size)
{
    if (size > sizeof digest->pending - digest->pending_size) {
        update(digest, digest->pending, digest->pending_size);
        digest->pending_size = 0;
    }
    if (size > sizeof digest->pending) {
        update(digest, bytes, size);
        return;
    }
    memcpy(digest->pending + digest->pending_size, bytes, size);
    digest->pending_size += size;
}

void
digest_add_text(struct digest *digest, const char *text)
{
    digest_add(digest, text, strlen(text) + 1);
}

static void
to_hex(const unsigned char *raw, char hex[DIGEST_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t index = 0; index < DIGEST_HEX_SIZE / 2; index++) {
        hex[2 * index] = digits[raw[index] >> 4];
        hex[2 * index + 1] = digits[raw[index] & 0x0F];
    }
    hex[DIGEST_HEX_SIZE - 1] = '\0';
}

void
digest_finish(struct digest *digest, char hex[DIGEST_HEX_SIZE])
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    update(digest, digest->pending, digest->pending_size);
    const int ok = EVP_DigestFinal_ex(digest->context, raw, &size);
    assert(ok == 1 && size == 32);
    (void)ok;
    to_hex(raw, hex);
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

void
digest_keyed(const void *key, size_t key_size, const char *text, char hex[DIGEST_HEX_SIZE])
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const unsigned char *made = HMAC(EVP_sha256(), key, (int)key_size, (const unsigned char *)text,
                                     strlen(text), raw, &size);
    assert(made != NULL && size == DIGEST_HEX_SIZE / 2);
    (void)made;
    to_hex(raw, hex);
}
