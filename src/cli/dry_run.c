#include "cli/dry_run.h"

#include "base/file.h"
#include "base/tree.h"
#include "batch.h"
#include "store/store.h"

#include <string.h>
#include <unistd.h>

#define SCRATCH ".purser/dry-run"

/* Copy what a folder mailbox holds and let the mailbox look there; a server is not asked. */
static enum outcome
divert_mailbox(struct cli *cli, const struct partner *partner, struct mailbox *mailbox, int number,
               struct fault *why)
{
    if (mailbox->fetch_path[0] == '\0') {
        return DONE;
    }
    if (mailbox->kind == MAILBOX_SFTP) {
        log_write(&cli->log, LOG_NOTE, "%s",
                  cli_phrase(cli, M_DRY_RUN_NOT_ASKED, mailbox->host, mailbox->name));
        mailbox->fetch_path = "";
        return DONE;
    }
    const char *copy = arena_format(&cli->arena, "fetch/%s/%d", partner->id, number);
    TRY(tree_copy_files(cli->home, mailbox->fetch_path,
                        arena_format(&cli->arena, SCRATCH "/%s", copy), NULL, why));
    mailbox->fetch_path = copy;
    mailbox->move_to = arena_format(&cli->arena, "%s.moved", copy);
    return DONE;
}

static enum outcome
divert_config(struct cli *cli, struct config *config, struct fault *why)
{
    struct arena *arena = &cli->arena;
    struct partner *partners = arena_array(arena, struct partner, config->partner_count + 1);
    for (size_t index = 0; index < config->partner_count; index++) {
        partners[index] = config->partners[index];
        const size_t count = partners[index].mailbox_count;
        struct mailbox *mailboxes = arena_array(arena, struct mailbox, count + 1);
        for (size_t at = 0; at < count; at++) {
            mailboxes[at] = partners[index].mailboxes[at];
            TRY(divert_mailbox(cli, &partners[index], &mailboxes[at], (int)at, why));
        }
        partners[index].mailboxes = mailboxes;
    }
    config->partners = partners;
    if (config->tracking.folder[0] != '\0') {
        config->tracking.folder = "pages"; /* of the copy */
    }
    return DONE;
}

/* Half-written files of an interrupted run, which the recover station finishes. */
static enum outcome
copy_drafts(struct cli *cli, struct fault *why)
{
    for (size_t index = 0; index < cli->config.partner_count; index++) {
        const char *folder = arena_format(&cli->arena, "outbox/%s", cli->config.partners[index].id);
        TRY(tree_copy_files(cli->home, folder, arena_format(&cli->arena, SCRATCH "/%s", folder),
                            ".*.part", why));
    }
    return DONE;
}

static enum outcome
copy_state(struct cli *cli, struct fault *why)
{
    int state;
    TRY(file_make_folder(cli->home, SCRATCH "/.purser", &state, why));
    close(state);
    TRY(store_backup(cli->store,
                     arena_format(&cli->arena, "%s/" SCRATCH "/.purser/purser.db", cli->home_path),
                     why));
    TRY(tree_copy_files(cli->home, ".purser/spool", SCRATCH "/.purser/spool", NULL, why));
    return copy_drafts(cli, why);
}

static void
show_files(struct cli *cli, const char *const *files, size_t count, const struct run *run)
{
    if (cli->wants_json) {
        struct json json;
        cli_json_begin(cli, &json, "dry-run");
        json_object(&json, "data");
        batch_counts_json(&run->counts, &json, "counts");
        json_array(&json, "files");
        for (size_t index = 0; index < count; index++) {
            json_text(&json, NULL, files[index]);
        }
        json_end(&json);
        json_end(&json);
        cli_json_end(cli, &json);
        return;
    }
    cli_say_with(cli, M_DRY_RUN_SUMMARY, batch_summary(&run->counts, cli->language, &cli->arena));
    for (size_t index = 0; index < count; index++) {
        cli_say_with(cli, M_DRY_RUN_FILE, files[index]);
    }
    cli_say(cli, M_DRY_RUN_UNCHANGED);
}

static enum outcome
work_on_copy(struct cli *cli, unsigned int chosen, struct fault *why)
{
    struct config config = cli->config; /* shares all but the mailboxes */
    struct run run = {0};
    struct store *copy = NULL;
    TRY(copy_state(cli, why));
    TRY(divert_config(cli, &config, why));
    TRY(file_open_folder(cli->home, SCRATCH, &run.home, why));
    TRY(file_open_folder(cli->home, SCRATCH "/.purser", &run.state, why));
    TRY(store_open(&copy,
                   arena_format(&cli->arena, "%s/" SCRATCH "/.purser/purser.db", cli->home_path),
                   STORE_CREATE, why));
    run.config = &config;
    run.language = cli->language;
    run.store = copy;
    run.log = &cli->log;
    run.as_of_ms = cli->as_of_ms;
    run.stop_signal = batch_watch_signals();
    const unsigned int delivers = 1U << (batch_station("deliver") - batch_stations);
    const enum outcome outcome = batch_work(&run, chosen & ~delivers, cli->started_ms, why);
    store_shut(copy);
    if (outcome == DONE) {
        const char **files = NULL;
        size_t count = 0;
        TRY(tree_list(run.home, "outbox", &cli->arena, &files, &count, why));
        show_files(cli, files, count, &run);
        cli->exit_code = batch_exit_code(&run);
    }
    close(run.home);
    close(run.state);
    return outcome;
}

enum outcome
dry_run(struct cli *cli, unsigned int chosen, struct fault *why)
{
    TRY(cli_lock(cli, why));
    TRY(tree_remove(cli->home, SCRATCH, why));
    const enum outcome outcome = work_on_copy(cli, chosen, why);
    struct fault unsaid = {0};
    const enum outcome removed = tree_remove(cli->home, SCRATCH, &unsaid);
    if (outcome == DONE && removed != DONE) {
        *why = unsaid;
        return removed;
    }
    return outcome;
}
