/* file.h -- files that survive a power cut: written beside their place, synced, renamed, folder
 * synced.
 *
 * All names are relative to an open folder (`at`, a descriptor from file_open_folder) and opened
 * close-on-exec.  Every descriptor is closed by whoever opened it.
 *
 * Symbolic links: what partners can put somewhere is never followed.  What only the administrator
 * of the home chooses is: folders of mailboxes, the configuration, and files of secrets
 * (file_read), which are links where a tool lays them out.
 *
 * A draft is a file in the making.  Life: draft_open, draft_write as often as wanted, draft_seal
 * (data is on the disk, still under the temporary name), draft_publish (renamed, folder synced);
 * draft_close on every way out removes what was not sealed.  A failed fsync is final: the file is
 * given up, never synced again (ATC'20: after a failed fsync pages are marked clean).
 */
#ifndef PURSER_FILE_H
#define PURSER_FILE_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Open (and first make, with parents, mode 0770 less umask, each synced into its parent) the folder
 * `path` below `at`. */
MUST_USE enum outcome file_make_folder(int at, const char *path, int *folder, struct fault *why);
MUST_USE enum outcome file_open_folder(int at, const char *path, int *folder, struct fault *why);
MUST_USE enum outcome file_sync_folder(int folder, const char *shown, struct fault *why);

/* A regular file for reading; NONE when there is none, FAILED for links, folders and devices. */
MUST_USE enum outcome
file_open_read(int at, const char *path, int *descriptor, int64_t *size, struct fault *why);

/* Whole file into the arena, zero-terminated; FAILED when it is larger than size_max.  Links are
 * followed: never for a name that a partner chose. */
MUST_USE enum outcome file_read(int at, const char *path, size_t size_max, struct arena *arena,
                                char **bytes, size_t *size, struct fault *why);

/* Rename within one folder, without syncing it: for many files at once, then file_sync_folder.
 * NONE: no such source. */
MUST_USE enum outcome file_rename(int folder, const char *from, const char *to, struct fault *why);

/* A second name for a file of the folder, without syncing it; DONE also when there is one of that
 * name. */
MUST_USE enum outcome file_link(int folder, const char *from, const char *to, struct fault *why);

/* Rename and sync the target folder (and the source folder when it is another).  NONE: no such
 * source. */
MUST_USE enum outcome
file_move(int from_at, const char *from, int to_at, const char *to, struct fault *why);

/* Remove; NONE when it was not there. */
MUST_USE enum outcome file_remove(int at, const char *path, struct fault *why);
bool file_exists(int at, const char *path);

/* May others read this file of a secret?  Only its owner may when that is us; when it is somebody
 * else (root, say), a group that we belong to may too.  NULL: nobody else may; otherwise what chmod
 * must be told, "600" or "o-rwx". */
struct stat;
const char *file_secret_mode(const struct stat *status);

/* All bytes, whatever short writes and signals do in between. */
MUST_USE enum outcome file_write_all(int descriptor, const void *bytes, size_t size,
                                     const char *shown, struct fault *why);

enum { DRAFT_NAME_SIZE = 300 };

struct draft {
    int folder; /* borrowed */
    int descriptor;
    bool is_open;
    char temporary[DRAFT_NAME_SIZE];
    char name[DRAFT_NAME_SIZE];
    struct digest digest;
    int64_t size;
    char sha256[DIGEST_HEX_SIZE]; /* filled by draft_seal */
};

/* Begin `name` in `folder` under the temporary name ".<name>.part"; a left-over of an earlier run
 * is replaced. `name` has no slash. */
MUST_USE enum outcome
draft_open(struct draft *draft, int folder, const char *name, struct fault *why);
MUST_USE enum outcome
draft_write(struct draft *draft, const void *bytes, size_t size, struct fault *why);
MUST_USE enum outcome draft_seal(struct draft *draft, struct fault *why);
MUST_USE enum outcome draft_publish(struct draft *draft, struct fault *why);
void draft_close(struct draft *draft);

#endif
