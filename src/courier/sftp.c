/* sftp.c -- a folder on an SFTP server.  See sftp_session.h for the connection.
 *
 * Renaming: posix-rename@openssh.com is atomic, where SSH_FXP_RENAME of OpenSSH is link and unlink,
 * so that a crash of the server can leave both names.  libssh2 1.10 has no call for it and does not
 * tell which extensions a server has, so the request is put on the SFTP channel by hand (no other
 * request is under way then) and a server that does not know it says so; SSH_FXP_RENAME is used
 * from then on.
 */
#include "courier/remote.h"
#include "courier/sftp_session.h"

#include <libssh2_sftp.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_BUFFER_SIZE =
        256 * 1024 + 1, /* libssh2's largest packet: a smaller buffer loses entries */
    FX_OK = 0,
    FX_NO_SUCH_FILE = 2,
    FX_PERMISSION_DENIED = 3,
    FX_OP_UNSUPPORTED = 8,
    FX_NO_SUCH_PATH = 10,
};

struct sftp {
    struct sftp_session session;
    LIBSSH2_SFTP *channel;
    LIBSSH2_SFTP_HANDLE *file;
    bool lacks_posix_rename;
};

static const char *
status_text(unsigned long status)
{
    static const char *const texts[] = {"ok",
                                        "end of file",
                                        "there is no such file",
                                        "permission denied",
                                        "the server failed (is its disk full, or the name taken?)",
                                        "the server found our message bad",
                                        "no connection",
                                        "connection lost",
                                        "the server does not offer this",
                                        "invalid handle",
                                        "there is no such folder",
                                        "the file exists already",
                                        "the server's disk is write-protected",
                                        "no medium",
                                        "no space left on the server",
                                        "quota exceeded on the server"};
    return status < sizeof texts / sizeof texts[0] ? texts[status] : "unknown trouble";
}

static enum outcome
status_fault(const struct sftp *sftp, unsigned long status, const char *action, const char *path,
             struct fault *why)
{
    return status == FX_NO_SUCH_FILE || status == FX_NO_SUCH_PATH
               ? NONE
               : fail(why, "cannot %s %s at %s: %s (SFTP status %lu)", action, path,
                      sftp->session.mailbox->host, status_text(status), status);
}

/* What the last call's error means: the server's answer is about this file, all else ends the
 * connection. */
static enum outcome
trouble(struct sftp *sftp, const char *action, const char *path, struct fault *why)
{
    char *message = NULL;
    const int code = libssh2_session_last_error(sftp->session.ssh, &message, NULL, 0);
    if (code != LIBSSH2_ERROR_SFTP_PROTOCOL) {
        return sftp_session_trouble(&sftp->session, action, why);
    }
    if (message != NULL && strstr(message, "Unexpected Offset") != NULL) {
        return sftp_session_trouble(&sftp->session, action, why);
    }
    const unsigned long status = libssh2_sftp_last_error(sftp->channel);
    return status == FX_OK ? sftp_session_trouble(&sftp->session, action, why)
                           : status_fault(sftp, status, action, path, why);
}

static enum left_kind
kind_of(unsigned long mode)
{
    return LIBSSH2_SFTP_S_ISLNK(mode)                                 ? LEFT_LINK
           : LIBSSH2_SFTP_S_ISDIR(mode)                               ? LEFT_FOLDER
           : LIBSSH2_SFTP_S_ISFIFO(mode)                              ? LEFT_PIPE
           : LIBSSH2_SFTP_S_ISSOCK(mode)                              ? LEFT_SOCKET
           : LIBSSH2_SFTP_S_ISCHR(mode) || LIBSSH2_SFTP_S_ISBLK(mode) ? LEFT_DEVICE
                                                                      : LEFT_UNKNOWN;
}

static struct remote_status
status_of(const LIBSSH2_SFTP_ATTRIBUTES *attributes)
{
    const unsigned long flags = attributes->flags;
    const unsigned long mode =
        (flags & LIBSSH2_SFTP_ATTR_PERMISSIONS) != 0 ? attributes->permissions : 0;
    return (struct remote_status){
        .size = (flags & LIBSSH2_SFTP_ATTR_SIZE) != 0 && attributes->filesize <= INT64_MAX
                    ? (int64_t)attributes->filesize
                    : -1,
        .mtime_s = (flags & LIBSSH2_SFTP_ATTR_ACMODTIME) != 0 ? (int64_t)attributes->mtime : 0,
        .is_regular = LIBSSH2_SFTP_S_ISREG(mode),
        .kind = kind_of(mode),
    };
}

static bool
is_dot_name(const char *name, size_t size)
{
    return (size == 1 && name[0] == '.') || (size == 2 && name[0] == '.' && name[1] == '.');
}

static enum outcome
read_entries(struct sftp *sftp, LIBSSH2_SFTP_HANDLE *handle, const char *folder,
             const struct remote_visitor *visitor, struct fault *why)
{
    char *name = malloc(NAME_BUFFER_SIZE);
    if (name == NULL) {
        return fail(why, "out of memory");
    }
    enum outcome outcome = DONE;
    for (bool goes_on = true; goes_on;) {
        LIBSSH2_SFTP_ATTRIBUTES attributes;
        const int size =
            libssh2_sftp_readdir_ex(handle, name, NAME_BUFFER_SIZE, NULL, 0, &attributes);
        if (size <= 0) {
            outcome = size == 0 ? DONE : trouble(sftp, "list", folder, why);
            break;
        }
        if (!is_dot_name(name, (size_t)size)) {
            const struct remote_entry entry = {name, (size_t)size, status_of(&attributes)};
            goes_on = visitor->visit(visitor->context, &entry);
        }
    }
    free(name);
    return outcome;
}

static enum outcome
sftp_list(void *self, const char *folder, const struct remote_visitor *visitor, struct fault *why)
{
    struct sftp *sftp = self;
    LIBSSH2_SFTP_HANDLE *handle = libssh2_sftp_open_ex(
        sftp->channel, folder, (unsigned int)strlen(folder), 0, 0, LIBSSH2_SFTP_OPENDIR);
    if (handle == NULL) {
        const enum outcome outcome = trouble(sftp, "list", folder, why);
        return outcome == NONE
                   ? fail_as(why, FAULT_CONFIG,
                             "%s has no folder %s for us: check the path of the mailbox",
                             sftp->session.mailbox->host, folder)
                   : outcome;
    }
    const enum outcome outcome = read_entries(sftp, handle, folder, visitor, why);
    if (outcome != RETRY) {
        libssh2_sftp_closedir(handle);
    }
    return outcome;
}

static enum outcome
sftp_look(void *self, const char *path, struct remote_status *status, struct fault *why)
{
    struct sftp *sftp = self;
    LIBSSH2_SFTP_ATTRIBUTES attributes;
    if (libssh2_sftp_stat_ex(sftp->channel, path, (unsigned int)strlen(path), LIBSSH2_SFTP_LSTAT,
                             &attributes) != 0) {
        return trouble(sftp, "look at", path, why);
    }
    *status = status_of(&attributes);
    return DONE;
}

static enum outcome
sftp_remove(void *self, const char *path, struct fault *why)
{
    struct sftp *sftp = self;
    return libssh2_sftp_unlink_ex(sftp->channel, path, (unsigned int)strlen(path)) == 0
               ? DONE
               : trouble(sftp, "remove", path, why);
}

/* ---- posix-rename@openssh.com by hand ---- */

static void
put_number(unsigned char *at, uint32_t number)
{
    for (int index = 0; index < 4; index++) {
        at[index] = (unsigned char)(number >> (24 - 8 * index));
    }
}

static uint32_t
get_number(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static size_t
put_string(unsigned char *packet, size_t at, const char *text)
{
    const size_t size = strlen(text);
    put_number(packet + at, (uint32_t)size);
    memcpy(packet + at + 4, text, size);
    return at + 4 + size;
}

static enum outcome
channel_send(struct sftp *sftp, const unsigned char *bytes, size_t size, struct fault *why)
{
    LIBSSH2_CHANNEL *channel = libssh2_sftp_get_channel(sftp->channel);
    for (size_t at = 0; at < size;) {
        const ssize_t put = libssh2_channel_write(channel, (const char *)bytes + at, size - at);
        if (put <= 0) {
            return sftp_session_trouble(&sftp->session, "rename", why);
        }
        at += (size_t)put;
    }
    return DONE;
}

static enum outcome
channel_receive(struct sftp *sftp, unsigned char *bytes, size_t size, struct fault *why)
{
    LIBSSH2_CHANNEL *channel = libssh2_sftp_get_channel(sftp->channel);
    for (size_t at = 0; at < size;) {
        const ssize_t got = libssh2_channel_read(channel, (char *)bytes + at, size - at);
        if (got <= 0) {
            return sftp_session_trouble(&sftp->session, "rename", why);
        }
        at += (size_t)got;
    }
    return DONE;
}

enum {
    FXP_STATUS = 101,
    FXP_EXTENDED = 200,
    RENAME_REQUEST = 0x70757273, /* far from the numbers that libssh2 counts from 1 */
    RENAME_PACKET_SIZE = 2 * REMOTE_PATH_SIZE + 64,
    STATUS_SIZE_MAX = 64 * 1024,
};

static enum outcome
posix_rename(struct sftp *sftp, const char *from, const char *to, uint32_t *status,
             struct fault *why)
{
    unsigned char packet[RENAME_PACKET_SIZE], answer[13], rest[256];
    size_t size = 9;
    packet[4] = FXP_EXTENDED;
    put_number(packet + 5, RENAME_REQUEST);
    size = put_string(packet, size, "posix-rename@openssh.com");
    size = put_string(packet, size, from);
    size = put_string(packet, size, to);
    put_number(packet, (uint32_t)(size - 4));
    TRY(channel_send(sftp, packet, size, why));
    TRY(channel_receive(sftp, answer, sizeof answer, why));
    const uint32_t answer_size = get_number(answer);
    if (answer_size < 9 || answer_size > STATUS_SIZE_MAX || answer[4] != FXP_STATUS ||
        get_number(answer + 5) != RENAME_REQUEST) {
        return sftp_session_trouble(&sftp->session, "rename", why);
    }
    for (size_t left = answer_size - 9; left > 0;) {
        const size_t part = left < sizeof rest ? left : sizeof rest;
        TRY(channel_receive(sftp, rest, part, why));
        left -= part;
    }
    *status = get_number(answer + 9);
    return DONE;
}

static enum outcome
sftp_rename(void *self, const char *from, const char *to, struct fault *why)
{
    struct sftp *sftp = self;
    if (!sftp->lacks_posix_rename) {
        uint32_t status = UINT32_MAX; /* no status of the protocol */
        TRY(posix_rename(sftp, from, to, &status, why));
        if (status == FX_OK) {
            return DONE;
        }
        if (status == FX_NO_SUCH_FILE) {
            return NONE;
        }
        /* Unknown to the server, or known and forbidden (OpenSSH then says "permission denied"). */
        sftp->lacks_posix_rename = true;
    }
    return libssh2_sftp_rename_ex(sftp->channel, from, (unsigned int)strlen(from), to,
                                  (unsigned int)strlen(to), 0) == 0
               ? DONE
               : trouble(sftp, "rename", from, why);
}

/* ---- one open file ---- */

static enum outcome
open_file(struct sftp *sftp, const char *path, unsigned long flags, const char *action,
          struct fault *why)
{
    sftp->file = libssh2_sftp_open_ex(sftp->channel, path, (unsigned int)strlen(path), flags, 0640,
                                      LIBSSH2_SFTP_OPENFILE);
    return sftp->file != NULL ? DONE : trouble(sftp, action, path, why);
}

static enum outcome
sftp_read_open(void *self, const char *path, int64_t offset, struct fault *why)
{
    struct sftp *sftp = self;
    TRY(open_file(sftp, path, LIBSSH2_FXF_READ, "read", why));
    libssh2_sftp_seek64(sftp->file, (libssh2_uint64_t)offset);
    return DONE;
}

static enum outcome
sftp_read(void *self, void *bytes, size_t size, size_t *got, struct fault *why)
{
    struct sftp *sftp = self;
    const ssize_t length = libssh2_sftp_read(sftp->file, bytes, size);
    if (length < 0) {
        const enum outcome outcome = trouble(sftp, "read", "a file", why);
        return outcome == NONE ? fail(why, "the file vanished while it was read") : outcome;
    }
    *got = (size_t)length;
    return DONE;
}

static void
sftp_read_close(void *self)
{
    struct sftp *sftp = self;
    if (sftp->file != NULL) {
        libssh2_sftp_close(sftp->file);
        sftp->file = NULL;
    }
}

/* Always a new file: what somebody else put there, a link perhaps, is never written to. */
static enum outcome
sftp_write_open(void *self, const char *path, struct fault *why)
{
    struct sftp *sftp = self;
    const enum outcome outcome = open_file(
        sftp, path, LIBSSH2_FXF_WRITE | LIBSSH2_FXF_CREAT | LIBSSH2_FXF_EXCL, "write", why);
    return outcome == NONE ? fail_as(why, FAULT_CONFIG,
                                     "%s has no folder for %s: check the path of the mailbox",
                                     sftp->session.mailbox->host, path)
                           : outcome;
}

static enum outcome
sftp_write(void *self, const void *bytes, size_t size, struct fault *why)
{
    struct sftp *sftp = self;
    for (size_t at = 0; at < size;) {
        const ssize_t put = libssh2_sftp_write(sftp->file, (const char *)bytes + at, size - at);
        if (put < 0) {
            return trouble(sftp, "write", "a file", why);
        }
        at += (size_t)put;
    }
    return DONE;
}

/* Unknown to the server, or known and forbidden. */
static bool
lacks_fsync(struct sftp *sftp)
{
    const unsigned long status = libssh2_sftp_last_error(sftp->channel);
    return libssh2_session_last_errno(sftp->session.ssh) == LIBSSH2_ERROR_SFTP_PROTOCOL &&
           (status == FX_OP_UNSUPPORTED || status == FX_PERMISSION_DENIED);
}

static enum outcome
sftp_write_close(void *self, struct fault *why)
{
    struct sftp *sftp = self;
    if (libssh2_sftp_fsync(sftp->file) != 0 && !lacks_fsync(sftp)) {
        const enum outcome outcome = trouble(sftp, "sync", "a file", why);
        if (outcome != RETRY) {
            sftp_read_close(sftp);
        }
        return outcome;
    }
    LIBSSH2_SFTP_HANDLE *file = sftp->file;
    sftp->file = NULL;
    return libssh2_sftp_close(file) == 0 ? DONE : trouble(sftp, "close", "a file", why);
}

static void
sftp_close(void *self)
{
    struct sftp *sftp = self;
    if (sftp->session.ssh != NULL) {
        libssh2_session_set_timeout(sftp->session.ssh, 1000);
    }
    sftp_session_close(&sftp->session); /* frees the channel and its handles */
    free(sftp);
}

static enum outcome
start_sftp(struct sftp *sftp, struct fault *why)
{
    sftp->channel = libssh2_sftp_init(sftp->session.ssh);
    return sftp->channel != NULL
               ? DONE
               : sftp_session_trouble(&sftp->session, "cannot start SFTP after the login", why);
}

enum outcome
sftp_open(struct remote *remote, const struct mailbox *mailbox, int home, struct fault *why)
{
    static const struct remote_ops ops = {
        .list = sftp_list,
        .look = sftp_look,
        .remove = sftp_remove,
        .rename = sftp_rename,
        .read_open = sftp_read_open,
        .read = sftp_read,
        .read_close = sftp_read_close,
        .write_open = sftp_write_open,
        .write = sftp_write,
        .write_close = sftp_write_close,
        .close = sftp_close,
    };
    struct sftp *sftp = calloc(1, sizeof *sftp);
    if (sftp == NULL) {
        return fail(why, "out of memory");
    }
    *remote = (struct remote){&ops, sftp};
    enum outcome outcome = sftp_session_open(&sftp->session, mailbox, home, why);
    if (outcome == DONE) {
        outcome = start_sftp(sftp, why);
    }
    if (outcome != DONE) {
        remote_close(remote);
    }
    return outcome;
}
