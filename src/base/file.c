#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum outcome
file_open_folder(int at, const char *path, int *folder, struct fault *why)
{
    const int opened = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) {
        return fail(why, "cannot open folder %s: %s", path, strerror(errno));
    }
    *folder = opened;
    return DONE;
}

/* Sync the folder in which `path` (relative to `at`) lies. */
static enum outcome
sync_parent(int at, const char *path, struct fault *why)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL && at != AT_FDCWD) {
        return file_sync_folder(at, path, why);
    }
    char parent[1024] = ".";
    if (slash != NULL) {
        const size_t length = slash == path ? 1 : (size_t)(slash - path);
        assert(length < sizeof parent);
        memcpy(parent, path, length);
        parent[length] = '\0';
    }
    int folder;
    TRY(file_open_folder(at, parent, &folder, why));
    const enum outcome outcome = file_sync_folder(folder, parent, why);
    close(folder);
    return outcome;
}

/* mkdir -p: each missing level in turn. */
static enum outcome
make_levels(int at, const char *path, struct fault *why)
{
    char level[1024];
    const size_t length = strlen(path);
    if (length >= sizeof level) {
        return fail(why, "folder name is too long: %.80s...", path);
    }
    for (size_t end = 1; end <= length; end++) {
        if (path[end] != '/' && path[end] != '\0') {
            continue;
        }
        memcpy(level, path, end);
        level[end] = '\0';
        if (mkdirat(at, level, 0770) == 0) {
            TRY(sync_parent(at, level, why));
        } else if (errno != EEXIST) {
            return fail(why, "cannot make folder %s: %s", level, strerror(errno));
        }
    }
    return DONE;
}

enum outcome
file_make_folder(int at, const char *path, int *folder, struct fault *why)
{
    const int opened = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened >= 0) {
        *folder = opened;
        return DONE;
    }
    TRY(make_levels(at, path, why));
    return file_open_folder(at, path, folder, why);
}

enum outcome
file_sync_folder(int folder, const char *shown, struct fault *why)
{
    if (fsync(folder) != 0) {
        return fail(why, "cannot sync folder %s: %s", shown, strerror(errno));
    }
    return DONE;
}

static enum outcome
open_regular(int at, const char *path, int links, int *descriptor, int64_t *size, struct fault *why)
{
    /* O_NONBLOCK: a fifo dropped into a mailbox must not hang us. */
    const int opened = openat(at, path, O_RDONLY | links | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (opened < 0) {
        return errno == ENOENT ? NONE : fail(why, "cannot open %s: %s", path, strerror(errno));
    }
    struct stat status;
    if (fstat(opened, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(opened);
        return fail(why, "%s is not a regular file", path);
    }
    *descriptor = opened;
    *size = status.st_size;
    return DONE;
}

enum outcome
file_open_read(int at, const char *path, int *descriptor, int64_t *size, struct fault *why)
{
    return open_regular(at, path, O_NOFOLLOW, descriptor, size, why);
}

static enum outcome
read_all(int descriptor, char *bytes, size_t size, const char *shown, struct fault *why)
{
    size_t at = 0;
    while (at < size) {
        const ssize_t got = read(descriptor, bytes + at, size - at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return fail(why, "cannot read %s: %s", shown, got < 0 ? strerror(errno) : "it shrank");
        }
        at += (size_t)got;
    }
    return DONE;
}

enum outcome
file_read(int at, const char *path, size_t size_max, struct arena *arena, char **bytes,
          size_t *size, struct fault *why)
{
    int descriptor;
    int64_t length;
    TRY(open_regular(at, path, 0, &descriptor, &length, why));
    if ((uint64_t)length > size_max) {
        close(descriptor);
        return fail(why, "%s is larger than %zu bytes", path, size_max);
    }
    char *content = arena_alloc(arena, (size_t)length + 1);
    const enum outcome outcome = read_all(descriptor, content, (size_t)length, path, why);
    close(descriptor);
    TRY(outcome);
    *bytes = content;
    *size = (size_t)length;
    return DONE;
}

enum outcome
file_rename(int folder, const char *from, const char *to, struct fault *why)
{
    if (renameat(folder, from, folder, to) != 0) {
        return errno == ENOENT && !file_exists(folder, from)
                   ? NONE
                   : fail(why, "cannot rename %s to %s: %s", from, to, strerror(errno));
    }
    return DONE;
}

static size_t
folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

static bool
is_one_folder(int from_at, const char *from, int to_at, const char *to)
{
    const size_t length = folder_length(from);
    return from_at == to_at && length == folder_length(to) && strncmp(from, to, length) == 0;
}

enum outcome
file_link(int folder, const char *from, const char *to, struct fault *why)
{
    return linkat(folder, from, folder, to, 0) == 0 || errno == EEXIST
               ? DONE
               : fail(why, "cannot give %s the name %s: %s", from, to, strerror(errno));
}

enum outcome
file_move(int from_at, const char *from, int to_at, const char *to, struct fault *why)
{
    if (renameat(from_at, from, to_at, to) != 0) {
        return errno == ENOENT && !file_exists(from_at, from)
                   ? NONE
                   : fail(why, "cannot rename %s to %s: %s", from, to, strerror(errno));
    }
    TRY(sync_parent(to_at, to, why));
    return is_one_folder(from_at, from, to_at, to) ? DONE : sync_parent(from_at, from, why);
}

enum outcome
file_remove(int at, const char *path, struct fault *why)
{
    if (unlinkat(at, path, 0) != 0) {
        return errno == ENOENT ? NONE : fail(why, "cannot remove %s: %s", path, strerror(errno));
    }
    return DONE;
}

bool
file_exists(int at, const char *path)
{
    struct stat status;
    return fstatat(at, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

const char *
file_secret_mode(const struct stat *status)
{
    if (status->st_uid == geteuid()) {
        return (status->st_mode & (S_IRWXG | S_IRWXO)) == 0 ? NULL : "600";
    }
    return (status->st_mode & S_IRWXO) == 0 ? NULL : "o-rwx";
}

enum outcome
file_write_all(int descriptor, const void *bytes, size_t size, const char *shown, struct fault *why)
{
    size_t at = 0;
    while (at < size) {
        const ssize_t put = write(descriptor, (const char *)bytes + at, size - at);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return fail(why, "cannot write %s: %s", shown, strerror(errno));
        }
        at += (size_t)put;
    }
    return DONE;
}

/* Always a file of our own making: what lies there under this name -- a left-over, or a link that
 * somebody with access to the folder planted -- is unlinked, never written through. */
static int
create_new(int folder, const char *name)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const int created = openat(folder, name, flags, 0660);
    if (created >= 0 || errno != EEXIST || unlinkat(folder, name, 0) != 0) {
        return created;
    }
    return openat(folder, name, flags, 0660);
}

enum outcome
draft_open(struct draft *draft, int folder, const char *name, struct fault *why)
{
    memset(draft, 0, sizeof *draft);
    assert(strchr(name, '/') == NULL && strlen(name) + 8 < sizeof draft->temporary);
    snprintf(draft->name, sizeof draft->name, "%s", name);
    snprintf(draft->temporary, sizeof draft->temporary, ".%s.part", name);
    draft->folder = folder;
    draft->descriptor = create_new(folder, draft->temporary);
    if (draft->descriptor < 0) {
        return fail(why, "cannot create %s: %s", draft->temporary, strerror(errno));
    }
    draft->is_open = true;
    digest_init(&draft->digest);
    return DONE;
}

enum outcome
draft_write(struct draft *draft, const void *bytes, size_t size, struct fault *why)
{
    TRY(file_write_all(draft->descriptor, bytes, size, draft->name, why));
    digest_add(&draft->digest, bytes, size);
    draft->size += (int64_t)size;
    return DONE;
}

enum outcome
draft_seal(struct draft *draft, struct fault *why)
{
    if (fsync(draft->descriptor) != 0) {
        return fail(why, "cannot sync %s: %s", draft->name, strerror(errno));
    }
    const int closed = close(draft->descriptor);
    draft->is_open = false;
    if (closed != 0) {
        unlinkat(draft->folder, draft->temporary, 0);
        return fail(why, "cannot close %s: %s", draft->name, strerror(errno));
    }
    digest_finish(&draft->digest, draft->sha256);
    return DONE;
}

enum outcome
draft_publish(struct draft *draft, struct fault *why)
{
    assert(!draft->is_open && draft->sha256[0] != '\0');
    const enum outcome outcome =
        file_move(draft->folder, draft->temporary, draft->folder, draft->name, why);
    return outcome == NONE ? fail(why, "%s vanished before it was renamed", draft->temporary)
                           : outcome;
}

void
draft_close(struct draft *draft)
{
    if (draft->is_open) {
        close(draft->descriptor);
        unlinkat(draft->folder, draft->temporary, 0);
        draft->is_open = false;
    }
    digest_close(&draft->digest);
}
