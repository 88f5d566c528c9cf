#include "tracking/tracking_station.h"

#include "base/date.h"
#include "base/file.h"
#include "order/order.h"
#include "store/store.h"
#include "tracking/gazetteer.h"
#include "tracking/tracking_page.h"
#include "tracking/tracking_read.h"
#include "writers/tracking_link.h"

#include <string.h>
#include <unistd.h>

enum { PAGE_BYTES_MAX = 64 * 1024 * 1024, KEY_NAME_SIZE = 16 };

struct office {
    struct run *run;
    int folder; /* open */
    char key_name[KEY_NAME_SIZE + 1];
    struct tracking_source source;
    struct gazetteer places;
    struct arena arena; /* of one order */
    struct buf buf;
};

static void
office_close(struct office *office)
{
    if (office->folder >= 0) {
        close(office->folder);
    }
    gazetteer_close(&office->places);
    arena_close(&office->arena);
    buf_close(&office->buf);
}

static enum outcome
open_office(struct office *office, struct run *run, struct fault *why)
{
    const struct tracking_policy *policy = &run->config->tracking;
    char hex[DIGEST_HEX_SIZE];
    *office = (struct office){.run = run, .folder = -1};
    arena_init(&office->arena, PAGE_BYTES_MAX);
    buf_init(&office->buf, PAGE_BYTES_MAX);
    digest_of(policy->key, policy->key_size, hex);
    memcpy(office->key_name, hex, KEY_NAME_SIZE);
    office->source = (struct tracking_source){run->store, run->config, &office->places};
    TRY(file_make_folder(run->home, policy->folder, &office->folder, why));
    return gazetteer_open(&office->places, run->store, why);
}

static const char *
file_name(struct office *office, const char *token, const char *extension)
{
    return arena_format(&office->arena, "%s.%s", token, extension);
}

/* What is in the buffer becomes the file. */
static enum outcome
write_file(struct office *office, const char *token, const char *extension, struct draft *draft,
           struct fault *why)
{
    TRY(draft_open(draft, office->folder, file_name(office, token, extension), why));
    TRY(draft_write(draft, office->buf.bytes, office->buf.size, why));
    TRY(draft_seal(draft, why));
    return draft_publish(draft, why);
}

static enum outcome
remove_files(struct office *office, const struct tracking_file *file, struct fault *why)
{
    static const char *const extensions[] = {"html", "json"};
    for (size_t index = 0; index < sizeof extensions / sizeof extensions[0]; index++) {
        const enum outcome outcome =
            file_remove(office->folder, file_name(office, file->token, extensions[index]), why);
        if (outcome != DONE && outcome != NONE) {
            return outcome;
        }
    }
    return tracking_file_drop(office->run->store, file->order_id, why);
}

/* When the page goes; AMOUNT_NONE while its order is under way. */
static int64_t
end_of(const struct office *office, const struct tracking *tracking)
{
    const int64_t over_ms =
        tracking->is_refused ? tracking->updated_ms : tracking->reached_ms[STEP_DELIVERED];
    return over_ms == AMOUNT_NONE ? AMOUNT_NONE
                                  : over_ms + office->run->config->tracking.keep_days * DAY_MS;
}

/* -- one page --------------------------------------------------------------------------------- */

/* The digest of the page that is in the buffer, and the time at which it became so. */
static void
note_change(struct office *office, const struct tracking_file *before, struct tracking_file *file,
            char hex[DIGEST_HEX_SIZE])
{
    digest_of(office->buf.bytes, office->buf.size, hex);
    file->sha256 = hex;
    file->made_ms = before != NULL && strcmp(before->sha256, hex) == 0 ? before->made_ms
                                                                       : office->run->as_of_ms;
}

static enum outcome
write_files(struct office *office, const struct tracking *tracking, const char *token,
            const struct tracking_file *before, struct tracking_file *file,
            char hex[DIGEST_HEX_SIZE], struct fault *why)
{
    OWNED(draft) page_draft = {0};
    OWNED(draft) json_draft = {0};
    struct page page = {
        .buf = &office->buf, .arena = &office->arena, .language = tracking->language};
    buf_clear(&office->buf);
    tracking_page(&page, tracking);
    note_change(office, before, file, hex);
    TRY(write_file(office, token, "html", &page_draft, why));
    buf_clear(&office->buf);
    tracking_json(&office->buf, tracking);
    return write_file(office, token, "json", &json_draft, why);
}

static enum outcome
make_page(struct office *office, int64_t order_id, struct fault *why)
{
    struct run *run = office->run;
    struct tracked_order order;
    struct tracking tracking;
    struct tracking_file before;
    char hex[DIGEST_HEX_SIZE];
    arena_reset(&office->arena);
    const enum outcome found =
        tracking_file_find(run->store, order_id, &office->arena, &before, why);
    if (found != DONE && found != NONE) {
        return found;
    }
    const enum outcome exists = tracked_order(run->store, order_id, &office->arena, &order, why);
    if (exists != DONE) {
        return exists == NONE ? DONE : exists; /* an order of a file for test has gone again */
    }
    TRY(tracking_read(&office->source, order_id, &order, &office->arena, &tracking, why));
    struct tracking_file file = {.order_id = order_id,
                                 .token = tracking_token(&run->config->tracking, order.partner,
                                                         order.number, &office->arena),
                                 .key_name = office->key_name,
                                 .remove_ms = end_of(office, &tracking)};
    if (file.remove_ms != AMOUNT_NONE && file.remove_ms <= run->as_of_ms) {
        return found == DONE ? remove_files(office, &before, why) : DONE;
    }
    if (found == DONE && strcmp(before.token, file.token) != 0) {
        TRY(remove_files(office, &before, why));
    }
    TRY(write_files(office, &tracking, file.token, found == DONE ? &before : NULL, &file, hex,
                    why));
    run->counts.pages_made++;
    return tracking_file_put(run->store, &file, why);
}

/* -- all of them ------------------------------------------------------------------------------ */

/* Some of those that are due; NONE: there were none. */
static enum outcome
make_some(struct office *office, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    int64_t *orders = NULL;
    size_t count = 0;
    arena_init(&arena, PAGE_BYTES_MAX);
    TRY(store_begin(office->run->store, &tx, why));
    TRY(tracking_take(office->run->store, &arena, &orders, &count, why));
    for (size_t index = 0; index < count; index++) {
        TRY(make_page(office, orders[index], why));
    }
    TRY(tracking_took(office->run->store, orders[count - 1], why));
    return store_commit(&tx, why);
}

static enum outcome
gather(struct run *run, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    TRY(store_begin(run->store, &tx, why));
    TRY(tracking_gather(run->store, why));
    return store_commit(&tx, why);
}

/* Those whose time is over; NONE: there were none. */
static enum outcome
remove_some(struct office *office, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct tracking_file *files = NULL;
    size_t count = 0;
    arena_init(&arena, PAGE_BYTES_MAX);
    TRY(store_begin(office->run->store, &tx, why));
    TRY(tracking_files_over(office->run->store, office->run->as_of_ms, &arena, &files, &count,
                            why));
    for (size_t index = 0; index < count; index++) {
        arena_reset(&office->arena);
        TRY(remove_files(office, &files[index], why));
    }
    TRY(store_commit(&tx, why));
    return count == 0 ? NONE : DONE;
}

/* Those whose names come from another key get new ones; NONE: there were none. */
static enum outcome
rename_some(struct office *office, struct fault *why)
{
    OWNED(store_tx) tx = {0};
    OWNED(arena) arena;
    struct tracking_file *files = NULL;
    size_t count = 0;
    arena_init(&arena, PAGE_BYTES_MAX);
    TRY(store_begin(office->run->store, &tx, why));
    TRY(tracking_files_of_others(office->run->store, office->key_name, &arena, &files, &count,
                                 why));
    for (size_t index = 0; index < count; index++) {
        TRY(make_page(office, files[index].order_id, why));
    }
    TRY(store_commit(&tx, why));
    return count == 0 ? NONE : DONE;
}

typedef enum outcome portion(struct office *office, struct fault *why);

enum outcome
tracking_work(struct run *run, struct fault *why)
{
    static portion *const portions[] = {remove_some, rename_some, make_some};
    if (run->config->tracking.folder[0] == '\0') {
        return tracking_forget(run->store, why);
    }
    OWNED(office) office;
    TRY(open_office(&office, run, why));
    TRY(gather(run, why));
    for (size_t index = 0; index < sizeof portions / sizeof portions[0]; index++) {
        enum outcome outcome = DONE;
        while (outcome == DONE && !run_must_stop(run)) {
            outcome = portions[index](&office, why);
        }
        if (outcome != DONE && outcome != NONE) {
            return outcome;
        }
    }
    return DONE;
}
