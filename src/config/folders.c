#include "config/folders.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum use { USE_FETCH, USE_DELIVER, USE_MOVE };

/* One folder that a mailbox names. */
struct spot {
    const struct partner *partner;
    const struct mailbox *mailbox;
    const char *path;
    enum use use;
    bool is_here; /* on this machine, and there: then it has these two */
    dev_t device;
    ino_t inode;
};

struct spots {
    const struct value_context *context;
    struct spot *items;
    size_t count;
};

static void
find(const struct value_context *context, struct spot *spot)
{
    struct stat status;
    spot->is_here = spot->mailbox->kind == MAILBOX_FOLDER &&
                    fstatat(context->home, spot->path, &status, 0) == 0;
    if (spot->is_here) {
        spot->device = status.st_dev;
        spot->inode = status.st_ino;
    }
}

static void
add(struct spots *spots, const struct partner *partner, const struct mailbox *mailbox,
    const char *path, enum use use)
{
    if (path[0] == '\0') {
        return;
    }
    struct spot *spot = &spots->items[spots->count++];
    *spot = (struct spot){.partner = partner, .mailbox = mailbox, .path = path, .use = use};
    find(spots->context, spot);
}

static void
gather(struct spots *spots, const struct config *config)
{
    size_t mailbox_count = 0;
    for (size_t index = 0; index < config->partner_count; index++) {
        mailbox_count += config->partners[index].mailbox_count;
    }
    spots->items = arena_array(&spots->context->config->arena, struct spot,
                               mailbox_count * (USE_MOVE + 1) + 1);
    for (size_t index = 0; index < config->partner_count; index++) {
        const struct partner *partner = &config->partners[index];
        for (size_t at = 0; at < partner->mailbox_count; at++) {
            const struct mailbox *mailbox = &partner->mailboxes[at];
            add(spots, partner, mailbox, mailbox->fetch_path, USE_FETCH);
            add(spots, partner, mailbox, mailbox->deliver_path, USE_DELIVER);
            if (mailbox->afterwards == AFTER_MOVE) {
                add(spots, partner, mailbox, mailbox->move_to, USE_MOVE);
            }
        }
    }
}

static bool
is_same(const struct spot *one, const struct spot *other)
{
    const struct mailbox *left = one->mailbox;
    const struct mailbox *right = other->mailbox;
    if (one->is_here && other->is_here) {
        return one->inode == other->inode && one->device == other->device;
    }
    return left->kind == right->kind && left->port == right->port &&
           strcmp(one->path, other->path) == 0 && strcasecmp(left->host, right->host) == 0 &&
           strcmp(left->user, right->user) == 0;
}

/* Of two that fetch, only the later one is told. */
static void
check_fetched(const struct spots *spots, size_t mine)
{
    static const char *const whose[] = {
        [USE_FETCH] = "the same folder as",
        [USE_DELIVER] = "the folder to which answers are delivered for",
        [USE_MOVE] = "the \"move-to\" folder of",
    };
    const struct spot *spot = &spots->items[mine];
    for (size_t index = 0; index < spots->count; index++) {
        const struct spot *other = &spots->items[index];
        if (index != mine && (other->use != USE_FETCH || index < mine) && is_same(spot, other)) {
            mistake_add(spots->context->mistakes, spot->partner->file, 0,
                        "partner \"%s\" fetches from %s \"%s\": %s", spot->partner->id,
                        whose[other->use], other->partner->id, spot->path);
        }
    }
}

static bool
lies_in(const char *path, const char *folder)
{
    const size_t size = strlen(folder);
    return strncmp(path, folder, size) == 0 && (path[size] == '\0' || path[size] == '/');
}

/* Where our own files wait and are kept. */
static bool
is_ours(const struct spots *spots, const struct spot *spot)
{
    struct arena *arena = &spots->context->config->arena;
    const struct mailbox here = {.kind = MAILBOX_FOLDER, .host = "", .user = ""};
    if (spot->mailbox->kind != MAILBOX_FOLDER) {
        return false;
    }
    const char *const ours[] = {".purser", "outbox",
                                arena_format(arena, "outbox/%s", spot->partner->id)};
    bool found = false;
    for (size_t index = 0; index < sizeof ours / sizeof ours[0] && !found; index++) {
        struct spot folder = {.mailbox = &here, .path = ours[index]};
        find(spots->context, &folder);
        found = lies_in(spot->path, ours[index]) || is_same(spot, &folder);
    }
    return found;
}

void
folders_check(const struct value_context *context)
{
    static const char *const does[] = {"fetches from", "has answers delivered to",
                                       "has done files moved to"};
    struct spots spots = {context, NULL, 0};
    gather(&spots, context->config);
    for (size_t index = 0; index < spots.count; index++) {
        const struct spot *spot = &spots.items[index];
        if (spot->use == USE_FETCH) {
            check_fetched(&spots, index);
        }
        if (is_ours(&spots, spot)) {
            mistake_add(context->mistakes, spot->partner->file, 0,
                        "partner \"%s\" %s %s, where our own files lie: give another folder",
                        spot->partner->id, does[spot->use], spot->path);
        }
    }
}
