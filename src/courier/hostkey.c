#include "courier/hostkey.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
hostkey_fingerprint(const unsigned char raw[SHA256_RAW_SIZE], char text[FINGERPRINT_SIZE])
{
    size_t at = (size_t)snprintf(text, FINGERPRINT_SIZE, "SHA256:");
    unsigned int bits = 0, count = 0;
    for (size_t index = 0; index < SHA256_RAW_SIZE; index++) {
        bits = (bits << 8) | raw[index];
        for (count += 8; count >= 6; count -= 6) {
            text[at++] = base64[(bits >> (count - 6)) & 63];
        }
    }
    text[at++] = base64[(bits << (6 - count)) & 63];
    text[at] = '\0';
}

bool
hostkey_is_pinned(const struct mailbox *mailbox, const char *fingerprint)
{
    for (size_t index = 0; index < mailbox->host_key_count; index++) {
        if (strcmp(mailbox->host_keys[index], fingerprint) == 0) {
            return true;
        }
    }
    return false;
}

/* The first bytes behind base64; returns how many. */
static size_t
decode(const char *text, size_t size, unsigned char *bytes, size_t bytes_max)
{
    uint32_t bits = 0;
    unsigned int count = 0;
    size_t length = 0;
    for (size_t index = 0; index < size && length < bytes_max; index++) {
        const char *digit = text[index] == '\0' ? NULL : strchr(base64, text[index]);
        if (digit == NULL) {
            if (text[index] == '-' || text[index] == '=') {
                break;
            }
            continue;
        }
        bits = (bits << 6) | (uint32_t)(digit - base64);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[length++] = (unsigned char)(bits >> count);
        }
    }
    return length;
}

bool
hostkey_is_rsa_private(const char *text, size_t size)
{
    static const char openssh[] = "-----BEGIN OPENSSH PRIVATE KEY-----";
    static const char rsa_type[] = "\0\0\0\7ssh-rsa"; /* stands near the beginning, in the clear */
    unsigned char bytes[256];
    if (memmem(text, size, "BEGIN RSA PRIVATE KEY", 21) != NULL) {
        return true;
    }
    const char *begin = memmem(text, size, openssh, sizeof openssh - 1);
    if (begin == NULL) {
        return false;
    }
    begin += sizeof openssh - 1;
    const size_t length = decode(begin, size - (size_t)(begin - text), bytes, sizeof bytes);
    return memmem(bytes, length, rsa_type, sizeof rsa_type - 1) != NULL;
}
