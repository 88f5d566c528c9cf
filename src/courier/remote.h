/* remote.h -- one mailbox, seen as a folder of files: over SFTP (sftp.c) or on our own disk
 * (folder.c).
 *
 * Life:      sftp_open or folder_open fills a remote; remote_close takes a zeroed one too.
 * Failure:   RETRY means the connection is of no more use: close the remote, perhaps open another.
 * FAILED is about this one file; the connection goes on.  NONE: there is no such file. Ownership:
 * one file is open at a time, either for reading or for writing.  Paths are bytes without NUL.
 */
#ifndef PURSER_REMOTE_H
#define PURSER_REMOTE_H

#include "base/fault.h"
#include "config/config.h"
#include "store/store_left.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REMOTE_NAME_SIZE = 1024, REMOTE_PATH_SIZE = 4096 };

struct remote_status {
    int64_t size; /* -1: not told */
    int64_t mtime_s;
    bool is_regular;
    enum left_kind kind; /* when it is not */
};

/* What a listing meets.  `bytes` may hold anything, slashes and NUL too. */
struct remote_entry {
    const char *bytes;
    size_t size;
    struct remote_status status;
};

/* Called for each entry, without "." and ".."; false ends the listing. */
struct remote_visitor {
    bool (*visit)(void *context, const struct remote_entry *entry);
    void *context;
};

struct remote_ops {
    enum outcome (*list)(void *self, const char *folder, const struct remote_visitor *visitor,
                         struct fault *why);
    enum outcome (*look)(void *self, const char *path, struct remote_status *status,
                         struct fault *why);
    enum outcome (*remove)(void *self, const char *path, struct fault *why);
    enum outcome (*rename)(void *self, const char *from, const char *to, struct fault *why);
    enum outcome (*read_open)(void *self, const char *path, int64_t offset, struct fault *why);
    enum outcome (*read)(void *self, void *bytes, size_t size, size_t *got, struct fault *why);
    void (*read_close)(void *self);
    enum outcome (*write_open)(void *self, const char *path, struct fault *why);
    enum outcome (*write)(void *self, const void *bytes, size_t size, struct fault *why);
    enum outcome (*write_close)(void *self, struct fault *why);
    void (*close)(void *self);
};

struct remote {
    const struct remote_ops *ops;
    void *self;
};

/* Entries in the order of the server. */
MUST_USE enum outcome remote_list(struct remote *remote, const char *folder,
                                  const struct remote_visitor *visitor, struct fault *why);
/* Links are not followed. */
MUST_USE enum outcome remote_look(struct remote *remote, const char *path,
                                  struct remote_status *status, struct fault *why);
MUST_USE enum outcome remote_remove(struct remote *remote, const char *path, struct fault *why);
/* Callers look first whether `to` exists; a server without a rename that replaces refuses then. */
MUST_USE enum outcome
remote_rename(struct remote *remote, const char *from, const char *to, struct fault *why);
/* Reading: `got` is 0 at the end. */
MUST_USE enum outcome
remote_read_open(struct remote *remote, const char *path, int64_t offset, struct fault *why);
MUST_USE enum outcome
remote_read(struct remote *remote, void *bytes, size_t size, size_t *got, struct fault *why);
void remote_read_close(struct remote *remote);
/* Writing begins a new file: FAILED when anything has that name.  write_close is DONE only when the
 * other side has said so (synced, where it can). */
MUST_USE enum outcome remote_write_open(struct remote *remote, const char *path, struct fault *why);
MUST_USE enum outcome
remote_write(struct remote *remote, const void *bytes, size_t size, struct fault *why);
MUST_USE enum outcome remote_write_close(struct remote *remote, struct fault *why);
void remote_close(struct remote *remote);

/* The two kinds.  `home` is the folder that relative paths of the configuration begin at. */
MUST_USE enum outcome
sftp_open(struct remote *remote, const struct mailbox *mailbox, int home, struct fault *why);
MUST_USE enum outcome folder_open(struct remote *remote, int home, struct fault *why);
MUST_USE enum outcome
remote_open(struct remote *remote, const struct mailbox *mailbox, int home, struct fault *why);

/* FOLDER/NAME; false when it is too long. */
bool remote_path(char path[REMOTE_PATH_SIZE], const char *folder, const char *name);

#endif
