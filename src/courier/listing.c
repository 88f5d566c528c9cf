#include "courier/listing.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REMARKS_MAX = 20, SHOWN_MAX = 80 };

struct gathering {
    struct listing *listing;
    const struct partner *partner;
    const struct mailbox *mailbox;
    const struct limits *limits;
    struct arena *arena;
    int64_t seen;
};

static void
remark(const struct gathering *gathering, const struct remote_entry *entry, const char *text)
{
    struct listing *listing = gathering->listing;
    if (listing->remark_count >= REMARKS_MAX) {
        return;
    }
    listing->remarks = arena_grow(gathering->arena, listing->remarks, sizeof *listing->remarks,
                                  listing->remark_count, &listing->remark_capacity);
    /* The log makes the name safe to show; only NUL would end it here. */
    const size_t size = entry->size < SHOWN_MAX ? entry->size : SHOWN_MAX;
    char *name = arena_copy_bytes(gathering->arena, entry->bytes, size);
    for (size_t index = 0; index < size; index++) {
        name[index] = name[index] == 0 ? (char)0x1A : name[index];
    }
    listing->remarks[listing->remark_count++] =
        arena_format(gathering->arena, "%s%s: %s", name, entry->size > size ? "..." : "", text);
}

static bool
matches_one(const char *name, const char *const *patterns, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (fnmatch(patterns[index], name, 0) == 0) {
            return true;
        }
    }
    return false;
}

/* Markers are kept in the list for now: whether one exists is known at the end. */
static bool
is_marker(const struct mailbox *mailbox, const char *name)
{
    const size_t size = strlen(name), suffix_size = strlen(mailbox->marker_suffix);
    return mailbox->readiness == READY_BY_MARKER && size > suffix_size &&
           strcmp(name + size - suffix_size, mailbox->marker_suffix) == 0;
}

static bool
is_wanted(const struct mailbox *mailbox, const char *name)
{
    if (is_marker(mailbox, name)) {
        return true;
    }
    return !matches_one(name, mailbox->temporary_patterns, mailbox->temporary_pattern_count) &&
           (mailbox->pattern_count == 0 ||
            matches_one(name, mailbox->patterns, mailbox->pattern_count));
}

/* A name that could lead anywhere else than into this one folder is never used. */
static bool
is_name(const struct gathering *gathering, const struct remote_entry *entry)
{
    if (memchr(entry->bytes, '/', entry->size) != NULL ||
        memchr(entry->bytes, '\0', entry->size) != NULL) {
        remark(gathering, entry, "left alone, the server gives a name with a slash or a NUL");
        return false;
    }
    if (entry->size >= REMOTE_NAME_SIZE) {
        remark(gathering, entry, "left alone, its name is too long");
        return false;
    }
    return true;
}

/* Is it this folder, or one that lies in it? */
static bool
leads_to(const char *path, const char *folder)
{
    const size_t size = strlen(folder);
    return strncmp(path, folder, size) == 0 && (path[size] == '\0' || path[size] == '/');
}

/* "done" in the mailbox, where done files are moved to, and so on. */
static bool
is_configured(const struct gathering *gathering, const char *name)
{
    char path[REMOTE_PATH_SIZE];
    if (!remote_path(path, gathering->mailbox->fetch_path, name)) {
        return false;
    }
    const char *folder = strncmp(path, "./", 2) == 0 ? path + 2 : path;
    for (size_t index = 0; index < gathering->partner->mailbox_count; index++) {
        const struct mailbox *its = &gathering->partner->mailboxes[index];
        if (leads_to(its->fetch_path, folder) || leads_to(its->deliver_path, folder) ||
            leads_to(its->move_to, folder)) {
            return true;
        }
    }
    return false;
}

static void
note_left(const struct gathering *gathering, const char *name, enum left_kind kind)
{
    struct listing *listing = gathering->listing;
    if (is_marker(gathering->mailbox, name) ||
        (kind == LEFT_FOLDER && is_configured(gathering, name))) {
        return;
    }
    listing->left = arena_grow(gathering->arena, listing->left, sizeof *listing->left,
                               listing->left_count, &listing->left_capacity);
    listing->left[listing->left_count++] = (struct left){name, kind};
}

static bool
gather(void *context, const struct remote_entry *entry)
{
    struct gathering *gathering = context;
    struct listing *listing = gathering->listing;
    if (++gathering->seen > gathering->limits->listing_max) {
        remark(gathering, entry, "the listing is cut off here, the folder holds too many files");
        return false;
    }
    if (!is_name(gathering, entry)) {
        return true;
    }
    const char *name = arena_copy_bytes(gathering->arena, entry->bytes, entry->size);
    if (!is_wanted(gathering->mailbox, name)) {
        return true;
    }
    if (!entry->status.is_regular) {
        note_left(gathering, name, entry->status.kind);
        return true;
    }
    if (entry->status.size < 0) {
        remark(gathering, entry, "left alone, the server does not tell its size");
        return true;
    }
    listing->files = arena_grow(gathering->arena, listing->files, sizeof *listing->files,
                                listing->count, &listing->capacity);
    listing->files[listing->count++] =
        (struct listed){name, entry->status.size, entry->status.mtime_s};
    return true;
}

static int
compare_names(const void *one, const void *other)
{
    return strcmp(((const struct listed *)one)->name, ((const struct listed *)other)->name);
}

static int
compare_left(const void *one, const void *other)
{
    return strcmp(((const struct left *)one)->name, ((const struct left *)other)->name);
}

const struct listed *
listing_find(const struct listing *listing, const char *name)
{
    const struct listed wanted = {.name = name};
    return listing->count == 0 ? NULL
                               : bsearch(&wanted, listing->files, listing->count,
                                         sizeof *listing->files, compare_names);
}

static bool
has_marker(const struct listing *listing, const struct mailbox *mailbox, const char *name)
{
    char marker[REMOTE_NAME_SIZE * 2];
    snprintf(marker, sizeof marker, "%s%s", name, mailbox->marker_suffix);
    return listing_find(listing, marker) != NULL;
}

/* A hostile server may give a name twice. */
static void
drop_doubles(struct listing *listing)
{
    size_t kept = 0;
    for (size_t index = 0; index < listing->count; index++) {
        if (kept == 0 || strcmp(listing->files[kept - 1].name, listing->files[index].name) != 0) {
            listing->files[kept++] = listing->files[index];
        }
    }
    listing->count = kept;
}

/* Leave the files whose marker is there; the markers themselves go last, they were needed for
 * searching. */
static void
keep_marked(struct listing *listing, const struct mailbox *mailbox, struct arena *arena)
{
    struct listed *kept = arena_array(arena, struct listed, listing->count + 1);
    size_t count = 0;
    for (size_t index = 0; index < listing->count; index++) {
        const char *name = listing->files[index].name;
        if (!is_marker(mailbox, name) && has_marker(listing, mailbox, name)) {
            kept[count++] = listing->files[index];
        }
    }
    listing->files = kept;
    listing->count = count;
}

enum outcome
listing_make(struct listing *listing, struct remote *remote, const struct partner *partner,
             const struct mailbox *mailbox, const struct limits *limits, struct arena *arena,
             struct fault *why)
{
    struct gathering gathering = {listing, partner, mailbox, limits, arena, 0};
    const struct remote_visitor visitor = {gather, &gathering};
    memset(listing, 0, sizeof *listing);
    TRY(remote_list(remote, mailbox->fetch_path, &visitor, why));
    if (listing->count > 0) {
        qsort(listing->files, listing->count, sizeof *listing->files, compare_names);
    }
    if (listing->left_count > 0) {
        qsort(listing->left, listing->left_count, sizeof *listing->left, compare_left);
    }
    drop_doubles(listing);
    if (mailbox->readiness == READY_BY_MARKER) {
        keep_marked(listing, mailbox, arena);
    }
    return DONE;
}
