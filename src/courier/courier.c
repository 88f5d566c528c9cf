#include "courier/courier.h"

#include "base/arena.h"
#include "courier/deliver.h"
#include "courier/fetch.h"
#include "courier/listing.h"
#include "courier/remote.h"

#include <stdio.h>

enum { TEST_BYTES_MAX = 1024 * 1024 * 1024 };

enum outcome
courier_fetch(struct run *run, struct fault *why)
{
    return fetch_work(run, why);
}

enum outcome
courier_deliver(struct run *run, struct fault *why)
{
    return deliver_work(run, why);
}

/* Log in and look into both folders, as far as they are configured. */
static enum outcome
test_folders(struct remote *remote, const struct config *config, const struct partner *partner,
             const struct mailbox *mailbox, size_t *waiting, struct fault *why)
{
    OWNED(arena) arena;
    struct listing listing = {0};
    arena_init(&arena, TEST_BYTES_MAX);
    if (mailbox->fetch_path[0] != '\0') {
        TRY(listing_make(&listing, remote, partner, mailbox, &config->limits, &arena, why));
        *waiting = listing.count;
    }
    if (mailbox->deliver_path[0] != '\0') {
        struct mailbox other = *mailbox;
        other.fetch_path = mailbox->deliver_path;
        TRY(listing_make(&listing, remote, partner, &other, &config->limits, &arena, why));
    }
    return DONE;
}

enum outcome
courier_test(const struct config *config, const struct partner *partner,
             const struct mailbox *mailbox, int home, char *sentence, size_t sentence_size,
             struct fault *why)
{
    struct remote remote = {0};
    size_t waiting = 0;
    enum outcome outcome = remote_open(&remote, mailbox, home, why);
    if (outcome == DONE) {
        outcome = test_folders(&remote, config, partner, mailbox, &waiting, why);
    }
    remote_close(&remote);
    if (outcome == NONE) {
        outcome =
            fail_as(why, FAULT_CONFIG, "a folder of mailbox %s does not exist", mailbox->name);
    }
    if (outcome != DONE) {
        snprintf(sentence, sentence_size, "%s/%s: %s", partner->id, mailbox->name, why->text);
    } else {
        snprintf(sentence, sentence_size, "%s/%s answers; files waiting to be fetched: %zu",
                 partner->id, mailbox->name, waiting);
    }
    return outcome;
}
