/* hostkey.h -- private to courier/: fingerprints of host keys, and the RSA keys that libssh2 1.10
 * cannot use. */
#ifndef PURSER_HOSTKEY_H
#define PURSER_HOSTKEY_H

#include "config/config.h"

#include <stdbool.h>
#include <stddef.h>

enum { FINGERPRINT_SIZE = 64, SHA256_RAW_SIZE = 32 };

/* "SHA256:..." as ssh-keygen -l prints it. */
void hostkey_fingerprint(const unsigned char raw[SHA256_RAW_SIZE], char text[FINGERPRINT_SIZE]);

bool hostkey_is_pinned(const struct mailbox *mailbox, const char *fingerprint);

/* Is this private key (text of its file) an RSA key, in PEM or OpenSSH form, with a passphrase or
 * without? */
bool hostkey_is_rsa_private(const char *text, size_t size);

#endif
