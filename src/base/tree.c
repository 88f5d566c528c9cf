#include "base/tree.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 1024, COPY_SIZE = 64 * 1024 };

static bool
is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int
without_dots(const struct dirent *entry)
{
    return !is_dots(entry->d_name);
}

static int
compare_names(const struct dirent **one, const struct dirent **other)
{
    return strcmp((*one)->d_name, (*other)->d_name);
}

static void
free_entries(struct dirent **entries, int count)
{
    for (int index = 0; index < count; index++) {
        free(entries[index]);
    }
    free(entries);
}

/* Sorted entries; none when the folder is not there. */
static enum outcome
scan(int at, const char *path, struct dirent ***entries, int *count, struct fault *why)
{
    *entries = NULL;
    *count = scandirat(at, path, entries, without_dots, compare_names);
    if (*count < 0) {
        *count = 0;
        return errno == ENOENT ? DONE : fail(why, "cannot list %s: %s", path, strerror(errno));
    }
    return DONE;
}

static enum outcome
copy_bytes(int from, int to, const char *shown, struct fault *why)
{
    char bytes[COPY_SIZE];
    for (;;) {
        const ssize_t size = read(from, bytes, sizeof bytes);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            return fail(why, "cannot read %s: %s", shown, strerror(errno));
        }
        if (size == 0) {
            return DONE;
        }
        TRY(file_write_all(to, bytes, (size_t)size, shown, why));
    }
}

/* NONE: it is no regular file. */
static enum outcome
copy_file(int from_folder, int to_folder, const char *name, struct fault *why)
{
    struct stat status;
    const int from = openat(from_folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (from < 0 || fstat(from, &status) != 0 || !S_ISREG(status.st_mode)) {
        if (from >= 0) {
            close(from);
        }
        return NONE;
    }
    const int to = openat(to_folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    enum outcome outcome = to < 0 ? fail(why, "cannot make a copy of %s: %s", name, strerror(errno))
                                  : copy_bytes(from, to, name, why);
    const struct timespec times[2] = {status.st_atim, status.st_mtim};
    if (outcome == DONE && futimens(to, times) != 0) {
        outcome = fail(why, "cannot keep the time of %s: %s", name, strerror(errno));
    }
    close(from);
    if (to >= 0) {
        close(to);
    }
    return outcome;
}

enum outcome
tree_copy_files(int at, const char *from, const char *to, const char *pattern, struct fault *why)
{
    struct dirent **entries;
    int count;
    int to_folder;
    TRY(file_make_folder(at, to, &to_folder, why));
    enum outcome outcome = scan(at, from, &entries, &count, why);
    int from_folder = -1;
    if (outcome == DONE && count > 0) {
        outcome = file_open_folder(at, from, &from_folder, why);
    }
    for (int index = 0; index < count && (outcome == DONE || outcome == NONE); index++) {
        const char *name = entries[index]->d_name;
        if (pattern == NULL || fnmatch(pattern, name, 0) == 0) {
            outcome = copy_file(from_folder, to_folder, name, why);
        }
    }
    free_entries(entries, count);
    close(to_folder);
    if (from_folder >= 0) {
        close(from_folder);
    }
    return outcome == NONE ? DONE : outcome;
}

struct listing {
    struct arena *arena;
    const char **files;
    size_t count;
    size_t capacity;
};

static bool
is_folder(int at, const char *path)
{
    struct stat status;
    return fstatat(at, path, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

static enum outcome
list_into(int at, const char *path, struct listing *listing, struct fault *why)
{
    struct dirent **entries;
    int count;
    TRY(scan(at, path, &entries, &count, why));
    enum outcome outcome = DONE;
    for (int index = 0; index < count && outcome == DONE; index++) {
        const char *name = entries[index]->d_name;
        const char *inner = arena_format(listing->arena, "%s/%s", path, name);
        if (name[0] == '.') {
            continue;
        }
        if (is_folder(at, inner)) {
            outcome = list_into(at, inner, listing, why);
            continue;
        }
        listing->files = arena_grow(listing->arena, listing->files, sizeof *listing->files,
                                    listing->count, &listing->capacity);
        listing->files[listing->count++] = inner;
    }
    free_entries(entries, count);
    return outcome;
}

enum outcome
tree_list(int at, const char *path, struct arena *arena, const char ***files, size_t *count,
          struct fault *why)
{
    struct listing listing = {arena, NULL, 0, 0};
    TRY(list_into(at, path, &listing, why));
    *files = listing.files;
    *count = listing.count;
    return DONE;
}

enum outcome
tree_remove(int at, const char *path, struct fault *why)
{
    struct dirent **entries;
    int count;
    char inner[PATH_SIZE];
    TRY(scan(at, path, &entries, &count, why));
    enum outcome outcome = DONE;
    for (int index = 0; index < count && outcome == DONE; index++) {
        const int size = snprintf(inner, sizeof inner, "%s/%s", path, entries[index]->d_name);
        if (size >= (int)sizeof inner) {
            outcome = fail(why, "name is too long: %.80s...", inner);
        } else if (is_folder(at, inner)) {
            outcome = tree_remove(at, inner, why);
        } else if (unlinkat(at, inner, 0) != 0) {
            outcome = fail(why, "cannot remove %s: %s", inner, strerror(errno));
        }
    }
    free_entries(entries, count);
    if (outcome == DONE && unlinkat(at, path, AT_REMOVEDIR) != 0 && errno != ENOENT) {
        return fail(why, "cannot remove %s: %s", path, strerror(errno));
    }
    return outcome;
}
