#include "courier/sftp_session.h"

#include "base/arena.h"
#include "base/file.h"
#include "courier/dial.h"
#include "courier/hostkey.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECRET_BYTES_MAX = 64 * 1024 };

enum outcome
sftp_session_trouble(struct sftp_session *session, const char *action, struct fault *why)
{
    char *message = NULL;
    const int code = libssh2_session_last_error(session->ssh, &message, NULL, 0);
    const struct mailbox *mailbox = session->mailbox;
    const char *meaning =
        code == LIBSSH2_ERROR_TIMEOUT ? "no answer in time"
        : code == LIBSSH2_ERROR_SOCKET_RECV || code == LIBSSH2_ERROR_SOCKET_DISCONNECT ||
                code == LIBSSH2_ERROR_SOCKET_SEND
            ? "the connection broke"
        : code == LIBSSH2_ERROR_INVALID_MAC ? "the data was damaged on the way"
                                            : "the server did not follow the protocol";
    return fail_as(why, FAULT_TEMPORARY, "%s: %s at %s:%d (libssh2 %d: %s)", action, meaning,
                   mailbox->host, mailbox->port, code, message == NULL ? "" : message);
}

/* ---- the TCP connection ---- */

static enum outcome
connect_socket(struct sftp_session *session, struct fault *why)
{
    const struct mailbox *mailbox = session->mailbox;
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
    struct addrinfo *addresses = NULL;
    char port[16];
    snprintf(port, sizeof port, "%d", mailbox->port);
    const int problem = getaddrinfo(mailbox->host, port, &hints, &addresses);
    if (problem != 0) {
        return fail_as(why, FAULT_TEMPORARY, "cannot find the address of %s: %s", mailbox->host,
                       gai_strerror(problem));
    }
    session->socket = dial(addresses, mailbox->connect_timeout_ms);
    const int last = errno;
    freeaddrinfo(addresses);
    return session->socket >= 0 ? DONE
                                : fail_as(why, FAULT_TEMPORARY, "cannot connect to %s:%d: %s",
                                          mailbox->host, mailbox->port, strerror(last));
}

/* ---- the host key ---- */

static enum outcome
refuse_algorithms(const struct mailbox *mailbox, struct fault *why)
{
    return fail_as(why, FAULT_CONFIG,
                   "%s:%d and this program have no algorithm in common. Most often the server has "
                   "only an RSA host key, which the SSH library here (libssh2 1.10) can use with "
                   "SHA-1 only. Ask the partner to offer an ed25519 or ECDSA host key too",
                   mailbox->host, mailbox->port);
}

static enum outcome
refuse_host_key(const struct mailbox *mailbox, const char *seen, struct fault *why)
{
    return fail_as(why, FAULT_CONFIG,
                   "host key of %s:%d is %s, but %s is expected%s: nothing was sent. Ask the "
                   "partner by another way whether its key changed; if so, set host-key to the new "
                   "one",
                   mailbox->host, mailbox->port, seen,
                   mailbox->host_key_count > 0 ? mailbox->host_keys[0] : "none",
                   mailbox->host_key_count > 1 ? " (or one of the other pinned ones)" : "");
}

/* One connection that asks for host keys of the given types.  NONE: the server has another key than
 * pinned (then `seen` tells it), or none of these types (then it is untouched). */
static enum outcome
try_handshake(struct sftp_session *session, const char *types, char seen[FINGERPRINT_SIZE],
              struct fault *why)
{
    TRY(connect_socket(session, why));
    session->ssh = libssh2_session_init_ex(NULL, NULL, NULL, session);
    if (session->ssh == NULL) {
        return fail(why, "out of memory");
    }
    libssh2_session_set_timeout(session->ssh, (long)session->mailbox->connect_timeout_ms);
    libssh2_session_set_blocking(session->ssh, 1);
    libssh2_session_method_pref(session->ssh, LIBSSH2_METHOD_HOSTKEY, types);
    const int code = libssh2_session_handshake(session->ssh, session->socket);
    if (code == LIBSSH2_ERROR_KEX_FAILURE) {
        return NONE;
    }
    if (code != 0) {
        return sftp_session_trouble(session, "cannot agree on keys", why);
    }
    const char *raw = libssh2_hostkey_hash(session->ssh, LIBSSH2_HOSTKEY_HASH_SHA256);
    if (raw == NULL) {
        return fail(why, "%s tells no host key", session->mailbox->host);
    }
    hostkey_fingerprint((const unsigned char *)raw, seen);
    return hostkey_is_pinned(session->mailbox, seen) ? DONE : NONE;
}

static enum outcome
handshake(struct sftp_session *session, struct fault *why)
{
    static const char *const types[] = {
        "ssh-ed25519",
        "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
    };
    char seen[FINGERPRINT_SIZE] = "";
    for (size_t index = 0; index < sizeof types / sizeof types[0]; index++) {
        const enum outcome outcome = try_handshake(session, types[index], seen, why);
        if (outcome != NONE) {
            return outcome;
        }
        sftp_session_close(session);
    }
    return seen[0] == '\0' ? refuse_algorithms(session->mailbox, why)
                           : refuse_host_key(session->mailbox, seen, why);
}

/* ---- logging in ---- */

/* A path that the library can open, whatever the current folder is. */
static const char *
full_path(const struct sftp_session *session, const char *path, struct arena *arena)
{
    return path[0] == '/' ? path : arena_format(arena, "/proc/self/fd/%d/%s", session->home, path);
}

/* A key or a password that others can read is no secret: as ssh does, we do not use it. */
static enum outcome
read_closed(const struct sftp_session *session, const char *path, struct arena *arena, char **text,
            size_t *size, struct fault *why)
{
    struct stat status;
    if (fstatat(session->home, path, &status, 0) == 0 && file_secret_mode(&status) != NULL) {
        return fail_as(why, FAULT_CONFIG,
                       "%s can be read by others and is not used: chmod %s %s, and if somebody may "
                       "have read it, make a new one",
                       path, file_secret_mode(&status), path);
    }
    const enum outcome outcome =
        file_read(session->home, path, SECRET_BYTES_MAX, arena, text, size, why);
    return outcome == NONE ? fail_as(why, FAULT_CONFIG, "there is no file %s", path) : outcome;
}

static enum outcome
read_secret(const struct sftp_session *session, const char *path, struct arena *arena, char **text,
            struct fault *why)
{
    size_t size;
    TRY(read_closed(session, path, arena, text, &size, why));
    (*text)[strcspn(*text, "\r\n")] = '\0';
    return DONE;
}

/* DONE logged in, NONE refused, RETRY the connection is gone. */
static enum outcome
login_outcome(struct sftp_session *session, int code, struct fault *why)
{
    if (code == 0) {
        return DONE;
    }
    return code == LIBSSH2_ERROR_SOCKET_RECV || code == LIBSSH2_ERROR_SOCKET_SEND ||
                   code == LIBSSH2_ERROR_SOCKET_DISCONNECT || code == LIBSSH2_ERROR_TIMEOUT ||
                   code == LIBSSH2_ERROR_INVALID_MAC || code == LIBSSH2_ERROR_DECRYPT
               ? sftp_session_trouble(session, "cannot log in", why)
               : NONE;
}

static enum outcome
refuse_rsa(const char *path, struct fault *why)
{
    return fail_as(why, FAULT_CONFIG,
                   "%s is an RSA key: the SSH library here (libssh2 1.10) signs RSA with SHA-1 "
                   "only, which servers refuse. Make a new key with `ssh-keygen -t ed25519` and "
                   "give its .pub file to the partner",
                   path);
}

static enum outcome
login_by_key(struct sftp_session *session, struct arena *arena, struct fault *why)
{
    const struct mailbox *mailbox = session->mailbox;
    const char *key_file = mailbox->key_file;
    char *text, *passphrase = NULL;
    size_t size;
    TRY(read_closed(session, key_file, arena, &text, &size, why));
    const bool is_rsa = hostkey_is_rsa_private(text, size);
    explicit_bzero(text, size);
    if (is_rsa) {
        return refuse_rsa(key_file, why);
    }
    if (mailbox->passphrase_file[0] != '\0') {
        TRY(read_secret(session, mailbox->passphrase_file, arena, &passphrase, why));
    }
    const char *public_half = arena_format(arena, "%s.pub", key_file);
    if (!file_exists(session->home, public_half)) {
        public_half = NULL;
    }
    const int code = libssh2_userauth_publickey_fromfile_ex(
        session->ssh, mailbox->user, (unsigned int)strlen(mailbox->user),
        public_half == NULL ? NULL : full_path(session, public_half, arena),
        full_path(session, key_file, arena), passphrase);
    if (passphrase != NULL) {
        explicit_bzero(passphrase, strlen(passphrase));
    }
    if (code == LIBSSH2_ERROR_FILE) {
        return fail_as(why, FAULT_CONFIG,
                       "cannot use the key file %s: it is damaged, of an unknown kind, or its "
                       "passphrase (passphrase-file) is missing or wrong",
                       key_file);
    }
    return login_outcome(session, code, why);
}

/* Servers that ask for the password as a question. */
static LIBSSH2_USERAUTH_KBDINT_RESPONSE_FUNC(answer_questions)
{
    const struct sftp_session *session = *abstract;
    (void)name, (void)name_len, (void)instruction, (void)instruction_len, (void)prompts;
    for (int index = 0; index < num_prompts; index++) {
        responses[index].text = strdup(session->password); /* freed by the library */
        responses[index].length =
            responses[index].text == NULL ? 0 : (unsigned int)strlen(session->password);
    }
}

static enum outcome
login_by_password(struct sftp_session *session, const char *methods, struct arena *arena,
                  struct fault *why)
{
    const struct mailbox *mailbox = session->mailbox;
    const unsigned int user_size = (unsigned int)strlen(mailbox->user);
    int code;
    TRY(read_secret(session, mailbox->password_file, arena, &session->password, why));
    if (strstr(methods, "password") != NULL) {
        code =
            libssh2_userauth_password_ex(session->ssh, mailbox->user, user_size, session->password,
                                         (unsigned int)strlen(session->password), NULL);
    } else {
        code = libssh2_userauth_keyboard_interactive_ex(session->ssh, mailbox->user, user_size,
                                                        answer_questions);
    }
    explicit_bzero(session->password, strlen(session->password));
    session->password = NULL;
    return login_outcome(session, code, why);
}

static enum outcome
try_identities(struct sftp_session *session, LIBSSH2_AGENT *agent, struct fault *why)
{
    struct libssh2_agent_publickey *identity = NULL;
    while (libssh2_agent_get_identity(agent, &identity, identity) == 0) {
        const bool is_rsa =
            identity->blob_len > 11 && memcmp(identity->blob, "\0\0\0\7ssh-rsa", 11) == 0;
        if (is_rsa) {
            continue;
        }
        const int code = libssh2_agent_userauth(agent, session->mailbox->user, identity);
        const enum outcome outcome = login_outcome(session, code, why);
        if (outcome != NONE) {
            return outcome;
        }
    }
    return NONE;
}

static enum outcome
login_by_agent(struct sftp_session *session, struct fault *why)
{
    LIBSSH2_AGENT *agent = libssh2_agent_init(session->ssh);
    if (agent == NULL || libssh2_agent_connect(agent) != 0) {
        libssh2_agent_free(agent);
        return fail_as(why, FAULT_CONFIG,
                       "no key agent answers: SSH_AUTH_SOCK must name its socket (cron jobs have "
                       "none by default)");
    }
    const enum outcome outcome =
        libssh2_agent_list_identities(agent) == 0 ? try_identities(session, agent, why) : NONE;
    libssh2_agent_disconnect(agent);
    libssh2_agent_free(agent);
    return outcome;
}

static enum outcome
refuse_login(const struct mailbox *mailbox, const char *methods, struct fault *why)
{
    return fail_as(why, FAULT_CONFIG,
                   "%s:%d does not let user \"%s\" in with %s%s%s (it takes: %s). Ask the partner "
                   "whether the user name is right and our %s is registered",
                   mailbox->host, mailbox->port, mailbox->user,
                   mailbox->key_file[0] != '\0' ? "key "
                   : mailbox->uses_agent        ? "the keys of the agent"
                                                : "the password of ",
                   mailbox->key_file[0] != '\0' ? mailbox->key_file : "",
                   mailbox->key_file[0] == '\0' && !mailbox->uses_agent ? mailbox->password_file
                                                                        : "",
                   methods, mailbox->key_file[0] != '\0' ? "public key" : "access");
}

/* Each configured way in turn, until one is accepted. */
static enum outcome
log_in(struct sftp_session *session, struct fault *why)
{
    const struct mailbox *mailbox = session->mailbox;
    OWNED(arena) arena;
    arena_init(&arena, 1024 * 1024);
    const char *listed =
        libssh2_userauth_list(session->ssh, mailbox->user, (unsigned int)strlen(mailbox->user));
    if (listed == NULL) {
        return libssh2_userauth_authenticated(session->ssh)
                   ? DONE
                   : sftp_session_trouble(session, "cannot log in", why);
    }
    const char *methods = arena_copy(&arena, listed);
    enum outcome outcome = NONE;
    if (mailbox->key_file[0] != '\0') {
        outcome = login_by_key(session, &arena, why);
    }
    if (outcome == NONE && mailbox->uses_agent) {
        outcome = login_by_agent(session, why);
    }
    if (outcome == NONE && mailbox->password_file[0] != '\0') {
        outcome = login_by_password(session, methods, &arena, why);
    }
    return outcome == NONE ? refuse_login(mailbox, methods, why) : outcome;
}

enum outcome
sftp_session_open(struct sftp_session *session, const struct mailbox *mailbox, int home,
                  struct fault *why)
{
    *session = (struct sftp_session){.mailbox = mailbox, .home = home, .socket = -1};
    if (libssh2_init(0) != 0) {
        return fail(why, "cannot start the SSH library");
    }
    TRY(handshake(session, why));
    TRY(log_in(session, why));
    libssh2_session_set_timeout(session->ssh, (long)mailbox->idle_timeout_ms);
    return DONE;
}

void
sftp_session_close(struct sftp_session *session)
{
    if (session->ssh != NULL) {
        libssh2_session_set_timeout(session->ssh, 1000);
        libssh2_session_disconnect(session->ssh, "done");
    }
    if (session->socket >= 0) {
        /* Freeing must not wait for a server that is gone. */
        shutdown(session->socket, SHUT_RDWR);
    }
    if (session->ssh != NULL) {
        libssh2_session_free(session->ssh);
        session->ssh = NULL;
    }
    if (session->socket >= 0) {
        close(session->socket);
        session->socket = -1;
    }
}
