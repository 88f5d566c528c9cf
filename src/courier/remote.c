#include "courier/remote.h"

#include <stdio.h>
#include <string.h>

enum outcome
remote_list(struct remote *remote, const char *folder, const struct remote_visitor *visitor,
            struct fault *why)
{
    return remote->ops->list(remote->self, folder, visitor, why);
}

enum outcome
remote_look(struct remote *remote, const char *path, struct remote_status *status,
            struct fault *why)
{
    return remote->ops->look(remote->self, path, status, why);
}

enum outcome
remote_remove(struct remote *remote, const char *path, struct fault *why)
{
    return remote->ops->remove(remote->self, path, why);
}

enum outcome
remote_rename(struct remote *remote, const char *from, const char *to, struct fault *why)
{
    return remote->ops->rename(remote->self, from, to, why);
}

enum outcome
remote_read_open(struct remote *remote, const char *path, int64_t offset, struct fault *why)
{
    return remote->ops->read_open(remote->self, path, offset, why);
}

enum outcome
remote_read(struct remote *remote, void *bytes, size_t size, size_t *got, struct fault *why)
{
    return remote->ops->read(remote->self, bytes, size, got, why);
}

void
remote_read_close(struct remote *remote)
{
    remote->ops->read_close(remote->self);
}

enum outcome
remote_write_open(struct remote *remote, const char *path, struct fault *why)
{
    return remote->ops->write_open(remote->self, path, why);
}

enum outcome
remote_write(struct remote *remote, const void *bytes, size_t size, struct fault *why)
{
    return remote->ops->write(remote->self, bytes, size, why);
}

enum outcome
remote_write_close(struct remote *remote, struct fault *why)
{
    return remote->ops->write_close(remote->self, why);
}

void
remote_close(struct remote *remote)
{
    if (remote->self != NULL) {
        remote->ops->close(remote->self);
        remote->self = NULL;
    }
}

enum outcome
remote_open(struct remote *remote, const struct mailbox *mailbox, int home, struct fault *why)
{
    return mailbox->kind == MAILBOX_SFTP ? sftp_open(remote, mailbox, home, why)
                                         : folder_open(remote, home, why);
}

bool
remote_path(char path[REMOTE_PATH_SIZE], const char *folder, const char *name)
{
    const size_t length = strlen(folder);
    const char *between = length > 0 && folder[length - 1] == '/' ? "" : "/";
    const int size = snprintf(path, REMOTE_PATH_SIZE, "%s%s%s", folder, between, name);
    return size > 0 && size < REMOTE_PATH_SIZE;
}
