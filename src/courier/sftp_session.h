/* sftp_session.h -- private to courier/: a logged-in SSH connection to a mailbox whose host key is
 * the pinned one.
 *
 * Only sftp_session.c and sftp.c include libssh2 (1.10, Debian 12).  What that version asks of us
 * (measured):
 *   - its timeout is endless until libssh2_session_set_timeout, and it covers no connect(): we
 * connect ourselves;
 *   - keepalive_config in blocking mode replaces the timeout: it is not used;
 *   - RSA signs with SHA-1 only, which OpenSSH refuses since 8.8: such keys are refused here in
 * plain words;
 *   - the host key type is the server's choice unless we name one: ed25519 is asked for first, then
 * ECDSA, until the key is a pinned one.
 */
#ifndef PURSER_SFTP_SESSION_H
#define PURSER_SFTP_SESSION_H

#include "base/fault.h"
#include "config/config.h"

#include <libssh2.h>

struct sftp_session {
    const struct mailbox *mailbox; /* borrowed */
    int home;                      /* borrowed */
    int socket;                    /* -1: closed */
    LIBSSH2_SESSION *ssh;
    char *password; /* while logging in */
};

MUST_USE enum outcome sftp_session_open(struct sftp_session *session, const struct mailbox *mailbox,
                                        int home, struct fault *why);
void sftp_session_close(struct sftp_session *session);

/* The fault of the last libssh2 call that failed below SFTP: it always ends the connection. */
enum outcome
sftp_session_trouble(struct sftp_session *session, const char *action, struct fault *why);

#endif
