/* folder.c -- a local folder as a mailbox.  Names below it are the partner's: one path part, never
 * followed through links, regular files with one name only.  The folder itself is the
 * configuration's and may be a link. */
#include "base/file.h"
#include "courier/remote.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    int home;                      /* borrowed */
    int descriptor;                /* of the one open file, or -1 */
    char parent[REMOTE_PATH_SIZE]; /* of the file being written */
};

static enum left_kind
kind_of(mode_t mode)
{
    return S_ISLNK(mode)                    ? LEFT_LINK
           : S_ISDIR(mode)                  ? LEFT_FOLDER
           : S_ISFIFO(mode)                 ? LEFT_PIPE
           : S_ISSOCK(mode)                 ? LEFT_SOCKET
           : S_ISCHR(mode) || S_ISBLK(mode) ? LEFT_DEVICE
                                            : LEFT_TWO_NAMES;
}

static struct remote_status
status_of(const struct stat *status)
{
    return (struct remote_status){
        .size = status->st_size,
        .mtime_s = status->st_mtim.tv_sec,
        /* A second name would let its owner go on writing after we took the first. */
        .is_regular = S_ISREG(status->st_mode) && status->st_nlink == 1,
        .kind = kind_of(status->st_mode),
    };
}

/* A relative path is ours below home: made when it is missing.  An absolute one may be a mount that
 * is not there now. */
static enum outcome
open_listed(int home, const char *path, int *folder, struct fault *why)
{
    if (path[0] != '/') {
        return file_make_folder(home, path, folder, why);
    }
    *folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *folder >= 0
               ? DONE
               : fail_as(why, FAULT_TEMPORARY, "cannot open folder %s: %s", path, strerror(errno));
}

static bool
show_entry(int folder, const char *name, const struct remote_visitor *visitor)
{
    struct stat status;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
        fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return true;
    }
    const struct remote_entry entry = {name, strlen(name), status_of(&status)};
    return visitor->visit(visitor->context, &entry);
}

static enum outcome
folder_list(void *self, const char *path, const struct remote_visitor *visitor, struct fault *why)
{
    const struct folder *folder = self;
    int descriptor;
    TRY(open_listed(folder->home, path, &descriptor, why));
    DIR *directory = fdopendir(descriptor);
    if (directory == NULL) {
        close(descriptor);
        return fail(why, "cannot read folder %s: %s", path, strerror(errno));
    }
    const struct dirent *entry;
    bool goes_on = true;
    errno = 0;
    while (goes_on && (entry = readdir(directory)) != NULL) {
        goes_on = show_entry(descriptor, entry->d_name, visitor);
        errno = 0;
    }
    const int problem = goes_on ? errno : 0;
    closedir(directory);
    return problem == 0 ? DONE
                        : fail_as(why, FAULT_TEMPORARY, "cannot read folder %s: %s", path,
                                  strerror(problem));
}

static enum outcome
folder_look(void *self, const char *path, struct remote_status *seen, struct fault *why)
{
    const struct folder *folder = self;
    struct stat status;
    if (fstatat(folder->home, path, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? NONE : fail(why, "cannot look at %s: %s", path, strerror(errno));
    }
    *seen = status_of(&status);
    return DONE;
}

static enum outcome
folder_remove(void *self, const char *path, struct fault *why)
{
    return file_remove(((const struct folder *)self)->home, path, why);
}

static enum outcome
folder_rename(void *self, const char *from, const char *to, struct fault *why)
{
    const struct folder *folder = self;
    return file_move(folder->home, from, folder->home, to, why);
}

static enum outcome
folder_read_open(void *self, const char *path, int64_t offset, struct fault *why)
{
    struct folder *folder = self;
    int64_t size;
    TRY(file_open_read(folder->home, path, &folder->descriptor, &size, why));
    if (lseek(folder->descriptor, offset, SEEK_SET) < 0) {
        return fail(why, "cannot seek in %s: %s", path, strerror(errno));
    }
    return DONE;
}

static enum outcome
folder_read(void *self, void *bytes, size_t size, size_t *got, struct fault *why)
{
    const struct folder *folder = self;
    ssize_t length;
    do {
        length = read(folder->descriptor, bytes, size);
    } while (length < 0 && errno == EINTR);
    if (length < 0) {
        return fail(why, "cannot read: %s", strerror(errno));
    }
    *got = (size_t)length;
    return DONE;
}

static void
close_file(struct folder *folder)
{
    if (folder->descriptor >= 0) {
        close(folder->descriptor);
        folder->descriptor = -1;
    }
}

static void
folder_read_close(void *self)
{
    close_file(self);
}

static enum outcome
folder_write_open(void *self, const char *path, struct fault *why)
{
    struct folder *folder = self;
    const char *slash = strrchr(path, '/');
    assert(slash != NULL && strlen(path) < sizeof folder->parent);
    memcpy(folder->parent, path, (size_t)(slash - path));
    folder->parent[slash - path] = '\0';
    int parent;
    TRY(open_listed(folder->home, folder->parent, &parent, why));
    folder->descriptor =
        openat(parent, slash + 1, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0660);
    const int problem = errno;
    close(parent);
    return folder->descriptor >= 0 ? DONE
                                   : fail(why, "cannot create %s: %s", path, strerror(problem));
}

static enum outcome
folder_write(void *self, const void *bytes, size_t size, struct fault *why)
{
    const struct folder *folder = self;
    return file_write_all(folder->descriptor, bytes, size, folder->parent, why);
}

static enum outcome
folder_write_close(void *self, struct fault *why)
{
    struct folder *folder = self;
    const bool is_synced = fsync(folder->descriptor) == 0;
    const int problem = errno;
    close_file(folder);
    if (!is_synced) {
        return fail(why, "cannot sync a file in %s: %s", folder->parent, strerror(problem));
    }
    /* Its name too: after a power cut a name that is gone would pass for one that was renamed. */
    int parent;
    TRY(open_listed(folder->home, folder->parent, &parent, why));
    const enum outcome outcome = file_sync_folder(parent, folder->parent, why);
    close(parent);
    return outcome;
}

static void
folder_close(void *self)
{
    close_file(self);
    free(self);
}

enum outcome
folder_open(struct remote *remote, int home, struct fault *why)
{
    static const struct remote_ops ops = {
        .list = folder_list,
        .look = folder_look,
        .remove = folder_remove,
        .rename = folder_rename,
        .read_open = folder_read_open,
        .read = folder_read,
        .read_close = folder_read_close,
        .write_open = folder_write_open,
        .write = folder_write,
        .write_close = folder_write_close,
        .close = folder_close,
    };
    struct folder *folder = calloc(1, sizeof *folder);
    if (folder == NULL) {
        return fail(why, "out of memory");
    }
    folder->home = home;
    folder->descriptor = -1;
    remote->ops = &ops;
    remote->self = folder;
    return DONE;
}
